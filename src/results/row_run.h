/*
 * A reading of rows at work: what rows.c, row_piece.c, row_file.c and
 * row_stream.c share.  For them only.
 */
#ifndef HEADROOM_RESULTS_ROW_RUN_H
#define HEADROOM_RESULTS_ROW_RUN_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "results/rows.h"

#define STREAM_BLOCK ((size_t)256 * 1024)
#define MOST_WORKERS 16

/* What may be wrong with a row of any reader. */
enum {
    FAULT_FIELDS,
    FAULT_STRAY,
    FAULT_AFTER,
    FAULT_OPEN,
    FAULT_NUL,
    FAULT_LONG
};

/* A row that is to be spoken of. */
struct told_row {
    bool is_there;
    uint64_t offset; /* [bytes] in the text */
    uint64_t line;   /* of its first byte; 0: not counted */
    char *text;      /* a copy */
    uint32_t length;
    size_t fields;
    struct row_fault fault;
    uint32_t at; /* in the row; for the faults above */
};

/* Some bytes of the text, to be read by one worker. */
struct piece {
    uint64_t offset;
    uint64_t line;   /* of its first byte; 0: not counted */
    size_t size;     /* [bytes] that are there */
    size_t owned;    /* the rows behind its line ends up to here are its own */
    bool starts_row; /* and the row at its first byte */
    bool is_quoted;  /* at its first byte */
    bool ends_text;
    bool is_whole; /* its last row ends with it */
};

struct run {
    struct input *input;
    struct findings *findings;
    const struct row_reader *reader;
    atomic_bool stop;

    /* a plain file */
    int file;
    uint64_t mark; /* [bytes] of a byte order mark */
    uint64_t size; /* of the text */
    uint64_t from, to;
    bool from_starts_row;
    atomic_int reason; /* errno of a failed read */

    /* what one worker hands on to the next */
    pthread_mutex_t lock;
    pthread_cond_t changed; /* also: ready, is_over */
    uint64_t next;          /* block to be claimed */
    uint64_t turn;          /* the first block whose owner does not know ... */
    bool is_quoted;         /* ... that it begins within quotes, or that not */
    struct worker *workers;
    unsigned worker_count;

    /* a stream */
    struct slot *ready, *free;
    pthread_cond_t freed;
    bool is_over;
};

struct worker {
    struct run *run;
    pthread_t thread;
    struct tally *tally;
    void *own;
    struct row_index index;
    char *text;
    size_t room;
    struct told_row fault, first;

    /* its block of a plain file */
    uint64_t block;
    bool is_counted; /* then it has an odd or even number of quotes */
    bool is_odd;
    bool is_known; /* then it begins within quotes or not */
    bool is_quoted;
};

/* What malloc() and its like gave. */
static inline void *
row_must(void *piece)
{
    if (piece == NULL)
        abort(); /* not reached: memory.c ends the program first */
    return piece;
}

/* --- row_piece.c --- */

/* Takes the rows of a piece until one is at fault. */
void row_piece_take(struct worker *worker, struct piece *piece, char *text);
/* Reads so many more bytes of the plain file behind a piece into the worker's
   text.  False at the file's end. */
bool row_piece_read_on(struct worker *worker, struct piece *piece, size_t more);
/* Row number of an index, which begins at from; its end is taken off in the
   index, too. */
struct row row_of_index(struct row_index *index, const char *text,
                        size_t number, uint32_t from);

/* --- row_file.c: a plain file --- */

/* Which bytes of the text hold the line ends before the rows that are asked
   for. */
void row_file_range(struct run *run);
/* The work of a thread; a struct worker. */
void *row_file_work(void *worker);
/* How often a byte stands between two places of the text.  A failed read is
   noted. */
uint64_t row_file_count(struct run *run, uint64_t from, uint64_t to, char byte);

/* --- row_stream.c: what streams in --- */

void row_stream_run(struct run *run, struct worker *workers, unsigned count);

#endif
