/*
 * wrk and wrk2: the text that both print at the end of a run.  Room: results.
 *
 *   Running 8s test @ http://127.0.0.1:18480/pay
 *     2 threads and 128 connections
 *     Thread Stats   Avg      Stdev     Max   +/- Stdev
 *       Latency    48.45ms   66.49ms 278.48ms   79.46%
 *       Req/Sec    14.82k     6.67k   35.23k    69.38%
 *     Latency Distribution                          with --latency
 *        50%    1.33ms
 *     236323 requests in 8.02s, 43.61MB read
 *     Socket errors: connect 0, read 1200, ...      where there are any
 *     Non-2xx or 3xx responses: 232287              where there are any
 *   Requests/sec:  29457.40
 *   Transfer/sec:      5.44MB
 *
 * "requests" are answers, those of status 400 and above and those later than
 * --timeout among them; connections that failed are not.  A script may print
 * lines of its own before the figures and after them.  Durations of a minute
 * and more are printed in minutes, with two decimals: then the tool's own rate
 * is the finer one.
 *
 * wrk2 takes latencies from when a request was due, and prints them as a
 * distribution of HdrHistogram with a spectrum; what -U adds, uncorrected, is
 * passed over.  -R, what was asked for, is not in the text; the connections,
 * which are, say nothing of the load then.
 */
#include <string.h>

#include "base/arena.h"
#include "results/form.h"
#include "results/parse.h"
#include "results/readers.h"

#define MINUTE 60
#define HOUR 3600
#define RAN "the figures of the run are missing"

/* What was read of a run. */
struct run {
    struct summary *summary;
    uint64_t answers, non_2xx, broken, late;
    bool is_coarse; /* the duration */
    struct printed seconds;
    struct span answers_at;
};

static bool
is_running(struct span line)
{
    return span_take(&line, "Running ") && span_has(line, " test @ ");
}

/* Whether some line of the head begins a run; *is_wrk2 when wrk2 shows. */
static bool
has_run(const char *head, size_t size, bool *is_wrk2)
{
    struct span all = {head, size};
    bool has = false;
    *is_wrk2 = false;
    while (all.length > 0) {
        struct span line = span_until(&all, "\n");
        has = has || is_running(line);
        *is_wrk2 = *is_wrk2 || (has && (span_has(line, "HdrHistogram") ||
                                        span_has(line, "Thread calibration")));
    }
    return has;
}

bool
wrk_is_it(const char *head, size_t size)
{
    bool is_wrk2;
    return has_run(head, size, &is_wrk2) && !is_wrk2;
}

bool
wrk2_is_it(const char *head, size_t size)
{
    bool is_wrk2;
    return has_run(head, size, &is_wrk2) && is_wrk2;
}

/* What wrk and wrk2 print when their arguments are wrong. */
bool
wrk_usage_is_it(const char *head, size_t size)
{
    return span_begins((struct span){head, size}, "Usage: wrk");
}

bool
wrk_usage_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    return parse_begin(&parse, input, findings) &&
           parse_refuse(&parse, "the usage of wrk",
                        "its arguments were wrong, and nothing was tested");
}

/* Takes the unit off a time.  shift and times make what is left of it
   milliseconds; false when there is none. */
static bool
take_unit(struct span *span, int *shift, unsigned *times)
{
    static const struct {
        const char *unit;
        int shift;
        unsigned times;
    } units[] = {
        {"us", -3, 1     },
        {"ms", 0,  1     },
        {"s",  3,  1     },
        {"m",  3,  MINUTE},
        {"h",  3,  HOUR  }
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!span_ends(*span, units[i].unit))
            continue;
        span->length -= strlen(units[i].unit);
        *shift = units[i].shift;
        *times = units[i].times;
        return true;
    }
    return false;
}

/* Makes minutes and hours of a number of seconds; false above the most. */
static bool
multiply(struct optional *value, unsigned times, whole most)
{
    value->value.units *= times;
    return decimal_compare(value->value, decimal_of(most)) <= 0;
}

static bool
read_ms(const struct parse *parse, struct span span, const char *name,
        struct optional *ms)
{
    struct span number = span;
    int shift;
    unsigned times;
    if (!take_unit(&number, &shift, &times))
        return parse_unfit(parse, span, name,
                           "a time with its unit (us, ms, s, m, h)");
    return parse_ms(parse, number, name, shift, ms) &&
           (multiply(ms, times, PARSE_MOST_MS) ||
            parse_unfit(parse, span, name, "at most 1e7 ms"));
}

static bool
read_duration(const struct parse *parse, struct span span, struct run *run)
{
    struct span number = span;
    int shift;
    unsigned times;
    struct optional *seconds = &run->summary->seconds;
    if (!take_unit(&number, &shift, &times))
        return parse_unfit(parse, span, "the duration",
                           "a time with its unit (us, ms, s, m, h)");
    run->is_coarse = times > 1;
    if (!parse_seconds(parse, number, "the duration", shift - 3, seconds))
        return false;
    if (!multiply(seconds, times, PARSE_MOST_SECONDS))
        return parse_unfit(parse, span, "the duration", "at most 1e7 s");
    run->seconds = parse_printed(*seconds, number);
    run->seconds.half *= times;
    return true;
}

/* "  2 threads and 128 connections" */
static bool
read_load(const struct parse *parse, struct span line, struct run *run)
{
    struct span rest = line;
    uint64_t connections;
    span_until(&rest, " threads and ");
    struct span number = span_word(&rest);
    if (!parse_count(parse, number, "the number of connections", &connections))
        return false;
    if (run->summary->model == LOAD_CLOSED)
        run->summary->concurrency = parse_users(connections);
    return true;
}

/* The percentile that a word such as "99%" or "99.900%" names, or -1. */
static int
percentile_of(struct span name)
{
    static const char *const names[PERCENTILES][2] = {
        {"50%",   "50.000%"},
        {"95%",   "95.000%"},
        {"99%",   "99.000%"},
        {"99.9%", "99.900%"}
    };
    for (int i = 0; i < PERCENTILES; i++)
        if (span_is(name, names[i][0]) || span_is(name, names[i][1]))
            return i;
    return -1;
}

/* "     99%  212.55ms", whatever its percentile. */
static bool
read_percentile(struct parse *parse, struct span line, struct run *run)
{
    struct span name = span_word(&line), time = span_word(&line);
    int percentile = percentile_of(name);
    struct optional ms;
    if (!read_ms(parse, time, "the latency", &ms))
        return false;
    if (percentile >= 0) {
        run->summary->percentile_ms[percentile] = ms;
        parse->percentile[percentile] = time;
    }
    return true;
}

/* "      86.847     0.950000          352        20.00": p95 stands nowhere
   else. */
static bool
read_spectrum(struct parse *parse, struct span line, struct run *run)
{
    struct span time = span_word(&line), at = span_word(&line);
    if (!span_is(at, "0.950000"))
        return true;
    return parse_percentile(parse, run->summary, P95, time, 0);
}

/* "    Latency    48.45ms   66.49ms 278.48ms   79.46%": the third is the most.
 */
static bool
read_most(const struct parse *parse, struct span line, struct run *run)
{
    span_word(&line), span_word(&line), span_word(&line);
    return read_ms(parse, span_word(&line), "the highest latency",
                   &run->summary->max_ms);
}

/* "connect 0, read 1200, write 0, timeout 345" */
static bool
read_socket_errors(const struct parse *parse, struct span rest, struct run *run)
{
    static const char *const names[] = {"connect", "read", "write", "timeout"};
    uint64_t counts[4];
    for (int i = 0; i < 4; i++) {
        struct span name = span_word(&rest);
        struct span number = span_until(&rest, ",");
        if (!span_is(name, names[i]))
            return parse_unfit(parse, name, "the socket error", names[i]);
        if (!parse_count(parse, span_trim(number), names[i], &counts[i]))
            return false;
    }
    run->broken = counts[0] + counts[1] + counts[2];
    run->late = counts[3];
    return true;
}

/* Answers that were late may be non-2xx too: the text does not say. */
static void
count(struct run *run)
{
    struct summary *summary = run->summary;
    uint64_t bad = run->non_2xx + run->late;
    summary->has_counts = true;
    summary->requests = run->answers + run->broken;
    summary->failed = (bad < run->answers ? bad : run->answers) + run->broken;
}

static bool
finish(struct parse *parse, struct run *run, struct span rate_at)
{
    struct optional rate;
    struct summary *summary = run->summary;
    if (!parse_rate(parse, rate_at, "Requests/sec", &rate))
        return false;
    if (run->non_2xx > run->answers)
        return parse_contradict(parse, run->answers_at, "the number of answers",
                                "that of non-2xx responses",
                                "there are more of them");
    count(run);
    if (run->answers > 0 &&
        !parse_agree(parse, rate_at, run->answers, run->seconds,
                     parse_printed(rate, rate_at)))
        return false;
    if (run->is_coarse && run->answers > 0)
        summary->qps.given =
            exact_share(rate.value, summary->requests - summary->failed,
                        run->answers, &summary->qps.value);
    return parse_settle(parse, summary, run->answers_at);
}

/* "  236323 requests in 8.02s, 43.61MB read" and what follows up to the rate,
   which wrk prints at one go. */
static bool
read_figures(struct parse *parse, struct span line, struct run *run)
{
    struct span rest = line;
    struct span number = span_word(&rest);
    run->answers_at = number;
    if (!parse_count(parse, number, "the number of requests", &run->answers))
        return false;
    span_until(&rest, " requests in ");
    if (!read_duration(parse, span_until(&rest, ","), run))
        return false;
    while ((line = parse_line(parse)).at != NULL) {
        rest = span_trim(line);
        if (span_take(&rest, "Socket errors:")) {
            if (!read_socket_errors(parse, rest, run))
                return false;
        } else if (span_take(&rest, "Non-2xx or 3xx responses:")) {
            if (!parse_count(parse, span_trim(rest),
                             "the number of non-2xx responses", &run->non_2xx))
                return false;
        } else if (span_take(&rest, "Requests/sec:")) {
            if (!span_begins(parse_line(parse), "Transfer/sec:"))
                return parse_cut(parse, "the line Transfer/sec is missing");
            return finish(parse, run, span_trim(rest));
        } else {
            return parse_unfit(parse, line, "this line", "Requests/sec: RATE");
        }
    }
    return parse_cut(parse, "the line Requests/sec is missing");
}

enum part { HEAD, DISTRIBUTION, SPECTRUM, UNCORRECTED };

static enum part
part_of(enum part part, struct span text)
{
    bool is_ruled_off = span_begins(text, "-----");
    if (span_begins(text, "Latency Distribution"))
        return span_has(text, "Uncorrected") ? UNCORRECTED : DISTRIBUTION;
    if (part == DISTRIBUTION && span_has(text, "Percentile spectrum:"))
        return SPECTRUM;
    if (part == DISTRIBUTION && text.length > 0 && !span_has(text, "%"))
        return HEAD;
    return is_ruled_off ? HEAD : part;
}

/* All up to the figures. */
static bool
read_head(struct parse *parse, struct run *run)
{
    enum part part = HEAD;
    struct span line;
    while ((line = parse_line(parse)).at != NULL) {
        struct span text = span_trim(line);
        bool is_sound = true, is_begun = part != HEAD;
        part = part_of(part, text);
        if (part == DISTRIBUTION && is_begun && text.length > 0)
            is_sound = read_percentile(parse, text, run);
        else if (part == SPECTRUM)
            is_sound = read_spectrum(parse, text, run);
        else if (part == HEAD && span_has(text, " requests in "))
            return read_figures(parse, text, run);
        else if (part == HEAD && span_has(text, " threads and "))
            is_sound = read_load(parse, text, run);
        else if (part == HEAD && span_begins(text, "Latency "))
            is_sound = read_most(parse, text, run);
        if (!is_sound)
            return false;
    }
    return parse_cut(parse, RAN);
}

/* A file may hold what a script prints around a run, but no second one. */
static bool
read_run(struct input *input, struct findings *findings, enum load_model model,
         bool is_corrected)
{
    struct parse parse;
    struct run run = {0};
    struct span line;
    if (!parse_begin(&parse, input, findings))
        return false;
    while ((line = parse_line(&parse)).at != NULL && !is_running(line))
        ;
    run.summary = parse_summary(&parse, line);
    run.summary->model = model;
    run.summary->is_corrected = is_corrected;
    if (!read_head(&parse, &run))
        return false;
    while ((line = parse_line(&parse)).at != NULL)
        if (is_running(line))
            return parse_second(&parse, line, "run");
    return true;
}

bool
wrk_read(struct input *input, struct findings *findings)
{
    findings->percentile_rule = "wrk's own, of all latencies in whole "
                                "microseconds";
    return read_run(input, findings, LOAD_CLOSED, false);
}

bool
wrk2_read(struct input *input, struct findings *findings)
{
    findings->percentile_rule = "HdrHistogram of wrk2, of its latency samples, "
                                "from when each request was due";
    return read_run(input, findings, LOAD_OPEN, true);
}
