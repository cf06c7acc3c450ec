/*
 * The top-level keys of a file: the season itself, its scenarios and
 * decisions, and the lists that other readers fill.  Room: input.  Keys that
 * may be given once are once over all files, the lists once a file.
 */
#include "input/read_season.h"

#include "base/arena.h"
#include "base/diag.h"
#include "input/draft.h"
#include "input/read_baseline.h"
#include "input/read_goal.h"
#include "input/read_mail.h"
#include "input/read_result.h"
#include "input/value.h"
#include "input/yaml.h"

static const char *const names[SEASON_KEYS] = {
    [SEASON_ID] = "season",
    [SEASON_NAME] = "name",
    [SEASON_LANG] = "lang",
    [SEASON_REFERENCE] = "reference",
    [SEASON_PEAK] = "peak",
    [SEASON_AS_OF] = "as_of",
    [SEASON_CLASSIFICATION] = "classification",
    [SEASON_UNIT] = "unit",
    [SEASON_GROWTH] = "growth",
    [SEASON_BUFFER] = "buffer",
    [SEASON_MULTIPLIER] = "multiplier",
    [SEASON_COMPOSE] = "compose",
    [SEASON_SCENARIOS] = "scenarios",
    [SEASON_PLAN] = "plan",
    [SEASON_SLO] = "slo",
    [SEASON_VALIDITY_DAYS] = "validity_days",
    [SEASON_SCALE_EFFICIENCY] = "scale_efficiency",
    [SEASON_MAX_EXTRAPOLATION] = "max_extrapolation",
    [SEASON_SAFE_LEVEL] = "safe_level",
    [SEASON_ZONES] = "zones",
    [SEASON_SURVIVE_ZONES] = "survive_zones",
    [SEASON_MIN_HOLD_S] = "min_hold_s",
    [SEASON_UNIT_COST] = "unit_cost",
    [SEASON_CURRENCY] = "currency",
    [SEASON_DECIDE_BY] = "decide_by",
    [SEASON_FREEZE] = "freeze",
    [SEASON_DECISIONS] = "decisions",
    [SEASON_MAIL] = "mail",
    [SEASON_BASELINES] = "baselines",
    [SEASON_RESULTS] = "results",
};
static const struct keys keys = {"the season", names, SEASON_KEYS};

enum scenario_key { ID, NAME, GROWTH, BUFFER, MULTIPLIER, SCENARIO_KEYS };
static const char *const scenario_names[SCENARIO_KEYS] = {
    "id", "name", "growth", "buffer", "multiplier"};
static const struct keys scenario_keys = {"a scenario", scenario_names,
                                          SCENARIO_KEYS};

enum decision_key { TEXT, OWNER, BY, DECISION_KEYS };
static const char *const decision_names[DECISION_KEYS] = {"text", "owner",
                                                          "by"};
static const struct keys decision_keys = {"a decision", decision_names,
                                          DECISION_KEYS};

static void
read_scenario(struct reading *reading, struct scenario *scenario)
{
    struct place seen[SCENARIO_KEYS] = {{0}};
    struct growth *growth = &scenario->growth;
    *scenario = (struct scenario){.id = "", .place = yaml_place(reading->yaml)};
    if (!value_enter_mapping(reading, "a scenario",
                             "a mapping such as {id: low, buffer: 10%}"))
        return;
    for (int i; (i = keys_next(reading, &scenario_keys, seen)) >= 0;) {
        const char *name = scenario_names[i];
        if (i == ID)
            value_id(reading, name, &scenario->id, &scenario->place);
        else if (i == NAME)
            value_texts(reading, name, &scenario->name);
        else if (i == GROWTH)
            read_growth(reading, name, NUMBER_GROWTH, growth, &growth->growth);
        else if (i == BUFFER)
            read_growth(reading, name, NUMBER_GAIN, growth, &growth->buffer);
        else
            read_growth(reading, name, NUMBER_MULTIPLIER, growth,
                        &growth->multiplier);
    }
    keys_require(reading, &scenario_keys, seen, ID, scenario->place);
    read_growth_check(reading, seen[GROWTH], seen[BUFFER], seen[MULTIPLIER]);
}

static void
read_scenarios(struct draft *draft)
{
    static const char expected[] = "a list of at least one scenario";
    struct reading *reading = &draft->reading;
    struct season *season = draft->season;
    struct place place = yaml_place(reading->yaml);
    size_t room = 0;
    season->has_scenarios = true;
    if (!value_enter_list(reading, names[SEASON_SCENARIOS], expected))
        return;
    while (yaml_item(reading->yaml)) {
        season->scenarios = arena_grow(reading->arena, season->scenarios,
                                       season->scenario_count, &room,
                                       sizeof *season->scenarios);
        read_scenario(reading, &season->scenarios[season->scenario_count++]);
    }
    if (season->scenario_count == 0 && !yaml_is_broken(reading->yaml))
        diag_add(reading->diag, DIAG_EMPTY_VALUE, place,
                 names[SEASON_SCENARIOS], expected, NULL);
}

static void
read_decision(struct reading *reading, struct decision *decision)
{
    struct place seen[DECISION_KEYS] = {{0}};
    *decision = (struct decision){.place = yaml_place(reading->yaml)};
    if (!value_enter_mapping(reading, "a decision",
                             "a mapping such as {text: ..., owner: ..., by: "
                             "2026-11-04}"))
        return;
    for (int i; (i = keys_next(reading, &decision_keys, seen)) >= 0;) {
        if (i == TEXT)
            value_texts(reading, decision_names[i], &decision->text);
        else if (i == OWNER)
            value_texts(reading, decision_names[i], &decision->owner);
        else
            value_day(reading, decision_names[i], &decision->by, NULL);
    }
    keys_require(reading, &decision_keys, seen, TEXT, decision->place);
}

static void
read_decisions(struct draft *draft)
{
    struct reading *reading = &draft->reading;
    struct season *season = draft->season;
    size_t room = 0;
    season->has_decisions = true;
    if (!value_enter_list(reading, names[SEASON_DECISIONS],
                          "a list of decisions"))
        return;
    while (yaml_item(reading->yaml)) {
        season->decisions = arena_grow(reading->arena, season->decisions,
                                       season->decision_count, &room,
                                       sizeof *season->decisions);
        read_decision(reading, &season->decisions[season->decision_count++]);
    }
}

/* That there is no link at all is found by check.c, over all files. */
static void
read_baselines(struct draft *draft)
{
    struct reading *reading = &draft->reading;
    struct place place = yaml_place(reading->yaml);
    draft->has_baselines = true;
    if (!value_enter_list(reading, names[SEASON_BASELINES],
                          "a list of links with their baselines"))
        return;
    if (draft->baselines.line == 0)
        draft->baselines = place;
    for (; yaml_item(reading->yaml); draft->baseline_entries++)
        read_baseline(draft);
}

static void
read_results(struct draft *draft)
{
    struct reading *reading = &draft->reading;
    if (!value_enter_list(reading, names[SEASON_RESULTS],
                          "a list of test results")) {
        draft->is_refused_result = true;
        return;
    }
    while (yaml_item(reading->yaml))
        read_result(draft);
}

static void
read_words(struct draft *draft, enum season_key key)
{
    static const char *const langs[] = {"en", "zh", "zh+en"};
    static const char *const units[] = {"QPS", "TPS"};
    static const char *const composes[] = {"add", "multiply"};
    struct reading *reading = &draft->reading;
    struct season *season = draft->season;
    int choice;
    switch (key) {
    case SEASON_LANG:
        choice = value_choice(reading, names[key], langs, 3);
        season->lang = choice < 0 ? LANG_EN : (enum lang)choice;
        break;
    case SEASON_UNIT:
        choice = value_choice(reading, names[key], units, 2);
        season->unit = units[choice < 0 ? 0 : choice];
        break;
    default:
        choice = value_choice(reading, names[key], composes, 2);
        season->compose = choice < 0 ? COMPOSE_ADD : (enum compose)choice;
        break;
    }
}

/* What the documents print, and the days. */
static bool
read_head(struct draft *draft, enum season_key key)
{
    struct reading *r = &draft->reading;
    struct season *season = draft->season;
    const char *name = names[key];
    switch (key) {
    case SEASON_ID:
        value_id(r, name, &season->id, NULL);
        return true;
    case SEASON_NAME:
        value_texts(r, name, &season->name);
        return true;
    case SEASON_LANG:
    case SEASON_UNIT:
    case SEASON_COMPOSE:
        read_words(draft, key);
        return true;
    case SEASON_REFERENCE:
        value_texts(r, name, &season->reference);
        return true;
    case SEASON_CLASSIFICATION:
        value_texts(r, name, &season->classification);
        return true;
    case SEASON_CURRENCY:
        value_texts(r, name, &season->currency);
        return true;
    case SEASON_PEAK:
        value_moment(r, name, &season->peak);
        return true;
    case SEASON_AS_OF:
        value_moment(r, name, &season->as_of);
        return true;
    case SEASON_DECIDE_BY:
        value_day(r, name, &season->decide_by, NULL);
        return true;
    case SEASON_FREEZE:
        value_day(r, name, &season->freeze, NULL);
        return true;
    default:
        return false;
    }
}

/* The goal, and how capacity counts. */
static bool
read_rules(struct draft *draft, enum season_key key)
{
    struct reading *r = &draft->reading;
    struct season *season = draft->season;
    struct growth *growth = &season->growth;
    const char *name = names[key];
    switch (key) {
    case SEASON_GROWTH:
        read_growth(r, name, NUMBER_GROWTH, growth, &growth->growth);
        return true;
    case SEASON_BUFFER:
        read_growth(r, name, NUMBER_GAIN, growth, &growth->buffer);
        return true;
    case SEASON_MULTIPLIER:
        read_growth(r, name, NUMBER_MULTIPLIER, growth, &growth->multiplier);
        return true;
    case SEASON_SLO:
        read_slo(r, &season->slo);
        return true;
    case SEASON_VALIDITY_DAYS:
        value_whole(r, name, NUMBER_DAYS, &season->validity_days, NULL);
        return true;
    case SEASON_SCALE_EFFICIENCY:
        value_number(r, name, NUMBER_SHARE, &season->scale_efficiency, NULL);
        return true;
    case SEASON_MAX_EXTRAPOLATION:
        value_number(r, name, NUMBER_EXTRAPOLATION, &season->max_extrapolation,
                     NULL);
        return true;
    case SEASON_SAFE_LEVEL:
        value_number(r, name, NUMBER_SHARE, &season->safe_level, NULL);
        return true;
    case SEASON_ZONES:
        value_whole(r, name, NUMBER_ZONES, &season->zones, NULL);
        return true;
    case SEASON_SURVIVE_ZONES:
        value_whole(r, name, NUMBER_LOST_ZONES, &season->survive_zones, NULL);
        return true;
    case SEASON_MIN_HOLD_S:
        read_optional(r, name, NUMBER_S, &season->min_hold_s, NULL);
        return true;
    case SEASON_UNIT_COST:
        read_optional(r, name, NUMBER_COST, &season->unit_cost, NULL);
        return true;
    default:
        return false;
    }
}

static void
read_lists(struct draft *draft, enum season_key key)
{
    switch (key) {
    case SEASON_SCENARIOS:
        read_scenarios(draft);
        break;
    case SEASON_DECISIONS:
        read_decisions(draft);
        break;
    case SEASON_MAIL:
        read_mail(&draft->reading, &draft->season->mail);
        break;
    case SEASON_BASELINES:
        read_baselines(draft);
        break;
    case SEASON_RESULTS:
        read_results(draft);
        break;
    default:
        value_id(&draft->reading, names[key], &draft->plan, &draft->plan_place);
        break;
    }
}

void
read_season(struct draft *draft, const struct source *source)
{
    struct reading *reading = &draft->reading;
    reading->yaml = yaml_open(reading->arena, source, reading->diag);
    draft->key[SEASON_BASELINES] = (struct place){0};
    draft->key[SEASON_RESULTS] = (struct place){0};
    if (!value_enter_mapping(reading, "a file",
                             "a mapping of keys such as season, baselines or "
                             "results"))
        draft->is_partial = true;
    else
        for (int i; (i = keys_next(reading, &keys, draft->key)) >= 0;)
            if (!read_head(draft, (enum season_key)i) &&
                !read_rules(draft, (enum season_key)i))
                read_lists(draft, (enum season_key)i);
    if (!yaml_close(reading->yaml))
        draft->is_partial = true;
}
