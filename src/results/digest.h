/*
 * Digests: the tally of a log of samples as a small file, which merges exactly
 * with those of other parts of the log, or of other load generators.  The same
 * samples give the same bytes, however they were cut up and merged.  A digest
 * is a form like those of the tools (readers.h); here it is made.
 *
 *   "headroom digest\n", then numbers of 7 bits a byte, the lowest first:
 *   version (1), flags, load model, dropped, left out, tool, what was left out
 *   origins; labels; groups: how many, then each
 *   parts, by label, second and group: how many, then of each
 *     label and second as distances from the part before, group
 *     failed, start of the first, of the last after it, end of the last after
 *     its start, threads by origin
 *     how many distinct whole milliseconds, each as the distance from the one
 *     before and a count; the same of all other times in nanoseconds
 *   SHA-256 of all before
 *
 * Its size is at most 4 bytes a label, group, second and distinct millisecond,
 * and mostly 1, plus 12 a label, group and second.
 */
#ifndef HEADROOM_RESULTS_DIGEST_H
#define HEADROOM_RESULTS_DIGEST_H

#include <stddef.h>

struct findings;

/* The digest of findings whose tally is of TALLY_SECONDS; to be freed. */
char *digest_make(const struct findings *findings, size_t *size);

#endif
