/*
 * From findings to steps, link by link.  Room: results.  Where a run is cut is
 * slice.c's business, how a number is rounded figure.c's.
 */
#include "results/steps.h"

#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "results/figure.h"
#include "results/label.h"
#include "results/series.h"
#include "results/slice.h"

#define NS_A_SECOND 1000000000
#define SHORTEST_SPAN 1000000 /* [ns] of samples that a rate is made of */

void
steps_note(struct asking *asking, const char *text)
{
    struct told *told = asking->told;
    told->notes = arena_grow(asking->arena, told->notes, told->note_count,
                             &told->note_room, sizeof *told->notes);
    told->notes[told->note_count++] = text;
}

/* --- steps of a link ---------------------------------------------------- */

static void
say(struct step *step, const struct said *said)
{
    if (said == NULL)
        return;
    if (said->offered_qps.given)
        figure_set(step, METRIC_OFFERED_QPS, said->offered_qps.value);
    if (said->concurrency.given)
        figure_set(step, METRIC_CONCURRENCY, said->concurrency.value);
}

static struct told_step *
add_step(struct asking *asking, struct told_link *link, struct place place)
{
    link->steps = arena_grow(asking->arena, link->steps, link->step_count,
                             &link->step_room, sizeof *link->steps);
    struct told_step *told = &link->steps[link->step_count++];
    *told = (struct told_step){
        .step = {.line = place.line, .column = place.column}
    };
    return told;
}

const struct told_file *
steps_first_file(const struct asking *asking, size_t step)
{
    size_t i = 0;
    while (asking->told->files[i].asked->step != step)
        i++;
    return &asking->told->files[i];
}

/* The files of a step: "gen1.jtl and 1 more". */
static const char *
names_of(const struct asking *asking, size_t step)
{
    const struct ask *ask = asking->ask;
    size_t count = 0;
    for (size_t i = 0; i < ask->file_count; i++)
        count += ask->files[i].step == step;
    const char *first = steps_first_file(asking, step)->asked->name;
    return count == 1 ? first
                      : arena_format(asking->arena, "%s and %zu more", first,
                                     count - 1);
}

/* Samples that no rate can be made of. */
static void
no_span(struct asking *asking, const struct findings *findings,
        const struct told_file *file, const char *why)
{
    struct place place = {file->source, 1, 1, 1};
    diag_add(asking->diag, DIAG_RESULTS_NO_SPAN,
             findings->first.line > 0 ? findings->first : place, why, NULL);
    asking->is_good = false;
}

static void
step_of_samples(struct asking *asking, struct told_link *link, uint32_t label,
                const struct slice *slice, struct tally *tally, size_t step,
                const struct findings *findings)
{
    struct tally_pick pick;
    const struct told_file *file = steps_first_file(asking, step);
    if (!tally_pick(tally, label, slice->group, slice->from_s, slice->to_s,
                    &pick)) {
        steps_note(asking,
                   arena_format(asking->arena, "%s: no samples of %s in %s",
                                file->asked->name,
                                link->asked->label ? link->asked->label : "it",
                                slice->name ? slice->name : "it"));
        return;
    }
    int64_t span = slice->span_ns;
    if (span == 0 && pick.first_start_ns == pick.last_start_ns &&
        asking->ask->link_count == 0 && tally_label_count(tally) > 1) {
        steps_note(asking, arena_format(
                               asking->arena,
                               "%s: left out \"%s\", which spans no time: %llu "
                               "request%s",
                               names_of(asking, step), link->asked->label,
                               (unsigned long long)pick.samples,
                               pick.samples == 1 ? "" : "s"));
        return;
    }
    if (span == 0 && pick.first_start_ns == pick.last_start_ns) {
        no_span(asking, findings, file,
                pick.samples == 1 ? "one sample"
                                  : "all samples start at the same time");
        return;
    }
    if (span == 0)
        span = pick.last_end_ns - pick.first_start_ns;
    if (span < SHORTEST_SPAN) {
        no_span(asking, findings, file, "all samples within a millisecond");
        return;
    }
    struct place place = slice->said && slice->said->place.line > 0
                             ? slice->said->place
                             : file->asked->place;
    struct told_step *told = add_step(asking, link, place);
    figure_samples(&told->step, &pick, span, findings->lacks_failed);
    if (slice->threads > 0)
        figure_set(&told->step, METRIC_CONCURRENCY, decimal_of(slice->threads));
    say(&told->step, slice->said);
    if (asking->ask->split == SPLIT_FILES)
        say(&told->step, &asking->ask->said[step]);
    asking->is_good =
        asking->is_good &&
        series_step(asking->arena, asking->ask, asking->told, &told->step,
                    slice->from_s == INT64_MIN ? pick.first_start_ns
                                               : slice->from_s * NS_A_SECOND,
                    span, asking->diag);
    told->comment = arena_format(
        asking->arena, "%s%s%s: %llu requests, %llu failed",
        names_of(asking, step), slice->name ? ", " : "",
        slice->name ? slice->name : "", (unsigned long long)pick.samples,
        (unsigned long long)pick.failed);
}

/* Plateaus are a proposal: told as the schedule that would approve them. */
static void
tell_plateaus(struct asking *asking, const struct slice *slices, size_t count)
{
    const char *list = "";
    for (size_t i = 0; i < count; i++)
        list = arena_format(asking->arena, "%s%s%llds-%llds", list,
                            i > 0 ? "," : "", (long long)slices[i].at_s,
                            (long long)slices[i].until_s);
    asking->told->plateaus = list;
    steps_note(asking, arena_format(asking->arena,
                                    "plateaus found in the samples; approve or "
                                    "correct them by --steps %s",
                                    list));
}

void
steps_of_samples(struct asking *asking, struct tally *tally, size_t step,
                 const struct findings *findings)
{
    struct slice *slices;
    const char *why = NULL, *left_out = NULL;
    const struct told_file *file = steps_first_file(asking, step);
    size_t count =
        slice_run(asking->arena, asking->ask, tally, &slices, &why, &left_out);
    if (count == 0) {
        diag_add(asking->diag, DIAG_RESULTS_STEPS,
                 (struct place){file->source, 1, 1, 1}, why, NULL);
        asking->is_good = false;
        return;
    }
    if (left_out != NULL)
        steps_note(asking, arena_format(asking->arena, "%s: left out %s",
                                        names_of(asking, step), left_out));
    if (asking->ask->split == SPLIT_PLATEAUS)
        tell_plateaus(asking, slices, count);
    for (size_t i = 0; i < asking->told->link_count; i++) {
        struct told_link *link = &asking->told->links[i];
        uint32_t label;
        if (label_of_tally(link->asked, tally, &label))
            for (size_t k = 0; k < count; k++)
                step_of_samples(asking, link, label, &slices[k], tally, step,
                                findings);
    }
}

static void
step_of_summary(struct asking *asking, struct told_link *link,
                const struct summary *summary, size_t step)
{
    const struct told_file *file = steps_first_file(asking, step);
    struct told_step *told = add_step(asking, link, file->asked->place);
    figure_summary(&told->step, summary);
    if (asking->ask->split == SPLIT_FILES)
        say(&told->step, &asking->ask->said[step]);
    if (!step_has(&told->step, METRIC_QPS)) {
        diag_add(asking->diag, DIAG_RESULTS_NO_SPAN, summary->place,
                 "it does not say how long the test took", NULL);
        asking->is_good = false;
    }
    asking->is_good =
        asking->is_good &&
        series_step(asking->arena, asking->ask, asking->told, &told->step,
                    summary->start_s == INT64_MIN || !summary->seconds.given
                        ? INT64_MIN
                        : summary->start_s * NS_A_SECOND,
                    (int64_t)(summary->seconds.value.units /
                              whole_power10(DECIMAL_PLACES - 9)),
                    asking->diag);
    told->comment = arena_format(
        asking->arena, "%s%s%s%s", file->asked->name,
        summary->level ? ", " : "", summary->level ? summary->level : "",
        summary->has_counts
            ? arena_format(asking->arena, ": %llu requests, %llu failed",
                           (unsigned long long)summary->requests,
                           (unsigned long long)summary->failed)
            : "");
    link->is_closed |= summary->model == LOAD_CLOSED;
    link->is_uncorrected |=
        summary->model != LOAD_OPEN && !summary->is_corrected;
    link->dropped += summary->dropped;
    if (summary->cpu.given &&
        (!link->generator_cpu.given ||
         decimal_compare(link->generator_cpu.value, summary->cpu.value) < 0))
        link->generator_cpu = summary->cpu;
}

/* Whether a summary is one of the steps: of a label's levels, or the whole of
   the run where it is there. */
static bool
is_step(const struct ask *ask, const struct findings *findings,
        const struct summary *summary)
{
    bool has_whole = false, has_levels = false;
    bool wants_levels =
        ask->split == SPLIT_LEVELS || ask->split == SPLIT_THREADS;
    for (size_t i = 0; i < findings->summary_count; i++) {
        const struct summary *other = &findings->summaries[i];
        if (strcmp(other->label, summary->label) != 0)
            continue;
        has_whole |= other->level == NULL;
        has_levels |= other->level != NULL;
    }
    if (wants_levels)
        return summary->level != NULL || !has_levels;
    return summary->level == NULL || !has_whole;
}

void
steps_of_summaries(struct asking *asking, const struct findings *findings,
                   size_t step)
{
    for (size_t i = 0; i < asking->told->link_count; i++) {
        struct told_link *link = &asking->told->links[i];
        for (size_t k = 0; k < findings->summary_count; k++) {
            const struct summary *summary = &findings->summaries[k];
            if (label_is_of(link->asked, summary->label, findings) &&
                is_step(asking->ask, findings, summary))
                step_of_summary(asking, link, summary, step);
        }
    }
}

bool
steps_have_levels(const struct findings *findings)
{
    for (size_t i = 0; i < findings->summary_count; i++)
        if (findings->summaries[i].level != NULL)
            return true;
    return false;
}
