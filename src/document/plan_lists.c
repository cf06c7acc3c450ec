/*
 * The two lists behind page 1: what must be done about gaps, and what is not
 * known.  Belongs to document/.  Of very many links the worst are listed, and
 * the list says of how many.
 */
#include "document/plan_parts.h"

#include "base/arena.h"

#define MANY_LINKS 50  /* more than these get a page by domain */
#define VAST_LINKS 500 /* of more than these only the worst are listed */
#define LISTED 100     /* of very many, in each list */
#define LIST_SHEETS 6  /* and these sheets at most */

enum volume
plan_volume(const struct plan_job *job)
{
    const size_t links = job->report->shown->link_count;
    if (links <= plan_first_page_rows(job->words->lang))
        return VOLUME_FEW;
    if (links <= MANY_LINKS)
        return VOLUME_SOME;
    return links <= VAST_LINKS ? VOLUME_MANY : VOLUME_VAST;
}

bool
plan_is_gap(const struct link *link)
{
    return link->state == STATE_SHORT || link->state == STATE_COVERED;
}

static bool
is_unproven(const struct link *link)
{
    return !link->proven;
}

unsigned
plan_gap_count(const struct plan_job *job)
{
    const unsigned *counts = job->report->shown->counts;
    return counts[STATE_SHORT] + counts[STATE_COVERED];
}

unsigned
plan_unproven_count(const struct plan_job *job)
{
    const unsigned *counts = job->report->shown->counts;
    return counts[STATE_UNTESTED] + counts[STATE_STALE] +
           counts[STATE_INCONCLUSIVE];
}

bool
plan_has_gaps(const struct plan_job *job)
{
    return plan_gap_count(job) > 0;
}

bool
plan_has_unproven(const struct plan_job *job)
{
    return plan_unproven_count(job) > 0;
}

struct plan_section
plan_section_of(const struct plan_job *job, struct plan_table table, size_t all)
{
    return (struct plan_section){.table = table,
                                 .all = all,
                                 .range = plan_one_line(job, "page.range"),
                                 .range_one =
                                     plan_one_line(job, "page.range.one"),
                                 .cut = words_phrase(job->words, "list.cut")};
}

/* Whether a table says how many instances are needed beside how many of them
   are approved. */
static bool
has_needed(const struct plan_table *table)
{
    bool is_column = false, is_approved = false;
    for (size_t i = 0; i < table->column_count; i++)
        is_column =
            is_column || table->columns[i].column == column_find("needed");
    for (size_t i = 0; i < table->row_count; i++)
        is_approved = is_approved ||
                      table->rows[i].link->baseline->approved_instances > 0;
    return is_column && is_approved;
}

/* The links for which a list stands, in the order of [3.9]. */
static struct plan_section
list_of(const struct plan_job *job, const struct template_part *part,
        bool (*belongs)(const struct link *), const char *heading)
{
    const struct assessment *shown = job->report->shown;
    const bool is_cut = plan_volume(job) == VOLUME_VAST;
    const struct link **links =
        arena_array(job->arena, shown->link_count + 1, const struct link *);
    size_t count = 0, all = 0;
    for (size_t i = 0; i < shown->link_count; i++) {
        if (!belongs(shown->links[i]))
            continue;
        all++;
        if (!is_cut || count < LISTED)
            links[count++] = shown->links[i];
    }
    struct plan_table table = plan_link_table(job, part, links, count);
    table.heading = words_phrase(job->words, heading);
    if (all == 0)
        table.after = words_phrase(job->words, "list.none");
    table.note = plan_note_with(job, &table,
                                has_needed(&table) ? "note.needed" : NULL);
    struct plan_section section = plan_section_of(job, table, all);
    section.legend = plan_legend_of(job, &table, &section.legend_count);
    section.most_sheets = is_cut ? LIST_SHEETS : 0;
    return section;
}

struct plan_section
plan_gaps(const struct plan_job *job, const struct template_part *part)
{
    return list_of(job, part, plan_is_gap, "table.gaps");
}

struct plan_section
plan_unproven(const struct plan_job *job, const struct template_part *part)
{
    return list_of(job, part, is_unproven, "table.unproven");
}
