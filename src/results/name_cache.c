/*
 * Names of rows.  Room results/.  One place a hash: what meets there takes
 * turns.
 */
#include "results/name_cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static inline uint64_t
eight_bytes(const char *text)
{
    uint64_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    return bytes;
}

/* The first and the last eight bytes of a name; of a short one those that there
   are, twice. */
static inline void
ends_of(struct field field, uint64_t *first, uint64_t *last)
{
    uint32_t low, high;
    if (field.length >= 8) {
        *first = eight_bytes(field.text);
        *last = eight_bytes(field.text + field.length - 8);
        return;
    }
    /* what follows the name is not of it */
    if (field.length >= 4) {
        memcpy(&low, field.text, sizeof low);
        memcpy(&high, field.text + field.length - 4, sizeof high);
        *first = *last = (uint64_t)high << 32 | low;
        return;
    }
    *first = 0;
    for (size_t i = 0; i < field.length; i++)
        *first = *first << 8 | (unsigned char)field.text[i];
    *last = *first;
}

static inline size_t
place_of(uint64_t first, uint64_t last, size_t length)
{
    uint64_t hash = (first ^ length) * 0x9e3779b97f4a7c15u;
    hash = (hash ^ hash >> 29 ^ last) * 0xbf58476d1ce4e5b9u;
    return hash >> 54;
}

_Static_assert(NAME_CACHE == 1 << 10, "the hash has ten bits");

bool
name_is_utf8(struct field field)
{
    const char *at = field.text, *end = at + field.length;
    uint32_t code;
    while (at < end) {
        unsigned bytes =
            (unsigned char)*at < 0x80 ? 1 : text_decode(at, end, &code);
        if (bytes == 0)
            return false;
        at += bytes;
    }
    return true;
}

static bool
find_slowly(struct field field, name_number *number_of, struct tally *tally,
            uint32_t *number)
{
    char name[2 * NAME_MOST + 2];
    if (field.length > sizeof name)
        return false;
    size_t length = field_undo(field, name);
    if (length > NAME_MOST || !name_is_utf8((struct field){name, length}))
        return false;
    *number = number_of(tally, name, length);
    return true;
}

/* Whether a name of more than 16 bytes has those of an entry of its length
   between its ends. */
static inline bool
is_same_within(const char *bytes, struct field field)
{
    size_t end = field.length - 16;
    if (field.length > 32)
        return memcmp(bytes + 8, field.text + 8, field.length - 16) == 0;
    return eight_bytes(bytes + 8) == eight_bytes(field.text + 8) &&
           eight_bytes(bytes + end) == eight_bytes(field.text + end);
}

bool
name_find(struct name_cache *cache, struct field field, name_number *number_of,
          struct tally *tally, uint32_t *number)
{
    uint64_t first, last;
    ends_of(field, &first, &last);
    struct name_entry *entry =
        &cache->entry[place_of(first, last, field.length)];
    if (entry->bytes != NULL && entry->length == field.length &&
        entry->first == first && entry->last == last &&
        (field.length <= 16 || is_same_within(entry->bytes, field))) {
        *number = entry->number;
        return true;
    }
    if (!find_slowly(field, number_of, tally, number))
        return false;
    entry->bytes = realloc(entry->bytes, field.length + 1);
    if (entry->bytes == NULL)
        abort(); /* not reached: memory.c ends the program first */
    memcpy(entry->bytes, field.text, field.length);
    entry->first = first;
    entry->last = last;
    entry->length = field.length;
    entry->number = *number;
    return true;
}

void
name_cache_free(struct name_cache *cache)
{
    for (size_t i = 0; i < NAME_CACHE; i++)
        free(cache->entry[i].bytes);
}
