/*
 * Words: filling, blanks in Chinese, lists, numbers' forms, two languages, and
 * what a template's mistakes are told.
 */
#include "maker.h"

#include "document/plan.h"
#include "document/words.h"

static struct text one_words[] = {
    {.zh = "{name}缺{n} {unit}", .en = "{name} is {n} {unit} short"}
};
static struct text two_words[] = {
    {.zh = "第 {page} 页", .en = "page {page}"}
};
static struct text short_words[] = {{.one = "long {name}"}, {.one = "short"}};
static struct text more_words[] = {
    {.zh = "{list}、{item}", .en = "{list}, {item}"}
};
static struct text last_words[] = {
    {.zh = "{list}、{item}", .en = "{list} and {item}"}
};
static struct text single[] = {
    {.zh = "{n} 天", .en = "{n} day"}
};
static struct text plural[] = {
    {.zh = "{n} 天", .en = "{n} days"}
};
static struct text short_day[] = {
    {.zh = "{mm}-{dd}", .en = "{d} {month}"}
};
static struct text november[] = {
    {.zh = "11 月", .en = "Nov"}
};
static struct text cpu[] = {{.en = "CPU"}};
static struct text p99[] = {{.en = "P99"}};
static struct template_word table[] = {
    {"day.short",    short_day,   1, {0}},
    {"days.many",    plural,      1, {0}},
    {"days.one",     single,      1, {0}},
    {"gap",          one_words,   1, {0}},
    {"limit.cpu",    cpu,         1, {0}},
    {"limit.p99_ms", p99,         1, {0}},
    {"list.last",    last_words,  1, {0}},
    {"list.more",    more_words,  1, {0}},
    {"month.11",     november,    1, {0}},
    {"page",         two_words,   1, {0}},
    {"two",          short_words, 2, {0}},
};
static const struct template words_template = {
    .words = table, .word_count = sizeof table / sizeof *table};

static struct words
words_in_lang(struct arena *arena, enum lang lang)
{
    return (struct words){arena, &words_template, lang, "TPS"};
}

static void
names_are_filled_in_and_unit_is_always_there(void **state)
{
    struct words en = words_in_lang(*state, LANG_EN);
    struct fill fills[] = {
        {"name",        {.zh = "加购", .en = "Cart"}},
        {"n",             {.one = "7"}},
        {0}
    };
    assert_string_equal(words_fill(&en, "gap", fills).lead,
                        "Cart is 7 TPS short");
    assert_null(words_fill(&en, "gap", fills).second);
    /* what nobody fills stays for the renderer */
    assert_string_equal(words_phrase(&en, "page").lead, "page {page}");
}

static void
chinese_keeps_a_blank_from_latin_only(void **state)
{
    struct words zh = words_in_lang(*state, LANG_ZH);
    struct fill han[] = {
        {"name",            {.zh = "加购"}},
        {"n",                 {.one = "5,500"}},
        {0}
    };
    assert_string_equal(words_fill(&zh, "gap", han).lead, "加购缺 5,500 TPS");
    struct fill latin[] = {
        {"name",            {.one = "cart.add"}},
        {"n",                 {.one = "5,500"}},
        {0}
    };
    assert_string_equal(words_fill(&zh, "gap", latin).lead,
                        "cart.add 缺 5,500 TPS");
}

static void
both_languages_stand_as_lead_and_second(void **state)
{
    struct words both = words_in_lang(*state, LANG_BOTH);
    struct fill fills[] = {
        {"name",        {.zh = "加购", .en = "Cart"}},
        {"n",             {.one = "7"}},
        {0}
    };
    struct phrase phrase = words_fill(&both, "gap", fills);
    assert_string_equal(phrase.lead, "加购缺 7 TPS");
    assert_string_equal(phrase.second, "Cart is 7 TPS short");
    /* the same text is not said twice */
    phrase = words_text(&both, (struct text){.one = "SRE"});
    assert_string_equal(phrase.lead, "SRE");
    assert_null(phrase.second);
}

static void
wordings_run_from_the_longest(void **state)
{
    struct words en = words_in_lang(*state, LANG_EN);
    struct fill fills[] = {
        {"name", {.one = "x"}},
        {0     }
    };
    struct wording wording = words_wording(&en, "two", fills);
    assert_int_equal(wording.count, 2);
    assert_string_equal(wording.variants[0].lead, "long x");
    assert_string_equal(wording.variants[1].lead, "short");
    assert_string_equal(words_variant(&en, "two", 9, fills).en, "short");
}

static void
lists_end_with_and(void **state)
{
    struct words en = words_in_lang(*state, LANG_EN);
    struct text items[] = {{.one = "a"}, {.one = "b"}, {.one = "c"}};
    assert_string_equal(text_in(words_list(&en, items, 0), LANGUAGE_EN), "");
    assert_string_equal(text_in(words_list(&en, items, 1), LANGUAGE_EN), "a");
    assert_string_equal(words_list(&en, items, 2).en, "a and b");
    assert_string_equal(words_list(&en, items, 3).en, "a, b and c");
    assert_string_equal(words_list(&en, items, 3).zh, "a、b、c");
}

static void
number_chooses_the_form(void **state)
{
    struct words en = words_in_lang(*state, LANG_EN);
    assert_string_equal(words_count(&en, "days", 1).en, "1 day");
    assert_string_equal(words_count(&en, "days", 0).en, "0 days");
    assert_string_equal(words_count(&en, "days", 1234).en, "1,234 days");
}

static void
days_are_read_as_days(void **state)
{
    struct words en = words_in_lang(*state, LANG_EN);
    struct words zh = words_in_lang(*state, LANG_ZH);
    const struct day day = on("2026-11-04"), none = {0};
    struct text text = words_day(&en, day, on("2026-01-01"));
    assert_string_equal(words_text(&en, text).lead, "4 Nov");
    assert_string_equal(words_text(&zh, text).lead, "11-04");
    /* of another year, or without one to compare with, the year is told */
    text = words_day(&en, day, on("2025-12-31"));
    assert_string_equal(words_text(&en, text).lead, "2026-11-04");
    text = words_day(&zh, day, none);
    assert_string_equal(words_text(&zh, text).lead, "2026-11-04");
}

static void
limits_are_listed_in_their_order(void **state)
{
    struct words en = words_in_lang(*state, LANG_EN);
    struct value value = {.kind = VALUE_LIMITS,
                          .number = 1 << LIMIT_CPU | 1 << LIMIT_P99_MS};
    assert_string_equal(words_value(&en, &value).lead, "P99 and CPU");
}

/* --- mistakes ---------------------------------------------------------- */

struct wrong {
    struct arena *arena;
    struct diag *diag;
    struct template template;
};

/* A template that says a plain word for everything. */
static struct wrong
sound(struct arena *arena)
{
    static struct text plain[] = {{.one = "word"}};
    struct wrong wrong = {.arena = arena, .diag = diag_new(arena)};
    struct template_word *list =
        arena_array(arena, word_key_count, struct template_word);
    for (size_t i = 0; i < word_key_count; i++)
        list[i] = (struct template_word){word_keys[i].key, plain, 1, {0}};
    wrong.template.words = list;
    wrong.template.word_count = word_key_count;
    return wrong;
}

static unsigned
told(const struct wrong *wrong, enum diag_code code)
{
    const struct diag_entry *list;
    size_t count = diag_list(wrong->diag, DIAG_ERROR, &list);
    unsigned found = 0;
    for (size_t i = 0; i < count; i++)
        found += list[i].code == code;
    assert_int_equal(found, count);
    return found;
}

static void
a_whole_template_is_sound(void **state)
{
    struct wrong wrong = sound(*state);
    assert_true(plan_check(*state, &wrong.template, wrong.diag));
    assert_int_equal(told(&wrong, DIAG_WORD_MISSING), 0);
}

static void
the_keys_are_sorted_and_stand_once(void **state)
{
    (void)state;
    for (size_t i = 1; i < word_key_count; i++)
        assert_true(strcmp(word_keys[i - 1].key, word_keys[i].key) < 0);
}

static void
a_missing_word_is_named(void **state)
{
    struct wrong wrong = sound(*state);
    wrong.template.word_count--;
    assert_false(plan_check(*state, &wrong.template, wrong.diag));
    assert_int_equal(told(&wrong, DIAG_WORD_MISSING), 1);
}

static void
an_unknown_word_is_told_its_neighbour(void **state)
{
    struct wrong wrong = sound(*state);
    static struct text plain[] = {{.one = "word"}};
    size_t count = wrong.template.word_count;
    struct template_word *list =
        arena_array(*state, count + 1, struct template_word);
    /* a template's words are sorted */
    size_t at = 0;
    while (at < count &&
           strcmp(wrong.template.words[at].key, "verdikt.go") < 0)
        at++;
    memcpy(list, wrong.template.words, at * sizeof *list);
    list[at] = (struct template_word){"verdikt.go", plain, 1, {0}};
    memcpy(list + at + 1, wrong.template.words + at,
           (count - at) * sizeof *list);
    wrong.template.words = list;
    wrong.template.word_count++;
    assert_false(plan_check(*state, &wrong.template, wrong.diag));
    assert_int_equal(told(&wrong, DIAG_WORD_UNKNOWN), 1);
    const struct diag_entry *entries;
    diag_list(wrong.diag, DIAG_ERROR, &entries);
    assert_non_null(strstr(entries[0].text, "verdict.go"));
}

static void
a_name_that_nobody_fills_is_an_error(void **state)
{
    static struct text misfit[] = {
        {.zh = "{season}", .en = "{seasons}"},
        {.one = "{season"               }
    };
    struct wrong wrong = sound(*state);
    for (size_t i = 0; i < wrong.template.word_count; i++)
        if (strcmp(wrong.template.words[i].key, "document.title") == 0) {
            wrong.template.words[i].variants = misfit;
            wrong.template.words[i].variant_count = 2;
        }
    assert_false(plan_check(*state, &wrong.template, wrong.diag));
    assert_int_equal(told(&wrong, DIAG_WORD_FILL), 2);
}

static void
unknown_pages_sheets_and_columns_are_errors(void **state)
{
    struct template_name columns[] = {
        {"mark",      {0}},
        {"targt_qps", {0}},
        {"mark",      {0}}
    };
    struct template_part pages[] = {
        {{"links", {0}}, columns, 3},
        {{"links", {0}}, NULL,    0},
        {{"cover", {0}}, NULL,    0},
        {{"basis", {0}}, columns, 1},
    };
    struct template_part sheets[] = {
        {{"sheet", {0}}, NULL, 0}
    };
    struct wrong wrong = sound(*state);
    wrong.template.pages = pages;
    wrong.template.page_count = 4;
    wrong.template.sheets = sheets;
    wrong.template.sheet_count = 1;
    assert_false(plan_check(*state, &wrong.template, wrong.diag));
    const struct diag_entry *list;
    assert_int_equal(diag_list(wrong.diag, DIAG_ERROR, &list), 6);
    unsigned codes = 0;
    for (unsigned i = 0; i < 6; i++)
        codes += (unsigned)((list[i].code == DIAG_COLUMN_UNKNOWN) +
                            (list[i].code == DIAG_COLUMN_TWICE) * 10 +
                            (list[i].code == DIAG_PAGE_TWICE) * 100 +
                            (list[i].code == DIAG_PAGE_UNKNOWN) * 1000 +
                            (list[i].code == DIAG_NO_COLUMNS) * 10000 +
                            (list[i].code == DIAG_SHEET_UNKNOWN) * 100000);
    assert_int_equal(codes, 111111);
}

static void
unknown_colours_and_sizes_are_errors(void **state)
{
    struct template_colour colours[] = {{.key = "ink"}, {.key = "inc"}};
    struct template_size sizes[] = {{.key = "number"}, {.key = "numbr"}};
    struct wrong wrong = sound(*state);
    wrong.template.colours = colours;
    wrong.template.colour_count = 1;
    wrong.template.sizes = sizes;
    wrong.template.size_count = 1;
    assert_true(plan_check(*state, &wrong.template, wrong.diag));
    wrong.template.colour_count = 2;
    assert_false(plan_check(*state, &wrong.template, wrong.diag));
    assert_int_equal(told(&wrong, DIAG_COLOUR_UNKNOWN), 1);
    wrong = sound(*state);
    wrong.template.sizes = sizes;
    wrong.template.size_count = 2;
    assert_false(plan_check(*state, &wrong.template, wrong.diag));
    assert_int_equal(told(&wrong, DIAG_SIZE_UNKNOWN), 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(names_are_filled_in_and_unit_is_always_there),
        TEST(chinese_keeps_a_blank_from_latin_only),
        TEST(both_languages_stand_as_lead_and_second),
        TEST(wordings_run_from_the_longest),
        TEST(lists_end_with_and),
        TEST(number_chooses_the_form),
        TEST(days_are_read_as_days),
        TEST(limits_are_listed_in_their_order),
        TEST(a_whole_template_is_sound),
        TEST(the_keys_are_sorted_and_stand_once),
        TEST(a_missing_word_is_named),
        TEST(an_unknown_word_is_told_its_neighbour),
        TEST(a_name_that_nobody_fills_is_an_error),
        TEST(unknown_colours_and_sizes_are_errors),
        TEST(unknown_pages_sheets_and_columns_are_errors),
    };
    return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
