/*
 * For tests that need files: a folder of their own, removed with all in it.
 */
#ifndef HEADROOM_TESTS_UNIT_FOLDER_H
#define HEADROOM_TESTS_UNIT_FOLDER_H

#include "reader.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static inline int
folder_setup(void **state)
{
    strcpy(folder, "/tmp/headroom-test-XXXXXX");
    if (mkdtemp(folder) == NULL)
        return -1;
    return fixture_setup(state);
}

static inline int
folder_remove_one(const char *path, const struct stat *status, int type,
                  struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

static inline int
folder_teardown(void **state)
{
    nftw(folder, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return fixture_teardown(state);
}

/* The path of a name in the folder. */
static inline char *
in_folder(struct fixture *fixture, const char *name)
{
    return arena_format(fixture->arena, "%s/%s", folder, name);
}

/* Writes a file into the folder; its path. */
static inline char *
put_bytes(struct fixture *fixture, const char *name, const void *bytes,
          size_t size)
{
    char *path = in_folder(fixture, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
    return path;
}

static inline char *
put_file(struct fixture *fixture, const char *name, const char *text)
{
    return put_bytes(fixture, name, text, strlen(text));
}

#define FOLDER_TEST(name)                                                      \
    cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

#endif
