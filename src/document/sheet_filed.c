/*
 * What the sheet Summary says above its tables: the headline and the first
 * decisions of the archived report, with owner and day.  They are words, not
 * formulas: they stay as filed, and say so.  Room document/.
 *
 * The format has no cell wider than its column but by flowing over empty ones,
 * and cells are not merged: a long sentence stands in several rows.
 */
#include <string.h>

#include "document/sentence.h"
#include "document/sheet_book.h"

#define DECISIONS 3 /* as on page 1 */

static struct filed_line *
add_line(struct book *book)
{
    book->filed = arena_grow(book->arena, book->filed, book->filed_count,
                             &book->filed_room, sizeof *book->filed);
    struct filed_line *line = &book->filed[book->filed_count++];
    memset(line, 0, sizeof *line);
    return line;
}

/* Bytes of a text that fit so many columns; whole words, and Han characters
   with the mark behind them. */
static size_t
fitting(const char *text, size_t length, double width)
{
    size_t columns = 0, good = 0;
    for (const char *at = text; at < text + length;) {
        uint32_t code = 0;
        unsigned bytes = text_decode(at, text + length, &code);
        at += bytes > 0 ? bytes : 1;
        columns += text_code_width(code);
        if ((double)columns > width)
            return good > 0 ? good : (size_t)(at - text);
        uint32_t next = 0;
        if (at < text + length)
            text_decode(at, text + length, &next);
        const bool is_mark = next >= 0x3000 && next <= 0x3002;
        const bool is_wide_mark = next >= 0xFF01 && next <= 0xFF1F;
        if (code == ' ' ||
            (text_code_width(code) == 2 && !is_mark && !is_wide_mark))
            good = (size_t)(at - text);
    }
    return length;
}

/* A sentence from a column on, in as many lines as it needs; what stands before
   it has the first. */
static void
add_sentence(struct book *book, const char *const *before, size_t column,
             const char *text)
{
    const struct layout *layout = &book->worst_layout;
    double width = -3;
    for (size_t i = column; layout->columns[i]->group == 1; i++)
        width += layout->widths[i];
    for (size_t left = strlen(text); left > 0;) {
        size_t length = fitting(text, left, width);
        struct filed_line *line = add_line(book);
        for (size_t i = 0; before && i < column; i++)
            line->cells[i] = before[i];
        before = NULL;
        line->cells[column] = arena_copy(book->arena, text, length);
        text += length;
        left -= length;
    }
}

/* Both languages, one below the other. */
static void
add_phrase(struct book *book, const char *const *before, size_t column,
           struct phrase phrase)
{
    add_sentence(book, before, column, phrase.lead);
    if (phrase.second)
        add_sentence(book, NULL, column, phrase.second);
}

static const char *
beside(const struct book *book, struct phrase phrase)
{
    return phrase.second ? arena_format(book->arena, "%s %s", phrase.lead,
                                        phrase.second)
                         : phrase.lead;
}

static const char *
count_text(const struct book *book, size_t count)
{
    return arena_format(book->arena, "%zu", count);
}

void
sheet_plan_filed(struct book *book)
{
    const struct words *words = &book->words;
    const char *label[] = {beside(book, words_phrase(words, "sheet.filed"))};
    add_phrase(book, label, 1,
               sentence_message(words, book->report).variants[0]);
    size_t count, all;
    const struct plan_decision *decisions =
        sentence_decisions(words, book->report, DECISIONS, &count, &all);
    if (count == 0) {
        add_phrase(book, NULL, 1,
                   words_phrase(words, "decisions.none.unsigned"));
        return;
    }
    struct fill fills[] = {
        {"listed", {.one = count_text(book, count)}},
        {"all",    {.one = count_text(book, all)}  },
        {0       }
    };
    struct filed_line *head = add_line(book);
    head->cells[0] = beside(book, words_phrase(words, "decisions.owner"));
    head->cells[1] = beside(book, words_phrase(words, "decisions.by"));
    head->cells[2] =
        beside(book, words_fill(words, "sheet.filed.decisions", fills));
    for (size_t i = 0; i < count; i++) {
        const char *who[] = {beside(book, decisions[i].owner),
                             decisions[i].by};
        add_phrase(book, who, 2, decisions[i].text.variants[0]);
    }
}

void
filed_row(const struct book *book, size_t index, struct sheet_row *row)
{
    const struct filed_line *line = &book->filed[index];
    for (size_t i = 0; i < FILED_CELLS; i++)
        row_text(row, style_of(ROLE_GROUP, SHEET_TEXT, 0), line->cells[i]);
}
