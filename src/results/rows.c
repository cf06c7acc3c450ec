/*
 * Reading rows on all cores.  Room results/.  Workers read pieces of the text
 * (row_piece.c), which a plain file is cut into (row_file.c) or a stream
 * (row_stream.c); here they are started, brought together, and the first fault
 * is told.
 */
#include "results/row_run.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/file.h"
#include "results/form.h"
#include "results/name_cache.h"
#include "results/tally.h"

size_t rows_block = (size_t)256 * 1024;
unsigned rows_workers;

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

/* The place of a byte of a told row. */
static struct place
place_of(struct run *run, const struct told_row *told, uint32_t at)
{
    uint64_t line = told->line;
    if (line == 0)
        line = 1 + row_file_count(run, 0, told->offset, '\n');
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
explain(struct run *run, const struct told_row *told)
{
    const struct row_reader *reader = run->reader;
    struct diag *diag = run->findings->diag;
    struct row_index index = {0};
    char expected[24], found[24];
    if (told->fault.kind >= ROW_FAULTS) {
        row_index_room(&index, told->length + 1);
        row_index_make(&index, reader->marks, told->text, 0, told->length + 1,
                       false);
        struct row row = row_of_index(&index, told->text, 0, 0);
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
static struct told_row
earlier(struct told_row a, struct told_row b)
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
    struct told_row fault = {0}, first = {0};
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
    pthread_cond_init(&run.freed, NULL);
    run.file = input_descriptor(input, &size);
    bool is_plain = run.file >= 0;
    if (is_plain) {
        run.mark = input_mark(input);
        run.size = size > run.mark ? size - run.mark : 0;
        row_file_range(&run);
    }
    unsigned count = choose_workers(is_plain ? run.to - run.from : UINT64_MAX);
    run.workers = workers;
    run.worker_count = count;
    for (unsigned i = 0; i < count; i++) {
        workers[i].run = &run;
        workers[i].block = UINT64_MAX; /* none yet */
        workers[i].tally =
            i == 0 ? findings->tally : tally_like(findings->tally);
        workers[i].own = row_must(calloc(1, reader->worker_size));
        reader->start(workers[i].own, reader->plan, workers[i].tally);
    }
    if (is_plain)
        run_workers(workers, count, row_file_work);
    else
        row_stream_run(&run, workers, count);
    bool is_sound = gather(&run, workers, count);
    if (is_sound && atomic_load(&run.reason) == 0)
        is_sound = check_some(&run, before);
    pthread_mutex_destroy(&run.lock);
    pthread_cond_destroy(&run.changed);
    pthread_cond_destroy(&run.freed);
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
    char *text = row_must(malloc(size + ROW_PADDING + 1));
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
        *next = index.end[index.row[0] - 1] + 1u;
        struct row row = row_of_index(&index, text, 0, 0);
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
