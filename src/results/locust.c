/*
 * Locust's CSV files as tables.  Room: results.  What the rows of each come to
 * is the readers' business.
 */
#include "results/locust.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/form.h"

bool
locust_begins(const char *head, size_t size, const char *headings)
{
    size_t at = 0;
    while (at < size && (head[at] == '\n' || head[at] == '\r'))
        at++;
    for (; at < size && *headings != '\0'; at++) {
        if (head[at] == '"')
            continue;
        if (head[at] != *headings)
            return false;
        headings++;
    }
    return *headings == '\0';
}

/* The column of the first of two headings that there is, or -1. */
static int
find(const struct locust *locust, const char *const headings[2])
{
    int column = table_find(locust->table, headings[0]);
    if (column < 0 && headings[1] != NULL)
        column = table_find(locust->table, headings[1]);
    return column;
}

bool
locust_open(struct locust *locust, struct input *input,
            struct findings *findings)
{
    *locust = (struct locust){0};
    if (!parse_begin(&locust->parse, input, findings))
        return false;
    locust->table =
        table_read(findings->arena, locust->parse.source, ',', findings->diag);
    return locust->table != NULL;
}

/* A field of the row in hand, and its place for messages. */
struct span
locust_field(struct locust *locust, int column)
{
    locust->parse.place =
        table_place(locust->table, locust->row, (size_t)column);
    const char *text = locust->row->fields[column];
    return (struct span){text, strlen(text)};
}

static const char *
text(const struct locust *locust, enum locust_column column)
{
    return locust->row->fields[locust->columns[column]];
}

/* Whether the row in hand sums up the others. */
static bool
is_sum(const struct locust *locust)
{
    const char *type = text(locust, TYPE), *name = text(locust, NAME);
    return (*type == '\0' || strcmp(type, "None") == 0) &&
           (strcmp(name, "Aggregated") == 0 || strcmp(name, "Total") == 0);
}

static int
compare_keys(const void *left, const void *right)
{
    const struct locust_request *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : strcmp(a->type, b->type);
}

/* Lists the requests of the table. */
static void
list_requests(struct locust *locust)
{
    const struct table *table = locust->table;
    struct locust_request *keys = arena_array(
        locust->parse.arena, table->row_count, struct locust_request);
    size_t count = 0;
    for (size_t i = 1; i < table->row_count; i++)
        keys[i - 1] = (struct locust_request){
            .name = table->rows[i].fields[locust->columns[NAME]],
            .type = table->rows[i].fields[locust->columns[TYPE]]};
    qsort(keys, table->row_count - 1, sizeof *keys, compare_keys);
    for (size_t i = 0; i + 1 < table->row_count; i++)
        if (count == 0 || compare_keys(&keys[count - 1], &keys[i]) != 0)
            keys[count++] = keys[i];
    for (size_t i = 1; i < count; i++)
        if (strcmp(keys[i - 1].name, keys[i].name) == 0)
            keys[i - 1].is_shared = keys[i].is_shared = true;
    locust->keys = keys;
    locust->key_count = count;
}

/* The request of the row in hand. */
struct locust_request *
locust_request_of(const struct locust *locust)
{
    struct locust_request key = {.name = text(locust, NAME),
                                 .type = text(locust, TYPE)};
    return bsearch(&key, locust->keys, locust->key_count, sizeof key,
                   compare_keys);
}

/* The name, and where it has two methods the method before it. */
const char *
locust_label(const struct locust *locust)
{
    const struct locust_request *key = locust_request_of(locust);
    if (is_sum(locust))
        return "";
    return key->is_shared ? arena_format(locust->parse.arena, "%s %s",
                                         key->type, key->name)
                          : key->name;
}

bool
locust_find(struct locust *locust, const char *const headings[COLUMNS][2],
            enum locust_column from, enum locust_column to)
{
    static const char *const percentiles[PERCENTILES][2] = {
        {"50%",   "Median response time"},
        {"95%",   NULL                  },
        {"99%",   NULL                  },
        {"99.9%", NULL                  }
    };
    bool is_whole = true;
    for (int i = (int)from; i <= (int)to; i++) {
        locust->columns[i] = find(locust, headings[i]);
        if (locust->columns[i] >= 0)
            continue;
        is_whole = false;
        diag_add(locust->parse.diag, DIAG_MISSING_KEY,
                 (struct place){locust->table->source, 1, 1, 1}, "the heading",
                 headings[i][0], NULL);
    }
    for (int i = 0; i < PERCENTILES; i++)
        locust->percentiles[i] = find(locust, percentiles[i]);
    if (is_whole)
        list_requests(locust);
    return is_whole;
}

bool
locust_counts(struct locust *locust, uint64_t *requests, uint64_t *failed)
{
    return parse_count(&locust->parse,
                       locust_field(locust, locust->columns[REQUESTS]),
                       "the number of requests", requests) &&
           parse_count(&locust->parse,
                       locust_field(locust, locust->columns[FAILURES]),
                       "the number of failures", failed);
}

bool
locust_percentiles(struct locust *locust, struct summary *summary)
{
    for (int i = 0; i < PERCENTILES; i++) {
        if (locust->percentiles[i] < 0)
            continue;
        struct span value = locust_field(locust, locust->percentiles[i]);
        if (!span_is(value, "N/A") &&
            !parse_percentile(&locust->parse, summary, (enum percentile)i,
                              value, 0))
            return false;
    }
    return true;
}
