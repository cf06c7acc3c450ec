"""What the system tests share: a season to report, folders compared whole,
and strace as a way to make one system call fail.

Every test prints what failed and closes with "N passed, N failed"; what cannot
be tried here (a tool missing, no right to mount) is said plainly and counts
neither way.
"""
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TREE = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
# where a program that is not installed finds its templates and fonts
os.environ.setdefault('HEADROOM_SHARE', TREE)

SEASON = """\
season: trial
name: {{zh: 试验, en: Trial}}
lang: {lang}
growth: {growth}
buffer: 20%
as_of: 2026-10-31
slo: {{p99_ms: 200, error_rate: 0.1%}}
scenarios:
  - {{id: low, buffer: 10%}}
  - {{id: plan}}
baselines:
  - {{link: order.submit, name: {{zh: 提交订单, en: Place order}}, peak_qps: 10000, instances: 40}}
  - {{link: cart.add, name: {{zh: 加购, en: Add to cart}}, peak_qps: 10w, instances: 80, priority: P1}}
  - {{link: item.detail, peak_qps: 30k, instances: 20, priority: P2}}
results:
  - link: order.submit
    date: 2026-10-30
    steps:
      - {{offered_qps: 8000, qps: 7990, p99_ms: 80, error_rate: 0.01%}}
      - {{offered_qps: 12000, qps: 11430, p99_ms: 180, error_rate: 0.05%}}
      - {{offered_qps: 16000, qps: 12000, p99_ms: 640, error_rate: 2%}}
  - link: cart.add
    date: 2026-10-29
    steps:
      - {{offered_qps: 80000, qps: 79900, p99_ms: 90, error_rate: 0}}
      - {{offered_qps: 160000, qps: 159000, p99_ms: 150, error_rate: 0}}
"""
FILES = ['trial-readiness.json', 'trial-readiness.pdf', 'trial-readiness.xlsx']
STATUS_SYSTEM = 3


class Tally:
    """Counts checks; says what failed."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            if self.failed <= 40:
                print('FAILED: ' + what)
        return bool(holds)

    @staticmethod
    def skip(what):
        print('skipped: ' + what)

    def close(self):
        print('%d passed, %d failed' % (self.passed, self.failed))
        sys.exit(1 if self.failed else 0)


def arguments(usage):
    """(program, whether the long form) of a test's command line."""
    given = sys.argv[1:]
    full = '--full' in given or bool(os.environ.get('HEADROOM_SOAK'))
    given = [x for x in given if x != '--full']
    if len(given) != 1:
        sys.exit('usage: %s PROGRAM [--full]\n%s' % (sys.argv[0], usage))
    return os.path.abspath(given[0]), full


def need_modules(*names):
    """Goes on in Debian's own Python where this one has not these modules,
    which come as Debian packages."""
    debian = '/usr/bin/python3'
    if (all(importlib.util.find_spec(x) for x in names)
            or os.path.realpath(sys.executable) == os.path.realpath(debian)
            or not os.path.exists(debian)):
        return
    os.execv(debian, [debian, *sys.argv])


def has(tool):
    return shutil.which(tool) is not None


def run(command, **more):
    more.setdefault('stdin', subprocess.DEVNULL)
    more.setdefault('stdout', subprocess.PIPE)
    more.setdefault('stderr', subprocess.PIPE)
    more.setdefault('timeout', 120)
    return subprocess.run(command, check=False, **more)


def said(ran):
    return (ran.stderr or b'').decode('utf-8', 'replace').strip()[:300]


def snapshot(folder):
    """Everything in a folder: path -> what stands there."""
    seen = {}
    if not os.path.isdir(folder):
        return seen
    for where, folders, names in os.walk(folder):
        for name in folders + names:
            path = os.path.join(where, name)
            key = os.path.relpath(path, folder)
            if os.path.islink(path):
                seen[key] = ('link', os.readlink(path))
            elif os.path.isdir(path):
                seen[key] = ('folder',)
            else:
                with open(path, 'rb') as stream:
                    seen[key] = ('file', stream.read())
    return seen


def unlike(got, *wanted):
    """'' when got is one of the wanted snapshots, else what it holds."""
    if got in wanted:
        return ''
    names = {x: 'as wanted' if any(w.get(x) == got[x] for w in wanted)
             else 'other' for x in got}
    return 'holds %s' % names


class Place:
    """A folder to publish into, with others' things in it, and the two whole
    states that it may be in: the old set and the new one.

    base/season    old.yaml and new.yaml
    base/parent    holds the destination `out` and whatever stands beside it
    """

    below = 'out'  # the destination below the parent

    def __init__(self, program, base, to='pdf,xlsx,json'):
        self.program, self.base, self.to = program, base, to
        self.parent = os.path.join(base, 'parent')
        self.out = os.path.join(self.parent, self.below)
        seasons = os.path.join(base, 'season')
        os.makedirs(seasons)
        self.season = {}
        for name, growth in (('old', '10%'), ('new', '30%')):
            path = os.path.join(seasons, name + '.yaml')
            with open(path, 'w', encoding='utf-8') as stream:
                stream.write(SEASON.format(growth=growth, lang='zh'))
            self.season[name] = path
        self.state = {}
        self.golden = {}
        for name in ('old', 'new'):
            self.empty()
            ran = self.report(name)
            if ran.returncode != 0:
                sys.exit('the plain run failed with %d: %s'
                         % (ran.returncode, said(ran)))
            self.state[name] = snapshot(self.out)
            self.golden[name] = {x: self.state[name][x]
                                 for x in self.state[name]
                                 if x.startswith('trial-readiness.')}
        if self.golden['old'] == self.golden['new']:
            sys.exit('two seasons gave the same files')
        self.reset()

    def empty(self):
        """The destination with only others' things in it."""
        shutil.rmtree(self.parent, ignore_errors=True)
        self.fill()

    def fill(self):
        os.makedirs(os.path.join(self.out, 'others', 'deep'))
        for path in ('keep.txt', 'others/keep.pdf', 'others/deep/x'):
            with open(os.path.join(self.out, path), 'w') as stream:
                stream.write('kept: ' + path)
        os.symlink('others/keep.pdf', os.path.join(self.out, 'link.pdf'))
        os.symlink('/nowhere/at/all', os.path.join(self.out, 'dangling'))
        os.chmod(os.path.join(self.out, 'keep.txt'), 0o640)

    def reset(self):
        """The destination as the old run left it."""
        self.empty()
        for name, what in self.golden['old'].items():
            with open(os.path.join(self.out, name), 'wb') as stream:
                stream.write(what[1])

    def command(self, name='new', out=None):
        return [self.program, 'report', self.season[name], '--to', self.to,
                '-o', self.out if out is None else out]

    def report(self, name='new', **more):
        return run(self.command(name), **more)

    def seen(self):
        return snapshot(self.out)

    def is_whole(self):
        """'' when the destination is whole, old or new."""
        return unlike(self.seen(), self.state['old'], self.state['new'])

    def is_new(self):
        return unlike(self.seen(), self.state['new'])

    def beside(self):
        """What stands beside the destination."""
        return sorted(x for x in os.listdir(self.parent)
                      if x != self.below.split('/')[0])

    def next_run(self):
        """'' when a run after this works, leaves the new set and clears."""
        ran = self.report()
        if ran.returncode != 0:
            return 'the next run ended with %d: %s' % (ran.returncode,
                                                       said(ran))
        wrong = self.is_new()
        if wrong:
            return 'after the next run the folder ' + wrong
        if self.beside():
            return 'after the next run %s is left' % self.beside()
        return ''


class FreshPlace(Place):
    """A destination that does not exist yet, nor does its parent: the old
    state is that nothing stands there."""

    below = 'missing/deep/out'

    def empty(self):
        shutil.rmtree(self.parent, ignore_errors=True)
        os.makedirs(self.parent)

    def reset(self):
        self.empty()
        self.state['old'] = {}

    def is_whole(self):
        if not os.path.exists(os.path.join(self.parent, 'missing')):
            return ''
        return self.is_new()


class MountedPlace(Place):
    """A destination that is the root of a file system, so that it cannot be
    exchanged as a folder.  Close it to unmount; is_mounted is False where
    nobody may mount."""

    def __init__(self, program, base, to='pdf,xlsx,json'):
        out = os.path.join(base, 'parent', self.below)
        os.makedirs(out)
        self.is_mounted = run(['mount', '-t', 'tmpfs', 'none',
                               out]).returncode == 0
        if self.is_mounted:
            super().__init__(program, base, to)

    def empty(self):
        run(['find', self.out, '-mindepth', '1', '-delete'])
        self.fill()

    def seen(self):
        """Without the hidden staging folder that a failure may leave: here it
        stands inside, elsewhere beside.  beside() tells of it."""
        return {x: y for x, y in snapshot(self.out).items()
                if not x.startswith('.headroom-')}

    def beside(self):
        return super().beside() + [x for x in os.listdir(self.out)
                                   if x.startswith('.headroom-')]

    def close(self):
        if self.is_mounted:
            run(['umount', '-l', self.out])


# --- strace -----------------------------------------------------------------

CALL = re.compile(r'^(?:\[pid +)?(\d+)\]? +(\w+)\((.*)$')
RESUMED = re.compile(r'^(\d+) +<\.\.\. (\w+) resumed>(.*)$')


def strace(log, calls, *more):
    # not with --seccomp-bpf, which injects no signal
    return ['strace', '-f', '-y', '-s', '64', '-o', log,
            '-e', 'trace=' + ','.join(calls), *more]


def read_log(path):
    """The calls of a log in order: (pid, name, number, rest of the line);
    number counts the calls of that name of that thread, from 1, as strace's
    when= does."""
    calls, number = [], {}
    with open(path, encoding='utf-8', errors='replace') as stream:
        for line in stream:
            match = CALL.match(line)
            if not match:
                match = RESUMED.match(line)
                if match:  # the end of an earlier one
                    pid, name, rest = match.groups()
                    for index in range(len(calls) - 1, -1, -1):
                        if calls[index][:2] == (pid, name):
                            calls[index] = (*calls[index][:3],
                                            calls[index][3] + rest)
                            break
                continue
            pid, name, rest = match.groups()
            number[pid, name] = number.get((pid, name), 0) + 1
            calls.append((pid, name, number[pid, name], rest.rstrip()))
    return calls


def trace(place, calls, log):
    """The calls of one good run from the old state to the new."""
    place.reset()
    ran = run(strace(log, calls) + place.command())
    place.reset()
    if ran.returncode != 0:
        sys.exit('under strace the run ended with %d: %s'
                 % (ran.returncode, said(ran)))
    return read_log(log)


def can_strace():
    """Whether strace is there and may trace."""
    if not has('strace'):
        return False
    ran = run(['strace', '-f', '-e', 'inject=close:error=EIO:when=1',
               '-o', '/dev/null', 'true'])
    return b'not permitted' not in ran.stderr and ran.returncode in (0, 1)


def temporary():
    return tempfile.TemporaryDirectory(prefix='trial-')
