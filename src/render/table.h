/*
 * The table on the terminal: the worst links, the verdict and its reason.
 */
#ifndef HEADROOM_RENDER_TABLE_H
#define HEADROOM_RENDER_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#include "document/column.h"
#include "document/words.h"

/* Prints the first links of the report, worst first, and the verdict in
   words.  Columns are the column table's, aligned by display width; colour
   repeats what the words say. */
void table_print(const struct report *report, const struct words *words,
                 bool colour, FILE *stream);

#endif
