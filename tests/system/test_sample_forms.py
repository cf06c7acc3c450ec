#!/usr/bin/python3
"""Logs of samples of load-test tools come out as their numbers.

usage: test_sample_forms.py HEADROOM

tests/results/samples.tsv says what each file holds, computed by others from the
raw rows; "-" is not said.  The label "*" is all requests together.  Counts must
be equal, times to the digits that stand there, first start and last end to the
millisecond; percentiles are by nearest rank.  The import, and the digest taken
apart by a reader of its own, must both say so.  Files of others stand beside
the tree where they are at hand at all.
"""
import csv
import math
import os
import re
import sys
import tempfile
from fractions import Fraction

import common

common.need_modules('yaml')
import yaml  # noqa: E402

sys.path.insert(0, os.path.join(common.TREE, 'tests', 'independent'))
from digest import Digest  # noqa: E402

HERE = os.path.join(common.TREE, 'tests', 'results')
BESIDE = os.path.join(common.TREE, '..', 'shared', 'corpus')
STEP = re.compile(r'^ +- (\{.*\}) # .*: (\d+) requests, (\d+) failed$', re.M)
PERCENTS = {'p50_ms': 50, 'p95_ms': 95, 'p99_ms': 99}
# refused, and at which line
REFUSED = [
    ('jmeter/public/jenkins_JMeterCsvResults2.csv', 'jmeter', 2,
     'found "2001/20/20'),
    ('jmeter/public/jenkins_emptyfile.jtl', 'jmeter', 1, 'an empty file'),
    ('gatling/simulation_log/gatling_known_stats.simulation.log', 'gatling',
     1, 'Gatling 3.12.1'),
    ('gatling/simulation_log/taurus_6-314.simulation.log', 'gatling', 1,
     'Gatling 3.14.3'),
    ('gatling/simulation_log/taurus_8-314.simulation.log', 'gatling', 1,
     'stats.json'),
]


def find(name):
    for folder in (HERE, BESIDE):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            return path
    return None


def same(got, text):
    """Whether a number is that text to its digits."""
    digits = re.sub(r'^0*\.?0*', '', text).replace('.', '')
    places = len(text.split('.')[1]) if '.' in text else 0
    step = Fraction(1, 10 ** places)
    if places == 0 and len(digits) < 6:
        return Fraction(str(got)) == int(text)
    return abs(Fraction(str(got)) - Fraction(text)) <= step / 2 + \
        Fraction(1, 10 ** 6)


def check_import(tally, program, path, row):
    """The figures of the one step."""
    label = row['label']
    made = common.run([program, 'import', '--from', row['kind'], '--links',
                       label + '=all', path])
    if not tally.check(made.returncode == 0, f'{row}: {common.said(made)}'):
        return
    step = STEP.search(made.stdout.decode())
    if not tally.check(step is not None, f'{row}: no step'):
        return
    figures = yaml.safe_load(step.group(1))
    tally.check(step.group(2) == row['samples'], f'{row}: {step.group(2)}')
    if row['failed'] != '-':
        tally.check(step.group(3) == row['failed'], f'{row}: {step.group(3)}')
    else:
        tally.check(row['kind'] != 'ab' or 'error_rate' not in figures,
                    f'{row}: an error rate that ab does not say')
    for key in PERCENTS:
        want = '1' if row[key] == '0' else row[key]
        tally.check(want == '-' or same(figures[key], want),
                    f'{row}: {key} {figures[key]}')


def check_digest(tally, program, path, row, folder):
    """The same of the digest's samples."""
    out = os.path.join(folder, 'one.digest')
    made = common.run([program, 'digest', '--from', row['kind'], path, '-o',
                       out])
    if not tally.check(made.returncode == 0, f'{row}: {common.said(made)}'):
        return
    with open(out, 'rb') as file:
        digest = Digest(file.read())
    requests = any(not sums_up for _, sums_up, *_ in digest.tally)
    own = {key: count for key, count in digest.tally.items()
           if key[0] == row['label'] or
           (row['label'] == '*' and not (requests and key[1]))}
    times = sorted(time for key, count in own.items()
                   for time in [key[-1]] * count)
    if not tally.check(len(times) == int(row['samples']),
                       f'{row}: {len(times)} in the digest'):
        return
    for key, percent in PERCENTS.items():
        if row[key] != '-':
            rank = math.ceil(Fraction(percent, 100) * len(times))
            ms = Fraction(times[rank - 1], 10 ** 6)
            tally.check(same(float(ms), row[key]), f'{row}: {key} {float(ms)}')
    if row['max_ms'] != '-':
        tally.check(same(times[-1] / 1e6, row['max_ms']),
                    f'{row}: max {times[-1]}')
    spans = [digest.span[key[:-1]] for key in own]
    if row['first_ms'] != '-':
        tally.check(min(span[0] for span in spans) ==
                    int(row['first_ms']) * 10 ** 6, f'{row}: another start')
        tally.check(max(span[2] for span in spans) ==
                    int(row['last_ms']) * 10 ** 6, f'{row}: another end')


def main():
    program, _ = common.arguments(__doc__)
    tally = common.Tally()
    missing = 0
    with open(os.path.join(HERE, 'samples.tsv'), encoding='utf-8',
              newline='') as file:
        rows = list(csv.DictReader(file, delimiter='\t',
                                   quoting=csv.QUOTE_NONE))
    with tempfile.TemporaryDirectory() as folder:
        for row in rows:
            path = find(row['file'])
            if path is None:
                missing += 1
                continue
            check_import(tally, program, path, row)
            check_digest(tally, program, path, row, folder)
    for name, kind, line, what in REFUSED:
        path = find(name)
        if path is None:
            missing += 1
            continue
        made = common.run([program, 'import', '--from', kind, path])
        said = made.stderr.decode()
        tally.check(made.returncode == 2 and not made.stdout and
                    f':{line}:1: error: ' in said and what in said,
                    f'{name}: {made.returncode}, {said[:200]}')
    if missing:
        tally.skip(f'{missing} files of others are not here')
    tally.close()


if __name__ == '__main__':
    main()
