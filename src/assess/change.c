/*
 * What changed since an earlier report.  Room assess/.  Met is better than not
 * met, proven than unproven, a smaller shortfall than a larger one; two links
 * that are met, or two that are unproven, are taken as the same.
 */
#include "assess/change.h"

#include <string.h>

static enum change
compare_short(const struct link *link, const struct previous_link *before)
{
    whole now = link->shortfall_qps.value, then = before->shortfall_qps;
    bool covered = link->state == STATE_COVERED;
    bool was_covered = strcmp(before->state, state_key[STATE_COVERED]) == 0;
    if (now != then)
        return now < then ? CHANGE_NARROWER : CHANGE_WORSE;
    if (covered != was_covered)
        return covered ? CHANGE_NARROWER : CHANGE_WORSE;
    return CHANGE_SAME;
}

enum change
change_of(const struct link *link)
{
    const struct previous_link *before = link->before;
    if (before == NULL)
        return CHANGE_NEW;
    bool met = link->state == STATE_MET;
    bool was_met = strcmp(before->state, state_key[STATE_MET]) == 0;
    if (met != was_met)
        return met ? CHANGE_MET : CHANGE_WORSE;
    if (met)
        return CHANGE_SAME;
    if (link->proven != before->is_known)
        return link->proven ? CHANGE_PROVEN : CHANGE_WORSE;
    return link->proven ? compare_short(link, before) : CHANGE_SAME;
}

struct change_counts
change_count(const struct report *report)
{
    const struct assessment *shown = report->shown;
    struct change_counts counts = {{0}, 0};
    size_t known = 0;
    for (size_t i = 0; i < shown->link_count; i++) {
        counts.links[change_of(shown->links[i])]++;
        known += shown->links[i]->before != NULL;
    }
    counts.gone = report->season->previous->link_count - known;
    return counts;
}
