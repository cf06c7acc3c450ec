/*
 * Texts: UTF-8, display width, and the text that stands in one or two
 * languages.
 */
#ifndef HEADROOM_BASE_TEXT_H
#define HEADROOM_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A text as the input gives it: one string, or one per language; all NULL
   when not given. */
struct text {
    const char *one;
    const char *zh;
    const char *en;
};

enum language { LANGUAGE_ZH, LANGUAGE_EN };
#define LANGUAGES 2

/* Which languages a document speaks; in LANG_BOTH zh leads and en follows. */
enum lang { LANG_EN, LANG_ZH, LANG_BOTH };

bool text_is_given(struct text text);
/* The text in a language: that language's, else the one string, else the
   other language's; NULL when not given. */
const char *text_in(struct text text, enum language language);

/* Decodes one character at s (end is one past the last byte).  Returns its
   bytes, 0 for invalid UTF-8 (overlong, surrogate, beyond U+10FFFF, cut). */
unsigned text_decode(const char *s, const char *end, uint32_t *code);

/* Columns on a terminal: 0 for combining, 2 for wide (East Asian Width W and
   F), else 1. */
unsigned text_code_width(uint32_t code);
size_t text_width(const char *s);  /* [columns] of a valid UTF-8 string */
size_t text_length(const char *s); /* [characters] */

/* Why a code may not stand in a text of the input (control, surrogate,
   noncharacter, U+2028, U+2029, format character other than U+200C and
   U+200D), or NULL. */
const char *text_forbidden(uint32_t code);
/* Whether a code shows ink: not blank and not zero-width. */
bool text_is_visible(uint32_t code);
/* Whether a code is a bidi control: marks, embeddings, overrides, isolates. */
bool text_is_bidi(uint32_t code);
/* Whether a code is a digit, or a number's sign or point, but not ASCII. */
bool text_is_digit(uint32_t code);

/* The candidate nearest to word by edit distance, NULL if none is near. */
const char *text_nearest(const char *word, const char *const *candidates,
                         size_t count);
/* The same however far it is, as long as the two have something in common. */
const char *text_least_far(const char *word, const char *const *candidates,
                           size_t count);

#endif
