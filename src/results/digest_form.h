/*
 * What the maker and the reader of digests agree on; digest.h says how a digest
 * is laid out.
 */
#ifndef HEADROOM_RESULTS_DIGEST_FORM_H
#define HEADROOM_RESULTS_DIGEST_FORM_H

#include <stdint.h>

#define MAGIC "headroom digest\n"
#define MAGIC_SIZE (sizeof MAGIC - 1)
#define VERSION 1
#define MS ((int64_t)1000000)        /* [ns] */
#define SECOND ((int64_t)1000000000) /* [ns] */

enum { FLAG_LACKS_FAILED = 2, FLAG_WHOLE_MS = 4 };

#endif
