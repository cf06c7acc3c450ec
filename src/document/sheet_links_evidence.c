/*
 * The sheet Links: workings of the target and of the test that counts.  Room
 * document/.
 */
#include "document/sheet_links.h"

static const struct baseline *
baseline_of(const struct row_of *row)
{
    return row->link->baseline;
}

/* --- demand --------------------------------------------------------------- */

/* 1 the link's target, 2 its multiplier, 3 the season's, 4 growth and buffer */
static unsigned
rule_of(const struct row_of *row)
{
    const struct baseline *baseline = baseline_of(row);
    if (baseline->target_qps.given)
        return 1;
    if (baseline->growth.multiplier.given)
        return 2;
    return row->link->growth.given ? 4 : 3;
}

static void
demand_rule(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, rule_of(row));
}

static void
optional_or_dash(struct sheet_cell *cell, struct optional number)
{
    if (number.given)
        cell_decimal_input(cell, number.value);
    else
        cell_text(cell, DASH);
}

static void
growth(const struct row_of *row, struct sheet_cell *cell)
{
    optional_or_dash(cell, row->link->growth);
}

static void
buffer(const struct row_of *row, struct sheet_cell *cell)
{
    optional_or_dash(cell, row->link->buffer);
}

static void
multiplier(const struct row_of *row, struct sheet_cell *cell)
{
    optional_or_dash(cell, row->link->multiplier);
}

/* --- evidence ------------------------------------------------------------- */

static bool
is_tested(const struct row_of *row)
{
    return row->link->result != NULL;
}

/* The word of NA_Text, wherever a number is not proven. */
static void
unproven(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, row->book->unproven);
}

static void
test(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, (double)row->chosen);
    if (row->book->first_test[row->index] ==
        row->book->first_test[row->index + 1])
        cell->formula = "0"; /* no test to choose from */
}

static void
tested_on(const struct row_of *row, struct sheet_cell *cell)
{
    if (is_tested(row))
        cell_day(row->book, cell, row->link->result->date);
    else
        unproven(row, cell);
}

static void
age_days(const struct row_of *row, struct sheet_cell *cell)
{
    if (is_tested(row))
        cell_number(cell, row->link->age_days);
    else
        unproven(row, cell);
}

static void
achieved(const struct row_of *row, struct sheet_cell *cell)
{
    if (is_tested(row))
        cell_decimal_input(cell, row->link->achieved_qps);
    else
        unproven(row, cell);
}

static void
outcome(const struct row_of *row, struct sheet_cell *cell)
{
    if (is_tested(row))
        cell_text(cell,
                  row->book->labels[LABEL_OUTCOME][row->link->outcome + 1]);
    else
        unproven(row, cell);
}

static void
limited_by(const struct row_of *row, struct sheet_cell *cell)
{
    if (is_tested(row))
        cell_text(cell, row->book->limits[row->link->limited_by]);
    else
        unproven(row, cell);
}

static void
count_or_unproven(const struct row_of *row, struct sheet_cell *cell,
                  unsigned number)
{
    if (number > 0)
        cell_number(cell, number);
    else
        unproven(row, cell);
}

static void
tested_instances(const struct row_of *row, struct sheet_cell *cell)
{
    count_or_unproven(row, cell, row->link->tested_instances);
}

static void
instances(const struct row_of *row, struct sheet_cell *cell)
{
    count_or_unproven(row, cell, row->link->instances);
}

static void
per_instance(const struct row_of *row, struct sheet_cell *cell)
{
    cell_known(row->book, cell, row->link->per_instance_centi, 100);
}

/* --- the tables ----------------------------------------------------------- */

/* clang-format off */
const struct sheet_column links_demand[] = {
    {"demand_rule",      "sheet.column.demand_rule", false, DEMAND, ROLE_WORKING,  NUMBER,        0, false, 34,
     "MIN(4,4-3*ISNUMBER({own_target}),4-2*ISNUMBER({own_multiplier}),4-(COUNT({own_growth},{own_buffer})=0)*ISNUMBER(SeasonMultiplier))", demand_rule},
    {"growth",           "column.growth",           false, DEMAND, ROLE_WORKING,   PERCENT,       0, true,  10,
     "CHOOSE(1+({demand_rule}=4)*(1+ISNUMBER({own_growth})),[dash],SeasonGrowth,{own_growth})", growth},
    {"buffer",           "column.buffer",           false, DEMAND, ROLE_WORKING,   PERCENT,       0, true,  10,
     "CHOOSE(1+({demand_rule}=4)*(1+ISNUMBER({own_buffer})),[dash],SeasonBuffer,{own_buffer})", buffer},
    {"multiplier",       "column.multiplier",       false, DEMAND, ROLE_WORKING,   NUMBER,        0, true,  10,
     "CHOOSE({demand_rule},[dash],{own_multiplier},SeasonMultiplier,ROUND(1+N({growth})+N({buffer})+([compose]=[multiply])*N({growth})*N({buffer}),12))", multiplier},
};

const struct sheet_column links_evidence[] = {
    {"test",             "sheet.column.test",       false, EVIDENCE, ROLE_WORKING, NUMBER,        0, false, 10,
     "IF(COUNT({choice@own})=0,0,MIN({choice@own})-ROUNDDOWN(MIN({choice@own})/10000000,0)*10000000)", test},
    {"tested_on",        "column.tested_on",        false, EVIDENCE, ROLE_WORKING, SHEET_DATE,    0, false, 12, OF_TEST("tested_on"), tested_on},
    {"age_days",         "column.age_days",         false, EVIDENCE, ROLE_WORKING, NUMBER,        0, false, 10, OF_TEST("age_days"), age_days},
    {"achieved_qps",     "column.achieved_qps",     true,  EVIDENCE, ROLE_WORKING, NUMBER,        0, true,  13, OF_TEST("achieved_qps"), achieved},
    {"outcome",          "column.outcome",          false, EVIDENCE, ROLE_WORKING, SHEET_GENERAL, 0, false, 12, OF_TEST("outcome"), outcome},
    {"limited_by",       "column.limited_by",       false, EVIDENCE, ROLE_WORKING, SHEET_GENERAL, 0, false, 46, OF_TEST("limited_by"), limited_by},
    {"tested_instances", "column.tested_instances", false, EVIDENCE, ROLE_WORKING, NUMBER,        0, false, 11, OF_TEST("tested_instances"), tested_instances},
    {"instances",        "sheet.column.instances",  false, EVIDENCE, ROLE_WORKING, NUMBER,        0, false, 11,
     "IF(MAX(0,{own_instances})>0,{own_instances},{tested_instances})", instances},
    {"per_instance_qps", "column.per_instance_qps", true,  EVIDENCE, ROLE_WORKING, NUMBER,        2, false, 12,
     "IF(N({tested_instances})>0," DOWN("{achieved_qps}*100/{tested_instances}") "/100,NA_Text)", per_instance},
};
/* clang-format on */
const size_t links_demand_count = sizeof links_demand / sizeof *links_demand;
const size_t links_evidence_count =
    sizeof links_evidence / sizeof *links_evidence;
