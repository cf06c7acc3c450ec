/*
 * Words: the texts of a template in the languages of a document.
 */
#ifndef HEADROOM_DOCUMENT_WORDS_H
#define HEADROOM_DOCUMENT_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "document/value.h"
#include "model/template.h"

struct arena;

/* What a document says at one place: in one language, or leading and second. */
struct phrase {
    const char *lead;
    const char *second; /* NULL unless two languages */
};

/* The same thing said in several lengths, longest first; the first that fits
   is printed.  None fitting is an error. */
struct wording {
    const struct phrase *variants;
    size_t count;
};

struct words {
    struct arena *arena;
    const struct template *template;
    enum lang lang;
    const char *unit; /* QPS or TPS */
};

/* What {name} in a word stands for; the list ends with name NULL. */
struct fill {
    const char *name;
    struct text text; /* one string, or one per language */
};

struct diag;

/* Checks that a template has every word that headroom uses, and that only
   known names stand in {}; errors in diag at their place. */
bool words_check(struct arena *arena, const struct template *template,
                 struct diag *diag);

/* The word of that key; it exists: words_check() ran before. */
struct phrase words_phrase(const struct words *words, const char *key);
struct phrase words_fill(const struct words *words, const char *key,
                         const struct fill *fills);
struct wording words_wording(const struct words *words, const char *key,
                             const struct fill *fills);
/* Both languages at once, for filling into other words; variant counts from 0,
   past the last it is the last. */
struct text words_both(const struct words *words, const char *key,
                       const struct fill *fills);
struct text words_variant(const struct words *words, const char *key,
                          size_t variant, const struct fill *fills);
size_t words_variants(const struct words *words, const char *key);
/* "a, b and c" in each language; count may be 0. */
struct text words_list(const struct words *words, const struct text *items,
                       size_t count);
/* key.one or key.many by the number, which fills {n}. */
struct text words_count(const struct words *words, const char *key,
                        unsigned long number);
/* One language only: for JSON-like places and for composing. */
const char *words_in(const struct words *words, const char *key,
                     enum language language, const struct fill *fills);
struct phrase words_text(const struct words *words, struct text text);
/* The value in words and numbers, without its star. */
struct phrase words_value(const struct words *words, const struct value *value);

/* A day, short in the year of reference: "10-30", "30 Oct"; else 2025-10-30. */
struct text words_day(const struct words *words, struct day day,
                      struct day reference);

/* Every word that headroom uses, with the names that may stand in {} in it.
   A new word of any room is a row here and an entry in templates/words.yaml. */
struct word_key {
    const char *key;
    const char *fills; /* "name attainment", NULL for none */
};
extern const struct word_key word_keys[];
extern const size_t word_key_count;

#endif
