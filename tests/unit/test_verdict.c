/*
 * State, action, effect, order and verdict: every rule and its precedence.
 */
#include "maker.h"

#include "assess/verdict.h"

static const struct result some_result;

/* A link with evidence that reaches usable of a target of 100. */
static struct link
tested(enum outcome outcome)
{
    return (struct link){
        .result = &some_result, .outcome = outcome, .target_qps = 100};
}

static enum state
state_of(enum outcome outcome, whole usable, whole forecast)
{
    struct link link = tested(outcome);
    struct standing standing = {
        .usable = usable, .forecast = forecast, .in_time = true};
    return verdict_state(&link, &standing);
}

static void
without_result_a_link_is_untested(void **state)
{
    (void)state;
    struct link link = {.target_qps = 100};
    struct standing standing = {.usable = 100, .forecast = 100};
    assert_int_equal(verdict_state(&link, &standing), STATE_UNTESTED);
}

static void
stale_comes_before_what_was_measured(void **state)
{
    (void)state;
    struct link link = tested(OUTCOME_MEASURED);
    struct standing standing = {
        .usable = 200, .forecast = 200, .stale = true, .in_time = true};
    assert_int_equal(verdict_state(&link, &standing), STATE_STALE);
}

static void
usable_at_target_is_met(void **state)
{
    (void)state;
    assert_int_equal(state_of(OUTCOME_MEASURED, 100, 100), STATE_MET);
    assert_int_equal(state_of(OUTCOME_AT_LEAST, 100, 100), STATE_MET);
    assert_int_equal(state_of(OUTCOME_MEASURED, 99, 99), STATE_SHORT);
}

static void
a_lower_bound_below_target_is_inconclusive(void **state)
{
    (void)state;
    assert_int_equal(state_of(OUTCOME_AT_LEAST, 99, 200), STATE_INCONCLUSIVE);
}

static void
a_target_reached_too_far_out_is_inconclusive(void **state)
{
    (void)state;
    struct link link = tested(OUTCOME_MEASURED);
    struct standing standing = {
        .usable = 100, .forecast = 100, .too_far = true, .in_time = true};
    assert_int_equal(verdict_state(&link, &standing), STATE_INCONCLUSIVE);
    standing.usable = standing.forecast = 99;
    assert_int_equal(verdict_state(&link, &standing), STATE_SHORT);
}

static void
a_forecast_at_target_covers_when_in_time(void **state)
{
    (void)state;
    assert_int_equal(state_of(OUTCOME_MEASURED, 99, 100), STATE_COVERED);
    assert_int_equal(state_of(OUTCOME_MEASURED, 99, 99), STATE_SHORT);
    struct link link = tested(OUTCOME_MEASURED);
    struct standing late = {.usable = 99, .forecast = 100};
    assert_int_equal(verdict_state(&link, &late), STATE_SHORT);
}

static void
nothing_held_is_short(void **state)
{
    (void)state;
    assert_int_equal(state_of(OUTCOME_NONE, 0, 0), STATE_SHORT);
}

static void
three_states_are_proven(void **state)
{
    (void)state;
    assert_true(verdict_is_proven(STATE_SHORT));
    assert_true(verdict_is_proven(STATE_COVERED));
    assert_true(verdict_is_proven(STATE_MET));
    assert_false(verdict_is_proven(STATE_UNTESTED));
    assert_false(verdict_is_proven(STATE_STALE));
    assert_false(verdict_is_proven(STATE_INCONCLUSIVE));
}

static enum action
action_of(enum state of, const char *achieved, unsigned n, whole expansion,
          unsigned quota)
{
    struct baseline baseline = {.max_instances = quota};
    struct link link = {
        .baseline = &baseline,
        .state = of,
        .achieved_qps = number(achieved),
        .instances = n,
        .expansion = {.known = true, .value = expansion}
    };
    return verdict_action(&link);
}

static void
every_state_has_its_action(void **state)
{
    (void)state;
    assert_int_equal(action_of(STATE_UNTESTED, "0", 0, 0, 0), ACTION_TEST);
    assert_int_equal(action_of(STATE_STALE, "9", 4, 0, 0), ACTION_RETEST);
    assert_int_equal(action_of(STATE_INCONCLUSIVE, "9", 4, 0, 0),
                     ACTION_RETEST);
    assert_int_equal(action_of(STATE_COVERED, "9", 4, 2, 5), ACTION_RETEST);
    assert_int_equal(action_of(STATE_MET, "9", 4, 0, 0), ACTION_NONE);
    assert_int_equal(action_of(STATE_SHORT, "9", 4, 2, 0), ACTION_EXPAND);
}

static void
expansion_to_the_quota_is_possible_beyond_it_is_not(void **state)
{
    (void)state;
    assert_int_equal(action_of(STATE_SHORT, "9", 4, 2, 6), ACTION_EXPAND);
    assert_int_equal(action_of(STATE_SHORT, "9", 4, 3, 6), ACTION_OPTIMISE);
    /* near the end of what a whole holds */
    assert_int_equal(action_of(STATE_SHORT, "9", 4, whole_power10(38), 6),
                     ACTION_OPTIMISE);
}

static void
nothing_achieved_can_only_be_optimised(void **state)
{
    (void)state;
    assert_int_equal(action_of(STATE_SHORT, "0", 4, 0, 0), ACTION_OPTIMISE);
}

static void
effects_follow_priority_and_state(void **state)
{
    (void)state;
    for (enum state of = STATE_SHORT; of < STATE_MET; of++) {
        assert_int_equal(verdict_effect(PRIORITY_P0, of),
                         of == STATE_COVERED ? EFFECT_CONDITION
                                             : EFFECT_BLOCKING);
        assert_int_equal(verdict_effect(PRIORITY_P1, of), EFFECT_CONDITION);
        assert_int_equal(verdict_effect(PRIORITY_P2, of), EFFECT_WATCH);
    }
    for (enum priority i = PRIORITY_P0; i < PRIORITIES; i++)
        assert_int_equal(verdict_effect(i, STATE_MET), EFFECT_NONE);
}

/* --- order and verdict --------------------------------------------------- */

struct maker {
    struct baseline baseline[MOST];
    struct link link[MOST];
    const struct link *order[MOST];
    size_t count;
};

static void
put(struct maker *maker, const char *id, enum priority priority, enum state of,
    whole usable, whole target)
{
    size_t i = maker->count++;
    maker->baseline[i] = (struct baseline){.link = id, .priority = priority};
    bool proven = verdict_is_proven(of);
    maker->link[i] = (struct link){
        .baseline = &maker->baseline[i],
        .state = of,
        .proven = proven,
        .effect = verdict_effect(priority, of),
        .target_qps = target,
        .usable_qps = {proven, proven ? usable : 0}
    };
    maker->order[i] = &maker->link[i];
}

static struct assessment
decide(struct maker *maker)
{
    verdict_sort(maker->order, maker->count);
    struct assessment assessment = {.links = maker->order,
                                    .link_count = maker->count};
    verdict_decide(&assessment);
    return assessment;
}

static void
order_is_effect_state_attainment_link(void **state)
{
    (void)state;
    struct maker maker = {.count = 0};
    put(&maker, "p2 short", PRIORITY_P2, STATE_SHORT, 1, 100);
    put(&maker, "met b", PRIORITY_P0, STATE_MET, 100, 100);
    put(&maker, "met a", PRIORITY_P1, STATE_MET, 100, 100);
    put(&maker, "met c", PRIORITY_P0, STATE_MET, 110, 100);
    put(&maker, "covered", PRIORITY_P0, STATE_COVERED, 90, 100);
    put(&maker, "p1 short", PRIORITY_P1, STATE_SHORT, 95, 100);
    put(&maker, "inconclusive", PRIORITY_P0, STATE_INCONCLUSIVE, 0, 100);
    put(&maker, "stale", PRIORITY_P0, STATE_STALE, 0, 100);
    put(&maker, "untested z", PRIORITY_P0, STATE_UNTESTED, 0, 100);
    put(&maker, "untested a", PRIORITY_P0, STATE_UNTESTED, 0, 900);
    put(&maker, "short 67 %", PRIORITY_P0, STATE_SHORT, 2, 3);
    put(&maker, "short 66.6 %", PRIORITY_P0, STATE_SHORT, 666, 1000);
    decide(&maker);
    static const char *const expected[] = {
        "short 66.6 %", "short 67 %",   "untested a", "untested z",
        "stale",        "inconclusive", "p1 short",   "covered",
        "p2 short",     "met a",        "met b",      "met c"};
    for (size_t i = 0; i < maker.count; i++)
        assert_string_equal(maker.order[i]->baseline->link, expected[i]);
}

static void
ids_are_ordered_by_bytes(void **state)
{
    (void)state;
    struct maker maker = {.count = 0};
    put(&maker, "\xe4\xb8\x8b", PRIORITY_P0, STATE_MET, 100, 100);
    put(&maker, "b", PRIORITY_P0, STATE_MET, 100, 100);
    put(&maker, "a", PRIORITY_P0, STATE_MET, 1000, 1000);
    put(&maker, "B", PRIORITY_P0, STATE_MET, 10, 10);
    decide(&maker);
    static const char *const expected[] = {"B", "a", "b", "\xe4\xb8\x8b"};
    for (size_t i = 0; i < maker.count; i++)
        assert_string_equal(maker.order[i]->baseline->link, expected[i]);
}

static void
anything_blocking_is_no_go(void **state)
{
    (void)state;
    struct maker maker = {.count = 0};
    put(&maker, "a", PRIORITY_P0, STATE_MET, 100, 100);
    put(&maker, "b", PRIORITY_P0, STATE_STALE, 0, 100);
    put(&maker, "c", PRIORITY_P1, STATE_SHORT, 0, 100);
    struct assessment assessment = decide(&maker);
    assert_int_equal(assessment.verdict, VERDICT_NO_GO);
    assert_int_equal(assessment.reason, REASON_BLOCKING);
}

static void
without_a_proven_p0_link_evidence_is_insufficient(void **state)
{
    (void)state;
    struct maker maker = {.count = 0};
    put(&maker, "a", PRIORITY_P0, STATE_UNTESTED, 0, 100);
    put(&maker, "b", PRIORITY_P1, STATE_MET, 100, 100);
    struct assessment assessment = decide(&maker);
    assert_int_equal(assessment.verdict, VERDICT_NO_GO);
    assert_int_equal(assessment.reason, REASON_INSUFFICIENT_EVIDENCE);
    assert_null(assessment.weakest);

    struct maker none = {.count = 0};
    put(&none, "b", PRIORITY_P1, STATE_MET, 100, 100);
    assessment = decide(&none);
    assert_int_equal(assessment.verdict, VERDICT_NO_GO);
    assert_int_equal(assessment.reason, REASON_INSUFFICIENT_EVIDENCE);
}

static void
a_condition_is_conditional(void **state)
{
    (void)state;
    struct maker maker = {.count = 0};
    put(&maker, "a", PRIORITY_P0, STATE_COVERED, 90, 100);
    put(&maker, "b", PRIORITY_P2, STATE_SHORT, 1, 100);
    struct assessment assessment = decide(&maker);
    assert_int_equal(assessment.verdict, VERDICT_CONDITIONAL);
    assert_int_equal(assessment.reason, REASON_CONDITION);
}

static void
what_is_only_watched_does_not_hinder(void **state)
{
    (void)state;
    struct maker maker = {.count = 0};
    put(&maker, "a", PRIORITY_P0, STATE_MET, 100, 100);
    put(&maker, "b", PRIORITY_P2, STATE_UNTESTED, 0, 100);
    struct assessment assessment = decide(&maker);
    assert_int_equal(assessment.verdict, VERDICT_GO);
    assert_int_equal(assessment.reason, REASON_NONE);
    assert_int_equal(assessment.counts[STATE_MET], 1);
    assert_int_equal(assessment.counts[STATE_UNTESTED], 1);
    assert_int_equal(assessment.counts[STATE_SHORT], 0);
}

static void
weakest_is_the_proven_p0_link_of_lowest_attainment(void **state)
{
    (void)state;
    struct maker maker = {.count = 0};
    put(&maker, "p1", PRIORITY_P1, STATE_SHORT, 1, 100);
    put(&maker, "unproven", PRIORITY_P0, STATE_UNTESTED, 0, 100);
    put(&maker, "covered", PRIORITY_P0, STATE_COVERED, 50, 100);
    put(&maker, "short", PRIORITY_P0, STATE_SHORT, 60, 100);
    struct assessment assessment = decide(&maker);
    assert_string_equal(assessment.weakest->baseline->link, "covered");
}

static void
of_two_weakest_the_first_id_is_named(void **state)
{
    (void)state;
    struct maker maker = {.count = 0};
    put(&maker, "short b", PRIORITY_P0, STATE_SHORT, 50, 100);
    put(&maker, "covered a", PRIORITY_P0, STATE_COVERED, 5, 10);
    put(&maker, "short a", PRIORITY_P0, STATE_SHORT, 500, 1000);
    struct assessment assessment = decide(&maker);
    assert_string_equal(assessment.weakest->baseline->link, "covered a");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_result_a_link_is_untested),
        TEST(stale_comes_before_what_was_measured),
        TEST(usable_at_target_is_met),
        TEST(a_lower_bound_below_target_is_inconclusive),
        TEST(a_target_reached_too_far_out_is_inconclusive),
        TEST(a_forecast_at_target_covers_when_in_time),
        TEST(nothing_held_is_short),
        TEST(three_states_are_proven),
        TEST(every_state_has_its_action),
        TEST(expansion_to_the_quota_is_possible_beyond_it_is_not),
        TEST(nothing_achieved_can_only_be_optimised),
        TEST(effects_follow_priority_and_state),
        TEST(order_is_effect_state_attainment_link),
        TEST(ids_are_ordered_by_bytes),
        TEST(anything_blocking_is_no_go),
        TEST(without_a_proven_p0_link_evidence_is_insufficient),
        TEST(a_condition_is_conditional),
        TEST(what_is_only_watched_does_not_hinder),
        TEST(weakest_is_the_proven_p0_link_of_lowest_attainment),
        TEST(of_two_weakest_the_first_id_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
