/*
 * How far the reading of a large file is: bytes, rate, time left, on one line
 * of a terminal.  Nothing is shown where standard error is none, and nothing
 * within the first second.
 */
#ifndef HEADROOM_RESULTS_PROGRESS_H
#define HEADROOM_RESULTS_PROGRESS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct progress {
    const char *name;
    uint64_t size;           /* [bytes] to come; 0: not known */
    int64_t begun_ms;        /* on the clock that only runs forward */
    _Atomic uint64_t done;   /* [bytes] */
    _Atomic int64_t next_ms; /* when to show it again */
    bool is_on;
    _Atomic bool is_shown; /* a line stands on the terminal */
};

void progress_begin(struct progress *progress, const char *name, uint64_t size);
/* So many more bytes were read.  Any thread may call it. */
void progress_add(struct progress *progress, uint64_t bytes);
/* Takes the line away. */
void progress_end(struct progress *progress);

#endif
