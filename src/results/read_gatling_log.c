/*
 * Gatling's simulation.log, while it was text (up to 3.10): records of fields
 * separated by tabs, of three generations that differ in what stands before a
 * request's name.  Room results/.  Newer ones are binary and refused.
 *
 *   up to 2.1   scenario user REQUEST groups name start . . end status
 *   2.2 to 3.3  REQUEST [scenario] user groups name start end status message
 *   3.4 to 3.10 REQUEST groups name start end status message
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/file.h"
#include "results/form.h"
#include "results/name_cache.h"
#include "results/readers.h"
#include "results/rows.h"

#define MS ((int64_t)1000000)
#define HEAD_FIELDS 16

static const struct row_marks tab = {'\t', false};

struct worker {
    struct tally *tally;
    struct name_cache labels;
    uint32_t group;
};

enum { FAULT_RECORD = ROW_FAULTS, FAULT_REQUEST, FAULT_TIMES, FAULT_LABEL };

static bool
is_record(struct field field)
{
    static const char *const names[] = {"REQUEST",   "USER",  "GROUP", "RUN",
                                        "ASSERTION", "ERROR", "ACTION"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (field_is(field, names[i]))
            return true;
    return false;
}

/* A binary log begins with a record of type 0: a version, length and text. */
static bool
is_binary(const char *head, size_t size)
{
    return size > 8 && memcmp(head, "\0\0\0\0", 4) == 0 && head[4] >= 5 &&
           head[4] < 32 && head[5] >= '0' && head[5] <= '9' &&
           memchr(head + 5, '.', 3) != NULL;
}

bool
gatling_log_is_it(const char *head, size_t size)
{
    struct field fields[HEAD_FIELDS];
    size_t next;
    if (is_binary(head, size))
        return true;
    size_t count = row_first(head, size, tab, fields, HEAD_FIELDS, &next);
    return count >= 2 &&
           (is_record(fields[0]) || (count > 2 && is_record(fields[2])));
}

static void
start(void *state, const void *plan, struct tally *tally)
{
    struct worker *worker = state;
    (void)plan;
    worker->tally = tally;
    worker->group = tally_group(tally, "", 0);
}

static bool
fail(struct row_fault *fault, unsigned kind, size_t field)
{
    *fault = (struct row_fault){kind, field};
    return false;
}

static bool
is_verdict(struct field field)
{
    return field_is(field, "OK") || field_is(field, "KO");
}

/* Where a request's start stands: before its end and its verdict. */
static size_t
find_start(const struct row *row)
{
    uint64_t number;
    for (size_t i = 3; i + 2 < row->fields; i++)
        if (field_whole(row_field(row, i), &number) &&
            field_whole(row_field(row, i + 1), &number) &&
            is_verdict(row_field(row, i + 2)))
            return i;
    return 0;
}

/* "group / group / name". */
static bool
read_label(struct worker *worker, struct field groups, struct field name,
           uint32_t *number)
{
    char label[3 * NAME_MOST + 16];
    size_t length = 0;
    if (groups.length + name.length > NAME_MOST)
        return false;
    for (size_t i = 0; i < groups.length; i++) {
        if (groups.text[i] != ',') {
            label[length++] = groups.text[i];
            continue;
        }
        memcpy(label + length, " / ", 3);
        length += 3;
    }
    if (groups.length > 0) {
        memcpy(label + length, " / ", 3);
        length += 3;
    }
    memcpy(label + length, name.text, name.length);
    length += name.length;
    return name_find(&worker->labels, (struct field){label, length},
                     tally_label, worker->tally, number);
}

static bool
take_request(struct worker *worker, const struct row *row, size_t from,
             size_t to, size_t name, struct row_fault *fault)
{
    struct sample sample = {.group = worker->group};
    int64_t end_ns;
    if (!field_whole_ns(row_field(row, from), MS, &sample.start_ns) ||
        !field_whole_ns(row_field(row, to), MS, &end_ns) ||
        end_ns < sample.start_ns)
        return fail(fault, FAULT_TIMES, from);
    sample.elapsed_ns = end_ns - sample.start_ns;
    sample.failed = field_is(row_field(row, to + 1), "KO");
    if (!read_label(worker, row_field(row, name - 1), row_field(row, name),
                    &sample.label))
        return fail(fault, FAULT_LABEL, name);
    tally_add(worker->tally, &sample);
    return true;
}

static bool
take(void *state, const struct row *row, struct row_fault *fault)
{
    struct field type = row_field(row, 0);
    if (field_is(type, "REQUEST")) {
        size_t at = find_start(row);
        return at == 0 ? fail(fault, FAULT_REQUEST, ROW_ITSELF)
                       : take_request(state, row, at, at + 1, at - 1, fault);
    }
    if (is_record(type))
        return true;
    if (row->fields < 3 || !is_record(row_field(row, 2)))
        return fail(fault, FAULT_RECORD, 0);
    if (!field_is(row_field(row, 2), "REQUEST"))
        return true;
    if (row->fields < 10 || !is_verdict(row_field(row, 9)))
        return fail(fault, FAULT_REQUEST, ROW_ITSELF);
    return take_request(state, row, 5, 8, 4, fault);
}

static void
finish(void *state, struct findings *findings)
{
    struct worker *worker = state;
    (void)findings;
    name_cache_free(&worker->labels);
}

static void
explain(const void *plan, const struct row *row, struct row_fault fault,
        struct place place, struct diag *diag)
{
    struct field field = {"", 0};
    (void)plan;
    if (fault.field != ROW_ITSELF)
        field = row_field(row, fault.field);
    switch (fault.kind) {
    case FAULT_RECORD:
        row_unfit(diag, place, "a record",
                  "RUN, USER, REQUEST, GROUP, ASSERTION or ERROR", field);
        break;
    case FAULT_TIMES:
        row_unfit(diag, place, "the start of a request",
                  "milliseconds, and not after its end", field);
        break;
    case FAULT_LABEL:
        row_bad_name(diag, place, "the name", field);
        break;
    default:
        diag_add(diag, DIAG_RESULTS_CUT, place,
                 "expected start, end and OK or KO of a request", NULL);
    }
}

/* "3.5.1", "2.3.0-SNAPSHOT" */
static bool
is_version(struct field field)
{
    static const char known[] = "0123456789.-abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (size_t i = 0; i < field.length; i++)
        if (memchr(known, field.text[i], sizeof known - 1) == NULL)
            return false;
    return field.length > 0 && field.length < 20;
}

/* "gatling 3.5.1", by the RUN record; NULL where it is not near the head. */
static const char *
read_version(struct arena *arena, const char *head, size_t size)
{
    struct field fields[HEAD_FIELDS];
    size_t next;
    for (unsigned rows = 0; rows < 64 && size > 0; rows++) {
        size_t count = row_first(head, size, tab, fields, HEAD_FIELDS, &next);
        if (count >= 2 && field_is(fields[0], "RUN")) {
            struct field last = fields[count - 1];
            return is_version(last) ? arena_format(arena, "gatling %.*s",
                                                   (int)last.length, last.text)
                                    : NULL;
        }
        if (count == 0)
            break;
        head += next;
        size -= next;
    }
    return NULL;
}

bool
gatling_log_read(struct input *input, struct findings *findings)
{
    size_t size;
    const char *head = input_head(input, &size);
    struct row_reader reader = {.marks = tab,
                                .begin_line = 1,
                                .worker_size = sizeof(struct worker),
                                .start = start,
                                .take = take,
                                .finish = finish,
                                .explain = explain};
    if (is_binary(head, size)) {
        diag_add(findings->diag, DIAG_RESULTS_REFUSED,
                 (struct place){input_source(input), 1, 1, 1},
                 arena_format(findings->arena,
                              "a binary simulation.log (of "
                              "Gatling %.*s)",
                              head[4], head + 5),
                 "give the js/stats.json of the report that Gatling made of it "
                 "(gatling.sh -ro FOLDER makes one)",
                 NULL);
        return false;
    }
    findings->version = read_version(findings->arena, head, size);
    return rows_read(input, findings, &reader);
}
