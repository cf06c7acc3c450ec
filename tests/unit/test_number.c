/*
 * Numbers as printed: commas, per cents, the true minus, days.
 */
#include "maker.h"

#include "document/value.h"

static void
thousands_are_parted_by_commas(void **state)
{
    assert_string_equal(number_whole(*state, 0), "0");
    assert_string_equal(number_whole(*state, 7), "7");
    assert_string_equal(number_whole(*state, 999), "999");
    assert_string_equal(number_whole(*state, 1000), "1,000");
    assert_string_equal(number_whole(*state, 15000), "15,000");
    assert_string_equal(number_whole(*state, 999999999999), "999,999,999,999");
    assert_string_equal(number_whole(*state, whole_power10(30)),
                        "1,000,000,000,000,000,000,000,000,000,000");
}

static void
only_the_whole_part_has_commas(void **state)
{
    assert_string_equal(number_decimal(*state, number("1234.56789")),
                        "1,234.56789");
    assert_string_equal(number_decimal(*state, number("0.123456")), "0.123456");
    assert_string_equal(number_decimal(*state, number("1.50")), "1.5");
}

static void
cells_of_a_column_have_as_many_decimals(void **state)
{
    struct value value = {
        .kind = VALUE_DECIMAL, .decimal = number("688"), .places = 2};
    assert_string_equal(number_print(*state, &value), "688.00");
    value.decimal = number("1540.5");
    assert_string_equal(number_print(*state, &value), "1,540.50");
    value.decimal = number("285.75");
    assert_string_equal(number_print(*state, &value), "285.75");
    assert_string_equal(number_places(*state, number("1.2345"), 2), "1.2345");
}

static void
negative_numbers_have_a_minus_and_no_hyphen(void **state)
{
    assert_string_equal(number_whole(*state, -1500), "\u22121,500");
    assert_string_equal(number_whole(*state, -150), "\u2212150");
    assert_string_equal(number_percent(*state, -238), "\u221223.8%");
    assert_string_equal(number_percent(*state, -1), "\u22120.1%");
    assert_string_equal(number_decimal(*state, number("-0.5")), "\u22120.5");
}

static void
per_cents_have_one_decimal(void **state)
{
    assert_string_equal(number_percent(*state, 0), "0.0%");
    assert_string_equal(number_percent(*state, 762), "76.2%");
    assert_string_equal(number_percent(*state, 999), "99.9%");
    assert_string_equal(number_percent(*state, 1000), "100.0%");
    assert_string_equal(number_percent(*state, 12345678), "1,234,567.8%");
}

static void
ratios_are_exact(void **state)
{
    assert_string_equal(number_ratio(*state, number("0.001")), "0.1%");
    assert_string_equal(number_ratio(*state, number("30%")), "30%");
    assert_string_equal(number_ratio(*state, number("0.000000000001")),
                        "0.0000000001%");
    assert_string_equal(number_ratio(*state, number("10")), "1,000%");
}

static void
values_print_by_their_kind(void **state)
{
    struct value value = {.kind = VALUE_WHOLE, .number = 9000, .mark = "≥ "};
    assert_string_equal(number_print(*state, &value), "≥ 9,000");
    value = (struct value){.kind = VALUE_DAY, .day = on("2026-10-30")};
    assert_string_equal(number_print(*state, &value), "2026-10-30");
    value = (struct value){.kind = VALUE_DAY};
    assert_string_equal(number_print(*state, &value), "\u2014");
    value = (struct value){.kind = VALUE_NONE};
    assert_string_equal(number_print(*state, &value), "\u2014");
    value = (struct value){.kind = VALUE_RATIO, .decimal = number("0.6")};
    assert_string_equal(number_print(*state, &value), "60%");
    value = (struct value){.kind = VALUE_DECIMAL, .decimal = number("1.4")};
    assert_string_equal(number_print(*state, &value), "1.4");
    value = (struct value){.kind = VALUE_PERCENT, .number = 1013};
    assert_string_equal(number_print(*state, &value), "101.3%");
    value = (struct value){.kind = VALUE_TEXT, .text = {.one = "SRE"}};
    assert_string_equal(number_print(*state, &value), "SRE");
    value = (struct value){.kind = VALUE_TEXT};
    assert_string_equal(number_print(*state, &value), "\u2014");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(thousands_are_parted_by_commas),
        TEST(only_the_whole_part_has_commas),
        TEST(cells_of_a_column_have_as_many_decimals),
        TEST(negative_numbers_have_a_minus_and_no_hyphen),
        TEST(per_cents_have_one_decimal),
        TEST(ratios_are_exact),
        TEST(values_print_by_their_kind),
    };
    return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
