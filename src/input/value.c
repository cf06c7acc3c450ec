/*
 * Values by key: texts, numbers, days and choices, each refused with what was
 * expected and what was found.  Room: input.  Ranges and suffixes of numbers
 * are in number.c.
 */
#include "input/value.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/keys.h"
#include "input/yaml.h"

/* A kind of text: how it is described, and its most characters. */
struct text_kind {
    const char *expected, *expected_texts;
    size_t most;
};
static const struct text_kind text_kind = {
    "a text of 1 to 200 characters",
    "a text of 1 to 200 characters, or one per language", TEXT_MOST};
static const struct text_kind wording_kind = {
    "a text of 1 to 1000 characters",
    "a text of 1 to 1000 characters, or one per language", WORDING_MOST};

#define ID_MOST 64
#define LISTED 128 /* [bytes] of the choices of a key, in a message */

/* Reports the value at hand as of another type than expected, and skips it. */
static bool
refuse_type(struct reading *reading, const char *key, const char *expected)
{
    enum yaml_kind kind = yaml_kind(reading->yaml);
    struct yaml_scalar scalar;
    if (kind == YAML_SCALAR) {
        yaml_take(reading->yaml, &scalar);
        if (scalar.length == 0 || scalar.is_null)
            diag_add(reading->diag, DIAG_EMPTY_VALUE, scalar.place, key,
                     expected, NULL);
        else
            diag_add(reading->diag, DIAG_BAD_VALUE, scalar.place, key, expected,
                     keys_quoted(reading, scalar.text, scalar.length), "",
                     NULL);
        return false;
    }
    if (kind != YAML_FAULT)
        diag_add(reading->diag, DIAG_WRONG_TYPE, yaml_place(reading->yaml), key,
                 expected, kind == YAML_LIST ? "a list" : "a mapping", NULL);
    yaml_skip(reading->yaml);
    return false;
}

bool
value_enter_list(struct reading *reading, const char *key, const char *expected)
{
    if (yaml_kind(reading->yaml) != YAML_LIST)
        return refuse_type(reading, key, expected);
    yaml_enter(reading->yaml);
    return true;
}

bool
value_enter_mapping(struct reading *reading, const char *key,
                    const char *expected)
{
    if (yaml_kind(reading->yaml) != YAML_MAPPING)
        return refuse_type(reading, key, expected);
    yaml_enter(reading->yaml);
    return true;
}

bool
value_scalar(struct reading *reading, const char *key, const char *expected,
             struct yaml_scalar *scalar)
{
    if (yaml_kind(reading->yaml) != YAML_SCALAR)
        return refuse_type(reading, key, expected);
    yaml_take(reading->yaml, scalar);
    if (scalar->length > 0 && !scalar->is_null)
        return true;
    diag_add(reading->diag, DIAG_EMPTY_VALUE, scalar->place, key, expected,
             NULL);
    return false;
}

/* As value_scalar(), and says where. */
static bool
take(struct reading *reading, const char *key, const char *expected,
     struct yaml_scalar *scalar, struct place *place)
{
    if (place)
        *place = yaml_place(reading->yaml);
    return value_scalar(reading, key, expected, scalar);
}

static bool
refuse(struct reading *reading, const char *key, const char *expected,
       const struct yaml_scalar *scalar, const char *hint)
{
    diag_add(reading->diag, DIAG_BAD_VALUE, scalar->place, key, expected,
             keys_quoted(reading, scalar->text, scalar->length), hint, NULL);
    return false;
}

bool
value_number(struct reading *reading, const char *key, enum number number,
             struct decimal *value, struct place *place)
{
    struct yaml_scalar scalar;
    const char *expected = value_expected(number), *hint;
    if (!take(reading, key, expected, &scalar, place))
        return false;
    if (value_read_number(reading, scalar.text, scalar.length, number, value,
                          &hint))
        return true;
    return refuse(reading, key, expected, &scalar, hint);
}

bool
value_whole(struct reading *reading, const char *key, enum number number,
            unsigned *value, struct place *place)
{
    struct decimal decimal;
    if (!value_number(reading, key, number, &decimal, place))
        return false;
    *value = (unsigned)(decimal.units / whole_power10(DECIMAL_PLACES));
    return true;
}

/* Reports a character that no text may hold. */
static bool
refuse_character(struct reading *reading, const char *key,
                 const struct yaml_scalar *scalar, uint32_t code)
{
    char name[16];
    snprintf(name, sizeof name, "U+%04X", (unsigned)code);
    diag_add(reading->diag, DIAG_TEXT_CHARACTER, scalar->place, key,
             text_forbidden(code), name,
             keys_quoted(reading, scalar->text, scalar->length), NULL);
    return false;
}

/* Whether a text may stand: its characters, its length, something to see. */
static bool
check_text(struct reading *reading, const char *key,
           const struct yaml_scalar *scalar, size_t text_most)
{
    const char *s = scalar->text, *end = s + scalar->length;
    size_t characters = 0;
    bool is_visible = false;
    while (s < end) {
        uint32_t code = 0;
        s += text_decode(s, end, &code); /* valid, or it were not read */
        if (text_forbidden(code))
            return refuse_character(reading, key, scalar, code);
        is_visible = is_visible || text_is_visible(code);
        characters++;
    }
    if (characters > text_most) {
        char most[32], found[32];
        snprintf(most, sizeof most, "%zu", text_most);
        snprintf(found, sizeof found, "%zu", characters);
        diag_add(reading->diag, DIAG_TEXT_LENGTH, scalar->place, key, most,
                 found, NULL);
        return false;
    }
    if (!is_visible)
        diag_add(reading->diag, DIAG_TEXT_BLANK, scalar->place, key,
                 keys_quoted(reading, scalar->text, scalar->length), NULL);
    return is_visible;
}

static bool
read_text(struct reading *reading, const char *key,
          const struct text_kind *kind, const char *expected, const char **text,
          struct place *place)
{
    struct yaml_scalar scalar;
    if (!take(reading, key, expected, &scalar, place) ||
        !check_text(reading, key, &scalar, kind->most))
        return false;
    *text = arena_copy(reading->arena, scalar.text, scalar.length);
    return true;
}

bool
value_text(struct reading *reading, const char *key, const char **text,
           struct place *place)
{
    return read_text(reading, key, &text_kind, text_kind.expected, text, place);
}

static bool
read_texts(struct reading *reading, const char *key,
           const struct text_kind *kind, struct text *text)
{
    static const char *const names[] = {"zh", "en"};
    struct place seen[2] = {{0}};
    if (yaml_kind(reading->yaml) != YAML_MAPPING)
        return read_text(reading, key, kind, kind->expected_texts, &text->one,
                         NULL);
    struct keys keys = {key, names, 2};
    struct place place = yaml_place(reading->yaml);
    bool is_sound = true;
    yaml_enter(reading->yaml);
    for (int i; (i = keys_next(reading, &keys, seen)) >= 0;)
        is_sound &= read_text(reading, names[i], kind, kind->expected,
                              i == 0 ? &text->zh : &text->en, NULL);
    if (seen[0].line == 0 && seen[1].line == 0) {
        if (!yaml_is_broken(reading->yaml))
            diag_add(reading->diag, DIAG_EMPTY_VALUE, place, key,
                     kind->expected_texts, NULL);
        return false;
    }
    return is_sound;
}

bool
value_texts(struct reading *reading, const char *key, struct text *text)
{
    return read_texts(reading, key, &text_kind, text);
}

bool
value_wording(struct reading *reading, const char *key, struct text *text)
{
    return read_texts(reading, key, &wording_kind, text);
}

bool
value_day(struct reading *reading, const char *key, struct day *day,
          struct place *place)
{
    static const char expected[] = "a day that exists, such as 2026-11-04";
    struct yaml_scalar scalar;
    if (!take(reading, key, expected, &scalar, place))
        return false;
    if (day_read(scalar.text, scalar.length, day))
        return true;
    return refuse(reading, key, expected, &scalar, "");
}

bool
value_moment(struct reading *reading, const char *key, struct moment *moment)
{
    static const char expected[] =
        "a day or a time with its zone, such as 2026-11-11T00:00:00+08:00";
    struct yaml_scalar scalar;
    if (!take(reading, key, expected, &scalar, NULL))
        return false;
    if (moment_read(reading->arena, scalar.text, scalar.length, moment))
        return true;
    return refuse(reading, key, expected, &scalar, "");
}

/* Writes "P0, P1 or P2". */
static void
list_choices(char list[LISTED], const char *const *choices, size_t count)
{
    char *at = list;
    for (size_t i = 0; i < count; i++) {
        const char *before = i == 0 ? "" : i + 1 < count ? ", " : " or ";
        assert(strlen(before) + strlen(choices[i]) <
               (size_t)(list + LISTED - at));
        at = stpcpy(stpcpy(at, before), choices[i]);
    }
}

int
value_choice(struct reading *reading, const char *key,
             const char *const *choices, size_t count)
{
    struct yaml_scalar scalar;
    char expected[LISTED] = "";
    list_choices(expected, choices, count);
    if (!take(reading, key, expected, &scalar, NULL))
        return -1;
    for (size_t i = 0; i < count; i++)
        if (strlen(choices[i]) == scalar.length &&
            strcmp(choices[i], scalar.text) == 0)
            return (int)i;
    refuse(reading, key, expected, &scalar, "");
    return -1;
}

static bool
is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
}

bool
value_id(struct reading *reading, const char *key, const char **id,
         struct place *place)
{
    static const char expected[] =
        "1 to 64 letters, digits, \".\", \"_\" or \"-\", first and last a "
        "letter or digit";
    struct yaml_scalar scalar;
    if (!take(reading, key, expected, &scalar, place))
        return false;
    bool is_sound = scalar.length <= ID_MOST &&
                    is_alphanumeric(scalar.text[0]) &&
                    is_alphanumeric(scalar.text[scalar.length - 1]);
    for (size_t i = 0; is_sound && i < scalar.length; i++)
        is_sound = is_alphanumeric(scalar.text[i]) ||
                   (scalar.text[i] != '\0' && strchr("._-", scalar.text[i]));
    if (!is_sound)
        return refuse(reading, key, expected, &scalar, "");
    *id = arena_copy(reading->arena, scalar.text, scalar.length);
    return true;
}
