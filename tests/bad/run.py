#!/usr/bin/env python3
"""Hold headroom's messages against the ones expected, byte for byte.

usage: run.py HEADROOM [--write] [--only GLOB]

A case is NAME.stderr with one of
    NAME.yaml            a season
    NAME/                a folder INPUT
    NAME.template.yaml   a template, used on sound.yaml
    NAME.previous.json   an earlier report, compared with sound.yaml
    NAME.args            arguments, for what is no report; its files are
                         import/*
    neither              an input that is missing, or made here
Where the messages hold an error, the exit status is 2, nothing stands on
standard output and nothing is written; else it is 0.  Every row of
src/base/diag_table.h is met by some case, but those of NOT_HERE.  A .stderr
that ends with a line "..." holds only the first messages.  --write writes the
expected messages anew, but for those; look at the difference before you commit.
"""
import argparse
import fnmatch
import glob
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
ROW = re.compile(r'^DIAG\((\w+),\s*(\w+),\s*"((?:[^"\\]|\\.)*)"\)', re.M)
# Rows that need more than a small file; what tries them instead.
NOT_HERE = {
    'DIAG_READ_FAILED': 'tests/unit/test_check.c',
    'DIAG_CSV_ROW_LONG': 'tests/unit/test_rows.c',
    'DIAG_EXPANSION_TOO_LARGE': 'tests/unit/test_assess.c',
    'DIAG_MULTIPLIER_TOO_FINE': 'tests/unit/test_assess.c',
    'DIAG_PAGE_OVERFLOW': 'a page that cannot be filled',
    'DIAG_SHEET_ROWS': 'more links than a sheet has rows',
}
MORE = b'\n...\n'
LARGEST = 64 * 1024 * 1024


def names():
    """All cases, by what stands in this folder."""
    found = set()
    for path in glob.glob(os.path.join(HERE, '*')):
        name = os.path.basename(path)
        if name in ('run.py', 'sound.yaml', 'import', '__pycache__'):
            continue
        found.add(name.split('.')[0])
    return sorted(found)


def command(program, name, work):
    """How a case is run, and its INPUT where that is made here."""
    out = ['-o', os.path.join(work, 'out')]
    if name == 'file-too-large':
        path = os.path.join(work, 'file-too-large.yaml')
        with open(path, 'wb') as file:
            file.truncate(LARGEST + 1)
        return [program, 'report', path, '--to', 'json'] + out
    if name == 'file-name':
        os.mkdir(os.path.join(work, name))
        shutil.copy(f'{HERE}/sound.yaml',
                    os.path.join(work, name, 'red\x1b[31m.yaml'))
        return [program, 'report', os.path.join(work, name), '--to',
                'json'] + out
    if name == 'import-row-long':
        path = os.path.join(work, 'long.jtl')
        with open(path, 'wb') as file:
            file.write(b'timeStamp,elapsed,label,success\n1,2,')
            file.write(b'x' * 1100000 + b',true\n')
        return [program, 'import', '--from', 'jtl', path]
    if os.path.exists(f'{HERE}/{name}.args'):
        with open(f'{HERE}/{name}.args', encoding='utf-8') as file:
            return [program] + shlex.split(file.read())
    if os.path.exists(f'{HERE}/{name}.template.yaml'):
        return [program, 'report', 'sound.yaml', '--template',
                f'./{name}.template.yaml'] + out
    if os.path.exists(f'{HERE}/{name}.previous.json'):
        return [program, 'report', 'sound.yaml', '--to', 'json', '--previous',
                f'./{name}.previous.json'] + out
    to = 'pdf' if name.startswith('pdf-') else 'json'
    path = name if os.path.isdir(f'{HERE}/{name}') else f'{name}.yaml'
    return [program, 'report', path, '--to', to] + out


def run(program, name):
    """(status, stdout, stderr, files) of a case."""
    work = tempfile.mkdtemp(prefix='headroom-bad-')
    try:
        done = subprocess.run(command(program, name, work), cwd=HERE,
                              capture_output=True, stdin=subprocess.DEVNULL)
        stderr = done.stderr.replace(work.encode() + b'/', b'')
        files = os.listdir(os.path.join(work, 'out')) if os.path.isdir(
            os.path.join(work, 'out')) else []
        return done.returncode, done.stdout, stderr, files
    finally:
        shutil.rmtree(work)


def faults(program, name, write):
    """What is wrong with a case."""
    status, stdout, stderr, files = run(program, name)
    path = f'{HERE}/{name}.stderr'
    begun = b''
    if os.path.exists(path):
        with open(path, 'rb') as file:
            begun = file.read()
    if write and not begun.endswith(MORE):
        with open(path, 'wb') as file:
            file.write(stderr)
    if not os.path.exists(path):
        yield 'there is no .stderr'
        return
    with open(path, 'rb') as file:
        expected = file.read()
    said = stderr
    if expected.endswith(MORE):
        expected = expected[:-len(MORE)]
        said = stderr[:len(expected)]
    if said != expected:
        yield ('says\n' + stderr.decode(errors='backslashreplace')
               + 'instead of\n' + expected.decode(errors='backslashreplace'))
    if not expected:
        yield 'says nothing'
    if len(stderr) > 8192:
        yield f'says {len(stderr)} bytes'
    if b': error: ' not in expected:
        if status != 0:
            yield f'exit status {status}'
        return
    if status != 2:
        yield f'exit status {status}'
    if stdout:
        yield 'wrote to standard output'
    if files:
        yield f'wrote {files[0]}'


def rows_without_case():
    """The rows of the table that no case meets."""
    said = ''
    for path in sorted(glob.glob(os.path.join(HERE, '*.stderr'))):
        with open(path, encoding='utf-8') as file:
            said += file.read()
    with open(f'{TREE}/src/base/diag_table.h', encoding='utf-8') as file:
        table = ROW.findall(file.read())
    if not table:
        yield 'the table of diagnostics has no rows'
    for code, level, text in table:
        text = text.replace('\\"', '"')
        pattern = '.*'.join(re.escape(part) for part in text.split('{}'))
        word = level[len('DIAG_'):].lower()
        if not re.search(f'{word}: {pattern}$', said, re.M):
            if code not in NOT_HERE:
                yield f'{code} has no case'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('headroom')
    parser.add_argument('--write', action='store_true')
    parser.add_argument('--only', default='*')
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.headroom)
    passed = failed = 0
    for name in names():
        if not fnmatch.fnmatch(name, arguments.only):
            continue
        wrong = list(faults(program, name, arguments.write))
        for line in wrong:
            print(f'{name}: {line}')
        failed += bool(wrong)
        passed += not wrong
    if arguments.only == '*':
        wrong = list(rows_without_case())
        for line in wrong:
            print(line)
        failed += len(wrong)
        passed += not wrong
    print(f'{passed} passed, {failed} failed')
    return 1 if failed or not passed else 0


if __name__ == '__main__':
    sys.exit(main())
