/*
 * The finished workbook, opened again.  Room render/, and the one file that
 * knows minizip and expat.
 *
 * The library that writes it does not notice when its scratch files are cut
 * off by a full disk: the zip is then sound and the XML in it is not.
 */
#include "render/readback.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>
#include <unzip.h>

#include "base/arena.h"
#include "document/sheet.h"

#define BUFFER 65536
#define MAX_PART_NAME 256
#define ESCAPE_LENGTH 7 /* _x0041_ */

/* Numbers are stored with 16 digits. */
#define STORED_PRECISION 1e-15

/* --- texts as stored ---------------------------------------------------------- */

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

/* --- one sheet ------------------------------------------------------------------ */

enum inside { INSIDE_NOTHING, INSIDE_VALUE, INSIDE_FORMULA, INSIDE_TEXT };

/* Text gathered from pieces. */
struct gathered {
    char *text;
    size_t length, room;
};

struct reading {
    struct arena *arena;
    XML_Parser parser;
    const char *part;
    const char *fault; /* the first difference; NULL while there is none */

    const struct sheet *sheet; /* NULL in parts that are no sheets */
    struct sheet_row row;      /* as planned */
    uint32_t next_row;         /* the first not yet seen */
    size_t next_column;
    size_t column; /* of the cell being read */
    bool is_text;  /* by its type */
    enum inside inside;
    struct gathered value, formula;
};

static void
differ(struct reading *reading, size_t column, const char *what)
{
    if (reading->fault)
        return;
    char letters[4];
    sheet_letters((unsigned)column, letters);
    reading->fault =
        arena_format(reading->arena, "sheet %s, cell %s%u: %s",
                     reading->sheet->name, letters, reading->next_row, what);
    XML_StopParser(reading->parser, XML_FALSE);
}

/* Cells of the row from next_column up to column must be blank in the plan. */
static void
pass_blanks(struct reading *reading, size_t column)
{
    for (; reading->next_column < column &&
           reading->next_column < reading->row.count;
         reading->next_column++)
        if (reading->row.cells[reading->next_column].kind !=
            SHEET_CELL_BLANK)
            differ(reading, reading->next_column, "missing");
}

/* Rows that are not in the file must be blank in the plan. */
static void
pass_rows(struct reading *reading, uint32_t row)
{
    while (reading->next_row < row && !reading->fault) {
        sheet_make_row(reading->sheet, reading->next_row++, &reading->row);
        reading->next_column = 0;
        pass_blanks(reading, reading->row.count);
    }
}

static void
begin_row(struct reading *reading, const char **attributes)
{
    uint32_t number = 0;
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(attributes[i], "r") == 0)
            number = (uint32_t)strtoul(attributes[i + 1], NULL, 10);
    if (number <= reading->next_row || number > reading->sheet->row_count) {
        reading->fault = arena_format(reading->arena,
                                      "sheet %s: row %u is not expected",
                                      reading->sheet->name, number);
        XML_StopParser(reading->parser, XML_FALSE);
        return;
    }
    pass_rows(reading, number - 1);
    sheet_make_row(reading->sheet, reading->next_row++, &reading->row);
    reading->next_column = 0;
}

static size_t
column_of(const char *reference)
{
    size_t column = 0;
    for (; *reference >= 'A' && *reference <= 'Z'; reference++)
        column = column * 26 + (size_t)(*reference - 'A' + 1);
    return column - 1;
}

static void
begin_cell(struct reading *reading, const char **attributes)
{
    reading->is_text = false;
    reading->value.length = reading->formula.length = 0;
    for (size_t i = 0; attributes[i]; i += 2) {
        if (strcmp(attributes[i], "r") == 0)
            reading->column = column_of(attributes[i + 1]);
        else if (strcmp(attributes[i], "t") == 0)
            reading->is_text = strcmp(attributes[i + 1], "n") != 0;
    }
    pass_blanks(reading, reading->column);
    if (reading->column >= reading->row.count)
        differ(reading, reading->column, "not expected");
}

static bool
is_same_number(double stored, double planned)
{
    return fabs(stored - planned) <= fabs(planned) * STORED_PRECISION;
}

static const char *
gathered_text(struct gathered *gathered)
{
    if (gathered->text == NULL)
        return "";
    gathered->text[gathered->length] = '\0';
    return gathered->text;
}

static void
end_cell(struct reading *reading)
{
    if (reading->fault)
        return;
    const struct sheet_cell *cell = &reading->row.cells[reading->column];
    const char *value = gathered_text(&reading->value);
    const char *formula = gathered_text(&reading->formula);
    reading->next_column = reading->column + 1;
    if (strcmp(formula, cell->formula ? cell->formula : "") != 0)
        differ(reading, reading->column, "another formula");
    else if (cell->kind == SHEET_CELL_BLANK && value[0] != '\0')
        differ(reading, reading->column, "not blank");
    else if (cell->kind == SHEET_CELL_TEXT &&
             (!reading->is_text ||
              strcmp(value, readback_escape(reading->arena, cell->text)) != 0))
        differ(reading, reading->column, "another text");
    else if (cell->kind == SHEET_CELL_DOUBLE &&
             (reading->is_text || value[0] == '\0' ||
              !is_same_number(strtod(value, NULL), cell->number)))
        differ(reading, reading->column, "another number");
}

/* --- XML ------------------------------------------------------------------------- */

static void
on_start(void *context, const char *name, const char **attributes)
{
    struct reading *reading = context;
    if (reading->fault)
        return;
    if (strcmp(name, "c") == 0)
        begin_cell(reading, attributes);
    else if (strcmp(name, "v") == 0)
        reading->inside = INSIDE_VALUE;
    else if (strcmp(name, "f") == 0)
        reading->inside = INSIDE_FORMULA;
    else if (strcmp(name, "t") == 0)
        reading->inside = INSIDE_TEXT;
    else if (strcmp(name, "row") == 0)
        begin_row(reading, attributes);
}

static void
on_end(void *context, const char *name)
{
    struct reading *reading = context;
    reading->inside = INSIDE_NOTHING;
    if (reading->fault)
        return;
    if (strcmp(name, "c") == 0)
        end_cell(reading);
    else if (strcmp(name, "row") == 0)
        pass_blanks(reading, reading->row.count);
    else if (strcmp(name, "sheetData") == 0)
        pass_rows(reading, reading->sheet->row_count);
}

static void
on_text(void *context, const char *text, int length)
{
    struct reading *reading = context;
    if (reading->inside == INSIDE_NOTHING)
        return;
    struct gathered *to = reading->inside == INSIDE_FORMULA
                              ? &reading->formula
                              : &reading->value;
    size_t size = (size_t)length;
    if (to->length + size + 1 > to->room) {
        size_t room = 2 * (to->length + size) + 256;
        char *larger = arena_alloc(reading->arena, room);
        if (to->length > 0)
            memcpy(larger, to->text, to->length);
        to->text = larger;
        to->room = room;
    }
    memcpy(to->text + to->length, text, size);
    to->length += size;
}

/* --- parts ------------------------------------------------------------------------ */

/* xl/worksheets/sheet3.xml is the third sheet. */
static const struct sheet *
sheet_of_part(const struct sheet_plan *plan, const char *part)
{
    static const char prefix[] = "xl/worksheets/sheet";
    if (strncmp(part, prefix, sizeof prefix - 1) != 0)
        return NULL;
    unsigned long number = strtoul(part + sizeof prefix - 1, NULL, 10);
    if (number == 0 || number > plan->sheet_count)
        return NULL;
    return &plan->sheets[number - 1];
}

static bool
has_suffix(const char *text, const char *suffix)
{
    size_t length = strlen(text), end = strlen(suffix);
    return length >= end && strcmp(text + length - end, suffix) == 0;
}

/* Feeds the open part to the parser. */
static void
read_part(struct reading *reading, unzFile zip)
{
    bool is_xml = has_suffix(reading->part, ".xml") ||
                  has_suffix(reading->part, ".rels") ||
                  has_suffix(reading->part, ".vml");
    int length;
    do {
        void *buffer = XML_GetBuffer(reading->parser, BUFFER);
        length = unzReadCurrentFile(zip, buffer, BUFFER);
        if (length < 0) {
            reading->fault = arena_format(reading->arena, "%s is damaged",
                                          reading->part);
            return;
        }
        if (is_xml &&
            XML_ParseBuffer(reading->parser, length, length == 0) ==
                XML_STATUS_ERROR) {
            if (reading->fault == NULL)
                reading->fault = arena_format(
                    reading->arena, "%s is no sound XML: %s", reading->part,
                    XML_ErrorString(XML_GetErrorCode(reading->parser)));
            return;
        }
    } while (length > 0);
    if (reading->sheet && reading->next_row < reading->sheet->row_count)
        reading->fault = arena_format(reading->arena,
                                      "sheet %s ends at row %u of %u",
                                      reading->sheet->name, reading->next_row,
                                      reading->sheet->row_count);
}

/* Reads the part at which the zip stands; NULL when it is as planned. */
static const char *
check_part(struct arena *arena, const struct sheet_plan *plan, unzFile zip,
           size_t *sheets)
{
    char name[MAX_PART_NAME];
    if (unzGetCurrentFileInfo64(zip, NULL, name, sizeof name, NULL, 0, NULL,
                                0) != UNZ_OK ||
        unzOpenCurrentFile(zip) != UNZ_OK)
        return "a part cannot be opened";
    struct reading reading = {.arena = arena,
                              .part = name,
                              .parser = XML_ParserCreate(NULL),
                              .sheet = sheet_of_part(plan, name)};
    if (reading.parser == NULL) {
        unzCloseCurrentFile(zip);
        return "out of memory";
    }
    if (reading.sheet) {
        (*sheets)++;
        reading.row = sheet_row_new(arena, reading.sheet);
        XML_SetUserData(reading.parser, &reading);
        XML_SetElementHandler(reading.parser, on_start, on_end);
        XML_SetCharacterDataHandler(reading.parser, on_text);
    }
    read_part(&reading, zip);
    XML_ParserFree(reading.parser);
    /* the sum is checked when all of it was read */
    if (unzCloseCurrentFile(zip) != UNZ_OK && reading.fault == NULL)
        reading.fault = arena_format(arena, "%s is damaged", name);
    return reading.fault;
}

bool
readback_workbook(struct arena *arena, const struct sheet_plan *plan,
                  const char *path, const char **why)
{
    const char *fault = NULL;
    unzFile zip = unzOpen64(path);
    if (zip == NULL) {
        fault = "it cannot be opened";
    } else {
        size_t sheets = 0;
        int status = unzGoToFirstFile(zip);
        while (status == UNZ_OK && fault == NULL) {
            fault = check_part(arena, plan, zip, &sheets);
            if (fault == NULL)
                status = unzGoToNextFile(zip);
        }
        if (fault == NULL &&
            (status != UNZ_END_OF_LIST_OF_FILE || sheets != plan->sheet_count))
            fault = "parts are missing";
        unzClose(zip);
    }
    if (fault)
        *why = arena_format(arena, "%s is not as it was planned: %s", path,
                            fault);
    return fault == NULL;
}
