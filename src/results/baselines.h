/*
 * A spreadsheet of baselines, saved as CSV, as YAML.
 */
#ifndef HEADROOM_RESULTS_BASELINES_H
#define HEADROOM_RESULTS_BASELINES_H

#include <stdbool.h>
#include <stdio.h>

#include "results/form.h"

struct arena;
struct diag;

/* Writes `baselines:` of the file's rows: request says which column holds which
   key of a baseline; without columns, those are meant whose heading is a key.
   False, reported, when something is wrong. */
bool baselines_import(struct arena *arena, const char *path,
                      const struct request *request, struct diag *diag,
                      FILE *stream);

#endif
