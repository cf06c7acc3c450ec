/*
 * Fields of rows as values: whole numbers, decimals of a unit as nanoseconds,
 * moments.
 */
#ifndef HEADROOM_RESULTS_FIELD_H
#define HEADROOM_RESULTS_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define FIELD_BIG_ENDIAN 0
#else
#define FIELD_BIG_ENDIAN 1 /* or not known */
#endif

/* Some bytes of a text. */
struct field {
    const char *text;
    size_t length;
};

bool field_is(struct field field, const char *text);
/* The same, capitals or not (ASCII). */
bool field_is_word(struct field field, const char *text);

/* Without the quotes around it, those within as they stand. */
static inline struct field
field_bare(struct field field)
{
    if (field.length >= 2 && field.text[0] == '"')
        return (struct field){field.text + 1, field.length - 2};
    return field;
}
/* Writes a field without the quotes around it, doubled ones within made one, to
   at least as many bytes; returns how many. */
size_t field_undo(struct field field, char *to);

/* Digits alone, at most UINT64_MAX. */
bool field_whole(struct field field, uint64_t *number);
/* The same of a field with eight readable bytes behind it: of a row. */
bool field_whole_long(struct field field, uint64_t *number);
static inline bool
field_whole_padded(struct field field, uint64_t *number)
{
    const uint64_t high = 0xf0f0f0f0f0f0f0f0u, zeros = 0x3030303030303030u;
    uint64_t v;
    if (FIELD_BIG_ENDIAN || field.length - 1 > 7) /* also of length 0 */
        return field_whole_long(field, number);
    /* eight digits at once, with zeros before them: no branch on the length */
    memcpy(&v, field.text, sizeof v);
    v = v << (64 - 8 * field.length) |
        (zeros >> 4 * field.length >> 4 * field.length);
    if ((v & high) != zeros || ((v + 0x0606060606060606u) & high) != zeros)
        return false;
    v = (v & 0x0f0f0f0f0f0f0f0fu) * 2561 >> 8;
    v = (v & 0x00ff00ff00ff00ffu) * 6553601 >> 16;
    *number = (v & 0x0000ffff0000ffffu) * 42949672960001u >> 32;
    return true;
}
/* The same below 2^62 nanoseconds: unit_ns of it, a power of ten. */
bool field_whole_ns(struct field field, int64_t unit_ns, int64_t *ns);
/* Digits, perhaps with a point and more of them, in units of unit_ns, a power
   of ten from 1 to 1e9; what is finer than a nanosecond is rounded.  Below
   2^62 ns. */
bool field_decimal_ns(struct field field, int64_t unit_ns, int64_t *ns);

/* A moment: year, month and day with -, / or . between, a blank or T, hours,
   minutes, seconds with :, perhaps a fraction behind . or , and perhaps Z or
   +hh:mm.  Without a zone it is taken as UTC.  [ns since 1970] */
bool field_moment(struct field field, int64_t *ns);

#endif
