/*
 * Columns about what is planned: the measure against a gap, what is approved,
 * needed and forecast, what it costs, and what a link that is not proven lacks.
 * Belongs to document/; the table is in column.c.
 */
#include "document/column_value.h"

static const struct value nothing = {.kind = VALUE_NONE};

/* What is to be done about a gap. */
static const char *
measure_of(const struct link *link)
{
    if (link->state == STATE_COVERED)
        return "measure.retest";
    if (is_late(link))
        return "measure.sooner";
    if (link->action == ACTION_OPTIMISE)
        return link->optimise_gain_milli.known ? "measure.gain"
                                               : "measure.optimise";
    return link->expansion.known ? "measure.expand" : "measure.count";
}

/* What a rate limit turns away of the target, in 1/1000, rounded up: against
   ourselves. */
static whole
turned_away(const struct link *link, struct decimal limit)
{
    whole thousandth = link->target_qps * whole_power10(DECIMAL_PLACES - 3);
    whole kept = whole_floor_divide(limit.units, thousandth);
    return kept < 1000 ? 1000 - kept : 0;
}

/* Whether the limit itself is more than any test has shown. */
static bool
is_above_proven(const struct link *link, struct decimal limit)
{
    return decimal_compare(limit, decimal_of(link->usable_qps.value)) > 0;
}

struct value
column_measure(const struct link *link)
{
    const struct baseline *baseline = link->baseline;
    const struct optional *limit = &baseline->rate_limit_qps;
    if (!link->proven || link->state == STATE_MET)
        return nothing;
    struct value value = filled_value(
        measure_of(link), limit->given ? turned_away(link, limit->value) : 0,
        limit->value);
    value.gain_milli = link->optimise_gain_milli.value;
    /* the gain is what is left to find with as many instances as are allowed */
    if (link->optimise_gain_milli.known &&
        baseline->max_instances > link->instances) {
        value.text.one = "measure.gain.quota";
        value.quota = baseline->max_instances;
        value.added = baseline->max_instances - link->instances;
    }
    if (limit->given)
        value.around = is_above_proven(link, limit->value)
                           ? "measure.limit.above"
                           : "measure.limit";
    return value;
}

/* Approved instances. */
struct value
column_approved(const struct link *link)
{
    whole count = (whole)link->baseline->approved_instances;
    return count > 0 ? filled_value("approved.count", count, decimal_of(0))
                     : nothing;
}

/* An approved gain. */
struct value
column_approved_gain(const struct link *link)
{
    const struct optional *gain = &link->baseline->optimisation;
    return gain->given && !decimal_is_zero(gain->value)
               ? filled_value("approved.gain", 0, gain->value)
               : nothing;
}

bool
column_has_plan(const struct link *link)
{
    return column_approved(link).kind != VALUE_NONE ||
           column_approved_gain(link).kind != VALUE_NONE;
}

/* Without approved measures there is nothing to expect from. */
struct value
column_forecast_open(const struct link *link)
{
    if (link->proven && !column_has_plan(link))
        return nothing;
    return known_value(link, link->forecast_qps);
}

/* Whether the quota does not allow the instances that are needed. */
static bool
is_above_quota(const struct link *link)
{
    const struct baseline *baseline = link->baseline;
    return baseline->max_instances > 0 &&
           (whole)link->instances + link->expansion.value >
               (whole)baseline->max_instances;
}

/* Why no number of instances is known that would do. */
static struct value
no_expansion(const struct link *link)
{
    if (!link->proven)
        return unproven_value(link);
    return unknown_value(decimal_is_zero(link->achieved_qps)
                             ? "expansion.optimise"
                             : "expansion.uncounted");
}

struct value
column_expansion(const struct link *link)
{
    if (!link->expansion.known)
        return no_expansion(link);
    struct value value = whole_value(link->expansion.value);
    if (is_above_quota(link))
        value.star = DAGGER;
    return value;
}

struct value
column_needed(const struct link *link)
{
    if (!link->expansion.known)
        return no_expansion(link);
    struct value value = filled_value("approved.count", link->expansion.value,
                                      decimal_of(0));
    if (link->state == STATE_SHORT)
        value.emphasis = EMPHASIS_BOLD;
    if (is_above_quota(link))
        value.star = DAGGER;
    return value;
}

/* Days since the test, and for how many it counts. */
struct value
column_age_limit(const struct link *link)
{
    if (link->result == NULL)
        return nothing;
    struct value value =
        filled_value("age.limit", (whole)link->age_days,
                     decimal_of((whole)link->validity_days));
    if (link->state == STATE_STALE)
        value.emphasis = EMPHASIS_BOLD;
    return value;
}

/* What a link that is not proven lacks. */
struct value
column_missing(const struct link *link)
{
    const struct decimal target = decimal_of(link->target_qps);
    switch (link->state) {
    case STATE_UNTESTED:
        return filled_value("missing.test", 0, target);
    case STATE_STALE:
        return filled_value("missing.retest", 0, target);
    case STATE_INCONCLUSIVE:
        if (link->shown_qps.known && link->shown_qps.value >= link->target_qps)
            return filled_value("missing.instances",
                                (whole)link->tested_instances, target);
        return filled_value("missing.load", 0, target);
    case STATE_SHORT:
    case STATE_COVERED:
    case STATE_MET:
    case STATES:
        break;
    }
    return nothing;
}

/* --- from usable to target ---------------------------------------------- */

/* What a measure adds: "+1,543". */
static struct value
added_value(const struct link *link, struct known after, struct known before)
{
    if (!after.known || !before.known)
        return known_value(link, after);
    struct value value = whole_value(after.value - before.value);
    value.mark = "+";
    return value;
}

/* By the approved gain alone. */
struct value
column_gained(const struct link *link)
{
    const struct optional *gain = &link->baseline->optimisation;
    if (!gain->given || decimal_is_zero(gain->value))
        return nothing;
    return added_value(link, link->optimised_qps, link->usable_qps);
}

/* By the approved instances, on top of the gain. */
struct value
column_added(const struct link *link)
{
    if (link->baseline->approved_instances == 0)
        return nothing;
    return added_value(link, link->forecast_qps, link->optimised_qps);
}

/* Instances that are needed beyond the approved ones; a dagger where the quota
   does not allow them. */
struct value
column_open_instances(const struct link *link)
{
    const struct baseline *baseline = link->baseline;
    if (!link->expansion.known)
        return no_expansion(link);
    whole open = link->expansion.value - (whole)baseline->approved_instances;
    struct value value = whole_value(open > 0 ? open : 0);
    if (open <= 0)
        return value;
    value.mark = "+";
    value.emphasis = EMPHASIS_BAD;
    if (is_above_quota(link))
        value.star = DAGGER;
    return value;
}

static struct value
cost_value(whole pico)
{
    return (struct value){.kind = VALUE_COST, .number = pico};
}

struct value
column_unit_cost(const struct link *link)
{
    if (!link->unit_cost.given)
        return nothing;
    return cost_value(link->unit_cost.value.units /
                      whole_power10(DECIMAL_PLACES - COST_PLACES));
}

struct value
column_approved_cost(const struct link *link)
{
    return link->approved_cost_pico.known
               ? cost_value(link->approved_cost_pico.value)
               : nothing;
}

struct value
column_open_cost(const struct link *link)
{
    if (!link->unit_cost.given)
        return nothing;
    if (!link->open_cost_pico.known)
        return no_expansion(link);
    struct value value = cost_value(link->open_cost_pico.value);
    if (value.number > 0)
        value.emphasis = EMPHASIS_BOLD;
    return value;
}
