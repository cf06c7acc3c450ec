/*
 * Publishing: whole new or whole old, and nobody else's file lost.
 */
#include "stage_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/place.h"
#include "base/stage.h"

static const char *why;

static const char *
text_of(const char *path)
{
    FILE *file = fopen(at(path), "r");
    if (file == NULL)
        return "(none)";
    char *text = arena_alloc(arena, 1000);
    size_t length = fread(text, 1, 999, file);
    text[length] = '\0';
    fclose(file);
    return text;
}

static size_t
entries(const char *path)
{
    struct folder_entry *list;
    size_t count;
    assert_true(folder_read(arena, at(path), &list, &count, &why));
    return count;
}

static bool
is_ours(const char *name, const void *context)
{
    return strncmp(name, context, strlen(context)) == 0;
}

/* Publishes s.pdf and s.json with a text each. */
static bool
publish(const char *folder, const char *text)
{
    struct stage *stage = stage_open(arena, folder, &why);
    if (stage == NULL)
        return false;
    bool good = stage_write(stage, "s.pdf", text, strlen(text), &why) &&
                stage_write(stage, "s.json", text, strlen(text), &why) &&
                stage_commit(stage, is_ours, "s.", &why);
    stage_close(stage);
    return good;
}

static void
a_missing_folder_appears_with_the_set(void **state)
{
    (void)state;
    assert_true(publish(at("out"), "one"));
    assert_string_equal(text_of("out/s.pdf"), "one");
    assert_string_equal(text_of("out/s.json"), "one");
    assert_int_equal(entries("out"), 2);
    assert_int_equal(entries("."), 1);
}

static void
missing_parents_appear_too(void **state)
{
    (void)state;
    assert_true(publish(at("a/./b//c/"), "one"));
    assert_string_equal(text_of("a/b/c/s.pdf"), "one");
    assert_int_equal(entries("."), 1);
    assert_int_equal(entries("a"), 1);
}

static void
a_new_folder_has_the_mode_that_the_umask_leaves(void **state)
{
    (void)state;
    struct stat about;
    mode_t before = umask(027);
    bool good = publish(at("a/b"), "one");
    umask(before);
    assert_true(good);
    assert_int_equal(stat(at("a"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0750);
    assert_int_equal(stat(at("a/b"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0750);
    assert_int_equal(stat(at("a/b/s.pdf"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640);
}

static void
a_second_set_replaces_the_first_and_what_it_claims(void **state)
{
    (void)state;
    assert_true(publish(at("out"), "one"));
    put("out/s.xlsx", "of an earlier run");
    assert_true(publish(at("out"), "two"));
    assert_string_equal(text_of("out/s.pdf"), "two");
    assert_string_equal(text_of("out/s.json"), "two");
    assert_int_equal(entries("out"), 2);
    assert_int_equal(entries("."), 1);
}

static void
what_others_keep_there_stays(void **state)
{
    (void)state;
    struct stat before, after;
    assert_int_equal(mkdir(at("out"), 0700), 0);
    assert_int_equal(mkdir(at("out/sub"), 0711), 0);
    assert_int_equal(mkdir(at("out/sub/empty"), 0500), 0);
    assert_int_equal(mkdir(at("out/s.folder"), 0755), 0);
    put("out/notes.txt", "mine");
    put("out/sub/deep.txt", "deep");
    assert_int_equal(symlink("nowhere", at("out/link")), 0);
    assert_int_equal(mkfifo(at("out/fifo"), 0600), 0);
    assert_int_equal(stat(at("out/sub/deep.txt"), &before), 0);
    assert_true(publish(at("out"), "one"));
    assert_string_equal(text_of("out/notes.txt"), "mine");
    assert_int_equal(stat(at("out/sub/deep.txt"), &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(after.st_nlink, 1);
    assert_int_equal(lstat(at("out/link"), &after), 0);
    assert_true(S_ISLNK(after.st_mode));
    assert_int_equal(lstat(at("out/fifo"), &after), 0);
    assert_true(S_ISFIFO(after.st_mode));
    assert_int_equal(lstat(at("out/sub"), &after), 0);
    assert_int_equal(after.st_mode & 07777, 0711);
    assert_int_equal(lstat(at("out/sub/empty"), &after), 0);
    assert_int_equal(after.st_mode & 07777, 0500);
    assert_int_equal(lstat(at("out/s.folder"), &after), 0);
    assert_true(S_ISDIR(after.st_mode));
    assert_int_equal(lstat(at("out"), &after), 0);
    assert_int_equal(after.st_mode & 07777, 0700);
    assert_int_equal(entries("out"), 7);
    assert_int_equal(entries("."), 1);
}

static void
a_destination_that_is_a_link_is_followed_once(void **state)
{
    (void)state;
    struct stat about;
    assert_int_equal(mkdir(at("real"), 0755), 0);
    assert_int_equal(symlink("real", at("out")), 0);
    assert_true(publish(at("out"), "one"));
    assert_int_equal(lstat(at("out"), &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_string_equal(text_of("real/s.pdf"), "one");
    assert_int_equal(entries("."), 2);
}

static void
a_link_in_the_place_of_a_file_is_replaced_not_followed(void **state)
{
    (void)state;
    struct stat about;
    put("victim", "untouched");
    assert_int_equal(mkdir(at("out"), 0755), 0);
    assert_int_equal(symlink("../victim", at("out/s.pdf")), 0);
    assert_true(publish(at("out"), "one"));
    assert_string_equal(text_of("victim"), "untouched");
    assert_int_equal(lstat(at("out/s.pdf"), &about), 0);
    assert_true(S_ISREG(about.st_mode));
}

static void
what_cannot_be_a_destination_is_named(void **state)
{
    (void)state;
    put("file", "text");
    assert_int_equal(symlink("nowhere", at("dangling")), 0);
    assert_false(publish(at("file"), "one"));
    assert_non_null(strstr(why, "/file: Not a directory"));
    assert_false(publish(at("file/below"), "one"));
    assert_non_null(strstr(why, "/file"));
    assert_false(publish(at("dangling"), "one"));
    assert_non_null(strstr(why, "/dangling: No such file"));
    assert_false(publish(at("missing/../out"), "one"));
    assert_false(publish("", "one"));
    assert_string_equal(text_of("file"), "text");
    assert_int_equal(entries("."), 2);
}

static void
a_folder_in_the_way_of_a_file_is_an_error(void **state)
{
    (void)state;
    assert_int_equal(mkdir(at("out"), 0755), 0);
    assert_int_equal(mkdir(at("out/s.pdf"), 0755), 0);
    put("out/s.json", "old");
    assert_false(publish(at("out"), "one"));
    assert_non_null(strstr(why, "s.pdf: Is a directory"));
    assert_string_equal(text_of("out/s.json"), "old");
    assert_int_equal(entries("out"), 2);
    assert_int_equal(entries("."), 1);
}

static void
a_file_that_was_never_written_is_an_error(void **state)
{
    (void)state;
    struct stage *stage = stage_open(arena, at("out"), &why);
    assert_non_null(stage);
    stage_path(stage, "s.pdf");
    assert_false(stage_commit(stage, is_ours, "s.", &why));
    assert_non_null(strstr(why, "s.pdf: No such file"));
    stage_close(stage);
    assert_int_equal(entries("."), 0);
}

static void
temporary_files_of_libraries_do_not_come_along(void **state)
{
    (void)state;
    struct stage *stage = stage_open(arena, at("out"), &why);
    assert_true(stage_write(stage, "s.pdf", "one", 3, &why));
    FILE *file = fopen(folder_join(arena, stage_folder(stage), "scratch"), "w");
    assert_non_null(file);
    fclose(file);
    assert_true(stage_commit(stage, is_ours, "s.", &why));
    stage_close(stage);
    assert_int_equal(entries("out"), 1);
}

static void
closing_without_a_commit_leaves_nothing(void **state)
{
    (void)state;
    put("other", "text");
    struct stage *stage = stage_open(arena, at("a/b/c"), &why);
    assert_true(stage_write(stage, "s.pdf", "one", 3, &why));
    assert_int_equal(entries("."), 2);
    stage_close(stage);
    assert_int_equal(entries("."), 1);
    stage_close(NULL);
}

static void
abandoning_leaves_nothing_and_is_harmless_after(void **state)
{
    (void)state;
    struct stage *stage = stage_open(arena, at("a/b/c"), &why);
    assert_true(stage_write(stage, "s.pdf", "one", 3, &why));
    stage_abandon();
    assert_int_equal(entries("."), 0);
    stage_close(stage);
    stage_abandon();
    assert_true(publish(at("out"), "one"));
    stage_abandon();
    assert_string_equal(text_of("out/s.pdf"), "one");
}

static void
what_a_dead_run_left_is_cleared_and_a_live_one_kept(void **state)
{
    (void)state;
    assert_int_equal(mkdir(at("out"), 0755), 0);
    assert_int_equal(mkdir(at("out/.headroom-abcdef"), 0700), 0);
    assert_int_equal(mkdir(at(".out.headroom-abcdef"), 0700), 0);
    put(".out.headroom-abcdef/s.pdf", "half");
    assert_int_equal(mkdir(at(".out.headroom-nothere"), 0700), 0);
    assert_int_equal(mkdir(at(".other.headroom-abcdef"), 0700), 0);
    struct stage *alive = stage_open(arena, at("out"), &why);
    assert_non_null(alive);
    assert_int_equal(entries("."), 4);
    assert_true(publish(at("out"), "two"));
    assert_int_equal(access(stage_folder(alive), F_OK), 0);
    assert_true(stage_write(alive, "s.pdf", "late", 4, &why));
    assert_true(stage_commit(alive, is_ours, "s.", &why));
    stage_close(alive);
    assert_string_equal(text_of("out/s.pdf"), "late");
    assert_int_equal(entries("out"), 1);
    assert_int_equal(entries("."), 3);
}

static void
two_runs_that_make_the_same_parents_both_arrive(void **state)
{
    (void)state;
    struct stage *one = stage_open(arena, at("out/one"), &why);
    struct stage *two = stage_open(arena, at("out/two"), &why);
    struct stage *again = stage_open(arena, at("out/one"), &why);
    assert_true(stage_write(one, "s.pdf", "one", 3, &why));
    assert_true(stage_write(two, "s.pdf", "two", 3, &why));
    assert_true(stage_write(again, "s.pdf", "new", 3, &why));
    assert_true(stage_commit(one, is_ours, "s.", &why));
    assert_true(stage_commit(two, is_ours, "s.", &why));
    assert_true(stage_commit(again, is_ours, "s.", &why));
    stage_close(one);
    stage_close(two);
    stage_close(again);
    assert_string_equal(text_of("out/one/s.pdf"), "new");
    assert_string_equal(text_of("out/two/s.pdf"), "two");
    assert_int_equal(entries("out"), 2);
    assert_int_equal(entries("."), 1);
}

static void
the_working_folder_may_be_the_destination(void **state)
{
    (void)state;
    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(mkdir(at("out"), 0755), 0);
    assert_int_equal(chdir(at("out")), 0);
    struct stage *stage = stage_open(arena, ".", &why);
    assert_non_null(stage);
    assert_true(stage_write(stage, "s.pdf", "one", 3, &why));
    assert_true(stage_commit(stage, is_ours, "s.", &why));
    assert_true(stage_replaced_working_folder(stage));
    stage_close(stage);
    assert_int_equal(chdir(before), 0);
    assert_string_equal(text_of("out/s.pdf"), "one");
    assert_int_equal(entries("."), 1);
}

/* As another user where the tests run as root, who may write anywhere. */
static void
without_a_writable_parent_files_are_placed_one_by_one(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    struct stat before, after;
    assert_int_equal(mkdir(at("held"), 0755), 0);
    assert_int_equal(mkdir(at("held/out"), 0755), 0);
    put("held/out/s.pdf", "old");
    put("held/out/s.xlsx", "old");
    put("held/out/notes.txt", "mine");
    assert_int_equal(chmod(top, 0755), 0);
    assert_int_equal(chown(at("held/out"), 65534, 65534), 0);
    assert_int_equal(stat(at("held/out"), &before), 0);
    assert_int_equal(seteuid(65534), 0);
    bool good = publish(at("held/out"), "new");
    bool refused = !publish(at("held/other"), "new");
    assert_int_equal(seteuid(0), 0);
    assert_true(good);
    assert_true(refused);
    assert_int_equal(stat(at("held/out"), &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_string_equal(text_of("held/out/s.pdf"), "new");
    assert_string_equal(text_of("held/out/s.json"), "new");
    assert_string_equal(text_of("held/out/notes.txt"), "mine");
    assert_int_equal(entries("held/out"), 3);
}

static void
a_folder_that_may_not_be_written_is_left_alone(void **state)
{
    (void)state;
    if (geteuid() != 0)
        skip();
    assert_int_equal(mkdir(at("out"), 0755), 0);
    put("out/s.pdf", "old");
    assert_int_equal(chmod(top, 0777), 0);
    assert_int_equal(seteuid(65534), 0);
    bool good = publish(at("out"), "new");
    assert_int_equal(seteuid(0), 0);
    assert_false(good);
    assert_non_null(strstr(why, "out: Permission denied"));
    assert_string_equal(text_of("out/s.pdf"), "old");
    assert_int_equal(entries("."), 1);
}

static void
placing_puts_everything_back_when_one_file_fails(void **state)
{
    (void)state;
    assert_int_equal(mkdir(at("out"), 0755), 0);
    assert_int_equal(mkdir(at("staging"), 0755), 0);
    put("out/a", "old a");
    put("staging/a", "new a");
    put("staging/b", "new b");
    const struct stage_file files[] = {
        {"a", at("staging/a"), true},
        {"b", at("staging/b"), true},
        {"c", at("staging/c"), true}, /* not there */
    };
    const struct place_set set = {.target = at("out"),
                                  .staging = at("staging"),
                                  .files = files,
                                  .file_count = 3};
    assert_false(place_files(arena, &set, &why));
    assert_non_null(strstr(why, "out/c"));
    assert_string_equal(text_of("out/a"), "old a");
    assert_int_equal(entries("out"), 1);
}

static void
placing_puts_everything_back_when_a_stale_file_stays(void **state)
{
    (void)state;
    assert_int_equal(mkdir(at("out"), 0755), 0);
    assert_int_equal(mkdir(at("staging"), 0755), 0);
    put("out/a", "old a");
    put("out/x", "old x");
    put("staging/a", "new a");
    const struct stage_file files[] = {
        {"a", at("staging/a"), true}
    };
    const char *stale[] = {"x", "gone"};
    const struct place_set set = {.target = at("out"),
                                  .staging = at("staging"),
                                  .files = files,
                                  .file_count = 1,
                                  .stale = stale,
                                  .stale_count = 2};
    assert_false(place_files(arena, &set, &why));
    assert_string_equal(text_of("out/a"), "old a");
    assert_string_equal(text_of("out/x"), "old x");
    assert_int_equal(entries("out"), 2);
}

static void
a_late_file_of_another_program_is_moved_over(void **state)
{
    (void)state;
    assert_int_equal(mkdir(at("old"), 0755), 0);
    assert_int_equal(mkdir(at("old/sub"), 0755), 0);
    assert_int_equal(mkdir(at("new"), 0755), 0);
    assert_int_equal(mkdir(at("new/sub"), 0755), 0);
    put("old/late", "late");
    put("old/sub/late", "late");
    folder_rescue(arena, at("old"), at("new"));
    assert_string_equal(text_of("new/late"), "late");
    assert_string_equal(text_of("new/sub/late"), "late");
    assert_int_equal(entries("."), 1);
}

static void
a_lock_that_another_run_holds_is_told_from_a_failure(void **state)
{
    (void)state;
    bool held;
    int lock = folder_lock(arena, top, true, &held, &why);
    assert_true(lock >= 0);
    assert_int_equal(folder_lock(arena, top, false, &held, &why), -1);
    assert_true(held);
    close(lock);
    assert_int_equal(folder_lock(arena, at("none"), false, &held, &why), -1);
    assert_false(held);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, stage_setup, stage_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_missing_folder_appears_with_the_set),
        TEST(missing_parents_appear_too),
        TEST(a_new_folder_has_the_mode_that_the_umask_leaves),
        TEST(a_second_set_replaces_the_first_and_what_it_claims),
        TEST(what_others_keep_there_stays),
        TEST(a_destination_that_is_a_link_is_followed_once),
        TEST(a_link_in_the_place_of_a_file_is_replaced_not_followed),
        TEST(what_cannot_be_a_destination_is_named),
        TEST(a_folder_in_the_way_of_a_file_is_an_error),
        TEST(a_file_that_was_never_written_is_an_error),
        TEST(temporary_files_of_libraries_do_not_come_along),
        TEST(closing_without_a_commit_leaves_nothing),
        TEST(abandoning_leaves_nothing_and_is_harmless_after),
        TEST(what_a_dead_run_left_is_cleared_and_a_live_one_kept),
        TEST(two_runs_that_make_the_same_parents_both_arrive),
        TEST(the_working_folder_may_be_the_destination),
        TEST(without_a_writable_parent_files_are_placed_one_by_one),
        TEST(a_folder_that_may_not_be_written_is_left_alone),
        TEST(placing_puts_everything_back_when_one_file_fails),
        TEST(placing_puts_everything_back_when_a_stale_file_stays),
        TEST(a_late_file_of_another_program_is_moved_over),
        TEST(a_lock_that_another_run_holds_is_told_from_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
