#!/usr/bin/python3
"""What the README says is so: its commands run, its examples are real.

usage: readme.py HEADROOM
"""
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from claims import TREE, check, close, read  # noqa: E402


def run(command, folder):
    return subprocess.run(command, shell=True, cwd=folder, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def commands(readme, makefile, program, folder):
    """Each line of a shell block; make's targets are only looked up."""
    for block in re.findall(r'```sh\n(.*?)```', readme, re.S):
        for line in block.splitlines():
            command = re.sub(r'\s+#.*', '', line)
            if command.startswith('make '):
                target = command.split()[1]
                check(line, re.search(rf'^{target}:', makefile, re.M))
                continue
            done = run(command.replace('build/headroom', program), folder)
            check(line, done.returncode == 0, done.stderr.decode())


def main():
    program = os.path.abspath(sys.argv[1])
    readme, makefile = read('README.md'), read('Makefile')
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.join(TREE, 'samples'),
                   os.path.join(folder, 'samples'))
        os.mkdir(os.path.join(folder, 'build'))
        commands(readme, makefile, program, folder)

        minimal = read('samples/minimal.yaml')
        check('the input is samples/minimal.yaml',
              f'```yaml\n{minimal}```' in readme)
        shown = re.search(r'```\n(season\.yaml:.*?)```', readme, re.S)
        check('the README shows a message', shown)
        with open(os.path.join(folder, 'season.yaml'), 'w',
                  encoding='utf-8') as file:
            file.write(re.sub(r'^growth: .*', 'growth: 30', minimal,
                              flags=re.M))
        done = run(f'{program} check season.yaml', folder)
        said = done.stderr.decode()
        check('the message is what headroom says',
              shown and said.startswith(shown.group(1)), said)
    for path in re.findall(r'\]\(([^)h][^)]*)\)', readme):
        check(f'{path} exists', os.path.exists(os.path.join(TREE, path)))
    close()


if __name__ == '__main__':
    main()
