/*
 * The numbers of labels and groups by the bytes that rows have for them, so
 * that a name is undone, checked and looked up in the tally but once.  Each
 * worker has its own.
 */
#ifndef HEADROOM_RESULTS_NAME_CACHE_H
#define HEADROOM_RESULTS_NAME_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "results/field.h"
#include "results/tally.h"

#define NAME_MOST 1000 /* [bytes] of a name */
#define NAME_CACHE 1024

struct name_cache {
    struct name_entry {
        char *bytes;          /* as rows have it; NULL: free */
        uint64_t first, last; /* eight of them */
        size_t length;
        uint32_t number;
    } entry[NAME_CACHE];
};

typedef uint32_t name_number(struct tally *tally, const char *name,
                             size_t length);

/* The number of a name by tally_label(), tally_group() or tally_transaction();
   quotes around it are undone.  False when it is not UTF-8 or too long.*/
bool name_find(struct name_cache *cache, struct field field,
               name_number *number_of, struct tally *tally, uint32_t *number);
void name_cache_free(struct name_cache *cache);

/* Whether the bytes are valid UTF-8. */
bool name_is_utf8(struct field field);

#endif
