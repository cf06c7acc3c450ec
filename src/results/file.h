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

/* Opens path, "-" for standard input; gzip is recognised and undone.  name is
   what documents call it, order is that of its messages among all sources.
   NULL and a message, at the place that names it (line 0: the command line),
   when it cannot be read. */
struct input *input_open(struct arena *arena, const char *path,
                         const char *name, unsigned order, struct place place,
                         struct diag *diag, bool wants_sha256);
/* Reads what is left of it and closes.  False when reading failed or the gzip
   data are damaged: reported; what was read of it then does not count. */
bool input_close(struct input *input);
/* Closes it as it is, after its reader has refused it; reports what was found
   wrong with reading by then. */
void input_drop(struct input *input);

/* The first bytes without a byte order mark, for form_find(). */
const char *input_head(struct input *input, size_t *size);

/* The whole text as a source, with places for messages; NULL where reading
   fails, which input_drop() reports, and where it is larger than
   INPUT_WHOLE_MOST, which is reported.  Valid UTF-8 is for the reader to
   say. */
const struct source *input_whole(struct input *input);

/* The same of a file that nothing else is read of: opens it as input_open(),
   takes the whole and closes.  NULL where any of it fails, which is
   reported. */
const struct source *input_read_whole(struct arena *arena, const char *path,
                                      const char *name, unsigned order,
                                      struct place place, struct diag *diag,
                                      bool wants_sha256);

/* The next block, lent until the next call; size 0 at the end, or after a
   failure, which input_close() reports. */
const char *input_block(struct input *input, size_t *size);
/* The same into a buffer of the caller's, whose room is filled but at the end;
   returns the bytes. */
size_t input_read(struct input *input, char *to, size_t room);
/* Whether the file was UTF-16: only input_whole() knows what to do with it. */
bool input_is_converted(const struct input *input);

/* A place for a message about a streamed file: line and column as counted by
   the reader, text the line itself (or its first part) for the excerpt. */
struct place input_place(struct input *input, uint64_t line, uint64_t column,
                         const char *text, size_t length);

/* For the fast readers: the descriptor and size of a plain regular file, which
   they may pread() from byte 0 on (a byte order mark included); -1 otherwise.
   Whoever calls it reads nothing by input_block(). */
int input_descriptor(struct input *input, uint64_t *size);
/* [bytes] of the byte order mark. */
size_t input_mark(const struct input *input);
/* Tells the progress of what was read that way: so many more bytes.  Any
   thread may call it. */
void input_advance(struct input *input, uint64_t bytes);

/* Reports that reading failed by the errno value, as input_close() does for
   what was read through it. */
void input_fail(struct input *input, int reason);

/* An id of the run that wrote the file, from its first bytes: the same for all
   ranges of one file, and all but surely another for another file. */
uint64_t input_origin(const struct input *input);

/* The file as a source: for places, and after input_close() its size and
   checksum ("" where it was not asked for).  Its text only after
   input_whole(). */
const struct source *input_source(const struct input *input);

#endif
