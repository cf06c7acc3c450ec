/*
 * JSON with places.  Room: results.  jansson says whether the text is sound:
 * its tree has no places and no decimals, so a second walk over the sound text
 * makes ours.
 */
#include "results/json_tree.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"

#define BLANKS " \t\r\n"
#define PUNCTUATION "{}[]:,"

/* --- what is wrong with a text ------------------------------------------ */

static bool
is_in(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* The token that begins at s: a string, a mark, or all up to the next. */
static size_t
token_length(const char *s, const char *end)
{
    size_t length = 1;
    if (is_in(*s, PUNCTUATION))
        return 1;
    bool is_string = *s == '"';
    for (; s + length < end; length++) {
        char c = s[length];
        if (is_string && c == '\\' && s + length + 1 < end)
            length++;
        else if (is_string && c == '"')
            return length + 1;
        else if (is_string ? c == '\n' : is_in(c, BLANKS PUNCTUATION "\""))
            break;
    }
    return length;
}

/* The token that holds the byte before offset, where jansson stopped. */
static struct span
token_before(const struct source *source, size_t offset)
{
    const char *s = source->bytes, *end = s + source->size;
    struct span token = {s, 0};
    while (s < end) {
        if (is_in(*s, BLANKS)) {
            s++;
            continue;
        }
        size_t length = token_length(s, end);
        if ((size_t)(s - source->bytes) >= offset)
            break;
        token = (struct span){s, length};
        s += length;
    }
    return token;
}

static void
report(const struct parse *parse, const json_error_t *error)
{
    size_t offset = error->position > 0 ? (size_t)error->position : 0;
    struct span token = token_before(parse->source, offset);
    struct place place = parse_place(parse, token);
    /* jansson names the token again: the excerpt shows it */
    const char *near = strstr(error->text, " near ");
    const char *why = near == NULL ? error->text
                                   : arena_copy(parse->arena, error->text,
                                                (size_t)(near - error->text));
    diag_add(parse->diag, DIAG_RESULTS_FORM, place, "valid JSON", why, NULL);
}

/* --- the tree ----------------------------------------------------------- */

struct walk {
    struct arena *arena;
    const char *at, *end;
};

static char
peek(struct walk *walk)
{
    while (walk->at < walk->end && is_in(*walk->at, BLANKS))
        walk->at++;
    return walk->at < walk->end ? *walk->at : '\0';
}

static struct span
take_token(struct walk *walk)
{
    struct span token = {walk->at, token_length(walk->at, walk->end)};
    walk->at += token.length;
    return token;
}

static unsigned
hex(const char *digits)
{
    unsigned code = 0;
    for (int i = 0; i < 4; i++) {
        char c = digits[i];
        unsigned digit =
            c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a' + 10);
        code = code << 4 | digit;
    }
    return code;
}

static char *
put_utf8(char *to, unsigned code)
{
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    unsigned more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    *to++ = (char)(lead[more] | code >> 6 * more);
    while (more-- > 0)
        *to++ = (char)(0x80 | (code >> 6 * more & 0x3F));
    return to;
}

/* Decodes a sound string with its quotes. */
static const char *
decode(struct arena *arena, struct span string)
{
    static const char escapes[] = "b\bf\fn\nr\rt\t";
    const char *s = string.at + 1, *end = string.at + string.length - 1;
    char *text = arena_alloc(arena, string.length), *to = text;
    while (s < end) {
        if (*s != '\\') {
            *to++ = *s++;
            continue;
        }
        const char *escape = memchr(escapes, s[1], sizeof escapes - 1);
        if (s[1] == 'u') {
            unsigned code = hex(s + 2);
            s += 6;
            if (code >= 0xD800 && code < 0xDC00 && end - s >= 6) {
                code = 0x10000 + ((code & 0x3FF) << 10 | (hex(s + 2) & 0x3FF));
                s += 6;
            }
            to = put_utf8(to, code);
            continue;
        }
        *to++ = escape ? escape[1] : s[1];
        s += 2;
    }
    return text;
}

static enum json_kind
kind_of(char c)
{
    switch (c) {
    case '{':
        return JSON_MAP;
    case '[':
        return JSON_LIST;
    case '"':
        return JSON_TEXT;
    case 't':
    case 'f':
    case 'n':
        return JSON_WORD;
    default:
        return JSON_DIGITS;
    }
}

/* One value of a sound text; jansson allows no more than 2,048 levels. */
static struct json *
read_value(struct walk *walk)
{
    struct json *value = arena_alloc(walk->arena, sizeof *value);
    struct json **last = &value->first;
    value->kind = kind_of(peek(walk));
    value->span = take_token(walk);
    if (value->kind != JSON_MAP && value->kind != JSON_LIST)
        return value;
    char close = value->kind == JSON_MAP ? '}' : ']';
    while (peek(walk) != close) {
        const char *key = NULL;
        if (*walk->at == ',') {
            walk->at++;
            peek(walk);
        }
        if (value->kind == JSON_MAP) {
            key = decode(walk->arena, take_token(walk));
            peek(walk);
            walk->at++; /* the colon */
        }
        *last = read_value(walk);
        (*last)->key = key;
        last = &(*last)->next;
    }
    walk->at++;
    return value;
}

const struct json *
json_tree(const struct parse *parse)
{
    json_error_t error;
    const struct source *source = parse->source;
    json_t *sound =
        json_loadb(source->bytes, source->size, JSON_REJECT_DUPLICATES, &error);
    if (sound == NULL) {
        report(parse, &error);
        return NULL;
    }
    json_decref(sound);
    struct walk walk = {parse->arena, source->bytes,
                        source->bytes + source->size};
    return read_value(&walk);
}

/* --- members ------------------------------------------------------------ */

const struct json *
json_find(const struct json *map, const char *key)
{
    if (map == NULL || map->kind != JSON_MAP)
        return NULL;
    const struct json *member = map->first;
    while (member != NULL && strcmp(member->key, key) != 0)
        member = member->next;
    return member;
}

const char *
json_decoded(const struct parse *parse, const struct json *text)
{
    if (text == NULL || text->kind != JSON_TEXT)
        return NULL;
    return decode(parse->arena, text->span);
}

static bool
report_missing(const struct parse *parse, const struct json *map,
               const char *key)
{
    diag_add(parse->diag, DIAG_MISSING_KEY,
             parse_place(parse, map ? map->span : (struct span){NULL, 0}),
             map && map->key ? map->key : "the file", key, NULL);
    return false;
}

static const char *
kind_text(const struct json *value)
{
    return value->kind == JSON_MAP ? "a mapping" : "a list";
}

/* Says that a value is not what it must be. */
static bool
report_type(const struct parse *parse, const struct json *value,
            const char *name, const char *expected)
{
    if (value->kind == JSON_MAP || value->kind == JSON_LIST) {
        diag_add(parse->diag, DIAG_WRONG_TYPE, parse_place(parse, value->span),
                 name, expected, kind_text(value), NULL);
        return false;
    }
    return parse_unfit(parse, value->span, name, expected);
}

bool
json_is_map(const struct parse *parse, const struct json *member)
{
    return member->kind == JSON_MAP ||
           report_type(parse, member, member->key, "a mapping");
}

const struct json *
json_need_map(const struct parse *parse, const struct json *map,
              const char *key)
{
    const struct json *member = json_find(map, key);
    if (member == NULL)
        report_missing(parse, map, key);
    return member != NULL && json_is_map(parse, member) ? member : NULL;
}

bool
json_need_number(const struct parse *parse, const struct json *map,
                 const char *key, const char *name, struct span *number)
{
    const struct json *member = json_find(map, key);
    if (member == NULL)
        return report_missing(parse, map, key);
    if (member->kind != JSON_DIGITS)
        return report_type(parse, member, name, "a number");
    *number = member->span;
    return true;
}

bool
json_need_count(const struct parse *parse, const struct json *map,
                const char *key, uint64_t *count)
{
    struct span number;
    return json_need_number(parse, map, key, key, &number) &&
           parse_count(parse, number, key, count);
}

bool
json_count(const struct parse *parse, const struct json *map, const char *key,
           uint64_t *count)
{
    *count = 0;
    return json_find(map, key) == NULL ||
           json_need_count(parse, map, key, count);
}

/* Whether a member is missing or null. */
static bool
is_unknown(const struct json *map, const char *key)
{
    const struct json *member = json_find(map, key);
    return member == NULL || span_is(member->span, "null");
}

bool
json_percentile(struct parse *parse, const struct json *map, const char *key,
                struct summary *summary, enum percentile percentile, int shift)
{
    struct span number;
    if (is_unknown(map, key))
        return true;
    return json_need_number(parse, map, key, key, &number) &&
           parse_percentile(parse, summary, percentile, number, shift);
}

bool
json_most(const struct parse *parse, const struct json *map, const char *key,
          struct summary *summary, int shift)
{
    struct span number;
    if (is_unknown(map, key))
        return true;
    return json_need_number(parse, map, key, key, &number) &&
           parse_ms(parse, number, "the highest latency", shift,
                    &summary->max_ms);
}

/* --- the head of a file -------------------------------------------------- */

bool
json_head_has(const char *head, size_t size, unsigned level, const char *key)
{
    const char *s = head, *end = head + size;
    size_t length = strlen(key);
    unsigned depth = 0;
    while (s < end && is_in(*s, BLANKS))
        s++;
    if (s == end || *s != '{')
        return false;
    while (s < end) {
        if (is_in(*s, BLANKS)) {
            s++;
            continue;
        }
        size_t token = token_length(s, end);
        if (*s == '{' || *s == '[')
            depth++;
        else if ((*s == '}' || *s == ']') && --depth == 0)
            return false;
        struct walk after = {NULL, s + token, end};
        if (depth == level && token == length + 2 && *s == '"' &&
            memcmp(s + 1, key, length) == 0 && peek(&after) == ':')
            return true;
        s += token;
    }
    return false;
}
