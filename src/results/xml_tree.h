/*
 * A small XML file as a tree with places.  Room: results; for its read_*.c
 * only.
 */
#ifndef HEADROOM_RESULTS_XML_TREE_H
#define HEADROOM_RESULTS_XML_TREE_H

#include "results/parse.h"

struct xml_attribute {
    const char *name, *value;
};

struct xml {
    const char *name;
    struct xml_attribute *attributes; /* ends with a name that is NULL */
    const char *text;                 /* between its tags, children left out */
    struct place place;
    struct xml *first, *next;
};

/* The outermost element of the file.  NULL and a message when it is no sound
   XML, is nested more than 64 deep, or declares a document type: entities of
   its own are never followed. */
const struct xml *xml_tree(const struct parse *parse);

/* A child of that name, after another child or the first; or NULL. */
const struct xml *xml_child(const struct xml *element, const char *name);
/* An attribute, or NULL. */
const char *xml_attribute(const struct xml *element, const char *name);

#endif
