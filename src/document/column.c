/*
 * The one table of columns.  Belongs to document/; how a value is printed or
 * written is for number.c, words.c and the renderers.
 *
 * What is unknown says so in a word: untested, stale, inconclusive or unknown,
 * never blank and never 0.  What does not apply is a dash.
 */
#include "document/column.h"

#include <string.h>

#include "assess/change.h"
#include "document/column_value.h"

static const struct value nothing = {.kind = VALUE_NONE};

static struct value
count_value(unsigned number)
{
    return number ? whole_value((whole)number) : nothing;
}

static struct value
text_value(struct text text)
{
    return text_is_given(text)
               ? (struct value){.kind = VALUE_TEXT, .text = text}
               : nothing;
}

static struct value
string_value(const char *text)
{
    return text_value((struct text){.one = text});
}

static struct value
day_value(struct day day)
{
    return day.given ? (struct value){.kind = VALUE_DAY, .day = day} : nothing;
}

static struct value
decimal_value(struct decimal number)
{
    return (struct value){.kind = VALUE_DECIMAL, .decimal = number};
}

static struct value
scaled_value(whole number, unsigned places)
{
    return (struct value){.kind = VALUE_DECIMAL,
                          .decimal = decimal_scaled(number, places),
                          .places = places};
}

static struct value
ratio_value(struct decimal ratio)
{
    return (struct value){.kind = VALUE_RATIO, .decimal = ratio};
}

static struct value
optional_decimal(struct optional number)
{
    return number.given ? decimal_value(number.value) : nothing;
}

static struct value
optional_ratio(struct optional ratio)
{
    return ratio.given ? ratio_value(ratio.value) : nothing;
}

static struct value
percent_value(const struct link *link, struct known milli)
{
    if (!milli.known)
        return unproven_value(link);
    return (struct value){.kind = VALUE_PERCENT, .number = milli.value};
}

/* --- who and what ----------------------------------------------------- */

static struct value
mark(const struct link *link)
{
    static const char *const key[STATES] = {
        "state.short",        "state.untested", "state.stale",
        "state.inconclusive", "state.covered",  "state.met",
    };
    return word_value(key[link->state]);
}

static struct value
name(const struct link *link)
{
    if (!text_is_given(link->baseline->name))
        return string_value(link->baseline->link);
    return text_value(link->baseline->name);
}

static struct value
link_id(const struct link *link)
{
    return string_value(link->baseline->link);
}

static struct value
domain(const struct link *link)
{
    return text_value(link->baseline->domain);
}

static struct value
priority(const struct link *link)
{
    static const char *const text[PRIORITIES] = {"P0", "P1", "P2"};
    return string_value(text[link->baseline->priority]);
}

static struct value
owner(const struct link *link)
{
    return text_value(link->baseline->owner);
}

static struct value
note(const struct link *link)
{
    return text_value(link->baseline->note);
}

static struct value
bar(const struct link *link)
{
    (void)link;
    return nothing; /* drawn: chart_bar() */
}

/* --- demand ----------------------------------------------------------- */

static struct value
peak(const struct link *link)
{
    return optional_decimal(link->baseline->peak_qps);
}

static struct value
growth(const struct link *link)
{
    return optional_ratio(link->growth);
}

static struct value
buffer(const struct link *link)
{
    return optional_ratio(link->buffer);
}

static struct value
multiplier(const struct link *link)
{
    return optional_decimal(link->multiplier);
}

static struct value
target(const struct link *link)
{
    return whole_value(link->target_qps);
}

/* --- evidence --------------------------------------------------------- */

/* A lower bound gets its sign, what does not count its star. */
static void
qualify(struct value *value, const struct link *link)
{
    bool too_few = link->state == STATE_INCONCLUSIVE && link->shown_qps.known &&
                   link->shown_qps.value >= link->target_qps;
    if (link->outcome == OUTCOME_AT_LEAST)
        value->mark = "≥ ";
    if (link->state == STATE_STALE || too_few)
        value->star = STAR;
    if (!link->proven)
        value->emphasis = EMPHASIS_MUTED;
}

static struct value
achieved(const struct link *link)
{
    if (link->result == NULL)
        return unknown_value("unproven.untested");
    struct value value = decimal_value(link->achieved_qps);
    qualify(&value, link);
    return value;
}

static struct value
usable(const struct link *link)
{
    return known_value(link, link->usable_qps);
}

struct known
column_capacity(const struct link *link)
{
    if (link->proven)
        return link->usable_qps;
    struct known shown = link->shown_qps;
    const whole carried = whole_floor_divide(link->achieved_qps.units,
                                             whole_power10(DECIMAL_PLACES));
    if (shown.known && carried < shown.value)
        shown.value = carried;
    return shown;
}

/* column_capacity(), marked where it is not counted. */
static struct value
capacity(const struct link *link)
{
    if (link->state == STATE_UNTESTED)
        return unknown_value("unproven.untested");
    struct value value = known_value(link, column_capacity(link));
    if (value.kind == VALUE_WHOLE)
        qualify(&value, link);
    return value;
}

static struct value
outcome(const struct link *link)
{
    static const char *const key[OUTCOMES] = {
        "outcome.measured", "outcome.at_least", "outcome.none"};
    if (link->result == NULL)
        return unknown_value("unproven.untested");
    return word_value(key[link->outcome]);
}

static struct value
limited_by(const struct link *link)
{
    if (link->result == NULL || link->limited_by == 0)
        return nothing;
    return (struct value){.kind = VALUE_LIMITS, .number = link->limited_by};
}

static struct value
tested_instances(const struct link *link)
{
    return count_value(link->tested_instances);
}

static struct value
per_instance(const struct link *link)
{
    if (!link->per_instance_centi.known)
        return unproven_value(link);
    return scaled_value(link->per_instance_centi.value, 2);
}

static struct value
tested_on(const struct link *link)
{
    if (link->result == NULL)
        return nothing;
    struct value value = day_value(link->result->date);
    if (link->state == STATE_STALE)
        value.emphasis = EMPHASIS_BOLD;
    return value;
}

static struct value
age(const struct link *link)
{
    if (link->result == NULL)
        return nothing;
    return whole_value((whole)link->age_days);
}

static struct value
test_kind(const struct link *link)
{
    if (link->result == NULL || link->result->kind == TEST_KIND_UNKNOWN)
        return nothing;
    return word_value(link->result->kind == TEST_FULL_CHAIN
                          ? "kind.full_chain"
                          : "kind.single_link");
}

static struct value
environment(const struct link *link)
{
    return string_value(link->result ? link->result->environment : NULL);
}

static struct value
tool(const struct link *link)
{
    return string_value(link->result ? link->result->tool : NULL);
}

static struct value
source(const struct link *link)
{
    return string_value(link->result ? link->result->source : NULL);
}

/* --- capacity --------------------------------------------------------- */

/* A gap is bold in the one bad hue, no gap is quiet. */
static struct value
gap_value(const struct link *link, struct known gap)
{
    struct value value = known_value(link, gap);
    if (value.kind == VALUE_WHOLE)
        value.emphasis = value.number > 0 ? EMPHASIS_BAD : EMPHASIS_NONE;
    return value;
}

/* How the link stood in an earlier report, and how it changed since. */
static struct value
state_before(const struct link *link)
{
    static const char *const key[STATES] = {
        "state.short",        "state.untested", "state.stale",
        "state.inconclusive", "state.covered",  "state.met",
    };
    static const char *const arrow[CHANGES] = {
        [CHANGE_MET] = "\u2191 ",    [CHANGE_NARROWER] = "\u2191 ",
        [CHANGE_PROVEN] = "\u2191 ", [CHANGE_WORSE] = "\u2193 ",
        [CHANGE_SAME] = "\u2192 ",   [CHANGE_NEW] = "",
    };
    if (link->before == NULL)
        return word_value("change.absent");
    struct value value = nothing;
    for (size_t i = 0; i < STATES; i++)
        if (strcmp(link->before->state, state_key[i]) == 0)
            value = word_value(key[i]);
    value.mark = arrow[change_of(link)];
    return value;
}

static struct value
attainment_before(const struct link *link)
{
    if (link->before == NULL || !link->before->is_known)
        return nothing;
    return (struct value){.kind = VALUE_PERCENT,
                          .number = link->before->attainment_milli};
}

static struct value
attainment(const struct link *link)
{
    struct value value = percent_value(link, link->attainment_milli);
    if (value.kind == VALUE_PERCENT && link->state != STATE_MET)
        value.emphasis = EMPHASIS_BAD;
    return value;
}

static struct value
shortfall(const struct link *link)
{
    return gap_value(link, link->shortfall_qps);
}

static struct value
headroom(const struct link *link)
{
    return percent_value(link, link->headroom_milli);
}

static struct value
break_even(const struct link *link)
{
    if (!link->baseline->peak_qps.given)
        return nothing;
    if (!link->break_even_milli.known)
        return unproven_value(link);
    return scaled_value(link->break_even_milli.value, 3);
}

static struct value
forecast(const struct link *link)
{
    return known_value(link, link->forecast_qps);
}

static struct value
forecast_share(const struct link *link)
{
    return percent_value(link, link->forecast_milli);
}

static struct value
gap_after(const struct link *link)
{
    struct value value = gap_value(link, link->gap_after_qps);
    if (is_late(link)) {
        value.emphasis = EMPHASIS_BAD;
        value.star = STAR;
    }
    return value;
}

/* --- verdict ---------------------------------------------------------- */

static struct value
state(const struct link *link)
{
    struct value value = mark(link);
    if (link->state == STATE_SHORT)
        value.emphasis = EMPHASIS_BAD;
    return value;
}

static struct value
effect(const struct link *link)
{
    static const char *const key[EFFECTS] = {
        "effect.blocking", "effect.condition", "effect.watch", "effect.none"};
    return word_value(key[link->effect]);
}

static struct value
action(const struct link *link)
{
    static const char *const key[ACTIONS] = {"action.none", "action.test",
                                             "action.retest", "action.expand",
                                             "action.optimise"};
    return word_value(key[link->action]);
}

/* --- plan ------------------------------------------------------------- */

static struct value
due(const struct link *link)
{
    struct value value = day_value(link->baseline->due);
    if (is_late(link))
        value.emphasis = EMPHASIS_BAD;
    return value;
}

static struct value
retest_on(const struct link *link)
{
    if (link->state == STATE_MET)
        return day_value(link->baseline->retest_on);
    if (!link->baseline->retest_on.given)
        return unknown_value("retest.unset");
    return day_value(link->baseline->retest_on);
}

static struct value
instances(const struct link *link)
{
    return count_value(link->instances);
}

static struct value
max_instances(const struct link *link)
{
    return count_value(link->baseline->max_instances);
}

static struct value
approved_instances(const struct link *link)
{
    if (!link->baseline->has_approved_instances)
        return nothing;
    return whole_value((whole)link->baseline->approved_instances);
}

static struct value
optimisation(const struct link *link)
{
    return optional_ratio(link->baseline->optimisation);
}

static struct value
rate_limit(const struct link *link)
{
    return optional_decimal(link->baseline->rate_limit_qps);
}

static struct value
scale_efficiency(const struct link *link)
{
    return decimal_value(link->scale_efficiency);
}

static struct value
safe_level(const struct link *link)
{
    return ratio_value(link->safe_level);
}

static struct value
validity(const struct link *link)
{
    return whole_value((whole)link->validity_days);
}

/* clang-format off */
const struct column column_table[] = {
/*   key                   heading                      unit   kind           mm   chars  value */
    {"mark",               "column.mark",               false, COLUMN_MARK,   5,    5,   mark},
    {"name",               "column.name",               false, COLUMN_TEXT,   37,   26,  name},
    {"link",               "column.link",               false, COLUMN_TEXT,   37,   24,  link_id},
    {"domain",             "column.domain",             false, COLUMN_TEXT,   20,   12,  domain},
    {"priority",           "column.priority",           false, COLUMN_TEXT,   18,   7,   priority},
    {"owner",              "column.owner",              false, COLUMN_TEXT,   24,   14,  owner},
    {"note",               "column.note",               false, COLUMN_TEXT,   40,   30,  note},
    {"bar",                "column.bar",                false, COLUMN_BAR,     0,   26,  bar},
    {"peak_qps",           "column.peak_qps",           true,  COLUMN_RATE,   22,   13,  peak},
    {"growth",             "column.growth",             false, COLUMN_RATIO,  15,   9,   growth},
    {"buffer",             "column.buffer",             false, COLUMN_RATIO,  15,   9,   buffer},
    {"multiplier",         "column.multiplier",         false, COLUMN_NUMBER, 15,   9,   multiplier},
    {"target_qps",         "column.target_qps",         true,  COLUMN_RATE,   23,   13,  target},
    {"achieved_qps",       "column.achieved_qps",       true,  COLUMN_RATE,   22,   13,  achieved},
    {"usable_qps",         "column.usable_qps",         true,  COLUMN_RATE,   22,   13,  usable},
    {"capacity_qps",       "column.achieved_qps",       true,  COLUMN_RATE,   24,   13,  capacity},
    {"outcome",            "column.outcome",            false, COLUMN_TEXT,   20,   11,  outcome},
    {"limited_by",         "column.limited_by",         false, COLUMN_TEXT,   28,   16,  limited_by},
    {"tested_instances",   "column.tested_instances",   false, COLUMN_COUNT,  15,   10,  tested_instances},
    {"per_instance_qps",   "column.per_instance_qps",   true,  COLUMN_NUMBER, 20,   12,  per_instance},
    {"tested_on",          "column.tested_on",          false, COLUMN_DAY,    15,   12,  tested_on},
    {"age_days",           "column.age_days",           false, COLUMN_COUNT,  15,   9,   age},
    {"kind",               "column.kind",               false, COLUMN_TEXT,   20,   12,  test_kind},
    {"environment",        "column.environment",        false, COLUMN_TEXT,   20,   13,  environment},
    {"tool",               "column.tool",               false, COLUMN_TEXT,   20,   14,  tool},
    {"source",             "column.source",             false, COLUMN_TEXT,   30,   22,  source},
    {"attainment",         "column.attainment",         false, COLUMN_RATIO,  19,   10,  attainment},
    {"shortfall_qps",      "column.shortfall_qps",      true,  COLUMN_RATE,   22,   12,  shortfall},
    {"headroom",           "column.headroom",           false, COLUMN_RATIO,  16,   10,  headroom},
    {"break_even",         "column.break_even",         false, COLUMN_NUMBER, 15,   10,  break_even},
    {"expansion",          "column.expansion",          false, COLUMN_COUNT,  16,   10,  column_expansion},
    {"forecast_qps",       "column.forecast_qps",       true,  COLUMN_RATE,   22,   13,  forecast},
    {"forecast",           "column.forecast",           false, COLUMN_RATIO,  16,   10,  forecast_share},
    {"gap_after_qps",      "column.gap_after_qps",      true,  COLUMN_RATE,   23,   12,  gap_after},
    {"state",              "column.state",              false, COLUMN_TEXT,   24,   16,  state},
    {"effect",             "column.effect",             false, COLUMN_TEXT,   14,   10,  effect},
    {"action",             "column.action",             false, COLUMN_TEXT,   14,   10,  action},
    {"due",                "column.due",                false, COLUMN_DAY,    15,   12,  due},
    {"retest_on",          "column.retest_on",          false, COLUMN_DAY,    15,   12,  retest_on},
    {"instances",          "column.instances",          false, COLUMN_COUNT,  15,   10,  instances},
    {"max_instances",      "column.max_instances",      false, COLUMN_COUNT,  15,   10,  max_instances},
    {"approved_instances", "column.approved_instances", false, COLUMN_COUNT,  15,   10,  approved_instances},
    {"optimisation",       "column.optimisation",       false, COLUMN_RATIO,  15,   10,  optimisation},
    {"rate_limit_qps",     "column.rate_limit_qps",     true,  COLUMN_RATE,   20,   12,  rate_limit},
    {"scale_efficiency",   "column.scale_efficiency",   false, COLUMN_NUMBER, 15,   10,  scale_efficiency},
    {"safe_level",         "column.safe_level",         false, COLUMN_RATIO,  15,   10,  safe_level},
    {"validity_days",      "column.validity_days",      false, COLUMN_COUNT,  15,   10,  validity},
    {"state_before",       "column.state_before",       false, COLUMN_TEXT,   31,   16,  state_before},
    {"attainment_before",  "column.attainment_before",  false, COLUMN_RATIO,  17,   10,  attainment_before},
    {"measure",            "column.measure",            false, COLUMN_TEXT,    0,   30,  column_measure},
    {"approved",           "column.approved",           false, COLUMN_COUNT,  16,   12,  column_approved},
    {"approved_gain",      "column.approved_gain",      false, COLUMN_RATIO,  16,   12,  column_approved_gain},
    {"needed",             "column.needed",             false, COLUMN_COUNT,  16,   10,  column_needed},
    {"forecast_open",      "column.forecast_open",      false, COLUMN_RATE,   24,   13,  column_forecast_open},
    {"seen_qps",           "column.seen_qps",           false, COLUMN_RATE,   26,   13,  capacity},
    {"age_limit",          "column.age_limit",          false, COLUMN_NUMBER, 26,   12,  column_age_limit},
    {"missing",            "column.missing",            false, COLUMN_TEXT,    0,   30,  column_missing},
    {"gained_qps",         "column.gained_qps",         true,  COLUMN_RATE,   22,   12,  column_gained},
    {"added_qps",          "column.added_qps",          true,  COLUMN_RATE,   22,   12,  column_added},
    {"open_instances",     "column.open_instances",     false, COLUMN_COUNT,  18,   10,  column_open_instances},
    {"unit_cost",          "column.unit_cost",          false, COLUMN_COST,   20,   12,  column_unit_cost},
    {"approved_cost",      "column.approved_cost",      false, COLUMN_COST,   20,   14,  column_approved_cost},
    {"open_cost",          "column.open_cost",          false, COLUMN_COST,   20,   14,  column_open_cost},
    {"planned_on",         "column.planned_on",         false, COLUMN_DAY,    17,   12,  retest_on},
};
/* clang-format on */

const size_t column_count = sizeof column_table / sizeof *column_table;

const struct column *
column_find(const char *key)
{
    for (size_t i = 0; i < column_count; i++)
        if (strcmp(column_table[i].key, key) == 0)
            return &column_table[i];
    return NULL;
}
