/*
 * Sets the mail as plain text.  Room render/.  Lines are filled by display
 * width; libunibreak says where they may end.
 */
#include "render/mail_text.h"

#include <linebreak.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "document/mail.h"

#define INDENT 3 /* of what belongs to a row */

struct setter {
    struct arena *arena;
    char *text;
    size_t length, room;
};

static void
add(struct setter *setter, const char *piece, size_t length)
{
    if (setter->length + length + 1 > setter->room) {
        setter->room = (setter->length + length + 1) * 2;
        char *larger = arena_alloc(setter->arena, setter->room);
        if (setter->length > 0)
            memcpy(larger, setter->text, setter->length);
        setter->text = larger;
    }
    memcpy(setter->text + setter->length, piece, length);
    setter->length += length;
    setter->text[setter->length] = '\0';
}

/* --- lines ------------------------------------------------------------- */

/* How many bytes of s, which has breaks, stand on a line of so many columns:
   to the last place where it may end, else as many as there is room for. */
static size_t
fit(const char *s, const char *breaks, size_t columns)
{
    const char *end = s + strlen(s);
    size_t width = 0, last = 0, at = 0;
    while (s[at] != '\0') {
        uint32_t code;
        unsigned bytes = text_decode(s + at, end, &code);
        size_t wide = text_code_width(code);
        /* a blank at the end of a line needs no room */
        if (width + wide > columns && code != ' ')
            return last > 0 ? last : at;
        width += wide;
        at += bytes;
        if (breaks[at - 1] == LINEBREAK_ALLOWBREAK ||
            breaks[at - 1] == LINEBREAK_MUSTBREAK)
            last = at;
    }
    return at;
}

static void
add_line(struct setter *setter, size_t indent, const char *s, size_t length)
{
    static const char blanks[] = "                ";
    while (length > 0 && s[length - 1] == ' ')
        length--;
    if (indent == 0 &&
        (s[0] == '.' || (length >= 5 && memcmp(s, "From ", 5) == 0)))
        indent = 1;
    add(setter, blanks, length > 0 ? indent : 0);
    add(setter, s, length);
    add(setter, "\n", 1);
}

/* A number stays with the unit behind it: "11 天". */
static void
keep_units(const char *text, size_t length, char *breaks)
{
    for (size_t i = 1; i + 1 < length; i++)
        if (text[i] == ' ' && text[i - 1] >= '0' && text[i - 1] <= '9' &&
            (unsigned char)text[i + 1] >= 0x80)
            breaks[i] = LINEBREAK_NOBREAK;
}

/* A paragraph: its first line indented so far, those after it so far. */
static void
add_text(struct setter *setter, size_t first, size_t rest, const char *text)
{
    size_t length = strlen(text), indent = first;
    char *breaks = arena_alloc(setter->arena, length + 1);
    init_linebreak();
    set_linebreaks_utf8((const utf8_t *)text, length, "zh", breaks);
    keep_units(text, length, breaks);
    if (length > 0)
        breaks[length - 1] = LINEBREAK_NOBREAK; /* the end is no place */
    while (*text != '\0') {
        /* one column is kept for what add_line may put before */
        size_t taken = fit(text, breaks, MAIL_TEXT_COLUMNS - 1 - indent);
        if (taken == 0)
            taken = strlen(text);
        add_line(setter, indent, text, taken);
        text += taken;
        breaks += taken;
        while (*text == ' ') {
            text++;
            breaks++;
        }
        indent = rest;
    }
}

/* Facts side by side, each whole on its line as far as one line has room. */
static void
add_list(struct setter *setter, size_t indent, const char *const *facts,
         size_t count)
{
    const char *line = facts[0];
    for (size_t i = 1; i < count; i++) {
        const char *longer =
            arena_format(setter->arena, "%s | %s", line, facts[i]);
        bool fits =
            indent + text_width(longer) + strlen(" |") < MAIL_TEXT_COLUMNS;
        if (!fits)
            add_text(setter, indent, indent,
                     arena_format(setter->arena, "%s |", line));
        line = fits ? longer : facts[i];
    }
    add_text(setter, indent, indent, line);
}

static void
add_paragraph(struct setter *setter, const char *text)
{
    if (text == NULL)
        return;
    add_text(setter, 0, 0, text);
    add(setter, "\n", 1);
}

static void
add_heading(struct setter *setter, const char *text)
{
    add_text(setter, 0, 0, arena_format(setter->arena, "== %s", text));
}

/* --- the mail ---------------------------------------------------------- */

static void
add_row(struct setter *setter, const struct mail_body *body, size_t number)
{
    struct arena *arena = setter->arena;
    const struct mail_row *row = &body->rows[number];
    const char *facts[MAIL_COLUMNS + 1] = {row->about};
    add_text(
        setter, 0, INDENT,
        arena_format(arena, "%zu. %s %s", number + 1, row->sign, row->name));
    for (size_t i = 0; i < MAIL_COLUMNS; i++)
        facts[i + 1] =
            arena_format(arena, "%s %s", body->headings[i], row->cells[i].text);
    add_list(setter, INDENT, facts, MAIL_COLUMNS + 1);
}

static void
add_body(struct setter *setter, const struct mail_body *body)
{
    struct arena *arena = setter->arena;
    if (body->classification != NULL)
        add_text(setter, 0, 0,
                 arena_format(arena, "[%s]", body->classification));
    add_paragraph(setter, body->headline);
    add_paragraph(setter, body->scenario);
    add_paragraph(setter, body->why);
    add_paragraph(setter, body->ask);
    add_paragraph(setter, body->as_of);

    add_heading(setter, body->rows_heading);
    for (size_t i = 0; i < body->row_count; i++)
        add_row(setter, body, i);
    if (body->rows_after != NULL)
        add_text(setter, 0, 0, body->rows_after);
    if (body->rows_note != NULL)
        add_text(setter, 0, 0, body->rows_note);
    add(setter, "\n", 1);

    add_heading(setter, body->counts_heading);
    add_list(setter, 0, body->counts, STATES);
    add_paragraph(setter, body->second);
    add_heading(setter, body->unproven_heading);
    add_paragraph(setter, body->unproven);

    add_heading(setter, body->attachments_heading);
    for (size_t i = 0; i < body->attachment_count; i++)
        add_text(setter, 0, INDENT, body->attachments[i]);
    if (body->left_out != NULL)
        add_text(setter, 0, 0, body->left_out);
    add(setter, "\n", 1);
    add_paragraph(setter, body->full_list);
    add_paragraph(setter, body->extra);
    add_text(setter, 0, 0, body->rule);
}

const char *
mail_text(struct arena *arena, const struct mail *mail)
{
    static const char rule[] = "\n"
                               "----------------------------------------"
                               "------------------------------------\n\n";
    struct setter setter = {.arena = arena};
    for (size_t i = 0; i < mail->body_count; i++) {
        if (i > 0)
            add(&setter, rule, strlen(rule));
        add_body(&setter, &mail->bodies[i]);
    }
    return setter.text;
}
