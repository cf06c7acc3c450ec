/*
 * The way from usable to target: each part begins where the one before ends,
 * the last ends at the target, and nothing late or unproven looks as if it
 * counted.
 */
#include "maker.h"

#include "document/chart.h"
#include "document/chart_bridge.h"

static const struct baseline plain = {.link = "order"};

static struct known
some(long value)
{
    return (struct known){true, value};
}

/* A link with a target of 1000. */
static struct link
proven(enum state state, long usable, long optimised, long forecast)
{
    return (struct link){
        .baseline = &plain,
        .state = state,
        .proven = true,
        .target_qps = 1000,
        .usable_qps = some(usable),
        .optimised_qps = some(optimised),
        .forecast_qps = some(forecast),
        .gap_after_qps = some(forecast < 1000 ? 1000 - forecast : 0)};
}

static void
is(const struct bridge *bridge, enum bridge_part part, double from, double to)
{
    assert_true(bridge->parts[part].there);
    assert_float_equal(bridge->parts[part].from, from, 1e-9);
    assert_float_equal(bridge->parts[part].to, to, 1e-9);
}

static void
each_part_begins_where_the_one_before_ends(void **state)
{
    (void)state;
    struct link link = proven(STATE_SHORT, 700, 770, 900);
    struct bridge bridge = chart_bridge(&link);
    is(&bridge, BRIDGE_USABLE, 0, 0.7);
    is(&bridge, BRIDGE_GAIN, 0.7, 0.77);
    is(&bridge, BRIDGE_ADDED, 0.77, 0.9);
    is(&bridge, BRIDGE_GAP, 0.9, 1);
}

static void
what_brings_nothing_has_no_part(void **state)
{
    (void)state;
    struct link link = proven(STATE_SHORT, 700, 700, 700);
    struct bridge bridge = chart_bridge(&link);
    is(&bridge, BRIDGE_USABLE, 0, 0.7);
    assert_false(bridge.parts[BRIDGE_GAIN].there);
    assert_false(bridge.parts[BRIDGE_ADDED].there);
    is(&bridge, BRIDGE_GAP, 0.7, 1);
    link = proven(STATE_SHORT, 0, 0, 0);
    bridge = chart_bridge(&link);
    assert_false(bridge.parts[BRIDGE_USABLE].there);
    is(&bridge, BRIDGE_GAP, 0, 1);
}

static void
a_covered_link_has_no_gap_and_may_end_in_a_point(void **state)
{
    (void)state;
    struct link link = proven(STATE_COVERED, 900, 900, 1250);
    struct bridge bridge = chart_bridge(&link);
    is(&bridge, BRIDGE_ADDED, 0.9, 1.25);
    assert_false(bridge.parts[BRIDGE_ADDED].beyond);
    assert_false(bridge.parts[BRIDGE_GAP].there);
    link = proven(STATE_COVERED, 900, 1300, 5000);
    bridge = chart_bridge(&link);
    is(&bridge, BRIDGE_GAIN, 0.9, CHART_AXIS_END);
    assert_true(bridge.parts[BRIDGE_GAIN].beyond);
    /* what lies all beyond the axis is in the columns */
    assert_false(bridge.parts[BRIDGE_ADDED].there);
}

static void
a_plan_that_is_late_does_not_count(void **state)
{
    (void)state;
    struct link link = proven(STATE_SHORT, 700, 770, 1100);
    struct bridge bridge = chart_bridge(&link);
    is(&bridge, BRIDGE_USABLE, 0, 0.7);
    assert_false(bridge.parts[BRIDGE_GAIN].there);
    assert_false(bridge.parts[BRIDGE_ADDED].there);
    is(&bridge, BRIDGE_GAP, 0.7, 1);
}

static void
nothing_unproven_has_a_way(void **state)
{
    (void)state;
    struct link link = {.baseline = &plain, .target_qps = 1000};
    struct bridge bridge = chart_bridge(&link);
    for (size_t i = 0; i < BRIDGE_PARTS; i++)
        assert_false(bridge.parts[i].there);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_part_begins_where_the_one_before_ends),
        cmocka_unit_test(what_brings_nothing_has_no_part),
        cmocka_unit_test(a_covered_link_has_no_gap_and_may_end_in_a_point),
        cmocka_unit_test(a_plan_that_is_late_does_not_count),
        cmocka_unit_test(nothing_unproven_has_a_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
