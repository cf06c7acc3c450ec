/*
 * The files of a set rendered side by side, each in a thread of its own: on
 * two processors the documents of a run take little longer than the slowest.
 * What reads other files of the set comes after them.
 */
#ifndef HEADROOM_RENDER_BESIDE_H
#define HEADROOM_RENDER_BESIDE_H

#include <stddef.h>

#include "render/render.h"

/* One file of the set. */
struct beside_file {
    const struct renderer *renderer;
    const char *name;
};

#define BESIDE_MOST 8

/* Renders count files, 1 to BESIDE_MOST, into the job's stage.  What comes
   back is what the renderers would say one after the other: the errors of all
   in the job's diag, or the first system failure in *why. */
enum render_status beside_render(const struct render_job *job,
                                 const struct beside_file *files, size_t count,
                                 const char **why);

#endif
