/*
 * Templates: what is read, what is included, what overrides what.
 */
#include "folder.h"

#include <limits.h>

#include "input/input.h"
#include "model/template.h"

static const struct template *
template_of(struct fixture *fixture, const char *text)
{
    fixture->diag = diag_new(fixture->arena);
    return input_read_template(
        fixture->arena, put_file(fixture, "t.yaml", text), fixture->diag);
}

/* The errors of a template as "line:column text" lines. */
static const char *
errors_of(struct fixture *fixture, const char *text)
{
    const struct template *template = template_of(fixture, text);
    assert_true((template == NULL) == diag_has_errors(fixture->diag));
    return messages(fixture, DIAG_ERROR);
}
#define ERRORS(text, expected)                                                 \
    assert_string_equal(errors_of(*state, (text)), (expected))

static void
a_template_is_read_with_the_order_of_its_parts(void **state)
{
    const struct template *template = template_of(
        *state, "template: own\npaper: letter\n"
                "pages: [{page: b, columns: [x, y]}, {page: a}]\n"
                "sheets: [{sheet: c}]\n"
                "words: {z: one, a: {zh: 二, en: two}, m: [long, {en: s}]}\n"
                "colours: {ink: \"#1A2b3C\", bad: '#000000'}\n"
                "sizes: {verdict: 22, number: 8.5}\n");
    assert_non_null(template);
    assert_string_equal(template->id.name, "own");
    assert_string_equal(template->paper.name, "letter");
    assert_int_equal(template->page_count, 2);
    assert_string_equal(template->pages[0].kind.name, "b");
    assert_int_equal(template->pages[0].kind.place.line, 3);
    assert_int_equal(template->pages[0].column_count, 2);
    assert_string_equal(template->pages[0].columns[1].name, "y");
    assert_int_equal(template->pages[1].column_count, 0);
    assert_int_equal(template->sheet_count, 1);
    assert_int_equal(template->word_count, 3);
    assert_string_equal(template_find_word(template, "z")->variants[0].one,
                        "one");
    assert_string_equal(template_find_word(template, "a")->variants[0].zh,
                        "二");
    const struct template_word *m = template_find_word(template, "m");
    assert_int_equal(m->variant_count, 2);
    assert_string_equal(m->variants[1].en, "s");
    assert_int_equal(template->colour_count, 2);
    assert_string_equal(template->colours[1].key, "ink");
    assert_int_equal(template->colours[1].rgb, 0x1A2B3C);
    assert_int_equal(template->size_count, 2);
    assert_true(template->sizes[0].value.units == decimal_scaled(85, 1).units);
}

static void
what_follows_an_include_overrides_it_by_key(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "words.yaml",
             "template: words\nwords: {a: one, b: two}\nsizes: {x: 1}\n"
             "pages: [{page: p}, {page: q}]\npaper: letter\n");
    put_file(fixture, "more.yaml", "words: {b: three, c: four}\n");
    const struct template *template =
        template_of(fixture, "template: own\ninclude: [words.yaml, more.yaml]\n"
                             "words: {c: five}\npages: [{page: r}]\n");
    assert_non_null(template);
    assert_string_equal(template->id.name, "own");
    assert_string_equal(template->paper.name, "letter");
    assert_int_equal(template->word_count, 3);
    static const char *const expected[] = {"one", "three", "five"};
    for (int i = 0; i < 3; i++)
        assert_string_equal(template->words[i].variants[0].one, expected[i]);
    assert_int_equal(template->page_count, 1);
    assert_string_equal(template->pages[0].kind.name, "r");
    assert_int_equal(template->size_count, 1);
}

static void
includes_are_beside_the_file_that_names_them(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(mkdir(in_folder(fixture, "sub"), 0700), 0);
    put_file(fixture, "sub/one.yaml", "include: two.yaml\nwords: {a: b}\n");
    put_file(fixture, "sub/two.yaml", "words: {c: d}\n");
    const struct template *template =
        template_of(fixture, "template: own\ninclude: sub/one.yaml\n");
    assert_non_null(template);
    assert_int_equal(template->word_count, 2);
    template = template_of(
        fixture, arena_format(fixture->arena, "template: own\ninclude: %s\n",
                              in_folder(fixture, "sub/two.yaml")));
    assert_non_null(template);
    assert_int_equal(template->word_count, 1);
    char back[PATH_MAX];
    assert_non_null(getcwd(back, sizeof back));
    assert_int_equal(chdir(folder), 0);
    fixture->diag = diag_new(fixture->arena);
    put_file(fixture, "bare.yaml", "template: x\ninclude: sub/two.yaml\n");
    assert_non_null(
        input_read_template(fixture->arena, "bare.yaml", fixture->diag));
    assert_int_equal(chdir(back), 0);
}

static void
a_file_that_includes_itself_ends(void **state)
{
    struct fixture *fixture = *state;
    const char *expected =
        arena_format(fixture->arena,
                     "2:10 %s may be included only once, and 15 files in "
                     "all\n",
                     in_folder(fixture, "t.yaml"));
    ERRORS("template: own\ninclude: t.yaml\n", expected);
}

/* The picture of the sample. */
static size_t
read_sample_logo(unsigned char *bytes, size_t room)
{
    FILE *file = fopen("samples/template-own/logo.png", "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, room, file);
    assert_int_equal(fclose(file), 0);
    return size;
}

static void
what_is_the_houses_own_is_read(void **state)
{
    unsigned char bytes[1024];
    struct fixture *fixture = *state;
    put_bytes(fixture, "logo.png", bytes,
              read_sample_logo(bytes, sizeof bytes));
    mkdir(in_folder(fixture, "deep"), 0755);
    put_file(fixture, "deep/i.yaml",
             "logo: ../logo.png\nclassification: one\nextra_text: two\n");
    const struct template *template =
        template_of(fixture, "template: own\ninclude: deep/i.yaml\n"
                             "classification: {zh: 内部, en: Internal}\n");
    assert_non_null(template);
    assert_int_equal(template->logo->width, 120);
    assert_int_equal(template->logo->height, 80);
    assert_null(template->classification.one);
    assert_string_equal(template->classification.en, "Internal");
    assert_string_equal(template->extra_text.one, "two");
}

static void
a_logo_is_a_png_of_bounded_size(void **state)
{
    static unsigned char bytes[256 * 1024 + 1];
    struct fixture *fixture = *state;
    size_t size = read_sample_logo(bytes, sizeof bytes);
    /* what stands behind the picture does not matter, but for its size */
    put_bytes(fixture, "l.png", bytes, 256 * 1024);
    ERRORS("template: own\nlogo: l.png\n", "");
    put_bytes(fixture, "l.png", bytes, sizeof bytes);
    const char *path = in_folder(fixture, "l.png");
    ERRORS("template: own\nlogo: l.png\n",
           arena_format(fixture->arena,
                        "2:7 %s cannot be the logo: expected at most 256 KiB, "
                        "1,000 by 1,000 pixels and 8 times as wide as high, "
                        "found a larger file\n",
                        path));
    put_bytes(fixture, "l.png", bytes, size - 1);
    ERRORS("template: own\nlogo: l.png\n",
           arena_format(fixture->arena,
                        "2:7 %s is no PNG that can be the logo: it is cut "
                        "off\n",
                        path));
    ERRORS("template: own\nlogo: .\n",
           arena_format(fixture->arena,
                        "2:7 cannot read %s/.: Is a directory\n", folder));
}

static void
at_most_sixteen_files_are_read(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 16; i++)
        put_file(fixture, arena_format(fixture->arena, "i%d.yaml", i),
                 arena_format(fixture->arena, "include: i%d.yaml\n", i + 1));
    put_file(fixture, "i16.yaml", "words: {a: b}\n");
    assert_null(template_of(fixture, "template: own\ninclude: i0.yaml\n"));
    assert_int_equal(diag_error_count(fixture->diag), 1);
}

static void
mistakes_are_reported_like_those_of_an_input(void **state)
{
    ERRORS("template: own\nwords: {a: x, b: y, a: z}\n",
           "2:21 a is given twice\n");
    ERRORS("template: own\nwords: {a: []}\n",
           "2:9 a must be a wording or a list of them, the longest first, "
           "found nothing\n");
    ERRORS("template: own\nwords: [a]\n",
           "2:8 words must be a mapping of words, found a list\n");
    ERRORS("template: own\ncolours: {a: '#12345', b: '#12345g', c: '123456#', "
           "d: [], e: '#1234567'}\n",
           "2:14 a must be a colour such as \"#1A1A1A\", found \"#12345\"\n"
           "2:27 b must be a colour such as \"#1A1A1A\", found \"#12345g\"\n"
           "2:41 c must be a colour such as \"#1A1A1A\", found \"123456#\"\n"
           "2:55 d must be a colour such as \"#1A1A1A\", found a list\n"
           "2:62 e must be a colour such as \"#1A1A1A\", found "
           "\"#1234567\"\n");
    ERRORS("template: own\nsizes: {a: 0}\npages: x\nsheets: x\n",
           "2:12 a must be a number above 0 and up to 1000, found \"0\"\n"
           "3:8 pages must be a list of pages, found \"x\"\n"
           "4:9 sheets must be a list of sheets, found \"x\"\n");
    ERRORS("template: own\npages: [x, {columns: x}]\nsheets: [x]\n",
           "2:9 a page must be a mapping such as {page: links}, found \"x\"\n"
           "2:12 a page needs the key page\n"
           "2:22 columns must be a list of columns, found \"x\"\n"
           "3:10 a sheet must be a mapping such as {sheet: links}, found "
           "\"x\"\n");
    ERRORS("words: {a: b}\n", "1:1 a template needs the key template\n");
    ERRORS("template: own\npaper: a3\n",
           "2:8 paper must be a4 or letter, found \"a3\"\n");
    ERRORS("template: own\nwords: {a: b}\ninclude: [x]\n",
           arena_format(((struct fixture *)*state)->arena,
                        "3:1 include must stand before words, which is to "
                        "override it\n"
                        "3:11 cannot read %s: No such file or directory\n",
                        in_folder(*state, "x")));
    ERRORS("[]\n", "1:1 a template must be a mapping of keys such as "
                   "template, pages or words, found a list\n");
    ERRORS("template: own\nwords: {a: [b\n",
           "3:1 not valid YAML: did not find expected ',' or ']' while "
           "parsing a flow sequence\n");
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_template_is_read_with_the_order_of_its_parts),
        FOLDER_TEST(what_follows_an_include_overrides_it_by_key),
        FOLDER_TEST(includes_are_beside_the_file_that_names_them),
        FOLDER_TEST(a_file_that_includes_itself_ends),
        FOLDER_TEST(what_is_the_houses_own_is_read),
        FOLDER_TEST(a_logo_is_a_png_of_bounded_size),
        FOLDER_TEST(at_most_sixteen_files_are_read),
        FOLDER_TEST(mistakes_are_reported_like_those_of_an_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
