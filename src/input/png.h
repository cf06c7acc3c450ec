/*
 * PNG files: what a picture measures, whether it is whole, and its bytes
 * without what is not picture.
 */
#ifndef HEADROOM_INPUT_PNG_H
#define HEADROOM_INPUT_PNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct png {
    uint32_t width, height; /* [pixels] from 1 */
};

/* Reads the head.  NULL, or why this is no PNG that can be taken. */
const char *png_head(const void *bytes, size_t size, struct png *png);

/* Walks through all of a file with a good head: every chunk with its sum, the
   picture's data unpacked and measured.  NULL with the picture's chunks alone,
   or what is wrong.  It unpacks as much as the head says: look at that
   first. */
const char *png_take(struct arena *arena, const void *bytes, size_t size,
                     const void **taken, size_t *taken_size);

#endif
