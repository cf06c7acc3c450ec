/*
 * The file of a PDF: its objects, most of them small and packed together in
 * object streams (7.5.7), the table of where each stands (7.5.8), and an
 * identifier made of the content.  Room render/; knows nothing of pages, and is
 * the one file that knows libdeflate.
 */
#include "render/pdf_file.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libdeflate.h>
#include <nettle/sha2.h>

#include "base/arena.h"
#include "base/text.h"

#define PER_STREAM 250   /* objects in one object stream */
#define USUAL_LENGTH 256 /* [bytes] of what is formatted */
/* Of 12; beyond that a tenth of the size costs twice the time. */
#define COMPRESSION 6

/* Where an object stands: type 1 at an offset, type 2 in a stream at an
   index. */
struct entry {
    unsigned type;
    size_t where, index;
};

struct pdf_file {
    struct arena *arena;
    struct pdf_bytes out;
    struct entry *entries; /* by number */
    size_t entry_count, entry_room;
    /* objects that wait for their stream */
    size_t stream, waiting;
    struct pdf_bytes head, body;
    struct libdeflate_compressor *packer;
    struct pdf_bytes packed;
};

/* --- bytes ---------------------------------------------------------------- */

static void
make_room(struct pdf_bytes *pdf, size_t size)
{
    if (pdf->room - pdf->size >= size)
        return;
    size_t room = pdf->room ? pdf->room : 4096;
    while (room - pdf->size < size)
        room *= 2;
    unsigned char *larger = realloc(pdf->bytes, room);
    if (larger == NULL)
        abort(); /* not reached: memory.c ends the program first */
    pdf->bytes = larger;
    pdf->room = room;
}

void
pdf_put(struct pdf_bytes *pdf, const void *bytes, size_t size)
{
    if (size == 0)
        return;
    make_room(pdf, size);
    memcpy(pdf->bytes + pdf->size, bytes, size);
    pdf->size += size;
}

void
pdf_put_string(struct pdf_bytes *pdf, const char *text)
{
    pdf_put(pdf, text, strlen(text));
}

void
pdf_put_format(struct pdf_bytes *pdf, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    make_room(pdf, USUAL_LENGTH);
    size_t room = pdf->room - pdf->size;
    int length = vsnprintf((char *)pdf->bytes + pdf->size, room, format, list);
    assert(length >= 0);
    if ((size_t)length >= room) {
        make_room(pdf, (size_t)length + 1);
        vsnprintf((char *)pdf->bytes + pdf->size, (size_t)length + 1, format,
                  again);
    }
    va_end(again);
    va_end(list);
    pdf->size += (size_t)length;
}

void
pdf_put_number(struct pdf_bytes *pdf, double number, unsigned places)
{
    static const double scale[] = {1, 10, 100, 1000, 10000};
    assert(places < sizeof scale / sizeof *scale && fabs(number) < 1e9);
    long units = lround(number * scale[places]);
    unsigned long left =
        units < 0 ? 0 - (unsigned long)units : (unsigned long)units;
    char text[24], *at = text + sizeof text;
    while (places > 0 && left % 10 == 0) {
        left /= 10;
        places--;
    }
    for (unsigned place = 0; left > 0 || place <= places; place++) {
        if (place == places && places > 0)
            *--at = '.';
        if (place == places && place > 0 && left == 0)
            break; /* ".5" */
        *--at = (char)('0' + left % 10);
        left /= 10;
    }
    if (units < 0)
        *--at = '-';
    pdf_put(pdf, at, (size_t)(text + sizeof text - at));
}

static void
put_unit(struct pdf_bytes *pdf, uint32_t unit)
{
    static const char digit[] = "0123456789ABCDEF";
    char hex[4] = {digit[unit >> 12 & 15], digit[unit >> 8 & 15],
                   digit[unit >> 4 & 15], digit[unit & 15]};
    pdf_put(pdf, hex, sizeof hex);
}

void
pdf_put_text(struct pdf_bytes *pdf, const char *text, size_t length)
{
    const char *end = text + length;
    pdf_put_string(pdf, "<FEFF");
    while (text < end) {
        uint32_t code = 0;
        unsigned bytes = text_decode(text, end, &code);
        if (bytes == 0)
            break;
        if (code >= 0x10000) {
            put_unit(pdf, 0xd800 + ((code - 0x10000) >> 10));
            code = 0xdc00 + ((code - 0x10000) & 0x3ff);
        }
        put_unit(pdf, code);
        text += bytes;
    }
    pdf_put_string(pdf, ">");
}

/* --- the file ------------------------------------------------------------- */

struct pdf_file *
pdf_file_open(struct arena *arena)
{
    struct pdf_file *file = arena_alloc(arena, sizeof *file);
    file->arena = arena;
    file->packer = libdeflate_alloc_compressor(COMPRESSION);
    if (file->packer == NULL)
        abort(); /* not reached: memory.c ends the program first */
    /* four bytes above 127 tell that this is no text (7.5.2) */
    pdf_put_string(&file->out, "%PDF-1.5\n%\xb5\xed\xae\xfb\n");
    pdf_file_number(file); /* 0 is nobody's */
    return file;
}

void
pdf_file_close(struct pdf_file *file)
{
    libdeflate_free_compressor(file->packer);
    free(file->out.bytes);
    free(file->head.bytes);
    free(file->body.bytes);
    free(file->packed.bytes);
}

size_t
pdf_file_number(struct pdf_file *file)
{
    file->entries = arena_grow(file->arena, file->entries, file->entry_count,
                               &file->entry_room, sizeof *file->entries);
    file->entries[file->entry_count] = (struct entry){0, 0, 0};
    return file->entry_count++;
}

static void
begin(struct pdf_file *file, size_t number)
{
    file->entries[number] = (struct entry){1, file->out.size, 0};
    pdf_put_format(&file->out, "%zu 0 obj\n", number);
}

void
pdf_file_put(struct pdf_file *file, size_t number,
             const struct pdf_bytes *object)
{
    begin(file, number);
    pdf_put(&file->out, object->bytes, object->size);
    pdf_put_string(&file->out, "\nendobj\n");
}

void
pdf_file_stream(struct pdf_file *file, size_t number, const char *entries,
                const void *bytes, size_t size, bool packed)
{
    struct pdf_bytes *to = &file->packed;
    begin(file, number);
    if (packed) {
        to->size = 0;
        make_room(to, libdeflate_zlib_compress_bound(file->packer, size));
        size = libdeflate_zlib_compress(file->packer, bytes, size, to->bytes,
                                        to->room);
        assert(size > 0);
        bytes = to->bytes;
    }
    pdf_put_format(&file->out, "<< %s%s /Length %zu >>\nstream\n", entries,
                   packed ? " /Filter /FlateDecode" : "", size);
    pdf_put(&file->out, bytes, size);
    pdf_put_string(&file->out, "\nendstream\nendobj\n");
}

/* --- objects packed together ---------------------------------------------- */

static void
end_waiting(struct pdf_file *file)
{
    if (file->waiting == 0)
        return;
    const char *entries =
        arena_format(file->arena, "/Type /ObjStm /N %zu /First %zu",
                     file->waiting, file->head.size);
    pdf_put(&file->head, file->body.bytes, file->body.size);
    pdf_file_stream(file, file->stream, entries, file->head.bytes,
                    file->head.size, true);
    file->waiting = file->head.size = file->body.size = 0;
}

void
pdf_file_pack(struct pdf_file *file, size_t number,
              const struct pdf_bytes *object)
{
    if (file->waiting == 0)
        file->stream = pdf_file_number(file);
    file->entries[number] = (struct entry){2, file->stream, file->waiting++};
    pdf_put_format(&file->head, "%zu %zu ", number, file->body.size);
    pdf_put(&file->body, object->bytes, object->size);
    pdf_put_string(&file->body, "\n");
    if (file->waiting == PER_STREAM)
        end_waiting(file);
}

/* --- the end -------------------------------------------------------------- */

/* The identifier: the first half of the SHA-256 of all before it. */
static const char *
make_id(const struct pdf_file *file)
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, file->out.size, file->out.bytes);
    sha256_digest(&context, sizeof digest, digest);
    char hex[33];
    for (size_t i = 0; i < 16; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return arena_copy(file->arena, hex, 32);
}

#define XREF_WIDTH 7 /* 1 byte type, 4 bytes where, 2 bytes index */

/* The cross-reference stream, each row as its difference to the one above
   (PNG's predictor Up), which compresses to little. */
static void
put_xref(struct pdf_file *file, size_t root, size_t info)
{
    size_t number = pdf_file_number(file), start = file->out.size;
    file->entries[number] = (struct entry){1, start, 0};
    struct pdf_bytes rows = {NULL, 0, 0};
    unsigned char above[XREF_WIDTH] = {0};
    for (size_t i = 0; i <= number; i++) {
        struct entry entry = file->entries[i];
        if (i == 0)
            entry.index = 65535;
        unsigned char row[XREF_WIDTH] = {
            (unsigned char)entry.type,
            (unsigned char)(entry.where >> 24 & 0xff),
            (unsigned char)(entry.where >> 16 & 0xff),
            (unsigned char)(entry.where >> 8 & 0xff),
            (unsigned char)(entry.where & 0xff),
            (unsigned char)(entry.index >> 8 & 0xff),
            (unsigned char)(entry.index & 0xff)};
        unsigned char line[XREF_WIDTH + 1] = {2};
        for (size_t k = 0; k < XREF_WIDTH; k++)
            line[k + 1] = (unsigned char)(row[k] - above[k]);
        memcpy(above, row, sizeof row);
        pdf_put(&rows, line, sizeof line);
    }
    const char *id = make_id(file);
    pdf_file_stream(file, number,
                    arena_format(file->arena,
                                 "/Type /XRef /Size %zu /Root %zu 0 R /Info "
                                 "%zu 0 R /ID [<%s> <%s>] /W [1 4 2] "
                                 "/DecodeParms << /Predictor 12 /Columns %d >>",
                                 number + 1, root, info, id, id, XREF_WIDTH),
                    rows.bytes, rows.size, true);
    free(rows.bytes);
    pdf_put_format(&file->out, "startxref\n%zu\n%%%%EOF\n", start);
}

void
pdf_file_end(struct pdf_file *file, size_t root, size_t info,
             struct pdf_bytes *pdf)
{
    end_waiting(file);
    put_xref(file, root, info);
    *pdf = file->out;
    file->out = (struct pdf_bytes){NULL, 0, 0};
}
