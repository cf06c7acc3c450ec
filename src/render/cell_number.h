/*
 * The text of a number in a cell of the workbook.
 */
#ifndef HEADROOM_RENDER_CELL_NUMBER_H
#define HEADROOM_RENDER_CELL_NUMBER_H

#include <stddef.h>

#define CELL_NUMBER_ROOM 32 /* sign, 17 digits, point, exponent, NUL */

/* Writes the shortest text that is read as exactly this number: "94.9", never
   "94.90000000000001".  Returns its length, 0 where a cell cannot hold the
   number (not finite). */
size_t cell_number_write(char buffer[CELL_NUMBER_ROOM], double number);

#endif
