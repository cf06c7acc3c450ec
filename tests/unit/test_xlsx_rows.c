/*
 * Rows of a sheet in pieces: put together they are all the rows, in order, the
 * same every time; what a workbook cannot hold is told at its row.
 */
#include "maker.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <zlib.h>

#include "document/sheet.h"
#include "render/xlsx_rows.h"

#define ROWS 30000
#define MOST_BYTES ((size_t)8 << 20)

static struct xlsx_styles styles;
static const struct sheet_style plain = {.role = ROLE_PLAIN};
static uint32_t bad_row; /* 0: none */
static double bad_number;
static const char *bad_text;

/* Row i: i, a text, a blank with a look, half of i as a formula; each tenth
   row is blank, each hundredth high. */
static void
make_row(const struct sheet *sheet, uint32_t number, struct sheet_row *out)
{
    (void)sheet;
    if (number % 10 == 9)
        return;
    out->height = number % 100 == 0 ? 20.5 : 0;
    out->count = 4;
    out->cells[0] = (struct sheet_cell){
        .kind = SHEET_CELL_DOUBLE, .style = plain, .number = number};
    out->cells[1] =
        (struct sheet_cell){.kind = SHEET_CELL_TEXT, .text = "a & b "};
    out->cells[2] = (struct sheet_cell){.style = {.role = ROLE_INPUT}};
    out->cells[3] = (struct sheet_cell){
        .kind = SHEET_CELL_DOUBLE, .number = number / 2.0, .formula = "A1<2"};
    if (bad_row > 0 && number == bad_row) {
        if (bad_text)
            out->cells[1].text = bad_text;
        else
            out->cells[0].number = bad_number;
    }
}

static const struct sheet sheet = {
    .name = "Long", .column_count = 4, .row_count = ROWS, .make_row = make_row};

/* Pieces put together. */
struct joined {
    unsigned char *bytes;
    size_t size, count, text_size;
    uint32_t sum;
    size_t refuse; /* the piece that is not taken, from 1 */
};

static bool
join(void *context, const struct xlsx_piece *piece)
{
    struct joined *joined = context;
    if (++joined->count == joined->refuse)
        return false;
    assert_true(joined->size + piece->size < MOST_BYTES);
    memcpy(joined->bytes + joined->size, piece->bytes, piece->size);
    joined->size += piece->size;
    joined->sum = (uint32_t)crc32_combine(joined->sum, piece->text_sum,
                                          (long)piece->text_size);
    joined->text_size += piece->text_size;
    return true;
}

static int
setup(void **state)
{
    *state = arena_new();
    memset(&styles, 0, sizeof styles);
    styles.number[ROLE_PLAIN][SHEET_GENERAL][0] = 1;
    styles.number[ROLE_INPUT][SHEET_GENERAL][0] = 23;
    bad_row = 0;
    bad_text = NULL;
    return 0;
}

static int
teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static bool
pack(struct arena *arena, struct joined *joined, const char **fault)
{
    struct xlsx_packer *packer = xlsx_packer_open();
    joined->bytes = arena_alloc(arena, MOST_BYTES);
    bool good =
        xlsx_pack_text(packer, "<s>", 3, false, join, joined) &&
        xlsx_pack_rows(packer, arena, &sheet, &styles, join, joined, fault) &&
        xlsx_pack_text(packer, "</s>", 4, true, join, joined);
    xlsx_packer_close(packer);
    return good;
}

static char *
unpack(struct arena *arena, const struct joined *joined)
{
    char *text = arena_alloc(arena, MOST_BYTES);
    z_stream stream = {.next_in = joined->bytes,
                       .avail_in = (unsigned)joined->size,
                       .next_out = (unsigned char *)text,
                       .avail_out = MOST_BYTES};
    assert_int_equal(inflateInit2(&stream, -MAX_WBITS), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.avail_in, 0);
    assert_int_equal(stream.total_out, joined->text_size);
    assert_int_equal(crc32_z(0, (unsigned char *)text, joined->text_size),
                     joined->sum);
    inflateEnd(&stream);
    return text;
}

static void
pieces_make_up_all_rows_in_order(void **state)
{
    struct joined joined = {.count = 0};
    const char *fault = NULL;
    assert_true(xlsx_rows_are_many(&sheet));
    assert_true(pack(*state, &joined, &fault));
    assert_true(joined.count > 10);
    const char *at = unpack(*state, &joined);
    assert_memory_equal(at, "<s>", 3);
    at += 3;
    for (uint32_t i = 0; i < ROWS; i++) {
        char row[400], half[40];
        if (i % 10 == 9)
            continue;
        snprintf(half, sizeof half, i % 2 ? "%u.5" : "%u", i / 2);
        int length = snprintf(
            row, sizeof row,
            "<row r=\"%u\"%s><c r=\"A%u\" s=\"1\"><v>%u</v></c>"
            "<c r=\"B%u\" s=\"1\" t=\"inlineStr\"><is>"
            "<t xml:space=\"preserve\">a &amp; b </t></is></c>"
            "<c r=\"C%u\" s=\"23\"/>"
            "<c r=\"D%u\" s=\"1\"><f>A1&lt;2</f><v>%s</v></c></row>",
            i + 1, i % 100 == 0 ? " ht=\"20.5\" customHeight=\"1\"" : "", i + 1,
            i, i + 1, i + 1, i + 1, half);
        if (strncmp(at, row, (size_t)length) != 0)
            fail_msg("%.*s", length, at);
        at += length;
    }
    assert_string_equal(at, "</s>");
}

static void
every_run_gives_the_same_bytes(void **state)
{
    struct joined first = {.count = 0};
    const char *fault = NULL;
    assert_true(pack(*state, &first, &fault));
    for (int i = 0; i < 5; i++) {
        struct joined next = {.count = 0};
        assert_true(pack(*state, &next, &fault));
        assert_int_equal(next.size, first.size);
        assert_memory_equal(next.bytes, first.bytes, first.size);
    }
}

static void
assert_fault(struct arena *arena, const char *expected)
{
    struct joined joined = {.count = 0};
    const char *fault = NULL;
    assert_false(pack(arena, &joined, &fault));
    assert_non_null(fault);
    assert_string_equal(fault, expected);
}

static void
what_cannot_stand_in_a_cell_is_told(void **state)
{
    char *text = arena_alloc(*state, 32769);
    memset(text, 'x', 32768);
    bad_row = 20001;
    bad_number = (double)NAN;
    assert_fault(*state, "sheet Long, row 20002: a number is not finite");
    bad_text = text;
    assert_fault(*state,
                 "sheet Long, row 20002: a text is longer than a cell holds");
    text[32767] = '\0';
    struct joined joined = {.count = 0};
    const char *fault = NULL;
    assert_true(pack(*state, &joined, &fault));
    styles.number[ROLE_INPUT][SHEET_GENERAL][0] = 0;
    assert_fault(*state, "sheet Long, row 1: a cell has a style that the sheet "
                         "did not announce");
}

static void
a_piece_that_is_not_taken_ends_the_work(void **state)
{
    struct joined joined = {.refuse = 5};
    const char *fault = NULL;
    assert_false(pack(*state, &joined, &fault));
    assert_null(fault);
    assert_int_equal(joined.count, 5);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(pieces_make_up_all_rows_in_order),
        CASE(every_run_gives_the_same_bytes),
        CASE(what_cannot_stand_in_a_cell_is_told),
        CASE(a_piece_that_is_not_taken_ends_the_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
