/*
 * Every message of headroom: code, level, text.  Included where DIAG() says
 * what to make of a row.  {} stands for a text that the caller gives.
 */
/* clang-format off */
DIAG(DIAG_UNKNOWN_KEY,      DIAG_ERROR,   "unknown key {}{}")
DIAG(DIAG_KEY_TWICE,        DIAG_ERROR,   "{} is given twice")
DIAG(DIAG_FIRST_HERE,       DIAG_NOTE,    "first given here")
/* clang-format on */
