/*
 * The plan: which links stand on page 1, what is said of the rest, how heads,
 * notes and legends follow from the rows, and that no link goes unlisted.
 */
#include "bench.h"

#define LINKS 40

/* Links that become what is asked for, each of a capacity of its own. */
static void
add_many(struct bench *bench, size_t count, enum state state,
         enum priority priority)
{
    while (count-- > 0) {
        size_t least = state == STATE_MET ? 15000 : 11000;
        const char *qps = arena_format(
            bench->arena, "%zu", least + 10 * bench->season.baseline_count);
        struct baseline *baseline =
            add(bench, state == STATE_UNTESTED ? NULL : qps,
                state == STATE_STALE ? "2026-09-30" : "2026-10-30",
                state != STATE_INCONCLUSIVE);
        baseline->priority = priority;
        if (state == STATE_COVERED) {
            baseline->approved_instances = 40;
            baseline->has_approved_instances = true;
        }
    }
}

static const struct plan_conclusion *
first_page(const struct plan *plan)
{
    assert_int_equal(plan->pages[0].kind, PAGE_CONCLUSION);
    return &plan->pages[0].conclusion;
}

/* The rows of page 1 in English. */
static const struct plan_table *
first_table(struct bench *bench)
{
    return &first_page(plan_of(bench, LANG_EN))->evidence.table;
}

static size_t
count_rows(const struct plan_table *table, enum state state)
{
    size_t count = 0;
    for (size_t i = 0; i < table->row_count; i++)
        count += table->rows[i].state == state;
    return count;
}

static bool
has_sample(const struct plan_conclusion *page, enum legend_sample sample)
{
    for (size_t i = 0; i < page->evidence.legend_count; i++)
        if (page->evidence.legend[i].sample == sample)
            return true;
    return false;
}

/* --- which rows -------------------------------------------------------- */

static void
up_to_eight_links_stand_on_page_1_and_need_no_other(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 1, STATE_SHORT, PRIORITY_P0);
    add_many(bench, 7, STATE_MET, PRIORITY_P0);
    const struct plan *plan = plan_of(bench, LANG_EN);
    const struct plan_table *table = &first_page(plan)->evidence.table;
    assert_int_equal(table->row_count, 8);
    assert_null(table->after.lead);
    assert_non_null(
        strstr(table->heading.lead, "All links (8), worst for the verdict first"));
    assert_int_equal(plan->page_count, 4);
    assert_int_equal(plan->pages[1].kind, PAGE_GAPS);
    assert_int_equal(plan->pages[2].kind, PAGE_EVIDENCE);
    assert_int_equal(plan->pages[2].ramps.count, 1);
    assert_int_equal(table->rows[0].evidence, 1);
    assert_int_equal(table->rows[1].evidence, 0);
    assert_int_equal(plan->pages[3].kind, PAGE_BASIS);
    /* in two languages only six fit, so the links have their page */
    plan = plan_of(bench, LANG_BOTH);
    assert_int_equal(plan->page_count, 5);
    assert_int_equal(plan->pages[2].kind, PAGE_LINKS);
    assert_int_equal(plan->pages[2].table.row_count, 8);
}

static void
three_met_links_follow_those_not_met(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 2, STATE_SHORT, PRIORITY_P0);
    add_many(bench, 18, STATE_MET, PRIORITY_P0);
    const struct plan *plan = plan_of(bench, LANG_EN);
    const struct plan_table *table = &first_page(plan)->evidence.table;
    assert_int_equal(table->row_count, 5);
    assert_int_equal(count_rows(table, STATE_MET), 3);
    assert_false(table->rows[1].rule_before);
    assert_true(table->rows[2].rule_before);
    assert_false(table->rows[3].rule_before);
    assert_true(table->rows[0].strong);
    assert_false(table->rows[2].strong);
    assert_string_equal(table->after.lead,
                        "The other 15 links are met, lowest 100.3% "
                        "(link.0005): see All links, page \x01" "b.");
    assert_false(table->after_strong);
}

static void
more_not_met_than_rows_are_counted_in_bold(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 12, STATE_SHORT, PRIORITY_P0);
    add_many(bench, 3, STATE_MET, PRIORITY_P0);
    const struct plan_table *table = first_table(bench);
    assert_int_equal(table->row_count, 8);
    assert_int_equal(count_rows(table, STATE_MET), 0);
    assert_string_equal(table->after.lead,
                        "4 more links not met, 3 links met: see All links, page \x01" "b.");
    assert_true(table->after_strong);
}

static void
two_rows_are_kept_for_unproven_p0_links(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 12, STATE_SHORT, PRIORITY_P0);
    add_many(bench, 3, STATE_STALE, PRIORITY_P0);
    add_many(bench, 9, STATE_UNTESTED, PRIORITY_P2);
    const struct plan_table *table = first_table(bench);
    assert_int_equal(table->row_count, 8);
    assert_int_equal(count_rows(table, STATE_SHORT), 6);
    assert_int_equal(count_rows(table, STATE_STALE), 2);
    assert_int_equal(table->rows[7].state, STATE_STALE);
}

static void
an_unproven_p0_link_that_has_a_row_keeps_it(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 7, STATE_SHORT, PRIORITY_P0);
    add_many(bench, 1, STATE_UNTESTED, PRIORITY_P0);
    add_many(bench, 5, STATE_STALE, PRIORITY_P0);
    const struct plan_table *table = first_table(bench);
    assert_int_equal(count_rows(table, STATE_SHORT), 6);
    assert_int_equal(table->rows[6].state, STATE_UNTESTED);
    assert_int_equal(table->rows[7].state, STATE_STALE);
}

static void
fewer_rows_say_what_they_leave_out(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 3, STATE_SHORT, PRIORITY_P0);
    add_many(bench, 9, STATE_MET, PRIORITY_P0);
    const struct plan_conclusion *page = first_page(plan_of(bench, LANG_EN));
    assert_int_equal(page->evidence.table.row_count, 6);
    assert_int_equal(page->shorter_count, 5);
    assert_int_equal(page->shorter[0].table.row_count, 5);
    assert_string_equal(page->shorter[0].table.after.lead,
                        "The other 7 links are met, lowest 100.3% "
                        "(link.0005): see All links, page \x01" "b.");
    assert_string_equal(page->shorter[3].table.after.lead,
                        "1 more link not met, 9 links met: see All links, page \x01" "b.");
    assert_true(page->shorter[3].table.after_strong);
    /* where page 1 is all there is, no link may go */
    bench->season.baseline_count = 8;
    bench->season.result_count = 8;
    page = first_page(plan_of(bench, LANG_EN));
    assert_int_equal(page->evidence.table.row_count, 8);
    assert_int_equal(page->shorter_count, 0);
}

static void
of_few_rows_the_worst_link_keeps_its_own(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 12, STATE_SHORT, PRIORITY_P0);
    add_many(bench, 3, STATE_STALE, PRIORITY_P0);
    const struct plan_conclusion *page = first_page(plan_of(bench, LANG_EN));
    assert_int_equal(page->shorter_count, 7);
    for (size_t i = 0; i < 7; i++) {
        const struct plan_table *table = &page->shorter[i].table;
        const size_t rows = table->row_count;
        assert_int_equal(rows, 7 - i);
        assert_int_equal(table->rows[0].state, STATE_SHORT);
        assert_int_equal(count_rows(table, STATE_STALE),
                         rows / 2 < 2 ? rows / 2 : 2);
    }
}

static void
no_link_stands_twice_and_none_goes_unlisted(void **state)
{
    for (size_t shorts = 0; shorts < 12; shorts++)
        for (size_t unproven = 0; unproven < 12; unproven += 3)
            for (size_t met = 1; met < 12; met += 2) {
                struct arena *arena = arena_new();
                struct bench *bench = bench_new(arena, LINKS);
                add_many(bench, shorts, STATE_SHORT, PRIORITY_P0);
                add_many(bench, unproven, STATE_UNTESTED, PRIORITY_P0);
                add_many(bench, met, STATE_MET, PRIORITY_P1);
                const struct plan *plan = plan_of(bench, LANG_ZH);
                const struct plan_table *table =
                    &first_page(plan)->evidence.table;
                for (size_t i = 0; i < table->row_count; i++)
                    for (size_t k = 0; k < i; k++)
                        assert_ptr_not_equal(table->rows[i].link,
                                             table->rows[k].link);
                const size_t all = shorts + unproven + met;
                const struct plan_page *links = page_find(plan, PAGE_LINKS);
                if (table->row_count < all) {
                    assert_non_null(links);
                    assert_int_equal(links->table.row_count, all);
                } else {
                    assert_null(table->after.lead);
                }
                arena_free(arena);
            }
    (void)state;
}

/* --- what goes with them ----------------------------------------------- */

static void
counts_have_zeros_and_add_up(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 2, STATE_SHORT, PRIORITY_P0);
    add_many(bench, 5, STATE_MET, PRIORITY_P0);
    const struct plan_conclusion *page = first_page(plan_of(bench, LANG_ZH));
    unsigned sum = 0;
    for (unsigned i = 0; i < STATES; i++) {
        assert_int_equal(page->counts[i].state, i);
        sum += page->counts[i].count;
    }
    assert_int_equal(sum, 7);
    assert_int_equal(page->counts[STATE_STALE].count, 0);
}

static void
the_legend_names_what_the_rows_show(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 1, STATE_SHORT, PRIORITY_P0);
    add_many(bench, 1, STATE_UNTESTED, PRIORITY_P0);
    add_many(bench, 1, STATE_MET, PRIORITY_P0);
    const struct plan_conclusion *page = first_page(plan_of(bench, LANG_EN));
    assert_true(has_sample(page, LEGEND_PROVEN));
    assert_true(has_sample(page, LEGEND_GAP));
    assert_true(has_sample(page, LEGEND_UNTESTED));
    assert_true(has_sample(page, LEGEND_TARGET));
    assert_true(has_sample(page, LEGEND_BASELINE));
    assert_false(has_sample(page, LEGEND_STALE));
    assert_false(has_sample(page, LEGEND_FORECAST));
    assert_null(page->evidence.table.note.lead);
}

static const char *
heading_of(const struct plan_table *table, const char *key)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].column->key, key) == 0)
            return table->columns[i].heading.lead;
    return NULL;
}

static void
what_is_not_proven_is_a_word_and_never_a_number(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 1, STATE_UNTESTED, PRIORITY_P0);
    add_many(bench, 1, STATE_STALE, PRIORITY_P0);
    add_many(bench, 1, STATE_INCONCLUSIVE, PRIORITY_P0);
    const struct plan_table *table = first_table(bench);
    static const char *const keys[] = {"attainment", "shortfall_qps",
                                       "gap_after_qps"};
    static const char *const words[] = {"unknown", "retest", "retest"};
    for (size_t row = 0; row < 3; row++)
        for (size_t i = 0; i < 3; i++) {
            const struct plan_cell *found = cell(table, row, keys[i]);
            assert_string_equal(found->text.lead, words[row]);
            assert_int_equal(found->emphasis, EMPHASIS_MUTED);
        }
    const struct plan_cell *found = cell(table, 0, "capacity_qps");
    assert_string_equal(found->text.lead, "untested");
    found = cell(table, 1, "capacity_qps");
    assert_string_equal(found->text.lead, "11,010");
    assert_string_equal(found->hung, "*");
    found = cell(table, 2, "capacity_qps");
    assert_string_equal(found->text.lead, "≥ 11,020");
    assert_null(found->hung);
    assert_non_null(strstr(table->note.lead, "* Stale"));
    assert_non_null(strstr(table->note.lead, "≥"));
}

static void
usable_is_headed_so_where_it_is_not_what_was_achieved(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 2, STATE_MET, PRIORITY_P0);
    assert_string_equal(heading_of(first_table(bench), "capacity_qps"),
                        "Achieved QPS");
    bench->season.safe_level = number("90%");
    assert_string_equal(heading_of(first_table(bench), "capacity_qps"),
                        "Usable QPS");
}

static void
measures_that_come_too_late_are_marked(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 1, STATE_COVERED, PRIORITY_P0);
    bench->season.freeze = on("2026-11-08");
    bench->baseline[0].due = on("2026-11-09");
    const struct plan_conclusion *page = first_page(plan_of(bench, LANG_EN));
    const struct plan_cell *found =
        cell(&page->evidence.table, 0, "gap_after_qps");
    assert_int_equal(page->evidence.table.rows[0].state, STATE_SHORT);
    assert_string_equal(found->text.lead, "0");
    assert_string_equal(found->hung, "*");
    assert_int_equal(found->emphasis, EMPHASIS_BAD);
    assert_string_equal(page->evidence.table.note.lead,
                        "* Shortfall after plan: the approved plan comes too "
                        "late to count. Shortfall after plan: a forecast, "
                        "not retested. No link is unproven.");
    assert_non_null(strstr(page->message.variants[0].lead,
                           "after the change freeze on 8 Nov"));
}

static void
a_forecast_is_said_to_be_one(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 1, STATE_COVERED, PRIORITY_P0);
    const struct plan_conclusion *page = first_page(plan_of(bench, LANG_EN));
    assert_non_null(strstr(page->evidence.table.note.lead, "not retested"));
    assert_non_null(strstr(page->message.variants[0].lead, "not retested"));
    assert_true(has_sample(page, LEGEND_FORECAST));
    assert_string_equal(
        cell(&page->evidence.table, 0, "retest_on")->text.lead,
        "no date");
}

static void
the_head_has_promotion_date_zone_and_days(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 1, STATE_MET, PRIORITY_P0);
    const struct plan *plan = plan_of(bench, LANG_EN);
    assert_string_equal(plan->header.lead,
                        "2026-double11 | Capacity readiness review | As of "
                        "2026-10-31 | peak not given");
    assert_string_equal(plan->created, "2026-10-31T00:00:00Z");
    assert_string_equal(plan->classification.lead, "class not given");

    static const char as_of[] = "2026-10-31T18:00:00-05:30";
    assert_true(moment_read(bench->arena, as_of, sizeof as_of - 1,
                            &bench->season.as_of));
    bench->season.peak.day = on("2026-11-01");
    bench->season.peak.text = "2026-11-01";
    bench->season.name = (struct text){.zh = "双11", .en = "Double 11"};
    bench->season.classification = (struct text){.one = "Internal"};
    plan = plan_of(bench, LANG_EN);
    assert_string_equal(plan->header.lead,
                        "Double 11 | Capacity readiness review | As of "
                        "2026-10-31 18:00 (UTC\u22125:30) | 1 day left");
    assert_string_equal(plan->created, "2026-10-31T18:00:00-05:30");
    assert_string_equal(plan->classification.lead, "Internal");
    assert_string_equal(plan->title.lead,
                        "Double 11: capacity readiness review");
}

static void
the_zone_is_written_out(void **state)
{
    static const char *const moments[][3] = {
        {"2026-10-31T18:00:00+08:00", "18:00 (UTC+8)",
         "2026-10-31T18:00:00+08:00"                                                 },
        {"2026-10-31T18:00:05-05:00", "18:00:05 (UTC\u22125)",
         "2026-10-31T18:00:05-05:00"                                                 },
        {"2026-10-31T18:00Z",         "18:00 (UTC)",           "2026-10-31T18:00:00Z"},
        {"2026-10-31T18:00+05:45",    "18:00 (UTC+5:45)",
         "2026-10-31T18:00:00+05:45"                                                 },
    };
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 1, STATE_MET, PRIORITY_P0);
    for (size_t i = 0; i < 4; i++) {
        assert_true(moment_read(bench->arena, moments[i][0],
                                strlen(moments[i][0]), &bench->season.as_of));
        const struct plan *plan = plan_of(bench, LANG_EN);
        assert_non_null(strstr(plan->header.lead, moments[i][1]));
        assert_string_equal(plan->created, moments[i][2]);
    }
    bench->season.as_of_is_default = true;
    assert_non_null(strstr(plan_of(bench, LANG_EN)->header.lead,
                           "(day of the newest test)"));
}

static void
a_page_without_columns_has_headrooms_own(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 9, STATE_MET, PRIORITY_P0);
    struct template *template = review_template(bench);
    struct template_part pages[] = {{.kind = {"conclusion", {0}}}};
    template->pages = pages;
    template->page_count = 1;
    const struct plan *plan = plan_by(bench, template, LANG_EN);
    const struct plan_table *table = &first_page(plan)->evidence.table;
    assert_int_equal(table->column_count, 11);
    /* without a page of all links the rest is in the workbook */
    assert_string_equal(table->after.lead,
                        "The other 6 links are met, lowest 100.2% "
                        "(link.0003): see the workbook.");
}

static void
a_template_without_pages_has_them_all(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 9, STATE_MET, PRIORITY_P0);
    struct template *template = review_template(bench);
    template->page_count = 0;
    const struct plan *plan = plan_by(bench, template, LANG_EN);
    assert_int_equal(plan->page_count, 3);
    assert_int_equal(plan->pages[1].kind, PAGE_LINKS);
}

static void
links_without_page_1_have_their_page_however_few(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 2, STATE_MET, PRIORITY_P0);
    struct template *template = review_template(bench);
    struct template_part pages[] = {{.kind = {"links", {0}}}};
    template->pages = pages;
    template->page_count = 1;
    const struct plan *plan = plan_by(bench, template, LANG_EN);
    assert_int_equal(plan->page_count, 1);
    assert_int_equal(plan->pages[0].table.row_count, 2);
}

static void
after_the_peak_the_head_says_so(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    add_many(bench, 1, STATE_MET, PRIORITY_P0);
    bench->season.peak.text = "2026-10-31";
    bench->season.peak.day = on("2026-10-31");
    assert_non_null(
        strstr(plan_of(bench, LANG_EN)->header.lead, "| day of the peak"));
    bench->season.peak.day = on("2026-10-29");
    assert_non_null(strstr(plan_of(bench, LANG_EN)->header.lead,
                           "| 2 days after the peak"));
}

static void
further_decisions_stand_on_the_basis_page(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    static struct decision decisions[5];
    add_many(bench, 1, STATE_SHORT, PRIORITY_P0);
    for (unsigned i = 0; i < 5; i++) {
        decisions[i].text.one = arena_format(*state, "decision %u", i);
        decisions[i].by = on("2026-11-04");
    }
    bench->season.decisions = decisions;
    bench->season.decision_count = 5;
    bench->season.has_decisions = true;
    const struct plan *plan = plan_of(bench, LANG_EN);
    const struct plan_conclusion *page = first_page(plan);
    assert_int_equal(page->decision_count, 3);
    assert_string_equal(page->decisions_after.lead,
                        "2 more decisions: see Basis and sign-off, page "
                        "\x01" "c.");
    const struct plan_page *basis = &plan->pages[plan->page_count - 1];
    bool found = false;
    for (size_t i = 0; i < basis->block_count; i++) {
        const struct plan_table *table = &basis->blocks[i].table;
        if (table->row_count == 2 && table->column_count == 3)
            found = found || strcmp(table->rows[1].cells[0].text.lead,
                                    "decision 4") == 0;
    }
    assert_true(found);
}

static void
given_decisions_are_about_the_plan_alone(void **state)
{
    struct bench *bench = bench_new(*state, LINKS);
    static struct decision decisions[4] = {{.text = {.one = "a"}},
                                           {.text = {.one = "b"}},
                                           {.text = {.one = "c"}},
                                           {.text = {.one = "d"}}};
    static struct scenario scenarios[2] = {{.id = "plan"}, {.id = "low"}};
    scenarios[1].growth.buffer = given("10%");
    add_many(bench, 1, STATE_SHORT, PRIORITY_P0);
    bench->season.decisions = decisions;
    bench->season.decision_count = 4;
    bench->season.has_decisions = true;
    bench->season.scenarios = scenarios;
    bench->season.scenario_count = 2;
    bench->season.has_scenarios = true;
    const struct template *template =
        input_read_template(bench->arena, "templates/review.yaml", bench->diag);
    for (size_t shown = 0; shown < 2; shown++) {
        const struct report *report =
            assess_season(bench->arena, &bench->season, shown, bench->diag);
        const struct plan *plan =
            plan_document(bench->arena, report, template, LANG_EN, bench->diag);
        const struct plan_conclusion *page = first_page(plan);
        assert_int_equal(page->decision_count, shown == 0 ? 3 : 1);
        assert_int_equal(page->decisions_after.lead != NULL, shown == 0);
        assert_int_equal(page->scenario.count > 0, shown == 1);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(up_to_eight_links_stand_on_page_1_and_need_no_other),
        TEST(three_met_links_follow_those_not_met),
        TEST(more_not_met_than_rows_are_counted_in_bold),
        TEST(two_rows_are_kept_for_unproven_p0_links),
        TEST(an_unproven_p0_link_that_has_a_row_keeps_it),
        TEST(fewer_rows_say_what_they_leave_out),
        TEST(of_few_rows_the_worst_link_keeps_its_own),
        TEST(no_link_stands_twice_and_none_goes_unlisted),
        TEST(counts_have_zeros_and_add_up),
        TEST(the_legend_names_what_the_rows_show),
        TEST(what_is_not_proven_is_a_word_and_never_a_number),
        TEST(usable_is_headed_so_where_it_is_not_what_was_achieved),
        TEST(measures_that_come_too_late_are_marked),
        TEST(a_forecast_is_said_to_be_one),
        TEST(the_head_has_promotion_date_zone_and_days),
        TEST(the_zone_is_written_out),
        TEST(a_page_without_columns_has_headrooms_own),
        TEST(a_template_without_pages_has_them_all),
        TEST(links_without_page_1_have_their_page_however_few),
        TEST(after_the_peak_the_head_says_so),
        TEST(given_decisions_are_about_the_plan_alone),
        TEST(further_decisions_stand_on_the_basis_page),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}
