/*
 * The picture of the expansion: of each link with a gap the way from usable
 * over what is approved to the target, what is still short, the instances that
 * are still to be approved, and what they cost where instances have a price.
 * Belongs to document/.
 */
#include "document/plan_parts.h"

#include <string.h>

#include "base/arena.h"
#include "document/sentence.h"

/* The columns; those that may be left out are left out where no link has
   anything to say in them. */
static const struct {
    const char *name;
    bool may_go;
} columns[] = {
    {"mark",           false},
    {"name",           false},
    {"bar",            false},
    {"usable_qps",     false},
    {"gained_qps",     true },
    {"added_qps",      true },
    {"forecast_open",  true },
    {"gap_after_qps",  false},
    {"target_qps",     false},
    {"open_instances", false},
    {"approved_cost",  true },
    {"open_cost",      true },
};
#define COLUMNS (sizeof columns / sizeof *columns)

#define VAST_SHEETS 2 /* of very many links */

static bool
has_values(const char *name, const struct link *const *links, size_t count)
{
    const struct column *column = column_find(name);
    for (size_t i = 0; i < count; i++)
        if (column->value(links[i]).kind != VALUE_NONE)
            return true;
    return false;
}

static struct template_part
part_of(const struct plan_job *job, const struct link *const *links,
        size_t count)
{
    struct template_part part = {
        .columns = arena_array(job->arena, COLUMNS, struct template_name)};
    for (size_t i = 0; i < COLUMNS; i++)
        if (!columns[i].may_go || has_values(columns[i].name, links, count))
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

static struct phrase
heading_of(const struct plan_job *job, const struct plan_table *table)
{
    const struct text currency = job->report->season->currency;
    struct fill fills[] = {
        {"currency", currency},
        {0         }
    };
    bool has_cost = false;
    for (size_t i = 0; i < table->column_count; i++)
        has_cost = has_cost ||
                   strcmp(table->columns[i].column->key, "open_cost") == 0;
    return has_cost && text_is_given(currency)
               ? words_fill(job->words, "table.expansion.cost", fills)
               : words_phrase(job->words, "table.expansion");
}

struct plan_section
plan_expansion(const struct plan_job *job, const struct plan_section *gaps)
{
    const size_t count = gaps->table.row_count;
    const struct link **links =
        arena_array(job->arena, count + 1, const struct link *);
    for (size_t i = 0; i < count; i++)
        links[i] = gaps->table.rows[i].link;
    const struct template_part part = part_of(job, links, count);
    struct plan_table table = plan_link_table(job, &part, links, count);
    table.rows = with_bridges(job, &table);
    table.heading = heading_of(job, &table);
    table.note = plan_note_with(job, &table, "note.bridge");
    struct plan_section section = plan_section_of(job, table, gaps->all);
    section.legend = legend_of(job, &table, &section.legend_count);
    section.most_sheets = plan_volume(job) == VOLUME_VAST ? VAST_SHEETS : 0;
    return section;
}
