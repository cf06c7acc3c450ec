/*
 * Texts: decoding, widths, what may stand in one, the nearest word.
 */
#include "reader.h"

#include "base/text.h"

static void
valid_utf8_is_decoded(void **state)
{
    static const struct {
        const char *bytes;
        unsigned length;
        uint32_t code;
    } rows[] = {
        {"A",                1, 'A'     },
        {"\x7F",             1, 0x7F    },
        {"\xC2\x80",         2, 0x80    },
        {"\xDF\xBF",         2, 0x7FF   },
        {"\xE0\xA0\x80",     3, 0x800   },
        {"\xE6\x8F\x90",     3, 0x63D0  },
        {"\xEF\xBF\xBF",     3, 0xFFFF  },
        {"\xF0\x90\x80\x80", 4, 0x10000 },
        {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF}
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t code = 0;
        const char *s = rows[i].bytes;
        assert_int_equal(text_decode(s, s + strlen(s), &code), rows[i].length);
        assert_int_equal(code, rows[i].code);
    }
}

static void
invalid_utf8_is_refused(void **state)
{
    static const char *const rows[] = {"\x80",
                                       "\xBF",
                                       "\xC0\x80",
                                       "\xC1\xBF",
                                       "\xC2",
                                       "\xC2g",
                                       "\xE0\x80\x80",
                                       "\xE0\x9F\xBF",
                                       "\xE6\x8F",
                                       "\xE6\x8Fg",
                                       "\xED\xA0\x80",
                                       "\xED\xBF\xBF",
                                       "\xF0\x8F\xBF\xBF",
                                       "\xF4\x90\x80\x80",
                                       "\xF5\x80\x80\x80",
                                       "\xFF",
                                       "\xF0\x90\x80"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t code;
        const char *s = rows[i];
        assert_int_equal(text_decode(s, s + strlen(s), &code), 0);
    }
    uint32_t code;
    assert_int_equal(text_decode("", "", &code), 0);
}

static void
widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(text_width("Place order"), 11);
    assert_int_equal(text_width("提交订单"), 8);
    assert_int_equal(text_width("2026 年双11"), 11);
    assert_int_equal(text_width("e\u0301"), 1);
    assert_int_equal(text_width("\U0001F680"), 2);
    assert_int_equal(text_width("\uFF21"), 2);
    assert_int_equal(text_width("\u200D"), 0);
    assert_int_equal(text_width("\u00AD"), 1);
    assert_int_equal(text_code_width(0x20000), 2);
    assert_int_equal(text_code_width(0x2FFFF), 1);
    assert_int_equal(text_code_width(0x10FFFF), 1);
    assert_int_equal(text_length("提交订单 x"), 6);
}

static void
controls_and_invisible_formats_are_forbidden(void **state)
{
    static const uint32_t rows[] = {
        0,      9,      0xA,    0x1F,   0x7F,    0x85,    0x9F,    0xAD,
        0x61C,  0x180E, 0x200B, 0x200E, 0x200F,  0x202A,  0x202E,  0x2060,
        0x2066, 0x2069, 0xFEFF, 0xFFF9, 0xE0001, 0xE0041, 0x2028,  0x2029,
        0xD800, 0xDFFF, 0xFDD0, 0xFDEF, 0xFFFE,  0xFFFF,  0x1FFFE, 0x10FFFF};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_non_null(text_forbidden(rows[i]));
}

static void
letters_joiners_and_emoji_are_allowed(void **state)
{
    static const uint32_t rows[] = {' ',    '~',     0xA0,    0xE9,   0x5D0,
                                    0x200C, 0x200D,  0x63D0,  0xFDCF, 0xFDF0,
                                    0xFFFD, 0x1F680, 0x10FFFD};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_null(text_forbidden(rows[i]));
}

static void
blanks_marks_and_fillers_are_not_visible(void **state)
{
    static const uint32_t hidden[] = {' ',    0xA0,   0x3000, 0x2003, 0x200B,
                                      0x200D, 0x301,  0x3164, 0x2800, 0x115F,
                                      0x1F,   0x2028, 0xFE0F};
    (void)state;
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        assert_false(text_is_visible(hidden[i]));
    assert_true(text_is_visible('-'));
    assert_true(text_is_visible(0x63D0));
}

static void
bidi_controls_are_known(void **state)
{
    static const uint32_t rows[] = {0x61C,  0x200E, 0x200F, 0x202A,
                                    0x202E, 0x2066, 0x2069};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(text_is_bidi(rows[i]));
    assert_false(text_is_bidi(0x5D0));
    assert_false(text_is_bidi(0x202F));
    assert_false(text_is_bidi(0x206A));
}

static void
a_text_is_shown_in_its_language_or_the_next_best(void **state)
{
    struct text none = {0}, one = {.one = "x"}, zh = {.zh = "订单"},
                both = {.zh = "订单", .en = "order"};
    (void)state;
    assert_false(text_is_given(none));
    assert_true(text_is_given(one));
    assert_true(text_is_given(zh));
    assert_true(text_is_given((struct text){.en = "x"}));
    assert_null(text_in(none, LANGUAGE_EN));
    assert_string_equal(text_in(one, LANGUAGE_ZH), "x");
    assert_string_equal(text_in(zh, LANGUAGE_EN), "订单");
    assert_string_equal(text_in(both, LANGUAGE_EN), "order");
    assert_string_equal(text_in(both, LANGUAGE_ZH), "订单");
}

static void
the_nearest_word_is_found_and_a_far_one_not(void **state)
{
    static const char *const words[] = {"growth", "buffer", "p99_ms", "p999_ms",
                                        "slo"};
    char long_word[100];
    (void)state;
    assert_string_equal(text_nearest("grwoth", words, 5), "growth");
    assert_string_equal(text_nearest("Growth", words, 5), "growth");
    assert_string_equal(text_nearest("growth ", words, 5), "growth");
    assert_string_equal(text_nearest("gr\u043Ewth", words, 5), "growth");
    assert_string_equal(text_nearest("p99ms", words, 5), "p99_ms");
    assert_string_equal(text_nearest("SLO", words, 5), "slo");
    assert_string_equal(text_nearest("p99", words, 5), "p99_ms");
    assert_string_equal(text_nearest("slo_of_link", words, 5), "slo");
    assert_null(text_nearest("gr", words, 5));
    assert_null(text_nearest("calls", words, 5));
    assert_string_equal(text_least_far("calls", words, 5), "slo");
    assert_string_equal(text_least_far("p9", words, 5), "p99_ms");
    assert_null(text_least_far("增长", words, 5));
    assert_null(text_least_far("", words, 5));
    assert_null(text_nearest("xyz", words, 5));
    assert_null(text_nearest("", words, 5));
    memset(long_word, 'a', sizeof long_word - 1);
    long_word[sizeof long_word - 1] = '\0';
    assert_null(text_nearest(long_word, words, 5));
    const char *const one[] = {long_word};
    assert_null(text_nearest("aaaa", one, 1));
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(valid_utf8_is_decoded),
        TEST(invalid_utf8_is_refused),
        TEST(widths_are_those_of_a_terminal),
        TEST(controls_and_invisible_formats_are_forbidden),
        TEST(letters_joiners_and_emoji_are_allowed),
        TEST(blanks_marks_and_fillers_are_not_visible),
        TEST(bidi_controls_are_known),
        TEST(a_text_is_shown_in_its_language_or_the_next_best),
        TEST(the_nearest_word_is_found_and_a_far_one_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
