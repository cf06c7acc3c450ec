/*
 * Files of results as the readers of forms take them: standard input and gzip
 * like a plain file, with size, checksum and the place for messages.  Room:
 * results.  What the bytes mean is the forms' business.
 */
#include "results/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nettle/sha2.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/progress.h"

#define BLOCK ((size_t)1024 * 1024)
#define RAW ((size_t)256 * 1024)
#define PIECE ((size_t)32 * 1024) /* on the stack */
#define EXCERPT ((size_t)4096)    /* [bytes] kept of a line for a message */

struct input {
    struct arena *arena;
    struct diag *diag;
    struct source *source;
    struct place place; /* that names it */
    struct progress progress;
    int file; /* descriptor; -1 once closed */
    bool is_regular, is_pread;
    uint64_t size;  /* [bytes] of the file, where regular */
    uint64_t taken; /* [bytes] of the file read so far */

    bool wants_sum;
    struct sha256_ctx sum;

    bool is_gzip, is_member_open, is_end;
    z_stream gzip;
    unsigned char *raw; /* RAW bytes; what is left of them is in gzip */

    char *head; /* decoded; with a byte order mark */
    size_t head_size, mark, head_used;
    bool is_converted; /* head is all there is, made UTF-8 from UTF-16 */
    bool is_too_large; /* for that */
    char *block;

    int reason;         /* errno of a failed read, or 0 */
    const char *damage; /* of the gzip data, or NULL */
};

/* --- the bytes of the file ---------------------------------------------- */

/* Reads up to room bytes as the file has them; 0 at the end or on failure. */
static size_t
read_raw(struct input *input, void *to, size_t room)
{
    ssize_t got;
    if (input->reason != 0)
        return 0;
    do
        got = read(input->file, to, room);
    while (got < 0 && errno == EINTR);
    if (got < 0) {
        input->reason = errno;
        return 0;
    }
    if (input->wants_sum)
        sha256_update(&input->sum, (size_t)got, to);
    input->taken += (uint64_t)got;
    progress_add(&input->progress, (uint64_t)got);
    return (size_t)got;
}

/* More raw bytes for inflating; false at the end of the file. */
static bool
refill(struct input *input)
{
    if (input->gzip.avail_in > 0)
        return true;
    input->gzip.next_in = input->raw;
    input->gzip.avail_in = (uInt)read_raw(input, input->raw, RAW);
    return input->gzip.avail_in > 0;
}

/* At the end of a member: another may follow at once, or the file ends. */
static void
next_member(struct input *input)
{
    input->is_member_open = false;
    if (!refill(input)) {
        input->is_end = true;
        return;
    }
    if (input->gzip.next_in[0] != 0x1f) {
        input->damage = "bytes follow its end";
        input->is_end = true;
        return;
    }
    inflateReset(&input->gzip);
    input->is_member_open = true;
}

static size_t
read_gzip(struct input *input, char *to, size_t room)
{
    z_stream *gzip = &input->gzip;
    size_t done = 0;
    while (done == 0 && !input->is_end) {
        if (!refill(input)) {
            if (input->reason == 0)
                input->damage = "it is cut off";
            input->is_end = true;
            break;
        }
        gzip->next_out = (Bytef *)to;
        gzip->avail_out = room < UINT_MAX ? (uInt)room : UINT_MAX;
        const uInt before = gzip->avail_out;
        int status = inflate(gzip, Z_NO_FLUSH);
        done = before - gzip->avail_out;
        if (status == Z_STREAM_END) {
            next_member(input);
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            input->damage = gzip->msg ? gzip->msg : "it cannot be undone";
            input->is_end = true;
        }
    }
    return done;
}

/* Fills the buffer with decoded bytes; less than room only at the end. */
static size_t
fill(struct input *input, char *to, size_t room)
{
    size_t used = 0;
    while (used < room) {
        size_t got = input->is_gzip ? read_gzip(input, to + used, room - used)
                                    : read_raw(input, to + used, room - used);
        if (got == 0)
            break;
        used += got;
    }
    return used;
}

/* --- opening ------------------------------------------------------------ */

static void
report(struct input *input, int reason)
{
    diag_add(input->diag,
             source_is_system(reason) ? DIAG_READ_FAILED : DIAG_UNREADABLE,
             input->place, input->source->path, strerror(reason), NULL);
}

/* Puts the raw bytes read so far in front of inflating, if they are gzip. */
static void
begin_gzip(struct input *input)
{
    input->raw = malloc(RAW); /* never NULL: base/memory.c */
    memcpy(input->raw, input->head, input->head_size);
    input->head = arena_alloc(input->arena, INPUT_HEAD);
    input->gzip.next_in = input->raw;
    input->gzip.avail_in = (uInt)input->head_size;
    inflateInit2(&input->gzip, 15 + 16);
    input->is_gzip = input->is_member_open = true;
    input->head_size = fill(input, input->head, INPUT_HEAD);
}

/* A file saved as UTF-16 is read whole at once and made UTF-8. */
static void
convert_head(struct input *input)
{
    struct source *source = input->source;
    size_t room = INPUT_HEAD, size = input->head_size;
    char *bytes = arena_alloc(input->arena, room);
    memcpy(bytes, input->head, size);
    while (size == room && size <= INPUT_WHOLE_MOST) {
        bytes = arena_grow(input->arena, bytes, size, &room, 1);
        size += fill(input, bytes + size, room - size);
    }
    input->is_too_large = size > INPUT_WHOLE_MOST;
    source_take(input->arena, source, bytes, size);
    input->head = (char *)(uintptr_t)source->bytes;
    input->head_size = source->size;
    source->bytes = NULL;
    input->is_converted = true;
}

static void
read_head(struct input *input)
{
    size_t room = INPUT_HEAD;
    if (input->is_regular && input->size < INPUT_HEAD)
        room = (size_t)input->size + 1; /* one more, to meet the end */
    input->head = arena_alloc(input->arena, room);
    input->head_size = fill(input, input->head, room);
    const unsigned char *head = (const unsigned char *)input->head;
    if (input->head_size >= 2 && head[0] == 0x1f && head[1] == 0x8b) {
        begin_gzip(input);
        head = (const unsigned char *)input->head;
    }
    if (input->head_size >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
        input->mark = 3;
    else if (input->head_size >= 2 && (memcmp(head, "\xFF\xFE", 2) == 0 ||
                                       memcmp(head, "\xFE\xFF", 2) == 0))
        convert_head(input);
    input->head_used = input->mark;
}

struct input *
input_open(struct arena *arena, const char *path, const char *name,
           unsigned order, struct place place, struct diag *diag,
           bool wants_sha256)
{
    struct input *input = arena_alloc(arena, sizeof *input);
    bool is_standard = strcmp(path, "-") == 0;
    struct stat status;
    input->arena = arena;
    input->diag = diag;
    input->place = place;
    input->source = arena_alloc(arena, sizeof *input->source);
    *input->source = (struct source){
        .name = name,
        .path = is_standard ? "standard input"
                            : arena_copy(arena, path, strlen(path)),
        .order = order};
    input->file =
        is_standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (input->file < 0 || fstat(input->file, &status) != 0) {
        report(input, errno);
        input_drop(input);
        return NULL;
    }
    input->is_regular = S_ISREG(status.st_mode);
    if (S_ISFIFO(status.st_mode)) /* fewer turns with the writer */
        fcntl(input->file, F_SETPIPE_SZ, (int)BLOCK);
    input->size = input->is_regular ? (uint64_t)status.st_size : 0;
    input->wants_sum = wants_sha256;
    sha256_init(&input->sum);
    progress_begin(&input->progress, input->source->path, input->size);
    read_head(input);
    if (input->reason == 0)
        return input;
    input_drop(input);
    return NULL;
}

const char *
input_head(struct input *input, size_t *size)
{
    size_t have = input->head_size - input->mark;
    *size = have < INPUT_HEAD ? have : INPUT_HEAD;
    return input->head + input->mark;
}

uint64_t
input_origin(const struct input *input)
{
    /* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
    uint64_t sum = 14695981039346656037u;
    size_t size = input->head_size < INPUT_HEAD ? input->head_size : INPUT_HEAD;
    for (size_t i = 0; i < size; i++)
        sum = (sum ^ (unsigned char)input->head[i]) * 1099511628211u;
    return sum;
}

/* --- reading ------------------------------------------------------------ */

size_t
input_read(struct input *input, char *to, size_t room)
{
    size_t left = input->head_size - input->head_used;
    size_t first = left < room ? left : room;
    memcpy(to, input->head + input->head_used, first);
    input->head_used += first;
    if (first == room || input->is_converted)
        return first;
    return first + fill(input, to + first, room - first);
}

const char *
input_block(struct input *input, size_t *size)
{
    if (input->block == NULL)
        input->block = malloc(BLOCK);
    *size = input_read(input, input->block, BLOCK);
    return input->block;
}

const struct source *
input_whole(struct input *input)
{
    struct source *source = input->source;
    size_t room = INPUT_HEAD + 1, size = 0;
    if (input->is_converted) {
        source->bytes = input->head;
        source->size = input->head_size;
    } else {
        if (input->is_regular && !input->is_gzip &&
            input->size < INPUT_WHOLE_MOST)
            room = (size_t)input->size + 1; /* one more, to meet the end */
        char *bytes = arena_alloc(input->arena, room);
        for (size_t got;
             (got = input_read(input, bytes + size, room - size));) {
            size += got;
            if (size > INPUT_WHOLE_MOST)
                break;
            bytes = arena_grow(input->arena, bytes, size, &room, 1);
        }
        source->bytes = bytes;
        source->size = size;
    }
    if (input->reason != 0 || input->damage != NULL) {
        source->bytes = NULL; /* input_drop() says why */
        return NULL;
    }
    if (input->is_too_large || source->size > INPUT_WHOLE_MOST) {
        source->bytes = NULL;
        diag_add(input->diag, DIAG_FILE_TOO_LARGE,
                 (struct place){source, 1, 1, 1}, NULL);
        return NULL;
    }
    return source;
}

int
input_descriptor(struct input *input, uint64_t *size)
{
    if (!input->is_regular || input->is_gzip || input->is_converted)
        return -1;
    input->is_pread = true;
    *size = input->size;
    return input->file;
}

size_t
input_mark(const struct input *input)
{
    return input->mark;
}

void
input_advance(struct input *input, uint64_t bytes)
{
    progress_add(&input->progress, bytes);
}

void
input_fail(struct input *input, int reason)
{
    input->reason = reason;
}

/* --- places ------------------------------------------------------------- */

bool
input_is_converted(const struct input *input)
{
    return input->is_converted;
}

const struct source *
input_source(const struct input *input)
{
    return input->source;
}

struct place
input_place(struct input *input, uint64_t line, uint64_t column,
            const char *text, size_t length)
{
    struct source *source = arena_alloc(input->arena, sizeof *source);
    *source = *input->source;
    source->size = length < EXCERPT ? length : EXCERPT;
    source->bytes = arena_copy(input->arena, text, source->size);
    source->first_line = line < UINT_MAX ? (unsigned)line : UINT_MAX;
    return (struct place){source, source->first_line,
                          column < UINT_MAX ? (unsigned)column : UINT_MAX, 1};
}

/* --- closing ------------------------------------------------------------ */

/* The checksum of a file whose readers took it by pread(). */
static void
sum_file(struct input *input)
{
    uint64_t at = 0;
    char piece[PIECE];
    sha256_init(&input->sum);
    while (input->reason == 0) {
        ssize_t got = pread(input->file, piece, sizeof piece, (off_t)at);
        if (got < 0 && errno != EINTR)
            input->reason = errno;
        if (got == 0)
            break;
        if (got > 0) {
            sha256_update(&input->sum, (size_t)got, (uint8_t *)piece);
            at += (uint64_t)got;
        }
    }
    input->taken = at;
}

void
input_drop(struct input *input)
{
    progress_end(&input->progress);
    if (input->reason != 0)
        report(input, input->reason);
    else if (input->damage != NULL)
        diag_add(input->diag, DIAG_GZIP, (struct place){input->source, 1, 1, 1},
                 input->damage, NULL);
    if (input->is_gzip)
        inflateEnd(&input->gzip);
    input->is_gzip = false;
    if (input->file >= 0)
        close(input->file);
    input->file = -1;
    free(input->raw);
    free(input->block);
    input->raw = NULL;
    input->block = NULL;
}

bool
input_close(struct input *input)
{
    char piece[PIECE];
    struct source *source = input->source;
    if (input->is_pread) {
        input->taken = input->size;
        if (input->wants_sum)
            sum_file(input);
    } else {
        while (input_read(input, piece, sizeof piece) > 0)
            continue;
    }
    if (input->wants_sum)
        source_put_checksum(&input->sum, source->sha256);
    source->file_size = input->taken;
    input_drop(input);
    return input->reason == 0 && input->damage == NULL;
}

const struct source *
input_read_whole(struct arena *arena, const char *path, const char *name,
                 unsigned order, struct place place, struct diag *diag,
                 bool wants_sha256)
{
    struct input *input =
        input_open(arena, path, name, order, place, diag, wants_sha256);
    if (input == NULL)
        return NULL;
    const struct source *source = input_whole(input);
    if (source == NULL) {
        input_drop(input);
        return NULL;
    }
    return input_close(input) ? source : NULL;
}
