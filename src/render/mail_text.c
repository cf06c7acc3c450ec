/*
 * Sets the mail as plain text.  Room render/.  Lines are filled by display
 * width; libunibreak says where they may end.
 */
#include "render/mail_text.h"

#include <linebreak.h>
#include <string.h>

#include "base/arena.h"
#include "base/growing.h"
#include "base/text.h"
#include "document/mail.h"

#define INDENT 3 /* of what belongs to a row */

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
add_line(struct growing *out, size_t indent, const char *s, size_t length)
{
    static const char blanks[] = "                ";
    while (length > 0 && s[length - 1] == ' ')
        length--;
    if (indent == 0 &&
        (s[0] == '.' || (length >= 5 && memcmp(s, "From ", 5) == 0)))
        indent = 1;
    growing_add(out, blanks, length > 0 ? indent : 0);
    growing_add(out, s, length);
    growing_add(out, "\n", 1);
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
add_text(struct growing *out, size_t first, size_t rest, const char *text)
{
    size_t length = strlen(text), indent = first;
    char *breaks = arena_alloc(out->arena, length + 1);
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
        add_line(out, indent, text, taken);
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
add_list(struct growing *out, size_t indent, const char *const *facts,
         size_t count)
{
    const char *line = facts[0];
    for (size_t i = 1; i < count; i++) {
        const char *longer =
            arena_format(out->arena, "%s | %s", line, facts[i]);
        bool fits =
            indent + text_width(longer) + strlen(" |") < MAIL_TEXT_COLUMNS;
        if (!fits)
            add_text(out, indent, indent,
                     arena_format(out->arena, "%s |", line));
        line = fits ? longer : facts[i];
    }
    add_text(out, indent, indent, line);
}

static void
add_paragraph(struct growing *out, const char *text)
{
    if (text == NULL)
        return;
    add_text(out, 0, 0, text);
    growing_add(out, "\n", 1);
}

static void
add_heading(struct growing *out, const char *text)
{
    add_text(out, 0, 0, arena_format(out->arena, "== %s", text));
}

/* --- the mail ---------------------------------------------------------- */

static void
add_row(struct growing *out, const struct mail_body *body, size_t number)
{
    struct arena *arena = out->arena;
    const struct mail_row *row = &body->rows[number];
    const char *facts[MAIL_COLUMNS + 1] = {row->about};
    add_text(
        out, 0, INDENT,
        arena_format(arena, "%zu. %s %s", number + 1, row->sign, row->name));
    for (size_t i = 0; i < MAIL_COLUMNS; i++)
        facts[i + 1] =
            arena_format(arena, "%s %s", body->headings[i], row->cells[i].text);
    add_list(out, INDENT, facts, MAIL_COLUMNS + 1);
}

static void
add_body(struct growing *out, const struct mail_body *body)
{
    struct arena *arena = out->arena;
    if (body->classification != NULL)
        add_text(out, 0, 0,
                 arena_format(arena, "[%s]", body->classification));
    add_paragraph(out, body->headline);
    add_paragraph(out, body->scenario);
    add_paragraph(out, body->why);
    add_paragraph(out, body->ask);
    add_paragraph(out, body->as_of);

    add_heading(out, body->rows_heading);
    for (size_t i = 0; i < body->row_count; i++)
        add_row(out, body, i);
    if (body->rows_after != NULL)
        add_text(out, 0, 0, body->rows_after);
    if (body->rows_note != NULL)
        add_text(out, 0, 0, body->rows_note);
    growing_add(out, "\n", 1);

    add_heading(out, body->counts_heading);
    add_list(out, 0, body->counts, STATES);
    add_paragraph(out, body->second);
    add_heading(out, body->unproven_heading);
    add_paragraph(out, body->unproven);

    add_heading(out, body->attachments_heading);
    for (size_t i = 0; i < body->attachment_count; i++)
        add_text(out, 0, INDENT, body->attachments[i]);
    if (body->left_out != NULL)
        add_text(out, 0, 0, body->left_out);
    growing_add(out, "\n", 1);
    add_paragraph(out, body->full_list);
    add_paragraph(out, body->extra);
    add_text(out, 0, 0, body->rule);
}

const char *
mail_text(struct arena *arena, const struct mail *mail)
{
    static const char rule[] = "\n"
                               "----------------------------------------"
                               "------------------------------------\n\n";
    struct growing out = {.arena = arena};
    for (size_t i = 0; i < mail->body_count; i++) {
        if (i > 0)
            growing_add(&out, rule, strlen(rule));
        add_body(&out, &mail->bodies[i]);
    }
    return growing_text(&out);
}
