/*
 * The fonts of a document: shaping of texts, and the subset of glyphs that the
 * document holds.  Shaping happens once, with the full face; what is drawn is
 * noted, and one subset per face is made of it before drawing.
 */
#ifndef HEADROOM_RENDER_FONT_H
#define HEADROOM_RENDER_FONT_H

#include <ft2build.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include FT_FREETYPE_H

#include "render/font_list.h"

struct arena;
struct fonts;

/* One glyph of a shaped text. */
struct glyph {
    uint32_t id;      /* in the full face */
    uint32_t cluster; /* offset of its first byte in the text */
    float advance;    /* [em] to the next glyph */
    float x, y;       /* [em] offset from its place, y upwards */
};

/* A text set in one font, from left to right. */
struct shaped {
    const char *text; /* not NUL-terminated for certain */
    size_t length;    /* [bytes] */
    enum font_role role;
    const struct glyph *glyphs;
    size_t glyph_count;
    double width;     /* [em] */
    uint32_t missing; /* first character that the font has no glyph for, or 0 */
};

/* Opens the fonts that folder/fonts.txt names.  NULL, and the reason in *why,
   when one is missing or is not the one listed: a failure of the system. */
struct fonts *fonts_open(struct arena *arena, const char *folder,
                         const char **why);
void fonts_close(struct fonts *fonts);

/* Shapes a text, or returns it from an earlier call: valid until the arena
   ends.  In prose, Han characters keep a thin space from Latin letters
   and digits. */
const struct shaped *fonts_shape(struct fonts *fonts, enum font_role role,
                                 const char *text, size_t length, bool prose);

/* What is blank at the end of a glyph when it ends a line [em]: half of a
   full-width closing mark, else 0. */
double shaped_blank_end(const struct shaped *shaped, size_t glyph);

/* Notes that glyphs first to last - 1 of a shaped text will be drawn. */
void fonts_use(struct fonts *fonts, const struct shaped *shaped, size_t first,
               size_t last);

/* Subsets the faces to what was noted; afterwards those below answer.  False
   and a reason when a library fails. */
bool fonts_subset(struct fonts *fonts, const char **why);
/* The subset, lent. */
FT_Face fonts_subset_face(const struct fonts *fonts, enum font_role role);
/* What of it is embedded: the CFF table, or the whole font where its outlines
   are those of TrueType; NULL where they are neither. */
const unsigned char *fonts_program(const struct fonts *fonts,
                                   enum font_role role, size_t *size,
                                   bool *is_cff);
/* The number of a full face's glyph in the subset; its advance in units of the
   em. */
unsigned long fonts_glyph(const struct fonts *fonts, enum font_role role,
                          uint32_t id);
long fonts_advance(const struct fonts *fonts, enum font_role role, uint32_t id);

/* The files in use, for the tests. */
const struct font_file *fonts_file(const struct fonts *fonts,
                                   enum font_role role);

#endif
