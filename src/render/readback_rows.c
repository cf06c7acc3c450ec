/*
 * The quick way through the rows of a sheet: what stands there is walked along
 * with what was planned, and nothing else is let pass.  Room render/.
 *
 * A season of 20,000 links has 200 MB of rows.  Parsing them costs a third of
 * writing them; walking along costs next to nothing.  In doubt readback.c
 * parses after all, so that this file finds no fault: it only saves time.
 */
#include "render/readback_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "document/sheet.h"

#define ESCAPE_LENGTH 7 /* _x0041_ */

/* Numbers are stored with 16 digits. */
#define STORED_PRECISION 1e-15

bool
readback_is_same_number(double stored, double planned)
{
    return fabs(stored - planned) <= fabs(planned) * STORED_PRECISION;
}

static bool
is_escape(const char *text)
{
    if (text[0] != '_' || text[1] != 'x')
        return false;
    for (int i = 2; i < ESCAPE_LENGTH - 1; i++) {
        char c = text[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
              (c >= 'A' && c <= 'F')))
            return false;
    }
    return text[ESCAPE_LENGTH - 1] == '_';
}

const char *
readback_escape(struct arena *arena, const char *text)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, "_x")) != NULL; at++)
        found += is_escape(at);
    if (found == 0)
        return text;
    char *escaped =
        arena_alloc(arena, strlen(text) + found * ESCAPE_LENGTH + 1);
    char *out = escaped;
    for (const char *at = text; *at != '\0'; at++)
        if (is_escape(at))
            out = stpcpy(out, "_x005F_");
        else
            *out++ = *at;
    /* the underscore that began each stands in its escape */
    return escaped;
}

/* All that follow take a place in the row and give the place behind what they
   name, or NULL where something else stands; NULL they hand on. */

static const char *
literal(const char *at, const char *text)
{
    size_t length = strlen(text);
    return at && strncmp(at, text, length) == 0 ? at + length : NULL;
}

static const char *
optional(const char *at, const char *text)
{
    const char *behind = literal(at, text);
    return behind ? behind : at;
}

static const char *
digits(const char *at)
{
    if (at == NULL || *at < '0' || *at > '9')
        return NULL;
    while (*at >= '0' && *at <= '9')
        at++;
    return at;
}

/* A text with its markup characters escaped. */
static const char *
content(const char *at, const char *text)
{
    for (; at && *text != '\0'; text++) {
        switch (*text) {
        case '&':
            at = literal(at, "&amp;");
            break;
        case '<':
            at = literal(at, "&lt;");
            break;
        case '>':
            at = literal(at, "&gt;");
            break;
        default:
            at = *at == *text ? at + 1 : NULL;
        }
    }
    return at;
}

static const char *
number_of(const char *at, double planned)
{
    if (at == NULL)
        return NULL;
    char *end;
    double stored = strtod(at, &end);
    return end > at && readback_is_same_number(stored, planned) ? end : NULL;
}

/* Attributes of a row up to its ">": none of the values that the library
   writes there has a ">" or a "/" in it. */
static const char *
row_attributes(const char *at)
{
    if (at == NULL)
        return NULL;
    size_t length = strcspn(at, "<>/&");
    unsigned quotes = 0;
    for (size_t i = 0; i < length; i++)
        quotes += at[i] == '"';
    return at[length] == '>' && quotes % 2 == 0 ? at + length + 1 : NULL;
}

/* The value of a cell, from behind the ">" of its tag to its end. */
static const char *
value(struct arena *arena, const char *at, const struct sheet_cell *cell,
      bool is_inline, bool is_string)
{
    const char *text = cell->kind == SHEET_CELL_TEXT
                           ? readback_escape(arena, cell->text)
                           : NULL;
    if (is_inline) {
        if (text == NULL || cell->formula)
            return NULL;
        at = optional(literal(at, "<is><t"), " xml:space=\"preserve\"");
        return literal(content(literal(at, ">"), text), "</t></is></c>");
    }
    if (cell->formula)
        at = literal(content(literal(at, "<f>"), cell->formula), "</f>");
    else if (text)
        return NULL;
    if (is_string != (text != NULL))
        return NULL;
    at = literal(at, "<v>");
    at = text ? content(at, text) : number_of(at, cell->number);
    return literal(at, "</v></c>");
}

/* One cell; *next is the first column that is not yet accounted for. */
static const char *
cell_at(struct arena *arena, const struct sheet_row *planned, uint32_t number,
        const char *at, size_t *next)
{
    size_t column = 0;
    for (; *at >= 'A' && *at <= 'Z' && column < SHEET_MAX_COLUMNS; at++)
        column = column * 26 + (size_t)(*at - 'A' + 1);
    const char *behind = digits(at);
    if (column == 0 || column > planned->count || column - 1 < *next ||
        behind == NULL || strtoul(at, NULL, 10) != number)
        return NULL;
    column--;
    for (; *next < column; ++*next)
        if (planned->cells[*next].kind != SHEET_CELL_BLANK)
            return NULL;
    *next = column + 1;

    const struct sheet_cell *cell = &planned->cells[column];
    at = literal(behind, "\"");
    const char *style = literal(at, " s=\"");
    if (style)
        at = literal(digits(style), "\"");
    if (at && strncmp(at, "/>", 2) == 0)
        return cell->kind == SHEET_CELL_BLANK ? at + 2 : NULL;
    if (at == NULL || cell->kind == SHEET_CELL_BLANK)
        return NULL;
    const char *in_place = literal(at, " t=\"inlineStr\"");
    const char *string = literal(at, " t=\"str\"");
    at = literal(in_place ? in_place : string ? string : at, ">");
    return at ? value(arena, at, cell, in_place != NULL, string != NULL) : NULL;
}

bool
readback_row_matches(struct arena *arena, const struct sheet_row *planned,
                     uint32_t number, const char *text, size_t length)
{
    const char *at = literal(text, "<row r=\"");
    const char *behind = digits(at);
    if (behind == NULL || strtoul(at, NULL, 10) != number)
        return false;
    at = row_attributes(literal(behind, "\""));
    size_t next = 0;
    const char *cell;
    while ((cell = literal(at, "<c r=\"")) != NULL)
        at = cell_at(arena, planned, number, cell, &next);
    for (; next < planned->count; next++)
        if (planned->cells[next].kind != SHEET_CELL_BLANK)
            return false;
    return literal(at, "</row>") == text + length;
}
