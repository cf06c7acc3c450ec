/*
 * Which columns a sheet of records has and where they stand; its head and its
 * rows.  Room document/.
 */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "document/column_value.h"
#include "document/sheet_book.h"

int
layout_find(const struct layout *layout, const char *key, size_t length)
{
    for (size_t i = 0; i < layout->count; i++) {
        const char *have = layout->columns[i]->key;
        if (strncmp(have, key, length) == 0 && have[length] == '\0')
            return (int)i;
    }
    return -1;
}

/* --- choosing ------------------------------------------------------------- */

static void
add_column(struct layout *layout, const struct sheet_column *column)
{
    if (layout_find(layout, column->key, strlen(column->key)) < 0)
        layout->columns[layout->count++] = column;
}

const struct sheet_column *
layout_column(const struct sheet_columns *parts, size_t part_count,
              const char *key)
{
    for (size_t i = 0; i < part_count; i++)
        for (size_t k = 0; k < *parts[i].count; k++)
            if (strcmp(parts[i].columns[k].key, key) == 0)
                return &parts[i].columns[k];
    return NULL;
}

static const char *
joined_heading(const struct book *book, const struct sheet_column *column)
{
    const char *heading = book_word(book, column->heading);
    bool is_input = column->role == ROLE_INPUT;
    if (!column->has_unit && !is_input)
        return heading;
    const char *unit = column->has_unit
                           ? arena_format(book->arena, " %s", book->words.unit)
                           : "";
    const struct phrase mark = words_phrase(&book->words, "sheet.input");
    const char *input = !is_input     ? ""
                        : mark.second ? arena_format(book->arena, "%s%s",
                                                     mark.lead, mark.second)
                                      : mark.lead;
    return arena_format(book->arena, "%s%s%s", heading, unit, input);
}

void
layout_choose(struct book *book, struct layout *layout,
              const struct sheet_columns *parts, size_t part_count,
              bool (*is_used)(const struct book *, const char *key),
              const struct template_part *part, const char *word_prefix)
{
    struct arena *arena = book->arena;
    size_t count = 0;
    for (size_t i = 0; i < part_count; i++)
        count += *parts[i].count;
    layout->columns = arena_array(arena, count, const struct sheet_column *);
    for (size_t i = 0; part && i < part->column_count; i++) {
        const struct sheet_column *column =
            layout_column(parts, part_count, part->columns[i].name);
        if (column)
            add_column(layout, column);
    }
    /* formulas build on one another: what the template does not name stands
       after what it names */
    for (size_t i = 0; i < part_count; i++)
        for (size_t k = 0; k < *parts[i].count; k++)
            if (is_used == NULL || is_used(book, parts[i].columns[k].key))
                add_column(layout, &parts[i].columns[k]);

    layout->formulas =
        arena_array(arena, layout->count, const struct formula *);
    layout->styles = arena_array(arena, layout->count, struct sheet_style);
    layout->headings = arena_array(arena, layout->count, const char *);
    layout->groups = arena_array(arena, layout->count, const char *);
    layout->widths = arena_array(arena, layout->count, double);
    for (size_t i = 0; i < layout->count; i++) {
        const struct sheet_column *column = layout->columns[i];
        layout->styles[i] =
            style_of(column->role, column->format, column->decimals);
        layout->headings[i] = joined_heading(book, column);
        layout->widths[i] = column->width;
        if (column->group > 0 &&
            (i == 0 || layout->columns[i - 1]->group != column->group))
            layout->groups[i] =
                book_word(book, arena_format(arena, "%s.%u", word_prefix,
                                             (unsigned)column->group));
    }
}

/* --- formulas ------------------------------------------------------------- */

const char *
layout_range(const struct book *book, enum sheet_kind kind,
             const struct layout *layout, const char *key, size_t length)
{
    int column = layout_find(layout, key, length);
    assert(column >= 0);
    char letters[4];
    sheet_letters((unsigned)column, letters);
    /* Gnumeric's INDEX does not take a range of one cell for a range */
    uint32_t rows = layout->data_rows > 2 ? layout->data_rows : 2;
    return arena_format(book->arena, "%s$%s$%u:$%s$%u", book->prefix[kind],
                        letters, ROW_DATA + 1u, letters, ROW_DATA + rows);
}

/* What the names in a layout's formulas are looked up in. */
struct lookup {
    const struct book *book;
    const struct layout *layout;
};

static int
own_column(const void *context, const char *key, size_t length)
{
    const struct lookup *lookup = context;
    return layout_find(lookup->layout, key, length);
}

/* Only links have rows of their own elsewhere: their tests. */
static int
tests_column(const void *context, const char *key, size_t length,
             const char **prefix)
{
    const struct lookup *lookup = context;
    *prefix = lookup->book->prefix[SHEET_TESTS];
    return layout_find(&lookup->book->tests_layout, key, length);
}

struct named_cell {
    const char *name;
    int number;
};

static const char *
find_named(const struct book *book, const char *name, size_t length)
{
    static const struct named_cell assumptions[] = {
        {"compose",          ASSUMED_COMPOSE         },
        {"due_by",           ASSUMED_DUE_BY          },
        {"not_by_instances", ASSUMED_NOT_BY_INSTANCES}
    };
    for (size_t i = 0; i < sizeof assumptions / sizeof *assumptions; i++)
        if (strlen(assumptions[i].name) == length &&
            memcmp(assumptions[i].name, name, length) == 0)
            return assumption_cell(book,
                                   (enum assumption)assumptions[i].number);
    static const struct named_cell lists[] = {
        {"effects", LABEL_EFFECT },
        {"actions", LABEL_ACTION },
        {"missing", LABEL_MISSING}
    };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strlen(lists[i].name) == length &&
            memcmp(lists[i].name, name, length) == 0)
            return label_range(book, (enum label_list)lists[i].number);
    return NULL;
}

/* [links.key] and [tests.key] stand for the data of a column; the rest are
   single cells, lists of words and constants of this workbook. */
static const char *
named_text(const void *context, const char *name, size_t length)
{
    const struct lookup *lookup = context;
    const struct book *book = lookup->book;
    if (length > 6 && memcmp(name, "links.", 6) == 0)
        return layout_range(book, SHEET_LINKS, &book->links_layout, name + 6,
                            length - 6);
    if (length > 6 && memcmp(name, "tests.", 6) == 0)
        return layout_range(book, SHEET_TESTS, &book->tests_layout, name + 6,
                            length - 6);
    const char *cell = find_named(book, name, length);
    if (cell)
        return cell;
    if (length == 8 && memcmp(name, "at_least", length) == 0)
        return label_cell(book, LABEL_OUTCOME, OUTCOME_AT_LEAST + 1);
    if (length == 8 && memcmp(name, "multiply", length) == 0)
        return label_cell(book, LABEL_COMPOSE, COMPOSE_MULTIPLY + 1);
    if (length == 4 && memcmp(name, "dash", length) == 0)
        return "\"" DASH "\"";
    if (length == 6 && memcmp(name, "dagger", length) == 0)
        return "\"" DAGGER "\"";
    if (length == 9 && memcmp(name, "id_places", length) == 0)
        return arena_format(book->arena, "%.0f", book->id_places);
    if (length == 10 && memcmp(name, "sort_scale", length) == 0)
        return arena_format(book->arena, "%.0f", 1e13 / book->id_places);
    if (length == 10 && memcmp(name, "weak_scale", length) == 0)
        return arena_format(book->arena, "%.0f", 1e15 / book->id_places);
    return NULL;
}

void
layout_finish(struct book *book, struct layout *layout, uint32_t data_rows,
              void (*start)(const struct book *, size_t index, struct row_of *))
{
    struct lookup lookup = {book, layout};
    struct formula_names names = {own_column, tests_column, named_text,
                                  &lookup};
    for (size_t i = 0; i < layout->count; i++)
        if (layout->columns[i]->formula)
            layout->formulas[i] =
                formula_new(book->arena, layout->columns[i]->formula, &names);

    for (size_t i = 0; i < layout->count; i++) {
        const struct sheet_column *column = layout->columns[i];
        if (!column->exact)
            continue;
        for (uint32_t row = 0; row < data_rows; row++) {
            struct row_of of = {.book = book, .index = row};
            struct sheet_cell cell = {
                .style = style_of(column->role, column->format, 0)};
            start(book, row, &of);
            column->value(&of, &cell);
            if (cell.kind == SHEET_CELL_DOUBLE &&
                cell.style.decimals > layout->styles[i].decimals)
                layout->styles[i].decimals = cell.style.decimals;
        }
    }
}

#define NARROW_LEAST 12 /* [characters], so that the head has its room */
#define NARROW_GAP 3    /* bold, and the arrow of the filter */

void
layout_narrow(struct book *book, struct layout *layout, const char *key,
              void (*start)(const struct book *, size_t index, struct row_of *))
{
    size_t longest = NARROW_LEAST - NARROW_GAP;
    int at = layout_find(layout, key, strlen(key));
    for (uint32_t row = 0; at >= 0 && row < layout->data_rows; row++) {
        struct row_of of = {.book = book, .index = row};
        struct sheet_cell cell = {.kind = SHEET_CELL_BLANK};
        start(book, row, &of);
        layout->columns[at]->value(&of, &cell);
        if (cell.kind == SHEET_CELL_TEXT && text_width(cell.text) > longest)
            longest = text_width(cell.text);
    }
    double width = (double)longest + NARROW_GAP;
    if (at >= 0 && width < layout->widths[at])
        layout->widths[at] = width;
}

#define STATE_ZH 17 /* [characters] its words are short there */

void
layout_state(const struct book *book, struct layout *layout)
{
    int at = layout_find(layout, "state", 5);
    if (at >= 0 && book->lang == LANG_ZH && layout->widths[at] > STATE_ZH)
        layout->widths[at] = STATE_ZH;
}

/* --- rows ----------------------------------------------------------------- */

void
layout_groups(const struct layout *layout, struct sheet_row *row)
{
    for (size_t i = 0; i < layout->count; i++)
        row_text(row,
                 style_of(layout->groups[i] ? ROLE_GROUP : ROLE_PLAIN,
                          SHEET_TEXT, 0),
                 layout->groups[i]);
}

/* The head of a number stands above it, at the right. */
static enum sheet_format
head_format(enum sheet_format format)
{
    return format == SHEET_NUMBER || format == SHEET_PERCENT ||
                   format == SHEET_DATE
               ? SHEET_NUMBER
               : SHEET_TEXT;
}

void
layout_head(const struct layout *layout, struct sheet_row *row)
{
    for (size_t i = 0; i < layout->count; i++) {
        const struct sheet_column *column = layout->columns[i];
        row_text(row,
                 style_of(column->role == ROLE_INPUT ? ROLE_HEADER_INPUT
                                                     : ROLE_HEADER,
                          head_format((enum sheet_format)column->format), 0),
                 layout->headings[i]);
        row_fit(row, layout->headings[i], layout->widths[i]);
    }
}

void
layout_row(const struct layout *layout, const struct row_of *of,
           uint32_t number, uint32_t first, uint32_t last,
           struct sheet_row *row)
{
    row_two_lines(of->book, row);
    for (size_t i = 0; i < layout->count; i++) {
        struct sheet_cell *cell = row_add(row, layout->styles[i]);
        layout->columns[i]->value(of, cell);
        cell->style.decimals = layout->styles[i].decimals;
        if (cell->kind == SHEET_CELL_TEXT &&
            (cell->style.role == ROLE_WRAPPED || strchr(cell->text, '\n')))
            row_fit(row, cell->text, layout->widths[i]);
        if (layout->formulas[i] && cell->formula == NULL)
            cell->formula =
                row_formula(row, layout->formulas[i], number, first, last);
    }
}

struct sheet
layout_sheet(const struct book *book, enum sheet_kind kind,
             const struct layout *layout)
{
    int link = layout_find(layout, "link", 4);
    return (struct sheet){.kind = kind,
                          .name = book->name[kind],
                          .widths = layout->widths,
                          .column_count = layout->count,
                          .row_count = ROW_DATA + layout->data_rows,
                          .head_row = ROW_HEAD,
                          .frozen_columns = (uint16_t)(link < 4 ? link + 1 : 1),
                          .print_columns = (uint16_t)layout->count,
                          .filter = layout->data_rows > 0,
                          .context = book,
                          .book = book,
                          .styles = layout->styles};
}

struct sheet
sheet_beside(struct arena *arena, const struct sheet *sheet)
{
    struct sheet beside = *sheet;
    if (sheet->book != NULL && sheet->context == sheet->book) {
        struct book *book = arena_alloc(arena, sizeof *book);
        *book = *sheet->book;
        book->arena = book->words.arena = arena;
        beside.context = book;
    }
    return beside;
}
