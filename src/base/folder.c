/*
 * Folders as wholes: reading, carrying over by hard links, removing, locking.
 * Base room; what is published when is stage.c's business.
 */
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"

#define LOCK_TRIES 6000 /* a minute of LOCK_PAUSE_NS */
#define LOCK_PAUSE_NS 10000000L

const char *
folder_fault(struct arena *arena, const char *verb, const char *path)
{
    return arena_format(arena, "cannot %s %s: %s", verb, path, strerror(errno));
}

const char *
folder_join(struct arena *arena, const char *parent, const char *name)
{
    bool ends = parent[0] != '\0' && parent[strlen(parent) - 1] == '/';
    return arena_format(arena, "%s%s%s", parent, ends ? "" : "/", name);
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(((const struct folder_entry *)a)->name,
                  ((const struct folder_entry *)b)->name);
}

static bool
is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* Opens a folder that is one itself, not a link to one. */
static DIR *
open_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    DIR *stream = fdopendir(fd);
    if (stream == NULL) {
        int kept = errno;
        close(fd);
        errno = kept;
    }
    return stream;
}

bool
folder_read(struct arena *arena, const char *path,
            struct folder_entry **entries, size_t *count, const char **why)
{
    size_t room = 0;
    *entries = NULL;
    *count = 0;
    DIR *stream = open_folder(path);
    if (stream == NULL) {
        *why = folder_fault(arena, "open the folder", path);
        return false;
    }
    bool good = true;
    for (;;) {
        errno = 0;
        const struct dirent *found = readdir(stream);
        if (found == NULL) {
            good = errno == 0;
            break;
        }
        if (is_dots(found->d_name))
            continue;
        struct stat about;
        if (fstatat(dirfd(stream), found->d_name, &about,
                    AT_SYMLINK_NOFOLLOW) != 0) {
            if (errno == ENOENT)
                continue; /* gone since */
            good = false;
            break;
        }
        *entries = arena_grow(arena, *entries, *count, &room, sizeof **entries);
        struct folder_entry *entry = &(*entries)[(*count)++];
        entry->name = arena_copy(arena, found->d_name, strlen(found->d_name));
        entry->is_folder = S_ISDIR(about.st_mode);
        entry->entries = NULL;
        entry->count = 0;
    }
    if (!good)
        *why = folder_fault(arena, "read the folder", path);
    if (closedir(stream) != 0 && good) {
        *why = folder_fault(arena, "close the folder", path);
        good = false;
    }
    if (good && *count > 1)
        qsort(*entries, *count, sizeof **entries, by_name);
    return good;
}

/* What a link or an attribute fails with where the file system or the owner
   does not allow it, rather than by an accident. */
static bool
is_refusal(int error)
{
    return error == EPERM || error == EXDEV || error == EMLINK ||
           error == EACCES || error == ENOTSUP || error == ENOSYS;
}

static bool
copy_attributes(struct arena *arena, const char *from, const char *to)
{
    ssize_t size = llistxattr(from, NULL, 0);
    if (size < 0)
        return errno == ENOTSUP;
    if (size == 0)
        return true;
    char *names = arena_alloc(arena, (size_t)size + 1);
    size = llistxattr(from, names, (size_t)size);
    for (ssize_t at = 0; at < size; at += (ssize_t)strlen(names + at) + 1) {
        const char *name = names + at;
        ssize_t length = lgetxattr(from, name, NULL, 0);
        if (length < 0)
            return false;
        char *value = arena_alloc(arena, (size_t)length + 1);
        length = lgetxattr(from, name, value, (size_t)length);
        if (length < 0)
            return false;
        char *there = arena_alloc(arena, (size_t)length + 1);
        if (lgetxattr(to, name, there, (size_t)length) == length &&
            memcmp(there, value, (size_t)length) == 0)
            continue; /* inherited, as labels are */
        if (lsetxattr(to, name, value, (size_t)length, 0) != 0)
            return false;
    }
    return size >= 0;
}

bool
folder_imitate(struct arena *arena, const char *from, const char *to,
               bool *unable, const char **why)
{
    struct stat model, about;
    if (lstat(from, &model) != 0 || lstat(to, &about) != 0 ||
        ((model.st_uid != about.st_uid || model.st_gid != about.st_gid) &&
         lchown(to, model.st_uid, model.st_gid) != 0) ||
        chmod(to, model.st_mode & 07777) != 0 ||
        !copy_attributes(arena, from, to)) {
        *unable = is_refusal(errno);
        *why = folder_fault(arena, "set mode and owner of", to);
        return false;
    }
    return true;
}

bool
folder_sync(struct arena *arena, const char *path, const char **why)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        *why = folder_fault(arena, "open", path);
        return false;
    }
    /* EINVAL: a file system that knows no fsync of a folder */
    bool good = fsync(fd) == 0 || errno == EINVAL;
    if (!good)
        *why = folder_fault(arena, "make durable", path);
    if (close(fd) != 0 && good) {
        *why = folder_fault(arena, "close", path);
        good = false;
    }
    return good;
}

bool
folder_carry(struct arena *arena, const char *from, const char *to,
             struct folder_entry *entry, bool *unable, const char **why)
{
    const char *old = folder_join(arena, from, entry->name);
    const char *new = folder_join(arena, to, entry->name);
    *unable = false;
    if (!entry->is_folder) {
        if (linkat(AT_FDCWD, old, AT_FDCWD, new, 0) == 0)
            return true;
        *unable = is_refusal(errno);
        *why = folder_fault(arena, "keep", old);
        return false;
    }
    struct stat about;
    if (folder_is_mount_point(old)) {
        errno = EXDEV;
        *unable = true;
        *why = folder_fault(arena, "keep", old);
        return false;
    }
    if (lstat(old, &about) != 0 || mkdir(new, 0700) != 0) {
        *unable = is_refusal(errno);
        *why = folder_fault(arena, "keep", old);
        return false;
    }
    if (!folder_read(arena, old, &entry->entries, &entry->count, why)) {
        *unable = is_refusal(errno);
        return false;
    }
    for (size_t i = 0; i < entry->count; i++)
        if (!folder_carry(arena, old, new, &entry->entries[i], unable, why))
            return false;
    if (!folder_imitate(arena, old, new, unable, why))
        return false;
    const struct timespec times[2] = {about.st_atim, about.st_mtim};
    if (utimensat(AT_FDCWD, new, times, AT_SYMLINK_NOFOLLOW) != 0) {
        *unable = is_refusal(errno);
        *why = folder_fault(arena, "set the times of", new);
        return false;
    }
    return folder_sync(arena, new, why);
}

static bool
remove_at(int parent, const char *name)
{
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return true;
    if (errno != EISDIR && errno != EPERM)
        return false;
    int fd =
        openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT;
    DIR *stream = fdopendir(fd);
    if (stream == NULL) {
        close(fd);
        return false;
    }
    bool good = true;
    for (const struct dirent *found; (found = readdir(stream)) != NULL;)
        if (!is_dots(found->d_name))
            good = remove_at(fd, found->d_name) && good;
    good = closedir(stream) == 0 && good;
    return (unlinkat(parent, name, AT_REMOVEDIR) == 0 || errno == ENOENT) &&
           good;
}

bool
folder_remove(const char *path)
{
    return remove_at(AT_FDCWD, path);
}

void
folder_remove_listed(struct arena *arena, const char *path,
                     const struct folder_entry *entries, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *inner = folder_join(arena, path, entries[i].name);
        if (entries[i].is_folder)
            folder_remove_listed(arena, inner, entries[i].entries,
                                 entries[i].count);
        else
            unlink(inner);
    }
    rmdir(path);
}

void
folder_rescue(struct arena *arena, const char *from, const char *to)
{
    struct folder_entry *entries;
    size_t count;
    const char *why;
    if (!folder_read(arena, from, &entries, &count, &why))
        return;
    for (size_t i = 0; i < count; i++) {
        const char *old = folder_join(arena, from, entries[i].name);
        const char *new = folder_join(arena, to, entries[i].name);
        if (renameat2(AT_FDCWD, old, AT_FDCWD, new, RENAME_NOREPLACE) != 0 &&
            entries[i].is_folder)
            folder_rescue(arena, old, new);
    }
    rmdir(from);
}

bool
folder_is_mount_point(const char *path)
{
    struct statx about, above;
    if (statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_TYPE, &about) != 0)
        return false;
    if (about.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT)
        return about.stx_attributes & STATX_ATTR_MOUNT_ROOT;
    /* an older kernel: another device than the folder above */
    char parent[4096];
    if (snprintf(parent, sizeof parent, "%s/..", path) >= (int)sizeof parent ||
        statx(AT_FDCWD, parent, 0, STATX_TYPE, &above) != 0)
        return false;
    return about.stx_dev_major != above.stx_dev_major ||
           about.stx_dev_minor != above.stx_dev_minor;
}

int
folder_lock(struct arena *arena, const char *path, bool wait, bool *held,
            const char **why)
{
    *held = false;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        *why = folder_fault(arena, "open the folder", path);
        return -1;
    }
    for (int tries = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; tries++) {
        if (errno == ENOLCK || errno == ENOSYS || errno == EOPNOTSUPP ||
            errno == EINVAL || errno == EBADF) {
            /* no locks here: runs are not serialised, and whether another
               one is alive cannot be known */
            if (wait)
                return fd;
            errno = EWOULDBLOCK;
        }
        if (errno != EWOULDBLOCK && errno != EINTR) {
            *why = folder_fault(arena, "lock", path);
            close(fd);
            return -1;
        }
        if (!wait || tries >= LOCK_TRIES) {
            *held = true;
            *why =
                arena_format(arena, "another program holds a lock on %s", path);
            close(fd);
            return -1;
        }
        nanosleep(&(struct timespec){0, LOCK_PAUSE_NS}, NULL);
    }
    return fd;
}
