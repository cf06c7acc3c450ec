/*
 * The subject of the mail: what is wanted of the reader, the verdict and the
 * worst link, in the longest form that a list of mails still shows whole.
 * Belongs to document/.
 */
#include "document/mail.h"

#include <string.h>

#include "base/arena.h"
#include "document/sentence.h"

/* Above this a name leaves no room for what is to be said; the id, then
   nothing, stands in its place.  It does not depend on the rest, so that all
   mails of a season are told by the same words. */
#define SEASON_MOST 24 /* [columns] */
#define CANDIDATES 12

/* --- the points -------------------------------------------------------- */

static struct text
whole_fill(const struct words *words, struct known number)
{
    if (!number.known)
        return (struct text){.one = ""};
    return (struct text){.one = number_whole(words->arena, number.value)};
}

/* The worst link with a number; variants longest first. */
static struct text
link_point(const struct words *words, const struct link *link, size_t variant)
{
    static const char *const key[STATES] = {
        "mail.point.short",        "mail.point.untested", "mail.point.stale",
        "mail.point.inconclusive", "mail.point.covered",  "mail.point.met",
    };
    const struct known target = {true, link->target_qps};
    const struct known attainment = link->attainment_milli;
    struct fill fills[] = {
        {"name",            sentence_name(link)},
        {"target",                 whole_fill(words, target)},
        {"shortfall",whole_fill(words, link->shortfall_qps)},
        {"attainment",
         {.one = attainment.known
                     ? number_percent(words->arena, attainment.value)
                     : ""}},
        {"age",
         words_count(words, "days",
         (unsigned long)(link->age_days > 0 ? link->age_days : 0))},
        {0                }
    };
    return words_variant(words, key[link->state], variant, fills);
}

/* What holds without naming a link. */
static struct text
count_point(const struct words *words, const struct report *report)
{
    const struct assessment *shown = report->shown;
    switch (shown->reason) {
    case REASON_INSUFFICIENT_EVIDENCE:
        if (sentence_count_p0(shown) == 0)
            return words_both(words, "mail.count.no_p0", NULL);
        return words_count(words, "mail.count.unproven",
                           sentence_count_p0(shown));
    case REASON_BLOCKING:
        return words_count(words, "mail.count.blocking",
                           sentence_count_effect(shown, EFFECT_BLOCKING));
    case REASON_CONDITION:
        return words_count(words, "mail.count.condition",
                           sentence_count_effect(shown, EFFECT_CONDITION));
    case REASON_NONE:
    case REASONS:
        break;
    }
    if (shown->counts[STATE_MET] == shown->link_count)
        return words_count(words, "mail.count.met", shown->link_count);
    return words_count(words, "mail.count.watch",
                       shown->link_count - shown->counts[STATE_MET]);
}

/* --- before and after -------------------------------------------------- */

static const char *
in_lead(const struct words *words, struct text text)
{
    return words_text(words, text).lead;
}

/* Whether what is shown decides: a what-if is for information only. */
static bool
decides(const struct report *report)
{
    return report->shown == report->plan;
}

static struct text
verdict_text(const struct words *words, const struct report *report)
{
    struct text verdict =
        sentence_verdict(words, report->shown->verdict);
    struct fill fills[] = {
        {"verdict", verdict},
        {0        }
    };
    return decides(report) ? verdict
                           : words_both(words, "mail.subject.what_if", fills);
}

/* "Double 11 2026 NO-GO"; without the promotion where it is too long. */
static struct text
head(const struct words *words, const struct report *report, bool with_season)
{
    const struct season *season = report->season;
    struct text verdict = verdict_text(words, report);
    struct text name = season->name;
    if (!text_is_given(name) || text_width(in_lead(words, name)) > SEASON_MOST)
        name = (struct text){.one = season->id};
    if (!with_season || text_width(in_lead(words, name)) > SEASON_MOST)
        return verdict;
    struct fill fills[] = {
        {"season", name},
        {"verdict",        verdict},
        {0}
    };
    return words_both(words, "mail.subject.head", fills);
}

/* ", by 11-04", or nothing where no day was given or nothing is asked. */
static struct text
by(const struct words *words, const struct report *report)
{
    size_t count, all;
    const struct plan_decision *decisions =
        sentence_decisions(words, report, 1, &count, &all);
    if (count == 0 || strcmp(decisions[0].by, sentence_no_day(words)) == 0)
        return (struct text){.one = ""};
    struct fill fills[] = {
        {"by", {.one = decisions[0].by}},
        {0   }
    };
    return words_both(words, "mail.subject.by", fills);
}

static const char *
put_together(const struct words *words, const struct report *report,
             struct text head_text, struct text point, struct text by_text)
{
    static const char *const action[VERDICTS] = {
        "mail.action.go", "mail.action.conditional", "mail.action.no_go"};
    struct fill fills[] = {
        {"action",                                                words_both(words,
         decides(report) ? action[report->shown->verdict]
                                              : "mail.action.go",
         NULL)},
        {"head", head_text},
        {"point",                                                       point},
        {"by",                                              by_text},
        {0                                                }
    };
    return in_lead(words, words_both(words, "mail.subject", fills));
}

const char *
mail_subject(const struct words *words, const struct report *report)
{
    const struct assessment *shown = report->shown;
    const struct text none = {.one = ""};
    const struct text full = head(words, report, true);
    const struct text day = by(words, report);
    const struct text counted = count_point(words, report);
    const bool is_about_link =
        shown->reason == REASON_BLOCKING || shown->reason == REASON_CONDITION;
    struct text points[2];
    size_t point_count = 0;
    for (size_t i = 0; is_about_link && i < 2; i++)
        points[point_count++] = link_point(words, shown->links[0], i);

    const char *candidates[CANDIDATES];
    size_t count = 0;
    for (size_t i = 0; i < point_count; i++)
        candidates[count++] = put_together(words, report, full, points[i], day);
    for (size_t i = 0; i < point_count; i++)
        candidates[count++] =
            put_together(words, report, full, points[i], none);
    candidates[count++] = put_together(words, report, full, counted, day);
    candidates[count++] = put_together(words, report, full, counted, none);
    candidates[count++] =
        put_together(words, report, head(words, report, false), counted, none);
    for (size_t i = 0; i + 1 < count; i++)
        if (text_width(candidates[i]) <= MAIL_SUBJECT_MOST)
            return candidates[i];
    return candidates[count - 1];
}
