/*
 * Finishing: cairo's PDF is taken apart into its objects and written again
 * with what cairo cannot say: the language, words for every figure, the scope
 * of column heads, the title in the window's bar, XMP, an identifier made of
 * the content.  The many small objects of the structure tree go, compressed,
 * into object streams (ISO 32000-1, 7.5.7 and 7.5.8), which makes the file of a
 * large season a third as large.  libqpdf could do the same; loading it alone
 * takes longer than this.
 */
#include "render/pdf_finish.h"

#include <nettle/sha2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/text.h"
#include "document/plan.h"
#include "render/pdf_metadata.h"
#include "render/pdf_read.h"

#define PER_STREAM 250 /* objects in one object stream */
#define COMPRESSION 2  /* the structure says the same again and again */

/* Where an object stands: type 1 at an offset, type 2 in a stream at an
   index. */
struct entry {
    unsigned type;
    size_t where, index;
};

struct finish {
    struct arena *arena;
    const struct pdf_file *file;
    struct pdf_bytes *out;
    struct entry *entries; /* by number */
    size_t entry_count, entry_room;
    const char **alts; /* of the figures, in order */
    size_t alt_count, alt_used;
};

static void
put_string(struct pdf_bytes *out, const char *text)
{
    pdf_put(out, text, strlen(text));
}

static void put_format(struct pdf_bytes *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
put_format(struct pdf_bytes *out, const char *format, ...)
{
    char text[512];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    if (length > 0 && (size_t)length < sizeof text)
        pdf_put(out, text, (size_t)length);
}

static void
put_unit(struct pdf_bytes *out, uint32_t unit)
{
    static const char digit[] = "0123456789ABCDEF";
    char hex[4] = {digit[unit >> 12 & 15], digit[unit >> 8 & 15],
                   digit[unit >> 4 & 15], digit[unit & 15]};
    pdf_put(out, hex, sizeof hex);
}

/* A text string in UTF-16, as hexadecimal digits (7.9.2.2). */
static void
put_text(struct pdf_bytes *out, const char *text)
{
    const char *end = text + strlen(text);
    put_string(out, "<FEFF");
    while (text < end) {
        uint32_t code = 0;
        unsigned bytes = text_decode(text, end, &code);
        if (bytes == 0)
            break;
        if (code >= 0x10000) {
            put_unit(out, 0xd800 + ((code - 0x10000) >> 10));
            code = 0xdc00 + ((code - 0x10000) & 0x3ff);
        }
        put_unit(out, code);
        text += bytes;
    }
    put_string(out, ">");
}

static struct entry *
entry_add(struct finish *finish)
{
    finish->entries =
        arena_grow(finish->arena, finish->entries, finish->entry_count,
                   &finish->entry_room, sizeof *finish->entries);
    struct entry *entry = &finish->entries[finish->entry_count++];
    *entry = (struct entry){0, 0, 0};
    return entry;
}

/* The words of all figures, in the order of the pages. */
static void
collect_alts(struct finish *finish, const struct display *display)
{
    size_t room = 0;
    for (size_t i = 0; i < display->page_count; i++) {
        const struct display_page *page = &display->pages[i];
        for (size_t k = 0; k < page->item_count; k++) {
            const struct item *item = &page->items[k];
            if (item->kind != ITEM_OPEN || strcmp(item->tag, "Figure") != 0)
                continue;
            finish->alts =
                arena_grow(finish->arena, finish->alts, finish->alt_count,
                           &room, sizeof *finish->alts);
            finish->alts[finish->alt_count++] = item->alt ? item->alt : "";
        }
    }
}

/* How cairo begins an element of the structure tree; its kind follows. */
static const char element_head[] = "\n<< /Type /StructElem\n   /S /";

static bool
is_structure(const struct pdf_object *object)
{
    return object->bytes && object->size > sizeof element_head &&
           memcmp(object->bytes, element_head, sizeof element_head - 1) == 0;
}

/* Whether an element is of a kind, which ends its line. */
static bool
is_kind(const struct pdf_object *object, const char *kind)
{
    size_t length = strlen(kind), at = sizeof element_head - 1;
    return object->size > at + length &&
           memcmp(object->bytes + at, kind, length) == 0;
}

/* An object as it is, with more put in before the dictionary's end. */
static void
put_object(struct finish *finish, struct pdf_bytes *out,
           const struct pdf_object *object, const char *more)
{
    const unsigned char *bytes = object->bytes;
    size_t size = object->size;
    while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == ' '))
        size--;
    if (size < 2 || memcmp(bytes + size - 2, ">>", 2) != 0) {
        pdf_put(out, bytes, size);
        return;
    }
    pdf_put(out, bytes, size - 2);
    put_string(out, more);
    if (is_structure(object)) {
        if (is_kind(object, "Figure\n") &&
            finish->alt_used < finish->alt_count) {
            put_string(out, "   /Alt ");
            put_text(out, finish->alts[finish->alt_used++]);
            put_string(out, "\n");
        } else if (is_kind(object, "TH\n")) {
            put_string(out, "   /A << /O /Table /Scope /Column >>\n");
        }
    }
    pdf_put(out, ">>", 2);
}

/* Compresses bytes and puts them as a stream with more in its dictionary. */
static bool
put_stream(struct finish *finish, const struct pdf_bytes *bytes,
           const char *more)
{
    uLongf size = compressBound((uLong)bytes->size);
    unsigned char *packed = malloc(size);
    bool done = packed && compress2(packed, &size, bytes->bytes,
                                    (uLong)bytes->size, COMPRESSION) == Z_OK;
    if (done) {
        put_format(
            finish->out,
            "<< %s\n   /Filter /FlateDecode\n   /Length %lu\n>>\nstream\n",
            more, (unsigned long)size);
        pdf_put(finish->out, packed, size);
        put_string(finish->out, "\nendstream\nendobj\n");
    }
    free(packed);
    return done;
}

/* Puts objects of the structure tree from number first on into one object
   stream; returns the number of the first that is not in it, 0 when the
   library fails. */
static size_t
put_object_stream(struct finish *finish, size_t first)
{
    const struct pdf_file *file = finish->file;
    struct pdf_bytes head = {NULL, 0, 0}, body = {NULL, 0, 0};
    size_t stream = finish->entry_count, count = 0, number = first;
    entry_add(finish);
    for (; number < file->object_count && count < PER_STREAM; number++) {
        if (!is_structure(&file->objects[number]))
            continue;
        put_format(&head, "%zu %zu ", number, body.size);
        put_object(finish, &body, &file->objects[number], "");
        put_string(&body, "\n");
        finish->entries[number] = (struct entry){2, stream, count++};
    }
    finish->entries[stream] = (struct entry){1, finish->out->size, 0};
    size_t start = head.size;
    pdf_put(&head, body.bytes, body.size);
    put_format(finish->out, "%zu 0 obj\n", stream);
    bool done = put_stream(
        finish, &head,
        arena_format(finish->arena, "/Type /ObjStm\n   /N %zu\n   /First %zu",
                     count, start));
    free(head.bytes);
    free(body.bytes);
    return done ? number : 0;
}

/* The metadata, with the "D:" before dates (7.9.4) that cairo leaves out. */
static void
put_info(struct pdf_bytes *out, const struct pdf_object *object)
{
    static const char date[] = "Date (";
    const unsigned char *from = object->bytes, *end = from + object->size, *at;
    while ((at = pdf_find(from, (size_t)(end - from), date)) != NULL) {
        at += sizeof date - 1;
        pdf_put(out, from, (size_t)(at - from));
        put_string(out, "D:");
        from = at;
    }
    pdf_put(out, from, (size_t)(end - from));
}

/* All objects but those of the structure tree, as they are. */
static void
put_plain_objects(struct finish *finish, const char *language, size_t metadata)
{
    const struct pdf_file *file = finish->file;
    for (size_t number = 1; number < file->object_count; number++) {
        const struct pdf_object *object = &file->objects[number];
        if (object->bytes == NULL || is_structure(object))
            continue;
        finish->entries[number] = (struct entry){1, finish->out->size, 0};
        put_format(finish->out, "%zu 0 obj", number);
        if (number == file->root)
            put_object(finish, finish->out, object,
                       arena_format(finish->arena,
                                    "   /Lang (%s)\n   /ViewerPreferences << "
                                    "/DisplayDocTitle true >>\n"
                                    "   /Metadata %zu 0 R\n",
                                    language, metadata));
        else if (number == file->info)
            put_info(finish->out, object);
        else
            pdf_put(finish->out, object->bytes, object->size);
        put_string(finish->out, "\nendobj\n");
    }
}

/* The metadata once more, as XMP; not compressed, so that any program that
   looks for it finds it. */
static void
put_metadata(struct finish *finish, size_t number, const char *packet)
{
    finish->entries[number] = (struct entry){1, finish->out->size, 0};
    put_format(finish->out,
               "%zu 0 obj\n<< /Type /Metadata\n   /Subtype /XML\n   /Length "
               "%zu\n>>\nstream\n",
               number, strlen(packet));
    put_string(finish->out, packet);
    put_string(finish->out, "\nendstream\nendobj\n");
}

static bool
put_structure(struct finish *finish)
{
    const struct pdf_file *file = finish->file;
    size_t number = 1;
    while (number < file->object_count) {
        if (!is_structure(&file->objects[number])) {
            number++;
            continue;
        }
        number = put_object_stream(finish, number);
        if (number == 0)
            return false;
    }
    return true;
}

/* The identifier: the first half of the SHA-256 of all before it. */
static const char *
make_id(struct finish *finish)
{
    struct sha256_ctx context;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, finish->out->size, finish->out->bytes);
    sha256_digest(&context, sizeof digest, digest);
    char hex[33];
    for (size_t i = 0; i < 16; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return arena_copy(finish->arena, hex, 32);
}

#define XREF_WIDTH 7 /* 1 byte type, 4 bytes where, 2 bytes index */

/* The cross-reference stream, each row as its difference to the one above
   (PNG's predictor Up), which compresses to little. */
static bool
put_xref(struct finish *finish)
{
    size_t number = finish->entry_count, start = finish->out->size;
    *entry_add(finish) = (struct entry){1, start, 0};
    struct pdf_bytes rows = {NULL, 0, 0};
    unsigned char above[XREF_WIDTH] = {0};
    for (size_t i = 0; i <= number; i++) {
        struct entry entry = finish->entries[i];
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
    const char *id = make_id(finish);
    put_format(finish->out, "%zu 0 obj\n", number);
    bool done = put_stream(
        finish, &rows,
        arena_format(
            finish->arena,
            "/Type /XRef\n   /Size %zu\n   /Root %u 0 R\n   /Info %u 0 "
            "R\n   /ID [<%s> <%s>]\n   /W [1 4 2]\n   /DecodeParms << "
            "/Predictor 12 /Columns %d >>",
            number + 1, finish->file->root, finish->file->info, id, id,
            XREF_WIDTH));
    free(rows.bytes);
    put_format(finish->out, "startxref\n%zu\n%%%%EOF\n", start);
    return done;
}

bool
pdf_finish(struct arena *arena, const struct plan *plan,
           const struct display *display, const struct pdf_bytes *raw,
           struct pdf_bytes *done, const char **why)
{
    *done = (struct pdf_bytes){NULL, 0, 0};
    struct finish finish = {.arena = arena, .out = done};
    finish.file = pdf_read(arena, raw->bytes, raw->size, why);
    if (finish.file == NULL)
        return false;
    for (size_t i = 0; i < finish.file->object_count; i++)
        entry_add(&finish);
    collect_alts(&finish, display);
    pdf_put(done, raw->bytes, finish.file->header_size);
    size_t metadata = finish.entry_count;
    entry_add(&finish);
    const char *language = plan->words.lang == LANG_EN ? "en" : "zh-CN";
    put_plain_objects(&finish, language, metadata);
    put_metadata(&finish, metadata, pdf_metadata(arena, plan, language));
    if (!put_structure(&finish) || !put_xref(&finish))
        *why = "compressing the PDF failed";
    else if (finish.alt_used != finish.alt_count)
        *why = "the figures of the PDF are not those of its pages";
    if (*why == NULL)
        return true;
    free(done->bytes);
    done->bytes = NULL;
    return false;
}
