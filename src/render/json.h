/*
 * The assessment for programs: the JSON of the contract, section 4.
 */
#ifndef HEADROOM_RENDER_JSON_H
#define HEADROOM_RENDER_JSON_H

#include <stdbool.h>

#include "render/json_write.h"
#include "render/render.h"

/* Writes the JSON of a report piece by piece to sink; warnings come from diag.
   False when the sink refused a piece. */
bool json_report(const struct report *report, const struct diag *diag,
                 json_sink *sink, void *context);

enum render_status json_render(const struct render_job *job,
                               const char *file_name, const char **why);

#endif
