/*
 * The plan of the paged document: checks the template, then puts the pages
 * together in its order.  Belongs to document/; the parts are made in
 * plan_*.c and sentence*.c.
 */
#include "document/plan.h"

#include <string.h>

#include "base/arena.h"
#include "document/plan_parts.h"

#define VAST_SHEETS 20 /* of a document about very many links */
/* Gaps and what is not proven stand on one page up to so many rows together:
   two nearly empty pages say no more. */
#define MOST_OPEN_ROWS 12
#define MOST_OPEN_ROWS_TWO 5 /* of two languages */

static bool
is_page(const struct template_part *part, const char *name)
{
    return strcmp(part->kind.name, name) == 0;
}

/* Columns of a page whose template names none; each list ends with NULL. */
static const char *const link_columns[] = {
    "mark",          "name",         "priority",   "bar",
    "target_qps",    "capacity_qps", "attainment", "shortfall_qps",
    "gap_after_qps", "tested_on",    "retest_on",  NULL,
};
static const char *const gap_columns[] = {
    "mark",          "name",          "shortfall_qps", "limited_by",
    "measure",       "approved",      "approved_gain", "needed",
    "forecast_open", "gap_after_qps", "owner",         "due",
    "retest_on",     NULL,
};
static const char *const unproven_columns[] = {
    "mark",       "name",     "priority", "state",      "tested_on", "age_limit",
    "target_qps", "seen_qps", "missing",  "planned_on", "owner",     NULL,
};

static struct template_part
with_columns(struct arena *arena, const struct template_part *part)
{
    struct template_part whole_part = *part;
    const char *const *own = is_page(part, "gaps")       ? gap_columns
                             : is_page(part, "unproven") ? unproven_columns
                                                         : link_columns;
    size_t count = 0;
    if (part->column_count > 0)
        return whole_part;
    while (own[count] != NULL)
        count++;
    whole_part.columns = arena_array(arena, count, struct template_name);
    whole_part.column_count = count;
    for (size_t i = 0; i < count; i++)
        whole_part.columns[i].name = own[i];
    return whole_part;
}

static bool
names_page(const struct template *template, const char *name)
{
    for (size_t i = 0; i < template->page_count; i++)
        if (is_page(&template->pages[i], name))
            return true;
    return false;
}

/* Which pages stand behind page 1.  A template without page 1 gets all that it
   names. */
static void
set_volume(struct plan_job *job)
{
    const struct template *template = job->template;
    const bool is_all = !names_page(template, "conclusion");
    const enum volume volume = plan_volume(job);
    const bool gaps = names_page(template, "gaps");
    const bool unproven = names_page(template, "unproven");
    job->is_alone = !is_all && template->page_count == 1;
    job->has_gaps_page = gaps && (is_all || plan_has_gaps(job));
    job->has_unproven_page = unproven && (is_all || plan_has_unproven(job));
    job->has_open_page =
        job->has_gaps_page && job->has_unproven_page &&
        (volume == VOLUME_FEW ||
         plan_gap_count(job) + plan_unproven_count(job) <=
             (job->words->lang == LANG_BOTH ? MOST_OPEN_ROWS_TWO
                                            : MOST_OPEN_ROWS));
    job->has_domains_page =
        names_page(template, "domains") &&
        (is_all || volume == VOLUME_MANY || volume == VOLUME_VAST);
    /* a strip of counts fills no page */
    if (job->has_domains_page && job->has_gaps_page) {
        size_t count;
        const struct plan_section *sections = plan_domains(job, &count);
        job->bands = count == 1 ? sections : NULL;
        job->has_domains_page = count > 1;
    }
    /* all links: where page 1 cannot hold them, or not what changed; of very
       many only where no list of the worst is wanted */
    job->has_links_page =
        names_page(template, "links") &&
        (is_all || volume != VOLUME_FEW ||
         job->report->season->previous != NULL) &&
        (volume != VOLUME_VAST || !(gaps || unproven));
}

/* The template, with all pages where it names none. */
static const struct template *
with_pages(struct arena *arena, const struct template *template)
{
    static const char *const own_pages[] = {"conclusion", "domains",
                                            "gaps",       "unproven",
                                            "links",      "evidence",
                                            "basis"};
    const size_t count = sizeof own_pages / sizeof *own_pages;
    if (template->page_count > 0)
        return template;
    struct template *full = arena_alloc(arena, sizeof *full);
    *full = *template;
    full->pages = arena_array(arena, count, struct template_part);
    full->page_count = count;
    for (size_t i = 0; i < count; i++)
        full->pages[i].kind.name = own_pages[i];
    return full;
}

/* With an earlier report, how each link stood in it. */
static struct template_part
with_before(const struct plan_job *job, const struct template_part *part)
{
    static const char *const names[] = {"state_before", "attainment_before"};
    const size_t more = sizeof names / sizeof *names;
    struct template_part full = *part;
    if (job->report->season->previous == NULL)
        return full;
    full.columns =
        arena_array(job->arena, part->column_count + more, struct template_name);
    memcpy(full.columns, part->columns,
           part->column_count * sizeof *full.columns);
    for (size_t i = 0; i < more; i++) {
        bool there = false;
        for (size_t k = 0; k < part->column_count; k++)
            there = there || strcmp(part->columns[k].name, names[i]) == 0;
        if (!there)
            full.columns[full.column_count++].name = names[i];
    }
    return full;
}

static struct plan_page
links_page(const struct plan_job *job, const struct template_part *own_part)
{
    const struct template_part whole_part = with_before(job, own_part);
    const struct template_part *part = &whole_part;
    const struct assessment *shown = job->report->shown;
    struct plan_page page = {.kind = PAGE_LINKS};
    page.title = words_phrase(job->words, "title.links");
    page.title_evidence = words_phrase(job->words, "title.links.evidence");
    page.table = plan_link_table(job, part, shown->links, shown->link_count);
    page.table.is_home = true;
    page.table.heading = plan_table_heading(job, "table.all");
    page.table.note = plan_note_of(job, &page.table);
    page.legend = plan_legend_of(job, &page.table, &page.legend_count);
    /* the renderer fills these when it has broken the table into pages */
    page.range = plan_one_line(job, "page.range");
    page.range_one = plan_one_line(job, "page.range.one");
    return page;
}

static struct plan_page
conclusion_page(const struct plan_job *job, const struct template_part *part)
{
    struct plan_page page = {.kind = PAGE_CONCLUSION};
    page.title = words_phrase(job->words, "title.conclusion");
    page.conclusion = plan_conclusion(job, part);
    return page;
}

static struct plan_page
basis_page(const struct plan_job *job)
{
    struct plan_page page = {.kind = PAGE_BASIS};
    page.title = words_phrase(job->words, "title.basis");
    page.blocks = plan_basis(job, &page.block_count);
    return page;
}

static struct plan_page
evidence_page(const struct plan_job *job, bool all)
{
    struct plan_page page = {.kind = PAGE_EVIDENCE};
    page.title = words_phrase(job->words, "title.evidence");
    page.table.heading = words_phrase(
        job->words, all ? "table.evidence.all" : "table.evidence");
    page.range = plan_one_line(job, "page.range");
    page.range_one = plan_one_line(job, "page.range.one");
    page.ramps = plan_ramps(job, all);
    return page;
}

/* A page of the ramps; false where there is none to show. */
static bool
has_evidence(const struct plan_job *job, const struct template_part *part,
             struct plan_page *page)
{
    const bool all = is_page(part, "evidence_all");
    if (!all && !is_page(part, "evidence"))
        return false;
    *page = evidence_page(job, all);
    return page->ramps.count > 0;
}

static struct plan_page
unproven_page(const struct plan_job *job, const struct template_part *part)
{
    struct plan_section *sections =
        arena_array(job->arena, 1, struct plan_section);
    struct plan_page page = {.kind = PAGE_UNPROVEN, .sections = sections};
    page.title = words_phrase(job->words, "title.unproven");
    page.title_evidence = words_phrase(job->words, "title.unproven.evidence");
    sections[page.section_count++] = plan_unproven(job, part);
    return page;
}

/* The part of the template that lists what is not proven. */
static struct template_part
unproven_part(const struct plan_job *job)
{
    const struct template *template = job->template;
    size_t i = 0;
    while (!is_page(&template->pages[i], "unproven"))
        i++;
    return with_columns(job->arena, &template->pages[i]);
}

/* The gaps, the picture of what closes them, and, where there is little, what
   is not proven. */
static struct plan_page
gaps_page(const struct plan_job *job, const struct template_part *part)
{
    struct plan_section *sections =
        arena_array(job->arena, 4, struct plan_section);
    struct plan_page page = {.kind = PAGE_GAPS, .sections = sections};
    page.title = words_phrase(job->words, job->has_open_page ? "title.open"
                                                             : "title.gaps");
    page.title_evidence = words_phrase(
        job->words, job->has_open_page ? "title.open.evidence"
                                       : "title.gaps.evidence");
    if (job->bands)
        sections[page.section_count++] = *job->bands;
    struct plan_section *gaps = &sections[page.section_count++];
    *gaps = plan_gaps(job, part);
    page.section_count +=
        plan_expansion(job, gaps, &sections[page.section_count]);
    if (job->has_open_page) {
        struct template_part unproven = unproven_part(job);
        sections[page.section_count++] = plan_unproven(job, &unproven);
    }
    return page;
}

static struct plan_page
domains_page(const struct plan_job *job)
{
    struct plan_page page = {.kind = PAGE_DOMAINS};
    page.title = words_phrase(job->words, "title.domains");
    page.title_evidence = words_phrase(job->words, "title.domains.evidence");
    page.sections = plan_domains(job, &page.section_count);
    return page;
}

/* The page that a part of the template asks for; false where there is nothing
   for it to say. */
static bool
page_of(const struct plan_job *job, const struct template_part *part,
        struct plan_page *page)
{
    if (is_page(part, "conclusion"))
        *page = conclusion_page(job, part);
    else if (is_page(part, "basis"))
        *page = basis_page(job);
    else if (is_page(part, "gaps") && job->has_gaps_page)
        *page = gaps_page(job, part);
    else if (is_page(part, "unproven") && job->has_unproven_page &&
             !job->has_open_page)
        *page = unproven_page(job, part);
    else if (is_page(part, "domains") && job->has_domains_page)
        *page = domains_page(job);
    else if (is_page(part, "links") && job->has_links_page)
        *page = links_page(job, part);
    else
        return has_evidence(job, part, page);
    return true;
}

static void
set_pages(const struct plan_job *job, struct plan *plan)
{
    const struct template *template = job->template;
    struct plan_page *pages =
        arena_array(job->arena, template->page_count, struct plan_page);
    for (size_t i = 0; i < template->page_count; i++) {
        struct template_part part =
            with_columns(job->arena, &template->pages[i]);
        plan->page_count += page_of(job, &part, &pages[plan->page_count]);
    }
    plan->pages = pages;
}

const struct plan *
plan_document(struct arena *arena, const struct report *report,
              const struct template *template, enum lang lang,
              struct diag *diag)
{
    if (!plan_check(arena, template, diag))
        return NULL;
    struct plan *plan = arena_alloc(arena, sizeof *plan);
    template = with_pages(arena, template);
    plan->report = report;
    plan->template = template;
    plan->words = (struct words){arena, template, lang, report->season->unit};
    struct plan_job job = {.arena = arena,
                           .report = report,
                           .template = template,
                           .words = &plan->words,
                           .diag = diag};
    set_volume(&job);
    if (names_page(template, "evidence_all") ||
        names_page(template, "evidence"))
        job.evidence =
            plan_evidence_numbers(&job, names_page(template, "evidence_all"));
    plan->title = plan_title(&job);
    plan->header = plan_header(&job);
    plan->created = plan_created(&job);
    plan->page_of = words_phrase(&plan->words, "page.of");
    const struct text class = plan_classification(&job);
    plan->classification = text_is_given(class)
                               ? words_text(&plan->words, class)
                               : words_phrase(&plan->words, "header.no_class");
    plan->logo_alt = words_phrase(&plan->words, "logo.alt");
    set_pages(&job, plan);
    if (plan_volume(&job) == VOLUME_VAST && !job.has_links_page)
        plan->most_sheets = VAST_SHEETS;
    return plan;
}
