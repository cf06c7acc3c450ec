/*
 * What the values of columns are made from.  Private to document/column*.c.
 */
#ifndef HEADROOM_DOCUMENT_COLUMN_VALUE_H
#define HEADROOM_DOCUMENT_COLUMN_VALUE_H

#include "document/column.h"

static inline struct value
whole_value(whole number)
{
    return (struct value){.kind = VALUE_WHOLE, .number = number};
}

static inline struct value
word_value(const char *key)
{
    return (struct value){.kind = VALUE_WORD, .text = {.one = key}};
}

static inline struct value
filled_value(const char *key, whole number, struct decimal decimal)
{
    return (struct value){.kind = VALUE_FILLED,
                          .text = {.one = key},
                          .number = number,
                          .decimal = decimal};
}

static inline struct value
unknown_value(const char *key)
{
    return (struct value){.kind = VALUE_UNPROVEN,
                          .text = {.one = key},
                          .emphasis = EMPHASIS_MUTED};
}

/* Why a link has no proven number, where one is asked for. */
static inline struct value
unproven_value(const struct link *link)
{
    static const char *const key[STATES] = {
        [STATE_SHORT] = "unknown",
        [STATE_UNTESTED] = "unknown",
        [STATE_STALE] = "unproven.stale",
        [STATE_INCONCLUSIVE] = "unproven.inconclusive",
        [STATE_COVERED] = "unknown",
        [STATE_MET] = "unknown",
    };
    return unknown_value(key[link->state]);
}

static inline struct value
known_value(const struct link *link, struct known number)
{
    return number.known ? whole_value(number.value) : unproven_value(link);
}

/* Approved measures that would do, but not in time: short all the same. */
static inline bool
is_late(const struct link *link)
{
    return link->state == STATE_SHORT && link->gap_after_qps.known &&
           link->gap_after_qps.value == 0;
}

/* --- column_plan.c --- */

/* Whether anything is approved: instances, or a gain. */
bool column_has_plan(const struct link *link);

/* Values of the table in column.c. */

struct value column_measure(const struct link *link);
struct value column_approved(const struct link *link);
struct value column_approved_gain(const struct link *link);
struct value column_forecast_open(const struct link *link);
struct value column_needed(const struct link *link);
struct value column_age_limit(const struct link *link);
struct value column_missing(const struct link *link);
struct value column_expansion(const struct link *link);
struct value column_gained(const struct link *link);
struct value column_added(const struct link *link);
struct value column_open_instances(const struct link *link);
struct value column_unit_cost(const struct link *link);
struct value column_approved_cost(const struct link *link);
struct value column_open_cost(const struct link *link);

#endif
