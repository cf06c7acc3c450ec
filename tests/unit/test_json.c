/*
 * The JSON: keys, order and nulls against the contract's example, exact
 * numbers, and what a string may hold.
 */
#include "maker.h"

#include <stdlib.h>

#include <jansson.h>

#include "assess/assess.h"
#include "render/json.h"

static struct made *made;

/* What was written, NUL-terminated. */
struct collected {
    char *text;
    size_t size, most; /* pieces beyond most bytes are refused */
};

static bool
collect(void *context, const char *bytes, size_t size)
{
    struct collected *collected = context;
    if (collected->size + size > collected->most)
        return false;
    collected->text = realloc(collected->text, collected->size + size + 1);
    memcpy(collected->text + collected->size, bytes, size);
    collected->size += size;
    collected->text[collected->size] = '\0';
    return true;
}

static struct collected written;

static int
setup(void **state)
{
    arena_setup(state);
    made = make_season(*state);
    written = (struct collected){.most = 1 << 20};
    return 0;
}

static int
teardown(void **state)
{
    free(written.text);
    return arena_teardown(state);
}

static const char *
json_of_season(size_t shown)
{
    const struct report *report =
        assess_season(made->arena, &made->season, shown, made->diag);
    assert_true(json_report(report, made->diag, collect, &written));
    return written.text;
}

static void
holds(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("\n%s\nis not in\n%s", part, text);
}

static void
the_example_of_the_contract_is_written_as_it_stands_there(void **state)
{
    (void)state;
    struct season *season = &made->season;
    season->name = (struct text){.zh = "2026 年双11", .en = "Double 11 2026"};
    season->reference = (struct text){.one = "2025-double11"};
    season->peak = (struct moment){.day = on("2026-11-11"),
                                   .text = "2026-11-11T00:00:00+08:00"};
    season->slo.limit[LIMIT_CPU] = given("60%");
    struct baseline *order = add_baseline(made, "order.submit", "10000", 40);
    order->name = (struct text){.zh = "提交订单", .en = "Place order"};
    order->domain = (struct text){.zh = "交易", .en = "Trade"};
    order->owner = (struct text){.one = "交易组"};
    order->max_instances = 60;
    order->approved_instances = 6;
    order->has_approved_instances = true;
    order->rate_limit_qps = given("12000");
    order->due = on("2026-11-04");
    order->retest_on = on("2026-11-05");
    struct result *result = add_result(made, "order.submit", "2026-10-30", 40);
    struct step first = step_of("8000", "7990", "80", "0.01%", "300");
    first.metric[METRIC_P50_MS] = number("21");
    first.metric[METRIC_CPU] = number("41%");
    first.given |= 1u << METRIC_P50_MS | 1u << METRIC_CPU;
    add_step(result, first);
    add_step(result, step_of("11500", "11430", "188", "0.001", "300"));
    add_step(result, step_of("13000", "12000", "250", "0.001", "300"));
    const char *text = json_of_season(0);

    holds(text, "{\"format\": 1, \"headroom\": \"1.0.0\",\n"
                " \"season\": {\"id\": \"2026-double11\", \"name\": {\"zh\": "
                "\"2026 年双11\", \"en\": \"Double 11 2026\"}, \"reference\": "
                "\"2025-double11\", \"peak\": \"2026-11-11T00:00:00+08:00\", "
                "\"as_of\": \"2026-10-31\", \"days_left\": 11},\n"
                " \"verdict\": \"no-go\", \"reason\": \"blocking\", \"plan\": "
                "\"plan\", \"scenario\": \"plan\",\n"
                " \"counts\": {\"short\": 1, \"untested\": 0, \"stale\": 0, "
                "\"inconclusive\": 0, \"covered\": 0, \"met\": 0},\n"
                " \"weakest\": {\"link\": \"order.submit\", \"attainment\": "
                "0.762},\n"
                " \"links\": [\n");
    holds(text,
          "  {\"link\": \"order.submit\", \"name\": {\"zh\": \"提交订单\", "
          "\"en\": \"Place order\"}, \"domain\": {\"zh\": \"交易\", \"en\": "
          "\"Trade\"}, \"priority\": \"P0\", \"owner\": \"交易组\",\n"
          "   \"state\": \"short\", \"effect\": \"blocking\", \"action\": "
          "\"expand\",\n"
          "   \"peak_qps\": 10000, \"growth\": 0.3, \"buffer\": 0.2, "
          "\"multiplier\": 1.5, \"target_qps\": 15000,\n"
          "   \"achieved_qps\": 11430, \"achieved_kind\": \"measured\", "
          "\"limited_by\": [\"p99_ms\"], \"tested_instances\": 40, "
          "\"extrapolated\": false,\n"
          "   \"instances\": 40, \"max_instances\": 60, "
          "\"approved_instances\": 6, \"optimisation\": 0, "
          "\"rate_limit_qps\": 12000,\n"
          "   \"usable_qps\": 11430, \"attainment\": 0.762, "
          "\"shortfall_qps\": 3570, \"headroom\": -0.238, \"break_even\": "
          "1.143,\n"
          "   \"per_instance_qps\": 285.75, \"expansion\": 14, "
          "\"forecast_qps\": 12973, \"gap_after_qps\": 2027,\n"
          "   \"due\": \"2026-11-04\", \"retest_on\": \"2026-11-05\", "
          "\"tested_on\": \"2026-10-30\", \"age_days\": 1,\n"
          "   \"slo\": {\"p99_ms\": 200, \"error_rate\": 0.001, \"cpu\": "
          "0.6},\n"
          "   \"steps\": [\n"
          "    {\"offered_qps\": 8000, \"qps\": 7990, \"p50_ms\": 21, "
          "\"p99_ms\": 80, \"error_rate\": 0.0001, \"cpu\": 0.41, "
          "\"duration_s\": 300, \"holds\": true},\n");
    holds(text, " \"scenarios\": [\n"
                "  {\"id\": \"plan\", \"verdict\": \"no-go\", \"links\": [\n"
                "   {\"link\": \"order.submit\", \"multiplier\": 1.5, "
                "\"target_qps\": 15000, \"state\": \"short\", "
                "\"shortfall_qps\": 3570, \"expansion\": 14}]}],\n"
                " \"warnings\": [],\n"
                " \"inputs\": [\n"
                "  {\"file\": \"season.yaml\", \"bytes\": 512, \"sha256\": "
                "\"\"}]}\n");
}

/* Keys that others need not know stand only where there is a price. */
static void
a_price_adds_its_keys_and_nothing_else(void **state)
{
    (void)state;
    struct season *season = &made->season;
    add_baseline(made, "a", "10000", 40)->unit_cost = given("1200.5");
    add_measured(made, "a", "2026-10-30", 40, "11430");
    add_baseline(made, "b", "10000", 40);
    const char *text = json_of_season(0);
    holds(text, "\"gap_after_qps\": 3570,\n"
                "   \"unit_cost\": 1200.5, \"approved_cost\": null, "
                "\"open_cost\": 16807,\n"
                "   \"due\": null");
    holds(text, "\"gap_after_qps\": null,\n   \"due\": null");
    assert_null(strstr(text, "currency"));
    season->currency = (struct text){.zh = "元", .en = "CNY"};
    holds(json_of_season(0), "\"days_left\": null, \"currency\": {\"zh\": "
                             "\"元\", \"en\": \"CNY\"}},\n");
}

static json_t *
parsed(const char *text)
{
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        fail_msg("%s at %d: %s", error.text, error.line, text);
    return root;
}

static void
is_null_at(json_t *object, const char *key)
{
    if (!json_is_null(json_object_get(object, key)))
        fail_msg("%s is not null", key);
}

static void
what_is_not_known_is_null_and_never_0(void **state)
{
    (void)state;
    static const char *const nulls[] = {"name",
                                        "domain",
                                        "owner",
                                        "achieved_qps",
                                        "achieved_kind",
                                        "tested_instances",
                                        "extrapolated",
                                        "instances",
                                        "max_instances",
                                        "approved_instances",
                                        "rate_limit_qps",
                                        "usable_qps",
                                        "attainment",
                                        "shortfall_qps",
                                        "headroom",
                                        "break_even",
                                        "per_instance_qps",
                                        "expansion",
                                        "forecast_qps",
                                        "gap_after_qps",
                                        "due",
                                        "retest_on",
                                        "tested_on",
                                        "age_days"};
    add_baseline(made, "a", "10000", 0);
    json_t *root = parsed(json_of_season(0));
    json_t *link = json_array_get(json_object_get(root, "links"), 0);
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
        is_null_at(link, nulls[i]);
    assert_int_equal(json_array_size(json_object_get(link, "steps")), 0);
    assert_int_equal(json_array_size(json_object_get(link, "limited_by")), 0);
    assert_int_equal(json_integer_value(json_object_get(link, "optimisation")),
                     0);
    is_null_at(root, "weakest");
    json_t *season = json_object_get(root, "season");
    is_null_at(season, "name");
    is_null_at(season, "reference");
    is_null_at(season, "peak");
    is_null_at(season, "days_left");
    json_t *scenario = json_array_get(json_object_get(root, "scenarios"), 0);
    json_t *brief = json_array_get(json_object_get(scenario, "links"), 0);
    is_null_at(brief, "shortfall_qps");
    is_null_at(brief, "expansion");
    json_decref(root);
}

static void
a_target_of_its_own_has_no_multiplier(void **state)
{
    (void)state;
    struct baseline *link = add_baseline(made, "a", "1", 4);
    link->peak_qps.given = false;
    link->target_qps = given("100.5");
    const char *text = json_of_season(0);
    holds(text, "\"peak_qps\": null, \"growth\": null, \"buffer\": null, "
                "\"multiplier\": null, \"target_qps\": 101");
    holds(text, "\"multiplier\": null, \"target_qps\": 101, \"state\": "
                "\"untested\"");
}

static void
the_scenario_shown_is_named_beside_the_plan(void **state)
{
    (void)state;
    made->scenario[1] = (struct scenario){.id = "low"};
    made->scenario[1].growth.buffer = given("0.1");
    made->season.scenario_count = 2;
    add_baseline(made, "order", "10000", 4);
    const char *text = json_of_season(1);
    holds(text, "\"plan\": \"plan\", \"scenario\": \"low\"");
    holds(text, "\"multiplier\": 1.4, \"target_qps\": 14000,");
}

static void
everything_that_limits_is_listed_in_order(void **state)
{
    (void)state;
    add_baseline(made, "a", "10000", 4);
    struct result *result = add_result(made, "a", "2026-10-30", 4);
    add_step(result, step_of("10", "0", "900", "1", "300"));
    holds(json_of_season(0),
          "\"achieved_qps\": 0, \"achieved_kind\": \"none\", \"limited_by\": "
          "[\"p99_ms\", \"error_rate\", \"offered\"]");
}

static void
warnings_name_file_and_line(void **state)
{
    (void)state;
    add_baseline(made, "a", "10000", 4);
    struct result *result = add_measured(made, "a", "2026-10-30", 8, "5000");
    (void)result;
    diag_add(made->diag, DIAG_NO_LOAD_KEY, (struct place){.line = 0}, "x",
             NULL);
    json_t *root = parsed(json_of_season(0));
    json_t *warnings = json_object_get(root, "warnings");
    assert_int_equal(json_array_size(warnings), 2);
    unsigned placed = 0, unplaced = 0;
    for (size_t i = 0; i < 2; i++) {
        json_t *warning = json_array_get(warnings, i);
        const char *file = json_string_value(json_object_get(warning, "file"));
        if (file == NULL) {
            is_null_at(warning, "line");
            unplaced++;
        } else {
            assert_string_equal(file, "season.yaml");
            assert_int_equal(
                json_integer_value(json_object_get(warning, "line")), 50);
            placed++;
        }
    }
    assert_int_equal(placed, 1);
    assert_int_equal(unplaced, 1);
    json_decref(root);
}

static void
numbers_are_exact_to_the_last_digit(void **state)
{
    (void)state;
    add_baseline(made, "a", "999999999999.999999999999", 4);
    made->season.growth = (struct growth){.multiplier = given("100")};
    add_measured(made, "a", "2026-10-30", 3, "0.000000000001");
    const char *text = json_of_season(0);
    holds(text, "\"peak_qps\": 999999999999.999999999999, ");
    holds(text, "\"target_qps\": 100000000000000,");
    holds(text, "\"achieved_qps\": 0.000000000001, ");
}

/* --- the writer ---------------------------------------------------------- */

static const char *
string_of(const char *text)
{
    struct json_writer writer;
    written.size = 0;
    json_write_start(&writer, collect, &written);
    json_write_string(&writer, text);
    assert_true(json_write_end(&writer));
    return written.text;
}

static void
strings_are_escaped_and_stay_utf8(void **state)
{
    (void)state;
    assert_string_equal(string_of(""), "\"\"\n");
    assert_string_equal(string_of("a\"b\\c"), "\"a\\\"b\\\\c\"\n");
    assert_string_equal(string_of("\n\x1b[1m\x7f"),
                        "\"\\u000a\\u001b[1m\\u007f\"\n");
    assert_string_equal(string_of("\xc2\x9b"), "\"\\u009b\"\n");
    assert_string_equal(string_of("订单 é 😀"), "\"订单 é 😀\"\n");
    assert_string_equal(string_of("\xff"
                                  "a\xe4\xb8"),
                        "\"\xef\xbf\xbd"
                        "a\xef\xbf\xbd\xef\xbf\xbd\"\n");
    assert_string_equal(string_of(NULL), "null\n");
}

static void
a_text_is_a_string_or_one_per_language(void **state)
{
    (void)state;
    struct json_writer writer;
    json_write_start(&writer, collect, &written);
    json_write_open(&writer, '[');
    json_write_text(&writer, (struct text){.one = "x"});
    json_write_text(&writer, (struct text){.zh = "订"});
    json_write_text(&writer, (struct text){.en = "o"});
    json_write_text(&writer, (struct text){.one = NULL});
    json_write_close(&writer, ']');
    assert_true(json_write_end(&writer));
    assert_string_equal(written.text,
                        "[\"x\", {\"zh\": \"订\"}, {\"en\": \"o\"}, null]\n");
}

static void
a_sink_that_refuses_ends_the_writing(void **state)
{
    (void)state;
    struct json_writer writer;
    written.most = 100;
    json_write_start(&writer, collect, &written);
    json_write_open(&writer, '[');
    for (unsigned i = 0; i < 100000; i++)
        json_write_whole(&writer, i, 0);
    json_write_close(&writer, ']');
    assert_false(json_write_end(&writer));
    assert_int_equal(written.size, 0);
}

static void
a_long_text_passes_the_buffer_whole(void **state)
{
    (void)state;
    struct json_writer writer;
    json_write_start(&writer, collect, &written);
    json_write_open(&writer, '[');
    for (unsigned i = 0; i < 30000; i++)
        json_write_whole(&writer, i, 0);
    json_write_close(&writer, ']');
    assert_true(json_write_end(&writer));
    json_t *root = parsed(written.text);
    assert_int_equal(json_array_size(root), 30000);
    for (unsigned i = 0; i < 30000; i++)
        assert_int_equal(json_integer_value(json_array_get(root, i)), i);
    json_decref(root);
}

#define JSON(function)                                                         \
    cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        JSON(the_example_of_the_contract_is_written_as_it_stands_there),
        JSON(a_price_adds_its_keys_and_nothing_else),
        JSON(what_is_not_known_is_null_and_never_0),
        JSON(a_target_of_its_own_has_no_multiplier),
        JSON(the_scenario_shown_is_named_beside_the_plan),
        JSON(everything_that_limits_is_listed_in_order),
        JSON(warnings_name_file_and_line),
        JSON(numbers_are_exact_to_the_last_digit),
        JSON(strings_are_escaped_and_stay_utf8),
        JSON(a_text_is_a_string_or_one_per_language),
        JSON(a_sink_that_refuses_ends_the_writing),
        JSON(a_long_text_passes_the_buffer_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
