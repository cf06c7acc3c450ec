/*
 * The mail that carries the documents: a draft (.eml) with PDF and workbook
 * attached, and the same as .txt and .html.
 */
#ifndef HEADROOM_RENDER_MAIL_H
#define HEADROOM_RENDER_MAIL_H

#include "render/render.h"

/* Reads the PDF and the workbook of the set from the stage, where they stand
   written and checked. */
enum render_status mail_render(const struct render_job *job,
                               const char *file_name, const char **why);

#endif
