/*
 * Small CSV files (RFC 4180: a quoted field may hold separators, line ends and
 * doubled quotes).  Room: results.
 */
#include "results/table.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"

struct parse {
    struct arena *arena;
    struct diag *diag;
    const struct source *source;
    const char *s, *end;
    unsigned line, column;
    char separator;
    struct table *table;
    size_t room;
};

static struct place
here(const struct parse *parse)
{
    return (struct place){parse->source, parse->line, parse->column, 1};
}

/* Steps over one character; false, reported, where it is none. */
static bool
step(struct parse *parse)
{
    uint32_t code;
    char byte[16];
    unsigned bytes = text_decode(parse->s, parse->end, &code);
    if (bytes == 0) {
        snprintf(byte, sizeof byte, "byte 0x%02X",
                 (unsigned)(unsigned char)*parse->s);
        diag_add(parse->diag, DIAG_NOT_UTF8, here(parse), byte, NULL);
        return false;
    }
    if (code == 0) {
        diag_add(parse->diag, DIAG_NUL, here(parse), NULL);
        return false;
    }
    if (code == '\n' ||
        (code == '\r' && (parse->s + 1 == parse->end || parse->s[1] != '\n'))) {
        parse->line++;
        parse->column = 1;
    } else {
        parse->column++;
    }
    parse->s += bytes;
    return true;
}

static bool
at_line_end(const struct parse *parse)
{
    return parse->s == parse->end || *parse->s == '\n' || *parse->s == '\r';
}

/* Takes a field in quotes, the opening one at hand. */
static bool
take_quoted(struct parse *parse, char *to, size_t *length)
{
    struct place open = here(parse);
    step(parse);
    for (;;) {
        if (parse->s == parse->end) {
            diag_add(parse->diag, DIAG_CSV_QUOTE, open, NULL);
            return false;
        }
        const char *from = parse->s;
        if (!step(parse))
            return false;
        if (*from == '"') {
            if (parse->s == parse->end || *parse->s != '"')
                return true;
            step(parse);
        }
        size_t bytes = *from == '"' ? 1 : (size_t)(parse->s - from);
        memcpy(to + *length, from, bytes);
        *length += bytes;
    }
}

static const char *
take_field(struct parse *parse)
{
    /* never longer than what is left of the file; given back below */
    size_t length = 0;
    const char *from = parse->s;
    if (parse->s < parse->end && *parse->s == '"') {
        const char *close = parse->s + 1;
        while (close < parse->end &&
               (*close != '"' || (close + 1 < parse->end && close[1] == '"')))
            close += *close == '"' ? 2 : 1;
        char *text = arena_alloc(parse->arena, (size_t)(close - from) + 1);
        if (!take_quoted(parse, text, &length))
            return NULL;
        if (!at_line_end(parse) && *parse->s != parse->separator) {
            diag_add(parse->diag, DIAG_CSV_AFTER_QUOTE, here(parse), NULL);
            return NULL;
        }
        return text;
    }
    while (!at_line_end(parse) && *parse->s != parse->separator)
        if (!step(parse))
            return NULL;
    return arena_copy(parse->arena, from, (size_t)(parse->s - from));
}

static bool
take_row(struct parse *parse, struct table_row *row)
{
    size_t room = 0, room_too = 0;
    *row = (struct table_row){.line = parse->line};
    for (;;) {
        row->fields = arena_grow(parse->arena, row->fields, row->count, &room,
                                 sizeof *row->fields);
        row->columns = arena_grow(parse->arena, row->columns, row->count,
                                  &room_too, sizeof *row->columns);
        row->columns[row->count] = parse->column;
        const char *field = take_field(parse);
        if (field == NULL)
            return false;
        row->fields[row->count++] = field;
        if (at_line_end(parse))
            return true;
        step(parse);
    }
}

static bool
check_count(struct parse *parse, const struct table_row *row)
{
    char found[32], expected[32];
    if (row->count == parse->table->rows[0].count)
        return true;
    snprintf(found, sizeof found, "%zu", row->count);
    snprintf(expected, sizeof expected, "%zu", parse->table->rows[0].count);
    diag_add(parse->diag, DIAG_CSV_FIELDS,
             (struct place){parse->source, row->line, 1, 1}, expected, found,
             NULL);
    return false;
}

static char
guess_separator(const struct source *source)
{
    static const char candidates[] = ",;\t";
    size_t most = 0;
    char best = ',';
    for (size_t i = 0; i < sizeof candidates - 1; i++) {
        size_t count = 0;
        for (size_t k = 0; k < source->size && source->bytes[k] != '\n'; k++)
            count += source->bytes[k] == candidates[i];
        if (count > most) {
            most = count;
            best = candidates[i];
        }
    }
    return best;
}

struct table *
table_read(struct arena *arena, const struct source *source, char separator,
           struct diag *diag)
{
    struct table *table = arena_alloc(arena, sizeof *table);
    struct parse parse = {.arena = arena,
                          .diag = diag,
                          .source = source,
                          .s = source->bytes,
                          .end = source->bytes + source->size,
                          .line = 1,
                          .column = 1,
                          .separator =
                              separator ? separator : guess_separator(source),
                          .table = table};
    table->source = source;
    while (parse.s < parse.end) {
        if (at_line_end(&parse)) {
            if (!step(&parse))
                return NULL;
            continue;
        }
        table->rows = arena_grow(arena, table->rows, table->row_count,
                                 &parse.room, sizeof *table->rows);
        struct table_row *row = &table->rows[table->row_count++];
        if (!take_row(&parse, row) || !check_count(&parse, row))
            return NULL;
    }
    if (table->row_count == 0) {
        diag_add(diag, DIAG_RESULTS_NOTHING, (struct place){source, 1, 1, 1},
                 "row", NULL);
        return NULL;
    }
    return table;
}

int
table_find(const struct table *table, const char *heading)
{
    for (size_t i = 0; i < table->rows[0].count; i++)
        if (strcmp(table->rows[0].fields[i], heading) == 0)
            return (int)i;
    return -1;
}

struct place
table_place(const struct table *table, const struct table_row *row,
            size_t field)
{
    return (struct place){table->source, row->line, row->columns[field], 1};
}
