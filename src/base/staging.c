/*
 * The place and the making of a staging folder.  Base room; what happens in it
 * is stage.c's.
 */
#include "base/staging.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/folder.h"

#define MARK ".headroom-"
#define MARK_RANDOM 6
#define LONGEST_NAME 200 /* of the destination's, in the staging folder's */
#define MISSING_PARENTS 256

/* Splits the destination into a real path that exists and the parts below it:
   the folder's name, and before it what is missing of its parents. */
bool
staging_resolve(struct arena *arena, struct staging *at, const char *folder,
                const char **why)
{
    struct stat about;
    char *path = arena_copy(arena, folder, strlen(folder));
    size_t length = strlen(path);
    const char *missing[MISSING_PARENTS];
    size_t missing_count = 0;
    while (length > 1 && path[length - 1] == '/')
        path[--length] = '\0';
    while (stat(path, &about) != 0) {
        if (errno != ENOENT || lstat(path, &about) == 0) {
            /* a link to nothing, a file on the way, a forbidden folder */
            *why = folder_fault(arena, "write to the folder", path);
            return false;
        }
        char *slash = strrchr(path, '/');
        const char *name = slash ? slash + 1 : path;
        if (strcmp(name, "..") == 0 || missing_count == MISSING_PARENTS ||
            *name == '\0') {
            errno = ENOENT;
            *why = folder_fault(arena, "write to the folder", folder);
            return false;
        }
        if (strcmp(name, ".") != 0)
            missing[missing_count++] = arena_copy(arena, name, strlen(name));
        if (slash == NULL)
            path = arena_copy(arena, ".", 1);
        else if (slash == path)
            slash[1] = '\0';
        else
            for (*slash = '\0'; slash > path + 1 && slash[-1] == '/';)
                *--slash = '\0';
    }
    if (!S_ISDIR(about.st_mode)) {
        errno = ENOTDIR;
        *why = folder_fault(arena, "write to the folder", path);
        return false;
    }
    char *real = realpath(path, NULL);
    if (real == NULL) {
        *why = folder_fault(arena, "write to the folder", path);
        return false;
    }
    char *base = arena_copy(arena, real, strlen(real));
    free(real);
    at->base = base;
    at->parts = arena_array(arena, missing_count + 1, const char *);
    if (missing_count > 0) {
        for (size_t i = missing_count; i-- > 0;)
            at->parts[at->part_count++] = missing[i];
        return true;
    }
    /* it exists: beside it, unless it has no side or may not lose its place */
    if (faccessat(AT_FDCWD, base, W_OK | X_OK | R_OK, AT_EACCESS) != 0) {
        *why = folder_fault(arena, "write to the folder", base);
        return false;
    }
    char *slash = strrchr(base, '/');
    if (slash[1] == '\0' || folder_is_mount_point(base))
        return true;
    const char *parent =
        slash == base ? "/" : arena_copy(arena, base, (size_t)(slash - base));
    if (faccessat(AT_FDCWD, parent, W_OK | X_OK | R_OK, AT_EACCESS) != 0)
        return true;
    at->base = parent;
    at->parts[at->part_count++] = slash + 1;
    return true;
}

/* ".NAME.headroom-", or ".headroom-" inside the destination. */
static const char *
staging_prefix(struct arena *arena, const struct staging *at)
{
    if (at->part_count == 0)
        return MARK;
    size_t length = strlen(at->parts[0]);
    if (length > LONGEST_NAME)
        length = LONGEST_NAME;
    return arena_format(arena, ".%.*s" MARK, (int)length, at->parts[0]);
}

/* Removes the staging folders of that prefix whose run is dead. */
static bool
clear_dead(struct arena *arena, const char *parent, const char *prefix,
           const char **why)
{
    struct folder_entry *entries;
    size_t count;
    size_t length = strlen(prefix);
    if (!folder_read(arena, parent, &entries, &count, why))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!entries[i].is_folder ||
            strncmp(entries[i].name, prefix, length) != 0 ||
            strlen(entries[i].name) != length + MARK_RANDOM)
            continue;
        const char *path = folder_join(arena, parent, entries[i].name);
        bool held;
        const char *unused;
        int lock = folder_lock(arena, path, false, &held, &unused);
        if (lock < 0)
            continue; /* alive, or another user's */
        folder_remove(path);
        if (close(lock) != 0) {
            *why = folder_fault(arena, "close", path);
            return false;
        }
    }
    return true;
}

static bool
make_root(struct arena *arena, struct staging *at, const char *prefix,
          const char **why)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    for (int tries = 0; tries < 100; tries++) {
        unsigned char dice[MARK_RANDOM];
        char mark[MARK_RANDOM + 1] = "";
        if (getrandom(dice, sizeof dice, 0) != (ssize_t)sizeof dice) {
            *why = folder_fault(arena, "draw a random name in", at->base);
            return false;
        }
        for (size_t i = 0; i < MARK_RANDOM; i++)
            mark[i] = letters[dice[i] % 32];
        const char *name = arena_format(arena, "%s%s", prefix, mark);
        const char *root = folder_join(arena, at->base, name);
        if (mkdir(root, 0700) == 0) {
            at->root = root;
            return true;
        }
        if (errno != EEXIST) {
            *why = folder_fault(arena, "make the folder", root);
            return false;
        }
    }
    *why = folder_fault(arena, "make a staging folder in", at->base);
    return false;
}

/* Makes, under the lock of base, the staging folder with what is missing of
   the destination's parents in it. */
static bool
make_locked(struct arena *arena, struct staging *at, const char **why)
{
    const char *prefix = staging_prefix(arena, at);
    bool held;
    if (!clear_dead(arena, at->base, prefix, why))
        return false;
    /* a fall-back inside the destination may have died as well */
    if (at->part_count == 1) {
        const char *inside = folder_join(arena, at->base, at->parts[0]);
        if (access(inside, F_OK) == 0 && !clear_dead(arena, inside, MARK, why))
            return false;
    }
    if (!make_root(arena, at, prefix, why))
        return false;
    at->folder = at->root;
    at->levels = arena_array(arena, at->part_count + 1, const char *);
    at->levels[at->level_count++] = at->root;
    at->lock = folder_lock(arena, at->root, true, &held, why);
    if (at->lock < 0)
        return false;
    for (size_t i = 1; i < at->part_count; i++) {
        at->folder = folder_join(arena, at->folder, at->parts[i]);
        if (mkdir(at->folder, 0777) != 0) {
            *why = folder_fault(arena, "make the folder", at->folder);
            return false;
        }
        at->levels[at->level_count++] = at->folder;
    }
    return true;
}

bool
staging_make(struct arena *arena, struct staging *at, const char **why)
{
    bool held;
    int lock = folder_lock(arena, at->base, true, &held, why);
    if (lock < 0)
        return false;
    bool good = make_locked(arena, at, why);
    if (close(lock) != 0 && good) {
        *why = folder_fault(arena, "close", at->base);
        good = false;
    }
    return good;
}
