/*
 * Logs of samples that hey, ab, tsung, vegeta and k6 write as rows: hey -o csv,
 * ab -g, tsung.dump, vegeta encode --to csv, k6 run --out csv.  Room results/.
 */
#include <string.h>

#include "results/columns.h"
#include "results/file.h"
#include "results/form.h"
#include "results/readers.h"

#define NS ((int64_t)1)
#define MS ((int64_t)1000000)
#define SECOND ((int64_t)1000000000)

static const struct row_marks comma = {',', true};
static const struct row_marks tab = {'\t', false};
static const struct row_marks semicolon = {';', false};

/* A first row. */
struct first {
    struct field fields[COLUMNS_MOST];
    size_t count, next;
};

static struct first
first_of(const char *head, size_t size, struct row_marks marks)
{
    struct first first = {.count = 0};
    first.count =
        row_first(head, size, marks, first.fields, COLUMNS_MOST, &first.next);
    return first;
}

static struct first
first_of_input(struct input *input, struct row_marks marks)
{
    size_t size;
    const char *head = input_head(input, &size);
    return first_of(head, size, marks);
}

static size_t
find(const struct first *first, const char *name)
{
    for (size_t i = 0; i < first->count; i++)
        if (field_is(field_bare(first->fields[i]), name))
            return i;
    return COLUMN_NONE;
}

static void
set(struct columns_plan *plan, enum sample_column column, size_t at,
    const char *name)
{
    plan->at[column] = at;
    plan->name[column] = name;
}

/* The column of that heading, where there is one. */
static void
set_by_name(struct columns_plan *plan, enum sample_column column,
            const struct first *first, const char *name)
{
    set(plan, column, find(first, name), name);
}

/* --- hey --- */

bool
hey_csv_is_it(const char *head, size_t size)
{
    struct first first = first_of(head, size, comma);
    return find(&first, "response-time") == 0 &&
           find(&first, "status-code") != COLUMN_NONE &&
           find(&first, "offset") != COLUMN_NONE;
}

bool
hey_csv_read(struct input *input, struct findings *findings)
{
    struct first first = first_of_input(input, comma);
    struct columns_plan plan = columns_nothing();
    set_by_name(&plan, SAMPLE_TIME, &first, "offset");
    set_by_name(&plan, SAMPLE_ELAPSED, &first, "response-time");
    set_by_name(&plan, SAMPLE_STATUS, &first, "status-code");
    plan.time_ns = plan.elapsed_ns = SECOND;
    findings->model = LOAD_CLOSED;
    return columns_read(input, findings, &plan, comma, first.count, first.next);
}

/* --- ab --- */

bool
ab_gnuplot_is_it(const char *head, size_t size)
{
    struct first first = first_of(head, size, tab);
    return find(&first, "starttime") == 0 && find(&first, "seconds") == 1 &&
           find(&first, "ttime") != COLUMN_NONE;
}

bool
ab_gnuplot_read(struct input *input, struct findings *findings)
{
    struct first first = first_of_input(input, tab);
    struct columns_plan plan = columns_nothing();
    set_by_name(&plan, SAMPLE_TIME, &first, "seconds");
    set_by_name(&plan, SAMPLE_ELAPSED, &first, "ttime");
    plan.time_ns = SECOND;
    plan.elapsed_ns = MS;
    findings->model = LOAD_CLOSED;
    findings->lacks_failed = true;
    return columns_read(input, findings, &plan, tab, first.count, first.next);
}

/* --- tsung --- */

bool
tsung_dump_is_it(const char *head, size_t size)
{
    struct first first = first_of(head, size, semicolon);
    return find(&first, "#date") == 0 &&
           find(&first, "duration") != COLUMN_NONE &&
           find(&first, "HTTP status") != COLUMN_NONE;
}

bool
tsung_dump_read(struct input *input, struct findings *findings)
{
    struct first first = first_of_input(input, semicolon);
    struct columns_plan plan = columns_nothing();
    set(&plan, SAMPLE_TIME, 0, "date");
    set_by_name(&plan, SAMPLE_ELAPSED, &first, "duration");
    set_by_name(&plan, SAMPLE_LABEL, &first, "URL");
    set_by_name(&plan, SAMPLE_GROUP, &first, "transaction");
    set_by_name(&plan, SAMPLE_STATUS, &first, "HTTP status");
    set_by_name(&plan, SAMPLE_ERROR, &first, "error");
    plan.time_ns = SECOND;
    plan.elapsed_ns = MS;
    plan.time_is_end = true;
    findings->model = LOAD_OPEN; /* users arrive at a rate */
    return columns_read(input, findings, &plan, semicolon, first.count,
                        first.next);
}

/* --- vegeta: no header; time, status, latency, bytes out, bytes in, error,
   body, attack, number, and of newer ones method, URL, headers --- */

#define VEGETA_OLD 9
#define VEGETA_NEW 12

bool
vegeta_csv_is_it(const char *head, size_t size)
{
    struct first first = first_of(head, size, comma);
    uint64_t time, status, latency;
    return (first.count == VEGETA_OLD || first.count == VEGETA_NEW) &&
           field_whole(first.fields[0], &time) &&
           first.fields[0].length >= 18 &&
           field_whole(first.fields[1], &status) && status <= 999 &&
           field_whole(first.fields[2], &latency);
}

bool
vegeta_csv_read(struct input *input, struct findings *findings)
{
    struct first first = first_of_input(input, comma);
    struct columns_plan plan = columns_nothing();
    set(&plan, SAMPLE_TIME, 0, "timestamp");
    set(&plan, SAMPLE_STATUS, 1, "code");
    set(&plan, SAMPLE_ELAPSED, 2, "latency");
    set(&plan, SAMPLE_ERROR, 5, "error");
    if (first.count == VEGETA_NEW) {
        set(&plan, SAMPLE_METHOD, 9, "method");
        set(&plan, SAMPLE_LABEL, 10, "url");
        set(&plan, SAMPLE_GROUP, 7, "attack");
    } else {
        set(&plan, SAMPLE_LABEL, 7, "attack");
    }
    plan.time_ns = plan.elapsed_ns = NS;
    findings->model = LOAD_OPEN;
    return columns_read(input, findings, &plan, comma, first.count, 0);
}

/* --- k6 --- */

bool
k6_csv_is_it(const char *head, size_t size)
{
    struct first first = first_of(head, size, comma);
    return find(&first, "metric_name") == 0 &&
           find(&first, "timestamp") != COLUMN_NONE &&
           find(&first, "metric_value") != COLUMN_NONE;
}

/* The unit of the times, by the first: seconds, unless K6_CSV_TIME_FORMAT said
   otherwise. */
static int64_t
k6_unit(struct field field)
{
    int64_t ns;
    if (field_moment(field, &ns))
        return 0;
    return field.length >= 18   ? NS
           : field.length >= 15 ? NS * 1000
           : field.length >= 12 ? MS
                                : SECOND;
}

bool
k6_csv_read(struct input *input, struct findings *findings)
{
    size_t size;
    const char *head = input_head(input, &size);
    struct first first = first_of(head, size, comma);
    struct first second = first_of(head + first.next, size - first.next, comma);
    struct columns_plan plan = columns_nothing();
    set_by_name(&plan, SAMPLE_METRIC, &first, "metric_name");
    set_by_name(&plan, SAMPLE_TIME, &first, "timestamp");
    set_by_name(&plan, SAMPLE_ELAPSED, &first, "metric_value");
    set_by_name(&plan, SAMPLE_LABEL, &first, "name");
    set_by_name(&plan, SAMPLE_GROUP, &first, "scenario");
    set_by_name(&plan, SAMPLE_SUCCESS, &first, "expected_response");
    set_by_name(&plan, SAMPLE_STATUS, &first, "status");
    plan.metric = "http_req_duration";
    plan.failed_metric = "http_req_failed";
    plan.dropped_metric = "dropped_iterations";
    plan.elapsed_ns = MS;
    plan.time_ns = SECOND;
    if (plan.at[SAMPLE_TIME] < second.count)
        plan.time_ns = k6_unit(field_bare(second.fields[plan.at[SAMPLE_TIME]]));
    /* k6 writes when a request ended; of whole seconds that says no more */
    plan.time_is_end = plan.time_ns != SECOND;
    if (!columns_read(input, findings, &plan, comma, first.count, first.next))
        return false;
    if (findings->dropped > 0) /* only a load at a rate drops any */
        findings->model = LOAD_OPEN;
    return true;
}
