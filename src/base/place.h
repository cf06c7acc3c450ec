/*
 * The files of a set put into a folder one by one, for where the folder as a
 * whole cannot be exchanged: what fails is put back.
 */
#ifndef HEADROOM_BASE_PLACE_H
#define HEADROOM_BASE_PLACE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A file of a set, in its staging folder. */
struct stage_file {
    const char *name;
    const char *path;
    bool durable; /* written and fsynced by us */
};

struct place_set {
    const char *target;  /* the folder that is to hold the set */
    const char *staging; /* a folder below it, for what is taken out */
    const struct stage_file *files;
    size_t file_count;
    const char **stale; /* names of files in target that go */
    size_t stale_count;
};

/* Puts every file into place, takes the stale ones out and makes the folder
   durable.  On failure it holds what it held before. */
bool place_files(struct arena *arena, const struct place_set *set,
                 const char **why);

#endif
