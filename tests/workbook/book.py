"""What the workbook tests share: running headroom, finding cells by their
headings, recalculating a file with another program, and comparing.

Headings come from templates/words.yaml, so that a test names a column by its
key, not by what stands in its head today.  Checks are counted as in the system
tests.
"""
from fractions import Fraction
import datetime
import json
import math
import os
import re
import shutil
import subprocess
import sys
import warnings
import zipfile

import openpyxl
import yaml

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                '..', 'system'))
from common import TREE, Tally  # noqa: E402

warnings.simplefilter('ignore')  # openpyxl has no words for every extension

HEAD, DATA = 5, 6  # rows
ERRORS = ('#N/A', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#DIV/0!', '#NULL!')

with open(os.path.join(os.environ['HEADROOM_SHARE'], 'templates', 'words.yaml'),
          encoding='utf-8') as words_file:
    WORDS = yaml.safe_load(words_file)['words']

# Columns of the sheet Links by their key in the JSON.
LINKS = {
    'link': 'column.link', 'priority': 'column.priority',
    'owner': 'column.owner', 'state': 'column.state',
    'effect': 'column.effect', 'action': 'column.action',
    'target_qps': 'column.target_qps', 'usable_qps': 'column.usable_qps',
    'attainment': 'column.attainment', 'headroom': 'column.headroom',
    'shortfall_qps': 'column.shortfall_qps',
    'break_even': 'column.break_even', 'expansion': 'column.expansion',
    'forecast_qps': 'column.forecast_qps',
    'gap_after_qps': 'column.gap_after_qps', 'peak_qps': 'column.peak_qps',
    'growth': 'column.growth', 'buffer': 'column.buffer',
    'multiplier': 'column.multiplier',
    'achieved_qps': 'column.achieved_qps',
    'achieved_kind': 'column.outcome',
    'tested_instances': 'column.tested_instances',
    'instances': 'sheet.column.instances',
    'max_instances': 'column.max_instances',
    'approved_instances': 'column.approved_instances',
    'optimisation': 'column.optimisation',
    'rate_limit_qps': 'column.rate_limit_qps',
    'turned_away': 'sheet.column.turned_away', 'due': 'column.due',
    'retest_on': 'column.retest_on', 'tested_on': 'column.tested_on',
    'age_days': 'column.age_days',
    'per_instance_qps': 'column.per_instance_qps',
    'extrapolated': 'sheet.column.extrapolated',
}
# Columns of the lists of gaps and of what is not proven.
GAPS = {'link': 'column.link', 'state': 'column.state',
        'priority': 'column.priority', 'action': 'column.action',
        'shortfall_qps': 'column.shortfall_qps', 'expansion': 'column.needed',
        'over_quota': 'sheet.column.over_quota',
        'forecast_qps': 'column.forecast_open',
        'gap_after_qps': 'column.gap_after_qps', 'due': 'column.due',
        'retest_on': 'column.retest_on',
        'turned_away': 'sheet.column.turned_away'}
UNPROVEN = {'link': 'column.link', 'state': 'column.state',
            'priority': 'column.priority', 'tested_on': 'column.tested_on',
            'age_days': 'column.age_days', 'target_qps': 'column.target_qps',
            'achieved_qps': 'column.seen_qps',
            'retest_on': 'column.planned_on', 'sign': 'sheet.column.sign'}
SIGN = {'untested': '—', 'stale': '*', 'inconclusive': '≥'}
INPUTS = {'priority', 'peak_qps', 'max_instances', 'approved_instances',
          'optimisation', 'rate_limit_qps', 'due', 'retest_on'}
WITH_UNIT = {'target_qps', 'usable_qps', 'shortfall_qps', 'forecast_qps',
             'gap_after_qps', 'peak_qps', 'achieved_qps', 'rate_limit_qps',
             'per_instance_qps'}
STEPS = {'offered_qps': 'sheet.column.offered_qps', 'qps': 'sheet.column.qps',
         'concurrency': 'sheet.column.concurrency',
         'duration_s': 'sheet.column.duration_s',
         'p50_ms': 'sheet.column.p50_ms', 'p95_ms': 'sheet.column.p95_ms',
         'p99_ms': 'sheet.column.p99_ms', 'p999_ms': 'sheet.column.p999_ms',
         'error_rate': 'sheet.column.error_rate', 'cpu': 'sheet.column.cpu'}


def run(program, inputs, folder, *options):
    """Reports; returns (path of the workbook, JSON), None when refused."""
    shutil.rmtree(folder, ignore_errors=True)
    done = subprocess.run(
        [program, 'report', *inputs, '-o', folder, '--to', 'xlsx,json', '-q',
         *options], capture_output=True, text=True, errors='replace')
    if done.returncode == 2:
        return None
    if done.returncode:
        raise SystemExit('%s: status %d: %s' % (
            ' '.join(inputs), done.returncode, done.stderr[-2000:]))
    names = os.listdir(folder)
    book = [n for n in names if n.endswith('.xlsx')][0]
    with open(os.path.join(folder, book[:-5] + '.json'),
              encoding='utf-8') as file:
        return os.path.join(folder, book), json.load(file)


def word(key, lang):
    text = WORDS[key]
    text = text[0] if isinstance(text, list) else text
    if lang == 'zh+en':
        both = [text['zh'], text['en']]
        return both[0] if both[0] == both[1] else ' / '.join(both)
    return text[lang]


def sheet(book, kind, lang):
    """A sheet by its kind."""
    words = WORDS['sheet.name.' + kind]
    return book[words['zh'] + ' ' + words['en'] if lang == 'zh+en'
                else words[lang]]


def columns(ws, keys, lang, unit, inputs=(), with_unit=()):
    """{key: column number} by the headings in the head row."""
    heads = {}
    for cell in ws[HEAD]:
        heads.setdefault(cell.value, cell.column)
    found = {}
    for key, name in keys.items():
        text = word(name, lang)
        if '{unit}' in text:
            text = text.replace('{unit}', unit)
        elif key in with_unit or key in ('offered_qps', 'qps'):
            text += ' ' + unit
        if key in inputs:
            text += word('sheet.input', lang).replace(' / ', '')
        found[key] = heads.get(text)
    return found


def read(path, results=True):
    return openpyxl.load_workbook(path, data_only=results)


def unit_of(book, lang):
    """The unit stands in its own column."""
    ws = sheet(book, 'links', lang)
    at = columns(ws, {'unit': 'sheet.column.unit'}, lang, '')['unit']
    return ws.cell(DATA, at).value


def rows(book, lang):
    """The sheet Links as {link: {key: value}}."""
    ws = sheet(book, 'links', lang)
    at = columns(ws, LINKS, lang, unit_of(book, lang), INPUTS, WITH_UNIT)
    missing = [key for key, column in at.items() if column is None]
    assert not missing, missing
    found = {}
    for row in ws.iter_rows(min_row=DATA, values_only=True):
        values = {key: one_line(row[column - 1]) for key, column in at.items()}
        if values['link'] is not None:
            found[values['link']] = values
    return found


def one_line(value):
    """A word in two languages, one below the other in a cell."""
    return value.replace('\n', ' / ') if isinstance(value, str) else value


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def near(a, b):
    return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))


def expected(key, value, entry, lang):
    """What a cell must show for a value of the JSON; a set of what it may."""
    if key == 'state':
        return {word('state.' + value, lang)}
    if key == 'effect':
        return {word('effect.' + value, lang)}
    if key == 'action':
        return {word('action.' + value, lang)}
    if key == 'achieved_kind' and value is not None:
        return {word('outcome.' + value.replace('-', '_'), lang)}
    if key in ('due', 'retest_on', 'tested_on') and value is not None:
        return {datetime.datetime.fromisoformat(value)
                if value >= '1900-03-01' else value}
    if key == 'owner' and isinstance(value, dict):
        return {value.get('zh' if lang != 'en' else 'en',
                          next(iter(value.values())))}
    if value is not None:
        return {int(value) if isinstance(value, bool) else value}
    if key == 'extrapolated':
        return {word('sheet.unproven', lang)}
    if key in INPUTS or key == 'owner':
        return {None}
    if key in ('growth', 'buffer', 'multiplier', 'turned_away'):
        return {'—'}
    if key == 'expansion' and entry['usable_qps'] is not None:
        return {word('sheet.not_by_instances', lang)}
    if key == 'break_even' and entry['peak_qps'] is None and \
            entry['usable_qps'] is not None:
        return {'—'}
    return {word('sheet.unproven', lang)}


def same(found, wanted):
    for value in wanted:
        if is_number(found) and is_number(value):
            if near(found, value):
                return True
        elif found == value:
            return True
    return False


def turned_away(entry):
    """What a rate limit turns away of the target, in 1/1000 and up."""
    if entry['rate_limit_qps'] is None:
        return None
    share = 1 - Fraction(str(entry['rate_limit_qps'])) / entry['target_qps']
    return max(0, math.ceil(share * 1000)) / 1000


def compare(tally, what, book, report, lang, keys=None):
    """Links, the lists and Summary against the JSON; True when all is
    equal."""
    for entry in report['links']:
        entry['turned_away'] = turned_away(entry)
        entry['over_quota'] = over_quota(entry)
    found, all_same = rows(book, lang), True
    tally.check(len(found) == len(report['links']), what + ': number of links')
    for entry in report['links']:
        row = found.get(entry['link'])
        if not tally.check(row is not None, f"{what}: {entry['link']} missing"):
            all_same = False
            continue
        for key in keys or LINKS:
            value = entry[key]
            if key in ('approved_instances', 'optimisation') and value in (
                    0, None):
                # what is not given counts as none and stays blank
                good = row[key] in (0, None)
            else:
                good = same(row[key], expected(key, value, entry, lang))
            all_same &= tally.check(
                good, f"{what}: {entry['link']} {key}: workbook "
                f"{row[key]!r}, JSON {value!r}")
    all_same &= compare_list(tally, what, book, report, lang, 'gaps',
                             GAPS, ('short', 'covered'))
    all_same &= compare_list(tally, what, book, report, lang, 'unproven',
                             UNPROVEN, ('untested', 'stale', 'inconclusive'))
    facts = facts_of(book, lang)
    verdict = word('verdict.' + report['verdict'].replace('-', '_'), lang)
    all_same &= tally.check(
        facts[word('sheet.fact.verdict', lang)] == verdict,
        what + ': verdict ' + str(facts[word('sheet.fact.verdict', lang)]))
    reason = {'insufficient-evidence': 'insufficient'}.get(
        report['reason'], report['reason'])
    all_same &= tally.check(facts[word('sheet.fact.reason', lang)] ==
                            word('reason.' + reason, lang), what + ': reason')
    for state, count in report['counts'].items():
        all_same &= tally.check(
            facts[word('state.' + state, lang)] == count,
            f'{what}: count of {state}')
    weakest = report['weakest']
    share = facts[word('sheet.fact.attainment', lang)]
    all_same &= tally.check(
        share == word('sheet.unproven', lang) if weakest is None
        else near(share, weakest['attainment']), what + ': weakest link')
    return all_same


def facts_of(book, lang):
    """The facts of the sheet Summary, as they now stand."""
    facts = {}
    for line in sheet(book, 'summary', lang).iter_rows(
            min_row=HEAD, max_row=60, max_col=2, values_only=True):
        facts.setdefault(one_line(line[0]), one_line(line[1]))
    return facts


def over_quota(entry):
    """Whether as many instances are needed as the quota does not allow."""
    quota, need = entry['max_instances'], entry['expansion']
    return '†' if quota and need and entry['instances'] + need > quota else '—'


def listed(key, entry, lang):
    """What a cell of the sheets Gaps and Unproven must show."""
    if key == 'sign':
        return {SIGN[entry['state']]}
    if key == 'forecast_qps' and not (entry['approved_instances']
                                      or entry['optimisation']):
        return {'—'}
    if entry['state'] == 'untested' and key in ('tested_on', 'age_days',
                                                'achieved_qps'):
        return {'—'}
    return expected(key, entry[key], entry, lang)


def compare_list(tally, what, book, report, lang, kind, keys, states):
    """The sheets Gaps and Unproven: the links of those states, worst first,
    and then nothing."""
    ws = sheet(book, kind, lang)
    at = columns(ws, keys, lang, unit_of(book, lang), (), WITH_UNIT)
    lines = [{key: one_line(row[column - 1]) for key, column in at.items()}
             for row in ws.iter_rows(min_row=DATA, values_only=True)]
    wanted = [e for e in report['links'] if e['state'] in states]
    good = tally.check(str(len(wanted)) in re.findall(r'\d+', ws['A4'].value),
                       f"{what}: {kind}: {len(wanted)} links, said: "
                       f"{ws['A4'].value}")
    good &= tally.check(len(lines) == min(200, len(report['links'])),
                        f'{what}: {kind}: {len(lines)} rows')
    for line, entry in zip(lines, wanted):
        for key, cell in line.items():
            values = listed(key, entry, lang)
            good &= tally.check(
                cell == '—' if values == {None} else same(cell, values),
                f"{what}: {kind}: {entry['link']} {key}: {cell!r}, not "
                f"{values!r}")
    for line in lines[len(wanted):]:
        good &= tally.check(not any(line.values()),
                            f'{what}: {kind}: {line} past the last link')
    return good


def compare_steps(tally, what, book, report, lang):
    """The sheet Steps, where the test counts, against the JSON."""
    ws = sheet(book, 'steps', lang)
    keys = dict(STEPS, link='column.link', test='sheet.column.test',
                holds='sheet.column.holds')
    at = columns(ws, keys, lang, unit_of(book, lang))
    tests = sheet(book, 'tests', lang)
    has = columns(tests, {'test': 'sheet.column.test',
                          'counts': 'sheet.column.counts'}, lang, '')
    counting = {line[has['test'] - 1]
                for line in tests.iter_rows(min_row=DATA, values_only=True)
                if line[has['counts'] - 1] == 1}
    found = {}
    for line in ws.iter_rows(min_row=DATA, values_only=True):
        if line[at['test'] - 1] in counting:
            found.setdefault(line[at['link'] - 1], []).append(line)
    yes = word('sheet.yes', lang)
    for entry in report['links']:
        lines = found.get(entry['link'], [])
        tally.check(len(lines) == len(entry['steps']),
                    f"{what}: {entry['link']}: number of steps")
        for line, step in zip(lines, entry['steps']):
            good = (one_line(line[at['holds'] - 1]) == yes) == step['holds']
            for key in STEPS:
                cell = line[at[key] - 1] if at[key] else None
                value = step.get(key)
                if isinstance(cell, str):  # more digits than a cell holds
                    cell = float(cell)
                good &= (cell is None if value is None
                         else cell is not None and near(cell, value))
            tally.check(good, f"{what}: {entry['link']}: {step} is {line}")


def plain(value):
    """A text without the format's escapes, which openpyxl leaves in place."""
    if isinstance(value, str):
        return value.replace('_x005F_', '_')
    return '' if value is None else value


def differences(before, after):
    """Cells that differ between two workbooks, results only."""
    for ws in before:
        other = after[ws.title]
        for line in ws.iter_rows():
            for cell in line:
                a, b = cell.value, other[cell.coordinate].value
                a = int(a) if isinstance(a, bool) else a
                b = int(b) if isinstance(b, bool) else b
                if is_number(a) and is_number(b):
                    if not near(a, b):
                        yield ws.title, cell.coordinate, a, b
                elif plain(a) != plain(b):
                    yield ws.title, cell.coordinate, a, b


def has_errors(book):
    return [(ws.title, cell.coordinate, cell.value) for ws in book
            for line in ws.iter_rows() for cell in line
            if cell.value in ERRORS]


def gnumeric(path, out):
    """Recalculates every formula."""
    subprocess.run(['ssconvert', '--recalc', path, out], check=True,
                   capture_output=True)
    return out


PROFILE = '''<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop
oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
'''


def libreoffice(paths, folder, form='xlsx'):
    """Recalculates all of them in one process; without the profile's setting
    it would trust the results in the file."""
    profile = os.path.join(folder, 'profile')
    os.makedirs(os.path.join(profile, 'user'), exist_ok=True)
    with open(os.path.join(profile, 'user', 'registrymodifications.xcu'), 'w',
              encoding='utf-8') as file:
        file.write(PROFILE)
    out = os.path.join(folder, 'out')
    subprocess.run(['soffice', '-env:UserInstallation=file://' + profile,
                    '--headless', '--convert-to', form, '--outdir', out,
                    *paths], check=True, capture_output=True)
    return [os.path.join(out, os.path.splitext(os.path.basename(p))[0] + '.' +
                         form) for p in paths]


def unsound_parts(path, folder):
    """Parts of the zip that xmllint does not accept."""
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(path) as file:
        file.extractall(folder)
        parts = [os.path.join(folder, name) for name in file.namelist()]
    done = subprocess.run(['xmllint', '--noout', '--nonet', *parts],
                          capture_output=True, text=True)
    return done.stderr
