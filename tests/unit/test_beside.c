/*
 * Rendering side by side: everyone's file, everyone's errors, and the system's
 * faults before the input's.
 */
#include "maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/stage.h"
#include "render/beside.h"

static struct render_job job;
static char folder[64];
static const char *why;

static enum render_status
writes_its_name(const struct render_job *own, const char *name,
                const char **reason)
{
    return stage_write(own->stage, name, name, strlen(name), reason)
               ? RENDER_OK
               : RENDER_SYSTEM_ERROR;
}

static enum render_status
finds_a_fault(const struct render_job *own, const char *name,
              const char **reason)
{
    (void)reason;
    diag_add(own->diag, DIAG_KEY_TWICE, (struct place){0}, name, NULL);
    return RENDER_INPUT_ERROR;
}

static enum render_status
fails(const struct render_job *own, const char *name, const char **reason)
{
    *reason = arena_format(own->arena, "no %s", name);
    return RENDER_SYSTEM_ERROR;
}

static const struct renderer good = {.render = writes_its_name};
static const struct renderer faulty = {.render = finds_a_fault};
static const struct renderer failing = {.render = fails};

static int
setup(void **state)
{
    arena_setup(state);
    strcpy(folder, "/tmp/beside-XXXXXX");
    assert_non_null(mkdtemp(folder));
    job = (struct render_job){.arena = *state, .diag = diag_new(*state)};
    char *out = arena_format(*state, "%s/out", folder);
    job.stage = stage_open(*state, out, &why);
    assert_non_null(job.stage);
    why = NULL;
    return 0;
}

static int
teardown(void **state)
{
    stage_close(job.stage);
    rmdir(folder);
    return arena_teardown(state);
}

static enum render_status
render(const struct renderer *first, const struct renderer *second,
       const struct renderer *third)
{
    const struct beside_file files[] = {
        {first, "one"}, {second, "two"}, {third, "three"}};
    return beside_render(&job, files, 3, &why);
}

static bool
stands(const char *name)
{
    struct stat status;
    return stat(stage_path(job.stage, name), &status) == 0 &&
           (size_t)status.st_size == strlen(name);
}

static size_t
errors(void)
{
    const struct diag_entry *list;
    return diag_list(job.diag, DIAG_ERROR, &list);
}

static void
every_file_is_written(void **state)
{
    (void)state;
    assert_int_equal(render(&good, &good, &good), RENDER_OK);
    assert_true(stands("one") && stands("two") && stands("three"));
    assert_null(why);
}

static void
one_file_alone_is_written(void **state)
{
    (void)state;
    const struct beside_file file = {&good, "one"};
    assert_int_equal(beside_render(&job, &file, 1, &why), RENDER_OK);
    assert_true(stands("one"));
}

static void
errors_of_all_come_to_the_run_once_each(void **state)
{
    (void)state;
    assert_int_equal(render(&faulty, &good, &faulty), RENDER_INPUT_ERROR);
    assert_int_equal(errors(), 2);
}

static void
the_systems_fault_comes_before_the_inputs(void **state)
{
    (void)state;
    assert_int_equal(render(&faulty, &failing, &good), RENDER_SYSTEM_ERROR);
    assert_string_equal(why, "no two");
    assert_int_equal(render(&failing, &faulty, &failing), RENDER_SYSTEM_ERROR);
    assert_string_equal(why, "no one");
}

static void
a_renderer_sees_the_messages_so_far(void **state)
{
    (void)state;
    diag_add(job.diag, DIAG_KEY_TWICE, (struct place){0}, "before", NULL);
    struct diag *copy = diag_copy(job.arena, job.diag);
    const struct diag_entry *list;
    assert_int_equal(diag_list(copy, DIAG_ERROR, &list), 1);
    diag_add(copy, DIAG_KEY_TWICE, (struct place){0}, "after", NULL);
    assert_int_equal(diag_list(copy, DIAG_ERROR, &list), 2);
    assert_int_equal(errors(), 1);
}

#define BESIDE(function)                                                      \
    cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        BESIDE(every_file_is_written),
        BESIDE(one_file_alone_is_written),
        BESIDE(errors_of_all_come_to_the_run_once_each),
        BESIDE(the_systems_fault_comes_before_the_inputs),
        BESIDE(a_renderer_sees_the_messages_so_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
