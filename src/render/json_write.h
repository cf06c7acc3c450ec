/*
 * A writer of JSON: values, commas and layout into a buffer that is handed on
 * piece by piece.  Room render/.  What is written is json.c's.
 */
#ifndef HEADROOM_RENDER_JSON_WRITE_H
#define HEADROOM_RENDER_JSON_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"
#include "base/text.h"

/* Takes the next bytes; false ends the writing. */
typedef bool json_sink(void *context, const char *bytes, size_t size);

struct json_writer {
    json_sink *sink;
    void *context;
    bool failed;    /* the sink refused; nothing is handed on after */
    bool separated; /* a value here needs no comma before it */
    size_t used;
    char buffer[64 * 1024];
};

void json_write_start(struct json_writer *writer, json_sink *sink,
                      void *context);
/* Hands on what is left; false when the sink refused any of it. */
bool json_write_end(struct json_writer *writer);

/* open is '{' or '[', close its counterpart. */
void json_write_open(struct json_writer *writer, char open);
void json_write_close(struct json_writer *writer, char close);
/* A line break and blanks before the next key or value. */
void json_write_line(struct json_writer *writer, unsigned indent);
/* key needs no escaping: it is one of headroom's own. */
void json_write_key(struct json_writer *writer, const char *key);

/* Values; after json_write_key() in an object, alone in a list. */
void json_write_null(struct json_writer *writer);
void json_write_bool(struct json_writer *writer, bool value);
/* UTF-8; invalid bytes become U+FFFD.  NULL is written as null. */
void json_write_string(struct json_writer *writer, const char *text);
void json_write_text(struct json_writer *writer, struct text text);
/* number / 10^places, exact */
void json_write_whole(struct json_writer *writer, whole number,
                      unsigned places);
void json_write_decimal(struct json_writer *writer, struct decimal number);

#endif
