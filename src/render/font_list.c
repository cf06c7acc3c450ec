/*
 * Reads fonts/fonts.txt and maps the font of each role: the first of its lines
 * whose file exists.  A run verifies size and the head table's checksum
 * adjustment, which changes with any byte of the face; the SHA-256 of 40 MB
 * costs more than the whole report and is compared by the tests.
 */
#include "render/font_list.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

const char *const font_role_name[FONT_ROLES] = {"regular", "bold"};

/* One line of the list. */
struct entry {
    char *role, *file, *face, *bytes, *check, *sha256, *package;
};

static bool
is_open(const char *field)
{
    return strcmp(field, "-") == 0;
}

/* Splits a line at blanks; false for a blank line or a comment. */
static bool
entry_split(char *line, struct entry *entry, bool *complete)
{
    char **field[] = {&entry->role,   &entry->file,  &entry->face,
                      &entry->bytes,  &entry->check, &entry->sha256,
                      &entry->package};
    size_t count = sizeof field / sizeof *field, filled = 0;
    char *rest = NULL;
    for (char *word = strtok_r(line, " \t\r\n", &rest); word;
         word = strtok_r(NULL, " \t\r\n", &rest)) {
        if (filled == 0 && word[0] == '#')
            return false;
        if (filled < count)
            *field[filled] = word;
        filled++;
    }
    *complete = filled == count;
    return filled > 0;
}

static uint32_t
big_endian(const unsigned char *bytes, unsigned width)
{
    uint32_t number = 0;
    for (unsigned i = 0; i < width; i++)
        number = number << 8 | bytes[i];
    return number;
}

/* checkSumAdjustment of a face's head table (OpenType, "head", offset 8);
   false where the file is no font that has one. */
static bool
head_check(const struct font_file *file, uint32_t *check)
{
    const unsigned char *bytes = file->bytes;
    size_t size = file->size, start = 0;
    if (size < 12)
        return false;
    if (memcmp(bytes, "ttcf", 4) == 0) {
        if (file->face >= big_endian(bytes + 8, 4) ||
            size < 16 + 4 * (size_t)file->face)
            return false;
        start = big_endian(bytes + 12 + 4 * (size_t)file->face, 4);
    } else if (file->face != 0) {
        return false;
    }
    if (start > size - 12)
        return false;
    unsigned tables = big_endian(bytes + start + 4, 2);
    for (unsigned i = 0; i < tables; i++) {
        size_t record = start + 12 + 16 * (size_t)i;
        if (record + 16 > size)
            return false;
        if (memcmp(bytes + record, "head", 4) != 0)
            continue;
        size_t head = big_endian(bytes + record + 8, 4);
        if (head + 12 > size)
            return false;
        *check = big_endian(bytes + head + 8, 4);
        return true;
    }
    return false;
}

/* Maps the file; NULL bytes and errno when it cannot. */
static bool
file_map(struct font_file *file)
{
    int handle = open(file->path, O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return false;
    struct stat status;
    void *bytes = MAP_FAILED;
    if (fstat(handle, &status) == 0 && status.st_size > 0) {
        file->size = (size_t)status.st_size;
        bytes = mmap(NULL, file->size, PROT_READ, MAP_PRIVATE, handle, 0);
    }
    int error = errno;
    close(handle);
    errno = error;
    if (bytes == MAP_FAILED)
        return false;
    file->bytes = bytes;
    return true;
}

static const char *
verify(struct arena *arena, const struct font_file *file,
       const struct entry *entry)
{
    char *end = NULL;
    if (!is_open(entry->bytes) &&
        strtoull(entry->bytes, &end, 10) != file->size)
        return arena_format(arena,
                            "the font %s has %zu bytes, where fonts.txt "
                            "lists %s",
                            file->path, file->size, entry->bytes);
    uint32_t check = 0;
    if (!head_check(file, &check))
        return arena_format(arena, "%s is not a font with a face %u",
                            file->path, file->face);
    if (!is_open(entry->check) && strtoul(entry->check, &end, 16) != check)
        return arena_format(arena,
                            "the font %s has the check %08x, where "
                            "fonts.txt lists %s",
                            file->path, check, entry->check);
    return NULL;
}

/* Takes an entry's file for its role, unless an earlier line filled it or the
   file does not exist. */
static const char *
entry_take(struct arena *arena, const char *folder, const struct entry *entry,
           unsigned number, struct font_file files[FONT_ROLES],
           const char *missing[FONT_ROLES])
{
    size_t role = 0;
    while (role < FONT_ROLES && strcmp(entry->role, font_role_name[role]) != 0)
        role++;
    if (role == FONT_ROLES)
        return arena_format(arena,
                            "%s/fonts.txt:%u: unknown role %s, expected "
                            "regular or bold",
                            folder, number, entry->role);
    struct font_file *file = &files[role];
    if (file->bytes)
        return NULL;
    file->path = entry->file[0] == '/'
                     ? arena_copy(arena, entry->file, strlen(entry->file))
                     : arena_format(arena, "%s/%s", folder, entry->file);
    file->face = (unsigned)strtoul(entry->face, NULL, 10);
    if (!file_map(file)) {
        if (errno != ENOENT && errno != ENOTDIR)
            return arena_format(arena, "cannot read the font %s: %s",
                                file->path, strerror(errno));
        missing[role] =
            is_open(entry->package)
                ? arena_format(arena, "the font %s is missing", file->path)
                : arena_format(arena,
                               "the font %s is missing: install "
                               "the package %s",
                               file->path, entry->package);
        return NULL;
    }
    if (!is_open(entry->sha256))
        file->sha256 = arena_copy(arena, entry->sha256, strlen(entry->sha256));
    return verify(arena, file, entry);
}

bool
font_list_open(struct arena *arena, const char *folder,
               struct font_file files[FONT_ROLES], const char **why)
{
    memset(files, 0, FONT_ROLES * sizeof *files);
    const char *missing[FONT_ROLES] = {NULL};
    const char *path = arena_format(arena, "%s/fonts.txt", folder);
    FILE *list = fopen(path, "re");
    if (list == NULL) {
        *why = arena_format(arena, "cannot read %s: %s", path, strerror(errno));
        return false;
    }
    *why = NULL;
    char line[1024];
    for (unsigned number = 1; *why == NULL && fgets(line, sizeof line, list);
         number++) {
        struct entry entry;
        bool complete = false;
        if (!entry_split(line, &entry, &complete))
            continue;
        *why = complete
                   ? entry_take(arena, folder, &entry, number, files, missing)
                   : arena_format(arena,
                                  "%s:%u: expected role, file, "
                                  "face, bytes, check, sha256 and package",
                                  path, number);
    }
    if (*why == NULL && ferror(list))
        *why = arena_format(arena, "cannot read %s", path);
    fclose(list);
    for (size_t role = 0; *why == NULL && role < FONT_ROLES; role++)
        if (files[role].bytes == NULL)
            *why = missing[role] ? missing[role]
                                 : arena_format(arena,
                                                "%s names no font for "
                                                "the role %s",
                                                path, font_role_name[role]);
    if (*why)
        font_list_close(files);
    return *why == NULL;
}

void
font_list_rest(const struct font_file files[FONT_ROLES])
{
    for (size_t role = 0; role < FONT_ROLES; role++)
        madvise((void *)(uintptr_t)files[role].bytes, files[role].size,
                MADV_DONTNEED);
}

void
font_list_close(struct font_file files[FONT_ROLES])
{
    for (size_t role = 0; role < FONT_ROLES; role++) {
        if (files[role].bytes)
            munmap((void *)(uintptr_t)files[role].bytes, files[role].size);
        files[role].bytes = NULL;
    }
}
