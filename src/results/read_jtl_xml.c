/*
 * JMeter's results (JTL) as XML, streamed through expat.  Room results/.  Only
 * samples right below the root count: those within others are parts of them.
 *
 * https://jmeter.apache.org/usermanual/listeners.html, "XML Log format 2.1".
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <expat.h>

#include "base/arena.h"
#include "base/diag.h"
#include "results/file.h"
#include "results/form.h"
#include "results/name_cache.h"
#include "results/readers.h"
#include "results/rows.h"

#define MS ((int64_t)1000000)
#define DEPTH_MOST 200

struct reading {
    XML_Parser parser;
    struct input *input;
    struct findings *findings;
    struct name_cache labels, sums, groups;
    unsigned depth;
    bool is_bad;    /* reported */
    uint64_t parts; /* samples within others */
    /* the sample that is open, until it is known what it holds */
    bool has_sample, is_transaction, has_parts;
    struct sample sample;
    char label[NAME_MOST + 16];
    size_t label_length;
};

bool
jtl_xml_is_it(const char *head, size_t size)
{
    while (size > 0 && strchr(" \t\r\n", *head) && *head != '\0')
        head++, size--;
    return size > 0 && *head == '<' &&
           (memmem(head, size, "<testResults", 12) != NULL ||
            memmem(head, size, "<!DOCTYPE", 9) != NULL);
}

/* The place of the parser. */
static struct place
here(struct reading *reading)
{
    return (struct place){
        input_source(reading->input),
        (unsigned)XML_GetCurrentLineNumber(reading->parser),
        (unsigned)XML_GetCurrentColumnNumber(reading->parser) + 1, 1};
}

static void
stop(struct reading *reading)
{
    reading->is_bad = true;
    XML_StopParser(reading->parser, XML_FALSE);
}

static const char *
attribute(const char **attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}

static void
unfit(struct reading *reading, const char *name, const char *expected,
      const char *found)
{
    row_unfit(reading->findings->diag, here(reading), name, expected,
              (struct field){found ? found : "", found ? strlen(found) : 0});
    stop(reading);
}

static bool
is_whole_ns(const char *text, int64_t *ns)
{
    return text != NULL &&
           field_whole_ns((struct field){text, strlen(text)}, MS, ns);
}

/* "Thread Group 1-7" is of the group "Thread Group". */
static size_t
group_length(const char *thread)
{
    size_t length = strlen(thread), end = length;
    while (end > 0 && thread[end - 1] >= '0' && thread[end - 1] <= '9')
        end--;
    if (end == length || end == 0 || thread[end - 1] != '-')
        return length;
    size_t digits = --end;
    while (end > 0 && thread[end - 1] >= '0' && thread[end - 1] <= '9')
        end--;
    return end < digits && end > 0 && thread[end - 1] == ' ' ? end - 1 : length;
}

/* A name of an attribute, where eight bytes more can be read. */
static bool
find_name(struct name_cache *cache, const char *name, size_t length,
          name_number *number_of, struct tally *tally, uint32_t *number)
{
    char copy[NAME_MOST + 16] = "";
    if (length > NAME_MOST)
        return false;
    memcpy(copy, name, length);
    if (*copy == '"') { /* of the name, not around it */
        *number = number_of(tally, copy, length);
        return true;
    }
    return name_find(cache, (struct field){copy, length}, number_of, tally,
                     number);
}

static void
open_sample(struct reading *reading, const char **attributes)
{
    struct tally *tally = reading->findings->tally;
    struct sample *sample = &reading->sample;
    *sample = (struct sample){0};
    const char *time = attribute(attributes, "ts");
    const char *elapsed = attribute(attributes, "t");
    const char *success = attribute(attributes, "s");
    const char *label = attribute(attributes, "lb");
    const char *message = attribute(attributes, "rm");
    const char *thread = attribute(attributes, "tn");
    const char *threads = attribute(attributes, "na");
    uint64_t number = 0;
    if (!is_whole_ns(time, &sample->start_ns) || sample->start_ns == 0) {
        unfit(reading, "ts", "whole milliseconds since 1970", time);
        return;
    }
    if (!is_whole_ns(elapsed, &sample->elapsed_ns)) {
        unfit(reading, "t", "whole milliseconds", elapsed);
        return;
    }
    if (success == NULL ||
        (strcmp(success, "true") != 0 && strcmp(success, "false") != 0)) {
        unfit(reading, "s", "true or false", success);
        return;
    }
    if (label == NULL || strlen(label) > NAME_MOST) {
        unfit(reading, "lb", "a label of at most 1000 bytes", label);
        return;
    }
    if (threads != NULL &&
        !field_whole((struct field){threads, strlen(threads)}, &number)) {
        unfit(reading, "na", "a whole number", threads);
        return;
    }
    sample->failed = *success == 'f';
    sample->threads = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
    if (!find_name(&reading->groups, thread ? thread : "",
                   thread ? group_length(thread) : 0, tally_group, tally,
                   &sample->group)) {
        unfit(reading, "tn", "a name of at most 1000 bytes", thread);
        return;
    }
    reading->label_length = strlen(label);
    memcpy(reading->label, label, reading->label_length + 1);
    reading->is_transaction =
        message != NULL &&
        strncmp(message, "Number of samples in transaction", 32) == 0;
    reading->has_sample = true;
    reading->has_parts = false;
}

/* A transaction that holds its requests stands for them; one beside them would
   count them twice. */
static void
close_sample(struct reading *reading)
{
    bool sums_up = reading->is_transaction && !reading->has_parts;
    struct tally *tally = reading->findings->tally;
    reading->has_sample = false;
    find_name(sums_up ? &reading->sums : &reading->labels, reading->label,
              reading->label_length, sums_up ? tally_transaction : tally_label,
              tally, &reading->sample.label);
    tally_add(tally, &reading->sample);
}

static bool
is_sample(const char *name)
{
    return strcmp(name, "sample") == 0 || strcmp(name, "httpSample") == 0;
}

static void XMLCALL
on_start(void *data, const char *name, const char **attributes)
{
    struct reading *reading = data;
    if (reading->is_bad)
        return;
    if (++reading->depth > DEPTH_MOST) {
        diag_add(reading->findings->diag, DIAG_RESULTS_FORM, here(reading),
                 "JMeter's XML", "elements are nested too deep", NULL);
        stop(reading);
    } else if (reading->depth == 1 && strcmp(name, "testResults") != 0) {
        diag_add(reading->findings->diag, DIAG_RESULTS_FORM, here(reading),
                 "JMeter's XML", "the root is not testResults", NULL);
        stop(reading);
    } else if (is_sample(name) && reading->depth == 2) {
        open_sample(reading, attributes);
    } else if (is_sample(name)) {
        reading->parts++;
        reading->has_parts = true;
    }
}

static void XMLCALL
on_end(void *data, const char *name)
{
    struct reading *reading = data;
    if (reading->is_bad)
        return;
    if (is_sample(name) && reading->depth == 2 && reading->has_sample)
        close_sample(reading);
    reading->depth--;
}

/* Entities could grow without bound, or ask for other files. */
static void XMLCALL
on_doctype(void *data, const char *name, const char *system,
           const char *public_id, int has_internal)
{
    struct reading *reading = data;
    (void)name, (void)system, (void)public_id, (void)has_internal;
    diag_add(reading->findings->diag, DIAG_RESULTS_REFUSED,
             (struct place){input_source(reading->input), 1, 1, 1},
             "XML with a DOCTYPE", "JMeter writes none", NULL);
    stop(reading);
}

static void
parse(struct reading *reading)
{
    size_t size;
    bool is_first = true, is_end = false;
    while (!reading->is_bad && !is_end) {
        const char *block = input_block(reading->input, &size);
        is_end = size == 0;
        while (is_first && size > 0 && strchr(" \t\r\n", *block))
            block++, size--; /* before the declaration, which must come first */
        is_first &= size == 0;
        if (size > INT_MAX)
            size = INT_MAX; /* not met: blocks are small */
        if (XML_Parse(reading->parser, block, (int)size, is_end) ==
                XML_STATUS_ERROR &&
            !reading->is_bad) {
            diag_add(reading->findings->diag, DIAG_RESULTS_FORM, here(reading),
                     "sound XML",
                     XML_ErrorString(XML_GetErrorCode(reading->parser)), NULL);
            reading->is_bad = true;
        }
    }
}

bool
jtl_xml_read(struct input *input, struct findings *findings)
{
    struct reading *reading = arena_alloc(findings->arena, sizeof *reading);
    uint64_t before = tally_samples(findings->tally);
    reading->input = input;
    reading->findings = findings;
    reading->parser = XML_ParserCreate(NULL);
    XML_SetUserData(reading->parser, reading);
    XML_SetElementHandler(reading->parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(reading->parser, on_doctype);
    findings->first = (struct place){input_source(input), 1, 1, 1};
    findings->model = LOAD_CLOSED;
    parse(reading);
    XML_ParserFree(reading->parser);
    name_cache_free(&reading->labels);
    name_cache_free(&reading->sums);
    name_cache_free(&reading->groups);
    uint64_t samples = tally_samples(findings->tally) - before;
    if (!reading->is_bad && samples == 0) {
        diag_add(findings->diag, DIAG_RESULTS_NOTHING, findings->first,
                 "sample", NULL);
        return false;
    }
    findings->left_out += reading->parts;
    if (reading->parts > 0)
        findings->left_out_what = "samples within others";
    return !reading->is_bad;
}
