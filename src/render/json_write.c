/*
 * The JSON writer.  Room render/.  Layout: values of an object or a list stand
 * in a row, but where json_write_line() breaks it.
 */
#include "render/json_write.h"

#include <string.h>

static void
flush(struct json_writer *writer)
{
    if (!writer->failed && writer->used > 0)
        writer->failed =
            !writer->sink(writer->context, writer->buffer, writer->used);
    writer->used = 0;
}

static void
put(struct json_writer *writer, const char *bytes, size_t size)
{
    while (size > 0) {
        if (writer->used == sizeof writer->buffer)
            flush(writer);
        size_t room = sizeof writer->buffer - writer->used;
        size_t part = size < room ? size : room;
        memcpy(writer->buffer + writer->used, bytes, part);
        writer->used += part;
        bytes += part;
        size -= part;
    }
}

static void
put_char(struct json_writer *writer, char c)
{
    put(writer, &c, 1);
}

/* The comma before a value or key that is not the first of its kind. */
static void
separate(struct json_writer *writer)
{
    if (!writer->separated)
        put(writer, ", ", 2);
    writer->separated = false;
}

void
json_write_start(struct json_writer *writer, json_sink *sink, void *context)
{
    writer->sink = sink;
    writer->context = context;
    writer->failed = false;
    writer->separated = true;
    writer->used = 0;
}

bool
json_write_end(struct json_writer *writer)
{
    put_char(writer, '\n');
    flush(writer);
    return !writer->failed;
}

void
json_write_open(struct json_writer *writer, char open)
{
    separate(writer);
    put_char(writer, open);
    writer->separated = true;
}

void
json_write_close(struct json_writer *writer, char close)
{
    put_char(writer, close);
    writer->separated = false;
}

void
json_write_line(struct json_writer *writer, unsigned indent)
{
    if (!writer->separated)
        put_char(writer, ',');
    put_char(writer, '\n');
    while (indent-- > 0)
        put_char(writer, ' ');
    writer->separated = true;
}

void
json_write_key(struct json_writer *writer, const char *key)
{
    separate(writer);
    put_char(writer, '"');
    put(writer, key, strlen(key)); /* one of ours: nothing to escape */
    put(writer, "\": ", 3);
    writer->separated = true;
}

void
json_write_null(struct json_writer *writer)
{
    separate(writer);
    put(writer, "null", 4);
}

void
json_write_bool(struct json_writer *writer, bool value)
{
    separate(writer);
    if (value)
        put(writer, "true", 4);
    else
        put(writer, "false", 5);
}

/* What may not stand in a string as it is: quote, backslash, controls. */
static void
put_escaped(struct json_writer *writer, uint32_t code)
{
    static const char hex[] = "0123456789abcdef";
    if (code == '"' || code == '\\') {
        char pair[2] = {'\\', (char)code};
        put(writer, pair, sizeof pair);
    } else {
        char escape[6] = {'\\', 'u', '0', '0', hex[code >> 4], hex[code & 15]};
        put(writer, escape, sizeof escape);
    }
}

void
json_write_string(struct json_writer *writer, const char *text)
{
    if (text == NULL) {
        json_write_null(writer);
        return;
    }
    separate(writer);
    put_char(writer, '"');
    const char *end = text + strlen(text), *plain = text;
    while (text < end) {
        unsigned char c = (unsigned char)*text;
        if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
            text++; /* most of what is written */
            continue;
        }
        uint32_t code = 0;
        unsigned bytes = text_decode(text, end, &code);
        if (bytes > 0 && code >= 0xa0) {
            text += bytes;
            continue;
        }
        put(writer, plain, (size_t)(text - plain));
        if (bytes == 0) {
            put(writer, "\xef\xbf\xbd", 3);
            bytes = 1;
        } else {
            put_escaped(writer, code);
        }
        text += bytes;
        plain = text;
    }
    put(writer, plain, (size_t)(end - plain));
    put_char(writer, '"');
}

void
json_write_text(struct json_writer *writer, struct text text)
{
    if (text.one != NULL || !text_is_given(text)) {
        json_write_string(writer, text.one);
        return;
    }
    json_write_open(writer, '{');
    if (text.zh != NULL) {
        json_write_key(writer, "zh");
        json_write_string(writer, text.zh);
    }
    if (text.en != NULL) {
        json_write_key(writer, "en");
        json_write_string(writer, text.en);
    }
    json_write_close(writer, '}');
}

void
json_write_whole(struct json_writer *writer, whole number, unsigned places)
{
    char digits[WHOLE_ROOM];
    size_t length = whole_scaled_write(digits, number, places);
    separate(writer);
    put(writer, digits, length);
}

void
json_write_decimal(struct json_writer *writer, struct decimal number)
{
    json_write_whole(writer, number.units, DECIMAL_PLACES);
}
