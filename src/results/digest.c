/*
 * Making and reading digests.  Room results/.  What is in a tally is tally.c's
 * business.  A digest that is read may come from anywhere: nothing in it is
 * believed, and nothing of it counts before its checksum was met.
 */
#include "results/digest.h"

#include <stdlib.h>
#include <string.h>

#include <nettle/sha2.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/file.h"
#include "results/form.h"
#include "results/name_cache.h"
#include "results/readers.h"

#define MAGIC "headroom digest\n"
#define MAGIC_SIZE (sizeof MAGIC - 1)
#define VERSION 1
#define MS ((int64_t)1000000)
#define SECOND ((int64_t)1000000000)
#define TEXT_MOST 200
#define BUFFER 65536

enum { FLAG_LACKS_FAILED = 2, FLAG_WHOLE_MS = 4 };
#define FLAGS 6u

/* --- making -----------------------------------------------------------------
 */

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

/* --- reading ----------------------------------------------------------------
 */

struct in {
    struct input *input;
    struct sha256_ctx sum;
    unsigned char *bytes;
    size_t at, size, summed;
    bool is_cut;
    bool is_bad; /* says what no digest says */
};

/* One more byte; 0 at the end, which is then noted. */
static unsigned char
take_byte(struct in *in)
{
    if (in->at == in->size) {
        sha256_update(&in->sum, in->at - in->summed, in->bytes + in->summed);
        in->size = input_read(in->input, (char *)in->bytes, BUFFER);
        in->at = in->summed = 0;
        if (in->size == 0) {
            in->is_cut = true;
            return 0;
        }
    }
    return in->bytes[in->at++];
}

static void
take_bytes(struct in *in, char *to, size_t size)
{
    for (size_t i = 0; i < size; i++)
        to[i] = (char)take_byte(in);
}

/* A number of at most most; 0 and a note where it is none. */
static uint64_t
take(struct in *in, uint64_t most)
{
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        unsigned char byte = take_byte(in);
        uint64_t bits = byte & 0x7f;
        if (shift == 63 && bits > 1)
            break;
        number |= bits << shift;
        if (byte < 0x80) {
            if (number <= most)
                return number;
            break;
        }
    }
    in->is_bad = true;
    return 0;
}

static bool
is_sound(const struct in *in)
{
    return !in->is_cut && !in->is_bad;
}

static const char *
take_text(struct in *in, struct arena *arena)
{
    char text[TEXT_MOST];
    size_t length = (size_t)take(in, TEXT_MOST);
    if (length == 0)
        return NULL;
    take_bytes(in, text, length - 1);
    if (!name_is_utf8((struct field){text, length - 1}) ||
        memchr(text, '\0', length - 1) != NULL)
        in->is_bad = true;
    return arena_copy(arena, text, length - 1);
}

/* What a digest says before its parts. */
struct head {
    struct findings findings; /* but for the tally */
    int64_t unit;
    uint64_t *origins; /* to be freed */
    size_t origin_count;
    uint32_t *labels, *groups; /* in the tally; to be freed */
    size_t label_count, group_count;
};

static void *
widen(void *list, size_t count, size_t size)
{
    /* doubles at powers of two, so that what is said costs what is there */
    if (count != 0 && (count & (count - 1)) != 0)
        return list;
    list = realloc(list, (count == 0 ? 1 : count * 2) * size);
    if (list == NULL)
        abort();
    return list;
}

static void
take_origins(struct in *in, struct head *head)
{
    size_t count = (size_t)take(in, UINT32_MAX);
    for (size_t i = 0; i < count && is_sound(in); i++) {
        uint64_t origin = 0;
        for (unsigned j = 0; j < 8; j++)
            origin |= (uint64_t)take_byte(in) << 8 * j;
        head->origins = widen(head->origins, i, sizeof *head->origins);
        if (i > 0 && head->origins[i - 1] >= origin)
            in->is_bad = true;
        head->origins[head->origin_count++] = origin;
    }
}

static size_t
take_name(struct in *in, char *name, size_t length)
{
    take_bytes(in, name, length);
    if (!name_is_utf8((struct field){name, length}) ||
        memchr(name, '\0', length) != NULL)
        in->is_bad = true;
    return length;
}

static void
take_labels(struct in *in, struct head *head, struct tally *tally)
{
    char name[NAME_MOST];
    size_t count = (size_t)take(in, UINT32_MAX);
    for (size_t i = 0; i < count && is_sound(in); i++) {
        uint64_t said = take(in, NAME_MOST << 1 | 1);
        size_t length = take_name(in, name, (size_t)(said >> 1));
        head->labels = widen(head->labels, i, sizeof *head->labels);
        head->labels[head->label_count++] =
            said & 1 ? tally_transaction(tally, name, length)
                     : tally_label(tally, name, length);
    }
}

static void
take_groups(struct in *in, struct head *head, struct tally *tally)
{
    char name[NAME_MOST];
    size_t count = (size_t)take(in, UINT32_MAX);
    for (size_t i = 0; i < count && is_sound(in); i++) {
        size_t length = take_name(in, name, (size_t)take(in, NAME_MOST));
        head->groups = widen(head->groups, i, sizeof *head->groups);
        head->groups[head->group_count++] = tally_group(tally, name, length);
    }
}

static void
take_threads(struct in *in, const struct head *head, struct tally_part *part)
{
    size_t count = (size_t)take(in, head->origin_count);
    for (size_t i = 0; i < count && is_sound(in); i++) {
        size_t origin = (size_t)take(in, head->origin_count - 1);
        uint32_t most = (uint32_t)take(in, UINT32_MAX);
        if (is_sound(in) && most > 0)
            tally_part_threads(part, head->origins[origin], most);
    }
}

/* Adds the times of one kind to a part; returns how many samples they are. */
static uint64_t
take_times(struct in *in, struct tally_part *part, bool is_whole)
{
    const uint64_t end = is_whole ? COUNTS_WHOLE_END : TALLY_MOST_NS + 1;
    uint64_t distinct = take(in, end), next = 0, samples = 0;
    for (uint64_t i = 0; i < distinct && is_sound(in); i++) {
        uint64_t said = take(in, UINT64_MAX >> 1);
        uint64_t count = said & 1 ? take(in, UINT64_MAX >> 2) + 2 : 1;
        uint64_t time = next + (said >> 1);
        if (said >> 1 > end || time >= end ||
            samples + count > UINT64_MAX >> 1) {
            in->is_bad = true;
            break;
        }
        int64_t ns = (int64_t)time * (is_whole ? MS : 1);
        if (counts_is_whole(ns) != is_whole) {
            in->is_bad = true;
            break;
        }
        counts_add(&part->counts, ns, count);
        samples += count;
        next = time + 1;
    }
    return samples;
}

static void
take_part(struct in *in, const struct head *head, struct tally *tally,
          uint32_t label, int64_t second)
{
    uint64_t most = (uint64_t)(TALLY_MOST_NS / head->unit);
    size_t group = (size_t)take(in, head->group_count - 1);
    uint64_t failed = take(in, UINT64_MAX >> 1);
    int64_t first = (int64_t)take(in, (uint64_t)(SECOND / head->unit) - 1);
    int64_t last = (int64_t)take(in, (uint64_t)(SECOND / head->unit) - 1);
    int64_t end = (int64_t)take(in, most);
    if (!is_sound(in))
        return;
    struct tally_part figures = {.failed = failed};
    figures.first_start_ns = second * SECOND + first * head->unit;
    figures.last_start_ns = figures.first_start_ns + last * head->unit;
    figures.last_end_ns = figures.last_start_ns + end * head->unit;
    struct tally_part *part =
        tally_part(tally, head->labels[label], head->groups[group],
                   tally_depth(tally) == TALLY_SECONDS ? second : 0);
    take_threads(in, head, part);
    figures.samples = take_times(in, part, true);
    figures.samples += take_times(in, part, false);
    if (figures.samples == 0 || failed > figures.samples)
        in->is_bad = true;
    tally_part_add(part, &figures);
}

static void
take_parts(struct in *in, const struct head *head, struct tally *tally)
{
    const int64_t most = TALLY_MOST_NS / SECOND - 4; /* the ends fit, too */
    uint64_t count = take(in, UINT64_MAX >> 1);
    uint64_t label = 0;
    int64_t second = 0;
    if (count > 0 && (head->label_count == 0 || head->group_count == 0))
        in->is_bad = true;
    for (uint64_t i = 0; i < count && is_sound(in); i++) {
        uint64_t step = take(in, UINT32_MAX);
        uint64_t distance = take(in, (uint64_t)most * 4 + 1);
        if (step > 0)
            second = 0;
        label += step;
        second += (int64_t)(distance >> 1) ^ -(int64_t)(distance & 1);
        if (label >= head->label_count || second > most || second < -most)
            in->is_bad = true;
        if (is_sound(in))
            take_part(in, head, tally, (uint32_t)label, second);
    }
}

static bool
checksum_is_met(struct in *in)
{
    uint8_t own[SHA256_DIGEST_SIZE], said[SHA256_DIGEST_SIZE];
    sha256_update(&in->sum, in->at - in->summed, in->bytes + in->summed);
    sha256_digest(&in->sum, sizeof own, own);
    in->summed = in->at;
    take_bytes(in, (char *)said, sizeof said);
    if (in->is_cut || memcmp(own, said, sizeof own) != 0)
        return false;
    take_byte(in);
    return in->is_cut; /* nothing follows */
}

bool
digest_is_it(const char *head, size_t size)
{
    return size >= MAGIC_SIZE && memcmp(head, MAGIC, MAGIC_SIZE) == 0;
}

/* Brings what a digest says beside its tally into the findings. */
static void
take_findings(struct findings *into, const struct findings *from)
{
    into->model = from->model;
    into->lacks_failed |= from->lacks_failed;
    into->dropped += from->dropped;
    into->left_out += from->left_out;
    into->version = from->version;
    into->left_out_what = from->left_out_what;
}

static void
take_digest(struct in *in, struct head *head, struct arena *arena,
            struct tally *tally)
{
    struct findings *findings = &head->findings;
    uint64_t flags = take(in, FLAGS);
    in->is_bad |= (flags & ~(uint64_t)FLAGS) != 0;
    findings->lacks_failed = flags & FLAG_LACKS_FAILED;
    head->unit = flags & FLAG_WHOLE_MS ? MS : 1;
    findings->model = (enum load_model)take(in, LOAD_OPEN);
    findings->dropped = take(in, UINT64_MAX >> 1);
    findings->left_out = take(in, UINT64_MAX >> 1);
    findings->version = take_text(in, arena);
    findings->left_out_what = take_text(in, arena);
    take_origins(in, head);
    take_labels(in, head, tally);
    take_groups(in, head, tally);
    take_parts(in, head, tally);
}

bool
digest_read(struct input *input, struct findings *findings)
{
    struct in in = {.input = input};
    struct head head = {.unit = 1};
    struct place place = {input_source(input), 1, 1, 1};
    char magic[MAGIC_SIZE];
    in.bytes = arena_alloc(findings->arena, BUFFER);
    sha256_init(&in.sum);
    findings->first = place;
    take_bytes(&in, magic, sizeof magic);
    uint64_t version = take(&in, UINT32_MAX);
    if (is_sound(&in) && version != VERSION) {
        diag_add(findings->diag, DIAG_RESULTS_REFUSED, place,
                 arena_format(findings->arena, "a digest of version %llu",
                              (unsigned long long)version),
                 "this headroom knows version 1", NULL);
        return false;
    }
    /* nothing counts before the checksum is met */
    struct tally *tally = tally_like(findings->tally);
    take_digest(&in, &head, findings->arena, tally);
    bool is_good = is_sound(&in) && checksum_is_met(&in);
    if (is_good) {
        take_findings(findings, &head.findings);
        tally_merge(findings->tally, tally);
    } else {
        diag_add(findings->diag, DIAG_RESULTS_FORM, place, "a sound digest",
                 "it was changed or cut off", NULL);
    }
    tally_free(tally);
    free(head.origins);
    free(head.labels);
    free(head.groups);
    return is_good;
}
