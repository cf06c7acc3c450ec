/*
 * A text that grows in the arena.  Room base/.  Each time the room is too small
 * it doubles; what stood in the smaller one stays with the arena.
 */
#include "base/growing.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"

void
growing_add(struct growing *growing, const char *piece, size_t length)
{
    if (growing->length + length + 1 > growing->room) {
        size_t room = (growing->length + length + 1) * 2;
        char *larger = arena_alloc(growing->arena, room);
        if (growing->length > 0)
            memcpy(larger, growing->text, growing->length);
        growing->text = larger;
        growing->room = room;
    }
    memcpy(growing->text + growing->length, piece, length);
    growing->length += length;
    growing->text[growing->length] = '\0';
}

void
growing_print(struct growing *growing, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    const char *piece = arena_format_list(growing->arena, format, list);
    va_end(list);
    growing_add(growing, piece, strlen(piece));
}

const char *
growing_text(const struct growing *growing)
{
    return growing->length > 0 ? growing->text : "";
}
