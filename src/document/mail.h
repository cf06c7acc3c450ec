/*
 * The plan of the mail that carries the documents: subject, sentences, rows,
 * what is unproven, attachments, as data.  Words, numbers and order are those
 * of the PDF.  Decides all that is said and what is attached; leaves setting it
 * as text, HTML and MIME to render/.
 */
#ifndef HEADROOM_DOCUMENT_MAIL_H
#define HEADROOM_DOCUMENT_MAIL_H

#include <stddef.h>

#include "assess/assess.h"
#include "document/plan.h"
#include "document/words.h"

struct arena;
struct diag;

#define MAIL_SUBJECT_MOST 60       /* [columns] a Han character counts 2 */
#define MAIL_ROWS 5                /* links in the table, at most */
#define MAIL_ATTACHED_MOST 8000000 /* [bytes] of all attachments together */

/* What is attached: the more of them fits. */
enum mail_load {
    MAIL_WHOLE,         /* the PDF and the workbook */
    MAIL_WITHOUT_STEPS, /* the PDF and a workbook without the sheet of steps */
    MAIL_PDF_ONLY,
    MAIL_NOTHING /* even the PDF is too large */
};

/* A file of the set, as written. */
struct mail_file {
    const char *name;
    size_t size;        /* [bytes] */
    const char *sha256; /* lower-case hex */
};

struct mail_files {
    struct mail_file pdf, workbook;
    struct mail_file light; /* the workbook without steps; size 0: not made */
};

/* What of the files may be sent; with MAIL_WITHOUT_STEPS the light workbook
   has still to be made, and the question put again. */
enum mail_load mail_load(const struct mail_files *files);
/* The template of the light workbook. */
const struct template *mail_light_template(struct arena *arena,
                                           const struct template *template);

/* A cell beside the link's name. */
struct mail_cell {
    const char *text;
    enum emphasis emphasis;
};

#define MAIL_COLUMNS 4 /* beside the link */
struct mail_row {
    enum state state;
    const char *sign; /* the state's, beside its word */
    const char *name;
    const char *about;                    /* priority and state in words */
    struct mail_cell cells[MAIL_COLUMNS]; /* attainment, shortfall, after plan,
                                             owner */
};

/* The mail in one language. */
struct mail_body {
    enum language language;
    enum verdict verdict;
    const char *classification; /* NULL for none */
    const char *headline;       /* promotion and verdict */
    const char *season;         /* its name */
    const char *verdict_word;   /* "暂不放行 NO-GO" */
    const char *scenario;       /* another than the plan is shown; NULL */
    const char *why;            /* one sentence */
    const char *ask;            /* one sentence: what, who, until when; and how
                                   many more */
    const char *as_of;          /* promotion, document, as of, days left */
    const char *second;         /* the weakest link */
    const char *counts_heading;
    const char *counts[STATES]; /* all states, zeros included */

    const char *rows_heading, *link_heading;
    const char *headings[MAIL_COLUMNS];
    const struct mail_row *rows;
    size_t row_count;
    const char *rows_after; /* the links that have no row; NULL for none */
    const char *rows_note;  /* stars, forecasts; NULL for none */

    const char *unproven_heading, *unproven;
    const char *attachments_heading;
    const char *attachments[2];
    size_t attachment_count;
    const char *left_out;  /* what was too large; NULL for none */
    const char *full_list; /* where all links stand */
    const char *extra;     /* the template's own paragraph; NULL for none */
    const char *rule;      /* by which rule, by which program */
};

struct mail {
    const char *subject;
    struct mail_body bodies[LANGUAGES]; /* zh stands before en */
    size_t body_count;
};

/* Makes the mail of a report in a language; the template has been checked. */
const struct mail *mail_plan(struct arena *arena, const struct report *report,
                             const struct template *template, enum lang lang,
                             const struct mail_files *files,
                             enum mail_load load);

/* --- mail_subject.c --- */

/* The longest variant that fits in MAIL_SUBJECT_MOST columns: action word,
   promotion and verdict, the worst link with a number, the day. */
const char *mail_subject(const struct words *words,
                         const struct report *report);

#endif
