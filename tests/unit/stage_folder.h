/*
 * For the tests of publishing: a folder of their own with files put into it,
 * removed at the end.  What is published there, and what fails, is theirs.
 */
#ifndef HEADROOM_TESTS_UNIT_STAGE_FOLDER_H
#define HEADROOM_TESTS_UNIT_STAGE_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/folder.h"

static struct arena *arena;
static char top[64];

static inline int
stage_setup(void **state)
{
    (void)state;
    arena = arena_new();
    strcpy(top, "/tmp/headroom-test-XXXXXX");
    return mkdtemp(top) == NULL;
}

static inline int
stage_teardown(void **state)
{
    (void)state;
    folder_remove(top);
    arena_free(arena);
    return 0;
}

/* The path of a name in the folder. */
static inline const char *
at(const char *path)
{
    return folder_join(arena, top, path);
}

static inline void
put(const char *path, const char *text)
{
    FILE *file = fopen(at(path), "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

#endif
