/*
 * The basis: paragraphs and small tables in two columns, over as many pages as
 * they need, and the boxes for signatures across the page.
 */
#include "base/arena.h"
#include "render/page_parts.h"

#define BETWEEN_MM 9.0 /* the two columns */
#define BLOCK_GAP 3.6
#define PARAGRAPH_GAP 1.1
#define ROW_MM 4.4
#define BOX_HEIGHT 17.0
#define BOX_GAP 4.0

/* Where the next thing goes. */
struct flow {
    struct layout *layout;
    const struct plan_page *page;
    double top; /* of both columns on this page */
    double y;
    unsigned column; /* 0 or 1 */
    bool at_top;     /* nothing stands in the column yet */
};

static double
column_width(const struct flow *flow)
{
    return (flow->layout->right - flow->layout->left - BETWEEN_MM) / 2;
}

static double
column_x(const struct flow *flow)
{
    return flow->layout->left +
           flow->column * (column_width(flow) + BETWEEN_MM);
}

static void
start_page(struct flow *flow, const char *label)
{
    struct layout *layout = flow->layout;
    struct text_style style =
        layout_prose(layout, FONT_BOLD, SIZE_SECTION, COLOUR_INK);
    display_page(layout->display, label);
    struct phrase_block title =
        layout_phrase(layout, flow->page->title, style, layout_second(layout),
                      layout->right - layout->left);
    display_open(layout->display, "H1", NULL);
    layout_phrase_at(layout, &title, layout->left, layout->right, layout->top,
                     ALIGN_LEFT);
    display_close(layout->display);
    flow->top = flow->y = layout->top + title.height + 2.6;
    flow->column = 0;
    flow->at_top = true;
}

static void
next_column(struct flow *flow)
{
    if (flow->column == 0) {
        flow->column = 1;
        flow->y = flow->top;
        flow->at_top = true;
    } else {
        start_page(flow, NULL);
    }
}

static double
space_left(const struct flow *flow)
{
    return flow->layout->bottom - flow->y;
}

static struct phrase_block
heading_block(struct flow *flow, struct phrase heading)
{
    struct layout *layout = flow->layout;
    return layout_phrase(layout, heading,
                         layout_prose(layout, FONT_BOLD, SIZE_NAME, COLOUR_INK),
                         layout_second(layout), column_width(flow));
}

static void
place(struct flow *flow, const char *tag, const struct phrase_block *block)
{
    double x = column_x(flow);
    display_open(flow->layout->display, tag, NULL);
    layout_phrase_at(flow->layout, block, x, x + column_width(flow), flow->y,
                     ALIGN_LEFT);
    display_close(flow->layout->display);
    flow->y += block->height;
    flow->at_top = false;
}

/* The heading of a block, with room for some of what follows: a heading does
   not stand alone at the foot of a column. */
static void
place_heading(struct flow *flow, struct phrase heading, double follows)
{
    if (!flow->at_top)
        flow->y += BLOCK_GAP;
    if (heading.lead == NULL)
        return;
    struct phrase_block block = heading_block(flow, heading);
    if (space_left(flow) < block.height + follows + 1.2 && !flow->at_top)
        next_column(flow);
    place(flow, "H2", &block);
    flow->y += 1.2;
}

static struct phrase_block
paragraph_block(struct flow *flow, struct phrase text)
{
    struct layout *layout = flow->layout;
    struct phrase_block block = layout_phrase(
        layout, text,
        layout_prose(layout, FONT_REGULAR, SIZE_DETAIL, COLOUR_INK),
        layout_second(layout), column_width(flow));
    /* sentences are set wider than cells */
    block.lead_step *= 1.1;
    block.height += 0.1 / 1.1 * block.lead_step * (double)block.lead.line_count;
    return block;
}

static void
place_paragraphs(struct flow *flow, const struct plan_block *block)
{
    for (size_t i = 0; i < block->paragraph_count; i++) {
        struct phrase_block text = paragraph_block(flow, block->paragraphs[i]);
        if (i == 0)
            place_heading(flow, block->heading, text.height);
        if (space_left(flow) < text.height)
            next_column(flow);
        if (text.height > space_left(flow))
            layout_fail(flow->layout, block->paragraphs[i].lead);
        place(flow, "P", &text);
        flow->y += PARAGRAPH_GAP;
    }
}

static void
place_after(struct flow *flow, struct phrase text)
{
    if (text.lead == NULL)
        return;
    struct phrase_block block = paragraph_block(flow, text);
    flow->y += 1.0;
    if (space_left(flow) < block.height)
        next_column(flow);
    place(flow, "P", &block);
}

static void
place_table(struct flow *flow, const struct plan_block *block)
{
    const struct plan_table *table = &block->table;
    double x = column_x(flow);
    struct table_grid grid =
        table_measure(flow->layout, table, x, x + column_width(flow), ROW_MM,
                      SIZE_DETAIL, SIZE_DETAIL);
    double first_rows = grid.head_height;
    for (size_t i = 0; i < table->row_count && i < 2; i++)
        first_rows += table_row_height(flow->layout, &grid, i);
    place_heading(flow, block->heading.lead ? block->heading : table->heading,
                  first_rows);
    for (size_t row = 0; row < table->row_count;) {
        double end = flow->y;
        x = column_x(flow);
        grid = table_measure(flow->layout, table, x, x + column_width(flow),
                             ROW_MM, SIZE_DETAIL, SIZE_DETAIL);
        size_t next = table_draw(flow->layout, &grid, row, flow->y,
                                 flow->layout->bottom, &end);
        if (next == row && flow->at_top) {
            layout_fail(flow->layout, table->rows[row].cells[0].text.lead);
            return;
        }
        flow->at_top = flow->at_top && next == row;
        flow->y = end;
        row = next;
        if (row < table->row_count)
            next_column(flow);
    }
    place_after(flow, table->after);
    place_after(flow, table->note);
}

/* One box: who signs, and the fields of the table's columns as lines to be
   filled in by hand. */
static void
draw_box(struct layout *layout, const struct plan_table *table,
         const struct plan_row *row, double x, double top, double width)
{
    struct text_style bold =
        layout_style(layout, FONT_BOLD, SIZE_NUMBER, COLOUR_INK);
    struct text_style plain =
        layout_style(layout, FONT_REGULAR, SIZE_DETAIL, COLOUR_INK);
    double inset = 2.5, y = top + 4.8, right = x + width - inset;
    display_open(layout->display, "P", NULL);
    display_rect(layout->display, (struct box){x, top, width, BOX_HEIGHT},
                 (struct paint){NO_COLOUR, (int)layout->look.rgb[COLOUR_PROVEN],
                                0.6, 0});
    for (size_t i = 0; i < table->column_count; i++) {
        const char *text = row->cells[i].text.lead;
        if (text == NULL || *text == '\0')
            text = table->columns[i].heading.lead;
        if (text == NULL)
            continue;
        layout_text(layout, i == 0 ? bold : plain, text, x + inset, right, y,
                    ALIGN_LEFT);
        y += 5.0;
    }
    display_close(layout->display);
}

static void
place_signatures(struct flow *flow, const struct plan_block *block)
{
    struct layout *layout = flow->layout;
    const struct plan_table *table = &block->table;
    if (table->row_count == 0)
        return;
    /* across both columns, at the foot of the page */
    double top = layout->bottom - BOX_HEIGHT - 7;
    if (flow->column == 1 || flow->y + BLOCK_GAP > top)
        start_page(flow, NULL);
    double width = (layout->right - layout->left -
                    BOX_GAP * (double)(table->row_count - 1)) /
                   (double)table->row_count;
    if (block->heading.lead) {
        struct phrase_block heading = heading_block(flow, block->heading);
        display_open(layout->display, "H2", NULL);
        layout_phrase_at(layout, &heading, layout->left, layout->right, top,
                         ALIGN_LEFT);
        display_close(layout->display);
    }
    for (size_t i = 0; i < table->row_count; i++)
        draw_box(layout, table, &table->rows[i],
                 layout->left + (double)i * (width + BOX_GAP), top + 7, width);
    flow->y = layout->bottom;
    flow->at_top = false;
}

void
basis_layout(struct layout *layout, const struct plan_page *page)
{
    struct flow flow = {.layout = layout, .page = page};
    start_page(&flow, page->title.lead);
    for (size_t i = 0; i < page->block_count; i++) {
        const struct plan_block *block = &page->blocks[i];
        switch (block->kind) {
        case BLOCK_PARAGRAPH:
            place_paragraphs(&flow, block);
            break;
        case BLOCK_TABLE:
            place_table(&flow, block);
            break;
        case BLOCK_SIGNATURES:
            place_signatures(&flow, block);
            break;
        }
    }
}
