/*
 * A link's baseline: demand, instances, what is approved and planned, and the
 * keys in which the link differs from its season.  Room: input.  What needs
 * other entries or files is check.c's business.
 */
#include "input/read_baseline.h"

#include "base/diag.h"
#include "input/draft.h"
#include "input/read_goal.h"
#include "input/value.h"
#include "input/yaml.h"

enum key {
    LINK,
    NAME,
    DOMAIN,
    PRIORITY,
    OWNER,
    PEAK_QPS,
    PEAK_WINDOW_S,
    INSTANCES,
    MAX_INSTANCES,
    APPROVED_INSTANCES,
    DUE,
    RETEST_ON,
    RATE_LIMIT_QPS,
    OPTIMISATION,
    UNIT_COST,
    GROWTH,
    BUFFER,
    MULTIPLIER,
    TARGET_QPS,
    SLO,
    VALIDITY_DAYS,
    SCALE_EFFICIENCY,
    SAFE_LEVEL,
    NOTE,
    KEYS
};

static const char *const names[KEYS] = {
    [LINK] = "link",
    [NAME] = "name",
    [DOMAIN] = "domain",
    [PRIORITY] = "priority",
    [OWNER] = "owner",
    [PEAK_QPS] = "peak_qps",
    [PEAK_WINDOW_S] = "peak_window_s",
    [INSTANCES] = "instances",
    [MAX_INSTANCES] = "max_instances",
    [APPROVED_INSTANCES] = "approved_instances",
    [DUE] = "due",
    [RETEST_ON] = "retest_on",
    [RATE_LIMIT_QPS] = "rate_limit_qps",
    [OPTIMISATION] = "optimisation",
    [UNIT_COST] = "unit_cost",
    [GROWTH] = "growth",
    [BUFFER] = "buffer",
    [MULTIPLIER] = "multiplier",
    [TARGET_QPS] = "target_qps",
    [SLO] = "slo",
    [VALIDITY_DAYS] = "validity_days",
    [SCALE_EFFICIENCY] = "scale_efficiency",
    [SAFE_LEVEL] = "safe_level",
    [NOTE] = "note",
};
static const struct keys keys = {"a baseline", names, KEYS};

static void
read_priority(struct reading *reading, struct baseline *baseline)
{
    static const char *const choices[PRIORITIES] = {"P0", "P1", "P2"};
    int choice = value_choice(reading, names[PRIORITY], choices, PRIORITIES);
    if (choice >= 0)
        baseline->priority = (enum priority)choice;
}

/* The demand: what must be carried. */
static bool
read_demand(struct reading *r, enum key key, struct baseline *baseline)
{
    const char *name = names[key];
    switch (key) {
    case PEAK_QPS:
        read_optional(r, name, NUMBER_RATE, &baseline->peak_qps, NULL);
        return true;
    case PEAK_WINDOW_S:
        read_optional(r, name, NUMBER_S, &baseline->peak_window_s,
                      &baseline->peak_window_place);
        return true;
    case TARGET_QPS:
        read_optional(r, name, NUMBER_RATE, &baseline->target_qps, NULL);
        return true;
    case RATE_LIMIT_QPS:
        read_optional(r, name, NUMBER_RATE, &baseline->rate_limit_qps, NULL);
        return true;
    case GROWTH:
        read_growth(r, name, NUMBER_GROWTH, &baseline->growth,
                    &baseline->growth.growth);
        return true;
    case BUFFER:
        read_growth(r, name, NUMBER_GAIN, &baseline->growth,
                    &baseline->growth.buffer);
        return true;
    case MULTIPLIER:
        read_growth(r, name, NUMBER_MULTIPLIER, &baseline->growth,
                    &baseline->growth.multiplier);
        return true;
    default:
        return false;
    }
}

/* The instances, and what is done about them. */
static bool
read_supply(struct reading *r, enum key key, struct baseline *baseline)
{
    const char *name = names[key];
    switch (key) {
    case INSTANCES:
        if (!value_whole(r, name, NUMBER_INSTANCES, &baseline->instances, NULL))
            baseline->instances = 1; /* refused, and not missing */
        return true;
    case MAX_INSTANCES:
        value_whole(r, name, NUMBER_INSTANCES, &baseline->max_instances, NULL);
        return true;
    case APPROVED_INSTANCES:
        baseline->has_approved_instances = true;
        value_whole(r, name, NUMBER_APPROVED, &baseline->approved_instances,
                    NULL);
        return true;
    case OPTIMISATION:
        read_optional(r, name, NUMBER_GAIN, &baseline->optimisation, NULL);
        return true;
    case UNIT_COST:
        read_optional(r, name, NUMBER_COST, &baseline->unit_cost, NULL);
        return true;
    case SCALE_EFFICIENCY:
        read_optional(r, name, NUMBER_SHARE, &baseline->scale_efficiency, NULL);
        return true;
    case SAFE_LEVEL:
        read_optional(r, name, NUMBER_SHARE, &baseline->safe_level, NULL);
        return true;
    case DUE:
        value_day(r, name, &baseline->due, NULL);
        return true;
    case RETEST_ON:
        value_day(r, name, &baseline->retest_on, NULL);
        return true;
    default:
        return false;
    }
}

static void
read_rest(struct reading *r, enum key key, struct baseline *baseline)
{
    const char *name = names[key];
    switch (key) {
    case LINK:
        value_text(r, name, &baseline->link, &baseline->link_place);
        break;
    case NAME:
        value_texts(r, name, &baseline->name);
        break;
    case DOMAIN:
        value_texts(r, name, &baseline->domain);
        break;
    case PRIORITY:
        read_priority(r, baseline);
        break;
    case OWNER:
        value_texts(r, name, &baseline->owner);
        break;
    case NOTE:
        value_texts(r, name, &baseline->note);
        break;
    case SLO:
        read_slo(r, &baseline->slo);
        break;
    case VALIDITY_DAYS:
        value_whole(r, name, NUMBER_DAYS, &baseline->validity_days, NULL);
        break;
    default:
        break;
    }
}

/* What must hold between the keys of one entry. */
static void
check_entry(struct reading *reading, const struct baseline *baseline,
            const struct place *seen)
{
    keys_require(reading, &keys, seen, LINK, baseline->place);
    if (seen[TARGET_QPS].line == 0)
        keys_require(reading, &keys, seen, PEAK_QPS, baseline->place);
    read_growth_check(reading, seen[GROWTH], seen[BUFFER], seen[MULTIPLIER]);
    static const enum key counted[] = {MAX_INSTANCES, APPROVED_INSTANCES};
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        if (seen[counted[i]].line > 0 && keys_is_missing(seen, INSTANCES) &&
            !yaml_is_broken(reading->yaml))
            diag_add(reading->diag, DIAG_NEEDS_INSTANCES, seen[counted[i]],
                     names[counted[i]], NULL);
    unsigned promised = baseline->instances + baseline->approved_instances;
    if (baseline->max_instances > 0 && promised > baseline->max_instances)
        diag_add(reading->diag, DIAG_ABOVE_QUOTA,
                 seen[seen[APPROVED_INSTANCES].line > 0 ? APPROVED_INSTANCES
                                                        : MAX_INSTANCES],
                 whole_text(reading->arena, promised),
                 whole_text(reading->arena, baseline->max_instances), NULL);
}

void
read_baseline(struct draft *draft)
{
    struct reading *reading = &draft->reading;
    struct season *season = draft->season;
    struct place seen[KEYS] = {{0}};
    struct place place = yaml_place(reading->yaml);
    if (!value_enter_mapping(reading, "a baseline",
                             "a mapping such as {link: order.submit, "
                             "peak_qps: 10000}"))
        return;
    season->baselines =
        draft_grow(season->baselines, season->baseline_count,
                   &draft->baseline_room, sizeof *season->baselines);
    struct baseline *baseline = &season->baselines[season->baseline_count++];
    *baseline = (struct baseline){.link = "", .place = place};
    for (int i; (i = keys_next(reading, &keys, seen)) >= 0;)
        if (!read_demand(reading, (enum key)i, baseline) &&
            !read_supply(reading, (enum key)i, baseline))
            read_rest(reading, (enum key)i, baseline);
    if (baseline->link_place.line == 0)
        baseline->link_place = place;
    check_entry(reading, baseline, seen);
}
