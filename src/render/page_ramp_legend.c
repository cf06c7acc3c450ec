/*
 * The legend of the ramps: which points and lines mean what, as far as they are
 * drawn.  The marks themselves are page_ramp.c's.
 */
#include <math.h>

#include "render/page_parts.h"

#define APART_MM 7.0       /* between two entries, at most */
#define APART_LEAST_MM 3.5 /* as long as all stand on one line */
#define POINT_MM 3.2       /* room of a point */
#define SAMPLE_MM 7.0      /* length of a line */
#define GAP_MM 1.4         /* to its words */
#define LINE_MM 4.6        /* from one line of entries to the next */

/* What the legend says in an entry: a look of a point, or a kind of line, -1
   for the other. */
struct entry {
    struct phrase text;
    int look, line;
};

/* What is drawn; in one language the charts name their lines themselves. */
static size_t
find_entries(const struct layout *layout, const struct plan_ramps *ramps,
             struct entry *entries)
{
    size_t count = 0;
    for (int i = 0; i < RAMP_LOOKS; i++)
        if (ramps->looks >> i & 1)
            entries[count++] = (struct entry){ramps->legend_looks[i], i, -1};
    for (int i = 0; layout->two && i < RAMP_LINES; i++)
        if (ramps->line_kinds >> i & 1)
            entries[count++] = (struct entry){ramps->lines[i], -1, i};
    return count;
}

static double
entry_sample(const struct entry *entry)
{
    return entry->look >= 0 ? POINT_MM : SAMPLE_MM;
}

static double
entry_width(struct layout *layout, const struct entry *entry)
{
    return entry_sample(entry) + GAP_MM + 0.01 +
           text_width_mm(
               layout->fonts,
               layout_style(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK),
               layout_joined(layout, entry->text));
}

static void
entry_draw(struct layout *layout, const struct entry *entry, double x,
           double top)
{
    struct text_style style =
        layout_style(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK);
    double sample = entry_sample(entry), middle = top + LINE_MM / 2;
    display_open(layout->display, "P", NULL);
    if (entry->look >= 0)
        ramp_mark_draw(layout, (enum ramp_look)entry->look, x + sample / 2,
                       middle);
    else
        ramp_line_draw(layout, (enum ramp_line_kind)entry->line, x, x + sample,
                       middle);
    layout_text(layout, style, layout_joined(layout, entry->text),
                x + sample + GAP_MM, x + entry_width(layout, entry),
                middle + 0.36 * style_em_mm(style), ALIGN_LEFT);
    display_close(layout->display);
}

double
ramp_legend(struct layout *layout, const struct plan_ramps *ramps,
            const double *top)
{
    struct entry entries[RAMP_LOOKS + RAMP_LINES];
    size_t count = find_entries(layout, ramps, entries);
    double x = layout->left, y = 0, gap = layout->right - layout->left;
    for (size_t i = 0; i < count; i++)
        gap -= entry_width(layout, &entries[i]);
    gap = count > 1 ? gap / (double)(count - 1) : 0;
    gap = gap >= APART_LEAST_MM ? fmin(gap, APART_MM) : APART_MM;
    for (size_t i = 0; i < count; i++) {
        double width = entry_width(layout, &entries[i]);
        if (x > layout->left && x + width > layout->right + 0.01) {
            x = layout->left;
            y += LINE_MM;
        }
        if (top)
            entry_draw(layout, &entries[i], x, *top + y);
        x += width + gap;
    }
    return y + LINE_MM;
}
