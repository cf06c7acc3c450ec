/*
 * For the tests of base/ and input/: an arena a test, sources made of texts,
 * and what diag prints as a string.
 */
#ifndef HEADROOM_TESTS_UNIT_READER_H
#define HEADROOM_TESTS_UNIT_READER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/source.h"

struct fixture {
    struct arena *arena;
    struct diag *diag;
    unsigned sources;
};

static inline int
fixture_setup(void **state)
{
    struct arena *arena = arena_new();
    struct fixture *fixture = arena_alloc(arena, sizeof *fixture);
    fixture->arena = arena;
    fixture->diag = diag_new(arena);
    *state = fixture;
    return 0;
}

static inline int
fixture_teardown(void **state)
{
    struct fixture *fixture = *state;
    arena_free(fixture->arena);
    return 0;
}

static inline const struct source *
source_of_bytes(struct fixture *fixture, const char *bytes, size_t size)
{
    struct source *source = arena_alloc(fixture->arena, sizeof *source);
    source->name = source->path = "in.yaml";
    source->bytes = bytes;
    source->size = source->file_size = size;
    source->order = fixture->sources++;
    return source;
}

static inline const struct source *
source_of(struct fixture *fixture, const char *text)
{
    return source_of_bytes(fixture, text, strlen(text));
}

/* All that diag prints. */
static inline const char *
printed(struct fixture *fixture)
{
    char *bytes;
    size_t size;
    FILE *stream = open_memstream(&bytes, &size);
    assert_non_null(stream);
    diag_print(fixture->diag, stream);
    fclose(stream);
    const char *text = arena_copy(fixture->arena, bytes, size);
    free(bytes);
    return text;
}

/* The first line that diag prints, without its line end. */
static inline const char *
first_line(struct fixture *fixture)
{
    const char *text = printed(fixture);
    return arena_copy(fixture->arena, text, strcspn(text, "\n"));
}

/* The messages of a level as "line:column text" lines. */
static inline const char *
messages(struct fixture *fixture, enum diag_level level)
{
    const struct diag_entry *list;
    const char *all = "";
    size_t count = diag_list(fixture->diag, level, &list);
    for (size_t i = 0; i < count; i++)
        all = arena_format(fixture->arena, "%s%u:%u %s\n", all,
                           list[i].place.line, list[i].place.column,
                           list[i].text);
    return all;
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

#endif
