/*
 * The link bar as data: where each part begins and ends, in shares of the
 * target.  Drawing is the renderer's.  A bullet graph in IBCS notation: solid
 * is proven, grey with an open end carried without a proof, hatched expected,
 * the outlined box the target, the lighter mark the past.
 */
#ifndef HEADROOM_DOCUMENT_CHART_H
#define HEADROOM_DOCUMENT_CHART_H

#include <stdbool.h>

#include "assess/assess.h"

#define CHART_AXIS_END 1.25 /* the axis runs from 0 to 125 % of the target */

enum bar_look {
    BAR_PROVEN,       /* solid from 0 */
    BAR_INCONCLUSIVE, /* grey with an open, arrowed end */
    BAR_STALE,        /* outlined light fill */
    BAR_UNTESTED      /* dashed empty box to 100 % */
};

struct bar {
    enum bar_look look;
    double measured; /* 0 .. CHART_AXIS_END, end of the solid or stale part */
    bool measured_beyond; /* pointed end: above the axis */
    bool has_forecast; /* while the link is not met */
    double forecast; /* end of the hatched part, from measured on */
    bool forecast_beyond;
    bool has_gap; /* tint with bad outline from the larger of both to 1 */
    bool has_baseline;
    double baseline; /* baseline / target, clipped to the axis */
};

struct bar chart_bar(const struct link *link);

#endif
