/*
 * The marks of the six states, drawn as paths: no font has them all, and they
 * must be told apart without colour.
 */
#include <math.h>

#include "render/page_parts.h"

/* The mark being drawn: its square, and how far shares of it reach. */
struct mark {
    struct layout *layout;
    double x, y, size;
};

static struct point
at(const struct mark *mark, double x, double y)
{
    return (struct point){mark->x + x * mark->size, mark->y + y * mark->size};
}

static void
stroke(const struct mark *mark, enum shape_kind kind,
       const struct point *points, size_t count, unsigned rgb, double width_pt)
{
    display_shape(mark->layout->display, kind, points, count,
                  (struct paint){NO_COLOUR, (int)rgb, width_pt, 0});
}

static void
mark_short(const struct mark *mark)
{
    struct box box = {mark->x, mark->y, mark->size, mark->size};
    display_rect(mark->layout->display, box,
                 (struct paint){(int)mark->layout->look.rgb[COLOUR_BAD],
                                NO_COLOUR, 0, 0});
    struct point cross[] = {at(mark, .28, .28), at(mark, .72, .72),
                            at(mark, .72, .28), at(mark, .28, .72)};
    stroke(mark, SHAPE_SEGMENTS, cross, 4, WHITE, 1.5);
}

static void
mark_covered(const struct mark *mark)
{
    const struct look *look = &mark->layout->look;
    struct box box = {mark->x, mark->y, mark->size, mark->size};
    display_hatch(mark->layout->display, box, look->rgb[COLOUR_PROVEN], 0.6,
                  0.62);
    display_rect(
        mark->layout->display, box,
        (struct paint){NO_COLOUR, (int)look->rgb[COLOUR_PROVEN], 0.7, 0});
}

/* A question mark: a hook of a circle, its stem, its dot. */
static void
question(const struct mark *mark, unsigned rgb)
{
    struct point hook[12];
    const double pi = acos(-1);
    for (size_t i = 0; i < 10; i++) {
        double turn = -pi + (double)i * (pi * 1.42) / 9;
        hook[i] = at(mark, .5 + .17 * cos(turn), .36 + .17 * sin(turn));
    }
    hook[10] = at(mark, .5, .57);
    hook[11] = at(mark, .5, .64);
    stroke(mark, SHAPE_POLYLINE, hook, 12, rgb, 1.0);
    struct point dot[] = {at(mark, .5, .80), at(mark, .5, .86)};
    display_shape(mark->layout->display, SHAPE_CIRCLE, dot, 2,
                  (struct paint){(int)rgb, NO_COLOUR, 0, 0});
}

static void
mark_untested(const struct mark *mark)
{
    unsigned rgb = mark->layout->look.rgb[COLOUR_INK];
    struct box box = {mark->x, mark->y, mark->size, mark->size};
    display_rect(mark->layout->display, box,
                 (struct paint){NO_COLOUR, (int)rgb, 0.8, mark->size / 7});
    question(mark, rgb);
}

static void
mark_stale(const struct mark *mark)
{
    unsigned rgb = mark->layout->look.rgb[COLOUR_INK];
    struct point circle[] = {at(mark, .5, .5), at(mark, 1, .5)};
    stroke(mark, SHAPE_CIRCLE, circle, 2, rgb, 1.1);
    struct point hands[] = {at(mark, .5, .2), at(mark, .5, .54),
                            at(mark, .74, .62)};
    stroke(mark, SHAPE_POLYLINE, hands, 3, rgb, 1.1);
}

static void
mark_inconclusive(const struct mark *mark)
{
    unsigned rgb = mark->layout->look.rgb[COLOUR_INK];
    struct point square[] = {at(mark, .86, 0), at(mark, 0, 0), at(mark, 0, 1),
                             at(mark, .86, 1)};
    stroke(mark, SHAPE_POLYLINE, square, 4, rgb, 1.1);
    struct point shaft[] = {at(mark, .22, .5), at(mark, .98, .5)};
    stroke(mark, SHAPE_SEGMENTS, shaft, 2, rgb, 1.1);
    struct point head[] = {at(mark, .7, .26), at(mark, 1, .5),
                           at(mark, .7, .74)};
    stroke(mark, SHAPE_POLYLINE, head, 3, rgb, 1.1);
}

static void
mark_met(const struct mark *mark)
{
    struct point tick[] = {at(mark, .06, .56), at(mark, .36, .86),
                           at(mark, .94, .14)};
    stroke(mark, SHAPE_POLYLINE, tick, 3, mark->layout->look.rgb[COLOUR_INK],
           1.5);
}

void
mark_draw(struct layout *layout, enum state state, double x, double y,
          double size_mm)
{
    static void (*const draw[STATES])(const struct mark *) = {
        [STATE_SHORT] = mark_short,
        [STATE_UNTESTED] = mark_untested,
        [STATE_STALE] = mark_stale,
        [STATE_INCONCLUSIVE] = mark_inconclusive,
        [STATE_COVERED] = mark_covered,
        [STATE_MET] = mark_met,
    };
    struct mark mark = {layout, x, y, size_mm};
    draw[state](&mark);
}
