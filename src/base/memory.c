/*
 * The allocating functions of the C library, defined in the program so that
 * every library's calls pass here: they hand on to the next definition, and a
 * failure ends the program.  Some of the libraries would crash or write a
 * damaged file instead.  Sanitizers bring their own definitions and their own
 * message; under them only the hook is left.
 */
#include "base/memory.h"

#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define STATUS_SYSTEM 3

static void (*on_failure)(void);

void
memory_on_failure(void (*function)(void))
{
    on_failure = function;
}

#ifndef MEMORY_SANITIZED

#include <dlfcn.h>
#include <stdlib.h>

/* The next definitions: the C library's, or those of a preloaded library. */
static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static void *(*next_aligned_alloc)(size_t, size_t);
static void *(*next_memalign)(size_t, size_t);
static int (*next_posix_memalign)(void **, size_t, size_t);
static void (*next_free)(void *);

/* What dlsym itself asks for while it looks them up; never given back. */
static _Alignas(max_align_t) unsigned char bootstrap[4096];
static size_t bootstrap_used;
static int looking_up;

static _Noreturn void
fail(void)
{
    static const char message[] = "headroom: out of memory\n";
    if (on_failure != NULL) {
        void (*function)(void) = on_failure;
        on_failure = NULL;
        function();
    }
    /* nothing can be done about a message that cannot be written */
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(STATUS_SYSTEM);
}

/* POSIX has dlsym return functions as object pointers; ISO C cannot say so. */
static void
look_up_one(void *function, const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (found == NULL)
        fail();
    memcpy(function, &found, sizeof found);
}

static void
look_up(void)
{
    looking_up = 1;
    look_up_one(&next_calloc, "calloc");
    look_up_one(&next_realloc, "realloc");
    look_up_one(&next_aligned_alloc, "aligned_alloc");
    look_up_one(&next_memalign, "memalign");
    look_up_one(&next_posix_memalign, "posix_memalign");
    look_up_one(&next_free, "free");
    look_up_one(&next_malloc, "malloc"); /* last: its being there says done */
    looking_up = 0;
}

/* Before main, hence before any thread. */
__attribute__((constructor)) static void
memory_start(void)
{
    if (next_malloc == NULL)
        look_up();
}

/* Whether the next definitions can be called; if not, this is dlsym asking. */
static int
is_ready(void)
{
    if (next_malloc == NULL && !looking_up)
        look_up();
    return next_malloc != NULL;
}

static void *
bootstrap_alloc(size_t size)
{
    size_t align = _Alignof(max_align_t);
    size_t used = (bootstrap_used + align - 1) / align * align;
    if (size > sizeof bootstrap - used)
        fail();
    bootstrap_used = used + size;
    return bootstrap + used;
}

static int
is_bootstrap(const void *piece)
{
    uintptr_t at = (uintptr_t)piece, start = (uintptr_t)bootstrap;
    return at >= start && at < start + sizeof bootstrap;
}

/* What an allocation of size bytes came to; none of 0 bytes is fine. */
static void *
checked(void *piece, size_t size)
{
    if (piece == NULL && size != 0)
        fail();
    return piece;
}

void *
malloc(size_t size)
{
    if (!is_ready())
        return bootstrap_alloc(size);
    return checked(next_malloc(size), size);
}

void *
calloc(size_t count, size_t size)
{
    if (!is_ready())
        return bootstrap_alloc(count * size); /* zero from the start */
    return checked(next_calloc(count, size), count == 0 ? 0 : size);
}

void *
realloc(void *old, size_t size)
{
    if (is_ready() && !is_bootstrap(old))
        return checked(next_realloc(old, size), size);
    /* how long old is, is not known: what follows in the buffer is readable */
    unsigned char *piece = malloc(size);
    if (old != NULL) {
        size_t rest =
            (size_t)(bootstrap + sizeof bootstrap - (unsigned char *)old);
        memmove(piece, old, size < rest ? size : rest);
    }
    return piece;
}

void *
reallocarray(void *old, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        fail();
    return realloc(old, count * size);
}

/* The same of an aligned one; an alignment that cannot be is the caller's. */
static void *
checked_aligned(void *piece, size_t size)
{
    return checked(piece, errno == EINVAL ? 0 : size);
}

void *
aligned_alloc(size_t alignment, size_t size)
{
    errno = 0;
    return is_ready()
               ? checked_aligned(next_aligned_alloc(alignment, size), size)
               : NULL; /* dlsym asks for none such */
}

void *memalign(size_t alignment, size_t size);

void *
memalign(size_t alignment, size_t size)
{
    errno = 0;
    return is_ready() ? checked_aligned(next_memalign(alignment, size), size)
                      : NULL;
}

int
posix_memalign(void **piece, size_t alignment, size_t size)
{
    int error = is_ready() ? next_posix_memalign(piece, alignment, size)
                           : ENOMEM;
    if (error == ENOMEM)
        fail();
    return error;
}

void
free(void *piece)
{
    if (piece != NULL && !is_bootstrap(piece) && is_ready())
        next_free(piece);
}

#endif
