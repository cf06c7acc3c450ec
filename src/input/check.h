/*
 * What can be said of a season only when all files have been read.
 */
#ifndef HEADROOM_INPUT_CHECK_H
#define HEADROOM_INPUT_CHECK_H

struct draft;

/* Completes the season (scenarios, plan, as_of, order of links) and reports
   what is missing or contradicts itself, and the warnings that need no
   assessment. */
void check_season(struct draft *draft);

#endif
