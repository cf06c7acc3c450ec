/*
 * Rows of a sheet as the XML of a workbook.
 */
#ifndef HEADROOM_RENDER_XLSX_ROW_H
#define HEADROOM_RENDER_XLSX_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "document/sheet.h"

/* The number of each style in the workbook's list of formats; 0: not there. */
struct xlsx_styles {
    uint16_t number[ROLES][SHEET_FORMATS][SHEET_MAX_DECIMALS + 1];
};

/* XML in the making. */
struct xlsx_text {
    char *bytes; /* from malloc; a NUL stands behind them */
    size_t size, room;
};

/* Appends a row, counted from 0, "<row" to "</row>"; nothing where all of it is
   blank.  arena: for what does not outlast the call.  NULL, or what a workbook
   cannot hold. */
const char *xlsx_row_add(struct xlsx_text *text, struct arena *arena,
                         const struct xlsx_styles *styles,
                         const struct sheet_row *row, uint32_t number);

#endif
