/*
 * Reading digests, which digest.c makes.  Room: results.  A digest may come
 * from anywhere: nothing in it is believed, and nothing of it counts before its
 * checksum was met.
 */
#include <stdlib.h>
#include <string.h>

#include <nettle/sha2.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/digest_form.h"
#include "results/file.h"
#include "results/form.h"
#include "results/name_cache.h"
#include "results/readers.h"

#define FLAGS (FLAG_LACKS_FAILED | FLAG_WHOLE_MS)
#define TEXT_MOST 200 /* [bytes] of a text, and one */
#define BUFFER 65536

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
