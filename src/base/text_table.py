#!/usr/bin/env python3
"""Write src/base/text_table.h from the Unicode database that Python carries.

usage: src/base/text_table.py > src/base/text_table.h
"""
import unicodedata

# Blocks whose unassigned characters are wide too (Unicode Standard Annex 11).
WIDE_BLOCKS = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
               (0x20000, 0x2FFFD), (0x30000, 0x3FFFD)]


def category(code):
    return unicodedata.category(chr(code))


def wide(code):
    if category(code) == 'Cn':
        return any(a <= code <= b for a, b in WIDE_BLOCKS)
    return (unicodedata.east_asian_width(chr(code)) in 'WF'
            and not narrow(code))


def narrow(code):
    """Takes no column: marks, format characters, Hangul vowels and finals."""
    return (category(code) in ('Mn', 'Me')
            or category(code) == 'Cf' and code != 0xAD
            or 0x1160 <= code <= 0x11FF)


def ranges(member):
    found, start = [], None
    for code in range(0x110001):
        if code < 0x110000 and member(code):
            start = code if start is None else start
        elif start is not None:
            found.append((start, code - 1))
            start = None
    return found


def table(name, comment, member):
    print('\n/* %s */\nstatic const struct range %s[] = {' % (comment, name))
    line = '   '
    for a, b in ranges(member):
        piece = ' {0x%X, 0x%X},' % (a, b)
        if len(line) + len(piece) > 80:
            print(line)
            line = '   '
        line += piece
    print(line + '\n};')


print('''/*
 * Ranges of characters, from Unicode %s.  Made by src/base/text_table.py;
 * change it there, not here.  For text.c alone.
 */
/* clang-format off */''' % unicodedata.unidata_version)
table('wide', 'two columns on a terminal: East Asian Width W and F', wide)
table('narrow', 'no column: general categories Mn, Me, Cf; Hangul jungseong '
      'and\n   jongseong', narrow)
table('format', 'general category Cf', lambda c: category(c) == 'Cf')
table('digits', 'digits (Nd) of scripts other than ASCII',
      lambda c: category(c) == 'Nd' and c > 127)
table('blank', 'separators (Zs, Zl, Zp), and letters without ink',
      lambda c: category(c) in ('Zs', 'Zl', 'Zp')
      or c in (0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0))
print('/* clang-format on */')
