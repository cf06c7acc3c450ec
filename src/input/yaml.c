/*
 * The one file that sees libyaml.  Room: input.  Its events are pulled one by
 * one; its marks, characters from 0, become places from 1 here and nowhere
 * else.
 */
#include "input/yaml.h"

#include <stdint.h>
#include <string.h>

#include <yaml.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/scan.h"

#define TO_LINE_END (1u << 20) /* a width beyond what an excerpt shows */

struct yaml {
    struct arena *arena;
    const struct source *source;
    struct diag *diag;
    yaml_parser_t parser;
    yaml_event_t event; /* the one at hand, or the last one taken */
    bool has_event;     /* event is to be deleted */
    bool is_at_hand;    /* event has not been taken */
    bool is_broken;
    unsigned depth;
    struct place bidi;
    size_t errors; /* of the run, when this file was opened */
};

static struct place
place_at(const struct yaml *yaml, yaml_mark_t mark)
{
    return (struct place){yaml->source, (unsigned)mark.line + 1,
                          (unsigned)mark.column + 1, 1};
}

static struct place
place_of(const struct yaml *yaml, const yaml_event_t *event)
{
    struct place place = place_at(yaml, event->start_mark);
    if (event->type != YAML_SCALAR_EVENT)
        return place;
    if (event->end_mark.line != event->start_mark.line)
        place.width = TO_LINE_END;
    else if (event->end_mark.column > event->start_mark.column)
        place.width =
            (unsigned)(event->end_mark.column - event->start_mark.column);
    return place;
}

/* Reports why libyaml stopped. */
static void
report_syntax(struct yaml *yaml)
{
    const yaml_parser_t *parser = &yaml->parser;
    const char *problem = parser->problem ? parser->problem : "unreadable";
    const char *context = parser->context ? parser->context : "";
    struct place at = place_at(yaml, parser->problem_mark);
    struct place from = place_at(yaml, parser->context_mark);
    if (strcmp(context, "while scanning a quoted scalar") == 0 &&
        strstr(problem, "end of stream")) {
        diag_add(yaml->diag, DIAG_UNCLOSED_QUOTE, from, NULL);
        return;
    }
    if (strcmp(context, "while scanning a simple key") == 0) {
        diag_add(yaml->diag, DIAG_YAML_KEY, from,
                 scan_lookalike(yaml->source, from.line), NULL);
        return;
    }
    diag_add(yaml->diag, DIAG_YAML_SYNTAX, at, problem, *context ? " " : "",
             context, scan_lookalike(yaml->source, at.line), NULL);
    if (*context && from.line != at.line)
        diag_add(yaml->diag, DIAG_BEGINS_HERE, from, NULL);
}

/* A fault after which the rest of the file cannot be understood. */
static void
break_off(struct yaml *yaml)
{
    yaml->is_broken = true;
    yaml->is_at_hand = false;
}

static const char *
tag_of(const yaml_event_t *event)
{
    const yaml_char_t *tag = NULL;
    if (event->type == YAML_SCALAR_EVENT)
        tag = event->data.scalar.tag;
    else if (event->type == YAML_SEQUENCE_START_EVENT)
        tag = event->data.sequence_start.tag;
    else if (event->type == YAML_MAPPING_START_EVENT)
        tag = event->data.mapping_start.tag;
    return (const char *)tag;
}

/* Reports a tag as it is mostly written: !!float. */
static void
report_tag(struct yaml *yaml, const char *tag, struct place place)
{
    static const char standard[] = "tag:yaml.org,2002:";
    size_t length = strlen(standard);
    bool is_standard = strncmp(tag, standard, length) == 0;
    if (is_standard)
        tag = arena_format(yaml->arena, "!!%s", tag + length);
    diag_add(yaml->diag, DIAG_TAG, place, tag, NULL);
}

/* Reports what of an event headroom does not take. */
static void
check_event(struct yaml *yaml)
{
    const yaml_event_t *event = &yaml->event;
    struct place place = place_of(yaml, event);
    const char *tag = tag_of(event);
    if (tag)
        report_tag(yaml, tag, place);
    if (event->type == YAML_ALIAS_EVENT)
        diag_add(yaml->diag, DIAG_ALIAS, place,
                 (const char *)event->data.alias.anchor, NULL);
    if (event->type == YAML_SEQUENCE_START_EVENT ||
        event->type == YAML_MAPPING_START_EVENT) {
        if (++yaml->depth > YAML_DEPTH) {
            diag_add(yaml->diag, DIAG_TOO_DEEP, place, NULL);
            break_off(yaml);
        }
    } else if (event->type == YAML_SEQUENCE_END_EVENT ||
               event->type == YAML_MAPPING_END_EVENT) {
        yaml->depth--;
    }
}

/* The event at hand, or NULL where the file is broken. */
static const yaml_event_t *
peek(struct yaml *yaml)
{
    if (yaml->is_broken)
        return NULL;
    if (yaml->is_at_hand)
        return &yaml->event;
    if (yaml->has_event)
        yaml_event_delete(&yaml->event);
    yaml->has_event = yaml_parser_parse(&yaml->parser, &yaml->event) == 1;
    yaml->is_at_hand = yaml->has_event;
    if (yaml->has_event) {
        check_event(yaml);
    } else {
        report_syntax(yaml);
        break_off(yaml);
    }
    return yaml->is_broken ? NULL : &yaml->event;
}

static void
take(struct yaml *yaml)
{
    yaml->is_at_hand = false;
}

struct yaml *
yaml_open(struct arena *arena, const struct source *source, struct diag *diag)
{
    struct yaml *yaml = arena_alloc(arena, sizeof *yaml);
    yaml->arena = arena;
    yaml->source = source;
    yaml->diag = diag;
    yaml->errors = diag_error_count(diag);
    yaml_parser_initialize(&yaml->parser);
    yaml_parser_set_encoding(&yaml->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(
        &yaml->parser, (const unsigned char *)source->bytes, source->size);
    if (!scan_characters(source, diag, &yaml->bidi)) {
        break_off(yaml);
        return yaml;
    }
    peek(yaml); /* the start of the stream */
    take(yaml);
    const yaml_event_t *event = peek(yaml);
    if (event && event->type == YAML_STREAM_END_EVENT) {
        diag_add(diag, DIAG_EMPTY_FILE, (struct place){source, 1, 1, 1}, NULL);
        break_off(yaml);
    }
    take(yaml); /* the start of the document */
    return yaml;
}

/* The root value has been read: nothing else may follow. */
static void
finish(struct yaml *yaml)
{
    peek(yaml); /* the end of the document */
    take(yaml);
    const yaml_event_t *event = peek(yaml);
    if (event && event->type != YAML_STREAM_END_EVENT) {
        diag_add(yaml->diag, DIAG_SECOND_DOCUMENT, place_of(yaml, event), NULL);
        break_off(yaml);
    }
    /* in a value it has been reported as one of the text's characters */
    if (!yaml->is_broken && yaml->bidi.line > 0 &&
        diag_error_count(yaml->diag) == yaml->errors)
        diag_add(yaml->diag, DIAG_BIDI, yaml->bidi, NULL);
}

bool
yaml_close(struct yaml *yaml)
{
    finish(yaml);
    if (yaml->has_event)
        yaml_event_delete(&yaml->event);
    yaml_parser_delete(&yaml->parser);
    return !yaml->is_broken;
}

bool
yaml_is_broken(const struct yaml *yaml)
{
    return yaml->is_broken;
}

enum yaml_kind
yaml_kind(struct yaml *yaml)
{
    const yaml_event_t *event = peek(yaml);
    if (event == NULL)
        return YAML_FAULT;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return YAML_SCALAR;
    case YAML_SEQUENCE_START_EVENT:
        return YAML_LIST;
    case YAML_MAPPING_START_EVENT:
        return YAML_MAPPING;
    default:
        return YAML_FAULT; /* an alias */
    }
}

struct place
yaml_place(struct yaml *yaml)
{
    const yaml_event_t *event = peek(yaml);
    return event ? place_of(yaml, event) : (struct place){0};
}

static bool
is_null(const yaml_event_t *event)
{
    static const char *const nulls[] = {"null", "Null", "NULL"};
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE || length > 4)
        return false;
    if (length < 2)
        return length == 0 || *text == '~';
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
        if (strcmp(text, nulls[i]) == 0)
            return true;
    return false;
}

void
yaml_take(struct yaml *yaml, struct yaml_scalar *scalar)
{
    const yaml_event_t *event = peek(yaml);
    *scalar = (struct yaml_scalar){(const char *)event->data.scalar.value,
                                   event->data.scalar.length, is_null(event),
                                   place_of(yaml, event)};
    take(yaml);
}

void
yaml_skip(struct yaml *yaml)
{
    unsigned outside = 0; /* lists and mappings entered here */
    const yaml_event_t *event;
    while ((event = peek(yaml))) {
        if (event->type == YAML_SEQUENCE_START_EVENT ||
            event->type == YAML_MAPPING_START_EVENT)
            outside++;
        else if (event->type == YAML_SEQUENCE_END_EVENT ||
                 event->type == YAML_MAPPING_END_EVENT)
            outside--;
        take(yaml);
        if (outside == 0)
            return;
    }
}

void
yaml_enter(struct yaml *yaml)
{
    peek(yaml);
    take(yaml);
}

bool
yaml_item(struct yaml *yaml)
{
    const yaml_event_t *event = peek(yaml);
    if (event == NULL)
        return false;
    if (event->type != YAML_SEQUENCE_END_EVENT)
        return true;
    take(yaml);
    return false;
}

/* Takes a key that may be none: a list, a mapping, an alias or "<<" are
   reported and their values skipped.  False where the mapping goes on. */
static bool
take_key(struct yaml *yaml, struct yaml_scalar *key)
{
    enum yaml_kind kind = yaml_kind(yaml);
    if (kind == YAML_SCALAR) {
        yaml_take(yaml, key);
        if (strcmp(key->text, "<<") != 0)
            return true;
        diag_add(yaml->diag, DIAG_MERGE_KEY, key->place, NULL);
    } else {
        if (kind != YAML_FAULT)
            diag_add(yaml->diag, DIAG_COMPLEX_KEY, yaml_place(yaml), NULL);
        yaml_skip(yaml);
    }
    yaml_skip(yaml); /* the value */
    return false;
}

bool
yaml_key(struct yaml *yaml, struct yaml_scalar *key)
{
    const yaml_event_t *event;
    while ((event = peek(yaml))) {
        if (event->type == YAML_MAPPING_END_EVENT) {
            take(yaml);
            return false;
        }
        if (take_key(yaml, key))
            return true;
    }
    return false;
}
