/*
 * The PDF as a file: complete, the same each time; and what reading it back
 * finds wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/diag.h"
#include "plan_maker.h"
#include "render/glyphs.h"
#include "render/page.h"
#include "render/pdf.h"

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

static const unsigned char *
find(const unsigned char *bytes, size_t size, const char *text)
{
    return memmem(bytes, size, text, strlen(text));
}

static bool
says(const struct pdf_bytes *pdf, const char *text)
{
    return find(pdf->bytes, pdf->size, text) != NULL;
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

/* What a reader of PDFs finds. */
static void
read_text(const struct pdf_bytes *pdf, char *text, size_t room)
{
    char path[64], command[128];
    snprintf(path, sizeof path, "/tmp/headroom-text-%d.pdf", (int)getpid());
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(pdf->bytes, 1, pdf->size, file), pdf->size);
    fclose(file);
    snprintf(command, sizeof command, "pdftotext %s -", path);
    FILE *read = popen(command, "r");
    assert_non_null(read);
    text[fread(text, 1, room - 1, read)] = '\0';
    assert_int_equal(pclose(read), 0);
    remove(path);
}

/* One glyph may stand for several characters, and several characters for one
   glyph. */
static void
each_text_is_read_as_it_was_written(void **state)
{
    (void)state;
    static const char *const titles[] = {
        "\u03a9 \u2126 \u03a9", "A\u00a0B C", "e\u0301 \u00e9 提交\u3000订单",
        "< > & ( ) \\ %", "\U00020bb7 野家 100%"};
    static char text[1 << 20];
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        struct plan *plan = made_plan(arena, 3);
        plan->header = made(titles[i]);
        size_t pages = 0;
        struct pdf_bytes pdf = make_pdf(plan, &pages);
        read_text(&pdf, text, sizeof text);
        if (strstr(text, titles[i]) == NULL)
            fail_msg("%s is not read: %.200s", titles[i], text);
        free(pdf.bytes);
    }
}

static void
numbers_are_short(void **state)
{
    (void)state;
    static const struct {
        double number;
        unsigned places;
        const char *text;
    } cases[] = {
        {0,        2, "0"       },
        {1,        2, "1"       },
        {0.5,      2, ".5"      },
        {-0.25,    2, "-.25"    },
        {-0.004,   2, "0"       },
        {10,       0, "10"      },
        {841.8898, 2, "841.89"  },
        {841.8898, 3, "841.89"  },
        {100.0049, 2, "100"     },
        {0.05,     4, ".05"     },
        {-12.3456, 4, "-12.3456"}
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pdf_bytes text = {NULL, 0, 0};
        pdf_put_number(&text, cases[i].number, cases[i].places);
        assert_int_equal(text.size, strlen(cases[i].text));
        assert_memory_equal(text.bytes, cases[i].text, text.size);
        free(text.bytes);
    }
}

/* Objects that stand alone, that are packed, and streams: each is found by the
   table at the end, more than one stream of packed ones included. */
static void
file_holds_its_objects(void **state)
{
    (void)state;
    struct pdf_file *file = pdf_file_open(arena);
    size_t root = pdf_file_number(file), info = pdf_file_number(file);
    struct pdf_bytes object = {NULL, 0, 0}, pdf;
    for (int i = 0; i < 600; i++) {
        object.size = 0;
        pdf_put_format(&object, "<< /Number %d >>", i);
        pdf_file_pack(file, pdf_file_number(file), &object);
    }
    object.size = 0;
    pdf_put_string(&object, "<< /Title ");
    pdf_put_text(&object, "A提", strlen("A提"));
    pdf_put_string(&object, " >>");
    pdf_file_put(file, info, &object);
    pdf_file_stream(file, pdf_file_number(file), "/Plain true", "abc", 3,
                    false);
    object.size = 0;
    pdf_put_string(&object, "<< /Type /Catalog >>");
    pdf_file_put(file, root, &object);
    free(object.bytes);
    pdf_file_end(file, root, info, &pdf);
    pdf_file_close(file);
    assert_true(says(&pdf, "1 0 obj\n<< /Type /Catalog >>\nendobj"));
    assert_true(says(&pdf, "2 0 obj\n<< /Title <FEFF004163D0> >>\nendobj"));
    assert_true(says(&pdf, "<< /Plain true /Length 3 >>\nstream\nabc\nend"));
    assert_true(says(&pdf, "/Type /ObjStm /N 250 "));
    assert_true(says(&pdf, "/Type /ObjStm /N 100 "));
    assert_true(says(&pdf, "/Type /XRef /Size 608 /Root 1 0 R /Info 2 0 R "));
    free(pdf.bytes);
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
    while ((at = find(at, (size_t)(end - at), "/ObjStm")) != NULL) {
        at = find(at, (size_t)(end - at), "stream\n") + 7;
        static unsigned char plain[1 << 20];
        uLongf size = sizeof plain;
        uncompress(plain, &size, at, (uLong)(end - at));
        found = found || find(plain, size,
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
        cmocka_unit_test(each_text_is_read_as_it_was_written),
        cmocka_unit_test(numbers_are_short),
        cmocka_unit_test(file_holds_its_objects),
        cmocka_unit_test(cut_file_is_found),
        cmocka_unit_test(words_of_figures_are_utf_16),
        cmocka_unit_test(character_without_glyph_is_found_in_its_file),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
