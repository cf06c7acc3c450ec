/*
 * Tables: where columns stand, how high rows are, and their drawing.  A table
 * may go over several pages; its columns are measured once over all rows, so
 * that they stand alike on each.
 */
#include <string.h>

#include "base/arena.h"
#include "render/page_parts.h"

#define GAP_MM 2.0        /* least distance between two columns' texts */
#define BAR_LEAST_MM 40.0 /* what a bar keeps when numbers need room */
#define TEXT_LEAST_MM 16.0
#define MARK_MM 3.2
#define AXIS_LABEL_MM 6.0
#define NAME_MOST_MM 56.0
#define AXIS_GAP_MM 3.6    /* to the axis' first label */
#define AFTER_RIGHT_MM 4.0 /* from a number to a text right of it */
#define AFTER_BAR_MM 4.0
#define BAR_USUAL_MM 58.0 /* what a bar keeps when heads would break */

static bool
wraps(const struct plan_column *column)
{
    return column->kind == COLUMN_TEXT;
}

static bool
is_links(const struct plan_table *table)
{
    return table->row_count > 0 && table->rows[0].link != NULL;
}

/* The column that names the link: the first of texts. */
static bool
is_name(const struct plan_table *table, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (wraps(&table->columns[i]))
            return false;
    return is_links(table) && wraps(&table->columns[index]);
}

static struct text_style
head_style(const struct layout *layout, const struct table_grid *grid)
{
    return layout_style(layout, FONT_BOLD, grid->size, COLOUR_INK);
}

static struct text_style
cell_style(const struct layout *layout, const struct table_grid *grid,
           const struct plan_row *row, size_t index)
{
    const struct plan_cell *cell = &row->cells[index];
    bool name = is_name(grid->table, index);
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
    style.prose = !is_links(grid->table);
    return style;
}

/* The widest word of a heading: words are not broken. */
static double
longest_word(struct layout *layout, struct text_style style, const char *text)
{
    double widest = 0;
    while (text && *text) {
        size_t length = strcspn(text, " ");
        bool ascii = true;
        for (size_t i = 0; i < length; i++)
            ascii = ascii && (unsigned char)text[i] < 0x80;
        if (ascii && length > 0) {
            double width = fonts_shape(layout->fonts, style.font, text, length,
                                       style.prose)
                               ->width *
                           style_em_mm(style);
            widest = width > widest ? width : widest;
        }
        text += length + (text[length] == ' ');
    }
    return widest;
}

static bool
is_right(const struct plan_column *column)
{
    return column->kind != COLUMN_MARK && column->kind != COLUMN_BAR &&
           column->kind != COLUMN_TEXT;
}

/* Left of its text, a column keeps a distance to a number, and to a bar that
   ends in a point beyond its axis. */
static double
left_gap(const struct plan_table *table, size_t index)
{
    if (index > 0 && table->columns[index - 1].kind == COLUMN_BAR)
        return AFTER_BAR_MM;
    return index > 0 && !is_right(&table->columns[index]) &&
                   is_right(&table->columns[index - 1])
               ? AFTER_RIGHT_MM
               : 0;
}

/* What a column's text keeps free on its other side. */
static double
column_gap(const struct plan_table *table, size_t index)
{
    bool before_axis = table->axis && index + 1 < table->column_count &&
                       table->columns[index + 1].kind == COLUMN_BAR;
    return (before_axis ? AXIS_GAP_MM : GAP_MM) + left_gap(table, index);
}

static double
widest_cell(struct layout *layout, const struct table_grid *grid, size_t index)
{
    double widest = 0;
    for (size_t i = 0; i < grid->table->row_count; i++) {
        const struct plan_row *row = &grid->table->rows[i];
        const char *text = row->cells[index].text.lead;
        if (text == NULL)
            continue;
        double width = text_width_mm(
            layout->fonts, cell_style(layout, grid, row, index), text);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* What a column needs [mm]. */
struct need {
    double least; /* it cannot do without */
    double whole; /* its head on one line */
};

static struct need
column_need(struct layout *layout, const struct table_grid *grid, size_t index)
{
    const struct plan_table *table = grid->table;
    const struct plan_column *column = &table->columns[index];
    struct need need = {0, 0};
    if (column->kind == COLUMN_BAR || column->kind == COLUMN_MARK)
        return need;
    struct text_style head = head_style(layout, grid);
    struct text_style small = layout_second(layout);
    double cells = wraps(column) ? 0 : widest_cell(layout, grid, index);
    double words[] = {longest_word(layout, head, column->heading.lead),
                      longest_word(layout, small, column->heading.second)};
    need.least = need.whole = cells;
    for (size_t i = 0; i < 2; i++)
        need.least = words[i] > need.least ? words[i] : need.least;
    if (column->heading.lead) {
        double line = text_width_mm(layout->fonts, head, column->heading.lead);
        need.whole = line > need.least ? line : need.least;
    }
    need.least += column_gap(table, index);
    need.whole += column_gap(table, index);
    return need;
}

/* Takes up to *missing from a column, which keeps least. */
static void
take(double *width, double least, double *missing)
{
    double spare = *width - least;
    if (spare <= 0 || *missing <= 0)
        return;
    double taken = spare < *missing ? spare : *missing;
    *width -= taken;
    *missing -= taken;
}

/* Makes the widths fill the table: what is missing comes from bars, then from
   texts; what is over goes to a bar, else to the widest text. */
static void
widths_settle(const struct plan_table *table, const double *need, double *width,
              double available)
{
    size_t widest = 0;
    double sum = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        enum column_kind kind = table->columns[i].kind;
        if (width[i] < need[i])
            width[i] = need[i];
        sum += width[i];
        if (table->columns[widest].kind != COLUMN_BAR &&
            (kind == COLUMN_BAR ||
             (kind == COLUMN_TEXT &&
              (table->columns[widest].kind != COLUMN_TEXT ||
               width[i] > width[widest]))))
            widest = i;
    }
    double missing = sum - available;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].kind == COLUMN_BAR)
            take(&width[i], BAR_LEAST_MM, &missing);
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].kind != COLUMN_BAR &&
            table->columns[i].kind != COLUMN_MARK)
            take(&width[i],
                 need[i] > TEXT_LEAST_MM || !wraps(&table->columns[i])
                     ? need[i]
                     : TEXT_LEAST_MM,
                 &missing);
    if (missing < 0)
        width[widest] -= missing;
}

/* Columns without a width of their own share what the others leave. */
static void
widths_share(const struct plan_table *table, double *width, double available)
{
    size_t open = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        width[i] = table->columns[i].width_mm;
        available -= width[i];
        open += width[i] <= 0;
    }
    for (size_t i = 0; i < table->column_count; i++)
        if (width[i] <= 0)
            width[i] = available > 0 ? available / (double)open : 0;
}

/* The tables of links of a plan. */
static const struct plan_table *
link_table(const struct plan_page *page)
{
    if (page->kind == PAGE_CONCLUSION)
        return &page->conclusion.evidence.table;
    return page->kind == PAGE_LINKS ? &page->table : NULL;
}

static bool
is_shared(const struct layout *layout, const struct plan_table *table)
{
    if (!is_links(table) || table->column_count != layout->link_column_count)
        return false;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].column != layout->link_columns[i].column)
            return false;
    return true;
}

static double *
own_needs(struct layout *layout, const struct table_grid *grid)
{
    const struct plan_table *table = grid->table;
    size_t count = table->column_count;
    struct need *need = arena_array(layout->arena, count + 1, struct need);
    double *width = arena_array(layout->arena, count + 1, double);
    double bar = 0, left = grid->right - grid->left;
    for (size_t i = 0; i < count; i++) {
        need[i] = column_need(layout, grid, i);
        width[i] = need[i].least;
        double whole_width = table->columns[i].width_mm > need[i].whole
                                 ? table->columns[i].width_mm
                                 : need[i].whole;
        if (table->columns[i].kind != COLUMN_BAR)
            left -= whole_width;
        else
            bar = BAR_USUAL_MM;
    }
    /* heads stay on one line where the bars have room to give */
    if (bar > 0 && left >= bar)
        for (size_t i = 0; i < count; i++)
            width[i] = need[i].whole;
    return width;
}

void
table_share(struct layout *layout)
{
    for (size_t i = 0; i < layout->plan->page_count; i++) {
        const struct plan_page *page = &layout->plan->pages[i];
        const struct plan_table *table = link_table(page);
        if (table == NULL || !is_links(table))
            continue;
        struct table_grid grid = {.table = table,
                                  .left = layout->left,
                                  .right = layout->right,
                                  .name_size = SIZE_NAME,
                                  .size = SIZE_NUMBER};
        double *need = own_needs(layout, &grid), name = 0;
        for (size_t k = 0; k < table->column_count; k++)
            if (is_name(table, k))
                name = widest_cell(layout, &grid, k);
        layout->link_name = name > layout->link_name ? name : layout->link_name;
        if (layout->link_need == NULL) {
            layout->link_columns = table->columns;
            layout->link_column_count = table->column_count;
            layout->link_need = need;
        }
        for (size_t k = 0; is_shared(layout, table) && k < table->column_count;
             k++)
            if (need[k] > layout->link_need[k])
                layout->link_need[k] = need[k];
    }
}

/* In tables that are not of links a text needs no more than its longest line,
   where another column's texts would else be broken. */
static void
widths_shrink(struct layout *layout, const struct table_grid *grid,
              double *width)
{
    const struct plan_table *table = grid->table;
    size_t open = 0, at = 0;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].width_mm <= 0) {
            open++;
            at = i;
        }
    if (is_links(table) || open != 1 ||
        widest_cell(layout, grid, at) + column_gap(table, at) <= width[at])
        return;
    double freed = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].width_mm <= 0 || !wraps(&table->columns[i]))
            continue;
        double whole_width = column_need(layout, grid, i).whole;
        double cells =
            widest_cell(layout, grid, i) + column_gap(table, i) + GAP_MM;
        double natural = cells > whole_width ? cells : whole_width;
        if (natural < width[i]) {
            freed += width[i] - natural;
            width[i] = natural;
        }
    }
    width[at] += freed;
}

/* Where the text of a column ends. */
static double
text_edge(const struct table_grid *grid, size_t index)
{
    const struct table_column *column = &grid->columns[index];
    bool last = index + 1 == grid->table->column_count;
    if (column->align != ALIGN_LEFT || last)
        return column->x1;
    return column->x1 - column_gap(grid->table, index) +
           left_gap(grid->table, index);
}

static struct phrase_block
head_block(struct layout *layout, const struct table_grid *grid, size_t index)
{
    const struct table_column *column = &grid->columns[index];
    struct phrase heading = grid->table->columns[index].heading;
    /* marks and bars speak for themselves, and the axis stands over the bars */
    if (grid->table->columns[index].kind == COLUMN_MARK ||
        grid->table->columns[index].kind == COLUMN_BAR)
        heading = (struct phrase){NULL, NULL};
    return layout_phrase(layout, heading, head_style(layout, grid),
                         layout_second(layout),
                         text_edge(grid, index) - column->x0 -
                             (column->align == ALIGN_RIGHT ? 1 : 0));
}

/* Long names take what the columns of numbers have to spare, before they are
   broken to a second line. */
static void
widen_names(struct layout *layout, const struct table_grid *grid,
            const double *need, double *width)
{
    const struct plan_table *table = grid->table;
    size_t name = 0;
    while (name < table->column_count && !is_name(table, name))
        name++;
    if (name == table->column_count)
        return;
    double wish = is_shared(layout, table) ? layout->link_name
                                           : widest_cell(layout, grid, name);
    wish += column_gap(table, name);
    wish = wish < NAME_MOST_MM ? wish : NAME_MOST_MM;
    for (size_t i = 0; i < table->column_count; i++) {
        double before = width[i], missing = wish - width[name];
        if (!is_right(&table->columns[i]))
            continue;
        take(&width[i], need[i] + 2, &missing);
        width[name] += before - width[i];
    }
}

struct table_grid
table_measure(struct layout *layout, const struct plan_table *table,
              double left, double right, double row_height, enum size name_size,
              enum size size)
{
    size_t count = table->column_count;
    struct table_grid grid = {.table = table,
                              .left = left,
                              .right = right,
                              .row_height = row_height,
                              .name_size = name_size,
                              .size = size};
    double *width = arena_array(layout->arena, count + 1, double);
    const double *need =
        is_shared(layout, table) ? layout->link_need : own_needs(layout, &grid);
    widths_share(table, width, right - left);
    widths_shrink(layout, &grid, width);
    widths_settle(table, need, width, right - left);
    widen_names(layout, &grid, need, width);
    grid.columns = arena_array(layout->arena, count + 1, struct table_column);
    grid.heights = arena_array(layout->arena, table->row_count + 1, double);
    double x = left, highest = 0;
    for (size_t i = 0; i < count; i++) {
        grid.columns[i] = (struct table_column){
            x + left_gap(table, i), x + width[i],
            is_right(&table->columns[i]) ? ALIGN_RIGHT : ALIGN_LEFT};
        x += width[i];
    }
    for (size_t i = 0; i < count; i++) {
        double height = head_block(layout, &grid, i).height;
        highest = height > highest ? height : highest;
    }
    grid.head_height = highest > 0 ? highest + 2.0 : 0;
    return grid;
}

/* The ticks of the bars: 0 to 125 %. */
static void
draw_axis(struct layout *layout, const struct table_column *column,
          double baseline)
{
    static const char *const label[] = {"0%",  "25%",  "50%",
                                        "75%", "100%", "125%"};
    double step = (column->x1 - column->x0) / 5;
    for (size_t i = 0; i < sizeof label / sizeof *label; i++) {
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
        struct phrase_block block = head_block(layout, grid, i);
        bool last = i + 1 == table->column_count;
        if (block.height <= 0 && table->columns[i].kind != COLUMN_BAR && !last)
            continue;
        display_open(layout->display, "TH", NULL);
        if (table->columns[i].kind == COLUMN_BAR && table->axis)
            draw_axis(layout, column, rule - 2.0);
        else
            layout_phrase_at(layout, &block, column->x0, text_edge(grid, i),
                             rule - 1.0 - block.height, column->align);
        if (last)
            display_rule(layout->display, grid->left, grid->right, rule,
                         layout->look.rgb[COLOUR_INK], 0.7);
        display_close(layout->display);
    }
    display_close(layout->display);
}

static struct phrase_block
cell_block(struct layout *layout, const struct table_grid *grid, size_t row,
           size_t index)
{
    const struct plan_cell *cell = &grid->table->rows[row].cells[index];
    const struct table_column *column = &grid->columns[index];
    /* only texts are broken: a number stands on one line or is an error */
    double width = wraps(&grid->table->columns[index])
                       ? text_edge(grid, index) - column->x0
                       : 1000;
    return layout_phrase(
        layout, cell->text,
        cell_style(layout, grid, &grid->table->rows[row], index),
        layout_second(layout), width);
}

static double
measure_row(struct layout *layout, const struct table_grid *grid, size_t row)
{
    double highest = 0;
    for (size_t i = 0; i < grid->table->column_count; i++) {
        if (!wraps(&grid->table->columns[i]))
            continue;
        double height = cell_block(layout, grid, row, i).height;
        highest = height > highest ? height : highest;
    }
    if (!is_links(grid->table)) {
        /* what a row of one line keeps free, a higher one keeps too */
        double line = LEADING * style_em_mm(head_style(layout, grid));
        double row_height = highest + grid->row_height - line;
        return row_height > grid->row_height ? row_height : grid->row_height;
    }
    double content = highest + 0.3;
    if (content <= grid->row_height)
        return grid->row_height;
    unsigned steps = (unsigned)(content / STEP) + 1;
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
    bar_draw(layout, &grid->table->rows[row].bar, column->x0,
             centre - height / 2, height, unit);
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
    if (points > 0)
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
    layout_phrase_at(layout, &block, column->x0, text_edge(grid, index),
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
    bool has_mark = false;
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
