/*
 * vegeta's reports.
 */
#include "summaries.h"

static const char json[] =
    "{\"latencies\":{\"total\":2886939878,\"mean\":8019277,\"50th\":577393,"
    "\"90th\":28118480,\"95th\":35345701,\"99th\":52242785,\"max\":113297757},"
    "\n"
    "\"earliest\":\"2026-11-22T16:11:44.09392544+08:00\",\n"
    "\"duration\":3990474326,\"wait\":419111,\"requests\":360,\n"
    "\"rate\":90.21483928725318,\"throughput\":30.06845507010214,"
    "\"success\":0.33,\n"
    "\"status_codes\":{\"0\":120,\"200\":100,\"302\":20,\"404\":120}}\n";

static const char text[] =
    "Requests      [total, rate, throughput]         360, 90.21, 30.07\n"
    "Duration      [total, attack, wait]             1m3.991s, 1m3.99s, 419µs\n"
    "Latencies     [min, mean, 50, 90, 95, 99, max]  128.252µs, 8.019ms, "
    "577.393µs, 28.118ms, 35.346ms, 1.052s, 1m0.298s\n"
    "Bytes In      [total, mean]                     27240, 75.67\n"
    "Bytes Out     [total, mean]                     0, 0.00\n"
    "Success       [ratio]                           33.33%\n"
    "Status Codes  [code:count]                      0:120  200:120  404:120  "
    "\n"
    "Error Set:\n"
    "404 Not Found\n";

static void
the_report_as_json_is_read(void **state)
{
    assert_string_equal(
        read_text(*state, TOOL_VEGETA, json),
        " 360/240 s=3.990893437 qps=30.068 offered=90.215 p50=0.577393 "
        "p95=35.345701 p99=52.242785 max=113.297757 from=1795335104 open");
}

static void
the_report_as_text_is_read(void **state)
{
    struct fixture *fixture = *state;
    const char *report = changed(fixture, text, "30.07", "1.88");
    assert_string_equal(read_text(fixture, TOOLS, report),
                        " 360/240 s=63.991 qps=1.88 offered=90.21 "
                        "p50=0.577393 p95=35.346 p99=1052 max=60298 open");
}

static void
durations_of_the_text_are_cut_to_the_next_unit(void **state)
{
    struct fixture *fixture = *state;
    /* 120 good answers in 64.4 s */
    const char *report = changed(fixture, text, "1m3.991s", "1m4s");
    report = changed(fixture, report, "30.07", "1.86");
    assert_string_equal(read_text(fixture, TOOLS, report),
                        " 360/240 s=64 qps=1.86 offered=90.21 p50=0.577393 "
                        "p95=35.346 p99=1052 max=60298 open");
    /* in 1 h 0 min 25 s */
    report = changed(fixture, text, "1m3.991s", "1h0m0s");
    report = changed(fixture, report, "30.07", "0.03");
    assert_string_equal(read_text(fixture, TOOLS, report),
                        " 360/240 s=3600 qps=0.03 offered=90.21 p50=0.577393 "
                        "p95=35.346 p99=1052 max=60298 open");
    report = changed(fixture, report, "0.03", "0.02");
    assert_string_equal(read_text(fixture, TOOLS, report),
                        "1:61: error: the rate contradicts the number of "
                        "requests and the duration: 0.02 a second, and 120 in "
                        "3600 s");
}

static void
reports_of_old_versions_are_read(void **state)
{
    struct fixture *fixture = *state;
    const char *report =
        "Requests      [total, rate]            250, 50.20\n"
        "Duration      [total, attack, wait]    34.980297934s, 4.979999591s, "
        "30.000298343s\n"
        "Latencies     [mean, 50, 95, 99, max]  17.880625607s, 18.000422117s, "
        "30.000777718s, 30.001158261s, 30.002248396s\n"
        "Success       [ratio]                  40.40%\n"
        "Status Codes  [code:count]             200:101  0:149  \n"
        "Error Set:\n";
    assert_string_equal(read_text(fixture, TOOL_VEGETA, report),
                        " 250/149 s=34.980297934 qps=2.887 offered=50.2 "
                        "p50=18000.422117 p95=30000.777718 p99=30001.158261 "
                        "max=30002.248396 open");
    report =
        changed(fixture, report, "[total, rate] ", "[total, rate, throughput]");
    report = changed(fixture, report, "250, 50.20", "250, 50.20, 2.89");
    assert_string_equal(read_text(fixture, TOOLS, report),
                        " 250/149 s=34.980297934 qps=2.89 offered=50.2 "
                        "p50=18000.422117 p95=30000.777718 p99=30001.158261 "
                        "max=30002.248396 open");
}

static void
reports_without_a_rate_are_refused(void **state)
{
    assert_string_equal(
        read_text(*state, TOOL_VEGETA,
                  "Bucket           #    %       Histogram\n"
                  "[0s,     20ms]   237  59.25%  ####\n"),
        "1:1: error: a histogram of vegeta cannot be read: it holds no rate "
        "and no percentiles: give vegeta report -type=json on what vegeta "
        "attack wrote");
    assert_string_equal(
        read_text(*state, TOOL_VEGETA,
                  "Value(ms)  Percentile  TotalCount  1/(1-Percentile)\n"
                  "0.128252   0.000000    1           1.000000\n"),
        "1:1: error: an HdrHistogram plot of vegeta cannot be read: it holds "
        "no rate and no errors: give vegeta report -type=json on what vegeta "
        "attack wrote");
}

static void
what_is_unsound_is_refused_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    static const struct unsound cases[] = {
        {json, "\"404\":120",       "\"404\":119",
         "5:16: error: the sum of the status codes contradicts the number of "
         "requests: 359 and 360"                                              },
        {json, "30.06845507010214", "40.06845507010214",
         "4:39: error: the rate contradicts the number of requests and the "
         "duration: 40.068455070102 a second, and 120 in 3.990893437 s"       },
        {json, "52242785",          "-1",
         "1:102: error: p99_ms must be a time from 0 to 1e7 ms, in digits, "
         "found \"-1\""                                                       },
        {json, "\"latencies\":{",   "\"latencies\":1,\"x\":{",
         "1:14: error: latencies must be a mapping, found \"1\""              },
        {text, "1.052s",            "1.052",
         "3:100: error: the latency must be a time with its unit (ns, µs, ms, "
         "s, m, h), found \"1.052\""                                          },
        {text, "404:120",           "404:12",
         "7:49: error: the sum of the status codes contradicts the number of "
         "requests: 252 and 360"                                              },
        {text, "30.07",             "30,07",
         "1:64: error: what follows must be the end of the line, found \"07\""},
        {text, "1m0.298s",          "1m0.298s, 5ms",
         "3:118: error: what follows must be the end of the line, found "
         "\"5ms\""                                                            },
    };
    assert_unsound(fixture, TOOLS, cases, sizeof cases / sizeof *cases);
    const char *same = changed(fixture, json, "52242785", "5224278.5e1");
    assert_string_equal(read_text(fixture, TOOLS, same),
                        read_text(fixture, TOOLS, json));
    const char *cut = arena_copy(fixture->arena, text,
                                 (size_t)(strstr(text, "Success") - text));
    assert_string_equal(
        read_text(fixture, TOOLS, changed(fixture, cut, "30.07", "1.88")),
        "5:1: error: cut off: the line Status Codes is missing");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_report_as_json_is_read),
        TEST(the_report_as_text_is_read),
        TEST(durations_of_the_text_are_cut_to_the_next_unit),
        TEST(reports_of_old_versions_are_read),
        TEST(reports_without_a_rate_are_refused),
        TEST(what_is_unsound_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
