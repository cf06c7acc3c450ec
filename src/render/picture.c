/*
 * From the bytes of a PNG, which input/ has looked through, to its samples.
 * Room render/, and the one file that knows libpng.
 */
#include "render/picture.h"

#include <png.h>
#include <string.h>

#include "base/arena.h"
#include "document/plan.h"

bool
picture_unpack(struct arena *arena, const struct template_logo *logo,
               struct picture *picture, const char **why)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    bool done =
        png_image_begin_read_from_memory(&image, logo->bytes, logo->size) != 0;
    image.format = PNG_FORMAT_RGBA;
    unsigned char *samples = NULL;
    if (done) {
        samples = arena_alloc(arena, PNG_IMAGE_SIZE(image));
        done = png_image_finish_read(&image, NULL, samples, 0, NULL) != 0;
    }
    if (!done) {
        *why = arena_format(arena, "unpacking the logo %s: %s", logo->path,
                            image.message);
        png_image_free(&image);
        return false;
    }
    size_t count = (size_t)image.width * image.height;
    unsigned char *rgb = arena_alloc(arena, 3 * count);
    unsigned char *alpha = arena_alloc(arena, count);
    bool is_opaque = true;
    for (size_t i = 0; i < count; i++) {
        memcpy(rgb + 3 * i, samples + 4 * i, 3);
        alpha[i] = samples[4 * i + 3];
        is_opaque = is_opaque && alpha[i] == 255;
    }
    *picture = (struct picture){image.width, image.height, rgb,
                                is_opaque ? NULL : alpha};
    return true;
}
