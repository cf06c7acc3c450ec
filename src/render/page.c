/*
 * From the plan to the display list: paper and grid, the body of each page,
 * then the heads, which need the number of pages.  What stands on a page:
 * page_conclusion.c, page_links.c, page_basis.c.
 */
#include "render/page.h"

#include <string.h>

#include "base/arena.h"
#include "render/page_table.h"

#define HEAD_BASELINE 14.9 /* of the head's first line [mm] */
#define HEAD_STEP 4.2
#define HEAD_RULE 2.6 /* from the last baseline down to the rule */
#define BODY 3.5      /* from the rule down to the body */

/* The measures of the head, the same on every page. */
struct head {
    size_t items; /* at most, of the display list */
    double right_width;
    double rule;
};

static void
paper_size(const char *paper, double *width, double *height)
{
    bool letter = paper && strcmp(paper, "letter") == 0;
    *width = letter ? 279.4 : 297;
    *height = letter ? 215.9 : 210;
}

static const char *
head_right(struct layout *layout, size_t page, size_t pages)
{
    const struct plan *plan = layout->plan;
    const struct number_fill fills[] = {
        {"page",  page },
        {"pages", pages}
    };
    const char *number =
        layout_fill(layout, layout_joined(layout, plan->page_of), fills, 2);
    if (plan->classification.lead == NULL)
        return number;
    return arena_format(layout->arena, "%s · %s",
                        layout_joined(layout, plan->classification), number);
}

static struct text_style
head_style(const struct layout *layout)
{
    return layout_prose(layout, FONT_REGULAR, SIZE_NUMBER, COLOUR_SECONDARY);
}

/* What the document is about, and the question that the page answers. */
static struct text_block
head_left(struct layout *layout, const struct head *head, const char *title)
{
    const char *text =
        arena_format(layout->arena, "%s | %s",
                     layout_joined(layout, layout->plan->header), title);
    return layout_break(layout, head_style(layout), text,
                        layout->right - layout->left - head->right_width - 6);
}

static struct head
head_measure(struct layout *layout)
{
    struct head head = {0};
    struct text_style style = head_style(layout);
    double width = layout->right - layout->left;
    /* room for a page number that is not yet known */
    const char *right = head_right(layout, 8888, 8888);
    head.right_width = text_width_mm(layout->fonts, style, right);
    if (head.right_width > width / 2)
        head.right_width = width / 2;
    size_t lines =
        layout_break(layout, style, right, head.right_width).line_count;
    for (size_t i = 0; i < layout->plan->page_count; i++) {
        const char *title = layout_joined(layout, layout->plan->pages[i].title);
        size_t left = head_left(layout, &head, title).line_count;
        lines = left > lines ? left : lines;
    }
    head.items = 2 * lines + 6; /* Sect, two P with their ends, the rule */
    head.rule = HEAD_BASELINE + HEAD_RULE + (double)(lines - 1) * HEAD_STEP;
    return head;
}

static void
head_draw(struct layout *layout, const struct head *head, size_t index,
          size_t pages)
{
    struct text_block left =
        head_left(layout, head, layout->display->pages[index].title);
    struct text_block right =
        layout_break(layout, head_style(layout),
                     head_right(layout, index + 1, pages), head->right_width);
    double middle = layout->right - head->right_width;
    layout_tagged(layout, "P", &left, layout->left, middle - 2, HEAD_BASELINE,
                  HEAD_STEP, ALIGN_LEFT);
    display_open(layout->display, "P", NULL);
    layout_block(layout, &right, middle, layout->right, HEAD_BASELINE,
                 HEAD_STEP, ALIGN_RIGHT);
    display_rule(layout->display, layout->left, layout->right, head->rule,
                 layout->look.rgb[COLOUR_INK], 0.6);
    display_close(layout->display);
}

/* Adds the head to a page that is laid out, in the room kept for it, and closes
   the section that all of the page is. */
static void
page_finish(struct layout *layout, const struct head *head, size_t index)
{
    struct display *display = layout->display;
    struct display_page body = display->pages[index];
    /* the display adds to its last page: let that be this one for a while */
    size_t count = display->page_count;
    display->page_count = index + 1;
    display->pages[index].item_count = 0;
    display_open(display, "Sect", NULL);
    head_draw(layout, head, index, count);
    display->pages[index].item_count = body.item_count;
    display_close(display);
    display->page_count = count;
}

struct display *
page_layout(struct arena *arena, const struct plan *plan, struct fonts *fonts,
            const char **why)
{
    double width = 0, height = 0;
    paper_size(plan->template->paper.name, &width, &height);
    struct layout layout = {
        .arena = arena,
        .fonts = fonts,
        .plan = plan,
        .look = look_of(plan->template),
        .display = display_new(arena, fonts, width, height, MARGIN_MIN),
        .two = plan->words.lang == LANG_BOTH,
        .left = MARGIN_LEFT,
        .right = width - MARGIN_RIGHT,
        .bottom = height - MARGIN_BOTTOM,
    };
    struct head head = head_measure(&layout);
    layout.top = head.rule + BODY;
    layout.display->reserve = head.items;
    table_share(&layout);
    for (size_t i = 0; i < plan->page_count; i++) {
        static void (*const body[])(struct layout *,
                                    const struct plan_page *) = {
            [PAGE_CONCLUSION] = conclusion_layout,
            [PAGE_LINKS] = links_layout,
            [PAGE_BASIS] = basis_layout,
            [PAGE_EVIDENCE] = evidence_layout,
        };
        size_t first = layout.display->page_count;
        body[plan->pages[i].kind](&layout, &plan->pages[i]);
        for (size_t k = first; k < layout.display->page_count; k++)
            layout.display->pages[k].title =
                layout_joined(&layout, plan->pages[i].title);
    }
    for (size_t i = 0; i < layout.display->page_count; i++)
        page_finish(&layout, &head, i);
    *why = layout.why;
    return *why ? NULL : layout.display;
}
