/*
 * Tallies.  Room results/.  A table of parts, one for each label, group and
 * second that has samples, found by hashing; the times themselves are counted
 * in counts.c.  Questions are answered from a sorted list of the parts, made
 * when asked first.
 */
#include "results/tally.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define NS ((int64_t)1000000000)
#define SLAB 256   /* parts that are allocated together */
#define RECENT 512 /* a power of 2 */

struct name {
    char *text;
    size_t length;
    uint64_t hash;
    bool is_transaction;
};

/* The names of one kind; the number of a name is its place in item. */
struct names {
    struct name *item;
    uint32_t count, room;
    uint32_t *slot; /* number + 1, 0 where free; slots of them, a power of 2 */
    uint32_t slots;
};

struct slab {
    struct slab *next;
    struct tally_part part[SLAB];
};

/* What questions are answered from. */
struct view {
    const struct tally_part **parts; /* as tally_parts() says */
    size_t count;
    uint32_t *label_rank, *group_rank; /* of each number, by name */
    uint32_t *label_order;
    bool has_requests; /* not only transactions */
    bool is_stale;
    struct tally_second *seconds;
};

struct tally {
    enum tally_depth depth;
    uint64_t origin; /* of the samples to come */
    struct names labels, groups;
    struct tally_part **slot; /* NULL where free */
    size_t slots, parts;
    struct slab *slabs; /* the newest first */
    size_t slab_used;
    struct tally_part *recent[RECENT]; /* where samples went */
    struct view *view;
};

static void *
must(void *piece)
{
    if (piece == NULL)
        abort(); /* not reached: memory.c ends the program first */
    return piece;
}

/* --- names ------------------------------------------------------------------
 */

static uint64_t
hash_text(const char *text, size_t length)
{
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3u;
    return hash ^ hash >> 32;
}

static void
names_widen(struct names *names)
{
    names->slots = names->slots ? names->slots * 2 : 16;
    free(names->slot);
    names->slot = must(calloc(names->slots, sizeof *names->slot));
    for (uint32_t i = 0; i < names->count; i++) {
        size_t at = names->item[i].hash & (names->slots - 1);
        while (names->slot[at] != 0)
            at = (at + 1) & (names->slots - 1);
        names->slot[at] = i + 1;
    }
}

static uint32_t
names_number(struct names *names, const char *text, size_t length,
             bool is_transaction)
{
    if (names->count >= names->slots / 2)
        names_widen(names);
    uint64_t hash = hash_text(text, length) + is_transaction;
    size_t at = hash & (names->slots - 1);
    for (; names->slot[at] != 0; at = (at + 1) & (names->slots - 1)) {
        const struct name *name = &names->item[names->slot[at] - 1];
        if (name->hash == hash && name->length == length &&
            name->is_transaction == is_transaction &&
            memcmp(name->text, text, length) == 0)
            return names->slot[at] - 1;
    }
    if (names->count == names->room) {
        names->room = names->room ? names->room * 2 : 8;
        names->item =
            must(realloc(names->item, names->room * sizeof *names->item));
    }
    struct name *name = &names->item[names->count];
    *name =
        (struct name){must(malloc(length + 1)), length, hash, is_transaction};
    memcpy(name->text, text, length);
    name->text[length] = '\0';
    names->slot[at] = ++names->count;
    return names->count - 1;
}

static void
names_free(struct names *names)
{
    for (uint32_t i = 0; i < names->count; i++)
        free(names->item[i].text);
    free(names->item);
    free(names->slot);
}

static int
by_text(const void *a, const void *b)
{
    const struct name *const *left = a, *const *right = b;
    if ((*left)->is_transaction != (*right)->is_transaction)
        return (*left)->is_transaction ? 1 : -1;
    size_t least =
        (*left)->length < (*right)->length ? (*left)->length : (*right)->length;
    int order = memcmp((*left)->text, (*right)->text, least);
    if (order != 0)
        return order;
    return ((*left)->length > (*right)->length) -
           ((*left)->length < (*right)->length);
}

/* The rank of each name among all; to be freed. */
static uint32_t *
names_rank(const struct names *names)
{
    const struct name **order =
        must(malloc((names->count + 1) * sizeof *order));
    uint32_t *rank = must(malloc((names->count + 1) * sizeof *rank));
    for (uint32_t i = 0; i < names->count; i++)
        order[i] = &names->item[i];
    qsort(order, names->count, sizeof *order, by_text);
    for (uint32_t i = 0; i < names->count; i++)
        rank[order[i] - names->item] = i;
    free(order);
    return rank;
}

/* --- the table --------------------------------------------------------------
 */

struct tally *
tally_new(enum tally_depth depth)
{
    struct tally *tally = must(calloc(1, sizeof *tally));
    tally->depth = depth;
    tally->view = must(calloc(1, sizeof *tally->view));
    tally->view->is_stale = true;
    return tally;
}

void
tally_free(struct tally *tally)
{
    if (tally == NULL)
        return;
    names_free(&tally->labels);
    names_free(&tally->groups);
    for (size_t i = 0; i < tally->slots; i++)
        if (tally->slot[i] != NULL) {
            free(tally->slot[i]->threads);
            counts_free(&tally->slot[i]->counts);
        }
    free(tally->slot);
    for (struct slab *slab = tally->slabs, *next; slab; slab = next) {
        next = slab->next;
        free(slab);
    }
    free(tally->view->parts);
    free(tally->view->label_rank);
    free(tally->view->group_rank);
    free(tally->view->label_order);
    free(tally->view->seconds);
    free(tally->view);
    free(tally);
}

struct tally *
tally_like(const struct tally *tally)
{
    struct tally *other = tally_new(tally->depth);
    other->origin = tally->origin;
    return other;
}

void
tally_origin(struct tally *tally, uint64_t origin)
{
    tally->origin = origin;
}

enum tally_depth
tally_depth(const struct tally *tally)
{
    return tally->depth;
}

uint32_t
tally_label(struct tally *tally, const char *name, size_t length)
{
    uint32_t number = names_number(&tally->labels, name, length, false);
    tally->view->is_stale |= number + 1 == tally->labels.count;
    return number;
}

uint32_t
tally_transaction(struct tally *tally, const char *name, size_t length)
{
    uint32_t number = names_number(&tally->labels, name, length, true);
    tally->view->is_stale |= number + 1 == tally->labels.count;
    return number;
}

uint32_t
tally_group(struct tally *tally, const char *name, size_t length)
{
    uint32_t number = names_number(&tally->groups, name, length, false);
    tally->view->is_stale |= number + 1 == tally->groups.count;
    return number;
}

uint64_t
tally_samples(const struct tally *tally)
{
    uint64_t samples = 0;
    for (size_t i = 0; i < tally->slots; i++)
        if (tally->slot[i] != NULL)
            samples += tally->slot[i]->samples;
    return samples;
}

bool
tally_is_transaction(const struct tally *tally, uint32_t label)
{
    return tally->labels.item[label].is_transaction;
}

size_t
tally_label_count(const struct tally *tally)
{
    return tally->labels.count;
}

size_t
tally_group_count(const struct tally *tally)
{
    return tally->groups.count;
}

const char *
tally_label_name(const struct tally *tally, uint32_t label)
{
    return tally->labels.item[label].text;
}

const char *
tally_group_name(const struct tally *tally, uint32_t group)
{
    return tally->groups.item[group].text;
}

static size_t
part_slot(const struct tally *tally, uint32_t label, uint32_t group,
          int64_t second)
{
    uint64_t hash = (uint64_t)second * 0x9e3779b97f4a7c15u;
    hash = (hash ^ ((uint64_t)label << 32 | group)) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 32;
    return hash & (tally->slots - 1);
}

static void
widen(struct tally *tally)
{
    struct tally_part **old = tally->slot;
    size_t old_slots = tally->slots;
    tally->slots = old_slots ? old_slots * 2 : 16;
    tally->slot = must(calloc(tally->slots, sizeof *tally->slot));
    for (size_t i = 0; i < old_slots; i++) {
        struct tally_part *part = old[i];
        if (part == NULL)
            continue;
        size_t at = part_slot(tally, part->label, part->group, part->second);
        while (tally->slot[at] != NULL)
            at = (at + 1) & (tally->slots - 1);
        tally->slot[at] = part;
    }
    free(old);
}

static struct tally_part *
part_new(struct tally *tally)
{
    if (tally->slabs == NULL || tally->slab_used == SLAB) {
        struct slab *slab = must(malloc(sizeof *slab));
        slab->next = tally->slabs;
        tally->slabs = slab;
        tally->slab_used = 0;
    }
    tally->parts++;
    return &tally->slabs->part[tally->slab_used++];
}

static struct tally_part **
recent_of(struct tally *tally, uint32_t label, int64_t second)
{
    /* rows about the turn of a second go now here, now there */
    uint32_t at = label * 2 + ((uint32_t)second & 1);
    return &tally->recent[at & (RECENT - 1)];
}

/* The part that samples of such a label and second went to last, if it is the
 * one asked for. */
static inline struct tally_part *
part_again(struct tally *tally, uint32_t label, uint32_t group, int64_t second)
{
    struct tally_part *part = *recent_of(tally, label, second);
    if (part != NULL && part->second == second && part->label == label &&
        part->group == group)
        return part;
    return NULL;
}

static struct tally_part *
part_find(struct tally *tally, uint32_t label, uint32_t group, int64_t second)
{
    struct tally_part **recent = recent_of(tally, label, second);
    if (tally->parts >= tally->slots / 2)
        widen(tally);
    size_t at = part_slot(tally, label, group, second);
    for (; tally->slot[at] != NULL; at = (at + 1) & (tally->slots - 1)) {
        struct tally_part *part = tally->slot[at];
        if (part->second == second && part->label == label &&
            part->group == group)
            return *recent = part;
    }
    struct tally_part *part = part_new(tally);
    *part = (struct tally_part){.label = label,
                                .group = group,
                                .second = second,
                                .first_start_ns = INT64_MAX,
                                .last_start_ns = INT64_MIN,
                                .last_end_ns = INT64_MIN};
    tally->slot[at] = part;
    return *recent = part;
}

struct tally_part *
tally_part(struct tally *tally, uint32_t label, uint32_t group, int64_t second)
{
    tally->view->is_stale = true;
    struct tally_part *part = part_again(tally, label, group, second);
    return part != NULL ? part : part_find(tally, label, group, second);
}

/* The second, from below, also before 1970. */
static int64_t
second_of(int64_t ns)
{
    int64_t second = ns / NS;
    return second - (second * NS > ns);
}

void
tally_part_threads(struct tally_part *part, uint64_t origin, uint32_t threads)
{
    for (uint32_t i = 0; i < part->origins; i++)
        if (part->threads[i].origin == origin) {
            if (threads > part->threads[i].most)
                part->threads[i].most = threads;
            return;
        }
    part->threads = must(
        realloc(part->threads, (part->origins + 1) * sizeof *part->threads));
    part->threads[part->origins++] = (struct tally_threads){origin, threads};
}

/* Without a branch, which a processor would often guess wrong: rows come in the
   order of their ends, more or less. */
static inline int64_t
least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static inline int64_t
most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

void
tally_add(struct tally *tally, const struct sample *sample)
{
    int64_t second =
        tally->depth == TALLY_SECONDS ? second_of(sample->start_ns) : 0;
    struct tally_part *part =
        part_again(tally, sample->label, sample->group, second);
    if (part == NULL)
        part = part_find(tally, sample->label, sample->group, second);
    int64_t start_ns = sample->start_ns;
    int64_t end_ns = start_ns + sample->elapsed_ns;
    tally->view->is_stale = true;
    part->samples++;
    part->failed += sample->failed;
    part->first_start_ns = least(part->first_start_ns, start_ns);
    part->last_start_ns = most(part->last_start_ns, start_ns);
    part->last_end_ns = most(part->last_end_ns, end_ns);
    if (sample->threads != 0 &&
        !(part->origins == 1 && part->threads->origin == tally->origin &&
          part->threads->most >= sample->threads))
        tally_part_threads(part, tally->origin, sample->threads);
    counts_add_one(&part->counts, sample->elapsed_ns);
}

void
tally_part_add(struct tally_part *into, const struct tally_part *from)
{
    into->samples += from->samples;
    into->failed += from->failed;
    if (from->first_start_ns < into->first_start_ns)
        into->first_start_ns = from->first_start_ns;
    if (from->last_start_ns > into->last_start_ns)
        into->last_start_ns = from->last_start_ns;
    if (from->last_end_ns > into->last_end_ns)
        into->last_end_ns = from->last_end_ns;
    for (uint32_t i = 0; i < from->origins; i++)
        tally_part_threads(into, from->threads[i].origin,
                           from->threads[i].most);
}

/* The most of each generator, added up. */
static uint32_t
all_threads(const struct tally_part *part)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < part->origins; i++)
        sum += part->threads[i].most;
    return sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}

/* The numbers that the names of from have in into; to be freed. */
static uint32_t *
names_map(struct names *into, const struct names *from)
{
    uint32_t *map = must(malloc((from->count + 1) * sizeof *map));
    for (uint32_t i = 0; i < from->count; i++)
        map[i] = names_number(into, from->item[i].text, from->item[i].length,
                              from->item[i].is_transaction);
    return map;
}

void
tally_merge(struct tally *into, const struct tally *from)
{
    assert(into->depth == from->depth);
    into->view->is_stale = true;
    uint32_t *label = names_map(&into->labels, &from->labels);
    uint32_t *group = names_map(&into->groups, &from->groups);
    for (size_t i = 0; i < from->slots; i++) {
        const struct tally_part *part = from->slot[i];
        if (part == NULL)
            continue;
        struct tally_part *to = tally_part(into, label[part->label],
                                           group[part->group], part->second);
        tally_part_add(to, part);
        counts_merge(&to->counts, &part->counts);
    }
    free(label);
    free(group);
}

/* --- questions --------------------------------------------------------------
 */

/* qsort() hands no context on. */
struct ranked {
    uint32_t label, group;
    const struct tally_part *part;
};

static int
by_rank(const void *a, const void *b)
{
    const struct ranked *left = a, *right = b;
    if (left->label != right->label)
        return left->label < right->label ? -1 : 1;
    if (left->part->second != right->part->second)
        return left->part->second < right->part->second ? -1 : 1;
    return (left->group > right->group) - (left->group < right->group);
}

static const struct view *
view_of(const struct tally *tally)
{
    struct view *view = tally->view;
    if (!view->is_stale)
        return view;
    free(view->label_rank);
    free(view->group_rank);
    free(view->label_order);
    free(view->parts);
    view->label_rank = names_rank(&tally->labels);
    view->group_rank = names_rank(&tally->groups);
    view->label_order =
        must(malloc((tally->labels.count + 1) * sizeof *view->label_order));
    for (uint32_t i = 0; i < tally->labels.count; i++)
        view->label_order[view->label_rank[i]] = i;
    view->has_requests = false;
    struct ranked *ranked = must(malloc((tally->parts + 1) * sizeof *ranked));
    size_t count = 0;
    for (size_t i = 0; i < tally->slots; i++) {
        const struct tally_part *part = tally->slot[i];
        if (part == NULL)
            continue;
        ranked[count++] = (struct ranked){view->label_rank[part->label],
                                          view->group_rank[part->group], part};
        view->has_requests |= !tally->labels.item[part->label].is_transaction;
    }
    qsort(ranked, count, sizeof *ranked, by_rank);
    view->parts = must(malloc((count + 1) * sizeof *view->parts));
    for (size_t i = 0; i < count; i++)
        view->parts[i] = ranked[i].part;
    free(ranked);
    view->count = count;
    view->is_stale = false;
    return view;
}

const struct tally_part *const *
tally_parts(const struct tally *tally, size_t *count)
{
    const struct view *view = view_of(tally);
    *count = view->count;
    return view->parts;
}

const uint32_t *
tally_label_order(const struct tally *tally)
{
    return view_of(tally)->label_order;
}

bool
tally_is_aside(const struct tally *tally, uint32_t label)
{
    return tally->labels.item[label].is_transaction &&
           view_of(tally)->has_requests;
}

uint64_t
tally_aside(const struct tally *tally)
{
    const struct view *view = view_of(tally);
    uint64_t samples = 0;
    for (size_t i = 0; i < view->count; i++)
        if (tally_is_aside(tally, view->parts[i]->label))
            samples += view->parts[i]->samples;
    return samples;
}

/* Whether a part is of what is asked, but for the seconds. */
static bool
is_asked(const struct tally *tally, const struct tally_part *part,
         uint32_t label, uint32_t group)
{
    return (group == TALLY_ANY || part->group == group) &&
           (label != TALLY_ANY || !tally_is_aside(tally, part->label));
}

/* The first part of the view that does not stand before a label and second. */
static size_t
view_find(const struct view *view, uint32_t label, int64_t second)
{
    uint32_t rank = view->label_rank[label];
    size_t from = 0, to = view->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const struct tally_part *part = view->parts[middle];
        uint32_t other = view->label_rank[part->label];
        if (other < rank || (other == rank && part->second < second))
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* The part of the view to look at; its end for a label. */
static void
view_range(const struct view *view, uint32_t label, int64_t from_s,
           int64_t to_s, size_t *from, size_t *to)
{
    *from = 0;
    *to = view->count;
    if (label == TALLY_ANY)
        return;
    *from = view_find(view, label, from_s);
    if (to_s != INT64_MAX) {
        *to = view_find(view, label, to_s);
        return;
    }
    for (*to = *from; *to < view->count; (*to)++)
        if (view->parts[*to]->label != label)
            return;
}

static void
take_percentiles(const struct counts *const *parts, size_t part_count,
                 struct tally_pick *pick)
{
    size_t count;
    struct count *times = counts_sum(parts, part_count, &count);
    uint64_t seen = 0;
    size_t at = 0;
    for (unsigned p = 0; p < PERCENTILES; p++) {
        /* ceil(p/100 x n), without a product that could overflow */
        uint64_t milli = percentile_milli[p];
        uint64_t rank = pick->samples / 1000 * milli +
                        (pick->samples % 1000 * milli + 999) / 1000;
        while (seen + times[at].count < rank)
            seen += times[at++].count;
        pick->percentile_ns[p] = times[at].ns;
    }
    pick->max_ns = times[count - 1].ns;
    free(times);
}

bool
tally_pick(const struct tally *tally, uint32_t label, uint32_t group,
           int64_t from_s, int64_t to_s, struct tally_pick *pick)
{
    assert(tally->depth == TALLY_SECONDS ||
           (from_s == INT64_MIN && to_s == INT64_MAX));
    const struct view *view = view_of(tally);
    size_t from, to;
    view_range(view, label, from_s, to_s, &from, &to);
    struct tally_part all = {.first_start_ns = INT64_MAX,
                             .last_start_ns = INT64_MIN,
                             .last_end_ns = INT64_MIN};
    const struct counts **picked =
        must(malloc((to > from ? to - from + 1 : 1) * sizeof *picked));
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        const struct tally_part *part = view->parts[i];
        if (!is_asked(tally, part, label, group) || part->second < from_s ||
            part->second >= to_s)
            continue;
        tally_part_add(&all, part);
        picked[count++] = &part->counts;
    }
    *pick = (struct tally_pick){.samples = all.samples,
                                .failed = all.failed,
                                .first_start_ns = all.first_start_ns,
                                .last_start_ns = all.last_start_ns,
                                .last_end_ns = all.last_end_ns,
                                .most_threads = all_threads(&all)};
    free(all.threads);
    if (all.samples > 0)
        take_percentiles(picked, count, pick);
    free(picked);
    return all.samples > 0;
}

static int
by_second(const void *a, const void *b)
{
    const struct tally_part *const *left = a, *const *right = b;
    return ((*left)->second > (*right)->second) -
           ((*left)->second < (*right)->second);
}

/* Adds up parts that stand in the order of their seconds; returns how many
   seconds there are. */
static size_t
add_up_seconds(const struct tally_part *const *parts, size_t count,
               struct tally_second *seconds)
{
    size_t filled = 0;
    for (size_t i = 0; i < count;) {
        struct tally_part all = {.second = parts[i]->second};
        for (; i < count && parts[i]->second == all.second; i++)
            tally_part_add(&all, parts[i]);
        seconds[filled++] = (struct tally_second){
            all.second, all.samples, all.failed, all_threads(&all)};
        free(all.threads);
    }
    return filled;
}

size_t
tally_seconds(struct tally *tally, uint32_t label, uint32_t group,
              const struct tally_second **seconds)
{
    const struct view *view = view_of(tally);
    size_t from, to, count = 0;
    view_range(view, label, INT64_MIN, INT64_MAX, &from, &to);
    const struct tally_part **parts =
        must(malloc((to - from + 1) * sizeof *parts));
    for (size_t i = from; i < to; i++)
        if (is_asked(tally, view->parts[i], label, group))
            parts[count++] = view->parts[i];
    if (count > 0)
        qsort(parts, count, sizeof *parts, by_second);
    free(tally->view->seconds);
    tally->view->seconds =
        must(malloc((count + 1) * sizeof *tally->view->seconds));
    *seconds = tally->view->seconds;
    count = add_up_seconds(parts, count, tally->view->seconds);
    free(parts);
    return count;
}
