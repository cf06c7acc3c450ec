/*
 * State, action, effect, order and verdict [the contract, section 3.6 to 3.9]:
 * rules over what is known of a link, no arithmetic but comparing.  Room
 * assess/.
 */
#ifndef HEADROOM_ASSESS_VERDICT_H
#define HEADROOM_ASSESS_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "assess/assess.h"

/* What decides a link's state beside the link itself. */
struct standing {
    bool stale;
    bool too_far;   /* left(n) > max_extrapolation x m */
    whole usable;   /* [queries/s] */
    whole forecast; /* [queries/s] */
    bool in_time;   /* due, where given, after neither freeze nor peak */
};

/* [3.6] of a link with result, outcome and target. */
enum state verdict_state(const struct link *link,
                         const struct standing *standing);
bool verdict_is_proven(enum state state);

/* [3.7] of a link with state and, where proven, expansion. */
enum action verdict_action(const struct link *link);

/* [3.8] */
enum effect verdict_effect(enum priority priority, enum state state);

/* Puts links in the order of [3.9], worst first. */
void verdict_sort(const struct link **links, size_t count);

/* Fills counts, verdict, reason and weakest of an assessment whose links are
   in order [3.8]. */
void verdict_decide(struct assessment *assessment);

#endif
