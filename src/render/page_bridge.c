/*
 * The way from usable to target: document/chart_bridge.h in millimetres.  A
 * waterfall that lies down: each part on a line of its own, beginning where the
 * one above ends, before the outlined box of the target.
 */
#include "render/page_parts.h"

#define HATCH_STEP_MM 0.9
#define HATCH_PT 0.7
#define LINE_MM 1.65     /* height of a part */
#define BETWEEN_MM 0.25  /* from one to the next */
#define LEAST_MM 0.5     /* the least that can be seen */
#define POINT_MM 1.2     /* length of a pointed end */

static void
draw_part(struct layout *layout, enum bridge_part part,
          const struct bridge_step *step, struct box box)
{
    const struct look *look = &layout->look;
    const int proven = (int)look->rgb[COLOUR_PROVEN];
    struct paint paint = {proven, NO_COLOUR, 0, 0};
    if (part == BRIDGE_GAP) {
        /* the outline stands inside, so that a gap ends at the target */
        double inset = 0.5 * MM_PER_PT;
        inset = inset < box.width / 3 ? inset : box.width / 3;
        box = (struct box){box.x + inset, box.y + inset, box.width - 2 * inset,
                           box.height - 2 * inset};
        paint = (struct paint){(int)look->rgb[COLOUR_BAD_TINT],
                               (int)look->rgb[COLOUR_BAD],
                               2 * inset / MM_PER_PT, 0};
    } else if (part != BRIDGE_USABLE) {
        display_rect(layout->display, box,
                     (struct paint){WHITE, NO_COLOUR, 0, 0});
        display_hatch(layout->display, box, look->rgb[COLOUR_PROVEN], HATCH_PT,
                      HATCH_STEP_MM);
        paint = (struct paint){NO_COLOUR, proven, 0.6, 0};
    }
    if (!step->beyond) {
        display_rect(layout->display, box, paint);
        return;
    }
    double end = box.x + box.width, bottom = box.y + box.height;
    struct point outline[] = {
        {box.x,          box.y                 },
        {end,            box.y                 },
        {end + POINT_MM, box.y + box.height / 2},
        {end,            bottom                },
        {box.x,          bottom                }
    };
    display_shape(layout->display, SHAPE_POLYGON, outline, 5, paint);
}

/* From the end of a part down to where the next one begins. */
static void
draw_step_down(struct layout *layout, double x, double y)
{
    struct point line[] = {
        {x, y             },
        {x, y + BETWEEN_MM}
    };
    display_shape(layout->display, SHAPE_SEGMENTS, line, 2,
                  (struct paint){NO_COLOUR,
                                 (int)layout->look.rgb[COLOUR_PROVEN], 0.5, 0});
}

void
bridge_draw(struct layout *layout, const struct bridge *bridge, double x,
            double centre, double unit)
{
    size_t count = 0, drawn = 0;
    for (size_t i = 0; i < BRIDGE_PARTS; i++)
        count += bridge->parts[i].there;
    if (count == 0)
        count = 1; /* nothing usable, and no gap that could be seen */
    double height = (double)count * (LINE_MM + BETWEEN_MM) - BETWEEN_MM;
    double y = centre - height / 2;
    display_rect(layout->display, (struct box){x, y, unit, height},
                 (struct paint){WHITE, (int)layout->look.rgb[COLOUR_BOX], 0.5,
                                0});
    for (size_t i = 0; i < BRIDGE_PARTS; i++) {
        const struct bridge_step *step = &bridge->parts[i];
        if (!step->there)
            continue;
        double from = x + step->from * unit, to = x + step->to * unit;
        if (to - from < LEAST_MM && i == BRIDGE_GAP)
            from = to - LEAST_MM;
        else if (to - from < LEAST_MM)
            to = from + LEAST_MM;
        draw_part(layout, (enum bridge_part)i, step,
                  (struct box){from, y, to - from, LINE_MM});
        y += LINE_MM;
        if (++drawn < count)
            draw_step_down(layout, to, y);
        y += BETWEEN_MM;
    }
}
