/*
 * Seasons made in memory for the tests of assess/ and render/: numbers from
 * text, one season with the contract's defaults, baselines and results that
 * are added to it.
 */
#ifndef HEADROOM_TESTS_MAKER_H
#define HEADROOM_TESTS_MAKER_H

#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "model/season.h"

#define MOST 16

static inline struct decimal
number(const char *text)
{
    struct decimal value;
    size_t used, length = strlen(text);
    bool is_percent = length > 0 && text[length - 1] == '%';
    enum decimal_fault fault =
        decimal_read(text, length - is_percent, &value, &used);
    assert_int_equal(fault, DECIMAL_OK);
    assert_int_equal(used, length - is_percent);
    if (is_percent)
        value.units /= 100;
    return value;
}

static inline struct optional
given(const char *text)
{
    return (struct optional){.given = true, .value = number(text)};
}

static inline struct day
on(const char *text)
{
    struct day day;
    assert_true(day_read(text, strlen(text), &day));
    return day;
}

/* A step "offered qps p99 error-rate duration", "-" for what is not given. */
static inline struct step
step_of(const char *offered, const char *qps, const char *p99,
        const char *errors, const char *duration)
{
    static unsigned line = 100;
    struct step step = {.line = ++line, .column = 7};
    const char *text[] = {offered, qps, p99, errors, duration};
    const enum metric metric[] = {METRIC_OFFERED_QPS, METRIC_QPS, METRIC_P99_MS,
                                  METRIC_ERROR_RATE, METRIC_DURATION_S};
    for (unsigned i = 0; i < 5; i++) {
        if (strcmp(text[i], "-") == 0)
            continue;
        step.metric[metric[i]] = number(text[i]);
        step.given |= (uint16_t)(1u << metric[i]);
    }
    return step;
}

/* A season in the making. */
struct made {
    struct arena *arena;
    struct diag *diag;
    struct season season;
    struct source source;
    struct scenario scenario[MOST];
    struct baseline baseline[MOST];
    struct result result[MOST];
    struct step step[MOST][MOST];
};

static inline struct place
made_place(struct made *made, unsigned line)
{
    return (struct place){.source = &made->source, .line = line, .column = 1};
}

/* 2026-double11 as of 2026-10-31 at +30 % +20 %, p99 200 ms, errors 0.1 %. */
static inline struct made *
make_season(struct arena *arena)
{
    struct made *made = arena_alloc(arena, sizeof *made);
    made->arena = arena;
    made->diag = diag_new(arena);
    made->source = (struct source){.name = "season.yaml",
                                   .path = "season.yaml",
                                   .bytes = "",
                                   .file_size = 512};
    const struct source **sources =
        arena_array(arena, 1, const struct source *);
    sources[0] = &made->source;
    made->scenario[0] = (struct scenario){.id = "plan"};
    made->season = (struct season){
        .id = "2026-double11",
        .as_of = {.day = on("2026-10-31"), .text = "2026-10-31"  },
        .lang = LANG_EN,
        .unit = "QPS",
        .growth = {.growth = given("0.3"),  .buffer = given("0.2")},
        .scenarios = made->scenario,
        .scenario_count = 1,
        .validity_days = 14,
        .scale_efficiency = number("0.9"),
        .max_extrapolation = number("1.25"),
        .safe_level = number("1"),
        .baselines = made->baseline,
        .results = made->result,
        .sources = sources,
        .source_count = 1
    };
    made->season.slo.limit[LIMIT_P99_MS] = given("200");
    made->season.slo.limit[LIMIT_ERROR_RATE] = given("0.001");
    return made;
}

static inline struct baseline *
add_baseline(struct made *made, const char *link, const char *peak,
             unsigned instances)
{
    size_t i = made->season.baseline_count++;
    assert(i < MOST);
    made->baseline[i] =
        (struct baseline){.link = link,
                          .peak_qps = given(peak),
                          .instances = instances,
                          .place = made_place(made, (unsigned)i + 10),
                          .link_place = made_place(made, (unsigned)i + 10)};
    return &made->baseline[i];
}

static inline struct result *
add_result(struct made *made, const char *link, const char *date,
           unsigned instances)
{
    size_t i = made->season.result_count++;
    assert(i < MOST);
    made->result[i] =
        (struct result){.link = link,
                        .date = on(date),
                        .instances = instances,
                        .steps = made->step[i],
                        .order = i,
                        .place = made_place(made, (unsigned)i + 50),
                        .date_place = made_place(made, (unsigned)i + 50),
                        .instances_place = made_place(made, (unsigned)i + 50)};
    return &made->result[i];
}

static inline void
add_step(struct result *result, struct step step)
{
    assert(result->step_count < MOST);
    result->steps[result->step_count++] = step;
}

/* A test that measured qps: a step that holds and one that breaks. */
static inline struct result *
add_measured(struct made *made, const char *link, const char *date,
             unsigned instances, const char *qps)
{
    struct result *result = add_result(made, link, date, instances);
    add_step(result, step_of(qps, qps, "100", "0", "300"));
    add_step(result, step_of("900000000000", qps, "900", "0", "300"));
    return result;
}

/* A test that nothing stopped. */
static inline struct result *
add_at_least(struct made *made, const char *link, const char *date,
             unsigned instances, const char *qps)
{
    struct result *result = add_result(made, link, date, instances);
    add_step(result, step_of(qps, qps, "100", "0", "300"));
    return result;
}

/* How many messages of a code there are. */
static inline unsigned
messages(const struct made *made, enum diag_code code)
{
    unsigned found = 0;
    for (int level = DIAG_NOTE; level <= DIAG_ERROR; level++) {
        const struct diag_entry *list;
        size_t count = diag_list(made->diag, (enum diag_level)level, &list);
        for (size_t i = 0; i < count; i++)
            found += list[i].code == code;
    }
    return found;
}

static inline int
arena_setup(void **state)
{
    *state = arena_new();
    return 0;
}

static inline int
arena_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

#define TEST(function)                                                         \
    cmocka_unit_test_setup_teardown(function, arena_setup, arena_teardown)

#endif
