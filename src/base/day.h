/*
 * Calendar days and moments with their zone, ISO 8601; no clock.
 */
#ifndef HEADROOM_BASE_DAY_H
#define HEADROOM_BASE_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A day of the proleptic Gregorian calendar, as days since 1970-01-01; given
   is false for a day that the input does not name. */
struct day {
    bool given;
    int32_t number;
};

/* A moment as the input writes it: a day, and where a time stood, the text
   with time and zone. */
struct moment {
    struct day day;     /* in its own zone */
    bool has_time;
    int hour, minute, second;
    int zone_minutes;   /* east of UTC */
    const char *text;   /* as given; NULL when not given */
};

/* 2026-11-11, years 0001 to 9999. */
bool day_read(const char *text, size_t length, struct day *day);
/* A day, or YYYY-MM-DDTHH:MM[:SS](Z|+HH:MM|+HH). */
bool moment_read(struct arena *arena, const char *text, size_t length,
                 struct moment *moment);

void day_parts(struct day day, int *year, int *month, int *date);
const char *day_text(struct arena *arena, struct day day); /* 2026-11-11 */

#endif
