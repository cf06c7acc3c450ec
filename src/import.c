/*
 * The command import.  What the files say is results/'s business; here the text
 * is made in memory and put in its place at once.
 */
#include "import.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "options.h"
#include "publish.h"
#include "results/baselines.h"
#include "results/write.h"

static bool
make(struct arena *arena, const struct options *options, struct diag *diag,
     FILE *stream)
{
    if (options->baselines != NULL)
        return baselines_import(arena, options->baselines,
                                &options->ask.request, diag, stream);
    const struct told *told = ask_files(arena, &options->ask, false, diag);
    if (told == NULL)
        return false;
    write_results(arena, told, options->date, stream);
    return true;
}

bool
import_files(struct arena *arena, const struct options *options,
             struct diag *diag, const char **why)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&bytes, &size);
    if (stream == NULL) {
        *why = strerror(errno);
        return false;
    }
    bool is_good = make(arena, options, diag, stream);
    fclose(stream);
    is_good = is_good && publish_file(arena, options->folder, bytes, size, why);
    free(bytes);
    return is_good;
}
