/*
 * Input files: text, marks, checksum, limits, lines.
 */
#include "folder.h"

#include <errno.h>

static struct source *
read_at(struct fixture *fixture, const char *path, size_t limit)
{
    bool is_too_large;
    int reason;
    struct source *source =
        source_read(fixture->arena, path, "n", limit, &is_too_large, &reason);
    assert_non_null(source);
    assert_false(is_too_large);
    return source;
}

static void
is_text(const struct source *source, const char *expected)
{
    assert_int_equal(source->size, strlen(expected));
    assert_memory_equal(source->bytes, expected, source->size);
}

static void
a_file_is_read_whole_with_its_checksum(void **state)
{
    const struct source *source =
        read_at(*state, put_file(*state, "a", "abc"), 3);
    is_text(source, "abc");
    assert_int_equal(source->file_size, 3);
    assert_string_equal(source->sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410"
                        "ff61f20015ad");
    assert_string_equal(source->name, "n");
    assert_string_equal(source->path, in_folder(*state, "a"));
    is_text(read_at(*state, put_file(*state, "empty", ""), 0), "");
}

/* A large file, its last line known. */
static struct source *
read_large(struct fixture *fixture, const char *last)
{
    static char text[300002];
    memset(text, 'x', 300000);
    for (size_t i = 99; i < 300000; i += 100)
        text[i] = '\n';
    strcpy(text + 300000, last);
    return read_at(fixture, put_file(fixture, "large", text), 1000000);
}

static void
a_forgotten_text_is_read_again(void **state)
{
    size_t length;
    struct source *source = read_large(*state, "y");
    source_forget(source);
    assert_null(source->bytes);
    const char *line = source_line(source, 3001, &length);
    assert_non_null(line);
    assert_int_equal(length, 1);
    assert_memory_equal(line, "y", 1);
    assert_int_equal(source_text(source)[0], 'x');
    assert_ptr_equal(source_text(source), source_text(source));
}

static void
a_file_that_is_another_by_now_is_not_read_again(void **state)
{
    size_t length;
    struct source *source = read_large(*state, "y");
    source_forget(source);
    read_large(*state, "z");
    assert_null(source_text(source));
    assert_null(source_line(source, 1, &length));
    source = read_large(*state, "y");
    source_forget(source);
    assert_int_equal(remove(source->path), 0);
    assert_null(source_text(source));
}

static void
a_small_text_is_not_forgotten(void **state)
{
    struct source *source = read_at(*state, put_file(*state, "a", "abc"), 3);
    source_forget(source);
    is_text(source, "abc");
}

static void
byte_order_marks_are_taken_off_and_utf16_is_converted(void **state)
{
    const struct source *source =
        read_at(*state, put_file(*state, "a", "\xEF\xBB\xBFx: 1"), 100);
    is_text(source, "x: 1");
    assert_int_equal(source->file_size, 7);
    static const char le[] = "\xFF\xFEx\0\xE9\0\xD0\x63\x3D\xD8\x80\xDE";
    static const char be[] = "\xFE\xFF\0x\0\xE9\x63\xD0\xD8\x3D\xDE\x80";
    source = read_at(*state, put_bytes(*state, "b", le, 12), 100);
    is_text(source, "x\u00E9\u63D0\U0001F680");
    assert_true(source->is_converted);
    assert_int_equal(source->file_size, 12);
    source = read_at(*state, put_bytes(*state, "c", be, 12), 100);
    is_text(source, "x\u00E9\u63D0\U0001F680");
    source = read_at(*state, put_bytes(*state, "d", "\xFE\xFF", 2), 100);
    is_text(source, "");
    source = read_at(*state, put_bytes(*state, "e", "\xFE", 1), 100);
    is_text(source, "\xFE");
}

static void
what_utf16_cannot_mean_stays_invalid(void **state)
{
    const struct source *source =
        read_at(*state, put_bytes(*state, "a", "\xFF\xFEx\0\x3D\xD8y", 7), 100);
    is_text(source, "x\xED\xA0\xBD\xFF");
    source =
        read_at(*state, put_bytes(*state, "b", "\xFF\xFE\x3D\xD8y\0", 6), 100);
    is_text(source, "\xED\xA0\xBDy");
    source =
        read_at(*state, put_bytes(*state, "c", "\xFF\xFE\x80\xDEy\0", 6), 100);
    is_text(source, "\xED\xBA\x80y");
}

static void
files_that_cannot_be_read_say_why(void **state)
{
    struct fixture *fixture = *state;
    bool is_too_large;
    int reason;
    assert_null(source_read(fixture->arena, in_folder(fixture, "none"), "n", 10,
                            &is_too_large, &reason));
    assert_false(is_too_large);
    assert_int_equal(reason, ENOENT);
    assert_false(source_is_system(reason));
    assert_true(source_is_system(EIO));
    assert_null(source_read(fixture->arena, folder, "n", 1000000, &is_too_large,
                            &reason));
    assert_int_equal(reason, EISDIR);
    assert_null(source_read(fixture->arena,
                            put_file(fixture, "a", "12345678901"), "n", 10,
                            &is_too_large, &reason));
    assert_true(is_too_large);
    assert_null(source_read(fixture->arena, "/dev/zero", "n", 100000,
                            &is_too_large, &reason));
    assert_true(is_too_large);
}

static void
a_stream_is_read_to_its_end(void **state)
{
    struct fixture *fixture = *state;
    int ends[2];
    char sent[60000];
    memset(sent, 'x', sizeof sent);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], sent, sizeof sent), sizeof sent);
    close(ends[1]);
    char *path = arena_format(fixture->arena, "/dev/fd/%d", ends[0]);
    const struct source *source = read_at(fixture, path, 1000000);
    assert_int_equal(source->size, sizeof sent);
    close(ends[0]);
}

static void
lines_are_found_by_all_line_ends(void **state)
{
    const struct source *source = source_of(*state, "a\nbb\r\nccc\r\rd");
    static const char *const lines[] = {"a", "bb", "ccc", "", "d"};
    size_t length;
    for (unsigned i = 0; i < 5; i++) {
        const char *line = source_line(source, i + 1, &length);
        assert_int_equal(length, strlen(lines[i]));
        assert_memory_equal(line, lines[i], length);
    }
    assert_null(source_line(source, 6, &length));
    source = source_of(*state, "a\r");
    assert_non_null(source_line(source, 2, &length));
    assert_int_equal(length, 0);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_file_is_read_whole_with_its_checksum),
        FOLDER_TEST(byte_order_marks_are_taken_off_and_utf16_is_converted),
        FOLDER_TEST(what_utf16_cannot_mean_stays_invalid),
        FOLDER_TEST(files_that_cannot_be_read_say_why),
        FOLDER_TEST(a_stream_is_read_to_its_end),
        FOLDER_TEST(a_forgotten_text_is_read_again),
        FOLDER_TEST(a_file_that_is_another_by_now_is_not_read_again),
        FOLDER_TEST(a_small_text_is_not_forgotten),
        FOLDER_TEST(lines_are_found_by_all_line_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
