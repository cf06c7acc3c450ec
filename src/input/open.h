/*
 * Opens a file of the input within its limits.
 */
#ifndef HEADROOM_INPUT_OPEN_H
#define HEADROOM_INPUT_OPEN_H

#include "base/source.h"

struct arena;
struct diag;

/* Reads a file of at most 64 MiB as the order-th of the run; reports it, at the
   place that names it, and returns NULL when it cannot be read. */
struct source *open_source(struct arena *arena, const char *path,
                           const char *name, unsigned order,
                           struct place place, struct diag *diag);

/* Reports that a file or folder cannot be read, at the place that names it. */
void open_report(const char *path, int reason, struct place place,
                 struct diag *diag);

#endif
