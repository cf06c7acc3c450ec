/*
 * What changed since an earlier report: met beats short, proof beats none, a
 * smaller shortfall a larger one; counts add up to all links.
 */
#include "maker.h"

#include "assess/change.h"

static const struct previous_link was_short = {"a", "short", true, 762, 3570};
static const struct previous_link was_covered = {"a", "covered", true, 762,
                                                 3570};
static const struct previous_link was_met = {"a", "met", true, 1010, 0};
static const struct previous_link was_untested = {"a", "untested", false, 0, 0};

static struct link
now(enum state state, long shortfall, const struct previous_link *before)
{
    bool proven = state == STATE_SHORT || state == STATE_COVERED ||
                  state == STATE_MET;
    return (struct link){.state = state,
                         .proven = proven,
                         .shortfall_qps = {proven, shortfall},
                         .before = before};
}

static void
each_change_has_its_kind(void **state)
{
    (void)state;
    const struct {
        struct link link;
        enum change change;
    } row[] = {
        {now(STATE_MET, 0, &was_short),             CHANGE_MET     },
        {now(STATE_MET, 0, &was_untested),          CHANGE_MET     },
        {now(STATE_MET, 0, &was_met),               CHANGE_SAME    },
        {now(STATE_SHORT, 5, &was_met),             CHANGE_WORSE   },
        {now(STATE_STALE, 0, &was_met),             CHANGE_WORSE   },
        {now(STATE_SHORT, 3569, &was_short),        CHANGE_NARROWER},
        {now(STATE_SHORT, 3570, &was_short),        CHANGE_SAME    },
        {now(STATE_SHORT, 3571, &was_short),        CHANGE_WORSE   },
        {now(STATE_COVERED, 3570, &was_short),      CHANGE_NARROWER},
        {now(STATE_SHORT, 3570, &was_covered),      CHANGE_WORSE   },
        {now(STATE_SHORT, 9, &was_untested),        CHANGE_PROVEN  },
        {now(STATE_UNTESTED, 0, &was_short),        CHANGE_WORSE   },
        {now(STATE_INCONCLUSIVE, 0, &was_untested), CHANGE_SAME    },
        {now(STATE_MET, 0, NULL),                   CHANGE_NEW     },
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_int_equal(change_of(&row[i].link), row[i].change);
}

static void
counts_add_up_and_what_is_gone_is_counted(void **state)
{
    (void)state;
    const struct link links[] = {now(STATE_SHORT, 9, &was_short),
                                 now(STATE_MET, 0, NULL),
                                 now(STATE_MET, 0, &was_met)};
    const struct link *order[] = {&links[0], &links[1], &links[2]};
    const struct previous_link then[] = {was_short, was_met, was_covered};
    const struct previous previous = {"s", "2026-10-24", "no-go", then, 3};
    const struct season season = {.previous = &previous};
    const struct assessment shown = {.links = order, .link_count = 3};
    const struct report report = {.season = &season, .shown = &shown};
    struct change_counts counts = change_count(&report);
    size_t sum = 0;
    for (size_t i = 0; i < CHANGES; i++)
        sum += counts.links[i];
    assert_int_equal(sum, 3);
    assert_int_equal(counts.links[CHANGE_NARROWER], 1);
    assert_int_equal(counts.links[CHANGE_NEW], 1);
    assert_int_equal(counts.links[CHANGE_SAME], 1);
    assert_int_equal(counts.gone, 1);
}

static void
links_are_found_by_id(void **state)
{
    (void)state;
    const struct previous_link links[] = {
        {"a", "met", true, 1000, 0},
        {"b", "met", true, 1000, 0},
        {"d", "met", true, 1000, 0}
    };
    const struct previous previous = {"s", "2026-10-24", "go", links, 3};
    assert_ptr_equal(previous_find(&previous, "d"), &links[2]);
    assert_null(previous_find(&previous, "c"));
    assert_null(previous_find(NULL, "a"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_has_its_kind),
        cmocka_unit_test(counts_add_up_and_what_is_gone_is_counted),
        cmocka_unit_test(links_are_found_by_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
