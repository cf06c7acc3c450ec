/*
 * Templates: pages, sheets, words, colours, sizes and what is the house's own,
 * with the files they include.  Room: input.  What the names mean (which
 * columns, words and pages there are) is document/'s business.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "input/input.h"
#include "input/keys.h"
#include "input/open.h"
#include "input/read_logo.h"
#include "input/value.h"
#include "input/yaml.h"
#include "model/template.h"

#define MOST_FILES 16
/* Files of templates stand behind those of any season. */
#define FIRST_ORDER (1u << 24)

enum key {
    TEMPLATE,
    INCLUDE,
    PAPER,
    LOGO,
    CLASSIFICATION,
    EXTRA_TEXT,
    PAGES,
    SHEETS,
    WORDS,
    COLOURS,
    SIZES,
    KEYS
};
static const char *const names[KEYS] = {
    "template", "include", "paper", "logo",    "classification", "extra_text",
    "pages",    "sheets",  "words", "colours", "sizes"};
static const struct keys keys = {"a template", names, KEYS};

/* A list of a template that included files add to: of the entries of one key
   the last counts.  Every kind of entry begins with its key. */
struct list {
    void *entries;
    size_t count, room;
};

struct making {
    struct reading reading;
    struct template *template;
    struct list words, colours, sizes;
    const struct source *files[MOST_FILES]; /* read, in the order met */
    size_t file_count;
    unsigned depth; /* 1 in the template itself, more in what it includes */
};

static void *
append(struct making *making, struct list *list, size_t size)
{
    list->entries = arena_grow(making->reading.arena, list->entries,
                               list->count, &list->room, size);
    return (char *)list->entries + size * list->count++;
}

/* A key that the template's author chose: copied from the scalar. */
static const char *
copy_key(struct making *making, const struct yaml_scalar *key)
{
    return arena_copy(making->reading.arena, key->text, key->length);
}

static void
read_word(struct making *making, const struct yaml_scalar *key)
{
    struct reading *reading = &making->reading;
    struct template_word word = {.key = copy_key(making, key),
                                 .place = key->place};
    size_t room = 0;
    bool is_list = yaml_kind(reading->yaml) == YAML_LIST;
    if (is_list)
        yaml_enter(reading->yaml);
    while (!is_list || yaml_item(reading->yaml)) {
        word.variants =
            arena_grow(reading->arena, word.variants, word.variant_count, &room,
                       sizeof *word.variants);
        value_wording(reading, word.key, &word.variants[word.variant_count++]);
        if (!is_list)
            break;
    }
    if (word.variant_count == 0 && !yaml_is_broken(reading->yaml))
        diag_add(reading->diag, DIAG_EMPTY_VALUE, key->place, word.key,
                 "a wording or a list of them, the longest first", NULL);
    *(struct template_word *)append(making, &making->words, sizeof word) = word;
}

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
read_colour(struct making *making, const struct yaml_scalar *key)
{
    static const char expected[] = "a colour such as \"#1A1A1A\"";
    struct reading *reading = &making->reading;
    struct template_colour colour = {.key = copy_key(making, key),
                                     .place = key->place};
    struct yaml_scalar value;
    if (!value_scalar(reading, colour.key, expected, &value))
        return;
    bool is_sound = value.length == 7 && *value.text == '#';
    for (size_t i = 1; is_sound && i < value.length; i++) {
        int digit = hex_digit(value.text[i]);
        is_sound = digit >= 0;
        colour.rgb = colour.rgb << 4 | (unsigned)(digit & 15);
    }
    if (!is_sound) {
        diag_add(reading->diag, DIAG_BAD_VALUE, value.place, colour.key,
                 expected, keys_quoted(reading, value.text, value.length), "",
                 NULL);
        return;
    }
    *(struct template_colour *)append(making, &making->colours, sizeof colour) =
        colour;
}

static void
read_size(struct making *making, const struct yaml_scalar *key)
{
    struct template_size size = {.key = copy_key(making, key),
                                 .place = key->place};
    if (value_number(&making->reading, size.key, NUMBER_SIZE, &size.value,
                     NULL))
        *(struct template_size *)append(making, &making->sizes, sizeof size) =
            size;
}

/* A mapping whose keys are the template's own. */
static void
read_entries(struct making *making, enum key key, const char *expected,
             void (*read_entry)(struct making *, const struct yaml_scalar *))
{
    struct yaml_scalar entry;
    if (!value_enter_mapping(&making->reading, names[key], expected))
        return;
    while (yaml_key(making->reading.yaml, &entry))
        read_entry(making, &entry);
}

static void
read_name(struct reading *reading, const char *key, struct template_name *name)
{
    value_text(reading, key, &name->name, &name->place);
}

static void
read_columns(struct reading *reading, struct template_part *part)
{
    size_t room = 0;
    if (!value_enter_list(reading, "columns", "a list of columns"))
        return;
    while (yaml_item(reading->yaml)) {
        part->columns =
            arena_grow(reading->arena, part->columns, part->column_count, &room,
                       sizeof *part->columns);
        read_name(reading, "a column", &part->columns[part->column_count++]);
    }
}

/* The pages, or the sheets; `one` is the key that names each. */
static void
read_parts(struct reading *reading, enum key key, const char *one,
           struct template_part **parts, size_t *count)
{
    const char *const part_names[] = {one, "columns"};
    const struct keys part_keys = {key == PAGES ? "a page" : "a sheet",
                                   part_names, 2};
    size_t room = 0;
    if (!value_enter_list(reading, names[key],
                          key == PAGES ? "a list of pages"
                                       : "a list of sheets"))
        return;
    *parts = NULL; /* those of included files do not count */
    *count = 0;
    while (yaml_item(reading->yaml)) {
        struct place seen[2] = {{0}}, place = yaml_place(reading->yaml);
        if (!value_enter_mapping(reading, part_keys.of,
                                 key == PAGES
                                     ? "a mapping such as {page: links}"
                                     : "a mapping such as {sheet: links}"))
            continue;
        *parts =
            arena_grow(reading->arena, *parts, *count, &room, sizeof **parts);
        struct template_part *part = &(*parts)[(*count)++];
        *part = (struct template_part){
            .kind = {"", place}
        };
        for (int i; (i = keys_next(reading, &part_keys, seen)) >= 0;) {
            if (i == 0)
                read_name(reading, one, &part->kind);
            else
                read_columns(reading, part);
        }
        keys_require(reading, &part_keys, seen, 0, place);
    }
}

static void
read_paper(struct reading *reading, struct template *template)
{
    static const char *const papers[] = {"a4", "letter"};
    struct place place = yaml_place(reading->yaml);
    int choice = value_choice(reading, names[PAPER], papers, 2);
    if (choice >= 0)
        template->paper = (struct template_name){papers[choice], place};
}

static void read_file(struct making *making, const char *path,
                      struct place from);

/* The path of a file that a template names, beside the template. */
static const char *
beside(struct arena *arena, const char *template, const char *file)
{
    const char *slash = strrchr(template, '/');
    if (*file == '/' || slash == NULL)
        return file;
    return arena_format(arena, "%.*s/%s", (int)(slash - template), template,
                        file);
}

/* Reads the included files; the including file is read on afterwards. */
static void
read_include(struct making *making, const char *path)
{
    struct reading *reading = &making->reading;
    bool is_list = yaml_kind(reading->yaml) == YAML_LIST;
    if (is_list)
        yaml_enter(reading->yaml);
    while (!is_list || yaml_item(reading->yaml)) {
        const char *file;
        struct place place;
        if (value_text(reading, names[INCLUDE], &file, &place)) {
            struct yaml *own = reading->yaml;
            read_file(making, beside(reading->arena, path, file), place);
            reading->yaml = own;
        }
        if (!is_list)
            break;
    }
}

/* Of a file beside the template that names it, which may be an included one. */
static void
read_the_logo(struct making *making, const char *path)
{
    struct reading *reading = &making->reading;
    const char *file;
    struct place place;
    if (value_text(reading, names[LOGO], &file, &place))
        making->template->logo =
            read_logo(reading, beside(reading->arena, path, file), place);
}

/* path is the file's that has the key. */
static void
read_key(struct making *making, enum key key, const char *path)
{
    struct reading *reading = &making->reading;
    struct template *template = making->template;
    const char *ignored;
    switch (key) {
    case TEMPLATE:
        value_id(reading, names[key],
                 making->depth == 1 ? &template->id.name : &ignored,
                 making->depth == 1 ? &template->id.place : NULL);
        break;
    case PAPER:
        read_paper(reading, template);
        break;
    case LOGO:
        read_the_logo(making, path);
        break;
    case CLASSIFICATION:
        template->classification = (struct text){0};
        value_texts(reading, names[key], &template->classification);
        break;
    case EXTRA_TEXT:
        template->extra_text = (struct text){0};
        value_wording(reading, names[key], &template->extra_text);
        break;
    case PAGES:
        read_parts(reading, key, "page", &template->pages,
                   &template->page_count);
        break;
    case SHEETS:
        read_parts(reading, key, "sheet", &template->sheets,
                   &template->sheet_count);
        break;
    case WORDS:
        read_entries(making, key, "a mapping of words", read_word);
        break;
    case COLOURS:
        read_entries(making, key, "a mapping of colours", read_colour);
        break;
    default:
        read_entries(making, key, "a mapping of sizes", read_size);
        break;
    }
}

/* Whether a file has been read, or is being read, by this run. */
static bool
was_read(const struct making *making, const struct source *source)
{
    for (size_t i = 0; i < making->file_count; i++)
        if (strcmp(making->files[i]->path, source->path) == 0)
            return true;
    return false;
}

/* Reads the keys of one file.  What it includes is read where `include` stands,
   so that must be before the entries that are to override it. */
static void
read_file(struct making *making, const char *path, struct place from)
{
    struct reading *reading = &making->reading;
    struct place seen[KEYS] = {{0}};
    const struct source *source = open_source(
        reading->arena, path, path, FIRST_ORDER + (unsigned)making->file_count,
        from, reading->diag);
    if (source == NULL)
        return;
    if (making->file_count == MOST_FILES || was_read(making, source)) {
        diag_add(reading->diag, DIAG_INCLUDE_AGAIN, from, path, NULL);
        return;
    }
    making->files[making->file_count++] = source;
    making->depth++;
    struct yaml *yaml = reading->yaml =
        yaml_open(reading->arena, source, reading->diag);
    bool is_mapping = value_enter_mapping(
        reading, "a template",
        "a mapping of keys such as template, pages or words");
    if (is_mapping)
        for (int i; (i = keys_next(reading, &keys, seen)) >= 0;) {
            if (i == INCLUDE)
                read_include(making, path);
            else
                read_key(making, (enum key)i, path);
        }
    for (int i = PAPER; i < KEYS; i++)
        if (seen[i].line > 0 && seen[INCLUDE].line > seen[i].line)
            diag_add(reading->diag, DIAG_INCLUDE_LATE, seen[INCLUDE], names[i],
                     NULL);
    if (from.line == 0 && is_mapping)
        keys_require(reading, &keys, seen, TEMPLATE,
                     (struct place){source, 1, 1, 1});
    yaml_close(yaml);
    making->depth--;
}

/* By key; of one array, so the address tells which came first. */
static int
compare_entries(const void *left, const void *right)
{
    const void *a = *(const void *const *)left;
    const void *b = *(const void *const *)right;
    int by = strcmp(*(const char *const *)a, *(const char *const *)b);
    return by ? by : (a > b) - (a < b);
}

static struct place
word_place(const void *entry)
{
    return ((const struct template_word *)entry)->place;
}

static struct place
colour_place(const void *entry)
{
    return ((const struct template_colour *)entry)->place;
}

static struct place
size_place(const void *entry)
{
    return ((const struct template_size *)entry)->place;
}

/* The entries that count, by key; those given twice in one file are reported.
   Returns their number. */
static size_t
settle(struct making *making, const struct list *list, size_t size,
       struct place (*place_of)(const void *), void **settled)
{
    struct reading *reading = &making->reading;
    const char **sorted =
        arena_array(reading->arena, list->count + 1, const char *);
    char *kept = arena_alloc(reading->arena, (list->count + 1) * size);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++)
        sorted[i] = (const char *)list->entries + i * size;
    qsort(sorted, list->count, sizeof *sorted, compare_entries);
    for (size_t i = 0; i < list->count; i++) {
        const char *key = *(const char *const *)(const void *)sorted[i];
        const char *next =
            i + 1 < list->count
                ? *(const char *const *)(const void *)sorted[i + 1]
                : NULL;
        if (next == NULL || strcmp(key, next) != 0)
            memcpy(kept + size * count++, sorted[i], size);
        else if (place_of(sorted[i]).source == place_of(sorted[i + 1]).source)
            keys_report_twice(reading, key, place_of(sorted[i]),
                              place_of(sorted[i + 1]));
    }
    *settled = kept;
    return count;
}

const struct template *
input_read_template(struct arena *arena, const char *path, struct diag *diag)
{
    struct template *template = arena_alloc(arena, sizeof *template);
    struct making making = {
        .reading = {arena, diag, NULL},
          .template = template
    };
    size_t errors = diag_error_count(diag);
    void *settled;
    template->paper.name = "a4";
    template->id.name = "";
    read_file(&making, path, (struct place){0});
    template->word_count =
        settle(&making, &making.words, sizeof(struct template_word), word_place,
               &settled);
    template->words = settled;
    template->colour_count =
        settle(&making, &making.colours, sizeof(struct template_colour),
               colour_place, &settled);
    template->colours = settled;
    template->size_count =
        settle(&making, &making.sizes, sizeof(struct template_size), size_place,
               &settled);
    template->sizes = settled;
    return diag_error_count(diag) == errors ? template : NULL;
}
