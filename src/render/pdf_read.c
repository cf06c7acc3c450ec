/*
 * Takes a PDF by cairo apart, and checks a finished one.
 */
#include "render/pdf_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "render/pdf.h"

#define ENTRY_SIZE 20 /* "0000015299 00000 n \n" */

const unsigned char *
pdf_find(const unsigned char *bytes, size_t size, const char *text)
{
    return memmem(bytes, size, text, strlen(text));
}

bool
pdf_has(const struct pdf_object *object, const char *text)
{
    return pdf_find(object->bytes, object->size, text) != NULL;
}

/* The last place of a text, which stands near the end. */
static const unsigned char *
find_last(const unsigned char *bytes, size_t size, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = size >= length ? size - length + 1 : 0; i-- > 0;)
        if (memcmp(bytes + i, text, length) == 0)
            return bytes + i;
    return NULL;
}

/* A whole number at some bytes, blanks before it skipped; false for none. */
static bool
read_number(const unsigned char *at, const unsigned char *end, size_t *number)
{
    *number = 0;
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r'))
        at++;
    if (at == end || *at < '0' || *at > '9')
        return false;
    for (; at < end && *at >= '0' && *at <= '9'; at++)
        *number = *number * 10 + (size_t)(*at - '0');
    return true;
}

/* The number behind a key of the trailer. */
static bool
trailer_number(const unsigned char *trailer, const unsigned char *end,
               const char *key, size_t *number)
{
    const unsigned char *at = pdf_find(trailer, (size_t)(end - trailer), key);
    return at && read_number(at + strlen(key), end, number);
}

/* The bytes of the object that begins at an offset. */
static bool
read_object(const struct pdf_file *file, size_t number, size_t offset,
            size_t limit, struct pdf_object *object)
{
    char head[32];
    int length = snprintf(head, sizeof head, "%zu 0 obj", number);
    if (offset + (size_t)length > limit ||
        memcmp(file->bytes + offset, head, (size_t)length) != 0)
        return false;
    const unsigned char *from = file->bytes + offset + length;
    const unsigned char *to =
        find_last(from, limit - offset - (size_t)length, "endobj");
    if (to == NULL)
        return false;
    object->bytes = from;
    object->size = (size_t)(to - from);
    return true;
}

static int
by_size(const void *left, const void *right)
{
    const size_t *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* Cuts the file at the offsets of the table: an object ends where the next one
   begins. */
static bool
read_objects(struct arena *arena, struct pdf_file *file,
             const unsigned char *table, size_t table_offset)
{
    size_t count = file->object_count, used = 0;
    size_t *offset = arena_array(arena, count, size_t);
    size_t *sorted = arena_array(arena, count + 1, size_t);
    for (size_t i = 1; i < count; i++) {
        const unsigned char *entry = table + i * ENTRY_SIZE;
        if (entry[17] != 'n')
            continue;
        if (!read_number(entry, entry + 10, &offset[i]) ||
            offset[i] >= table_offset)
            return false;
        sorted[used++] = offset[i];
    }
    sorted[used++] = table_offset;
    qsort(sorted, used, sizeof *sorted, by_size);
    file->header_size = sorted[0];
    for (size_t i = 1; i < count; i++) {
        if (offset[i] == 0)
            continue;
        const size_t *here =
            bsearch(&offset[i], sorted, used, sizeof *sorted, by_size);
        if (here == NULL ||
            !read_object(file, i, offset[i], here[1], &file->objects[i]))
            return false;
    }
    return true;
}

struct pdf_file *
pdf_read(struct arena *arena, const unsigned char *bytes, size_t size,
         const char **why)
{
    struct pdf_file *file = arena_alloc(arena, sizeof *file);
    const unsigned char *end = bytes + size;
    const unsigned char *start = find_last(bytes, size, "startxref");
    size_t offset = 0, count = 0, root = 0, info = 0;
    *why = "the PDF by cairo is not as expected";
    file->bytes = bytes;
    file->size = size;
    if (start == NULL || !read_number(start + 9, end, &offset) ||
        offset >= size)
        return NULL;
    const unsigned char *table = bytes + offset;
    const unsigned char *trailer =
        pdf_find(table, (size_t)(end - table), "trailer");
    if (trailer == NULL || memcmp(table, "xref\n0 ", 7) != 0 ||
        !read_number(table + 7, end, &count) ||
        !trailer_number(trailer, end, "/Root", &root) ||
        !trailer_number(trailer, end, "/Info", &info) || root >= count ||
        info >= count)
        return NULL;
    table = memchr(table + 5, '\n', (size_t)(end - table) - 5);
    if (table == NULL || (size_t)(trailer - table) < 1 + count * ENTRY_SIZE)
        return NULL;
    file->object_count = count;
    file->objects = arena_array(arena, count, struct pdf_object);
    file->root = (unsigned)root;
    file->info = (unsigned)info;
    if (!read_objects(arena, file, table + 1, offset))
        return NULL;
    *why = NULL;
    return file;
}

bool
pdf_check(const unsigned char *bytes, size_t size, size_t pages,
          const char **why)
{
    const unsigned char *end = bytes + size;
    const unsigned char *start = find_last(bytes, size, "startxref");
    size_t offset = 0, count = 0;
    *why = NULL;
    if (size < 64 || memcmp(bytes, "%PDF-1.", 7) != 0)
        *why = "it does not begin as a PDF";
    else if (memcmp(end - 6, "%%EOF\n", 6) != 0 || start == NULL ||
             !read_number(start + 9, end, &offset) || offset >= size ||
             pdf_find(bytes + offset, (size_t)(end - bytes) - offset,
                      "/Type /XRef") == NULL)
        *why = "its end is not that of a PDF";
    if (*why)
        return false;
    const unsigned char *tree = pdf_find(bytes, size, "/Type /Pages");
    const unsigned char *number =
        tree ? pdf_find(tree, (size_t)(end - tree), "/Count") : NULL;
    if (number == NULL || !read_number(number + 6, end, &count) ||
        count != pages)
        *why = "it does not have the pages it should have";
    return *why == NULL;
}
