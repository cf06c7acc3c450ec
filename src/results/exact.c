/*
 * Exact numbers of load-test tools.  Room: results.  What a number means and
 * where it stands is the readers' business.
 */
#include "results/exact.h"

#include <string.h>

#define FAR 100000 /* an exponent beyond it is like it */
#define WHOLE_DIGITS 12

/* The digits of a number without its point, and how many stand before it. */
struct mantissa {
    const char *text;
    size_t length;
    long point;
};

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t
digits(const char *s, const char *end)
{
    const char *from = s;
    while (s < end && is_digit(*s))
        s++;
    return (size_t)(s - from);
}

static bool
read_exponent(const char *s, const char *end, long *exponent)
{
    bool is_negative = s < end && *s == '-';
    if (s < end && (*s == '-' || *s == '+'))
        s++;
    if (s == end)
        return false;
    long value = 0;
    for (; s < end; s++) {
        if (!is_digit(*s))
            return false;
        if (value < FAR)
            value = value * 10 + (*s - '0');
    }
    *exponent = is_negative ? -value : value;
    return true;
}

static bool
split(const char *text, size_t length, struct mantissa *mantissa)
{
    const char *end = text + length, *s = text;
    size_t before = digits(s, end);
    if (before == 0 || (before > 1 && *text == '0') || before > FAR)
        return false;
    s += before;
    mantissa->text = text;
    mantissa->point = (long)before;
    if (s < end && *s == '.') {
        size_t after = digits(s + 1, end);
        if (after == 0)
            return false;
        s += 1 + after;
    }
    mantissa->length = (size_t)(s - text);
    if (s == end)
        return true;
    long exponent;
    if ((*s != 'e' && *s != 'E') || !read_exponent(s + 1, end, &exponent))
        return false;
    mantissa->point += exponent;
    return true;
}

bool
exact_read(const char *text, size_t length, int shift, unsigned places,
           enum rounding rounding, struct decimal *number)
{
    struct mantissa mantissa;
    if (!split(text, length, &mantissa))
        return false;
    long weight = mantissa.point + shift; /* of the next digit, plus 1 */
    whole units = 0;
    bool is_cut = false;
    for (size_t i = 0; i < mantissa.length; i++) {
        char c = mantissa.text[i];
        if (c == '.')
            continue;
        weight--;
        if (c == '0')
            continue;
        if (weight >= WHOLE_DIGITS)
            return false;
        if (weight >= -(long)places)
            units +=
                (c - '0') * whole_power10((unsigned)(weight + (long)places));
        else
            is_cut = true;
    }
    if (is_cut && rounding == ROUND_UP)
        units++;
    *number = decimal_scaled(units, places);
    return true;
}

bool
exact_count(const char *text, size_t length, uint64_t *count)
{
    if (length == 0 || digits(text, text + length) != length ||
        (length > 1 && *text == '0') || length > 13)
        return false;
    uint64_t value = 0;
    for (size_t i = 0; i < length; i++)
        value = value * 10 + (uint64_t)(text[i] - '0');
    *count = value;
    return value <= EXACT_MOST_COUNT;
}

/* number in units of 10^-places, the rest cut off. */
static whole
scaled(struct decimal number, unsigned places)
{
    return whole_floor_divide(number.units,
                              whole_power10(DECIMAL_PLACES - places));
}

/* above / below in units of 10^-places. */
static bool
divide(whole above, whole below, unsigned places, struct decimal *number)
{
    if (below == 0)
        return false;
    whole units = whole_floor_divide(above, below);
    if (units >= whole_power10(WHOLE_DIGITS + places))
        return false;
    *number = decimal_scaled(units, places);
    return true;
}

bool
exact_per_second(uint64_t count, struct decimal seconds, struct decimal *qps)
{
    whole above =
        (whole)count * whole_power10(EXACT_S_PLACES + EXACT_QPS_PLACES);
    return divide(above, scaled(seconds, EXACT_S_PLACES), EXACT_QPS_PLACES,
                  qps);
}

bool
exact_share(struct decimal rate, uint64_t part, uint64_t all,
            struct decimal *qps)
{
    whole below =
        (whole)all * whole_power10(EXACT_RATE_PLACES - EXACT_QPS_PLACES);
    return divide(scaled(rate, EXACT_RATE_PLACES) * (whole)part, below,
                  EXACT_QPS_PLACES, qps);
}

bool
exact_seconds(uint64_t count, struct decimal rate, struct decimal *seconds)
{
    whole above =
        (whole)count * whole_power10(EXACT_RATE_PLACES + EXACT_S_PLACES);
    return divide(above, scaled(rate, EXACT_RATE_PLACES), EXACT_S_PLACES,
                  seconds);
}
