/*
 * Statistics of several requests: Locust, Gatling, JMeter, Taurus.
 */
#include "summaries.h"

static const char locust[] =
    "Type,Name,Request Count,Failure Count,Max Response Time,Requests/s,"
    "Failures/s,50%,95%,99.9%,99%\r\n"
    "POST,\"/a,b\",3000,30,400.5,50,0.5,20,60,400,N/A\r\n"
    "\r\n"
    "GET,/c,600,0,410,10,0,20,60,400,99\r\n"
    "POST,/c,400,0,410,7,0,20,60,400,99\r\n"
    ",Aggregated,4000,30,410,67,0.5,20,60,400,99\r\n";

static const char history[] =
    "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,99%,"
    "Total Request Count,Total Failure Count\n"
    "1000,0,,Aggregated,0.0,0.0,N/A,N/A,0,0\n"
    "1005,75,GET,/a,10.0,0.0,340,1100,127,0\n"
    "1005,75,,Aggregated,10.0,0.0,340,1100,127,0\n"
    "1010,150,,Aggregated,20.0,0.0,350,900,300,3\n"
    "1015,150,,Aggregated,30.0,0.0,310,1200,500,5\n"
    "1020,200,,Aggregated,0.0,0.0,N/A,N/A,500,5\n";

#define NUMBERS(total, ok, ko)                                                 \
    "{\"total\": " total ", \"ok\": " ok ", \"ko\": " ko "}"
#define STATS(total, ok, ko, rate, good)                                                                                     \
    "{\"name\": \"n\", \"numberOfRequests\": " NUMBERS(                                                                      \
        total, ok,                                                                                                           \
        ko) ", "                                                                                                             \
            "\"maxR"                                                                                                         \
            "espons"                                                                                                         \
            "eTime"                                                                                                          \
            "\":"                                                                                                            \
            " " NUMBERS("9", "9", "\"-\"") ", \"percentiles1\": " NUMBERS("1", "1", "\"-\"") ", \"percentiles3\": " NUMBERS( \
                "3", "3",                                                                                                    \
                "\""                                                                                                         \
                "-"                                                                                                          \
                "\"") ", \"percentiles4\": " NUMBERS("\"-\"", "7",                                                           \
                                                     "\"-\"") ", "                                                           \
                                                              "\"meanNumberOf"                                               \
                                                              "RequestsPerSec"                                               \
                                                              "ond\":"                                                       \
                                                              " " NUMBERS(                                                   \
                                                                  rate, good,                                                \
                                                                  "0") "}"

static const char gatling[] = "{\"type\": \"GROUP\", \"stats\": " STATS(
    "300", "290", "10", "3",
    "2.9") ","
           "\n\"contents\": {\"g\": {\"type\": \"GROUP\", \"name\": \"cart\", "
           "\"contents\": {\n"
           "\"r\": {\"type\": \"REQUEST\", \"path\": \"cart / "
           "\\u767b\\u5f55\", "
           "\"stats\": " STATS("\"100\"", "\"100\"", "\"-\"", "\"1\"",
                               "\"1\"") "}}},\n"
                                        "\"s\": {\"type\": \"REQUEST\", "
                                        "\"name\": \"pay\", \"stats\": " STATS(
                                            "200", "190", "10", "2",
                                            "1.9") "}}}\n";

static const char jmeter[] =
    "{\"JR-KO\" : {\"transaction\" : \"JR-KO\", \"sampleCount\" : 3, "
    "\"errorCount\" : 3,\n"
    "  \"medianResTime\":170.0, \"maxResTime\" : 329.0, \"pct1ResTime\" : 1.0, "
    "\"pct2ResTime\" : 329.0,\n"
    "  \"pct3ResTime\" : 329.0, \"throughput\" : 0.07922465471254654},\n"
    " \"Total\" : {\"transaction\" : \"Total\", \"sampleCount\" : 255, "
    "\"errorCount\" : 3,\n"
    "  \"maxResTime\" : 353.0, \"pct1ResTime\" : 337.0, \"pct2ResTime\" : "
    "339.2,\n"
    "  \"pct3ResTime\" : 353.0, \"throughput\" : 4.2369361136495804}}\n";

static const char taurus[] =
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    "<FinalStatus>\n"
    "  <TestDuration>3.141592</TestDuration>\n"
    "  <Group label=\"\">\n"
    "    <perc value=\"1.29300\" param=\"95.0\"><name>perc/95.0</name></perc>\n"
    "    <perc value=\"0.06400\" param=\"0.0\"/>\n"
    "    <perc value=\"1.71800\" param=\"100.0\"/>\n"
    "    <perc value=\"1.49300\" param=\"99.0\"/>\n"
    "    <succ value=\"666\"/><throughput value=\"677\"/>\n"
    "    <concurrency value=\"16\"/><fail value=\"11\"/>\n"
    "  </Group>\n"
    "  <Group label=\"http://h/?a=1&amp;b\"><succ value=\"5\"/>"
    "<fail value=\"0\"/><throughput value=\"5\"/></Group>\n"
    "</FinalStatus>\n";

static void
a_name_with_two_methods_is_told_apart(void **state)
{
    assert_string_equal(
        read_text(*state, TOOL_LOCUST, locust),
        "/a,b 3000/30 s=60 qps=49.5 p50=20 p95=60 p999=400 max=400.5 closed\n"
        "GET /c 600/0 s=60 qps=10 p50=20 p95=60 p99=99 p999=400 max=410 "
        "closed\n"
        "POST /c 400/0 s=57.142857142 qps=7 p50=20 p95=60 p99=99 p999=400 "
        "max=410 closed\n"
        " 4000/30 s=59.701492537 qps=66.497 p50=20 p95=60 p99=99 p999=400 "
        "max=410 closed");
}

static void
old_versions_of_locust_have_the_median_alone(void **state)
{
    assert_string_equal(
        read_text(*state, TOOLS,
                  "\"Method\",\"Name\",\"# requests\",\"# failures\",\"Median "
                  "response time\",\"Average response time\",\"Min response "
                  "time\",\"Max response time\",\"Average Content "
                  "Size\",\"Requests/s\"\n"
                  "\"POST\",\"/order\",60,6,20,21,2,410,512,10\n"
                  "\"None\",\"Total\",60,6,20,21,2,410,512,10\n"),
        "/order 60/6 s=6 qps=9 p50=20 max=410 closed\n"
        " 60/6 s=6 qps=9 p50=20 max=410 closed");
}

static void
a_level_of_the_history_has_what_its_counts_grew_by(void **state)
{
    assert_string_equal(
        read_text(*state, TOOL_LOCUST, history),
        "/a@75 users 127/0 s=5 qps=25.4 users=75 p50=340 p99=1100 from=1000 "
        "closed\n"
        "@75 users 127/0 s=5 qps=25.4 users=75 p50=340 p99=1100 from=1000 "
        "closed\n"
        "@150 users 373/5 s=10 qps=36.8 users=150 p50=350 p99=1200 from=1005 "
        "closed");
}

static void
groups_of_gatling_are_left_out(void **state)
{
    assert_string_equal(read_text(*state, TOOL_GATLING, gatling),
                        " 300/10 s=100 qps=2.9 p50=1 p95=3 max=9\n"
                        "cart / 登录 100/0 s=100 qps=1 p50=1 p95=3 max=9\n"
                        "pay 200/10 s=100 qps=1.9 p50=1 p95=3 max=9");
    assert_string_equal(
        read_text(*state, TOOLS, STATS("300", "290", "10", "3", "2.9")),
        " 300/10 s=100 qps=2.9 p50=1 p95=3 max=9");
}

static void
the_throughput_of_jmeter_counts_failed_samples(void **state)
{
    assert_string_equal(
        read_text(*state, TOOL_JMETER, jmeter),
        "JR-KO 3/3 s=37.867 qps=0 p50=170 p95=329 p99=329 max=329 "
        "closed\n"
        " 255/3 s=60.185 qps=4.187 p95=339.2 p99=353 max=353 closed");
}

static void
labels_of_json_are_decoded(void **state)
{
    assert_string_equal(
        read_text(*state, TOOL_JMETER,
                  "{\"\\ud83d\\ude00 \\u767b\\u00e9\\u0041 \\\"\\/\\\\\\t"
                  "\xE5\xBD\x95\": {\"transaction\": \"x\", "
                  "\"sampleCount\": 8, \"errorCount\": 0, \"throughput\": "
                  "4}}"),
        "\xF0\x9F\x98\x80 \xE7\x99\xBB\xC3\xA9"
        "A \"/\\\t\xE5\xBD\x95 8/0 s=2 qps=4 closed");
}

static void
the_throughput_of_taurus_is_a_count(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(
        read_text(fixture, TOOL_TAURUS, taurus),
        " 677/11 s=3.141592 qps=211.994 users=16 p95=1293 p99=1493 max=1718\n"
        "http://h/?a=1&b 5/0 s=3.141592 qps=1.591");
    assert_string_equal(
        read_text(fixture, TOOL_TAURUS,
                  changed(fixture, taurus,
                          "<TestDuration>3.141592</TestDuration>", "")),
        " 677/11 users=16 p95=1293 p99=1493 max=1718\nhttp://h/?a=1&b 5/0");
    assert_string_equal(
        read_text(fixture, TOOLS,
                  "label,avg_ct,concurrency,fail,succ,throughput,perc_50.0,"
                  "perc_99.0,perc_100.0,rc_200\n"
                  ",0,16,11,666,677,0.187,1.493,1.718,666\n"),
        " 677/11 users=16 p50=187 p99=1493 max=1718");
}

static void
files_without_a_rate_are_refused(void **state)
{
    assert_string_equal(
        read_text(*state, TOOL_LOCUST, "Method,Name,Error,Occurrences\n"),
        "1:1: error: a file of failures of Locust cannot be read: it holds no "
        "rate: give the _stats.csv of the run");
    assert_string_equal(
        read_text(*state, TOOLS,
                  "\"Count\",\"Message\",\"Traceback\",\"Nodes\""),
        "1:1: error: a file of exceptions of Locust cannot be read: it holds "
        "no rate: give the _stats.csv of the run");
}

static void
what_is_unsound_is_refused_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    static const struct unsound cases[] = {
        {locust,  "3000,30",             "3000,3001",
         "2:1: error: the number of failed requests contradicts the number of "
         "requests: 3001 of 3000"                                                              },
        {locust,  "3000,30",             "0,0",                 "2:1: error: no requests in it"},
        {locust,  ",50,0.5",             ",\"50,5\",0.5",
         "2:27: error: Requests/s must be a rate of 0 or more and below 1e12, "
         "in digits, found \"50,5\""                                                           },
        {locust,  ",50,0.5",             ",0.0,0.5",
         "2:27: error: Requests/s must be a rate above 0, found \"0.0\""                       },
        {locust,  "400,99\r\nPOST",      "400,9\r\nPOST",
         "4:33: error: p95_ms must be at most p99_ms, found 60 above 9"                        },
        {locust,  "Requests/s",          "requests",
         "1:1: error: the heading needs the key Requests/s"                                    },
        {locust,  ",99\r\n,Agg",         "\r\n,Agg",
         "5:1: error: expected 11 fields as in the first row, found 10"                        },
        {history, "1015,150",            "1009,150",
         "6:1: error: this time contradicts that of the row before: it is "
         "earlier"                                                                             },
        {history, "1200,500,5",          "1200,200,5",
         "6:1: error: the number of requests contradicts that of the row "
         "before: it is smaller: run without --reset-stats"                                    },
        {gatling, "\"ko\": 10",          "\"ko\": 11",
         "1:28: error: total contradicts ok and ko: it is not their sum"                       },
        {gatling, "\"ok\": 2.9",         "\"ok\": 1.5",
         "1:356: error: the rate contradicts the number of requests and the "
         "duration: 1.5 a second, and 290 in 100 s"                                            },
        {jmeter,  "\"errorCount\" : 3,", "\"errorCount\" : 4,",
         "1:54: error: the number of failed requests contradicts the number of "
         "requests: 4 of 3"                                                                    },
        {jmeter,  "0.07922465471254654", "0.0",
         "3:41: error: throughput must be a rate above 0, found \"0.0\""                       },
    };
    static const struct unsound taurus_cases[] = {
        {taurus, "666",                   "667",
         "4:3: error: throughput contradicts succ and fail: it is not their "
         "sum"                                                                                                                   },
        {taurus, "<succ value=\"666\"/>", "",
         "4:3: error: Group needs the key succ"                                                                                  },
        {taurus, "3.141592",              "0",
         "3:3: error: TestDuration must be a duration above 0 and up to 1e7 s, "
         "in digits, found \"0\""                                                                                                },
        {taurus, "</FinalStatus>",        "",
         "14:1: error: not valid XML: no element found"                                                                          },
        {taurus, "<FinalStatus>",
         "<!DOCTYPE FinalStatus [<!ENTITY a \"b\">]><FinalStatus>", "2:23: error: not valid XML: a document type is not followed"},
    };
    assert_unsound(fixture, TOOLS, cases, sizeof cases / sizeof *cases);
    assert_unsound(fixture, TOOL_TAURUS, taurus_cases,
                   sizeof taurus_cases / sizeof *taurus_cases);
    assert_string_equal(
        read_text(fixture, TOOL_LOCUST,
                  "Timestamp,User Count,Type,Name,Requests/s,Failures/s,Total "
                  "Request Count,Total Failure Count\n"
                  "1000,50,,Aggregated,999.5,1.0,60000,60\n"),
        "1:1: error: this history of Locust cannot be read: no two rows tell "
        "how long a level was");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_name_with_two_methods_is_told_apart),
        TEST(old_versions_of_locust_have_the_median_alone),
        TEST(a_level_of_the_history_has_what_its_counts_grew_by),
        TEST(groups_of_gatling_are_left_out),
        TEST(the_throughput_of_jmeter_counts_failed_samples),
        TEST(labels_of_json_are_decoded),
        TEST(the_throughput_of_taurus_is_a_count),
        TEST(files_without_a_rate_are_refused),
        TEST(what_is_unsound_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
