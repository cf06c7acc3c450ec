/*
 * What the sheets of one workbook share while they are planned: words, the
 * order of links and tests, where each sheet and column stands.  For the files
 * sheet*.c alone.
 */
#ifndef HEADROOM_DOCUMENT_SHEET_BOOK_H
#define HEADROOM_DOCUMENT_SHEET_BOOK_H

#include "assess/choose.h"
#include "base/arena.h"
#include "document/formula.h"
#include "document/sheet.h"
#include "document/words.h"

/* Rows counted from 0: title, purpose, as of, groups, head, data. */
#define ROW_TITLE 0
#define ROW_PURPOSE 1
#define ROW_STAMP 2
#define ROW_GROUP 3
#define ROW_HEAD 4
#define ROW_DATA 5

/* Why a cell may hold a dash: the column does not apply to the row. */
#define DASH "\xe2\x80\x94"

/* Everything the value functions of a row are given. */
struct book;
struct row_of {
    const struct book *book;
    size_t index;            /* of the row, from 0 */
    const struct link *link; /* NULL in the summary's blocks, and where a list
                                has no more */
    const struct evidence *evidence; /* of tests and steps */
    size_t step;                     /* of steps: walking order */
    size_t rank;                     /* of a list's row, from 1 */
    size_t chosen; /* the counting test's row, from 1; 0 for none */
    /* of the workings, in binary as the formulas compute them */
    double left, left_after, left_max, need_ratio, need_first;
    bool need_at, need_below;
};

/* A column of a sheet that has one record a row. */
struct sheet_column {
    const char *key;
    const char *heading; /* key of the word */
    bool has_unit;       /* the season's unit stands in the heading */
    uint8_t group;       /* which stand together, below one name */
    uint8_t role, format, decimals;
    bool exact;          /* decimals as many as its numbers have */
    double width;        /* [characters] */
    const char *formula; /* pattern; NULL: a value */
    void (*value)(const struct row_of *row, struct sheet_cell *cell);
};

/* A part of a sheet's columns. */
struct sheet_columns {
    const struct sheet_column *columns;
    const size_t *count;
};

/* The columns of a sheet as they stand. */
struct layout {
    const struct sheet_column **columns;
    const struct formula **formulas; /* NULL where there is none */
    struct sheet_style *styles;
    const char **headings;
    const char **groups; /* the name above the first of a group, else NULL */
    double *widths;
    size_t count;
    uint32_t data_rows;
};

/* The scalars of the sheet Assumptions, one a row from ROW_DATA on. */
enum assumption {
    ASSUMED_SCENARIO, /* the selector */
    ASSUMED_POSITION, /* of the chosen column */
    ASSUMED_GROWTH,
    ASSUMED_BUFFER,
    ASSUMED_MULTIPLIER,
    ASSUMED_COMPOSE,
    ASSUMED_SCALE,
    ASSUMED_EXTRAPOLATION,
    ASSUMED_VALIDITY,
    ASSUMED_SAFE_LEVEL,
    ASSUMED_ZONES,
    ASSUMED_LOST,
    ASSUMED_AS_OF,
    ASSUMED_PEAK,
    ASSUMED_FREEZE,
    ASSUMED_DUE_BY,
    ASSUMED_UNPROVEN,
    ASSUMED_NOT_BY_INSTANCES,
    ASSUMPTIONS
};

/* The lists of words that formulas pick from, columns of a second table. */
enum label_list {
    LABEL_STATE,
    LABEL_OUTCOME,
    LABEL_EFFECT,
    LABEL_ACTION,
    LABEL_COMPOSE,
    LABEL_VERDICT,
    LABEL_REASON,
    LABEL_MISSING, /* of a link that is not proven */
    LABEL_LISTS
};

/* A row of what the sheet Summary says as filed. */
#define FILED_CELLS 3
struct filed_line {
    const char *cells[FILED_CELLS];
};

struct book {
    struct arena *arena;
    const struct report *report;
    const struct season *season;
    const struct template *template;
    struct words words;
    enum lang lang;

    const char *name[SHEET_KINDS];   /* of the sheet */
    const char *prefix[SHEET_KINDS]; /* "'链路'!" */
    const char *unproven;            /* the word of NA_Text */
    const char *not_by_instances;    /* no number of them reaches the target */
    const char *stamp;               /* A3 of every sheet */

    const struct link *const *links; /* in the order of the rows */
    size_t link_count;
    uint32_t *no;         /* of each row: the rank of its id, from 1 */
    uint32_t *first_test; /* of each row: tests before it; link_count + 1 */
    uint32_t *test_link;  /* of each test: the row of its link, from 0 */
    size_t test_count;
    uint32_t *first_step; /* of each test: steps before it; test_count + 1 */
    size_t step_count;
    uint32_t step_rows; /* as many of them as a sheet holds */
    bool shows_steps;   /* the template names their sheet */
    double id_places;   /* 10^digits of link_count: see the sort key */

    const struct scenario **scenarios; /* the columns of the assumptions */
    const char **scenario_labels;      /* no two alike but for their case */
    size_t scenario_count, shown_scenario;

    const char *labels[LABEL_LISTS][8]; /* by code, from 1 */
    const char *kinds[3];               /* enum test_kind */
    const char *yes, *no_word, *held, *broke;
    const char *cautions[1u << CAUTIONS]; /* beside a test, by its bits */
    const char *limits[1u << LIMITS]; /* what limited, by its bits */

    /* what the lists have as written: rows of the sheet Links, from 0 */
    uint32_t *gaps, *open;
    size_t gap_count, open_count;
    struct filed_line *filed; /* above the tables of the sheet Summary */
    size_t filed_count, filed_room;
    const char *longest_limit; /* of what limited the tests, in words */

    const struct checks *checks; /* sheet_checks.c */

    struct layout links_layout, tests_layout, steps_layout, worst_layout,
        gaps_layout, unproven_layout;
};

/* --- sheet_cell.c --------------------------------------------------------- */

/* Appends a cell. */
struct sheet_cell *row_add(struct sheet_row *row, struct sheet_style style);
void row_text(struct sheet_row *row, struct sheet_style style,
              const char *text);
void row_blank(struct sheet_row *row, size_t count);
/* Room in the row's scratch for so many bytes; only what formula() and
   row_join() return may be kept across calls. */
char *row_scratch(struct sheet_row *row, size_t size);
/* The formula of a row, counted from 1. */
const char *row_formula(struct sheet_row *row, const struct formula *formula,
                        uint32_t number, uint32_t first, uint32_t last);
/* Makes the row high enough for a text of such a width that may wrap. */
void row_fit(struct sheet_row *row, const char *text, double width);
/* Makes the row high enough for words in two languages, one below the other. */
void row_two_lines(const struct book *book, struct sheet_row *row);
/* What a sheet is for, in a line. */
const char *sheet_purpose(const struct book *book, enum sheet_kind kind);
/* Title, purpose, as of, and the blank row: what stands above each head. */
bool row_above_head(const struct book *book, enum sheet_kind kind,
                    uint32_t number, struct sheet_row *row);

struct sheet_style style_of(enum sheet_role role, enum sheet_format format,
                            unsigned decimals);

/* The values of a cell. */
void cell_text(struct sheet_cell *cell, const char *text); /* NULL: blank */
/* Nothing to show, of a formula: blank to the eye, a text to other formulas. */
void cell_empty(struct sheet_cell *cell);
void cell_number(struct sheet_cell *cell, double number);
void cell_whole(struct sheet_cell *cell, whole number);
/* The decimals it needs go to the cell's style.  A number of more digits than
   a cell can hold is written as text, or, for what formulas read, as near as
   can be: the exact one then stands in the column of exact values. */
void cell_decimal(const struct book *book, struct sheet_cell *cell,
                  struct decimal number);
void cell_decimal_input(struct sheet_cell *cell, struct decimal number);
void cell_day(const struct book *book, struct sheet_cell *cell, struct day day);
void cell_known(const struct book *book, struct sheet_cell *cell,
                struct known number, double divide);
bool decimal_is_exact_double(struct decimal number);
bool day_is_serial(struct day day);
double day_serial(struct day day);

/* --- sheet_layout.c ------------------------------------------------------- */

/* Chooses the columns: those that the template names, in its order, and after
   them those that formulas need; none named stands for all. */
void layout_choose(struct book *book, struct layout *layout,
                   const struct sheet_columns *parts, size_t part_count,
                   bool (*is_used)(const struct book *, const char *key),
                   const struct template_part *part, const char *word_prefix);
/* The column of that key, or NULL. */
const struct sheet_column *layout_column(const struct sheet_columns *parts,
                                         size_t part_count, const char *key);
/* Reads the formulas, once every layout is chosen; measures decimals. */
void layout_finish(struct book *book, struct layout *layout, uint32_t data_rows,
                   void (*start)(const struct book *, size_t index,
                                 struct row_of *));
/* Makes a column of texts no wider than the longest of its rows needs. */
void layout_narrow(struct book *book, struct layout *layout, const char *key,
                   void (*start)(const struct book *, size_t index,
                                 struct row_of *));
/* The column of the state, no wider than its words need. */
void layout_state(const struct book *book, struct layout *layout);
int layout_find(const struct layout *layout, const char *key, size_t length);
/* Appends the cells of a head row and of a data row. */
void layout_groups(const struct layout *layout, struct sheet_row *row);
void layout_head(const struct layout *layout, struct sheet_row *row);
void layout_row(const struct layout *layout, const struct row_of *of,
                uint32_t number, uint32_t first, uint32_t last,
                struct sheet_row *row);
/* The sheet of those records; its rows are for the caller to make. */
struct sheet layout_sheet(const struct book *book, enum sheet_kind kind,
                          const struct layout *layout);
/* The data of a column from another sheet: 'Links'!$H$6:$H$205. */
const char *layout_range(const struct book *book, enum sheet_kind kind,
                         const struct layout *layout, const char *key,
                         size_t length);

/* --- the sheets ----------------------------------------------------------- */

void sheet_plan_links(struct book *book, const struct template_part *part);
void sheet_plan_tests(struct book *book, const struct template_part *part);
void sheet_plan_steps(struct book *book, const struct template_part *part);
void sheet_plan_worst(struct book *book);
/* The headline and the decisions as filed, and a row of them, from 0. */
void sheet_plan_filed(struct book *book);
void filed_row(const struct book *book, size_t index, struct sheet_row *row);
void sheet_plan_lists(struct book *book);  /* Gaps and Unproven */
void sheet_plan_checks(struct book *book); /* after all layouts are chosen */
void sheet_finish_links(struct book *book, struct sheet *sheet);
void sheet_finish_tests(struct book *book, struct sheet *sheet);
void sheet_finish_steps(struct book *book, struct sheet *sheet);
void sheet_finish_gaps(struct book *book, struct sheet *sheet);
void sheet_finish_unproven(struct book *book, struct sheet *sheet);
void sheet_finish_checks(struct book *book, struct sheet *sheet);
void sheet_finish_summary(struct book *book, struct sheet *sheet);
void sheet_finish_assumptions(struct book *book, struct sheet *sheet);
struct plan_job;
void sheet_finish_about(struct book *book, const struct sheet_plan *plan,
                        const struct plan_job *job, struct sheet *sheet);

extern const struct sheet_columns links_parts[], tests_parts[], steps_parts[],
    worst_parts[], gaps_parts[], unproven_parts[];
extern const size_t links_part_count, tests_part_count, steps_part_count,
    worst_part_count, gaps_part_count, unproven_part_count;
bool links_column_is_used(const struct book *book, const char *key);
bool tests_column_is_used(const struct book *book, const char *key);
bool steps_column_is_used(const struct book *book, const char *key);

/* The n-th test, from 0, into row; whether any step has the metric of that
   name, true of what is no metric (sheet_tests.c). */
void tests_start(const struct book *book, size_t index, struct row_of *row);
bool tests_have(const struct book *book, const char *key);

/* The link of that row, from 0, into row (sheet_links.c). */
void links_start(const struct book *book, size_t index, struct row_of *row);

/* The value that a column of the sheet Links has for a link, for the sheets
   that show it again. */
void links_value(const struct row_of *row, struct sheet_cell *cell,
                 const char *key);
/* The column of the sheet Links: 'Links'!$H$6:$H$205. */
const char *links_range(const struct book *book, const char *key);

/* What all checks come to: the cell, and the words it has as written. */
const char *checks_cell(const struct book *book);
const char *checks_text(const struct book *book);

/* The cell of an assumption's live value: 'Assumptions'!$B$8. */
const char *assumption_cell(const struct book *book, enum assumption which);
/* A scenario by its name and its column's head, or by the head alone: as a
   text, and of the chosen one as a formula. */
const char *scenario_text(const struct book *book,
                          const struct scenario *scenario);
const char *scenario_formula(const struct book *book);
/* A list of words, or its word of a code from 1. */
const char *label_range(const struct book *book, enum label_list list);
const char *label_cell(const struct book *book, enum label_list list,
                       unsigned code);
const struct sheet_name *assumption_names(struct book *book, size_t *count);

/* Lets a rule take one of the words, as a list where a workbook can hold it
   (255 characters, no comma in a word), else as the range they stand in. */
void book_choice(const struct book *book, struct sheet_rule *rule,
                 const char *const *words, size_t count, const char *range);

/* The word of a key in the document's language or both. */
const char *book_word(const struct book *book, const char *key);
const char *book_fill(const struct book *book, const char *key,
                      const struct fill *fills);
const char *book_text(const struct book *book, struct text text);
/* A word as a formula: what stands for each name is a formula itself, NULL ends
   the list. */
struct formula_fill {
    const char *name, *formula;
};
extern const struct formula_fill no_fills[];
const char *book_formula(const struct book *book, const char *key,
                         const struct formula_fill *fills);

#endif
