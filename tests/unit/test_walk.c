/*
 * The walk over a test's steps: order, loads, the first break, outcomes, and
 * the warnings that a test alone gives cause for.
 */
#include "maker.h"

#include "assess/walk.h"

#define BIT(limit) (1u << (limit))

static struct made *made;
static struct result *result;

static int
setup(void **state)
{
    arena_setup(state);
    made = make_season(*state);
    result = add_result(made, "a", "2026-10-30", 40);
    return 0;
}

static struct walk
walk(void)
{
    return walk_result(made->arena, result, &made->season.slo,
                       made->season.min_hold_s, made->diag);
}

/* A step that holds unless its errors or latency say otherwise. */
static void
step(const char *offered, const char *qps, const char *p99)
{
    add_step(result, step_of(offered, qps, p99, "0", "300"));
}

static void
expect(const struct walk *walked, enum outcome outcome, const char *achieved,
       unsigned limited_by)
{
    assert_int_equal(walked->outcome, outcome);
    assert_int_equal(decimal_compare(walked->achieved_qps, number(achieved)),
                     0);
    assert_int_equal(walked->limited_by, limited_by);
}

static void
achieved_is_highest_holding_step_before_first_breach(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "1980", "90");
    step("3000", "2900", "300");
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "1980", BIT(LIMIT_P99_MS));
    assert_int_equal(w.held_step, 1);
    assert_int_equal(w.broke_step, 2);
}

static void
a_later_step_that_holds_again_counts_for_nothing(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "1980", "300");
    step("3000", "2950", "90");
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "990", BIT(LIMIT_P99_MS));
    assert_true(w.steps[0].holds);
    assert_false(w.steps[1].holds);
    assert_true(w.steps[2].holds); /* each for itself */
}

static void
at_the_limit_still_holds(void **state)
{
    (void)state;
    add_step(result, step_of("1000", "990", "200", "0.001", "300"));
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "990", 0);
    assert_true(w.steps[0].holds);
}

static void
a_hair_above_the_limit_breaks(void **state)
{
    (void)state;
    add_step(result, step_of("1000", "990", "200.000000000001",
                             "0.001000000001", "300"));
    struct walk w = walk();
    expect(&w, OUTCOME_NONE, "0", BIT(LIMIT_P99_MS) | BIT(LIMIT_ERROR_RATE));
}

static void
every_limit_is_kept_by_its_own_metric(void **state)
{
    (void)state;
    for (unsigned i = 0; i < SLO_LIMITS; i++) {
        struct slo slo = {0};
        slo.limit[i] = given("0.5");
        struct step one = step_of("1000", "990", "-", "-", "-");
        one.metric[limit_metric[i]] = number("0.6");
        result->step_count = 0;
        add_step(result, one);
        struct walk w = walk_result(made->arena, result, &slo,
                                    made->season.min_hold_s, made->diag);
        expect(&w, OUTCOME_NONE, "0", BIT(i));
    }
}

static void
achieved_is_the_highest_not_the_last(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "1960", "80");
    step("2100", "1950", "80");
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "1960", 0);
    assert_int_equal(w.held_step, 1);
    assert_int_equal(w.broke_step, 3);
}

static void
breaking_before_anything_held_is_none(void **state)
{
    (void)state;
    step("1000", "990", "300");
    step("2000", "1980", "80");
    struct walk w = walk();
    expect(&w, OUTCOME_NONE, "0", BIT(LIMIT_P99_MS));
    assert_int_equal(w.held_step, 2);
    assert_int_equal(w.broke_step, 0);
}

static void
no_answers_at_all_break_as_offered(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "0", "80");
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "990", BIT(LIMIT_OFFERED));
    assert_false(w.steps[1].holds);
}

static void
all_that_broke_is_named(void **state)
{
    (void)state;
    step("1000", "990", "80");
    add_step(result, step_of("2000", "0", "300", "1", "300"));
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "990",
           BIT(LIMIT_P99_MS) | BIT(LIMIT_ERROR_RATE) | BIT(LIMIT_OFFERED));
}

/* --- order --------------------------------------------------------------- */

static void
steps_are_walked_by_offered_load(void **state)
{
    (void)state;
    step("3000", "2900", "300");
    step("1000", "990", "80");
    step("2000", "1980", "90");
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "1980", BIT(LIMIT_P99_MS));
    assert_ptr_equal(w.steps[0].step, &result->steps[1]);
    assert_ptr_equal(w.steps[2].step, &result->steps[0]);
}

static void
with_concurrency(struct step one, const char *concurrency)
{
    one.metric[METRIC_CONCURRENCY] = number(concurrency);
    one.given |= 1u << METRIC_CONCURRENCY;
    add_step(result, one);
}

static void
steps_are_walked_by_concurrency_where_one_lacks_its_offer(void **state)
{
    (void)state;
    with_concurrency(step_of("-", "2900", "300", "0", "-"), "300");
    with_concurrency(step_of("1000", "990", "80", "0", "-"), "100");
    with_concurrency(step_of("500", "1980", "90", "0", "-"), "200");
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "1980", BIT(LIMIT_P99_MS));
    assert_int_equal(messages(made, DIAG_NO_LOAD_KEY), 0);
}

static void
steps_without_a_common_key_are_walked_as_written(void **state)
{
    (void)state;
    add_step(result, step_of("-", "990", "80", "0", "-"));
    with_concurrency(step_of("-", "1980", "90", "0", "-"), "1");
    add_step(result, step_of("1", "2900", "300", "0", "-"));
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "1980", BIT(LIMIT_P99_MS));
    assert_int_equal(messages(made, DIAG_NO_LOAD_KEY), 1);
}

static void
one_step_alone_needs_no_key(void **state)
{
    (void)state;
    add_step(result, step_of("-", "990", "80", "0", "-"));
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "990", 0);
    assert_int_equal(messages(made, DIAG_NO_LOAD_KEY), 0);
}

/* --- one load, several steps --------------------------------------------- */

static void
of_one_load_the_lowest_counts(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "1990", "80");
    step("2000", "1970", "80");
    step("2000", "1980", "80");
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "1970", 0);
    assert_int_equal(w.held_step, 2);
    assert_int_equal(messages(made, DIAG_LOAD_TWICE), 2);
}

static void
of_one_load_all_must_hold(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "1990", "80");
    step("2000", "1980", "300");
    add_step(result, step_of("2000", "1970", "80", "0.01", "300"));
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "990",
           BIT(LIMIT_P99_MS) | BIT(LIMIT_ERROR_RATE));
    assert_int_equal(w.broke_step, 2);
}

static void
as_written_equal_steps_are_two(void **state)
{
    (void)state;
    add_step(result, step_of("-", "990", "80", "0", "-"));
    add_step(result, step_of("-", "880", "80", "0", "-"));
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "990", 0);
    assert_int_equal(messages(made, DIAG_LOAD_TWICE), 0);
}

/* --- short steps --------------------------------------------------------- */

static void
a_short_step_proves_nothing(void **state)
{
    (void)state;
    made->season.min_hold_s = given("60");
    add_step(result, step_of("1000", "990", "80", "0", "60"));
    add_step(result, step_of("2000", "1980", "80", "0", "59.9"));
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "990", 0);
    assert_true(w.steps[0].holds);
    assert_false(w.steps[1].holds);
}

static void
a_short_step_may_still_disprove(void **state)
{
    (void)state;
    made->season.min_hold_s = given("60");
    add_step(result, step_of("1000", "990", "80", "0", "60"));
    add_step(result, step_of("2000", "1980", "300", "0", "5"));
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "990", BIT(LIMIT_P99_MS));
}

static void
only_short_steps_are_a_lower_bound_of_nothing(void **state)
{
    (void)state;
    made->season.min_hold_s = given("60");
    add_step(result, step_of("1000", "990", "80", "0", "5"));
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "0", 0);
    assert_int_equal(w.held_step, 1);
}

static void
a_short_step_of_a_load_is_passed_over_alone(void **state)
{
    (void)state;
    made->season.min_hold_s = given("60");
    add_step(result, step_of("1000", "990", "80", "0", "60"));
    add_step(result, step_of("1000", "500", "80", "0", "5"));
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "990", 0);
}

static void
short_steps_before_a_break_are_none(void **state)
{
    (void)state;
    made->season.min_hold_s = given("60");
    add_step(result, step_of("1000", "990", "80", "0", "5"));
    add_step(result, step_of("2000", "1980", "300", "0", "60"));
    struct walk w = walk();
    expect(&w, OUTCOME_NONE, "0", BIT(LIMIT_P99_MS));
}

/* --- where more load brings nothing -------------------------------------- */

static void
a_plateau_is_measured(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "1470", "80");
    step("3000", "1500", "80");
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "1500", BIT(LIMIT_OFFERED));
    assert_int_equal(w.broke_step, 3);
}

static void
a_plateau_ends_beyond_two_per_cent(void **state)
{
    (void)state;
    step("2000", "1469.999999999999", "80");
    step("3000", "1500", "80");
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "1500", 0);
}

static void
a_plateau_may_fall(void **state)
{
    (void)state;
    step("2000", "1500", "80");
    step("3000", "1470", "80");
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "1500", BIT(LIMIT_OFFERED));
}

static void
a_plateau_needs_both_loads_not_carried(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "990", "80");
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "990", 0);
    result->step_count = 0;
    step("2000", "1490", "80");
    step("3000", "1500", "80");
    step("3001", "3000", "80");
    w = walk();
    expect(&w, OUTCOME_AT_LEAST, "3000", 0);
}

static void
failed_requests_do_not_count_as_not_carried(void **state)
{
    (void)state;
    made->season.slo.limit[LIMIT_ERROR_RATE] = given("0.5");
    /* 950 x 0.6 = 570 */
    add_step(result, step_of("1000", "570", "80", "0.4", "300"));
    add_step(result, step_of("1001", "571", "80", "0.4", "300"));
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "571", 0);
}

static void
a_load_is_carried_only_by_all_its_steps(void **state)
{
    (void)state;
    step("2000", "1490", "80");
    step("2100", "2100", "80");
    step("2100", "1500", "80");
    step("2100", "2090", "80");
    struct walk w = walk();
    expect(&w, OUTCOME_MEASURED, "1500", BIT(LIMIT_OFFERED));
}

static void
without_an_offer_a_load_counts_as_carried(void **state)
{
    (void)state;
    with_concurrency(step_of("-", "1500", "80", "0", "-"), "100");
    with_concurrency(step_of("-", "1500", "80", "0", "-"), "200");
    struct walk w = walk();
    expect(&w, OUTCOME_AT_LEAST, "1500", 0);
    assert_int_equal(messages(made, DIAG_NOT_CARRIED), 0);
}

/* --- warnings ------------------------------------------------------------ */

static void
a_load_not_carried_is_warned_of_once(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "1400", "80");
    step("3000", "2000", "80");
    walk();
    assert_int_equal(messages(made, DIAG_NOT_CARRIED), 1);
}

static void
a_load_that_broke_is_not_called_not_carried(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "1400", "300");
    walk();
    assert_int_equal(messages(made, DIAG_NOT_CARRIED), 0);
}

static void
falling_qps_is_warned_of_once(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "1900", "80");
    step("3000", "1800", "300");
    step("4000", "1700", "300");
    walk();
    assert_int_equal(messages(made, DIAG_QPS_FALLS), 1);
}

static void
a_sound_ramp_gives_no_warning(void **state)
{
    (void)state;
    step("1000", "990", "80");
    step("2000", "1980", "80");
    step("3000", "2300", "300");
    walk();
    const struct diag_entry *list;
    assert_int_equal(diag_list(made->diag, DIAG_WARNING, &list), 0);
}

#define WALK(function)                                                         \
    cmocka_unit_test_setup_teardown(function, setup, arena_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(achieved_is_highest_holding_step_before_first_breach),
        WALK(a_later_step_that_holds_again_counts_for_nothing),
        WALK(at_the_limit_still_holds),
        WALK(a_hair_above_the_limit_breaks),
        WALK(every_limit_is_kept_by_its_own_metric),
        WALK(achieved_is_the_highest_not_the_last),
        WALK(breaking_before_anything_held_is_none),
        WALK(no_answers_at_all_break_as_offered),
        WALK(all_that_broke_is_named),
        WALK(steps_are_walked_by_offered_load),
        WALK(steps_are_walked_by_concurrency_where_one_lacks_its_offer),
        WALK(steps_without_a_common_key_are_walked_as_written),
        WALK(one_step_alone_needs_no_key),
        WALK(of_one_load_the_lowest_counts),
        WALK(of_one_load_all_must_hold),
        WALK(as_written_equal_steps_are_two),
        WALK(a_short_step_proves_nothing),
        WALK(a_short_step_may_still_disprove),
        WALK(only_short_steps_are_a_lower_bound_of_nothing),
        WALK(a_short_step_of_a_load_is_passed_over_alone),
        WALK(short_steps_before_a_break_are_none),
        WALK(a_plateau_is_measured),
        WALK(a_plateau_ends_beyond_two_per_cent),
        WALK(a_plateau_may_fall),
        WALK(a_plateau_needs_both_loads_not_carried),
        WALK(failed_requests_do_not_count_as_not_carried),
        WALK(a_load_is_carried_only_by_all_its_steps),
        WALK(without_an_offer_a_load_counts_as_carried),
        WALK(a_load_not_carried_is_warned_of_once),
        WALK(a_load_that_broke_is_not_called_not_carried),
        WALK(falling_qps_is_warned_of_once),
        WALK(a_sound_ramp_gives_no_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
