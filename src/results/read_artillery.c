/*
 * artillery: the JSON of run --output, of versions 1 and 2.  Room: results.
 *
 * Both hold "aggregate", the whole run, and "intermediate", windows of 10 s: a
 * summary each, the windows as levels named by when they begin.  What plugins
 * add is left aside.  Percentiles are estimates; times are milliseconds.
 *
 * Version 2 counts "http.requests" when they are sent and "http.codes.*" when
 * they are answered, maybe one window later: a window's requests are its
 * answers and errors.  It lasts from its "period" to the next one's; the first
 * begins and the last ends with the first and last metric.  "http.request_rate"
 * is the mean of seconds, not taken.  Version 1 gives the mean rate of what was
 * sent.
 */
#include <string.h>

#include "base/arena.h"
#include "results/form.h"
#include "results/json_tree.h"
#include "results/parse.h"
#include "results/readers.h"

#define GOOD_BELOW 400
#define CODES "http.codes."
#define TIMES "http.response_time"

bool
artillery_is_it(const char *head, size_t size)
{
    return json_head_has(head, size, 1, "aggregate") &&
           json_head_has(head, size, 2, "counters") &&
           !json_head_has(head, size, 2, "rps");
}

bool
artillery1_is_it(const char *head, size_t size)
{
    return json_head_has(head, size, 1, "aggregate") &&
           json_head_has(head, size, 2, "scenariosCreated") &&
           json_head_has(head, size, 2, "rps");
}

/* Adds the answers of the members of map whose keys are before, then a status
   code; and as failed those that are errors, then anything. */
static bool
add_counts(const struct parse *parse, const struct json *map, const char *codes,
           const char *errors, struct summary *summary)
{
    size_t codes_length = strlen(codes), errors_length = strlen(errors);
    if (map == NULL || map->kind != JSON_MAP)
        return true;
    for (const struct json *member = map->first; member;
         member = member->next) {
        uint64_t count, code = 0;
        const char *key = member->key;
        bool is_code =
            strncmp(key, codes, codes_length) == 0 &&
            exact_count(key + codes_length, strlen(key + codes_length), &code);
        bool is_error = !is_code && strncmp(key, errors, errors_length) == 0;
        if (!is_code && !is_error)
            continue;
        if (!json_need_count(parse, map, key, &count))
            return false;
        summary->requests += count;
        if (is_error || code >= GOOD_BELOW)
            summary->failed += count;
    }
    return true;
}

static bool
read_times(struct parse *parse, const struct json *times,
           struct summary *summary)
{
    const char *median = json_find(times, "p50") ? "p50" : "median";
    return json_percentile(parse, times, median, summary, P50, 0) &&
           json_percentile(parse, times, "p95", summary, P95, 0) &&
           json_percentile(parse, times, "p99", summary, P99, 0) &&
           json_percentile(parse, times, "p999", summary, P999, 0) &&
           json_most(parse, times, "max", summary, 0);
}

static struct summary *
add(struct parse *parse, const struct json *stats, const char *level)
{
    struct summary *summary = parse_summary(parse, stats->span);
    summary->level = level;
    summary->model = LOAD_OPEN;
    summary->has_counts = true;
    return summary;
}

/* --- version 2 ---------------------------------------------------------- */

/* A stretch of time, in milliseconds since 1970. */
struct stretch {
    uint64_t from_ms, to_ms;
};

static bool
put_stretch(const struct parse *parse, const struct json *stats,
            struct stretch stretch, struct summary *summary)
{
    if (stretch.to_ms <= stretch.from_ms)
        return parse_contradict(parse, stats->span, "the number of requests",
                                "the duration", "it is 0");
    summary->seconds = (struct optional){
        true, decimal_scaled((whole)(stretch.to_ms - stretch.from_ms), 3)};
    summary->start_s = (int64_t)(stretch.from_ms / 1000);
    return true;
}

static bool
read_stats(struct parse *parse, const struct json *stats,
           struct stretch stretch, const char *level)
{
    struct summary *summary = add(parse, stats, level);
    const struct json *counters = json_need_map(parse, stats, "counters");
    uint64_t sent;
    if (counters == NULL ||
        !add_counts(parse, counters, CODES, "errors.", summary) ||
        !json_count(parse, counters, "http.requests", &sent))
        return false;
    if (level == NULL && sent > summary->requests) {
        /* neither answered nor failed: they were never ended */
        summary->failed += sent - summary->requests;
        summary->requests = sent;
    }
    return (summary->requests == 0 ||
            put_stretch(parse, stats, stretch, summary)) &&
           read_times(parse, json_find(json_find(stats, "summaries"), TIMES),
                      summary) &&
           parse_settle(parse, summary, stats->span);
}

/* A time in milliseconds since 1970, a number or one in quotes. */
static bool
read_ms(const struct parse *parse, const struct json *stats, const char *key,
        uint64_t *ms)
{
    const struct json *member = json_find(stats, key);
    struct span number;
    struct decimal seconds;
    if (member != NULL && member->kind == JSON_TEXT)
        number = (struct span){member->span.at + 1, member->span.length - 2};
    else if (!json_need_number(parse, stats, key, key, &number))
        return false;
    if (!exact_read(number.at, number.length, -3, 3, ROUND_DOWN, &seconds))
        return parse_unfit(parse, number, key,
                           "a time in milliseconds since 1970");
    *ms =
        (uint64_t)whole_floor_divide(seconds.units, decimal_scaled(1, 3).units);
    return true;
}

/* Whether anything was answered or failed in a window. */
static bool
has_requests(const struct json *window)
{
    const struct json *counters = json_find(window, "counters");
    for (const struct json *member = counters ? counters->first : NULL; member;
         member = member->next)
        if (strncmp(member->key, CODES, strlen(CODES)) == 0 ||
            strncmp(member->key, "errors.", strlen("errors.")) == 0)
            return true;
    return false;
}

static bool
read_windows(struct parse *parse, const struct json *list,
             struct stretch whole_run)
{
    uint64_t first;
    struct stretch stretch;
    if (list->first == NULL)
        return true;
    if (!read_ms(parse, list->first, "period", &first))
        return false;
    stretch.from_ms = whole_run.from_ms;
    for (const struct json *window = list->first; window;
         window = window->next) {
        uint64_t period;
        stretch.to_ms = whole_run.to_ms;
        if (!read_ms(parse, window, "period", &period) ||
            (window->next != NULL &&
             !read_ms(parse, window->next, "period", &stretch.to_ms)))
            return false;
        const char *level = arena_format(parse->arena, "from %ju s",
                                         (uintmax_t)(period - first) / 1000);
        if (has_requests(window) && !read_stats(parse, window, stretch, level))
            return false;
        stretch.from_ms = stretch.to_ms;
    }
    return true;
}

bool
artillery_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    struct stretch stretch;
    if (!parse_begin(&parse, input, findings))
        return false;
    const struct json *root = json_tree(&parse);
    const struct json *whole_run =
        root == NULL ? NULL : json_need_map(&parse, root, "aggregate");
    if (whole_run == NULL)
        return false;
    if (!has_requests(whole_run))
        return parse_refuse(&parse, "a run without http.codes",
                            "it has no answers of HTTP");
    findings->percentile_rule = "artillery's own estimate (DDSketch, to 1 %)";
    if (!read_ms(&parse, whole_run, "firstMetricAt", &stretch.from_ms) ||
        !read_ms(&parse, whole_run, "lastMetricAt", &stretch.to_ms) ||
        !read_stats(&parse, whole_run, stretch, NULL))
        return false;
    const struct json *windows = json_find(root, "intermediate");
    return windows == NULL || windows->kind != JSON_LIST ||
           read_windows(&parse, windows, stretch);
}

/* --- version 1 ---------------------------------------------------------- */

static bool
read_stats1(struct parse *parse, const struct json *stats, const char *level)
{
    struct summary *summary = add(parse, stats, level);
    const struct json *rps = json_need_map(parse, stats, "rps");
    struct span mean;
    struct optional rate;
    uint64_t sent;
    if (rps == NULL ||
        !add_counts(parse, json_find(stats, "codes"), "", "", summary) ||
        !add_counts(parse, json_find(stats, "errors"), "\n", "", summary) ||
        !json_need_count(parse, rps, "count", &sent))
        return false;
    if (level == NULL && sent > summary->requests) {
        summary->failed += sent - summary->requests;
        summary->requests = sent;
    }
    if (summary->requests == 0 || sent == 0)
        return parse_settle(parse, summary, stats->span);
    if (!json_need_number(parse, rps, "mean", "mean", &mean) ||
        !parse_rate(parse, mean, "mean", &rate))
        return false;
    if (decimal_is_zero(rate.value) ||
        !exact_seconds(sent, rate.value, &summary->seconds.value))
        return parse_unfit(parse, mean, "mean", "a rate above 0");
    summary->seconds.given = true;
    return read_times(parse, json_find(stats, "latency"), summary) &&
           parse_settle(parse, summary, stats->span);
}

bool
artillery1_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    if (!parse_begin(&parse, input, findings))
        return false;
    const struct json *root = json_tree(&parse);
    const struct json *whole_run =
        root == NULL ? NULL : json_need_map(&parse, root, "aggregate");
    findings->percentile_rule = "artillery's own (HdrHistogram)";
    if (whole_run == NULL || !read_stats1(&parse, whole_run, NULL))
        return false;
    const struct json *list = json_find(root, "intermediate");
    if (list == NULL || list->kind != JSON_LIST)
        return true;
    unsigned number = 0;
    for (const struct json *window = list->first; window;
         window = window->next) {
        uint64_t sent;
        const struct json *codes = json_find(window, "codes");
        const char *level = arena_format(parse.arena, "window %u", ++number);
        if (!json_count(&parse, json_find(window, "rps"), "count", &sent))
            return false;
        /* nothing sent: it does not say how long it was */
        if (sent > 0 && codes != NULL && codes->first != NULL &&
            !read_stats1(&parse, window, level))
            return false;
    }
    return true;
}
