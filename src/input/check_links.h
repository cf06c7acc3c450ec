/*
 * The part of check.c that goes through links, results and steps.
 */
#ifndef HEADROOM_INPUT_CHECK_LINKS_H
#define HEADROOM_INPUT_CHECK_LINKS_H

struct draft;

/* Reports links that have two baselines. */
void check_links_twice(struct draft *draft);
/* Reports links that are left without growth in a scenario. */
void check_links_growth(struct draft *draft);
/* Reports results of unknown links, and steps without a metric that their
   link's SLO or min_hold_s asks for. */
void check_links_results(struct draft *draft);
/* Adds the warnings that need no assessment. */
void check_links_warn(struct draft *draft);

#endif
