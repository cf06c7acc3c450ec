/*
 * The mail as files of the set.  Room render/.  Reads what is to be attached
 * from the stage, has the mail planned, set and put together, writes it three
 * times over (.eml, .txt, .html) and reads the draft back.
 */
#include "render/mail.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/stage.h"
#include "document/mail.h"
#include "document/sheet.h"
#include "render/look.h"
#include "render/mail_html.h"
#include "render/mail_mime.h"
#include "render/mail_text.h"
#include "render/readback.h"
#include "render/xlsx.h"

#define FILE_MOST ((size_t)1 << 30) /* [bytes] of a file that is looked at */

/* A file of the set in memory. */
struct loaded {
    struct mail_file file;
    const char *bytes;
};

struct work {
    const struct render_job *job;
    const char *stem; /* the set's file names without their suffix */
    struct loaded pdf, workbook, light;
    const char **why;
};

/* --- files ------------------------------------------------------------- */

/* Read as bytes: what source_read() makes of a text does not matter here, as
   neither a PDF nor a zip begins with a byte order mark. */
static bool
load(const struct work *work, const char *path, const char *name,
     struct loaded *loaded)
{
    bool too_large;
    int reason;
    struct source *source = source_read(work->job->arena, path, name, FILE_MOST,
                                        &too_large, &reason);
    if (source == NULL) {
        *work->why =
            arena_format(work->job->arena, "cannot read back %s: %s", path,
                         too_large ? "it is too large" : strerror(reason));
        return false;
    }
    loaded->bytes = source->bytes;
    loaded->file =
        (struct mail_file){source->name, source->size, source->sha256};
    return true;
}

static bool
load_set(struct work *work)
{
    struct arena *arena = work->job->arena;
    const char *pdf = arena_format(arena, "%s.pdf", work->stem);
    const char *workbook = arena_format(arena, "%s.xlsx", work->stem);
    return load(work, stage_path(work->job->stage, pdf), pdf, &work->pdf) &&
           load(work, stage_path(work->job->stage, workbook), workbook,
                &work->workbook);
}

/* The workbook without its largest sheet, as a file for a moment: it is
   attached and not published. */
static enum render_status
make_light(struct work *work)
{
    const struct render_job *job = work->job;
    struct arena *arena = job->arena;
    const char *name = arena_format(arena, "%s-light.xlsx", work->stem);
    const char *folder = stage_folder(job->stage);
    const char *path = arena_format(arena, "%s/%s", folder, name);
    const struct sheet_plan *plan = sheet_plan(
        arena, job->report, mail_light_template(arena, job->template),
        job->lang, job->diag);
    if (plan == NULL)
        return RENDER_INPUT_ERROR;
    const struct xlsx_sum *sums;
    bool good = xlsx_write(arena, plan, path, folder, &sums, work->why) &&
                readback_workbook(arena, plan, sums, path, work->why) &&
                load(work, path, name, &work->light);
    if (unlink(path) != 0 && good) {
        *work->why =
            arena_format(arena, "cannot remove %s: %s", path, strerror(errno));
        good = false;
    }
    return good ? RENDER_OK : RENDER_SYSTEM_ERROR;
}

/* --- the message ------------------------------------------------------- */

/* What makes this mail this one. */
static const char *
sum_of(struct arena *arena, const struct mail_message *message)
{
    struct sha256_ctx context;
    uint8_t sum[SHA256_DIGEST_SIZE];
    const char *hex = "";
    sha256_init(&context);
    sha256_update(&context, strlen(message->subject),
                  (const uint8_t *)message->subject);
    sha256_update(&context, strlen(message->text),
                  (const uint8_t *)message->text);
    sha256_update(&context, strlen(message->html),
                  (const uint8_t *)message->html);
    for (size_t i = 0; i < message->attachment_count; i++)
        sha256_update(&context, message->attachments[i].size,
                      message->attachments[i].bytes);
    sha256_digest(&context, sizeof sum, sum);
    for (size_t i = 0; i < sizeof sum; i++)
        hex = arena_format(arena, "%s%02x", hex, sum[i]);
    return hex;
}

static void
attach(struct mail_message *message, const struct loaded *loaded,
       const char *subtype)
{
    message->attachments[message->attachment_count++] =
        (struct mail_attachment){loaded->file.name, "application", subtype,
                                 loaded->bytes, loaded->file.size};
}

static struct mail_message
message_of(const struct work *work, enum mail_load what)
{
    static const char workbook[] =
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const struct render_job *job = work->job;
    const struct mail_files files = {work->pdf.file, work->workbook.file,
                                     work->light.file};
    const struct look look = look_of(job->template);
    const struct mail *mail = mail_plan(job->arena, job->report, job->template,
                                        job->lang, &files, what);
    struct mail_message message = {.subject = mail->subject,
                                   .whom = &job->report->season->mail,
                                   .text = mail_text(job->arena, mail),
                                   .html = mail_html(job->arena, mail, &look)};
    if (what != MAIL_NOTHING)
        attach(&message, &work->pdf, "pdf");
    if (what == MAIL_WHOLE || what == MAIL_WITHOUT_STEPS)
        attach(&message, what == MAIL_WHOLE ? &work->workbook : &work->light,
               workbook);
    message.sum = sum_of(job->arena, &message);
    return message;
}

static bool
write_one(const struct work *work, const char *suffix, const char *bytes,
          size_t size)
{
    const char *name =
        arena_format(work->job->arena, "%s%s", work->stem, suffix);
    return stage_write(work->job->stage, name, bytes, size, work->why);
}

/* Whether the draft stands as it was meant. */
static bool
reads_back(struct work *work, const char *file_name,
           const struct mail_message *message)
{
    struct loaded found;
    const char *path = stage_path(work->job->stage, file_name);
    if (!load(work, path, file_name, &found))
        return false;
    const char *fault = mail_mime_fault(message, found.bytes, found.file.size);
    if (fault != NULL)
        *work->why = arena_format(work->job->arena, "cannot read back %s: %s",
                                  path, fault);
    return fault == NULL;
}

enum render_status
mail_render(const struct render_job *job, const char *file_name,
            const char **why)
{
    struct work work = {.job = job, .why = why};
    work.stem =
        arena_copy(job->arena, file_name, strlen(file_name) - strlen(".eml"));
    if (!mail_mime_open(job->arena, why) || !load_set(&work))
        return RENDER_SYSTEM_ERROR;
    struct mail_files files = {.pdf = work.pdf.file,
                               .workbook = work.workbook.file};
    enum mail_load what = mail_load(&files);
    if (what == MAIL_WITHOUT_STEPS) {
        enum render_status status = make_light(&work);
        if (status != RENDER_OK)
            return status;
        files.light = work.light.file;
        what = mail_load(&files);
    }
    struct mail_message message = message_of(&work, what);
    size_t size;
    const char *bytes = mail_mime(job->arena, &message, &size);
    if (!write_one(&work, ".eml", bytes, size) ||
        !write_one(&work, ".txt", message.text, strlen(message.text)) ||
        !write_one(&work, ".html", message.html, strlen(message.html)) ||
        !reads_back(&work, file_name, &message))
        return RENDER_SYSTEM_ERROR;
    return RENDER_OK;
}
