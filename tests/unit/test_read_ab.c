/*
 * ApacheBench.
 */
#include "summaries.h"

static const char plain[] =
    "This is ApacheBench, Version 2.3 <$Revision$>\n"
    "Benchmarking 127.0.0.1 (be patient)\n"
    "\n"
    "Concurrency Level:      128\n"
    "Time taken for tests:   8.000 seconds\n"
    "Complete requests:      4000\n"
    "Failed requests:        60\n"
    "   (Connect: 3, Receive: 7, Length: 50, Exceptions: 0)\n"
    "Non-2xx responses:      40\n"
    "Requests per second:    500.00 [#/sec] (mean)\n"
    "Time per request:       17.221 [ms] (mean)\n"
    "\n"
    "Percentage of the requests served within a certain time (ms)\n"
    "  50%      3\n"
    "  95%    196\n"
    "  99%    228\n"
    " 100%    289 (longest request)\n";

static void
answers_that_failed_twice_count_once(void **state)
{
    struct fixture *fixture = *state;
    const char *wanted = " 4000/60 s=8 qps=492.5 users=128 p50=3 p95=196 "
                         "p99=228 max=289 closed";
    /* 10 without an answer, 50 of another length, 40 of them no 2xx */
    assert_string_equal(read_text(fixture, TOOL_AB, plain), wanted);
    assert_string_equal(
        read_text(fixture, TOOL_AB,
                  changed(fixture, plain, "responses:      40",
                          "responses:      90")),
        " 4000/100 s=8 qps=487.5 users=128 p50=3 p95=196 p99=228 max=289 "
        "closed");
}

static void
an_answer_of_the_same_length_may_be_no_success(void **state)
{
    struct fixture *fixture = *state;
    const char *text =
        changed(fixture, plain, "requests:        60", "requests:        0");
    text =
        changed(fixture, text,
                "   (Connect: 3, Receive: 7, Length: 50, Exceptions: 0)\n", "");
    text = changed(fixture, text, "responses:      40", "responses:      4000");
    assert_string_equal(read_text(fixture, TOOL_AB, text),
                        " 4000/4000 s=8 qps=0 users=128 p50=3 p95=196 p99=228 "
                        "max=289 closed");
}

static void
percentiles_alone_are_refused(void **state)
{
    assert_string_equal(
        read_text(*state, TOOL_AB, "Percentage served,Time in ms\n0,1.333\n"),
        "1:1: error: what ab -e writes cannot be read: it holds percentiles "
        "without a rate: give what ab prints itself");
}

static void
what_is_unsound_is_refused_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    static const struct unsound cases[] = {
        {plain, "  99%    228",                                    "  99%    28",
         "16:10: error: p95_ms must be at most p99_ms, found 196 above 28"                                                                  },
        {plain, "  99%    228",                                    "  99%    2,280",
         "16:10: error: p99_ms must be a time from 0 to 1e7 ms, in digits, "
         "found \"2,280\""                                                                                                                  },
        {plain, "4000",                                            "0",              "6:25: error: no requests in it"                       },
        {plain, "4000",                                            "40000",
         "10:25: error: the rate contradicts the number of requests and the "
         "duration: 500 a second, and 40000 in 8 s"                                                                                         },
        {plain, "Requests per second:    500.00 [#/sec] (mean)\n", "",
         "16:1: error: cut off: the line Requests per second is missing"                                                                    },
        {plain, "Time taken for tests:   8.000 seconds\n",         "",
         "9:25: error: a rate contradicts the lines before it: Time taken for "
         "tests or Complete requests are missing"                                                                                           },
        {plain, "Benchmarking",
         "This is ApacheBench, Version 2.3\nBenchmarking",                           "2:1: error: a second run: give each a file of its own"},
    };
    assert_unsound(fixture, TOOL_AB, cases, sizeof cases / sizeof *cases);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(answers_that_failed_twice_count_once),
        TEST(an_answer_of_the_same_length_may_be_no_success),
        TEST(percentiles_alone_are_refused),
        TEST(what_is_unsound_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
