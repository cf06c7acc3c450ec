/*
 * Whether the fonts can show every text of a document.
 */
#ifndef HEADROOM_RENDER_GLYPHS_H
#define HEADROOM_RENDER_GLYPHS_H

#include "document/plan.h"
#include "render/display.h"

struct diag;

/* Adds an error for each character of the pages that the fonts have no glyph
   for, at its place in the input where it is found there.  True when there is
   none. */
bool glyphs_check(struct arena *arena, const struct plan *plan,
                  const struct display *display, struct diag *diag);

#endif
