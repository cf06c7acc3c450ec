/*
 * The file of an input, read whole.  Room: input.
 */
#include "input/open.h"

#include "base/arena.h"
#include "base/diag.h"

#define LARGEST_FILE ((size_t)64 * 1024 * 1024)

const struct source *
open_source(struct arena *arena, const char *path, const char *name,
            unsigned order, struct place place, struct diag *diag)
{
    bool is_too_large;
    const char *why;
    struct source *source =
        source_read(arena, path, name, LARGEST_FILE, &is_too_large, &why);
    if (source == NULL && is_too_large) {
        source = arena_alloc(arena, sizeof *source);
        *source = (struct source){
            .name = name, .path = path, .bytes = "", .order = order};
        diag_add(diag, DIAG_FILE_TOO_LARGE, (struct place){source, 1, 1, 1},
                 NULL);
        return NULL;
    }
    if (source == NULL)
        diag_add(diag, DIAG_UNREADABLE, place, path, why, NULL);
    else
        source->order = order;
    return source;
}
