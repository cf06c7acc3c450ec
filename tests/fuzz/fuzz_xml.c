/*
 * Fuzzer: XML of load-test tools.
 */
#include "feed.h"

#include "results/readers.h"

static const struct feed_form forms[] = {
    FEED(taurus_xml),
    FEED(jtl_xml),
};

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    feed_forms(bytes, size, forms, sizeof forms / sizeof *forms);
    return 0;
}
