/*
 * hey.
 */
#include "summaries.h"

static const char plain[] =
    "\n"
    "Summary:\n"
    "  Total:\t8.0000 secs\n"
    "  Slowest:\t0.3187 secs\n"
    "  Fastest:\t0.0000 secs\n"
    "  Average:\t0.0094 secs\n"
    "  Requests/sec:\t500.0000\n"
    "  \n"
    "  Total data:\t884000 bytes\n"
    "\n"
    "Response time histogram:\n"
    "  0.000 [1]\t|\n"
    "\n"
    "\n"
    "Latency distribution:\n"
    "  10% in 0.0003 secs\n"
    "  50% in 0.0011 secs\n"
    "  95% in 0.0081 secs\n"
    "  99% in 0.2277 secs\n"
    "\n"
    "Details (average, fastest, slowest):\n"
    "  DNS+dialup:\t0.0000 secs, 0.0000 secs, 0.3 secs\n"
    "\n"
    "Status code distribution:\n"
    "  [200]\t3900 responses\n"
    "  [302]\t40 responses\n"
    "  [503]\t50 responses\n"
    "\n"
    "Error distribution:\n"
    "  [10]\tGet \"http://h/\": connection refused\n"
    "\n";

static void
the_sum_of_codes_and_errors_is_the_number_of_requests(void **state)
{
    assert_string_equal(read_text(*state, TOOL_HEY, plain),
                        " 4000/60 s=8 qps=492.5 p50=1.1 p95=8.1 p99=227.7 "
                        "max=318.7 closed");
    assert_string_equal(read_text(*state, TOOLS, plain + 1),
                        read_text(*state, TOOL_HEY, plain));
}

static void
the_doubled_percent_sign_of_some_versions_is_read(void **state)
{
    struct fixture *fixture = *state;
    const char *text = changed(fixture, plain, "50% in", "50%% in");
    assert_string_equal(read_text(fixture, TOOL_HEY, text),
                        read_text(fixture, TOOL_HEY, plain));
}

static void
without_an_answer_there_are_no_latencies(void **state)
{
    assert_string_equal(read_text(*state, TOOL_HEY,
                                  "Summary:\r\n"
                                  "  Total:\t0.0025 secs\r\n"
                                  "  Slowest:\t0.0000 secs\r\n"
                                  "  Average:\t NaN secs\r\n"
                                  "  Requests/sec:\t7973.1878\r\n"
                                  "Latency distribution:\r\n"
                                  "Status code distribution:\r\n"
                                  "Error distribution:\r\n"
                                  "  [20]\tGet: connection refused\r\n"),
                        " 20/20 s=0.0025 qps=0 closed");
}

static void
what_is_unsound_is_refused_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    static const struct unsound cases[] = {
  /* hey keeps a million answers: its rate tells of the others */
        {plain, "500.0000",                    "900.0000",
         "7:17: error: the rate contradicts the number of requests and the "
         "duration: 900 a second, and 4000 in 8 s"                           },
        {plain, "500.0000",                    "500,0000",
         "7:17: error: Requests/sec must be a rate of 0 or more and below "
         "1e12, in digits, found \"500,0000\""                               },
        {plain, "0.2277",                      "0.0002",
         "19:10: error: p95_ms must be at most p99_ms, found 8.1 above 0.2"  },
        {plain, "99% in",                      "99% ab",
         "19:3: error: the latency must be PERCENT% in SECONDS, found \"99\""},
        {plain, "[503]",                       "[5x3]",
         "27:4: error: the status code must be a whole number up to 1e12, "
         "found \"5x3\""                                                     },
        {plain, "Error distribution:",         "Summary:",
         "29:1: error: a second run: give each a file of its own"            },
        {plain, "Status code distribution:",   "Code distribution:",
         "30:1: error: cut off: the status code distribution is missing"     },
        {plain, "  Requests/sec:\t500.0000\n", "",
         "29:1: error: cut off: the line Requests/sec is missing"            },
    };
    assert_unsound(fixture, TOOL_HEY, cases, sizeof cases / sizeof *cases);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_sum_of_codes_and_errors_is_the_number_of_requests),
        TEST(the_doubled_percent_sign_of_some_versions_is_read),
        TEST(without_an_answer_there_are_no_latencies),
        TEST(what_is_unsound_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
