/*
 * Exact decimals on a 128-bit integer of 10^-24 units, and whole numbers of
 * the same width.  Room: base.  What a number means (a rate, a ratio, its
 * range) is input/value.c's business.
 */
#include "base/decimal.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define MOST_DIGITS 12            /* before the point, and after it */
#define EXPONENT_LIMIT 1000000000 /* far beyond any that passes */

whole
whole_power10(unsigned power)
{
    assert(power <= 38);
    whole result = 1;
    while (power-- > 0)
        result *= 10;
    return result;
}

struct decimal
decimal_of(whole number)
{
    return decimal_scaled(number, 0);
}

struct decimal
decimal_scaled(whole number, unsigned places)
{
    assert(places <= DECIMAL_PLACES);
    return (struct decimal){number * whole_power10(DECIMAL_PLACES - places)};
}

int
decimal_compare(struct decimal a, struct decimal b)
{
    return (a.units > b.units) - (a.units < b.units);
}

struct decimal
decimal_add(struct decimal a, struct decimal b)
{
    return (struct decimal){a.units + b.units};
}

struct decimal
decimal_subtract(struct decimal a, struct decimal b)
{
    return (struct decimal){a.units - b.units};
}

/* Takes at most `most` trailing zeros off number; returns how many. */
static unsigned
strip_zeros(whole *number, unsigned most)
{
    unsigned stripped = 0;
    /* most numbers have few decimals: one long division takes off half of the
       places, and what is left mostly fits the processor's own division */
    const int64_t half = 1000000000000;
    if (most >= 12 && *number % half == 0) {
        *number /= half;
        stripped = 12;
    }
    if (INT64_MIN <= *number && *number <= INT64_MAX) {
        int64_t small = (int64_t)*number;
        for (; stripped < most && small % 10 == 0; stripped++)
            small /= 10;
        *number = small;
    }
    while (stripped < most && *number % 10 == 0) {
        *number /= 10;
        stripped++;
    }
    return stripped;
}

struct decimal
decimal_multiply(struct decimal a, struct decimal b)
{
    if (a.units == 0 || b.units == 0)
        return (struct decimal){0};
    /* The product has 48 places, of which 24 are zeros that a and b bring. */
    unsigned excess = DECIMAL_PLACES - strip_zeros(&a.units, DECIMAL_PLACES);
    excess -= strip_zeros(&b.units, excess);
    assert(excess == 0); /* together they have at most 24 decimals */
    return (struct decimal){a.units * b.units};
}

bool
decimal_is_zero(struct decimal a)
{
    return a.units == 0;
}

size_t
whole_scaled_write(char buffer[WHOLE_ROOM], whole number, unsigned places)
{
    char digits[WHOLE_ROOM];
    size_t count = 0, length = 0;
    bool negative = number < 0;
    places -= number == 0 ? places : strip_zeros(&number, places);
    while (number < INT64_MIN || number > INT64_MAX) {
        int digit = (int)(number % 10); /* negative of a negative number */
        digits[count++] = (char)('0' + (digit < 0 ? -digit : digit));
        number /= 10;
    }
    int64_t small = (int64_t)number;
    do {
        int digit = (int)(small % 10);
        digits[count++] = (char)('0' + (digit < 0 ? -digit : digit));
        small /= 10;
    } while (small != 0 || count <= places);
    if (negative)
        buffer[length++] = '-';
    while (count > 0) {
        if (count == places)
            buffer[length++] = '.';
        buffer[length++] = digits[--count];
    }
    buffer[length] = '\0';
    return length;
}

const char *
whole_scaled_text(struct arena *arena, whole number, unsigned places)
{
    char buffer[WHOLE_ROOM];
    assert(places <= 38);
    size_t length = whole_scaled_write(buffer, number, places);
    return arena_copy(arena, buffer, length);
}

const char *
whole_text(struct arena *arena, whole number)
{
    return whole_scaled_text(arena, number, 0);
}

const char *
decimal_text(struct arena *arena, struct decimal number)
{
    return whole_scaled_text(arena, number.units, DECIMAL_PLACES);
}

double
decimal_double(struct decimal number)
{
    static const double power[] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (number.units == 0)
        return 0;
    whole units = number.units;
    unsigned places = DECIMAL_PLACES - strip_zeros(&units, DECIMAL_PLACES);
    const whole exact = (whole)1 << 53;
    /* two exact doubles divide to the nearest one */
    if (places <= 22 && -exact <= units && units <= exact)
        return (double)units / power[places];
    char buffer[WHOLE_ROOM];
    whole_scaled_write(buffer, number.units, DECIMAL_PLACES);
    return strtod(buffer, NULL);
}

double
whole_double(whole number)
{
    return (double)number;
}

whole
whole_floor_divide(whole number, whole by)
{
    assert(by > 0);
    return number / by - (number % by < 0 ? 1 : 0);
}

whole
whole_ceil_divide(whole number, whole by)
{
    assert(by > 0);
    return number / by + (number % by > 0 ? 1 : 0);
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The end of the run of digits at s. */
static const char *
skip_digits(const char *s, const char *end)
{
    while (s < end && is_digit(*s))
        s++;
    return s;
}

/* nan, inf, infinity, with a point before them or not. */
static bool
is_not_finite(const char *s, const char *end)
{
    static const char *const words[] = {"nan", "inf", "infinity"};
    if (s < end && *s == '.')
        s++;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        size_t k = 0;
        while ((size_t)(end - s) == length && k < length &&
               (s[k] | 0x20) == words[i][k])
            k++;
        if (k == length)
            return true;
    }
    return false;
}

/* Digits and signs that look like a number's but are not ASCII. */
static bool
is_other_digit(const char *s, const char *end)
{
    uint32_t code;
    return s < end && text_decode(s, end, &code) > 1 && text_is_digit(code);
}

/* A separator of thousands, or a decimal comma, with a digit after it; s is
   the first character behind a run of digits. */
static bool
is_separator(const char *s, const char *end)
{
    uint32_t code;
    unsigned bytes = s < end ? text_decode(s, end, &code) : 0;
    if (bytes == 0 || s + bytes == end || !is_digit(s[bytes]))
        return false;
    return code == ',' || code == '_' || code == '\'' || code == ' ' ||
           code == 0xA0 || code == 0x2019 || code == 0xFF0C ||
           (code >= 0x2000 && code <= 0x200A) || code == 0x202F;
}

/* Where the parts of a number lie; the exponent is bounded. */
struct parts {
    bool negative;
    const char *before, *before_end;
    const char *after, *after_end;
    long exponent;
};

/* Reads an exponent behind the "e" at s; NULL when there is none. */
static const char *
read_exponent(const char *s, const char *end, long *exponent)
{
    bool negative = false;
    if (s < end && (*s == '-' || *s == '+'))
        negative = *s++ == '-';
    const char *last = skip_digits(s, end);
    if (last == s)
        return NULL;
    long value = 0;
    for (; s < last; s++)
        if (value < EXPONENT_LIMIT)
            value = value * 10 + (*s - '0');
    *exponent = negative ? -value : value;
    return last;
}

/* What stands where a first digit was expected. */
static enum decimal_fault
no_digit(const char *s, const char *end)
{
    if (is_not_finite(s, end))
        return DECIMAL_NOT_FINITE;
    return is_other_digit(s, end) ? DECIMAL_OTHER_DIGITS : DECIMAL_NOT_A_NUMBER;
}

/* Splits the number at s; *rest is what follows it. */
static enum decimal_fault
split(const char *s, const char *end, struct parts *parts, const char **rest)
{
    *parts = (struct parts){0};
    if (s < end && (*s == '-' || *s == '+'))
        parts->negative = *s++ == '-';
    parts->before = s;
    s = skip_digits(s, end);
    parts->before_end = parts->after = parts->after_end = s;
    if (s == parts->before)
        return no_digit(s, end);
    if (is_separator(s, end))
        return DECIMAL_SEPARATOR;
    if (s < end && *s == '.') {
        parts->after = s + 1;
        parts->after_end = s = skip_digits(s + 1, end);
        if (parts->after == s)
            return DECIMAL_NOT_A_NUMBER;
        if (is_separator(s, end))
            return DECIMAL_SEPARATOR;
    }
    if (s < end && (*s == 'e' || *s == 'E')) {
        s = read_exponent(s + 1, end, &parts->exponent);
        if (s == NULL)
            return DECIMAL_NOT_A_NUMBER;
    }
    if (is_other_digit(s, end))
        return DECIMAL_OTHER_DIGITS;
    *rest = s;
    if (*parts->before == '0' && parts->before_end - parts->before > 1)
        return DECIMAL_LEADING_ZERO;
    return DECIMAL_OK;
}

/* The digits of both runs as one, leading and trailing zeros left out. */
struct digits {
    whole value;
    long point; /* digits of value before the point; may be negative */
    long count;
};

static struct digits
gather(const struct parts *parts)
{
    struct digits digits = {0};
    long before = (long)(parts->before_end - parts->before);
    long total = before + (long)(parts->after_end - parts->after);
    long zeros = 0; /* seen since the last other digit */
    for (long i = 0; i < total; i++) {
        char c = i < before ? parts->before[i] : parts->after[i - before];
        if (c == '0') {
            zeros++;
            continue;
        }
        if (digits.count == 0)
            digits.point = before - i;
        else
            digits.count += zeros;
        digits.count++;
        if (digits.count <= 2 * MOST_DIGITS) {
            if (digits.count > 1)
                digits.value *= whole_power10((unsigned)zeros);
            digits.value = digits.value * 10 + (c - '0');
        }
        zeros = 0;
    }
    digits.point += parts->exponent;
    return digits;
}

enum decimal_fault
decimal_read(const char *text, size_t length, struct decimal *number,
             size_t *used)
{
    struct parts parts;
    const char *rest;
    enum decimal_fault fault = split(text, text + length, &parts, &rest);
    if (fault != DECIMAL_OK)
        return fault;
    *used = (size_t)(rest - text);
    *number = (struct decimal){0};
    struct digits digits = gather(&parts);
    if (digits.count == 0)
        return DECIMAL_OK;
    long places = digits.count - digits.point;
    if (digits.point > MOST_DIGITS || places > MOST_DIGITS)
        return DECIMAL_TOO_LONG;
    whole units =
        digits.value * whole_power10((unsigned)(DECIMAL_PLACES - places));
    number->units = parts.negative ? -units : units;
    return DECIMAL_OK;
}
