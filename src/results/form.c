/*
 * The list of forms, and the names of the tools.  Room: results.  What a form
 * looks like is its reader's business.
 */
#include "results/form.h"

#include <string.h>

#include "base/arena.h"
#include "results/readers.h"

const char *const tool_name[TOOLS] = {
    [TOOL_WRK] = "wrk",
    [TOOL_WRK2] = "wrk2",
    [TOOL_HEY] = "hey",
    [TOOL_AB] = "ab",
    [TOOL_SIEGE] = "siege",
    [TOOL_AUTOCANNON] = "autocannon",
    [TOOL_ARTILLERY] = "artillery",
    [TOOL_JMETER] = "jmeter",
    [TOOL_TSUNG] = "tsung",
    [TOOL_VEGETA] = "vegeta",
    [TOOL_K6] = "k6",
    [TOOL_LOCUST] = "locust",
    [TOOL_GATLING] = "gatling",
    [TOOL_TAURUS] = "taurus",
    [TOOL_CSV] = "csv",
    [TOOL_DIGEST] = "digest",
};

#define READS(form) form##_is_it, form##_read

/* A row: tool, name, has samples, has ranges, how it is recognised and read,
   what it lacks, what to run instead.  Those of one tool stand together, the
   form that is told by more before the one that is told by less. */
const struct form form_table[] = {
    /* clang-format off */
    {TOOL_WRK, "wrk", false, false, READS(wrk),
     "p95, p99.9 and without --latency every percentile",
     "wrk2 --latency, or k6 with --summary-trend-stats"},
    {TOOL_WRK, "the usage of wrk", false, false, READS(wrk_usage), NULL, NULL},
    {TOOL_WRK2, "wrk2", false, false, READS(wrk2),
     "percentiles without --latency", "wrk2 --latency"},
    {TOOL_HEY, "hey", false, false, READS(hey), "p99.9", "hey -o csv"},
    {TOOL_HEY, "hey, CSV", true, true, READS(hey_csv), NULL, NULL},
    {TOOL_AB, "requests of ab (-g)", true, true, READS(ab_gnuplot),
     "the error rate", "ab without -g, and its text"},
    {TOOL_AB, "ab", false, false, READS(ab), "p99.9", "ab -g"},
    {TOOL_AB, "percentiles of ab (-e)", false, false, READS(ab_percentiles),
     NULL, NULL},
    {TOOL_SIEGE, "siege (-j)", false, false, READS(siege_json),
     "percentiles", "wrk2 --latency, hey or k6 against the same URL"},
    {TOOL_SIEGE, "siege", false, false, READS(siege_text),
     "percentiles", "wrk2 --latency, hey or k6 against the same URL"},
    {TOOL_SIEGE, "siege.log", false, false, READS(siege_log),
     "percentiles", "wrk2 --latency, hey or k6 against the same URL"},
    {TOOL_SIEGE, "siege -v", false, false, READS(siege_answers), NULL, NULL},
    {TOOL_AUTOCANNON, "autocannon (-j)", false, false, READS(autocannon),
     "p95", "vegeta or k6 against the same URL"},
    {TOOL_AUTOCANNON, "table of autocannon", false, false,
     READS(autocannon_table), NULL, NULL},
    {TOOL_ARTILLERY, "artillery 2", false, false, READS(artillery), NULL, NULL},
    {TOOL_ARTILLERY, "artillery 1", false, false, READS(artillery1), "p99.9",
     "artillery 2"},
    {TOOL_TSUNG, "tsung.log", false, false, READS(tsung_log),
     "percentiles",
     "tsung with dumptraffic=\"protocol\" and give its tsung.dump"},
    {TOOL_TSUNG, "tsung.log (JSON)", false, false, READS(tsung_json),
     "percentiles",
     "tsung with dumptraffic=\"protocol\" and give its tsung.dump"},
    {TOOL_TSUNG, "tsung.dump", true, true, READS(tsung_dump), NULL, NULL},
    {TOOL_VEGETA, "vegeta encode (CSV)", true, true, READS(vegeta_csv), NULL,
     NULL},
    {TOOL_VEGETA, "vegeta encode (JSON)", true, true, READS(vegeta_lines), NULL,
     NULL},
    {TOOL_VEGETA, "vegeta report (JSON)", false, false, READS(vegeta_json),
     "p99.9", "vegeta encode --to csv on what vegeta attack wrote"},
    {TOOL_VEGETA, "vegeta report (text)", false, false, READS(vegeta_text),
     "p99.9", "vegeta encode --to csv on what vegeta attack wrote"},
    {TOOL_VEGETA, "vegeta report (histogram)", false, false,
     READS(vegeta_histogram), NULL, NULL},
    {TOOL_VEGETA, "vegeta report (HdrHistogram plot)", false, false,
     READS(vegeta_plot), NULL, NULL},
    {TOOL_JMETER, "statistics.json of JMeter", false, false,
     READS(jmeter_statistics), "p99.9",
     "nothing anew: the JTL of the run has it"},
    {TOOL_JMETER, "JTL, CSV", true, true, READS(jtl), NULL, NULL},
    {TOOL_JMETER, "JTL, XML", true, false, READS(jtl_xml), NULL, NULL},
    {TOOL_K6, "k6, CSV", true, true, READS(k6_csv), NULL, NULL},
    {TOOL_K6, "k6, JSON", true, true, READS(k6_json), NULL, NULL},
    {TOOL_K6, "k6 summary", false, false, READS(k6_summary),
     "p(99) and p(99.9) by default",
     "k6 with --summary-trend-stats 'med,max,p(95),p(99),p(99.9)'"},
    {TOOL_K6, "k6 summary as text", false, false, READS(k6_text), NULL, NULL},
    {TOOL_LOCUST, "_stats.csv of Locust", false, false, READS(locust_stats),
     "percentiles that are not in PERCENTILES_TO_REPORT",
     "locust with them"},
    {TOOL_LOCUST, "_stats_history.csv of Locust", false, false,
     READS(locust_history), "percentiles that are not in PERCENTILES_TO_REPORT",
     "locust with them"},
    {TOOL_LOCUST, "_failures.csv of Locust", false, false,
     READS(locust_failures), NULL, NULL},
    {TOOL_LOCUST, "_exceptions.csv of Locust", false, false,
     READS(locust_exceptions), NULL, NULL},
    {TOOL_GATLING, "stats.json of Gatling", false, false, READS(gatling_stats),
     "p99.9", "nothing anew: the simulation.log of the run has it"},
    {TOOL_GATLING, "global_stats.json of Gatling", false, false,
     READS(gatling_global), "p99.9",
     "nothing anew: the simulation.log of the run has it"},
    {TOOL_GATLING, "simulation.log", true, true, READS(gatling_log), NULL, NULL},
    {TOOL_TAURUS, "final statistics of Taurus (XML)", false, false,
     READS(taurus_xml), "a rate without TestDuration", "a newer Taurus"},
    {TOOL_TAURUS, "final statistics of Taurus (CSV)", false, false,
     READS(taurus_csv), "a rate", "a newer Taurus, with dump-xml"},
    {TOOL_CSV, "CSV", true, true, READS(csv), NULL, NULL},
    {TOOL_DIGEST, "digest", true, false, READS(digest), NULL, NULL},
    {0}, /* so that the table is never empty */
    /* clang-format on */
};
const size_t form_count = sizeof form_table / sizeof *form_table - 1;

const struct form *
form_find(enum tool tool, const char *head, size_t size)
{
    for (size_t i = 0; i < form_count; i++)
        /* any text is a CSV whose columns are named: only where it is said */
        if ((tool == TOOLS ? form_table[i].tool != TOOL_CSV
                           : form_table[i].tool == tool) &&
            form_table[i].is_it(head, size))
            return &form_table[i];
    return NULL;
}

enum tool
tool_find(const char *name)
{
    if (strcmp(name, "jtl") == 0)
        return TOOL_JMETER;
    if (strcmp(name, "generic") == 0)
        return TOOL_CSV;
    enum tool tool = 0;
    while (tool < TOOLS && strcmp(tool_name[tool], name) != 0)
        tool++;
    return tool;
}

struct summary *
findings_add(struct findings *findings)
{
    findings->summaries =
        arena_grow(findings->arena, findings->summaries,
                   findings->summary_count, &findings->summary_room,
                   sizeof *findings->summaries);
    struct summary *summary = &findings->summaries[findings->summary_count++];
    *summary = (struct summary){.label = "", .start_s = INT64_MIN};
    return summary;
}
