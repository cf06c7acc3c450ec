/*
 * The geometry of a display list, checked before anything is drawn: a text
 * that runs over its cell is an error of layout, never a cut.
 */
#include "render/display.h"

#include <stdlib.h>

#include "base/arena.h"

#define TOLERANCE_MM 0.06

static const char *
item_text(struct arena *arena, const struct item *item)
{
    if (item->kind == ITEM_LOGO)
        return "the logo";
    const struct shaped *shaped = item->line.shaped;
    size_t from = shaped->glyphs[item->line.first].cluster;
    size_t to = item->line.last < shaped->glyph_count
                    ? shaped->glyphs[item->line.last].cluster
                    : shaped->length;
    return arena_copy(arena, shaped->text + from, to - from);
}

/* The box of a text: the em around its line. */
static struct box
item_box(const struct item *item)
{
    if (item->kind == ITEM_LOGO)
        return item->place;
    double em = item->style.size_pt * MM_PER_PT;
    return (struct box){item->start.x, item->start.y - TEXT_ASCENT * em,
                        item->line.width_mm, (TEXT_ASCENT + TEXT_DESCENT) * em};
}

static bool
holds(struct box outer, struct box inner)
{
    return inner.x >= outer.x - TOLERANCE_MM &&
           inner.y >= outer.y - TOLERANCE_MM &&
           inner.x + inner.width <= outer.x + outer.width + TOLERANCE_MM &&
           inner.y + inner.height <= outer.y + outer.height + TOLERANCE_MM;
}

static bool
overlap(struct box a, struct box b)
{
    return a.x + a.width > b.x + TOLERANCE_MM &&
           b.x + b.width > a.x + TOLERANCE_MM &&
           a.y + a.height > b.y + TOLERANCE_MM &&
           b.y + b.height > a.y + TOLERANCE_MM;
}

static int
by_top(const void *left, const void *right)
{
    const struct item *const *a = left, *const *b = right;
    double difference = item_box(*a).y - item_box(*b).y;
    return difference < 0 ? -1 : difference > 0;
}

static const char *
check_overlaps(const struct display *display, size_t number,
               const struct item **texts, size_t count)
{
    qsort(texts, count, sizeof *texts, by_top);
    for (size_t i = 0; i < count; i++) {
        struct box a = item_box(texts[i]);
        for (size_t k = i + 1; k < count; k++) {
            struct box b = item_box(texts[k]);
            if (b.y > a.y + a.height)
                break;
            if (overlap(a, b))
                return arena_format(display->arena,
                                    "page %zu: \"%s\" and \"%s\" overlap",
                                    number, item_text(display->arena, texts[i]),
                                    item_text(display->arena, texts[k]));
        }
    }
    return NULL;
}

/* The page without its margins. */
static struct box
inner_page(const struct display *display)
{
    double margin = display->margin_mm;
    return (struct box){margin, margin, display->width_mm - 2 * margin,
                        display->height_mm - 2 * margin};
}

static const char *
check_logo(const struct display *display, size_t number,
           const struct item *item)
{
    if (holds(inner_page(display), item->place))
        return NULL;
    return arena_format(display->arena,
                        "page %zu: the logo stands in the margin", number);
}

static const char *
check_text(const struct display *display, size_t number,
           const struct item *item)
{
    struct box box = item_box(item);
    if (!holds(item->cell, box) || !holds(inner_page(display), box))
        return arena_format(display->arena,
                            "page %zu: \"%s\" is %.1f mm wide and does not fit "
                            "its place, %.1f by %.1f mm",
                            number, item_text(display->arena, item),
                            item->line.width_mm, item->cell.width,
                            item->cell.height);
    return NULL;
}

static const char *
check_shape(const struct display *display, size_t number,
            const struct item *item)
{
    for (size_t i = 0; i < item->point_count; i++) {
        struct point point = item->points[i];
        /* written so that NaN fails */
        if (!(point.x >= 0 && point.x <= display->width_mm && point.y >= 0 &&
              point.y <= display->height_mm))
            return arena_format(display->arena,
                                "page %zu: a shape leaves the page", number);
    }
    return NULL;
}

/* The open tags of a page: which hold texts, and which other tags. */
struct tags {
    struct {
        bool texts, tags;
    } hold[TAGS_DEEP + 1]; /* by depth */
};

/* A tag that holds both is read by some without its texts. */
static const char *
check_tags(const struct display *display, size_t number, struct tags *tags,
           size_t depth, const struct item *item)
{
    if (item->kind == ITEM_OPEN) {
        tags->hold[depth - 1].tags = true;
        tags->hold[depth].texts = tags->hold[depth].tags = false;
    } else if (item->kind == ITEM_TEXT) {
        tags->hold[depth].texts = true;
    }
    const size_t at = item->kind == ITEM_OPEN ? depth - 1 : depth;
    if (tags->hold[at].texts && tags->hold[at].tags)
        return arena_format(display->arena,
                            "page %zu: a tag holds texts beside other tags",
                            number);
    return NULL;
}

static const char *
check_page(const struct display *display, size_t index)
{
    const struct display_page *page = &display->pages[index];
    const struct item **texts =
        arena_array(display->arena, page->item_count + 1, const struct item *);
    struct tags tags = {0};
    size_t count = 0, depth = 0;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &page->items[i];
        const char *why = NULL;
        if (item->kind == ITEM_NONE)
            continue;
        if (item->kind == ITEM_OPEN && ++depth > TAGS_DEEP)
            why = "tags are too deep";
        else if (item->kind == ITEM_CLOSE && depth-- == 0)
            return "a tag is closed that was not open";
        else if (item->kind != ITEM_OPEN && item->kind != ITEM_CLOSE &&
                 depth == 0)
            why = arena_format(display->arena,
                               "page %zu: something stands outside all tags",
                               index + 1);
        else if (item->kind == ITEM_TEXT)
            why = check_text(display, index + 1, item);
        else if (item->kind == ITEM_SHAPE)
            why = check_shape(display, index + 1, item);
        else if (item->kind == ITEM_LOGO)
            why = check_logo(display, index + 1, item);
        if (why == NULL)
            why = check_tags(display, index + 1, &tags, depth, item);
        if (why)
            return why;
        if (item->kind == ITEM_TEXT || item->kind == ITEM_LOGO)
            texts[count++] = item;
    }
    if (depth != 0)
        return "a tag is left open";
    return check_overlaps(display, index + 1, texts, count);
}

const char *
display_check(const struct display *display)
{
    for (size_t i = 0; i < display->page_count; i++) {
        const char *why = check_page(display, i);
        if (why)
            return why;
    }
    return NULL;
}
