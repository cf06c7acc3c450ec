/*
 * What all rooms ask of a season: its keys, a link's baseline, the growth and
 * the limits that count for a link.  Room: model.  Computes nothing.
 */
#include "model/season.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

const char *const metric_key[METRICS] = {
    [METRIC_OFFERED_QPS] = "offered_qps", [METRIC_QPS] = "qps",
    [METRIC_CONCURRENCY] = "concurrency", [METRIC_DURATION_S] = "duration_s",
    [METRIC_P50_MS] = "p50_ms",           [METRIC_P95_MS] = "p95_ms",
    [METRIC_P99_MS] = "p99_ms",           [METRIC_P999_MS] = "p999_ms",
    [METRIC_ERROR_RATE] = "error_rate",   [METRIC_CPU] = "cpu",
};

const char *const limit_key[LIMITS] = {
    [LIMIT_P50_MS] = "p50_ms",         [LIMIT_P95_MS] = "p95_ms",
    [LIMIT_P99_MS] = "p99_ms",         [LIMIT_P999_MS] = "p999_ms",
    [LIMIT_ERROR_RATE] = "error_rate", [LIMIT_CPU] = "cpu",
    [LIMIT_OFFERED] = "offered",
};

const enum metric limit_metric[SLO_LIMITS] = {
    [LIMIT_P50_MS] = METRIC_P50_MS,         [LIMIT_P95_MS] = METRIC_P95_MS,
    [LIMIT_P99_MS] = METRIC_P99_MS,         [LIMIT_P999_MS] = METRIC_P999_MS,
    [LIMIT_ERROR_RATE] = METRIC_ERROR_RATE, [LIMIT_CPU] = METRIC_CPU,
};

struct place_in_order {
    const char *link;
    uint32_t index;
};

static int
compare_links(const void *left, const void *right)
{
    const struct place_in_order *a = left, *b = right;
    int by = strcmp(a->link, b->link);
    return by ? by : (a->index > b->index) - (a->index < b->index);
}

void
season_sort_links(struct arena *arena, struct season *season)
{
    size_t count = season->baseline_count;
    struct place_in_order *order =
        arena_array(arena, count + 1, struct place_in_order);
    uint32_t *by_link = arena_array(arena, count + 1, uint32_t);
    for (size_t i = 0; i < count; i++)
        order[i] =
            (struct place_in_order){season->baselines[i].link, (uint32_t)i};
    qsort(order, count, sizeof *order, compare_links);
    for (size_t i = 0; i < count; i++)
        by_link[i] = order[i].index;
    season->by_link = by_link;
}

long
season_find_link(const struct season *season, const char *link)
{
    size_t low = 0, high = season->baseline_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        uint32_t index = season->by_link[middle];
        if (strcmp(season->baselines[index].link, link) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == season->baseline_count)
        return -1;
    uint32_t index = season->by_link[low];
    return strcmp(season->baselines[index].link, link) == 0 ? (long)index : -1;
}

bool
season_growth(const struct season *season, const struct scenario *scenario,
              const struct baseline *baseline, struct growth *growth)
{
    const struct growth *const levels[] = {&baseline->growth, &scenario->growth,
                                           &season->growth};
    *growth = (struct growth){0};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        const struct growth *level = levels[i];
        bool is_first = !growth->growth.given && !growth->buffer.given;
        if (level->multiplier.given && is_first) {
            growth->multiplier = level->multiplier;
            growth->place = level->place;
            return true;
        }
        if (is_first)
            growth->place = level->place;
        if (!growth->growth.given)
            growth->growth = level->growth;
        if (!growth->buffer.given)
            growth->buffer = level->buffer;
    }
    return growth->growth.given && growth->buffer.given;
}

struct slo
season_slo(const struct season *season, const struct baseline *baseline)
{
    struct slo slo = season->slo;
    for (int i = 0; i < SLO_LIMITS; i++)
        if (baseline->slo.limit[i].given)
            slo.limit[i] = baseline->slo.limit[i];
    return slo;
}
