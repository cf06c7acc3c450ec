#!/usr/bin/python3
"""Measure the reading of a 1 GB JTL against DuckDB and wc.

usage: bench_results.py --build DIR [--rows N] [--rounds N]

A JTL of N rows (7,000,000 are 1 GB) is generated below DIR, read from a warm
cache, and removed.  In each round DuckDB and headroom take turns; DuckDB's time
is that of the query alone, with the columns told and two threads, headroom's is
that of the whole program.  Medians of the rounds' ratios are printed, of the
time and of the processors' time, which other load on the machine disturbs less;
what has a bound is held to it by the time:

  per label                 at most 1/4 of DuckDB's time, in at most 64 MiB
  per label and second      at most 1/2 of DuckDB's time
  from a pipe               at most 1.5 times cat FILE | wc -l

DuckDB comes from npm, pinned, into DIR; without npm it is left out.
"""
import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
DUCKDB = '@duckdb/node-api@1.5.6-r.1'
MOST_KIB = 64 * 1024


def measure(command):
    """((seconds, CPU seconds), peak KiB, standard output) of one run."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE,
                               shell=isinstance(command, str))
    made = process.stdout.read()
    took = time.monotonic() - begin
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f'{command}: status {process.returncode}\n{said.decode()}')
    if isinstance(command, str):  # of all that the shell started
        usage_all = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = (usage_all.ru_utime + usage_all.ru_stime - before.ru_utime -
               before.ru_stime)
    else:
        cpu = usage.ru_utime + usage.ru_stime
    return (took, cpu), usage.ru_maxrss, made


class Duckdb:
    """A process of node that answers questions; None where there is no npm."""

    def __init__(self, build, path):
        modules = os.path.join(build, 'duckdb')
        os.makedirs(modules, exist_ok=True)
        stamp = os.path.join(modules, 'installed')
        if not os.path.exists(stamp) or open(stamp).read() != DUCKDB:
            subprocess.run(['npm', 'install', '--no-audit', '--no-fund',
                            '--silent', '--prefix', modules, DUCKDB],
                           check=True)
            with open(stamp, 'w') as file:
                file.write(DUCKDB)
        self.process = subprocess.Popen(
            ['node', f'{HERE}/duckdb.js', f'{modules}/node_modules', path],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, question):
        self.process.stdin.write(question + '\n')
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return (answer['seconds'], answer['cpu']), answer['rows']

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def counts_of(yaml):
    """label -> (requests, failed, p50, p95, p99, p99.9) of an import."""
    found, label = {}, None
    for line in yaml.split('\n'):
        if line.startswith('  - link: '):
            text = line[len('  - link: '):]
            label = json.loads(text) if text.startswith('"') else text
        step = re.search(r'\{(.*)\} # .*: (\d+) requests, (\d+) failed', line)
        if step:
            figures = dict(pair.split(': ') for pair in
                           step.group(1).split(', '))
            found[label] = (int(step.group(2)), int(step.group(3)),
                            *(int(figures[key]) for key in
                              ('p50_ms', 'p95_ms', 'p99_ms', 'p999_ms')))
    return found


class Bounds:
    def __init__(self):
        self.passed = self.failed = 0

    def hold(self, what, holds):
        if not holds:
            print(f'TOO MUCH: {what}')
        self.passed += bool(holds)
        self.failed += not holds


def ratio(name, ours, theirs, bound, bounds):
    middle, cpu = (statistics.median(a[i] / max(b[i], 0.001)
                                     for a, b in zip(ours, theirs))
                   for i in (0, 1))
    print(f'{name:32} {middle:6.3f}  CPU {cpu:6.3f}   best '
          f'{min(ours)[0]:.3f} s to {min(theirs)[0]:.3f} s', flush=True)
    if bound is not None:
        bounds.hold(f'{name}: {middle:.3f}, bound {bound}', middle <= bound)


def one_file(program, path, build, rounds, bounds):
    commands = {
        'totals': [program, 'import', '--from', 'jtl', path],
        'seconds': [program, 'digest', '--from', 'jtl', path],
        'wc': ['wc', '-l', path],
        'pipe': f'cat {path} | {program} import --from jtl - >/dev/null',
        'pipe wc': f'cat {path} | wc -l',
    }
    duckdb = None
    if shutil.which('npm') and shutil.which('node'):
        duckdb = Duckdb(build, path)
    else:
        print('skipped: DuckDB, for there is no npm')
    times = {name: [] for name in [*commands, 'duck totals', 'duck seconds']}
    peak = {}
    for number in range(rounds + 1):
        for name, command in commands.items():
            if duckdb and name in ('totals', 'seconds'):
                took, rows = duckdb.ask(name)
                if number > 0:
                    times['duck ' + name].append(took)
            took, kib, made = measure(command)
            if name == 'totals':
                ours = counts_of(made.decode())
                if duckdb and number == 0:
                    theirs = {row[0]: (int(row[1]), int(row[2]), *row[4])
                              for row in rows}
                    bounds.hold('headroom and DuckDB disagree',
                                ours == theirs)
            if number > 0:  # the first warms the caches
                times[name].append(took)
                peak[name] = max(peak.get(name, 0), kib)
    if duckdb:
        duckdb.close()
        ratio('per label to DuckDB', times['totals'], times['duck totals'],
              1 / 4, bounds)
        ratio('per label and second to DuckDB', times['seconds'],
              times['duck seconds'], 1 / 2, bounds)
    ratio('per label to wc -l', times['totals'], times['wc'], None, bounds)
    ratio('from a pipe to cat | wc -l', times['pipe'], times['pipe wc'], 1.5,
          bounds)
    print(f'peak memory: per label {peak["totals"] / 1024:.0f} MiB, per label '
          f'and second {peak["seconds"] / 1024:.0f} MiB')
    bounds.hold(f'{peak["totals"]} KiB', peak['totals'] <= MOST_KIB)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', default='build')
    parser.add_argument('--rows', type=int, default=7000000)
    parser.add_argument('--rounds', type=int, default=5)
    given = parser.parse_args()
    build = os.path.abspath(given.build)
    path = os.path.join(build, 'bench.jtl')
    os.environ.setdefault('HEADROOM_SHARE', os.path.dirname(
        os.path.dirname(HERE)))
    if shutil.disk_usage(build).free < 3 * given.rows * 150:
        sys.exit('there is no room for the log')
    bounds = Bounds()
    try:
        with open(path, 'wb') as file:
            subprocess.run([f'{build}/tests/bench/generate_jtl',
                            str(given.rows)], stdout=file, check=True)
        print(f'{given.rows} rows, {os.path.getsize(path) / 1e9:.3f} GB')
        one_file(f'{build}/headroom', path, build, given.rounds, bounds)
    finally:
        if os.path.exists(path):
            os.unlink(path)
    print(f'{bounds.passed} passed, {bounds.failed} failed')
    sys.exit(1 if bounds.failed else 0)


if __name__ == '__main__':
    main()
