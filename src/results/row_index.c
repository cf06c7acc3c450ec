/*
 * Indexing rows.  Room results/.  Of each 64 bytes three masks are made, one
 * bit a byte: delimiters, line ends, quotes.  A running exclusive or over the
 * quotes gives the bytes within them, where neither of the others counts; a
 * doubled quote leaves and enters again.  With SSE2 where there is some.
 */
#include "results/row_index.h"

#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#define CHUNK 64

struct masks {
    uint64_t delimiter, newline, quote, nul;
};

#if defined(__SSE2__)

static uint64_t
equal(const __m128i part[4], char byte)
{
    const __m128i to = _mm_set1_epi8(byte);
    uint64_t mask = 0;
    for (unsigned i = 0; i < 4; i++) {
        uint64_t bits =
            (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(part[i], to));
        mask |= bits << 16 * i;
    }
    return mask;
}

static struct masks
look(const char *text, char delimiter)
{
    __m128i part[4];
    for (unsigned i = 0; i < 4; i++)
        part[i] = _mm_loadu_si128((const __m128i *)(const void *)text + i);
    __m128i least = _mm_min_epu8(_mm_min_epu8(part[0], part[1]),
                                 _mm_min_epu8(part[2], part[3]));
    unsigned has_nul =
        (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(least, _mm_setzero_si128()));
    return (struct masks){.delimiter = equal(part, delimiter),
                          .newline = equal(part, '\n'),
                          .quote = equal(part, '"'),
                          .nul = has_nul ? equal(part, '\0') : 0};
}

size_t
row_count_byte(const char *text, size_t size, char byte)
{
    const __m128i to = _mm_set1_epi8(byte), zero = _mm_setzero_si128();
    size_t count = 0, at = 0;
    while (size - at >= 16) {
        /* 255 rounds at most: a lane of the sums holds a byte */
        size_t rounds = (size - at) / 16 < 255 ? (size - at) / 16 : 255;
        __m128i sums = zero;
        for (size_t i = 0; i < rounds; i++, at += 16) {
            const void *from = text + at;
            sums =
                _mm_sub_epi8(sums, _mm_cmpeq_epi8(_mm_loadu_si128(from), to));
        }
        sums = _mm_sad_epu8(sums, zero);
        count += (size_t)_mm_cvtsi128_si64(sums) +
                 (size_t)_mm_cvtsi128_si64(_mm_srli_si128(sums, 8));
    }
    for (; at < size; at++)
        count += text[at] == byte;
    return count;
}

#else

static struct masks
look(const char *text, char delimiter)
{
    struct masks masks = {0};
    for (unsigned i = 0; i < CHUNK; i++) {
        masks.delimiter |= (uint64_t)(text[i] == delimiter) << i;
        masks.newline |= (uint64_t)(text[i] == '\n') << i;
        masks.quote |= (uint64_t)(text[i] == '"') << i;
        masks.nul |= (uint64_t)(text[i] == '\0') << i;
    }
    return masks;
}

size_t
row_count_byte(const char *text, size_t size, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += text[i] == byte;
    return count;
}

#endif

void
row_index_room(struct row_index *index, size_t size)
{
    if (size + 8 <= index->room)
        return;
    row_index_free(index);
    index->room = size + 8; /* eight are written at a time */
    index->end = malloc(index->room * sizeof *index->end);
    index->row = malloc(index->room * sizeof *index->row);
    if (index->end == NULL || index->row == NULL)
        abort(); /* not reached: memory.c ends the program first */
}

void
row_index_free(struct row_index *index)
{
    free(index->end);
    free(index->row);
    index->end = index->row = NULL;
    index->room = 0;
}

/* Each bit of the result is the exclusive or of all bits up to its own. */
static uint64_t
running_xor(uint64_t bits)
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

/* Looks at each quote: what stands before one that opens and behind one that
   closes. */
static void
check_quotes(struct row_index *index, char delimiter, const char *text,
             size_t at, uint64_t quote, uint64_t quoted)
{
    for (; quote != 0; quote &= quote - 1) {
        unsigned bit = (unsigned)__builtin_ctzll(quote);
        size_t place = at + bit;
        bool opens = quoted >> bit & 1;
        char beside = '\n';
        if (!opens)
            beside = text[place + 1];
        else if (place > 0)
            beside = text[place - 1];
        if (beside != delimiter && beside != '\n' && beside != '"' &&
            (opens || beside != '\r') && place < index->bad_quote)
            index->bad_quote = (uint32_t)place;
    }
}

void
row_index_make(struct row_index *index, struct row_marks marks,
               const char *text, size_t from, size_t to, bool is_quoted)
{
    uint32_t *end = index->end, *row = index->row;
    uint64_t before = is_quoted ? UINT64_MAX : 0;
    uint64_t nul = 0;
    index->bad_quote = UINT32_MAX;
    for (size_t at = from; at < to; at += CHUNK) {
        struct masks masks = look(text + at, marks.delimiter);
        if (to - at < CHUNK) {
            uint64_t within = (UINT64_C(1) << (to - at)) - 1;
            masks.delimiter &= within;
            masks.newline &= within;
            masks.quote &= within;
            masks.nul &= within;
        }
        nul |= masks.nul;
        if (marks.has_quotes && (masks.quote != 0 || before != 0)) {
            uint64_t quoted = running_xor(masks.quote) ^ before;
            check_quotes(index, marks.delimiter, text, at, masks.quote, quoted);
            masks.delimiter &= ~quoted;
            masks.newline &= ~quoted;
            before = quoted >> 63 ? UINT64_MAX : 0;
        }
        uint64_t ends = masks.delimiter | masks.newline;
        size_t count = (size_t)(end - index->end);
        for (uint64_t left = masks.newline; left != 0; left &= left - 1) {
            uint64_t up_to = left ^ (left - 1);
            *row++ =
                (uint32_t)(count + (size_t)__builtin_popcountll(ends & up_to));
        }
        /* four at a time: what is written too much is written over */
        uint32_t *next = end + __builtin_popcountll(ends);
        for (; end < next; end += 4)
            for (unsigned i = 0; i < 4; i++, ends &= ends - 1)
                end[i] =
                    (uint32_t)at + (ends ? (uint32_t)__builtin_ctzll(ends) : 0);
        end = next;
    }
    index->end_count = (size_t)(end - index->end);
    index->row_count = (size_t)(row - index->row);
    index->is_quoted = before != 0;
    index->has_nul = nul != 0;
}
