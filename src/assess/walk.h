/*
 * What one pressure test shows: its steps in order of load, walked up to the
 * first that breaks [the contract, section 3.2].  Room assess/.
 */
#ifndef HEADROOM_ASSESS_WALK_H
#define HEADROOM_ASSESS_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "assess/assess.h"

struct arena;
struct diag;

struct walk {
    const struct walked *steps; /* in walking order */
    size_t step_count;
    enum outcome outcome;
    struct decimal achieved_qps; /* [queries/s], 0 when nothing held */
    unsigned limited_by;         /* bit 1 << enum limit */
    size_t held_step;            /* gave achieved; step_count when none held */
    size_t broke_step;           /* broke first; step_count when none broke */
};

/* Walks a result's steps against the limits.  min_hold_s: a shorter step
   proves nothing, but may still break.  Warns in diag of a load not carried
   though every limit held, of qps that falls while the load rises, of a load
   given twice and of steps without a common load key, each once a result. */
struct walk walk_result(struct arena *arena, const struct result *result,
                        const struct slo *slo, struct optional min_hold_s,
                        struct diag *diag);

#endif
