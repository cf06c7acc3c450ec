/*
 * What the readers of summaries share: the text of a small file cut into lines
 * and words, numbers that are refused at their place, and the last look at a
 * summary.  Room: results; for its read_*.c only.
 *
 * What stands in a file is taken exactly (exact.h), and never beyond it: times
 * keep 6 decimals of a millisecond, rounded up; rates that are computed keep 3,
 * rounded down.  A metric that a file does not have stays not given.
 *
 * A file that names several requests has a summary a name, and one with the
 * label "" for all of them together, where the tool writes such a line.  A file
 * that tells levels apart (windows, numbers of users) has a summary a level,
 * and one with level NULL for the whole of the run, where it can be told.
 */
#ifndef HEADROOM_RESULTS_PARSE_H
#define HEADROOM_RESULTS_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "results/exact.h"
#include "results/form.h"
#include "results/summary.h"

struct input;

/* A part of the file's text. */
struct span {
    const char *at;
    size_t length;
};

/* How far lines and characters were counted: places are mostly asked for in the
   order of the file. */
struct counted {
    const char *at;
    unsigned line, column;
};

struct parse {
    struct arena *arena;
    struct diag *diag;
    struct findings *findings;
    const struct source *source;
    const char *next;        /* of parse_line() */
    struct counted *counted; /* of parse_place() */
    /* where the percentiles of the summary in hand stand, for messages */
    struct span percentile[PERCENTILES];
    struct place percentile_place[PERCENTILES];
    /* where a span that is not of the source's own text stands: a field of a
       table */
    struct place place;
};

/* Takes the whole text of a file, which must be UTF-8 without a NUL.  False and
   a message when it is not to be had. */
bool parse_begin(struct parse *parse, struct input *input,
                 struct findings *findings);

/* The next line without its end; at NULL at the end of the file. */
struct span parse_line(struct parse *parse);

/* --- spans --- */

bool span_is(struct span span, const char *text);
bool span_begins(struct span span, const char *text);
bool span_ends(struct span span, const char *text);
/* Without blanks and tabs around it. */
struct span span_trim(struct span span);
/* Takes text off the front; false when it is not there. */
bool span_take(struct span *span, const char *text);
/* Takes the next word off the front: blanks before it, then all up to the next
   blank or tab.  Empty at the end. */
struct span span_word(struct span *span);
/* Takes all before the text off the front, and the text too; the whole of it
   where the text is not there. */
struct span span_until(struct span *span, const char *text);
/* Whether text stands somewhere in it. */
bool span_has(struct span span, const char *text);
const char *span_text(const struct parse *parse, struct span span);

/* --- messages; each returns false --- */

struct place parse_place(const struct parse *parse, struct span span);
/* The end of the file: its last line that is not empty. */
struct span parse_end(const struct parse *parse);
/* "NAME must be EXPECTED, found ..." */
bool parse_unfit(const struct parse *parse, struct span span, const char *name,
                 const char *expected);
/* "cut off: WHAT" at the end of the file. */
bool parse_cut(const struct parse *parse, const char *what);
/* "a second WHAT": a file is to hold one. */
bool parse_second(const struct parse *parse, struct span span,
                  const char *what);
/* "WHAT cannot be read: WHY" at the head of the file. */
bool parse_refuse(const struct parse *parse, const char *what, const char *why);
bool parse_contradict(const struct parse *parse, struct span span,
                      const char *name, const char *other, const char *how);

/* --- values, refused at their place --- */

#define PARSE_MOST_MS 10000000
#define PARSE_MOST_SECONDS 10000000

bool parse_count(const struct parse *parse, struct span span, const char *name,
                 uint64_t *count);
/* So many users or connections; not known where a tool says 0. */
struct optional parse_users(uint64_t count);
/* A time, times 10^shift in milliseconds, 0 to 1e7. */
bool parse_ms(const struct parse *parse, struct span span, const char *name,
              int shift, struct optional *ms);
/* A duration, times 10^shift in seconds, above 0 and up to 1e7. */
bool parse_seconds(const struct parse *parse, struct span span,
                   const char *name, int shift, struct optional *seconds);
/* "2026-11-22T08:11:44.09392544Z" as seconds since 1970; INT64_MIN when it is
   none.  Tools write it by themselves: no message. */
int64_t parse_time(struct span span);
/* A rate, 0 or more and below 1e12. */
bool parse_rate(const struct parse *parse, struct span span, const char *name,
                struct optional *rate);
/* A percentile of the summary in hand: its place is kept. */
bool parse_percentile(struct parse *parse, struct summary *summary,
                      enum percentile percentile, struct span span, int shift);

/* --- summaries --- */

/* A new one, with where it stands. */
struct summary *parse_summary(struct parse *parse, struct span span);
/* Holds a summary against itself: some requests, not more failed than made,
   percentiles in order; and computes qps from counts and seconds where it is
   not given.  span stands for it in messages. */
bool parse_settle(struct parse *parse, struct summary *summary,
                  struct span span);
/* A number as it is printed: its value, and half of its last decimal in
   millionths, which is how far it may be off. */
struct printed {
    struct decimal value;
    uint64_t half;
};
struct printed parse_printed(struct optional number, struct span span);
/* Whether the rate times the duration makes the requests, as far as it can be
   told from what is printed: else a number was misread, edited or cut off. span
   stands for the rate. */
bool parse_agree(const struct parse *parse, struct span span, uint64_t requests,
                 struct printed seconds, struct printed rate);
/* Whether the file ends with a line end: else its last line may be cut. */
bool parse_is_ended(const struct parse *parse);

#endif
