"""What a report holds, told to the floor: its cells and its pages as scripts.

floor.c says what the lines mean.
"""
import html
import re
import subprocess
import xml.etree.ElementTree as xml
import zipfile

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
LINK = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+"'
                  r' yMax="([\d.]+)">(.*?)</word>')
# the height of a line of Noto Sans CJK over its size
LINE_HEIGHT = 1.448


def place(reference):
    """B7 -> (6, 1)"""
    letters = re.match('[A-Z]+', reference).group()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(reference[len(letters):]) - 1, column - 1


def flat(text):
    return re.sub(r'[\t\n\r]', ' ', text)


def cells(book_path, script_path):
    """Writes the script of a workbook's cells; returns how many there are."""
    count = 0
    with zipfile.ZipFile(book_path) as book, \
            open(script_path, 'w', encoding='utf-8') as script:
        shared = []
        if 'xl/sharedStrings.xml' in book.namelist():
            with book.open('xl/sharedStrings.xml') as part:
                for _, item in xml.iterparse(part):
                    if item.tag == MAIN + 'si':
                        shared.append(''.join(t.text or '' for t in
                                              item.iter(MAIN + 't')))
                        item.clear()
        targets = {r.get('Id'): r.get('Target') for r in xml.fromstring(
            book.read('xl/_rels/workbook.xml.rels'))}
        names = xml.fromstring(book.read('xl/workbook.xml'))
        for sheet in names.iter(MAIN + 'sheet'):
            script.write(f'S\t{sheet.get("name")}\n')
            with book.open('xl/' + targets[sheet.get(LINK + 'id')]) as part:
                for _, row in xml.iterparse(part):
                    if row.tag != MAIN + 'row':
                        continue
                    for cell in row.iter(MAIN + 'c'):
                        count += write_cell(script, cell, shared)
                    row.clear()
    return count


def write_cell(script, cell, shared):
    value, formula = cell.find(MAIN + 'v'), cell.find(MAIN + 'f')
    kind = cell.get('t')
    text = value.text if value is not None else ''.join(
        t.text or '' for t in cell.iter(MAIN + 't'))
    if not text and formula is None:
        return 0
    if kind == 's':
        text = shared[int(text)]
    row, column = place(cell.get('r'))
    head = f'{row}\t{column}\t{cell.get("s") or 0}\t'
    if formula is not None:
        quote = '"' if kind == 'str' else ''
        script.write(f'f\t{head}={flat(formula.text)}\t{quote}{flat(text or "")}\n')
    elif kind in ('s', 'inlineStr', 'str'):
        script.write(f's\t{head}{flat(text)}\n')
    else:
        script.write(f'n\t{head}{text}\n')
    return 1


def pages(pdf_path, script_path):
    """Writes the script of a PDF's pages; returns pages and characters."""
    words = subprocess.run(['pdftotext', '-bbox', pdf_path, '-'], check=True,
                           stdout=subprocess.PIPE).stdout.decode()
    plain = subprocess.run(['qpdf', '--qdf', '--object-streams=disable',
                            pdf_path, '-'], check=False,
                           stdout=subprocess.PIPE).stdout
    fills = len(re.findall(rb'(?m)^(?:.* )?f\*?$', plain))
    strokes = len(re.findall(rb'(?m)^(?:.* )?S$', plain))
    parts = words.split('<page ')[1:]
    characters = 0
    with open(script_path, 'w', encoding='utf-8') as script:
        for part in parts:
            script.write('P\n')
            for x, top, bottom, text in WORD.findall(part):
                text = html.unescape(text)
                characters += len(text)
                size = (float(bottom) - float(top)) / LINE_HEIGHT
                script.write(f'T\t{x}\t{bottom}\t{size:.2f}\t{flat(text)}\n')
            script.write(f'R\t{fills // len(parts)}\n')
            script.write(f'L\t{strokes // len(parts)}\n')
    return len(parts), characters
