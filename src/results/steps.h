/*
 * Steps of the findings of one or more files.
 */
#ifndef HEADROOM_RESULTS_STEPS_H
#define HEADROOM_RESULTS_STEPS_H

#include <stdbool.h>
#include <stddef.h>

#include "results/ask.h"

struct arena;
struct diag;

/* An ask being answered. */
struct asking {
    struct arena *arena;
    const struct ask *ask;
    struct diag *diag;
    bool wants_sha256;
    struct told *told;
    bool is_good;
};

/* Adds a line to the notes of what is told. */
void steps_note(struct asking *asking, const char *text);

/* Where the steps of a group of files stand: at the first of them. */
const struct told_file *steps_first_file(const struct asking *asking,
                                         size_t step);

/* Whether the files tell levels apart themselves. */
bool steps_have_levels(const struct findings *findings);

/* Makes the steps of all links from the samples, or the summaries, of a group
   of files.  What is wrong is reported, and asking->is_good unset. */
void steps_of_samples(struct asking *asking, struct tally *tally, size_t step,
                      const struct findings *findings);
void steps_of_summaries(struct asking *asking, const struct findings *findings,
                        size_t step);

#endif
