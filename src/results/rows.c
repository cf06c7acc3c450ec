/*
 * Reading rows on all cores.  Room results/.  A plain file is read by pread()
 * in blocks, each by the worker that claims it; a worker counts the quotes of
 * its block, so that the next one knows whether its own begins within quotes;
 * a count that is long in coming is made by who waits for it.  A block's rows
 * are those whose line end before them stands in it; the last one is read to
 * its end beyond the block.  What streams in (a pipe, gzip) is cut at row ends
 * by the caller's thread and handed out.
 *
 * A fault stops the claiming, never a block that was claimed: all earlier ones
 * are read to their end, so that the first fault of the file is the one told,
 * whatever the threads did.
 */
#include "results/rows.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/file.h"
#include "results/form.h"
#include "results/name_cache.h"
#include "results/tally.h"

#define STREAM_BLOCK ((size_t)256 * 1024)
#define MOST_WORKERS 16
#define BEHIND ((size_t)4096)      /* read beyond a block for its last row */
#define FIRST_SHOWN ((size_t)4096) /* of the first row, for messages */

size_t rows_block = (size_t)256 * 1024;
unsigned rows_workers;

enum {
    FAULT_FIELDS,
    FAULT_STRAY,
    FAULT_AFTER,
    FAULT_OPEN,
    FAULT_NUL,
    FAULT_LONG
};

/* A row that is to be spoken of. */
struct told {
    bool is_there;
    uint64_t offset; /* [bytes] in the text */
    uint64_t line;   /* of its first byte; 0: not counted */
    char *text;      /* a copy */
    uint32_t length;
    size_t fields;
    struct row_fault fault;
    uint32_t at; /* in the row; for the faults of this file */
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
    pthread_cond_t changed;
    uint64_t next;  /* block to be claimed */
    uint64_t turn;  /* the first block whose owner does not know ... */
    bool is_quoted; /* ... that it begins within quotes, or that not */
    struct worker *workers;
    unsigned worker_count;

    /* a stream */
    struct slot *ready, *free;
    bool is_over;
};

/* A piece of a stream, on its way. */
struct slot {
    struct slot *next;
    struct piece piece;
    char *text;
};

struct worker {
    struct run *run;
    pthread_t thread;
    struct tally *tally;
    void *own;
    struct row_index index;
    char *text;
    size_t room;
    struct told fault, first;

    /* its block of a plain file */
    uint64_t block;
    bool is_counted; /* then it has an odd or even number of quotes */
    bool is_odd;
    bool is_known; /* then it begins within quotes or not */
    bool is_quoted;
};

static void *
must(void *piece)
{
    if (piece == NULL)
        abort(); /* not reached: memory.c ends the program first */
    return piece;
}

/* --- rows of a piece --------------------------------------------------------
 */

static struct told
tell(const struct piece *piece, const char *text, uint32_t from, size_t to)
{
    struct told told = {.is_there = true, .offset = piece->offset + from};
    told.length = (uint32_t)(to - from);
    told.text = must(malloc(told.length + ROW_PADDING + 1));
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
static struct row
row_of(const struct row_index *index, const char *text, size_t number,
       uint32_t from)
{
    uint32_t before = number == 0 ? 0 : index->row[number - 1];
    uint32_t to = index->end[index->row[number] - 1];
    struct row row = {.text = text,
                      .from = from,
                      .to = to,
                      .fields = index->row[number] - before,
                      .end = index->end + before};
    if (row.to > row.from && text[row.to - 1] == '\r')
        row.to--;
    return row;
}

/* Reads more of the file behind a piece.  False at its end. */
static bool
read_on(struct worker *worker, struct piece *piece, size_t more)
{
    struct run *run = worker->run;
    if (piece->size + more + ROW_PADDING + 1 > worker->room) {
        worker->room = piece->size + more + ROW_PADDING + 1;
        worker->text = must(realloc(worker->text, worker->room));
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
            read_on(worker, piece, looked);
            text = worker->text;
            is_all = piece->size - from <= looked;
        }
        size_t to = is_all ? piece->size : from + looked;
        if (is_all && piece->ends_text)
            text[to++] = '\n';
        row_index_room(&worker->index, to - from);
        row_index_make(&worker->index, reader->marks, text, from, to, false);
        if (worker->index.row_count > 0) {
            struct row row = row_of(&worker->index, text, 0, from);
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
static void
take_piece(struct worker *worker, struct piece *piece, char *text)
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
        struct row row = row_of(index, text, number, from);
        bool is_odd = has_odd || !worker->first.is_there;
        if (!take_row(worker, piece, &row, is_odd))
            return;
        from = index->end[index->row[number] - 1] + 1;
    }
    if (!piece->is_whole)
        take_last(worker, piece, text, from);
}

/* --- a plain file -----------------------------------------------------------
 */

/* Counts a byte of the text between two places.  A failed read is noted. */
static uint64_t
count_between(struct run *run, uint64_t from, uint64_t to, char byte)
{
    uint64_t count = 0;
    char *text = must(malloc(STREAM_BLOCK));
    while (from < to) {
        size_t want =
            to - from < STREAM_BLOCK ? (size_t)(to - from) : STREAM_BLOCK;
        ssize_t got = pread(run->file, text, want, (off_t)(run->mark + from));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            atomic_store(&run->reason, errno);
        if (got <= 0)
            break;
        count += row_count_byte(text, (size_t)got, byte);
        from += (uint64_t)got;
    }
    free(text);
    return count;
}

#define PATIENCE_NS 100000

/* The bytes of a block, from where on; 0 behind the last. */
static size_t
block_size(const struct run *run, uint64_t block, uint64_t *from)
{
    *from = run->from + block * rows_block;
    if (*from >= run->to)
        return 0;
    return run->to - *from < rows_block ? (size_t)(run->to - *from)
                                        : rows_block;
}

static uint64_t
claim(struct worker *worker)
{
    struct run *run = worker->run;
    pthread_mutex_lock(&run->lock);
    worker->block = run->next++;
    worker->is_counted = worker->is_known = false;
    pthread_mutex_unlock(&run->lock);
    return worker->block;
}

static struct worker *
owner_of(const struct run *run, uint64_t block)
{
    for (unsigned i = 0; i < run->worker_count; i++)
        if (run->workers[i].block == block)
            return &run->workers[i];
    return NULL;
}

/* Tells the owners of counted blocks, in their order, where they begin. */
static void
tell_owners(struct run *run)
{
    struct worker *owner;
    while ((owner = owner_of(run, run->turn)) != NULL && owner->is_counted) {
        owner->is_quoted = run->is_quoted;
        owner->is_known = true;
        run->is_quoted ^= owner->is_odd;
        run->turn++;
    }
    pthread_cond_broadcast(&run->changed);
}

/* Counts the block that all wait for: its owner may long not get a processor.
   Called and left with the lock held. */
static void
help(struct run *run)
{
    const uint64_t block = run->turn;
    uint64_t from;
    size_t size = block_size(run, block, &from);
    pthread_mutex_unlock(&run->lock);
    bool is_odd = count_between(run, from, from + size, '"') & 1;
    pthread_mutex_lock(&run->lock);
    struct worker *owner = owner_of(run, block);
    if (run->turn == block && owner != NULL && !owner->is_counted) {
        owner->is_odd = is_odd;
        owner->is_counted = true;
    }
}

/* Whether the worker's block, which has so many quotes, begins within some. */
static bool
hand_on(struct worker *worker, size_t quotes)
{
    struct run *run = worker->run;
    pthread_mutex_lock(&run->lock);
    worker->is_odd = quotes & 1;
    worker->is_counted = true;
    tell_owners(run);
    while (!worker->is_known) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += PATIENCE_NS;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        int status = pthread_cond_timedwait(&run->changed, &run->lock, &until);
        if (!worker->is_known && status == ETIMEDOUT)
            help(run);
        tell_owners(run);
    }
    pthread_mutex_unlock(&run->lock);
    return worker->is_quoted;
}

static void *
work_on_file(void *argument)
{
    struct worker *worker = argument;
    struct run *run = worker->run;
    while (!atomic_load(&run->stop)) {
        uint64_t block = claim(worker), at;
        size_t owned = block_size(run, block, &at);
        bool starts_row = block == 0 && run->from_starts_row;
        if (owned == 0 && !starts_row)
            break;
        struct piece piece = {
            .offset = at, .owned = owned, .starts_row = starts_row};
        size_t behind = run->size - at - piece.owned < BEHIND
                            ? (size_t)(run->size - at - piece.owned)
                            : BEHIND;
        read_on(worker, &piece, piece.owned + behind);
        if (piece.size < piece.owned)
            piece.owned = piece.size;
        size_t quotes = run->reader->marks.has_quotes
                            ? row_count_byte(worker->text, piece.owned, '"')
                            : 0;
        piece.is_quoted = hand_on(worker, quotes);
        if (piece.size == piece.owned)
            worker->text[piece.size] = '\n'; /* what a quote is followed by */
        take_piece(worker, &piece, worker->text);
        input_advance(run->input, piece.owned);
    }
    return NULL;
}

/* Which bytes of the file hold the line ends before the rows that are asked
   for. */
static void
choose_range(struct run *run)
{
    const struct request *request = run->findings->request;
    /* the range is one of bytes of the file */
    uint64_t begin = run->mark + run->reader->begin;
    uint64_t end = run->mark + run->size;
    uint64_t from = request ? request->range_from : 0;
    uint64_t to = request && request->range_to < end ? request->range_to : end;
    run->from_starts_row = from <= begin && begin < to;
    from = from <= begin ? begin : from - 1;
    if (from > end)
        from = end;
    if (to < end)
        to = to > from ? to - 1 : from;
    run->from = from - run->mark;
    run->to = (to > from ? to : from) - run->mark;
    if (run->from > run->reader->begin && run->reader->marks.has_quotes)
        run->is_quoted = count_between(run, 0, run->from, '"') & 1;
}

/* --- a stream ---------------------------------------------------------------
 */

static void *
work_on_stream(void *argument)
{
    struct worker *worker = argument;
    struct run *run = worker->run;
    pthread_mutex_lock(&run->lock);
    for (;;) {
        while (run->ready == NULL && !run->is_over)
            pthread_cond_wait(&run->changed, &run->lock);
        struct slot *slot = run->ready;
        if (slot == NULL)
            break;
        run->ready = slot->next;
        pthread_mutex_unlock(&run->lock);
        if (!worker->fault.is_there)
            take_piece(worker, &slot->piece, slot->text);
        pthread_mutex_lock(&run->lock);
        slot->next = run->free;
        run->free = slot;
        pthread_cond_broadcast(&run->changed);
    }
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

static struct slot *
take_free(struct run *run)
{
    pthread_mutex_lock(&run->lock);
    while (run->free == NULL)
        pthread_cond_wait(&run->changed, &run->lock);
    struct slot *slot = run->free;
    run->free = slot->next;
    pthread_mutex_unlock(&run->lock);
    return slot;
}

/* At the end: in order, so that a fault found is the first. */
static void
put_ready(struct run *run, struct slot *slot)
{
    slot->next = NULL;
    pthread_mutex_lock(&run->lock);
    struct slot **last = &run->ready;
    while (*last != NULL)
        last = &(*last)->next;
    *last = slot;
    pthread_cond_broadcast(&run->changed);
    pthread_mutex_unlock(&run->lock);
}

/* The bytes of a text that begins a row up to its last line end outside
   quotes. */
static size_t
whole_rows(const char *text, size_t size, bool has_quotes)
{
    bool is_quoted = has_quotes && row_count_byte(text, size, '"') & 1;
    size_t end = size;
    for (;;) {
        const char *last = memrchr(text, '\n', end);
        if (last == NULL)
            return 0;
        size_t at = (size_t)(last - text);
        if (has_quotes)
            is_quoted ^= row_count_byte(last, end - at, '"') & 1;
        if (!is_quoted)
            return at + 1;
        end = at;
    }
}

/* Reads the stream in pieces of whole rows and hands them out; where there are
   no threads, the only worker takes them at once. */
static void
feed(struct run *run, struct worker *alone)
{
    const struct row_reader *reader = run->reader;
    uint64_t offset = reader->begin, line = reader->begin_line;
    char *carried = must(malloc(ROW_MOST + STREAM_BLOCK + 1));
    size_t carry = 0;
    bool is_end = false, skipped = false;
    while (!is_end && !atomic_load(&run->stop)) {
        struct slot *slot = take_free(run);
        struct piece piece = {.starts_row = true, .is_whole = true};
        memcpy(slot->text, carried, carry);
        size_t got = input_read(run->input, slot->text + carry, STREAM_BLOCK);
        size_t size = carry + got;
        is_end = got < STREAM_BLOCK;
        if (!skipped) { /* the header */
            memmove(slot->text, slot->text + reader->begin,
                    size - (size_t)reader->begin);
            size -= (size_t)reader->begin;
            skipped = true;
        }
        piece.offset = offset;
        piece.line = line;
        piece.size = piece.owned = size;
        if (is_end) {
            piece.ends_text = true;
            piece.is_whole = false;
        } else {
            piece.owned = piece.size =
                whole_rows(slot->text, size, reader->marks.has_quotes);
            if (piece.size == 0 && size > ROW_MOST) {
                piece.size = size; /* a row that is too long */
                piece.is_whole = false;
                piece.ends_text = is_end = true;
            }
        }
        carry = size - piece.size;
        memcpy(carried, slot->text + piece.size, carry);
        offset += piece.size;
        line += row_count_byte(slot->text, piece.size, '\n');
        if (piece.ends_text)
            slot->text[piece.size] = '\n';
        slot->piece = piece;
        if (alone != NULL) {
            take_piece(alone, &slot->piece, slot->text);
            slot->next = run->free;
            run->free = slot;
        } else {
            put_ready(run, slot);
        }
    }
    free(carried);
}

/* --- the whole --------------------------------------------------------------
 */

/* The number of threads that are worth it. */
static unsigned
choose_workers(uint64_t bytes)
{
    long cores =
        rows_workers ? (long)rows_workers : sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t most = bytes / rows_block;
    if (most > MOST_WORKERS)
        most = MOST_WORKERS;
    if (cores > 0 && most > (uint64_t)cores)
        most = (uint64_t)cores;
    return most > 1 ? (unsigned)most : 1;
}

/* Runs the workers beside each other; the last, or the only one, in this
   thread. */
static void
run_workers(struct worker *workers, unsigned count, void *(*work)(void *))
{
    unsigned started = 0;
    while (started + 1 < count && pthread_create(&workers[started].thread, NULL,
                                                 work, &workers[started]) == 0)
        started++;
    work(&workers[count - 1]);
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
}

static void
run_stream(struct run *run, struct worker *workers, unsigned count)
{
    struct slot slots[MOST_WORKERS + 1];
    unsigned slot_count = count + 1, started = 0;
    for (unsigned i = 0; i < slot_count; i++) {
        slots[i].text =
            must(malloc(ROW_MOST + 2 * STREAM_BLOCK + 2 * ROW_PADDING));
        slots[i].next = run->free;
        run->free = &slots[i];
    }
    while (count > 1 && started < count &&
           pthread_create(&workers[started].thread, NULL, work_on_stream,
                          &workers[started]) == 0)
        started++;
    feed(run, started == 0 ? &workers[0] : NULL);
    pthread_mutex_lock(&run->lock);
    run->is_over = true;
    pthread_cond_broadcast(&run->changed);
    pthread_mutex_unlock(&run->lock);
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    for (unsigned i = 0; i < slot_count; i++)
        free(slots[i].text);
}

/* The place of a byte of a told row. */
static struct place
place_of(struct run *run, const struct told *told, uint32_t at)
{
    uint64_t line = told->line;
    if (line == 0)
        line = 1 + count_between(run, 0, told->offset, '\n');
    uint32_t from = 0, column = 1, to = at;
    for (uint32_t i = 0; i < at; i++)
        if (told->text[i] == '\n') {
            from = i + 1;
            line++;
        }
    for (uint32_t i = from; i < at; i++)
        column += ((unsigned char)told->text[i] & 0xC0) != 0x80;
    while (to < told->length && told->text[to] != '\n')
        to++;
    return input_place(run->input, line, column, told->text + from, to - from);
}

/* Says what is wrong with the row that the first fault was found in. */
static void
explain(struct run *run, const struct told *told)
{
    const struct row_reader *reader = run->reader;
    struct diag *diag = run->findings->diag;
    struct row_index index = {0};
    char expected[24], found[24];
    if (told->fault.kind >= ROW_FAULTS) {
        row_index_room(&index, told->length + 1);
        row_index_make(&index, reader->marks, told->text, 0, told->length + 1,
                       false);
        struct row row = row_of(&index, told->text, 0, 0);
        uint32_t at = 0;
        if (told->fault.field != ROW_ITSELF && told->fault.field > 0)
            at = row.end[told->fault.field - 1] + 1;
        reader->explain(reader->plan, &row, told->fault,
                        place_of(run, told, at), diag);
        row_index_free(&index);
        return;
    }
    struct place place = place_of(run, told, told->at);
    switch (told->fault.kind) {
    case FAULT_FIELDS:
        snprintf(expected, sizeof expected, "%zu", reader->fields);
        snprintf(found, sizeof found, "%zu", told->fields);
        diag_add(diag, DIAG_CSV_FIELDS, place, expected, found, NULL);
        break;
    case FAULT_STRAY:
        diag_add(diag, DIAG_CSV_STRAY_QUOTE, place, NULL);
        break;
    case FAULT_AFTER:
        diag_add(diag, DIAG_CSV_AFTER_QUOTE, place, NULL);
        break;
    case FAULT_OPEN:
        diag_add(diag, DIAG_CSV_QUOTE, place, NULL);
        break;
    case FAULT_NUL:
        diag_add(diag, DIAG_NUL, place, NULL);
        break;
    default:
        diag_add(diag, DIAG_CSV_ROW_LONG, place, NULL);
    }
}

/* The earlier of two told rows; the other is let go. */
static struct told
earlier(struct told a, struct told b)
{
    bool takes_b = b.is_there && (!a.is_there || b.offset < a.offset);
    free(takes_b ? a.text : b.text);
    return takes_b ? b : a;
}

/* Brings together what the workers have. */
static bool
gather(struct run *run, struct worker *workers, unsigned count)
{
    struct findings *findings = run->findings;
    struct told fault = {0}, first = {0};
    for (unsigned i = 0; i < count; i++) {
        fault = earlier(fault, workers[i].fault);
        first = earlier(first, workers[i].first);
    }
    int reason = atomic_load(&run->reason);
    bool is_sound = !fault.is_there || reason != 0;
    for (unsigned i = 0; i < count; i++) {
        run->reader->finish(workers[i].own, findings);
        if (workers[i].tally != findings->tally) {
            if (is_sound)
                tally_merge(findings->tally, workers[i].tally);
            tally_free(workers[i].tally);
        }
        free(workers[i].own);
        free(workers[i].text);
        row_index_free(&workers[i].index);
    }
    if (first.is_there)
        findings->first = place_of(run, &first, 0);
    if (!is_sound)
        explain(run, &fault);
    free(fault.text);
    free(first.text);
    if (reason != 0)
        input_fail(run->input, reason);
    return is_sound;
}

/* A text is to hold some samples; a range of one may hold none. */
static bool
check_some(struct run *run, uint64_t before)
{
    struct findings *findings = run->findings;
    const struct request *request = findings->request;
    size_t size;
    bool is_range = request != NULL &&
                    (request->range_from > 0 || request->range_to < UINT64_MAX);
    if (is_range || tally_samples(findings->tally) > before)
        return true;
    const char *head = input_head(run->input, &size);
    const char *end = memchr(head, '\n', size);
    diag_add(
        findings->diag, DIAG_RESULTS_NOTHING,
        input_place(run->input, 1, 1, head, end ? (size_t)(end - head) : size),
        "sample", NULL);
    return false;
}

bool
rows_read(struct input *input, struct findings *findings,
          const struct row_reader *reader)
{
    struct run run = {.input = input, .findings = findings, .reader = reader};
    struct worker workers[MOST_WORKERS] = {0};
    uint64_t size = 0, before = tally_samples(findings->tally);
    pthread_mutex_init(&run.lock, NULL);
    pthread_cond_init(&run.changed, NULL);
    run.file = input_descriptor(input, &size);
    bool is_plain = run.file >= 0;
    if (is_plain) {
        run.mark = input_mark(input);
        run.size = size > run.mark ? size - run.mark : 0;
        choose_range(&run);
    }
    unsigned count = choose_workers(is_plain ? run.to - run.from : UINT64_MAX);
    run.workers = workers;
    run.worker_count = count;
    for (unsigned i = 0; i < count; i++) {
        workers[i].run = &run;
        workers[i].block = UINT64_MAX; /* none yet */
        workers[i].tally =
            i == 0 ? findings->tally : tally_like(findings->tally);
        workers[i].own = must(calloc(1, reader->worker_size));
        reader->start(workers[i].own, reader->plan, workers[i].tally);
    }
    if (is_plain)
        run_workers(workers, count, work_on_file);
    else
        run_stream(&run, workers, count);
    bool is_sound = gather(&run, workers, count);
    if (is_sound && atomic_load(&run.reason) == 0)
        is_sound = check_some(&run, before);
    pthread_mutex_destroy(&run.lock);
    pthread_cond_destroy(&run.changed);
    return is_sound;
}

#define SHOWN 60 /* [bytes] of a value in a message */

void
row_unfit(struct diag *diag, struct place place, const char *what,
          const char *expected, struct field found)
{
    char shown[SHOWN + 16] = "\"";
    size_t length = found.length < SHOWN ? found.length : SHOWN;
    if (found.length == 0) {
        diag_add(diag, DIAG_EMPTY_VALUE, place, what, expected, NULL);
        return;
    }
    while (length > 0 && length < found.length &&
           ((unsigned char)found.text[length] & 0xC0) == 0x80)
        length--;
    if (!name_is_utf8((struct field){found.text, length}))
        snprintf(shown, sizeof shown, "what is not UTF-8");
    else
        snprintf(shown, sizeof shown, "\"%.*s%s\"", (int)length, found.text,
                 length < found.length ? "..." : "");
    diag_add(diag, DIAG_BAD_VALUE, place, what, expected, shown, "", NULL);
}

void
row_bad_name(struct diag *diag, struct place place, const char *what,
             struct field found)
{
    char expected[64];
    snprintf(expected, sizeof expected, "UTF-8 of at most %d bytes", NAME_MOST);
    row_unfit(diag, place, what, expected, found);
}

size_t
row_first(const char *head, size_t size, struct row_marks marks,
          struct field *fields, size_t room, size_t *next)
{
    struct row_index index = {0};
    char *text = must(malloc(size + ROW_PADDING + 1));
    memcpy(text, head, size);
    memset(text + size, '\n', ROW_PADDING + 1);
    /* most first rows are short */
    size_t to = size < 512 ? size + 1 : 512;
    for (;; to = to * 2 > size ? size + 1 : to * 2) {
        row_index_room(&index, to);
        row_index_make(&index, marks, text, 0, to, false);
        if (index.row_count > 0 || to > size)
            break;
    }
    size_t count = 0;
    if (index.row_count > 0) {
        struct row row = row_of(&index, text, 0, 0);
        *next = index.end[index.row[0] - 1] + 1u;
        if (*next > size)
            *next = size;
        for (; count < row.fields && count < room; count++) {
            struct field field = row_field(&row, count);
            fields[count] =
                (struct field){head + (field.text - text), field.length};
        }
    }
    row_index_free(&index);
    free(text);
    return count;
}
