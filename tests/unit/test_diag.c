/*
 * Messages: order, caret, what is cut, what is made visible.
 */
#include "reader.h"

static struct place
at(const struct source *source, unsigned line, unsigned column, unsigned width)
{
    return (struct place){source, line, column, width};
}

/* Adds an error whose text is `what`, "given twice". */
static void
add(struct fixture *fixture, const char *what, struct place place)
{
    diag_add(fixture->diag, DIAG_KEY_TWICE, place, what, NULL);
}

static void
a_message_has_place_excerpt_and_caret(void **state)
{
    struct fixture *fixture = *state;
    const struct source *source =
        source_of(fixture, "a: 1\n    duration_s: -60\n");
    add(fixture, "x", at(source, 2, 17, 3));
    diag_add(fixture->diag, DIAG_FIRST_HERE, at(source, 1, 1, 1), NULL);
    assert_string_equal(printed(fixture),
                        "in.yaml:2:17: error: x is given twice\n"
                        "    2 |     duration_s: -60\n"
                        "      |                 ^~~\n"
                        "in.yaml:1:1: note: first given here\n");
}

static void
the_caret_stands_by_display_width_and_tabs_are_copied(void **state)
{
    struct fixture *fixture = *state;
    const struct source *source = source_of(fixture, "\tname: 提交 x\n");
    add(fixture, "x", at(source, 1, 8, 2));
    add(fixture, "y", at(source, 1, 11, 1));
    assert_string_equal(printed(fixture),
                        "in.yaml:1:8: error: x is given twice\n"
                        "    1 | \tname: 提交 x\n"
                        "      | \t      ^~~~\n"
                        "in.yaml:1:11: error: y is given twice\n"
                        "    1 | \tname: 提交 x\n"
                        "      | \t           ^\n");
}

static void
messages_come_in_reading_order(void **state)
{
    struct fixture *fixture = *state;
    const struct source *one = source_of(fixture, "\n\n");
    const struct source *two = source_of(fixture, "\n\n");
    add(fixture, "e", at(two, 1, 1, 1));
    add(fixture, "d", at(one, 2, 2, 1));
    add(fixture, "b", at(one, 1, 2, 1));
    add(fixture, "c", at(one, 1, 2, 1));
    add(fixture, "a", (struct place){0});
    const struct diag_entry *list;
    assert_int_equal(diag_list(fixture->diag, DIAG_ERROR, &list), 5);
    for (int i = 0; i < 5; i++)
        assert_int_equal(list[i].text[0], 'a' + i);
    assert_int_equal(diag_list(fixture->diag, DIAG_WARNING, &list), 0);
    assert_int_equal(diag_list(fixture->diag, DIAG_NOTE, &list), 0);
}

static void
errors_of_form_come_before_those_of_values(void **state)
{
    struct fixture *fixture = *state;
    const struct source *source = source_of(fixture, "\n\n\n\n\n");
    diag_add(fixture->diag, DIAG_TEXT_BLANK, at(source, 1, 1, 1), "x", "\"\"",
             NULL);
    add(fixture, "x", at(source, 3, 1, 1));
    const char *first = first_line(fixture);
    assert_non_null(strstr(first, "in.yaml:1:1: error"));
    diag_add(fixture->diag, DIAG_ALIAS, at(source, 4, 1, 1), "a", NULL);
    first = first_line(fixture);
    assert_non_null(strstr(first, "in.yaml:3:1: error"));
}

static void
warnings_follow_errors_and_are_no_errors(void **state)
{
    struct fixture *fixture = *state;
    const struct source *source = source_of(fixture, "a\nb\n");
    assert_false(diag_has_errors(fixture->diag));
    diag_add(fixture->diag, DIAG_NO_RESULT, at(source, 1, 1, 1), "a", NULL);
    assert_false(diag_has_errors(fixture->diag));
    add(fixture, "x", at(source, 2, 1, 1));
    assert_true(diag_has_errors(fixture->diag));
    assert_string_equal(printed(fixture),
                        "in.yaml:2:1: error: x is given twice\n"
                        "    2 | b\n"
                        "      | ^\n"
                        "in.yaml:1:1: warning: a has no result\n"
                        "    1 | a\n"
                        "      | ^\n");
}

static void
twenty_errors_are_printed_and_the_rest_counted(void **state)
{
    struct fixture *fixture = *state;
    const struct source *source = source_of(fixture, "a\n");
    for (int i = 0; i < 21; i++)
        add(fixture, "x", at(source, 1, 1, 1));
    assert_non_null(strstr(printed(fixture), "\nheadroom: 1 more error\n"));
    for (int i = 0; i < 5000; i++) {
        add(fixture, "x", at(source, 1, 1, 1));
        diag_add(fixture->diag, DIAG_FIRST_HERE, at(source, 1, 1, 1), NULL);
    }
    assert_true(diag_is_full(fixture->diag));
    assert_int_equal(diag_error_count(fixture->diag), 5021);
    assert_non_null(strstr(printed(fixture), "\nheadroom: 5001 more errors\n"));
    const struct diag_entry *list;
    assert_int_equal(diag_list(fixture->diag, DIAG_ERROR, &list), 1000);
}

static void
long_messages_stay_within_eight_kib(void **state)
{
    struct fixture *fixture = *state;
    char *line = arena_alloc(fixture->arena, 40001);
    for (int i = 0; i < 10000; i++)
        memcpy(line + 3 * i, "提", 3);
    struct source *source =
        (struct source *)(uintptr_t)source_of(fixture, line);
    char path[3001];
    memset(path, 'p', 3000);
    path[3000] = '\0';
    for (int i = 0; i < 30; i++) {
        add(fixture, line, at(source, 1, 5000, 4000));
        diag_add(fixture->diag, DIAG_FIRST_HERE, at(source, 1, 1, 1), NULL);
        diag_add(fixture->diag, DIAG_NO_RESULT, at(source, 1, 1, 1), line,
                 NULL);
    }
    assert_true(strlen(printed(fixture)) < 8192);
    source->path = path;
    const char *text = printed(fixture);
    assert_true(strlen(text) < 8192);
    assert_non_null(strstr(text, "headroom: 29 more errors\n"));
    assert_non_null(strstr(text, "headroom: 29 more warnings\n"));
}

static void
a_long_line_is_cut_around_the_caret(void **state)
{
    struct fixture *fixture = *state;
    char *line = arena_alloc(fixture->arena, 301);
    memset(line, '.', 300);
    memset(line + 199, 'x', 3);
    const struct source *source = source_of(fixture, line);
    add(fixture, "x", at(source, 1, 200, 3));
    const char *text = printed(fixture);
    assert_non_null(strstr(text, "    1 | …...."));
    assert_non_null(strstr(text, "....…\n"));
    const char *marks = strstr(text, "      | ");
    const char *shown = strstr(text, "    1 | …") + strlen("    1 | …");
    /* the mark of the cut takes one column, three bytes */
    assert_int_equal(strchr(marks, '^') - marks - 8 - 1,
                     strchr(shown, 'x') - shown);
    assert_non_null(strstr(marks, "^~~\n"));
}

static void
a_long_line_of_wide_characters_keeps_the_caret_on_its_own(void **state)
{
    struct fixture *fixture = *state;
    char *line = arena_alloc(fixture->arena, 3001);
    for (int i = 0; i < 1000; i++)
        memcpy(line + 3 * i, i == 499 ? "\u8BA2" : "\u63D0", 3);
    add(fixture, "x", at(source_of(fixture, line), 1, 500, 1));
    const char *text = printed(fixture);
    const char *shown = strstr(text, "…") + strlen("…");
    const char *marks = strstr(text, "      | ") + 8 + 1;
    assert_int_equal((strstr(shown, "\u8BA2") - shown) / 3 * 2,
                     strchr(marks, '^') - marks);
}

static void
controls_and_bidi_marks_are_made_visible(void **state)
{
    struct fixture *fixture = *state;
    struct source *source = (struct source *)(uintptr_t)source_of(
        fixture, "a\x1B[31m\u202E\xFFz\n");
    source->path = "in\x07.yaml";
    add(fixture, "\x1B[0m\u200B\xC3", at(source, 1, 8, 1));
    assert_string_equal(printed(fixture),
                        "in<U+0007>.yaml:1:8: error: "
                        "<U+001B>[0m<U+200B><0xC3> is given twice\n"
                        "    1 | a<U+001B>[31m<U+202E><0xFF>z\n"
                        "      |                      ^~~~~~\n");
}

static void
a_place_beyond_the_line_still_gets_its_caret(void **state)
{
    struct fixture *fixture = *state;
    const struct source *source = source_of(fixture, "ab\n");
    add(fixture, "x", at(source, 1, 3, 1));
    add(fixture, "y", at(source, 2, 1, 0));
    add(fixture, "z", at(source, 9, 1, 0));
    add(fixture, "w", at(source, 0, 0, 0));
    diag_add(fixture->diag, DIAG_UNREADABLE, (struct place){0}, "f", NULL);
    assert_string_equal(printed(fixture),
                        "headroom: error: cannot read f: \n"
                        "in.yaml: error: w is given twice\n"
                        "in.yaml:1:3: error: x is given twice\n"
                        "    1 | ab\n"
                        "      |   ^\n"
                        "in.yaml:2:1: error: y is given twice\n"
                        "    2 | \n"
                        "      | ^\n"
                        "in.yaml:9:1: error: z is given twice\n");
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_message_has_place_excerpt_and_caret),
        TEST(the_caret_stands_by_display_width_and_tabs_are_copied),
        TEST(messages_come_in_reading_order),
        TEST(errors_of_form_come_before_those_of_values),
        TEST(warnings_follow_errors_and_are_no_errors),
        TEST(twenty_errors_are_printed_and_the_rest_counted),
        TEST(long_messages_stay_within_eight_kib),
        TEST(a_long_line_is_cut_around_the_caret),
        TEST(a_long_line_of_wide_characters_keeps_the_caret_on_its_own),
        TEST(controls_and_bidi_marks_are_made_visible),
        TEST(a_place_beyond_the_line_still_gets_its_caret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
