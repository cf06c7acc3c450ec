#!/usr/bin/python3
"""valgrind has nothing to say of the samples, nor of rows read in blocks and
out of gzip.

usage: memory.py HEADROOM
"""
import os
import subprocess
import sys
import tempfile

TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RUNS = [['report', 'samples/minimal.yaml', '--lang', 'en'],
        ['report', 'samples/2026-double11', '--lang', 'zh'],
        ['report', 'samples/measured', '--lang', 'zh+en'],
        ['check', 'tests/bad/many.yaml'],
        ['digest', 'tests/bad/import/labels.jtl'],
        ['import', '--date', '2026-11-22', '--steps', 'threads',
         'samples/from-tools/search_gen1.jtl.gz']]
FAULT = 99


def main():
    program = os.path.abspath(sys.argv[1])
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for words in RUNS:
            out = ['-o', f'{folder}/out'] if words[0] == 'report' else []
            # the program brings its own malloc, which hands on to the C
            # library's: only the latter is valgrind's to replace
            done = subprocess.run(
                ['valgrind', '-q', f'--error-exitcode={FAULT}',
                 '--leak-check=full', '--errors-for-leak-kinds=definite',
                 '--soname-synonyms=somalloc=NONE',
                 f'--suppressions={TREE}/tests/leaks.valgrind', program,
                 *words, *out], cwd=TREE, check=False,
                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            if done.returncode in (0, 2):
                passed += 1
            else:
                failed += 1
                print(f'failed: {words}: {done.returncode}')
                print('\n'.join(line for line in done.stderr.decode().split(
                    '\n') if line.startswith('=='))[:4000])
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
