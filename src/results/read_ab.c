/*
 * ApacheBench: the text that it prints at the end of a run, and its -e, which
 * holds no rate.  Room: results.  Its -g holds samples.
 *
 *   This is ApacheBench, Version 2.3 <$Revision$>
 *   Concurrency Level:      128
 *   Time taken for tests:   8.000 seconds
 *   Complete requests:      59463
 *   Failed requests:        55433
 *      (Connect: 0, Receive: 0, Length: 55433, Exceptions: 0)
 *   Non-2xx responses:      55433                 where there are any
 *   Requests per second:    7432.81 [#/sec] (mean)
 *   Percentage of the requests served within a certain time (ms)
 *     99%    228
 *    100%    289 (longest request)
 *
 * An answer whose length is not that of the first one is failed to ab (but with
 * -l), whatever its status; one that is no 2xx is not, where its length is the
 * same.  Both may be the same answers: the more of them counts.
 */
#include "base/arena.h"
#include "results/form.h"
#include "results/parse.h"
#include "results/readers.h"

#define BANNER "This is ApacheBench, Version "

struct run {
    struct summary *summary;
    uint64_t failed, non_2xx, length_failed;
    struct optional rate;
    struct span requests_at, seconds_at, rate_at;
    bool is_listing; /* the percentiles */
};

bool
ab_is_it(const char *head, size_t size)
{
    return span_begins((struct span){head, size}, BANNER);
}

bool
ab_percentiles_is_it(const char *head, size_t size)
{
    return span_begins((struct span){head, size},
                       "Percentage served,Time in ms");
}

bool
ab_percentiles_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    if (!parse_begin(&parse, input, findings))
        return false;
    return parse_refuse(&parse, "what ab -e writes",
                        "it holds percentiles without a rate: give what ab "
                        "prints itself");
}

/* "(Connect: 0, Receive: 0, Length: 55433, Exceptions: 0)" */
static bool
read_reasons(const struct parse *parse, struct span text, struct run *run)
{
    span_until(&text, "Length: ");
    return parse_count(parse, span_until(&text, ","),
                       "the number of requests of another length",
                       &run->length_failed);
}

static bool
read_percentile(struct parse *parse, struct span text, struct run *run)
{
    struct span name = span_word(&text), number = span_word(&text);
    if (span_is(name, "50%"))
        return parse_percentile(parse, run->summary, P50, number, 0);
    if (span_is(name, "95%"))
        return parse_percentile(parse, run->summary, P95, number, 0);
    if (span_is(name, "99%"))
        return parse_percentile(parse, run->summary, P99, number, 0);
    if (span_is(name, "100%") && span_ends(text, " (longest request)"))
        return parse_ms(parse, number, "the longest request", 0,
                        &run->summary->max_ms);
    return true;
}

static bool
read_line(struct parse *parse, struct span line, struct run *run)
{
    uint64_t users;
    struct summary *summary = run->summary;
    struct span text = span_trim(line);
    if (run->is_listing)
        return read_percentile(parse, text, run);
    if (span_take(&text, "Concurrency Level:")) {
        if (!parse_count(parse, span_word(&text), "Concurrency Level", &users))
            return false;
        summary->concurrency = parse_users(users);
        return true;
    }
    if (span_take(&text, "Time taken for tests:")) {
        run->seconds_at = span_word(&text);
        return parse_seconds(parse, run->seconds_at, "Time taken for tests", 0,
                             &summary->seconds);
    }
    if (span_take(&text, "Complete requests:")) {
        run->requests_at = span_trim(text);
        summary->has_counts = true;
        return parse_count(parse, run->requests_at, "Complete requests",
                           &summary->requests);
    }
    if (span_take(&text, "Failed requests:"))
        return parse_count(parse, span_trim(text), "Failed requests",
                           &run->failed);
    if (span_begins(text, "(Connect: "))
        return read_reasons(parse, text, run);
    if (span_take(&text, "Non-2xx responses:"))
        return parse_count(parse, span_trim(text), "Non-2xx responses",
                           &run->non_2xx);
    if (span_take(&text, "Requests per second:")) {
        run->rate_at = span_word(&text);
        return parse_rate(parse, run->rate_at, "Requests per second",
                          &run->rate);
    }
    run->is_listing = span_begins(text, "Percentage of the requests served");
    return true;
}

static bool
finish(struct parse *parse, struct run *run)
{
    struct summary *summary = run->summary;
    if (!run->rate.given)
        return parse_cut(parse, "the line Requests per second is missing");
    if (!summary->seconds.given || !summary->has_counts)
        return parse_contradict(parse, run->rate_at, "a rate",
                                "the lines before it",
                                "Time taken for tests or Complete requests "
                                "are missing");
    /* of one request there are none, and with -d */
    if (summary->requests > 1 && !summary->max_ms.given)
        return parse_cut(parse, "the percentiles are missing: without -d, they "
                                "end with the longest request");
    if (run->length_failed > run->failed)
        run->length_failed = run->failed;
    summary->failed =
        run->failed - run->length_failed +
        (run->non_2xx > run->length_failed ? run->non_2xx : run->length_failed);
    if (summary->failed > summary->requests)
        summary->failed = summary->requests;
    return parse_settle(parse, summary, run->requests_at) &&
           parse_agree(parse, run->rate_at, summary->requests,
                       parse_printed(summary->seconds, run->seconds_at),
                       parse_printed(run->rate, run->rate_at));
}

bool
ab_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    struct run run = {0};
    if (!parse_begin(&parse, input, findings))
        return false;
    struct span line = parse_line(&parse);
    run.summary = parse_summary(&parse, line);
    run.summary->model = LOAD_CLOSED;
    span_take(&line, BANNER);
    findings->version = arena_format(findings->arena, "ApacheBench %s",
                                     span_text(&parse, span_word(&line)));
    findings->percentile_rule = "ab's own, in whole milliseconds";
    while ((line = parse_line(&parse)).at != NULL) {
        if (span_begins(line, BANNER))
            return parse_second(&parse, line, "run");
        if (!read_line(&parse, line, &run))
            return false;
    }
    return finish(&parse, &run);
}
