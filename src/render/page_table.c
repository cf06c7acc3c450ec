/*
 * Tables: how high rows are, and the drawing of heads, rows and rules.  A table
 * may go over several pages.
 */
#include <string.h>

#include "base/arena.h"
#include "render/page_table.h"

#define EVEN 0.4     /* of the page: what a table's last sheet is to hold */
#define EVEN_ROWS 6  /* that the sheet before keeps at least */

#define MARK_MM 3.2
#define AXIS_LABEL_MM 6.0
#define AXIS_STEP_MM 8.6 /* at least from one label to the next */

/* The ticks of the bars: 0 to 125 %. */
static void
draw_axis(struct layout *layout, const struct table_column *column,
          double baseline)
{
    static const char *const label[] = {"0%",  "25%",  "50%",
                                        "75%", "100%", "125%"};
    double step = (column->x1 - column->x0) / 5;
    /* a short bar keeps 0, 50 and 100 %, a very short one 0 and 100 % */
    size_t every = step >= AXIS_STEP_MM ? 1 : 2 * step >= AXIS_STEP_MM ? 2 : 4;
    for (size_t i = 0; i < sizeof label / sizeof *label; i += every) {
        double x = column->x0 + (double)i * step;
        struct text_style style =
            i == 4 ? layout_style(layout, FONT_BOLD, SIZE_SMALL, COLOUR_INK)
                   : layout_style(layout, FONT_REGULAR, SIZE_SMALL,
                                  COLOUR_SECONDARY);
        layout_text(layout, style, label[i], x - AXIS_LABEL_MM,
                    x + AXIS_LABEL_MM, baseline, ALIGN_CENTRE);
    }
}

static void
draw_head(struct layout *layout, const struct table_grid *grid, double top)
{
    const struct plan_table *table = grid->table;
    double rule = top + grid->head_height;
    display_open(layout->display, "TR", NULL);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &grid->columns[i];
        struct phrase_block block = cell_head_block(layout, grid, i);
        bool last = i + 1 == table->column_count;
        if (block.height <= 0 && table->columns[i].kind != COLUMN_BAR && !last)
            continue;
        display_open(layout->display, "TH", NULL);
        if (table->columns[i].kind == COLUMN_BAR && table->axis)
            draw_axis(layout, column, rule - 2.0);
        else
            layout_phrase_at(layout, &block, column->x0,
                             cell_text_edge(grid, i), rule - 1.0 - block.height,
                             column->align);
        if (last)
            display_rule(layout->display, grid->left, grid->right, rule,
                         layout->look.rgb[COLOUR_INK], 0.7);
        display_close(layout->display);
    }
    display_close(layout->display);
}

static double
measure_row(struct layout *layout, const struct table_grid *grid, size_t row)
{
    double highest = 0;
    for (size_t i = 0; i < grid->table->column_count; i++) {
        if (!cell_wraps(&grid->table->columns[i]))
            continue;
        double height = cell_block(layout, grid, row, i).height;
        highest = height > highest ? height : highest;
    }
    if (!cell_is_link(grid->table)) {
        /* what a row of one line keeps free, a higher one keeps too */
        double line = LEADING * style_em_mm(cell_head_style(layout, grid));
        double row_height = highest + grid->row_height - line;
        return row_height > grid->row_height ? row_height : grid->row_height;
    }
    double content = highest + 0.3;
    if (content <= grid->row_height)
        return grid->row_height;
    /* what is higher than usual keeps its lines off the rules */
    unsigned steps = (unsigned)((content + 0.5) / STEP) + 1;
    return steps * STEP;
}

double
table_row_height(struct layout *layout, const struct table_grid *grid,
                 size_t row)
{
    /* asked for several times, when pages are filled and when they are drawn */
    if (grid->heights[row] <= 0)
        grid->heights[row] = measure_row(layout, grid, row);
    return grid->heights[row];
}

/* The rows that stand on one page. */
struct rows {
    size_t first, last; /* first to last - 1 */
    double top;         /* of the first row [mm] */
    double *bottom;     /* of each row */
};

/* The bar in its row; with the last one the line at 100 % that runs through
   all rows. */
static void
draw_bar(struct layout *layout, const struct table_grid *grid,
         const struct rows *rows, size_t row, size_t index, double centre)
{
    const struct table_column *column = &grid->columns[index];
    double unit = (column->x1 - column->x0) / CHART_AXIS_END;
    double height = 0.42 * grid->row_height;
    const struct plan_row *here = &grid->table->rows[row];
    if (here->bridge)
        bridge_draw(layout, here->bridge, column->x0, centre, unit);
    else
        bar_draw(layout, &here->bar, column->x0, centre - height / 2, height,
                 unit);
    if (row + 1 != rows->last)
        return;
    struct point line[] = {
        {column->x0 + unit, rows->top                      },
        {column->x0 + unit, rows->bottom[row - rows->first]}
    };
    display_shape(
        layout->display, SHAPE_SEGMENTS, line, 2,
        (struct paint){NO_COLOUR, (int)layout->look.rgb[COLOUR_INK], 1.4, 0});
}

/* The rules of all rows: thin between them, firm below the last and where a
   row asks for one above it. */
static void
draw_rules(struct layout *layout, const struct table_grid *grid,
           const struct rows *rows)
{
    const struct look *look = &layout->look;
    size_t count = rows->last - rows->first, points = 0;
    struct point *thin = arena_array(layout->arena, 2 * count, struct point);
    for (size_t i = 0; i < count; i++) {
        double y = rows->bottom[i];
        bool is_last = i + 1 == count;
        bool firm =
            is_last || grid->table->rows[rows->first + i + 1].rule_before;
        if (firm) {
            display_rule(layout->display, grid->left, grid->right, y,
                         look->rgb[COLOUR_INK], is_last ? 0.7 : 0.8);
            continue;
        }
        thin[points++] = (struct point){grid->left, y};
        thin[points++] = (struct point){grid->right, y};
    }
    if (points > 0 && !grid->is_plain)
        display_shape(
            layout->display, SHAPE_SEGMENTS, thin, points,
            (struct paint){NO_COLOUR, (int)look->rgb[COLOUR_HAIRLINE], 0.5, 0});
}

static void
draw_text_cell(struct layout *layout, const struct table_grid *grid, size_t row,
               size_t index, double centre)
{
    const struct plan_cell *cell = &grid->table->rows[row].cells[index];
    const struct table_column *column = &grid->columns[index];
    struct phrase_block block = cell_block(layout, grid, row, index);
    layout_phrase_at(layout, &block, column->x0, cell_text_edge(grid, index),
                     centre - block.height / 2, column->align);
    if (cell->hung == NULL)
        return;
    double x = column->align == ALIGN_RIGHT ? column->x1
                                            : column->x0 + block.lead.width_mm;
    double em = style_em_mm(block.lead.style);
    double width =
        text_width_mm(layout->fonts, block.lead.style, cell->hung) + 0.01;
    layout_text(layout, block.lead.style, cell->hung, x, x + width,
                centre - block.height / 2 + (block.lead_step - em) / 2 +
                    TEXT_ASCENT * em,
                ALIGN_LEFT);
}

const char *
place_of_row(struct layout *layout, size_t number)
{
    return arena_format(layout->arena, "row-%zu", number);
}

/* The name of a link leads to its evidence, and is where that leads back to. */
static void
draw_name_cell(struct layout *layout, const struct table_grid *grid,
               size_t row, size_t index, double centre)
{
    const size_t number = grid->table->rows[row].evidence;
    if (grid->table->is_home)
        display_open_place(layout->display, place_of_row(layout, number));
    display_open_link(layout->display, place_of_evidence(layout, number));
    draw_text_cell(layout, grid, row, index, centre);
    display_close(layout->display);
    if (grid->table->is_home)
        display_close(layout->display);
}

static void
draw_row(struct layout *layout, const struct table_grid *grid,
         const struct rows *rows, size_t index)
{
    const struct plan_table *table = grid->table;
    const struct plan_row *row = &table->rows[index];
    size_t place = index - rows->first;
    double top = place > 0 ? rows->bottom[place - 1] : rows->top;
    double height = rows->bottom[place] - top;
    /* a bar has its triangle below, so a usual row stands a little high */
    bool is_usual = height <= grid->row_height;
    double centre =
        top + height / 2 - (table->axis && is_usual ? 0.035 * height : 0);
    bool has_mark = false, has_strip = false;
    if (row->strip)
        centre = strip_text_centre(top + height);
    display_open(layout->display, "TR", NULL);
    for (size_t i = 0; i < table->column_count; i++) {
        enum column_kind kind = table->columns[i].kind;
        bool last = i + 1 == table->column_count;
        if (kind == COLUMN_MARK && !last) {
            has_mark = true; /* stands with the name, in one cell */
            continue;
        }
        display_open(layout->display, "TD", NULL);
        if (has_mark)
            mark_draw(layout, row->state, grid->columns[i - 1].x0,
                      centre - MARK_MM / 2, MARK_MM);
        has_mark = false;
        if (kind == COLUMN_BAR) {
            display_open(layout->display, "Figure", row->alt.lead);
            draw_bar(layout, grid, rows, index, i, centre);
            display_close(layout->display);
        } else if (row->evidence > 0 && cell_is_name(table, i)) {
            draw_name_cell(layout, grid, index, i, centre);
        } else if (row->strip && row->strip[i].look != STRIP_NONE &&
                   !has_strip) {
            /* a tag holds either texts or other tags */
            display_open(layout->display, "P", NULL);
            draw_text_cell(layout, grid, index, i, centre);
            display_close(layout->display);
            strip_draw(layout, grid, index, top, top + height);
            has_strip = true;
        } else {
            draw_text_cell(layout, grid, index, i, centre);
        }
        if (last && index + 1 == rows->last)
            draw_rules(layout, grid, rows);
        display_close(layout->display);
    }
    display_close(layout->display);
}

/* The rows from first on that stay above bottom. */
static struct rows
rows_measure(struct layout *layout, const struct table_grid *grid, size_t first,
             double top, double bottom)
{
    size_t count = grid->table->row_count;
    struct rows rows = {first, first, top, NULL};
    size_t room = 0;
    for (double y = top; rows.last < count; rows.last++) {
        y += table_row_height(layout, grid, rows.last);
        if (y > bottom + 0.01)
            break;
        rows.bottom = arena_grow(layout->arena, rows.bottom, rows.last - first,
                                 &room, sizeof(double));
        rows.bottom[rows.last - first] = y;
    }
    return rows;
}

size_t
table_fit(struct layout *layout, const struct table_grid *grid, size_t first,
          double top, double bottom)
{
    return rows_measure(layout, grid, first, top + grid->head_height, bottom)
        .last;
}

size_t
table_even(struct layout *layout, const struct table_grid *grid, size_t first,
           size_t last, double around)
{
    const size_t count = grid->table->row_count;
    const double page = layout->bottom - layout->top;
    double height = around + grid->head_height;
    for (size_t i = last; i < count; i++)
        height += table_row_height(layout, grid, i);
    if (height > page)
        return last; /* that is not the last sheet yet */
    while (last > first + EVEN_ROWS && height < EVEN * page) {
        double more = table_row_height(layout, grid, last - 1);
        if (height + more > page)
            break;
        height += more;
        last--;
    }
    return last;
}

size_t
table_draw(struct layout *layout, const struct table_grid *grid, size_t first,
           double top, double bottom, double *end)
{
    struct rows rows =
        rows_measure(layout, grid, first, top + grid->head_height, bottom);
    *end = top;
    if (rows.last == first)
        return first;
    display_open(layout->display, "Table", NULL);
    if (grid->head_height > 0)
        draw_head(layout, grid, top);
    for (size_t i = first; i < rows.last; i++)
        draw_row(layout, grid, &rows, i);
    display_close(layout->display);
    *end = rows.bottom[rows.last - first - 1];
    return rows.last;
}
