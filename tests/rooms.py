#!/usr/bin/python3
"""Hold the includes of src/ against the rooms: data goes one way.

Each room names the rooms whose headers it may include, and each outside
library the files that may know it.
"""
import os
import re
import sys

TREE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOMS = {
    'base': set(),
    'model': {'base'},
    'results': {'base', 'model'},
    'input': {'base', 'model', 'results'},
    'assess': {'base', 'model'},
    'document': {'base', 'model', 'assess'},
    'render': {'base', 'document'},
}
LIBRARIES = {
    'yaml.h': {'src/input/yaml.c'},
    'jansson.h': {'src/input/read_previous.c', 'src/results/'},
    'gmp.h': {'src/assess/capacity.c'},
    'pthread.h': {'src/render/beside.c', 'src/render/xlsx_rows.c',
                  'src/results/'},
    'xlsxwriter.h': {'src/render/xlsx.c', 'src/render/xlsx_scratch.c'},
    'libdeflate.h': {'src/render/pdf_file.c'},
    'png.h': {'src/render/picture.c'},
    'hb': {'src/render/'},
    'ft2build.h': {'src/render/'},
    'expat.h': {'src/render/', 'src/results/'},
    'unzip.h': {'src/render/readback.c', 'src/render/xlsx_package.c'},
    'zip.h': {'src/render/xlsx_package.c'},
    'zlib.h': {'src/input/png.c', 'src/render/', 'src/results/file.c'},
    'nettle/': {'src/base/source.c', 'src/render/', 'src/results/'},
    'linebreak.h': {'src/render/'},
    'gmime/': {'src/render/mail_mime.c'},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', re.M)


def faults(path, text):
    """What is wrong with the includes of one file."""
    parts = path.split('/')
    room = parts[1] if len(parts) > 2 else None
    if room is not None and room not in ROOMS:
        yield f'{path}: {room}/ is no room of the table'
        return
    for kind, name in INCLUDE.findall(text):
        if kind == '"':
            if '/' not in name:
                if room is None:
                    continue  # beside main.c
                yield f'{path}: "{name}" names no room'
                continue
            other = name.split('/')[0]
            if room and other != room and other not in ROOMS[room]:
                yield f'{path}: {room}/ may not include {name}'
        for library, places in LIBRARIES.items():
            if kind == '<' and name.startswith(library):
                if not any(path.startswith(place) for place in places):
                    yield f'{path}: <{name}> belongs to {sorted(places)}'


def main():
    passed = failed = 0
    for folder, _, names in sorted(os.walk(os.path.join(TREE, 'src'))):
        for name in sorted(names):
            if not name.endswith(('.c', '.h')):
                continue
            full = os.path.join(folder, name)
            with open(full, encoding='utf-8') as file:
                found = list(faults(os.path.relpath(full, TREE), file.read()))
            for fault in found:
                print(fault)
            passed += not found
            failed += bool(found)
    # the check must be able to fail
    for path, text in (('src/model/x.c', '#include "assess/assess.h"'),
                       ('src/assess/x.c', '#include <yaml.h>'),
                       ('src/base/x.c', '#include "arena.h"')):
        if list(faults(path, text)):
            passed += 1
        else:
            print(f'{path}: {text} should not be allowed')
            failed += 1
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
