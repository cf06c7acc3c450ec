/*
 * The plan as readable text: the main golden of the tests, and a way to see
 * what the documents will say without drawing them.  Room render/.
 */
#ifndef HEADROOM_RENDER_DUMP_H
#define HEADROOM_RENDER_DUMP_H

#include "document/plan.h"
#include "render/render.h"

/* The whole plan as lines of UTF-8 text, with all wordings. */
const char *dump_plan(struct arena *arena, const struct plan *plan);

enum render_status dump_render(const struct render_job *job,
                               const char *file_name, const char **why);

#endif
