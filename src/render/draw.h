/*
 * Drawing: one page of a display list on a cairo context.
 */
#ifndef HEADROOM_RENDER_DRAW_H
#define HEADROOM_RENDER_DRAW_H

#include <cairo.h>

#include "render/display.h"

/* Draws a page; the context's unit is the point, its origin the page's upper
   left corner.  The fonts have been subset.  Tags go to surfaces that know
   them.  logo is what the template's logo looks like, NULL where it has
   none. */
void draw_page(cairo_t *context, const struct display *display,
               const struct display_page *page, cairo_surface_t *logo);

#endif
