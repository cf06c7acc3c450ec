/*
 * JMeter's results (JTL) as CSV: rows of samples, with a header or without, the
 * columns in any order, separated by commas, semicolons, tabs or bars.  Room
 * results/.  The XML form is read in read_jtl_xml.c.
 *
 * https://jmeter.apache.org/usermanual/listeners.html, "CSV Log format".
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/field.h"
#include "results/file.h"
#include "results/form.h"
#include "results/name_cache.h"
#include "results/readers.h"
#include "results/rows.h"

#define MS ((int64_t)1000000)
#define COLUMNS_MOST 64
#define NONE SIZE_MAX
#define GROUP_BEGIN 32 /* [bytes] at most; no more than ROW_PADDING */

enum column {
    COLUMN_TIME,
    COLUMN_ELAPSED,
    COLUMN_LABEL,
    COLUMN_SUCCESS,
    COLUMN_MESSAGE,
    COLUMN_THREAD,
    COLUMN_THREADS,
    COLUMNS
};
#define COLUMNS_NEEDED COLUMN_MESSAGE

static const char *const column_name[COLUMNS] = {
    "timeStamp",       "elapsed",    "label",     "success",
    "responseMessage", "threadName", "allThreads"};

/* Others that JMeter may write; two of all tell a header. */
static const char *const other_name[] = {
    "responseCode", "dataType",    "failureMessage", "bytes",    "sentBytes",
    "grpThreads",   "URL",         "Latency",        "IdleTime", "Connect",
    "Encoding",     "SampleCount", "ErrorCount",     "Hostname", "Filename"};

/* What stands where. */
struct plan {
    size_t at[COLUMNS]; /* NONE: nowhere */
    bool has_moments;   /* times as text, not as milliseconds since 1970 */
    struct field header;
    struct place first; /* row */
};

struct worker {
    const struct plan *plan;
    struct tally *tally;
    struct name_cache labels, sums, groups;
    /* most rows are of the group of the row before: "Thread Group 1-" */
    char group[GROUP_BEGIN];
    uint64_t group_mask[GROUP_BEGIN / 8]; /* all ones for the bytes of it */
    size_t group_length;                  /* 0: none, or a long one */
    uint32_t group_number;
    /* times of thirteen digits share the first eight with those before */
    uint64_t begin_bytes, begin_ms;
};

enum {
    FAULT_TIME = ROW_FAULTS,
    FAULT_ELAPSED,
    FAULT_LABEL,
    FAULT_GROUP,
    FAULT_SUCCESS,
    FAULT_THREADS,
    FAULT_HEADER
};

/* --- rows -------------------------------------------------------------------
 */

static void
start(void *state, const void *plan, struct tally *tally)
{
    struct worker *worker = state;
    worker->plan = plan;
    worker->tally = tally;
}

static bool
fail(struct row_fault *fault, unsigned kind, size_t field)
{
    *fault = (struct row_fault){kind, field};
    return false;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "Thread Group 1-7" is of the group "Thread Group". */
static struct field
group_of(struct field field)
{
    size_t end = field.length;
    while (end > 0 && is_digit(field.text[end - 1]))
        end--;
    if (end == field.length || end == 0 || field.text[end - 1] != '-')
        return field;
    size_t digits = --end;
    while (end > 0 && is_digit(field.text[end - 1]))
        end--;
    if (end == digits || end == 0 || field.text[end - 1] != ' ')
        return field;
    return (struct field){field.text, end - 1};
}

/* What JMeter says of a sample that sums up the samples within it. */
static bool
is_transaction(struct field message)
{
    static const char begin[] = "Number of samples in transaction";
    struct field field = field_bare(message);
    return field.length >= sizeof begin - 1 && field.text[0] == 'N' &&
           memcmp(field.text, begin, sizeof begin - 1) == 0;
}

static bool
read_success(struct field field, bool *failed)
{
    field = field_bare(field);
    if (field.length == 4 && memcmp(field.text, "true", 4) == 0)
        *failed = false; /* nearly all */
    else if (field_is_word(field, "true"))
        *failed = false;
    else if (field_is_word(field, "false"))
        *failed = true;
    else
        return false;
    return true;
}

static bool
read_ms(struct field field, int64_t *ns)
{
    uint64_t ms;
    if (!field_whole_padded(field, &ms) || ms > (uint64_t)(TALLY_MOST_NS / MS))
        return false;
    *ns = (int64_t)ms * MS;
    return true;
}

static bool
read_time(const struct plan *plan, struct field field, int64_t *ns)
{
    field = field_bare(field);
    if (plan->has_moments)
        return field_moment(field, ns);
    return read_ms(field, ns) && *ns > 0;
}

/* The same of thirteen digits, the first eight of which were met before. */
static bool
read_time_again(struct worker *worker, struct field field, int64_t *ns)
{
    uint64_t begin, end;
    struct field rest = {field.text + 8, 5};
    if (field.length != 13 || worker->plan->has_moments)
        return false;
    memcpy(&begin, field.text, sizeof begin);
    if (begin != worker->begin_bytes) {
        struct field head = {field.text, 8};
        if (!field_whole_padded(head, &worker->begin_ms))
            return false;
        worker->begin_bytes = begin;
        worker->begin_ms *= 100000;
    }
    if (!field_whole_padded(rest, &end))
        return false;
    uint64_t ms = worker->begin_ms + end;
    if (ms > (uint64_t)(TALLY_MOST_NS / MS))
        return false;
    *ns = (int64_t)ms * MS;
    return *ns > 0;
}

static bool
read_threads(struct field field, uint32_t *threads)
{
    uint64_t number = 0;
    field = field_bare(field);
    if (field.length > 0 && !field_whole_padded(field, &number))
        return false;
    *threads = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
    return true;
}

/* Whether a row is the header once more: of a second run. */
static bool
is_header(const struct plan *plan, const struct row *row)
{
    size_t length = row->to - row->from;
    return plan->header.length == length &&
           memcmp(plan->header.text, row->text + row->from, length) == 0;
}

/* Whether a thread has the group of the row before, by a name that begins as
   that one's and ends with one to eight digits.  Reads beyond the field, but
   not beyond the padding of rows. */
static bool
is_group_again(const struct worker *worker, struct field thread)
{
    uint64_t other = 0, number;
    struct field rest = {thread.text + worker->group_length,
                         thread.length - worker->group_length};
    if (worker->group_length == 0 || thread.length <= worker->group_length ||
        rest.length > 8)
        return false;
    for (unsigned i = 0; i < GROUP_BEGIN / 8; i++) {
        uint64_t a, b;
        memcpy(&a, thread.text + i * 8, sizeof a);
        memcpy(&b, worker->group + i * 8, sizeof b);
        other |= (a ^ b) & worker->group_mask[i];
    }
    return other == 0 && field_whole_padded(rest, &number);
}

static void
keep_group(struct worker *worker, struct field thread, struct field group,
           uint32_t number)
{
    size_t length = thread.length;
    worker->group_length = 0;
    if (group.length == thread.length) /* no number behind it */
        return;
    while (thread.text[length - 1] != '-')
        length--;
    if (length > GROUP_BEGIN)
        return;
    memcpy(worker->group, thread.text, length);
    memset(worker->group_mask, 0, sizeof worker->group_mask);
    memset(worker->group_mask, 0xff, length);
    worker->group_length = length;
    worker->group_number = number;
}

static bool
find_group(struct worker *worker, const struct row *row, uint32_t *number)
{
    const size_t at = worker->plan->at[COLUMN_THREAD];
    if (at == NONE)
        return name_find(&worker->groups, (struct field){"", 0}, tally_group,
                         worker->tally, number);
    struct field thread = field_bare(row_field(row, at));
    if (is_group_again(worker, thread)) {
        *number = worker->group_number;
        return true;
    }
    struct field group = group_of(thread);
    if (!name_find(&worker->groups, group, tally_group, worker->tally, number))
        return false;
    keep_group(worker, thread, group, *number);
    return true;
}

static bool
take(void *state, const struct row *row, struct row_fault *fault)
{
    struct worker *worker = state;
    const struct plan *plan = worker->plan;
    const size_t *at = plan->at;
    struct sample sample = {0};
    struct field time = row_field(row, at[COLUMN_TIME]);
    if (!read_time_again(worker, time, &sample.start_ns) &&
        !read_time(plan, time, &sample.start_ns)) {
        if (is_header(plan, row))
            return fail(fault, FAULT_HEADER, ROW_ITSELF);
        return fail(fault, FAULT_TIME, at[COLUMN_TIME]);
    }
    if (!read_ms(field_bare(row_field(row, at[COLUMN_ELAPSED])),
                 &sample.elapsed_ns))
        return fail(fault, FAULT_ELAPSED, at[COLUMN_ELAPSED]);
    if (!read_success(row_field(row, at[COLUMN_SUCCESS]), &sample.failed))
        return fail(fault, FAULT_SUCCESS, at[COLUMN_SUCCESS]);
    struct field label = row_field(row, at[COLUMN_LABEL]);
    bool sums_up = at[COLUMN_MESSAGE] != NONE &&
                   is_transaction(row_field(row, at[COLUMN_MESSAGE]));
    if (!name_find(sums_up ? &worker->sums : &worker->labels, label,
                   sums_up ? tally_transaction : tally_label, worker->tally,
                   &sample.label))
        return fail(fault, FAULT_LABEL, at[COLUMN_LABEL]);
    if (!find_group(worker, row, &sample.group))
        return fail(fault, FAULT_GROUP, at[COLUMN_THREAD]);
    if (at[COLUMN_THREADS] != NONE &&
        !read_threads(row_field(row, at[COLUMN_THREADS]), &sample.threads))
        return fail(fault, FAULT_THREADS, at[COLUMN_THREADS]);
    tally_add(worker->tally, &sample);
    return true;
}

static void
finish(void *state, struct findings *findings)
{
    struct worker *worker = state;
    (void)findings;
    name_cache_free(&worker->labels);
    name_cache_free(&worker->sums);
    name_cache_free(&worker->groups);
}

/* Whether a time is milliseconds where the first row has a moment, or the other
   way round. */
static bool
is_of_other_form(const struct plan *plan, struct field field)
{
    struct plan other = {.has_moments = !plan->has_moments};
    int64_t ns;
    return read_time(&other, field, &ns);
}

static void
explain(const void *reader_plan, const struct row *row, struct row_fault fault,
        struct place place, struct diag *diag)
{
    const struct plan *plan = reader_plan;
    struct field field = {"", 0};
    if (fault.field != ROW_ITSELF)
        field = row_field(row, fault.field);
    switch (fault.kind) {
    case FAULT_TIME:
        if (is_of_other_form(plan, field)) {
            char line[48];
            snprintf(line, sizeof line, "that of line %u", place.line);
            diag_add(diag, DIAG_RESULTS_CONTRADICT, plan->first,
                     "the form of timeStamp", line,
                     "expected moments in all rows, or milliseconds in all",
                     NULL);
            break;
        }
        row_unfit(diag, place, "timeStamp",
                  plan->has_moments
                      ? "a moment such as 2026-11-11 20:00:00.000, as in the "
                        "first row"
                      : "whole milliseconds since 1970",
                  field);
        break;
    case FAULT_ELAPSED:
        row_unfit(diag, place, "elapsed", "whole milliseconds", field);
        break;
    case FAULT_SUCCESS:
        row_unfit(diag, place, "success", "true or false", field);
        break;
    case FAULT_LABEL:
        row_bad_name(diag, place, "label", field);
        break;
    case FAULT_GROUP:
        row_bad_name(diag, place, "threadName", field);
        break;
    case FAULT_THREADS:
        row_unfit(diag, place, "allThreads", "a whole number", field);
        break;
    default:
        diag_add(diag, DIAG_RESULTS_TWICE, place, "header",
                 "give each run a file of its own", NULL);
    }
}

/* --- the first row ----------------------------------------------------------
 */

static size_t
find_column(struct field field)
{
    field = field_bare(field);
    size_t column = 0;
    while (column < COLUMNS && !field_is(field, column_name[column]))
        column++;
    return column;
}

static bool
is_known(struct field field)
{
    if (find_column(field) < COLUMNS)
        return true;
    field = field_bare(field);
    for (size_t i = 0; i < sizeof other_name / sizeof *other_name; i++)
        if (field_is(field, other_name[i]))
            return true;
    return false;
}

static bool
is_header_row(const struct field *fields, size_t count)
{
    size_t own = 0, known = 0;
    for (size_t i = 0; i < count; i++) {
        size_t column = find_column(fields[i]);
        own += column < COLUMN_SUCCESS; /* time, elapsed, label */
        known += is_known(fields[i]);
    }
    return own > 0 && known >= 3;
}

/* A row in the order that JMeter has without a header: time, elapsed, label,
   code, message, thread, type, success. */
static bool
is_plain_row(const struct field *fields, size_t count)
{
    int64_t ns;
    uint64_t number;
    bool failed;
    return count >= 8 && count <= 20 &&
           (field_whole(field_bare(fields[0]), &number) ||
            field_moment(field_bare(fields[0]), &ns)) &&
           field_whole(field_bare(fields[1]), &number) &&
           read_success(fields[7], &failed);
}

/* The first row by the delimiter that makes most of it; 0 where none makes a
   JTL of it. */
static size_t
first_row(const char *head, size_t size, struct field *fields,
          struct row_marks *marks, size_t *next, bool *has_header)
{
    static const char delimiters[] = ",;\t|";
    for (const char *delimiter = delimiters; *delimiter; delimiter++) {
        *marks = (struct row_marks){*delimiter, true};
        size_t count =
            row_first(head, size, *marks, fields, COLUMNS_MOST, next);
        *has_header = is_header_row(fields, count);
        if (*has_header || is_plain_row(fields, count))
            return count;
    }
    return 0;
}

bool
jtl_is_it(const char *head, size_t size)
{
    struct field fields[COLUMNS_MOST];
    struct row_marks marks;
    size_t next;
    bool has_header;
    return first_row(head, size, fields, &marks, &next, &has_header) > 0;
}

/* The place of a field of the first row. */
static struct place
header_place(struct input *input, const char *head, size_t length,
             struct field field)
{
    uint64_t column = 1;
    for (const char *s = head; s < field.text; s++)
        column += ((unsigned char)*s & 0xC0) != 0x80;
    return input_place(input, 1, column, head, length);
}

static bool
plan_by_header(struct input *input, struct findings *findings,
               struct plan *plan, const struct field *fields, size_t count)
{
    const char *head = fields[0].text;
    struct field last = fields[count - 1];
    size_t length = (size_t)(last.text + last.length - head);
    plan->header = (struct field){head, length};
    for (size_t i = 0; i < count; i++) {
        size_t column = find_column(fields[i]);
        if (column == COLUMNS)
            continue;
        if (plan->at[column] != NONE) {
            diag_add(findings->diag, DIAG_RESULTS_TWICE,
                     header_place(input, head, length, fields[i]), "column",
                     column_name[column], NULL);
            return false;
        }
        plan->at[column] = i;
    }
    for (size_t i = 0; i < COLUMNS_NEEDED; i++)
        if (plan->at[i] == NONE) {
            diag_add(findings->diag, DIAG_CSV_COLUMN,
                     header_place(input, head, length, fields[0]),
                     column_name[i], NULL);
            return false;
        }
    return true;
}

/* Where JMeter of a version has what, by the number of columns: 10 and 12 of
   2.x, 15 and more of 3.x on. */
static void
plan_by_order(struct plan *plan, size_t count)
{
    static const size_t order[COLUMNS] = {0, 1, 2, 7, 4, 5, NONE};
    memcpy(plan->at, order, sizeof order);
    if (count == 12)
        plan->at[COLUMN_THREADS] = 10;
    if (count == 15)
        plan->at[COLUMN_THREADS] = 11;
    if (count == 16 || count == 17)
        plan->at[COLUMN_THREADS] = 12;
}

bool
jtl_read(struct input *input, struct findings *findings)
{
    struct plan plan = {
        .header = {"", 0}
    };
    struct field fields[COLUMNS_MOST], second[COLUMNS_MOST];
    struct row_marks marks;
    size_t size, next = 0, behind = 0;
    bool has_header;
    const char *head = input_head(input, &size);
    size_t count = first_row(head, size, fields, &marks, &next, &has_header);
    for (size_t i = 0; i < COLUMNS; i++)
        plan.at[i] = NONE;
    if (has_header) {
        if (!plan_by_header(input, findings, &plan, fields, count))
            return false;
    } else {
        plan_by_order(&plan, count);
        next = 0;
    }
    size_t some = row_first(head + next, size - next, marks, second,
                            COLUMNS_MOST, &behind);
    int64_t ns;
    plan.has_moments =
        plan.at[COLUMN_TIME] < some &&
        field_moment(field_bare(second[plan.at[COLUMN_TIME]]), &ns);
    unsigned line = 1 + (unsigned)row_count_byte(head, next, '\n');
    plan.first = input_place(input, line, 1, head + next, behind);
    struct row_reader reader = {.marks = marks,
                                .fields = count,
                                .begin = next,
                                .begin_line = line,
                                .plan = &plan,
                                .worker_size = sizeof(struct worker),
                                .start = start,
                                .take = take,
                                .finish = finish,
                                .explain = explain};
    findings->model = LOAD_CLOSED;
    return rows_read(input, findings, &reader);
}
