/*
 * Gives a harness the files named on the command line, as a fuzzer would.
 */
#include "feed.h"

#include <stdio.h>
#include <stdlib.h>

static bool
replay(const char *path)
{
    FILE *stream = fopen(path, "rb");
    if (stream == NULL || fseek(stream, 0, SEEK_END) != 0)
        return false;
    long size = ftell(stream);
    rewind(stream);
    uint8_t *bytes = malloc((size_t)size + 1);
    bool is_read =
        bytes != NULL && fread(bytes, 1, (size_t)size, stream) == (size_t)size;
    fclose(stream);
    if (is_read)
        LLVMFuzzerTestOneInput(bytes, (size_t)size);
    free(bytes);
    return is_read;
}

int
main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (!replay(argv[i])) {
            fprintf(stderr, "cannot read %s\n", argv[i]);
            return EXIT_FAILURE;
        }
    }
    printf("%d files\n", argc - 1);
    return EXIT_SUCCESS;
}
