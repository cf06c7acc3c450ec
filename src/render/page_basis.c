/*
 * The basis: paragraphs and narrow tables in two columns of equal length, wide
 * tables and the boxes for signatures across the page, over as many pages as
 * they need.  What a box holds is for page_sign.c.
 */
#include "base/arena.h"
#include "render/page_table.h"

#define BETWEEN_MM 9.0 /* the two columns */
#define BLOCK_GAP 4.4
#define HEADING_GAP 1.2
#define TITLE_GAP 2.6
#define PARAGRAPH_GAP 1.1
#define ROW_MM 4.8
#define ROW_LEAST_MM 4.2 /* with little space between */
#define TEXT_MM 50.0 /* a column of text that shares a table needs as much */
#define COLUMN_STEP 2.0
/* a column may be so much longer to keep a table whole */
#define WHOLE_MM 16.0
#define ENDLESS 1e6
#define SPARSE 0.4 /* a last page filled less than this is avoided */
#define LESS_SPACING 0.1 /* less space between blocks, step by step */
#define LEAST_SPACING 0.35
#define KEEPS 0.5  /* a page filled so far may end, to keep blocks whole */

/* Where the next thing goes. */
struct flow {
    struct layout *layout;
    const struct plan_page *page;
    bool is_wide;  /* across the page, not in columns */
    double top;    /* of the band that the columns stand in */
    double bottom; /* of the columns */
    double y;
    double reach;    /* the lowest end of the columns so far */
    unsigned column; /* 0 or 1 */
    bool at_top;     /* nothing stands in the column yet */
    bool is_full;    /* the columns went on to another page */
    unsigned splits; /* tables that were broken */
    double spacing;  /* 1, less when that saves a page */
    double next_bottom; /* of the columns on the next page; 0: its foot */
    size_t broken;      /* the block that begins a page, with room or without */
    bool keeps;         /* blocks that end a page go to the next one whole */
};

static double
column_width(const struct flow *flow)
{
    double width = flow->layout->right - flow->layout->left;
    return flow->is_wide ? width : (width - BETWEEN_MM) / 2;
}

static double
column_x(const struct flow *flow)
{
    return flow->layout->left +
           flow->column * (column_width(flow) + BETWEEN_MM);
}

static double
page_title(struct flow *flow)
{
    struct layout *layout = flow->layout;
    struct text_style style =
        layout_prose(layout, FONT_BOLD, SIZE_SECTION, COLOUR_INK);
    struct phrase_block title =
        layout_phrase(layout, flow->page->title, style, layout_second(layout),
                      layout->right - layout->left);
    display_open(layout->display, "H1", NULL);
    layout_phrase_at(layout, &title, layout->left, layout->right, layout->top,
                     ALIGN_LEFT);
    display_close(layout->display);
    return title.height + TITLE_GAP;
}

/* The first page has the title; what goes on has it in its head. */
static void
start_page(struct flow *flow, const char *label)
{
    struct layout *layout = flow->layout;
    display_page(layout->display, label);
    flow->top = layout->top + (label ? page_title(flow) : 0);
    flow->y = flow->reach = flow->top;
    flow->bottom = flow->next_bottom > 0 ? flow->next_bottom : layout->bottom;
    flow->next_bottom = 0;
    flow->column = 0;
    flow->at_top = true;
}

/* Goes on in the next column, or on the next page. */
static void
next_column(struct flow *flow)
{
    if (flow->column == 0 && !flow->is_wide) {
        flow->column = 1;
        flow->y = flow->top;
        flow->at_top = true;
        return;
    }
    flow->is_full = true;
    start_page(flow, NULL);
}

static void
advance(struct flow *flow, double height)
{
    flow->y += height;
    flow->at_top = false;
    if (flow->y > flow->reach)
        flow->reach = flow->y;
}

static bool
has_room(const struct flow *flow, double height)
{
    return flow->y + height <= flow->bottom + 0.01;
}

/* Makes room of that height in this column or the next ones. */
static void
make_room(struct flow *flow, double height, const char *text)
{
    for (unsigned i = 0; i < 3 && !has_room(flow, height); i++)
        next_column(flow);
    if (!has_room(flow, height))
        layout_fail(flow->layout, text);
}

static void
place(struct flow *flow, const char *tag, const struct phrase_block *block)
{
    double x = column_x(flow);
    display_open(flow->layout->display, tag, NULL);
    layout_phrase_at(flow->layout, block, x, x + column_width(flow), flow->y,
                     ALIGN_LEFT);
    display_close(flow->layout->display);
    advance(flow, block->height);
}

/* The heading of a block, with room for what follows: a heading does not stand
   alone at the foot of a column. */
static void
place_heading(struct flow *flow, struct phrase heading, double follows)
{
    struct layout *layout = flow->layout;
    if (!flow->at_top)
        flow->y += BLOCK_GAP * flow->spacing;
    if (heading.lead == NULL)
        return;
    struct phrase_block block = layout_phrase(
        layout, heading, layout_prose(layout, FONT_BOLD, SIZE_NAME, COLOUR_INK),
        layout_second(layout), column_width(flow));
    make_room(flow, block.height + HEADING_GAP + follows, heading.lead);
    place(flow, "H2", &block);
    flow->y += HEADING_GAP;
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
    double more = 0.12 * block.lead_step;
    block.lead_step += more;
    block.height += more * (double)block.lead.line_count;
    return block;
}

static void
place_paragraphs(struct flow *flow, const struct plan_block *block)
{
    for (size_t i = 0; i < block->paragraph_count; i++) {
        struct phrase_block text = paragraph_block(flow, block->paragraphs[i]);
        if (i == 0)
            place_heading(flow, block->heading, text.height);
        make_room(flow, text.height, block->paragraphs[i].lead);
        place(flow, "P", &text);
        flow->y += PARAGRAPH_GAP * flow->spacing;
    }
}

static void
place_after(struct flow *flow, struct phrase text)
{
    if (text.lead == NULL)
        return;
    struct phrase_block block = paragraph_block(flow, text);
    flow->y += 1.0;
    make_room(flow, block.height, text.lead);
    place(flow, "P", &block);
}

static struct table_grid
measure(struct flow *flow, const struct plan_table *table)
{
    double x = column_x(flow), row = ROW_MM - 2 * (1 - flow->spacing);
    return table_measure(flow->layout, table, x, x + column_width(flow),
                         row > ROW_LEAST_MM ? row : ROW_LEAST_MM, SIZE_DETAIL,
                         SIZE_DETAIL);
}

/* How tall what stands below a table is. */
static double
after_height(struct flow *flow, struct phrase text)
{
    return text.lead ? 1.0 + paragraph_block(flow, text).height : 0;
}

/* Where the rows from first on have to end: higher up where all of them would
   fit and the lines below them would not, or all but one, so that neither a
   line nor a row stands alone in the next column. */
static double
rows_bottom(struct flow *flow, const struct plan_table *table,
            const struct table_grid *grid, size_t first)
{
    const size_t count = table->row_count;
    double tail =
        after_height(flow, table->after) + after_height(flow, table->note);
    double end = flow->y + grid->head_height, before = end, earlier = end;
    for (size_t i = first; i < count; i++) {
        earlier = before;
        before = end;
        end += table_row_height(flow->layout, grid, i);
    }
    if (end <= flow->bottom && end + tail > flow->bottom && count - first > 1)
        return end - 0.02;
    if (end > flow->bottom && before <= flow->bottom && count - first > 3)
        return earlier + 0.01;
    return flow->bottom;
}

static void
place_table(struct flow *flow, const struct plan_block *block)
{
    const struct plan_table *table = &block->table;
    struct table_grid grid = measure(flow, table);
    double first_rows = grid.head_height;
    for (size_t i = 0; i < table->row_count && i < 2; i++)
        first_rows += table_row_height(flow->layout, &grid, i);
    place_heading(flow, block->heading.lead ? block->heading : table->heading,
                  first_rows);
    for (size_t row = 0; row < table->row_count;) {
        double end = flow->y;
        grid = measure(flow, table);
        size_t next =
            table_draw(flow->layout, &grid, row, flow->y,
                       rows_bottom(flow, table, &grid, row), &end);
        if (next == row && flow->at_top &&
            flow->bottom >= flow->layout->bottom) {
            layout_fail(flow->layout, table->rows[row].cells[0].text.lead);
            return;
        }
        if (next > row)
            advance(flow, end - flow->y);
        if (next > row && next < table->row_count)
            flow->splits++;
        row = next;
        if (row >= table->row_count)
            break;
        next_column(flow);
        if (row > 0)
            place_heading(flow, block->continued, grid.head_height);
    }
    place_after(flow, table->after);
    place_after(flow, table->note);
}

static void
place_signatures(struct flow *flow, const struct plan_block *block)
{
    const struct plan_table *table = &block->table;
    const double height = signatures_height(flow->layout);
    if (table->row_count == 0)
        return;
    double above = 0;
    for (size_t i = 0; i < block->paragraph_count; i++)
        above += paragraph_block(flow, block->paragraphs[i]).height +
                 PARAGRAPH_GAP;
    place_heading(flow, block->heading.lead ? block->heading : table->heading,
                  above + height);
    make_room(flow, above + height, table->rows[0].cells[0].text.lead);
    for (size_t i = 0; i < block->paragraph_count; i++) {
        struct phrase_block text = paragraph_block(flow, block->paragraphs[i]);
        place(flow, "P", &text);
        flow->y += PARAGRAPH_GAP;
    }
    signatures_draw(flow->layout, table, flow->y);
    advance(flow, height);
}

/* Whether a block stands across the page: the boxes, and tables whose columns
   of fixed width leave a column of text too little in half of it. */
static bool
is_wide(const struct flow *flow, const struct plan_block *block)
{
    double needed = 0;
    if (block->kind != BLOCK_TABLE)
        return block->kind == BLOCK_SIGNATURES;
    for (size_t i = 0; i < block->table.column_count; i++) {
        double width = block->table.columns[i].width_mm;
        needed += width > 0 ? width : TEXT_MM;
    }
    return needed > (flow->layout->right - flow->layout->left - BETWEEN_MM) / 2;
}

static void
place_block(struct flow *flow, const struct plan_block *block)
{
    if (block->kind == BLOCK_PARAGRAPH)
        place_paragraphs(flow, block);
    else if (block->kind == BLOCK_TABLE)
        place_table(flow, block);
    else
        place_signatures(flow, block);
}

/* What is set back when a trial is thrown away. */
struct trial {
    struct flow flow;
    size_t pages, items;
    const char *why;
};

static struct trial
trial_start(const struct flow *flow)
{
    const struct display *display = flow->layout->display;
    return (struct trial){*flow, display->page_count,
                          display->pages[display->page_count - 1].item_count,
                          flow->layout->why};
}

static void
trial_undo(struct flow *flow, const struct trial *trial)
{
    struct display *display = flow->layout->display;
    display->page_count = trial->pages;
    display->pages[trial->pages - 1].item_count = trial->items;
    *flow = trial->flow;
    flow->layout->why = trial->why;
}

static void
place_all(struct flow *flow, const struct plan_block *blocks, size_t count,
          double bottom)
{
    flow->bottom = bottom;
    flow->is_full = false;
    flow->splits = 0;
    for (size_t i = 0; i < count; i++)
        place_block(flow, &blocks[i]);
}

/* Places blocks that do not fit this page: it is filled, and what is left goes
   on in two columns of about the same length, where one more page takes it. */
static void
place_over(struct flow *flow, const struct plan_block *blocks, size_t count,
           const struct trial *trial)
{
    const struct display *display = flow->layout->display;
    const double most = flow->layout->bottom;
    const size_t pages = display->page_count;
    if (pages != trial->pages + 1 || flow->layout->why)
        return;
    for (double end = flow->top + COLUMN_STEP; end < most; end += COLUMN_STEP) {
        trial_undo(flow, trial);
        flow->next_bottom = end;
        place_all(flow, blocks, count, most);
        if (display->page_count == pages && flow->layout->why == NULL)
            return;
    }
    trial_undo(flow, trial);
    place_all(flow, blocks, count, most);
}

/* Places blocks in two columns of about the same length: the shortest length
   is looked for in which they fit, or one a little longer where that keeps a
   table whole, which has company. */
static void
place_columns(struct flow *flow, const struct plan_block *blocks, size_t count)
{
    struct trial trial = trial_start(flow);
    double most = flow->layout->bottom, fitting = 0;
    /* how long one column would be: half of that is the least */
    place_all(flow, blocks, count, ENDLESS);
    double bottom = flow->top + (flow->reach - flow->top) / 2;
    for (;; bottom += COLUMN_STEP) {
        trial_undo(flow, &trial);
        place_all(flow, blocks, count, bottom < most ? bottom : most);
        if (!flow->is_full && fitting <= 0)
            fitting = flow->bottom;
        if (bottom >= most ||
            (!flow->is_full && (flow->splits == 0 || count == 1)) ||
            (fitting > 0 && bottom > fitting + WHOLE_MM))
            break;
    }
    if (fitting > 0 && fitting < flow->bottom &&
        (flow->splits > 0 || flow->is_full)) {
        trial_undo(flow, &trial);
        place_all(flow, blocks, count, fitting);
    }
    if (fitting <= 0)
        place_over(flow, blocks, count, &trial);
    flow->y = flow->reach;
    flow->column = 0;
    flow->bottom = most;
    flow->at_top = false;
}

/* Blocks that stand in columns, or one that stands across the page. */
static void
place_band(struct flow *flow, const struct plan_block *blocks, size_t count)
{
    if (count == 0) {
        flow->is_wide = true;
        place_block(flow, blocks);
        flow->is_wide = false;
        return;
    }
    if (!flow->at_top)
        flow->y += BLOCK_GAP * flow->spacing;
    flow->top = flow->reach = flow->y;
    flow->at_top = true;
    place_columns(flow, blocks, count);
}

/* The same, on the next page where this one is nearly full and that keeps them
   whole. */
static void
place_whole(struct flow *flow, const struct plan_block *blocks, size_t count)
{
    const struct layout *layout = flow->layout;
    const size_t pages = layout->display->page_count;
    const double height = layout->bottom - layout->top;
    struct trial trial = trial_start(flow);
    place_band(flow, blocks, count);
    if (layout->display->page_count == pages || !flow->keeps ||
        trial.flow.y < layout->top + KEEPS * height)
        return;
    trial_undo(flow, &trial);
    start_page(flow, NULL);
    place_band(flow, blocks, count);
    if (layout->display->page_count == pages + 1 && layout->why == NULL)
        return;
    trial_undo(flow, &trial);
    place_band(flow, blocks, count);
}

static void
place_blocks(struct flow *flow, size_t count)
{
    const struct plan_page *page = flow->page;
    for (size_t i = 0; i < count;) {
        size_t next = i;
        while (next < count && !is_wide(flow, &page->blocks[next]))
            next++;
        if (i == flow->broken && !flow->at_top)
            start_page(flow, NULL);
        place_whole(flow, &page->blocks[i], next - i);
        i = next > i ? next : i + 1;
    }
}

/* The blocks from a new page on; how much of the last page they fill. */
static double
place_from(struct flow *flow, size_t count, const struct trial *trial,
           double spacing, size_t broken)
{
    const struct layout *layout = flow->layout;
    trial_undo(flow, trial);
    flow->spacing = spacing;
    flow->broken = broken;
    place_blocks(flow, count);
    return (flow->y - layout->top) / (layout->bottom - layout->top);
}

/* All blocks with no block broken that may be whole, from that spacing on with
   less of it, where that takes no more pages; false where it does. */
static bool
place_kept(struct flow *flow, size_t count, struct trial *trial, size_t most,
           double spacing, double *filled)
{
    const struct layout *layout = flow->layout;
    trial->flow.keeps = true;
    for (; spacing > LEAST_SPACING; spacing -= LESS_SPACING) {
        *filled = place_from(flow, count, trial, spacing, count);
        if (layout->display->page_count == most && layout->why == NULL)
            return true;
    }
    trial->flow.keeps = false;
    return false;
}

/* All blocks of flow->page, from a new page on.  A few lines on a page of their
   own are drawn in by less space between; where that does not do, blocks that
   stand before them go there with them.  Whether no block is broken that may be
   whole. */
static bool
place_pages(struct flow *flow, size_t count)
{
    struct layout *layout = flow->layout;
    const struct display *display = layout->display;
    start_page(flow, flow->page->title.lead);
    struct trial trial = trial_start(flow);
    double filled = place_from(flow, count, &trial, 1, count), spacing = 1;
    const size_t usual = display->page_count;
    size_t pages = usual;
    if (usual == trial.pages || layout->why)
        return true;
    while (filled <= SPARSE && pages == usual &&
           spacing - LESS_SPACING > LEAST_SPACING) {
        spacing -= LESS_SPACING;
        place_from(flow, count, &trial, spacing, count);
        pages = display->page_count;
    }
    if (pages == usual)
        spacing = 1;
    if (place_kept(flow, count, &trial, pages, spacing, &filled) &&
        (filled > SPARSE || pages < usual))
        return true;
    for (size_t broken = count - 1; pages == usual && broken > 0; broken--) {
        filled = place_from(flow, count, &trial, 1, broken);
        if (display->page_count > usual)
            break;
        if (filled > SPARSE)
            return false;
    }
    place_from(flow, count, &trial, spacing, count);
    return false;
}

void
basis_layout(struct layout *layout, const struct plan_page *page)
{
    struct flow flow = {.layout = layout, .page = page, .spacing = 1};
    place_pages(&flow, page->block_count);
}
