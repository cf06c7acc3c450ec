/*
 * Fuzzer: small CSV files of load-test tools.
 */
#include "feed.h"

#include "results/readers.h"

static const struct feed_form forms[] = {
    FEED(locust_stats),      FEED(locust_history), FEED(locust_failures),
    FEED(locust_exceptions), FEED(taurus_csv),
};

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    feed_forms(bytes, size, forms, sizeof forms / sizeof *forms);
    return 0;
}
