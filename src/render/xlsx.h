/*
 * The workbook.
 */
#ifndef HEADROOM_RENDER_XLSX_H
#define HEADROOM_RENDER_XLSX_H

#include "render/render.h"

struct sheet_plan;

enum render_status xlsx_render(const struct render_job *job,
                               const char *file_name, const char **why);

/* Writes the plan to path, with scratch files in folder; false and a reason in
 *why when that fails.  Nothing is read back. */
bool xlsx_write(struct arena *arena, const struct sheet_plan *plan,
                const char *path, const char *folder, const char **why);

#endif
