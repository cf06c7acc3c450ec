/*
 * The rows of a sheet, made, packed and handed on.  Room render/, and with
 * beside.c the one that knows threads.
 *
 * A sheet is cut into pieces of so many cells, wherever it runs.  Two pieces
 * are made side by side, each packed on its own and ended at a byte, and then
 * handed on in their order: so the file is the same however the threads took
 * turns, and memory holds no more than two pieces.
 *
 * Before a row is packed, what was written is compared with what was planned.
 */
#include "render/xlsx_rows.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/arena.h"
#include "document/sheet.h"
#include "render/readback_rows.h"

#define PIECE_CELLS 2048
#define SIDE_BY_SIDE 2

/* The rows of a workbook repeat themselves so much that more effort only costs
   time: level 6 takes three times as long and saves a fifth. */
#define LEVEL 2
#define MEMORY_LEVEL 9
#define END_ROOM 64 /* of a piece's end, beside deflateBound() */

/* What makes one piece after the other. */
struct maker {
    pthread_t thread;
    const struct sheet *sheet;
    const struct xlsx_styles *styles;
    uint32_t first, end; /* rows of the piece */
    struct xlsx_text text;
    z_stream stream;
    bool is_open;
    unsigned char *packed;
    size_t packed_room;
    struct xlsx_piece piece;
    const char *fault; /* constant; NULL while all is well */
    uint32_t fault_row;
};

struct xlsx_packer {
    struct maker makers[SIDE_BY_SIDE];
};

/* --- packing -------------------------------------------------------------- */

struct xlsx_packer *
xlsx_packer_open(void)
{
    struct xlsx_packer *packer = calloc(1, sizeof *packer);
    if (packer == NULL)
        abort(); /* not reached: memory.c ends the program first */
    return packer;
}

void
xlsx_packer_close(struct xlsx_packer *packer)
{
    for (size_t i = 0; i < SIDE_BY_SIDE; i++) {
        struct maker *maker = &packer->makers[i];
        if (maker->is_open)
            deflateEnd(&maker->stream);
        free(maker->packed);
        free(maker->text.bytes);
    }
    free(packer);
}

/* Small workbooks need only one. */
static void
open_stream(struct maker *maker)
{
    if (maker->is_open)
        deflateReset(&maker->stream);
    else if (deflateInit2(&maker->stream, LEVEL, Z_DEFLATED, -MAX_WBITS,
                          MEMORY_LEVEL, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    maker->is_open = true;
}

/* Packs a text as a piece. */
static void
pack(struct maker *maker, const char *text, size_t size, bool is_last)
{
    z_stream *stream = &maker->stream;
    open_stream(maker);
    size_t room = deflateBound(stream, size) + END_ROOM;
    if (room > maker->packed_room) {
        free(maker->packed);
        maker->packed = malloc(room);
        if (maker->packed == NULL)
            abort();
        maker->packed_room = room;
    }
    union {
        const char *from;
        unsigned char *to; /* the library does not write there */
    } input = {.from = text};
    stream->next_in = input.to;
    stream->avail_in = (unsigned)size;
    stream->next_out = maker->packed;
    stream->avail_out = (unsigned)maker->packed_room;
    int status = deflate(stream, is_last ? Z_FINISH : Z_SYNC_FLUSH);
    if (status != (is_last ? Z_STREAM_END : Z_OK) || stream->avail_in != 0)
        abort(); /* not reached: there is room for all of it */
    maker->piece = (struct xlsx_piece){
        .bytes = maker->packed,
        .size = maker->packed_room - stream->avail_out,
        .text_sum = (uint32_t)crc32_z(0, (const unsigned char *)text, size),
        .text_size = size};
}

/* --- one piece ------------------------------------------------------------ */

static uint32_t
rows_a_piece(const struct sheet *sheet)
{
    size_t columns = sheet->column_count > 0 ? sheet->column_count : 1;
    return columns < PIECE_CELLS ? (uint32_t)(PIECE_CELLS / columns) : 1;
}

/* Appends a row and looks at what stands there now. */
static const char *
make_row(struct maker *maker, struct arena *arena, const struct sheet *sheet,
         struct sheet_row *row, uint32_t number)
{
    size_t before = maker->text.size;
    sheet_make_row(sheet, number, row);
    const char *fault =
        xlsx_row_add(&maker->text, arena, maker->styles, row, number);
    size_t size = maker->text.size - before;
    if (fault == NULL && size > 0 &&
        !readback_row_matches(arena, row, number + 1,
                              maker->text.bytes + before, size))
        fault = "what was written is not what was planned";
    return fault;
}

static void
make_piece(struct maker *maker)
{
    /* what a row leaves in memory goes with its piece */
    struct arena *arena = arena_new();
    struct sheet sheet = sheet_beside(arena, maker->sheet);
    struct sheet_row row = sheet_row_new(arena, &sheet);
    maker->text.size = 0;
    for (uint32_t i = maker->first; i < maker->end && !maker->fault; i++) {
        maker->fault = make_row(maker, arena, &sheet, &row, i);
        maker->fault_row = i;
    }
    if (maker->fault == NULL)
        pack(maker, maker->text.bytes, maker->text.size, false);
    arena_free(arena);
}

static void *
make_piece_aside(void *maker)
{
    make_piece(maker);
    return NULL;
}

/* --- all of them ---------------------------------------------------------- */

/* Makes count pieces at once; what the system has no thread for, here. */
static void
make_side_by_side(struct maker *makers, size_t count)
{
    size_t started = 0;
    while (started + 1 < count &&
           pthread_create(&makers[started].thread, NULL, make_piece_aside,
                          &makers[started]) == 0)
        started++;
    for (size_t i = started; i < count; i++)
        make_piece(&makers[i]);
    for (size_t i = 0; i < started; i++)
        pthread_join(makers[i].thread, NULL);
}

/* Gives each maker the next rows from *next on; returns how many got some. */
static size_t
deal(struct maker *makers, const struct sheet *sheet,
     const struct xlsx_styles *styles, uint32_t *next)
{
    uint32_t rows = rows_a_piece(sheet);
    size_t count = 0;
    while (count < SIDE_BY_SIDE && *next < sheet->row_count) {
        struct maker *maker = &makers[count++];
        uint32_t left = sheet->row_count - *next;
        maker->sheet = sheet;
        maker->styles = styles;
        maker->first = *next;
        maker->end = *next += left < rows ? left : rows;
    }
    return count;
}

static const char *
tell(struct arena *arena, const struct maker *maker)
{
    return arena_format(arena, "sheet %s, row %u: %s", maker->sheet->name,
                        maker->fault_row + 1, maker->fault);
}

bool
xlsx_rows_are_many(const struct sheet *sheet)
{
    return sheet->row_count > rows_a_piece(sheet);
}

bool
xlsx_pack_rows(struct xlsx_packer *packer, struct arena *arena,
               const struct sheet *sheet, const struct xlsx_styles *styles,
               xlsx_take *take, void *context, const char **fault)
{
    struct maker *makers = packer->makers;
    uint32_t next = 0;
    while (next < sheet->row_count) {
        size_t count = deal(makers, sheet, styles, &next);
        make_side_by_side(makers, count);
        for (size_t i = 0; i < count; i++) {
            if (makers[i].fault) {
                *fault = tell(arena, &makers[i]);
                return false;
            }
            if (!take(context, &makers[i].piece))
                return false;
        }
    }
    return true;
}

bool
xlsx_pack_text(struct xlsx_packer *packer, const char *text, size_t size,
               bool is_last, xlsx_take *take, void *context)
{
    struct maker *maker = &packer->makers[0];
    pack(maker, text, size, is_last);
    return take(context, &maker->piece);
}
