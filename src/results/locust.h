/*
 * What the readers of Locust's CSV files share: a file as a table with the
 * columns that we know, and its requests.  Room: results; for read_locust*.c.
 */
#ifndef HEADROOM_RESULTS_LOCUST_H
#define HEADROOM_RESULTS_LOCUST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "results/parse.h"
#include "results/table.h"

enum locust_column {
    TIME,
    USERS,
    TYPE,
    NAME,
    REQUESTS,
    FAILURES,
    RATE,
    MOST,
    COLUMNS
};

/* What is known of a request so far, in a history. */
struct locust_track {
    bool is_known;
    uint64_t time_s, requests, failed; /* of its last row */
    uint64_t users;
    size_t summary; /* of the level in hand, plus 1; 0: none */
};

/* A request: names alone may have several methods. */
struct locust_request {
    const char *name, *type;
    bool is_shared; /* the name, with other methods */
    struct locust_track track;
};

struct locust {
    struct parse parse;
    const struct table *table;
    struct locust_request *keys; /* in order of name and type, each once */
    size_t key_count;
    const struct table_row *row; /* in hand */
    int columns[COLUMNS];
    int percentiles[PERCENTILES];
};

/* Whether a file begins with these headings, in quotes or not. */
bool locust_begins(const char *head, size_t size, const char *headings);

/* Reads the table; false and a message when it is none. */
bool locust_open(struct locust *locust, struct input *input,
                 struct findings *findings);
/* Finds the columns from one to another, each by either of its headings, those
   of the percentiles, and the requests.  False and a message when a column is
   not there; the percentiles need not be. */
bool locust_find(struct locust *locust, const char *const headings[COLUMNS][2],
                 enum locust_column from, enum locust_column to);

/* Of the row in hand: a field, which messages then point at; its request; its
   label, "" of the sum; its counts and percentiles. */
struct span locust_field(struct locust *locust, int column);
struct locust_request *locust_request_of(const struct locust *locust);
const char *locust_label(const struct locust *locust);
bool locust_counts(struct locust *locust, uint64_t *requests, uint64_t *failed);
bool locust_percentiles(struct locust *locust, struct summary *summary);

#endif
