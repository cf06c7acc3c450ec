/*
 * Making digests.  Room: results.  What is in a tally is tally.c's business;
 * read_digest.c reads what is made here.
 */
#include "results/digest.h"

#include <stdlib.h>
#include <string.h>

#include <nettle/sha2.h>

#include "results/digest_form.h"
#include "results/form.h"

struct out {
    unsigned char *bytes;
    size_t size, room;
};

static void
put_bytes(struct out *out, const void *bytes, size_t size)
{
    if (out->size + size > out->room) {
        out->room = (out->size + size) / 2 * 3 + 64;
        out->bytes = realloc(out->bytes, out->room);
        if (out->bytes == NULL)
            abort(); /* not reached: memory.c ends the program first */
    }
    memcpy(out->bytes + out->size, bytes, size);
    out->size += size;
}

static void
put(struct out *out, uint64_t number)
{
    unsigned char bytes[10];
    size_t size = 0;
    if (number < 0x80 && out->size < out->room) { /* nearly all */
        out->bytes[out->size++] = (unsigned char)number;
        return;
    }
    for (; number >= 0x80; number >>= 7)
        bytes[size++] = (unsigned char)(number | 0x80);
    bytes[size++] = (unsigned char)number;
    put_bytes(out, bytes, size);
}

/* A number that may be below 0: 0, -1, 1, -2 and so on. */
static void
put_signed(struct out *out, int64_t number)
{
    put(out, (uint64_t)number << 1 ^ (uint64_t)(number >> 63));
}

/* A text or nothing. */
static void
put_text(struct out *out, const char *text)
{
    size_t length = text ? strlen(text) : 0;
    put(out, text ? length + 1 : 0);
    put_bytes(out, text ? text : "", length);
}

static int
by_value(const void *a, const void *b)
{
    const uint64_t *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

/* All origins of the parts, rising; to be freed. */
static uint64_t *
list_origins(const struct tally_part *const *parts, size_t count,
             size_t *origins)
{
    size_t all = 0, filled = 0;
    for (size_t i = 0; i < count; i++)
        all += parts[i]->origins;
    uint64_t *list = malloc((all + 1) * sizeof *list);
    if (list == NULL)
        abort();
    for (size_t i = 0; i < count; i++)
        for (uint32_t j = 0; j < parts[i]->origins; j++)
            list[filled++] = parts[i]->threads[j].origin;
    if (filled > 0)
        qsort(list, filled, sizeof *list, by_value);
    *origins = 0;
    for (size_t i = 0; i < filled; i++)
        if (*origins == 0 || list[*origins - 1] != list[i])
            list[(*origins)++] = list[i];
    return list;
}

static void
put_origins(struct out *out, const uint64_t *origins, size_t count)
{
    put(out, count);
    for (size_t i = 0; i < count; i++) {
        unsigned char bytes[8];
        for (unsigned j = 0; j < 8; j++)
            bytes[j] = (unsigned char)(origins[i] >> 8 * j);
        put_bytes(out, bytes, sizeof bytes);
    }
}

static bool
is_whole_ms(const struct tally_part *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i]->first_start_ns % MS != 0 ||
            parts[i]->last_start_ns % MS != 0 ||
            parts[i]->last_end_ns % MS != 0)
            return false;
    return true;
}

/* The numbers that names have in the digest: in their order, those that some
   part has.  To be freed. */
struct numbers {
    uint32_t *of; /* by number in the tally */
    uint32_t *list;
    uint32_t count;
};

static struct numbers
numbers_new(size_t most)
{
    struct numbers numbers = {calloc(most + 1, sizeof(uint32_t)),
                              calloc(most + 1, sizeof(uint32_t)), 0};
    if (numbers.of == NULL || numbers.list == NULL)
        abort();
    return numbers;
}

static struct numbers
number_labels(const struct tally *tally, const struct tally_part *const *parts,
              size_t count)
{
    struct numbers numbers = numbers_new(tally_label_count(tally));
    /* parts stand by label */
    for (size_t i = 0; i < count; i++)
        if (i == 0 || parts[i]->label != parts[i - 1]->label) {
            numbers.of[parts[i]->label] = numbers.count;
            numbers.list[numbers.count++] = parts[i]->label;
        }
    return numbers;
}

static const struct tally *sorted_tally;

static int
by_group_name(const void *a, const void *b)
{
    const uint32_t *left = a, *right = b;
    return strcmp(tally_group_name(sorted_tally, *left),
                  tally_group_name(sorted_tally, *right));
}

static struct numbers
number_groups(const struct tally *tally, const struct tally_part *const *parts,
              size_t count)
{
    size_t groups = tally_group_count(tally);
    struct numbers numbers = numbers_new(groups);
    for (size_t i = 0; i < count; i++)
        numbers.of[parts[i]->group] = 1;
    for (uint32_t i = 0; i < groups; i++)
        if (numbers.of[i] != 0)
            numbers.list[numbers.count++] = i;
    sorted_tally = tally;
    if (numbers.count > 0)
        qsort(numbers.list, numbers.count, sizeof *numbers.list, by_group_name);
    for (uint32_t i = 0; i < numbers.count; i++)
        numbers.of[numbers.list[i]] = i;
    return numbers;
}

static void
put_names(struct out *out, const struct tally *tally,
          const struct numbers *labels, const struct numbers *groups)
{
    put(out, labels->count);
    for (uint32_t i = 0; i < labels->count; i++) {
        const char *name = tally_label_name(tally, labels->list[i]);
        size_t length = strlen(name);
        put(out, length << 1 | tally_is_transaction(tally, labels->list[i]));
        put_bytes(out, name, length);
    }
    put(out, groups->count);
    for (uint32_t i = 0; i < groups->count; i++) {
        const char *name = tally_group_name(tally, groups->list[i]);
        put(out, strlen(name));
        put_bytes(out, name, strlen(name));
    }
}

static int
by_origin(const void *a, const void *b)
{
    const struct tally_threads *left = a, *right = b;
    return (left->origin > right->origin) - (left->origin < right->origin);
}

static void
put_threads(struct out *out, const struct tally_part *part,
            const uint64_t *origins)
{
    put(out, part->origins);
    if (part->origins == 0)
        return;
    size_t size = part->origins * sizeof *part->threads;
    struct tally_threads *threads = malloc(size);
    if (threads == NULL)
        abort();
    memcpy(threads, part->threads, size);
    qsort(threads, part->origins, sizeof *threads, by_origin);
    uint64_t at = 0;
    for (uint32_t i = 0; i < part->origins; i++) {
        while (origins[at] != threads[i].origin)
            at++;
        put(out, at);
        put(out, threads[i].most);
    }
    free(threads);
}

/* The times that are whole milliseconds, or all others, in units. */
static void
put_times(struct out *out, const struct count *times, size_t count,
          bool wants_whole)
{
    uint64_t last = 0, distinct = 0;
    for (size_t i = 0; i < count; i++)
        distinct += counts_is_whole(times[i].ns) == wants_whole;
    put(out, distinct);
    for (size_t i = 0; i < count; i++) {
        if (counts_is_whole(times[i].ns) != wants_whole)
            continue;
        uint64_t time =
            (uint64_t)(wants_whole ? times[i].ns / MS : times[i].ns);
        put(out, (time - last) << 1 | (times[i].count > 1));
        if (times[i].count > 1)
            put(out, times[i].count - 2);
        last = time + 1;
    }
}

static void
put_part(struct out *out, const struct tally_part *part, int64_t unit,
         const uint64_t *origins)
{
    size_t count;
    const struct counts *counts = &part->counts;
    struct count *times = counts_sum(&counts, 1, &count);
    put(out, part->failed);
    put(out, (uint64_t)((part->first_start_ns - part->second * SECOND) / unit));
    put(out, (uint64_t)((part->last_start_ns - part->first_start_ns) / unit));
    put(out, (uint64_t)((part->last_end_ns - part->last_start_ns) / unit));
    put_threads(out, part, origins);
    put_times(out, times, count, true);
    if (counts->others != NULL)
        put_times(out, times, count, false);
    else
        put(out, 0);
    free(times);
}

static void
put_parts(struct out *out, const struct tally_part *const *parts, size_t count,
          const struct numbers *labels, const struct numbers *groups,
          int64_t unit, const uint64_t *origins)
{
    uint32_t label = 0;
    int64_t second = 0;
    put(out, count);
    for (size_t i = 0; i < count; i++) {
        uint32_t own = labels->of[parts[i]->label];
        put(out, own - label);
        if (own != label)
            second = 0;
        put_signed(out, parts[i]->second - second);
        put(out, groups->of[parts[i]->group]);
        put_part(out, parts[i], unit, origins);
        label = own;
        second = parts[i]->second;
    }
}

char *
digest_make(const struct findings *findings, size_t *size)
{
    struct out out = {0};
    size_t count, origin_count;
    const struct tally *tally = findings->tally;
    const struct tally_part *const *parts = tally_parts(tally, &count);
    uint64_t *origins = list_origins(parts, count, &origin_count);
    struct numbers labels = number_labels(tally, parts, count);
    struct numbers groups = number_groups(tally, parts, count);
    bool whole_ms = is_whole_ms(parts, count);
    put_bytes(&out, MAGIC, MAGIC_SIZE);
    put(&out, VERSION);
    put(&out, (findings->lacks_failed ? FLAG_LACKS_FAILED : 0u) |
                  (whole_ms ? FLAG_WHOLE_MS : 0u));
    put(&out, findings->model);
    put(&out, findings->dropped);
    put(&out, findings->left_out);
    put_text(&out, findings->version);
    put_text(&out, findings->left_out > 0 ? findings->left_out_what : NULL);
    put_origins(&out, origins, origin_count);
    put_names(&out, tally, &labels, &groups);
    put_parts(&out, parts, count, &labels, &groups, whole_ms ? MS : 1, origins);
    struct sha256_ctx sum;
    uint8_t sha256[SHA256_DIGEST_SIZE];
    sha256_init(&sum);
    sha256_update(&sum, out.size, out.bytes);
    sha256_digest(&sum, sizeof sha256, sha256);
    put_bytes(&out, sha256, sizeof sha256);
    free(origins);
    free(labels.of);
    free(labels.list);
    free(groups.of);
    free(groups.list);
    *size = out.size;
    return (char *)out.bytes;
}
