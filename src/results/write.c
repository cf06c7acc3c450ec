/*
 * The YAML of import.  Room: results.  What it writes, input/ reads back as it
 * was meant; comments never hold a line end of a file's.
 */
#include "results/write.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"

#define SOURCE_MOST 180 /* characters of the text `source` */

/* --- texts -------------------------------------------------------------- */

/* Whether a text without quotes is read back as it is: YAML takes some words
   for no value. */
static bool
is_plain(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (*text == '\0' || strchr(letters, *text) == NULL ||
        strcasecmp(text, "null") == 0)
        return false;
    for (const char *s = text; *s; s++)
        if (strchr(letters, *s) == NULL && strchr("0123456789._/-", *s) == NULL)
            return false;
    return true;
}

void
write_text(FILE *stream, const char *text)
{
    const char *end = text + strlen(text);
    if (is_plain(text)) {
        fputs(text, stream);
        return;
    }
    fputc('"', stream);
    while (text < end) {
        uint32_t code;
        unsigned bytes = text_decode(text, end, &code);
        if (bytes == 0) {
            fputs("\xEF\xBF\xBD", stream); /* U+FFFD */
            bytes = 1;
        } else if (*text == '"' || *text == '\\') {
            fprintf(stream, "\\%c", *text);
        } else if (text_forbidden(code) != NULL) {
            fprintf(stream, code < 0x10000 ? "\\u%04X" : "\\U%08X",
                    (unsigned)code);
        } else {
            fwrite(text, 1, bytes, stream);
        }
        text += bytes;
    }
    fputc('"', stream);
}

/* A text in a comment, on one line whatever is in it. */
static void
put_comment(FILE *stream, const char *text)
{
    const char *end = text + strlen(text);
    while (text < end) {
        uint32_t code;
        unsigned bytes = text_decode(text, end, &code);
        if (bytes == 0 || text_forbidden(code) != NULL)
            fputs("\xEF\xBF\xBD", stream);
        else
            fwrite(text, 1, bytes, stream);
        text += bytes > 0 ? bytes : 1;
    }
}

const char *
write_source(struct arena *arena, const struct told *told)
{
    const char *list = "";
    for (size_t i = 0; i < told->file_count; i++) {
        const char *longer =
            arena_format(arena, "%s%s%s", list, i > 0 ? ", " : "",
                         told->files[i].asked->name);
        if (text_length(longer) > SOURCE_MOST && i > 0)
            return arena_format(arena, "%s and %zu more", list,
                                told->file_count - i);
        list = longer;
    }
    return list;
}

/* --- results ------------------------------------------------------------ */

static void
put_file(struct arena *arena, const struct told_file *file, FILE *stream)
{
    const char *what =
        file->form->has_samples
            ? arena_format(arena, "%llu samples",
                           (unsigned long long)file->samples)
            : arena_format(arena, "%zu summar%s", file->summaries,
                           file->summaries == 1 ? "y" : "ies");
    fputs("#   ", stream);
    put_comment(stream, file->asked->name);
    fprintf(stream, ": %s (%s), %llu bytes, %s; percentiles: ",
            tool_name[file->form->tool], file->form->name,
            (unsigned long long)file->source->file_size, what);
    put_comment(stream, file->percentile_rule ? file->percentile_rule
                        : file->form->has_samples
                            ? "nearest rank of the samples"
                        : file->form->lacks != NULL &&
                                strcmp(file->form->lacks, "percentiles") == 0
                            ? "none in the file"
                            : "as the tool gives them");
    fputc('\n', stream);
}

static void
put_head(struct arena *arena, const struct told *told, FILE *stream)
{
    fputs("# read by headroom import:\n", stream);
    for (size_t i = 0; i < told->file_count; i++)
        put_file(arena, &told->files[i], stream);
    for (size_t i = 0; i < told->note_count; i++) {
        fputs("# ", stream);
        put_comment(stream, told->notes[i]);
        fputc('\n', stream);
    }
}

static void
put_step(struct arena *arena, const struct told_step *told, FILE *stream)
{
    const char *before = "";
    fputs("      - {", stream);
    for (unsigned i = 0; i < METRICS; i++) {
        if (!step_has(&told->step, (enum metric)i))
            continue;
        fprintf(stream, "%s%s: %s", before, metric_key[i],
                decimal_text(arena, told->step.metric[i]));
        before = ", ";
    }
    fputs("} # ", stream);
    put_comment(stream, told->comment);
    fputc('\n', stream);
}

/* The percentiles that no step has. */
static void
put_missing(const struct told_link *link, FILE *stream)
{
    unsigned given = 0;
    const char *before = "    # not in the files: ";
    for (size_t i = 0; i < link->step_count; i++)
        given |= link->steps[i].step.given;
    for (unsigned i = METRIC_P50_MS; i <= METRIC_P999_MS; i++) {
        if (given >> i & 1)
            continue;
        fprintf(stream, "%s%s", before, metric_key[i]);
        before = ", ";
    }
    if (*before == ',') {
        if (link->instead != NULL)
            fprintf(stream, "; to have them, run %s", link->instead);
        fputc('\n', stream);
    }
}

static void
put_warnings(struct arena *arena, const struct told_link *link, FILE *stream)
{
    if (link->is_closed)
        fputs("    # a closed loop: its users wait for answers, so the load "
              "falls as the system slows down\n",
              stream);
    if (link->is_uncorrected)
        fputs("    # latencies are not corrected for coordinated omission\n",
              stream);
    if (link->dropped > 0)
        fprintf(stream,
                "    # %llu requests were never sent: the load fell short of "
                "what was asked\n",
                (unsigned long long)link->dropped);
    if (link->generator_cpu.given)
        fprintf(stream, "    # CPU of the load generator: up to %s\n",
                decimal_text(arena, link->generator_cpu.value));
}

static void
put_link(struct arena *arena, const struct told *told,
         const struct told_link *link, struct day date, FILE *stream)
{
    const char *before = "  - ";
    if (link->asked->link != NULL) {
        fprintf(stream, "%slink: ", before);
        write_text(stream, link->asked->link);
        fputc('\n', stream);
        before = "    ";
    }
    fprintf(stream, "%stool: ", before);
    write_text(stream, told->tool);
    if (link->asked->link == NULL)
        fputs("\n    # link: the files do not name it; add it, or give --link",
              stream);
    if (date.given)
        fprintf(stream, "\n    date: %s", day_text(arena, date));
    else if (told->day.given)
        fprintf(stream, "\n    date: %s # of the first sample, in UTC",
                day_text(arena, told->day));
    else
        fputs("\n    # date: the files do not say it; add it, or give --date",
              stream);
    if (link->asked->instances > 0)
        fprintf(stream, "\n    instances: %u", link->asked->instances);
    fputs("\n    source: ", stream);
    write_text(stream, write_source(arena, told));
    fputc('\n', stream);
    put_warnings(arena, link, stream);
    put_missing(link, stream);
    fputs("    steps:\n", stream);
    for (size_t i = 0; i < link->step_count; i++)
        put_step(arena, &link->steps[i], stream);
}

void
write_results(struct arena *arena, const struct told *told, struct day date,
              FILE *stream)
{
    put_head(arena, told, stream);
    fputs("results:\n", stream);
    for (size_t i = 0; i < told->link_count; i++)
        if (told->links[i].step_count > 0)
            put_link(arena, told, &told->links[i], date, stream);
}
