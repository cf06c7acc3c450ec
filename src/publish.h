/*
 * One file of output, for the commands that write no set of documents.
 */
#ifndef HEADROOM_PUBLISH_H
#define HEADROOM_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Writes to standard output (path NULL), or to the file, which is there whole
   or as it was; what a killed run left beside the same file is cleared.  A
   device or a pipe is written as it stands.  False and the reason in *why when
   it cannot be written. */
bool publish_file(struct arena *arena, const char *path, const char *bytes,
                  size_t size, const char **why);

/* For a signal handler: removes what is not yet whole.  Async-signal-safe. */
void publish_abandon(void);

#endif
