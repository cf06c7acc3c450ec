/*
 * wrk and wrk2.
 */
#include "summaries.h"

#define HEAD                                                                   \
    "Running 8s test @ http://127.0.0.1:18480/pay\n"                           \
    "  2 threads and 128 connections\n"                                        \
    "  Thread Stats   Avg      Stdev     Max   +/- Stdev\n"                    \
    "    Latency    48.45ms   66.49ms 278.48ms   79.46%\n"                     \
    "    Req/Sec    14.82k     6.67k   35.23k    69.38%\n"
#define LATENCY                                                                \
    "  Latency Distribution\n"                                                 \
    "     50%    1.33ms\n"                                                     \
    "     75%   94.55ms\n"                                                     \
    "     90%  163.45ms\n"                                                     \
    "     99%  212.55ms\n"
#define FIGURES                                                                \
    "  4000 requests in 8.00s, 43.61MB read\n"                                 \
    "Requests/sec:    500.00\n"                                                \
    "Transfer/sec:      5.44MB\n"

static const char plain[] = HEAD LATENCY FIGURES;

#define WRK2_LATENCY                                                           \
    "  Latency Distribution (HdrHistogram - Recorded Latency)\n"               \
    " 50.000%   49.09ms\n"                                                     \
    " 99.000%    1.60s\n"                                                      \
    " 99.900%    2.10m\n"                                                      \
    "100.000%    2.20m\n"                                                      \
    "\n"                                                                       \
    "  Detailed Percentile spectrum:\n"                                        \
    "       Value   Percentile   TotalCount 1/(1-Percentile)\n"                \
    "\n"                                                                       \
    "      85.247     0.943750          347        17.78\n"                    \
    "      86.847     0.950000          352        20.00\n"                    \
    "  135423.000     1.000000          370          inf\n"                    \
    "#[Mean    =       49.446, StdDeviation   =       23.381]\n"               \
    "----------------------------------------------------------\n"
#define UNCORRECTED                                                            \
    "\n"                                                                       \
    "  Latency Distribution (HdrHistogram - Uncorrected Latency (measured "    \
    "without taking delayed starts into account))\n"                           \
    " 50.000%    1.00ms\n"                                                     \
    "\n"                                                                       \
    "  Detailed Percentile spectrum:\n"                                        \
    "       1.000     0.950000          352        20.00\n"                    \
    "----------------------------------------------------------\n"

static void
a_run_is_read(void **state)
{
    struct fixture *fixture = *state;
    assert_string_equal(read_text(fixture, TOOL_WRK, plain),
                        " 4000/0 s=8 qps=500 users=128 p50=1.33 p99=212.55 "
                        "max=278.48 closed");
    assert_string_equal(
        read_text(fixture, TOOL_WRK,
                  changed(fixture, plain, "1.33ms", "950.50us")),
        " 4000/0 s=8 qps=500 users=128 p50=0.9505 p99=212.55 max=278.48 "
        "closed");
}

static void
without_latency_the_percentiles_are_unknown(void **state)
{
    assert_string_equal(read_text(*state, TOOL_WRK, HEAD FIGURES),
                        " 4000/0 s=8 qps=500 users=128 max=278.48 closed");
}

static void
failures_of_every_kind_count(void **state)
{
    struct fixture *fixture = *state;
    /* 10 + 20 + 30 requests beside the 4,000 answers; of these 40 were late,
       and 3,000 no success */
    const char *text = changed(fixture, plain, "Requests/sec:",
                               "  Socket errors: connect 10, read 20, write "
                               "30, timeout 40\n"
                               "  Non-2xx or 3xx responses: 3000\n"
                               "Requests/sec:");
    assert_string_equal(read_text(fixture, TOOL_WRK, text),
                        " 4060/3100 s=8 qps=120 users=128 p50=1.33 p99=212.55 "
                        "max=278.48 closed");
    /* late and no success may be the same answers, but no more than all */
    text = changed(fixture, text, "3000", "3980");
    assert_string_equal(read_text(fixture, TOOL_WRK, text),
                        " 4060/4060 s=8 qps=0 users=128 p50=1.33 p99=212.55 "
                        "max=278.48 closed");
}

static void
a_duration_in_minutes_leaves_the_rate_to_wrk(void **state)
{
    struct fixture *fixture = *state;
    const char *text = changed(fixture, plain, "in 8.00s", "in 1.00m");
    text = changed(fixture, text, "500.00", "66.43");
    assert_string_equal(read_text(fixture, TOOL_WRK, text),
                        " 4000/0 s=60 qps=66.43 users=128 p50=1.33 p99=212.55 "
                        "max=278.48 closed");
}

static void
wrk2_gives_corrected_latencies(void **state)
{
    struct fixture *fixture = *state;
    const char *wanted = " 4000/0 s=8 qps=500 p50=49.09 p95=86.847 p99=1600 "
                         "p999=126000 max=278.48 open corrected";
    assert_string_equal(
        read_text(fixture, TOOL_WRK2, HEAD WRK2_LATENCY FIGURES), wanted);
    assert_string_equal(
        read_text(fixture, TOOLS, HEAD WRK2_LATENCY UNCORRECTED FIGURES),
        wanted);
}

static void
wrk_and_wrk2_are_told_apart(void **state)
{
    assert_string_equal(read_text(*state, TOOL_WRK, HEAD WRK2_LATENCY FIGURES),
                        "no form");
    assert_string_equal(read_text(*state, TOOL_WRK2, plain), "no form");
    assert_string_equal(read_text(*state, TOOL_WRK, "Running 8s test\n"),
                        "no form");
}

static void
a_script_may_print_around_the_figures(void **state)
{
    struct fixture *fixture = *state;
    const char *text =
        arena_format(fixture->arena, "seeding\n%sdone: 12 carts\n", plain);
    text = changed(fixture, text, "  Thread Stats",
                   "thread 1 created\n  Thread Stats");
    assert_string_equal(read_text(fixture, TOOL_WRK, text),
                        " 4000/0 s=8 qps=500 users=128 p50=1.33 p99=212.55 "
                        "max=278.48 closed");
}

static void
what_is_unsound_is_refused_at_its_place(void **state)
{
    struct fixture *fixture = *state;
    static const struct unsound cases[] = {
        {plain, "212.55ms",      "212.55",
         "10:11: error: the latency must be a time with its unit (us, ms, s, "
         "m, "
         "h), found \"212.55\""                                             },
        {plain, "212.55ms",      "9999h",
         "10:11: error: the latency must be at most 1e7 ms, found \"9999h\""},
        {plain, "212.55ms",      "1.20ms",
         "10:11: error: p50_ms must be at most p99_ms, found 1.33 above 1.2"},
        {plain, "4000 requests", "0 requests",
         "11:3: error: no requests in it"                                   },
        {plain, "4000 requests", "4000000 requests",
         "12:18: error: the rate contradicts the number of requests and the "
         "duration: 500 a second, and 4000000 in 8 s"                       },
        {plain, "500.00",        "500,00",
         "12:18: error: Requests/sec must be a rate of 0 or more and below "
         "1e12, in digits, found \"500,00\""                                },
        {plain, "Requests/sec:", "\033[1mRequests/sec:",
         "12:1: error: this line must be Requests/sec: RATE, found "
         "\"<U+001B>[1mRequests/sec:    500.00\""                           },
        {plain,
         "Requests/sec:",        "  Non-2xx or 3xx responses: 4001\nRequests/sec:",
         "11:3: error: the number of answers contradicts that of non-2xx "
         "responses: there are more of them"                                },
        {plain,
         "Requests/sec:",        "  Socket errors: connect 1, write 2\nRequests/sec:",
         "12:29: error: the socket error must be read, found \"write\""     },
        {plain, "5.44MB\n",      "5.44MB\n" HEAD,
         "14:1: error: a second run: give each a file of its own"           },
        {plain, "Transfer/sec:", "done",
         "13:1: error: cut off: the line Transfer/sec is missing"           },
        {plain, "in 8.00s",      "in 0.00us",
         "11:20: error: the duration must be a duration above 0 and up to 1e7 "
         "s, in digits, found \"0.00\""                                     },
    };
    assert_unsound(fixture, TOOL_WRK, cases, sizeof cases / sizeof *cases);
}

static void
a_cut_file_is_refused(void **state)
{
    assert_string_equal(read_text(*state, TOOL_WRK, HEAD LATENCY),
                        "10:1: error: cut off: the figures of the run are "
                        "missing");
    assert_string_equal(
        read_text(*state, TOOL_WRK,
                  HEAD "  4000 requests in 8.00s, 43.61MB read\n"),
        "6:1: error: cut off: the line Requests/sec is missing");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_run_is_read),
        TEST(without_latency_the_percentiles_are_unknown),
        TEST(failures_of_every_kind_count),
        TEST(a_duration_in_minutes_leaves_the_rate_to_wrk),
        TEST(wrk2_gives_corrected_latencies),
        TEST(wrk_and_wrk2_are_told_apart),
        TEST(a_script_may_print_around_the_figures),
        TEST(what_is_unsound_is_refused_at_its_place),
        TEST(a_cut_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
