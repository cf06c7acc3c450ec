/*
 * The charts of a load test: document/chart_ramp.h in millimetres.  What the
 * steps carried above, the latency below, one axis of the load for both; the
 * lines are named beside them.
 */
#include <math.h>

#include "base/arena.h"
#include "render/page_parts.h"

#define AXIS_NAME_MM 4.9 /* above a panel */
#define TICKS_MM 3.6     /* below the lower panel: the numbers of the axis */
#define LOAD_NAME_MM 3.6 /* and its name */
#define BETWEEN_MM 2.2   /* between the panels */
#define UPPER_SHARE 0.55 /* of the height that both have */
#define LABEL_GAP_MM 1.2 /* from a number to its panel */
#define NAME_GAP_MM 2.2  /* from a panel, where points stand out, to a name */
#define NAME_STEP_MM 3.3 /* from a line of words to the next */
#define BELOW_MM 2.0     /* names of lines may reach below their panel */
#define TICK_GAP_MM 2.0  /* least distance of two numbers of an axis */
#define OUT_MM 3.0       /* numbers may stand out to the right */
#define POINT_MM 0.7     /* radius of a point */
#define RING_MM 1.25     /* and of the ring around the one that counts */
#define ABOVE_GAP_MM 1.5 /* from the middle of a mark to the number above */

/* A panel, and where shares of its axes lie. */
struct pane {
    struct layout *layout;
    double x0, x1, top, bottom;
};

static double
at_x(const struct pane *pane, double share)
{
    return pane->x0 + share * (pane->x1 - pane->x0);
}

static double
at_y(const struct pane *pane, double share)
{
    return pane->bottom - share * (pane->bottom - pane->top);
}

static struct text_style
number_style(const struct layout *layout)
{
    return layout_style(layout, FONT_REGULAR, SIZE_SMALL, COLOUR_SECONDARY);
}

static struct text_style
word_style(const struct layout *layout)
{
    return layout_style(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK);
}

static int
colour(const struct layout *layout, enum colour name)
{
    return (int)layout->look.rgb[name];
}

/* --- points and lines -------------------------------------------------- */

static void
draw_cross(struct layout *layout, double x, double y, enum colour name)
{
    const double arm = 1.3 * POINT_MM;
    struct point cross[] = {
        {x - arm, y - arm},
        {x + arm, y + arm},
        {x + arm, y - arm},
        {x - arm, y + arm}
    };
    display_shape(layout->display, SHAPE_SEGMENTS, cross, 4,
                  (struct paint){NO_COLOUR, (int)WHITE, 3, 0});
    display_shape(layout->display, SHAPE_SEGMENTS, cross, 4,
                  (struct paint){NO_COLOUR, colour(layout, name), 1.5, 0});
}

void
ramp_mark_draw(struct layout *layout, enum ramp_look look, double x, double y)
{
    struct display *display = layout->display;
    int proven = colour(layout, COLOUR_PROVEN);
    struct point circle[] = {
        {x,            y},
        {x + POINT_MM, y}
    };
    struct point ring[] = {
        {x,           y},
        {x + RING_MM, y}
    };
    switch (look) {
    case RAMP_ACHIEVED:
        display_shape(display, SHAPE_CIRCLE, ring, 2,
                      (struct paint){WHITE, colour(layout, COLOUR_INK), 1, 0});
        display_shape(
            display, SHAPE_CIRCLE, circle, 2,
            (struct paint){colour(layout, COLOUR_INK), NO_COLOUR, 0, 0});
        break;
    case RAMP_BROKE:
        draw_cross(layout, x, y, COLOUR_BAD);
        break;
    case RAMP_LATER:
        display_shape(display, SHAPE_CIRCLE, circle, 2,
                      (struct paint){(int)WHITE,
                                     colour(layout, COLOUR_BASELINE), 0.7, 0});
        break;
    case RAMP_HELD:
    case RAMP_LOOKS:
        display_shape(display, SHAPE_CIRCLE, circle, 2,
                      (struct paint){proven, NO_COLOUR, 0, 0});
        break;
    }
}

void
ramp_line_draw(struct layout *layout, enum ramp_line_kind kind, double x0,
               double x1, double y)
{
    struct point end[] = {
        {x0, y},
        {x1, y}
    };
    struct paint paint[RAMP_LINES] = {
        [RAMP_TARGET] = {NO_COLOUR, colour(layout, COLOUR_INK),      1.4, 0  },
        [RAMP_BASELINE] = {NO_COLOUR, colour(layout, COLOUR_BASELINE), 1,   0  },
        [RAMP_LIMIT] = {NO_COLOUR, colour(layout, COLOUR_INK),      0.9, 0.9},
    };
    display_shape(layout->display, SHAPE_SEGMENTS, end, 2, paint[kind]);
    if (kind != RAMP_BASELINE)
        return;
    /* as below the bars, the past has a triangle that points up to it */
    struct point triangle[] = {
        {x1 - 0.8, y + 0.1},
        {x1 - 1.6, y + 1.5},
        {x1,       y + 1.5}
    };
    display_shape(
        layout->display, SHAPE_POLYGON, triangle, 3,
        (struct paint){colour(layout, COLOUR_BASELINE), NO_COLOUR, 0, 0});
}

static void
draw_path(const struct pane *pane, const struct point *points, size_t count,
          enum colour name, double width_pt)
{
    if (count > 1)
        display_shape(
            pane->layout->display, SHAPE_POLYLINE, points, count,
            (struct paint){NO_COLOUR, colour(pane->layout, name), width_pt, 0});
}

/* A number in the panel, where the lines of its axis make room for it. */
static void
draw_inside(const struct pane *pane, struct text_style style, const char *text,
            double end, double width, double middle)
{
    double em = style_em_mm(style);
    struct point corner[] = {
        {end - width, middle - em / 2},
        {end,         middle + em / 2}
    };
    display_shape(pane->layout->display, SHAPE_RECT, corner, 2,
                  (struct paint){(int)WHITE, NO_COLOUR, 0, 0});
    layout_text(pane->layout, style, text, end - width, end, middle + 0.36 * em,
                ALIGN_LEFT);
}

/* Above the marks at the panel's upper edge the values that lie beyond, between
   from, where the panel's name ends, and to: each above its mark; or where they
   have no room beside each other, from the lowest to the highest at once; or
   where the name leaves that none, in the panel: left of the marks, where lines
   come up from below, else below them at its right end. */
static void
draw_beyond(const struct pane *pane, const struct ramp_panel *panel,
            const struct point *path, size_t count, double from, double to)
{
    struct layout *layout = pane->layout;
    struct text_style style = number_style(layout);
    const double y = pane->top - ABOVE_GAP_MM;
    const char **texts = arena_array(layout->arena, count, const char *);
    double *ends = arena_array(layout->arena, count, double);
    double next = to, last = to, first = to;
    bool each = true;
    for (size_t i = count; i-- > 0;) {
        if (path[i].y < pane->top + 2 * RING_MM)
            first = path[i].x;
        if (!panel->points[i].beyond)
            continue;
        texts[i] =
            arena_format(layout->arena, "\u2191 %s", panel->points[i].label);
        double width = text_width_mm(layout->fonts, style, texts[i]) + 0.01;
        ends[i] = fmin(path[i].x + width / 2, next);
        each = each && ends[i] >= path[i].x && ends[i] - width >= from;
        next = ends[i] - width - LABEL_GAP_MM;
        last = last < to ? last : path[i].x;
    }
    for (size_t i = 0; each && i < count; i++)
        if (texts[i] != NULL)
            layout_text(layout, style, texts[i], from, ends[i], y, ALIGN_RIGHT);
    if (each)
        return;
    const char *all = arena_format(layout->arena, "\u2191 %s", panel->beyond);
    double width = text_width_mm(layout->fonts, style, all) + 0.01;
    double end = fmin(fmax(last + width / 2, from + width), to);
    if (end - width >= from)
        layout_text(layout, style, all, end - width, end, y, ALIGN_LEFT);
    else if (first - RING_MM - width >= pane->x0)
        draw_inside(pane, style, all, first - RING_MM, width, pane->top);
    else
        draw_inside(pane, style, all, pane->x1, width, pane->top + 2 * RING_MM);
}

/* The steps in walking order: firm up to the first that broke, thin after.
   Values beyond the axis stand between from and to. */
static void
draw_points(const struct pane *pane, const struct ramp_panel *panel,
            const struct ramp *ramp, double from, double to)
{
    struct layout *layout = pane->layout;
    const size_t count = ramp->point_count, broke = ramp->broke;
    struct point *path = arena_array(layout->arena, count, struct point);
    for (size_t i = 0; i < count; i++)
        path[i] = (struct point){at_x(pane, panel->points[i].x),
                                 at_y(pane, panel->points[i].y)};
    draw_beyond(pane, panel, path, count, from, to);
    draw_path(pane, path, broke < count ? broke + 1 : count, COLOUR_PROVEN,
              1.1);
    if (broke < count)
        draw_path(pane, path + broke, count - broke, COLOUR_BASELINE, 0.6);
    for (size_t i = 0; i < count; i++)
        if (panel->points[i].by_other) /* the bad hue is its limit's alone */
            draw_cross(layout, path[i].x, path[i].y, COLOUR_BASELINE);
        else
            ramp_mark_draw(layout, panel->points[i].look, path[i].x,
                           path[i].y);
}

/* Where the names of the lines stand, by their middles: beside their lines; two
   that would stand in each other's way part, and what is below the panel is
   the next one's. */
static void
place_names(const struct pane *pane, const struct ramp_panel *panel,
            double middle[2])
{
    const double step = NAME_STEP_MM;
    double lowest = pane->bottom + BELOW_MM - step / 2;
    for (size_t i = 0; i < panel->line_count; i++)
        middle[i] = at_y(pane, panel->lines[i].at);
    if (panel->line_count == 1)
        middle[0] = fmin(middle[0], lowest);
    if (panel->line_count < 2)
        return;
    size_t high = middle[0] <= middle[1] ? 0 : 1, low = 1 - high;
    double lack = fmax(step - (middle[low] - middle[high]), 0);
    middle[low] = fmin(middle[low] + lack / 2, lowest);
    middle[high] = fmin(middle[high], middle[low] - step);
}

/* The lines, and right of the panel what each is. */
static void
draw_lines(const struct pane *pane, const struct plan_ramps *ramps,
           const struct ramp_panel *panel, double right)
{
    struct layout *layout = pane->layout;
    struct text_style style = word_style(layout);
    double middle[2] = {0, 0}, em = style_em_mm(style);
    place_names(pane, panel, middle);
    for (size_t i = 0; i < panel->line_count; i++) {
        enum ramp_line_kind kind = panel->lines[i].kind;
        double x = pane->x1 + NAME_GAP_MM, y = middle[i] + 0.36 * em;
        ramp_line_draw(layout, kind, pane->x0, pane->x1,
                       at_y(pane, panel->lines[i].at));
        if (!layout->two)
            layout_text(layout, style, ramps->lines[kind].lead, x, right, y,
                        ALIGN_LEFT);
    }
}

/* --- axes -------------------------------------------------------------- */

static double
widest_tick(struct layout *layout, const struct ramp_axis *axis)
{
    double widest = 0;
    for (size_t i = 0; i < axis->tick_count; i++) {
        double width = text_width_mm(layout->fonts, number_style(layout),
                                     axis->ticks[i].label);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Of how many ticks one gets its number, so that they have room; the last one
   has one where that costs none of the others. */
static size_t
tick_every(const struct ramp_axis *axis, double room, double each)
{
    const size_t intervals = axis->tick_count - 1;
    size_t every = 1;
    while (every < intervals &&
           room * (double)every / (double)intervals < each)
        every++;
    for (size_t i = every; i <= intervals; i++)
        if (intervals % i == 0 && intervals / i == intervals / every)
            return i;
    return every;
}

static void
draw_y_axis(const struct pane *pane, const struct ramp_axis *axis, double left)
{
    struct layout *layout = pane->layout;
    struct text_style style = number_style(layout);
    double em = style_em_mm(style);
    size_t every = tick_every(axis, pane->bottom - pane->top, 1.15 * em);
    struct point *grid =
        arena_array(layout->arena, 2 * axis->tick_count, struct point);
    for (size_t i = 0; i < axis->tick_count; i++) {
        double y = at_y(pane, axis->ticks[i].at);
        grid[2 * i] = (struct point){pane->x0, y};
        grid[2 * i + 1] = (struct point){pane->x1, y};
        if (i % every == 0)
            layout_text(layout, style, axis->ticks[i].label, left,
                        pane->x0 - LABEL_GAP_MM, y + 0.36 * em, ALIGN_RIGHT);
    }
    display_shape(
        layout->display, SHAPE_SEGMENTS, grid + 2, 2 * axis->tick_count - 2,
        (struct paint){NO_COLOUR, colour(layout, COLOUR_HAIRLINE), 0.3, 0});
    display_rule(layout->display, pane->x0, pane->x1, pane->bottom,
                 layout->look.rgb[COLOUR_INK], 0.7);
}

/* The numbers of the load below the lower panel, and its name. */
static void
draw_x_axis(const struct pane *pane, const struct plan_ramp *ramp, double left,
            double right)
{
    struct layout *layout = pane->layout;
    const struct ramp_axis *axis = &ramp->ramp.x;
    struct text_style style = number_style(layout);
    double width = widest_tick(layout, axis);
    size_t every = tick_every(axis, pane->x1 - pane->x0, width + TICK_GAP_MM);
    double baseline = pane->bottom + 0.9 + style_ascent_mm(style);
    struct point *ticks =
        arena_array(layout->arena, 2 * axis->tick_count, struct point);
    for (size_t i = 0; i < axis->tick_count; i++) {
        double x = at_x(pane, axis->ticks[i].at);
        ticks[2 * i] = (struct point){x, pane->bottom};
        ticks[2 * i + 1] = (struct point){x, pane->bottom + 0.8};
        if (i % every == 0)
            layout_text(layout, style, axis->ticks[i].label, x - width / 2 - 1,
                        x + width / 2 + 1, baseline, ALIGN_CENTRE);
    }
    display_shape(
        layout->display, SHAPE_SEGMENTS, ticks, 2 * axis->tick_count,
        (struct paint){NO_COLOUR, colour(layout, COLOUR_INK), 0.5, 0});
    layout_text(layout, word_style(layout), layout_merged(layout, ramp->load),
                left, right, baseline + LOAD_NAME_MM, ALIGN_LEFT);
}

/* --- both panels ------------------------------------------------------- */

static double
widest_name(struct layout *layout, const struct plan_ramps *ramps)
{
    double widest = 0;
    for (size_t i = 0; i < RAMP_LINES; i++)
        widest = fmax(widest, text_width_mm(layout->fonts, word_style(layout),
                                            ramps->lines[i].lead));
    return widest;
}

struct ramp_frame
ramp_frame(struct layout *layout, const struct plan_ramps *ramps)
{
    struct ramp_frame frame = {0, 0};
    if (!layout->two)
        frame.right = widest_name(layout, ramps) + NAME_GAP_MM;
    for (size_t i = 0; i < ramps->count; i++) {
        const struct ramp *ramp = &ramps->ramps[i].ramp;
        for (size_t k = 0; k < ramp->panel_count; k++)
            frame.left =
                fmax(frame.left, widest_tick(layout, &ramp->panels[k].y));
        if (layout->two && ramp->panel_count > 0)
            frame.right = fmax(frame.right,
                               widest_tick(layout, &ramp->x) / 2 - OUT_MM);
    }
    frame.left += LABEL_GAP_MM;
    frame.right += 0.01;
    return frame;
}

static void
draw_panel(struct layout *layout, const struct plan_ramps *ramps,
           const struct plan_ramp *ramp, size_t index, struct pane pane,
           double left, double right)
{
    const struct ramp_panel *panel = &ramp->ramp.panels[index];
    struct text_style style = word_style(layout);
    const char *name = layout_merged(layout, ramp->axes[index]);
    bool last = index + 1 == ramp->ramp.panel_count;
    display_open(layout->display, "Figure", ramp->alts[index].lead);
    layout_text(layout, style, name, left, right, pane.top - 2.3, ALIGN_LEFT);
    draw_y_axis(&pane, &panel->y, left);
    draw_lines(&pane, ramps, panel, right);
    draw_points(&pane, panel, &ramp->ramp,
                left + text_width_mm(layout->fonts, style, name) + LABEL_GAP_MM,
                right + OUT_MM);
    if (last)
        draw_x_axis(&pane, ramp, left, right);
    display_close(layout->display);
}

void
ramp_draw(struct layout *layout, const struct plan_ramps *ramps,
          const struct plan_ramp *ramp, struct ramp_frame frame, double x0,
          double x1, double top, double bottom)
{
    struct pane pane = {
        .layout = layout, .x0 = x0 + frame.left, .x1 = x1 - frame.right};
    size_t panels = ramp->ramp.panel_count;
    double height = bottom - top - TICKS_MM - LOAD_NAME_MM -
                    (double)panels * AXIS_NAME_MM -
                    (double)(panels - 1) * BETWEEN_MM;
    double y = top;
    for (size_t i = 0; i < panels; i++) {
        double share = panels == 1 ? 1 : i == 0 ? UPPER_SHARE : 1 - UPPER_SHARE;
        pane.top = y + AXIS_NAME_MM;
        pane.bottom = pane.top + share * height;
        draw_panel(layout, ramps, ramp, i, pane, x0, x1);
        y = pane.bottom + BETWEEN_MM;
    }
}
