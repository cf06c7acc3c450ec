/*
 * One planned row as XML.  Room render/; knows the form of cells, nothing of
 * files.  Texts stand in their cells: what is said twice packs well, and a
 * list of shared texts would have to be held until the end.
 */
#include "render/xlsx_row.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "render/cell_number.h"
#include "render/readback_rows.h"

#define FIRST_ROOM ((size_t)256 * 1024)
#define MOST_CHARACTERS 32767 /* in a cell */
#define MOST_ESCAPED 5        /* bytes for one: "&amp;" */
#define TAGS_ROOM 160         /* of one cell, without its contents */

/* Where one row is appended. */
struct row_writer {
    struct xlsx_text *text;
    const struct xlsx_styles *styles;
    char number[12]; /* of the row, as text */
    size_t number_length;
};

static void
make_room(struct xlsx_text *text, size_t size)
{
    if (text->room - text->size > size)
        return;
    size_t room = text->room ? text->room : FIRST_ROOM;
    while (room - text->size <= size)
        room *= 2;
    char *larger = realloc(text->bytes, room);
    if (larger == NULL)
        abort(); /* not reached: memory.c ends the program first */
    text->bytes = larger;
    text->room = room;
}

/* The calls below append where make_room() was called before. */
static void
put(struct xlsx_text *text, const char *bytes, size_t size)
{
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
}

#define PUT(text, literal) put(text, literal, sizeof literal - 1)

static size_t
digits_of(char *to, uint32_t number)
{
    char reversed[12];
    size_t count = 0, length = 0;
    do
        reversed[count++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    while (count > 0)
        to[length++] = reversed[--count];
    return length;
}

static void
put_escaped(struct xlsx_text *text, const char *content)
{
    for (;;) {
        size_t plain = strcspn(content, "&<>");
        put(text, content, plain);
        content += plain;
        switch (*content++) {
        case '&':
            PUT(text, "&amp;");
            break;
        case '<':
            PUT(text, "&lt;");
            break;
        case '>':
            PUT(text, "&gt;");
            break;
        default:
            return;
        }
    }
}

/* "<c r="B7" s="3"" */
static void
open_cell(const struct row_writer *writer, const char *letters,
          struct sheet_style style)
{
    struct xlsx_text *text = writer->text;
    PUT(text, "<c r=\"");
    put(text, letters, strlen(letters));
    put(text, writer->number, writer->number_length);
    uint16_t number =
        writer->styles->number[style.role][style.format][style.decimals];
    PUT(text, "\" s=\"");
    text->size += digits_of(text->bytes + text->size, number);
    PUT(text, "\"");
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A text in place; blanks at its ends would else be lost. */
static void
put_in_place(struct xlsx_text *text, const char *content)
{
    size_t length = strlen(content);
    PUT(text, " t=\"inlineStr\"><is><t");
    if (length > 0 && (is_space(content[0]) || is_space(content[length - 1])))
        PUT(text, " xml:space=\"preserve\"");
    PUT(text, ">");
    put_escaped(text, content);
    PUT(text, "</t></is></c>");
}

static void
put_formula(struct xlsx_text *text, const char *formula)
{
    if (formula == NULL)
        return;
    PUT(text, "<f>");
    put_escaped(text, formula);
    PUT(text, "</f>");
}

static const char *
put_text_cell(const struct row_writer *writer, struct arena *arena,
              const char *letters, const struct sheet_cell *cell)
{
    struct xlsx_text *text = writer->text;
    const char *content = readback_escape(arena, cell->text);
    size_t length = strlen(content);
    if (length > MOST_CHARACTERS && text_length(content) > MOST_CHARACTERS)
        return "a text is longer than a cell holds";
    make_room(text, TAGS_ROOM + MOST_ESCAPED * length);
    open_cell(writer, letters, cell->style);
    if (cell->formula == NULL) {
        put_in_place(text, content);
        return NULL;
    }
    PUT(text, " t=\"str\">");
    make_room(text,
              TAGS_ROOM + MOST_ESCAPED * (length + strlen(cell->formula)));
    put_formula(text, cell->formula);
    PUT(text, "<v>");
    put_escaped(text, content);
    PUT(text, "</v></c>");
    return NULL;
}

static const char *
put_number_cell(const struct row_writer *writer, const char *letters,
                const struct sheet_cell *cell)
{
    struct xlsx_text *text = writer->text;
    size_t formula = cell->formula ? strlen(cell->formula) : 0;
    char number[CELL_NUMBER_ROOM];
    size_t length = cell_number_write(number, cell->number);
    if (length == 0)
        return "a number is not finite";
    make_room(text, TAGS_ROOM + MOST_ESCAPED * formula);
    open_cell(writer, letters, cell->style);
    PUT(text, ">");
    put_formula(text, cell->formula);
    PUT(text, "<v>");
    put(text, number, length);
    PUT(text, "</v></c>");
    return NULL;
}

static const char *
put_cell(const struct row_writer *writer, struct arena *arena,
         const char *letters, const struct sheet_cell *cell)
{
    const struct sheet_style style = cell->style;
    if (writer->styles->number[style.role][style.format][style.decimals] == 0)
        return "a cell has a style that the sheet did not announce";
    if (cell->kind == SHEET_CELL_TEXT)
        return put_text_cell(writer, arena, letters, cell);
    if (cell->kind == SHEET_CELL_DOUBLE)
        return put_number_cell(writer, letters, cell);
    make_room(writer->text, TAGS_ROOM);
    open_cell(writer, letters, style);
    PUT(writer->text, "/>");
    return NULL;
}

/* A blank cell without a look of its own is not written. */
static bool
is_written(const struct sheet_cell *cell)
{
    return cell->kind != SHEET_CELL_BLANK || cell->style.role != ROLE_PLAIN;
}

static void
open_row(const struct row_writer *writer, double height)
{
    struct xlsx_text *text = writer->text;
    make_room(text, TAGS_ROOM);
    PUT(text, "<row r=\"");
    put(text, writer->number, writer->number_length);
    PUT(text, "\"");
    if (height > 0) {
        char points[CELL_NUMBER_ROOM];
        size_t length = cell_number_write(points, height);
        PUT(text, " ht=\"");
        put(text, points, length);
        PUT(text, "\" customHeight=\"1\"");
    }
    PUT(text, ">");
}

const char *
xlsx_row_add(struct xlsx_text *text, struct arena *arena,
             const struct xlsx_styles *styles, const struct sheet_row *row,
             uint32_t number)
{
    struct row_writer writer = {.text = text, .styles = styles};
    writer.number_length = digits_of(writer.number, number + 1);
    bool is_open = row->height > 0;
    if (is_open)
        open_row(&writer, row->height);
    for (size_t i = 0; i < row->count; i++) {
        if (!is_written(&row->cells[i]))
            continue;
        if (!is_open)
            open_row(&writer, 0);
        is_open = true;
        char letters[4];
        sheet_letters((unsigned)i, letters);
        const char *fault = put_cell(&writer, arena, letters, &row->cells[i]);
        if (fault)
            return fault;
    }
    if (is_open) {
        make_room(text, TAGS_ROOM);
        PUT(text, "</row>");
    }
    if (text->bytes)
        text->bytes[text->size] = '\0';
    return NULL;
}
