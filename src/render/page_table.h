/*
 * Tables on pages: measured by page_column.c, alike by page_alike.c, drawn by
 * page_table.c, their cells by page_cell.c.  Private to the page_*.c files.
 */
#ifndef HEADROOM_RENDER_PAGE_TABLE_H
#define HEADROOM_RENDER_PAGE_TABLE_H

#include "render/page_parts.h"

struct table_column {
    double x0, x1; /* [mm] */
    enum align align;
};
struct table_grid {
    const struct plan_table *table;
    struct table_column *columns;
    double left, right;
    double head_height;
    double *heights;     /* of the rows, 0 where not yet measured */
    double row_height;  /* of a row with one line [mm] */
    enum size name_size, size;
    bool is_plain; /* no thin rules between its rows, which are low */
};
/* --- page_alike.c: finds out what the tables of links need, so that their
   columns stand alike on all pages --- */

#define BAR_USUAL_MM 58.0 /* of a bar on all pages, while there is room */
void table_share(struct layout *layout);

/* --- page_column.c --- */

/* What the cells of a column have at their widest [mm]. */
double column_widest(struct layout *layout, const struct table_grid *grid,
                     size_t index);
/* What each column cannot do without [mm]; with its head on one line where the
   bars have room to give. */
double *columns_need(struct layout *layout, const struct table_grid *grid);
/* Whether a table has the columns of the tables of links. */
bool columns_are_shared(const struct layout *layout,
                        const struct plan_table *table);
/* The column of bars, and of names; column_count where there is none. */
size_t column_of_bar(const struct plan_table *table);
size_t column_of_names(const struct plan_table *table);
/* Whether the numbers of a table leave all of its columns their room. */
bool table_has_room(struct layout *layout, const struct plan_table *table,
                    double left, double right, enum size size);
/* Where the columns of a table stand between left and right: their own widths,
   wider where a number needs it. */
struct table_grid table_measure(struct layout *layout,
                                const struct plan_table *table, double left,
                                double right, double row_height,
                                enum size name_size, enum size size);
/* Draws head and rows first to last - 1 from top down as long as they stay
   above bottom; returns the first row that did not fit, and in *end where the
   table ends. */
size_t table_draw(struct layout *layout, const struct table_grid *grid,
                  size_t first, double top, double bottom, double *end);
/* The first row that does not fit, without drawing. */
size_t table_fit(struct layout *layout, const struct table_grid *grid,
                 size_t first, double top, double bottom);
/* Where a sheet that has room for the rows first to last - 1 ends better: earlier,
   where the next sheet is the last and would hold next to nothing.  around: the
   height of what stands there above and below the table. */
size_t table_even(struct layout *layout, const struct table_grid *grid,
                  size_t first, size_t last, double around);
double table_row_height(struct layout *layout, const struct table_grid *grid,
                        size_t row);

/* page_share.c: in how many lines a text stands in so much room [mm]; and moves
   room between the columns of texts of a table so that its
   rows become lower; need: what each column keeps [mm]. */
double text_lines(double text, double room);
void columns_share(struct layout *layout, const struct table_grid *grid,
                   const double *need, double *width);

/* --- page_sign.c: the boxes to sign, a row each, across the page --- */

double signatures_height(const struct layout *layout); /* [mm] */
/* Draws them from their top edge on. */
void signatures_draw(struct layout *layout, const struct plan_table *table,
                     double top);

/* --- page_strip.c: columns above the numbers of a row --- */

void strip_draw(struct layout *layout, const struct table_grid *grid,
                size_t row, double top, double bottom);
/* The middle of the texts of such a row, which ends at bottom. */
double strip_text_centre(double bottom);

/* --- cells ------------------------------------------------------------- */

/* Whether a column's texts may be broken into lines: only texts may, a number
   stands on one line or is an error. */
bool cell_wraps(const struct plan_column *column);
/* Whether they end at the column's right edge: numbers and days. */
bool cell_is_right(const struct plan_column *column);
/* Whether a table is about links, and a column names them: the first of
   texts. */
bool cell_is_link(const struct plan_table *table);
bool cell_is_name(const struct plan_table *table, size_t index);

struct text_style cell_head_style(const struct layout *layout,
                                  const struct table_grid *grid);
struct text_style cell_style(const struct layout *layout,
                             const struct table_grid *grid,
                             const struct plan_row *row, size_t index);

/* What a column keeps free: left of its text, to a number and to a bar that
   ends in a point beyond its axis; and on both sides together [mm]. */
double cell_left_gap(const struct plan_table *table, size_t index);
double cell_gap(const struct plan_table *table, size_t index);
/* Where the text of a column ends. */
double cell_text_edge(const struct table_grid *grid, size_t index);

/* A column's head and a cell's text in lines. */
struct phrase_block cell_head_block(struct layout *layout,
                                    const struct table_grid *grid,
                                    size_t index);
struct phrase_block cell_block(struct layout *layout,
                               const struct table_grid *grid, size_t row,
                               size_t index);

#endif
