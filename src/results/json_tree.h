/*
 * JSON with places: a tree whose values are parts of the file's own text, so
 * that numbers stay the decimals that were written, and a message can point at
 * them.  Room: results; for its read_*.c only.
 */
#ifndef HEADROOM_RESULTS_JSON_TREE_H
#define HEADROOM_RESULTS_JSON_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "results/parse.h"

enum json_kind { JSON_MAP, JSON_LIST, JSON_TEXT, JSON_DIGITS, JSON_WORD };

struct json {
    enum json_kind kind;
    const char *key;    /* of a member, decoded; else NULL */
    struct span span;   /* a text with its quotes; of a map or a list, the
                           bracket that opens it */
    struct json *first; /* of a map or a list */
    struct json *next;
};

/* The whole file as one value; NULL and a message when it is no valid JSON, has
   a key twice or a NUL in a key. */
const struct json *json_tree(const struct parse *parse);

/* A member of a map, or NULL; NULL of anything else. */
const struct json *json_find(const struct json *map, const char *key);
/* A text decoded, NULL of anything else. */
const char *json_decoded(const struct parse *parse, const struct json *text);

/* Whether a member is a map; reported when it is not. */
bool json_is_map(const struct parse *parse, const struct json *member);

/* --- members that must be there; false and a message when they are not --- */

const struct json *json_need_map(const struct parse *parse,
                                 const struct json *map, const char *key);
/* A number's text.  Where it is none or missing, that is said of name. */
bool json_need_number(const struct parse *parse, const struct json *map,
                      const char *key, const char *name, struct span *number);
bool json_need_count(const struct parse *parse, const struct json *map,
                     const char *key, uint64_t *count);
/* The same where the member may be missing: then it is 0. */
bool json_count(const struct parse *parse, const struct json *map,
                const char *key, uint64_t *count);
/* A percentile in milliseconds times 10^shift, where it is there and not
   null. */
bool json_percentile(struct parse *parse, const struct json *map,
                     const char *key, struct summary *summary,
                     enum percentile percentile, int shift);
/* The same of the highest latency. */
bool json_most(const struct parse *parse, const struct json *map,
               const char *key, struct summary *summary, int shift);

/* Whether the head of a file is a map with that key on the given level: 1 is
   the outermost.  What lies beyond the head counts as not there. */
bool json_head_has(const char *head, size_t size, unsigned level,
                   const char *key);

#endif
