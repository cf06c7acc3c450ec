/*
 * Formulas of the workbook: patterns, cells, ranges, letters.
 */
#include "maker.h"

#include "document/formula.h"
#include "document/sheet.h"

static int
column(const void *context, const char *key, size_t length)
{
    (void)context;
    if (length == 1)
        return key[0] - 'a';
    return length == 3 && memcmp(key, "far", 3) == 0 ? 701 : -1;
}

static int
other(const void *context, const char *key, size_t length, const char **prefix)
{
    *prefix = "'Tests'!";
    return column(context, key, length);
}

static const char *
text(const void *context, const char *name, size_t length)
{
    (void)context;
    return length == 4 && memcmp(name, "dash", 4) == 0 ? "\"-\"" : NULL;
}

static const struct formula_names names = {column, other, text, NULL};

/* The formula of a row with its own rows 7 to 9 elsewhere; nothing is written
   beyond the room that was asked for. */
static const char *
written(struct arena *arena, const char *pattern, uint32_t row)
{
    const struct formula *formula = formula_new(arena, pattern, &names);
    size_t room = formula_room(formula);
    char *out = arena_alloc(arena, room + 8);
    memset(out, '#', room + 8);
    char *end = formula_write(formula, row, 7, 9, out);
    assert_int_equal(*end, '\0');
    assert_true((size_t)(end - out) < room);
    for (size_t i = room; i < room + 8; i++)
        assert_int_equal(out[i], '#');
    return out;
}

static void
a_key_is_the_cell_of_the_row(void **state)
{
    struct arena *arena = *state;
    assert_string_equal(written(arena, "{a}+{far}*2", 6), "A6+ZZ6*2");
    assert_string_equal(written(arena, "{b}", 1048576), "B1048576");
    assert_string_equal(written(arena, "1+1", 6), "1+1");
    assert_string_equal(written(arena, "", 6), "");
}

static void
own_rows_elsewhere_are_an_absolute_range(void **state)
{
    assert_string_equal(written(*state, "MIN({c@own})", 6),
                        "MIN('Tests'!$C$7:$C$9)");
}

static void
a_name_is_its_text(void **state)
{
    assert_string_equal(written(*state, "IF({a}=0,[dash],1)", 20),
                        "IF(A20=0,\"-\",1)");
}

static void
letters_run_from_a_to_xfd(void **state)
{
    static const struct {
        unsigned column;
        const char *letters;
    } cases[] = {
        {0,     "A"  },
        {25,    "Z"  },
        {26,    "AA" },
        {51,    "AZ" },
        {52,    "BA" },
        {701,   "ZZ" },
        {702,   "AAA"},
        {16383, "XFD"}
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char letters[4];
        sheet_letters(cases[i].column, letters);
        assert_string_equal(letters, cases[i].letters);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_key_is_the_cell_of_the_row),
        TEST(own_rows_elsewhere_are_an_absolute_range),
        TEST(a_name_is_its_text),
        TEST(letters_run_from_a_to_xfd),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
