/*
 * tsung: the statistics of tsung.log, as text and as JSON (the backend "json").
 * Room: results.  Its dumptraffic="protocol" writes samples.
 *
 *   # stats: dump at 1795334885
 *   stats: request 466 17.95 11.98 76.5 0.67 0 0      of the window: count, ...
 *   stats: 200 466 466                                of the window, and so far
 *   stats: error_connect_refused 3 3
 *   EndMonitor:{1795,334921,415217}
 *
 *   {"stats": [{"timestamp": 1461690089, "samples": [
 *      {"name": "request", "value": 8, "mean": 413.0, ...},
 *      {"name": "http_200", "value": 8, "total": 8}, ...]}, ...]}
 *
 * There are no percentiles, only means.  A dump ends a window: they are levels,
 * named by the second of the run in which they begin, and the whole is their
 * sum.  The last dump may fall into the second of the one before: they are one
 * window.  The first window begins as long before its dump as the second is
 * after it; a first dump without values marks the beginning itself.  Each error
 * counts as a failed request.  Users arrive at a rate: an open load.
 */
#include <string.h>

#include "base/arena.h"
#include "results/form.h"
#include "results/json_tree.h"
#include "results/parse.h"
#include "results/readers.h"

#define GOOD_BELOW 400
#define DUMP "# stats: dump at "
#define END "EndMonitor:"

struct window {
    struct span at;
    uint64_t end_s; /* since 1970 */
    uint64_t requests, answers, good, errors;
    struct optional cpu; /* of the load generator */
    bool is_empty;       /* no value at all */
};

struct run {
    struct parse parse;
    struct window *windows;
    size_t count, room;
};

static struct window *
add_window(struct run *run, struct span at)
{
    run->windows = arena_grow(run->parse.arena, run->windows, run->count,
                              &run->room, sizeof *run->windows);
    struct window *window = &run->windows[run->count++];
    *window = (struct window){.at = at, .is_empty = true};
    return window;
}

/* Takes one number of a window: requests, a status code, or errors. */
static bool
add_value(struct run *run, struct window *window, struct span name,
          struct span value)
{
    uint64_t count, code;
    bool is_code = name.length == 3 && exact_count(name.at, 3, &code);
    window->is_empty = false;
    if (!is_code && !span_is(name, "request") && !span_begins(name, "error"))
        return true;
    if (!parse_count(&run->parse, value, "the number of requests", &count))
        return false;
    if (!is_code) {
        *(span_is(name, "request") ? &window->requests : &window->errors) +=
            count;
        return true;
    }
    window->answers += count;
    if (code < GOOD_BELOW)
        window->good += count;
    return true;
}

static bool
read_cpu(struct run *run, struct window *window, struct span value)
{
    struct decimal ratio;
    if (!exact_read(value.at, value.length, -2, 4, ROUND_UP, &ratio))
        return parse_unfit(&run->parse, value, "the load generator's CPU",
                           "a percentage");
    if (decimal_compare(ratio, decimal_of(1)) <= 0)
        window->cpu = (struct optional){true, ratio};
    return true;
}

/* --- what windows come to ----------------------------------------------- */

static void
add_summary(struct run *run, const struct window *window, uint64_t from_s,
            uint64_t first_s, bool is_whole)
{
    struct summary *summary = parse_summary(&run->parse, window->at);
    uint64_t more = window->answers > window->requests
                        ? window->answers - window->requests
                        : 0;
    if (!is_whole)
        summary->level = arena_format(run->parse.arena, "from %ju s",
                                      (uintmax_t)(from_s - first_s));
    summary->model = LOAD_OPEN;
    summary->start_s = (int64_t)from_s;
    summary->has_counts = true;
    summary->requests = window->requests + more + window->errors;
    summary->failed = summary->requests - window->good;
    summary->seconds =
        (struct optional){true, decimal_of((whole)(window->end_s - from_s))};
    summary->cpu = window->cpu;
}

static void
add_up(struct window *sum, const struct window *window)
{
    sum->end_s = window->end_s;
    sum->requests += window->requests;
    sum->answers += window->answers;
    sum->good += window->good;
    sum->errors += window->errors;
    if (window->cpu.given &&
        (!sum->cpu.given ||
         decimal_compare(window->cpu.value, sum->cpu.value) > 0))
        sum->cpu = window->cpu;
}

/* Makes one window of those that end in the same second. */
static bool
join_windows(struct run *run)
{
    size_t count = 0;
    struct window *windows = run->windows;
    for (size_t i = 0; i < run->count; i++) {
        struct window *last = count > 0 ? &windows[count - 1] : NULL;
        if (last != NULL && windows[i].end_s < last->end_s)
            return parse_contradict(&run->parse, windows[i].at,
                                    "the time of a dump", "the one before",
                                    "it is earlier");
        if (last != NULL && windows[i].end_s == last->end_s)
            add_up(last, &windows[i]);
        else
            windows[count++] = windows[i];
    }
    run->count = count;
    return count > 1 ||
           parse_cut(&run->parse, "a second dump, which tells how long the "
                                  "windows are, is missing");
}

static bool
settle_last(struct run *run, struct span at)
{
    struct findings *findings = run->parse.findings;
    return parse_settle(&run->parse,
                        &findings->summaries[findings->summary_count - 1], at);
}

static bool
finish(struct run *run)
{
    if (!join_windows(run))
        return false;
    struct window *windows = run->windows;
    struct window sum = {.at = windows[0].at};
    uint64_t first_s = windows[0].end_s;
    if (!windows[0].is_empty) {
        uint64_t length = windows[1].end_s - first_s;
        first_s -= length < first_s ? length : first_s;
    }
    for (size_t i = 0; i < run->count; i++)
        add_up(&sum, &windows[i]);
    if (sum.answers == 0) {
        /* a protocol without status codes: what is no error is good */
        sum.good = sum.requests;
        for (size_t i = 0; i < run->count; i++)
            windows[i].good = windows[i].requests;
    }
    add_summary(run, &sum, first_s, first_s, true);
    if (!settle_last(run, sum.at))
        return false;
    for (size_t i = 0; i < run->count; i++) {
        uint64_t from_s = i == 0 ? first_s : windows[i - 1].end_s;
        if (windows[i].requests + windows[i].answers + windows[i].errors == 0)
            continue;
        add_summary(run, &windows[i], from_s, first_s, false);
        if (!settle_last(run, windows[i].at))
            return false;
    }
    return true;
}

/* --- text --------------------------------------------------------------- */

bool
tsung_log_is_it(const char *head, size_t size)
{
    return span_begins((struct span){head, size}, DUMP);
}

static bool
read_line(struct run *run, struct span line)
{
    struct span rest = line;
    if (span_take(&rest, DUMP)) {
        rest = span_trim(rest);
        return parse_count(&run->parse, rest, "the time of a dump",
                           &add_window(run, line)->end_s);
    }
    if (!span_take(&rest, "stats:") || run->count == 0)
        return true;
    struct window *window = &run->windows[run->count - 1];
    struct span name = span_word(&rest);
    struct span value = span_word(&rest);
    if (span_begins(name, "{cpu,\"tsung_controller@"))
        return read_cpu(run, window, span_word(&rest));
    return add_value(run, window, name, value);
}

bool
tsung_log_read(struct input *input, struct findings *findings)
{
    struct run run = {0};
    struct span line;
    if (!parse_begin(&run.parse, input, findings))
        return false;
    bool is_ended = false;
    while ((line = parse_line(&run.parse)).at != NULL) {
        is_ended = span_begins(line, END);
        if (!read_line(&run, line))
            return false;
    }
    if (!is_ended)
        return parse_cut(&run.parse, "the line " END " is missing");
    return finish(&run);
}

/* --- JSON --------------------------------------------------------------- */

bool
tsung_json_is_it(const char *head, size_t size)
{
    return json_head_has(head, size, 1, "stats") &&
           json_head_has(head, size, 3, "samples");
}

static bool
read_sample(struct run *run, struct window *window, const struct json *sample)
{
    const char *name = json_decoded(&run->parse, json_find(sample, "name"));
    struct span value;
    if (name == NULL)
        return true;
    if (strncmp(name, "http_", strlen("http_")) == 0)
        name += strlen("http_");
    struct span span = {name, strlen(name)};
    const struct json *number = json_find(sample, "value");
    if (number == NULL || number->kind != JSON_DIGITS)
        return true;
    value = number->span;
    return add_value(run, window, span, value);
}

static bool
read_dump(struct run *run, const struct json *dump)
{
    struct window *window = add_window(run, dump->span);
    const struct json *samples = json_find(dump, "samples");
    if (!json_need_count(&run->parse, dump, "timestamp", &window->end_s))
        return false;
    for (const struct json *sample = samples ? samples->first : NULL; sample;
         sample = sample->next)
        if (!read_sample(run, window, sample))
            return false;
    return true;
}

bool
tsung_json_read(struct input *input, struct findings *findings)
{
    struct run run = {0};
    if (!parse_begin(&run.parse, input, findings))
        return false;
    const struct json *root = json_tree(&run.parse);
    if (root == NULL)
        return false;
    const struct json *list = json_find(root, "stats");
    for (const struct json *dump = list ? list->first : NULL; dump;
         dump = dump->next)
        if (!read_dump(&run, dump))
            return false;
    return finish(&run);
}
