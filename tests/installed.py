#!/usr/bin/python3
"""The program works installed as well as from its tree, from any folder.

usage: installed.py HEADROOM
"""
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from claims import TREE, check, close  # noqa: E402


def run(command, folder, environment):
    return subprocess.run(command, cwd=folder, env=environment, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def files(folder):
    return sorted(os.path.relpath(os.path.join(at, name), folder)
                  for at, _, names in os.walk(folder) for name in names)


def main():
    program = os.path.abspath(sys.argv[1])
    build = os.path.dirname(program)
    bare = {key: value for key, value in os.environ.items()
            if not key.startswith(('HEADROOM_', 'MAKE'))}
    sample = os.path.join(TREE, 'samples', 'minimal.yaml')
    with tempfile.TemporaryDirectory() as folder:
        make = ['make', '-s', '-C', TREE, f'BUILD={build}',
                f'DESTDIR={folder}/root', 'PREFIX=/opt/headroom']
        # what is newer than its objects is being worked on: take what is built
        done = run([*make, '-o', 'all', 'install'], folder, bare)
        check('make install', done.returncode == 0, done.stdout.decode())
        placed = files(f'{folder}/root')
        for path in ('bin/headroom', 'share/man/man1/headroom.1',
                     'share/headroom/templates/review.yaml',
                     'share/headroom/fonts/fonts.txt'):
            check(f'{path} is installed', f'opt/headroom/{path}' in placed,
                  placed)
        installed = f'{folder}/root/opt/headroom/bin/headroom'
        done = run([installed, 'report', sample], folder, bare)
        check('installed, from another folder', done.returncode == 0,
              done.stdout.decode())
        written = files(f'{folder}/out') if done.returncode == 0 else []
        check('documents stand under out/', len(written) == 3, written)
        if program.startswith(TREE + os.sep):
            done = run([program, 'report', sample, '-o', 'tree'], folder, bare)
            check('from the tree, in another folder', done.returncode == 0,
                  done.stdout.decode())
            same = [open(f'{folder}/{at}/{name}', 'rb').read()
                    for name in sorted(os.listdir(f'{folder}/tree'))
                    for at in ('tree', 'out/2026-double11')]
            check('both write the same', same[::2] == same[1::2])
        run([*make, 'uninstall'], folder, bare)
        check('make uninstall leaves nothing', not files(f'{folder}/root'),
              files(f'{folder}/root'))
    close()


if __name__ == '__main__':
    main()
