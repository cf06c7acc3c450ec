/*
 * How many requests took how long, exactly: a multiset of times.  Whole
 * milliseconds below COUNTS_WHOLE_END stand in an array, page by page as they
 * come up; while there are few of them, in a plain list.  All other times,
 * fractions and outliers, are kept value by value.
 */
#ifndef HEADROOM_RESULTS_COUNTS_H
#define HEADROOM_RESULTS_COUNTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define COUNTS_MS 1000000      /* [ns] */
#define COUNTS_WHOLE_END 65536 /* [ms] */
#define COUNTS_PAGE 256        /* [ms] */
#define COUNTS_PAGES (COUNTS_WHOLE_END / COUNTS_PAGE)

/* So many requests took that long. */
struct count {
    int64_t ns;
    uint64_t count;
};

/* Of whole milliseconds; NULL: not met. */
struct count_pages {
    uint64_t *page[COUNTS_PAGES];
};
struct count_list; /* of all other times; NULL: none */

/* All zero: none.  Grows by malloc() and ends by counts_free(). */
struct counts {
    uint16_t *few; /* [ms], one a request; no room once pages are there */
    uint32_t few_count, few_room;
    struct count_pages *pages;
    struct count_list *others;
};

/* Whether a time is one of the whole milliseconds. */
static inline bool
counts_is_whole(int64_t ns)
{
    uint64_t ms = (uint64_t)ns / COUNTS_MS;
    return ms * COUNTS_MS == (uint64_t)ns && ms < COUNTS_WHOLE_END;
}
void counts_free(struct counts *counts);
void counts_add(struct counts *counts, int64_t ns, uint64_t count);
/* The same of one time: fast for a whole millisecond that has a page, or room
   in the list. */
static inline void
counts_add_one(struct counts *counts, int64_t ns)
{
    uint64_t ms = (uint64_t)ns / COUNTS_MS;
    bool is_whole = counts_is_whole(ns);
    if (is_whole && counts->few_count < counts->few_room) {
        counts->few[counts->few_count++] = (uint16_t)ms;
        return;
    }
    if (is_whole && counts->pages != NULL) {
        uint64_t *page = counts->pages->page[ms / COUNTS_PAGE];
        if (page != NULL) {
            page[ms % COUNTS_PAGE]++;
            return;
        }
    }
    counts_add(counts, ns, 1);
}
void counts_merge(struct counts *into, const struct counts *from);

/* All times of several together, rising, each once; to be freed. */
struct count *counts_sum(const struct counts *const *parts, size_t part_count,
                         size_t *count);

#endif
