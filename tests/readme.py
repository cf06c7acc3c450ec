#!/usr/bin/python3
"""What the README says is so: its commands run, its examples are real.

usage: readme.py HEADROOM
"""
import os
import re
import subprocess
import sys
import tempfile

TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
passed = failed = 0


def check(claim, good, found=''):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f'failed: {claim}: {found}')


def read(path):
    with open(os.path.join(TREE, path), encoding='utf-8') as file:
        return file.read()


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
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
