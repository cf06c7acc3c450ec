/*
 * The sheet Links: capacity, state and what is asked for, with the workings
 * behind them.  Room document/.
 *
 * Beside each formula stands what it comes to: headroom's own number for what
 * is read, the same arithmetic in C for the workings.
 */
#include <math.h>

#include "assess/capacity.h"
#include "document/column_value.h"
#include "document/sheet_links.h"

static const struct baseline *
baseline_of(const struct row_of *row)
{
    return row->link->baseline;
}

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

/* --- capacity: workings --------------------------------------------------- */

/* -1 stands for unknown: as many as there are. */
static void
left_or_unproven(const struct row_of *row, struct sheet_cell *cell, double left)
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
need_or_unproven(const struct row_of *row, struct sheet_cell *cell, double need)
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

/* --- what is read --------------------------------------------------------- */

static void
target(const struct row_of *row, struct sheet_cell *cell)
{
    cell_whole(cell, row->link->target_qps);
}

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
    if (row->link->proven && !row->link->expansion.known)
        cell_text(cell, row->book->not_by_instances);
    else
        known(row, cell, row->link->expansion, 1);
}

/* A dagger where as many instances are needed as the quota does not allow. */
static void
over_quota(const struct row_of *row, struct sheet_cell *cell)
{
    const struct link *link = row->link;
    const unsigned quota = baseline_of(row)->max_instances;
    bool is_over = quota > 0 && link->expansion.known &&
                   link->expansion.value > 0 &&
                   (whole)link->instances + link->expansion.value > quota;
    cell_text(cell, is_over ? DAGGER : DASH);
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

/* An amount; the nearest double, as the formula gives it. */
static void
cost(struct sheet_cell *cell, struct known pico)
{
    if (pico.known)
        cell_number(cell, whole_double(pico.value) / 1e12);
    else
        cell_text(cell, DASH);
}

static void
approved_cost(const struct row_of *row, struct sheet_cell *cell)
{
    cost(cell, row->link->approved_cost_pico);
}

static void
open_cost(const struct row_of *row, struct sheet_cell *cell)
{
    if (row->link->unit_cost.given && !row->link->expansion.known)
        expansion(row, cell);
    else
        cost(cell, row->link->open_cost_pico);
}

/* What a rate limit turns away of the target, in 1/1000 and up. */
static void
turned_away(const struct row_of *row, struct sheet_cell *cell)
{
    const struct optional *limit = &baseline_of(row)->rate_limit_qps;
    if (!limit->given) {
        cell_text(cell, DASH);
        return;
    }
    whole thousandth =
        row->link->target_qps * whole_power10(DECIMAL_PLACES - 3);
    whole kept = whole_floor_divide(limit->value.units, thousandth);
    cell_number(cell, kept < 1000 ? (double)(1000 - kept) / 1000 : 0);
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
    double rank =
        link->proven ? attainment_rank(link, 1e13 / book->id_places) : 0;
    cell_number(cell,
                ((double)link->effect * STATES + (double)link->state) * 1e13 +
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
gap_key(const struct row_of *row, struct sheet_cell *cell)
{
    enum state at = row->link->state;
    if (at == STATE_SHORT || at == STATE_COVERED)
        sort_key(row, cell);
    else
        cell_text(cell, DASH);
}

static void
unproven_key(const struct row_of *row, struct sheet_cell *cell)
{
    if (row->link->proven)
        cell_text(cell, DASH);
    else
        sort_key(row, cell);
}

static void
deviation(const struct row_of *row, struct sheet_cell *cell)
{
    (void)row;
    cell_number(cell, 0);
}

/* --- the needed instances ------------------------------------------------- */

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

void
links_start_needs(struct row_of *row)
{
    const struct link *link = row->link;
    double achieved_qps = decimal_double(link->achieved_qps);
    if (!link->proven || achieved_qps <= 0 || link->tested_instances == 0)
        return;
    double gain = decimal_double(link->baseline->optimisation.value);
    double ratio =
        whole_double(link->target_qps) /
        (achieved_qps * decimal_double(link->safe_level) * (1 + gain));
    row->need_ratio = ratio;
    double efficiency = decimal_double(link->scale_efficiency);
    row->need_first =
        ceil(link->tested_instances *
             (fmin(1, ratio) + fmax(0, ratio - 1) / efficiency) * (1 - NOISE));
    row->need_at = does_reach(row, row->need_first);
    row->need_below = does_reach(row, row->need_first - 1);
}

/* --- the tables ----------------------------------------------------------- */

/* clang-format off */
const struct sheet_column links_results[] = {
    {"state",            "column.state",            false, RESULTS, ROLE_KEY,      SHEET_GENERAL, 0, false, 24, "INDEX(StateNames,{state_code})", state},
    {"action",           "column.action",           false, RESULTS, ROLE_OUTPUT,   SHEET_GENERAL, 0, false, 10, "INDEX([actions],{action_code})", action},
    {"target_qps",       "column.target_qps",       true,  RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 13,
     "MAX(1," UP("IF({demand_rule}=1,{own_target},{peak_qps}*ROUND(N({multiplier})*100,10)/100)") ")", target},
    {"usable_qps",       "column.usable_qps",       true,  RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 13, UNPROVEN_ELSE("{as_tested}"), usable},
    {"attainment",       "column.attainment",       false, RESULTS, ROLE_KEY,      PERCENT,       1, false, 11, UNPROVEN_ELSE("ROUNDDOWN({as_tested}*1000/{target_qps},0)/1000"), attainment},
    {"shortfall_qps",    "column.shortfall_qps",    true,  RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 13, UNPROVEN_ELSE("MAX(0,{target_qps}-{as_tested})"), shortfall},
    {"expansion",        "column.expansion",        false, RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 11,
     "IF(ISNUMBER({need_left}),MAX(0,{need_left}+ZonesLost*ROUNDUP({need_left}/MAX(1,Zones-ZonesLost),0)-{instances}),"
     "CHOOSE(1+({unproven}=0)*(1+(N({forecast_raw})>={target_qps})),NA_Text,[not_by_instances],0))", expansion},
    {"over_quota",       "sheet.column.over_quota", false, RESULTS, ROLE_OUTPUT,   SHEET_GENERAL, 0, false, 9,
     "IF((MAX(0,{max_instances})>0)*(N({expansion})>0)*(N({instances})+N({expansion})>MAX(0,{max_instances}))>0,[dagger],[dash])", over_quota},
    {"forecast_qps",     "column.forecast_qps",     true,  RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 13, UNPROVEN_ELSE("{forecast_raw}"), forecast},
    {"gap_after_qps",    "column.gap_after_qps",    true,  RESULTS, ROLE_OUTPUT,   NUMBER,        0, false, 13, UNPROVEN_ELSE("MAX(0,{target_qps}-{forecast_raw})"), gap_after},
};

const struct sheet_column links_more[] = {
    {"effect",           "column.effect",           false, MORE, ROLE_OUTPUT,   SHEET_GENERAL, 0, false, 10, "INDEX([effects],{effect_code})", effect},
    {"headroom",         "column.headroom",         false, MORE, ROLE_OUTPUT,   PERCENT,       1, false, 11, UNPROVEN_ELSE("ROUND({attainment}-1,3)"), headroom},
    {"break_even",       "column.break_even",       false, MORE, ROLE_OUTPUT,   NUMBER,        3, false, 11,
     UNPROVEN_ELSE("IF(MAX(0,{peak_qps})>0," DOWN("{as_tested}*1000/{peak_qps}") "/1000,[dash])"), break_even},
    {"optimise_gain",    "sheet.column.optimise_gain", false, MORE, ROLE_OUTPUT, PERCENT,      1, false, 12,
     "IF(({action_code}=5)*N({achieved_qps})*N({left_max})>0,ROUND(" UP("{target_qps}*1000*{tested_instances}/({achieved_qps}*{safe_level}*" WEIGHT("{left_max}") ")") "/1000-1,3),[dash])", optimise_gain},
    {"approved_cost",    "column.approved_cost",    false, MORE, ROLE_OUTPUT,   NUMBER,        0, true,  14,
     "IF((MAX(0,{unit_cost})>0)*ISNUMBER({approved_instances})>0,{unit_cost}*N({approved_instances}),[dash])", approved_cost},
    {"open_cost",        "column.open_cost",        false, MORE, ROLE_OUTPUT,   NUMBER,        0, true,  14,
     "CHOOSE(1+(MAX(0,{unit_cost})>0)*(1+ISNUMBER({expansion})),[dash],{expansion},{unit_cost}*MAX(0,N({expansion})-MAX(0,{approved_instances})))", open_cost},
    {"turned_away",      "sheet.column.turned_away", false, MORE, ROLE_OUTPUT,  PERCENT,       1, false, 11,
     "IF(MAX(0,{rate_limit_qps})>0," UP("MAX(0,{target_qps}-{rate_limit_qps})*1000/{target_qps}") "/1000,[dash])", turned_away},
};

const struct sheet_column links_workings[] = {
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
     "IF({unproven}>0,{unproven},1+5*{reaches}+4*(1-{reaches})*(N({forecast_raw})>={target_qps})*(1-COUNT([due_by])*(MAX(0,{due})>N([due_by]))))", state_code},
    {"effect_code",      "sheet.column.effect_code", false, WORKINGS, ROLE_WORKING, NUMBER,       0, false, 10,
     "IF({state_code}=6,4,CHOOSE(1+({priority}=\"P1\")+2*({priority}=\"P2\"),1+({state_code}=5),2,3))", effect_code},
    {"action_code",      "sheet.column.action_code", false, WORKINGS, ROLE_WORKING, NUMBER,       0, false, 10,
     "CHOOSE({state_code},4+((N({achieved_qps})=0)+(MAX(0,{max_instances})>0)*(N({instances})+N({expansion})>MAX(0,{max_instances}))>0),2,3,3,3,1)", action_code},
    {"sort_key",         "sheet.column.sort_key",   false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 20,
     "(({effect_code}-1)*6+{state_code}-1)*1E13+({unproven}=0)*MIN([sort_scale]-1,ROUND(N({as_tested})/(N({as_tested})+{target_qps})*[sort_scale],0))*[id_places]+{no}", sort_key},
    {"weak_key",         "sheet.column.weak_key",   false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 20,
     "IF(({priority}=\"P0\")*({unproven}=0)>0,MIN([weak_scale]-1,ROUND({as_tested}/({as_tested}+{target_qps})*[weak_scale],0))*[id_places]+{no},[dash])", weak_key},
    {"gap_key",          "sheet.column.gap_key",    false, WORKINGS, ROLE_WORKING, NUMBER,        0, false, 20, "IF(({state_code}=1)+({state_code}=5)>0,{sort_key},[dash])", gap_key},
    {"unproven_key",     "sheet.column.unproven_key", false, WORKINGS, ROLE_WORKING, NUMBER,      0, false, 20, "IF({unproven}>0,{sort_key},[dash])", unproven_key},
};

const struct sheet_column links_written[] = {
    {"written_state",    "sheet.column.written_state", false, WRITTEN, ROLE_PLAIN, SHEET_TEXT,    0, false, 24, NULL, state},
    {"written_effect",   "sheet.column.written_effect", false, WRITTEN, ROLE_PLAIN, NUMBER,       0, false, 10, NULL, effect_code},
    {"written_target",   "sheet.column.written_target", true,  WRITTEN, ROLE_PLAIN, NUMBER,       0, false, 13, NULL, target},
    {"written_usable",   "sheet.column.written_usable", true,  WRITTEN, ROLE_PLAIN, NUMBER,       0, false, 13, NULL, usable},
    {"written_expansion", "sheet.column.written_expansion", false, WRITTEN, ROLE_PLAIN, NUMBER,   0, false, 11, NULL, expansion},
    {"written_gap_after", "sheet.column.written_gap_after", true, WRITTEN, ROLE_PLAIN, NUMBER,    0, false, 13, NULL, gap_after},
    {"deviation",        "sheet.column.deviation",  false, WRITTEN, ROLE_WORKING, NUMBER,         0, false, 10,
     "(({state}<>{written_state})+({effect_code}<>{written_effect})+({target_qps}<>{written_target})+({usable_qps}<>{written_usable})"
     "+({expansion}<>{written_expansion})+({gap_after_qps}<>{written_gap_after})>0)*1", deviation},
};
/* clang-format on */
const size_t links_results_count = sizeof links_results / sizeof *links_results;
const size_t links_more_count = sizeof links_more / sizeof *links_more;
const size_t links_workings_count =
    sizeof links_workings / sizeof *links_workings;
const size_t links_written_count = sizeof links_written / sizeof *links_written;
