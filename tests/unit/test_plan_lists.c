/*
 * The pages behind page 1: which of them stand at which volume, what a list of
 * gaps and one of unproven links say, how long lists are cut, and how many
 * links are seen by domain, attainment and owner.
 */
#include "bench.h"

/* --- which pages ------------------------------------------------------- */

static void
few_links_have_one_page_of_what_is_open(void **state)
{
    struct bench *bench = bench_new(*state, 8);
    add_short(bench);
    add(bench, NULL, NULL, false);
    add_met(bench);
    const struct plan *plan = plan_of(bench, LANG_EN);
    assert_int_equal(plan->page_count, 4);
    assert_int_equal(plan->pages[1].kind, PAGE_GAPS);
    assert_int_equal(plan->pages[2].kind, PAGE_EVIDENCE);
    /* no plan is approved, so there is no picture of one */
    assert_int_equal(plan->pages[1].section_count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(plan->pages[1].sections[i].table.row_count, 1);
    assert_non_null(strstr(plan->pages[1].title.lead, "Gaps and unproven"));
}

static void
a_page_with_nothing_to_say_is_left_out(void **state)
{
    struct bench *bench = bench_new(*state, 20);
    for (unsigned i = 0; i < 10; i++)
        add_met(bench);
    const struct plan *plan = plan_of(bench, LANG_EN);
    assert_null(page_find(plan, PAGE_GAPS));
    assert_null(page_find(plan, PAGE_UNPROVEN));
    /* and page 1 says that nothing is unproven */
    assert_non_null(strstr(plan->pages[0].conclusion.evidence.table.note.lead,
                           "No link is unproven."));
    add(bench, NULL, NULL, false);
    plan = plan_of(bench, LANG_EN);
    assert_null(page_find(plan, PAGE_GAPS));
    assert_non_null(page_find(plan, PAGE_UNPROVEN));
    assert_null(plan->pages[0].conclusion.evidence.table.note.lead);
}

/* Pages by the number of links: an overview from 51 on, all links up to 500. */
static void
twelve_rows_that_are_open_share_a_page(void **state)
{
    struct bench *bench = bench_new(*state, 20);
    for (unsigned i = 0; i < 20; i++)
        (void)(i < 5    ? add_short(bench)
               : i < 12 ? add(bench, NULL, NULL, false)
                        : add_met(bench));
    const struct plan *plan = plan_of(bench, LANG_EN);
    assert_int_equal(page_find(plan, PAGE_GAPS)->section_count, 2);
    assert_null(page_find(plan, PAGE_UNPROVEN));
}

static void
the_pages_follow_the_number_of_links(void **state)
{
    static const struct {
        size_t links;
        bool domains, links_page, is_cut;
    } cases[] = {
        {13,  false, true,  false},
        {50,  false, true,  false},
        {51,  true,  true,  false},
        {500, true,  true,  false},
        {501, true,  false, true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena *arena = arena_new();
        struct bench *bench = bench_new(arena, cases[i].links);
        for (size_t k = 0; k < cases[i].links; k++) {
            struct baseline *baseline =
                k % 2 ? add_short(bench) : add(bench, NULL, NULL, false);
            baseline->domain = (struct text){.one = "Trade"};
        }
        const struct plan *plan = plan_of(bench, LANG_EN);
        assert_int_equal(page_find(plan, PAGE_DOMAINS) != NULL,
                         cases[i].domains);
        assert_int_equal(page_find(plan, PAGE_LINKS) != NULL,
                         cases[i].links_page);
        const struct plan_section *gaps = first_section(plan, PAGE_GAPS);
        const struct plan_section *open = first_section(plan, PAGE_UNPROVEN);
        assert_int_equal(gaps->all, cases[i].links / 2);
        assert_int_equal(open->all, cases[i].links - cases[i].links / 2);
        assert_int_equal(gaps->table.row_count,
                         cases[i].is_cut ? 100 : gaps->all);
        assert_int_equal(open->table.row_count,
                         cases[i].is_cut ? 100 : open->all);
        assert_int_equal(gaps->most_sheets > 0, cases[i].is_cut);
        assert_non_null(strstr(gaps->cut.lead, "{listed} of {all} listed"));
        arena_free(arena);
    }
}

/* What page 1 points to stands in the document. */
static void
page_1_points_to_pages_that_exist(void **state)
{
    (void)state;
    for (size_t links = 1; links <= 521; links += links < 20 ? 3 : 50)
        for (unsigned kinds = 1; kinds < 8; kinds++) {
            struct arena *arena = arena_new();
            struct bench *bench = bench_new(arena, 3 * links);
            for (size_t i = 0; i < links; i++) {
                if (kinds & 1)
                    add_short(bench);
                if (kinds & 2)
                    add(bench, NULL, NULL, false);
                if (kinds & 4)
                    add_met(bench);
            }
            const struct plan *plan = plan_of(bench, LANG_EN);
            const struct plan_conclusion *page = &plan->pages[0].conclusion;
            const char *after = page->evidence.table.after.lead;
            const char *rest = page->decisions_after.lead;
            const char *texts[] = {after ? after : "", rest ? rest : ""};
            const struct plan_page *gaps = page_find(plan, PAGE_GAPS);
            bool open = 
                gaps != NULL && strstr(gaps->title.lead, "Gaps and unproven");
            for (size_t i = 0; i < 2; i++) {
                if (strstr(texts[i], "Gaps and unproven,"))
                    assert_true(open);
                else if (strstr(texts[i], "Gaps"))
                    assert_true(gaps != NULL && !open);
                if (strstr(texts[i], "Unproven"))
                    assert_non_null(page_find(plan, PAGE_UNPROVEN));
                if (strstr(texts[i], "All links"))
                    assert_non_null(page_find(plan, PAGE_LINKS));
            }
            arena_free(arena);
        }
}

/* --- what the lists say ------------------------------------------------ */

static void
a_gap_says_what_is_done_by_whom_and_what_it_buys(void **state)
{
    struct bench *bench = bench_new(*state, 8);
    struct baseline *baseline = add_short(bench);
    baseline->owner.one = "trade";
    baseline->approved_instances = 5;
    baseline->has_approved_instances = true;
    baseline->rate_limit_qps = given("12000");
    baseline->due = on("2026-11-04");
    const struct plan_table *table =
        &first_section(plan_of(bench, LANG_EN), PAGE_GAPS)->table;
    assert_cell(table, 0, "shortfall_qps", "3,000");
    assert_cell(table, 0, "limited_by", "P99 latency");
    assert_cell(table, 0, "measure",
                "expand; rate limit 12,000 QPS turns away 20.0% of target");
    assert_cell(table, 0, "approved", "+5");
    /* 12,000 / 40 x 0.9 = 270 an instance */
    assert_cell(table, 0, "needed", "+12");
    assert_cell(table, 0, "forecast_open", "13,350");
    assert_cell(table, 0, "gap_after_qps", "1,650");
    assert_cell(table, 0, "owner", "trade");
    assert_cell(table, 0, "due", "4 Nov");
    assert_cell(table, 0, "retest_on", "no date");
    /* with nothing approved there is no forecast */
    baseline->approved_instances = 0;
    table = &first_section(plan_of(bench, LANG_EN), PAGE_GAPS)->table;
    assert_cell(table, 0, "approved", "—");
    assert_cell(table, 0, "forecast_open", "—");
    assert_cell(table, 0, "gap_after_qps", "3,000");
}

static void
the_measure_is_the_one_that_helps(void **state)
{
    struct bench *bench = bench_new(*state, 8);
    struct baseline *late = add_short(bench), *quota = add_short(bench);
    struct baseline *covered = add_short(bench), *unknown = add_short(bench);
    struct baseline *zero = add(bench, "9000", "2026-10-30", true);
    bench->season.freeze = on("2026-11-08");
    late->approved_instances = covered->approved_instances = 40;
    late->has_approved_instances = covered->has_approved_instances = true;
    late->due = on("2026-11-09");
    quota->max_instances = 45;
    unknown->instances = 0;
    bench->result[3].instances = 0;
    zero->optimisation = given("0.125");
    bench->result[4].steps[0].metric[METRIC_P99_MS] = number("900");
    const struct plan_table *table =
        &first_section(plan_of(bench, LANG_EN), PAGE_GAPS)->table;
    assert_int_equal(table->row_count, 5);
    for (size_t i = 0; i < table->row_count; i++) {
        const struct baseline *baseline = table->rows[i].link->baseline;
        const char *text = cell(table, i, "measure")->text.lead;
        if (baseline == late)
            assert_string_equal(text, "bring the approved plan forward");
        else if (baseline == quota)
            assert_string_equal(
                text, "expand to the quota of 45 instances (+5) and 12.4% "
                      "more per instance, or a higher quota");
        else if (baseline == covered)
            assert_string_equal(text, "retest once the approved plan is in");
        else if (baseline == unknown)
            assert_string_equal(text, "give its instance count, or optimise");
        else
            assert_string_equal(text, "optimise and retest");
        /* what the quota forbids is marked where it stands first */
        const char *hung = cell(table, i, "needed")->hung;
        if (baseline == quota)
            assert_string_equal(hung, "\u2020");
        else
            assert_null(hung);
        if (baseline == zero)
            assert_cell(table, i, "approved_gain", "+12.5%");
    }
}

/* Against ourselves: up, and never more than nothing is turned away. */
static void
a_rate_limit_turns_away_a_share_rounded_up(void **state)
{
    static const struct {
        const char *limit, *share;
    } cases[] = {
        {"14999.999999", "0.1%"  },
        {"15000",        "0.0%"  },
        {"999999999999", "0.0%"  },
        {"1",            "100.0%"},
        {"7500",         "50.0%" },
        {"7499",         "50.1%" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench *bench = bench_new(*state, 8);
        add_short(bench)->rate_limit_qps = given(cases[i].limit);
        const struct plan_table *table =
            &first_section(plan_of(bench, LANG_EN), PAGE_GAPS)->table;
        const char *share = arena_format(
            *state, "turns away %s of target", cases[i].share);
        assert_non_null(strstr(cell(table, 0, "measure")->text.lead, share));
    }
}

static void
what_is_not_proven_says_what_is_missing(void **state)
{
    struct bench *bench = bench_new(*state, 8);
    add(bench, NULL, NULL, false)->retest_on = on("2026-11-05");
    add(bench, "16000", "2026-09-30", true);
    add(bench, "11000", "2026-10-29", false);
    add(bench, "9000", "2026-10-28", true);
    bench->result[2].instances = 20; /* 40 are in production */
    const struct plan_page *page =
        page_find(plan_of(bench, LANG_EN), PAGE_UNPROVEN);
    assert_non_null(page); /* no gap, so no page of both */
    const struct plan_table *table = &page->sections[0].table;
    assert_int_equal(table->row_count, 4);
    assert_cell(table, 0, "missing", "a test up to target");
    assert_cell(table, 0, "tested_on", "—");
    assert_cell(table, 0, "age_limit", "—");
    assert_cell(table, 0, "seen_qps", "untested");
    assert_cell(table, 0, "planned_on", "5 Nov");
    assert_cell(table, 1, "missing", "a retest within validity");
    assert_cell(table, 1, "age_limit", "31 / 14");
    assert_cell(table, 1, "seen_qps", "16,000");
    assert_string_equal(cell(table, 1, "seen_qps")->hung, "*");
    assert_cell(table, 1, "planned_on", "no date");
    assert_cell(table, 2, "missing",
                "a retest at higher load, up to target");
    assert_cell(table, 2, "seen_qps", "≥ 11,000");
    assert_cell(table, 3, "missing", "a retest on more instances (last: 20)");
    assert_non_null(strstr(table->note.lead, "≥ Not pushed to its limit."));
}

/* --- many links at a glance -------------------------------------------- */

static void
a_domain_is_as_strong_as_its_weakest_link(void **state)
{
    struct bench *bench = bench_new(*state, 60);
    for (unsigned i = 0; i < 50; i++)
        add_met(bench)->domain.one = "search";
    add(bench, "14000", "2026-10-30", true)->domain.one = "trade";
    add_met(bench)->domain.one = "trade";
    add(bench, NULL, NULL, false);
    const struct plan_page *page =
        page_find(plan_of(bench, LANG_EN), PAGE_DOMAINS);
    assert_int_equal(page->section_count, 2);
    const struct plan_table *table = &page->sections[0].table;
    static const char *const expected[][11] = {
        {"trade",     "blocking", "2", "1", "0", "0", "0", "0", "1",
         "link.0050 (P0, short, not covered)", "93.3%"                                                                  },
        {"not given", "blocking", "1", "0", "1", "0", "0", "0", "0", "—",
         "unproven"},
        {"search",    "none", "50", "0", "0", "0", "0", "0", "50",
         "link.0000 (P0, met)", "106.6%"                                                                 },
    };
    assert_int_equal(table->row_count, 3);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 11; k++)
            assert_string_equal(table->rows[i].cells[k].text.lead,
                                expected[i][k]);
    /* links by attainment: P0 only, 53, unproven 1, 90-100 % 1, the rest */
    table = &page->sections[1].table;
    assert_int_equal(table->row_count, 1);
    assert_string_equal(table->rows[0].cells[1].text.lead, "53");
    assert_string_equal(table->rows[0].cells[2].text.lead, "1");
    assert_string_equal(table->rows[0].cells[12].text.lead, "1");
    assert_string_equal(table->columns[12].heading.lead, "90–100%");
    assert_string_equal(table->rows[0].cells[13].text.lead, "51");
    assert_string_equal(table->columns[13].heading.lead, "≥ 100%");
}

static void
of_very_many_links_owners_are_counted_and_lists_cut(void **state)
{
    struct bench *bench = bench_new(*state, 600);
    for (unsigned i = 0; i < 600; i++) {
        struct baseline *baseline = i % 3 ? add_met(bench) : add_short(bench);
        baseline->domain.one = arena_format(*state, "domain %u", i % 40);
        baseline->owner.one = arena_format(*state, "team %u", i % 7);
    }
    const struct plan *plan = plan_of(bench, LANG_EN);
    const struct plan_page *page = page_find(plan, PAGE_DOMAINS);
    assert_int_equal(page->section_count, 3);
    assert_int_equal(page->sections[0].table.row_count, 28);
    assert_int_equal(page->sections[0].all, 40);
    assert_int_equal(page->sections[2].table.row_count, 7);
    assert_int_equal(page->sections[2].all, 7);
    const struct plan_conclusion *first = &plan->pages[0].conclusion;
    assert_string_equal(first->evidence.table.after.lead,
                        "192 more links not met: see Gaps, page \x01" "e. 400 links met: see "
                        "the workbook.");
    assert_true(first->shorter_count > 0);
}

static void
a_template_of_one_list_has_its_page(void **state)
{
    static const char *const names[] = {"gaps", "unproven", "domains", "links"};
    for (size_t i = 0; i < 4; i++) {
        struct bench *bench = bench_new(*state, 8);
        add_met(bench);
        struct template *template = review_template(bench);
        struct template_part pages[] = {{.kind = {names[i], {0}}}};
        template->pages = pages;
        template->page_count = 1;
        const struct plan *plan = plan_by(bench, template, LANG_EN);
        assert_int_equal(plan->page_count, 1);
        if (i < 2)
            assert_string_equal(plan->pages[0].sections[0].table.after.lead,
                                "None.");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(few_links_have_one_page_of_what_is_open),
        TEST(a_page_with_nothing_to_say_is_left_out),
        TEST(twelve_rows_that_are_open_share_a_page),
        TEST(the_pages_follow_the_number_of_links),
        TEST(page_1_points_to_pages_that_exist),
        TEST(a_gap_says_what_is_done_by_whom_and_what_it_buys),
        TEST(the_measure_is_the_one_that_helps),
        TEST(a_rate_limit_turns_away_a_share_rounded_up),
        TEST(what_is_not_proven_says_what_is_missing),
        TEST(a_domain_is_as_strong_as_its_weakest_link),
        TEST(of_very_many_links_owners_are_counted_and_lists_cut),
        TEST(a_template_of_one_list_has_its_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
