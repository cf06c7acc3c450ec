/*
 * Taurus: the final statistics that its module final-stats dumps as XML and as
 * CSV.  Room: results.
 *
 *   <FinalStatus>
 *     <TestDuration>3.141592</TestDuration>          of newer versions
 *     <Group label="">                               all requests together
 *       <succ value="666">...</succ> <fail value="11">...</fail>
 *       <perc value="1.49300" param="99.0">...</perc>
 *
 *   label,avg_ct,...,fail,stdev_rt,succ,throughput,perc_0.0,...,perc_99.0,...
 *
 * Times are seconds.  "throughput" is the number of samples, no rate: only with
 * the duration there is one, and the CSV has none.
 */
#include <string.h>

#include "base/diag.h"
#include "results/form.h"
#include "results/parse.h"
#include "results/readers.h"
#include "results/table.h"
#include "results/xml_tree.h"

#define RULE "Taurus' own (HdrHistogram, in whole milliseconds)"

static const char *const percentile_name[PERCENTILES] = {"50.0", "95.0", "99.0",
                                                         "99.9"};

/* --- what the two forms share ------------------------------------------- */

/* The values of a group; at NULL where there is none. */
struct group {
    struct span good, failed, samples, users, percentiles[PERCENTILES], most;
};

static bool
read_group(struct parse *parse, const struct group *group,
           struct summary *summary)
{
    uint64_t good, samples, users;
    struct span at = group->samples;
    summary->has_counts = true;
    if (!parse_count(parse, group->good, "succ", &good) ||
        !parse_count(parse, group->failed, "fail", &summary->failed) ||
        !parse_count(parse, group->samples, "throughput", &samples))
        return false;
    summary->requests = good + summary->failed;
    if (samples != summary->requests)
        return parse_contradict(parse, at, "throughput", "succ and fail",
                                "it is not their sum");
    if (group->users.at != NULL) {
        if (!parse_count(parse, group->users, "concurrency", &users))
            return false;
        summary->concurrency = parse_users(users);
    }
    for (int i = 0; i < PERCENTILES; i++)
        if (group->percentiles[i].at != NULL &&
            !parse_percentile(parse, summary, (enum percentile)i,
                              group->percentiles[i], 3))
            return false;
    return (group->most.at == NULL ||
            parse_ms(parse, group->most, "perc 100.0", 3, &summary->max_ms)) &&
           parse_settle(parse, summary, at);
}

/* --- XML ---------------------------------------------------------------- */

bool
taurus_xml_is_it(const char *head, size_t size)
{
    struct span all = {head, size};
    while (all.length > 0 && (*all.at == '\n' || *all.at == '\r' ||
                              *all.at == ' ' || *all.at == '\t')) {
        all.at++;
        all.length--;
    }
    return span_begins(all, "<FinalStatus") ||
           (span_begins(all, "<?xml") && span_has(all, "<FinalStatus"));
}

static struct span
value_of(const struct xml *element)
{
    const char *value = element ? xml_attribute(element, "value") : NULL;
    return (struct span){value, value ? strlen(value) : 0};
}

static void
put_percentile(const struct xml *element, struct group *group)
{
    const char *name = xml_attribute(element, "param");
    if (name == NULL)
        return;
    if (strcmp(name, "100.0") == 0)
        group->most = value_of(element);
    for (int i = 0; i < PERCENTILES; i++)
        if (strcmp(name, percentile_name[i]) == 0)
            group->percentiles[i] = value_of(element);
}

static bool
read_xml_group(struct parse *parse, const struct xml *element,
               const struct optional *seconds)
{
    static const char *const needed[] = {"succ", "fail", "throughput"};
    struct group group = {0};
    const char *label = xml_attribute(element, "label");
    parse->place = element->place;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (value_of(xml_child(element, needed[i])).at != NULL)
            continue;
        diag_add(parse->diag, DIAG_MISSING_KEY, element->place, "Group",
                 needed[i], NULL);
        return false;
    }
    group.good = value_of(xml_child(element, "succ"));
    group.failed = value_of(xml_child(element, "fail"));
    group.samples = value_of(xml_child(element, "throughput"));
    group.users = value_of(xml_child(element, "concurrency"));
    for (const struct xml *child = element->first; child; child = child->next)
        if (strcmp(child->name, "perc") == 0)
            put_percentile(child, &group);
    struct summary *summary = parse_summary(parse, group.good);
    summary->label = label ? label : "";
    summary->seconds = *seconds;
    return read_group(parse, &group, summary);
}

bool
taurus_xml_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    struct optional seconds = {0};
    if (!parse_begin(&parse, input, findings))
        return false;
    const struct xml *root = xml_tree(&parse);
    if (root == NULL)
        return false;
    const struct xml *duration = xml_child(root, "TestDuration");
    findings->percentile_rule = RULE;
    if (duration != NULL) {
        parse.place = duration->place;
        if (!parse_seconds(
                &parse, (struct span){duration->text, strlen(duration->text)},
                "TestDuration", 0, &seconds))
            return false;
    }
    for (const struct xml *child = root->first; child; child = child->next)
        if (strcmp(child->name, "Group") == 0 &&
            !read_xml_group(&parse, child, &seconds))
            return false;
    return findings->summary_count > 0 ||
           parse_refuse(&parse, "FinalStatus", "it has no Group");
}

/* --- CSV ---------------------------------------------------------------- */

bool
taurus_csv_is_it(const char *head, size_t size)
{
    struct span all = {head, size};
    struct span line = span_until(&all, "\n");
    return span_begins(line, "label,") && span_has(line, ",avg_ct,") &&
           span_has(line, ",perc_");
}

static bool
read_csv_row(struct parse *parse, const struct table *table,
             const struct table_row *row)
{
    static const struct {
        const char *heading;
        bool is_needed;
        size_t offset;
    } columns[] = {
        {"succ",        true,  offsetof(struct group, good)             },
        {"fail",        true,  offsetof(struct group, failed)           },
        {"throughput",  true,  offsetof(struct group, samples)          },
        {"concurrency", false, offsetof(struct group, users)            },
        {"perc_50.0",   false, offsetof(struct group, percentiles[P50]) },
        {"perc_95.0",   false, offsetof(struct group, percentiles[P95]) },
        {"perc_99.0",   false, offsetof(struct group, percentiles[P99]) },
        {"perc_99.9",   false, offsetof(struct group, percentiles[P999])},
        {"perc_100.0",  false, offsetof(struct group, most)             },
    };
    struct group group = {0};
    int label = table_find(table, "label");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        int column = table_find(table, columns[i].heading);
        if (column < 0 && !columns[i].is_needed)
            continue;
        if (column < 0) {
            diag_add(parse->diag, DIAG_MISSING_KEY,
                     (struct place){table->source, 1, 1, 1}, "the heading",
                     columns[i].heading, NULL);
            return false;
        }
        const char *text = row->fields[column];
        struct span *span =
            (struct span *)(void *)((char *)&group + columns[i].offset);
        *span = (struct span){text, strlen(text)};
    }
    parse->place = table_place(table, row, 0);
    struct summary *summary = parse_summary(parse, group.good);
    summary->label = label >= 0 ? row->fields[label] : "";
    return read_group(parse, &group, summary);
}

bool
taurus_csv_read(struct input *input, struct findings *findings)
{
    struct parse parse;
    if (!parse_begin(&parse, input, findings))
        return false;
    const struct table *table =
        table_read(findings->arena, parse.source, ',', findings->diag);
    if (table == NULL)
        return false;
    findings->percentile_rule = RULE;
    for (size_t i = 1; i < table->row_count; i++)
        if (!read_csv_row(&parse, table, &table->rows[i]))
            return false;
    if (findings->summary_count == 0)
        return parse_cut(&parse, "there is no row below the heading");
    return parse_is_ended(&parse);
}
