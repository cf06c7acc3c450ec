/*
 * The list of forms: each form that a load-test tool writes its results in, how
 * it is recognised and who reads it.  One row a form; nothing outside this room
 * knows a tool by name.
 */
#ifndef HEADROOM_RESULTS_FORM_H
#define HEADROOM_RESULTS_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "results/summary.h"
#include "results/tally.h"

struct arena;
struct diag;
struct input; /* file.h: an open file, plain or gzip, or standard input */

/* The tools, in the order of the manual. */
enum tool {
    TOOL_WRK,
    TOOL_WRK2,
    TOOL_HEY,
    TOOL_AB,
    TOOL_SIEGE,
    TOOL_AUTOCANNON,
    TOOL_ARTILLERY,
    TOOL_JMETER, /* also "jtl" */
    TOOL_TSUNG,
    TOOL_VEGETA,
    TOOL_K6,
    TOOL_LOCUST,
    TOOL_GATLING,
    TOOL_TAURUS,
    TOOL_CSV,    /* columns named by the user */
    TOOL_DIGEST, /* our own: digest.h */
    TOOLS
};

/* What the user says of a file beside its name. */
struct request {
    /* Of TOOL_CSV: which column holds what, by its heading, or by its number
       from 1: {"elapsed_ms", "rt"}. */
    const struct column_name {
        const char *what, *column;
        struct place place; /* where it is said; line 0: the command line */
    } *columns;
    size_t column_count;
    /* The bytes of the file whose rows are wanted: those that begin in it, of
       range_from <= byte < range_to; 0 and UINT64_MAX: all.  Only forms that
       has_ranges tells of are asked for less than all. */
    uint64_t range_from, range_to;
};

/* What reading a file comes to: samples, or summaries. */
struct findings {
    struct arena *arena;
    struct diag *diag;
    const struct request *request;
    struct tally *tally;         /* to be filled by forms of samples */
    struct summary *summaries;   /* arena; in the order of the file */
    size_t summary_count, summary_room;
    enum load_model model;       /* of the samples, where the form tells */
    const char *version;         /* of the tool, "wrk 4.1.0", or NULL */
    struct place first;          /* where the first sample of the file stands,
                                    for what is wrong with all of them */
    bool lacks_failed;           /* the samples do not say which failed: no error
                                    rate, and qps counts all answers */
    uint64_t dropped;            /* requests that an open load could not start,
                                    of forms of samples */
    uint64_t left_out;           /* records that are no requests of their own:
                                    transactions, sub-samples, other metrics */
    const char *left_out_what;   /* what they are: "transaction rows" */
    const char *percentile_rule; /* NULL: nearest rank of the samples; else how
                                    the tool makes its own */
};

/* Appends a summary, all unknown: start_s INT64_MIN, label "". */
struct summary *findings_add(struct findings *findings);

struct form {
    enum tool tool;
    const char *name; /* "k6 summary (--summary-export)" */
    bool has_samples; /* exact and mergeable; else summaries */
    bool has_ranges;  /* of its bytes, request.range_*: rows of CSV */
    /* Whether a file that begins so is of this form.  head is at most 64 KiB,
       without a byte order mark, gzip undone; it may be cut anywhere. */
    bool (*is_it)(const char *head, size_t size);
    /* Reads it to the end.  False when something is wrong with it: then it is
       in diag at file:line:column, and the findings do not count. */
    bool (*read)(struct input *input, struct findings *findings);
    /* What the form never holds, with what to run instead; for the error that
       an SLO on it gets.  NULL: nothing. */
    const char *lacks, *instead;
};

extern const struct form form_table[]; /* those of one tool stand together;
                                          the rows' readers: readers.h */
extern const size_t form_count;

/* The form of a file of that tool that begins so, or NULL; TOOLS: any tool.
   Where two would do, the first of the table. */
const struct form *form_find(enum tool tool, const char *head, size_t size);

extern const char *const tool_name[TOOLS]; /* "wrk", as --from has it */
/* The tool of that name or alias, or TOOLS. */
enum tool tool_find(const char *name);

#endif
