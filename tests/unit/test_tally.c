/*
 * Tallies: counts, windows and nearest-rank percentiles against a plain list of
 * the samples; merging in any order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "results/tally.h"

#define MS ((int64_t)1000000)
#define NS ((int64_t)1000000000)

static uint32_t
draw(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static const char *const label_name[] = {"登录", "pay", "a,\"b\"", ""};
static const char *const group_name[] = {"组 1", "组 2"};
#define LABELS 4
#define GROUPS 2

/* Label and group here are places in the arrays above. */
static void
add(struct tally *tally, struct sample sample)
{
    const char *label = label_name[sample.label];
    const char *group = group_name[sample.group];
    sample.label = tally_label(tally, label, strlen(label));
    sample.group = tally_group(tally, group, strlen(group));
    tally_add(tally, &sample);
}

static struct sample
some_sample(uint64_t *seed)
{
    struct sample sample = {.label = draw(seed) % LABELS,
                            .group = draw(seed) % GROUPS,
                            .start_ns =
                                (int64_t)(draw(seed) % 20000) * MS - 5 * NS,
                            .elapsed_ns = draw(seed) % 700 * MS,
                            .failed = draw(seed) % 10 == 0,
                            .threads = draw(seed) % 64};
    if (draw(seed) % 8 == 0)
        sample.elapsed_ns = draw(seed);
    return sample;
}

static int
by_value(const void *a, const void *b)
{
    const int64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static int64_t
second_of(int64_t ns)
{
    int64_t shifted = ns + 1000 * NS; /* rising from 0 */
    return shifted / NS - 1000;
}

/* The same question to a plain list of samples. */
static bool
plain_pick(const struct sample *samples, size_t count, unsigned label,
           unsigned group, int64_t from_s, int64_t to_s,
           struct tally_pick *pick)
{
    static const double percents[] = {50, 95, 99, 99.9};
    int64_t *times = malloc((count + 1) * sizeof *times);
    assert_non_null(times);
    *pick = (struct tally_pick){.first_start_ns = INT64_MAX,
                                .last_start_ns = INT64_MIN,
                                .last_end_ns = INT64_MIN};
    for (size_t i = 0; i < count; i++) {
        const struct sample *s = &samples[i];
        int64_t second = second_of(s->start_ns), end;
        if ((label != TALLY_ANY && s->label != label) ||
            (group != TALLY_ANY && s->group != group) || second < from_s ||
            second >= to_s)
            continue;
        times[pick->samples++] = s->elapsed_ns;
        pick->failed += s->failed;
        end = s->start_ns + s->elapsed_ns;
        if (s->start_ns < pick->first_start_ns)
            pick->first_start_ns = s->start_ns;
        if (s->start_ns > pick->last_start_ns)
            pick->last_start_ns = s->start_ns;
        if (end > pick->last_end_ns)
            pick->last_end_ns = end;
        if (s->threads > pick->most_threads)
            pick->most_threads = s->threads;
    }
    if (pick->samples > 0) {
        size_t n = (size_t)pick->samples;
        qsort(times, n, sizeof *times, by_value);
        for (unsigned p = 0; p < PERCENTILES; p++) {
            size_t tenth = (size_t)(percents[p] * 10 + 0.5) * n;
            pick->percentile_ns[p] = times[(tenth + 999) / 1000 - 1];
        }
        pick->max_ns = times[n - 1];
    }
    free(times);
    return pick->samples > 0;
}

static void
assert_same_pick(const struct tally_pick *a, const struct tally_pick *b)
{
    assert_int_equal(a->samples, b->samples);
    assert_int_equal(a->failed, b->failed);
    assert_int_equal(a->first_start_ns, b->first_start_ns);
    assert_int_equal(a->last_start_ns, b->last_start_ns);
    assert_int_equal(a->last_end_ns, b->last_end_ns);
    assert_int_equal(a->most_threads, b->most_threads);
    for (unsigned p = 0; p < PERCENTILES; p++)
        assert_int_equal(a->percentile_ns[p], b->percentile_ns[p]);
    assert_int_equal(a->max_ns, b->max_ns);
}

static void
assert_answers_like(struct tally *tally, const struct sample *samples,
                    size_t count)
{
    for (unsigned l = 0; l <= LABELS; l++)
        for (unsigned g = 0; g <= GROUPS; g++)
            for (int64_t from = -7; from < 18; from += 6)
                for (int64_t to = from; to < 20; to += 5) {
                    unsigned label = l < LABELS ? l : TALLY_ANY;
                    unsigned group = g < GROUPS ? g : TALLY_ANY;
                    bool all = from == -7 && to == -7;
                    bool totals = tally_depth(tally) == TALLY_TOTALS;
                    if (totals && !all)
                        continue;
                    int64_t from_s = all ? INT64_MIN : from;
                    int64_t to_s = all ? INT64_MAX : to;
                    uint32_t label_id = label, group_id = group;
                    if (l < LABELS)
                        label_id = tally_label(tally, label_name[l],
                                               strlen(label_name[l]));
                    if (g < GROUPS)
                        group_id = tally_group(tally, group_name[g],
                                               strlen(group_name[g]));
                    struct tally_pick mine, plain;
                    bool some = tally_pick(tally, label_id, group_id, from_s,
                                           to_s, &mine);
                    assert_int_equal(some,
                                     plain_pick(samples, count, label, group,
                                                from_s, to_s, &plain));
                    if (some)
                        assert_same_pick(&mine, &plain);
                }
}

static void
picks_equal_those_of_a_plain_list(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 10, 100, 1000, 1001, 12345};
    uint64_t seed = 7;
    for (unsigned depth = 0; depth < 2; depth++)
        for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
            struct sample *samples = malloc(sizes[s] * sizeof *samples);
            assert_non_null(samples);
            struct tally *tally = tally_new((enum tally_depth)depth);
            for (size_t i = 0; i < sizes[s]; i++) {
                samples[i] = some_sample(&seed);
                add(tally, samples[i]);
            }
            assert_answers_like(tally, samples, sizes[s]);
            tally_free(tally);
            free(samples);
        }
}

/* Whether two tallies list the same parts in the same order. */
static void
assert_same_parts(const struct tally *a, const struct tally *b)
{
    size_t a_count, b_count;
    const struct tally_part *const *left = tally_parts(a, &a_count);
    const struct tally_part *const *right = tally_parts(b, &b_count);
    assert_int_equal(a_count, b_count);
    for (size_t i = 0; i < a_count; i++) {
        assert_string_equal(tally_label_name(a, left[i]->label),
                            tally_label_name(b, right[i]->label));
        assert_string_equal(tally_group_name(a, left[i]->group),
                            tally_group_name(b, right[i]->group));
        assert_int_equal(left[i]->second, right[i]->second);
        assert_int_equal(left[i]->samples, right[i]->samples);
        assert_int_equal(left[i]->failed, right[i]->failed);
        assert_int_equal(left[i]->last_end_ns, right[i]->last_end_ns);
        size_t n, m;
        const struct counts *one[] = {&left[i]->counts};
        const struct counts *other[] = {&right[i]->counts};
        struct count *times = counts_sum(one, 1, &n);
        struct count *others = counts_sum(other, 1, &m);
        assert_int_equal(n, m);
        for (size_t j = 0; j < n; j++) {
            assert_int_equal(times[j].ns, others[j].ns);
            assert_int_equal(times[j].count, others[j].count);
        }
        free(times);
        free(others);
    }
}

static void
merging_does_not_depend_on_the_order(void **state)
{
    (void)state;
    enum { SHARDS = 5, SAMPLES = 4000 };
    static const unsigned orders[][SHARDS] = {
        {0, 1, 2, 3, 4},
        {4, 3, 2, 1, 0},
        {2, 0, 4, 1, 3}
    };
    for (unsigned depth = 0; depth < 2; depth++) {
        uint64_t seed = 3;
        struct tally *shard[SHARDS], *entire = tally_new(depth);
        struct sample *samples = malloc(SAMPLES * sizeof *samples);
        assert_non_null(samples);
        for (unsigned i = 0; i < SHARDS; i++)
            shard[i] = tally_new(depth);
        for (unsigned i = 0; i < SAMPLES; i++) {
            samples[i] = some_sample(&seed);
            add(shard[draw(&seed) % SHARDS], samples[i]);
            add(entire, samples[i]);
        }
        for (unsigned o = 0; o < 3; o++) {
            struct tally *merged = tally_new(depth);
            for (unsigned i = 0; i < SHARDS; i++)
                tally_merge(merged, shard[orders[o][i]]);
            assert_same_parts(merged, entire);
            assert_answers_like(merged, samples, SAMPLES);
            tally_free(merged);
        }
        /* and in pairs: (0 1) (2 (3 4)) */
        tally_merge(shard[0], shard[1]);
        tally_merge(shard[3], shard[4]);
        tally_merge(shard[2], shard[3]);
        tally_merge(shard[0], shard[2]);
        assert_same_parts(shard[0], entire);
        for (unsigned i = 0; i < SHARDS; i++)
            tally_free(shard[i]);
        tally_free(entire);
        free(samples);
    }
}

static void
seconds_are_in_order_and_without_gaps_filled(void **state)
{
    (void)state;
    struct tally *tally = tally_new(TALLY_SECONDS);
    uint32_t a = tally_label(tally, "a", 1), b = tally_label(tally, "b", 1);
    uint32_t g = tally_group(tally, "", 0), h = tally_group(tally, "h", 1);
    const struct sample samples[] = {
        {a, g, 9 * NS,     MS, false, 3},
        {a, h, 9 * NS + 1, MS, true,  5},
        {b, g, 4 * NS,     MS, false, 1},
        {a, g, 2 * NS - 1, MS, false, 2},
        {a, g, -1,         MS, false, 1},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        tally_add(tally, &samples[i]);
    const struct tally_second *seconds;
    assert_int_equal(tally_seconds(tally, a, TALLY_ANY, &seconds), 3);
    assert_int_equal(seconds[0].second, -1);
    assert_int_equal(seconds[1].second, 1);
    assert_int_equal(seconds[2].second, 9);
    assert_int_equal(seconds[2].samples, 2);
    assert_int_equal(seconds[2].failed, 1);
    assert_int_equal(seconds[2].most_threads, 5);
    assert_int_equal(tally_seconds(tally, a, h, &seconds), 1);
    assert_int_equal(tally_seconds(tally, TALLY_ANY, g, &seconds), 4);
    assert_int_equal(tally_seconds(tally, b, h, &seconds), 0);
    tally_free(tally);
}

static void
threads_of_generators_add_up_those_of_parts_do_not(void **state)
{
    (void)state;
    struct tally *one = tally_new(TALLY_SECONDS), *other;
    uint32_t label = tally_label(one, "a", 1), group = tally_group(one, "", 0);
    tally_origin(one, 1);
    tally_add(one, &(struct sample){label, group, 0, MS, false, 10});
    tally_add(one, &(struct sample){label, group, NS, MS, false, 12});
    /* another part of the first generator's file */
    other = tally_like(one);
    label = tally_label(other, "a", 1);
    group = tally_group(other, "", 0);
    tally_add(other, &(struct sample){label, group, 0, MS, false, 7});
    tally_add(other, &(struct sample){label, group, NS, MS, false, 13});
    tally_merge(one, other);
    tally_free(other);
    /* a second generator; it says nothing in second 0 */
    other = tally_new(TALLY_SECONDS);
    tally_origin(other, 2);
    label = tally_label(other, "a", 1);
    group = tally_group(other, "", 0);
    tally_add(other, &(struct sample){label, group, 0, MS, false, 0});
    tally_add(other, &(struct sample){label, group, NS, MS, false, 5});
    tally_merge(one, other);
    tally_free(other);
    const struct tally_second *seconds;
    assert_int_equal(tally_seconds(one, 0, TALLY_ANY, &seconds), 2);
    assert_int_equal(seconds[0].most_threads, 10);
    assert_int_equal(seconds[1].most_threads, 18);
    struct tally_pick pick;
    tally_pick(one, 0, TALLY_ANY, INT64_MIN, INT64_MAX, &pick);
    assert_int_equal(pick.most_threads, 18);
    tally_pick(one, 0, TALLY_ANY, 0, 1, &pick);
    assert_int_equal(pick.most_threads, 10);
    tally_free(one);
}

static uint64_t
samples_of(const struct tally *tally, uint32_t label)
{
    struct tally_pick pick;
    bool some =
        tally_pick(tally, label, TALLY_ANY, INT64_MIN, INT64_MAX, &pick);
    return some ? pick.samples : 0;
}

static void
transactions_stand_aside_while_there_are_requests(void **state)
{
    (void)state;
    struct tally *tally = tally_new(TALLY_SECONDS);
    uint32_t whole_order = tally_transaction(tally, "order", 5);
    uint32_t group = tally_group(tally, "", 0);
    const struct tally_second *seconds;
    tally_add(tally, &(struct sample){whole_order, group, 0, MS, false, 0});
    assert_true(tally_is_transaction(tally, whole_order));
    assert_false(tally_is_aside(tally, whole_order));
    assert_int_equal(samples_of(tally, TALLY_ANY), 1);
    uint32_t order = tally_label(tally, "order", 5);
    uint32_t other = tally_label(tally, "a", 1);
    assert_int_not_equal(order, whole_order);
    tally_add(tally, &(struct sample){order, group, 0, MS, false, 0});
    tally_add(tally, &(struct sample){order, group, NS, MS, false, 0});
    tally_add(tally, &(struct sample){other, group, NS, MS, false, 0});
    assert_true(tally_is_aside(tally, whole_order));
    assert_false(tally_is_aside(tally, order));
    assert_int_equal(samples_of(tally, TALLY_ANY), 3);
    assert_int_equal(samples_of(tally, whole_order), 1);
    assert_int_equal(samples_of(tally, order), 2);
    assert_int_equal(tally_samples(tally), 4);
    assert_int_equal(tally_seconds(tally, TALLY_ANY, TALLY_ANY, &seconds), 2);
    assert_int_equal(seconds[0].samples, 1);
    /* by name, transactions last, also when merged */
    struct tally *merged = tally_like(tally);
    tally_label(merged, "z", 1);
    tally_merge(merged, tally);
    const uint32_t *by_name = tally_label_order(merged);
    assert_string_equal(tally_label_name(merged, by_name[0]), "a");
    assert_string_equal(tally_label_name(merged, by_name[1]), "order");
    assert_string_equal(tally_label_name(merged, by_name[2]), "z");
    assert_true(tally_is_transaction(merged, by_name[3]));
    assert_int_equal(samples_of(merged, TALLY_ANY), 3);
    tally_free(merged);
    tally_free(tally);
}

static void
many_labels_keep_their_names_and_numbers(void **state)
{
    (void)state;
    enum { MANY = 50000 };
    struct tally *tally = tally_new(TALLY_TOTALS);
    uint32_t group = tally_group(tally, "", 0);
    char name[32];
    for (unsigned i = 0; i < MANY; i++) {
        int length = snprintf(name, sizeof name, "/order/%u", i);
        uint32_t label = tally_label(tally, name, (size_t)length);
        assert_int_equal(label, i);
        struct sample sample = {label, group, 0, i * MS, false, 0};
        tally_add(tally, &sample);
    }
    assert_int_equal(tally_label_count(tally), MANY);
    for (unsigned i = 0; i < MANY; i += 777) {
        int length = snprintf(name, sizeof name, "/order/%u", i);
        assert_int_equal(tally_label(tally, name, (size_t)length), i);
        assert_string_equal(tally_label_name(tally, i), name);
        struct tally_pick pick;
        assert_true(
            tally_pick(tally, i, TALLY_ANY, INT64_MIN, INT64_MAX, &pick));
        assert_int_equal(pick.samples, 1);
        assert_int_equal(pick.max_ns, i * MS);
    }
    tally_free(tally);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(picks_equal_those_of_a_plain_list),
        cmocka_unit_test(merging_does_not_depend_on_the_order),
        cmocka_unit_test(seconds_are_in_order_and_without_gaps_filled),
        cmocka_unit_test(threads_of_generators_add_up_those_of_parts_do_not),
        cmocka_unit_test(transactions_stand_aside_while_there_are_requests),
        cmocka_unit_test(many_labels_keep_their_names_and_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
