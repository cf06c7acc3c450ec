/*
 * The renderers there are.  Room render/.
 */
#include "render/render.h"

#include <string.h>

#include "render/dump.h"
#include "render/json.h"
#include "render/mail.h"
#include "render/pdf.h"
#include "render/xlsx.h"

/* clang-format off */
const struct renderer renderer_table[] = {
    {.name = "pdf",  .suffix = ".pdf",  .render = pdf_render},
    {.name = "xlsx", .suffix = ".xlsx", .render = xlsx_render},
    {.name = "json", .suffix = ".json", .render = json_render},
    {.name = "eml",  .suffix = ".eml",  .render = mail_render,
     .on_request = true, .needs = {"pdf", "xlsx"}, .more = {".txt", ".html"}},
    {.name = "dump", .suffix = ".dump", .render = dump_render,
     .on_request = true},
};
/* clang-format on */
const size_t renderer_count = sizeof renderer_table / sizeof *renderer_table;

const struct renderer *
renderer_find(const char *name)
{
    for (size_t i = 0; i < renderer_count; i++)
        if (strcmp(renderer_table[i].name, name) == 0)
            return &renderer_table[i];
    return NULL;
}
