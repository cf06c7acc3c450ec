/*
 * The command import: what load-test tools wrote, or a spreadsheet of
 * baselines, as YAML of a season.
 */
#ifndef HEADROOM_IMPORT_H
#define HEADROOM_IMPORT_H

#include <stdbool.h>

struct arena;
struct diag;
struct options;

/* Writes the YAML to standard output or the file of -o, all of it or nothing.
   False when the input is wrong, which is then in diag, or when it cannot be
   written: then the reason is in *why. */
bool import_files(struct arena *arena, const struct options *options,
                  struct diag *diag, const char **why);

#endif
