#!/usr/bin/python3
"""The three documents say the same: PDF text and workbook cells against the
JSON, for the samples and random seasons; and their form is sound.

Form: qpdf --check; every font embedded, subset, with ToUnicode; every part of
the workbook well-formed.  Formulas: Gnumeric and LibreOffice recalculate the
workbook and get what headroom wrote; and with another scenario chosen in it,
they get what headroom assesses by that scenario.
"""
import datetime
import glob
import json
import os
import re
import shutil
import sys
import warnings
import zipfile

from common import (TREE, Tally, arguments, has, need_modules, run, said,
                    temporary)

need_modules('openpyxl', 'yaml')

sys.path.insert(0, os.path.join(TREE, 'tests', 'independent'))
try:
    import openpyxl
    import yaml
    import generate
    import recompute
except ImportError as why:
    openpyxl = None
    MISSING = why
warnings.filterwarnings('ignore', module='openpyxl')

# key of the JSON -> key of the heading's word, on the sheet of links
HEADINGS = {x: 'column.' + x for x in (
    'peak_qps', 'growth', 'buffer', 'multiplier', 'target_qps',
    'achieved_qps', 'usable_qps', 'attainment', 'shortfall_qps', 'headroom',
    'break_even', 'per_instance_qps', 'expansion', 'forecast_qps',
    'gap_after_qps', 'tested_instances', 'max_instances',
    'approved_instances', 'optimisation', 'rate_limit_qps', 'age_days',
    'priority', 'state', 'effect', 'action', 'due', 'retest_on', 'tested_on')}
COSTS = {'unit_cost', 'approved_cost', 'open_cost'}  # only with a price
HEADINGS.update({x: 'column.' + x for x in COSTS})
HEADINGS.update(link='column.link', instances='sheet.column.instances')
WORDS = {'state': 'state.', 'effect': 'effect.', 'action': 'action.'}
UNPROVEN = ('untested', 'stale', 'inconclusive')
PROVEN = ('usable_qps', 'attainment', 'shortfall_qps', 'headroom',
          'break_even', 'expansion', 'forecast_qps', 'gap_after_qps')
DAYS = ('due', 'retest_on', 'tested_on')
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop
 oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class Document:
    """One season's documents, read."""

    def __init__(self, stem, lang, words):
        self.stem, self.lang = stem, lang
        self.words = {x: (y[lang] if isinstance(y, dict) else None)
                      for x, y in words.items()}
        with open(stem + '.json', encoding='utf-8') as stream:
            self.json = json.load(stream)
        self.links = {x['link']: x for x in self.json['links']}

    def word(self, prefix, key):
        return self.words[prefix + key.replace('-', '_')]


# --- form -------------------------------------------------------------------

def check_form(tally, document):
    pdf, xlsx = document.stem + '.pdf', document.stem + '.xlsx'
    name = os.path.basename(document.stem)
    if has('qpdf'):
        ran = run(['qpdf', '--check', pdf])
        tally.check(ran.returncode == 0 and b'WARNING' not in ran.stderr,
                    '%s: qpdf --check: %s' % (name, said(ran)))
    if has('pdffonts'):
        rows = run(['pdffonts', pdf]).stdout.decode().splitlines()[2:]
        tally.check(rows, name + ': no fonts')
        for row in rows:
            # ... emb sub uni object ID
            flags = row.split()[-5:-2]
            subset = re.match(r'[A-Z]{6}\+', row)
            tally.check(flags == ['yes', 'yes', 'yes'] and subset,
                        '%s: font %s' % (name, row))
    if has('xmllint'):
        with zipfile.ZipFile(xlsx) as book:
            tally.check(book.testzip() is None, name + ': zip damaged')
            for part in book.namelist():
                ran = run(['xmllint', '--noout', '-'], stdin=None,
                          input=book.read(part))
                tally.check(ran.returncode == 0 and not ran.stderr,
                            '%s: %s: %s' % (name, part, said(ran)))


# --- PDF --------------------------------------------------------------------

def thousands(number):
    return format(int(number), ',')


def percent(ratio):
    """0.762 -> 76.2%, of a number already rounded to 3 decimals."""
    milli = round(ratio * 1000)
    return '%s.%d%%' % (format(milli // 10, ','), milli % 10)


def day_pattern(document, text):
    """A day as pages have it, with its year or without."""
    day = datetime.date.fromisoformat(text)
    short = (day.strftime('%-d %b') if document.lang == 'en'
             else day.strftime('%m-%d'))
    return '(?:%s|%s)' % (text, short)


def row_pattern(document, link, by_test):
    """The row of a link in the tables of links, as a regular expression."""
    word = document.words
    state = link['state']
    if state == 'untested':
        capacity = re.escape(word['unproven.untested'])
        rest = [re.escape(word['unknown'])] * 3
        tested = '—'
    else:
        sign = '≥ ?' if link['achieved_kind'] == 'at-least' else ''
        number = link['usable_qps']
        if number is None:
            # no more than the test itself carried
            number = min(by_test, int(link['achieved_qps']))
            rest = [re.escape(word['unproven.' + state])] * 3
        else:
            # measures that would do and come too late have a star
            late = r'\*' if (state, link['gap_after_qps']) == ('short', 0) \
                else ''
            rest = [percent(link['attainment']),
                    thousands(link['shortfall_qps']),
                    thousands(link['gap_after_qps']) + late]
        capacity = sign + thousands(number) + r'\*?'
        tested = day_pattern(document, link['tested_on'])
    tokens = [link['priority'], thousands(link['target_qps']), capacity,
              *rest, tested]
    if link['retest_on'] and state != 'met':
        tokens.append(day_pattern(document, link['retest_on']))
    return r'\s+'.join(tokens) + r'(?:\s|$)'


def check_pdf(tally, document, by_test):
    text = run(['pdftotext', '-layout', document.stem + '.pdf',
                '-']).stdout.decode('utf-8')
    name = os.path.basename(document.stem)
    lines = text.replace('\f', '\n').split('\n')
    # a row: a priority, then columns of which the fourth is a share or a word
    shares = '|'.join([r'[\d,]+\.\d%', re.escape(document.words['unknown']),
                       re.escape(document.words['unproven.stale'])])
    rows = [x for x in lines if re.search(
        r'P[012]\s+[\d,]+\s+\S+(?: [\d,]+\*?)?\s+(?:%s)\s' % shares, x)]
    patterns = {}
    for link in document.json['links']:
        pattern = row_pattern(document, link, by_test.get(link['link']))
        patterns[pattern] = patterns.get(pattern, 0) + 1
    for pattern, wanted in patterns.items():
        found = sum(re.search(pattern, x) is not None for x in rows)
        tally.check(found >= wanted, '%s: in the PDF %d rows of %s' % (
            name, found, pattern))
    for row in rows:
        tally.check(any(re.search(x, row) for x in patterns),
                    '%s: in the PDF a row of no link: %s' % (name, row))
    # far from their words, unlike the "1 short" of a sentence
    counts = r'.*?'.join(r'(\d+)\s{2,}%s' % re.escape(
        document.word('state.', x)[:4]) for x in document.json['counts'])
    found = re.search(counts, text, re.S)
    tally.check(found and [int(x) for x in found.groups()] == list(
        document.json['counts'].values()), name + ': the six counts')
    verdict = document.word('verdict.', document.json['verdict'])
    tally.check(verdict in text, '%s: no "%s"' % (name, verdict))
    left = document.json['season']['days_left']
    if left is not None and left >= 0:
        tally.check(re.search(r'\b%d\b' % left, lines[0]),
                    '%s: %d days left not in its head' % (name, left))
    if document.json['weakest']:
        share = percent(document.json['weakest']['attainment'])
        tally.check(share in text, '%s: weakest %s' % (name, share))
    for file in document.json['inputs']:
        tally.check(file['sha256'] in text.replace('\n', ''),
                    '%s: no checksum of %s' % (name, file['file']))


# --- workbook ---------------------------------------------------------------

def values(path):
    """sheet -> rows of values."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: [list(x) for x in sheet.iter_rows(values_only=True)]
            for sheet in book}


def column_of(document, head):
    """key of the JSON -> place among the columns of the sheet of links."""
    suffix = document.words['sheet.input'].strip()
    places = {}
    for place, heading in enumerate(head):
        bare = (heading or '').replace(suffix, '').strip()
        bare = re.sub(r' ?(QPS|TPS)$', '', bare)
        places.setdefault(bare, place)
    return {key: places[document.words[word]]
            for key, word in HEADINGS.items()
            if document.words[word] in places}


def near(got, want):
    return abs(got - want) <= 1e-9 * max(1, abs(want))


def check_links(tally, document, sheets, expected, what, keys=None):
    """The rows of the sheet of links say what the JSON does."""
    rows = sheets[document.words['sheet.name.links']]
    columns = column_of(document, rows[4])
    wanted = set(HEADINGS) - (set() if any('unit_cost' in x for x
                                           in expected.values()) else COSTS)
    tally.check(wanted == set(columns), '%s: columns %s, not %s' % (
        what, sorted(columns), sorted(wanted)))
    seen = set()
    for row in rows[5:]:
        if row[columns['link']] is None:
            continue
        link = expected[str(row[columns['link']])]
        seen.add(link['link'])
        for key in keys or columns:
            if key not in columns:
                continue  # said above
            if key in COSTS and key not in link:  # no price, no number
                tally.check(not isinstance(row[columns[key]], (int, float)),
                            '%s: %s of %s without a price' % (what, key,
                                                              link['link']))
                continue
            got, want = row[columns[key]], link[key]
            if key in WORDS:
                want = document.word(WORDS[key], want)
            if key in DAYS and isinstance(got, datetime.datetime):
                got = got.strftime('%Y-%m-%d')
            if (key in PROVEN or key == 'open_cost') and \
                    link['state'] in UNPROVEN:
                good = got == document.words['sheet.unproven']
            elif want is None:  # a word, a dash or nothing, but no number
                good = not isinstance(got, (int, float))
            elif isinstance(want, (int, float)):
                # no gain and nothing approved may be left empty
                good = (isinstance(got, (int, float)) and near(got, want)
                        or want == 0 and got is None
                        and key in ('optimisation', 'approved_instances'))
            else:
                good = got == want
            tally.check(good, '%s: %s of %s: %r, not %r' % (
                what, key, link['link'], got, want))
    tally.check(seen == set(expected), '%s: links %s' % (what, sorted(seen)))


def check_summary(tally, document, sheets, report, what):
    """The sheet of the summary says what the JSON does."""
    word = document.words
    rows = sheets[word['sheet.name.summary']]
    facts = {x[0]: x[1] for x in rows if x[0] is not None}
    links = report['links']
    reason = {'insufficient-evidence': 'insufficient'}.get(report['reason'],
                                                           report['reason'])
    wanted = {
        'sheet.fact.verdict': document.word('verdict.', report['verdict']),
        'sheet.fact.reason': word['reason.' + reason],
        'sheet.fact.proven': sum(x['priority'] == 'P0' and x['state'] in (
            'short', 'covered', 'met') for x in links)}
    for effect in ('blocking', 'condition', 'watch'):
        wanted['sheet.fact.' + effect] = sum(x['effect'] == effect
                                             for x in links)
    if report['weakest']:
        link = next(x for x in links
                    if x['link'] == report['weakest']['link'])
        name = link['name'] or link['link']
        if isinstance(name, dict):
            name = name.get(document.lang) or next(iter(name.values()))
        wanted['sheet.fact.weakest'] = name
        wanted['sheet.fact.attainment'] = report['weakest']['attainment']
    for state, count in report['counts'].items():
        wanted['state.' + state] = count
    for key, want in wanted.items():
        got = facts.get(word[key])
        same = (near(got, want) if isinstance(want, (int, float))
                and isinstance(got, (int, float)) else got == want)
        tally.check(same, '%s: %s: %r, not %r' % (what, key, got, want))
    if not report['weakest']:
        tally.check(not isinstance(facts.get(word['sheet.fact.attainment']),
                                   (int, float)), what + ': weakest of none')
    head = next(i for i, x in enumerate(rows)
                if word['sheet.column.rank'] in x)
    place = rows[head].index(word['column.link'])
    worst = [str(x[place]) for x in rows[head + 1:head + 11]
             if x[place] not in (None, '')]
    tally.check(worst == [x['link'] for x in links[:10]],
                '%s: worst links %s' % (what, worst))


def by_test_of(document, sheets):
    """link -> what its test comes to, counted or not."""
    rows = sheets[document.words['sheet.name.links']]
    heading = document.words['sheet.column.as_tested']
    place = next(i for i, x in enumerate(rows[4])
                 if (x or '').startswith(heading)
                 and re.sub(r' ?(QPS|TPS)$', '', x) == heading)
    key = column_of(document, rows[4])['link']
    return {str(x[key]): x[place] for x in rows[5:] if x[key] is not None}


def check_same_values(tally, got, want, what):
    tally.check(list(got) == list(want), '%s: sheets %s' % (what, list(got)))
    wrong, formulas = [], 0
    for name in want:
        for number, (one, other) in enumerate(zip(got.get(name, []),
                                                  want[name])):
            for place, value in enumerate(other):
                new = one[place] if place < len(one) else None
                formulas += value is not None
                if isinstance(value, (int, float)) and isinstance(
                        new, (int, float)):
                    same = near(new, value)
                else:
                    same = new == value or (new in (None, '')
                                            and value in (None, ''))
                if not same:
                    wrong.append('%s row %d column %d: %r, not %r' % (
                        name, number + 1, place + 1, new, value))
    tally.check(not wrong and formulas > 50, '%s: %d cells differ: %s' % (
        what, len(wrong), '; '.join(wrong[:5])))


def libreoffice(base, paths):
    """Every workbook recalculated: path -> path of the result."""
    profile = os.path.join(base, 'profile')
    os.makedirs(os.path.join(profile, 'user'), exist_ok=True)
    with open(os.path.join(profile, 'user', 'registrymodifications.xcu'),
              'w') as stream:
        stream.write(PROFILE)
    out = os.path.join(base, 'libreoffice')
    run(['soffice', '-env:UserInstallation=file://' + profile, '--headless',
         '--convert-to', 'xlsx', '--outdir', out, *paths], timeout=600)
    return {x: os.path.join(out, os.path.basename(x)) for x in paths}


def choose_scenario(document, scenario, path):
    """A copy of the workbook with another scenario chosen, without any
    results: whoever reads it has to compute."""
    book = openpyxl.load_workbook(document.stem + '.xlsx')
    sheet = book[document.words['sheet.name.assumptions']]
    heads = [str(sheet.cell(5, x).value)
             for x in range(4, sheet.max_column + 1)]
    assert scenario in heads, heads
    sheet['B6'] = scenario
    book.save(path)


# --- the run ----------------------------------------------------------------

def seasons(base, full):
    """(name, inputs, language, whether formulas are exact for it)."""
    samples = os.path.join(TREE, 'samples')
    for name in sorted(os.listdir(samples)):
        path = os.path.join(samples, name)
        if name.startswith('template-'):
            continue  # no season
        if name == 'from-tools':
            continue  # recompute.py reads no load-test tools
        if os.path.isdir(path) or name.endswith('.yaml'):
            for lang in ('zh', 'en'):
                yield 'sample-%s' % name.split('.')[0], [path], lang, True
    for seed in range(1, 41 if full else 8):
        season = generate.Season(seed, printed=True)
        folder = os.path.join(base, 'season-%d' % seed)
        os.makedirs(folder)
        inputs, _ = season.write(folder)
        yield ('season-%d' % seed, inputs, ('zh', 'en')[seed % 2],
               season.season_theme != 'extreme')


def report(program, inputs, out, lang, scenario=None):
    return run([program, 'report', *inputs, '--lang', lang, '-o', out] + (
        ['--scenario', scenario] if scenario else []))


def main():
    program, full = arguments(__doc__)
    tally = Tally()
    if openpyxl is None:
        tally.skip('all of it: %s' % MISSING)
        tally.close()
    with open(os.path.join(os.environ['HEADROOM_SHARE'], 'templates',
                           'words.yaml'), encoding='utf-8') as stream:
        words = yaml.load(stream, yaml.BaseLoader)['words']
    with temporary() as base:
        books = {}  # workbook -> (document, scenario chosen in it or None)
        for name, inputs, lang, exact in seasons(base, full):
            out = os.path.join(base, 'out', name + '-' + lang)
            ran = report(program, inputs, out, lang)
            try:
                recompute.recompute(inputs)
            except recompute.Rejected:
                continue
            if not tally.check(ran.returncode == 0, '%s: status %d, %s' % (
                    name, ran.returncode, said(ran))):
                continue
            stem = glob.glob(os.path.join(out, '*.json'))[0][:-5]
            unique = os.path.join(base, 'all', name + '-' + lang)
            os.makedirs(os.path.dirname(unique), exist_ok=True)
            for kind in ('.json', '.pdf', '.xlsx'):
                shutil.copyfile(stem + kind, unique + kind)
            document = Document(unique, lang, words)
            check_form(tally, document)
            sheets = values(unique + '.xlsx')
            check_links(tally, document, sheets, document.links,
                        'workbook ' + name)
            check_summary(tally, document, sheets, document.json,
                          'workbook ' + name)
            if has('pdftotext'):
                check_pdf(tally, document, by_test_of(document, sheets))
            if not exact:
                continue
            books[unique + '.xlsx'] = (document, None)
            for scenario in document.json['scenarios']:
                if scenario['id'] == document.json['scenario']:
                    continue
                path = '%s-%s.xlsx' % (unique, scenario['id'])
                choose_scenario(document, scenario['id'], path)
                other = os.path.join(out, 'by')
                report(program, inputs, other, lang, scenario['id'])
                with open(glob.glob(os.path.join(other, '*.json'))[0],
                          encoding='utf-8') as stream:
                    books[path] = (document, json.load(stream))
        recalculated(tally, base, books, full)
    tally.close()


def recalculated(tally, base, books, full):
    programs = {}
    if has('ssconvert'):
        programs['Gnumeric'] = {}
        for path in books:
            to = os.path.join(base, 'gnumeric', os.path.basename(path))
            os.makedirs(os.path.dirname(to), exist_ok=True)
            run(['ssconvert', '--recalc', path, to])
            programs['Gnumeric'][path] = to
    else:
        tally.skip('recalculation by Gnumeric: no ssconvert')
    if has('soffice'):
        chosen = list(books)
        programs['LibreOffice'] = libreoffice(base, chosen)
    else:
        tally.skip('recalculation by LibreOffice: no soffice')
    keys = ['target_qps', 'state', 'effect', 'action', 'usable_qps',
            'attainment', 'shortfall_qps', 'headroom', 'expansion',
            'forecast_qps', 'gap_after_qps', 'achieved_qps', 'tested_on',
            'approved_cost', 'open_cost']
    for program, results in programs.items():
        for path, result in results.items():
            document, other = books[path]
            what = '%s, %s' % (program, os.path.basename(path))
            if not tally.check(os.path.exists(result), what + ': no result'):
                continue
            sheets = values(result)
            if other is None:
                check_same_values(tally, sheets, values(path), what)
                continue
            links = {x['link']: x for x in other['links']}
            check_links(tally, document, sheets, links, what, keys)
            check_summary(tally, document, sheets, other, what)
    print('%d workbooks recalculated by each of %s'
          % (len(books), ' and '.join(programs) or 'none'))


if __name__ == '__main__':
    sys.exit(main())
