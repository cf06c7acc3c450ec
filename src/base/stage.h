/*
 * Publishing a set of files all or nothing: they are written into a staging
 * folder beside the destination, checked, made durable, and exchanged as a
 * whole.  Knows names of files, nothing of what is in them.
 *
 * Where a folder cannot be exchanged (a mount point, a parent that may not be
 * written, a file system without the call or without hard links), the files
 * are exchanged one by one and put back when one fails; there alone a kill
 * between two of them leaves a mix, which the next run mends.
 */
#ifndef HEADROOM_BASE_STAGE_H
#define HEADROOM_BASE_STAGE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct stage;

/* Opens a staging folder for the destination folder (made when missing at
   commit, with its parents) and clears what a killed run left of the same
   destination.  NULL and a message naming file and reason in *why on failure.
 */
struct stage *stage_open(struct arena *arena, const char *folder,
                         const char **why);

/* The same stage for another thread, whose messages go to its own arena: it may
   write files that stage_path() has named before.  Not to be committed. */
struct stage *stage_beside(struct arena *arena, const struct stage *stage);

/* The staging folder itself: the temporary folder of whoever needs one. */
const char *stage_folder(const struct stage *stage);

/* The path at which to write the set's file of that name. */
const char *stage_path(struct stage *stage, const char *name);

/* Writes bytes to the set's file of that name, checking every call. */
bool stage_write(struct stage *stage, const char *name, const void *bytes,
                 size_t size, const char **why);

/* Makes all files durable and exchanges the folder: afterwards it holds the
   set, and of what stood there before all but the files that is_ours(name)
   claims (folders are nobody's claim).  On failure the folder is as it was. */
bool stage_commit(struct stage *stage,
                  bool (*is_ours)(const char *name, const void *context),
                  const void *context, const char **why);

/* Whether the commit put a new folder in the place of the one in which the
   program was started: a shell there still holds the old, now empty one. */
bool stage_replaced_working_folder(const struct stage *stage);

/* Removes the staging folder; after a commit it only closes.  NULL is fine. */
void stage_close(struct stage *stage);

/* For a signal handler: removes the staging folder that is open, if any, with
   the set's files written so far.  Async-signal-safe; SIGINT, SIGTERM and
   SIGHUP are held back during a commit. */
void stage_abandon(void);

#endif
