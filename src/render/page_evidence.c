/*
 * The pages of evidence: for each link what its load test showed, the charts
 * left, how far it held and the numbers right; six a page where texts are of
 * usual length, one below the other where numbers are long.  The charts and
 * their legend are for page_ramp.c and page_ramp_legend.c.
 */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "render/page_table.h"

#define GUTTER_MM 9.0        /* between the two blocks of a row */
#define ROW_GAP_MM 2.6       /* below a row */
#define CHART_SHARE 0.55     /* of a block's width */
#define CHART_SHARE_TWO 0.48 /* where words are said twice */
#define CHART_LEAST_MM 52.0
#define CHART_LEAST_TWO_MM 40.0 /* no names of lines stand beside it */
#define PANEL_LEAST_MM 20.0     /* of which its panels keep */
#define CHART_HEIGHT_MM 37.0    /* at least */
#define TO_TEXT_MM 5.0          /* from the charts to the words */
#define TABLE_ROW_MM 3.5
#define LIMIT_LINES 4     /* of the limit in words, where one variant fits */
#define LIMIT_LINES_TWO 2 /* in each of two languages */
#define MOST_LINES 60
#define MARK_MM 3.2
#define NAME_GAP_MM 0.4
#define PER_PAGE 3 /* rows of blocks */
#define TITLE_GAP_MM 0.6
#define FOOT_GAP_MM 1.2
#define FOLLOWS_ROW_MM 50.0 /* a row below another page's content, at most */
#define FOLLOWS_GAP_MM 6.0  /* below another page's content */

/* A link's block, measured. */
struct block {
    const struct plan_ramp *ramp;
    struct plan_table table; /* of the numbers, as it stands */
    struct phrase_block name, facts, caution, limit;
    struct table_grid grid;
    double head;   /* height of what stands above the charts [mm] */
    double height; /* it needs at least [mm] */
};

/* The pages being filled. */
struct fill_state {
    const struct plan_page *page;
    struct block *blocks; /* one a ramp */
    struct ramp_frame frame;
    size_t across;
    double width;  /* of a block [mm] */
    double text;   /* from its left edge to the words, alike in all [mm] */
    double bottom; /* of the blocks [mm] */
    double usual;  /* height of a row, while what it says needs no more [mm] */
};

const char *
place_of_evidence(struct layout *layout, size_t number)
{
    return arena_format(layout->arena, "evidence-%zu", number);
}

/* --- one block --------------------------------------------------------- */

static double
table_height(struct layout *layout, const struct table_grid *grid)
{
    double height = grid->head_height;
    for (size_t i = 0; i < grid->table->row_count; i++)
        height += table_row_height(layout, grid, i);
    return height;
}

/* The table with the names of its rows in both languages on one line. */
static struct plan_table
table_joined(struct layout *layout, const struct plan_table *table)
{
    struct plan_table joined = *table;
    struct plan_row *rows =
        arena_array(layout->arena, table->row_count, struct plan_row);
    for (size_t i = 0; i < table->row_count; i++) {
        struct plan_cell *cells =
            arena_array(layout->arena, table->column_count, struct plan_cell);
        memcpy(cells, table->rows[i].cells,
               table->column_count * sizeof *cells);
        cells[0].text =
            (struct phrase){layout_merged(layout, cells[0].text), NULL};
        rows[i] = table->rows[i];
        rows[i].cells = cells;
    }
    joined.rows = rows;
    return joined;
}

/* What the columns of numbers need, with a first one of some width. */
static double
table_width(struct layout *layout, const struct plan_table *table)
{
    struct text_style style =
        layout_style(layout, FONT_BOLD, SIZE_LEGEND, COLOUR_INK);
    double sum = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        double widest = 0;
        for (size_t k = 0; k < table->row_count; k++) {
            double width = text_width_mm(layout->fonts, style,
                                         table->rows[k].cells[i].text.lead);
            widest = width > widest ? width : widest;
        }
        if (table->columns[i].heading.lead != NULL) {
            double width = text_width_mm(layout->fonts, style,
                                         table->columns[i].heading.lead);
            widest = width > widest ? width : widest;
        }
        widest += 2.6;
        sum += widest > table->columns[i].width_mm ? widest
                                                   : table->columns[i].width_mm;
    }
    return sum;
}

/* Both languages on one line where they fit it. */
static struct phrase
one_line(struct layout *layout, struct phrase text, struct text_style style,
         double width)
{
    const char *joined = layout_joined(layout, text);
    if (text_width_mm(layout->fonts, style, joined) > width)
        return text;
    return (struct phrase){joined, NULL};
}

static void
measure(struct layout *layout, const struct fill_state *state,
        struct block *block)
{
    const struct plan_ramp *ramp = block->ramp;
    const double width = state->width;
    struct text_style small = layout_second(layout);
    struct text_style name =
        layout_style(layout, FONT_BOLD, SIZE_NAME, COLOUR_INK);
    block->name = layout_phrase(
        layout, one_line(layout, ramp->name, name, width - INDENT), name, small,
        width - INDENT);
    block->facts = layout_phrase(
        layout, ramp->facts,
        layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK), small,
        width - INDENT);
    block->limit = layout_wording(
        layout, ramp->limit, width - state->text,
        layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK), small,
        layout->two ? LIMIT_LINES_TWO : LIMIT_LINES, MOST_LINES);
    block->grid = table_measure(layout, &block->table, state->text, width,
                                TABLE_ROW_MM, SIZE_LEGEND, SIZE_LEGEND);
    block->grid.is_plain = true;
    block->head = block->name.height + block->facts.height;
    if (ramp->caution.lead != NULL) {
        block->caution = layout_phrase(
            layout, ramp->caution,
            layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_CAUTION),
            small, width - INDENT);
        block->head += block->caution.height;
    }
    block->head += NAME_GAP_MM;
    double words = block->limit.height + table_height(layout, &block->grid);
    block->height =
        block->head + (words > CHART_HEIGHT_MM ? words : CHART_HEIGHT_MM);
}

/* The grid of a table moved to the right. */
static void
shift(struct table_grid *grid, double by)
{
    grid->left += by;
    grid->right += by;
    for (size_t i = 0; i < grid->table->column_count; i++) {
        grid->columns[i].x0 += by;
        grid->columns[i].x1 += by;
    }
}

static void
draw_head(struct layout *layout, const struct block *block, double x,
          double width, double top)
{
    struct display *display = layout->display;
    const struct plan_ramp *ramp = block->ramp;
    const char *place = place_of_evidence(layout, ramp->number);
    display_open(display, "H2", NULL);
    display_open_place(display, place);
    display_open_link(display, place_of_row(layout, ramp->number));
    mark_draw(layout, ramp->link->state, x,
              top + (block->name.lead_step - MARK_MM) / 2, MARK_MM);
    layout_phrase_at(layout, &block->name, x + INDENT, x + width, top,
                     ALIGN_LEFT);
    display_close(display);
    display_close(display);
    display_close(display);
    display_entry(display, ramp->name.lead, place);
    display_open(display, "P", NULL);
    layout_phrase_at(layout, &block->facts, x + INDENT, x + width,
                     top + block->name.height, ALIGN_LEFT);
    display_close(display);
    if (ramp->caution.lead == NULL)
        return;
    display_open(display, "P", NULL);
    layout_phrase_at(layout, &block->caution, x + INDENT, x + width,
                     top + block->name.height + block->facts.height,
                     ALIGN_LEFT);
    display_close(display);
}

static void
draw_block(struct layout *layout, const struct fill_state *state,
           struct block *block, double x, double top, double height)
{
    const double width = state->width, words = x + state->text;
    double end, text = top + block->head;
    draw_head(layout, block, x, width, top);
    ramp_draw(layout, &state->page->ramps, block->ramp, state->frame, x,
              words - TO_TEXT_MM, top + block->head, top + height);
    display_open(layout->display, "P", NULL);
    layout_phrase_at(layout, &block->limit, words, x + width, text, ALIGN_LEFT);
    display_close(layout->display);
    shift(&block->grid, x);
    table_draw(layout, &block->grid, 0, text + block->limit.height,
               top + height + 1, &end);
}

/* --- the foot ---------------------------------------------------------- */

static double
sentence(struct layout *layout, struct phrase text, const double *top)
{
    const double width = layout->right - layout->left;
    struct text_style style =
        layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK);
    if (text.lead == NULL)
        return 0;
    struct phrase_block block =
        layout_phrase(layout, one_line(layout, text, style, width), style,
                      layout_second(layout), width);
    if (top)
        layout_sentence(layout, "P", &block, layout->left, *top);
    return block.height;
}

/* Notes and legend; returns the height, and draws from top where given. */
static double
foot(struct layout *layout, const struct plan_ramps *ramps, const double *top)
{
    double y = top ? *top : 0, from = y;
    y += sentence(layout, ramps->after, top ? &y : NULL);
    y += sentence(layout, ramps->note, top ? &y : NULL);
    y += ramp_legend(layout, ramps, top ? &y : NULL);
    return y - from;
}

/* --- the pages --------------------------------------------------------- */

/* How many blocks stand beside each other: two where numbers leave both the
   room for charts. */
static size_t
find_across(struct layout *layout, const struct fill_state *state)
{
    double width = (layout->right - layout->left - GUTTER_MM) / 2;
    double chart =
        fmax(layout->two ? CHART_LEAST_TWO_MM : CHART_LEAST_MM,
             state->frame.left + state->frame.right + PANEL_LEAST_MM);
    for (size_t i = 0; i < state->page->ramps.count; i++)
        if (table_width(layout, &state->blocks[i].table) + TO_TEXT_MM + chart >
            width)
            return 1;
    return 2;
}

/* Where the words stand, so that the widest table has its room. */
static double
find_text(struct layout *layout, const struct fill_state *state)
{
    double chart = (layout->two ? CHART_SHARE_TWO : CHART_SHARE) * state->width;
    for (size_t i = 0; i < state->page->ramps.count; i++) {
        double left = state->width -
                      table_width(layout, &state->blocks[i].table) - TO_TEXT_MM;
        chart = left < chart ? left : chart;
    }
    return chart + TO_TEXT_MM;
}

/* The height that the row of blocks from first on needs. */
static double
row_height(const struct fill_state *state, size_t first)
{
    double height = 0;
    for (size_t i = first;
         i < first + state->across && i < state->page->ramps.count; i++)
        height = fmax(height, state->blocks[i].height);
    return height;
}

/* Fills a page with rows from first on; returns the first block that is not
   on it, and in *end where they end.  Without drawing, only finds that out. */
static size_t
fill_page(struct layout *layout, const struct fill_state *state, size_t first,
          double top, bool draw, double *end)
{
    const size_t count = state->page->ramps.count;
    double y = top;
    while (first < count) {
        double height = fmax(row_height(state, first), state->usual);
        if (y + height > state->bottom + 0.01)
            break;
        double x = layout->left;
        for (size_t i = 0; i < state->across && first < count; i++, first++) {
            if (draw)
                draw_block(layout, state, &state->blocks[first], x, y, height);
            x += state->width + GUTTER_MM;
        }
        *end = y + height;
        y += height + ROW_GAP_MM;
    }
    return first;
}

/* How high rows are that fill a page from top on. */
static double
usual_height(const struct fill_state *state, double top, double rows)
{
    return (state->bottom - top - (rows - 1) * ROW_GAP_MM) / rows;
}

/* How high the rows of the blocks first to next - 1 are where they fill a page:
   long texts may have left no room for one more. */
static double
stretched(struct layout *layout, struct fill_state *state, size_t first,
          size_t next, double top)
{
    const double usual = state->usual;
    double end, rows = ceil((double)(next - first) / (double)state->across);
    state->usual = usual_height(state, top, rows);
    bool fits = fill_page(layout, state, first, top, false, &end) == next;
    double height = fits ? state->usual : usual;
    state->usual = usual;
    return height;
}

/* Draws title, blocks and foot on the last sheet, from layout->top; returns the
   first block that is not on it. */
static size_t
draw_sheet(struct layout *layout, struct fill_state *state, size_t first)
{
    const struct plan_page *page = state->page;
    const struct plan_ramps *ramps = &page->ramps;
    double end = 0;
    /* the title's height does not depend on the range */
    struct display_page *here =
        &layout->display->pages[layout->display->page_count - 1];
    const size_t before = here->item_count;
    double top =
        title_draw(layout, page, first, first, ramps->all) + TITLE_GAP_MM;
    here->item_count = before;
    if (state->usual <= 0)
        state->usual = usual_height(state, top, PER_PAGE);
    size_t next = fill_page(layout, state, first, top, false, &end);
    if (next == first)
        return next;
    const double usual = state->usual;
    if (next < ramps->count)
        state->usual = stretched(layout, state, first, next, top);
    title_draw(layout, page, first, next, ramps->all);
    fill_page(layout, state, first, top, true, &end);
    state->usual = usual;
    end += FOOT_GAP_MM;
    layout->end = end + foot(layout, ramps, &end);
    return next;
}

/* Whether all blocks have room below what stands on the last sheet; then they
   stand there. */
static bool
follows(struct layout *layout, struct fill_state *state)
{
    const struct plan_ramps *ramps = &state->page->ramps;
    const double top = layout->top;
    double end = 0;
    if (layout->free <= 0)
        return false;
    struct display_page *here =
        &layout->display->pages[layout->display->page_count - 1];
    const size_t before = here->item_count;
    layout->top = layout->free + FOLLOWS_GAP_MM;
    double blocks =
        title_draw(layout, state->page, 0, 0, ramps->all) + TITLE_GAP_MM;
    here->item_count = before;
    state->usual = 0.01;
    bool fits =
        blocks < state->bottom &&
        fill_page(layout, state, 0, blocks, false, &end) == ramps->count;
    if (fits) {
        /* as high as on a page of their own, where that has room */
        double rows = ceil((double)ramps->count / (double)state->across);
        double most = usual_height(state, blocks, rows);
        state->usual = most < FOLLOWS_ROW_MM ? most : FOLLOWS_ROW_MM;
        if (fill_page(layout, state, 0, blocks, false, &end) != ramps->count)
            state->usual = 0.01;
        draw_sheet(layout, state, 0);
        layout->sheets[PAGE_EVIDENCE] = layout->display->page_count;
    }
    state->usual = 0;
    layout->top = top;
    return fits;
}

void
evidence_layout(struct layout *layout, const struct plan_page *page)
{
    const struct plan_ramps *ramps = &page->ramps;
    struct fill_state state = {.page = page};
    state.frame = ramp_frame(layout, ramps);
    state.blocks = arena_array(layout->arena, ramps->count, struct block);
    for (size_t i = 0; i < ramps->count; i++) {
        const struct plan_ramp *ramp = &ramps->ramps[i];
        state.blocks[i].ramp = ramp;
        state.blocks[i].table =
            layout->two ? table_joined(layout, &ramp->table) : ramp->table;
    }
    state.across = find_across(layout, &state);
    state.width = layout->right - layout->left;
    if (state.across == 2)
        state.width = (state.width - GUTTER_MM) / 2;
    state.text = find_text(layout, &state);
    for (size_t i = 0; i < ramps->count; i++)
        measure(layout, &state, &state.blocks[i]);
    state.bottom = layout->bottom - foot(layout, ramps, NULL) - FOOT_GAP_MM;
    if (follows(layout, &state))
        return;
    const char *label = page->title.lead;
    for (size_t first = 0; first < ramps->count;) {
        display_page(layout->display, label);
        label = NULL;
        size_t next = draw_sheet(layout, &state, first);
        if (next == first) {
            layout_fail(layout, ramps->ramps[first].name.lead);
            return;
        }
        first = next;
    }
}
