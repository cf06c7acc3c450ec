/*
 * The JSON as a file of the set: written piece by piece, so that a large
 * season needs no second copy in memory, then read back against a checksum of
 * what was meant.  Room render/.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/stage.h"
#include "render/json.h"

/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
#define FNV_START 14695981039346656037u
#define FNV_PRIME 1099511628211u

struct file {
    int descriptor;
    uint64_t sum;
    size_t size;
    int error; /* errno of the first failure */
};

static uint64_t
add_to_sum(uint64_t sum, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        sum = (sum ^ (unsigned char)bytes[i]) * FNV_PRIME;
    return sum;
}

static bool
write_piece(void *context, const char *bytes, size_t size)
{
    struct file *file = context;
    file->sum = add_to_sum(file->sum, bytes, size);
    file->size += size;
    while (size > 0) {
        ssize_t written = write(file->descriptor, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            file->error = written < 0 ? errno : EIO;
            return false;
        }
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

static bool
write_file(const struct render_job *job, const char *path, struct file *file)
{
    file->descriptor =
        open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file->descriptor < 0) {
        file->error = errno;
        return false;
    }
    bool good = json_report(job->report, job->diag, write_piece, file);
    if (close(file->descriptor) != 0 && good) {
        file->error = errno;
        good = false;
    }
    return good;
}

/* Whether the file holds what was written, size and sum. */
static bool
reads_back(const char *path, struct file *file)
{
    static char piece[64 * 1024];
    uint64_t sum = FNV_START;
    size_t size = 0;
    ssize_t got;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) {
        file->error = errno;
        return false;
    }
    while ((got = read(descriptor, piece, sizeof piece)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            file->error = errno;
            break;
        }
        sum = add_to_sum(sum, piece, (size_t)got);
        size += (size_t)got;
    }
    close(descriptor);
    return got == 0 && sum == file->sum && size == file->size;
}

enum render_status
json_render(const struct render_job *job, const char *file_name,
            const char **why)
{
    const char *path = stage_path(job->stage, file_name);
    struct file file = {.sum = FNV_START};
    if (!write_file(job, path, &file)) {
        *why = arena_format(job->arena, "cannot write %s: %s", path,
                            strerror(file.error));
        return RENDER_SYSTEM_ERROR;
    }
    if (!reads_back(path, &file)) {
        *why =
            arena_format(job->arena, "cannot read back %s: %s", path,
                         file.error != 0 ? strerror(file.error)
                                         : "it does not hold what was written");
        return RENDER_SYSTEM_ERROR;
    }
    return RENDER_OK;
}
