/*
 * The picture of the expansion: the links of the list of gaps, what each
 * measure brings, what is left to approve and what it costs; and the strip of
 * links by attainment.
 */
#include "bench.h"

static const struct plan_table *
picture(struct bench *bench, enum lang lang)
{
    const struct plan_page *page = page_find(plan_of(bench, lang), PAGE_GAPS);
    assert_non_null(page);
    assert_true(page->section_count >= 2);
    const struct plan_table *table = &page->sections[1].table;
    assert_non_null(table->rows[0].bridge);
    return table;
}

static bool
has(const struct plan_table *table, const char *key)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].column->key, key) == 0)
            return true;
    return false;
}

static void
the_way_adds_up_from_usable_to_target(void **state)
{
    struct bench *bench = bench_new(*state, 8);
    struct baseline *baseline = add_short(bench);
    baseline->approved_instances = 5;
    baseline->has_approved_instances = true;
    baseline->optimisation = given("3%");
    const struct plan_table *table = picture(bench, LANG_EN);
    assert_cell(table, 0, "usable_qps", "12,000");
    assert_cell(table, 0, "gained_qps", "+360");
    /* 13,350 x 1.03 = 13,750.5, less 12,360 */
    assert_cell(table, 0, "added_qps", "+1,390");
    assert_cell(table, 0, "target_qps", "15,000");
    /* the list above says how far that reaches, and says it once */
    assert_false(has(table, "forecast_open"));
    assert_false(has(table, "gap_after_qps"));
    /* 278.1 an instance: 10 of them, 5 approved */
    assert_cell(table, 0, "open_instances", "+5");
    assert_string_equal(
        table->rows[0].alt.lead,
        "link.0000: usable 12,000 QPS, the approved gain adds 360, the "
        "approved instances add 1,390, forecast 13,750 (not retested), 1,250 "
        "still short, target 15,000.");
    assert_non_null(strstr(table->heading.lead, "Expansion"));
    assert_null(strstr(table->heading.lead, "cost"));
}

static void
columns_with_nothing_to_say_are_left_out(void **state)
{
    struct bench *bench = bench_new(*state, 8);
    struct baseline *baseline = add_short(bench);
    baseline->optimisation = given("3%");
    const struct plan_table *table = picture(bench, LANG_EN);
    assert_true(has(table, "gained_qps"));
    assert_false(has(table, "added_qps"));
    assert_false(has(table, "approved_cost"));
    assert_false(has(table, "open_cost"));
    baseline->unit_cost = given("2");
    baseline->optimisation = given("0%");
    table = picture(bench, LANG_EN);
    assert_false(has(table, "gained_qps"));
    assert_false(has(table, "approved_cost"));
    assert_cell(table, 0, "open_cost", "24");
}

/* Of a link without a plan and without a price the list has said all. */
static void
only_links_with_a_plan_have_a_picture(void **state)
{
    struct bench *bench = bench_new(*state, 8);
    add_short(bench);
    assert_int_equal(
        page_find(plan_of(bench, LANG_EN), PAGE_GAPS)->section_count, 1);
    struct baseline *planned = add_short(bench);
    planned->approved_instances = 5;
    planned->has_approved_instances = true;
    add_short(bench);
    const struct plan_table *table = picture(bench, LANG_EN);
    assert_int_equal(table->row_count, 1);
    assert_ptr_equal(table->rows[0].link->baseline, planned);
    /* the note names the steps that are drawn, and no others */
    assert_non_null(strstr(table->note.lead,
                           "from the top: usable, approved instances and "
                           "still short;"));
}

static void
costs_have_as_many_decimals_in_all_rows(void **state)
{
    struct bench *bench = bench_new(*state, 8);
    bench->season.unit_cost = given("1200.25");
    bench->season.currency = (struct text){.zh = "元", .en = "CNY"};
    add_short(bench);
    add_short(bench)->unit_cost = given("3");
    add_short(bench)->max_instances = 45;
    const struct plan_table *table = picture(bench, LANG_ZH);
    assert_non_null(strstr(table->heading.lead, "费用单位元"));
    table = picture(bench, LANG_EN);
    assert_non_null(strstr(table->heading.lead, "cost in CNY"));
    assert_cell(table, 0, "open_cost", "14,403");
    assert_cell(table, 1, "open_cost", "36");
    bench->season.unit_cost = given("1200.125");
    table = picture(bench, LANG_EN);
    assert_cell(table, 0, "open_cost", "14,401.5");
    assert_cell(table, 1, "open_cost", "36.0");
    /* and the quota is named where it forbids them */
    assert_null(cell(table, 0, "open_instances")->hung);
    assert_string_equal(cell(table, 2, "open_instances")->hung, "\u2020");
    assert_non_null(strstr(table->note.lead, "\u2020 Above the quota."));
}

/* For costs too long for one table the same stands in two. */
static void
the_costs_may_stand_in_a_table_of_their_own(void **state)
{
    struct bench *bench = bench_new(*state, 8);
    struct baseline *baseline = add_short(bench);
    baseline->approved_instances = 2;
    baseline->has_approved_instances = true;
    const struct plan_page *page =
        page_find(plan_of(bench, LANG_EN), PAGE_GAPS);
    assert_int_equal(page->sections[1].part_count, 0);
    baseline->unit_cost = given("1200.25");
    bench->season.currency = (struct text){.one = "CNY"};
    page = page_find(plan_of(bench, LANG_EN), PAGE_GAPS);
    const struct plan_section *section = &page->sections[1];
    assert_int_equal(section->part_count, 2);
    const struct plan_table *flow = &section->parts[0].table;
    const struct plan_table *costs = &section->parts[1].table;
    assert_true(has(&section->table, "open_cost"));
    assert_false(has(flow, "open_cost"));
    assert_true(has(flow, "open_instances"));
    assert_null(strstr(flow->heading.lead, "CNY"));
    assert_non_null(flow->rows[0].bridge);
    assert_non_null(strstr(costs->heading.lead, "CNY"));
    assert_null(costs->rows[0].bridge);
    assert_cell(costs, 0, "open_instances", "+10");
    assert_cell(costs, 0, "unit_cost", "1,200.25");
    assert_cell(costs, 0, "approved_cost", "2,400.5");
    assert_cell(costs, 0, "open_cost", "12,002.5");
}

/* Late: the way is told, and that it does not count. */
static void
a_late_plan_is_told_as_late(void **state)
{
    struct bench *bench = bench_new(*state, 8);
    struct baseline *late = add_short(bench);
    bench->season.freeze = on("2026-11-08");
    late->approved_instances = 40;
    late->has_approved_instances = true;
    late->due = on("2026-11-09");
    const struct plan_table *table = picture(bench, LANG_EN);
    assert_non_null(strstr(table->rows[0].alt.lead,
                           "the approved plan comes too late to count, 3,000 "
                           "short"));
    assert_cell(table, 0, "open_instances", "0");
    assert_false(table->rows[0].bridge->parts[BRIDGE_ADDED].there);
    late->due = on("2026-11-07");
    table = picture(bench, LANG_EN);
    assert_string_equal(table->rows[0].alt.lead,
                        "link.0000: usable 12,000 QPS, the approved instances "
                        "add 10,800, forecast 22,800 (not retested), target "
                        "15,000.");
}

/* What no number of instances reaches says why, and no number. */
static void
where_instances_do_not_help_the_reason_stands(void **state)
{
    struct bench *bench = bench_new(*state, 8);
    struct baseline *zero = add(bench, "9000", "2026-10-30", true);
    bench->result[0].steps[0].metric[METRIC_P99_MS] = number("900");
    zero->unit_cost = given("5");
    struct baseline *unknown = add_short(bench);
    unknown->instances = 0;
    unknown->optimisation = given("3%");
    bench->result[1].instances = 0;
    const struct plan_table *table = picture(bench, LANG_EN);
    assert_cell(table, 0, "usable_qps", "0");
    assert_cell(table, 0, "open_instances", "optimise");
    assert_cell(table, 0, "open_cost", "optimise");
    assert_cell(table, 1, "open_instances", "not counted");
    assert_cell(table, 1, "open_cost", "—");
}

/* The strip has one scale for all rows, and counts what the cells do. */
static void
the_strip_counts_links_by_attainment(void **state)
{
    struct bench *bench = bench_new(*state, 60);
    for (unsigned i = 0; i < 60; i++) {
        struct baseline *baseline = i < 20   ? add_short(bench)
                                    : i < 50 ? add_met(bench)
                                             : add(bench, NULL, NULL, false);
        baseline->priority = i % 2 ? PRIORITY_P1 : PRIORITY_P0;
    }
    /* without domains the strip is no page: it stands above the gaps */
    const struct plan *plan = plan_of(bench, LANG_EN);
    assert_null(page_find(plan, PAGE_DOMAINS));
    const struct plan_page *page = page_find(plan, PAGE_GAPS);
    const struct plan_table *table = &page->sections[0].table;
    assert_int_equal(table->row_count, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct plan_strip *strip = table->rows[i].strip;
        assert_int_equal(strip[1].look, STRIP_NONE);
        assert_int_equal(strip[2].look, STRIP_UNPROVEN);
        assert_float_equal(strip[2].share, 5.0 / 15, 1e-9);
        assert_float_equal(strip[3].share, 0, 1e-9);
        /* 12,000 of 15,000 are 80 % */
        assert_int_equal(strip[11].look, STRIP_PROVEN);
        assert_float_equal(strip[11].share, 10.0 / 15, 1e-9);
        assert_float_equal(strip[13].share, 1, 1e-9);
    }
    assert_string_equal(table->rows[1].alt.lead,
                        "P1 links by attainment: 80–90%: 10, ≥ 100%: 15; "
                        "unproven: 5.");
}

#define PICTURE(function)                                                      \
    cmocka_unit_test_setup_teardown(function, arena_setup, arena_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PICTURE(the_way_adds_up_from_usable_to_target),
        PICTURE(columns_with_nothing_to_say_are_left_out),
        PICTURE(only_links_with_a_plan_have_a_picture),
        PICTURE(costs_have_as_many_decimals_in_all_rows),
        PICTURE(the_costs_may_stand_in_a_table_of_their_own),
        PICTURE(a_late_plan_is_told_as_late),
        PICTURE(where_instances_do_not_help_the_reason_stands),
        PICTURE(the_strip_counts_links_by_attainment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
