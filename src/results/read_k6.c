/*
 * k6: the summary at the end of a run, as --summary-export writes it (flat) and
 * as handleSummary() gets it (below "values"; so do old exports).  Room:
 * results.  --out csv and json hold samples.
 *
 *   {"metrics": {
 *      "http_reqs": {"count": 60000, "rate": 999.5},
 *      "http_req_duration": {"med": 20.0, "p(95)": 60.5, "p(99)": 88.25, ...},
 *      "http_req_failed": {"passes": 60, "fails": 59940, "value": 0.001},
 *      "dropped_iterations": {"count": 24, "rate": 3.86}}}
 *
 * http_req_failed is a rate of "the request failed": its passes are the
 * requests that failed.  Runs before k6 0.31 have none, and runs of other
 * protocols have no http_reqs: neither has an error rate.  Virtual users are no
 * load key: a run at a given rate has as many as it needs.
 */
#include "base/arena.h"
#include "results/form.h"
#include "results/json_tree.h"
#include "results/parse.h"
#include "results/readers.h"

bool
k6_summary_is_it(const char *head, size_t size)
{
    return json_head_has(head, size, 1, "metrics") ||
           (json_head_has(head, size, 1, "root_group") &&
            json_head_has(head, size, 2, "checks"));
}

/* What k6 prints at the end of a run: figures cut short, in units of their own.
 */
bool
k6_text_is_it(const char *head, size_t size)
{
    struct span all = {head, size};
    return span_has(all, "_req_duration....") ||
           span_has(all, "iterations....");
}

bool
k6_text_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    return parse_begin(&parse, input, findings) &&
           parse_refuse(&parse, "what k6 prints",
                        "its figures are cut short: give what k6 run "
                        "--summary-export=FILE writes");
}

/* The numbers of a metric: below "values", or its own. */
static const struct json *
metric(const struct json *metrics, const char *name)
{
    const struct json *found = json_find(metrics, name);
    const struct json *values = json_find(found, "values");
    return values != NULL ? values : found;
}

/* The share of failed requests that k6 prints must be that of its counts: which
   of them are the failed ones is easily mistaken. */
static bool
is_share(const struct parse *parse, const struct json *failed,
         const struct summary *summary)
{
    const char *key = json_find(failed, "value") ? "value" : "rate";
    struct span number;
    struct optional share;
    if (!json_need_number(parse, failed, key, key, &number) ||
        !parse_rate(parse, number, key, &share))
        return false;
    /* share x requests is the number of failed ones to within a millionth of
       all; compared as 10^-12 of requests */
    const whole scale = whole_power10(12);
    whole parts = whole_floor_divide(share.value.units, scale);
    if (parts <= scale) {
        whole apart =
            parts * (whole)summary->requests - (whole)summary->failed * scale;
        whole room = (whole)summary->requests * whole_power10(6);
        if (-room <= apart && apart <= room)
            return true;
    }
    return parse_contradict(parse, number, key, "passes and fails",
                            arena_format(parse->arena, "%ju failed of %ju",
                                         (uintmax_t)summary->failed,
                                         (uintmax_t)summary->requests));
}

static bool
read_failed(const struct parse *parse, const struct json *metrics,
            struct summary *summary)
{
    const struct json *failed = metric(metrics, "http_req_failed");
    uint64_t others;
    if (failed == NULL)
        return parse_refuse(parse, "a summary without http_req_failed",
                            "it has no error rate: run k6 0.31 or newer, with "
                            "no setResponseCallback(null)");
    if (!json_need_count(parse, failed, "passes", &summary->failed) ||
        !json_need_count(parse, failed, "fails", &others))
        return false;
    if (summary->failed + others != summary->requests)
        return parse_contradict(
            parse, failed->span, "http_req_failed", "http_reqs",
            arena_format(parse->arena, "%ju and %ju requests",
                         (uintmax_t)(summary->failed + others),
                         (uintmax_t)summary->requests));
    return is_share(parse, failed, summary);
}

/* Good answers a second: k6's own rate, less the failed ones. */
static bool
read_rate(const struct parse *parse, const struct json *requests,
          struct summary *summary)
{
    struct span number, count = json_find(requests, "count")->span;
    struct optional rate;
    if (!json_need_number(parse, requests, "rate", "rate", &number))
        return false;
    if (!parse_rate(parse, number, "rate", &rate))
        return false;
    if (decimal_is_zero(rate.value) ||
        !exact_seconds(summary->requests, rate.value, &summary->seconds.value))
        return parse_unfit(parse, number, "rate", "a rate above 0");
    summary->seconds.given = true;
    if (decimal_compare(summary->seconds.value,
                        decimal_of(PARSE_MOST_SECONDS)) > 0)
        return parse_contradict(parse, count, "count", "rate",
                                "they make more than 1e7 s");
    summary->qps.given =
        exact_share(rate.value, summary->requests - summary->failed,
                    summary->requests, &summary->qps.value);
    return true;
}

static bool
read_durations(struct parse *parse, const struct json *metrics,
               struct summary *summary)
{
    const struct json *duration = metric(metrics, "http_req_duration");
    return json_percentile(parse, duration, "med", summary, P50, 0) &&
           json_percentile(parse, duration, "p(95)", summary, P95, 0) &&
           json_percentile(parse, duration, "p(99)", summary, P99, 0) &&
           json_percentile(parse, duration, "p(99.9)", summary, P999, 0) &&
           json_most(parse, duration, "max", summary, 0);
}

static bool
read_dropped(const struct parse *parse, const struct json *metrics,
             struct summary *summary)
{
    const struct json *dropped = metric(metrics, "dropped_iterations");
    if (dropped == NULL)
        return true;
    summary->model = LOAD_OPEN;
    return json_need_count(parse, dropped, "count", &summary->dropped);
}

bool
k6_summary_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    if (!parse_begin(&parse, input, findings))
        return false;
    const struct json *root = json_tree(&parse);
    const struct json *metrics =
        root == NULL ? NULL : json_need_map(&parse, root, "metrics");
    if (metrics == NULL)
        return false;
    const struct json *requests = metric(metrics, "http_reqs");
    if (requests == NULL)
        return parse_refuse(&parse, "a summary without http_reqs",
                            "it has no error rate: only runs of HTTP have one");
    struct summary *summary = parse_summary(&parse, requests->span);
    summary->has_counts = true;
    findings->percentile_rule = "k6's own, interpolated between its samples";
    if (!json_need_count(&parse, requests, "count", &summary->requests))
        return false;
    const struct json *count = json_find(requests, "count");
    if (summary->requests == 0)
        return parse_settle(&parse, summary, count->span);
    return read_failed(&parse, metrics, summary) &&
           read_rate(&parse, requests, summary) &&
           read_durations(&parse, metrics, summary) &&
           read_dropped(&parse, metrics, summary) &&
           parse_settle(&parse, summary, count->span);
}
