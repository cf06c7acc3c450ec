/*
 * Sentences of page 1, composed from the template's words: the message, the
 * weakest link, the decisions, and the bar in words.  Each is true for every
 * combination of states, and each number in it is one of the assessment's.
 */
#ifndef HEADROOM_DOCUMENT_SENTENCE_H
#define HEADROOM_DOCUMENT_SENTENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "assess/assess.h"
#include "document/plan.h"
#include "document/words.h"

/* The verdict in words. */
struct text sentence_verdict(const struct words *words, enum verdict verdict);
/* The message: the worst link with a number, and what is asked for. */
struct wording sentence_message(const struct words *words,
                                const struct report *report);

/* What the chain carries by its weakest link, and what is left out of that. */
struct wording sentence_second(const struct words *words,
                               const struct report *report);

/* That another scenario than the plan is shown, and the plan's verdict; no
   variants (count 0) when it is the plan. */
struct wording sentence_scenario(const struct words *words,
                                 const struct report *report);

/* What changed since an earlier report; count 0 where there is none. */
struct wording sentence_change(const struct words *words,
                               const struct report *report);

/* The name of a scenario: its own, else its id. */
struct text sentence_scenario_name(const struct scenario *scenario);

/* Whether the decisions are those that the season gives.  They are about its
   plan: where another scenario is shown, they follow from the links. */
/* What stands for the day to decide by where none follows. */
const char *sentence_no_day(const struct words *words);

bool sentence_decisions_given(const struct report *report);

/* The decisions: those the season gives, else one a link that blocks or sets a
   condition, worst first.  At most limit; *all tells how many there are. */
const struct plan_decision *sentence_decisions(const struct words *words,
                                               const struct report *report,
                                               size_t limit, size_t *count,
                                               size_t *all);

/* --- of one link (sentence_link.c) --- */

/* The link's name, else its id. */
struct text sentence_name(const struct link *link);

/* What must be said beside a test, bits of enum caution, at least one. */
struct text sentence_cautions(const struct words *words, unsigned cautions);

/* What is to be said, a clause without full stop; variants longest first. */
#define SENTENCE_CLAUSES 2
struct text sentence_clause(const struct words *words,
                            const struct report *report,
                            const struct link *link, size_t variant);

/* The decision that the link asks for. */
struct wording sentence_ask(const struct words *words,
                            const struct report *report,
                            const struct link *link);

/* The bar in words. */
struct phrase sentence_alt(const struct words *words,
                           const struct report *report,
                           const struct link *link);

/* The way from usable to target in words; of a link that is short or covered. */
struct phrase sentence_bridge(const struct words *words,
                              const struct link *link);

/* How many links have that effect, and how many are P0. */
size_t sentence_count_effect(const struct assessment *shown,
                             enum effect effect);
size_t sentence_count_p0(const struct assessment *shown);

#endif
