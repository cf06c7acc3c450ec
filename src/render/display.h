/*
 * The display list: pages as plain data, between layout and drawing.  Texts
 * are placed, shapes measured, each within a structure tag; nothing is left to
 * decide.  Millimetres from the page's upper left corner; lines and type in
 * points.
 */
#ifndef HEADROOM_RENDER_DISPLAY_H
#define HEADROOM_RENDER_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "render/text_layout.h"

struct arena;

struct box {
    double x, y, width, height; /* [mm] */
};

struct point {
    double x, y; /* [mm] */
};

enum item_kind {
    ITEM_NONE,
    ITEM_OPEN,
    ITEM_CLOSE,
    ITEM_TEXT,
    ITEM_SHAPE,
    ITEM_LOGO
};

enum shape_kind {
    SHAPE_RECT,     /* points: two corners */
    SHAPE_POLYGON,  /* closed */
    SHAPE_POLYLINE, /* open */
    SHAPE_SEGMENTS, /* points in pairs */
    SHAPE_CIRCLE    /* centre, and a point on it */
};

/* What a tag is beside its name. */
enum tag_kind {
    TAG_PLAIN,
    TAG_LINK, /* leads to a place */
    TAG_PLACE /* names one, and is no tag of its own */
};

#define NO_COLOUR (-1)
#define TAGS_DEEP 16 /* open within each other, at most */

struct item {
    enum item_kind kind;
    union {
        struct { /* ITEM_OPEN */
            const char *tag; /* "Table", "TD" ... */
            const char *alt; /* of a Figure, else NULL */
            enum tag_kind tag_kind;
            const char *goal; /* the place's name, of a link and a place */
        };
        struct { /* ITEM_TEXT */
            struct text_line line;
            struct text_style style;
            struct point start; /* left end of the baseline */
            struct box cell;    /* what the text must stay in */
            bool spaced;        /* a blank follows: what comes next within the
                                   tag is another word */
        };
        struct { /* ITEM_SHAPE */
            enum shape_kind shape;
            const struct point *points;
            size_t point_count;
            int fill, stroke; /* 0xRRGGBB or NO_COLOUR */
            double stroke_pt;
            double dash_mm; /* 0: solid */
        };
        struct box place; /* ITEM_LOGO: what the template's logo fills */
    };
};

struct display_page {
    struct item *items;
    size_t item_count, room;
    const char *label; /* outline entry, NULL for none: not a new part */
    const char *title, *second; /* stand in the head; second may be NULL */
    bool is_evidence;           /* of the ramps: no limit of pages counts it */
};

/* An entry of the outline below that of its page's part. */
struct display_entry {
    const char *title, *place; /* where it leads */
    size_t page;               /* index */
};

struct display {
    struct arena *arena;
    struct fonts *fonts;
    double width_mm, height_mm;
    double margin_mm; /* nothing stands outside it */
    size_t reserve;   /* items kept free at the front of each page, ITEM_NONE */
    struct display_page *pages;
    size_t page_count, room;
    struct display_entry *entries; /* in the order of the pages */
    size_t entry_count, entry_room;
};

struct display *display_new(struct arena *arena, struct fonts *fonts,
                            double width_mm, double height_mm,
                            double margin_mm);
/* Starts a page; what is added next stands on it. */
void display_page(struct display *display, const char *label);

void display_open(struct display *display, const char *tag, const char *alt);
void display_close(struct display *display);

/* What is added until it is closed leads to a place of that name, or is that
   place: within a tag that holds content.  Each place that is led to must be
   there, once. */
void display_open_link(struct display *display, const char *place);
void display_open_place(struct display *display, const char *place);
/* An entry of the outline for a place on the last page. */
void display_entry(struct display *display, const char *title,
                   const char *place);

/* A line of text from a point on its baseline, within a cell. */
void display_line(struct display *display, const struct text_line *line,
                  struct text_style style, double x, double baseline,
                  struct box cell);

/* The template's logo, which fills the box. */
void display_logo(struct display *display, struct box box);

/* How a shape is painted. */
struct paint {
    int fill, stroke; /* 0xRRGGBB or NO_COLOUR */
    double stroke_pt;
    double dash_mm;
};
void display_shape(struct display *display, enum shape_kind kind,
                   const struct point *points, size_t count,
                   struct paint paint);
void display_rect(struct display *display, struct box box, struct paint paint);
void display_rule(struct display *display, double x0, double x1, double y,
                  unsigned rgb, double width_pt);
/* Lines at 45 degrees, step_mm apart, clipped to the box. */
void display_hatch(struct display *display, struct box box, unsigned rgb,
                   double width_pt, double step_mm);

/* Room that a line of text takes above and below its baseline [em]. */
#define TEXT_ASCENT 0.88
#define TEXT_DESCENT 0.12

/* Checks the geometry: every text inside its cell and the margins, the logo
   inside the margins, no text over another or the logo, every shape on the
   page, tags balanced.  NULL, or what is wrong. */
const char *display_check(const struct display *display);

/* The list as text, for tests and for reading. */
void display_dump(const struct display *display, FILE *stream);

#endif
