/*
 * The metadata of a PDF as XMP, for archives and search (ISO 16684-1).
 */
#ifndef HEADROOM_RENDER_PDF_METADATA_H
#define HEADROOM_RENDER_PDF_METADATA_H

struct arena;
struct plan;

/* The packet: title, language, author, program and dates, the same that stand
   in the document's own metadata. */
const char *pdf_metadata(struct arena *arena, const struct plan *plan,
                         const char *language);

#endif
