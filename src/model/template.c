/*
 * Finding what a template has.  Room: model.
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

bool
template_has_page(const struct template *template, const char *name)
{
    for (size_t i = 0; i < template->page_count; i++)
        if (strcmp(template->pages[i].kind.name, name) == 0)
            return true;
    return template->page_count == 0 && strcmp(name, "evidence_all") != 0;
}
