/*
 * The PDF: the renderer that lays out the plan, draws it and writes the file.
 */
#ifndef HEADROOM_RENDER_PDF_H
#define HEADROOM_RENDER_PDF_H

#include "render/display.h"
#include "render/pdf_file.h"
#include "render/render.h"

struct plan;

/* Plans, lays out, draws, finishes and writes the season's PDF. */
enum render_status pdf_render(const struct render_job *job,
                              const char *file_name, const char **why);

/* A laid-out document as a PDF in memory, finished; free() ends bytes.  False
   and a reason when a library fails. */
bool pdf_draw(struct arena *arena, const struct plan *plan,
              const struct display *display, struct pdf_bytes *pdf,
              const char **why);

/* Reads a PDF back: whether it is complete and has that many pages. */
bool pdf_check(const unsigned char *bytes, size_t size, size_t pages,
               const char **why);

#endif
