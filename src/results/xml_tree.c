/*
 * Small XML files as trees, by expat.  Room: results.
 */
#include "results/xml_tree.h"

#include <expat.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"

#define MOST_DEPTH 64

struct build {
    struct arena *arena;
    const struct source *source;
    XML_Parser expat;
    struct xml *open[MOST_DEPTH]; /* from the outermost in */
    struct xml **last[MOST_DEPTH];
    size_t depth;
    struct xml *root;
    const char *why; /* what made us stop */
};

static struct place
here(const struct build *build)
{
    return (struct place){
        build->source, (unsigned)XML_GetCurrentLineNumber(build->expat),
        (unsigned)XML_GetCurrentColumnNumber(build->expat) + 1, 1};
}

static void
stop(struct build *build, const char *why)
{
    if (build->why == NULL)
        build->why = why;
    XML_StopParser(build->expat, XML_FALSE);
}

static const char *
copy(const struct build *build, const char *text)
{
    return arena_copy(build->arena, text, strlen(text));
}

static void
begin_element(void *user, const char *name, const char **attributes)
{
    struct build *build = user;
    size_t count = 0;
    if (build->depth == MOST_DEPTH) {
        stop(build, "it is nested more than 64 deep");
        return;
    }
    while (attributes[2 * count] != NULL)
        count++;
    struct xml *element = arena_alloc(build->arena, sizeof *element);
    element->name = copy(build, name);
    element->text = "";
    element->place = here(build);
    element->attributes =
        arena_array(build->arena, count + 1, struct xml_attribute);
    for (size_t i = 0; i < count; i++)
        element->attributes[i] = (struct xml_attribute){
            copy(build, attributes[2 * i]), copy(build, attributes[2 * i + 1])};
    if (build->depth == 0) {
        build->root = element;
    } else {
        *build->last[build->depth - 1] = element;
        build->last[build->depth - 1] = &element->next;
    }
    build->open[build->depth] = element;
    build->last[build->depth++] = &element->first;
}

static void
end_element(void *user, const char *name)
{
    struct build *build = user;
    (void)name;
    if (build->depth > 0)
        build->depth--;
}

/* expat's text ends without a NUL. */
static bool
is_blank(const char *text, int length)
{
    for (int i = 0; i < length; i++)
        if (strchr(" \t\r\n", text[i]) == NULL)
            return false;
    return true;
}

/* Texts that matter are short: a long one is gathered piece by piece. */
static void
add_text(void *user, const char *text, int length)
{
    struct build *build = user;
    if (build->depth == 0 || is_blank(text, length))
        return;
    struct xml *element = build->open[build->depth - 1];
    if (strlen(element->text) < 1024)
        element->text =
            arena_format(build->arena, "%s%.*s", element->text, length, text);
}

static void
begin_type(void *user, const char *name, const char *system, const char *id,
           int has_subset)
{
    (void)name, (void)system, (void)id, (void)has_subset;
    stop(user, "a document type is not followed");
}

const struct xml *
xml_tree(const struct parse *parse)
{
    struct build build = {.arena = parse->arena,
                          .source = parse->source,
                          .expat = XML_ParserCreate("UTF-8")};
    if (build.expat == NULL)
        return NULL;
    XML_SetUserData(build.expat, &build);
    XML_SetElementHandler(build.expat, begin_element, end_element);
    XML_SetCharacterDataHandler(build.expat, add_text);
    XML_SetStartDoctypeDeclHandler(build.expat, begin_type);
    enum XML_Status status = XML_Parse(build.expat, parse->source->bytes,
                                       (int)parse->source->size, XML_TRUE);
    if (status != XML_STATUS_OK) {
        build.root = NULL;
        diag_add(parse->diag, DIAG_RESULTS_FORM, here(&build), "valid XML",
                 build.why ? build.why
                           : XML_ErrorString(XML_GetErrorCode(build.expat)),
                 NULL);
    }
    XML_ParserFree(build.expat);
    return build.root;
}

const struct xml *
xml_child(const struct xml *element, const char *name)
{
    const struct xml *child = element->first;
    while (child != NULL && strcmp(child->name, name) != 0)
        child = child->next;
    return child;
}

const char *
xml_attribute(const struct xml *element, const char *name)
{
    const struct xml_attribute *attribute = element->attributes;
    while (attribute->name != NULL && strcmp(attribute->name, name) != 0)
        attribute++;
    return attribute->value;
}
