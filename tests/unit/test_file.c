/*
 * Files of results: plain, gzip, UTF-16, streamed or whole, with size and
 * checksum of the file itself; and what reading them refuses.
 */
#include "folder.h"

#include <errno.h>

#include <zlib.h>

#include "results/file.h"

static struct input *
open_at(struct fixture *fixture, const char *path)
{
    fixture->diag = diag_new(fixture->arena);
    return input_open(fixture->arena, path, "n", 7, (struct place){0},
                      fixture->diag, true);
}

/* Gzip of bytes, as one member. */
static size_t
pack(const char *bytes, size_t size, unsigned char *to, size_t room)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)bytes,
                       .avail_in = (uInt)size,
                       .next_out = to,
                       .avail_out = (uInt)room};
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8,
                                  Z_DEFAULT_STRATEGY),
                     Z_OK);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deflateEnd(&stream);
    return stream.total_out;
}

/* All of a file, block by block. */
static char *
stream_all(struct fixture *fixture, struct input *input, size_t *size)
{
    size_t got;
    char *all = arena_alloc(fixture->arena, (size_t)8 << 20);
    *size = 0;
    for (const char *block; (block = input_block(input, &got)), got > 0;) {
        memcpy(all + *size, block, got);
        *size += got;
    }
    return all;
}

static char large[3 << 20];
static unsigned char packed[4 << 20];

static void
make_large(void)
{
    uint32_t state = 1;
    for (size_t i = 0; i < sizeof large; i++) {
        state = state * 1103515245 + 12345;
        large[i] = (char)('a' + (state >> 16) % 23);
    }
}

static void
a_plain_file_is_streamed_with_its_size_and_checksum(void **state)
{
    size_t size;
    struct input *input = open_at(*state, put_file(*state, "a", "abc"));
    assert_non_null(input);
    const char *all = stream_all(*state, input, &size);
    assert_int_equal(size, 3);
    assert_memory_equal(all, "abc", 3);
    assert_true(input_close(input));
    const struct source *source = input_source(input);
    assert_int_equal(source->file_size, 3);
    assert_int_equal(source->order, 7);
    assert_string_equal(source->sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410"
                        "ff61f20015ad");
}

static void
gzip_of_several_members_is_undone(void **state)
{
    size_t half = sizeof large / 2, size;
    make_large();
    size_t first = pack(large, half, packed, sizeof packed);
    size_t all = first + pack(large + half, sizeof large - half, packed + first,
                              sizeof packed - first);
    struct input *input =
        open_at(*state, put_bytes(*state, "a.gz", packed, all));
    assert_non_null(input);
    const char *text = stream_all(*state, input, &size);
    assert_int_equal(size, sizeof large);
    assert_memory_equal(text, large, size);
    assert_true(input_close(input));
    assert_int_equal(input_source(input)->file_size, all);
    uint64_t none;
    assert_int_equal(input_descriptor(input, &none), -1);
}

static void
a_whole_text_is_the_same_by_every_way(void **state)
{
    make_large();
    size_t all = pack(large, sizeof large, packed, sizeof packed);
    const char *paths[] = {
        put_bytes(*state, "plain", large, sizeof large),
        put_bytes(*state, "gzip", packed, all)};
    for (size_t i = 0; i < 2; i++) {
        struct input *input = open_at(*state, paths[i]);
        size_t head;
        assert_memory_equal(input_head(input, &head), large, INPUT_HEAD);
        assert_int_equal(head, INPUT_HEAD);
        const struct source *source = input_whole(input);
        assert_non_null(source);
        assert_int_equal(source->size, sizeof large);
        assert_memory_equal(source->bytes, large, sizeof large);
        assert_true(input_close(input));
    }
}

static void
damaged_gzip_counts_for_nothing(void **state)
{
    struct fixture *fixture = *state;
    size_t size, all = pack("some text of a file", 19, packed, sizeof packed);
    static const char *const why[] = {"it is cut off", "bytes follow its end",
                                      "incorrect data check"};
    for (unsigned i = 0; i < 3; i++) {
        unsigned char bytes[256];
        memcpy(bytes, packed, all);
        memset(bytes + all, 'x', 8);
        if (i == 2)
            bytes[all - 6] ^= 1; /* of the checksum */
        struct input *input =
            open_at(fixture, put_bytes(fixture, "damaged.gz", bytes,
                                       i == 0   ? all - 4
                                       : i == 1 ? all + 8
                                                : all));
        assert_non_null(input);
        stream_all(fixture, input, &size);
        assert_false(input_close(input));
        assert_non_null(strstr(first_line(fixture), why[i]));
        assert_non_null(strstr(first_line(fixture),
                               ":1:1: error: the gzip data are damaged"));
    }
}

static void
marks_are_taken_off_and_utf_16_is_converted(void **state)
{
    static const unsigned char utf16[] = {0xFF, 0xFE, 'a', 0, 0x2D, 0x4E};
    size_t size;
    struct input *input =
        open_at(*state, put_file(*state, "mark", "\xEF\xBB\xBFtext"));
    assert_memory_equal(input_head(input, &size), "text", 4);
    assert_int_equal(size, 4);
    stream_all(*state, input, &size);
    assert_int_equal(size, 4);
    assert_true(input_close(input));
    input = open_at(*state, put_bytes(*state, "utf16", utf16, sizeof utf16));
    assert_true(input_is_converted(input));
    const struct source *source = input_whole(input);
    assert_int_equal(source->size, 4);
    assert_memory_equal(source->bytes, "a中", 4);
    assert_true(input_close(input));
    assert_int_equal(source->file_size, sizeof utf16);
}

static void
a_file_read_by_pread_has_its_checksum_too(void **state)
{
    uint64_t size;
    char byte;
    struct input *input = open_at(*state, put_file(*state, "a", "abc"));
    int file = input_descriptor(input, &size);
    assert_true(file >= 0);
    assert_int_equal(size, 3);
    assert_int_equal(pread(file, &byte, 1, 2), 1);
    assert_int_equal(byte, 'c');
    input_advance(input, 3);
    assert_true(input_close(input));
    assert_int_equal(input_source(input)->file_size, 3);
    assert_int_equal(strncmp(input_source(input)->sha256, "ba7816bf", 8), 0);
}

static void
what_cannot_be_read_is_reported(void **state)
{
    struct fixture *fixture = *state;
    assert_null(open_at(fixture, in_folder(fixture, "none")));
    assert_non_null(strstr(first_line(fixture), "cannot read"));
    assert_null(open_at(fixture, folder));
    assert_non_null(strstr(first_line(fixture), "cannot read"));
    size_t size;
    struct input *input = open_at(fixture, put_file(fixture, "a", "abc"));
    stream_all(fixture, input, &size);
    input_fail(input, EIO);
    assert_false(input_close(input));
    assert_true(diag_has(fixture->diag, DIAG_READ_FAILED));
}

static void
a_place_shows_the_line_that_it_was_given(void **state)
{
    struct fixture *fixture = *state;
    struct input *input = open_at(fixture, put_file(fixture, "a", "abc"));
    diag_add(fixture->diag, DIAG_NUL,
             input_place(input, 70001, 3, "one,two", 7), NULL);
    const char *said = printed(fixture);
    assert_non_null(strstr(said, ":70001:3: error: a NUL"));
    assert_non_null(strstr(said, "70001 | one,two\n      |   ^"));
    input_drop(input);
}

static void
the_origin_is_that_of_the_first_bytes(void **state)
{
    make_large();
    size_t all = pack(large, sizeof large, packed, sizeof packed);
    struct input *plain =
        open_at(*state, put_bytes(*state, "plain", large, sizeof large));
    struct input *gzip =
        open_at(*state, put_bytes(*state, "gzip", packed, all));
    struct input *other = open_at(*state, put_file(*state, "other", "abc"));
    assert_true(input_origin(plain) == input_origin(gzip));
    assert_true(input_origin(plain) != input_origin(other));
    input_drop(plain);
    input_drop(gzip);
    input_drop(other);
}

#define IN_FOLDER(name)                                                        \
    cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_plain_file_is_streamed_with_its_size_and_checksum),
        IN_FOLDER(gzip_of_several_members_is_undone),
        IN_FOLDER(a_whole_text_is_the_same_by_every_way),
        IN_FOLDER(damaged_gzip_counts_for_nothing),
        IN_FOLDER(marks_are_taken_off_and_utf_16_is_converted),
        IN_FOLDER(a_file_read_by_pread_has_its_checksum_too),
        IN_FOLDER(what_cannot_be_read_is_reported),
        IN_FOLDER(a_place_shows_the_line_that_it_was_given),
        IN_FOLDER(the_origin_is_that_of_the_first_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
