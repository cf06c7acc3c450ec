/*
 * What instances carry: the formulas of the contract, section 3.1, 3.4 and
 * 3.5, in exact arithmetic.  Room assess/.  Knows nothing of steps, states or
 * seasons.
 */
#ifndef HEADROOM_ASSESS_CAPACITY_H
#define HEADROOM_ASSESS_CAPACITY_H

#include <stdbool.h>

#include "base/decimal.h"

/* What a link's capacity rests on. */
struct capacity {
    struct decimal achieved;         /* [queries/s] >= 0, as tested */
    unsigned tested;                 /* m, instances of the test; 0 when
                                        unknown: then k does not matter */
    unsigned zones;                  /* 0 when not given */
    unsigned survive_zones;          /* below zones */
    struct decimal scale_efficiency; /* (0, 1] */
    struct decimal safe_level;       /* (0, 1] */
};

/* target [3.1]: peak x multiplier, rounded up; peak > 0, multiplier > 0. */
whole capacity_target(struct decimal peak, struct decimal multiplier);

/* left(k) [3.4]: k less the survive_zones largest of k instances spread evenly
   over the zones. */
whole capacity_left(const struct capacity *capacity, whole k);

/* floor(cap(k) x (1 + gain)) [3.4, 3.5] in [queries/s]; k >= 0, gain >= 0. */
whole capacity_floor(const struct capacity *capacity, whole k,
                     struct decimal gain);

/* What the search for more came to. */
enum found {
    FOUND,          /* *result holds it */
    FOUND_NOTHING,  /* nothing would do */
    FOUND_TOO_LARGE /* beyond what a whole holds */
};

/* The smallest e >= 0 with floor(cap(n + e) x (1 + gain)) >= target [3.5]; by
   closed form, as cap never falls with k. */
enum found capacity_expansion(const struct capacity *capacity, unsigned n,
                              struct decimal gain, whole target,
                              whole *expansion);

/* The smallest gain per instance, in 1/1000, with which k instances reach the
   target: floor(cap(k) x (1 + gain)) >= target [3.7].  It is the whole gain
   against the test, an approved one included. */
enum found capacity_gain_milli(const struct capacity *capacity, whole k,
                               whole target, whole *gain_milli);

/* floor(rate / m x 100): what one instance carried, in 1/100; m > 0. */
whole capacity_per_instance_centi(struct decimal rate, unsigned m);

/* floor(rate / base x 1000); base > 0. */
whole capacity_ratio_milli(whole rate, struct decimal base);

/* Whether qps >= 95 % x offered x (1 - errors) [3.2]. */
bool capacity_is_carried(struct decimal qps, struct decimal offered,
                         struct decimal errors);

/* (1 + growth) x (1 + buffer), growth > -1; false when it has more decimals
   than a decimal holds, and is therefore cut. */
bool capacity_compound(struct decimal growth, struct decimal buffer,
                       struct decimal *multiplier);

#endif
