/*
 * Columns of texts that share what numbers leave them: by how high the rows
 * become.  Lines are estimated from the widths of the texts; how they break in
 * the end is for page_cell.c.
 */
#include <math.h>

#include "base/arena.h"
#include "render/page_table.h"

#define STEP_MM 2.0
#define MOST_STEPS 8  /* that are tried at once */
#define LEAST_MM 16.0 /* of a column that gives */
#define RAGGED 1.06   /* of a text's width: lines do not end at the edge */

/* The texts of a column, row by row: how wide on one line [mm]. */
struct texts {
    size_t column;
    double gap;
    const double *lead, *second;
};

/* The columns of a table that share. */
struct sharing {
    const struct texts *texts;
    size_t count, rows;
    double lead_step, second_step; /* from line to line [mm] */
    double row_height;             /* the least [mm] */
};

static struct texts
texts_of(struct layout *layout, const struct table_grid *grid, size_t column)
{
    const struct plan_table *table = grid->table;
    double *lead = arena_array(layout->arena, table->row_count + 1, double);
    double *second = arena_array(layout->arena, table->row_count + 1, double);
    for (size_t i = 0; i < table->row_count; i++) {
        const struct plan_row *row = &table->rows[i];
        const struct phrase text = row->cells[column].text;
        const struct text_style style = cell_style(layout, grid, row, column);
        if (text.lead)
            lead[i] = RAGGED * text_width_mm(layout->fonts, style, text.lead);
        if (text.second)
            second[i] =
                RAGGED * text_width_mm(layout->fonts, layout_second(layout),
                                       text.second);
    }
    return (struct texts){column, cell_gap(table, column), lead, second};
}

double
text_lines(double text, double room)
{
    return text <= 0 ? 0 : room > 0 ? ceil(text / room) : HUGE_VAL;
}

/* How high all rows are together. */
static double
total_height(const struct sharing *sharing, const double *width)
{
    double total = 0;
    for (size_t i = 0; i < sharing->rows; i++) {
        double highest = sharing->row_height;
        for (size_t k = 0; k < sharing->count; k++) {
            const struct texts *texts = &sharing->texts[k];
            const double room = width[texts->column] - texts->gap;
            double height =
                text_lines(texts->lead[i], room) * sharing->lead_step +
                text_lines(texts->second[i], room) * sharing->second_step;
            highest = height > highest ? height : highest;
        }
        total += highest;
    }
    return total;
}

/* Moves so much room from one column to another as makes the rows lowest;
   false where none does. */
static bool
give(const struct sharing *sharing, size_t from, size_t to, const double *need,
     double *width)
{
    const double usual = total_height(sharing, width);
    const double least = need[from] > LEAST_MM ? need[from] : LEAST_MM;
    double lowest = usual, best = 0;
    for (unsigned step = 1; step <= MOST_STEPS; step++) {
        const double given = step * STEP_MM;
        if (width[from] - given < least)
            break;
        width[from] -= given;
        width[to] += given;
        double height = total_height(sharing, width);
        width[from] += given;
        width[to] -= given;
        if (height < lowest - 0.01) {
            lowest = height;
            best = given;
        }
    }
    width[from] -= best;
    width[to] += best;
    return best > 0;
}

void
columns_share(struct layout *layout, const struct table_grid *grid,
              const double *need, double *width)
{
    const struct plan_table *table = grid->table;
    struct texts *texts =
        arena_array(layout->arena, table->column_count + 1, struct texts);
    struct sharing sharing = {
        .texts = texts,
        .rows = table->row_count,
        .lead_step =
            LEADING * style_em_mm(layout_style(layout, FONT_REGULAR, grid->size,
                                               COLOUR_INK)),
        .second_step = LEADING * style_em_mm(layout_second(layout)),
        .row_height = grid->row_height};
    for (size_t i = 0; i < table->column_count; i++)
        if (cell_wraps(&table->columns[i]) && !cell_is_name(table, i))
            texts[sharing.count++] = texts_of(layout, grid, i);
    bool is_lower = sharing.count > 1;
    while (is_lower) {
        is_lower = false;
        for (size_t i = 0; i < sharing.count; i++)
            for (size_t k = 0; k < sharing.count; k++)
                is_lower = (i != k && give(&sharing, texts[i].column,
                                           texts[k].column, need, width)) ||
                           is_lower;
    }
}
