/*
 * Many links at a glance: by domain, by how much of the target is attained,
 * and of very many by owner.  Belongs to document/.  Groups stand in the order
 * of their worst links; of each the lowest attainment is given, never a mean.
 */
#include "document/plan_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "document/plan_grid.h"
#include "document/sentence.h"

#define LISTED 28      /* groups of very many links, of one kind */
#define BANDS 11       /* of 10 %, the last from 100 % on */
#define BAND_MILLI 100 /* [1/1000] */
#define ATTAINED 1000  /* [1/1000] */

/* --- groups ------------------------------------------------------------ */

/* The links of one domain or owner. */
struct group {
    struct text name; /* not given: none was */
    size_t worst;     /* place of its worst link in the order of [3.9] */
    size_t count;
    unsigned states[STATES];
    enum effect effect;         /* of its worst link */
    const struct link *weakest; /* proven, lowest attainment; or NULL */
};

typedef struct text (*name_of)(const struct link *link);

static struct text
domain_of(const struct link *link)
{
    return link->baseline->domain;
}

static struct text
owner_of(const struct link *link)
{
    return link->baseline->owner;
}

static int
compare_strings(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int
compare_texts(struct text a, struct text b)
{
    int by = compare_strings(a.one, b.one);
    by = by ? by : compare_strings(a.zh, b.zh);
    return by ? by : compare_strings(a.en, b.en);
}

/* A link with its name and its place. */
struct member {
    struct text name;
    size_t place;
};

static int
by_name(const void *left, const void *right)
{
    const struct member *a = left, *b = right;
    int by = compare_texts(a->name, b->name);
    return by ? by : (a->place > b->place) - (a->place < b->place);
}

static int
by_worst(const void *left, const void *right)
{
    const struct group *a = left, *b = right;
    return (a->worst > b->worst) - (a->worst < b->worst);
}

/* usable / target of two proven links, exactly. */
static bool
is_weaker(const struct link *a, const struct link *b)
{
    return b == NULL || a->usable_qps.value * b->target_qps <
                            b->usable_qps.value * a->target_qps;
}

static void
group_add(struct group *group, const struct link *link)
{
    /* its links come worst first */
    if (group->count++ == 0)
        group->effect = link->effect;
    group->states[link->state]++;
    if (link->proven && is_weaker(link, group->weakest))
        group->weakest = link;
}

static struct group *
groups_of(const struct plan_job *job, name_of name, size_t *count)
{
    const struct assessment *shown = job->report->shown;
    const size_t links = shown->link_count;
    struct member *members = arena_array(job->arena, links + 1, struct member);
    struct group *groups = arena_array(job->arena, links + 1, struct group);
    for (size_t i = 0; i < links; i++)
        members[i] = (struct member){name(shown->links[i]), i};
    qsort(members, links, sizeof *members, by_name);
    *count = 0;
    for (size_t i = 0; i < links; i++) {
        if (i == 0 || compare_texts(members[i - 1].name, members[i].name) != 0)
            groups[(*count)++] = (struct group){.name = members[i].name,
                                                .worst = members[i].place};
        group_add(&groups[*count - 1], shown->links[members[i].place]);
    }
    qsort(groups, *count, sizeof *groups, by_worst);
    return groups;
}

/* --- the table of groups ----------------------------------------------- */

static const char *const state_word[STATES] = {
    "state.short",        "state.untested", "state.stale",
    "state.inconclusive", "state.covered",  "state.met",
};

static const char *const effect_word[EFFECTS] = {
    "effect.blocking", "effect.condition", "effect.watch", "effect.none"};

static const char *const priority_name[PRIORITIES] = {"P0", "P1", "P2"};

/* A number of links; none is quiet, a gap is not. */
static void
put_count(struct grid *grid, size_t count, bool is_bad)
{
    grid_text(grid, grid_number(grid, count));
    if (count == 0)
        grid_emphasis(grid, EMPHASIS_MUTED);
    else if (is_bad)
        grid_emphasis(grid, EMPHASIS_BAD);
}

/* The weakest link: its priority and state tell what it means. */
static struct text
weakest_text(const struct plan_job *job, const struct link *link)
{
    struct fill fills[] = {
        {"name", sentence_name(link)},
        {"priority", {.one = priority_name[link->baseline->priority]}},
        {"state", words_both(job->words, state_word[link->state], NULL)},
        {0}
    };
    return words_both(job->words, "domains.weakest.about", fills);
}

static void
put_group(const struct plan_job *job, struct grid *grid,
          const struct group *group)
{
    if (text_is_given(group->name))
        grid_text(grid, group->name);
    else
        grid_word(grid, "domains.none");
    grid_word(grid, effect_word[group->effect]);
    if (group->effect == EFFECT_BLOCKING)
        grid_emphasis(grid, EMPHASIS_BAD);
    grid_text(grid, grid_number(grid, group->count));
    for (size_t i = 0; i < STATES; i++)
        put_count(grid, group->states[i], i == STATE_SHORT);
    if (group->weakest == NULL) {
        grid_string(grid, "—");
        grid_phrase(grid, (struct phrase){
                              words_phrase(job->words, "domains.unproven").lead,
                              NULL});
        grid_emphasis(grid, EMPHASIS_MUTED);
        return;
    }
    whole milli = group->weakest->attainment_milli.value;
    grid_text(grid, weakest_text(job, group->weakest));
    grid_string(grid, number_percent(job->arena, milli));
    if (milli < ATTAINED)
        grid_emphasis(grid, EMPHASIS_BAD);
}

static struct plan_section
groups_section(const struct plan_job *job, const struct group *groups,
               size_t all, const char *name, const char *heading)
{
    static const double state_mm[STATES] = {
        [STATE_SHORT] = 22,        [STATE_UNTESTED] = 16, [STATE_STALE] = 16,
        [STATE_INCONCLUSIVE] = 19, [STATE_COVERED] = 22,  [STATE_MET] = 13};
    const bool is_cut = plan_volume(job) == VOLUME_VAST && all > LISTED;
    const size_t listed = is_cut ? LISTED : all;
    struct grid *grid = grid_new(job, 5 + STATES, listed);
    grid_column(grid, name, COLUMN_TEXT, 0);
    grid_column(grid, "domains.worst", COLUMN_TEXT, 18);
    grid_column(grid, "domains.links", COLUMN_COUNT, 14);
    for (size_t i = 0; i < STATES; i++)
        grid_column(grid, state_word[i], COLUMN_COUNT, state_mm[i]);
    grid_column(grid, "domains.weakest", COLUMN_TEXT, 76);
    grid_column(grid, "column.attainment", COLUMN_RATIO, 20);
    for (size_t i = 0; i < listed; i++)
        put_group(job, grid, &groups[i]);
    struct plan_table table = grid_block(grid, heading).table;
    table.heading = words_phrase(job->words, heading);
    struct plan_section section = plan_section_of(job, table, all);
    section.range = plan_one_line(job, "page.range.groups");
    section.range_one = (struct phrase){NULL, NULL};
    section.cut = words_phrase(job->words, "list.cut.groups");
    section.most_sheets = plan_volume(job) == VOLUME_VAST ? 1 : 0;
    return section;
}

/* --- bands of attainment ------------------------------------------------- */

/* "0–10%", and for the last "≥ 100%". */
static struct phrase
band_heading(const struct plan_job *job, size_t band)
{
    const char *text = arena_format(job->arena, "%zu–%zu%%", band * 10,
                                    band * 10 + 10);
    if (band == BANDS - 1)
        text = "≥ 100%";
    return (struct phrase){text, NULL};
}

/* The priorities that have links; counts by band, the unproven last. */
static size_t
count_bands(const struct assessment *shown, enum priority priority,
            size_t counts[BANDS + 1])
{
    size_t all = 0;
    memset(counts, 0, (BANDS + 1) * sizeof *counts);
    for (size_t i = 0; i < shown->link_count; i++) {
        const struct link *link = shown->links[i];
        if (link->baseline->priority != priority)
            continue;
        size_t band = BANDS;
        if (link->proven) {
            whole at = link->attainment_milli.value / BAND_MILLI;
            band = at < BANDS - 1 ? (size_t)at : BANDS - 1;
        }
        counts[band]++;
        all++;
    }
    return all;
}

/* Columns before the bands; the last is of the unproven. */
#define BANDS_AT 3

/* The counts of a row as a strip, and in words. */
static void
set_strip(const struct plan_job *job, struct plan_row *row, const char *name,
          const size_t counts[BANDS + 1], size_t most)
{
    struct plan_strip *strip =
        arena_array(job->arena, BANDS_AT + BANDS, struct plan_strip);
    const char *list = "";
    for (size_t i = 0; i < BANDS; i++) {
        strip[BANDS_AT + i] = (struct plan_strip){
            STRIP_PROVEN, (double)counts[i] / (double)most};
        if (counts[i] > 0)
            list = arena_format(
                job->arena, "%s%s%s: %s", list, *list ? ", " : "",
                band_heading(job, i).lead,
                number_whole(job->arena, (whole)counts[i]));
    }
    strip[BANDS_AT - 1] = (struct plan_strip){
        STRIP_UNPROVEN, (double)counts[BANDS] / (double)most};
    struct fill fills[] = {
        {"name", {.one = name}                                               },
        {"list", {.one = *list ? list : "0"}                                 },
        {"n",    {.one = number_whole(job->arena, (whole)counts[BANDS])}     },
        {0     }
    };
    row->strip = strip;
    row->alt = words_fill(job->words, "alt.bands", fills);
}

static struct plan_section
bands_section(const struct plan_job *job)
{
    struct grid *grid = grid_new(job, BANDS_AT + BANDS, PRIORITIES);
    size_t counts[PRIORITIES][BANDS + 1], rows = 0, most = 1;
    const char *row_names[PRIORITIES];
    grid_column(grid, "column.priority", COLUMN_TEXT, 22);
    grid_column(grid, "domains.links", COLUMN_COUNT, 16);
    grid_column(grid, "domains.unproven", COLUMN_COUNT, 20);
    for (size_t i = 0; i < BANDS; i++)
        grid_heading(grid, band_heading(job, i), COLUMN_COUNT, 19);
    for (size_t i = 0; i < PRIORITIES; i++) {
        size_t *row = counts[rows];
        size_t all = count_bands(job->report->shown, (enum priority)i, row);
        if (all == 0)
            continue;
        row_names[rows++] = priority_name[i];
        grid_string(grid, priority_name[i]);
        grid_text(grid, grid_number(grid, all));
        put_count(grid, row[BANDS], false);
        for (size_t k = 0; k < BANDS; k++)
            put_count(grid, row[k], false);
        for (size_t k = 0; k <= BANDS; k++)
            most = row[k] > most ? row[k] : most;
    }
    struct plan_table table = grid_block(grid, "table.bands").table;
    struct plan_row *own = arena_array(job->arena, rows, struct plan_row);
    for (size_t i = 0; i < rows; i++) {
        own[i] = table.rows[i];
        set_strip(job, &own[i], row_names[i], counts[i], most);
    }
    table.rows = own;
    table.heading = words_phrase(job->words, "table.bands");
    /* all rows always stand there: which ones is nothing to say */
    struct plan_section section = plan_section_of(job, table, rows);
    section.range = (struct phrase){NULL, NULL};
    return section;
}

/* --- the page ------------------------------------------------------------ */

/* Whether grouping says anything: somebody gave a name. */
static bool
is_grouped(const struct group *groups, size_t count)
{
    return count > 1 || text_is_given(groups[0].name);
}

const struct plan_section *
plan_domains(const struct plan_job *job, size_t *count)
{
    struct plan_section *sections =
        arena_array(job->arena, 3, struct plan_section);
    size_t domains, owners;
    const struct group *by_domain = groups_of(job, domain_of, &domains);
    const struct group *by_owner = groups_of(job, owner_of, &owners);
    *count = 0;
    if (is_grouped(by_domain, domains))
        sections[(*count)++] = groups_section(
            job, by_domain, domains, "column.domain", "table.domains");
    sections[(*count)++] = bands_section(job);
    if (plan_volume(job) == VOLUME_VAST && is_grouped(by_owner, owners))
        sections[(*count)++] = groups_section(job, by_owner, owners,
                                              "column.owner", "table.owners");
    return sections;
}
