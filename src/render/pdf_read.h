/*
 * Reading a PDF: as much of its anatomy as finishing and checking need.
 *
 *   %PDF-1.5                header
 *   1 0 obj ... endobj      objects, in any order
 *   xref                    where each object begins, 20 bytes an entry
 *   trailer << ... >>       the root of all
 *   startxref N %%EOF       where xref begins
 */
#ifndef HEADROOM_RENDER_PDF_READ_H
#define HEADROOM_RENDER_PDF_READ_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* One object: its bytes between "N 0 obj" and "endobj"; NULL when free. */
struct pdf_object {
    const unsigned char *bytes;
    size_t size;
};

/* A PDF with a classic cross-reference table, as cairo writes it. */
struct pdf_file {
    const unsigned char *bytes;
    size_t size;
    size_t header_size;         /* before the first object */
    struct pdf_object *objects; /* by number, 0 is free */
    size_t object_count;
    unsigned root, info;        /* numbers of catalogue and metadata */
};

/* Reads it; NULL and a reason where the bytes are not such a file.  Lends from
   bytes. */
struct pdf_file *pdf_read(struct arena *arena, const unsigned char *bytes,
                          size_t size, const char **why);

/* Where a text begins in some bytes, or NULL. */
const unsigned char *pdf_find(const unsigned char *bytes, size_t size,
                              const char *text);
/* Whether an object holds that text. */
bool pdf_has(const struct pdf_object *object, const char *text);

#endif
