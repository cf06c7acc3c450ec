/*
 * Reads one entry of `results`: a pressure test with its steps.
 */
#ifndef HEADROOM_INPUT_READ_RESULT_H
#define HEADROOM_INPUT_READ_RESULT_H

struct draft;

/* Appends the entry at hand to the season's results. */
void read_result(struct draft *draft);

#endif
