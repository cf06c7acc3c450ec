/*
 * A text that grows in the arena, piece by piece: for texts whose length is not
 * known before they are whole.
 */
#ifndef HEADROOM_BASE_GROWING_H
#define HEADROOM_BASE_GROWING_H

#include <stddef.h>

struct arena;

/* Begins empty as {.arena = arena}; length 0 begins anew in the same room. */
struct growing {
    struct arena *arena;
    char *text;
    size_t length, room; /* [bytes] */
};

/* Adds length bytes at the end. */
void growing_add(struct growing *growing, const char *piece, size_t length);

/* printf at the end. */
void growing_print(struct growing *growing, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What there is so far, NUL-terminated, "" where it is nothing; good until the
   next addition. */
const char *growing_text(const struct growing *growing);

#endif
