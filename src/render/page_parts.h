/*
 * What the pages are put together from: texts in cells, marks, bars, tables.
 * Private to the page_*.c files.
 */
#ifndef HEADROOM_RENDER_PAGE_PARTS_H
#define HEADROOM_RENDER_PAGE_PARTS_H

#include "document/plan.h"
#include "render/display.h"
#include "render/look.h"

/* The grid, shared by all pages [mm]. */
#define MARGIN_LEFT 16.0
#define MARGIN_RIGHT 14.0
#define MARGIN_BOTTOM 11.0
#define MARGIN_MIN 11.0 /* nothing stands nearer to an edge */
#define INDENT 5.0      /* of names, behind the marks */
#define STEP 2.8        /* heights of rows are multiples of it */
#define LEADING 1.2     /* [em] from line to line */

/* The layout of one document. */
struct layout {
    struct arena *arena;
    struct fonts *fonts;
    const struct plan *plan;
    struct look look;
    struct display *display;
    bool two;            /* two languages */
    double left, right;  /* edges of the content */
    double top;          /* where a page's body starts, below the head */
    double bottom;       /* lowest line of the content */
    size_t fewer_sheets; /* that each section gives up of those it may have */
    const char *why;     /* the first thing that did not fit */
    size_t sheets[PAGE_KINDS]; /* the first of each kind of page, from 1; 0 for
                                  what is not laid out yet */
    bool has_pointers;         /* a text named a page */
    /* the tables of links share their columns' places: what each needs */
    const struct plan_column *link_columns;
    size_t link_column_count;
    double *link_need;
    double link_name; /* the longest name [mm] */
    double end;  /* where the last sheet's content ends; 0: nothing may follow
                    on it [mm] */
    double free; /* the same of the page before, for the one laid out [mm] */
    double bar; /* width of a bar's axis, alike on all pages; 0: not known [mm] */
    double bar_left; /* where bars begin, if they can; 0: not known [mm] */
    double second_left; /* and the columns behind names, likewise [mm] */
};

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

/* A style of the look. */
struct text_style layout_style(const struct layout *layout,
                               enum font_role font, enum size size,
                               enum colour colour);
/* The same, for sentences. */
struct text_style layout_prose(const struct layout *layout,
                               enum font_role font, enum size size,
                               enum colour colour);
/* The second language: small and secondary. */
struct text_style layout_second(const struct layout *layout);

double style_em_mm(struct text_style style);
/* From the top of a line of text to its baseline [mm]. */
double style_ascent_mm(struct text_style style);

/* Lead and second language of a short text on one line. */
const char *layout_joined(struct layout *layout, struct phrase phrase);
/* The same of a name, which says a word that both begin or end with but once:
   "P99 延迟 latency, ms". */
const char *layout_merged(struct layout *layout, struct phrase phrase);

/* The widest Latin word of a text, with a little slack: in such a width it is
   not broken.  0 where there is none. */
double layout_longest_word(struct layout *layout, struct text_style style,
                           const char *text);

/* A text with numbers in the place of {name}. */
struct number_fill {
    const char *name;
    size_t number;
};
const char *layout_fill(struct layout *layout, const char *text,
                        const struct number_fill *fills, size_t count);

struct text_block layout_break(struct layout *layout, struct text_style style,
                               const char *text, double width_mm);

/* Notes that a text does not fit; the first one counts. */
void layout_fail(struct layout *layout, const char *text);

/* Draws the lines of a block, the first baseline given, step_mm apart, between
   x0 and x1. */
void layout_block(struct layout *layout, const struct text_block *block,
                  double x0, double x1, double baseline, double step_mm,
                  enum align align);

/* One line of text between x0 and x1; fails where it is wider. */
void layout_text(struct layout *layout, struct text_style style,
                 const char *text, double x0, double x1, double baseline,
                 enum align align);

/* A block within a tag of its own. */
void layout_tagged(struct layout *layout, const char *tag,
                   const struct text_block *block, double x0, double x1,
                   double baseline, double step_mm, enum align align);

/* A phrase as it stands in lines: the lead, and below it the second language. */
struct phrase_block {
    struct text_block lead, second;
    double lead_step, second_step; /* [mm] */
    double height;                 /* [mm] of all lines */
};
struct phrase_block layout_phrase(struct layout *layout, struct phrase phrase,
                                  struct text_style lead,
                                  struct text_style second, double width_mm);
/* Draws it from its top edge. */
void layout_phrase_at(struct layout *layout, const struct phrase_block *block,
                      double x0, double x1, double top, enum align align);

/* A sentence in as few lines from least to most as a wording of it fits, for
   each number the longest wording first; fails where none does. */
struct phrase_block layout_wording(struct layout *layout, struct wording wording,
                                  double width, struct text_style lead,
                                  struct text_style second, size_t least,
                                  size_t most);
/* Draws a phrase in a tag of its own, up to the right edge; returns where it
   ends. */
double layout_sentence(struct layout *layout, const char *tag,
                       const struct phrase_block *block, double x0, double top);

/* A section's heading: the second language on the same line where it fits,
   else below.  Its height; drawn in a tag of its own where top is given. */
double layout_heading(struct layout *layout, const char *tag,
                      struct phrase heading, double x0, double x1,
                      const double *top);

/* page_verdict.c: the verdict with its message, and the six counts; each
   returns where it ends. */
double verdict_draw(struct layout *layout, const struct plan_conclusion *page,
                    double top);
double counts_draw(struct layout *layout, const struct plan_conclusion *page,
                   double top);

/* page_mark.c: the mark of a state in a square of size mm. */
void mark_draw(struct layout *layout, enum state state, double x, double y,
               double size_mm);

/* page_bar.c: the bar of a link; 100 % is unit mm from x. */
void bar_draw(struct layout *layout, const struct bar *bar, double x,
              double top, double height, double unit);
void legend_sample_draw(struct layout *layout, enum legend_sample sample,
                        double x, double top, double width, double height);

/* page_bridge.c: the way to the target in the middle of its row; 100 % is unit
   mm from x. */
void bridge_draw(struct layout *layout, const struct bridge *bridge, double x,
                 double centre, double unit);

/* page_legend.c: the legend in as many lines as it needs. */
double legend_height(struct layout *layout, const struct plan_legend *legend,
                     size_t count);
void legend_draw(struct layout *layout, const struct plan_legend *legend,
                 size_t count, double top);

/* The pages. */
void conclusion_layout(struct layout *layout, const struct plan_page *page);
void links_layout(struct layout *layout, const struct plan_page *page);
void basis_layout(struct layout *layout, const struct plan_page *page);
void evidence_layout(struct layout *layout, const struct plan_page *page);

/* page_links.c: title and range of a page that is one of several, on one line;
   returns where they end. */
double title_draw(struct layout *layout, const struct plan_page *page,
                  size_t first, size_t last, size_t all);

/* page_table.c, page_evidence.c: the names of the places that a link's row and
   its evidence are, for leading from one to the other. */
const char *place_of_row(struct layout *layout, size_t number);
const char *place_of_evidence(struct layout *layout, size_t number);

/* page_ramp.c: what all charts leave left and right of their panels, so that
   these stand alike: numbers, and in one language the names of lines; in two
   the legend alone names them [mm]. */
struct ramp_frame {
    double left, right;
};
struct ramp_frame ramp_frame(struct layout *layout,
                             const struct plan_ramps *ramps);
/* The charts of a link's evidence between x0 and x1, from top to bottom. */
void ramp_draw(struct layout *layout, const struct plan_ramps *ramps,
               const struct plan_ramp *ramp, struct ramp_frame frame, double x0,
               double x1, double top, double bottom);
/* What a point, or a line, looks like; x, y is the middle. */
void ramp_mark_draw(struct layout *layout, enum ramp_look look, double x,
                    double y);
void ramp_line_draw(struct layout *layout, enum ramp_line_kind kind, double x0,
                    double x1, double y);
/* page_ramp_legend.c: what they mean, on one line where that leaves the entries
   apart, else on as many as it needs; returns the height, and draws from top
   down where given. */
double ramp_legend(struct layout *layout, const struct plan_ramps *ramps,
                   const double *top);
void sections_layout(struct layout *layout, const struct plan_page *page);

#endif
