/*
 * Folders of the file system as wholes: the names in them, a second folder
 * with hard links to everything in a first, removal, locks.  Symbolic links
 * are entries like any other and never followed.
 */
#ifndef HEADROOM_BASE_FOLDER_H
#define HEADROOM_BASE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* What stands in a folder. */
struct folder_entry {
    const char *name;
    bool is_folder;
    struct folder_entry *entries; /* of a folder; read by folder_carry() */
    size_t count;
};

/* "cannot VERB PATH: reason", from errno. */
const char *folder_fault(struct arena *arena, const char *verb,
                         const char *path);

/* parent/name */
const char *folder_join(struct arena *arena, const char *parent,
                        const char *name);

/* The entries of a folder, one level, sorted by bytes. */
bool folder_read(struct arena *arena, const char *path,
                 struct folder_entry **entries, size_t *count,
                 const char **why);

/* Makes to/NAME a second name of everything behind from/NAME: a hard link to
   what is no folder, a folder of such links with the same mode, owner, times
   and extended attributes to a folder, durable.  When it cannot, *unable tells
   a file system or permission that allows no such link from a failure. */
bool folder_carry(struct arena *arena, const char *from, const char *to,
                  struct folder_entry *entry, bool *unable, const char **why);

/* Gives the folder to the mode, owner and extended attributes of from. */
bool folder_imitate(struct arena *arena, const char *from, const char *to,
                    bool *unable, const char **why);

/* fsync of a file or a folder. */
bool folder_sync(struct arena *arena, const char *path, const char **why);

/* Removes a folder with all that is in it; what is gone already is fine. */
bool folder_remove(const char *path);

/* Removes the entries that are listed below path, and path itself, without
   opening anything. */
void folder_remove_listed(struct arena *arena, const char *path,
                          const struct folder_entry *entries, size_t count);

/* Moves what is still in the folder from, and missing in the folder to, there:
   what another program put down between the reading and the removal. */
void folder_rescue(struct arena *arena, const char *from, const char *to);

/* Whether another file system or a bind is mounted on the folder. */
bool folder_is_mount_point(const char *path);

/* Opens a folder and locks it; waits up to a minute when wait is set.  Returns
   the descriptor, which ends the lock when closed, or -1: then *held tells a
   lock that another run holds.  A file system without locks is no failure. */
int folder_lock(struct arena *arena, const char *path, bool wait, bool *held,
                const char **why);

#endif
