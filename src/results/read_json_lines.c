/*
 * Logs of samples as lines of JSON: k6 run --out json and vegeta encode.  Room
 * results/.  Lines are taken apart by jansson, on all cores; what is plainly
 * no request is passed over before.
 */
#include <math.h>
#include <string.h>

#include <jansson.h>

#include "base/diag.h"
#include "results/file.h"
#include "results/form.h"
#include "results/name_cache.h"
#include "results/readers.h"
#include "results/rows.h"

#define MOST_MS 1e12

static const struct row_marks lines = {'\n', false};

/* How a line of a tool becomes a sample. */
struct plan {
    const char *sign;    /* lines without it are no requests; NULL: all are */
    const char *dropped; /* lines with it may tell of requests that were never
                            sent: a metric; NULL: none do */
    bool (*take)(json_t *line, struct sample *sample, struct field *label,
                 struct field *group, char *scratch, unsigned *fault);
};

struct worker {
    const struct plan *plan;
    struct tally *tally;
    struct name_cache labels, groups;
    uint64_t others, dropped;
};

enum {
    FAULT_JSON = ROW_FAULTS,
    FAULT_CUT,
    FAULT_TIME,
    FAULT_ELAPSED,
    FAULT_VERDICT,
    FAULT_NAME,
    FAULT_DROPPED,
    NO_FAULT, /* but no request either */
};

static void
start(void *state, const void *plan, struct tally *tally)
{
    struct worker *worker = state;
    worker->plan = plan;
    worker->tally = tally;
}

static struct field
text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value))
        return (struct field){"", 0};
    return (struct field){json_string_value(value), json_string_length(value)};
}

/* Names come from jansson's strings: they are brought where eight bytes more
   can be read. */
static bool
find_name(struct name_cache *cache, struct field name, name_number *number_of,
          struct tally *tally, uint32_t *number)
{
    char copy[NAME_MOST + 16] = "";
    if (name.length > NAME_MOST || memchr(name.text, '\0', name.length))
        return false;
    memcpy(copy, name.text, name.length);
    /* a name that begins with a quote is not one in quotes */
    if (*copy == '"') {
        *number = number_of(tally, copy, name.length);
        return true;
    }
    return name_find(cache, (struct field){copy, name.length}, number_of, tally,
                     number);
}

static bool
fail(struct row_fault *fault, unsigned kind)
{
    *fault = (struct row_fault){kind, ROW_ITSELF};
    return false;
}

/* A line of a metric whose values are requests that were never sent. */
static bool
take_dropped(struct worker *worker, const json_t *line)
{
    const json_t *value =
        json_object_get(json_object_get(line, "data"), "value");
    double count = json_number_value(value);
    if (!field_is(text_of(line, "metric"), worker->plan->dropped) ||
        !field_is(text_of(line, "type"), "Point"))
        return true;
    if (!json_is_number(value) || !(count >= 0 && count < MOST_MS))
        return false;
    worker->dropped += (uint64_t)llround(count);
    return true;
}

static bool
has(const char *text, size_t length, const char *sign)
{
    return memmem(text, length, sign, strlen(sign)) != NULL;
}

static bool
take(void *state, const struct row *row, struct row_fault *fault)
{
    struct worker *worker = state;
    const char *text = row->text + row->from;
    size_t length = row->to - row->from;
    if (text[0] != '{' || text[length - 1] != '}')
        return fail(fault, text[0] == '{' ? FAULT_CUT : FAULT_JSON);
    const struct plan *plan = worker->plan;
    bool may_drop = plan->dropped != NULL && has(text, length, plan->dropped);
    if (!may_drop && plan->sign != NULL && !has(text, length, plan->sign)) {
        worker->others++;
        return true;
    }
    json_error_t error;
    json_t *line = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (line == NULL)
        return fail(fault, FAULT_JSON);
    if (may_drop && !take_dropped(worker, line)) {
        json_decref(line);
        return fail(fault, FAULT_DROPPED);
    }
    struct sample sample = {0};
    struct field label, group;
    char scratch[NAME_MOST + 16];
    unsigned kind = FAULT_JSON;
    bool is_sample = plan->take(line, &sample, &label, &group, scratch, &kind);
    bool is_good = is_sample || kind == NO_FAULT;
    if (is_sample && (!find_name(&worker->labels, label, tally_label,
                                 worker->tally, &sample.label) ||
                      !find_name(&worker->groups, group, tally_group,
                                 worker->tally, &sample.group))) {
        is_good = false;
        kind = FAULT_NAME;
    } else if (is_sample) {
        tally_add(worker->tally, &sample);
    }
    worker->others += !is_sample;
    json_decref(line);
    return is_good || fail(fault, kind);
}

static void
finish(void *state, struct findings *findings)
{
    struct worker *worker = state;
    findings->left_out += worker->others;
    findings->dropped += worker->dropped;
    name_cache_free(&worker->labels);
    name_cache_free(&worker->groups);
}

static void
explain(const void *plan, const struct row *row, struct row_fault fault,
        struct place place, struct diag *diag)
{
    (void)plan, (void)row;
    const char *what = "a sample", *why;
    switch (fault.kind) {
    case FAULT_CUT:
        diag_add(diag, DIAG_RESULTS_CUT, place,
                 "expected a line that ends with a brace", NULL);
        return;
    case FAULT_TIME:
        why = "its time is no moment";
        break;
    case FAULT_ELAPSED:
        why = "its duration is no number from 0 on";
        break;
    case FAULT_VERDICT:
        why = "it does not say whether the request failed";
        break;
    case FAULT_DROPPED:
        what = "a count of iterations";
        why = "it is no number from 0 on";
        break;
    case FAULT_NAME:
        why = "its name is longer than 1000 bytes, or holds a NUL";
        break;
    default:
        what = "a line of JSON";
        why = "expected an object";
    }
    diag_add(diag, DIAG_RESULTS_FORM, place, what, why, NULL);
}

static bool
read_lines(struct input *input, struct findings *findings,
           const struct plan *plan)
{
    struct row_reader reader = {.marks = lines,
                                .fields = 1,
                                .begin_line = 1,
                                .plan = plan,
                                .worker_size = sizeof(struct worker),
                                .start = start,
                                .take = take,
                                .finish = finish,
                                .explain = explain};
    uint64_t before = findings->left_out;
    if (!rows_read(input, findings, &reader))
        return false;
    if (findings->left_out > before)
        findings->left_out_what = "lines of other metrics";
    return true;
}

/* The first line of a head, for is_it(). */
static bool
first_has(const char *head, size_t size, const char *const *signs)
{
    const char *end = memchr(head, '\n', size);
    size_t length = end ? (size_t)(end - head) : size;
    for (; *signs != NULL; signs++)
        if (memmem(head, length, *signs, strlen(*signs)) == NULL)
            return false;
    return size > 0 && head[0] == '{';
}

/* --- k6 --- */

bool
k6_json_is_it(const char *head, size_t size)
{
    static const char *const metric[] = {"\"type\":\"Metric\"", "\"data\":{",
                                         NULL};
    static const char *const point[] = {"\"type\":\"Point\"", "\"metric\":\"",
                                        NULL};
    return first_has(head, size, metric) || first_has(head, size, point);
}

static bool
k6_take(json_t *line, struct sample *sample, struct field *label,
        struct field *group, char *scratch, unsigned *fault)
{
    const json_t *point = json_object_get(line, "data");
    const json_t *tags = json_object_get(point, "tags");
    const json_t *value = json_object_get(point, "value");
    (void)scratch;
    *fault = NO_FAULT;
    if (!field_is(text_of(line, "metric"), "http_req_duration") ||
        !field_is(text_of(line, "type"), "Point"))
        return false;
    *fault = FAULT_TIME;
    if (!field_moment(text_of(point, "time"), &sample->start_ns))
        return false;
    *fault = FAULT_ELAPSED;
    double ms = json_number_value(value);
    if (!json_is_number(value) || !(ms >= 0 && ms < MOST_MS))
        return false;
    sample->elapsed_ns = (int64_t)llround(ms * 1e6);
    sample->start_ns -= sample->elapsed_ns; /* it is when the request ended */
    *fault = FAULT_VERDICT;
    struct field expected = text_of(tags, "expected_response");
    uint64_t status;
    if (field_is(expected, "true") || field_is(expected, "false"))
        sample->failed = field_is(expected, "false");
    else if (field_whole(text_of(tags, "status"), &status))
        sample->failed = status == 0 || status >= 400;
    else
        return false;
    *label = text_of(tags, "name");
    *group = text_of(tags, "scenario");
    return true;
}

bool
k6_json_read(struct input *input, struct findings *findings)
{
    static const struct plan plan = {"http_req_duration", "dropped_iterations",
                                     k6_take};
    if (!read_lines(input, findings, &plan))
        return false;
    if (findings->dropped > 0) /* only a load at a rate drops any */
        findings->model = LOAD_OPEN;
    return true;
}

/* --- vegeta --- */

bool
vegeta_lines_is_it(const char *head, size_t size)
{
    static const char *const signs[] = {
        "\"attack\":", "\"timestamp\":", "\"latency\":", "\"code\":", NULL};
    return first_has(head, size, signs);
}

static bool
vegeta_take(json_t *line, struct sample *sample, struct field *label,
            struct field *group, char *scratch, unsigned *fault)
{
    const json_t *latency = json_object_get(line, "latency");
    const json_t *code = json_object_get(line, "code");
    struct field method = text_of(line, "method"), url = text_of(line, "url");
    *fault = FAULT_TIME;
    if (!field_moment(text_of(line, "timestamp"), &sample->start_ns))
        return false;
    *fault = FAULT_ELAPSED;
    sample->elapsed_ns = json_integer_value(latency);
    if (!json_is_integer(latency) || sample->elapsed_ns < 0 ||
        sample->elapsed_ns > TALLY_MOST_NS)
        return false;
    *fault = FAULT_VERDICT;
    json_int_t status = json_integer_value(code);
    if (!json_is_integer(code) || status < 0 || status > 999)
        return false;
    sample->failed =
        status == 0 || status >= 400 || text_of(line, "error").length > 0;
    *label = *group = text_of(line, "attack");
    if (url.length == 0)
        return true;
    *fault = FAULT_NAME;
    size_t length = method.length + 1 + url.length;
    if (length > NAME_MOST)
        return false;
    memcpy(scratch, method.text, method.length);
    scratch[method.length] = ' ';
    memcpy(scratch + method.length + 1, url.text, url.length);
    *label = (struct field){scratch, length};
    return true;
}

bool
vegeta_lines_read(struct input *input, struct findings *findings)
{
    static const struct plan plan = {NULL, NULL, vegeta_take};
    findings->model = LOAD_OPEN;
    return read_lines(input, findings, &plan);
}
