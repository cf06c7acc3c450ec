/*
 * The boxes to sign, side by side across the page: who signs, what may be
 * decided, and lines to write on.  Where they stand is for page_basis.c.
 */
#include "render/page_table.h"

#define HEIGHT_ONE_MM 18.0
#define HEIGHT_TWO_MM 23.6 /* in two languages */
#define SECOND_STEP 3.3 /* down to the second language */
#define BOX_GAP 4.0
#define BOX_INSET 2.5
#define SIGN_COLUMNS 8    /* at most */
#define TICK_MM 2.5       /* side of a box to tick */
#define TICK_GAP_MM 1.2   /* from it to its word */
#define OPTION_GAP_MM 6.0 /* between what may be ticked, at most */

static bool
is_filled(const struct plan_row *row, size_t index)
{
    const char *text = row->cells[index].text.lead;
    return text != NULL && *text != '\0';
}

/* The fields of a box that are filled in by hand: the columns whose cells are
   empty, side by side, each with a line to write on. */
static void
draw_fields(struct layout *layout, const struct plan_table *table,
            const struct plan_row *row, double left, double right,
            double baseline)
{
    struct text_style style =
        layout_style(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_SECONDARY);
    size_t count = 0, place_number = 0;
    for (size_t i = 0; i < table->column_count; i++)
        count += !is_filled(row, i);
    if (count == 0)
        return;
    double width = (right - left + BOX_GAP) / (double)count;
    for (size_t i = 0; i < table->column_count; i++) {
        if (is_filled(row, i) || table->columns[i].heading.lead == NULL)
            continue;
        const char *label = layout_joined(layout, table->columns[i].heading);
        double x0 = left + (double)place_number++ * width;
        double x1 = x0 + width - BOX_GAP;
        double end = x0 + text_width_mm(layout->fonts, style, label);
        layout_text(layout, style, label, x0, x1, baseline, ALIGN_LEFT);
        display_rule(layout->display, end + 1.2, x1, baseline + 0.6,
                     layout->look.rgb[COLOUR_BASELINE], 0.5);
    }
}

/* What may be decided, side by side: each word with one box to tick, its second
   language below it. */
static void
draw_options(struct layout *layout, const struct plan_table *table,
             const struct plan_row *row, double left, double right,
             double baseline)
{
    struct text_style style =
        layout_style(layout, FONT_REGULAR, SIZE_DETAIL, COLOUR_INK);
    double width[SIGN_COLUMNS] = {0}, sum = 0, x = left;
    size_t count = 0;
    for (size_t i = 1; i < table->column_count && i < SIGN_COLUMNS; i++) {
        const struct phrase text = row->cells[i].text;
        if (!is_filled(row, i))
            continue;
        double second = text.second ? text_width_mm(layout->fonts,
                                                    layout_second(layout),
                                                    text.second)
                                    : 0;
        width[i] = text_width_mm(layout->fonts, style, text.lead);
        width[i] = TICK_MM + TICK_GAP_MM +
                   (second > width[i] ? second : width[i]) + 0.01;
        sum += width[i];
        count++;
    }
    double between = count > 1 ? (right - left - sum) / (double)(count - 1) : 0;
    between = between < OPTION_GAP_MM ? between : OPTION_GAP_MM;
    for (size_t i = 1; i < table->column_count && i < SIGN_COLUMNS; i++) {
        const struct phrase text = row->cells[i].text;
        if (width[i] <= 0)
            continue;
        double from = x + TICK_MM + TICK_GAP_MM, end = x + width[i];
        display_rect(layout->display,
                     (struct box){x, baseline - TICK_MM, TICK_MM, TICK_MM},
                     (struct paint){NO_COLOUR,
                                    (int)layout->look.rgb[COLOUR_INK], 0.7, 0});
        layout_text(layout, style, text.lead, from, end, baseline, ALIGN_LEFT);
        if (text.second)
            layout_text(layout, layout_second(layout), text.second, from, end,
                        baseline + SECOND_STEP, ALIGN_LEFT);
        x = end + between;
    }
}

/* One box: who signs, what may be decided, and the fields. */
static void
draw_box(struct layout *layout, const struct plan_table *table,
         const struct plan_row *row, struct box box)
{
    struct text_style bold =
        layout_style(layout, FONT_BOLD, SIZE_NUMBER, COLOUR_INK);
    double left = box.x + BOX_INSET, right = box.x + box.width - BOX_INSET;
    double y = box.y + 4.9;
    const struct phrase role = row->cells[0].text;
    display_open(layout->display, "P", NULL);
    display_rect(layout->display, box,
                 (struct paint){NO_COLOUR, (int)layout->look.rgb[COLOUR_PROVEN],
                                0.6, 0});
    layout_text(layout, bold, role.lead, left, right, y, ALIGN_LEFT);
    if (role.second) {
        y += SECOND_STEP;
        layout_text(layout, layout_second(layout), role.second, left, right, y,
                    ALIGN_LEFT);
    }
    y += role.second ? 4.4 : 5.0;
    draw_options(layout, table, row, left, right, y);
    draw_fields(layout, table, row, left, right, box.y + box.height - 2.6);
    display_close(layout->display);
}

double
signatures_height(const struct layout *layout)
{
    return layout->two ? HEIGHT_TWO_MM : HEIGHT_ONE_MM;
}

void
signatures_draw(struct layout *layout, const struct plan_table *table,
                double top)
{
    const double count = (double)table->row_count;
    const double width =
        (layout->right - layout->left - BOX_GAP * (count - 1)) / count;
    for (size_t i = 0; i < table->row_count; i++)
        draw_box(layout, table, &table->rows[i],
                 (struct box){layout->left + (double)i * (width + BOX_GAP),
                              top, width, signatures_height(layout)});
}
