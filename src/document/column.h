/*
 * The one table of columns: what a table may show of an assessed link, in the
 * PDF, the workbook and the dump.  A new column is one row in column.c; no
 * renderer names a column.
 */
#ifndef HEADROOM_DOCUMENT_COLUMN_H
#define HEADROOM_DOCUMENT_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "assess/assess.h"
#include "document/value.h"

enum column_kind {
    COLUMN_MARK, /* the state's mark, drawn as a path */
    COLUMN_BAR,  /* the link bar, document/chart.h */
    COLUMN_TEXT,
    COLUMN_COUNT,
    COLUMN_RATE,  /* [queries/s] whole */
    COLUMN_RATIO, /* per cent */
    COLUMN_DAY,
    COLUMN_NUMBER, /* decimal: a multiplier, a multiple */
    COLUMN_COST    /* decimal, as many decimals in all cells */
};

struct column {
    const char *key;     /* "target_qps": of the template, and as in the JSON */
    const char *heading; /* key of the word */
    bool has_unit;       /* the season's unit stands in the heading */
    enum column_kind kind;
    double page_mm;     /* width on a page [mm], 0: what is left */
    double sheet_chars; /* width in a sheet [characters] */
    struct value (*value)(const struct link *link);
};

/* What stands against the target on a page: the usable capacity where it is
   proven, else no more than the test itself carried.  A capacity that was
   inferred from too few instances is shown nowhere. */
struct known column_capacity(const struct link *link);

const struct column *column_find(const char *key);
extern const struct column column_table[];
extern const size_t column_count;

#endif
