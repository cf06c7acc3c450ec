/*
 * Embeds the subset of a face: as a CIDFont (ISO 32000-1, 9.7.4) with its
 * widths, and the way back from glyphs to characters.  Room render/.
 *
 * Codes are two bytes and mean CIDs.  In a CFF font that is keyed by CIDs they
 * are those of its own list, else the glyphs' numbers in the subset.
 */
#include "render/pdf_font.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ft2build.h>

#include FT_CID_H
#include FT_FREETYPE_H

#include "base/arena.h"

#define PER_BLOCK 100 /* mappings in one block of a CMap */

/* A glyph of the subset. */
struct used {
    const char *text; /* NULL until it is drawn */
    size_t length;
    unsigned cid;
    int width; /* [em / 1000] */
};

struct pdf_font {
    struct arena *arena;
    const struct fonts *fonts;
    enum font_role role;
    size_t number;
    FT_Face face;
    struct used *glyphs;
    size_t glyph_count;
};

struct pdf_font *
pdf_font_new(struct arena *arena, const struct fonts *fonts,
             enum font_role role, size_t number)
{
    struct pdf_font *font = arena_alloc(arena, sizeof *font);
    font->arena = arena;
    font->fonts = fonts;
    font->role = role;
    font->number = number;
    font->face = fonts_subset_face(fonts, role);
    font->glyph_count = (size_t)font->face->num_glyphs;
    font->glyphs = arena_array(arena, font->glyph_count, struct used);
    return font;
}

static int
thousandths(const struct pdf_font *font, long units)
{
    long em = font->face->units_per_EM;
    return (int)((units * 1000 + (units < 0 ? -em : em) / 2) / em);
}

unsigned
pdf_font_use(struct pdf_font *font, uint32_t id, const char *text,
             size_t length, int *width, bool *is_read)
{
    size_t glyph = fonts_glyph(font->fonts, font->role, id);
    struct used *used = &font->glyphs[glyph < font->glyph_count ? glyph : 0];
    if (used->text == NULL) {
        used->text = text;
        used->length = length;
        used->width =
            thousandths(font, fonts_advance(font->fonts, font->role, id));
        FT_UInt cid = (FT_UInt)glyph;
        if (FT_Get_CID_From_Glyph_Index(font->face, (FT_UInt)glyph, &cid) != 0)
            cid = (FT_UInt)glyph;
        used->cid = cid;
    }
    *width = used->width;
    *is_read = *is_read && used->length == length &&
               memcmp(used->text, text, length) == 0;
    return used->cid;
}

/* --- writing -------------------------------------------------------------- */

static int
by_cid(const void *a, const void *b)
{
    const struct used *const *left = a, *const *right = b;
    return ((*left)->cid > (*right)->cid) - ((*left)->cid < (*right)->cid);
}

/* The glyphs that are drawn, in the order of their codes. */
static size_t
sorted(const struct pdf_font *font, const struct used ***list)
{
    size_t count = 0;
    *list = arena_array(font->arena, font->glyph_count, const struct used *);
    for (size_t i = 0; i < font->glyph_count; i++)
        if (font->glyphs[i].text)
            (*list)[count++] = &font->glyphs[i];
    qsort(*list, count, sizeof **list, by_cid);
    return count;
}

/* "/W [12 [555 555] 40 [1000]]": runs of codes; what is a full square wide
   is left to the default. */
static void
put_widths(struct pdf_bytes *out, const struct used *const *list, size_t count)
{
    bool is_open = false;
    unsigned next = 0;
    pdf_put_string(out, "/DW 1000 /W [");
    for (size_t i = 0; i < count; i++) {
        if (list[i]->width == 1000)
            continue;
        if (!is_open || list[i]->cid != next)
            pdf_put_format(out, "%s%u [", is_open ? "] " : "", list[i]->cid);
        else
            pdf_put_string(out, " ");
        pdf_put_format(out, "%d", list[i]->width);
        is_open = true;
        next = list[i]->cid + 1;
    }
    pdf_put_string(out, is_open ? "]]" : "]");
}

/* From codes to characters (9.10.3). */
static void
write_characters(struct pdf_font *font, struct pdf_file *file, size_t number,
                 const struct used *const *list, size_t count)
{
    struct pdf_bytes map = {NULL, 0, 0};
    pdf_put_string(&map, "/CIDInit /ProcSet findresource begin\n"
                         "12 dict begin\nbegincmap\n"
                         "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) "
                         "/Supplement 0 >> def\n"
                         "/CMapName /Adobe-Identity-UCS def\n"
                         "/CMapType 2 def\n"
                         "1 begincodespacerange\n<0000> <FFFF>\n"
                         "endcodespacerange\n");
    for (size_t i = 0; i < count; i++) {
        size_t left = count - i;
        if (i % PER_BLOCK == 0)
            pdf_put_format(&map, "%zu beginbfchar\n",
                           left < PER_BLOCK ? left : PER_BLOCK);
        struct pdf_bytes text = {NULL, 0, 0};
        pdf_put_text(&text, list[i]->text, list[i]->length);
        /* without the mark "FEFF" */
        pdf_put_format(&map, "<%04X> <%.*s\n", list[i]->cid,
                       (int)(text.size - 5), (const char *)text.bytes + 5);
        free(text.bytes);
        if (i % PER_BLOCK == PER_BLOCK - 1 || left == 1)
            pdf_put_string(&map, "endbfchar\n");
    }
    pdf_put_string(&map, "endcmap\n"
                         "CMapName currentdict /CMap defineresource pop\n"
                         "end\nend\n");
    pdf_file_stream(file, number, "", map.bytes, map.size, true);
    free(map.bytes);
    (void)font;
}

/* "ABCDEF+NotoSansCJKsc-Regular": six letters made of what is embedded. */
static const char *
font_name(const struct pdf_font *font, const unsigned char *bytes, size_t size)
{
    uint32_t sum = 2166136261u;
    for (size_t i = 0; i < size; i++)
        sum = (sum ^ bytes[i]) * 16777619u;
    char tag[7] = "";
    for (size_t i = 0; i < 6; i++, sum /= 26)
        tag[i] = (char)('A' + sum % 26);
    const char *name = FT_Get_Postscript_Name(font->face);
    return arena_format(font->arena, "%s+%s", tag, name ? name : "Font");
}

static void
put_descriptor(const struct pdf_font *font, struct pdf_bytes *out,
               const char *name, bool is_cff, size_t program)
{
    FT_Face face = font->face;
    pdf_put_format(
        out,
        "<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%d %d %d "
        "%d] /ItalicAngle 0 /Ascent %d /Descent %d /CapHeight %d /StemV 80 "
        "/FontFile%d %zu 0 R >>",
        name, thousandths(font, face->bbox.xMin),
        thousandths(font, face->bbox.yMin), thousandths(font, face->bbox.xMax),
        thousandths(font, face->bbox.yMax), thousandths(font, face->ascender),
        thousandths(font, face->descender), thousandths(font, face->ascender),
        is_cff ? 3 : 2, program);
}

static void
pack(struct pdf_file *file, size_t number, struct pdf_bytes *object)
{
    pdf_file_pack(file, number, object);
    object->size = 0;
}

const char *
pdf_font_write(struct pdf_font *font, struct pdf_file *file)
{
    const struct used **list;
    size_t count = sorted(font, &list), length = 0;
    size_t child = pdf_file_number(file), descriptor = pdf_file_number(file),
           program = pdf_file_number(file), characters = pdf_file_number(file);
    bool is_cff = false;
    const unsigned char *bytes =
        fonts_program(font->fonts, font->role, &length, &is_cff);
    if (bytes == NULL || length == 0)
        return "a font cannot be embedded";
    const char *name = font_name(font, bytes, length);
    struct pdf_bytes object = {NULL, 0, 0};

    pdf_file_stream(file, program,
                    is_cff ? "/Subtype /CIDFontType0C"
                           : arena_format(font->arena, "/Length1 %zu", length),
                    bytes, length, true);
    write_characters(font, file, characters, list, count);
    put_descriptor(font, &object, name, is_cff, program);
    pack(file, descriptor, &object);
    pdf_put_format(&object,
                   "<< /Type /Font /Subtype /CIDFontType%d /BaseFont /%s "
                   "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
                   "/Supplement 0 >> /FontDescriptor %zu 0 R%s ",
                   is_cff ? 0 : 2, name, descriptor,
                   is_cff ? "" : " /CIDToGIDMap /Identity");
    put_widths(&object, list, count);
    pdf_put_string(&object, " >>");
    pack(file, child, &object);
    pdf_put_format(&object,
                   "<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding "
                   "/Identity-H /DescendantFonts [%zu 0 R] /ToUnicode %zu 0 R "
                   ">>",
                   name, child, characters);
    pack(file, font->number, &object);
    free(object.bytes);
    return NULL;
}
