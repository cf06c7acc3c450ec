/*
 * What changed since an earlier report: link by link, and counted.  Room
 * assess/.
 */
#ifndef HEADROOM_ASSESS_CHANGE_H
#define HEADROOM_ASSESS_CHANGE_H

#include "assess/assess.h"
#include "model/previous.h"

enum change {
    CHANGE_MET,      /* met now, and not then */
    CHANGE_NARROWER, /* short of its target by less than then, or by as much
                        and now covered */
    CHANGE_PROVEN,   /* unproven then, short or covered now */
    CHANGE_WORSE,    /* the other way round in any of these */
    CHANGE_SAME,
    CHANGE_NEW,      /* was not there */
    CHANGES
};

/* How a link changed; its `before` tells how it stood. */
enum change change_of(const struct link *link);

/* The changes counted over the links that are shown. */
struct change_counts {
    size_t links[CHANGES];
    size_t gone; /* links of the earlier report that are no more */
};
struct change_counts change_count(const struct report *report);

#endif
