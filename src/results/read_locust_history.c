/*
 * Locust: the history of --csv.  Room: results.
 *
 * NAME_stats_history.csv has a row a second and more: its Requests/s are of a
 * window of 10 s that lags, its counts are not.  So a level, the rows of one
 * number of users, has the requests that its counts grew by; and as its
 * percentile the highest of its windows, which no percentile of all of it
 * exceeds.
 */
#include "base/arena.h"
#include "results/form.h"
#include "results/locust.h"
#include "results/readers.h"

bool
locust_history_is_it(const char *head, size_t size)
{
    return locust_begins(head, size, "Timestamp,User Count,Type,Name,");
}

struct history {
    struct locust locust;
    uint64_t time_s, before_s; /* of this row, and the last one before it */
    bool has_before;
};

static const char *const headings[COLUMNS][2] = {
    [TIME] = {"Timestamp",           NULL},
    [USERS] = {"User Count",          NULL},
    [TYPE] = {"Type",                NULL},
    [NAME] = {"Name",                NULL},
    [REQUESTS] = {"Total Request Count", NULL},
    [FAILURES] = {"Total Failure Count", NULL}
};

/* What is known of the request of the row in hand.  One that is new had none at
   the time before; where there is no such time, it begins with this row. */
static struct locust_track *
track_of(struct history *history, uint64_t requests, uint64_t failed)
{
    struct locust_track *track = &locust_request_of(&history->locust)->track;
    if (track->is_known)
        return track;
    track->is_known = true;
    track->time_s = history->has_before ? history->before_s : history->time_s;
    track->requests = history->has_before ? 0 : requests;
    track->failed = history->has_before ? 0 : failed;
    return track;
}

/* Raises the percentiles of a level to those of the row in hand. */
static bool
raise_percentiles(struct locust *locust, struct summary *summary)
{
    struct summary row = {0};
    if (!locust_percentiles(locust, &row))
        return false;
    for (int i = 0; i < PERCENTILES; i++) {
        struct optional *ms = &summary->percentile_ms[i];
        if (row.percentile_ms[i].given &&
            (!ms->given ||
             decimal_compare(ms->value, row.percentile_ms[i].value) < 0))
            *ms = row.percentile_ms[i];
    }
    return true;
}

/* The level of the row in hand: the one before, or a new one. */
static struct summary *
level_of(struct history *history, struct locust_track *track, uint64_t users)
{
    struct locust *locust = &history->locust;
    struct findings *findings = locust->parse.findings;
    if (track->summary > 0 && track->users == users)
        return &findings->summaries[track->summary - 1];
    struct summary *summary =
        parse_summary(&locust->parse, locust_field(locust, 0));
    track->summary = findings->summary_count;
    track->users = users;
    summary->label = locust_label(locust);
    summary->level =
        arena_format(locust->parse.arena, "%ju users", (uintmax_t)users);
    summary->model = LOAD_CLOSED;
    summary->has_counts = true;
    summary->seconds.given = true;
    summary->start_s = (int64_t)track->time_s;
    if (users > 0)
        summary->concurrency =
            (struct optional){true, decimal_of((whole)users)};
    return summary;
}

static bool
read_history_row(struct history *history)
{
    struct locust *locust = &history->locust;
    uint64_t users, requests, failed, time_s;
    if (!parse_count(&locust->parse,
                     locust_field(locust, locust->columns[TIME]), "Timestamp",
                     &time_s) ||
        !parse_count(&locust->parse,
                     locust_field(locust, locust->columns[USERS]), "User Count",
                     &users) ||
        !locust_counts(locust, &requests, &failed))
        return false;
    if (time_s > history->time_s && history->time_s > 0) {
        history->before_s = history->time_s;
        history->has_before = true;
    }
    history->time_s = time_s;
    struct locust_track *track = track_of(history, requests, failed);
    struct span at = locust_field(locust, 0);
    if (time_s < track->time_s)
        return parse_contradict(&locust->parse, at, "this time",
                                "that of the row before", "it is earlier");
    if (requests < track->requests || failed < track->failed)
        return parse_contradict(&locust->parse, at, "the number of requests",
                                "that of the row before",
                                "it is smaller: run without --reset-stats");
    struct summary *summary = level_of(history, track, users);
    summary->requests += requests - track->requests;
    summary->failed += failed - track->failed;
    summary->seconds.value = decimal_add(
        summary->seconds.value, decimal_of((whole)(time_s - track->time_s)));
    track->requests = requests;
    track->failed = failed;
    track->time_s = time_s;
    return raise_percentiles(locust, summary);
}

/* Keeps the levels that had requests, in a time that can be told. */
static bool
keep_levels(struct locust *locust)
{
    struct findings *findings = locust->parse.findings;
    size_t kept = 0;
    for (size_t i = 0; i < findings->summary_count; i++) {
        struct summary *summary = &findings->summaries[i];
        if (summary->requests == 0 || decimal_is_zero(summary->seconds.value)) {
            findings->left_out++;
            continue;
        }
        locust->parse.place = summary->place;
        if (!parse_settle(&locust->parse, summary, (struct span){"", 0}))
            return false;
        findings->summaries[kept++] = *summary;
    }
    findings->summary_count = kept;
    findings->left_out_what = "levels without requests";
    return kept > 0 || parse_refuse(&locust->parse, "this history of Locust",
                                    "no two rows tell how long a level was");
}

bool
locust_history_read(struct input *input, struct findings *findings)
{
    struct history history = {0};
    struct locust *locust = &history.locust;
    if (!locust_open(locust, input, findings) ||
        !locust_find(locust, headings, TIME, FAILURES))
        return false;
    findings->percentile_rule = "the highest of Locust's own, each of a window "
                                "of 10 s";
    for (size_t i = 1; i < locust->table->row_count; i++) {
        locust->row = &locust->table->rows[i];
        if (!read_history_row(&history))
            return false;
    }
    return parse_is_ended(&locust->parse) && keep_levels(locust);
}
