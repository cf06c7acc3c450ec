/*
 * From a season to its report: every link in every scenario.  Room assess/:
 * gathers what walk, choose, capacity and verdict say; no formula of its own
 * beyond differences.
 */
#include "assess/assess.h"

#include <stdlib.h>
#include <string.h>

#include "assess/capacity.h"
#include "assess/choose.h"
#include "assess/verdict.h"
#include "base/arena.h"
#include "base/diag.h"
#include "model/previous.h"

/* What holds of a link in every scenario. */
struct prepared {
    const struct baseline *baseline;
    struct terms terms;
    struct tests tests;
};

static struct known
known(whole value)
{
    return (struct known){.known = true, .value = value};
}

static struct known
known_ratio_milli(whole rate, whole of)
{
    return known(capacity_ratio_milli(rate, decimal_of(of)));
}

/* --- the results of each link -------------------------------------------- */

/* A link's name and the place of its baseline. */
struct named {
    const char *link;
    size_t index;
};

static int
by_name(const void *a, const void *b)
{
    const struct named *left = a, *right = b;
    return strcmp(left->link, right->link);
}

/* Where the results of link i start and end in results: from start[i] to
   start[i + 1]. */
struct index {
    const struct result **results;
    size_t *start;
};

/* Files the results by link, by a sorted list of the names and one pass of
   counting: a season may have tens of thousands of both. */
static struct index
index_results(struct arena *arena, const struct season *season)
{
    size_t links = season->baseline_count, count = season->result_count;
    struct named *names = arena_array(arena, links, struct named);
    for (size_t i = 0; i < links; i++)
        names[i] = (struct named){season->baselines[i].link, i};
    qsort(names, links, sizeof *names, by_name);

    struct index index = {.results =
                              arena_array(arena, count, const struct result *),
                          .start = arena_array(arena, links + 2, size_t)};
    size_t *owner = arena_array(arena, count, size_t);
    size_t *next = index.start + 1; /* becomes the start of the link after */
    for (size_t i = 0; i < count; i++) {
        struct named wanted = {.link = season->results[i].link};
        /* every result has its baseline: input/ saw to that */
        const struct named *found =
            bsearch(&wanted, names, links, sizeof *names, by_name);
        owner[i] = found->index;
        next[owner[i] + 1]++;
    }
    for (size_t i = 0; i < links; i++)
        next[i + 1] += next[i];
    for (size_t i = 0; i < count; i++)
        index.results[next[owner[i]]++] = &season->results[i];
    return index;
}

/* --- one link ------------------------------------------------------------ */

/* [3.1] target, and what it came from. */
static void
set_demand(struct link *link, const struct season *season,
           const struct scenario *scenario, struct diag *diag)
{
    const struct baseline *baseline = link->baseline;
    if (baseline->target_qps.given) {
        link->target_qps =
            capacity_target(baseline->target_qps.value, decimal_of(1));
        return;
    }
    struct growth growth = {.multiplier = {.given = false}};
    season_growth(season, scenario, baseline, &growth);
    link->multiplier = growth.multiplier;
    if (!growth.multiplier.given) {
        struct decimal *multiplier = &link->multiplier.value;
        link->growth = growth.growth;
        link->buffer = growth.buffer;
        link->multiplier.given = true;
        if (season->compose == COMPOSE_ADD)
            *multiplier =
                decimal_add(decimal_add(decimal_of(1), growth.growth.value),
                            growth.buffer.value);
        else if (!capacity_compound(growth.growth.value, growth.buffer.value,
                                    multiplier))
            diag_add(diag, DIAG_MULTIPLIER_TOO_FINE, baseline->link_place,
                     baseline->link, scenario->id, NULL);
    }
    link->target_qps =
        capacity_target(baseline->peak_qps.value, link->multiplier.value);
}

static void
set_evidence(struct link *link, const struct evidence *evidence)
{
    const struct walk *walk = &evidence->walk;
    unsigned m = evidence->capacity.tested;
    link->result = evidence->result;
    link->outcome = walk->outcome;
    link->achieved_qps = walk->achieved_qps;
    link->limited_by = walk->limited_by;
    link->steps = walk->steps;
    link->step_count = walk->step_count;
    link->held_step = walk->held_step;
    link->broke_step = walk->broke_step;
    link->age_days = evidence->age_days;
    link->instances = evidence->instances;
    link->tested_instances = m;
    if (m > 0) {
        link->extrapolated =
            capacity_left(&evidence->capacity, evidence->instances) > m;
        link->per_instance_centi =
            known(capacity_per_instance_centi(walk->achieved_qps, m));
    }
}

/* left(n) > max_extrapolation x m; never with unknown instances, as then both
   are. */
static bool
is_too_far(const struct season *season, const struct evidence *evidence)
{
    const struct capacity *capacity = &evidence->capacity;
    whole left = capacity_left(capacity, evidence->instances);
    struct decimal most = {season->max_extrapolation.units * capacity->tested};
    return capacity->tested > 0 && decimal_compare(decimal_of(left), most) > 0;
}

/* due, where given, lies after neither the freeze nor the peak's day. */
static bool
is_in_time(const struct season *season, struct day due)
{
    struct day freeze = season->freeze, peak = season->peak.day;
    return !due.given || ((!freeze.given || due.number <= freeze.number) &&
                          (!peak.given || due.number <= peak.number));
}

static whole
not_below_zero(whole number)
{
    return number > 0 ? number : 0;
}

/* [3.4, 3.5] the numbers of a proven link. */
static void
set_capacity(struct link *link, const struct evidence *evidence,
             const struct standing *standing, struct diag *diag)
{
    const struct baseline *baseline = link->baseline;
    whole usable = standing->usable, target = link->target_qps;
    link->usable_qps = known(usable);
    link->attainment_milli = known_ratio_milli(usable, target);
    link->shortfall_qps = known(not_below_zero(target - usable));
    /* rounded down, then less a whole: rounded towards minus infinity */
    link->headroom_milli = known(link->attainment_milli.value - 1000);
    if (baseline->peak_qps.given)
        link->break_even_milli =
            known(capacity_ratio_milli(usable, baseline->peak_qps.value));
    link->forecast_qps = known(standing->forecast);
    link->forecast_milli = known_ratio_milli(standing->forecast, target);
    link->gap_after_qps = known(not_below_zero(target - standing->forecast));
    link->optimised_qps =
        known(capacity_floor(&evidence->capacity, link->instances,
                             baseline->optimisation.value));

    whole expansion;
    switch (capacity_expansion(&evidence->capacity, link->instances,
                               baseline->optimisation.value, target,
                               &expansion)) {
    case FOUND:
        link->expansion = known(expansion);
        break;
    case FOUND_TOO_LARGE:
        diag_add(diag, DIAG_EXPANSION_TOO_LARGE, baseline->link_place,
                 baseline->link, NULL);
        break;
    default: /* nothing would do: unknown */
        break;
    }
}

/* count instances at the link's unit_cost: twelve decimals, so exact. */
static struct known
cost_of(const struct link *link, whole count, struct diag *diag)
{
    const whole pico = link->unit_cost.value.units /
                       whole_power10(DECIMAL_PLACES - COST_PLACES);
    whole cost;
    if (!__builtin_mul_overflow(pico, count, &cost))
        return known(cost);
    diag_add(diag, DIAG_EXPANSION_TOO_LARGE, link->baseline->link_place,
             link->baseline->link, NULL);
    return (struct known){.known = false};
}

static void
set_cost(struct link *link, const struct season *season, struct diag *diag)
{
    const struct baseline *baseline = link->baseline;
    const whole approved = baseline->approved_instances;
    link->unit_cost =
        baseline->unit_cost.given ? baseline->unit_cost : season->unit_cost;
    if (!link->unit_cost.given)
        return;
    if (baseline->has_approved_instances)
        link->approved_cost_pico = cost_of(link, approved, diag);
    if (link->expansion.known)
        link->open_cost_pico = cost_of(
            link, not_below_zero(link->expansion.value - approved), diag);
}

/* [3.7] what each instance would have to gain at the quota. */
static void
set_optimise_gain(struct link *link, const struct evidence *evidence,
                  struct diag *diag)
{
    whole gain;
    switch (capacity_gain_milli(&evidence->capacity,
                                link->baseline->max_instances, link->target_qps,
                                &gain)) {
    case FOUND:
        link->optimise_gain_milli = known(gain);
        break;
    case FOUND_TOO_LARGE:
        diag_add(diag, DIAG_EXPANSION_TOO_LARGE, link->baseline->link_place,
                 link->baseline->link, NULL);
        break;
    default:
        break;
    }
}

static void
assess_link(struct link *link, const struct prepared *prepared,
            const struct season *season, const struct scenario *scenario,
            struct diag *diag)
{
    const struct baseline *baseline = prepared->baseline;
    link->baseline = baseline;
    link->instances = baseline->instances;
    link->tests = &prepared->tests;
    link->slo = &prepared->terms.slo;
    link->validity_days = prepared->terms.validity_days;
    link->scale_efficiency = prepared->terms.scale_efficiency;
    link->safe_level = prepared->terms.safe_level;
    set_demand(link, season, scenario, diag);

    struct standing standing = {.in_time = is_in_time(season, baseline->due)};
    const struct evidence *evidence =
        choose_evidence(&prepared->tests, link->target_qps, &standing.stale);
    if (evidence != NULL) {
        set_evidence(link, evidence);
        standing.too_far = is_too_far(season, evidence);
        standing.usable = evidence->usable;
        standing.forecast = capacity_floor(&evidence->capacity,
                                           (whole)link->instances +
                                               baseline->approved_instances,
                                           baseline->optimisation.value);
    }
    link->state = verdict_state(link, &standing);
    link->proven = verdict_is_proven(link->state);
    if (link->proven) {
        set_capacity(link, evidence, &standing, diag);
    } else if (evidence != NULL) {
        link->shown_qps = known(standing.usable);
        link->shown_milli =
            known_ratio_milli(standing.usable, link->target_qps);
    }
    set_cost(link, season, diag);
    link->action = verdict_action(link);
    link->effect = verdict_effect(baseline->priority, link->state);
    if (link->action == ACTION_OPTIMISE)
        set_optimise_gain(link, evidence, diag);
}

/* --- the season ---------------------------------------------------------- */

/* The warnings that come of a link's tests together. */
static void
warn_of_tests(struct arena *arena, const struct season *season,
              const struct prepared *prepared, struct diag *diag)
{
    const struct tests *tests = &prepared->tests;
    if (season->as_of_is_default && tests->valid == 0 && tests->count > 0)
        diag_add(diag, DIAG_STALE_BY_DEFAULT, tests->list[0].result->date_place,
                 prepared->baseline->link, day_text(arena, season->as_of.day),
                 NULL);
    const struct evidence *better;
    const struct evidence *weaker = choose_weaker(tests, &better);
    if (weaker == NULL)
        return;
    if (weaker->result->date.number == better->result->date.number)
        diag_add(diag, DIAG_LATER_PROVES_LESS, weaker->result->date_place,
                 whole_text(arena, weaker->usable),
                 whole_text(arena, better->usable), NULL);
    else
        diag_add(diag, DIAG_NEWER_PROVES_LESS, weaker->result->date_place,
                 whole_text(arena, weaker->usable),
                 whole_text(arena, better->usable),
                 day_text(arena, better->result->date), NULL);
}

/* The link's own value, else the season's. */
static struct decimal
own_or(const struct optional *own, struct decimal season)
{
    return own->given ? own->value : season;
}

static struct terms
terms_of(const struct season *season, const struct baseline *baseline)
{
    return (struct terms){
        .slo = season_slo(season, baseline),
        .validity_days = baseline->validity_days > 0 ? baseline->validity_days
                                                     : season->validity_days,
        .scale_efficiency =
            own_or(&baseline->scale_efficiency, season->scale_efficiency),
        .safe_level = own_or(&baseline->safe_level, season->safe_level)};
}

static struct prepared *
prepare(struct arena *arena, const struct season *season, struct diag *diag)
{
    struct index index = index_results(arena, season);
    struct prepared *list =
        arena_array(arena, season->baseline_count, struct prepared);
    for (size_t i = 0; i < season->baseline_count; i++) {
        const struct baseline *baseline = &season->baselines[i];
        size_t start = index.start[i], end = index.start[i + 1];
        diag_about(diag, baseline->link);
        list[i].baseline = baseline;
        list[i].terms = terms_of(season, baseline);
        list[i].tests = choose_tests(arena, season, baseline, &list[i].terms,
                                     index.results + start, end - start, diag);
        warn_of_tests(arena, season, &list[i], diag);
    }
    diag_about(diag, NULL);
    return list;
}

static void
assess_scenario(struct arena *arena, const struct season *season,
                const struct scenario *scenario,
                const struct prepared *prepared, struct assessment *assessment,
                struct diag *diag)
{
    size_t count = season->baseline_count;
    struct link *links = arena_array(arena, count, struct link);
    const struct link **order = arena_array(arena, count, const struct link *);
    for (size_t i = 0; i < count; i++) {
        assess_link(&links[i], &prepared[i], season, scenario, diag);
        links[i].before =
            previous_find(season->previous, links[i].baseline->link);
        order[i] = &links[i];
    }
    verdict_sort(order, count);
    assessment->scenario = scenario;
    assessment->links = order;
    assessment->link_count = count;
    verdict_decide(assessment);
}

static void
warn_of_covered(const struct assessment *assessment, struct diag *diag)
{
    for (size_t i = 0; i < assessment->link_count; i++) {
        const struct link *link = assessment->links[i];
        const struct baseline *baseline = link->baseline;
        diag_about(diag, baseline->link);
        if (link->state == STATE_COVERED &&
            !(baseline->due.given && baseline->retest_on.given))
            diag_add(diag, DIAG_COVERED_WITHOUT_DAY, baseline->link_place,
                     baseline->link,
                     baseline->due.given         ? "retest_on"
                     : baseline->retest_on.given ? "due"
                                                 : "due and retest_on",
                     NULL);
    }
    diag_about(diag, NULL);
}

const struct report *
assess_season(struct arena *arena, const struct season *season, size_t shown,
              struct diag *diag)
{
    const struct prepared *prepared = prepare(arena, season, diag);
    struct assessment *scenarios =
        arena_array(arena, season->scenario_count, struct assessment);
    for (size_t i = 0; i < season->scenario_count; i++)
        assess_scenario(arena, season, &season->scenarios[i], prepared,
                        &scenarios[i], diag);
    warn_of_covered(&scenarios[shown], diag);

    struct report *report = arena_alloc(arena, sizeof *report);
    report->season = season;
    report->scenarios = scenarios;
    report->scenario_count = season->scenario_count;
    report->plan = &scenarios[season->plan];
    report->shown = &scenarios[shown];
    if (season->peak.day.given)
        report->days_left =
            known(season->peak.day.number - season->as_of.day.number);
    return report;
}

long
assess_find_scenario(const struct season *season, const char *id)
{
    for (size_t i = 0; i < season->scenario_count; i++)
        if (strcmp(season->scenarios[i].id, id) == 0)
            return (long)i;
    return -1;
}
