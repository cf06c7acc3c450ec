/*
 * autocannon: the JSON of -j.  Room: results.
 *
 * Latencies are whole milliseconds; of the percentiles p50, p99 and p99_9 are
 * ours, and there is no p95 (p90 and p97_5 are none).  "requests.average" is a
 * mean of seconds: the rate is taken from counts and "duration".  "non2xx"
 * counts redirects too, which are good answers here.
 *
 * With -R, a rate, autocannon adds the latencies that requests held back would
 * have had: then it counts more latencies than answers, and connections say
 * nothing of the load.
 */
#include "results/form.h"
#include "results/json_tree.h"
#include "results/parse.h"
#include "results/readers.h"

bool
autocannon_is_it(const char *head, size_t size)
{
    return json_head_has(head, size, 1, "connections") &&
           json_head_has(head, size, 1, "non2xx") &&
           json_head_has(head, size, 1, "latency");
}

/* The table that autocannon prints without -j. */
bool
autocannon_table_is_it(const char *head, size_t size)
{
    struct span all = {head, size};
    return span_has(all, "│ Stat ") && span_has(all, "│ 97.5%");
}

bool
autocannon_table_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    return parse_begin(&parse, input, findings) &&
           parse_refuse(&parse, "the table of autocannon",
                        "it has no counts: give what autocannon -j prints");
}

static bool
read_counts(const struct parse *parse, const struct json *root,
            struct summary *summary)
{
    uint64_t answers, ok, redirects, non_2xx, errors, mismatches;
    const struct json *requests = json_need_map(parse, root, "requests");
    if (requests == NULL ||
        !json_need_count(parse, requests, "total", &answers) ||
        !json_need_count(parse, root, "2xx", &ok) ||
        !json_need_count(parse, root, "3xx", &redirects) ||
        !json_need_count(parse, root, "non2xx", &non_2xx) ||
        !json_need_count(parse, root, "errors", &errors) ||
        !json_count(parse, root, "mismatches", &mismatches))
        return false;
    if (ok + non_2xx != answers || redirects > non_2xx)
        return parse_contradict(parse, json_find(requests, "total")->span,
                                "the number of answers", "2xx and non2xx",
                                "it is not their sum");
    uint64_t good = ok + redirects;
    good -= mismatches < good ? mismatches : good;
    summary->has_counts = true;
    summary->requests = answers + errors;
    summary->failed = summary->requests - good;
    return true;
}

static bool
read_latency(struct parse *parse, const struct json *root,
             struct summary *summary)
{
    uint64_t total, answers;
    const struct json *latency = json_need_map(parse, root, "latency");
    if (latency == NULL || !json_count(parse, latency, "totalCount", &total) ||
        !json_need_count(parse, json_find(root, "requests"), "total", &answers))
        return false;
    summary->is_corrected = total > answers;
    summary->model = summary->is_corrected ? LOAD_OPEN : LOAD_CLOSED;
    if (answers == 0)
        return true; /* no answer, no latencies: they all say 0 */
    return json_percentile(parse, latency, "p50", summary, P50, 0) &&
           json_percentile(parse, latency, "p99", summary, P99, 0) &&
           json_percentile(parse, latency, "p99_9", summary, P999, 0) &&
           json_most(parse, latency, "max", summary, 0);
}

bool
autocannon_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    struct span duration;
    uint64_t connections;
    if (!parse_begin(&parse, input, findings))
        return false;
    const struct json *root = json_tree(&parse);
    if (root == NULL)
        return false;
    struct summary *summary = parse_summary(&parse, root->span);
    findings->percentile_rule = "HdrHistogram of autocannon, in whole "
                                "milliseconds";
    if (!read_counts(&parse, root, summary) ||
        !read_latency(&parse, root, summary) ||
        !json_need_count(&parse, root, "connections", &connections) ||
        !json_need_number(&parse, root, "duration", "duration", &duration) ||
        !parse_seconds(&parse, duration, "duration", 0, &summary->seconds))
        return false;
    if (!summary->is_corrected)
        summary->concurrency = parse_users(connections);
    const struct json *start = json_find(root, "start");
    if (start != NULL && start->kind == JSON_TEXT)
        summary->start_s = parse_time(
            (struct span){start->span.at + 1, start->span.length - 2});
    return parse_settle(&parse, summary, root->span);
}
