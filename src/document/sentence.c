/*
 * The sentences of page 1: message, weakest link, scenario, decisions.
 * Belongs to document/; the words are the template's, the numbers are the
 * assessment's.  Variants run from the longest to the shortest.
 */
#include "document/sentence.h"

#include "base/arena.h"

static struct text
no_text(void)
{
    return (struct text){.one = ""};
}

static struct text
number_text(const struct words *words, size_t number)
{
    return (struct text){.one = number_whole(words->arena, (whole)number)};
}

/* --- counting ---------------------------------------------------------- */

size_t
sentence_count_effect(const struct assessment *shown, enum effect effect)
{
    size_t count = 0;
    for (size_t i = 0; i < shown->link_count; i++)
        count += shown->links[i]->effect == effect;
    return count;
}

size_t
sentence_count_p0(const struct assessment *shown)
{
    size_t count = 0;
    for (size_t i = 0; i < shown->link_count; i++)
        count += shown->links[i]->baseline->priority == PRIORITY_P0;
    return count;
}

static size_t
count_unproven_p0(const struct assessment *shown)
{
    size_t count = 0;
    for (size_t i = 0; i < shown->link_count; i++)
        count += shown->links[i]->baseline->priority == PRIORITY_P0 &&
                 !shown->links[i]->proven;
    return count;
}

/* --- variants ---------------------------------------------------------- */

#define VARIANTS 8

/* Wordings gathered one by one. */
struct gather {
    struct phrase variants[VARIANTS];
    size_t count;
};

static void
gather_text(const struct words *words, struct gather *gather, struct text text)
{
    gather->variants[gather->count++] = words_text(words, text);
}

static struct wording
gathered(const struct words *words, const struct gather *gather)
{
    struct phrase *variants =
        arena_array(words->arena, gather->count, struct phrase);
    for (size_t i = 0; i < gather->count; i++)
        variants[i] = gather->variants[i];
    return (struct wording){variants, gather->count};
}

/* --- the message ------------------------------------------------------- */

/* A sentence around the clause of one link, in each of the clause's lengths,
   then a plain one that names no link: a name may be as long as it likes. */
static struct wording
around(const struct words *words, const struct report *report,
       const struct link *link, const char *key, const char *plain, size_t n)
{
    struct gather gather = {.count = 0};
    const char *full =
        arena_format(words->arena, "%s.%s", key, n == 1 ? "one" : "many");
    for (size_t i = 0; i < SENTENCE_CLAUSES; i++) {
        struct fill fills[] = {
            {"clause", sentence_clause(words, report, link, i)},
            {"n",  number_text(words, n)},
            {0     }
        };
        gather_text(words, &gather, words_both(words, full, fills));
    }
    gather_text(words, &gather, words_count(words, plain, n));
    return gathered(words, &gather);
}

/* The blocking links other than the first, by state: "1 P0 link short, 2 P0
   links untested". */
static struct text
other_blocking(const struct words *words, const struct assessment *shown)
{
    static const char *const key[STATES] = {
        "item.short",
        "item.untested",
        "item.stale",
        "item.inconclusive",
    };
    size_t count[STATES] = {0};
    for (size_t i = 1; i < shown->link_count; i++)
        if (shown->links[i]->effect == EFFECT_BLOCKING)
            count[shown->links[i]->state]++;
    struct text items[STATES];
    size_t items_count = 0;
    for (size_t state = 0; state < STATES; state++)
        if (count[state] > 0 && key[state] != NULL)
            items[items_count++] = words_count(words, key[state], count[state]);
    return words_list(words, items, items_count);
}

static struct wording
no_go(const struct words *words, const struct report *report)
{
    const struct assessment *shown = report->shown;
    const size_t blocking = sentence_count_effect(shown, EFFECT_BLOCKING);
    struct text tails[2] = {no_text(), no_text()};
    size_t tail_count = 1;
    if (blocking > 1) {
        struct fill list[] = {
            {"list",  other_blocking(words, shown)},
            {0}
        };
        tails[0] = words_both(words, "tail.list", list);
        tails[1] = words_count(words, "tail.count", blocking - 1);
        tail_count = 2;
    }
    struct gather gather = {.count = 0};
    for (size_t i = 0; i < SENTENCE_CLAUSES; i++) {
        struct text clause = sentence_clause(words, report, shown->links[0], i);
        for (size_t k = 0; k < tail_count; k++) {
            struct fill fills[] = {
                {"clause",  clause},
                {"tail",         tails[k]},
                {0}
            };
            gather_text(words, &gather,
                        words_both(words, "message.no_go", fills));
        }
    }
    gather_text(words, &gather,
                words_count(words, "message.no_go.plain", blocking));
    return gathered(words, &gather);
}

static struct wording
go(const struct words *words, const struct report *report)
{
    const struct assessment *shown = report->shown;
    const size_t all = shown->link_count;
    const size_t watch = sentence_count_effect(shown, EFFECT_WATCH);
    /* the met with the least margin: the first after all that are not met */
    const struct link *least = shown->links[watch];
    struct fill fills[] = {
        {"clause", sentence_clause(words, report, least, 0)},
        {"n",  number_text(words, all)},
        {"watch",      watch ? words_count(words, "watch", watch) : no_text()},
        {0     }
    };
    const char *key = watch      ? "message.go.watch"
                      : all == 1 ? "message.go.one"
                                 : "message.go.many";
    struct gather gather = {.count = 0};
    gather_text(words, &gather, words_both(words, key, fills));
    gather_text(words, &gather, words_both(words, "message.go.plain", NULL));
    return gathered(words, &gather);
}

struct text
sentence_verdict(const struct words *words, enum verdict verdict)
{
    static const char *const key[VERDICTS] = {
        "verdict.go", "verdict.conditional", "verdict.no_go"};
    return words_both(words, key[verdict], NULL);
}

struct wording
sentence_message(const struct words *words, const struct report *report)
{
    const struct assessment *shown = report->shown;
    const struct link *worst = shown->links[0];
    switch (shown->reason) {
    case REASON_INSUFFICIENT_EVIDENCE:
        if (sentence_count_p0(shown) == 0)
            return around(words, report, worst, "message.no_p0",
                          "message.no_p0.plain", shown->link_count);
        return around(words, report, worst, "message.insufficient",
                      "message.insufficient.plain", sentence_count_p0(shown));
    case REASON_BLOCKING:
        return no_go(words, report);
    case REASON_CONDITION:
        return around(words, report, worst, "message.conditional",
                      "message.conditional.plain",
                      sentence_count_effect(shown, EFFECT_CONDITION));
    case REASON_NONE:
    case REASONS:
        break;
    }
    return go(words, report);
}

/* --- the second sentence ----------------------------------------------- */

/* The proven P0 link that would be the weakest with all approved measures in,
   and what it would reach; measures that come too late do not count. */
static const struct link *
weakest_forecast(const struct assessment *shown, whole *lowest)
{
    const struct link *weakest = NULL;
    for (size_t i = 0; i < shown->link_count; i++) {
        const struct link *link = shown->links[i];
        if (link->baseline->priority != PRIORITY_P0 || !link->proven)
            continue;
        bool late =
            link->state == STATE_SHORT && link->gap_after_qps.value == 0;
        whole reached = late || !link->forecast_milli.known
                            ? link->attainment_milli.value
                            : link->forecast_milli.value;
        if (weakest == NULL || reached < *lowest) {
            weakest = link;
            *lowest = reached;
        }
    }
    return weakest;
}

/* The links below P0 that stay short with all approved measures in. */
static size_t
count_short_below_p0(const struct assessment *shown)
{
    size_t count = 0;
    for (size_t i = 0; i < shown->link_count; i++)
        count += shown->links[i]->baseline->priority != PRIORITY_P0 &&
                 shown->links[i]->state == STATE_SHORT;
    return count;
}

/* Whether each proven P0 link is known to have been tested alone: that says
   less of a chain than one test through it. */
static bool
is_single_link(const struct assessment *shown)
{
    for (size_t i = 0; i < shown->link_count; i++) {
        const struct link *link = shown->links[i];
        if (link->baseline->priority == PRIORITY_P0 && link->proven &&
            link->result->kind != TEST_SINGLE_LINK)
            return false;
    }
    return true;
}

struct wording
sentence_second(const struct words *words, const struct report *report)
{
    const struct assessment *shown = report->shown;
    if (shown->weakest == NULL)
        return words_wording(words, "second.unknown", NULL);
    const whole now = shown->weakest->attainment_milli.value;
    whole then = now;
    const struct link *last = weakest_forecast(shown, &then);
    const size_t unproven = count_unproven_p0(shown);
    const bool met = shown->weakest->state == STATE_MET;
    struct fill after[] = {
        {"forecast",           {.one = number_percent(words->arena, then)}},
        {"name",   sentence_name(last)},
        {0         }
    };
    const bool gains = then > now;
    /* what a link reaches without measures is proven, no forecast */
    const bool is_forecast = last && then > last->attainment_milli.value;
    const size_t stays = gains ? count_short_below_p0(shown) : 0;
    const struct text nothing = no_text();
    struct fill fills[] = {
        {"name", sentence_name(shown->weakest)},
        {"attainment", {.one = number_percent(words->arena, now)}},
        {"excluded",
         unproven ? words_count(words,
                                met ? "second.met.excluded" : "second.excluded",
                                unproven)
                  : nothing},
        {"excluded_short",
         unproven ? words_count(words, "second.excluded.short", unproven)
                  : nothing},
        {"single", is_single_link(shown)
                       ? words_both(words, "second.single", NULL)
                       : nothing},
        {"after", gains ? words_both(words,
                                     is_forecast ? "second.after"
                                                 : "second.after.proven",
                                     after)
                        : nothing},
        {"after_short", gains ? words_both(words,
                                           is_forecast
                                               ? "second.after.short"
                                               : "second.after.proven.short",
                                           after)
                              : nothing},
        {"stays", stays ? words_count(words, "second.stays", stays) : nothing},
        {"stays_short",
         stays ? words_count(words, "second.stays.short", stays) : nothing},
        {0}
    };
    return words_wording(words, met ? "second.met" : "second.weakest", fills);
}

/* --- the scenario ------------------------------------------------------ */

struct text
sentence_scenario_name(const struct scenario *scenario)
{
    if (text_is_given(scenario->name))
        return scenario->name;
    return (struct text){.one = scenario->id};
}

struct wording
sentence_scenario(const struct words *words, const struct report *report)
{
    if (report->shown == report->plan)
        return (struct wording){NULL, 0};
    struct fill fills[] = {
        {"scenario",                                      sentence_scenario_name(report->shown->scenario)},
        {"plan",                                               sentence_scenario_name(report->plan->scenario)},
        {"verdict", sentence_verdict(words, report->plan->verdict)},
        {0                                      }
    };
    return words_wording(words, "scenario.other", fills);
}

/* --- decisions --------------------------------------------------------- */

const char *
sentence_no_day(const struct words *words)
{
    return words_phrase(words, "owner.none").lead;
}

static const char *
by_text(const struct words *words, const struct report *report, struct day day)
{
    if (!day.given)
        return sentence_no_day(words);
    return words_text(words, words_day(words, day, report->season->as_of.day))
        .lead;
}

static struct phrase
owner_phrase(const struct words *words, struct text owner)
{
    return text_is_given(owner) ? words_text(words, owner)
                                : words_phrase(words, "owner.none");
}

/* The last day on which deciding about the link still helps. */
static struct day
latest_day(const struct report *report, const struct link *link)
{
    const struct season *season = report->season;
    const struct day due = link->baseline->due;
    bool in_time = link->state != STATE_SHORT || !link->gap_after_qps.known ||
                   link->gap_after_qps.value > 0;
    if (season->decide_by.given)
        return season->decide_by;
    if (due.given && in_time)
        return due;
    return season->freeze.given ? season->freeze : season->peak.day;
}

static const struct plan_decision *
given_decisions(const struct words *words, const struct report *report,
                size_t limit, size_t *count, size_t *all)
{
    const struct season *season = report->season;
    *all = season->decision_count;
    *count = *all < limit ? *all : limit;
    struct plan_decision *list =
        arena_array(words->arena, *count, struct plan_decision);
    for (size_t i = 0; i < *count; i++) {
        const struct decision *decision = &season->decisions[i];
        struct phrase *text = arena_alloc(words->arena, sizeof *text);
        *text = words_text(words, decision->text);
        list[i].text = (struct wording){text, 1};
        list[i].owner = owner_phrase(words, decision->owner);
        list[i].by = by_text(words, report, decision->by);
    }
    return list;
}

/* Without a P0 link there is nothing to decide on but that. */
static struct plan_decision
name_p0(const struct words *words, const struct report *report)
{
    const struct season *season = report->season;
    struct day day = season->decide_by.given ? season->decide_by
                     : season->freeze.given  ? season->freeze
                                             : season->peak.day;
    return (struct plan_decision){
        .text = words_wording(words, "decisions.only_p0", NULL),
        .owner = owner_phrase(words, (struct text){0}),
        .by = by_text(words, report, day)};
}

static bool
asks(const struct link *link)
{
    return link->effect == EFFECT_BLOCKING || link->effect == EFFECT_CONDITION;
}

/* The links that ask for a decision, worst first, at most limit.  Where only
   measures against gaps would stand there, the last gives way to the worst P0
   link that nobody has proven: what is not known is not left out. */
static size_t
asking_links(const struct assessment *shown, size_t limit,
             const struct link **links)
{
    size_t count = 0, unproven = 0;
    /* the order is by effect */
    for (size_t i = 0; i < shown->link_count && asks(shown->links[i]); i++) {
        const struct link *link = shown->links[i];
        const bool is_unproven =
            link->baseline->priority == PRIORITY_P0 && !link->proven;
        if (count < limit)
            links[count++] = link;
        else if (is_unproven && unproven == 0 && limit > 1)
            links[limit - 1] = link;
        unproven += is_unproven;
    }
    return count;
}

static const struct plan_decision *
derived_decisions(const struct words *words, const struct report *report,
                  size_t limit, size_t *count, size_t *all)
{
    const struct assessment *shown = report->shown;
    struct plan_decision *list =
        arena_array(words->arena, limit, struct plan_decision);
    *count = 0;
    *all = sentence_count_effect(shown, EFFECT_BLOCKING) +
           sentence_count_effect(shown, EFFECT_CONDITION);
    if (sentence_count_p0(shown) == 0) {
        *all += 1;
        list[(*count)++] = name_p0(words, report);
    }
    const struct link **links =
        arena_array(words->arena, limit + 1, const struct link *);
    const size_t asking = asking_links(shown, limit - *count, links);
    for (size_t i = 0; i < asking; i++) {
        const struct link *link = links[i];
        struct plan_decision *decision = &list[(*count)++];
        decision->text = sentence_ask(words, report, link);
        decision->owner = owner_phrase(words, link->baseline->owner);
        decision->by = by_text(words, report, latest_day(report, link));
    }
    return list;
}

bool
sentence_decisions_given(const struct report *report)
{
    return report->season->decision_count > 0 && report->shown == report->plan;
}

const struct plan_decision *
sentence_decisions(const struct words *words, const struct report *report,
                   size_t limit, size_t *count, size_t *all)
{
    if (sentence_decisions_given(report))
        return given_decisions(words, report, limit, count, all);
    return derived_decisions(words, report, limit, count, all);
}
