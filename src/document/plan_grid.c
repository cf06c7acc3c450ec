/*
 * A table of plain cells.  Belongs to document/.
 */
#include "document/plan_grid.h"

#include <assert.h>

#include "base/arena.h"

struct grid {
    const struct plan_job *job;
    struct plan_column *columns;
    size_t column_count, columns_set;
    struct plan_row *rows;
    size_t row_room, row_count;
    struct plan_cell *cells; /* of the row that is being filled */
    size_t filled;
    struct plan_cell *last;
};

struct grid *
grid_new(const struct plan_job *job, size_t columns, size_t rows)
{
    struct grid *grid = arena_alloc(job->arena, sizeof *grid);
    grid->job = job;
    grid->columns = arena_array(job->arena, columns, struct plan_column);
    grid->column_count = columns;
    grid->rows = arena_array(job->arena, rows, struct plan_row);
    grid->row_room = rows;
    return grid;
}

const struct words *
grid_words(const struct grid *grid)
{
    return grid->job->words;
}

void
grid_heading(struct grid *grid, struct phrase heading, enum column_kind kind,
             double width_mm)
{
    assert(grid->columns_set < grid->column_count);
    grid->columns[grid->columns_set++] = (struct plan_column){
        .kind = kind, .heading = heading, .width_mm = width_mm};
}

void
grid_column(struct grid *grid, const char *heading, enum column_kind kind,
            double width_mm)
{
    grid_heading(grid, words_phrase(grid->job->words, heading), kind,
                 width_mm);
}

void
grid_phrase(struct grid *grid, struct phrase phrase)
{
    if (grid->filled == 0) {
        assert(grid->row_count < grid->row_room);
        grid->cells =
            arena_array(grid->job->arena, grid->column_count, struct plan_cell);
        grid->rows[grid->row_count++].cells = grid->cells;
    }
    grid->last = &grid->cells[grid->filled];
    grid->last->text = phrase;
    grid->filled = (grid->filled + 1) % grid->column_count;
}

void
grid_text(struct grid *grid, struct text text)
{
    grid_phrase(grid, words_text(grid->job->words, text));
}

void
grid_string(struct grid *grid, const char *text)
{
    grid_phrase(grid, (struct phrase){text, NULL});
}

void
grid_word(struct grid *grid, const char *key)
{
    grid_phrase(grid, words_phrase(grid->job->words, key));
}

void
grid_emphasis(struct grid *grid, enum emphasis emphasis)
{
    grid->last->emphasis = emphasis;
}

struct text
grid_number(const struct grid *grid, size_t number)
{
    return (struct text){.one = number_whole(grid->job->arena, (whole)number)};
}

struct plan_block
grid_block(struct grid *grid, const char *heading)
{
    assert(grid->filled == 0 && grid->columns_set == grid->column_count);
    struct fill fills[] = {
        {"heading", words_both(grid->job->words, heading, NULL)},
        {0        }
    };
    return (struct plan_block){
        .kind = BLOCK_TABLE,
        .heading = words_phrase(grid->job->words, heading),
        .continued = words_fill(grid->job->words, "basis.continued", fills),
        .table = {.columns = grid->columns,
                  .column_count = grid->column_count,
                  .rows = grid->rows,
                  .row_count = grid->row_count}
    };
}
