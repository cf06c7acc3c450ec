/*
 * headroom: reads a season, assesses it, writes its documents.  The run in
 * order, and the exit status; what each step means is told in its room.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/memory.h"
#include "base/stage.h"
#include "digest.h"
#include "document/plan.h"
#include "document/words.h"
#include "import.h"
#include "input/input.h"
#include "options.h"
#include "publish.h"
#include "render/beside.h"
#include "render/table.h"

enum status {
    STATUS_DONE,
    STATUS_GATE,  /* --gate, and the verdict is not GO */
    STATUS_INPUT, /* wrong usage or input; nothing was written */
    STATUS_SYSTEM /* disk, memory, missing font; what stood still stands */
};

#define DEFAULT_TEMPLATE "review"

/* What the steps of a run hand on to each other. */
struct run {
    struct arena *arena;
    struct diag *diag;
    struct options options;
    const char *share; /* the folder that holds templates/ and fonts/ */
    const struct season *season;
    const struct template *template;
    const struct report *report;
    struct words words;
};

static enum status
fail(enum status status, const char *why)
{
    fprintf(stderr, "headroom: %s\n", why);
    return status;
}

/* What was printed so far has arrived, or the reason why not. */
static enum status
flush_output(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return STATUS_DONE;
    fprintf(stderr, "headroom: cannot write to standard output: %s\n",
            strerror(errno));
    return STATUS_SYSTEM;
}

/* --- where templates and fonts lie --------------------------------------- */

/* HEADROOM_SHARE, else the tree the program was built in, else the folder it
   was installed with. */
static const char *
find_share(struct arena *arena)
{
    const char *own = getenv("HEADROOM_SHARE");
    if (own != NULL && own[0] != '\0')
        return own;
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return ".";
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    *slash = '\0';
    if (access(arena_format(arena, "%s/../templates", path), F_OK) == 0)
        return arena_format(arena, "%s/..", path);
    return arena_format(arena, "%s/../share/headroom", path);
}

/* A name stands for a file among the templates; what has a slash or a suffix
   is a file itself. */
static const char *
template_path(const struct run *run)
{
    const char *name =
        run->options.template ? run->options.template : DEFAULT_TEMPLATE;
    if (strchr(name, '/') != NULL || strchr(name, '.') != NULL)
        return name;
    return arena_format(run->arena, "%s/templates/%s.yaml", run->share, name);
}

/* --- read and assess ----------------------------------------------------- */

static enum status
read_template(struct run *run)
{
    const char *path = template_path(run);
    if (run->options.template == NULL && access(path, R_OK) != 0)
        return fail(STATUS_SYSTEM,
                    arena_format(run->arena, "cannot read %s: %s", path,
                                 strerror(errno)));
    run->template = input_read_template(run->arena, path, run->diag);
    if (run->template == NULL)
        return diag_has(run->diag, DIAG_READ_FAILED) ? STATUS_SYSTEM
                                                     : STATUS_INPUT;
    if (!plan_check(run->arena, run->template, run->diag))
        return STATUS_INPUT;
    return STATUS_DONE;
}

/* The scenario that the documents are about. */
static enum status
find_scenario(const struct run *run, size_t *shown)
{
    const struct season *season = run->season;
    const char *id = run->options.scenario;
    *shown = season->plan;
    if (id == NULL)
        return STATUS_DONE;
    long found = assess_find_scenario(season, id);
    if (found >= 0) {
        *shown = (size_t)found;
        return STATUS_DONE;
    }
    const char **known =
        arena_array(run->arena, season->scenario_count, const char *);
    for (size_t i = 0; i < season->scenario_count; i++)
        known[i] = season->scenarios[i].id;
    const char *near = text_nearest(id, known, season->scenario_count);
    return fail(
        STATUS_INPUT,
        arena_format(run->arena, "the season has no scenario \"%s\"%s", id,
                     near ? arena_format(run->arena, "; did you mean %s?", near)
                          : ""));
}

/* The report to compare with stands with the season. */
static enum status
read_previous(struct run *run)
{
    if (run->options.previous == NULL)
        return STATUS_DONE;
    struct season *season = arena_alloc(run->arena, sizeof *season);
    *season = *run->season;
    season->previous = input_read_previous(run->arena, run->options.previous,
                                           run->season, run->diag);
    run->season = season;
    if (season->previous != NULL)
        return STATUS_DONE;
    return diag_has(run->diag, DIAG_READ_FAILED) ? STATUS_SYSTEM : STATUS_INPUT;
}

static enum status
read_and_assess(struct run *run)
{
    enum status status;
    size_t shown;
    run->season = input_read_season(run->arena, run->options.inputs,
                                    run->options.input_count,
                                    run->options.allow_outside, run->diag);
    status = read_template(run);
    if (status != STATUS_DONE)
        return status;
    if (run->season == NULL)
        return diag_has(run->diag, DIAG_READ_FAILED) ? STATUS_SYSTEM
                                                     : STATUS_INPUT;
    status = find_scenario(run, &shown);
    if (status == STATUS_DONE)
        status = read_previous(run);
    if (status != STATUS_DONE)
        return status;
    run->report = assess_season(run->arena, run->season, shown, run->diag);
    run->words = (struct words){
        .arena = run->arena,
        .template = run->template,
        .lang = run->options.has_lang ? run->options.lang : run->season->lang,
        .unit = run->season->unit};
    return diag_has_errors(run->diag) ? STATUS_INPUT : STATUS_DONE;
}

/* --- publish ------------------------------------------------------------- */

/* <season>-readiness, and the scenario's id where it is not the plan. */
static const char *
file_stem(const struct run *run)
{
    const struct report *report = run->report;
    if (report->shown == report->plan)
        return arena_format(run->arena, "%s-readiness", run->season->id);
    return arena_format(run->arena, "%s-readiness-%s", run->season->id,
                        report->shown->scenario->id);
}

static bool
is_id_character(char c, bool at_edge)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') ||
           (!at_edge && (c == '.' || c == '_' || c == '-'));
}

static bool
is_id(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!is_id_character(text[i], i == 0 || i + 1 == length))
            return false;
    return length > 0;
}

/* Whether a run for the season of that id may have written a file: its stem,
   a scenario's id or none, and a suffix that headroom writes. */
static bool
is_ours(const char *name, const void *context)
{
    static const char *const suffix[] = {".pdf", ".xlsx", ".json", ".eml",
                                         ".txt", ".html", ".dump"};
    static const char stem[] = "-readiness";
    const char *season = context;
    size_t length = strlen(season);
    if (strncmp(name, season, length) != 0 ||
        strncmp(name + length, stem, sizeof stem - 1) != 0)
        return false;
    const char *rest = name + length + sizeof stem - 1;
    const char *dot = strrchr(rest, '.');
    if (dot == NULL ||
        (dot > rest &&
         !(rest[0] == '-' && is_id(rest + 1, (size_t)(dot - rest) - 1))))
        return false;
    for (size_t i = 0; i < sizeof suffix / sizeof *suffix; i++)
        if (strcmp(dot, suffix[i]) == 0)
            return true;
    return false;
}

/* The folder as given, without the slashes at its end. */
static const char *
output_folder(const struct run *run)
{
    const char *folder = run->options.folder;
    if (folder == NULL)
        return arena_format(run->arena, "out/%s", run->season->id);
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    return arena_copy(run->arena, folder, length);
}

static enum status
render_all(const struct run *run, struct stage *stage)
{
    struct render_job job = {.arena = run->arena,
                             .report = run->report,
                             .template = run->template,
                             .lang = run->words.lang,
                             .diag = run->diag,
                             .stage = stage,
                             .share = run->share};
    struct beside_file files[MOST_RENDERERS];
    size_t count = run->options.renderer_count;
    const char *why = NULL;
    for (size_t i = 0; i < count; i++) {
        files[i].renderer = run->options.renderers[i];
        files[i].name = arena_format(run->arena, "%s%s", file_stem(run),
                                     files[i].renderer->suffix);
    }
    switch (beside_render(&job, files, count, &why)) {
    case RENDER_OK:
        return STATUS_DONE;
    case RENDER_INPUT_ERROR:
        return STATUS_INPUT;
    default:
        return fail(STATUS_SYSTEM, why);
    }
}

static bool
wants_colour(void)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && (no == NULL || no[0] == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}

static enum status
print_table(const struct run *run)
{
    if (run->options.quiet)
        return STATUS_DONE;
    table_print(run->report, &run->words, wants_colour(), stdout);
    return flush_output();
}

static void
print_file(const struct run *run, const char *suffix)
{
    const char *file = arena_format(run->arena, "%s/%s%s", output_folder(run),
                                    file_stem(run), suffix);
    struct fill fills[] = {
        {"file", {.one = file}},
        {0     }
    };
    puts(words_fill(&run->words, "terminal.wrote", fills).lead);
}

static enum status
print_files(const struct run *run)
{
    if (run->options.quiet)
        return STATUS_DONE;
    for (size_t i = 0; i < run->options.renderer_count; i++) {
        const struct renderer *renderer = run->options.renderers[i];
        print_file(run, renderer->suffix);
        for (size_t k = 0; k < sizeof renderer->more / sizeof *renderer->more;
             k++)
            if (renderer->more[k] != NULL)
                print_file(run, renderer->more[k]);
    }
    return flush_output();
}

/* Everything is rendered and checked before the table is printed, and the
   table has arrived before anything is published. */
static enum status
write_documents(const struct run *run)
{
    const char *why;
    struct stage *stage = stage_open(run->arena, output_folder(run), &why);
    if (stage == NULL)
        return fail(STATUS_SYSTEM, why);
    enum status status = render_all(run, stage);
    if (status == STATUS_DONE)
        status = print_table(run);
    if (status == STATUS_DONE &&
        !stage_commit(stage, is_ours, run->season->id, &why))
        status = fail(STATUS_SYSTEM, why);
    if (status == STATUS_DONE && stage_replaced_working_folder(stage))
        fputs("headroom: note: this folder was exchanged as a whole; "
              "\"cd .\" shows the new files\n",
              stderr);
    if (status == STATUS_DONE)
        status = print_files(run);
    stage_close(stage);
    return status;
}

/* --- the run ------------------------------------------------------------- */

static enum status
gate(const struct run *run)
{
    return run->options.gate && run->report->shown->verdict != VERDICT_GO
               ? STATUS_GATE
               : STATUS_DONE;
}

static enum status
report(struct run *run)
{
    enum status status = read_and_assess(run);
    if (status == STATUS_DONE)
        status = write_documents(run);
    diag_print(run->diag, stderr);
    return status == STATUS_DONE ? gate(run) : status;
}

static enum status
check(struct run *run)
{
    enum status status = read_and_assess(run);
    if (status == STATUS_DONE)
        status = print_table(run);
    diag_print(run->diag, stderr);
    return status == STATUS_DONE ? gate(run) : status;
}

/* A command that writes one file. */
static enum status
write_one(struct run *run,
          bool (*write)(struct arena *arena, const struct options *options,
                        struct diag *diag, const char **why))
{
    const char *why = NULL;
    bool is_good = write(run->arena, &run->options, run->diag, &why);
    diag_print(run->diag, stderr);
    if (why != NULL)
        return fail(STATUS_SYSTEM, why);
    if (is_good)
        return STATUS_DONE;
    return diag_has(run->diag, DIAG_READ_FAILED) ? STATUS_SYSTEM : STATUS_INPUT;
}

static enum status
import(struct run *run)
{
    return write_one(run, import_files);
}

static enum status
digest(struct run *run)
{
    return write_one(run, digest_files);
}

static enum status (*const command[COMMANDS])(struct run *run) = {
    [COMMAND_REPORT] = report,
    [COMMAND_MAIL] = report, /* options.c chose the renderers */
    [COMMAND_CHECK] = check,
    [COMMAND_IMPORT] = import,
    [COMMAND_DIGEST] = digest,
};

static enum status
run_command(struct run *run, int argc, char **argv)
{
    const char *why;
    if (!options_read(run->arena, argc, argv, &run->options, &why)) {
        fail(STATUS_INPUT, why);
        fputs("try headroom --help\n", stderr);
        return STATUS_INPUT;
    }
    if (run->options.help) {
        options_usage(stdout);
        return flush_output();
    }
    if (run->options.version) {
        puts("headroom " HEADROOM_VERSION);
        return flush_output();
    }
    run->share = find_share(run->arena);
    return command[run->options.command](run);
}

/* A file that is opened must never take the number of a standard stream that
   the caller closed; what is then printed there fails. */
static bool
hold_standard_streams(void)
{
    for (int i = 0; i <= STDERR_FILENO; i++)
        if (fcntl(i, F_GETFD) < 0 &&
            open("/dev/null", i == STDIN_FILENO ? O_WRONLY : O_RDONLY) != i)
            return false;
    return true;
}

/* Removes what is not yet whole. */
static void
abandon(void)
{
    stage_abandon();
    publish_abandon();
}

static void
end_by_signal(int number)
{
    abandon();
    signal(number, SIG_DFL);
    raise(number);
}

/* A reader that went away and a file-size limit are failing writes; what
   interrupts the run takes the staging folder with it. */
static void
set_signals(void)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct sigaction action = {.sa_handler = end_by_signal};
        struct sigaction before;
        sigemptyset(&action.sa_mask);
        /* nohup and the like have asked for it to be ignored */
        if (sigaction(ends[i], NULL, &before) == 0 &&
            before.sa_handler != SIG_IGN)
            sigaction(ends[i], &action, NULL);
    }
}

int
main(int argc, char **argv)
{
    if (!hold_standard_streams())
        return STATUS_SYSTEM;
    set_signals();
    memory_on_failure(abandon);
    /* fixed, as it would grow with the first large input: what is given back
       then returns to the system */
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
    struct run run = {.arena = arena_new()};
    run.diag = diag_new(run.arena);
    enum status status = run_command(&run, argc, argv);
    arena_free(run.arena);
    return (int)status;
}
