/*
 * The logo of a template: a PNG of bounded size, looked through before any
 * library gets it.  Room: input.
 */
#include "input/read_logo.h"

#include "base/arena.h"
#include "base/diag.h"
#include "input/keys.h"
#include "input/open.h"
#include "input/png.h"
#include "model/template.h"

#define FILE_MOST ((size_t)256 * 1024) /* [bytes] */
#define SIDE_MOST 1000                 /* [pixels] */
#define WIDE_MOST 8                    /* so many times as wide as high */

static void
refuse(struct reading *reading, enum diag_code code, struct place place,
       const char *path, const char *why)
{
    diag_add(reading->diag, code, place, path, why, NULL);
}

const struct template_logo *
read_logo(struct reading *reading, const char *path, struct place place)
{
    bool is_too_large;
    int reason;
    struct png png;
    struct source *source = source_read(reading->arena, path, path, FILE_MOST,
                                        &is_too_large, &reason);
    if (source == NULL) {
        if (is_too_large)
            refuse(reading, DIAG_LOGO_SIZE, place, path, "a larger file");
        else
            open_report(path, reason, place, reading->diag);
        return NULL;
    }
    const char *fault = png_head(source->bytes, source->size, &png);
    if (fault == NULL && (png.width > SIDE_MOST || png.height > SIDE_MOST ||
                          png.width > WIDE_MOST * png.height)) {
        refuse(reading, DIAG_LOGO_SIZE, place, path,
               arena_format(reading->arena, "%u by %u", png.width, png.height));
        return NULL;
    }
    struct template_logo *logo = arena_alloc(reading->arena, sizeof *logo);
    if (fault == NULL)
        fault = png_take(reading->arena, source->bytes, source->size,
                         &logo->bytes, &logo->size);
    if (fault) {
        refuse(reading, DIAG_LOGO, place, path, fault);
        return NULL;
    }
    logo->path = path;
    logo->width = png.width;
    logo->height = png.height;
    return logo;
}
