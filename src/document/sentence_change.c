/*
 * The sentence that tells what changed since an earlier report.  Belongs to
 * document/; the words are the template's, the counts assess/'s.
 */
#include "document/sentence.h"

#include <string.h>

#include "assess/change.h"
#include "base/arena.h"

static enum verdict
verdict_of(const char *key)
{
    enum verdict verdict = VERDICT_GO;
    while (verdict < VERDICT_NO_GO && strcmp(key, verdict_key[verdict]) != 0)
        verdict++;
    return verdict;
}

struct wording
sentence_change(const struct words *words, const struct report *report)
{
    static const char *const key[CHANGES] = {
        [CHANGE_MET] = "change.met",
        [CHANGE_NARROWER] = "change.narrower",
        [CHANGE_PROVEN] = "change.proven",
        [CHANGE_WORSE] = "change.worse",
        [CHANGE_NEW] = "change.new",
    };
    const struct previous *previous = report->season->previous;
    struct text items[CHANGES + 1];
    size_t count = 0;
    if (previous == NULL)
        return (struct wording){NULL, 0};
    struct change_counts counts = change_count(report);
    for (unsigned i = 0; i < CHANGES; i++)
        if (key[i] != NULL && counts.links[i] > 0)
            items[count++] = words_count(words, key[i], counts.links[i]);
    if (counts.gone > 0)
        items[count++] = words_count(words, "change.gone", counts.gone);
    struct fill fills[] = {
        {"day", {.one = previous->as_of}},
        {"verdict",
         sentence_verdict(words, verdict_of(previous->verdict))},
        {"list", count > 0 ? words_list(words, items, count)
                           : words_both(words, "change.none", NULL)},
        {0}
    };
    return words_wording(words, "change.since", fills);
}
