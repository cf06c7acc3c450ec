/*
 * Where the staging folder of a destination stands: beside it, or inside it
 * where it has no side.  stage.c uses it.
 */
#ifndef HEADROOM_BASE_STAGING_H
#define HEADROOM_BASE_STAGING_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct staging {
    const char *base;    /* real path of the folder that root stands in */
    const char **parts;  /* of the destination below base; the last its name */
    size_t part_count;   /* 0: base is the destination, and holds root */
    const char *root;    /* the staging folder, as one rename moves it */
    const char *folder;  /* where the set's files go: root, or below it */
    const char **levels; /* the folders from root to folder */
    size_t level_count;
    int lock; /* on root; -1 when closed */
};

/* Finds the place for the staging folder of a destination. */
bool staging_resolve(struct arena *arena, struct staging *at,
                     const char *folder, const char **why);

/* Clears, under a lock on base, the staging folders that dead runs left of the
   same destination, and makes a new one, locked. */
bool staging_make(struct arena *arena, struct staging *at, const char **why);

#endif
