/*
 * The file of an input, read whole.  Room: input.
 */
#include "input/open.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"

#define LARGEST_FILE ((size_t)64 * 1024 * 1024)

void
open_report(const char *path, int reason, struct place place, struct diag *diag)
{
    diag_add(diag,
             source_is_system(reason) ? DIAG_READ_FAILED : DIAG_UNREADABLE,
             place, path, strerror(reason), NULL);
}

struct source *
open_source(struct arena *arena, const char *path, const char *name,
            unsigned order, struct place place, struct diag *diag)
{
    bool is_too_large;
    int reason;
    struct source *source =
        source_read(arena, path, name, LARGEST_FILE, &is_too_large, &reason);
    if (source != NULL) {
        source->order = order;
        return source;
    }
    if (!is_too_large) {
        open_report(path, reason, place, diag);
        return NULL;
    }
    source = arena_alloc(arena, sizeof *source);
    *source = (struct source){
        .name = name, .path = path, .bytes = "", .order = order};
    diag_add(diag, DIAG_FILE_TOO_LARGE, (struct place){source, 1, 1, 1}, NULL);
    return NULL;
}
