/*
 * Pages: whatever the texts, nothing overlaps, leaves its cell or the page;
 * and what is drawn can be told apart without colour.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plan_maker.h"
#include "render/page.h"
#include "render/page_parts.h"
#include "render/pdf.h"

static struct arena *arena;
static struct fonts *fonts;

static int
setup(void **state)
{
    (void)state;
    const char *why = NULL;
    arena = arena_new();
    fonts = fonts_open(arena, "fonts", &why);
    return fonts == NULL;
}

static int
teardown(void **state)
{
    (void)state;
    fonts_close(fonts);
    arena_free(arena);
    return 0;
}

/* The three pages of a made plan, to be changed. */
static struct plan_page *
own_pages(struct plan *plan)
{
    struct plan_page *pages = arena_array(arena, 3, struct plan_page);
    memcpy(pages, plan->pages, 3 * sizeof *pages);
    plan->pages = pages;
    return pages;
}

/* A plan laid out and checked; fails the test where something does not fit. */
static struct display *
lay_out(const struct plan *plan)
{
    const char *why = NULL;
    struct display *display = page_layout(arena, plan, fonts, &why);
    if (display == NULL)
        fail_msg("%s", why);
    why = display_check(display);
    if (why)
        fail_msg("%s", why);
    return display;
}

static const char *
text_of(const struct item *item)
{
    const struct shaped *shaped = item->line.shaped;
    size_t from = shaped->glyphs[item->line.first].cluster;
    size_t to = item->line.last < shaped->glyph_count
                    ? shaped->glyphs[item->line.last].cluster
                    : shaped->length;
    return arena_copy(arena, shaped->text + from, to - from);
}

/* All text of a page, lines joined. */
static const char *
page_text(const struct display *display, size_t index)
{
    const struct display_page *page = &display->pages[index];
    const char *all = "";
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_TEXT)
            all = arena_format(arena, "%s%s\n", all, text_of(&page->items[i]));
    return all;
}

/* The first line of a page that says that. */
static const struct item *
find_text(const struct display *display, size_t index, const char *text)
{
    const struct display_page *page = &display->pages[index];
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_TEXT &&
            strcmp(text_of(&page->items[i]), text) == 0)
            return &page->items[i];
    fail_msg("page %zu does not say \"%s\"", index + 1, text);
    return NULL;
}

static size_t
count_text(const struct display *display, const char *text)
{
    size_t count = 0;
    for (size_t k = 0; k < display->page_count; k++)
        for (size_t i = 0; i < display->pages[k].item_count; i++)
            count += display->pages[k].items[i].kind == ITEM_TEXT &&
                     strcmp(text_of(&display->pages[k].items[i]), text) == 0;
    return count;
}

/* --- layout ------------------------------------------------------------ */

static void
usual_season_takes_its_pages(void **state)
{
    (void)state;
    struct display *display = lay_out(made_plan(arena, 50));
    assert_string_equal(display->pages[0].label, "能否放行?");
    assert_string_equal(display->pages[1].label, "全部链路");
    assert_null(display->pages[2].label);
    assert_string_equal(display->pages[3].label, "口径与签署");
    assert_non_null(strstr(page_text(display, 1), "第 1–28 条"));
    assert_non_null(strstr(page_text(display, 2), "第 29–50 条"));
    for (size_t i = 0; i < display->page_count; i++)
        assert_non_null(strstr(page_text(display, i),
                               arena_format(arena, "第 %zu / %zu 页", i + 1,
                                            display->page_count)));
}

static void
every_link_is_listed_once(void **state)
{
    (void)state;
    for (size_t links = 1; links < 200; links += 37) {
        struct plan *plan = made_plan(arena, links);
        struct plan_page *page = arena_array(arena, 1, struct plan_page);
        *page = plan->pages[1];
        page->table.after = made("其余见工作簿");
        plan->pages = page; /* without page 1 */
        plan->page_count = 1;
        struct display *display = lay_out(plan);
        size_t listed = 0;
        for (size_t i = 0; i < MADE_ROWS; i++)
            listed += count_text(display, made_rows[i].name);
        assert_int_equal(listed, links);
    }
}

/* The lowest text of a page [mm]. */
static double
lowest(const struct display_page *page)
{
    double end = 0;
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_TEXT && page->items[i].start.y > end)
            end = page->items[i].start.y;
    return end;
}

static void
no_list_ends_with_a_nearly_empty_page(void **state)
{
    (void)state;
    for (size_t links = 20; links < 64; links++) {
        struct plan *plan = made_plan(arena, links);
        struct plan_page *page = arena_array(arena, 1, struct plan_page);
        *page = plan->pages[1];
        plan->pages = page;
        plan->page_count = 1;
        struct display *display = lay_out(plan);
        if (display->page_count > 1)
            assert_true(lowest(&display->pages[display->page_count - 1]) > 80);
    }
}

/* Page 1 names others by the numbers that these then have. */
static void
page_1_points_to_pages_by_their_numbers(void **state)
{
    (void)state;
    for (size_t links = 30; links < 400; links += 180) {
        struct plan *plan = made_plan(arena, links);
        const char *text = arena_format(
            arena, "另有 3 条，见第 %c%c 页。口径见第 %c%c 页。", PLAN_PAGE_MARK,
            'a' + PAGE_LINKS, PLAN_PAGE_MARK, 'a' + PAGE_BASIS);
        struct plan_page *pages =
            arena_array(arena, plan->page_count, struct plan_page);
        memcpy(pages, plan->pages, plan->page_count * sizeof *pages);
        pages[0].conclusion.evidence.table.after = made(text);
        plan->pages = pages;
        struct display *display = lay_out(plan);
        size_t basis = display->page_count;
        while (display->pages[basis - 1].label == NULL)
            basis--;
        assert_non_null(strstr(
            page_text(display, 0),
            arena_format(arena, "另有 3 条，见第 2 页。口径见第 %zu 页。",
                         basis)));
    }
}

static struct display *
bare_page(void)
{
    struct display *display = display_new(arena, fonts, 297, 210, 11);
    display_page(display, NULL);
    display_open(display, "P", NULL);
    return display;
}

/* What stands apart is read apart: a blank, which nobody sees, follows the
   first; not inside a word of Han characters, nor before a hung sign. */
static void
words_that_stand_apart_are_read_apart(void **state)
{
    (void)state;
    struct display *display = lay_out(made_plan(arena, 8));
    assert_true(find_text(display, 0, "0%")->spaced);
    assert_true(find_text(display, 0, "100%")->spaced);
    assert_false(find_text(display, 0, "125%")->spaced);
    assert_false(find_text(display, 0, "83,500")->spaced);
    assert_false(find_text(display, 0, "61,000")->spaced);
    display = bare_page();
    struct text_style style = {FONT_REGULAR, 9, 0, false};
    struct text_block block = text_layout(arena, fonts, style,
                                          "short even after plan", 22);
    assert_int_equal(block.line_count, 2);
    for (size_t i = 0; i < 2; i++)
        display_line(display, &block.lines[i], style, 50, 50 + 5 * (double)i,
                     (struct box){40, 40, 60, 30});
    struct text_block han =
        text_layout(arena, fonts, style, "提交订单提交订单", 14);
    assert_int_equal(han.line_count, 2);
    display_close(display);
    display_open(display, "P", NULL);
    for (size_t i = 0; i < 2; i++)
        display_line(display, &han.lines[i], style, 50, 70 + 5 * (double)i,
                     (struct box){40, 60, 60, 30});
    display_close(display);
    assert_true(find_text(display, 0, "short even")->spaced);
    assert_false(find_text(display, 0, "after plan")->spaced);
    const struct display_page *page = &display->pages[0];
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_TEXT &&
            page->items[i].line.shaped == han.lines[0].shaped)
            assert_false(page->items[i].spaced);
}

static void
columns_stand_alike_on_all_pages(void **state)
{
    (void)state;
    struct display *display = lay_out(made_plan(arena, 50));
    static const char *const head[] = {"链路", "等级", "目标 TPS", "补后缺口",
                                       "压测日"};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
        const struct item *first = find_text(display, 0, head[i]);
        const struct item *then = find_text(display, 1, head[i]);
        bool left = i < 2;
        double a = first->start.x + (left ? 0 : first->line.width_mm);
        double b = then->start.x + (left ? 0 : then->line.width_mm);
        assert_true(fabs(a - b) < 0.01);
    }
}

static void
numbers_end_at_one_edge(void **state)
{
    (void)state;
    struct display *display = lay_out(made_plan(arena, 8));
    const struct item *a = find_text(display, 0, "80,000");
    const struct item *b = find_text(display, 0, "260,000");
    assert_true(fabs(a->start.x + a->line.width_mm - b->start.x -
                     b->line.width_mm) < 0.001);
    /* a star hangs outside the edge */
    const struct item *stale = find_text(display, 0, "83,500");
    const struct item *star = find_text(display, 0, "*");
    const struct item *other = find_text(display, 0, "61,000");
    double edge = other->start.x + other->line.width_mm;
    assert_true(fabs(stale->start.x + stale->line.width_mm - edge) < 0.001);
    assert_true(fabs(star->start.x - edge) < 0.001);
}

/* A text of Han, of long words, or of both. */
static const char *
random_name(void)
{
    static const char *const han[] = {"提", "交", "订", "单", "支",
                                      "付", "回", "调", "镕", "喆"};
    const char *text = "";
    int kind = rand() % 3, length = rand() % 60 + 1;
    for (int i = 0; i < length; i++) {
        if (kind == 0 || (kind == 2 && rand() % 2))
            text = arena_format(arena, "%s%s", text, han[rand() % 10]);
        else
            text = arena_format(arena, "%s%c", text,
                                rand() % 40 ? 'a' + rand() % 26 : ' ');
    }
    return arena_format(arena, "%sx", text);
}

static const char *
random_rate(void)
{
    return arena_format(arena, "%d%d%d,%03d,%03d,%03d", rand() % 9 + 1,
                        rand() % 10, rand() % 10, rand() % 1000, rand() % 1000,
                        rand() % 1000);
}

static void
table_scramble(struct plan_table *table)
{
    struct plan_row *rows =
        arena_array(arena, table->row_count, struct plan_row);
    for (size_t i = 0; i < table->row_count; i++) {
        struct plan_cell *cells =
            arena_array(arena, table->column_count, struct plan_cell);
        memcpy(cells, table->rows[i].cells,
               table->column_count * sizeof *cells);
        cells[1].text = made(random_name());
        for (size_t k = 4; k < 9; k++)
            if (k != 6)
                cells[k] = (struct plan_cell){
                    .text = made(random_rate()),
                    .hung = rand() % 3 == 0 ? "†" : NULL,
                    .emphasis = rand() % 2 ? EMPHASIS_BAD : EMPHASIS_NONE};
        rows[i] = table->rows[i];
        rows[i].cells = cells;
    }
    table->rows = rows;
}

static void
no_text_makes_a_page_overlap(void **state)
{
    (void)state;
    srand(11);
    for (int round = 0; round < 40; round++) {
        struct plan *plan = made_plan(arena, (size_t)(rand() % 60) + 1);
        struct plan_page *pages = arena_array(arena, 3, struct plan_page);
        memcpy(pages, plan->pages, 3 * sizeof *pages);
        plan->pages = pages;
        table_scramble(&pages[0].conclusion.evidence.table);
        table_scramble(&pages[1].table);
        struct plan_decision *decisions =
            arena_array(arena, 3, struct plan_decision);
        for (size_t i = 0; i < 3; i++)
            decisions[i] =
                (struct plan_decision){made_wording(arena, random_name()),
                                       made(random_name()), "11-04"};
        pages[0].conclusion.decisions = decisions;
        plan->header = made(random_name());
        plan->classification = made(random_name());
        lay_out(plan);
    }
}

/* How long the bars of a page are, up to 100 %. */
static double
bar_length(const struct display *display, size_t page)
{
    return find_text(display, page, "100%")->start.x -
           find_text(display, page, "0%")->start.x;
}

static void
bars_give_room_to_a_name_that_would_fill_the_page(void **state)
{
    (void)state;
    double usual = 0;
    for (int length = 10; length <= 200; length += 190) {
        struct plan *plan = made_plan(arena, 8);
        struct plan_page *pages = arena_array(arena, 3, struct plan_page);
        memcpy(pages, plan->pages, 3 * sizeof *pages);
        plan->pages = pages;
        table_scramble(&pages[1].table);
        const char *name = "";
        for (int i = 0; i < length; i++)
            name = arena_format(arena, "%s订", name);
        for (size_t i = 0; i < 8; i++) {
            struct plan_cell *cells = arena_array(arena, 10, struct plan_cell);
            memcpy(cells, pages[1].table.rows[i].cells, 10 * sizeof *cells);
            cells[1].text = made(i == 0 ? name : "加购");
            ((struct plan_row *)pages[1].table.rows)[i].cells = cells;
        }
        struct display *display = lay_out(plan);
        if (length == 10)
            usual = bar_length(display, 1);
        else
            assert_true(bar_length(display, 1) < usual - 5);
    }
}

/* 100 % is as long on every page that has bars. */
static void
bars_have_one_scale_on_all_pages(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        struct plan *plan = made_plan(arena, 8);
        struct plan_page *pages = arena_array(arena, 3, struct plan_page);
        memcpy(pages, plan->pages, 3 * sizeof *pages);
        plan->pages = pages;
        if (round > 0)
            table_scramble(&pages[round % 2].table);
        struct display *display = lay_out(plan);
        double length = bar_length(display, 0);
        assert_true(length > 15);
        assert_true(fabs(bar_length(display, 1) - length) < 0.01);
        if (round == 0) /* numbers of usual length */
            assert_true(length > 41 && length < 48);
    }
}

static void
paper_may_be_letter(void **state)
{
    (void)state;
    struct plan *plan = made_plan(arena, 50);
    struct template *template = arena_alloc(arena, sizeof *template);
    template->paper.name = "letter";
    plan->template = template;
    struct display *display = lay_out(plan);
    assert_true(fabs(display->width_mm - 279.4) < 0.01);
}

/* The first item of a kind on a page. */
static const struct item *
find_kind(const struct display *display, size_t page, enum item_kind kind)
{
    for (size_t i = 0; i < display->pages[page].item_count; i++)
        if (display->pages[page].items[i].kind == kind)
            return &display->pages[page].items[i];
    return NULL;
}

static void
logo_stands_in_every_head_two_steps_high(void **state)
{
    (void)state;
    static const unsigned sides[][2] = {
        {1,   1   },
        {120, 80  },
        {8,   1   },
        {1,   1000}
    };
    for (size_t i = 0; i < 2 * sizeof sides / sizeof *sides; i++) {
        struct plan *plan = made_plan(arena, 50);
        struct template *template = arena_alloc(arena, sizeof *template);
        struct template_logo *logo = arena_alloc(arena, sizeof *logo);
        logo->width = sides[i / 2][0];
        logo->height = sides[i / 2][1];
        template->logo = logo;
        template->paper.name = i % 2 ? "letter" : "a4";
        plan->template = template;
        plan->logo_alt = made("标志");
        struct display *display = lay_out(plan);
        for (size_t k = 0; k < display->page_count; k++) {
            const struct box *place = &find_kind(display, k, ITEM_LOGO)->place;
            const struct item *text = find_kind(display, k, ITEM_TEXT);
            assert_true(fabs(place->x - 16) < 0.01);
            assert_true(fabs(place->height - 5.6) < 0.01);
            assert_true(fabs(place->width - 5.6 * logo->width / logo->height) <
                        0.01);
            assert_true(fabs(text->start.x - place->x - place->width - 3) <
                        0.01);
            assert_true(place->y + place->height < 17.5); /* the rule */
        }
    }
}

static void
second_language_stands_below_the_first(void **state)
{
    (void)state;
    struct plan *plan = made_plan(arena, 40);
    struct plan_page *pages = own_pages(plan);
    plan->words.lang = LANG_BOTH;
    struct plan_table *table = &pages[1].table;
    struct plan_row *rows = arena_array(arena, 40, struct plan_row);
    for (size_t i = 0; i < 40; i++) {
        struct plan_cell *cells = arena_array(arena, 10, struct plan_cell);
        memcpy(cells, table->rows[i].cells, 10 * sizeof *cells);
        cells[1].text.second = "Place order";
        rows[i] = table->rows[i];
        rows[i].cells = cells;
    }
    table->rows = rows;
    struct display *display = lay_out(plan);
    const struct item *lead = find_text(display, 1, "提交订单");
    const struct item *second = find_text(display, 1, "Place order");
    assert_true(second->start.y > lead->start.y + 2);
    assert_true(fabs(second->start.x - lead->start.x) < 0.01);
    /* rows of 8.4 mm: 18 on a page */
    assert_non_null(strstr(page_text(display, 1), "第 1–18 条"));
}

static void
shorter_evidence_is_taken_where_the_longer_does_not_fit(void **state)
{
    (void)state;
    struct plan *plan = made_plan(arena, 20);
    struct plan_page *pages = own_pages(plan);
    struct plan_evidence *shorter = arena_array(arena, 1, struct plan_evidence);
    shorter->table = made_table(arena, 3);
    shorter->table.after = made("另有 37 条");
    pages[0].conclusion.evidence.table = made_table(arena, 40);
    pages[0].conclusion.shorter = shorter;
    pages[0].conclusion.shorter_count = 1;
    struct display *display = lay_out(plan);
    assert_non_null(strstr(page_text(display, 0), "另有 37 条"));
    assert_string_equal(display->pages[1].label, "全部链路");
}

/* --- what does not fit -----------------------------------------------------
 */

static void
message_that_fits_in_no_wording_is_an_error(void **state)
{
    (void)state;
    struct plan *plan = made_plan(arena, 8);
    struct plan_page *pages = own_pages(plan);
    const char *text = "";
    for (int i = 0; i < 100; i++)
        text = arena_format(arena, "%s订", text);
    pages[0].conclusion.message = made_wording(arena, text);
    const char *why = NULL;
    assert_null(page_layout(arena, plan, fonts, &why));
    assert_non_null(strstr(why, "page 1: the text \"订订"));
    assert_non_null(strstr(why, "does not fit its place"));
}

static void
number_that_does_not_fit_is_an_error(void **state)
{
    (void)state;
    struct plan *plan = made_plan(arena, 8);
    struct plan_cell *cells = arena_array(arena, 10, struct plan_cell);
    struct plan_page *pages = own_pages(plan);
    struct plan_row *row = arena_array(arena, 1, struct plan_row);
    *row = pages[1].table.rows[0];
    memcpy(cells, row->cells, 10 * sizeof *cells);
    row->cells = cells;
    const char *text = "";
    for (int i = 0; i < 150; i++)
        text = arena_format(arena, "%s7", text);
    cells[5].text = made(text);
    pages[1].table.rows = row;
    pages[1].table.row_count = 1;
    const char *why = NULL;
    struct display *display = page_layout(arena, plan, fonts, &why);
    assert_non_null(display);
    assert_non_null(strstr(display_check(display), "does not fit its place"));
}

/* A plan of one page that is a copy of another's. */
static struct plan *
one_page(size_t index, struct plan_page **page)
{
    struct plan *plan = made_plan(arena, 8);
    *page = arena_array(arena, 1, struct plan_page);
    **page = plan->pages[index];
    plan->pages = *page;
    plan->page_count = 1;
    return plan;
}

static void
assert_refused(const struct plan *plan, const char *what)
{
    const char *why = NULL;
    assert_null(page_layout(arena, plan, fonts, &why));
    if (strstr(why, what) == NULL || strstr(why, "does not fit") == NULL)
        fail_msg("\"%s\" does not say \"%s\"", why, what);
}

static const char *
repeated(const char *text, int times)
{
    const char *all = "";
    for (int i = 0; i < times; i++)
        all = arena_format(arena, "%s%s", all, text);
    return all;
}

static void
row_higher_than_a_page_is_an_error(void **state)
{
    (void)state;
    for (size_t index = 0; index < 2; index++) {
        struct plan_page *page;
        struct plan *plan = one_page(index, &page);
        struct plan_table *table =
            index == 0 ? &page->conclusion.evidence.table : &page->table;
        struct plan_row *rows = arena_array(arena, 8, struct plan_row);
        struct plan_cell *cells = arena_array(arena, 10, struct plan_cell);
        memcpy(rows, table->rows, 8 * sizeof *rows);
        memcpy(cells, rows[3].cells, 10 * sizeof *cells);
        cells[1].text = made(repeated("订", 3000));
        rows[3].cells = cells;
        table->rows = rows;
        assert_refused(plan, "这一行的条形图");
    }
}

static void
paragraph_higher_than_a_page_is_an_error(void **state)
{
    (void)state;
    struct plan_page *page;
    struct plan *plan = one_page(2, &page);
    struct phrase text = made(repeated("判定规则", 3000));
    struct plan_block block = {
        .kind = BLOCK_PARAGRAPH, .paragraphs = &text, .paragraph_count = 1};
    page->blocks = &block;
    page->block_count = 1;
    assert_refused(plan, "判定规则判定规则");
}

static void
row_of_the_basis_higher_than_a_page_is_an_error(void **state)
{
    (void)state;
    struct plan_page *page;
    struct plan *plan = one_page(2, &page);
    struct plan_block *block = arena_array(arena, 1, struct plan_block);
    *block = page->blocks[1];
    struct plan_cell cells[2] = {{.text = made("可用")},
                                 {.text = made(repeated("达成", 3000))}};
    struct plan_row row = {.cells = cells};
    block->table.rows = &row;
    block->table.row_count = 1;
    page->blocks = block;
    page->block_count = 1;
    assert_refused(plan, "公式与取整");
}

static void
basis_keeps_its_order_and_says_what_follows_a_table(void **state)
{
    (void)state;
    struct plan_page *page;
    struct plan *plan = one_page(2, &page);
    struct plan_block *blocks = arena_array(arena, 4, struct plan_block);
    memcpy(blocks, page->blocks, 3 * sizeof *blocks);
    blocks[1].table.row_count = 3;
    blocks[1].table.after = made("已列 3 / 9");
    blocks[1].table.note = made("其余见工作簿");
    blocks[1].heading = made(NULL);
    blocks[1].table.heading = made("公式");
    blocks[3] = blocks[0];
    blocks[3].heading = made(NULL);
    page->blocks = blocks;
    page->block_count = 4;
    struct display *display = lay_out(plan);
    assert_int_equal(display->page_count, 1);
    const char *text = page_text(display, 0);
    static const char *const order[] = {"判定规则 1",   "公式",   "已列 3 / 9",
                                        "其余见工作簿", "签署\n", "技术负责人"};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        text = strstr(text, order[i]);
        assert_non_null(text);
    }
}

static void
conclusion_without_decisions_says_so(void **state)
{
    (void)state;
    struct plan_page *page;
    struct plan *plan = one_page(0, &page);
    page->conclusion.decision_count = 0;
    page->conclusion.decisions_after = made("无须决定");
    page->conclusion.scenario = made_wording(arena, "按方案“保守”评估");
    page->conclusion.verdict_other = NULL;
    page->conclusion.verdict_word = made("CONDITIONAL GO");
    page->conclusion.verdict_rule =
        made("系统判定\uff0c依据规则 1\uff0c见“口径与签署”一页的第一段");
    page->conclusion.evidence.table.after = made(NULL);
    page->conclusion.evidence.table.note = made(NULL);
    page->conclusion.evidence.legend_count = 0;
    struct display *display = lay_out(plan);
    const char *text = page_text(display, 0);
    assert_non_null(strstr(text, "无须决定"));
    assert_non_null(strstr(text, "按方案“保守”评估"));
    assert_non_null(strstr(text, "CONDITIONAL\nGO\n"));
    assert_null(strstr(text, "负责人"));
}

/* In the larger type of a brief, too. */
static void
verdict_is_not_broken_within_a_word(void **state)
{
    (void)state;
    struct plan_page *page;
    struct plan *plan = one_page(0, &page);
    struct template larger = *plan->template;
    struct template_size size = {.key = "verdict", .value = decimal_of(26)};
    larger.sizes = &size;
    larger.size_count = 1;
    plan->template = &larger;
    page->conclusion.verdict_other = NULL;
    page->conclusion.verdict_word = made("CONDITIONAL GO");
    struct display *display = lay_out(plan);
    assert_non_null(strstr(page_text(display, 0), "CONDITIONAL\nGO\n"));
}

static void
empty_table_of_links_is_a_page(void **state)
{
    (void)state;
    struct plan_page *page;
    struct plan *plan = one_page(1, &page);
    page->table.row_count = 0;
    page->table.heading = made(NULL);
    page->range = made("{first}–{last} {other} {all}");
    struct display *display = lay_out(plan);
    assert_int_equal(display->page_count, 1);
    assert_non_null(strstr(page_text(display, 0), "1–0 {other} 0"));
    assert_non_null(strstr(page_text(display, 0), "\n全部链路\n"));
}

/* A page with one tag open, for the check. */
static void
put_line(struct display *display, const char *text, double x, double y,
         double width)
{
    struct text_style style = {FONT_REGULAR, 10, 0, false};
    struct text_block block = text_layout(arena, fonts, style, text, 1000);
    display_line(display, block.lines, style, x, y,
                 (struct box){x, y - 4, width, 6});
}

static void
check_finds_what_is_wrong(void **state)
{
    (void)state;
    struct display *display = bare_page();
    put_line(display, "提交订单", 50, 50, 40);
    put_line(display, "支付回调", 50, 55, 40);
    assert_string_equal(display_check(display), "a tag is left open");
    display_close(display);
    assert_null(display_check(display));
    display_close(display);
    assert_string_equal(display_check(display),
                        "a tag is closed that was not open");

    display = bare_page();
    put_line(display, "提交订单", 50, 50, 40);
    put_line(display, "支付回调", 60, 52, 40);
    display_close(display);
    assert_string_equal(display_check(display),
                        "page 1: \"提交订单\" and \"支付回调\" overlap");

    display = bare_page();
    for (int i = 0; i < TAGS_DEEP; i++)
        display_open(display, "P", NULL);
    for (int i = 0; i <= TAGS_DEEP; i++)
        display_close(display);
    assert_string_equal(display_check(display), "tags are too deep");

    /* texts and tags in one tag, in either order; beside each other is well */
    for (unsigned order = 0; order < 3; order++) {
        display = bare_page();
        if (order == 0)
            put_line(display, "提交订单", 50, 50, 40);
        display_open(display, "P", NULL);
        put_line(display, "支付回调", 50, 60, 40);
        display_close(display);
        if (order == 1)
            put_line(display, "提交订单", 50, 50, 40);
        display_close(display);
        if (order < 2)
            assert_string_equal(
                display_check(display),
                "page 1: a tag holds texts beside other tags");
        else
            assert_null(display_check(display));
    }

    display = bare_page();
    put_line(display, "提交订单", 50, 50, 10);
    display_close(display);
    assert_non_null(strstr(display_check(display), "does not fit its place"));

    display = bare_page();
    put_line(display, "提交订单", 280, 50, 40);
    display_close(display);
    assert_non_null(strstr(display_check(display), "does not fit its place"));

    display = bare_page();
    put_line(display, "提交订单", 50, 50, 40);
    display_logo(display, (struct box){45, 44, 6, 5});
    display_close(display);
    assert_string_equal(display_check(display),
                        "page 1: \"the logo\" and \"提交订单\" overlap");
    display = bare_page();
    display_logo(display, (struct box){10, 44, 6, 5});
    display_close(display);
    assert_string_equal(display_check(display),
                        "page 1: the logo stands in the margin");

    display = bare_page();
    display_rule(display, 20, 300, 50, 0, 1);
    display_close(display);
    assert_string_equal(display_check(display),
                        "page 1: a shape leaves the page");
    display = bare_page();
    display_rule(display, 20, NAN, 50, 0, 1);
    display_close(display);
    assert_string_equal(display_check(display),
                        "page 1: a shape leaves the page");

    display = bare_page();
    display_close(display);
    display_rule(display, 20, 100, 50, 0, 1);
    assert_string_equal(display_check(display),
                        "page 1: something stands outside all tags");
}

static void
dump_shows_what_stands_where(void **state)
{
    (void)state;
    struct display *display = bare_page();
    put_line(display, "提交", 50, 50, 40);
    display_rule(display, 20, 100, 60, 0xa62b00, 2);
    display_close(display);
    char *bytes = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&bytes, &size);
    display_dump(display, stream);
    fclose(stream);
    assert_string_equal(
        bytes,
        "page 1\n"
        "  P\n"
        "    text 50.00 50.00  7.06 wide  regular 10.0 pt #000000  提交\n"
        "    segments 20.00,60.00 100.00,60.00  stroke #A62B00 2.0 pt\n");
    free(bytes);
}

static void
dump_shows_shapes_and_figures(void **state)
{
    (void)state;
    struct display *display = display_new(arena, fonts, 297, 210, 11);
    display->reserve = 2;
    display_page(display, "能否放行");
    display_open(display, "Figure", "一条");
    struct point five[] = {
        {20, 20},
        {30, 20},
        {30, 30},
        {20, 30},
        {15, 25}
    };
    display_shape(display, SHAPE_POLYGON, five, 5,
                  (struct paint){0x404040, NO_COLOUR, 0, 0});
    display_rect(display, (struct box){20, 20, 10, 5},
                 (struct paint){NO_COLOUR, 0x404040, 0.7, 1});
    display_hatch(display, (struct box){20, 20, 0.01, 0.01}, 0, 1, 1);
    display_close(display);
    assert_null(display_check(display));
    char *bytes = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&bytes, &size);
    display_dump(display, stream);
    fclose(stream);
    assert_string_equal(
        bytes, "page 1: 能否放行\n"
               "  Figure: 一条\n"
               "    polygon 20.00,20.00 30.00,20.00 30.00,30.00 20.00,30.00 "
               "... 5 points  fill #404040\n"
               "    rect 20.00,20.00 30.00,25.00  stroke #404040 0.7 pt "
               "dashed\n");
    free(bytes);
}

/* --- drawing -----------------------------------------------------------------
 */

#define PX_PER_MM 8

/* A page of the PDF as a reader of PDFs paints it. */
struct picture {
    unsigned char *pixels; /* three bytes each */
    int width, height;
};

static bool
has_text(const struct display_page *page)
{
    for (size_t i = 0; i < page->item_count; i++)
        if (page->items[i].kind == ITEM_TEXT)
            return true;
    return false;
}

static struct picture
paint(const struct pdf_bytes *pdf, size_t page)
{
    char path[64], command[256];
    struct picture picture;
    snprintf(path, sizeof path, "/tmp/headroom-page-%d.pdf", (int)getpid());
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(pdf->bytes, 1, pdf->size, file), pdf->size);
    fclose(file);
    snprintf(command, sizeof command, "pdftoppm -r %.4f -f %zu -l %zu %s",
             PX_PER_MM * 25.4, page + 1, page + 1, path);
    FILE *painted = popen(command, "r");
    assert_non_null(painted);
    assert_int_equal(fscanf(painted, "P6 %d %d 255", &picture.width,
                            &picture.height),
                     2);
    assert_int_equal(fgetc(painted), '\n');
    size_t size = (size_t)picture.width * (size_t)picture.height * 3;
    picture.pixels = malloc(size);
    assert_int_equal(fread(picture.pixels, 1, size, painted), size);
    assert_int_equal(pclose(painted), 0);
    remove(path);
    return picture;
}

static struct picture
draw(struct display *display, size_t page)
{
    static const struct template template = {.logo = NULL};
    const struct plan plan = {.template = &template,
                              .title = made("page"),
                              .created = "2026-10-31T18:00:00+08:00"};
    const char *why = NULL;
    struct pdf_bytes pdf;
    /* a subset is made once */
    struct fonts *own = display->fonts;
    if (!has_text(&display->pages[page]))
        display->fonts = fonts_open(arena, "fonts", &why);
    if (!pdf_draw(arena, &plan, display, &pdf, &why))
        fail_msg("%s", why);
    struct picture picture = paint(&pdf, page);
    free(pdf.bytes);
    if (display->fonts != own)
        fonts_close(display->fonts);
    display->fonts = own;
    return picture;
}

static uint32_t
rgb_at(struct picture picture, double x_mm, double y_mm)
{
    const unsigned char *pixel =
        picture.pixels + 3 * ((int)(y_mm * PX_PER_MM) * picture.width +
                              (int)(x_mm * PX_PER_MM));
    return (uint32_t)pixel[0] << 16 | (uint32_t)pixel[1] << 8 | pixel[2];
}

static int
grey_at(struct picture picture, double x_mm, double y_mm)
{
    uint32_t rgb = rgb_at(picture, x_mm, y_mm);
    return (int)((rgb >> 16 & 255) * 30 + (rgb >> 8 & 255) * 59 +
                 (rgb & 255) * 11) /
           100;
}

static void
verdicts_differ_without_colour(void **state)
{
    (void)state;
    int ground[VERDICTS];
    for (int verdict = 0; verdict < VERDICTS; verdict++) {
        struct plan *plan = made_plan(arena, 8);
        struct plan_page *page = arena_array(arena, 1, struct plan_page);
        *page = plan->pages[0];
        page->conclusion.verdict = (enum verdict)verdict;
        plan->pages = page;
        plan->page_count = 1;
        struct fonts *own = fonts;
        const char *why = NULL;
        fonts = fonts_open(arena, "fonts", &why);
        struct display *display = lay_out(plan);
        struct picture picture = draw(display, 0);
        ground[verdict] = grey_at(picture, 70, 45);
        /* the border of the pale and the white band */
        assert_true(grey_at(picture, 16.3, 30) < 130);
        free(picture.pixels);
        fonts_close(fonts);
        fonts = own;
    }
    assert_true(ground[VERDICT_NO_GO] < 100);
    assert_int_equal(ground[VERDICT_GO], 255);
    assert_in_range(ground[VERDICT_CONDITIONAL], 230, 250);
}

static void
marks_differ_without_colour(void **state)
{
    (void)state;
    struct template template = {0};
    struct display *display = display_new(arena, fonts, 297, 210, 11);
    struct layout layout = {.arena = arena,
                            .fonts = fonts,
                            .look = look_of(&template),
                            .display = display};
    display_page(display, NULL);
    display_open(display, "P", NULL);
    for (int i = 0; i < STATES; i++)
        mark_draw(&layout, (enum state)i, 20 + 10 * i, 20, 3.2);
    display_close(display);
    struct picture picture = draw(display, 0);
    for (int a = 0; a < STATES; a++)
        for (int b = a + 1; b < STATES; b++) {
            double apart = 0;
            for (double x = -0.2; x < 3.4; x += 1.0 / PX_PER_MM)
                for (double y = -0.2; y < 3.4; y += 1.0 / PX_PER_MM)
                    apart += abs(grey_at(picture, 20 + 10 * a + x, 20 + y) -
                                 grey_at(picture, 20 + 10 * b + x, 20 + y)) /
                             255.0 / PX_PER_MM / PX_PER_MM;
            if (apart < 1.5) /* [mm2] of 10 */
                fail_msg("marks %d and %d are %.1f mm2 apart", a, b, apart);
        }
    free(picture.pixels);
}

/* The colours of a bar from 0 to 125 %: 50 mm are 100 %. */
static void
probe_bar(const struct bar *bar, const double *share, const uint32_t *expected,
          size_t count)
{
    struct template template = {0};
    struct display *display = display_new(arena, fonts, 297, 210, 11);
    struct layout layout = {.arena = arena,
                            .fonts = fonts,
                            .look = look_of(&template),
                            .display = display};
    display_page(display, NULL);
    display_open(display, "P", NULL);
    bar_draw(&layout, bar, 50, 50, 3.5, 50);
    display_close(display);
    assert_null(display_check(display));
    struct picture picture = draw(display, 0);
    for (size_t i = 0; i < count; i++) {
        uint32_t rgb = rgb_at(picture, 50 + 50 * share[i], 51.75);
        if (rgb != expected[i])
            fail_msg("at %.0f %%: #%06X", 100 * share[i], rgb);
    }
    free(picture.pixels);
}

static void
bars_show_each_part_in_its_place(void **state)
{
    (void)state;
    static const double share[] = {.2, .55, .95, 1.1};
    /* proven to 40 %, a gap from there to 100 % */
    struct bar bar = {.look = BAR_PROVEN, .measured = .4, .has_gap = true};
    probe_bar(&bar, share, (uint32_t[]){0x404040, 0xfbe9e1, 0xfbe9e1, 0xffffff},
              4);
    bar = (struct bar){.look = BAR_PROVEN, .measured = 1.05};
    probe_bar(&bar, share, (uint32_t[]){0x404040, 0x404040, 0x404040, 0xffffff},
              4);
    bar = (struct bar){
        .look = BAR_PROVEN, .measured = 1.25, .measured_beyond = true};
    static const double beyond[] = {.2, 1.2, 1.26, 1.3};
    probe_bar(&bar, beyond,
              (uint32_t[]){0x404040, 0x404040, 0x404040, 0xffffff}, 4);
    bar = (struct bar){.look = BAR_STALE, .measured = .8};
    probe_bar(&bar, share, (uint32_t[]){0xd9d9d9, 0xd9d9d9, 0xffffff, 0xffffff},
              4);
    bar = (struct bar){.look = BAR_UNTESTED};
    probe_bar(&bar, share, (uint32_t[]){0xffffff, 0xffffff, 0xffffff, 0xffffff},
              4);
    bar = (struct bar){.look = BAR_INCONCLUSIVE, .measured = .5};
    /* neither the solid of what is proven nor the pale of what is stale */
    static const double open[] = {.2, .45, .515, .9};
    probe_bar(&bar, open, (uint32_t[]){0x8c8c8c, 0x8c8c8c, 0xffffff, 0xffffff},
              4);
}

/* A bridge: from the top usable, gain, added, gap, each where the one above
   ends. */
static void
bridge_goes_down_and_on_part_by_part(void **state)
{
    (void)state;
    struct bridge bridge = {
        {{true, 0, .4, false},
         {true, .4, .5, false},
         {true, .5, .8, false},
         {true, .8, 1, false}}
    };
    struct display *display = bare_page();
    struct look look = {.rgb = {0}};
    struct layout layout = {.arena = arena, .fonts = fonts, .display = display};
    look.rgb[COLOUR_PROVEN] = 0x404040;
    look.rgb[COLOUR_BAD] = 0xa62b00;
    look.rgb[COLOUR_BAD_TINT] = 0xfbe9e1;
    look.rgb[COLOUR_BOX] = 0x8c8c8c;
    layout.look = look;
    bridge_draw(&layout, &bridge, 50, 60, 100);
    display_close(display);
    assert_null(display_check(display));
    struct picture picture = draw(display, 0);
    const double line = 1.65 + 0.25, top = 60 - (4 * line - 0.25) / 2 + 0.8;
    assert_int_equal(rgb_at(picture, 70, top), 0x404040);
    assert_int_equal(rgb_at(picture, 95, top), 0xffffff);
    assert_int_equal(rgb_at(picture, 70, top + line), 0xffffff);
    assert_int_equal(rgb_at(picture, 70, top + 3 * line), 0xffffff);
    assert_int_equal(rgb_at(picture, 140, top + 3 * line), 0xfbe9e1);
    assert_int_equal(rgb_at(picture, 140, top + 2 * line), 0xffffff);
    /* hatched: neither solid nor white */
    for (unsigned i = 1; i <= 2; i++) {
        double ink = 0, samples = 0;
        double from = i == 1 ? 91 : 101, to = i == 1 ? 99 : 129;
        for (double x = from; x < to; x += 0.125, samples++)
            ink += 255 - grey_at(picture, x, top + i * line);
        ink /= samples * (255 - 0x40);
        assert_true(ink > 0.15 && ink < 0.45);
    }
    free(picture.pixels);
}

static void
hatch_lies_between_solid_and_white(void **state)
{
    (void)state;
    struct display *display = bare_page();
    display_hatch(display, (struct box){50, 50, 30, 4}, 0x404040, 0.7, 0.9);
    display_close(display);
    assert_null(display_check(display));
    struct picture picture = draw(display, 0);
    double ink = 0, samples = 0;
    for (double x = 52; x < 78; x += 0.125)
        for (double y = 50.5; y < 53.5; y += 0.125, samples++)
            ink += 255 - grey_at(picture, x, y);
    ink /= samples * (255 - 0x40);
    assert_true(ink > 0.2 && ink < 0.35); /* 0.7 pt every 0.9 mm: 27 % */
    assert_int_equal(grey_at(picture, 49, 52), 255);
    assert_int_equal(grey_at(picture, 81, 52), 255);
    free(picture.pixels);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_season_takes_its_pages),
        cmocka_unit_test(every_link_is_listed_once),
        cmocka_unit_test(no_list_ends_with_a_nearly_empty_page),
        cmocka_unit_test(page_1_points_to_pages_by_their_numbers),
        cmocka_unit_test(words_that_stand_apart_are_read_apart),
        cmocka_unit_test(columns_stand_alike_on_all_pages),
        cmocka_unit_test(numbers_end_at_one_edge),
        cmocka_unit_test(no_text_makes_a_page_overlap),
        cmocka_unit_test(bars_give_room_to_a_name_that_would_fill_the_page),
        cmocka_unit_test(paper_may_be_letter),
        cmocka_unit_test(logo_stands_in_every_head_two_steps_high),
        cmocka_unit_test(second_language_stands_below_the_first),
        cmocka_unit_test(
            shorter_evidence_is_taken_where_the_longer_does_not_fit),
        cmocka_unit_test(message_that_fits_in_no_wording_is_an_error),
        cmocka_unit_test(number_that_does_not_fit_is_an_error),
        cmocka_unit_test(row_higher_than_a_page_is_an_error),
        cmocka_unit_test(paragraph_higher_than_a_page_is_an_error),
        cmocka_unit_test(row_of_the_basis_higher_than_a_page_is_an_error),
        cmocka_unit_test(basis_keeps_its_order_and_says_what_follows_a_table),
        cmocka_unit_test(conclusion_without_decisions_says_so),
        cmocka_unit_test(verdict_is_not_broken_within_a_word),
        cmocka_unit_test(empty_table_of_links_is_a_page),
        cmocka_unit_test(check_finds_what_is_wrong),
        cmocka_unit_test(dump_shows_shapes_and_figures),
        cmocka_unit_test(dump_shows_what_stands_where),
        cmocka_unit_test(verdicts_differ_without_colour),
        cmocka_unit_test(marks_differ_without_colour),
        cmocka_unit_test(bars_have_one_scale_on_all_pages),
        cmocka_unit_test(bars_show_each_part_in_its_place),
        cmocka_unit_test(bridge_goes_down_and_on_part_by_part),
        cmocka_unit_test(hatch_lies_between_solid_and_white),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
