/*
 * The keys of a result in place: which files, whose, and which of their labels
 * are which links.  Room: input.  Reading the files is read_files.c's business.
 */
#include "input/read_files.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/keys.h"
#include "input/value.h"
#include "input/yaml.h"

static void
refuse(struct reading *reading, const char *name, const char *expected,
       const struct yaml_scalar *scalar, const char *hint)
{
    diag_add(reading->diag, DIAG_BAD_VALUE, scalar->place, name, expected,
             keys_quoted(reading, scalar->text, scalar->length), hint, NULL);
}

void
read_from(struct reading *reading, struct in_place *files)
{
    struct yaml_scalar scalar;
    const char *known[TOOLS];
    const char *expected = "a load-test tool";
    files->from = yaml_place(reading->yaml);
    if (!value_scalar(reading, "from", expected, &scalar))
        return;
    files->ask.tool = tool_find(scalar.text);
    if (files->ask.tool < TOOLS || strcmp(scalar.text, "auto") == 0)
        return;
    for (unsigned i = 0; i < TOOLS; i++)
        known[i] = tool_name[i];
    const char *near = text_least_far(scalar.text, known, TOOLS);
    refuse(reading, "from", expected, &scalar,
           near ? arena_format(reading->arena, "; did you mean %s?", near)
                : "");
}

/* A file of a step; its path is settled when it is read. */
static void
read_name(struct reading *reading, struct in_place *files)
{
    struct ask *ask = &files->ask;
    struct asked_file file = {.step = ask->step_count};
    if (!value_text(reading, "a file", &file.name, &file.place))
        return;
    struct asked_file *larger =
        arena_array(reading->arena, ask->file_count + 1, struct asked_file);
    if (ask->file_count > 0)
        memcpy(larger, ask->files, ask->file_count * sizeof *larger);
    ask->files = larger;
    ask->files[ask->file_count++] = file;
}

/* A file, or a list of those of several load generators. */
static void
read_names(struct reading *reading, struct in_place *files)
{
    if (yaml_kind(reading->yaml) != YAML_LIST) {
        read_name(reading, files);
        return;
    }
    yaml_enter(reading->yaml);
    while (yaml_item(reading->yaml))
        read_name(reading, files);
}

static void
read_optional_number(struct reading *reading, const char *name,
                     enum number number, struct optional *value)
{
    value->given = value_number(reading, name, number, &value->value, NULL);
}

/* {file: ..., offered_qps: ..., concurrency: ...} */
static void
read_said(struct reading *reading, struct in_place *files, struct said *said)
{
    static const char *const names[] = {"file", "offered_qps", "concurrency"};
    static const struct keys keys = {"a file", names, 3};
    struct place seen[3] = {{0}};
    struct place place = yaml_place(reading->yaml);
    said->place = place;
    yaml_enter(reading->yaml);
    for (int i; (i = keys_next(reading, &keys, seen)) >= 0;) {
        if (i == 0)
            read_names(reading, files);
        else if (i == 1)
            read_optional_number(reading, names[i], NUMBER_RATE,
                                 &said->offered_qps);
        else
            read_optional_number(reading, names[i], NUMBER_CONCURRENCY,
                                 &said->concurrency);
    }
    keys_require(reading, &keys, seen, 0, place);
}

static void
read_step_files(struct reading *reading, struct in_place *files, size_t *room)
{
    struct ask *ask = &files->ask;
    ask->said = arena_grow(reading->arena, ask->said, ask->step_count, room,
                           sizeof *ask->said);
    struct said *said = &ask->said[ask->step_count];
    *said = (struct said){0};
    if (yaml_kind(reading->yaml) == YAML_MAPPING)
        read_said(reading, files, said);
    else
        read_names(reading, files);
    ask->step_count++;
}

void
read_file_list(struct reading *reading, struct in_place *files)
{
    static const char expected[] = "a file, or a list of at least one";
    size_t room = 0;
    files->files = yaml_place(reading->yaml);
    if (yaml_kind(reading->yaml) != YAML_LIST) {
        read_step_files(reading, files, &room);
        return;
    }
    yaml_enter(reading->yaml);
    while (yaml_item(reading->yaml))
        read_step_files(reading, files, &room);
    if (files->ask.step_count == 0 && !yaml_is_broken(reading->yaml))
        diag_add(reading->diag, DIAG_EMPTY_VALUE, files->files, "files",
                 expected, NULL);
}

void
read_links(struct reading *reading, struct in_place *files)
{
    struct ask *ask = &files->ask;
    struct yaml_scalar label;
    struct place place = yaml_place(reading->yaml);
    static const char expected[] =
        "a mapping of labels to links such as {/pay: pay}";
    if (!value_enter_mapping(reading, "links", expected))
        return;
    while (yaml_key(reading->yaml, &label)) {
        struct asked_link link = {
            .label = arena_copy(reading->arena, label.text, label.length)};
        if (!value_text(reading, "a link", &link.link, &link.place))
            continue;
        for (size_t i = 0; i < ask->link_count; i++)
            if (strcmp(ask->links[i].label, link.label) == 0 ||
                strcmp(ask->links[i].link, link.link) == 0)
                keys_report_twice(reading,
                                  arena_format(reading->arena,
                                               "the label or link \"%s\"",
                                               link.link),
                                  ask->links[i].place, link.place);
        ask->links = arena_grow(reading->arena, ask->links, ask->link_count,
                                &files->link_room, sizeof *ask->links);
        ask->links[ask->link_count++] = link;
    }
    if (ask->link_count == 0 && !yaml_is_broken(reading->yaml))
        diag_add(reading->diag, DIAG_EMPTY_VALUE, place, "links", expected,
                 NULL);
}

void
read_instances_by_link(struct reading *reading, struct in_place *files)
{
    struct yaml_scalar link;
    if (!value_enter_mapping(reading, "instances",
                             "a number, or a mapping of links to numbers"))
        return;
    while (yaml_key(reading->yaml, &link)) {
        struct asked_link own = {
            .link = arena_copy(reading->arena, link.text, link.length),
            .place = link.place};
        if (!value_whole(reading, "instances", NUMBER_INSTANCES, &own.instances,
                         &own.instances_place))
            continue;
        files->instances =
            arena_grow(reading->arena, files->instances, files->instance_count,
                       &files->instance_room, sizeof *files->instances);
        files->instances[files->instance_count++] = own;
    }
}

void
read_columns(struct reading *reading, struct in_place *files)
{
    struct request *request = &files->ask.request;
    struct column_name *columns = NULL;
    struct yaml_scalar key;
    size_t room = 0;
    if (!value_enter_mapping(reading, "columns",
                             "a mapping of what is meant to a column"))
        return;
    while (yaml_key(reading->yaml, &key)) {
        struct column_name column = {
            .what = arena_copy(reading->arena, key.text, key.length)};
        if (!value_text(reading, "a column", &column.column, &column.place))
            continue;
        columns = arena_grow(reading->arena, columns, request->column_count,
                             &room, sizeof *columns);
        columns[request->column_count++] = column;
    }
    request->columns = columns;
}

void
read_cut(struct reading *reading, const char *name, int64_t *seconds)
{
    static const char expected[] = "whole seconds, such as 5 or 5s";
    struct yaml_scalar scalar;
    if (!value_scalar(reading, name, expected, &scalar))
        return;
    int64_t read = ask_seconds(scalar.text);
    if (read < 0)
        refuse(reading, name, expected, &scalar, "");
    else
        *seconds = read;
}

void
read_split(struct reading *reading, struct in_place *files,
           const struct yaml_scalar *scalar)
{
    if (!ask_split(&files->ask, scalar->text))
        refuse(reading, "steps",
               "files, whole, levels, threads, plateaus, a window such as 30s, "
               "or a list of steps",
               scalar, "");
}

/* --- series ------------------------------------------------------------- */

enum series_key { FROM, FILE_NAME, TIME, VALUE, UNIT, TAKE, SERIES_KEYS };
static const char *const series_names[SERIES_KEYS] = {
    [FROM] = "from",   [FILE_NAME] = "file", [TIME] = "time",
    [VALUE] = "value", [UNIT] = "unit",      [TAKE] = "take"};
static const struct keys series_keys = {"a series", series_names, SERIES_KEYS};

static void
read_series_value(struct reading *reading, enum series_key key,
                  struct asked_series *series)
{
    static const char *const kinds[] = {"csv", "prometheus"};
    static const char *const units[] = {"ratio", "percent"};
    static const char *const takes[] = {"p95", "p50", "p99", "max"};
    static const unsigned milli[] = {950, 500, 990, 1000};
    const char *name = series_names[key];
    int choice;
    switch (key) {
    case FROM:
        choice = value_choice(reading, name, kinds, 2);
        series->kind = choice == 1 ? SERIES_PROMETHEUS : SERIES_CSV;
        break;
    case FILE_NAME:
        value_text(reading, name, &series->name, &series->place);
        break;
    case TIME:
        value_text(reading, name, &series->time, NULL);
        break;
    case VALUE:
        value_text(reading, name, &series->value, NULL);
        break;
    case UNIT:
        series->is_percent = value_choice(reading, name, units, 2) == 1;
        break;
    default:
        choice = value_choice(reading, name, takes, 4);
        series->milli = choice < 0 ? 950 : milli[choice];
        break;
    }
}

static void
read_series(struct reading *reading, struct asked_series *series)
{
    struct place seen[SERIES_KEYS] = {{0}};
    struct place place = yaml_place(reading->yaml);
    *series = (struct asked_series){.milli = 950, .name = ""};
    if (!value_enter_mapping(reading, "cpu",
                             "a mapping such as {from: csv, file: cpu.csv, "
                             "time: t, value: cpu}"))
        return;
    for (int i; (i = keys_next(reading, &series_keys, seen)) >= 0;)
        read_series_value(reading, (enum series_key)i, series);
    keys_require(reading, &series_keys, seen, FROM, place);
    keys_require(reading, &series_keys, seen, FILE_NAME, place);
    if (series->kind == SERIES_CSV) {
        keys_require(reading, &series_keys, seen, TIME, place);
        keys_require(reading, &series_keys, seen, VALUE, place);
    }
}

void
read_cpu(struct reading *reading, struct in_place *files)
{
    struct ask *ask = &files->ask;
    size_t room = 0;
    bool is_list = yaml_kind(reading->yaml) == YAML_LIST;
    if (is_list)
        yaml_enter(reading->yaml);
    while (!is_list || yaml_item(reading->yaml)) {
        ask->series = arena_grow(reading->arena, ask->series, ask->series_count,
                                 &room, sizeof *ask->series);
        read_series(reading, &ask->series[ask->series_count++]);
        if (!is_list)
            break;
    }
}
