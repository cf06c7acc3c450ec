/*
 * A CSV log of samples whose columns the user names: which one is the time,
 * the duration, the label, the outcome.  Room results/.
 */
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "results/columns.h"
#include "results/file.h"
#include "results/form.h"
#include "results/readers.h"

#define MS ((int64_t)1000000)
#define SECOND ((int64_t)1000000000)

#define KEYS_SAID                                                              \
    "time, time_s, time_ms, time_us, time_ns, elapsed_s, elapsed_ms, "         \
    "elapsed_us, elapsed_ns, label, group, success, status, error or threads"

/* What may be said of a column. */
static const struct key {
    const char *name;
    enum sample_column column;
    int64_t unit_ns; /* of times and durations; 0: moments */
} keys[] = {
    {"time",       SAMPLE_TIME,    0     },
    {"time_s",     SAMPLE_TIME,    SECOND},
    {"time_ms",    SAMPLE_TIME,    MS    },
    {"time_us",    SAMPLE_TIME,    1000  },
    {"time_ns",    SAMPLE_TIME,    1     },
    {"elapsed_s",  SAMPLE_ELAPSED, SECOND},
    {"elapsed_ms", SAMPLE_ELAPSED, MS    },
    {"elapsed_us", SAMPLE_ELAPSED, 1000  },
    {"elapsed_ns", SAMPLE_ELAPSED, 1     },
    {"label",      SAMPLE_LABEL,   0     },
    {"group",      SAMPLE_GROUP,   0     },
    {"success",    SAMPLE_SUCCESS, 0     },
    {"status",     SAMPLE_STATUS,  0     },
    {"error",      SAMPLE_ERROR,   0     },
    {"threads",    SAMPLE_THREADS, 0     },
};

/* The first row, by the delimiter that it has most of. */
static size_t
first_row(const char *head, size_t size, struct row_marks *marks,
          struct field *fields, size_t *next)
{
    static const char delimiters[] = ",;\t|";
    size_t most = 0;
    *marks = (struct row_marks){',', true};
    for (const char *delimiter = delimiters; *delimiter; delimiter++) {
        struct row_marks some = {*delimiter, true};
        size_t count = row_first(head, size, some, fields, COLUMNS_MOST, next);
        if (count > most) {
            most = count;
            *marks = some;
        }
    }
    return row_first(head, size, *marks, fields, COLUMNS_MOST, next);
}

bool
csv_is_it(const char *head, size_t size)
{
    struct row_marks marks;
    struct field fields[COLUMNS_MOST];
    size_t next;
    return first_row(head, size, &marks, fields, &next) > 0;
}

static const struct key *
find_key(const char *name)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    return NULL;
}

/* The column of that heading, or of that number from 1. */
static size_t
find_column(const struct field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (field_is(field_bare(fields[i]), name))
            return i;
    char *end;
    unsigned long number = strtoul(name, &end, 10);
    bool is_number = *name >= '1' && *name <= '9' && *end == '\0';
    return is_number && number <= count ? number - 1 : COLUMN_NONE;
}

static struct place
first_place(struct input *input, const char *head, const struct field *fields,
            size_t count)
{
    struct field last = fields[count - 1];
    return input_place(input, 1, 1, head,
                       (size_t)(last.text + last.length - head));
}

/* Plans one column as the user says.  *by_heading: it was found by name. */
static bool
plan_column(struct findings *findings, const struct column_name *said,
            const struct field *fields, size_t count, struct place first,
            struct columns_plan *plan, bool *by_heading)
{
    const struct key *key = find_key(said->what);
    if (key == NULL) {
        diag_add(findings->diag, DIAG_BAD_VALUE, said->place,
                 "a key of columns", KEYS_SAID, said->what, "", NULL);
        return false;
    }
    if (plan->at[key->column] != COLUMN_NONE) {
        diag_add(findings->diag, DIAG_KEY_TWICE, said->place, said->what, NULL);
        return false;
    }
    size_t at = find_column(fields, count, said->column);
    if (at == COLUMN_NONE) {
        diag_add(findings->diag, DIAG_CSV_COLUMN, first, said->column, NULL);
        return false;
    }
    *by_heading |= field_is(field_bare(fields[at]), said->column);
    plan->at[key->column] = at;
    plan->name[key->column] = said->column;
    if (key->column == SAMPLE_TIME)
        plan->time_ns = key->unit_ns;
    if (key->column == SAMPLE_ELAPSED)
        plan->elapsed_ns = key->unit_ns;
    return true;
}

/* Without these, nothing can be said of the samples. */
static bool
check_plan(struct findings *findings, const struct columns_plan *plan,
           struct place first)
{
    const char *missing = NULL;
    if (plan->at[SAMPLE_TIME] == COLUMN_NONE)
        missing = "time, or time_s, time_ms, time_us, time_ns";
    else if (plan->at[SAMPLE_ELAPSED] == COLUMN_NONE)
        missing = "elapsed_ms, or elapsed_s, elapsed_us, elapsed_ns";
    else if (plan->at[SAMPLE_SUCCESS] == COLUMN_NONE &&
             plan->at[SAMPLE_STATUS] == COLUMN_NONE &&
             plan->at[SAMPLE_ERROR] == COLUMN_NONE)
        missing = "success, or status, error";
    if (missing == NULL)
        return true;
    diag_add(findings->diag, DIAG_MISSING_KEY, first,
             "a CSV whose columns are named", missing, NULL);
    return false;
}

bool
csv_read(struct input *input, struct findings *findings)
{
    const struct request *request = findings->request;
    struct columns_plan plan = columns_nothing();
    struct row_marks marks;
    struct field fields[COLUMNS_MOST];
    size_t size, next;
    bool by_heading = false, is_good = true;
    const char *head = input_head(input, &size);
    size_t count = first_row(head, size, &marks, fields, &next);
    struct place first = first_place(input, head, fields, count);
    for (size_t i = 0; request != NULL && i < request->column_count; i++)
        is_good &= plan_column(findings, &request->columns[i], fields, count,
                               first, &plan, &by_heading);
    if (!is_good || !check_plan(findings, &plan, first))
        return false;
    /* where all are said by number, there may be no header */
    int64_t ns;
    struct field elapsed = field_bare(fields[plan.at[SAMPLE_ELAPSED]]);
    bool has_header =
        by_heading || !field_decimal_ns(elapsed, plan.elapsed_ns, &ns);
    return columns_read(input, findings, &plan, marks, count,
                        has_header ? next : 0);
}
