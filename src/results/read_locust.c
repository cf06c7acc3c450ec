/*
 * Locust: the CSV files of --csv.  Room: results.
 *
 * NAME_stats.csv has a row a request and one, Aggregated, for all of them.  Its
 * rates are those of the whole run.  Times are whole milliseconds, above 100 ms
 * rounded to two digits; which percentiles there are depends on the version and
 * the settings, and N/A is unknown.  Versions before 1.0 have other headings
 * and the median alone.
 *
 * NAME_stats_history.csv has a row a second and more: its Requests/s are of a
 * window of 10 s that lags, its counts are not.  So a level, the rows of one
 * number of users, has the requests that its counts grew by; and as its
 * percentile the highest of its windows, which no percentile of all of it
 * exceeds.
 *
 * The files of failures and exceptions hold no rate.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/file.h"
#include "results/form.h"
#include "results/parse.h"
#include "results/readers.h"
#include "results/table.h"

/* Whether a file begins with these headings, in quotes or not. */
static bool
has_headings(const char *head, size_t size, const char *headings)
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

bool
locust_stats_is_it(const char *head, size_t size)
{
    return has_headings(head, size, "Type,Name,Request Count,") ||
           has_headings(head, size, "Type,Name,# requests,") ||
           has_headings(head, size, "Method,Name,# requests,");
}

bool
locust_history_is_it(const char *head, size_t size)
{
    return has_headings(head, size, "Timestamp,User Count,Type,Name,");
}

bool
locust_failures_is_it(const char *head, size_t size)
{
    return has_headings(head, size, "Method,Name,Error,Occurrences");
}

bool
locust_exceptions_is_it(const char *head, size_t size)
{
    return has_headings(head, size, "Count,Message,Traceback,Nodes");
}

static bool
refuse(struct input *input, struct findings *findings, const char *what)
{
    struct parse parse;
    return parse_begin(&parse, input, findings) &&
           parse_refuse(&parse, what,
                        "it holds no rate: give the _stats.csv of the run");
}

bool
locust_failures_read(struct input *input, struct findings *findings)
{
    return refuse(input, findings, "a file of failures of Locust");
}

bool
locust_exceptions_read(struct input *input, struct findings *findings)
{
    return refuse(input, findings, "a file of exceptions of Locust");
}

/* --- a table and its columns -------------------------------------------- */

enum column {
    TIME,
    USERS,
    TYPE,
    NAME,
    REQUESTS,
    FAILURES,
    RATE,
    MOST,
    COLUMNS
};

/* What is known of a request so far, in a history. */
struct track {
    bool is_known;
    uint64_t time_s, requests, failed; /* of its last row */
    uint64_t users;
    size_t summary; /* of the level in hand, plus 1; 0: none */
};

/* A request: names alone may have several methods. */
struct request_key {
    const char *name, *type;
    bool is_shared; /* the name, with other methods */
    struct track track;
};

struct sheet {
    struct parse parse;
    const struct table *table;
    struct request_key *keys; /* in order of name and type, each once */
    size_t key_count;
    const struct table_row *row; /* in hand */
    int columns[COLUMNS];
    int percentiles[PERCENTILES];
};

/* The column of the first heading that there is; -1, and where it is needed a
   message, without one. */
static int
find(const struct sheet *sheet, const char *const headings[2], bool is_needed)
{
    int column = table_find(sheet->table, headings[0]);
    if (column < 0 && headings[1] != NULL)
        column = table_find(sheet->table, headings[1]);
    if (column < 0 && is_needed)
        diag_add(sheet->parse.diag, DIAG_MISSING_KEY,
                 (struct place){sheet->table->source, 1, 1, 1}, "the heading",
                 headings[0], NULL);
    return column;
}

static bool
find_percentiles(struct sheet *sheet)
{
    static const char *const headings[PERCENTILES][2] = {
        {"50%",   NULL},
        {"95%",   NULL},
        {"99%",   NULL},
        {"99.9%", NULL}
    };
    for (int i = 0; i < PERCENTILES; i++)
        sheet->percentiles[i] = find(sheet, headings[i], false);
    return !diag_has_errors(sheet->parse.diag);
}

static bool
open_sheet(struct sheet *sheet, struct input *input, struct findings *findings)
{
    *sheet = (struct sheet){0};
    if (!parse_begin(&sheet->parse, input, findings))
        return false;
    sheet->table =
        table_read(findings->arena, sheet->parse.source, ',', findings->diag);
    return sheet->table != NULL;
}

/* A field of the row in hand, and its place for messages. */
static struct span
field(struct sheet *sheet, int column)
{
    sheet->parse.place = table_place(sheet->table, sheet->row, (size_t)column);
    const char *text = sheet->row->fields[column];
    return (struct span){text, strlen(text)};
}

static const char *
text(const struct sheet *sheet, enum column column)
{
    return sheet->row->fields[sheet->columns[column]];
}

/* Whether the row in hand sums up the others. */
static bool
is_sum(const struct sheet *sheet)
{
    const char *type = text(sheet, TYPE), *name = text(sheet, NAME);
    return (*type == '\0' || strcmp(type, "None") == 0) &&
           (strcmp(name, "Aggregated") == 0 || strcmp(name, "Total") == 0);
}

static int
compare_keys(const void *left, const void *right)
{
    const struct request_key *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : strcmp(a->type, b->type);
}

/* Lists the requests of the table. */
static void
list_keys(struct sheet *sheet)
{
    const struct table *table = sheet->table;
    struct request_key *keys =
        arena_array(sheet->parse.arena, table->row_count, struct request_key);
    size_t count = 0;
    for (size_t i = 1; i < table->row_count; i++)
        keys[i - 1] = (struct request_key){
            .name = table->rows[i].fields[sheet->columns[NAME]],
            .type = table->rows[i].fields[sheet->columns[TYPE]]};
    qsort(keys, table->row_count - 1, sizeof *keys, compare_keys);
    for (size_t i = 0; i + 1 < table->row_count; i++)
        if (count == 0 || compare_keys(&keys[count - 1], &keys[i]) != 0)
            keys[count++] = keys[i];
    for (size_t i = 1; i < count; i++)
        if (strcmp(keys[i - 1].name, keys[i].name) == 0)
            keys[i - 1].is_shared = keys[i].is_shared = true;
    sheet->keys = keys;
    sheet->key_count = count;
}

/* The request of the row in hand. */
static struct request_key *
key_of(const struct sheet *sheet)
{
    struct request_key key = {.name = text(sheet, NAME),
                              .type = text(sheet, TYPE)};
    return bsearch(&key, sheet->keys, sheet->key_count, sizeof key,
                   compare_keys);
}

/* The name, and where it has two methods the method before it. */
static const char *
label_of(const struct sheet *sheet)
{
    const struct request_key *key = key_of(sheet);
    if (is_sum(sheet))
        return "";
    return key->is_shared
               ? arena_format(sheet->parse.arena, "%s %s", key->type, key->name)
               : key->name;
}

static bool
read_counts(struct sheet *sheet, uint64_t *requests, uint64_t *failed)
{
    return parse_count(&sheet->parse, field(sheet, sheet->columns[REQUESTS]),
                       "the number of requests", requests) &&
           parse_count(&sheet->parse, field(sheet, sheet->columns[FAILURES]),
                       "the number of failures", failed);
}

/* --- statistics --------------------------------------------------------- */

static bool
find_stats(struct sheet *sheet)
{
    static const char *const headings[COLUMNS][2] = {
        [TYPE] = {"Type",              "Method"           },
        [NAME] = {"Name",              NULL               },
        [REQUESTS] = {"Request Count",     "# requests"       },
        [FAILURES] = {"Failure Count",     "# failures"       },
        [RATE] = {"Requests/s",        NULL               },
        [MOST] = {"Max Response Time", "Max response time"}
    };
    static const char *const median[2] = {"Median response time", NULL};
    for (int i = TYPE; i < COLUMNS; i++)
        sheet->columns[i] = find(sheet, headings[i], true);
    if (!find_percentiles(sheet))
        return false;
    if (sheet->percentiles[P50] < 0)
        sheet->percentiles[P50] = find(sheet, median, false);
    list_keys(sheet);
    return true;
}

static bool
read_percentiles(struct sheet *sheet, struct summary *summary)
{
    for (int i = 0; i < PERCENTILES; i++) {
        if (sheet->percentiles[i] < 0)
            continue;
        struct span value = field(sheet, sheet->percentiles[i]);
        if (!span_is(value, "N/A") &&
            !parse_percentile(&sheet->parse, summary, (enum percentile)i, value,
                              0))
            return false;
    }
    return true;
}

/* Good answers a second: Locust's own rate, less the failed ones. */
static bool
read_rate(struct sheet *sheet, struct summary *summary)
{
    struct optional rate;
    struct span number = field(sheet, sheet->columns[RATE]);
    if (!parse_rate(&sheet->parse, number, "Requests/s", &rate))
        return false;
    if (decimal_is_zero(rate.value) ||
        !exact_seconds(summary->requests, rate.value, &summary->seconds.value))
        return parse_unfit(&sheet->parse, number, "Requests/s",
                           "a rate above 0");
    summary->seconds.given = true;
    summary->qps.given =
        exact_share(rate.value, summary->requests - summary->failed,
                    summary->requests, &summary->qps.value);
    return true;
}

static bool
read_row(struct sheet *sheet)
{
    struct span first = field(sheet, 0);
    struct place place = sheet->parse.place;
    struct summary *summary = parse_summary(&sheet->parse, first);
    summary->label = label_of(sheet);
    summary->model = LOAD_CLOSED;
    summary->has_counts = true;
    if (!read_counts(sheet, &summary->requests, &summary->failed))
        return false;
    if (summary->requests > 0 && summary->failed <= summary->requests &&
        (!read_rate(sheet, summary) || !read_percentiles(sheet, summary) ||
         !parse_ms(&sheet->parse, field(sheet, sheet->columns[MOST]),
                   "the highest response time", 0, &summary->max_ms)))
        return false;
    sheet->parse.place = place;
    return parse_settle(&sheet->parse, summary, first);
}

bool
locust_stats_read(struct input *input, struct findings *findings)
{
    struct sheet sheet;
    if (!open_sheet(&sheet, input, findings) || !find_stats(&sheet))
        return false;
    findings->percentile_rule =
        "Locust's own, rounded to two digits above 100 ms";
    for (size_t i = 1; i < sheet.table->row_count; i++) {
        sheet.row = &sheet.table->rows[i];
        if (!read_row(&sheet))
            return false;
    }
    if (findings->summary_count == 0)
        return parse_cut(&sheet.parse, "there is no row below the heading");
    return parse_is_ended(&sheet.parse);
}

/* --- history ------------------------------------------------------------ */

struct history {
    struct sheet sheet;
    uint64_t time_s, before_s; /* of this row, and the last one before it */
    bool has_before;
};

static bool
find_history(struct sheet *sheet)
{
    static const char *const headings[COLUMNS][2] = {
        [TIME] = {"Timestamp",           NULL},
        [USERS] = {"User Count",          NULL},
        [TYPE] = {"Type",                NULL},
        [NAME] = {"Name",                NULL},
        [REQUESTS] = {"Total Request Count", NULL},
        [FAILURES] = {"Total Failure Count", NULL}
    };
    for (int i = TIME; i <= FAILURES; i++)
        sheet->columns[i] = find(sheet, headings[i], true);
    if (!find_percentiles(sheet))
        return false;
    list_keys(sheet);
    return true;
}

/* What is known of the request of the row in hand.  One that is new had none at
   the time before; where there is no such time, it begins with this row. */
static struct track *
track_of(struct history *history, uint64_t requests, uint64_t failed)
{
    struct track *track = &key_of(&history->sheet)->track;
    if (track->is_known)
        return track;
    track->is_known = true;
    track->time_s = history->has_before ? history->before_s : history->time_s;
    track->requests = history->has_before ? 0 : requests;
    track->failed = history->has_before ? 0 : failed;
    return track;
}

/* Raises the percentiles of a level to those of the row in hand. */
static bool
raise_percentiles(struct sheet *sheet, struct summary *summary)
{
    struct summary row = {0};
    if (!read_percentiles(sheet, &row))
        return false;
    for (int i = 0; i < PERCENTILES; i++) {
        struct optional *ms = &summary->percentile_ms[i];
        if (row.percentile_ms[i].given &&
            (!ms->given ||
             decimal_compare(ms->value, row.percentile_ms[i].value) < 0))
            *ms = row.percentile_ms[i];
    }
    return true;
}

/* The level of the row in hand: the one before, or a new one. */
static struct summary *
level_of(struct history *history, struct track *track, uint64_t users)
{
    struct sheet *sheet = &history->sheet;
    struct findings *findings = sheet->parse.findings;
    if (track->summary > 0 && track->users == users)
        return &findings->summaries[track->summary - 1];
    struct summary *summary = parse_summary(&sheet->parse, field(sheet, 0));
    track->summary = findings->summary_count;
    track->users = users;
    summary->label = label_of(sheet);
    summary->level =
        arena_format(sheet->parse.arena, "%ju users", (uintmax_t)users);
    summary->model = LOAD_CLOSED;
    summary->has_counts = true;
    summary->seconds.given = true;
    summary->start_s = (int64_t)track->time_s;
    if (users > 0)
        summary->concurrency =
            (struct optional){true, decimal_of((whole)users)};
    return summary;
}

static bool
read_history_row(struct history *history)
{
    struct sheet *sheet = &history->sheet;
    uint64_t users, requests, failed, time_s;
    if (!parse_count(&sheet->parse, field(sheet, sheet->columns[TIME]),
                     "Timestamp", &time_s) ||
        !parse_count(&sheet->parse, field(sheet, sheet->columns[USERS]),
                     "User Count", &users) ||
        !read_counts(sheet, &requests, &failed))
        return false;
    if (time_s > history->time_s && history->time_s > 0) {
        history->before_s = history->time_s;
        history->has_before = true;
    }
    history->time_s = time_s;
    struct track *track = track_of(history, requests, failed);
    struct span at = field(sheet, 0);
    if (time_s < track->time_s)
        return parse_contradict(&sheet->parse, at, "this time",
                                "that of the row before", "it is earlier");
    if (requests < track->requests || failed < track->failed)
        return parse_contradict(&sheet->parse, at, "the number of requests",
                                "that of the row before",
                                "it is smaller: run without --reset-stats");
    struct summary *summary = level_of(history, track, users);
    summary->requests += requests - track->requests;
    summary->failed += failed - track->failed;
    summary->seconds.value = decimal_add(
        summary->seconds.value, decimal_of((whole)(time_s - track->time_s)));
    track->requests = requests;
    track->failed = failed;
    track->time_s = time_s;
    return raise_percentiles(sheet, summary);
}

/* Keeps the levels that had requests, in a time that can be told. */
static bool
keep_levels(struct sheet *sheet)
{
    struct findings *findings = sheet->parse.findings;
    size_t kept = 0;
    for (size_t i = 0; i < findings->summary_count; i++) {
        struct summary *summary = &findings->summaries[i];
        if (summary->requests == 0 || decimal_is_zero(summary->seconds.value)) {
            findings->left_out++;
            continue;
        }
        sheet->parse.place = summary->place;
        if (!parse_settle(&sheet->parse, summary, (struct span){"", 0}))
            return false;
        findings->summaries[kept++] = *summary;
    }
    findings->summary_count = kept;
    findings->left_out_what = "levels without requests";
    return kept > 0 || parse_refuse(&sheet->parse, "this history of Locust",
                                    "no two rows tell how long a level was");
}

bool
locust_history_read(struct input *input, struct findings *findings)
{
    struct history history = {0};
    struct sheet *sheet = &history.sheet;
    if (!open_sheet(sheet, input, findings) || !find_history(sheet))
        return false;
    findings->percentile_rule = "the highest of Locust's own, each of a window "
                                "of 10 s";
    for (size_t i = 1; i < sheet->table->row_count; i++) {
        sheet->row = &sheet->table->rows[i];
        if (!read_history_row(&history))
            return false;
    }
    return parse_is_ended(&sheet->parse) && keep_levels(sheet);
}
