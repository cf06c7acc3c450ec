#!/usr/bin/python3
"""Run the tests on a build that counts branches, and hold the counts.

usage: coverage.py BUILD

Every branch of assess/ and of the number reader must be taken both ways, of
each other room at least 85 %.
"""
import glob
import json
import os
import subprocess
import sys

TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WHOLE = ('src/assess/', 'src/base/decimal.c')
LEAST = 85.0


def main():
    build = os.path.abspath(sys.argv[1])
    profiles = os.path.join(build, 'profiles')
    os.makedirs(profiles, exist_ok=True)
    for old in glob.glob(f'{profiles}/*'):
        os.remove(old)
    # %m: runs of one program are merged as they end
    os.environ['LLVM_PROFILE_FILE'] = f'{profiles}/%4m.profraw'
    tests = subprocess.run([sys.executable, f'{TREE}/tests/run.py', '--build',
                            build, '--covered'], check=False)
    merged = f'{profiles}/all.profdata'
    subprocess.run(['llvm-profdata', 'merge', '-sparse', '-o', merged,
                    *glob.glob(f'{profiles}/*.profraw')], check=True)
    programs = [f'{build}/headroom'] + [
        unit for unit in sorted(glob.glob(f'{build}/tests/unit/test_*'))
        if not unit.endswith(('.o', '.d'))]
    objects = [word for unit in programs[1:] for word in ('-object', unit)]
    counted = json.loads(subprocess.run(
        ['llvm-cov', 'export', '-summary-only', '-instr-profile', merged,
         programs[0], *objects, '-ignore-filename-regex', 'tests/'],
        check=True, stdout=subprocess.PIPE).stdout)
    rooms, failed = {}, 0
    for file in sorted(counted['data'][0]['files'],
                       key=lambda file: file['filename']):
        name = os.path.relpath(file['filename'], TREE)
        branches = file['summary']['branches']
        if branches['count'] == 0:
            continue
        share = 100 * branches['covered'] / branches['count']
        whole = name.startswith(WHOLE)
        note = ''
        if whole and branches['covered'] < branches['count']:
            note, failed = '  must be whole', failed + 1
        print(f'{share:6.1f} %  {branches["covered"]:5}/'
              f'{branches["count"]:5}  {name}{note}')
        if not whole:
            room = rooms.setdefault(os.path.dirname(name), [0, 0])
            room[0] += branches['covered']
            room[1] += branches['count']
    for room, (covered, count) in sorted(rooms.items()):
        share = 100 * covered / count
        print(f'{share:6.1f} %  {room}' +
              ('' if share >= LEAST else f'  must be {LEAST} %'))
        failed += share < LEAST
    sys.exit(1 if failed or tests.returncode else 0)


if __name__ == '__main__':
    main()
