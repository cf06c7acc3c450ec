/*
 * Which test counts: by day, by the order given, by what it shows.
 */
#include "maker.h"

#include "assess/choose.h"

static struct made *made;
static struct baseline *link;
static struct terms terms;

static int
setup(void **state)
{
    arena_setup(state);
    made = make_season(*state);
    link = add_baseline(made, "a", "10000", 40);
    terms = (struct terms){.slo = made->season.slo,
                           .validity_days = 14,
                           .scale_efficiency = number("0.9"),
                           .safe_level = number("1")};
    return 0;
}

static struct tests
tests_of(void)
{
    const struct result *results[MOST];
    for (size_t i = 0; i < made->season.result_count; i++)
        results[i] = &made->result[i];
    return choose_tests(made->arena, &made->season, link, &terms, results,
                        made->season.result_count, made->diag);
}

/* The index of the result that counts, -1 for none; *stale where wanted. */
static long
chosen(whole target, bool *stale)
{
    bool is_stale;
    struct tests tests = tests_of();
    const struct evidence *evidence =
        choose_evidence(&tests, target, stale ? stale : &is_stale);
    return evidence ? evidence->result - made->result : -1;
}

static void
no_result_is_no_evidence(void **state)
{
    (void)state;
    bool stale = true;
    assert_int_equal(chosen(1, &stale), -1);
    assert_false(stale);
}

static void
a_result_after_as_of_does_not_count(void **state)
{
    (void)state;
    bool stale = true;
    add_measured(made, "a", "2026-11-01", 40, "20000");
    assert_int_equal(chosen(1, &stale), -1);
    assert_false(stale);
}

static void
a_result_of_as_of_itself_counts(void **state)
{
    (void)state;
    add_measured(made, "a", "2026-10-31", 40, "20000");
    assert_int_equal(chosen(1, NULL), 0);
}

static void
a_test_is_valid_on_its_last_day_and_stale_after(void **state)
{
    (void)state;
    bool stale;
    add_measured(made, "a", "2026-10-17", 40, "20000"); /* 14 days */
    assert_int_equal(chosen(1, &stale), 0);
    assert_false(stale);
    made->result[0].date = on("2026-10-16");
    assert_int_equal(chosen(1, &stale), 0);
    assert_true(stale);
}

static void
of_stale_results_the_newest_is_shown(void **state)
{
    (void)state;
    bool stale;
    add_at_least(made, "a", "2026-09-02", 40, "20000");
    add_at_least(made, "a", "2026-09-03", 40, "10");
    add_measured(made, "a", "2026-09-01", 40, "20000");
    assert_int_equal(chosen(1, &stale), 1);
    assert_true(stale);
}

static void
the_newest_measured_counts_however_low(void **state)
{
    (void)state;
    add_measured(made, "a", "2026-10-29", 40, "20000");
    add_measured(made, "a", "2026-10-30", 40, "5");
    assert_int_equal(chosen(15000, NULL), 1);
}

static void
the_newest_none_counts_as_well(void **state)
{
    (void)state;
    add_measured(made, "a", "2026-10-29", 40, "20000");
    struct result *none = add_result(made, "a", "2026-10-30", 40);
    add_step(none, step_of("10", "10", "900", "0", "300"));
    assert_int_equal(chosen(15000, NULL), 1);
}

static void
a_lower_bound_below_target_is_passed_over(void **state)
{
    (void)state;
    add_measured(made, "a", "2026-10-29", 40, "11000");
    add_at_least(made, "a", "2026-10-30", 40, "14999");
    assert_int_equal(chosen(15000, NULL), 0);
}

static void
a_lower_bound_that_reaches_the_target_counts(void **state)
{
    (void)state;
    add_measured(made, "a", "2026-10-29", 40, "11000");
    add_at_least(made, "a", "2026-10-30", 40, "15000");
    assert_int_equal(chosen(15000, NULL), 1);
}

static void
an_older_lower_bound_may_reach_it(void **state)
{
    (void)state;
    add_at_least(made, "a", "2026-10-28", 40, "15000");
    add_at_least(made, "a", "2026-10-30", 40, "14000");
    assert_int_equal(chosen(15000, NULL), 0);
}

static void
where_none_does_the_newest_is_shown(void **state)
{
    (void)state;
    bool stale = true;
    add_at_least(made, "a", "2026-10-30", 40, "13000");
    add_at_least(made, "a", "2026-10-28", 40, "14000");
    assert_int_equal(chosen(15000, &stale), 0);
    assert_false(stale);
}

static void
a_stale_measured_one_does_not_help(void **state)
{
    (void)state;
    add_measured(made, "a", "2026-09-01", 40, "20000");
    add_at_least(made, "a", "2026-10-30", 40, "14000");
    assert_int_equal(chosen(15000, NULL), 1);
}

static void
of_one_day_the_last_given_counts(void **state)
{
    (void)state;
    add_measured(made, "a", "2026-10-30", 40, "20000");
    add_measured(made, "a", "2026-10-30", 40, "11000");
    add_measured(made, "a", "2026-10-30", 40, "12000");
    assert_int_equal(chosen(15000, NULL), 2);
}

static void
instances_default_to_each_other(void **state)
{
    (void)state;
    add_measured(made, "a", "2026-10-30", 0, "20000");
    struct tests tests = tests_of();
    assert_int_equal(tests.list[0].capacity.tested, 40);
    assert_int_equal(tests.list[0].instances, 40);

    link->instances = 0;
    made->result[0].instances = 10;
    tests = tests_of();
    assert_int_equal(tests.list[0].capacity.tested, 10);
    assert_int_equal(tests.list[0].instances, 10);

    made->result[0].instances = 0;
    tests = tests_of();
    assert_int_equal(tests.list[0].capacity.tested, 0);
    assert_int_equal(tests.list[0].instances, 0);
    assert_true(tests.list[0].usable == 20000);
}

static void
usable_counts_production(void **state)
{
    (void)state;
    add_measured(made, "a", "2026-10-30", 10, "1000");
    terms.safe_level = number("0.5");
    struct tests tests = tests_of();
    assert_true(tests.list[0].usable == 1850); /* 1000 (1 + 3 x 0.9) / 2 */
}

static void
a_test_larger_than_production_is_warned_of(void **state)
{
    (void)state;
    add_measured(made, "a", "2026-10-30", 41, "1000");
    add_measured(made, "a", "2026-10-30", 40, "1000");
    tests_of();
    assert_int_equal(messages(made, DIAG_TEST_LARGER), 1);
    link->instances = 0;
    tests_of();
    assert_int_equal(messages(made, DIAG_TEST_LARGER), 1);
}

static void
a_newer_test_that_proves_less_is_named(void **state)
{
    (void)state;
    const struct evidence *better;
    add_measured(made, "a", "2026-10-28", 40, "12000");
    add_measured(made, "a", "2026-10-27", 40, "11000");
    struct tests tests = tests_of();
    assert_null(choose_weaker(&tests, &better));
    assert_null(better);

    add_at_least(made, "a", "2026-10-29", 40, "11500");
    tests = tests_of();
    const struct evidence *weaker = choose_weaker(&tests, &better);
    assert_ptr_equal(weaker->result, &made->result[2]);
    assert_ptr_equal(better->result, &made->result[0]);
}

static void
an_older_test_that_is_stale_is_no_measure(void **state)
{
    (void)state;
    const struct evidence *better;
    add_measured(made, "a", "2026-10-28", 40, "11000");
    add_measured(made, "a", "2026-09-27", 40, "12000");
    struct tests tests = tests_of();
    assert_null(choose_weaker(&tests, &better));
}

#define CHOOSE(function)                                                       \
    cmocka_unit_test_setup_teardown(function, setup, arena_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CHOOSE(no_result_is_no_evidence),
        CHOOSE(a_result_after_as_of_does_not_count),
        CHOOSE(a_result_of_as_of_itself_counts),
        CHOOSE(a_test_is_valid_on_its_last_day_and_stale_after),
        CHOOSE(of_stale_results_the_newest_is_shown),
        CHOOSE(the_newest_measured_counts_however_low),
        CHOOSE(the_newest_none_counts_as_well),
        CHOOSE(a_lower_bound_below_target_is_passed_over),
        CHOOSE(a_lower_bound_that_reaches_the_target_counts),
        CHOOSE(an_older_lower_bound_may_reach_it),
        CHOOSE(where_none_does_the_newest_is_shown),
        CHOOSE(a_stale_measured_one_does_not_help),
        CHOOSE(of_one_day_the_last_given_counts),
        CHOOSE(instances_default_to_each_other),
        CHOOSE(usable_counts_production),
        CHOOSE(a_test_larger_than_production_is_warned_of),
        CHOOSE(a_newer_test_that_proves_less_is_named),
        CHOOSE(an_older_test_that_is_stale_is_no_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
