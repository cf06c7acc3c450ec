#!/usr/bin/python3
"""Inputs broken at random: an answer in the contract's form, whatever comes.

Sound and bad season files are cut, doubled and scrambled from a fixed seed, and
checked (quick: 150 of them).  Each run ends with status 0, or with 2, a place on
the first line, nothing on standard output and at most 8 KiB of messages; no
raw control character is printed.
"""
import glob
import os
import random
import re

from common import SEASON, TREE, Tally, arguments, run, said, temporary

PIECES = [b'{', b'}', b'[', b']', b': ', b'- ', b', ', b'"', b"'", b'\n', b'\t',
          b'&a ', b'*a', b'!!str ', b'<<: ', b'? ', b'# ', b'|\n', b'---\n',
          b'%', b'~', b'null', b'-1', b'0', b'1e400', b'.nan', b'10w', b'\x00',
          b'\x1b[31m', b'\xff', '\u202e'.encode(), '\ufeff'.encode(), b'  ' * 40]
PLACE = re.compile(rb'^(headroom|.*?:\d+:\d+): error: ')
RAW = re.compile(rb'[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]')


def seeds():
    """The texts to start from."""
    texts = [SEASON.format(lang='en', growth='30%').encode()]
    for path in sorted(glob.glob(os.path.join(TREE, 'tests/bad/*.yaml'))):
        if not path.endswith('.template.yaml'):
            with open(path, 'rb') as file:
                texts.append(file.read(4096))
    return texts


def mutate(random_, texts):
    text = bytearray(random_.choice(texts))
    for _ in range(random_.randint(1, 8)):
        at = random_.randrange(len(text) + 1)
        kind = random_.randrange(6)
        if kind == 0:
            text[at:at] = random_.choice(PIECES)
        elif kind == 1:
            del text[at:at + random_.randint(1, 30)]
        elif kind == 2 and at < len(text):
            text[at] = random_.randrange(256)
        elif kind == 3:
            begin = random_.randrange(len(text) + 1)
            text[at:at] = text[begin:begin + random_.randint(1, 200)]
        elif kind == 4:
            other = random_.choice(texts)
            begin = random_.randrange(len(other) + 1)
            text[at:at] = other[begin:begin + random_.randint(1, 100)]
        else:
            lines = bytes(text).split(b'\n')
            random_.shuffle(lines)
            if random_.randrange(4) == 0:
                text = bytearray(b'\n'.join(lines))
    return bytes(text)


def faults(ran):
    """What is wrong with an answer."""
    if ran.returncode not in (0, 2):
        yield 'status %d' % ran.returncode
    if len(ran.stderr) > 8192:
        yield '%d bytes of messages' % len(ran.stderr)
    if RAW.search(ran.stderr):
        yield 'raw control characters'
    if ran.returncode == 2 and not PLACE.match(ran.stderr):
        yield 'no place'
    if ran.returncode == 2 and ran.stdout:
        yield 'wrote to standard output'


def main():
    program, full = arguments(__doc__)
    tally, random_, texts = Tally(), random.Random(2026), seeds()
    refused = 0
    with temporary() as work:
        path = os.path.join(work, 'input.yaml')
        for number in range(5000 if full else 150):
            text = mutate(random_, texts)
            with open(path, 'wb') as file:
                file.write(text)
            ran = run([program, 'check', path], timeout=60)
            refused += ran.returncode == 2
            wrong = ', '.join(faults(ran))
            if not tally.check(not wrong, 'input %d: %s: %s' % (
                    number, wrong, said(ran))):
                print('    %r' % text[:2000])
    tally.check(refused > 0, 'nothing was refused')
    tally.close()


if __name__ == '__main__':
    main()
