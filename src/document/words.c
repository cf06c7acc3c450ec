/*
 * Words: looks texts up in the template and fills in what {name} stands for.
 * Belongs to document/.  Which words there are: word_keys.c; what they say:
 * templates/.
 *
 * In Chinese a Latin word or a number that is filled in between Han characters
 * gets a blank on either side, so that the template need not know what will
 * stand there.
 */
#include "document/words.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/growing.h"
#include "model/season.h"

static const struct template_word *
find(const struct words *words, const char *key)
{
    const struct template_word *word = template_find_word(words->template, key);
    assert(word != NULL && word->variant_count > 0);
    return word;
}

/* --- filling ----------------------------------------------------------- */

static bool
is_han(uint32_t code)
{
    return (code >= 0x4E00 && code <= 0x9FFF) ||
           (code >= 0x3400 && code <= 0x4DBF) ||
           (code >= 0x20000 && code <= 0x3134F);
}

/* A letter or digit of the Latin side, for which Han keeps its distance. */
static bool
is_latin(uint32_t code)
{
    return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') ||
           (code >= 'A' && code <= 'Z') || code == '%' || code == '*' ||
           (code >= 0xC0 && code <= 0x24F);
}

static uint32_t
first_code(const char *s)
{
    uint32_t code = 0;
    text_decode(s, s + strlen(s), &code);
    return code;
}

static uint32_t
last_code(const char *s, size_t length)
{
    uint32_t code = 0;
    size_t at = length;
    if (length == 0)
        return 0;
    do
        at--;
    while (at > 0 && ((unsigned char)s[at] & 0xC0) == 0x80);
    text_decode(s + at, s + length, &code);
    return code;
}

static bool
needs_blank(uint32_t left, uint32_t right)
{
    return (is_han(left) && is_latin(right)) ||
           (is_latin(left) && is_han(right));
}

/* Adds a piece at the edge of what was filled in. */
static void
add_at_edge(struct growing *build, const char *piece, size_t length)
{
    if (length > 0 &&
        needs_blank(last_code(build->text, build->length), first_code(piece)))
        growing_add(build, " ", 1);
    growing_add(build, piece, length);
}

static const char *
fill_for(const struct words *words, const struct fill *fills, const char *name,
         size_t length, enum language language)
{
    for (; fills && fills->name; fills++) {
        if (strlen(fills->name) == length &&
            strncmp(fills->name, name, length) == 0) {
            const char *text = text_in(fills->text, language);
            return text ? text : "";
        }
    }
    if (length == 4 && strncmp(name, "unit", 4) == 0)
        return words->unit;
    return NULL;
}

static const char *
filled(const struct words *words, const char *pattern, const struct fill *fills,
       enum language language)
{
    struct growing build = {.arena = words->arena};
    bool edge = false; /* the last piece was filled in */
    while (*pattern) {
        const char *close = pattern[0] == '{' ? strchr(pattern, '}') : NULL;
        const char *text =
            close ? fill_for(words, fills, pattern + 1,
                             (size_t)(close - pattern - 1), language)
                  : NULL;
        bool is_fill = text != NULL;
        size_t length;
        if (is_fill) {
            length = strlen(text);
            pattern = close + 1;
        } else {
            text = pattern;
            length = 1 + strcspn(pattern + 1, "{");
            pattern += length;
        }
        if (length == 0)
            continue;
        if (language == LANGUAGE_ZH && (is_fill || edge))
            add_at_edge(&build, text, length);
        else
            growing_add(&build, text, length);
        edge = is_fill;
    }
    return growing_text(&build);
}

/* --- looking up -------------------------------------------------------- */

static enum language
lead_language(const struct words *words)
{
    return words->lang == LANG_EN ? LANGUAGE_EN : LANGUAGE_ZH;
}

size_t
words_variants(const struct words *words, const char *key)
{
    return find(words, key)->variant_count;
}

struct text
words_variant(const struct words *words, const char *key, size_t variant,
              const struct fill *fills)
{
    const struct template_word *word = find(words, key);
    if (variant >= word->variant_count)
        variant = word->variant_count - 1;
    struct text pattern = word->variants[variant];
    return (struct text){
        .zh = filled(words, text_in(pattern, LANGUAGE_ZH), fills, LANGUAGE_ZH),
        .en = filled(words, text_in(pattern, LANGUAGE_EN), fills, LANGUAGE_EN),
    };
}

struct text
words_both(const struct words *words, const char *key, const struct fill *fills)
{
    return words_variant(words, key, 0, fills);
}

const char *
words_in(const struct words *words, const char *key, enum language language,
         const struct fill *fills)
{
    return text_in(words_both(words, key, fills), language);
}

struct phrase
words_text(const struct words *words, struct text text)
{
    struct phrase phrase = {text_in(text, lead_language(words)), NULL};
    if (words->lang == LANG_BOTH && phrase.lead) {
        const char *second = text_in(text, LANGUAGE_EN);
        if (strcmp(second, phrase.lead) != 0)
            phrase.second = second;
    }
    return phrase;
}

struct phrase
words_fill(const struct words *words, const char *key, const struct fill *fills)
{
    return words_text(words, words_both(words, key, fills));
}

struct phrase
words_phrase(const struct words *words, const char *key)
{
    return words_fill(words, key, NULL);
}

struct wording
words_wording(const struct words *words, const char *key,
              const struct fill *fills)
{
    size_t count = words_variants(words, key);
    struct phrase *variants = arena_array(words->arena, count, struct phrase);
    for (size_t i = 0; i < count; i++)
        variants[i] = words_text(words, words_variant(words, key, i, fills));
    return (struct wording){variants, count};
}

/* --- composing --------------------------------------------------------- */

struct text
words_list(const struct words *words, const struct text *items, size_t count)
{
    if (count == 0)
        return (struct text){.one = ""};
    struct text list = items[0];
    for (size_t i = 1; i < count; i++) {
        struct fill fills[] = {
            {"list",    list},
            {"item",         items[i]},
            {0}
        };
        list =
            words_both(words, i + 1 < count ? "list.more" : "list.last", fills);
    }
    return list;
}

struct text
words_count(const struct words *words, const char *key, unsigned long number)
{
    const char *full =
        arena_format(words->arena, "%s.%s", key, number == 1 ? "one" : "many");
    struct text n = {.one = number_whole(words->arena, (whole)number)};
    struct fill fills[] = {
        {"n", n},
        {0  }
    };
    return words_both(words, full, fills);
}

#define FILLS_MEASURE 7 /* place of {measure} among those of a value */

static struct phrase
limits_phrase(const struct words *words, whole bits)
{
    static const char *const key[LIMITS] = {
        "limit.p50_ms",     "limit.p95_ms", "limit.p99_ms",  "limit.p999_ms",
        "limit.error_rate", "limit.cpu",    "limit.offered",
    };
    struct text items[LIMITS];
    size_t count = 0;
    for (unsigned i = 0; i < LIMITS; i++)
        if (bits >> i & 1)
            items[count++] = words_both(words, key[i], NULL);
    return words_text(words, words_list(words, items, count));
}

/* The mark before each language. */
static struct phrase
marked(const struct words *words, const char *mark, struct phrase phrase)
{
    if (mark == NULL || mark[0] == '\0')
        return phrase;
    phrase.lead = arena_format(words->arena, "%s%s", mark, phrase.lead);
    return phrase;
}

struct text
words_day(const struct words *words, struct day day, struct day reference)
{
    int year, other, month, date;
    day_parts(day, &year, &month, &date);
    day_parts(reference, &other, &month, &date);
    if (!reference.given || year != other)
        return (struct text){.one = day_text(words->arena, day)};
    day_parts(day, &year, &month, &date);
    const char *key = arena_format(words->arena, "month.%d", month);
    struct fill fills[] = {
        {"d",     {.one = arena_format(words->arena, "%d", date)}  },
        {"dd",    {.one = arena_format(words->arena, "%02d", date)}},
        {"mm",    {.one = arena_format(words->arena, "%02d", month)}},
        {"month", words_both(words, key, NULL)                       },
        {0     }
    };
    return words_both(words, "day.short", fills);
}

static struct phrase
filled_phrase(const struct words *words, const struct value *value)
{
    struct fill fills[] = {
        {"n",     {.one = number_whole(words->arena, value->number)}    },
        {"share", {.one = number_percent(words->arena, value->number)}  },
        {"gain",  {.one = number_percent(words->arena, value->gain_milli)}},
        {"rate",  {.one = number_decimal(words->arena, value->decimal)} },
        {"ratio", {.one = number_ratio(words->arena, value->decimal)}   },
        {"quota", words_count(words, "instances", value->quota)         },
        {"added", {.one = number_whole(words->arena, value->added)}     },
        {"measure", {.one = ""}},
        {0}
    };
    struct text said = words_both(words, value->text.one, fills);
    if (value->around == NULL)
        return words_text(words, said);
    fills[FILLS_MEASURE].text = said;
    return words_fill(words, value->around, fills);
}

struct phrase
words_value(const struct words *words, const struct value *value)
{
    switch (value->kind) {
    case VALUE_WORD:
    case VALUE_UNPROVEN:
        return marked(words, value->mark,
                      words_phrase(words, value->text.one));
    case VALUE_TEXT:
        return words_text(words, value->text);
    case VALUE_LIMITS:
        return limits_phrase(words, value->number);
    case VALUE_FILLED:
        return filled_phrase(words, value);
    case VALUE_NONE:
    case VALUE_WHOLE:
    case VALUE_DECIMAL:
    case VALUE_PERCENT:
    case VALUE_RATIO:
    case VALUE_COST:
    case VALUE_DAY:
        break;
    }
    return (struct phrase){number_print(words->arena, value), NULL};
}
