/*
 * Baselines of a spreadsheet.  Room: results.  Empty cells are keys that are
 * not given; numbers are checked here, at their cell, for the YAML would only
 * be refused later.
 */
#include "results/baselines.h"

#include <string.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "base/text.h"
#include "results/file.h"
#include "results/table.h"
#include "results/write.h"

enum cell { CELL_TEXT, CELL_NUMBER, CELL_DAY };

/* The keys of a baseline that a cell can hold. */
static const struct {
    const char *key;
    enum cell cell;
} keys[] = {
    {"link",               CELL_TEXT  },
    {"name",               CELL_TEXT  },
    {"domain",             CELL_TEXT  },
    {"priority",           CELL_TEXT  },
    {"owner",              CELL_TEXT  },
    {"peak_qps",           CELL_NUMBER},
    {"peak_window_s",      CELL_NUMBER},
    {"target_qps",         CELL_NUMBER},
    {"instances",          CELL_NUMBER},
    {"max_instances",      CELL_NUMBER},
    {"approved_instances", CELL_NUMBER},
    {"due",                CELL_DAY   },
    {"retest_on",          CELL_DAY   },
    {"rate_limit_qps",     CELL_NUMBER},
    {"optimisation",       CELL_NUMBER},
    {"growth",             CELL_NUMBER},
    {"buffer",             CELL_NUMBER},
    {"multiplier",         CELL_NUMBER},
    {"validity_days",      CELL_NUMBER},
    {"scale_efficiency",   CELL_NUMBER},
    {"safe_level",         CELL_NUMBER},
    {"note",               CELL_TEXT  },
};
#define KEYS (sizeof keys / sizeof *keys)

struct importing {
    struct arena *arena;
    struct diag *diag;
    const struct table *table;
    int columns[KEYS]; /* -1: none */
};

static bool
is_key(const char *name, size_t *key)
{
    for (*key = 0; *key < KEYS; ++*key)
        if (strcmp(keys[*key].key, name) == 0)
            return true;
    return false;
}

static bool
report_key(struct importing *importing, const struct column_name *column)
{
    const char *known[KEYS];
    for (size_t i = 0; i < KEYS; i++)
        known[i] = keys[i].key;
    const char *near = text_nearest(column->what, known, KEYS);
    diag_add(importing->diag, DIAG_UNKNOWN_KEY, column->place, column->what,
             "a baseline",
             near ? arena_format(importing->arena, "; did you mean %s?", near)
                  : "",
             "", NULL);
    return false;
}

/* Which column holds which key. */
static bool
find_columns(struct importing *importing, const struct request *request)
{
    const struct table *table = importing->table;
    struct place head = {table->source, 1, 1, 1};
    bool is_good = true;
    for (size_t i = 0; i < KEYS; i++)
        importing->columns[i] =
            request->column_count > 0 ? -1 : table_find(table, keys[i].key);
    for (size_t i = 0; i < request->column_count; i++) {
        const struct column_name *column = &request->columns[i];
        size_t key;
        if (!is_key(column->what, &key)) {
            is_good = report_key(importing, column);
            continue;
        }
        importing->columns[key] = table_find(table, column->column);
        if (importing->columns[key] >= 0)
            continue;
        is_good = false;
        diag_add(importing->diag, DIAG_CSV_COLUMN, head,
                 arena_format(importing->arena, "\"%s\"", column->column),
                 NULL);
    }
    if (is_good && importing->columns[0] < 0) {
        diag_add(importing->diag, DIAG_MISSING_KEY, head, "a baseline",
                 "link: say by --columns link=... which column holds it", NULL);
        is_good = false;
    }
    return is_good;
}

/* A number with at most a unit or a percent sign behind it. */
static bool
is_number(const char *text)
{
    struct decimal number;
    size_t used;
    return decimal_read(text, strlen(text), &number, &used) == DECIMAL_OK &&
           strlen(text + used) <= 6 &&
           strpbrk(text + used, "0123456789,.") == NULL;
}

static bool
check_cell(struct importing *importing, const struct table_row *row, size_t key)
{
    const size_t column = (size_t)importing->columns[key];
    const char *text = row->fields[column];
    struct day day;
    const char *expected = NULL;
    if (keys[key].cell == CELL_NUMBER && !is_number(text))
        expected = "a number without thousands separators, such as 12000, "
                   "12.5k or 30%";
    else if (keys[key].cell == CELL_DAY && !day_read(text, strlen(text), &day))
        expected = "a day that exists, such as 2026-11-04";
    if (expected == NULL)
        return true;
    diag_add(importing->diag, DIAG_BAD_VALUE,
             table_place(importing->table, row, column), keys[key].key,
             expected, arena_format(importing->arena, "\"%s\"", text), "",
             NULL);
    return false;
}

/* Spreadsheets leave blanks around what they hold. */
static const char *
trimmed(struct arena *arena, const char *text)
{
    size_t length;
    while (*text == ' ')
        text++;
    length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return arena_copy(arena, text, length);
}

static bool
put_row(struct importing *importing, struct table_row *row, FILE *stream)
{
    bool is_good = true;
    const char *before = "  - ";
    for (size_t i = 0; i < KEYS; i++) {
        if (importing->columns[i] < 0)
            continue;
        const char **field = &row->fields[importing->columns[i]];
        *field = trimmed(importing->arena, *field);
        if (**field == '\0')
            continue;
        is_good &= check_cell(importing, row, i);
        fprintf(stream, "%s%s: ", before, keys[i].key);
        write_text(stream, *field);
        fputc('\n', stream);
        before = "    ";
    }
    if (*row->fields[importing->columns[0]] == '\0') {
        diag_add(
            importing->diag, DIAG_MISSING_KEY,
            table_place(importing->table, row, (size_t)importing->columns[0]),
            "a baseline", "link", NULL);
        is_good = false;
    }
    return is_good;
}

static bool
is_blank(const struct table_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (strspn(row->fields[i], " ") != strlen(row->fields[i]))
            return false;
    return true;
}

bool
baselines_import(struct arena *arena, const char *path,
                 const struct request *request, struct diag *diag, FILE *stream)
{
    const char *slash = strrchr(path, '/');
    struct importing importing = {.arena = arena, .diag = diag};
    const struct source *source =
        input_read_whole(arena, path, slash ? slash + 1 : path, 0,
                         (struct place){0}, diag, false);
    if (source == NULL)
        return false;
    struct table *table = table_read(arena, source, 0, diag);
    importing.table = table;
    if (table == NULL || !find_columns(&importing, request))
        return false;
    if (table->row_count < 2) {
        diag_add(diag, DIAG_RESULTS_NOTHING, (struct place){source, 1, 1, 1},
                 "row below the heading", NULL);
        return false;
    }
    bool is_good = true;
    fputs("baselines:\n", stream);
    for (size_t i = 1; i < table->row_count; i++)
        if (!is_blank(&table->rows[i]))
            is_good &= put_row(&importing, &table->rows[i], stream);
    return is_good;
}
