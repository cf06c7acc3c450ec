/*
 * Rows: however a text is cut into blocks, ranges and workers, streamed or not,
 * the samples are the same, and so is the first fault; digests carry them.
 */
#include "reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "results/digest.h"
#include "results/file.h"
#include "results/form.h"
#include "results/readers.h"
#include "results/row_index.h"
#include "results/rows.h"

#define HEADER "timeStamp,elapsed,label,responseMessage,threadName,success\n"

static const char *
file_of(struct fixture *fixture, const char *text, size_t size)
{
    char *path = arena_format(fixture->arena, "/tmp/headroom-rows-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, size), size);
    close(file);
    return path;
}

/* The digest of a range of a file by a reader; NULL where it refuses.  A file
   opened as standard input is read as a stream by one who has no pread(). */
static char *
digest_of(struct fixture *fixture, const char *path, uint64_t from, uint64_t to,
          bool (*read)(struct input *, struct findings *), size_t *size)
{
    struct request request = {.range_from = from, .range_to = to};
    struct findings findings = {.arena = fixture->arena,
                                .diag = fixture->diag,
                                .request = &request,
                                .tally = tally_new(TALLY_SECONDS)};
    struct input *input = input_open(fixture->arena, path, "rows.jtl", 0,
                                     (struct place){0}, fixture->diag, false);
    assert_non_null(input);
    tally_origin(findings.tally, input_origin(input));
    char *bytes = NULL;
    if (read(input, &findings)) {
        assert_true(input_close(input));
        bytes = digest_make(&findings, size);
    } else {
        input_drop(input);
    }
    tally_free(findings.tally);
    return bytes;
}

/* The digest of the digests in several files. */
static char *
merged(struct fixture *fixture, const char *const *paths, size_t count,
       size_t *size)
{
    struct findings findings = {.arena = fixture->arena,
                                .diag = fixture->diag,
                                .tally = tally_new(TALLY_SECONDS)};
    for (size_t i = 0; i < count; i++) {
        struct input *input =
            input_open(fixture->arena, paths[i], "part.digest", 0,
                       (struct place){0}, fixture->diag, false);
        assert_non_null(input);
        assert_true(digest_read(input, &findings));
        assert_true(input_close(input));
    }
    char *bytes = digest_make(&findings, size);
    tally_free(findings.tally);
    return bytes;
}

/* Quotes, line ends in quotes, doubled quotes, blank lines, both line ends, a
   transaction, fields that are empty. */
static const char tricky[] = HEADER
    "1767950000000,20,login,OK,tg 1-1,true\n"
    "\n"
    "1767950000010,21,\"a,b\",\"two\nlines, \"\"quoted\"\"\n\",tg 1-2,true\r\n"
    "1767950000990,65536,\"\",\"\",\"tg 1-3\",false\n"
    "1767950001000,0,登录,\"\"\"\",tg 2-1,true\n"
    "\n\n"
    "1767950000000,41,all,\"Number of samples in transaction : 2, x\",tg 1-1,"
    "true\n"
    "1767950003500,7,login,\"\n\n\",,TRUE\n"
    "1767950000020,70000,login,OK,tg 1-1,false";

static void
cutting_at_every_byte_changes_nothing(void **state)
{
    struct fixture *fixture = *state;
    size_t size = sizeof tricky - 1, whole_size, part_size, all_size;
    const char *path = file_of(fixture, tricky, size);
    char *entire =
        digest_of(fixture, path, 0, UINT64_MAX, jtl_read, &whole_size);
    assert_non_null(entire);
    for (uint64_t cut = 0; cut <= size + 1; cut++) {
        const char *paths[2];
        for (int i = 0; i < 2; i++) {
            char *part =
                digest_of(fixture, path, i == 0 ? 0 : cut,
                          i == 0 ? cut : UINT64_MAX, jtl_read, &part_size);
            assert_non_null(part);
            paths[i] = file_of(fixture, part, part_size);
            free(part);
        }
        char *all = merged(fixture, paths, 2, &all_size);
        assert_int_equal(all_size, whole_size);
        assert_memory_equal(all, entire, all_size);
        free(all);
        unlink(paths[0]);
        unlink(paths[1]);
    }
    free(entire);
    unlink(path);
}

static void
a_byte_order_mark_shifts_ranges_but_no_rows(void **state)
{
    struct fixture *fixture = *state;
    char *marked = arena_format(fixture->arena, "\xEF\xBB\xBF%s", tricky);
    size_t whole_size, size, total = 0;
    const char *path = file_of(fixture, marked, strlen(marked));
    const char *row = strstr(marked, "1767950001000");
    uint64_t at = (uint64_t)(row - marked);
    char *entire =
        digest_of(fixture, path, 0, UINT64_MAX, jtl_read, &whole_size);
    char *one = digest_of(fixture, path, at, at + 1, jtl_read, &size);
    assert_non_null(entire);
    assert_non_null(one);
    assert_non_null(memmem(one, size, "登录", 6));
    free(one);
    one = digest_of(fixture, path, at + 1, at + 2, jtl_read, &total);
    assert_non_null(one);
    assert_true(total < size);
    assert_null(memmem(one, total, "登录", 6));
    free(one);
    free(entire);
    unlink(path);
}

static void
blocks_and_workers_change_nothing(void **state)
{
    struct fixture *fixture = *state;
    static const size_t blocks[] = {1, 2, 7, 63, 64, 65, 100, 4096};
    size_t whole_size, size;
    const char *path = file_of(fixture, tricky, sizeof tricky - 1);
    char *entire =
        digest_of(fixture, path, 0, UINT64_MAX, jtl_read, &whole_size);
    size_t old = rows_block;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        for (unsigned workers = 1; workers <= 5; workers += 2) {
            rows_block = blocks[i];
            rows_workers = workers;
            char *all =
                digest_of(fixture, path, 0, UINT64_MAX, jtl_read, &size);
            assert_non_null(all);
            assert_int_equal(size, whole_size);
            assert_memory_equal(all, entire, size);
            free(all);
        }
    rows_block = old;
    rows_workers = 0;
    free(entire);
    unlink(path);
}

/* The first message for a text, read in blocks of a size by some workers. */
static const char *
fault_of(const char *text, size_t size, size_t block, unsigned workers)
{
    struct fixture *own;
    static char line[512];
    fixture_setup((void **)&own);
    const char *path = file_of(own, text, size);
    size_t old = rows_block, made = 0;
    rows_block = block;
    rows_workers = workers;
    char *bytes = digest_of(own, path, 0, UINT64_MAX, jtl_read, &made);
    rows_block = old;
    rows_workers = 0;
    assert_null(bytes);
    const char *message = first_line(own);
    snprintf(line, sizeof line, "%s", message + strlen(path));
    unlink(path);
    fixture_teardown((void **)&own);
    return line;
}

static void
the_first_fault_is_told_whatever_the_blocks(void **state)
{
    struct fixture *fixture = *state;
    static const char good[] = "1767950000000,20,\"a\nb\",OK,tg 1-1,true\n";
    static const struct {
        const char *row, *message;
    } cases[] = {
        {"1767950000000,x,a,OK,tg 1-1,true\n",
         ":42:15: error: elapsed must be whole milliseconds, found \"x\""},
        {"1767950000000,1,a,OK,tg 1-1\n",
         ":42:1: error: expected 6 fields as in the first row, found 5"  },
        {"1767950000000,1,a,\"O\"K,tg 1-1,true\n",
         ":42:21: error: expected a separator or the end of the line after "
         "the closing quote"                                             },
        {"1767950000000,1,a,O\"K,tg 1-1,true\n",
         ":42:20: error: a quote may stand only around a field, or doubled "
         "within one"                                                    },
        {"1767950000000,1,\"a\n\n\",O,tg 1-1,maybe\n",
         ":44:12: error: success must be true or false, found \"maybe\"" },
        {"1767950000000,1,a,OK,tg 1-1,\"true\n",
         ":42:29: error: the quote that opens here is never closed"      },
        {HEADER,                                                  ":42:1: error: a second header: give each run a file of its "
                 "own"                                   },
        {"0,1,a,OK,tg 1-1,true\n",
         ":42:1: error: timeStamp must be whole milliseconds since 1970, found "
         "\"0\""                                                         },
        {"9795335002723,1,a,OK,tg 1-1,true\n",
         ":42:1: error: timeStamp must be whole milliseconds since 1970, found "
         "\"9795335002723\""                                             },
        {"1767950000000,99999999999999999999,a,OK,tg 1-1,true\n",
         ":42:15: error: elapsed must be whole milliseconds, found "
         "\"99999999999999999999\""                                      },
        {"1767950000000,1,a\xff,OK,tg 1-1,true\n",
         ":42:17: error: label must be UTF-8 of at most 1000 bytes, found what "
         "is not UTF-8"                                                  },
    };
    static const size_t blocks[] = {5, 64, 333, 1 << 18};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = arena_alloc(fixture->arena, 16384);
        strcpy(text, HEADER);
        for (int k = 0; k < 20; k++)
            strcat(text, good);
        strcat(text, cases[i].row);
        /* what follows must not be told instead, even where quotes are open */
        if (strstr(cases[i].message, "never") == NULL)
            for (int k = 0; k < 20; k++)
                strcat(text, k % 3 ? "x,y\n" : good);
        for (size_t b = 0; b < sizeof blocks / sizeof *blocks; b++)
            for (unsigned workers = 1; workers <= 4; workers += 3)
                assert_string_equal(
                    fault_of(text, strlen(text), blocks[b], workers),
                    cases[i].message);
    }
}

static void
a_nul_and_a_row_too_long_are_refused(void **state)
{
    struct fixture *fixture = *state;
    static const char nul[] = HEADER "1767950000000,20,a\0b,OK,tg 1-1,true\n";
    assert_non_null(strstr(fault_of(nul, sizeof nul - 1, 64, 1),
                           ":2:19: error: a NUL character"));
    size_t size = 3 * ROW_MOST;
    char *text = arena_alloc(fixture->arena, size);
    memset(text, 'x', size);
    memcpy(text, HEADER, strlen(HEADER));
    text[size - 1] = '\n';
    assert_string_equal(fault_of(text, size, 1 << 18, 2),
                        ":2:1: error: a row longer than 1 MiB");
}

/* A stream is cut at its rows: the same samples as of the file. */
static void
a_stream_is_read_like_a_file(void **state)
{
    struct fixture *fixture = *state;
    size_t whole_size, size, rows = 60000, room = rows * 64 + 128, used;
    char *text = arena_alloc(fixture->arena, room);
    used = (size_t)snprintf(text, room, "%s", HEADER);
    for (size_t i = 0; i < rows; i++)
        used += (size_t)snprintf(text + used, room - used,
                                 "%llu,%zu,\"l\n%zu\",OK,tg %zu-1,%s\n",
                                 1767950000000ull + i * 7, i % 999, i % 7,
                                 i % 3, i % 11 ? "true" : "false");
    const char *path = file_of(fixture, text, used);
    char *entire =
        digest_of(fixture, path, 0, UINT64_MAX, jtl_read, &whole_size);
    assert_non_null(entire);
    for (unsigned workers = 1; workers <= 4; workers++) {
        int ends[2], standard = dup(STDIN_FILENO);
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0) {
            close(ends[0]);
            for (size_t at = 0; at < used;) {
                ssize_t wrote = write(ends[1], text + at, used - at);
                if (wrote <= 0)
                    _exit(1);
                at += (size_t)wrote;
            }
            _exit(0);
        }
        close(ends[1]);
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        rows_workers = workers;
        char *all = digest_of(fixture, "-", 0, UINT64_MAX, jtl_read, &size);
        rows_workers = 0;
        dup2(standard, STDIN_FILENO);
        close(standard);
        assert_non_null(all);
        assert_int_equal(size, whole_size);
        assert_memory_equal(all, entire, size);
        free(all);
    }
    free(entire);
    unlink(path);
}

static void
a_digest_with_any_byte_changed_or_cut_is_refused(void **state)
{
    struct fixture *fixture = *state;
    size_t size;
    const char *path = file_of(fixture, tricky, sizeof tricky - 1);
    char *bytes = digest_of(fixture, path, 0, UINT64_MAX, jtl_read, &size);
    assert_non_null(bytes);
    unlink(path);
    for (size_t i = 16; i <= size; i++) { /* behind the magic */
        struct fixture *own;
        fixture_setup((void **)&own);
        char *bad = arena_copy(own->arena, bytes, size);
        if (i < size)
            bad[i] = (char)(bad[i] ^ 1 << i % 8);
        const char *wrong = file_of(own, bad, i < size ? size : size - 1);
        struct findings findings = {.arena = own->arena,
                                    .diag = own->diag,
                                    .tally = tally_new(TALLY_SECONDS)};
        struct input *input = input_open(own->arena, wrong, "bad.digest", 0,
                                         (struct place){0}, own->diag, false);
        assert_false(digest_read(input, &findings));
        assert_int_equal(tally_samples(findings.tally), 0);
        assert_int_equal(diag_error_count(own->diag), 1);
        input_drop(input);
        tally_free(findings.tally);
        unlink(wrong);
        fixture_teardown((void **)&own);
    }
    free(bytes);
}

static void
bytes_are_counted_at_all_lengths(void **state)
{
    (void)state;
    char text[20000];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = i % 3 == 0 || i % 7 == 0 ? '"' : 'x';
    static const size_t lengths[] = {0, 1, 31, 32, 33, 8159, 8160, 8161, 19999};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        size_t plain = 0;
        for (size_t k = 0; k < lengths[i]; k++)
            plain += text[k] == '"';
        assert_int_equal(row_count_byte(text, lengths[i], '"'), plain);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cutting_at_every_byte_changes_nothing),
        TEST(a_byte_order_mark_shifts_ranges_but_no_rows),
        TEST(blocks_and_workers_change_nothing),
        TEST(the_first_fault_is_told_whatever_the_blocks),
        TEST(a_nul_and_a_row_too_long_are_refused),
        TEST(a_stream_is_read_like_a_file),
        TEST(a_digest_with_any_byte_changed_or_cut_is_refused),
        TEST(bytes_are_counted_at_all_lengths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
