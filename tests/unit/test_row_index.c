/*
 * The index of rows: on each kind of processor that this one can be, what a
 * walk from byte to byte finds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "results/row_index.h"

#define MOST 700 /* [bytes] of a text */

/* What is expected, byte by byte. */
struct walk {
    uint32_t end[MOST], row[MOST];
    size_t end_count, row_count;
    bool is_quoted;
    uint32_t bad_quote;
};

static uint64_t state = 1;

static unsigned
draw(unsigned below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % below;
}

static void
walk_text(struct walk *walk, struct row_marks marks, const char *text,
          size_t from, size_t to, bool is_quoted)
{
    walk->end_count = walk->row_count = 0;
    walk->bad_quote = UINT32_MAX;
    for (size_t at = from; at < to; at++) {
        if (text[at] == '"' && marks.has_quotes) {
            is_quoted = !is_quoted;
            char beside =
                is_quoted ? (at > 0 ? text[at - 1] : '\n') : text[at + 1];
            bool is_fit = beside == marks.delimiter || beside == '\n' ||
                          beside == '"' || (!is_quoted && beside == '\r');
            if (!is_fit && walk->bad_quote == UINT32_MAX)
                walk->bad_quote = (uint32_t)at;
        }
        if (is_quoted || (text[at] != marks.delimiter && text[at] != '\n'))
            continue;
        walk->end[walk->end_count++] = (uint32_t)at;
        if (text[at] == '\n')
            walk->row[walk->row_count++] = (uint32_t)walk->end_count;
    }
    walk->is_quoted = is_quoted;
}

/* Random bytes, of some kinds more than of others. */
static void
make_text(char *text, size_t size)
{
    static const char *const of[] = {"abc0123456789,,\n", ",,,\n", "ab,\"\n",
                                     "abcdefghijklmnopqrstuvwxy,\"\r\n"};
    const char *bytes = of[draw(4)];
    for (size_t i = 0; i < size; i++)
        text[i] = bytes[draw((unsigned)strlen(bytes))];
    memset(text + size, 'x', ROW_PADDING + 1);
    text[size] = '\n';
}

static void
check_index(const struct row_index *index, const struct walk *walk)
{
    assert_int_equal(index->end_count, walk->end_count);
    assert_int_equal(index->row_count, walk->row_count);
    assert_memory_equal(index->end, walk->end,
                        walk->end_count * sizeof *walk->end);
    assert_memory_equal(index->row, walk->row,
                        walk->row_count * sizeof *walk->row);
    assert_int_equal(index->is_quoted, walk->is_quoted);
    assert_int_equal(index->bad_quote, walk->bad_quote);
}

static void
all_kinds_find_the_same(void **unused)
{
    (void)unused;
    char text[MOST + ROW_PADDING + 1];
    struct walk walk;
    for (unsigned i = 0; i < 20000; i++) {
        size_t size = 1 + draw(MOST - 1), from = draw((unsigned)size);
        struct row_marks marks = {draw(8) ? ',' : '\n', draw(4) > 0};
        bool is_quoted = marks.has_quotes && draw(2);
        make_text(text, size);
        walk_text(&walk, marks, text, from, size, is_quoted);
        for (int kind = ROW_INDEX_PLAIN; kind <= ROW_INDEX_AVX512; kind++) {
            struct row_index index = {0};
            row_index_most = (enum row_index_kind)kind;
            row_index_room(&index, size - from);
            row_index_make(&index, marks, text, from, size, is_quoted);
            check_index(&index, &walk);
            row_index_free(&index);
        }
    }
}

static void
all_kinds_see_a_nul_and_count(void **unused)
{
    (void)unused;
    char text[MOST + ROW_PADDING + 1];
    for (unsigned i = 0; i < 2000; i++) {
        size_t size = 1 + draw(MOST - 1), commas = 0;
        bool has_nul = draw(2);
        make_text(text, size);
        if (has_nul)
            text[draw((unsigned)size)] = '\0';
        /* behind it there may be anything */
        memset(text + size + 1, draw(2) ? '\0' : 'x', ROW_PADDING);
        for (size_t at = 0; at < size; at++)
            commas += text[at] == ',';
        for (int kind = ROW_INDEX_PLAIN; kind <= ROW_INDEX_AVX512; kind++) {
            struct row_index index = {0};
            row_index_most = (enum row_index_kind)kind;
            row_index_room(&index, size);
            row_index_make(&index, (struct row_marks){',', true}, text, 0, size,
                           false);
            assert_int_equal(index.has_nul, has_nul);
            assert_int_equal(row_count_byte(text, size, ','), commas);
            row_index_free(&index);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_kinds_find_the_same),
        cmocka_unit_test(all_kinds_see_a_nul_and_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
