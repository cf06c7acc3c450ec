/*
 * The legend: samples of the bar's parts and what they mean, in one line or,
 * where the words are long, in two.
 */
#include "render/page_parts.h"

#define SAMPLE_MM 7.0
#define SAMPLE_HEIGHT_MM 2.6
#define TO_TEXT_MM 1.5
#define BETWEEN_MM 6.0
#define BETWEEN_LEAST_MM 2.6 /* rather than a second line */
#define USUAL_PT 8.0         /* larger type takes its lines apart */
#define LINE_MM 5.2
#define SECOND_STEP_MM 3.1 /* down to the second language */

static double
scaled(const struct layout *layout, double mm)
{
    double share = layout->look.size_pt[SIZE_LEGEND] / USUAL_PT;
    return share > 1 ? share * mm : mm;
}

/* A triangle needs less room than a bar. */
static double
sample_width(enum legend_sample sample)
{
    return sample == LEGEND_BASELINE ? 2.4 : SAMPLE_MM;
}

static double
entry_width(struct layout *layout, const struct plan_legend *entry,
            struct text_style style)
{
    double width = text_width_mm(layout->fonts, style, entry->text.lead);
    if (entry->text.second) {
        double second = text_width_mm(layout->fonts, layout_second(layout),
                                      entry->text.second);
        width = second > width ? second : width;
    }
    return sample_width(entry->sample) + TO_TEXT_MM + width;
}

/* The distance between entries with which they fit one line, if any does. */
static double
find_distance(struct layout *layout, const struct plan_legend *legend,
              size_t count, struct text_style style)
{
    double spare = layout->right - layout->left;
    for (size_t i = 0; i < count; i++)
        spare -= entry_width(layout, &legend[i], style);
    double distance = count > 1 ? spare / (double)(count - 1) : BETWEEN_MM;
    return distance < BETWEEN_LEAST_MM || distance > BETWEEN_MM ? BETWEEN_MM
                                                                : distance;
}

/* Places the entries, and draws them where top is given; returns the height. */
static double
place(struct layout *layout, const struct plan_legend *legend, size_t count,
      const double *top)
{
    struct text_style style =
        layout_style(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK);
    double em = style_em_mm(style), x = layout->left, y = 0;
    double between = find_distance(layout, legend, count, style);
    double second = scaled(layout, SECOND_STEP_MM);
    double line = layout->two ? second : 0;
    for (size_t i = 0; i < count; i++) {
        double sample = sample_width(legend[i].sample);
        double width = entry_width(layout, &legend[i], style);
        if (x > layout->left && x + width > layout->right + 0.01) {
            x = layout->left;
            y += scaled(layout, LINE_MM) + line;
        }
        if (top) {
            double from = x + sample + TO_TEXT_MM;
            display_open(layout->display, "P", NULL);
            legend_sample_draw(layout, legend[i].sample, x, *top + y, sample,
                               SAMPLE_HEIGHT_MM);
            double baseline = *top + y + SAMPLE_HEIGHT_MM / 2 + 0.36 * em;
            layout_text(layout, style, legend[i].text.lead, from,
                        x + width + 0.01, baseline, ALIGN_LEFT);
            if (legend[i].text.second)
                layout_text(layout, layout_second(layout),
                            legend[i].text.second, from, x + width + 0.01,
                            baseline + second, ALIGN_LEFT);
            display_close(layout->display);
        }
        x += width + between;
    }
    return count ? y + SAMPLE_HEIGHT_MM + line : 0;
}

double
legend_height(struct layout *layout, const struct plan_legend *legend,
              size_t count)
{
    return place(layout, legend, count, NULL);
}

void
legend_draw(struct layout *layout, const struct plan_legend *legend,
            size_t count, double top)
{
    place(layout, legend, count, &top);
}
