/*
 * Formulas as lists of pieces.  Room document/.
 */
#include "document/formula.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "document/sheet.h"

enum piece_kind { PIECE_TEXT, PIECE_CELL, PIECE_OWN };

struct piece {
    enum piece_kind kind;
    const char *text; /* PIECE_TEXT; PIECE_OWN: the prefix */
    size_t length;
    char letters[4];
    size_t letters_length;
};

struct formula {
    const struct piece *pieces;
    size_t count;
    size_t room;
};

#define MAX_ROW_DIGITS 7

static struct piece
text_piece(const char *text, size_t length)
{
    return (struct piece){.kind = PIECE_TEXT, .text = text, .length = length};
}

static struct piece
column_piece(enum piece_kind kind, int column)
{
    assert(column >= 0);
    struct piece piece = {.kind = kind};
    sheet_letters((unsigned)column, piece.letters);
    piece.letters_length = strlen(piece.letters);
    return piece;
}

/* The piece of what stands between braces. */
static struct piece
braces(const char *key, size_t length, const struct formula_names *names)
{
    const char *at = memchr(key, '@', length);
    if (at == NULL)
        return column_piece(PIECE_CELL,
                            names->column(names->context, key, length));
    const char *prefix = NULL;
    int column = names->other(names->context, key, (size_t)(at - key), &prefix);
    struct piece piece = column_piece(PIECE_OWN, column);
    piece.text = prefix;
    piece.length = strlen(prefix);
    return piece;
}

const struct formula *
formula_new(struct arena *arena, const char *pattern,
            const struct formula_names *names)
{
    struct piece *pieces = NULL;
    size_t count = 0, room = 0, bytes = 1;
    const char *at = pattern;
    while (*at != '\0') {
        struct piece piece;
        size_t plain = strcspn(at, "{[");
        if (plain > 0) {
            piece = text_piece(at, plain);
            at += plain;
        } else {
            size_t length = strcspn(at + 1, "}]");
            if (*at == '{') {
                piece = braces(at + 1, length, names);
            } else {
                const char *text = names->text(names->context, at + 1, length);
                assert(text != NULL);
                piece = text_piece(text, strlen(text));
            }
            at += length + 2;
        }
        pieces = arena_grow(arena, pieces, count, &room, sizeof *pieces);
        pieces[count++] = piece;
        bytes += piece.length + 2 * (piece.letters_length + MAX_ROW_DIGITS + 3);
    }
    struct formula *formula = arena_alloc(arena, sizeof *formula);
    *formula = (struct formula){pieces, count, bytes};
    return formula;
}

size_t
formula_room(const struct formula *formula)
{
    return formula->room;
}

static char *
put(char *out, const char *text, size_t length)
{
    memcpy(out, text, length);
    return out + length;
}

static char *
put_row(char *out, uint32_t row)
{
    char digits[MAX_ROW_DIGITS + 3];
    size_t length = 0;
    do
        digits[length++] = (char)('0' + row % 10);
    while ((row /= 10) > 0);
    while (length > 0)
        *out++ = digits[--length];
    return out;
}

static char *
put_absolute(char *out, const struct piece *piece, uint32_t row)
{
    *out++ = '$';
    out = put(out, piece->letters, piece->letters_length);
    *out++ = '$';
    return put_row(out, row);
}

char *
formula_write(const struct formula *formula, uint32_t row, uint32_t first,
              uint32_t last, char *out)
{
    for (size_t i = 0; i < formula->count; i++) {
        const struct piece *piece = &formula->pieces[i];
        switch (piece->kind) {
        case PIECE_TEXT:
            out = put(out, piece->text, piece->length);
            break;
        case PIECE_CELL:
            out = put(out, piece->letters, piece->letters_length);
            out = put_row(out, row);
            break;
        case PIECE_OWN:
            out = put(out, piece->text, piece->length);
            out = put_absolute(out, piece, first);
            *out++ = ':';
            out = put_absolute(out, piece, last);
            break;
        }
    }
    *out = '\0';
    return out;
}
