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

#include "results/counts.h"
#include "results/summary.h"

struct tally;

#define TALLY_MOST_NS (((int64_t)1 << 62) - 1) /* to the year 2116 */

enum tally_depth {
    TALLY_TOTALS, /* per label and group; no schedule can be cut from it */
    TALLY_SECONDS /* per second as well, by the start of the sample */
};

#define TALLY_ANY UINT32_MAX

/* One answered or failed request. */
struct sample {
    uint32_t label, group; /* from tally_label(), tally_group() */
    int64_t start_ns;      /* since 1970, or since the run began; its size at
                              most TALLY_MOST_NS */
    int64_t elapsed_ns;    /* 0 to TALLY_MOST_NS */
    bool failed;
    uint32_t threads; /* active when it ended, of the load generator that
                         wrote it; 0: not said */
};

/* A tally is not of the arena: it grows by malloc() and ends by tally_free().
   Its size goes with labels x groups x seconds x distinct times, not with the
   number of samples.  One thread at a time may use it. */
struct tally *tally_new(enum tally_depth depth);
enum tally_depth tally_depth(const struct tally *tally);
void tally_free(struct tally *tally);
/* The number of a label or group (a thread group, a scenario), made when new.
 */
uint32_t tally_label(struct tally *tally, const char *name, size_t length);
uint32_t tally_group(struct tally *tally, const char *name, size_t length);
/* The same of a transaction: samples that sum up others.  They stand aside, out
   of what is asked of TALLY_ANY, as long as there are others; a label and a
   transaction of one name are two. */
uint32_t tally_transaction(struct tally *tally, const char *name,
                           size_t length);
/* Which load generator's the samples to come are: an id of its file
   (input_origin()).  Threads of several generators add up, those of the parts
   of one file do not. */
void tally_origin(struct tally *tally, uint64_t origin);
/* An empty one of the same depth and origin, for a part of the work. */
struct tally *tally_like(const struct tally *tally);
void tally_add(struct tally *tally, const struct sample *sample);
/* Adds all of from; labels and groups meet by name.  Commutative and
   associative: what is asked of the result does not depend on the order.  Both
   are of one depth. */
void tally_merge(struct tally *into, const struct tally *from);

/* All samples, of transactions too; and those that stand aside. */
uint64_t tally_samples(const struct tally *tally);
uint64_t tally_aside(const struct tally *tally);
size_t tally_label_count(const struct tally *tally);
const char *tally_label_name(const struct tally *tally, uint32_t label);
bool tally_is_transaction(const struct tally *tally, uint32_t label);
/* Whether the samples of a label stand aside. */
bool tally_is_aside(const struct tally *tally, uint32_t label);
/* The numbers of all labels by name, transactions last: an order that does not
   depend on who met them first.  Lent until something is added. */
const uint32_t *tally_label_order(const struct tally *tally);
size_t tally_group_count(const struct tally *tally);
const char *tally_group_name(const struct tally *tally, uint32_t group);

/* What some of the samples come to. */
struct tally_pick {
    uint64_t samples, failed;
    int64_t first_start_ns, last_end_ns; /* of the samples picked */
    int64_t last_start_ns;
    uint32_t most_threads; /* the most of each generator, added up; 0: not
                              said */
    int64_t percentile_ns[PERCENTILES]; /* nearest rank, of all samples, failed
                                           ones too */
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

/* What a tally holds of one label, group and second; second is 0 with
   TALLY_TOTALS. */
struct tally_part {
    uint32_t label, group;
    int64_t second;
    uint64_t samples, failed;
    int64_t first_start_ns, last_start_ns, last_end_ns;
    struct tally_threads {
        uint64_t origin;
        uint32_t most; /* > 0 */
    } *threads;        /* in no order, one of each that says some */
    uint32_t origins;
    struct counts counts;
};
/* All parts of a tally, by label, second and group, in the order of
   tally_label_order() and of the groups' names: the same for two tallies of the
   same samples.  The array is lent until something is added. */
const struct tally_part *const *tally_parts(const struct tally *tally,
                                            size_t *count);
/* The part of a label, group and second, made when new, for one who adds what
   was counted elsewhere. */
struct tally_part *tally_part(struct tally *tally, uint32_t label,
                              uint32_t group, int64_t second);
/* Adds the figures of another, all but the times (counts). */
void tally_part_add(struct tally_part *into, const struct tally_part *from);
/* Notes that so many threads of an origin were active, if it is the most. */
void tally_part_threads(struct tally_part *part, uint64_t origin,
                        uint32_t threads);

#endif
