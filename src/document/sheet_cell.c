/*
 * Cells and rows of the workbook's sheets.  Room document/.
 *
 * A cell of a workbook holds a binary number that readers show and store with
 * 15 digits.  What has more is never rounded in silence: it stands as text.
 */
#include <string.h>

#include "document/sheet_book.h"

#define LINE_HEIGHT 14.0  /* [pt] of 10 pt text */
#define TITLE_HEIGHT 23.0 /* [pt] */

/* Digits that survive a cell. */
#define CELL_DIGITS 15

/* 1900-03-01, from which on serial days mean the same to every program, and
   the day whose serial is 0, in days since 1970-01-01. */
#define FIRST_SERIAL_DAY (-25508)
#define SERIAL_ZERO (-25569)

/* --- rows ----------------------------------------------------------------- */

struct sheet_style
style_of(enum sheet_role role, enum sheet_format format, unsigned decimals)
{
    return (struct sheet_style){(uint8_t)role, (uint8_t)format,
                                (uint8_t)decimals};
}

struct sheet_cell *
row_add(struct sheet_row *row, struct sheet_style style)
{
    struct sheet_cell *cell = &row->cells[row->count++];
    *cell = (struct sheet_cell){.style = style};
    return cell;
}

void
row_text(struct sheet_row *row, struct sheet_style style, const char *text)
{
    cell_text(row_add(row, style), text);
}

void
row_blank(struct sheet_row *row, size_t count)
{
    while (count-- > 0)
        row_add(row, style_of(ROLE_PLAIN, SHEET_GENERAL, 0));
}

char *
row_scratch(struct sheet_row *row, size_t size)
{
    if (row->scratch_used + size > row->scratch_room) {
        /* what the row holds already stays where it is */
        row->scratch_room = (row->scratch_used + size) * 2;
        row->scratch = arena_alloc(row->arena, row->scratch_room);
        row->scratch_used = 0;
    }
    char *at = row->scratch + row->scratch_used;
    row->scratch_used += size;
    return at;
}

const char *
row_formula(struct sheet_row *row, const struct formula *formula,
            uint32_t number, uint32_t first, uint32_t last)
{
    size_t room = formula_room(formula);
    char *text = row_scratch(row, room);
    char *end = formula_write(formula, number, first, last, text);
    row->scratch_used -= room - (size_t)(end + 1 - text);
    return text;
}

/* Lines of a text by its display width; one is kept free, as words do not
   break just where the column ends. */
static unsigned
lines_of(const char *text, double width)
{
    unsigned lines = 0;
    while (text) {
        const char *end = strchr(text, '\n');
        size_t length = end ? (size_t)(end - text) : strlen(text);
        size_t columns = 0;
        for (const char *at = text; at < text + length;) {
            uint32_t code = 0;
            unsigned bytes = text_decode(at, text + length, &code);
            columns += text_code_width(code);
            at += bytes > 0 ? bytes : 1;
        }
        lines +=
            columns == 0 ? 1 : (unsigned)((double)columns / (width - 1)) + 1;
        text = end ? end + 1 : NULL;
    }
    return lines;
}

void
row_fit(struct sheet_row *row, const char *text, double width)
{
    double height = LINE_HEIGHT * lines_of(text, width) + 2;
    if (height > row->height)
        row->height = height;
}

const char *
sheet_purpose(const struct book *book, enum sheet_kind kind)
{
    return book_word(book, arena_format(book->arena, "sheet.purpose.%s",
                                        sheet_kind_key[kind]));
}

void
row_two_lines(const struct book *book, struct sheet_row *row)
{
    if (book->lang == LANG_BOTH && row->height < 2 * LINE_HEIGHT + 2)
        row->height = 2 * LINE_HEIGHT + 2;
}

bool
row_above_head(const struct book *book, enum sheet_kind kind, uint32_t number,
               struct sheet_row *row)
{
    switch (number) {
    case ROW_TITLE: {
        struct fill fills[] = {
            {"season",                   text_is_given(book->season->name)
                           ? book->season->name
                           : (struct text){.one = book->season->id}},
            {"sheet",                          {.one = book->name[kind]}},
            {0}
        };
        row->height = TITLE_HEIGHT;
        row_text(row, style_of(ROLE_TITLE, SHEET_TEXT, 0),
                 book_fill(book, "sheet.title", fills));
        return true;
    }
    case ROW_PURPOSE:
        row_text(row, style_of(ROLE_PURPOSE, SHEET_TEXT, 0),
                 sheet_purpose(book, kind));
        return true;
    case ROW_STAMP:
        row_text(row, style_of(ROLE_PURPOSE, SHEET_TEXT, 0), book->stamp);
        return true;
    default:
        return false;
    }
}

struct sheet_row
sheet_row_new(struct arena *arena, const struct sheet *sheet)
{
    return (struct sheet_row){
        .cells = arena_array(arena, sheet->column_count, struct sheet_cell),
        .arena = arena};
}

void
sheet_make_row(const struct sheet *sheet, uint32_t row, struct sheet_row *out)
{
    out->count = 0;
    out->height = 0;
    out->scratch_used = 0;
    sheet->make_row(sheet, row, out);
}

void
sheet_letters(unsigned column, char letters[4])
{
    char reversed[4];
    size_t length = 0;
    for (unsigned left = column + 1; left > 0; left = (left - 1) / 26)
        reversed[length++] = (char)('A' + (left - 1) % 26);
    for (size_t i = 0; i < length; i++)
        letters[i] = reversed[length - 1 - i];
    letters[length] = '\0';
}

/* --- values --------------------------------------------------------------- */

void
cell_text(struct sheet_cell *cell, const char *text)
{
    cell->kind = text && text[0] != '\0' ? SHEET_CELL_TEXT : SHEET_CELL_BLANK;
    cell->text = text;
}

void
cell_empty(struct sheet_cell *cell)
{
    cell->kind = SHEET_CELL_TEXT;
    cell->text = "";
}

void
cell_number(struct sheet_cell *cell, double number)
{
    cell->kind = SHEET_CELL_DOUBLE;
    cell->number = number;
}

void
cell_whole(struct sheet_cell *cell, whole number)
{
    cell_number(cell, whole_double(number));
}

/* A number taken apart. */
struct parts {
    unsigned places; /* decimals */
    unsigned digits; /* from its first to its last decimal */
    double value;    /* the nearest, where the digits fit a cell */
};

static const double power_of_ten[] = {1e0,  1e1,  1e2,  1e3, 1e4,  1e5,
                                      1e6,  1e7,  1e8,  1e9, 1e10, 1e11,
                                      1e12, 1e13, 1e14, 1e15};

/* A tested season has a million such numbers: two divisions of 128 bits, the
   rest in 64. */
static struct parts
take_apart(struct decimal number)
{
    const int64_t half = 1000000000000; /* 10^12 */
    whole size = number.units < 0 ? -number.units : number.units;
    whole upper = size / half;
    int64_t low = (int64_t)(size - upper * half);
    int64_t before = (int64_t)(upper / half);
    int64_t fraction = (int64_t)(upper - (whole)before * half);
    struct parts parts = {0};
    if (low != 0) {
        for (parts.places = DECIMAL_PLACES; low % 10 == 0; low /= 10)
            parts.places--;
    } else if (fraction != 0) {
        for (parts.places = DECIMAL_PLACES / 2; fraction % 10 == 0;
             fraction /= 10)
            parts.places--;
    }
    parts.digits = parts.places;
    for (int64_t left = before; left > 0; left /= 10)
        parts.digits++;
    if (parts.digits > CELL_DIGITS)
        return parts;
    /* two exact doubles divide to the nearest one */
    double scale = power_of_ten[parts.places];
    parts.value = ((double)before * scale + (double)fraction) / scale;
    if (number.units < 0)
        parts.value = -parts.value;
    return parts;
}

bool
decimal_is_exact_double(struct decimal number)
{
    return take_apart(number).digits <= CELL_DIGITS;
}

static void
set_decimals(struct sheet_cell *cell, unsigned places)
{
    if (cell->style.format == SHEET_PERCENT)
        places = places > 2 ? places - 2 : 0;
    cell->style.decimals =
        (uint8_t)(places > SHEET_MAX_DECIMALS ? SHEET_MAX_DECIMALS : places);
}

void
cell_decimal_input(struct sheet_cell *cell, struct decimal number)
{
    struct parts parts = take_apart(number);
    set_decimals(cell, parts.places);
    cell_number(cell, parts.digits <= CELL_DIGITS ? parts.value
                                                  : decimal_double(number));
}

void
cell_decimal(const struct book *book, struct sheet_cell *cell,
             struct decimal number)
{
    struct parts parts = take_apart(number);
    if (parts.digits > CELL_DIGITS) {
        cell_text(cell, decimal_text(book->arena, number));
        return;
    }
    set_decimals(cell, parts.places);
    cell_number(cell, parts.value);
}

void
cell_known(const struct book *book, struct sheet_cell *cell,
           struct known number, double divide)
{
    if (number.known)
        cell_number(cell, whole_double(number.value) / divide);
    else
        cell_text(cell, book->unproven);
}

bool
day_is_serial(struct day day)
{
    return day.number >= FIRST_SERIAL_DAY;
}

double
day_serial(struct day day)
{
    return (double)(day.number - SERIAL_ZERO);
}

void
cell_day(const struct book *book, struct sheet_cell *cell, struct day day)
{
    if (!day.given)
        cell_text(cell, NULL);
    else if (day_is_serial(day))
        cell_number(cell, day_serial(day));
    else
        cell_text(cell, day_text(book->arena, day));
}
