/*
 * A small CSV file, whole in memory, every field with its place.  For files of
 * a few thousand rows: statistics, series, spreadsheets; logs of samples have
 * a reader of their own.
 */
#ifndef HEADROOM_RESULTS_TABLE_H
#define HEADROOM_RESULTS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"

struct arena;
struct diag;

struct table_row {
    const char **fields; /* unquoted, NUL-terminated, valid UTF-8 */
    unsigned *columns;   /* in characters, where each begins */
    size_t count;
    unsigned line; /* where it begins */
};

struct table {
    const struct source *source;
    struct table_row *rows; /* the first is the heading; blank ones left out */
    size_t row_count;
};

/* Reads a CSV file whose rows all have as many fields as the first; separator
   0: the comma, semicolon or tab that the first row has most of.  NULL and a
   message where it is none: not UTF-8, a NUL, an open quote, a row of another
   length, nothing at all. */
struct table *table_read(struct arena *arena, const struct source *source,
                         char separator, struct diag *diag);

/* The column of that heading, or -1. */
int table_find(const struct table *table, const char *heading);
/* Where a field stands. */
struct place table_place(const struct table *table, const struct table_row *row,
                         size_t field);

#endif
