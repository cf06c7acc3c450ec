/*
 * The figures of a step: exact, and rounded against ourselves.
 */
#include "reader.h"

#include "results/figure.h"

static const char *
text(void **state, struct decimal number)
{
    struct fixture *fixture = *state;
    return decimal_text(fixture->arena, number);
}

static void
rates_are_rounded_down_to_three_decimals(void **state)
{
    assert_string_equal(text(state, figure_rate(217, 5715000000)),
                        "37.97");
    assert_string_equal(text(state, figure_rate(2, 3000000000)), "0.666");
    assert_string_equal(text(state, figure_rate(0, 1)), "0");
    assert_string_equal(text(state, figure_rate(1000000000000, 1000000000)),
                        "1000000000000");
}

static void
shares_have_six_digits_rounded_up(void **state)
{
    assert_string_equal(text(state, figure_share(0, 7)), "0");
    assert_string_equal(text(state, figure_share(1, 100)), "0.01");
    assert_string_equal(text(state, figure_share(7, 7)), "1");
    assert_string_equal(text(state, figure_share(1, 3)), "0.333334");
    assert_string_equal(text(state, figure_share(1, 3000)), "0.000333334");
    /* a share just above a limit of 1 % does not become 1 % */
    assert_string_equal(text(state, figure_share(1000001, 100000000)),
                        "0.0100001");
    /* nor is the smallest one 0 */
    assert_string_equal(text(state, figure_share(1, UINT64_MAX)),
                        "0.000000000001");
}

static void
times_are_exact_and_never_zero(void **state)
{
    assert_string_equal(text(state, figure_ms(13619936)), "13.619936");
    assert_string_equal(text(state, figure_ms(20000000)), "20");
    assert_string_equal(text(state, figure_ms(0)), "1");
    assert_string_equal(text(state, figure_seconds(5715999999)), "5.715");
    assert_string_equal(text(state, figure_seconds(10)), "0.001");
}

static struct optional
given(const char *text)
{
    struct optional value = {.given = true};
    size_t used;
    assert_int_equal(decimal_read(text, strlen(text), &value.value, &used),
                     DECIMAL_OK);
    return value;
}

static void
a_summary_gives_what_it_knows_and_nothing_else(void **state)
{
    struct step step = {0};
    struct summary summary = {.label = "",
                              .has_counts = true,
                              .requests = 884,
                              .failed = 3,
                              .seconds = given("8.07"),
                              .concurrency = given("2")};
    summary.percentile_ms[P50] = given("0");
    summary.percentile_ms[P99] = given("74.7200009");
    figure_summary(&step, &summary);
    assert_int_equal(step.given, 1u << METRIC_QPS | 1u << METRIC_CONCURRENCY |
                                     1u << METRIC_DURATION_S |
                                     1u << METRIC_P50_MS | 1u << METRIC_P99_MS |
                                     1u << METRIC_ERROR_RATE);
    assert_string_equal(text(state, step.metric[METRIC_QPS]), "109.169");
    assert_string_equal(text(state, step.metric[METRIC_ERROR_RATE]),
                        "0.00339367");
    assert_string_equal(text(state, step.metric[METRIC_P50_MS]), "1");
    assert_string_equal(text(state, step.metric[METRIC_P99_MS]), "74.720001");
}

static void
a_summary_s_own_rate_counts_before_a_computed_one(void **state)
{
    struct step step = {0};
    struct summary summary = {.has_counts = true,
                              .requests = 100,
                              .seconds = given("10"),
                              .qps = given("9.87654"),
                              .offered_qps = given("10.00001")};
    figure_summary(&step, &summary);
    assert_string_equal(text(state, step.metric[METRIC_QPS]), "9.876");
    assert_string_equal(text(state, step.metric[METRIC_OFFERED_QPS]), "10.001");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            rates_are_rounded_down_to_three_decimals, fixture_setup,
            fixture_teardown),
        cmocka_unit_test_setup_teardown(shares_have_six_digits_rounded_up,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(times_are_exact_and_never_zero,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(
            a_summary_gives_what_it_knows_and_nothing_else, fixture_setup,
            fixture_teardown),
        cmocka_unit_test_setup_teardown(
            a_summary_s_own_rate_counts_before_a_computed_one, fixture_setup,
            fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
