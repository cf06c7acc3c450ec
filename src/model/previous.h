/*
 * An earlier report of this program, as its JSON says it: what is needed to
 * tell what changed since.
 */
#ifndef HEADROOM_MODEL_PREVIOUS_H
#define HEADROOM_MODEL_PREVIOUS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"

/* How a link stood then. */
struct previous_link {
    const char *link;
    const char *state;     /* "short" ... */
    bool is_known;         /* false: it was unproven, and these unknown */
    whole attainment_milli; /* in 1/1000 */
    whole shortfall_qps;
};

struct previous {
    const char *season;  /* its id */
    const char *as_of;   /* a day, "2026-10-24" */
    const char *verdict; /* "no-go" ... */
    const struct previous_link *links; /* sorted by link */
    size_t link_count;
};

/* The link of that id, or NULL; previous may be NULL. */
const struct previous_link *previous_find(const struct previous *previous,
                                          const char *link);

#endif
