/*
 * Which of a link's tests counts [the contract, section 3.3].  Room assess/.
 */
#ifndef HEADROOM_ASSESS_CHOOSE_H
#define HEADROOM_ASSESS_CHOOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "assess/capacity.h"
#include "assess/walk.h"

struct arena;
struct diag;

/* What holds for a link: its own keys before the season's. */
struct terms {
    struct slo slo;
    unsigned validity_days;
    struct decimal scale_efficiency, safe_level;
};

/* One test of a link, walked, and what it makes of production. */
struct evidence {
    const struct result *result;
    struct walk walk;
    int age_days;       /* as_of's day less the test's */
    unsigned instances; /* n, the test's where the link gives none; 0 unknown */
    struct capacity capacity; /* with m after defaulting */
    whole usable;             /* [queries/s] floor(cap(n)) */
};

/* All tests of a link up to as_of's day, the newest first, of one day the last
   given first. */
struct tests {
    const struct evidence *list;
    size_t count;
    size_t valid; /* that many from the front are not too old */
};

/* Walks the results of a link, which stand in any order; those after as_of are
   left out.  Adds the warnings of the single tests to diag. */
struct tests choose_tests(struct arena *arena, const struct season *season,
                          const struct baseline *baseline,
                          const struct terms *terms,
                          const struct result *const *results, size_t count,
                          struct diag *diag);

/* The test that counts for a target: the newest valid one that is measured or
   none or reaches the target, else the newest valid one, else the newest; NULL
   when there is none.  *stale tells the case that none is valid. */
const struct evidence *choose_evidence(const struct tests *tests, whole target,
                                       bool *stale);

/* The newest valid test whose usable is below that of an older valid one, or
   NULL; *better is the best of the older ones. */
const struct evidence *choose_weaker(const struct tests *tests,
                                     const struct evidence **better);

#endif
