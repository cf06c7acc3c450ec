#include "render/pdf_finish.h"
#include <stdlib.h>
#include <string.h>
bool
pdf_finish(struct arena *arena, const struct plan *plan,
           const struct display *display, const struct pdf_bytes *raw,
           struct pdf_bytes *done, const char **why)
{
    (void)arena; (void)plan; (void)display; (void)why;
    *done = *raw;
    done->bytes = malloc(raw->size);
    memcpy(done->bytes, raw->bytes, raw->size);
    return true;
}
bool
pdf_check(const unsigned char *bytes, size_t size, size_t pages,
               const char **why)
{(void)bytes;(void)size;(void)pages;(void)why; return true;}
