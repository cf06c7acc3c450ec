/*
 * The arena: blocks of growing size, handed out from the front.  Out of memory
 * is memory.c's business; nothing here returns NULL.
 */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALIGNMENT 16u
#define FIRST_BLOCK ((size_t)64 * 1024)
#define LARGEST_BLOCK ((size_t)4 * 1024 * 1024)

struct block {
    struct block *next;
    size_t size, used; /* of the bytes behind this head */
};
/* What is handed out starts at a multiple of ALIGNMENT behind the head. */
#define HEAD ((sizeof(struct block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT)

/* A piece that came from outside. */
struct adopted {
    struct adopted *next;
    void *piece;
};

struct arena {
    struct block *blocks; /* the newest first */
    struct adopted *adopted;
    size_t next_size;
};

struct arena *
arena_new(void)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL)
        abort(); /* not reached: memory.c ends the program first */
    arena->next_size = FIRST_BLOCK;
    return arena;
}

void
arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    for (struct adopted *item = arena->adopted; item; item = item->next)
        free(item->piece);
    for (struct block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

static struct block *
block_new(size_t size)
{
    /* calloc: the system hands out large blocks as zero pages at no cost */
    struct block *block = calloc(1, HEAD + size);
    if (block == NULL)
        abort();
    block->size = size;
    return block;
}

void *
arena_alloc(struct arena *arena, size_t size)
{
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct block *block = arena->blocks;
    if (size > LARGEST_BLOCK / 4) {
        /* a block of its own, behind the one that is being filled */
        struct block *own = block_new(size);
        own->used = size;
        if (block) {
            own->next = block->next;
            block->next = own;
        } else {
            arena->blocks = own;
        }
        return (char *)own + HEAD;
    }
    if (block == NULL || block->size - block->used < size) {
        while (arena->next_size < size)
            arena->next_size *= 2;
        block = block_new(arena->next_size);
        block->next = arena->blocks;
        arena->blocks = block;
        if (arena->next_size < LARGEST_BLOCK)
            arena->next_size *= 2;
    }
    void *piece = (char *)block + HEAD + block->used;
    block->used += size;
    return piece;
}

void *
arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / 2 / size) {
        fputs("headroom: out of memory\n", stderr);
        exit(3);
    }
    return arena_alloc(arena, count * size);
}

void *
arena_grow(struct arena *arena, void *items, size_t count, size_t *room,
           size_t size)
{
    if (count < *room)
        return items;
    size_t larger = *room < 8 ? 8 : *room * 2;
    void *copy = arena_alloc_array(arena, larger, size);
    if (count > 0)
        memcpy(copy, items, count * size);
    *room = larger;
    return copy;
}

void
arena_adopt(struct arena *arena, void *piece)
{
    struct adopted *item = arena_alloc(arena, sizeof *item);
    item->piece = piece;
    item->next = arena->adopted;
    arena->adopted = item;
}

void
arena_release(struct arena *arena, void *piece)
{
    for (struct adopted *item = arena->adopted; item; item = item->next)
        if (item->piece == piece) {
            free(piece);
            item->piece = NULL;
            return;
        }
}

char *
arena_copy(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    memcpy(copy, text, length);
    return copy;
}

char *
arena_format_list(struct arena *arena, const char *format, va_list list)
{
    char small[256];
    va_list again;
    va_copy(again, list);
    int length = vsnprintf(small, sizeof small, format, list);
    char *text;
    if (length < 0) {
        text = arena_copy(arena, "", 0);
    } else if ((size_t)length < sizeof small) {
        text = arena_copy(arena, small, (size_t)length);
    } else {
        text = arena_alloc(arena, (size_t)length + 1);
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

char *
arena_format(struct arena *arena, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    char *text = arena_format_list(arena, format, list);
    va_end(list);
    return text;
}
