/*
 * k6's summary, and JSON with places.
 */
#include "summaries.h"

static const char flat[] =
    "{\"metrics\": {\n"
    "  \"http_reqs\": {\"count\": 60000, \"rate\": 999.5},\n"
    "  \"http_req_duration\": {\"med\": 20.0, \"max\": 410.2, \"p(90)\": 45, "
    "\"p(95)\": 60.5, \"p(99)\": 88.25},\n"
    "  \"http_req_failed\": {\"passes\": 60, \"fails\": 59940, \"value\": "
    "0.001}\n"
    "}}\n";

static const char nested[] =
    "{\"root_group\": {\"checks\": [{\"name\": \"a}\\\"b\"}]}, \"metrics\": {\n"
    "  \"http_reqs\": {\"type\": \"counter\", \"values\": {\"rate\": "
    "35.94634922417172, \"count\": 878}},\n"
    "  \"http_req_duration\": {\"values\": {\"med\": 20.090773, \"p(99)\": "
    "39.577136380000084, \"p(99.9)\": 41.5, \"max\": 143.326605}},\n"
    "  \"http_req_failed\": {\"values\": {\"rate\": 0.39749430523917995, "
    "\"passes\": 349, \"fails\": 529}},\n"
    "  \"dropped_iterations\": {\"values\": {\"count\": 24, \"rate\": 3.8}}\n"
    "}}\n";

static void
passes_of_http_req_failed_are_the_failed_requests(void **state)
{
    assert_string_equal(read_text(*state, TOOL_K6, flat),
                        " 60000/60 s=60.030015007 qps=998.5 p50=20 p95=60.5 "
                        "p99=88.25 max=410.2");
}

static void
the_nested_form_is_read_and_rounded_against_us(void **state)
{
    assert_string_equal(read_text(*state, TOOLS, nested),
                        " 878/349 s=24.425289882 qps=21.657 p50=20.090773 "
                        "p99=39.577137 p999=41.5 max=143.326605 dropped=24 "
                        "open");
}

static void
a_percentile_that_is_not_there_stays_unknown(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(
        read_text(fixture, TOOL_K6,
                  changed(fixture, flat, ", \"p(99)\": 88.25", "")),
        " 60000/60 s=60.030015007 qps=998.5 p50=20 p95=60.5 max=410.2");
}

static void
without_an_error_rate_it_is_refused(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(
        read_text(fixture, TOOL_K6,
                  changed(fixture, flat, "http_req_failed", "http_failed")),
        "1:1: error: a summary without http_req_failed cannot be read: it has "
        "no error rate: run k6 0.31 or newer, with no "
        "setResponseCallback(null)");
    assert_string_equal(
        read_text(fixture, TOOL_K6,
                  changed(fixture, flat, "http_reqs", "grpc_reqs")),
        "1:1: error: a summary without http_reqs cannot be read: it has no "
        "error rate: only runs of HTTP have one");
}

static void
what_is_unsound_is_refused_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    static const struct unsound cases[] = {
        {flat, "999.5",             "NaN",                "2:41: error: not valid JSON: invalid token"},
        {flat, "999.5",             "1e999",
         "2:41: error: not valid JSON: real number overflow"                                          },
        {flat, "999.5",             "\"999.5\"",
         "2:41: error: rate must be a number, found \"\"999.5\"\""                                    },
        {flat, "999.5",             "[999.5]",
         "2:41: error: rate must be a number, found a list"                                           },
        {flat, "999.5",             "0",
         "2:41: error: rate must be a rate above 0, found \"0\""                                      },
        {flat, "999.5",             "1e-9999999999",
         "2:41: error: rate must be a rate above 0, found \"1e-9999999999\""                          },
        {flat, "999.5",             "1e-3",
         "2:26: error: count contradicts rate: they make more than 1e7 s"                             },
        {flat, "999.5",             "-999.5",
         "2:41: error: rate must be a rate of 0 or more and below 1e12, in "
         "digits, found \"-999.5\""                                                                   },
        {flat, ", \"rate\": 999.5", "",
         "2:16: error: http_reqs needs the key rate"                                                  },
        {flat, "999.5",             "999.5, \"rate\": 1",
         "2:48: error: not valid JSON: duplicate object key"                                          },
        {flat, "rate",              "rate\\u0000",
         "2:33: error: not valid JSON: NUL byte in object key not supported"                          },
        {flat, "60000",             "0",                  "2:26: error: no requests in it"            },
        {flat, "60000",             "60000.0",
         "2:26: error: count must be a whole number up to 1e12, found "
         "\"60000.0\""                                                                                },
        {flat, "60000",             "60001",
         "4:22: error: http_req_failed contradicts http_reqs: 60000 and 60001 "
         "requests"                                                                                   },
        {flat, "0.001",             "0.999",
         "4:62: error: value contradicts passes and fails: 60 failed of 60000"                        },
        {flat, "88.25",             "8.8",
         "3:89: error: p95_ms must be at most p99_ms, found 60.5 above 8.8"                           },
        {flat, "}}\n",              "},}\n",
         "5:3: error: not valid JSON: string or '}' expected"                                         },
        {flat, "}}\n",              "}} {}\n",
         "5:4: error: not valid JSON: end of file expected"                                           },
        {flat, "}}\n",              "}\n",                "5:1: error: not valid JSON: '}' expected"  },
    };
    assert_unsound(fixture, TOOL_K6, cases, sizeof cases / sizeof *cases);
}

static void
other_json_is_none_of_it(void **state)
{
    static const char *const cases[] = {
        "",
        "{}",
        "[]",
        "{\"a\": {\"metrics\": {}}}",
        "{\"a\": \"metrics\"}",
        "{\"type\":\"Metric\",\"metric\":\"http_reqs\"}\n",
        "metrics: {}"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(read_text(*state, TOOL_K6, cases[i]), "no form");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(passes_of_http_req_failed_are_the_failed_requests),
        TEST(the_nested_form_is_read_and_rounded_against_us),
        TEST(a_percentile_that_is_not_there_stays_unknown),
        TEST(without_an_error_rate_it_is_refused),
        TEST(what_is_unsound_is_refused_at_its_place),
        TEST(other_json_is_none_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
