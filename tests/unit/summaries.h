/*
 * For the tests of the readers of summaries: a text is read as a file of a
 * tool, and what comes of it is one string.
 */
#ifndef HEADROOM_TESTS_UNIT_SUMMARIES_H
#define HEADROOM_TESTS_UNIT_SUMMARIES_H

#include "reader.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/file.h"
#include "results/form.h"

/* A piece " name=value" where the value is given. */
static inline const char *
given(struct fixture *fixture, const char *name, struct optional optional)
{
    if (!optional.given)
        return "";
    return arena_format(fixture->arena, " %s=%s", name,
                        decimal_text(fixture->arena, optional.value));
}

static inline const char *
joined(struct fixture *fixture, const char *left, const char *right)
{
    return arena_format(fixture->arena, "%s%s", left, right);
}

/* "login@level 100/3 s=8 qps=12.125 p99=1.5 closed": label and level, requests
   and failed, then what else is known. */
static inline const char *
summary_text(struct fixture *fixture, const struct summary *summary)
{
    static const char *const models[] = {"", " closed", " open"};
    static const char *const names[PERCENTILES] = {"p50", "p95", "p99", "p999"};
    const char *text = summary->label;
    if (summary->level != NULL)
        text = arena_format(fixture->arena, "%s@%s", text, summary->level);
    if (summary->has_counts)
        text = arena_format(fixture->arena, "%s %ju/%ju", text,
                            (uintmax_t)summary->requests,
                            (uintmax_t)summary->failed);
    text = joined(fixture, text, given(fixture, "s", summary->seconds));
    text = joined(fixture, text, given(fixture, "qps", summary->qps));
    text = joined(fixture, text, given(fixture, "errors", summary->error_rate));
    text =
        joined(fixture, text, given(fixture, "offered", summary->offered_qps));
    text = joined(fixture, text, given(fixture, "users", summary->concurrency));
    for (int i = 0; i < PERCENTILES; i++)
        text = joined(fixture, text,
                      given(fixture, names[i], summary->percentile_ms[i]));
    text = joined(fixture, text, given(fixture, "max", summary->max_ms));
    text = joined(fixture, text, given(fixture, "cpu", summary->cpu));
    if (summary->dropped > 0)
        text = arena_format(fixture->arena, "%s dropped=%ju", text,
                            (uintmax_t)summary->dropped);
    if (summary->start_s != INT64_MIN)
        text = arena_format(fixture->arena, "%s from=%jd", text,
                            (intmax_t)summary->start_s);
    text = joined(fixture, text, models[summary->model]);
    return joined(fixture, text, summary->is_corrected ? " corrected" : "");
}

/* What a text comes to as a file of the tool: its summaries, a line each; the
   first line of what is wrong with it; or "no form". */
static inline const char *
read_text(struct fixture *fixture, enum tool tool, const char *text)
{
    int file = memfd_create("results", 0);
    size_t size = strlen(text), head_size;
    assert_true(file >= 0);
    assert_int_equal(write(file, text, size), (ssize_t)size);
    const char *path = arena_format(fixture->arena, "/proc/self/fd/%d", file);
    fixture->diag = diag_new(fixture->arena);
    struct input *input = input_open(fixture->arena, path, "in", 0,
                                     (struct place){0}, fixture->diag, false);
    assert_non_null(input);
    const char *head = input_head(input, &head_size);
    const struct form *form = form_find(tool, head, head_size);
    struct request request = {.range_to = UINT64_MAX};
    struct findings findings = {.arena = fixture->arena,
                                .diag = fixture->diag,
                                .request = &request,
                                .tally = tally_new(TALLY_SECONDS)};
    const char *said = form == NULL ? "no form" : "";
    if (form != NULL && form->read(input, &findings)) {
        assert_true(input_close(input));
        for (size_t i = 0; i < findings.summary_count; i++)
            said =
                arena_format(fixture->arena, "%s%s%s", said, i > 0 ? "\n" : "",
                             summary_text(fixture, &findings.summaries[i]));
    } else if (form != NULL) {
        input_drop(input);
        assert_true(diag_has_errors(fixture->diag));
        said = strchr(first_line(fixture) + strlen(path), ':') + 1;
    } else {
        input_drop(input);
    }
    tally_free(findings.tally);
    close(file);
    return said;
}

/* The text with its first old replaced. */
static inline const char *
changed(struct fixture *fixture, const char *text, const char *old,
        const char *new)
{
    const char *at = strstr(text, old);
    assert_non_null(at);
    return arena_format(fixture->arena, "%.*s%s%s", (int)(at - text), text, new,
                        at + strlen(old));
}

/* A text, the one change that makes it unsound, and what is said of it. */
struct unsound {
    const char *text, *old, *new, *said;
};

static inline void
assert_unsound(struct fixture *fixture, enum tool tool,
               const struct unsound *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_string_equal(read_text(fixture, tool,
                                      changed(fixture, cases[i].text,
                                              cases[i].old, cases[i].new)),
                            cases[i].said);
}

#endif
