/*
 * Bytes as a file, and the readers of forms under them.
 */
#include "feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "results/file.h"
#include "results/form.h"

void
must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "fuzz: %s\n", what);
    abort();
}

const char *
feed_file(const uint8_t *bytes, size_t size)
{
    static char path[64];
    static int file = -1;
    if (file < 0)
        file = memfd_create("fuzz", 0);
    must(file >= 0 && ftruncate(file, 0) == 0 &&
             pwrite(file, bytes, size, 0) == (ssize_t)size,
         "the file cannot be written");
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    return path;
}

static void
check_summary(const struct summary *summary)
{
    const struct optional *lower = NULL;
    must(!summary->has_counts ||
             (summary->requests > 0 && summary->failed <= summary->requests),
         "counts are no counts");
    must(!summary->qps.given || summary->qps.value.units >= 0,
         "a rate below 0");
    must(!summary->seconds.given || summary->seconds.value.units > 0,
         "a duration of 0");
    must(!summary->concurrency.given || summary->concurrency.value.units > 0,
         "no user");
    for (int i = 0; i < PERCENTILES; i++) {
        const struct optional *ms = &summary->percentile_ms[i];
        if (!ms->given)
            continue;
        must(ms->value.units >= 0, "a time below 0");
        must(lower == NULL || decimal_compare(lower->value, ms->value) <= 0,
             "percentiles out of order");
        lower = ms;
    }
    must(summary->label != NULL, "no label");
}

/* Prints what was said, so that the printing is tried too. */
static void
print(const struct diag *diag)
{
    char *text;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    must(stream != NULL, "no memory");
    diag_print(diag, stream);
    fclose(stream);
    free(text);
}

/* The next of the forms that takes the file for its own reads it. */
static void
feed_form(const char *path, const struct feed_form *forms, size_t count,
          size_t *next)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(arena);
    struct request request = {.range_to = UINT64_MAX};
    struct findings findings = {.arena = arena,
                                .diag = diag,
                                .request = &request,
                                .tally = tally_new(TALLY_SECONDS)};
    struct input *input =
        input_open(arena, path, "fuzz", 0, (struct place){0}, diag, false);
    size_t size = 0;
    const char *head = input == NULL ? NULL : input_head(input, &size);
    while (*next < count && (head == NULL || !forms[*next].is_it(head, size)))
        ++*next;
    if (*next < count) {
        bool is_read = forms[(*next)++].read(input, &findings);
        must(is_read != diag_has_errors(diag),
             "what is returned is not what was said");
        for (size_t i = 0; is_read && i < findings.summary_count; i++)
            check_summary(&findings.summaries[i]);
    }
    if (input != NULL)
        input_drop(input);
    print(diag);
    tally_free(findings.tally);
    arena_free(arena);
}

void
feed_forms(const uint8_t *bytes, size_t size, const struct feed_form *forms,
           size_t count)
{
    const char *path = feed_file(bytes, size);
    size_t next = 0;
    do
        feed_form(path, forms, count, &next);
    while (next < count);
}
