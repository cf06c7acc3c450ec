/*
 * Exact counts of samples: per label, per group, per second, how many requests
 * took how long.  The percentiles of a tally are those of the samples, by
 * nearest rank; tallies merge exactly, in any order.  A tally is what several
 * load generators, the shards of a file (digest.h) and the blocks of a fast
 * reader are brought together in.  Knows no file format.
 *
 * Times are whole nanoseconds.  Whole milliseconds below a bound are counted in
 * arrays; fractions and outliers, value by value: exact either way.
 */
#ifndef HEADROOM_RESULTS_TALLY_H
#define HEADROOM_RESULTS_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tally;

enum tally_depth {
    TALLY_TOTALS, /* per label and group; no schedule can be cut from it */
    TALLY_SECONDS /* per second as well, by the start of the sample */
};

#define TALLY_ANY UINT32_MAX

/* One answered or failed request. */
struct sample {
    uint32_t label, group; /* from tally_label(), tally_group() */
    int64_t start_ns;      /* since 1970, or since the run began */
    int64_t elapsed_ns;    /* >= 0 */
    bool failed;
    uint32_t threads;      /* active when it ended, of the load generator that
                              wrote it; 0: not said */
};

/* A tally is not of the arena: it grows by malloc() and ends by tally_free(). */
struct tally *tally_new(enum tally_depth depth);
void tally_free(struct tally *tally);
/* The number of a label or group (a thread group, a scenario), made when new. */
uint32_t tally_label(struct tally *tally, const char *name, size_t length);
uint32_t tally_group(struct tally *tally, const char *name, size_t length);
/* Which load generator's the samples to come are: an id of its file
   (input_origin()).  Threads of several generators add up, those of the parts
   of one file do not. */
void tally_origin(struct tally *tally, uint64_t origin);
void tally_add(struct tally *tally, const struct sample *sample);
/* Adds all of from; labels and groups meet by name.  Commutative and
   associative: what is asked of the result does not depend on the order. */
void tally_merge(struct tally *into, const struct tally *from);

size_t tally_label_count(const struct tally *tally);
const char *tally_label_name(const struct tally *tally, uint32_t label);
size_t tally_group_count(const struct tally *tally);
const char *tally_group_name(const struct tally *tally, uint32_t group);

/* What some of the samples come to. */
struct tally_pick {
    uint64_t samples, failed;
    int64_t first_start_ns, last_end_ns; /* of the samples picked */
    int64_t last_start_ns;
    uint32_t most_threads; /* the most of each generator, added up; 0: not
                              said */
    int64_t percentile_ns[4]; /* nearest rank, of all samples, failed ones
                                 too: order of enum percentile */
    int64_t max_ns;
};

/* Picks by label and group (TALLY_ANY: all) and by the second in which a sample
   starts, from_s <= second < to_s; with TALLY_TOTALS from_s and to_s must be
   INT64_MIN and INT64_MAX.  False when there is no such sample. */
bool tally_pick(const struct tally *tally, uint32_t label, uint32_t group,
                int64_t from_s, int64_t to_s, struct tally_pick *pick);

/* One second of a label and group: for finding plateaus. */
struct tally_second {
    int64_t second;
    uint64_t samples, failed;
    uint32_t most_threads; /* as in a pick of that second alone */
};
/* The seconds of a pick in order, those without samples left out.  Lent until
   the next call. */
size_t tally_seconds(struct tally *tally, uint32_t label, uint32_t group,
                     const struct tally_second **seconds);

#endif
