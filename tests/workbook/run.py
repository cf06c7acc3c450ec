#!/usr/bin/python3
"""The workbook against the JSON, and its formulas against headroom.

usage: run.py PROGRAM [--full] [--seed N] [--keep FOLDER]

1. The samples and hand-made seasons of odd names and numbers: every part well
   formed, the cells equal to the JSON, the rules of a decent workbook kept.
2. Those and random seasons, recalculated by Gnumeric and by LibreOffice: the
   numbers that headroom wrote, and no error in any cell.
3. A scenario, an approved number, a baseline, an optimisation, a scalar of the
   season changed in the file, recalculated by Gnumeric, and compared with a
   fresh run on an input that was changed the same way.

The last line is "N passed, N failed".
"""
import argparse
import datetime
import os
import random
import re
import shutil
import sys
import tempfile

import yaml

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'independent'))
import book  # noqa: E402
import generate  # noqa: E402

FUNCTIONS = set('''IF AND N ISNUMBER MIN MAX ROUND ROUNDUP ROUNDDOWN INDEX MATCH
SMALL CHOOSE COUNT COUNTIFS SUMIFS SUMPRODUCT'''.split())
LOADER = getattr(yaml, 'CBaseLoader', yaml.BaseLoader)

ODD = '''
season: odd
name: {zh: "=1+1", en: "=HYPERLINK(\\"x\\")"}
as_of: 2026-10-31
growth: 0.3
buffer: 0.2
slo: {p99_ms: 200, error_rate: 0.1%}
scenarios:
  - {id: "001", buffer: 0.1}
  - {id: plan}
  - {id: PLAN, multiplier: 2}
baselines:
  - {link: "=cmd|' /C calc'!A0", name: "http://example.org/a?b&c", peak_qps: 100, instances: 4, owner: "+1", note: "_x0041_ <b>&amp;</b>"}
  - {link: "_x0041_", name: "@SUM(A1)", peak_qps: 123456789012.123456789012, instances: 4}
  - {link: "*", name: "'0001", peak_qps: 0.000000000001, priority: P1}
  - {link: "?", name: "1e5", peak_qps: 99999999.999999, priority: P2, instances: 7}
  - {link: "TRUE", name: "mailto:a@b.c", peak_qps: 10, priority: P2, due: 1850-01-01}
  - {link: "internal:x!A1", target_qps: 10.5}
  - {link: "%s", peak_qps: 3}
results:
  - link: "=cmd|' /C calc'!A0"
    date: 2026-10-30
    tool: "=1+1"
    steps: [{qps: 149.9999999, p99_ms: 10, error_rate: 0, concurrency: 1}, {qps: 200, p99_ms: 201, error_rate: 0, concurrency: 2}]
  - link: "?"
    date: 2026-10-30
    steps: [{qps: 123456789.123456789, p99_ms: 10.000000000001, error_rate: 0}, {qps: 0, p99_ms: 201, error_rate: 1}]
  - link: "TRUE"
    date: 1899-12-31
    steps: [{qps: 5, p99_ms: 10, error_rate: 0}]
'''

ONE = '''
season: one
multiplier: 1.5
as_of: 2026-10-31
slo: {p99_ms: 200, error_rate: 0.1%}
baselines: [{link: a, peak_qps: 10}]
'''


def write(folder, name, text):
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


# --- 1: what a decent workbook is -------------------------------------------

def check_file(tally, what, path, folder, report, lang):
    faults = book.unsound_parts(path, folder)
    tally.check(not faults, what + ': ' + faults[:300])
    results, formulas = book.read(path), book.read(path, False)
    if report['season']['id'] != 'odd':
        book.compare(tally, what, results, report, lang)
        book.compare_steps(tally, what, results, report, lang)
    tally.check(not book.has_errors(results), what + ': errors written')
    tally.check(len(formulas.defined_names) <= 12 + len(formulas.sheetnames) * 3
                and len([n for n in names_of(formulas)
                         if not n.startswith('_xlnm')]) <= 12,
                what + ': more than 12 names')
    tally.check(results.properties.created is not None and
                abs(results.properties.created.year -
                    int(report['season']['as_of'][:4])) <= 1,
                what + ': created')
    for ws in formulas:
        check_sheet(tally, what + ', ' + ws.title, ws)
        check_formulas(tally, what, ws, results[ws.title])


def names_of(workbook):
    names = workbook.defined_names
    return [n.name for n in getattr(names, 'definedName', [])] or list(names)


def check_sheet(tally, what, ws):
    tally.check(not ws.merged_cells.ranges, what + ': merged cells')
    tally.check(ws['A1'].value and ws['A2'].value and ws['A3'].value,
                what + ': A1 to A3')
    tally.check(ws.page_setup.orientation == 'landscape' and
                ws.page_setup.fitToHeight == 0 and
                ws.sheet_properties.pageSetUpPr.fitToPage,
                what + ': not one page wide')
    tally.check(ws.print_area and ws.oddFooter.right.text, what + ': print')
    tally.check(all(d.width for d in ws.column_dimensions.values()),
                what + ': widths')
    tally.check(not any(d.hidden for d in ws.column_dimensions.values()),
                what + ': hidden columns')
    if ws.freeze_panes:
        tally.check(ws.print_title_rows, what + ': the head is not repeated')
        heads = [c.value for c in ws[book.HEAD] if c.value is not None]
        tally.check(len(heads) == len(set(heads)), what + ': two heads alike')


def check_formulas(tally, what, ws, results):
    for line in ws.iter_rows():
        for cell in line:
            if cell.data_type == 'f':
                text = re.sub(r'"[^"]*"|\'[^\']*\'', '', cell.value)
                used = set(re.findall(r'([A-Z][A-Z0-9.]*)\(', text))
                if not used <= FUNCTIONS:
                    tally.check(False, f'{what}: {cell.coordinate} uses '
                                f'{used - FUNCTIONS}')
                if results[cell.coordinate].value is None:
                    tally.check(False, f'{what}: {ws.title} {cell.coordinate} '
                                'carries no result')
    tally.check(True, what)


def check_odd(tally, path, lang):
    """Texts stay texts."""
    formulas = book.read(path, False)
    ws = book.sheet(formulas, 'links', lang)
    texts = {cell.value: cell for line in ws.iter_rows() for cell in line
             if cell.data_type in ('s', 'inlineStr')}
    for text in ("=cmd|' /C calc'!A0", 'http://example.org/a?b&c', '@SUM(A1)',
                 "'0001", '1e5', 'TRUE', 'internal:x!A1', '%s', '+1', '?', '*',
                 'mailto:a@b.c'):
        tally.check(text in texts and texts[text].hyperlink is None,
                    f'odd: {text} is no plain text')
    # a reader that knows the format's escapes gives back what was written
    plain = {value.replace('_x005F_', '_') for value in texts}
    tally.check('_x0041_' in plain and '_x0041_ <b>&amp;</b>' in plain,
                'odd: _x0041_')
    tally.check(any('123456789012.123456789012' in value for value in texts),
                'odd: the exact value is lost')


# --- 3: the workbook is alive --------------------------------------------------

class Changed:
    """An input read back as text, changed, and written elsewhere."""

    def __init__(self, inputs, folder):
        self.documents, self.inputs = [], []
        shutil.rmtree(folder, ignore_errors=True)
        for number, path in enumerate(inputs):
            base = os.path.join(folder, str(number))
            files = [path]
            if os.path.isdir(path):
                files = [os.path.join(at, name) for at, _, names in
                         os.walk(path) for name in names
                         if name.endswith(('.yaml', '.yml')) and '/.' not in
                         os.path.join(at, name)[len(path):]]
                self.inputs.append(base)
            for file in files:
                target = os.path.join(base, os.path.relpath(file, path)
                                      if os.path.isdir(path)
                                      else os.path.basename(file))
                if not os.path.isdir(path):
                    self.inputs.append(target)
                with open(file, encoding='utf-8-sig') as text:
                    self.documents.append(
                        [target, yaml.load(text, LOADER) or {}])

    def baselines(self):
        for _, document in self.documents:
            yield from document.get('baselines', [])

    def season(self, key, value):
        for _, document in self.documents:
            if key in document:
                document[key] = value
                return
        self.documents[0][1][key] = value

    def save(self):
        for path, document in self.documents:
            write(os.path.dirname(path), os.path.basename(path),
                  yaml.safe_dump(document, allow_unicode=True, width=10000)
                  if document else '')
        return self.inputs


# What can be changed of a link: its key, and the heading of its cell.
OF_LINK = {'approved_instances': 'column.approved_instances',
           'peak_qps': 'column.peak_qps',
           'optimisation': 'column.optimisation',
           'growth': 'sheet.column.own_growth',
           'buffer': 'sheet.column.own_buffer',
           'target_qps': 'sheet.column.own_target',
           'safe_level': 'sheet.column.own_safe',
           'scale_efficiency': 'sheet.column.own_scale',
           'validity_days': 'sheet.column.own_validity',
           'priority': 'column.priority', 'due': 'column.due'}
# What can be changed of the season: its key, and the words of its row.
OF_SEASON = {'validity_days': 'assume.validity',
             'scale_efficiency': 'assume.efficiency',
             'safe_level': 'assume.safe_level',
             'max_extrapolation': 'assume.extrapolation',
             'as_of': 'sheet.assume.as_of', 'freeze': 'assume.freeze',
             'zones': 'sheet.assume.zones',
             'survive_zones': 'sheet.assume.lost'}


def day(report, rng, low, high):
    return datetime.date.fromisoformat(report['season']['as_of'][:10]) + \
        datetime.timedelta(days=rng.randint(low, high))


def value_for_link(rng, key, entry, baseline, report):
    """Another value for a key of a link; None where it may not be changed."""
    if key == 'approved_instances' and 'instances' in baseline:
        quota = entry['max_instances'] or entry['instances'] + 60
        return rng.randint(0, max(0, quota - entry['instances']))
    if key == 'peak_qps' and 'peak_qps' in baseline:
        new = round(entry['peak_qps'] *
                    rng.choice([0.25, 0.5, 0.9, 1.25, 2, 3]), 3) or 1
        return new if new < 1e8 else None
    if key in ('growth', 'buffer') and 'multiplier' not in baseline:
        return rng.choice([0, 0.1, 0.3, 1.2])
    if key == 'target_qps':
        return rng.choice([500, 1000.5, 12000, 99999])
    if key == 'optimisation':
        return rng.choice([0, 0.05, 0.1, 0.25, 0.333, 1])
    if key in ('safe_level', 'scale_efficiency'):
        return rng.choice([0.5, 0.7, 0.85, 1])
    if key == 'validity_days':
        return rng.choice([1, 7, 30, 365])
    if key == 'priority':
        return rng.choice(['P0', 'P1', 'P2'])
    if key == 'due':
        return day(report, rng, -5, 40)
    return None


def value_for_season(rng, key, changed, report):
    if key in ('safe_level', 'scale_efficiency'):
        return rng.choice([0.5, 0.7, 0.85, 1])
    if key == 'validity_days':
        return rng.choice([1, 5, 30, 365])
    if key == 'max_extrapolation':
        return rng.choice([1, 1.1, 1.25, 2, 10])
    if key == 'as_of':
        return day(report, rng, -20, 0)
    if key == 'freeze':
        return day(report, rng, -5, 40)
    if key == 'zones' and all('instances' in b for b in changed.baselines()):
        return rng.randint(2, 4)
    return None


def choose(rng, changed, report):
    """One change: ('scenario', id), (key, value) of the season, or
    (key, {link: value}); None when what was drawn cannot be changed here."""
    draw = rng.random()
    if draw < 0.15:
        others = [s['id'] for s in report['scenarios']
                  if s['id'] != report['scenario']]
        return ('scenario', rng.choice(others)) if others else None
    if draw < 0.4:
        key = rng.choice([k for k in OF_SEASON if k != 'survive_zones'])
        value = value_for_season(rng, key, changed, report)
        return (key, value) if value is not None else None
    entries = {entry['link']: entry for entry in report['links']}
    baselines = list(changed.baselines())
    key = rng.choice(list(OF_LINK))
    values = {}
    for baseline in rng.sample(baselines,
                               min(len(baselines), rng.randint(1, 3))):
        value = value_for_link(rng, key, entries[baseline['link']], baseline,
                               report)
        if value is not None:
            values[baseline['link']] = value
    return (key, values) if values else None


def spell(key, value):
    """As the YAML has it: above 1 a ratio is given by per cent."""
    if key in ('optimisation', 'growth', 'buffer'):
        return '%g%%' % (value * 100)
    return '%.12g' % value if isinstance(value, float) else str(value)


def change_input(changed, key, values):
    if key == 'zones':
        changed.season('survive_zones', '1')
    if key in OF_SEASON and not isinstance(values, dict):
        changed.season(key, spell(key, values))
    for baseline in changed.baselines():
        if isinstance(values, dict) and baseline['link'] in values:
            baseline[key] = spell(key, values[baseline['link']])


def change_season(workbook, lang, key, value):
    """In the column to try things in, which is then chosen."""
    ws = book.sheet(workbook, 'assumptions', lang)
    custom = [cell.column for cell in ws[book.HEAD]
              if cell.value == book.word('sheet.custom', lang)][0]
    values = {key: value}
    if key == 'zones':
        values['survive_zones'] = 1
    for row in range(book.DATA, ws.max_row + 1):
        for name, new in values.items():
            if ws.cell(row, 1).value == book.word(OF_SEASON[name], lang):
                ws.cell(row, custom).value = new
    ws['B6'] = book.word('sheet.custom', lang)


def change_links(workbook, lang, key, values):
    ws = book.sheet(workbook, 'links', lang)
    unit = book.columns(ws, {'unit': 'sheet.column.unit'}, lang, '')['unit']
    at = book.columns(ws, {'cell': OF_LINK[key], 'link': 'column.link'}, lang,
                      ws.cell(book.DATA, unit).value, inputs=('cell',),
                      with_unit=('cell',) if key.endswith('_qps') else ())
    for row in range(book.DATA, ws.max_row + 1):
        link = ws.cell(row, at['link']).value
        if link in values:
            ws.cell(row, at['cell']).value = values[link]


def change_file(path, out, lang, key, values):
    workbook = book.read(path, False)
    if key == 'scenario':
        book.sheet(workbook, 'assumptions', lang)['B6'] = values
    elif isinstance(values, dict):
        change_links(workbook, lang, key, values)
    else:
        change_season(workbook, lang, key, values)
    workbook.save(out)


# Inputs are as they were changed; what is given as 0 and what is not given are
# the same there.
KEPT = set(book.LINKS) - {'approved_instances', 'optimisation'}


def what_if(tally, program, seed, folder):
    """Returns the kind of change that was tried, None when there was none."""
    rng = random.Random(seed)
    source = os.path.join(folder, 'in')
    shutil.rmtree(source, ignore_errors=True)
    inputs, shown = generate.Season(seed).write(source)
    inputs = [os.path.join(source, p) if not os.path.exists(p) else p
              for p in inputs]
    lang = rng.choice(['zh', 'en'])
    options = ['--lang', lang] + (['--scenario', shown] if shown else [])
    done = book.run(program, inputs, os.path.join(folder, 'before'), *options)
    if done is None:
        return None
    path, report = done
    if any((e['peak_qps'] or 0) >= 1e8 or e['target_qps'] >= 1e8 or
           (e['achieved_qps'] or 0) >= 1e8 for e in report['links']):
        return None
    changed = Changed(inputs, os.path.join(folder, 'changed'))
    chosen = choose(rng, changed, report)
    if chosen is None:
        return None
    kind, values = chosen
    if kind == 'scenario':
        options = ['--lang', lang, '--scenario', values]
    else:
        change_input(changed, kind, values)
    fresh = book.run(program, changed.save(), os.path.join(folder, 'after'),
                     *options)
    if fresh is None:
        return None
    edited = os.path.join(folder, 'edited.xlsx')
    change_file(path, edited, lang, kind, values)
    out = book.read(book.gnumeric(edited,
                                  os.path.join(folder, 'recalculated.xlsx')))
    what = f'season {seed}, {kind} {values}'
    tally.check(not book.has_errors(out), what + ': errors')
    if not book.compare(tally, what, out, fresh[1], lang, KEPT):
        print('  see', folder, 'with --keep')
    return kind + (' of the season' if kind in OF_SEASON and
                   not isinstance(values, dict) else '')


# --- all of it -----------------------------------------------------------------------

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program')
    parser.add_argument('--full', action='store_true')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--keep')
    given = parser.parse_args()
    program = os.path.abspath(given.program)
    folder = given.keep or tempfile.mkdtemp(prefix='headroom-workbook-')
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    tally = book.Tally()
    try:
        all_stages(tally, program, folder, given)
    finally:
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)
    print('%d passed, %d failed' % (tally.passed, tally.failed))
    sys.exit(1 if tally.failed else 0)


def all_stages(tally, program, folder, given):
    samples = os.path.join(book.TREE, 'samples')
    seasons = [(name, [os.path.join(samples, name)])
               for name in sorted(os.listdir(samples))
               if not name.startswith('template-') and
               (name.endswith('.yaml') or
                os.path.isdir(os.path.join(samples, name)))]
    seasons += [('odd', [write(folder, 'odd.yaml', ODD)]),
                ('one', [write(folder, 'one.yaml', ONE)])]
    written = []
    for name, inputs in seasons:
        for lang in ('zh', 'en', 'zh+en'):
            what = f'{name}, {lang}'
            path, report = book.run(program, inputs,
                                    os.path.join(folder, 'report'),
                                    '--lang', lang)
            check_file(tally, what, path, os.path.join(folder, 'parts'),
                       report, lang)
            if name == 'odd':
                check_odd(tally, path, lang)
            kept = os.path.join(folder, f'{len(written)}.xlsx')
            shutil.copy(path, kept)
            written.append((what, kept))
    seed, wanted = given.seed * 1000, len(written) + (60 if given.full else 20)
    while len(written) < wanted:
        seed += 1
        source = os.path.join(folder, 'random')
        shutil.rmtree(source, ignore_errors=True)
        inputs, shown = generate.Season(seed).write(source)
        inputs = [os.path.join(source, p) if not os.path.exists(p) else p
                  for p in inputs]
        done = book.run(program, inputs, os.path.join(folder, 'report'),
                        *(['--scenario', shown] if shown else []))
        if done is None:
            continue
        results = book.read(done[0])
        lang = 'zh' if '链路' in results.sheetnames else \
            'en' if 'Links' in results.sheetnames else 'zh+en'
        book.compare(tally, f'season {seed}', results, done[1], lang)
        kept = os.path.join(folder, f'{len(written)}.xlsx')
        shutil.copy(done[0], kept)
        written.append((f'season {seed}', kept))
    recalculate(tally, folder, written)

    tried, seed, wanted = {}, given.seed * 1000, 300 if given.full else 24
    while sum(tried.values()) < wanted:
        seed += 1
        kind = what_if(tally, program, seed, folder)
        if kind:
            tried[kind] = tried.get(kind, 0) + 1
    print('changed and recalculated:', ', '.join(
        f'{count} × {kind}' for kind, count in sorted(tried.items())))


def recalculate(tally, folder, written):
    by_libreoffice = book.libreoffice([path for _, path in written], folder)
    for (what, path), other in zip(written, by_libreoffice):
        before = book.read(path)
        out = os.path.join(folder, 'gnumeric.xlsx')
        for program, after in (
                ('Gnumeric', book.read(book.gnumeric(path, out))),
                ('LibreOffice', book.read(other))):
            found = list(book.differences(before, after))
            tally.check(not found, f'{what}, {program}: {len(found)} cells '
                        f'differ, first {found[:2]}')
            errors = book.has_errors(after)
            tally.check(not errors, f'{what}, {program}: {errors[:2]}')


if __name__ == '__main__':
    main()
