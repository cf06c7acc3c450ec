/*
 * The way from usable to target as data: a waterfall of what a link carries,
 * what each approved measure should bring, and what is still short, in shares
 * of the target.  Drawing is the renderer's.  In the notation of chart.h: solid
 * is measured, hatched expected, the tint with the bad outline still short.
 */
#ifndef HEADROOM_DOCUMENT_CHART_BRIDGE_H
#define HEADROOM_DOCUMENT_CHART_BRIDGE_H

#include <stdbool.h>

#include "assess/assess.h"

/* From top to bottom. */
enum bridge_part {
    BRIDGE_USABLE, /* from 0 */
    BRIDGE_GAIN,   /* by the approved optimisation */
    BRIDGE_ADDED,  /* by the approved instances */
    BRIDGE_GAP,    /* up to the target */
    BRIDGE_PARTS
};

/* Where a part begins and ends: 0 .. CHART_AXIS_END, from < to. */
struct bridge_step {
    bool there;
    double from, to;
    bool beyond; /* pointed end: above the axis */
};

struct bridge {
    struct bridge_step parts[BRIDGE_PARTS];
};

/* Of a link that is short or covered.  Measures that come too late do not
   count: then all from usable on is still short. */
struct bridge chart_bridge(const struct link *link);

#endif
