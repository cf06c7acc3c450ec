/*
 * INPUT arguments: which files they stand for, in what order, under what
 * names.
 */
#include "folder.h"

#include "input/inputs.h"

/* The names that inputs stand for, joined by blanks. */
static const char *
names_of(struct fixture *fixture, char *const *inputs, size_t count)
{
    struct input_file *files;
    const char *names = "";
    size_t file_count =
        inputs_list(fixture->arena, inputs, count, fixture->diag, &files);
    for (size_t i = 0; i < file_count; i++)
        names = arena_format(fixture->arena, "%s%s%s", names, i ? " " : "",
                             files[i].name);
    return names;
}

static void
make_folder(struct fixture *fixture, const char *name)
{
    assert_int_equal(mkdir(in_folder(fixture, name), 0700), 0);
}

static void
a_folder_stands_for_its_yaml_files_in_byte_order_of_paths(void **state)
{
    static const char *const files[] = {
        "b.yaml",     "a.yml",       "a/z.yaml", "a-b.yaml", "a/deep/1.yml",
        "notes.txt",  ".hidden.yaml", ".git/x.yaml", "B.yaml", "c.yaml.bak",
        "C.YAML",     "双11.yaml",   "yaml"};
    make_folder(*state, "a");
    make_folder(*state, "a/deep");
    make_folder(*state, ".git");
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        put_file(*state, files[i], "");
    char *inputs[] = {folder};
    assert_string_equal(names_of(*state, inputs, 1),
                        "B.yaml a-b.yaml a.yml a/deep/1.yml a/z.yaml b.yaml "
                        "双11.yaml");
}

static void
a_file_has_its_own_name_and_any_suffix(void **state)
{
    char *inputs[] = {put_file(*state, "b.txt", ""),
                      put_file(*state, "a.yaml", "")};
    assert_string_equal(names_of(*state, inputs, 2), "b.txt a.yaml");
    assert_int_equal(chdir(folder), 0);
    char *here[] = {(char[]){"a.yaml"}};
    assert_string_equal(names_of(*state, here, 1), "a.yaml");
}

static void
a_file_reached_twice_is_read_once(void **state)
{
    char *file = put_file(*state, "b.yaml", "");
    put_file(*state, "a.yaml", "");
    char *with_slash = in_folder(*state, "");
    char *inputs[] = {file, folder, with_slash, file};
    assert_string_equal(names_of(*state, inputs, 4), "b.yaml a.yaml");
    assert_int_equal(
        link(file, in_folder(*state, "0-same.yaml")), 0);
    char *only[] = {folder};
    assert_string_equal(names_of(*state, only, 1), "0-same.yaml a.yaml");
}

static void
loops_of_links_end(void **state)
{
    struct fixture *fixture = *state;
    make_folder(fixture, "sub");
    put_file(fixture, "sub/a.yaml", "");
    assert_int_equal(symlink("..", in_folder(fixture, "sub/up")), 0);
    assert_int_equal(symlink("sub", in_folder(fixture, "again")), 0);
    char *inputs[] = {folder};
    assert_string_equal(names_of(fixture, inputs, 1), "again/a.yaml");
    assert_false(diag_has_errors(fixture->diag));
}

static void
a_folder_whose_files_were_all_given_before_is_no_mistake(void **state)
{
    struct fixture *fixture = *state;
    make_folder(fixture, "sub");
    char *file = put_file(fixture, "sub/a.yaml", "");
    char *inputs[] = {file, folder};
    assert_string_equal(names_of(fixture, inputs, 2), "a.yaml");
    assert_false(diag_has_errors(fixture->diag));
}

static void
what_is_missing_or_empty_is_reported(void **state)
{
    struct fixture *fixture = *state;
    make_folder(fixture, "sub");
    char *inputs[] = {in_folder(fixture, "none.yaml"),
                      in_folder(fixture, "sub")};
    assert_string_equal(names_of(fixture, inputs, 2), "");
    const struct diag_entry *list;
    assert_int_equal(diag_list(fixture->diag, DIAG_ERROR, &list), 2);
    assert_non_null(strstr(list[0].text, "No such file"));
    assert_non_null(strstr(list[1].text, "no *.yaml and no *.yml"));
}

static void
a_dangling_link_is_reported_and_odd_files_are_passed_over(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "a.yaml", "");
    assert_int_equal(symlink("nowhere", in_folder(fixture, "b.yaml")), 0);
    assert_int_equal(symlink("nowhere", in_folder(fixture, "c.txt")), 0);
    assert_int_equal(mkfifo(in_folder(fixture, "d.yaml"), 0600), 0);
    char *inputs[] = {folder};
    assert_string_equal(names_of(fixture, inputs, 1), "a.yaml");
    assert_int_equal(diag_error_count(fixture->diag), 1);
}

static void
a_folder_of_many_files_is_listed_whole(void **state)
{
    struct input_file *files;
    struct fixture *fixture = *state;
    for (int i = 0; i < 500; i++)
        put_file(fixture, arena_format(fixture->arena, "%03d.yaml", i), "");
    char *inputs[] = {folder};
    assert_int_equal(
        inputs_list(fixture->arena, inputs, 1, fixture->diag, &files), 500);
    for (int i = 0; i < 500; i++)
        assert_string_equal(files[i].name,
                            arena_format(fixture->arena, "%03d.yaml", i));
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_folder_stands_for_its_yaml_files_in_byte_order_of_paths),
        FOLDER_TEST(a_file_has_its_own_name_and_any_suffix),
        FOLDER_TEST(a_file_reached_twice_is_read_once),
        FOLDER_TEST(loops_of_links_end),
        FOLDER_TEST(a_folder_whose_files_were_all_given_before_is_no_mistake),
        FOLDER_TEST(what_is_missing_or_empty_is_reported),
        FOLDER_TEST(a_dangling_link_is_reported_and_odd_files_are_passed_over),
        FOLDER_TEST(a_folder_of_many_files_is_listed_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
