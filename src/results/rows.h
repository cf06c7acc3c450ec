/*
 * Reading rows of a delimited text of any size: in blocks, on all cores, in
 * constant memory, each worker with a tally of its own.  What a row means is
 * its reader's business, by the functions of struct row_reader.
 *
 * A row ends at a line end outside quotes.  A quote may stand only around a
 * field, or doubled within one: so the quotes before a byte tell whether it is
 * within some, and a block can be read without the rows before it.
 */
#ifndef HEADROOM_RESULTS_ROWS_H
#define HEADROOM_RESULTS_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "results/field.h"
#include "results/row_index.h"

struct diag;
struct findings;
struct input;
struct place;
struct tally;

#define ROW_MOST ((size_t)1024 * 1024) /* [bytes] of a row */

/* One row; blank lines are none.  ROW_PADDING bytes behind it are readable. */
struct row {
    const char *text;    /* the buffer that the places are of */
    uint32_t from, to;   /* without the line end */
    size_t fields;       /* at least 1 */
    const uint32_t *end; /* where each ends; the last at to */
};

/* A field as it stands, with its quotes. */
static inline struct field
row_field(const struct row *row, size_t field)
{
    uint32_t from = field == 0 ? row->from : row->end[field - 1] + 1;
    return (struct field){row->text + from, row->end[field] - from};
}

/* What is wrong with a row. */
struct row_fault {
    unsigned kind; /* the reader's own, from ROW_FAULTS on */
    size_t field;  /* ROW_ITSELF: the row as a whole */
};
#define ROW_ITSELF SIZE_MAX
#define ROW_FAULTS 8

struct row_reader {
    struct row_marks marks;
    size_t fields;       /* that each row has; 0: any number */
    uint64_t begin;      /* [bytes] before the first row, of the text without a
                            byte order mark: a header */
    unsigned begin_line; /* of the first row; 1 where there is no header */
    const void *plan;    /* of the reader: what stands where */
    size_t worker_size;  /* [bytes] of a worker's own state, zero at first */
    /* Makes a worker ready to add to its tally. */
    void (*start)(void *worker, const void *plan, struct tally *tally);
    /* Takes a row; false and *fault when something is wrong with it. */
    bool (*take)(void *worker, const struct row *row, struct row_fault *fault);
    /* Brings together what a worker has beside its tally, and ends it. */
    void (*finish)(void *worker, struct findings *findings);
    /* Says what is wrong with a row, at place: the field, or the row. */
    void (*explain)(const void *plan, const struct row *row,
                    struct row_fault fault, struct place place,
                    struct diag *diag);
};

/* [bytes] of a block, and how many threads there are at most (0: one a core):
   for tests, which choose odd ones. */
extern size_t rows_block;
extern unsigned rows_workers;

/* Reads the rows that findings->request asks for into findings->tally; the
   first one's place goes to findings->first.  False when something is wrong:
   the first fault is in diag. */
bool rows_read(struct input *input, struct findings *findings,
               const struct row_reader *reader);

/* "WHAT must be EXPECTED, found ...", for explain(). */
void row_unfit(struct diag *diag, struct place place, const char *what,
               const char *expected, struct field found);
/* "WHAT must be UTF-8 of at most 1000 bytes", of a name (name_cache.h). */
void row_bad_name(struct diag *diag, struct place place, const char *what,
                  struct field found);

/* The first row of a head, for headers and for telling forms apart: the fields
   as they stand.  Returns how many there are, at most room; 0 when a quote is
   open at its end.  *next is the byte behind the row, which may be cut where
   the head ends. */
size_t row_first(const char *head, size_t size, struct row_marks marks,
                 struct field *fields, size_t room, size_t *next);

#endif
