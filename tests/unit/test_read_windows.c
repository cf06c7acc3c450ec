/*
 * artillery and tsung, which tell windows of a run apart.
 */
#include "summaries.h"

static const char artillery[] =
    "{\"aggregate\": {\"counters\": {\"http.requests\": 30, "
    "\"http.codes.200\": "
    "25,\n"
    " \"http.codes.301\": 1, \"http.codes.503\": 2, \"errors.ETIMEDOUT\": 1, "
    "\"plugins.x./a.codes.200\": 7},\n"
    " \"firstMetricAt\": 1795334658767, \"lastMetricAt\": 1795334670767,\n"
    " \"summaries\": {\"http.response_time\": {\"max\": 369, \"p50\": 76, "
    "\"p95\": 237.5, \"p99\": 262.5, \"p999\": 301.9}}},\n"
    "\"intermediate\": [\n"
    " {\"period\": \"1795334650000\", \"counters\": {\"http.codes.200\": 5}, "
    "\"summaries\": {\"http.response_time\": {\"p50\": 5}}},\n"
    " {\"period\": \"1795334660000\", \"counters\": {\"vusers.created\": 5}},\n"
    " {\"period\": \"1795334670000\", \"counters\": {\"http.codes.200\": 20, "
    "\"errors.ETIMEDOUT\": 1}}\n"
    "]}\n";

static const char artillery1[] =
    "{\"aggregate\": {\"scenariosCreated\": 9, \"latency\": {\"min\": 1, "
    "\"max\": 9.5, \"median\": 2, \"p95\": 4, \"p99\": 5},\n"
    "  \"rps\": {\"count\": 10, \"mean\": 2.5}, \"codes\": {\"200\": 7, "
    "\"503\": 1}, \"errors\": {\"ETIMEDOUT\": 1}, \"counters\": {}},\n"
    " \"intermediate\": [{\"rps\": {\"count\": 5, \"mean\": 2}, \"latency\": "
    "{\"median\": null},\n"
    "  \"codes\": {\"200\": 5}, \"errors\": {}}, {\"codes\": {}}, {\"rps\": "
    "{\"count\": 0, \"mean\": null}, \"codes\": {\"200\": 3}}]}\n";

static const char tsung[] =
    "# stats: dump at 1000\n"
    "stats: users 1 8\n"
    "stats: {cpu,\"tsung_controller@localhost\"} 1 54.5506 0 54.5 54.5 0 0\n"
    "stats: request 400 17.95 11.98 76.503 0.67 0 0\n"
    "stats: 200 390 390\n"
    "stats: 404 8 8\n"
    "stats: error_timeout 2 2\n"
    "# stats: dump at 1010\n"
    "stats: request 1200 17.66 11.76 76.503 0.67 17.95 466\n"
    "stats: 200 1200 1590\n"
    "# stats: dump at 1020\n"
    "stats: users 0 8\n"
    "# stats: dump at 1020\n"
    "stats: request 60 1 1 1 1 1 1\n"
    "stats: 302 60 60\n"
    "EndMonitor:{0,1020,415217}\n";

static void
windows_of_artillery_are_levels_beside_the_whole(void **state)
{
    /* the one request that neither was answered nor failed is a failed one;
       the first window begins with the first metric, the last ends with it */
    assert_string_equal(
        read_text(*state, TOOL_ARTILLERY, artillery),
        " 30/4 s=12 qps=2.166 p50=76 p95=237.5 p99=262.5 p999=301.9 max=369 "
        "from=1795334658 open\n"
        "@from 0 s 5/0 s=1.233 qps=4.055 p50=5 from=1795334658 open\n"
        "@from 20 s 21/1 s=0.767 qps=26.075 from=1795334670 open");
}

static void
version_1_of_artillery_is_read(void **state)
{
    assert_string_equal(read_text(*state, TOOLS, artillery1),
                        " 10/3 s=4 qps=1.75 p50=2 p95=4 p99=5 max=9.5 open\n"
                        "@window 1 5/0 s=2.5 qps=2 open");
}

static void
windows_of_tsung_last_from_dump_to_dump(void **state)
{
    /* the first as long as the second, the two dumps of one second joined */
    assert_string_equal(
        read_text(*state, TOOL_TSUNG, tsung),
        " 1662/12 s=30 qps=55 cpu=0.5456 from=990 open\n"
        "@from 0 s 402/12 s=10 qps=39 cpu=0.5456 from=990 open\n"
        "@from 10 s 1200/0 s=10 qps=120 from=1000 open\n"
        "@from 20 s 60/0 s=10 qps=6 from=1010 open");
}

static void
without_status_codes_what_is_no_error_is_good(void **state)
{
    assert_string_equal(
        read_text(*state, TOOL_TSUNG,
                  "# stats: dump at 1000\n"
                  "stats: request 400 17.95 11.98 76.503 0.67 0 0\n"
                  "stats: error_connect_refused 20 20\n"
                  "# stats: dump at 1010\n"
                  "stats: request 100 1 1 1 1 1 1\n"
                  "EndMonitor:{0,1010,1}\n"),
        " 520/20 s=20 qps=25 from=990 open\n"
        "@from 0 s 420/20 s=10 qps=40 from=990 open\n"
        "@from 10 s 100/0 s=10 qps=10 from=1000 open");
}

static void
the_first_dump_of_the_json_marks_the_beginning(void **state)
{
    assert_string_equal(
        read_text(
            *state, TOOLS,
            "{\"stats\": [\n"
            " {\"timestamp\": 1000, \"samples\": []},\n"
            " {\"timestamp\": 1002, \"samples\": [{\"name\": \"request\", "
            "\"value\": 8, \"mean\": 4.1}, {\"name\": \"http_200\", \"value\": "
            "7}]},\n"
            " {\"timestamp\": 1004, \"samples\": [{\"name\": \"request\", "
            "\"value\": 2}, {\"name\": \"http_200\", \"value\": 2}, {\"name\": "
            "\"error_abort\", \"value\": 1}]}]}\n"),
        " 11/2 s=4 qps=2.25 from=1000 open\n"
        "@from 0 s 8/1 s=2 qps=3.5 from=1000 open\n"
        "@from 2 s 3/1 s=2 qps=1 from=1002 open");
}

static void
what_is_unsound_is_refused_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    static const struct unsound cases[] = {
        {artillery,  "1795334670767",          "1795334658767",
         "1:15: error: the number of requests contradicts the duration: it is "
         "0"                                                              },
        {artillery,  "\"1795334650000\"",      "\"soon\"",
         "6:14: error: period must be a time in milliseconds since 1970, found "
         "\"soon\""                                                       },
        {artillery,  "\"http.codes.200\": 25", "\"http.codes.200\": 2.5",
         "1:68: error: http.codes.200 must be a whole number up to 1e12, found "
         "\"2.5\""                                                        },
        {artillery,  "\"p95\": 237.5",         "\"p95\": 23.5",
         "4:69: error: p50_ms must be at most p95_ms, found 76 above 23.5"},
        {artillery1, "\"mean\": 2.5",          "\"mean\": 0",
         "2:32: error: mean must be a rate above 0, found \"0\""          },
        {tsung,      "dump at 1010",           "dump at 900",
         "8:1: error: the time of a dump contradicts the one before: it is "
         "earlier"                                                        },
        {tsung,      "request 400",            "request 4e2",
         "4:16: error: the number of requests must be a whole number up to "
         "1e12, found \"4e2\""                                            },
    };
    assert_unsound(fixture, TOOLS, cases, sizeof cases / sizeof *cases);
    assert_string_equal(
        read_text(fixture, TOOL_TSUNG,
                  "# stats: dump at 1000\nstats: request 4 1 1 1 1 1 1\n"
                  "EndMonitor:{0,1000,1}\n"),
        "3:1: error: cut off: a second dump, which tells how long the windows "
        "are, is missing");
    assert_string_equal(
        read_text(fixture, TOOL_ARTILLERY,
                  "{\"aggregate\": {\"counters\": {\"socketio.emit\": 5}}}"),
        "1:1: error: a run without http.codes cannot be read: it has no "
        "answers of HTTP");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(windows_of_artillery_are_levels_beside_the_whole),
        TEST(version_1_of_artillery_is_read),
        TEST(windows_of_tsung_last_from_dump_to_dump),
        TEST(without_status_codes_what_is_no_error_is_good),
        TEST(the_first_dump_of_the_json_marks_the_beginning),
        TEST(what_is_unsound_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
