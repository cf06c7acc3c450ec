/*
 * The long lists of a season under construction.  Room: input.
 */
#include "input/draft.h"

#include <stdlib.h>

#include "base/arena.h"

void *
draft_grow(void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return list;
    *room = *room * 2 + 8;
    return realloc(list, *room * size); /* never NULL: base/memory.c */
}

void
draft_settle(struct draft *draft)
{
    arena_adopt(draft->reading.arena, draft->season->baselines);
    arena_adopt(draft->reading.arena, draft->season->results);
}
