/*
 * Finding a word of a template.  Room: model.
 */
#include "model/template.h"

#include <string.h>

const struct template_word *
template_find_word(const struct template *template, const char *key)
{
    size_t low = 0, high = template->word_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int by = strcmp(template->words[middle].key, key);
        if (by == 0)
            return &template->words[middle];
        if (by < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
