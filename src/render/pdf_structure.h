/*
 * What the pages of a PDF mean: the tree of tags over their contents, and the
 * places that links lead to (ISO 32000-1, 12.3, 12.5.6.5 and 14.7).
 */
#ifndef HEADROOM_RENDER_PDF_STRUCTURE_H
#define HEADROOM_RENDER_PDF_STRUCTURE_H

#include "render/display.h"
#include "render/pdf_file.h"

struct pdf_structure;

/* Of a document with so many pages, whose objects have these numbers. */
struct pdf_structure *pdf_structure_new(struct arena *arena,
                                        const struct display *display,
                                        const size_t *page_numbers);

/* Goes along the items of a page: starts it, opens and closes a tag. */
void pdf_structure_page(struct pdf_structure *structure, size_t page);
void pdf_structure_open(struct pdf_structure *structure,
                        const struct item *item);
void pdf_structure_close(struct pdf_structure *structure);

/* Something is drawn in a box within the tags that are open.  The tag's name
   and the content's number on the page; *is_new where the content before
   belongs to another tag. */
const char *pdf_structure_mark(struct pdf_structure *structure, struct box box,
                               size_t *number, bool *is_new);

/* Puts "/Annots [...]" of a page, where it has links. */
void pdf_structure_links(const struct pdf_structure *structure, size_t page,
                         struct pdf_bytes *out);

/* Writes the tree, the links and the places; what the catalog says of them goes
   to catalog.  First a number for each link. */
void pdf_structure_number(struct pdf_structure *structure,
                          struct pdf_file *file);
void pdf_structure_write(struct pdf_structure *structure, struct pdf_file *file,
                         struct pdf_bytes *catalog);

#endif
