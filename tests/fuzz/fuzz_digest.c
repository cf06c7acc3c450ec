/*
 * Fuzzer: digests.  The checksum is made right first, for else nothing behind
 * it were ever read.  What is taken comes to a digest that is taken again and
 * comes to itself.
 */
#include "feed.h"

#include <stdlib.h>
#include <string.h>

#include <nettle/sha2.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/digest.h"
#include "results/file.h"
#include "results/form.h"
#include "results/readers.h"

/* The digest of a digest; NULL where it is refused. */
static char *
again(const uint8_t *bytes, size_t size, size_t *made)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(arena);
    struct findings findings = {
        .arena = arena, .diag = diag, .tally = tally_new(TALLY_SECONDS)};
    struct input *input = input_open(arena, feed_file(bytes, size), "fuzz", 0,
                                     (struct place){0}, diag, false);
    must(input != NULL, "the file cannot be opened");
    char *digest = NULL;
    bool is_read = digest_read(input, &findings);
    must(is_read != diag_has_errors(diag),
         "what is returned is not what was said");
    if (is_read)
        digest = digest_make(&findings, made);
    else
        must(tally_samples(findings.tally) == 0, "a refused digest counts");
    input_drop(input);
    tally_free(findings.tally);
    arena_free(arena);
    return digest;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < SHA256_DIGEST_SIZE || !digest_is_it((const char *)bytes, size))
        return 0;
    size_t body = size - SHA256_DIGEST_SIZE, once_size, twice_size;
    uint8_t *fixed = malloc(size);
    struct sha256_ctx sum;
    must(fixed != NULL, "no memory");
    memcpy(fixed, bytes, body);
    sha256_init(&sum);
    sha256_update(&sum, body, fixed);
    sha256_digest(&sum, SHA256_DIGEST_SIZE, fixed + body);
    char *once = again(fixed, size, &once_size);
    if (once != NULL) {
        char *twice = again((const uint8_t *)once, once_size, &twice_size);
        must(twice != NULL, "what was made is refused");
        must(once_size == twice_size && memcmp(once, twice, once_size) == 0,
             "the same samples are two digests");
        free(twice);
    }
    free(once);
    free(fixed);
    return 0;
}
