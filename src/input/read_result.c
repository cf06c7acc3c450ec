/*
 * A pressure test and its steps.  Room: input.  What its link's SLO asks of
 * the steps is check.c's business; what they show, assess/'s.
 */
#include "input/read_result.h"

#include "base/arena.h"
#include "base/diag.h"
#include "input/draft.h"
#include "input/value.h"
#include "input/yaml.h"

enum key {
    LINK,
    DATE,
    KIND,
    ENVIRONMENT,
    INSTANCES,
    TOOL,
    SOURCE,
    STEPS,
    KEYS
};

static const char *const names[KEYS] = {
    [LINK] = "link",           [DATE] = "date",
    [KIND] = "kind",           [ENVIRONMENT] = "environment",
    [INSTANCES] = "instances", [TOOL] = "tool",
    [SOURCE] = "source",       [STEPS] = "steps",
};
static const struct keys keys = {"a result", names, KEYS};
static const struct keys step_keys = {"a step", metric_key, METRICS};

static const enum number metric_number[METRICS] = {
    [METRIC_OFFERED_QPS] = NUMBER_RATE,
    [METRIC_QPS] = NUMBER_RATE_OR_ZERO,
    [METRIC_CONCURRENCY] = NUMBER_CONCURRENCY,
    [METRIC_DURATION_S] = NUMBER_S,
    [METRIC_P50_MS] = NUMBER_MS,
    [METRIC_P95_MS] = NUMBER_MS,
    [METRIC_P99_MS] = NUMBER_MS,
    [METRIC_P999_MS] = NUMBER_MS,
    [METRIC_ERROR_RATE] = NUMBER_PART,
    [METRIC_CPU] = NUMBER_PART,
};

/* A percentile is at least every lower one; a refused one is 0, and compared
   with none. */
static void
check_percentiles(struct reading *reading, const struct step *step,
                  const struct place *places)
{
    int lower = -1;
    for (int i = METRIC_P50_MS; i <= METRIC_P999_MS; i++) {
        if (decimal_is_zero(step->metric[i]))
            continue;
        if (lower >= 0 &&
            decimal_compare(step->metric[i], step->metric[lower]) < 0)
            diag_add(reading->diag, DIAG_PERCENTILES, places[lower],
                     metric_key[lower], metric_key[i],
                     decimal_text(reading->arena, step->metric[lower]),
                     decimal_text(reading->arena, step->metric[i]), NULL);
        lower = i;
    }
}

static void
read_step(struct reading *reading, struct step *step)
{
    struct place seen[METRICS] = {{0}}, places[METRICS] = {{0}};
    struct place place = yaml_place(reading->yaml);
    *step = (struct step){.line = place.line, .column = place.column};
    if (!value_enter_mapping(reading, "a step",
                             "a mapping such as {offered_qps: 8000, qps: "
                             "7990, p99_ms: 80, error_rate: 0.01%}")) {
        step->given = (uint16_t)-1; /* reported; nothing of it is missing */
        return;
    }
    for (int i; (i = keys_next(reading, &step_keys, seen)) >= 0;)
        value_number(reading, metric_key[i], metric_number[i], &step->metric[i],
                     &places[i]);
    keys_require(reading, &step_keys, seen, METRIC_QPS, place);
    for (int i = 0; i < METRICS; i++)
        if (!keys_is_missing(seen, i))
            step->given = (uint16_t)(step->given | 1u << i);
    check_percentiles(reading, step, places);
}

static void
read_steps(struct reading *reading, struct result *result)
{
    static const char expected[] = "a list of at least one step";
    struct place place = yaml_place(reading->yaml);
    size_t room = 0;
    if (!value_enter_list(reading, names[STEPS], expected))
        return;
    while (yaml_item(reading->yaml)) {
        result->steps =
            arena_grow(reading->arena, result->steps, result->step_count, &room,
                       sizeof *result->steps);
        read_step(reading, &result->steps[result->step_count++]);
    }
    if (result->step_count == 0 && !yaml_is_broken(reading->yaml))
        diag_add(reading->diag, DIAG_EMPTY_VALUE, place, names[STEPS], expected,
                 NULL);
}

static void
read_kind(struct reading *reading, struct result *result)
{
    static const char *const choices[] = {"full-chain", "single-link"};
    static const enum test_kind kinds[] = {TEST_FULL_CHAIN, TEST_SINGLE_LINK};
    int choice = value_choice(reading, names[KIND], choices, 2);
    if (choice >= 0)
        result->kind = kinds[choice];
}

static void
read_value(struct reading *reading, enum key key, struct result *result)
{
    const char *name = names[key];
    switch (key) {
    case LINK:
        value_text(reading, name, &result->link, &result->link_place);
        break;
    case DATE:
        value_day(reading, name, &result->date, &result->date_place);
        break;
    case KIND:
        read_kind(reading, result);
        break;
    case ENVIRONMENT:
        value_text(reading, name, &result->environment, NULL);
        break;
    case INSTANCES:
        value_whole(reading, name, NUMBER_INSTANCES, &result->instances,
                    &result->instances_place);
        break;
    case TOOL:
        value_text(reading, name, &result->tool, NULL);
        break;
    case SOURCE:
        value_text(reading, name, &result->source, NULL);
        break;
    default:
        read_steps(reading, result);
        break;
    }
}

void
read_result(struct draft *draft)
{
    struct reading *reading = &draft->reading;
    struct season *season = draft->season;
    struct place seen[KEYS] = {{0}};
    struct place place = yaml_place(reading->yaml);
    if (!value_enter_mapping(reading, "a result",
                             "a mapping such as {link: order.submit, date: "
                             "2026-10-30, steps: [...]}")) {
        draft->is_refused_result = true;
        return;
    }
    season->results = draft_grow(season->results, season->result_count,
                                 &draft->result_room, sizeof *season->results);
    struct result *result = &season->results[season->result_count];
    *result = (struct result){
        .link = "", .place = place, .order = season->result_count++};
    for (int i; (i = keys_next(reading, &keys, seen)) >= 0;)
        read_value(reading, (enum key)i, result);
    if (result->link_place.line == 0)
        result->link_place = place;
    keys_require(reading, &keys, seen, LINK, place);
    keys_require(reading, &keys, seen, DATE, place);
    keys_require(reading, &keys, seen, STEPS, place);
}
