/*
 * The readers of all forms: two functions a form, which form.c's table names.
 * Room: results.
 */
#ifndef HEADROOM_RESULTS_READERS_H
#define HEADROOM_RESULTS_READERS_H

#include <stdbool.h>
#include <stddef.h>

struct findings;
struct input;

/* Whether a file that begins so is of the form, and its reading; as told of
   struct form. */
#define READER(form)                                                           \
    bool form##_is_it(const char *head, size_t size);                          \
    bool form##_read(struct input *input, struct findings *findings)

/* summaries, in the order of the tools */
READER(wrk);
READER(wrk2);
READER(wrk_usage);
READER(hey);
READER(ab);
READER(ab_percentiles);
READER(siege_json);
READER(siege_text);
READER(siege_log);
READER(siege_answers);
READER(autocannon);
READER(autocannon_table);
READER(artillery);
READER(artillery1);
READER(jmeter_statistics);
READER(tsung_log);
READER(tsung_json);
READER(vegeta_json);
READER(vegeta_text);
READER(vegeta_histogram);
READER(vegeta_plot);
READER(k6_summary);
READER(k6_text);
READER(locust_stats);
READER(locust_history);
READER(locust_failures);
READER(locust_exceptions);
READER(gatling_stats);
READER(gatling_global);
READER(taurus_xml);
READER(taurus_csv);

/* samples, in the order of the tools */
READER(hey_csv);
READER(ab_gnuplot);
READER(jtl);
READER(jtl_xml);
READER(tsung_dump);
READER(vegeta_csv);
READER(vegeta_lines);
READER(k6_csv);
READER(k6_json);
READER(gatling_log);
READER(csv);
READER(digest);

#endif
