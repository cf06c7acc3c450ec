/*
 * Readers of logs of samples: generations of formats, what is left out, what is
 * refused and where.
 */
#include "reader.h"

#include <unistd.h>

#include "results/file.h"
#include "results/form.h"
#include "results/readers.h"

#define MS ((int64_t)1000000)

/* What came of a text. */
struct outcome {
    bool is_read;
    struct findings findings;
    struct tally_pick all;
    bool has_some;
    const char *message; /* without the path, or "" */
};

static struct outcome
read_by(struct fixture *fixture, enum tool tool, const char *text,
        const struct request *request)
{
    struct outcome outcome = {.message = ""};
    char *path = arena_format(fixture->arena, "/tmp/headroom-form-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
    const struct form *form = form_find(tool, text, strlen(text));
    assert_non_null(form);
    fixture->diag = diag_new(fixture->arena);
    outcome.findings = (struct findings){.arena = fixture->arena,
                                         .diag = fixture->diag,
                                         .request = request,
                                         .tally = tally_new(TALLY_SECONDS)};
    struct input *input = input_open(fixture->arena, path, "log", 0,
                                     (struct place){0}, fixture->diag, false);
    assert_non_null(input);
    outcome.is_read = form->read(input, &outcome.findings);
    assert_int_equal(outcome.is_read, !diag_has_errors(fixture->diag));
    if (outcome.is_read)
        assert_true(input_close(input));
    else
        input_drop(input);
    if (!outcome.is_read)
        outcome.message = first_line(fixture) + strlen(path);
    else
        outcome.has_some =
            tally_pick(outcome.findings.tally, TALLY_ANY, TALLY_ANY, INT64_MIN,
                       INT64_MAX, &outcome.all);
    unlink(path);
    return outcome;
}

static void
assert_counts(struct fixture *fixture, enum tool tool, const char *text,
              unsigned samples, unsigned failed, const char *label)
{
    struct outcome outcome = read_by(fixture, tool, text, NULL);
    assert_string_equal(outcome.message, "");
    assert_true(outcome.has_some);
    assert_int_equal(outcome.all.samples, samples);
    assert_int_equal(outcome.all.failed, failed);
    assert_string_equal(tally_label_name(outcome.findings.tally, 0), label);
    tally_free(outcome.findings.tally);
}

static void
assert_refused(struct fixture *fixture, enum tool tool, const char *text,
               const char *message)
{
    struct outcome outcome = read_by(fixture, tool, text, NULL);
    assert_string_equal(outcome.message, message);
    tally_free(outcome.findings.tally);
}

static void
three_generations_of_gatling_are_read(void **state)
{
    struct fixture *fixture = *state;
    assert_counts(fixture, TOOL_GATLING,
                  "sim\tid\tRUN\t20150101\t \t2.0\n"
                  "users\t1\tUSER\tSTART\t1400000000000\t0\n"
                  "users\t1\tREQUEST\t\thome\t1400000000000\t1400000000001\t"
                  "1400000000040\t1400000000050\tOK\t \n"
                  "users\t1\tREQUEST\tin,out\thome\t1400000000100\t"
                  "1400000000101\t1400000000140\t1400000000150\tKO\tno\n",
                  2, 1, "home");
    assert_counts(fixture, TOOL_GATLING,
                  "RUN\tsim\t\tid\t1400000000000\t \t2.3.0\n"
                  "REQUEST\tusers\t1\tin,out\thome\t1400000000100\t"
                  "1400000000150\tOK\t \n",
                  1, 0, "in / out / home");
    assert_counts(fixture, TOOL_GATLING,
                  "RUN\tsim\tid\t1400000000000\t \t3.5.1\n"
                  "USER\tusers\tSTART\t1400000000000\n"
                  "REQUEST\t\t123\t1400000000100\t1400000000150\tKO\tno\n"
                  "GROUP\tin\t1400000000100\t1400000000150\t50\tOK\n",
                  1, 1, "123");
    assert_refused(fixture, TOOL_GATLING,
                   "RUN\tsim\tid\t1400000000000\t \t3.5.1\n"
                   "REQUEST\t\thome\t14000000001\n",
                   ":2:1: error: cut off: expected start, end and OK or KO of "
                   "a request");
    assert_refused(fixture, TOOL_GATLING,
                   "RUN\tsim\tid\t1400000000000\t \t3.5.1\n"
                   "REQUEST\t\thome\t1400000000200\t1400000000150\tOK\n",
                   ":2:15: error: the start of a request must be milliseconds, "
                   "and not after its end, found \"1400000000200\"");
    assert_refused(fixture, TOOL_GATLING,
                   "RUN\tsim\tid\t1400000000000\t \t3.5.1\nhello\n",
                   ":2:1: error: a record must be RUN, USER, REQUEST, GROUP, "
                   "ASSERTION or ERROR, found \"hello\"");
}

#define K6 "metric_name,timestamp,metric_value,expected_response,name,status\n"

static void
k6_rows_of_one_metric_count_and_failures_agree(void **state)
{
    struct fixture *fixture = *state;
    assert_counts(fixture, TOOL_K6,
                  K6 "http_reqs,1795335265,1.000000,true,登录,200\n"
                     "http_req_duration,1795335265,32.465257,true,登录,200\n"
                     "http_req_failed,1795335265,0.000000,true,登录,200\n"
                     "http_req_duration,1795335266,7.5,false,登录,503\n"
                     "http_req_failed,1795335266,1.000000,false,登录,503\n",
                  2, 1, "登录");
    /* without the tag the status says it, and the check still holds */
    assert_counts(fixture, TOOL_K6,
                  K6 "http_req_duration,1795335265,32.465257,,a,200\n"
                     "http_req_duration,1795335266,7.5,,a,0\n",
                  2, 1, "a");
    assert_refused(fixture, TOOL_K6,
                   K6 "http_req_duration,1795335265,32.465257,true,a,200\n"
                      "http_req_failed,1795335265,1.000000,true,a,200\n",
                   ":1:1: error: 1 failed requests by http_req_failed "
                   "contradicts 0 by expected_response: rows are missing, or "
                   "were changed");
    assert_refused(fixture, TOOL_K6, K6 "http_reqs,1795335265,1,true,a,200\n",
                   ":1:1: error: no sample in it");
    assert_refused(fixture, TOOL_K6,
                   K6 "http_req_duration,1795335265,-1,true,a,200\n",
                   ":2:30: error: metric_value must be a duration in digits, 0 "
                   "or more, found \"-1\"");
}

static void
k6_csv_of_finer_times_tells_when_requests_began(void **state)
{
    struct fixture *fixture = *state;
    struct outcome outcome =
        read_by(fixture, TOOL_K6,
                K6 "http_req_duration,1795335265123,100.5,true,a,200\n", NULL);
    assert_int_equal(outcome.all.first_start_ns, 1795335265022500000);
    assert_int_equal(outcome.all.last_end_ns, 1795335265123000000);
    tally_free(outcome.findings.tally);
}

static void
k6_tells_of_iterations_that_were_dropped(void **state)
{
    struct fixture *fixture = *state;
    static const char line[] =
        "{\"metric\":\"%s\",\"type\":\"Point\",\"data\":{\"time\":"
        "\"2026-11-22T08:13:38.5Z\",\"value\":%s,\"tags\":{\"status\":"
        "\"200\",\"name\":\"dropped_iterations\"}}}\n";
    struct outcome outcome =
        read_by(fixture, TOOL_K6,
                K6 "dropped_iterations,1795335265,3.000000,,a,\n"
                   "http_req_duration,1795335265,32.4,true,a,200\n"
                   "dropped_iterations,1795335266,1.000000,,a,\n",
                NULL);
    assert_int_equal(outcome.findings.dropped, 4);
    assert_int_equal(outcome.findings.model, LOAD_OPEN);
    tally_free(outcome.findings.tally);
    assert_refused(fixture, TOOL_K6,
                   K6 "http_req_duration,1795335265,32.4,true,a,200\n"
                      "dropped_iterations,1795335265,many,true,a,200\n",
                   ":3:31: error: metric_value must be a duration in digits, 0 "
                   "or more, found \"many\"");
    const char *answer =
        arena_format(fixture->arena, line, "http_req_duration", "8");
    outcome = read_by(
        fixture, TOOL_K6,
        arena_format(
            fixture->arena, "%s%s%s", answer,
            arena_format(fixture->arena, line, "dropped_iterations", "2"),
            arena_format(fixture->arena, line, "dropped_iterations", "5")),
        NULL);
    assert_int_equal(outcome.findings.dropped, 7);
    assert_int_equal(outcome.findings.model, LOAD_OPEN);
    assert_int_equal(outcome.all.samples, 1);
    tally_free(outcome.findings.tally);
    outcome = read_by(fixture, TOOL_K6, answer, NULL);
    assert_int_equal(outcome.findings.dropped, 0);
    assert_int_equal(outcome.findings.model, LOAD_UNKNOWN);
    tally_free(outcome.findings.tally);
    assert_refused(fixture, TOOL_K6,
                   arena_format(fixture->arena, "%s%s", answer,
                                arena_format(fixture->arena, line,
                                             "dropped_iterations", "-1")),
                   ":2:1: error: not a count of iterations: it is no number "
                   "from 0 on");
}

static void
lines_of_json_are_read_or_refused(void **state)
{
    struct fixture *fixture = *state;
    static const char point[] =
        "{\"metric\":\"http_req_duration\",\"type\":\"Point\",\"data\":{"
        "\"time\":\"2026-11-22T08:13:38.5Z\",\"value\":%s,\"tags\":{"
        "\"expected_response\":\"%s\",\"name\":\"say \\\"hi\\\"\"}}}\n";
    const char *good = arena_format(fixture->arena, point, "8.25187", "false");
    assert_counts(fixture, TOOL_K6, good, 1, 1, "say \"hi\"");
    struct outcome outcome = read_by(fixture, TOOL_K6, good, NULL);
    assert_int_equal(outcome.all.max_ns, 8251870);
    assert_int_equal(outcome.all.last_end_ns, 1795335218500000000);
    tally_free(outcome.findings.tally);
    assert_refused(
        fixture, TOOL_K6, arena_format(fixture->arena, point, "-8", "true"),
        ":1:1: error: not a sample: its duration is no number from 0 on");
    assert_refused(fixture, TOOL_K6,
                   arena_format(fixture->arena, point, "1", ""),
                   ":1:1: error: not a sample: it does not say whether the "
                   "request failed");
    assert_refused(fixture, TOOL_K6,
                   arena_format(fixture->arena, "%s%.60s", good, good),
                   ":2:1: error: cut off: expected a line that ends with a "
                   "brace");
    assert_refused(
        fixture, TOOL_K6,
        arena_format(fixture->arena, "%s{http_req_duration}\n", good),
        ":2:1: error: not a line of JSON: expected an object");
    assert_counts(fixture, TOOL_VEGETA,
                  "{\"attack\":\"a\",\"seq\":1,\"code\":200,\"timestamp\":"
                  "\"2026-11-22T08:10:27.8Z\",\"latency\":10147600,\"error\":"
                  "\"\",\"method\":\"GET\",\"url\":\"http://h/\"}\n"
                  "{\"attack\":\"a\",\"seq\":2,\"code\":0,\"timestamp\":"
                  "\"2026-11-22T08:10:27.9Z\",\"latency\":5,\"error\":"
                  "\"refused\",\"method\":\"GET\",\"url\":\"http://h/\"}\n",
                  2, 1, "GET http://h/");
}

#define XML(samples) "<testResults version=\"1.2\">\n" samples "</testResults>"
#define SAMPLE(name, more)                                                     \
    "<httpSample t=\"20\" ts=\"1767950000000\" s=\"true\" lb=\"" name          \
    "\" tn=\"g 1-1\" na=\"3\"" more

static void
only_samples_below_the_root_count_in_xml(void **state)
{
    struct fixture *fixture = *state;
    struct outcome outcome = read_by(
        fixture, TOOL_JMETER,
        XML(SAMPLE("page", ">") SAMPLE("image", "/>") "</httpSample>\n" SAMPLE(
            "page",
            "/>") "\n"
                  "<sample t=\"40\" ts=\"1767950000000\" s=\"true\" lb=\"all\" "
                  "rm=\"Number of samples in transaction : 2, x\"/>\n"),
        NULL);
    assert_true(outcome.is_read);
    assert_int_equal(outcome.all.samples, 2);
    assert_int_equal(outcome.all.most_threads, 3);
    assert_int_equal(outcome.findings.left_out, 1);
    assert_int_equal(tally_aside(outcome.findings.tally), 1);
    tally_free(outcome.findings.tally);
}

static void
xml_that_is_none_of_jmeters_is_refused(void **state)
{
    struct fixture *fixture = *state;
    assert_refused(fixture, TOOL_JMETER, XML(SAMPLE("a", "></x>")),
                   ":2:75: error: not sound XML: mismatched tag");
    assert_refused(fixture, TOOL_JMETER, XML(""),
                   ":1:1: error: no sample in it");
    assert_refused(fixture, TOOL_JMETER,
                   XML("<sample t=\"x\" ts=\"1\" s=\"true\" lb=\"a\"/>"),
                   ":2:1: error: t must be whole milliseconds, found \"x\"");
    assert_refused(fixture, TOOL_JMETER,
                   XML("<sample t=\"1\" ts=\"1\" s=\"yes\" lb=\"a\"/>"),
                   ":2:1: error: s must be true or false, found \"yes\"");
    assert_refused(fixture, TOOL_JMETER,
                   XML("<sample t=\"1\" ts=\"1\" s=\"true\"/>"),
                   ":2:1: error: lb must be a label of at most 1000 bytes, "
                   "found nothing");
    assert_refused(fixture, TOOL_JMETER,
                   "<!DOCTYPE x [<!ENTITY a \"b\">]><testResults/>",
                   ":1:1: error: XML with a DOCTYPE cannot be read: JMeter "
                   "writes none");
}

static void
a_csv_is_read_by_the_columns_that_are_named(void **state)
{
    struct fixture *fixture = *state;
    static const struct column_name named[] = {
        {"time_s",     "when", {0}},
        {"elapsed_us", "took", {0}},
        {"label",      "what", {0}},
        {"status",     "code", {0}}
    };
    static const struct column_name numbered[] = {
        {"time_s",     "1", {0}},
        {"elapsed_us", "2", {0}},
        {"success",    "3", {0}}
    };
    static const struct column_name unknown[] = {
        {"duration", "took", {0}}
    };
    static const struct column_name absent[] = {
        {"time_s", "Zeit", {0}}
    };
    struct request request = {named, 4, 0, UINT64_MAX};
    struct outcome outcome =
        read_by(fixture, TOOL_CSV,
                "code;what;when;took\n200;\"a;b\";100.5;1500\n"
                "404;\"a;b\";101;2500000\n",
                &request);
    assert_true(outcome.is_read);
    assert_int_equal(outcome.all.samples, 2);
    assert_int_equal(outcome.all.failed, 1);
    assert_int_equal(outcome.all.percentile_ns[P50], 1500000);
    assert_int_equal(outcome.all.first_start_ns, 100500 * MS);
    assert_string_equal(tally_label_name(outcome.findings.tally, 0), "a;b");
    tally_free(outcome.findings.tally);
    request = (struct request){numbered, 3, 0, UINT64_MAX};
    outcome = read_by(fixture, TOOL_CSV, "100,5,ok\n101,6,KO\n", &request);
    assert_int_equal(outcome.all.samples, 2);
    assert_int_equal(outcome.all.failed, 1);
    tally_free(outcome.findings.tally);
    request = (struct request){numbered, 3, 0, UINT64_MAX};
    outcome = read_by(fixture, TOOL_CSV, "100,5,ok\n101,6,fine\n", &request);
    assert_string_equal(outcome.message,
                        ":2:7: error: 3 must be true or false, found \"fine\"");
    tally_free(outcome.findings.tally);
    request = (struct request){absent, 1, 0, UINT64_MAX};
    outcome = read_by(fixture, TOOL_CSV, "a,b\n1,2\n", &request);
    assert_string_equal(outcome.message, ":1:1: error: no column Zeit");
    tally_free(outcome.findings.tally);
    request = (struct request){numbered, 2, 0, UINT64_MAX};
    outcome = read_by(fixture, TOOL_CSV, "1,2\n1,2\n", &request);
    assert_string_equal(outcome.message,
                        ":1:1: error: a CSV whose columns are named needs the "
                        "key success, or status, error");
    tally_free(outcome.findings.tally);
    request = (struct request){unknown, 1, 0, UINT64_MAX};
    outcome = read_by(fixture, TOOL_CSV, "a,took\n1,2\n", &request);
    assert_false(outcome.is_read);
    tally_free(outcome.findings.tally);
}

static void
ab_does_not_say_which_requests_failed(void **state)
{
    struct fixture *fixture = *state;
    struct outcome outcome =
        read_by(fixture, TOOL_AB,
                "starttime\tseconds\tctime\tdtime\tttime\twait\n"
                "Sun Nov 22 07:59:51 2026\t1795334391\t0\t1\t7\t1\n",
                NULL);
    assert_true(outcome.is_read);
    assert_true(outcome.findings.lacks_failed);
    assert_int_equal(outcome.all.max_ns, 7 * MS);
    tally_free(outcome.findings.tally);
}

static void
a_jtl_needs_its_columns_once(void **state)
{
    struct fixture *fixture = *state;
    assert_refused(fixture, TOOL_JMETER,
                   "timeStamp,label,success,bytes\n1767950000000,a,true,1\n",
                   ":1:1: error: no column elapsed");
    assert_refused(fixture, TOOL_JMETER,
                   "timeStamp,elapsed,label,label,success\n",
                   ":1:25: error: a second column: label");
    assert_refused(fixture, TOOL_JMETER,
                   "timeStamp,elapsed,label,success\n"
                   "2026-11-22 08:00:00,1,a,true\n1767950000000,1,a,true\n",
                   ":2:1: error: the form of timeStamp contradicts that of "
                   "line 3: expected moments in all rows, or milliseconds in "
                   "all");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(three_generations_of_gatling_are_read),
        TEST(k6_rows_of_one_metric_count_and_failures_agree),
        TEST(k6_csv_of_finer_times_tells_when_requests_began),
        TEST(k6_tells_of_iterations_that_were_dropped),
        TEST(lines_of_json_are_read_or_refused),
        TEST(only_samples_below_the_root_count_in_xml),
        TEST(xml_that_is_none_of_jmeters_is_refused),
        TEST(a_csv_is_read_by_the_columns_that_are_named),
        TEST(ab_does_not_say_which_requests_failed),
        TEST(a_jtl_needs_its_columns_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
