/*
 * A PDF in the making, as a file of numbered objects (ISO 32000-1, 7.5).
 */
#ifndef HEADROOM_RENDER_PDF_FILE_H
#define HEADROOM_RENDER_PDF_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* Bytes that grow; from malloc. */
struct pdf_bytes {
    unsigned char *bytes;
    size_t size, room;
};

/* What is added to the end of bytes. */
void pdf_put(struct pdf_bytes *pdf, const void *bytes, size_t size);
void pdf_put_string(struct pdf_bytes *pdf, const char *text);
void pdf_put_format(struct pdf_bytes *pdf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A number with at most that many decimals, 0 to 4, and no zeros at its end;
   |number| below 1e9. */
void pdf_put_number(struct pdf_bytes *pdf, double number, unsigned places);
/* A text string (7.9.2.2): UTF-16 as hexadecimal digits. */
void pdf_put_text(struct pdf_bytes *pdf, const char *text, size_t length);

struct pdf_file;

struct pdf_file *pdf_file_open(struct arena *arena);
/* Without pdf_file_end() nothing is left. */
void pdf_file_close(struct pdf_file *file);

/* The number of an object that is to come. */
size_t pdf_file_number(struct pdf_file *file);
/* The object of a number, found as it stands by those who look for it. */
void pdf_file_put(struct pdf_file *file, size_t number,
                  const struct pdf_bytes *object);
/* The same, packed together with others. */
void pdf_file_pack(struct pdf_file *file, size_t number,
                   const struct pdf_bytes *object);
/* A stream; entries stand in its dictionary. */
void pdf_file_stream(struct pdf_file *file, size_t number, const char *entries,
                     const void *bytes, size_t size, bool packed);

/* Ends the file and hands over its bytes; free() ends them. */
void pdf_file_end(struct pdf_file *file, size_t root, size_t info,
                  struct pdf_bytes *pdf);

#endif
