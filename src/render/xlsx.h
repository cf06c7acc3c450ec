/*
 * The workbook.
 */
#ifndef HEADROOM_RENDER_XLSX_H
#define HEADROOM_RENDER_XLSX_H

#include "render/render.h"

struct sheet_plan;
struct xlsx_sum;

enum render_status xlsx_render(const struct render_job *job,
                               const char *file_name, const char **why);

/* Writes the plan to path, with scratch files in folder; *sums are for
   readback_workbook().  False and a reason in *why when that fails. */
bool xlsx_write(struct arena *arena, const struct sheet_plan *plan,
                const char *path, const char *folder,
                const struct xlsx_sum **sums, const char **why);

#endif
