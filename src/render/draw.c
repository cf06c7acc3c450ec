/*
 * From the display list to cairo: texts as placed glyphs with the characters
 * they stand for, shapes as paths, tags as structure.  Decides nothing.
 */
#include "render/draw.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"

#define PT_PER_MM (72 / 25.4)

/* A page being drawn; arrays grow to the longest line and are used again. */
struct pen {
    cairo_t *context;
    const struct display *display;
    cairo_glyph_t *glyphs;
    cairo_text_cluster_t *clusters;
    size_t room;
    const char *tags[TAGS_DEEP]; /* the open ones */
    size_t depth;
    int font; /* role set last, -1 for none */
    double size_pt;
    bool has_colour;
    unsigned rgb;
};

static void
set_colour(struct pen *pen, unsigned rgb)
{
    if (pen->has_colour && pen->rgb == rgb)
        return;
    pen->has_colour = true;
    pen->rgb = rgb;
    cairo_set_source_rgb(pen->context, (rgb >> 16 & 0xff) / 255.0,
                         (rgb >> 8 & 0xff) / 255.0, (rgb & 0xff) / 255.0);
}

static void
set_font(struct pen *pen, struct text_style style)
{
    if (pen->font != (int)style.font) {
        cairo_set_font_face(pen->context,
                            fonts_face(pen->display->fonts, style.font));
        pen->font = (int)style.font;
    }
    if (pen->size_pt < style.size_pt || pen->size_pt > style.size_pt) {
        cairo_set_font_size(pen->context, style.size_pt);
        pen->size_pt = style.size_pt;
    }
}

static void
reserve(struct pen *pen, size_t count)
{
    if (count <= pen->room)
        return;
    struct arena *arena = pen->display->arena;
    pen->room = 2 * count;
    pen->glyphs = arena_array(arena, pen->room, cairo_glyph_t);
    pen->clusters = arena_array(arena, pen->room, cairo_text_cluster_t);
}

/* The end of a glyph's cluster in the text. */
static size_t
cluster_end(const struct shaped *shaped, size_t next)
{
    return next < shaped->glyph_count ? shaped->glyphs[next].cluster
                                      : shaped->length;
}

/* Adds a blank behind count glyphs: nothing to be seen, but words that stand
   apart are read apart.  Returns the text with it. */
static const char *
add_blank(struct pen *pen, const struct item *item, const char *text,
          size_t length, size_t count, size_t clusters, double x, double y)
{
    const struct shaped *blank =
        fonts_shape(pen->display->fonts, item->style.font, " ", 1, false);
    pen->glyphs[count] =
        (cairo_glyph_t){fonts_glyph(pen->display->fonts, item->style.font,
                                    blank->glyphs[0].id),
                        x, y};
    pen->clusters[clusters] = (cairo_text_cluster_t){1, 1};
    return arena_format(pen->display->arena, "%.*s ", (int)length, text);
}

static void
draw_text(struct pen *pen, const struct item *item)
{
    const struct text_line *line = &item->line;
    const struct shaped *shaped = line->shaped;
    size_t count = line->last - line->first, clusters = 0;
    if (count == 0)
        return;
    reserve(pen, count + 1);
    double size = item->style.size_pt, x = item->start.x * PT_PER_MM,
           y = item->start.y * PT_PER_MM;
    for (size_t i = 0; i < count; i++) {
        const struct glyph *glyph = &shaped->glyphs[line->first + i];
        pen->glyphs[i] = (cairo_glyph_t){
            fonts_glyph(pen->display->fonts, shaped->role, glyph->id),
            x + (double)glyph->x * size, y - (double)glyph->y * size};
        x += (double)glyph->advance * size;
        if (i > 0 && glyph->cluster == glyph[-1].cluster) {
            pen->clusters[clusters - 1].num_glyphs++;
            continue;
        }
        size_t next = line->first + i + 1;
        while (next < shaped->glyph_count &&
               shaped->glyphs[next].cluster == glyph->cluster)
            next++;
        pen->clusters[clusters++] = (cairo_text_cluster_t){
            (int)(cluster_end(shaped, next) - glyph->cluster), 1};
    }
    size_t from = shaped->glyphs[line->first].cluster;
    size_t to = cluster_end(shaped, line->last);
    const char *text = shaped->text + from;
    size_t length = to - from;
    if (item->spaced)
        text = add_blank(pen, item, text, length++, count++, clusters++, x, y);
    set_colour(pen, item->style.rgb);
    set_font(pen, item->style);
    cairo_show_text_glyphs(pen->context, text, (int)length, pen->glyphs,
                           (int)count, pen->clusters, (int)clusters, 0);
}

static void
trace(cairo_t *context, const struct item *item)
{
    const struct point *points = item->points;
    cairo_new_path(context);
    if (item->shape == SHAPE_RECT) {
        cairo_rectangle(context, points[0].x * PT_PER_MM,
                        points[0].y * PT_PER_MM,
                        (points[1].x - points[0].x) * PT_PER_MM,
                        (points[1].y - points[0].y) * PT_PER_MM);
        return;
    }
    if (item->shape == SHAPE_CIRCLE) {
        double radius =
            hypot(points[1].x - points[0].x, points[1].y - points[0].y);
        cairo_arc(context, points[0].x * PT_PER_MM, points[0].y * PT_PER_MM,
                  radius * PT_PER_MM, 0, 2 * acos(-1));
        cairo_close_path(context);
        return;
    }
    for (size_t i = 0; i < item->point_count; i++) {
        bool starts = i == 0 || (item->shape == SHAPE_SEGMENTS && i % 2 == 0);
        (starts ? cairo_move_to : cairo_line_to)(
            context, points[i].x * PT_PER_MM, points[i].y * PT_PER_MM);
    }
    if (item->shape == SHAPE_POLYGON)
        cairo_close_path(context);
}

static void
draw_shape(struct pen *pen, const struct item *item)
{
    cairo_t *context = pen->context;
    trace(context, item);
    if (item->fill != NO_COLOUR) {
        set_colour(pen, (unsigned)item->fill);
        if (item->stroke == NO_COLOUR)
            cairo_fill(context);
        else
            cairo_fill_preserve(context);
    }
    if (item->stroke == NO_COLOUR)
        return;
    set_colour(pen, (unsigned)item->stroke);
    cairo_set_line_width(context, item->stroke_pt);
    double dash = item->dash_mm * PT_PER_MM;
    if (item->dash_mm > 0)
        cairo_set_dash(context, &dash, 1, dash / 2);
    cairo_stroke(context);
    if (item->dash_mm > 0)
        cairo_set_dash(context, NULL, 0, 0);
}

static void
draw_logo(struct pen *pen, const struct box *place, cairo_surface_t *logo)
{
    cairo_t *context = pen->context;
    cairo_save(context);
    cairo_translate(context, place->x * PT_PER_MM, place->y * PT_PER_MM);
    cairo_scale(
        context, place->width * PT_PER_MM / cairo_image_surface_get_width(logo),
        place->height * PT_PER_MM / cairo_image_surface_get_height(logo));
    cairo_set_source_surface(context, logo, 0, 0);
    cairo_paint(context);
    cairo_restore(context);
}

/* The paper itself: cairo keeps a region of what was drawn, and one rectangle
   below everything keeps that simple (a fifth of the time on full pages). */
static void
draw_paper(struct pen *pen)
{
    set_colour(pen, 0xffffff);
    cairo_rectangle(pen->context, 0, 0, pen->display->width_mm * PT_PER_MM,
                    pen->display->height_mm * PT_PER_MM);
    cairo_fill(pen->context);
}

void
draw_page(cairo_t *context, const struct display *display,
          const struct display_page *page, cairo_surface_t *logo)
{
    struct pen pen = {.context = context, .display = display, .font = -1};
    bool has_paper = false;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &page->items[i];
        switch (item->kind) {
        case ITEM_NONE:
            break;
        case ITEM_OPEN:
            assert(pen.depth < TAGS_DEEP); /* display_check() saw to it */
            pen.tags[pen.depth++] = item->tag;
            cairo_tag_begin(context, item->tag, item->attributes);
            /* within a tag that holds content, as everything drawn */
            if (!has_paper && page->items[i + 1].kind != ITEM_OPEN) {
                draw_paper(&pen);
                has_paper = true;
            }
            break;
        case ITEM_CLOSE:
            cairo_tag_end(context, pen.tags[--pen.depth]);
            break;
        case ITEM_TEXT:
            draw_text(&pen, item);
            break;
        case ITEM_SHAPE:
            draw_shape(&pen, item);
            break;
        case ITEM_LOGO:
            draw_logo(&pen, &item->place, logo);
            break;
        }
    }
}
