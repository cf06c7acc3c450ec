/*
 * A value on its way from an assessed link to a cell: what it is and how it
 * is shown.  number.c prints it for pages and text, xlsx writes it as a true
 * number with the format of its kind.
 */
#ifndef HEADROOM_DOCUMENT_VALUE_H
#define HEADROOM_DOCUMENT_VALUE_H

#include "base/day.h"
#include "base/decimal.h"
#include "base/text.h"

struct arena;

/* Signs hung after a number, explained below its table: shown, not counted (a
   stale test, one on too few instances, or a plan that comes too late); and
   more instances than the quota allows. */
#define STAR "*"
#define DAGGER "\u2020"

enum value_kind {
    VALUE_NONE,     /* does not apply: shown as a dash */
    VALUE_UNPROVEN, /* unknown: shown as the word for it, never blank or 0;
                       the word's key in text.one */
    VALUE_TEXT,     /* text */
    VALUE_WORD,     /* key of a word of the template, in text.one */
    VALUE_WHOLE,    /* number, shown with thousands commas */
    VALUE_DECIMAL,  /* decimal, exact, thousands commas before the point */
    VALUE_PERCENT, /* number / 1000 as per cent, one decimal, rounded already */
    VALUE_RATIO,   /* decimal as an exact per cent: 0.001 -> 0.1% */
    VALUE_COST,    /* number / 10^12, exact, with places as VALUE_DECIMAL */
    VALUE_DAY,
    VALUE_LIMITS, /* bits 1 << enum limit in number: what broke */
    VALUE_FILLED  /* key of a word in text.one, filled in: {n} number, {share}
                     number / 1000 as per cent, {gain} gain_milli likewise,
                     {rate} decimal, {ratio} decimal as an exact per cent,
                     {quota} and {added} instances */
};

/* How a cell is set. */
enum emphasis {
    EMPHASIS_NONE,
    EMPHASIS_BOLD,
    EMPHASIS_BAD,  /* bold in the one bad hue: a gap */
    EMPHASIS_MUTED /* secondary: unknown, unproven */
};

struct value {
    enum value_kind kind;
    struct text text;
    whole number;
    struct decimal decimal;
    unsigned places; /* least decimals of VALUE_DECIMAL: as many in all
                        cells of a column; 0 as the number is */
    /* of VALUE_FILLED only */
    whole gain_milli;
    unsigned quota, added;
    const char *around; /* key of a word that it stands in as {measure}, filled
                           likewise; or NULL */
    struct day day;
    const char *mark; /* put before ("≥") or NULL */
    const char *star; /* hung after ("*") or NULL; not printed by
                         number_print() */
    enum emphasis emphasis;
};

/* The value as printed in a language: "15,000", "76.2%", "−23.8%" with U+2212,
   "2026-10-30", the mark before it, without the star.  What is a word needs
   the template: words.h has words_value(). */
const char *number_print(struct arena *arena, const struct value *value);

/* 15000 -> "15,000" */
const char *number_whole(struct arena *arena, whole number);
const char *number_decimal(struct arena *arena, struct decimal number);
/* A measured time [ms], of more than 2 decimals the first two, rounded up. */
const char *number_ms(struct arena *arena, struct decimal number);
/* 688, 2 -> "688.00"; a number with more decimals keeps them */
const char *number_places(struct arena *arena, struct decimal number,
                          unsigned places);
/* 762 -> "76.2%" */
const char *number_percent(struct arena *arena, whole milli);
/* 0.001 -> "0.1%" */
const char *number_ratio(struct arena *arena, struct decimal ratio);
/* 1200500000000000, 2 -> "1,200.50"; likewise */
const char *number_cost(struct arena *arena, whole pico, unsigned places);
/* Decimals that an amount has. */
unsigned number_cost_places(whole pico);

#endif
