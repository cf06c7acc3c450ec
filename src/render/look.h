/*
 * The look of the pages: the template's colours and sizes, by name.
 */
#ifndef HEADROOM_RENDER_LOOK_H
#define HEADROOM_RENDER_LOOK_H

#include <stdbool.h>

#include "document/words.h"

enum colour {
    COLOUR_INK,
    COLOUR_PROVEN,
    COLOUR_SECONDARY,
    COLOUR_BASELINE,
    COLOUR_BOX,
    COLOUR_HAIRLINE,
    COLOUR_STALE,
    COLOUR_BAD,
    COLOUR_BAD_TINT,
    COLOUR_CAUTION,
    COLOUR_CAUTION_TINT,
    COLOUR_GOOD,
    COLOURS
};

/* Sizes of type [pt]. */
enum size {
    SIZE_VERDICT,
    SIZE_MESSAGE,
    SIZE_SECOND,  /* the sentence below the message */
    SIZE_COUNTS,
    SIZE_SECTION, /* heads of sections */
    SIZE_NAME,    /* link names and decisions */
    SIZE_NUMBER,  /* numbers and column heads */
    SIZE_DETAIL,  /* rows of the detail pages, the basis */
    SIZE_LEGEND,
    SIZE_SMALL,   /* axis, sources, the second language */
    SIZES
};

struct look {
    unsigned rgb[COLOURS];
    double size_pt[SIZES];
};

#define WHITE 0xffffffu

/* The template's look; what it leaves out keeps headroom's own. */
struct look look_of(const struct template *template);

#endif
