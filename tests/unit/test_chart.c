/*
 * The link bar: shares of the target, what is clipped, what is hatched, and
 * that nothing unproven or late looks proven.
 */
#include "maker.h"

#include "document/chart.h"

static const struct baseline plain = {.link = "order"};

static struct known
some(long value)
{
    return (struct known){true, value};
}

static struct link
proven(enum state state, long usable, long forecast)
{
    return (struct link){.baseline = &plain,
                         .state = state,
                         .proven = true,
                         .target_qps = 1000,
                         .usable_qps = some(usable),
                         .forecast_qps = some(forecast),
                         .gap_after_qps =
                             some(forecast < 1000 ? 1000 - forecast : 0)};
}

static void
a_met_link_is_solid_and_has_no_gap(void **state)
{
    (void)state;
    struct link link = proven(STATE_MET, 1100, 1100);
    struct bar bar = chart_bar(&link);
    assert_int_equal(bar.look, BAR_PROVEN);
    assert_float_equal(bar.measured, 1.1, 1e-9);
    assert_false(bar.measured_beyond);
    assert_false(bar.has_forecast);
    assert_false(bar.has_gap);
    assert_false(bar.has_baseline);
}

static void
above_the_axis_the_end_is_pointed(void **state)
{
    (void)state;
    struct link link = proven(STATE_MET, 1251, 1251);
    struct bar bar = chart_bar(&link);
    assert_true(bar.measured_beyond);
    assert_float_equal(bar.measured, CHART_AXIS_END, 1e-9);
    link = proven(STATE_MET, 1250, 1250);
    bar = chart_bar(&link);
    assert_false(bar.measured_beyond);
}

static void
approved_measures_are_hatched_up_to_the_forecast(void **state)
{
    (void)state;
    struct link link = proven(STATE_COVERED, 800, 1300);
    struct bar bar = chart_bar(&link);
    assert_true(bar.has_forecast);
    assert_true(bar.forecast_beyond);
    assert_false(bar.has_gap);
    link = proven(STATE_SHORT, 762, 931);
    bar = chart_bar(&link);
    assert_float_equal(bar.forecast, 0.931, 1e-9);
    assert_true(bar.has_gap);
}

/* Its forecast has no column, so that an arrow had no number. */
static void
a_link_that_is_met_has_no_forecast(void **state)
{
    (void)state;
    struct link link = proven(STATE_MET, 1100, 1300);
    struct bar bar = chart_bar(&link);
    assert_false(bar.has_forecast);
    assert_false(bar.measured_beyond);
}

static void
measures_that_come_too_late_are_no_forecast(void **state)
{
    (void)state;
    struct link link = proven(STATE_SHORT, 762, 1100);
    struct bar bar = chart_bar(&link);
    assert_false(bar.has_forecast);
    assert_true(bar.has_gap);
}

static void
an_untested_link_has_no_length(void **state)
{
    (void)state;
    struct baseline baseline = {.link = "pay", .peak_qps = given("500")};
    struct link link = {
        .baseline = &baseline, .state = STATE_UNTESTED, .target_qps = 1000};
    struct bar bar = chart_bar(&link);
    assert_int_equal(bar.look, BAR_UNTESTED);
    assert_float_equal(bar.measured, 0, 1e-9);
    assert_false(bar.has_gap);
    assert_true(bar.has_baseline);
    assert_float_equal(bar.baseline, 0.5, 1e-9);
}

static void
stale_and_inconclusive_are_never_solid_to_their_end(void **state)
{
    (void)state;
    struct link link = {.baseline = &plain,
                        .state = STATE_STALE,
                        .target_qps = 1000,
                        .achieved_qps = decimal_of(1018),
                        .shown_qps = some(1018)};
    assert_int_equal(chart_bar(&link).look, BAR_STALE);
    assert_float_equal(chart_bar(&link).measured, 1.018, 1e-9);
    link.state = STATE_INCONCLUSIVE;
    link.shown_qps = some(700);
    link.achieved_qps = decimal_of(650);
    assert_int_equal(chart_bar(&link).look, BAR_INCONCLUSIVE);
    /* 700 is what more instances would carry; 650 was measured */
    assert_float_equal(chart_bar(&link).measured, 0.65, 1e-9);
    link.shown_qps = some(520); /* at the safe level */
    assert_float_equal(chart_bar(&link).measured, 0.52, 1e-9);
}

static void
a_capacity_from_too_few_instances_ends_at_what_was_carried(void **state)
{
    (void)state;
    struct link link = {.baseline = &plain,
                        .state = STATE_INCONCLUSIVE,
                        .target_qps = 1000,
                        .achieved_qps = decimal_of(60),
                        .shown_qps = some(1200)};
    assert_float_equal(chart_bar(&link).measured, 0.06, 1e-9);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_met_link_is_solid_and_has_no_gap),
        TEST(above_the_axis_the_end_is_pointed),
        TEST(approved_measures_are_hatched_up_to_the_forecast),
        TEST(a_link_that_is_met_has_no_forecast),
        TEST(measures_that_come_too_late_are_no_forecast),
        TEST(an_untested_link_has_no_length),
        TEST(stale_and_inconclusive_are_never_solid_to_their_end),
        TEST(a_capacity_from_too_few_instances_ends_at_what_was_carried),
    };
    return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
