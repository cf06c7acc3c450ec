/*
 * Pictures of the template, made ready to be embedded.
 */
#ifndef HEADROOM_RENDER_PICTURE_H
#define HEADROOM_RENDER_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct template_logo;

/* A picture's samples, row by row from the top. */
struct picture {
    unsigned width, height;     /* [pixels] */
    const unsigned char *rgb;   /* three bytes a pixel */
    const unsigned char *alpha; /* one byte a pixel; NULL: all is opaque */
};

/* Unpacks a PNG; false and why when the library cannot. */
bool picture_unpack(struct arena *arena, const struct template_logo *logo,
                    struct picture *picture, const char **why);

#endif
