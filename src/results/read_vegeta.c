/*
 * vegeta: its reports as JSON and as text.  Room: results.  Those as a
 * histogram and for an HdrHistogram plot hold no rate; vegeta encode writes
 * samples.
 *
 * All times of the JSON are nanoseconds; those of the text have units, as Go
 * prints them: 1m2.5s, 577.393µs.  "rate" is what was sent over the attack,
 * "throughput" the good answers over the attack and the wait for the last one:
 * taken as it stands.  The status 0 is a request without an answer.
 */
#include <string.h>

#include "base/arena.h"
#include "results/form.h"
#include "results/json_tree.h"
#include "results/parse.h"
#include "results/readers.h"

#define GOOD_FROM 200
#define GOOD_BELOW 400
#define RULE "vegeta's own estimate (t-digest)"
#define RUN_INSTEAD "vegeta report -type=json on what vegeta attack wrote"

/* --- what the two forms share ------------------------------------------- */

/* Adds the answers of one status to a run's. */
static bool
add_code(const struct parse *parse, struct span code_at, struct span count_at,
         struct summary *summary, uint64_t *total)
{
    uint64_t code, count;
    if (!parse_count(parse, code_at, "the status code", &code) ||
        !parse_count(parse, count_at, "the number of answers", &count))
        return false;
    if (code < GOOD_FROM || code >= GOOD_BELOW)
        summary->failed += count;
    *total += count;
    return true;
}

static bool
is_sum(const struct parse *parse, struct span span, uint64_t total,
       const struct summary *summary)
{
    return total == summary->requests ||
           parse_contradict(parse, span, "the sum of the status codes",
                            "the number of requests",
                            arena_format(parse->arena, "%ju and %ju",
                                         (uintmax_t)total,
                                         (uintmax_t)summary->requests));
}

/* What a run was asked to send, and what it brought; at NULL: not said. */
static bool
read_rates(const struct parse *parse, struct span rate, struct span throughput,
           struct summary *summary)
{
    struct optional exact;
    if (!parse_rate(parse, rate, "rate", &exact))
        return false;
    exact_read(rate.at, rate.length, 0, EXACT_QPS_PLACES, ROUND_UP,
               &summary->offered_qps.value);
    summary->offered_qps.given = true;
    if (throughput.at == NULL)
        return true;
    if (!parse_rate(parse, throughput, "throughput", &summary->qps))
        return false;
    exact_share(summary->qps.value, 1, 1, &summary->qps.value);
    return true;
}

/* half is how far the duration may be off [millionths of a second]. */
static bool
settle(struct parse *parse, struct summary *summary, struct span throughput,
       struct span requests, uint64_t half)
{
    struct optional exact = {.given = true};
    summary->has_counts = true;
    if (!parse_settle(parse, summary, requests))
        return false;
    if (decimal_is_zero(summary->offered_qps.value))
        summary->offered_qps.given = false; /* one request takes no time */
    if (throughput.at == NULL)
        return true;
    exact_read(throughput.at, throughput.length, 0, EXACT_RATE_PLACES,
               ROUND_DOWN, &exact.value);
    return parse_agree(parse, throughput, summary->requests - summary->failed,
                       (struct printed){summary->seconds.value, half},
                       parse_printed(exact, throughput));
}

static struct summary *
begin(struct parse *parse, struct findings *findings, struct span span)
{
    struct summary *summary = parse_summary(parse, span);
    summary->model = LOAD_OPEN;
    findings->percentile_rule = RULE;
    return summary;
}

/* --- JSON --------------------------------------------------------------- */

bool
vegeta_json_is_it(const char *head, size_t size)
{
    return json_head_has(head, size, 1, "latencies") &&
           json_head_has(head, size, 1, "throughput");
}

static bool
read_codes(const struct parse *parse, const struct json *root,
           struct summary *summary)
{
    uint64_t total = 0, count;
    const struct json *codes = json_need_map(parse, root, "status_codes");
    if (codes == NULL)
        return false;
    for (const struct json *code = codes->first; code; code = code->next) {
        struct span key = {code->key, strlen(code->key)};
        if (!json_need_count(parse, codes, code->key, &count) ||
            !add_code(parse, key, code->span, summary, &total))
            return false;
    }
    return is_sum(parse, codes->span, total, summary);
}

static bool
read_latencies(struct parse *parse, const struct json *root,
               struct summary *summary)
{
    const struct json *latencies = json_need_map(parse, root, "latencies");
    return latencies != NULL &&
           json_percentile(parse, latencies, "50th", summary, P50, -6) &&
           json_percentile(parse, latencies, "95th", summary, P95, -6) &&
           json_percentile(parse, latencies, "99th", summary, P99, -6) &&
           json_most(parse, latencies, "max", summary, -6);
}

/* The attack and the wait for its last answer, in nanoseconds. */
static bool
read_duration(const struct parse *parse, const struct json *root,
              struct summary *summary)
{
    uint64_t attack, wait;
    if (!json_count(parse, root, "duration", &attack) ||
        !json_count(parse, root, "wait", &wait))
        return false;
    struct span at = json_find(root, "duration") != NULL
                         ? json_find(root, "duration")->span
                         : root->span;
    summary->seconds =
        (struct optional){true, decimal_scaled((whole)(attack + wait), 9)};
    return attack + wait > 0 ||
           parse_unfit(parse, at, "duration", "a time above 0");
}

bool
vegeta_json_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    struct span rate, throughput;
    if (!parse_begin(&parse, input, findings))
        return false;
    const struct json *root = json_tree(&parse);
    if (root == NULL)
        return false;
    struct summary *summary = begin(&parse, findings, root->span);
    const struct json *earliest = json_find(root, "earliest");
    if (earliest != NULL && earliest->kind == JSON_TEXT)
        summary->start_s = parse_time(
            (struct span){earliest->span.at + 1, earliest->span.length - 2});
    if (!json_need_count(&parse, root, "requests", &summary->requests))
        return false;
    struct span requests = json_find(root, "requests")->span;
    summary->has_counts = true;
    if (summary->requests == 0)
        return parse_settle(&parse, summary, requests);
    return read_codes(&parse, root, summary) &&
           read_latencies(&parse, root, summary) &&
           read_duration(&parse, root, summary) &&
           json_need_number(&parse, root, "rate", "rate", &rate) &&
           json_need_number(&parse, root, "throughput", "throughput",
                            &throughput) &&
           read_rates(&parse, rate, throughput, summary) &&
           settle(&parse, summary, throughput, requests, 1);
}

/* --- text --------------------------------------------------------------- */

/* "Requests      [total, rate, throughput]  360, 90.21, 30.07": takes the key
   and the names off the line; false when it is another. */
static bool
take_names(struct span *line, const char *key, struct span *names)
{
    struct span rest = *line;
    if (!span_take(&rest, key) || !span_take(&rest, " "))
        return false;
    rest = span_trim(rest);
    if (!span_take(&rest, "["))
        return false;
    *names = span_until(&rest, "]");
    *line = rest;
    return true;
}

static bool
is_report(struct span line)
{
    struct span names;
    return take_names(&line, "Requests", &names) &&
           span_begins(names, "total, rate");
}

bool
vegeta_text_is_it(const char *head, size_t size)
{
    struct span all = {head, size};
    return is_report(span_until(&all, "\n"));
}

/* Takes "2.5s" off the front; false when there is no number with a unit. */
static bool
take_part(struct span *span, struct decimal *ms)
{
    static const struct {
        const char *unit;
        int shift;
        unsigned times;
    } units[] = {
        {"ns",        -6, 1   },
        {"us",        -3, 1   },
        {"µs",       -3, 1   },
        {"\xCE\xBCs", -3, 1   },
        {"ms",        0,  1   },
        {"s",         3,  1   },
        {"m",         3,  60  },
        {"h",         3,  3600}
    };
    size_t length = 0;
    while (length < span->length && strchr("0123456789.", span->at[length]))
        length++;
    struct span number = {span->at, length};
    span->at += length;
    span->length -= length;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!span_take(span, units[i].unit))
            continue;
        if (!exact_read(number.at, number.length, units[i].shift,
                        EXACT_MS_PLACES, ROUND_UP, ms) ||
            decimal_compare(*ms, decimal_of(PARSE_MOST_MS)) > 0)
            return false;
        ms->units *= units[i].times;
        return true;
    }
    return false;
}

/* "1m2.5s" or "577.393µs" in milliseconds. */
static bool
read_time(const struct parse *parse, struct span span, const char *name,
          struct optional *ms)
{
    struct span rest = span;
    struct decimal part;
    *ms = (struct optional){true, {0}};
    do {
        if (!take_part(&rest, &part))
            return parse_unfit(parse, span, name,
                               "a time with its unit (ns, µs, ms, s, m, h)");
        ms->value = decimal_add(ms->value, part);
    } while (rest.length > 0 &&
             decimal_compare(ms->value, decimal_of(PARSE_MOST_MS)) <= 0);
    return decimal_compare(ms->value, decimal_of(PARSE_MOST_MS)) <= 0 ||
           parse_unfit(parse, span, name, "at most 1e7 ms");
}

/* How far a duration of the text may be off [us]: it is printed to the next
   smaller unit, from an hour on to minutes. */
static uint64_t
text_half(struct decimal seconds)
{
    if (decimal_compare(seconds, decimal_of(3600)) >= 0)
        return 30000000;
    return decimal_compare(seconds, decimal_of(60)) >= 0 ? 500000 : 500;
}

static struct span
next_item(struct span *list)
{
    return span_trim(span_until(list, ","));
}

/* Whether a list has no more items: a decimal comma would make one. */
static bool
is_end(const struct parse *parse, struct span list)
{
    list = span_trim(list);
    return list.length == 0 ||
           parse_unfit(parse, list, "what follows", "the end of the line");
}

/* Which latencies there are depends on the version. */
static bool
read_text_latencies(struct parse *parse, struct span names, struct span list,
                    struct summary *summary)
{
    static const char *const ours[PERCENTILES] = {"50", "95", "99", "99.9"};
    while (names.length > 0) {
        struct span name = next_item(&names), item = next_item(&list);
        struct optional ms;
        if (!read_time(parse, item, "the latency", &ms))
            return false;
        if (span_is(name, "max"))
            summary->max_ms = ms;
        for (int i = 0; i < PERCENTILES; i++)
            if (span_is(name, ours[i])) {
                summary->percentile_ms[i] = ms;
                parse->percentile[i] = item;
            }
    }
    return is_end(parse, list);
}

static bool
read_text_codes(const struct parse *parse, struct span list,
                struct summary *summary)
{
    uint64_t total = 0;
    struct span all = span_trim(list), item;
    while ((item = span_word(&list)).length > 0) {
        struct span code = span_until(&item, ":");
        if (!add_code(parse, code, item, summary, &total))
            return false;
    }
    return is_sum(parse, all, total, summary);
}

/* The numbers of a report; versions before 8 have no throughput. */
struct report {
    struct summary *summary;
    struct span requests, rate, throughput;
    bool has_codes;
};

static bool
read_text_rates(const struct parse *parse, struct span names, struct span list,
                struct report *report)
{
    report->requests = next_item(&list);
    report->rate = next_item(&list);
    if (span_has(names, "throughput"))
        report->throughput = next_item(&list);
    return is_end(parse, list) &&
           parse_count(parse, report->requests, "the number of requests",
                       &report->summary->requests) &&
           read_rates(parse, report->rate, report->throughput, report->summary);
}

static bool
read_text_duration(const struct parse *parse, struct span list,
                   struct report *report)
{
    struct optional *seconds = &report->summary->seconds;
    if (!read_time(parse, next_item(&list), "the duration", seconds))
        return false;
    seconds->value.units = whole_floor_divide(seconds->value.units, 1000);
    return true;
}

static bool
read_text_line(struct parse *parse, struct span line, struct report *report)
{
    struct span names;
    if (take_names(&line, "Requests", &names))
        return read_text_rates(parse, names, line, report);
    if (take_names(&line, "Duration", &names))
        return read_text_duration(parse, line, report);
    if (take_names(&line, "Latencies", &names))
        return read_text_latencies(parse, names, line, report->summary);
    if (!take_names(&line, "Status Codes", &names))
        return true;
    report->has_codes = true;
    return read_text_codes(parse, line, report->summary);
}

bool
vegeta_text_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    struct span line;
    if (!parse_begin(&parse, input, findings))
        return false;
    struct report report = {
        .summary =
            begin(&parse, findings, (struct span){parse.source->bytes, 1})};
    struct summary *summary = report.summary;
    while (!report.has_codes && (line = parse_line(&parse)).at != NULL)
        if (!read_text_line(&parse, line, &report))
            return false;
    if (!report.has_codes)
        return parse_cut(&parse, "the line Status Codes is missing");
    summary->has_counts = true;
    if (summary->requests > 0 && decimal_is_zero(summary->seconds.value))
        return parse_contradict(&parse, report.requests,
                                "the number of requests", "the duration",
                                "it is missing or 0");
    if (!settle(&parse, summary, report.throughput, report.requests,
                text_half(summary->seconds.value)))
        return false;
    while ((line = parse_line(&parse)).at != NULL)
        if (is_report(line))
            return parse_second(&parse, line, "report");
    return true;
}

/* --- reports without a rate --------------------------------------------- */

static bool
has_heading(struct span head, const char *first, const char *later)
{
    struct span line = span_until(&head, "\n");
    return span_begins(line, first) && span_has(line, later);
}

bool
vegeta_histogram_is_it(const char *head, size_t size)
{
    return has_heading((struct span){head, size}, "Bucket ", " Histogram");
}

bool
vegeta_histogram_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    return parse_begin(&parse, input, findings) &&
           parse_refuse(
               &parse, "a histogram of vegeta",
               "it holds no rate and no percentiles: give " RUN_INSTEAD);
}

bool
vegeta_plot_is_it(const char *head, size_t size)
{
    return has_heading((struct span){head, size}, "Value(ms)", "TotalCount");
}

bool
vegeta_plot_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    return parse_begin(&parse, input, findings) &&
           parse_refuse(&parse, "an HdrHistogram plot of vegeta",
                        "it holds no rate and no errors: give " RUN_INSTEAD);
}
