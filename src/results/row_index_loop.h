/*
 * The loops of row_index.c, once for each kind of processor: the includer says
 * by NAME() what the functions are called and by TARGET what they may use, and
 * has NAME(look)() and NAME(put_ends)().
 *
 * How many fields and rows end in 64 bytes, a processor cannot foresee; each
 * wrong guess costs it more than some needless writing.  So there is no branch
 * on the usual numbers.
 */

TARGET static void
NAME(make)(struct row_index *index, struct row_marks marks, const char *text,
           size_t from, size_t to, bool is_quoted)
{
    uint32_t *end = index->end, *row = index->row;
    uint64_t before = is_quoted ? UINT64_MAX : 0;
    bool has_nul = false;
    index->bad_quote = UINT32_MAX;
    for (size_t at = from; at < to; at += CHUNK) {
        struct masks masks = NAME(look)(text + at, marks.delimiter);
        if (to - at < CHUNK) {
            uint64_t within = (UINT64_C(1) << (to - at)) - 1;
            masks.delimiter &= within;
            masks.newline &= within;
            masks.quote &= within;
            masks.nul = memchr(text + at, '\0', to - at) != NULL;
        }
        has_nul |= masks.nul;
        if (marks.has_quotes && (masks.quote | before) != 0) {
            /* each bit becomes the exclusive or of all up to its own */
            uint64_t quoted = masks.quote;
            for (unsigned shift = 1; shift < 64; shift *= 2)
                quoted ^= quoted << shift;
            quoted ^= before;
            check_quotes(index, marks.delimiter, text, at, masks.quote, quoted);
            masks.delimiter &= ~quoted;
            masks.newline &= ~quoted;
            before = quoted >> 63 ? UINT64_MAX : 0;
        }
        uint64_t ends = masks.delimiter | masks.newline;
        uint32_t count = (uint32_t)(end - index->end);
        /* mostly there is one line end at most */
        uint64_t left = masks.newline;
        *row =
            count + (uint32_t)__builtin_popcountll(ends & (left ^ (left - 1)));
        row += left != 0;
        while ((left &= left - (left != 0)) != 0)
            *row++ = count +
                     (uint32_t)__builtin_popcountll(ends & (left ^ (left - 1)));
        NAME(put_ends)(end, (uint32_t)at, ends);
        end += __builtin_popcountll(ends);
    }
    index->end_count = (size_t)(end - index->end);
    index->row_count = (size_t)(row - index->row);
    index->is_quoted = before != 0;
    index->has_nul = has_nul;
}

TARGET static size_t
NAME(count)(const char *text, size_t size, char byte)
{
    size_t count = 0, at = 0;
    /* the compiler makes wide adds of it; 255 rounds fit the sums */
    while (size - at >= 32) {
        uint8_t sums[32] = {0};
        size_t rounds = (size - at) / 32 < 255 ? (size - at) / 32 : 255;
        for (size_t i = 0; i < rounds; i++, at += 32)
            for (unsigned j = 0; j < 32; j++)
                sums[j] = (uint8_t)(sums[j] + (text[at + j] == byte));
        for (unsigned j = 0; j < 32; j++)
            count += sums[j];
    }
    for (; at < size; at++)
        count += text[at] == byte;
    return count;
}
