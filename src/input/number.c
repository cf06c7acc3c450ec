/*
 * The number reader: forms, suffixes, ranges and what to write instead.  Room:
 * input.  Digits are base/decimal.c's business; who asks, value.c's.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/keys.h"
#include "input/value.h"

enum form { PLAIN, WHOLE, RATIO, RATE };

#define ONE ((whole)1000000000000 * 1000000000000) /* 10^24 units */
#define TRILLION ((whole)1000000000000)
#define RATES "such as 10000, 12.5k, 1.2M, 10w or 10万"

/* What is not in a range though it is its end. */
enum { LOW_OPEN = 1, HIGH_OPEN = 2, BARE_OPEN = 4 };

/* Of a ratio, bare is the highest value that may stand without %. */
static const struct number_row {
    enum form form;
    whole low, high, bare;
    unsigned open;
} rows[NUMBERS] = {
  /* clang-format off */
    [NUMBER_RATE]           = {RATE,  0,    ONE * TRILLION,   0,        LOW_OPEN | HIGH_OPEN},
    [NUMBER_RATE_OR_ZERO]   = {RATE,  0,    ONE * TRILLION,   0,        HIGH_OPEN},
    [NUMBER_GROWTH]         = {RATIO, -ONE, ONE * 10,         ONE,      LOW_OPEN},
    [NUMBER_GAIN]           = {RATIO, 0,    ONE * 10,         ONE,      0},
    [NUMBER_SHARE]          = {RATIO, 0,    ONE,              ONE,      LOW_OPEN},
    [NUMBER_PART]           = {RATIO, 0,    ONE,              ONE,      0},
    [NUMBER_SLO_PART]       = {RATIO, 0,    ONE,              ONE / 10, BARE_OPEN},
    [NUMBER_MULTIPLIER]     = {PLAIN, 0,    ONE * 100,        0,        LOW_OPEN},
    [NUMBER_EXTRAPOLATION]  = {PLAIN, ONE,  ONE * 1000,       0,        0},
    [NUMBER_MS]             = {PLAIN, 0,    ONE * 10000000,   0,        LOW_OPEN},
    [NUMBER_S]              = {PLAIN, 0,    ONE * 10000000,   0,        LOW_OPEN},
    [NUMBER_INSTANCES]      = {WHOLE, ONE,  ONE * 1000000,    0,        0},
    [NUMBER_APPROVED]       = {WHOLE, 0,    ONE * 1000000,    0,        0},
    [NUMBER_ZONES]          = {WHOLE, ONE,  ONE * 100,        0,        0},
    [NUMBER_LOST_ZONES]     = {WHOLE, 0,    ONE * 99,         0,        0},
    [NUMBER_DAYS]           = {WHOLE, ONE,  ONE * 3650,       0,        0},
    [NUMBER_CONCURRENCY]    = {WHOLE, ONE,  ONE * 1000000000, 0,        0},
    [NUMBER_SIZE]           = {PLAIN, 0,    ONE * 1000,       0,        LOW_OPEN},
    [NUMBER_COST]           = {PLAIN, 0,    ONE * TRILLION,   0,        LOW_OPEN | HIGH_OPEN},
  /* clang-format on */
};

static const char *const expected[NUMBERS] = {
    [NUMBER_RATE] = "a rate above 0 and below 1e12, " RATES,
    [NUMBER_RATE_OR_ZERO] = "a rate of 0 or more and below 1e12, " RATES,
    [NUMBER_GROWTH] = "a ratio above -100% and up to 1000%, such as 30% or 0.3",
    [NUMBER_GAIN] = "a ratio from 0 to 1000%, such as 20% or 0.2",
    [NUMBER_SHARE] = "a ratio above 0 and up to 100%, such as 90% or 0.9",
    [NUMBER_PART] = "a ratio from 0 to 100%, such as 0.1% or 0.001",
    [NUMBER_SLO_PART] = "a ratio from 0 to 100%, such as 0.1% or 0.001, and "
                        "with % from 0.1 on",
    [NUMBER_MULTIPLIER] = "a factor above 0 and up to 100, such as 1.5",
    [NUMBER_EXTRAPOLATION] = "a factor from 1 to 1000, such as 1.25",
    [NUMBER_MS] = "a number of milliseconds above 0 and up to 1e7",
    [NUMBER_S] = "a number of seconds above 0 and up to 1e7",
    [NUMBER_INSTANCES] = "a whole number from 1 to 1,000,000",
    [NUMBER_APPROVED] = "a whole number from 0 to 1,000,000",
    [NUMBER_ZONES] = "a whole number from 1 to 100",
    [NUMBER_LOST_ZONES] = "a whole number from 0 to 99",
    [NUMBER_DAYS] = "a whole number of days from 1 to 3650",
    [NUMBER_CONCURRENCY] = "a whole number from 1 to 1e9",
    [NUMBER_SIZE] = "a number above 0 and up to 1000",
    [NUMBER_COST] = "an amount of money above 0 and below 1e12, such as 1200 "
                    "or 1200.5",
};

const char *
value_expected(enum number number)
{
    return expected[number];
}

static const char *
fault_hint(enum decimal_fault fault)
{
    switch (fault) {
    case DECIMAL_LEADING_ZERO:
        return "; write it without the leading zero";
    case DECIMAL_SEPARATOR:
        return "; write the digits without separators, and a point for "
               "decimals";
    case DECIMAL_OTHER_DIGITS:
        return "; write the digits 0 to 9 and the signs of ASCII";
    case DECIMAL_TOO_LONG:
        return "; at most 12 digits may stand before the point and 12 after "
               "it";
    default:
        return "";
    }
}

/* Takes a word off the front of the rest, letters of any case. */
static bool
takes(const char **rest, const char *end, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(end - *rest) < length)
        return false;
    if (strncasecmp(*rest, word, length) != 0)
        return false;
    *rest += length;
    return true;
}

/* Takes k, M, w, 万 or 亿, then a unit; returns what the number is to be
   multiplied by, 0 when something else stands there. */
static whole
take_rate_suffix(const char *rest, const char *end)
{
    whole factor = 1;
    if (takes(&rest, end, "k"))
        factor = 1000;
    else if (rest < end && *rest != 'm' && takes(&rest, end, "M"))
        factor = 1000000; /* m is for a thousandth */
    else if (takes(&rest, end, "w") || takes(&rest, end, "万"))
        factor = 10000;
    else if (takes(&rest, end, "亿"))
        factor = 100000000;
    if (rest == end)
        return factor;
    takes(&rest, end, " ");
    if (!takes(&rest, end, "/s") && !takes(&rest, end, "qps"))
        takes(&rest, end, "tps");
    return rest == end && end[-1] != ' ' ? factor : 0;
}

static bool
is_in_range(const struct number_row *row, whole value)
{
    if (value < row->low || ((row->open & LOW_OPEN) && value == row->low))
        return false;
    return row->open & HIGH_OPEN ? value < row->high : value <= row->high;
}

/* Whether a ratio may stand without %. */
static bool
may_be_bare(const struct number_row *row, whole value)
{
    return row->open & BARE_OPEN ? value < row->bare : value <= row->bare;
}

/* What a ratio without % may have meant. */
static const char *
percent_hint(struct reading *reading, const struct number_row *row, whole value)
{
    struct arena *arena = reading->arena;
    if (diag_is_full(reading->diag) || !is_in_range(row, value / 100))
        return "";
    const char *as_is = decimal_text(arena, (struct decimal){value});
    if (!is_in_range(row, value))
        return arena_format(arena, "; did you mean \"%s%%\"?", as_is);
    return arena_format(arena, "; write \"%s%%\" or \"%s%%\"", as_is,
                        decimal_text(arena, (struct decimal){value * 100}));
}

/* The value of a number with what follows it; false when that is not for its
   form, or the value out of the range. */
static bool
complete(struct reading *reading, const struct number_row *row,
         const char *rest, const char *end, whole *value, const char **hint)
{
    bool has_percent = false;
    whole factor = 1;
    if (row->form == RATE) {
        factor = take_rate_suffix(rest, end);
        if (factor == 0 || *value < 0 || *value > row->high / factor)
            return false; /* before it grows beyond what a whole holds */
    } else if (row->form == RATIO && rest < end) {
        takes(&rest, end, " ");
        has_percent = takes(&rest, end, "%");
        if (rest != end || !has_percent)
            return false;
    } else if (rest < end) {
        if (row->form == PLAIN)
            *hint = "; write the number alone, without a unit";
        return false;
    }
    *value = has_percent ? *value / 100 : *value * factor;
    if (row->form == RATIO && !has_percent && !may_be_bare(row, *value)) {
        *hint = percent_hint(reading, row, *value);
        return false;
    }
    return is_in_range(row, *value) &&
           (row->form != WHOLE || *value % ONE == 0);
}

bool
value_read_number(struct reading *reading, const char *text, size_t length,
                  enum number number, struct decimal *value, const char **hint)
{
    struct decimal read;
    size_t used;
    *hint = "";
    enum decimal_fault fault = decimal_read(text, length, &read, &used);
    if (fault != DECIMAL_OK) {
        *hint = fault_hint(fault);
        return false;
    }
    if (!complete(reading, &rows[number], text + used, text + length,
                  &read.units, hint))
        return false;
    *value = read;
    return true;
}
