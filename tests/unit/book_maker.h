/*
 * A workbook's plan of a season made in memory, and its cells by the key of
 * their column, for the tests of the sheets and of the file.
 */
#ifndef HEADROOM_TESTS_BOOK_MAKER_H
#define HEADROOM_TESTS_BOOK_MAKER_H

#include "maker.h"

#include "assess/assess.h"
#include "document/sheet.h"
#include "document/sheet_book.h"
#include "input/input.h"

/* A short link, a met one, one with two tests, an untested one. */
static inline struct made *
make_book_season(struct arena *arena)
{
    struct made *made = make_season(arena);
    add_baseline(made, "order", "10000", 40)->approved_instances = 6;
    made->baseline[0].has_approved_instances = true;
    add_baseline(made, "cart", "1000", 10)->priority = PRIORITY_P1;
    add_baseline(made, "coupon", "100", 4);
    add_baseline(made, "idle", "50", 0)->priority = PRIORITY_P2;
    add_measured(made, "order", "2026-10-30", 40, "11430");
    add_measured(made, "cart", "2026-10-29", 10, "1600");
    add_at_least(made, "coupon", "2026-10-30", 4, "120");
    add_measured(made, "coupon", "2026-10-28", 4, "140.5");
    return made;
}

static inline const struct sheet_plan *
plan_book_by(struct made *made, const char *path, enum lang lang)
{
    const struct report *report =
        assess_season(made->arena, &made->season, 0, made->diag);
    const struct template *template =
        input_read_template(made->arena, path, made->diag);
    assert_non_null(template);
    return sheet_plan(made->arena, report, template, lang, made->diag);
}

static inline const struct sheet_plan *
plan_book(struct made *made, enum lang lang)
{
    return plan_book_by(made, "templates/review.yaml", lang);
}

static inline const struct sheet *
sheet_of(const struct sheet_plan *plan, enum sheet_kind kind)
{
    for (size_t i = 0; i < plan->sheet_count; i++)
        if (plan->sheets[i].kind == kind)
            return &plan->sheets[i];
    return NULL;
}

/* A cell by the row, counted from 0, and the column; it holds until the next
   is asked for. */
static inline const struct sheet_cell *
cell_at_row(struct arena *arena, const struct sheet *sheet, uint32_t number,
            size_t column)
{
    static const struct sheet_cell none = {.kind = SHEET_CELL_BLANK};
    struct sheet_row row = sheet_row_new(arena, sheet);
    sheet_make_row(sheet, number, &row);
    return column < row.count ? &row.cells[column] : &none;
}

/* A cell of the sheets Links, Gaps, Unproven, Tests and Steps by the row of data and the key
   of its column. */
static inline const struct sheet_cell *
cell_of(struct arena *arena, const struct sheet *sheet, uint32_t index,
        const char *key)
{
    const struct book *book = sheet->context;
    const struct layout *layout =
        sheet->kind == SHEET_LINKS      ? &book->links_layout
        : sheet->kind == SHEET_GAPS     ? &book->gaps_layout
        : sheet->kind == SHEET_UNPROVEN ? &book->unproven_layout
        : sheet->kind == SHEET_TESTS    ? &book->tests_layout
                                        : &book->steps_layout;
    int column = layout_find(layout, key, strlen(key));
    assert_true(column >= 0);
    return cell_at_row(arena, sheet, ROW_DATA + index, (size_t)column);
}

#endif
