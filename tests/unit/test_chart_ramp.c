/*
 * The ramp of a load test: round ticks that hold every value, marks that say
 * what held and what broke, and nothing that leaves the axes.
 */
#include "maker.h"

#include <math.h>
#include <string.h>

#include "document/chart_ramp.h"

static struct arena *arena;

static int
setup(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static void
assert_near(double got, double want)
{
    assert_true(fabs(got - want) <= 1e-9 * (1 + fabs(want)));
}

static const struct baseline plain = {.link = "order",
                                      .peak_qps = {true, {0}}};

/* A link whose test had these steps; 0 leaves a value out. */
struct level {
    const char *offered, *qps, *p99;
    bool holds;
};

static struct link
tested(const struct level *made, size_t count, const char *target)
{
    struct step *steps = arena_array(arena, count, struct step);
    struct walked *walked = arena_array(arena, count, struct walked);
    struct link link = {.baseline = &plain,
                        .state = STATE_SHORT,
                        .outcome = OUTCOME_MEASURED,
                        .steps = walked,
                        .step_count = count,
                        .held_step = count,
                        .broke_step = count};
    link.target_qps = given(target).value.units / whole_power10(DECIMAL_PLACES);
    struct slo *slo = arena_alloc(arena, sizeof *slo);
    slo->limit[LIMIT_P99_MS] = given("200");
    link.slo = slo;
    for (size_t i = 0; i < count; i++) {
        steps[i].given = 1u << METRIC_QPS;
        steps[i].metric[METRIC_QPS] = given(made[i].qps).value;
        if (made[i].offered) {
            steps[i].given |= 1u << METRIC_OFFERED_QPS;
            steps[i].metric[METRIC_OFFERED_QPS] = given(made[i].offered).value;
        }
        if (made[i].p99) {
            steps[i].given |= 1u << METRIC_P99_MS;
            steps[i].metric[METRIC_P99_MS] = given(made[i].p99).value;
        }
        walked[i] = (struct walked){&steps[i], made[i].holds};
        if (made[i].holds && link.broke_step == count) {
            link.held_step = i;
            link.achieved_qps = steps[i].metric[METRIC_QPS];
        } else if (!made[i].holds && link.broke_step == count) {
            link.broke_step = i;
            link.limited_by = 1u << LIMIT_P99_MS;
        }
    }
    return link;
}

/* Every point and line within the axes, every axis from 0 up. */
static void
check_within(const struct ramp *ramp)
{
    for (size_t i = 0; i < ramp->panel_count; i++) {
        const struct ramp_panel *panel = &ramp->panels[i];
        assert_true(panel->y.end > 0);
        assert_string_equal(panel->y.ticks[0].label, "0");
        assert_near(panel->y.ticks[panel->y.tick_count - 1].at, 1);
        for (size_t k = 0; k < ramp->point_count; k++) {
            assert_true(panel->points[k].x >= 0 && panel->points[k].x <= 1);
            assert_true(panel->points[k].y >= 0 && panel->points[k].y <= 1);
        }
        for (size_t k = 0; k < panel->line_count; k++)
            assert_true(panel->lines[k].at >= 0 && panel->lines[k].at <= 1);
    }
}

static void
ticks_are_round_and_end_above_the_most(void **state)
{
    (void)state;
    static const struct {
        double most;
        const char *second, *last;
        size_t count;
    } row[] = {
        {15000,        "5,000",           "15,000",            4},
        {15001,        "5,000",           "20,000",            5},
        {14999,        "2,000",           "16,000",            9},
        {1,            "0.2",             "1.0",               6},
        {0.3,          "0.1",             "0.3",               4},
        {7,            "2",               "8",                 5},
        {999999999999, "200,000,000,000", "1,000,000,000,000", 6},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct ramp_axis axis = ramp_axis_of(arena, row[i].most, 3);
        assert_true(axis.end >= row[i].most * (1 - 1e-9));
        assert_string_equal(axis.ticks[1].label, row[i].second);
        assert_string_equal(axis.ticks[axis.tick_count - 1].label,
                            row[i].last);
        assert_int_equal(axis.tick_count, row[i].count);
    }
}

static void
an_axis_of_nothing_still_has_an_end(void **state)
{
    (void)state;
    const double odd[] = {0, -1, NAN};
    for (size_t i = 0; i < 3; i++) {
        struct ramp_axis axis = ramp_axis_of(arena, odd[i], 3);
        assert_true(axis.end >= 1);
        assert_true(axis.tick_count >= 4);
    }
}

static void
ticks_stand_at_equal_shares(void **state)
{
    (void)state;
    for (double most = 1e-9; most < 1e13; most *= 3.7) {
        struct ramp_axis axis = ramp_axis_of(arena, most, 3);
        assert_true(axis.tick_count >= 4 && axis.tick_count <= 10);
        for (size_t i = 0; i < axis.tick_count; i++)
            assert_near(axis.ticks[i].at,
                               (double)i / (double)(axis.tick_count - 1));
    }
}

static void
the_last_that_held_and_the_first_that_broke_are_marked(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"6000",  "5990",  "60",  true },
        {"11500", "11430", "188", true },
        {"12500", "11890", "342", false},
        {"13500", "11800", "150", true },
    };
    struct link link = tested(made, 4, "15000");
    struct ramp ramp = chart_ramp(arena, &link);
    check_within(&ramp);
    assert_int_equal(ramp.load, RAMP_OFFERED);
    assert_int_equal(ramp.panel_count, 2);
    const struct ramp_point *points = ramp.panels[0].points;
    assert_int_equal(points[0].look, RAMP_HELD);
    assert_int_equal(points[1].look, RAMP_ACHIEVED);
    assert_int_equal(points[2].look, RAMP_BROKE);
    assert_int_equal(points[3].look, RAMP_LATER);
    assert_near(points[1].y, 11430 / ramp.panels[0].y.end);
    assert_near(ramp.panels[0].lines[0].at,
                       15000 / ramp.panels[0].y.end);
    assert_false(ramp.scaled);
}

static void
a_latency_far_above_its_limit_is_marked_as_beyond(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"6000", "5990", "60",      true },
        {"7000", "100",  "9999999", false},
    };
    struct link link = tested(made, 2, "15000");
    struct ramp ramp = chart_ramp(arena, &link);
    check_within(&ramp);
    assert_true(ramp.panels[1].points[1].beyond);
    assert_false(ramp.panels[1].points[0].beyond);
    /* its number stands beside it, and it is still the step that broke */
    assert_string_equal(ramp.panels[1].points[1].label, "9,999,999");
    assert_null(ramp.panels[1].points[0].label);
    assert_string_equal(ramp.panels[1].beyond, "9,999,999");
    assert_null(ramp.panels[0].beyond);
    assert_int_equal(ramp.broke, 1);
    assert_true(ramp.panels[1].y.end <= 1000);
    assert_true(ramp.panels[1].lines[0].at > 0.2);
}

static void
values_beyond_are_told_from_the_lowest_to_the_highest(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"6000", "5990", "60",   true },
        {"7000", "6000", "900",  false},
        {"7500", "6000", "2000", false},
        {"8000", "6000", "800",  false},
    };
    struct link link = tested(made, 4, "15000");
    struct ramp ramp = chart_ramp(arena, &link);
    assert_string_equal(ramp.panels[1].beyond, "800–2,000");
}

/* A little above the axis is not worth a mark: the axis is longer then. */
static void
a_latency_a_little_above_the_axis_makes_it_longer(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"6000", "5990", "60",    true },
        {"7000", "6900", "610.5", false},
    };
    struct link link = tested(made, 2, "15000");
    struct ramp ramp = chart_ramp(arena, &link);
    check_within(&ramp);
    assert_null(ramp.panels[1].beyond);
    assert_true(ramp.panels[1].y.end >= 610.5);
}

/* A target that is a round number does not end the axis. */
static void
the_axis_ends_above_the_target(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"6000", "5990", "60", true},
        {"7000", "6900", "70", true},
    };
    struct link link = tested(made, 2, "15000");
    struct ramp ramp = chart_ramp(arena, &link);
    assert_near(ramp.panels[0].lines[0].at * ramp.panels[0].y.end, 15000);
    assert_true(ramp.panels[0].y.end >= 1.05 * 15000);
}

/* The step that broke is the same in both panels; that it was not by the
   latency is told apart. */
static void
a_latency_that_held_is_not_what_broke(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"6000", "5990", "60", true },
        {"7000", "6900", "61", false},
    };
    struct link link = tested(made, 2, "15000");
    link.limited_by = 1u << LIMIT_ERROR_RATE;
    struct ramp ramp = chart_ramp(arena, &link);
    assert_int_equal(ramp.panels[0].points[1].look, RAMP_BROKE);
    assert_int_equal(ramp.panels[1].points[1].look, RAMP_BROKE);
    assert_false(ramp.panels[0].points[1].by_other);
    assert_true(ramp.panels[1].points[1].by_other);
    link.limited_by = 1u << LIMIT_P99_MS;
    ramp = chart_ramp(arena, &link);
    assert_int_equal(ramp.panels[1].points[1].look, RAMP_BROKE);
    assert_false(ramp.panels[1].points[1].by_other);
}

static void
one_step_of_zero_makes_a_ramp(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"1", "0", "1", false}
    };
    struct link link = tested(made, 1, "1");
    link.outcome = OUTCOME_NONE;
    struct ramp ramp = chart_ramp(arena, &link);
    check_within(&ramp);
    assert_int_equal(ramp.point_count, 1);
    assert_int_equal(ramp.panels[0].points[0].look, RAMP_BROKE);
    assert_near(ramp.panels[0].points[0].y, 0);
}

static void
steps_without_a_load_are_counted(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"6000", "5990", "60", true},
        {NULL,   "7000", "70", true},
    };
    struct link link = tested(made, 2, "15000");
    struct ramp ramp = chart_ramp(arena, &link);
    check_within(&ramp);
    assert_int_equal(ramp.load, RAMP_ORDER);
    assert_string_equal(ramp.x.ticks[1].label, "1");
    assert_near(ramp.panels[0].points[1].x, 2 / ramp.x.end);
}

static void
without_a_latency_there_is_one_panel(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"6000", "5990", NULL, true}
    };
    struct link link = tested(made, 1, "15000");
    struct ramp ramp = chart_ramp(arena, &link);
    check_within(&ramp);
    assert_int_equal(ramp.panel_count, 1);
    assert_int_equal(ramp_latency(&link), LIMIT_OFFERED);
}

static void
the_latency_that_broke_is_the_one_shown(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"6000", "5990", "60", false}
    };
    struct link link = tested(made, 1, "15000");
    ((struct step *)link.steps[0].step)->given |= 1u << METRIC_P50_MS;
    ((struct step *)link.steps[0].step)->metric[METRIC_P50_MS] =
        given("50").value;
    ((struct slo *)link.slo)->limit[LIMIT_P50_MS] = given("30");
    assert_int_equal(ramp_latency(&link), LIMIT_P99_MS);
    link.limited_by = 1u << LIMIT_P50_MS;
    assert_int_equal(ramp_latency(&link), LIMIT_P50_MS);
    link.limited_by = 1u << LIMIT_ERROR_RATE;
    assert_int_equal(ramp_latency(&link), LIMIT_P99_MS);
}

static void
rates_of_twelve_digits_keep_their_places(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"999999999999", "999999999998", "60",  true },
        {"999999999999", "999999999999", "201", false},
    };
    struct link link = tested(made, 2, "999999999999");
    struct ramp ramp = chart_ramp(arena, &link);
    check_within(&ramp);
    assert_string_equal(ramp.x.ticks[ramp.x.tick_count - 1].label,
                        "1,000,000,000,000");
}

static void
what_counts_otherwise_than_achieved_moves_the_lines(void **state)
{
    (void)state;
    static const struct level made[] = {
        {"6000", "5000", "60",  true },
        {"7000", "5100", "300", false},
    };
    struct link link = tested(made, 2, "15000");
    link.proven = true;
    link.usable_qps = (struct known){true, 10000}; /* twice the instances */
    struct ramp ramp = chart_ramp(arena, &link);
    check_within(&ramp);
    assert_true(ramp.scaled);
    assert_near(ramp.panels[0].lines[0].at * ramp.panels[0].y.end, 7500);
}

static void
an_untested_link_has_no_ramp(void **state)
{
    (void)state;
    struct link link = {.baseline = &plain, .state = STATE_UNTESTED};
    struct ramp ramp = chart_ramp(arena, &link);
    assert_int_equal(ramp.point_count, 0);
    assert_int_equal(ramp.panel_count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_round_and_end_above_the_most),
        cmocka_unit_test(an_axis_of_nothing_still_has_an_end),
        cmocka_unit_test(ticks_stand_at_equal_shares),
        cmocka_unit_test(
            the_last_that_held_and_the_first_that_broke_are_marked),
        cmocka_unit_test(a_latency_a_little_above_the_axis_makes_it_longer),
        cmocka_unit_test(the_axis_ends_above_the_target),
        cmocka_unit_test(a_latency_that_held_is_not_what_broke),
        cmocka_unit_test(a_latency_far_above_its_limit_is_marked_as_beyond),
        cmocka_unit_test(values_beyond_are_told_from_the_lowest_to_the_highest),
        cmocka_unit_test(one_step_of_zero_makes_a_ramp),
        cmocka_unit_test(steps_without_a_load_are_counted),
        cmocka_unit_test(without_a_latency_there_is_one_panel),
        cmocka_unit_test(the_latency_that_broke_is_the_one_shown),
        cmocka_unit_test(rates_of_twelve_digits_keep_their_places),
        cmocka_unit_test(what_counts_otherwise_than_achieved_moves_the_lines),
        cmocka_unit_test(an_untested_link_has_no_ramp),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
