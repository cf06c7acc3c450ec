#!/usr/bin/python3
"""Holds headroom against an independent recomputation on random seasons.

usage: compare.py PROGRAM [--seasons 1000] [--seed 1] [--keep FOLDER]

Every season of generate.py is given to `PROGRAM report --to json` and to
recompute.py, and every field of the two must be the same: each number exactly,
each key in its place, unknown as null.  Every rule named below must have been
reached, and an altered field must have been noticed, or the run fails.  The
last line is "N passed, N failed".
"""
import argparse
import collections
import importlib.util
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
from fractions import Fraction

sys.dont_write_bytecode = True
DEBIAN = '/usr/bin/python3'  # where the package python3-yaml puts it
if (importlib.util.find_spec('yaml') is None and os.path.exists(DEBIAN)
        and os.path.realpath(sys.executable) != os.path.realpath(DEBIAN)):
    os.execv(DEBIAN, [DEBIAN, *sys.argv])

import generate
import recompute

TRIED = """
state short | state untested | state stale | state inconclusive
state covered | state met
state short, measured | state short, none | state covered, measured
state met, measured | state met, at-least
state stale, measured | state stale, none | state stale, at-least
state inconclusive, measured | state inconclusive, at-least
effect blocking | effect condition | effect watch | effect none
action none | action test | action retest | action expand | action optimise
verdict go | verdict conditional | verdict no-go
reason none | reason condition | reason blocking
reason insufficient-evidence
weakest tied | scenarios of different verdict | another scenario shown
scenarios | no scenarios

outcome measured | outcome none | outcome at-least | measured by plateau
plateau of exactly 2 % | uncarried without plateau | carried exactly
at-least, last load not carried | at-least without a proving step
order offered_qps | order concurrency | order as written
load repeated | load repeated, one breaks | a later load holds again
a short step disproves | a short step is passed over
held for exactly min_hold_s | at the limit | qps 0 | qps falls
limited by p50_ms | limited by p95_ms | limited by p99_ms
limited by p999_ms | limited by error_rate | limited by cpu
limited by offered

growth from link | growth from scenario | growth from season
buffer from link | buffer from scenario | buffer from season
multiplier from link | multiplier from scenario | multiplier from season
multiplier ignored behind growth or buffer
growth and buffer from two levels
target_qps | target_qps beside growth | compose add | compose multiply
slo key replaced | slo key added
validity_days from link | validity_days from season
validity_days from default
scale_efficiency from link | scale_efficiency from season
scale_efficiency by default
safe_level from link | safe_level from season | safe_level by default
rejected: link left without growth and buffer

as_of a day | as_of a moment | as_of by default | days left
a result after as_of | several results on a day
exactly validity_days old | a day older than validity_days
an older result counts: measured | an older result counts: none
an older result counts: reaches the target
none conclusive, the newest counts
due after freeze | due after peak | due on the day of freeze
due on the day of peak | covered without due

n and m unknown | m defaults to n | n defaults to m
left(n) < m | left(n) = m | left(n) > m
zones even | zones uneven, fewer large ones than lost
zones uneven, as many large ones as lost
zones uneven, more large ones than lost | nothing left of the zones
exactly max_extrapolation | inconclusive by extrapolation
inconclusive by at-least | usable is the target | forecast is the target
expansion counted | expansion over zones | expansion 0 though short
expansion beyond the quota | expansion just within the quota
expansion unknown, achieved 0 | expansion unknown, instances unknown

unit_cost from link | unit_cost from season | no unit_cost
instances beyond the approved have a cost | nothing beyond the approved

input a file | input a folder | input several | input a file twice
--gate | one-string names | names in two languages | no names
"""
# where a program that is not installed finds its templates
os.environ.setdefault('HEADROOM_SHARE', os.path.dirname(os.path.dirname(
    os.path.dirname(os.path.abspath(__file__)))))
REQUIRED = [x.strip() for x in re.split(r'[|\n]', TRIED) if x.strip()]


def no_repeats(pairs):
    keys = [key for key, value in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError('a key twice among %s' % keys)
    return dict(pairs)


def read_json(text):
    def refuse(name):
        raise ValueError('no JSON: ' + name)
    return json.loads(text, parse_float=Fraction, parse_int=Fraction,
                      parse_constant=refuse, object_pairs_hook=no_repeats)


def differences(got, want, where=''):
    """What of got is not as wanted, as lines of text."""
    if isinstance(want, dict):
        if not isinstance(got, dict):
            return ['%s: %r is no object' % (where, got)]
        if list(got) != list(want):
            return ['%s: keys %s, not %s' % (where, list(got), list(want))]
        return [line for key in want for line in
                differences(got[key], want[key], where + '.' + key)]
    if isinstance(want, list):
        if not isinstance(got, list) or len(got) != len(want):
            return ['%s: %r, not %d entries' % (where, got, len(want))]
        return [line for index, (one, other) in enumerate(zip(got, want))
                for line in differences(one, other, '%s[%d]' % (where, index))]
    if isinstance(want, (int, Fraction)) and not isinstance(want, bool):
        if isinstance(got, Fraction) and got == want:
            return []
    elif type(got) is type(want) and got == want:
        return []
    show = [recompute.decimal(x) if isinstance(x, (int, Fraction))
            and not isinstance(x, bool) else repr(x) for x in (got, want)]
    return ['%s: %s, not %s' % (where, show[0], show[1])]


def warnings_of(got):
    """The warnings' shape; their wording is the product's own."""
    warnings = got.get('warnings')
    if not isinstance(warnings, list):
        return ['warnings: no list']
    for row in warnings:
        if (list(row) != ['file', 'line', 'text']
                or not isinstance(row['file'], str) or not row['text']
                or not isinstance(row['line'], Fraction) or row['line'] < 1):
            return ['warnings: %r' % row]
    return []


def tag_season(season, tag):
    given = season.inputs
    tag('input a folder' if given == ['.'] else 'input several'
        if len(given) > 1 else 'input a file')
    if len(given) > 1 and '.' in given:
        tag('input a file twice')
    tag({'string': 'one-string names', 'pair': 'names in two languages',
         'none': 'no names'}.get(season.names, 'mixed names'))


def try_season(job):
    """(faults, tags, JSON text, what it should say) of one season."""
    program, version, seed, folder = job
    tags = []
    season = generate.Season(seed)
    source = os.path.join(folder, 'in')
    out = os.path.join(folder, 'out')
    os.makedirs(source)
    inputs, shown = season.write(source)
    tag_season(season, tags.append)
    gate = seed % 3 == 0
    command = [program, 'report', *inputs, '--to', 'json', '-o', out]
    if shown:
        command += ['--scenario', shown]
    if gate:
        command.append('--gate')
        tags.append('--gate')
    ran = subprocess.run(command, stdin=subprocess.DEVNULL,
                         capture_output=True, check=False)
    said = ran.stderr.decode('utf-8', 'replace').strip()[:600]
    try:
        want = recompute.recompute(inputs, shown, tags.append)
    except recompute.Rejected as why:
        tags.append('rejected: %s' % why)
        faults = []
        if ran.returncode != 2 or os.path.exists(out):
            faults.append('status %d, not 2 (%s)' % (ran.returncode, why))
        return faults, tags, None, None
    status = 1 if gate and want['verdict'] != 'go' else 0
    if ran.returncode != status:
        return (['status %d, not %d: %s' % (ran.returncode, status, said)],
                tags, None, None)
    plan = want['plan']
    name = season.season['season'] + '-readiness'
    if shown and shown != plan:
        name += '-' + shown
    if os.listdir(out) != [name + '.json']:
        return ['files %s' % os.listdir(out)], tags, None, None
    with open(os.path.join(out, name + '.json'), encoding='utf-8') as stream:
        text = stream.read()
    want['headroom'] = version
    return faults_of(text, want), tags, text, want


def faults_of(text, want):
    try:
        got = read_json(text)
    except ValueError as why:
        return ['no JSON: %s' % why]
    return differences(dict(got, warnings=[]), want) + warnings_of(got)


# --- the check checked ------------------------------------------------------

def altered(value):
    """Other values, each of which must be noticed in its place."""
    if isinstance(value, bool):
        return [not value, None]
    if isinstance(value, (int, Fraction)):
        return [value + Fraction(1, 10**9), None, str(value)]
    if isinstance(value, str):
        return [value + 'x', None]
    if isinstance(value, list):
        return [value + [None], value[:-1] if value else [0]]
    if isinstance(value, dict):
        return [dict(reversed(value.items())), {}] if len(value) > 1 else [{}]
    return [0, '']


def leaves(value, put):
    """(value, function that puts another in its place), all the way down."""
    yield value, put
    if isinstance(value, dict):
        for key in value:
            yield from leaves(value[key], lambda x, key=key: put(
                {k: x if k == key else v for k, v in value.items()}))
    elif isinstance(value, list):
        for index in range(len(value)):
            yield from leaves(value[index], lambda x, index=index: put(
                value[:index] + [x] + value[index + 1:]))


def unnoticed(text, want):
    """How many alterations of a right answer were tried, and those that
    passed for right."""
    right = dict(read_json(text), warnings=[])
    tried, missed = 0, []
    for value, put in leaves(right, lambda x: x):
        for other in altered(value):
            tried += 1
            if not differences(put(other), want):
                missed.append('%r for %r' % (other, value))
    return tried, missed


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split('\n\n')[1][7:])
    parser.add_argument('program')
    parser.add_argument('--seasons', type=int, default=1000)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--keep')
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    answer = subprocess.run([program, '--version'], capture_output=True,
                            text=True, check=True).stdout
    version = re.search(r'\d+\.\d+\.\d+', answer).group()
    passed = failed = tried = 0
    missed, reached = [], collections.Counter()
    with tempfile.TemporaryDirectory() as temporary:
        base = options.keep or temporary
        jobs = [(program, version, seed, os.path.join(base, str(seed)))
                for seed in range(options.seed,
                                  options.seed + options.seasons)]
        with multiprocessing.Pool(2) as pool:
            for job, (faults, tags, text, want) in zip(
                    jobs, pool.imap(try_season, jobs, chunksize=4)):
                reached.update(tags)
                if faults:
                    failed += 1
                    if failed <= 20:
                        print('season %d:' % job[2])
                        for line in faults[:5]:
                            print('    ' + line)
                    continue
                passed += 1
                if text and tried < 5000:
                    count, some = unnoticed(text, want)
                    tried += count
                    missed += some
    print('%d alterations tried, %d not noticed' % (tried, len(missed)))
    for line in missed[:10]:
        print('    not noticed: ' + line)
    failed += len(missed) + (passed > 0 and tried == 0)
    for name in REQUIRED:
        if not reached[name]:
            print('never reached: ' + name)
            failed += 1
    print('%d rules reached, the rarest: %s' % (len(REQUIRED), ', '.join(
        '%s %d' % (x, reached[x])
        for x in sorted(REQUIRED, key=lambda x: reached[x])[:5])))
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
