/*
 * The values of the input: texts, numbers, days, choices, each typed by the
 * contract and not by YAML.  Every function takes the value at hand and
 * reports it, by its key, when it is not what the key expects; it then
 * returns false and leaves the result as it was.
 */
#ifndef HEADROOM_INPUT_VALUE_H
#define HEADROOM_INPUT_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/day.h"
#include "base/decimal.h"
#include "base/source.h"
#include "base/text.h"

struct reading;
struct yaml_scalar;

#define TEXT_MOST 200     /* characters of a text */
#define WORDING_MOST 1000 /* of a template's wording */

/* What a number is, with its form and range. */
enum number {
    NUMBER_RATE,          /* [queries/s] (0, 1e12), k M w 万 亿, /s qps tps */
    NUMBER_RATE_OR_ZERO,  /* [queries/s] [0, 1e12) */
    NUMBER_GROWTH,        /* ratio (-1, 10]; above 1 only with % */
    NUMBER_GAIN,          /* ratio [0, 10]; above 1 only with % */
    NUMBER_SHARE,         /* ratio (0, 1] */
    NUMBER_PART,          /* ratio [0, 1] */
    NUMBER_SLO_PART,      /* ratio [0, 1]; 0.1 or more only with % */
    NUMBER_MULTIPLIER,    /* (0, 100] */
    NUMBER_EXTRAPOLATION, /* [1, 1000] */
    NUMBER_MS,            /* [ms] (0, 1e7] */
    NUMBER_S,             /* [s] (0, 1e7] */
    NUMBER_INSTANCES,     /* whole, [1, 1e6] */
    NUMBER_APPROVED,      /* whole, [0, 1e6] */
    NUMBER_ZONES,         /* whole, [1, 100] */
    NUMBER_LOST_ZONES,    /* whole, [0, 99] */
    NUMBER_DAYS,          /* whole, [1, 3650] */
    NUMBER_CONCURRENCY,   /* whole, [1, 1e9] */
    NUMBER_SIZE,          /* [pt] or [mm] (0, 1000] */
    NUMBER_COST,          /* [currency] (0, 1e12) */
    NUMBERS
};

/* Reads a number from text.  On failure *hint is what to write instead:
   "; did you mean ...", or "". */
bool value_read_number(struct reading *reading, const char *text, size_t length,
                       enum number number, struct decimal *value,
                       const char **hint);
/* What a number is expected to be: "a rate above 0 ...". */
const char *value_expected(enum number number);

/* Whether a list, or a mapping, is at hand; it is then entered.  expected says
   what of: "a list of steps". */
bool value_enter_list(struct reading *reading, const char *key,
                      const char *expected);
bool value_enter_mapping(struct reading *reading, const char *key,
                         const char *expected);
/* A scalar with something in it. */
bool value_scalar(struct reading *reading, const char *key,
                  const char *expected, struct yaml_scalar *scalar);

/* place, where not NULL, is set even where the value is refused. */
bool value_number(struct reading *reading, const char *key, enum number number,
                  struct decimal *value, struct place *place);
bool value_whole(struct reading *reading, const char *key, enum number number,
                 unsigned *value, struct place *place);
bool value_text(struct reading *reading, const char *key, const char **text,
                struct place *place);
/* A text, or one per language: {zh: ..., en: ...}. */
bool value_texts(struct reading *reading, const char *key, struct text *text);
/* The same for a template, of at most WORDING_MOST characters. */
bool value_wording(struct reading *reading, const char *key, struct text *text);
bool value_day(struct reading *reading, const char *key, struct day *day,
               struct place *place);
bool value_moment(struct reading *reading, const char *key,
                  struct moment *moment);
/* One of a few words: its index, or -1. */
int value_choice(struct reading *reading, const char *key,
                 const char *const *choices, size_t count);
/* The id of a season or a scenario: letters, digits, ".", "_", "-", 1 to 64,
   first and last a letter or digit. */
bool value_id(struct reading *reading, const char *key, const char **id,
              struct place *place);

#endif
