/*
 * Names of what a summary holds.  Room: results.
 */
#include "results/summary.h"

const unsigned percentile_milli[PERCENTILES] = {
    [P50] = 500, [P95] = 950, [P99] = 990, [P999] = 999};
