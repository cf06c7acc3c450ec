/*
 * The figures of a step, from counts and times: exact, rounded against
 * ourselves.
 */
#ifndef HEADROOM_RESULTS_FIGURE_H
#define HEADROOM_RESULTS_FIGURE_H

#include <stdint.h>

#include "base/decimal.h"
#include "model/season.h"
#include "results/summary.h"
#include "results/tally.h"

/* good / span, [queries/s], at most 3 decimals, rounded down; span > 0. */
struct decimal figure_rate(uint64_t good, int64_t span_ns);
/* failed / all as a ratio of 6 significant digits, rounded up; all > 0. */
struct decimal figure_share(uint64_t failed, uint64_t all);
/* [ms], at most 6 decimals.  0 is what a clock of whole milliseconds says of
   less: then 1. */
struct decimal figure_ms(int64_t ns);
/* [s], at most 3 decimals, rounded down; at least 0.001. */
struct decimal figure_seconds(int64_t ns);

void figure_set(struct step *step, enum metric metric, struct decimal value);

/* The metrics of samples that were picked, over a span. */
void figure_samples(struct step *step, const struct tally_pick *pick,
                    int64_t span_ns, bool lacks_failed);
/* The metrics that a summary knows. */
void figure_summary(struct step *step, const struct summary *summary);

#endif
