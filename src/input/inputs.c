/*
 * Files and folders.  Room: input.  Folders are walked so that full paths come
 * in byte order; symbolic links are followed, but no folder or file is taken
 * twice, so a loop of them ends.
 */
#include "input/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "input/open.h"

/* What has been taken, files and folders alike. */
struct seen {
    dev_t device;
    ino_t inode;
};

struct listing {
    struct arena *arena;
    struct diag *diag;
    struct input_file *files;
    size_t count, room;
    struct seen *seen; /* a table by inode; empty where inode is 0 */
    size_t seen_count, seen_room;
    size_t reached; /* files, those taken before too */
};

/* A name in a folder; order is the name, with "/" behind a folder's, so that
   sorting names sorts whole paths. */
struct entry {
    const char *order;
    const char *path;
    const char *name;
    bool is_folder;
    struct seen seen;
};

static void
report_unreadable(struct listing *listing, const char *path, int reason)
{
    open_report(path, reason, (struct place){0}, listing->diag);
}

/* Puts a file or folder into the table; false when it was there. */
static bool
put_seen(struct seen *table, size_t room, struct seen item)
{
    size_t at = (size_t)item.inode * 0x9E3779B97F4A7C15u % room;
    while (table[at].inode != 0) {
        if (table[at].inode == item.inode && table[at].device == item.device)
            return false;
        at = (at + 1) % room;
    }
    table[at] = item;
    return true;
}

static bool
is_first(struct listing *listing, struct seen item)
{
    if (listing->seen_count * 2 >= listing->seen_room) {
        size_t room = listing->seen_room * 2 + 64;
        struct seen *table = arena_array(listing->arena, room, struct seen);
        for (size_t i = 0; i < listing->seen_room; i++)
            if (listing->seen[i].inode != 0)
                put_seen(table, room, listing->seen[i]);
        listing->seen = table;
        listing->seen_room = room;
    }
    if (!put_seen(listing->seen, listing->seen_room, item))
        return false;
    listing->seen_count++;
    return true;
}

/* Whether documents can show a file's name as they do a text. */
static bool
is_name_text(const char *name)
{
    const char *end = name + strlen(name);
    while (name < end) {
        uint32_t code;
        unsigned bytes = text_decode(name, end, &code);
        if (bytes == 0 || text_forbidden(code) != NULL)
            return false;
        name += bytes;
    }
    return true;
}

static void
add_file(struct listing *listing, const char *path, const char *name)
{
    if (!is_name_text(name)) {
        diag_add(listing->diag, DIAG_FILE_NAME, (struct place){0}, path, NULL);
        return;
    }
    listing->files = arena_grow(listing->arena, listing->files,
                                listing->count, &listing->room,
                                sizeof *listing->files);
    listing->files[listing->count++] = (struct input_file){path, name};
}

static bool
ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static int
compare_entries(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    return strcmp(a->order, b->order);
}

/* Says of a name in a folder what it stands for; false when for nothing. */
static bool
make_entry(struct listing *listing, const char *folder, const char *within,
           const char *name, struct entry *entry)
{
    struct stat status;
    bool has_suffix = ends_with(name, ".yaml") || ends_with(name, ".yml");
    if (*name == '.')
        return false;
    *entry = (struct entry){
        .order = name,
        .path = arena_format(listing->arena, "%s%s%s", folder,
                             ends_with(folder, "/") ? "" : "/", name),
        .name = arena_format(listing->arena, "%s%s", within, name)};
    if (stat(entry->path, &status) != 0) {
        if (has_suffix)
            report_unreadable(listing, entry->path, errno);
        return false;
    }
    entry->seen = (struct seen){status.st_dev, status.st_ino};
    entry->is_folder = S_ISDIR(status.st_mode);
    if (entry->is_folder)
        entry->order = arena_format(listing->arena, "%s/", name);
    return entry->is_folder || (has_suffix && S_ISREG(status.st_mode));
}

/* The names in a folder, in the order of the file system. */
static size_t
read_names(struct listing *listing, const char *folder, const char ***names)
{
    size_t count = 0, room = 0;
    DIR *open = opendir(folder);
    *names = NULL;
    if (open == NULL) {
        report_unreadable(listing, folder, errno);
        return 0;
    }
    for (struct dirent *item; (item = readdir(open));) {
        *names = arena_grow(listing->arena, *names, count, &room,
                            sizeof **names);
        (*names)[count++] =
            arena_copy(listing->arena, item->d_name, strlen(item->d_name));
    }
    closedir(open);
    return count;
}

/* Lists a folder; within is its path in the INPUT, empty or with "/" behind
   it. */
static void
list_folder(struct listing *listing, const char *folder, const char *within)
{
    const char **names;
    size_t count = read_names(listing, folder, &names), kept = 0;
    struct entry *entries =
        arena_array(listing->arena, count + 1, struct entry);
    for (size_t i = 0; i < count; i++)
        kept += make_entry(listing, folder, within, names[i], &entries[kept]);
    qsort(entries, kept, sizeof *entries, compare_entries);
    for (size_t i = 0; i < kept; i++) {
        const struct entry *entry = &entries[i];
        listing->reached += !entry->is_folder;
        if (!is_first(listing, entry->seen))
            continue;
        if (entry->is_folder)
            list_folder(listing, entry->path,
                        arena_format(listing->arena, "%s/", entry->name));
        else
            add_file(listing, entry->path, entry->name);
    }
}

static void
list_input(struct listing *listing, const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0) {
        report_unreadable(listing, path, errno);
        return;
    }
    if (!is_first(listing, (struct seen){status.st_dev, status.st_ino}))
        return;
    if (!S_ISDIR(status.st_mode)) {
        const char *slash = strrchr(path, '/');
        add_file(listing, path, slash ? slash + 1 : path);
        return;
    }
    size_t before = listing->reached;
    size_t errors = diag_error_count(listing->diag);
    list_folder(listing, path, "");
    if (listing->reached == before &&
        errors == diag_error_count(listing->diag))
        diag_add(listing->diag, DIAG_NO_FILES, (struct place){0}, path, NULL);
}

size_t
inputs_list(struct arena *arena, char *const *inputs, size_t count,
            struct diag *diag, struct input_file **files)
{
    struct listing listing = {.arena = arena, .diag = diag};
    for (size_t i = 0; i < count; i++)
        list_input(&listing, inputs[i]);
    *files = listing.files;
    return listing.count;
}
