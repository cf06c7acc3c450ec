/*
 * Reads one entry of `baselines`.
 */
#ifndef HEADROOM_INPUT_READ_BASELINE_H
#define HEADROOM_INPUT_READ_BASELINE_H

struct draft;

/* Appends the entry at hand to the season's baselines. */
void read_baseline(struct draft *draft);

#endif
