/*
 * The rows of a sheet as deflated XML, piece by piece, made on two processors.
 */
#ifndef HEADROOM_RENDER_XLSX_ROWS_H
#define HEADROOM_RENDER_XLSX_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/xlsx_row.h"

struct arena;

/* A piece of a part of the workbook: raw deflate data that ends at a byte, and
   what it unpacks to. */
struct xlsx_piece {
    const unsigned char *bytes;
    size_t size;
    uint32_t text_sum; /* CRC-32 */
    size_t text_size;
};

/* Takes the next piece; false ends the work. */
typedef bool xlsx_take(void *context, const struct xlsx_piece *piece);

/* Whether the sheet has so many rows that they are made in several pieces. */
bool xlsx_rows_are_many(const struct sheet *sheet);

/* What packs the parts of one workbook, one after the other. */
struct xlsx_packer;
struct xlsx_packer *xlsx_packer_open(void);
void xlsx_packer_close(struct xlsx_packer *packer);

/* Makes all rows of a sheet in order and hands them to take.  The same pieces
   come in every run.  False when take said so, or with a reason in *fault when
   a row cannot stand in a workbook. */
bool xlsx_pack_rows(struct xlsx_packer *packer, struct arena *arena,
                    const struct sheet *sheet, const struct xlsx_styles *styles,
                    xlsx_take *take, void *context, const char **fault);

/* Hands a text to take as one piece; is_last ends the part. */
bool xlsx_pack_text(struct xlsx_packer *packer, const char *text, size_t size,
                    bool is_last, xlsx_take *take, void *context);

#endif
