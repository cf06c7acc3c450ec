/*
 * Calendar days and moments, ISO 8601.  Room: base.  The day number follows
 * Howard Hinnant's "chrono-compatible low-level date algorithms": years that
 * begin in March, in eras of 400 years.
 */
#include "base/day.h"

#include <string.h>

#include "base/arena.h"

#define ERA_DAYS 146097    /* in 400 years */
#define EPOCH_SHIFT 719468 /* days from 0000-03-01 to 1970-01-01 */

static int32_t
day_number(int year, int month, int date)
{
    int shifted = month <= 2 ? year - 1 : year;
    int era = shifted / 400; /* years before 0 do not come here */
    int of_era = shifted - era * 400;
    int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date;
    return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           1 - EPOCH_SHIFT;
}

void
day_parts(struct day day, int *year, int *month, int *date)
{
    int32_t shifted = day.number + EPOCH_SHIFT;
    int32_t era = shifted / ERA_DAYS;
    int32_t of_era = shifted - era * ERA_DAYS;
    int32_t year_of_era =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA_DAYS - 1)) /
        365;
    int32_t of_year =
        of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month_of = (5 * of_year + 2) / 153;
    *date = of_year - (153 * month_of + 2) / 5 + 1;
    *month = month_of < 10 ? month_of + 3 : month_of - 9;
    *year = year_of_era + era * 400 + (*month <= 2 ? 1 : 0);
}

const char *
day_text(struct arena *arena, struct day day)
{
    int year, month, date;
    day_parts(day, &year, &month, &date);
    return arena_format(arena, "%04d-%02d-%02d", year, month, date);
}

/* Reads text by a pattern: a 0 stands for a digit, whose runs become numbers
   in turn; all else stands for itself. */
static bool
matches(const char *text, size_t length, const char *pattern, int *numbers)
{
    if (length != strlen(pattern))
        return false;
    int *number = numbers - 1;
    for (size_t i = 0; i < length; i++) {
        if (pattern[i] != '0') {
            if (text[i] != pattern[i])
                return false;
            continue;
        }
        if (text[i] < '0' || text[i] > '9')
            return false;
        if (i == 0 || pattern[i - 1] != '0')
            *++number = 0;
        *number = *number * 10 + (text[i] - '0');
    }
    return true;
}

static int
days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool
day_read(const char *text, size_t length, struct day *day)
{
    int part[3];
    if (!matches(text, length, "0000-00-00", part))
        return false;
    if (part[0] < 1 || part[1] < 1 || part[1] > 12 || part[2] < 1 ||
        part[2] > days_in(part[0], part[1]))
        return false;
    *day = (struct day){true, day_number(part[0], part[1], part[2])};
    return true;
}

/* Z, +08:00, +08, -03:30; from -12:00 to +14:00. */
static bool
zone_read(const char *text, size_t length, int *minutes)
{
    int part[2] = {0, 0};
    if (length == 1 && *text == 'Z') {
        *minutes = 0;
        return true;
    }
    bool west = length > 0 && *text == '-';
    if ((!matches(text, length, west ? "-00:00" : "+00:00", part) &&
         !matches(text, length, west ? "-00" : "+00", part)) ||
        part[1] > 59)
        return false;
    *minutes = (part[0] * 60 + part[1]) * (west ? -1 : 1);
    return *minutes >= -12 * 60 && *minutes <= 14 * 60;
}

bool
moment_read(struct arena *arena, const char *text, size_t length,
            struct moment *moment)
{
    struct moment read = {0};
    size_t day = strlen("2026-11-11");
    if (!day_read(text, length < day ? length : day, &read.day))
        return false;
    if (length > day) {
        const char *time = text + day;
        size_t rest = length - day;
        size_t seconds = strlen("T00:00:00"), minutes = strlen("T00:00");
        int part[3] = {0, 0, 0};
        if (rest > seconds && matches(time, seconds, "T00:00:00", part))
            minutes = seconds;
        else if (rest <= minutes || !matches(time, minutes, "T00:00", part))
            return false;
        if (part[0] > 23 || part[1] > 59 || part[2] > 59 ||
            !zone_read(time + minutes, rest - minutes, &read.zone_minutes))
            return false;
        read.has_time = true;
        read.hour = part[0];
        read.minute = part[1];
        read.second = part[2];
    }
    read.text = arena_copy(arena, text, length);
    *moment = read;
    return true;
}
