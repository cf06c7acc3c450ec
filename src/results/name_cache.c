/*
 * Names of rows.  Room results/.  One place a hash: what meets there takes
 * turns.
 */
#include "results/name_cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* The first and the last eight bytes of a name; of a short one those that there
   are, twice. */
static inline void
ends_of(struct field field, uint64_t *first, uint64_t *last)
{
    if (field.length >= 8) {
        memcpy(first, field.text, sizeof *first);
        memcpy(last, field.text + field.length - 8, sizeof *last);
        return;
    }
    /* what follows the name is not of it */
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
        (field.length <= 16 ||
         memcmp(entry->bytes + 8, field.text + 8, field.length - 16) == 0)) {
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
