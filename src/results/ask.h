/*
 * What is asked of files of results, by a season's result in place or by the
 * arguments of import: which files, of which tool, how they are cut into steps
 * and which labels are which links.  And what comes of it: steps, with what was
 * read and left out.
 */
#ifndef HEADROOM_RESULTS_ASK_H
#define HEADROOM_RESULTS_ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "model/season.h"
#include "results/form.h"

/* Where one step ends and the next begins. */
enum split {
    SPLIT_FILES,    /* one file a step */
    SPLIT_WHOLE,    /* all files are one step */
    SPLIT_LEVELS,   /* as the tool itself tells them apart in its file */
    SPLIT_THREADS,  /* of one run: thread groups, or numbers of threads */
    SPLIT_WINDOWS,  /* every window_s */
    SPLIT_PLATEAUS, /* where the rate stays, found in the samples */
    SPLIT_SCHEDULE  /* as given */
};

/* A step that the user says something of. */
struct said {
    struct optional offered_qps, concurrency;
    struct place place;
};

struct asked_file {
    const char *path; /* to open it; "-": standard input */
    const char *name; /* as documents show it */
    struct place place;
    size_t step; /* files of one step are of several load generators */
};

/* Seconds from the one in which the first sample starts. */
struct asked_slice {
    int64_t from_s, to_s; /* from_s <= second < to_s */
    struct said said;
};

#define LABEL_ANY "*" /* a link made of all labels */

struct asked_link {
    const char *label; /* NULL: the only one there is */
    const char *link;  /* of what is told NULL: not said, nor named in a file */
    unsigned instances; /* 0: not said */
    struct place place, instances_place;
};

/* A series of a resource of the system under test. */
enum series_kind { SERIES_CSV, SERIES_PROMETHEUS };
struct asked_series {
    enum series_kind kind;
    const char *path, *name;
    const char *time, *value; /* headings of the columns of a CSV */
    bool is_percent;          /* values are percents, not ratios */
    unsigned milli;           /* the percentile taken over a step: 950 */
    struct place place;
};

struct ask {
    enum tool tool; /* TOOLS: recognised file by file */
    struct asked_file *files;
    size_t file_count;
    struct said *said; /* by step, where split is SPLIT_FILES */
    size_t step_count; /* of asked_file.step; 1 unless SPLIT_FILES */
    enum split split;
    int64_t window_s;
    struct asked_slice *slices;
    size_t slice_count;
    int64_t warmup_s, cooldown_s; /* cut from the ends of each step */
    struct asked_link *links;     /* none: each label is the link of its name */
    size_t link_count;
    unsigned instances; /* of links that labels make; 0: not said */
    struct asked_series *series;
    size_t series_count;
    struct request request;
    struct place place; /* of the result, or line 0 */
    unsigned order;     /* of the first file among all sources */
};

/* A file that was read. */
struct told_file {
    const struct asked_file *asked;
    const struct form *form;
    const struct source *source; /* size and checksum */
    const char *version;         /* of the tool, or NULL */
    size_t summaries;
    uint64_t samples;
    uint64_t left_out, dropped;
    const char *left_out_what;
    enum load_model model; /* of its samples */
    const char *percentile_rule;
};

struct told_step {
    struct step step;
    const char *comment; /* where it comes from, in English */
};

struct told_link {
    const struct asked_link *asked;
    struct told_step *steps;
    size_t step_count, step_room;
    const char *lacks, *instead;    /* of the first form that lacks something */
    bool is_closed, is_uncorrected; /* of any of its files: form.h */
    uint64_t dropped;
    struct optional generator_cpu; /* the highest that was logged */
};

struct told {
    struct told_file *files;
    size_t file_count;
    const struct source **series; /* files of series, as the ask has them */
    struct series *all_series;    /* series.h */
    struct told_link *links;      /* as the ask has them, or one a label */
    size_t link_count, link_room;
    const char *tool;     /* "wrk 4.1.0", or several: "wrk, wrk2" */
    const char *plateaus; /* found: "0s-60s,60s-118s", or NULL */
    struct day day;       /* UTC, of the first sample; or not given */
    const char **notes;   /* what was left out, lines for a reader */
    size_t note_count, note_room;
    const char **labels; /* all that the files have, each once */
    size_t label_count, label_room;
};

/* Reads the files and makes the steps.  NULL when something is wrong: it is in
   diag.  wants_sha256 for documents that name the files. */
struct told *ask_files(struct arena *arena, const struct ask *ask,
                       bool wants_sha256, struct diag *diag);

/* Whether no step names a file twice, by whatever path: its samples would be
   counted twice.  as_one: all the files are one step.  Reports each that
   does. */
bool ask_names_once(struct arena *arena, const struct ask *ask, bool as_one,
                    struct diag *diag);

/* The form of an open file of a tool (TOOLS: any); NULL and a message when it
   is none. */
const struct form *ask_form(struct arena *arena, enum tool tool,
                            struct input *input, struct diag *diag);

/* "files", "whole", "levels", "threads", "plateaus" or a window such as "30s"
   into the ask; false when it is none of them. */
bool ask_split(struct ask *ask, const char *text);
/* "90s", "2m", "1h" or "90" [s] -> whole seconds of at most 1e7; -1 when it
   is none. */
int64_t ask_seconds(const char *text);

#endif
