/*
 * The keys of a mapping: known ones in turn, unknown ones and those given
 * twice reported.
 */
#ifndef HEADROOM_INPUT_KEYS_H
#define HEADROOM_INPUT_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"

struct arena;
struct diag;
struct yaml;
struct yaml_scalar;

/* What every reader of input/ needs; yaml changes from file to file. */
struct reading {
    struct arena *arena;
    struct diag *diag;
    struct yaml *yaml;
};

/* The keys that a mapping may have; `of` says whose: "the season". */
struct keys {
    const char *of;
    const char *const *names;
    size_t count;
};

/* Takes the next known key of the mapping that was entered: its index, or -1
   after the last.  seen holds the place of each key that was taken, line 0 for
   the others; a column then tells that an unknown key was probably meant for
   this one. */
int keys_next(struct reading *reading, const struct keys *keys,
              struct place *seen);

/* Whether a key was neither given nor, by an unknown key, meant. */
bool keys_is_missing(const struct place *seen, int key);

/* Reports a key that must be given and is not, unless the file broke off:
   then it may have stood in the rest. */
void keys_require(struct reading *reading, const struct keys *keys,
                  const struct place *seen, int key, struct place place);

/* Reports that `what` is given at a second place. */
void keys_report_twice(struct reading *reading, const char *what,
                       struct place first, struct place second);

/* A text of the input in quotes, NULs in it made visible. */
const char *keys_quoted(struct reading *reading, const char *text,
                        size_t length);
/* Names what is not ASCII in a text: "; it holds U+043E", or "". */
const char *keys_odd_characters(struct reading *reading, const char *text);

#endif
