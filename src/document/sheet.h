/*
 * The plan of the workbook: what each sheet says, cell by cell, as data.
 * Decides words, formulas and their results, formats and print set-up; leaves
 * the file format to render/xlsx.c, which decides nothing.
 *
 * A sheet with tens of thousands of rows is not held in memory: each row is
 * made when it is asked for, the same every time, so that what was written can
 * be read back and compared with the plan.
 */
#ifndef HEADROOM_DOCUMENT_SHEET_H
#define HEADROOM_DOCUMENT_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "assess/assess.h"
#include "base/text.h"
#include "model/template.h"

struct arena;
struct book;
struct diag;

/* What the format of a workbook holds. */
#define SHEET_MAX_ROWS 1048576
#define SHEET_MAX_COLUMNS 16384

enum sheet_kind {
    SHEET_ABOUT,
    SHEET_SUMMARY,
    SHEET_ASSUMPTIONS,
    SHEET_LINKS,
    SHEET_GAPS,
    SHEET_UNPROVEN,
    SHEET_TESTS,
    SHEET_STEPS,
    SHEET_CHECKS,
    SHEET_KINDS
};
extern const char *const sheet_kind_key[SHEET_KINDS]; /* "about" ... */

/* What a cell is for, and so how it looks. */
enum sheet_role {
    ROLE_PLAIN,
    ROLE_TITLE,   /* A1 */
    ROLE_PURPOSE, /* A2, A3 */
    ROLE_GROUP,   /* the group of columns below, row 4 */
    ROLE_HEADER,
    ROLE_HEADER_INPUT,
    ROLE_INPUT,   /* may be changed */
    ROLE_WORKING, /* a formula on the way */
    ROLE_OUTPUT,  /* a formula that is read */
    ROLE_KEY,     /* an output in bold */
    ROLE_BAD,     /* a gap: bold in the one bad hue */
    ROLE_MUTED,   /* secondary */
    ROLE_TERM,    /* what prose beside it is about */
    ROLE_PROSE,   /* wrapped text */
    ROLE_WRAPPED, /* a cell of a table that may need several lines */
    ROLES
};

/* How a number is shown. */
enum sheet_format {
    SHEET_GENERAL,
    SHEET_TEXT,    /* '@': never read as a number when typed over */
    SHEET_NUMBER,  /* thousands commas, the given decimals */
    SHEET_PERCENT, /* per cent, the given decimals */
    SHEET_DATE,    /* yyyy-mm-dd */
    SHEET_FORMATS
};
#define SHEET_MAX_DECIMALS 12

struct sheet_style {
    uint8_t role;     /* enum sheet_role */
    uint8_t format;   /* enum sheet_format */
    uint8_t decimals; /* 0 to SHEET_MAX_DECIMALS */
};

enum sheet_cell_kind { SHEET_CELL_BLANK, SHEET_CELL_TEXT, SHEET_CELL_DOUBLE };

/* A cell.  With a formula, text or number is its computed result, a text maybe
   of no characters. */
struct sheet_cell {
    enum sheet_cell_kind kind;
    struct sheet_style style;
    const char *text; /* UTF-8 */
    double number;
    const char *formula; /* without "=", or NULL */
    const char *target;  /* sheet to which the cell leads, or NULL */
};

/* A row on its way to the file.  cells has room for the sheet's columns; what
   cells point to may lie in scratch and holds until the next row is made. */
struct sheet_row {
    struct sheet_cell *cells;
    size_t count;
    double height; /* [pt], 0: the reader's choice */
    char *scratch;
    size_t scratch_used, scratch_room;
    struct arena *arena;
};

enum sheet_rule_kind {
    RULE_NONE,
    RULE_LIST,  /* one of the cells of a range */
    RULE_WORDS, /* one of words, at most 255 characters together */
    RULE_NOT_NEGATIVE,
    RULE_POSITIVE,
    RULE_WHOLE, /* 0 and above */
    RULE_COUNT, /* whole, 1 and above */
    RULE_ABOVE_MINUS_ONE,
    RULE_SHARE, /* above 0, at most 1 */
    RULE_DAY
};

/* What may be typed into cells. */
struct sheet_rule {
    enum sheet_rule_kind kind;
    uint32_t first_row, last_row;
    uint16_t first_column, last_column;
    const char *source;       /* RULE_LIST: the range; RULE_DAY: the latest
                                 day as a formula, NULL for any */
    const char *const *words; /* RULE_WORDS, NULL ends */
    const char *title, *message;
};

/* A look that depends on what a cell comes to. */
enum sheet_look_kind {
    LOOK_BAD_ABOVE_ZERO,
    LOOK_MUTED_IF, /* the cell equals formula */
    LOOK_BAD_WHEN  /* formula is true of the first row */
};
struct sheet_look {
    enum sheet_look_kind kind;
    uint32_t first_row, last_row;
    uint16_t first_column, last_column;
    const char *formula;
};

/* One bar of the chart and the results of the cells it is drawn from. */
enum sheet_series_fill {
    FILL_SOLID,
    FILL_HATCHED,
    FILL_GAP,
    FILL_STALE,
    FILL_AT_LEAST,
    FILL_UNKNOWN
};
struct sheet_series {
    const char *name;
    enum sheet_series_fill fill;
    uint16_t column;      /* of the values */
    const double *values; /* one a row */
};
struct sheet_chart {
    const char *title, *alt, *axis;
    uint32_t row; /* the cell at which it stands */
    uint16_t column;
    uint32_t first_row, last_row; /* of its data */
    uint16_t label_column;
    const char *const *labels; /* one a row */
    const struct sheet_series *series;
    size_t series_count;
    double axis_end;      /* the axis runs from 0 to here */
    double width, height; /* [pixels at 96 a inch] */
};

/* A picture on a sheet, its upper left corner at a cell. */
struct sheet_picture {
    const struct template_logo *logo;
    const char *alt;
    uint32_t row;
    uint16_t column;
    double height; /* [pixels at 96 a inch] */
};

struct sheet {
    enum sheet_kind kind;
    const char *name;
    const double *widths; /* [characters] one a column */
    size_t column_count;
    uint32_t row_count; /* title and head included */
    uint32_t head_row;  /* repeated on paper, frozen; counted from 0 */
    uint16_t frozen_columns;
    uint16_t print_columns; /* from the left */
    uint32_t print_rows;    /* from the top; 0: all */
    bool filter;            /* arrows on the head row */
    bool is_protected;      /* nothing to change here; without a password */
    /* Makes a row, counted from 0. */
    void (*make_row)(const struct sheet *sheet, uint32_t row,
                     struct sheet_row *out);
    const void *context;
    /* Of a sheet with a record a row: what its rows are made from, and the
       style of each column below the head, which its rows keep.  Else NULL. */
    const struct book *book;
    const struct sheet_style *styles;
    const struct sheet_rule *rules;
    size_t rule_count;
    const struct sheet_look *looks;
    size_t look_count;
    const struct sheet_chart *chart;     /* or NULL */
    const struct sheet_picture *picture; /* or NULL */
};

struct sheet_name {
    const char *name;
    const char *refers_to; /* with "=" */
};

/* The workbook. */
struct sheet_plan {
    const struct sheet *sheets;
    size_t sheet_count;
    const struct sheet_name *names;
    size_t name_count;
    const char *title, *subject; /* properties */
    const char *language;        /* "zh-CN" or "en" */
    const char *footer;
    int64_t created;       /* [s since 1970, UTC] from as_of, never 0 */
    enum sheet_kind first; /* the sheet that is open */
    unsigned bad, ink, secondary, proven, input_ink, input_fill, head_fill,
        gap_fill, hairline, stale, at_least; /* 0xRRGGBB */
    bool wraps;  /* cells of tables hold two lines */
    bool letter; /* paper; else A4 */
};

/* Makes the plan of a report's workbook in a language.  Names of the template
   that do not exist become errors in diag at their place; then NULL. */
const struct sheet_plan *sheet_plan(struct arena *arena,
                                    const struct report *report,
                                    const struct template *template,
                                    enum lang lang, struct diag *diag);

/* Whether a template may name that column in a sheet. */
bool sheet_has_column(const char *sheet, const char *key);

/* Room for the rows of a sheet, lent from the arena. */
struct sheet_row sheet_row_new(struct arena *arena, const struct sheet *sheet);
/* The same sheet for another thread: what its rows need in memory comes from
   the thread's own arena.  A sheet that is not of records is to be left to one
   thread at a time. */
struct sheet sheet_beside(struct arena *arena, const struct sheet *sheet);
/* Makes a row into that room. */
void sheet_make_row(const struct sheet *sheet, uint32_t row,
                    struct sheet_row *out);

/* "A", "Z", "AA": the letters of a column counted from 0, NUL-terminated. */
void sheet_letters(unsigned column, char letters[4]);

#endif
