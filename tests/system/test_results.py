#!/usr/bin/python3
"""Results straight from files: in place and by import, cut and merged right.

usage: test_results.py HEADROOM

What single forms hold is test_result_forms.py's business; here it is what
becomes of them: one ramp cut by threads, windows and a schedule against a
computation of its own, several load generators merged, CPU beside the steps,
paths that lead outside, gzip and standard input, evidence among the sources,
and an import that is written whole or not at all.
"""
import csv
import gzip
import hashlib
import json
import math
import os
import pty
import shutil
import subprocess
import sys
import time
from fractions import Fraction

import common
import yaml

HERE = os.path.join(common.TREE, 'tests', 'results')
RAMP = os.path.join(HERE, 'jmeter', 'ramp.csv.gz')
LINKS = {'登录': 'login', 'GET /search, page=1': 'search', '下单 "支付"': 'pay'}
SEASON = """\
season: trial
as_of: 2026-11-25
multiplier: 1.5
slo: {p99_ms: 100, error_rate: 1%}
baselines:
  - {link: login, peak_qps: 100, instances: 2}
  - {link: search, peak_qps: 100, instances: 2}
  - {link: pay, peak_qps: 100, instances: 2}
results:
"""
FLOW = '{%s}' % ', '.join('%s: %s' % (json.dumps(k, ensure_ascii=False), v)
                          for k, v in LINKS.items())


# --- a computation of its own ------------------------------------------------

def read_ramp():
    with gzip.open(RAMP, 'rt', encoding='utf-8', newline='') as stream:
        return list(csv.DictReader(stream))


def rank(values, percent):
    return sorted(values)[max(0, math.ceil(Fraction(percent) / 100
                                           * len(values)) - 1)]


def figures(rows, span_ms):
    """What a step of some samples must say."""
    times = [int(row['elapsed']) for row in rows]
    failed = sum(row['success'] != 'true' for row in rows)
    return {'qps': Fraction(len(rows) - failed) * 1000 / span_ms,
            'error_rate': Fraction(failed, len(rows)),
            'p50_ms': rank(times, 50), 'p95_ms': rank(times, 95),
            'p99_ms': rank(times, 99), 'p999_ms': rank(times, '99.9')}


def group_of(row):
    return row['threadName'].rsplit(' ', 1)[0]


def by_groups(rows, label):
    """A step a thread group, over the group's own window."""
    groups = {}
    for row in rows:
        groups.setdefault(group_of(row), []).append(row)
    for name in sorted(groups, key=lambda g: min(int(row['timeStamp'])
                                                 for row in groups[g])):
        own = groups[name]
        first = min(int(row['timeStamp']) for row in own)
        last = max(int(row['timeStamp']) + int(row['elapsed']) for row in own)
        step = figures([row for row in own if row['label'] == label],
                       last - first)
        step['concurrency'] = max(int(row['allThreads']) for row in own)
        yield step


def by_seconds(rows, label, cuts):
    """A step a piece of time, in whole seconds of the run."""
    start = min(int(row['timeStamp']) for row in rows) // 1000
    for from_s, to_s in cuts:
        yield figures([row for row in rows if row['label'] == label and
                       from_s <= int(row['timeStamp']) // 1000 - start < to_s],
                      (to_s - from_s) * 1000)


def is_step(found, wanted):
    """Whether rates are rounded down to 3 decimals, shares up to 6 digits, and
    all else is exact."""
    for key, value in wanted.items():
        number = found.get(key)
        if number is None:
            return False
        if key == 'qps':
            good = number == Fraction(math.floor(value * 1000), 1000)
        elif key == 'error_rate':
            good = 0 <= number - value <= value / 100000
        else:
            good = number == value
        if not good:
            return False
    return True


# --- running it --------------------------------------------------------------

def imported(program, *how, **more):
    if 'input' in more:
        more['stdin'] = None
    ran = common.run([program, 'import', *how], **more)
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode()


def numbers(step):
    return {key: Fraction(str(value)) for key, value in step.items()}


def results_of(text):
    """Of the YAML of an import, the steps by link."""
    loaded = yaml.load(text, yaml.BaseLoader)['results']
    return {result.get('link'): [numbers(step) for step in result['steps']]
            for result in loaded}


def reported(program, folder, results, *how):
    """(status, JSON or None, messages) of a season with those results."""
    path = os.path.join(folder, 'season.yaml')
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write(SEASON + results)
    out = os.path.join(folder, 'out')
    shutil.rmtree(out, ignore_errors=True)
    ran = common.run([program, 'report', path, '--to', 'json', '-q', '-o', out,
                      *how])
    report = None
    if ran.returncode == 0:
        with open(os.path.join(out, 'trial-readiness.json'),
                  encoding='utf-8') as stream:
            report = json.load(stream, parse_float=str, parse_int=str)
    return ran.returncode, report, ran.stderr.decode()


def steps_in(report, link):
    for entry in report['links']:
        if entry['link'] == link:
            return [numbers({k: v for k, v in step.items() if k != 'holds'})
                    for step in entry['steps']]
    return []


# --- the claims --------------------------------------------------------------

def check_cuts(tally, program, rows):
    cases = [
        (['--steps', 'threads'], lambda label: by_groups(rows, label)),
        (['--steps', '12s'], lambda label: by_seconds(
            rows, label, [(i, i + 12) for i in range(0, 48, 12)])),
        (['--steps', '0s-6s,7s-13s,21s-27s'], lambda label: by_seconds(
            rows, label, [(0, 6), (7, 13), (21, 27)])),
        (['--steps', '12s', '--warmup', '2s', '--cooldown', '3'],
         lambda label: by_seconds(
             rows, label, [(i + 2, i + 9) for i in range(0, 48, 12)])),
    ]
    for how, wanted in cases:
        status, out, err = imported(program, '--from', 'jtl', *how, RAMP)
        if not tally.check(status == 0, f'{how}: {status} {err}'):
            continue
        found = results_of(out)
        tally.check(set(found) == set(LINKS), f'{how}: links {set(found)}')
        for label in LINKS:
            steps = list(wanted(label))
            tally.check(len(steps) == len(found.get(label, [])),
                        f'{how} {label}: {len(found.get(label, []))} steps')
            for i, step in enumerate(steps):
                tally.check(is_step(found[label][i], step),
                            f'{how} {label} step {i}: {found[label][i]}, not '
                            f'{step}')
    status, out, err = imported(program, '--links', '*=all', RAMP)
    span = (max(int(r['timeStamp']) + int(r['elapsed']) for r in rows)
            - min(int(r['timeStamp']) for r in rows))
    tally.check(status == 0 and
                is_step(results_of(out)['all'][0], figures(rows, span)),
                f'all labels as one: {out} {err}')


def write_rows(path, rows, pick):
    with open(path, 'w', encoding='utf-8', newline='') as stream:
        out = csv.DictWriter(stream, rows[0].keys(), lineterminator='\n')
        out.writeheader()
        out.writerows(row for i, row in enumerate(rows) if pick(i))


def check_in_place(tally, program, rows):
    wanted = {link: list(by_groups(rows, label))
              for label, link in LINKS.items()}
    with common.temporary() as folder:
        shutil.copy(RAMP, os.path.join(folder, 'ramp.jtl.gz'))
        results = (f'  - {{date: 2026-11-22, from: jmeter, files: ramp.jtl.gz, '
                   f'steps: threads, links: {FLOW}, '
                   f'instances: {{login: 2, pay: 4}}}}\n')
        status, report, err = reported(program, folder, results)
        if not tally.check(status == 0, f'in place: {status} {err}'):
            return
        for link, steps in wanted.items():
            found = steps_in(report, link)
            tally.check(len(found) == len(steps) and
                        all(is_step(a, b) for a, b in zip(found, steps)),
                        f'in place {link}: {found}')
        entries = {entry['link']: entry for entry in report['links']}
        achieved = {link: entries[link]['achieved_qps'] for link in entries}
        tally.check(achieved == {'login': '289.298', 'search': '464.16',
                                 'pay': '302.935'}, f'achieved {achieved}')
        tested = [entries[link]['tested_instances']
                  for link in ('login', 'search', 'pay')]
        tally.check(tested == ['2', '2', '4'], f'instances {tested}')
        with open(RAMP, 'rb') as stream:
            raw = stream.read()
        tally.check(report['inputs'][-1] == {
            'file': 'ramp.jtl.gz', 'bytes': str(len(raw)),
            'sha256': hashlib.sha256(raw).hexdigest()},
            f"the evidence among the inputs: {report['inputs']}")
        tally.check(any('closed loop' in warning['text']
                        for warning in report['warnings']),
                    'a closed loop is a warning')
        # two load generators, in either order, say the same as one
        write_rows(os.path.join(folder, 'a.jtl'), rows, lambda i: i % 3 > 0)
        write_rows(os.path.join(folder, 'b.jtl'), rows, lambda i: i % 3 == 0)
        for files in ('[a.jtl, b.jtl]', '[b.jtl, a.jtl]'):
            status, both, err = reported(
                program, folder, results.replace('ramp.jtl.gz', files))
            if not tally.check(status == 0, f'{files}: {status} {err}'):
                continue
            for link, steps in wanted.items():
                found = steps_in(both, link)
                for step in steps:
                    step.pop('concurrency', None)
                tally.check(all(is_step(a, b) for a, b in zip(found, steps)),
                            f'{files} {link}: {found}')
                tally.check(found[0]['concurrency'] == 4,
                            f'{files}: threads of both add up')


def check_schedule(tally, program, rows):
    with common.temporary() as folder:
        shutil.copy(RAMP, os.path.join(folder, 'ramp.gz'))
        results = (
            '  - {links: {登录: login}, date: 2026-11-22, from: jmeter, '
            'files: [ramp.gz], warmup_s: 1, cooldown_s: 2,\n'
            '     steps: [{from: 0s, to: 6s, offered_qps: 38}, '
            '{from: 7s, to: 13s, offered_qps: 100}]}\n')
        status, report, err = reported(program, folder, results)
        tally.check(status == 0, f'a schedule: {status} {err}')
        wanted = list(by_seconds(rows, '登录', [(1, 4), (8, 11)]))
        found = steps_in(report, 'login')
        for step, offered in zip(wanted, (38, 100)):
            step['offered_qps'] = offered
        tally.check(len(found) == 2 and
                    all(is_step(a, b) for a, b in zip(found, wanted)),
                    f'a schedule: {found}, not {wanted}')


def check_cpu(tally, program, rows):
    """p95 of the values that lie in a step, of several series the highest."""
    start = min(int(row['timeStamp']) for row in rows) // 1000
    points = [(start + i, 10 + (i * 37) % 61) for i in range(-5, 60)]
    wanted = []
    for from_s, to_s in ((0, 6), (7, 13)):
        values = [v for t, v in points if from_s <= t - start < to_s]
        wanted.append(Fraction(rank(values, 95), 100))
    with common.temporary() as folder:
        shutil.copy(RAMP, os.path.join(folder, 'ramp.gz'))
        with open(os.path.join(folder, 'cpu.csv'), 'w',
                  encoding='utf-8') as stream:
            stream.write('t,busy %\n')
            stream.writelines(f'{t},{v}\n' for t, v in reversed(points))
        ratio = [[t + 0.5, f'{v / 100:.2f}'] for t, v in points]
        low = [[t, '0.05'] for t, v in points]
        answer = {'status': 'success', 'data': {
            'resultType': 'matrix', 'result': [
                {'metric': {'instance': 'a'}, 'values': low},
                {'metric': {'instance': 'b'}, 'values': ratio}]}}
        with open(os.path.join(folder, 'cpu.json'), 'w',
                  encoding='utf-8') as stream:
            json.dump(answer, stream)
        entry = ('  - {links: {登录: login}, date: 2026-11-22, from: jmeter, '
                 'files: ramp.gz, steps: [{from: 0s, to: 6s}, '
                 '{from: 7s, to: 13s}], cpu: %s}\n')
        for cpu in ('{from: csv, file: cpu.csv, time: t, value: busy %, '
                    'unit: percent}',
                    '{from: prometheus, file: cpu.json}'):
            status, report, err = reported(program, folder, entry % cpu)
            found = [step.get('cpu') for step in steps_in(report or
                                                          {'links': []},
                                                          'login')]
            tally.check(status == 0 and found == wanted,
                        f'{cpu}: {found}, not {wanted} {err}')
            tally.check(status != 0 or len(report['inputs']) == 3,
                        f'{cpu}: a series is a source too')


def check_paths(tally, program):
    wrk = os.path.join(HERE, 'wrk', 'pay_c008.txt')
    with common.temporary() as top:
        folder = os.path.join(top, 'inside')
        os.makedirs(os.path.join(folder, 'deep'))
        shutil.copy(wrk, os.path.join(folder, 'deep', 'own.txt'))
        shutil.copy(wrk, os.path.join(top, 'other.txt'))
        os.symlink('../other.txt', os.path.join(folder, 'leads-out.txt'))
        os.symlink('deep/own.txt', os.path.join(folder, 'stays.txt'))
        entry = '  - {link: pay, date: 2026-11-22, from: wrk, files: ["%s"]}\n'
        for name, is_inside in (('deep/own.txt', True), ('stays.txt', True),
                                ('deep/../stays.txt', True),
                                ('../other.txt', False),
                                ('leads-out.txt', False),
                                (os.path.join(top, 'other.txt'), False)):
            status, _, err = reported(program, folder, entry % name)
            if is_inside:
                tally.check(status == 0, f'{name}: {status} {err}')
            else:
                tally.check(status == 2 and 'lies outside' in err,
                            f'{name} leads outside: {status} {err}')
            status, report, err = reported(program, folder, entry % name,
                                           '--allow-outside')
            tally.check(status == 0, f'{name} --allow-outside: {err}')
        os.mkfifo(os.path.join(folder, 'pipe'))
        status, _, err = reported(program, folder, entry % 'pipe')
        tally.check(status == 2 and 'no regular file' in err, f'a pipe: {err}')


def check_import(tally, program):
    names = [os.path.join(HERE, 'wrk', f'pay_c{c:03}.txt') for c in (2, 4, 8)]
    how = ['--from', 'wrk', '--link', 'pay', '--instances', '4', '--date',
           '2026-11-22']
    status, out, err = imported(program, *how, *names)
    tally.check(status == 0 and not err, f'import: {status} {err}')
    with common.temporary() as folder:
        # what import writes, a season reads as what the files say in place
        status, by_import, err = reported(program, folder,
                                          out.split('results:\n')[1])
        tally.check(status == 0, f'a season of an import: {err}')
        for name in names:
            shutil.copy(name, folder)
        status, in_place, err = reported(
            program, folder, '  - {link: pay, date: 2026-11-22, instances: 4, '
            'from: wrk, files: [%s]}\n' % ', '.join(map(os.path.basename,
                                                        names)))
        tally.check(status == 0 and
                    in_place['links'] == by_import['links'],
                    'in place and by import are the same')
        # standard input, and gzip in it
        with open(names[0], 'rb') as stream:
            raw = stream.read()
        alone = imported(program, *how, names[0])[1]
        for given in (raw, gzip.compress(raw),
                      gzip.compress(raw[:100]) + gzip.compress(raw[100:]),
                      raw.decode().encode('utf-16')):
            status, piped, err = imported(program, *how, '-', input=given)
            tally.check(status == 0 and
                        results_of(piped) == results_of(alone),
                        f'standard input: {status} {piped} {err}')
        # -o: whole or not at all
        path = os.path.join(folder, 'out.yaml')
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write('as it was\n')
        before = sorted(os.listdir(folder))
        status, said, err = imported(program, *how, '-o', path, names[0],
                                     os.path.join(HERE, 'ab', 'pay_c002.txt'))
        with open(path, encoding='utf-8') as stream:
            kept = stream.read()
        tally.check(status == 2 and not said and kept == 'as it was\n' and
                    sorted(os.listdir(folder)) == before,
                    f'a refused import leaves the file: {status} {kept}')
        status, said, err = imported(program, *how, '-o', path, *names)
        with open(path, encoding='utf-8') as stream:
            kept = stream.read()
        tally.check(status == 0 and not said and kept == out and
                    sorted(os.listdir(folder)) == before,
                    f'-o holds what else is printed: {status} {err}')
        status, said, err = imported(program, *how, '-o',
                                     os.path.join(folder, 'none', 'x.yaml'),
                                     *names)
        tally.check(status == 3 and 'cannot write' in err,
                    f'-o that cannot be written: {status} {err}')
    full = subprocess.run([program, 'import', *how, *names],
                          stdout=open('/dev/full', 'wb'),
                          stderr=subprocess.PIPE, check=False)
    tally.check(full.returncode == 3, f'a full disk: {full.returncode}')
    status, said, err = imported(program, *how, '--offered', '100,200,400',
                                 *names)
    found = [step['offered_qps'] for step in results_of(said)['pay']]
    tally.check(found == [100, 200, 400], f'--offered: {found} {err}')


SUMS = {
    'locust_stats.csv':
        'Type,Name,Request Count,Failure Count,Median Response Time,'
        'Average Response Time,Min Response Time,Max Response Time,'
        'Average Content Size,Requests/s,Failures/s,50%,95%,99%\n'
        'GET,/pay,300,0,10,11,1,90,5,30,0,10,40,80\n'
        'GET,/home,100,4,5,6,1,70,5,10,0.4,5,20,60\n'
        ',Aggregated,400,4,9,10,1,90,5,40,0.4,9,39,79\n',
    'final.xml':
        '<?xml version="1.0"?><FinalStatus><TestDuration>10</TestDuration>' +
        ''.join(f'<Group label="{label}"><throughput value="{all_}"/>'
                f'<succ value="{all_ - bad}"/><fail value="{bad}"/>'
                f'<perc value="{p99 / 1000}" param="99.0"/></Group>'
                for label, all_, bad, p99 in (('', 400, 4, 79),
                                              ('/pay', 300, 0, 80),
                                              ('/home', 100, 4, 60))) +
        '</FinalStatus>',
}


def check_sums(tally, program):
    # a link that names no label is the sum that the tool made, nothing else
    with common.temporary() as folder:
        for name, text in SUMS.items():
            path = os.path.join(folder, name)
            with open(path, 'w', encoding='utf-8') as stream:
                stream.write(text)
            status, said, err = imported(program, '--link', 'pay', path)
            found = status == 0 and results_of(said)
            tally.check(found and list(found) == ['pay'] and
                        [(step['qps'], step['p99_ms'], step['error_rate'])
                         for step in found['pay']] ==
                        [(Fraction('39.6'), 79, Fraction('0.01'))] and
                        "the tool's own sum of its labels" in said,
                        f'the sum of {name}: {said}{err}')
            as_star = imported(program, '--links', '*=pay', path)
            tally.check(results_of(as_star[1]) == found,
                        f'the sum of {name} by its label: {as_star}')
        status, said, err = imported(program, '--link', 'pay', RAMP)
        tally.check(status == 2 and not said and 'by --links LABEL=LINK' in err,
                    f'samples of several labels have no sum: {status} {err}')


def check_twice(tally, program):
    # a file that is named twice would count its samples twice
    with common.temporary() as folder:
        path = os.path.join(folder, 'again.csv')
        os.symlink(RAMP, path)
        for how, files in (('import', ['--steps', 'threads', RAMP, RAMP]),
                           ('import', ['--steps', 'threads', RAMP, path]),
                           ('digest', [RAMP, path])):
            ran = common.run([program, how, *files])
            tally.check(ran.returncode == 2 and not ran.stdout and
                        b'a second time the same file' in ran.stderr,
                        f'{how} of a file twice: {ran}')
        shutil.copy(RAMP, os.path.join(folder, 'ramp.csv'))
        status, report, err = reported(
            program, folder, '  - {date: 2026-11-22, from: jmeter, '
            f'files: [ramp.csv, ./ramp.csv], steps: threads, links: {FLOW}}}\n')
        tally.check(status == 2 and 'a second time the same file' in err,
                    f'a result of a file twice: {status} {err}')
        wrk = os.path.join(HERE, 'wrk', 'pay_c002.txt')
        status, said, err = imported(program, '--link', 'pay', wrk, wrk)
        tally.check(status == 0, f'as two steps it counts once each: {err}')


def check_tools(tally, program):
    # every tool whose files a result has is named, each once
    names = [os.path.join(HERE, *name.split('/')) for name in
             ('wrk2/login_R050.txt', 'wrk/pay_c002.txt', 'wrk/pay_c004.txt')]
    status, said, err = imported(program, '--link', 'pay', *names)
    tally.check(status == 0 and 'tool: "wrk2, wrk"\n' in said,
                f'files of two tools: {said}{err}')
    siege = os.path.join(HERE, 'siege', 'pay_c002.json')
    status, said, err = imported(program, '--link', 'pay', siege)
    tally.check(status == 0 and 'percentiles: none in the file\n' in said,
                f'siege has no percentiles: {said}{err}')


def check_baselines(tally, program):
    sheet = ('接口,峰值,台数,负责人,备注\r\n'
             'order.submit, 12.5k ,40,"交易组, 一部","说 ""稳"""\r\n'
             ',,,,\r\n'
             'cart.add,10w,,,\r\n')
    with common.temporary() as folder:
        path = os.path.join(folder, 'sheet.csv')
        with open(path, 'wb') as stream:
            stream.write(b'\xef\xbb\xbf' + sheet.encode())
        status, out, err = imported(
            program, '--baselines', path, '--columns',
            'link=接口,peak_qps=峰值,instances=台数', '--columns',
            'owner=负责人,note=备注')
        tally.check(status == 0 and yaml.load(out, yaml.BaseLoader) == {
            'baselines': [
                {'link': 'order.submit', 'owner': '交易组, 一部',
                 'peak_qps': '12.5k', 'instances': '40', 'note': '说 "稳"'},
                {'link': 'cart.add', 'peak_qps': '10w'}]},
            f'baselines: {status} {out} {err}')
        season = os.path.join(folder, 'season.yaml')
        with open(season, 'w', encoding='utf-8') as stream:
            stream.write('season: s\nas_of: 2026-11-25\nmultiplier: 1.5\n'
                         'slo: {p99_ms: 100, error_rate: 1%}\n' + out)
        ran = common.run([program, 'check', '-q', season])
        tally.check(ran.returncode == 0,
                    f'a season of baselines: {ran.stderr.decode()}')


def check_same_bytes(tally, program):
    with common.temporary() as folder:
        shutil.copy(RAMP, os.path.join(folder, 'ramp.gz'))
        path = os.path.join(folder, 'season.yaml')
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(SEASON + f'  - {{date: 2026-11-22, from: auto, files: '
                         f'ramp.gz, steps: threads, links: {FLOW}}}\n')
        sums = []
        for name in ('one', 'two'):
            out = os.path.join(folder, name)
            ran = common.run([program, 'report', path, '--lang', 'zh+en', '-q',
                              '-o', out])
            if not tally.check(ran.returncode == 0, ran.stderr.decode()):
                return
            sums.append([hashlib.sha256(open(os.path.join(out, file), 'rb')
                                        .read()).hexdigest()
                         for file in sorted(os.listdir(out))])
        tally.check(sums[0] == sums[1] and len(sums[0]) == 3,
                    'the same files give the same bytes')


def check_progress(tally, program):
    """On a terminal, after a second; nowhere else, and gone at the end."""
    with gzip.open(RAMP) as stream:
        raw = stream.read()
    for on_terminal in (True, False):
        reader, terminal = pty.openpty() if on_terminal else os.pipe()
        process = subprocess.Popen(
            [program, 'import', '--links', '*=all', '-'],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=terminal)
        os.close(terminal)
        process.stdin.write(raw[:-100000])
        process.stdin.flush()
        time.sleep(1.2 if on_terminal else 0)
        process.stdin.write(raw[-100000:])
        process.stdin.close()
        shown = b''
        try:
            while piece := os.read(reader, 4096):
                shown += piece
        except OSError:
            pass
        os.close(reader)
        status = process.wait()
        if on_terminal:
            tally.check(status == 0 and b' MB' in shown and b'/s' in shown and
                        shown.endswith(b'\r\x1b[K'), f'progress: {shown}')
        else:
            tally.check(status == 0 and not shown,
                        f'progress where there is no terminal: {shown}')


def check_names(tally, program):
    """Labels that YAML could take for something else come back as they are."""
    labels = ['null', 'Null', 'NULL', '~', 'no', 'true', '.inf', '1e3', '-',
              '[a]', '{a: b}', 'a: b', 'a #b', '&a', '*a', '!a', '"a"', "'a'",
              '\\n', ' a', 'a ', '%', '@', '`', '|', '>', '?', '=', '<<',
              '登录', 'nullable']
    rows = [['timeStamp', 'elapsed', 'label', 'success']]
    for second in range(2):
        rows += [[1795335265000 + 1000 * second, 5, label, 'true']
                 for label in labels]
    with common.temporary() as folder:
        path = os.path.join(folder, 'names.jtl')
        with open(path, 'w', encoding='utf-8', newline='') as stream:
            csv.writer(stream, lineterminator='\n').writerows(rows)
        status, out, err = imported(program, path)
        tally.check(status == 0, f'odd names: {err}')
        season = SEASON[:SEASON.index('  - {link')] + ''.join(
            '  - {link: %s, peak_qps: 1, instances: 1}\n'
            % json.dumps(x, ensure_ascii=False) for x in labels)
        path = os.path.join(folder, 'season.yaml')
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(season + out)
        ran = common.run([program, 'report', path, '--to', 'json', '-o',
                          os.path.join(folder, 'out')])
        if not tally.check(ran.returncode == 0,
                           f'odd names: {common.said(ran)}'):
            return
        with open(os.path.join(folder, 'out', 'trial-readiness.json'),
                  encoding='utf-8') as stream:
            links = json.load(stream)['links']
        tally.check(sorted(x['link'] for x in links) == sorted(labels) and
                    all(x['steps'] for x in links),
                    f'odd names come back as {links}')


def check_loads(tally, program):
    """What files say of their load counts once each, in any order."""
    head = ('metric_name,timestamp,metric_value,check,error,error_code,'
            'expected_response,name,scenario,status\n')
    with common.temporary() as base:
        paths = {}
        for name, dropped in (('a', 3), ('b', 4), ('none', 0)):
            paths[name] = os.path.join(base, name + '.csv')
            with open(paths[name], 'w', encoding='ascii') as stream:
                stream.write(head + 'http_req_duration,1795335265,32,,,,true,'
                             'pay,s,200\nhttp_req_duration,1795335266,33,,,,'
                             'true,pay,s,200\n')
                if dropped:
                    stream.write('dropped_iterations,1795335266,%d,,,,,,s,\n'
                                 % dropped)
        jtl = os.path.join(base, 'c.jtl')
        with open(jtl, 'w', encoding='ascii') as stream:
            stream.write('timeStamp,elapsed,label,success\n'
                         '1795335265000,5,pay,true\n'
                         '1795335266000,5,pay,true\n')
        for files, wanted in ((('a', 'b'), 7), (('a', 'none'), 3),
                              (('none', 'a'), 3), (('none',), 0)):
            given = [paths[x] for x in files]
            digests = []
            for path in given:
                digests.append(path + '.digest')
                common.run([program, 'digest', path, '-o', digests[-1]])
            both = os.path.join(base, 'both.digest')
            common.run([program, 'digest', *given, '-o', both])
            for how in (given, digests, [both]):
                ran = common.run([program, 'import', '--steps', 'whole', *how])
                text = ran.stdout.decode()
                tally.check(
                    ran.returncode == 0 and
                    ('# %d requests were never sent' % wanted in text
                     if wanted else 'never sent' not in text),
                    f'{files} dropped, of {how}: {text}{common.said(ran)}')
        orders = [[paths['a'], jtl], [jtl, paths['a']]]
        for files in orders:
            text = common.run([program, 'import', '--steps', 'whole',
                               *files]).stdout.decode()
            tally.check('# a closed loop' in text and '# 3 req' in text,
                        f'an open and a closed load: {text}')
        made = [common.run([program, 'digest', *x]).stdout for x in orders]
        tally.check(made[0] and made[0] == made[1],
                    'digests of two tools differ by their order')


def main():
    program, _ = common.arguments(__doc__)
    tally = common.Tally()
    rows = read_ramp()
    check_cuts(tally, program, rows)
    check_in_place(tally, program, rows)
    check_schedule(tally, program, rows)
    check_cpu(tally, program, rows)
    check_paths(tally, program)
    check_import(tally, program)
    check_sums(tally, program)
    check_twice(tally, program)
    check_tools(tally, program)
    check_baselines(tally, program)
    check_same_bytes(tally, program)
    check_progress(tally, program)
    check_loads(tally, program)
    check_names(tally, program)
    tally.close()


if __name__ == '__main__':
    main()
