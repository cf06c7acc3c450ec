#!/usr/bin/python3
"""Fuzzers of the readers: their corpus replayed, or minutes of new inputs.

usage: run.py --build DIR [--minutes N] [--only FAMILY,...]

A family is fuzz_FAMILY.c with its seeds and former findings in corpus/FAMILY/.
Without --minutes each file of it is given to the harness of the build; with it
clang's fuzzer runs for so long on each family, from that corpus, in a folder of
its own below the build.  A finding stays there: put it, made small by the
fuzzer's -minimize_crash=1, into the corpus with the change that mends it.
HEADROOM_SOAK=1 stands for --minutes 10.
"""
import argparse
import glob
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
MOST = 1 << 13  # [bytes] of an input: small ones are many
ASAN = 'quarantine_size_mb=4'  # little memory to go over is fast


def families():
    for path in sorted(glob.glob(os.path.join(HERE, 'fuzz_*.c'))):
        yield os.path.basename(path)[len('fuzz_'):-len('.c')]


def replay(build, family, files):
    """What is wrong with the corpus of a family."""
    if not files:
        return f'corpus/{family} is empty'
    program = os.path.join(build, 'tests', 'fuzz', 'replay_' + family)
    ran = subprocess.run([program] + files, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                         check=False, timeout=600)
    if ran.returncode == 0:
        return None
    for path in files:  # which of them
        alone = subprocess.run([program, path], stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, check=False,
                               timeout=600)
        if alone.returncode != 0:
            return path + ':\n' + alone.stdout.decode(errors='replace')
    return ran.stdout.decode(errors='replace')


def fuzz(build, family, seeds, minutes):
    """What a run of the fuzzer found."""
    work = os.path.join(build, 'fuzz', 'work', family)
    os.makedirs(work, exist_ok=True)
    for path in glob.glob(os.path.join(work, '*-*')):
        if os.path.basename(path).split('-')[0] in ('crash', 'oom', 'leak',
                                                    'timeout', 'slow'):
            os.remove(path)
    new = os.path.join(work, 'new')
    shutil.rmtree(new, ignore_errors=True)
    os.mkdir(new)
    program = os.path.join(build, 'fuzz', 'tests', 'fuzz', 'fuzz_' + family)
    ran = subprocess.run(
        [program, f'-max_total_time={minutes * 60:.0f}', f'-max_len={MOST}',
         '-rss_limit_mb=2048', '-timeout=10', '-print_final_stats=1',
         '-artifact_prefix=' + work + '/', new, seeds],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False,
        env=dict(os.environ, ASAN_OPTIONS=ASAN))
    output = ran.stdout.decode(errors='replace')
    for line in output.split('\n'):
        if line.startswith('stat::number_of_executed_units'):
            print(f'{family}: {line.split()[-1]} inputs')
    return None if ran.returncode == 0 else output[-6000:]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', default='build')
    parser.add_argument('--minutes', type=float,
                        default=10 if os.environ.get('HEADROOM_SOAK') else 0)
    parser.add_argument('--only', default='')
    given = parser.parse_args()
    build = os.path.abspath(given.build)
    only = [word for word in given.only.split(',') if word]
    passed = failed = 0
    if given.minutes > 0:
        subprocess.run(['make', '--no-print-directory', '-s', '-C', TREE,
                        'fuzz', 'BUILD=' + build], check=True)
    for family in families():
        if only and family not in only:
            continue
        seeds = os.path.join(HERE, 'corpus', family)
        if given.minutes > 0:
            wrong = fuzz(build, family, seeds, given.minutes)
        else:
            wrong = replay(build, family, sorted(glob.glob(seeds + '/*')))
        passed += wrong is None
        failed += wrong is not None
        if wrong is not None:
            print(f'{family}: {wrong}')
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed or not passed else 0)


if __name__ == '__main__':
    main()
