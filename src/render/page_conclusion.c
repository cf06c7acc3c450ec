/*
 * Page 1: can we go?  Below the verdict (page_verdict.c) stand the decisions,
 * the links worst first, legend and source.  Places as on the grid; what needs
 * more room than usual pushes the rest down, and what no longer fits goes on to
 * a page of its own.
 */
#include "base/arena.h"
#include "render/page_table.h"

/* Measures of the page [mm]. */
/* What keeps parts of the page apart; two languages leave less for it. */
#define COUNTS_GAP (layout->two ? 3.2 : 5.0)
#define DECISIONS_GAP (layout->two ? 2.4 : 3.2)
#define TABLE_GAP (layout->two ? 1.8 : 2.6)
#define LEGEND_GAP (layout->two ? 2.0 : 3.2)
#define SOURCE_GAP (layout->two ? 1.2 : 2.0)
#define OWNER_WIDTH scaled(layout, 62.0) /* of owner and day, at the right edge */
#define BY_WIDTH scaled(layout, 22.0)
#define USUAL_NAME_PT 9.5 /* of decisions, in a usual look */
#define DECISION_STEP 5.2
#define EFFECTS_GAP 4.0 /* from the heading to how many links do what */
#define TABLE_TOP 68.5 /* from the body's top, where the decisions allow it */
#define ROW_MM 8.4

/* A width that larger type than usual widens. */
static double
scaled(const struct layout *layout, double mm)
{
    double share = layout->look.size_pt[SIZE_NAME] / USUAL_NAME_PT;
    return share > 1 ? share * mm : mm;
}

/* How many links do what to the verdict, beside the heading: on one line, or
   with the second language on the heading's and the first above. */
static void
draw_effects(struct layout *layout, struct phrase effects, double x0, double x1,
             double baseline)
{
    struct text_style style =
        layout_style(layout, FONT_REGULAR, SIZE_NUMBER, COLOUR_INK);
    struct text_style small = layout_second(layout);
    const char *line = layout_joined(layout, effects);
    display_open(layout->display, "P", NULL);
    if (effects.second != NULL &&
        text_width_mm(layout->fonts, style, line) > x1 - x0) {
        layout_text(layout, style, effects.lead, x0, x1,
                    baseline - 1.2 * style_em_mm(small), ALIGN_LEFT);
        style = small;
        line = effects.second;
    }
    layout_text(layout, style, line, x0, x1, baseline, ALIGN_LEFT);
    display_close(layout->display);
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
    const char *heading = layout_joined(layout, page->decisions_heading);
    display_open(layout->display, "H2", NULL);
    layout_text(layout, section, heading, layout->left, owner - 2, baseline,
                ALIGN_LEFT);
    if (page->decision_count == 0)
        display_rule(layout->display, layout->left, layout->right,
                     baseline + 1.8, layout->look.rgb[COLOUR_INK], 0.7);
    display_close(layout->display);
    draw_effects(layout, page->effects,
                 layout->left + EFFECTS_GAP +
                     text_width_mm(layout->fonts, section, heading),
                 owner - 2, baseline);
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
    asked.what = layout_wording(layout, decision->text, owner - x - 4, text,
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
                      style_ascent_mm(bold);
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
    double baseline = top + style_ascent_mm(layout_style(
                                layout, FONT_BOLD, SIZE_SECTION, COLOUR_INK));
    draw_decision_head(layout, page, baseline);
    double y = draw_decision_rows(layout, page, baseline + 1.8 + 0.9);
    if (page->decisions_after.lead) {
        struct phrase_block after = layout_phrase(
            layout, page->decisions_after,
            layout_prose(layout, FONT_REGULAR, SIZE_NUMBER, COLOUR_INK),
            layout_second(layout), layout->right - layout->left - INDENT);
        y = next_page(layout, y, after.height + 0.8);
        y = layout_sentence(layout, "P", &after, layout->left + INDENT,
                            y + 0.8);
    }
    return y;
}

/* What stands below the table: its after-lines, the legend, the source. */
struct tail {
    struct phrase_block after, note, extra, source;
    double legend;
    double height; /* of after, note, legend and extra */
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
    tail.extra = layout_phrase(
        layout, page->extra,
        layout_prose(layout, FONT_REGULAR, SIZE_NUMBER, COLOUR_INK), small,
        layout->right - layout->left);
    tail.source = layout_phrase(layout, page->source, small, small,
                                layout->right - layout->left);
    tail.legend = legend_height(layout, page->evidence.legend,
                                page->evidence.legend_count);
    tail.height = (tail.after.height > 0 ? tail.after.height + 1.2 : 0) +
                  (tail.note.height > 0 ? tail.note.height + 0.8 : 0) +
                  (tail.legend > 0 ? tail.legend + LEGEND_GAP + 0.8 : 0) +
                  (tail.extra.height > 0 ? tail.extra.height + SOURCE_GAP : 0);
    return tail;
}

static void
tail_draw(struct layout *layout, const struct plan_conclusion *page,
          const struct tail *tail, double top)
{
    double x = layout->left + INDENT, y = top;
    if (tail->after.height > 0)
        y = layout_sentence(layout, "P", &tail->after, x, y + 1.2);
    if (tail->note.height > 0)
        y = layout_sentence(layout, "P", &tail->note, x, y + 0.8);
    if (tail->legend > 0)
        legend_draw(layout, page->evidence.legend, page->evidence.legend_count,
                    y + LEGEND_GAP);
    layout_sentence(layout, "P", &tail->extra, layout->left,
                    layout->bottom - tail->source.height - SOURCE_GAP -
                        tail->extra.height);
    layout_sentence(layout, "P", &tail->source, layout->left,
                    layout->bottom - tail->source.height);
}

/* Where the table's head begins and where its rows must end. */
struct frame {
    double top, bottom;
};

/* The heading of the table; returns where it ends. */
static double
draw_heading(struct layout *layout, const struct plan_conclusion *page,
             double top, bool is_drawn)
{
    return top + layout_heading(layout, "H2", page->evidence.table.heading,
                                layout->left, layout->right,
                                is_drawn ? &top : NULL);
}

static struct frame
frame_measure(struct layout *layout, const struct plan_conclusion *page,
              const struct tail *tail, double top)
{
    struct frame frame = {
        .top = draw_heading(layout, page, top, false) + 1.0,
        .bottom = layout->bottom - tail->source.height - SOURCE_GAP -
                  tail->height};
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
    return rows > 0 && !page->keeps_together;
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
    draw_heading(layout, page, top, true);
    size_t next = table_draw(layout, &grid, 0, frame.top, frame.bottom, &end);
    tail_draw(layout, page, &tail, end);
    while (next < table->row_count) {
        display_page(layout->display, NULL);
        double y = draw_heading(layout, page, layout->top, true);
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
    double y = verdict_draw(layout, conclusion, layout->top);
    y = counts_draw(layout, conclusion, y + COUNTS_GAP);
    y = draw_decisions(layout, conclusion, y + DECISIONS_GAP);
    /* the table keeps its place where the decisions leave it free */
    double usual = layout->top + (layout->two ? TABLE_TOP + 6 : TABLE_TOP);
    bool is_first = layout->display->page_count == first_page;
    y = y + TABLE_GAP > usual || !is_first ? y + TABLE_GAP : usual;
    struct plan_conclusion fitting;
    if (!with_fitting_rows(layout, conclusion, y, &fitting)) {
        /* long decisions fill the page: the evidence stands on the next */
        display_page(layout->display, NULL);
        y = layout->top;
        with_fitting_rows(layout, conclusion, y, &fitting);
    }
    draw_table(layout, &fitting, y);
}
