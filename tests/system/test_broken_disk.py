#!/usr/bin/python3
"""A disk that is full or fails: status 3, a whole folder, the next run works.

Tried: a target of 12 sizes, most of them too small; a full temporary folder; a
folder that may not be written; and each write, fsync, rename and close of one
run failing at every occurrence (quick: at most 12 of each, of close only those
that touch the destination).
"""
import os
import re
import subprocess
import sys

from common import (FILES, STATUS_SYSTEM, FreshPlace, MountedPlace, Place,
                    Tally, arguments, can_strace, read_log, run, said,
                    snapshot, strace, temporary, trace, unlike)

FAILING = {'write': 'ENOSPC', 'pwrite64': 'ENOSPC', 'writev': 'ENOSPC',
           'fsync': 'EIO', 'fdatasync': 'EIO', 'rename': 'EIO',
           'renameat': 'EIO', 'renameat2': 'EIO', 'close': 'EIO'}
MORE = {'mkdir': 'ENOSPC', 'mkdirat': 'ENOSPC', 'link': 'EMLINK',
        'linkat': 'EIO', 'openat': 'EIO', 'unlink': 'EIO', 'unlinkat': 'EIO',
        'rmdir': 'EIO', 'symlinkat': 'EIO', 'ftruncate': 'EIO', 'read': 'EIO',
        'getdents64': 'EIO', 'fchmod': 'EIO', 'fstat': 'EIO',
        'newfstatat': 'EIO', 'lseek': 'EIO', 'mmap': 'ENOMEM',
        'statx': 'EIO', 'flock': 'EIO', 'fcntl': 'EIO', 'sync': 'EIO',
        'syncfs': 'EIO', 'sendfile': 'EIO', 'copy_file_range': 'EIO',
        'readlink': 'EIO', 'readlinkat': 'EIO'}


def mount(folder, size):
    os.makedirs(folder, exist_ok=True)
    return run(['mount', '-t', 'tmpfs', '-o', 'size=%d' % size, 'none',
                folder]).returncode == 0


def unmount(folder):
    run(['umount', '-l', folder])


def full_target(tally, program, base):
    """The destination on a disk of 12 sizes, with room for the old set at
    least; what is left grows from nothing to more than enough."""
    place = Place(program, os.path.join(base, 'sizes'))
    old = sum(len(x[1]) + 4096 for x in place.golden['old'].values())
    new = sum(len(x[1]) + 4096 for x in place.golden['new'].values())
    refused = worked = 0
    for twelfth in range(12):
        size = old + 28 * 1024 + new * 3 * twelfth // 11
        size = -(-size // 4096) * 4096
        run(['rm', '-rf', place.parent])
        if not mount(place.parent, size):
            tally.skip('full target disk: no right to mount')
            return
        try:
            keep_mount_empty(place)
            ran = place.report()
            what = 'target disk of %d KiB: status %d, ' % (size // 1024,
                                                           ran.returncode)
            tally.check(ran.returncode in (0, STATUS_SYSTEM), what + said(ran))
            state = 'new' if ran.returncode == 0 else 'old'
            wrong = unlike(snapshot(place.out), place.state[state])
            tally.check(not wrong, what + wrong)
            tally.check(not place.beside(), what + 'beside it is left %s'
                        % place.beside())
            if ran.returncode == 0:
                worked += 1
            else:
                refused += 1
                tally.check(said(ran), what + 'no message')
            run(['mount', '-o', 'remount,size=64M', place.parent])
            wrong = place.next_run()
            tally.check(not wrong, what + wrong)
        finally:
            unmount(place.parent)
    tally.check(refused >= 3 and worked >= 1,
                'sizes: %d refused and %d worked' % (refused, worked))


def keep_mount_empty(place):
    """Fills a mounted parent as reset() does, without removing the mount."""
    parent, place.parent = place.parent, os.path.join(place.base, 'side')
    out, place.out = place.out, os.path.join(place.parent, 'out')
    place.reset()
    side = place.out
    place.parent, place.out = parent, out
    subprocess.run(['cp', '-a', side, place.out], check=True)


def full_temporary(tally, program, base):
    """A temporary folder without room: it is not the destination's disk, so
    the run works without it or ends with 3; never a damaged workbook."""
    place = Place(program, os.path.join(base, 'temporary'))
    small = os.path.join(base, 'small')
    for size in (4096, 16384):
        if not mount(small, size):
            tally.skip('full temporary disk: no right to mount')
            return
        try:
            with open(os.path.join(small, 'fill'), 'wb', 0) as stream:
                try:
                    stream.write(b'x' * size)
                except OSError:
                    pass
            place.reset()
            ran = place.report(env=dict(os.environ, TMPDIR=small, TMP=small,
                                        TEMP=small))
            what = 'full TMPDIR: status %d, ' % ran.returncode
            tally.check(ran.returncode in (0, STATUS_SYSTEM), what + said(ran))
            state = 'new' if ran.returncode == 0 else 'old'
            wrong = unlike(snapshot(place.out), place.state[state])
            tally.check(not wrong, what + wrong)
            tally.check(os.listdir(small) == ['fill'],
                        what + 'left %s' % os.listdir(small))
        finally:
            unmount(small)


def read_only(tally, program, base):
    """Folders that may not be written, by a mount when root (whom no mode
    stops), else by their mode."""
    place = Place(program, os.path.join(base, 'readonly'))
    if os.getuid() != 0:
        os.chmod(place.out, 0o555)
        os.chmod(place.parent, 0o555)
    elif (run(['mount', '--bind', place.parent, place.parent]).returncode
          or run(['mount', '-o', 'remount,ro,bind',
                  place.parent]).returncode):
        tally.skip('read-only folder: no right to mount')
        return
    try:
        ran = place.report()
        tally.check(ran.returncode == STATUS_SYSTEM and said(ran),
                    'read-only: status %d, %s' % (ran.returncode, said(ran)))
        wrong = unlike(snapshot(place.out), place.state['old'])
        tally.check(not wrong, 'read-only: ' + wrong)
        ran = run(place.command(out=os.path.join(place.parent, 'a', 'b')))
        tally.check(ran.returncode == STATUS_SYSTEM and said(ran),
                    'read-only, new folder: status %d' % ran.returncode)
    finally:
        if os.getuid() == 0:
            unmount(place.parent)
        else:
            os.chmod(place.parent, 0o755)
            os.chmod(place.out, 0o755)
    wrong = place.next_run()
    tally.check(not wrong, 'read-only: ' + wrong)
    in_the_way(tally, place)


def in_the_way(tally, place):
    """A file where the folder or its parent should be."""
    blocked = os.path.join(place.base, 'blocked')
    with open(blocked, 'w') as stream:
        stream.write('in the way')
    for out in (blocked, os.path.join(blocked, 'out')):
        ran = run(place.command(out=out))
        tally.check(ran.returncode == STATUS_SYSTEM and said(ran),
                    'a file in the way: status %d' % ran.returncode)
    with open(blocked) as stream:
        tally.check(stream.read() == 'in the way', 'the file in the way')
    # a folder of others where a file of the set should stand
    place.reset()
    taken = os.path.join(place.out, FILES[1])
    os.unlink(taken)
    os.makedirs(os.path.join(taken, 'full'))
    before = snapshot(place.out)
    ran = place.report()
    tally.check(ran.returncode == STATUS_SYSTEM and said(ran),
                'a folder of that name: status %d' % ran.returncode)
    tally.check(snapshot(place.out) == before,
                'a folder of that name: the folder is changed')


def durable(tally, program, base):
    """Power may fail, too: before the exchange every file of the set and
    their folder are on the disk, after it the folder above."""
    if not can_strace():
        tally.skip('order of fsync and rename: no strace')
        return
    for kind in (Place, FreshPlace):
        place = kind(program, os.path.join(base, 'durable-' + kind.__name__))
        calls = trace(place, ['write', 'pwrite64', 'fsync', 'fdatasync',
                              'renameat2', 'rename', 'renameat'],
                      os.path.join(base, 'log'))
        what = kind.__name__ + ' durable: '
        exchange = [i for i, x in enumerate(calls) if x[1].startswith('ren')]
        tally.check(len(exchange) == 1, what + '%d renames' % len(exchange))
        if not exchange:
            continue
        before, after = calls[:exchange[0]], calls[exchange[0] + 1:]
        for name in FILES:
            acts = [x[1] for x in before if '/%s>' % name in x[3]]
            tally.check('write' in acts or 'pwrite64' in acts,
                        what + 'no write of ' + name)
            tally.check(acts[-1:] in (['fsync'], ['fdatasync']),
                        '%s%s ends with %s' % (what, name, acts[-1:]))
        staged = re.search(r'"([^"]*headroom[^"]*)"',
                           calls[exchange[0]][3]).group(1)
        tally.check(any(x[1] == 'fsync' and staged + '>' in x[3]
                        for x in before), what + 'its folder before')
        tally.check(any(x[1] == 'fsync' and place.parent + '>' in x[3]
                        for x in after), what + 'the folder above after')


# --- one failing call -------------------------------------------------------

def concerns_output(calls, injected, place):
    """Whether a failing call may matter to the documents, as far as the log
    shows: no for what only reads, and for what is written elsewhere."""
    index = calls.index(injected)
    pid, name, _, rest = injected
    if name == 'close':
        if '(deleted)' in rest:  # a temporary file that has no name any more
            return False
        descriptor = re.match(r'(\d+)<', rest)
        if not descriptor:
            return False
        for earlier in reversed(calls[:index]):
            if earlier[1] == 'openat' and re.search(
                    r'= %s<' % descriptor.group(1), earlier[3]):
                return 'O_RDONLY' not in earlier[3]
        return False
    if name in ('write', 'pwrite64', 'writev'):
        return not re.match(r'2<', rest)  # a message that cannot be said
    return True


def failing_calls(tally, program, base, full):
    if not can_strace():
        tally.skip('failing system calls: no strace, or no right to trace')
        return
    log = os.path.join(base, 'log')
    errors = dict(FAILING, **MORE) if full else FAILING
    place = Place(program, os.path.join(base, 'failing'))
    fail_each(tally, place, errors, log, full)
    # the mail and its forms; quick, only what writes them
    place = Place(program, os.path.join(base, 'mail'), 'eml')
    fail_each(tally, place, errors, log, full, MAIL)
    # where the folder appears, and where it cannot be exchanged
    few = {x: FAILING[x] for x in FAILING if x not in (
        'write', 'pwrite64', 'close')}
    few.update({x: MORE[x] for x in ('mkdir', 'linkat', 'unlink', 'rmdir')})
    place = FreshPlace(program, os.path.join(base, 'fresh'))
    fail_each(tally, place, errors if full else few, log, full)
    place = MountedPlace(program, os.path.join(base, 'mounted'))
    try:
        if place.is_mounted:
            fail_each(tally, place, errors if full else few, log, full)
        else:
            tally.skip('failing calls on a mounted destination')
    finally:
        place.close()


MAIL = ('.eml', '.txt', '.html')


def fail_each(tally, place, errors, log, full, about=()):
    """about: quick, only calls that name one of these."""
    watched = sorted(set(errors) | {'openat'})
    calls = trace(place, watched, log)
    points = {}
    starting = {}  # calls by which the system starts the program
    last = max((i for i, x in enumerate(calls) if '.so' in x[3]), default=-1)
    while calls[last + 1][1] == 'mmap':
        last += 1
    for pid, name, number, rest in calls[:last + 1]:
        starting[name] = number
    for pid, name, number, rest in calls:
        is_meant = full or not about or any(x in rest for x in about)
        if name in errors and is_meant and (full or name != 'close'
                                            or place.parent in rest):
            points[name, number] = True
    chosen = sorted(points) if full else thinned(sorted(points))
    print('%d of %d calls of %s to fail' % (
        len(chosen), len(points), ', '.join(sorted({x[0] for x in points}))))
    for name, number in chosen:
        fail_one(tally, place, name, number, errors[name], watched, log,
                 full, number <= starting.get(name, 0))
        if name in ('fsync', 'unlink', 'rmdir') or (
                name == 'write' and (full or number % 4 == 0)) or (
                    name == 'renameat2'
                    and not isinstance(place, MountedPlace)):
            # from here on every one: nothing can be cleared either (and on
            # a mounted destination no rename taken back)
            fail_one(tally, place, name, '%d+' % number, errors[name],
                     watched, log, full, False)


def thinned(points, most=12):
    """At most so many of each call, spread evenly, the last among them."""
    chosen = []
    for name in sorted({x[0] for x in points}):
        of_name = [x for x in points if x[0] == name]
        step = max(1, -(-len(of_name) // most))
        chosen += of_name[::-1][::step]
    return sorted(chosen)


def fail_one(tally, place, name, number, error, watched, log, full,
             is_start):
    place.reset()
    table = os.path.join(place.base, 'table')
    with open(table, 'wb') as stdout:
        ran = run(strace(log, watched, '-e', 'inject=%s:error=%s:when=%s' % (
            name, error, number)) + place.command(), stdout=stdout)
    calls = read_log(log)
    injected = [x for x in calls if '(INJECTED)' in x[3]]
    what = '%s, %s %s fails with %s (%s): status %d, ' % (
        type(place).__name__, name, number, error,
        injected[0][3][:90] if injected else 'not reached', ran.returncode)
    tally.check(injected or full, what)
    wrong = place.is_whole()
    tally.check(not wrong, what + wrong)
    if ran.returncode == 0 and name in FAILING:
        tally.check(not any(concerns_output(calls, x, place)
                            for x in injected), what + 'though it matters')
    if ran.returncode == 0:
        wrong = place.is_new()
        tally.check(not wrong, what + wrong)
    elif is_start:  # the loader's own end, before a line of the program
        wrong = unlike(snapshot(place.out), place.state['old'])
        tally.check(not wrong, what + wrong)
    elif name in FAILING:
        tally.check(ran.returncode == STATUS_SYSTEM, what + said(ran))
        on_stderr = any(re.match(r'2<', x[3]) for x in injected)
        tally.check(said(ran) or on_stderr, what + 'without a message')
    else:  # an input that cannot be read may also be refused
        tally.check(ran.returncode in (STATUS_SYSTEM, 2), what + said(ran))
    visible = [x for x in place.beside() if not x.startswith('.')]
    tally.check(not visible, what + 'leaves %s' % visible)
    wrong = place.next_run()
    tally.check(not wrong, what + wrong)


def main():
    program, full = arguments(__doc__)
    tally = Tally()
    with temporary() as base:
        full_target(tally, program, base)
        full_temporary(tally, program, base)
        read_only(tally, program, base)
        durable(tally, program, base)
        failing_calls(tally, program, base, full)
    tally.close()


if __name__ == '__main__':
    sys.exit(main())
