/*
 * Counting times.  Room results/.  What the counts are of is the caller's
 * business (tally.c).  Out of memory is memory.c's: nothing here returns NULL
 * for it.
 */
#include "results/counts.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Above as many a list takes more room than the pages that it would touch. */
#define FEW_MOST 2048

/* The first settled ones are rising, each time once; those behind them are as
   they came. */
struct count_list {
    struct count *item;
    size_t settled, count, room;
};

static void *
must(void *piece)
{
    if (piece == NULL)
        abort(); /* not reached: memory.c ends the program first */
    return piece;
}

void
counts_free(struct counts *counts)
{
    free(counts->few);
    if (counts->pages != NULL)
        for (size_t i = 0; i < COUNTS_PAGES; i++)
            free(counts->pages->page[i]);
    free(counts->pages);
    if (counts->others != NULL)
        free(counts->others->item);
    free(counts->others);
    *counts = (struct counts){0};
}

static int
by_time(const void *a, const void *b)
{
    const struct count *left = a, *right = b;
    return (left->ns > right->ns) - (left->ns < right->ns);
}

/* Sorts count items and adds up those of one time; returns how many are
   left. */
static size_t
settle(struct count *item, size_t count)
{
    if (count == 0)
        return 0;
    qsort(item, count, sizeof *item, by_time);
    size_t last = 0;
    for (size_t i = 1; i < count; i++) {
        if (item[i].ns == item[last].ns)
            item[last].count += item[i].count;
        else
            item[++last] = item[i];
    }
    return last + 1;
}

/* Brings two rising lists together in to, which has room for both; returns
   how many it holds then. */
static size_t
join(struct count *to, const struct count *a, size_t a_count,
     const struct count *b, size_t b_count)
{
    size_t i = 0, j = 0, count = 0;
    while (i < a_count && j < b_count) {
        if (a[i].ns == b[j].ns) {
            to[count] = a[i++];
            to[count++].count += b[j++].count;
        } else {
            to[count++] = a[i].ns < b[j].ns ? a[i++] : b[j++];
        }
    }
    while (i < a_count)
        to[count++] = a[i++];
    while (j < b_count)
        to[count++] = b[j++];
    return count;
}

/* Settles a full list and gives it room for half as many again, so that
   adding stays cheap and the room in step with the distinct times. */
static void
make_room(struct count_list *list)
{
    struct count *fresh = list->room ? list->item + list->settled : NULL;
    size_t fresh_count = settle(fresh, list->count - list->settled);
    list->room = (list->settled + fresh_count) / 2 * 3 + 16;
    struct count *item = must(malloc(list->room * sizeof *item));
    list->count = join(item, list->item, list->settled, fresh, fresh_count);
    list->settled = list->count;
    free(list->item);
    list->item = item;
}

static void
add_other(struct counts *counts, int64_t ns, uint64_t count)
{
    if (counts->others == NULL)
        counts->others = must(calloc(1, sizeof *counts->others));
    struct count_list *list = counts->others;
    if (list->count == list->room)
        make_room(list);
    list->item[list->count++] = (struct count){ns, count};
}

static void
add_page(struct counts *counts, uint32_t ms, uint64_t count)
{
    uint64_t **page = &counts->pages->page[ms / COUNTS_PAGE];
    if (*page == NULL)
        *page = must(calloc(COUNTS_PAGE, sizeof **page));
    (*page)[ms % COUNTS_PAGE] += count;
}

static void
turn_into_pages(struct counts *counts)
{
    counts->pages = must(calloc(1, sizeof *counts->pages));
    for (size_t i = 0; i < counts->few_count; i++)
        add_page(counts, counts->few[i], 1);
    free(counts->few);
    counts->few = NULL;
    counts->few_count = counts->few_room = 0;
}

/* Gives the list room for needed times, at most FEW_MOST. */
static void
few_room(struct counts *counts, uint32_t needed)
{
    uint32_t room = counts->few_room * 2 + 8;
    if (needed <= counts->few_room)
        return;
    if (room < needed || room > FEW_MOST)
        room = room < needed ? needed : FEW_MOST;
    counts->few_room = room;
    counts->few = must(realloc(counts->few, room * sizeof *counts->few));
}

static void
add_whole(struct counts *counts, uint32_t ms, uint64_t count)
{
    if (counts->pages == NULL && count > FEW_MOST - counts->few_count)
        turn_into_pages(counts);
    if (counts->pages != NULL) {
        add_page(counts, ms, count);
        return;
    }
    uint32_t needed = counts->few_count + (uint32_t)count;
    few_room(counts, needed);
    while (counts->few_count < needed)
        counts->few[counts->few_count++] = (uint16_t)ms;
}

void
counts_add(struct counts *counts, int64_t ns, uint64_t count)
{
    if (counts_is_whole(ns))
        add_whole(counts, (uint32_t)(ns / COUNTS_MS), count);
    else
        add_other(counts, ns, count);
}

void
counts_merge(struct counts *into, const struct counts *from)
{
    if (into->pages == NULL && from->few_count <= FEW_MOST - into->few_count &&
        from->few_count > 0) {
        few_room(into, into->few_count + from->few_count);
        memcpy(into->few + into->few_count, from->few,
               from->few_count * sizeof *from->few);
        into->few_count += from->few_count;
    } else {
        for (size_t i = 0; i < from->few_count; i++)
            add_whole(into, from->few[i], 1);
    }
    if (from->pages != NULL && into->pages == NULL)
        turn_into_pages(into);
    for (size_t i = 0; from->pages != NULL && i < COUNTS_PAGES; i++) {
        const uint64_t *page = from->pages->page[i];
        for (uint32_t j = 0; page != NULL && j < COUNTS_PAGE; j++)
            if (page[j] != 0)
                add_page(into, (uint32_t)i * COUNTS_PAGE + j, page[j]);
    }
    for (size_t i = 0; from->others != NULL && i < from->others->count; i++)
        add_other(into, from->others->item[i].ns, from->others->item[i].count);
}

/* One above the highest whole millisecond of all parts, or of its page. */
static uint32_t
whole_end(const struct counts *const *parts, size_t part_count)
{
    uint32_t end = 0;
    for (size_t i = 0; i < part_count; i++) {
        const struct counts *part = parts[i];
        for (uint32_t j = 0; j < part->few_count; j++)
            if (part->few[j] >= end)
                end = part->few[j] + 1u;
        for (uint32_t j = COUNTS_PAGES;
             part->pages != NULL && j > end / COUNTS_PAGE; j--)
            if (part->pages->page[j - 1] != NULL)
                end = j * COUNTS_PAGE;
    }
    return end;
}

/* The whole milliseconds of all parts below end, of which at most so many
   differ, by an array of them all. */
static struct count *
sum_whole(const struct counts *const *parts, size_t part_count, uint32_t end,
          size_t most, size_t *count)
{
    uint64_t *sum = must(calloc((size_t)end + COUNTS_PAGE, sizeof *sum));
    for (size_t i = 0; i < part_count; i++) {
        const struct counts *part = parts[i];
        for (uint32_t j = 0; j < part->few_count; j++)
            sum[part->few[j]]++;
        for (uint32_t j = 0; part->pages != NULL && j * COUNTS_PAGE < end;
             j++) {
            const uint64_t *page = part->pages->page[j];
            for (uint32_t k = 0; page != NULL && k < COUNTS_PAGE; k++)
                sum[j * COUNTS_PAGE + k] += page[k];
        }
    }
    struct count *whole = must(malloc((most + 1) * sizeof *whole));
    size_t filled = 0;
    /* without a branch: which were met, a processor cannot guess */
    for (uint32_t ms = 0; ms < end; ms++) {
        whole[filled] = (struct count){(int64_t)ms * COUNTS_MS, sum[ms]};
        filled += sum[ms] != 0;
    }
    free(sum);
    *count = filled;
    return whole;
}

/* The same of short lists alone. */
static struct count *
sum_few(const struct counts *const *parts, size_t part_count, size_t few,
        size_t *count)
{
    struct count *whole = must(malloc((few + 1) * sizeof *whole));
    size_t filled = 0;
    for (size_t i = 0; i < part_count; i++)
        for (uint32_t j = 0; j < parts[i]->few_count; j++)
            whole[filled++] =
                (struct count){(int64_t)parts[i]->few[j] * COUNTS_MS, 1};
    *count = settle(whole, filled);
    return whole;
}

struct count *
counts_sum(const struct counts *const *parts, size_t part_count, size_t *count)
{
    bool paged = false;
    size_t few = 0, other_count = 0, whole_count = 0;
    for (size_t i = 0; i < part_count; i++) {
        paged |= parts[i]->pages != NULL;
        few += parts[i]->few_count;
        if (parts[i]->others != NULL)
            other_count += parts[i]->others->count;
    }
    uint32_t end = whole_end(parts, part_count);
    /* an array while it is not much larger than what goes into it */
    size_t most = paged || few > end ? end : few;
    struct count *whole =
        paged || end / 32 <= few
            ? sum_whole(parts, part_count, end, most, &whole_count)
            : sum_few(parts, part_count, few, &whole_count);
    if (other_count == 0) {
        *count = whole_count;
        return whole;
    }
    struct count *other = must(malloc(other_count * sizeof *other));
    size_t filled = 0;
    for (size_t i = 0; i < part_count; i++) {
        const struct count_list *list = parts[i]->others;
        if (list == NULL)
            continue;
        memcpy(other + filled, list->item, list->count * sizeof *other);
        filled += list->count;
    }
    other_count = settle(other, filled);
    struct count *all = must(malloc((whole_count + other_count) * sizeof *all));
    *count = join(all, whole, whole_count, other, other_count);
    free(whole);
    free(other);
    return all;
}
