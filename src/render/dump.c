/*
 * The plan as readable text.  Room render/: walks the plan and decides
 * nothing; all wordings are written, not only the one that would fit.
 */
#include "render/dump.h"

#include <stdio.h>
#include <string.h>

#include "base/growing.h"
#include "base/stage.h"

/* A text; where it names a page, the kind of that page in the place of its
   number. */
static void
put_text(struct growing *dump, const char *text)
{
    static const char *const page[PAGE_KINDS] = {
        "conclusion", "links",    "basis",  "evidence",
        "gaps",       "unproven", "domains"};
    for (const char *mark; (mark = strchr(text, PLAN_PAGE_MARK)) != NULL;) {
        growing_print(dump, "%.*s<%s>", (int)(mark - text), text,
                      page[mark[1] - 'a']);
        text = mark + 2;
    }
    growing_print(dump, "%s", text);
}

static void
put_phrase(struct growing *dump, struct phrase phrase)
{
    put_text(dump, phrase.lead ? phrase.lead : "-");
    if (phrase.second) {
        growing_print(dump, " // ");
        put_text(dump, phrase.second);
    }
}

/* "label: phrase", nothing when there is none. */
static void
put_line(struct growing *dump, const char *label, struct phrase phrase)
{
    if (phrase.lead == NULL)
        return;
    growing_print(dump, "%s: ", label);
    put_phrase(dump, phrase);
    growing_print(dump, "\n");
}

static void
put_wording(struct growing *dump, const char *label, struct wording wording)
{
    for (size_t i = 0; i < wording.count; i++) {
        growing_print(dump, "%s %zu: ", label, i + 1);
        put_phrase(dump, wording.variants[i]);
        growing_print(dump, "\n");
    }
}

/* --- tables ------------------------------------------------------------ */

static void
put_bar(struct growing *dump, const struct bar *bar)
{
    static const char *const look[] = {"solid", "open", "light", "dashed"};
    growing_print(dump, "[%s", look[bar->look]);
    if (bar->look != BAR_UNTESTED)
        growing_print(dump, " %.3f%s", bar->measured,
                      bar->measured_beyond ? ">" : "");
    if (bar->has_forecast)
        growing_print(dump, " hatched %.3f%s", bar->forecast,
                      bar->forecast_beyond ? ">" : "");
    if (bar->has_gap)
        growing_print(dump, " gap");
    if (bar->has_baseline)
        growing_print(dump, " baseline %.3f", bar->baseline);
    growing_print(dump, "]");
}

static void
put_bridge(struct growing *dump, const struct bridge *bridge)
{
    static const char *const name[BRIDGE_PARTS] = {"usable", "gain", "added",
                                                   "gap"};
    growing_print(dump, "[");
    for (size_t i = 0; i < BRIDGE_PARTS; i++)
        if (bridge->parts[i].there)
            growing_print(dump, "%s %.3f-%.3f%s ", name[i],
                          bridge->parts[i].from, bridge->parts[i].to,
                          bridge->parts[i].beyond ? ">" : "");
    growing_print(dump, "]");
}

static void
put_strip(struct growing *dump, const struct plan_table *table,
          const struct plan_row *row)
{
    static const char *const look[] = {"", "solid", "dashed"};
    if (row->strip == NULL)
        return;
    growing_print(dump, "    strip:");
    for (size_t i = 0; i < table->column_count; i++)
        if (row->strip[i].look != STRIP_NONE)
            growing_print(dump, " [%s %.3f]", look[row->strip[i].look],
                          row->strip[i].share);
    growing_print(dump, "\n");
}

static void
put_cell(struct growing *dump, const struct plan_column *column,
         const struct plan_row *row, const struct plan_cell *cell)
{
    static const char *const emphasis[] = {"", "<bold>", "<bad>", "<muted>"};
    if (column->kind == COLUMN_MARK) {
        growing_print(dump, "(%s)", state_key[row->state]);
    } else if (column->kind == COLUMN_BAR) {
        if (row->bridge)
            put_bridge(dump, row->bridge);
        else
            put_bar(dump, &row->bar);
    } else {
        put_phrase(dump, cell->text);
        growing_print(dump, "%s%s", cell->hung ? cell->hung : "",
                      emphasis[cell->emphasis]);
    }
}

static void
put_row(struct growing *dump, const struct plan_table *table,
        const struct plan_row *row)
{
    if (row->rule_before)
        growing_print(dump, "  ==\n");
    growing_print(dump, "  ");
    for (size_t i = 0; i < table->column_count; i++) {
        growing_print(dump, "%s", i > 0 ? " | " : row->strong ? "! " : "");
        put_cell(dump, &table->columns[i], row, &row->cells[i]);
    }
    growing_print(dump, "\n");
    put_strip(dump, table, row);
    if (row->alt.lead) {
        growing_print(dump, "    alt: ");
        put_phrase(dump, row->alt);
        growing_print(dump, "\n");
    }
}

static void
put_table(struct growing *dump, const struct plan_table *table)
{
    put_line(dump, "table", table->heading);
    growing_print(dump, "  ");
    for (size_t i = 0; i < table->column_count; i++) {
        growing_print(dump, "%s", i > 0 ? " | " : "");
        put_phrase(dump, table->columns[i].heading);
    }
    growing_print(dump, "\n  --\n");
    for (size_t i = 0; i < table->row_count; i++)
        put_row(dump, table, &table->rows[i]);
    put_line(dump, table->after_strong ? "after (strong)" : "after",
             table->after);
    put_line(dump, "note", table->note);
}

static void
put_legend(struct growing *dump, const struct plan_legend *legend, size_t count)
{
    static const char *const sample[] = {
        "solid",  "hatched", "gap",  "light",
        "dashed", "open",    "line", "triangle",
    };
    for (size_t i = 0; i < count; i++) {
        growing_print(dump, "legend %s: ", sample[legend[i].sample]);
        put_phrase(dump, legend[i].text);
        growing_print(dump, "\n");
    }
}

/* --- pages ------------------------------------------------------------- */

static void
put_conclusion(struct growing *dump, const struct plan_conclusion *page)
{
    growing_print(dump, "verdict %s: ", verdict_key[page->verdict]);
    put_phrase(dump, page->verdict_word);
    growing_print(dump, "%s%s\n", page->verdict_other ? " / " : "",
                  page->verdict_other ? page->verdict_other : "");
    put_line(dump, "rule", page->verdict_rule);
    put_wording(dump, "message", page->message);
    put_wording(dump, "second", page->second);
    put_wording(dump, "scenario", page->scenario);
    put_wording(dump, "change", page->change);
    for (size_t i = 0; i < STATES; i++) {
        growing_print(dump, "count %u: ", page->counts[i].count);
        put_phrase(dump, page->counts[i].name);
        growing_print(dump, "\n");
    }
    put_line(dump, "decisions", page->decisions_heading);
    put_line(dump, "effects", page->effects);
    for (size_t i = 0; i < page->decision_count; i++) {
        put_wording(dump, "  decision", page->decisions[i].text);
        growing_print(dump, "    ");
        put_phrase(dump, page->owner_heading);
        growing_print(dump, ": ");
        put_phrase(dump, page->decisions[i].owner);
        growing_print(dump, " | ");
        put_phrase(dump, page->by_heading);
        growing_print(dump, ": %s\n", page->decisions[i].by);
    }
    put_line(dump, "decisions after", page->decisions_after);
    put_table(dump, &page->evidence.table);
    put_legend(dump, page->evidence.legend, page->evidence.legend_count);
    for (size_t i = 0; i < page->shorter_count; i++) {
        const struct plan_table *table = &page->shorter[i].table;
        growing_print(dump, "with %zu rows, ", table->row_count);
        put_line(dump, table->after_strong ? "after (strong)" : "after",
                 table->after);
    }
    put_line(dump, "extra", page->extra);
    put_line(dump, "source", page->source);
}

static void
put_block(struct growing *dump, const struct plan_block *block)
{
    growing_print(dump, "\n");
    put_line(dump, "block", block->heading);
    for (size_t i = 0; i < block->paragraph_count; i++)
        put_line(dump, "paragraph", block->paragraphs[i]);
    if (block->kind != BLOCK_PARAGRAPH)
        put_table(dump, &block->table);
}

static void
put_panel(struct growing *dump, const struct ramp *ramp,
          const struct ramp_panel *panel)
{
    static const char *const look[RAMP_LOOKS] = {"held", "achieved", "broke",
                                                 "later"};
    static const char *const line[RAMP_LINES] = {"target", "baseline", "limit"};
    growing_print(
        dump, "    0 to %s:", panel->y.ticks[panel->y.tick_count - 1].label);
    for (size_t i = 0; i < panel->line_count; i++)
        growing_print(dump, " [%s %.3f]", line[panel->lines[i].kind],
                      panel->lines[i].at);
    for (size_t i = 0; i < ramp->point_count; i++)
        growing_print(dump, " (%.3f %.3f%s %s%s)", panel->points[i].x,
                      panel->points[i].y, panel->points[i].beyond ? ">" : "",
                      look[panel->points[i].look],
                      panel->points[i].by_other ? " by another limit" : "");
    growing_print(dump, "\n");
}

static void
put_ramp(struct growing *dump, const struct plan_ramp *ramp)
{
    growing_print(dump, "\n");
    put_line(dump, "ramp", ramp->name);
    put_line(dump, "facts", ramp->facts);
    if (ramp->caution.lead != NULL)
        put_line(dump, "caution", ramp->caution);
    put_wording(dump, "limit", ramp->limit);
    put_line(dump, "  x", ramp->load);
    growing_print(dump, "    0 to %s\n",
                  ramp->ramp.x.ticks[ramp->ramp.x.tick_count - 1].label);
    for (size_t i = 0; i < ramp->ramp.panel_count; i++) {
        put_line(dump, "  y", ramp->axes[i]);
        put_panel(dump, &ramp->ramp, &ramp->ramp.panels[i]);
        put_line(dump, "    alt", ramp->alts[i]);
    }
    put_table(dump, &ramp->table);
}

static void
put_ramps(struct growing *dump, const struct plan_page *page)
{
    put_line(dump, "heading", page->table.heading);
    for (size_t i = 0; i < page->ramps.count; i++)
        put_ramp(dump, &page->ramps.ramps[i]);
    put_line(dump, "note", page->ramps.note);
    put_line(dump, "after", page->ramps.after);
}

static void
put_section(struct growing *dump, const struct plan_section *section)
{
    growing_print(dump, "\n");
    put_line(dump, "range", section->range);
    if (section->all != section->table.row_count || section->most_sheets > 0) {
        growing_print(dump, "rows %zu of %zu, sheets %zu\n",
                      section->table.row_count, section->all,
                      section->most_sheets);
        put_line(dump, "cut", section->cut);
    }
    put_table(dump, &section->table);
    put_legend(dump, section->legend, section->legend_count);
}

static void
put_page(struct growing *dump, const struct plan_page *page)
{
    growing_print(dump, "\n");
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
    struct growing dump = {.arena = arena};
    put_line(&dump, "title", plan->title);
    put_line(&dump, "header", plan->header);
    put_line(&dump, "classification", plan->classification);
    if (plan->template->logo)
        put_line(&dump, "logo", plan->logo_alt);
    put_line(&dump, "page", plan->page_of);
    growing_print(&dump, "created: %s\n", plan->created);
    for (size_t i = 0; i < plan->page_count; i++)
        put_page(&dump, &plan->pages[i]);
    return growing_text(&dump);
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
