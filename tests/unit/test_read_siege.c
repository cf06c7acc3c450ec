/*
 * siege and autocannon: JSON, and siege.log.
 */
#include "summaries.h"

static const char siege[] = "{\t\"transactions\":\t\t\t         561,\n"
                            "\t\"availability\":\t\t\t       34.98,\n"
                            "\t\"elapsed_time\":\t\t\t        1.12,\n"
                            "\t\"concurrency\":\t\t\t       97.53,\n"
                            "\t\"successful_transactions\":\t         561,\n"
                            "\t\"failed_transactions\":\t\t        1043,\n"
                            "\t\"longest_transaction\":\t\t        0.32\n"
                            "}\n";

static const char log_heading[] =
    "      Date & Time,  Trans,  Elap Time,  Data Trans,  Resp Time,  Trans "
    "Rate,  Throughput,  Concurrent,    OKAY,   Failed\n";

static const char cannon[] =
    "{\"url\":\"http://h/\",\"connections\":40,\"duration\":8,"
    "\"start\":\"2026-11-22T08:02:46.167Z\",\"errors\":10,\"mismatches\":5,"
    "\"non2xx\":300,\n\"2xx\":3700,\"3xx\":100,\"5xx\":200,"
    "\"latency\":{\"p50\":60,\"p90\":120,\"p97_5\":147,\"p99\":161,"
    "\"p99_9\":192,\"max\":224,\"totalCount\":4000},\n"
    "\"requests\":{\"average\":501.84,\"total\":4000,\"sent\":4040}}\n";

static void
siege_has_no_percentile(void **state)
{
    assert_string_equal(read_text(*state, TOOL_SIEGE, siege),
                        " 1604/1043 s=1.12 qps=500.892 users=98 max=320 "
                        "closed");
}

static void
each_run_of_siege_log_is_a_level(void **state)
{
    struct fixture *fixture = *state;
    const char *text = arena_format(
        fixture->arena,
        "%s2026-11-22 08:14:41,   1165,       5.00,  0,  0.02,  232.07,  0.00, "
        " 3.97,    1165,       0\n\n"
        "2026-11-22 08:14:47,   2772,       5.81,  0,  0.03,  477.11,  0.00,  "
        "0.20,    2700,      72\n",
        log_heading);
    assert_string_equal(
        read_text(fixture, TOOLS, text),
        "@2026-11-22 08:14:41 1165/0 s=5 qps=233 users=4 closed\n"
        "@2026-11-22 08:14:47 2772/72 s=5.81 qps=464.716 closed");
    assert_string_equal(read_text(fixture, TOOL_SIEGE, log_heading),
                        "1:1: error: cut off: there is no run below the "
                        "heading");
}

static void
the_text_of_siege_is_read(void **state)
{
    struct fixture *fixture = *state;
    static const char text[] = "** SIEGE 4.0.4\n"
                               "** Preparing 8 concurrent users for battle.\n"
                               "HTTP/1.1 200     0.02 secs:     221 bytes ==> "
                               "GET  /pay\n"
                               "Lifting the server siege...\n"
                               "Transactions:\t\t         561 hits\n"
                               "Availability:\t\t       34.98 %\n"
                               "Elapsed time:\t\t        1.12 secs\n"
                               "Concurrency:\t\t       97.53\n"
                               "Successful transactions:         561\n"
                               "Failed transactions:\t        1043\n"
                               "Longest transaction:\t        0.32\n"
                               "Shortest transaction:\t        0.00\n"
                               " \n";
    assert_string_equal(read_text(fixture, TOOL_SIEGE, text),
                        read_text(fixture, TOOL_SIEGE, siege));
    assert_string_equal(
        read_text(fixture, TOOLS,
                  changed(fixture, text, "561 hits", "56x hits")),
        "5:25: error: Transactions must be a whole number up to 1e12, found "
        "\"56x\"");
    assert_string_equal(
        read_text(fixture, TOOLS,
                  changed(fixture, text, "Shortest transaction:", "")),
        "13:1: error: cut off: figures of the run are missing");
    assert_string_equal(
        read_text(fixture, TOOLS,
                  joined(fixture, text, "Transactions:\t 5 hits\n")),
        "14:1: error: a second run: give each a file of its own");
}

static void
single_answers_of_siege_are_refused(void **state)
{
    static const char *const cases[] = {
        "** Preparing 2 users\nHTTP/1.1 200     0.02 secs:     221 bytes ==> "
        "GET  /pay\n",
        "\033[0;34m   4,HTTP/1.1,200,  0.36,   3372,/,0,2015-12-20 "
        "21:30:13\033[0m\n"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(
            read_text(*state, TOOLS, cases[i]),
            "1:1: error: what siege -v prints cannot be read: it does not tell "
            "when its answers came: give what siege -j prints");
    assert_string_equal(read_text(*state, TOOL_SIEGE, "1,200,HTTP/1.1 200\n"),
                        "no form");
}

static void
redirects_of_autocannon_are_good_and_p95_is_unknown(void **state)
{
    /* 3,700 and 100, less 5 of another body; 4,000 answers and 10 errors */
    assert_string_equal(read_text(*state, TOOL_AUTOCANNON, cannon),
                        " 4010/215 s=8 qps=474.375 users=40 p50=60 p99=161 "
                        "p999=192 max=224 from=1795334566 closed");
}

static void
at_a_rate_autocannon_corrects_its_latencies(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(
        read_text(fixture, TOOL_AUTOCANNON,
                  changed(fixture, cannon, "\"totalCount\":4000",
                          "\"totalCount\":136172")),
        " 4010/215 s=8 qps=474.375 p50=60 p99=161 p999=192 max=224 "
        "from=1795334566 open corrected");
}

static void
without_an_answer_there_are_no_latencies(void **state)
{
    struct fixture *fixture = *state;
    const char *text =
        changed(fixture, cannon, "\"total\":4000", "\"total\":0");
    text = changed(fixture, text, "\"2xx\":3700,\"3xx\":100",
                   "\"2xx\":0,\"3xx\":0");
    text = changed(fixture, text, "\"non2xx\":300", "\"non2xx\":0");
    text = changed(fixture, text, "\"totalCount\":4000", "\"totalCount\":0");
    assert_string_equal(read_text(fixture, TOOL_AUTOCANNON, text),
                        " 10/10 s=8 qps=0 users=40 from=1795334566 closed");
}

static void
what_is_unsound_is_refused_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    static const struct unsound cases[] = {
        {siege,  "\"elapsed_time\"", "\"elapsed\"",
         "1:1: error: the file needs the key elapsed_time"                  },
        {siege,  "1.12",             "0.00",
         "3:28: error: elapsed_time must be a duration above 0 and up to 1e7 "
         "s, in digits, found \"0.00\""                                     },
        {siege,  "1043",             "null",
         "6:34: error: failed_transactions must be a number, found \"null\""},
        {cannon, "\"total\":4000",   "\"total\":4001",
         "3:38: error: the number of answers contradicts 2xx and non2xx: it is "
         "not their sum"                                                    },
        {cannon, "\"p99\":161",      "\"p99\":16",
         "2:80: error: p50_ms must be at most p99_ms, found 60 above 16"    },
    };
    assert_unsound(fixture, TOOLS, cases, sizeof cases / sizeof *cases);
    const char *none = changed(fixture, siege, "561", "0");
    none = changed(fixture, none, "1043", "0");
    assert_string_equal(read_text(fixture, TOOL_SIEGE, none),
                        "1:30: error: no requests in it");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(siege_has_no_percentile),
        TEST(each_run_of_siege_log_is_a_level),
        TEST(the_text_of_siege_is_read),
        TEST(single_answers_of_siege_are_refused),
        TEST(redirects_of_autocannon_are_good_and_p95_is_unknown),
        TEST(at_a_rate_autocannon_corrects_its_latencies),
        TEST(without_an_answer_there_are_no_latencies),
        TEST(what_is_unsound_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
