/*
 * What is said of one link: which case it is, and the numbers of that case.
 * Belongs to document/; the words are the template's.
 */
#include "document/sentence.h"

#include "base/arena.h"
#include "document/column.h"

#define FILLS 28

struct facts {
    struct fill fills[FILLS];
    size_t count;
};

static void
put(struct facts *facts, const char *name, struct text text)
{
    facts->fills[facts->count++] = (struct fill){name, text};
}

static void
put_string(struct facts *facts, const char *name, const char *text)
{
    put(facts, name, (struct text){.one = text});
}

static void
put_whole(const struct words *words, struct facts *facts, const char *name,
          struct known number)
{
    if (number.known)
        put_string(facts, name, number_whole(words->arena, number.value));
}

static void
put_percent(const struct words *words, struct facts *facts, const char *name,
            struct known milli)
{
    if (milli.known)
        put_string(facts, name, number_percent(words->arena, milli.value));
}

static void
put_instances(const struct words *words, struct facts *facts, const char *name,
              const char *key, unsigned number)
{
    if (number > 0)
        put(facts, name, words_count(words, key, number));
}

struct text
sentence_name(const struct link *link)
{
    const struct baseline *baseline = link->baseline;
    if (text_is_given(baseline->name))
        return baseline->name;
    return (struct text){.one = baseline->link};
}

/* --- which case -------------------------------------------------------- */

static bool
is_late(const struct link *link)
{
    return link->gap_after_qps.known && link->gap_after_qps.value == 0;
}

static bool
has_plan(const struct link *link)
{
    const struct optional *gain = &link->baseline->optimisation;
    return link->baseline->approved_instances > 0 ||
           (gain->given && !decimal_is_zero(gain->value));
}

/* Instances to add to those that are approved, 0 when unknown. */
static unsigned
beyond_approved(const struct link *link)
{
    whole approved = (whole)link->baseline->approved_instances;
    if (!link->expansion.known || link->expansion.value <= approved)
        return 0;
    return (unsigned)(link->expansion.value - approved);
}

enum link_case {
    CASE_SHORT_EXPAND,
    CASE_SHORT_BEYOND,
    CASE_SHORT_OPTIMISE,
    CASE_SHORT_NOTHING,
    CASE_SHORT_UNKNOWN,
    CASE_SHORT_LATE,
    CASE_UNTESTED,
    CASE_STALE,
    CASE_INCONCLUSIVE_LOW,
    CASE_INCONCLUSIVE_FEW,
    CASE_COVERED,
    CASE_MET,
    CASES
};

static const char *const clause_key[CASES] = {
    "clause.short.expand",     "clause.short.beyond",
    "clause.short.optimise",   "clause.short.nothing",
    "clause.short.unknown",    "clause.short.late",
    "clause.untested",         "clause.stale",
    "clause.inconclusive.low", "clause.inconclusive.few",
    "clause.covered",          "clause.met",
};

static const char *const ask_key[CASES] = {
    "ask.short.expand",     "ask.short.beyond",  "ask.short.optimise",
    "ask.short.nothing",    "ask.short.unknown", "ask.short.late",
    "ask.untested",         "ask.stale",         "ask.inconclusive.low",
    "ask.inconclusive.few", "ask.covered",       "ask.covered",
};

static enum link_case
case_of_short(const struct link *link)
{
    if (decimal_is_zero(link->achieved_qps))
        return CASE_SHORT_NOTHING;
    if (is_late(link))
        return CASE_SHORT_LATE;
    if (link->action == ACTION_OPTIMISE && link->optimise_gain_milli.known)
        return CASE_SHORT_OPTIMISE;
    if (beyond_approved(link) == 0)
        return CASE_SHORT_UNKNOWN;
    return has_plan(link) ? CASE_SHORT_BEYOND : CASE_SHORT_EXPAND;
}

static enum link_case
case_of(const struct link *link)
{
    switch (link->state) {
    case STATE_SHORT:
        return case_of_short(link);
    case STATE_UNTESTED:
        return CASE_UNTESTED;
    case STATE_STALE:
        return CASE_STALE;
    case STATE_INCONCLUSIVE:
        return link->shown_qps.value >= link->target_qps
                   ? CASE_INCONCLUSIVE_FEW
                   : CASE_INCONCLUSIVE_LOW;
    case STATE_COVERED:
        return CASE_COVERED;
    case STATE_MET:
    case STATES:
        break;
    }
    return CASE_MET;
}

/* --- days -------------------------------------------------------------- */

static struct text
short_day(const struct words *words, const struct report *report,
          struct day day)
{
    return words_day(words, day, report->season->as_of.day);
}

static bool
is_ahead(const struct report *report, struct day day)
{
    return day.given && day.number >= report->season->as_of.day.number;
}

/* " on 11-05" for a planned test, else " by 11-08" for the freeze or the peak,
   else nothing. */
static struct text
by_when(const struct words *words, const struct report *report,
        const struct link *link)
{
    const struct season *season = report->season;
    const struct day planned = link->baseline->retest_on;
    const char *key = "by.day";
    struct day day;
    if (is_ahead(report, planned)) {
        key = "by.on";
        day = planned;
    } else if (is_ahead(report, season->freeze)) {
        day = season->freeze;
    } else if (is_ahead(report, season->peak.day)) {
        day = season->peak.day;
    } else {
        return (struct text){.one = ""};
    }
    struct fill fills[] = {
        {"day", short_day(words, report, day)},
        {0    }
    };
    return words_both(words, key, fills);
}

/* What the approved measures miss: the change freeze, else the peak. */
static struct text
deadline(const struct words *words, const struct report *report,
         const struct link *link)
{
    const struct season *season = report->season;
    bool misses_freeze = season->freeze.given && link->baseline->due.given &&
                         link->baseline->due.number > season->freeze.number;
    struct day day = misses_freeze ? season->freeze : season->peak.day;
    struct fill fills[] = {
        {"day", short_day(words, report, day)},
        {0    }
    };
    return words_both(
        words, misses_freeze ? "deadline.freeze" : "deadline.peak", fills);
}

/* --- facts ------------------------------------------------------------- */

static struct text
rate_limit(const struct words *words, const struct link *link)
{
    const struct optional *limit = &link->baseline->rate_limit_qps;
    if (!limit->given)
        return (struct text){.one = ""};
    struct fill fills[] = {
        {"rate", {.one = number_decimal(words->arena, limit->value)}},
        {0     }
    };
    /* more than what is proven is let in only after the gap is closed */
    const bool is_above =
        link->proven &&
        decimal_compare(limit->value, decimal_of(link->usable_qps.value)) > 0;
    return words_both(words, is_above ? "ask.limit.above" : "ask.limit", fills);
}

/* " (within its quota of 60)", or nothing without a quota. */
static struct text
within_quota(const struct words *words, const struct link *link)
{
    const unsigned quota = link->baseline->max_instances;
    if (quota == 0)
        return (struct text){.one = ""};
    struct fill fills[] = {
        {"quota", words_count(words, "ask.in_all", quota)},
        {0      }
    };
    return words_both(words, "ask.within", fills);
}

/* ", at a cost of 16,800 CNY" for the instances beyond the approved ones, or
   nothing without a price. */
static struct text
open_cost(const struct words *words, const struct report *report,
          const struct link *link)
{
    const struct text currency = report->season->currency;
    const bool is_named = text_is_given(currency);
    if (!link->open_cost_pico.known || link->open_cost_pico.value == 0)
        return (struct text){.one = ""};
    const whole pico = link->open_cost_pico.value;
    const char *cost =
        number_cost(words->arena, pico, number_cost_places(pico));
    struct fill fills[] = {
        {"cost",     {.one = cost}},
        {"currency", currency     },
        {0         }
    };
    return words_both(words, is_named ? "ask.cost.in" : "ask.cost", fills);
}

/* The instances in production with those that are needed, 0 when unknown. */
static unsigned
instances_in_all(const struct link *link)
{
    if (!link->expansion.known || link->instances == 0)
        return 0;
    return link->instances + (unsigned)link->expansion.value;
}

/* All that a sentence about the link may name. */
static struct facts
facts_of(const struct words *words, const struct report *report,
         const struct link *link)
{
    struct facts facts = {.count = 0};
    struct known target = {true, link->target_qps};
    put(&facts, "name", sentence_name(link));
    put_whole(words, &facts, "target", target);
    put_whole(words, &facts, "shown", column_capacity(link));
    put_whole(words, &facts, "capacity", column_capacity(link));
    put_percent(words, &facts, "attainment", link->attainment_milli);
    put_whole(words, &facts, "shortfall", link->shortfall_qps);
    put_percent(words, &facts, "forecast", link->forecast_milli);
    put_whole(words, &facts, "forecast_qps", link->forecast_qps);
    put_whole(words, &facts, "gap_after", link->gap_after_qps);
    put_percent(words, &facts, "gain", link->optimise_gain_milli);
    put_instances(words, &facts, "more", "more", beyond_approved(link));
    put_instances(words, &facts, "add", "instances", beyond_approved(link));
    put_instances(words, &facts, "quota", "instances",
                  link->baseline->max_instances);
    put_instances(words, &facts, "instances", "instances", link->instances);
    put_instances(words, &facts, "tested", "instances", link->tested_instances);
    put(&facts, "validity", words_count(words, "days", link->validity_days));
    put(&facts, "by", by_when(words, report, link));
    put(&facts, "limit", rate_limit(words, link));
    put(&facts, "within", within_quota(words, link));
    put(&facts, "to_quota",
        link->baseline->max_instances > link->instances
            ? words_both(words, "ask.to_quota", NULL)
            : (struct text){.one = ""});
    put(&facts, "cost", open_cost(words, report, link));
    put_instances(words, &facts, "total", "ask.in_all", instances_in_all(link));
    if (link->result != NULL && link->age_days >= 0)
        put(&facts, "age",
            words_count(words, "days", (unsigned long)link->age_days));
    if (link->baseline->due.given) {
        put(&facts, "due", short_day(words, report, link->baseline->due));
        put(&facts, "deadline", deadline(words, report, link));
    }
    return facts;
}

struct text
sentence_clause(const struct words *words, const struct report *report,
                const struct link *link, size_t variant)
{
    struct facts facts = facts_of(words, report, link);
    const char *key = clause_key[case_of(link)];
    if (link->state == STATE_MET && report->shown->link_count == 1)
        key = "clause.met.only"; /* nothing to have the least margin of */
    return words_variant(words, key, variant, facts.fills);
}

struct wording
sentence_ask(const struct words *words, const struct report *report,
             const struct link *link)
{
    struct facts facts = facts_of(words, report, link);
    return words_wording(words, ask_key[case_of(link)], facts.fills);
}

struct phrase
sentence_alt(const struct words *words, const struct report *report,
             const struct link *link)
{
    static const char *const key[STATES] = {
        "alt.short",        "alt.untested", "alt.stale",
        "alt.inconclusive", "alt.covered",  "alt.met",
    };
    struct facts facts = facts_of(words, report, link);
    bool beyond = link->state == STATE_SHORT && !is_late(link) &&
                  link->forecast_qps.known &&
                  link->forecast_qps.value > link->usable_qps.value;
    return words_fill(words, beyond ? "alt.short.beyond" : key[link->state],
                      facts.fills);
}

/* --- from usable to target --------------------------------------------- */

static void
bridge_add(const struct words *words, struct text *list, const char *key,
           whole number)
{
    struct fill item[] = {
        {"n", {.one = number_whole(words->arena, number)}},
        {0  }
    };
    struct fill join[] = {
        {"list", *list                       },
        {"item", words_both(words, key, item)},
        {0     }
    };
    *list = words_both(words, "bridge.join", join);
}

struct phrase
sentence_bridge(const struct words *words, const struct link *link)
{
    const whole usable = link->usable_qps.value;
    const whole optimised = link->optimised_qps.value;
    const whole forecast = link->forecast_qps.value;
    struct fill first[] = {
        {"n", {.one = number_whole(words->arena, usable)}},
        {0  }
    };
    struct text list = words_both(words, "bridge.usable", first);
    if (optimised > usable)
        bridge_add(words, &list, "bridge.gained", optimised - usable);
    if (forecast > optimised)
        bridge_add(words, &list, "bridge.added", forecast - optimised);
    if (forecast > usable)
        bridge_add(words, &list, "bridge.forecast", forecast);
    if (link->state == STATE_SHORT && is_late(link))
        bridge_add(words, &list, "bridge.late", link->shortfall_qps.value);
    else if (link->gap_after_qps.value > 0)
        bridge_add(words, &list, "bridge.gap", link->gap_after_qps.value);
    bridge_add(words, &list, "bridge.target", link->target_qps);
    struct fill fills[] = {
        {"name", sentence_name(link)},
        {"list", list               },
        {0     }
    };
    return words_fill(words, "alt.bridge", fills);
}

/* --- beside a test ------------------------------------------------------- */

struct text
sentence_cautions(const struct words *words, unsigned cautions)
{
    static const char *const key[CAUTIONS] = {
        [CAUTION_CLOSED] = "caution.closed",
        [CAUTION_UNCORRECTED] = "caution.uncorrected",
        [CAUTION_DROPPED] = "caution.dropped",
        [CAUTION_GENERATOR] = "caution.generator",
        [CAUTION_PLATEAUS] = "caution.plateaus",
    };
    struct text items[CAUTIONS];
    size_t count = 0;
    for (unsigned i = 0; i < CAUTIONS; i++)
        if (cautions >> i & 1)
            items[count++] = words_both(words, key[i], NULL);
    return words_list(words, items, count);
}
