/*
 * What a load-test tool says of one load level of one label: counts, rates and
 * percentiles of its own making, each known or not.  Filled by the readers of
 * forms that hold no samples; steps.c makes steps of it.  A summary cannot be
 * merged with another: percentiles are never averaged.
 */
#ifndef HEADROOM_RESULTS_SUMMARY_H
#define HEADROOM_RESULTS_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "model/season.h"

/* How the tool put its load on: decides which warnings stand with it. */
enum load_model {
    LOAD_UNKNOWN,
    LOAD_CLOSED, /* so many users that wait for their answers */
    LOAD_OPEN    /* at a rate, whether answers come or not */
};

/* Percentiles in the order of METRIC_P50_MS to METRIC_P999_MS. */
enum percentile { P50, P95, P99, P999, PERCENTILES };
/* In thousandths: 500, 950, 990, 999. */
extern const unsigned percentile_milli[PERCENTILES];

struct summary {
    const char *label;  /* "" where the file has but one, without a name */
    const char *level;  /* what tells a file's levels apart, or NULL: a window,
                           a number of users */
    struct place place; /* where it stands in the file */

    bool has_counts;
    uint64_t requests;       /* all that were answered or failed; > 0 */
    uint64_t failed;         /* of them; <= requests */
    struct optional seconds; /* [s] measured, > 0 */
    /* [queries/s] good answers; computed from counts and seconds where the tool
       gives both, else the tool's own */
    struct optional qps;
    struct optional error_rate;  /* ratio, where no counts are given */
    struct optional offered_qps; /* [queries/s] what the tool was asked to send,
                                    where the file says */
    struct optional concurrency; /* connections or users, whole */
    struct optional percentile_ms[PERCENTILES];
    struct optional max_ms;
    struct optional cpu; /* ratio, of the load generator where it is logged */
    uint64_t dropped;    /* requests that an open load could not start */
    enum load_model model;
    bool is_corrected; /* latencies count from when a request was due: no
                          coordinated omission */
    int64_t start_s;   /* [s since 1970] when it began; INT64_MIN: not said */
};

#endif
