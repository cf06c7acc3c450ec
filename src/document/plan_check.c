/*
 * Checks the names in a template before anything is made from it: a mistake
 * there gets the same excerpt as one in an input, and what comes after may
 * take every word, page, sheet and column for granted.  Belongs to document/.
 */
#include "document/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "document/sheet.h"

static const char *const page_names[] = {
    "conclusion", "gaps",  "unproven", "domains",
    "links",      "basis", "evidence", "evidence_all"};
/* These have no columns of links. */
static const char *const plain_pages[] = {"domains", "basis", "evidence",
                                          "evidence_all"};
/* As in render/look.c, which knows what they look like. */
static const char *const colour_names[] = {
    "ink",   "proven", "secondary", "baseline", "box",          "hairline",
    "stale", "bad",    "bad_tint",  "caution",  "caution_tint", "good",
};
static const char *const size_names[] = {
    "verdict", "message", "second", "counts", "section",
    "name",    "number",  "detail", "legend", "small",
};

/* ", did you mean ...?" or nothing. */
static const char *
hint(struct arena *arena, const char *word, const char *const *known,
     size_t count)
{
    const char *near = text_nearest(word, known, count);
    return near ? arena_format(arena, ": did you mean %s?", near) : "";
}

static bool
is_one_of(const char *word, const char *const *known, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, known[i]) == 0)
            return true;
    return false;
}

/* --- pages, sheets, columns -------------------------------------------- */

/* sheet is the name of a sheet, NULL for a page: a sheet of the workbook may
   have columns of its own. */
static bool
check_columns(struct arena *arena, const struct template_part *part,
              const char *sheet, struct diag *diag)
{
    bool sound = true;
    for (size_t i = 0; i < part->column_count; i++) {
        const struct template_name *column = &part->columns[i];
        if (sheet ? !sheet_has_column(sheet, column->name)
                  : column_find(column->name) == NULL) {
            const char **keys = arena_array(arena, column_count, const char *);
            for (size_t k = 0; k < column_count; k++)
                keys[k] = column_table[k].key;
            diag_add(diag, DIAG_COLUMN_UNKNOWN, column->place, column->name,
                     hint(arena, column->name, keys, column_count), NULL);
            sound = false;
        }
        for (size_t k = 0; k < i; k++)
            if (strcmp(part->columns[k].name, column->name) == 0) {
                diag_add(diag, DIAG_COLUMN_TWICE, column->place, column->name,
                         NULL);
                sound = false;
                break;
            }
    }
    return sound;
}

static bool
check_pages(struct arena *arena, const struct template *template,
            struct diag *diag)
{
    const size_t known = sizeof page_names / sizeof *page_names;
    bool sound = true;
    for (size_t i = 0; i < template->page_count; i++) {
        const struct template_part *part = &template->pages[i];
        const struct template_name *kind = &part->kind;
        if (!is_one_of(kind->name, page_names, known)) {
            diag_add(diag, DIAG_PAGE_UNKNOWN, kind->place, kind->name, NULL);
            sound = false;
        }
        for (size_t k = 0; k < i; k++)
            if (strcmp(template->pages[k].kind.name, kind->name) == 0) {
                diag_add(diag, DIAG_PAGE_TWICE, kind->place, kind->name, NULL);
                sound = false;
                break;
            }
        if (is_one_of(kind->name, plain_pages,
                      sizeof plain_pages / sizeof *plain_pages) &&
            part->column_count > 0) {
            diag_add(diag, DIAG_NO_COLUMNS, part->columns[0].place,
                     arena_format(arena, "the page %s", kind->name), NULL);
            sound = false;
        }
        sound = check_columns(arena, part, NULL, diag) && sound;
    }
    return sound;
}

static bool
check_sheets(struct arena *arena, const struct template *template,
             struct diag *diag)
{
    bool sound = true;
    for (size_t i = 0; i < template->sheet_count; i++) {
        const struct template_part *part = &template->sheets[i];
        if (!is_one_of(part->kind.name, sheet_kind_key, SHEET_KINDS)) {
            diag_add(diag, DIAG_SHEET_UNKNOWN, part->kind.place,
                     part->kind.name, NULL);
            sound = false;
        }
        sound = check_columns(arena, part, part->kind.name, diag) && sound;
    }
    return sound;
}

/* --- looks ------------------------------------------------------------- */

static bool
check_look(struct arena *arena, const struct template *template,
           struct diag *diag)
{
    const size_t colours = sizeof colour_names / sizeof *colour_names;
    const size_t sizes = sizeof size_names / sizeof *size_names;
    bool sound = true;
    for (size_t i = 0; i < template->colour_count; i++) {
        const struct template_colour *colour = &template->colours[i];
        if (is_one_of(colour->key, colour_names, colours))
            continue;
        diag_add(diag, DIAG_COLOUR_UNKNOWN, colour->place, colour->key,
                 hint(arena, colour->key, colour_names, colours), NULL);
        sound = false;
    }
    for (size_t i = 0; i < template->size_count; i++) {
        const struct template_size *size = &template->sizes[i];
        if (is_one_of(size->key, size_names, sizes))
            continue;
        diag_add(diag, DIAG_SIZE_UNKNOWN, size->place, size->key,
                 hint(arena, size->key, size_names, sizes), NULL);
        sound = false;
    }
    return sound;
}

/* --- words ------------------------------------------------------------- */

/* Whether a name of length bytes stands in a list parted by blanks. */
static bool
is_listed(const char *list, const char *name, size_t length)
{
    while (list && *list) {
        size_t word = strcspn(list, " ");
        if (word == length && strncmp(list, name, length) == 0)
            return true;
        list += word + strspn(list + word, " ");
    }
    return false;
}

/* Every {name} in the text must be one that this word is given. */
static bool
check_text(struct arena *arena, const struct template_word *word,
           const struct word_key *key, const char *text, struct diag *diag)
{
    bool sound = true;
    const char *open = text;
    while (open != NULL && (open = strchr(open, '{')) != NULL) {
        size_t length = strcspn(open + 1, "{}");
        bool closed = open[1 + length] == '}';
        if (!closed || (!is_listed(key->fills, open + 1, length) &&
                        !is_listed("unit", open + 1, length))) {
            const char *found =
                arena_copy(arena, open, length + 1 + (closed ? 1 : 0));
            diag_add(diag, DIAG_WORD_FILL, word->place, found, word->key,
                     key->fills ? arena_format(arena, "%s unit", key->fills)
                                : "unit",
                     NULL);
            sound = false;
        }
        open += 1 + length;
    }
    return sound;
}

static bool
check_word(struct arena *arena, const struct template_word *word,
           const struct word_key *key, struct diag *diag)
{
    bool sound = true;
    for (size_t i = 0; i < word->variant_count; i++) {
        const struct text *text = &word->variants[i];
        const char *texts[] = {text->one, text->zh, text->en};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            sound = check_text(arena, word, key, texts[k], diag) && sound;
    }
    return sound;
}

static int
compare_key(const void *name, const void *key)
{
    return strcmp(name, ((const struct word_key *)key)->key);
}

bool
words_check(struct arena *arena, const struct template *template,
            struct diag *diag)
{
    bool sound = true;
    for (size_t i = 0; i < word_key_count; i++)
        if (template_find_word(template, word_keys[i].key) == NULL) {
            diag_add(diag, DIAG_WORD_MISSING, template->id.place,
                     word_keys[i].key, NULL);
            sound = false;
        }
    const char **known = arena_array(arena, word_key_count, const char *);
    for (size_t i = 0; i < word_key_count; i++)
        known[i] = word_keys[i].key;
    for (size_t i = 0; i < template->word_count; i++) {
        const struct template_word *word = &template->words[i];
        const struct word_key *key = bsearch(
            word->key, word_keys, word_key_count, sizeof *key, compare_key);
        if (key == NULL) {
            diag_add(diag, DIAG_WORD_UNKNOWN, word->place, word->key,
                     hint(arena, word->key, known, word_key_count), NULL);
            sound = false;
        } else {
            sound = check_word(arena, word, key, diag) && sound;
        }
    }
    return sound;
}

bool
plan_check(struct arena *arena, const struct template *template,
           struct diag *diag)
{
    bool sound = check_pages(arena, template, diag);
    sound = check_sheets(arena, template, diag) && sound;
    sound = check_look(arena, template, diag) && sound;
    return words_check(arena, template, diag) && sound;
}
