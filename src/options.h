/*
 * The command line: one table of commands and one of options, which both read
 * the arguments and print the usage.
 */
#ifndef HEADROOM_OPTIONS_H
#define HEADROOM_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/day.h"
#include "base/text.h"
#include "render/render.h"
#include "results/ask.h"

struct arena;

enum command {
    COMMAND_REPORT,
    COMMAND_MAIL,
    COMMAND_CHECK,
    COMMAND_IMPORT,
    COMMAND_DIGEST,
    COMMANDS
};

#define MOST_RENDERERS 8

struct options {
    enum command command;
    char *const *inputs; /* INPUT..., at least one */
    size_t input_count;

    const char *folder; /* -o; NULL when not given */
    const struct renderer *renderers[MOST_RENDERERS]; /* --to, in the order of
                                  the table; all where not given */
    size_t renderer_count;
    bool has_lang;
    enum lang lang;
    const char *scenario; /* NULL when not given */
    const char *template; /* a name or a file; NULL when not given */
    const char *previous; /* an earlier report's JSON; NULL when not given */
    bool gate, quiet;
    bool allow_outside; /* files of results outside of their YAML's folder */

    struct ask ask;        /* of import and digest */
    const char *baselines; /* --baselines; NULL when not given */
    struct day date;       /* --date */
    bool help, version;    /* then nothing else is filled in */
};

/* Reads the arguments.  False and what is wrong in *why when they make no
   sense. */
bool options_read(struct arena *arena, int argc, char **argv,
                  struct options *options, const char **why);

void options_usage(FILE *stream);

#endif
