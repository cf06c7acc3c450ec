/*
 * Missing glyphs: a box in the place of a character would be a lie, so a text
 * that the fonts cannot show is an error of the input.  The pages know no
 * places; the character is looked up in the files that were read.
 */
#include "render/glyphs.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"

/* The characters reported so far. */
struct found {
    uint32_t *codes;
    size_t count, room;
};

static bool
is_new(struct arena *arena, struct found *found, uint32_t code)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->codes[i] == code)
            return false;
    found->codes = arena_grow(arena, found->codes, found->count, &found->room,
                              sizeof *found->codes);
    found->codes[found->count++] = code;
    return true;
}

/* Line and column of an offset in a file. */
static struct place
place_of(const struct source *source, const char *text, size_t offset)
{
    struct place place = {source, 1, 1, 1};
    const char *end = text + source->size;
    for (size_t i = 0; i < offset;) {
        uint32_t code = 0;
        unsigned bytes = text_decode(text + i, end, &code);
        if (bytes == 0)
            bytes = 1;
        bool ends_line =
            code == '\n' ||
            (code == '\r' && (i + 1 == source->size || text[i + 1] != '\n'));
        place.column++;
        if (ends_line) {
            place.line++;
            place.column = 1;
        }
        i += bytes;
    }
    return place;
}

/* The first place of some bytes in the files of a season; line 0 where they
   do not stand, as when an escape made the character. */
static struct place
find_bytes(const struct season *season, const char *bytes, size_t length)
{
    for (size_t i = 0; i < season->source_count; i++) {
        const struct source *source = season->sources[i];
        const char *text = source_text(source);
        const char *at =
            text ? memmem(text, source->size, bytes, length) : NULL;
        if (at)
            return place_of(source, text, (size_t)(at - text));
    }
    return (struct place){0};
}

/* Reports the characters of one line of text that have glyph 0. */
static bool
check_line(struct arena *arena, const struct season *season,
           const struct text_line *line, struct found *found, struct diag *diag)
{
    const struct shaped *shaped = line->shaped;
    bool complete = true;
    for (size_t i = line->first; i < line->last; i++) {
        const char *s = shaped->text + shaped->glyphs[i].cluster;
        uint32_t code = 0;
        unsigned bytes = text_decode(s, shaped->text + shaped->length, &code);
        if (shaped->glyphs[i].id != 0 || bytes == 0)
            continue;
        complete = false;
        if (is_new(arena, found, code))
            diag_add(diag, DIAG_NO_GLYPH, find_bytes(season, s, bytes),
                     arena_format(arena, "U+%04X", code),
                     arena_copy(arena, shaped->text, shaped->length), NULL);
    }
    return complete;
}

bool
glyphs_check(struct arena *arena, const struct plan *plan,
             const struct display *display, struct diag *diag)
{
    struct found found = {0};
    bool complete = true;
    for (size_t i = 0; i < display->page_count; i++) {
        const struct display_page *page = &display->pages[i];
        for (size_t k = 0; k < page->item_count; k++)
            if (page->items[k].kind == ITEM_TEXT &&
                page->items[k].line.shaped->missing)
                complete &= check_line(arena, plan->report->season,
                                       &page->items[k].line, &found, diag);
    }
    return complete;
}
