/*
 * Messages: gathered with their places, listed in reading order, printed with
 * the source line and a caret.  Room: base.  The texts are in diag_table.h;
 * when to say them is the other rooms' business.
 */
#include "base/diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define MOST_PRINTED 20    /* errors, and warnings */
#define MOST_KEPT 1000     /* errors; further ones are only counted */
#define ERROR_ROOM 6400    /* [bytes] printed of errors */
#define ALL_ROOM 7600      /* [bytes] printed of all */
#define ENTRY_ROOM 6000    /* [bytes] of one message: a long path fits */
#define LONGEST_PART 100   /* [characters] of a text filled in */
#define EXCERPT_COLUMNS 76 /* of a source line */
#define EXCERPT_BEFORE 40  /* columns shown before the caret */

static const struct {
    enum diag_level level;
    const char *text;
} table[DIAG_CODES] = {
#define DIAG(code, level, text) [code] = {level, text},
#include "base/diag_table.h"
#undef DIAG
};

/* A message as kept, with what it is sorted by; a note has its message's. */
struct kept {
    struct diag_entry entry;
    unsigned seq; /* the order of arrival */
    struct place of;
    bool is_form;   /* of the file's form: characters, YAML, keys */
    unsigned group; /* within its file */
};

struct diag {
    struct arena *arena;
    struct kept *kept;
    size_t count, room;
    size_t errors, errors_kept;
    bool last_was_dropped;
    struct place last_place;
    bool last_is_form;
    bool *is_faulty; /* by a source's order: it is no YAML that is taken */
    size_t sources;  /* room of is_faulty */
    const char *about; /* of the warnings to come */
};

/* A text under construction in a fixed room; what does not fit is dropped at
   a whole piece. */
struct sheet {
    char *bytes;
    size_t used, room;
    bool is_full;
};

static void
put_bytes(struct sheet *sheet, const char *bytes, size_t length)
{
    if (sheet->is_full || sheet->room - sheet->used <= length) {
        sheet->is_full = true;
        return;
    }
    memcpy(sheet->bytes + sheet->used, bytes, length);
    sheet->used += length;
    sheet->bytes[sheet->used] = '\0';
}

static void
put(struct sheet *sheet, const char *text)
{
    put_bytes(sheet, text, strlen(text));
}

/* Puts the character at s, when there is a sheet, so that it can be seen and
   does no harm.  Returns its bytes; *width is what it takes on a terminal. */
static unsigned
put_visible(struct sheet *sheet, const char *s, const char *end,
            unsigned *width)
{
    uint32_t code;
    char shown[16];
    unsigned bytes = text_decode(s, end, &code);
    if (bytes > 0 && text_forbidden(code) == NULL) {
        if (sheet)
            put_bytes(sheet, s, bytes);
        *width = text_code_width(code);
        return bytes;
    }
    int length = bytes > 0
                     ? snprintf(shown, sizeof shown, "<U+%04X>", (unsigned)code)
                     : snprintf(shown, sizeof shown, "<0x%02X>",
                                (unsigned)(unsigned char)*s);
    if (sheet)
        put(sheet, shown);
    *width = (unsigned)length;
    return bytes > 0 ? bytes : 1;
}

/* Puts a text of the input, made visible and not too long. */
static void
put_part(struct sheet *sheet, const char *part)
{
    const char *end = part + strlen(part);
    unsigned width, characters = 0;
    while (part < end) {
        if (characters++ == LONGEST_PART) {
            put(sheet, "…");
            return;
        }
        part += put_visible(sheet, part, end, &width);
    }
}

static const char *
fill_in(struct arena *arena, const char *text, va_list parts)
{
    char bytes[2048];
    struct sheet sheet = {bytes, 0, sizeof bytes, false};
    const char *part = "";
    bytes[0] = '\0';
    for (const char *hole; (hole = strstr(text, "{}")); text = hole + 2) {
        put_bytes(&sheet, text, (size_t)(hole - text));
        if (part)
            part = va_arg(parts, const char *);
        if (part)
            put_part(&sheet, part);
    }
    put(&sheet, text);
    return arena_copy(arena, bytes, sheet.used);
}

struct diag *
diag_new(struct arena *arena)
{
    struct diag *diag = arena_alloc(arena, sizeof *diag);
    diag->arena = arena;
    return diag;
}

struct diag *
diag_copy(struct arena *arena, const struct diag *diag)
{
    struct diag *copy = arena_alloc(arena, sizeof *copy);
    *copy = *diag;
    copy->arena = arena;
    copy->room = diag->count;
    copy->kept = arena_array(arena, diag->count, struct kept);
    copy->is_faulty = arena_array(arena, diag->sources, bool);
    if (diag->count > 0)
        memcpy(copy->kept, diag->kept, diag->count * sizeof *diag->kept);
    if (diag->sources > 0)
        memcpy(copy->is_faulty, diag->is_faulty,
               diag->sources * sizeof *diag->is_faulty);
    return copy;
}

/* Remembers that a file is no YAML that headroom takes.  Errors of its values
   may then follow from that, and come after those of its form. */
static void
note_fault(struct diag *diag, const struct source *source)
{
    if (source->order >= diag->sources) {
        size_t room = (size_t)source->order * 2 + 16;
        bool *larger = arena_array(diag->arena, room, bool);
        if (diag->sources > 0)
            memcpy(larger, diag->is_faulty, diag->sources * sizeof *larger);
        diag->is_faulty = larger;
        diag->sources = room;
    }
    diag->is_faulty[source->order] = true;
}

void
diag_about(struct diag *diag, const char *link)
{
    diag->about = link;
}

/* Keeps what fills a warning's text. */
static void
keep_parts(struct diag *diag, struct diag_entry *entry, va_list parts)
{
    entry->about = diag->about;
    for (size_t i = 0; i < DIAG_PARTS; i++) {
        const char *part = va_arg(parts, const char *);
        if (part == NULL)
            return;
        entry->parts[i] = arena_copy(diag->arena, part, strlen(part));
    }
}

void
diag_add(struct diag *diag, enum diag_code code, struct place place, ...)
{
    enum diag_level level = table[code].level;
    bool is_note = level == DIAG_NOTE;
    if (level == DIAG_ERROR)
        diag->errors++;
    if (!is_note) {
        diag->last_was_dropped = level == DIAG_ERROR && diag_is_full(diag);
        diag->last_place = place;
        diag->last_is_form = code <= DIAG_FIRST_HERE;
        if (code >= DIAG_NOT_UTF8 && code < DIAG_UNKNOWN_KEY && place.source)
            note_fault(diag, place.source);
    }
    if (diag->last_was_dropped)
        return;
    if (level == DIAG_ERROR)
        diag->errors_kept++;
    diag->kept = arena_grow(diag->arena, diag->kept, diag->count, &diag->room,
                            sizeof *diag->kept);
    va_list parts;
    va_start(parts, place);
    diag->kept[diag->count] = (struct kept){
        {.code = code,
         .level = level,
         .place = place,
         .text = fill_in(diag->arena, table[code].text, parts)},
        (unsigned)diag->count,
        diag->last_place,
        diag->last_is_form,
        0
    };
    va_end(parts);
    if (level == DIAG_WARNING) {
        va_start(parts, place);
        keep_parts(diag, &diag->kept[diag->count].entry, parts);
        va_end(parts);
    }
    diag->count++;
}

bool
diag_has_errors(const struct diag *diag)
{
    return diag->errors > 0;
}

bool
diag_has(const struct diag *diag, enum diag_code code)
{
    for (size_t i = 0; i < diag->count; i++)
        if (diag->kept[i].entry.code == code)
            return true;
    return false;
}

size_t
diag_error_count(const struct diag *diag)
{
    return diag->errors;
}

bool
diag_is_full(const struct diag *diag)
{
    return diag->errors_kept >= MOST_KEPT;
}

static int
order(unsigned a, unsigned b)
{
    return (a > b) - (a < b);
}

/* By file, group and place; what belongs to one place, and notes, as they
   came. */
static int
compare_kept(const void *left, const void *right)
{
    const struct kept *a = *(const struct kept *const *)left;
    const struct kept *b = *(const struct kept *const *)right;
    /* the run as a whole comes first, as 0 */
    unsigned a_file = a->of.source ? a->of.source->order + 1 : 0;
    unsigned b_file = b->of.source ? b->of.source->order + 1 : 0;
    int by = order(a_file, b_file);
    if (by == 0)
        by = order(a->group, b->group);
    if (by == 0)
        by = order(a->of.line, b->of.line);
    if (by == 0)
        by = order(a->of.column, b->of.column);
    return by ? by : order(a->seq, b->seq);
}

/* The messages of a level, and with_notes what belongs to them, sorted. */
static size_t
sorted(const struct diag *diag, enum diag_level level, bool with_notes,
       const struct kept ***list)
{
    size_t count = 0;
    *list = arena_array(diag->arena, diag->count + 1, const struct kept *);
    bool belongs = false;
    for (size_t i = 0; i < diag->count; i++) {
        struct kept *kept = &diag->kept[i];
        enum diag_level own = kept->entry.level;
        const struct source *source = kept->of.source;
        kept->group = source && source->order < diag->sources &&
                      diag->is_faulty[source->order] && !kept->is_form;
        if (own != DIAG_NOTE)
            belongs = with_notes && own == level;
        if (own == level || (own == DIAG_NOTE && belongs))
            (*list)[count++] = kept;
    }
    qsort(*list, count, sizeof **list, compare_kept);
    return count;
}

size_t
diag_list(const struct diag *diag, enum diag_level level,
          const struct diag_entry **list)
{
    const struct kept **kept;
    size_t count = sorted(diag, level, false, &kept);
    struct diag_entry *entries =
        arena_array(diag->arena, count + 1, struct diag_entry);
    for (size_t i = 0; i < count; i++)
        entries[i] = kept[i]->entry;
    *list = entries;
    return count;
}

/* The excerpt's window into a line, with the marks under it. */
struct excerpt {
    struct sheet line, marks;
    unsigned columns;
};

/* Puts the characters of the window, and under each a blank (a tab under a
   tab), the caret or a tilde. */
static void
put_window(struct excerpt *excerpt, const char *s, const char *end,
           unsigned character, struct place place)
{
    unsigned last = place.column + (place.width > 0 ? place.width : 1);
    bool has_caret = false;
    while (s < end && excerpt->columns < EXCERPT_COLUMNS) {
        unsigned width = 1;
        bool is_tab = *s == '\t';
        bool is_marked = character >= place.column && character < last;
        if (is_tab) {
            put(&excerpt->line, "\t");
            s++;
        } else {
            s += put_visible(&excerpt->line, s, end, &width);
        }
        if (character < place.column && is_tab)
            put(&excerpt->marks, "\t");
        else
            for (unsigned i = 0; i < width && character < last; i++) {
                put(&excerpt->marks, !is_marked ? " " : has_caret ? "~" : "^");
                has_caret = has_caret || is_marked;
            }
        excerpt->columns += width;
        character++;
    }
    if (s < end)
        put(&excerpt->line, "…");
    if (!has_caret)
        put(&excerpt->marks, "^");
}

/* Where the window into a line begins, and the number of the character that
   stands there: at the front when the line fits or the caret is near it. */
static const char *
window_start(const char *line, const char *end, unsigned column,
             unsigned *character)
{
    const char *start = line, *s = line;
    size_t before = 0, all = 0; /* columns from start to the caret; of all */
    unsigned width;
    *character = 1;
    for (unsigned at = 1; s < end && (at < column || all <= EXCERPT_COLUMNS);
         at++) {
        s += put_visible(NULL, s, end, &width);
        all += width;
        before += at < column ? width : 0;
    }
    if (all <= EXCERPT_COLUMNS)
        return line;
    while (before > EXCERPT_BEFORE) {
        start += put_visible(NULL, start, end, &width);
        before -= width;
        ++*character;
    }
    return start;
}

static void
put_excerpt(struct sheet *sheet, struct place place)
{
    size_t length;
    const char *line = place.source && place.line > 0
                           ? source_line(place.source, place.line, &length)
                           : NULL;
    if (line == NULL)
        return;
    char shown[1024], marks[1024], number[32];
    struct excerpt excerpt = {
        {shown, 0, sizeof shown, false},
        {marks, 0, sizeof marks, false},
        0
    };
    shown[0] = marks[0] = '\0';
    unsigned character;
    const char *end = line + length;
    const char *s = window_start(line, end, place.column, &character);
    if (s > line) {
        put(&excerpt.line, "…");
        put(&excerpt.marks, " ");
    }
    put_window(&excerpt, s, end, character, place);
    snprintf(number, sizeof number, "%5u | ", place.line);
    put(sheet, number);
    put(sheet, shown);
    put(sheet, "\n");
    for (const char *c = number; *c; c++)
        put(sheet, *c == '|' ? "|" : " ");
    put(sheet, marks);
    put(sheet, "\n");
}

static void
put_path(struct sheet *sheet, const char *path)
{
    const char *end = path + strlen(path);
    unsigned width;
    while (path < end)
        path += put_visible(sheet, path, end, &width);
}

static void
put_entry(struct sheet *sheet, const struct diag_entry *entry,
          bool with_excerpt)
{
    static const char *const level[] = {"note", "warning", "error"};
    char where[48];
    put_path(sheet,
             entry->place.source ? entry->place.source->path : "headroom");
    if (entry->place.source && entry->place.line > 0) {
        snprintf(where, sizeof where, ":%u:%u", entry->place.line,
                 entry->place.column);
        put(sheet, where);
    }
    put(sheet, ": ");
    put(sheet, level[entry->level]);
    put(sheet, ": ");
    put(sheet, entry->text);
    put(sheet, "\n");
    if (with_excerpt && entry->level != DIAG_NOTE)
        put_excerpt(sheet, entry->place);
}

/* Prints the messages of a level until `room` bytes of all are used; returns
   the messages printed. */
static size_t
print_level(const struct diag *diag, enum diag_level level, FILE *stream,
            size_t *used, size_t room)
{
    const struct kept **list;
    size_t count = sorted(diag, level, true, &list), printed = 0;
    for (size_t i = 0; i < count; i++) {
        const struct diag_entry *entry = &list[i]->entry;
        char bytes[ENTRY_ROOM];
        struct sheet sheet = {bytes, 0, sizeof bytes, false};
        if (entry->level != DIAG_NOTE && printed == MOST_PRINTED)
            break;
        put_entry(&sheet, entry, true);
        if (sheet.is_full || *used + sheet.used > room) {
            sheet.used = 0;
            sheet.is_full = false;
            put_entry(&sheet, entry, false);
        }
        if (*used > 0 && *used + sheet.used > room) {
            if (entry->level == DIAG_NOTE)
                continue;
            break;
        }
        fwrite(bytes, 1, sheet.used, stream);
        *used += sheet.used;
        printed += entry->level != DIAG_NOTE;
    }
    return printed;
}

static void
print_rest(FILE *stream, size_t rest, const char *what)
{
    if (rest > 0)
        fprintf(stream, "headroom: %zu more %s%s\n", rest, what,
                rest == 1 ? "" : "s");
}

void
diag_print(const struct diag *diag, FILE *stream)
{
    size_t used = 0, warnings = 0;
    for (size_t i = 0; i < diag->count; i++)
        warnings += diag->kept[i].entry.level == DIAG_WARNING;
    size_t printed = print_level(diag, DIAG_ERROR, stream, &used, ERROR_ROOM);
    print_rest(stream, diag->errors - printed, "error");
    printed = print_level(diag, DIAG_WARNING, stream, &used, ALL_ROOM);
    print_rest(stream, warnings - printed, "warning");
}
