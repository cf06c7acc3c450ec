/*
 * The line of progress.  Room: results.  The clock decides when something is
 * shown, never what comes out of a run.
 */
#include "results/progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FIRST_MS 1000
#define EACH_MS 200

static int64_t
now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
progress_begin(struct progress *progress, const char *name, uint64_t size)
{
    progress->name = name;
    progress->size = size;
    progress->is_on = isatty(STDERR_FILENO);
    if (!progress->is_on)
        return;
    progress->begun_ms = now_ms();
    progress->next_ms = progress->begun_ms + FIRST_MS;
}

/* The end of a long path, from a whole character on. */
static const char *
short_name(const char *name)
{
    size_t length = strlen(name);
    if (length <= 40)
        return name;
    name += length - 40;
    while (((unsigned char)*name & 0xC0) == 0x80)
        name++;
    return name;
}

static void
show(struct progress *progress, uint64_t done, int64_t now)
{
    char line[256];
    double seconds = (double)(now - progress->begun_ms) / 1000;
    double rate = (double)done / seconds;
    int used = snprintf(line, sizeof line, "\r\033[K%s: %.1f MB",
                        short_name(progress->name), (double)done / 1e6);
    size_t at = (size_t)used < sizeof line ? (size_t)used : sizeof line - 1;
    if (progress->size >= done && progress->size > 0 && rate > 0)
        snprintf(line + at, sizeof line - at,
                 " of %.1f MB, %.0f MB/s, %.0f s left",
                 (double)progress->size / 1e6, rate / 1e6,
                 (double)(progress->size - done) / rate);
    else
        snprintf(line + at, sizeof line - at, ", %.0f MB/s", rate / 1e6);
    progress->is_shown = true;
    fputs(line, stderr);
}

void
progress_add(struct progress *progress, uint64_t bytes)
{
    if (!progress->is_on)
        return;
    uint64_t done = atomic_fetch_add(&progress->done, bytes) + bytes;
    int64_t now = now_ms();
    int64_t due = progress->next_ms;
    /* of several threads that find it due, one shows it */
    if (now >= due &&
        atomic_compare_exchange_strong(&progress->next_ms, &due, now + EACH_MS))
        show(progress, done, now);
}

void
progress_end(struct progress *progress)
{
    if (progress->is_shown)
        fputs("\r\033[K", stderr);
    progress->is_shown = false;
}
