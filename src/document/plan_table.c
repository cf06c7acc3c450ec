/*
 * Tables of links: columns, rows, cells, legend and notes.  Belongs to
 * document/.  Which links stand in a table is for the pages.
 */
#include "document/plan_parts.h"

#include <string.h>

#include "base/arena.h"
#include "document/column_value.h"
#include "document/sentence.h"

/* --- columns ----------------------------------------------------------- */

/* Whether what stands against the target is anywhere other than what the test
   achieved: then it may not be headed so. */
static bool
capacity_differs(const struct plan_job *job)
{
    const struct assessment *shown = job->report->shown;
    for (size_t i = 0; i < shown->link_count; i++) {
        const struct link *link = shown->links[i];
        struct known capacity = column_capacity(link);
        if (!capacity.known)
            continue;
        struct decimal whole_achieved = {
            whole_floor_divide(link->achieved_qps.units,
                               whole_power10(DECIMAL_PLACES)) *
            whole_power10(DECIMAL_PLACES)};
        if (decimal_compare(whole_achieved, decimal_of(capacity.value)) != 0)
            return true;
    }
    return false;
}

static struct phrase
column_heading(const struct plan_job *job, const struct column *column)
{
    const char *key = column->heading;
    if (strcmp(column->key, "capacity_qps") == 0 && capacity_differs(job))
        key = "column.usable_qps";
    struct phrase heading = words_phrase(job->words, key);
    if (column->has_unit)
        heading.lead =
            arena_format(job->arena, "%s %s", heading.lead, job->words->unit);
    return heading;
}

/* The decimals of the amount that has most. */
static unsigned
most_places(const struct column *column, const struct link *const *links,
            size_t count)
{
    unsigned most = 0;
    for (size_t i = 0; i < count; i++) {
        struct value value = column->value(links[i]);
        unsigned places = number_cost_places(value.number);
        if (value.kind == VALUE_COST && places > most)
            most = places;
    }
    return most;
}

static void
set_columns(const struct plan_job *job, const struct template_part *part,
            const struct link *const *links, size_t count,
            struct plan_table *table)
{
    struct plan_column *columns =
        arena_array(job->arena, part->column_count, struct plan_column);
    for (size_t i = 0; i < part->column_count; i++) {
        const struct column *column = column_find(part->columns[i].name);
        columns[i] = (struct plan_column){
            .column = column,
            .kind = column->kind,
            .heading = column_heading(job, column),
            .width_mm = column->page_mm,
            .places = column->kind == COLUMN_COST
                          ? most_places(column, links, count)
                          : 0,
        };
        table->axis = table->axis || column->kind == COLUMN_BAR;
    }
    table->columns = columns;
    table->column_count = part->column_count;
}

struct phrase
plan_table_heading(const struct plan_job *job, const char *key)
{
    const size_t all = job->report->shown->link_count;
    struct fill fills[] = {
        {"n", {.one = number_whole(job->arena, (whole)all)}},
        {0  }
    };
    return words_fill(job->words, key, fills);
}

/* --- rows -------------------------------------------------------------- */

static struct plan_cell
cell_of(const struct plan_job *job, const struct plan_column *plan_column,
        const struct link *link)
{
    const struct column *column = plan_column->column;
    const struct day as_of = job->report->season->as_of.day;
    struct value value = column->value(link);
    if (value.kind == VALUE_COST)
        value.places = plan_column->places;
    struct plan_cell cell = {.hung = value.star, .emphasis = value.emphasis};
    if (value.kind == VALUE_DAY)
        cell.text = words_text(job->words,
                               words_day(job->words, value.day, as_of));
    else if (value.kind == VALUE_NONE && strcmp(column->key, "owner") == 0)
        cell.text = words_phrase(job->words, "owner.none");
    else
        cell.text = words_value(job->words, &value);
    /* the second language is for what is said, not for a number or a day */
    if (column->kind != COLUMN_TEXT && value.kind != VALUE_UNPROVEN)
        cell.text.second = NULL;
    return cell;
}

static struct plan_row
row_of(const struct plan_job *job, const struct plan_table *table,
       const struct link *link)
{
    struct plan_cell *cells =
        arena_array(job->arena, table->column_count, struct plan_cell);
    for (size_t i = 0; i < table->column_count; i++)
        cells[i] = cell_of(job, &table->columns[i], link);
    return (struct plan_row){
        .link = link,
        .state = link->state,
        .bar = chart_bar(link),
        .alt = sentence_alt(job->words, job->report, link),
        .strong = link->state != STATE_MET,
        .cells = cells,
        .evidence =
            job->evidence
                ? job->evidence[link->baseline - job->report->season->baselines]
                : 0,
    };
}

struct plan_table
plan_link_table(const struct plan_job *job, const struct template_part *part,
                const struct link *const *links, size_t count)
{
    struct plan_table table = {.row_count = count};
    set_columns(job, part, links, count, &table);
    struct plan_row *rows = arena_array(job->arena, count, struct plan_row);
    for (size_t i = 0; i < count; i++) {
        rows[i] = row_of(job, &table, links[i]);
        rows[i].rule_before = i > 0 && links[i]->state == STATE_MET &&
                              links[i - 1]->state != STATE_MET;
    }
    table.rows = rows;
    return table;
}

/* --- legend ------------------------------------------------------------ */

/* Which samples the bars of the rows show. */
static unsigned
samples_of(const struct plan_table *table)
{
    static const enum legend_sample look_sample[] = {
        [BAR_PROVEN] = LEGEND_PROVEN,
        [BAR_INCONCLUSIVE] = LEGEND_INCONCLUSIVE,
        [BAR_STALE] = LEGEND_STALE,
        [BAR_UNTESTED] = LEGEND_UNTESTED,
    };
    unsigned samples = 1u << LEGEND_TARGET;
    for (size_t i = 0; i < table->row_count; i++) {
        const struct bar *bar = &table->rows[i].bar;
        samples |= 1u << look_sample[bar->look];
        samples |= bar->has_forecast ? 1u << LEGEND_FORECAST : 0;
        samples |= bar->has_gap ? 1u << LEGEND_GAP : 0;
        samples |= bar->has_baseline ? 1u << LEGEND_BASELINE : 0;
    }
    return samples;
}

/* Whether any link has an approved gain: what is forecast then comes of more
   than instances. */
static bool
has_gain(const struct plan_job *job)
{
    const struct assessment *shown = job->report->shown;
    for (size_t i = 0; i < shown->link_count; i++)
        if (column_approved_gain(shown->links[i]).kind != VALUE_NONE)
            return true;
    return false;
}

static struct phrase
legend_text(const struct plan_job *job, enum legend_sample sample)
{
    static const char *const key[] = {
        [LEGEND_PROVEN] = "legend.proven",
        [LEGEND_FORECAST] = "legend.forecast",
        [LEGEND_GAP] = "legend.gap",
        [LEGEND_STALE] = "legend.stale",
        [LEGEND_UNTESTED] = "legend.untested",
        [LEGEND_INCONCLUSIVE] = "legend.inconclusive",
        [LEGEND_TARGET] = "legend.target",
        [LEGEND_BASELINE] = "legend.baseline",
    };
    const struct text reference = job->report->season->reference;
    struct fill fills[] = {
        {"reference", reference},
        {0          }
    };
    if (sample == LEGEND_BASELINE && !text_is_given(reference))
        return words_phrase(job->words, "legend.baseline.plain");
    if (sample == LEGEND_FORECAST && has_gain(job))
        return words_phrase(job->words, "legend.forecast.gain");
    return words_fill(job->words, key[sample], fills);
}

const struct plan_legend *
plan_legend_of(const struct plan_job *job, const struct plan_table *table,
               size_t *count)
{
    return plan_legend_samples(job, table->axis ? samples_of(table) : 0, count);
}

const struct plan_legend *
plan_legend_samples(const struct plan_job *job, unsigned samples,
                    size_t *count)
{
    struct plan_legend *legend =
        arena_array(job->arena, LEGEND_BASELINE + 1, struct plan_legend);
    *count = 0;
    for (unsigned i = 0; i <= LEGEND_BASELINE; i++)
        if (samples >> i & 1)
            legend[(*count)++] = (struct plan_legend){
                (enum legend_sample)i, legend_text(job, (enum legend_sample)i)};
    return legend;
}

/* --- notes ------------------------------------------------------------- */

static bool
has_hung(const struct plan_table *table, const struct plan_row *row,
         const char *sign)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (row->cells[i].hung != NULL &&
            strcmp(row->cells[i].hung, sign) == 0)
            return true;
    return false;
}

/* Whether a star stands at a plan that is late, or at evidence that does not
   count. */
static bool
has_starred(const struct plan_table *table, bool late)
{
    for (size_t i = 0; i < table->row_count; i++)
        if (has_hung(table, &table->rows[i], STAR) &&
            is_late(table->rows[i].link) == late)
            return true;
    return false;
}

static bool
has_dagger(const struct plan_table *table)
{
    for (size_t i = 0; i < table->row_count; i++)
        if (has_hung(table, &table->rows[i], DAGGER))
            return true;
    return false;
}

static bool
has_column(const struct plan_table *table, const char *key)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (strcmp(table->columns[i].column->key, key) == 0)
            return true;
    return false;
}

static bool
has_lower_bound(const struct plan_table *table)
{
    if (!has_column(table, "capacity_qps") &&
        !has_column(table, "achieved_qps") && !has_column(table, "seen_qps"))
        return false;
    for (size_t i = 0; i < table->row_count; i++) {
        const struct link *link = table->rows[i].link;
        if (link->result != NULL && link->outcome == OUTCOME_AT_LEAST)
            return true;
    }
    return false;
}

/* What is said of the shortfall after plan: where it differs from the shortfall
   it is a forecast, else it is what is short now.  NULL where nothing is. */
static const char *
forecast_note(const struct plan_table *table)
{
    bool is_forecast = false, is_present = false;
    if (!has_column(table, "gap_after_qps"))
        return NULL;
    for (size_t i = 0; i < table->row_count; i++) {
        const struct link *link = table->rows[i].link;
        if (!link->shortfall_qps.known || !link->gap_after_qps.known)
            continue;
        is_forecast = is_forecast ||
                      link->shortfall_qps.value > link->gap_after_qps.value;
        is_present = is_present || (link->gap_after_qps.value > 0 &&
                                    link->shortfall_qps.value ==
                                        link->gap_after_qps.value);
    }
    if (!is_forecast)
        return NULL;
    return is_present ? "note.forecast.some" : "note.forecast";
}

struct phrase
plan_note_of(const struct plan_job *job, const struct plan_table *table)
{
    return plan_note_with(job, table, NULL);
}

struct phrase
plan_note_with(const struct plan_job *job, const struct plan_table *table,
               const char *more)
{
    return plan_note_and(job, table,
                         more ? words_both(job->words, more, NULL)
                              : (struct text){0});
}

struct phrase
plan_note_and(const struct plan_job *job, const struct plan_table *table,
              struct text more)
{
    const char *keys[5];
    size_t count = 0;
    if (has_starred(table, false))
        keys[count++] = "note.star";
    if (has_lower_bound(table))
        keys[count++] = "note.at_least";
    if (has_starred(table, true))
        keys[count++] = "note.late";
    const char *forecast = forecast_note(table);
    if (forecast)
        keys[count++] = forecast;
    if (has_dagger(table))
        keys[count++] = "note.quota";
    struct text note = {0};
    for (size_t i = 0; i <= count; i++) {
        struct text item =
            i < count ? words_both(job->words, keys[i], NULL) : more;
        struct fill fills[] = {
            {"list", note},
            {"item", item},
            {0}
        };
        if (!text_is_given(note))
            note = item;
        else if (text_is_given(item))
            note = words_both(job->words, "note.join", fills);
    }
    return text_is_given(note) ? words_text(job->words, note)
                               : (struct phrase){NULL, NULL};
}
