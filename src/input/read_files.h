/*
 * Results in place: the keys of a result that names files of a load-test tool
 * instead of steps, and the reading of those files.
 */
#ifndef HEADROOM_INPUT_READ_FILES_H
#define HEADROOM_INPUT_READ_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "results/ask.h"

struct draft;
struct reading;
struct yaml_scalar;

/* What a result says of its files, while it is read. */
struct in_place {
    struct ask ask;
    struct place from, files; /* of the keys; line 0: not given */
    size_t slice_room, link_room;
    /* instances by link, where they are a mapping */
    struct asked_link *instances;
    size_t instance_count, instance_room;
    size_t result; /* index of the result it stands for */
};

/* Each takes the value of the key of that name. */
void read_from(struct reading *reading, struct in_place *files);
void read_file_list(struct reading *reading, struct in_place *files);
void read_links(struct reading *reading, struct in_place *files);
void read_instances_by_link(struct reading *reading, struct in_place *files);
void read_cpu(struct reading *reading, struct in_place *files);
void read_columns(struct reading *reading, struct in_place *files);
void read_cut(struct reading *reading, const char *name, int64_t *seconds);
/* `steps` as a word: threads, 30s. */
void read_split(struct reading *reading, struct in_place *files,
                const struct yaml_scalar *scalar);

/* Reads the files of all results in place, in the order of the results, and
   puts a result a link in the place of each. */
void read_files(struct draft *draft, bool allow_outside);

#endif
