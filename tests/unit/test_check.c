/*
 * Whole seasons from files: what is read, what is taken by default, what must
 * hold between keys, entries and files.
 */
#include "folder.h"

#include "input/input.h"
#include "model/season.h"

#define HEAD                                                                   \
    "season: s\n"                                                              \
    "growth: 30%\n"                                                            \
    "buffer: 20%\n"                                                            \
    "slo: {p99_ms: 200, error_rate: 0.1%}\n"
#define LINKS                                                                  \
    "baselines:\n"                                                             \
    "  - {link: a, peak_qps: 10000, instances: 40}\n"
#define STEPS "steps: [{qps: 1, p99_ms: 2, error_rate: 0}]"
#define RESULTS                                                                \
    "results:\n"                                                               \
    "  - {link: a, date: 2026-10-30, " STEPS "}\n"

/* The season of one file of that text, NULL with errors. */
static const struct season *
season_of(struct fixture *fixture, const char *text)
{
    fixture->diag = diag_new(fixture->arena);
    char *inputs[] = {put_file(fixture, "s.yaml", text)};
    return input_read_season(fixture->arena, inputs, 1, false, fixture->diag);
}

/* The errors, or warnings, of a text as "line:column text" lines. */
static const char *
all_of(struct fixture *fixture, enum diag_level level, const char *text)
{
    season_of(fixture, text);
    return messages(fixture, level);
}
#define ERRORS(text, expected)                                                 \
    assert_string_equal(all_of(*state, DIAG_ERROR, (text)), (expected))
#define WARNINGS(text, expected)                                               \
    assert_string_equal(all_of(*state, DIAG_WARNING, (text)), (expected))

static bool
equals(struct decimal number, const char *text)
{
    struct decimal other;
    size_t used;
    assert_int_equal(decimal_read(text, strlen(text), &other, &used),
                     DECIMAL_OK);
    return decimal_compare(number, other) == 0;
}

static void
what_is_not_given_has_the_contracts_defaults(void **state)
{
    const struct season *season = season_of(*state, HEAD LINKS RESULTS);
    assert_non_null(season);
    assert_string_equal(season->id, "s");
    assert_string_equal(season->unit, "QPS");
    assert_int_equal(season->lang, LANG_EN);
    assert_int_equal(season->compose, COMPOSE_ADD);
    assert_int_equal(season->validity_days, 14);
    assert_true(equals(season->scale_efficiency, "0.9"));
    assert_true(equals(season->max_extrapolation, "1.25"));
    assert_true(equals(season->safe_level, "1"));
    assert_int_equal(season->zones, 0);
    assert_int_equal(season->survive_zones, 0);
    assert_false(season->min_hold_s.given);
    assert_false(season->has_scenarios);
    assert_false(season->has_decisions);
    assert_int_equal(season->scenario_count, 1);
    assert_string_equal(season->scenarios[0].id, "plan");
    assert_int_equal(season->plan, 0);
    assert_null(season->peak.text);
    assert_true(season->as_of_is_default);
    assert_string_equal(season->as_of.text, "2026-10-30");
    assert_int_equal(season->baselines[0].priority, PRIORITY_P0);
    assert_int_equal(season->source_count, 1);
    assert_string_equal(season->sources[0]->name, "s.yaml");
}

static void
every_key_of_a_season_is_read(void **state)
{
    const struct season *season = season_of(
        *state, HEAD LINKS RESULTS
        "name: {zh: 双11, en: D11}\nlang: zh+en\nreference: r\n"
        "peak: 2026-11-11T00:00:00+08:00\nas_of: 2026-10-31\n"
        "classification: 内部\nunit: TPS\ncompose: multiply\n"
        "scenarios: [{id: low, name: L, growth: 10%, buffer: 5%},"
        " {id: hi, multiplier: 2}]\nplan: hi\n"
        "validity_days: 30\nscale_efficiency: 80%\n"
        "max_extrapolation: 2\nsafe_level: 0.8\nzones: 3\n"
        "survive_zones: 1\ndecide_by: 2026-11-04\nfreeze: 2026-11-08\n"
        "decisions: [{text: t, owner: {zh: o}, by: 2026-11-05}, {text: u}]\n");
    assert_non_null(season);
    assert_string_equal(season->name.zh, "双11");
    assert_int_equal(season->lang, LANG_BOTH);
    assert_string_equal(season->reference.one, "r");
    assert_int_equal(season->peak.zone_minutes, 480);
    assert_false(season->as_of_is_default);
    assert_string_equal(season->classification.one, "内部");
    assert_string_equal(season->unit, "TPS");
    assert_int_equal(season->compose, COMPOSE_MULTIPLY);
    assert_int_equal(season->scenario_count, 2);
    assert_true(equals(season->scenarios[0].growth.growth.value, "0.1"));
    assert_true(season->scenarios[1].growth.multiplier.given);
    assert_int_equal(season->plan, 1);
    assert_int_equal(season->validity_days, 30);
    assert_true(equals(season->scale_efficiency, "0.8"));
    assert_true(equals(season->max_extrapolation, "2"));
    assert_true(equals(season->safe_level, "0.8"));
    assert_int_equal(season->zones, 3);
    assert_int_equal(season->survive_zones, 1);
    assert_true(season->decide_by.given);
    assert_true(season->freeze.given);
    assert_int_equal(season->decision_count, 2);
    assert_string_equal(season->decisions[0].owner.zh, "o");
    assert_true(season->decisions[0].by.given);
    assert_false(season->decisions[1].by.given);
}

static void
every_key_of_a_baseline_is_read(void **state)
{
    const struct season *season = season_of(
        *state,
        HEAD "as_of: 2026-10-30\nbaselines:\n"
             "  - {link: a, name: n, domain: d, priority: P1, owner: o,\n"
             "     peak_qps: 10w, peak_window_s: 1, instances: 40,\n"
             "     max_instances: 60, approved_instances: 6,\n"
             "     due: 2026-11-04, retest_on: 2026-11-05,\n"
             "     rate_limit_qps: 12k, optimisation: 25%, growth: 10%,\n"
             "     buffer: 5%, target_qps: 5e5, slo: {p50_ms: 3, cpu: 50%},\n"
             "     validity_days: 7, scale_efficiency: 0.5, safe_level: 70%,\n"
             "     note: x}\n  - {link: b, priority: P2, multiplier: 3,\n"
             "     target_qps: 1}\n");
    assert_non_null(season);
    const struct baseline *a = &season->baselines[0];
    assert_string_equal(a->link, "a");
    assert_string_equal(a->name.one, "n");
    assert_string_equal(a->domain.one, "d");
    assert_string_equal(a->owner.one, "o");
    assert_string_equal(a->note.one, "x");
    assert_int_equal(a->priority, PRIORITY_P1);
    assert_true(equals(a->peak_qps.value, "100000"));
    assert_true(equals(a->peak_window_s.value, "1"));
    assert_true(equals(a->target_qps.value, "500000"));
    assert_true(equals(a->rate_limit_qps.value, "12000"));
    assert_int_equal(a->instances, 40);
    assert_int_equal(a->max_instances, 60);
    assert_int_equal(a->approved_instances, 6);
    assert_true(a->has_approved_instances);
    assert_true(a->due.given && a->retest_on.given);
    assert_true(equals(a->optimisation.value, "0.25"));
    assert_true(equals(a->growth.growth.value, "0.1"));
    assert_true(equals(a->growth.buffer.value, "0.05"));
    assert_true(equals(a->slo.limit[LIMIT_P50_MS].value, "3"));
    assert_true(equals(a->slo.limit[LIMIT_CPU].value, "0.5"));
    assert_false(a->slo.limit[LIMIT_P99_MS].given);
    assert_int_equal(a->validity_days, 7);
    assert_true(equals(a->scale_efficiency.value, "0.5"));
    assert_true(equals(a->safe_level.value, "0.7"));
    assert_int_equal(season->baselines[1].priority, PRIORITY_P2);
    assert_true(season->baselines[1].growth.multiplier.given);
    assert_int_equal(season->baselines[1].instances, 0);
}

static void
every_key_of_a_result_is_read(void **state)
{
    const struct season *season = season_of(
        *state, HEAD LINKS
        "results:\n"
        "  - {link: a, date: 2026-10-30, kind: full-chain, environment: e,\n"
        "     instances: 20, tool: t, source: s, steps: [\n"
        "       {offered_qps: 8k, qps: 0, concurrency: 10, duration_s: 60,\n"
        "        p50_ms: 1, p95_ms: 2, p99_ms: 2, p999_ms: 4,\n"
        "        error_rate: 1, cpu: 41%}]}\n"
        "  - {link: a, date: 2026-10-29, kind: single-link, " STEPS "}\n");
    assert_non_null(season);
    const struct result *result = &season->results[0];
    assert_int_equal(result->kind, TEST_FULL_CHAIN);
    assert_int_equal(season->results[1].kind, TEST_SINGLE_LINK);
    assert_int_equal(season->results[1].order, 1);
    assert_string_equal(result->environment, "e");
    assert_string_equal(result->tool, "t");
    assert_string_equal(result->source, "s");
    assert_int_equal(result->instances, 20);
    const struct step *step = &result->steps[0];
    assert_int_equal(step->given, (1 << METRICS) - 1);
    assert_true(equals(step->metric[METRIC_OFFERED_QPS], "8000"));
    assert_true(equals(step->metric[METRIC_QPS], "0"));
    assert_true(equals(step->metric[METRIC_CONCURRENCY], "10"));
    assert_true(equals(step->metric[METRIC_P999_MS], "4"));
    assert_true(equals(step->metric[METRIC_CPU], "0.41"));
    assert_int_equal(step->line, 10);
    assert_int_equal(step->column, 8);
}

static void
lists_are_joined_over_files_and_keys_given_once(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "b.yaml", HEAD LINKS);
    put_file(fixture, "c.yaml",
             "baselines:\n  - {link: b, peak_qps: 1, growth: 0}\n" RESULTS);
    put_file(fixture, "d.yml",
             "results:\n  - {link: b, date: 2026-11-01, " STEPS "}\n");
    char *inputs[] = {folder};
    const struct season *season =
        input_read_season(fixture->arena, inputs, 1, false, fixture->diag);
    assert_non_null(season);
    assert_int_equal(season->baseline_count, 2);
    assert_int_equal(season->result_count, 2);
    assert_int_equal(season->results[1].order, 1);
    assert_int_equal(season->source_count, 3);
    assert_int_equal(season->sources[2]->order, 2);
    assert_string_equal(season->as_of.text, "2026-11-01");
    put_file(fixture, "e.yaml", "season: t\nslo: {p99_ms: 1}\n");
    assert_null(input_read_season(fixture->arena, inputs, 1, false, fixture->diag));
    assert_int_equal(diag_error_count(fixture->diag), 2);
}

static void
as_of_is_asked_for_where_a_default_would_mislead(void **state)
{
    ERRORS(HEAD LINKS, "1:1 as_of must be given where there are no results\n");
    ERRORS(HEAD LINKS "results: []\n",
           "1:1 as_of must be given where there are no results\n");
    ERRORS(HEAD LINKS RESULTS "freeze: 2026-11-08\n",
           "9:1 as_of must be given with freeze\n");
    ERRORS(HEAD LINKS RESULTS "decide_by: 2026-11-08\n",
           "9:1 as_of must be given with decide_by\n");
    ERRORS(HEAD LINKS RESULTS "peak: 2026-11-11\n",
           "9:1 as_of must be given with peak\n");
    ERRORS(HEAD LINKS RESULTS "peak: 2026-11-11\nas_of: 2026-10-31\n", "");
    ERRORS(HEAD LINKS "as_of: 2026-10-31\n", "");
}

static void
keys_of_the_season_are_asked_for(void **state)
{
    ERRORS("as_of: 2026-10-30\n",
           "1:1 the season needs the key season; there is no default\n"
           "1:1 the season needs the key baselines; there is no default\n"
           "1:1 the season needs the key slo; there is no default\n");
    ERRORS("saeson: s\nbaseline: []\n" HEAD "as_of: 2026-10-30\n",
           "1:1 unknown key \"saeson\" in the season; did you mean season?\n"
           "2:1 unknown key \"baseline\" in the season; did you mean "
           "baselines?\n");
    ERRORS(HEAD LINKS "results:\n  - {link: a, date: x, " STEPS "}\n"
                      "  - {link: '', date: 2026-10-29, " STEPS "}\n",
           "8:21 date must be a day that exists, such as 2026-11-04, found "
           "\"x\"\n"
           "9:12 link must be a text of 1 to 200 characters, found nothing\n");
}

static void
growth_is_asked_for_once_or_by_link(void **state)
{
    static const char slo[] = "season: s\nslo: {p99_ms: 2, error_rate: 0}\n"
                              "as_of: 2026-10-30\n";
    struct fixture *f = *state;
#define WITH(rest) arena_format(f->arena, "%s%s", slo, rest)
    ERRORS(WITH(LINKS),
           "1:1 the season has no growth and buffer: give growth and buffer, "
           "or multiplier; there is no default\n");
    ERRORS(WITH(LINKS "buffer: 0\n"),
           "1:1 the season has no growth: give growth and buffer, or "
           "multiplier; there is no default\n");
    ERRORS(WITH("multiplier: 2\nbaselines: [{link: a, peak_qps: 1}, "
                "{link: b, peak_qps: 1, growth: 1%}, "
                "{link: c, target_qps: 1, growth: 1%}]\n"),
           "5:44 b is left without buffer in scenario plan\n");
    ERRORS(WITH("baselines: [{link: a, target_qps: 1}]\n"), "");
    ERRORS(WITH("baselines: [{link: a, peak_qps: 1, multiplier: 2}]\n"), "");
    ERRORS(WITH("scenarios: [{id: plan, multiplier: 2}, {id: b, growth: 1%}]\n"
                "buffer: 1%\nbaselines: [{link: a, peak_qps: 1}]\n"),
           "");
    ERRORS(WITH("grwoth: 1%\nbuffer: 1%\nbaselines: "
                "[{link: a, peak_qps: 1}]\n"),
           "4:1 unknown key \"grwoth\" in the season; did you mean growth?\n");
    ERRORS(WITH("growth: 1%\nmultiplier: 2\nbaselines: "
                "[{link: a, peak_qps: 1, buffer: 1, multiplier: 2}]\n"),
           "5:1 multiplier stands beside growth: give growth and buffer, or "
           "multiplier instead\n"
           "6:47 multiplier stands beside buffer: give growth and buffer, or "
           "multiplier instead\n");
#undef WITH
}

static void
every_link_has_limits_of_errors_and_a_latency(void **state)
{
    static const char head[] = "season: s\nmultiplier: 2\nas_of: 2026-10-30\n";
    struct fixture *f = *state;
#define WITH(rest) arena_format(f->arena, "%s%s", head, rest)
    ERRORS(WITH(LINKS), "1:1 the season needs the key slo; there is no "
                        "default\n");
    ERRORS(WITH("slo: {cpu: 1}\n" LINKS),
           "4:1 slo must limit error_rate; there is no default\n");
    ERRORS(WITH("slo: {error_rate: 0, p999_ms: 3}\n" LINKS), "");
    ERRORS(WITH("baselines: [{link: a, peak_qps: 1, "
                "slo: {p50_ms: 1, error_rate: 0}}]\n"),
           "");
    ERRORS(WITH("baselines: [{link: a, peak_qps: 1, "
                "slo: {p50_ms: 1, error_rate: 0}}, {link: b, peak_qps: 1}]\n"),
           "4:77 b is left without an SLO limit of error_rate\n");
    ERRORS(WITH("slo: [1]\n" LINKS RESULTS),
           "4:6 slo must be a mapping such as {p99_ms: 200, error_rate: 0.1%, "
           "cpu: 60%}, found a list\n");
    ERRORS(WITH("slo: {p99_ms: x, error_rate: y}\n" LINKS RESULTS),
           "4:15 p99_ms must be a number of milliseconds above 0 and up to "
           "1e7, found \"x\"\n"
           "4:30 error_rate must be a ratio from 0 to 100%, such as 0.1% or "
           "0.001, and with % from 0.1 on, found \"y\"\n");
    ERRORS(WITH("sl0: {p99_ms: 1, error_rate: 0}\n" LINKS),
           "4:1 unknown key \"sl0\" in the season; did you mean slo?\n");
#undef WITH
}

static void
plan_names_a_scenario(void **state)
{
    ERRORS(HEAD LINKS RESULTS "plan: plan\n", "");
    ERRORS(HEAD LINKS RESULTS "plan: low\n",
           "9:7 plan must name a scenario, found \"low\"; without scenarios "
           "there is plan\n");
    ERRORS(HEAD LINKS RESULTS "plan: lwo\nscenarios: [{id: low}]\n",
           "9:7 plan must name a scenario, found \"lwo\"; did you mean low?\n");
    ERRORS(HEAD LINKS RESULTS "plan: other\nscenarios: [{id: low}]\n",
           "9:7 plan must name a scenario, found \"other\"\n");
    ERRORS(HEAD LINKS RESULTS "scenarios: [{id: low}]\n",
           "9:1 no scenario has the id plan: give plan, the id of the one "
           "that decides\n");
    ERRORS(HEAD LINKS RESULTS "scenarios: [{id: low}]\nplna: low\n",
           "10:1 unknown key \"plna\" in the season; did you mean plan?\n");
    ERRORS(HEAD LINKS RESULTS "scenarios: [{id: low}]\nplan: [low]\n",
           "10:7 plan must be 1 to 64 letters, digits, \".\", \"_\" or "
           "\"-\", first and last a letter or digit, found a list\n");
}

static void
ids_of_scenarios_are_told_apart(void **state)
{
    ERRORS(HEAD LINKS RESULTS "scenarios: [{id: b}, {id: plan}, {id: a}, "
                              "{id: b}, {id: b}]\n",
           "9:48 scenario \"b\" is given twice\n"
           "9:57 scenario \"b\" is given twice\n");
    ERRORS(HEAD LINKS RESULTS "scenarios: [{id: plan}, {id: Plan}]\n", "");
    ERRORS(HEAD LINKS RESULTS "scenarios: [{id: ''}, {id: ''}]\n",
           "9:18 id must be 1 to 64 letters, digits, \".\", \"_\" or "
           "\"-\", first and last a letter or digit, found nothing\n"
           "9:28 id must be 1 to 64 letters, digits, \".\", \"_\" or "
           "\"-\", first and last a letter or digit, found nothing\n");
}

static void
zones_come_in_pairs_with_the_instances_of_every_link(void **state)
{
    ERRORS(HEAD LINKS RESULTS "zones: 3\nsurvive_zones: 1\n", "");
    ERRORS(HEAD LINKS RESULTS "zones: 1\nsurvive_zones: 0\n", "");
    ERRORS(HEAD LINKS RESULTS "zones: 3\n",
           "9:1 zones needs survive_zones beside it\n");
    ERRORS(HEAD LINKS RESULTS "survive_zones: 1\n",
           "9:1 survive_zones needs zones beside it\n");
    ERRORS(HEAD LINKS RESULTS "zones: 2\nsurvive_zones: 2\n",
           "10:1 survive_zones must be below zones, found 2 of 2\n");
    ERRORS(HEAD LINKS RESULTS "zones: x\nsurvive_zones: 2\n",
           "9:8 zones must be a whole number from 1 to 100, found \"x\"\n");
    ERRORS(HEAD LINKS "  - {link: b, peak_qps: 1}\n"
                      "  - {link: c, peak_qps: 1, instances: 0}\n" RESULTS
                      "zones: 3\nsurvive_zones: 1\n",
           "7:12 zones need the instances of every link, and b has none\n"
           "8:39 instances must be a whole number from 1 to 1,000,000, found "
           "\"0\"\n");
}

static void
quotas_count_what_is_approved(void **state)
{
#define ONE(rest) HEAD "baselines: [{link: a, peak_qps: 1, " rest "}]\n" RESULTS
    ERRORS(ONE("instances: 40, max_instances: 46, approved_instances: 6"), "");
    ERRORS(ONE("instances: 40, max_instances: 45, approved_instances: 6"),
           "5:70 instances and approved_instances must be at most "
           "max_instances, found 46 above 45\n");
    ERRORS(ONE("instances: 40, max_instances: 39"),
           "5:51 instances and approved_instances must be at most "
           "max_instances, found 40 above 39\n");
    ERRORS(ONE("approved_instances: 0"),
           "5:36 approved_instances needs the link's own instances\n");
    ERRORS(ONE("instnces: 4, approved_instances: 0"),
           "5:36 unknown key \"instnces\" in a baseline; did you mean "
           "instances?\n");
#undef ONE
}

static void
steps_have_what_limits_ask_for(void **state)
{
#define ONE(steps)                                                             \
    HEAD LINKS "results: [{link: a, date: 2026-10-30, steps: [" steps "]}]\n"
    ERRORS(ONE("{qps: 1, p99_ms: 1, error_rate: 0}"), "");
    ERRORS(ONE("{qps: 1, cpu: 1%}"),
           "7:47 the step has no p99_ms, error_rate, which the SLO limits\n");
    ERRORS(ONE("{qps: 1, p99_ms: x, error_rate: 0}"),
           "7:64 p99_ms must be a number of milliseconds above 0 and up to "
           "1e7, found \"x\"\n");
    ERRORS(ONE("{qps: 1, p99ms: 1, error_rate: 0}"),
           "7:56 unknown key \"p99ms\" in a step; did you mean p99_ms?\n");
    ERRORS(ONE("none"),
           "7:47 a step must be a mapping such as {offered_qps: 8000, qps: "
           "7990, p99_ms: 80, error_rate: 0.01%}, found \"none\"\n");
    ERRORS(ONE("{qps: 1, p50_ms: 3, p95_ms: 2, p99_ms: 1, error_rate: 0}"),
           "7:64 p50_ms must be at most p95_ms, found 3 above 2\n"
           "7:75 p95_ms must be at most p99_ms, found 2 above 1\n");
    ERRORS(ONE("{qps: 1, p50_ms: 3, p95_ms: x, p99_ms: 2, error_rate: 0}"),
           "7:64 p50_ms must be at most p99_ms, found 3 above 2\n"
           "7:75 p95_ms must be a number of milliseconds above 0 and up to "
           "1e7, found \"x\"\n");
    ERRORS(ONE("{qps: 1, p99_ms: 1, error_rate: 0}") "min_hold_s: 60\n",
           "7:47 the step has no duration_s, which min_hold_s needs\n");
#undef ONE
}

static void
results_belong_to_links_that_are_known(void **state)
{
    ERRORS(HEAD LINKS RESULTS "  - {link: A, date: 2026-10-30, " STEPS "}\n",
           "9:12 a result for \"A\", which has no baseline; did you mean "
           "\"a\"?\n");
    ERRORS(HEAD "baselines: [{link: order.submit, peak_qps: 1}]\nresults: "
                "[{link: order.sumbit, date: 2026-10-30, " STEPS "}]\n",
           "6:18 a result for \"order.sumbit\", which has no baseline; did "
           "you mean \"order.submit\"?\n");
    ERRORS(HEAD LINKS "  - {link: '', peak_qps: 1}\n" RESULTS
                      "  - {link: b, date: 2026-10-30, " STEPS "}\n",
           "7:12 link must be a text of 1 to 200 characters, found nothing\n");
    ERRORS(HEAD LINKS "  - {link: a, peak_qps: 1}\n  - {link: a, "
                      "peak_qps: 1}\n" RESULTS,
           "7:12 link \"a\" is given twice\n8:12 link \"a\" is given twice\n");
    ERRORS(HEAD LINKS "  - {link: '', peak_qps: 1}\n"
                      "  - {link: '', peak_qps: 1}\n" RESULTS,
           "7:12 link must be a text of 1 to 200 characters, found nothing\n"
           "8:12 link must be a text of 1 to 200 characters, found "
           "nothing\n");
    ERRORS(HEAD "baselines: [{link: 订单, peak_qps: 1}]\nresults: "
                "[{link: 订單x, date: 2026-10-30, " STEPS "}]\n",
           "6:18 a result for \"订單x\", which has no baseline; did you mean "
           "\"订单\"?\n");
    ERRORS(HEAD LINKS "results: [{link: zzzzzz, date: 2026-10-30, " STEPS
                      "}]\n",
           "7:18 a result for \"zzzzzz\", which has no baseline\n");
}

static void
files_that_cannot_be_read_are_reported_with_the_others(void **state)
{
    struct fixture *fixture = *state;
    char *large = put_file(fixture, "large.yaml", "");
    const struct diag_entry *list;
    assert_int_equal(truncate(large, 64 * 1024 * 1024 + 1), 0);
    char *inputs[] = {large, in_folder(fixture, "none.yaml"),
                      put_file(fixture, "s.yaml", "season: ''\n")};
    assert_null(input_read_season(fixture->arena, inputs, 3, false, fixture->diag));
    assert_int_equal(diag_list(fixture->diag, DIAG_ERROR, &list), 3);
    assert_string_equal(list[1].text, "the file is larger than 64 MiB");
    assert_int_equal(list[1].place.line, 1);
    fixture->diag = diag_new(fixture->arena);
    assert_null(input_read_season(fixture->arena, inputs, 2, false, fixture->diag));
    assert_int_equal(diag_error_count(fixture->diag), 2);
    char *memory[] = {(char[]){"/proc/self/mem"}};
    fixture->diag = diag_new(fixture->arena);
    assert_null(input_read_season(fixture->arena, memory, 1, false, fixture->diag));
    diag_list(fixture->diag, DIAG_ERROR, &list);
    assert_string_equal(list[0].text,
                        "reading /proc/self/mem failed: Input/output error");
}

static void
of_a_broken_file_nothing_is_called_missing(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "a.yaml", "season: s\nslo: {p99_ms: 2\n");
    put_file(fixture, "b.yaml", RESULTS "baselines: [{link: x}]\n");
    char *inputs[] = {folder};
    const struct diag_entry *list;
    assert_null(input_read_season(fixture->arena, inputs, 1, false, fixture->diag));
    assert_int_equal(diag_list(fixture->diag, DIAG_ERROR, &list), 2);
    assert_int_equal(list[0].code, DIAG_YAML_SYNTAX);
    assert_string_equal(list[1].text, "a baseline needs the key peak_qps");
}

static void
a_file_that_breaks_off_anywhere_gives_one_error_of_form(void **state)
{
    static const char whole_file[] = HEAD LINKS RESULTS
        "name: {zh: a, en: b}\nscenarios: [{id: plan, growth: 1%}]\n"
        "decisions: [{text: {zh: x}}]\n";
    struct fixture *fixture = *state;
    /* a cut within braces or brackets is never sound */
    const char *at = strstr(whole_file, "{p99_ms");
    for (; *at; at++) {
        size_t length = (size_t)(at - whole_file);
        const char *cut = arena_copy(fixture->arena, whole_file, length);
        fixture->diag = diag_new(fixture->arena);
        char *inputs[] = {put_file(fixture, "s.yaml", cut)};
        const struct season *season =
            input_read_season(fixture->arena, inputs, 1, false, fixture->diag);
        assert_true((season == NULL) == diag_has_errors(fixture->diag));
        assert_true(strlen(printed(fixture)) < 8192);
    }
}

static void
warnings_need_no_assessment(void **state)
{
    WARNINGS(HEAD LINKS RESULTS, "");
    WARNINGS(HEAD "as_of: 2026-10-29\nbaselines:\n"
                  "  - {link: a, peak_qps: 1, peak_window_s: 1.5}\n"
                  "  - {link: b, peak_qps: 1, peak_window_s: 1}\n" RESULTS,
             "7:43 peak_qps was averaged over 1.5 s: the peak second is "
             "hidden\n"
             "8:12 b has no result\n"
             "10:21 this result is dated after as_of (2026-10-29) and does "
             "not count\n");
    WARNINGS(HEAD LINKS
             "results: [{link: a, date: 2026-10-30, steps: [\n"
             "  {offered_qps: 100, qps: 102, p99_ms: 2, error_rate: 0},\n"
             "  {offered_qps: 100, qps: 102.1, p99_ms: 2, error_rate: 0},\n"
             "  {offered_qps: 999999999999.9, qps: 1, p99_ms: 2, "
             "error_rate: 0}]}]\n",
             "9:3 qps 102.1 is above the 100 that were offered: is one of them "
             "wrong?\n");
    WARNINGS(HEAD "as_of: 2026-10-30T23:59:59-12:00\n" LINKS RESULTS, "");
}

static void
wrong_types_of_lists_and_entries_are_named(void **state)
{
    ERRORS(HEAD LINKS RESULTS "scenarios: x\n",
           "9:12 scenarios must be a list of at least one scenario, found "
           "\"x\"\n");
    ERRORS(HEAD LINKS RESULTS "scenarios: [x]\n",
           "9:13 a scenario must be a mapping such as {id: low, buffer: 10%}, "
           "found \"x\"\n");
    ERRORS(HEAD LINKS RESULTS "decisions: {}\n",
           "9:12 decisions must be a list of decisions, found a mapping\n");
    ERRORS(HEAD LINKS RESULTS "decisions: [x, {by: 2026-11-04}]\n",
           "9:13 a decision must be a mapping such as {text: ..., owner: ..., "
           "by: 2026-11-04}, found \"x\"\n"
           "9:16 a decision needs the key text\n");
    ERRORS(HEAD LINKS "results: {}\n",
           "7:10 results must be a list of test results, found a mapping\n");
    ERRORS(HEAD LINKS RESULTS "  - x\n",
           "9:5 a result must be a mapping such as {link: order.submit, date: "
           "2026-10-30, steps: [...]}, found \"x\"\n");
    ERRORS(HEAD LINKS "  - x\n" RESULTS,
           "7:5 a baseline must be a mapping such as {link: order.submit, "
           "peak_qps: 10000}, found \"x\"\n");
    ERRORS(HEAD LINKS "results: [{link: a, date: 2026-10-30, steps: 3}]\n",
           "7:46 steps must be a list of at least one step, found \"3\"\n");
    ERRORS("[1]\n", "1:1 a file must be a mapping of keys such as season, "
                    "baselines or results, found a list\n");
    ERRORS(HEAD LINKS RESULTS "lang: de\nunit: RPS\ncompose: sum\n",
           "9:7 lang must be en, zh or zh+en, found \"de\"\n"
           "10:7 unit must be QPS or TPS, found \"RPS\"\n"
           "11:10 compose must be add or multiply, found \"sum\"\n");
    ERRORS(HEAD "baselines: []\nas_of: 2026-10-30\n",
           "5:12 baselines must be a list of at least one link, found "
           "nothing\n");
    ERRORS(HEAD LINKS "results: [{link: a, date: 2026-10-30, kind: x, " STEPS
                      "}]\n",
           "7:45 kind must be full-chain or single-link, found \"x\"\n");
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        FOLDER_TEST(what_is_not_given_has_the_contracts_defaults),
        FOLDER_TEST(every_key_of_a_season_is_read),
        FOLDER_TEST(every_key_of_a_baseline_is_read),
        FOLDER_TEST(every_key_of_a_result_is_read),
        FOLDER_TEST(lists_are_joined_over_files_and_keys_given_once),
        FOLDER_TEST(as_of_is_asked_for_where_a_default_would_mislead),
        FOLDER_TEST(keys_of_the_season_are_asked_for),
        FOLDER_TEST(growth_is_asked_for_once_or_by_link),
        FOLDER_TEST(every_link_has_limits_of_errors_and_a_latency),
        FOLDER_TEST(plan_names_a_scenario),
        FOLDER_TEST(ids_of_scenarios_are_told_apart),
        FOLDER_TEST(zones_come_in_pairs_with_the_instances_of_every_link),
        FOLDER_TEST(quotas_count_what_is_approved),
        FOLDER_TEST(steps_have_what_limits_ask_for),
        FOLDER_TEST(results_belong_to_links_that_are_known),
        FOLDER_TEST(files_that_cannot_be_read_are_reported_with_the_others),
        FOLDER_TEST(of_a_broken_file_nothing_is_called_missing),
        FOLDER_TEST(a_file_that_breaks_off_anywhere_gives_one_error_of_form),
        FOLDER_TEST(warnings_need_no_assessment),
        FOLDER_TEST(wrong_types_of_lists_and_entries_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
