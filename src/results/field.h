/*
 * Fields of rows as values: whole numbers, decimals of a unit as nanoseconds,
 * moments.
 */
#ifndef HEADROOM_RESULTS_FIELD_H
#define HEADROOM_RESULTS_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
    uint64_t value = 0;
    if (field.length > 5)
        return field_whole_long(field, number);
    for (size_t i = 0; i < field.length; i++) {
        unsigned digit = (unsigned)((unsigned char)field.text[i] - '0');
        if (digit > 9)
            return false;
        value = value * 10 + digit;
    }
    *number = value;
    return field.length > 0;
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
