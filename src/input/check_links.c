/*
 * Links against results, steps against SLOs, growth for every link.  Room:
 * input.  The season's own keys are check.c's business.
 */
#include "input/check_links.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/draft.h"

#define MOST_HINTS 20 /* looking for a near link goes through all of them */

void
check_links_twice(struct draft *draft)
{
    const struct season *season = draft->season;
    size_t first = 0;
    for (size_t i = 1; i < season->baseline_count; i++) {
        const struct baseline *a = &season->baselines[season->by_link[first]];
        const struct baseline *b = &season->baselines[season->by_link[i]];
        if (strcmp(a->link, b->link) != 0)
            first = i;
        else if (*b->link)
            keys_report_twice(
                &draft->reading,
                arena_format(draft->reading.arena, "link \"%s\"", b->link),
                a->link_place, b->link_place);
    }
}

/* The first scenario in which a link is left without growth, and without what;
   NULL when there is none. */
static const struct scenario *
scenario_without(const struct season *season, const struct baseline *baseline,
                 const char **what)
{
    struct growth growth;
    for (size_t i = 0; i < season->scenario_count; i++) {
        const struct scenario *scenario = &season->scenarios[i];
        if (season_growth(season, scenario, baseline, &growth))
            continue;
        *what = growth.growth.given   ? "buffer"
                : growth.buffer.given ? "growth"
                                      : "growth and buffer";
        return scenario;
    }
    return NULL;
}

/* Whether a key of the season was misspelt that would give links growth. */
static bool
is_misspelt(const struct draft *draft)
{
    static const enum season_key asked[] = {
        SEASON_GROWTH, SEASON_BUFFER, SEASON_MULTIPLIER, SEASON_SCENARIOS};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        if (draft->key[asked[i]].line == 0 &&
            !keys_is_missing(draft->key, (int)asked[i]))
            return true;
    return false;
}

void
check_links_growth(struct draft *draft)
{
    const struct season *season = draft->season;
    struct diag *diag = draft->reading.diag;
    const char *what = "growth and buffer";
    size_t asking = 0, without = 0;
    if (is_misspelt(draft))
        return;
    for (size_t i = 0; i < season->baseline_count; i++) {
        const struct baseline *baseline = &season->baselines[i];
        asking += !baseline->target_qps.given;
        without += !baseline->target_qps.given &&
                   scenario_without(season, baseline, &what);
    }
    if (without > 0 && without == asking) {
        struct place start = {season->sources[0], 1, 1, 1};
        diag_add(diag, DIAG_NO_GROWTH, start, what, NULL);
        return;
    }
    for (size_t i = 0; without > 0 && i < season->baseline_count; i++) {
        const struct baseline *baseline = &season->baselines[i];
        const struct scenario *scenario =
            baseline->target_qps.given
                ? NULL
                : scenario_without(season, baseline, &what);
        if (scenario)
            diag_add(diag, DIAG_LINK_NO_GROWTH, baseline->link_place,
                     baseline->link, what, scenario->id, NULL);
    }
}

static void
report_unknown_link(struct draft *draft, const struct result *result)
{
    const struct season *season = draft->season;
    struct reading *reading = &draft->reading;
    const char *near = NULL;
    if (diag_error_count(reading->diag) < MOST_HINTS) {
        const char **links =
            arena_array(reading->arena, season->baseline_count, const char *);
        for (size_t i = 0; i < season->baseline_count; i++)
            links[i] = season->baselines[i].link;
        near = text_nearest(result->link, links, season->baseline_count);
    }
    bool is_odd = near && !*keys_odd_characters(reading, near);
    diag_add(reading->diag, DIAG_UNKNOWN_LINK, result->link_place,
             keys_quoted(reading, result->link, strlen(result->link)),
             is_odd ? keys_odd_characters(reading, result->link) : "",
             near ? arena_format(reading->arena, "; did you mean \"%s\"?", near)
                  : "",
             NULL);
}

/* Reports what a step lacks, in one message. */
static void
check_step(struct draft *draft, const struct result *result,
           const struct step *step, const struct slo *slo)
{
    struct arena *arena = draft->reading.arena;
    struct place place = {result->place.source, step->line, step->column, 1};
    const char *lacks = NULL;
    for (int i = 0; i < SLO_LIMITS; i++)
        if (slo->limit[i].given && slo->limit[i].value.units >= 0 &&
            !step_has(step, limit_metric[i]))
            lacks = lacks ? arena_format(arena, "%s, %s", lacks, limit_key[i])
                          : limit_key[i];
    if (lacks && result->lacks)
        diag_add(draft->reading.diag, DIAG_STEP_LACKS_FORM, place, lacks,
                 "the SLO limits", result->tool, result->lacks,
                 result->instead, NULL);
    else if (lacks)
        diag_add(draft->reading.diag, DIAG_STEP_LACKS, place, lacks,
                 "the SLO limits", NULL);
    if (draft->season->min_hold_s.given && !step_has(step, METRIC_DURATION_S))
        diag_add(draft->reading.diag, DIAG_STEP_LACKS, place,
                 metric_key[METRIC_DURATION_S], "min_hold_s needs", NULL);
}

void
check_links_results(struct draft *draft)
{
    const struct season *season = draft->season;
    bool all_known = season->baseline_count > 0;
    for (size_t i = 0; i < season->baseline_count; i++)
        all_known &= *season->baselines[i].link != '\0';
    for (size_t i = 0; i < season->result_count; i++) {
        const struct result *result = &season->results[i];
        if (*result->link == '\0')
            continue;
        long index = season_find_link(season, result->link);
        if (index < 0) {
            if (all_known) /* else it follows from what has been reported */
                report_unknown_link(draft, result);
            continue;
        }
        struct slo slo = season_slo(season, &season->baselines[index]);
        for (size_t k = 0; k < result->step_count; k++)
            check_step(draft, result, &result->steps[k], &slo);
    }
}

/* Warns of steps that answered more than was sent, beyond what rounding and
   measuring explain. */
static void
warn_above_offered(struct draft *draft, const struct result *result)
{
    struct arena *arena = draft->reading.arena;
    const whole tolerance = 102; /* percent of offered_qps */
    for (size_t i = 0; i < result->step_count; i++) {
        const struct step *step = &result->steps[i];
        struct decimal offered = step->metric[METRIC_OFFERED_QPS];
        struct decimal qps = step->metric[METRIC_QPS];
        if (offered.units > 0 && qps.units * 100 > offered.units * tolerance)
            diag_add(draft->reading.diag, DIAG_QPS_ABOVE_OFFERED,
                     (struct place){result->place.source, step->line,
                                    step->column, 1},
                     decimal_text(arena, qps), decimal_text(arena, offered),
                     NULL);
    }
}

void
check_links_warn(struct draft *draft)
{
    const struct season *season = draft->season;
    struct arena *arena = draft->reading.arena;
    struct diag *diag = draft->reading.diag;
    bool *has_result = arena_array(arena, season->baseline_count + 1, bool);
    struct day as_of = season->as_of.day;
    for (size_t i = 0; i < season->result_count; i++) {
        const struct result *result = &season->results[i];
        long index = season_find_link(season, result->link);
        if (index >= 0)
            has_result[index] = true;
        diag_about(diag, result->link);
        if (as_of.given && result->date.given &&
            result->date.number > as_of.number)
            diag_add(diag, DIAG_RESULT_AFTER, result->date_place,
                     day_text(arena, as_of), NULL);
        warn_above_offered(draft, result);
    }
    for (size_t i = 0; i < season->baseline_count; i++) {
        const struct baseline *baseline = &season->baselines[i];
        diag_about(diag, baseline->link);
        if (baseline->peak_window_s.given &&
            decimal_compare(baseline->peak_window_s.value, decimal_of(1)) > 0)
            diag_add(diag, DIAG_PEAK_WINDOW, baseline->peak_window_place,
                     "peak_qps",
                     decimal_text(arena, baseline->peak_window_s.value), NULL);
        if (!has_result[i] && !diag_has_errors(diag))
            diag_add(diag, DIAG_NO_RESULT, baseline->link_place, baseline->link,
                     NULL);
    }
    diag_about(diag, NULL);
}
