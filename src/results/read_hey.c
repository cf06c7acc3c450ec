/*
 * hey: the text that it prints at the end of a run.  Room: results.  Its
 * -o csv holds samples.
 *
 *   Summary:
 *     Total:	8.2556 secs
 *     Slowest:	0.3187 secs
 *     Requests/sec:	13256.6000
 *   Latency distribution:
 *     95% in 0.0081 secs              or "95%% in", by its version
 *   Status code distribution:
 *     [200]	3962 responses
 *   Error distribution:
 *     [20]	Get "http://...": ...
 *
 * There is no line with the number of requests: it is the sum of the status
 * codes and errors.  hey keeps the answers of the first million only; what is
 * more shows in its rate.  Neither -c nor -q, the load, are in the text.  A
 * worker waits for its answer before it sends again, with -q too.
 */
#include "base/arena.h"
#include "results/form.h"
#include "results/parse.h"
#include "results/readers.h"

#define GOOD_BELOW 400

enum section { SUMMARY, OTHER, LATENCIES, CODES, ERRORS };

struct run {
    struct summary *summary;
    struct optional rate;
    struct span seconds_at, rate_at, codes_at;
};

bool
hey_is_it(const char *head, size_t size)
{
    struct span all = {head, size}, line = {head, 0};
    while (all.length > 0 && span_trim(line).length == 0) {
        line = span_until(&all, "\n");
        if (span_ends(line, "\r"))
            line.length--;
    }
    struct span next = span_until(&all, "\n");
    return span_is(line, "Summary:") && span_take(&next, "  Total:") &&
           span_has(next, " secs");
}

/* The number of "	8.0880 secs". */
static struct span
seconds_of(struct span text)
{
    return span_word(&text);
}

static bool
read_summary(const struct parse *parse, struct span text, struct run *run)
{
    if (span_take(&text, "Total:")) {
        run->seconds_at = seconds_of(text);
        return parse_seconds(parse, run->seconds_at, "Total", 0,
                             &run->summary->seconds);
    }
    if (span_take(&text, "Slowest:"))
        return parse_ms(parse, seconds_of(text), "Slowest", 3,
                        &run->summary->max_ms);
    if (!span_take(&text, "Requests/sec:"))
        return true;
    run->rate_at = span_trim(text);
    return parse_rate(parse, run->rate_at, "Requests/sec", &run->rate);
}

/* "99% in 0.0819 secs", whatever its percentile. */
static bool
read_latency(struct parse *parse, struct span text, struct run *run)
{
    static const char *const names[PERCENTILES] = {"50", "95", "99", "99.9"};
    struct span name = span_until(&text, "%");
    span_take(&text, "%");
    if (!span_take(&text, " in "))
        return parse_unfit(parse, name, "the latency", "PERCENT% in SECONDS");
    for (int i = 0; i < PERCENTILES; i++)
        if (span_is(name, names[i]))
            return parse_percentile(parse, run->summary, (enum percentile)i,
                                    span_word(&text), 3);
    return true;
}

/* "[503]	105479 responses" */
static bool
read_code(const struct parse *parse, struct span text, struct run *run)
{
    uint64_t code, count;
    struct span name = text;
    if (!span_take(&text, "["))
        return parse_unfit(parse, text, "the status", "[CODE] COUNT responses");
    name = span_until(&text, "]");
    if (!parse_count(parse, name, "the status code", &code) ||
        !parse_count(parse, span_word(&text), "the number of responses",
                     &count))
        return false;
    run->summary->requests += count;
    if (code >= GOOD_BELOW)
        run->summary->failed += count;
    return true;
}

/* "[20]	Get ...": a message may run over several lines. */
static bool
read_error(const struct parse *parse, struct span text, struct run *run)
{
    uint64_t count;
    if (!span_take(&text, "["))
        return true;
    struct span number = span_until(&text, "]");
    if (!parse_count(parse, number, "the number of errors", &count))
        return false;
    run->summary->requests += count;
    run->summary->failed += count;
    return true;
}

static bool
finish(struct parse *parse, struct run *run)
{
    struct summary *summary = run->summary;
    summary->has_counts = true;
    if (!summary->seconds.given || !run->rate.given)
        return parse_cut(parse, "the line Requests/sec is missing");
    if (run->codes_at.at == NULL)
        return parse_cut(parse, "the status code distribution is missing");
    if (!parse_settle(parse, summary, run->codes_at))
        return false;
    /* of no answer at all, hey makes no latencies */
    if (summary->max_ms.given && decimal_is_zero(summary->max_ms.value))
        summary->max_ms.given = false;
    return parse_agree(parse, run->rate_at, summary->requests,
                       parse_printed(summary->seconds, run->seconds_at),
                       parse_printed(run->rate, run->rate_at));
}

static bool
read_line(struct parse *parse, struct span line, enum section *section,
          struct run *run)
{
    struct span text = span_trim(line);
    bool is_heading = line.length > 0 && *line.at != ' ' && *line.at != '\t';
    if (span_is(line, "Latency distribution:")) {
        *section = LATENCIES;
    } else if (span_is(line, "Status code distribution:")) {
        *section = CODES;
        run->codes_at = line;
    } else if (span_is(line, "Error distribution:")) {
        *section = ERRORS;
    } else if (is_heading && *section != ERRORS) {
        *section = OTHER;
    } else if (text.length > 0) {
        switch (*section) {
        case SUMMARY:
            return read_summary(parse, text, run);
        case LATENCIES:
            return read_latency(parse, text, run);
        case CODES:
            return read_code(parse, text, run);
        case ERRORS:
            return read_error(parse, text, run);
        case OTHER:
            break;
        }
    }
    return true;
}

bool
hey_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    struct run run = {0};
    struct span line;
    enum section section = SUMMARY;
    if (!parse_begin(&parse, input, findings))
        return false;
    while ((line = parse_line(&parse)).at != NULL && !span_is(line, "Summary:"))
        ;
    run.summary = parse_summary(&parse, line);
    run.summary->model = LOAD_CLOSED;
    findings->percentile_rule = "hey's own, of the sorted latencies of its "
                                "answers";
    while ((line = parse_line(&parse)).at != NULL) {
        if (span_is(line, "Summary:"))
            return parse_second(&parse, line, "run");
        if (!read_line(&parse, line, &section, &run))
            return false;
    }
    return finish(&parse, &run);
}
