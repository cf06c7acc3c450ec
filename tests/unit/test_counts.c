/*
 * Exact counts of times: what goes in comes out, each time once, rising,
 * whatever way they are kept.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "results/counts.h"

#define MS ((int64_t)COUNTS_MS)

/* A small generator, the same on every machine. */
static uint32_t
draw(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static int
by_value(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* Whether parts together hold exactly these times, which get sorted. */
static void
assert_holds(const struct counts *const *parts, size_t part_count,
             int64_t *times, size_t count)
{
    size_t found;
    struct count *sum = counts_sum(parts, part_count, &found);
    if (count > 0)
        qsort(times, count, sizeof *times, by_value);
    size_t at = 0;
    for (size_t i = 0; i < found; i++) {
        if (i > 0)
            assert_true(sum[i - 1].ns < sum[i].ns);
        for (uint64_t j = 0; j < sum[i].count; j++) {
            assert_true(at < count);
            assert_int_equal(times[at++], sum[i].ns);
        }
    }
    assert_int_equal(at, count);
    free(sum);
}

static void
nothing_counted_is_nothing(void **state)
{
    (void)state;
    struct counts counts = {0};
    assert_holds((const struct counts *[]){&counts}, 1, NULL, 0);
    counts_free(&counts);
}

static void
edges_of_the_whole_milliseconds_are_exact(void **state)
{
    (void)state;
    int64_t times[] = {0,
                       1,
                       MS - 1,
                       MS,
                       MS + 1,
                       (COUNTS_PAGE - 1) * MS,
                       COUNTS_PAGE * MS,
                       (COUNTS_WHOLE_END - 1) * MS,
                       COUNTS_WHOLE_END * MS,
                       (COUNTS_WHOLE_END + 1) * MS,
                       INT64_MAX};
    size_t count = sizeof times / sizeof *times;
    struct counts counts = {0};
    for (size_t i = count; i-- > 0;)
        counts_add(&counts, times[i], 1);
    assert_holds((const struct counts *[]){&counts}, 1, times, count);
    counts_free(&counts);
}

/* Some times of a mixed kind: whole ones, fractions, outliers. */
static int64_t
some_time(uint64_t *seed, unsigned kind)
{
    switch (kind) {
    case 0:
        return draw(seed) % 400 * MS;
    case 1:
        return draw(seed) % 90000 * MS;
    case 2:
        return draw(seed) % 50000;
    default:
        return draw(seed) % 3 == 0 ? draw(seed) : draw(seed) % 300 * MS;
    }
}

static void
few_and_many_of_each_kind_are_exact(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 7, 100, 2047, 2048, 2049, 20000};
    uint64_t seed = 1;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (unsigned kind = 0; kind < 4; kind++) {
            size_t count = sizes[s];
            int64_t *times = malloc(count * sizeof *times);
            assert_non_null(times);
            struct counts a = {0}, b = {0}, both = {0};
            for (size_t i = 0; i < count; i++) {
                times[i] = some_time(&seed, kind);
                counts_add(draw(&seed) % 5 == 0 ? &a : &b, times[i], 1);
            }
            /* apart, merged either way */
            assert_holds((const struct counts *[]){&a, &b}, 2, times, count);
            counts_merge(&both, &a);
            counts_merge(&both, &b);
            assert_holds((const struct counts *[]){&both}, 1, times, count);
            counts_merge(&b, &a);
            assert_holds((const struct counts *[]){&b}, 1, times, count);
            counts_free(&a);
            counts_free(&b);
            counts_free(&both);
            free(times);
        }
}

static void
a_count_above_32_bits_is_kept(void **state)
{
    (void)state;
    struct counts counts = {0}, other = {0};
    counts_add(&counts, 3 * MS, 1);
    counts_add(&counts, 3 * MS, UINT64_C(1) << 40);
    counts_add(&counts, 5, UINT64_C(1) << 40);
    counts_merge(&other, &counts);
    counts_merge(&other, &counts);
    size_t found;
    struct count *sum =
        counts_sum((const struct counts *[]){&other}, 1, &found);
    assert_int_equal(found, 2);
    assert_int_equal(sum[0].ns, 5);
    assert_true(sum[0].count == UINT64_C(1) << 41);
    assert_int_equal(sum[1].ns, 3 * MS);
    assert_true(sum[1].count == (UINT64_C(1) << 41) + 2);
    free(sum);
    counts_free(&counts);
    counts_free(&other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_counted_is_nothing),
        cmocka_unit_test(edges_of_the_whole_milliseconds_are_exact),
        cmocka_unit_test(few_and_many_of_each_kind_are_exact),
        cmocka_unit_test(a_count_above_32_bits_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
