/*
 * The sheet Checks: what a workbook can tell of itself after things were tried
 * in it: that nothing was lost, doubled or broken, and that it still shows the
 * scenario that was filed.  Room document/.
 *
 * A check that itself cannot be computed counts as not passed.
 */
#include <string.h>

#include "document/sheet_book.h"

#define COLUMNS 5
#define COLUMN_FOUND 2
#define COLUMN_RESULT 4

/* From here on binary numbers may differ from exact ones. */
#define LARGEST_EXACT_QPS 100000000

struct check {
    const char *what;
    const char *formula;
    const char *found_text, *expected_text; /* or NULL: numbers */
    double found, expected;
};

struct checks {
    const struct book *book;
    struct check *list;
    size_t count, room;
};

static bool
has_passed(const struct check *check)
{
    return check->found_text
               ? strcmp(check->found_text, check->expected_text) == 0
               : check->found == check->expected;
}

/* Adds a check that holds as the workbook is written. */
static struct check *
add(struct checks *checks, const char *what, const char *formula, double number)
{
    checks->list = arena_grow(checks->book->arena, checks->list, checks->count,
                              &checks->room, sizeof *checks->list);
    struct check *check = &checks->list[checks->count++];
    *check = (struct check){
        .what = what, .formula = formula, .found = number, .expected = number};
    return check;
}

static struct check *
add_word(struct checks *checks, const char *key, const char *formula,
         double number)
{
    return add(checks, book_word(checks->book, key), formula, number);
}

/* --- the checks ----------------------------------------------------------- */

static const char *
tests_range(const struct book *book, const char *key)
{
    return layout_range(book, SHEET_TESTS, &book->tests_layout, key,
                        strlen(key));
}

/* Nothing was lost or doubled. */
static void
add_counts(struct checks *checks)
{
    const struct book *book = checks->book;
    struct arena *arena = book->arena;
    double links = (double)book->link_count, tests = (double)book->test_count;
    add_word(checks, "sheet.check.links",
             arena_format(arena, "COUNT(%s)", links_range(book, "no")), links);
    add_word(checks, "sheet.check.twice",
             arena_format(arena, "SUMPRODUCT(%s)", links_range(book, "no")),
             links * (links + 1) / 2);
    const char *states = links_range(book, "state_code");
    add_word(checks, "sheet.check.states",
             arena_format(arena, "COUNTIFS(%s,\">=1\",%s,\"<=%d\")", states,
                          states, STATES),
             links);
    add_word(checks, "sheet.check.tests",
             arena_format(arena, "COUNT(%s)", tests_range(book, "seq")), tests);
    add_word(checks, "sheet.check.rows_of_links",
             arena_format(arena, "COUNT(%s)", tests_range(book, "row_of_link")),
             tests);
    if (book->shows_steps)
        add_word(checks, "sheet.check.steps",
                 arena_format(arena, "COUNT(%s)",
                              layout_range(book, SHEET_STEPS,
                                           &book->steps_layout, "step", 4)),
                 book->step_rows);
}

/* Cells of a column that are a number or one of the words for what is not
   known: an error is neither. */
static void
add_readable(struct checks *checks, enum sheet_kind kind,
             const struct layout *layout, const char *key)
{
    const struct book *book = checks->book;
    const char *range = layout_range(book, kind, layout, key, strlen(key));
    struct fill fills[] = {
        {"column",
         {.one = layout->headings[layout_find(layout, key, strlen(key))]}},
        {"sheet",                          {.one = book->name[kind]}},
        {0}
    };
    add(checks, book_fill(book, "sheet.check.readable", fills),
        arena_format(book->arena,
                     "COUNT(%s)+COUNTIFS(%s,NA_Text)+COUNTIFS(%s,\"" DASH
                     "\")+COUNTIFS(%s,%s)",
                     range, range, range, range,
                     assumption_cell(book, ASSUMED_NOT_BY_INSTANCES)),
        (double)layout->data_rows);
}

static void
add_no_errors(struct checks *checks)
{
    static const char *const keys[] = {
        "target_qps", "usable_qps",    "attainment", "shortfall_qps",
        "expansion",  "forecast_qps",  "headroom",   "gap_after_qps",
        "break_even", "optimise_gain", "sort_key",   "weak_key",
        "turned_away"};
    const struct book *book = checks->book;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        add_readable(checks, SHEET_LINKS, &book->links_layout, keys[i]);
    add_readable(checks, SHEET_TESTS, &book->tests_layout, "usable_qps");
    add_readable(checks, SHEET_TESTS, &book->tests_layout, "choice");
}

/* What was typed is what headroom would have accepted. */
static void
add_inputs(struct checks *checks)
{
    const struct book *book = checks->book;
    struct arena *arena = book->arena;
    add_word(checks, "sheet.check.no_date",
             arena_format(arena, "SUMPRODUCT((%s<>\"\")*(%s=\"\"))",
                          tests_range(book, "achieved_qps"),
                          tests_range(book, "tested_on")),
             0);
    add_word(checks, "sheet.check.after_as_of",
             arena_format(arena, "COUNTIFS(%s,\"<0\")",
                          tests_range(book, "age_days")),
             0);
    add_word(checks, "sheet.check.quota",
             arena_format(arena, "SUMPRODUCT((%s>0)*(%s+%s>%s))",
                          links_range(book, "max_instances"),
                          links_range(book, "own_instances"),
                          links_range(book, "approved_instances"),
                          links_range(book, "max_instances")),
             0);
    add_word(checks, "sheet.check.zones", "(ZonesLost>=Zones)*1", 0);
}

/* Numbers that a cell cannot hold stand in full in a column of their own. */
static void
add_digits(struct checks *checks)
{
    const struct book *book = checks->book;
    const struct {
        enum sheet_kind kind;
        const struct layout *layout;
        void (*start)(const struct book *, size_t, struct row_of *);
    } sheets[] = {
        {SHEET_LINKS, &book->links_layout, links_start},
        {SHEET_TESTS, &book->tests_layout, tests_start}
    };
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++) {
        const struct layout *layout = sheets[i].layout;
        int column = layout_find(layout, "exact", 5);
        if (column < 0)
            continue;
        double count = 0;
        for (uint32_t row = 0; row < layout->data_rows; row++) {
            struct row_of of = {.book = book, .index = row};
            struct sheet_cell cell = {.kind = SHEET_CELL_BLANK};
            sheets[i].start(book, row, &of);
            layout->columns[column]->value(&of, &cell);
            count += cell.kind == SHEET_CELL_TEXT;
        }
        struct fill fills[] = {
            {"sheet", {.one = book->name[sheets[i].kind]}},
            {0      }
        };
        add(checks, book_fill(book, "sheet.check.digits", fills),
            arena_format(
                book->arena, "SUMPRODUCT((%s<>\"\")*1)",
                layout_range(book, sheets[i].kind, layout, "exact", 5)),
            count)
            ->expected = 0;
    }
}

/* Whether the formulas are as exact as headroom. */
static void
add_exact(struct checks *checks)
{
    const struct book *book = checks->book;
    double large = 0;
    for (size_t i = 0; i < book->link_count; i++) {
        struct row_of of = {.book = book, .index = i};
        struct sheet_cell cell = {.kind = SHEET_CELL_BLANK};
        links_start(book, i, &of);
        large += whole_double(of.link->target_qps) >= LARGEST_EXACT_QPS;
        links_value(&of, &cell, "forecast_raw");
        large +=
            cell.kind == SHEET_CELL_DOUBLE && cell.number >= LARGEST_EXACT_QPS;
    }
    for (size_t i = 0; i < book->test_count; i++) {
        struct row_of of = {.book = book, .index = i};
        tests_start(book, i, &of);
        large +=
            decimal_double(of.evidence->walk.achieved_qps) >= LARGEST_EXACT_QPS;
        large += whole_double(of.evidence->usable) >= LARGEST_EXACT_QPS;
    }
    const char *ranges[] = {
        links_range(book, "target_qps"), links_range(book, "forecast_raw"),
        tests_range(book, "achieved_qps"), tests_range(book, "usable_qps")};
    const char *formula = NULL;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        formula = arena_format(book->arena, "%s%sCOUNTIFS(%s,\">=%d\")",
                               formula ? formula : "", formula ? "+" : "",
                               ranges[i], LARGEST_EXACT_QPS);
    add_word(checks, "sheet.check.exact", formula, large)->expected = 0;
}

static struct checks *
make_checks(const struct book *book)
{
    struct checks *checks = arena_alloc(book->arena, sizeof *checks);
    checks->book = book;
    struct check *scenario =
        add_word(checks, "sheet.check.scenario",
                 assumption_cell(book, ASSUMED_SCENARIO), 0);
    scenario->found_text = scenario->expected_text =
        book->scenario_labels[book->shown_scenario];
    add_counts(checks);
    add_no_errors(checks);
    add_inputs(checks);
    add_exact(checks);
    add_digits(checks);
    return checks;
}

/* --- what they come to ---------------------------------------------------- */

/* A4 of the sheet. */
const char *
checks_cell(const struct book *book)
{
    return arena_format(book->arena, "%s$A$%d", book->prefix[SHEET_CHECKS],
                        ROW_GROUP + 1);
}

const char *
checks_text(const struct book *book)
{
    const struct checks *checks = book->checks;
    size_t failed = 0;
    for (size_t i = 0; i < checks->count; i++)
        failed += !has_passed(&checks->list[i]);
    struct fill fills[] = {
        {"n", {.one = arena_format(book->arena, "%zu", failed)}},
        {0  }
    };
    return failed == 0 ? book_word(book, "sheet.checks.all")
                       : book_fill(book, "sheet.checks.some", fills);
}

static const char *
checks_formula(const struct book *book)
{
    const struct checks *checks = book->checks;
    const char *passed =
        arena_format(book->arena, "COUNTIFS($E$%d:$E$%zu,%s)", ROW_DATA + 1,
                     ROW_DATA + checks->count,
                     book_formula(book, "sheet.check.passed", no_fills));
    struct formula_fill fills[] = {
        {"n",            arena_format(book->arena, "(%zu-%s)", checks->count, passed)},
        {NULL, NULL                 }
    };
    return arena_format(book->arena, "IF(%s=%zu,%s,%s)", passed, checks->count,
                        book_formula(book, "sheet.checks.all", no_fills),
                        book_formula(book, "sheet.checks.some", fills));
}

/* --- rows ----------------------------------------------------------------- */

static void
add_value(struct sheet_row *row, enum sheet_role role, const char *text,
          double number)
{
    struct sheet_cell *cell = row_add(row, style_of(role, SHEET_NUMBER, 0));
    if (text)
        cell_text(cell, text);
    else
        cell_number(cell, number);
}

static void
make_check(const struct book *book, size_t index, const struct sheet *sheet,
           struct sheet_row *row)
{
    const struct check *check = &book->checks->list[index];
    add_value(row, ROLE_MUTED, NULL, (double)index + 1);
    row_text(row, style_of(ROLE_PLAIN, SHEET_TEXT, 0), check->what);
    if (book->lang == LANG_BOTH)
        row_fit(row, check->what, sheet->widths[1]);
    add_value(row, ROLE_OUTPUT, check->found_text, check->found);
    row->cells[COLUMN_FOUND].formula = check->formula;
    add_value(row, ROLE_PLAIN, check->expected_text, check->expected);
    struct sheet_cell *cell =
        row_add(row, style_of(ROLE_KEY, SHEET_GENERAL, 0));
    cell_text(cell, book_word(book, has_passed(check) ? "sheet.check.passed"
                                                      : "sheet.check.failed"));
    size_t number = ROW_DATA + index + 1;
    cell->formula =
        arena_format(book->arena, "IF($C%zu=$D%zu,%s,%s)", number, number,
                     book_formula(book, "sheet.check.passed", no_fills),
                     book_formula(book, "sheet.check.failed", no_fills));
}

static void
make_head(const struct book *book, struct sheet_row *row)
{
    static const struct {
        const char *key;
        enum sheet_format format;
    } heads[COLUMNS] = {
        {"sheet.column.no",      SHEET_NUMBER},
        {"sheet.check",          SHEET_TEXT  },
        {"sheet.check.found",    SHEET_NUMBER},
        {"sheet.check.expected", SHEET_NUMBER},
        {"sheet.check.result",   SHEET_TEXT  }
    };
    for (size_t i = 0; i < COLUMNS; i++)
        row_text(row, style_of(ROLE_HEADER, heads[i].format, 0),
                 book_word(book, heads[i].key));
}

static void
make_row(const struct sheet *sheet, uint32_t number, struct sheet_row *row)
{
    const struct book *book = sheet->context;
    if (row_above_head(book, SHEET_CHECKS, number, row))
        return;
    if (number == ROW_GROUP) {
        struct sheet_cell *cell =
            row_add(row, style_of(ROLE_GROUP, SHEET_TEXT, 0));
        cell_text(cell, checks_text(book));
        cell->formula = checks_formula(book);
    } else if (number == ROW_HEAD) {
        make_head(book, row);
    } else {
        make_check(book, number - ROW_DATA, sheet, row);
    }
}

/* --- planning ------------------------------------------------------------- */

void
sheet_plan_checks(struct book *book)
{
    book->checks = make_checks(book);
}

void
sheet_finish_checks(struct book *book, struct sheet *sheet)
{
    static const double width[COLUMNS] = {6, 112, 18, 18, 22};
    const char *passed = book_formula(book, "sheet.check.passed", no_fills);
    uint32_t end = ROW_DATA + (uint32_t)book->checks->count;
    struct sheet_look *looks = arena_array(book->arena, 2, struct sheet_look);
    looks[0] = (struct sheet_look){
        LOOK_BAD_WHEN,
        ROW_DATA,
        end - 1,
        COLUMN_RESULT,
        COLUMN_RESULT,
        arena_format(book->arena, "$E%d<>%s", ROW_DATA + 1, passed)};
    looks[1] = (struct sheet_look){
        LOOK_BAD_WHEN,
        ROW_GROUP,
        ROW_GROUP,
        0,
        0,
        arena_format(book->arena, "$A$%d<>%s", ROW_GROUP + 1,
                     book_formula(book, "sheet.checks.all", no_fills))};
    *sheet = (struct sheet){.kind = SHEET_CHECKS,
                            .name = book->name[SHEET_CHECKS],
                            .widths = width,
                            .column_count = COLUMNS,
                            .row_count = end,
                            .head_row = ROW_HEAD,
                            .frozen_columns = 2,
                            .print_columns = COLUMNS,
                            .is_protected = true,
                            .make_row = make_row,
                            .context = book,
                            .looks = looks,
                            .look_count = 2};
}
