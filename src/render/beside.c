/*
 * Rendering side by side.  Room render/.  The report and the template are only
 * read; what a renderer writes to, its arena, its messages and its part of the
 * stage, is its thread's own.  Who finds the input at fault is repeated when
 * all have ended, so that its messages come to the run's.
 */
#include "render/beside.h"

#include <pthread.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/stage.h"

/* One file at work. */
struct work {
    pthread_t thread;
    struct render_job job; /* with an arena, a diag and a stage of its own */
    const struct beside_file *file;
    enum render_status status;
    const char *why;
};

static void *
do_work(void *argument)
{
    struct work *work = argument;
    work->status =
        work->file->renderer->render(&work->job, work->file->name, &work->why);
    return NULL;
}

static void
prepare(struct work *work, const struct render_job *job,
        const struct beside_file *file)
{
    struct arena *arena = arena_new();
    *work = (struct work){.job = *job, .file = file};
    work->job.arena = arena;
    work->job.diag = diag_copy(arena, job->diag);
    work->job.stage = stage_beside(arena, job->stage);
}

/* Takes what the work came to into the run's own: *all becomes the graver of
   both, the system's faults before the input's. */
static void
take(const struct work *work, const struct render_job *job,
     enum render_status *all, const char **why)
{
    if (work->status == RENDER_SYSTEM_ERROR && *all != RENDER_SYSTEM_ERROR)
        *why = arena_copy(job->arena, work->why, strlen(work->why));
    if (work->status == RENDER_INPUT_ERROR)
        work->file->renderer->render(job, work->file->name, why);
    if (work->status != RENDER_OK && *all != RENDER_SYSTEM_ERROR)
        *all = work->status;
    arena_free(work->job.arena);
}

/* Renders files that read no others of the set. */
static enum render_status
side_by_side(const struct render_job *job, const struct beside_file *files,
             size_t count, const char **why)
{
    struct work work[BESIDE_MOST];
    size_t started = 0;
    /* named before the threads part: the stage's list is then only read */
    for (size_t i = 0; i < count; i++)
        stage_path(job->stage, files[i].name);
    for (size_t i = 0; i < count; i++)
        prepare(&work[i], job, &files[i]);
    while (started + 1 < count &&
           pthread_create(&work[started].thread, NULL, do_work,
                          &work[started]) == 0)
        started++;
    /* the last, and what the system has no thread for, here */
    for (size_t i = started; i < count; i++)
        do_work(&work[i]);
    for (size_t i = 0; i < started; i++)
        pthread_join(work[i].thread, NULL);

    enum render_status all = RENDER_OK;
    for (size_t i = 0; i < count; i++)
        take(&work[i], job, &all, why);
    return all;
}

enum render_status
beside_render(const struct render_job *job, const struct beside_file *files,
              size_t count, const char **why)
{
    struct beside_file first[BESIDE_MOST];
    size_t first_count = 0;
    for (size_t i = 0; i < count; i++)
        if (files[i].renderer->needs[0] == NULL)
            first[first_count++] = files[i];
    enum render_status status = side_by_side(job, first, first_count, why);
    for (size_t i = 0; i < count && status == RENDER_OK; i++)
        if (files[i].renderer->needs[0] != NULL)
            status = files[i].renderer->render(job, files[i].name, why);
    return status;
}
