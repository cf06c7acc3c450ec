/*
 * Exact decimals: reading, arithmetic, text, doubles, division.
 */
#include "reader.h"

#include <math.h>

#include "base/decimal.h"

static enum decimal_fault
fault(const char *text)
{
    struct decimal number;
    size_t used;
    return decimal_read(text, strlen(text), &number, &used);
}

/* The text of a number that is sound and read to the end. */
static void
reads(struct fixture *fixture, const char *text, const char *expected)
{
    struct decimal number = {0};
    size_t used = 0;
    assert_int_equal(decimal_read(text, strlen(text), &number, &used),
                     DECIMAL_OK);
    assert_int_equal(used, strlen(text));
    assert_string_equal(decimal_text(fixture->arena, number), expected);
}

static void
plain_numbers_and_exponents_are_read_exactly(void **state)
{
    static const char *const rows[][2] = {
        {"0",                                        "0"                        },
        {"-0",                                       "0"                        },
        {"-0.0",                                     "0"                        },
        {"0e400",                                    "0"                        },
        {"12000",                                    "12000"                    },
        {"+12000",                                   "12000"                    },
        {"-0.25",                                    "-0.25"                    },
        {"12000.0",                                  "12000"                    },
        {"0.5",                                      "0.5"                      },
        {"1.5e4",                                    "15000"                    },
        {"1.5E+4",                                   "15000"                    },
        {"12e-3",                                    "0.012"                    },
        {"1e04",                                     "10000"                    },
        {"0.001e3",                                  "1"                        },
        {"120e-1",                                   "12"                       },
        {"999999999999.999999999999",                "999999999999.999999999999"},
        {"0.000000000001",                           "0.000000000001"           },
        {"1000000000000000000000000e-24",            "1"                        },
        {"12000.0000000000000000000000000000000000", "12000"                    },
        {"1.100000000000000000000000000000000000",   "1.1"                      },
        {"100.001",                                  "100.001"                  },
        {"0.00000000000000000000001e20",             "0.001"                    },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        reads(*state, rows[i][0], rows[i][1]);
}

static void
what_follows_a_number_is_left(void **state)
{
    struct decimal number;
    size_t used = 0;
    (void)state;
    assert_int_equal(decimal_read("12.5k", 5, &number, &used), DECIMAL_OK);
    assert_int_equal(used, 4);
    assert_int_equal(decimal_read("10w", 3, &number, &used), DECIMAL_OK);
    assert_int_equal(used, 2);
    assert_int_equal(decimal_read("10万", 5, &number, &used), DECIMAL_OK);
    assert_int_equal(used, 2);
    assert_int_equal(decimal_read("0x2EE0", 6, &number, &used), DECIMAL_OK);
    assert_int_equal(used, 1);
    assert_int_equal(decimal_read("12345", 3, &number, &used), DECIMAL_OK);
    assert_int_equal(used, 3);
}

static void
what_is_no_number_is_refused(void **state)
{
    static const char *const rows[] = {
        "",    "-",    "+",    ".",   ".5",       "5.",   "12.x", "e5",
        "12e", "12e+", "12e-", "--1", "abc",      "true", " 12",  ">12",
        "~12", "-.e1", "na",   "in",  "infinite", ".na",  "\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(fault(rows[i]), DECIMAL_NOT_A_NUMBER);
}

static void
infinities_and_nan_are_told_apart(void **state)
{
    static const char *const rows[] = {".nan",  "NaN", "nan",       ".inf",
                                       "-.inf", "Inf", "-Infinity", "+inf"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(fault(rows[i]), DECIMAL_NOT_FINITE);
}

static void
leading_zeros_are_refused(void **state)
{
    (void)state;
    assert_int_equal(fault("010"), DECIMAL_LEADING_ZERO);
    assert_int_equal(fault("012000"), DECIMAL_LEADING_ZERO);
    assert_int_equal(fault("00"), DECIMAL_LEADING_ZERO);
    assert_int_equal(fault("-00.5"), DECIMAL_LEADING_ZERO);
}

static void
separators_are_refused(void **state)
{
    static const char *const rows[] = {
        "12,000",      "12_000",      "12 000",      "12'000",
        "12\u00A0000", "12\u2009000", "12\u202F000", "12\u2019000",
        "12\uFF0C000", "12.5,0",      "1.234,5"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(fault(rows[i]), DECIMAL_SEPARATOR);
    assert_int_equal(fault("12,"), DECIMAL_OK);
    assert_int_equal(fault("12, "), DECIMAL_OK);
    assert_int_equal(fault("12\u200B0"), DECIMAL_OK);
}

static void
digits_of_other_scripts_are_refused(void **state)
{
    static const char *const rows[] = {
        "\uFF11\uFF12", "\u0661\u0662", "一万",     "\u221212",
        "-\uFF11",      "1\uFF12",      "1.5\u0662"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(fault(rows[i]), DECIMAL_OTHER_DIGITS);
}

static void
more_than_twelve_digits_on_a_side_are_refused(void **state)
{
    static const char *const rows[] = {
        "1000000000000",
        "1e12",
        "1e400",
        "1e-13",
        "1e-400",
        "0.0000000000001",
        "1.0000000000001",
        "123456789012345678901234567890",
        "1000000000000000000000000000000.00000000000000000000000000000001",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "1000000000001.000000000001"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(fault(rows[i]), DECIMAL_TOO_LONG);
}

static void
sums_and_products_are_exact(void **state)
{
    struct fixture *fixture = *state;
    struct decimal tenth = decimal_scaled(1, 1), three = decimal_of(3);
    struct decimal sum = decimal_add(decimal_add(tenth, tenth), tenth);
    assert_int_equal(decimal_compare(sum, decimal_scaled(3, 1)), 0);
    assert_int_equal(decimal_compare(sum, three), -1);
    assert_int_equal(decimal_compare(three, sum), 1);
    assert_true(decimal_is_zero(decimal_subtract(sum, sum)));
    assert_false(decimal_is_zero(sum));
    assert_string_equal(
        decimal_text(fixture->arena,
                     decimal_multiply(decimal_scaled(-12, 1), tenth)),
        "-0.12");
    assert_string_equal(
        decimal_text(fixture->arena, decimal_multiply(decimal_of(0), tenth)),
        "0");
    assert_string_equal(
        decimal_text(fixture->arena, decimal_multiply(tenth, decimal_of(0))),
        "0");
    assert_string_equal(
        decimal_text(fixture->arena,
                     decimal_multiply(decimal_scaled(1000000000001, 12),
                                      decimal_scaled(1000000000001, 12))),
        "1.000000000002000000000001");
    assert_string_equal(
        decimal_text(fixture->arena, decimal_multiply(decimal_scaled(1, 20),
                                                      decimal_scaled(7, 4))),
        "0.000000000000000000000007");
}

static void
whole_numbers_are_written_in_full(void **state)
{
    struct arena *arena = ((struct fixture *)*state)->arena;
    whole huge = whole_power10(38);
    assert_string_equal(whole_text(arena, 0), "0");
    assert_string_equal(whole_text(arena, -7), "-7");
    assert_string_equal(whole_text(arena, huge),
                        "100000000000000000000000000000000000000");
    assert_string_equal(whole_text(arena, -huge),
                        "-100000000000000000000000000000000000000");
    assert_string_equal(whole_text(arena, huge + 1),
                        "100000000000000000000000000000000000001");
    assert_string_equal(whole_scaled_text(arena, 762, 3), "0.762");
    assert_string_equal(whole_scaled_text(arena, -238, 3), "-0.238");
    assert_string_equal(whole_scaled_text(arena, 28575, 2), "285.75");
    assert_string_equal(whole_scaled_text(arena, 1000, 3), "1");
    assert_string_equal(whole_scaled_text(arena, 0, 3), "0");
    assert_string_equal(whole_scaled_text(arena, huge + 1, 38),
                        "1.00000000000000000000000000000000000001");
}

static void
doubles_are_the_nearest(void **state)
{
    (void)state;
    assert_true(decimal_double(decimal_of(0)) == 0.0);
    assert_true(decimal_double(decimal_scaled(1, 1)) == 0.1);
    assert_true(decimal_double(decimal_scaled(-3, 1)) == -0.3);
    assert_true(decimal_double(decimal_of(999999999999)) == 999999999999.0);
    assert_true(decimal_double(decimal_scaled(1, 24)) == 1e-24);
    whole beyond = (whole)999999999999999999 * 1000000 + 999999;
    assert_true(decimal_double(decimal_scaled(beyond, 12)) ==
                999999999999.999999999999);
    assert_true(decimal_double(decimal_scaled(-beyond, 12)) ==
                -999999999999.999999999999);
    assert_true(whole_double(whole_power10(20)) == 1e20);
}

static void
division_rounds_towards_the_infinities(void **state)
{
    (void)state;
    assert_true(whole_floor_divide(7, 2) == 3);
    assert_true(whole_floor_divide(-7, 2) == -4);
    assert_true(whole_floor_divide(-8, 2) == -4);
    assert_true(whole_ceil_divide(7, 2) == 4);
    assert_true(whole_ceil_divide(-7, 2) == -3);
    assert_true(whole_ceil_divide(8, 2) == 4);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(plain_numbers_and_exponents_are_read_exactly),
        TEST(what_follows_a_number_is_left),
        TEST(what_is_no_number_is_refused),
        TEST(infinities_and_nan_are_told_apart),
        TEST(leading_zeros_are_refused),
        TEST(separators_are_refused),
        TEST(digits_of_other_scripts_are_refused),
        TEST(more_than_twelve_digits_on_a_side_are_refused),
        TEST(sums_and_products_are_exact),
        TEST(whole_numbers_are_written_in_full),
        TEST(doubles_are_the_nearest),
        TEST(division_rounds_towards_the_infinities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
