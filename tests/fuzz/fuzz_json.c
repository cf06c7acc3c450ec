/*
 * Fuzzer: JSON of load-test tools.
 */
#include "feed.h"

#include "results/readers.h"

static const struct feed_form forms[] = {
    FEED(siege_json),     FEED(autocannon),        FEED(artillery),
    FEED(artillery1),     FEED(jmeter_statistics), FEED(tsung_json),
    FEED(vegeta_json),    FEED(k6_summary),        FEED(gatling_stats),
    FEED(gatling_global),
};

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    feed_forms(bytes, size, forms, sizeof forms / sizeof *forms);
    return 0;
}
