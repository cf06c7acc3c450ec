#!/usr/bin/python3
"""What changed since an earlier report: its own JSON compared with itself says
that nothing did, that of a day before says what did, and each link's row shows
how it stood.  And the pages of every template lay out, on both papers.
"""
import json
import os
import re
import shutil
import sys

from common import Tally, arguments, has, run, said, temporary

TREE = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
SAMPLE = os.path.join(TREE, 'samples', '2026-double11')


def pages(path):
    return run(['pdftotext', '-layout', path, '-']).stdout.decode('utf-8')


def compare(program, base, name, previous):
    out = os.path.join(base, name)
    done = run([program, 'report', SAMPLE, '-q', '--lang', 'en', '--previous',
                previous, '-o', out])
    return done, os.path.join(out, '2026-double11-readiness.pdf')


def check_changes(tally, program, base):
    before = os.path.join(base, 'before')
    shutil.copytree(SAMPLE, before)
    path = os.path.join(before, 'season.yaml')
    with open(path, encoding='utf-8') as file:
        text = re.sub(r'(?m)^as_of:.*$', 'as_of: 2026-10-29', file.read())
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    for folder, source in (('then', before), ('now', SAMPLE)):
        run([program, 'report', source, '-q', '--to', 'json', '-o',
             os.path.join(base, folder)])
    file = '2026-double11-readiness.json'
    same = os.path.join(base, 'now', file)
    done, pdf = compare(program, base, 'same', same)
    tally.check(done.returncode == 0, 'compared with itself: ' + said(done))
    tally.check('since then nothing has changed' in pages(pdf),
                'compared with itself, nothing changed')
    then = os.path.join(base, 'then', file)
    done, pdf = compare(program, base, 'later', then)
    words = pages(pdf)
    tally.check(done.returncode == 0 and
                'The report as of 2026-10-29 said NO-GO; since then' in words,
                'the verdict then is said: ' + said(done))
    with open(then, encoding='utf-8') as stream:
        links = {x['link']: x for x in json.load(stream)['links']}
    old = links['order.submit']['attainment']
    row = [x for x in words.splitlines()
           if x.strip().startswith('Place order') and
           '%.1f%%' % (old * 100) in x]
    tally.check(len(row) == 1 and old > 0.762,
                'the row shows the old attainment: %s' % row)
    tally.check('\u2193 short' in words and '\u2191 untested' in words,
                'arrows show what is worse and what is better')


def check_templates(tally, program, base):
    own = os.path.join(TREE, 'samples', 'template-own', 'template.yaml')
    letter = os.path.join(base, 'letter.yaml')
    archive = os.path.join(TREE, 'templates', 'archive.yaml')
    with open(letter, 'w', encoding='utf-8') as file:
        file.write(f'template: letter\ninclude: {archive}\npaper: letter\n')
    for template in ('brief', 'review', 'archive', own, letter):
        for lang in ('zh', 'en', 'zh+en'):
            out = os.path.join(base, 'template')
            done = run([program, 'report', SAMPLE, '-q', '--to', 'pdf',
                        '--lang', lang, '--template', template, '-o', out])
            what = f'{os.path.basename(template)} {lang}'
            if not tally.check(done.returncode == 0,
                               f'{what}: {said(done)}'):
                continue
            count = pages(os.path.join(
                out, '2026-double11-readiness.pdf')).count('\f')
            # the brief is one page, two where it speaks two languages
            most = 2 if lang == 'zh+en' else 1
            tally.check((count <= most) == (template == 'brief'),
                        f'{what}: {count} pages')


def main():
    program, _ = arguments(__doc__)
    tally = Tally()
    if not has('pdftotext'):
        tally.skip('the text of the PDF: no pdftotext')
        sys.exit(0)
    with temporary() as base:
        check_changes(tally, program, base)
        check_templates(tally, program, base)
    tally.close()


if __name__ == '__main__':
    main()
