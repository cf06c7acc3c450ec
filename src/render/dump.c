/*
 * The plan as readable text.  Room render/: walks the plan and decides
 * nothing; all wordings are written, not only the one that would fit.
 */
#include "render/dump.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/stage.h"

/* --- text that grows --------------------------------------------------- */

struct dump {
    struct arena *arena;
    char *text;
    size_t length, room;
};

static void put(struct dump *dump, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
put_bytes(struct dump *dump, const char *bytes, size_t length)
{
    if (dump->length + length + 1 > dump->room) {
        size_t room = (dump->length + length + 1) * 2;
        char *larger = arena_alloc(dump->arena, room);
        if (dump->length > 0)
            memcpy(larger, dump->text, dump->length);
        dump->text = larger;
        dump->room = room;
    }
    memcpy(dump->text + dump->length, bytes, length);
    dump->length += length;
    dump->text[dump->length] = '\0';
}

static void
put(struct dump *dump, const char *format, ...)
{
    char small[512];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(small, sizeof small, format, list);
    va_end(list);
    if (length < 0)
        return;
    if ((size_t)length < sizeof small) {
        put_bytes(dump, small, (size_t)length);
        return;
    }
    char *text = arena_alloc(dump->arena, (size_t)length + 1);
    va_start(list, format);
    vsnprintf(text, (size_t)length + 1, format, list);
    va_end(list);
    put_bytes(dump, text, (size_t)length);
}

/* A text; where it names a page, the kind of that page in the place of its
   number. */
static void
put_text(struct dump *dump, const char *text)
{
    static const char *const page[PAGE_KINDS] = {
        "conclusion", "links", "basis", "evidence", "gaps", "unproven",
        "domains"};
    for (const char *mark; (mark = strchr(text, PLAN_PAGE_MARK)) != NULL;) {
        put(dump, "%.*s<%s>", (int)(mark - text), text, page[mark[1] - 'a']);
        text = mark + 2;
    }
    put(dump, "%s", text);
}

static void
put_phrase(struct dump *dump, struct phrase phrase)
{
    put_text(dump, phrase.lead ? phrase.lead : "-");
    if (phrase.second) {
        put(dump, " // ");
        put_text(dump, phrase.second);
    }
}

/* "label: phrase", nothing when there is none. */
static void
put_line(struct dump *dump, const char *label, struct phrase phrase)
{
    if (phrase.lead == NULL)
        return;
    put(dump, "%s: ", label);
    put_phrase(dump, phrase);
    put(dump, "\n");
}

static void
put_wording(struct dump *dump, const char *label, struct wording wording)
{
    for (size_t i = 0; i < wording.count; i++) {
        put(dump, "%s %zu: ", label, i + 1);
        put_phrase(dump, wording.variants[i]);
        put(dump, "\n");
    }
}

/* --- tables ------------------------------------------------------------ */

static void
put_bar(struct dump *dump, const struct bar *bar)
{
    static const char *const look[] = {"solid", "open", "light", "dashed"};
    put(dump, "[%s", look[bar->look]);
    if (bar->look != BAR_UNTESTED)
        put(dump, " %.3f%s", bar->measured, bar->measured_beyond ? ">" : "");
    if (bar->has_forecast)
        put(dump, " hatched %.3f%s", bar->forecast,
            bar->forecast_beyond ? ">" : "");
    if (bar->has_gap)
        put(dump, " gap");
    if (bar->has_baseline)
        put(dump, " baseline %.3f", bar->baseline);
    put(dump, "]");
}

static void
put_bridge(struct dump *dump, const struct bridge *bridge)
{
    static const char *const name[BRIDGE_PARTS] = {"usable", "gain", "added",
                                                   "gap"};
    put(dump, "[");
    for (size_t i = 0; i < BRIDGE_PARTS; i++)
        if (bridge->parts[i].there)
            put(dump, "%s %.3f-%.3f%s ", name[i], bridge->parts[i].from,
                bridge->parts[i].to, bridge->parts[i].beyond ? ">" : "");
    put(dump, "]");
}

static void
put_strip(struct dump *dump, const struct plan_table *table,
          const struct plan_row *row)
{
    static const char *const look[] = {"", "solid", "dashed"};
    if (row->strip == NULL)
        return;
    put(dump, "    strip:");
    for (size_t i = 0; i < table->column_count; i++)
        if (row->strip[i].look != STRIP_NONE)
            put(dump, " [%s %.3f]", look[row->strip[i].look],
                row->strip[i].share);
    put(dump, "\n");
}

static void
put_cell(struct dump *dump, const struct plan_column *column,
         const struct plan_row *row, const struct plan_cell *cell)
{
    static const char *const emphasis[] = {"", "<bold>", "<bad>", "<muted>"};
    if (column->kind == COLUMN_MARK) {
        put(dump, "(%s)", state_key[row->state]);
    } else if (column->kind == COLUMN_BAR) {
        if (row->bridge)
            put_bridge(dump, row->bridge);
        else
            put_bar(dump, &row->bar);
    } else {
        put_phrase(dump, cell->text);
        put(dump, "%s%s", cell->hung ? cell->hung : "",
            emphasis[cell->emphasis]);
    }
}

static void
put_row(struct dump *dump, const struct plan_table *table,
        const struct plan_row *row)
{
    if (row->rule_before)
        put(dump, "  ==\n");
    put(dump, "  ");
    for (size_t i = 0; i < table->column_count; i++) {
        put(dump, "%s", i > 0 ? " | " : row->strong ? "! " : "");
        put_cell(dump, &table->columns[i], row, &row->cells[i]);
    }
    put(dump, "\n");
    put_strip(dump, table, row);
    if (row->alt.lead) {
        put(dump, "    alt: ");
        put_phrase(dump, row->alt);
        put(dump, "\n");
    }
}

static void
put_table(struct dump *dump, const struct plan_table *table)
{
    put_line(dump, "table", table->heading);
    put(dump, "  ");
    for (size_t i = 0; i < table->column_count; i++) {
        put(dump, "%s", i > 0 ? " | " : "");
        put_phrase(dump, table->columns[i].heading);
    }
    put(dump, "\n  --\n");
    for (size_t i = 0; i < table->row_count; i++)
        put_row(dump, table, &table->rows[i]);
    put_line(dump, table->after_strong ? "after (strong)" : "after",
             table->after);
    put_line(dump, "note", table->note);
}

static void
put_legend(struct dump *dump, const struct plan_legend *legend, size_t count)
{
    static const char *const sample[] = {
        "solid",  "hatched", "gap",  "light",
        "dashed", "open",    "line", "triangle",
    };
    for (size_t i = 0; i < count; i++) {
        put(dump, "legend %s: ", sample[legend[i].sample]);
        put_phrase(dump, legend[i].text);
        put(dump, "\n");
    }
}

/* --- pages ------------------------------------------------------------- */

static void
put_conclusion(struct dump *dump, const struct plan_conclusion *page)
{
    put(dump, "verdict %s: ", verdict_key[page->verdict]);
    put_phrase(dump, page->verdict_word);
    put(dump, "%s%s\n", page->verdict_other ? " / " : "",
        page->verdict_other ? page->verdict_other : "");
    put_line(dump, "rule", page->verdict_rule);
    put_wording(dump, "message", page->message);
    put_wording(dump, "second", page->second);
    put_wording(dump, "scenario", page->scenario);
    put_wording(dump, "change", page->change);
    for (size_t i = 0; i < STATES; i++) {
        put(dump, "count %u: ", page->counts[i].count);
        put_phrase(dump, page->counts[i].name);
        put(dump, "\n");
    }
    put_line(dump, "decisions", page->decisions_heading);
    put_line(dump, "effects", page->effects);
    for (size_t i = 0; i < page->decision_count; i++) {
        put_wording(dump, "  decision", page->decisions[i].text);
        put(dump, "    ");
        put_phrase(dump, page->owner_heading);
        put(dump, ": ");
        put_phrase(dump, page->decisions[i].owner);
        put(dump, " | ");
        put_phrase(dump, page->by_heading);
        put(dump, ": %s\n", page->decisions[i].by);
    }
    put_line(dump, "decisions after", page->decisions_after);
    put_table(dump, &page->evidence.table);
    put_legend(dump, page->evidence.legend, page->evidence.legend_count);
    for (size_t i = 0; i < page->shorter_count; i++) {
        const struct plan_table *table = &page->shorter[i].table;
        put(dump, "with %zu rows, ", table->row_count);
        put_line(dump, table->after_strong ? "after (strong)" : "after",
                 table->after);
    }
    put_line(dump, "extra", page->extra);
    put_line(dump, "source", page->source);
}

static void
put_block(struct dump *dump, const struct plan_block *block)
{
    put(dump, "\n");
    put_line(dump, "block", block->heading);
    for (size_t i = 0; i < block->paragraph_count; i++)
        put_line(dump, "paragraph", block->paragraphs[i]);
    if (block->kind != BLOCK_PARAGRAPH)
        put_table(dump, &block->table);
}

static void
put_panel(struct dump *dump, const struct ramp *ramp,
          const struct ramp_panel *panel)
{
    static const char *const look[RAMP_LOOKS] = {"held", "achieved", "broke",
                                                 "later"};
    static const char *const line[RAMP_LINES] = {"target", "baseline", "limit"};
    put(dump, "    0 to %s:", panel->y.ticks[panel->y.tick_count - 1].label);
    for (size_t i = 0; i < panel->line_count; i++)
        put(dump, " [%s %.3f]", line[panel->lines[i].kind],
            panel->lines[i].at);
    for (size_t i = 0; i < ramp->point_count; i++)
        put(dump, " (%.3f %.3f%s %s)", panel->points[i].x, panel->points[i].y,
            panel->points[i].beyond ? ">" : "", look[panel->points[i].look]);
    put(dump, "\n");
}

static void
put_ramp(struct dump *dump, const struct plan_ramp *ramp)
{
    put(dump, "\n");
    put_line(dump, "ramp", ramp->name);
    put_line(dump, "facts", ramp->facts);
    if (ramp->caution.lead != NULL)
        put_line(dump, "caution", ramp->caution);
    put_line(dump, "limit", ramp->limit);
    put_line(dump, "  x", ramp->load);
    put(dump, "    0 to %s\n",
        ramp->ramp.x.ticks[ramp->ramp.x.tick_count - 1].label);
    for (size_t i = 0; i < ramp->ramp.panel_count; i++) {
        put_line(dump, "  y", ramp->axes[i]);
        put_panel(dump, &ramp->ramp, &ramp->ramp.panels[i]);
        put_line(dump, "    alt", ramp->alts[i]);
    }
    put_table(dump, &ramp->table);
}

static void
put_ramps(struct dump *dump, const struct plan_page *page)
{
    put_line(dump, "heading", page->table.heading);
    for (size_t i = 0; i < page->ramps.count; i++)
        put_ramp(dump, &page->ramps.ramps[i]);
    put_line(dump, "note", page->ramps.note);
    put_line(dump, "after", page->ramps.after);
}

static void
put_section(struct dump *dump, const struct plan_section *section)
{
    put(dump, "\n");
    put_line(dump, "range", section->range);
    if (section->all != section->table.row_count || section->most_sheets > 0) {
        put(dump, "rows %zu of %zu, sheets %zu\n", section->table.row_count,
            section->all, section->most_sheets);
        put_line(dump, "cut", section->cut);
    }
    put_table(dump, &section->table);
    put_legend(dump, section->legend, section->legend_count);
}

static void
put_page(struct dump *dump, const struct plan_page *page)
{
    put(dump, "\n");
    put_line(dump, "== page", page->title);
    switch (page->kind) {
    case PAGE_CONCLUSION:
        put_conclusion(dump, &page->conclusion);
        break;
    case PAGE_LINKS:
        put_line(dump, "range", page->range);
        put_table(dump, &page->table);
        put_legend(dump, page->legend, page->legend_count);
        break;
    case PAGE_BASIS:
        for (size_t i = 0; i < page->block_count; i++)
            put_block(dump, &page->blocks[i]);
        break;
    case PAGE_EVIDENCE:
        put_ramps(dump, page);
        break;
    case PAGE_GAPS:
    case PAGE_UNPROVEN:
    case PAGE_DOMAINS:
        for (size_t i = 0; i < page->section_count; i++)
            put_section(dump, &page->sections[i]);
        break;
    case PAGE_KINDS:
        break;
    }
}

const char *
dump_plan(struct arena *arena, const struct plan *plan)
{
    struct dump dump = {.arena = arena};
    put_line(&dump, "title", plan->title);
    put_line(&dump, "header", plan->header);
    put_line(&dump, "classification", plan->classification);
    if (plan->template->logo)
        put_line(&dump, "logo", plan->logo_alt);
    put_line(&dump, "page", plan->page_of);
    put(&dump, "created: %s\n", plan->created);
    for (size_t i = 0; i < plan->page_count; i++)
        put_page(&dump, &plan->pages[i]);
    return dump.text;
}

enum render_status
dump_render(const struct render_job *job, const char *file_name,
            const char **why)
{
    const struct plan *plan = plan_document(
        job->arena, job->report, job->template, job->lang, job->diag);
    if (plan == NULL)
        return RENDER_INPUT_ERROR;
    const char *text = dump_plan(job->arena, plan);
    if (!stage_write(job->stage, file_name, text, strlen(text), why))
        return RENDER_SYSTEM_ERROR;
    return RENDER_OK;
}
