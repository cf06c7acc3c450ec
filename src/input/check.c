/*
 * The season as a whole: what is missing, what contradicts itself, and the
 * defaults that need all files.  Room: input.  Links, results and steps are
 * in check_links.c; what needs arithmetic, in assess/.
 */
#include "input/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/check_links.h"
#include "input/draft.h"
#include "input/read_goal.h"

/* Where a season's missing key is reported. */
static struct place
start_of(const struct season *season)
{
    return (struct place){season->sources[0], 1, 1, 1};
}

static bool
is_given(const struct draft *draft, enum season_key key)
{
    return draft->key[key].line > 0;
}

static void
check_keys(struct draft *draft)
{
    struct diag *diag = draft->reading.diag;
    struct place start = start_of(draft->season);
    if (keys_is_missing(draft->key, SEASON_ID))
        diag_add(diag, DIAG_NO_SEASON_KEY, start, "season", NULL);
    if (!draft->has_baselines && keys_is_missing(draft->key, SEASON_BASELINES))
        diag_add(diag, DIAG_NO_SEASON_KEY, start, "baselines", NULL);
    else if (draft->baselines.line > 0 && draft->baseline_entries == 0)
        diag_add(diag, DIAG_NO_BASELINE, draft->baselines, NULL);
    read_growth_check(&draft->reading, draft->key[SEASON_GROWTH],
                      draft->key[SEASON_BUFFER], draft->key[SEASON_MULTIPLIER]);
}

/* Whether an SLO limits errors and a latency; *what is what it does not. */
static bool
is_complete(const struct slo *slo, const char **what)
{
    *what = "error_rate";
    if (!slo->limit[LIMIT_ERROR_RATE].given)
        return false;
    *what = "one of p50_ms, p95_ms, p99_ms and p999_ms";
    for (int i = LIMIT_P50_MS; i <= LIMIT_P999_MS; i++)
        if (slo->limit[i].given)
            return true;
    return false;
}

/* An SLO for every link: the season's, or each link's own. */
static void
check_slo(const struct draft *draft)
{
    const struct season *season = draft->season;
    struct diag *diag = draft->reading.diag;
    const char *what;
    if (is_given(draft, SEASON_SLO)) {
        if (!is_complete(&season->slo, &what))
            diag_add(diag, DIAG_SLO_INCOMPLETE, draft->key[SEASON_SLO], what,
                     NULL);
        return;
    }
    if (!keys_is_missing(draft->key, SEASON_SLO))
        return;
    size_t without = 0;
    for (size_t i = 0; i < season->baseline_count; i++)
        without += !is_complete(&season->baselines[i].slo, &what);
    if (without == season->baseline_count) {
        diag_add(diag, DIAG_NO_SEASON_KEY, start_of(season), "slo", NULL);
        return;
    }
    for (size_t i = 0; without > 0 && i < season->baseline_count; i++)
        if (!is_complete(&season->baselines[i].slo, &what))
            diag_add(diag, DIAG_LINK_NO_SLO, season->baselines[i].link_place,
                     season->baselines[i].link, what, NULL);
}

static int
compare_ids(const void *left, const void *right)
{
    const struct scenario *a = *(const struct scenario *const *)left;
    const struct scenario *b = *(const struct scenario *const *)right;
    int by = strcmp(a->id, b->id);
    return by ? by : (a > b) - (a < b); /* of one array: as written */
}

static void
check_scenario_ids(struct draft *draft)
{
    const struct season *season = draft->season;
    size_t count = season->scenario_count;
    const struct scenario **sorted =
        arena_array(draft->reading.arena, count + 1, const struct scenario *);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &season->scenarios[i];
    qsort(sorted, count, sizeof *sorted, compare_ids);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (strcmp(sorted[i]->id, sorted[first]->id) != 0)
            first = i;
        else if (*sorted[i]->id)
            keys_report_twice(&draft->reading,
                              arena_format(draft->reading.arena,
                                           "scenario \"%s\"", sorted[i]->id),
                              sorted[first]->place, sorted[i]->place);
    }
}

/* The scenario that decides; where none are given the season's own keys are
   scenario `plan`. */
static void
settle_plan(struct draft *draft)
{
    struct season *season = draft->season;
    struct reading *reading = &draft->reading;
    if (season->scenario_count == 0) {
        season->scenarios = arena_array(reading->arena, 1, struct scenario);
        season->scenarios[0].id = "plan";
        season->scenario_count = 1;
    }
    const char *plan = draft->plan ? draft->plan : "plan";
    for (size_t i = 0; i < season->scenario_count; i++)
        if (strcmp(season->scenarios[i].id, plan) == 0) {
            season->plan = i;
            return;
        }
    const char **ids =
        arena_array(reading->arena, season->scenario_count, const char *);
    for (size_t i = 0; i < season->scenario_count; i++) {
        ids[i] = season->scenarios[i].id;
        if (*ids[i] == '\0')
            return; /* refused; it may have been the one */
    }
    const char *near = text_nearest(plan, ids, season->scenario_count);
    if (draft->plan)
        diag_add(reading->diag, DIAG_PLAN_UNKNOWN, draft->plan_place,
                 keys_quoted(reading, plan, strlen(plan)),
                 !season->has_scenarios ? "; without scenarios there is plan"
                 : near
                     ? arena_format(reading->arena, "; did you mean %s?", near)
                     : "",
                 NULL);
    else if (keys_is_missing(draft->key, SEASON_PLAN))
        diag_add(reading->diag, DIAG_PLAN_MISSING, draft->key[SEASON_SCENARIOS],
                 NULL);
}

static void
check_zones(const struct draft *draft)
{
    const struct season *season = draft->season;
    struct arena *arena = draft->reading.arena;
    struct diag *diag = draft->reading.diag;
    bool zones = is_given(draft, SEASON_ZONES);
    bool survive = is_given(draft, SEASON_SURVIVE_ZONES);
    if (zones && keys_is_missing(draft->key, SEASON_SURVIVE_ZONES))
        diag_add(diag, DIAG_ZONES_ALONE, draft->key[SEASON_ZONES], "zones",
                 "survive_zones", NULL);
    if (survive && keys_is_missing(draft->key, SEASON_ZONES))
        diag_add(diag, DIAG_ZONES_ALONE, draft->key[SEASON_SURVIVE_ZONES],
                 "survive_zones", "zones", NULL);
    if (season->zones > 0 && survive && season->survive_zones >= season->zones)
        diag_add(diag, DIAG_ZONES_LOST, draft->key[SEASON_SURVIVE_ZONES],
                 whole_text(arena, season->survive_zones),
                 whole_text(arena, season->zones), NULL);
    for (size_t i = 0; zones && i < season->baseline_count; i++)
        if (season->baselines[i].instances == 0)
            diag_add(diag, DIAG_ZONES_INSTANCES,
                     season->baselines[i].link_place, season->baselines[i].link,
                     NULL);
}

/* The data cut-off: given, or the newest result's day where nothing asks for
   it. */
static void
settle_as_of(struct draft *draft)
{
    static const struct {
        enum season_key key;
        const char *why;
    } asking[] = {
        {SEASON_PEAK,      "with peak"     },
        {SEASON_DECIDE_BY, "with decide_by"},
        {SEASON_FREEZE,    "with freeze"   }
    };
    struct season *season = draft->season;
    struct diag *diag = draft->reading.diag;
    if (!keys_is_missing(draft->key, SEASON_AS_OF))
        return;
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        if (is_given(draft, asking[i].key)) {
            diag_add(diag, DIAG_NO_AS_OF, draft->key[asking[i].key],
                     asking[i].why, NULL);
            return;
        }
    struct day newest = {0};
    for (size_t i = 0; i < season->result_count; i++) {
        struct day date = season->results[i].date;
        if (date.given && (!newest.given || date.number > newest.number))
            newest = date;
    }
    if (season->result_count == 0 && !draft->is_refused_result)
        diag_add(diag, DIAG_NO_AS_OF, start_of(season),
                 "where there are no results", NULL);
    if (!newest.given)
        return;
    season->as_of.day = newest;
    season->as_of.text = day_text(draft->reading.arena, newest);
    season->as_of_is_default = true;
}

void
check_season(struct draft *draft)
{
    season_sort_links(draft->reading.arena, draft->season);
    check_links_twice(draft);
    check_scenario_ids(draft);
    if (draft->is_partial)
        return; /* what seems missing may stand in what was not read */
    check_keys(draft);
    settle_plan(draft);
    settle_as_of(draft);
    check_zones(draft);
    check_slo(draft);
    check_links_growth(draft);
    check_links_results(draft);
    check_links_warn(draft);
}
