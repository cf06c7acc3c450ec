/*
 * Reads the top-level keys of one file into a season.
 */
#ifndef HEADROOM_INPUT_READ_SEASON_H
#define HEADROOM_INPUT_READ_SEASON_H

struct draft;
struct source;

void read_season(struct draft *draft, const struct source *source);

#endif
