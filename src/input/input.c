/*
 * From the INPUT arguments to a season that is free of errors.  Room: input.
 */
#include "input/input.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/check.h"
#include "input/draft.h"
#include "input/inputs.h"
#include "input/open.h"
#include "input/read_files.h"
#include "input/read_season.h"

/* What counts where the input says nothing (the contract, section 2). */
static struct season *
season_by_default(struct arena *arena)
{
    struct season *season = arena_alloc(arena, sizeof *season);
    season->id = "";
    season->unit = "QPS";
    season->validity_days = 14;
    season->scale_efficiency = decimal_scaled(9, 1);
    season->max_extrapolation = decimal_scaled(125, 2);
    season->safe_level = decimal_of(1);
    return season;
}

const struct season *
input_read_season(struct arena *arena, char *const *inputs, size_t count,
                  bool allow_outside, struct diag *diag)
{
    struct input_file *files;
    size_t file_count = inputs_list(arena, inputs, count, diag, &files);
    struct draft draft = {
        .reading = {arena, diag, NULL},
          .season = season_by_default(arena)
    };
    struct season *season = draft.season;
    season->sources = arena_array(arena, file_count + 1, const struct source *);
    for (size_t i = 0; i < file_count; i++) {
        struct source *source = open_source(arena, files[i].path, files[i].name,
                                            (unsigned)season->source_count,
                                            (struct place){0}, diag);
        if (source == NULL) {
            draft.is_partial = true;
            continue;
        }
        season->sources[season->source_count++] = source;
        read_season(&draft, source);
        source_forget(source);
    }
    draft.source_room = file_count + 1;
    read_files(&draft, allow_outside);
    draft_settle(&draft);
    if (season->source_count > 0)
        check_season(&draft);
    return diag_has_errors(diag) ? NULL : season;
}
