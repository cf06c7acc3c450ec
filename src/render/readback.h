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

/* The text as a workbook stores it: a literal _x0041_ would be read as the
   character it names, so its first underscore is written as one. */
const char *readback_escape(struct arena *arena, const char *text);

#endif
