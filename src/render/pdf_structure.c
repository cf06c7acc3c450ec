/*
 * Tags, links and places of a PDF.  Room render/.  Contents of a page are
 * numbered as they come; a tag holds contents and other tags in their order.
 * A link is a tag as well, and a box on its page; a place is only a name for
 * where its contents begin.
 */
#include "render/pdf_structure.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define PT_PER_MM (72 / 25.4)
#define DOCUMENT 0 /* the element above all */

struct kid {
    bool is_element; /* else a content's number */
    size_t value;
};

struct element {
    const char *tag, *alt;
    size_t parent, page, number;
    size_t link; /* from 1, 0: it is none */
    struct kid *kids;
    size_t kid_count, kid_room;
};

struct link {
    size_t page, element, number;
    const char *place;
    struct box box;
};

struct goal {
    const char *name;
    size_t page;
    struct box box;
};

/* What is open: an element, or a place within one. */
struct open {
    bool is_place;
    size_t index; /* of the element, or of the place */
};

/* Contents of a page and the element of each. */
struct contents {
    size_t *elements;
    size_t count, room;
};

struct pdf_structure {
    struct arena *arena;
    const struct display *display;
    const size_t *page_numbers;
    struct element *elements;
    size_t element_count, element_room;
    struct link *links;
    size_t link_count, link_room;
    struct goal *places;
    size_t place_count, place_room;
    struct contents *contents; /* by page */
    size_t page;
    struct open open[TAGS_DEEP + 1];
    size_t depth;
    size_t marked; /* the element that the last content belongs to */
    bool is_marked;
};

static struct element *
add_element(struct pdf_structure *structure, const char *tag, const char *alt)
{
    structure->elements = arena_grow(
        structure->arena, structure->elements, structure->element_count,
        &structure->element_room, sizeof *structure->elements);
    struct element *element = &structure->elements[structure->element_count++];
    *element =
        (struct element){.tag = tag, .alt = alt, .page = structure->page};
    return element;
}

struct pdf_structure *
pdf_structure_new(struct arena *arena, const struct display *display,
                  const size_t *page_numbers)
{
    struct pdf_structure *structure = arena_alloc(arena, sizeof *structure);
    structure->arena = arena;
    structure->display = display;
    structure->page_numbers = page_numbers;
    structure->contents =
        arena_array(arena, display->page_count, struct contents);
    add_element(structure, "Document", NULL);
    return structure;
}

/* --- along the pages ------------------------------------------------------ */

void
pdf_structure_page(struct pdf_structure *structure, size_t page)
{
    structure->page = page;
    structure->depth = 1;
    structure->open[0] = (struct open){.index = DOCUMENT};
    structure->is_marked = false;
}

/* The innermost element that is open. */
static size_t
innermost(const struct pdf_structure *structure)
{
    size_t depth = structure->depth;
    while (structure->open[depth - 1].is_place)
        depth--;
    return structure->open[depth - 1].index;
}

static void
add_kid(struct pdf_structure *structure, size_t index, bool is_element,
        size_t value)
{
    struct element *element = &structure->elements[index];
    element->kids =
        arena_grow(structure->arena, element->kids, element->kid_count,
                   &element->kid_room, sizeof *element->kids);
    element->kids[element->kid_count++] = (struct kid){is_element, value};
}

static void
open_place(struct pdf_structure *structure, const char *name)
{
    structure->places =
        arena_grow(structure->arena, structure->places, structure->place_count,
                   &structure->place_room, sizeof *structure->places);
    structure->places[structure->place_count] =
        (struct goal){.name = name, .page = structure->page};
    structure->open[structure->depth++] =
        (struct open){true, structure->place_count++};
}

static size_t
add_link(struct pdf_structure *structure, const char *place, size_t element)
{
    structure->links =
        arena_grow(structure->arena, structure->links, structure->link_count,
                   &structure->link_room, sizeof *structure->links);
    structure->links[structure->link_count++] = (struct link){
        .page = structure->page, .element = element, .place = place};
    return structure->link_count;
}

void
pdf_structure_open(struct pdf_structure *structure, const struct item *item)
{
    assert(structure->depth <= TAGS_DEEP); /* display_check() saw to it */
    structure->is_marked = false;
    if (item->tag_kind == TAG_PLACE) {
        open_place(structure, item->goal);
        return;
    }
    size_t parent = innermost(structure), index = structure->element_count;
    struct element *element = add_element(structure, item->tag, item->alt);
    element->parent = parent;
    add_kid(structure, parent, true, index);
    if (item->tag_kind == TAG_LINK)
        structure->elements[index].link =
            add_link(structure, item->goal, index);
    structure->open[structure->depth++] = (struct open){.index = index};
}

void
pdf_structure_close(struct pdf_structure *structure)
{
    structure->depth--;
    structure->is_marked = false;
}

static struct box
hull(struct box a, struct box b)
{
    if (a.width <= 0 && a.height <= 0)
        return b;
    double right =
        a.x + a.width > b.x + b.width ? a.x + a.width : b.x + b.width;
    double bottom =
        a.y + a.height > b.y + b.height ? a.y + a.height : b.y + b.height;
    struct box box = {a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y, 0, 0};
    box.width = right - box.x;
    box.height = bottom - box.y;
    return box;
}

/* The links and places that are open grow with what is drawn in them. */
static void
grow_boxes(struct pdf_structure *structure, struct box box)
{
    for (size_t i = 0; i < structure->depth; i++) {
        const struct open *open = &structure->open[i];
        if (open->is_place) {
            struct goal *goal = &structure->places[open->index];
            goal->box = hull(goal->box, box);
        } else if (structure->elements[open->index].link > 0) {
            struct link *link =
                &structure->links[structure->elements[open->index].link - 1];
            link->box = hull(link->box, box);
        }
    }
}

const char *
pdf_structure_mark(struct pdf_structure *structure, struct box box,
                   size_t *number, bool *is_new)
{
    struct contents *contents = &structure->contents[structure->page];
    size_t element = innermost(structure);
    grow_boxes(structure, box);
    *is_new = !structure->is_marked || structure->marked != element;
    if (*is_new) {
        contents->elements =
            arena_grow(structure->arena, contents->elements, contents->count,
                       &contents->room, sizeof *contents->elements);
        add_kid(structure, element, false, contents->count);
        contents->elements[contents->count++] = element;
        structure->is_marked = true;
        structure->marked = element;
    }
    *number = contents->count - 1;
    return structure->elements[element].tag;
}

/* --- links and places ----------------------------------------------------- */

void
pdf_structure_number(struct pdf_structure *structure, struct pdf_file *file)
{
    for (size_t i = 0; i < structure->link_count; i++)
        structure->links[i].number = pdf_file_number(file);
}

void
pdf_structure_links(const struct pdf_structure *structure, size_t page,
                    struct pdf_bytes *out)
{
    bool is_open = false;
    for (size_t i = 0; i < structure->link_count; i++) {
        if (structure->links[i].page != page)
            continue;
        pdf_put_format(out, "%s%zu 0 R", is_open ? " " : " /Annots [",
                       structure->links[i].number);
        is_open = true;
    }
    if (is_open)
        pdf_put_string(out, "]");
}

static double
up(const struct pdf_structure *structure, double y_mm)
{
    return (structure->display->height_mm - y_mm) * PT_PER_MM;
}

static void
put_point(struct pdf_bytes *out, double x, double y)
{
    pdf_put_number(out, x, 2);
    pdf_put_string(out, " ");
    pdf_put_number(out, y, 2);
}

static void
pack(struct pdf_file *file, size_t number, struct pdf_bytes *object)
{
    pdf_file_pack(file, number, object);
    object->size = 0;
}

static void
write_links(const struct pdf_structure *structure, struct pdf_file *file,
            struct pdf_bytes *object)
{
    for (size_t i = 0; i < structure->link_count; i++) {
        const struct link *link = &structure->links[i];
        pdf_put_string(object, "<< /Type /Annot /Subtype /Link /Rect [");
        put_point(object, link->box.x * PT_PER_MM,
                  up(structure, link->box.y + link->box.height));
        pdf_put_string(object, " ");
        put_point(object, (link->box.x + link->box.width) * PT_PER_MM,
                  up(structure, link->box.y));
        pdf_put_format(object,
                       "] /F 4 /Border [0 0 0] /Dest (%s) /StructParent %zu "
                       ">>",
                       link->place, structure->display->page_count + i);
        pack(file, link->number, object);
    }
}

static int
by_name(const void *a, const void *b)
{
    const struct goal *left = a, *right = b;
    return strcmp(left->name, right->name);
}

static void
write_places(const struct pdf_structure *structure, struct pdf_file *file,
             struct pdf_bytes *catalog, struct pdf_bytes *object)
{
    if (structure->place_count == 0)
        return;
    size_t number = pdf_file_number(file);
    qsort(structure->places, structure->place_count, sizeof *structure->places,
          by_name);
    pdf_put_string(object, "<< /Names [");
    for (size_t i = 0; i < structure->place_count; i++) {
        const struct goal *goal = &structure->places[i];
        pdf_put_format(object, "(%s) [%zu 0 R /XYZ ", goal->name,
                       structure->page_numbers[goal->page]);
        put_point(object, goal->box.x * PT_PER_MM, up(structure, goal->box.y));
        pdf_put_string(object, " 0] ");
    }
    pdf_put_string(object, "] >>");
    pack(file, number, object);
    pdf_put_format(catalog, " /Names << /Dests %zu 0 R >>", number);
}

/* --- the tree ------------------------------------------------------------- */

static void
put_kids(const struct pdf_structure *structure, const struct element *element,
         struct pdf_bytes *object)
{
    pdf_put_string(object, " /K [");
    if (element->link > 0)
        pdf_put_format(object, "<< /Type /OBJR /Obj %zu 0 R >> ",
                       structure->links[element->link - 1].number);
    for (size_t i = 0; i < element->kid_count; i++) {
        const struct kid *kid = &element->kids[i];
        if (kid->is_element)
            pdf_put_format(object, "%zu 0 R ",
                           structure->elements[kid->value].number);
        else
            pdf_put_format(object, "%zu ", kid->value);
    }
    pdf_put_string(object, "]");
}

static void
write_elements(struct pdf_structure *structure, struct pdf_file *file,
               size_t root, struct pdf_bytes *object)
{
    for (size_t i = 0; i < structure->element_count; i++)
        structure->elements[i].number = pdf_file_number(file);
    for (size_t i = 0; i < structure->element_count; i++) {
        const struct element *element = &structure->elements[i];
        pdf_put_format(
            object, "<< /Type /StructElem /S /%s /P %zu 0 R", element->tag,
            i == DOCUMENT ? root : structure->elements[element->parent].number);
        if (i != DOCUMENT)
            pdf_put_format(object, " /Pg %zu 0 R",
                           structure->page_numbers[element->page]);
        if (strcmp(element->tag, "Figure") == 0) {
            const char *alt = element->alt ? element->alt : "";
            pdf_put_string(object, " /Alt ");
            pdf_put_text(object, alt, strlen(alt));
        } else if (strcmp(element->tag, "TH") == 0) {
            pdf_put_string(object, " /A << /O /Table /Scope /Column >>");
        }
        put_kids(structure, element, object);
        pdf_put_string(object, " >>");
        pack(file, element->number, object);
    }
}

/* From contents and links back to their tags. */
static void
write_parents(const struct pdf_structure *structure, struct pdf_file *file,
              size_t number, struct pdf_bytes *object)
{
    size_t pages = structure->display->page_count;
    pdf_put_string(object, "<< /Nums [");
    for (size_t page = 0; page < pages; page++) {
        const struct contents *contents = &structure->contents[page];
        pdf_put_format(object, "%zu [", page);
        for (size_t i = 0; i < contents->count; i++)
            pdf_put_format(object, "%zu 0 R ",
                           structure->elements[contents->elements[i]].number);
        pdf_put_string(object, "] ");
    }
    for (size_t i = 0; i < structure->link_count; i++)
        pdf_put_format(object, "%zu %zu 0 R ", pages + i,
                       structure->elements[structure->links[i].element].number);
    pdf_put_string(object, "] >>");
    pack(file, number, object);
}

void
pdf_structure_write(struct pdf_structure *structure, struct pdf_file *file,
                    struct pdf_bytes *catalog)
{
    struct pdf_bytes object = {NULL, 0, 0};
    size_t root = pdf_file_number(file), parents = pdf_file_number(file);
    write_links(structure, file, &object);
    write_places(structure, file, catalog, &object);
    write_elements(structure, file, root, &object);
    write_parents(structure, file, parents, &object);
    pdf_put_format(&object,
                   "<< /Type /StructTreeRoot /K [%zu 0 R] /ParentTree %zu 0 R "
                   "/ParentTreeNextKey %zu >>",
                   structure->elements[DOCUMENT].number, parents,
                   structure->display->page_count + structure->link_count);
    pack(file, root, &object);
    free(object.bytes);
    pdf_put_format(catalog, " /StructTreeRoot %zu 0 R", root);
}
