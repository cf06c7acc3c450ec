/*
 * A look at a file's characters before they are parsed: what may stand in no
 * file of headroom is found at its true line and column.
 */
#ifndef HEADROOM_INPUT_SCAN_H
#define HEADROOM_INPUT_SCAN_H

#include <stdbool.h>

#include "base/source.h"

struct diag;

/* Reports the first character that no input may hold: invalid UTF-8, a
   control, a line break that editors do not know, a noncharacter, U+FEFF.
   False when there is one.  *bidi is the place of the first bidi control,
   line 0 when there is none. */
bool scan_characters(const struct source *source, struct diag *diag,
                     struct place *bidi);

/* A hint at a character of the line that is often mistaken for one of YAML's
   own: "; U+FF1A is ...", or "". */
const char *scan_lookalike(const struct source *source, unsigned line);

#endif
