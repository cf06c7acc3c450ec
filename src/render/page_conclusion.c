/*
 * Page 1: can we go?  From the top: the verdict and the message, the six
 * states, the decisions, the links worst first, legend and source.  Places as
 * on the grid; what needs more room than usual pushes the rest down, and rows
 * that no longer fit go on to a page of their own.
 */
#include "base/arena.h"
#include "render/page_parts.h"

/* Measures of the page [mm]. */
#define BAND_WIDTH 62.0
#define BAND_HEIGHT 27.0
#define BAND_INSET 5.0
#define OTHER_STEP 6.4 /* from the verdict's baseline to the next one */
#define RULE_STEP 6.2
#define MESSAGE_X 67.0 /* from the left edge */
#define COUNTS_GAP 5.0
#define COUNTS_HEIGHT 9.2
#define COUNT_BETWEEN 4.0
#define MARK_MM 3.2
#define OWNER_WIDTH 62.0 /* of owner and day, at the right edge */
#define BY_WIDTH 22.0
#define DECISION_STEP 5.2
#define TABLE_TOP 73.5 /* of the head's line, from the body's top */
#define ROW_MM 8.4
#define ORPHAN 0.18 /* a last line shorter than this share of the width */

static double
from_top(struct text_style style)
{
    return TEXT_ASCENT * style_em_mm(style);
}

/* The band's ground and the colour of its words, by verdict. */
static void
draw_band(struct layout *layout, const struct plan_conclusion *page, double top,
          double height, unsigned *word_rgb, unsigned *small_rgb)
{
    const struct look *look = &layout->look;
    struct box box = {layout->left, top, BAND_WIDTH, height};
    *word_rgb = *small_rgb = WHITE;
    if (page->verdict == VERDICT_NO_GO) {
        display_rect(
            layout->display, box,
            (struct paint){(int)look->rgb[COLOUR_BAD], NO_COLOUR, 0, 0});
        return;
    }
    bool go = page->verdict == VERDICT_GO;
    unsigned border = look->rgb[go ? COLOUR_GOOD : COLOUR_CAUTION];
    double inset = MM_PER_PT; /* half the border: it stays inside */
    box = (struct box){box.x + inset, box.y + inset, box.width - 2 * inset,
                       box.height - 2 * inset};
    display_rect(
        layout->display, box,
        (struct paint){(int)(go ? WHITE : look->rgb[COLOUR_CAUTION_TINT]),
                       (int)border, 2, 0});
    *word_rgb = border;
    *small_rgb = look->rgb[COLOUR_INK];
}

/* The three texts of the band, measured. */
struct band {
    struct text_block word, other, rule;
    double height;
};

static struct band
band_measure(struct layout *layout, const struct plan_conclusion *page)
{
    struct band band = {0};
    double width = BAND_WIDTH - BAND_INSET - 2;
    struct text_style word =
        layout_style(layout, FONT_BOLD, SIZE_VERDICT, COLOUR_INK);
    struct text_style other = word, rule;
    other.size_pt = word.size_pt / 2;
    rule = layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK);
    band.word = layout_break(layout, word, page->verdict_word.lead, width);
    if (page->verdict_other)
        band.other = layout_break(layout, other, page->verdict_other, width);
    if (page->verdict_rule.lead)
        band.rule = layout_break(layout, rule, page->verdict_rule.lead, width);
    size_t extra = band.word.line_count > 1 ? band.word.line_count - 1 : 0;
    band.height =
        BAND_HEIGHT + (double)extra * 1.15 * style_em_mm(word) +
        (band.rule.line_count > 1 ? (double)(band.rule.line_count - 1) * 3.6
                                  : 0);
    return band;
}

static void
band_draw(struct layout *layout, const struct plan_conclusion *page,
          struct band *band, double top, double height)
{
    unsigned word_rgb, small_rgb;
    double x0 = layout->left + BAND_INSET, x1 = layout->left + BAND_WIDTH - 2;
    double step = 1.15 * style_em_mm(band->word.style);
    /* the words stand in the middle of the band's height */
    double cap = 0.74 * style_em_mm(band->word.style);
    double words = cap + step * (double)(band->word.line_count - 1) +
                   (band->other.line_count > 0 ? OTHER_STEP : 0) +
                   (band->rule.line_count > 0 ? RULE_STEP : 0);
    double baseline = top + (height - words) / 2 + cap;
    display_open(layout->display, "H1", NULL);
    draw_band(layout, page, top, height, &word_rgb, &small_rgb);
    band->word.style.rgb = band->other.style.rgb = word_rgb;
    band->rule.style.rgb = small_rgb;
    layout_block(layout, &band->word, x0, x1, baseline, step, ALIGN_LEFT);
    display_close(layout->display);
    baseline += step * (double)(band->word.line_count - 1);
    if (band->other.line_count > 0)
        layout_tagged(layout, "P", &band->other, x0, x1, baseline += OTHER_STEP,
                      4.6, ALIGN_LEFT);
    if (band->rule.line_count > 0)
        layout_tagged(layout, "P", &band->rule, x0, x1, baseline + RULE_STEP,
                      3.6, ALIGN_LEFT);
}

/* A phrase in lines of at most width; where the last one would hold but a word
   or two, the lines are made a little shorter. */
static struct phrase_block
settle(struct layout *layout, struct phrase phrase, struct text_style lead,
       struct text_style second, double width)
{
    struct phrase_block usual =
        layout_phrase(layout, phrase, lead, second, width);
    size_t lines = usual.lead.line_count;
    for (double share = 1; lines > 1 && share > 0.75; share -= 0.03) {
        struct phrase_block block =
            layout_phrase(layout, phrase, lead, second, share * width);
        if (block.lead.line_count != lines ||
            block.second.line_count != usual.second.line_count)
            break;
        if (block.lead.lines[lines - 1].width_mm > ORPHAN * width)
            return block;
    }
    return usual;
}

/* A sentence in the shortest number of lines up to most that a wording fits,
   for each number the longest wording first. */
static struct phrase_block
choose(struct layout *layout, struct wording wording, double width,
       struct text_style lead, struct text_style second, size_t least,
       size_t most)
{
    struct phrase_block block = {0};
    if (wording.count == 0)
        return block;
    size_t chosen = wording.count;
    for (size_t lines = least; chosen == wording.count && lines <= most;
         lines++)
        chosen = text_choose(layout->arena, layout->fonts, wording, width, lead,
                             lines, second, lines);
    if (chosen == wording.count) {
        layout_fail(layout, wording.variants[wording.count - 1].lead);
        chosen--;
    }
    return settle(layout, wording.variants[chosen], lead, second, width);
}

/* Draws a sentence and returns where it ends. */
static double
sentence_draw(struct layout *layout, const char *tag,
              const struct phrase_block *block, double x0, double top)
{
    if (block->lead.line_count == 0)
        return top;
    display_open(layout->display, tag, NULL);
    layout_phrase_at(layout, block, x0, layout->right, top, ALIGN_LEFT);
    display_close(layout->display);
    return top + block->height;
}

/* The verdict band and, right of it, what it rests on; returns the end. */
static double
draw_verdict(struct layout *layout, const struct plan_conclusion *page,
             double top)
{
    double x = layout->left + MESSAGE_X, width = layout->right - x;
    struct text_style message =
        layout_prose(layout, FONT_BOLD, SIZE_MESSAGE, COLOUR_INK);
    struct text_style message_second =
        layout_prose(layout, FONT_BOLD, SIZE_NAME, COLOUR_SECONDARY);
    if (layout->two)
        message.size_pt -= 2;
    struct text_style second =
        layout_prose(layout, FONT_REGULAR, SIZE_SECOND, COLOUR_INK);
    struct text_style scenario =
        layout_prose(layout, FONT_REGULAR, SIZE_NUMBER, COLOUR_SECONDARY);
    struct text_style small = layout_second(layout);
    struct phrase_block first =
        choose(layout, page->message, width, message, message_second, 2, 2);
    struct phrase_block then =
        choose(layout, page->second, width, second, small, 2, 2);
    struct phrase_block other =
        choose(layout, page->scenario, width, scenario, small, 2, 2);
    /* the message breathes a little more than running text */
    first.lead_step *= 1.2;
    first.height += 0.2 / 1.2 * first.lead_step * (double)first.lead.line_count;

    struct band band = band_measure(layout, page);
    double content = first.height + (then.height > 0 ? 1.2 + then.height : 0) +
                     (other.height > 0 ? 1.2 + other.height : 0);
    double height = band.height > content ? band.height : content;
    band_draw(layout, page, &band, top, height);
    double y = sentence_draw(layout, "P", &first, x, top - 0.4) + 1.2;
    y = sentence_draw(layout, "P", &then, x, y) + 1.2;
    sentence_draw(layout, "P", &other, x, y);
    return top + height;
}

static const char *
count_text(struct layout *layout, unsigned count)
{
    return arena_format(layout->arena, "%u", count);
}

/* The mark of a state; grey where no link is in it, so that a red cross never
   stands beside a 0. */
static void
draw_count_mark(struct layout *layout, const struct plan_count *count, double x,
                double y)
{
    struct look own = layout->look;
    if (count->count == 0)
        layout->look.rgb[COLOUR_BAD] = layout->look.rgb[COLOUR_INK] =
            layout->look.rgb[COLOUR_PROVEN] = own.rgb[COLOUR_SECONDARY];
    mark_draw(layout, count->state, x, y, MARK_MM);
    layout->look = own;
}

/* The six states, zeros included; returns the end. */
static double
draw_counts(struct layout *layout, const struct plan_conclusion *page,
            double top)
{
    const struct look *look = &layout->look;
    struct text_style number =
        layout_style(layout, FONT_BOLD, SIZE_COUNTS, COLOUR_INK);
    double step = (layout->right - layout->left + COUNT_BETWEEN) / STATES;
    double height = COUNTS_HEIGHT, baseline = top + 8.4;
    for (size_t i = 0; i < STATES; i++) {
        const struct plan_count *count = &page->counts[i];
        double x0 = layout->left + (double)i * step;
        double x1 = x0 + step - COUNT_BETWEEN;
        bool is_bad = count->state == STATE_SHORT && count->count > 0;
        struct text_style style = number;
        if (is_bad)
            style.rgb = look->rgb[COLOUR_BAD];
        else if (count->count == 0)
            style.rgb = look->rgb[COLOUR_SECONDARY];
        struct text_style name =
            layout_style(layout, FONT_REGULAR, SIZE_NAME,
                         count->count > 0 ? COLOUR_INK : COLOUR_SECONDARY);
        double width = text_width_mm(layout->fonts, number,
                                     count_text(layout, count->count));
        double mark = x0 + width + 2.6, text = mark + MARK_MM + 2.0;
        struct phrase_block block = layout_phrase(
            layout, count->name, name, layout_second(layout), x1 - text);
        display_open(layout->display, "P", NULL);
        display_rule(layout->display, x0, x1, top,
                     look->rgb[is_bad ? COLOUR_BAD : COLOUR_INK],
                     is_bad ? 2 : 0.6);
        layout_text(layout, style, count_text(layout, count->count), x0, mark,
                    baseline, ALIGN_LEFT);
        draw_count_mark(layout, count, mark, baseline - 4.2);
        double text_top = baseline - 4.2 + MARK_MM / 2 - block.height / 2;
        layout_phrase_at(layout, &block, text, x1, text_top, ALIGN_LEFT);
        if (text_top + block.height - top > height)
            height = text_top + block.height - top;
        display_close(layout->display);
    }
    return top + height;
}

static void
draw_decision_head(struct layout *layout, const struct plan_conclusion *page,
                   double baseline)
{
    struct text_style section =
        layout_style(layout, FONT_BOLD, SIZE_SECTION, COLOUR_INK);
    struct text_style head =
        layout_style(layout, FONT_BOLD, SIZE_NUMBER, COLOUR_INK);
    double owner = layout->right - OWNER_WIDTH;
    display_open(layout->display, "H2", NULL);
    layout_text(layout, section, layout_joined(layout, page->decisions_heading),
                layout->left, owner - 2, baseline, ALIGN_LEFT);
    if (page->decision_count == 0)
        display_rule(layout->display, layout->left, layout->right,
                     baseline + 1.8, layout->look.rgb[COLOUR_INK], 0.7);
    display_close(layout->display);
    if (page->decision_count == 0)
        return;
    display_open(layout->display, "P", NULL);
    const char *by_text = layout_joined(layout, page->by_heading);
    double by =
        layout->right - text_width_mm(layout->fonts, head, by_text) - 0.1;
    layout_text(layout, head, layout_joined(layout, page->owner_heading), owner,
                by - 2, baseline, ALIGN_LEFT);
    layout_text(layout, head, by_text, by, layout->right, baseline,
                ALIGN_RIGHT);
    display_rule(layout->display, layout->left, layout->right, baseline + 1.8,
                 layout->look.rgb[COLOUR_INK], 0.7);
    display_close(layout->display);
}

/* A decision, measured. */
struct asked {
    struct phrase_block what, who;
    double height; /* [mm] of its row */
};

static struct asked
measure_decision(struct layout *layout, const struct plan_decision *decision)
{
    struct text_style text =
        layout_prose(layout, FONT_REGULAR, SIZE_NAME, COLOUR_INK);
    double x = layout->left + INDENT, owner = layout->right - OWNER_WIDTH;
    struct asked asked;
    asked.what = choose(layout, decision->text, owner - x - 4, text,
                        layout_second(layout), 1, 9);
    asked.who =
        layout_phrase(layout, decision->owner, text, layout_second(layout),
                      layout->right - BY_WIDTH - owner - 2);
    double height = asked.what.height > asked.who.height ? asked.what.height
                                                         : asked.who.height;
    asked.height = height + 1.0 > DECISION_STEP ? height + 1.0 : DECISION_STEP;
    return asked;
}

static void
draw_decision(struct layout *layout, const struct plan_decision *decision,
              const struct asked *asked, size_t number, double top)
{
    struct text_style bold =
        layout_style(layout, FONT_BOLD, SIZE_NAME, COLOUR_INK);
    double x = layout->left + INDENT, owner = layout->right - OWNER_WIDTH;
    double by = layout->right - BY_WIDTH;
    /* all begin on the first line */
    double inset = (DECISION_STEP - asked->what.lead_step) / 2;
    double baseline = top + inset +
                      (asked->what.lead_step - style_em_mm(bold)) / 2 +
                      from_top(bold);
    display_open(layout->display, "TR", NULL);
    display_open(layout->display, "TD", NULL);
    layout_text(layout, bold, arena_format(layout->arena, "%zu", number),
                layout->left, x, baseline, ALIGN_LEFT);
    display_close(layout->display);
    display_open(layout->display, "TD", NULL);
    layout_phrase_at(layout, &asked->what, x, owner - 4, top + inset,
                     ALIGN_LEFT);
    display_close(layout->display);
    display_open(layout->display, "TD", NULL);
    layout_phrase_at(layout, &asked->who, owner, by - 2, top + inset,
                     ALIGN_LEFT);
    display_close(layout->display);
    display_open(layout->display, "TD", NULL);
    if (decision->by)
        layout_text(layout, bold, decision->by, by, layout->right, baseline,
                    ALIGN_RIGHT);
    display_close(layout->display);
    display_close(layout->display);
}

/* Goes on to another page where a height does not fit this one. */
static double
next_page(struct layout *layout, double y, double height)
{
    if (y + height <= layout->bottom)
        return y;
    display_page(layout->display, NULL);
    return layout->top;
}

/* The decisions' rows; returns the end. */
static double
draw_decision_rows(struct layout *layout, const struct plan_conclusion *page,
                   double y)
{
    bool is_open = false;
    for (size_t i = 0; i < page->decision_count; i++) {
        struct asked asked = measure_decision(layout, &page->decisions[i]);
        if (is_open && y + asked.height > layout->bottom) {
            display_close(layout->display);
            is_open = false;
        }
        y = next_page(layout, y, asked.height);
        if (!is_open)
            display_open(layout->display, "Table", NULL);
        is_open = true;
        draw_decision(layout, &page->decisions[i], &asked, i + 1, y);
        y += asked.height;
    }
    if (is_open)
        display_close(layout->display);
    return y;
}

/* What is asked of the reader; returns the end. */
static double
draw_decisions(struct layout *layout, const struct plan_conclusion *page,
               double top)
{
    double baseline = top + from_top(layout_style(layout, FONT_BOLD,
                                                  SIZE_SECTION, COLOUR_INK));
    draw_decision_head(layout, page, baseline);
    double y = draw_decision_rows(layout, page, baseline + 1.8 + 0.9);
    if (page->decisions_after.lead) {
        struct phrase_block after = layout_phrase(
            layout, page->decisions_after,
            layout_prose(layout, FONT_REGULAR, SIZE_NUMBER, COLOUR_INK),
            layout_second(layout), layout->right - layout->left - INDENT);
        y = next_page(layout, y, after.height + 0.8);
        y = sentence_draw(layout, "P", &after, layout->left + INDENT, y + 0.8);
    }
    return y;
}

/* What stands below the table: its after-lines, the legend, the source. */
struct tail {
    struct phrase_block after, note, source;
    double legend;
    double height; /* of after, note and legend */
};

static struct tail
tail_measure(struct layout *layout, const struct plan_conclusion *page)
{
    struct tail tail = {0};
    double width = layout->right - layout->left - INDENT;
    struct text_style small = layout_second(layout);
    enum font_role font =
        page->evidence.table.after_strong ? FONT_BOLD : FONT_REGULAR;
    tail.after = layout_phrase(
        layout, page->evidence.table.after,
        layout_prose(layout, font, SIZE_NUMBER, COLOUR_INK), small, width);
    tail.note = layout_phrase(
        layout, page->evidence.table.note,
        layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_SECONDARY),
        small, width);
    tail.source = layout_phrase(layout, page->source, small, small,
                                layout->right - layout->left);
    tail.legend = legend_height(layout, page->evidence.legend,
                                page->evidence.legend_count);
    tail.height = (tail.after.height > 0 ? tail.after.height + 1.2 : 0) +
                  (tail.note.height > 0 ? tail.note.height + 0.8 : 0) +
                  (tail.legend > 0 ? tail.legend + 4.0 : 0);
    return tail;
}

static void
tail_draw(struct layout *layout, const struct plan_conclusion *page,
          const struct tail *tail, double top)
{
    double x = layout->left + INDENT, y = top;
    if (tail->after.height > 0)
        y = sentence_draw(layout, "P", &tail->after, x, y + 1.2);
    if (tail->note.height > 0)
        y = sentence_draw(layout, "P", &tail->note, x, y + 0.8);
    if (tail->legend > 0)
        legend_draw(layout, page->evidence.legend, page->evidence.legend_count,
                    y + 3.2);
    sentence_draw(layout, "P", &tail->source, layout->left,
                  layout->bottom - tail->source.height);
}

/* Where the table's head begins and where its rows must end. */
struct frame {
    struct phrase_block heading;
    double top, bottom;
};

static struct frame
frame_measure(struct layout *layout, const struct plan_conclusion *page,
              const struct tail *tail, double top)
{
    struct text_style section =
        layout_prose(layout, FONT_BOLD, SIZE_SECTION, COLOUR_INK);
    struct frame frame = {
        .heading =
            layout_phrase(layout, page->evidence.table.heading, section,
                          layout_second(layout), layout->right - layout->left),
        .bottom = layout->bottom - tail->source.height - 2 - tail->height};
    frame.top = top + frame.heading.height + 1.0;
    return frame;
}

static struct table_grid
evidence_grid(struct layout *layout, const struct plan_conclusion *page)
{
    return table_measure(layout, &page->evidence.table, layout->left,
                         layout->right, ROW_MM, SIZE_NAME, SIZE_NUMBER);
}

/* The page with as many rows of evidence as fit below top; false where not even
   one does. */
static bool
with_fitting_rows(struct layout *layout, const struct plan_conclusion *page,
                  double top, struct plan_conclusion *found)
{
    size_t rows = 0;
    *found = *page;
    struct plan_conclusion fitting = *page;
    for (size_t i = 0; i <= page->shorter_count; i++) {
        if (i > 0)
            fitting.evidence = page->shorter[i - 1];
        struct tail tail = tail_measure(layout, &fitting);
        struct frame frame = frame_measure(layout, &fitting, &tail, top);
        struct table_grid grid = evidence_grid(layout, &fitting);
        rows = table_fit(layout, &grid, 0, frame.top, frame.bottom);
        if (rows == fitting.evidence.table.row_count) {
            *found = fitting;
            return frame.bottom > frame.top;
        }
    }
    return rows > 0;
}

/* The table's head and rows; what does not fit where no shorter table is given
   goes on to further pages. */
static void
draw_table(struct layout *layout, const struct plan_conclusion *page,
           double top)
{
    struct tail tail = tail_measure(layout, page);
    struct frame frame = frame_measure(layout, page, &tail, top);
    struct table_grid grid = evidence_grid(layout, page);
    const struct plan_table *table = &page->evidence.table;
    double end = frame.top;
    sentence_draw(layout, "H2", &frame.heading, layout->left, top);
    size_t next = table_draw(layout, &grid, 0, frame.top, frame.bottom, &end);
    tail_draw(layout, page, &tail, end);
    while (next < table->row_count) {
        display_page(layout->display, NULL);
        double y = sentence_draw(layout, "H2", &frame.heading, layout->left,
                                 layout->top);
        size_t first = next;
        next = table_draw(layout, &grid, first, y + 1.0, layout->bottom, &end);
        if (next == first) {
            layout_fail(layout, table->rows[first].alt.lead);
            return;
        }
    }
}

void
conclusion_layout(struct layout *layout, const struct plan_page *page)
{
    display_page(layout->display, page->title.lead);
    size_t first_page = layout->display->page_count;
    const struct plan_conclusion *conclusion = &page->conclusion;
    double y = draw_verdict(layout, conclusion, layout->top);
    y = draw_counts(layout, conclusion, y + COUNTS_GAP);
    y = draw_decisions(layout, conclusion, y + 3.2);
    /* the table keeps its place where the decisions leave it free */
    double usual =
        layout->top + (layout->two ? TABLE_TOP + 6 : TABLE_TOP) - 5.0;
    bool is_first = layout->display->page_count == first_page;
    y = y + 2.6 > usual || !is_first ? y + 2.6 : usual;
    struct plan_conclusion fitting;
    if (!with_fitting_rows(layout, conclusion, y, &fitting)) {
        /* long decisions fill the page: the evidence stands on the next */
        display_page(layout->display, NULL);
        y = layout->top;
        with_fitting_rows(layout, conclusion, y, &fitting);
    }
    draw_table(layout, &fitting, y);
}
