/*
 * The PDF as a file: complete, the same each time, with what cairo leaves out;
 * and what reading it back finds wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/diag.h"
#include "plan_maker.h"
#include "render/glyphs.h"
#include "render/page.h"
#include "render/pdf.h"
#include "render/pdf_finish.h"
#include "render/pdf_read.h"

static struct arena *arena;

static int
setup(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int
teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* A plan as PDF. */
static struct pdf_bytes
make_pdf(const struct plan *plan, size_t *pages)
{
    const char *why = NULL;
    struct pdf_bytes pdf = {NULL, 0, 0};
    struct fonts *fonts = fonts_open(arena, "fonts", &why);
    assert_non_null(fonts);
    struct display *display = page_layout(arena, plan, fonts, &why);
    assert_non_null(display);
    if (!pdf_draw(arena, plan, display, &pdf, &why))
        fail_msg("%s", why);
    *pages = display->page_count;
    fonts_close(fonts);
    return pdf;
}

static bool
says(const struct pdf_bytes *pdf, const char *text)
{
    return pdf_find(pdf->bytes, pdf->size, text) != NULL;
}

static void
document_is_complete(void **state)
{
    (void)state;
    size_t pages = 0;
    const char *why = NULL;
    struct pdf_bytes pdf = make_pdf(made_plan(arena, 50), &pages);
    assert_true(pages > 3);
    assert_true(pdf_check(pdf.bytes, pdf.size, pages, &why));
    assert_true(says(&pdf, "/Lang (zh-CN)"));
    assert_true(says(&pdf, "/DisplayDocTitle true"));
    assert_true(says(&pdf, "/CreationDate (D:20261031180000+08'00)"));
    assert_true(says(&pdf, "/Creator (headroom "));
    free(pdf.bytes);
    struct plan *plan = made_plan(arena, 3);
    plan->words.lang = LANG_EN;
    plan->title = made("<a> & b");
    pdf = make_pdf(plan, &pages);
    assert_true(says(&pdf, "/Lang (en)"));
    assert_true(says(&pdf, ">&lt;a&gt; &amp; b</rdf:li>"));
    assert_true(says(&pdf, "<xmp:CreateDate>2026-10-31T18:00:00+08:00<"));
    free(pdf.bytes);
}

static void
same_plan_gives_the_same_bytes(void **state)
{
    (void)state;
    size_t pages = 0;
    struct pdf_bytes first = make_pdf(made_plan(arena, 20), &pages);
    struct pdf_bytes then = make_pdf(made_plan(arena, 20), &pages);
    assert_int_equal(first.size, then.size);
    assert_memory_equal(first.bytes, then.bytes, first.size);
    free(first.bytes);
    free(then.bytes);
}

static void
cut_file_is_found(void **state)
{
    (void)state;
    size_t pages = 0;
    const char *why = NULL;
    struct pdf_bytes pdf = make_pdf(made_plan(arena, 8), &pages);
    assert_false(pdf_check(pdf.bytes, pdf.size, pages + 1, &why));
    assert_string_equal(why, "it does not have the pages it should have");
    for (size_t size = 0; size < pdf.size; size += pdf.size / 97 + 1)
        assert_false(pdf_check(pdf.bytes, size, pages, &why));
    assert_false(pdf_check(pdf.bytes, pdf.size - 1, pages, &why));
    assert_string_equal(why, "its end is not that of a PDF");
    pdf.bytes[0] = 'x';
    assert_false(pdf_check(pdf.bytes, pdf.size, pages, &why));
    assert_string_equal(why, "it does not begin as a PDF");
    free(pdf.bytes);
}

/* A small file as cairo writes it. */
static const char raw[] = "%PDF-1.5\n"
                          "1 0 obj\n<< /Type /Pages /Count 0 >>\nendobj\n"
                          "2 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n"
                          "3 0 obj\n<< /Title (x) >>\nendobj\n"
                          "xref\n0 4\n"
                          "0000000000 65535 f \n"
                          "0000000009 00000 n \n"
                          "0000000052 00000 n \n"
                          "0000000101 00000 n \n"
                          "trailer\n<< /Size 4\n/Root 2 0 R\n/Info 3 0 R\n>>\n"
                          "startxref\n133\n%%EOF\n";

static void
file_is_taken_apart(void **state)
{
    (void)state;
    const char *why = NULL;
    struct pdf_file *file =
        pdf_read(arena, (const unsigned char *)raw, sizeof raw - 1, &why);
    if (file == NULL)
        fail_msg("%s", why);
    assert_int_equal(file->object_count, 4);
    assert_int_equal(file->root, 2);
    assert_int_equal(file->info, 3);
    assert_int_equal(file->header_size, 9);
    assert_memory_equal(file->objects[3].bytes, "\n<< /Title (x) >>\n", 18);
    assert_int_equal(file->objects[3].size, 18);
    assert_null(file->objects[0].bytes);
}

static void
file_that_is_not_as_expected_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
    } wrong[] = {
        {"startxref",    "startxxxx"   },
        {"133",          "999"         },
        {"133",          "xxx"         },
        {"xref\n0 4",    "yref\n0 4"   },
        {"0 4",          "0 9"         },
        {"0 4",          "0 x"         },
        {"trailer",      "trailex"     },
        {"/Root 2",      "/Root 7"     },
        {"/Info 3",      "/Info 7"     },
        {"/Root",        "/Roof"       },
        {"/Info",        "/Inno"       },
        {"0000000052",   "0000000053"  },
        {"0000000052",   "0000000990"  },
        {"0000000052",   "x000000052"  },
        {"endobj\nxref", "endobx\nxref"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char bytes[sizeof raw];
        memcpy(bytes, raw, sizeof raw);
        char *at = strstr(bytes, wrong[i].from);
        if (strcmp(wrong[i].from, "133") == 0)
            at = strstr(bytes, "startxref\n") + 10;
        memcpy(at, wrong[i].to, strlen(wrong[i].to));
        const char *why = NULL;
        if (pdf_read(arena, (const unsigned char *)bytes, sizeof raw - 1, &why))
            fail_msg("%s in the place of %s is taken", wrong[i].to,
                     wrong[i].from);
        assert_string_equal(why, "the PDF by cairo is not as expected");
    }
}

static void
finishing_tells_when_figures_are_missing(void **state)
{
    (void)state;
    const char *why = NULL;
    struct fonts *fonts = fonts_open(arena, "fonts", &why);
    const struct plan *plan = made_plan(arena, 8);
    struct display *display = page_layout(arena, plan, fonts, &why);
    struct pdf_bytes bytes = {(unsigned char *)raw, sizeof raw - 1, 0}, done;
    assert_false(pdf_finish(arena, plan, display, &bytes, &done, &why));
    assert_string_equal(why,
                        "the figures of the PDF are not those of its pages");
    fonts_close(fonts);
}

static void
words_of_figures_are_utf_16(void **state)
{
    (void)state;
    struct plan *plan = made_plan(arena, 8);
    struct plan_page *page = arena_array(arena, 1, struct plan_page);
    *page = plan->pages[1];
    plan->pages = page;
    plan->page_count = 1;
    struct plan_row *row = arena_array(arena, 1, struct plan_row);
    *row = page->table.rows[0];
    row->alt = made("A提\U00020bb7\xff");
    page->table.rows = row;
    page->table.row_count = 1;
    size_t pages = 0;
    struct pdf_bytes pdf = make_pdf(plan, &pages);
    /* the structure is compressed: look into each stream */
    bool found = false;
    const unsigned char *at = pdf.bytes, *end = pdf.bytes + pdf.size;
    while ((at = pdf_find(at, (size_t)(end - at), "/ObjStm")) != NULL) {
        at = pdf_find(at, (size_t)(end - at), "stream\n") + 7;
        static unsigned char plain[1 << 20];
        uLongf size = sizeof plain;
        uncompress(plain, &size, at, (uLong)(end - at));
        found = found || pdf_find(plain, size,
                                  "/Alt <FEFF0041"
                                  "63D0"
                                  "D842DFB7>");
    }
    assert_true(found);
    free(pdf.bytes);
}

static void
character_without_glyph_is_found_in_its_file(void **state)
{
    (void)state;
    static const char text[] = "season: x\r\nbaselines:\n"
                               "  - {link: a, name: 提a\u0e01\u0e02}\n";
    static const struct source source = {.name = "s.yaml",
                                         .path = "s.yaml",
                                         .bytes = text,
                                         .size = sizeof text - 1};
    const struct source *sources[] = {&source};
    struct plan *plan = made_plan(arena, 8);
    struct season season = {.sources = sources, .source_count = 1};
    struct report report = {.season = &season};
    plan->report = &report;
    plan->header = made("提a\u0e01\u0e02\u0e01 \u0e03");
    const char *why = NULL;
    struct fonts *fonts = fonts_open(arena, "fonts", &why);
    struct display *display = page_layout(arena, plan, fonts, &why);
    struct diag *diag = diag_new(arena);
    assert_false(glyphs_check(arena, plan, display, diag));
    const struct diag_entry *entries;
    assert_int_equal(diag_list(diag, DIAG_ERROR, &entries), 3);
    /* the one that is in no file has no place and comes first */
    assert_int_equal(entries[0].place.line, 0);
    assert_non_null(strstr(entries[0].text, "no glyph for U+0E03"));
    assert_int_equal(entries[1].place.line, 3);
    assert_int_equal(entries[1].place.column, 23);
    assert_non_null(strstr(entries[1].text, "no glyph for U+0E01"));
    assert_int_equal(entries[2].place.column, 24);
    fonts_close(fonts);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(document_is_complete),
        cmocka_unit_test(same_plan_gives_the_same_bytes),
        cmocka_unit_test(cut_file_is_found),
        cmocka_unit_test(file_is_taken_apart),
        cmocka_unit_test(file_that_is_not_as_expected_is_refused),
        cmocka_unit_test(finishing_tells_when_figures_are_missing),
        cmocka_unit_test(words_of_figures_are_utf_16),
        cmocka_unit_test(character_without_glyph_is_found_in_its_file),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
