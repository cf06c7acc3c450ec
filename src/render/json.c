/*
 * The assessment as JSON, format 1: keys, order and nulls as the contract,
 * section 4, has them.  Room render/.  Computes nothing; files are
 * json_file.c's.
 */
#include "render/json.h"

#include <stdio.h>

#include "base/diag.h"

/* --- values that may be unknown ------------------------------------------ */

static void
put_known(struct json_writer *writer, const char *key, struct known number,
          unsigned places)
{
    json_write_key(writer, key);
    if (number.known)
        json_write_whole(writer, number.value, places);
    else
        json_write_null(writer);
}

static void
put_optional(struct json_writer *writer, const char *key,
             const struct optional *number)
{
    json_write_key(writer, key);
    if (number->given)
        json_write_decimal(writer, number->value);
    else
        json_write_null(writer);
}

/* A count that is null where it is not known. */
static void
put_count(struct json_writer *writer, const char *key, bool is_known,
          whole number)
{
    put_known(writer, key, (struct known){is_known, number}, 0);
}

static void
put_string(struct json_writer *writer, const char *key, const char *text)
{
    json_write_key(writer, key);
    json_write_string(writer, text);
}

static void
put_text(struct json_writer *writer, const char *key, struct text text)
{
    json_write_key(writer, key);
    json_write_text(writer, text);
}

static void
put_day(struct json_writer *writer, const char *key, struct day day)
{
    char text[40];
    int year, month, date;
    json_write_key(writer, key);
    if (!day.given) {
        json_write_null(writer);
        return;
    }
    day_parts(day, &year, &month, &date);
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, date);
    json_write_string(writer, text);
}

/* --- a link -------------------------------------------------------------- */

static void
put_demand(struct json_writer *writer, const struct link *link)
{
    json_write_line(writer, 3);
    put_optional(writer, "peak_qps", &link->baseline->peak_qps);
    put_optional(writer, "growth", &link->growth);
    put_optional(writer, "buffer", &link->buffer);
    put_optional(writer, "multiplier", &link->multiplier);
    put_count(writer, "target_qps", true, link->target_qps);
}

static void
put_evidence(struct json_writer *writer, const struct link *link)
{
    bool is_tested = link->result != NULL;
    json_write_line(writer, 3);
    put_optional(writer, "achieved_qps",
                 &(struct optional){is_tested, link->achieved_qps});
    put_string(writer, "achieved_kind",
               is_tested ? outcome_key[link->outcome] : NULL);
    json_write_key(writer, "limited_by");
    json_write_open(writer, '[');
    for (unsigned i = 0; i < LIMITS; i++)
        if (link->limited_by >> i & 1)
            json_write_string(writer, limit_key[i]);
    json_write_close(writer, ']');
    put_count(writer, "tested_instances", link->tested_instances > 0,
              link->tested_instances);
    json_write_key(writer, "extrapolated");
    if (is_tested)
        json_write_bool(writer, link->extrapolated);
    else
        json_write_null(writer);
}

static void
put_measures(struct json_writer *writer, const struct link *link)
{
    const struct baseline *baseline = link->baseline;
    json_write_line(writer, 3);
    put_count(writer, "instances", link->instances > 0, link->instances);
    put_count(writer, "max_instances", baseline->max_instances > 0,
              baseline->max_instances);
    put_count(writer, "approved_instances", baseline->has_approved_instances,
              baseline->approved_instances);
    /* 0 where not given: that is its default */
    json_write_key(writer, "optimisation");
    json_write_decimal(writer, baseline->optimisation.value);
    put_optional(writer, "rate_limit_qps", &baseline->rate_limit_qps);
}

static void
put_capacity(struct json_writer *writer, const struct link *link)
{
    json_write_line(writer, 3);
    put_known(writer, "usable_qps", link->usable_qps, 0);
    put_known(writer, "attainment", link->attainment_milli, 3);
    put_known(writer, "shortfall_qps", link->shortfall_qps, 0);
    put_known(writer, "headroom", link->headroom_milli, 3);
    put_known(writer, "break_even", link->break_even_milli, 3);
    json_write_line(writer, 3);
    put_known(writer, "per_instance_qps", link->per_instance_centi, 2);
    put_known(writer, "expansion", link->expansion, 0);
    put_known(writer, "forecast_qps", link->forecast_qps, 0);
    put_known(writer, "gap_after_qps", link->gap_after_qps, 0);
}

/* Only where instances have a price: keys that others need not know. */
static void
put_cost(struct json_writer *writer, const struct link *link)
{
    if (!link->unit_cost.given)
        return;
    json_write_line(writer, 3);
    put_optional(writer, "unit_cost", &link->unit_cost);
    put_known(writer, "approved_cost", link->approved_cost_pico, COST_PLACES);
    put_known(writer, "open_cost", link->open_cost_pico, COST_PLACES);
}

static void
put_days(struct json_writer *writer, const struct link *link)
{
    const struct result *result = link->result;
    json_write_line(writer, 3);
    put_day(writer, "due", link->baseline->due);
    put_day(writer, "retest_on", link->baseline->retest_on);
    put_day(writer, "tested_on",
            result != NULL ? result->date : (struct day){.given = false});
    put_count(writer, "age_days", result != NULL, link->age_days);
}

static void
put_slo(struct json_writer *writer, const struct slo *slo)
{
    json_write_line(writer, 3);
    json_write_key(writer, "slo");
    json_write_open(writer, '{');
    for (unsigned i = 0; i < SLO_LIMITS; i++)
        if (slo->limit[i].given)
            put_optional(writer, limit_key[i], &slo->limit[i]);
    json_write_close(writer, '}');
}

/* A step's keys stand as the contract's example has them: loads first, then
   what was measured, then for how long. */
static const enum metric step_order[METRICS] = {
    METRIC_OFFERED_QPS, METRIC_QPS,       METRIC_CONCURRENCY, METRIC_P50_MS,
    METRIC_P95_MS,      METRIC_P99_MS,    METRIC_P999_MS,     METRIC_ERROR_RATE,
    METRIC_CPU,         METRIC_DURATION_S};

static void
put_steps(struct json_writer *writer, const struct link *link)
{
    json_write_line(writer, 3);
    json_write_key(writer, "steps");
    json_write_open(writer, '[');
    for (size_t i = 0; i < link->step_count; i++) {
        const struct walked *walked = &link->steps[i];
        json_write_line(writer, 4);
        json_write_open(writer, '{');
        for (unsigned j = 0; j < METRICS; j++) {
            enum metric metric = step_order[j];
            if (!step_has(walked->step, metric))
                continue;
            json_write_key(writer, metric_key[metric]);
            json_write_decimal(writer, walked->step->metric[metric]);
        }
        json_write_key(writer, "holds");
        json_write_bool(writer, walked->holds);
        json_write_close(writer, '}');
    }
    json_write_close(writer, ']');
}

static void
put_link(struct json_writer *writer, const struct link *link)
{
    const struct baseline *baseline = link->baseline;
    static const char *const priority[PRIORITIES] = {"P0", "P1", "P2"};
    json_write_line(writer, 2);
    json_write_open(writer, '{');
    put_string(writer, "link", baseline->link);
    put_text(writer, "name", baseline->name);
    put_text(writer, "domain", baseline->domain);
    put_string(writer, "priority", priority[baseline->priority]);
    put_text(writer, "owner", baseline->owner);
    json_write_line(writer, 3);
    put_string(writer, "state", state_key[link->state]);
    put_string(writer, "effect", effect_key[link->effect]);
    put_string(writer, "action", action_key[link->action]);
    put_demand(writer, link);
    put_evidence(writer, link);
    put_measures(writer, link);
    put_capacity(writer, link);
    put_cost(writer, link);
    put_days(writer, link);
    put_slo(writer, link->slo);
    put_steps(writer, link);
    json_write_close(writer, '}');
}

/* --- the report ---------------------------------------------------------- */

static void
put_season(struct json_writer *writer, const struct report *report)
{
    const struct season *season = report->season;
    json_write_line(writer, 1);
    json_write_key(writer, "season");
    json_write_open(writer, '{');
    put_string(writer, "id", season->id);
    put_text(writer, "name", season->name);
    put_text(writer, "reference", season->reference);
    put_string(writer, "peak", season->peak.text);
    put_string(writer, "as_of", season->as_of.text);
    put_known(writer, "days_left", report->days_left, 0);
    if (text_is_given(season->currency))
        put_text(writer, "currency", season->currency);
    json_write_close(writer, '}');
}

static void
put_verdict(struct json_writer *writer, const struct report *report)
{
    const struct assessment *shown = report->shown;
    json_write_line(writer, 1);
    put_string(writer, "verdict", verdict_key[shown->verdict]);
    put_string(writer, "reason", reason_key[shown->reason]);
    put_string(writer, "plan", report->plan->scenario->id);
    put_string(writer, "scenario", shown->scenario->id);
    json_write_line(writer, 1);
    json_write_key(writer, "counts");
    json_write_open(writer, '{');
    for (unsigned i = 0; i < STATES; i++)
        put_count(writer, state_key[i], true, shown->counts[i]);
    json_write_close(writer, '}');
    json_write_line(writer, 1);
    json_write_key(writer, "weakest");
    if (shown->weakest == NULL) {
        json_write_null(writer);
        return;
    }
    json_write_open(writer, '{');
    put_string(writer, "link", shown->weakest->baseline->link);
    put_known(writer, "attainment", shown->weakest->attainment_milli, 3);
    json_write_close(writer, '}');
}

static void
put_scenario(struct json_writer *writer, const struct assessment *assessment)
{
    json_write_line(writer, 2);
    json_write_open(writer, '{');
    put_string(writer, "id", assessment->scenario->id);
    put_string(writer, "verdict", verdict_key[assessment->verdict]);
    json_write_key(writer, "links");
    json_write_open(writer, '[');
    for (size_t i = 0; i < assessment->link_count; i++) {
        const struct link *link = assessment->links[i];
        json_write_line(writer, 3);
        json_write_open(writer, '{');
        put_string(writer, "link", link->baseline->link);
        put_optional(writer, "multiplier", &link->multiplier);
        put_count(writer, "target_qps", true, link->target_qps);
        put_string(writer, "state", state_key[link->state]);
        put_known(writer, "shortfall_qps", link->shortfall_qps, 0);
        put_known(writer, "expansion", link->expansion, 0);
        json_write_close(writer, '}');
    }
    json_write_close(writer, ']');
    json_write_close(writer, '}');
}

static void
put_warnings(struct json_writer *writer, const struct diag *diag)
{
    const struct diag_entry *list;
    size_t count = diag_list(diag, DIAG_WARNING, &list);
    json_write_line(writer, 1);
    json_write_key(writer, "warnings");
    json_write_open(writer, '[');
    for (size_t i = 0; i < count; i++) {
        const struct place *place = &list[i].place;
        bool has_place = place->source != NULL && place->line > 0;
        json_write_line(writer, 2);
        json_write_open(writer, '{');
        put_string(writer, "file", has_place ? place->source->name : NULL);
        put_count(writer, "line", has_place, place->line);
        put_string(writer, "text", list[i].text);
        json_write_close(writer, '}');
    }
    json_write_close(writer, ']');
}

static void
put_inputs(struct json_writer *writer, const struct season *season)
{
    json_write_line(writer, 1);
    json_write_key(writer, "inputs");
    json_write_open(writer, '[');
    for (size_t i = 0; i < season->source_count; i++) {
        const struct source *source = season->sources[i];
        json_write_line(writer, 2);
        json_write_open(writer, '{');
        put_string(writer, "file", source->name);
        put_count(writer, "bytes", true, (whole)source->file_size);
        put_string(writer, "sha256", source->sha256);
        json_write_close(writer, '}');
    }
    json_write_close(writer, ']');
}

bool
json_report(const struct report *report, const struct diag *diag,
            json_sink *sink, void *context)
{
    struct json_writer writer;
    json_write_start(&writer, sink, context);
    json_write_open(&writer, '{');
    put_count(&writer, "format", true, 1);
    put_string(&writer, "headroom", HEADROOM_VERSION);
    put_season(&writer, report);
    put_verdict(&writer, report);
    json_write_line(&writer, 1);
    json_write_key(&writer, "links");
    json_write_open(&writer, '[');
    for (size_t i = 0; i < report->shown->link_count; i++)
        put_link(&writer, report->shown->links[i]);
    json_write_close(&writer, ']');
    json_write_line(&writer, 1);
    json_write_key(&writer, "scenarios");
    json_write_open(&writer, '[');
    for (size_t i = 0; i < report->scenario_count; i++)
        put_scenario(&writer, &report->scenarios[i]);
    json_write_close(&writer, ']');
    put_warnings(&writer, diag);
    put_inputs(&writer, report->season);
    json_write_close(&writer, '}');
    return json_write_end(&writer);
}
