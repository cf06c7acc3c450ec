/*
 * Fonts: HarfBuzz shapes with the full faces (mapped, so that only the pages
 * in need are read) and subsets them in process; FreeType tells what the PDF
 * says of the subset.  Which files: font_list.c.  Lines and widths:
 * text_layout.c.
 */
#include "render/font.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* [em] at least so wide is a glyph that fills a Han character's square */
#define FULL_WIDTH 0.9f
/* [em] between Han and Latin in prose; at a tenth, readers of PDF text take it
   for a blank */
#define THIN_SPACE 0.09f

/* A shaped text in the cache: a hash table with chains. */
struct cached {
    struct cached *next;
    struct shaped shaped;
    uint64_t hash;
    bool prose;
};

struct face {
    hb_face_t *face;
    hb_font_t *font;
    double units_per_em;
    hb_set_t *used;         /* characters to be drawn */
    hb_set_t *used_glyphs;  /* what is drawn for them that is not their own */
    hb_blob_t *subset;      /* after fonts_subset(): */
    hb_blob_t *outlines;    /* its CFF table, empty where there is none */
    bool has_glyf;          /* outlines of TrueType instead */
    hb_subset_plan_t *plan; /* the way from the full face to the subset */
    FT_Face ft_face;
};

#define BUCKETS 4096u

struct fonts {
    struct arena *arena;
    struct font_file files[FONT_ROLES];
    struct face faces[FONT_ROLES];
    hb_buffer_t *buffer;
    FT_Library freetype;
    struct cached *cache[BUCKETS];
};

static void
face_open(struct face *face, const struct font_file *file)
{
    hb_blob_t *blob =
        hb_blob_create((const char *)file->bytes, (unsigned)file->size,
                       HB_MEMORY_MODE_READONLY, NULL, NULL);
    face->face = hb_face_create(blob, file->face);
    hb_blob_destroy(blob);
    face->font = hb_font_create(face->face);
    face->units_per_em = hb_face_get_upem(face->face);
    face->used = hb_set_create();
    face->used_glyphs = hb_set_create();
}

struct fonts *
fonts_open(struct arena *arena, const char *folder, const char **why)
{
    struct fonts *fonts = arena_alloc(arena, sizeof *fonts);
    fonts->arena = arena;
    if (!font_list_open(arena, folder, fonts->files, why))
        return NULL;
    for (size_t role = 0; role < FONT_ROLES; role++)
        face_open(&fonts->faces[role], &fonts->files[role]);
    fonts->buffer = hb_buffer_create();
    return fonts;
}

void
fonts_close(struct fonts *fonts)
{
    if (fonts == NULL)
        return;
    for (size_t role = 0; role < FONT_ROLES; role++) {
        struct face *face = &fonts->faces[role];
        hb_subset_plan_destroy(face->plan);
        hb_blob_destroy(face->outlines);
        hb_set_destroy(face->used);
        hb_set_destroy(face->used_glyphs);
        hb_font_destroy(face->font);
        hb_face_destroy(face->face);
    }
    hb_buffer_destroy(fonts->buffer);
    if (fonts->freetype)
        FT_Done_FreeType(fonts->freetype); /* and its faces */
    for (size_t role = 0; role < FONT_ROLES; role++)
        hb_blob_destroy(fonts->faces[role].subset);
    font_list_close(fonts->files);
}

/* FNV-1a, over the text, the role and whether it is prose. */
static uint64_t
hash_of(enum font_role role, const char *text, size_t length, bool prose)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    unsigned kind = (unsigned)role * 2 + prose;
    return (hash ^ kind) * UINT64_C(1099511628211);
}

/* Han, without its punctuation. */
static bool
is_han(uint32_t code)
{
    return (code >= 0x3400 && code <= 0x9fff) ||
           (code >= 0xf900 && code <= 0xfaff) ||
           (code >= 0x20000 && code <= 0x3ffff) || code == 0x3005 ||
           code == 0x3007;
}

/* What keeps a distance from Han: letters and digits, and the signs that
   belong to a number. */
static bool
is_latin(uint32_t code, bool before_han)
{
    if ((code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
        (code >= 'a' && code <= 'z') || (code >= 0xc0 && code <= 0x24f))
        return true;
    return before_han ? code == '%' : code == '+' || code == 0x2212;
}

/* Full-width punctuation fills half of its square: closing marks the left half,
   opening ones the right. */
enum half { HALF_NONE, HALF_LEFT, HALF_RIGHT };

static enum half
punctuation(uint32_t code)
{
    switch (code) {
    case 0x3001: /* ideographic comma, full stop */
    case 0x3002:
    case 0x3009: /* closing brackets and quotes */
    case 0x300b:
    case 0x300d:
    case 0x300f:
    case 0x3011:
    case 0x3015:
    case 0x201d:
    case 0xff09: /* ) , : ; in full width */
    case 0xff0c:
    case 0xff1a:
    case 0xff1b:
        return HALF_LEFT;
    case 0x3008:
    case 0x300a:
    case 0x300c:
    case 0x300e:
    case 0x3010:
    case 0x3014:
    case 0x201c:
    case 0xff08:
        return HALF_RIGHT;
    default:
        return HALF_NONE;
    }
}

/* Widens each glyph before a change between Han and Latin, and takes out the
   blank halves where two marks of punctuation meet. */
static void
space_prose(struct glyph *glyphs, size_t count, const char *text, size_t length)
{
    const char *end = text + length;
    uint32_t before = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t code = 0;
        if (text_decode(text + glyphs[i].cluster, end, &code) == 0)
            return;
        if (i > 0 && ((is_han(before) && is_latin(code, false)) ||
                      (is_latin(before, true) && is_han(code))))
            glyphs[i - 1].advance += THIN_SPACE;
        enum half left = punctuation(before), right = punctuation(code);
        if (i > 0 && glyphs[i - 1].advance > FULL_WIDTH &&
            ((left == HALF_LEFT && right != HALF_NONE) ||
             (left == HALF_RIGHT && right == HALF_RIGHT)))
            glyphs[i - 1].advance -= 0.5f;
        before = code;
    }
}

/* The first character of a text that got glyph 0. */
static uint32_t
find_missing(const hb_glyph_info_t *infos, unsigned count, const char *text,
             size_t length)
{
    for (unsigned i = 0; i < count; i++) {
        uint32_t code = 0;
        if (infos[i].codepoint == 0 &&
            text_decode(text + infos[i].cluster, text + length, &code) > 0)
            return code;
    }
    return 0;
}

static void
shape(struct fonts *fonts, struct shaped *shaped, bool prose)
{
    const struct face *face = &fonts->faces[shaped->role];
    hb_buffer_t *buffer = fonts->buffer;
    hb_buffer_reset(buffer);
    hb_buffer_add_utf8(buffer, shaped->text, (int)shaped->length, 0,
                       (int)shaped->length);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
    hb_buffer_set_language(buffer, hb_language_from_string("zh-Hans", -1));
    /* Ligatures off: a text is found by its letters in any reader.  No local
       forms: the face is the Chinese one, and each character its own glyph. */
    static const hb_feature_t feature[] = {
        {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START,
         HB_FEATURE_GLOBAL_END},
        {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START,
         HB_FEATURE_GLOBAL_END},
        {HB_TAG('l', 'o', 'c', 'l'), 0, HB_FEATURE_GLOBAL_START,
         HB_FEATURE_GLOBAL_END}
    };
    hb_shape(face->font, buffer, feature, sizeof feature / sizeof *feature);

    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions =
        hb_buffer_get_glyph_positions(buffer, NULL);
    struct glyph *glyphs = arena_array(fonts->arena, count, struct glyph);
    float em = (float)(1 / face->units_per_em);
    for (unsigned i = 0; i < count; i++)
        glyphs[i] = (struct glyph){infos[i].codepoint, infos[i].cluster,
                                   (float)positions[i].x_advance * em,
                                   (float)positions[i].x_offset * em,
                                   (float)positions[i].y_offset * em};
    if (prose)
        space_prose(glyphs, count, shaped->text, shaped->length);
    for (unsigned i = 0; i < count; i++)
        shaped->width += (double)glyphs[i].advance;
    shaped->missing = find_missing(infos, count, shaped->text, shaped->length);
    shaped->glyphs = glyphs;
    shaped->glyph_count = count;
}

double
shaped_blank_end(const struct shaped *shaped, size_t glyph)
{
    const char *s = shaped->text + shaped->glyphs[glyph].cluster;
    uint32_t code = 0;
    if (text_decode(s, shaped->text + shaped->length, &code) == 0 ||
        punctuation(code) != HALF_LEFT ||
        shaped->glyphs[glyph].advance < FULL_WIDTH)
        return 0;
    return 0.5;
}

const struct shaped *
fonts_shape(struct fonts *fonts, enum font_role role, const char *text,
            size_t length, bool prose)
{
    uint64_t hash = hash_of(role, text, length, prose);
    struct cached **bucket = &fonts->cache[hash % BUCKETS];
    for (struct cached *entry = *bucket; entry; entry = entry->next)
        if (entry->hash == hash && entry->shaped.role == role &&
            entry->prose == prose && entry->shaped.length == length &&
            memcmp(entry->shaped.text, text, length) == 0)
            return &entry->shaped;
    struct cached *entry = arena_alloc(fonts->arena, sizeof *entry);
    entry->hash = hash;
    entry->prose = prose;
    entry->shaped.text = arena_copy(fonts->arena, text, length);
    entry->shaped.length = length;
    entry->shaped.role = role;
    shape(fonts, &entry->shaped, prose);
    entry->next = *bucket;
    *bucket = entry;
    return &entry->shaped;
}

void
fonts_use(struct fonts *fonts, const struct shaped *shaped, size_t first,
          size_t last)
{
    /* the subset is asked for by characters: by glyphs alone HarfBuzz looks
       through all 44,000 characters of the font */
    struct face *face = &fonts->faces[shaped->role];
    for (size_t i = first; i < last; i++) {
        const struct glyph *glyph = &shaped->glyphs[i];
        uint32_t code = 0;
        hb_codepoint_t own = 0;
        text_decode(shaped->text + glyph->cluster,
                    shaped->text + shaped->length, &code);
        if (hb_font_get_nominal_glyph(face->font, code, &own) &&
            own == glyph->id)
            hb_set_add(face->used, code);
        else
            hb_set_add(face->used_glyphs, glyph->id);
    }
}

/* What a page needs of a font; the layout tables have done their work. */
static void
drop_tables(hb_subset_input_t *input)
{
    static const char tag[][5] = {"GSUB", "GPOS", "GDEF", "BASE", "VORG",
                                  "vhea", "vmtx", "DSIG", "hdmx", "VDMX",
                                  "LTSH", "kern", "gasp"};
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof tag / sizeof *tag; i++)
        hb_set_add(drop, hb_tag_from_string(tag[i], 4));
}

static const char *
face_subset(struct face *face, FT_Library freetype)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input == NULL)
        return "the font cannot be subset";
    /* without subroutines the outlines pack better */
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING |
                                         HB_SUBSET_FLAGS_DESUBROUTINIZE);
    drop_tables(input);
    hb_set_union(hb_subset_input_unicode_set(input), face->used);
    hb_set_union(hb_subset_input_glyph_set(input), face->used_glyphs);
    const char *why = NULL;
    hb_face_t *subset = NULL;
    face->plan = hb_subset_plan_create_or_fail(face->face, input);
    if (face->plan)
        subset = hb_subset_plan_execute_or_fail(face->plan);
    if (subset) {
        face->subset = hb_face_reference_blob(subset);
        face->outlines =
            hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' '));
        hb_blob_t *glyf =
            hb_face_reference_table(subset, HB_TAG('g', 'l', 'y', 'f'));
        face->has_glyf = hb_blob_get_length(glyf) > 0;
        hb_blob_destroy(glyf);
        unsigned length = 0;
        const char *bytes = hb_blob_get_data(face->subset, &length);
        if (FT_New_Memory_Face(freetype, (const FT_Byte *)bytes,
                               (FT_Long)length, 0, &face->ft_face) != 0)
            why = "the subset of a font cannot be opened";
    } else {
        why = "a font cannot be subset";
    }
    hb_face_destroy(subset);
    hb_subset_input_destroy(input);
    return why;
}

bool
fonts_subset(struct fonts *fonts, const char **why)
{
    if (FT_Init_FreeType(&fonts->freetype) != 0) {
        fonts->freetype = NULL;
        *why = "FreeType does not start";
        return false;
    }
    for (size_t role = 0; role < FONT_ROLES; role++) {
        *why = face_subset(&fonts->faces[role], fonts->freetype);
        if (*why)
            return false;
    }
    font_list_rest(fonts->files);
    return true;
}

FT_Face
fonts_subset_face(const struct fonts *fonts, enum font_role role)
{
    return fonts->faces[role].ft_face;
}

const unsigned char *
fonts_program(const struct fonts *fonts, enum font_role role, size_t *size,
              bool *is_cff)
{
    const struct face *face = &fonts->faces[role];
    *is_cff = hb_blob_get_length(face->outlines) > 0;
    if (!*is_cff && !face->has_glyf)
        return NULL;
    hb_blob_t *blob = *is_cff ? face->outlines : face->subset;
    *size = hb_blob_get_length(blob);
    return (const unsigned char *)hb_blob_get_data(blob, NULL);
}

long
fonts_advance(const struct fonts *fonts, enum font_role role, uint32_t id)
{
    return hb_font_get_glyph_h_advance(fonts->faces[role].font, id);
}

unsigned long
fonts_glyph(const struct fonts *fonts, enum font_role role, uint32_t id)
{
    return hb_map_get(
        hb_subset_plan_old_to_new_glyph_mapping(fonts->faces[role].plan), id);
}

const struct font_file *
fonts_file(const struct fonts *fonts, enum font_role role)
{
    return &fonts->files[role];
}
