/*
 * The files of an ask: each is read into the findings of its step.  Room:
 * results.  What a file says is its reader's business, what steps come of it
 * steps.c's.
 */
#include "results/ask.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "results/file.h"
#include "results/label.h"
#include "results/series.h"
#include "results/steps.h"

#define NS_A_SECOND 1000000000

/* --- reading a file ----------------------------------------------------- */

/* What stands in a file that is not what was said, as far as is known. */
static const char *
found(struct arena *arena, enum tool tool, const char *head, size_t size)
{
    const struct form *other = form_find(TOOLS, head, size);
    if (size == 0)
        return "an empty file";
    if (other == NULL)
        return tool == TOOLS ? "nothing that headroom knows (a log with "
                               "columns of its own: from csv, with columns)"
                             : "nothing that headroom knows";
    return arena_format(arena, "%s (--from %s)", other->name,
                        tool_name[other->tool]);
}

const struct form *
ask_form(struct arena *arena, enum tool tool, struct input *input,
         struct diag *diag)
{
    size_t size;
    const char *head = input_head(input, &size);
    const struct source *source = input_source(input);
    const struct form *form = size > 0 ? form_find(tool, head, size) : NULL;
    if (form != NULL && !(form->has_samples && input_is_converted(input)))
        return form;
    struct source *shown = arena_alloc(arena, sizeof *shown);
    *shown = *source;
    shown->bytes = head;
    shown->size = size;
    struct place place = {shown, 1, 1, 1};
    if (form != NULL)
        diag_add(diag, DIAG_RESULTS_REFUSED, place, form->name,
                 "it is UTF-16: save it as UTF-8", NULL);
    else
        diag_add(diag, DIAG_RESULTS_UNKNOWN, place,
                 tool == TOOLS
                     ? "the results of a load-test tool"
                     : arena_format(arena, "results of %s", tool_name[tool]),
                 found(arena, tool, head, size), NULL);
    return NULL;
}

/* What no summary may say. */
static bool
check_summary(struct asking *asking, const struct summary *summary)
{
    static const char *const name[PERCENTILES] = {"p50", "p95", "p99", "p99.9"};
    int lower = -1;
    for (int i = 0; i < PERCENTILES; i++) {
        if (!summary->percentile_ms[i].given)
            continue;
        if (lower >= 0 &&
            decimal_compare(summary->percentile_ms[i].value,
                            summary->percentile_ms[lower].value) < 0) {
            diag_add(
                asking->diag, DIAG_PERCENTILES, summary->place, name[lower],
                name[i],
                decimal_text(asking->arena,
                             summary->percentile_ms[lower].value),
                decimal_text(asking->arena, summary->percentile_ms[i].value),
                NULL);
            return false;
        }
        lower = i;
    }
    return true;
}

static bool
read_file(struct asking *asking, struct told_file *file, size_t index,
          struct findings *findings)
{
    struct input *input =
        input_open(asking->arena, file->asked->path, file->asked->name,
                   asking->ask->order + (unsigned)index, file->asked->place,
                   asking->diag, asking->wants_sha256);
    if (input == NULL)
        return false;
    size_t errors = diag_error_count(asking->diag);
    size_t before = findings->summary_count;
    findings->version = NULL; /* what follows is told of each file */
    findings->model = LOAD_UNKNOWN;
    findings->dropped = findings->left_out = 0;
    file->form =
        ask_form(asking->arena, asking->ask->tool, input, asking->diag);
    file->source = input_source(input);
    if (file->form != NULL && file->form->has_samples)
        tally_origin(findings->tally, input_origin(input));
    if (file->form == NULL || !file->form->read(input, findings)) {
        input_drop(input);
        return false;
    }
    if (!input_close(input))
        return false;
    for (size_t i = before; i < findings->summary_count; i++)
        if (!check_summary(asking, &findings->summaries[i]))
            return false;
    file->summaries = findings->summary_count - before;
    file->version = findings->version;
    file->model = findings->model;
    file->dropped = findings->dropped;
    file->left_out = findings->left_out;
    file->left_out_what = findings->left_out_what;
    file->percentile_rule = findings->percentile_rule;
    return diag_error_count(asking->diag) == errors;
}

/* --- the files of a step ------------------------------------------------ */

/* Files of summaries stand alone: what they hold cannot be merged. */
static bool
check_alone(struct asking *asking, const struct told_file *file, size_t files,
            const struct findings *findings)
{
    const enum split split = asking->ask->split;
    bool by_levels = split == SPLIT_LEVELS || split == SPLIT_THREADS;
    bool has_ends = asking->ask->warmup_s > 0 || asking->ask->cooldown_s > 0;
    if (file->form->has_samples)
        return true;
    if (files > 1)
        diag_add(asking->diag, DIAG_RESULTS_MERGE,
                 (struct place){file->source, 1, 1, 1}, file->form->name, NULL);
    else if (has_ends || (split != SPLIT_FILES && split != SPLIT_WHOLE &&
                          !(by_levels && steps_have_levels(findings))))
        diag_add(asking->diag, DIAG_RESULTS_STEPS,
                 (struct place){file->source, 1, 1, 1},
                 arena_format(asking->arena, "%s holds no samples",
                              file->form->name),
                 NULL);
    else
        return true;
    return false;
}

/* Adds to the tools of the files, each once; a text of a season has 200
   characters, which so many tools never fill. */
static void
add_tool(struct arena *arena, struct told *told, const char *name)
{
    const size_t length = strlen(name), most = 200;
    for (const char *at = told->tool; at != NULL;) {
        if (strncmp(at, name, length) == 0 &&
            (at[length] == '\0' || at[length] == ','))
            return;
        at = strstr(at, ", ");
        at = at ? at + 2 : NULL;
    }
    if (told->tool == NULL)
        told->tool = name;
    else if (strlen(told->tool) + 2 + length <= most)
        told->tool = arena_format(arena, "%s, %s", told->tool, name);
}

static void
tell_model(struct asking *asking, const struct told_file *file)
{
    struct told *told = asking->told;
    for (size_t i = 0; i < asking->told->link_count; i++) {
        struct told_link *link = &told->links[i];
        if (link->lacks == NULL && file->form->lacks != NULL) {
            link->lacks = file->form->lacks;
            link->instead = file->form->instead;
        }
        if (!file->form->has_samples)
            continue;
        link->is_closed |= file->model == LOAD_CLOSED;
        link->is_uncorrected |= file->model != LOAD_OPEN;
        link->dropped += file->dropped;
    }
    add_tool(asking->arena, told,
             file->version ? file->version : tool_name[file->form->tool]);
}

/* The earliest day that the files name; what counts from the start of a run
   has none. */
static void
tell_day(struct told *told, const struct findings *findings)
{
    struct tally_pick all;
    const int64_t day_s = 86400;
    int64_t first_s = INT64_MAX;
    if (tally_pick(findings->tally, TALLY_ANY, TALLY_ANY, INT64_MIN, INT64_MAX,
                   &all))
        first_s = all.first_start_ns / NS_A_SECOND;
    for (size_t i = 0; i < findings->summary_count; i++) {
        int64_t start_s = findings->summaries[i].start_s;
        if (start_s != INT64_MIN && start_s < first_s)
            first_s = start_s;
    }
    if (first_s < 365 * day_s || first_s == INT64_MAX ||
        (told->day.given && told->day.number <= first_s / day_s))
        return;
    told->day = (struct day){true, (int32_t)(first_s / day_s)};
}

static enum tally_depth
depth_of(const struct ask *ask)
{
    bool by_seconds = ask->warmup_s > 0 || ask->cooldown_s > 0 ||
                      (ask->split != SPLIT_FILES && ask->split != SPLIT_WHOLE);
    return by_seconds ? TALLY_SECONDS : TALLY_TOTALS;
}

static void
ask_step(struct asking *asking, size_t step)
{
    const struct ask *ask = asking->ask;
    struct told *told = asking->told;
    struct findings findings = {.arena = asking->arena,
                                .diag = asking->diag,
                                .request = &ask->request,
                                .tally = tally_new(depth_of(ask))};
    size_t files = 0;
    uint64_t samples = 0;
    bool is_good = true;
    for (size_t i = 0; i < ask->file_count; i++)
        files += ask->files[i].step == step;
    for (size_t i = 0; i < ask->file_count; i++) {
        struct told_file *file = &told->files[i];
        struct tally_pick all;
        if (ask->files[i].step != step)
            continue;
        if (!read_file(asking, file, i, &findings) ||
            !check_alone(asking, file, files, &findings)) {
            is_good = false;
            continue;
        }
        if (tally_pick(findings.tally, TALLY_ANY, TALLY_ANY, INT64_MIN,
                       INT64_MAX, &all)) {
            file->samples = all.samples - samples;
            samples = all.samples;
        }
        if (file->left_out > 0)
            steps_note(asking,
                       arena_format(asking->arena, "%s: left out %llu %s",
                                    file->asked->name,
                                    (unsigned long long)file->left_out,
                                    file->left_out_what ? file->left_out_what
                                                        : "records"));
    }
    if (tally_aside(findings.tally) > 0)
        steps_note(
            asking,
            arena_format(asking->arena,
                         "%s: %llu transactions stand aside: their requests "
                         "have rows of their own",
                         steps_first_file(asking, step)->asked->name,
                         (unsigned long long)tally_aside(findings.tally)));
    is_good = is_good && label_check(asking->arena, ask, &findings,
                                     steps_first_file(asking, step)->source,
                                     told, asking->diag);
    asking->is_good &= is_good;
    for (size_t i = 0; is_good && i < ask->file_count; i++)
        if (ask->files[i].step == step)
            tell_model(asking, &told->files[i]);
    if (is_good)
        tell_day(told, &findings);
    if (is_good && steps_first_file(asking, step)->form->has_samples) {
        steps_of_samples(asking, findings.tally, step, &findings);
    } else if (is_good) {
        steps_of_summaries(asking, &findings, step);
    }
    if (is_good)
        label_left_out(asking->arena, &findings, steps_first_file(asking, step),
                       told);
    tally_free(findings.tally);
}

/* Every link that was asked for has a step, and there is one at all. */
static void
check_steps(struct asking *asking)
{
    struct told *told = asking->told;
    size_t steps = 0;
    for (size_t i = 0; asking->is_good && i < told->link_count; i++) {
        steps += told->links[i].step_count;
        if (told->links[i].step_count > 0 || asking->ask->link_count == 0)
            continue;
        label_report_unknown(asking->arena, told, &told->links[i],
                             asking->diag);
        asking->is_good = false;
    }
    if (!asking->is_good || steps > 0)
        return;
    diag_add(asking->diag, DIAG_RESULTS_NO_SPAN,
             (struct place){told->files[0].source, 1, 1, 1},
             "no label spans any time", NULL);
    asking->is_good = false;
}

bool
ask_names_once(struct arena *arena, const struct ask *ask, bool as_one,
               struct diag *diag)
{
    struct stat *files = arena_array(arena, ask->file_count + 1, struct stat);
    bool is_good = true;
    for (size_t i = 0; i < ask->file_count; i++) {
        const struct asked_file *file = &ask->files[i];
        /* what cannot be opened is reported where it is */
        if (stat(file->path, &files[i]) != 0 || !S_ISREG(files[i].st_mode))
            files[i] = (struct stat){0};
        bool is_again = false;
        for (size_t k = 0; k < i && files[i].st_mode != 0; k++)
            is_again |= (as_one || ask->files[k].step == file->step) &&
                        files[k].st_ino == files[i].st_ino &&
                        files[k].st_dev == files[i].st_dev &&
                        files[k].st_mode != 0;
        if (is_again)
            diag_add(diag, DIAG_RESULTS_TWICE, file->place,
                     "time the same file", file->name, NULL);
        is_good &= !is_again;
    }
    return is_good;
}

struct told *
ask_files(struct arena *arena, const struct ask *ask, bool wants_sha256,
          struct diag *diag)
{
    struct asking asking = {.arena = arena,
                            .ask = ask,
                            .diag = diag,
                            .wants_sha256 = wants_sha256,
                            .is_good = true};
    struct told *told = arena_alloc(arena, sizeof *told);
    asking.told = told;
    told->files = arena_array(arena, ask->file_count + 1, struct told_file);
    told->file_count = ask->file_count;
    for (size_t i = 0; i < ask->file_count; i++)
        told->files[i].asked = &ask->files[i];
    for (size_t i = 0; i < ask->link_count; i++)
        label_add_link(arena, told, &ask->links[i]);
    asking.is_good = ask_names_once(arena, ask, false, diag);
    asking.is_good &= series_read(arena, ask, wants_sha256, told, diag);
    for (size_t i = 0; i < ask->step_count; i++)
        ask_step(&asking, i);
    check_steps(&asking);
    return asking.is_good && !diag_has_errors(diag) ? told : NULL;
}

/* --- words of an ask ---------------------------------------------------- */

int64_t
ask_seconds(const char *text)
{
    static const struct {
        const char *unit;
        int64_t seconds;
    } units[] = {
        {"",  1   },
        {"s", 1   },
        {"m", 60  },
        {"h", 3600}
    };
    const int64_t most = 10000000;
    int64_t count = 0;
    const char *s = text;
    for (; *s >= '0' && *s <= '9' && count <= most; s++)
        count = count * 10 + (*s - '0');
    for (size_t i = 0; s > text && i < sizeof units / sizeof *units; i++)
        if (strcmp(s, units[i].unit) == 0 && count * units[i].seconds <= most)
            return count * units[i].seconds;
    return -1;
}

bool
ask_split(struct ask *ask, const char *text)
{
    static const struct {
        const char *name;
        enum split split;
    } splits[] = {
        {"files",    SPLIT_FILES   },
        {"whole",    SPLIT_WHOLE   },
        {"levels",   SPLIT_LEVELS  },
        {"threads",  SPLIT_THREADS },
        {"plateaus", SPLIT_PLATEAUS},
    };
    for (size_t i = 0; i < sizeof splits / sizeof *splits; i++)
        if (strcmp(text, splits[i].name) == 0) {
            ask->split = splits[i].split;
            return true;
        }
    ask->split = SPLIT_WINDOWS;
    ask->window_s = ask_seconds(text);
    return ask->window_s > 0;
}
