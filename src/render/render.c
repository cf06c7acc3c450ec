/*
 * The renderers there are.  Room render/.
 */
#include "render/render.h"

#include <string.h>

#include "render/dump.h"
#include "render/json.h"
#include "render/pdf.h"
#include "render/xlsx.h"

const struct renderer renderer_table[] = {
    {"pdf",  ".pdf",  pdf_render,  false},
    {"xlsx", ".xlsx", xlsx_render, false},
    {"json", ".json", json_render, false},
    {"dump", ".txt",  dump_render, true },
};
const size_t renderer_count = sizeof renderer_table / sizeof *renderer_table;

const struct renderer *
renderer_find(const char *name)
{
    for (size_t i = 0; i < renderer_count; i++)
        if (strcmp(renderer_table[i].name, name) == 0)
            return &renderer_table[i];
    return NULL;
}
