/*
 * One arena a run: memory that is handed out piece by piece and freed in one
 * stroke.  Whatever a function of headroom returns lives in the arena it was
 * given and is lent until the run ends.
 */
#ifndef HEADROOM_BASE_ARENA_H
#define HEADROOM_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* A new, empty arena; arena_free() ends it and all that came from it. */
struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* size bytes, zeroed and aligned for any type.  Never NULL: when memory runs
   out the program ends with a message and status 3 (memory.c). */
void *arena_alloc(struct arena *arena, size_t size);

/* An array of count zeroed elements. */
#define arena_array(arena, count, type)                                       \
    ((type *)arena_alloc_array((arena), (count), sizeof(type)))
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);

/* Room for one more element at the end of items, which holds count of *room
   elements of size bytes: returns items, or a larger copy of it with *room
   raised.  Use: list = arena_grow(a, list, n, &room, sizeof *list). */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *room,
                 size_t size);

/* Hands a piece of malloc() over: it is freed with all the rest. */
void arena_adopt(struct arena *arena, void *piece);
/* Frees an adopted piece before the rest. */
void arena_release(struct arena *arena, void *piece);

/* A NUL-terminated copy of length bytes. */
char *arena_copy(struct arena *arena, const char *text, size_t length);

/* printf into the arena. */
char *arena_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_format_list(struct arena *arena, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

#endif
