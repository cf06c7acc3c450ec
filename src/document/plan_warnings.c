/*
 * The basis page: the warnings of the run, with the link that each is about.
 * Said in the template's words, in the document's language; the terminal and
 * the JSON have the program's own.  Belongs to document/.
 */
#include "document/plan_grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "base/source.h"
#include "document/sentence.h"

#define LISTED_WARNINGS 20

/* What the program calls by a key of the input, in the document's words. */
static const struct {
    const char *part, *word;
} key_word[] = {
    {"offered_qps",       "load.offered"       },
    {"concurrency",       "load.concurrency"   },
    {"due",               "warning.days.due"   },
    {"retest_on",         "warning.days.retest"},
    {"due and retest_on", "warning.days.both"  },
};

static bool
is_plain_number(const char *part, struct decimal *number)
{
    size_t used;
    return strspn(part, "0123456789.") == strlen(part) &&
           decimal_read(part, strlen(part), number, &used) == DECIMAL_OK &&
           part[used] == '\0';
}

/* The decimals that the numbers of a warning have; those that have any are
   compared with each other, and have as many. */
static unsigned
most_places(const struct plan_job *job, const char *const *parts)
{
    size_t most = 0;
    for (size_t i = 0; i < DIAG_PARTS && parts[i]; i++) {
        struct decimal number;
        if (!is_plain_number(parts[i], &number))
            continue;
        const char *point = strchr(number_decimal(job->arena, number), '.');
        if (point != NULL && strlen(point + 1) > most)
            most = strlen(point + 1);
    }
    return (unsigned)most;
}

/* A plain number as documents print it, with those decimals if it has any;
   other parts as they are. */
static struct text
part_text(const struct plan_job *job, const char *part, unsigned places)
{
    for (size_t i = 0; i < sizeof key_word / sizeof *key_word; i++)
        if (strcmp(part, key_word[i].part) == 0)
            return words_both(job->words, key_word[i].word, NULL);
    struct decimal number;
    if (!is_plain_number(part, &number))
        return (struct text){.one = part};
    const char *text = number_decimal(job->arena, number);
    if (strchr(text, '.') != NULL)
        text = number_places(job->arena, number, places);
    return (struct text){.one = text};
}

static struct phrase
warning_phrase(const struct plan_job *job, const struct diag_entry *warning)
{
    static const char *const key[DIAG_CODES] = {
        [DIAG_PEAK_WINDOW] = "warning.peak_window",
        [DIAG_RESULT_AFTER] = "warning.result_after",
        [DIAG_NO_RESULT] = "warning.no_result",
        [DIAG_QPS_ABOVE_OFFERED] = "warning.above_offered",
        [DIAG_CLOSED_LOOP] = "warning.closed",
        [DIAG_UNCORRECTED] = "warning.uncorrected",
        [DIAG_DROPPED] = "warning.dropped",
        [DIAG_GENERATOR_CPU] = "warning.generator",
        [DIAG_OTHER_DAY] = "warning.other_day",
        [DIAG_PLATEAUS] = "warning.plateaus",
        [DIAG_NO_LOAD_KEY] = "warning.no_load_key",
        [DIAG_LOAD_TWICE] = "warning.load_twice",
        [DIAG_QPS_FALLS] = "warning.falls",
        [DIAG_NOT_CARRIED] = "warning.not_carried",
        [DIAG_TEST_LARGER] = "warning.larger",
        [DIAG_STALE_BY_DEFAULT] = "warning.stale",
        [DIAG_NEWER_PROVES_LESS] = "warning.newer",
        [DIAG_LATER_PROVES_LESS] = "warning.later",
        [DIAG_COVERED_WITHOUT_DAY] = "warning.covered",
    };
    static const char *const name[DIAG_PARTS] = {"a", "b", "c", "d", "e"};
    struct fill fills[DIAG_PARTS + 1] = {{0}};
    if (key[warning->code] == NULL)
        return (struct phrase){warning->text, NULL};
    const unsigned places = most_places(job, warning->parts);
    for (size_t i = 0; i < DIAG_PARTS && warning->parts[i]; i++)
        fills[i] =
            (struct fill){name[i], part_text(job, warning->parts[i], places)};
    return words_fill(job->words, key[warning->code], fills);
}

/* The name of the link that it is about. */
static struct text
about(const struct plan_job *job, const struct diag_entry *warning)
{
    const struct assessment *shown = job->report->shown;
    for (size_t i = 0; warning->about && i < shown->link_count; i++)
        if (strcmp(shown->links[i]->baseline->link, warning->about) == 0)
            return sentence_name(shown->links[i]);
    return (struct text){.one = "—"};
}

static const char *
place_text(struct arena *arena, const struct place *place)
{
    if (place->source == NULL || place->line == 0)
        return "—";
    return arena_format(arena, "%s:%u", place->source->name, place->line);
}

struct plan_block
plan_warning_block(const struct plan_job *job)
{
    const struct diag_entry *warnings;
    size_t all = diag_list(job->diag, DIAG_WARNING, &warnings);
    size_t listed = all < LISTED_WARNINGS ? all : LISTED_WARNINGS;
    struct grid *grid = grid_new(job, 3, listed);
    grid_column(grid, "basis.place", COLUMN_TEXT, 70);
    grid_column(grid, "column.name", COLUMN_TEXT, 40);
    grid_column(grid, "basis.warning", COLUMN_TEXT, 0);
    for (size_t i = 0; i < listed; i++) {
        grid_string(grid, place_text(job->arena, &warnings[i].place));
        grid_text(grid, about(job, &warnings[i]));
        grid_phrase(grid, warning_phrase(job, &warnings[i]));
    }
    struct plan_block block = grid_block(grid, "basis.warnings");
    if (listed < all)
        block.table.after = plan_cut_line(grid, "basis.cut", listed, all);
    return block;
}

/* --- which links have one ---------------------------------------------- */

/* Whether the evidence of a link says it itself, in words or by its chart. */
static bool
is_said(enum diag_code code)
{
    return code == DIAG_CLOSED_LOOP || code == DIAG_UNCORRECTED ||
           code == DIAG_DROPPED || code == DIAG_GENERATOR_CPU ||
           code == DIAG_PLATEAUS || code == DIAG_QPS_FALLS;
}

static int
compare_ids(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct plan_warned
plan_warned(const struct plan_job *job)
{
    const struct diag_entry *warnings;
    size_t count = diag_list(job->diag, DIAG_WARNING, &warnings);
    struct plan_warned warned = {0};
    warned.ids = arena_array(job->arena, count, const char *);
    for (size_t i = 0; i < count; i++)
        if (warnings[i].about != NULL && !is_said(warnings[i].code))
            warned.ids[warned.count++] = warnings[i].about;
    if (warned.count > 1)
        qsort(warned.ids, warned.count, sizeof *warned.ids, compare_ids);
    return warned;
}

bool
plan_is_warned(const struct plan_warned *warned, const char *link)
{
    return warned->count > 0 &&
           bsearch(&link, warned->ids, warned->count, sizeof *warned->ids,
                   compare_ids) != NULL;
}
