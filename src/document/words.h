/*
 * Words: the texts of a template in the languages of a document.
 */
#ifndef HEADROOM_DOCUMENT_WORDS_H
#define HEADROOM_DOCUMENT_WORDS_H

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

/* The word of that key; it exists: plan checks the template for every key that
   headroom uses before the first is asked for. */
struct phrase words_phrase(const struct words *words, const char *key);
struct phrase words_fill(const struct words *words, const char *key,
                         const struct fill *fills);
struct wording words_wording(const struct words *words, const char *key,
                             const struct fill *fills);
/* One language only: for JSON-like places and for composing. */
const char *words_in(const struct words *words, const char *key,
                     enum language language, const struct fill *fills);
struct phrase words_text(const struct words *words, struct text text);
struct phrase words_value(const struct words *words, const struct value *value);

#endif
