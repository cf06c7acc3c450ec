/*
 * The parts of a plan, made by one file each and put together in plan.c.
 * Private to document/: for plan*.c and the
 * sheet*.c.
 */
#ifndef HEADROOM_DOCUMENT_PLAN_PARTS_H
#define HEADROOM_DOCUMENT_PLAN_PARTS_H

#include "document/plan.h"

/* What every part is made from. */
struct plan_job {
    struct arena *arena;
    const struct report *report;
    const struct template *template;
    const struct words *words;
    struct diag *diag;
    bool has_links_page; /* all links are listed behind page 1 */
    const size_t *evidence; /* numbers of the ramps, by index of the baseline;
                               NULL where no page shows them */
    bool has_gaps_page, has_unproven_page; /* these lists stand behind page 1 */
    bool has_open_page;  /* they stand on one page */
    bool has_domains_page;
    const struct plan_section *bands; /* how much is attained, where that alone
                                         is to say of many links: stands before
                                         the gaps; or NULL */
    bool is_alone; /* page 1 has nothing behind it: the rest is the workbook's */
};

/* --- plan_table.c: tables of links --- */

/* A table of the links, in the columns that the part of the template names;
   what stands above and below it is for the caller. */
struct plan_table plan_link_table(const struct plan_job *job,
                                  const struct template_part *part,
                                  const struct link *const *links,
                                  size_t count);

/* The legend of the bars that the rows show. */
const struct plan_legend *plan_legend_of(const struct plan_job *job,
                                         const struct plan_table *table,
                                         size_t *count);

/* The legend of samples, bits 1 << enum legend_sample. */
const struct plan_legend *plan_legend_samples(const struct plan_job *job,
                                              unsigned samples, size_t *count);

/* What stands above it: the word of that key, with how many links there are. */
struct phrase plan_table_heading(const struct plan_job *job, const char *key);

/* What stars, signs and forecasts in the rows stand for; lead NULL for none. */
struct phrase plan_note_of(const struct plan_job *job,
                           const struct plan_table *table);
/* The same with a further word at its end, NULL for none. */
struct phrase plan_note_with(const struct plan_job *job,
                             const struct plan_table *table, const char *more);
/* And with a further sentence, which may be none. */
struct phrase plan_note_and(const struct plan_job *job,
                            const struct plan_table *table, struct text more);

/* --- plan_conclusion.c, plan_basis.c: pages --- */

struct plan_conclusion plan_conclusion(const struct plan_job *job,
                                       const struct template_part *part);

const struct plan_block *plan_basis(const struct plan_job *job, size_t *count);

/* --- plan_evidence.c: the ramps --- */

/* Numbers the links whose ramps are shown, from 1, worst first: those short,
   covered or inconclusive, at most the worst 100, or all that were tested. */
const size_t *plan_evidence_numbers(const struct plan_job *job, bool all);
struct plan_ramps plan_ramps(const struct plan_job *job, bool all);

/* --- plan_lists.c, plan_domains.c: pages of sections --- */

/* How much there is to show: few links all stand on page 1; many get a page by
   domain; of very many only the worst are listed. */
enum volume { VOLUME_FEW, VOLUME_SOME, VOLUME_MANY, VOLUME_VAST };
enum volume plan_volume(const struct plan_job *job);

/* Whether a link is short or covered. */
bool plan_is_gap(const struct link *link);

/* How many links are short or covered, and how many are not proven. */
unsigned plan_gap_count(const struct plan_job *job);
unsigned plan_unproven_count(const struct plan_job *job);
bool plan_has_gaps(const struct plan_job *job);
bool plan_has_unproven(const struct plan_job *job);

/* What must be done about gaps, and what is not known. */
struct plan_section plan_gaps(const struct plan_job *job,
                              const struct template_part *part);
struct plan_section plan_unproven(const struct plan_job *job,
                                  const struct template_part *part);

/* --- plan_expansion.c: the picture below the list of gaps --- */

/* Of its links those that have an approved plan or a price; false where none
   has. */
bool plan_expansion(const struct plan_job *job, const struct plan_section *gaps,
                    struct plan_section *section);

/* By domain, by attainment, and of very many links by owner. */
const struct plan_section *plan_domains(const struct plan_job *job,
                                        size_t *count);

/* What the lists of a section share: which rows of how many, what is cut. */
struct plan_section plan_section_of(const struct plan_job *job,
                                    struct plan_table table, size_t all);

/* --- plan_head.c: the line at the head of every page --- */

struct phrase plan_header(const struct plan_job *job);
struct phrase plan_title(const struct plan_job *job);
const char *plan_created(const struct plan_job *job);
/* The template's classification, else the season's. */
struct text plan_classification(const struct plan_job *job);
/* Where rule, formulas and hashes stand, in words: the basis page, else the
   workbook. */
struct text plan_basis_place(const struct plan_job *job);
/* A text, and a word, that have one line for both languages, "zh · en". */
struct phrase plan_text_line(const struct plan_job *job, struct text text);
struct phrase plan_one_line(const struct plan_job *job, const char *key);
/* How another page names the one of a kind, by a word with its {page}. */
struct text plan_page_place(const struct plan_job *job, const char *key,
                            enum plan_page_kind kind);
/* How many more decisions there are than page 1 has, and where. */
struct text plan_more_decisions(const struct plan_job *job, size_t count);
struct text plan_moment(const struct plan_job *job,
                        const struct moment *moment);

/* Rows of page 1 in a language: what fits at 8.4 mm each. */
static inline size_t
plan_first_page_rows(enum lang lang)
{
    return lang == LANG_BOTH ? 6 : 8;
}

/* --- plan_warnings.c: the links that a warning is about, but for what their
   evidence says beside their tests --- */

struct plan_warned {
    const char **ids; /* sorted; one may stand more than once */
    size_t count;
};
struct plan_warned plan_warned(const struct plan_job *job);
bool plan_is_warned(const struct plan_warned *warned, const char *link);

#endif
