/*
 * Colours and sizes by the template's keys, with headroom's own as the ground.
 * Contrast and grey values of these are worked out in the manual.
 */
#include "render/look.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *key;
    unsigned rgb;
} colour_table[COLOURS] = {
    [COLOUR_INK] = {"ink",          0x1a1a1a},
    [COLOUR_PROVEN] = {"proven",       0x404040},
    [COLOUR_SECONDARY] = {"secondary",    0x595959},
    [COLOUR_BASELINE] = {"baseline",     0x767676},
    [COLOUR_BOX] = {"box",          0x8c8c8c},
    [COLOUR_HAIRLINE] = {"hairline",     0xbfbfbf},
    [COLOUR_STALE] = {"stale",        0xd9d9d9},
    [COLOUR_BAD] = {"bad",          0xa62b00},
    [COLOUR_BAD_TINT] = {"bad_tint",     0xfbe9e1},
    [COLOUR_CAUTION] = {"caution",      0x8a5a00},
    [COLOUR_CAUTION_TINT] = {"caution_tint", 0xfff4d6},
    [COLOUR_GOOD] = {"good",         0x0072b2},
};

static const struct {
    const char *key;
    double size_pt;
} size_table[SIZES] = {
    [SIZE_VERDICT] = {"verdict", 22  },
      [SIZE_MESSAGE] = {"message", 15  },
    [SIZE_SECOND] = {"second",  10.5},
      [SIZE_COUNTS] = {"counts",  20  },
    [SIZE_SECTION] = {"section", 11  },
      [SIZE_NAME] = {"name",    9.5 },
    [SIZE_NUMBER] = {"number",  9   },
      [SIZE_DETAIL] = {"detail",  8.5 },
    [SIZE_LEGEND] = {"legend",  8   },
      [SIZE_SMALL] = {"small",   7.5 },
};

struct look
look_of(const struct template *template)
{
    struct look look;
    for (size_t i = 0; i < COLOURS; i++) {
        look.rgb[i] = colour_table[i].rgb;
        for (size_t k = 0; k < template->colour_count; k++)
            if (strcmp(template->colours[k].key, colour_table[i].key) == 0)
                look.rgb[i] = template->colours[k].rgb;
    }
    for (size_t i = 0; i < SIZES; i++) {
        look.size_pt[i] = size_table[i].size_pt;
        for (size_t k = 0; k < template->size_count; k++)
            if (strcmp(template->sizes[k].key, size_table[i].key) == 0)
                look.size_pt[i] = decimal_double(template->sizes[k].value);
    }
    return look;
}
