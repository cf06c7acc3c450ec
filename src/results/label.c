/*
 * Labels and links.  Room: results.  Labels are never added together unless
 * the user says so: what two of them carried is no capacity of either.  The sum
 * that a tool made of its own labels is there to be read, though: a link that
 * names no label is that sum.
 */
#include "results/label.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"

#define MOST_NAMED 8    /* labels listed in a message */
#define MOST_KEPT 1000  /* labels looked through for a hint */
#define MOST_LINKS 1000 /* labels that become links of their own */

/* The labels of findings, each once, in their order. */
struct labels {
    const char **names;
    size_t count, room;
};

static void
append_label(struct arena *arena, struct labels *labels, const char *name)
{
    labels->names = arena_grow(arena, labels->names, labels->count,
                               &labels->room, sizeof *labels->names);
    labels->names[labels->count++] = name;
}

static void
add_label(struct arena *arena, struct labels *labels, const char *name)
{
    for (size_t i = 0; i < labels->count; i++)
        if (strcmp(labels->names[i], name) == 0)
            return;
    append_label(arena, labels, name);
}

static struct labels
labels_of(struct arena *arena, const struct findings *findings)
{
    struct labels labels = {0};
    const struct tally *tally = findings->tally;
    size_t count = tally_label_count(tally);
    const uint32_t *order = tally_label_order(tally);
    struct tally_pick pick;
    for (size_t i = 0; i < count; i++)
        if (!tally_is_aside(tally, order[i]) &&
            tally_pick(tally, order[i], TALLY_ANY, INT64_MIN, INT64_MAX,
                       &pick)) {
            const char *name = tally_label_name(tally, order[i]);
            append_label(arena, &labels, arena_copy(arena, name, strlen(name)));
        }
    for (size_t i = 0; i < findings->summary_count; i++)
        add_label(arena, &labels, findings->summaries[i].label);
    return labels;
}

/* Whether the tool made a sum of its labels itself. */
static bool
has_sum(const struct findings *findings)
{
    bool has = false;
    for (size_t i = 0; i < findings->summary_count; i++)
        has |= *findings->summaries[i].label == '\0';
    return has;
}

/* Whether a link that names no label is the sum: there is one, and not a single
   name beside it. */
static bool
takes_sum(const struct findings *findings)
{
    const char *name = NULL;
    bool has_several = false;
    for (size_t i = 0; i < findings->summary_count; i++) {
        const char *label = findings->summaries[i].label;
        if (*label == '\0')
            continue;
        has_several |= name != NULL && strcmp(name, label) != 0;
        name = label;
    }
    return has_sum(findings) && (name == NULL || has_several);
}

static const char *
listed(struct arena *arena, const struct labels *labels)
{
    const char *list = "";
    for (size_t i = 0; i < labels->count && i < MOST_NAMED; i++)
        list = arena_format(arena, "%s%s\"%s\"", list, i > 0 ? ", " : "",
                            *labels->names[i] ? labels->names[i] : LABEL_ANY);
    if (labels->count > MOST_NAMED)
        list = arena_format(arena, "%s and %zu more", list,
                            labels->count - MOST_NAMED);
    return list;
}

struct told_link *
label_add_link(struct arena *arena, struct told *told,
               const struct asked_link *asked)
{
    told->links = arena_grow(arena, told->links, told->link_count,
                             &told->link_room, sizeof *told->links);
    struct told_link *link = &told->links[told->link_count++];
    *link = (struct told_link){.asked = asked};
    return link;
}

/* Every label becomes the link of its name; the sum of all does not, but where
   there is nothing else. */
static void
name_links(struct arena *arena, const struct ask *ask,
           const struct labels *labels, struct told *told)
{
    for (size_t i = 0; i < labels->count; i++) {
        const char *name = labels->names[i];
        size_t known = 0;
        while (known < told->link_count &&
               (told->links[known].asked->label == NULL ||
                strcmp(told->links[known].asked->label, name) != 0))
            known++;
        if (*name == '\0' || known < told->link_count)
            continue;
        struct asked_link *asked = arena_alloc(arena, sizeof *asked);
        *asked = (struct asked_link){
            .label = name, .link = name, .instances = ask->instances};
        label_add_link(arena, told, asked);
    }
    if (told->link_count == 0) {
        struct asked_link *unnamed = arena_alloc(arena, sizeof *unnamed);
        unnamed->instances = ask->instances;
        label_add_link(arena, told, unnamed);
    }
}

bool
label_check(struct arena *arena, const struct ask *ask,
            const struct findings *findings, const struct source *source,
            struct told *told, struct diag *diag)
{
    bool is_open = false;
    for (size_t i = 0; i < ask->link_count; i++)
        is_open |= ask->links[i].label == NULL;
    struct labels labels = labels_of(arena, findings);
    if (labels.count == 0) {
        diag_add(diag, DIAG_RESULTS_NOTHING, (struct place){source, 1, 1, 1},
                 "request", NULL);
        return false;
    }
    /* a name is one of several where the rest is but the sum */
    bool has_one = labels.count == 1 || has_sum(findings);
    if (ask->link_count == 0 && labels.count <= MOST_LINKS) {
        name_links(arena, ask, &labels, told);
        return true;
    }
    if (ask->link_count > 0 && (!is_open || has_one))
        return true;
    diag_add(diag, DIAG_RESULTS_LABELS, (struct place){source, 1, 1, 1},
             listed(arena, &labels), NULL);
    return false;
}

bool
label_of_tally(const struct asked_link *link, const struct tally *tally,
               uint32_t *label)
{
    size_t count = tally_label_count(tally);
    *label = TALLY_ANY;
    if (link->label == NULL || strcmp(link->label, LABEL_ANY) == 0)
        return true;
    /* of a request and a transaction of one name, the request comes first */
    const uint32_t *order = tally_label_order(tally);
    for (size_t i = 0; i < count; i++)
        if (strcmp(tally_label_name(tally, order[i]), link->label) == 0) {
            *label = order[i];
            return true;
        }
    return false;
}

bool
label_is_of(const struct asked_link *link, const char *label,
            const struct findings *findings)
{
    if (link->label == NULL)
        return takes_sum(findings) == (*label == '\0');
    if (strcmp(link->label, LABEL_ANY) == 0)
        return *label == '\0';
    return strcmp(link->label, label) == 0;
}

static bool
is_taken(const struct told *told, const char *label)
{
    for (size_t i = 0; i < told->link_count; i++) {
        const char *own = told->links[i].asked->label;
        if (own == NULL || strcmp(own, LABEL_ANY) == 0 ||
            strcmp(own, label) == 0)
            return true;
    }
    return *label == '\0';
}

static void
put_note(struct arena *arena, struct told *told, const char *text)
{
    for (size_t i = 0; i < told->note_count; i++)
        if (strcmp(told->notes[i], text) == 0)
            return;
    told->notes = arena_grow(arena, told->notes, told->note_count,
                             &told->note_room, sizeof *told->notes);
    told->notes[told->note_count++] = text;
}

/* Keeps the labels of a step for a hint at the end. */
static void
keep_labels(struct arena *arena, const struct labels *labels, struct told *told)
{
    struct labels all = {told->labels, told->label_count, told->label_room};
    for (size_t i = 0; i < labels->count && all.count < MOST_KEPT; i++)
        add_label(arena, &all, labels->names[i]);
    told->labels = all.names;
    told->label_count = all.count;
    told->label_room = all.room;
}

void
label_left_out(struct arena *arena, const struct findings *findings,
               const struct told_file *file, struct told *told)
{
    struct labels labels = labels_of(arena, findings);
    struct labels rest = {0};
    keep_labels(arena, &labels, told);
    for (size_t i = 0; i < told->link_count; i++)
        if (told->links[i].asked->label == NULL && labels.count > 1 &&
            takes_sum(findings))
            put_note(arena, told,
                     arena_format(arena,
                                  "%s: the tool's own sum of its labels is "
                                  "the link",
                                  file->asked->name));
    for (size_t i = 0; i < labels.count; i++)
        if (!is_taken(told, labels.names[i]))
            append_label(arena, &rest, labels.names[i]);
    if (rest.count > 0)
        put_note(arena, told,
                 arena_format(arena, "%s: left out the labels %s",
                              file->asked->name, listed(arena, &rest)));
}

void
label_report_unknown(struct arena *arena, const struct told *told,
                     const struct told_link *link, struct diag *diag)
{
    const struct asked_link *asked = link->asked;
    const char *near = asked->label ? text_least_far(asked->label, told->labels,
                                                     told->label_count)
                                    : NULL;
    bool is_known = near != NULL && strcmp(near, asked->label) == 0;
    diag_add(diag, DIAG_RESULTS_LABEL, asked->place,
             arena_format(arena, "\"%s\"", asked->label ? asked->label : ""),
             near && !is_known
                 ? arena_format(arena, "; did you mean \"%s\"?", near)
                 : "",
             NULL);
}
