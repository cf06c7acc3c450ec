/*
 * The door of the room: files in, a season or a template out.
 */
#ifndef HEADROOM_INPUT_INPUT_H
#define HEADROOM_INPUT_INPUT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag;
struct season;
struct template;
struct previous;

/* Reads all files that the inputs (files and folders) stand for as one season.
   Results in place may name files outside of their own folder if allow_outside
   is set.  Its errors and warnings go to diag; NULL when there are errors. */
const struct season *input_read_season(struct arena *arena, char *const *inputs,
                                       size_t count, bool allow_outside,
                                       struct diag *diag);

/* Reads a template with the files it includes; NULL when there are errors. */
const struct template *input_read_template(struct arena *arena,
                                           const char *path, struct diag *diag);

/* Reads an earlier report's JSON, to compare the season with; NULL when there
   are errors.  That of another season is a warning; season may be NULL. */
const struct previous *input_read_previous(struct arena *arena,
                                           const char *path,
                                           const struct season *season,
                                           struct diag *diag);

#endif
