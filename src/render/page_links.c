/*
 * The pages of all links: as many rows as a page takes, the head repeated,
 * which rows of how many in the title line, the legend at the foot.
 */
#include "base/arena.h"
#include "render/page_table.h"

#define ROW_ONE_MM 5.6
#define ROW_TWO_MM 8.4
#define AFTER_GAP 1.2
#define FOOT_GAP 2.2

/* The title keeps what the range leaves. */
double
title_draw(struct layout *layout, const struct plan_page *page, size_t first,
           size_t last, size_t all)
{
    struct text_style title =
        layout_prose(layout, FONT_BOLD, SIZE_SECTION, COLOUR_INK);
    struct text_style small =
        layout_prose(layout, FONT_REGULAR, SIZE_NUMBER, COLOUR_SECONDARY);
    const struct number_fill fills[] = {
        {"first", first + 1},
        {"last",  last     },
        {"all",   all      }
    };
    const struct phrase *word =
        first + 1 == last && page->range_one.lead ? &page->range_one
                                                  : &page->range;
    const char *range = layout_fill(layout, word->lead, fills, 3);
    /* as wide as the longest: the heading's lines do not depend on the rows */
    const struct number_fill longest[] = {
        {"first", all},
        {"last",  all},
        {"all",   all}
    };
    double width =
        text_width_mm(layout->fonts, small,
                      layout_fill(layout, page->range.lead, longest, 3)) +
        0.01;
    struct phrase text =
        page->table.heading.lead ? page->table.heading : page->title;
    double height = layout_heading(layout, "H1", text, layout->left,
                                   layout->right - width - 4, &layout->top);
    double baseline = layout->top + (LEADING - 1) / 2 * style_em_mm(title) +
                      style_ascent_mm(title);
    display_open(layout->display, "P", NULL);
    layout_text(layout, small, range, layout->right - width, layout->right,
                baseline, ALIGN_RIGHT);
    display_close(layout->display);
    return layout->top + height + 1.2;
}

/* The line below the last row; returns its height, and draws it from top where
   that is given. */
static double
after(struct layout *layout, const struct plan_table *table, const double *top)
{
    struct text_style style =
        layout_prose(layout, table->after_strong ? FONT_BOLD : FONT_REGULAR,
                     SIZE_NUMBER, COLOUR_INK);
    struct phrase_block block =
        layout_phrase(layout, table->after, style, layout_second(layout),
                      layout->right - layout->left - INDENT);
    if (block.height <= 0)
        return 0;
    if (top) {
        display_open(layout->display, "P", NULL);
        layout_phrase_at(layout, &block, layout->left + INDENT, layout->right,
                         *top + AFTER_GAP, ALIGN_LEFT);
        display_close(layout->display);
    }
    return AFTER_GAP + block.height;
}

/* The note and the legend at the foot of each page; returns its height, and
   draws it from top where that is given. */
static double
foot(struct layout *layout, const struct plan_page *page, const double *top)
{
    double height = legend_height(layout, page->legend, page->legend_count);
    struct phrase_block note = layout_phrase(
        layout, page->table.note,
        layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_SECONDARY),
        layout_second(layout), layout->right - layout->left - INDENT);
    double note_height = note.height > 0 ? note.height + FOOT_GAP : 0;
    if (top && note_height > 0) {
        display_open(layout->display, "P", NULL);
        layout_phrase_at(layout, &note, layout->left + INDENT, layout->right,
                         *top, ALIGN_LEFT);
        display_close(layout->display);
    }
    if (top)
        legend_draw(layout, page->legend, page->legend_count,
                    *top + note_height);
    return height + note_height;
}

void
links_layout(struct layout *layout, const struct plan_page *page)
{
    const struct plan_table *table = &page->table;
    struct table_grid grid = table_measure(
        layout, table, layout->left, layout->right,
        layout->two ? ROW_TWO_MM : ROW_ONE_MM, SIZE_DETAIL, SIZE_DETAIL);
    double bottom = layout->bottom - foot(layout, page, NULL) - FOOT_GAP -
                    after(layout, table, NULL);
    double end = 0;
    const char *label = page->title.lead;
    size_t first = 0;
    do {
        display_page(layout->display, label);
        label = NULL;
        /* the title's height does not depend on the range */
        struct display_page *here =
            &layout->display->pages[layout->display->page_count - 1];
        double top = title_draw(layout, page, first, first, table->row_count);
        here->item_count = layout->display->reserve;
        size_t last = table_fit(layout, &grid, first, top, bottom);
        if (last < table->row_count)
            last = table_even(layout, &grid, first, last,
                              top - layout->top + layout->bottom - bottom);
        title_draw(layout, page, first, last, table->row_count);
        double rows = top + grid.head_height;
        for (size_t i = first; i < last; i++)
            rows += table_row_height(layout, &grid, i);
        size_t next = table_draw(layout, &grid, first, top, rows, &end);
        if (next == first && table->row_count > 0) {
            layout_fail(layout, table->rows[first].alt.lead);
            return;
        }
        if (next == table->row_count)
            end += after(layout, table, &end);
        end += FOOT_GAP;
        layout->end = end + foot(layout, page, &end);
        first = next;
    } while (first < table->row_count);
}
