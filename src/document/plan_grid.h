/*
 * A table of plain cells, filled from left to right and top to bottom: what
 * the basis page is made of.  Private to document/plan*.c.
 */
#ifndef HEADROOM_DOCUMENT_PLAN_GRID_H
#define HEADROOM_DOCUMENT_PLAN_GRID_H

#include "document/plan_parts.h"

struct grid;

/* A grid of that many columns and at most that many rows. */
struct grid *grid_new(const struct plan_job *job, size_t columns, size_t rows);
const struct words *grid_words(const struct grid *grid);

/* The next column: key of its heading, kind, width [mm], 0 for what is left. */
void grid_column(struct grid *grid, const char *heading, enum column_kind kind,
                 double width_mm);

/* The same with a heading that is no word. */
void grid_heading(struct grid *grid, struct phrase heading,
                  enum column_kind kind, double width_mm);

/* The next cell. */
void grid_phrase(struct grid *grid, struct phrase phrase);
void grid_text(struct grid *grid, struct text text);
void grid_string(struct grid *grid, const char *text);
void grid_word(struct grid *grid, const char *key);

/* How the cell that was filled last is set. */
void grid_emphasis(struct grid *grid, enum emphasis emphasis);

/* 1234 -> "1,234" */
struct text grid_number(const struct grid *grid, size_t number);

/* The grid as a block; all cells are there. */
struct plan_block grid_block(struct grid *grid, const char *heading);

/* "20 of 31 listed" */
struct phrase plan_cut_line(struct grid *grid, const char *key, size_t listed,
                            size_t all);

/* --- plan_assumptions.c, plan_tests.c, plan_warnings.c: blocks with more to
   work out --- */

struct plan_block plan_assumption_block(const struct plan_job *job);
struct plan_block plan_test_block(const struct plan_job *job);
struct plan_block plan_warning_block(const struct plan_job *job);

#endif
