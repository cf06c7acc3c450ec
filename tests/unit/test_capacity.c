/*
 * Capacity: C(k), left(k), cap(k), targets, expansion and gain, held against a
 * plain search and against the contract's own numbers.
 */
#include "maker.h"

#include "assess/capacity.h"

static struct capacity
order_submit(void)
{
    return (struct capacity){.achieved = number("11430"),
                             .tested = 40,
                             .scale_efficiency = number("0.9"),
                             .safe_level = number("1")};
}

static whole
floor_of(const struct capacity *capacity, whole k, const char *gain)
{
    return capacity_floor(capacity, k, number(gain));
}

static void
target_is_exact_where_binary_fractions_are_not(void **state)
{
    (void)state;
    /* 1.3 + 0.1 in doubles makes 14,001 of this */
    assert_true(capacity_target(number("10000"), number("1.4")) == 14000);
    assert_true(capacity_target(number("10000"), number("1.5")) == 15000);
    assert_true(capacity_target(number("100000"), number("1.4")) == 140000);
    assert_true(capacity_target(number("100000"), number("1.5")) == 150000);
    assert_true(capacity_target(number("100000"), number("1.09")) == 109000);
}

static void
target_is_rounded_up(void **state)
{
    (void)state;
    assert_true(capacity_target(number("10000.000000000001"), number("1")) ==
                10001);
    assert_true(capacity_target(number("0.000000000001"),
                                number("0.000000000001")) == 1);
    assert_true(capacity_target(number("999999999999.999999999999"),
                                number("121")) == (whole)121000000000000);
}

static void
capacity_is_proportional_up_to_the_tested_instances(void **state)
{
    (void)state;
    struct capacity c = order_submit();
    assert_true(floor_of(&c, 40, "0") == 11430);
    assert_true(floor_of(&c, 20, "0") == 5715);
    assert_true(floor_of(&c, 39, "0") == 11144); /* 11144.25 */
    assert_true(floor_of(&c, 0, "0") == 0);
}

static void
an_added_instance_brings_its_efficiency(void **state)
{
    (void)state;
    struct capacity c = order_submit();
    assert_true(floor_of(&c, 46, "0") == 12973); /* 12973.05 */
    assert_true(floor_of(&c, 80, "0") == 21717);
}

static void
gain_multiplies_before_the_rounding(void **state)
{
    (void)state;
    struct capacity c = {.achieved = number("1.9"),
                         .tested = 1,
                         .scale_efficiency = number("1"),
                         .safe_level = number("1")};
    assert_true(floor_of(&c, 1, "0.1") == 2); /* 2.09, not 1 x 1.1 */
}

static void
safe_level_takes_its_share(void **state)
{
    (void)state;
    struct capacity c = order_submit();
    c.safe_level = number("0.7");
    assert_true(floor_of(&c, 40, "0") == 8001);
}

static void
instances_that_nobody_knows_do_not_matter(void **state)
{
    (void)state;
    struct capacity c = order_submit();
    c.tested = 0;
    c.safe_level = number("0.5");
    assert_true(floor_of(&c, 0, "0") == 5715);
    assert_true(floor_of(&c, 1000, "1") == 11430);
}

/* Instances one by one into the zones, then the largest zones off. */
static whole
left_by_hand(unsigned zones, unsigned lost, unsigned k)
{
    unsigned zone[8] = {0};
    for (unsigned i = 0; i < k; i++)
        zone[i % zones]++;
    whole left = 0; /* zone[0] is the largest, zone[zones - 1] the smallest */
    for (unsigned i = lost; i < zones; i++)
        left += zone[i];
    return left;
}

static void
losing_zones_takes_the_largest(void **state)
{
    (void)state;
    struct capacity c = order_submit();
    assert_true(capacity_left(&c, 40) == 40);
    for (c.zones = 1; c.zones <= 8; c.zones++)
        for (c.survive_zones = 0; c.survive_zones < c.zones; c.survive_zones++)
            for (unsigned k = 0; k < 40; k++)
                assert_true(capacity_left(&c, k) ==
                            left_by_hand(c.zones, c.survive_zones, k));
}

static void
zone_loss_counts_before_the_tested_instances(void **state)
{
    (void)state;
    struct capacity c = order_submit();
    c.zones = 3;
    c.survive_zones = 1;
    /* 60 less 20 is what was tested */
    assert_true(floor_of(&c, 60, "0") == 11430);
    assert_true(floor_of(&c, 1, "0") == 0);
}

/* The smallest e by trying one after the other. */
static whole
search(const struct capacity *c, unsigned n, const char *gain, whole target)
{
    whole e = 0;
    while (floor_of(c, n + e, gain) < target)
        e++;
    return e;
}

static void
expansion_is_the_smallest_that_does(void **state)
{
    (void)state;
    static const char *const efficiency[] = {"1", "0.9", "0.333", "0.05"};
    static const char *const level[] = {"1", "0.7", "0.61"};
    static const char *const gain[] = {"0", "0.1", "0.07"};
    for (unsigned i = 0; i < 4 * 3 * 3 * 6; i++) {
        struct capacity c = {.achieved = number(i % 2 ? "1234.5" : "999"),
                             .tested = 1 + i % 7,
                             .zones = i % 6,
                             .survive_zones = i % 6 > 2 ? i % 6 - 2 : 0,
                             .scale_efficiency = number(efficiency[i % 4]),
                             .safe_level = number(level[i % 3])};
        for (unsigned n = 1; n < 12; n += 3) {
            for (whole target = 1; target < 6000; target += 487) {
                whole found = -1;
                const char *g = gain[i / 12 % 3];
                assert_int_equal(
                    capacity_expansion(&c, n, number(g), target, &found),
                    FOUND);
                assert_true(found == search(&c, n, g, target));
            }
        }
    }
}

static void
expansion_meets_the_example_of_the_contract(void **state)
{
    (void)state;
    struct capacity c = order_submit();
    whole e;
    assert_int_equal(capacity_expansion(&c, 40, number("0"), 15000, &e), FOUND);
    assert_true(e == 14);
    assert_int_equal(capacity_expansion(&c, 40, number("0"), 14000, &e), FOUND);
    assert_true(e == 10);
}

static void
expansion_at_the_very_border_needs_no_more(void **state)
{
    (void)state;
    struct capacity c = {.achieved = number("1000"),
                         .tested = 10,
                         .scale_efficiency = number("0.5"),
                         .safe_level = number("1")};
    whole e;
    capacity_expansion(&c, 10, number("0"), 1050, &e);
    assert_true(e == 1); /* exactly 1050 */
    capacity_expansion(&c, 10, number("0"), 1051, &e);
    assert_true(e == 2);
    capacity_expansion(&c, 4, number("0"), 500, &e);
    assert_true(e == 1); /* below the tested instances */
}

static void
nothing_measured_cannot_be_multiplied(void **state)
{
    (void)state;
    struct capacity c = order_submit();
    whole e = 7;
    c.achieved = number("0");
    assert_int_equal(capacity_expansion(&c, 40, number("0"), 1, &e),
                     FOUND_NOTHING);
}

static void
unknown_instances_have_no_expansion_but_none(void **state)
{
    (void)state;
    struct capacity c = order_submit();
    whole e = 7;
    c.tested = 0;
    assert_int_equal(capacity_expansion(&c, 0, number("0"), 11431, &e),
                     FOUND_NOTHING);
    assert_int_equal(capacity_expansion(&c, 0, number("0"), 11430, &e), FOUND);
    assert_true(e == 0);
    assert_int_equal(capacity_expansion(&c, 0, number("0.5"), 17145, &e),
                     FOUND);
    assert_true(e == 0);
}

static void
expansion_may_be_huge_and_is_exact(void **state)
{
    (void)state;
    struct capacity c = {.achieved = number("1"),
                         .tested = 1,
                         .scale_efficiency = number("0.000000000001"),
                         .safe_level = number("1")};
    whole e;
    assert_int_equal(
        capacity_expansion(&c, 1, number("0"), (whole)1000000000001, &e),
        FOUND);
    assert_true(e == whole_power10(24));
}

static void
expansion_beyond_a_whole_is_said(void **state)
{
    (void)state;
    struct capacity c = {.achieved = number("0.000000000001"),
                         .tested = 1000000,
                         .scale_efficiency = number("0.000000000001"),
                         .safe_level = number("0.000000000001")};
    whole e;
    assert_int_equal(
        capacity_expansion(&c, 1, number("0"), (whole)100000000000000, &e),
        FOUND_TOO_LARGE);
}

static void
gain_is_the_smallest_that_does_at_the_quota(void **state)
{
    (void)state;
    struct capacity c = order_submit();
    whole gain;
    /* cap(42) = 11944.35; 15000 / that = 1.25582 */
    assert_int_equal(capacity_gain_milli(&c, 42, 15000, &gain), FOUND);
    assert_true(gain == 256);
    assert_true(floor_of(&c, 42, "0.256") >= 15000);
    assert_true(floor_of(&c, 42, "0.255") < 15000);
}

static void
no_gain_helps_where_nothing_is_left(void **state)
{
    (void)state;
    struct capacity c = order_submit();
    whole gain;
    c.zones = 2;
    c.survive_zones = 1;
    assert_int_equal(capacity_gain_milli(&c, 1, 100, &gain), FOUND_NOTHING);
}

static void
gain_beyond_a_whole_is_said(void **state)
{
    (void)state;
    struct capacity c = {.achieved = number("0.000000000001"),
                         .tested = 1000000,
                         .scale_efficiency = number("1"),
                         .safe_level = number("0.000000000001")};
    whole gain;
    assert_int_equal(capacity_gain_milli(&c, 1, (whole)100000000000000, &gain),
                     FOUND_TOO_LARGE);
}

static void
per_instance_and_ratios_are_rounded_down(void **state)
{
    (void)state;
    assert_true(capacity_per_instance_centi(number("11430"), 40) == 28575);
    assert_true(capacity_per_instance_centi(number("100"), 3) == 3333);
    assert_true(capacity_ratio_milli(11430, number("15000")) == 762);
    assert_true(capacity_ratio_milli(14999, number("15000")) == 999);
    assert_true(capacity_ratio_milli(15000, number("15000")) == 1000);
    assert_true(capacity_ratio_milli(1, number("0.000000000001")) ==
                (whole)1000000000000000);
}

static void
load_is_carried_from_95_per_cent_of_what_could_succeed(void **state)
{
    (void)state;
    struct decimal none = number("0");
    assert_true(capacity_is_carried(number("950"), number("1000"), none));
    assert_false(
        capacity_is_carried(number("949.999999999999"), number("1000"), none));
    assert_true(
        capacity_is_carried(number("855"), number("1000"), number("0.1")));
    assert_false(capacity_is_carried(number("854.999999999999"), number("1000"),
                                     number("0.1")));
    assert_true(capacity_is_carried(none, number("1000"), number("1")));
}

static void
compound_growth_is_a_product(void **state)
{
    (void)state;
    struct decimal product;
    assert_true(capacity_compound(number("0.3"), number("0.2"), &product));
    assert_int_equal(decimal_compare(product, number("1.56")), 0);
    assert_true(capacity_compound(number("-0.5"), number("0"), &product));
    assert_int_equal(decimal_compare(product, number("0.5")), 0);
    /* 14 decimals each, by way of a percentage: 28 together */
    assert_false(capacity_compound(number("0.000000000001%"),
                                   number("0.000000000001%"), &product));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(target_is_exact_where_binary_fractions_are_not),
        TEST(target_is_rounded_up),
        TEST(capacity_is_proportional_up_to_the_tested_instances),
        TEST(an_added_instance_brings_its_efficiency),
        TEST(gain_multiplies_before_the_rounding),
        TEST(safe_level_takes_its_share),
        TEST(instances_that_nobody_knows_do_not_matter),
        TEST(losing_zones_takes_the_largest),
        TEST(zone_loss_counts_before_the_tested_instances),
        TEST(expansion_is_the_smallest_that_does),
        TEST(expansion_meets_the_example_of_the_contract),
        TEST(expansion_at_the_very_border_needs_no_more),
        TEST(nothing_measured_cannot_be_multiplied),
        TEST(unknown_instances_have_no_expansion_but_none),
        TEST(expansion_may_be_huge_and_is_exact),
        TEST(expansion_beyond_a_whole_is_said),
        TEST(gain_is_the_smallest_that_does_at_the_quota),
        TEST(no_gain_helps_where_nothing_is_left),
        TEST(gain_beyond_a_whole_is_said),
        TEST(per_instance_and_ratios_are_rounded_down),
        TEST(load_is_carried_from_95_per_cent_of_what_could_succeed),
        TEST(compound_growth_is_a_product),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
