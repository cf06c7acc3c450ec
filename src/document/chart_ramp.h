/*
 * The ramp of a load test as data: what each step carried, and the latency it
 * had, over the load.  Two panels share the axis of the load; places are
 * shares of an axis, 0 to 1.  Drawing is the renderer's.
 */
#ifndef HEADROOM_DOCUMENT_CHART_RAMP_H
#define HEADROOM_DOCUMENT_CHART_RAMP_H

#include <stdbool.h>
#include <stddef.h>

#include "assess/assess.h"

struct arena;

/* What the steps are ordered by, and stand over. */
enum ramp_load {
    RAMP_OFFERED,     /* [queries/s] sent */
    RAMP_CONCURRENCY,
    RAMP_ORDER        /* 1, 2, 3: no load is known of all steps */
};

enum ramp_look {
    RAMP_HELD,     /* kept every limit, below the first that broke */
    RAMP_ACHIEVED, /* of these the one that counts */
    RAMP_BROKE,    /* the first that broke */
    RAMP_LATER,    /* not counted: from the first that broke on, or too short */
    RAMP_LOOKS
};

struct ramp_point {
    double x, y; /* shares of the axes */
    bool beyond; /* above the axis; y is then 1 */
    const char *label; /* the value of one that is beyond, else NULL */
    enum ramp_look look;
    bool by_other; /* RAMP_BROKE, and not by the latency of this panel */
};

struct ramp_tick {
    double at; /* share of the axis */
    const char *label; /* "12,000" */
};

/* An axis from 0 to a round number, the ticks at round numbers. */
struct ramp_axis {
    double end; /* in the axis' unit */
    const struct ramp_tick *ticks;
    size_t tick_count;
};

enum ramp_line_kind { RAMP_TARGET, RAMP_BASELINE, RAMP_LIMIT, RAMP_LINES };
struct ramp_line {
    enum ramp_line_kind kind;
    double at; /* share of the axis */
};

struct ramp_panel {
    enum metric metric; /* METRIC_QPS, or a latency */
    struct ramp_axis y;
    struct ramp_line lines[2];
    size_t line_count;
    const struct ramp_point *points; /* one a step, in walking order */
    const char *beyond; /* the values that are beyond, from the lowest to the
                           highest: "770–2,037.8"; NULL: none is */
};

#define RAMP_PANELS 2
struct ramp {
    enum ramp_load load;
    struct ramp_axis x;
    size_t point_count; /* 0: untested */
    size_t broke; /* index of the first that broke; point_count: none did */
    struct ramp_panel panels[RAMP_PANELS];
    size_t panel_count; /* the second one only where a latency is limited */
    bool scaled; /* target and baseline stand where the test would have to be:
                    what counts differs from what the test achieved (other
                    instances, safe level, zones) */
};

/* The ramp of the test that counts for a link. */
struct ramp chart_ramp(struct arena *arena, const struct link *link);

/* The latency that the second panel shows: one that broke, else P99, else the
   first that is limited; LIMIT_OFFERED when none is. */
enum limit ramp_latency(const struct link *link);

/* An axis of at least so many round intervals that holds most. */
struct ramp_axis ramp_axis_of(struct arena *arena, double most,
                              unsigned intervals);

#endif
