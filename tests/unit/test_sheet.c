/*
 * The plan of the workbook: order, results, what is unproven, digits and days
 * that a cell cannot hold, what the template may change.
 */
#include "book_maker.h"

static const char *
text_of(struct arena *arena, const struct sheet *sheet, uint32_t index,
        const char *key)
{
    const struct sheet_cell *cell = cell_of(arena, sheet, index, key);
    assert_int_equal(cell->kind, SHEET_CELL_TEXT);
    return cell->text;
}

static double
number_of(struct arena *arena, const struct sheet *sheet, uint32_t index,
          const char *key)
{
    const struct sheet_cell *cell = cell_of(arena, sheet, index, key);
    assert_int_equal(cell->kind, SHEET_CELL_DOUBLE);
    return cell->number;
}

static void
links_stand_worst_first_with_their_numbers(void **state)
{
    struct arena *arena = *state;
    const struct sheet_plan *plan = plan_book(make_book_season(arena), LANG_EN);
    const struct sheet *links = sheet_of(plan, SHEET_LINKS);
    assert_int_equal(links->row_count, ROW_DATA + 4);
    assert_string_equal(text_of(arena, links, 0, "link"), "order");
    assert_string_equal(text_of(arena, links, 1, "link"), "coupon");
    assert_string_equal(text_of(arena, links, 2, "link"), "idle");
    assert_string_equal(text_of(arena, links, 3, "link"), "cart");
    assert_true(number_of(arena, links, 0, "target_qps") == 15000);
    assert_true(number_of(arena, links, 0, "attainment") == 0.762);
    assert_true(number_of(arena, links, 0, "expansion") == 14);
    assert_true(number_of(arena, links, 0, "gap_after_qps") == 2027);
    assert_string_equal(text_of(arena, links, 0, "state"),
                        "short, not covered");
}

static void
every_formula_carries_a_result_and_all_rows_have_the_same(void **state)
{
    struct arena *arena = *state;
    const struct sheet_plan *plan =
        plan_book(make_book_season(arena), LANG_BOTH);
    unsigned formulas = 0;
    for (size_t i = 0; i < plan->sheet_count; i++) {
        const struct sheet *sheet = &plan->sheets[i];
        struct sheet_row row = sheet_row_new(arena, sheet);
        for (uint32_t k = 0; k < sheet->row_count; k++) {
            sheet_make_row(sheet, k, &row);
            assert_true(row.count <= sheet->column_count);
            for (size_t c = 0; c < row.count; c++) {
                if (row.cells[c].formula == NULL)
                    continue;
                formulas++;
                assert_int_not_equal(row.cells[c].kind, SHEET_CELL_BLANK);
                assert_null(strpbrk(row.cells[c].formula, "{}[]"));
            }
        }
    }
    assert_true(formulas > 200);
}

static void
what_is_not_proven_is_a_word_and_never_blank(void **state)
{
    static const char *const keys[] = {
        "usable_qps", "attainment",   "shortfall_qps", "headroom",
        "break_even", "forecast_qps", "gap_after_qps", "expansion"};
    struct arena *arena = *state;
    const struct sheet *links =
        sheet_of(plan_book(make_book_season(arena), LANG_ZH), SHEET_LINKS);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_string_equal(text_of(arena, links, 2, keys[i]), "未证实");
}

static void
the_test_that_counts_is_pointed_at(void **state)
{
    struct arena *arena = *state;
    const struct sheet_plan *plan = plan_book(make_book_season(arena), LANG_EN);
    const struct sheet *links = sheet_of(plan, SHEET_LINKS);
    const struct sheet *tests = sheet_of(plan, SHEET_TESTS);
    /* coupon needs 150: neither its newest, a lower bound of 120, nor the
       measured 140 does; the measured one counts */
    assert_int_equal(tests->row_count, ROW_DATA + 4);
    assert_true(number_of(arena, links, 1, "test") == 3);
    assert_true(number_of(arena, tests, 1, "counts") == 0);
    assert_true(number_of(arena, tests, 2, "counts") == 1);
    assert_true(number_of(arena, tests, 1, "choice") >
                number_of(arena, tests, 2, "choice"));
    assert_true(number_of(arena, links, 2, "test") == 0);
    assert_string_equal(cell_of(arena, links, 2, "test")->formula, "0");
    assert_string_equal(cell_of(arena, tests, 2, "row_of_link")->formula,
                        "MATCH(Q8,'Links'!$A$6:$A$9,0)");
}

static void
steps_are_the_raw_evidence(void **state)
{
    struct arena *arena = *state;
    const struct sheet *steps =
        sheet_of(plan_book(make_book_season(arena), LANG_EN), SHEET_STEPS);
    assert_int_equal(steps->row_count, ROW_DATA + 7);
    assert_true(number_of(arena, steps, 0, "qps") == 11430);
    assert_string_equal(text_of(arena, steps, 0, "holds"), "yes");
    assert_string_equal(text_of(arena, steps, 0, "remark"),
                        "achieved is from here");
    assert_string_equal(text_of(arena, steps, 1, "holds"), "no");
    assert_string_equal(text_of(arena, steps, 1, "remark"), "first to break");
    assert_int_equal(cell_of(arena, steps, 2, "qps")->style.decimals, 1);
    assert_true(number_of(arena, steps, 3, "qps") == 140.5);
}

static void
numbers_of_more_than_15_digits_are_never_rounded_in_silence(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    made->baseline[0].peak_qps = given("12345.123456789012");
    made->baseline[0].rate_limit_qps = given("12345.123456789012");
    made->step[1][1].metric[METRIC_QPS] = number("123456789012.123456");
    const struct sheet_plan *plan = plan_book(made, LANG_EN);
    const struct sheet *links = sheet_of(plan, SHEET_LINKS);
    assert_true(number_of(arena, links, 0, "peak_qps") == 12345.123456789012);
    assert_string_equal(text_of(arena, links, 0, "exact"),
                        "peak_qps = 12345.123456789012, rate_limit_qps = "
                        "12345.123456789012");
    assert_true(number_of(arena, links, 0, "rate_limit_qps") ==
                12345.123456789012);
    assert_string_equal(text_of(arena, sheet_of(plan, SHEET_STEPS), 6, "qps"),
                        "123456789012.123456");
}

/* What stands over the table of a sheet. */
static const char *
said_above(struct arena *arena, const struct sheet *sheet)
{
    return cell_at_row(arena, sheet, ROW_GROUP, 0)->text;
}

static void
gaps_and_what_is_not_proven_are_listed_worst_first(void **state)
{
    struct arena *arena = *state;
    const struct sheet_plan *plan = plan_book(make_book_season(arena), LANG_EN);
    const struct sheet *gaps = sheet_of(plan, SHEET_GAPS);
    const struct sheet *open = sheet_of(plan, SHEET_UNPROVEN);
    /* any link may come into a list by what is tried */
    assert_int_equal(gaps->row_count, ROW_DATA + 4);
    assert_int_equal(open->row_count, ROW_DATA + 4);
    assert_int_equal(open->print_rows, ROW_DATA + 4);
    assert_string_equal(text_of(arena, gaps, 0, "name"), "order");
    assert_true(number_of(arena, gaps, 0, "gap_after_qps") == 2027);
    assert_string_equal(text_of(arena, gaps, 1, "name"), "coupon");
    assert_string_equal(text_of(arena, gaps, 2, "name"), "");
    assert_string_equal(text_of(arena, open, 0, "name"), "idle");
    assert_string_equal(text_of(arena, open, 0, "missing"),
                        "a test up to target");
    assert_string_equal(text_of(arena, open, 1, "missing"), "");
    assert_non_null(strstr(said_above(arena, gaps), "gap: 2; listed here: 2"));
    assert_non_null(strstr(said_above(arena, open), "proven: 1; listed here"));
}

static void
lists_have_at_most_200_rows(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_season(arena);
    add_baseline(made, "first", "10", 0);
    struct baseline *many = arena_array(arena, 201, struct baseline);
    for (unsigned i = 0; i < 201; i++) {
        many[i] = made->baseline[0];
        many[i].link = arena_format(arena, "link-%03u", i);
    }
    made->season.baselines = many;
    made->season.baseline_count = 201;
    const struct sheet *open =
        sheet_of(plan_book(made, LANG_EN), SHEET_UNPROVEN);
    assert_int_equal(open->row_count, ROW_DATA + 200);
    assert_int_equal(open->print_rows, ROW_DATA + 200);
    assert_non_null(
        strstr(said_above(arena, open), "proven: 201; listed here: 200"));
}

static void
what_no_instances_can_close_is_not_called_unproven(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_season(arena);
    add_baseline(made, "broken", "100", 4);
    add_measured(made, "broken", "2026-10-30", 4, "0");
    const struct sheet *links = sheet_of(plan_book(made, LANG_EN), SHEET_LINKS);
    assert_string_equal(text_of(arena, links, 0, "state"),
                        "short, not covered");
    assert_string_equal(text_of(arena, links, 0, "expansion"),
                        "not by instances");
    assert_true(number_of(arena, links, 0, "usable_qps") == 0);
}

static void
a_rate_limit_says_what_it_turns_away_and_changes_no_state(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    made->baseline[0].rate_limit_qps = given("12000.5");
    const struct sheet *links = sheet_of(plan_book(made, LANG_EN), SHEET_LINKS);
    /* 2,999.5 of 15,000 is 19.996 %: up, against ourselves */
    assert_true(number_of(arena, links, 0, "turned_away") == 0.2);
    assert_string_equal(text_of(arena, links, 0, "state"),
                        "short, not covered");
    assert_string_equal(text_of(arena, links, 1, "turned_away"), DASH);
}

/* Columns of costs stand only where instances have a price. */
static void
a_price_adds_its_columns(void **state)
{
    static const char *const keys[] = {"unit_cost", "approved_cost",
                                       "open_cost"};
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    add_baseline(made, "broken", "100", 4)->unit_cost = given("2");
    add_measured(made, "broken", "2026-10-30", 4, "0");
    const struct sheet *links = sheet_of(plan_book(made, LANG_EN), SHEET_LINKS);
    uint32_t row = 0;
    while (strcmp(text_of(arena, links, row, "link"), "broken") != 0)
        row++;
    assert_true(number_of(arena, links, row, "unit_cost") == 2);
    assert_string_equal(text_of(arena, links, row, "approved_cost"), DASH);
    assert_string_equal(text_of(arena, links, row, "open_cost"),
                        "not by instances");
    made->season.unit_cost = given("1200.5");
    for (size_t i = 0; i < made->season.baseline_count; i++)
        made->baseline[i].unit_cost.given = false;
    links = sheet_of(plan_book(made, LANG_EN), SHEET_LINKS);
    for (row = 0; strcmp(text_of(arena, links, row, "link"), "order") != 0;)
        row++;
    double open = number_of(arena, links, row, "expansion") -
                  made->baseline[0].approved_instances;
    assert_true(open > 0);
    assert_true(number_of(arena, links, row, "open_cost") == open * 1200.5);
    made->season.unit_cost.given = false;
    links = sheet_of(plan_book(made, LANG_EN), SHEET_LINKS);
    const struct book *book = links->context;
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(
            layout_find(&book->links_layout, keys[i], strlen(keys[i])), -1);
}

/* Whether any cell of a sheet says so. */
static bool
says(struct arena *arena, const struct sheet *sheet, const char *text)
{
    struct sheet_row row = sheet_row_new(arena, sheet);
    for (uint32_t i = 0; i < sheet->row_count; i++) {
        sheet_make_row(sheet, i, &row);
        for (size_t k = 0; k < row.count; k++)
            if (row.cells[k].kind == SHEET_CELL_TEXT &&
                strcmp(row.cells[k].text, text) == 0)
                return true;
    }
    return false;
}

static void
labels_of_bars_say_what_is_proven(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_season(arena);
    add_baseline(made, "old", "1000", 4);
    add_baseline(made, "huge", "1", 4);
    add_baseline(made, "low", "100", 4);
    add_measured(made, "old", "2026-01-01", 4, "1200");
    add_measured(made, "huge", "2026-10-30", 4, "123456789012");
    add_baseline(made, "even", "100", 4);
    add_measured(made, "even", "2026-10-30", 4, "135");
    add_at_least(made, "low", "2026-10-30", 4, "120");
    const struct sheet *sheet =
        sheet_of(plan_book(made, LANG_EN), SHEET_SUMMARY);
    assert_true(says(arena, sheet, "old \xc2\xb7 stale"));
    assert_true(says(arena, sheet, "huge \xc2\xb7 met >9999.9%"));
    assert_true(says(arena, sheet, "even \xc2\xb7 short, not covered 90.0%"));
    assert_true(says(arena, sheet, "low \xc2\xb7 inconclusive"));
}

/* The text of one column over the rows from one on, until the next has
   something before it. */
static char *
joined(struct arena *arena, const struct sheet *sheet, uint32_t row,
       uint16_t column)
{
    char *text = arena_format(arena, "%s",
                              cell_at_row(arena, sheet, row, column)->text);
    while (cell_at_row(arena, sheet, ++row, 0)->kind == SHEET_CELL_BLANK &&
           cell_at_row(arena, sheet, row, column)->kind == SHEET_CELL_TEXT)
        text = arena_format(arena, "%s%s", text,
                            cell_at_row(arena, sheet, row, column)->text);
    return text;
}

static void
what_was_filed_stands_above_the_tables_whole(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    static const char text[] =
        "approve 8 instances for order beyond the 6 approved ones, or accept "
        "a rate limit of 12,000 QPS from the evening on, and tell the teams "
        "that call it, of which there are 14, what they are to expect of it";
    struct decision decisions[] = {
        {.text = {.one = text},
         .owner = {.one = "Trade"},
         .by = on("2026-11-04")},
        {.text = {.one = "test idle"}, .owner = {.one = "Shop"}}
    };
    made->season.decisions = decisions;
    made->season.decision_count = 2;
    made->season.has_decisions = true;
    const struct sheet *sheet =
        sheet_of(plan_book(made, LANG_EN), SHEET_SUMMARY);
    assert_string_equal(cell_at_row(arena, sheet, ROW_HEAD, 0)->text,
                        "As filed");
    const char *headline = joined(arena, sheet, ROW_HEAD, 1);
    assert_non_null(strstr(headline, "order"));
    assert_null(cell_at_row(arena, sheet, ROW_HEAD, 1)->formula);
    uint32_t row = ROW_HEAD;
    while (strcmp(joined(arena, sheet, row, 0), "Owner") != 0)
        assert_true(++row < sheet->row_count);
    assert_string_equal(cell_at_row(arena, sheet, row, 2)->text,
                        "Decisions needed, as filed (2 of 2)");
    row++;
    assert_string_equal(cell_at_row(arena, sheet, row, 0)->text, "Trade");
    assert_string_equal(cell_at_row(arena, sheet, row, 1)->text, "4 Nov");
    assert_string_equal(joined(arena, sheet, row, 2), text);
    assert_true(strlen(cell_at_row(arena, sheet, row, 2)->text) <
                sizeof text - 1);
}

static void
checks_pass_as_written_but_for_what_binary_numbers_cannot_hold(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    assert_string_equal(
        said_above(arena, sheet_of(plan_book(made, LANG_EN), SHEET_CHECKS)),
        "Checks: all passed");
    made->baseline[1].peak_qps = given("200000000.123456789");
    assert_string_equal(
        said_above(arena, sheet_of(plan_book(made, LANG_EN), SHEET_CHECKS)),
        "Checks: 2 not passed");
}

static void
without_peak_and_freeze_measures_are_due_any_day(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    made->season.peak = (struct moment){.day = {.given = false}};
    made->season.freeze = (struct day){.given = false};
    const struct sheet *sheet =
        sheet_of(plan_book(made, LANG_EN), SHEET_ASSUMPTIONS);
    const uint32_t row = ROW_DATA + ASSUMED_DUE_BY;
    assert_string_equal(cell_at_row(arena, sheet, row, 1)->text, "any day");
    made->season.freeze = on("2026-11-08");
    sheet = sheet_of(plan_book(made, LANG_EN), SHEET_ASSUMPTIONS);
    assert_true(cell_at_row(arena, sheet, row, 1)->number == 46334);
}

static void
seasons_without_such_numbers_have_no_column_for_them(void **state)
{
    struct arena *arena = *state;
    const struct sheet *links =
        sheet_of(plan_book(make_book_season(arena), LANG_EN), SHEET_LINKS);
    const struct book *book = links->context;
    assert_int_equal(layout_find(&book->links_layout, "exact", 5), -1);
    assert_int_equal(layout_find(&book->links_layout, "slo_cpu", 7), -1);
    assert_true(layout_find(&book->links_layout, "slo_p99_ms", 10) > 0);
}

static void
days_before_march_1900_are_text(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    made->baseline[0].due = on("1900-02-28");
    made->baseline[1].due = on("1900-03-01");
    made->result[1].date = on("1815-06-18");
    const struct sheet_plan *plan = plan_book(made, LANG_EN);
    const struct sheet *links = sheet_of(plan, SHEET_LINKS);
    const struct sheet *tests = sheet_of(plan, SHEET_TESTS);
    assert_string_equal(text_of(arena, links, 0, "due"), "1900-02-28");
    for (uint32_t i = 0; i < 4; i++)
        if (strcmp(text_of(arena, links, i, "link"), "cart") == 0)
            assert_true(number_of(arena, links, i, "due") == 61);
    for (uint32_t i = 0; i < 4; i++)
        if (strcmp(text_of(arena, tests, i, "link"), "cart") == 0) {
            assert_string_equal(text_of(arena, tests, i, "tested_on"),
                                "1815-06-18");
            /* no formula can subtract a text */
            assert_null(
                strchr(cell_of(arena, tests, i, "age_days")->formula, '-'));
        }
}

static void
scenario_ids_that_differ_by_case_get_their_number(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    made->scenario[1] = (struct scenario){.id = "PLAN"};
    made->season.scenario_count = 2;
    const struct sheet_plan *plan = plan_book(made, LANG_EN);
    const struct sheet *sheet = sheet_of(plan, SHEET_ASSUMPTIONS);
    assert_string_equal(cell_at_row(arena, sheet, ROW_HEAD, 3)->text, "plan");
    assert_string_equal(cell_at_row(arena, sheet, ROW_HEAD, 4)->text,
                        "PLAN (2)");
    assert_string_equal(cell_at_row(arena, sheet, ROW_HEAD, 5)->text,
                        "(custom)");
}

static void
a_scenarios_multiplier_stands_beside_the_seasons_growth(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    made->scenario[0].growth.multiplier = given("2");
    made->scenario[1] =
        (struct scenario){.id = "low", .growth = {.buffer = given("0.1")}};
    made->season.scenario_count = 2;
    made->season.growth.multiplier = (struct optional){.given = false};
    const struct sheet *sheet =
        sheet_of(plan_book(made, LANG_EN), SHEET_ASSUMPTIONS);
    uint32_t growth = ROW_DATA + ASSUMED_GROWTH;
    uint32_t buffer = ROW_DATA + ASSUMED_BUFFER;
    uint32_t multiplier = ROW_DATA + ASSUMED_MULTIPLIER;
    assert_true(cell_at_row(arena, sheet, growth, 3)->number == 0.3);
    assert_true(cell_at_row(arena, sheet, multiplier, 3)->number == 2);
    assert_true(cell_at_row(arena, sheet, multiplier, 1)->number == 2);
    assert_true(cell_at_row(arena, sheet, buffer, 4)->number == 0.1);
    assert_int_equal(cell_at_row(arena, sheet, multiplier, 4)->kind,
                     SHEET_CELL_BLANK);
}

static struct template read_review(struct made *made)
{
    return *input_read_template(made->arena, "templates/review.yaml",
                                made->diag);
}

static void
formulas_keep_their_columns_whatever_the_template_names(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    struct template template = read_review(made);
    struct template_name columns[] = {{.name = "state"}, {.name = "link"}};
    struct template_part part = {
        .kind = {.name = "links"}, .columns = columns, .column_count = 2};
    template.sheets = &part;
    template.sheet_count = 1;
    const struct report *report =
        assess_season(arena, &made->season, 0, made->diag);
    const struct sheet_plan *plan =
        sheet_plan(arena, report, &template, LANG_EN, made->diag);
    assert_non_null(plan);
    /* what the links are computed from is there all the same, and the checks */
    assert_int_equal(plan->sheet_count, 4);
    assert_int_equal(plan->sheets[0].kind, SHEET_LINKS);
    assert_int_equal(plan->first, SHEET_LINKS);
    assert_null(sheet_of(plan, SHEET_SUMMARY));
    const struct book *book = plan->sheets[0].context;
    assert_int_equal(layout_find(&book->links_layout, "state", 5), 0);
    assert_int_equal(layout_find(&book->links_layout, "link", 4), 1);
    assert_true(layout_find(&book->links_layout, "need_left", 9) > 1);
}

static void
a_name_that_no_sheet_can_have_is_an_error_at_its_word(void **state)
{
    static const char *const bad[] = {"a/b", "Links", "'x", "x'",
                                      "a name of more than 31 characters"};
    struct arena *arena = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct made *made = make_book_season(arena);
        struct template template = read_review(made);
        for (size_t k = 0; k < template.word_count; k++)
            if (strcmp(template.words[k].key, "sheet.name.tests") == 0)
                template.words[k].variants[0] = (struct text){.one = bad[i]};
        const struct report *report =
            assess_season(arena, &made->season, 0, made->diag);
        assert_null(sheet_plan(arena, report, &template, LANG_EN, made->diag));
        assert_int_equal(messages(made, DIAG_SHEET_NAME), 1);
    }
}

static void
a_quote_in_a_sheets_name_is_doubled_in_formulas(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    struct template template = read_review(made);
    for (size_t k = 0; k < template.word_count; k++)
        if (strcmp(template.words[k].key, "sheet.name.links") == 0)
            template.words[k].variants[0] = (struct text){.one = "The team's"};
    const struct report *report =
        assess_season(arena, &made->season, 0, made->diag);
    const struct sheet_plan *plan =
        sheet_plan(arena, report, &template, LANG_EN, made->diag);
    assert_string_equal(
        cell_of(arena, sheet_of(plan, SHEET_TESTS), 0, "row_of_link")->formula,
        "MATCH(Q6,'The team''s'!$A$6:$A$9,0)");
}

static void
the_record_says_as_of_and_never_now(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_book_season(arena);
    assert_int_equal(plan_book(made, LANG_EN)->created, 1793404800);
    made->season.as_of.has_time = true;
    made->season.as_of.hour = 18;
    made->season.as_of.zone_minutes = 480;
    assert_int_equal(plan_book(made, LANG_EN)->created, 1793404800 + 36000);
    /* the library takes 0 for the clock */
    made->season.as_of =
        (struct moment){.day = on("1970-01-01"), .text = "1970-01-01"};
    assert_int_equal(plan_book(made, LANG_EN)->created, 1);
}

static void
a_season_without_tests_has_a_plan(void **state)
{
    struct arena *arena = *state;
    struct made *made = make_season(arena);
    add_baseline(made, "only", "10", 0);
    const struct sheet_plan *plan = plan_book(made, LANG_EN);
    assert_non_null(plan);
    assert_int_equal(sheet_of(plan, SHEET_TESTS)->row_count, ROW_DATA);
    assert_int_equal(sheet_of(plan, SHEET_STEPS)->row_count, ROW_DATA);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(links_stand_worst_first_with_their_numbers),
        TEST(every_formula_carries_a_result_and_all_rows_have_the_same),
        TEST(what_is_not_proven_is_a_word_and_never_blank),
        TEST(the_test_that_counts_is_pointed_at),
        TEST(steps_are_the_raw_evidence),
        TEST(numbers_of_more_than_15_digits_are_never_rounded_in_silence),
        TEST(gaps_and_what_is_not_proven_are_listed_worst_first),
        TEST(lists_have_at_most_200_rows),
        TEST(what_no_instances_can_close_is_not_called_unproven),
        TEST(a_price_adds_its_columns),
        TEST(a_rate_limit_says_what_it_turns_away_and_changes_no_state),
        TEST(labels_of_bars_say_what_is_proven),
        TEST(what_was_filed_stands_above_the_tables_whole),
        TEST(checks_pass_as_written_but_for_what_binary_numbers_cannot_hold),
        TEST(without_peak_and_freeze_measures_are_due_any_day),
        TEST(seasons_without_such_numbers_have_no_column_for_them),
        TEST(days_before_march_1900_are_text),
        TEST(scenario_ids_that_differ_by_case_get_their_number),
        TEST(a_scenarios_multiplier_stands_beside_the_seasons_growth),
        TEST(formulas_keep_their_columns_whatever_the_template_names),
        TEST(a_name_that_no_sheet_can_have_is_an_error_at_its_word),
        TEST(a_quote_in_a_sheets_name_is_doubled_in_formulas),
        TEST(the_record_says_as_of_and_never_now),
        TEST(a_season_without_tests_has_a_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
