/*
 * From the plan to the display list: paper and grid, the body of each page,
 * then the heads, which need the number of pages.  What stands on a page:
 * page_conclusion.c, page_sections.c, page_links.c, page_basis.c.
 */
#include "render/page.h"

#include <string.h>

#include "base/arena.h"
#include "render/page_table.h"

#define HEAD_BASELINE 14.9 /* of the head's first line [mm] */
#define HEAD_STEP 4.2
#define HEAD_RULE 2.6 /* from the last baseline down to the rule */
#define BODY 3.5      /* from the rule down to the body */
#define FEW_ROWS 30   /* fill less than 100 pages, even one each */
#define LOGO_TOP 11.2 /* the logo: two steps high, beside the head's first line */
#define LOGO_HEIGHT (2 * STEP)
#define LOGO_BETWEEN 3.0 /* from the logo to the text */

/* The measures of the head, the same on every page. */
struct head {
    size_t items; /* at most, of the display list */
    double left;  /* of the text: the logo stands before it */
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

/* A phrase of the head, filled from others: "a | b" or "a · b". */
static struct phrase
head_joined(struct layout *layout, struct phrase left, const char *between,
            struct phrase right)
{
    struct phrase joined = {arena_format(layout->arena, "%s%s%s", left.lead,
                                         between, right.lead),
                            NULL};
    if (left.second || right.second)
        joined.second = arena_format(
            layout->arena, "%s%s%s", left.second ? left.second : left.lead,
            between, right.second ? right.second : right.lead);
    return joined;
}

static struct phrase
head_right(struct layout *layout, size_t page, size_t pages)
{
    const struct plan *plan = layout->plan;
    const struct number_fill fills[] = {
        {"page",  page },
        {"pages", pages}
    };
    struct phrase number = plan->page_of;
    number.lead = layout_fill(layout, number.lead, fills, 2);
    if (number.second)
        number.second = layout_fill(layout, number.second, fills, 2);
    return head_joined(layout, plan->classification, " · ", number);
}

static struct text_style
head_style(const struct layout *layout)
{
    return layout_prose(layout, FONT_REGULAR, SIZE_NUMBER, COLOUR_SECONDARY);
}

static struct phrase_block
head_block(struct layout *layout, struct phrase text, double width)
{
    struct phrase_block block = layout_phrase(
        layout, text, head_style(layout), layout_second(layout), width);
    block.height += (HEAD_STEP - block.lead_step) *
                    (double)block.lead.line_count;
    block.lead_step = HEAD_STEP;
    return block;
}

/* What the document is about, and the question that the page answers. */
static struct phrase_block
head_left(struct layout *layout, const struct head *head, struct phrase title)
{
    struct phrase text =
        head_joined(layout, layout->plan->header, " | ", title);
    return head_block(layout, text,
                      layout->right - head->left - head->right_width - 6);
}

static size_t
line_count(const struct phrase_block *block)
{
    return block->lead.line_count + block->second.line_count;
}

static double
logo_width(const struct template_logo *logo)
{
    return LOGO_HEIGHT * logo->width / logo->height;
}

/* The most that a page has of rows or ramps. */
static size_t
most_rows(const struct plan *plan)
{
    size_t most = 0;
    for (size_t i = 0; i < plan->page_count; i++) {
        const struct plan_page *page = &plan->pages[i];
        most = page->table.row_count > most ? page->table.row_count : most;
        most = page->ramps.count > most ? page->ramps.count : most;
        for (size_t k = 0; k < page->section_count; k++) {
            size_t rows = page->sections[k].table.row_count;
            most = rows > most ? rows : most;
        }
    }
    return most;
}

static struct head
head_measure(struct layout *layout)
{
    const struct template_logo *logo = layout->plan->template->logo;
    struct head head = {.left = layout->left};
    if (logo)
        head.left += logo_width(logo) + LOGO_BETWEEN;
    double width = layout->right - layout->left;
    /* room for page numbers that are not yet known */
    size_t likely = most_rows(layout->plan) < FEW_ROWS ? 88 : 8888;
    struct phrase right = head_right(layout, likely, likely);
    struct phrase_block block = head_block(layout, right, width);
    head.right_width = block.lead.width_mm;
    if (block.second.width_mm > head.right_width)
        head.right_width = block.second.width_mm;
    head.right_width += 0.01;
    if (head.right_width > width / 2)
        head.right_width = width / 2;
    block = head_block(layout, right, head.right_width);
    size_t lines = line_count(&block);
    double height = block.height;
    for (size_t i = 0; i < layout->plan->page_count; i++) {
        const struct plan_page *page = &layout->plan->pages[i];
        const struct phrase titles[] = {page->title, page->title_evidence};
        for (size_t k = 0; k < 2 && titles[k].lead != NULL; k++) {
            block = head_left(layout, &head, titles[k]);
            lines = line_count(&block) > lines ? line_count(&block) : lines;
            height = block.height > height ? block.height : height;
        }
    }
    /* Sect, two P with their ends, the rule, the logo in its Figure */
    head.items = 2 * lines + 9;
    head.rule = HEAD_BASELINE + HEAD_RULE + height - HEAD_STEP;
    return head;
}

static void
draw_logo(struct layout *layout)
{
    const struct template_logo *logo = layout->plan->template->logo;
    if (logo == NULL)
        return;
    display_open(layout->display, "Figure",
                 layout_joined(layout, layout->plan->logo_alt));
    display_logo(layout->display, (struct box){layout->left, LOGO_TOP,
                                               logo_width(logo), LOGO_HEIGHT});
    display_close(layout->display);
}

static void
head_draw(struct layout *layout, const struct head *head, size_t index,
          size_t pages)
{
    const struct display_page *page = &layout->display->pages[index];
    struct phrase title = {page->title, page->second};
    struct phrase_block left = head_left(layout, head, title);
    struct phrase_block right = head_block(
        layout, head_right(layout, index + 1, pages), head->right_width);
    double middle = layout->right - head->right_width;
    double em = style_em_mm(head_style(layout));
    double top =
        HEAD_BASELINE - (HEAD_STEP - em) / 2 - style_ascent_mm(head_style(layout));
    draw_logo(layout);
    display_open(layout->display, "P", NULL);
    layout_phrase_at(layout, &left, head->left, middle - 2, top, ALIGN_LEFT);
    display_close(layout->display);
    display_open(layout->display, "P", NULL);
    layout_phrase_at(layout, &right, middle, layout->right, top, ALIGN_RIGHT);
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

static void
set_title(struct display_page *sheet, struct phrase title)
{
    sheet->title = title.lead;
    sheet->second = title.second;
}

/* Lays out the body of a page from the next sheet on; evidence may stand on the
   last one of the page before. */
static void
layout_body(struct layout *layout, const struct plan_page *page)
{
    static void (*const body[])(struct layout *, const struct plan_page *) = {
        [PAGE_CONCLUSION] = conclusion_layout,
        [PAGE_LINKS] = links_layout,
        [PAGE_BASIS] = basis_layout,
        [PAGE_EVIDENCE] = evidence_layout,
        [PAGE_GAPS] = sections_layout,
        [PAGE_UNPROVEN] = sections_layout,
        [PAGE_DOMAINS] = sections_layout,
    };
    struct display *display = layout->display;
    const size_t first = display->page_count;
    layout->sheets[page->kind] = first + 1;
    layout->free = layout->end;
    layout->end = 0;
    body[page->kind](layout, page);
    for (size_t i = first; i < display->page_count; i++) {
        set_title(&display->pages[i], page->title);
        display->pages[i].is_evidence = page->kind == PAGE_EVIDENCE;
    }
    if (page->kind == PAGE_EVIDENCE && display->page_count == first &&
        page > layout->plan->pages && page[-1].title_evidence.lead != NULL)
        set_title(&display->pages[first - 1], page[-1].title_evidence);
}

/* Lays out page 1 anew, now that the sheets are known to which it points; false
   where it then takes another number of them than before. */
static bool
point(struct layout *layout)
{
    struct display *display = layout->display;
    const struct plan *plan = layout->plan;
    const size_t all = display->page_count;
    size_t at = 0;
    while (at < plan->page_count && plan->pages[at].kind != PAGE_CONCLUSION)
        at++;
    if (!layout->has_pointers || at == plan->page_count)
        return true;
    const size_t end = at + 1 < plan->page_count
                           ? layout->sheets[plan->pages[at + 1].kind] - 1
                           : all;
    /* the display adds behind its last page: let page 1 follow that */
    display->page_count = layout->sheets[PAGE_CONCLUSION] - 1;
    layout->end = 0;
    layout_body(layout, &plan->pages[at]);
    const bool is_same = display->page_count == end;
    display->page_count = all;
    return is_same;
}

#define MOST_TRIES 4 /* until pointers and the sheets they name agree */

/* Lays out the bodies of all pages on a new display. */
static void
layout_bodies(struct layout *layout, const struct head *head, double width,
              double height)
{
    const struct plan *plan = layout->plan;
    for (size_t tries = 0; tries < MOST_TRIES; tries++) {
        layout->display = display_new(layout->arena, layout->fonts, width,
                                      height, MARGIN_MIN);
        layout->display->reserve = head->items;
        layout->end = 0;
        for (size_t i = 0; i < plan->page_count; i++)
            layout_body(layout, &plan->pages[i]);
        if (point(layout))
            return;
    }
    layout_fail(layout, plan->title.lead);
}

/* The sheets that the plan's limit counts: the evidence of the worst comes on
   top of them. */
static size_t
counted_sheets(const struct layout *layout)
{
    size_t count = 0;
    for (size_t i = 0; i < layout->display->page_count; i++)
        count += !layout->display->pages[i].is_evidence;
    return count;
}

/* The most sheets that any section may have. */
static size_t
most_sheets(const struct plan *plan)
{
    size_t most = 1;
    for (size_t i = 0; i < plan->page_count; i++)
        for (size_t k = 0; k < plan->pages[i].section_count; k++)
            if (plan->pages[i].sections[k].most_sheets > most)
                most = plan->pages[i].sections[k].most_sheets;
    return most;
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
        .two = plan->words.lang == LANG_BOTH,
        .left = MARGIN_LEFT,
        .right = width - MARGIN_RIGHT,
        .bottom = height - MARGIN_BOTTOM,
    };
    struct head head = head_measure(&layout);
    layout.top = head.rule + BODY;
    table_share(&layout);
    layout_bodies(&layout, &head, width, height);
    /* long names need more sheets: the lists give way */
    while (plan->most_sheets > 0 && layout.why == NULL &&
           counted_sheets(&layout) > plan->most_sheets &&
           layout.fewer_sheets + 1 < most_sheets(plan)) {
        layout.fewer_sheets++;
        layout_bodies(&layout, &head, width, height);
    }
    for (size_t i = 0; i < layout.display->page_count; i++)
        page_finish(&layout, &head, i);
    *why = layout.why;
    return *why ? NULL : layout.display;
}
