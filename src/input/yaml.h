/*
 * A pull reader over one YAML file: values, keys and items as they stand, with
 * their places, never a tree.  Reports what is no YAML, and what headroom does
 * not take of it: aliases, tags, merge keys, complex keys, a second document,
 * nesting beyond 64, invalid UTF-8 and control characters.  Keys are for the
 * caller to know (keys.h), values for value.h.
 */
#ifndef HEADROOM_INPUT_YAML_H
#define HEADROOM_INPUT_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"

struct arena;
struct diag;
struct yaml;

#define YAML_DEPTH 64 /* of nested lists and mappings */

/* What is at hand.  A fault has been reported; it is skipped in silence. */
enum yaml_kind { YAML_FAULT, YAML_SCALAR, YAML_LIST, YAML_MAPPING };

/* A scalar or a key.  The text is lent until the next call. */
struct yaml_scalar {
    const char *text; /* valid UTF-8, NUL-terminated */
    size_t length;    /* [bytes]; text may hold a NUL before */
    bool is_null;     /* plain and empty, "~" or "null" */
    struct place place;
};

/* Opens a file; its root value is then at hand. */
struct yaml *yaml_open(struct arena *arena, const struct source *source,
                       struct diag *diag);
/* Reads to the end and closes.  False when the file was no sound YAML: then
   what was read of it is only a part. */
bool yaml_close(struct yaml *yaml);
/* Whether reading has stopped at a fault in the file. */
bool yaml_is_broken(const struct yaml *yaml);

/* The value at hand: its kind, and its place (of a list or mapping, where it
   begins). */
enum yaml_kind yaml_kind(struct yaml *yaml);
struct place yaml_place(struct yaml *yaml);

/* Takes the scalar at hand. */
void yaml_take(struct yaml *yaml, struct yaml_scalar *scalar);
/* Steps over the value at hand, whatever it is. */
void yaml_skip(struct yaml *yaml);
/* Steps into the list or mapping at hand. */
void yaml_enter(struct yaml *yaml);
/* In a list: whether another item is at hand; after the last, steps out. */
bool yaml_item(struct yaml *yaml);
/* In a mapping: takes the next key, its value is then at hand; after the last,
   steps out and returns false. */
bool yaml_key(struct yaml *yaml, struct yaml_scalar *key);

#endif
