/*
 * Every message of headroom: code, level, text.  Included where DIAG() says
 * what to make of a row.  {} stands for a text that the caller gives.
 */
/* clang-format off */
DIAG(DIAG_UNKNOWN_KEY,      DIAG_ERROR,   "unknown key {}{}")
DIAG(DIAG_KEY_TWICE,        DIAG_ERROR,   "{} is given twice")
DIAG(DIAG_FIRST_HERE,       DIAG_NOTE,    "first given here")
/* assess/ */
DIAG(DIAG_NO_LOAD_KEY,      DIAG_WARNING, "the steps of {} have no common load key (offered_qps or concurrency), so they are taken as written")
DIAG(DIAG_LOAD_TWICE,       DIAG_WARNING, "{} {} is given twice: both steps must hold, and the lower qps counts")
DIAG(DIAG_QPS_FALLS,        DIAG_WARNING, "qps falls from {} to {} while {} rises from {} to {}")
DIAG(DIAG_NOT_CARRIED,      DIAG_WARNING, "{} of {} offered were carried though every SLO limit held: is the load generator the limit?")
DIAG(DIAG_TEST_LARGER,      DIAG_WARNING, "tested with {} instances, more than the {} in production")
DIAG(DIAG_STALE_BY_DEFAULT, DIAG_WARNING, "{} is stale by an as_of that is taken by default ({}): give as_of")
DIAG(DIAG_NEWER_PROVES_LESS,DIAG_WARNING, "this test proves {}, less than the {} of an older valid one ({})")
DIAG(DIAG_COVERED_WITHOUT_DAY,DIAG_WARNING, "{} is covered by approved measures without {}")
DIAG(DIAG_EXPANSION_TOO_LARGE,DIAG_ERROR, "what {} would need is more than headroom can count")
DIAG(DIAG_MULTIPLIER_TOO_FINE,DIAG_ERROR, "the multiplier of {} in scenario {} has more than 24 decimals")
/* clang-format on */
