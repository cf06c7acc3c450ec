/*
 * The walk over the steps of one test: order, loads, the first break, and what
 * that makes of it.  Room assess/.  Which test counts is choose.c's.
 */
#include "assess/walk.h"

#include <stdlib.h>

#include "assess/capacity.h"
#include "base/arena.h"
#include "base/diag.h"

/* The metric that orders the steps; METRICS stands for "as written". */
#define AS_WRITTEN METRICS

/* A step before it is put in order. */
struct ordered {
    const struct step *step;
    struct decimal load; /* of the key that orders; 0 as written */
    size_t written;
    unsigned broken;  /* bits of the limits that it breaks */
    bool passed_over; /* too short, and breaks nothing */
};

/* Steps of one load: from first up to, not including, end. */
struct load {
    size_t first, end;
    unsigned broken;
    size_t broken_step; /* the first that breaks; end when none does */
    bool counts;        /* some step is not passed over */
    size_t lowest;      /* step of the lowest qps that counts */
    bool carried;
};

static bool
all_have(const struct result *result, enum metric metric)
{
    for (size_t i = 0; i < result->step_count; i++)
        if (!step_has(&result->steps[i], metric))
            return false;
    return true;
}

static enum metric
ordering_key(const struct result *result)
{
    if (all_have(result, METRIC_OFFERED_QPS))
        return METRIC_OFFERED_QPS;
    if (all_have(result, METRIC_CONCURRENCY))
        return METRIC_CONCURRENCY;
    return AS_WRITTEN;
}

/* Whatever the SLO limits, the step has: input/ saw to that. */
static unsigned
broken_limits(const struct step *step, const struct slo *slo)
{
    unsigned broken = 0;
    for (unsigned i = 0; i < SLO_LIMITS; i++) {
        const struct optional *limit = &slo->limit[i];
        if (limit->given &&
            decimal_compare(step->metric[limit_metric[i]], limit->value) > 0)
            broken |= 1u << i;
    }
    if (decimal_is_zero(step->metric[METRIC_QPS]))
        broken |= 1u << LIMIT_OFFERED;
    return broken;
}

static int
by_load(const void *a, const void *b)
{
    const struct ordered *left = a, *right = b;
    int order = decimal_compare(left->load, right->load);
    if (order != 0)
        return order;
    return (left->written > right->written) - (left->written < right->written);
}

/* To be freed. */
static struct ordered *
put_in_order(const struct result *result, enum metric key,
             const struct slo *slo, struct optional min_hold_s)
{
    /* never NULL: base/memory.c */
    struct ordered *steps = calloc(result->step_count, sizeof *steps);
    for (size_t i = 0; i < result->step_count; i++) {
        const struct step *step = &result->steps[i];
        steps[i].step = step;
        steps[i].written = i;
        if (key != AS_WRITTEN)
            steps[i].load = step->metric[key];
        steps[i].broken = broken_limits(step, slo);
        steps[i].passed_over = steps[i].broken == 0 && min_hold_s.given &&
                               decimal_compare(step->metric[METRIC_DURATION_S],
                                               min_hold_s.value) < 0;
    }
    qsort(steps, result->step_count, sizeof *steps, by_load);
    return steps;
}

/* Without offered_qps a load counts as carried; the SLO always limits the
   error rate, so a step has it. */
static bool
is_carried(const struct step *step)
{
    return !step_has(step, METRIC_OFFERED_QPS) ||
           capacity_is_carried(step->metric[METRIC_QPS],
                               step->metric[METRIC_OFFERED_QPS],
                               step->metric[METRIC_ERROR_RATE]);
}

static struct decimal
qps_of(const struct ordered *ordered)
{
    return ordered->step->metric[METRIC_QPS];
}

/* The load that starts at first: what holds of all its steps.  A step that is
   passed over says nothing in it. */
static struct load
load_at(const struct ordered *steps, size_t count, size_t first, bool has_key)
{
    struct load load = {.first = first, .end = first + 1, .carried = true};
    while (has_key && load.end < count &&
           decimal_compare(steps[load.end].load, steps[first].load) == 0)
        load.end++;
    load.broken_step = load.end;
    for (size_t i = first; i < load.end; i++) {
        if (steps[i].passed_over)
            continue;
        if (steps[i].broken != 0 && load.broken == 0)
            load.broken_step = i;
        load.broken |= steps[i].broken;
        load.carried = load.carried && is_carried(steps[i].step);
        if (!load.counts ||
            decimal_compare(qps_of(&steps[i]), qps_of(&steps[load.lowest])) < 0)
            load.lowest = i;
        load.counts = true;
    }
    return load;
}

/* At most 2 % of the larger apart. */
static bool
is_plateau(struct decimal a, struct decimal b)
{
    bool rises = decimal_compare(a, b) < 0;
    struct decimal larger = rises ? b : a;
    struct decimal smaller = rises ? a : b;
    /* 50 (larger - smaller) <= larger: units stay below 1e12 x 1e24 x 50 */
    return (larger.units - smaller.units) * 50 <= larger.units;
}

static struct place
step_place(const struct result *result, const struct step *step)
{
    return (struct place){.source = result->place.source,
                          .line = step->line,
                          .column = step->column};
}

/* The warnings that need no limits: how the steps are given. */
static void
warn_of_steps(struct arena *arena, const struct result *result, enum metric key,
              const struct ordered *steps, struct diag *diag)
{
    size_t count = result->step_count;
    if (key == AS_WRITTEN) {
        if (count > 1)
            diag_add(diag, DIAG_NO_LOAD_KEY, result->place, result->link, NULL);
        return;
    }
    bool fell = false;
    for (size_t i = 1; i < count; i++) {
        const struct ordered *before = &steps[i - 1], *here = &steps[i];
        if (decimal_compare(before->load, here->load) == 0) {
            diag_add(diag, DIAG_LOAD_TWICE, step_place(result, here->step),
                     metric_key[key], decimal_text(arena, here->load), NULL);
        } else if (!fell && decimal_compare(qps_of(here), qps_of(before)) < 0) {
            fell = true;
            diag_add(diag, DIAG_QPS_FALLS, step_place(result, here->step),
                     decimal_text(arena, qps_of(before)),
                     decimal_text(arena, qps_of(here)), metric_key[key],
                     decimal_text(arena, before->load),
                     decimal_text(arena, here->load), NULL);
        }
    }
}

static void
warn_not_carried(struct arena *arena, const struct result *result,
                 const struct step *step, struct diag *diag)
{
    diag_add(diag, DIAG_NOT_CARRIED, step_place(result, step),
             decimal_text(arena, step->metric[METRIC_QPS]),
             decimal_text(arena, step->metric[METRIC_OFFERED_QPS]), NULL);
}

/* Walks the loads into walk, up to the first that breaks. */
static void
walk_loads(struct arena *arena, const struct result *result,
           const struct ordered *steps, bool has_key, struct walk *walk,
           struct diag *diag)
{
    size_t count = result->step_count, held = 0;
    struct load load = {0}, before = {0}; /* the last two that held */
    bool warned = false;

    for (size_t i = 0, end; i < count; i = end) {
        struct load here = load_at(steps, count, i, has_key);
        end = here.end;
        if (!here.counts)
            continue;
        if (here.broken != 0) {
            walk->broke_step = here.broken_step;
            walk->limited_by = here.broken;
            walk->outcome = held > 0 ? OUTCOME_MEASURED : OUTCOME_NONE;
            return;
        }
        struct decimal qps = qps_of(&steps[here.lowest]);
        if (held == 0 || decimal_compare(qps, walk->achieved_qps) > 0) {
            walk->achieved_qps = qps;
            walk->held_step = here.lowest;
        }
        if (!here.carried && !warned) {
            warned = true;
            warn_not_carried(arena, result, steps[here.lowest].step, diag);
        }
        before = load;
        load = here;
        held++;
    }
    walk->outcome = OUTCOME_AT_LEAST;
    if (held > 1 && !before.carried && !load.carried &&
        is_plateau(qps_of(&steps[before.lowest]),
                   qps_of(&steps[load.lowest]))) {
        walk->outcome = OUTCOME_MEASURED;
        walk->limited_by = 1u << LIMIT_OFFERED;
    }
}

struct walk
walk_result(struct arena *arena, const struct result *result,
            const struct slo *slo, struct optional min_hold_s,
            struct diag *diag)
{
    enum metric key = ordering_key(result);
    struct ordered *steps = put_in_order(result, key, slo, min_hold_s);
    struct walked *walked =
        arena_array(arena, result->step_count, struct walked);
    for (size_t i = 0; i < result->step_count; i++) {
        walked[i].step = steps[i].step;
        walked[i].holds = steps[i].broken == 0 && !steps[i].passed_over;
    }
    struct walk walk = {.steps = walked,
                        .step_count = result->step_count,
                        .held_step = result->step_count,
                        .broke_step = result->step_count};
    warn_of_steps(arena, result, key, steps, diag);
    walk_loads(arena, result, steps, key != AS_WRITTEN, &walk, diag);
    free(steps);
    return walk;
}
