/*
 * An open file of results: plain or gzip, a path or standard input, read once
 * from front to back; its size and SHA-256 for the documents.  Forms that are
 * small are handed the whole text; forms of samples take it block by block.
 */
#ifndef HEADROOM_RESULTS_FILE_H
#define HEADROOM_RESULTS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"

struct arena;
struct diag;
struct input;

#define INPUT_WHOLE_MOST ((size_t)64 * 1024 * 1024) /* of input_whole() */
#define INPUT_HEAD ((size_t)64 * 1024)

/* Opens path, "-" for standard input; gzip is recognised and undone.  NULL and
   a message, at the place that names it (line 0: the command line), when it
   cannot be read. */
struct input *input_open(struct arena *arena, const char *path,
                         const char *name, struct place place,
                         struct diag *diag);
/* Reads what is left of it and closes.  False when reading failed or the gzip
   data are damaged: reported; what was read of it then does not count. */
bool input_close(struct input *input);

/* The first bytes without a byte order mark, for form_find(). */
const char *input_head(struct input *input, size_t *size);

/* The whole text as a source, with places for messages; NULL and a message
   where it is larger than INPUT_WHOLE_MOST.  Valid UTF-8 is for the reader to
   say. */
const struct source *input_whole(struct input *input);

/* The next block, lent until the next call; size 0 at the end, or after a
   failure, which input_close() reports. */
const char *input_block(struct input *input, size_t *size);

/* A place for a message about a streamed file: line and column as counted by
   the reader, text the line itself (or its first part) for the excerpt. */
struct place input_place(struct input *input, uint64_t line, uint64_t column,
                         const char *text, size_t length);

/* For the fast readers: the descriptor and size of a plain regular file, which
   they may pread(); -1 otherwise. */
int input_descriptor(struct input *input, uint64_t *size);

/* After input_close(): bytes of the file itself and their checksum. */
uint64_t input_size(const struct input *input);
const char *input_sha256(const struct input *input);

#endif
