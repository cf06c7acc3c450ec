/*
 * Indexing rows.  Room results/.  Of each 64 bytes three masks are made, one
 * bit a byte: delimiters, line ends, quotes.  A running exclusive or over the
 * quotes gives the bytes within them, where neither of the others counts; a
 * doubled quote leaves and enters again.  The same loop is there four times:
 * for processors with AVX-512, with AVX2, for others of x86-64, and for all
 * others.
 */
#include "results/row_index.h"

#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define CHUNK 64

enum row_index_kind row_index_most = ROW_INDEX_AVX512;

struct masks {
    uint64_t delimiter, newline, quote;
    bool nul; /* some of the bytes, also of those behind the text */
};

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

#if defined(__x86_64__)

#define NAME(function) function##_avx512
#define TARGET                                                                 \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,"    \
                          "bmi2,lzcnt,popcnt")))

TARGET static inline struct masks
look_avx512(const char *text, char delimiter)
{
    const __m512i part = _mm512_loadu_si512(text);
    return (struct masks){
        .delimiter = _mm512_cmpeq_epi8_mask(part, _mm512_set1_epi8(delimiter)),
        .newline = _mm512_cmpeq_epi8_mask(part, _mm512_set1_epi8('\n')),
        .quote = _mm512_cmpeq_epi8_mask(part, _mm512_set1_epi8('"')),
        .nul = _mm512_testn_epi8_mask(part, part) != 0};
}

/* The places of some bits, from base on: the numbers 0 to 63, those of the bits
   drawn together, sixteen at a time.  What is too much is written over later.
   */
TARGET static inline void
put_ends_avx512(uint32_t *end, uint32_t base, uint64_t ends)
{
    static const uint8_t numbers[CHUNK] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
        32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
        48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    const __m512i from = _mm512_set1_epi32((int)base);
    __m512i places =
        _mm512_maskz_compress_epi8(ends, _mm512_loadu_si512(numbers));
    int count = __builtin_popcountll(ends);
    for (;; end += 16) {
        __m512i some = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places));
        _mm512_storeu_si512(end, _mm512_add_epi32(some, from));
        count -= 16;
        if (count <= 0)
            return;
        places = _mm512_alignr_epi32(places, places, 4); /* the next 16 */
    }
}

#include "results/row_index_loop.h"
#undef NAME
#undef TARGET

#define NAME(function) function##_avx2
#define TARGET __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))

TARGET static inline uint64_t
equal_avx2(const __m256i part[2], char byte)
{
    const __m256i to = _mm256_set1_epi8(byte);
    uint32_t low =
        (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(part[0], to));
    uint32_t high =
        (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(part[1], to));
    return low | (uint64_t)high << 32;
}

TARGET static inline bool
has_nul_avx2(const __m256i part[2])
{
    __m256i least = _mm256_min_epu8(part[0], part[1]);
    return _mm256_movemask_epi8(
               _mm256_cmpeq_epi8(least, _mm256_setzero_si256())) != 0;
}

TARGET static inline struct masks
look_avx2(const char *text, char delimiter)
{
    const __m256i *from = (const void *)text;
    const __m256i part[2] = {_mm256_loadu_si256(from),
                             _mm256_loadu_si256(from + 1)};
    return (struct masks){.delimiter = equal_avx2(part, delimiter),
                          .newline = equal_avx2(part, '\n'),
                          .quote = equal_avx2(part, '"'),
                          .nul = has_nul_avx2(part)};
}

/* 64 where there is none */
TARGET static inline uint32_t
first_bit_avx2(uint64_t bits)
{
    return (uint32_t)_tzcnt_u64(bits);
}

/* The places of some bits, from base on, eight at a time: what is too much is
   written over later. */
TARGET static inline void
put_ends_avx2(uint32_t *end, uint32_t base, uint64_t ends)
{
    for (; ends != 0; end += 8)
        for (unsigned i = 0; i < 8; i++) {
            end[i] = base + first_bit_avx2(ends);
            ends &= ends - 1;
        }
}

#include "results/row_index_loop.h"
#undef NAME
#undef TARGET

#define NAME(function) function##_plain
#define TARGET

static inline uint64_t
equal_plain(const __m128i part[4], char byte)
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

static inline bool
has_nul_plain(const __m128i part[4])
{
    __m128i least = _mm_min_epu8(_mm_min_epu8(part[0], part[1]),
                                 _mm_min_epu8(part[2], part[3]));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(least, _mm_setzero_si128())) != 0;
}

static inline struct masks
look_plain(const char *text, char delimiter)
{
    __m128i part[4];
    for (unsigned i = 0; i < 4; i++)
        part[i] = _mm_loadu_si128((const __m128i *)(const void *)text + i);
    return (struct masks){.delimiter = equal_plain(part, delimiter),
                          .newline = equal_plain(part, '\n'),
                          .quote = equal_plain(part, '"'),
                          .nul = has_nul_plain(part)};
}

/* Of no bits, anything. */
static inline uint32_t
first_bit_plain(uint64_t bits)
{
    return (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
}

/* The places of some bits, from base on, eight at a time: what is too much is
   written over later. */
static inline void
put_ends_plain(uint32_t *end, uint32_t base, uint64_t ends)
{
    for (; ends != 0; end += 8)
        for (unsigned i = 0; i < 8; i++) {
            end[i] = base + first_bit_plain(ends);
            ends &= ends - 1;
        }
}

#include "results/row_index_loop.h"

static enum row_index_kind
kind(void)
{
    if (row_index_most == ROW_INDEX_PLAIN || !__builtin_cpu_supports("avx2") ||
        !__builtin_cpu_supports("bmi") || !__builtin_cpu_supports("bmi2") ||
        !__builtin_cpu_supports("popcnt"))
        return ROW_INDEX_PLAIN;
    if (row_index_most == ROW_INDEX_AVX2 ||
        !__builtin_cpu_supports("avx512f") ||
        !__builtin_cpu_supports("avx512bw") ||
        !__builtin_cpu_supports("avx512vl") ||
        !__builtin_cpu_supports("avx512vbmi2"))
        return ROW_INDEX_AVX2;
    return ROW_INDEX_AVX512;
}

void
row_index_make(struct row_index *index, struct row_marks marks,
               const char *text, size_t from, size_t to, bool is_quoted)
{
    switch (kind()) {
    case ROW_INDEX_AVX512:
        make_avx512(index, marks, text, from, to, is_quoted);
        break;
    case ROW_INDEX_AVX2:
        make_avx2(index, marks, text, from, to, is_quoted);
        break;
    default:
        make_plain(index, marks, text, from, to, is_quoted);
    }
}

size_t
row_count_byte(const char *text, size_t size, char byte)
{
    switch (kind()) {
    case ROW_INDEX_AVX512:
        return count_avx512(text, size, byte);
    case ROW_INDEX_AVX2:
        return count_avx2(text, size, byte);
    default:
        return count_plain(text, size, byte);
    }
}

#else

#define NAME(function) function##_plain
#define TARGET

static inline struct masks
look_plain(const char *text, char delimiter)
{
    struct masks masks = {0};
    for (unsigned i = 0; i < CHUNK; i++) {
        masks.delimiter |= (uint64_t)(text[i] == delimiter) << i;
        masks.newline |= (uint64_t)(text[i] == '\n') << i;
        masks.quote |= (uint64_t)(text[i] == '"') << i;
        masks.nul |= text[i] == '\0';
    }
    return masks;
}

/* Of no bits, anything. */
static inline uint32_t
first_bit_plain(uint64_t bits)
{
    return (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
}

/* The places of some bits, from base on, eight at a time: what is too much is
   written over later. */
static inline void
put_ends_plain(uint32_t *end, uint32_t base, uint64_t ends)
{
    for (; ends != 0; end += 8)
        for (unsigned i = 0; i < 8; i++) {
            end[i] = base + first_bit_plain(ends);
            ends &= ends - 1;
        }
}

#include "results/row_index_loop.h"

void
row_index_make(struct row_index *index, struct row_marks marks,
               const char *text, size_t from, size_t to, bool is_quoted)
{
    make_plain(index, marks, text, from, to, is_quoted);
}

size_t
row_count_byte(const char *text, size_t size, char byte)
{
    return count_plain(text, size, byte);
}

#endif

void
row_index_room(struct row_index *index, size_t size)
{
    if (size + 16 <= index->room)
        return;
    row_index_free(index);
    index->room = size + 16; /* so many are written at a time */
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
