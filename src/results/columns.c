/*
 * Samples by a plan of columns.  Room results/.  Which tool has which columns
 * is its reader's business.
 */
#include "results/columns.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "results/file.h"
#include "results/form.h"
#include "results/name_cache.h"

/* What a worker adds up beside its samples. */
struct seen {
    uint64_t others;   /* rows of other metrics */
    uint64_t failed;   /* samples */
    uint64_t verdicts; /* rows of failed_metric */
    uint64_t failed_verdicts;
    uint64_t dropped; /* by rows of dropped_metric */
};

/* The reader's plan, with what the workers bring together. */
struct shared {
    const struct columns_plan *plan;
    struct seen *seen;
};

struct worker {
    const struct columns_plan *plan;
    struct seen *all, seen;
    struct tally *tally;
    struct name_cache labels, groups;
};

enum { FAULT_VALUE = ROW_FAULTS };

struct columns_plan
columns_nothing(void)
{
    struct columns_plan plan = {.time_ns = 0};
    for (size_t i = 0; i < SAMPLE_COLUMNS; i++)
        plan.at[i] = COLUMN_NONE;
    return plan;
}

static void
start(void *state, const void *reader_plan, struct tally *tally)
{
    const struct shared *shared = reader_plan;
    struct worker *worker = state;
    worker->plan = shared->plan;
    worker->all = shared->seen;
    worker->tally = tally;
}

/* A field without its quotes; nothing where there is no such column. */
static struct field
bare(const struct columns_plan *plan, const struct row *row,
     enum sample_column column)
{
    if (plan->at[column] == COLUMN_NONE)
        return (struct field){"", 0};
    return field_bare(row_field(row, plan->at[column]));
}

static bool
read_time(const struct columns_plan *plan, const struct row *row,
          struct sample *sample)
{
    struct field field = bare(plan, row, SAMPLE_TIME);
    if (plan->time_ns == 0)
        return field_moment(field, &sample->start_ns);
    return field_decimal_ns(field, plan->time_ns, &sample->start_ns);
}

static bool
read_success(struct field field, bool *failed)
{
    static const char *const words[][2] = {
        {"true",    "false"  },
        {"1",       "0"      },
        {"ok",      "ko"     },
        {"yes",     "no"     },
        {"pass",    "fail"   },
        {"success", "failure"}
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (int j = 0; j < 2; j++)
            if (field_is_word(field, words[i][j])) {
                *failed = j == 1;
                return true;
            }
    return false;
}

static bool
fail(const struct columns_plan *plan, struct row_fault *fault,
     enum sample_column column)
{
    *fault = (struct row_fault){FAULT_VALUE + column, plan->at[column]};
    return false;
}

/* Whether the request failed, by what the row has of success, status, error. */
static bool
read_verdict(const struct columns_plan *plan, const struct row *row,
             struct sample *sample, struct row_fault *fault)
{
    struct field success = bare(plan, row, SAMPLE_SUCCESS);
    if (success.length > 0) {
        if (!read_success(success, &sample->failed))
            return fail(plan, fault, SAMPLE_SUCCESS);
    } else if (plan->at[SAMPLE_STATUS] != COLUMN_NONE) {
        uint64_t status;
        if (!field_whole(bare(plan, row, SAMPLE_STATUS), &status) ||
            status > 999)
            return fail(plan, fault, SAMPLE_STATUS);
        sample->failed = status == 0 || status >= 400;
    } else if (plan->at[SAMPLE_SUCCESS] != COLUMN_NONE) {
        return fail(plan, fault, SAMPLE_SUCCESS);
    }
    sample->failed |= bare(plan, row, SAMPLE_ERROR).length > 0;
    return true;
}

/* "GET http://..." where there is a method, else the label's own bytes. */
static bool
read_label(struct worker *worker, const struct row *row, uint32_t *number)
{
    const struct columns_plan *plan = worker->plan;
    struct field method = bare(plan, row, SAMPLE_METHOD);
    char name[NAME_MOST + 16];
    if (plan->at[SAMPLE_LABEL] == COLUMN_NONE)
        return name_find(&worker->labels, (struct field){name, 0}, tally_label,
                         worker->tally, number);
    struct field label = row_field(row, plan->at[SAMPLE_LABEL]);
    if (method.length > 0) {
        label = field_bare(label);
        size_t length = method.length + 1 + label.length;
        if (length > NAME_MOST)
            return false;
        memcpy(name, method.text, method.length);
        name[method.length] = ' ';
        memcpy(name + method.length + 1, label.text, label.length);
        label = (struct field){name, length};
    }
    return name_find(&worker->labels, label, tally_label, worker->tally,
                     number);
}

static bool
read_group(struct worker *worker, const struct row *row, uint32_t *number)
{
    size_t at = worker->plan->at[SAMPLE_GROUP];
    const char none[8] = "";
    struct field group = {none, 0};
    if (at != COLUMN_NONE)
        group = row_field(row, at);
    return name_find(&worker->groups, group, tally_group, worker->tally,
                     number);
}

/* A row of another metric; its verdict may count, or what it says was never
   sent. */
static bool
take_other(struct worker *worker, const struct row *row, struct field metric,
           struct row_fault *fault)
{
    const struct columns_plan *plan = worker->plan;
    int64_t value;
    worker->seen.others++;
    if (plan->dropped_metric != NULL &&
        field_is(metric, plan->dropped_metric)) {
        if (!field_decimal_ns(bare(plan, row, SAMPLE_ELAPSED), 1, &value))
            return fail(plan, fault, SAMPLE_ELAPSED);
        worker->seen.dropped += (uint64_t)value;
        return true;
    }
    if (plan->failed_metric == NULL || !field_is(metric, plan->failed_metric))
        return true;
    if (!field_decimal_ns(bare(plan, row, SAMPLE_ELAPSED), 1000000, &value))
        return fail(plan, fault, SAMPLE_ELAPSED);
    worker->seen.verdicts++;
    worker->seen.failed_verdicts += value != 0;
    return true;
}

static bool
take(void *state, const struct row *row, struct row_fault *fault)
{
    struct worker *worker = state;
    const struct columns_plan *plan = worker->plan;
    struct sample sample = {0};
    uint64_t threads = 0;
    if (plan->metric != NULL) {
        struct field metric = bare(plan, row, SAMPLE_METRIC);
        if (!field_is(metric, plan->metric))
            return take_other(worker, row, metric, fault);
    }
    if (!read_time(plan, row, &sample))
        return fail(plan, fault, SAMPLE_TIME);
    if (!field_decimal_ns(bare(plan, row, SAMPLE_ELAPSED), plan->elapsed_ns,
                          &sample.elapsed_ns))
        return fail(plan, fault, SAMPLE_ELAPSED);
    if (plan->time_is_end)
        sample.start_ns -= sample.elapsed_ns;
    if (!read_verdict(plan, row, &sample, fault))
        return false;
    if (!read_label(worker, row, &sample.label))
        return fail(plan, fault, SAMPLE_LABEL);
    if (!read_group(worker, row, &sample.group))
        return fail(plan, fault, SAMPLE_GROUP);
    struct field field = bare(plan, row, SAMPLE_THREADS);
    if (field.length > 0 && !field_whole(field, &threads))
        return fail(plan, fault, SAMPLE_THREADS);
    sample.threads = threads < UINT32_MAX ? (uint32_t)threads : UINT32_MAX;
    worker->seen.failed += sample.failed;
    tally_add(worker->tally, &sample);
    return true;
}

static void
finish(void *state, struct findings *findings)
{
    struct worker *worker = state;
    findings->left_out += worker->seen.others;
    findings->dropped += worker->seen.dropped;
    worker->all->others += worker->seen.others;
    worker->all->failed += worker->seen.failed;
    worker->all->verdicts += worker->seen.verdicts;
    worker->all->failed_verdicts += worker->seen.failed_verdicts;
    name_cache_free(&worker->labels);
    name_cache_free(&worker->groups);
}

static void
explain(const void *reader_plan, const struct row *row, struct row_fault fault,
        struct place place, struct diag *diag)
{
    const struct shared *shared = reader_plan;
    const struct columns_plan *plan = shared->plan;
    enum sample_column column = (enum sample_column)(fault.kind - FAULT_VALUE);
    struct field field = {"", 0};
    if (fault.field != ROW_ITSELF)
        field = row_field(row, fault.field);
    const char *expected = "a whole number";
    switch (column) {
    case SAMPLE_TIME:
        expected = plan->time_ns == 0
                       ? "a moment such as 2026-11-11 20:00:00.000"
                       : "a time in digits";
        break;
    case SAMPLE_ELAPSED:
        expected = "a duration in digits, 0 or more";
        break;
    case SAMPLE_SUCCESS:
        expected = "true or false";
        break;
    case SAMPLE_STATUS:
        expected = "an HTTP status, 0 to 999";
        break;
    case SAMPLE_LABEL:
    case SAMPLE_GROUP:
        row_bad_name(diag, place, plan->name[column], field);
        return;
    default:
        break;
    }
    row_unfit(diag, place, plan->name[column], expected, field);
}

/* What two metrics of a whole file say of failed requests must agree. */
static bool
check_verdicts(struct input *input, struct findings *findings,
               const struct columns_plan *plan, const struct seen *seen,
               uint64_t samples)
{
    const struct request *request = findings->request;
    bool is_range = request != NULL &&
                    (request->range_from > 0 || request->range_to < UINT64_MAX);
    if (is_range || seen->verdicts != samples ||
        seen->failed_verdicts == seen->failed)
        return true;
    size_t size;
    const char *head = input_head(input, &size);
    const char *end = memchr(head, '\n', size);
    char own[64], other[64];
    snprintf(own, sizeof own, "%llu failed requests by %s",
             (unsigned long long)seen->failed_verdicts, plan->failed_metric);
    snprintf(other, sizeof other, "%llu by %s",
             (unsigned long long)seen->failed, plan->name[SAMPLE_SUCCESS]);
    diag_add(findings->diag, DIAG_RESULTS_CONTRADICT,
             input_place(input, 1, 1, head, end ? (size_t)(end - head) : size),
             own, other, "rows are missing, or were changed", NULL);
    return false;
}

bool
columns_read(struct input *input, struct findings *findings,
             const struct columns_plan *plan, struct row_marks marks,
             size_t fields, size_t begin)
{
    size_t size;
    const char *head = input_head(input, &size);
    struct seen seen = {0};
    struct shared shared = {plan, &seen};
    uint64_t before = tally_samples(findings->tally);
    struct row_reader reader = {
        .marks = marks,
        .fields = fields,
        .begin = begin,
        .begin_line = 1 + (unsigned)row_count_byte(head, begin, '\n'),
        .plan = &shared,
        .worker_size = sizeof(struct worker),
        .start = start,
        .take = take,
        .finish = finish,
        .explain = explain};
    if (!rows_read(input, findings, &reader))
        return false;
    if (seen.others > 0)
        findings->left_out_what = "rows of other metrics";
    return check_verdicts(input, findings, plan, &seen,
                          tally_samples(findings->tally) - before);
}
