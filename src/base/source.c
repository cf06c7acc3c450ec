/*
 * Reads an input file whole: its text, size and checksum.  Room: base.  Whether
 * the text is valid UTF-8 is for the reader of its format to say; what UTF-16
 * cannot mean becomes invalid UTF-8 here, in its place, for that reader to
 * find.
 */
#include "base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nettle/sha2.h>

#include "base/arena.h"

#define FIRST_ROOM ((size_t)64 * 1024)

/* Below, memory given back is not worth reading a file twice. */
#define WORTH_FORGETTING ((size_t)256 * 1024)

/* Where the text of a source is held. */
struct source_memory {
    struct arena *arena;
    char *bytes;      /* of the file, from malloc; NULL once given back */
    const char *path; /* from the root; NULL where the file cannot be read a
                         second time */
    bool is_again;    /* the file was read again, */
    const char *text; /* to this; NULL when it failed */
};

/* The bytes of an open file, from malloc; NULL with errno, or with
 *too_large. */
static char *
read_all(int file, size_t limit, size_t *size, bool *too_large,
         bool *is_regular)
{
    struct stat status;
    if (fstat(file, &status) != 0)
        return NULL;
    size_t room = FIRST_ROOM;
    *is_regular = S_ISREG(status.st_mode);
    if (*is_regular) {
        *too_large = (uintmax_t)status.st_size > limit;
        if (*too_large)
            return NULL;
        room = (size_t)status.st_size + 1; /* one more, to meet the end */
    }
    char *bytes = malloc(room);
    if (bytes == NULL)
        abort(); /* not reached: memory.c ends the program first */
    ssize_t got = 1;
    for (*size = 0; got != 0 && !*too_large;) {
        got = read(file, bytes + *size, room - *size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        *size += (size_t)got;
        *too_large = *size > limit;
        if (*size == room)
            bytes = realloc(bytes, room *= 2); /* never NULL: memory.c */
    }
    if (got == 0 && !*too_large)
        return bytes;
    int reason = errno;
    free(bytes);
    errno = reason;
    return NULL;
}

void
source_put_checksum(struct sha256_ctx *context, char hex[65])
{
    static const char digit[] = "0123456789abcdef";
    uint8_t sum[SHA256_DIGEST_SIZE];
    sha256_digest(context, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        hex[2 * i] = digit[sum[i] >> 4];
        hex[2 * i + 1] = digit[sum[i] & 15];
    }
    hex[64] = '\0';
}

static void
put_checksum(const char *bytes, size_t size, char hex[65])
{
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, size, (const uint8_t *)bytes);
    source_put_checksum(&context, hex);
}

/* Writes a code as UTF-8, a lone surrogate too (which is then invalid). */
static char *
put_utf8(char *to, uint32_t code)
{
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xC0 | code >> 6);
        *to++ = (char)(0x80 | (code & 63));
    } else if (code < 0x10000) {
        *to++ = (char)(0xE0 | code >> 12);
        *to++ = (char)(0x80 | (code >> 6 & 63));
        *to++ = (char)(0x80 | (code & 63));
    } else {
        *to++ = (char)(0xF0 | code >> 18);
        *to++ = (char)(0x80 | (code >> 12 & 63));
        *to++ = (char)(0x80 | (code >> 6 & 63));
        *to++ = (char)(0x80 | (code & 63));
    }
    return to;
}

/* Makes UTF-16 without its mark into UTF-8; high is the index, in each pair of
   bytes, of the higher one. */
static char *
convert(struct arena *arena, const unsigned char *from, size_t size,
        unsigned high, size_t *length)
{
    char *text = arena_alloc(arena, size / 2 * 3 + 1);
    char *to = text;
    for (size_t i = 0; i + 1 < size; i += 2) {
        uint32_t code = (uint32_t)(from[i + high] << 8 | from[i + 1 - high]);
        if (code >= 0xD800 && code < 0xDC00 && i + 3 < size) {
            uint32_t next =
                (uint32_t)(from[i + 2 + high] << 8 | from[i + 3 - high]);
            if (next >= 0xDC00 && next < 0xE000) {
                code = 0x10000 + ((code - 0xD800) << 10) + (next - 0xDC00);
                i += 2;
            }
        }
        to = put_utf8(to, code);
    }
    if (size % 2 != 0)
        *to++ = (char)0xFF; /* half a unit: never valid */
    *length = (size_t)(to - text);
    return text;
}

void
source_take(struct arena *arena, struct source *source, const char *bytes,
            size_t size)
{
    source->bytes = bytes;
    source->size = size;
    if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        source->bytes += 3;
        source->size -= 3;
    } else if (size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 ||
                             memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        source->is_converted = true;
        source->bytes =
            convert(arena, (const unsigned char *)bytes + 2, size - 2,
                    bytes[0] == '\xFF' ? 1 : 0, &source->size);
    }
}

/* The path of a file that is there: of a relative one, the folder in which the
   program stands may be exchanged. */
static const char *
path_from_root(struct arena *arena, const char *path)
{
    char *whole = realpath(path, NULL);
    if (whole != NULL)
        arena_adopt(arena, whole);
    return whole;
}

struct source *
source_read(struct arena *arena, const char *path, const char *name,
            size_t limit, bool *too_large, int *reason)
{
    *too_large = false;
    *reason = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        *reason = errno;
        return NULL;
    }
    struct source *source = arena_alloc(arena, sizeof *source);
    bool is_regular = false;
    size_t size = 0;
    char *bytes = read_all(file, limit, &size, too_large, &is_regular);
    if (bytes == NULL && !*too_large)
        *reason = errno;
    close(file);
    if (bytes == NULL)
        return NULL;
    arena_adopt(arena, bytes);
    struct source_memory *memory = arena_alloc(arena, sizeof *memory);
    memory->arena = arena;
    memory->bytes = bytes;
    memory->path = is_regular && size >= WORTH_FORGETTING
                       ? path_from_root(arena, path)
                       : NULL;
    source->memory = memory;
    source->path = arena_copy(arena, path, strlen(path));
    source->name = arena_copy(arena, name, strlen(name));
    put_checksum(bytes, size, source->sha256);
    source->file_size = size;
    source_take(arena, source, bytes, size);
    return source;
}

void
source_forget(struct source *source)
{
    struct source_memory *memory = source->memory;
    if (memory->path == NULL || source->is_converted)
        return;
    arena_release(memory->arena, memory->bytes);
    memory->bytes = NULL;
    source->bytes = NULL;
}

const char *
source_text(const struct source *source)
{
    struct source_memory *memory = source->memory;
    if (source->bytes != NULL || memory == NULL)
        return source->bytes;
    if (memory->is_again)
        return memory->text;
    bool is_too_large;
    int reason;
    const struct source *again =
        source_read(memory->arena, memory->path, source->name,
                    source->file_size, &is_too_large, &reason);
    memory->is_again = true;
    if (again != NULL && strcmp(again->sha256, source->sha256) == 0)
        memory->text = again->bytes;
    return memory->text;
}

bool
source_is_system(int reason)
{
    static const int named[] = {ENOENT, ENOTDIR,      EISDIR, EACCES, EPERM,
                                ELOOP,  ENAMETOOLONG, ENXIO,  ENODEV, EINVAL};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (reason == named[i])
            return false;
    return true;
}

/* The end of the line at s. */
static const char *
line_end(const char *s, const char *end)
{
    while (s < end && *s != '\n' && *s != '\r')
        s++;
    return s;
}

const char *
source_line(const struct source *source, unsigned line, size_t *length)
{
    const char *s = source_text(source);
    if (s == NULL || line < source->first_line)
        return NULL;
    const char *end = s + source->size;
    if (source->first_line > 1)
        line -= source->first_line - 1;
    while (line > 1) {
        s = line_end(s, end);
        if (s == end)
            return NULL;
        s += *s == '\r' && s + 1 < end && s[1] == '\n' ? 2 : 1;
        line--;
    }
    *length = (size_t)(line_end(s, end) - s);
    return s;
}
