#!/usr/bin/python3
"""Random JTLs against a straightforward program.

usage: test_jtl_differential.py HEADROOM

Each case is a run of 1 to 16 load generators: quoted fields, line ends within
them, Chinese labels, shuffled times, columns in any order, with a header or
without, several delimiters, both line ends, a byte order mark, times as text,
transactions.  Python's own csv module and a list of samples say what must come
out: every sample of the digest, and the figures of the import: counts, errors,
every percentile and the max.  40 runs, or 200 in the long form.
"""
import collections
import csv
import datetime
import io
import math
import os
import random
import re
import subprocess
import sys
import tempfile
from fractions import Fraction

import common

common.need_modules('yaml')
import yaml  # noqa: E402

sys.path.insert(0, os.path.join(common.TREE, 'tests', 'independent'))
from digest import Digest  # noqa: E402

LABELS = ['login', '登录', '下单 "支付"', 'GET /search, page=1', 'a;b|c\td',
          'two\nlines', "it's", 'x' * 300, '=1+1', 'Ω', 'pay']
GROUPS = ['tg', '线程 组', 'a-b 1', 'x']
NAMES = ['timeStamp', 'elapsed', 'label', 'responseCode', 'responseMessage',
         'threadName', 'dataType', 'success', 'failureMessage', 'bytes',
         'sentBytes', 'grpThreads', 'allThreads', 'URL', 'Latency', 'IdleTime',
         'Connect']
SUMS_UP = 'Number of samples in transaction : 2, number of failing samples : 0'
BEGIN_MS = 1767950000000


def make_rows(dice, count):
    labels = dice.sample(LABELS, dice.randint(1, len(LABELS)))
    groups = dice.sample(GROUPS, dice.randint(1, len(GROUPS)))
    spread = dice.choice([50, 3000, 90000])
    rows = []
    for i in range(count):
        elapsed = min(int(dice.expovariate(1 / 40)), 200000)
        if dice.random() < 0.01:
            elapsed = dice.randint(60000, 200000)
        sums_up = dice.random() < 0.03
        rows.append({
            'timeStamp': BEGIN_MS + dice.randint(0, spread),
            'elapsed': elapsed,
            'label': dice.choice(labels),
            'responseCode': dice.choice(['200', '503', '']),
            'responseMessage': SUMS_UP if sums_up else dice.choice(
                ['OK', '', 'say "hi"', 'line\none', '超时, 重试', '"']),
            'threadName': '%s %d-%d' % (dice.choice(groups),
                                        dice.randint(1, 3),
                                        dice.randint(1, 200)),
            'dataType': 'text',
            'success': dice.choice(['true'] * 9 + ['false']),
            'failureMessage': dice.choice(['', '', 'expected\r\n"200"']),
            'bytes': dice.randint(0, 9999), 'sentBytes': 1, 'grpThreads': 5,
            'allThreads': dice.randint(0, 40), 'URL': 'http://h/a,b',
            'Latency': 1, 'IdleTime': 0, 'Connect': 0})
    return rows


def write_file(dice, path, rows):
    """One generator's file; rows as they are, in some form of a JTL."""
    has_header = dice.random() < 0.8
    names = list(NAMES)
    if has_header and dice.random() < 0.5:
        dice.shuffle(names)
        for name in dice.sample(['bytes', 'URL', 'Connect', 'sentBytes'], 2):
            names.remove(name)
    delimiter = dice.choice(',,,;\t|')
    as_text = dice.random() < 0.2
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter,
                        lineterminator=dice.choice(['\n', '\r\n']),
                        quoting=dice.choice([csv.QUOTE_MINIMAL] * 3 +
                                            [csv.QUOTE_ALL]))
    if has_header:
        writer.writerow(names)
    for row in rows:
        shown = dict(row)
        if as_text:
            moment = datetime.datetime.fromtimestamp(
                row['timeStamp'] // 1000, datetime.timezone.utc)
            shown['timeStamp'] = '%s.%03d' % (
                moment.strftime('%Y/%m/%d %H:%M:%S'),
                row['timeStamp'] % 1000)
        writer.writerow([shown[name] for name in names])
    text = stream.getvalue()
    if dice.random() < 0.2:
        text = text.rstrip('\r\n')
    with open(path, 'w', encoding='utf-8-sig' if dice.random() < 0.2
              else 'utf-8', newline='') as file:
        file.write(text)


def group_of(thread):
    return re.sub(r' \d+-\d+$', '', thread)


def count(runs):
    """What the digest must hold, and by label, transactions apart."""
    tally, failed, span = collections.Counter(), collections.Counter(), {}
    threads = {}
    for number, rows in enumerate(runs):
        for row in rows:
            start = row['timeStamp']
            key = (row['label'], row['responseMessage'] == SUMS_UP,
                   group_of(row['threadName']), start // 1000)
            tally[key + (row['elapsed'] * 1000000,)] += 1
            if row['success'] == 'false':
                failed[key] += 1
            first, last, end = span.get(key, (1 << 63, 0, 0))
            span[key] = (min(first, start * 1000000),
                         max(last, start * 1000000),
                         max(end, (start + row['elapsed']) * 1000000))
            most = threads.setdefault(key, {})
            most[number] = max(most.get(number, 0), row['allThreads'])
    return tally, failed, span, threads


def rank(times, percent):
    return times[math.ceil(Fraction(percent) / 100 * len(times)) - 1]


def run(program, *args):
    return subprocess.run([program, *args], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)


def check_import(tally, program, paths, runs, name):
    """The figures of each label."""
    made = run(program, 'import', '--from', 'jtl', '--steps', 'whole', *paths)
    rows = [row for rows in runs for row in rows]
    plain = [row for row in rows if row['responseMessage'] != SUMS_UP] or rows
    starts = collections.defaultdict(set)
    for row in plain:
        starts[row['label']].add(row['timeStamp'])
    if all(len(times) == 1 for times in starts.values()):
        tally.check(made.returncode == 2 and b'no rate' in made.stderr,
                    f'{name}: a rate of no span')
        return
    if not tally.check(made.returncode == 0,
                       f'{name}: import: {made.stderr.decode()[:300]}'):
        return
    # the comments hold the counts
    steps = {}
    label = None
    for line in made.stdout.decode().split('\n'):
        if line.startswith('  - link: '):
            label = yaml.safe_load(line[len('  - link: '):])
        found = re.search(r'^ +- (\{.*\}) # .*: (\d+) requests, (\d+) failed$',
                          line)
        if found:
            steps[label] = (yaml.safe_load(found.group(1)),
                            int(found.group(2)), int(found.group(3)))
    for label in {row['label'] for row in plain}:
        own = [row for row in plain if row['label'] == label]
        times = sorted(row['elapsed'] for row in own)
        if label not in steps:
            # one sample, or all at one time: no rate
            tally.check(len(starts[label]) == 1,
                        f'{name}: no step of {label!r}')
            continue
        step, requests, failed = steps[label]
        bad = sum(row['success'] == 'false' for row in own)
        tally.check((requests, failed) == (len(own), bad),
                    f'{name}: {label!r}: {requests} requests, {failed} failed,'
                    f' not {len(own)}, {bad}')
        for key, percent in (('p50_ms', 50), ('p95_ms', 95), ('p99_ms', 99),
                             ('p999_ms', '99.9')):
            want = max(rank(times, percent), 1)  # below 1 ms is shown as 1
            tally.check(step[key] == want, f'{name}: {label!r}: {key} '
                                           f'{step[key]}, not {want}')


def main():
    program, is_long = common.arguments(__doc__)
    tally = common.Tally()
    cases = 200 if is_long else 40
    with tempfile.TemporaryDirectory() as folder:
        for case in range(cases):
            dice = random.Random(case)
            name = f'run {case}'
            generators = dice.choice([1, 1, 2, 3, 16])
            total = dice.choice([3, 40, 400, 3000 if not is_long else 30000])
            runs = [make_rows(dice, max(2, total // generators))
                    for _ in range(generators)]
            paths = []
            for number, rows in enumerate(runs):
                paths.append(os.path.join(folder, f'{case}-{number}.jtl'))
                write_file(dice, paths[-1], rows)
            out = os.path.join(folder, 'all.digest')
            made = run(program, 'digest', '--from', 'jtl', *paths, '-o', out)
            if not tally.check(made.returncode == 0,
                               f'{name}: {made.stderr.decode()[:300]}'):
                continue
            with open(out, 'rb') as file:
                got = Digest(file.read())
            want, failed, span, threads = count(runs)
            tally.check(got.tally == want, f'{name}: other samples')
            tally.check(got.failed == failed, f'{name}: other failures')
            tally.check(got.span == span, f'{name}: other times')
            tally.check({key: sorted(most.values())
                         for key, most in got.threads.items()} ==
                        {key: sorted(n for n in most.values() if n)
                         for key, most in threads.items()},
                        f'{name}: other threads')
            most = max(time for *_, time in want)
            tally.check(max(time for *_, time in got.tally) == most,
                        f'{name}: another max')
            check_import(tally, program, paths, runs, name)
            for path in paths:
                os.unlink(path)
    tally.close()


if __name__ == '__main__':
    main()
