/*
 * What cairo leaves out of a PDF: language, the title in the window, words for
 * figures, an identifier.
 */
#ifndef HEADROOM_RENDER_PDF_FINISH_H
#define HEADROOM_RENDER_PDF_FINISH_H

#include "render/pdf.h"

/* Writes the finished PDF of a raw one by cairo to *done; its bytes are the
   caller's to free.  False and a reason where the raw one is not as
   expected. */
bool pdf_finish(struct arena *arena, const struct plan *plan,
                const struct display *display, const struct pdf_bytes *raw,
                struct pdf_bytes *done, const char **why);

#endif
