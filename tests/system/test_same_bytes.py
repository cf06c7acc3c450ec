#!/usr/bin/python3
"""The same inputs give the same bytes: over folders, time zones, locales, the
clock, file times, the order in a directory, and whatever else may leak.
"""
import os
import shutil
import sys

from common import (SEASON, TREE, Tally, arguments, has, run, said, snapshot,
                    temporary)

LOCALES = {'de_DE.UTF-8': 'de_DE', 'zh_CN.UTF-8': 'zh_CN'}


def build_locales(tally, base):
    """LOCPATH with the locales, those that could be made."""
    path, made = os.path.join(base, 'locales'), []
    os.makedirs(path)
    if not has('localedef'):
        tally.skip('locales: no localedef')
        return path, made
    for name, source in LOCALES.items():
        ran = run(['localedef', '-i', source, '-f', 'UTF-8', '--no-archive',
                   os.path.join(path, name)])
        env = dict(os.environ, LOCPATH=path, LC_ALL=name)
        point = run(['locale', 'decimal_point'], env=env).stdout
        if (b',' if source == 'de_DE' else b'.') in point:
            made.append(name)
        else:
            tally.skip('locale %s: %s' % (name, said(ran)))
    return path, made


def seasons(base):
    """name -> a folder of inputs."""
    made = {}
    for lang in ('en', 'zh'):
        folder = os.path.join(base, 'input-' + lang)
        os.makedirs(os.path.join(folder, 'results'))
        text = SEASON.format(growth='30%', lang=lang)
        head, results = text.split('results:\n')
        for name, part in (('season.yaml', head),
                           ('results/all.yaml', 'results:\n' + results)):
            with open(os.path.join(folder, name), 'w',
                      encoding='utf-8') as stream:
                stream.write(part)
        made['trial ' + lang] = folder
    for name in sorted(os.listdir(os.path.join(TREE, 'samples'))):
        folder = os.path.join(TREE, 'samples', name)
        if not name.startswith('template-') and os.path.isdir(
                folder) and any(
                x.endswith('.yaml') for _, _, f in os.walk(folder)
                for x in f):
            made['sample ' + name] = folder
    return made


def elsewhere(folder, base, name):
    """A copy of the inputs in another place, made in the opposite order and
    with other times."""
    target = os.path.join(base, name)
    for where, folders, files in os.walk(folder):
        folders.sort(reverse=True)
        to = os.path.join(target, os.path.relpath(where, folder))
        os.makedirs(to, exist_ok=True)
        for file in sorted(files, reverse=True):
            shutil.copyfile(os.path.join(where, file), os.path.join(to, file))
            os.utime(os.path.join(to, file), (10**9, 10**9))
    return target


def conditions(tally, base):
    """(name, words before the command, environment, working folder)."""
    path, made = build_locales(tally, base)
    rows = [('TZ=' + zone, [], {'TZ': zone}, None)
            for zone in ('Asia/Shanghai', 'UTC', 'America/St_Johns')]
    rows.append(('LC_ALL=C', [], {'LC_ALL': 'C', 'LANG': 'C'}, None))
    rows += [('LC_ALL=' + name, [],
              {'LC_ALL': name, 'LANG': name, 'LANGUAGE': name[:2],
               'LOCPATH': path}, None) for name in made]
    if has('faketime'):
        for when in ('+10y', '-10y', '+3h'):
            rows.append(('faketime ' + when, ['faketime', '-f', when],
                         {'DONT_FAKE_MONOTONIC': '1'}, None))
    else:
        tally.skip('another time: no faketime')
    rows += [
        ('another working folder', [], {}, base),
        ('SOURCE_DATE_EPOCH', [], {'SOURCE_DATE_EPOCH': '86400'}, None),
        ('another home and user', [],
         {'HOME': base, 'USER': 'someone', 'LOGNAME': 'someone',
          'TMPDIR': base, 'COLUMNS': '40', 'TERM': 'xterm'}, None),
        ('no fontconfig', [], {'FONTCONFIG_FILE': '/dev/null',
                               'FONTCONFIG_PATH': '/nowhere'}, None),
        ('umask', ['sh', '-c', 'umask 077; exec "$@"', '-'], {}, None),
    ]
    if has('setarch'):
        rows.append(('addresses not random', ['setarch', '-R'], {}, None))
    return rows


def main():
    program, full = arguments(__doc__)
    tally = Tally()
    with temporary() as base:
        rows = conditions(tally, base)
        for number, (name, folder) in enumerate(seasons(base).items()):
            def report(inputs, out, before=(), env=None, cwd=None):
                ran = run([*before, program, 'report', inputs, '-o', out],
                          env=dict(os.environ, **(env or {})), cwd=cwd)
                tally.check(ran.returncode == 0, '%s: status %d, %s' % (
                    name, ran.returncode, said(ran)))
                return snapshot(out), ran.stdout.replace(out.encode(), b'OUT')

            want = report(folder, os.path.join(base, 'first-%d' % number))
            kinds = sorted(os.path.splitext(x)[1] for x in want[0])
            tally.check(kinds == ['.json', '.pdf', '.xlsx'],
                        '%s: wrote %s' % (name, kinds))
            copy = elsewhere(folder, base, 'copy-%d' % number)
            tried = [('again', [], {}, None)] + rows
            for index, (what, before, env, cwd) in enumerate(tried):
                if not full and number > 1 and index % 3:
                    continue
                out = os.path.join(base, 'out', str(number), what)
                got = report(copy, out, before, env, cwd)
                for file in want[0]:
                    tally.check(got[0].get(file) == want[0][file],
                                '%s, %s: %s differs' % (name, what, file))
                tally.check(got[1] == want[1],
                            '%s, %s: the table differs' % (name, what))
        other = os.path.join(base, 'other.yaml')
        with open(other, 'w', encoding='utf-8') as stream:
            stream.write(SEASON.format(growth='31%', lang='en'))
        first = os.path.join(base, 'first-0')
        ran = run([program, 'report', other, '-o', os.path.join(base, 'o')])
        changed = snapshot(os.path.join(base, 'o'))
        tally.check(ran.returncode == 0 and all(
            changed.get(x) != y for x, y in snapshot(first).items()),
            'another input gives the same bytes')
    tally.close()


if __name__ == '__main__':
    sys.exit(main())
