/*
 * The sheet Links: one row a link, worst first; what is given, and formulas
 * that compute the contract's section 3 from it.  Room document/.
 *
 * How to read the formulas: {key} is the cell of that column in the same row.
 * The test that counts was chosen on the sheet Tests.  A spreadsheet computes
 * in binary, so that per cents are multiplied as whole numbers and every number
 * that is rounded up or down for good is first moved by 2e-15 of itself, against
 * the noise: exact for rates below 1e8.  Beside each formula stands what it comes to: headroom's
 * own number for what is read, the same arithmetic in C for the workings.
 */
#include <math.h>
#include <string.h>

#include "assess/capacity.h"
#include "document/sheet_book.h"

static const struct baseline *
baseline_of(const struct row_of *row)
{
    return row->link->baseline;
}

/* The word of NA_Text, wherever a number is not proven. */
static void
unproven(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, row->book->unproven);
}

static void
known(const struct row_of *row, struct sheet_cell *cell, struct known number,
      double divide)
{
    cell_known(row->book, cell, number, divide);
}

static void
label(const struct row_of *row, struct sheet_cell *cell, enum label_list list,
      unsigned code)
{
    cell_text(cell, row->book->labels[list][code]);
}

/* --- what a link is -------------------------------------------------------- */

static void
no(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, row->book->no[row->index]);
}

static void
link_id(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, baseline_of(row)->link);
}

/* Never blank: the id where there is no name, as formulas read it. */
static void
name(const struct row_of *row, struct sheet_cell *cell)
{
    const char *text = book_text(row->book, baseline_of(row)->name);
    cell_text(cell, text ? text : baseline_of(row)->link);
}

static void
other_name(const struct row_of *row, struct sheet_cell *cell)
{
    struct text text = baseline_of(row)->name;
    cell_text(cell, row->book->lang == LANG_EN ? text.zh : text.en);
}

static void
domain(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, book_text(row->book, baseline_of(row)->domain));
}

static void
priority(const struct row_of *row, struct sheet_cell *cell)
{
    static const char *const text[PRIORITIES] = {"P0", "P1", "P2"};
    cell_text(cell, text[baseline_of(row)->priority]);
}

static void
owner(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, book_text(row->book, baseline_of(row)->owner));
}

static void
unit(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, row->book->words.unit);
}

static void
note(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, book_text(row->book, baseline_of(row)->note));
}

/* --- what may be changed --------------------------------------------------- */

static void
optional(struct sheet_cell *cell, struct optional number)
{
    if (number.given)
        cell_decimal_input(cell, number.value);
}

static void
count(struct sheet_cell *cell, unsigned number)
{
    if (number > 0)
        cell_number(cell, number);
}

static void
peak_qps(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->peak_qps);
}

static void
own_growth(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->growth.growth);
}

static void
own_buffer(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->growth.buffer);
}

static void
own_multiplier(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->growth.multiplier);
}

static void
own_target(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->target_qps);
}

static void
own_instances(const struct row_of *row, struct sheet_cell *cell)
{
    count(cell, baseline_of(row)->instances);
}

static void
max_instances(const struct row_of *row, struct sheet_cell *cell)
{
    count(cell, baseline_of(row)->max_instances);
}

static void
approved_instances(const struct row_of *row, struct sheet_cell *cell)
{
    if (baseline_of(row)->has_approved_instances)
        cell_number(cell, baseline_of(row)->approved_instances);
}

static void
optimisation(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->optimisation);
}

/* No formula reads it, so that it may be text where it is too long. */
static void
rate_limit(const struct row_of *row, struct sheet_cell *cell)
{
    if (baseline_of(row)->rate_limit_qps.given)
        cell_decimal(row->book, cell, baseline_of(row)->rate_limit_qps.value);
}

static void
due(const struct row_of *row, struct sheet_cell *cell)
{
    cell_day(row->book, cell, baseline_of(row)->due);
}

static void
retest_on(const struct row_of *row, struct sheet_cell *cell)
{
    cell_day(row->book, cell, baseline_of(row)->retest_on);
}

static void
own_validity(const struct row_of *row, struct sheet_cell *cell)
{
    count(cell, baseline_of(row)->validity_days);
}

static void
own_scale(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->scale_efficiency);
}

static void
own_safe(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->safe_level);
}

/* The inputs that formulas read and that a cell cannot hold exactly. */
static void
exact(const struct row_of *row, struct sheet_cell *cell)
{
    const struct baseline *baseline = baseline_of(row);
    const struct {
        const char *key;
        struct optional number;
    } inputs[] = {{"peak_qps", baseline->peak_qps},
                  {"target_qps", baseline->target_qps},
                  {"multiplier", baseline->growth.multiplier},
                  {"growth", baseline->growth.growth},
                  {"buffer", baseline->growth.buffer},
                  {"optimisation", baseline->optimisation},
                  {"scale_efficiency", baseline->scale_efficiency},
                  {"safe_level", baseline->safe_level}};
    const char *text = NULL;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        if (!inputs[i].number.given ||
            decimal_is_exact_double(inputs[i].number.value))
            continue;
        text = arena_format(row->book->arena, "%s%s%s = %s", text ? text : "",
                            text ? ", " : "", inputs[i].key,
                            decimal_text(row->book->arena,
                                         inputs[i].number.value));
    }
    cell_text(cell, text);
}

/* --- demand ---------------------------------------------------------------- */

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

static void
target(const struct row_of *row, struct sheet_cell *cell)
{
    cell_whole(cell, row->link->target_qps);
}

/* --- evidence -------------------------------------------------------------- */

static bool
is_tested(const struct row_of *row)
{
    return row->link->result != NULL;
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
        label(row, cell, LABEL_OUTCOME, row->link->outcome + 1);
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
    known(row, cell, row->link->per_instance_centi, 100);
}

static void
validity_days(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, row->link->validity_days);
}

static void
scale_efficiency(const struct row_of *row, struct sheet_cell *cell)
{
    cell_decimal_input(cell, row->link->scale_efficiency);
}

static void
safe_level(const struct row_of *row, struct sheet_cell *cell)
{
    cell_decimal_input(cell, row->link->safe_level);
}

/* --- capacity: workings ---------------------------------------------------- */

/* -1 stands for unknown: as many as there are. */
static void
left_or_unproven(const struct row_of *row, struct sheet_cell *cell,
                 double left)
{
    if (left >= 0)
        cell_number(cell, left);
    else
        unproven(row, cell);
}

static void
left(const struct row_of *row, struct sheet_cell *cell)
{
    left_or_unproven(row, cell, is_tested(row) ? row->left : -1);
}

static void
left_after(const struct row_of *row, struct sheet_cell *cell)
{
    left_or_unproven(row, cell, row->left_after);
}

static void
left_max(const struct row_of *row, struct sheet_cell *cell)
{
    if (row->left_max >= 0)
        cell_number(cell, row->left_max);
    else
        cell_text(cell, DASH);
}

static void
extrapolated(const struct row_of *row, struct sheet_cell *cell)
{
    if (is_tested(row))
        cell_number(cell, row->link->extrapolated);
    else
        unproven(row, cell);
}

static struct known
as_tested_of(const struct link *link)
{
    return link->proven ? link->usable_qps : link->shown_qps;
}

static void
as_tested(const struct row_of *row, struct sheet_cell *cell)
{
    known(row, cell, as_tested_of(row->link), 1);
}

static bool
reaches_target(const struct link *link)
{
    struct known usable = as_tested_of(link);
    return usable.known && usable.value >= link->target_qps;
}

static void
reaches(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, reaches_target(row->link));
}

static void
unproven_code(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, row->link->proven ? 0 : (int)row->link->state + 1);
}

static void
forecast_raw(const struct row_of *row, struct sheet_cell *cell)
{
    if (row->evidence == NULL) {
        unproven(row, cell);
        return;
    }
    const struct baseline *baseline = baseline_of(row);
    cell_whole(cell, capacity_floor(&row->evidence->capacity,
                                    (whole)row->link->instances +
                                        baseline->approved_instances,
                                    baseline->optimisation.value));
}

static void
need_or_unproven(const struct row_of *row, struct sheet_cell *cell,
                 double need)
{
    if (row->need_ratio > 0)
        cell_number(cell, need);
    else
        unproven(row, cell);
}

static void
need_ratio(const struct row_of *row, struct sheet_cell *cell)
{
    need_or_unproven(row, cell, row->need_ratio);
}

static void
need_first(const struct row_of *row, struct sheet_cell *cell)
{
    need_or_unproven(row, cell, row->need_first);
}

static void
need_at(const struct row_of *row, struct sheet_cell *cell)
{
    need_or_unproven(row, cell, row->need_at);
}

static void
need_below(const struct row_of *row, struct sheet_cell *cell)
{
    need_or_unproven(row, cell, row->need_below);
}

static void
need_left(const struct row_of *row, struct sheet_cell *cell)
{
    need_or_unproven(row, cell,
                     row->need_first + 1 - row->need_at - row->need_below);
}

/* --- what is read ---------------------------------------------------------- */

static void
usable(const struct row_of *row, struct sheet_cell *cell)
{
    known(row, cell, row->link->usable_qps, 1);
}

static void
attainment(const struct row_of *row, struct sheet_cell *cell)
{
    known(row, cell, row->link->attainment_milli, 1000);
}

static void
shortfall(const struct row_of *row, struct sheet_cell *cell)
{
    known(row, cell, row->link->shortfall_qps, 1);
}

static void
headroom(const struct row_of *row, struct sheet_cell *cell)
{
    known(row, cell, row->link->headroom_milli, 1000);
}

static void
break_even(const struct row_of *row, struct sheet_cell *cell)
{
    if (row->link->proven && !baseline_of(row)->peak_qps.given)
        cell_text(cell, DASH);
    else
        known(row, cell, row->link->break_even_milli, 1000);
}

static void
expansion(const struct row_of *row, struct sheet_cell *cell)
{
    known(row, cell, row->link->expansion, 1);
}

static void
forecast(const struct row_of *row, struct sheet_cell *cell)
{
    known(row, cell, row->link->forecast_qps, 1);
}

static void
gap_after(const struct row_of *row, struct sheet_cell *cell)
{
    known(row, cell, row->link->gap_after_qps, 1);
}

static void
optimise_gain(const struct row_of *row, struct sheet_cell *cell)
{
    if (row->link->optimise_gain_milli.known)
        known(row, cell, row->link->optimise_gain_milli, 1000);
    else
        cell_text(cell, DASH);
}

static void
state_code(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, row->link->state + 1);
}

static void
state(const struct row_of *row, struct sheet_cell *cell)
{
    label(row, cell, LABEL_STATE, row->link->state + 1);
}

static void
effect_code(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, row->link->effect + 1);
}

static void
effect(const struct row_of *row, struct sheet_cell *cell)
{
    label(row, cell, LABEL_EFFECT, row->link->effect + 1);
}

static void
action_code(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, row->link->action + 1);
}

static void
action(const struct row_of *row, struct sheet_cell *cell)
{
    label(row, cell, LABEL_ACTION, row->link->action + 1);
}

/* usable / (usable + target) in so many parts: rises with attainment, and
   stays below 1. */
static double
attainment_rank(const struct link *link, double scale)
{
    double have = whole_double(link->usable_qps.value);
    double part = round(have / (have + whole_double(link->target_qps)) * scale);
    return fmin(scale - 1, part);
}

/* Worst first [3.9] as one whole number of 15 digits: effect and state, then
   attainment, then the rank of the link's id. */
static void
sort_key(const struct row_of *row, struct sheet_cell *cell)
{
    const struct link *link = row->link;
    const struct book *book = row->book;
    double rank = link->proven
                      ? attainment_rank(link, 1e13 / book->id_places)
                      : 0;
    cell_number(cell, ((double)link->effect * STATES + (double)link->state) *
                              1e13 +
                          rank * book->id_places + book->no[row->index]);
}

static void
weak_key(const struct row_of *row, struct sheet_cell *cell)
{
    const struct book *book = row->book;
    if (row->link->proven && baseline_of(row)->priority == PRIORITY_P0)
        cell_number(cell, attainment_rank(row->link, 1e15 / book->id_places) *
                                  book->id_places +
                              book->no[row->index]);
    else
        cell_text(cell, DASH);
}

static void
deviation(const struct row_of *row, struct sheet_cell *cell)
{
    (void)row;
    cell_number(cell, 0);
}

/* --- the limits of the tests, as judged ------------------------------------ */

static void
slo_limit(const struct row_of *row, struct sheet_cell *cell, enum limit limit)
{
    struct optional number = row->link->slo.limit[limit];
    if (number.given)
        cell_decimal(row->book, cell, number.value);
    else
        cell_text(cell, DASH);
}

#define SLO_LIMIT(name, limit)                                                \
    static void name(const struct row_of *row, struct sheet_cell *cell)       \
    {                                                                         \
        slo_limit(row, cell, limit);                                          \
    }
SLO_LIMIT(slo_p50, LIMIT_P50_MS)
SLO_LIMIT(slo_p95, LIMIT_P95_MS)
SLO_LIMIT(slo_p99, LIMIT_P99_MS)
SLO_LIMIT(slo_p999, LIMIT_P999_MS)
SLO_LIMIT(slo_error_rate, LIMIT_ERROR_RATE)
SLO_LIMIT(slo_cpu, LIMIT_CPU)

/* --- the table ------------------------------------------------------------- */

enum group { IDENTITY = 1, RESULTS, INPUTS, DEMAND, EVIDENCE, WORKINGS, LIMITS_OF_TESTS };

/* Rounded for good, against ourselves; what binary noise there is (less than
   1.4e-15 of the number after a dozen operations) does not decide. */
#define DOWN(x) "ROUNDDOWN((" x ")*(1+2E-15),0)"
#define UP(x) "ROUNDUP((" x ")*(1-2E-15),0)"
/* What is left of k instances after losing zones [3.4]. */
#define LEFT(k)                                                               \
    k "-ZonesLost*ROUNDDOWN(" k "/Zones,0)-MIN(ZonesLost," k                  \
      "-Zones*ROUNDDOWN(" k "/Zones,0))"
/* What k instances bring, in tested ones [3.4]. */
#define WEIGHT(k)                                                             \
    "(MIN(" k ",{tested_instances})+MAX(0," k                                 \
    "-{tested_instances})*{scale_efficiency})"
/* Whether so many instances left reach the target. */
#define REACH(k)                                                              \
    "(" DOWN("{achieved_qps}*{safe_level}*(1+MAX(0,{optimisation}))*" WEIGHT(k) \
             "/{tested_instances}") ">={target_qps})*1"
#define UNPROVEN_ELSE(formula) "IF({unproven}=0," formula ",NA_Text)"
#define OF_TEST(key) "IF({test}=0,NA_Text,INDEX([tests." key "],{test}))"
#define OWN_ELSE(own, season)                                                 \
    "IF(ISNUMBER({" own "}),{" own "}," season ")"
#define NEEDED(formula) "IF(ISNUMBER({need_ratio})," formula ",NA_Text)"

#define NUMBER SHEET_NUMBER
#define PERCENT SHEET_PERCENT

/* clang-format off */
const struct sheet_column links_columns[] = {
/*   key                 heading                    unit   group     role          format        dec exact  width formula value */
    {"no",               "sheet.column.no",         false, IDENTITY, ROLE_PLAIN,   SHEET_NUMBER,  0, false, 6,  NULL, no},
    {"link",             "column.link",             false, IDENTITY, ROLE_PLAIN,   SHEET_TEXT,    0, false, 22, NULL, link_id},
    {"name",             "column.name",             false, IDENTITY, ROLE_KEY,     SHEET_TEXT,    0, false, 26, NULL, name},
    {"other_name",       "sheet.column.other_name", false, IDENTITY, ROLE_PLAIN,   SHEET_TEXT,    0, false, 22, NULL, other_name},
    {"domain",           "column.domain",           false, IDENTITY, ROLE_PLAIN,   SHEET_TEXT,    0, false, 12, NULL, domain},
    {"priority",         "column.priority",         false, IDENTITY, ROLE_INPUT,   SHEET_TEXT,    0, false, 9,  NULL, priority},
    {"owner",            "column.owner",            false, IDENTITY, ROLE_PLAIN,   SHEET_TEXT,    0, false, 14, NULL, owner},
    {"unit",             "sheet.column.unit",       false, IDENTITY, ROLE_PLAIN,   SHEET_TEXT,    0, false, 6,  NULL, unit},

    {"state",            "column.state",            false, RESULTS, ROLE_KEY,      SHEET_GENERAL, 0, false, 18, "INDEX(StateNames,{state_code})", state},
    {"effect",           "column.effect",           false, RESULTS, ROLE_OUTPUT,   SHEET_GENERAL, 0, false, 10, "INDEX([effects],{effect_code})", effect},
    {"action",           "column.action",           false, RESULTS, ROLE_OUTPUT,   SHEET_GENERAL, 0, false, 10, "INDEX([actions],{action_code})", action},
    {"target_qps",       "column.target_qps",       true,  RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 13,
     "MAX(1," UP("IF({demand_rule}=1,{own_target},{peak_qps}*ROUND(N({multiplier})*100,10)/100)") ")", target},
    {"usable_qps",       "column.usable_qps",       true,  RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 13, UNPROVEN_ELSE("{as_tested}"), usable},
    {"attainment",       "column.attainment",       false, RESULTS, ROLE_KEY,      PERCENT,       1, false, 11, UNPROVEN_ELSE("ROUNDDOWN({as_tested}*1000/{target_qps},0)/1000"), attainment},
    {"shortfall_qps",    "column.shortfall_qps",    true,  RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 13, UNPROVEN_ELSE("MAX(0,{target_qps}-{as_tested})"), shortfall},
    {"headroom",         "column.headroom",         false, RESULTS, ROLE_OUTPUT,   PERCENT,       1, false, 11, UNPROVEN_ELSE("ROUND({attainment}-1,3)"), headroom},
    {"break_even",       "column.break_even",       false, RESULTS, ROLE_OUTPUT,   NUMBER,        3, false, 11,
     UNPROVEN_ELSE("IF(MAX(0,{peak_qps})>0," DOWN("{as_tested}*1000/{peak_qps}") "/1000,[dash])"), break_even},
    {"expansion",        "column.expansion",        false, RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 11,
     "IF(ISNUMBER({need_left}),MAX(0,{need_left}+ZonesLost*ROUNDUP({need_left}/(Zones-ZonesLost),0)-{instances}),"
     "IF(({unproven}=0)*(N({forecast_raw})>={target_qps})>0,0,NA_Text))", expansion},
    {"forecast_qps",     "column.forecast_qps",     true,  RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 13, UNPROVEN_ELSE("{forecast_raw}"), forecast},
    {"gap_after_qps",    "column.gap_after_qps",    true,  RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 13, UNPROVEN_ELSE("MAX(0,{target_qps}-{forecast_raw})"), gap_after},
    {"optimise_gain",    "sheet.column.optimise_gain", false, RESULTS, ROLE_OUTPUT, PERCENT,      1, false, 12,
     "IF(({action_code}=5)*N({achieved_qps})*N({left_max})>0,ROUND(" UP("{target_qps}*1000*{tested_instances}/({achieved_qps}*{safe_level}*" WEIGHT("{left_max}") ")") "/1000-1,3),[dash])", optimise_gain},

    {"peak_qps",         "column.peak_qps",         true,  INPUTS, ROLE_INPUT,     NUMBER,        0, true,  13, NULL, peak_qps},
    {"own_growth",       "sheet.column.own_growth", false, INPUTS, ROLE_INPUT,     PERCENT,       0, true,  11, NULL, own_growth},
    {"own_buffer",       "sheet.column.own_buffer", false, INPUTS, ROLE_INPUT,     PERCENT,       0, true,  11, NULL, own_buffer},
    {"own_multiplier",   "sheet.column.own_multiplier", false, INPUTS, ROLE_INPUT, NUMBER,        0, true,  11, NULL, own_multiplier},
    {"own_target",       "sheet.column.own_target", true,  INPUTS, ROLE_INPUT,     NUMBER,        0, true,  13, NULL, own_target},
    {"own_instances",    "column.instances",        false, INPUTS, ROLE_INPUT,     NUMBER,        0, false, 11, NULL, own_instances},
    {"max_instances",    "column.max_instances",    false, INPUTS, ROLE_INPUT,     NUMBER,        0, false, 11, NULL, max_instances},
    {"approved_instances", "column.approved_instances", false, INPUTS, ROLE_INPUT, NUMBER,        0, false, 11, NULL, approved_instances},
    {"optimisation",     "column.optimisation",     false, INPUTS, ROLE_INPUT,     PERCENT,       0, true,  11, NULL, optimisation},
    {"rate_limit_qps",   "column.rate_limit_qps",   true,  INPUTS, ROLE_INPUT,     NUMBER,        0, true,  12, NULL, rate_limit},
    {"due",              "column.due",              false, INPUTS, ROLE_INPUT,     SHEET_DATE,    0, false, 12, NULL, due},
    {"retest_on",        "column.retest_on",        false, INPUTS, ROLE_INPUT,     SHEET_DATE,    0, false, 12, NULL, retest_on},
    {"own_validity",     "sheet.column.own_validity", false, INPUTS, ROLE_INPUT,   NUMBER,        0, false, 11, NULL, own_validity},
    {"own_scale",        "sheet.column.own_scale",  false, INPUTS, ROLE_INPUT,     NUMBER,        0, true,  11, NULL, own_scale},
    {"own_safe",         "sheet.column.own_safe",   false, INPUTS, ROLE_INPUT,     PERCENT,       0, true,  11, NULL, own_safe},
    {"note",             "column.note",             false, INPUTS, ROLE_INPUT,     SHEET_TEXT,    0, false, 26, NULL, note},
    {"exact",            "sheet.column.exact",      false, INPUTS, ROLE_PLAIN,     SHEET_TEXT,    0, false, 30, NULL, exact},

    {"demand_rule",      "sheet.column.demand_rule", false, DEMAND, ROLE_WORKING,  NUMBER,        0, false, 10,
     "MIN(4,4-3*ISNUMBER({own_target}),4-2*ISNUMBER({own_multiplier}),4-(COUNT({own_growth},{own_buffer})=0)*ISNUMBER(SeasonMultiplier))", demand_rule},
    {"growth",           "column.growth",           false, DEMAND, ROLE_WORKING,   PERCENT,       0, true,  10,
     "CHOOSE(1+({demand_rule}=4)*(1+ISNUMBER({own_growth})),[dash],SeasonGrowth,{own_growth})", growth},
    {"buffer",           "column.buffer",           false, DEMAND, ROLE_WORKING,   PERCENT,       0, true,  10,
     "CHOOSE(1+({demand_rule}=4)*(1+ISNUMBER({own_buffer})),[dash],SeasonBuffer,{own_buffer})", buffer},
    {"multiplier",       "column.multiplier",       false, DEMAND, ROLE_WORKING,   NUMBER,        0, true,  10,
     "CHOOSE({demand_rule},[dash],{own_multiplier},SeasonMultiplier,ROUND(1+N({growth})+N({buffer})+([compose]=[multiply])*N({growth})*N({buffer}),12))", multiplier},

    {"test",             "sheet.column.test",       false, EVIDENCE, ROLE_WORKING, NUMBER,        0, false, 10,
     "IF(COUNT({choice@own})=0,0,MIN({choice@own})-ROUNDDOWN(MIN({choice@own})/10000000,0)*10000000)", test},
    {"tested_on",        "column.tested_on",        false, EVIDENCE, ROLE_WORKING, SHEET_DATE,    0, false, 12, OF_TEST("tested_on"), tested_on},
    {"age_days",         "column.age_days",         false, EVIDENCE, ROLE_WORKING, NUMBER,        0, false, 10, OF_TEST("age_days"), age_days},
    {"achieved_qps",     "column.achieved_qps",     true,  EVIDENCE, ROLE_WORKING, NUMBER,        0, true,  13, OF_TEST("achieved_qps"), achieved},
    {"outcome",          "column.outcome",          false, EVIDENCE, ROLE_WORKING, SHEET_GENERAL, 0, false, 12, OF_TEST("outcome"), outcome},
    {"limited_by",       "column.limited_by",       false, EVIDENCE, ROLE_WORKING, SHEET_GENERAL, 0, false, 18, OF_TEST("limited_by"), limited_by},
    {"tested_instances", "column.tested_instances", false, EVIDENCE, ROLE_WORKING, NUMBER,        0, false, 11, OF_TEST("tested_instances"), tested_instances},
    {"instances",        "sheet.column.instances",  false, EVIDENCE, ROLE_WORKING, NUMBER,        0, false, 11,
     "IF(MAX(0,{own_instances})>0,{own_instances},{tested_instances})", instances},
    {"per_instance_qps", "column.per_instance_qps", true,  EVIDENCE, ROLE_WORKING, NUMBER,        2, false, 12,
     "IF(N({tested_instances})>0," DOWN("{achieved_qps}*100/{tested_instances}") "/100,NA_Text)", per_instance},

    {"validity_days",    "column.validity_days",    false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10, OWN_ELSE("own_validity", "SeasonValidDays"), validity_days},
    {"scale_efficiency", "column.scale_efficiency", false, WORKINGS, ROLE_WORKING, NUMBER,        0, true,  10, OWN_ELSE("own_scale", "SeasonScaleEff"), scale_efficiency},
    {"safe_level",       "column.safe_level",       false, WORKINGS, ROLE_WORKING, PERCENT,       0, true,  10, OWN_ELSE("own_safe", "SeasonSafeLevel"), safe_level},
    {"left",             "sheet.column.left",       false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10, OF_TEST("left"), left},
    {"extrapolated",     "sheet.column.extrapolated", false, WORKINGS, ROLE_WORKING, NUMBER,      0, false, 10,
     "IF({test}=0,NA_Text,(N({left})>N({tested_instances}))*1)", extrapolated},
    {"as_tested",        "sheet.column.as_tested",  true,  WORKINGS, ROLE_WORKING, NUMBER,        0, false, 13, OF_TEST("usable_qps"), as_tested},
    {"reaches",          "sheet.column.reaches",    false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10, "(N({as_tested})>={target_qps})*1", reaches},
    {"unproven",         "sheet.column.unproven",   false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10,
     "CHOOSE(1+({test}>0)*(1+(N({age_days})<={validity_days})),2,3,"
     "4*({reaches}*(N({left})>MaxExtrapolation*N({tested_instances})*(1+2E-15))+(1-{reaches})*({outcome}=[at_least])>0))", unproven_code},
    {"left_after",       "sheet.column.left_after", false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10,
     "IF(ISNUMBER({left})," LEFT("({instances}+MAX(0,{approved_instances}))") ",NA_Text)", left_after},
    {"forecast_raw",     "sheet.column.forecast_raw", true, WORKINGS, ROLE_WORKING, NUMBER,       0, false, 13,
     "IF(ISNUMBER({achieved_qps})," DOWN("{achieved_qps}*{safe_level}*(1+MAX(0,{optimisation}))*"
     "IF(ISNUMBER({left_after})," WEIGHT("{left_after}") "/{tested_instances},1)") ",NA_Text)", forecast_raw},
    {"need_ratio",       "sheet.column.need_ratio", false, WORKINGS, ROLE_WORKING, NUMBER,        3, false, 10,
     "IF(({unproven}=0)*N({achieved_qps})*N({tested_instances})>0,{target_qps}/({achieved_qps}*{safe_level}*(1+MAX(0,{optimisation}))),NA_Text)", need_ratio},
    {"need_first",       "sheet.column.need_first", false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10,
     NEEDED(UP("{tested_instances}*(MIN(1,{need_ratio})+MAX(0,{need_ratio}-1)/{scale_efficiency})")), need_first},
    {"need_at",          "sheet.column.need_at",    false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10, NEEDED(REACH("{need_first}")), need_at},
    {"need_below",       "sheet.column.need_below", false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10, NEEDED(REACH("({need_first}-1)")), need_below},
    {"need_left",        "sheet.column.need_left",  false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10, NEEDED("{need_first}+1-{need_at}-{need_below}"), need_left},
    {"left_max",         "sheet.column.left_max",   false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10,
     "IF(MAX(0,{max_instances})>0," LEFT("{max_instances}") ",[dash])", left_max},
    {"state_code",       "sheet.column.state_code", false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10,
     "IF({unproven}>0,{unproven},1+5*{reaches}+4*(1-{reaches})*(N({forecast_raw})>={target_qps})*(MAX(0,{due})<=[due_by]))", state_code},
    {"effect_code",      "sheet.column.effect_code", false, WORKINGS, ROLE_WORKING, NUMBER,       0, false, 10,
     "IF({state_code}=6,4,CHOOSE(1+({priority}=\"P1\")+2*({priority}=\"P2\"),1+({state_code}=5),2,3))", effect_code},
    {"action_code",      "sheet.column.action_code", false, WORKINGS, ROLE_WORKING, NUMBER,       0, false, 10,
     "CHOOSE({state_code},4+((N({achieved_qps})=0)+(MAX(0,{max_instances})>0)*(N({instances})+N({expansion})>MAX(0,{max_instances}))>0),2,3,3,3,1)", action_code},
    {"sort_key",         "sheet.column.sort_key",   false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 20,
     "(({effect_code}-1)*6+{state_code}-1)*1E13+({unproven}=0)*MIN([sort_scale]-1,ROUND(N({as_tested})/(N({as_tested})+{target_qps})*[sort_scale],0))*[id_places]+{no}", sort_key},
    {"weak_key",         "sheet.column.weak_key",   false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 20,
     "IF(({priority}=\"P0\")*({unproven}=0)>0,MIN([weak_scale]-1,ROUND({as_tested}/({as_tested}+{target_qps})*[weak_scale],0))*[id_places]+{no},[dash])", weak_key},
    {"written_state",    "sheet.column.written_state", false, WORKINGS, ROLE_PLAIN, SHEET_TEXT,   0, false, 18, NULL, state},
    {"deviation",        "sheet.column.deviation",  false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 10, "({state}<>{written_state})*1", deviation},

    {"slo_p50_ms",       "sheet.column.slo_p50_ms", false, LIMITS_OF_TESTS, ROLE_PLAIN, NUMBER,   0, true,  10, NULL, slo_p50},
    {"slo_p95_ms",       "sheet.column.slo_p95_ms", false, LIMITS_OF_TESTS, ROLE_PLAIN, NUMBER,   0, true,  10, NULL, slo_p95},
    {"slo_p99_ms",       "sheet.column.slo_p99_ms", false, LIMITS_OF_TESTS, ROLE_PLAIN, NUMBER,   0, true,  10, NULL, slo_p99},
    {"slo_p999_ms",      "sheet.column.slo_p999_ms", false, LIMITS_OF_TESTS, ROLE_PLAIN, NUMBER,  0, true,  10, NULL, slo_p999},
    {"slo_error_rate",   "sheet.column.slo_error_rate", false, LIMITS_OF_TESTS, ROLE_PLAIN, PERCENT, 0, true, 10, NULL, slo_error_rate},
    {"slo_cpu",          "sheet.column.slo_cpu",    false, LIMITS_OF_TESTS, ROLE_PLAIN, PERCENT,  0, true,  10, NULL, slo_cpu},
};
/* clang-format on */
const size_t links_column_count = sizeof links_columns / sizeof *links_columns;

/* --- which of them ---------------------------------------------------------- */

static bool
any_link(const struct book *book, bool (*has)(const struct book *, size_t row))
{
    for (size_t i = 0; i < book->link_count; i++)
        if (has(book, i))
            return true;
    return false;
}

static bool
has_other_name(const struct book *book, size_t row)
{
    struct text text = book->links[row]->baseline->name;
    return text.zh != NULL && text.en != NULL;
}

static bool
has_exact(const struct book *book, size_t row)
{
    struct row_of of = {.book = book, .link = book->links[row]};
    struct sheet_cell cell = {.kind = SHEET_CELL_BLANK};
    exact(&of, &cell);
    return cell.kind == SHEET_CELL_TEXT;
}

/* Columns that would stand empty in this season are left out, unless something
   may be written there. */
bool
links_column_is_used(const struct book *book, const char *key)
{
    if (strcmp(key, "other_name") == 0)
        return any_link(book, has_other_name);
    if (strcmp(key, "exact") == 0)
        return any_link(book, has_exact);
    if (strncmp(key, "slo_", 4) != 0)
        return true;
    for (unsigned i = 0; i < SLO_LIMITS; i++)
        if (strcmp(key + 4, limit_key[i]) == 0)
            for (size_t row = 0; row < book->link_count; row++)
                if (book->links[row]->slo.limit[i].given)
                    return true;
    return false;
}

/* --- rows -------------------------------------------------------------------- */

/* The evidence that counts. */
static const struct evidence *
counting_evidence(const struct link *link, size_t *position)
{
    for (size_t i = 0; link->result && i < link->tests->count; i++)
        if (link->tests->list[i].result == link->result) {
            *position = i;
            return &link->tests->list[i];
        }
    return NULL;
}

static double
weight(const struct row_of *row, double k)
{
    double m = row->link->tested_instances;
    return fmin(k, m) +
           fmax(0, k - m) * decimal_double(row->link->scale_efficiency);
}

/* As the formulas guard against binary noise. */
#define NOISE 2e-15

static bool
does_reach(const struct row_of *row, double k)
{
    const struct link *link = row->link;
    double gain = decimal_double(link->baseline->optimisation.value);
    double have = decimal_double(link->achieved_qps) *
                  decimal_double(link->safe_level) * (1 + gain) *
                  weight(row, k) / link->tested_instances;
    return trunc(have * (1 + NOISE)) >= whole_double(link->target_qps);
}

static void
start_needs(struct row_of *row)
{
    const struct link *link = row->link;
    double achieved_qps = decimal_double(link->achieved_qps);
    if (!link->proven || achieved_qps <= 0 || link->tested_instances == 0)
        return;
    double gain = decimal_double(link->baseline->optimisation.value);
    double ratio = whole_double(link->target_qps) /
                   (achieved_qps * decimal_double(link->safe_level) *
                    (1 + gain));
    row->need_ratio = ratio;
    double efficiency = decimal_double(link->scale_efficiency);
    row->need_first =
        ceil(link->tested_instances *
             (fmin(1, ratio) + fmax(0, ratio - 1) / efficiency) * (1 - NOISE));
    row->need_at = does_reach(row, row->need_first);
    row->need_below = does_reach(row, row->need_first - 1);
}

static void
start_row(const struct book *book, size_t index, struct row_of *row)
{
    const struct link *link = book->links[index];
    const struct baseline *baseline = link->baseline;
    size_t position = 0;
    row->link = link;
    row->evidence = counting_evidence(link, &position);
    row->left = row->left_after = row->left_max = -1;
    struct capacity zones = {.zones = book->season->zones,
                             .survive_zones = book->season->survive_zones};
    if (baseline->max_instances > 0)
        row->left_max =
            whole_double(capacity_left(&zones, baseline->max_instances));
    if (row->evidence == NULL)
        return;
    row->chosen = book->first_test[index] + position + 1;
    if (link->instances > 0) {
        row->left = whole_double(capacity_left(&zones, link->instances));
        row->left_after = whole_double(capacity_left(
            &zones, (whole)link->instances + baseline->approved_instances));
    }
    start_needs(row);
}

static void
make_row(const struct sheet *sheet, uint32_t number, struct sheet_row *row)
{
    const struct book *book = sheet->context;
    if (row_above_head(book, SHEET_LINKS, number, row))
        return;
    if (number == ROW_GROUP) {
        layout_groups(&book->links_layout, row);
        return;
    }
    if (number == ROW_HEAD) {
        layout_head(&book->links_layout, row);
        return;
    }
    size_t index = number - ROW_DATA;
    struct row_of of = {.book = book, .index = index};
    start_row(book, index, &of);
    layout_row(&book->links_layout, &of, number + 1,
               ROW_DATA + 1 + book->first_test[index],
               ROW_DATA + book->first_test[index + 1], row);
}

/* --- rules and looks ---------------------------------------------------------- */

struct column_rule {
    const char *key;
    enum sheet_rule_kind kind;
    const char *message; /* key of the word */
};

static const struct column_rule column_rules[] = {
    {"priority", RULE_WORDS, "sheet.rule.priority"},
    {"peak_qps", RULE_POSITIVE, "sheet.rule.positive"},
    {"own_growth", RULE_ABOVE_MINUS_ONE, "sheet.rule.growth"},
    {"own_buffer", RULE_NOT_NEGATIVE, "sheet.rule.not_negative"},
    {"own_multiplier", RULE_POSITIVE, "sheet.rule.positive"},
    {"own_target", RULE_POSITIVE, "sheet.rule.positive"},
    {"own_instances", RULE_WHOLE, "sheet.rule.whole"},
    {"max_instances", RULE_WHOLE, "sheet.rule.whole"},
    {"approved_instances", RULE_WHOLE, "sheet.rule.whole"},
    {"optimisation", RULE_NOT_NEGATIVE, "sheet.rule.not_negative"},
    {"rate_limit_qps", RULE_NOT_NEGATIVE, "sheet.rule.not_negative"},
    {"due", RULE_DAY, "sheet.rule.day"},
    {"retest_on", RULE_DAY, "sheet.rule.day"},
    {"own_validity", RULE_WHOLE, "sheet.rule.whole"},
    {"own_scale", RULE_SHARE, "sheet.rule.share"},
    {"own_safe", RULE_SHARE, "sheet.rule.share"},
};

static void
set_rules(struct book *book, struct sheet *sheet)
{
    static const char *const priorities[] = {"P0", "P1", "P2", NULL};
    const struct layout *layout = &book->links_layout;
    size_t all = sizeof column_rules / sizeof *column_rules;
    struct sheet_rule *rules =
        arena_array(book->arena, all, struct sheet_rule);
    for (size_t i = 0; i < all; i++) {
        const struct column_rule *from = &column_rules[i];
        uint16_t column = (uint16_t)layout_find(layout, from->key,
                                                strlen(from->key));
        rules[i] = (struct sheet_rule){
            .kind = from->kind,
            .first_row = ROW_DATA,
            .last_row = sheet->row_count - 1,
            .first_column = column,
            .last_column = column,
            .words = from->kind == RULE_WORDS ? priorities : NULL,
            .title = book_word(book, "sheet.rule.title"),
            .message = book_word(book, from->message)};
    }
    sheet->rules = rules;
    sheet->rule_count = all;
}

static void
set_looks(struct book *book, struct sheet *sheet)
{
    const struct layout *layout = &book->links_layout;
    static const char *const gaps[] = {"shortfall_qps", "gap_after_qps"};
    struct sheet_look *looks = arena_array(book->arena, 4, struct sheet_look);
    uint32_t last = sheet->row_count - 1;
    size_t made = 0;
    for (size_t i = 0; i < 2; i++) {
        uint16_t column =
            (uint16_t)layout_find(layout, gaps[i], strlen(gaps[i]));
        looks[made++] = (struct sheet_look){LOOK_BAD_ABOVE_ZERO, ROW_DATA,
                                            last, column, column, NULL};
    }
    char letters[4];
    sheet_letters((unsigned)layout_find(layout, "state_code", 10), letters);
    uint16_t state_column = (uint16_t)layout_find(layout, "state", 5);
    looks[made++] = (struct sheet_look){
        LOOK_BAD_WHEN, ROW_DATA, last, state_column, state_column,
        arena_format(book->arena, "$%s%d=1", letters, ROW_DATA + 1)};
    looks[made++] = (struct sheet_look){
        LOOK_MUTED_IF, ROW_DATA, last, 0, (uint16_t)(layout->count - 1),
        "NA_Text"};
    sheet->looks = looks;
    sheet->look_count = made;
}

/* The columns up to the end of the results are printed. */
static uint16_t
print_columns(const struct layout *layout)
{
    size_t end = 0;
    for (size_t i = 0; i < layout->count; i++)
        if (layout->columns[i]->group <= RESULTS)
            end = i + 1;
        else
            break;
    return (uint16_t)(end > 0 ? end : layout->count);
}

void
sheet_plan_links(struct book *book, const struct template_part *part)
{
    layout_choose(book, &book->links_layout, links_columns,
                  links_column_count, links_column_is_used, part,
                  "sheet.group");
    book->links_layout.data_rows = (uint32_t)book->link_count;
}

void
sheet_finish_links(struct book *book, struct sheet *sheet)
{
    struct layout *layout = &book->links_layout;
    layout_finish(book, layout, layout->data_rows, start_row);
    int named = layout_find(layout, "name", 4);
    *sheet = (struct sheet){.kind = SHEET_LINKS,
                            .name = book->name[SHEET_LINKS],
                            .widths = layout->widths,
                            .column_count = layout->count,
                            .row_count = ROW_DATA + layout->data_rows,
                            .head_row = ROW_HEAD,
                            .frozen_columns =
                                (uint16_t)(named < 4 ? named + 1 : 1),
                            .print_columns = print_columns(layout),
                            .filter = true,
                            .make_row = make_row,
                            .context = book};
    set_rules(book, sheet);
    set_looks(book, sheet);
}
