/*
 * Opens a file of the input within its limits.
 */
#ifndef HEADROOM_INPUT_OPEN_H
#define HEADROOM_INPUT_OPEN_H

struct arena;
struct diag;
struct source;

/* Reads a file of at most 64 MiB as the order-th of the run; reports it and
   returns NULL when it cannot be read. */
const struct source *open_source(struct arena *arena, const char *path,
                                 const char *name, unsigned order,
                                 struct diag *diag);

#endif
