/*
 * A season of any number of links, each short, met or untested at will, and
 * the plan of its document.
 */
#ifndef HEADROOM_TESTS_BENCH_H
#define HEADROOM_TESTS_BENCH_H

#include "maker.h"

#include <stdio.h>

#include "assess/assess.h"
#include "document/plan.h"
#include "document/plan_parts.h"
#include "input/input.h"

/* A season of any number of links. */
struct bench {
    struct arena *arena;
    struct diag *diag;
    struct season season;
    struct baseline *baseline;
    struct result *result;
    struct step (*steps)[2];
};

static inline struct bench *
bench_new(struct arena *arena, size_t most)
{
    struct bench *bench = arena_alloc(arena, sizeof *bench);
    const struct made *made = make_season(arena);
    bench->arena = arena;
    bench->diag = diag_new(arena);
    bench->season = made->season;
    bench->baseline = arena_array(arena, most, struct baseline);
    bench->result = arena_array(arena, most, struct result);
    bench->steps = arena_alloc(arena, most * sizeof *bench->steps);
    bench->season.baselines = bench->baseline;
    bench->season.results = bench->result;
    return bench;
}

/* A link with a target of 15,000, tested on its 40 instances; qps NULL for
   none. */
static inline struct baseline *
add(struct bench *bench, const char *qps, const char *date, bool breaks)
{
    size_t i = bench->season.baseline_count++;
    struct baseline *baseline = &bench->baseline[i];
    *baseline =
        (struct baseline){.link = arena_format(bench->arena, "link.%04zu", i),
                          .peak_qps = given("10000"),
                          .instances = 40};
    if (qps == NULL)
        return baseline;
    size_t k = bench->season.result_count++;
    bench->steps[k][0] = step_of(qps, qps, "100", "0", "300");
    bench->steps[k][1] = step_of("900000000", qps, "900", "0", "300");
    bench->result[k] = (struct result){.link = baseline->link,
                                       .date = on(date),
                                       .instances = 40,
                                       .steps = bench->steps[k],
                                       .step_count = breaks ? 2 : 1,
                                       .order = k};
    return baseline;
}

static inline struct baseline *
add_short(struct bench *bench)
{
    return add(bench, "12000", "2026-10-30", true);
}

static inline struct baseline *
add_met(struct bench *bench)
{
    return add(bench, "16000", "2026-10-30", true);
}

/* The template of the tree, to be changed. */
static inline struct template *
review_template(struct bench *bench)
{
    const struct template *read =
        input_read_template(bench->arena, "templates/review.yaml", bench->diag);
    assert_non_null(read);
    struct template *template = arena_alloc(bench->arena, sizeof *template);
    *template = *read;
    return template;
}

static inline const struct plan *
plan_by(struct bench *bench, const struct template *template, enum lang lang)
{
    const struct report *report =
        assess_season(bench->arena, &bench->season, 0, bench->diag);
    const struct plan *plan =
        plan_document(bench->arena, report, template, lang, bench->diag);
    assert_non_null(plan);
    return plan;
}

static inline const struct plan *
plan_of(struct bench *bench, enum lang lang)
{
    return plan_by(bench, review_template(bench), lang);
}

static inline const struct plan_page *
page_find(const struct plan *plan, enum plan_page_kind kind)
{
    for (size_t i = 0; i < plan->page_count; i++)
        if (plan->pages[i].kind == kind)
            return &plan->pages[i];
    return NULL;
}

static inline const struct plan_section *
first_section(const struct plan *plan, enum plan_page_kind kind)
{
    const struct plan_page *page = page_find(plan, kind);
    assert_non_null(page);
    assert_true(page->section_count > 0);
    return &page->sections[0];
}

/* The cell of a row in the column of that key. */
static inline const struct plan_cell *
cell(const struct plan_table *table, size_t row, const char *key)
{
    assert_true(row < table->row_count);
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].column->key, key) == 0)
            return &table->rows[row].cells[i];
    fail_msg("no column %s", key);
    return NULL;
}

#define assert_cell(table, row, key, expected)                                 \
    assert_string_equal(cell(table, row, key)->text.lead, expected)

#endif
