/*
 * The link bar: document/chart.h in millimetres.  Solid is proven, grey
 * carried without a proof, hatched expected, the outlined box the target, the
 * triangle the past.
 */
#include "render/page_parts.h"

#define HATCH_STEP_MM 0.9
#define HATCH_PT 0.7
#define POINT_MM 1.8 /* length of a pointed end */
#define OPEN_MM 3.6  /* of the open end of what is not pushed to its limit */
#define LEAST_GAP_MM 0.5

static struct paint
filled(unsigned rgb)
{
    return (struct paint){(int)rgb, NO_COLOUR, 0, 0};
}

static struct paint
outlined(unsigned fill, unsigned stroke, double width_pt)
{
    return (struct paint){(int)fill, (int)stroke, width_pt, 0};
}

/* What a test carried that proves no capacity: between the solid of what is
   proven and the pale of what is stale, in print too. */
static struct paint
inconclusive_fill(const struct look *look)
{
    return outlined(look->rgb[COLOUR_BOX], look->rgb[COLOUR_PROVEN], 0.7);
}

/* A part of a bar from x0 to x1, with a pointed end where the value lies
   beyond the axis. */
static void
part(struct layout *layout, double x0, double x1, double top, double height,
     bool is_beyond, struct paint paint)
{
    if (x1 <= x0)
        return;
    if (!is_beyond) {
        display_rect(layout->display, (struct box){x0, top, x1 - x0, height},
                     paint);
        return;
    }
    struct point outline[] = {
        {x0,            top             },
        {x1,            top             },
        {x1 + POINT_MM, top + height / 2},
        {x1,            top + height    },
        {x0,            top + height    }
    };
    display_shape(layout->display, SHAPE_POLYGON, outline, 5, paint);
}

static void
draw_forecast(struct layout *layout, double x0, double x1, double top,
              double height, bool is_beyond)
{
    const struct look *look = &layout->look;
    if (x1 <= x0)
        return;
    display_rect(layout->display, (struct box){x0, top, x1 - x0, height},
                 filled(WHITE));
    display_hatch(layout->display, (struct box){x0, top, x1 - x0, height},
                  look->rgb[COLOUR_PROVEN], HATCH_PT, HATCH_STEP_MM);
    part(layout, x0, x1, top, height, is_beyond,
         (struct paint){NO_COLOUR, (int)look->rgb[COLOUR_PROVEN], 0.6, 0});
}

static void
draw_triangle(struct layout *layout, double x, double top, double height,
              double size)
{
    struct point triangle[] = {
        {x,               top + height + 0.15       },
        {x - 0.55 * size, top + height + 0.15 + size},
        {x + 0.55 * size, top + height + 0.15 + size}
    };
    display_shape(layout->display, SHAPE_POLYGON, triangle, 3,
                  filled(layout->look.rgb[COLOUR_BASELINE]));
}

/* The open, arrowed end of a bar that says "at least". */
static void
draw_open_end(struct layout *layout, double x, double top, double height)
{
    struct point arrow[] = {
        {x,            top + 0.1         },
        {x + OPEN_MM,  top + height / 2  },
        {x,            top + height - 0.1}
    };
    display_shape(layout->display, SHAPE_POLYGON, arrow, 3,
                  outlined(WHITE, layout->look.rgb[COLOUR_PROVEN], 0.9));
}

void
bar_draw(struct layout *layout, const struct bar *bar, double x, double top,
         double height, double unit)
{
    const struct look *look = &layout->look;
    unsigned proven = look->rgb[COLOUR_PROVEN];
    double measured = x + bar->measured * unit, target = x + unit;
    struct box box = {x, top, unit, height};
    if (bar->look == BAR_UNTESTED) {
        display_rect(layout->display, box,
                     (struct paint){NO_COLOUR, (int)proven, 0.7, 1});
    } else {
        if (bar->measured < 1) /* else it is all behind the solid part */
            display_rect(layout->display, box,
                         outlined(WHITE, look->rgb[COLOUR_BOX], 0.5));
        if (bar->look == BAR_STALE)
            part(layout, x, measured, top, height, bar->measured_beyond,
                 outlined(look->rgb[COLOUR_STALE], proven, 0.7));
        else if (bar->look == BAR_INCONCLUSIVE)
            part(layout, x, measured, top, height, bar->measured_beyond,
                 inconclusive_fill(look));
        else
            part(layout, x, measured, top, height, bar->measured_beyond,
                 filled(proven));
        if (bar->look == BAR_INCONCLUSIVE && !bar->measured_beyond)
            draw_open_end(layout, measured, top, height);
    }
    double end = measured;
    if (bar->has_forecast && bar->forecast > bar->measured) {
        end = x + bar->forecast * unit;
        draw_forecast(layout, measured, end, top, height, bar->forecast_beyond);
    }
    if (bar->has_gap && end < target) {
        if (target - end < LEAST_GAP_MM)
            end = target - LEAST_GAP_MM; /* the least that can be seen */
        /* the outline stands inside, so that a narrow gap stays in its place */
        double inset = 0.6 * MM_PER_PT;
        if (target - end < 3 * inset)
            inset = (target - end) / 3;
        display_rect(layout->display,
                     (struct box){end + inset, top + inset,
                                  target - end - 2 * inset, height - 2 * inset},
                     outlined(look->rgb[COLOUR_BAD_TINT], look->rgb[COLOUR_BAD],
                              2 * inset / MM_PER_PT));
    }
    if (bar->has_baseline)
        draw_triangle(layout, x + bar->baseline * unit, top, height,
                      height < 3 ? 1.15 : 1.4);
}

void
legend_sample_draw(struct layout *layout, enum legend_sample sample, double x,
                   double top, double width, double height)
{
    const struct look *look = &layout->look;
    unsigned proven = look->rgb[COLOUR_PROVEN];
    struct box box = {x, top, width, height};
    double middle = x + width / 2;
    switch (sample) {
    case LEGEND_PROVEN:
        display_rect(layout->display, box, filled(proven));
        break;
    case LEGEND_FORECAST:
        draw_forecast(layout, x, x + width, top, height, false);
        break;
    case LEGEND_GAP:
        display_rect(
            layout->display, box,
            outlined(look->rgb[COLOUR_BAD_TINT], look->rgb[COLOUR_BAD], 1.2));
        break;
    case LEGEND_STALE:
        display_rect(layout->display, box,
                     outlined(look->rgb[COLOUR_STALE], proven, 0.7));
        break;
    case LEGEND_UNTESTED:
        display_rect(layout->display, box,
                     (struct paint){NO_COLOUR, (int)proven, 0.7, 1});
        break;
    case LEGEND_INCONCLUSIVE:
        /* with the thin box up to the target, as it stands behind such bars */
        display_rect(layout->display, box,
                     outlined(WHITE, look->rgb[COLOUR_BOX], 0.5));
        display_rect(layout->display,
                     (struct box){x, top, width - OPEN_MM - 0.5, height},
                     inconclusive_fill(look));
        draw_open_end(layout, x + width - OPEN_MM - 0.5, top, height);
        break;
    case LEGEND_TARGET: {
        /* the box of the target, and the line that it ends at */
        double end = x + width - 0.6;
        struct point line[] = {
            {end, top - 0.3         },
            {end, top + height + 0.3}
        };
        display_rect(layout->display,
                     (struct box){x, top, end - x, height},
                     outlined(WHITE, look->rgb[COLOUR_BOX], 0.5));
        display_shape(
            layout->display, SHAPE_SEGMENTS, line, 2,
            (struct paint){NO_COLOUR, (int)look->rgb[COLOUR_INK], 1.4, 0});
        break;
    }
    case LEGEND_BASELINE:
        draw_triangle(layout, middle, top, height / 2 - 0.85, 1.4);
        break;
    }
}
