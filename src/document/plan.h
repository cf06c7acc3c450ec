/*
 * The plan of the paged document: what each page will say, as data.  Decides
 * words, order, columns and emphasis; leaves measuring, wrapping and drawing
 * to render/.  The renderers decide nothing: they walk it.
 */
#ifndef HEADROOM_DOCUMENT_PLAN_H
#define HEADROOM_DOCUMENT_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "assess/assess.h"
#include "document/chart.h"
#include "document/chart_bridge.h"
#include "document/chart_ramp.h"
#include "document/column.h"
#include "document/words.h"
#include "model/template.h"

struct arena;
struct diag;

struct plan_cell {
    struct phrase text;
    const char *hung; /* "*" hung right of the text, outside its edge, or NULL;
                         the table's note says what it stands for */
    enum emphasis emphasis;
};

/* The column above a number: how high of the highest, and what is counted. */
enum strip_look { STRIP_NONE, STRIP_PROVEN, STRIP_UNPROVEN };
struct plan_strip {
    enum strip_look look;
    double share; /* 0 .. 1 */
};

/* A row of a table; cells run with the table's columns. */
struct plan_row {
    const struct link *link;  /* NULL in tables that are not about links */
    enum state state;         /* the mark */
    struct bar bar;
    const struct bridge *bridge; /* stands in the place of the bar, or NULL */
    const struct plan_strip *strip; /* with the table's columns, or NULL */
    struct phrase alt;        /* the bar, the bridge or the strip in words */
    bool strong;              /* the name in bold: not met */
    bool rule_before;         /* a heavier rule above: where the met begin */
    const struct plan_cell *cells;
    size_t evidence;          /* the number of its ramp, from 1; 0 for none */
};

struct plan_column {
    const struct column *column; /* NULL in tables that are not about links */
    enum column_kind kind;
    struct phrase heading;
    double width_mm; /* 0: takes what is left */
    unsigned places; /* COLUMN_COST: decimals of all cells */
};

struct plan_table {
    struct phrase heading; /* section head above, lead NULL for none */
    const struct plan_column *columns;
    size_t column_count;
    const struct plan_row *rows;
    size_t row_count;
    struct phrase after;   /* a line below the last row, lead NULL for none */
    bool after_strong;
    struct phrase note;    /* a second line below, plain: what a star means and
                              when forecasts are retested; lead NULL for none */
    bool axis;             /* 0 to 125 % and the line at 100 % */
    bool is_home;          /* the ramps lead back to the rows of this table */
};

struct plan_count {
    enum state state;
    unsigned count;
    struct phrase name;
};

struct plan_decision {
    struct wording text;
    struct phrase owner;
    const char *by; /* MM-DD */
};

/* One entry of the legend: a sample of a bar part and its meaning. */
enum legend_sample {
    LEGEND_PROVEN,
    LEGEND_FORECAST,
    LEGEND_GAP,
    LEGEND_STALE,
    LEGEND_UNTESTED,
    LEGEND_INCONCLUSIVE,
    LEGEND_TARGET,
    LEGEND_BASELINE
};
struct plan_legend {
    enum legend_sample sample;
    struct phrase text;
};

/* The table of page 1 and what depends on its rows. */
struct plan_evidence {
    struct plan_table table;
    const struct plan_legend *legend;
    size_t legend_count;
};

/* Page 1: can we go? */
struct plan_conclusion {
    enum verdict verdict;
    struct phrase verdict_word;  /* 暂不放行 */
    const char *verdict_other;   /* the same in the other language, or NULL */
    struct phrase verdict_rule;  /* by rule, where it is printed */
    struct wording message;      /* a sentence, <= 2 lines */
    struct wording second;       /* the weakest link */
    struct wording scenario;     /* another scenario: the plan's verdict beside;
                                    count 0 for none */
    struct wording change;       /* since an earlier report; count 0 for none */
    struct plan_count counts[STATES]; /* short untested stale inconclusive
                                         covered met, zeros included */
    struct phrase decisions_heading, owner_heading, by_heading;
    struct phrase effects; /* how many links do what to the verdict */
    const struct plan_decision *decisions; /* at most 3 */
    size_t decision_count;
    struct phrase decisions_after; /* the rest, or none needed; lead NULL */
    struct plan_evidence evidence;
    const struct plan_evidence *shorter; /* the same with fewer and fewer rows,
                              for a page on which evidence does not fit: none
                              where no other page lists all links */
    size_t shorter_count;
    bool keeps_together; /* evidence that does not fit stands on the next page
                            whole, not in parts */
    struct phrase extra;  /* the template's own paragraph, where no basis page
                             has it; lead NULL for none */
    struct phrase source; /* inputs, hashes, tool and rule version */
};

/* The basis: sections of paragraphs, definitions and boxes. */
enum plan_block_kind { BLOCK_PARAGRAPH, BLOCK_TABLE, BLOCK_SIGNATURES };
struct plan_block {
    enum plan_block_kind kind;
    struct phrase heading;           /* lead NULL for none */
    struct phrase continued;         /* over the rest of a broken table */
    const struct phrase *paragraphs; /* BLOCK_PARAGRAPH, or above the boxes */
    size_t paragraph_count;
    struct plan_table table;         /* BLOCK_TABLE, and the boxes' labels */
};

/* The evidence of one link: its ramp, what stopped it, and the same as numbers
   beside it. */
struct plan_ramp {
    const struct link *link;
    size_t number;        /* from 1: of the rows that lead here */
    struct phrase name;
    struct phrase facts;  /* priority, state, target and what is missing */
    struct phrase caution; /* what must be said beside the test; lead NULL:
                              nothing */
    struct wording limit; /* how far it held and what stopped it */
    struct ramp ramp;
    struct phrase load;   /* the axis that the panels share */
    struct phrase axes[RAMP_PANELS];
    struct phrase alts[RAMP_PANELS]; /* the panels in words */
    struct plan_table table; /* the steps that held and broke, the limits */
};

/* The pages of ramps; the renderer puts several on a page. */
struct plan_ramps {
    const struct plan_ramp *ramps;
    size_t count;
    struct phrase lines[RAMP_LINES]; /* what a line is, beside it or below */
    struct phrase legend_looks[RAMP_LOOKS];
    unsigned looks;      /* bits 1 << enum ramp_look that points have */
    unsigned line_kinds; /* bits 1 << enum ramp_line_kind that panels have */
    size_t all;          /* there would be; ramps has the first */
    struct phrase note;  /* below the legend; lead NULL for none */
    struct phrase after; /* what is not listed; lead NULL for none */
};

/* A table with what stands around it, across the page and on as many sheets as
   it needs, or may have. */
struct plan_section {
    struct plan_table table;
    size_t all;           /* rows there would be; the table has the first */
    struct phrase range;  /* "{first}–{last} of {all}"; lead NULL for none */
    struct phrase range_one; /* the same where they are one; NULL: as range */
    struct phrase cut;    /* below a list that ends before its last row, with
                             {listed} and {all} */
    size_t most_sheets;   /* 0: as many as it needs */
    const struct plan_legend *legend;
    size_t legend_count;
    const struct plan_section *parts; /* the same in several tables, for numbers
                                         too long for one; NULL for none */
    size_t part_count;
};

enum plan_page_kind {
    PAGE_CONCLUSION,
    PAGE_LINKS,
    PAGE_BASIS,
    PAGE_EVIDENCE,
    PAGE_GAPS,
    PAGE_UNPROVEN,
    PAGE_DOMAINS,
    PAGE_KINDS
};

/* Where a text names a page, its number is not yet known: then this character
   stands there, which no text of an input holds, and 'a' + the page's kind.
   The renderer puts the number of the page's first sheet in their place. */
#define PLAN_PAGE_MARK '\x01'


struct plan_page {
    enum plan_page_kind kind;
    struct phrase title;    /* in the head and the outline: the question that
                               the page answers */
    struct phrase title_evidence; /* the same on a sheet where the evidence
                                     stands too; lead NULL: as title */
    struct plan_conclusion conclusion;
    struct plan_table table; /* PAGE_LINKS: all rows; the renderer breaks it and
                                fills {first} {last} {all} of range */
    struct phrase range;     /* "{first}–{last} of {all}" */
    struct phrase range_one; /* the same where they are one; NULL:
                                as range */
    const struct plan_legend *legend; /* PAGE_LINKS, on each of its sheets */
    size_t legend_count;
    const struct plan_block *blocks; /* PAGE_BASIS */
    size_t block_count;
    struct plan_ramps ramps; /* PAGE_EVIDENCE; its heading is the table's */
    const struct plan_section *sections; /* PAGE_GAPS, PAGE_UNPROVEN and
                                            PAGE_DOMAINS */
    size_t section_count;
};

/* The paged document. */
struct plan {
    const struct report *report;
    const struct template *template;
    struct words words;
    struct phrase title;          /* document title: metadata */
    struct phrase header;         /* promotion | document | as of | days left */
    struct phrase classification; /* or that none is given */
    struct phrase logo_alt;       /* the template's logo in words */
    struct phrase page_of;        /* "page {page} of {pages}" */
    const char *created;          /* ISO 8601, from as_of: metadata */
    const struct plan_page *pages;
    size_t page_count;
    size_t most_sheets; /* 0: as many as it needs; else sections that have a
                           number of sheets give up some of them */
};

/* Checks all names in a template: pages, sheets, columns, words and what may
   stand in them; errors in diag at their place.  Renderers that make no plan
   call it before they use the template. */
bool plan_check(struct arena *arena, const struct template *template,
                struct diag *diag);

/* Makes the plan of a report in a language.  Checks the template first: NULL
   when a name in it does not exist. */
const struct plan *plan_document(struct arena *arena, const struct report *report,
                                 const struct template *template, enum lang lang,
                                 struct diag *diag);

#endif
