/*
 * The rules of the verdict.  Room assess/.
 */
#include "assess/verdict.h"

#include <stdlib.h>
#include <string.h>

const char *const state_key[STATES] = {
    [STATE_SHORT] = "short",     [STATE_UNTESTED] = "untested",
    [STATE_STALE] = "stale",     [STATE_INCONCLUSIVE] = "inconclusive",
    [STATE_COVERED] = "covered", [STATE_MET] = "met",
};

const char *const effect_key[EFFECTS] = {
    [EFFECT_BLOCKING] = "blocking",
    [EFFECT_CONDITION] = "condition",
    [EFFECT_WATCH] = "watch",
    [EFFECT_NONE] = "none",
};

const char *const action_key[ACTIONS] = {
    [ACTION_NONE] = "none",         [ACTION_TEST] = "test",
    [ACTION_RETEST] = "retest",     [ACTION_EXPAND] = "expand",
    [ACTION_OPTIMISE] = "optimise",
};

const char *const verdict_key[VERDICTS] = {
    [VERDICT_GO] = "go",
    [VERDICT_CONDITIONAL] = "conditional",
    [VERDICT_NO_GO] = "no-go",
};

const char *const reason_key[REASONS] = {
    [REASON_NONE] = "none",
    [REASON_CONDITION] = "condition",
    [REASON_BLOCKING] = "blocking",
    [REASON_INSUFFICIENT_EVIDENCE] = "insufficient-evidence",
};

const char *const outcome_key[OUTCOMES] = {
    [OUTCOME_MEASURED] = "measured",
    [OUTCOME_AT_LEAST] = "at-least",
    [OUTCOME_NONE] = "none",
};

enum state
verdict_state(const struct link *link, const struct standing *standing)
{
    if (link->result == NULL)
        return STATE_UNTESTED;
    if (standing->stale)
        return STATE_STALE;
    if (standing->usable >= link->target_qps)
        return standing->too_far ? STATE_INCONCLUSIVE : STATE_MET;
    if (link->outcome == OUTCOME_AT_LEAST)
        return STATE_INCONCLUSIVE;
    if (standing->forecast >= link->target_qps && standing->in_time)
        return STATE_COVERED;
    return STATE_SHORT;
}

bool
verdict_is_proven(enum state state)
{
    return state == STATE_SHORT || state == STATE_COVERED || state == STATE_MET;
}

/* A short link whose instances nobody knows is to be expanded, by how much
   nobody knows: it exceeds no quota. */
static enum action
action_when_short(const struct link *link)
{
    if (decimal_is_zero(link->achieved_qps))
        return ACTION_OPTIMISE;
    /* beyond the quota; subtracted, as the expansion may be near the end of
       what a whole holds */
    unsigned quota = link->baseline->max_instances;
    if (quota > 0 && link->expansion.value > (whole)quota - link->instances)
        return ACTION_OPTIMISE;
    return ACTION_EXPAND;
}

enum action
verdict_action(const struct link *link)
{
    switch (link->state) {
    case STATE_UNTESTED:
        return ACTION_TEST;
    case STATE_SHORT:
        return action_when_short(link);
    case STATE_MET:
        return ACTION_NONE;
    default: /* stale, inconclusive, covered */
        return ACTION_RETEST;
    }
}

enum effect
verdict_effect(enum priority priority, enum state state)
{
    static const enum effect not_met[PRIORITIES] = {
        [PRIORITY_P0] = EFFECT_BLOCKING,
        [PRIORITY_P1] = EFFECT_CONDITION,
        [PRIORITY_P2] = EFFECT_WATCH,
    };
    if (state == STATE_MET)
        return EFFECT_NONE;
    if (state == STATE_COVERED && priority == PRIORITY_P0)
        return EFFECT_CONDITION;
    return not_met[priority];
}

/* By exact attainment, lowest first: a / b < c / d as a d < c b.  Usable stays
   below 1e20 and the target below 2e14.  Two links of one state are both
   proven or both not. */
static int
by_attainment(const struct link *left, const struct link *right)
{
    whole a = left->usable_qps.value * right->target_qps;
    whole b = right->usable_qps.value * left->target_qps;
    return a < b ? -1 : a > b;
}

static int
worst_first(const void *a, const void *b)
{
    const struct link *left = *(const struct link *const *)a;
    const struct link *right = *(const struct link *const *)b;
    if (left->effect != right->effect)
        return left->effect < right->effect ? -1 : 1;
    if (left->state != right->state)
        return left->state < right->state ? -1 : 1;
    int order = by_attainment(left, right);
    if (order != 0)
        return order;
    return strcmp(left->baseline->link, right->baseline->link);
}

void
verdict_sort(const struct link **links, size_t count)
{
    qsort(links, count, sizeof *links, worst_first);
}

static bool
is_weaker(const struct link *link, const struct link *than)
{
    if (than == NULL)
        return true;
    int order = by_attainment(link, than);
    if (order == 0)
        order = strcmp(link->baseline->link, than->baseline->link);
    return order < 0;
}

void
verdict_decide(struct assessment *assessment)
{
    bool has[EFFECTS] = {false};
    for (size_t i = 0; i < assessment->link_count; i++) {
        const struct link *link = assessment->links[i];
        assessment->counts[link->state]++;
        has[link->effect] = true;
        if (link->baseline->priority == PRIORITY_P0 && link->proven &&
            is_weaker(link, assessment->weakest))
            assessment->weakest = link;
    }
    /* no P0 link proven is the graver reason: then all that blocks is that
       nothing is known */
    if (assessment->weakest == NULL) {
        assessment->verdict = VERDICT_NO_GO;
        assessment->reason = REASON_INSUFFICIENT_EVIDENCE;
    } else if (has[EFFECT_BLOCKING]) {
        assessment->verdict = VERDICT_NO_GO;
        assessment->reason = REASON_BLOCKING;
    } else if (has[EFFECT_CONDITION]) {
        assessment->verdict = VERDICT_CONDITIONAL;
        assessment->reason = REASON_CONDITION;
    } else {
        assessment->verdict = VERDICT_GO;
        assessment->reason = REASON_NONE;
    }
}
