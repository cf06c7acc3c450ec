/*
 * Line breaking.  A paragraph is shaped once; libunibreak says where it may be
 * broken, and lines are ranges of its glyphs, filled greedily.  Knows nothing
 * of pages.
 */
#include "render/text_layout.h"

#include <linebreak.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* Rounding of widths must not break a line that fits. */
#define TOLERANCE_MM 0.005
#define BRACKETED 18 /* [bytes] of a remark in brackets that stays whole */

/* A paragraph on its way into lines. */
struct paragraph {
    const struct shaped *shaped;
    const char *breaks; /* per byte, of libunibreak */
    double em_mm;
    double width_mm;
    bool is_prose;
};

static bool
has_han(const char *text, size_t length)
{
    const char *end = text + length;
    while (text < end) {
        uint32_t code = 0;
        unsigned bytes = text_decode(text, end, &code);
        if (bytes == 0)
            return false;
        if (code >= 0x2e80 && code <= 0x9fff)
            return true;
        text += bytes;
    }
    return false;
}

static bool
is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether a Chinese measure word begins here. */
static bool
is_measure(const char *text, const char *end)
{
    static const uint32_t measure[] = {0x53f0, 0x6761, 0x5929, 0x9879,
                                       0x4e2a, 0x6b21, 0x79d2, 0x9875};
    uint32_t code = 0;
    if (text_decode(text, end, &code) == 0)
        return false;
    for (size_t i = 0; i < sizeof measure / sizeof *measure; i++)
        if (measure[i] == code)
            return true;
    return false;
}

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || is_capital(c);
}

/* Whether the character before and the one at text are one word. */
static bool
is_inside_term(const char *before, const char *text)
{
    static const char *const terms[] = {"链路", "压测", "复测", "目标", "缺口",
                                        "达成", "证实", "措施", "台数", "限流"};
    const size_t han = 3; /* bytes of each character */
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        if (memcmp(before, terms[i], han) == 0 &&
            strncmp(text, terms[i] + han, han) == 0)
            return true;
    return false;
}

/* Running text keeps a number with the word that it counts, "14 more" with the
   one behind that, and the words of the trade whole.  In a narrow cell they
   may break. */
static void
keep_words(const char *text, size_t length, char *breaks)
{
    bool counts = false; /* the word began behind a number */
    for (size_t i = 1; i + 1 < length; i++) {
        if (text[i] == ' ') {
            bool keeps =
                is_letter(text[i + 1]) &&
                (is_digit(text[i - 1]) ||
                 (counts && i >= 4 && memcmp(text + i - 4, "more", 4) == 0));
            if (keeps)
                breaks[i] = LINEBREAK_NOBREAK;
            counts = keeps;
        }
        if (i >= 3 && is_inside_term(text + i - 3, text + i))
            breaks[i - 1] = LINEBREAK_NOBREAK;
    }
}

/* A number keeps its unit: neither "5,500 TPS" nor "8" and its measure word
   are broken. */
static void
keep_units(const char *text, size_t length, char *breaks)
{
    const char *end = text + length;
    for (size_t i = 1; i + 2 < length; i++) {
        bool blank = text[i] == ' ' && is_digit(text[i - 1]);
        if (blank && ((is_capital(text[i + 1]) && is_capital(text[i + 2])) ||
                      is_measure(text + i + 1, end)))
            breaks[i] = LINEBREAK_NOBREAK;
        if (is_digit(text[i - 1]) && is_measure(text + i, end))
            breaks[i - 1] = LINEBREAK_NOBREAK;
    }
}

/* A remark of a few characters in full-width brackets stays whole; before it a
   line may end. */
static void
keep_brackets(const char *text, size_t length, char *breaks)
{
    static const char open[] = "\uff08", close[] = "\uff09";
    const size_t mark = sizeof open - 1; /* [bytes] of either */
    for (size_t i = 0; i + mark <= length; i++) {
        if (strncmp(text + i, open, mark) != 0)
            continue;
        const char *end = strstr(text + i, close);
        size_t bytes = end ? (size_t)(end - text) - i : length;
        if (bytes > BRACKETED)
            continue;
        memset(breaks + i, LINEBREAK_NOBREAK, bytes);
        if (i > 0)
            breaks[i - 1] = LINEBREAK_ALLOWBREAK;
    }
}

static const char *
find_breaks(struct arena *arena, const char *text, size_t length, bool is_prose)
{
    static bool is_started;
    if (!is_started) {
        init_linebreak();
        is_started = true;
    }
    char *breaks = arena_alloc(arena, length + 1);
    set_linebreaks_utf8((const utf8_t *)text, length,
                        has_han(text, length) ? "zh" : "en", breaks);
    keep_units(text, length, breaks);
    keep_brackets(text, length, breaks);
    if (is_prose)
        keep_words(text, length, breaks);
    return breaks;
}

static bool
is_blank(const struct shaped *shaped, size_t glyph)
{
    return shaped->text[shaped->glyphs[glyph].cluster] == ' ';
}

/* Whether a line may end behind this glyph. */
static bool
may_break(const struct paragraph *p, size_t glyph)
{
    const struct shaped *shaped = p->shaped;
    size_t next = glyph + 1 < shaped->glyph_count
                      ? shaped->glyphs[glyph + 1].cluster
                      : shaped->length;
    if (next == shaped->glyphs[glyph].cluster)
        return false; /* both glyphs are of one character */
    char kind = p->breaks[next - 1];
    return kind == LINEBREAK_ALLOWBREAK || kind == LINEBREAK_MUSTBREAK;
}

/* Whether the glyph begins a character of its own. */
static bool
begins_cluster(const struct shaped *shaped, size_t glyph)
{
    return glyph == 0 ||
           shaped->glyphs[glyph].cluster != shaped->glyphs[glyph - 1].cluster;
}

/* The end of the line that starts at first; at least one character. */
static size_t
line_end(const struct paragraph *p, size_t first)
{
    const struct shaped *shaped = p->shaped;
    double width = 0;
    size_t end = first, cluster_end = first;
    for (size_t i = first; i < shaped->glyph_count; i++) {
        double advance = (double)shaped->glyphs[i].advance * p->em_mm;
        if (i > first && begins_cluster(shaped, i))
            cluster_end = i;
        /* a blank at the end of a line takes no room */
        double hang = p->is_prose ? shaped_blank_end(shaped, i) * p->em_mm : 0;
        if (!is_blank(shaped, i) &&
            width + advance - hang > p->width_mm + TOLERANCE_MM)
            return end > first           ? end
                   : cluster_end > first ? cluster_end
                                         : i + 1;
        width += advance;
        if (may_break(p, i))
            end = i + 1;
    }
    return shaped->glyph_count;
}

static double
glyphs_width_mm(const struct shaped *shaped, size_t first, size_t last,
                double em_mm)
{
    double width = 0;
    for (size_t i = first; i < last; i++)
        width += (double)shaped->glyphs[i].advance;
    return width * em_mm;
}

struct text_block
text_layout(struct arena *arena, struct fonts *fonts, struct text_style style,
            const char *text, double width_mm)
{
    struct text_block block = {style, NULL, 0, 0};
    size_t length = strlen(text);
    if (length == 0)
        return block;
    struct paragraph p = {
        fonts_shape(fonts, style.font, text, length, style.prose), NULL,
        style.size_pt * MM_PER_PT, width_mm, style.prose};
    struct text_line *lines = NULL;
    size_t room = 0, count = p.shaped->glyph_count;
    double line_mm = p.shaped->width * p.em_mm;
    if (line_mm > width_mm + TOLERANCE_MM) {
        p.breaks = find_breaks(arena, p.shaped->text, length, style.prose);
    } else {
        lines = arena_array(arena, 1, struct text_line);
        room = 1;
    }
    for (size_t first = 0; first < count;) {
        size_t next = p.breaks ? line_end(&p, first) : count, last = next;
        while (last > first && is_blank(p.shaped, last - 1))
            last--;
        lines =
            arena_grow(arena, lines, block.line_count, &room, sizeof *lines);
        struct text_line *line = &lines[block.line_count++];
        *line =
            (struct text_line){p.shaped, first, last,
                               glyphs_width_mm(p.shaped, first, last, p.em_mm)};
        if (style.prose && last > first)
            line->width_mm -= shaped_blank_end(p.shaped, last - 1) * p.em_mm;
        if (line->width_mm > block.width_mm)
            block.width_mm = line->width_mm;
        first = next;
    }
    block.lines = lines;
    return block;
}

double
text_width_mm(struct fonts *fonts, struct text_style style, const char *text)
{
    return fonts_shape(fonts, style.font, text, strlen(text), style.prose)
               ->width *
           style.size_pt * MM_PER_PT;
}

static bool
fits(struct arena *arena, struct fonts *fonts, const char *text,
     double width_mm, struct text_style style, size_t lines)
{
    if (text == NULL)
        return true;
    struct text_block block = text_layout(arena, fonts, style, text, width_mm);
    return block.line_count <= lines &&
           block.width_mm <= width_mm + TOLERANCE_MM;
}

size_t
text_choose(struct arena *arena, struct fonts *fonts, struct wording wording,
            double width_mm, struct text_style lead, size_t lead_lines,
            struct text_style second, size_t second_lines)
{
    size_t i = 0;
    while (i < wording.count && !(fits(arena, fonts, wording.variants[i].lead,
                                       width_mm, lead, lead_lines) &&
                                  fits(arena, fonts, wording.variants[i].second,
                                       width_mm, second, second_lines)))
        i++;
    return i;
}
