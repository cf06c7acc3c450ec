/*
 * Gatling: js/stats.json and js/global_stats.json of a report.  Room: results.
 * Its simulation.log holds samples.
 *
 * A request has "numberOfRequests", "maxResponseTime", "percentiles1" to 4 and
 * "meanNumberOfRequestsPerSecond", each with "total", "ok" and "ko"; a number,
 * or in old reports a text, "-" where there is none.  The percentiles taken are
 * those of all requests.  Which they are is not in the file: by default 50, 75,
 * 95 and 99.  stats.json is a tree of groups, whose own figures are left out:
 * they are of whole groups, not of requests.
 */
#include <string.h>

#include "results/form.h"
#include "results/json_tree.h"
#include "results/parse.h"
#include "results/readers.h"

bool
gatling_stats_is_it(const char *head, size_t size)
{
    return json_head_has(head, size, 1, "stats") &&
           json_head_has(head, size, 2, "numberOfRequests");
}

bool
gatling_global_is_it(const char *head, size_t size)
{
    return json_head_has(head, size, 1, "numberOfRequests");
}

/* A number, in quotes or not; length 0 where it is "-". */
static bool
need(const struct parse *parse, const struct json *stats, const char *name,
     const char *key, struct span *number)
{
    const struct json *group = json_need_map(parse, stats, name);
    const struct json *value = json_find(group, key);
    if (group == NULL)
        return false;
    if (value != NULL && value->kind == JSON_TEXT) {
        *number = (struct span){value->span.at + 1, value->span.length - 2};
        if (span_is(*number, "-"))
            number->length = 0;
        return true;
    }
    return json_need_number(parse, group, key, name, number);
}

static bool
need_count(const struct parse *parse, const struct json *stats, const char *key,
           uint64_t *count)
{
    struct span number;
    *count = 0;
    return need(parse, stats, "numberOfRequests", key, &number) &&
           (number.length == 0 ||
            parse_count(parse, number, "numberOfRequests", count));
}

static bool
read_percentile(struct parse *parse, const struct json *stats, const char *name,
                struct summary *summary, enum percentile percentile)
{
    struct span number;
    return need(parse, stats, name, "total", &number) &&
           (number.length == 0 ||
            parse_percentile(parse, summary, percentile, number, 0));
}

static bool
read_times(struct parse *parse, const struct json *stats,
           struct summary *summary)
{
    struct span most;
    return read_percentile(parse, stats, "percentiles1", summary, P50) &&
           read_percentile(parse, stats, "percentiles3", summary, P95) &&
           read_percentile(parse, stats, "percentiles4", summary, P99) &&
           need(parse, stats, "maxResponseTime", "total", &most) &&
           (most.length == 0 ||
            parse_ms(parse, most, "maxResponseTime", 0, &summary->max_ms));
}

/* The rate of good answers is Gatling's own. */
static bool
read_rates(const struct parse *parse, const struct json *stats,
           struct summary *summary)
{
    static const char name[] = "meanNumberOfRequestsPerSecond";
    struct span all_at, good_at;
    struct optional all, good = {true, {0}};
    if (!need(parse, stats, name, "total", &all_at) ||
        !need(parse, stats, name, "ok", &good_at) ||
        !parse_rate(parse, all_at, name, &all) ||
        (good_at.length > 0 && !parse_rate(parse, good_at, name, &good)))
        return false;
    if (decimal_is_zero(all.value) ||
        !exact_seconds(summary->requests, all.value, &summary->seconds.value))
        return parse_unfit(parse, all_at, name, "a rate above 0");
    summary->seconds.given = true;
    summary->qps.given = exact_share(good.value, 1, 1, &summary->qps.value);
    /* the duration is as far off as the rate that it was computed from */
    struct printed seconds = {summary->seconds.value, 1};
    struct printed rate = parse_printed(all, all_at);
    const whole micro = decimal_scaled(1, 6).units;
    seconds.half += (uint64_t)whole_floor_divide(seconds.value.units / micro *
                                                     (whole)rate.half,
                                                 all.value.units / micro + 1);
    return parse_agree(parse, good_at, summary->requests - summary->failed,
                       seconds, parse_printed(good, good_at));
}

static bool
read_stats(struct parse *parse, const struct json *stats, const char *label)
{
    uint64_t good;
    struct summary *summary = parse_summary(parse, stats->span);
    summary->label = label;
    summary->has_counts = true;
    if (!need_count(parse, stats, "total", &summary->requests) ||
        !need_count(parse, stats, "ok", &good) ||
        !need_count(parse, stats, "ko", &summary->failed))
        return false;
    if (good + summary->failed != summary->requests)
        return parse_contradict(parse, stats->span, "total", "ok and ko",
                                "it is not their sum");
    return (summary->requests == 0 || (read_rates(parse, stats, summary) &&
                                       read_times(parse, stats, summary))) &&
           parse_settle(parse, summary, stats->span);
}

/* The requests below a group, each with the names of its groups. */
static bool
read_contents(struct parse *parse, const struct json *group)
{
    const struct json *contents = json_find(group, "contents");
    for (const struct json *entry = contents ? contents->first : NULL; entry;
         entry = entry->next) {
        const char *type = json_decoded(parse, json_find(entry, "type"));
        const char *label = json_decoded(parse, json_find(entry, "path"));
        const struct json *stats;
        if (label == NULL || *label == '\0')
            label = json_decoded(parse, json_find(entry, "name"));
        if (type != NULL && strcmp(type, "GROUP") == 0) {
            parse->findings->left_out++;
            if (!read_contents(parse, entry))
                return false;
            continue;
        }
        stats = json_need_map(parse, entry, "stats");
        if (stats == NULL || !read_stats(parse, stats, label ? label : "?"))
            return false;
    }
    return true;
}

static const struct json *
begin(struct parse *parse, struct input *input, struct findings *findings)
{
    if (!parse_begin(parse, input, findings))
        return NULL;
    findings->percentile_rule = "Gatling's own estimate; percentiles1 to 4 "
                                "taken as its default, 50, 75, 95 and 99";
    findings->left_out_what = "groups";
    return json_tree(parse);
}

bool
gatling_stats_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    const struct json *root = begin(&parse, input, findings);
    const struct json *stats =
        root == NULL ? NULL : json_need_map(&parse, root, "stats");
    return stats != NULL && read_stats(&parse, stats, "") &&
           read_contents(&parse, root);
}

bool
gatling_global_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    const struct json *root = begin(&parse, input, findings);
    return root != NULL && read_stats(&parse, root, "");
}
