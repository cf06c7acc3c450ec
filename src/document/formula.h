/*
 * Formulas of the workbook: a pattern is read once and written for every row.
 * Room document/; knows nothing of what a formula is about.
 *
 * In a pattern stand
 *     {key}       the cell of that column in the same row: H6
 *     {key@own}   the rows that belong to this row in another sheet:
 *                 'Tests'!$H$6:$H$8
 *     [name]      whatever text the resolver gives for it
 * Functions and operators stand as they are; array constants and structured
 * references are not used, so that no other braces or brackets occur.
 */
#ifndef HEADROOM_DOCUMENT_FORMULA_H
#define HEADROOM_DOCUMENT_FORMULA_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct formula;

/* What names in a pattern stand for. */
struct formula_names {
    /* The column of {key}, or -1. */
    int (*column)(const void *context, const char *key, size_t length);
    /* The sheet and column of {key@own}: prefix is "'Tests'!", or -1. */
    int (*other)(const void *context, const char *key, size_t length,
                 const char **prefix);
    /* The text of [name], or NULL. */
    const char *(*text)(const void *context, const char *name, size_t length);
    const void *context;
};

/* Reads a pattern; a name that does not resolve is a mistake of ours and ends
   in an assertion. */
const struct formula *formula_new(struct arena *arena, const char *pattern,
                                  const struct formula_names *names);

/* The bytes that formula_write() needs at most, its NUL included. */
size_t formula_room(const struct formula *formula);

/* Writes the formula of a row, counted from 1; first and last are the rows
   that @own stands for.  Returns the end of what was written, a NUL. */
char *formula_write(const struct formula *formula, uint32_t row, uint32_t first,
                    uint32_t last, char *out);

#endif
