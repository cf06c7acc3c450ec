/*
 * The rows of a piece of text, by one worker.  Room results/.  A piece's rows
 * are those whose line end before them stands in it; the last one is read to
 * its end beyond it.  Where pieces come from is row_file.c's and row_stream.c's
 * business.
 */
#include "results/row_run.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define FIRST_SHOWN ((size_t)4096) /* of the first row, for messages */

static struct told_row
tell(const struct piece *piece, const char *text, uint32_t from, size_t to)
{
    struct told_row told = {.is_there = true, .offset = piece->offset + from};
    told.length = (uint32_t)(to - from);
    told.text = row_must(malloc(told.length + ROW_PADDING + 1));
    memcpy(told.text, text + from, told.length);
    memset(told.text + told.length, 0, ROW_PADDING + 1);
    told.text[told.length] = '\n';
    if (piece->line > 0)
        told.line = piece->line + row_count_byte(text, from, '\n');
    return told;
}

static void
fail_at(struct worker *worker, const struct piece *piece, const struct row *row,
        unsigned kind, uint32_t at)
{
    worker->fault = tell(piece, row->text, row->from, row->to);
    worker->fault.fields = row->fields;
    worker->fault.fault.kind = kind;
    worker->fault.at = at - row->from;
    atomic_store(&worker->run->stop, true);
}

/* Where the quote stands that is open at the end of a row. */
static uint32_t
open_quote(const char *text, uint32_t from, uint32_t to)
{
    uint32_t open = from;
    bool is_open = false;
    for (uint32_t at = from; at < to; at++) {
        if (text[at] != '"')
            continue;
        if (is_open && at + 1 < to && text[at + 1] == '"') {
            at++;
            continue;
        }
        is_open = !is_open;
        if (is_open)
            open = at;
    }
    return open;
}

/* A quote that is out of place closes one or opens one. */
static unsigned
kind_of_stray(const struct row *row, uint32_t at)
{
    return row_count_byte(row->text + row->from, at - row->from, '"') % 2
               ? FAULT_AFTER
               : FAULT_STRAY;
}

/* What may be wrong with a row of any reader, and the first row.  Rare. */
static bool
check_row(struct worker *worker, const struct piece *piece,
          const struct row *row)
{
    const struct row_index *index = &worker->index;
    if (row->to - row->from > ROW_MOST) {
        fail_at(worker, piece, row, FAULT_LONG, row->from);
        return false;
    }
    if (index->has_nul) {
        const char *nul =
            memchr(row->text + row->from, '\0', row->to - row->from);
        if (nul != NULL) {
            fail_at(worker, piece, row, FAULT_NUL, (uint32_t)(nul - row->text));
            return false;
        }
    }
    if (index->bad_quote < row->to && index->bad_quote >= row->from) {
        fail_at(worker, piece, row, kind_of_stray(row, index->bad_quote),
                index->bad_quote);
        return false;
    }
    if (!worker->first.is_there) {
        size_t shown = row->to - row->from;
        if (shown > FIRST_SHOWN)
            shown = FIRST_SHOWN;
        worker->first = tell(piece, row->text, row->from, row->from + shown);
    }
    return true;
}

static bool
take_row(struct worker *worker, const struct piece *piece,
         const struct row *row, bool is_odd)
{
    const struct row_reader *reader = worker->run->reader;
    struct row_fault fault = {ROW_FAULTS, ROW_ITSELF};
    if (row->fields == 1 && row->from == row->to)
        return true;
    if (is_odd && !check_row(worker, piece, row))
        return false;
    if (reader->fields != 0 && row->fields != reader->fields) {
        fail_at(worker, piece, row, FAULT_FIELDS, row->from);
        return false;
    }
    if (reader->take(worker->own, row, &fault))
        return true;
    fail_at(worker, piece, row, fault.kind, row->from);
    worker->fault.fault = fault;
    return false;
}

/* Row number of the index, which begins at from. */
struct row
row_of_index(struct row_index *index, const char *text, size_t number,
             uint32_t from)
{
    uint32_t before = number == 0 ? 0 : index->row[number - 1];
    uint32_t *to = &index->end[index->row[number] - 1];
    if (*to > from && text[*to - 1] == '\r')
        --*to;
    return (struct row){.text = text,
                        .from = from,
                        .to = *to,
                        .fields = index->row[number] - before,
                        .end = index->end + before};
}

/* Reads more of the file behind a piece.  False at its end. */
bool
row_piece_read_on(struct worker *worker, struct piece *piece, size_t more)
{
    struct run *run = worker->run;
    if (piece->size + more + ROW_PADDING + 1 > worker->room) {
        worker->room = piece->size + more + ROW_PADDING + 1;
        worker->text = row_must(realloc(worker->text, worker->room));
    }
    while (more > 0) {
        uint64_t at = run->mark + piece->offset + piece->size;
        ssize_t got =
            pread(run->file, worker->text + piece->size, more, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            atomic_store(&run->reason, errno);
            atomic_store(&run->stop, true);
        }
        if (got <= 0) {
            piece->ends_text = true;
            return false;
        }
        piece->size += (size_t)got;
        more -= (size_t)got;
    }
    piece->ends_text = piece->offset + piece->size >= run->size;
    return true;
}

/* The row that begins within a piece and may end behind it. */
static bool
take_last(struct worker *worker, struct piece *piece, char *text, uint32_t from)
{
    const struct row_reader *reader = worker->run->reader;
    size_t looked = 512;
    if (piece->ends_text && from >= piece->size)
        return true;
    for (;; looked *= 2) {
        bool is_all = piece->size - from <= looked;
        if (is_all && !piece->ends_text) {
            row_piece_read_on(worker, piece, looked);
            text = worker->text;
            is_all = piece->size - from <= looked;
        }
        size_t to = is_all ? piece->size : from + looked;
        if (is_all && piece->ends_text)
            text[to++] = '\n';
        row_index_room(&worker->index, to - from);
        row_index_make(&worker->index, reader->marks, text, from, to, false);
        if (worker->index.row_count > 0) {
            struct row row = row_of_index(&worker->index, text, 0, from);
            return take_row(worker, piece, &row, true);
        }
        if ((is_all && piece->ends_text) || to - from > ROW_MOST) {
            struct row row = {text, from, (uint32_t)to, 1, NULL};
            row.to -= is_all && piece->ends_text;
            uint32_t at = open_quote(text, from, row.to);
            bool is_open = worker->index.is_quoted;
            if (worker->index.bad_quote != UINT32_MAX)
                fail_at(worker, piece, &row,
                        kind_of_stray(&row, worker->index.bad_quote),
                        worker->index.bad_quote);
            else
                fail_at(worker, piece, &row, is_open ? FAULT_OPEN : FAULT_LONG,
                        is_open ? at : from);
            return false;
        }
    }
}

/* Takes the rows of a piece until one is at fault. */
void
row_piece_take(struct worker *worker, struct piece *piece, char *text)
{
    struct row_index *index = &worker->index;
    uint32_t from = 0;
    size_t number = 0;
    row_index_room(index, piece->owned);
    row_index_make(index, worker->run->reader->marks, text, 0, piece->owned,
                   piece->is_quoted);
    bool has_odd = index->has_nul || index->bad_quote != UINT32_MAX ||
                   piece->owned > ROW_MOST;
    if (!piece->starts_row) {
        if (index->row_count == 0)
            return;
        from = index->end[index->row[0] - 1] + 1;
        number = 1;
    }
    for (; number < index->row_count; number++) {
        uint32_t next = index->end[index->row[number] - 1] + 1;
        struct row row = row_of_index(index, text, number, from);
        bool is_odd = has_odd || !worker->first.is_there;
        if (!take_row(worker, piece, &row, is_odd))
            return;
        from = next;
    }
    if (!piece->is_whole)
        take_last(worker, piece, text, from);
}
