/*
 * Fonts: the list and what it refuses, the checksums, shaping and the subset.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/folder.h"
#include "render/font.h"

#define CJK "/usr/share/fonts/opentype/noto/NotoSansCJK-"

static struct arena *arena;
static char folder[64];

static int
setup(void **state)
{
    (void)state;
    arena = arena_new();
    strcpy(folder, "/tmp/headroom-test-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int
teardown(void **state)
{
    (void)state;
    folder_remove(folder);
    arena_free(arena);
    return 0;
}

/* A list of fonts of these lines; returns why it cannot be used, or NULL. */
static const char *
open_list(const char *lines)
{
    FILE *file = fopen(arena_format(arena, "%s/fonts.txt", folder), "w");
    assert_non_null(file);
    fputs(lines, file);
    assert_int_equal(fclose(file), 0);
    const char *why = NULL;
    struct fonts *fonts = fonts_open(arena, folder, &why);
    assert_true((fonts == NULL) == (why != NULL));
    fonts_close(fonts);
    return why;
}

static void
assert_says(const char *why, const char *what)
{
    assert_non_null(why);
    if (strstr(why, what) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", why, what);
}

static void
own_list_names_the_files_that_are_there(void **state)
{
    (void)state;
    const char *why = NULL;
    struct fonts *fonts = fonts_open(arena, "fonts", &why);
    if (fonts == NULL)
        fail_msg("%s", why);
    for (size_t role = 0; role < FONT_ROLES; role++) {
        const struct font_file *file = fonts_file(fonts, (enum font_role)role);
        struct sha256_ctx context;
        uint8_t digest[SHA256_DIGEST_SIZE];
        char hex[65];
        sha256_init(&context);
        sha256_update(&context, file->size, file->bytes);
        sha256_digest(&context, sizeof digest, digest);
        for (size_t i = 0; i < sizeof digest; i++)
            snprintf(hex + 2 * i, 3, "%02x", digest[i]);
        assert_string_equal(hex, file->sha256);
    }
    fonts_close(fonts);
}

static void
first_file_that_exists_serves_the_role(void **state)
{
    (void)state;
    assert_null(open_list("# own fonts first\n"
                          "\n"
                          "regular mine.otf 0 - - - -\n"
                          "regular " CJK "Regular.ttc 2 - - - fonts-noto-cjk\n"
                          "bold " CJK "Bold.ttc 2 - - - fonts-noto-cjk\n"));
    /* a file beside the list is found by its name */
    assert_int_equal(
        symlink(CJK "Bold.ttc", arena_format(arena, "%s/mine.otf", folder)), 0);
    assert_null(open_list("regular mine.otf 2 - e2929869 - -\n"
                          "regular /nowhere 0 - - - x\n"
                          "bold " CJK "Bold.ttc 2 - - - fonts-noto-cjk\n"));
}

static void
missing_font_names_the_package(void **state)
{
    (void)state;
    const char *why = open_list("regular /nowhere/a.ttc 2 - - - fonts-noto-x\n"
                                "bold " CJK "Bold.ttc 2 - - - y\n");
    assert_says(why, "/nowhere/a.ttc is missing");
    assert_says(why, "install the package fonts-noto-x");
    assert_says(open_list("regular a.ttc 0 - - - -\n"), "a.ttc is missing");
    assert_says(open_list("regular " CJK "Regular.ttc 2 - - - y\n"),
                "names no font for the role bold");
}

static void
font_of_another_version_is_refused(void **state)
{
    (void)state;
    assert_says(open_list("regular " CJK "Regular.ttc 2 17 - - y\n"),
                "19484784 bytes, where fonts.txt lists 17");
    assert_says(open_list("regular " CJK "Regular.ttc 2 - 00000001 - y\n"),
                "check 9d95d424, where fonts.txt lists 00000001");
    assert_says(open_list("regular " CJK "Regular.ttc 99 - - - y\n"),
                "not a font with a face 99");
}

static void
file_that_is_no_font_is_refused(void **state)
{
    (void)state;
    assert_says(open_list("regular fonts.txt 0 - - - -\n"), "is not a font");
    assert_says(open_list("regular fonts.txt 1 - - - -\n"), "is not a font");
    assert_says(open_list("regular . 0 - - - -\n"), "cannot read the font");
    /* heads that lead out of the file */
    static const char *const bytes[] = {
        "ttcf", "ttcfxxxx\xff\xff\xff\xff\xff\xff\xff\xff",
        "OTTO\xff\xffxxxxxxhead", "OTTO\0\1xxxxxxheadxxxx\xff\xff\xff\xffxxxx"};
    static const size_t size[] = {4, 16, 16, 28};
    for (size_t i = 0; i < 4; i++) {
        FILE *file = fopen(arena_format(arena, "%s/bad.otf", folder), "w");
        assert_non_null(file);
        fwrite(bytes[i], 1, size[i], file);
        fclose(file);
        assert_says(open_list("regular bad.otf 0 - - - -\n"), "is not a font");
    }
}

static void
bad_line_of_the_list_is_named(void **state)
{
    (void)state;
    assert_says(open_list("# head\nregular a.ttc 0\n"),
                "fonts.txt:2: expected");
    assert_says(open_list("italic a.ttc 0 - - - -\n"), "unknown role italic");
    const char *why = NULL;
    assert_null(fonts_open(arena, "/nowhere", &why));
    assert_says(why, "cannot read /nowhere/fonts.txt");
}

static void
missing_character_is_found(void **state)
{
    (void)state;
    const char *why = NULL;
    struct fonts *fonts = fonts_open(arena, "fonts", &why);
    assert_non_null(fonts);
    static const char *const shown = "提交 order 76.2% \u2212 镕喆堃\U00020bb7";
    assert_int_equal(
        fonts_shape(fonts, FONT_BOLD, shown, strlen(shown), true)->missing, 0);
    assert_int_equal(
        fonts_shape(fonts, FONT_REGULAR, "a\u0e01b\u0e02", 8, false)->missing,
        0x0e01);
    fonts_close(fonts);
}

static void
same_text_is_shaped_once(void **state)
{
    (void)state;
    const char *why = NULL;
    struct fonts *fonts = fonts_open(arena, "fonts", &why);
    assert_non_null(fonts);
    const struct shaped *first =
        fonts_shape(fonts, FONT_REGULAR, "80,000", 6, false);
    assert_ptr_equal(first,
                     fonts_shape(fonts, FONT_REGULAR, "80,000", 6, false));
    assert_ptr_not_equal(first,
                         fonts_shape(fonts, FONT_BOLD, "80,000", 6, false));
    assert_ptr_not_equal(first,
                         fonts_shape(fonts, FONT_REGULAR, "80,000", 6, true));
    assert_int_equal(first->glyph_count, 6);
    fonts_close(fonts);
}

static void
subset_keeps_what_is_used_and_no_more(void **state)
{
    (void)state;
    const char *why = NULL;
    struct fonts *fonts = fonts_open(arena, "fonts", &why);
    assert_non_null(fonts);
    const struct shaped *used =
        fonts_shape(fonts, FONT_REGULAR, "提交 80", 9, false);
    const struct shaped *other =
        fonts_shape(fonts, FONT_REGULAR, "回", 3, false);
    fonts_use(fonts, used, 0, used->glyph_count);
    assert_true(fonts_subset(fonts, &why));
    for (size_t i = 0; i < used->glyph_count; i++) {
        unsigned long glyph =
            fonts_glyph(fonts, FONT_REGULAR, used->glyphs[i].id);
        assert_in_range(glyph, 1, used->glyph_count);
    }
    assert_true(fonts_glyph(fonts, FONT_REGULAR, other->glyphs[0].id) > 65535);
    /* .notdef, and what was used */
    assert_int_equal(fonts_subset_face(fonts, FONT_REGULAR)->num_glyphs,
                     used->glyph_count + 1);
    assert_int_equal(fonts_subset_face(fonts, FONT_BOLD)->num_glyphs, 1);
    assert_int_equal(fonts_advance(fonts, FONT_REGULAR, used->glyphs[0].id),
                     1000);
    size_t size = 0;
    bool is_cff = false;
    const unsigned char *program =
        fonts_program(fonts, FONT_REGULAR, &size, &is_cff);
    assert_true(is_cff && size > 100);
    assert_int_equal(program[0], 1); /* the version of CFF */
    fonts_close(fonts);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_list_names_the_files_that_are_there),
        cmocka_unit_test(first_file_that_exists_serves_the_role),
        cmocka_unit_test(missing_font_names_the_package),
        cmocka_unit_test(font_of_another_version_is_refused),
        cmocka_unit_test(file_that_is_no_font_is_refused),
        cmocka_unit_test(bad_line_of_the_list_is_named),
        cmocka_unit_test(missing_character_is_found),
        cmocka_unit_test(same_text_is_shaped_once),
        cmocka_unit_test(subset_keeps_what_is_used_and_no_more),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
