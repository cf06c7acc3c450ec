/*
 * Fuzzer: the texts that load-test tools print.
 */
#include "feed.h"

#include "results/readers.h"

static const struct feed_form forms[] = {
    FEED(wrk),
    FEED(wrk2),
    FEED(wrk_usage),
    FEED(k6_text),
    FEED(autocannon_table),
    FEED(hey),
    FEED(ab),
    FEED(ab_percentiles),
    FEED(siege_text),
    FEED(siege_log),
    FEED(siege_answers),
    FEED(tsung_log),
    FEED(vegeta_text),
    FEED(vegeta_histogram),
    FEED(vegeta_plot),
};

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    feed_forms(bytes, size, forms, sizeof forms / sizeof *forms);
    return 0;
}
