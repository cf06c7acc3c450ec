/*
 * The command digest.  How logs are read and what a digest holds is results/'s
 * business.
 */
#include "digest.h"

#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "options.h"
#include "publish.h"
#include "results/digest.h"
#include "results/file.h"

/* Only samples can be digested, and only rows cut by their place. */
static bool
check_form(const struct form *form, const struct request *request,
           struct input *input, struct diag *diag)
{
    uint64_t size;
    bool is_range = request->range_from > 0 || request->range_to < UINT64_MAX;
    struct place place = {input_source(input), 1, 1, 1};
    if (!form->has_samples) {
        diag_add(diag, DIAG_RESULTS_MERGE, place, form->name, NULL);
        return false;
    }
    if (is_range && (!form->has_ranges || input_descriptor(input, &size) < 0)) {
        diag_add(diag, DIAG_RESULTS_REFUSED, place, "a range of bytes of it",
                 "only rows in a plain file can be cut so", NULL);
        return false;
    }
    return true;
}

/* Of two texts the same one, whichever comes first. */
static const char *
lesser(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a ? a : b;
    return strcmp(a, b) <= 0 ? a : b;
}

/* Brings together what files say beside their samples, the same in any order:
   before is what was known, findings what the last file said.  A file without
   samples says nothing of a load. */
static void
join(struct findings *findings, const struct findings *before, uint64_t samples)
{
    uint64_t all = tally_samples(findings->tally);
    if (all == samples || (samples > 0 && before->model == LOAD_UNKNOWN))
        findings->model = before->model;
    else if (samples > 0 && findings->model != before->model)
        findings->model = LOAD_UNKNOWN;
    findings->version = lesser(before->version, findings->version);
    findings->left_out_what =
        lesser(before->left_out_what, findings->left_out_what);
}

static bool
read_file(struct arena *arena, const struct ask *ask, size_t number,
          struct findings *findings, struct diag *diag)
{
    const struct asked_file *file = &ask->files[number];
    struct input *input =
        input_open(arena, file->path, file->name, (unsigned)number, file->place,
                   diag, false);
    if (input == NULL)
        return false;
    const struct form *form = ask_form(arena, ask->tool, input, diag);
    bool is_good = form != NULL && check_form(form, &ask->request, input, diag);
    if (is_good) {
        const struct findings before = *findings;
        uint64_t samples = tally_samples(findings->tally);
        findings->version = findings->left_out_what = NULL;
        findings->model = LOAD_UNKNOWN;
        tally_origin(findings->tally, input_origin(input));
        is_good = form->read(input, findings);
        if (findings->version == NULL)
            findings->version = tool_name[form->tool];
        join(findings, &before, samples);
    }
    if (is_good)
        return input_close(input);
    input_drop(input);
    return false;
}

bool
digest_files(struct arena *arena, const struct options *options,
             struct diag *diag, const char **why)
{
    const struct ask *ask = &options->ask;
    struct findings findings = {.arena = arena,
                                .diag = diag,
                                .request = &ask->request,
                                .tally = tally_new(TALLY_SECONDS)};
    bool is_good = ask_names_once(arena, ask, true, diag);
    for (size_t i = 0; i < ask->file_count; i++)
        is_good &= read_file(arena, ask, i, &findings, diag);
    if (is_good) {
        size_t size;
        char *bytes = digest_make(&findings, &size);
        is_good = publish_file(arena, options->folder, bytes, size, why);
        free(bytes);
    }
    tally_free(findings.tally);
    return is_good;
}
