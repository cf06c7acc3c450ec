#!/usr/bin/python3
"""Out of memory at any allocation, whatever library asks: status 3 with a
message, the folder as before, the next run works.

Tried: one failing allocation, sampled over the whole run (150 by --full, else
60), and an address space limited to sizes sampled up to what a run needs.
"""
import os
import random
import resource
import sys

from common import (STATUS_SYSTEM, Place, Tally, arguments, has, run, said,
                    snapshot, temporary, unlike)

HERE = os.path.dirname(os.path.abspath(__file__))


def check_death(tally, place, ran, what):
    what += ': status %d, ' % ran.returncode
    tally.check(ran.returncode == STATUS_SYSTEM, what + said(ran))
    tally.check(said(ran), what + 'without a message')
    wrong = unlike(snapshot(place.out), place.state['old'])
    tally.check(not wrong, what + wrong)
    visible = [x for x in place.beside() if not x.startswith('.')]
    tally.check(not visible, what + 'leaves %s' % visible)


def one_allocation(tally, place, base, samples, before=0):
    """Fails one allocation after another, none of the first `before`; returns
    how many a run makes."""
    if not has('cc'):
        tally.skip('failing allocations: no C compiler')
        return 0
    library = os.path.join(base, 'failing_memory.so')
    ran = run(['cc', '-O1', '-shared', '-fPIC', '-o', library,
               os.path.join(HERE, 'failing_memory.c')])
    if not tally.check(ran.returncode == 0, 'compiled: ' + said(ran)):
        return 0
    count = os.path.join(base, 'count')
    plain = dict(os.environ, LD_PRELOAD=library)
    place.reset()
    ran = place.report(env=dict(plain, FAIL_COUNT=count))
    tally.check(ran.returncode == 0, 'preloaded: status %d, %s' % (
        ran.returncode, said(ran)))
    if not os.path.exists(count):
        tally.skip('failing allocations: the run does not tell its count '
                   '(a static or sanitized program)')
        return 0
    with open(count) as stream:
        total = int(stream.read())
    tally.check(total > 100, 'only %d allocations were seen' % total)
    rng = random.Random(7)
    points = {1, 2, 3, 5, total, total - 1, total // 2}
    for _ in range(samples // 2):  # dense at the start
        points.add(max(1, int(total ** rng.random())))
    if before:
        points = {total, total - 1}
    points.update(rng.sample(range(before + 1, total + 1), min(
        total - before, max(0, samples - len(points)))))
    survived = 0
    for point in sorted(points):
        place.reset()
        ran = place.report(env=dict(plain, FAIL_AT=str(point)))
        what = 'allocation %d of %d fails' % (point, total)
        if ran.returncode == 0:
            # after the exchange, or one that its caller can do without
            survived += 1
            wrong = place.is_new()
            tally.check(not wrong, what + ': status 0, ' + wrong)
        elif ran.returncode == STATUS_SYSTEM and not place.is_new():
            tally.check(said(ran), what + ': no message')
        else:
            check_death(tally, place, ran, what)
        wrong = place.next_run()
        tally.check(not wrong, what + ': ' + wrong)
    print('%d of %d failing allocations survived, of %d a run'
          % (survived, len(points), total))
    tally.check(survived <= len(points) // 10,
                '%d of %d failing allocations went unnoticed'
                % (survived, len(points)))
    return total


def small_address_space(tally, place, full):
    """From the least that starts the program to what a run needs."""
    def limited(size):
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (size, size))
        place.reset()
        return run(place.command(), preexec_fn=limit)

    mib = 1 << 20
    low, high = 4 * mib, 4096 * mib
    while limited(high).returncode != 0 and high < 1 << 40:
        high *= 4
    while high - low > mib:  # the least with which it works
        middle = (low + high) // 2
        if limited(middle).returncode == 0:
            high = middle
        else:
            low = middle
    samples = 24 if full else 10
    refused = 0
    for part in range(samples):
        size = high * (part + 1) // (samples + 1)
        ran = limited(size)
        if ran.returncode == 127 or b'shared libraries' in ran.stderr:
            continue  # the system could not start it
        refused += 1
        if ran.returncode != 0:
            check_death(tally, place, ran, 'address space of %d KiB'
                        % (size >> 10))
        wrong = place.next_run()
        tally.check(not wrong, wrong)
    print('a run needs %d MiB of address space; %d smaller ones refused'
          % (high >> 20, refused))


def main():
    program, full = arguments(__doc__)
    tally = Tally()
    with temporary() as base:
        place = Place(program, os.path.join(base, 'place'))
        total = one_allocation(tally, place, base, 150 if full else 60)
        small_address_space(tally, place, full)
        # the libraries of the mail ask for memory, too
        place = Place(program, os.path.join(base, 'mail'), 'eml')
        if total:
            one_allocation(tally, place, base, 100 if full else 24,
                           total * 9 // 10)
    tally.close()


if __name__ == '__main__':
    sys.exit(main())
