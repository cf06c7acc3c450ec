/*
 * For the fuzzers: bytes are given to headroom as a file.  Each harness defines
 * LLVMFuzzerTestOneInput(); clang's -fsanitize=fuzzer drives it, or replay.c
 * with the files of its corpus.
 */
#ifndef HEADROOM_TESTS_FUZZ_FEED_H
#define HEADROOM_TESTS_FUZZ_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct input;
struct findings;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* assert() that no build turns off. */
void must(bool holds, const char *what);

/* The path of a file that holds the bytes; the same file at every call. */
const char *feed_file(const uint8_t *bytes, size_t size);

struct feed_form {
    bool (*is_it)(const char *head, size_t size);
    bool (*read)(struct input *input, struct findings *findings);
};
#define FEED(form)                                                             \
    {                                                                          \
        form##_is_it, form##_read                                              \
    }

/* Has the bytes read by every one of the forms that takes them for its own.
   What is read must hold together: a reader that fails has said why, one that
   does not has said nothing, and no summary is more than it can be. */
void feed_forms(const uint8_t *bytes, size_t size,
                const struct feed_form *forms, size_t count);

#endif
