/*
 * Names of rows.  Room results/.  One place a hash: what meets there takes
 * turns.
 */
#include "results/name_cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Of the length, the first and the last eight bytes. */
static size_t
place_of(struct field field)
{
    uint64_t first, last;
    if (field.length < 8) {
        /* what follows the name is not of it */
        unsigned char bytes[8] = {0};
        memcpy(bytes, field.text, field.length);
        memcpy(&first, bytes, sizeof first);
        last = first;
    } else {
        memcpy(&first, field.text, sizeof first);
        memcpy(&last, field.text + field.length - 8, sizeof last);
    }
    uint64_t hash = (first ^ field.length) * 0x9e3779b97f4a7c15u;
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
    struct name_entry *entry = &cache->entry[place_of(field)];
    if (entry->bytes != NULL && entry->length == field.length &&
        memcmp(entry->bytes, field.text, field.length) == 0) {
        *number = entry->number;
        return true;
    }
    if (!find_slowly(field, number_of, tally, number))
        return false;
    entry->bytes = realloc(entry->bytes, field.length + 1);
    if (entry->bytes == NULL)
        abort(); /* not reached: memory.c ends the program first */
    memcpy(entry->bytes, field.text, field.length);
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
