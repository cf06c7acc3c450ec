/*
 * Results in place: the files themselves.  Room: input.  What is in a file is
 * results/'s business.  Paths count from the folder of the YAML file that names
 * them, and lead nowhere else unless that is allowed.
 */
#include "input/read_files.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/draft.h"
#include "input/open.h"
#include "results/write.h"

/* --- paths -------------------------------------------------------------- */

/* The folder of a file, with "/" behind it, or "". */
static const char *
folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? arena_copy(arena, path, (size_t)(slash - path) + 1) : "";
}

static bool
is_within(const char *path, const char *folder)
{
    char real[PATH_MAX], base[PATH_MAX];
    if (realpath(path, real) == NULL ||
        realpath(*folder ? folder : ".", base) == NULL)
        return true; /* opening it will say why */
    size_t length = strlen(base);
    return strcmp(base, "/") == 0 ||
           (strncmp(real, base, length) == 0 && real[length] == '/');
}

/* Finds where a named file is; false and a message when it may not be read. */
static bool
settle_path(struct reading *reading, struct place place, bool allow_outside,
            const char **path, const char **name)
{
    struct stat status;
    const char *own = *name;
    const char *folder = folder_of(reading->arena, place.source->path);
    *path =
        *own == '/' ? own : arena_format(reading->arena, "%s%s", folder, own);
    if (strcmp(*path, "-") == 0)
        *path = "./-"; /* a file of that name, not standard input */
    if (*own != '/')
        *name =
            arena_format(reading->arena, "%s%s",
                         folder_of(reading->arena, place.source->name), own);
    if (!allow_outside && (*own == '/' || !is_within(*path, folder))) {
        diag_add(reading->diag, DIAG_OUTSIDE, place,
                 keys_quoted(reading, own, strlen(own)), NULL);
        return false;
    }
    if (stat(*path, &status) != 0) {
        open_report(*path, errno, place, reading->diag);
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        diag_add(reading->diag, DIAG_UNREADABLE, place, *path,
                 "it is no regular file", NULL);
        return false;
    }
    return true;
}

static bool
settle_paths(struct reading *reading, struct ask *ask, bool allow_outside)
{
    bool is_good = true;
    for (size_t i = 0; i < ask->file_count; i++)
        is_good &= settle_path(reading, ask->files[i].place, allow_outside,
                               &ask->files[i].path, &ask->files[i].name);
    for (size_t i = 0; i < ask->series_count; i++)
        is_good &= settle_path(reading, ask->series[i].place, allow_outside,
                               &ask->series[i].path, &ask->series[i].name);
    return is_good;
}

/* --- the files ---------------------------------------------------------- */

static void
add_source(struct draft *draft, const struct source *source)
{
    struct season *season = draft->season;
    for (size_t i = 0; i < season->source_count; i++)
        if (strcmp(season->sources[i]->path, source->path) == 0)
            return; /* another result reads it too */
    season->sources =
        arena_grow(draft->reading.arena, season->sources, season->source_count,
                   &draft->source_room, sizeof *season->sources);
    season->sources[season->source_count++] = source;
}

/* What stands with all that a result in place says, once for all its links;
   returns it as bits. */
static unsigned
warn(struct draft *draft, const struct result *result, const struct told *told)
{
    struct diag *diag = draft->reading.diag;
    struct arena *arena = draft->reading.arena;
    struct place place = result->place;
    const struct decimal busy = decimal_scaled(8, 1);
    struct optional cpu = {0};
    bool is_closed = false, is_uncorrected = false;
    uint64_t dropped = 0;
    unsigned cautions = 0;
    for (size_t i = 0; i < told->link_count; i++) {
        const struct told_link *link = &told->links[i];
        is_closed |= link->is_closed && link->is_uncorrected;
        is_uncorrected |= link->is_uncorrected;
        dropped = link->dropped > dropped ? link->dropped : dropped;
        if (link->generator_cpu.given &&
            decimal_compare(link->generator_cpu.value, cpu.value) >= 0)
            cpu = link->generator_cpu;
    }
    diag_about(diag, told->link_count == 1 ? told->links[0].asked->link : NULL);
    if (is_closed) {
        cautions |= 1u << CAUTION_CLOSED;
        diag_add(diag, DIAG_CLOSED_LOOP, place, told->tool, NULL);
    } else if (is_uncorrected) {
        cautions |= 1u << CAUTION_UNCORRECTED;
        diag_add(diag, DIAG_UNCORRECTED, place, told->tool, NULL);
    }
    if (dropped > 0) {
        cautions |= 1u << CAUTION_DROPPED;
        diag_add(diag, DIAG_DROPPED, place, whole_text(arena, (whole)dropped),
                 NULL);
    }
    if (cpu.given && decimal_compare(cpu.value, busy) >= 0) {
        struct decimal percent = {cpu.value.units * 100};
        cautions |= 1u << CAUTION_GENERATOR;
        diag_add(diag, DIAG_GENERATOR_CPU, place,
                 arena_format(arena, "%s%%", decimal_text(arena, percent)),
                 NULL);
    }
    /* the day of a test may be another one in its own zone */
    if (told->day.given && result->date.given &&
        abs(told->day.number - result->date.number) > 1)
        diag_add(diag, DIAG_OTHER_DAY, result->date_place,
                 day_text(arena, result->date), day_text(arena, told->day),
                 NULL);
    if (told->plateaus != NULL) {
        cautions |= 1u << CAUTION_PLATEAUS;
        diag_add(diag, DIAG_PLATEAUS, place, told->plateaus, NULL);
    }
    diag_about(diag, NULL);
    return cautions;
}

/* A result of a link, from what its files told. */
static void
add_result(struct draft *draft, const struct result *from,
           const struct told *told, const struct told_link *link,
           unsigned cautions)
{
    struct season *season = draft->season;
    struct arena *arena = draft->reading.arena;
    season->results = draft_grow(season->results, season->result_count,
                                 &draft->result_room, sizeof *season->results);
    struct result *result = &season->results[season->result_count];
    *result = *from;
    result->order = season->result_count++;
    result->link = link->asked->link;
    result->link_place = link->asked->place;
    if (link->asked->instances > 0) {
        result->instances = link->asked->instances;
        result->instances_place = link->asked->instances_place;
    }
    if (result->tool == NULL)
        result->tool = told->tool;
    if (result->source == NULL)
        result->source = write_source(arena, told);
    result->cautions = cautions;
    result->lacks = link->lacks;
    result->instead = link->instead;
    result->steps = arena_array(arena, link->step_count, struct step);
    result->step_count = link->step_count;
    for (size_t i = 0; i < link->step_count; i++)
        result->steps[i] = link->steps[i].step;
}

/* Instances that are given by link belong to links of the result. */
static void
settle_instances(struct reading *reading, struct in_place *files)
{
    struct ask *ask = &files->ask;
    for (size_t i = 0; i < files->instance_count; i++) {
        const struct asked_link *own = &files->instances[i];
        bool is_known = false;
        for (size_t k = 0; k < ask->link_count; k++) {
            if (strcmp(ask->links[k].link, own->link) != 0)
                continue;
            ask->links[k].instances = own->instances;
            ask->links[k].instances_place = own->instances_place;
            is_known = true;
        }
        if (!is_known)
            diag_add(reading->diag, DIAG_UNKNOWN_KEY, own->place, own->link,
                     "instances", "; it is no link of this result", "", NULL);
    }
}

/* What is said of single files needs each to be a step; columns, a tool that
   does not name its own. */
static void
check_said(struct reading *reading, const struct ask *ask)
{
    for (size_t i = 0; ask->split != SPLIT_FILES && i < ask->step_count; i++)
        if (ask->said[i].offered_qps.given || ask->said[i].concurrency.given)
            diag_add(reading->diag, DIAG_BESIDE, ask->said[i].place,
                     "the load of a file", "steps that are no files", NULL);
    if (ask->request.column_count > 0 && ask->tool != TOOL_CSV)
        diag_add(reading->diag, DIAG_BESIDE, ask->request.columns[0].place,
                 "columns", "a tool that has its own", NULL);
}

static void
read_one(struct draft *draft, struct in_place *files,
         const struct result *result, bool allow_outside)
{
    struct reading *reading = &draft->reading;
    struct ask *ask = &files->ask;
    struct asked_link only = {.link = result->link,
                              .place = result->link_place};
    if (ask->link_count == 0) {
        ask->links = arena_array(reading->arena, 1, struct asked_link);
        ask->links[0] = only;
        ask->link_count = 1;
    }
    settle_instances(reading, files);
    check_said(reading, ask);
    if (!settle_paths(reading, ask, allow_outside))
        return;
    if (ask->split != SPLIT_FILES) {
        for (size_t i = 0; i < ask->file_count; i++)
            ask->files[i].step = 0;
        ask->step_count = 1;
    }
    ask->order = draft->next_order;
    draft->next_order += (unsigned)(ask->file_count + ask->series_count);
    const struct told *told =
        ask_files(reading->arena, ask, true, reading->diag);
    if (told == NULL)
        return;
    for (size_t i = 0; i < told->file_count; i++)
        add_source(draft, told->files[i].source);
    for (size_t i = 0; i < ask->series_count; i++)
        add_source(draft, told->series[i]);
    unsigned cautions = warn(draft, result, told);
    for (size_t i = 0; i < told->link_count; i++)
        add_result(draft, result, told, &told->links[i], cautions);
}

void
read_files(struct draft *draft, bool allow_outside)
{
    struct season *season = draft->season;
    struct result *written = season->results;
    size_t count = season->result_count, next = 0;
    if (draft->in_place_count == 0 || draft->is_partial ||
        diag_has_errors(draft->reading.diag))
        return;
    season->results = NULL;
    season->result_count = 0;
    draft->result_room = 0;
    draft->next_order = (unsigned)season->source_count;
    for (size_t i = 0; i < count; i++) {
        if (next < draft->in_place_count &&
            draft->in_place[next]->result == i) {
            read_one(draft, draft->in_place[next++], &written[i],
                     allow_outside);
            continue;
        }
        season->results =
            draft_grow(season->results, season->result_count,
                       &draft->result_room, sizeof *season->results);
        season->results[season->result_count] = written[i];
        season->results[season->result_count].order = season->result_count;
        season->result_count++;
    }
    free(written);
}
