/*
 * The plan of the paged document: checks the template, then puts the pages
 * together in its order.  Belongs to document/; the parts are made in
 * plan_*.c and sentence*.c.
 */
#include "document/plan.h"

#include <string.h>

#include "base/arena.h"
#include "document/plan_parts.h"

/* Columns of a page whose template names none. */
static const char *const own_columns[] = {
    "mark",          "name",         "priority",   "bar",
    "target_qps",    "capacity_qps", "attainment", "shortfall_qps",
    "gap_after_qps", "tested_on",    "retest_on",
};
#define OWN_COLUMNS (sizeof own_columns / sizeof *own_columns)

static struct template_part
with_columns(struct arena *arena, const struct template_part *part)
{
    struct template_part whole_part = *part;
    if (part->column_count > 0)
        return whole_part;
    whole_part.columns = arena_array(arena, OWN_COLUMNS, struct template_name);
    whole_part.column_count = OWN_COLUMNS;
    for (size_t i = 0; i < OWN_COLUMNS; i++)
        whole_part.columns[i].name = own_columns[i];
    return whole_part;
}

static bool
is_page(const struct template_part *part, const char *name)
{
    return strcmp(part->kind.name, name) == 0;
}

static bool
names_page(const struct template *template, const char *name)
{
    for (size_t i = 0; i < template->page_count; i++)
        if (is_page(&template->pages[i], name))
            return true;
    return false;
}

/* A page of all links stands where page 1 cannot hold them, or is not there. */
static bool
has_links_page(const struct plan_job *job)
{
    if (!names_page(job->template, "links"))
        return false;
    return job->report->shown->link_count >
               plan_first_page_rows(job->words->lang) ||
           job->report->season->previous != NULL || /* they show it */
           !names_page(job->template, "conclusion");
}

/* The template, with all pages where it names none. */
static const struct template *
with_pages(struct arena *arena, const struct template *template)
{
    static const char *const own_pages[] = {"conclusion", "links", "evidence",
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
    page.table = plan_link_table(job, part, shown->links, shown->link_count);
    page.table.is_home = true;
    page.table.heading = plan_table_heading(job, "table.all");
    page.table.note = plan_note_of(job, &page.table);
    page.legend = plan_legend_of(job, &page.table, &page.legend_count);
    /* the renderer fills these when it has broken the table into pages */
    page.range = words_phrase(job->words, "page.range");
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
    page.range = words_phrase(job->words, "page.range");
    page.ramps = plan_ramps(job, all);
    return page;
}

/* No ramp to show: no page. */
static bool
is_empty(const struct plan_page *page)
{
    return page->kind == PAGE_EVIDENCE && page->ramps.count == 0;
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
        if (is_page(&part, "conclusion"))
            pages[plan->page_count++] = conclusion_page(job, &part);
        else if (is_page(&part, "basis"))
            pages[plan->page_count++] = basis_page(job);
        else if (is_page(&part, "evidence") || is_page(&part, "evidence_all"))
            pages[plan->page_count++] =
                evidence_page(job, is_page(&part, "evidence_all"));
        else if (job->has_links_page)
            pages[plan->page_count++] = links_page(job, &part);
        if (plan->page_count > 0 && is_empty(&pages[plan->page_count - 1]))
            plan->page_count--;
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
    job.has_links_page = has_links_page(&job);
    if (names_page(template, "evidence_all") ||
        names_page(template, "evidence"))
        job.evidence =
            plan_evidence_numbers(&job, names_page(template, "evidence_all"));
    plan->title = plan_title(&job);
    plan->header = plan_header(&job);
    plan->created = plan_created(&job);
    plan->page_of = words_phrase(&plan->words, "page.of");
    if (text_is_given(report->season->classification))
        plan->classification =
            words_text(&plan->words, report->season->classification);
    set_pages(&job, plan);
    return plan;
}
