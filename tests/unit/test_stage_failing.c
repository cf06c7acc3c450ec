/*
 * Publishing while the system fails: each call in turn, and calls that a file
 * system does not know at all.  The folder is whole old or whole new, and what
 * others keep in it is never lost.  The calls are defined here, in front of
 * the C library's.
 */
#include "stage_folder.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/stage.h"

/* --- calls that fail when they are told to
 * ------------------------------------ */

static struct {
    const char *name;    /* the call of which one fails, or NULL */
    unsigned countdown;  /* which one; 0 afterwards */
    int error;           /* errno of it */
    const char *unknown; /* a call that the file system does not know */
    int unknown_error;
    bool seen; /* the one that is to fail was reached */
} fault;

static bool
fails(const char *name)
{
    if (fault.unknown && strcmp(fault.unknown, name) == 0) {
        errno = fault.unknown_error;
        return true;
    }
    if (fault.name == NULL || strcmp(fault.name, name) != 0 ||
        fault.countdown == 0 || --fault.countdown > 0)
        return false;
    fault.seen = true;
    errno = fault.error;
    return true;
}

#define BEFORE(type, name, failed, parameters, arguments)                      \
    type name parameters                                                       \
    {                                                                          \
        static type(*next) parameters;                                         \
        if (next == NULL)                                                      \
            *(void **)&next = dlsym(RTLD_NEXT, #name);                         \
        return fails(#name) ? failed : next arguments;                         \
    }

BEFORE(int, rename, -1, (const char *old, const char *new), (old, new))
BEFORE(int, linkat, -1,
       (int at, const char *old, int to, const char *new, int flags),
       (at, old, to, new, flags))
BEFORE(int, mkdir, -1, (const char *path, mode_t mode), (path, mode))
BEFORE(int, chmod, -1, (const char *path, mode_t mode), (path, mode))
BEFORE(int, flock, -1, (int fd, int operation), (fd, operation))
BEFORE(struct dirent *, readdir, NULL, (DIR * stream), (stream))
BEFORE(DIR *, fdopendir, NULL, (int fd), (fd))
BEFORE(char *, realpath, NULL, (const char *path, char *real), (path, real))
BEFORE(ssize_t, write, -1, (int fd, const void *bytes, size_t size),
       (fd, bytes, size))
BEFORE(ssize_t, getrandom, -1, (void *bytes, size_t size, unsigned flags),
       (bytes, size, flags))
BEFORE(ssize_t, llistxattr, -1, (const char *path, char *list, size_t size),
       (path, list, size))
BEFORE(int, utimensat, -1,
       (int at, const char *path, const struct timespec times[2], int flags),
       (at, path, times, flags))
BEFORE(int, fstatat, -1,
       (int at, const char *path, struct stat *about, int flags),
       (at, path, about, flags))

/* What is made durable is not what is tested here. */
int
fsync(int fd)
{
    (void)fd;
    return fails("fsync") ? -1 : 0;
}

/* A descriptor is gone even when its close fails. */
#define AFTER(name, parameter, argument)                                       \
    int name(parameter)                                                        \
    {                                                                          \
        static int (*next)(parameter);                                         \
        if (next == NULL)                                                      \
            *(void **)&next = dlsym(RTLD_NEXT, #name);                         \
        int status = next(argument);                                           \
        return fails(#name) ? -1 : status;                                     \
    }

AFTER(close, int fd, fd)
AFTER(closedir, DIR *stream, stream)

int
open(const char *path, int flags, ...)
{
    static int (*next)(const char *, int, ...);
    if (next == NULL)
        *(void **)&next = dlsym(RTLD_NEXT, "open");
    if (fails("open"))
        return -1;
    va_list list;
    va_start(list, flags);
    mode_t mode = (flags & O_CREAT) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return next(path, flags, mode);
}

/* Exchanges and renames to a free name are told apart. */
int
renameat2(int at, const char *old, int to, const char *new, unsigned flags)
{
    static int (*next)(int, const char *, int, const char *, unsigned);
    if (next == NULL)
        *(void **)&next = dlsym(RTLD_NEXT, "renameat2");
    if (fails("renameat2") ||
        fails(flags & RENAME_EXCHANGE ? "exchange" : "noreplace"))
        return -1;
    return next(at, old, to, new, flags);
}

/* --- a folder with an old set and files of others
 * ----------------------------- */

static const char *why;

static bool
holds(const char *path, const char *text)
{
    char found[100] = "";
    FILE *file = fopen(at(path), "r");
    if (file == NULL)
        return text == NULL;
    found[fread(found, 1, sizeof found - 1, file)] = '\0';
    fclose(file);
    return text != NULL && strcmp(found, text) == 0;
}

static int
setup(void **state)
{
    memset(&fault, 0, sizeof fault);
    return stage_setup(state);
}

static int
teardown(void **state)
{
    memset(&fault, 0, sizeof fault);
    return stage_teardown(state);
}

static void
make_old(void)
{
    folder_remove(at("out"));
    assert_int_equal(mkdir(at("out"), 0755), 0);
    assert_int_equal(mkdir(at("out/sub"), 0755), 0);
    put("out/s.pdf", "old");
    put("out/s.json", "old");
    put("out/s.xlsx", "old");
    put("out/notes", "mine");
    put("out/sub/deep", "deep");
}

static bool
is_old(void)
{
    return holds("out/s.pdf", "old") && holds("out/s.json", "old") &&
           holds("out/s.xlsx", "old");
}

static bool
is_new(void)
{
    return holds("out/s.pdf", "new") && holds("out/s.json", "new") &&
           holds("out/s.xlsx", NULL);
}

static bool
is_ours(const char *name, const void *context)
{
    (void)context;
    return strncmp(name, "s.", 2) == 0;
}

static bool
publish(const char *folder)
{
    why = NULL;
    struct stage *stage = stage_open(arena, folder, &why);
    if (stage == NULL)
        return false;
    bool good = stage_write(stage, "s.pdf", "new", 3, &why);
    if (good) {
        /* as a library writes it, unknown to the stage until the commit */
        FILE *file = fopen(stage_path(stage, "s.json"), "w");
        good = file != NULL && fputs("new", file) >= 0 && fclose(file) == 0;
        why = "the test's own file";
    }
    good = good && stage_commit(stage, is_ours, NULL, &why);
    stage_close(stage);
    return good;
}

static size_t
entries(const char *path)
{
    struct folder_entry *list;
    size_t count;
    fault.name = NULL;
    assert_true(folder_read(arena, at(path), &list, &count, &why));
    return count;
}

static const char *const calls[] = {
    "fsync", "close", "renameat2", "rename",    "linkat",     "mkdir",
    "chmod", "flock", "closedir",  "readdir",   "fdopendir",  "realpath",
    "write", "open",  "getrandom", "utimensat", "llistxattr", "fstatat",
};
#define CALLS (sizeof calls / sizeof *calls)

/* Lets each occurrence of each call fail in turn over an old folder. */
static void
fail_each(int error)
{
    unsigned failures = 0;
    for (size_t i = 0; i < CALLS; i++) {
        for (unsigned n = 1;; n++) {
            fault.name = NULL;
            make_old();
            fault.name = calls[i];
            fault.countdown = n;
            fault.error = error;
            fault.seen = false;
            bool good = publish(at("out"));
            fault.name = NULL;
            if (!(good ? is_new() : is_old()) || !holds("out/notes", "mine") ||
                !holds("out/sub/deep", "deep"))
                fail_msg("%s %u with errno %d: published %d, said %s", calls[i],
                         n, error, good, why ? why : "nothing");
            if (!good && fault.seen)
                assert_non_null(why);
            failures += !good;
            if (!fault.seen)
                break;
        }
    }
    assert_true(failures > 10);
    /* and the next run works, and clears what was left */
    make_old();
    assert_true(publish(at("out")));
    assert_true(is_new());
    assert_int_equal(entries("."), 1);
}

static void
any_failing_call_leaves_old_or_new(void **state)
{
    (void)state;
    fail_each(EIO);
    fail_each(ENOSPC);
}

static void
refused_calls_leave_old_or_new(void **state)
{
    (void)state;
    fail_each(EPERM);
    fail_each(EINTR);
}

static void
without_exchange_files_are_placed(void **state)
{
    (void)state;
    fault.unknown = "exchange";
    fault.unknown_error = EINVAL;
    fail_each(EIO);
}

static void
without_hard_links_files_are_placed(void **state)
{
    (void)state;
    fault.unknown = "linkat";
    fault.unknown_error = EPERM;
    fail_each(EIO);
}

static void
without_renameat2_and_links_files_are_placed(void **state)
{
    (void)state;
    fault.unknown = "renameat2";
    fault.unknown_error = EINVAL;
    fail_each(EIO);
}

static void
without_locks_runs_are_not_serialised_and_nothing_is_cleared(void **state)
{
    (void)state;
    make_old();
    assert_int_equal(mkdir(at(".out.headroom-abcdef"), 0700), 0);
    fault.unknown = "flock";
    fault.unknown_error = ENOLCK;
    assert_true(publish(at("out")));
    assert_true(is_new());
    assert_int_equal(entries("."), 2);
}

static void
a_new_folder_appears_whole_or_not_at_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < CALLS; i++) {
        for (unsigned n = 1;; n++) {
            fault.name = NULL;
            folder_remove(at("a"));
            fault.name = calls[i];
            fault.countdown = n;
            fault.error = EIO;
            fault.seen = false;
            bool good = publish(at("a/b/c"));
            fault.name = NULL;
            bool there =
                holds("a/b/c/s.pdf", "new") && holds("a/b/c/s.json", "new");
            bool nothing = access(at("a"), F_OK) != 0;
            if (!(good ? there : nothing))
                fail_msg("%s %u: published %d, said %s", calls[i], n, good,
                         why ? why : "nothing");
            if (!fault.seen)
                break;
        }
    }
    fault.unknown = "noreplace"; /* a file system that does not know it */
    fault.unknown_error = EINVAL;
    folder_remove(at("a"));
    assert_true(publish(at("a/b/c")));
    assert_true(holds("a/b/c/s.pdf", "new"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(any_failing_call_leaves_old_or_new),
        TEST(refused_calls_leave_old_or_new),
        TEST(without_exchange_files_are_placed),
        TEST(without_hard_links_files_are_placed),
        TEST(without_renameat2_and_links_files_are_placed),
        TEST(without_locks_runs_are_not_serialised_and_nothing_is_cleared),
        TEST(a_new_folder_appears_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
