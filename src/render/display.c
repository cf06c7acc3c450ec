/*
 * Building the display list.  Its check is display_check.c, drawing draw.c.
 */
#include "render/display.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

#define FIRST_ROOM 128 /* items of a short page */
#define HUNG_MM 0.2    /* a sign stands so near to what it belongs to */

struct display *
display_new(struct arena *arena, struct fonts *fonts, double width_mm,
            double height_mm, double margin_mm)
{
    struct display *display = arena_alloc(arena, sizeof *display);
    display->arena = arena;
    display->fonts = fonts;
    display->width_mm = width_mm;
    display->height_mm = height_mm;
    display->margin_mm = margin_mm;
    return display;
}

void
display_page(struct display *display, const char *label)
{
    display->pages =
        arena_grow(display->arena, display->pages, display->page_count,
                   &display->room, sizeof *display->pages);
    struct display_page *page = &display->pages[display->page_count++];
    memset(page, 0, sizeof *page);
    page->label = label;
    /* pages of a document are much alike: room for as much as on the last one
       keeps an arena, which takes nothing back, from growing lists in vain */
    size_t usual = FIRST_ROOM;
    if (display->page_count > 1)
        usual += page[-1].item_count;
    page->room = display->reserve + usual;
    page->items = arena_array(display->arena, page->room, struct item);
    page->item_count = display->reserve;
}

/* A new item at the end of the last page. */
static struct item *
add(struct display *display, enum item_kind kind)
{
    struct display_page *page = &display->pages[display->page_count - 1];
    page->items = arena_grow(display->arena, page->items, page->item_count,
                             &page->room, sizeof *page->items);
    struct item *item = &page->items[page->item_count++];
    memset(item, 0, sizeof *item);
    item->kind = kind;
    return item;
}

void
display_open(struct display *display, const char *tag, const char *alt)
{
    struct item *item = add(display, ITEM_OPEN);
    item->tag = tag;
    item->alt = alt;
}

void
display_close(struct display *display)
{
    add(display, ITEM_CLOSE);
}

void
display_open_link(struct display *display, const char *place)
{
    struct item *item = add(display, ITEM_OPEN);
    item->tag = "Link";
    item->tag_kind = TAG_LINK;
    item->goal = arena_copy(display->arena, place, strlen(place));
}

void
display_open_place(struct display *display, const char *place)
{
    struct item *item = add(display, ITEM_OPEN);
    item->tag = "Place";
    item->tag_kind = TAG_PLACE;
    item->goal = arena_copy(display->arena, place, strlen(place));
}

void
display_entry(struct display *display, const char *title, const char *place)
{
    display->entries =
        arena_grow(display->arena, display->entries, display->entry_count,
                   &display->entry_room, sizeof *display->entries);
    display->entries[display->entry_count++] =
        (struct display_entry){title, place, display->page_count - 1};
}

/* The text before the next item within the same tag, or NULL. */
static struct item *
text_before(const struct display *display)
{
    const struct display_page *page = &display->pages[display->page_count - 1];
    size_t i = page->item_count;
    while (i > 0 && page->items[i - 1].kind == ITEM_SHAPE)
        i--;
    return i > 0 && page->items[i - 1].kind == ITEM_TEXT ? &page->items[i - 1]
                                                         : NULL;
}

/* Whether a line that starts at x is another word than the text before it: not
   where a text was broken between two characters, nor where a sign hangs at a
   number. */
static bool
is_apart(const struct item *before, const struct text_line *line, double x,
         double baseline)
{
    if (before->line.shaped == line->shaped &&
        before->line.last <= line->first)
        return before->line.last < line->first;
    double end = before->start.x + before->line.width_mm;
    return fabs(x - end) > HUNG_MM || fabs(baseline - before->start.y) > HUNG_MM;
}

void
display_line(struct display *display, const struct text_line *line,
             struct text_style style, double x, double baseline,
             struct box cell)
{
    struct item *before = text_before(display);
    if (before && is_apart(before, line, x, baseline)) {
        const struct shaped *blank = fonts_shape(
            display->fonts, before->style.font, " ", 1, false);
        before->spaced = true;
        fonts_use(display->fonts, blank, 0, blank->glyph_count);
    }
    struct item *item = add(display, ITEM_TEXT);
    item->line = *line;
    item->style = style;
    item->start = (struct point){x, baseline};
    item->cell = cell;
    fonts_use(display->fonts, line->shaped, line->first, line->last);
}

void
display_shape(struct display *display, enum shape_kind kind,
              const struct point *points, size_t count, struct paint paint)
{
    struct point *copy = arena_array(display->arena, count, struct point);
    memcpy(copy, points, count * sizeof *copy);
    struct item *item = add(display, ITEM_SHAPE);
    item->shape = kind;
    item->points = copy;
    item->point_count = count;
    item->fill = paint.fill;
    item->stroke = paint.stroke;
    item->stroke_pt = paint.stroke_pt;
    item->dash_mm = paint.dash_mm;
}

void
display_logo(struct display *display, struct box box)
{
    add(display, ITEM_LOGO)->place = box;
}

void
display_rect(struct display *display, struct box box, struct paint paint)
{
    struct point corner[] = {
        {box.x,             box.y             },
        {box.x + box.width, box.y + box.height}
    };
    display_shape(display, SHAPE_RECT, corner, 2, paint);
}

void
display_rule(struct display *display, double x0, double x1, double y,
             unsigned rgb, double width_pt)
{
    struct point end[] = {
        {x0, y},
        {x1, y}
    };
    display_shape(display, SHAPE_SEGMENTS, end, 2,
                  (struct paint){NO_COLOUR, (int)rgb, width_pt, 0});
}

void
display_hatch(struct display *display, struct box box, unsigned rgb,
              double width_pt, double step_mm)
{
    /* The line of offset d runs from (x + d, bottom) up to the right; both ends
       are clipped to the box.  Offsets count from the page's edge, so that the
       parts of a bar hatch alike. */
    double bottom = box.y + box.height, step = step_mm * sqrt(2);
    double first = ceil((box.x - box.height) / step) * step - box.x;
    size_t room = (size_t)((box.width + box.height) / step + 3);
    struct point *points = arena_array(display->arena, 2 * room, struct point);
    size_t count = 0;
    for (double d = first; d < box.width && count + 2 <= 2 * room; d += step) {
        double from = d < 0 ? -d : 0;
        double to = d + box.height > box.width ? box.width - d : box.height;
        if (to - from < 0.05)
            continue;
        points[count++] = (struct point){box.x + d + from, bottom - from};
        points[count++] = (struct point){box.x + d + to, bottom - to};
    }
    if (count > 0)
        display_shape(display, SHAPE_SEGMENTS, points, count,
                      (struct paint){NO_COLOUR, (int)rgb, width_pt, 0});
}

static void
dump_item(const struct item *item, unsigned depth, FILE *stream)
{
    static const char *const shape[] = {"rect", "polygon", "polyline",
                                        "segments", "circle"};
    fprintf(stream, "%*s", (int)(2 * depth), "");
    if (item->kind == ITEM_OPEN) {
        fprintf(stream, "%s%s%s%s%s\n", item->tag, item->alt ? ": " : "",
                item->alt ? item->alt : "", item->goal ? " " : "",
                item->goal ? item->goal : "");
    } else if (item->kind == ITEM_TEXT) {
        const struct shaped *shaped = item->line.shaped;
        size_t from = shaped->glyphs[item->line.first].cluster;
        size_t to = item->line.last < shaped->glyph_count
                        ? shaped->glyphs[item->line.last].cluster
                        : shaped->length;
        fprintf(stream, "text %.2f %.2f  %.2f wide  %s %.1f pt #%06X  %.*s\n",
                item->start.x, item->start.y, item->line.width_mm,
                font_role_name[item->style.font], item->style.size_pt,
                item->style.rgb, (int)(to - from), shaped->text + from);
    } else if (item->kind == ITEM_SHAPE) {
        fprintf(stream, "%s", shape[item->shape]);
        for (size_t i = 0; i < item->point_count && i < 4; i++)
            fprintf(stream, " %.2f,%.2f", item->points[i].x, item->points[i].y);
        if (item->point_count > 4)
            fprintf(stream, " ... %zu points", item->point_count);
        if (item->fill != NO_COLOUR)
            fprintf(stream, "  fill #%06X", (unsigned)item->fill);
        if (item->stroke != NO_COLOUR)
            fprintf(stream, "  stroke #%06X %.1f pt%s", (unsigned)item->stroke,
                    item->stroke_pt, item->dash_mm > 0 ? " dashed" : "");
        fputc('\n', stream);
    } else if (item->kind == ITEM_LOGO) {
        fprintf(stream, "logo %.2f,%.2f %.2f by %.2f\n", item->place.x,
                item->place.y, item->place.width, item->place.height);
    }
}

void
display_dump(const struct display *display, FILE *stream)
{
    for (size_t i = 0; i < display->page_count; i++) {
        const struct display_page *page = &display->pages[i];
        fprintf(stream, "page %zu%s%s\n", i + 1, page->label ? ": " : "",
                page->label ? page->label : "");
        unsigned depth = 1;
        for (size_t k = 0; k < page->item_count; k++) {
            if (page->items[k].kind == ITEM_NONE)
                continue;
            if (page->items[k].kind == ITEM_CLOSE) {
                depth--;
                continue;
            }
            dump_item(&page->items[k], depth, stream);
            if (page->items[k].kind == ITEM_OPEN)
                depth++;
        }
    }
}
