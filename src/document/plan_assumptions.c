/*
 * The basis page: what was assumed, and which links have a value of their own.  Belongs to document/.
 */
#include "document/plan_grid.h"

#include "base/arena.h"
#include "document/sentence.h"

#define ROWS 17
#define OWN_LISTED 3 /* links named with a value of their own */

/* --- links with their own ---------------------------------------------- */

static bool
own_growth(const struct baseline *baseline)
{
    return baseline->growth.growth.given || baseline->growth.buffer.given ||
           baseline->growth.multiplier.given || baseline->target_qps.given;
}

/* A target of its own stands beside the multiplier alone. */
static bool
own_growth_only(const struct baseline *baseline)
{
    return own_growth(baseline) && !baseline->target_qps.given;
}

static bool
own_slo(const struct baseline *baseline)
{
    for (unsigned i = 0; i < SLO_LIMITS; i++)
        if (baseline->slo.limit[i].given)
            return true;
    return false;
}

static bool
own_validity(const struct baseline *baseline)
{
    return baseline->validity_days > 0;
}

static bool
own_efficiency(const struct baseline *baseline)
{
    return baseline->scale_efficiency.given;
}

static bool
own_safe_level(const struct baseline *baseline)
{
    return baseline->safe_level.given;
}

static bool
own_cost(const struct baseline *baseline)
{
    return baseline->unit_cost.given;
}

/* --- values ------------------------------------------------------------ */

/* A link that takes growth as the season or the scenario gives it. */
static const struct link *
plain_link(const struct plan_job *job)
{
    const struct assessment *shown = job->report->shown;
    for (size_t i = 0; i < shown->link_count; i++)
        if (!own_growth(shown->links[i]->baseline))
            return shown->links[i];
    return NULL;
}

static struct text
growth_of(const struct plan_job *job, const struct link *link)
{
    if (!link->growth.given || !link->buffer.given)
        return words_both(job->words, "none", NULL);
    return (struct text){
        .one = arena_format(job->arena, "%s / %s",
                            number_ratio(job->arena, link->growth.value),
                            number_ratio(job->arena, link->buffer.value))};
}

static struct text
growth_text(const struct plan_job *job)
{
    const struct link *link = plain_link(job);
    return link ? growth_of(job, link) : (struct text){0};
}

static struct text
multiplier_text(const struct plan_job *job)
{
    const struct link *link = plain_link(job);
    if (link == NULL || !link->multiplier.given)
        return (struct text){0};
    return (struct text){
        .one = number_decimal(job->arena, link->multiplier.value)};
}

/* The list with one item more. */
static struct text
with_item(const struct plan_job *job, struct text list, struct text item)
{
    struct fill fills[] = {
        {"list", list},
        {"item", item},
        {0}
    };
    return text_is_given(list) ? words_both(job->words, "list.more", fills)
                               : item;
}

static struct text
slo_text(const struct plan_job *job, const struct slo *slo)
{
    static const char *const key[SLO_LIMITS] = {
        "limit.p50_ms",  "limit.p95_ms",     "limit.p99_ms",
        "limit.p999_ms", "limit.error_rate", "limit.cpu",
    };
    struct text list = {0};
    for (unsigned i = 0; i < SLO_LIMITS; i++) {
        if (!slo->limit[i].given)
            continue;
        bool ratio = i == LIMIT_ERROR_RATE || i == LIMIT_CPU;
        const char *value =
            ratio ? number_ratio(job->arena, slo->limit[i].value)
                  : number_decimal(job->arena, slo->limit[i].value);
        struct fill fills[] = {
            {"limit", words_both(job->words, key[i], NULL)},
            {"value", {.one = value}},
            {0      }
        };
        struct text item = words_both(
            job->words, ratio ? "slo.limit.ratio" : "slo.limit.ms", fills);
        list = with_item(job, list, item);
    }
    return list;
}

static struct text
decimal_text_of(const struct plan_job *job, struct decimal number)
{
    return (struct text){.one = number_decimal(job->arena, number)};
}

static struct text
day_text_of(const struct plan_job *job, struct day day)
{
    return (struct text){.one = day_text(job->arena, day)};
}

/* --- values of a link's own -------------------------------------------- */

static struct text
string_text(const char *string)
{
    return (struct text){.one = string};
}

/* What was agreed for the link in place of growth. */
static struct text
target_text(const struct plan_job *job, const struct link *link)
{
    struct fill fills[] = {
        {"target", {.one = number_whole(job->arena, link->target_qps)}},
        {0       }
    };
    return words_both(job->words, "assume.own.target", fills);
}

static struct text
link_multiplier(const struct plan_job *job, const struct link *link)
{
    if (!link->multiplier.given)
        return target_text(job, link);
    return decimal_text_of(job, link->multiplier.value);
}

static struct text
link_slo(const struct plan_job *job, const struct link *link)
{
    return slo_text(job, &link->baseline->slo);
}

static struct text
link_validity(const struct plan_job *job, const struct link *link)
{
    return string_text(number_whole(job->arena, (whole)link->validity_days));
}

static struct text
link_efficiency(const struct plan_job *job, const struct link *link)
{
    return decimal_text_of(job, link->scale_efficiency);
}

static struct text
link_safe_level(const struct plan_job *job, const struct link *link)
{
    return string_text(number_ratio(job->arena, link->safe_level));
}

/* An amount in the season's currency, where it names one. */
static struct text
cost_text(const struct plan_job *job, const struct optional *cost)
{
    const struct text currency = job->report->season->currency;
    if (!cost->given)
        return words_both(job->words, "none", NULL);
    struct text amount = decimal_text_of(job, cost->value);
    struct fill fills[] = {
        {"cost",     amount  },
        {"currency", currency},
        {0         }
    };
    return text_is_given(currency)
               ? words_both(job->words, "assume.cost", fills)
               : amount;
}

static struct text
link_cost(const struct plan_job *job, const struct link *link)
{
    return cost_text(job, &link->unit_cost);
}

/* Which links may have another value, and what it is. */
struct own {
    bool (*has)(const struct baseline *);
    struct text (*value)(const struct plan_job *, const struct link *);
};

static const struct own growth_own = {own_growth_only, growth_of};
static const struct own multiplier_own = {own_growth, link_multiplier};
static const struct own slo_own = {own_slo, link_slo};
static const struct own validity_own = {own_validity, link_validity};
static const struct own efficiency_own = {own_efficiency, link_efficiency};
static const struct own safe_level_own = {own_safe_level, link_safe_level};
static const struct own cost_own = {own_cost, link_cost};

/* "Search 1.35, Login 1.2" */
static struct text
own_list(const struct plan_job *job, const struct own *own)
{
    const struct assessment *shown = job->report->shown;
    struct text list = {0};
    for (size_t i = 0; i < shown->link_count; i++) {
        const struct link *link = shown->links[i];
        if (!own->has(link->baseline))
            continue;
        struct fill fills[] = {
            {"name",  sentence_name(link)},
            {"value",     own->value(job, link)},
            {0}
        };
        struct text item = words_both(job->words, "assume.own.item", fills);
        list = with_item(job, list, item);
    }
    return list;
}

/* The value, and which links have another, or how many where they are many;
   all links: only that. */
static struct text
with_own(const struct plan_job *job, struct text value, const struct own *own)
{
    const struct season *season = job->report->season;
    size_t count = 0;
    for (size_t i = 0; i < season->baseline_count; i++)
        count += own->has(&season->baselines[i]);
    if (count == season->baseline_count || !text_is_given(value))
        return words_both(job->words, "assume.all_own", NULL);
    if (count == 0)
        return value;
    struct fill fills[] = {
        {"value", value},
        {"n",     {.one = number_whole(job->arena, (whole)count)}},
        {"list",  count <= OWN_LISTED ? own_list(job, own) : value},
        {0      }
    };
    return words_both(job->words,
                      count <= OWN_LISTED ? "assume.own.list"
                                          : "assume.own.many",
                      fills);
}

/* --- the table --------------------------------------------------------- */

static void
row(struct grid *grid, const char *key, struct text value)
{
    grid_word(grid, key);
    grid_text(grid, value);
}

static void
demand_rows(const struct plan_job *job, struct grid *grid)
{
    const struct season *season = job->report->season;
    if (season->has_scenarios)
        row(grid, "assume.scenario",
            sentence_scenario_name(job->report->shown->scenario));
    if (text_is_given(season->reference))
        row(grid, "assume.reference", season->reference);
    row(grid, "assume.growth", with_own(job, growth_text(job), &growth_own));
    row(grid, "assume.multiplier",
        with_own(job, multiplier_text(job), &multiplier_own));
}

static void
capacity_rows(const struct plan_job *job, struct grid *grid)
{
    const struct season *season = job->report->season;
    struct text safe = {.one = number_ratio(job->arena, season->safe_level)};
    row(grid, "assume.slo", with_own(job, slo_text(job, &season->slo), &slo_own));
    row(grid, "assume.validity",
        with_own(job, grid_number(grid, season->validity_days), &validity_own));
    row(grid, "assume.efficiency",
        with_own(job, decimal_text_of(job, season->scale_efficiency),
                 &efficiency_own));
    row(grid, "assume.extrapolation",
        decimal_text_of(job, season->max_extrapolation));
    row(grid, "assume.safe_level", with_own(job, safe, &safe_level_own));
    if (season->zones > 0)
        row(grid, "assume.zones",
            (struct text){.one =
                              arena_format(job->arena, "%u / %u", season->zones,
                                           season->survive_zones)});
    if (season->min_hold_s.given)
        row(grid, "assume.hold",
            decimal_text_of(job, season->min_hold_s.value));
}

static bool
has_cost(const struct season *season)
{
    bool has = season->unit_cost.given;
    for (size_t i = 0; i < season->baseline_count; i++)
        has = has || season->baselines[i].unit_cost.given;
    return has;
}

static void
day_rows(const struct plan_job *job, struct grid *grid)
{
    const struct season *season = job->report->season;
    if (season->peak.text != NULL)
        row(grid, "assume.peak", plan_moment(job, &season->peak));
    if (season->freeze.given)
        row(grid, "assume.freeze", day_text_of(job, season->freeze));
    if (season->decide_by.given)
        row(grid, "assume.decide_by", day_text_of(job, season->decide_by));
}

struct plan_block
plan_assumption_block(const struct plan_job *job)
{
    struct grid *grid = grid_new(job, 2, ROWS);
    grid_column(grid, "basis.item", COLUMN_TEXT, 62);
    grid_column(grid, "basis.value", COLUMN_TEXT, 0);
    demand_rows(job, grid);
    capacity_rows(job, grid);
    if (has_cost(job->report->season))
        row(grid, "assume.unit_cost",
            with_own(job, cost_text(job, &job->report->season->unit_cost),
                     &cost_own));
    day_rows(job, grid);
    return grid_block(grid, "basis.assumptions");
}
