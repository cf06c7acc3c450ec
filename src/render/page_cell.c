/*
 * Cells: what kind a column's are, how they are set, and their texts in lines.
 */
#include "render/page_table.h"

#define GAP_MM 2.0         /* least distance between two columns' texts */
#define AXIS_GAP_MM 3.6    /* to the axis' first label */
#define AFTER_RIGHT_MM 4.0 /* from a number to a text right of it */
#define AFTER_BAR_MM 4.0   /* from a bar, which may end in a point */

bool
cell_wraps(const struct plan_column *column)
{
    return column->kind == COLUMN_TEXT;
}

bool
cell_is_link(const struct plan_table *table)
{
    return table->row_count > 0 && table->rows[0].link != NULL;
}

bool
cell_is_name(const struct plan_table *table, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (cell_wraps(&table->columns[i]))
            return false;
    return cell_is_link(table) && cell_wraps(&table->columns[index]);
}

bool
cell_is_right(const struct plan_column *column)
{
    return column->kind != COLUMN_MARK && column->kind != COLUMN_BAR &&
           column->kind != COLUMN_TEXT;
}

struct text_style
cell_head_style(const struct layout *layout, const struct table_grid *grid)
{
    return layout_style(layout, FONT_BOLD, grid->size, COLOUR_INK);
}

struct text_style
cell_style(const struct layout *layout, const struct table_grid *grid,
           const struct plan_row *row, size_t index)
{
    const struct plan_cell *cell = &row->cells[index];
    bool name = cell_is_name(grid->table, index);
    enum font_role font = cell->emphasis == EMPHASIS_BOLD ||
                                  cell->emphasis == EMPHASIS_BAD ||
                                  (name && row->strong)
                              ? FONT_BOLD
                              : FONT_REGULAR;
    enum colour colour = cell->emphasis == EMPHASIS_BAD     ? COLOUR_BAD
                         : cell->emphasis == EMPHASIS_MUTED ? COLOUR_SECONDARY
                                                            : COLOUR_INK;
    struct text_style style =
        layout_style(layout, font, name ? grid->name_size : grid->size, colour);
    style.prose = !cell_is_link(grid->table);
    return style;
}

double
cell_left_gap(const struct plan_table *table, size_t index)
{
    if (index > 0 && table->columns[index - 1].kind == COLUMN_BAR)
        return AFTER_BAR_MM;
    return index > 0 && !cell_is_right(&table->columns[index]) &&
                   cell_is_right(&table->columns[index - 1])
               ? AFTER_RIGHT_MM
               : 0;
}

double
cell_gap(const struct plan_table *table, size_t index)
{
    bool before_axis = table->axis && index + 1 < table->column_count &&
                       table->columns[index + 1].kind == COLUMN_BAR;
    return (before_axis ? AXIS_GAP_MM : GAP_MM) + cell_left_gap(table, index);
}

double
cell_text_edge(const struct table_grid *grid, size_t index)
{
    const struct table_column *column = &grid->columns[index];
    bool last = index + 1 == grid->table->column_count;
    if (column->align != ALIGN_LEFT || last)
        return column->x1;
    return column->x1 - cell_gap(grid->table, index) +
           cell_left_gap(grid->table, index);
}

struct phrase_block
cell_head_block(struct layout *layout, const struct table_grid *grid,
                size_t index)
{
    const struct table_column *column = &grid->columns[index];
    struct phrase heading = grid->table->columns[index].heading;
    /* marks and bars speak for themselves, and the axis stands over the bars */
    if (grid->table->columns[index].kind == COLUMN_MARK ||
        grid->table->columns[index].kind == COLUMN_BAR)
        heading = (struct phrase){NULL, NULL};
    return layout_phrase(layout, heading, cell_head_style(layout, grid),
                         layout_second(layout),
                         cell_text_edge(grid, index) - column->x0 -
                             (column->align == ALIGN_RIGHT ? 1 : 0));
}

struct phrase_block
cell_block(struct layout *layout, const struct table_grid *grid, size_t row,
           size_t index)
{
    const struct plan_cell *cell = &grid->table->rows[row].cells[index];
    const struct table_column *column = &grid->columns[index];
    /* only texts are broken: a number stands on one line or is an error */
    double width = cell_wraps(&grid->table->columns[index])
                       ? cell_text_edge(grid, index) - column->x0
                       : 1000;
    return layout_phrase(
        layout, cell->text,
        cell_style(layout, grid, &grid->table->rows[row], index),
        layout_second(layout), width);
}
