/*
 * An earlier report's JSON, format 1 of this program (the contract, section
 * 4): the season, the day, the verdict, and how each link stood.  Room: input;
 * what changed since is for assess/change.c.
 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/diag.h"
#include "input/input.h"
#include "input/open.h"
#include "model/previous.h"
#include "model/season.h"

#define FORMAT 1
#define ORDER (1u << 25) /* in messages, behind inputs and templates */
#define DAY_LENGTH 10    /* of "2026-10-24" */
#define MOST_QPS 1e15

/* One of these, parted by blanks. */
#define STATE_WORDS "short untested stale inconclusive covered met"
#define VERDICT_WORDS "go conditional no-go"

struct reader {
    struct arena *arena;
    const struct source *source;
    struct diag *diag;
};

static bool
fail(const struct reader *reader, int line, int column, const char *what)
{
    struct place place = {reader->source, line > 0 ? (unsigned)line : 1,
                          column > 0 ? (unsigned)column : 1, 1};
    diag_add(reader->diag, DIAG_PREVIOUS, place, what, NULL);
    return false;
}

/* A member that is one of some words, or NULL. */
static const char *
word_of(const struct reader *reader, const json_t *object, const char *key,
        const char *words)
{
    const char *text = json_string_value(json_object_get(object, key));
    while (text != NULL && *words != '\0') {
        size_t length = strcspn(words, " ");
        if (strlen(text) == length && strncmp(words, text, length) == 0)
            return arena_copy(reader->arena, words, length);
        words += length + strspn(words + length, " ");
    }
    return NULL;
}

static const char *
copy(const struct reader *reader, const json_t *text)
{
    return arena_copy(reader->arena, json_string_value(text),
                      json_string_length(text));
}

static bool
is_text(const json_t *text)
{
    return json_is_string(text) && json_string_length(text) > 0;
}

static bool
read_link(const struct reader *reader, const json_t *entry,
          struct previous_link *link)
{
    const json_t *id = json_object_get(entry, "link");
    const json_t *attainment = json_object_get(entry, "attainment");
    const json_t *shortfall = json_object_get(entry, "shortfall_qps");
    link->state = word_of(reader, entry, "state", STATE_WORDS);
    if (!is_text(id) || link->state == NULL)
        return false;
    link->link = copy(reader, id);
    if (json_is_null(attainment) && json_is_null(shortfall))
        return true;
    if (!json_is_number(attainment) || !json_is_integer(shortfall))
        return false;
    double milli = json_number_value(attainment) * 1000;
    if (!(milli >= 0 && milli < MOST_QPS) ||
        json_integer_value(shortfall) < 0)
        return false;
    link->is_known = true;
    /* three decimals: the nearest whole is the number that was written */
    link->attainment_milli = (whole)llround(milli);
    link->shortfall_qps = (whole)json_integer_value(shortfall);
    return true;
}

static int
compare_links(const void *left, const void *right)
{
    return strcmp(((const struct previous_link *)left)->link,
                  ((const struct previous_link *)right)->link);
}

static bool
read_links(const struct reader *reader, const json_t *list,
           struct previous *previous)
{
    size_t count = json_array_size(list);
    struct previous_link *links =
        arena_array(reader->arena, count + 1, struct previous_link);
    for (size_t i = 0; i < count; i++)
        if (!read_link(reader, json_array_get(list, i), &links[i]))
            return fail(reader, 1, 1,
                        arena_format(reader->arena,
                                     "its link %zu has no id, no state, or "
                                     "numbers that are none",
                                     i + 1));
    qsort(links, count, sizeof *links, compare_links);
    for (size_t i = 1; i < count; i++)
        if (strcmp(links[i - 1].link, links[i].link) == 0)
            return fail(reader, 1, 1, "it has a link twice");
    previous->links = links;
    previous->link_count = count;
    return true;
}

static bool
read_report(const struct reader *reader, const json_t *root,
            struct previous *previous)
{
    const json_t *season = json_object_get(root, "season");
    const json_t *id = json_object_get(season, "id");
    const json_t *as_of = json_object_get(season, "as_of");
    struct day day;
    if (!is_text(json_object_get(root, "headroom")) ||
        json_integer_value(json_object_get(root, "format")) != FORMAT)
        return fail(reader, 1, 1, "it is no report of headroom, format 1");
    previous->verdict = word_of(reader, root, "verdict", VERDICT_WORDS);
    if (!is_text(id) || !is_text(as_of) || previous->verdict == NULL)
        return fail(reader, 1, 1, "it has no season, no as_of or no verdict");
    previous->season = copy(reader, id);
    if (json_string_length(as_of) < DAY_LENGTH ||
        !day_read(json_string_value(as_of), DAY_LENGTH, &day))
        return fail(reader, 1, 1, "its as_of is no day");
    previous->as_of = day_text(reader->arena, day);
    const json_t *links = json_object_get(root, "links");
    if (!json_is_array(links))
        return fail(reader, 1, 1, "it has no links");
    return read_links(reader, links, previous);
}

const struct previous *
input_read_previous(struct arena *arena, const char *path,
                    const struct season *season, struct diag *diag)
{
    const char *slash = strrchr(path, '/');
    struct reader reader = {arena, NULL, diag};
    json_error_t error;
    reader.source = open_source(arena, path, slash ? slash + 1 : path, ORDER,
                                (struct place){0}, diag);
    if (reader.source == NULL)
        return NULL;
    struct previous *previous = arena_alloc(arena, sizeof *previous);
    json_t *root = json_loadb(reader.source->bytes, reader.source->size,
                              JSON_REJECT_DUPLICATES, &error);
    bool sound =
        root != NULL
            ? read_report(&reader, root, previous)
            : fail(&reader, error.line, error.column,
                   arena_format(arena, "it is no JSON: %s", error.text));
    json_decref(root);
    if (!sound)
        return NULL;
    if (season != NULL && strcmp(previous->season, season->id) != 0)
        diag_add(diag, DIAG_PREVIOUS_SEASON,
                 (struct place){reader.source, 1, 1, 1}, previous->season,
                 season->id, NULL);
    return previous;
}
