/*
 * The text of one input file, and the places in it.
 */
#ifndef HEADROOM_BASE_SOURCE_H
#define HEADROOM_BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct source {
    const char *name;   /* as documents show it: the path within the folder
                           INPUT, or the file's name */
    const char *path;   /* as messages show it: the path that was opened */
    const char *bytes;  /* the text without a byte order mark, UTF-16 made
                           UTF-8; not NUL-terminated; NULL once forgotten */
    size_t size;        /* [bytes] of that text */
    unsigned first_line; /* of the file that bytes begins with, where it holds
                            but an excerpt; else 0 */
    uint64_t file_size; /* [bytes] of the file itself */
    bool is_converted;  /* the file was UTF-16 */
    char sha256[65];    /* of the file's bytes, lower-case hex */
    unsigned order;     /* reading order over all inputs, from 0 */
    struct source_memory *memory; /* where the text is held */
};

/* A place in an input; line 0 stands for no place. */
struct place {
    const struct source *source;
    unsigned line;   /* from 1 */
    unsigned column; /* in characters, from 1 */
    unsigned width;  /* characters to underline; 0 or 1 points only */
};

/* Reads a whole file of at most limit bytes.  Returns NULL when it cannot:
   *too_large tells a file above limit from one that cannot be read, and
   *reason is the errno of the latter. */
struct source *source_read(struct arena *arena, const char *path,
                           const char *name, size_t limit, bool *too_large,
                           int *reason);

/* Makes bytes the text of a source: takes the byte order mark off, converts
   UTF-16. */
void source_take(struct arena *arena, struct source *source, const char *bytes,
                 size_t size);

/* Ends a checksum and writes it as lower-case hex. */
struct sha256_ctx;
void source_put_checksum(struct sha256_ctx *context, char hex[65]);

/* Gives back the memory of a large text that a file still holds; source_text()
   brings it again. */
void source_forget(struct source *source);

/* The text.  Of one that was forgotten the file is read again; NULL when that
   fails or it is no longer the same file.  For one thread at a time. */
const char *source_text(const struct source *source);

/* Whether a file cannot be read because the system failed (the disk, memory,
   a limit), not because of what was named. */
bool source_is_system(int reason);

/* A line (from 1) without its line end, found by reading from the front; NULL
   when there are fewer lines or the text is gone.  Lines end with \n, \r\n or \r. */
const char *source_line(const struct source *source, unsigned line,
                        size_t *length);

#endif
