/*
 * Where a run is cut: windows, schedules, thread groups, numbers of threads,
 * plateaus, warm-up and cool-down.
 */
#include "reader.h"

#include "results/slice.h"

#define NS ((int64_t)1000000000)

struct run {
    struct fixture *fixture;
    struct tally *tally;
    struct ask ask;
    struct slice *slices;
    size_t count;
    const char *why, *left_out;
};

static struct run
new_run(void **state)
{
    return (struct run){.fixture = *state, .tally = tally_new(TALLY_SECONDS)};
}

/* So many samples a second from one second to before another, each 0.1 s. */
static void
load(struct run *run, const char *group, unsigned threads, int64_t from_s,
     int64_t to_s, unsigned rate)
{
    for (int64_t second = from_s; second < to_s; second++)
        for (unsigned i = 0; i < rate; i++) {
            struct sample sample = {
                .label = tally_label(run->tally, "x", 1),
                .group = tally_group(run->tally, group, strlen(group)),
                .start_ns = second * NS + NS / rate * i,
                .elapsed_ns = NS / 10,
                .threads = threads};
            tally_add(run->tally, &sample);
        }
}

/* Cuts, and what comes of it as text: "from-to/threads ...". */
static const char *
cut(struct run *run, const char *how)
{
    struct arena *arena = run->fixture->arena;
    const char *list = "";
    if (how != NULL)
        assert_true(ask_split(&run->ask, how));
    run->why = run->left_out = NULL;
    run->count = slice_run(arena, &run->ask, run->tally, &run->slices,
                           &run->why, &run->left_out);
    for (size_t i = 0; i < run->count; i++)
        list = arena_format(arena, "%s%lld-%lld/%u ", list,
                            (long long)run->slices[i].from_s,
                            (long long)run->slices[i].to_s,
                            (unsigned)run->slices[i].threads);
    return list;
}

static void
windows_count_from_the_first_second_and_must_be_full(void **state)
{
    struct run run = new_run(state);
    load(&run, "g", 1, 1000, 1025, 4);
    assert_string_equal(cut(&run, "10s"), "1000-1010/0 1010-1020/0 ");
    assert_string_equal(run.left_out, "the last 5 s, which fill no window");
    assert_true(run.slices[0].span_ns == 10 * NS);
    assert_string_equal(run.slices[1].name, "10 to 20 s");
    run.ask.warmup_s = 2;
    run.ask.cooldown_s = 3;
    assert_string_equal(cut(&run, "10s"), "1002-1007/0 1012-1017/0 ");
    assert_string_equal(cut(&run, "26s"), "");
    assert_string_equal(run.why, "the run is shorter than one window");
    run.ask.warmup_s = 10;
    assert_string_equal(cut(&run, "10s"), "");
    assert_non_null(run.why);
    tally_free(run.tally);
}

static void
windows_say_their_threads_where_these_differ(void **state)
{
    struct run run = new_run(state);
    load(&run, "g", 4, 0, 10, 5);
    load(&run, "g", 8, 10, 20, 5);
    assert_string_equal(cut(&run, "10s"), "0-10/4 10-20/8 ");
    tally_free(run.tally);
}

static void
too_many_windows_are_refused(void **state)
{
    struct run run = new_run(state);
    load(&run, "g", 1, 0, 1, 1);
    load(&run, "g", 1, 20000, 20001, 1);
    assert_string_equal(cut(&run, "1s"), "");
    assert_string_equal(run.why, "that would be more than 10,000 steps");
    load(&run, "g", 1, 200 * 86400, 200 * 86400 + 1, 1);
    assert_string_equal(cut(&run, "1h"), "");
    assert_string_equal(run.why, "its samples are more than 100 days apart");
    tally_free(run.tally);
}

static void
a_schedule_is_taken_as_given_but_not_past_the_run(void **state)
{
    struct run run = new_run(state);
    struct asked_slice slices[] = {
        {.from_s = 0,  .to_s = 5 },
        {.from_s = 10, .to_s = 21}
    };
    load(&run, "g", 0, 50, 70, 4);
    run.ask = (struct ask){
        .split = SPLIT_SCHEDULE, .slices = slices, .slice_count = 2};
    assert_string_equal(cut(&run, NULL), "50-55/0 60-71/0 ");
    slices[1].to_s = 30;
    assert_string_equal(cut(&run, NULL), "");
    assert_string_equal(run.why, "a step to 30 s is asked for, and the run has "
                                 "20 s");
    tally_free(run.tally);
}

static void
groups_that_follow_each_other_are_steps_in_order_of_time(void **state)
{
    struct run run = new_run(state);
    load(&run, "late", 8, 20, 30, 10);
    load(&run, "early", 4, 10, 19, 10);
    cut(&run, "threads");
    assert_int_equal(run.count, 2);
    assert_string_equal(run.slices[0].name, "early");
    assert_int_equal(run.slices[0].threads, 4);
    assert_string_equal(run.slices[1].name, "late");
    /* from the first start to the last end */
    assert_true(run.slices[0].span_ns == 9 * NS);
    assert_true(run.slices[1].span_ns == 10 * NS);
    tally_free(run.tally);
}

static void
groups_at_one_time_are_cut_by_their_threads(void **state)
{
    struct run run = new_run(state);
    load(&run, "a", 4, 0, 10, 5);
    load(&run, "b", 4, 0, 10, 5);
    load(&run, "a", 8, 10, 20, 5);
    assert_string_equal(cut(&run, "threads"), "0-10/4 10-20/8 ");
    tally_free(run.tally);
}

static void
seconds_in_which_threads_change_are_left_out(void **state)
{
    struct run run = new_run(state);
    for (unsigned i = 1; i < 4; i++)
        load(&run, "g", i, i - 1, i, 5);
    load(&run, "g", 4, 3, 20, 5);
    assert_string_equal(cut(&run, "threads"), "3-20/4 ");
    assert_string_equal(run.left_out,
                        "3 s in which the number of threads changed");
    tally_free(run.tally);
}

static void
threads_that_are_not_said_are_no_steps(void **state)
{
    struct run run = new_run(state);
    load(&run, "g", 0, 0, 10, 5);
    assert_string_equal(cut(&run, "threads"), "");
    assert_string_equal(run.why,
                        "its samples do not say how many threads there were");
    tally_free(run.tally);
}

static void
plateaus_bridge_one_odd_second_and_leave_ramps_out(void **state)
{
    struct run run = new_run(state);
    load(&run, "g", 0, 0, 10, 100);
    for (unsigned i = 0; i < 4; i++)
        load(&run, "g", 0, 10 + i, 11 + i, 130 + 30 * i);
    load(&run, "g", 0, 14, 20, 300);
    load(&run, "g", 0, 20, 21, 100);
    load(&run, "g", 0, 21, 27, 300);
    assert_string_equal(cut(&run, "plateaus"), "0-10/0 14-27/0 ");
    assert_string_equal(run.left_out, "4 s between plateaus");
    tally_free(run.tally);
}

static void
a_run_that_never_stays_has_no_plateau(void **state)
{
    struct run run = new_run(state);
    for (unsigned i = 0; i < 12; i++)
        load(&run, "g", 0, i, i + 1, 20 + 30 * i);
    assert_string_equal(cut(&run, "plateaus"), "");
    assert_string_equal(run.why, "no plateau of 5 s or more was found");
    tally_free(run.tally);
}

static void
words_for_steps(void **state)
{
    struct ask ask = {0};
    (void)state;
    assert_int_equal(ask_seconds("90"), 90);
    assert_int_equal(ask_seconds("90s"), 90);
    assert_int_equal(ask_seconds("2m"), 120);
    assert_int_equal(ask_seconds("1h"), 3600);
    static const char *const wrong[] = {"", "s", "-1", "1.5s", "1d", "1 s",
                                        "99999999999999999999s", "10000001"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(ask_seconds(wrong[i]), -1);
    assert_true(ask_split(&ask, "whole") && ask.split == SPLIT_WHOLE);
    assert_true(ask_split(&ask, "30s") && ask.split == SPLIT_WINDOWS);
    assert_int_equal(ask.window_s, 30);
    assert_false(ask_split(&ask, "0s"));
    assert_false(ask_split(&ask, "thread"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(windows_count_from_the_first_second_and_must_be_full),
        TEST(windows_say_their_threads_where_these_differ),
        TEST(too_many_windows_are_refused),
        TEST(a_schedule_is_taken_as_given_but_not_past_the_run),
        TEST(groups_that_follow_each_other_are_steps_in_order_of_time),
        TEST(groups_at_one_time_are_cut_by_their_threads),
        TEST(seconds_in_which_threads_change_are_left_out),
        TEST(threads_that_are_not_said_are_no_steps),
        TEST(plateaus_bridge_one_odd_second_and_leave_ramps_out),
        TEST(a_run_that_never_stays_has_no_plateau),
        TEST(words_for_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
