/*
 * Known and unknown keys.  Room: input.  What a key's value is, the readers
 * say.
 */
#include "input/keys.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "input/yaml.h"

#define QUOTED 480   /* [bytes] a message shows at most 100 characters */
#define MOST_NAMED 3 /* odd characters named in a message */

const char *
keys_quoted(struct reading *reading, const char *text, size_t length)
{
    char shown[QUOTED + 16];
    size_t used = 0;
    if (diag_is_full(reading->diag))
        return "";
    shown[used++] = '"';
    for (size_t i = 0; i < length && used < QUOTED; i++) {
        if (text[i] != '\0')
            shown[used++] = text[i];
        else
            used += (size_t)snprintf(shown + used, 10, "<U+0000>");
    }
    shown[used++] = '"';
    return arena_copy(reading->arena, shown, used);
}

const char *
keys_odd_characters(struct reading *reading, const char *text)
{
    const char *end = text + strlen(text), *found = "";
    uint32_t code;
    unsigned named = 0;
    for (unsigned bytes; (bytes = text_decode(text, end, &code)) > 0;
         text += bytes)
        if (code > 0x7E && named++ < MOST_NAMED)
            found =
                arena_format(reading->arena, "%s%sU+%04X", found,
                             named == 1 ? "; it holds " : " ", (unsigned)code);
    return found;
}

/* What an unknown key of digits alone may come from, as in {qps: 12,000}. */
static const char *
comma_hint(const struct yaml_scalar *key)
{
    return key->length > 0 && strspn(key->text, "0123456789") == key->length
               ? "; was a comma in a number meant? write digits without "
                 "separators"
               : "";
}

/* Names the nearest known key; one that was probably meant is marked. */
static const char *
known_hint(struct reading *reading, const struct keys *keys,
           const struct yaml_scalar *key, struct place *seen)
{
    const char *near = text_nearest(key->text, keys->names, keys->count);
    const char *hint = comma_hint(key);
    if (*hint)
        return hint;
    for (size_t i = 0; near && i < keys->count; i++)
        if (keys->names[i] == near)
            seen[i].column = key->place.column;
    if (near)
        return arena_format(reading->arena, "; did you mean %s?", near);
    near = text_least_far(key->text, keys->names, keys->count);
    return near ? arena_format(reading->arena, "; the nearest known one is %s",
                               near)
                : "";
}

static void
report_unknown(struct reading *reading, const struct keys *keys,
               const struct yaml_scalar *key, struct place *seen)
{
    if (diag_is_full(reading->diag)) {
        diag_add(reading->diag, DIAG_UNKNOWN_KEY, key->place, NULL);
        return;
    }
    diag_add(reading->diag, DIAG_UNKNOWN_KEY, key->place,
             keys_quoted(reading, key->text, key->length), keys->of,
             keys_odd_characters(reading, key->text),
             known_hint(reading, keys, key, seen), NULL);
}

void
keys_report_twice(struct reading *reading, const char *what, struct place first,
                  struct place second)
{
    diag_add(reading->diag, DIAG_KEY_TWICE, second, what, NULL);
    diag_add(reading->diag, DIAG_FIRST_HERE, first, NULL);
}

/* The index of a key, or -1.  A NUL in it makes it another key. */
static int
find(const struct keys *keys, const struct yaml_scalar *key)
{
    for (size_t i = 0; i < keys->count; i++)
        if (keys->names[i][0] == key->text[0] &&
            strcmp(keys->names[i], key->text) == 0 &&
            strlen(keys->names[i]) == key->length)
            return (int)i;
    return -1;
}

int
keys_next(struct reading *reading, const struct keys *keys, struct place *seen)
{
    struct yaml_scalar key;
    while (yaml_key(reading->yaml, &key)) {
        int index = find(keys, &key);
        if (index >= 0 && seen[index].line == 0) {
            seen[index] = key.place;
            return index;
        }
        if (index < 0)
            report_unknown(reading, keys, &key, seen);
        else
            keys_report_twice(reading, keys->names[index], seen[index],
                              key.place);
        yaml_skip(reading->yaml);
    }
    return -1;
}

bool
keys_is_missing(const struct place *seen, int key)
{
    return seen[key].line == 0 && seen[key].column == 0;
}

void
keys_require(struct reading *reading, const struct keys *keys,
             const struct place *seen, int key, struct place place)
{
    if (keys_is_missing(seen, key) && !yaml_is_broken(reading->yaml))
        diag_add(reading->diag, DIAG_MISSING_KEY, place, keys->of,
                 keys->names[key], NULL);
}
