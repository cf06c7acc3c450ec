/*
 * CPU and other resource series of the system under test, laid beside the
 * steps by time.
 */
#ifndef HEADROOM_RESULTS_SERIES_H
#define HEADROOM_RESULTS_SERIES_H

#include <stdbool.h>
#include <stdint.h>

#include "results/ask.h"

struct arena;
struct diag;
struct series;

/* Reads the series of an ask into told.  False when something is wrong. */
bool series_read(struct arena *arena, const struct ask *ask, bool wants_sha256,
                 struct told *told, struct diag *diag);

/* Sets the cpu of a step that began at from_ns (since 1970; INT64_MIN: not
   known) and took span_ns: of each series the percentile over the step, of all
   series the highest.  False, reported, where a series has no value in it. */
bool series_step(struct arena *arena, const struct ask *ask,
                 const struct told *told, struct step *step, int64_t from_ns,
                 int64_t span_ns, struct diag *diag);

#endif
