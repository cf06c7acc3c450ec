/*
 * The basis page: under which conditions the tests ran that stand for the
 * links.  Links with the same kind, environment and tool are one group.
 * Belongs to document/.
 */
#include "document/plan_grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define LISTED_GROUPS 12

struct group {
    const struct result *result; /* the first of the group */
    size_t links;
    size_t order; /* of appearance */
    struct day first, last;
};

static int
compare_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

static int
compare_condition(const struct result *a, const struct result *b)
{
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int by = compare_text(a->environment, b->environment);
    return by ? by : compare_text(a->tool, b->tool);
}

static int
compare_result(const void *a, const void *b)
{
    const struct link *const *first = a, *const *second = b;
    int by = compare_condition((*first)->result, (*second)->result);
    if (by)
        return by;
    return strcmp((*first)->baseline->link, (*second)->baseline->link);
}

/* Most links first. */
static int
compare_group(const void *a, const void *b)
{
    const struct group *first = a, *second = b;
    if (first->links != second->links)
        return first->links > second->links ? -1 : 1;
    return first->order < second->order ? -1 : first->order > second->order;
}

/* The groups of the links that have a result; returns how many. */
static size_t
gather_groups(const struct plan_job *job, struct group **list)
{
    const struct assessment *shown = job->report->shown;
    const struct link **tested =
        arena_array(job->arena, shown->link_count, const struct link *);
    size_t tests = 0, count = 0;
    for (size_t i = 0; i < shown->link_count; i++)
        if (shown->links[i]->result != NULL)
            tested[tests++] = shown->links[i];
    qsort(tested, tests, sizeof *tested, compare_result);
    struct group *groups = arena_array(job->arena, tests, struct group);
    for (size_t i = 0; i < tests; i++) {
        const struct result *result = tested[i]->result;
        if (count == 0 ||
            compare_condition(groups[count - 1].result, result) != 0) {
            groups[count] = (struct group){.result = result,
                                           .order = count,
                                           .first = result->date,
                                           .last = result->date};
            count++;
        }
        struct group *group = &groups[count - 1];
        group->links++;
        if (result->date.number < group->first.number)
            group->first = result->date;
        if (result->date.number > group->last.number)
            group->last = result->date;
    }
    qsort(groups, count, sizeof *groups, compare_group);
    *list = groups;
    return count;
}

static void
put_given(struct grid *grid, const char *text)
{
    if (text != NULL)
        grid_string(grid, text);
    else
        grid_word(grid, "basis.given");
}

static void
put_group(const struct plan_job *job, struct grid *grid,
          const struct group *group)
{
    static const char *const kind[] = {
        [TEST_KIND_UNKNOWN] = "basis.given",
        [TEST_FULL_CHAIN] = "kind.full_chain",
        [TEST_SINGLE_LINK] = "kind.single_link",
    };
    grid_word(grid, kind[group->result->kind]);
    put_given(grid, group->result->environment);
    put_given(grid, group->result->tool);
    grid_text(grid, grid_number(grid, group->links));
    struct fill fills[] = {
        {"first",                                     {.one = day_text(job->arena, group->first)}},
        {"last",                                           {.one = day_text(job->arena, group->last)}},
        {0}
    };
    if (group->first.number == group->last.number)
        grid_string(grid, day_text(job->arena, group->first));
    else
        grid_text(grid, words_both(job->words, "basis.days", fills));
}

struct plan_block
plan_test_block(const struct plan_job *job)
{
    struct group *groups;
    size_t all = gather_groups(job, &groups);
    size_t listed = all < LISTED_GROUPS ? all : LISTED_GROUPS;
    struct grid *grid = grid_new(job, 5, listed);
    grid_column(grid, "column.kind", COLUMN_TEXT, 45);
    grid_column(grid, "column.environment", COLUMN_TEXT, 50);
    grid_column(grid, "column.tool", COLUMN_TEXT, 0);
    grid_column(grid, "basis.tests.count", COLUMN_COUNT, 20);
    grid_column(grid, "basis.tests.days", COLUMN_TEXT, 60);
    for (size_t i = 0; i < listed; i++)
        put_group(job, grid, &groups[i]);
    struct plan_block block = grid_block(grid, "basis.tests");
    const unsigned stale = job->report->shown->counts[STATE_STALE];
    if (stale > 0)
        block.table.note = words_text(
            job->words, words_count(job->words, "basis.tests.stale", stale));
    if (listed < all) {
        struct fill fills[] = {
            {"listed", grid_number(grid, listed)},
            {"all", grid_number(grid, all)},
            {0   }
        };
        block.table.after = words_fill(job->words, "basis.cut.tests", fills);
    }
    return block;
}
