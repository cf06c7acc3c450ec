/*
 * Locust: the statistics of --csv, and its files that hold no rate.  Room:
 * results.  Its history is read_locust_history.c's.
 *
 * NAME_stats.csv has a row a request and one, Aggregated, for all of them.  Its
 * rates are those of the whole run.  Times are whole milliseconds, above 100 ms
 * rounded to two digits; which percentiles there are depends on the version and
 * the settings, and N/A is unknown.  Versions before 1.0 have other headings
 * and the median alone.
 *
 * The files of failures and exceptions hold no rate.
 */
#include <string.h>

#include "results/form.h"
#include "results/locust.h"
#include "results/readers.h"

bool
locust_stats_is_it(const char *head, size_t size)
{
    return locust_begins(head, size, "Type,Name,Request Count,") ||
           locust_begins(head, size, "Type,Name,# requests,") ||
           locust_begins(head, size, "Method,Name,# requests,");
}

bool
locust_failures_is_it(const char *head, size_t size)
{
    return locust_begins(head, size, "Method,Name,Error,Occurrences");
}

bool
locust_exceptions_is_it(const char *head, size_t size)
{
    return locust_begins(head, size, "Count,Message,Traceback,Nodes");
}

static bool
refuse(struct input *input, struct findings *findings, const char *what)
{
    struct parse parse;
    return parse_begin(&parse, input, findings) &&
           parse_refuse(&parse, what,
                        "it holds no rate: give the _stats.csv of the run");
}

bool
locust_failures_read(struct input *input, struct findings *findings)
{
    return refuse(input, findings, "a file of failures of Locust");
}

bool
locust_exceptions_read(struct input *input, struct findings *findings)
{
    return refuse(input, findings, "a file of exceptions of Locust");
}

static const char *const headings[COLUMNS][2] = {
    [TYPE] = {"Type",              "Method"           },
    [NAME] = {"Name",              NULL               },
    [REQUESTS] = {"Request Count",     "# requests"       },
    [FAILURES] = {"Failure Count",     "# failures"       },
    [RATE] = {"Requests/s",        NULL               },
    [MOST] = {"Max Response Time", "Max response time"}
};

/* Good answers a second: Locust's own rate, less the failed ones. */
static bool
read_rate(struct locust *locust, struct summary *summary)
{
    struct optional rate;
    struct span number = locust_field(locust, locust->columns[RATE]);
    if (!parse_rate(&locust->parse, number, "Requests/s", &rate))
        return false;
    if (decimal_is_zero(rate.value) ||
        !exact_seconds(summary->requests, rate.value, &summary->seconds.value))
        return parse_unfit(&locust->parse, number, "Requests/s",
                           "a rate above 0");
    summary->seconds.given = true;
    summary->qps.given =
        exact_share(rate.value, summary->requests - summary->failed,
                    summary->requests, &summary->qps.value);
    return true;
}

static bool
read_row(struct locust *locust)
{
    struct span first = locust_field(locust, 0);
    struct place place = locust->parse.place;
    struct summary *summary = parse_summary(&locust->parse, first);
    summary->label = locust_label(locust);
    summary->model = LOAD_CLOSED;
    summary->has_counts = true;
    if (!locust_counts(locust, &summary->requests, &summary->failed))
        return false;
    if (summary->requests > 0 && summary->failed <= summary->requests &&
        (!read_rate(locust, summary) || !locust_percentiles(locust, summary) ||
         !parse_ms(&locust->parse, locust_field(locust, locust->columns[MOST]),
                   "the highest response time", 0, &summary->max_ms)))
        return false;
    locust->parse.place = place;
    return parse_settle(&locust->parse, summary, first);
}

bool
locust_stats_read(struct input *input, struct findings *findings)
{
    struct locust locust;
    if (!locust_open(&locust, input, findings) ||
        !locust_find(&locust, headings, TYPE, MOST))
        return false;
    findings->percentile_rule =
        "Locust's own, rounded to two digits above 100 ms";
    for (size_t i = 1; i < locust.table->row_count; i++) {
        locust.row = &locust.table->rows[i];
        if (!read_row(&locust))
            return false;
    }
    if (findings->summary_count == 0)
        return parse_cut(&locust.parse, "there is no row below the heading");
    return parse_is_ended(&locust.parse);
}
