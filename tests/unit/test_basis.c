/*
 * The basis page: what was assumed and how many links differ, under which
 * conditions was tested, what was read, and lists that say what they cut.
 */
#include "maker.h"

#include <stdio.h>

#include "assess/assess.h"
#include "base/version.h"
#include "document/plan.h"
#include "input/input.h"

#define MOST_SOURCES 130

static const struct plan_page *
basis_in(struct made *made, enum lang lang)
{
    const struct report *report =
        assess_season(made->arena, &made->season, 0, made->diag);
    const struct template *template =
        input_read_template(made->arena, "templates/review.yaml", made->diag);
    assert_non_null(template);
    const struct plan *plan =
        plan_document(made->arena, report, template, lang, made->diag);
    assert_non_null(plan);
    const struct plan_page *page = &plan->pages[plan->page_count - 1];
    assert_int_equal(page->kind, PAGE_BASIS);
    return page;
}

static const struct plan_block *
block_of(const struct plan_page *page, const char *heading)
{
    for (size_t i = 0; i < page->block_count; i++)
        if (page->blocks[i].heading.lead != NULL &&
            strcmp(page->blocks[i].heading.lead, heading) == 0)
            return &page->blocks[i];
    fail_msg("no block %s", heading);
    return NULL;
}

static const char *
cell(const struct plan_block *block, size_t row, size_t column)
{
    assert_true(row < block->table.row_count);
    assert_true(column < block->table.column_count);
    return block->table.rows[row].cells[column].text.lead;
}

/* The value beside an item, or NULL. */
static const char *
beside(const struct plan_block *block, const char *item)
{
    for (size_t i = 0; i < block->table.row_count; i++)
        if (strcmp(cell(block, i, 0), item) == 0)
            return cell(block, i, 1);
    return NULL;
}

static struct made *
two_links(struct arena *arena)
{
    struct made *made = make_season(arena);
    add_baseline(made, "order", "10000", 40);
    add_measured(made, "order", "2026-10-30", 40, "16000");
    add_baseline(made, "cart", "10000", 40);
    add_measured(made, "cart", "2026-10-28", 40, "16000");
    return made;
}

static void
assumptions_are_the_seasons(void **state)
{
    struct made *made = two_links(*state);
    const struct plan_block *block =
        block_of(basis_in(made, LANG_EN), "Assumptions");
    assert_string_equal(beside(block, "Growth / buffer"), "30% / 20%");
    assert_string_equal(beside(block, "Multiplier"), "1.5");
    assert_string_equal(beside(block, "SLO"),
                        "P99 latency ≤ 200 ms, error rate ≤ 0.1%");
    assert_string_equal(beside(block, "Validity of a test, days"), "14");
    assert_string_equal(beside(block, "Safe utilisation"), "100%");
    assert_null(beside(block, "Scenario"));
    assert_null(beside(block, "Peak"));
    assert_null(beside(block, "Zones / to survive losing"));
}

static void
what_is_given_is_listed(void **state)
{
    struct made *made = two_links(*state);
    static const char peak[] = "2026-11-11T00:00:30Z";
    made->season.has_scenarios = true;
    made->season.reference = (struct text){.one = "2025-double11"};
    made->season.zones = 3;
    made->season.survive_zones = 1;
    made->season.min_hold_s = given("60");
    made->season.freeze = on("2026-11-08");
    made->season.decide_by = on("2026-11-04");
    made->season.compose = COMPOSE_MULTIPLY;
    assert_true(
        moment_read(made->arena, peak, sizeof peak - 1, &made->season.peak));
    const struct plan_page *page = basis_in(made, LANG_EN);
    const struct plan_block *block = block_of(page, "Assumptions");
    assert_string_equal(beside(block, "Scenario"), "plan");
    assert_string_equal(beside(block, "Baselines from"), "2025-double11");
    assert_string_equal(beside(block, "Multiplier"), "1.56");
    assert_string_equal(beside(block, "Zones / to survive losing"), "3 / 1");
    assert_string_equal(beside(block, "Shortest step that proves, s"), "60");
    assert_string_equal(beside(block, "Peak"), "2026-11-11 00:00:30 (UTC)");
    assert_string_equal(beside(block, "Change freeze"), "2026-11-08");
    assert_string_equal(beside(block, "Decide by"), "2026-11-04");
    block = block_of(page, "Formulas and rounding (capacity down, need up)");
    assert_non_null(strstr(cell(block, 0, 1), "(1 + growth) × (1 + buffer)"));
    assert_non_null(strstr(cell(block, 4, 1), "largest 1 of 3 zones"));
}

/* What an instance costs, where anybody says so, and how costs come about. */
static void
a_price_is_an_assumption_with_a_formula(void **state)
{
    static const char item[] = "Cost of an added instance";
    static const char formulas[] =
        "Formulas and rounding (capacity down, need up)";
    struct made *made = two_links(*state);
    const struct plan_page *page = basis_in(made, LANG_EN);
    assert_null(beside(block_of(page, "Assumptions"), item));
    assert_null(beside(block_of(page, formulas), "Cost to approve"));
    made->season.currency = (struct text){.zh = "元", .en = "CNY"};
    made->baseline[1].unit_cost = given("3.5");
    page = basis_in(made, LANG_EN);
    assert_string_equal(beside(block_of(page, "Assumptions"), item),
                        "—; cart (3.5 CNY)");
    made->season.unit_cost = given("1200.25");
    page = basis_in(made, LANG_EN);
    assert_string_equal(beside(block_of(page, "Assumptions"), item),
                        "1,200.25 CNY; cart (3.5 CNY)");
    assert_non_null(beside(block_of(page, formulas), "Cost to approve"));
}

static void
links_with_their_own_are_counted(void **state)
{
    struct made *made = two_links(*state);
    struct baseline *cart = &made->baseline[1];
    cart->growth.multiplier = given("1.2");
    cart->slo.limit[LIMIT_CPU] = given("60%");
    cart->validity_days = 30;
    cart->safe_level = given("80%");
    cart->scale_efficiency = given("0.8");
    const struct plan_block *block =
        block_of(basis_in(made, LANG_EN), "Assumptions");
    assert_string_equal(beside(block, "Growth / buffer"),
                        "30% / 20%; cart (—)");
    assert_string_equal(beside(block, "Multiplier"), "1.5; cart (1.2)");
    assert_non_null(strstr(beside(block, "SLO"),
                           "; cart (CPU utilisation ≤ 60%)"));
    assert_string_equal(beside(block, "Validity of a test, days"),
                        "14; cart (30)");
    assert_string_equal(beside(block, "Safe utilisation"), "100%; cart (80%)");
    assert_string_equal(beside(block, "Scaling factor of added instances"),
                        "0.9; cart (0.8)");
    made->baseline[0].target_qps = given("15000");
    made->baseline[0].validity_days = 7;
    block = block_of(basis_in(made, LANG_ZH), "假设");
    assert_string_equal(beside(block, "增长 / 缓冲"), "各链路另有取值");
    assert_string_equal(beside(block, "倍数"), "各链路另有取值");
    assert_string_equal(beside(block, "压测有效天数"), "各链路另有取值");
}

static void
a_seasons_multiplier_leaves_growth_a_dash(void **state)
{
    struct made *made = two_links(*state);
    made->season.growth = (struct growth){.multiplier = given("1.4")};
    const struct plan_block *block =
        block_of(basis_in(made, LANG_EN), "Assumptions");
    assert_string_equal(beside(block, "Growth / buffer"), "—");
    assert_string_equal(beside(block, "Multiplier"), "1.4");
}

static void
tests_of_one_condition_are_one_row(void **state)
{
    struct made *made = two_links(*state);
    static const char heading[] =
        "Test conditions (of the test taken for each link)";
    const struct plan_block *block = block_of(basis_in(made, LANG_EN), heading);
    assert_int_equal(block->table.row_count, 1);
    assert_string_equal(cell(block, 0, 0), "not given");
    assert_string_equal(cell(block, 0, 3), "2");
    assert_string_equal(cell(block, 0, 4), "2026-10-28 to 2026-10-30");

    add_baseline(made, "pay", "10000", 40);
    add_measured(made, "pay", "2026-10-30", 40, "16000");
    add_baseline(made, "none", "10000", 40); /* untested */
    made->result[2].kind = TEST_FULL_CHAIN;
    made->result[2].tool = "wrk";
    made->result[2].environment = "staging";
    block = block_of(basis_in(made, LANG_EN), heading);
    assert_int_equal(block->table.row_count, 2);
    assert_string_equal(cell(block, 0, 3), "2"); /* most links first */
    assert_string_equal(cell(block, 1, 0), "full-chain load test");
    assert_string_equal(cell(block, 1, 1), "staging");
    assert_string_equal(cell(block, 1, 2), "wrk");
    assert_string_equal(cell(block, 1, 4), "2026-10-30");
    assert_null(block->table.after.lead);
    assert_null(block->table.note.lead);

    made->result[2].date = on("2026-08-01");
    block = block_of(basis_in(made, LANG_EN), heading);
    assert_string_equal(block->table.note.lead,
                        "1 of these links has a stale test, which proves "
                        "nothing.");
}

static void
many_conditions_are_cut_and_say_so(void **state)
{
    struct made *made = make_season(*state);
    for (unsigned i = 0; i < 14; i++) {
        const char *id = arena_format(*state, "link%u", i);
        add_baseline(made, id, "10000", 40);
        add_measured(made, id, "2026-10-30", 40, "16000")->tool =
            arena_format(*state, "tool %02u", i);
    }
    const struct plan_block *block =
        block_of(basis_in(made, LANG_EN),
                 "Test conditions (of the test taken for each link)");
    assert_int_equal(block->table.row_count, 12);
    assert_string_equal(block->table.after.lead,
                        "12 of 14 groups listed, by number of links");
}

static void
sources_are_listed_with_size_and_digest(void **state)
{
    struct made *made = two_links(*state);
    const struct source *sources[MOST_SOURCES];
    strcpy(made->source.sha256, "0123456789abcdef");
    for (size_t i = 0; i < MOST_SOURCES; i++)
        sources[i] = &made->source;
    made->season.sources = sources;
    const struct plan_block *block =
        block_of(basis_in(made, LANG_EN), "Sources");
    assert_int_equal(block->table.row_count, 1);
    assert_string_equal(cell(block, 0, 0), "season.yaml");
    assert_string_equal(cell(block, 0, 1), "512");
    assert_string_equal(cell(block, 0, 2), "0123456789abcdef");
    assert_non_null(strstr(block->table.note.lead, "rule V1"));
    made->season.source_count = MOST_SOURCES;
    block = block_of(basis_in(made, LANG_EN), "Sources");
    assert_int_equal(block->table.row_count, 100);
    assert_string_equal(block->table.after.lead,
                        "100 of 130 listed, in reading order; the rest is in "
                        "the JSON file");
}

static void
warnings_are_listed_or_said_to_be_none(void **state)
{
    struct made *made = two_links(*state);
    const struct plan_page *basis = basis_in(made, LANG_EN);
    const struct plan_block *block = block_of(basis, "Sources");
    assert_string_equal(block->table.note.lead,
                        "headroom " HEADROOM_VERSION
                        ", rule V1; no warnings of this run");
    for (size_t i = 0; i < basis->block_count; i++)
        assert_true(basis->blocks[i].heading.lead == NULL ||
                    strcmp(basis->blocks[i].heading.lead,
                           "Warnings of this run") != 0);
    for (unsigned i = 0; i < 25; i++)
        diag_add(made->diag, DIAG_NO_LOAD_KEY,
                 i == 0 ? (struct place){0} : made_place(made, i), "order",
                 NULL);
    block = block_of(basis_in(made, LANG_EN), "Warnings of this run");
    assert_int_equal(block->table.row_count, 20);
    assert_string_equal(cell(block, 0, 0), "—");
    assert_string_equal(cell(block, 1, 0), "season.yaml:1");
    assert_string_equal(cell(block, 0, 1), "—");
    assert_string_equal(block->table.after.lead,
                        "20 of 25 listed, in reading order; the rest is in "
                        "the JSON file");
}

/* In the words of the language, with the link and the marks of thousands. */
static void
warnings_name_their_link(void **state)
{
    struct made *made = two_links(*state);
    made->baseline[1].name = (struct text){.zh = "加购", .en = "Add to cart"};
    diag_about(made->diag, "cart");
    diag_add(made->diag, DIAG_NEWER_PROVES_LESS, (struct place){0}, "11430",
             "12610.5", "2026-10-24", NULL);
    const struct plan_block *block =
        block_of(basis_in(made, LANG_EN), "Warnings of this run");
    assert_string_equal(cell(block, 0, 1), "Add to cart");
    assert_string_equal(cell(block, 0, 2),
                        "this test proves 11,430, less than the 12,610.5 of an "
                        "older valid one (2026-10-24)");
    block = block_of(basis_in(made, LANG_ZH), "读入时的提示");
    assert_string_equal(cell(block, 0, 1), "加购");
    assert_non_null(strstr(cell(block, 0, 2), "这次压测证实 11,430"));
}

static void
three_roles_sign_and_the_rule_is_printed(void **state)
{
    const struct plan_page *page = basis_in(two_links(*state), LANG_ZH);
    const struct plan_block *block = block_of(page, "签署");
    assert_int_equal(block->kind, BLOCK_SIGNATURES);
    assert_int_equal(block->table.row_count, 3);
    /* what may be ticked: a word each, in two languages too */
    assert_string_equal(cell(block, 0, 1), "同意放行");
    assert_string_equal(cell(block, 0, 2), "附条件");
    assert_string_equal(cell(block, 0, 3), "不同意");
    block = block_of(page, "判定规则 V1");
    assert_true(block->paragraph_count >= 4);
    assert_non_null(strstr(block->paragraphs[0].lead, "暂不放行"));
}

static void
terms_stand_in_both_languages_whatever_the_document(void **state)
{
    static const enum lang langs[] = {LANG_ZH, LANG_EN, LANG_BOTH};
    static const char *const headings[] = {"术语对照", "Terms", "术语对照"};
    for (size_t i = 0; i < 3; i++) {
        struct made *made = two_links(*state);
        const struct plan_block *block =
            block_of(basis_in(made, langs[i]), headings[i]);
        assert_string_equal(cell(block, 0, 0), "大促");
        assert_string_equal(cell(block, 0, 1), "season, promotion");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(assumptions_are_the_seasons),
        TEST(what_is_given_is_listed),
        TEST(a_price_is_an_assumption_with_a_formula),
        TEST(links_with_their_own_are_counted),
        TEST(a_seasons_multiplier_leaves_growth_a_dash),
        TEST(tests_of_one_condition_are_one_row),
        TEST(many_conditions_are_cut_and_say_so),
        TEST(sources_are_listed_with_size_and_digest),
        TEST(warnings_are_listed_or_said_to_be_none),
        TEST(warnings_name_their_link),
        TEST(three_roles_sign_and_the_rule_is_printed),
        TEST(terms_stand_in_both_languages_whatever_the_document),
    };
    return cmocka_run_group_tests_name("basis", tests, NULL, NULL);
}
