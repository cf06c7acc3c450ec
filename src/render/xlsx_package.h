/*
 * The file of the workbook: a frame, and the rows that go into it.
 */
#ifndef HEADROOM_RENDER_XLSX_PACKAGE_H
#define HEADROOM_RENDER_XLSX_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/xlsx_row.h"

struct arena;

/* What was written of a sheet that is too large to be unpacked again. */
struct xlsx_sum {
    bool is_kept;    /* else the sheet is small */
    uint32_t packed; /* CRC-32 of the packed bytes */
    uint64_t size;   /* of them */
    uint32_t text;   /* CRC-32 of the XML */
    uint64_t text_size;
};

/* Replaces the workbook without rows at path, as libxlsxwriter closed it, by
   the whole one: every part as it is, but the rows of the plan in each sheet.
   sums gets one entry a sheet.  False and a reason in *why when that fails. */
bool xlsx_package_fill(struct arena *arena, const struct sheet_plan *plan,
                       const struct xlsx_styles *styles, const char *path,
                       struct xlsx_sum *sums, const char **why);

/* The index of the sheet that a part holds: xl/worksheets/sheet3.xml is the
   third; sheet_count where the part is no sheet. */
size_t xlsx_sheet_of_part(const struct sheet_plan *plan, const char *part);

#endif
