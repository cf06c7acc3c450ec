/*
 * Fuzzer: logs of samples as rows.  However a text is cut, into blocks for
 * workers or into ranges for digests, it comes to the same samples, or to the
 * same message.
 */
#include "feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/digest.h"
#include "results/file.h"
#include "results/form.h"
#include "results/readers.h"
#include "results/rows.h"

static const struct feed_form forms[] = {
    FEED(jtl),        FEED(k6_csv),     FEED(vegeta_csv),  FEED(hey_csv),
    FEED(ab_gnuplot), FEED(tsung_dump), FEED(gatling_log), FEED(vegeta_lines),
    FEED(k6_json),    FEED(csv),
};

static const struct column_name columns[] = {
    {"time_ms",   "1", {0}},
    {"elapsed_s", "2", {0}},
    {"label",     "3", {0}},
    {"success",   "4", {0}},
};

/* What came of a reading: a digest, or a message. */
struct outcome {
    char *digest; /* NULL: refused */
    size_t size;
    char message[256];
};

static struct outcome
read_range(const char *path, const struct feed_form *form, uint64_t from,
           uint64_t to)
{
    struct outcome outcome = {0};
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(arena);
    struct request request = {columns, 4, from, to};
    struct findings findings = {.arena = arena,
                                .diag = diag,
                                .request = &request,
                                .tally = tally_new(TALLY_SECONDS)};
    struct input *input =
        input_open(arena, path, "fuzz", 0, (struct place){0}, diag, false);
    must(input != NULL, "the file cannot be opened");
    bool is_read = form->read(input, &findings);
    must(is_read != diag_has_errors(diag),
         "what is returned is not what was said");
    if (is_read) {
        outcome.digest = digest_make(&findings, &outcome.size);
    } else {
        char *text;
        size_t size;
        FILE *stream = open_memstream(&text, &size);
        must(stream != NULL, "no memory");
        diag_print(diag, stream);
        fclose(stream);
        snprintf(outcome.message, sizeof outcome.message, "%s", text);
        free(text);
    }
    input_drop(input);
    tally_free(findings.tally);
    arena_free(arena);
    return outcome;
}

/* Adds a digest to a tally. */
static void
merge(const struct outcome *part, struct findings *findings)
{
    const char *path = feed_file((const uint8_t *)part->digest, part->size);
    struct input *input = input_open(findings->arena, path, "part", 0,
                                     (struct place){0}, findings->diag, false);
    must(input != NULL && digest_read(input, findings), "a digest is refused");
    input_drop(input);
}

static void
check_ranges(const uint8_t *bytes, size_t size, const struct feed_form *form,
             const struct outcome *entire)
{
    uint64_t cut = size > 0 ? bytes[size / 2] * (size + 2) / 256 : 0;
    const char *path = feed_file(bytes, size);
    struct outcome a = read_range(path, form, 0, cut);
    struct outcome b = read_range(path, form, cut, UINT64_MAX);
    must(a.digest != NULL && b.digest != NULL, "a part is refused");
    struct arena *arena = arena_new();
    struct findings findings = {.arena = arena,
                                .diag = diag_new(arena),
                                .tally = tally_new(TALLY_SECONDS)};
    merge(&b, &findings);
    merge(&a, &findings);
    size_t all_size;
    char *all = digest_make(&findings, &all_size);
    must(all_size == entire->size && memcmp(all, entire->digest, all_size) == 0,
         "two ranges are another digest");
    free(all);
    tally_free(findings.tally);
    arena_free(arena);
    free(a.digest);
    free(b.digest);
}

static void
check_form(const uint8_t *bytes, size_t size, const struct feed_form *form)
{
    const char *path = feed_file(bytes, size);
    struct outcome entire = read_range(path, form, 0, UINT64_MAX);
    size_t old = rows_block;
    rows_block = 1 + (size > 3 ? bytes[size / 3] : 0u);
    rows_workers = 1 + size % 2;
    struct outcome blocks = read_range(path, form, 0, UINT64_MAX);
    rows_block = old;
    rows_workers = 0;
    must((entire.digest == NULL) == (blocks.digest == NULL),
         "blocks are refused where the whole is not, or the other way round");
    must(strcmp(entire.message, blocks.message) == 0,
         "blocks give another message");
    must(entire.size == blocks.size &&
             (entire.digest == NULL ||
              memcmp(entire.digest, blocks.digest, entire.size) == 0),
         "blocks are another digest");
    if (entire.digest != NULL)
        check_ranges(bytes, size, form, &entire);
    free(entire.digest);
    free(blocks.digest);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const uint8_t *head = bytes;
    size_t head_size = size;
    /* gzip has no ranges, UTF-16 no samples */
    if (size >= 2 &&
        ((bytes[0] == 0x1f && bytes[1] == 0x8b) || bytes[0] >= 0xfe))
        return 0;
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        head += 3;
        head_size -= 3;
    }
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (head_size > 0 && forms[i].is_it((const char *)head, head_size))
            check_form(bytes, size, &forms[i]);
    return 0;
}
