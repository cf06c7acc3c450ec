/*
 * The terminal table.  Room render/.  Says what the columns and words say; the
 * only decision here is how many rows a terminal gets.
 */
#include "render/table.h"

#include <string.h>

#include "base/arena.h"
#include "document/column.h"
#include "document/sentence.h"

#define MOST_ROWS 20
#define GAP 2 /* blanks between columns */

/* SGR codes */
#define BOLD "1"
#define RED "31"
#define YELLOW "33"
#define BLUE "34"

static const char *const shown_columns[] = {
    "state",      "link",       "name",          "priority",  "target_qps",
    "usable_qps", "attainment", "shortfall_qps", "expansion", "tested_on"};
#define COLUMNS (sizeof shown_columns / sizeof *shown_columns)

struct cell {
    const char *text;
    size_t width; /* [columns] */
};

struct table {
    const struct report *report;
    const struct words *words;
    bool colour;
    FILE *stream;
    const struct column *column[COLUMNS];
    size_t column_count, row_count;
    size_t width[COLUMNS];
    struct cell *cells; /* heading, then the rows */
};

static bool
is_right(const struct column *column)
{
    return column->kind != COLUMN_TEXT && column->kind != COLUMN_DAY;
}

/* The name is left out where no link that is shown has one. */
static void
choose_columns(struct table *table)
{
    bool has_names = false;
    for (size_t i = 0; i < table->row_count; i++)
        has_names |=
            text_is_given(table->report->shown->links[i]->baseline->name);
    for (size_t i = 0; i < COLUMNS; i++)
        if (has_names || strcmp(shown_columns[i], "name") != 0)
            table->column[table->column_count++] =
                column_find(shown_columns[i]);
}

static void
set_cell(struct table *table, size_t row, size_t column, const char *text)
{
    struct cell *cell = &table->cells[row * COLUMNS + column];
    cell->text = text;
    cell->width = text_width(text);
    if (cell->width > table->width[column])
        table->width[column] = cell->width;
}

static void
fill(struct table *table)
{
    const struct words *words = table->words;
    table->cells = arena_array(words->arena, (table->row_count + 1) * COLUMNS,
                               struct cell);
    for (size_t c = 0; c < table->column_count; c++) {
        const struct column *column = table->column[c];
        const char *heading = words_phrase(words, column->heading).lead;
        set_cell(table, 0, c,
                 column->has_unit
                     ? arena_format(words->arena, "%s %s", heading, words->unit)
                     : heading);
        for (size_t r = 0; r < table->row_count; r++) {
            struct value value =
                column->value(table->report->shown->links[r]);
            const char *text = words_value(words, &value).lead;
            set_cell(table, r + 1, c,
                     value.star
                         ? arena_format(words->arena, "%s%s", text, value.star)
                         : text);
        }
    }
}

static void
start_colour(const struct table *table, const char *code)
{
    if (table->colour && code != NULL)
        fprintf(table->stream, "\033[%sm", code);
}

static void
end_colour(const struct table *table, const char *code)
{
    if (table->colour && code != NULL)
        fputs("\033[0m", table->stream);
}

static void
print_blanks(FILE *stream, size_t count)
{
    while (count-- > 0)
        fputc(' ', stream);
}

/* One row; code colours its first cell, or all of a heading. */
static void
print_row(const struct table *table, size_t row, const char *code)
{
    FILE *stream = table->stream;
    size_t owed = 0; /* blanks before the next text, none at the line's end */
    start_colour(table, code);
    for (size_t c = 0; c < table->column_count; c++) {
        const struct cell *cell = &table->cells[row * COLUMNS + c];
        size_t pad = table->width[c] - cell->width;
        bool right = is_right(table->column[c]);
        print_blanks(stream, owed + (right ? pad : 0));
        fputs(cell->text, stream);
        owed = GAP + (right ? 0 : pad);
        if (c == 0 && row > 0)
            end_colour(table, code);
    }
    if (row == 0)
        end_colour(table, code);
    fputc('\n', stream);
}

static const char *
state_colour(enum state state)
{
    static const char *const code[STATES] = {
        [STATE_SHORT] = BOLD ";" RED, [STATE_UNTESTED] = RED,
        [STATE_STALE] = RED,          [STATE_INCONCLUSIVE] = RED,
        [STATE_COVERED] = YELLOW,     [STATE_MET] = NULL,
    };
    return code[state];
}

/* What the rows leave out: so many not met, so many met. */
static void
print_rest(const struct table *table)
{
    unsigned unmet = 0, met = 0;
    const struct assessment *shown = table->report->shown;
    for (size_t i = table->row_count; i < shown->link_count; i++) {
        if (shown->links[i]->state == STATE_MET)
            met++;
        else
            unmet++;
    }
    if (unmet > 0)
        fprintf(table->stream, "%s\n",
                words_text(table->words,
                           words_count(table->words, "terminal.unmet", unmet))
                    .lead);
    if (met > 0)
        fprintf(table->stream, "%s\n",
                words_text(table->words,
                           words_count(table->words, "terminal.met", met))
                    .lead);
}

/* Whether a row needs more instances than its quota allows. */
static bool
has_dagger(const struct table *table)
{
    for (size_t c = 0; c < table->column_count; c++)
        for (size_t r = 0; r < table->row_count; r++) {
            struct value value =
                table->column[c]->value(table->report->shown->links[r]);
            if (value.star != NULL && strcmp(value.star, DAGGER) == 0)
                return true;
        }
    return false;
}

static void
print_wording(FILE *stream, struct wording wording)
{
    if (wording.count > 0 && wording.variants[0].lead != NULL)
        fprintf(stream, "%s\n", wording.variants[0].lead);
}

static void
print_verdict(const struct table *table)
{
    static const char *const code[VERDICTS] = {
        [VERDICT_GO] = BOLD ";" BLUE,
        [VERDICT_CONDITIONAL] = BOLD ";" YELLOW,
        [VERDICT_NO_GO] = BOLD ";" RED,
    };
    static const char *const reason[REASONS] = {
        [REASON_NONE] = "reason.none",
        [REASON_CONDITION] = "reason.condition",
        [REASON_BLOCKING] = "reason.blocking",
        [REASON_INSUFFICIENT_EVIDENCE] = "reason.insufficient",
    };
    const struct assessment *shown = table->report->shown;
    const struct words *words = table->words;
    fputc('\n', table->stream);
    start_colour(table, code[shown->verdict]);
    fputs(words_text(words, sentence_verdict(words, shown->verdict)).lead, table->stream);
    end_colour(table, code[shown->verdict]);
    fprintf(table->stream, " - %s\n",
            words_phrase(words, reason[shown->reason]).lead);
    print_wording(table->stream, sentence_message(words, table->report));
    print_wording(table->stream, sentence_second(words, table->report));
    print_wording(table->stream, sentence_scenario(words, table->report));
}

void
table_print(const struct report *report, const struct words *words, bool colour,
            FILE *stream)
{
    const struct assessment *shown = report->shown;
    struct table table = {
        .report = report, .words = words, .colour = colour, .stream = stream};
    table.row_count =
        shown->link_count < MOST_ROWS ? shown->link_count : MOST_ROWS;
    choose_columns(&table);
    fill(&table);
    print_row(&table, 0, BOLD);
    for (size_t i = 0; i < table.row_count; i++)
        print_row(&table, i + 1, state_colour(shown->links[i]->state));
    print_rest(&table);
    if (has_dagger(&table))
        fprintf(stream, "%s\n", words_phrase(words, "note.quota").lead);
    print_verdict(&table);
}
