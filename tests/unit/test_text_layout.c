/*
 * Lines: where texts break, how wide they are, which wording is taken.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "render/text_layout.h"

static struct arena *arena;
static struct fonts *fonts;

static const struct text_style plain = {FONT_REGULAR, 10, 0, false};
static const struct text_style prose = {FONT_REGULAR, 10, 0, true};
#define EM (10 * MM_PER_PT)
#define assert_near(a, b) assert_true(fabs((a) - (b)) < 1e-4)

static int
setup(void **state)
{
    (void)state;
    const char *why = NULL;
    arena = arena_new();
    fonts = fonts_open(arena, "fonts", &why);
    return fonts == NULL;
}

static int
teardown(void **state)
{
    (void)state;
    fonts_close(fonts);
    arena_free(arena);
    return 0;
}

/* The text of a line. */
static const char *
line_text(const struct text_block *block, size_t index)
{
    const struct text_line *line = &block->lines[index];
    const struct shaped *shaped = line->shaped;
    size_t from = shaped->glyphs[line->first].cluster;
    size_t to = line->last < shaped->glyph_count
                    ? shaped->glyphs[line->last].cluster
                    : shaped->length;
    return arena_copy(arena, shaped->text + from, to - from);
}

static void
text_without_characters_has_no_lines(void **state)
{
    (void)state;
    assert_int_equal(text_layout(arena, fonts, plain, "", 50).line_count, 0);
}

static void
han_characters_are_one_em_wide(void **state)
{
    (void)state;
    assert_near(text_width_mm(fonts, plain, "提交订单"), 4 * EM);
}

static void
digits_and_the_minus_share_one_width(void **state)
{
    (void)state;
    double zero = text_width_mm(fonts, plain, "0");
    static const char *const digit[] = {"1", "2", "3", "4", "5",
                                        "6", "7", "8", "9", "\u2212"};
    for (size_t i = 0; i < sizeof digit / sizeof *digit; i++)
        assert_near(text_width_mm(fonts, plain, digit[i]), zero);
    assert_near(text_width_mm(fonts, plain, "761119"), 6 * zero);
}

static void
english_breaks_between_words(void **state)
{
    (void)state;
    struct text_block block =
        text_layout(arena, fonts, plain, "place order and pay", 20);
    assert_int_equal(block.line_count, 2);
    assert_string_equal(line_text(&block, 0), "place order");
    assert_string_equal(line_text(&block, 1), "and pay");
}

static void
remark_in_brackets_stays_whole(void **state)
{
    (void)state;
    struct text_block block = text_layout(
        arena, fonts, plain, "补后预计 QPS\uff08未复测\uff09", 6.5 * EM);
    assert_int_equal(block.line_count, 2);
    assert_string_equal(line_text(&block, 0), "补后预计 QPS");
    assert_string_equal(line_text(&block, 1), "\uff08未复测\uff09");
}

static void
blank_at_the_end_of_a_line_takes_no_room(void **state)
{
    (void)state;
    double width = text_width_mm(fonts, plain, "place");
    struct text_block block =
        text_layout(arena, fonts, plain, "place order", width);
    assert_string_equal(line_text(&block, 0), "place");
    assert_near(block.lines[0].width_mm, width);
}

static void
word_longer_than_the_line_is_broken_inside(void **state)
{
    (void)state;
    struct text_block block = text_layout(
        arena, fonts, plain, "abcdefghijklmnopqrstuvwxyzabcdefghijklmn", 20);
    assert_true(block.line_count > 2);
    for (size_t i = 0; i < block.line_count; i++)
        assert_true(block.lines[i].width_mm <= 20.01);
}

static void
closing_punctuation_begins_no_line(void **state)
{
    (void)state;
    /* five characters would fit, and the sixth is a full-width comma */
    struct text_block block =
        text_layout(arena, fonts, plain, "提交订单提\uff0c支付回调", 5.2 * EM);
    assert_string_equal(line_text(&block, 0), "提交订单");
    /* in prose the blank half of the comma may stand in the margin */
    block =
        text_layout(arena, fonts, prose, "提交订单提\uff0c支付回调", 5.6 * EM);
    assert_string_equal(line_text(&block, 0), "提交订单提\uff0c");
    assert_near(block.lines[0].width_mm, 5.5 * EM);
}

static void
opening_bracket_ends_no_line(void **state)
{
    (void)state;
    struct text_block block = text_layout(
        arena, fonts, plain, "提交订单提\uff08支付\uff09", 6.1 * EM);
    assert_string_equal(line_text(&block, 0), "提交订单提");
}

static void
number_keeps_its_unit(void **state)
{
    (void)state;
    double width = text_width_mm(fonts, plain, "short by 5,500 T");
    struct text_block block =
        text_layout(arena, fonts, plain, "short by 5,500 TPS", width);
    assert_string_equal(line_text(&block, 0), "short by");
    assert_string_equal(line_text(&block, 1), "5,500 TPS");
    width = text_width_mm(fonts, prose, "须再扩 8 ");
    block = text_layout(arena, fonts, prose, "须再扩 8 台", width);
    assert_string_equal(line_text(&block, 1), "8 台");
}

static void
prose_keeps_latin_off_han(void **state)
{
    (void)state;
    double tight = text_width_mm(fonts, plain, "扩容后缺5台");
    double loose = text_width_mm(fonts, prose, "扩容后缺5台");
    assert_near(loose - tight, 2 * 0.09 * EM);
    /* a blank that is there is enough */
    assert_near(text_width_mm(fonts, plain, "缺 5 台"),
                text_width_mm(fonts, prose, "缺 5 台"));
}

static void
meeting_punctuation_loses_a_blank_half(void **state)
{
    (void)state;
    double apart = text_width_mm(fonts, plain, "提\uff09\uff0c交");
    double close = text_width_mm(fonts, prose, "提\uff09\uff0c交");
    assert_near(apart - close, 0.5 * EM);
}

static void
each_mark_of_punctuation_gives_up_its_blank_half(void **state)
{
    (void)state;
    static const char *const closing[] = {
        "、", "。", "〉",     "》",     "」",     "』",    "】",
        "〕", "”",  "\uff09", "\uff0c", "\uff1a", "\uff1b"};
    static const char *const opening[] = {"〈", "《", "「", "『",
                                          "【", "〔", "“",  "\uff08"};
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++)
        for (size_t k = 0; k < sizeof opening / sizeof *opening; k++) {
            /* closing, then opening: one half of the two blank ones stays */
            const char *text =
                arena_format(arena, "提%s%s交", closing[i], opening[k]);
            double apart = text_width_mm(fonts, plain, text);
            assert_near(apart - text_width_mm(fonts, prose, text), 0.5 * EM);
            /* opening, then closing: no blank between them */
            text = arena_format(arena, "提%s%s交", opening[k], closing[i]);
            apart = text_width_mm(fonts, plain, text);
            assert_near(apart, text_width_mm(fonts, prose, text));
        }
}

static void
lines_hold_the_whole_text_in_order(void **state)
{
    (void)state;
    static const char *const piece[] = {"提交",   "order ", "\uff0c", "5,500 ",
                                        "QPS",    " ",      "回调",   "pay-",
                                        "\uff08", "\uff09", "x",      "镕"};
    srand(7);
    for (int round = 0; round < 300; round++) {
        const char *text = "";
        for (int i = rand() % 40 + 1; i > 0; i--)
            text = arena_format(arena, "%s%s", text, piece[rand() % 12]);
        double width = 8 + rand() % 60;
        struct text_block block = text_layout(arena, fonts, prose, text, width);
        const char *rest = text;
        for (size_t i = 0; i < block.line_count; i++) {
            const char *line = line_text(&block, i);
            assert_true(block.lines[i].width_mm <= width + 0.01);
            while (*rest == ' ' && *line != ' ')
                rest++;
            assert_memory_equal(rest, line, strlen(line));
            rest += strlen(line);
        }
        assert_int_equal(strspn(rest, " "), strlen(rest));
    }
}

static void
a_number_stays_with_what_it_counts(void **state)
{
    (void)state;
    static const char *const text = "and needs 14 more instances";
    double width = text_width_mm(fonts, prose, "and needs 14 more in");
    struct text_block block = text_layout(arena, fonts, prose, text, width);
    assert_string_equal(line_text(&block, 0), "and needs");
    assert_string_equal(line_text(&block, 1), "14 more instances");
}

static void
a_word_of_the_trade_is_not_broken(void **state)
{
    (void)state;
    struct text_block block =
        text_layout(arena, fonts, prose, "另有同类链路很多", 5.2 * EM);
    assert_string_equal(line_text(&block, 0), "另有同类");
    block = text_layout(arena, fonts, plain, "另有同类链路很多", 5.2 * EM);
    assert_string_equal(line_text(&block, 0), "另有同类链");
}

static void
first_wording_that_fits_is_taken(void **state)
{
    (void)state;
    static const struct phrase variants[] = {
        {"提交订单只证实了目标的 76.2%\uff0c须再扩 8 台", NULL},
        {"提交订单须再扩 8 台",                                  NULL},
        {"须扩",                                                       NULL}
    };
    struct wording wording = {variants, 3};
    assert_int_equal(text_choose(arena, fonts, wording, 80, prose, 1, prose, 1),
                     0);
    assert_int_equal(text_choose(arena, fonts, wording, 40, prose, 1, prose, 1),
                     1);
    assert_int_equal(text_choose(arena, fonts, wording, 40, prose, 2, prose, 1),
                     0);
    assert_int_equal(text_choose(arena, fonts, wording, 8, prose, 1, prose, 1),
                     2);
    assert_int_equal(text_choose(arena, fonts, wording, 5, prose, 1, prose, 1),
                     3);
}

static void
second_language_must_fit_as_well(void **state)
{
    (void)state;
    static const struct phrase variants[] = {
        {"须扩", "needs fourteen more instances"},
        {"须扩", "expand"                       }
    };
    struct wording wording = {variants, 2};
    assert_int_equal(text_choose(arena, fonts, wording, 30, prose, 1, prose, 1),
                     1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_without_characters_has_no_lines),
        cmocka_unit_test(han_characters_are_one_em_wide),
        cmocka_unit_test(digits_and_the_minus_share_one_width),
        cmocka_unit_test(english_breaks_between_words),
        cmocka_unit_test(remark_in_brackets_stays_whole),
        cmocka_unit_test(blank_at_the_end_of_a_line_takes_no_room),
        cmocka_unit_test(word_longer_than_the_line_is_broken_inside),
        cmocka_unit_test(closing_punctuation_begins_no_line),
        cmocka_unit_test(opening_bracket_ends_no_line),
        cmocka_unit_test(number_keeps_its_unit),
        cmocka_unit_test(prose_keeps_latin_off_han),
        cmocka_unit_test(meeting_punctuation_loses_a_blank_half),
        cmocka_unit_test(each_mark_of_punctuation_gives_up_its_blank_half),
        cmocka_unit_test(lines_hold_the_whole_text_in_order),
        cmocka_unit_test(a_number_stays_with_what_it_counts),
        cmocka_unit_test(a_word_of_the_trade_is_not_broken),
        cmocka_unit_test(first_wording_that_fits_is_taken),
        cmocka_unit_test(second_language_must_fit_as_well),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
