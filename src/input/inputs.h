/*
 * The INPUT arguments: which files they stand for, in reading order.
 */
#ifndef HEADROOM_INPUT_INPUTS_H
#define HEADROOM_INPUT_INPUTS_H

#include <stddef.h>

struct arena;
struct diag;

struct input_file {
    const char *path; /* to open it, and for messages */
    const char *name; /* the path within the folder INPUT, or the file's name */
};

/* The files that the inputs stand for; a folder stands for every *.yaml and
   *.yml in it, in the byte order of their paths.  A file that is reached twice
   is listed where it is reached first.  Reports what cannot be read, and a
   folder without such files. */
size_t inputs_list(struct arena *arena, char *const *inputs, size_t count,
                   struct diag *diag, struct input_file **files);

#endif
