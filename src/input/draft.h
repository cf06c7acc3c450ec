/*
 * A season under construction: what the readers of the files fill, and what
 * check.c needs to know of them beyond the season itself.
 */
#ifndef HEADROOM_INPUT_DRAFT_H
#define HEADROOM_INPUT_DRAFT_H

#include <stdbool.h>
#include <stddef.h>

#include "input/keys.h"
#include "model/season.h"

/* The top-level keys, in the order of the names in read_season.c. */
enum season_key {
    SEASON_ID,
    SEASON_NAME,
    SEASON_LANG,
    SEASON_REFERENCE,
    SEASON_PEAK,
    SEASON_AS_OF,
    SEASON_CLASSIFICATION,
    SEASON_UNIT,
    SEASON_GROWTH,
    SEASON_BUFFER,
    SEASON_MULTIPLIER,
    SEASON_COMPOSE,
    SEASON_SCENARIOS,
    SEASON_PLAN,
    SEASON_SLO,
    SEASON_VALIDITY_DAYS,
    SEASON_SCALE_EFFICIENCY,
    SEASON_MAX_EXTRAPOLATION,
    SEASON_SAFE_LEVEL,
    SEASON_ZONES,
    SEASON_SURVIVE_ZONES,
    SEASON_MIN_HOLD_S,
    SEASON_UNIT_COST,
    SEASON_CURRENCY,
    SEASON_DECIDE_BY,
    SEASON_FREEZE,
    SEASON_DECISIONS,
    SEASON_MAIL,
    SEASON_BASELINES,
    SEASON_RESULTS,
    SEASON_KEYS
};

/* Of a number that was given but refused, `given` is set too: what is wrong
   is then reported once, and not again as missing. */
struct draft {
    struct reading reading;
    struct season *season;
    struct place
        key[SEASON_KEYS];    /* of each top-level key, line 0: not given */
    struct place plan_place; /* of its value */
    const char *plan;        /* NULL when not given */
    struct place baselines;  /* of the first list of baselines that is one */
    bool has_baselines;      /* the key was given at all */
    bool is_refused_result;  /* of a list, or an entry, that was refused */
    size_t baseline_entries;
    size_t baseline_room, result_room; /* of lists that malloc() holds */
    struct in_place **in_place; /* results that name files, in their order */
    size_t in_place_count, in_place_room;
    unsigned next_order; /* of the next file of results */
    size_t source_room;
    bool is_partial; /* a file broke off: what is missing may be in the rest */
};

/* Room for one more entry at the end of a list that malloc() holds: unlike the
   arena's, a list of 20,000 links then grows without leaving copies behind. */
void *draft_grow(void *list, size_t count, size_t *room, size_t size);
/* Hands the lists over to the arena; they grow no more. */
void draft_settle(struct draft *draft);

#endif
