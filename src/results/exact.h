/*
 * Numbers as load-test tools print them, read exactly: from their decimal text,
 * never by way of a binary fraction.  Tools print more decimals than a decimal
 * of ours holds; what is cut off is rounded against ourselves: times up, rates
 * and durations down.
 */
#ifndef HEADROOM_RESULTS_EXACT_H
#define HEADROOM_RESULTS_EXACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"

enum rounding { ROUND_DOWN, ROUND_UP };

/* What is kept of a number: decimals of a millisecond, of a second, of a rate
   that is computed, and of one that is the tool's own. */
#define EXACT_MS_PLACES 6
#define EXACT_S_PLACES 9
#define EXACT_QPS_PLACES 3
#define EXACT_RATE_PLACES 12

#define EXACT_MOST_COUNT ((uint64_t)1000000000000) /* 10^12 requests */

/* Reads all of text, digits[.digits][e[+-]digits] and 0 or more, times
   10^shift, and keeps so many decimals.  False when it is no such number, has
   leading zeros, or is 10^12 or more. */
bool exact_read(const char *text, size_t length, int shift, unsigned places,
                enum rounding rounding, struct decimal *number);

/* Reads all of text as a whole number of digits alone, at most
   EXACT_MOST_COUNT. */
bool exact_count(const char *text, size_t length, uint64_t *count);

/* count / seconds, seconds > 0; and rate x part / all, all > 0 and part at most
   all: both rounded down to EXACT_QPS_PLACES.  False when it is 10^12 or more.
 */
bool exact_per_second(uint64_t count, struct decimal seconds,
                      struct decimal *qps);
bool exact_share(struct decimal rate, uint64_t part, uint64_t all,
                 struct decimal *qps);

/* count / rate in seconds, rate > 0, rounded down to EXACT_S_PLACES.  False
   when it is 10^12 or more. */
bool exact_seconds(uint64_t count, struct decimal rate,
                   struct decimal *seconds);

#endif
