/*
 * The picture of the expansion: of each link with a gap and an approved plan
 * the way from usable over what is approved to the target, the instances that
 * are still to be approved, and what they cost where instances have a price.
 * A link without a plan has no way to show: the list above says all of it.
 * Belongs to document/.
 */
#include "document/plan_parts.h"

#include <string.h>

#include "base/arena.h"
#include "document/column_value.h"
#include "document/sentence.h"

/* Columns of the picture, of the costs, or of both; those that may be left out
   are left out where no link has anything to say in them. */
enum { PICTURE = 1, COSTS = 2, ONLY_COSTS = 4 };
static const struct {
    const char *name;
    unsigned in;
    bool may_go;
} columns[] = {
    {"mark",           PICTURE | COSTS,     false},
    {"name",           PICTURE | COSTS,     false},
    {"priority",       PICTURE,             false},
    {"bar",            PICTURE,             false},
    {"usable_qps",     PICTURE,             false},
    {"gained_qps",     PICTURE,             true },
    {"added_qps",      PICTURE,             true },
    {"target_qps",     PICTURE,             false},
    {"open_instances", PICTURE | COSTS,     false},
    {"unit_cost",      ONLY_COSTS,          true },
    {"approved_cost",  COSTS,               true },
    {"open_cost",      COSTS,               true },
    {"retest_on",      PICTURE,             false},
};
#define COLUMNS (sizeof columns / sizeof *columns)
#define VAST_SHEETS 2 /* of very many links */

/* Those links of the list of gaps that have something to show; all of the
   season's that have. */
struct listed {
    const struct link **links;
    size_t count, all;
};

static bool
is_shown(const struct link *link)
{
    return column_has_plan(link) || link->unit_cost.given;
}

static bool
has_values(const char *name, const struct listed *listed)
{
    const struct column *column = column_find(name);
    for (size_t i = 0; i < listed->count; i++)
        if (column->value(listed->links[i]).kind != VALUE_NONE)
            return true;
    return false;
}

static struct template_part
part_of(const struct plan_job *job, const struct listed *listed, unsigned in)
{
    struct template_part part = {
        .columns = arena_array(job->arena, COLUMNS, struct template_name)};
    for (size_t i = 0; i < COLUMNS; i++)
        if ((columns[i].in & in) &&
            (!columns[i].may_go || has_values(columns[i].name, listed)))
            part.columns[part.column_count++].name = columns[i].name;
    return part;
}

/* The picture in the place of the bar, and in words. */
static const struct plan_row *
with_bridges(const struct plan_job *job, const struct plan_table *table)
{
    struct plan_row *rows =
        arena_array(job->arena, table->row_count, struct plan_row);
    for (size_t i = 0; i < table->row_count; i++) {
        const struct link *link = table->rows[i].link;
        struct bridge *bridge = arena_alloc(job->arena, sizeof *bridge);
        *bridge = chart_bridge(link);
        rows[i] = table->rows[i];
        rows[i].bridge = bridge;
        rows[i].alt = sentence_bridge(job->words, link);
    }
    return rows;
}

static const struct plan_legend *
legend_of(const struct plan_job *job, const struct plan_table *table,
          size_t *count)
{
    static const enum legend_sample sample[BRIDGE_PARTS] = {
        [BRIDGE_USABLE] = LEGEND_PROVEN,
        [BRIDGE_GAIN] = LEGEND_FORECAST,
        [BRIDGE_ADDED] = LEGEND_FORECAST,
        [BRIDGE_GAP] = LEGEND_GAP,
    };
    unsigned samples = 1u << LEGEND_TARGET;
    for (size_t i = 0; i < table->row_count; i++)
        for (size_t k = 0; k < BRIDGE_PARTS; k++)
            if (table->rows[i].bridge->parts[k].there)
                samples |= 1u << sample[k];
    return plan_legend_samples(job, samples, count);
}

/* The word of that key; where a column of costs is there and the season says
   in what currency, the one that names it. */
static struct phrase
heading_of(const struct plan_job *job, const char *key, bool has_cost)
{
    const struct text currency = job->report->season->currency;
    struct fill fills[] = {
        {"currency", currency},
        {0         }
    };
    if (!has_cost || !text_is_given(currency))
        return words_phrase(job->words, key);
    return words_fill(job->words, arena_format(job->arena, "%s.in", key),
                      fills);
}

/* What the steps of the bars are, from the top: those that any row has. */
static struct text
steps_of(const struct plan_job *job, const struct plan_table *table)
{
    static const char *const key[BRIDGE_PARTS] = {
        [BRIDGE_USABLE] = "note.bridge.usable",
        [BRIDGE_GAIN] = "note.bridge.gain",
        [BRIDGE_ADDED] = "note.bridge.added",
        [BRIDGE_GAP] = "note.bridge.gap",
    };
    struct text steps[BRIDGE_PARTS];
    size_t count = 0;
    for (size_t k = 0; k < BRIDGE_PARTS; k++) {
        bool there = false;
        for (size_t i = 0; i < table->row_count; i++)
            there = there || table->rows[i].bridge->parts[k].there;
        if (there)
            steps[count++] = words_both(job->words, key[k], NULL);
    }
    struct fill fills[] = {
        {"steps", words_list(job->words, steps, count)},
        {0}
    };
    return words_both(job->words, "note.bridge", fills);
}

/* A table of those columns. */
static struct plan_section
section_of(const struct plan_job *job, const struct listed *listed,
           unsigned in)
{
    const bool has_cost = (in & COSTS) && has_values("open_cost", listed);
    const struct template_part part = part_of(job, listed, in);
    struct plan_table table =
        plan_link_table(job, &part, listed->links, listed->count);
    if (in & PICTURE)
        table.rows = with_bridges(job, &table);
    table.heading = heading_of(
        job, in & PICTURE ? "table.expansion" : "table.costs", has_cost);
    table.note = plan_note_and(
        job, &table, in & PICTURE ? steps_of(job, &table) : (struct text){0});
    struct plan_section section = plan_section_of(job, table, listed->all);
    if (in & PICTURE)
        section.legend = legend_of(job, &table, &section.legend_count);
    section.most_sheets = plan_volume(job) == VOLUME_VAST ? VAST_SHEETS : 0;
    return section;
}

bool
plan_expansion(const struct plan_job *job, const struct plan_section *gaps,
               struct plan_section *section)
{
    const struct plan_table *list = &gaps->table;
    struct listed listed = {.links = arena_array(job->arena, list->row_count + 1,
                                                 const struct link *)};
    for (size_t i = 0; i < list->row_count; i++)
        if (is_shown(list->rows[i].link))
            listed.links[listed.count++] = list->rows[i].link;
    if (listed.count == 0)
        return false;
    const struct assessment *shown = job->report->shown;
    for (size_t i = 0; i < shown->link_count; i++)
        listed.all += plan_is_gap(shown->links[i]) && is_shown(shown->links[i]);
    *section = section_of(job, &listed, PICTURE | COSTS);
    if (!has_values("open_cost", &listed))
        return true;
    struct plan_section *parts =
        arena_array(job->arena, 2, struct plan_section);
    parts[0] = section_of(job, &listed, PICTURE);
    parts[1] = section_of(job, &listed, COSTS | ONLY_COSTS);
    section->parts = parts;
    section->part_count = 2;
    return true;
}
