/*
 * A finished PDF looked at: whether its beginning, its end and its pages are
 * there.  Room render/.
 */
#include <string.h>

#include "render/pdf.h"

static const unsigned char *
find(const unsigned char *bytes, size_t size, const char *text)
{
    return memmem(bytes, size, text, strlen(text));
}

/* The last place of a text, which stands near the end. */
static const unsigned char *
find_last(const unsigned char *bytes, size_t size, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = size >= length ? size - length + 1 : 0; i-- > 0;)
        if (memcmp(bytes + i, text, length) == 0)
            return bytes + i;
    return NULL;
}

/* A whole number at some bytes, blanks before it skipped; false for none. */
static bool
read_number(const unsigned char *at, const unsigned char *end, size_t *number)
{
    *number = 0;
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r'))
        at++;
    if (at == end || *at < '0' || *at > '9')
        return false;
    for (; at < end && *at >= '0' && *at <= '9'; at++)
        *number = *number * 10 + (size_t)(*at - '0');
    return true;
}

bool
pdf_check(const unsigned char *bytes, size_t size, size_t pages,
          const char **why)
{
    const unsigned char *end = bytes + size;
    const unsigned char *start = find_last(bytes, size, "startxref");
    size_t offset = 0, count = 0;
    *why = NULL;
    if (size < 64 || memcmp(bytes, "%PDF-1.", 7) != 0)
        *why = "it does not begin as a PDF";
    else if (memcmp(end - 6, "%%EOF\n", 6) != 0 || start == NULL ||
             !read_number(start + 9, end, &offset) || offset >= size ||
             find(bytes + offset, (size_t)(end - bytes) - offset,
                  "/Type /XRef") == NULL)
        *why = "its end is not that of a PDF";
    if (*why)
        return false;
    const unsigned char *tree = find(bytes, size, "/Type /Pages");
    const unsigned char *number =
        tree ? find(tree, (size_t)(end - tree), "/Count") : NULL;
    if (number == NULL || !read_number(number + 6, end, &count) ||
        count != pages)
        *why = "it does not have the pages it should have";
    return *why == NULL;
}
