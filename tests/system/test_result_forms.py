#!/usr/bin/python3
"""What load-test tools wrote comes out as their numbers.

usage: test_result_forms.py HEADROOM

tests/results/summaries.tsv says what each file holds: counts exactly, the rest
to the digits that stand there.  "-" is a metric that the file does not have, "?"
one that is not said; a number that ends with "~" was computed from rounded ones.
The label "*" is the sum of all, "@2" the third level.  tests/results/refused.tsv
says which files are refused, where and why.  Files of others stand beside the
tree where they are at hand at all.
"""
import csv
import json
import os
import re
import sys
from fractions import Fraction

import common
import yaml

HERE = os.path.join(common.TREE, 'tests', 'results')
BESIDE = os.path.join(common.TREE, '..', 'shared', 'corpus')
STEP = re.compile(r'^      - (\{.*\})(?: # (.*))?$', re.M)
COUNTS = re.compile(r': (\d+) requests, (\d+) failed$')
METRICS = ('seconds', 'qps', 'p50_ms', 'p95_ms', 'p99_ms')
KEYS = {'seconds': 'duration_s'}
# the highest good rate up to the first step that breaks p99 <= 100 ms or an
# error rate of 1 %
SERIES = [
    ('wrk', 'pay_c{:03}.txt', (2, 4, 8, 12, 16, 32, 64, 128), '509.71'),
    ('wrk', 'search_c{:03}.txt', (4, 8, 16, 24, 48, 96, 192, 500), '1512.98'),
    ('wrk2', 'login_R{:03}.txt', (50, 100, 150, 200, 250, 300, 350), '199.83'),
    ('hey', 'pay_c{:03}.txt', (2, 4, 8, 12, 16, 32, 64, 128), '499.77'),
    ('hey', 'login_q{}rps.txt', (100, 200, 300, 400, 500, 600, 700), '300.49'),
    ('ab', 'pay_c{:03}.txt', (2, 4, 8, 12, 16, 32, 64, 128), '490.5'),
    ('autocannon', 'pay_c{:03}.json', (2, 4, 8, 12, 16, 32, 64, 128),
     '509.11'),
    ('autocannon', 'login_R{:03}.json', (50, 100, 150, 200, 250, 300, 350),
     '0'),
    ('vegeta', 'login_r{:03}.json', (50, 100, 150, 200, 250, 300, 350, 400),
     '249.38'),
    ('k6', 'login_r{:03}.summary-export.json',
     (50, 100, 150, 200, 250, 300, 350, 400), '249.24'),
]
SEASON = """\
season: trial
multiplier: 1.5
slo: {{p99_ms: 100, error_rate: 1%}}
baselines:
  - {{link: x, peak_qps: 100000, instances: 1}}
results:
  - {{link: x, date: 2026-11-22, instances: 1, from: {tool}, files: [{files}]}}
"""


def rows(name):
    with open(os.path.join(HERE, name), encoding='utf-8') as stream:
        return list(csv.DictReader(stream, delimiter='\t',
                                   quoting=csv.QUOTE_NONE))


def find(name):
    """Where a file stands, or None."""
    for folder in (HERE, BESIDE):
        path = os.path.join(folder, name)
        if os.path.exists(path):
            return path
    return None


def is_near(found, text):
    """Whether a number is the one written, to its last digit; rates and times
    are cut to 3 and 6 decimals on the way."""
    if text.endswith('~'):
        wanted = Fraction(text[:-1])
        return abs(found - wanted) <= wanted / 40000 + Fraction(1, 999)
    wanted = Fraction(text)
    point = text.find('.')
    digits = len(text) - point - 1 if point >= 0 else 0
    return abs(found - wanted) <= Fraction(1, 2 * 10 ** digits) * (
        digits > 0) + Fraction(1, 999)


def imported(program, path, kind, how):
    ran = common.run([program, 'import', '--from', kind, '--instances', '1',
                      *how, path])
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode()


def steps_of(text):
    """(metrics, requests, failed) of each step of an import."""
    steps = []
    for flow, comment in STEP.findall(text):
        found = COUNTS.search(comment)
        metrics = {key: Fraction(str(value)) for key, value in
                   yaml.load(flow, yaml.BaseLoader).items()}
        steps.append((metrics, *map(int, found.groups() if found else (-1, -1))))
    return steps


def check_row(tally, program, path, row):
    label, level = row['label'], 0
    how = ['--link', 'x']
    if label.startswith('@'):
        level, how = int(label[1:]), [*how, '--steps', 'levels']
    elif label:
        how = ['--links', label + '=x']
    outputs = []
    for kind in (row['kind'], 'auto'):
        status, out, err = imported(program, path, kind, how)
        name = f"{row['file']} {label} --from {kind}"
        if not tally.check(status == 0, f'{name}: {err}'):
            return
        outputs.append(out)
    tally.check(outputs[0] == outputs[1],
                f'{name} says otherwise than --from {row["kind"]}')
    found = steps_of(out)
    if not tally.check(len(found) > level, f'{name}: {len(found)} steps'):
        return
    metrics, requests, failed = found[level]
    tally.check((requests, failed) == (int(row['requests']),
                                       int(row['failed'])),
                f"{name}: {failed} of {requests} failed, not {row['failed']} "
                f"of {row['requests']}")
    for key in METRICS:
        number, wanted = metrics.get(KEYS.get(key, key)), row[key]
        if wanted == '?':
            continue
        if wanted == '-':
            holds = number is None
        elif wanted == '0' and key.endswith('_ms'):
            # below what the tool can tell: 1 ms, and never 0
            holds = number == 1
        else:
            holds = number is not None and is_near(number, wanted)
        tally.check(holds, f'{name}: {key} is {number and float(number)}, '
                           f'not {wanted}')


def check_refused(tally, program, path, row):
    how = ['--links', row['label'] + '=x'] if row['label'] else ['--link', 'x']
    status, out, err = imported(program, path, row['kind'], how)
    first = err.split('\n')[0]
    tally.check(status == 2 and not out and
                first.startswith(f"{path}:{row['at']}: error: ") and
                row['message'] in first,
                f"{row['file']} --from {row['kind']}: {status} {first}")


def check_history(tally, program, name):
    """Locust's history against its own rows, taken apart another way."""
    path = find(name)
    if path is None:
        return False
    with open(path, newline='', encoding='utf-8') as stream:
        lines = [line for line in stream.read().splitlines() if line]
    history = [row for row in csv.DictReader(lines)
               if row['Name'] == 'Aggregated']
    wanted = []
    for before, row in zip(history, history[1:]):
        users = int(row['User Count'])
        if not wanted or wanted[-1][0] != users:
            wanted.append([users, 0, 0, 0, None])
        level = wanted[-1]
        for i, key in ((1, 'Timestamp'), (2, 'Total Request Count'),
                       (3, 'Total Failure Count')):
            level[i] += int(row[key]) - int(before[key])
        if row['99%'] != 'N/A':
            level[4] = max(level[4] or 0, Fraction(row['99%']))
    wanted = [level for level in wanted if level[2] > 0]
    status, out, err = imported(program, path, 'auto', ['--links', '*=x'])
    found = steps_of(out)
    tally.check(status == 0 and len(wanted) == len(found) > 1,
                f'{name}: {status}, {len(found)} levels, {err}')
    for (users, seconds, requests, failed, p99), step in zip(wanted, found):
        metrics = step[0]
        tally.check(step[1:] == (requests, failed) and
                    metrics['concurrency'] == users and
                    metrics['duration_s'] == seconds and
                    metrics.get('p99_ms') == p99 and
                    0 <= Fraction(requests - failed, seconds)
                    - metrics['qps'] < Fraction(1, 1000),
                    f'{name}: {users} users: {step}')
    return True


def check_labels(tally, program):
    """Without a link each label is one, with what is said of all."""
    path = os.path.join(common.TREE, 'tests/fuzz/corpus/csv_small/locust-stats')
    status, out, err = imported(program, path, 'locust', [])
    results = yaml.safe_load(out)['results'] if status == 0 else []
    tally.check([(link['link'], link.get('instances')) for link in results] ==
                [('POST /order', 1), ('GET /order', 1)],
                f'labels as links: {out} {err}')
    path = os.path.join(HERE, 'wrk/pay_c008.txt')
    status, out, err = imported(program, path, 'wrk', [])
    results = yaml.safe_load(out)['results'] if status == 0 else []
    tally.check([link.get('instances') for link in results] == [1],
                f'a file without a label: {out} {err}')


def check_series(tally, program, series):
    tool, pattern, loads, wanted = series
    names = [pattern.format(load) for load in loads]
    is_rate = 'rps' in pattern
    files = ['{file: %s, offered_qps: %d}' % (name, load) if is_rate else name
             for name, load in zip(names, loads)]
    with common.temporary() as folder:
        for name in names:
            os.symlink(os.path.join(HERE, tool, name),
                       os.path.join(folder, name))
        path = os.path.join(folder, 'season.yaml')
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(SEASON.format(tool=tool, files=', '.join(files)))
        out = os.path.join(folder, 'out')
        ran = common.run([program, 'report', path, '--allow-outside', '--to',
                          'json', '-q', '-o', out])
        what = f'{tool} {pattern}'
        if not tally.check(ran.returncode == 0,
                           f'{what}: {ran.stderr.decode()}'):
            return
        with open(os.path.join(out, 'trial-readiness.json'),
                  encoding='utf-8') as stream:
            link = json.load(stream, parse_float=Fraction)['links'][0]
    achieved = Fraction(link['achieved_qps'] or 0)
    tally.check(is_near(achieved, wanted),
                f'{what}: achieved {float(achieved)}, not {wanted}')
    tally.check(not is_rate or link['limited_by'] == ['offered'],
                f"{what}: limited by {link['limited_by']}")


def main():
    program = os.path.abspath(sys.argv[1])
    tally = common.Tally()
    missing = 0
    for name, check in (('summaries.tsv', check_row),
                        ('refused.tsv', check_refused)):
        for row in rows(name):
            path = find(row['file'])
            if path is None:
                missing += 1
            else:
                check(tally, program, path, row)
    for name in ('locust/ramp500/locust_stats_history.csv',
                 'locust/api429/results_stats_history.csv'):
        missing += not check_history(tally, program, name)
    check_labels(tally, program)
    for series in SERIES:
        check_series(tally, program, series)
    if missing:
        print(f'{missing} files of others are not at hand')
    tally.close()


if __name__ == '__main__':
    main()
