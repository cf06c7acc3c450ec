/*
 * The strip of a row: a column above each number of a kind, all of one scale
 * and from one line, so that where the many stand is seen at a glance.
 */
#include "render/page_table.h"

#define WIDTH_MM 9.0
#define ABOVE_MM 1.2  /* free above the highest */
#define BELOW_MM 4.8  /* for the numbers */

double
strip_text_centre(double bottom)
{
    return bottom - BELOW_MM / 2 - 0.2;
}

void
strip_draw(struct layout *layout, const struct table_grid *grid, size_t row,
           double top, double bottom)
{
    const struct look *look = &layout->look;
    const struct plan_row *here = &grid->table->rows[row];
    const int proven = (int)look->rgb[COLOUR_PROVEN];
    const double line = bottom - BELOW_MM;
    const double most = line - top - ABOVE_MM;
    double left = grid->right, right = grid->left;
    display_open(layout->display, "Figure", here->alt.lead);
    for (size_t i = 0; i < grid->table->column_count; i++) {
        const double share = here->strip[i].share;
        double x1 = grid->columns[i].x1, x0 = x1 - WIDTH_MM;
        if (here->strip[i].look == STRIP_NONE)
            continue;
        left = x0 < left ? x0 : left;
        right = x1 > right ? x1 : right;
        struct box box = {x0, line - share * most, WIDTH_MM, share * most};
        if (share > 0)
            display_rect(layout->display, box,
                         here->strip[i].look == STRIP_PROVEN
                             ? (struct paint){proven, NO_COLOUR, 0, 0}
                             : (struct paint){NO_COLOUR, proven, 0.7, 1});
    }
    display_rule(layout->display, left, right, line,
                 look->rgb[COLOUR_SECONDARY], 0.5);
    display_close(layout->display);
}
