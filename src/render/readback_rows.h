/*
 * Rows of a finished sheet compared with the plan as bytes, without parsing
 * them as XML.
 */
#ifndef HEADROOM_RENDER_READBACK_ROWS_H
#define HEADROOM_RENDER_READBACK_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct sheet_row;

/* Whether text, from "<row" to the end of "</row>", is exactly the planned row
   in the form that libxlsxwriter gives it, and so sound XML.  number counts
   from 1; a NUL stands at the end of text.  False says only that it cannot
   tell: another release may write the same in another form. */
bool readback_row_matches(struct arena *arena, const struct sheet_row *planned,
                          uint32_t number, const char *text, size_t length);

/* Whether a number as stored is the planned one. */
bool readback_is_same_number(double stored, double planned);

/* The text as a workbook stores it: a literal _x0041_ would be read as the
   character it names, so its first underscore is written as one. */
const char *readback_escape(struct arena *arena, const char *text);

#endif
