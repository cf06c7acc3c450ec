/*
 * Lines: a text broken to a width, by the rules of its script.
 */
#ifndef HEADROOM_RENDER_TEXT_LAYOUT_H
#define HEADROOM_RENDER_TEXT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "document/words.h"
#include "render/font.h"

#define MM_PER_PT (25.4 / 72)

/* How a text is set. */
struct text_style {
    enum font_role font;
    double size_pt;
    unsigned rgb; /* 0xRRGGBB */
    bool prose;   /* thin spaces between Han and Latin */
};

/* One line: glyphs first to last - 1 of a shaped text, blanks at its end left
   out. */
struct text_line {
    const struct shaped *shaped;
    size_t first, last;
    double width_mm;
};

struct text_block {
    struct text_style style;
    const struct text_line *lines;
    size_t line_count;
    double width_mm; /* of the widest line */
};

/* Breaks a text to lines of at most width_mm: where the rules of Unicode
   (UAX 14) allow, never before closing punctuation, and inside a word only
   when the word alone is wider than a line.  An empty text has no lines. */
struct text_block text_layout(struct arena *arena, struct fonts *fonts,
                              struct text_style style, const char *text,
                              double width_mm);

/* The width of a text on one line [mm]. */
double text_width_mm(struct fonts *fonts, struct text_style style,
                     const char *text);

/* The first variant whose lead needs at most lead_lines lines of width_mm, and
   whose second language at most second_lines of its style; the index, or
   wording.count when none does. */
size_t text_choose(struct arena *arena, struct fonts *fonts,
                   struct wording wording, double width_mm,
                   struct text_style lead, size_t lead_lines,
                   struct text_style second, size_t second_lines);

#endif
