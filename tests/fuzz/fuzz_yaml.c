/*
 * Fuzzer: YAML of a season.
 */
#include "feed.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/input.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(arena);
    char *inputs[] = {(char *)(uintptr_t)feed_file(bytes, size)};
    const struct season *season =
        input_read_season(arena, inputs, 1, false, diag);
    if ((season == NULL) != diag_has_errors(diag))
        abort();
    char *text;
    size_t length;
    FILE *stream = open_memstream(&text, &length);
    if (stream != NULL) {
        diag_print(diag, stream);
        fclose(stream);
        free(text);
    }
    arena_free(arena);
    return 0;
}
