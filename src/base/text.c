/*
 * Texts: UTF-8, display width, what may stand in a text, and the candidate
 * nearest to a misspelt word.  Room: base.  Shaping and measuring in a font
 * are render/'s business.
 */
#include "base/text.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"

struct range {
    uint32_t first, last;
};
#include "base/text_table.h"

#define LONGEST_WORD 64 /* [bytes] a longer word is near nothing */

bool
text_is_given(struct text text)
{
    return text.one || text.zh || text.en;
}

const char *
text_in(struct text text, enum language language)
{
    const char *own = language == LANGUAGE_ZH ? text.zh : text.en;
    const char *other = language == LANGUAGE_ZH ? text.en : text.zh;
    if (own)
        return own;
    return text.one ? text.one : other;
}

/* How many bytes a lead byte announces, 0 for a byte that leads nothing. */
static unsigned
announced(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

unsigned
text_decode(const char *s, const char *end, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    static const unsigned char mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    if (s >= end)
        return 0;
    unsigned bytes = announced((unsigned char)*s);
    if (bytes == 0 || (size_t)(end - s) < bytes)
        return 0;
    uint32_t value = (unsigned char)*s & mask[bytes];
    for (unsigned i = 1; i < bytes; i++) {
        unsigned char next = (unsigned char)s[i];
        if ((next & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (next & 0x3Fu);
    }
    if (value < least[bytes] || value > 0x10FFFF ||
        (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code = value;
    return bytes;
}

static bool
is_in(const struct range *ranges, size_t count, uint32_t code)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code >= ranges[low].first;
}
#define IS_IN(ranges, code)                                                    \
    is_in((ranges), sizeof(ranges) / sizeof *(ranges), (code))

unsigned
text_code_width(uint32_t code)
{
    if (code < 0x300)
        return 1;
    if (IS_IN(narrow, code))
        return 0;
    return IS_IN(wide, code) ? 2 : 1;
}

size_t
text_width(const char *s)
{
    const char *end = s + strlen(s);
    size_t width = 0;
    uint32_t code;
    for (unsigned bytes; (bytes = text_decode(s, end, &code)) > 0; s += bytes)
        width += text_code_width(code);
    return width;
}

size_t
text_length(const char *s)
{
    const char *end = s + strlen(s);
    size_t length = 0;
    uint32_t code;
    for (unsigned bytes; (bytes = text_decode(s, end, &code)) > 0; s += bytes)
        length++;
    return length;
}

const char *
text_forbidden(uint32_t code)
{
    if (code < 0x20 || (code >= 0x7F && code < 0xA0))
        return "a control character";
    if (code < 0xA0)
        return NULL;
    if (code >= 0xD800 && code <= 0xDFFF)
        return "a surrogate";
    if ((code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE)
        return "a noncharacter";
    if (code == 0x2028 || code == 0x2029)
        return "a line break";
    if (code == 0x200C || code == 0x200D || !IS_IN(format, code))
        return NULL;
    return "an invisible format character";
}

bool
text_is_visible(uint32_t code)
{
    return text_forbidden(code) == NULL && !IS_IN(blank, code) &&
           text_code_width(code) > 0;
}

bool
text_is_bidi(uint32_t code)
{
    return code == 0x061C || code == 0x200E || code == 0x200F ||
           (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

bool
text_is_digit(uint32_t code)
{
    static const uint32_t others[] = {
        0x2212, 0xFF0B, 0xFF0D, 0xFF0E,         /* minus, full-width + - . */
        0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, /* 0 1 2 3 4 */
        0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, /* 5 6 7 8 9 */
        0x5341, 0x767E, 0x5343, 0x4E24};        /* 10 100 1000, a pair */
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (code == others[i])
            return true;
    return IS_IN(digits, code);
}

static unsigned
least_of(unsigned a, unsigned b, unsigned c)
{
    unsigned least = a < b ? a : b;
    return least < c ? least : c;
}

static unsigned char
lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Edit distance with transpositions (optimal string alignment), case aside;
   both words have at most LONGEST_WORD bytes. */
static unsigned
distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    unsigned rows[3][LONGEST_WORD + 1];
    unsigned *before = rows[0], *above = rows[1], *row = rows[2];
    for (unsigned k = 0; k <= b_length; k++)
        above[k] = before[k] = k;
    for (unsigned i = 1; i <= a_length; i++) {
        row[0] = i;
        for (unsigned k = 1; k <= b_length; k++) {
            bool same = lower(a[i - 1]) == lower(b[k - 1]);
            row[k] = least_of(above[k] + 1, row[k - 1] + 1,
                              above[k - 1] + (same ? 0 : 1));
            if (i > 1 && k > 1 && lower(a[i - 1]) == lower(b[k - 2]) &&
                lower(a[i - 2]) == lower(b[k - 1]) &&
                row[k] > before[k - 2] + 1)
                row[k] = before[k - 2] + 1;
        }
        unsigned *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[b_length];
}

/* Whether one of two words begins with the other, as p99 and p99_ms do. */
static bool
begins_alike(const char *word, size_t length, const char *other,
             size_t other_length)
{
    size_t shorter = length < other_length ? length : other_length;
    return shorter >= 3 && strncasecmp(word, other, shorter) == 0;
}

/* The candidate of least distance, which must be below the lengths of both and
   so leave something in common; is_near: no farther than a misspelling, unless
   one begins with the other. */
static const char *
closest(const char *word, const char *const *candidates, size_t count,
        bool is_near)
{
    size_t length = strlen(word);
    const char *found = NULL;
    unsigned least = LONGEST_WORD;
    if (length == 0 || length > LONGEST_WORD)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t other = strlen(candidates[i]);
        if (other > LONGEST_WORD)
            continue;
        unsigned far = distance(word, length, candidates[i], other);
        bool fits = is_near ? far < length / 3 + 2 && far < other
                            : far < length || far < other;
        if (is_near && begins_alike(word, length, candidates[i], other))
            fits = true;
        if (fits && far < least) {
            least = far;
            found = candidates[i];
        }
    }
    return found;
}

const char *
text_nearest(const char *word, const char *const *candidates, size_t count)
{
    return closest(word, candidates, count, true);
}

const char *
text_least_far(const char *word, const char *const *candidates, size_t count)
{
    return closest(word, candidates, count, false);
}
