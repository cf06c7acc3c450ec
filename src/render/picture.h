/*
 * Pictures of the template, made ready to be drawn.
 */
#ifndef HEADROOM_RENDER_PICTURE_H
#define HEADROOM_RENDER_PICTURE_H

#include <cairo.h>

struct arena;
struct template_logo;

/* Unpacks a PNG; NULL and why when the library cannot.  cairo_surface_destroy()
   ends it. */
cairo_surface_t *picture_open(struct arena *arena,
                              const struct template_logo *logo,
                              const char **why);

#endif
