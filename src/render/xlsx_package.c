/*
 * Puts rows into a workbook that has none.  Room render/; with readback.c the
 * one that knows minizip.
 *
 * The frame is a small file in which every sheet has its columns, rules and
 * print set-up but an empty <sheetData>.  Its parts go over as they are packed;
 * a sheet is unpacked, cut at its rows, and packed again with the plan's rows
 * between the two halves.  The new file takes the frame's name at once, while
 * the frame is read from the handle that is still open: so the staging folder
 * holds no other name, whenever the run ends.
 */
#include "render/xlsx_package.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <unzip.h>
#include <zip.h>
#include <zlib.h>

#include "base/arena.h"
#include "document/sheet.h"
#include "render/xlsx_rows.h"

#define MAX_PART_NAME 256

struct package {
    struct arena *arena;
    const struct sheet_plan *plan;
    const struct xlsx_styles *styles;
    struct xlsx_packer *packer;
    unzFile frame;
    zipFile file;
    /* of the part at hand */
    struct xlsx_sum sum;
    const char *fault; /* NULL for a failed write: errno tells */
};

/* --- writing one part ----------------------------------------------------- */

static bool
begin_part(struct package *package, const char *name, int method)
{
    /* 1980-01-01, the first day that a zip can tell */
    static const zip_fileinfo info = {
        .tmz_date = {.tm_mday = 1, .tm_year = 1980}
    };
    package->sum = (struct xlsx_sum){.packed = 0};
    return zipOpenNewFileInZip2(package->file, name, &info, NULL, 0, NULL, 0,
                                NULL, method, Z_DEFAULT_COMPRESSION,
                                1) == ZIP_OK;
}

static bool
put_packed(struct package *package, const void *bytes, size_t size)
{
    package->sum.packed = (uint32_t)crc32_z(package->sum.packed, bytes, size);
    package->sum.size += size;
    return zipWriteInFileInZip(package->file, bytes, (unsigned)size) == ZIP_OK;
}

static bool
end_part(struct package *package)
{
    return zipCloseFileInZipRaw64(package->file, package->sum.text_size,
                                  package->sum.text) == ZIP_OK;
}

static bool
take_piece(void *context, const struct xlsx_piece *piece)
{
    struct package *package = context;
    struct xlsx_sum *sum = &package->sum;
    sum->text = (uint32_t)crc32_combine(sum->text, piece->text_sum,
                                        (z_off_t)piece->text_size);
    sum->text_size += piece->text_size;
    return put_packed(package, piece->bytes, piece->size);
}

size_t
xlsx_sheet_of_part(const struct sheet_plan *plan, const char *part)
{
    static const char prefix[] = "xl/worksheets/sheet";
    if (strncmp(part, prefix, sizeof prefix - 1) != 0)
        return plan->sheet_count;
    unsigned long number = strtoul(part + sizeof prefix - 1, NULL, 10);
    return number == 0 || number > plan->sheet_count ? plan->sheet_count
                                                     : number - 1;
}

/* --- a sheet -------------------------------------------------------------- */

/* The unpacked text of the part at which the frame stands. */
static const char *
frame_text(struct package *package, const unz_file_info64 *info)
{
    size_t size = (size_t)info->uncompressed_size;
    char *text = arena_alloc(package->arena, size + 1);
    package->fault = "the frame cannot be read";
    if (unzOpenCurrentFile(package->frame) != UNZ_OK)
        return NULL;
    int got = unzReadCurrentFile(package->frame, text, (unsigned)size + 1);
    if (unzCloseCurrentFile(package->frame) != UNZ_OK || got < 0 ||
        (size_t)got != size)
        return NULL;
    text[size] = '\0';
    package->fault = NULL;
    return text;
}

/* The three places at which a sheet's text is cut: what its extent and its
   rows are is told by the plan, not by the frame. */
struct cuts {
    const char *extent, *behind_extent; /* <dimension .../> */
    const char *rows, *behind_rows;     /* <sheetData...> */
};

static bool
find_cuts(const char *text, struct cuts *cuts)
{
    static const char close[] = "</sheetData>";
    cuts->extent = strstr(text, "<dimension ");
    cuts->rows = strstr(text, "<sheetData");
    if (cuts->extent == NULL || cuts->rows == NULL || cuts->extent > cuts->rows)
        return false;
    cuts->behind_extent = strchr(cuts->extent, '>') + 1;
    const char *end = strchr(cuts->rows, '>');
    if (end[-1] != '/') { /* the cells that lead to other sheets */
        end = strstr(end, close);
        end = end ? end + sizeof close - 2 : NULL;
    }
    cuts->behind_rows = end ? end + 1 : NULL;
    return end != NULL;
}

static bool
write_head(struct package *package, const struct sheet *sheet, const char *text,
           const struct cuts *cuts)
{
    char letters[4];
    sheet_letters(sheet->column_count > 0 ? (unsigned)sheet->column_count - 1
                                          : 0,
                  letters);
    const char *head = arena_format(
        package->arena, "%.*s<dimension ref=\"A1:%s%u\"/>%.*s<sheetData>",
        (int)(cuts->extent - text), text, letters,
        sheet->row_count > 0 ? sheet->row_count : 1,
        (int)(cuts->rows - cuts->behind_extent), cuts->behind_extent);
    return xlsx_pack_text(package->packer, head, strlen(head), false,
                          take_piece, package);
}

static bool
write_tail(struct package *package, const struct cuts *cuts)
{
    const char *tail =
        arena_format(package->arena, "</sheetData>%s", cuts->behind_rows);
    return xlsx_pack_text(package->packer, tail, strlen(tail), true, take_piece,
                          package);
}

static bool
fill_sheet(struct package *package, const char *name,
           const unz_file_info64 *info, const struct sheet *sheet,
           struct xlsx_sum *sum)
{
    struct cuts cuts;
    const char *text = frame_text(package, info);
    if (text == NULL)
        return false;
    if (!find_cuts(text, &cuts)) {
        package->fault = "the frame is in a form that is not known";
        return false;
    }
    bool good =
        begin_part(package, name, Z_DEFLATED) &&
        write_head(package, sheet, text, &cuts) &&
        xlsx_pack_rows(package->packer, package->arena, sheet, package->styles,
                       take_piece, package, &package->fault) &&
        write_tail(package, &cuts) && end_part(package);
    *sum = package->sum;
    sum->is_kept = xlsx_rows_are_many(sheet);
    return good;
}

/* --- any other part ------------------------------------------------------- */

static bool
copy_part(struct package *package, const char *name,
          const unz_file_info64 *info)
{
    int method, level;
    size_t size = (size_t)info->compressed_size;
    char *bytes = arena_alloc(package->arena, size + 1);
    package->fault = "the frame cannot be read";
    if (unzOpenCurrentFile2(package->frame, &method, &level, 1) != UNZ_OK)
        return false;
    int got = unzReadCurrentFile(package->frame, bytes, (unsigned)size + 1);
    if (unzCloseCurrentFile(package->frame) != UNZ_OK || got < 0 ||
        (size_t)got != size)
        return false;
    package->fault = NULL;
    if (!begin_part(package, name, method))
        return false;
    package->sum.text = (uint32_t)info->crc;
    package->sum.text_size = info->uncompressed_size;
    return put_packed(package, bytes, size) && end_part(package);
}

/* --- the file ------------------------------------------------------------- */

static bool
fill_part(struct package *package, struct xlsx_sum *sums)
{
    char name[MAX_PART_NAME];
    unz_file_info64 info;
    if (unzGetCurrentFileInfo64(package->frame, &info, name, sizeof name, NULL,
                                0, NULL, 0) != UNZ_OK) {
        package->fault = "the frame cannot be read";
        return false;
    }
    size_t sheet = xlsx_sheet_of_part(package->plan, name);
    if (sheet < package->plan->sheet_count)
        return fill_sheet(package, name, &info, &package->plan->sheets[sheet],
                          &sums[sheet]);
    return copy_part(package, name, &info);
}

static bool
fill_parts(struct package *package, struct xlsx_sum *sums)
{
    int status = unzGoToFirstFile(package->frame);
    for (; status == UNZ_OK; status = unzGoToNextFile(package->frame))
        if (!fill_part(package, sums))
            return false;
    if (status != UNZ_END_OF_LIST_OF_FILE)
        package->fault = "the frame cannot be read";
    return status == UNZ_END_OF_LIST_OF_FILE;
}

bool
xlsx_package_fill(struct arena *arena, const struct sheet_plan *plan,
                  const struct xlsx_styles *styles, const char *path,
                  struct xlsx_sum *sums, const char **why)
{
    struct package package = {.arena = arena,
                              .plan = plan,
                              .styles = styles,
                              .frame = unzOpen64(path)};
    bool good = package.frame != NULL && unlink(path) == 0;
    if (good)
        package.file = zipOpen64(path, APPEND_STATUS_CREATE);
    good = package.file != NULL;
    package.packer = xlsx_packer_open();
    errno = 0;
    good = good && fill_parts(&package, sums);
    int reason = errno;
    if (package.file != NULL && zipClose(package.file, NULL) != ZIP_OK) {
        if (good)
            reason = errno;
        good = false;
    }
    xlsx_packer_close(package.packer);
    if (package.frame != NULL)
        unzClose(package.frame);
    if (!good)
        *why = arena_format(arena, "cannot write %s: %s", path,
                            package.fault ? package.fault
                            : reason      ? strerror(reason)
                                          : "the zip is refused");
    return good;
}
