/*
 * PNG (ISO/IEC 15948) as far as it takes to be sure of a picture before any
 * library is given it.  Room: input.  Texts, times, colour profiles and
 * resolutions of the file are left behind: they are no picture, and a document
 * is not to carry what the picture's maker wrote.
 */
#include "input/png.h"

#include <string.h>
#include <zlib.h>

#include "base/arena.h"

#define SIGNATURE 8
#define FRAME 12 /* of a chunk: its length, name and sum */
#define HEAD 13  /* of IHDR's data */
#define PALETTE_MOST (256 * 3)
#define PASSES 7

static const unsigned char signature[SIGNATURE] = {0x89, 'P',  'N',  'G',
                                                   '\r', '\n', 0x1a, '\n'};

static uint32_t
word(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | at[3];
}

/* --- chunks ------------------------------------------------------------ */

struct chunk {
    const unsigned char *start, *data;
    uint32_t length; /* [bytes] of data */
};

static bool
is_named(const struct chunk *chunk, const char *name)
{
    return memcmp(chunk->start + 4, name, 4) == 0;
}

/* The chunk at *at, which moves behind it. */
static const char *
next_chunk(const unsigned char **at, const unsigned char *end,
           struct chunk *chunk)
{
    if (end - *at < FRAME)
        return "it is cut off";
    chunk->start = *at;
    chunk->data = *at + 8;
    chunk->length = word(*at);
    if (chunk->length > (size_t)(end - *at) - FRAME)
        return "it is cut off";
    const unsigned char *sum = chunk->data + chunk->length;
    if (crc32(0, chunk->start + 4, chunk->length + 4) != word(sum))
        return "a checksum in it is wrong";
    *at = sum + 4;
    return NULL;
}

/* --- the head ---------------------------------------------------------- */

/* Samples of a pixel by colour type; 0 for a type that does not exist. */
static const unsigned samples[] = {1, 0, 3, 1, 2, 0, 4};
#define COLOUR_TYPES (sizeof samples / sizeof *samples)
#define PALETTE_TYPE 3

static bool
is_depth(unsigned type, unsigned depth)
{
    if (type >= COLOUR_TYPES || samples[type] == 0)
        return false;
    if (depth == 8)
        return true;
    if (depth == 16)
        return type != PALETTE_TYPE;
    return (depth == 1 || depth == 2 || depth == 4) &&
           (type == 0 || type == PALETTE_TYPE);
}

const char *
png_head(const void *bytes, size_t size, struct png *png)
{
    const unsigned char *at = bytes, *end = at + size;
    struct chunk head;
    if (size < SIGNATURE || memcmp(at, signature, SIGNATURE) != 0)
        return "it does not begin as a PNG";
    at += SIGNATURE;
    const char *fault = next_chunk(&at, end, &head);
    if (fault)
        return fault;
    const unsigned char *data = head.data;
    if (!is_named(&head, "IHDR") || head.length != HEAD ||
        !is_depth(data[9], data[8]) || data[10] != 0 || data[11] != 0 ||
        data[12] > 1)
        return "its head is wrong";
    png->width = word(data);
    png->height = word(data + 4);
    if (png->width == 0 || png->height == 0 || png->width > INT32_MAX ||
        png->height > INT32_MAX)
        return "its head is wrong";
    return NULL;
}

/* --- the picture's data ------------------------------------------------ */

/* The rows of one pass, and the bytes of one with its filter. */
struct pass {
    size_t rows, row_bytes;
};

/* Rows and columns in steps from a first one. */
static size_t
every(size_t all, size_t first, size_t step)
{
    return all > first ? (all - first + step - 1) / step : 0;
}

/* The passes of a picture in the order of its data; returns their number. */
static size_t
measure(const unsigned char *head, struct pass passes[PASSES])
{
    static const struct {
        size_t x, y, x_step, y_step;
    } interlaced[PASSES] = {
        {0, 0, 8, 8},
        {4, 0, 8, 8},
        {0, 4, 4, 8},
        {2, 0, 4, 4},
        {0, 2, 2, 4},
        {1, 0, 2, 2},
        {0, 1, 1, 2}
    };
    const size_t width = word(head), height = word(head + 4);
    const size_t bits = (size_t)head[8] * samples[head[9]];
    const bool is_interlaced = head[12] == 1;
    const size_t count = is_interlaced ? PASSES : 1;
    for (size_t i = 0; i < count; i++) {
        size_t columns = width;
        passes[i].rows = height;
        if (is_interlaced) {
            columns = every(width, interlaced[i].x, interlaced[i].x_step);
            passes[i].rows =
                every(height, interlaced[i].y, interlaced[i].y_step);
        }
        passes[i].row_bytes = columns ? 1 + (columns * bits + 7) / 8 : 0;
    }
    return count;
}

/* Whether the unpacked rows begin with filters that exist. */
static bool
has_filters(const unsigned char *rows, const struct pass *passes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; passes[i].row_bytes > 0 && k < passes[i].rows; k++) {
            if (*rows > 4)
                return false;
            rows += passes[i].row_bytes;
        }
    return true;
}

/* Unpacks the data and holds it against the head. */
static const char *
check_data(struct arena *arena, const unsigned char *head,
           const unsigned char *data, size_t size)
{
    static const char damaged[] = "its picture is damaged";
    struct pass passes[PASSES];
    size_t count = measure(head, passes), all = 0;
    for (size_t i = 0; i < count; i++)
        all += passes[i].rows * passes[i].row_bytes;
    unsigned char *rows = arena_alloc(arena, all + 1);
    z_stream stream = {0};
    if (inflateInit(&stream) != Z_OK)
        return damaged;
    stream.next_in = (z_const Bytef *)data;
    stream.avail_in = (uInt)size;
    stream.next_out = rows;
    stream.avail_out = (uInt)all + 1; /* one more, to see what is too long */
    int status = inflate(&stream, Z_FINISH);
    size_t length = stream.total_out;
    inflateEnd(&stream);
    if (status != Z_STREAM_END || length != all ||
        !has_filters(rows, passes, count))
        return damaged;
    return NULL;
}

/* --- the whole file ---------------------------------------------------- */

/* The picture's chunks, one behind the other, and the data of its IDATs. */
struct taking {
    unsigned char *taken, *data;
    size_t taken_size, data_size;
    bool has_palette, has_data, is_past_data;
};

static void
keep(struct taking *taking, const struct chunk *chunk)
{
    memcpy(taking->taken + taking->taken_size, chunk->start,
           chunk->length + FRAME);
    taking->taken_size += chunk->length + FRAME;
}

/* One chunk behind the head; chunks of one kind stand together, in order. */
static const char *
take_chunk(struct taking *taking, const struct chunk *chunk)
{
    if (is_named(chunk, "IDAT")) {
        if (taking->is_past_data)
            return "its chunks are out of order";
        memcpy(taking->data + taking->data_size, chunk->data, chunk->length);
        taking->data_size += chunk->length;
        taking->has_data = true;
        keep(taking, chunk);
        return NULL;
    }
    taking->is_past_data = taking->has_data;
    if (is_named(chunk, "PLTE")) {
        if (taking->has_palette || taking->has_data || chunk->length == 0 ||
            chunk->length % 3 != 0 || chunk->length > PALETTE_MOST)
            return "its palette is wrong";
        taking->has_palette = true;
        keep(taking, chunk);
    } else if (is_named(chunk, "tRNS")) {
        if (taking->has_data)
            return "its chunks are out of order";
        keep(taking, chunk);
    } else if (is_named(chunk, "IEND")) {
        keep(taking, chunk);
    } else if ((chunk->start[4] & 0x20) == 0) { /* one that must be known */
        return "it has a chunk that is not known";
    }
    return NULL;
}

const char *
png_take(struct arena *arena, const void *bytes, size_t size,
         const void **taken, size_t *taken_size)
{
    const unsigned char *at = bytes, *end = at + size;
    const unsigned char *head = at + SIGNATURE + 8;
    struct taking taking = {.taken = arena_alloc(arena, size),
                            .data = arena_alloc(arena, size)};
    struct chunk chunk;
    at += SIGNATURE + FRAME + HEAD;
    taking.taken_size = SIGNATURE + FRAME + HEAD;
    memcpy(taking.taken, bytes, taking.taken_size);
    do {
        const char *fault = next_chunk(&at, end, &chunk);
        if (fault == NULL)
            fault = take_chunk(&taking, &chunk);
        if (fault)
            return fault;
    } while (!is_named(&chunk, "IEND"));
    if (head[9] == PALETTE_TYPE && !taking.has_palette)
        return "its palette is wrong";
    *taken = taking.taken;
    *taken_size = taking.taken_size;
    return check_data(arena, head, taking.data, taking.data_size);
}
