/*
 * Which labels of the files are which links.
 */
#ifndef HEADROOM_RESULTS_LABEL_H
#define HEADROOM_RESULTS_LABEL_H

#include <stdbool.h>
#include <stdint.h>

#include "results/ask.h"
#include "results/tally.h"

struct arena;
struct diag;

/* Adds a link to those that are told of. */
struct told_link *label_add_link(struct arena *arena, struct told *told,
                                 const struct asked_link *asked);

/* Whether the findings of a step say which labels are meant: a link without a
   label takes the only one, or of several the sum that the tool made.  Where
   no links are asked for, each label becomes one.  Reports, at the file, when
   there are several, or none. */
bool label_check(struct arena *arena, const struct ask *ask,
                 const struct findings *findings, const struct source *source,
                 struct told *told, struct diag *diag);

/* The label of a link in a tally, TALLY_ANY for all; false when it is not
   there. */
bool label_of_tally(const struct asked_link *link, const struct tally *tally,
                    uint32_t *label);
/* Whether a summary of that label is the link's. */
bool label_is_of(const struct asked_link *link, const char *label,
                 const struct findings *findings);

/* Notes which labels of a step no link takes. */
void label_left_out(struct arena *arena, const struct findings *findings,
                    const struct told_file *file, struct told *told);

/* Reports a link whose label is in none of the files. */
void label_report_unknown(struct arena *arena, const struct told *told,
                          const struct told_link *link, struct diag *diag);

#endif
