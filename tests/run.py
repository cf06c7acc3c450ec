#!/usr/bin/python3
"""Run every test stage and add up what passed and failed.

usage: run.py --build DIR [--sanitized | --soak | --covered] [--only STAGE,...]

Each stage is one command.  What it counts stands in its own output: cmocka's
closing lines, or a line "N passed, N failed".  A stage that does not exist, that
counts nothing or that ends with a status of its own is a failure, so none can
pass silently.  The last line here is the sum; exit status 0 if nothing failed.
"""
import argparse
import glob
import os
import re
import subprocess
import sys
import time

TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CMOCKA = re.compile(r'^\[  (PASSED|FAILED)  \] (\d+) test\(s\)', re.M)
COUNTED = re.compile(r'^(\d+) passed, (\d+) failed', re.M)
# Where PDFs and workbooks are made, leaks of the libraries are known by their
# calls, which takes whole stacks and time.
WHOLE_STACKS = {'samples', 'readme', 'bad', 'golden', 'test_beside',
                'test_mail', 'test_pdf', 'test_readback', 'test_sheet'}
# Sanitizers that stay quiet about what happened make no good witness.
REPORT = re.compile(r'(AddressSanitizer|LeakSanitizer|runtime error):')


def stages(build, mode):
    """(name, command, modes): q quick, s sanitized, l long, c covered."""
    program = os.path.join(build, 'headroom')
    python = sys.executable
    rows = []
    for unit in sorted(glob.glob(f'{build}/tests/unit/test_*')):
        if not unit.endswith(('.o', '.d')):
            rows.append((os.path.basename(unit), [unit], 'qsc'))
    rows += [
        ('rooms', [python, 'tests/rooms.py'], 'q'),
        ('manual', [python, 'tests/manual.py', program], 'q'),
        ('installed', [python, 'tests/installed.py', program], 'q'),
        ('memory', [python, 'tests/memory.py', program], 'ql'),
        ('readme', [python, 'tests/readme.py', program], 'qsc'),
        ('samples', [python, 'tests/samples.py', program], 'qsc'),
        ('bad', [python, 'tests/bad/run.py', program], 'qsc'),
        ('golden', [python, 'tests/golden/run.py', '--program', program],
         'qsc'),
        ('workbook', [python, 'tests/workbook/run.py', program], 'q'),
        ('independent',
         [python, 'tests/independent/compare.py', program, '--seasons',
          '20000' if mode == 'l' else '1000'], 'qlc'),
    ]
    rows.append(('fuzz', [python, 'tests/fuzz/run.py', '--build', build],
                 'qslc'))
    # The hostile set stands beside the tree where it is at hand at all.
    hostile = os.path.join(TREE, '..', 'shared', 'hostile', 'run.py')
    if os.path.exists(hostile):
        rows.append(('hostile', [python, hostile, program, '--kind', 'yaml'],
                     'qsc'))
        for kind in ('jtl', 'k6', 'locust', 'wrk'):
            rows.append((f'hostile-{kind}', [python, hostile, program,
                                             '--kind', kind], 'qsc'))
    for script in sorted(glob.glob('tests/system/test_*')):
        # a killed program does not say what it covered, one in a bare
        # environment says it in the wrong place
        modes = 'qlc'
        if 'killed' in script or 'same_bytes' in script:
            modes = 'ql'
        rows.append((os.path.basename(script), [python, script, program],
                     modes))
    return rows


def count(output, status):
    """(passed, failed) of one stage."""
    counted = COUNTED.findall(output)
    if counted:
        passed, failed = map(int, counted[-1])
    else:
        sums = {'PASSED': 0, 'FAILED': 0}
        for word, number in CMOCKA.findall(output):
            sums[word] += int(number)
        passed, failed = sums['PASSED'], sums['FAILED']
    if REPORT.search(output):
        failed += 1
    if failed == 0 and (status != 0 or passed == 0):
        failed = 1
    return passed, failed


def run(name, command, environment):
    """Run one stage, show what it says, and count."""
    print(f'--- {name}', flush=True)
    script = command[1] if command[0] == sys.executable else command[0]
    if not os.path.exists(script):
        print(f'{script} does not exist')
        return 0, 1
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, env=environment,
                               stdin=subprocess.DEVNULL)
    raw, _ = process.communicate()
    output = raw.decode(errors='backslashreplace')
    passed, failed = count(output, process.returncode)
    lines = output.rstrip('\n').split('\n')
    if failed:
        print('\n'.join(lines[-200:]))
    else:
        print(lines[-1])
    print(f'    {name}: {passed} passed, {failed} failed,'
          f' {time.monotonic() - begin:.1f} s', flush=True)
    return passed, failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', default='build')
    parser.add_argument('--sanitized', action='store_true')
    parser.add_argument('--soak', action='store_true')
    parser.add_argument('--covered', action='store_true')
    parser.add_argument('--only', default='')
    arguments = parser.parse_args()
    build = os.path.abspath(arguments.build)
    os.chdir(TREE)
    environment = dict(os.environ, HEADROOM_SHARE=TREE,
                       HEADROOM_BUILD=build,
                       UBSAN_OPTIONS='print_stacktrace=1')
    mode = 'q'
    if arguments.sanitized:
        mode = 's'
        environment['HEADROOM_SANITIZED'] = '1'
        environment['LSAN_OPTIONS'] = (
            f'suppressions={TREE}/tests/leaks.supp:print_suppressions=0')
    if arguments.covered:
        mode = 'c'
    if arguments.soak:
        mode = 'l'
        environment['HEADROOM_SOAK'] = '1'
    only = [word for word in arguments.only.split(',') if word]
    passed = failed = 0
    failing = []
    for name, command, modes in stages(build, mode):
        if mode not in modes or (only and name not in only):
            continue
        if mode == 's' and name in WHOLE_STACKS:
            environment['ASAN_OPTIONS'] = 'fast_unwind_on_malloc=0'
        else:
            environment.pop('ASAN_OPTIONS', None)
        good, bad = run(name, command, environment)
        passed += good
        failed += bad
        if bad:
            failing.append(name)
    if failing:
        print('failed: ' + ' '.join(failing))
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
