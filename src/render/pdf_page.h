/*
 * The contents of one page of a PDF.
 */
#ifndef HEADROOM_RENDER_PDF_PAGE_H
#define HEADROOM_RENDER_PDF_PAGE_H

#include "render/display.h"
#include "render/pdf_file.h"
#include "render/pdf_font.h"
#include "render/pdf_structure.h"

/* Puts what draws a page of the display to content.  Fonts are /F0 and /F1 by
   their role, the template's logo is /Logo. */
void pdf_page_draw(const struct display *display, size_t page,
                   struct pdf_font *const fonts[FONT_ROLES],
                   struct pdf_structure *structure, struct pdf_bytes *content);

#endif
