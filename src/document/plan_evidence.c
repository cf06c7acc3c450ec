/*
 * The evidence: the ramp of a link's load test, how far it held, what stopped
 * it, and the numbers of the steps that say so.  Belongs to document/; places
 * are made in chart_ramp.c.
 */
#include "document/plan_parts.h"

#include "base/arena.h"
#include "document/sentence.h"

#define MOST_RAMPS 100 /* unless all are asked for */

static const char *const limit_word[LIMITS] = {
    "limit.p50_ms",     "limit.p95_ms", "limit.p99_ms",  "limit.p999_ms",
    "limit.error_rate", "limit.cpu",    "limit.offered",
};

/* --- which links ------------------------------------------------------- */

static bool
is_wanted(const struct link *link, bool all)
{
    if (link->step_count == 0)
        return false;
    return all || link->state == STATE_SHORT ||
           link->state == STATE_COVERED || link->state == STATE_INCONCLUSIVE;
}

/* The links that are wanted, worst first. */
static const struct link **
wanted_links(const struct plan_job *job, bool all, size_t *count)
{
    const struct assessment *shown = job->report->shown;
    const struct link **links =
        arena_array(job->arena, shown->link_count + 1, const struct link *);
    *count = 0;
    for (size_t i = 0; i < shown->link_count; i++)
        if (is_wanted(shown->links[i], all))
            links[(*count)++] = shown->links[i];
    return links;
}

static size_t
listed(size_t count, bool all)
{
    return all || count < MOST_RAMPS ? count : MOST_RAMPS;
}

const size_t *
plan_evidence_numbers(const struct plan_job *job, bool all)
{
    const struct season *season = job->report->season;
    size_t count;
    const struct link **links = wanted_links(job, all, &count);
    size_t *numbers = arena_array(job->arena, season->baseline_count, size_t);
    for (size_t i = 0; i < listed(count, all); i++)
        numbers[links[i]->baseline - season->baselines] = i + 1;
    return numbers;
}

/* --- numbers beside the charts ------------------------------------------ */

static enum limit
limit_of(enum metric metric)
{
    for (unsigned i = 0; i < SLO_LIMITS; i++)
        if (limit_metric[i] == metric)
            return (enum limit)i;
    return LIMIT_OFFERED;
}

static struct decimal
value_at(const struct link *link, enum metric metric, size_t index)
{
    return link->steps[index].step->metric[metric];
}

#define MOST_PLACES 2 /* of what was measured */

/* How many decimals a number has: 0.125 has 3. */
static unsigned
places_of(struct decimal number)
{
    unsigned places = DECIMAL_PLACES;
    while (places > 0 && number.units % 10 == 0) {
        number.units /= 10;
        places--;
    }
    return places;
}

/* As it stands in its row: a ratio in per cent. */
static struct decimal
in_row(enum metric metric, struct decimal number)
{
    return metric == METRIC_ERROR_RATE || metric == METRIC_CPU
               ? decimal_multiply(number, decimal_of(100))
               : number;
}

/* The decimals of a row: those of its limit, which is shown as it is, and of
   what was measured, but not many; shares of errors are small, and have them
   on all pages. */
static unsigned
row_places(const struct link *link, enum metric metric)
{
    const enum limit limit = limit_of(metric);
    const size_t steps[] = {link->held_step, link->broke_step};
    unsigned most = metric == METRIC_ERROR_RATE ? MOST_PLACES : 0;
    if (limit == LIMIT_OFFERED)
        return 0;
    for (size_t i = 0; i < 2; i++) {
        if (steps[i] >= link->step_count ||
            !step_has(link->steps[steps[i]].step, metric))
            continue;
        unsigned places =
            places_of(in_row(metric, value_at(link, metric, steps[i])));
        most = places > most ? places : most;
    }
    most = most < MOST_PLACES ? most : MOST_PLACES;
    if (link->slo->limit[limit].given) {
        unsigned places =
            places_of(in_row(metric, link->slo->limit[limit].value));
        most = places > most ? places : most;
    }
    return most;
}

/* A number of a row, rounded up to its decimals. */
static const char *
row_number(const struct plan_job *job, enum metric metric,
           struct decimal number, unsigned places)
{
    const whole last = whole_power10(DECIMAL_PLACES - places);
    number = in_row(metric, number);
    number.units = whole_ceil_divide(number.units, last) * last;
    const char *text = number_places(job->arena, number, places);
    return metric == METRIC_ERROR_RATE || metric == METRIC_CPU
               ? arena_format(job->arena, "%s%%", text)
               : text;
}

/* --- words about one link ---------------------------------------------- */

static bool
is_ratio(enum limit limit)
{
    return limit == LIMIT_ERROR_RATE || limit == LIMIT_CPU;
}

/* A limit as it was given: "200" ms or "0.1%". */
static struct text
bound(const struct plan_job *job, enum limit limit, struct decimal value)
{
    return (struct text){.one = is_ratio(limit)
                                    ? number_ratio(job->arena, value)
                                    : number_decimal(job->arena, value)};
}

/* What broke at a step: each limit with the value and the limit, or by its name
   alone. */
static struct text
over(const struct plan_job *job, const struct link *link,
     const struct step *step, bool numbers)
{
    struct text items[LIMITS];
    size_t count = 0;
    for (unsigned i = 0; i < LIMITS; i++) {
        if (!(link->limited_by >> i & 1))
            continue;
        if (i == LIMIT_OFFERED || !step_has(step, limit_metric[i])) {
            items[count++] = words_both(job->words, "ramp.over.none", NULL);
            continue;
        }
        if (!numbers) {
            items[count++] = words_both(job->words, limit_word[i], NULL);
            continue;
        }
        /* both as in their row beside the charts */
        const enum metric metric = limit_metric[i];
        const unsigned places = row_places(link, metric);
        struct fill fills[] = {
            {"limit", words_both(job->words, limit_word[i], NULL)},
            {"value",
             {.one = row_number(job, metric, step->metric[metric], places)}},
            {"bound",
             {.one = row_number(job, metric, link->slo->limit[i].value,
                                places)}},
            {0}
        };
        items[count++] = words_both(
            job->words,
            is_ratio((enum limit)i) ? "ramp.over.ratio" : "ramp.over.ms",
            fills);
    }
    return words_list(job->words, items, count);
}

/* What was sent and carried: whole, down, as the capacity is elsewhere. */
static const char *
rate_text(const struct plan_job *job, struct decimal rate)
{
    return number_whole(job->arena, whole_floor_divide(
                                        rate.units,
                                        whole_power10(DECIMAL_PLACES)));
}

/* The load of a step in words: "13,000 QPS offered". */
static struct text
load_text(const struct plan_job *job, const struct plan_ramp *ramp,
          size_t index)
{
    static const char *const key[] = {
        [RAMP_OFFERED] = "ramp.at.offered",
        [RAMP_CONCURRENCY] = "ramp.at.concurrency",
        [RAMP_ORDER] = "ramp.at.order",
    };
    const struct step *step = ramp->link->steps[index].step;
    struct decimal load = decimal_of((whole)index + 1);
    if (ramp->ramp.load == RAMP_OFFERED)
        load = step->metric[METRIC_OFFERED_QPS];
    else if (ramp->ramp.load == RAMP_CONCURRENCY)
        load = step->metric[METRIC_CONCURRENCY];
    struct fill fills[] = {
        {"n", {.one = rate_text(job, load)}},
        {0  }
    };
    return words_both(job->words, key[ramp->ramp.load], fills);
}

/* How far it held and what stopped it; the shorter leaves the numbers of the
   limits to the table beside it. */
static struct wording
limit_wording(const struct plan_job *job, const struct plan_ramp *ramp)
{
    const struct link *link = ramp->link;
    const size_t broke = link->broke_step;
    const bool broken = broke < link->step_count;
    const struct step *step = broken ? link->steps[broke].step : NULL;
    const struct text nothing = {.one = ""};
    struct fill fills[] = {
        {"achieved", {.one = rate_text(job, link->achieved_qps)}},
        {"load", broken ? load_text(job, ramp, broke) : nothing},
        {"limits", broken ? over(job, link, step, true) : nothing},
        {"names", broken ? over(job, link, step, false) : nothing},
        {"tested", words_count(job->words, "instances",
                               link->tested_instances)},
        {0}
    };
    const char *key = "ramp.plateau";
    if (link->outcome == OUTCOME_NONE)
        key = "ramp.none";
    else if (link->outcome == OUTCOME_AT_LEAST)
        key = "ramp.at_least";
    else if (broken)
        key = "ramp.measured";
    if (!ramp->ramp.scaled || link->tested_instances == 0 ||
        link->tested_instances == link->instances)
        return words_wording(job->words, key, fills);
    struct wording wording = {NULL, words_variants(job->words, key)};
    struct phrase *variants =
        arena_array(job->arena, wording.count, struct phrase);
    for (size_t i = 0; i < wording.count; i++) {
        struct fill join[] = {
            {"list", words_variant(job->words, key, i, fills)},
            {"item", words_both(job->words, "ramp.tested", fills)},
            {0     }
        };
        variants[i] = words_fill(job->words, "note.join", join);
    }
    wording.variants = variants;
    return wording;
}

/* Priority, state, target, and what is missing. */
static struct phrase
facts_phrase(const struct plan_job *job, const struct link *link,
             bool is_warned)
{
    static const char *const state[STATES] = {
        "state.short",        "state.untested", "state.stale",
        "state.inconclusive", "state.covered",  "state.met",
    };
    static const char *const priority[PRIORITIES] = {"P0", "P1", "P2"};
    struct fill fills[] = {
        {"priority", {.one = priority[link->baseline->priority]}},
        {"state", words_both(job->words, state[link->state], NULL)},
        {"target", {.one = number_whole(job->arena, link->target_qps)}},
        {"attainment",
         {.one = link->proven
                     ? number_percent(job->arena, link->attainment_milli.value)
                     : ""}},
        {"shortfall",
         {.one = link->proven
                     ? number_whole(job->arena, link->shortfall_qps.value)
                     : ""}},
        {0}
    };
    const char *key = "ramp.facts.unproven";
    if (link->proven)
        key = link->shortfall_qps.value > 0 ? "ramp.facts.short"
                                            : "ramp.facts.met";
    if (!is_warned)
        return words_fill(job->words, key, fills);
    struct fill warned[] = {
        {"facts", words_both(job->words, key, fills)},
        {0      }
    };
    return words_fill(job->words, "ramp.facts.warned", warned);
}

/* What must be said beside the test that counts. */
static struct phrase
caution_phrase(const struct plan_job *job, const struct link *link)
{
    if (link->result == NULL || link->result->cautions == 0)
        return (struct phrase){NULL, NULL};
    return words_text(job->words,
                      sentence_cautions(job->words, link->result->cautions));
}

/* --- the panels -------------------------------------------------------- */

static struct text
value_in_text(const struct plan_job *job, const struct link *link,
              enum metric metric, size_t index)
{
    struct decimal value = value_at(link, metric, index);
    return (struct text){.one = limit_of(metric) == LIMIT_OFFERED
                                    ? number_decimal(job->arena, value)
                                    : number_ms(job->arena, value)};
}

static void
set_panel(const struct plan_job *job, struct plan_ramp *ramp, size_t index)
{
    const struct link *link = ramp->link;
    const struct ramp_panel *panel = &ramp->ramp.panels[index];
    const enum limit limit = limit_of(panel->metric);
    struct text name = words_both(job->words, limit_word[limit], NULL);
    struct text given = {.one = ""};
    if (limit != LIMIT_OFFERED)
        given = bound(job, limit, link->slo->limit[limit].value);
    struct fill fills[] = {
        {"name", sentence_name(link)},
        {"steps", words_count(job->words, "steps", link->step_count)},
        {"low", load_text(job, ramp, 0)},
        {"high", load_text(job, ramp, link->step_count - 1)},
        {"first", value_in_text(job, link, panel->metric, 0)},
        {"last",
         value_in_text(job, link, panel->metric, link->step_count - 1)},
        {"limit", name},
        {"bound", given},
        {0}
    };
    if (panel->metric == METRIC_QPS) {
        ramp->axes[index] = words_phrase(job->words, "ramp.axis.qps");
        ramp->alts[index] = words_fill(job->words, "ramp.alt.qps", fills);
        return;
    }
    struct fill axis[] = {
        {"limit", name},
        {0      }
    };
    ramp->axes[index] = words_fill(job->words, "ramp.axis.ms", axis);
    ramp->alts[index] = words_fill(job->words, "ramp.alt.ms", fills);
}

/* --- the numbers beside it --------------------------------------------- */

#define TABLE_COLUMNS 4
#define NUMBER_MM 13.0
#define MOST_ROWS (2 + SLO_LIMITS)

static bool
has_held(const struct link *link)
{
    return link->held_step < link->step_count;
}

static bool
has_broken(const struct link *link)
{
    return link->broke_step < link->step_count;
}

/* A row: what it is, at the step that held, at the one that broke, its limit;
   a step that there is not has no column. */
struct lines {
    struct plan_row rows[MOST_ROWS];
    struct plan_cell cells[MOST_ROWS][TABLE_COLUMNS];
    size_t count;
};

static struct phrase
cell_text(const struct plan_job *job, const struct link *link,
          enum metric metric, size_t index)
{
    if (index >= link->step_count ||
        !step_has(link->steps[index].step, metric))
        return words_phrase(job->words, "none");
    struct decimal value = value_at(link, metric, index);
    if (limit_of(metric) == LIMIT_OFFERED)
        return (struct phrase){rate_text(job, value), NULL};
    return (struct phrase){
        row_number(job, metric, value, row_places(link, metric)), NULL};
}

static void
add_line(const struct plan_job *job, struct lines *lines,
         const struct link *link, struct phrase name, enum metric metric)
{
    struct plan_cell *cells = lines->cells[lines->count];
    const enum limit limit = limit_of(metric);
    size_t at = 0;
    cells[at++].text = name;
    if (has_held(link)) {
        cells[at].text = cell_text(job, link, metric, link->held_step);
        cells[at].emphasis =
            metric == METRIC_QPS ? EMPHASIS_BOLD : EMPHASIS_NONE;
        at++;
    }
    if (has_broken(link)) {
        cells[at].text = cell_text(job, link, metric, link->broke_step);
        if (limit != LIMIT_OFFERED && link->limited_by >> limit & 1)
            cells[at].emphasis = EMPHASIS_BAD;
        at++;
    }
    cells[at].text = words_phrase(job->words, "none");
    if (limit != LIMIT_OFFERED && link->slo->limit[limit].given)
        cells[at].text = (struct phrase){
            row_number(job, metric, link->slo->limit[limit].value,
                       row_places(link, metric)),
            NULL};
    lines->rows[lines->count++].cells = cells;
}

/* Whether a limit has a line: what the panel shows, what broke, errors, CPU. */
static bool
has_line(const struct link *link, enum limit limit)
{
    const size_t steps[] = {link->held_step, link->broke_step};
    bool has = false;
    for (size_t i = 0; i < 2; i++)
        has = has ||
              (steps[i] < link->step_count &&
               step_has(link->steps[steps[i]].step, limit_metric[limit]));
    return has && (is_ratio(limit) || link->limited_by >> limit & 1 ||
                   limit == ramp_latency(link));
}

static struct plan_table
number_table(const struct plan_job *job, const struct plan_ramp *ramp)
{
    static const char *const load[] = {
        [RAMP_OFFERED] = "ramp.load.offered",
        [RAMP_CONCURRENCY] = "ramp.load.concurrency",
    };
    const struct link *link = ramp->link;
    const char *heading[TABLE_COLUMNS] = {NULL};
    size_t columns_used = 1;
    if (has_held(link))
        heading[columns_used++] = "ramp.column.held";
    if (has_broken(link))
        heading[columns_used++] = "ramp.column.broke";
    heading[columns_used++] = "ramp.column.limit";
    struct lines *lines = arena_alloc(job->arena, sizeof *lines);
    struct plan_column *columns =
        arena_array(job->arena, TABLE_COLUMNS, struct plan_column);
    for (size_t i = 0; i < columns_used; i++) {
        columns[i].kind = i == 0 ? COLUMN_TEXT : COLUMN_NUMBER;
        columns[i].width_mm = i == 0 ? 0 : NUMBER_MM;
        if (heading[i] != NULL)
            columns[i].heading = words_phrase(job->words, heading[i]);
    }
    if (ramp->ramp.load != RAMP_ORDER)
        add_line(job, lines, link,
                 words_phrase(job->words, load[ramp->ramp.load]),
                 ramp->ramp.load == RAMP_OFFERED ? METRIC_OFFERED_QPS
                                                 : METRIC_CONCURRENCY);
    add_line(job, lines, link, words_phrase(job->words, "ramp.axis.qps"),
             METRIC_QPS);
    for (unsigned i = 0; i < SLO_LIMITS; i++) {
        if (!has_line(link, (enum limit)i))
            continue;
        struct fill fills[] = {
            {"limit", words_both(job->words, limit_word[i], NULL)},
            {0      }
        };
        add_line(job, lines, link,
                 words_fill(job->words,
                            i == LIMIT_ERROR_RATE ? "ramp.row.error_rate"
                            : i == LIMIT_CPU      ? "ramp.row.cpu"
                                                  : "ramp.axis.ms",
                            fills),
                 limit_metric[i]);
    }
    return (struct plan_table){.columns = columns,
                               .column_count = columns_used,
                               .rows = lines->rows,
                               .row_count = lines->count};
}

/* --- the pages --------------------------------------------------------- */

static struct plan_ramp
ramp_of(const struct plan_job *job, const struct link *link, size_t number,
        bool is_warned)
{
    static const char *const load[] = {
        [RAMP_OFFERED] = "ramp.load.offered",
        [RAMP_CONCURRENCY] = "ramp.load.concurrency",
        [RAMP_ORDER] = "ramp.load.order",
    };
    struct plan_ramp ramp = {.link = link, .number = number};
    ramp.ramp = chart_ramp(job->arena, link);
    ramp.name = words_text(job->words, sentence_name(link));
    ramp.facts = facts_phrase(job, link, is_warned);
    ramp.caution = caution_phrase(job, link);
    ramp.limit = limit_wording(job, &ramp);
    ramp.load = words_phrase(job->words, load[ramp.ramp.load]);
    for (size_t i = 0; i < ramp.ramp.panel_count; i++)
        set_panel(job, &ramp, i);
    ramp.table = number_table(job, &ramp);
    return ramp;
}

/* What is not there: those past the worst, or those without a test. */
static struct phrase
after_phrase(const struct plan_job *job, size_t count, bool all)
{
    const unsigned untested = job->report->shown->counts[STATE_UNTESTED];
    if (all && untested > 0)
        return words_text(job->words,
                          words_count(job->words, "evidence.untested",
                                      untested));
    if (listed(count, all) == count)
        return (struct phrase){NULL, NULL};
    struct fill fills[] = {
        {"listed",
         {.one = number_whole(job->arena, (whole)listed(count, all))}},
        {"all", {.one = number_whole(job->arena, (whole)count)}},
        {0}
    };
    return words_fill(job->words, "evidence.cut", fills);
}

static void
set_legend(const struct plan_job *job, struct plan_ramps *ramps, bool by_other)
{
    static const char *const look[RAMP_LOOKS] = {
        "ramp.legend.held", "ramp.legend.achieved", "ramp.legend.broke",
        "ramp.legend.later"};
    static const char *const line[RAMP_LINES] = {
        "ramp.line.target", "ramp.line.baseline", "ramp.line.limit"};
    for (size_t i = 0; i < RAMP_LOOKS; i++)
        ramps->legend_looks[i] = words_phrase(job->words, look[i]);
    for (size_t i = 0; i < RAMP_LINES; i++)
        ramps->lines[i] = words_phrase(job->words, line[i]);
    if (by_other)
        ramps->legend_looks[RAMP_BROKE] =
            words_phrase(job->words, "ramp.legend.broke.other");
}

/* What the targets and baselines are drawn by, and what the sign of a warning stands for. */
static struct phrase
note_phrase(const struct plan_job *job, bool is_scaled, bool is_warned)
{
    struct fill place[] = {
        {"place", words_both(job->words,
                             template_has_page(job->template, "basis")
                                 ? "place.basis"
                                 : "page.about",
                             NULL)},
        {0}
    };
    struct fill join[] = {
        {"list", words_both(job->words, "ramp.scaled", NULL)},
        {"item", words_both(job->words, "ramp.warned", place)},
        {0     }
    };
    if (is_scaled && is_warned)
        return words_fill(job->words, "note.join", join);
    if (is_warned)
        return words_text(job->words, join[1].text);
    if (is_scaled)
        return words_text(job->words, join[0].text);
    return (struct phrase){NULL, NULL};
}

struct plan_ramps
plan_ramps(const struct plan_job *job, bool all)
{
    struct plan_ramps ramps = {0};
    size_t count;
    const struct link **links = wanted_links(job, all, &count);
    struct plan_ramp *list = arena_array(job->arena, count, struct plan_ramp);
    bool is_scaled = false, is_warned = false, by_other = false;
    const struct plan_warned warned = plan_warned(job);
    ramps.count = listed(count, all);
    ramps.all = count;
    ramps.ramps = list;
    for (size_t i = 0; i < ramps.count; i++) {
        bool has_warning = plan_is_warned(&warned, links[i]->baseline->link);
        list[i] = ramp_of(job, links[i], i + 1, has_warning);
        const struct ramp *ramp = &list[i].ramp;
        is_scaled = is_scaled || ramp->scaled;
        is_warned = is_warned || has_warning;
        for (size_t k = 0; k < ramp->panel_count; k++) {
            const struct ramp_panel *panel = &ramp->panels[k];
            for (size_t p = 0; p < ramp->point_count; p++) {
                ramps.looks |= 1u << panel->points[p].look;
                by_other = by_other || panel->points[p].by_other;
            }
            for (size_t p = 0; p < panel->line_count; p++)
                ramps.line_kinds |= 1u << panel->lines[p].kind;
        }
    }
    set_legend(job, &ramps, by_other);
    ramps.note = note_phrase(job, is_scaled, is_warned);
    ramps.after = after_phrase(job, count, all);
    return ramps;
}
