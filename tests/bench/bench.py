#!/usr/bin/python3
"""Measure a whole report against the floor and the peer.

usage: bench.py --build DIR [--quick]

Ratios of medians would hide drift of the machine, so runs are paired (A B A B)
and the median of the pairs' ratios is printed: wall time, CPU time (user and
system) and peak memory.  Below 1 headroom needs less.  Bare times would say
more of the machine than of the program, so there are none.

floor  floor.c: the same YAML parsed, the same cells, the same pages
peer   peer.py: the same job with PyYAML, XlsxWriter and ReportLab
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

import script

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
FONTS = os.path.join(TREE, 'fonts', 'fonts.txt')
REFERENCE = os.path.join(TREE, '..', 'shared', 'bench')
# links: pairs against the floor, pairs against the peer
SIZES = {20: (21, 11), 200: (11, 7), 2000: (7, 5), 20000: (1, 1)}


def measure(command):
    """(wall, CPU, peak memory) of one run."""
    begin = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode != 0:
        sys.exit(f'{command}: status {process.returncode}\n{said.decode()}')
    return (time.monotonic() - begin, usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss)


def together(runs):
    """Several programs in a row: times add up, memory is the largest."""
    return sum(r[0] for r in runs), sum(r[1] for r in runs), \
        max(r[2] for r in runs)


def compare(ours, theirs, pairs):
    """Median ratios ours over theirs; each is a list of commands."""
    ratios = ([], [], [])
    for number in range(pairs + 1):
        a = together([measure(command) for command in ours])
        b = together([measure(command) for command in theirs])
        if number == 0 and pairs > 1:
            continue  # warms the caches
        for kept, mine, other in zip(ratios, a, b):
            kept.append(mine / other)
        if pairs == 1:
            break
    return [statistics.median(kept) for kept in ratios]


def show(links, against, ratios, pairs):
    print(f'{links:>6} links  {against:<18}'
          f' wall {ratios[0]:6.3f}   CPU {ratios[1]:6.3f}'
          f'   memory {ratios[2]:6.3f}   ({pairs} pairs)', flush=True)


def font():
    """File and face of the regular font."""
    with open(FONTS, encoding='utf-8') as file:
        for line in file:
            fields = line.split()
            if len(fields) > 2 and fields[0] == 'regular':
                path = os.path.join(TREE, 'fonts', fields[1])
                if os.path.exists(path):
                    return path, fields[2]
    sys.exit('bench: no regular font')


def headroom(program, data, out):
    return [[program, 'report', '-q', '--lang', 'zh', data, '-o', out]]


def one_size(links, program, floor, folder):
    data, out = f'{folder}/{links}', f'{folder}/{links}.out'
    subprocess.run([sys.executable, f'{HERE}/generate.py', str(links), data],
                   check=True)
    ours = headroom(program, data, out)
    measure(ours[0])
    stem = f'{out}/2026-double11-readiness'
    count = script.cells(stem + '.xlsx', f'{folder}/cells')
    pages, characters = script.pages(stem + '.pdf', f'{folder}/pages')
    the_floor = [[floor, f'{folder}/cells', f'{folder}/pages', *font(), folder,
                  f'{data}/season.yaml', f'{data}/baselines.yaml',
                  f'{data}/results.yaml']]
    the_peer = [[sys.executable, f'{HERE}/peer.py', data, f'{folder}/peer']]
    floor_pairs, peer_pairs = SIZES[links]
    show(links, 'to the floor', compare(ours, the_floor, floor_pairs),
         floor_pairs)
    show(links, 'to the peer', compare(ours, the_peer, peer_pairs),
         peer_pairs)
    sizes = [(count, pages, characters)]
    for other in ('floor', 'peer'):
        sizes.append((script.cells(f'{folder}/{other}.xlsx',
                                   f'{folder}/unused'),
                      *script.pages(f'{folder}/{other}.pdf',
                                    f'{folder}/unused')))
    print(f'{"":>14}the same job? cells 1 : {sizes[1][0] / count:.2f} :'
          f' {sizes[2][0] / count:.2f},'
          f' pages 1 : {sizes[1][1] / pages:.2f} : {sizes[2][1] / pages:.2f},'
          f' characters 1 : {sizes[1][2] / characters:.2f} :'
          f' {sizes[2][2] / characters:.2f}', flush=True)


def reference(program, floor_folder, folder):
    """headroom, and the reference's own peer, against the reference's floor:
    whether ours are fair."""
    built = {}
    libraries = {
        'fyaml': ['-lyaml'], 'fxlsx': ['-lxlsxwriter', '-lm'],
        'fpdf': subprocess.run(
            ['pkg-config', '--cflags', '--libs', 'cairo', 'cairo-ft',
             'freetype2'], check=True,
            stdout=subprocess.PIPE).stdout.decode().split() + ['-lm']}
    for name, flags in libraries.items():
        built[name] = f'{folder}/{name}'
        subprocess.run(['gcc', '-O2', '-w', '-o', built[name],
                        f'{floor_folder}/{name}.c', *flags], check=True)
    path, index = font()
    for links, pairs in ((20, 9), (200, 7), (2000, 3)):
        data = f'{folder}/reference.{links}'
        subprocess.run([sys.executable, f'{REFERENCE}/gen.py', 'yaml',
                        str(links), data], check=True)
        files = [f'{data}/{name}.yaml'
                 for name in ('season', 'baselines', 'results')]
        ours = headroom(program, data, f'{folder}/reference.out')
        the_floor = [[built['fyaml'], 'ev', *files],
                     [built['fxlsx'], data, f'{folder}/r.xlsx', 'normal'],
                     [built['fpdf'], data, f'{folder}/r.pdf', 'glyph',
                      f'{path}#{index}']]
        the_peer = [[sys.executable, f'{REFERENCE}/peer_rl.py', data,
                     f'{folder}/r']]
        show(links, 'to reference floor', compare(ours, the_floor, pairs),
             pairs)
        show(links, 'to reference peer', compare(ours, the_peer, pairs),
             pairs)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', default='build')
    parser.add_argument('--quick', action='store_true',
                        help='20 and 200 links only')
    arguments = parser.parse_args()
    build = os.path.abspath(arguments.build)
    program, floor = f'{build}/headroom', f'{build}/tests/bench/floor'
    os.environ.setdefault('HEADROOM_SHARE', TREE)
    with tempfile.TemporaryDirectory() as folder:
        for links in SIZES:
            if links <= (200 if arguments.quick else max(SIZES)):
                one_size(links, program, floor, folder)
        if os.path.isdir(f'{REFERENCE}/floor'):
            reference(program, f'{REFERENCE}/floor', folder)


if __name__ == '__main__':
    main()
