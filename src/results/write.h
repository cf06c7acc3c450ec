/*
 * Writes results and baselines as YAML of a season, with comments on where they
 * come from.
 */
#ifndef HEADROOM_RESULTS_WRITE_H
#define HEADROOM_RESULTS_WRITE_H

#include <stdio.h>

#include "results/ask.h"

struct arena;

/* Writes a text as a YAML scalar: plain where nothing in it could mean anything
   else, in double quotes otherwise. */
void write_text(FILE *stream, const char *text);

/* The names of the files, as many as a text takes. */
const char *write_source(struct arena *arena, const struct told *told);

/* Writes what was told as a list of results.  date is used where it is given,
   else the day of the first sample. */
void write_results(struct arena *arena, const struct told *told,
                   struct day date, FILE *stream);

#endif
