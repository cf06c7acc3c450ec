/*
 * Pages: the plan of the paged document laid out to a display list.
 */
#ifndef HEADROOM_RENDER_PAGE_H
#define HEADROOM_RENDER_PAGE_H

#include "document/plan.h"
#include "render/display.h"

/* Lays out all pages of a plan.  NULL and a reason
   when a text fits its place in none of its wordings. */
struct display *page_layout(struct arena *arena, const struct plan *plan,
                            struct fonts *fonts, const char **why);

#endif
