/*
 * What a run has to say of its input: errors, warnings and notes, each at its
 * place, gathered and printed together with the source line and a caret.
 * The table in diag.c holds level and text of every message; the manual lists
 * the same rows.
 */
#ifndef HEADROOM_BASE_DIAG_H
#define HEADROOM_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/source.h"

struct arena;
struct diag;

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

/* One code a message; the table in diag.c has its level and text. */
enum diag_code {
#define DIAG(code, level, text) code,
#include "base/diag_table.h"
#undef DIAG
    DIAG_CODES
};

#define DIAG_PARTS 5 /* most that a warning's text has */

struct diag_entry {
    enum diag_code code;
    enum diag_level level;
    struct place place; /* line 0: the run as a whole */
    const char *text;   /* filled in, no full stop, no raw controls */
    /* of a warning, for those who say it in other words */
    const char *about;             /* the id of the link, or NULL */
    const char *parts[DIAG_PARTS]; /* what fills the text, as given, else NULL */
};

struct diag *diag_new(struct arena *arena);
/* A diag of its own with the same messages, for another thread. */
struct diag *diag_copy(struct arena *arena, const struct diag *diag);

/* Adds a message.  The texts after place fill the {} of the table's text in
   turn; the last argument is NULL.  Controls, bidi marks and the like in them
   are made visible as U+XXXX. */
void diag_add(struct diag *diag, enum diag_code code, struct place place, ...);

/* The id of the link that the warnings to come are about, or NULL. */
void diag_about(struct diag *diag, const char *link);

bool diag_has_errors(const struct diag *diag);
bool diag_has(const struct diag *diag, enum diag_code code);
size_t diag_error_count(const struct diag *diag);
/* Whether further errors are only counted: their texts need not be made. */
bool diag_is_full(const struct diag *diag);

/* The entries of a level in reading order: file, line, column. */
size_t diag_list(const struct diag *diag, enum diag_level level,
                 const struct diag_entry **list);

/* Prints errors (the first 20 and a count), then warnings, each with excerpt
   and caret; notes follow what they belong to. */
void diag_print(const struct diag *diag, FILE *stream);

#endif
