/*
 * The PDF renderer: plan, layout, drawing by cairo into memory, finishing
 * (pdf_finish.c), writing and reading back.  Dates come from the plan, never
 * from the clock.
 */
#include "render/pdf.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/stage.h"
#include "document/plan.h"
#include "render/draw.h"
#include "render/glyphs.h"
#include "render/page.h"
#include "render/pdf_finish.h"
#include "render/picture.h"

#define PT_PER_MM (72 / 25.4)

void
pdf_put(struct pdf_bytes *pdf, const void *bytes, size_t size)
{
    if (pdf->room - pdf->size < size) {
        size_t room = pdf->room ? pdf->room : 64 * 1024;
        while (room - pdf->size < size)
            room *= 2;
        unsigned char *larger = realloc(pdf->bytes, room);
        if (larger == NULL)
            abort(); /* not reached: memory.c ends the program first */
        pdf->bytes = larger;
        pdf->room = room;
    }
    memcpy(pdf->bytes + pdf->size, bytes, size);
    pdf->size += size;
}

static cairo_status_t
collect(void *closure, const unsigned char *bytes, unsigned size)
{
    pdf_put(closure, bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata(cairo_surface_t *surface, const struct plan *plan)
{
    static const char creator[] = "headroom " HEADROOM_VERSION;
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   plan->title.lead);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR,
                                   "headroom");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR,
                                   creator);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   plan->created);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE,
                                   plan->created);
}

static int
add_outline(cairo_surface_t *surface, const char *title, size_t page)
{
    char place[64];
    snprintf(place, sizeof place, "page=%zu pos=[0 0]", page);
    return cairo_pdf_surface_add_outline(surface, CAIRO_PDF_OUTLINE_ROOT, title,
                                         place, CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

/* The entries of the places on a page, from *next on, below its part's. */
static void
add_entries(cairo_surface_t *surface, const struct display *display,
            size_t page, int part, size_t *next)
{
    for (; *next < display->entry_count; ++*next) {
        const struct display_entry *entry = &display->entries[*next];
        char place[64];
        if (entry->page != page)
            return;
        snprintf(place, sizeof place, "dest='%s'", entry->place);
        cairo_pdf_surface_add_outline(surface, part, entry->title, place, 0);
    }
}

/* Draws all pages; the document is one tree of tags. */
static cairo_status_t
draw_pages(cairo_surface_t *surface, const struct display *display,
           cairo_surface_t *logo)
{
    cairo_t *context = cairo_create(surface);
    int part = CAIRO_PDF_OUTLINE_ROOT;
    size_t entries = 0;
    cairo_tag_begin(context, "Document", NULL);
    for (size_t i = 0; i < display->page_count; i++) {
        char label[24];
        snprintf(label, sizeof label, "%zu", i + 1);
        cairo_pdf_surface_set_page_label(surface, label);
        draw_page(context, display, &display->pages[i], logo);
        cairo_show_page(context);
        if (display->pages[i].label)
            part = add_outline(surface, display->pages[i].label, i + 1);
        add_entries(surface, display, i, part, &entries);
        if (cairo_status(context) != CAIRO_STATUS_SUCCESS)
            break;
    }
    cairo_tag_end(context, "Document");
    cairo_status_t status = cairo_status(context);
    cairo_destroy(context);
    return status;
}

bool
pdf_draw(struct arena *arena, const struct plan *plan,
         const struct display *display, struct pdf_bytes *pdf, const char **why)
{
    struct pdf_bytes raw = {NULL, 0, 0};
    const struct template_logo *from = plan->template->logo;
    cairo_surface_t *logo = NULL;
    *pdf = raw;
    if (!fonts_subset(display->fonts, why) ||
        (from && (logo = picture_open(arena, from, why)) == NULL))
        return false;
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        collect, &raw, display->width_mm * PT_PER_MM,
        display->height_mm * PT_PER_MM);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    set_metadata(surface, plan);
    cairo_status_t status = draw_pages(surface, display, logo);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    cairo_surface_destroy(logo);
    bool done = status == CAIRO_STATUS_SUCCESS;
    if (done)
        done = pdf_finish(arena, plan, display, &raw, pdf, why);
    else
        *why = arena_format(arena, "drawing the PDF: %s",
                            cairo_status_to_string(status));
    free(raw.bytes);
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
