/*
 * Allocations: what works is the C library's, what fails ends the program with
 * a message, status 3 and its hook called first.
 */
#include "maker.h"

#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"

/* cmocka and the compiler know the plain calls too well */
static void *(*volatile call_malloc)(size_t) = malloc;
static void *(*volatile call_calloc)(size_t, size_t) = calloc;
static void *(*volatile call_realloc)(void *, size_t) = realloc;
static void *(*volatile call_reallocarray)(void *, size_t,
                                           size_t) = reallocarray;
static void *(*volatile call_aligned)(size_t, size_t) = aligned_alloc;
static void *(*volatile call_memalign)(size_t, size_t) = memalign;
static int (*volatile call_posix)(void **, size_t, size_t) = posix_memalign;

#define TOO_MUCH (SIZE_MAX / 2)

static void
is_aligned(void *piece)
{
    assert_non_null(piece);
    assert_int_equal((uintptr_t)piece % 256, 0);
    memset(piece, 1, 512);
    free(piece);
}

static void
what_can_be_had_is_had(void **state)
{
    (void)state;
    char *piece = call_malloc(10);
    memset(piece, 'x', 10);
    piece = call_realloc(piece, 100000);
    assert_int_equal(piece[9], 'x');
    piece = call_reallocarray(piece, 1000, 1000);
    assert_int_equal(piece[9], 'x');
    free(piece);
    unsigned char *zeroed = call_calloc(100, 10);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(zeroed[i], 0);
    free(zeroed);
    free(call_realloc(NULL, 5));
    free(NULL);
    is_aligned(call_aligned(256, 512));
    is_aligned(call_memalign(256, 512));
    void *placed = NULL;
    assert_int_equal(call_posix(&placed, 256, 512), 0);
    is_aligned(placed);
}

static void
nothing_asked_is_no_failure(void **state)
{
    (void)state;
    free(call_malloc(0));
    free(call_calloc(0, 100));
    free(call_calloc(100, 0));
    free(call_reallocarray(NULL, 0, 100));
    free(call_reallocarray(NULL, 100, 0));
    assert_null(call_realloc(call_malloc(1), 0));
}

static void
an_alignment_that_cannot_be_is_the_callers(void **state)
{
    (void)state;
    void *piece = NULL;
    assert_int_equal(call_posix(&piece, 3, 10), EINVAL);
}

/* --- failures --------------------------------------------------------------- */

static int hook_pipe[2];

static void
hook(void)
{
    ssize_t written = write(hook_pipe[1], "hook ", 5);
    (void)written;
}

static void
too_much_malloc(void)
{
    call_malloc(TOO_MUCH);
}
static void
too_much_calloc(void)
{
    call_calloc(1, TOO_MUCH);
}
static void
overflowing_calloc(void)
{
    call_calloc(TOO_MUCH, TOO_MUCH);
}
static void
too_much_realloc(void)
{
    call_realloc(call_malloc(1), TOO_MUCH);
}
static void
overflowing_reallocarray(void)
{
    call_reallocarray(NULL, TOO_MUCH, 3);
}
static void
too_much_aligned(void)
{
    call_aligned(64, TOO_MUCH / 64 * 64);
}
static void
too_much_memalign(void)
{
    call_memalign(64, TOO_MUCH);
}
static void
too_much_posix(void)
{
    void *piece;
    int error = call_posix(&piece, 64, TOO_MUCH);
    (void)error;
}

/* Does it in a child: its status, and what it wrote to standard error and,
   by the hook, before. */
static int
in_a_child(void (*failing)(void), bool with_hook, char *said, size_t room)
{
    int status = 0;
    assert_int_equal(pipe(hook_pipe), 0);
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(hook_pipe[1], STDERR_FILENO);
        memory_on_failure(with_hook ? hook : NULL);
        failing();
        _exit(99);
    }
    close(hook_pipe[1]);
    size_t got = 0;
    ssize_t size;
    while ((size = read(hook_pipe[0], said + got, room - 1 - got)) > 0)
        got += (size_t)size;
    said[got] = '\0';
    close(hook_pipe[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void
what_cannot_be_had_ends_the_program(void **state)
{
    (void)state;
    static void (*const failing[])(void) = {
        too_much_malloc,   too_much_calloc,          overflowing_calloc,
        too_much_realloc,  overflowing_reallocarray, too_much_aligned,
        too_much_memalign, too_much_posix};
    char said[100];
    for (size_t i = 0; i < sizeof failing / sizeof *failing; i++) {
        assert_int_equal(in_a_child(failing[i], false, said, sizeof said), 3);
        assert_string_equal(said, "headroom: out of memory\n");
    }
    assert_int_equal(in_a_child(too_much_malloc, true, said, sizeof said), 3);
    assert_string_equal(said, "hook headroom: out of memory\n");
}

int
main(void)
{
    const struct CMUnitTest everywhere[] = {
        TEST(what_can_be_had_is_had),
    };
    const struct CMUnitTest ours[] = {
        TEST(nothing_asked_is_no_failure),
        TEST(an_alignment_that_cannot_be_is_the_callers),
        TEST(what_cannot_be_had_ends_the_program),
    };
    int failed = cmocka_run_group_tests(everywhere, NULL, NULL);
#ifndef MEMORY_SANITIZED
    failed += cmocka_run_group_tests(ours, NULL, NULL);
#else
    (void)ours;
#endif
    return failed;
}
