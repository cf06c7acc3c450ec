#!/usr/bin/python3
"""Killed at any moment: the folder is whole, the next run works and clears.

Tried: kill -9 at every file-system call of one run (quick: from the first that
touches the destination, at most 40 spread over them) and at 200 random moments
(quick: 30).
"""
import os
import random
import signal
import subprocess
import sys
import time

from common import (FreshPlace, MountedPlace, Place, Tally, arguments, can_strace, run, strace,
                    temporary, trace)

CALLS = ['openat', 'open', 'write', 'pwrite64', 'writev', 'rename',
         'renameat', 'renameat2', 'mkdir', 'mkdirat', 'link', 'linkat',
         'symlink', 'symlinkat', 'unlink', 'unlinkat', 'rmdir', 'fsync',
         'fdatasync', 'syncfs', 'close', 'ftruncate', 'fallocate', 'fchmod',
         'fchmodat', 'chmod', 'fchown', 'fchownat', 'utimensat',
         'getdents64', 'sendfile', 'copy_file_range', 'flock', 'newfstatat',
         'fstat', 'statx', 'access', 'faccessat', 'faccessat2', 'readlink',
         'readlinkat', 'read', 'pread64', 'lseek', 'fcntl', 'mmap']
QUIET = {'fstat', 'newfstatat', 'statx', 'access', 'faccessat', 'faccessat2',
         'read', 'pread64', 'lseek', 'fcntl', 'mmap', 'readlink',
         'readlinkat', 'getdents64'}  # change nothing on the disk


def after_death(tally, place, what):
    if not isinstance(place, MountedPlace):
        wrong = place.is_whole()
        tally.check(not wrong, what + wrong)
    visible = [x for x in place.beside() if not x.startswith('.')]
    tally.check(not visible, what + 'visible beside it: %s' % visible)
    wrong = place.next_run()
    tally.check(not wrong, what + wrong)


MAIL = ('.eml', '.txt', '.html', 'gmime')


def at_every_call(tally, place, base, full, most=40, about=()):
    """about: quick, only calls that name one of these."""
    if not can_strace():
        tally.skip('killed at every call: no strace, or no right to trace')
        return
    log = os.path.join(base, 'log')
    calls = trace(place, CALLS, log)
    first = next(i for i, x in enumerate(calls) if place.parent in x[3])
    points = []
    for index, (pid, name, number, rest) in enumerate(calls):
        is_meant = not about or any(x in rest for x in about)
        if (name, number) not in points and (
                full or (index >= first and name not in QUIET and is_meant)):
            points.append((name, number))
    if not full and len(points) > most:
        # the end, where the sets are exchanged, whole; the rest by samples
        end = most * 3 // 5
        step = -(-len(points[:-end]) // (most - end))
        points = points[:-end:step] + points[-end:]
    print('killed at %d of %d calls' % (len(points), len(calls)))
    died = 0
    for name, number in points:
        place.reset()
        ran = run(strace(log, CALLS, '-e', 'inject=%s:signal=KILL:when=%d' % (
            name, number)) + place.command())
        died += ran.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
        after_death(tally, place, '%s, killed at %s %d: ' % (
            type(place).__name__, name, number))
    tally.check(died >= len(points) * 9 // 10,
                'only %d of %d were killed' % (died, len(points)))


def at_random_moments(tally, place, full):
    rng = random.Random(11)
    times = []
    for _ in range(5):
        place.reset()
        start = time.monotonic()
        place.report()
        times.append(time.monotonic() - start)
    whole = sorted(times)[2]
    died = 0
    moments = 200 if full else 30
    for turn in range(moments):
        place.reset()
        # half of them anywhere, half near the end where files are exchanged
        after = rng.uniform(0, whole) if turn % 2 else rng.uniform(
            whole * 0.7, whole * 1.05)
        with subprocess.Popen(place.command(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            time.sleep(after)
            process.kill()
            process.wait()
        died += process.returncode == -signal.SIGKILL
        after_death(tally, place, 'killed after %.4f s: ' % after)
    print('killed at %d of %d random moments' % (died, moments))
    tally.check(died >= moments // 3, 'only %d were killed' % died)


def many_times(tally, place):
    """Ten killed in a row leave no more than one does."""
    place.reset()
    for turn in range(10):
        with subprocess.Popen(place.command(), stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            time.sleep(0.004 * turn)
            process.kill()
            process.wait()
    after_death(tally, place, 'killed ten times in a row: ')


def main():
    program, full = arguments(__doc__)
    tally = Tally()
    with temporary() as base:
        place = Place(program, os.path.join(base, 'place'))
        at_every_call(tally, place, base, full)
        at_random_moments(tally, place, full)
        many_times(tally, place)
        place = FreshPlace(program, os.path.join(base, 'fresh'))
        at_every_call(tally, place, base, full, 20)
        place = Place(program, os.path.join(base, 'mail'), 'eml')
        at_every_call(tally, place, base, full, 12, MAIL)
        # a folder that cannot be exchanged: the next run mends the mix
        place = MountedPlace(program, os.path.join(base, 'mounted'))
        try:
            if place.is_mounted:
                at_every_call(tally, place, base, full, 20)
            else:
                tally.skip('killed over a mounted destination')
        finally:
            place.close()
    tally.close()


if __name__ == '__main__':
    sys.exit(main())
