/*
 * Rows of a plain file.  Room results/.  It is read by pread() in blocks, each
 * by the worker that claims it.  A worker counts the quotes of its block, so
 * that the next one knows whether its own begins within quotes; a count that
 * is long in coming is made by who waits for it.
 *
 * A fault stops the claiming, never a block that was claimed: all earlier ones
 * are read to their end, so that the first fault of the file is the one told,
 * whatever the threads did.
 */
#include "results/row_run.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

#include "results/file.h"
#include "results/form.h"

#define BEHIND ((size_t)4096) /* read beyond a block for its last row */

/* Counts a byte of the text between two places.  A failed read is noted. */
uint64_t
row_file_count(struct run *run, uint64_t from, uint64_t to, char byte)
{
    uint64_t count = 0;
    char *text = row_must(malloc(STREAM_BLOCK));
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
    bool is_odd = row_file_count(run, from, from + size, '"') & 1;
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

void *
row_file_work(void *argument)
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
        row_piece_read_on(worker, &piece, piece.owned + behind);
        if (piece.size < piece.owned)
            piece.owned = piece.size;
        size_t quotes = run->reader->marks.has_quotes
                            ? row_count_byte(worker->text, piece.owned, '"')
                            : 0;
        piece.is_quoted = hand_on(worker, quotes);
        if (piece.size == piece.owned)
            worker->text[piece.size] = '\n'; /* what a quote is followed by */
        row_piece_take(worker, &piece, worker->text);
        input_advance(run->input, piece.owned);
    }
    return NULL;
}

/* Which bytes of the file hold the line ends before the rows that are asked
   for. */
void
row_file_range(struct run *run)
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
        run->is_quoted = row_file_count(run, 0, run->from, '"') & 1;
}
