/*
 * siege: the JSON of -j, the text that it prints without, and the file of
 * --log, a line a run.  Room: results. What it prints of each answer with -v
 * says when in whole seconds of some clock, or not at all, and how long in
 * hundredths of a second: refused.
 *
 * Seconds have two decimals, and there is no percentile at all.  "transactions"
 * are answers that siege calls good; those that failed are beside them.
 * "concurrency" is not -c but how many were under way on average.
 */
#include <string.h>

#include "results/form.h"
#include "results/json_tree.h"
#include "results/parse.h"
#include "results/readers.h"

#define LOG_HEADING                                                            \
    "Date & Time,  Trans,  Elap Time,  Data Trans,  Resp Time,  Trans Rate,  " \
    "Throughput,  Concurrent,    OKAY,   Failed"

static void
count(struct summary *summary, uint64_t good, uint64_t failed)
{
    summary->has_counts = true;
    summary->requests = good + failed;
    summary->failed = failed;
}

/* An average, rounded to a number of users: they are only put in order by it.
 */
static bool
read_users(const struct parse *parse, struct span span, struct summary *summary)
{
    struct decimal average;
    if (!exact_read(span.at, span.length, 0, 2, ROUND_DOWN, &average))
        return parse_unfit(parse, span, "concurrency", "a number of 0 or more");
    whole users = whole_floor_divide(average.units + decimal_scaled(5, 1).units,
                                     decimal_of(1).units);
    if (users > 0)
        summary->concurrency = (struct optional){true, decimal_of(users)};
    return true;
}

/* --- JSON --------------------------------------------------------------- */

bool
siege_json_is_it(const char *head, size_t size)
{
    return json_head_has(head, size, 1, "transactions") &&
           json_head_has(head, size, 1, "availability");
}

bool
siege_json_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    struct span elapsed, users;
    uint64_t good, failed;
    if (!parse_begin(&parse, input, findings))
        return false;
    const struct json *root = json_tree(&parse);
    if (root == NULL)
        return false;
    struct summary *summary = parse_summary(&parse, root->span);
    summary->model = LOAD_CLOSED;
    if (!json_need_count(&parse, root, "transactions", &good) ||
        !json_need_count(&parse, root, "failed_transactions", &failed))
        return false;
    count(summary, good, failed);
    struct span at = json_find(root, "transactions")->span;
    if (summary->requests == 0)
        return parse_settle(&parse, summary, at);
    return json_need_number(&parse, root, "elapsed_time", "elapsed_time",
                            &elapsed) &&
           parse_seconds(&parse, elapsed, "elapsed_time", 0,
                         &summary->seconds) &&
           json_need_number(&parse, root, "concurrency", "concurrency",
                            &users) &&
           read_users(&parse, users, summary) &&
           json_most(&parse, root, "longest_transaction", summary, 3) &&
           parse_settle(&parse, summary, at);
}

/* --- text --------------------------------------------------------------- */

bool
siege_text_is_it(const char *head, size_t size)
{
    struct span all = {head, size};
    while (all.length > 0) {
        struct span line = span_until(&all, "\n");
        if (span_begins(line, "Transactions:") && span_has(line, " hits"))
            return true;
    }
    return false;
}

struct text_run {
    struct summary *summary;
    struct span good_at;
    uint64_t good, failed;
    bool has_failed, is_ended;
};

/* "Elapsed time:		        7.15 secs" */
static bool
read_text_line(const struct parse *parse, struct span line,
               struct text_run *run)
{
    struct summary *summary = run->summary;
    if (span_take(&line, "Transactions:")) {
        run->good_at = span_word(&line);
        return parse_count(parse, run->good_at, "Transactions", &run->good);
    }
    if (span_take(&line, "Failed transactions:")) {
        run->has_failed = true;
        return parse_count(parse, span_word(&line), "Failed transactions",
                           &run->failed);
    }
    if (span_take(&line, "Elapsed time:"))
        return parse_seconds(parse, span_word(&line), "Elapsed time", 0,
                             &summary->seconds);
    if (span_take(&line, "Concurrency:"))
        return read_users(parse, span_word(&line), summary);
    if (span_take(&line, "Longest transaction:"))
        return parse_ms(parse, span_word(&line), "Longest transaction", 3,
                        &summary->max_ms);
    run->is_ended |= span_begins(line, "Shortest transaction:");
    return true;
}

bool
siege_text_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    struct text_run run = {0};
    struct span line;
    if (!parse_begin(&parse, input, findings))
        return false;
    run.summary = parse_summary(&parse, (struct span){parse.source->bytes, 1});
    run.summary->model = LOAD_CLOSED;
    while ((line = parse_line(&parse)).at != NULL) {
        if (run.is_ended && span_begins(line, "Transactions:"))
            return parse_second(&parse, line, "run");
        if (!read_text_line(&parse, line, &run))
            return false;
    }
    if (!run.is_ended || !run.has_failed || !run.summary->seconds.given)
        return parse_cut(&parse, "figures of the run are missing");
    count(run.summary, run.good, run.failed);
    return parse_settle(&parse, run.summary, run.good_at);
}

/* --- single answers ----------------------------------------------------- */

/* "HTTP/1.1 200     0.02 secs:     221 bytes ==> GET  /pay" or
   "   4,HTTP/1.1,200,  0.36,   3372,/,0,2015-12-20 21:30:13", with colours. */
bool
siege_answers_is_it(const char *head, size_t size)
{
    struct span all = {head, size};
    while (all.length > 0) {
        struct span line = span_until(&all, "\n");
        struct span number = span_until(&line, ",HTTP/1.");
        if (line.length > 0) {
            uint64_t user;
            if (span_take(&number, "\033"))
                span_until(&number, "m");
            number = span_trim(number);
            return exact_count(number.at, number.length, &user);
        }
        if (span_has(number, " secs:") && span_has(number, " bytes ==> "))
            return true;
    }
    return false;
}

bool
siege_answers_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    return parse_begin(&parse, input, findings) &&
           parse_refuse(&parse, "what siege -v prints",
                        "it does not tell when its answers came: give what "
                        "siege -j prints");
}

/* --- the log ------------------------------------------------------------ */

bool
siege_log_is_it(const char *head, size_t size)
{
    struct span all = {head, size};
    struct span line = span_trim(span_until(&all, "\n"));
    return span_begins(line, LOG_HEADING);
}

/* "2026-11-22 08:14:41,   1165,       5.02, ..." */
static bool
read_log_line(struct parse *parse, struct span line)
{
    enum { DATE, ELAPSED = 2, USERS = 7, GOOD, FAILED, FIELDS };
    struct span fields[FIELDS], rest = line;
    uint64_t good, failed;
    for (int i = 0; i < FIELDS; i++)
        fields[i] = span_trim(span_until(&rest, ","));
    struct summary *summary = parse_summary(parse, line);
    summary->model = LOAD_CLOSED;
    summary->level = span_text(parse, fields[DATE]);
    if (!parse_count(parse, fields[GOOD], "OKAY", &good) ||
        !parse_count(parse, fields[FAILED], "Failed", &failed))
        return false;
    count(summary, good, failed);
    return parse_seconds(parse, fields[ELAPSED], "Elap Time", 0,
                         &summary->seconds) &&
           read_users(parse, fields[USERS], summary) &&
           parse_settle(parse, summary, fields[GOOD]);
}

bool
siege_log_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    struct span line;
    if (!parse_begin(&parse, input, findings))
        return false;
    parse_line(&parse); /* the heading */
    while ((line = parse_line(&parse)).at != NULL)
        if (span_trim(line).length > 0 && !read_log_line(&parse, line))
            return false;
    if (findings->summary_count == 0)
        return parse_cut(&parse, "there is no run below the heading");
    return parse_is_ended(&parse);
}
