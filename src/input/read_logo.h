/*
 * The logo that a template names.
 */
#ifndef HEADROOM_INPUT_READ_LOGO_H
#define HEADROOM_INPUT_READ_LOGO_H

#include "base/source.h"

struct reading;
struct template_logo;

/* Reads the picture in a file, named at that place; reports what is wrong with
   it, and then returns NULL. */
const struct template_logo *read_logo(struct reading *reading, const char *path,
                                      struct place place);

#endif
