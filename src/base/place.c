/*
 * Publishing file by file, the fall-back of stage.c.  Base room.  Each file is
 * exchanged with what stood in its place, so that the list of what was done
 * can be undone backwards.
 */
#include "base/place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/folder.h"

/* What was done with a file, and so how it is undone. */
enum move {
    EXCHANGED, /* the old one stands in the new one's staging path */
    PLACED,    /* nothing stood there */
    REPLACED,  /* the old one is kept as .old */
    TAKEN      /* stale; kept as .old */
};

struct done {
    enum move move;
    const char *staged, *old, *target;
};

static bool
put(struct done *done)
{
    if (renameat2(AT_FDCWD, done->staged, AT_FDCWD, done->target,
                  RENAME_EXCHANGE) == 0) {
        done->move = EXCHANGED;
        return true;
    }
    if (errno == ENOENT) {
        done->move = PLACED;
        return rename(done->staged, done->target) == 0;
    }
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    /* a file system that cannot exchange: keep the old one by a second name,
       or where there are no second names, by moving it away */
    if (faccessat(AT_FDCWD, done->target, F_OK, AT_SYMLINK_NOFOLLOW) != 0) {
        done->move = PLACED;
        return rename(done->staged, done->target) == 0;
    }
    done->move = REPLACED;
    if (linkat(AT_FDCWD, done->target, AT_FDCWD, done->old, 0) != 0 &&
        rename(done->target, done->old) != 0)
        return false;
    if (rename(done->staged, done->target) == 0)
        return true;
    int kept = errno;
    rename(done->old, done->target);
    errno = kept;
    return false;
}

static void
undo(const struct done *done)
{
    switch (done->move) {
    case EXCHANGED:
        renameat2(AT_FDCWD, done->staged, AT_FDCWD, done->target,
                  RENAME_EXCHANGE);
        break;
    case PLACED:
        rename(done->target, done->staged);
        break;
    case REPLACED:
    case TAKEN:
        rename(done->old, done->target);
        break;
    }
}

bool
place_files(struct arena *arena, const struct place_set *set, const char **why)
{
    struct done *list =
        arena_array(arena, set->file_count + set->stale_count, struct done);
    size_t count = 0;
    bool good = true;
    for (size_t i = 0; good && i < set->file_count; i++) {
        struct done *done = &list[count];
        const char *name = set->files[i].name;
        done->staged = set->files[i].path;
        done->target = folder_join(arena, set->target, name);
        done->old = arena_format(arena, "%s/%s.old", set->staging, name);
        good = put(done);
        if (good)
            count++;
        else
            *why = folder_fault(arena, "replace", done->target);
    }
    for (size_t i = 0; good && i < set->stale_count; i++) {
        struct done *done = &list[count];
        done->move = TAKEN;
        done->target = folder_join(arena, set->target, set->stale[i]);
        done->old =
            arena_format(arena, "%s/%s.old", set->staging, set->stale[i]);
        good = rename(done->target, done->old) == 0;
        if (good)
            count++;
        else
            *why = folder_fault(arena, "remove", done->target);
    }
    good = good && folder_sync(arena, set->target, why);
    while (!good && count > 0)
        undo(&list[--count]);
    return good;
}
