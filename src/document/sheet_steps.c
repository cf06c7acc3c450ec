/*
 * The sheet Steps: one row a step of every test, in the order of the sheet
 * Tests; the raw evidence, no formulas.  Room document/.
 */
#include <string.h>

#include "document/sheet_book.h"

static const struct walked *
step_of(const struct row_of *row)
{
    return &row->evidence->walk.steps[row->step];
}

/* The row of the test on the sheet Tests, from 1. */
static void
seq(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, (double)row->chosen);
}

static void
link_id(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, row->evidence->result->link);
}

static void
tested_on(const struct row_of *row, struct sheet_cell *cell)
{
    cell_day(row->book, cell, row->evidence->result->date);
}

static void
step(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, (double)row->step + 1);
}

static void
holds(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, step_of(row)->holds ? row->book->yes : row->book->no_word);
}

/* Where the walk took achieved from and where it ended. */
static void
remark(const struct row_of *row, struct sheet_cell *cell)
{
    const struct walk *walk = &row->evidence->walk;
    if (row->step == walk->held_step)
        cell_text(cell, row->book->held);
    else if (row->step == walk->broke_step)
        cell_text(cell, row->book->broke);
}

/* What was not measured stays blank. */
static void
measured(const struct row_of *row, struct sheet_cell *cell, enum metric metric)
{
    if (step_has(step_of(row)->step, metric))
        cell_decimal(row->book, cell, step_of(row)->step->metric[metric]);
}

#define METRIC(name, metric)                                                   \
    static void step_##name(const struct row_of *row, struct sheet_cell *cell) \
    {                                                                          \
        measured(row, cell, metric);                                           \
    }
METRIC(offered_qps, METRIC_OFFERED_QPS)
METRIC(qps, METRIC_QPS)
METRIC(concurrency, METRIC_CONCURRENCY)
METRIC(duration_s, METRIC_DURATION_S)
METRIC(p50_ms, METRIC_P50_MS)
METRIC(p95_ms, METRIC_P95_MS)
METRIC(p99_ms, METRIC_P99_MS)
METRIC(p999_ms, METRIC_P999_MS)
METRIC(error_rate, METRIC_ERROR_RATE)
METRIC(cpu, METRIC_CPU)

/* clang-format off */
static const struct sheet_column steps_columns[] = {
    {"seq",              "sheet.column.test",       false, 0, ROLE_PLAIN, SHEET_NUMBER,  0, false, 8,  NULL, seq},
    {"link",             "column.link",             false, 0, ROLE_KEY,   SHEET_TEXT,    0, false, 24, NULL, link_id},
    {"tested_on",        "column.tested_on",        false, 0, ROLE_PLAIN, SHEET_DATE,    0, false, 12, NULL, tested_on},
    {"step",             "sheet.column.step",       false, 0, ROLE_PLAIN, SHEET_NUMBER,  0, false, 7,  NULL, step},
    {"offered_qps",      "sheet.column.offered_qps", true, 0, ROLE_PLAIN, SHEET_NUMBER,  0, true,  12, NULL, step_offered_qps},
    {"qps",              "sheet.column.qps",        true,  0, ROLE_PLAIN, SHEET_NUMBER,  0, true,  12, NULL, step_qps},
    {"concurrency",      "sheet.column.concurrency", false, 0, ROLE_PLAIN, SHEET_NUMBER, 0, true,  10, NULL, step_concurrency},
    {"duration_s",       "sheet.column.duration_s", false, 0, ROLE_PLAIN, SHEET_NUMBER,  0, true,  10, NULL, step_duration_s},
    {"p50_ms",           "sheet.column.p50_ms",     false, 0, ROLE_PLAIN, SHEET_NUMBER,  0, true,  10, NULL, step_p50_ms},
    {"p95_ms",           "sheet.column.p95_ms",     false, 0, ROLE_PLAIN, SHEET_NUMBER,  0, true,  10, NULL, step_p95_ms},
    {"p99_ms",           "sheet.column.p99_ms",     false, 0, ROLE_PLAIN, SHEET_NUMBER,  0, true,  10, NULL, step_p99_ms},
    {"p999_ms",          "sheet.column.p999_ms",    false, 0, ROLE_PLAIN, SHEET_NUMBER,  0, true,  10, NULL, step_p999_ms},
    {"error_rate",       "sheet.column.error_rate", false, 0, ROLE_PLAIN, SHEET_PERCENT, 0, true,  10, NULL, step_error_rate},
    {"cpu",              "sheet.column.cpu",        false, 0, ROLE_PLAIN, SHEET_PERCENT, 0, true,  10, NULL, step_cpu},
    {"holds",            "sheet.column.holds",      false, 0, ROLE_PLAIN, SHEET_TEXT,    0, false, 8,  NULL, holds},
    {"remark",           "sheet.column.remark",     false, 0, ROLE_PLAIN, SHEET_TEXT,    0, false, 16, NULL, remark},
};
/* clang-format on */
static const size_t steps_column_count =
    sizeof steps_columns / sizeof *steps_columns;
const struct sheet_columns steps_parts[] = {
    {steps_columns, &steps_column_count}
};
const size_t steps_part_count = 1;

bool
steps_column_is_used(const struct book *book, const char *key)
{
    return tests_have(book, key);
}

/* --- rows ----------------------------------------------------------------- */

/* The test of a step, by halving. */
static void
start_step(const struct book *book, size_t index, struct row_of *row)
{
    size_t low = 0, high = book->test_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (book->first_step[middle] <= index)
            low = middle;
        else
            high = middle;
    }
    tests_start(book, low, row);
    row->step = index - book->first_step[low];
}

static void
make_step(const struct sheet *sheet, uint32_t number, struct sheet_row *row)
{
    const struct book *book = sheet->context;
    if (row_above_head(book, SHEET_STEPS, number, row) || number == ROW_GROUP)
        return;
    if (number == ROW_HEAD) {
        layout_head(&book->steps_layout, row);
    } else {
        struct row_of of = {.book = book, .index = number - ROW_DATA};
        start_step(book, of.index, &of);
        layout_row(&book->steps_layout, &of, number + 1, 0, 0, row);
    }
}

/* --- planning
 * ----------------------------------------------------------------- */

void
sheet_plan_steps(struct book *book, const struct template_part *part)
{
    layout_choose(book, &book->steps_layout, steps_parts, steps_part_count,
                  steps_column_is_used, part, NULL);
    book->steps_layout.data_rows = book->step_rows;
}

void
sheet_finish_steps(struct book *book, struct sheet *sheet)
{
    struct layout *layout = &book->steps_layout;
    layout_finish(book, layout, layout->data_rows, start_step);
    *sheet = layout_sheet(book, SHEET_STEPS, layout);
    sheet->make_row = make_step;
}
