/*
 * The PDF renderer: plan, layout, the file put together of its pages, fonts and
 * tags, writing and reading back.  Dates come from the plan, never from the
 * clock.
 */
#include "render/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/stage.h"
#include "document/plan.h"
#include "render/glyphs.h"
#include "render/page.h"
#include "render/pdf_metadata.h"
#include "render/pdf_page.h"
#include "render/picture.h"

#define PT_PER_MM (72 / 25.4)

/* A document being put together, and the numbers of its objects. */
struct document {
    struct arena *arena;
    const struct plan *plan;
    const struct display *display;
    struct pdf_file *file;
    size_t catalog, tree, resources, logo, info;
    size_t *pages, *contents; /* by page */
    struct pdf_font *fonts[FONT_ROLES];
    size_t font[FONT_ROLES];
    struct pdf_structure *structure;
};

static void
pack(const struct document *document, size_t number, struct pdf_bytes *object)
{
    pdf_file_pack(document->file, number, object);
    object->size = 0;
}

static void
put_given_text(struct pdf_bytes *object, const char *key, const char *text)
{
    pdf_put_format(object, " /%s ", key);
    pdf_put_text(object, text, strlen(text));
}

/* --- what the document says of itself ------------------------------------- */

/* "2026-10-31T18:00:00+08:00" as "(D:20261031180000+08'00)". */
static void
put_date(struct pdf_bytes *object, const char *date)
{
    bool in_zone = false;
    pdf_put_string(object, "(D:");
    for (; *date != '\0'; date++) {
        in_zone = in_zone || *date == '+' || *date == 'Z' ||
                  (*date == '-' && date[3] == ':');
        if (in_zone && *date == ':')
            pdf_put_string(object, "'");
        else if (in_zone || (*date >= '0' && *date <= '9'))
            pdf_put(object, date, 1);
    }
    pdf_put_string(object, ")");
}

/* Found as it stands by those who look for it. */
static void
write_info(const struct document *document)
{
    const struct plan *plan = document->plan;
    struct pdf_bytes object = {NULL, 0, 0};
    pdf_put_string(&object, "<<");
    put_given_text(&object, "Title", plan->title.lead);
    pdf_put_string(
        &object, " /Author (headroom) /Creator (headroom " HEADROOM_VERSION
                 ") /Producer (headroom " HEADROOM_VERSION ") /CreationDate ");
    put_date(&object, plan->created);
    pdf_put_string(&object, " /ModDate ");
    put_date(&object, plan->created);
    pdf_put_string(&object, " >>");
    pdf_file_put(document->file, document->info, &object);
    free(object.bytes);
}

/* --- the outline ---------------------------------------------------------- */

/* One entry of the outline: a part of the document, or a place in one. */
struct outline {
    const char *title, *place; /* place NULL: the page itself */
    size_t page, number;
    size_t first, count; /* of a part: its entries, from 0 of all entries */
};

static size_t
list_parts(const struct document *document, struct outline **list)
{
    const struct display *display = document->display;
    size_t count = 0, next = 0;
    struct outline *parts =
        arena_array(document->arena, display->page_count, struct outline);
    for (size_t i = 0; i < display->page_count; i++) {
        if (display->pages[i].label)
            parts[count++] =
                (struct outline){.title = display->pages[i].label,
                                 .page = i,
                                 .number = pdf_file_number(document->file),
                                 .first = next};
        for (; next < display->entry_count && display->entries[next].page == i;
             next++)
            if (count > 0)
                parts[count - 1].count++;
    }
    *list = parts;
    return count;
}

/* An entry among its neighbours; 0 where there is none. */
static void
put_entry(struct pdf_bytes *object, const char *title, size_t parent,
          size_t before, size_t behind)
{
    pdf_put_string(object, "<<");
    put_given_text(object, "Title", title);
    pdf_put_format(object, " /Parent %zu 0 R", parent);
    if (before > 0)
        pdf_put_format(object, " /Prev %zu 0 R", before);
    if (behind > 0)
        pdf_put_format(object, " /Next %zu 0 R", behind);
}

/* The places below a part. */
static void
write_entries(const struct document *document, const struct outline *part,
              struct pdf_bytes *object)
{
    size_t first = pdf_file_number(document->file);
    for (size_t i = 1; i < part->count; i++)
        pdf_file_number(document->file);
    for (size_t i = 0; i < part->count; i++) {
        const struct display_entry *entry =
            &document->display->entries[part->first + i];
        size_t number = first + i;
        struct pdf_bytes own = {NULL, 0, 0};
        put_entry(&own, entry->title, part->number, i > 0 ? number - 1 : 0,
                  i + 1 < part->count ? number + 1 : 0);
        pdf_put_format(&own, " /Dest (%s) >>", entry->place);
        pack(document, number, &own);
        free(own.bytes);
    }
    pdf_put_format(object, " /First %zu 0 R /Last %zu 0 R /Count -%zu", first,
                   first + part->count - 1, part->count);
}

static void
write_outline(const struct document *document, struct pdf_bytes *catalog)
{
    struct outline *parts;
    struct pdf_bytes object = {NULL, 0, 0};
    size_t root = pdf_file_number(document->file);
    size_t count = list_parts(document, &parts);
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        put_entry(&object, parts[i].title, root,
                  i > 0 ? parts[i - 1].number : 0,
                  i + 1 < count ? parts[i + 1].number : 0);
        pdf_put_format(&object, " /Dest [%zu 0 R /XYZ 0 ",
                       document->pages[parts[i].page]);
        pdf_put_number(&object, document->display->height_mm * PT_PER_MM, 2);
        pdf_put_string(&object, " 0]");
        if (parts[i].count > 0)
            write_entries(document, &parts[i], &object);
        pdf_put_string(&object, " >>");
        pack(document, parts[i].number, &object);
    }
    pdf_put_format(&object,
                   "<< /Type /Outlines /First %zu 0 R /Last %zu 0 R /Count %zu "
                   ">>",
                   parts[0].number, parts[count - 1].number, count);
    pack(document, root, &object);
    free(object.bytes);
    pdf_put_format(catalog, " /Outlines %zu 0 R", root);
}

/* --- pages ---------------------------------------------------------------- */

static void
write_page(const struct document *document, size_t page,
           struct pdf_bytes *object)
{
    const struct display *display = document->display;
    pdf_put_format(object, "<< /Type /Page /Parent %zu 0 R /MediaBox [0 0 ",
                   document->tree);
    pdf_put_number(object, display->width_mm * PT_PER_MM, 3);
    pdf_put_string(object, " ");
    pdf_put_number(object, display->height_mm * PT_PER_MM, 3);
    pdf_put_format(object,
                   "] /Contents %zu 0 R /Resources %zu 0 R /StructParents %zu "
                   "/Tabs /S",
                   document->contents[page], document->resources, page);
    pdf_structure_links(document->structure, page, object);
    pdf_put_string(object, " >>");
    pack(document, document->pages[page], object);
}

static void
write_pages(const struct document *document)
{
    const struct display *display = document->display;
    struct pdf_bytes content = {NULL, 0, 0};
    for (size_t i = 0; i < display->page_count; i++) {
        pdf_page_draw(display, i, document->fonts, document->structure,
                      &content);
        pdf_file_stream(document->file, document->contents[i], "",
                        content.bytes, content.size, true);
        content.size = 0;
    }
    pdf_structure_number(document->structure, document->file);
    for (size_t i = 0; i < display->page_count; i++)
        write_page(document, i, &content);
    pdf_put_string(&content, "<< /Type /Pages /Kids [");
    for (size_t i = 0; i < display->page_count; i++)
        pdf_put_format(&content, "%zu 0 R ", document->pages[i]);
    pdf_put_format(&content, "] /Count %zu >>", display->page_count);
    pdf_file_put(document->file, document->tree, &content);
    free(content.bytes);
}

/* Samples of a picture as an object; mask: what else is said of it. */
static void
write_samples(const struct document *document, size_t number,
              const struct picture *picture, const char *space,
              const char *mask, const unsigned char *samples, size_t size)
{
    pdf_file_stream(document->file, number,
                    arena_format(document->arena,
                                 "/Type /XObject /Subtype /Image /Width %u "
                                 "/Height %u /BitsPerComponent 8 /ColorSpace "
                                 "/%s%s",
                                 picture->width, picture->height, space, mask),
                    samples, size, true);
}

static bool
write_logo(const struct document *document, const char **why)
{
    struct picture picture;
    if (document->logo == 0)
        return true;
    if (!picture_unpack(document->arena, document->plan->template->logo,
                        &picture, why))
        return false;
    size_t count = (size_t)picture.width * picture.height;
    const char *mask = "";
    if (picture.alpha) {
        size_t number = pdf_file_number(document->file);
        write_samples(document, number, &picture, "DeviceGray", "",
                      picture.alpha, count);
        mask = arena_format(document->arena, " /SMask %zu 0 R", number);
    }
    write_samples(document, document->logo, &picture, "DeviceRGB", mask,
                  picture.rgb, 3 * count);
    return true;
}

static bool
write_resources(const struct document *document, const char **why)
{
    struct pdf_bytes object = {NULL, 0, 0};
    pdf_put_string(&object, "<< /Font <<");
    for (size_t role = 0; role < FONT_ROLES; role++) {
        const char *fault =
            pdf_font_write(document->fonts[role], document->file);
        if (fault) {
            *why = fault;
            free(object.bytes);
            return false;
        }
        pdf_put_format(&object, " /F%zu %zu 0 R", role, document->font[role]);
    }
    pdf_put_string(&object, " >>");
    if (document->logo > 0)
        pdf_put_format(&object, " /XObject << /Logo %zu 0 R >>",
                       document->logo);
    pdf_put_string(&object, " >>");
    pack(document, document->resources, &object);
    free(object.bytes);
    return write_logo(document, why);
}

/* --- the document --------------------------------------------------------- */

static void
write_catalog(const struct document *document)
{
    struct pdf_bytes object = {NULL, 0, 0};
    const char *language =
        document->plan->words.lang == LANG_EN ? "en" : "zh-CN";
    size_t metadata = pdf_file_number(document->file);
    const char *packet =
        pdf_metadata(document->arena, document->plan, language);
    /* not packed, so that any program that looks for it finds it */
    pdf_file_stream(document->file, metadata, "/Type /Metadata /Subtype /XML",
                    packet, strlen(packet), false);
    pdf_put_format(&object,
                   "<< /Type /Catalog /Pages %zu 0 R /Lang (%s) /MarkInfo << "
                   "/Marked true >> /ViewerPreferences << /DisplayDocTitle "
                   "true >> /Metadata %zu 0 R /PageLabels << /Nums [0 << /S /D "
                   ">>] >>",
                   document->tree, language, metadata);
    write_outline(document, &object);
    pdf_structure_write(document->structure, document->file, &object);
    pdf_put_string(&object, " >>");
    pdf_file_put(document->file, document->catalog, &object);
    free(object.bytes);
}

/* Numbers for what refers to each other. */
static void
begin(struct document *document)
{
    const struct display *display = document->display;
    struct pdf_file *file = document->file;
    document->catalog = pdf_file_number(file);
    document->info = pdf_file_number(file);
    document->tree = pdf_file_number(file);
    document->resources = pdf_file_number(file);
    if (document->plan->template->logo)
        document->logo = pdf_file_number(file);
    document->pages = arena_array(document->arena, display->page_count, size_t);
    document->contents =
        arena_array(document->arena, display->page_count, size_t);
    for (size_t i = 0; i < display->page_count; i++) {
        document->pages[i] = pdf_file_number(file);
        document->contents[i] = pdf_file_number(file);
    }
    for (unsigned role = 0; role < FONT_ROLES; role++) {
        document->font[role] = pdf_file_number(file);
        document->fonts[role] =
            pdf_font_new(document->arena, display->fonts, (enum font_role)role,
                         document->font[role]);
    }
    document->structure =
        pdf_structure_new(document->arena, display, document->pages);
}

bool
pdf_draw(struct arena *arena, const struct plan *plan,
         const struct display *display, struct pdf_bytes *pdf, const char **why)
{
    struct document document = {
        .arena = arena, .plan = plan, .display = display};
    *pdf = (struct pdf_bytes){NULL, 0, 0};
    if (!fonts_subset(display->fonts, why))
        return false;
    document.file = pdf_file_open(arena);
    begin(&document);
    write_pages(&document);
    bool done = write_resources(&document, why);
    if (done) {
        write_catalog(&document);
        write_info(&document);
        pdf_file_end(document.file, document.catalog, document.info, pdf);
    }
    pdf_file_close(document.file);
    return done;
}

/* Lays out and draws a plan into bytes. */
static enum render_status
render_plan(const struct render_job *job, const struct plan *plan,
            struct pdf_bytes *pdf, size_t *pages, const char **why)
{
    const char *folder = arena_format(job->arena, "%s/fonts", job->share);
    struct fonts *fonts = fonts_open(job->arena, folder, why);
    if (fonts == NULL)
        return RENDER_SYSTEM_ERROR;
    enum render_status status = RENDER_INPUT_ERROR;
    struct display *display = page_layout(job->arena, plan, fonts, why);
    bool complete =
        display && glyphs_check(job->arena, plan, display, job->diag);
    if (complete)
        *why = display_check(display);
    if (*why) {
        diag_add(job->diag, DIAG_PAGE_OVERFLOW, (struct place){0}, *why, NULL);
    } else if (complete) {
        *pages = display->page_count;
        status = pdf_draw(job->arena, plan, display, pdf, why)
                     ? RENDER_OK
                     : RENDER_SYSTEM_ERROR;
    }
    fonts_close(fonts);
    return status;
}

/* Reads the written file again and checks it. */
static bool
read_back(struct arena *arena, const char *path, size_t pages, const char **why)
{
    int handle = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    void *bytes = MAP_FAILED;
    if (handle >= 0 && fstat(handle, &status) == 0 && status.st_size > 0)
        bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE,
                     handle, 0);
    int error = errno;
    if (handle >= 0)
        close(handle);
    if (bytes == MAP_FAILED) {
        *why = arena_format(arena, "cannot read %s back: %s", path,
                            strerror(error));
        return false;
    }
    const char *fault = NULL;
    bool is_whole = pdf_check(bytes, (size_t)status.st_size, pages, &fault);
    munmap(bytes, (size_t)status.st_size);
    if (!is_whole)
        *why = arena_format(arena, "%s was not written well: %s", path, fault);
    return is_whole;
}

enum render_status
pdf_render(const struct render_job *job, const char *file_name,
           const char **why)
{
    const struct plan *plan = plan_document(
        job->arena, job->report, job->template, job->lang, job->diag);
    if (plan == NULL)
        return RENDER_INPUT_ERROR;
    struct pdf_bytes pdf = {NULL, 0, 0};
    size_t pages = 0;
    enum render_status status = render_plan(job, plan, &pdf, &pages, why);
    if (status == RENDER_OK &&
        !(stage_write(job->stage, file_name, pdf.bytes, pdf.size, why) &&
          read_back(job->arena, stage_path(job->stage, file_name), pages, why)))
        status = RENDER_SYSTEM_ERROR;
    free(pdf.bytes);
    return status;
}
