#!/usr/bin/python3
"""Documents stay small enough to be sent, and so does the memory they take.

usage: test_sizes.py PROGRAM [--full]

The PDF of 5,000 links, a page of 50 links, the sample's PDF and the mail with
both of its documents attached.  Bounds are of the whole files.  The long form
reports 20,000 links with eight steps each within 128 MiB of memory.
"""
import os
import subprocess
import sys

from common import TREE, Tally, arguments, run, said, temporary

KB, MB = 1000, 1000 * 1000
LINKS, MEMORY = 20000, 128 * 1024  # [KiB]
SAMPLE = os.path.join(TREE, 'samples', '2026-double11')
# what, the command's words, links to generate, suffix, most bytes
BOUNDS = [
    ('the PDF of 5,000 links', ['report', '--to', 'pdf'], 5000, '.pdf',
     2 * MB),
    ('a page of 50 links', ['report', '--to', 'pdf', '--template', 'brief'],
     50, '.pdf', 60 * KB),
    ("the sample's PDF", ['report', '--to', 'pdf'], None, '.pdf', 150 * KB),
    ("the sample's mail", ['mail'], None, '.eml', 400 * KB),
]


def season(folder, links):
    """The folder of a generated season, or the sample's."""
    if links is None:
        return SAMPLE
    data = os.path.join(folder, f'season{links}')
    subprocess.run([sys.executable,
                    os.path.join(TREE, 'tests', 'bench', 'generate.py'),
                    str(links), data], check=True)
    return data


def size_of(folder, suffix):
    return sum(os.path.getsize(os.path.join(folder, name))
               for name in os.listdir(folder) if name.endswith(suffix))


def peak_memory(program, out, data):
    """(status, peak in KiB) of a report of the usual set."""
    process = subprocess.Popen([program, 'report', '-q', '-o', out, data],
                               stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss


def main():
    program, full = arguments(__doc__)
    tally = Tally()
    with temporary() as base:
        for number, (what, words, links, suffix, most) in enumerate(BOUNDS):
            out = os.path.join(base, f'out{number}')
            ran = run([program, *words, '-q', '-o', out, season(base, links)])
            tally.check(ran.returncode == 0, f'{what}: {said(ran)}')
            size = size_of(out, suffix) if ran.returncode == 0 else 0
            tally.check(0 < size <= most,
                        f'{what} takes {size} bytes, more than {most}')
        if full and 'HEADROOM_SANITIZED' not in os.environ:
            status, peak = peak_memory(program, os.path.join(base, 'large'),
                                       season(base, LINKS))
            tally.check(status == 0, f'{LINKS} links: status {status}')
            tally.check(peak <= MEMORY, f'{LINKS} links take {peak} KiB of '
                        f'memory, more than {MEMORY}')
    tally.close()


if __name__ == '__main__':
    main()
