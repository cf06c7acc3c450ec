/*
 * Where the fields and rows of a delimited text end: 64 bytes at a time, aware
 * of quotes.  The inner loop of all readers of rows.
 */
#ifndef HEADROOM_RESULTS_ROW_INDEX_H
#define HEADROOM_RESULTS_ROW_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that must be readable (and may hold anything) behind a text. */
#define ROW_PADDING 64

struct row_marks {
    char delimiter; /* '\n': rows have but one field */
    bool has_quotes;
};

struct row_index {
    /* where each field ends: at a delimiter or a line end outside quotes */
    uint32_t *end;
    size_t end_count;
    /* for each row that ends, how many fields ended up to its end */
    uint32_t *row;
    size_t row_count;
    bool is_quoted;     /* at the end of the text */
    bool has_nul;       /* somewhere in it */
    uint32_t bad_quote; /* the first that neither opens nor closes a field, nor
                           is doubled; UINT32_MAX: none */
    size_t room;        /* of end and row each */
};

/* The best kind of processor that is made use of: for tests, which try all. */
enum row_index_kind { ROW_INDEX_PLAIN, ROW_INDEX_AVX2, ROW_INDEX_AVX512 };
extern enum row_index_kind row_index_most;

/* Makes room for a text of size bytes. */
void row_index_room(struct row_index *index, size_t size);
void row_index_free(struct row_index *index);

/* Indexes text from byte from up to byte to.  is_quoted tells whether from
   stands within quotes; text[from - 1] is readable where from > 0, and
   text[to] to tell what follows a quote. */
void row_index_make(struct row_index *index, struct row_marks marks,
                    const char *text, size_t from, size_t to, bool is_quoted);

/* How often a byte stands in a text. */
size_t row_count_byte(const char *text, size_t size, char byte);

#endif
