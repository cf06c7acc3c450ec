#!/usr/bin/python3
"""Odd surroundings: no HOME, closed or full streams, links in the output
folder, names of every kind, limits, signals, and several runs at once.

In each the destination is whole, the old set or the new, what others keep in
it is kept, and links are not followed.
"""
import json
import os
import resource
import signal
import stat
import subprocess
import sys
import time

from common import (FILES, STATUS_SYSTEM, Place, Tally, arguments, run, said,
                    snapshot, temporary, unlike)


def whole_and_next(tally, place, what):
    wrong = place.is_whole()
    tally.check(not wrong, what + ': ' + wrong)
    wrong = place.next_run()
    tally.check(not wrong, what + ': ' + wrong)


def must_work(tally, place, what, ran):
    tally.check(ran.returncode == 0, '%s: status %d, %s' % (
        what, ran.returncode, said(ran)))
    wrong = place.is_new()
    tally.check(not wrong, what + ': ' + wrong)
    tally.check(not place.beside(), '%s: left %s' % (what, place.beside()))


def environments(tally, place):
    bare = {'HEADROOM_SHARE': os.environ['HEADROOM_SHARE']}
    for what, env in (('no environment', bare),
                      ('HOME empty', dict(bare, HOME='')),
                      ('HOME missing', dict(bare, HOME='/nowhere')),
                      ('TMPDIR missing', dict(bare, TMPDIR='/nowhere')),
                      ('locale unknown', dict(bare, LC_ALL='xx_YY.UTF-8'))):
        place.reset()
        must_work(tally, place, what, place.report(env=env))


def shell(place, redirections, **more):
    """The command by sh, so that a stream can be closed."""
    return run(['sh', '-c', '"$@" ' + redirections, 'sh',
                *place.command()], **more)


def streams(tally, place):
    for what, how, allowed in (
            ('stdin closed', '<&-', (0,)),
            ('stderr closed', '2>&-', (0,)),
            ('stdin and stderr closed', '<&- 2>&-', (0,)),
            ('stdout closed', '>&-', (0, STATUS_SYSTEM)),
            ('all closed', '<&- >&- 2>&-', (0, STATUS_SYSTEM)),
            ('stdout full', '>/dev/full', (STATUS_SYSTEM,)),
            ('stderr full', '2>/dev/full', (0,)),
            ('both full', '>/dev/full 2>/dev/full', (STATUS_SYSTEM,))):
        place.reset()
        ran = shell(place, how)
        tally.check(ran.returncode in allowed, '%s: status %d, %s' % (
            what, ran.returncode, said(ran)))
        if ran.returncode == 0:
            wrong = place.is_new()
            tally.check(not wrong, what + ': ' + wrong)
        whole_and_next(tally, place, what)
    place.reset()
    ran = run(['bash', '-c', '"$@" | true', 'sh', *place.command()])
    whole_and_next(tally, place, 'stdout a closed pipe')
    bad = os.path.join(place.base, 'bad.yaml')
    with open(bad, 'w') as stream:
        stream.write('season: x\nseason: y\n')
    for how in ('2>&-', '2>/dev/full', '>&- 2>&-', '<&- >&- 2>&-'):
        place.reset()
        ran = run(['sh', '-c', '"$@" ' + how, 'sh', place.program, 'report',
                   bad, '-o', place.out])
        tally.check(ran.returncode == 2, 'a bad input %s: status %d'
                    % (how, ran.returncode))
        wrong = unlike(snapshot(place.out), place.state['old'])
        tally.check(not wrong, 'a bad input %s: %s' % (how, wrong))


def links(tally, place):
    outside = os.path.join(place.base, 'outside')
    os.makedirs(outside, exist_ok=True)
    for name in FILES:  # a link in the place of a file of the set
        target = os.path.join(outside, 'target')
        with open(target, 'w') as stream:
            stream.write('not to be touched')
        for what, make in (('a symbolic link', os.symlink),
                           ('a hard link', os.link)):
            place.reset()
            os.unlink(os.path.join(place.out, name))
            make(target, os.path.join(place.out, name))
            what += ' for ' + name
            must_work(tally, place, what, place.report())
            with open(target) as stream:
                tally.check(stream.read() == 'not to be touched',
                            what + ': followed')
    place.reset()
    os.unlink(os.path.join(place.out, FILES[0]))
    os.symlink(os.path.join(outside, 'made'), os.path.join(place.out,
                                                           FILES[0]))
    must_work(tally, place, 'a dangling link', place.report())
    tally.check(not os.path.lexists(os.path.join(outside, 'made')),
                'a dangling link: followed')
    place.reset()  # the destination itself by a link
    door = os.path.join(place.base, 'door')
    os.symlink(place.out, door)
    ran = run(place.command(out=door))
    tally.check(ran.returncode in (0, STATUS_SYSTEM) and os.path.islink(door),
                'the folder by a link: status %d, %s' % (ran.returncode,
                                                         said(ran)))
    if ran.returncode == 0:
        wrong = place.is_new()
        tally.check(not wrong, 'the folder by a link: ' + wrong)
    whole_and_next(tally, place, 'the folder by a link')
    os.unlink(door)
    os.symlink(os.path.join(place.base, 'never'), door)
    ran = run(place.command(out=door))
    tally.check(ran.returncode in (0, STATUS_SYSTEM),
                'the folder by a dangling link: status %d' % ran.returncode)
    os.unlink(door)


def things_kept(tally, place):
    """Modes, times, and what is no plain file."""
    place.reset()
    os.chmod(place.out, 0o750)
    os.mkfifo(os.path.join(place.out, 'pipe'))
    keep = os.path.join(place.out, 'keep.txt')
    os.utime(keep, ns=(10**18, 10**18))
    os.link(keep, os.path.join(place.out, 'others', 'second name'))
    before = os.lstat(keep)
    ran = place.report()
    after = os.lstat(keep)
    tally.check(ran.returncode == 0, 'things kept: status %d, %s' % (
        ran.returncode, said(ran)))
    tally.check(stat.S_IMODE(os.stat(place.out).st_mode) == 0o750,
                'the mode of the folder is not kept')
    for field in ('st_mode', 'st_mtime_ns', 'st_size', 'st_uid', 'st_nlink',
                  'st_ino'):
        tally.check(getattr(before, field) == getattr(after, field),
                    'kept file: its %s is not kept' % field)
    tally.check(stat.S_ISFIFO(os.lstat(os.path.join(
        place.out, 'pipe')).st_mode), 'the pipe is not kept')
    for mask, mode in ((0o022, 0o644), (0o077, 0o600), (0o002, 0o664)):
        place.reset()
        run(['sh', '-c', 'umask %o; "$@"' % mask, 'sh', *place.command()])
        modes = {name: stat.S_IMODE(os.stat(os.path.join(
            place.out, name)).st_mode) for name in FILES}
        tally.check(set(modes.values()) == {mode}, 'umask %o gives %s' % (
            mask, {x: oct(y) for x, y in modes.items()}))


def earlier_set(tally, place):
    """What an earlier run wrote and this one does not is removed."""
    for scenario, to in (('plan', 'json'), ('low', 'pdf'),
                         ('low', 'pdf,xlsx,json')):
        place.reset()
        ran = run([place.program, 'report', place.season['new'], '--to', to,
                   '--scenario', scenario, '-o', place.out])
        stem = 'trial-readiness' + ('-low' if scenario == 'low' else '')
        want = {'%s.%s' % (stem, x) for x in to.split(',')}
        got = {x for x in snapshot(place.out)
               if x not in place.state['old'] or x in FILES}
        tally.check(ran.returncode == 0 and got == want,
                    '%s of %s: status %d, %s' % (to, scenario, ran.returncode,
                                                 sorted(got)))
        kept = {x: y for x, y in snapshot(place.out).items() if x not in want}
        wanted = {x: y for x, y in place.state['old'].items()
                  if x not in FILES}
        tally.check(kept == wanted, '%s of %s: others are not kept'
                    % (to, scenario))
    # names that only look like it belong to others
    place.reset()
    similar = ['trial-readiness.pdf.bak', 'my-trial-readiness.pdf',
               'trial-readiness.csv', 'trial-readiness-.pdf.part',
               'trial-readiness.PDF', 'other.json']
    for name in similar:
        with open(os.path.join(place.out, name), 'w') as stream:
            stream.write(name)
    ran = place.report()
    left = [x for x in similar if not os.path.exists(
        os.path.join(place.out, x))]
    tally.check(ran.returncode == 0 and not left,
                'taken for its own: %s' % left)


def names(tally, place):
    """Destinations by names of every kind."""
    working = os.path.join(place.base, 'working')
    os.makedirs(working, exist_ok=True)
    plain = {x: place.state['new'][x] for x in FILES}
    for name in ('new', 'new/', './dot', 'deep/er/and/deeper', 'a b',
                 "quote'", 'double11 双十一', './-dash', '...', 'x' * 255,
                 'back\\slash', '%s%n', '.hidden', 'new/../up', 'line\nbreak',
                 '*', 'a' * 200 + '/' + 'b' * 200 + '/' + 'c' * 200):
        ran = run(place.command(out=name), cwd=working)
        got = snapshot(os.path.join(working, name))
        tally.check(ran.returncode == 0 and got == plain,
                    'to %r: status %d, %s' % (name[:40], ran.returncode,
                                              said(ran)))
    left = [x for x in os.listdir(working) if 'headroom' in x]
    tally.check(not left, 'left %s' % left)
    for name in ('y' * 256, '/'.join(['z' * 200] * 30), '', '/dev/null',
                 '/proc/self/nothing'):
        ran = run(place.command(out=name), cwd=working)
        tally.check(ran.returncode in (2, STATUS_SYSTEM) and said(ran),
                    'to %r: status %d' % (name[:40], ran.returncode))
    for name in ('.', './', '../out', '../out/.', place.out + '/others/..'):
        place.reset()
        ran = run(place.command(out=name), cwd=place.out)
        what = 'to %r from within' % name
        tally.check(ran.returncode == 0, '%s: status %d, %s' % (
            what, ran.returncode, said(ran)))
        wrong = place.is_new()
        tally.check(not wrong, what + ': ' + wrong)
        tally.check(not place.beside(), '%s: left %s' % (what,
                                                         place.beside()))
    ran = run([place.program, 'report', place.season['new'], '--to', 'json'],
              cwd=working)
    tally.check(ran.returncode == 0 and os.listdir(os.path.join(
        working, 'out', 'trial')) == ['trial-readiness.json'],
        'by default to out/<season>: status %d, %s' % (ran.returncode,
                                                       said(ran)))


def input_names(tally, place):
    """Inputs by names that documents can show, and by names they cannot."""
    with open(place.season['new'], 'rb') as stream:
        content = stream.read()
    folder = os.path.join(os.fsencode(place.base), b'named')
    for name, good in ((b'plain.yaml', True), ('双 11.yaml'.encode(), True),
                       (b'<&>"\\%s.yaml', True), (b'-.yaml', True),
                       (b'=1+1.yml', True), (b'\xff\xfe.yaml', False),
                       (b'new\nline.yaml', False), (b'\x1b[31m.yaml', False),
                       ('\u202eabc.yaml'.encode(), False)):
        os.makedirs(folder)
        path = os.path.join(folder, name)
        with open(path, 'wb') as stream:
            stream.write(content)
        for given in (folder, path):
            place.reset()
            ran = run([os.fsencode(place.program), b'report', given, b'-o',
                       os.fsencode(place.out)])
            what = 'input %r: status %d, %s' % (name, ran.returncode,
                                                said(ran))
            tally.check(ran.returncode == (0 if good else 2), what)
            tally.check(good or said(ran) and b'\x1b' not in ran.stderr, what)
            if good:
                with open(os.path.join(place.out, FILES[0]),
                          encoding='utf-8') as stream:
                    named = json.load(stream)['inputs'][0]['file']
                tally.check(named.encode() == name, what + repr(named))
            else:
                wrong = unlike(snapshot(place.out), place.state['old'])
                tally.check(not wrong, what + wrong)
        os.unlink(path)
        os.rmdir(folder)


def mounted(tally, place):
    """The destination is the root of a file system: it cannot be renamed."""
    place.reset()
    inner = os.path.join(place.base, 'mounted')
    os.makedirs(inner)
    if run(['mount', '-t', 'tmpfs', 'none', inner]).returncode:
        tally.skip('a mounted destination: no right to mount')
        return
    try:
        run(['cp', '-a', place.out + '/.', inner])
        ran = run(place.command(out=inner))
        state = 'new' if ran.returncode == 0 else 'old'
        tally.check(ran.returncode in (0, STATUS_SYSTEM) and (
            ran.returncode == 0 or said(ran)), 'mounted: status %d, %s' % (
                ran.returncode, said(ran)))
        wrong = unlike(snapshot(inner), place.state[state])
        tally.check(not wrong, 'mounted: ' + wrong)
    finally:
        run(['umount', '-l', inner])


def limits(tally, place):
    def limited(which, size):
        def limit():
            resource.setrlimit(which, (size, size))
        place.reset()
        return place.report(preexec_fn=limit)

    largest = max(len(x[1]) for x in place.golden['new'].values())
    for size in sorted({0, 1, 512, min(4096, largest - 1), largest // 2,
                        largest - 1}):
        ran = limited(resource.RLIMIT_FSIZE, size)
        what = 'files of at most %d bytes' % size
        tally.check(ran.returncode == STATUS_SYSTEM and said(ran),
                    '%s: status %d' % (what, ran.returncode))
        wrong = unlike(snapshot(place.out), place.state['old'])
        tally.check(not wrong, what + ': ' + wrong)
        whole_and_next(tally, place, what)
    for size in (3, 4, 5, 6, 7, 8, 10, 12, 16):
        ran = limited(resource.RLIMIT_NOFILE, size)
        what = '%d open files' % size
        tally.check(ran.returncode in (0, STATUS_SYSTEM, 127) and (
            ran.returncode == 0 or said(ran)), '%s: status %d, %s' % (
                what, ran.returncode, said(ran)))
        whole_and_next(tally, place, what)
    ran = limited(resource.RLIMIT_NPROC, 1)
    tally.check(ran.returncode in (0, STATUS_SYSTEM),
                'no new threads: status %d, %s' % (ran.returncode, said(ran)))
    whole_and_next(tally, place, 'no new threads')
    ran = limited(resource.RLIMIT_CORE, 0)
    must_work(tally, place, 'no core', ran)


def signals(tally, place, full):
    start = time.monotonic()
    place.reset()
    place.report()
    whole = time.monotonic() - start
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP,
                   signal.SIGQUIT, signal.SIGPIPE, signal.SIGALRM):
        for part in range(20 if full else 4):
            place.reset()
            with subprocess.Popen(place.command(), stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL) as process:
                time.sleep(whole * part / (20 if full else 4))
                process.send_signal(number)
                status = process.wait()
            what = '%s after %d/4' % (signal.Signals(number).name, part)
            tally.check(status in (0, -number, 128 + number, STATUS_SYSTEM),
                        '%s: status %d' % (what, status))
            whole_and_next(tally, place, what)


def at_once(tally, place, full):
    """Runs of two seasons into one folder: the last one standing is whole."""
    for turn in range(10 if full else 3):
        place.reset()
        runs = [subprocess.Popen(
            place.command(('old', 'new')[x % 2]), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            for x in range(8)]
        for process in runs:
            why = process.communicate()[1].decode('utf-8', 'replace')[:200]
            tally.check(process.returncode == 0, 'at once: status %d, %s' % (
                process.returncode, why))
        tally.check(not place.beside(), 'at once: left %s' % place.beside())
        whole_and_next(tally, place, 'at once')
    place.reset()  # and into a folder that does not exist yet
    out = os.path.join(place.base, 'fresh', 'out')
    runs = [subprocess.Popen(place.command('new', out),
                             stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE) for x in range(6)]
    for process in runs:
        why = process.communicate()[1].decode('utf-8', 'replace')[:200]
        tally.check(process.returncode == 0, 'at once, fresh: status %d, %s'
                    % (process.returncode, why))
    tally.check(snapshot(out) == place.golden['new'], 'at once, fresh: %s'
                % sorted(snapshot(out)))
    tally.check(os.listdir(os.path.dirname(out)) == ['out'],
                'at once, fresh: left %s' % os.listdir(os.path.dirname(out)))


def watched(tally, place):
    """While runs go on, whoever opens the folder finds a whole set in it."""
    place.reset()
    with subprocess.Popen(
            ['sh', '-c', 'for i in 1 2 3 4 5 6; do %s; %s; done' % tuple(
                "'%s'" % "' '".join(place.command(x))
                for x in ('new', 'old'))],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL) as process:
        looks, mixed = 0, 0
        while process.poll() is None:
            folder = os.open(place.out, os.O_RDONLY | os.O_DIRECTORY)
            found = {}
            try:
                for name in FILES:
                    file = os.open(name, os.O_RDONLY, dir_fd=folder)
                    with os.fdopen(file, 'rb') as stream:
                        found[name] = ('file', stream.read())
            except FileNotFoundError:
                # this folder was exchanged and removed while we read
                if os.fstat(folder).st_ino == os.stat(place.out).st_ino:
                    mixed += 1
                found = None
            os.close(folder)
            looks += 1
            if found and found not in (place.golden['old'],
                                       place.golden['new']):
                mixed += 1
    tally.check(looks > 20 and mixed == 0, 'watched: %d of %d looks saw a '
                'mixed folder' % (mixed, looks))


def main():
    program, full = arguments(__doc__)
    tally = Tally()
    with temporary() as base:
        place = Place(program, os.path.join(base, 'place'))
        environments(tally, place)
        streams(tally, place)
        links(tally, place)
        things_kept(tally, place)
        earlier_set(tally, place)
        names(tally, place)
        input_names(tally, place)
        mounted(tally, place)
        limits(tally, place)
        signals(tally, place, full)
        at_once(tally, place, full)
        watched(tally, place)
    tally.close()


if __name__ == '__main__':
    sys.exit(main())
