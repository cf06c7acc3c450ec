/*
 * Small CSV files: fields with their places, and what is refused where.
 */
#include "reader.h"

#include "results/table.h"

static struct table *
read_text(void **state, const char *text)
{
    struct fixture *fixture = *state;
    return table_read(fixture->arena, source_of(fixture, text), 0,
                      fixture->diag);
}

static void
fields_are_unquoted_and_keep_their_places(void **state)
{
    struct table *table =
        read_text(state, "名,b\r\n\"x, \"\"y\"\"\nz\",2\n\n,\"\"\n");
    assert_non_null(table);
    assert_int_equal(table->row_count, 3);
    assert_int_equal(table_find(table, "b"), 1);
    assert_int_equal(table_find(table, "c"), -1);
    const struct table_row *row = &table->rows[1];
    assert_string_equal(row->fields[0], "x, \"y\"\nz");
    assert_string_equal(row->fields[1], "2");
    assert_int_equal(row->line, 2);
    assert_int_equal(table_place(table, &table->rows[0], 1).column, 3);
    assert_string_equal(table->rows[2].fields[0], "");
    assert_string_equal(table->rows[2].fields[1], "");
    assert_int_equal(table->rows[2].line, 5);
}

static void
the_separator_is_the_one_the_heading_has_most_of(void **state)
{
    assert_int_equal(read_text(state, "a;b;c,d\n1;2;3\n")->rows[1].count, 3);
    assert_int_equal(read_text(state, "a\tb\n1\t2,5\n")->rows[1].count, 2);
    assert_int_equal(read_text(state, "a\n1\n")->rows[1].count, 1);
}

static void
is_refused(void **state, const char *text, const char *message)
{
    struct fixture *fixture = *state;
    fixture->diag = diag_new(fixture->arena);
    assert_null(read_text(state, text));
    assert_string_equal(first_line(fixture), message);
}

static void
what_is_no_table_is_refused_at_its_place(void **state)
{
    is_refused(state, "a,b\n1,\"2\n3,4\n",
               "in.yaml:2:3: error: the quote that opens here is never closed");
    is_refused(state, "a,b\n\"1\"x,2\n",
               "in.yaml:2:4: error: expected a separator or the end of the "
               "line after the closing quote");
    is_refused(state, "a,b\n1,2\n1\n",
               "in.yaml:3:1: error: expected 2 fields as in the first row, "
               "found 1");
    is_refused(state, "\n\r\n", "in.yaml:1:1: error: no row in it");
    is_refused(state, "a,\xff\n",
               "in.yaml:1:3: error: not UTF-8: byte 0xFF");
    is_refused(state, "", "in.yaml:1:1: error: no row in it");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(fields_are_unquoted_and_keep_their_places),
        TEST(the_separator_is_the_one_the_heading_has_most_of),
        TEST(what_is_no_table_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
