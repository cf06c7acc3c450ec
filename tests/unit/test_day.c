/*
 * Days and moments.
 */
#include "reader.h"

#include "base/day.h"

static int32_t
number_of(const char *text)
{
    struct day day = {0};
    assert_true(day_read(text, strlen(text), &day));
    assert_true(day.given);
    return day.number;
}

static void
days_are_counted_from_1970(void **state)
{
    (void)state;
    assert_int_equal(number_of("1970-01-01"), 0);
    assert_int_equal(number_of("1969-12-31"), -1);
    assert_int_equal(number_of("2000-03-01"), 11017);
    assert_int_equal(number_of("2026-11-11") - number_of("2026-10-31"), 11);
    assert_int_equal(number_of("0001-01-01"), -719162);
    assert_int_equal(number_of("9999-12-31"), 2932896);
}

static void
every_day_comes_back_as_it_was(void **state)
{
    struct arena *arena = ((struct fixture *)*state)->arena;
    for (int32_t number = -719162; number <= 2932896; number += 97) {
        const char *text = day_text(arena, (struct day){true, number});
        assert_int_equal(number_of(text), number);
    }
    assert_string_equal(day_text(arena, (struct day){true, -719162}),
                        "0001-01-01");
}

static void
days_that_do_not_exist_are_refused(void **state)
{
    static const char *const rows[] = {
        "2026-02-30",    "2026-13-01", "2026-00-10",  "2026-01-00",
        "0000-01-01",    "1900-02-29", "2100-02-29",  "2026-04-31",
        "2026-1-10",     "2026/01/10", "20260110",    "2026-01-1x",
        "2026年1月10日", "",           "2026-01-101", "x026-01-10"};
    struct day day;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_false(day_read(rows[i], strlen(rows[i]), &day));
    number_of("2000-02-29");
    number_of("2024-02-29");
}

static bool
reads(struct fixture *fixture, const char *text, struct moment *moment)
{
    return moment_read(fixture->arena, text, strlen(text), moment);
}

static void
a_moment_has_its_own_day_and_zone(void **state)
{
    struct moment moment;
    assert_true(reads(*state, "2026-11-11T00:05:09+08:00", &moment));
    assert_true(moment.has_time);
    assert_int_equal(moment.day.number, number_of("2026-11-11"));
    assert_int_equal(moment.hour, 0);
    assert_int_equal(moment.minute, 5);
    assert_int_equal(moment.second, 9);
    assert_int_equal(moment.zone_minutes, 480);
    assert_string_equal(moment.text, "2026-11-11T00:05:09+08:00");
    assert_true(reads(*state, "2026-11-11T23:59-03:30", &moment));
    assert_int_equal(moment.hour, 23);
    assert_int_equal(moment.second, 0);
    assert_int_equal(moment.zone_minutes, -210);
    assert_true(reads(*state, "2026-11-11T10:00Z", &moment));
    assert_int_equal(moment.zone_minutes, 0);
    assert_true(reads(*state, "2026-11-11T10:00:00+08", &moment));
    assert_int_equal(moment.zone_minutes, 480);
    assert_true(reads(*state, "2026-11-11", &moment));
    assert_false(moment.has_time);
}

static void
a_time_without_zone_or_beyond_the_day_is_refused(void **state)
{
    static const char *const rows[] = {"2026-11-11T10:00",
                                       "2026-11-11T10:00:00",
                                       "2026-11-11T24:00:00Z",
                                       "2026-11-11T23:60:00Z",
                                       "2026-11-11T23:59:60Z",
                                       "2026-11-11 10:00:00Z",
                                       "2026-11-11T10:00:00+14:01",
                                       "2026-11-11T10:00:00-12:01",
                                       "2026-11-11T10:00:00+08:60",
                                       "2026-11-11T10:00:00+0800",
                                       "2026-11-11T10:00:00z",
                                       "2026-11-11T",
                                       "2026-11-11T1:00Z",
                                       "2026-11-31T10:00Z",
                                       "2026-11-11Z",
                                       "2026-11-11T10:00:00.5Z"};
    struct moment moment;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_false(reads(*state, rows[i], &moment));
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(days_are_counted_from_1970),
        TEST(every_day_comes_back_as_it_was),
        TEST(days_that_do_not_exist_are_refused),
        TEST(a_moment_has_its_own_day_and_zone),
        TEST(a_time_without_zone_or_beyond_the_day_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
