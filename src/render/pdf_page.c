/*
 * From the display list to the operators of a page (ISO 32000-1, 8 and 9):
 * texts as placed glyphs, shapes as paths, all of it marked as contents of the
 * tags that are open.  Decides nothing.
 */
#include "render/pdf_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define PT_PER_MM (72 / 25.4)
#define PLACES 2 /* decimals of a point: 3.5 micrometres */
/* How far a quarter of a circle's control points stand, of its radius. */
#define QUARTER 0.5522847498

/* A page being drawn, and what was set last. */
struct pen {
    const struct display *display;
    struct pdf_font *const *fonts;
    struct pdf_structure *structure;
    struct pdf_bytes *out;
    bool is_marked;
    int font; /* role, -1 for none */
    double size_pt, width_pt;
    int fill, stroke; /* colours, -1 for none */
    struct code *codes;
    size_t room;
};

/* One glyph of a line. */
struct code {
    unsigned cid;
    int width;  /* [em / 1000] as the font says */
    float x, y; /* [em] offset */
    float advance;
};

static double
across(double x_mm)
{
    return x_mm * PT_PER_MM;
}

static double
up(const struct pen *pen, double y_mm)
{
    return (pen->display->height_mm - y_mm) * PT_PER_MM;
}

static void
put_point(const struct pen *pen, struct point point)
{
    pdf_put_number(pen->out, across(point.x), PLACES);
    pdf_put_string(pen->out, " ");
    pdf_put_number(pen->out, up(pen, point.y), PLACES);
    pdf_put_string(pen->out, " ");
}

static void
put_colour(const struct pen *pen, unsigned rgb, const char *set)
{
    for (int shift = 16; shift >= 0; shift -= 8) {
        pdf_put_number(pen->out, (rgb >> shift & 0xff) / 255.0, 3);
        pdf_put_string(pen->out, " ");
    }
    pdf_put_string(pen->out, set);
}

static void
set_fill(struct pen *pen, unsigned rgb)
{
    if (pen->fill == (int)rgb)
        return;
    pen->fill = (int)rgb;
    put_colour(pen, rgb, "rg\n");
}

static void
set_stroke(struct pen *pen, unsigned rgb, double width_pt)
{
    if (pen->stroke != (int)rgb)
        put_colour(pen, rgb, "RG\n");
    pen->stroke = (int)rgb;
    if (pen->width_pt < width_pt || pen->width_pt > width_pt) {
        pdf_put_number(pen->out, width_pt, PLACES);
        pdf_put_string(pen->out, " w\n");
        pen->width_pt = width_pt;
    }
}

/* --- marks ---------------------------------------------------------------- */

static void
end_mark(struct pen *pen)
{
    if (pen->is_marked)
        pdf_put_string(pen->out, "EMC\n");
    pen->is_marked = false;
}

/* What is drawn next, in a box, belongs to the innermost tag. */
static void
mark(struct pen *pen, struct box box)
{
    size_t number;
    bool is_new;
    const char *tag = pdf_structure_mark(pen->structure, box, &number, &is_new);
    if (!is_new)
        return;
    end_mark(pen);
    pdf_put_format(pen->out, "/%s<</MCID %zu>>BDC\n", tag, number);
    pen->is_marked = true;
}

/* --- texts ---------------------------------------------------------------- */

static void
reserve(struct pen *pen, size_t count)
{
    if (count <= pen->room)
        return;
    pen->room = 2 * count;
    pen->codes = arena_array(pen->display->arena, pen->room, struct code);
}

/* The end of a glyph's cluster in the text. */
static size_t
cluster_end(const struct shaped *shaped, size_t next)
{
    return next < shaped->glyph_count ? shaped->glyphs[next].cluster
                                      : shaped->length;
}

/* Makes the codes of a line; whether a reader finds its text by them. */
static bool
make_codes(struct pen *pen, const struct text_line *line)
{
    const struct shaped *shaped = line->shaped;
    bool is_read = true;
    reserve(pen, line->last - line->first + 1);
    for (size_t i = line->first; i < line->last; i++) {
        const struct glyph *glyph = &shaped->glyphs[i];
        size_t next = i + 1;
        while (next < shaped->glyph_count &&
               shaped->glyphs[next].cluster == glyph->cluster)
            next++;
        /* more than one glyph for some text: no one of them stands for it */
        if (next > i + 1)
            is_read = false;
        struct code *code = &pen->codes[i - line->first];
        code->cid = pdf_font_use(
            pen->fonts[shaped->role], glyph->id, shaped->text + glyph->cluster,
            cluster_end(shaped, next) - glyph->cluster, &code->width, &is_read);
        code->x = glyph->x;
        code->y = glyph->y;
        code->advance = glyph->advance;
    }
    return is_read;
}

/* A blank behind count codes: nothing to be seen, but words that stand apart
   are read apart. */
static bool
add_blank(struct pen *pen, enum font_role role, size_t count, bool is_read)
{
    const struct shaped *blank =
        fonts_shape(pen->display->fonts, role, " ", 1, false);
    struct code *code = &pen->codes[count];
    *code = (struct code){.advance = blank->glyphs[0].advance};
    code->cid = pdf_font_use(pen->fonts[role], blank->glyphs[0].id, " ", 1,
                             &code->width, &is_read);
    return is_read;
}

/* A byte of a string (7.3.4.2). */
static void
put_byte(struct pdf_bytes *out, unsigned byte)
{
    char text[2] = {'\\', (char)byte};
    if (byte == '\r')
        text[1] = 'r';
    bool is_plain = byte != '(' && byte != ')' && byte != '\\' && byte != '\r';
    pdf_put(out, text + is_plain, 2 - (size_t)is_plain);
}

static void
put_code(struct pdf_bytes *out, unsigned cid)
{
    put_byte(out, cid >> 8 & 255);
    put_byte(out, cid & 255);
}

/* Glyphs follow one another by their widths; where the layout wants another
   place, by half a thousandth or more, a number moves them there. */
static void
put_codes(struct pen *pen, size_t count, double size_pt)
{
    struct pdf_bytes *out = pen->out;
    double at = 0, wanted = 0; /* [em / 1000] */
    float rise = 0;
    pdf_put_string(out, "[(");
    for (size_t i = 0; i < count; i++) {
        const struct code *code = &pen->codes[i];
        if (code->y < rise || code->y > rise) {
            rise = code->y;
            pdf_put_string(out, ")]TJ ");
            pdf_put_number(out, (double)rise * size_pt, PLACES);
            pdf_put_string(out, " Ts[(");
        }
        double back = round(at - wanted - (double)code->x * 1000);
        if (back < 0 || back > 0) {
            pdf_put_string(out, ")");
            pdf_put_number(out, back, 0);
            pdf_put_string(out, "(");
            at -= back;
        }
        put_code(out, code->cid);
        at += code->width;
        wanted += (double)code->advance * 1000;
    }
    pdf_put_string(out, rise < 0 || rise > 0 ? ")]TJ 0 Ts" : ")]TJ");
}

/* The text itself, where its glyphs are read as another. */
static void
put_actual_text(struct pen *pen, const struct item *item)
{
    const struct shaped *shaped = item->line.shaped;
    size_t from = shaped->glyphs[item->line.first].cluster;
    const char *text =
        arena_format(pen->display->arena, "%.*s%s",
                     (int)(cluster_end(shaped, item->line.last) - from),
                     shaped->text + from, item->spaced ? " " : "");
    pdf_put_string(pen->out, "/Span<</ActualText");
    pdf_put_text(pen->out, text, strlen(text));
    pdf_put_string(pen->out, ">>BDC\n");
}

static void
draw_text(struct pen *pen, const struct item *item)
{
    const struct text_line *line = &item->line;
    const struct shaped *shaped = line->shaped;
    struct pdf_bytes *out = pen->out;
    size_t count = line->last - line->first;
    double size = item->style.size_pt, em = size * MM_PER_PT;
    if (count == 0)
        return;
    mark(pen, (struct box){item->start.x, item->start.y - TEXT_ASCENT * em,
                           line->width_mm, (TEXT_ASCENT + TEXT_DESCENT) * em});
    bool is_read = make_codes(pen, line);
    if (item->spaced)
        is_read = add_blank(pen, shaped->role, count++, is_read);
    set_fill(pen, item->style.rgb);
    if (!is_read)
        put_actual_text(pen, item);
    pdf_put_string(out, "BT ");
    if (pen->font != (int)shaped->role || pen->size_pt < size ||
        pen->size_pt > size) {
        pdf_put_format(out, "/F%d ", (int)shaped->role);
        pdf_put_number(out, size, PLACES);
        pdf_put_string(out, " Tf ");
        pen->font = (int)shaped->role;
        pen->size_pt = size;
    }
    put_point(pen, item->start);
    pdf_put_string(out, "Td");
    put_codes(pen, count, size);
    pdf_put_string(out, " ET\n");
    if (!is_read)
        pdf_put_string(out, "EMC\n");
}

/* --- shapes --------------------------------------------------------------- */

static void
put_rectangle(const struct pen *pen, const struct point *points)
{
    struct point corner = {points[0].x, points[1].y};
    put_point(pen, corner);
    pdf_put_number(pen->out, across(points[1].x - points[0].x), PLACES);
    pdf_put_string(pen->out, " ");
    pdf_put_number(pen->out, across(points[1].y - points[0].y), PLACES);
    pdf_put_string(pen->out, " re ");
}

/* Four curves from the right, downwards. */
static void
put_circle(const struct pen *pen, struct point centre, double radius)
{
    static const double points[][2] = {
        {1,        QUARTER },
        {QUARTER,  1       },
        {0,        1       },
        {-QUARTER, 1       },
        {-1,       QUARTER },
        {-1,       0       },
        {-1,       -QUARTER},
        {-QUARTER, -1      },
        {0,        -1      },
        {QUARTER,  -1      },
        {1,        -QUARTER},
        {1,        0       }
    };
    put_point(pen, (struct point){centre.x + radius, centre.y});
    pdf_put_string(pen->out, "m ");
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        put_point(pen, (struct point){centre.x + radius * points[i][0],
                                      centre.y + radius * points[i][1]});
        if (i % 3 == 2)
            pdf_put_string(pen->out, "c ");
    }
    pdf_put_string(pen->out, "h ");
}

static void
put_path(const struct pen *pen, const struct item *item)
{
    const struct point *points = item->points;
    if (item->shape == SHAPE_RECT) {
        put_rectangle(pen, points);
        return;
    }
    if (item->shape == SHAPE_CIRCLE) {
        put_circle(pen, points[0],
                   hypot(points[1].x - points[0].x, points[1].y - points[0].y));
        return;
    }
    for (size_t i = 0; i < item->point_count; i++) {
        bool starts = i == 0 || (item->shape == SHAPE_SEGMENTS && i % 2 == 0);
        put_point(pen, points[i]);
        pdf_put_string(pen->out, starts ? "m " : "l ");
    }
    if (item->shape == SHAPE_POLYGON)
        pdf_put_string(pen->out, "h ");
}

static struct box
box_of(const struct item *item)
{
    const struct point *points = item->points;
    if (item->shape == SHAPE_CIRCLE) {
        double radius =
            hypot(points[1].x - points[0].x, points[1].y - points[0].y);
        return (struct box){points[0].x - radius, points[0].y - radius,
                            2 * radius, 2 * radius};
    }
    double left = points[0].x, right = left, top = points[0].y, bottom = top;
    for (size_t i = 1; i < item->point_count; i++) {
        left = fmin(left, points[i].x);
        right = fmax(right, points[i].x);
        top = fmin(top, points[i].y);
        bottom = fmax(bottom, points[i].y);
    }
    return (struct box){left, top, right - left, bottom - top};
}

static void
put_dash(const struct pen *pen, double dash_mm)
{
    pdf_put_string(pen->out, "[");
    pdf_put_number(pen->out, across(dash_mm), PLACES);
    pdf_put_string(pen->out, "]");
    pdf_put_number(pen->out, across(dash_mm) / 2, PLACES);
    pdf_put_string(pen->out, " d\n");
}

static void
draw_shape(struct pen *pen, const struct item *item)
{
    bool fills = item->fill != NO_COLOUR, strokes = item->stroke != NO_COLOUR;
    if (item->point_count == 0 || (!fills && !strokes))
        return;
    mark(pen, box_of(item));
    if (fills)
        set_fill(pen, (unsigned)item->fill);
    if (strokes)
        set_stroke(pen, (unsigned)item->stroke, item->stroke_pt);
    if (strokes && item->dash_mm > 0)
        put_dash(pen, item->dash_mm);
    put_path(pen, item);
    pdf_put_string(pen->out, !strokes ? "f\n" : fills ? "B\n" : "S\n");
    if (strokes && item->dash_mm > 0)
        pdf_put_string(pen->out, "[]0 d\n");
}

static void
draw_logo(struct pen *pen, struct box place)
{
    mark(pen, place);
    pdf_put_string(pen->out, "q ");
    pdf_put_number(pen->out, across(place.width), PLACES);
    pdf_put_string(pen->out, " 0 0 ");
    pdf_put_number(pen->out, across(place.height), PLACES);
    pdf_put_string(pen->out, " ");
    put_point(pen, (struct point){place.x, place.y + place.height});
    pdf_put_string(pen->out, "cm /Logo Do Q\n");
}

void
pdf_page_draw(const struct display *display, size_t page,
              struct pdf_font *const fonts[FONT_ROLES],
              struct pdf_structure *structure, struct pdf_bytes *content)
{
    struct pen pen = {.display = display,
                      .fonts = fonts,
                      .structure = structure,
                      .out = content,
                      .font = -1,
                      .fill = -1,
                      .stroke = -1};
    pdf_structure_page(structure, page);
    for (size_t i = 0; i < display->pages[page].item_count; i++) {
        const struct item *item = &display->pages[page].items[i];
        switch (item->kind) {
        case ITEM_NONE:
            break;
        case ITEM_OPEN:
            end_mark(&pen);
            pdf_structure_open(structure, item);
            break;
        case ITEM_CLOSE:
            end_mark(&pen);
            pdf_structure_close(structure);
            break;
        case ITEM_TEXT:
            draw_text(&pen, item);
            break;
        case ITEM_SHAPE:
            draw_shape(&pen, item);
            break;
        case ITEM_LOGO:
            draw_logo(&pen, item->place);
            break;
        }
    }
    end_mark(&pen);
}
