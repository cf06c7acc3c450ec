/*
 * Logs of samples with one request a row and a plan of which column holds what:
 * what the readers of several tools, and of a CSV that the user describes,
 * share.  JMeter's has a reader of its own.
 */
#ifndef HEADROOM_RESULTS_COLUMNS_H
#define HEADROOM_RESULTS_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "results/rows.h"

#define COLUMNS_MOST 256
#define COLUMN_NONE SIZE_MAX

enum sample_column {
    SAMPLE_TIME,
    SAMPLE_ELAPSED,
    SAMPLE_METHOD, /* goes before the label */
    SAMPLE_LABEL,
    SAMPLE_GROUP,
    SAMPLE_SUCCESS, /* true or false, in several spellings; where it is empty,
                       the status decides */
    SAMPLE_STATUS,  /* of HTTP: below 400 is good, 0 is no answer */
    SAMPLE_ERROR,   /* not empty: failed */
    SAMPLE_THREADS,
    SAMPLE_METRIC, /* only rows that have columns_plan.metric there count */
    SAMPLE_COLUMNS
};

struct columns_plan {
    size_t at[SAMPLE_COLUMNS];        /* COLUMN_NONE: nowhere */
    const char *name[SAMPLE_COLUMNS]; /* for messages */
    int64_t time_ns;    /* the unit of times, a power of ten; 0: moments */
    int64_t elapsed_ns; /* the unit of durations */
    bool time_is_end;   /* times are when requests ended */
    const char *metric;
    /* A metric whose values other than 0 are requests that failed, to be held
       against; NULL: none. */
    const char *failed_metric;
    /* A metric whose values are requests that were never sent; NULL: none. */
    const char *dropped_metric;
};

/* A plan with nothing in it yet. */
struct columns_plan columns_nothing(void);

/* Reads the rows.  What is left out of other metrics is counted as left_out.
   begin and begin_line are those of the first row behind a header. */
bool columns_read(struct input *input, struct findings *findings,
                  const struct columns_plan *plan, struct row_marks marks,
                  size_t fields, size_t begin);

#endif
