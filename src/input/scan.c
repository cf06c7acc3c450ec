/*
 * The characters of a file.  Room: input.  YAML's own rules are yaml.c's
 * business, those of a text value.c's.
 */
#include "input/scan.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/text.h"

static void
report_bytes(const struct source *source, struct diag *diag, struct place place,
             const char *s, const char *end)
{
    char byte[64];
    bool is_cut = end - s < 4 && ((unsigned char)*s & 0xC0) == 0xC0;
    snprintf(byte, sizeof byte, "byte 0x%02X%s", (unsigned)(unsigned char)*s,
             is_cut ? " at the end of the file" : "");
    if (source->is_converted)
        diag_add(diag, DIAG_NOT_UTF16, place, NULL);
    else
        diag_add(diag, DIAG_NOT_UTF8, place, byte, NULL);
}

static void
report_code(struct diag *diag, struct place place, uint32_t code,
            const char *what)
{
    char name[16];
    snprintf(name, sizeof name, "U+%04X", (unsigned)code);
    if (code == 0)
        diag_add(diag, DIAG_NUL, place, NULL);
    else
        diag_add(diag, DIAG_FILE_CHARACTER, place, what, name, NULL);
}

/* Why a character may stand nowhere in a file, or NULL. */
static const char *
never(uint32_t code)
{
    if (code == '\t' || code == '\n' || code == '\r')
        return NULL;
    const char *why = text_forbidden(code);
    if (why == NULL || code == 0xFEFF || code == 0x2028 || code == 0x2029)
        return why;
    /* other format characters may stand in a comment */
    bool is_format = code >= 0xA0 && (code & 0xFFFE) != 0xFFFE &&
                     (code < 0xFDD0 || code > 0xFDEF);
    return is_format ? NULL : why;
}

bool
scan_characters(const struct source *source, struct diag *diag,
                struct place *bidi)
{
    const char *s = source->bytes, *end = s + source->size;
    struct place place = {source, 1, 1, 1};
    *bidi = (struct place){0};
    while (s < end) {
        uint32_t code = (unsigned char)*s;
        unsigned bytes = 1;
        if (code < 0x20 || code >= 0x7F) {
            bytes = text_decode(s, end, &code);
            if (bytes == 0) {
                report_bytes(source, diag, place, s, end);
                return false;
            }
            const char *why = never(code);
            if (why) {
                report_code(diag, place, code, why);
                return false;
            }
            if (bidi->line == 0 && text_is_bidi(code))
                *bidi = place;
        }
        s += bytes;
        place.column++;
        if (code == '\n' || (code == '\r' && (s == end || *s != '\n'))) {
            place.line++;
            place.column = 1;
        }
    }
    return true;
}

const char *
scan_lookalike(const struct source *source, unsigned line)
{
    static const struct {
        const char *bytes, *hint;
    } lookalikes[] = {
        {"\uFF1A", "; U+FF1A is a full-width colon, write \":\" and a blank"},
        {"\uFF0C", "; U+FF0C is a full-width comma, write \",\""            },
        {"\u00A0", "; U+00A0 is a no-break space, write a blank"            },
        {"\u3000", "; U+3000 is a full-width space, write a blank"          },
        {"\t",     "; indent with blanks, not with tabs"                    },
    };
    size_t length;
    const char *text = source_line(source, line, &length);
    if (text == NULL)
        return "";
    for (size_t i = 0; i < sizeof lookalikes / sizeof *lookalikes; i++)
        if (memmem(text, length, lookalikes[i].bytes,
                   strlen(lookalikes[i].bytes)))
            return lookalikes[i].hint;
    return "";
}
