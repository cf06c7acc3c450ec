/*
 * The finished workbook, opened again.  Room render/, and the one file that
 * knows minizip and expat.
 *
 * The library that writes it does not notice when its scratch files are cut
 * off by a full disk: the zip is then sound and the XML in it is not.
 */
#include "render/readback.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>
#include <unzip.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/growing.h"
#include "document/sheet.h"
#include "render/readback_rows.h"
#include "render/xlsx_package.h"

#define BUFFER 65536
#define MAX_PART_NAME 256

/* --- one sheet
 * ------------------------------------------------------------------ */

enum inside { INSIDE_NOTHING, INSIDE_VALUE, INSIDE_FORMULA, INSIDE_TEXT };

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
    struct growing value, formula;
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
        if (reading->row.cells[reading->next_column].kind != SHEET_CELL_BLANK)
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
        reading->fault =
            arena_format(reading->arena, "sheet %s: row %u is not expected",
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

static void
end_cell(struct reading *reading)
{
    if (reading->fault)
        return;
    const struct sheet_cell *cell = &reading->row.cells[reading->column];
    const char *value = growing_text(&reading->value);
    const char *formula = growing_text(&reading->formula);
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
              !readback_is_same_number(strtod(value, NULL), cell->number)))
        differ(reading, reading->column, "another number");
}

/* --- XML
 * ------------------------------------------------------------------------- */

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
    growing_add(reading->inside == INSIDE_FORMULA ? &reading->formula
                                                  : &reading->value,
                text, (size_t)length);
}

/* --- parts
 * ------------------------------------------------------------------------ */

static bool
has_suffix(const char *text, const char *suffix)
{
    size_t length = strlen(text), end = strlen(suffix);
    return length >= end && strcmp(text + length - end, suffix) == 0;
}

static bool
is_xml_part(const char *part)
{
    return has_suffix(part, ".xml") || has_suffix(part, ".rels") ||
           has_suffix(part, ".vml");
}

/* Bytes of an open part, as many as were read and not yet used; the room is
   used again for the next part. */
struct window {
    unzFile zip;
    char *bytes;
    size_t used, length, room;
    bool at_end, is_damaged;
};

/* Reads on; the bytes in use move to the front, a NUL stands behind them. */
static void
read_on(struct arena *arena, struct window *window)
{
    size_t left = window->length - window->used;
    if (window->room < left + BUFFER + 1) {
        char *larger = arena_alloc(arena, 2 * left + BUFFER + 1);
        memcpy(larger, window->bytes + window->used, left);
        window->bytes = larger;
        window->room = 2 * left + BUFFER + 1;
    } else {
        memmove(window->bytes, window->bytes + window->used, left);
    }
    window->used = 0;
    int length = unzReadCurrentFile(window->zip, window->bytes + left, BUFFER);
    window->is_damaged = length < 0;
    window->at_end = length <= 0;
    window->length = left + (length > 0 ? (size_t)length : 0);
    window->bytes[window->length] = '\0';
}

/* Gives bytes to the parser; false when they are no sound XML. */
static bool
parse(struct reading *reading, const char *bytes, size_t length, bool is_end)
{
    if (XML_Parse(reading->parser, bytes, (int)length, is_end) !=
        XML_STATUS_ERROR)
        return true;
    if (reading->fault == NULL)
        reading->fault = arena_format(
            reading->arena, "%s is no sound XML: %s", reading->part,
            XML_ErrorString(XML_GetErrorCode(reading->parser)));
    return false;
}

/* --- the quick way: rows are compared as bytes
 * ------------------------------------- */

/* The end of the next piece that ends with mark; NULL when there is none. */
static const char *
piece_end(struct reading *reading, struct window *window, const char *mark)
{
    for (;;) {
        const char *from = window->bytes + window->used;
        const char *at =
            window->length > window->used ? strstr(from, mark) : NULL;
        if (at)
            return at + strlen(mark);
        if (window->at_end)
            return NULL;
        read_on(reading->arena, window);
    }
}

/* Walks along the rows; false when they are not in the form that is known. */
static bool
match_rows(struct reading *reading, struct window *window)
{
    while (reading->next_row < reading->sheet->row_count) {
        const char *end = piece_end(reading, window, "</row>");
        const char *from = window->bytes + window->used;
        if (end == NULL || strncmp(from, "<row r=\"", 8) != 0)
            return false;
        pass_rows(reading, (uint32_t)strtoul(from + 8, NULL, 10) - 1);
        if (reading->fault || reading->next_row == reading->sheet->row_count)
            return false;
        sheet_make_row(reading->sheet, reading->next_row++, &reading->row);
        if (!readback_row_matches(reading->arena, &reading->row,
                                  reading->next_row, from,
                                  (size_t)(end - from)))
            return false;
        window->used = (size_t)(end - window->bytes);
    }
    return true;
}

/* Whether the open sheet is as planned, in the form that is known: its frame
   goes through the parser, its rows do not. */
static bool
matches_quickly(struct reading *reading, struct window *window)
{
    static const char head[] = "<sheetData>", tail[] = "</sheetData>";
    const char *end = piece_end(reading, window, head);
    if (end == NULL ||
        !parse(reading, window->bytes, (size_t)(end - window->bytes), false))
        return false;
    window->used = (size_t)(end - window->bytes);
    if (!match_rows(reading, window))
        return false;
    end = piece_end(reading, window, tail);
    if (end == NULL || end != window->bytes + window->used + sizeof tail - 1)
        return false;
    while (!window->at_end) {
        if (!parse(reading, window->bytes + window->used,
                   window->length - window->used, false))
            return false;
        window->used = window->length;
        read_on(reading->arena, window);
    }
    return !window->is_damaged && parse(reading, window->bytes + window->used,
                                        window->length - window->used, true);
}

/* --- the sure way: all of it is parsed
 * --------------------------------------------- */

static void
parse_part(struct reading *reading, struct window *window)
{
    bool is_xml = is_xml_part(reading->part);
    do {
        read_on(reading->arena, window);
        if (is_xml &&
            !parse(reading, window->bytes, window->length, window->at_end))
            return;
        window->used = window->length;
    } while (!window->at_end);
    if (window->is_damaged)
        reading->fault =
            arena_format(reading->arena, "%s is damaged", reading->part);
    else if (reading->sheet && reading->next_row < reading->sheet->row_count)
        reading->fault = arena_format(
            reading->arena, "sheet %s ends at row %u of %u",
            reading->sheet->name, reading->next_row, reading->sheet->row_count);
}

/* --- parts and the file
 * -------------------------------------------------------------- */

static struct reading
begin_reading(struct arena *arena, const char *part, const struct sheet *sheet)
{
    struct reading reading = {.arena = arena,
                              .value = {.arena = arena},
                              .formula = {.arena = arena},
                              .part = part,
                              .parser = XML_ParserCreate(NULL),
                              .sheet = sheet};
    if (sheet)
        reading.row = sheet_row_new(arena, sheet);
    return reading;
}

/* Opens the part, reads it, closes it, which checks its sum. */
static const char *
try_part(struct arena *arena, const char *part, const struct sheet *sheet,
         struct window *window, bool quickly, bool *matches)
{
    window->used = window->length = 0;
    window->at_end = window->is_damaged = false;
    if (unzOpenCurrentFile(window->zip) != UNZ_OK)
        return arena_format(arena, "%s cannot be opened", part);
    struct reading reading = begin_reading(arena, part, sheet);
    if (quickly) {
        *matches = matches_quickly(&reading, window);
    } else {
        if (sheet) {
            XML_SetUserData(reading.parser, &reading);
            XML_SetElementHandler(reading.parser, on_start, on_end);
            XML_SetCharacterDataHandler(reading.parser, on_text);
        }
        parse_part(&reading, window);
    }
    XML_ParserFree(reading.parser);
    /* what was read only in part has no sum to check */
    bool is_sound = unzCloseCurrentFile(window->zip) == UNZ_OK;
    if (!is_sound && (!quickly || *matches) && reading.fault == NULL)
        reading.fault = arena_format(arena, "%s is damaged", part);
    return quickly && !*matches ? NULL : reading.fault;
}

/* The picture of a sheet; the workbook has one at most. */
static const struct sheet_picture *
picture_of(const struct sheet_plan *plan)
{
    for (size_t i = 0; i < plan->sheet_count; i++)
        if (plan->sheets[i].picture)
            return plan->sheets[i].picture;
    return NULL;
}

/* Holds the open part against the picture's bytes: what was cut off before it
   was packed has a sound sum. */
static bool
is_picture(struct arena *arena, struct window *window,
           const struct sheet_picture *picture)
{
    size_t seen = 0, size = picture ? picture->logo->size : 0;
    window->used = window->length = 0;
    window->at_end = window->is_damaged = false;
    for (read_on(arena, window); window->length > 0; read_on(arena, window)) {
        if (size - seen < window->length ||
            memcmp(window->bytes, (const char *)picture->logo->bytes + seen,
                   window->length) != 0)
            return false;
        seen += window->length;
        window->used = window->length;
    }
    return !window->is_damaged && seen == size;
}

static const char *
check_picture(struct arena *arena, const struct sheet_plan *plan,
              const char *part, struct window *window)
{
    if (unzOpenCurrentFile(window->zip) != UNZ_OK)
        return arena_format(arena, "%s cannot be opened", part);
    bool is_sound = is_picture(arena, window, picture_of(plan));
    if (unzCloseCurrentFile(window->zip) != UNZ_OK || !is_sound)
        return arena_format(arena, "%s is another picture", part);
    return NULL;
}

/* Sums the packed bytes of the part at which the zip stands. */
static const char *
sum_part(struct arena *arena, const char *part, const unz_file_info64 *info,
         const struct xlsx_sum *sum, struct window *window)
{
    int method, level, got;
    uint32_t packed = 0;
    uint64_t size = 0;
    if (unzOpenCurrentFile2(window->zip, &method, &level, 1) != UNZ_OK)
        return arena_format(arena, "%s cannot be opened", part);
    while ((got = unzReadCurrentFile(window->zip, window->bytes, BUFFER)) > 0) {
        packed = (uint32_t)crc32_z(packed, (const unsigned char *)window->bytes,
                                   (size_t)got);
        size += (uint64_t)got;
    }
    unzCloseCurrentFile(window->zip);
    if (got < 0 || packed != sum->packed || size != sum->size ||
        info->crc != sum->text || info->uncompressed_size != sum->text_size)
        return arena_format(arena, "%s is damaged", part);
    return NULL;
}

/* Reads the part at which the zip stands; NULL when it is as planned. */
static const char *
check_part(struct arena *arena, const struct sheet_plan *plan,
           const struct xlsx_sum *sums, struct window *window, size_t *sheets,
           size_t *pictures)
{
    char part[MAX_PART_NAME];
    unz_file_info64 info;
    if (unzGetCurrentFileInfo64(window->zip, &info, part, sizeof part, NULL, 0,
                                NULL, 0) != UNZ_OK)
        return "a part cannot be found";
    size_t index = xlsx_sheet_of_part(plan, part);
    if (has_suffix(part, ".png")) {
        (*pictures)++;
        return check_picture(arena, plan, part, window);
    }
    if (index == plan->sheet_count)
        return try_part(arena, part, NULL, window, false, NULL);
    (*sheets)++;
    if (sums != NULL && sums[index].is_kept)
        return sum_part(arena, part, &info, &sums[index], window);
    const struct sheet *sheet = &plan->sheets[index];
    bool matches = false;
    const char *fault = try_part(arena, part, sheet, window, true, &matches);
    if (fault || matches)
        return fault;
    return try_part(arena, part, sheet, window, false, &matches);
}

bool
readback_workbook(struct arena *arena, const struct sheet_plan *plan,
                  const struct xlsx_sum *sums, const char *path,
                  const char **why)
{
    const char *fault = NULL;
    unzFile zip = unzOpen64(path);
    if (zip == NULL) {
        fault = "it cannot be opened";
    } else {
        size_t sheets = 0, pictures = 0;
        struct window window = {.zip = zip,
                                .bytes = arena_alloc(arena, BUFFER + 1),
                                .room = BUFFER + 1};
        int status = unzGoToFirstFile(zip);
        while (status == UNZ_OK && fault == NULL) {
            fault = check_part(arena, plan, sums, &window, &sheets, &pictures);
            if (fault == NULL)
                status = unzGoToNextFile(zip);
        }
        if (fault == NULL &&
            (status != UNZ_END_OF_LIST_OF_FILE || sheets != plan->sheet_count ||
             pictures != (picture_of(plan) ? 1 : 0)))
            fault = "parts are missing";
        unzClose(zip);
    }
    if (fault)
        *why = arena_format(
            arena, "%s is not as it was planned (is the disk full?): %s", path,
            fault);
    return fault == NULL;
}
