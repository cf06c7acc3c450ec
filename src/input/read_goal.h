/*
 * Reads what a season, a scenario or a link says of its goal: growth, buffer
 * or multiplier, and the SLO.
 */
#ifndef HEADROOM_INPUT_READ_GOAL_H
#define HEADROOM_INPUT_READ_GOAL_H

#include "input/value.h"
#include "model/season.h"

struct keys;
struct reading;

#define SLO_REFUSED ((struct decimal){-1})

/* An optional number; given, with 0, where the value is refused. */
void read_optional(struct reading *reading, const char *key, enum number number,
                   struct optional *value, struct place *place);

/* The value of growth, buffer or multiplier. */
void read_growth(struct reading *reading, const char *key, enum number number,
                 struct growth *growth, struct optional *value);
/* Reports a multiplier that stands beside growth or buffer in one place; the
   places are those of the keys, line 0 for one that is not given. */
void read_growth_check(struct reading *reading, struct place growth,
                       struct place buffer, struct place multiplier);

/* A limit that is refused is given, and SLO_REFUSED. */
void read_slo(struct reading *reading, struct slo *slo);

#endif
