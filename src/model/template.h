/*
 * A template as its file says it: documents, pages, sheets, columns, words,
 * colours and sizes, each with its place.  Names only; document/ resolves
 * them, so that a mistake gets the excerpt of its line.
 */
#ifndef HEADROOM_MODEL_TEMPLATE_H
#define HEADROOM_MODEL_TEMPLATE_H

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

struct template {
    struct template_name id;
    struct template_name paper; /* a4 or letter */
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

#endif
