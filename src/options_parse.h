/*
 * What the files of the command line share: the arguments being read, and the
 * options of import and digest.
 */
#ifndef HEADROOM_OPTIONS_PARSE_H
#define HEADROOM_OPTIONS_PARSE_H

#include "options.h"

struct parse {
    struct arena *arena;
    struct options *options;
    const char *why;

    size_t link_room, slice_room; /* of lists in options->ask */
    struct column_name *columns;
    size_t column_room;
    struct decimal *offered;
    size_t offered_count, offered_room;
    unsigned instances; /* 0: not given */
};

/* "; did you mean pdf?" or nothing */
const char *options_hint(struct arena *arena, const char *word,
                         const char *const *known, size_t count);

/* Each takes the value of its option; false and the reason in parse->why. */
bool import_take_from(struct parse *parse, const char *value);
bool import_take_link(struct parse *parse, const char *value);
bool import_take_links(struct parse *parse, const char *value);
bool import_take_instances(struct parse *parse, const char *value);
bool import_take_steps(struct parse *parse, const char *value);
bool import_take_offered(struct parse *parse, const char *value);
bool import_take_warmup(struct parse *parse, const char *value);
bool import_take_cooldown(struct parse *parse, const char *value);
bool import_take_date(struct parse *parse, const char *value);
bool import_take_columns(struct parse *parse, const char *value);
bool import_take_baselines(struct parse *parse, const char *value);
bool import_take_range(struct parse *parse, const char *value);

/* Brings together what several options say of an import; files are its FILE
   arguments. */
bool import_settle(struct parse *parse, const char *const *files, size_t count);

#endif
