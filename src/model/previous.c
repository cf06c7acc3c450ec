/*
 * Finding a link of an earlier report.  Room: model.
 */
#include "model/previous.h"

#include <stdlib.h>
#include <string.h>

static int
compare(const void *link, const void *entry)
{
    return strcmp(link, ((const struct previous_link *)entry)->link);
}

const struct previous_link *
previous_find(const struct previous *previous, const char *link)
{
    if (previous == NULL || previous->link_count == 0)
        return NULL;
    return bsearch(link, previous->links, previous->link_count,
                   sizeof *previous->links, compare);
}
