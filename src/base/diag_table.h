/*
 * Every message of headroom: code, level, text.  Included where DIAG() says
 * what to make of a row.  {} stands for a text that the caller gives.
 */
/* clang-format off */
/* input/inputs.c: files */
DIAG(DIAG_UNREADABLE,       DIAG_ERROR,   "cannot read {}: {}")
DIAG(DIAG_READ_FAILED,      DIAG_ERROR,   "reading {} failed: {}")
DIAG(DIAG_FILE_TOO_LARGE,   DIAG_ERROR,   "the file is larger than 64 MiB")
DIAG(DIAG_NO_FILES,         DIAG_ERROR,   "no *.yaml and no *.yml in the folder {}")
DIAG(DIAG_FILE_NAME,        DIAG_ERROR,   "{} cannot be named in a document: rename it, in UTF-8 without control and direction characters")
/* from here to the next mark: a file is no YAML that headroom takes (diag.c puts
   such messages, and those of keys, before the others of their file) */
/* input/scan.c: characters */
DIAG(DIAG_NOT_UTF8,         DIAG_ERROR,   "not UTF-8: {}")
DIAG(DIAG_NOT_UTF16,        DIAG_ERROR,   "the byte order mark says UTF-16, and this is none")
DIAG(DIAG_NUL,              DIAG_ERROR,   "a NUL character: is this UTF-16 or UTF-32, or what a crash left? expected UTF-8")
DIAG(DIAG_FILE_CHARACTER,   DIAG_ERROR,   "{} may not stand in a file, found {}")
DIAG(DIAG_BIDI,             DIAG_ERROR,   "a character that changes the direction of writing may not stand in a file")
/* input/yaml.c: YAML */
DIAG(DIAG_YAML_SYNTAX,      DIAG_ERROR,   "not valid YAML: {}{}{}{}")
DIAG(DIAG_YAML_KEY,         DIAG_ERROR,   "not valid YAML: expected a key of at most 1,024 characters, then \":\" and a blank{}")
DIAG(DIAG_UNCLOSED_QUOTE,   DIAG_ERROR,   "not valid YAML: the quote that opens here is never closed")
DIAG(DIAG_BEGINS_HERE,      DIAG_NOTE,    "in what begins here")
DIAG(DIAG_EMPTY_FILE,       DIAG_ERROR,   "expected a mapping of keys, found an empty file")
DIAG(DIAG_SECOND_DOCUMENT,  DIAG_ERROR,   "a second document: a file may hold only one")
DIAG(DIAG_TOO_DEEP,         DIAG_ERROR,   "lists and mappings are nested more than 64 deep")
DIAG(DIAG_ALIAS,            DIAG_ERROR,   "expected a value, found the alias *{}: write the value out")
DIAG(DIAG_TAG,              DIAG_ERROR,   "expected a value without a tag, found {}: leave the tag out")
DIAG(DIAG_MERGE_KEY,        DIAG_ERROR,   "expected a key, found the merge key <<: write the keys out")
DIAG(DIAG_COMPLEX_KEY,      DIAG_ERROR,   "expected a key that is one word, found a list or a mapping")
/* the next mark */
/* input/keys.c: keys */
DIAG(DIAG_UNKNOWN_KEY,      DIAG_ERROR,   "unknown key {} in {}{}{}")
DIAG(DIAG_KEY_TWICE,        DIAG_ERROR,   "{} is given twice")
DIAG(DIAG_FIRST_HERE,       DIAG_NOTE,    "first given here")
DIAG(DIAG_MISSING_KEY,      DIAG_ERROR,   "{} needs the key {}")
/* input/value.c: values */
DIAG(DIAG_WRONG_TYPE,       DIAG_ERROR,   "{} must be {}, found {}")
DIAG(DIAG_EMPTY_VALUE,      DIAG_ERROR,   "{} must be {}, found nothing")
DIAG(DIAG_BAD_VALUE,        DIAG_ERROR,   "{} must be {}, found {}{}")
DIAG(DIAG_TEXT_CHARACTER,   DIAG_ERROR,   "{} may not hold {}, found {} in {}")
DIAG(DIAG_TEXT_LENGTH,      DIAG_ERROR,   "{} must be a text of at most {} characters, found {}")
DIAG(DIAG_TEXT_BLANK,       DIAG_ERROR,   "{} must be a text that can be seen, found {}")
/* input/read_*.c: between the keys of one entry */
DIAG(DIAG_MULTIPLIER_BESIDE,DIAG_ERROR,   "multiplier stands beside {}: give growth and buffer, or multiplier instead")
DIAG(DIAG_GIVEN_HERE,       DIAG_NOTE,    "{} is given here")
DIAG(DIAG_NEEDS_INSTANCES,  DIAG_ERROR,   "{} needs the link's own instances")
DIAG(DIAG_ABOVE_QUOTA,      DIAG_ERROR,   "instances and approved_instances must be at most max_instances, found {} above {}")
DIAG(DIAG_PERCENTILES,      DIAG_ERROR,   "{} must be at most {}, found {} above {}")
/* input/read_template.c */
DIAG(DIAG_INCLUDE_AGAIN,    DIAG_ERROR,   "{} may be included only once, and 15 files in all")
DIAG(DIAG_INCLUDE_LATE,     DIAG_ERROR,   "include must stand before {}, which is to override it")
/* input/read_previous.c */
DIAG(DIAG_PREVIOUS,         DIAG_ERROR,   "cannot be compared with: {}")
DIAG(DIAG_PREVIOUS_SEASON,  DIAG_WARNING, "the previous report is about the season {}, this one about {}")
/* input/check.c: between entries and files */
DIAG(DIAG_NO_SEASON_KEY,    DIAG_ERROR,   "the season needs the key {}; there is no default")
DIAG(DIAG_NO_BASELINE,      DIAG_ERROR,   "baselines must be a list of at least one link, found nothing")
DIAG(DIAG_SLO_INCOMPLETE,   DIAG_ERROR,   "slo must limit {}; there is no default")
DIAG(DIAG_LINK_NO_SLO,      DIAG_ERROR,   "{} is left without an SLO limit of {}")
DIAG(DIAG_NO_GROWTH,        DIAG_ERROR,   "the season has no {}: give growth and buffer, or multiplier; there is no default")
DIAG(DIAG_LINK_NO_GROWTH,   DIAG_ERROR,   "{} is left without {} in scenario {}")
DIAG(DIAG_PLAN_UNKNOWN,     DIAG_ERROR,   "plan must name a scenario, found {}{}")
DIAG(DIAG_PLAN_MISSING,     DIAG_ERROR,   "no scenario has the id plan: give plan, the id of the one that decides")
DIAG(DIAG_ZONES_ALONE,      DIAG_ERROR,   "{} needs {} beside it")
DIAG(DIAG_ZONES_LOST,       DIAG_ERROR,   "survive_zones must be below zones, found {} of {}")
DIAG(DIAG_ZONES_INSTANCES,  DIAG_ERROR,   "zones need the instances of every link, and {} has none")
DIAG(DIAG_UNKNOWN_LINK,     DIAG_ERROR,   "a result for {}, which has no baseline{}{}")
DIAG(DIAG_STEP_LACKS,       DIAG_ERROR,   "the step has no {}, which {}")
DIAG(DIAG_NO_AS_OF,         DIAG_ERROR,   "as_of must be given {}")
DIAG(DIAG_PEAK_WINDOW,      DIAG_WARNING, "{} was averaged over {} s: the peak second is hidden")
DIAG(DIAG_RESULT_AFTER,     DIAG_WARNING, "this result is dated after as_of ({}) and does not count")
DIAG(DIAG_NO_RESULT,        DIAG_WARNING, "{} has no result")
DIAG(DIAG_QPS_ABOVE_OFFERED,DIAG_WARNING, "qps {} is above the {} that were offered: is one of them wrong?")
/* results/: files of load-test tools */
DIAG(DIAG_GZIP,             DIAG_ERROR,   "the gzip data are damaged: {}")
DIAG(DIAG_RESULTS_UNKNOWN,  DIAG_ERROR,   "expected {}, found {}")
DIAG(DIAG_RESULTS_FORM,     DIAG_ERROR,   "not {}: {}")
DIAG(DIAG_RESULTS_CUT,      DIAG_ERROR,   "cut off: {}")
DIAG(DIAG_RESULTS_NOTHING,  DIAG_ERROR,   "no {} in it")
DIAG(DIAG_RESULTS_TWICE,    DIAG_ERROR,   "a second {}: {}")
DIAG(DIAG_RESULTS_CONTRADICT,DIAG_ERROR,  "{} contradicts {}: {}")
DIAG(DIAG_RESULTS_REFUSED,  DIAG_ERROR,   "{} cannot be read: {}")
/* assess/ */
DIAG(DIAG_NO_LOAD_KEY,      DIAG_WARNING, "the steps of {} have no common load key (offered_qps or concurrency), so they are taken as written")
DIAG(DIAG_LOAD_TWICE,       DIAG_WARNING, "{} {} is given twice: both steps must hold, and the lower qps counts")
DIAG(DIAG_QPS_FALLS,        DIAG_WARNING, "qps falls from {} to {} while {} rises from {} to {}")
DIAG(DIAG_NOT_CARRIED,      DIAG_WARNING, "{} of {} offered were carried though every SLO limit held: is the load generator the limit?")
DIAG(DIAG_TEST_LARGER,      DIAG_WARNING, "tested with {} instances, more than the {} in production")
DIAG(DIAG_STALE_BY_DEFAULT, DIAG_WARNING, "{} is stale by an as_of that is taken by default ({}): give as_of")
DIAG(DIAG_NEWER_PROVES_LESS,DIAG_WARNING, "this test proves {}, less than the {} of an older valid one ({})")
DIAG(DIAG_LATER_PROVES_LESS,DIAG_WARNING, "this test proves {}, less than the {} of an earlier one of the same day")
DIAG(DIAG_COVERED_WITHOUT_DAY,DIAG_WARNING, "{} is covered by approved measures without {}")
DIAG(DIAG_EXPANSION_TOO_LARGE,DIAG_ERROR, "what {} would need is more than headroom can count")
DIAG(DIAG_MULTIPLIER_TOO_FINE,DIAG_ERROR, "the multiplier of {} in scenario {} has more than 24 decimals")
/* render/ */
DIAG(DIAG_NO_GLYPH,         DIAG_ERROR,   "the fonts have no glyph for {} in \"{}\"")
DIAG(DIAG_PAGE_OVERFLOW,    DIAG_ERROR,   "the PDF cannot be laid out: {}")
/* document/: names in a template */
DIAG(DIAG_WORD_MISSING,     DIAG_ERROR,   "the template has no word {}")
DIAG(DIAG_WORD_UNKNOWN,     DIAG_ERROR,   "unknown word {}{}")
DIAG(DIAG_WORD_FILL,        DIAG_ERROR,   "unknown name {} in the word {}: expected {}")
DIAG(DIAG_PAGE_UNKNOWN,     DIAG_ERROR,   "unknown page {}: expected conclusion, gaps, unproven, domains, links, evidence, evidence_all or basis")
DIAG(DIAG_PAGE_TWICE,       DIAG_ERROR,   "the page {} is given twice")
DIAG(DIAG_SHEET_UNKNOWN,    DIAG_ERROR,   "unknown sheet {}: expected about, summary, assumptions, links, tests or steps")
DIAG(DIAG_SHEET_NAME,       DIAG_ERROR,   "\"{}\" cannot name a sheet: it is {}")
DIAG(DIAG_SHEET_ROWS,       DIAG_ERROR,   "a sheet holds at most {} links and as many tests: write only pdf and json, by --to")
DIAG(DIAG_COLUMN_UNKNOWN,   DIAG_ERROR,   "unknown column {}{}")
DIAG(DIAG_COLUMN_TWICE,     DIAG_ERROR,   "the column {} is given twice")
DIAG(DIAG_COLOUR_UNKNOWN,   DIAG_ERROR,   "unknown colour {}{}")
DIAG(DIAG_SIZE_UNKNOWN,     DIAG_ERROR,   "unknown size {}{}")
DIAG(DIAG_NO_COLUMNS,       DIAG_ERROR,   "{} takes no columns")
/* clang-format on */
