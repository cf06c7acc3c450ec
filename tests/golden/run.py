#!/usr/bin/python3
"""The samples give the documents that were once looked at and found good.

usage: run.py [--program HEADROOM] [--build DIR] [--ask]

For each case the plan of the documents (--to dump), the JSON, the words of the
PDF page by page, and every cell of the workbook with its formula and result
stand beside this file as text, and the mail's subject and text.  --ask shows what differs and asks whether the
new text is to stand.
"""
import argparse
import difflib
import email
import email.policy
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
CASES = {
    'minimal-en': ['samples/minimal.yaml', '--lang', 'en'],
    'double11-zh': ['samples/2026-double11', '--lang', 'zh'],
    'double11-low-en': ['samples/2026-double11', '--lang', 'en', '--scenario',
                        'low'],
    'measured-en': ['samples/measured', '--lang', 'en'],
    'from-tools-en': ['samples/from-tools', '--lang', 'en', '--template',
                      'archive'],
}
MAILS = ['double11-zh', 'double11-low-en', 'double11-both', 'measured-en',
         'own-both', 'brief-en']
# What only the plan is looked at for: all that is said stands in it.
PLANS = {
    'double11-en': ['samples/2026-double11', '--lang', 'en'],
    'double11-both': ['samples/2026-double11', '--lang', 'zh+en'],
    'measured-zh': ['samples/measured', '--lang', 'zh'],
    'from-tools-zh': ['samples/from-tools', '--lang', 'zh', '--template',
                      'archive'],
    'brief-en': ['samples/2026-double11', '--lang', 'en', '--template',
                 'brief'],
    'own-both': ['samples/2026-double11', '--lang', 'zh+en', '--template',
                 'samples/template-own/template.yaml'],
}
MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
LINK = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'


def cells(path):
    """Every cell of a workbook, a line each."""
    lines = []
    with zipfile.ZipFile(path) as book:
        def part(name):
            return xml.fromstring(book.read(name))
        shared = []
        if 'xl/sharedStrings.xml' in book.namelist():
            shared = [''.join(t.text or '' for t in item.iter(MAIN + 't'))
                      for item in part('xl/sharedStrings.xml')]
        targets = {r.get('Id'): r.get('Target')
                   for r in part('xl/_rels/workbook.xml.rels')}
        for sheet in part('xl/workbook.xml').iter(MAIN + 'sheet'):
            lines.append(f'== {sheet.get("name")}')
            for cell in part('xl/' + targets[sheet.get(LINK + 'id')]).iter(
                    MAIN + 'c'):
                value, formula = cell.find(MAIN + 'v'), cell.find(MAIN + 'f')
                text = value.text or '' if value is not None else ''.join(
                    t.text or '' for t in cell.iter(MAIN + 't'))
                if cell.get('t') == 's':
                    text = shared[int(text)]
                if formula is None and not text:
                    continue
                lines.append('\t'.join([
                    cell.get('r'), text.replace('\n', '\\n'),
                    '=' + formula.text if formula is not None else '']))
    return '\n'.join(line.rstrip() for line in lines) + '\n'


def words(path):
    text = subprocess.run(['pdftotext', '-layout', path, '-'], check=True,
                          stdout=subprocess.PIPE).stdout.decode()
    return re.sub(r'[ \t]+$', '', text, flags=re.M)


def plan(program, arguments):
    """What the documents are going to say."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([program, 'report', *arguments, '-q', '--to',
                               'dump', '-o', folder], cwd=TREE, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), encoding='utf-8') as file:
                return file.read()
        return done.stderr.decode()


def mail(program, arguments):
    """Subject and text of the mail; what is attached changes with every look."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([program, 'mail', *arguments, '-q', '-o', folder],
                              cwd=TREE, check=False, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE)
        files = {name.rsplit('.', 1)[1]: os.path.join(folder, name)
                 for name in os.listdir(folder)}
        if 'eml' not in files:
            return done.stderr.decode()
        with open(files['eml'], 'rb') as file:
            subject = email.message_from_binary_file(
                file, policy=email.policy.default)['Subject']
        with open(files['txt'], encoding='utf-8') as file:
            text = re.sub(r'[\d,]+( bytes| 字节)([,，])\s?SHA-256\s\w+',
                          r'SIZE\1\2 SHA-256 HASH', file.read())
        return f'Subject: {subject}\n\n{text}'


def documents(program, arguments):
    """Name and text of what one case gives."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, 'out')
        done = subprocess.run([program, 'report', *arguments, '-o', out],
                              cwd=TREE, check=False, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE)
        found = {'stdout.txt': done.stdout.decode().replace(out, 'OUT'),
                 'stderr.txt': done.stderr.decode()}
        for name in sorted(os.listdir(out)) if os.path.isdir(out) else []:
            path = os.path.join(out, name)
            if name.endswith('.json'):
                with open(path, encoding='utf-8') as file:
                    found['report.json'] = file.read()
            elif name.endswith('.pdf'):
                found['pages.txt'] = words(path)
            elif name.endswith('.xlsx'):
                found['cells.txt'] = cells(path)
        return found


def compare(case, name, text, ask):
    path = os.path.join(HERE, case, name)
    before = ''
    if os.path.exists(path):
        with open(path, encoding='utf-8') as file:
            before = file.read()
    if before == text and os.path.exists(path):
        return True
    sys.stdout.writelines(list(difflib.unified_diff(
        before.splitlines(True), text.splitlines(True),
        f'{case}/{name}', 'now'))[:60])
    if not ask:
        return False
    if input(f'{case}/{name}: is the new text to stand? [y/N] ') != 'y':
        return False
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--program')
    parser.add_argument('--build', default='build')
    parser.add_argument('--ask', action='store_true')
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program or
                              os.path.join(arguments.build, 'headroom'))
    os.environ.setdefault('HEADROOM_SHARE', TREE)
    passed = failed = 0
    for case, words_of in {**CASES, **PLANS}.items():
        found, expected = {}, {'plan.txt'}
        if case in CASES:
            found = documents(program, words_of)
            expected |= {'stdout.txt', 'stderr.txt', 'report.json',
                         'pages.txt', 'cells.txt'}
        found['plan.txt'] = plan(program, words_of)
        if case in MAILS:
            found['mail.txt'] = mail(program, words_of)
            expected.add('mail.txt')
        for name in sorted(expected | set(found)):
            if name in found and compare(case, name, found[name],
                                         arguments.ask):
                passed += 1
            else:
                print(f'failed: {case}/{name}')
                failed += 1
    print(f'{passed} passed, {failed} failed')
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
