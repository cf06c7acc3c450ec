/*
 * Publishing all or nothing.  Base room; folder.c has the handling of folders,
 * place.c the exchange file by file for where a folder cannot be exchanged.
 *
 * The staging folder is called .NAME.headroom-XXXXXX and stands beside the
 * destination NAME; where parents are missing too, beside the topmost of them,
 * with the rest inside, so that one rename brings all of it.  A lock on it says
 * that its run is alive, a lock on the folder it stands in serialises clearing
 * and committing.  Everything another program keeps in the destination is
 * linked into the staging folder before the exchange, so whatever happens,
 * each file has its name in the folder that carries the destination's.
 */
#include "base/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/folder.h"
#include "base/place.h"
#include "base/staging.h"

struct stage {
    struct arena *arena;
    struct staging at; /* where the staging folder stands */
    mode_t mode;       /* of a new folder, as the umask leaves it */
    struct stage_file *files;
    size_t file_count, file_room;
    bool committed, replaced_working_folder;
};

/* What stage_abandon() removes. */
static struct stage *volatile open_stage;

/* ------------------------------------------------------------- opening --- */

struct stage *
stage_open(struct arena *arena, const char *folder, const char **why)
{
    struct stage *stage = arena_alloc(arena, sizeof *stage);
    stage->arena = arena;
    stage->at.lock = -1;
    mode_t mask = umask(0);
    umask(mask);
    stage->mode = 0777 & ~mask;
    if (!staging_resolve(arena, &stage->at, folder, why))
        return NULL;
    bool made = staging_make(arena, &stage->at, why);
    open_stage = stage;
    if (!made) {
        stage_close(stage);
        return NULL;
    }
    return stage;
}

struct stage *
stage_beside(struct arena *arena, const struct stage *stage)
{
    struct stage *copy = arena_alloc(arena, sizeof *copy);
    *copy = *stage; /* the files are the same ones */
    copy->arena = arena;
    return copy;
}

/* ------------------------------------------------------------- writing --- */

const char *
stage_folder(const struct stage *stage)
{
    return stage->at.folder;
}

static struct stage_file *
file_named(struct stage *stage, const char *name)
{
    for (size_t i = 0; i < stage->file_count; i++)
        if (strcmp(stage->files[i].name, name) == 0)
            return &stage->files[i];
    stage->files = arena_grow(stage->arena, stage->files, stage->file_count,
                              &stage->file_room, sizeof *stage->files);
    struct stage_file *file = &stage->files[stage->file_count];
    file->name = arena_copy(stage->arena, name, strlen(name));
    file->path = folder_join(stage->arena, stage->at.folder, name);
    file->durable = false;
    stage->file_count++;
    return file;
}

const char *
stage_path(struct stage *stage, const char *name)
{
    struct stage_file *file = file_named(stage, name);
    file->durable = false;
    return file->path;
}

bool
stage_write(struct stage *stage, const char *name, const void *bytes,
            size_t size, const char **why)
{
    struct stage_file *file = file_named(stage, name);
    int fd = open(file->path,
                  O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0) {
        *why = folder_fault(stage->arena, "create", file->path);
        return false;
    }
    bool good = true;
    for (size_t done = 0; good && done < size;) {
        ssize_t wrote = write(fd, (const char *)bytes + done, size - done);
        if (wrote > 0)
            done += (size_t)wrote;
        else if (wrote == 0 || errno != EINTR)
            good = false;
    }
    if (!good)
        *why = folder_fault(stage->arena, "write", file->path);
    if (good && fsync(fd) != 0) {
        *why = folder_fault(stage->arena, "make durable", file->path);
        good = false;
    }
    if (close(fd) != 0 && good) {
        *why = folder_fault(stage->arena, "close", file->path);
        good = false;
    }
    file->durable = good;
    return good;
}

/* ---------------------------------------------------------- committing --- */

static const struct stage_file *
find_file(const struct stage *stage, const char *name)
{
    for (size_t i = 0; i < stage->file_count; i++)
        if (strcmp(stage->files[i].name, name) == 0)
            return &stage->files[i];
    return NULL;
}

/* Every file of the set stands and is durable; nothing else is left of those
   who used the staging folder for their temporary files. */
static bool
finish_files(struct stage *stage, const char **why)
{
    struct folder_entry *entries;
    size_t count;
    for (size_t i = 0; i < stage->file_count; i++)
        if (!stage->files[i].durable &&
            !folder_sync(stage->arena, stage->files[i].path, why))
            return false;
    if (!folder_read(stage->arena, stage->at.folder, &entries, &count, why))
        return false;
    for (size_t i = 0; i < count; i++)
        if (find_file(stage, entries[i].name) == NULL)
            folder_remove(
                folder_join(stage->arena, stage->at.folder, entries[i].name));
    return true;
}

/* What the commit found in the destination. */
struct found {
    const char *target; /* the destination's real path */
    struct folder_entry *entries;
    size_t count;
    bool (*is_ours)(const char *name, const void *context);
    const void *context;
};

/* Sorts out what stands in the destination: a folder in the way of a file of
   the set is an error. */
static bool
look(const struct stage *stage, struct found *found, const char **why)
{
    if (!folder_read(stage->arena, found->target, &found->entries,
                     &found->count, why))
        return false;
    for (size_t i = 0; i < found->count; i++)
        if (found->entries[i].is_folder &&
            find_file(stage, found->entries[i].name)) {
            errno = EISDIR;
            *why = folder_fault(stage->arena, "replace",
                                folder_join(stage->arena, found->target,
                                            found->entries[i].name));
            return false;
        }
    return true;
}

static bool
is_replaced(const struct stage *stage, const struct found *found,
            const struct folder_entry *entry)
{
    return find_file(stage, entry->name) != NULL ||
           (!entry->is_folder && found->is_ours != NULL &&
            found->is_ours(entry->name, found->context));
}

/* Whether the program was started in the folder, or below it. */
static bool
is_worked_in(const char *path)
{
    char *here = getcwd(NULL, 0);
    size_t length = strlen(path);
    bool inside = here != NULL && strncmp(here, path, length) == 0 &&
                  (here[length] == '\0' || here[length] == '/');
    free(here);
    return inside;
}

static bool
close_lock(struct stage *stage, int *lock, const char *path, const char **why)
{
    int fd = *lock;
    *lock = -1;
    if (fd >= 0 && close(fd) != 0) {
        *why = folder_fault(stage->arena, "close", path);
        return false;
    }
    return true;
}

/* The destination exists: carry over what is not replaced, exchange, remove
   the old folder.  *unable: this folder cannot be exchanged at all. */
static bool
exchange(struct stage *stage, struct found *found, const char *parent,
         int *parent_lock, bool *unable, const char **why)
{
    struct arena *arena = stage->arena;
    *unable = false;
    for (size_t i = 0; i < found->count; i++)
        if (!is_replaced(stage, found, &found->entries[i]) &&
            !folder_carry(arena, found->target, stage->at.folder,
                          &found->entries[i], unable, why))
            return false;
    if (!folder_imitate(arena, found->target, stage->at.folder, unable, why) ||
        !folder_sync(arena, stage->at.folder, why))
        return false;
    stage->replaced_working_folder = is_worked_in(found->target);
    if (renameat2(AT_FDCWD, stage->at.folder, AT_FDCWD, found->target,
                  RENAME_EXCHANGE) != 0) {
        *unable = errno == EINVAL || errno == EBUSY || errno == EXDEV ||
                  errno == ENOSYS || errno == EPERM || errno == EACCES;
        *why = folder_fault(arena, "exchange", found->target);
        return false;
    }
    if (!folder_sync(arena, parent, why) ||
        !close_lock(stage, &stage->at.lock, stage->at.root, why) ||
        !close_lock(stage, parent_lock, parent, why)) {
        renameat2(AT_FDCWD, stage->at.folder, AT_FDCWD, found->target,
                  RENAME_EXCHANGE);
        return false;
    }
    /* done; what cannot be removed now, the next run clears */
    stage->committed = true;
    folder_remove_listed(arena, stage->at.folder, found->entries, found->count);
    folder_rescue(arena, stage->at.folder, found->target);
    if (stage->at.folder != stage->at.root)
        folder_remove(stage->at.root);
    return true;
}

/* The destination, from its part number first on, does not exist: one rename
   brings it.  *raced: it does by now. */
static bool
appear(struct stage *stage, const char *from, const char *to,
       const char *parent, int *parent_lock, bool *raced, const char **why)
{
    struct stat about;
    *raced = false;
    /* made private; now as any new folder, the parent's group kept */
    if (from == stage->at.root &&
        (lstat(from, &about) != 0 ||
         chmod(from, stage->mode | (about.st_mode & S_ISGID)) != 0)) {
        *why = folder_fault(stage->arena, "set the mode of", from);
        return false;
    }
    for (size_t i = stage->at.level_count; i-- > 0;)
        if (!folder_sync(stage->arena, stage->at.levels[i], why))
            return false;
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) != 0) {
        *raced = errno == EEXIST || errno == ENOTEMPTY;
        /* a file system without the flag; the lock keeps our own runs away */
        if (errno != EINVAL || access(to, F_OK) == 0 || rename(from, to) != 0) {
            *why = folder_fault(stage->arena, "make the folder", to);
            return false;
        }
    }
    if (!folder_sync(stage->arena, parent, why) ||
        !close_lock(stage, &stage->at.lock, stage->at.root, why) ||
        !close_lock(stage, parent_lock, parent, why)) {
        if (renameat2(AT_FDCWD, to, AT_FDCWD, from, RENAME_NOREPLACE) != 0)
            rename(to, from);
        return false;
    }
    stage->committed = true;
    if (from != stage->at.root)
        folder_remove(stage->at.root);
    return true;
}

static bool
place(struct stage *stage, struct found *found, const char **why)
{
    struct arena *arena = stage->arena;
    struct place_set set = {.target = found->target,
                            .staging = stage->at.folder,
                            .files = stage->files,
                            .file_count = stage->file_count};
    set.stale = arena_array(arena, found->count + 1, const char *);
    for (size_t i = 0; i < found->count; i++)
        if (is_replaced(stage, found, &found->entries[i]) &&
            find_file(stage, found->entries[i].name) == NULL)
            set.stale[set.stale_count++] = found->entries[i].name;
    stage->committed = place_files(arena, &set, why);
    if (stage->committed)
        folder_remove(stage->at.root);
    return stage->committed;
}

/* One try; *again: another run was quicker, look anew. */
static bool
commit(struct stage *stage, struct found *found, bool *again, const char **why)
{
    struct arena *arena = stage->arena;
    const char *parent = stage->at.base, *from = stage->at.root;
    size_t exists = 0; /* parts */
    *again = false;
    found->target = stage->at.base;
    for (; exists < stage->at.part_count; exists++) {
        const char *next =
            folder_join(arena, found->target, stage->at.parts[exists]);
        if (access(next, F_OK) != 0)
            break;
        parent = found->target;
        found->target = next;
        if (exists + 1 < stage->at.part_count)
            from = folder_join(arena, from, stage->at.parts[exists + 1]);
    }
    if (exists < stage->at.part_count)
        parent = found->target;
    bool held, unable = false;
    int lock = folder_lock(arena, parent, true, &held, why);
    if (lock < 0)
        return false;
    bool good;
    if (exists < stage->at.part_count) {
        const char *to = folder_join(arena, parent, stage->at.parts[exists]);
        found->count = 0;
        good = appear(stage, from, to, parent, &lock, again, why);
    } else {
        good = look(stage, found, why);
        if (good && stage->at.part_count == 0) {
            good = place(stage, found, why);
        } else if (good) {
            good = exchange(stage, found, parent, &lock, &unable, why);
            if (!good && unable)
                good = place(stage, found, why);
        }
    }
    if (lock >= 0)
        close(lock); /* after a failure, or when the files were placed */
    return good;
}

bool
stage_commit(struct stage *stage,
             bool (*is_ours)(const char *name, const void *context),
             const void *context, const char **why)
{
    sigset_t held, before;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    sigprocmask(SIG_BLOCK, &held, &before);
    struct found found = {.is_ours = is_ours, .context = context};
    bool again = true, good = finish_files(stage, why);
    for (int tries = 0; good && again && tries < 10; tries++)
        good = commit(stage, &found, &again, why) || again;
    if (again)
        good = false;
    if (stage->committed)
        open_stage = NULL;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return good;
}

bool
stage_replaced_working_folder(const struct stage *stage)
{
    return stage->committed && stage->replaced_working_folder;
}

void
stage_close(struct stage *stage)
{
    if (stage == NULL)
        return;
    open_stage = NULL;
    if (stage->at.root && !stage->committed)
        folder_remove(stage->at.root);
    if (stage->at.lock >= 0)
        close(stage->at.lock);
    stage->at.lock = -1;
}

void
stage_abandon(void)
{
    struct stage *stage = open_stage;
    if (stage == NULL)
        return;
    for (size_t i = 0; i < stage->file_count; i++)
        unlink(stage->files[i].path);
    for (size_t i = stage->at.level_count; i-- > 0;)
        rmdir(stage->at.levels[i]);
}
