/*
 * The floor of the bench: only what the libraries must do for a report.  It
 * parses the same YAML, writes the same cells and draws the same words, lines
 * and boxes as the product did, but reads, computes, lays out and checks
 * nothing.  What to write and draw it is told by two scripts, which script.py
 * makes from documents of the product.
 *
 * usage: floor CELLS PAGES FONT INDEX FOLDER YAML...
 *
 * CELLS, a line each: "S name" a sheet; "s row col format text", "n row col
 * format number", "f row col format formula value".  PAGES: "P" a page;
 * "T x y size text" in points; "R count", "L count" boxes and lines.  Fields
 * are parted by tabs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <hb-ft.h>
#include <hb-subset.h>
#include <hb.h>
#include <xlsxwriter.h>
#include <yaml.h>

#define FORMATS 256
#define FIELDS 6
#define RUN 512 /* glyphs of one word */

static void
fail(const char *what)
{
    fprintf(stderr, "floor: %s\n", what);
    exit(1);
}

static char *
slurp(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        fail(path);
    long length = ftell(file);
    rewind(file);
    char *text = malloc((size_t)length + 1);
    if (text == NULL ||
        fread(text, 1, (size_t)length, file) != (size_t)length)
        fail(path);
    text[length] = '\0';
    fclose(file);
    *size = (size_t)length;
    return text;
}

static void
parse_yaml(const char *path)
{
    size_t size;
    char *text = slurp(path, &size);
    yaml_parser_t parser;
    yaml_event_t event;
    if (!yaml_parser_initialize(&parser))
        fail("libyaml");
    yaml_parser_set_input_string(&parser, (unsigned char *)text, size);
    for (int done = 0; !done;) {
        if (!yaml_parser_parse(&parser, &event))
            fail(path);
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    free(text);
}

/* Cuts a line of a script into its fields; returns the next line. */
static char *
cut(char *line, char *fields[FIELDS])
{
    char *end = strchr(line, '\n');
    if (end)
        *end = '\0';
    for (int i = 0; i < FIELDS; i++) {
        fields[i] = line;
        line = strchr(line, '\t');
        if (line == NULL) {
            for (i++; i < FIELDS; i++)
                fields[i] = NULL;
            break;
        }
        *line++ = '\0';
    }
    return end ? end + 1 : NULL;
}

static void
write_cells(const char *script, char *folder)
{
    static const char *const shown[] = {"#,##0", "0.0%", "General",
                                        "yyyy-mm-dd", "0.00"};
    char path[4096], *fields[FIELDS];
    size_t size;
    char *text = slurp(script, &size);
    snprintf(path, sizeof path, "%s/floor.xlsx", folder);
    lxw_workbook_options options = {.constant_memory = LXW_FALSE,
                                    .tmpdir = folder};
    lxw_workbook *book = workbook_new_opt(path, &options);
    lxw_worksheet *sheet = NULL;
    lxw_format *formats[FORMATS] = {0};
    for (char *line = text; line && *line;) {
        line = cut(line, fields);
        if (*fields[0] == 'S') {
            sheet = workbook_add_worksheet(book, fields[1]);
            continue;
        }
        lxw_row_t row = (lxw_row_t)atoi(fields[1]);
        lxw_col_t column = (lxw_col_t)atoi(fields[2]);
        int index = atoi(fields[3]) % FORMATS;
        if (formats[index] == NULL) {
            formats[index] = workbook_add_format(book);
            format_set_num_format(formats[index], shown[index % 5]);
            format_set_font_size(formats[index], 9 + index % 4);
        }
        lxw_format *format = formats[index];
        if (*fields[0] == 's')
            worksheet_write_string(sheet, row, column, fields[4], format);
        else if (*fields[0] == 'n')
            worksheet_write_number(sheet, row, column,
                                   strtod(fields[4], NULL), format);
        else if (fields[5][0] == '"')
            worksheet_write_formula_str(sheet, row, column, fields[4], format,
                                        fields[5] + 1);
        else
            worksheet_write_formula_num(sheet, row, column, fields[4], format,
                                        strtod(fields[5], NULL));
    }
    if (workbook_close(book) != LXW_NO_ERROR)
        fail("workbook_close");
    free(text);
}

/* The characters of a text, as a set. */
static void
collect(hb_set_t *set, const char *text)
{
    for (const unsigned char *s = (const unsigned char *)text; *s;) {
        unsigned more = *s < 0x80 ? 0 : *s < 0xE0 ? 1 : *s < 0xF0 ? 2 : 3;
        unsigned code = more == 0 ? *s : *s & (0x3FU >> more);
        for (s++; more > 0; more--)
            code = code << 6 | (*s++ & 0x3F);
        hb_set_add(set, code);
    }
}

struct pen {
    cairo_t *cairo;
    hb_font_t *font;
    hb_buffer_t *buffer;
    double per_unit; /* em units to 1 */
};

static void
draw_word(struct pen *pen, double x, double y, double size, const char *text)
{
    int length = (int)strlen(text);
    unsigned count;
    cairo_glyph_t glyphs[RUN];
    cairo_text_cluster_t clusters[RUN];
    hb_buffer_reset(pen->buffer);
    hb_buffer_add_utf8(pen->buffer, text, length, 0, length);
    hb_buffer_guess_segment_properties(pen->buffer);
    hb_shape(pen->font, pen->buffer, NULL, 0);
    hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(pen->buffer, &count);
    hb_glyph_position_t *at = hb_buffer_get_glyph_positions(pen->buffer, &count);
    if (count > RUN)
        count = RUN;
    for (unsigned i = 0; i < count; i++) {
        glyphs[i] = (cairo_glyph_t){infos[i].codepoint, x, y};
        unsigned end = i + 1 < count ? infos[i + 1].cluster : (unsigned)length;
        clusters[i].num_bytes = (int)(end - infos[i].cluster);
        clusters[i].num_glyphs = 1;
        x += at[i].x_advance * pen->per_unit * size;
    }
    cairo_set_font_size(pen->cairo, size);
    cairo_show_text_glyphs(pen->cairo, text, length, glyphs, (int)count,
                           clusters, (int)count, 0);
}

static void
draw_line(struct pen *pen, char *fields[FIELDS])
{
    int count = fields[1] ? atoi(fields[1]) : 0;
    switch (*fields[0]) {
    case 'T':
        draw_word(pen, strtod(fields[1], NULL), strtod(fields[2], NULL),
                  strtod(fields[3], NULL), fields[4]);
        break;
    case 'R':
        for (int i = 0; i < count; i++) {
            cairo_rectangle(pen->cairo, 50 + i % 90, 60 + 5 * (i % 90), 80, 4);
            cairo_fill(pen->cairo);
        }
        break;
    case 'L':
        for (int i = 0; i < count; i++) {
            cairo_move_to(pen->cairo, 50, 60 + 5 * (i % 90));
            cairo_line_to(pen->cairo, 780, 60 + 5 * (i % 90));
            cairo_stroke(pen->cairo);
        }
        break;
    default:
        break;
    }
}

/* The subset of a face that the texts of a script need. */
static hb_blob_t *
subset(const char *font, unsigned index, const char *script)
{
    size_t size;
    char *text = slurp(script, &size), *fields[FIELDS];
    hb_blob_t *blob = hb_blob_create_from_file(font);
    hb_face_t *face = hb_face_create(blob, index);
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_set_t *wanted = hb_subset_input_unicode_set(input);
    for (char *line = text; line && *line;) {
        line = cut(line, fields);
        if (*fields[0] == 'T')
            collect(wanted, fields[4]);
    }
    hb_face_t *small = hb_subset_or_fail(face, input);
    if (small == NULL)
        fail("hb_subset_or_fail");
    hb_blob_t *result = hb_face_reference_blob(small);
    hb_face_destroy(small);
    hb_subset_input_destroy(input);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    free(text);
    return result;
}

static void
draw_pages(const char *script, const char *font, unsigned index,
           const char *folder)
{
    char path[4096], *fields[FIELDS];
    size_t size;
    hb_blob_t *blob = subset(font, index, script);
    unsigned length;
    const char *bytes = hb_blob_get_data(blob, &length);
    FT_Library library;
    FT_Face face;
    if (FT_Init_FreeType(&library) != 0 ||
        FT_New_Memory_Face(library, (const FT_Byte *)bytes, (FT_Long)length, 0,
                           &face) != 0)
        fail("FreeType");
    snprintf(path, sizeof path, "%s/floor.pdf", folder);
    cairo_surface_t *surface = cairo_pdf_surface_create(path, 841.89, 595.28);
    hb_face_t *small = hb_face_create(blob, 0);
    struct pen pen = {.cairo = cairo_create(surface),
                      .font = hb_font_create(small),
                      .buffer = hb_buffer_create(),
                      .per_unit = 1.0 / hb_face_get_upem(small)};
    cairo_set_font_face(
        pen.cairo,
        cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING));
    char *text = slurp(script, &size);
    int page = 0;
    for (char *line = text; line && *line;) {
        line = cut(line, fields);
        if (*fields[0] == 'P') {
            if (page++ > 0)
                cairo_show_page(pen.cairo);
        } else {
            draw_line(&pen, fields);
        }
    }
    cairo_destroy(pen.cairo);
    cairo_surface_finish(surface);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        fail("cairo");
    cairo_surface_destroy(surface);
}

int
main(int argc, char **argv)
{
    if (argc < 7)
        fail("usage: floor CELLS PAGES FONT INDEX FOLDER YAML...");
    for (int i = 6; i < argc; i++)
        parse_yaml(argv[i]);
    write_cells(argv[1], argv[5]);
    draw_pages(argv[2], argv[3], (unsigned)atoi(argv[4]), argv[5]);
    return 0;
}
