/*
 * Reading the finished workbook back: what stands in the file is what the plan
 * says, or the run fails.
 */
#ifndef HEADROOM_RENDER_READBACK_H
#define HEADROOM_RENDER_READBACK_H

#include <stdbool.h>

struct arena;
struct sheet_plan;
struct xlsx_sum;

/* Opens the zip, parses every XML part to its end and compares every cell of
   every sheet with the plan: numbers, texts, formulas and their results.  Of a
   sheet with a sum that is kept, whose rows were compared as they were made,
   the packed bytes are summed instead.  sums: one a sheet, or NULL.  False and
   a reason in *why at the first difference. */
bool readback_workbook(struct arena *arena, const struct sheet_plan *plan,
                       const struct xlsx_sum *sums, const char *path,
                       const char **why);

#endif
