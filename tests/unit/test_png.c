/*
 * PNG: what is taken, what is refused and why, and that a library can unpack
 * whatever is taken.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/arena.h"
#include "input/png.h"
#include "model/template.h"
#include "render/picture.h"

#define MOST 4096

/* A PNG put together chunk by chunk. */
struct made {
    unsigned char bytes[MOST];
    size_t size;
};

static int
setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int
teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static void
put_word(unsigned char *at, uint32_t word)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(word >> (24 - 8 * i));
}

static void
begin(struct made *made)
{
    memcpy(made->bytes, "\x89PNG\r\n\x1a\n", 8);
    made->size = 8;
}

static void
put_chunk(struct made *made, const char *name, const void *data, size_t size)
{
    unsigned char *at = made->bytes + made->size;
    put_word(at, (uint32_t)size);
    memcpy(at + 4, name, 4);
    if (size > 0)
        memcpy(at + 8, data, size);
    put_word(at + 8 + size, (uint32_t)crc32(0, at + 4, (unsigned)size + 4));
    made->size += 12 + size;
}

static void
put_head(struct made *made, uint32_t width, uint32_t height, unsigned depth,
         unsigned type, unsigned interlace)
{
    unsigned char head[13] = {0};
    put_word(head, width);
    put_word(head + 4, height);
    head[8] = (unsigned char)depth;
    head[9] = (unsigned char)type;
    head[12] = (unsigned char)interlace;
    put_chunk(made, "IHDR", head, sizeof head);
}

/* size bytes of rows, all 0 but the first, which is the first row's filter. */
static void
put_data(struct made *made, size_t size, unsigned char filter)
{
    unsigned char rows[MOST] = {filter}, packed[MOST];
    uLongf length = sizeof packed;
    assert_int_equal(compress(packed, &length, rows, size), Z_OK);
    put_chunk(made, "IDAT", packed, length);
}

static const unsigned char palette[6] = {0x1f, 0x3a, 0x5f, 255, 255, 255};

/* 4 by 2 pixels of a palette. */
static struct made
small(void)
{
    struct made made;
    begin(&made);
    put_head(&made, 4, 2, 8, 3, 0);
    put_chunk(&made, "PLTE", palette, sizeof palette);
    put_data(&made, 10, 0);
    put_chunk(&made, "IEND", NULL, 0);
    return made;
}

/* Why a PNG is refused, or NULL; one that is taken can be unpacked. */
static const char *
fault_of(struct arena *arena, const void *bytes, size_t size)
{
    struct png png;
    struct template_logo logo = {.path = "it"};
    const char *why = png_head(bytes, size, &png);
    if (why == NULL && (png.width > 1000 || png.height > 1000))
        return "large";
    if (why == NULL)
        why = png_take(arena, bytes, size, &logo.bytes, &logo.size);
    if (why)
        return why;
    struct picture picture;
    if (!picture_unpack(arena, &logo, &picture, &why))
        fail_msg("%s", why);
    assert_int_equal(picture.width, png.width);
    assert_int_equal(picture.height, png.height);
    return NULL;
}

static const char *
fault(struct arena *arena, const struct made *made)
{
    return fault_of(arena, made->bytes, made->size);
}

static void
every_form_that_png_has_is_taken(void **state)
{
    static const struct {
        unsigned depth, type, bits; /* of a pixel */
    } form[] = {
        {1,  0, 1 },
        {2,  0, 2 },
        {4,  0, 4 },
        {8,  0, 8 },
        {16, 0, 16},
        {8,  2, 24},
        {16, 2, 48},
        {1,  3, 1 },
        {2,  3, 2 },
        {4,  3, 4 },
        {8,  3, 8 },
        {8,  4, 16},
        {16, 4, 32},
        {8,  6, 32},
        {16, 6, 64}
    };
    for (size_t i = 0; i < sizeof form / sizeof *form; i++) {
        struct made made;
        begin(&made);
        put_head(&made, 9, 3, form[i].depth, form[i].type, 0);
        if (form[i].type == 3)
            put_chunk(&made, "PLTE", palette, sizeof palette);
        put_data(&made, 3 * (1 + (9 * form[i].bits + 7) / 8), 0);
        put_chunk(&made, "IEND", NULL, 0);
        assert_null(fault(*state, &made));
    }
}

static void
an_interlaced_picture_is_measured_pass_by_pass(void **state)
{
    /* by hand, 8 bits of grey: passes 1 to 7 of 5 by 5 are 1x1, 1x1, 2x1, 1x2,
       3x1, 2x3 and 5x2 pixels; of 1 by 1 only the first has any */
    const size_t five = 2 + 2 + 3 + 2 * 2 + 4 + 3 * 3 + 2 * 6;
    for (int longer = -1; longer <= 1; longer++) {
        struct made made;
        begin(&made);
        put_head(&made, 5, 5, 8, 0, 1);
        put_data(&made, five + (size_t)longer, 0);
        put_chunk(&made, "IEND", NULL, 0);
        if (longer == 0)
            assert_null(fault(*state, &made));
        else
            assert_string_equal(fault(*state, &made), "its picture is damaged");
    }
    struct made made;
    begin(&made);
    put_head(&made, 1, 1, 8, 0, 1);
    put_data(&made, 2, 0);
    put_chunk(&made, "IEND", NULL, 0);
    assert_null(fault(*state, &made));
}

static void
only_the_picture_is_kept(void **state)
{
    struct made plain = small(), made;
    const void *taken;
    size_t size;
    begin(&made);
    put_head(&made, 4, 2, 8, 3, 0);
    put_chunk(&made, "tEXt", "Author\0somebody", 15);
    put_chunk(&made, "pHYs", "\0\0\x2e\x23\0\0\x2e\x23\1", 9);
    put_chunk(&made, "PLTE", palette, sizeof palette);
    put_data(&made, 10, 0);
    put_chunk(&made, "eXIf", "MM", 2);
    put_chunk(&made, "IEND", NULL, 0);
    memcpy(made.bytes + made.size, "left behind", 11);
    assert_null(fault_of(*state, made.bytes, made.size + 11));
    assert_null(png_take(*state, made.bytes, made.size + 11, &taken, &size));
    assert_int_equal(size, plain.size);
    assert_memory_equal(taken, plain.bytes, size);
}

static void
what_is_cut_off_is_refused_wherever(void **state)
{
    struct made made = small();
    for (size_t size = 0; size < made.size; size++)
        assert_string_equal(fault_of(*state, made.bytes, size),
                            size < 8 ? "it does not begin as a PNG"
                                     : "it is cut off");
    assert_string_equal(fault_of(*state, "\xff\xd8\xff\xe0 a photograph", 18),
                        "it does not begin as a PNG");
}

static void
a_byte_that_was_changed_is_found_wherever(void **state)
{
    for (size_t at = 0; at < small().size; at++) {
        struct made made = small();
        made.bytes[at] ^= 0x04;
        assert_non_null(fault(*state, &made));
    }
}

static void
heads_and_chunks_that_png_does_not_allow_are_refused(void **state)
{
    static const struct {
        unsigned width, height, depth, type, interlace;
    } head[] = {
        {0, 1, 8,  0, 0},
        {1, 0, 8,  0, 0},
        {1, 1, 3,  0, 0},
        {1, 1, 16, 3, 0},
        {1, 1, 4,  2, 0},
        {1, 1, 8,  1, 0},
        {1, 1, 8,  5, 0},
        {1, 1, 8,  7, 0},
        {1, 1, 8,  0, 2}
    };
    struct made made;
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) {
        begin(&made);
        put_head(&made, head[i].width, head[i].height, head[i].depth,
                 head[i].type, head[i].interlace);
        assert_string_equal(fault(*state, &made), "its head is wrong");
    }
    begin(&made);
    put_head(&made, 4, 2, 8, 3, 0);
    put_data(&made, 10, 0);
    put_chunk(&made, "IEND", NULL, 0);
    assert_string_equal(fault(*state, &made), "its palette is wrong");
    begin(&made);
    put_head(&made, 4, 2, 8, 3, 0);
    put_chunk(&made, "PLTE", palette, 5);
    assert_string_equal(fault(*state, &made), "its palette is wrong");
    begin(&made);
    put_head(&made, 4, 2, 8, 0, 0);
    put_chunk(&made, "ABCD", NULL, 0);
    assert_string_equal(fault(*state, &made),
                        "it has a chunk that is not known");
    begin(&made);
    put_head(&made, 4, 2, 8, 0, 0);
    put_data(&made, 10, 0);
    put_chunk(&made, "tIME", NULL, 0);
    put_data(&made, 10, 0);
    assert_string_equal(fault(*state, &made), "its chunks are out of order");
    begin(&made);
    put_head(&made, 4, 2, 8, 0, 0);
    put_data(&made, 10, 5);
    put_chunk(&made, "IEND", NULL, 0);
    assert_string_equal(fault(*state, &made), "its picture is damaged");
    begin(&made);
    put_head(&made, 4, 2, 8, 0, 0);
    put_chunk(&made, "IEND", NULL, 0);
    assert_string_equal(fault(*state, &made), "its picture is damaged");
}

/* Mutated with sums that are right again: refused, or sound for the library. */
static void
whatever_is_taken_can_be_unpacked(void **state)
{
    uint32_t random = 11;
    size_t taken = 0;
    for (int i = 0; i < 20000; i++) {
        struct arena *arena = arena_new();
        struct made made = small();
        for (int k = 0; k < 2; k++) {
            random = random * 1664525 + 1013904223;
            size_t at = 8 + (random >> 8) % (made.size - 8);
            made.bytes[at] = (unsigned char)(random >> 24);
        }
        for (size_t at = 8; at + 12 <= made.size;) {
            size_t length =
                (size_t)made.bytes[at + 2] << 8 | made.bytes[at + 3];
            if (made.bytes[at] || made.bytes[at + 1] ||
                length > made.size - at - 12)
                break;
            put_word(
                made.bytes + at + 8 + length,
                (uint32_t)crc32(0, made.bytes + at + 4, (unsigned)length + 4));
            at += 12 + length;
        }
        taken += fault(arena, &made) == NULL;
        arena_free(arena);
    }
    assert_true(taken > 100);
    (void)state;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_that_png_has_is_taken),
        cmocka_unit_test(an_interlaced_picture_is_measured_pass_by_pass),
        cmocka_unit_test(only_the_picture_is_kept),
        cmocka_unit_test(what_is_cut_off_is_refused_wherever),
        cmocka_unit_test(a_byte_that_was_changed_is_found_wherever),
        cmocka_unit_test(heads_and_chunks_that_png_does_not_allow_are_refused),
        cmocka_unit_test(whatever_is_taken_can_be_unpacked),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
