/*
 * Sets the mail as HTML that every mail program shows: nested tables, width
 * 640, inline style.  No float, no margin but none around all, no image, no
 * script, no font from elsewhere.  Room render/.
 */
#include "render/mail_html.h"

#include <string.h>

#include "base/arena.h"
#include "base/growing.h"
#include "document/mail.h"
#include "render/look.h"

#define FONT                                                                   \
    "font-family:'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',"          \
    "'Segoe UI',Arial,sans-serif;"

struct setter {
    struct arena *arena;
    const struct look *look;
    struct growing text;
};

static void
add(struct setter *setter, const char *piece)
{
    growing_add(&setter->text, piece, strlen(piece));
}

/* The text with what means something in HTML written as what it is. */
static const char *
escape(struct arena *arena, const char *text)
{
    char *out = arena_alloc(arena, strlen(text) * strlen("&quot;") + 1);
    char *at = out;
    for (; *text != '\0'; text++)
        switch (*text) {
        case '&':
            at = stpcpy(at, "&amp;");
            break;
        case '<':
            at = stpcpy(at, "&lt;");
            break;
        case '>':
            at = stpcpy(at, "&gt;");
            break;
        case '"':
            at = stpcpy(at, "&quot;");
            break;
        case '\'':
            at = stpcpy(at, "&#39;");
            break;
        default:
            *at++ = *text;
        }
    return out;
}

#define LONG_WORD 10 /* [characters] what a phone's column just holds */

/* Breaks words that are too long for a column; shorter ones stay whole, which
   they would not if they might break at all. */
static const char *
breaking(const char *text)
{
    size_t length = 0;
    for (; *text != '\0'; text++) {
        length = *text > ' ' ? length + 1 : 0; /* Han breaks anywhere */
        if (length > LONG_WORD)
            return "word-break:break-word;";
    }
    return "";
}

static unsigned
rgb(const struct setter *setter, enum colour colour)
{
    return setter->look->rgb[colour];
}

/* --- pieces ------------------------------------------------------------ */

#define TABLE                                                                  \
    "<table role=\"presentation\" width=\"100%%\" cellpadding=\"0\" "          \
    "cellspacing=\"0\" border=\"0\">"

/* A row of the outer table with one text in it. */
static void
add_line(struct setter *setter, const char *text, enum colour colour,
         unsigned size_px, bool is_bold, const char *padding)
{
    if (text == NULL)
        return;
    add(setter, arena_format(setter->arena,
                             "<tr><td style=\"" FONT "font-size:%upx;"
                             "line-height:1.5;%scolor:#%06X;padding:%s;"
                             "word-break:break-word\">%s</td></tr>\n",
                             size_px, is_bold ? "font-weight:bold;" : "",
                             rgb(setter, colour), padding,
                             escape(setter->arena, text)));
}

#define PARAGRAPH "4px 12px"

static void
add_heading(struct setter *setter, const char *text)
{
    add_line(setter, text, COLOUR_INK, 15, true, "14px 12px 4px 12px");
}

/* Ground, ink and border of the verdict, as on page 1. */
static void
add_verdict(struct setter *setter, const struct mail_body *body)
{
    unsigned ground = WHITE, ink = rgb(setter, COLOUR_GOOD), edge = ink;
    if (body->verdict == VERDICT_NO_GO) {
        ground = edge = rgb(setter, COLOUR_BAD);
        ink = WHITE;
    } else if (body->verdict == VERDICT_CONDITIONAL) {
        ground = rgb(setter, COLOUR_CAUTION_TINT);
        ink = edge = rgb(setter, COLOUR_CAUTION);
    }
    add(setter,
        arena_format(
            setter->arena,
            "<tr><td style=\"padding:8px 12px\">" TABLE
            "<tr><td bgcolor=\"#%06X\" style=\"" FONT
            "background-color:#%06X;border:2px solid #%06X;color:#%06X;"
            "padding:10px 14px;word-break:break-word\">"
            "<span style=\"font-size:14px;line-height:1.4\">%s</span><br>"
            "<b style=\"font-size:24px;line-height:1.3\">%s</b>"
            "</td></tr></table></td></tr>\n",
            ground, ground, edge, ink, escape(setter->arena, body->season),
            escape(setter->arena, body->verdict_word)));
}

/* --- the rows ---------------------------------------------------------- */

static const char *
alignment(size_t column)
{
    return column + 1 < MAIL_COLUMNS ? "right" : "left"; /* the owner's left */
}

/* [px] left of a cell: a text keeps off the number before it. */
static unsigned
left_padding(size_t column)
{
    return column + 1 < MAIL_COLUMNS ? 3 : 8;
}

static void
add_head_cell(struct setter *setter, const char *text, const char *align,
              unsigned left)
{
    add(setter,
        arena_format(setter->arena,
                     "<th align=\"%s\" valign=\"bottom\" style=\"" FONT
                     "font-size:12px;line-height:1.35;font-weight:normal;"
                     "color:#%06X;text-align:%s;padding:4px 3px 4px %upx;"
                     "border-bottom:2px solid #%06X\">%s</th>",
                     align, rgb(setter, COLOUR_SECONDARY), align, left,
                     rgb(setter, COLOUR_INK), escape(setter->arena, text)));
}

static void
add_cell(struct setter *setter, const struct mail_cell *cell, size_t column)
{
    const char *align = alignment(column);
    static const enum colour colour[] = {[EMPHASIS_NONE] = COLOUR_INK,
                                         [EMPHASIS_BOLD] = COLOUR_INK,
                                         [EMPHASIS_BAD] = COLOUR_BAD,
                                         [EMPHASIS_MUTED] = COLOUR_SECONDARY};
    bool is_bold =
        cell->emphasis == EMPHASIS_BOLD || cell->emphasis == EMPHASIS_BAD;
    add(setter, arena_format(setter->arena,
                             "<td align=\"%s\" valign=\"top\" style=\"" FONT
                             "font-size:13px;line-height:1.4;%scolor:#%06X;"
                             "text-align:%s;padding:6px 3px 6px %upx;%s"
                             "border-bottom:1px solid #%06X\">%s</td>",
                             align, is_bold ? "font-weight:bold;" : "",
                             rgb(setter, colour[cell->emphasis]), align,
                             left_padding(column), breaking(cell->text),
                             rgb(setter, COLOUR_HAIRLINE),
                             escape(setter->arena, cell->text)));
}

static void
add_row(struct setter *setter, const struct mail_row *row)
{
    struct arena *arena = setter->arena;
    add(setter,
        arena_format(
            arena,
            "<tr><td valign=\"top\" style=\"" FONT
            "font-size:13px;line-height:1.4;color:#%06X;"
            "padding:6px 3px;%s"
            "border-bottom:1px solid #%06X\">%s%s%s<br>"
            "<span style=\"font-size:12px;color:#%06X\">%s %s"
            "</span></td>",
            rgb(setter, COLOUR_INK), breaking(row->name),
            rgb(setter, COLOUR_HAIRLINE), row->state == STATE_MET ? "" : "<b>",
            escape(arena, row->name), row->state == STATE_MET ? "" : "</b>",
            rgb(setter,
                row->state == STATE_SHORT ? COLOUR_BAD : COLOUR_SECONDARY),
            escape(arena, row->sign), escape(arena, row->about)));
    for (size_t i = 0; i < MAIL_COLUMNS; i++)
        add_cell(setter, &row->cells[i], i);
    add(setter, "</tr>\n");
}

static void
add_rows(struct setter *setter, const struct mail_body *body)
{
    add_heading(setter, body->rows_heading);
    add(setter, "<tr><td style=\"padding:0 6px 0 9px\"><table width=\"100%\" "
                "cellpadding=\"0\" cellspacing=\"0\" border=\"0\">\n<tr>");
    add_head_cell(setter, body->link_heading, "left", 3);
    for (size_t i = 0; i < MAIL_COLUMNS; i++)
        add_head_cell(setter, body->headings[i], alignment(i), left_padding(i));
    add(setter, "</tr>\n");
    for (size_t i = 0; i < body->row_count; i++)
        add_row(setter, &body->rows[i]);
    add(setter, "</table></td></tr>\n");
    add_line(setter, body->rows_after, COLOUR_INK, 13, true, PARAGRAPH);
    add_line(setter, body->rows_note, COLOUR_SECONDARY, 12, false, PARAGRAPH);
}

/* --- the mail ---------------------------------------------------------- */

static const char *
counts(struct arena *arena, const struct mail_body *body)
{
    const char *list = body->counts[0];
    for (size_t i = 1; i < STATES; i++)
        list = arena_format(arena, "%s | %s", list, body->counts[i]);
    return list;
}

static void
add_body(struct setter *setter, const struct mail_body *body)
{
    add(setter, arena_format(setter->arena, "<tr><td lang=\"%s\">" TABLE "\n",
                             body->language == LANGUAGE_ZH ? "zh-CN" : "en"));
    add_line(setter, body->classification, COLOUR_SECONDARY, 12, false,
             PARAGRAPH);
    add_verdict(setter, body);
    add_line(setter, body->scenario, COLOUR_BAD, 14, true, PARAGRAPH);
    add_line(setter, body->why, COLOUR_INK, 16, true, PARAGRAPH);
    add_line(setter, body->ask, COLOUR_INK, 15, false, PARAGRAPH);
    add_line(setter, body->as_of, COLOUR_SECONDARY, 13, false, PARAGRAPH);
    add_rows(setter, body);
    add_heading(setter, body->counts_heading);
    add_line(setter, counts(setter->arena, body), COLOUR_INK, 14, false,
             PARAGRAPH);
    add_line(setter, body->second, COLOUR_INK, 14, false, PARAGRAPH);
    add_heading(setter, body->unproven_heading);
    add_line(setter, body->unproven, COLOUR_INK, 14, false, PARAGRAPH);
    add_heading(setter, body->attachments_heading);
    for (size_t i = 0; i < body->attachment_count; i++)
        add_line(setter, body->attachments[i], COLOUR_INK, 13, false,
                 PARAGRAPH);
    add_line(setter, body->left_out, COLOUR_INK, 13, true, PARAGRAPH);
    add_line(setter, body->full_list, COLOUR_INK, 14, false, PARAGRAPH);
    add_line(setter, body->extra, COLOUR_INK, 14, false, PARAGRAPH);
    add_line(setter, body->rule, COLOUR_SECONDARY, 12, false,
             "4px 12px 16px 12px");
    add(setter, "</table></td></tr>\n");
}

const char *
mail_html(struct arena *arena, const struct mail *mail, const struct look *look)
{
    struct setter setter = {
        .arena = arena, .look = look, .text = {.arena = arena}};
    const struct mail_body *first = &mail->bodies[0];
    add(&setter,
        arena_format(
            arena,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
            "<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" "
            "content=\"width=device-width, initial-scale=1\">\n"
            "<title>%s</title>\n</head>\n"
            "<body bgcolor=\"#FFFFFF\" style=\"background-color:#FFFFFF;"
            "margin:0;padding:0\">\n" TABLE "<tr><td align=\"center\">\n"
            "<table role=\"presentation\" width=\"640\" align=\"center\" "
            "cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
            "style=\"width:100%%;max-width:640px\">\n",
            first->language == LANGUAGE_ZH ? "zh-CN" : "en",
            escape(arena, mail->subject)));
    for (size_t i = 0; i < mail->body_count; i++) {
        if (i > 0)
            add(&setter, arena_format(arena,
                                      "<tr><td style=\"border-top:2px solid "
                                      "#%06X;padding:8px 0 0 0\"></td></tr>\n",
                                      rgb(&setter, COLOUR_BOX)));
        add_body(&setter, &mail->bodies[i]);
    }
    add(&setter, "</table>\n</td></tr></table>\n</body>\n</html>\n");
    return growing_text(&setter.text);
}
