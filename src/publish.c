/*
 * One file of output, whole or not at all: written beside its place under a
 * name of its own, made durable and renamed.  The name is that of a staging
 * folder (base/staging.c), ".NAME.headroom-XXXXXX", and the file is locked as
 * long as its run lives, so that the next run knows what is left of a dead one.
 */
#include "publish.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/folder.h"

#define MARK ".headroom-"
#define MARK_RANDOM 6
#define LONGEST_NAME 200 /* of the file's, in that of the one beside it */

/* Where a file is written, and how. */
struct target {
    const char *path;   /* links followed */
    const char *folder; /* its own */
    const char *prefix; /* of the name beside it */
    mode_t mode;
};

static const char *volatile beside_now; /* for publish_abandon() */

void
publish_abandon(void)
{
    if (beside_now != NULL)
        unlink(beside_now);
}

static bool
write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

/* --- beside the file ----------------------------------------------------- */

static struct target
find_target(struct arena *arena, const char *path, const struct stat *before)
{
    const mode_t mask = umask(0);
    struct target target = {path, ".", "", 0666 & ~mask};
    umask(mask);
    char *real = before ? realpath(path, NULL) : NULL;
    if (before != NULL)
        target.mode = before->st_mode & 07777;
    if (real != NULL)
        target.path = arena_copy(arena, real, strlen(real));
    free(real);
    const char *slash = strrchr(target.path, '/');
    const char *name = slash ? slash + 1 : target.path;
    size_t length = strnlen(name, LONGEST_NAME);
    if (slash != NULL)
        target.folder =
            slash == target.path
                ? "/"
                : arena_copy(arena, target.path, (size_t)(slash - target.path));
    target.prefix = arena_format(arena, ".%.*s" MARK, (int)length, name);
    return target;
}

/* Removes the files of that prefix whose run is dead. */
static void
clear_dead(struct arena *arena, const struct target *target)
{
    struct folder_entry *entries;
    const char *unused;
    size_t count, length = strlen(target->prefix);
    if (!folder_read(arena, target->folder, &entries, &count, &unused))
        return; /* a folder may be written that may not be listed */
    for (size_t i = 0; i < count; i++) {
        if (entries[i].is_folder ||
            strncmp(entries[i].name, target->prefix, length) != 0 ||
            strlen(entries[i].name) != length + MARK_RANDOM)
            continue;
        const char *path = folder_join(arena, target->folder, entries[i].name);
        int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0)
            unlink(path);
        if (file >= 0)
            close(file);
    }
}

/* mkstemp(), whose file publish_abandon() knows before a signal comes. */
static int
make_beside(char *beside)
{
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before);
    int file = mkstemp(beside), reason = errno;
    if (file >= 0)
        beside_now = beside;
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = reason;
    return file;
}

/* Makes and locks the file beside; -1 and errno when it cannot.  One that
   another run took for dead before it was locked is made again. */
static int
open_beside(struct arena *arena, const struct target *target, char **beside)
{
    struct stat status;
    for (;;) {
        *beside =
            arena_format(arena, "%s/%sXXXXXX", target->folder, target->prefix);
        int file = make_beside(*beside);
        if (file < 0)
            return -1;
        flock(file, LOCK_EX | LOCK_NB); /* a file system may have no locks */
        if (fstat(file, &status) != 0 || status.st_nlink > 0)
            return file;
        close(file);
    }
}

static bool
write_beside(struct arena *arena, const struct target *target,
             const char *bytes, size_t size)
{
    char *beside;
    const char *unused;
    clear_dead(arena, target);
    int file = open_beside(arena, target, &beside);
    if (file < 0)
        return false;
    bool is_good = write_all(file, bytes, size) &&
                   fchmod(file, target->mode) == 0 && fsync(file) == 0 &&
                   rename(beside, target->path) == 0;
    int reason = errno;
    if (!is_good)
        unlink(beside);
    beside_now = NULL;
    close(file);
    if (is_good) /* it is there; a failure here says nothing of it */
        folder_sync(arena, target->folder, &unused);
    errno = reason;
    return is_good;
}

/* --- the file ------------------------------------------------------------ */

/* A device or a pipe must not lose its place to a file. */
static bool
write_into(const char *path, const char *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    int reason = write_all(file, bytes, size) ? 0 : errno;
    if (close(file) != 0 && reason == 0)
        reason = errno;
    errno = reason;
    return reason == 0;
}

static bool
write_file(struct arena *arena, const char *path, const char *bytes,
           size_t size)
{
    struct stat before;
    bool is_there = stat(path, &before) == 0;
    if (is_there && S_ISDIR(before.st_mode)) {
        errno = EISDIR;
        return false;
    }
    if (is_there && !S_ISREG(before.st_mode))
        return write_into(path, bytes, size);
    struct target target = find_target(arena, path, is_there ? &before : NULL);
    return write_beside(arena, &target, bytes, size);
}

bool
publish_file(struct arena *arena, const char *path, const char *bytes,
             size_t size, const char **why)
{
    if (path != NULL && write_file(arena, path, bytes, size))
        return true;
    if (path == NULL && write_all(STDOUT_FILENO, bytes, size))
        return true;
    *why = arena_format(arena, "cannot write %s: %s",
                        path ? path : "to standard output", strerror(errno));
    return false;
}
