/*
 * Preloaded by test_failing_memory.py: makes the allocation numbered FAIL_AT fail,
 * and with FAIL_COUNT writes how many there were to that file at the end.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);

static atomic_long made;
static long fail_at = -1;

static int
fails(void)
{
    if (fail_at < 0) {
        fail_at = 0;
        const char *text = getenv("FAIL_AT");
        if (text != NULL)
            fail_at = atol(text);
    }
    long number = atomic_fetch_add(&made, 1) + 1;
    if (number != fail_at)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *
malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

void *
memalign(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

void *
aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int
posix_memalign(void **piece, size_t alignment, size_t size)
{
    if (fails())
        return ENOMEM;
    *piece = __libc_memalign(alignment, size);
    return *piece == NULL ? ENOMEM : 0;
}

__attribute__((destructor)) static void
tell(void)
{
    const char *path = getenv("FAIL_COUNT");
    if (path == NULL)
        return;
    char text[32];
    int size = snprintf(text, sizeof text, "%ld\n", (long)made);
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file < 0 || size < 0 || write(file, text, (size_t)size) != size)
        _exit(99);
    close(file);
}
