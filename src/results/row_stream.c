/*
 * Rows that stream in, from a pipe or out of gzip.  Room results/.  The
 * caller's thread cuts the text at row ends and hands the pieces out in order.
 */
#include "results/row_run.h"

#include <string.h>

#include "results/file.h"

/* A piece, on its way. */
struct slot {
    struct slot *next;
    struct piece piece;
    char *text;
};

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
            row_piece_take(worker, &slot->piece, slot->text);
        pthread_mutex_lock(&run->lock);
        slot->next = run->free;
        run->free = slot;
        pthread_cond_signal(&run->freed);
    }
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

static struct slot *
take_free(struct run *run)
{
    pthread_mutex_lock(&run->lock);
    while (run->free == NULL)
        pthread_cond_wait(&run->freed, &run->lock);
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
    pthread_cond_signal(&run->changed);
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
    char *carried = row_must(malloc(ROW_MOST + STREAM_BLOCK + 1));
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
            row_piece_take(alone, &slot->piece, slot->text);
            slot->next = run->free;
            run->free = slot;
        } else {
            put_ready(run, slot);
        }
    }
    free(carried);
}

void
row_stream_run(struct run *run, struct worker *workers, unsigned count)
{
    /* with some to spare: nobody waits long for a thread that is held up */
    struct slot slots[2 * MOST_WORKERS + 2];
    unsigned slot_count = 2 * count + 2, started = 0;
    for (unsigned i = 0; i < slot_count; i++) {
        slots[i].text =
            row_must(malloc(ROW_MOST + 2 * STREAM_BLOCK + 2 * ROW_PADDING));
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
