/*
 * The pages of evidence: for each link what its load test showed, the charts
 * left, how far it held and the numbers right; six a page where texts are of
 * usual length, four in two languages, one below the other where numbers are
 * long.
 */
#include <math.h>

#include "base/arena.h"
#include "render/page_table.h"

#define GUTTER_MM 9.0      /* between the two blocks of a row */
#define ROW_GAP_MM 3.2     /* below a row */
#define CHART_SHARE 0.55   /* of a block's width */
#define CHART_SHARE_TWO 0.48 /* where words are said twice */
#define CHART_LEAST_MM 52.0
#define CHART_HEIGHT_MM 37.0 /* at least */
#define TO_TEXT_MM 5.0     /* from the charts to the words */
#define TEXT_GAP_MM 1.6
#define LIMIT_GAP_MM 0.4 /* from the charts' top down to the words */
#define TABLE_ROW_MM 3.7
#define MARK_MM 3.2
#define NAME_GAP_MM 1.0
#define PER_PAGE 3     /* rows of blocks */
#define PER_PAGE_TWO 2 /* where words are said twice */
#define FOOT_GAP_MM 2.0
#define FOLLOWS_ROW_MM 50.0 /* a row below another page's content, at most */
#define FOLLOWS_GAP_MM 6.0 /* below another page's content */
#define ENTRY_GAP_MM 7.0
#define LEGEND_SAMPLE_MM 7.0
#define LEGEND_LINE_MM 4.6

/* A link's block, measured. */
struct block {
    const struct plan_ramp *ramp;
    struct phrase_block name, facts, caution, limit;
    struct table_grid grid;
    double limit_x, limit_y; /* of the limit in words, from the upper left */
    double table_y;
    double head;   /* height of what stands above the charts [mm] */
    double text;   /* x of the words, from the block's left edge [mm] */
    double height; /* it needs at least [mm] */
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
        sum += widest > table->columns[i].width_mm
                   ? widest
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

static struct block
measure(struct layout *layout, const struct plan_ramp *ramp, double width,
        double text)
{
    struct block block = {.ramp = ramp};
    struct text_style small = layout_second(layout);
    struct text_style name =
        layout_style(layout, FONT_BOLD, SIZE_NAME, COLOUR_INK);
    block.text = text;
    block.name = layout_phrase(
        layout, one_line(layout, ramp->name, name, width - INDENT), name,
        small, width - INDENT);
    block.facts = layout_phrase(
        layout, ramp->facts,
        layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK), small,
        width - INDENT);
    /* what is said twice takes the width of the charts too */
    block.limit_x = layout->two ? INDENT : block.text;
    block.limit = layout_phrase(
        layout, ramp->limit,
        layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK), small,
        width - block.limit_x);
    block.grid = table_measure(layout, &ramp->table, block.text, width,
                               TABLE_ROW_MM, SIZE_LEGEND, SIZE_LEGEND);
    block.head = block.name.height + block.facts.height;
    if (ramp->caution.lead != NULL) {
        block.caution = layout_phrase(
            layout, ramp->caution,
            layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_CAUTION),
            small, width - INDENT);
        block.head += block.caution.height;
    }
    block.limit_y = block.head + (layout->two ? 0 : NAME_GAP_MM + LIMIT_GAP_MM);
    if (layout->two)
        block.head += block.limit.height;
    block.head += NAME_GAP_MM;
    block.table_y = layout->two ? block.head
                                : block.limit_y + block.limit.height +
                                      TEXT_GAP_MM;
    double words = block.table_y - block.head - LIMIT_GAP_MM +
                   table_height(layout, &block.grid);
    block.height =
        block.head + (words > CHART_HEIGHT_MM ? words : CHART_HEIGHT_MM);
    return block;
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
draw_limit(struct layout *layout, const struct block *block, double x,
           double width, double top)
{
    display_open(layout->display, "P", NULL);
    layout_phrase_at(layout, &block->limit, x + block->limit_x, x + width,
                     top + block->limit_y, ALIGN_LEFT);
    display_close(layout->display);
}

static void
draw_block(struct layout *layout, const struct plan_ramps *ramps,
           struct block *block, double x, double width, double top,
           double height)
{
    double end;
    draw_head(layout, block, x, width, top);
    if (layout->two)
        draw_limit(layout, block, x, width, top);
    ramp_draw(layout, ramps, block->ramp, x, x + block->text - TO_TEXT_MM,
              top + block->head, top + height);
    if (!layout->two)
        draw_limit(layout, block, x, width, top);
    shift(&block->grid, x);
    table_draw(layout, &block->grid, 0, top + block->table_y, top + height + 1,
               &end);
}

/* --- the foot ---------------------------------------------------------- */

/* One entry of the legend; draws it where top is given, returns its width. */
static double
entry(struct layout *layout, struct phrase text, int look, int line, double x,
      const double *top)
{
    struct text_style style =
        layout_style(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK);
    const char *words = layout_joined(layout, text);
    double sample = look >= 0 ? 3.2 : LEGEND_SAMPLE_MM;
    double width = text_width_mm(layout->fonts, style, words) + 0.01;
    if (top) {
        double middle = *top + LEGEND_LINE_MM / 2;
        display_open(layout->display, "P", NULL);
        if (look >= 0)
            ramp_mark_draw(layout, (enum ramp_look)look, x + sample / 2,
                           middle);
        else
            ramp_line_draw(layout, (enum ramp_line_kind)line, x, x + sample,
                           middle);
        layout_text(layout, style, words, x + sample + 1.4,
                    x + sample + 1.4 + width,
                    middle + 0.36 * style_em_mm(style), ALIGN_LEFT);
        display_close(layout->display);
    }
    return sample + 1.4 + width;
}

/* The legend in as many lines as it needs; returns its height. */
static double
legend(struct layout *layout, const struct plan_ramps *ramps,
       const double *top)
{
    double x = layout->left, y = 0;
    for (int i = 0; i < RAMP_LOOKS + RAMP_LINES; i++) {
        int look = i < RAMP_LOOKS ? i : -1, line = i - RAMP_LOOKS;
        bool used = look >= 0 ? ramps->looks >> i & 1
                              : ramps->line_kinds >> line & 1;
        if (!used)
            continue;
        struct phrase text = look >= 0 ? ramps->legend_looks[look]
                                       : ramps->legend_lines[line];
        double width = entry(layout, text, look, line, x, NULL);
        if (x > layout->left && x + width > layout->right) {
            x = layout->left;
            y += LEGEND_LINE_MM;
        }
        if (top) {
            double here = *top + y;
            entry(layout, text, look, line, x, &here);
        }
        x += width + ENTRY_GAP_MM;
    }
    return y + LEGEND_LINE_MM;
}

static double
sentence(struct layout *layout, struct phrase text, const double *top)
{
    struct phrase_block block = layout_phrase(
        layout, text,
        layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK),
        layout_second(layout), layout->right - layout->left);
    if (text.lead == NULL)
        return 0;
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
    y += legend(layout, ramps, top ? &y : NULL);
    return y - from;
}

/* --- the pages --------------------------------------------------------- */

/* How many blocks stand beside each other: two where numbers leave both the
   room for charts. */
static size_t
find_across(struct layout *layout, const struct plan_ramps *ramps)
{
    double width = (layout->right - layout->left - GUTTER_MM) / 2;
    for (size_t i = 0; i < ramps->count; i++)
        if (table_width(layout, &ramps->ramps[i].table) + TO_TEXT_MM +
                CHART_LEAST_MM >
            width)
            return 1;
    return 2;
}

/* Where the words stand, so that the widest table has its room. */
static double
find_text(struct layout *layout, const struct plan_ramps *ramps, double width)
{
    double chart = (layout->two ? CHART_SHARE_TWO : CHART_SHARE) * width;
    for (size_t i = 0; i < ramps->count; i++) {
        double left =
            width - table_width(layout, &ramps->ramps[i].table) - TO_TEXT_MM;
        chart = left < chart ? left : chart;
    }
    return chart + TO_TEXT_MM;
}

/* The pages being filled. */
struct fill_state {
    const struct plan_page *page;
    size_t across;
    double width;  /* of a block [mm] */
    double text;   /* from its left edge to the words, alike in all [mm] */
    double bottom; /* of the blocks [mm] */
    double usual;  /* height of a row, while what it says needs no more [mm] */
};

/* Measures the blocks of a row from first on; returns the height it needs. */
static double
measure_row(struct layout *layout, const struct fill_state *state,
            size_t first, struct block *blocks)
{
    const struct plan_ramps *ramps = &state->page->ramps;
    double height = 0;
    for (size_t i = 0; i < state->across && first + i < ramps->count; i++) {
        blocks[i] = measure(layout, &ramps->ramps[first + i], state->width,
                            state->text);
        height = blocks[i].height > height ? blocks[i].height : height;
    }
    return height;
}

/* Fills a page with rows from first on; returns the first block that is not
   on it, and in *end where they end.  Without drawing, only finds that out. */
static size_t
fill_page(struct layout *layout, const struct fill_state *state, size_t first,
          double top, bool draw, double *end)
{
    const struct plan_ramps *ramps = &state->page->ramps;
    double y = top;
    while (first < ramps->count) {
        struct block blocks[2];
        double height = measure_row(layout, state, first, blocks);
        height = height > state->usual ? height : state->usual;
        if (y + height > state->bottom + 0.01)
            break;
        for (size_t i = 0; i < state->across && first < ramps->count;
             i++, first++)
            if (draw)
                draw_block(layout, ramps, &blocks[i],
                           layout->left +
                               (double)i * (state->width + GUTTER_MM),
                           state->width, y, height);
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
    double top = title_draw(layout, page, first, first, ramps->all) + 1;
    here->item_count = before;
    if (state->usual <= 0)
        state->usual = usual_height(state, top,
                                    layout->two ? PER_PAGE_TWO : PER_PAGE);
    size_t next = fill_page(layout, state, first, top, false, &end);
    if (next == first)
        return next;
    title_draw(layout, page, first, next, ramps->all);
    fill_page(layout, state, first, top, true, &end);
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
    double blocks = title_draw(layout, state->page, 0, 0, ramps->all) + 1;
    here->item_count = before;
    state->usual = 0.01;
    bool fits = blocks < state->bottom &&
                fill_page(layout, state, 0, blocks, false, &end) ==
                    ramps->count;
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
    state.across = find_across(layout, ramps);
    state.width = layout->right - layout->left;
    if (state.across == 2)
        state.width = (state.width - GUTTER_MM) / 2;
    state.text = find_text(layout, ramps, state.width);
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
