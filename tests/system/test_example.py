#!/usr/bin/python3
"""The example that every check starts from: order 15,000 and cart 150,000 at
1.5 times, 14,000 and 140,000 at 1.4 times, in JSON, PDF text and workbook.
"""
import json
import os
import re
import sys

from common import (TREE, Tally, arguments, has, need_modules, run, said,
                    temporary)

need_modules('openpyxl')

EXPECTED = {'plan': {'order.submit': 15000, 'cart.add': 150000},
            'low': {'order.submit': 14000, 'cart.add': 140000}}


def pdf_numbers(path):
    """Every number in a PDF's text, without its thousands commas."""
    text = run(['pdftotext', '-layout', path, '-']).stdout.decode('utf-8')
    return {x.replace(',', '') for x in re.findall(r'[0-9][0-9,]*', text)}


def cells(path):
    """Every value of a workbook, by its sheets."""
    import openpyxl
    book = openpyxl.load_workbook(path, data_only=True)
    return {value for sheet in book for row in sheet.iter_rows(
        values_only=True) for value in row if value is not None}


def main():
    program, _ = arguments(__doc__)
    tally = Tally()
    season = os.path.join(TREE, 'samples', '2026-double11')
    try:
        import openpyxl  # noqa: F401
        workbook = True
    except ImportError:
        workbook = False
        tally.skip('workbook cells: no openpyxl')
    if not has('pdftotext'):
        tally.skip('PDF text: no pdftotext')
    with temporary() as base:
        for scenario, wanted in EXPECTED.items():
            for lang in ('zh', 'en'):
                out = os.path.join(base, scenario + lang)
                ran = run([program, 'report', season, '--scenario', scenario,
                           '--lang', lang, '-o', out])
                if not tally.check(ran.returncode == 0, '%s %s: status %d, %s'
                                   % (scenario, lang, ran.returncode,
                                      said(ran))):
                    continue
                stem = os.path.join(out, '2026-double11-readiness' + (
                    '-low' if scenario == 'low' else ''))
                with open(stem + '.json', encoding='utf-8') as stream:
                    report = json.load(stream)
                targets = {x['link']: x['target_qps']
                           for x in report['links']}
                others = {x['id']: {y['link']: y['target_qps']
                                    for y in x['links']}
                          for x in report['scenarios']}
                found = pdf_numbers(stem + '.pdf') if has('pdftotext') else {}
                values = cells(stem + '.xlsx') if workbook else set()
                for link, target in wanted.items():
                    what = '%s %s: %s %d in the ' % (scenario, lang, link,
                                                     target)
                    tally.check(targets.get(link) == target, what + 'JSON')
                    for other, numbers in EXPECTED.items():
                        tally.check(others[other].get(link) == numbers[link],
                                    what + 'scenarios of the JSON')
                    if found:
                        tally.check(str(target) in found, what + 'PDF')
                    if workbook:
                        tally.check(target in values, what + 'workbook')
    tally.close()


if __name__ == '__main__':
    sys.exit(main())
