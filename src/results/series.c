/*
 * Series of a resource: a CSV file with a column of times and one of values, or
 * the answer of Prometheus to a range query, which may hold several series (one
 * an instance).  Room: results.  A step takes of each series the percentile
 * over its own time, and of several series the highest: what one instance
 * lacked is not made up by another.
 */
#include "results/series.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/diag.h"
#include "results/figure.h"
#include "results/file.h"
#include "results/table.h"

#define NS_A_SECOND ((int64_t)1000000000)
#define MS_FROM 100000000000 /* a time at or above is in ms: 1973 as s */

struct point {
    int64_t ns; /* since 1970 */
    struct decimal value;
};

struct series {
    struct point *points;
    size_t count, room;
    size_t asked; /* index of the asked series that it is from */
    struct series *next;
};

struct reading_series {
    struct arena *arena;
    const struct asked_series *asked;
    size_t index;
    struct told *told;
    struct diag *diag;
};

static struct series *
new_series(struct reading_series *reading)
{
    struct series *series = arena_alloc(reading->arena, sizeof *series);
    series->asked = reading->index;
    series->next = reading->told->all_series;
    reading->told->all_series = series;
    return series;
}

static bool
refuse(struct reading_series *reading, struct place place, const char *what,
       const char *expected, const char *found)
{
    diag_add(reading->diag, DIAG_BAD_VALUE, place, what, expected,
             arena_format(reading->arena, "\"%s\"", found), "", NULL);
    return false;
}

/* Seconds or milliseconds since 1970, or a time with its zone. */
static bool
read_time(struct reading_series *reading, const char *text, int64_t *ns)
{
    struct decimal number;
    struct moment moment;
    size_t used, length = strlen(text);
    const whole ns_unit = whole_power10(DECIMAL_PLACES - 9);
    if (decimal_read(text, length, &number, &used) == DECIMAL_OK &&
        used == length) {
        whole scaled = number.units / ns_unit;
        if (number.units / whole_power10(DECIMAL_PLACES) >= MS_FROM)
            scaled /= 1000;
        *ns = (int64_t)scaled;
        return number.units > 0 && scaled < INT64_MAX;
    }
    if (!moment_read(reading->arena, text, length, &moment) || !moment.has_time)
        return false;
    *ns = ((int64_t)moment.day.number * 86400 + moment.hour * 3600 +
           moment.minute * 60 + moment.second - moment.zone_minutes * 60) *
          NS_A_SECOND;
    return true;
}

/* A ratio, or a percent where the series is one. */
static bool
read_share(struct reading_series *reading, const char *text,
           struct decimal *value)
{
    size_t used, length = strlen(text);
    if (decimal_read(text, length, value, &used) != DECIMAL_OK ||
        used != length || value->units < 0)
        return false;
    if (reading->asked->is_percent)
        value->units /= 100;
    return decimal_compare(*value, decimal_of(1)) <= 0;
}

static const char *
expected_share(const struct reading_series *reading)
{
    return reading->asked->is_percent
               ? "a percent from 0 to 100"
               : "a ratio from 0 to 1 (say unit: percent where it is one)";
}

static bool
add_point(struct reading_series *reading, struct series *series,
          struct place time_place, const char *time, struct place value_place,
          const char *value)
{
    series->points = arena_grow(reading->arena, series->points, series->count,
                                &series->room, sizeof *series->points);
    struct point *point = &series->points[series->count++];
    if (!read_time(reading, time, &point->ns))
        return refuse(reading, time_place, "time",
                      "seconds or milliseconds since 1970, or a time with its "
                      "zone",
                      time);
    if (!read_share(reading, value, &point->value))
        return refuse(reading, value_place, "value", expected_share(reading),
                      value);
    return true;
}

/* --- CSV ---------------------------------------------------------------- */

static int
column(struct reading_series *reading, const struct table *table,
       const char *heading)
{
    int index = table_find(table, heading);
    if (index < 0)
        diag_add(reading->diag, DIAG_CSV_COLUMN,
                 (struct place){table->source, 1, 1, 1},
                 arena_format(reading->arena, "\"%s\"", heading), NULL);
    return index;
}

static bool
read_csv(struct reading_series *reading, const struct source *source)
{
    struct table *table = table_read(reading->arena, source, 0, reading->diag);
    if (table == NULL)
        return false;
    int time = column(reading, table, reading->asked->time);
    int value = column(reading, table, reading->asked->value);
    struct series *series = new_series(reading);
    bool is_good = time >= 0 && value >= 0;
    for (size_t i = 1; is_good && i < table->row_count; i++) {
        const struct table_row *row = &table->rows[i];
        is_good =
            add_point(reading, series, table_place(table, row, (size_t)time),
                      row->fields[time], table_place(table, row, (size_t)value),
                      row->fields[value]);
    }
    return is_good;
}

/* --- Prometheus --------------------------------------------------------- */

/* One series: {"metric": {...}, "values": [[1435781430.781, "0.41"], ...]}. */
static bool
read_values(struct reading_series *reading, struct place place, json_t *values)
{
    struct series *series = new_series(reading);
    size_t index;
    json_t *pair;
    json_array_foreach(values, index, pair)
    {
        json_t *time = json_array_get(pair, 0);
        const char *value = json_string_value(json_array_get(pair, 1));
        if (!json_is_number(time) || value == NULL)
            return refuse(reading, place, "values",
                          "pairs of a time and a text with a number", "others");
        const char *text =
            arena_format(reading->arena, "%.3f", json_number_value(time));
        if (!add_point(reading, series, place, text, place, value))
            return false;
    }
    return true;
}

static bool
read_prometheus(struct reading_series *reading, const struct source *source)
{
    json_error_t error;
    json_t *root =
        json_loadb(source->bytes, source->size, JSON_REJECT_DUPLICATES, &error);
    struct place place = {source, 1, 1, 1};
    if (root == NULL) {
        place.line = error.line > 0 ? (unsigned)error.line : 1;
        place.column = error.column > 0 ? (unsigned)error.column : 1;
        diag_add(reading->diag, DIAG_RESULTS_FORM, place, "JSON", error.text,
                 NULL);
        return false;
    }
    json_t *result = json_object_get(json_object_get(root, "data"), "result");
    const char *kind = json_string_value(
        json_object_get(json_object_get(root, "data"), "resultType"));
    bool is_good = json_is_array(result) && json_array_size(result) > 0 &&
                   kind != NULL && strcmp(kind, "matrix") == 0;
    if (!is_good)
        diag_add(reading->diag, DIAG_RESULTS_FORM, place,
                 "the answer to a range query",
                 "expected data.resultType \"matrix\" and data.result with at "
                 "least one series",
                 NULL);
    size_t index;
    json_t *one;
    json_array_foreach(result, index, one) is_good =
        is_good && read_values(reading, place, json_object_get(one, "values"));
    json_decref(root);
    return is_good;
}

/* --- the series of an ask ----------------------------------------------- */

static int
by_time(const void *left, const void *right)
{
    const struct point *a = left, *b = right;
    return (a->ns > b->ns) - (a->ns < b->ns);
}

static bool
read_one(struct reading_series *reading, unsigned order, bool wants_sha256)
{
    const struct asked_series *asked = reading->asked;
    const struct source *source =
        input_read_whole(reading->arena, asked->path, asked->name, order,
                         asked->place, reading->diag, wants_sha256);
    if (source == NULL)
        return false;
    reading->told->series[reading->index] = source;
    return asked->kind == SERIES_CSV ? read_csv(reading, source)
                                     : read_prometheus(reading, source);
}

bool
series_read(struct arena *arena, const struct ask *ask, bool wants_sha256,
            struct told *told, struct diag *diag)
{
    bool is_good = true;
    told->series =
        arena_array(arena, ask->series_count + 1, const struct source *);
    for (size_t i = 0; i < ask->series_count; i++) {
        struct reading_series reading = {.arena = arena,
                                         .asked = &ask->series[i],
                                         .index = i,
                                         .told = told,
                                         .diag = diag};
        unsigned order = ask->order + (unsigned)(ask->file_count + i);
        is_good &= read_one(&reading, order, wants_sha256);
    }
    for (struct series *each = told->all_series; each; each = each->next)
        if (each->count > 0)
            qsort(each->points, each->count, sizeof *each->points, by_time);
    return is_good;
}

static int
by_value(const void *left, const void *right)
{
    const struct point *a = left, *b = right;
    return decimal_compare(a->value, b->value);
}

/* The percentile, by nearest rank, of the points in a span; false where there
   is none. */
static bool
percentile(struct arena *arena, const struct series *series, unsigned milli,
           int64_t from_ns, int64_t to_ns, struct decimal *value)
{
    size_t first = 0, end;
    while (first < series->count && series->points[first].ns < from_ns)
        first++;
    for (end = first; end < series->count && series->points[end].ns < to_ns;)
        end++;
    size_t count = end - first;
    if (count == 0)
        return false;
    struct point *points = arena_array(arena, count, struct point);
    memcpy(points, series->points + first, count * sizeof *points);
    qsort(points, count, sizeof *points, by_value);
    size_t rank = (count * milli + 999) / 1000;
    *value = points[rank > 0 ? rank - 1 : 0].value;
    return true;
}

bool
series_step(struct arena *arena, const struct ask *ask, const struct told *told,
            struct step *step, int64_t from_ns, int64_t span_ns,
            struct diag *diag)
{
    bool is_set = false;
    for (size_t i = 0; i < ask->series_count; i++) {
        const struct asked_series *asked = &ask->series[i];
        bool is_found = false;
        const struct series *each = told->all_series;
        for (; from_ns != INT64_MIN && each; each = each->next) {
            struct decimal value;
            if (each->asked != i ||
                !percentile(arena, each, asked->milli, from_ns,
                            from_ns + span_ns, &value))
                continue;
            is_found = true;
            if (!is_set || decimal_compare(step->metric[METRIC_CPU], value) < 0)
                figure_set(step, METRIC_CPU, value);
            is_set = true;
        }
        if (is_found)
            continue;
        diag_add(diag, DIAG_SERIES_NONE, asked->place,
                 from_ns == INT64_MIN ? "does not say when its steps were"
                                      : "has a step in which it has no value",
                 NULL);
        return false;
    }
    return true;
}
