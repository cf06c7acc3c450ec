/*
 * The model's questions: links, precedence of growth, limits, words.
 */
#include "reader.h"

#include "model/season.h"
#include "model/template.h"

static struct optional
ratio(int percent)
{
    return (struct optional){true, decimal_scaled(percent, 2)};
}

/* The growth that counts, as "growth buffer multiplier" in percent, "-" for
   what does not count; "none" where nothing is left. */
static const char *
counts(struct fixture *fixture, struct growth link, struct growth scenario,
       struct growth season)
{
    struct season all = {.growth = season};
    struct scenario one = {.growth = scenario};
    struct baseline baseline = {.growth = link};
    struct growth growth;
    if (!season_growth(&all, &one, &baseline, &growth))
        return "none";
    const struct optional *parts[] = {&growth.growth, &growth.buffer,
                                      &growth.multiplier};
    const char *text = "";
    for (int i = 0; i < 3; i++)
        text = arena_format(
            fixture->arena, "%s%s%s", text, i ? " " : "",
            parts[i]->given ? whole_text(fixture->arena,
                                         parts[i]->value.units /
                                             whole_power10(DECIMAL_PLACES - 2))
                            : "-");
    return text;
}

#define G(percent) .growth = ratio(percent)
#define B(percent) .buffer = ratio(percent)
#define M(percent) .multiplier = ratio(percent)
#define NONE ((struct growth){0})
#define OF(...) ((struct growth){__VA_ARGS__})

static void
growth_and_buffer_come_each_from_the_first_level_that_has_it(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(counts(f, NONE, NONE, OF(G(30), B(20))), "30 20 -");
    assert_string_equal(counts(f, NONE, OF(B(10)), OF(G(30), B(20))),
                        "30 10 -");
    assert_string_equal(counts(f, OF(G(50)), OF(B(10)), OF(G(30), B(20))),
                        "50 10 -");
    assert_string_equal(counts(f, OF(G(50), B(5)), OF(M(140)), OF(M(150))),
                        "50 5 -");
}

static void
a_multiplier_counts_unless_a_level_before_gives_growth_or_buffer(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(counts(f, NONE, NONE, OF(M(150))), "- - 150");
    assert_string_equal(counts(f, NONE, OF(M(140)), OF(G(30), B(20))),
                        "- - 140");
    assert_string_equal(counts(f, OF(M(200)), OF(G(1), B(1)), NONE), "- - 200");
    assert_string_equal(counts(f, OF(G(50)), OF(M(140)), OF(G(30), B(20))),
                        "50 20 -");
    assert_string_equal(counts(f, OF(B(50)), NONE, OF(G(30), B(20))),
                        "30 50 -");
}

static void
a_link_may_be_left_without(void **state)
{
    struct fixture *f = *state;
    assert_string_equal(counts(f, NONE, NONE, NONE), "none");
    assert_string_equal(counts(f, OF(G(50)), NONE, OF(M(150))), "none");
    assert_string_equal(counts(f, NONE, NONE, OF(G(30))), "none");
    assert_string_equal(counts(f, NONE, OF(B(30)), OF(M(150))), "none");
}

static void
a_links_limits_replace_the_seasons_key_by_key(void **state)
{
    struct season season = {0};
    struct baseline baseline = {0};
    (void)state;
    season.slo.limit[LIMIT_P99_MS] = ratio(200);
    season.slo.limit[LIMIT_CPU] = ratio(60);
    baseline.slo.limit[LIMIT_P99_MS] = ratio(100);
    baseline.slo.limit[LIMIT_P50_MS] = ratio(10);
    struct slo slo = season_slo(&season, &baseline);
    assert_int_equal(
        decimal_compare(slo.limit[LIMIT_P99_MS].value, decimal_of(1)), 0);
    assert_true(slo.limit[LIMIT_P50_MS].given);
    assert_true(slo.limit[LIMIT_CPU].given);
    assert_false(slo.limit[LIMIT_ERROR_RATE].given);
}

static void
links_are_found_by_their_bytes(void **state)
{
    struct arena *arena = ((struct fixture *)*state)->arena;
    struct season season = {.baseline_count = 501};
    season.baselines = arena_array(arena, 501, struct baseline);
    for (int i = 0; i < 500; i++)
        season.baselines[i].link =
            arena_format(arena, "link.%d", i * 7919 % 500);
    season.baselines[500].link = "link.3"; /* given twice */
    season_sort_links(arena, &season);
    for (int i = 0; i < 500; i++) {
        const char *link = arena_format(arena, "link.%d", i);
        long found = season_find_link(&season, link);
        assert_true(found >= 0 && found < 500);
        assert_string_equal(season.baselines[found].link, link);
    }
    assert_int_equal(season_find_link(&season, "link"), -1);
    assert_int_equal(season_find_link(&season, "link.3 "), -1);
    assert_int_equal(season_find_link(&season, "Link.3"), -1);
    assert_int_equal(season_find_link(&season, "z"), -1);
    season.baseline_count = 0;
    assert_int_equal(season_find_link(&season, "link.3"), -1);
}

static void
words_are_found_by_key(void **state)
{
    struct template_word words[] = {{.key = "a"}, {.key = "b"}, {.key = "d"}};
    struct template template = {.words = words, .word_count = 3};
    (void)state;
    assert_ptr_equal(template_find_word(&template, "a"), &words[0]);
    assert_ptr_equal(template_find_word(&template, "b"), &words[1]);
    assert_ptr_equal(template_find_word(&template, "d"), &words[2]);
    assert_null(template_find_word(&template, "c"));
    assert_null(template_find_word(&template, "e"));
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(growth_and_buffer_come_each_from_the_first_level_that_has_it),
        TEST(a_multiplier_counts_unless_a_level_before_gives_growth_or_buffer),
        TEST(a_link_may_be_left_without),
        TEST(a_links_limits_replace_the_seasons_key_by_key),
        TEST(links_are_found_by_their_bytes),
        TEST(words_are_found_by_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
