/*
 * Cutting a run into steps: thread groups, numbers of threads, windows, a
 * schedule, plateaus.  Room: results.  Times are whole seconds, counted from
 * the one in which the first sample starts; a sample belongs to the second in
 * which it starts.
 */
#include "results/slice.h"

#include <stdlib.h>

#include "base/arena.h"

#define NS_A_SECOND 1000000000
#define SHORTEST_RUN 3     /* [s] with the same threads, beside longer ones */
#define SHORTEST_PLATEAU 5 /* [s] */
#define NEAR 15            /* [%] from the mean of a plateau */
#define BEYOND 2           /* [s] that a schedule may end after the run */
#define MOST_STEPS 10000
#define LONGEST_RUN ((int64_t)100 * 24 * 3600) /* [s] cut by seconds */

struct cutting {
    struct arena *arena;
    const struct ask *ask;
    struct tally *tally;
    struct slice *slices;
    size_t count, room;
    int64_t first_s, end_s; /* seconds of the run: first_s <= s < end_s */
    const char *why, *left_out;
};

static int64_t
second_of(int64_t ns)
{
    int64_t second = ns / NS_A_SECOND;
    return ns % NS_A_SECOND < 0 ? second - 1 : second;
}

static struct slice *
add(struct cutting *cutting)
{
    cutting->slices =
        arena_grow(cutting->arena, cutting->slices, cutting->count,
                   &cutting->room, sizeof *cutting->slices);
    if (cutting->count == MOST_STEPS)
        cutting->why = "that would be more than 10,000 steps";
    struct slice *slice = &cutting->slices[cutting->count++];
    *slice = (struct slice){
        .group = TALLY_ANY, .from_s = INT64_MIN, .to_s = INT64_MAX};
    return slice;
}

/* Cuts warm-up and cool-down off; false when nothing is left. */
static bool
cut_ends(const struct cutting *cutting, int64_t *from_s, int64_t *to_s)
{
    *from_s += cutting->ask->warmup_s;
    *to_s -= cutting->ask->cooldown_s;
    return *from_s < *to_s;
}

/* A slice of whole seconds, but for its ends. */
static struct slice *
add_seconds(struct cutting *cutting, int64_t from_s, int64_t to_s)
{
    int64_t at_s = from_s - cutting->first_s;
    int64_t until_s = to_s - cutting->first_s;
    if (!cut_ends(cutting, &from_s, &to_s)) {
        cutting->left_out =
            arena_format(cutting->arena,
                         "steps that warm-up and cool-down leave nothing of");
        return NULL;
    }
    struct slice *slice = add(cutting);
    slice->from_s = from_s;
    slice->to_s = to_s;
    slice->at_s = at_s;
    slice->until_s = until_s;
    slice->span_ns = (to_s - from_s) * NS_A_SECOND;
    slice->name = arena_format(cutting->arena, "%lld to %lld s",
                               (long long)(from_s - cutting->first_s),
                               (long long)(to_s - cutting->first_s));
    return slice;
}

static bool
has_ends(const struct cutting *cutting)
{
    return cutting->ask->warmup_s > 0 || cutting->ask->cooldown_s > 0;
}

static void
cut_whole(struct cutting *cutting)
{
    struct tally_pick all;
    struct slice *slice =
        has_ends(cutting)
            ? add_seconds(cutting, cutting->first_s, cutting->end_s)
            : add(cutting);
    if (slice != NULL && tally_pick(cutting->tally, TALLY_ANY, TALLY_ANY,
                                    slice->from_s, slice->to_s, &all))
        slice->threads = all.most_threads;
}

static void
cut_windows(struct cutting *cutting)
{
    const int64_t window = cutting->ask->window_s;
    int64_t from = cutting->first_s;
    for (; from + window <= cutting->end_s && cutting->why == NULL;
         from += window)
        add_seconds(cutting, from, from + window);
    if (from < cutting->end_s && cutting->count > 0)
        cutting->left_out = arena_format(
            cutting->arena, "the last %lld s, which fill no window",
            (long long)(cutting->end_s - from));
    if (cutting->count == 0)
        cutting->why = "the run is shorter than one window";
}

static void
cut_schedule(struct cutting *cutting)
{
    const struct ask *ask = cutting->ask;
    for (size_t i = 0; i < ask->slice_count; i++) {
        int64_t run_s = cutting->end_s - cutting->first_s;
        if (ask->slices[i].to_s > run_s + BEYOND)
            cutting->why = arena_format(
                cutting->arena,
                "a step to %lld s is asked for, and the run has %lld s",
                (long long)ask->slices[i].to_s, (long long)run_s);
        struct slice *slice =
            add_seconds(cutting, cutting->first_s + ask->slices[i].from_s,
                        cutting->first_s + ask->slices[i].to_s);
        if (slice != NULL)
            slice->said = &ask->slices[i].said;
    }
}

/* --- threads ------------------------------------------------------------ */

struct group {
    uint32_t group;
    struct tally_pick all;
};

static int
by_start(const void *left, const void *right)
{
    const struct group *a = left, *b = right;
    if (a->all.first_start_ns != b->all.first_start_ns)
        return a->all.first_start_ns < b->all.first_start_ns ? -1 : 1;
    return (a->group > b->group) - (a->group < b->group);
}

/* Whether the groups run one after another: none begins before the one before
   is half over, answers that are still out aside. */
static bool
follow(const struct group *groups, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct tally_pick *before = &groups[i - 1].all;
        int64_t half = (before->last_start_ns - before->first_start_ns) / 2;
        if (groups[i].all.first_start_ns < before->first_start_ns + half)
            return false;
    }
    return true;
}

/* Each group is a step over its own window, of all labels. */
static bool
cut_groups(struct cutting *cutting)
{
    size_t count = tally_group_count(cutting->tally), used = 0;
    struct group *groups = arena_array(cutting->arena, count + 1, struct group);
    for (uint32_t i = 0; i < count; i++) {
        groups[used].group = i;
        used += tally_pick(cutting->tally, TALLY_ANY, i, INT64_MIN, INT64_MAX,
                           &groups[used].all);
    }
    qsort(groups, used, sizeof *groups, by_start);
    if (used < 2 || !follow(groups, used))
        return false;
    for (size_t i = 0; i < used; i++) {
        const struct tally_pick *all = &groups[i].all;
        struct slice *slice;
        if (has_ends(cutting))
            slice = add_seconds(cutting, second_of(all->first_start_ns),
                                second_of(all->last_start_ns) + 1);
        else
            slice = add(cutting);
        if (slice == NULL)
            continue;
        slice->group = groups[i].group;
        if (!has_ends(cutting))
            slice->span_ns = all->last_end_ns - all->first_start_ns;
        slice->threads = all->most_threads;
        slice->name = tally_group_name(cutting->tally, groups[i].group);
    }
    return true;
}

/* Runs of seconds with the same number of threads. */
static void
cut_runs(struct cutting *cutting)
{
    const struct tally_second *seconds;
    size_t count =
        tally_seconds(cutting->tally, TALLY_ANY, TALLY_ANY, &seconds);
    int64_t longest = 0, dropped = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0, end; i < count; i = end) {
            for (end = i + 1; end < count && seconds[end].most_threads ==
                                                 seconds[i].most_threads;)
                end++;
            int64_t from = seconds[i].second;
            int64_t to = end < count ? seconds[end].second : cutting->end_s;
            if (pass == 0) {
                longest = to - from > longest ? to - from : longest;
                continue;
            }
            if (to - from < SHORTEST_RUN && longest >= SHORTEST_RUN) {
                dropped += to - from;
                continue;
            }
            struct slice *slice = add_seconds(cutting, from, to);
            if (slice != NULL)
                slice->threads = seconds[i].most_threads;
        }
    }
    for (size_t i = 0; i < count; i++)
        if (seconds[i].most_threads == 0)
            cutting->why = "its samples do not say how many threads there were";
    if (dropped > 0)
        cutting->left_out = arena_format(
            cutting->arena, "%lld s in which the number of threads changed",
            (long long)dropped);
}

/* --- plateaus ----------------------------------------------------------- */

/* Samples of each second of the run, those without any too. */
static uint64_t *
rates(struct cutting *cutting, size_t *count)
{
    const struct tally_second *seconds;
    size_t given =
        tally_seconds(cutting->tally, TALLY_ANY, TALLY_ANY, &seconds);
    *count = (size_t)(cutting->end_s - cutting->first_s);
    uint64_t *rate = arena_array(cutting->arena, *count + 1, uint64_t);
    for (size_t i = 0; i < given; i++)
        rate[seconds[i].second - cutting->first_s] = seconds[i].samples;
    return rate;
}

static bool
is_near(uint64_t rate, uint64_t sum, uint64_t count)
{
    uint64_t scaled = rate * count;
    uint64_t apart = scaled > sum ? scaled - sum : sum - scaled;
    return apart * 100 <= sum * NEAR;
}

/* A plateau ends where two seconds in a row are far from its mean; one alone
   is noise. */
static void
cut_plateaus(struct cutting *cutting)
{
    size_t count;
    const uint64_t *rate = rates(cutting, &count);
    int64_t between = 0;
    for (size_t i = 0; i < count;) {
        uint64_t sum = rate[i];
        size_t end = i + 1;
        while (end < count &&
               (is_near(rate[end], sum, end - i) ||
                (end + 1 < count && is_near(rate[end + 1], sum, end - i))))
            sum += rate[end++];
        if (end - i >= SHORTEST_PLATEAU && sum > 0) {
            add_seconds(cutting, cutting->first_s + (int64_t)i,
                        cutting->first_s + (int64_t)end);
            i = end;
        } else {
            between++;
            i++;
        }
    }
    if (cutting->count == 0)
        cutting->why = "no plateau of 5 s or more was found";
    else if (between > 0)
        cutting->left_out = arena_format(
            cutting->arena, "%lld s between plateaus", (long long)between);
}

/* How many threads the steps had that are cut by time.  Where it is the same
   for all it tells no load: a rate was what rose. */
static void
count_threads(struct cutting *cutting)
{
    bool differs = false;
    for (size_t i = 0; i < cutting->count; i++) {
        struct slice *slice = &cutting->slices[i];
        struct tally_pick all;
        if (tally_pick(cutting->tally, TALLY_ANY, TALLY_ANY, slice->from_s,
                       slice->to_s, &all))
            slice->threads = all.most_threads;
        differs |= slice->threads != cutting->slices[0].threads;
    }
    for (size_t i = 0; i < cutting->count && !differs; i++)
        cutting->slices[i].threads = 0;
}

size_t
slice_run(struct arena *arena, const struct ask *ask, struct tally *tally,
          struct slice **slices, const char **why, const char **left_out)
{
    struct cutting cutting = {.arena = arena, .ask = ask, .tally = tally};
    struct tally_pick all;
    if (!tally_pick(tally, TALLY_ANY, TALLY_ANY, INT64_MIN, INT64_MAX, &all)) {
        *why = "it holds no samples";
        return 0;
    }
    cutting.first_s = second_of(all.first_start_ns);
    cutting.end_s = second_of(all.last_start_ns) + 1;
    if (cutting.end_s - cutting.first_s > LONGEST_RUN &&
        ask->split != SPLIT_FILES && ask->split != SPLIT_WHOLE) {
        *why = "its samples are more than 100 days apart";
        return 0;
    }
    switch (ask->split) {
    case SPLIT_FILES:
    case SPLIT_WHOLE:
        cut_whole(&cutting);
        break;
    case SPLIT_LEVELS:
    case SPLIT_THREADS:
        if (!cut_groups(&cutting))
            cut_runs(&cutting);
        break;
    case SPLIT_WINDOWS:
        cut_windows(&cutting);
        count_threads(&cutting);
        break;
    case SPLIT_PLATEAUS:
        cut_plateaus(&cutting);
        count_threads(&cutting);
        break;
    case SPLIT_SCHEDULE:
        cut_schedule(&cutting);
        count_threads(&cutting);
        break;
    }
    *slices = cutting.slices;
    *left_out = cutting.left_out;
    *why = cutting.why;
    if (cutting.count == 0 && cutting.why == NULL)
        *why = cutting.left_out;
    return cutting.why == NULL ? cutting.count : 0;
}
