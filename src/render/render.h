/*
 * The list of renderers.  Each turns an assessed season into one file of the
 * set, in the staging folder; none decides what is said.  Room render/.
 */
#ifndef HEADROOM_RENDER_RENDER_H
#define HEADROOM_RENDER_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "base/version.h"
#include "document/plan.h" /* lends the report and the template */

struct arena;
struct diag;
struct stage;

/* What every renderer is given. */
struct render_job {
    struct arena *arena;
    const struct report *report;
    const struct template *template;
    enum lang lang;                  /* of the documents */
    struct diag *diag;
    struct stage *stage;
    const char *share; /* the folder that holds templates/ and fonts/ */
};

enum render_status {
    RENDER_OK,
    RENDER_INPUT_ERROR, /* the input or the template is at fault: in diag */
    RENDER_SYSTEM_ERROR /* the system is: file and reason in *why */
};

struct renderer {
    const char *name;   /* of --to */
    const char *suffix; /* of the file, with its dot */
    /* Writes the set's file of that name into the stage (stage_path or
       stage_write), then reads it back and checks it.  All renderers of a run
       have finished before anything is published, so an error of the input
       may be found while writing. */
    enum render_status (*render)(const struct render_job *job,
                                 const char *file_name, const char **why);
    bool on_request; /* only where --to names it */
    /* The renderers whose files it reads from the stage: they are made too,
       and before it. */
    const char *needs[2];
    /* Suffixes of further files that it writes beside its own. */
    const char *more[2];
};

extern const struct renderer renderer_table[]; /* in the order of --help */
extern const size_t renderer_count;

const struct renderer *renderer_find(const char *name); /* or NULL */

#endif
