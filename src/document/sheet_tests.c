/*
 * The sheet Tests: one row a test, links in the order of the sheet Links and
 * the newest test of each first; what it showed, and formulas that say which
 * of a link's tests counts (the contract, section 3.3).  Room document/.
 */
#include <string.h>

#include "assess/capacity.h"
#include "document/sheet_book.h"

static const struct result *
result_of(const struct row_of *row)
{
    return row->evidence->result;
}

/* The row of the test on this sheet, from 1. */
static void
seq(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, (double)row->chosen);
}

static uint32_t
link_row(const struct row_of *row)
{
    return row->book->test_link[row->chosen - 1];
}

static void
no(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, row->book->no[link_row(row)]);
}

static void
link_id(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, result_of(row)->link);
}

static void
tested_on(const struct row_of *row, struct sheet_cell *cell)
{
    cell_day(row->book, cell, result_of(row)->date);
}

static void
kind(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, row->book->kinds[result_of(row)->kind]);
}

static void
environment(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, result_of(row)->environment);
}

static void
tool(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, result_of(row)->tool);
}

static void
source(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, result_of(row)->source);
}

/* What must be said beside the test. */
static void
cautions(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, row->book->cautions[result_of(row)->cautions]);
}

static void
steps(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, (double)row->evidence->walk.step_count);
}

static void
own_instances(const struct row_of *row, struct sheet_cell *cell)
{
    if (result_of(row)->instances > 0)
        cell_number(cell, result_of(row)->instances);
}

static void
achieved(const struct row_of *row, struct sheet_cell *cell)
{
    cell_decimal_input(cell, row->evidence->walk.achieved_qps);
}

static void
outcome(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(
        cell,
        row->book->labels[LABEL_OUTCOME][row->evidence->walk.outcome + 1]);
}

static void
limited_by(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, row->book->limits[row->evidence->walk.limited_by]);
}

/* What was measured at the step that gave achieved. */
static void
held(const struct row_of *row, struct sheet_cell *cell, enum metric metric)
{
    const struct walk *walk = &row->evidence->walk;
    if (walk->held_step < walk->step_count &&
        step_has(walk->steps[walk->held_step].step, metric))
        cell_decimal(row->book, cell,
                     walk->steps[walk->held_step].step->metric[metric]);
    else
        cell_text(cell, DASH);
}

static void
row_of_link(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, link_row(row) + 1.0);
}

static void
count_or_unproven(const struct row_of *row, struct sheet_cell *cell,
                  unsigned number)
{
    if (number > 0)
        cell_number(cell, number);
    else
        cell_text(cell, row->book->unproven);
}

static void
tested_instances(const struct row_of *row, struct sheet_cell *cell)
{
    count_or_unproven(row, cell, row->evidence->capacity.tested);
}

static void
instances(const struct row_of *row, struct sheet_cell *cell)
{
    count_or_unproven(row, cell, row->evidence->instances);
}

/* Days that a workbook cannot hold as dates stand as text: their age is then
   no formula. */
static void
age_days(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, row->evidence->age_days);
    if (!day_is_serial(result_of(row)->date) ||
        !day_is_serial(row->book->season->as_of.day))
        cell->formula =
            arena_format(row->book->arena, "%d", row->evidence->age_days);
}

static void
left(const struct row_of *row, struct sheet_cell *cell)
{
    if (row->evidence->instances > 0)
        cell_whole(cell, capacity_left(&row->evidence->capacity,
                                       row->evidence->instances));
    else
        cell_text(cell, row->book->unproven);
}

static void
usable(const struct row_of *row, struct sheet_cell *cell)
{
    cell_whole(cell, row->evidence->usable);
}

/* The lowest of a link's tests is the one that counts: valid and decisive,
   valid, too old; in each the newest, of one day the last given. */
static void
choice(const struct row_of *row, struct sheet_cell *cell)
{
    const struct evidence *evidence = row->evidence;
    const struct link *link = row->link;
    double rank = 2;
    if ((unsigned)evidence->age_days <= link->validity_days)
        rank = evidence->walk.outcome != OUTCOME_AT_LEAST ||
                       evidence->usable >= link->target_qps
                   ? 0
                   : 1;
    cell_number(cell,
                rank * 1e14 + evidence->age_days * 1e7 + (double)row->chosen);
}

static void
counts(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, row->link->result == result_of(row));
}

static void
exact(const struct row_of *row, struct sheet_cell *cell)
{
    struct decimal number = row->evidence->walk.achieved_qps;
    cell_text(cell, decimal_is_exact_double(number)
                        ? NULL
                        : decimal_text(row->book->arena, number));
}

#define METRIC(name, metric)                                                   \
    static void held_##name(const struct row_of *row, struct sheet_cell *cell) \
    {                                                                          \
        held(row, cell, metric);                                               \
    }
METRIC(offered_qps, METRIC_OFFERED_QPS)
METRIC(concurrency, METRIC_CONCURRENCY)
METRIC(duration_s, METRIC_DURATION_S)
METRIC(p50_ms, METRIC_P50_MS)
METRIC(p95_ms, METRIC_P95_MS)
METRIC(p99_ms, METRIC_P99_MS)
METRIC(p999_ms, METRIC_P999_MS)
METRIC(error_rate, METRIC_ERROR_RATE)
METRIC(cpu, METRIC_CPU)

/* --- the table ------------------------------------------------------------ */

enum group { TEST = 1, INPUTS, HELD, SOURCE, CHOICE };

#define OF_LINK(key) "INDEX([links." key "],{row_of_link})"

/* clang-format off */
static const struct sheet_column tests_columns[] = {
/*   key                 heading                    unit   group  role          format        dec exact  width formula value */
    {"seq",              "sheet.column.test",       false, TEST,  ROLE_PLAIN,   SHEET_NUMBER,  0, false, 8,  NULL, seq},
    {"link",             "column.link",             false, TEST,  ROLE_KEY,     SHEET_TEXT,    0, false, 30, NULL, link_id},
    {"kind",             "column.kind",             false, TEST,  ROLE_PLAIN,   SHEET_TEXT,    0, false, 18, NULL, kind},
    {"limited_by",       "column.limited_by",       false, TEST,  ROLE_WRAPPED,   SHEET_TEXT,    0, false, 26, NULL, limited_by},
    {"tested_on",        "column.tested_on",        false, INPUTS, ROLE_INPUT,  SHEET_DATE,    0, false, 15, NULL, tested_on},
    {"own_tested",       "column.tested_instances", false, INPUTS, ROLE_INPUT,  SHEET_NUMBER,  0, false, 17, NULL, own_instances},
    {"achieved_qps",     "column.achieved_qps",     true,  INPUTS, ROLE_INPUT,  SHEET_NUMBER,  0, true, 17, NULL, achieved},
    {"outcome",          "column.outcome",          false, INPUTS, ROLE_INPUT,  SHEET_TEXT,    0, false, 17, NULL, outcome},
    {"held_offered_qps", "sheet.column.offered_qps", true, HELD,  ROLE_PLAIN,   SHEET_NUMBER,  0, true, 12, NULL, held_offered_qps},
    {"held_concurrency", "sheet.column.concurrency", false, HELD, ROLE_PLAIN,   SHEET_NUMBER,  0, true, 10, NULL, held_concurrency},
    {"held_duration_s",  "sheet.column.duration_s", false, HELD,  ROLE_PLAIN,   SHEET_NUMBER,  0, true, 9, NULL, held_duration_s},
    {"held_p50_ms",      "sheet.column.p50_ms",     false, HELD,  ROLE_PLAIN,   SHEET_NUMBER,  0, true, 9, NULL, held_p50_ms},
    {"held_p95_ms",      "sheet.column.p95_ms",     false, HELD,  ROLE_PLAIN,   SHEET_NUMBER,  0, true, 9, NULL, held_p95_ms},
    {"held_p99_ms",      "sheet.column.p99_ms",     false, HELD,  ROLE_PLAIN,   SHEET_NUMBER,  0, true, 9, NULL, held_p99_ms},
    {"held_p999_ms",     "sheet.column.p999_ms",    false, HELD,  ROLE_PLAIN,   SHEET_NUMBER,  0, true, 9, NULL, held_p999_ms},
    {"held_error_rate",  "sheet.column.error_rate", false, HELD,  ROLE_PLAIN,   SHEET_PERCENT, 0, true, 9, NULL, held_error_rate},
    {"held_cpu",         "sheet.column.cpu",        false, HELD,  ROLE_PLAIN,   SHEET_PERCENT, 0, true, 8, NULL, held_cpu},
    {"environment",      "column.environment",      false, SOURCE,  ROLE_PLAIN,   SHEET_TEXT,    0, false, 14, NULL, environment},
    {"tool",             "column.tool",             false, SOURCE,  ROLE_PLAIN,   SHEET_TEXT,    0, false, 14, NULL, tool},
    {"source",           "column.source",           false, SOURCE,  ROLE_PLAIN,   SHEET_TEXT,    0, false, 26, NULL, source},
    {"cautions",         "sheet.column.cautions",   false, SOURCE,  ROLE_WRAPPED,   SHEET_TEXT,    0, false, 40, NULL, cautions},
    {"steps",            "sheet.column.steps",      false, SOURCE,  ROLE_PLAIN,   SHEET_NUMBER,  0, false, 8,  NULL, steps},
    {"no",               "sheet.column.no",         false, SOURCE,  ROLE_PLAIN,   SHEET_NUMBER,  0, false, 7,  NULL, no},
    {"exact",            "sheet.column.exact",      false, SOURCE, ROLE_PLAIN,  SHEET_TEXT,    0, false, 26, NULL, exact},
    {"row_of_link",      "sheet.column.row_of_link", false, CHOICE, ROLE_WORKING, SHEET_NUMBER, 0, false, 10,
     "MATCH({no},[links.no],0)", row_of_link},
    {"tested_instances", "sheet.column.tested_counted", false, CHOICE, ROLE_WORKING, SHEET_NUMBER, 0, false, 11,
     "IF(MAX(0,{own_tested})>0,{own_tested},IF(MAX(0," OF_LINK("own_instances") ")>0," OF_LINK("own_instances") ",NA_Text))", tested_instances},
    {"instances",        "sheet.column.instances",  false, CHOICE, ROLE_WORKING, SHEET_NUMBER, 0, false, 11,
     "IF(MAX(0," OF_LINK("own_instances") ")>0," OF_LINK("own_instances") ",{tested_instances})", instances},
    {"age_days",         "column.age_days",         false, CHOICE, ROLE_WORKING, SHEET_NUMBER, 0, false, 10, "AsOf-{tested_on}", age_days},
    {"left",             "sheet.column.left",       false, CHOICE, ROLE_WORKING, SHEET_NUMBER, 0, false, 10,
     "IF(ISNUMBER({instances}),{instances}-ZonesLost*ROUNDDOWN({instances}/Zones,0)-MIN(ZonesLost,{instances}-Zones*ROUNDDOWN({instances}/Zones,0)),NA_Text)", left},
    {"usable_qps",       "sheet.column.as_tested",  true,  CHOICE, ROLE_WORKING, SHEET_NUMBER, 0, false, 13,
     "ROUNDDOWN({achieved_qps}*" OF_LINK("safe_level") "*IF(ISNUMBER({left}),(MIN({left},{tested_instances})"
     "+MAX(0,{left}-{tested_instances})*" OF_LINK("scale_efficiency") ")/{tested_instances},1)*(1+2E-15),0)", usable},
    {"choice",           "sheet.column.choice",     false, CHOICE, ROLE_WORKING, SHEET_NUMBER, 0, false, 22,
     "IF({age_days}<0,[dash],(2-({age_days}<=" OF_LINK("validity_days") ")*(1+(({outcome}<>[at_least])+({usable_qps}>=" OF_LINK("target_qps") ")>0)))*1E14+{age_days}*1E7+{seq})", choice},
    {"counts",           "sheet.column.counts",     false, CHOICE, ROLE_OUTPUT, SHEET_NUMBER,  0, false, 8,
     "(" OF_LINK("test") "={seq})*1", counts},
};
static const size_t tests_column_count =
    sizeof tests_columns / sizeof *tests_columns;
const struct sheet_columns tests_parts[] = {
    {tests_columns, &tests_column_count}};
const size_t tests_part_count = 1;

/* clang-format on */
/* --- which of them -------------------------------------------------------- */

/* The n-th test, from 0, and its link. */
static const struct evidence *
test_at(const struct book *book, size_t index, const struct link **link)
{
    uint32_t row = book->test_link[index];
    *link = book->links[row];
    return &(*link)->tests->list[index - book->first_test[row]];
}

/* Whether any step has a metric. */
bool
tests_have(const struct book *book, const char *key)
{
    unsigned given = 0;
    for (size_t i = 0; i < book->season->result_count; i++) {
        const struct result *result = &book->season->results[i];
        for (size_t k = 0; k < result->step_count; k++)
            given |= result->steps[k].given;
    }
    for (unsigned i = 0; i < METRICS; i++)
        if (strcmp(metric_key[i], key) == 0)
            return given >> i & 1;
    return true;
}

static bool
has_exact(const struct book *book)
{
    for (size_t i = 0; i < book->test_count; i++) {
        const struct link *link;
        if (!decimal_is_exact_double(
                test_at(book, i, &link)->walk.achieved_qps))
            return true;
    }
    return false;
}

static bool
has_cautions(const struct book *book)
{
    for (size_t i = 0; i < book->season->result_count; i++)
        if (book->season->results[i].cautions != 0)
            return true;
    return false;
}

bool
tests_column_is_used(const struct book *book, const char *key)
{
    if (strcmp(key, "exact") == 0)
        return has_exact(book);
    if (strcmp(key, "cautions") == 0)
        return has_cautions(book);
    return strncmp(key, "held_", 5) != 0 || tests_have(book, key + 5);
}

/* --- rows ----------------------------------------------------------------- */

void
tests_start(const struct book *book, size_t index, struct row_of *row)
{
    row->chosen = index + 1;
    row->evidence = test_at(book, index, &row->link);
}

static void
make_test(const struct sheet *sheet, uint32_t number, struct sheet_row *row)
{
    const struct book *book = sheet->context;
    if (row_above_head(book, SHEET_TESTS, number, row))
        return;
    if (number == ROW_GROUP) {
        layout_groups(&book->tests_layout, row);
    } else if (number == ROW_HEAD) {
        layout_head(&book->tests_layout, row);
    } else {
        struct row_of of = {.book = book, .index = number - ROW_DATA};
        tests_start(book, of.index, &of);
        layout_row(&book->tests_layout, &of, number + 1, 0, 0, row);
    }
}

/* --- planning
 * ----------------------------------------------------------------- */

void
sheet_plan_tests(struct book *book, const struct template_part *part)
{
    layout_choose(book, &book->tests_layout, tests_parts, tests_part_count,
                  tests_column_is_used, part, "sheet.tests.group");
    book->tests_layout.data_rows = (uint32_t)book->test_count;
}

static void
set_test_rules(struct book *book, struct sheet *sheet)
{
    static const struct {
        const char *key;
        enum sheet_rule_kind kind;
        const char *message;
    } from[] = {
        {"tested_on",    RULE_DAY,          "sheet.rule.test_day"    },
        {"own_tested",   RULE_COUNT,        "sheet.rule.count"       },
        {"achieved_qps", RULE_NOT_NEGATIVE, "sheet.rule.not_negative"},
        {"outcome",      RULE_LIST,         "sheet.rule.list"        }
    };
    const size_t all = sizeof from / sizeof *from;
    const struct layout *layout = &book->tests_layout;
    if (layout->data_rows == 0)
        return;
    struct sheet_rule *rules = arena_array(book->arena, all, struct sheet_rule);
    for (size_t i = 0; i < all; i++) {
        uint16_t column =
            (uint16_t)layout_find(layout, from[i].key, strlen(from[i].key));
        rules[i] =
            (struct sheet_rule){.kind = from[i].kind,
                                .first_row = ROW_DATA,
                                .last_row = sheet->row_count - 1,
                                .first_column = column,
                                .last_column = column,
                                .title = book_word(book, "sheet.rule.title"),
                                .message = book_word(book, from[i].message)};
    }
    rules[0].source = day_is_serial(book->season->as_of.day) ? "=AsOf" : NULL;
    book_choice(book, &rules[3], &book->labels[LABEL_OUTCOME][1], OUTCOMES,
                label_range(book, LABEL_OUTCOME));
    sheet->rules = rules;
    sheet->rule_count = all;
}

void
sheet_finish_tests(struct book *book, struct sheet *sheet)
{
    struct layout *layout = &book->tests_layout;
    layout_finish(book, layout, layout->data_rows, tests_start);
    layout_narrow(book, layout, "link", tests_start);
    *sheet = layout_sheet(book, SHEET_TESTS, layout);
    sheet->make_row = make_test;
    /* where a test comes from and how it is chosen is not printed */
    for (size_t i = layout->count; i-- > 0;)
        if (layout->columns[i]->group >= SOURCE)
            sheet->print_columns = (uint16_t)i;
    if (sheet->print_columns == 0)
        sheet->print_columns = (uint16_t)layout->count;
    set_test_rules(book, sheet);
}
