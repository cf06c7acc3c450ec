/*
 * What the readers of summaries share.  Room: results.  What a tool's words
 * mean is its reader's business.
 */
#include "results/parse.h"

#include <string.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/diag.h"
#include "base/text.h"
#include "results/file.h"

#define SHOWN 40 /* [bytes] of a value in a message */
#define MILLION ((uint64_t)1000000)

static const char *const percentile_key[PERCENTILES] = {"p50_ms", "p95_ms",
                                                        "p99_ms", "p999_ms"};

/* The first byte that no text of ours holds, or NULL. */
static const char *
unreadable(const char *s, const char *end)
{
    while (s < end) {
        uint32_t code;
        if (*s > 0) {
            s++;
            continue;
        }
        unsigned bytes = text_decode(s, end, &code);
        if (bytes == 0 || code == 0)
            return s;
        s += bytes;
    }
    return NULL;
}

bool
parse_begin(struct parse *parse, struct input *input, struct findings *findings)
{
    const struct source *source = input_whole(input);
    if (source == NULL)
        return false;
    *parse = (struct parse){.arena = findings->arena,
                            .diag = findings->diag,
                            .findings = findings,
                            .source = source,
                            .next = source->bytes};
    parse->counted = arena_alloc(parse->arena, sizeof *parse->counted);
    *parse->counted = (struct counted){source->bytes, 1, 1};
    const char *bad = unreadable(source->bytes, source->bytes + source->size);
    if (bad == NULL)
        return true;
    struct place place = parse_place(parse, (struct span){bad, 1});
    if (*bad == '\0')
        diag_add(parse->diag, DIAG_NUL, place, NULL);
    else
        diag_add(parse->diag, DIAG_NOT_UTF8, place, "the bytes here are none",
                 NULL);
    return false;
}

struct span
parse_line(struct parse *parse)
{
    const char *end = parse->source->bytes + parse->source->size;
    const char *from = parse->next;
    if (from >= end)
        return (struct span){NULL, 0};
    const char *s = from;
    while (s < end && *s != '\n' && *s != '\r')
        s++;
    parse->next = s + 1;
    if (s + 1 < end && s[0] == '\r' && s[1] == '\n')
        parse->next++;
    return (struct span){from, (size_t)(s - from)};
}

bool
span_begins(struct span span, const char *text)
{
    size_t length = strlen(text);
    return span.length >= length && memcmp(span.at, text, length) == 0;
}

bool
span_is(struct span span, const char *text)
{
    return span.length == strlen(text) && span_begins(span, text);
}

bool
span_ends(struct span span, const char *text)
{
    size_t length = strlen(text);
    return span.length >= length &&
           memcmp(span.at + span.length - length, text, length) == 0;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct span
span_trim(struct span span)
{
    while (span.length > 0 && is_blank(*span.at)) {
        span.at++;
        span.length--;
    }
    while (span.length > 0 && is_blank(span.at[span.length - 1]))
        span.length--;
    return span;
}

static struct span
take(struct span *span, size_t length)
{
    struct span taken = {span->at, length};
    span->at += length;
    span->length -= length;
    return taken;
}

bool
span_take(struct span *span, const char *text)
{
    if (!span_begins(*span, text))
        return false;
    take(span, strlen(text));
    return true;
}

struct span
span_word(struct span *span)
{
    size_t length = 0;
    while (span->length > 0 && is_blank(*span->at))
        take(span, 1);
    while (length < span->length && !is_blank(span->at[length]))
        length++;
    return take(span, length);
}

struct span
span_until(struct span *span, const char *text)
{
    size_t length = strlen(text);
    const char *found =
        span->length == 0 ? NULL : memmem(span->at, span->length, text, length);
    struct span before =
        take(span, found ? (size_t)(found - span->at) : span->length);
    span_take(span, text);
    return before;
}

bool
span_has(struct span span, const char *text)
{
    return span.length > 0 &&
           memmem(span.at, span.length, text, strlen(text)) != NULL;
}

const char *
span_text(const struct parse *parse, struct span span)
{
    return arena_copy(parse->arena, span.at, span.length);
}

/* --- messages ----------------------------------------------------------- */

static unsigned
characters(const char *s, const char *end)
{
    unsigned count = 0;
    for (; s < end; s++)
        count += (*s & 0xC0) != 0x80;
    return count;
}

struct place
parse_place(const struct parse *parse, struct span span)
{
    const struct source *source = parse->source;
    const char *end = source->bytes + source->size;
    struct counted *counted = parse->counted;
    if (span.at == NULL)
        return (struct place){source, 1, 1, 1};
    if ((uintptr_t)span.at - (uintptr_t)source->bytes > source->size)
        return parse->place;
    if (span.at < counted->at)
        *counted = (struct counted){source->bytes, 1, 1};
    for (const char *s = counted->at; s < span.at; s++) {
        if (*s == '\n' || (*s == '\r' && !(s + 1 < end && s[1] == '\n'))) {
            counted->line++;
            counted->column = 1;
        } else {
            counted->column += (*s & 0xC0) != 0x80;
        }
    }
    counted->at = span.at;
    return (struct place){source, counted->line, counted->column,
                          characters(span.at, span.at + span.length)};
}

struct span
parse_end(const struct parse *parse)
{
    const char *from = parse->source->bytes;
    const char *end = from + parse->source->size;
    while (end > from && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    const char *line = end;
    while (line > from && line[-1] != '\n' && line[-1] != '\r')
        line--;
    return (struct span){line, (size_t)(end - line)};
}

/* A value as a message shows it. */
static const char *
shown(const struct parse *parse, struct span span)
{
    size_t length = span.length;
    if (length <= SHOWN)
        return arena_format(parse->arena, "\"%.*s\"", (int)length, span.at);
    length = SHOWN;
    while (length > 0 && (span.at[length] & 0xC0) == 0x80)
        length--;
    return arena_format(parse->arena, "\"%.*s…\"", (int)length, span.at);
}

bool
parse_unfit(const struct parse *parse, struct span span, const char *name,
            const char *expected)
{
    struct place place = parse_place(parse, span);
    if (span.length == 0)
        diag_add(parse->diag, DIAG_EMPTY_VALUE, place, name, expected, NULL);
    else
        diag_add(parse->diag, DIAG_BAD_VALUE, place, name, expected,
                 shown(parse, span), "", NULL);
    return false;
}

bool
parse_cut(const struct parse *parse, const char *what)
{
    struct place place = parse_place(parse, parse_end(parse));
    diag_add(parse->diag, DIAG_RESULTS_CUT, place, what, NULL);
    return false;
}

bool
parse_second(const struct parse *parse, struct span span, const char *what)
{
    diag_add(parse->diag, DIAG_RESULTS_TWICE, parse_place(parse, span), what,
             "give each a file of its own", NULL);
    return false;
}

bool
parse_refuse(const struct parse *parse, const char *what, const char *why)
{
    struct place place = {parse->source, 1, 1, 1};
    diag_add(parse->diag, DIAG_RESULTS_REFUSED, place, what, why, NULL);
    return false;
}

bool
parse_contradict(const struct parse *parse, struct span span, const char *name,
                 const char *other, const char *how)
{
    diag_add(parse->diag, DIAG_RESULTS_CONTRADICT, parse_place(parse, span),
             name, other, how, NULL);
    return false;
}

/* --- values ------------------------------------------------------------- */

bool
parse_count(const struct parse *parse, struct span span, const char *name,
            uint64_t *count)
{
    return exact_count(span.at, span.length, count) ||
           parse_unfit(parse, span, name, "a whole number up to 1e12");
}

struct optional
parse_users(uint64_t count)
{
    return (struct optional){count > 0, decimal_of((whole)count)};
}

bool
parse_ms(const struct parse *parse, struct span span, const char *name,
         int shift, struct optional *ms)
{
    ms->given = exact_read(span.at, span.length, shift, EXACT_MS_PLACES,
                           ROUND_UP, &ms->value) &&
                decimal_compare(ms->value, decimal_of(PARSE_MOST_MS)) <= 0;
    return ms->given ||
           parse_unfit(parse, span, name, "a time from 0 to 1e7 ms, in digits");
}

bool
parse_seconds(const struct parse *parse, struct span span, const char *name,
              int shift, struct optional *seconds)
{
    seconds->given =
        exact_read(span.at, span.length, shift, EXACT_S_PLACES, ROUND_DOWN,
                   &seconds->value) &&
        decimal_compare(seconds->value, decimal_of(PARSE_MOST_SECONDS)) <= 0 &&
        !decimal_is_zero(seconds->value);
    return seconds->given ||
           parse_unfit(parse, span, name,
                       "a duration above 0 and up to 1e7 s, in digits");
}

bool
parse_rate(const struct parse *parse, struct span span, const char *name,
           struct optional *rate)
{
    rate->given = exact_read(span.at, span.length, 0, EXACT_RATE_PLACES,
                             ROUND_DOWN, &rate->value);
    return rate->given ||
           parse_unfit(parse, span, name,
                       "a rate of 0 or more and below 1e12, in digits");
}

bool
parse_percentile(struct parse *parse, struct summary *summary,
                 enum percentile percentile, struct span span, int shift)
{
    parse->percentile[percentile] = span;
    parse->percentile_place[percentile] = parse->place;
    return parse_ms(parse, span, percentile_key[percentile], shift,
                    &summary->percentile_ms[percentile]);
}

/* Two digits and a mark, "08:" -> 8; -1 when they are none. */
static int
take_two(struct span *span, char mark)
{
    const char *s = span->at;
    if (span->length < 2 || s[0] < '0' || s[0] > '9' || s[1] < '0' ||
        s[1] > '9' || (mark != '\0' && (span->length < 3 || s[2] != mark)))
        return -1;
    take(span, mark != '\0' ? 3 : 2);
    return (s[0] - '0') * 10 + (s[1] - '0');
}

int64_t
parse_time(struct span span)
{
    struct day day;
    if (span.length < 10 || !day_read(span.at, 10, &day))
        return INT64_MIN;
    take(&span, 10);
    if (!span_take(&span, "T") && !span_take(&span, " "))
        return INT64_MIN;
    int hour = take_two(&span, ':'), minute = take_two(&span, ':');
    int second = take_two(&span, '\0');
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60)
        return INT64_MIN;
    if (span_take(&span, "."))
        while (span.length > 0 && *span.at >= '0' && *span.at <= '9')
            take(&span, 1);
    int64_t time =
        (int64_t)day.number * 86400 + hour * 3600 + minute * 60 + second;
    if (span_is(span, "Z"))
        return time;
    int sign = span_take(&span, "+") ? 1 : span_take(&span, "-") ? -1 : 0;
    hour = take_two(&span, ':');
    minute = take_two(&span, '\0');
    if (sign == 0 || hour < 0 || minute < 0 || span.length > 0)
        return INT64_MIN;
    return time - sign * (hour * 3600 + minute * 60);
}

/* --- summaries ---------------------------------------------------------- */

struct summary *
parse_summary(struct parse *parse, struct span span)
{
    struct summary *summary = findings_add(parse->findings);
    summary->place = parse_place(parse, span);
    memset(parse->percentile, 0, sizeof parse->percentile);
    return summary;
}

static bool
is_ordered(struct parse *parse, const struct summary *summary)
{
    const struct optional *ms = summary->percentile_ms;
    int lower = -1;
    for (int i = 0; i < PERCENTILES; i++) {
        if (!ms[i].given)
            continue;
        if (lower >= 0 && decimal_compare(ms[i].value, ms[lower].value) < 0) {
            parse->place = parse->percentile_place[i];
            diag_add(parse->diag, DIAG_PERCENTILES,
                     parse_place(parse, parse->percentile[i]),
                     percentile_key[lower], percentile_key[i],
                     decimal_text(parse->arena, ms[lower].value),
                     decimal_text(parse->arena, ms[i].value), NULL);
            return false;
        }
        lower = i;
    }
    return true;
}

bool
parse_settle(struct parse *parse, struct summary *summary, struct span span)
{
    if (summary->has_counts && summary->requests == 0) {
        diag_add(parse->diag, DIAG_RESULTS_NOTHING, parse_place(parse, span),
                 "requests", NULL);
        return false;
    }
    if (summary->has_counts && summary->failed > summary->requests)
        return parse_contradict(parse, span, "the number of failed requests",
                                "the number of requests",
                                arena_format(parse->arena, "%ju of %ju",
                                             (uintmax_t)summary->failed,
                                             (uintmax_t)summary->requests));
    if (!is_ordered(parse, summary))
        return false;
    if (summary->qps.given || !summary->has_counts || !summary->seconds.given)
        return true;
    summary->qps.given =
        exact_per_second(summary->requests - summary->failed,
                         summary->seconds.value, &summary->qps.value);
    return summary->qps.given ||
           parse_contradict(parse, span, "the number of requests",
                            "the duration", "1e12 a second or more");
}

struct printed
parse_printed(struct optional number, struct span span)
{
    const char *point =
        span.length == 0 ? NULL : memchr(span.at, '.', span.length);
    const char *end = span.at + span.length;
    uint64_t half = MILLION / 2;
    if (memchr(span.at, 'e', span.length) || memchr(span.at, 'E', span.length))
        half = 1;
    else if (point != NULL)
        for (const char *s = point + 1; s < end && half > 1; s++)
            half /= 10;
    return (struct printed){number.value, half};
}

bool
parse_agree(const struct parse *parse, struct span span, uint64_t requests,
            struct printed seconds, struct printed rate)
{
    /* in millionths, and of products in millionths of them */
    const whole micro = whole_power10(DECIMAL_PLACES - 6);
    whole s = whole_floor_divide(seconds.value.units, micro);
    whole r = whole_floor_divide(rate.value.units, micro);
    whole apart = s * r - (whole)requests * MILLION * MILLION;
    /* what was cut to millionths above is one more */
    whole room = s * (whole)(rate.half + 1) + r * (whole)(seconds.half + 1) +
                 (whole)MILLION * MILLION / 2;
    if (-room <= apart && apart <= room)
        return true;
    return parse_contradict(
        parse, span, "the rate", "the number of requests and the duration",
        arena_format(parse->arena, "%s a second, and %ju in %s s",
                     decimal_text(parse->arena, rate.value),
                     (uintmax_t)requests,
                     decimal_text(parse->arena, seconds.value)));
}

bool
parse_is_ended(const struct parse *parse)
{
    const struct source *source = parse->source;
    char last = source->size > 0 ? source->bytes[source->size - 1] : '\0';
    return last == '\n' || last == '\r' ||
           parse_cut(parse, "the last line has no end");
}
