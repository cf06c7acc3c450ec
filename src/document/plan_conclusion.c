/*
 * Page 1: can we go?  The verdict, the ask, then the evidence.  Belongs to
 * document/.
 */
#include "document/plan_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/version.h"
#include "document/sentence.h"

#define DECISIONS 3     /* on page 1 */
#define LEAST_MARGIN 3  /* met links shown below those that are not met */
#define FEWEST_ROWS 1   /* where names and decisions leave no room for more */
#define ALONE_ROWS 4    /* of a page with nothing behind it: rather a second */
#define UNPROVEN_ROWS 2 /* rows kept for P0 links without proof */

/* --- which links ------------------------------------------------------- */

static size_t
count_not_met(const struct assessment *shown)
{
    return shown->link_count - shown->counts[STATE_MET];
}

static bool
is_unproven_p0(const struct link *link)
{
    return link->baseline->priority == PRIORITY_P0 && !link->proven;
}

/* The links of page 1: those not met first, then some of the met with the
   least margin; the met stand behind all others in the order of [3.9].  With
   more not met than rows, a few rows are kept for unproven P0 links: none of
   them gives way to a smaller gap.  *unmet tells how many are not met. */
static const struct link **
first_links(const struct plan_job *job, size_t rows, size_t *count,
            size_t *unmet)
{
    const struct assessment *shown = job->report->shown;
    const size_t not_met = count_not_met(shown);
    size_t wanted = not_met + LEAST_MARGIN;
    if (shown->link_count <= rows || wanted > shown->link_count)
        wanted = shown->link_count;
    if (wanted > rows)
        wanted = rows;
    const struct link **links =
        arena_array(job->arena, wanted + 1, const struct link *);
    for (size_t i = 0; i < wanted; i++)
        links[i] = shown->links[i];
    *count = wanted;
    *unmet = not_met < wanted ? not_met : wanted;
    if (not_met <= wanted)
        return links;

    size_t there = 0;
    for (size_t i = 0; i < wanted; i++)
        there += is_unproven_p0(links[i]);
    /* of few rows the worst link keeps its own */
    const size_t keep = UNPROVEN_ROWS < wanted / 2 ? UNPROVEN_ROWS : wanted / 2;
    size_t kept = 0;
    const struct link *late[UNPROVEN_ROWS];
    for (size_t i = wanted; i < not_met; i++)
        if (there + kept < keep && is_unproven_p0(shown->links[i]))
            late[kept++] = shown->links[i];
    /* from the end, over links that are no unproven P0 links themselves */
    size_t at = wanted, stays = 0;
    const struct link *tail[UNPROVEN_ROWS];
    for (size_t freed = 0; freed < kept; at--) {
        if (is_unproven_p0(links[at - 1]))
            tail[stays++] = links[at - 1];
        else
            freed++;
    }
    while (stays > 0)
        links[at++] = tail[--stays];
    for (size_t i = 0; i < kept; i++)
        links[at++] = late[i];
    return links;
}

/* --- the table --------------------------------------------------------- */

/* Where the links stand that page 1 does not list: met and not met. */
static struct text
see_all(const struct plan_job *job, struct text what)
{
    const char *key = "see.workbook";
    if (job->has_links_page)
        key = "see.pages";
    else if (plan_volume(job) == VOLUME_FEW && !job->is_alone)
        key = "see.below";
    struct fill fills[] = {
        {"what",  what                                           },
        {"pages", plan_page_place(job, "page.links", PAGE_LINKS)},
        {0      }
    };
    return words_both(job->words, key, fills);
}

/* Where those stand that are not met: on the pages of what is to be done, as
   far as there are any. */
static struct text
see_unmet(const struct plan_job *job, struct text what)
{
    struct text pages[2];
    size_t count = 0;
    if (job->has_open_page) {
        pages[count++] = plan_page_place(job, "page.open", PAGE_GAPS);
    } else {
        if (job->has_gaps_page)
            pages[count++] = plan_page_place(job, "page.gaps", PAGE_GAPS);
        if (job->has_unproven_page)
            pages[count++] =
                plan_page_place(job, "page.unproven", PAGE_UNPROVEN);
    }
    bool lists_all =
        (job->has_gaps_page || !plan_has_gaps(job)) &&
        (job->has_unproven_page || !plan_has_unproven(job));
    if (count == 0 || !lists_all)
        return see_all(job, what);
    struct fill fills[] = {
        {"what",  what                                },
        {"pages", words_list(job->words, pages, count)},
        {0      }
    };
    return words_both(job->words, "see.pages", fills);
}

static struct text
joined(const struct plan_job *job, struct text list, struct text item)
{
    struct fill fills[] = {
        {"list", list},
        {"item", item},
        {0     }
    };
    return words_both(job->words, "note.join", fills);
}

/* What page 1 does not list: links not met, then links met. */
static void
set_after(const struct plan_job *job, struct plan_table *table, size_t unmet)
{
    const struct assessment *shown = job->report->shown;
    const size_t not_met = count_not_met(shown);
    const size_t more = not_met - unmet;
    const size_t met_shown = table->row_count - unmet;
    const size_t met = shown->counts[STATE_MET] - met_shown;
    struct text unmet_text = {0}, met_text = {0};
    if (more > 0)
        unmet_text = words_count(job->words, "after.unmet", more);
    const bool are_together = job->has_links_page || job->is_alone;
    if (met > 0 && more > 0) {
        met_text = words_count(job->words, "after.rest", met);
    } else if (met > 0) {
        const struct link *least = shown->links[not_met + met_shown];
        const char *attainment =
            number_percent(job->arena, least->attainment_milli.value);
        struct fill fills[] = {
            {"n",                  {.one = number_whole(job->arena, (whole)met)}},
            {"attainment",                    {.one = attainment}},
            {"name",sentence_name(least)},
            {0              }
        };
        met_text = words_both(
            job->words, met == 1 ? "after.met.one" : "after.met.many", fills);
    }
    table->after_strong = more > 0;
    struct text after = {0};
    if (more > 0 && met > 0 && are_together) {
        struct fill fills[] = {
            {"unmet", unmet_text},
            {"met",   met_text  },
            {0      }
        };
        after = see_all(job, words_both(job->words, "after.both", fills));
    } else if (more > 0 && met > 0) {
        after = joined(job, see_unmet(job, unmet_text), see_all(job, met_text));
    } else if (more > 0) {
        after = see_unmet(job, unmet_text);
    } else if (met > 0) {
        after = see_all(job, met_text);
    }
    if (text_is_given(after))
        table->after = words_text(job->words, after);
}

static struct plan_evidence
evidence(const struct plan_job *job, const struct template_part *part,
         size_t rows)
{
    const struct assessment *shown = job->report->shown;
    size_t count, unmet;
    const struct link **links = first_links(job, rows, &count, &unmet);
    struct plan_evidence found = {.table =
                                      plan_link_table(job, part, links, count)};
    const char *heading = "table.worst";
    if (count == shown->link_count)
        heading = "table.all";
    else if (unmet == 0)
        heading = "table.met";
    else if (unmet == count)
        heading = "table.unmet";
    found.table.heading = plan_table_heading(job, heading);
    set_after(job, &found.table, unmet);
    found.table.is_home = !job->has_links_page;
    /* neither an omitted page is a secret, nor omitted rows */
    const char *note = plan_has_unproven(job) ? NULL : "note.no_unproven";
    for (size_t i = 0; i < count; i++)
        if (links[i] != shown->links[i])
            note = "note.kept";
    found.table.note = plan_note_with(job, &found.table, note);
    found.legend = plan_legend_of(job, &found.table, &found.legend_count);
    return found;
}

/* Long names and long decisions leave less room than usual. */
static void
set_evidence(const struct plan_job *job, const struct template_part *part,
             struct plan_conclusion *page)
{
    page->evidence =
        evidence(job, part, plan_first_page_rows(job->words->lang));
    const size_t rows = page->evidence.table.row_count;
    const bool is_elsewhere = job->has_links_page || job->is_alone ||
                              plan_volume(job) == VOLUME_VAST;
    const size_t fewest = job->is_alone ? ALONE_ROWS : FEWEST_ROWS;
    page->keeps_together = job->is_alone;
    if (!is_elsewhere || rows <= fewest)
        return;
    struct plan_evidence *shorter =
        arena_array(job->arena, rows - fewest, struct plan_evidence);
    for (size_t i = rows - 1; i >= fewest; i--)
        shorter[page->shorter_count++] = evidence(job, part, i);
    page->shorter = shorter;
}

/* --- decisions --------------------------------------------------------- */

static struct text
count_text(const struct plan_job *job, enum effect effect)
{
    const size_t count = sentence_count_effect(job->report->shown, effect);
    return (struct text){.one = number_whole(job->arena, (whole)count)};
}

static void
set_decisions(const struct plan_job *job, struct plan_conclusion *page)
{
    size_t all;
    struct fill effects[] = {
        {"blocking",  count_text(job, EFFECT_BLOCKING) },
        {"condition", count_text(job, EFFECT_CONDITION)},
        {"watch",     count_text(job, EFFECT_WATCH)    },
        {0}
    };
    page->decisions_heading = words_phrase(job->words, "decisions.heading");
    page->effects = words_fill(job->words, "decisions.effects", effects);
    page->owner_heading = words_phrase(job->words, "decisions.owner");
    page->by_heading = words_phrase(job->words, "decisions.by");
    page->decisions = sentence_decisions(job->words, job->report, DECISIONS,
                                         &page->decision_count, &all);
    const size_t rest = all - page->decision_count;
    if (all == 0)
        page->decisions_after = words_phrase(
            job->words, template_has_page(job->template, "basis")
                            ? "decisions.none"
                            : "decisions.none.unsigned");
    else if (rest > 0 && sentence_decisions_given(job->report))
        page->decisions_after =
            words_text(job->words, plan_more_decisions(job, rest));
    else if (rest > 0)
        page->decisions_after =
            words_text(job->words,
                       see_unmet(job, words_count(job->words, "decisions.links",
                                                  rest)));
}

/* --- the source -------------------------------------------------------- */

#define HASH_DIGITS 12

static struct phrase
source_phrase(const struct plan_job *job)
{
    const struct season *season = job->report->season;
    struct text files;
    if (season->source_count == 1) {
        const struct source *source = season->sources[0];
        struct fill fills[] = {
            {"file",                                                       {.one = source->name}},
            {"hash",
             {.one = arena_copy(job->arena, source->sha256, HASH_DIGITS)}},
            {0}
        };
        files = words_both(job->words, "source.file", fills);
    } else {
        struct fill fills[] = {
            {"n",
             {.one = number_whole(job->arena, (whole)season->source_count)}},
            {"basis", plan_basis_place(job)},
            {0  }
        };
        files = words_both(job->words, "source.files", fills);
    }
    struct fill fills[] = {
        {"files",                    files},
        {"basis", plan_basis_place(job)},
        {"version",                          {.one = HEADROOM_VERSION}},
        {"rule",{.one = HEADROOM_RULE}},
        {0                    }
    };
    return words_fill(job->words, "source.line", fills);
}

/* --- the page ---------------------------------------------------------- */

static void
set_verdict(const struct plan_job *job, struct plan_conclusion *page)
{
    const enum verdict verdict = job->report->shown->verdict;
    struct text word = sentence_verdict(job->words, verdict);
    struct fill fills[] = {
        {"rule", {.one = HEADROOM_RULE}},
        {0     }
    };
    page->verdict = verdict;
    page->verdict_word = words_text(job->words, word);
    page->verdict_other =
        job->words->lang == LANG_EN ? NULL : text_in(word, LANGUAGE_EN);
    page->verdict_rule = words_fill(job->words, "verdict.rule", fills);
}

static void
set_counts(const struct plan_job *job, struct plan_conclusion *page)
{
    static const char *const key[STATES] = {
        "state.short",        "state.untested", "state.stale",
        "state.inconclusive", "state.covered",  "state.met",
    };
    for (unsigned i = 0; i < STATES; i++)
        page->counts[i] = (struct plan_count){
            .state = (enum state)i,
            .count = job->report->shown->counts[i],
            .name = words_phrase(job->words, key[i]),
        };
}

struct plan_conclusion
plan_conclusion(const struct plan_job *job, const struct template_part *part)
{
    struct plan_conclusion page = {0};
    set_verdict(job, &page);
    page.message = sentence_message(job->words, job->report);
    page.second = sentence_second(job->words, job->report);
    page.scenario = sentence_scenario(job->words, job->report);
    page.change = sentence_change(job->words, job->report);
    set_counts(job, &page);
    set_decisions(job, &page);
    set_evidence(job, part, &page);
    if (!template_has_page(job->template, "basis"))
        page.extra = words_text(job->words, job->template->extra_text);
    page.source = source_phrase(job);
    return page;
}
