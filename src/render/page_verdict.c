/*
 * The upper part of page 1: the verdict's band, the message beside it, and how
 * many links are in which of the six states.
 */
#include "base/arena.h"
#include "render/page_parts.h"

/* Measures [mm]. */
#define BAND_WIDTH 62.0
#define BAND_HEIGHT 27.0
#define BAND_INSET 5.0
#define OTHER_STEP 6.4 /* from the verdict's baseline to the next one */
#define RULE_STEP 6.2
#define RULE_LINE 3.6   /* between lines of the rule */
#define BAND_MARGIN 2.8 /* above and below the words, at least */
#define WORD_STEP 1.15  /* [em] between lines of the verdict's word */
#define WORD_CAP 0.74   /* [em] height of its capitals */
#define SMALLEST 0.7    /* share of its size that keeps a word whole */
#define MESSAGE_X 67.0  /* from the left edge */
#define COUNTS_HEIGHT 9.2
#define COUNT_BETWEEN 4.0
#define NAME_TOP 0.6 /* from the rule down to a name of several lines */
#define MARK_MM 3.2

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
    struct text_block word, other, rule, second;
    double height;
};

static double
band_step(const struct band *band)
{
    return WORD_STEP * style_em_mm(band->word.style);
}

static double
band_cap(const struct band *band)
{
    return WORD_CAP * style_em_mm(band->word.style);
}

/* From the top of the verdict's word down to the last text's first baseline. */
static double
band_words(const struct band *band)
{
    return band_cap(band) +
           band_step(band) * (double)(band->word.line_count - 1) +
           (band->other.line_count > 0 ? OTHER_STEP : 0) +
           (band->rule.line_count > 0 ? RULE_STEP : 0);
}

/* What the rule's further lines take below that. */
static double
band_below(const struct band *band)
{
    const size_t lines = band->rule.line_count + band->second.line_count;
    return lines > 1 ? (double)(lines - 1) * RULE_LINE : 0;
}

/* The style, somewhat smaller where that keeps the widest Latin word of the text
   whole; what is far too wide is broken. */
static struct text_style
fit_words(struct layout *layout, struct text_style style, const char *text,
          double width)
{
    double widest = layout_longest_word(layout, style, text);
    if (widest > width && widest * SMALLEST <= width)
        style.size_pt *= width / widest;
    return style;
}

static struct band
band_measure(struct layout *layout, const struct plan_conclusion *page)
{
    struct band band = {0};
    double width = BAND_WIDTH - BAND_INSET - 2;
    struct text_style word =
        layout_style(layout, FONT_BOLD, SIZE_VERDICT, COLOUR_INK);
    struct text_style other = word, rule;
    other.size_pt = word.size_pt / 2;
    word = fit_words(layout, word, page->verdict_word.lead, width);
    rule = layout_prose(layout, FONT_REGULAR, SIZE_LEGEND, COLOUR_INK);
    band.word = layout_break(layout, word, page->verdict_word.lead, width);
    if (page->verdict_other)
        band.other = layout_break(layout, other, page->verdict_other, width);
    if (page->verdict_rule.lead)
        band.rule = layout_break(layout, rule, page->verdict_rule.lead, width);
    if (page->verdict_rule.second)
        band.second =
            layout_break(layout, rule, page->verdict_rule.second, width);
    /* only what does not fit makes the band taller than usual */
    double full = band_words(&band) + band_below(&band) + 2 * BAND_MARGIN;
    band.height = full > BAND_HEIGHT ? full : BAND_HEIGHT;
    return band;
}

static void
band_draw(struct layout *layout, const struct plan_conclusion *page,
          struct band *band, double top, double height)
{
    unsigned word_rgb, small_rgb;
    double x0 = layout->left + BAND_INSET, x1 = layout->left + BAND_WIDTH - 2;
    double step = band_step(band);
    /* the words stand in the middle of the band's height */
    double baseline =
        top + (height - band_words(band) - band_below(band)) / 2 +
        band_cap(band);
    display_open(layout->display, "H1", NULL);
    draw_band(layout, page, top, height, &word_rgb, &small_rgb);
    band->word.style.rgb = band->other.style.rgb = word_rgb;
    band->rule.style.rgb = band->second.style.rgb = small_rgb;
    layout_block(layout, &band->word, x0, x1, baseline, step, ALIGN_LEFT);
    display_close(layout->display);
    baseline += step * (double)(band->word.line_count - 1);
    if (band->other.line_count > 0)
        layout_tagged(layout, "P", &band->other, x0, x1, baseline += OTHER_STEP,
                      4.6, ALIGN_LEFT);
    if (band->rule.line_count > 0)
        layout_tagged(layout, "P", &band->rule, x0, x1, baseline += RULE_STEP,
                      RULE_LINE, ALIGN_LEFT);
    if (band->second.line_count > 0)
        layout_tagged(layout, "P", &band->second, x0, x1,
                      baseline + RULE_LINE * (double)band->rule.line_count,
                      RULE_LINE, ALIGN_LEFT);
}

double
verdict_draw(struct layout *layout, const struct plan_conclusion *page,
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
    struct phrase_block first = layout_wording(layout, page->message, width,
                                               message, message_second, 2, 2);
    struct phrase_block then =
        layout_wording(layout, page->second, width, second, small,
                       layout->two ? 1 : 2, 2);
    struct phrase_block other =
        layout_wording(layout, page->scenario, width, scenario, small, 2, 2);
    struct phrase_block change =
        layout_wording(layout, page->change, width, scenario, small, 2, 2);
    /* the message breathes a little more than running text */
    first.lead_step *= 1.2;
    first.height += 0.2 / 1.2 * first.lead_step * (double)first.lead.line_count;

    struct band band = band_measure(layout, page);
    double content = first.height + (then.height > 0 ? 1.2 + then.height : 0) +
                     (other.height > 0 ? 1.2 + other.height : 0) +
                     (change.height > 0 ? 1.2 + change.height : 0);
    double height = band.height > content ? band.height : content;
    band_draw(layout, page, &band, top, height);
    double y = layout_sentence(layout, "P", &first, x, top - 0.4) + 1.2;
    y = layout_sentence(layout, "P", &then, x, y) + 1.2;
    y = layout_sentence(layout, "P", &other, x, y) +
        (other.height > 0 ? 1.2 : 0);
    layout_sentence(layout, "P", &change, x, y);
    return top + height;
}

static const char *
count_text(struct layout *layout, unsigned count)
{
    return number_whole(layout->arena, (whole)count);
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

double
counts_draw(struct layout *layout, const struct plan_conclusion *page,
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
        text_top = text_top < top + NAME_TOP ? top + NAME_TOP : text_top;
        layout_phrase_at(layout, &block, text, x1, text_top, ALIGN_LEFT);
        if (text_top + block.height - top > height)
            height = text_top + block.height - top;
        display_close(layout->display);
    }
    return top + height;
}
