#!/usr/bin/python3
"""The manual is complete: every diagnostic, option, key and column is in it.

usage: manual.py HEADROOM
"""
import os
import re
import subprocess
import sys

sys.dont_write_bytecode = True
from claims import TREE, check, close, read  # noqa: E402

MANUAL = os.path.join(TREE, 'src', 'headroom.1')


def squeeze(text):
    return ' '.join(text.split())


def diagnostics(source):
    """The texts of the table, with ... for what is filled in."""
    rows = re.findall(r'DIAG\(\s*\w+,\s*\w+,\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)',
                      source)
    for row in rows:
        text = ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', row))
        yield squeeze(re.sub(r'(\{\})+', '...', text.replace('\\"', '"')))


def main():
    program = os.path.abspath(sys.argv[1])
    lint = subprocess.run(['mandoc', '-Tlint', MANUAL], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    check('mandoc -Tlint is silent', not lint.stdout, lint.stdout.decode())
    shown = subprocess.run(['mandoc', '-Tutf8', '-O', 'width=900', MANUAL],
                           check=True, stdout=subprocess.PIPE).stdout.decode()
    manual = squeeze(re.sub('.\b', '', shown))
    listed = manual[manual.index('DIAGNOSTICS'):]

    texts = list(diagnostics(read('src/base/diag_table.h')))
    check('the table has messages', len(texts) > 30, len(texts))
    for text in texts:
        check('DIAGNOSTICS lists', text in listed, repr(text))

    usage = subprocess.run([program, '--help'], check=True,
                           stdout=subprocess.PIPE).stdout.decode()
    options = set(re.findall(r'(?<![\w-])--[a-z]+', usage))
    check('--help names options', len(options) > 5, options)
    for option in sorted(options):
        check('the manual has', option in manual, option)

    columns = re.findall(r'^    \{"(\w+)",', read('src/document/column.c'),
                         re.M)
    check('the table has columns', len(columns) > 20, len(columns))
    for column in columns:
        check('the manual has column', re.search(rf'\b{column}\b', manual),
              column)

    keys = set()
    for name in os.listdir(os.path.join(TREE, 'src', 'input')):
        if name.startswith('read_') and name.endswith('.c') and \
                'template' not in name:
            keys.update(re.findall(r'"([a-z]+(?:_[a-z0-9]+)*)"',
                                   read(f'src/input/{name}')))
    check('the readers have keys', len(keys) > 30, sorted(keys))
    for key in sorted(keys):
        check('the manual has key', re.search(rf'\b{key}\b', manual), key)

    # a check that nothing can fail is none
    check('a message that is not listed is noticed',
          'a message that nobody wrote' not in listed)
    close()


if __name__ == '__main__':
    main()
