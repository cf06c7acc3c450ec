/*
 * Columns alike on all pages: what the tables of links need together, how long
 * bars are, and where they and what stands behind the names begin.  Where the
 * columns of one table stand is for page_column.c.
 */
#include <math.h>

#include "base/arena.h"
#include "render/page_table.h"

/* The tables of links of a page, one by one; NULL after the last. */
static const struct plan_table *
link_table(const struct plan_page *page, size_t index)
{
    if (page->kind == PAGE_CONCLUSION)
        return index == 0 ? &page->conclusion.evidence.table : NULL;
    if (page->kind == PAGE_LINKS)
        return index == 0 ? &page->table : NULL;
    return index < page->section_count ? &page->sections[index].table : NULL;
}

static void
share_needs(struct layout *layout, const struct plan_table *table)
{
    struct table_grid grid = {.table = table,
                              .left = layout->left,
                              .right = layout->right,
                              .name_size = SIZE_NAME,
                              .size = SIZE_NUMBER};
    if (layout->link_need == NULL) {
        layout->link_columns = table->columns;
        layout->link_column_count = table->column_count;
        layout->link_need = columns_need(layout, &grid);
    }
    if (!columns_are_shared(layout, table))
        return;
    double *need = columns_need(layout, &grid), name = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (need[i] > layout->link_need[i])
            layout->link_need[i] = need[i];
        if (cell_is_name(table, i))
            name = column_widest(layout, &grid, i);
    }
    layout->link_name = name > layout->link_name ? name : layout->link_name;
}

/* The shortest bar that any table leaves room for is that of all.  Returns
   where this table's begins, 0 where it has none. */
static double
share_bar(struct layout *layout, const struct plan_table *table, enum size name,
          enum size size)
{
    const size_t bar = column_of_bar(table);
    if (bar == table->column_count)
        return 0;
    struct table_grid grid = table_measure(layout, table, layout->left,
                                           layout->right, 0, name, size);
    double width = grid.columns[bar].x1 - grid.columns[bar].x0;
    layout->bar = width < layout->bar ? width : layout->bar;
    size_t second = column_of_names(table) + 1;
    if (columns_are_shared(layout, table) && second < table->column_count)
        layout->second_left =
            grid.columns[second].x0 - cell_left_gap(table, second);
    return grid.columns[bar].x0;
}

/* Of a section whose numbers are too long for one table the parts count. */
static void
share_section_bar(struct layout *layout, const struct plan_section *section)
{
    bool is_whole = section->part_count == 0 ||
                    table_has_room(layout, &section->table, layout->left,
                                   layout->right, SIZE_DETAIL);
    if (is_whole)
        share_bar(layout, &section->table, SIZE_DETAIL, SIZE_DETAIL);
    for (size_t i = 0; !is_whole && i < section->part_count; i++)
        share_bar(layout, &section->parts[i].table, SIZE_DETAIL, SIZE_DETAIL);
}

/* Returns where the bars of the tables of links begin; those of sections have
   room to follow them. */
static double
share_bars(struct layout *layout)
{
    const struct plan *plan = layout->plan;
    double left = 0;
    for (size_t i = 0; i < plan->page_count; i++) {
        const struct plan_page *page = &plan->pages[i];
        if (page->kind == PAGE_CONCLUSION)
            left =
                fmax(left, share_bar(layout, &page->conclusion.evidence.table,
                                     SIZE_NAME, SIZE_NUMBER));
        else if (page->kind == PAGE_LINKS)
            left = fmax(left, share_bar(layout, &page->table, SIZE_DETAIL,
                                        SIZE_DETAIL));
        for (size_t k = 0; k < page->section_count; k++)
            share_section_bar(layout, &page->sections[k]);
    }
    return left;
}

void
table_share(struct layout *layout)
{
    const struct plan *plan = layout->plan;
    for (size_t i = 0; i < plan->page_count; i++) {
        const struct plan_table *table;
        for (size_t k = 0; (table = link_table(&plan->pages[i], k)) != NULL;
             k++)
            if (cell_is_link(table))
                share_needs(layout, table);
    }
    layout->bar = BAR_USUAL_MM;
    share_bars(layout);
    /* now that their length is known, where they begin */
    layout->bar_left = share_bars(layout);
}
