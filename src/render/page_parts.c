/*
 * Texts in their cells: the parts that all pages share.
 */
#include "render/page_parts.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

#define WORD_SLACK_MM 0.05 /* sums of widths differ in their last bits */
#define ORPHAN 0.18 /* a last line shorter than this share of the width */

struct text_style
layout_style(const struct layout *layout, enum font_role font, enum size size,
             enum colour colour)
{
    return (struct text_style){font, layout->look.size_pt[size],
                               layout->look.rgb[colour], false};
}

struct text_style
layout_prose(const struct layout *layout, enum font_role font, enum size size,
             enum colour colour)
{
    struct text_style style = layout_style(layout, font, size, colour);
    style.prose = true;
    return style;
}

struct text_style
layout_second(const struct layout *layout)
{
    return layout_prose(layout, FONT_REGULAR, SIZE_SMALL, COLOUR_SECONDARY);
}

double
style_em_mm(struct text_style style)
{
    return style.size_pt * MM_PER_PT;
}

double
layout_longest_word(struct layout *layout, struct text_style style,
                    const char *text)
{
    double widest = 0;
    while (text && *text) {
        size_t length = strcspn(text, " ");
        bool is_latin = length > 0;
        for (size_t i = 0; i < length; i++)
            is_latin = is_latin && (unsigned char)text[i] < 0x80;
        if (is_latin) {
            double width = fonts_shape(layout->fonts, style.font, text, length,
                                       style.prose)
                               ->width *
                           style_em_mm(style);
            widest = fmax(widest, width + WORD_SLACK_MM);
        }
        text += length + (text[length] == ' ');
    }
    return widest;
}

const char *
layout_joined(struct layout *layout, struct phrase phrase)
{
    if (phrase.second == NULL)
        return phrase.lead;
    return arena_format(layout->arena, "%s %s", phrase.lead, phrase.second);
}

/* The length of the Latin word, with the space behind, that both begin with. */
static size_t
same_first_word(const char *one, const char *other)
{
    size_t length = strcspn(one, " ");
    return (unsigned char)one[0] < 0x80 && one[length] == ' ' &&
                   strncmp(one, other, length + 1) == 0
               ? length + 1
               : 0;
}

/* The length of the word, with the space before, that both end with. */
static size_t
same_last_word(const char *text, const char *other)
{
    const char *last = strrchr(text, ' ');
    if (last == NULL)
        return 0;
    size_t length = strlen(last), all = strlen(other);
    return all > length && strcmp(other + all - length, last) == 0 ? length : 0;
}

const char *
layout_merged(struct layout *layout, struct phrase phrase)
{
    if (phrase.second == NULL)
        return phrase.lead;
    size_t first = same_first_word(phrase.lead, phrase.second);
    size_t last = same_last_word(phrase.lead, phrase.second + first);
    return arena_format(layout->arena, "%.*s %s",
                        (int)(strlen(phrase.lead) - last), phrase.lead,
                        phrase.second + first);
}

/* The number that {name} at some text stands for, or NULL. */
static const struct number_fill *
find_fill(const char *text, const struct number_fill *fills, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(fills[i].name);
        if (text[0] == '{' && strncmp(text + 1, fills[i].name, length) == 0 &&
            text[length + 1] == '}')
            return &fills[i];
    }
    return NULL;
}

const char *
layout_fill(struct layout *layout, const char *text,
            const struct number_fill *fills, size_t count)
{
    const char *filled = "";
    while (*text) {
        const struct number_fill *fill = find_fill(text, fills, count);
        size_t plain = fill ? 0 : 1 + strcspn(text + 1, "{");
        filled =
            fill ? arena_format(layout->arena, "%s%s", filled,
                                number_whole(layout->arena,
                                             (whole)fill->number))
                 : arena_format(layout->arena, "%s%.*s", filled, (int)plain,
                                text);
        text += fill ? strlen(fill->name) + 2 : plain;
    }
    return filled;
}

double
style_ascent_mm(struct text_style style)
{
    return TEXT_ASCENT * style_em_mm(style);
}

struct text_block
layout_break(struct layout *layout, struct text_style style, const char *text,
             double width_mm)
{
    return text_layout(layout->arena, layout->fonts, style, text, width_mm);
}

void
layout_fail(struct layout *layout, const char *text)
{
    if (layout->why == NULL)
        layout->why = arena_format(layout->arena,
                                   "page %zu: the text \"%s\" "
                                   "does not fit its place",
                                   layout->display->page_count, text);
}

void
layout_block(struct layout *layout, const struct text_block *block, double x0,
             double x1, double baseline, double step_mm, enum align align)
{
    double em = style_em_mm(block->style);
    for (size_t i = 0; i < block->line_count; i++) {
        const struct text_line *line = &block->lines[i];
        double y = baseline + (double)i * step_mm, x = x0;
        if (align == ALIGN_RIGHT)
            x = x1 - line->width_mm;
        else if (align == ALIGN_CENTRE)
            x = (x0 + x1 - line->width_mm) / 2;
        struct box cell = {x0, y - TEXT_ASCENT * em, x1 - x0, em};
        display_line(layout->display, line, block->style, x, y, cell);
    }
}

void
layout_text(struct layout *layout, struct text_style style, const char *text,
            double x0, double x1, double baseline, enum align align)
{
    struct text_block block = layout_break(layout, style, text, x1 - x0);
    if (block.line_count > 1)
        layout_fail(layout, text);
    layout_block(layout, &block, x0, x1, baseline, 0, align);
}

void
layout_tagged(struct layout *layout, const char *tag,
              const struct text_block *block, double x0, double x1,
              double baseline, double step_mm, enum align align)
{
    display_open(layout->display, tag, NULL);
    layout_block(layout, block, x0, x1, baseline, step_mm, align);
    display_close(layout->display);
}

#define LIKELY_SHEET 8 /* as wide as a number that is not yet known */

/* The text with the numbers of the pages that it names. */
static const char *
pointed(struct layout *layout, const char *text)
{
    const char *mark = text ? strchr(text, PLAN_PAGE_MARK) : NULL;
    if (mark == NULL)
        return text;
    size_t sheet = layout->sheets[mark[1] - 'a'];
    layout->has_pointers = true;
    return pointed(layout,
                   arena_format(layout->arena, "%.*s%s%s", (int)(mark - text),
                                text,
                                number_whole(layout->arena,
                                             sheet > 0 ? (whole)sheet
                                                       : LIKELY_SHEET),
                                mark + 2));
}

struct phrase_block
layout_phrase(struct layout *layout, struct phrase phrase,
              struct text_style lead, struct text_style second, double width_mm)
{
    struct phrase_block block = {0};
    phrase.lead = pointed(layout, phrase.lead);
    phrase.second = pointed(layout, phrase.second);
    block.lead_step = LEADING * style_em_mm(lead);
    block.second_step = LEADING * style_em_mm(second);
    if (phrase.lead)
        block.lead = layout_break(layout, lead, phrase.lead, width_mm);
    if (phrase.second)
        block.second = layout_break(layout, second, phrase.second, width_mm);
    block.height = (double)block.lead.line_count * block.lead_step +
                   (double)block.second.line_count * block.second_step;
    return block;
}

void
layout_phrase_at(struct layout *layout, const struct phrase_block *block,
                 double x0, double x1, double top, enum align align)
{
    /* the baseline of a line that is step high, its em box in the middle */
    double em = style_em_mm(block->lead.style);
    double baseline = top + (block->lead_step - em) / 2 + TEXT_ASCENT * em;
    layout_block(layout, &block->lead, x0, x1, baseline, block->lead_step,
                 align);
    if (block->second.line_count == 0)
        return;
    top += (double)block->lead.line_count * block->lead_step;
    em = style_em_mm(block->second.style);
    baseline = top + (block->second_step - em) / 2 + TEXT_ASCENT * em;
    layout_block(layout, &block->second, x0, x1, baseline, block->second_step,
                 align);
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

struct phrase_block
layout_wording(struct layout *layout, struct wording wording, double width,
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

double
layout_sentence(struct layout *layout, const char *tag,
                const struct phrase_block *block, double x0, double top)
{
    if (block->lead.line_count == 0)
        return top;
    display_open(layout->display, tag, NULL);
    layout_phrase_at(layout, block, x0, layout->right, top, ALIGN_LEFT);
    display_close(layout->display);
    return top + block->height;
}

#define HEADING_BETWEEN_MM 3.0 /* from a heading to its second language */

double
layout_heading(struct layout *layout, const char *tag, struct phrase heading,
               double x0, double x1, const double *top)
{
    struct text_style style =
        layout_prose(layout, FONT_BOLD, SIZE_SECTION, COLOUR_INK);
    struct text_style small = layout_second(layout);
    struct phrase_block block =
        layout_phrase(layout, heading, style, small, x1 - x0);
    double from = x0 + block.lead.width_mm + HEADING_BETWEEN_MM;
    bool beside = block.lead.line_count == 1 && heading.second &&
                  from + text_width_mm(layout->fonts, small, heading.second) +
                          0.01 <=
                      x1;
    if (block.lead.line_count == 0)
        return 0;
    double em = style_em_mm(style);
    double height = beside ? block.lead_step : block.height;
    if (top == NULL)
        return height;
    display_open(layout->display, tag, NULL);
    if (beside) {
        double baseline =
            *top + (block.lead_step - em) / 2 + style_ascent_mm(style);
        layout_block(layout, &block.lead, x0, x1, baseline, 0, ALIGN_LEFT);
        layout_text(layout, small, heading.second, from, x1, baseline,
                    ALIGN_LEFT);
    } else {
        layout_phrase_at(layout, &block, x0, x1, *top, ALIGN_LEFT);
    }
    display_close(layout->display);
    return height;
}
