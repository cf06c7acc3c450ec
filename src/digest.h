/*
 * The command digest: logs of samples, or ranges of them, and other digests, as
 * one digest.
 */
#ifndef HEADROOM_DIGEST_H
#define HEADROOM_DIGEST_H

#include <stdbool.h>

struct arena;
struct diag;
struct options;

/* Writes the digest of all files to standard output or the file of -o, all of
   it or nothing.  False when the input is wrong, which is then in diag, or when
   it cannot be written: then the reason is in *why. */
bool digest_files(struct arena *arena, const struct options *options,
                  struct diag *diag, const char **why);

#endif
