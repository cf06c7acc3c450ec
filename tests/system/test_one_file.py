#!/usr/bin/python3
"""What import and digest write: one file, whole or as it was, or status 3.

Tried: a full disk, files that may not grow, each write, fsync and rename
failing, kill -9 and SIGTERM at each of them, failing allocations; targets that
are links, devices, pipes and folders; a standard output that is closed, full or
left by its reader; inputs that are no files; odd locales; the same bytes twice.
"""
import os
import random
import resource
import signal
import stat
import subprocess
import sys

from common import (STATUS_SYSTEM, TREE, Tally, arguments, can_strace, has,
                    read_log, run, said, strace, temporary)

CALLS = ['openat', 'write', 'fchmod', 'fsync', 'rename', 'flock', 'close']
OLD = b'as it was\n'
HEAD = 'timeStamp,elapsed,label,success\n'


def rows(count, seed=3):
    rng = random.Random(seed)
    return HEAD + ''.join('%d,%d,pay,true\n' % (
        1700000000000 + 10 * x, rng.randrange(1, 900)) for x in range(count))


class Target:
    """A file that a command writes, with what stood there before."""

    def __init__(self, program, base, command):
        self.folder = os.path.join(base, command)
        os.makedirs(self.folder)
        self.log = os.path.join(base, command + '.jtl')
        with open(self.log, 'w', encoding='ascii') as stream:
            stream.write(rows(4000))
        self.path = os.path.join(self.folder, 'one')
        self.command = [program, command, self.log, '-o', self.path]
        self.reset()
        ran = run(self.command)
        if ran.returncode != 0:
            sys.exit('%s ended with %d: %s' % (command, ran.returncode,
                                               said(ran)))
        self.new = self.read()
        self.reset()

    def read(self):
        with open(self.path, 'rb') as stream:
            return stream.read()

    def reset(self):
        for name in os.listdir(self.folder):
            os.unlink(os.path.join(self.folder, name))
        with open(self.path, 'wb') as stream:
            stream.write(OLD)

    def beside(self):
        return [x for x in os.listdir(self.folder) if x != 'one']

    def check(self, tally, ran, what, may_leave=False):
        """After a run that failed or was ended: whole, nothing beside it, and
        the next run works and clears."""
        what += ': status %d, %s, ' % (ran.returncode, said(ran))
        tally.check(self.read() in (OLD, self.new), what + 'half-written')
        tally.check(ran.returncode == 0 or ran.returncode < 0 or
                    ran.returncode == STATUS_SYSTEM and said(ran),
                    what + 'no message')
        left = self.beside()
        tally.check(may_leave or not left, what + 'leaves %s' % left)
        tally.check(all(x.startswith('.') for x in left),
                    what + 'leaves in plain sight %s' % left)
        again = run(self.command)
        tally.check(again.returncode == 0 and self.read() == self.new,
                    what + 'then the next run: ' + said(again))
        tally.check(not self.beside(), what + 'the next run leaves %s'
                    % self.beside())


def full_disk(tally, target):
    """A disk with room for what stands there alone, and files of a size."""
    for size in (0, 1, 100, len(target.new) - 1):
        target.reset()
        ran = run(target.command, preexec_fn=lambda: resource.setrlimit(
            resource.RLIMIT_FSIZE, (size, size)))
        tally.check(ran.returncode == STATUS_SYSTEM,
                    'files of %d bytes: status %d' % (size, ran.returncode))
        target.check(tally, ran, 'files of %d bytes' % size)
    target.reset()
    if run(['mount', '-t', 'tmpfs', '-o', 'size=8k', 'none',
            target.folder]).returncode:
        tally.skip('a full disk: no right to mount')
        return
    try:
        target.reset()
        with open(os.path.join(target.folder, 'fill'), 'wb', 0) as stream:
            try:
                while stream.write(b'x' * 4096):
                    continue
            except OSError:
                pass
        ran = run(target.command)
        tally.check(ran.returncode == STATUS_SYSTEM and 'space' in said(ran),
                    'full disk: status %d, %s' % (ran.returncode, said(ran)))
        tally.check(target.read() == OLD and target.beside() == ['fill'],
                    'full disk: holds %s' % target.beside())
    finally:
        run(['umount', '-l', target.folder])


def at_every_call(tally, target, base):
    if not can_strace():
        tally.skip('failing and killed at every call: no right to trace')
        return
    log = os.path.join(base, 'log')
    target.reset()
    run(strace(log, CALLS) + target.command)
    calls = read_log(log)
    first = next(i for i, x in enumerate(calls) if target.folder in x[3])
    points = sorted({x[1:3] for x in calls[first:] if x[1] != 'close'})
    tally.check({'write', 'fsync', 'rename'} <= {x[0] for x in points},
                'calls seen: %s' % points)
    renames = [i for i, x in enumerate(calls) if x[1] == 'rename']
    tally.check(any(x[1] == 'fsync' for x in calls[:renames[0]]) and
                any(x[1] == 'fsync' for x in calls[renames[0]:]),
                'the file is durable before the rename, its folder after')
    for name, number in points:
        for how in ('error=EIO', 'signal=KILL', 'signal=TERM'):
            target.reset()
            ran = run(strace(log, CALLS, '-e', 'inject=%s:%s:when=%d' % (
                name, how, number)) + target.command)
            target.check(tally, ran, '%s %d %s' % (name, number, how),
                         may_leave=how == 'signal=KILL')


def several_dead(tally, target):
    """What is alive, another file's or nobody's is left alone."""
    target.reset()
    kept = ['.one.headroom-x', '.two.headroom-abcdef', 'one.aBcDeF']
    for name in kept + ['.one.headroom-abcdef', '.one.headroom-uvwxyz']:
        with open(os.path.join(target.folder, name), 'wb'):
            pass
    alive = os.path.join(target.folder, '.one.headroom-uvwxyz')
    with subprocess.Popen(['flock', alive, 'sh', '-c', 'echo; cat'],
                          stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE) as holder:
        holder.stdout.readline()
        run(target.command)
        left = sorted(target.beside())
        holder.stdin.close()
    tally.check(left == sorted(kept + ['.one.headroom-uvwxyz']),
                'of others is left %s' % left)
    target.reset()


def odd_targets(tally, target):
    # a link stays one, and the mode stays what it was
    real = os.path.join(target.folder, 'real')
    os.rename(target.path, real)
    os.chmod(real, 0o640)
    os.symlink('real', target.path)
    ran = run(target.command)
    tally.check(ran.returncode == 0 and os.path.islink(target.path),
                'a link: ' + said(ran))
    tally.check(target.read() == target.new and
                stat.S_IMODE(os.stat(real).st_mode) == 0o640,
                'a link: mode %o' % os.stat(real).st_mode)
    target.reset()
    os.unlink(target.path)
    ran = run(['sh', '-c', 'umask 027; exec "$@"', 'sh'] + target.command)
    tally.check(stat.S_IMODE(os.stat(target.path).st_mode) == 0o640,
                'umask: mode %o' % os.stat(target.path).st_mode)
    # a pipe is written and stays
    os.unlink(target.path)
    os.mkfifo(target.path)
    with subprocess.Popen(['timeout', '10', 'cat', target.path],
                          stdout=subprocess.PIPE) as reader:
        ran = run(target.command)
        got = reader.communicate()[0]
    tally.check(stat.S_ISFIFO(os.lstat(target.path).st_mode),
                'a pipe lost its place')
    tally.check(got == target.new, 'a pipe: ' + said(ran))
    os.unlink(target.path)
    # a device, too: one like /dev/null and one like /dev/full
    for minor, status in ((3, 0), (7, STATUS_SYSTEM)):
        try:
            os.mknod(target.path, 0o666 | stat.S_IFCHR, os.makedev(1, minor))
            with open(target.path, 'rb'):
                pass
        except OSError:
            tally.skip('a device: no right to make one')
            break
        ran = run(target.command)
        tally.check(ran.returncode == status, 'device 1, %d: status %d, %s' % (
            minor, ran.returncode, said(ran)))
        tally.check(stat.S_ISCHR(os.lstat(target.path).st_mode),
                    'device 1, %d lost its place' % minor)
        os.unlink(target.path)
    target.reset()
    # what cannot be written
    for path in (target.folder, target.folder + '/none/one',
                 target.path + '/one', target.folder + '/' + 'x' * 300):
        ran = run(target.command[:-1] + [path])
        tally.check(ran.returncode == STATUS_SYSTEM and said(ran),
                    '-o %r: status %d' % (path[-9:], ran.returncode))
    long = os.path.join(target.folder, '压' * 85)  # 255 bytes
    ran = run(target.command[:-1] + [long])
    tally.check(ran.returncode == 0 and os.path.exists(long), said(ran))
    target.reset()
    os.chmod(target.folder, 0o311)
    ran = run(target.command)
    os.chmod(target.folder, 0o755)
    tally.check(ran.returncode == 0 and target.read() == target.new,
                'a folder that cannot be listed: ' + said(ran))
    target.reset()


def standard_output(tally, target):
    command = target.command[:-2]
    plain = run(command)
    tally.check(plain.stdout == target.new, 'standard output is another')
    for how in ('"$@" >&-', '"$@" >/dev/full'):
        ran = run(['sh', '-c', how, 'sh'] + command)
        tally.check(ran.returncode == STATUS_SYSTEM and said(ran),
                    '%s: status %d' % (how, ran.returncode))
    reading, writing = os.pipe()
    os.close(reading)
    ran = run(command, stdout=writing)
    os.close(writing)
    tally.check(ran.returncode == STATUS_SYSTEM and said(ran),
                'no reader: status %d, %s' % (ran.returncode, said(ran)))
    ran = run(['sh', '-c', '"$@" 2>&-', 'sh'] + command)
    tally.check(ran.returncode == 0 and ran.stdout == plain.stdout,
                'closed standard error: status %d' % ran.returncode)


def inputs(tally, target):
    program, command, log = target.command[:3]

    def expect(arguments, status, words, **more):
        ran = run([program, command, *arguments], **more)
        tally.check(ran.returncode == status and words in said(ran),
                    '%s %s: status %d, %s' % (command, arguments,
                                              ran.returncode, said(ran)))
        tally.check(status == 0 or not ran.stdout, 'output all the same')
        return ran.stdout

    expect([target.folder], 2, 'Is a directory')
    expect([log + 'x'], 2, 'No such file')
    expect([log, target.folder], 2, 'Is a directory')
    expect(['-'], STATUS_SYSTEM, 'Bad file descriptor',
           preexec_fn=lambda: os.close(0))
    expect(['-'], 2, 'an empty file')
    closed = os.path.join(target.folder, 'closed')
    with open(closed, 'wb'):
        os.chmod(closed, 0)
    if os.getuid() == 0:
        run(['chmod', '755', os.path.dirname(target.folder)])
        run(['cp', program, target.folder + '/program'])
        ran = run(['setpriv', '--reuid', '65534', '--clear-groups',
                   target.folder + '/program', command, closed])
    else:
        ran = run([program, command, closed])
    tally.check(ran.returncode == 2 and 'Permission denied' in said(ran),
                'without permission: status %d, %s' % (ran.returncode,
                                                       said(ran)))
    target.reset()
    with open(log, 'rb') as stream:
        expect(['-', '-'], 2, 'standard input', stdin=stream)
    with open(log, 'rb') as stream:
        piped = expect(['-'], 0, '', stdin=stream)
    fifo = os.path.join(target.folder, os.path.basename(log))
    os.mkfifo(fifo)
    with subprocess.Popen(['cp', log, fifo]) as writer:
        through = expect([fifo], 0, '')
        writer.wait()
    tally.check(through == target.new, 'of a named pipe: other bytes')
    for word in (b'"standard input"', b'standard input'):
        piped = piped.replace(word, os.path.basename(log).encode())
    tally.check(piped == target.new,
                'of standard input: other bytes')
    target.reset()


def same_bytes(tally, target):
    command = target.command[:-2]
    for words in ({'LC_ALL': 'de_DE.UTF-8', 'TZ': 'Asia/Shanghai'},
                  {'LC_ALL': 'zh_CN.GB18030', 'TZ': 'America/New_York'},
                  {'LC_ALL': 'C', 'LANG': 'tr_TR'}, {'LC_ALL': 'nonsense'}):
        ran = run(command, env=dict(os.environ, **words))
        tally.check(ran.returncode == 0 and ran.stdout == target.new,
                    '%s: other bytes' % words)


def failing_allocations(tally, target, base, full):
    library = os.path.join(base, 'failing_memory.so')
    here = os.path.join(TREE, 'tests', 'system', 'failing_memory.c')
    count = os.path.join(base, 'count')
    if not has('cc') or run(['cc', '-O1', '-shared', '-fPIC', '-o', library,
                             here]).returncode:
        tally.skip('failing allocations: no C compiler')
        return
    plain = dict(os.environ, LD_PRELOAD=library)
    target.reset()
    run(target.command, env=dict(plain, FAIL_COUNT=count))
    if not os.path.exists(count):
        tally.skip('failing allocations: the run does not tell its count')
        return
    with open(count, encoding='ascii') as stream:
        total = int(stream.read())
    points = set(range(1, total + 1))
    if not full and total > 40:
        points = set(random.Random(7).sample(range(1, total + 1), 36))
        points.update((1, 2, total - 1, total))
    refused = 0
    for point in sorted(points):
        target.reset()
        ran = run(target.command, env=dict(plain, FAIL_AT=str(point)))
        refused += ran.returncode == STATUS_SYSTEM
        target.check(tally, ran, 'allocation %d of %d' % (point, total))
    tally.check(refused >= len(points) // 2, 'only %d of %d refused' % (
        refused, len(points)))


def main():
    program, full = arguments(__doc__)
    tally = Tally()
    signal.alarm(150)
    with temporary() as base:
        for command in ('import', 'digest'):
            target = Target(program, base, command)
            full_disk(tally, target)
            at_every_call(tally, target, base)
            several_dead(tally, target)
            odd_targets(tally, target)
            standard_output(tally, target)
            inputs(tally, target)
            same_bytes(tally, target)
            failing_allocations(tally, target, base, full)
    tally.close()


if __name__ == '__main__':
    sys.exit(main())
