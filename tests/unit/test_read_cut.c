/*
 * Files cut off anywhere: a run that was killed, a disk that was full.  The
 * texts are the seeds of the fuzzers.
 */
#include "summaries.h"

#include <glob.h>

/* A whole file, or NULL. */
static const char *
content(struct fixture *fixture, const char *path)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL)
        return NULL;
    char *text = arena_alloc(fixture->arena, 1 << 16);
    size_t size = fread(text, 1, (1 << 16) - 1, stream);
    fclose(stream);
    text[size] = '\0';
    return text;
}

/* Whether what was read is a refusal, which begins with its place. */
static bool
is_refused(const char *said)
{
    return strcmp(said, "no form") == 0 || strstr(said, ": error: ") != NULL;
}

/* Whether a file is a row of its own after another: nobody can tell that it is
   cut between two. */
static bool
is_rows(const char *path)
{
    return strstr(path, "/csv_small/") != NULL ||
           strstr(path, "/siege-log") != NULL;
}

/* No part of a file says otherwise than the whole: it says the same, or is
   refused. */
static void
check_cuts(struct fixture *fixture, const char *path)
{
    struct fixture part = {0};
    const char *text = content(fixture, path);
    assert_non_null(text);
    const char *all = read_text(fixture, TOOLS, text);
    for (size_t size = 0; size < strlen(text); size++) {
        if (is_rows(path) && size > 0 && strchr("\r\n", text[size - 1]))
            continue;
        part.arena = arena_new();
        const char *said =
            read_text(&part, TOOLS, arena_copy(part.arena, text, size));
        if (!is_refused(said) && strcmp(said, all) != 0)
            fail_msg("%s cut at byte %zu: %s", path, size, said);
        arena_free(part.arena);
    }
}

static void
a_part_says_the_same_or_is_refused(void **state)
{
    static const char *const families[] = {"text", "json", "csv_small", "xml"};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        glob_t found;
        const char *pattern = arena_format(
            fixture->arena, "%s/tests/fuzz/corpus/%s/*",
            getenv("HEADROOM_SHARE") ? getenv("HEADROOM_SHARE") : ".",
            families[i]);
        assert_int_equal(glob(pattern, 0, NULL, &found), 0);
        for (size_t k = 0; k < found.gl_pathc; k++)
            check_cuts(fixture, found.gl_pathv[k]);
        globfree(&found);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_part_says_the_same_or_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
