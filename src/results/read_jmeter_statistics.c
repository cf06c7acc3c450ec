/*
 * JMeter: statistics.json of its HTML dashboard.  Room: results.  A JTL holds
 * samples.
 *
 *   {"login": {"transaction": "login", "sampleCount": 255, "errorCount": 3,
 *              "errorPct": 1.1764706, "medianResTime": 232.0,
 *              "pct1ResTime": 337.0, "pct2ResTime": 339.2,
 *              "pct3ResTime": 353.0, "throughput": 4.2369361, ...},
 *    "Total": {...}}
 *
 * pct1 to pct3 are 90, 95 and 99 unless JMeter is told otherwise, which the
 * file does not say.  The throughput counts all samples, failed ones too, up to
 * the end of the last.  Transactions stand among their requests.
 */
#include <string.h>

#include "results/form.h"
#include "results/json_tree.h"
#include "results/parse.h"
#include "results/readers.h"

#define TOTAL "Total"

bool
jmeter_statistics_is_it(const char *head, size_t size)
{
    return json_head_has(head, size, 2, "transaction") &&
           json_head_has(head, size, 2, "sampleCount");
}

static bool
read_rate(const struct parse *parse, const struct json *entry,
          struct summary *summary)
{
    struct span number;
    struct optional rate;
    if (!json_need_number(parse, entry, "throughput", "throughput", &number) ||
        !parse_rate(parse, number, "throughput", &rate))
        return false;
    if (decimal_is_zero(rate.value) ||
        !exact_seconds(summary->requests, rate.value, &summary->seconds.value))
        return parse_unfit(parse, number, "throughput", "a rate above 0");
    summary->seconds.given = true;
    summary->qps.given =
        exact_share(rate.value, summary->requests - summary->failed,
                    summary->requests, &summary->qps.value);
    return true;
}

static bool
read_entry(struct parse *parse, const struct json *entry)
{
    struct summary *summary = parse_summary(parse, entry->span);
    summary->label = strcmp(entry->key, TOTAL) == 0 ? "" : entry->key;
    summary->model = LOAD_CLOSED;
    summary->has_counts = true;
    if (!json_need_count(parse, entry, "sampleCount", &summary->requests) ||
        !json_need_count(parse, entry, "errorCount", &summary->failed))
        return false;
    struct span count = json_find(entry, "sampleCount")->span;
    if (summary->requests == 0 || summary->failed > summary->requests)
        return parse_settle(parse, summary, count);
    return read_rate(parse, entry, summary) &&
           json_percentile(parse, entry, "medianResTime", summary, P50, 0) &&
           json_percentile(parse, entry, "pct2ResTime", summary, P95, 0) &&
           json_percentile(parse, entry, "pct3ResTime", summary, P99, 0) &&
           json_most(parse, entry, "maxResTime", summary, 0) &&
           parse_settle(parse, summary, count);
}

bool
jmeter_statistics_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    if (!parse_begin(&parse, input, findings))
        return false;
    const struct json *root = json_tree(&parse);
    findings->percentile_rule =
        "JMeter's own, at p x (n + 1) / 100 between two samples; pct2 and pct3 "
        "taken as its default, 95 and 99";
    for (const struct json *entry = root ? root->first : NULL; entry;
         entry = entry->next)
        if (!json_is_map(&parse, entry) || !read_entry(&parse, entry))
            return false;
    return root != NULL;
}
