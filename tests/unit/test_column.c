/*
 * The table of columns over real assessments: every column says something of
 * every kind of link, unknown is a word, and the numbers are the contract's
 * example.
 */
#include "maker.h"

#include "assess/assess.h"
#include "document/column.h"

static const struct report *
report_of(struct made *made)
{
    return assess_season(made->arena, &made->season, 0, made->diag);
}

static struct value
value_of(const struct report *report, const char *link, const char *key)
{
    const struct column *column = column_find(key);
    assert_non_null(column);
    for (size_t i = 0; i < report->shown->link_count; i++)
        if (strcmp(report->shown->links[i]->baseline->link, link) == 0)
            return column->value(report->shown->links[i]);
    fail_msg("no link %s", link);
    return (struct value){0};
}

static const char *
print(struct made *made, const char *link, const char *key)
{
    struct value value = value_of(report_of(made), link, key);
    return number_print(made->arena, &value);
}

/* The contract's example: 40 instances carried 11,430, 6 more are approved. */
static struct made *
order(struct arena *arena)
{
    struct made *made = make_season(arena);
    struct baseline *link = add_baseline(made, "order", "10000", 40);
    link->name = (struct text){.zh = "提交订单", .en = "Place order"};
    link->domain = (struct text){.one = "Trade"};
    link->owner = (struct text){.one = "SRE"};
    link->note = (struct text){.one = "busy"};
    link->max_instances = 60;
    link->approved_instances = 6;
    link->has_approved_instances = true;
    link->due = on("2026-11-04");
    link->retest_on = on("2026-11-05");
    link->rate_limit_qps = given("12000");
    link->optimisation = given("0");
    struct result *result =
        add_measured(made, "order", "2026-10-30", 40, "11430");
    result->kind = TEST_FULL_CHAIN;
    result->environment = "production";
    result->tool = "JMeter 5.6";
    result->source = "order.jtl";
    return made;
}

static void
the_example_prints_its_numbers(void **state)
{
    static const char *const expected[][2] = {
        {"name",               "Place order"},
        {"link",               "order"      },
        {"domain",             "Trade"      },
        {"owner",              "SRE"        },
        {"note",               "busy"       },
        {"priority",           "P0"         },
        {"peak_qps",           "10,000"     },
        {"growth",             "30%"        },
        {"buffer",             "20%"        },
        {"multiplier",         "1.5"        },
        {"target_qps",         "15,000"     },
        {"achieved_qps",       "11,430"     },
        {"capacity_qps",       "11,430"     },
        {"usable_qps",         "11,430"     },
        {"attainment",         "76.2%"      },
        {"shortfall_qps",      "3,570"      },
        {"headroom",           "\u221223.8%"},
        {"break_even",         "1.143"      },
        {"per_instance_qps",   "285.75"     },
        {"expansion",          "14"         },
        {"forecast_qps",       "12,973"     },
        {"forecast",           "86.4%"      },
        {"gap_after_qps",      "2,027"      },
        {"due",                "2026-11-04" },
        {"retest_on",          "2026-11-05" },
        {"tested_on",          "2026-10-30" },
        {"age_days",           "1"          },
        {"instances",          "40"         },
        {"max_instances",      "60"         },
        {"approved_instances", "6"          },
        {"optimisation",       "0%"         },
        {"rate_limit_qps",     "12,000"     },
        {"tested_instances",   "40"         },
        {"scale_efficiency",   "0.9"        },
        {"safe_level",         "100%"       },
        {"validity_days",      "14"         },
        {"environment",        "production" },
        {"tool",               "JMeter 5.6" },
        {"source",             "order.jtl"  },
    };
    struct made *made = order(*state);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(print(made, "order", expected[i][0]),
                            expected[i][1]);
}

static void
words_stand_for_what_is_a_word(void **state)
{
    static const char *const expected[][2] = {
        {"mark",    "state.short"     },
        {"state",   "state.short"     },
        {"effect",  "effect.blocking" },
        {"action",  "action.expand"   },
        {"outcome", "outcome.measured"},
        {"kind",    "kind.full_chain" },
    };
    const struct report *report = report_of(order(*state));
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct value value = value_of(report, "order", expected[i][0]);
        assert_int_equal(value.kind, VALUE_WORD);
        assert_string_equal(value.text.one, expected[i][1]);
    }
    struct value limits = value_of(report, "order", "limited_by");
    assert_int_equal(limits.kind, VALUE_LIMITS);
    assert_true(limits.number == 1 << LIMIT_P99_MS);
}

static void
gaps_are_bad_and_no_gap_is_quiet(void **state)
{
    struct made *made = order(*state);
    add_baseline(made, "cart", "10000", 40);
    add_measured(made, "cart", "2026-10-30", 40, "16000");
    const struct report *report = report_of(made);
    static const char *const keys[] = {"attainment", "shortfall_qps",
                                       "gap_after_qps"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(value_of(report, "order", keys[i]).emphasis,
                         EMPHASIS_BAD);
        assert_int_equal(value_of(report, "cart", keys[i]).emphasis,
                         EMPHASIS_NONE);
    }
    assert_int_equal(value_of(report, "order", "state").emphasis, EMPHASIS_BAD);
    assert_int_equal(value_of(report, "cart", "state").emphasis, EMPHASIS_NONE);
}

static void
an_untested_link_has_no_number_of_evidence(void **state)
{
    static const char *const unknown[] = {
        "achieved_qps",  "capacity_qps", "usable_qps",    "attainment",
        "shortfall_qps", "headroom",     "break_even",    "expansion",
        "forecast_qps",  "forecast",     "gap_after_qps", "per_instance_qps",
        "outcome",
    };
    static const char *const none[] = {
        "tested_on",
        "age_days",
        "limited_by",
        "tested_instances",
        "kind",
        "tool",
        "environment",
        "source",
        "domain",
        "owner",
        "note",
        "max_instances",
        "approved_instances",
        "optimisation",
        "rate_limit_qps",
        "due",
    };
    struct made *made = make_season(*state);
    add_baseline(made, "pay", "10000", 0);
    const struct report *report = report_of(made);
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        struct value value = value_of(report, "pay", unknown[i]);
        assert_int_equal(value.kind, VALUE_UNPROVEN);
        assert_int_equal(value.emphasis, EMPHASIS_MUTED);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(value_of(report, "pay", none[i]).kind, VALUE_NONE);
    assert_int_equal(value_of(report, "pay", "instances").kind, VALUE_NONE);
    /* without a name the id stands for it */
    assert_string_equal(print(made, "pay", "name"), "pay");
}

static void
a_stale_number_is_starred_and_a_lower_bound_signed(void **state)
{
    struct made *made = make_season(*state);
    add_baseline(made, "old", "10000", 40);
    add_measured(made, "old", "2026-09-28", 40, "16000");
    add_baseline(made, "low", "10000", 40);
    add_at_least(made, "low", "2026-10-30", 40, "9000");
    add_baseline(made, "few", "10000", 40);
    add_measured(made, "few", "2026-10-30", 2, "1000");
    const struct report *report = report_of(made);
    static const char *const keys[] = {"achieved_qps", "capacity_qps"};
    for (size_t i = 0; i < 2; i++) {
        struct value old = value_of(report, "old", keys[i]);
        struct value low = value_of(report, "low", keys[i]);
        struct value few = value_of(report, "few", keys[i]);
        assert_string_equal(old.star, "*");
        assert_null(old.mark);
        assert_null(low.star);
        assert_string_equal(number_print(*state, &low), "≥ 9,000");
        assert_string_equal(few.star, "*");
        assert_int_equal(few.emphasis, EMPHASIS_MUTED);
        /* 2 instances carried 1,000: nothing larger was measured */
        assert_string_equal(number_print(*state, &few), "1,000");
    }
    assert_string_equal(value_of(report, "old", "shortfall_qps").text.one,
                        "unproven.stale");
    assert_string_equal(value_of(report, "low", "attainment").text.one,
                        "unproven.inconclusive");
    assert_int_equal(value_of(report, "old", "tested_on").emphasis,
                     EMPHASIS_BOLD);
    assert_string_equal(value_of(report, "low", "outcome").text.one,
                        "outcome.at_least");
    assert_int_equal(value_of(report, "low", "limited_by").kind, VALUE_NONE);
}

static void
a_late_plan_closes_no_gap(void **state)
{
    struct made *made = order(*state);
    made->baseline[0].approved_instances = 20;
    made->season.freeze = on("2026-11-03");
    const struct report *report = report_of(made);
    struct value gap = value_of(report, "order", "gap_after_qps");
    assert_true(gap.number == 0);
    assert_string_equal(gap.star, "*");
    assert_int_equal(gap.emphasis, EMPHASIS_BAD);
    assert_int_equal(value_of(report, "order", "due").emphasis, EMPHASIS_BAD);
}

static void
what_was_given_instead_of_growth_leaves_it_out(void **state)
{
    struct made *made = make_season(*state);
    struct baseline *link = add_baseline(made, "item", "1", 0);
    link->peak_qps.given = false;
    link->target_qps = given("20000");
    add_measured(made, "item", "2026-10-30", 0, "18000");
    made->result[0].kind = TEST_SINGLE_LINK;
    const struct report *report = report_of(made);
    static const char *const none[] = {"peak_qps", "growth", "buffer",
                                       "multiplier", "break_even"};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(value_of(report, "item", none[i]).kind, VALUE_NONE);
    /* proven, and yet no expansion can be told */
    struct value expansion = value_of(report, "item", "expansion");
    assert_int_equal(expansion.kind, VALUE_UNPROVEN);
    assert_string_equal(expansion.text.one, "expansion.uncounted");
    assert_string_equal(value_of(report, "item", "needed").text.one,
                        "expansion.uncounted");
    assert_string_equal(value_of(report, "item", "open_instances").text.one,
                        "expansion.uncounted");
    assert_string_equal(value_of(report, "item", "retest_on").text.one,
                        "retest.unset");
    assert_string_equal(value_of(report, "item", "kind").text.one,
                        "kind.single_link");
}

static void
more_than_the_quota_is_signed_wherever_it_stands(void **state)
{
    static const char *const keys[] = {"expansion", "needed", "open_instances"};
    struct made *made = order(*state);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_null(value_of(report_of(made), "order", keys[i]).star);
    /* 14 more than 40 */
    made->baseline[0].max_instances = 53;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_string_equal(value_of(report_of(made), "order", keys[i]).star,
                            "\u2020");
}

static void
a_gain_is_told_with_the_instances_that_it_counts_on(void **state)
{
    struct made *made = order(*state);
    made->baseline[0].max_instances = 50;
    struct value value = value_of(report_of(made), "order", "measure");
    assert_string_equal(value.text.one, "measure.gain.quota");
    assert_int_equal(value.quota, 50);
    assert_int_equal(value.added, 10);
    /* 11,430 x (1 + (50 / 40 - 1) x 0.9) = 14,001: 7.2 % are left */
    assert_int_equal(value.gain_milli, 72);
    /* at its quota there is nothing to expand */
    made->baseline[0].approved_instances = 0;
    made->baseline[0].max_instances = 40;
    value = value_of(report_of(made), "order", "measure");
    assert_string_equal(value.text.one, "measure.gain");
    assert_int_equal(value.gain_milli, 313);
}

static void
a_rate_limit_above_what_is_proven_says_so(void **state)
{
    struct made *made = order(*state);
    struct value value = value_of(report_of(made), "order", "measure");
    assert_string_equal(value.text.one, "measure.expand");
    assert_string_equal(value.around, "measure.limit.above");
    made->baseline[0].rate_limit_qps = given("11430");
    value = value_of(report_of(made), "order", "measure");
    assert_string_equal(value.around, "measure.limit");
    made->baseline[0].rate_limit_qps = (struct optional){0};
    assert_null(value_of(report_of(made), "order", "measure").around);
}

static void
a_met_link_needs_no_retest(void **state)
{
    struct made *made = make_season(*state);
    add_baseline(made, "cart", "10000", 40);
    add_measured(made, "cart", "2026-10-30", 40, "16000");
    assert_int_equal(value_of(report_of(made), "cart", "retest_on").kind,
                     VALUE_NONE);
}

static void
keys_stand_once_and_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < column_count; i++)
        assert_ptr_equal(column_find(column_table[i].key), &column_table[i]);
    assert_null(column_find("targt_qps"));
}

static void
marks_and_bars_are_drawn_not_printed(void **state)
{
    const struct report *report = report_of(order(*state));
    assert_int_equal(value_of(report, "order", "bar").kind, VALUE_NONE);
    assert_int_equal(column_find("bar")->kind, COLUMN_BAR);
    assert_int_equal(column_find("mark")->kind, COLUMN_MARK);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_example_prints_its_numbers),
        TEST(words_stand_for_what_is_a_word),
        TEST(gaps_are_bad_and_no_gap_is_quiet),
        TEST(an_untested_link_has_no_number_of_evidence),
        TEST(a_stale_number_is_starred_and_a_lower_bound_signed),
        TEST(a_late_plan_closes_no_gap),
        TEST(what_was_given_instead_of_growth_leaves_it_out),
        TEST(more_than_the_quota_is_signed_wherever_it_stands),
        TEST(a_gain_is_told_with_the_instances_that_it_counts_on),
        TEST(a_rate_limit_above_what_is_proven_says_so),
        TEST(a_met_link_needs_no_retest),
        TEST(keys_stand_once_and_are_found),
        TEST(marks_and_bars_are_drawn_not_printed),
    };
    return cmocka_run_group_tests_name("column", tests, NULL, NULL);
}
