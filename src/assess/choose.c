/*
 * The tests of a link in order of age, and the one that counts.  Room assess/.
 */
#include "assess/choose.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"

static struct evidence
weigh(struct arena *arena, const struct season *season,
      const struct baseline *baseline, const struct terms *terms,
      const struct result *result, struct diag *diag)
{
    struct evidence evidence = {.result = result};
    evidence.walk =
        walk_result(arena, result, &terms->slo, season->min_hold_s, diag);
    evidence.age_days = season->as_of.day.number - result->date.number;
    /* n and m each default to the other */
    evidence.instances =
        baseline->instances > 0 ? baseline->instances : result->instances;
    evidence.capacity =
        (struct capacity){.achieved = evidence.walk.achieved_qps,
                          .tested = result->instances > 0 ? result->instances
                                                          : baseline->instances,
                          .zones = season->zones,
                          .survive_zones = season->survive_zones,
                          .scale_efficiency = terms->scale_efficiency,
                          .safe_level = terms->safe_level};
    evidence.usable =
        capacity_floor(&evidence.capacity, evidence.instances, decimal_of(0));
    return evidence;
}

static int
newest_first(const void *a, const void *b)
{
    const struct evidence *left = a, *right = b;
    if (left->age_days != right->age_days)
        return left->age_days < right->age_days ? -1 : 1;
    size_t one = left->result->order, other = right->result->order;
    return (one < other) - (one > other); /* the last given first */
}

struct tests
choose_tests(struct arena *arena, const struct season *season,
             const struct baseline *baseline, const struct terms *terms,
             const struct result *const *results, size_t count,
             struct diag *diag)
{
    struct evidence *list = arena_array(arena, count, struct evidence);
    struct tests tests = {.list = list};
    for (size_t i = 0; i < count; i++) {
        const struct result *result = results[i];
        if (result->date.number > season->as_of.day.number)
            continue;
        list[tests.count++] =
            weigh(arena, season, baseline, terms, result, diag);
        if (baseline->instances > 0 && result->instances > baseline->instances)
            diag_add(diag, DIAG_TEST_LARGER, result->instances_place,
                     whole_text(arena, result->instances),
                     whole_text(arena, baseline->instances), NULL);
    }
    qsort(list, tests.count, sizeof *list, newest_first);
    int oldest = (int)terms->validity_days;
    while (tests.valid < tests.count && list[tests.valid].age_days <= oldest)
        tests.valid++;
    return tests;
}

const struct evidence *
choose_evidence(const struct tests *tests, whole target, bool *stale)
{
    *stale = tests->valid == 0 && tests->count > 0;
    if (tests->count == 0)
        return NULL;
    for (size_t i = 0; i < tests->valid; i++) {
        const struct evidence *evidence = &tests->list[i];
        if (evidence->walk.outcome != OUTCOME_AT_LEAST ||
            evidence->usable >= target)
            return evidence;
    }
    return &tests->list[0];
}

const struct evidence *
choose_weaker(const struct tests *tests, const struct evidence **better)
{
    const struct evidence *weaker = NULL;
    *better = NULL;
    const struct evidence *best = NULL;
    for (size_t i = tests->valid; i-- > 0;) {
        const struct evidence *evidence = &tests->list[i];
        if (best == NULL || evidence->usable >= best->usable) {
            best = evidence;
        } else {
            weaker = evidence;
            *better = best;
        }
    }
    return weaker;
}
