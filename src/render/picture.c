/*
 * From the bytes of a PNG, which input/ has looked through, to a surface.  Room
 * render/.
 */
#include "render/picture.h"

#include <string.h>

#include "base/arena.h"
#include "document/plan.h"

struct reader {
    const unsigned char *bytes;
    size_t left;
};

static cairo_status_t
give(void *closure, unsigned char *to, unsigned length)
{
    struct reader *reader = closure;
    if (length > reader->left)
        return CAIRO_STATUS_READ_ERROR;
    memcpy(to, reader->bytes, length);
    reader->bytes += length;
    reader->left -= length;
    return CAIRO_STATUS_SUCCESS;
}

cairo_surface_t *
picture_open(struct arena *arena, const struct template_logo *logo,
             const char **why)
{
    struct reader reader = {logo->bytes, logo->size};
    cairo_surface_t *surface =
        cairo_image_surface_create_from_png_stream(give, &reader);
    cairo_status_t status = cairo_surface_status(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        return surface;
    cairo_surface_destroy(surface);
    *why = arena_format(arena, "unpacking the logo %s: %s", logo->path,
                        cairo_status_to_string(status));
    return NULL;
}
