/*
 * The options of import and digest: what is asked of the files.  Reading them
 * is results/'s business.
 */
#include "options_parse.h"

#include <string.h>

#include "base/arena.h"

bool
import_take_from(struct parse *parse, const char *value)
{
    const char *known[TOOLS + 1] = {"auto"};
    const char *list = "auto";
    parse->options->ask.tool = tool_find(value);
    if (strcmp(value, "auto") == 0 || parse->options->ask.tool < TOOLS)
        return true;
    for (unsigned i = 0; i < TOOLS; i++) {
        known[i + 1] = tool_name[i];
        list = arena_format(parse->arena, "%s, %s", list, tool_name[i]);
    }
    parse->why = arena_format(
        parse->arena, "--from expects %s, found \"%s\"%s", list, value,
        options_hint(parse->arena, value, known, TOOLS + 1));
    return false;
}

static struct asked_link *
add_link(struct parse *parse)
{
    struct ask *ask = &parse->options->ask;
    ask->links = arena_grow(parse->arena, ask->links, ask->link_count,
                            &parse->link_room, sizeof *ask->links);
    struct asked_link *link = &ask->links[ask->link_count++];
    *link = (struct asked_link){0};
    return link;
}

/* Whether an id may be that of a link; what else it must be is for input/. */
static bool
check_link(struct parse *parse, const char *id)
{
    if (*id == '\0')
        parse->why = "a link's id is missing";
    return *id != '\0';
}

bool
import_take_link(struct parse *parse, const char *value)
{
    add_link(parse)->link = value;
    return check_link(parse, value);
}

/* The last "=" parts them: labels may hold one. */
bool
import_take_links(struct parse *parse, const char *value)
{
    const char *equals = strrchr(value, '=');
    if (equals == NULL || equals == value) {
        parse->why = arena_format(
            parse->arena, "--links expects LABEL=ID, found \"%s\"", value);
        return false;
    }
    struct asked_link *link = add_link(parse);
    link->label = arena_copy(parse->arena, value, (size_t)(equals - value));
    link->link = equals + 1;
    return check_link(parse, link->link);
}

bool
import_take_instances(struct parse *parse, const char *value)
{
    unsigned count = 0;
    const char *s = value;
    for (; *s >= '0' && *s <= '9' && count <= 1000000; s++)
        count = count * 10 + (unsigned)(*s - '0');
    parse->instances = count;
    if (*value != '0' && *s == '\0' && count >= 1 && count <= 1000000)
        return true;
    parse->why = arena_format(
        parse->arena,
        "--instances expects a whole number from 1 to 1,000,000, found \"%s\"",
        value);
    return false;
}

static bool
take_time(struct parse *parse, const char *name, const char *value,
          int64_t *seconds)
{
    *seconds = ask_seconds(value);
    if (*seconds < 0)
        parse->why = arena_format(
            parse->arena, "%s expects a time such as 5s or 2m, found \"%s\"",
            name, value);
    return *seconds >= 0;
}

bool
import_take_warmup(struct parse *parse, const char *value)
{
    return take_time(parse, "--warmup", value, &parse->options->ask.warmup_s);
}

bool
import_take_cooldown(struct parse *parse, const char *value)
{
    return take_time(parse, "--cooldown", value,
                     &parse->options->ask.cooldown_s);
}

/* One step of a schedule: 0s-60s. */
static bool
take_slice(struct parse *parse, const char *text)
{
    struct ask *ask = &parse->options->ask;
    const char *dash = strchr(text, '-');
    if (dash == NULL)
        return false;
    ask->slices = arena_grow(parse->arena, ask->slices, ask->slice_count,
                             &parse->slice_room, sizeof *ask->slices);
    struct asked_slice *slice = &ask->slices[ask->slice_count++];
    *slice = (struct asked_slice){
        .from_s =
            ask_seconds(arena_copy(parse->arena, text, (size_t)(dash - text))),
        .to_s = ask_seconds(dash + 1)};
    return slice->from_s >= 0 && slice->from_s < slice->to_s;
}

/* The next word of a list parted by commas; NULL after the last. */
static const char *
next_word(struct parse *parse, const char **list)
{
    if (*list == NULL)
        return NULL;
    size_t length = strcspn(*list, ",");
    const char *word = arena_copy(parse->arena, *list, length);
    *list = (*list)[length] == ',' ? *list + length + 1 : NULL;
    return word;
}

bool
import_take_steps(struct parse *parse, const char *value)
{
    struct ask *ask = &parse->options->ask;
    const char *list = value;
    if (ask_split(ask, value))
        return true;
    ask->split = SPLIT_SCHEDULE;
    ask->slice_count = 0;
    for (const char *word; (word = next_word(parse, &list));) {
        if (take_slice(parse, word))
            continue;
        parse->why = arena_format(
            parse->arena,
            "--steps expects files, whole, levels, threads, plateaus, a window "
            "such as 30s, or a schedule such as 0s-60s,60s-120s, found \"%s\"",
            value);
        return false;
    }
    return true;
}

bool
import_take_offered(struct parse *parse, const char *value)
{
    const char *list = value;
    for (const char *word; (word = next_word(parse, &list));) {
        struct decimal rate;
        size_t used;
        if (decimal_read(word, strlen(word), &rate, &used) != DECIMAL_OK ||
            word[used] != '\0' || rate.units <= 0) {
            parse->why = arena_format(
                parse->arena,
                "--offered expects rates above 0, one a step, found \"%s\"",
                value);
            return false;
        }
        parse->offered =
            arena_grow(parse->arena, parse->offered, parse->offered_count,
                       &parse->offered_room, sizeof *parse->offered);
        parse->offered[parse->offered_count++] = rate;
    }
    return true;
}

bool
import_take_date(struct parse *parse, const char *value)
{
    if (day_read(value, strlen(value), &parse->options->date))
        return true;
    parse->why = arena_format(
        parse->arena,
        "--date expects a day that exists, such as 2026-11-04, found \"%s\"",
        value);
    return false;
}

bool
import_take_columns(struct parse *parse, const char *value)
{
    struct request *request = &parse->options->ask.request;
    const char *list = value;
    for (const char *word; (word = next_word(parse, &list));) {
        const char *equals = strchr(word, '=');
        if (equals == NULL || equals == word || equals[1] == '\0') {
            parse->why = arena_format(
                parse->arena, "--columns expects KEY=COLUMN,..., found \"%s\"",
                value);
            return false;
        }
        parse->columns =
            arena_grow(parse->arena, parse->columns, request->column_count,
                       &parse->column_room, sizeof *parse->columns);
        parse->columns[request->column_count++] = (struct column_name){
            .what = arena_copy(parse->arena, word, (size_t)(equals - word)),
            .column = equals + 1};
        request->columns = parse->columns;
    }
    return true;
}

bool
import_take_baselines(struct parse *parse, const char *value)
{
    parse->options->baselines = value;
    if (value[0] == '\0')
        parse->why = "--baselines expects a file";
    return value[0] != '\0';
}

/* A byte of a file: digits alone. */
static bool
read_byte(const char *text, size_t length, uint64_t *byte)
{
    *byte = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned digit = (unsigned)((unsigned char)text[i] - '0');
        if (digit > 9 || *byte > (UINT64_MAX - digit) / 10)
            return false;
        *byte = *byte * 10 + digit;
    }
    return length > 0;
}

bool
import_take_range(struct parse *parse, const char *value)
{
    struct request *request = &parse->options->ask.request;
    size_t length = strcspn(value, "-");
    const char *to = value + length + (value[length] == '-');
    bool to_end = value[length] == '-' && *to == '\0';
    if (read_byte(value, length, &request->range_from) &&
        (to_end || read_byte(to, strlen(to), &request->range_to)) &&
        request->range_from <= request->range_to)
        return true;
    parse->why = arena_format(
        parse->arena,
        "--range expects bytes such as 0-1000000 or 1000000-, found \"%s\"",
        value);
    return false;
}

bool
import_settle(struct parse *parse, const char *const *files, size_t count)
{
    struct ask *ask = &parse->options->ask;
    size_t steps = ask->split == SPLIT_FILES      ? count
                   : ask->split == SPLIT_SCHEDULE ? ask->slice_count
                                                  : 0;
    if (parse->offered_count > 0 && parse->offered_count != steps) {
        parse->why = "--offered must have as many rates as there are steps, "
                     "which files or a schedule say";
        return false;
    }
    if (ask->request.column_count > 0 && ask->tool != TOOL_CSV &&
        parse->options->baselines == NULL) {
        parse->why = "--columns goes with --from csv or --baselines";
        return false;
    }
    ask->files = arena_array(parse->arena, count + 1, struct asked_file);
    ask->said = arena_array(parse->arena, count + 1, struct said);
    ask->file_count = count;
    ask->step_count = ask->split == SPLIT_FILES ? count : 1;
    for (size_t i = 0; i < count; i++) {
        const char *slash = strrchr(files[i], '/');
        ask->files[i] = (struct asked_file){
            .path = files[i],
            .name = strcmp(files[i], "-") == 0 ? "standard input"
                    : slash                    ? slash + 1
                                               : files[i],
            .step = ask->split == SPLIT_FILES ? i : 0};
    }
    for (size_t i = 0; i < parse->offered_count; i++) {
        struct optional rate = {true, parse->offered[i]};
        if (ask->split == SPLIT_FILES)
            ask->said[i].offered_qps = rate;
        else
            ask->slices[i].said.offered_qps = rate;
    }
    ask->instances = parse->instances;
    for (size_t i = 0; i < ask->link_count; i++)
        ask->links[i].instances = parse->instances;
    return true;
}
