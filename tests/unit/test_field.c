/*
 * Fields as values: numbers are wholly numbers, moments wholly moments.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "results/field.h"
#include "results/name_cache.h"

#define MS ((int64_t)1000000)
#define SECOND ((int64_t)1000000000)

/* A field in a buffer with more behind it, as rows have it. */
static struct field
padded(const char *text, char behind)
{
    static char buffer[256];
    memset(buffer, behind, sizeof buffer);
    memcpy(buffer, text, strlen(text));
    return (struct field){buffer, strlen(text)};
}

static struct field
field(const char *text)
{
    return (struct field){text, strlen(text)};
}

static void
whole_numbers_of_all_lengths_are_read(void **state)
{
    (void)state;
    char text[32] = "";
    uint64_t value = 0, number;
    for (size_t length = 1; length <= 19; length++) {
        text[length - 1] = (char)('0' + length % 10);
        value = value * 10 + length % 10;
        /* digits behind it must not count, nor spoil it */
        for (const char *behind = "9,x"; *behind; behind++) {
            assert_true(field_whole_padded(padded(text, *behind), &number));
            assert_true(number == value);
        }
        assert_true(field_whole(field(text), &number));
        assert_true(number == value);
        for (size_t wrong = 0; wrong < length; wrong++)
            for (const char *odd = "/:;x -"; *odd; odd++) {
                char bad[32];
                strcpy(bad, text);
                bad[wrong] = *odd;
                assert_false(field_whole_padded(padded(bad, '9'), &number));
                assert_false(field_whole(field(bad), &number));
            }
    }
    assert_true(field_whole(field("18446744073709551615"), &number));
    assert_true(number == UINT64_MAX);
    assert_false(field_whole(field("18446744073709551616"), &number));
    assert_false(
        field_whole_padded(padded("99999999999999999999", '0'), &number));
    assert_false(field_whole_padded(padded("", '1'), &number));
}

static void
decimals_become_nanoseconds(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t unit, ns; /* ns < 0: refused */
    } rows[] = {
        {"0",                   MS,     0                  },
        {"32.465257",           MS,     32465257           },
        {"0.0084",              SECOND, 8400000            },
        {"1.5",                 SECOND, 1500000000         },
        {"1.5",                 1,      2                  }, /* rounded half up */
        {"1.49",                1,      1                  },
        {"0.0000004999",        MS,     0                  },
        {"0.0000005",           MS,     1                  },
        {"1795334876.839119",   SECOND, 1795334876839119000},
        {"4611686018427387903", 1,      4611686018427387903},
        {"4611686018427387904", 1,      -1                 },
        {"4611686018.5",        SECOND, -1                 },
        {"",                    MS,     -1                 },
        {".",                   MS,     -1                 },
        {"1.",                  MS,     -1                 },
        {".5",                  MS,     -1                 },
        {"1.2.3",               MS,     -1                 },
        {"-1",                  MS,     -1                 },
        {"+1",                  MS,     -1                 },
        {"1e3",                 MS,     -1                 },
        {"1,5",                 MS,     -1                 },
        {"0x1",                 MS,     -1                 },
        {"NaN",                 MS,     -1                 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t ns = -1;
        bool is_read = field_decimal_ns(field(rows[i].text), rows[i].unit, &ns);
        assert_int_equal(is_read, rows[i].ns >= 0);
        if (is_read)
            assert_int_equal(ns, rows[i].ns);
    }
}

static void
moments_are_read_and_days_must_exist(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t ms; /* since 1970; -1: refused */
    } rows[] = {
        {"1970-01-01 00:00:00",           0            },
        {"2026/11/22 08:09:53.519",       1795334993519},
        {"2026-11-22T08:09:53.519Z",      1795334993519},
        {"2026-11-22T16:09:53,519+08:00", 1795334993519},
        {"2026-11-22T16:09:53.519+0800",  1795334993519},
        {"2026.11.22 03:09:53.519-05",    1795334993519},
        {"2024-02-29 12:00:00",           1709208000000},
        {"2000-02-29 00:00:00",           951782400000 },
        {"2023-02-29 12:00:00",           -1           },
        {"2100-02-29 12:00:00",           -1           },
        {"2001/20/20 12:05:05.123",       -1           },
        {"2026-04-31 00:00:00",           -1           },
        {"2026-00-10 00:00:00",           -1           },
        {"2026-11-22 24:00:00",           -1           },
        {"2026-11-22 08:60:00",           -1           },
        {"2026-11-22 08:09",              -1           },
        {"2026-11/22 08:09:53",           -1           },
        {"2026-11-22 08:09:53.",          -1           },
        {"2026-11-22 08:09:53 CET",       -1           },
        {"2026-11-22 08:09:53+8",         -1           },
        {"9999-12-31 23:59:59",           -1           },
        {"22/11/2026 08:09:53",           -1           },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t ns = -1;
        bool is_read = field_moment(field(rows[i].text), &ns);
        assert_int_equal(is_read, rows[i].ms >= 0);
        if (is_read)
            assert_int_equal(ns, rows[i].ms * MS);
    }
    int64_t ns;
    assert_true(field_moment(field("2026-11-22T08:13:38.39045225Z"), &ns));
    assert_int_equal(ns % SECOND, 390452250);
}

static void
quotes_are_undone(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"plain",              "plain"     },
        {"\"\"",               ""          },
        {"\"a,b\"",            "a,b"       },
        {"\"say \"\"hi\"\"\"", "say \"hi\""},
        {"\"\"\"\"",           "\""        },
        {"",                   ""          },
    };
    char text[64];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t length = field_undo(field(rows[i][0]), text);
        assert_int_equal(length, strlen(rows[i][1]));
        assert_memory_equal(text, rows[i][1], length);
    }
}

static void
names_that_meet_in_the_cache_keep_their_numbers(void **state)
{
    (void)state;
    struct name_cache *cache = calloc(1, sizeof *cache);
    assert_non_null(cache);
    struct tally *tally = tally_new(TALLY_TOTALS);
    uint32_t number;
    char name[64];
    for (int round = 0; round < 2; round++)
        for (unsigned i = 0; i < 5000; i++) {
            snprintf(name, sizeof name, "%s/item/%u", i % 2 ? "GET" : "\"POST",
                     i);
            if (i % 2 == 0)
                strcat(name, "\"");
            assert_true(name_find(cache, padded(name, 'x'), tally_label, tally,
                                  &number));
            assert_int_equal(number, i);
        }
    assert_string_equal(tally_label_name(tally, 2), "POST/item/2");
    /* names and nothing but UTF-8 of some length */
    char longest[NAME_MOST + 32];
    memset(longest, 'n', sizeof longest);
    assert_true(name_find(cache, (struct field){longest, NAME_MOST},
                          tally_label, tally, &number));
    assert_false(name_find(cache, (struct field){longest, NAME_MOST + 1},
                           tally_label, tally, &number));
    assert_false(
        name_find(cache, padded("a\xc3", 'x'), tally_label, tally, &number));
    name_cache_free(cache);
    tally_free(tally);
    free(cache);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_numbers_of_all_lengths_are_read),
        cmocka_unit_test(decimals_become_nanoseconds),
        cmocka_unit_test(moments_are_read_and_days_must_exist),
        cmocka_unit_test(quotes_are_undone),
        cmocka_unit_test(names_that_meet_in_the_cache_keep_their_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
