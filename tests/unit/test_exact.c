/*
 * Numbers of load-test tools, read exactly.
 */
#include "reader.h"

#include "results/exact.h"

/* "1.5" of "1500" x 10^-3, "-" where it is refused. */
static const char *
read_number(struct fixture *fixture, const char *text, int shift,
            unsigned places, enum rounding rounding)
{
    struct decimal number;
    if (!exact_read(text, strlen(text), shift, places, rounding, &number))
        return "-";
    return decimal_text(fixture->arena, number);
}

static void
what_is_cut_off_is_rounded_as_asked(void **state)
{
    static const struct {
        const char *text;
        int shift;
        unsigned places;
        const char *down, *up;
    } cases[] = {
        {"0",                       0,  6,  "0",                "0"             },
        {"250.128",                 0,  6,  "250.128",          "250.128"       },
        {"269.58197487999973",      0,  6,  "269.581974",       "269.581975"    },
        {"0.0000001",               0,  6,  "0",                "0.000001"      },
        {"1.999999999",             0,  3,  "1.999",            "2"             },
        {"52242785",                -6, 6,  "52.242785",        "52.242785"     },
        {"0.0819",                  3,  6,  "81.9",             "81.9"          },
        {"577.393",                 -3, 6,  "0.577393",         "0.577393"      },
        {"9.995e2",                 0,  3,  "999.5",            "999.5"         },
        {"9.995E+2",                0,  3,  "999.5",            "999.5"         },
        {"6.1894261494177E-4",      0,  12, "0.000618942614",   "0.000618942615"},
        {"1e-99999999999999999999", 0,  6,  "0",                "0.000001"      },
        {"999999999999.9999",       0,  3,  "999999999999.999", "1000000000000" },
        {"0.00e5",                  0,  6,  "0",                "0"             },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(read_number(*state, cases[i].text, cases[i].shift,
                                        cases[i].places, ROUND_DOWN),
                            cases[i].down);
        assert_string_equal(read_number(*state, cases[i].text, cases[i].shift,
                                        cases[i].places, ROUND_UP),
                            cases[i].up);
    }
}

static void
what_is_no_number_is_refused(void **state)
{
    static const char *const cases[] = {"",
                                        "-1",
                                        "+1",
                                        ".5",
                                        "5.",
                                        "01",
                                        "1,5",
                                        "1 ",
                                        "0x1",
                                        "nan",
                                        "inf",
                                        "1e",
                                        "1e+",
                                        "1e5x",
                                        "1000000000000",
                                        "1e12",
                                        "1_0",
                                        "５",
                                        "1e99999999999999999999",
                                        "999.5rps"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(read_number(*state, cases[i], 0, 6, ROUND_UP), "-");
}

static void
counts_are_digits_alone(void **state)
{
    (void)state;
    static const char *const refused[] = {
        "", "-1", "1.0", "1e3", "007", "1000000000001", "99999999999999999999"};
    uint64_t count;
    assert_true(exact_count("0", 1, &count));
    assert_int_equal(count, 0);
    assert_true(exact_count("1000000000000", 13, &count));
    assert_int_equal(count, EXACT_MOST_COUNT);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(exact_count(refused[i], strlen(refused[i]), &count));
}

static void
rates_are_rounded_down(void **state)
{
    struct fixture *fixture = *state;
    struct decimal qps, seconds = decimal_scaled(803, 2);
    assert_true(exact_per_second(4093, seconds, &qps));
    assert_string_equal(decimal_text(fixture->arena, qps), "509.713");
    struct decimal rate = decimal_scaled(9995, 1);
    assert_true(exact_share(rate, 59940, 60000, &qps));
    assert_string_equal(decimal_text(fixture->arena, qps), "998.5");
    assert_true(exact_seconds(601, decimal_scaled(997265, 4), &seconds));
    assert_string_equal(decimal_text(fixture->arena, seconds), "6.026482429");
}

static void
what_is_beyond_all_measure_is_refused(void **state)
{
    (void)state;
    struct decimal found;
    assert_false(
        exact_per_second(EXACT_MOST_COUNT, decimal_scaled(1, 9), &found));
    assert_false(exact_per_second(EXACT_MOST_COUNT, decimal_of(1), &found));
    assert_false(
        exact_seconds(EXACT_MOST_COUNT, decimal_scaled(1, 12), &found));
    struct decimal most = decimal_scaled(whole_power10(24) - 1, 12);
    assert_true(exact_share(most, EXACT_MOST_COUNT, EXACT_MOST_COUNT, &found));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_cut_off_is_rounded_as_asked),
        TEST(what_is_no_number_is_refused),
        TEST(counts_are_digits_alone),
        TEST(rates_are_rounded_down),
        TEST(what_is_beyond_all_measure_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
