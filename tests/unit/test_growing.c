/*
 * A text that grows.
 */
#include "reader.h"

#include "base/growing.h"

static void
nothing_is_the_empty_text(void **state)
{
    struct fixture *fixture = *state;
    struct growing growing = {.arena = fixture->arena};
    assert_string_equal(growing_text(&growing), "");
    growing_add(&growing, "", 0);
    assert_string_equal(growing_text(&growing), "");
}

static void
pieces_of_every_length_stand_one_after_the_other(void **state)
{
    struct fixture *fixture = *state;
    struct growing growing = {.arena = fixture->arena};
    static char wanted[200 * 201 / 2 + 1], piece[200];
    size_t at = 0;
    for (size_t i = 1; i <= 200; i++) {
        memset(piece, 'a' + (int)(i % 26), i);
        memcpy(wanted + at, piece, i);
        at += i;
        growing_add(&growing, piece, i);
        assert_int_equal(growing.length, at);
        assert_string_equal(growing_text(&growing), wanted);
    }
}

static void
what_is_printed_may_be_short_or_long(void **state)
{
    struct fixture *fixture = *state;
    for (int width = 0; width < 600; width++) {
        struct growing growing = {.arena = fixture->arena};
        growing_print(&growing, "%d:", width);
        growing_print(&growing, "%0*d|", width, 7);
        assert_string_equal(
            growing_text(&growing),
            arena_format(fixture->arena, "%d:%0*d|", width, width, 7));
    }
}

static void
a_text_of_length_0_begins_anew(void **state)
{
    struct fixture *fixture = *state;
    struct growing growing = {.arena = fixture->arena};
    growing_add(&growing, "longer", 6);
    growing.length = 0;
    assert_string_equal(growing_text(&growing), "");
    growing_add(&growing, "ab", 2);
    assert_string_equal(growing_text(&growing), "ab");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_the_empty_text),
        TEST(pieces_of_every_length_stand_one_after_the_other),
        TEST(what_is_printed_may_be_short_or_long),
        TEST(a_text_of_length_0_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
