/*
 * Reading the finished workbook back: what stands in the file is what the plan
 * says, or the run fails.
 */
#ifndef HEADROOM_RENDER_READBACK_H
#define HEADROOM_RENDER_READBACK_H

#include <stdbool.h>

struct arena;
struct sheet_plan;

/* Opens the zip, parses every XML part to its end and compares every cell of
   every sheet with the plan: numbers, texts, formulas and their results.
   False and a reason in *why at the first difference. */
bool readback_workbook(struct arena *arena, const struct sheet_plan *plan,
                       const char *path, const char **why);

#endif
