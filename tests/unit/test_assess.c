/*
 * Whole seasons: the contract's example, unknowns that stay unknown, scenarios,
 * precedence, zones, and the warnings and errors that need computing.
 */
#include "maker.h"

#include "assess/assess.h"

static struct made *made;

static int
setup(void **state)
{
    arena_setup(state);
    made = make_season(*state);
    return 0;
}

static const struct report *
report(void)
{
    return assess_season(made->arena, &made->season, made->season.plan,
                         made->diag);
}

/* The link of that id in the scenario shown. */
static const struct link *
in(const struct report *of, const char *id)
{
    for (size_t i = 0; i < of->shown->link_count; i++)
        if (strcmp(of->shown->links[i]->baseline->link, id) == 0)
            return of->shown->links[i];
    fail_msg("no link %s", id);
    return NULL;
}

static void
is(struct known number_, whole expected)
{
    assert_true(number_.known);
    assert_true(number_.value == expected);
}

static void
is_decimal(struct decimal a, const char *expected)
{
    assert_int_equal(decimal_compare(a, number(expected)), 0);
}

/* --- the contract's example ---------------------------------------------- */

static void
business_expectation_becomes_the_target(void **state)
{
    (void)state;
    made->scenario[0] = (struct scenario){.id = "low"};
    made->scenario[0].growth.buffer = given("10%");
    made->scenario[1] = (struct scenario){.id = "plan"};
    made->season.scenario_count = 2;
    made->season.plan = 1;
    add_baseline(made, "order.submit", "10000", 40);
    add_baseline(made, "cart.add", "100000", 100);
    const struct report *r = report();
    assert_ptr_equal(r->plan, &r->scenarios[1]);
    assert_ptr_equal(r->shown, r->plan);
    assert_true(in(r, "order.submit")->target_qps == 15000);
    assert_true(in(r, "cart.add")->target_qps == 150000);
    is_decimal(in(r, "order.submit")->multiplier.value, "1.5");
    const struct assessment *low = &r->scenarios[0];
    assert_string_equal(low->links[0]->baseline->link, "cart.add");
    assert_true(low->links[0]->target_qps == 140000);
    assert_true(low->links[1]->target_qps == 14000);
    is_decimal(low->links[0]->multiplier.value, "1.4");
    is_decimal(low->links[0]->growth.value, "0.3");
    is_decimal(low->links[0]->buffer.value, "0.1");
}

static void
the_short_link_of_the_contract_has_its_numbers(void **state)
{
    (void)state;
    struct baseline *order = add_baseline(made, "order.submit", "10000", 40);
    order->max_instances = 60;
    order->approved_instances = 6;
    order->has_approved_instances = true;
    add_measured(made, "order.submit", "2026-10-30", 40, "11430");
    const struct link *link = in(report(), "order.submit");
    assert_int_equal(link->state, STATE_SHORT);
    assert_int_equal(link->effect, EFFECT_BLOCKING);
    assert_int_equal(link->action, ACTION_EXPAND);
    assert_true(link->proven);
    is(link->usable_qps, 11430);
    is(link->attainment_milli, 762);
    is(link->shortfall_qps, 3570);
    is(link->headroom_milli, -238);
    is(link->break_even_milli, 1143);
    is(link->per_instance_centi, 28575);
    is(link->expansion, 14);
    is(link->forecast_qps, 12973);
    is(link->forecast_milli, 864);
    is(link->gap_after_qps, 2027);
    assert_false(link->extrapolated);
    assert_false(link->optimise_gain_milli.known);
    assert_false(link->shown_qps.known);
    assert_int_equal(link->tested_instances, 40);
    assert_int_equal(link->instances, 40);
    assert_int_equal(link->age_days, 1);
}

static void
a_met_link_needs_nothing(void **state)
{
    (void)state;
    add_baseline(made, "a", "10000", 40);
    add_at_least(made, "a", "2026-10-30", 40, "16000");
    const struct report *r = report();
    const struct link *link = in(r, "a");
    assert_int_equal(link->state, STATE_MET);
    assert_int_equal(link->outcome, OUTCOME_AT_LEAST);
    is(link->shortfall_qps, 0);
    is(link->headroom_milli, 66);
    is(link->expansion, 0);
    is(link->gap_after_qps, 0);
    assert_int_equal(r->plan->verdict, VERDICT_GO);
}

/* --- unknown is never 0 -------------------------------------------------- */

static void
is_unproven(const struct link *link)
{
    assert_false(link->proven);
    assert_false(link->usable_qps.known);
    assert_false(link->attainment_milli.known);
    assert_false(link->shortfall_qps.known);
    assert_false(link->headroom_milli.known);
    assert_false(link->break_even_milli.known);
    assert_false(link->expansion.known);
    assert_false(link->forecast_qps.known);
    assert_false(link->forecast_milli.known);
    assert_false(link->gap_after_qps.known);
    assert_false(link->optimise_gain_milli.known);
}

static void
an_untested_link_is_unknown_throughout(void **state)
{
    (void)state;
    add_baseline(made, "a", "10000", 40);
    add_baseline(made, "b", "10000", 0);
    const struct report *r = report();
    const struct link *link = in(r, "a");
    assert_int_equal(link->state, STATE_UNTESTED);
    assert_int_equal(link->action, ACTION_TEST);
    is_unproven(link);
    assert_null(link->result);
    assert_int_equal(link->step_count, 0);
    assert_int_equal(link->limited_by, 0);
    assert_int_equal(link->tested_instances, 0);
    assert_false(link->per_instance_centi.known);
    assert_false(link->shown_qps.known);
    assert_int_equal(link->instances, 40);
    assert_int_equal(in(r, "b")->instances, 0);
}

static void
a_stale_link_shows_what_was_measured(void **state)
{
    (void)state;
    add_baseline(made, "a", "10000", 40);
    add_measured(made, "a", "2026-09-30", 40, "16000");
    const struct link *link = in(report(), "a");
    assert_int_equal(link->state, STATE_STALE);
    assert_int_equal(link->action, ACTION_RETEST);
    is_unproven(link);
    is_decimal(link->achieved_qps, "16000");
    is(link->per_instance_centi, 40000);
    is(link->shown_qps, 16000);
    is(link->shown_milli, 1066);
    assert_int_equal(link->age_days, 31);
}

static void
a_links_own_validity_counts(void **state)
{
    (void)state;
    add_baseline(made, "a", "10000", 40)->validity_days = 31;
    add_measured(made, "a", "2026-09-30", 40, "16000");
    const struct link *link = in(report(), "a");
    assert_int_equal(link->state, STATE_MET);
    assert_int_equal(link->validity_days, 31);
}

static void
a_target_reached_too_far_out_is_not_proven(void **state)
{
    (void)state;
    struct baseline *link = add_baseline(made, "a", "10000", 50);
    add_measured(made, "a", "2026-10-30", 40, "20000");
    assert_int_equal(in(report(), "a")->state, STATE_MET); /* 1.25 x 40 */
    assert_true(in(report(), "a")->extrapolated);
    link->instances = 51;
    const struct link *far = in(report(), "a");
    assert_int_equal(far->state, STATE_INCONCLUSIVE);
    assert_true(far->extrapolated);
    is_unproven(far);
    is(far->shown_qps, 24950);
}

static void
instances_that_nobody_knows_stay_unknown(void **state)
{
    (void)state;
    struct baseline *one = add_baseline(made, "a", "10000", 0);
    add_measured(made, "a", "2026-10-30", 0, "14000");
    const struct link *link = in(report(), "a");
    assert_int_equal(link->state, STATE_SHORT);
    assert_int_equal(link->action, ACTION_EXPAND);
    is(link->usable_qps, 14000);
    assert_false(link->expansion.known);
    assert_false(link->extrapolated);
    assert_false(link->per_instance_centi.known);
    assert_int_equal(link->instances, 0);
    /* an approved gain may do without instances */
    one->optimisation = given("0.1");
    link = in(report(), "a");
    assert_int_equal(link->state, STATE_COVERED);
    is(link->forecast_qps, 15400);
    is(link->expansion, 0);
}

static void
without_a_peak_there_is_no_break_even(void **state)
{
    (void)state;
    struct baseline *link = add_baseline(made, "a", "1", 40);
    link->peak_qps.given = false;
    link->target_qps = given("15000.1");
    add_measured(made, "a", "2026-10-30", 40, "20000");
    const struct link *assessed = in(report(), "a");
    assert_true(assessed->target_qps == 15001);
    assert_false(assessed->break_even_milli.known);
    assert_false(assessed->growth.given);
    assert_false(assessed->buffer.given);
    assert_false(assessed->multiplier.given);
    is(assessed->attainment_milli, 1333);
}

/* --- demand -------------------------------------------------------------- */

static void
a_multiplier_stands_alone(void **state)
{
    (void)state;
    made->season.growth = (struct growth){.multiplier = given("1.4")};
    add_baseline(made, "a", "10000", 40);
    const struct link *link = in(report(), "a");
    assert_true(link->target_qps == 14000);
    assert_false(link->growth.given);
    assert_false(link->buffer.given);
    is_decimal(link->multiplier.value, "1.4");
}

static void
growth_and_buffer_may_multiply(void **state)
{
    (void)state;
    made->season.compose = COMPOSE_MULTIPLY;
    add_baseline(made, "a", "10000", 40);
    assert_true(in(report(), "a")->target_qps == 15600);
}

static void
a_links_own_growth_comes_first(void **state)
{
    (void)state;
    struct baseline *link = add_baseline(made, "a", "10000", 40);
    link->growth.growth = given("1");
    const struct link *assessed = in(report(), "a");
    assert_true(assessed->target_qps == 22000);
    is_decimal(assessed->growth.value, "1");
    is_decimal(assessed->buffer.value, "0.2");
}

static void
a_multiplier_of_more_than_24_decimals_is_refused(void **state)
{
    (void)state;
    made->season.compose = COMPOSE_MULTIPLY;
    made->season.growth.growth = given("0.000000000001%");
    made->season.growth.buffer = given("0.000000000001%");
    add_baseline(made, "a", "10000", 40);
    add_measured(made, "a", "2026-10-30", 40, "11430");
    report();
    assert_int_equal(messages(made, DIAG_MULTIPLIER_TOO_FINE), 1);
    assert_true(diag_has_errors(made->diag));
}

/* --- capacity ------------------------------------------------------------ */

static void
a_links_own_terms_come_before_the_seasons(void **state)
{
    (void)state;
    struct baseline *link = add_baseline(made, "a", "10000", 50);
    link->scale_efficiency = given("1");
    link->safe_level = given("0.5");
    link->slo.limit[LIMIT_P99_MS] = given("1000");
    add_measured(made, "a", "2026-10-30", 40, "16000");
    made->step[0][1].metric[METRIC_P99_MS] = number("1001");
    const struct link *assessed = in(report(), "a");
    is(assessed->usable_qps, 10000);
    is_decimal(assessed->scale_efficiency, "1");
    is_decimal(assessed->safe_level, "0.5");
    is_decimal(assessed->slo->limit[LIMIT_P99_MS].value, "1000");
    is_decimal(assessed->slo->limit[LIMIT_ERROR_RATE].value, "0.001");
}

static void
what_is_left_after_losing_a_zone_must_do(void **state)
{
    (void)state;
    made->season.zones = 3;
    made->season.survive_zones = 1;
    add_baseline(made, "a", "10000", 60);
    add_measured(made, "a", "2026-10-30", 40, "15000");
    const struct link *link = in(report(), "a");
    assert_int_equal(link->state, STATE_MET);
    is(link->usable_qps, 15000);
    assert_false(link->extrapolated); /* 40 are left of 60 */
    made->baseline[0].instances = 59;
    link = in(report(), "a");
    assert_int_equal(link->state, STATE_SHORT);
    is(link->expansion, 1);
}

static void
covered_needs_its_measures_in_time(void **state)
{
    (void)state;
    struct baseline *link = add_baseline(made, "a", "10000", 40);
    link->approved_instances = 14;
    add_measured(made, "a", "2026-10-30", 40, "11430");
    assert_int_equal(in(report(), "a")->state, STATE_COVERED);

    made->season.freeze = on("2026-11-08");
    made->season.peak = (struct moment){.day = on("2026-11-11")};
    link->due = on("2026-11-08");
    assert_int_equal(in(report(), "a")->state, STATE_COVERED);
    link->due = on("2026-11-09");
    assert_int_equal(in(report(), "a")->state, STATE_SHORT);
    made->season.freeze.given = false;
    assert_int_equal(in(report(), "a")->state, STATE_COVERED);
    link->due = on("2026-11-11");
    assert_int_equal(in(report(), "a")->state, STATE_COVERED);
    link->due = on("2026-11-12");
    assert_int_equal(in(report(), "a")->state, STATE_SHORT);
    made->season.peak.day.given = false;
    assert_int_equal(in(report(), "a")->state, STATE_COVERED);
}

static void
beyond_the_quota_the_gain_is_named(void **state)
{
    (void)state;
    struct baseline *link = add_baseline(made, "a", "10000", 40);
    link->max_instances = 42;
    add_measured(made, "a", "2026-10-30", 40, "11430");
    const struct link *assessed = in(report(), "a");
    assert_int_equal(assessed->action, ACTION_OPTIMISE);
    is(assessed->expansion, 14);
    is(assessed->optimise_gain_milli, 256);
}

static void
where_nothing_held_no_number_would_do(void **state)
{
    (void)state;
    add_baseline(made, "a", "10000", 40)->max_instances = 42;
    struct result *none = add_result(made, "a", "2026-10-30", 40);
    add_step(none, step_of("10", "10", "900", "0", "300"));
    const struct link *link = in(report(), "a");
    assert_int_equal(link->state, STATE_SHORT);
    assert_int_equal(link->outcome, OUTCOME_NONE);
    assert_int_equal(link->action, ACTION_OPTIMISE);
    is(link->usable_qps, 0);
    is(link->attainment_milli, 0);
    is(link->headroom_milli, -1000);
    is(link->shortfall_qps, 15000);
    is(link->per_instance_centi, 0);
    assert_false(link->expansion.known);
    assert_false(link->optimise_gain_milli.known);
}

static void
what_cannot_be_counted_is_an_error(void **state)
{
    (void)state;
    made->season.scale_efficiency = number("0.000000000001");
    struct baseline *link = add_baseline(made, "a", "999999999999", 1000000);
    link->safe_level = given("0.000000000001");
    add_measured(made, "a", "2026-10-30", 1000000, "0.000000000001");
    report();
    assert_int_equal(messages(made, DIAG_EXPANSION_TOO_LARGE), 1);
}

static void
a_gain_that_cannot_be_counted_is_an_error(void **state)
{
    (void)state;
    made->season.scale_efficiency = number("1");
    struct baseline *link = add_baseline(made, "a", "999999999999", 1);
    link->safe_level = given("0.000000000001");
    link->max_instances = 1;
    add_measured(made, "a", "2026-10-30", 100, "0.000000000001");
    assert_true(in(report(), "a")->expansion.known); /* 1.5e38 just fits */
    assert_int_equal(messages(made, DIAG_EXPANSION_TOO_LARGE), 1);
}

/* --- what instances cost, and the way to the forecast --------------------- */

static void
the_cost_is_of_the_approved_and_of_what_is_needed_beyond(void **state)
{
    (void)state;
    const whole one = whole_power10(COST_PLACES);
    made->season.unit_cost = given("1200.5");
    struct baseline *order = add_baseline(made, "order.submit", "10000", 40);
    order->approved_instances = 6;
    order->has_approved_instances = true;
    add_measured(made, "order.submit", "2026-10-30", 40, "11430");
    struct baseline *cart = add_baseline(made, "cart.add", "10000", 40);
    cart->unit_cost = given("0.000000000001");
    add_measured(made, "cart.add", "2026-10-30", 40, "11430");
    struct baseline *met = add_baseline(made, "met", "5000", 40);
    met->approved_instances = 0;
    met->has_approved_instances = true;
    add_measured(made, "met", "2026-10-30", 40, "11430");
    add_baseline(made, "untested", "10000", 40);
    const struct report *r = report();
    is(in(r, "order.submit")->approved_cost_pico, 7203 * one);
    is(in(r, "order.submit")->open_cost_pico, 9604 * one); /* 8 of 14 */
    assert_false(in(r, "cart.add")->approved_cost_pico.known);
    is(in(r, "cart.add")->open_cost_pico, 14);
    is(in(r, "met")->approved_cost_pico, 0);
    is(in(r, "met")->open_cost_pico, 0);
    assert_true(in(r, "untested")->unit_cost.given);
    assert_false(in(r, "untested")->open_cost_pico.known);
}

static void
without_a_price_there_is_no_cost(void **state)
{
    (void)state;
    struct baseline *order = add_baseline(made, "a", "10000", 40);
    order->approved_instances = 6;
    order->has_approved_instances = true;
    add_measured(made, "a", "2026-10-30", 40, "11430");
    const struct link *link = in(report(), "a");
    assert_false(link->unit_cost.given);
    assert_false(link->approved_cost_pico.known);
    assert_false(link->open_cost_pico.known);
}

static void
a_cost_that_cannot_be_counted_is_an_error(void **state)
{
    (void)state;
    made->season.unit_cost = given("999999999999");
    struct baseline *link = add_baseline(made, "a", "999999999999", 1);
    link->safe_level = given("0.000000000001");
    add_measured(made, "a", "2026-10-30", 1, "1");
    assert_true(in(report(), "a")->expansion.known);
    assert_int_equal(messages(made, DIAG_EXPANSION_TOO_LARGE), 1);
}

static void
the_approved_gain_stands_between_usable_and_forecast(void **state)
{
    (void)state;
    struct baseline *a = add_baseline(made, "a", "10000", 40);
    a->optimisation = given("3%");
    a->approved_instances = 6;
    add_measured(made, "a", "2026-10-30", 40, "11430");
    const struct link *link = in(report(), "a");
    is(link->usable_qps, 11430);
    is(link->optimised_qps, 11772); /* 11772.9 */
    is(link->forecast_qps, 13362);  /* 12973.05 x 1.03 = 13362.2415 */
}

/* --- results and scenarios ----------------------------------------------- */

static void
results_find_their_links_in_any_order(void **state)
{
    (void)state;
    add_baseline(made, "c", "100", 4);
    add_baseline(made, "a", "100", 4);
    add_baseline(made, "b", "100", 4);
    add_measured(made, "b", "2026-10-30", 4, "202");
    add_measured(made, "c", "2026-10-29", 4, "203");
    add_measured(made, "a", "2026-10-30", 4, "201");
    add_measured(made, "c", "2026-10-30", 4, "303");
    const struct report *r = report();
    is(in(r, "a")->usable_qps, 201);
    is(in(r, "b")->usable_qps, 202);
    is(in(r, "c")->usable_qps, 303);
    assert_int_equal(r->plan->link_count, 3);
}

static void
another_target_may_make_another_test_count(void **state)
{
    (void)state;
    made->scenario[0] = (struct scenario){.id = "plan"};
    made->scenario[1] = (struct scenario){.id = "low"};
    made->scenario[1].growth.multiplier = given("1");
    made->season.scenario_count = 2;
    add_baseline(made, "a", "10000", 40);
    add_measured(made, "a", "2026-10-29", 40, "9000");
    add_at_least(made, "a", "2026-10-30", 40, "12000");
    const struct report *r = report();
    assert_int_equal(r->scenarios[0].links[0]->state, STATE_SHORT);
    assert_int_equal(r->scenarios[1].links[0]->state, STATE_MET);
    assert_int_equal(r->scenarios[0].verdict, VERDICT_NO_GO);
    assert_int_equal(r->scenarios[1].verdict, VERDICT_GO);
}

static void
another_scenario_may_be_shown(void **state)
{
    (void)state;
    made->scenario[1] = (struct scenario){.id = "low"};
    made->season.scenario_count = 2;
    add_baseline(made, "a", "10000", 40);
    assert_int_equal(assess_find_scenario(&made->season, "low"), 1);
    assert_int_equal(assess_find_scenario(&made->season, "plan"), 0);
    assert_int_equal(assess_find_scenario(&made->season, "high"), -1);
    const struct report *r =
        assess_season(made->arena, &made->season, 1, made->diag);
    assert_ptr_equal(r->shown, &r->scenarios[1]);
    assert_ptr_equal(r->plan, &r->scenarios[0]);
}

static void
days_left_run_from_as_of_to_the_peak(void **state)
{
    (void)state;
    add_baseline(made, "a", "10000", 40);
    assert_false(report()->days_left.known);
    made->season.peak.day = on("2026-11-11");
    is(report()->days_left, 11);
    made->season.peak.day = on("2026-10-30");
    is(report()->days_left, -1);
}

/* --- warnings ------------------------------------------------------------ */

static void
stale_by_a_default_as_of_is_warned_of(void **state)
{
    (void)state;
    add_baseline(made, "a", "10000", 40);
    add_baseline(made, "b", "10000", 40);
    add_baseline(made, "c", "10000", 40);
    add_measured(made, "a", "2026-09-30", 40, "16000");
    add_measured(made, "b", "2026-10-31", 40, "16000");
    report();
    assert_int_equal(messages(made, DIAG_STALE_BY_DEFAULT), 0);
    made->season.as_of_is_default = true;
    report();
    assert_int_equal(messages(made, DIAG_STALE_BY_DEFAULT), 1);
}

static void
a_newer_test_that_proves_less_is_warned_of(void **state)
{
    (void)state;
    add_baseline(made, "a", "10000", 40);
    add_measured(made, "a", "2026-10-28", 40, "16000");
    add_measured(made, "a", "2026-10-30", 40, "15500");
    report();
    assert_int_equal(messages(made, DIAG_NEWER_PROVES_LESS), 1);
}

static void
the_later_of_one_day_is_not_called_newer(void **state)
{
    (void)state;
    add_baseline(made, "a", "10000", 40);
    add_measured(made, "a", "2026-10-30", 40, "16000");
    add_measured(made, "a", "2026-10-30", 40, "15500");
    report();
    assert_int_equal(messages(made, DIAG_NEWER_PROVES_LESS), 0);
    assert_int_equal(messages(made, DIAG_LATER_PROVES_LESS), 1);
}

static void
covered_without_its_days_is_warned_of(void **state)
{
    (void)state;
    struct baseline *link = add_baseline(made, "a", "10000", 40);
    link->approved_instances = 20;
    add_measured(made, "a", "2026-10-30", 40, "11430");
    report();
    assert_int_equal(messages(made, DIAG_COVERED_WITHOUT_DAY), 1);
    link->due = on("2026-11-04");
    report();
    assert_int_equal(messages(made, DIAG_COVERED_WITHOUT_DAY), 2);
    link->retest_on = on("2026-11-05");
    report();
    assert_int_equal(messages(made, DIAG_COVERED_WITHOUT_DAY), 2);
    link->due.given = false;
    report();
    assert_int_equal(messages(made, DIAG_COVERED_WITHOUT_DAY), 3);
}

static void
a_test_alone_is_warned_of_once_for_all_scenarios(void **state)
{
    (void)state;
    made->scenario[1] = (struct scenario){.id = "low"};
    made->season.scenario_count = 2;
    add_baseline(made, "a", "10000", 40);
    struct result *result = add_result(made, "a", "2026-10-30", 40);
    add_step(result, step_of("1000", "990", "80", "0", "300"));
    add_step(result, step_of("1000", "990", "80", "0", "300"));
    report();
    assert_int_equal(messages(made, DIAG_LOAD_TWICE), 1);
}

#define SEASON(function)                                                       \
    cmocka_unit_test_setup_teardown(function, setup, arena_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        SEASON(business_expectation_becomes_the_target),
        SEASON(the_short_link_of_the_contract_has_its_numbers),
        SEASON(a_met_link_needs_nothing),
        SEASON(an_untested_link_is_unknown_throughout),
        SEASON(a_stale_link_shows_what_was_measured),
        SEASON(a_links_own_validity_counts),
        SEASON(a_target_reached_too_far_out_is_not_proven),
        SEASON(instances_that_nobody_knows_stay_unknown),
        SEASON(without_a_peak_there_is_no_break_even),
        SEASON(a_multiplier_stands_alone),
        SEASON(growth_and_buffer_may_multiply),
        SEASON(a_links_own_growth_comes_first),
        SEASON(a_multiplier_of_more_than_24_decimals_is_refused),
        SEASON(a_links_own_terms_come_before_the_seasons),
        SEASON(what_is_left_after_losing_a_zone_must_do),
        SEASON(covered_needs_its_measures_in_time),
        SEASON(beyond_the_quota_the_gain_is_named),
        SEASON(where_nothing_held_no_number_would_do),
        SEASON(what_cannot_be_counted_is_an_error),
        SEASON(a_gain_that_cannot_be_counted_is_an_error),
        SEASON(the_cost_is_of_the_approved_and_of_what_is_needed_beyond),
        SEASON(without_a_price_there_is_no_cost),
        SEASON(a_cost_that_cannot_be_counted_is_an_error),
        SEASON(the_approved_gain_stands_between_usable_and_forecast),
        SEASON(results_find_their_links_in_any_order),
        SEASON(another_target_may_make_another_test_count),
        SEASON(another_scenario_may_be_shown),
        SEASON(days_left_run_from_as_of_to_the_peak),
        SEASON(stale_by_a_default_as_of_is_warned_of),
        SEASON(a_newer_test_that_proves_less_is_warned_of),
        SEASON(the_later_of_one_day_is_not_called_newer),
        SEASON(covered_without_its_days_is_warned_of),
        SEASON(a_test_alone_is_warned_of_once_for_all_scenarios),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
