/*
 * The head of every page, what the file's own record says, and where the pages
 * point to.  Belongs to document/.
 */
#include "document/plan_parts.h"

#include <stdlib.h>

#include "base/arena.h"

static const char *
zone_text(struct arena *arena, int minutes)
{
    int size = abs(minutes);
    if (minutes == 0)
        return "UTC";
    if (size % 60 == 0)
        return arena_format(arena, "UTC%s%d", minutes < 0 ? "\u2212" : "+",
                            size / 60);
    return arena_format(arena, "UTC%s%d:%02d", minutes < 0 ? "\u2212" : "+",
                        size / 60, size % 60);
}

struct text
plan_moment(const struct plan_job *job, const struct moment *moment)
{
    const char *day = day_text(job->arena, moment->day);
    if (!moment->has_time)
        return (struct text){.one = day};
    const char *time =
        moment->second == 0
            ? arena_format(job->arena, "%02d:%02d", moment->hour,
                           moment->minute)
            : arena_format(job->arena, "%02d:%02d:%02d", moment->hour,
                           moment->minute, moment->second);
    struct fill fills[] = {
        {"day",          {.one = day}},
        {"time",              {.one = time}},
        {"zone",{.one = zone_text(job->arena, moment->zone_minutes)}},
        {0        }
    };
    return words_both(job->words, "moment.zone", fills);
}

static struct text
season_name(const struct plan_job *job)
{
    const struct season *season = job->report->season;
    if (text_is_given(season->name))
        return season->name;
    return (struct text){.one = season->id};
}

static struct text
as_of(const struct plan_job *job)
{
    const struct season *season = job->report->season;
    struct fill fills[] = {
        {"moment",         plan_moment(job, &season->as_of)},
        {0}
    };
    return words_both(job->words,
                      season->as_of_is_default ? "as_of.newest" : "as_of.given",
                      fills);
}

static struct text
days_left(const struct plan_job *job)
{
    whole days = job->report->days_left.value;
    if (days == 0)
        return words_both(job->words, "left.today", NULL);
    if (days < 0)
        return words_count(job->words, "past", (unsigned long)-days);
    return words_count(job->words, "left", (unsigned long)days);
}

struct phrase
plan_header(const struct plan_job *job)
{
    bool has_days = job->report->days_left.known;
    struct fill fills[] = {
        {"season",    season_name(job)},
        {"as_of",           as_of(job)},
        {"left",has_days ? days_left(job) : (struct text){.one = ""}},
        {0     }
    };
    return words_fill(job->words, has_days ? "header.line" : "header.plain",
                      fills);
}

struct phrase
plan_title(const struct plan_job *job)
{
    struct fill fills[] = {
        {"season", season_name(job)},
        {0       }
    };
    return words_fill(job->words, "document.title", fills);
}

/* The data's date, as the record's form wants it; never the clock's. */
const char *
plan_created(const struct plan_job *job)
{
    const struct moment *moment = &job->report->season->as_of;
    int zone = moment->zone_minutes, size = abs(zone);
    const char *day = day_text(job->arena, moment->day);
    if (!moment->has_time)
        return arena_format(job->arena, "%sT00:00:00Z", day);
    if (zone == 0)
        return arena_format(job->arena, "%sT%02d:%02d:%02dZ", day, moment->hour,
                            moment->minute, moment->second);
    return arena_format(job->arena, "%sT%02d:%02d:%02d%c%02d:%02d", day,
                        moment->hour, moment->minute, moment->second,
                        zone < 0 ? '-' : '+', size / 60, size % 60);
}

struct text
plan_classification(const struct plan_job *job)
{
    const struct text own = job->template->classification;
    return text_is_given(own) ? own : job->report->season->classification;
}

struct text
plan_page_place(const struct plan_job *job, const char *key,
                enum plan_page_kind kind)
{
    const char *mark = arena_format(job->arena, "%c%c", PLAN_PAGE_MARK,
                                    'a' + (char)kind);
    struct fill fills[] = {
        {"page", {.one = mark}},
        {0     }
    };
    return words_both(job->words, key, fills);
}

struct text
plan_basis_place(const struct plan_job *job)
{
    if (!template_has_page(job->template, "basis"))
        return words_both(job->words, "page.about", NULL);
    return plan_page_place(job, "page.basis", PAGE_BASIS);
}

struct text
plan_more_decisions(const struct plan_job *job, size_t count)
{
    struct fill fills[] = {
        {"n",                    {.one = number_whole(job->arena, (whole)count)}},
        {"basis",                      plan_basis_place(job)},
        {0}
    };
    return words_both(job->words,
                      count == 1 ? "decisions.rest.one" : "decisions.rest.many",
                      fills);
}

struct phrase
plan_text_line(const struct plan_job *job, struct text text)
{
    struct phrase phrase = words_text(job->words, text);
    if (phrase.second == NULL)
        return phrase;
    return (struct phrase){
        arena_format(job->arena, "%s · %s", phrase.lead, phrase.second), NULL};
}

struct phrase
plan_one_line(const struct plan_job *job, const char *key)
{
    return plan_text_line(job, words_both(job->words, key, NULL));
}
