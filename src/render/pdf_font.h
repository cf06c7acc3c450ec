/*
 * The fonts of a PDF: glyphs as they are drawn, and the subset that is
 * embedded.
 */
#ifndef HEADROOM_RENDER_PDF_FONT_H
#define HEADROOM_RENDER_PDF_FONT_H

#include "render/font.h"
#include "render/pdf_file.h"

struct pdf_font;

/* A font whose subset is made, to be embedded as an object of that number. */
struct pdf_font *pdf_font_new(struct arena *arena, const struct fonts *fonts,
                              enum font_role role, size_t number);

/* A glyph of the full face that stands for some text is drawn: its code in the
   PDF, and its width in 1/1000 em.  *is_read tells whether a reader will take
   the glyph for that text. */
unsigned pdf_font_use(struct pdf_font *font, uint32_t id, const char *text,
                      size_t length, int *width, bool *is_read);

/* Writes the font with what was used; NULL, or why it cannot be embedded. */
const char *pdf_font_write(struct pdf_font *font, struct pdf_file *file);

#endif
