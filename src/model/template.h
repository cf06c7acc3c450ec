/*
 * A template as its file says it: pages, sheets, columns, words, colours and
 * sizes, each with its place.  Names only; document/ resolves them, so that a
 * mistake gets the excerpt of its line.  And what is the house's own: a logo, a
 * classification, a paragraph.
 */
#ifndef HEADROOM_MODEL_TEMPLATE_H
#define HEADROOM_MODEL_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"
#include "base/source.h"
#include "base/text.h"

struct arena;

struct template_name {
    const char *name;
    struct place place;
};

/* One page of the PDF or one sheet of the workbook. */
struct template_part {
    struct template_name kind;     /* conclusion, links, basis; about, ... */
    struct template_name *columns; /* keys of columns, none: the kind's own */
    size_t column_count;
};

/* A word or a wording: several variants stand longest first. */
struct template_word {
    const char *key;          /* "state.short", "message.short.one" ... */
    struct text *variants;    /* zh and en with {name} for what is filled in */
    size_t variant_count;     /* >= 1 */
    struct place place;
};

struct template_colour {
    const char *key; /* "ink", "bad" ... */
    unsigned rgb;    /* 0xRRGGBB */
    struct place place;
};

struct template_size {
    const char *key;      /* "verdict", "number" ... */
    struct decimal value; /* [pt] of text, [mm] of distances */
    struct place place;
};

/* A picture that has been looked through: a whole PNG. */
struct template_logo {
    const char *path;
    const void *bytes;      /* without texts and other things beside it */
    size_t size;            /* [bytes] */
    unsigned width, height; /* [pixels] 1 to 1,000 */
};

struct template {
    struct template_name id;
    struct template_name paper; /* a4 or letter */
    const struct template_logo *logo; /* NULL for none */
    struct text classification; /* in the place of the season's */
    struct text extra_text;     /* a paragraph of the house's own */
    struct template_part *pages;
    size_t page_count;
    struct template_part *sheets;
    size_t sheet_count;
    struct template_word *words; /* sorted by key */
    size_t word_count;
    struct template_colour *colours;
    size_t colour_count;
    struct template_size *sizes;
    size_t size_count;
};

const struct template_word *template_find_word(const struct template *template,
                                               const char *key);

/* Whether the template has a page of that name; one that names no pages has
   all of headroom's own but evidence_all. */
bool template_has_page(const struct template *template, const char *name);

#endif
