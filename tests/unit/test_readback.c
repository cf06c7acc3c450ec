/*
 * Reading the workbook back: what was written passes; a file that is cut off,
 * altered or another one does not.
 */
#include "book_maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <unzip.h>
#include <zip.h>

#include "render/readback.h"
#include "render/xlsx.h"
#include "render/xlsx_package.h"

#define FOLDER "/tmp"
#define MAX_PART (1 << 20)

static char good[64], altered[64];
static const struct xlsx_sum *sums; /* of the good one */

static const struct sheet_plan *
write_good_by(struct arena *arena, const char *template)
{
    const struct sheet_plan *plan =
        plan_book_by(make_book_season(arena), template, LANG_EN);
    const char *why = "";
    snprintf(good, sizeof good, "%s/headroom-readback-%d.xlsx", FOLDER,
             (int)getpid());
    snprintf(altered, sizeof altered, "%s/headroom-altered-%d.xlsx", FOLDER,
             (int)getpid());
    if (!xlsx_write(arena, plan, good, FOLDER, &sums, &why))
        fail_msg("%s", why);
    return plan;
}

static const struct sheet_plan *
write_good(struct arena *arena)
{
    return write_good_by(arena, "templates/review.yaml");
}

static void
clear(void)
{
    remove(good);
    remove(altered);
}

/* A copy of the file in which the first `from` of a part is `to`; to NULL cuts
   the part off there, from NULL leaves the part out. */
static void
alter(const char *part, const char *from, const char *to)
{
    static char bytes[MAX_PART + 256], name[256];
    unzFile in = unzOpen64(good);
    zipFile out = zipOpen64(altered, APPEND_STATUS_CREATE);
    bool found = false;
    assert_non_null(in);
    for (int more = unzGoToFirstFile(in); more == UNZ_OK;
         more = unzGoToNextFile(in)) {
        unzGetCurrentFileInfo64(in, NULL, name, sizeof name, NULL, 0, NULL, 0);
        unzOpenCurrentFile(in);
        int length = unzReadCurrentFile(in, bytes, MAX_PART);
        assert_in_range(length, 1, MAX_PART - 1);
        unzCloseCurrentFile(in);
        bytes[length] = '\0';
        if (strcmp(name, part) == 0) {
            found = true;
            if (from == NULL)
                continue;
            char *at = strstr(bytes, from);
            assert_non_null(at);
            if (to == NULL) {
                length = (int)(at - bytes);
            } else {
                memmove(at + strlen(to), at + strlen(from),
                        strlen(at + strlen(from)) + 1);
                memcpy(at, to, strlen(to));
                length += (int)strlen(to) - (int)strlen(from);
            }
        }
        zip_fileinfo info = {0};
        zipOpenNewFileInZip(out, name, &info, NULL, 0, NULL, 0, NULL,
                            Z_DEFLATED, 6);
        zipWriteInFileInZip(out, bytes, (unsigned)length);
        zipCloseFileInZip(out);
    }
    zipClose(out, NULL);
    unzClose(in);
    assert_true(found);
}

/* That the altered file is refused, for that reason. */
static void
assert_refused(struct arena *arena, const struct sheet_plan *plan,
               const char *reason)
{
    const char *why = "";
    assert_false(readback_workbook(arena, plan, NULL, altered, &why));
    if (strstr(why, reason) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", why, reason);
}

static void
what_was_written_passes(void **state)
{
    struct arena *arena = *state;
    const struct sheet_plan *plan = write_good(arena);
    const char *why = "";
    bool same = readback_workbook(arena, plan, sums, good, &why);
    clear();
    if (!same)
        fail_msg("%s", why);
}

static void
an_altered_cell_is_found(void **state)
{
    static const struct {
        const char *part, *from, *to, *reason;
    } cases[] = {
        {"xl/worksheets/sheet4.xml", "<v>15000</v>",   "<v>15001</v>",
         "another number"                                                                        },
        {"xl/worksheets/sheet4.xml", "<v>0.762</v>",   "<v></v>",
         "another number"                                                                        },
        {"xl/worksheets/sheet4.xml", "<t>order</t>",   "<t>ordel</t>",
         "another text"                                                                          },
        {"xl/worksheets/sheet4.xml", "<f>INDEX(",      "<f>INDEX(1*",
         "another formula"                                                                       },
        {"xl/worksheets/sheet8.xml", "<v>11430</v>",   "<v>11430.5</v>",
         "another number"                                                                        },
        {"xl/worksheets/sheet8.xml", "<row r=\"7\">",  "<row r=\"6\">",
         "row 6 is not expected"                                                                 },
        {"xl/worksheets/sheet8.xml", "<row r=\"12\">", "<row r=\"99\">",
         "row 99 is not expected"                                                                },
        {"xl/worksheets/sheet8.xml", "<c r=\"A6\"",    "<c r=\"ZZ6\"",   "missing"               },
        {"xl/worksheets/sheet8.xml", "</sheetData>",
         "<row r=\"13\"><c r=\"A13\"><v>1</v></c></row></sheetData>",    "row 13 is not expected"},
    };
    struct arena *arena = *state;
    const struct sheet_plan *plan = write_good(arena);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        alter(cases[i].part, cases[i].from, cases[i].to);
        assert_refused(arena, plan, cases[i].reason);
    }
    clear();
}

static void
a_part_that_is_cut_off_or_missing_is_found(void **state)
{
    static const char *const parts[] = {"xl/worksheets/sheet4.xml",
                                        "xl/worksheets/sheet8.xml",
                                        "xl/workbook.xml",
                                        "xl/styles.xml",
                                        "xl/charts/chart1.xml",
                                        "docProps/core.xml",
                                        "_rels/.rels"};
    struct arena *arena = *state;
    const struct sheet_plan *plan = write_good(arena);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        alter(parts[i], "</", NULL);
        assert_refused(arena, plan, "no sound XML");
    }
    alter("xl/worksheets/sheet8.xml", NULL, NULL);
    assert_refused(arena, plan, "parts are missing");
    clear();
}

/* The zip's own sums are right: what was cut off before it was packed. */
static void
a_picture_that_is_cut_off_altered_or_missing_is_found(void **state)
{
    static const char part[] = "xl/media/image1.png";
    struct arena *arena = *state;
    const struct sheet_plan *plan =
        write_good_by(arena, "samples/template-own/template.yaml");
    const char *why = "";
    assert_true(readback_workbook(arena, plan, sums, good, &why));
    alter(part, "NG", NULL);
    assert_refused(arena, plan, "image1.png is another picture");
    alter(part, "PNG", "PNGX");
    assert_refused(arena, plan, "image1.png is another picture");
    alter(part, NULL, NULL);
    assert_refused(arena, plan, "parts are missing");
    const struct sheet_plan *plain =
        plan_book(make_book_season(arena), LANG_EN);
    assert_false(readback_workbook(arena, plain, sums, good, &why));
    clear();
}

/* The last rows gone, the XML sound. */
static void
rows_that_are_missing_are_found(void **state)
{
    struct arena *arena = *state;
    const struct sheet_plan *plan = write_good(arena);
    alter("xl/worksheets/sheet8.xml", "<row r=\"8\">",
          "</sheetData><x><row r=\"8\">");
    assert_refused(arena, plan, "sheet Steps");
    alter("xl/worksheets/sheet8.xml", "<sheetData>", "<sheetDate>");
    assert_refused(arena, plan, "");
    clear();
}

static void
a_file_that_is_cut_off_is_found(void **state)
{
    struct arena *arena = *state;
    const struct sheet_plan *plan = write_good(arena);
    const char *why = "";
    alter("_rels/.rels", "</", "</");
    for (long size = 20000; size >= 0; size -= 2500) {
        assert_int_equal(truncate(altered, size), 0);
        assert_refused(arena, plan, "");
    }
    remove(altered);
    assert_false(readback_workbook(arena, plan, NULL, altered, &why));
    clear();
}

/* The sums of a large workbook's sheets, here of a small one's. */
static void
a_sheet_is_known_by_its_sum(void **state)
{
    struct arena *arena = *state;
    const struct sheet_plan *plan = write_good(arena);
    struct xlsx_sum kept[SHEET_KINDS];
    const char *why = "";
    for (size_t i = 0; i < plan->sheet_count; i++) {
        kept[i] = sums[i];
        assert_false(kept[i].is_kept);
        kept[i].is_kept = true;
    }
    assert_true(readback_workbook(arena, plan, kept, good, &why));
    alter("xl/worksheets/sheet4.xml", "<v>15000</v>", "<v>15001</v>");
    assert_false(readback_workbook(arena, plan, kept, altered, &why));
    assert_non_null(strstr(why, "is damaged"));
    kept[3].text++;
    assert_false(readback_workbook(arena, plan, kept, good, &why));
    assert_non_null(strstr(why, "sheet4.xml is damaged"));
    clear();
}

static void
the_workbook_of_another_season_is_found(void **state)
{
    struct arena *arena = *state;
    const struct sheet_plan *plan = write_good(arena);
    struct made *made = make_book_season(arena);
    made->baseline[0].peak_qps = given("10001");
    const char *why = "";
    assert_ptr_not_equal(plan, NULL);
    assert_false(
        readback_workbook(arena, plan_book(made, LANG_EN), sums, good, &why));
    clear();
}

static void
a_folder_that_is_not_there_is_said(void **state)
{
    struct arena *arena = *state;
    const struct sheet_plan *plan = plan_book(make_book_season(arena), LANG_EN);
    const char *why = NULL;
    assert_false(
        xlsx_write(arena, plan, "/nowhere/at/all.xlsx", FOLDER, &sums, &why));
    assert_non_null(strstr(why, "/nowhere/at/all.xlsx"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_was_written_passes),
        TEST(an_altered_cell_is_found),
        TEST(a_part_that_is_cut_off_or_missing_is_found),
        TEST(a_picture_that_is_cut_off_altered_or_missing_is_found),
        TEST(rows_that_are_missing_are_found),
        TEST(a_file_that_is_cut_off_is_found),
        TEST(a_sheet_is_known_by_its_sum),
        TEST(the_workbook_of_another_season_is_found),
        TEST(a_folder_that_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
