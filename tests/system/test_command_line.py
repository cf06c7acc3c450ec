#!/usr/bin/python3
"""The command line: commands, options, hints, exit statuses, the table on the
terminal, and which files a run writes and removes.
"""
import json
import os
import pty
import re
import shutil
import subprocess
import unicodedata

from common import (SEASON, TREE, Tally, arguments, run, said, snapshot,
                    temporary)

TALLY = Tally()
# one P0 link that is met: GO
GOOD = """\
season: good
multiplier: 1.5
as_of: 2026-10-31
slo: {p99_ms: 200, error_rate: 0.1%}
baselines:
  - {link: cart.add, peak_qps: 1000, instances: 8}
results:
  - link: cart.add
    date: 2026-10-29
    steps:
      - {offered_qps: 1600, qps: 1590, p99_ms: 90, error_rate: 0}
"""


class Trial:
    """A folder with seasons, in which the program is run."""

    def __init__(self, program, base):
        self.program, self.base = program, base
        self.write('trial.yaml', SEASON.format(growth='30%', lang='en'))
        self.write('good.yaml', GOOD)

    def path(self, name):
        return os.path.join(self.base, name)

    def write(self, name, text):
        with open(self.path(name), 'w', encoding='utf-8') as stream:
            stream.write(text)

    def __call__(self, *words, **more):
        return run([self.program, *words], cwd=self.base, **more)


def wrong_usage(trial):
    """What makes no sense is status 2 and one line that says what is meant."""
    for words, part in (
            ([], 'a command is missing'),
            (['reprot', 'trial.yaml'], 'unknown command "reprot"; '
                                       'did you mean report?'),
            (['report'], 'an INPUT is missing'),
            (['report', 'trial.yaml', '--scenaro', 'low'],
             'unknown option --scenaro; did you mean --scenario?'),
            (['report', 'trial.yaml', '-x'], 'unknown option -x'),
            (['report', 'trial.yaml', '-qx'], 'unknown option -qx'),
            (['report', 'trial.yaml', '--to'], '--to expects LIST'),
            (['report', 'trial.yaml', '--to', 'json,xlxs'],
             'found "xlxs"; did you mean xlsx?'),
            (['report', 'trial.yaml', '--to', ''], '--to expects'),
            (['report', 'trial.yaml', '--to', 'json,'], '--to expects'),
            (['report', 'trial.yaml', '--lang', 'de'],
             '--lang expects zh, en or zh+en, found "de"'),
            (['report', 'trial.yaml', '--gate=yes'], '--gate takes no value'),
            (['report', 'trial.yaml', '-o', ''], '-o expects a folder'),
            (['report', 'trial.yaml', '--template', ''], '--template expects'),
            (['check', 'trial.yaml', '-o', 'x'],
             '--output does not belong to check'),
            (['check', 'trial.yaml', '--to', 'json'],
             '--to does not belong to check'),
            (['report', 'trial.yaml', '--scenario', 'lwo'],
             'the season has no scenario "lwo"; did you mean low?'),
            (['report', 'trial.yaml', '--template', 'nowhere'], 'nowhere'),
            (['report', 'nowhere.yaml'], 'nowhere.yaml')):
        before = snapshot(trial.base)
        ran = trial(*words)
        what = 'headroom ' + ' '.join(words)
        TALLY.check(ran.returncode == 2, '%s: status %d'
                    % (what, ran.returncode))
        TALLY.check(part in said(ran), '%s: said %s' % (what, said(ran)))
        TALLY.check(not ran.stdout, what + ': wrote to standard output')
        TALLY.check(snapshot(trial.base) == before, what + ': wrote a file')


def asked_for(trial):
    """Help and version go to standard output, whatever else is there."""
    ran = trial('--help')
    text = ran.stdout.decode()
    TALLY.check(ran.returncode == 0 and not ran.stderr, '--help failed')
    for word in ('report', 'mail', 'check', '--output', '--to', '--lang', '--scenario',
                 '--template', '--gate', '--quiet', '--help', '--version',
                 'pdf', 'json', 'exit status'):
        TALLY.check(word in text, '--help is silent about ' + word)
    TALLY.check(max(map(len, text.split('\n'))) <= 80, '--help is too wide')
    ran = trial('check', '--version', 'nowhere.yaml')
    TALLY.check(ran.returncode == 0 and ran.stdout == b'headroom 1.0.0\n',
                '--version said %r' % ran.stdout)


def what_is_written(trial):
    ran = trial('check', 'trial.yaml')
    TALLY.check(ran.returncode == 0 and ran.stdout, 'check: ' + said(ran))
    TALLY.check(set(os.listdir(trial.base)) == {'trial.yaml', 'good.yaml'},
                'check wrote something')

    ran = trial('report', 'trial.yaml', '--to', 'json')
    stem = 'out/trial/trial-readiness'
    TALLY.check(ran.returncode == 0, 'report: ' + said(ran))
    TALLY.check(os.listdir(trial.path('out/trial')) ==
                ['trial-readiness.json'], 'the default folder holds other')
    TALLY.check(ran.stdout.decode().endswith('wrote %s.json\n' % stem),
                'the file is not named: %r' % ran.stdout[-80:])
    with open(trial.path(stem + '.json'), 'rb') as stream:
        plan = stream.read()

    for form in (['-oelse', '--to=json'], ['--output=else/', '--to', 'json'],
                 ['--output', 'else', '--to', 'json,json']):
        ran = trial('report', *form, '-q', 'trial.yaml')
        TALLY.check(ran.returncode == 0 and not ran.stdout,
                    '%s: %s' % (form, said(ran)))
        TALLY.check(os.listdir(trial.path('else')) ==
                    ['trial-readiness.json'], '%s: other files' % form)

    ran = trial('report', 'trial.yaml', '--to', 'json', '--scenario', 'plan')
    with open(trial.path(stem + '.json'), 'rb') as stream:
        TALLY.check(stream.read() == plan, 'the plan by name differs')
    ran = trial('report', 'trial.yaml', '--to', 'json', '--scenario', 'low')
    TALLY.check(os.listdir(trial.path('out/trial')) ==
                ['trial-readiness-low.json'], 'not named by its scenario')
    with open(trial.path(stem + '-low.json'), encoding='utf-8') as stream:
        low = json.load(stream)
    TALLY.check((low['plan'], low['scenario']) == ('plan', 'low'),
                'another scenario than low')

    os.makedirs(trial.path('here'))
    for where, noted in (('here', True), (trial.base, False)):
        ran = run([trial.program, 'report', trial.path('trial.yaml'), '--to',
                   'json', '-q', '-o', '.' if noted else 'here'],
                  cwd=trial.path(where))
        TALLY.check(ran.returncode == 0 and ('"cd ."' in said(ran)) == noted,
                    'written from %s: %s' % (where, said(ran)))
        TALLY.check(os.listdir(trial.path('here')) == ['trial-readiness.json'],
                    'written from %s: other files' % where)

    os.rename(trial.path('trial.yaml'), trial.path('-trial.yaml'))
    ran = trial('check', '-q', '--', '-trial.yaml')
    TALLY.check(ran.returncode == 0, 'after "--": ' + said(ran))
    os.rename(trial.path('-trial.yaml'), trial.path('trial.yaml'))


def what_is_removed(trial):
    """Only files of this season that a run of headroom may have written."""
    ours = ['trial-readiness.pdf', 'trial-readiness.xlsx',
            'trial-readiness-low.json', 'trial-readiness-a.b.pdf',
            'trial-readiness.eml', 'trial-readiness-A_1-Z9.txt',
            'trial-readiness-low.html']
    others = ['trial-readiness.doc', 'trial-readiness-.pdf', 'notes.pdf',
              'trial-readinessx.pdf', 'other-readiness.pdf', 'trial.json',
              'trial-readiness', 'trial-readiness-a b.pdf',
              'trial-readiness-a-.pdf', 'xtrial-readiness.pdf',
              'trial-readiness-.a.pdf', 'trial-readiness.pdf.bak']
    os.makedirs(trial.path('kept'))
    for name in ours + others:
        trial.write('kept/' + name, name)
    ran = trial('report', 'trial.yaml', '--to', 'json', '-o', 'kept')
    TALLY.check(ran.returncode == 0, 'kept: ' + said(ran))
    got = sorted(os.listdir(trial.path('kept')))
    want = sorted(others + ['trial-readiness.json'])
    TALLY.check(got == want, 'removed or kept wrongly: %s'
                % sorted(set(got) ^ set(want)))


def gate(trial):
    for words, status in ((['check', 'trial.yaml', '--gate'], 1),
                          (['check', 'trial.yaml'], 0),
                          (['check', 'good.yaml', '--gate'], 0)):
        ran = trial(*words)
        TALLY.check(ran.returncode == status, '%s: status %d'
                    % (words, ran.returncode))
    ran = trial('report', 'trial.yaml', '--gate', '--to', 'json', '-o', 'gate')
    TALLY.check(ran.returncode == 1, 'report --gate: %d' % ran.returncode)
    TALLY.check(os.listdir(trial.path('gate')) == ['trial-readiness.json'],
                'report --gate wrote nothing')


def no_reader(trial):
    """What cannot be printed is status 3, and nothing is published."""
    trial('report', 'trial.yaml', '--to', 'json', '-o', 'full', '-q')
    before = snapshot(trial.path('full'))
    command = [trial.program, 'report', 'trial.yaml', '--to', 'json',
               '--lang', 'zh', '--scenario', 'low', '-o', 'full']
    with open('/dev/full', 'wb') as full:
        ran = run(command, cwd=trial.base, stdout=full)
    TALLY.check(ran.returncode == 3, '/dev/full: %d' % ran.returncode)
    TALLY.check('standard output' in said(ran), '/dev/full: ' + said(ran))
    TALLY.check(snapshot(trial.path('full')) == before, '/dev/full: other set')
    ran = run(['sh', '-c', 'exec "$0" "$@" >&-', *command], cwd=trial.base)
    TALLY.check(ran.returncode == 3, 'closed output: %d' % ran.returncode)
    TALLY.check(snapshot(trial.path('full')) == before, 'closed: other set')
    reader, writer = os.pipe()
    os.close(reader)
    ran = run(command, cwd=trial.base, stdout=writer)
    os.close(writer)
    TALLY.check(ran.returncode == 3, 'no reader: %d' % ran.returncode)
    ran = run(['sh', '-c', 'exec "$0" "$@" <&- >&- 2>&-', *command, '-q'],
              cwd=trial.base)
    TALLY.check(ran.returncode == 0, 'all closed, -q: %d' % ran.returncode)
    for word in ('--help', '--version'):
        with open('/dev/full', 'wb') as full:
            ran = run([trial.program, word], stdout=full)
        TALLY.check(ran.returncode == 3, word + ' to a full device')


def on_terminal(trial, **environment):
    """What the program prints on a terminal."""
    near, far = pty.openpty()
    process = subprocess.Popen(
        [trial.program, 'check', 'trial.yaml'], cwd=trial.base, stdout=far,
        stderr=subprocess.DEVNULL, env={**os.environ, **environment})
    os.close(far)
    text = b''
    while True:
        try:
            piece = os.read(near, 65536)
        except OSError:  # the other side is closed
            break
        if not piece:
            break
        text += piece
    process.wait()
    os.close(near)
    return text.decode().replace('\r\n', '\n')


def colour(trial):
    os.environ.pop('NO_COLOR', None)
    plain = trial('check', 'trial.yaml').stdout.decode()
    coloured = on_terminal(trial, TERM='xterm')
    TALLY.check('\x1b[' not in plain, 'colour without a terminal')
    TALLY.check('\x1b[1;31mshort' in coloured, 'no colour on a terminal')
    TALLY.check(re.sub('\x1b\\[[0-9;]*m', '', coloured) == plain,
                'colour changes the text')
    TALLY.check(on_terminal(trial, TERM='xterm', NO_COLOR='1') == plain,
                'NO_COLOR is not honoured')
    TALLY.check(on_terminal(trial, TERM='dumb') == plain,
                'colour on a dumb terminal')
    TALLY.check('\x1b[' in on_terminal(trial, TERM='xterm', NO_COLOR=''),
                'an empty NO_COLOR counts')


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1
               for c in text)


def table(trial):
    """Columns stand under each other, whatever is in them."""
    for lang, unit in (('zh', '目标'), ('en', 'Target')):
        text = trial('check', 'trial.yaml', '--lang', lang).stdout.decode()
        lines = text.split('\n')
        rows = lines[:4]
        TALLY.check(unit in rows[0], lang + ': no heading')
        ends = {width(row[:row.index(number) + len(number)])
                for row, number in zip(rows[1:],
                                       ('15,000', '45,000', '150,000'))}
        TALLY.check(len(ends) == 1, '%s: targets end at %s' % (lang, ends))
        starts = {width(row[:re.search(r'P[012]', row).start()])
                  for row in rows[1:]}
        TALLY.check(len(starts) == 1, '%s: priorities start at %s'
                    % (lang, starts))
        TALLY.check(not any(line.endswith(' ') for line in lines),
                    lang + ': blanks at a line end')
        TALLY.check(lines[4] == '' and
                    lines[5].startswith('暂不放行' if lang == 'zh' else 'NO-GO'),
                    lang + ': no verdict: ' + lines[5])


def many_links(trial):
    """The worst twenty, and how many more there are."""
    text = ['season: many', 'multiplier: 1', 'as_of: 2026-10-31',
            'slo: {p99_ms: 200, error_rate: 0.1%}', 'baselines:']
    text += ['  - {link: l%02d, peak_qps: 10, instances: 1}' % i
             for i in range(30)]
    text.append('results:')
    for i in range(8):
        text.append('  - {link: l%02d, date: 2026-10-30, steps: [{qps: 12, '
                    'p99_ms: 1, error_rate: 0}]}' % i)
    trial.write('many.yaml', '\n'.join(text) + '\n')
    lines = trial('check', 'many.yaml').stdout.decode().split('\n')
    TALLY.check(len([x for x in lines if x.startswith('untested')]) == 20,
                'not twenty rows')
    TALLY.check(lines[21:23] == ['2 more links not met', '8 more links met'],
                'the rest: %s' % lines[21:23])


def own_files(trial):
    """Templates and fonts: beside a tree's build/, or installed; a template
    may be a file of the user's."""
    other = {k: v for k, v in os.environ.items() if k != 'HEADROOM_SHARE'}
    for program, share in (('tree/build/headroom', 'tree'),
                           ('usr/bin/headroom', 'usr/share/headroom')):
        os.makedirs(os.path.dirname(trial.path(program)))
        os.makedirs(trial.path(share), exist_ok=True)
        shutil.copy(trial.program, trial.path(program))
        words = [trial.path(program), 'report', 'trial.yaml', '-q', '-o',
                 trial.path('own')]
        ran = run(words, cwd=trial.base, env=other)
        TALLY.check(ran.returncode == 3 and 'templates/review.yaml' in
                    said(ran), program + ': nothing missed: ' + said(ran))
        for name in ('templates', 'fonts'):
            os.symlink(os.path.join(TREE, name),
                       os.path.join(trial.path(share), name))
        ran = run(words, cwd=trial.base, env=other)
        TALLY.check(ran.returncode == 0, program + ': ' + said(ran))
        ran = run(words, cwd='/', env={**other, 'HEADROOM_SHARE': ''})
        TALLY.check(ran.returncode == 2, program + ': an INPUT from nowhere')
    own = trial.path('own.yaml')
    shutil.copy(os.path.join(TREE, 'templates', 'words.yaml'),
                trial.path('words.yaml'))
    shutil.copy(os.path.join(TREE, 'templates', 'review.yaml'), own)
    for name in (own, 'own.yaml', 'review'):
        ran = trial('check', 'trial.yaml', '--template', name)
        TALLY.check(ran.returncode == 0, name + ': ' + said(ran))
    with open(own, 'a', encoding='utf-8') as stream:
        stream.write('pagse: 1\n')
    ran = trial('check', 'trial.yaml', '--template', 'own.yaml')
    TALLY.check(ran.returncode == 2 and said(ran).startswith('own.yaml:'),
                'a template with a mistake: ' + said(ran))


def faults(trial):
    """A fault of the input is status 2 wherever it is found, one of the
    system is 3."""
    with open(trial.path('good.yaml'), encoding='utf-8') as stream:
        good = stream.read()
    before = snapshot(trial.base)
    for name, text, part in (
            ('odd', good.replace('cart.add', 'c\U0001F9FF'), 'odd.yaml:6:13: error: the '
             'fonts have no glyph for U+1F9FF'),
            ('fine', good.replace('multiplier: 1.5',
                                  'growth: 0.000000000001%\n'
                                  'buffer: 0.000000000001%\n'
                                  'compose: multiply'), '24 decimals'),
            ('huge', good.replace('qps: 1590', 'qps: 0.000000000001')
             .replace('error_rate: 0}', 'error_rate: 0}\n'
                      '      - {offered_qps: 1700, qps: 1, p99_ms: 900, '
                      'error_rate: 0}')
             .replace('multiplier: 1.5', 'multiplier: 100\n'
                      'scale_efficiency: 0.000000000001\n'
                      'safe_level: 0.000000000001')
             .replace('peak_qps: 1000', 'peak_qps: 99999999999'),
             'more than headroom can count')):
        trial.write(name + '.yaml', text)
        ran = trial('report', name + '.yaml', '-o', 'faulty')
        TALLY.check(ran.returncode == 2 and part in said(ran),
                    '%s: %d, %s' % (name, ran.returncode, said(ran)))
        TALLY.check(not ran.stdout, name + ': wrote to standard output')
        os.remove(trial.path(name + '.yaml'))
    TALLY.check(snapshot(trial.base) == before, 'a fault left a file')
    ran = trial('check', 'good.yaml', 'good.yaml', trial.path('good.yaml'))
    TALLY.check(ran.returncode == 0, 'one file, thrice: ' + said(ran))
    ran = trial('report', 'good.yaml', '--to', 'json', '-o', '/proc/nowhere')
    TALLY.check(ran.returncode == 3 and '/proc' in said(ran),
                'no such folder can be: %d, %s' % (ran.returncode, said(ran)))
    TALLY.check(not ran.stdout, 'a table though nothing could be written')


def main():
    program, _ = arguments(__doc__)
    with temporary() as base:
        trial = Trial(program, base)
        for part in (wrong_usage, asked_for, what_is_written, what_is_removed,
                     gate, no_reader, colour, table, many_links, own_files,
                     faults):
            part(trial)
    TALLY.close()


if __name__ == '__main__':
    main()
