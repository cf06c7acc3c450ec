/*
 * One file of output, whole or not at all.
 */
#include "publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

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

/* Writes beside the file, then renames: it is there whole or as it was. */
static bool
write_file(struct arena *arena, const char *path, const char *bytes,
           size_t size)
{
    const mode_t mask = umask(0);
    umask(mask);
    char *beside = arena_format(arena, "%s.XXXXXX", path);
    int file = mkstemp(beside);
    if (file < 0)
        return false;
    bool is_good = write_all(file, bytes, size) &&
                   fchmod(file, 0666 & ~mask) == 0 && fsync(file) == 0;
    is_good = close(file) == 0 && is_good;
    if (is_good && rename(beside, path) == 0)
        return true;
    int reason = errno;
    unlink(beside);
    errno = reason;
    return false;
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
