/*
 * Numbers as documents print them: thousands commas, per cents, the true
 * minus, days.  Belongs to document/.  Rounds nothing: what comes here is
 * rounded already, against ourselves, by assess/.
 */
#include <string.h>

#include "base/arena.h"
#include "assess/assess.h"
#include "document/value.h"

#define MINUS "\xe2\x88\x92" /* U+2212, as wide as a digit */

/* Puts commas into the whole part of a plain decimal: "-1234.5" becomes
   "−1,234.5". */
static const char *
with_commas(struct arena *arena, const char *plain)
{
    bool negative = plain[0] == '-';
    if (negative)
        plain++;
    size_t length = strlen(plain);
    size_t point = strcspn(plain, ".");
    char *text = arena_alloc(arena, length + length / 3 + sizeof MINUS + 1);
    char *at = text;
    if (negative) {
        memcpy(at, MINUS, sizeof MINUS - 1);
        at += sizeof MINUS - 1;
    }
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && i < point && (point - i) % 3 == 0)
            *at++ = ',';
        *at++ = plain[i];
    }
    return text;
}

const char *
number_whole(struct arena *arena, whole number)
{
    return with_commas(arena, whole_text(arena, number));
}

const char *
number_decimal(struct arena *arena, struct decimal number)
{
    return with_commas(arena, decimal_text(arena, number));
}

const char *
number_ms(struct arena *arena, struct decimal number)
{
    const whole unit = whole_power10(DECIMAL_PLACES - 2);
    return number_decimal(arena,
                          (struct decimal){
                              whole_ceil_divide(number.units, unit) * unit});
}

/* A number as printed, with zeros up to so many decimals. */
static const char *
with_places(struct arena *arena, const char *text, unsigned places)
{
    static const char zeros[] = "000000000000";
    const char *point = strchr(text, '.');
    size_t there = point ? strlen(point + 1) : 0;
    if (there >= places || places >= sizeof zeros)
        return text;
    return arena_format(arena, "%s%s%.*s", text, point ? "" : ".",
                        (int)(places - there), zeros);
}

const char *
number_places(struct arena *arena, struct decimal number, unsigned places)
{
    return with_places(arena, number_decimal(arena, number), places);
}

const char *
number_percent(struct arena *arena, whole milli)
{
    whole size = milli < 0 ? -milli : milli;
    const char *whole_part = number_whole(arena, size / 10);
    return arena_format(arena, "%s%s.%d%%", milli < 0 ? MINUS : "", whole_part,
                        (int)(size % 10));
}

const char *
number_ratio(struct arena *arena, struct decimal ratio)
{
    struct decimal hundred = decimal_of(100);
    return arena_format(
        arena, "%s%%", number_decimal(arena, decimal_multiply(ratio, hundred)));
}

const char *
number_cost(struct arena *arena, whole pico, unsigned places)
{
    const char *text =
        with_commas(arena, whole_scaled_text(arena, pico, COST_PLACES));
    return with_places(arena, text, places);
}

unsigned
number_cost_places(whole pico)
{
    unsigned places = COST_PLACES;
    while (places > 0 && pico % 10 == 0) {
        pico /= 10;
        places--;
    }
    return places;
}

static const char *
print_bare(struct arena *arena, const struct value *value)
{
    switch (value->kind) {
    case VALUE_WHOLE:
        return number_whole(arena, value->number);
    case VALUE_DECIMAL:
        return number_places(arena, value->decimal, value->places);
    case VALUE_PERCENT:
        return number_percent(arena, value->number);
    case VALUE_COST:
        return number_cost(arena, value->number, value->places);
    case VALUE_RATIO:
        return number_ratio(arena, value->decimal);
    case VALUE_DAY:
        return value->day.given ? day_text(arena, value->day) : "\u2014";
    case VALUE_TEXT: {
        const char *text = text_in(value->text, LANGUAGE_EN);
        return text ? text : "\u2014";
    }
    case VALUE_NONE:
    case VALUE_UNPROVEN:
    case VALUE_WORD:
    case VALUE_LIMITS:
    case VALUE_FILLED:
        break;
    }
    return "\u2014";
}

const char *
number_print(struct arena *arena, const struct value *value)
{
    const char *bare = print_bare(arena, value);
    if (value->mark == NULL)
        return bare;
    return arena_format(arena, "%s%s", value->mark, bare);
}
