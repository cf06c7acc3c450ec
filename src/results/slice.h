/*
 * Where a run of samples is cut into steps.
 */
#ifndef HEADROOM_RESULTS_SLICE_H
#define HEADROOM_RESULTS_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "results/ask.h"
#include "results/tally.h"

struct arena;

/* One step: samples of a group in some seconds, of all labels. */
struct slice {
    uint32_t group; /* or TALLY_ANY */
    int64_t from_s, to_s;
    int64_t at_s, until_s; /* before its ends were cut, from the run's first
                              second on; where span_ns is of whole seconds */
    int64_t span_ns;  /* over which a rate is taken; 0: from the first start to
                         the last end of the samples picked */
    uint32_t threads; /* 0: not said */
    const struct said *said; /* what the user says of it, or NULL */
    const char *name; /* what tells it apart, for a comment; NULL: nothing */
};

/* Cuts as the ask says.  Returns the number of slices; 0 and the reason in
   *why where it cannot be cut so.  *left_out is what is in none of them, for a
   reader, or NULL. */
size_t slice_run(struct arena *arena, const struct ask *ask,
                 struct tally *tally, struct slice **slices, const char **why,
                 const char **left_out);

#endif
