/*
 * Columns: where they stand.  A table's are measured once over all rows, so
 * that they stand alike on each page; what those of other pages have to do with
 * it is for page_alike.c.
 */
#include <math.h>

#include "base/arena.h"
#include "render/page_table.h"

#define BAR_LEAST_MM 40.0 /* what a bar keeps when numbers need room */
#define KEPT_SHARE 0.85   /* of their width, that numbers keep for texts */
#define TEXT_LEAST_MM 16.0
#define NAME_MOST_MM 56.0 /* what names may take of numbers' spare room */
#define SPARE_MM 2.0      /* what they leave to each */
#define MOST_LINES 12     /* of a text, before others give it room */
#define MANY_LINES 4      /* before numbers give it all that they can spare */
#define BAR_SQUEEZED_MM 24.0
#define TEXT_SQUEEZED_MM 12.0
#define OPEN_LEAST_MM 36.0 /* what a text that took the rest keeps for others */
#define GIVEN_MM 2.0 /* at a time */
#define WORD_MOST_MM 24.0 /* of a word that is kept whole */

double
column_widest(struct layout *layout, const struct table_grid *grid,
              size_t index)
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

/* The widest word in the texts of a column, of both languages; very long ones
   are broken. */
static double
widest_word(struct layout *layout, const struct table_grid *grid, size_t index)
{
    double widest = 0;
    for (size_t i = 0; i < grid->table->row_count; i++) {
        const struct plan_row *row = &grid->table->rows[i];
        const struct phrase text = row->cells[index].text;
        double lead = layout_longest_word(
            layout, cell_style(layout, grid, row, index), text.lead);
        double second = layout_longest_word(layout, layout_second(layout),
                                            text.second);
        widest = lead > widest ? lead : widest;
        widest = second > widest ? second : widest;
    }
    return widest < WORD_MOST_MM ? widest : WORD_MOST_MM;
}

#define AFTER_SIGN_MM 0.4 /* from a sign that hangs to the next number */

/* What the signs that hang right of the column before take of this one's gap,
   and more. */
static double
gap_for_signs(struct layout *layout, const struct table_grid *grid,
              size_t index)
{
    const struct plan_table *table = grid->table;
    double widest = 0;
    for (size_t i = 0; index > 0 && i < table->row_count; i++) {
        const char *hung = table->rows[i].cells[index - 1].hung;
        if (hung == NULL)
            continue;
        double width = text_width_mm(
            layout->fonts,
            cell_style(layout, grid, &table->rows[i], index - 1), hung);
        widest = width > widest ? width : widest;
    }
    double missing = widest + AFTER_SIGN_MM - cell_gap(table, index);
    return widest > 0 && missing > 0 ? missing : 0;
}

/* What a cell says at its widest, of both languages. */
static double
widest_text(struct layout *layout, const struct table_grid *grid, size_t index)
{
    double widest = column_widest(layout, grid, index);
    for (size_t i = 0; i < grid->table->row_count; i++) {
        const char *text = grid->table->rows[i].cells[index].text.second;
        double width = text ? text_width_mm(layout->fonts,
                                            layout_second(layout), text)
                            : 0;
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
    struct text_style head = cell_head_style(layout, grid);
    struct text_style small = layout_second(layout);
    double cells = cell_is_name(table, index) ? 0
                   : cell_wraps(column) ? widest_word(layout, grid, index)
                                        : column_widest(layout, grid, index);
    double words[] = {layout_longest_word(layout, head, column->heading.lead),
                      layout_longest_word(layout, small,
                                          column->heading.second)};
    need.least = need.whole = cells;
    for (size_t i = 0; i < 2; i++)
        need.least = words[i] > need.least ? words[i] : need.least;
    if (column->heading.lead) {
        double line = text_width_mm(layout->fonts, head, column->heading.lead);
        if (column->heading.second) {
            double second =
                text_width_mm(layout->fonts, small, column->heading.second);
            line = second > line ? second : line;
        }
        need.whole = line > need.least ? line : need.least;
    }
    double gap = cell_gap(table, index) + gap_for_signs(layout, grid, index);
    need.least += gap;
    need.whole += gap;
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
                 need[i] > TEXT_LEAST_MM || !cell_wraps(&table->columns[i])
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

size_t
column_of_bar(const struct plan_table *table)
{
    size_t i = 0;
    while (i < table->column_count && table->columns[i].kind != COLUMN_BAR)
        i++;
    return i;
}

bool
columns_are_shared(const struct layout *layout, const struct plan_table *table)
{
    if (!cell_is_link(table) ||
        table->column_count != layout->link_column_count)
        return false;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].column != layout->link_columns[i].column)
            return false;
    return true;
}

double *
columns_need(struct layout *layout, const struct table_grid *grid)
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
    if (cell_is_link(table) || open != 1 ||
        column_widest(layout, grid, at) + cell_gap(table, at) <= width[at])
        return;
    double freed = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].width_mm <= 0 || !cell_wraps(&table->columns[i]))
            continue;
        double whole_width = column_need(layout, grid, i).whole;
        double cells =
            column_widest(layout, grid, i) + cell_gap(table, i) + SPARE_MM;
        double natural = cells > whole_width ? cells : whole_width;
        if (natural < width[i]) {
            freed += width[i] - natural;
            width[i] = natural;
        }
    }
    width[at] += freed;
}

/* What a head needs that is broken once: Han words break anywhere, and would
   stand as a tower. */
static double
broken_head(struct layout *layout, const struct table_grid *grid, size_t index)
{
    const char *head = grid->table->columns[index].heading.lead;
    const struct text_style style = cell_head_style(layout, grid);
    if (head == NULL)
        return 0;
    return (text_width_mm(layout->fonts, style, head) + style_em_mm(style)) / 2 +
           cell_gap(grid->table, index);
}

/* A column takes what the columns of numbers have to spare, up to a width; they
   keep a share of their own, so that their heads do not become towers. */
static void
widen(struct layout *layout, const struct table_grid *grid, size_t column,
      double wish, double share, const double *need, double *width)
{
    const struct plan_table *table = grid->table;
    for (size_t i = 0; i < table->column_count; i++) {
        double before = width[i], missing = wish - width[column];
        double keeps = need[i] + SPARE_MM;
        if (!cell_is_right(&table->columns[i]))
            continue;
        if (keeps < share * table->columns[i].width_mm)
            keeps = share * table->columns[i].width_mm;
        if (keeps < broken_head(layout, grid, i))
            keeps = broken_head(layout, grid, i);
        take(&width[i], keeps, &missing);
        width[column] += before - width[i];
    }
}

/* What a text that took what was left does not need goes to other texts that
   would be broken, and more where they would still take more lines than it. */
static void
share_spare(struct layout *layout, const struct table_grid *grid,
            const double *need, double *width)
{
    const struct plan_table *table = grid->table;
    size_t open = 0;
    while (open < table->column_count &&
           !(cell_wraps(&table->columns[open]) &&
             table->columns[open].width_mm <= 0))
        open++;
    if (open == table->column_count)
        return;
    const double text = widest_text(layout, grid, open);
    const double gap = cell_gap(table, open);
    const double least = fmax(text + gap + SPARE_MM, need[open]);
    for (size_t i = 0; i < table->column_count; i++) {
        if (i == open || !cell_wraps(&table->columns[i]) ||
            cell_is_name(table, i))
            continue;
        const double other = widest_text(layout, grid, i);
        const double other_gap = cell_gap(table, i);
        double missing = other + other_gap + SPARE_MM - width[i];
        double before = width[open];
        take(&width[open], least, &missing);
        width[i] += before - width[open];
        while (width[open] - GIVEN_MM >= fmax(OPEN_LEAST_MM, need[open]) &&
               text_lines(other, width[i] - other_gap) >
                   text_lines(text, width[open] - GIVEN_MM - gap)) {
            width[open] -= GIVEN_MM;
            width[i] += GIVEN_MM;
        }
    }
}

/* What names do not need goes to the texts that had to take what was left. */
static void
names_give(struct layout *layout, const struct table_grid *grid, double *width)
{
    const struct plan_table *table = grid->table;
    for (size_t i = 0; i < table->column_count; i++) {
        if (!cell_wraps(&table->columns[i]) || table->columns[i].width_mm > 0)
            continue;
        double missing = widest_text(layout, grid, i) + cell_gap(table, i) +
                         SPARE_MM - width[i];
        for (size_t k = 0; k < table->column_count; k++) {
            if (!cell_is_name(table, k))
                continue;
            const double before = width[k];
            take(&width[k],
                 widest_text(layout, grid, k) + cell_gap(table, k) + SPARE_MM,
                 &missing);
            width[i] += before - width[k];
        }
    }
}

/* How wide the longest text of each column is on one line, both languages; 0
   where nothing is broken. */
static double *
longest_texts(struct layout *layout, const struct table_grid *grid)
{
    const struct plan_table *table = grid->table;
    double *longest =
        arena_array(layout->arena, table->column_count + 1, double);
    for (size_t i = 0; i < table->column_count; i++)
        for (size_t k = 0; k < table->row_count; k++) {
            const struct plan_row *row = &table->rows[k];
            const struct phrase text = row->cells[i].text;
            if (!cell_wraps(&table->columns[i]) || text.lead == NULL)
                continue;
            double both =
                text_width_mm(layout->fonts, cell_style(layout, grid, row, i),
                              text.lead);
            if (text.second)
                both += text_width_mm(layout->fonts, layout_second(layout),
                                      text.second);
            longest[i] = both > longest[i] ? both : longest[i];
        }
    return longest;
}

/* A text that took what was left and would still stand in many lines has the
   heads of numbers broken for it. */
static void
widen_long(struct layout *layout, const struct table_grid *grid,
           const double *need, double *width)
{
    const struct plan_table *table = grid->table;
    const double *longest = longest_texts(layout, grid);
    for (size_t i = 0; i < table->column_count; i++) {
        const double gap = cell_gap(table, i);
        if (cell_wraps(&table->columns[i]) && table->columns[i].width_mm <= 0 &&
            text_lines(longest[i], width[i] - gap) > MANY_LINES)
            widen(layout, grid, i, longest[i] / MANY_LINES + gap + SPARE_MM, 0,
                  need, width);
    }
}

/* Long names become wider before they are broken to a second line, then the
   texts that had to take what was left, then others. */
static void
widen_texts(struct layout *layout, const struct table_grid *grid,
            const double *need, double *width)
{
    const struct plan_table *table = grid->table;
    if (!cell_is_link(table))
        return;
    for (size_t i = 0; i < table->column_count; i++) {
        if (!cell_is_name(table, i))
            continue;
        double wish = columns_are_shared(layout, table) ? layout->link_name
                                               : column_widest(layout, grid, i);
        wish += cell_gap(table, i);
        widen(layout, grid, i, wish < NAME_MOST_MM ? wish : NAME_MOST_MM, 0,
              need, width);
    }
    if (!columns_are_shared(layout, table))
        names_give(layout, grid, width);
    for (size_t i = 0; i < table->column_count; i++) {
        if (cell_wraps(&table->columns[i]) && table->columns[i].width_mm <= 0)
            widen(layout, grid, i,
                  widest_text(layout, grid, i) + cell_gap(table, i) + SPARE_MM,
                  KEPT_SHARE, need, width);
    }
    widen_long(layout, grid, need, width);
    share_spare(layout, grid, need, width);
    for (size_t i = 0; i < table->column_count; i++)
        if (cell_wraps(&table->columns[i]) && !cell_is_name(table, i) &&
            table->columns[i].width_mm > 0)
            widen(layout, grid, i,
                  widest_text(layout, grid, i) + cell_gap(table, i) + SPARE_MM,
                  KEPT_SHARE, need, width);
}

/* Whether a column can give to one whose texts take so many lines: a bar down
   to the least that can be read, a text as long as it stays the shorter one. */
static bool
can_give(const struct plan_table *table, size_t index, const double *need,
         const double *longest, const double *width, double lines)
{
    double left = width[index] - GIVEN_MM;
    if (table->columns[index].kind == COLUMN_BAR)
        return left >= BAR_SQUEEZED_MM;
    return cell_wraps(&table->columns[index]) && left >= need[index] &&
           left >= TEXT_SQUEEZED_MM &&
           longest[index] / (left - cell_gap(table, index)) < lines;
}

/* A text that would fill a page from top to bottom takes room from bars and
   from other texts. */
static void
widths_balance(struct layout *layout, const struct table_grid *grid,
               const double *need, double *width)
{
    const struct plan_table *table = grid->table;
    const double *longest = longest_texts(layout, grid);
    for (;;) {
        size_t worst = 0, giver = table->column_count;
        double most = 0;
        for (size_t i = 0; i < table->column_count; i++) {
            double lines = longest[i] / (width[i] - cell_gap(table, i));
            if (longest[i] > 0 && lines > most) {
                most = lines;
                worst = i;
            }
        }
        if (most <= MOST_LINES)
            return;
        for (size_t i = 0; i < table->column_count; i++)
            if (i != worst &&
                can_give(table, i, need, longest, width, most) &&
                (giver == table->column_count || width[i] > width[giver]))
                giver = i;
        if (giver == table->column_count)
            return;
        width[giver] -= GIVEN_MM;
        width[worst] += GIVEN_MM;
    }
}

/* How far a bar begins left of where those of other tables do. */
static double
bar_lack(const struct layout *layout, const struct table_grid *grid, size_t bar,
         const double *width)
{
    double x = grid->left + cell_left_gap(grid->table, bar);
    for (size_t i = 0; i < bar; i++)
        x += width[i];
    return layout->bar_left > x ? layout->bar_left - x : 0;
}

/* Gives what is spare to the name until the bar begins where those of other
   tables do, the rest to the columns right of it. */
static void
widths_align(const struct layout *layout, const struct table_grid *grid,
             size_t bar, double *width, double spare)
{
    const struct plan_table *table = grid->table;
    const double lack = bar_lack(layout, grid, bar, width);
    const double moved = lack < spare ? lack : spare;
    for (size_t i = 0; i < bar; i++)
        if (cell_is_name(table, i))
            width[i] += moved;
    for (size_t i = bar + 1; i < table->column_count; i++)
        width[i] += (spare - moved) / (double)(table->column_count - bar - 1);
}

size_t
column_of_names(const struct plan_table *table)
{
    size_t at = 0;
    while (at < table->column_count && !cell_is_name(table, at))
        at++;
    return at;
}

/* The column behind the names, which says the same in the tables of links,
   stands where it does there, as far as a column of texts has room to spare. */
static void
second_settle(struct layout *layout, const struct table_grid *grid,
              double *width)
{
    const struct plan_table *table = grid->table;
    const size_t name = column_of_names(table), second = name + 1;
    double x = grid->left, most = 0;
    size_t giver = 0;
    if (second >= table->column_count ||
        second >= layout->link_column_count ||
        table->columns[second].column != layout->link_columns[second].column)
        return;
    for (size_t i = 0; i < second; i++)
        x += width[i];
    for (size_t i = second + 1; i < table->column_count; i++) {
        if (!cell_wraps(&table->columns[i]))
            continue;
        double kept = fmax(column_need(layout, grid, i).whole,
                           widest_text(layout, grid, i) +
                               cell_gap(table, i) + SPARE_MM);
        if (width[i] - kept > most) {
            most = width[i] - kept;
            giver = i;
        }
    }
    double moved = fmin(layout->second_left - x, most);
    if (moved <= 0)
        return;
    width[name] += moved;
    width[giver] -= moved;
}

/* A bar is as long on every page: what it has beyond that goes to names that
   would break or stand left of bars that begin too far left, then to all other
   columns alike. */
static void
bar_settle(struct layout *layout, const struct table_grid *grid, double *width)
{
    const struct plan_table *table = grid->table;
    const size_t bar = column_of_bar(table);
    size_t others = 0;
    if (bar == table->column_count || layout->bar <= 0 ||
        width[bar] <= layout->bar)
        return;
    double spare = width[bar] - layout->bar;
    width[bar] = layout->bar;
    for (size_t i = 0; i < table->column_count; i++) {
        others += i != bar && table->columns[i].kind != COLUMN_MARK;
        if (!cell_is_name(table, i))
            continue;
        double name = columns_are_shared(layout, table) ? layout->link_name
                                               : column_widest(layout, grid, i);
        double missing = name + cell_gap(table, i) + SPARE_MM - width[i];
        double before = spare;
        take(&spare, 0, &missing);
        width[i] += before - spare;
    }
    if (layout->bar_left > 0) {
        widths_align(layout, grid, bar, width, spare);
        return;
    }
    for (size_t i = 0; i < table->column_count; i++)
        if (i != bar && table->columns[i].kind != COLUMN_MARK)
            width[i] += spare / (double)others;
}

bool
table_has_room(struct layout *layout, const struct plan_table *table,
               double left, double right, enum size size)
{
    struct table_grid grid = {.table = table,
                              .left = left,
                              .right = right,
                              .name_size = size,
                              .size = size};
    double sum = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        double least = column_need(layout, &grid, i).least;
        if (table->columns[i].kind == COLUMN_BAR)
            least = BAR_LEAST_MM;
        else if (table->columns[i].kind == COLUMN_MARK)
            least = table->columns[i].width_mm;
        else if (cell_wraps(&table->columns[i]) && least < TEXT_LEAST_MM)
            least = TEXT_LEAST_MM;
        sum += least;
    }
    return sum <= right - left;
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
        columns_are_shared(layout, table) ? layout->link_need : columns_need(layout, &grid);
    widths_share(table, width, right - left);
    widths_shrink(layout, &grid, width);
    widths_settle(table, need, width, right - left);
    widen_texts(layout, &grid, need, width);
    widths_balance(layout, &grid, need, width);
    if (cell_is_link(table) && !columns_are_shared(layout, table))
        columns_share(layout, &grid, need, width);
    bar_settle(layout, &grid, width);
    if (cell_is_link(table) && !columns_are_shared(layout, table))
        second_settle(layout, &grid, width);
    grid.columns = arena_array(layout->arena, count + 1, struct table_column);
    grid.heights = arena_array(layout->arena, table->row_count + 1, double);
    double x = left, highest = 0;
    for (size_t i = 0; i < count; i++) {
        grid.columns[i] = (struct table_column){
            x + cell_left_gap(table, i), x + width[i],
            cell_is_right(&table->columns[i]) ? ALIGN_RIGHT : ALIGN_LEFT};
        x += width[i];
    }
    for (size_t i = 0; i < count; i++) {
        double height = cell_head_block(layout, &grid, i).height;
        highest = height > highest ? height : highest;
    }
    grid.head_height = highest > 0 ? highest + 2.0 : 0;
    return grid;
}
