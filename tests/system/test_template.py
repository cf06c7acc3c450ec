#!/usr/bin/python3
"""A template of the house's own: its logo, its classification and its paragraph
stand where the manual says, the same bytes each run; a logo that is missing,
cut off, damaged, huge or no PNG writes nothing.

usage: test_template.py PROGRAM [--full]
"""
import os
import random
import re
import shutil
import sys
import zipfile

from common import (STATUS_SYSTEM, TREE, Tally, arguments, can_strace, has,
                    run, said, snapshot, temporary)

SEASON = os.path.join(TREE, 'samples', '2026-double11')
OWN = os.path.join(TREE, 'samples', 'template-own')
STEM = '2026-double11-readiness'
WORDS = {'zh': ('仅限放行会', '放行会每周二开会', '内部'),
         'en': ('Release board only', 'the board meets on Tuesdays',
                'Internal')}
BASIS = {'zh': '口径与签署', 'en': 'Basis and sign-off'}


def squeeze(text):
    return re.sub(r'\s+', '', text)


def read(path):
    with open(path, 'rb') as stream:
        return stream.read()


def pages_of(pdf):
    text = run(['pdftotext', '-layout', pdf, '-']).stdout.decode('utf-8')
    return [squeeze(page) for page in text.split('\f')[:-1]]


def book_text(path, part):
    with zipfile.ZipFile(path) as book:
        return book.read(part)


def make(program, out, template, lang, *more, season=SEASON, to='eml,pdf'):
    return run([program, 'report', '-q', season, '--template', template,
                '--lang', lang, '--to', to, '-o', out, *more])


def the_sample(tally, program, base):
    """What the sample promises, in each language."""
    logo = read(os.path.join(OWN, 'logo.png'))
    for lang in ('zh', 'en', 'zh+en'):
        out, again = (os.path.join(base, x) for x in ('one', 'two'))
        for folder in (out, again):
            ran = make(program, folder, os.path.join(OWN, 'template.yaml'),
                       lang)
            if not tally.check(ran.returncode == 0, said(ran)):
                return
        tally.check(snapshot(out) == snapshot(again), f'{lang}: same bytes')
        stem = os.path.join(out, STEM)
        pages = pages_of(stem + '.pdf')
        images = run(['pdfimages', '-list', stem + '.pdf']).stdout.decode()
        shown = re.findall(r'^ *(\d+) +\d+ image +120 +80 .*$', images, re.M)
        tally.check([int(x) for x in shown] ==
                    list(range(1, len(pages) + 1)),
                    f'{lang}: the logo on pages {shown} of {len(pages)}')
        objects = set(re.findall(r' image +(?:yes|no) +(\d+)', images))
        tally.check(len(objects) == 1, f'{lang}: the logo is there once')
        text, html = (read(stem + x).decode() for x in ('.txt', '.html'))
        about = book_text(stem + '.xlsx', 'xl/worksheets/sheet1.xml').decode()
        for language in lang.split('+'):
            own, extra, season = map(squeeze, WORDS[language])
            tally.check(all(own in page for page in pages),
                        f'{lang}: {own} on every page')
            tally.check(not any(season in page for page in pages)
                        and f'[{season}]' not in text,
                        f'{lang}: the season\'s {season} gives way')
            where = [i for i, page in enumerate(pages) if extra in page]
            tally.check(len(where) == 1
                        and squeeze(BASIS[language]) in pages[where[0]],
                        f'{lang}: {extra} on pages {where}')
            for what, document in (('text', text), ('HTML', html),
                                   ('About', about)):
                tally.check(extra in squeeze(document),
                            f'{lang}: {extra} is not in the {what}')
            tally.check(f'[{own}]' in squeeze(text), f'{lang}: {own} heads it')
        lead = WORDS[lang.split('+')[0]][0]
        with zipfile.ZipFile(stem + '.xlsx') as book:
            for name in book.namelist():
                if name.startswith('xl/worksheets/sheet'):
                    sheet = book.read(name).decode()
                    foot = sheet[sheet.index('<oddFooter>'):]
                    tally.check(lead in foot and lead in
                                sheet[:sheet.index('<row r="4')
                                      if '<row r="4' in sheet else None],
                                f'{lang}: {lead} in {name}')
        tally.check('<img' not in html and 'url(' not in html,
                    f'{lang}: no picture in the mail')
        with zipfile.ZipFile(stem + '.xlsx') as book:
            pictures = [x for x in book.namelist() if 'media/' in x]
            tally.check(pictures == ['xl/media/image1.png'] and
                        book.read(pictures[0]) == logo,
                        f'{lang}: pictures {pictures}')
        alt = {'zh': '标志', 'en': 'Logo'}[lang.split('+')[0]]
        tally.check(f'descr="{alt}' in book_text(
            stem + '.xlsx', 'xl/drawings/drawing1.xml').decode(),
            f'{lang}: the logo in words')
        # columns in the order that the template gives
        order = {'zh': ('达成率', '缺口QPS', '目标', '达成QPS'),
                 'en': ('Attainment', 'Shortfall', 'Target',
                        'Achieved')}[lang.split('+')[0]]
        head = next((line for line in map(squeeze, run(
            ['pdftotext', '-layout', '-l', '1', stem + '.pdf', '-'])
            .stdout.decode().split('\n')) if order[0] in line
            and order[2] in line), '')
        places = [head.find(x) for x in order]
        tally.check(places == sorted(places) and places[0] >= 0,
                    f'{lang}: columns {head!r}')


def without_basis(tally, program, base):
    """The management brief has no basis page: nothing points to one, and the
    paragraph stands on page 1."""
    path, out = (os.path.join(base, x) for x in ('brief.yaml', 'brief'))
    extra = {'zh': '补充一段话', 'en': 'One more paragraph'}
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write(f'template: own\ninclude: {TREE}/templates/brief.yaml\n'
                     f'extra_text: {{zh: {extra["zh"]}, en: {extra["en"]}}}\n')
    for lang in ('zh', 'en', 'zh+en'):
        ran = make(program, out, path, lang)
        if not tally.check(ran.returncode == 0, said(ran)):
            continue
        pdf = os.path.join(out, STEM + '.pdf')
        text = ''.join(pages_of(pdf))
        # on a phone held sideways a point is about a pixel
        xml = run(['pdftohtml', '-xml', '-i', '-zoom', '1', '-stdout',
                   pdf]).stdout.decode('utf-8', 'replace')
        sizes = [int(x) for x in re.findall(r'<fontspec [^>]*size="(\d+)"', xml)]
        tally.check(sizes and min(sizes) >= 9 and max(sizes) >= 26,
                    f'brief {lang}: type of {sorted(set(sizes))} points')
        mail = squeeze(read(os.path.join(out, STEM + '.txt')).decode())
        for language in lang.split('+'):
            for what, found in (('PDF', text), ('mail', mail)):
                tally.check(squeeze(extra[language]) in found,
                            f'brief {lang}: the paragraph in the {what}')
                tally.check(squeeze(BASIS[language]) not in found,
                            f'brief {lang}: the {what} names the basis page')


def copy_template(base):
    """The sample's template in a folder of its own; the path of its logo."""
    folder = os.path.join(base, 'house')
    shutil.copytree(OWN, folder)
    path = os.path.join(folder, 'template.yaml')
    with open(path, encoding='utf-8') as stream:
        text = stream.read()
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write(text.replace('../../templates', TREE + '/templates'))
    return path, os.path.join(folder, 'logo.png')


def bad_logos(tally, program, base, full):
    """Whatever the file holds: documents, or an error at the place that names
    it and nothing written."""
    template, logo = copy_template(base)
    with open(template, encoding='utf-8') as stream:
        lines = stream.read().split('\n')
    place = 'template.yaml:%d:7: error: ' % (
        1 + next(i for i, x in enumerate(lines) if x.startswith('logo:')))
    good = read(logo)
    random_bytes = random.Random(5)
    cases = [b'', good[:-1], good[:60], b'\xff\xd8\xff\xe0', b'\x89PNG',
             good[:16] + b'\x00\x10\x00\x00' * 2 + good[24:],
             good + bytes(256 * 1024), good[:40], good[8:], None]
    for _ in range(300 if full else 20):
        changed = bytearray(good)
        for _ in range(random_bytes.choice((1, 2, 8))):
            changed[random_bytes.randrange(len(changed))] = \
                random_bytes.randrange(256)
        cases.append(bytes(changed))
    refused = 0
    for number, case in enumerate(cases):
        out = os.path.join(base, 'none')
        shutil.rmtree(out, ignore_errors=True)
        if os.path.exists(logo):
            os.unlink(logo)
        if case is not None:
            with open(logo, 'wb') as stream:
                stream.write(case)
        ran = make(program, out, template, 'en', to='pdf,xlsx')
        what = f'logo {number}: status {ran.returncode}, {said(ran)}'
        if case == good:
            continue
        refused += ran.returncode == 2
        tally.check(ran.returncode in (0, 2) and
                    (number >= 10 or ran.returncode == 2), what)
        if ran.returncode == 2:
            tally.check(place in ran.stderr.decode(), what)
            tally.check(not os.path.exists(out), what + ': written')
    tally.check(refused >= len(cases) * 9 // 10, f'{refused} were refused')
    with open(logo, 'wb') as stream:
        stream.write(good)
    # a disk that fails is the system's fault
    if not can_strace():
        tally.skip('a logo that cannot be read: no strace')
        return
    out = os.path.join(base, 'none')
    for call in ('openat', 'read', 'fstat'):
        shutil.rmtree(out, ignore_errors=True)
        ran = run(['strace', '-f', '-o', os.path.join(base, 'log'), '-P', logo,
                   '-e', f'inject={call},newfstatat:error=EIO' if
                   call == 'fstat' else f'inject={call}:error=EIO',
                   program, 'report', '-q', SEASON, '--template', template,
                   '-o', out])
        tally.check(ran.returncode == STATUS_SYSTEM and said(ran) and
                    not os.path.exists(out),
                    f'{call} of the logo fails: status {ran.returncode}')


def main():
    program, full = arguments(__doc__)
    tally = Tally()
    if not has('pdftotext') or not has('pdfimages'):
        tally.skip('templates: no pdftotext')
        sys.exit(0)
    with temporary() as base:
        the_sample(tally, program, base)
        without_basis(tally, program, base)
        bad_logos(tally, program, base, full)
    tally.close()


if __name__ == '__main__':
    main()
