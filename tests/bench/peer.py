#!/usr/bin/python3
"""The peer of the bench: the same job by the usual Python libraries.

usage: peer.py FOLDER PREFIX

Reads season.yaml, baselines.yaml and results.yaml of FOLDER with PyYAML's C
loader, assesses them as the product does (without zones, safe level and
overrides, which generated seasons do not use), and writes PREFIX.xlsx with
XlsxWriter and PREFIX.pdf with ReportLab: the same sheets and pages, live
formulas with their results, bars drawn row by row.
"""
import math
import sys

import xlsxwriter
import yaml
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from xlsxwriter.utility import xl_col_to_name

LOADER = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)
FONT = '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc'
STATES = ['short', 'untested', 'stale', 'inconclusive', 'covered', 'met']
STATE_WORDS = {'short': '缺口,未补足', 'untested': '未压测', 'stale': '压测过期',
               'inconclusive': '未压到位', 'covered': '缺口,扩容可补',
               'met': '达标'}
EFFECTS = ['blocking', 'condition', 'watch', 'none']
VERDICTS = {'no-go': '暂不放行', 'conditional': '有条件放行', 'go': '可放行'}
EFFICIENCY, VALIDITY, EXTRAPOLATION, CARRIED = 0.9, 14, 1.25, 0.95


# --- reading and assessing --------------------------------------------------

def ratio(value):
    text = str(value)
    return float(text[:-1]) / 100 if text.endswith('%') else float(text)


def load(folder):
    def read(name):
        with open(f'{folder}/{name}', 'rb') as file:
            return yaml.load(file, LOADER)
    season = read('season.yaml')
    return (season, read('baselines.yaml')['baselines'],
            read('results.yaml')['results'])


def walk(steps, slo):
    """(achieved, kind, limited by) of one test."""
    achieved, held, last = 0.0, 0, []
    for step in sorted(steps, key=lambda s: s['offered_qps']):
        broken = [key for key, limit in slo.items() if step[key] > limit]
        if broken:
            return achieved, 'measured' if held else 'none', broken
        held += 1
        achieved = max(achieved, step['qps'])
        carried = step['qps'] >= CARRIED * step['offered_qps'] * (
            1 - step['error_rate'])
        last = last[-1:] + [(carried, step['qps'])]
    if len(last) == 2 and not last[0][0] and not last[1][0] and \
            abs(last[0][1] - last[1][1]) <= 0.02 * max(last[0][1],
                                                       last[1][1]):
        return achieved, 'measured', ['offered']
    return achieved, 'at-least', []


def capacity(achieved, k, tested):
    if k <= tested:
        return achieved * k / tested
    return achieved * (1 + (k / tested - 1) * EFFICIENCY)


def assess_link(base, test, slo, multiplier, as_of, last_day):
    target = math.ceil(base['peak_qps'] * multiplier - 1e-9)
    n = base['instances']
    link = {'base': base, 'test': test, 'target': target, 'usable': None,
            'expansion': None, 'forecast': None, 'gap': None, 'after': None,
            'attainment': None, 'achieved': None, 'kind': None, 'limits': []}
    if test is None:
        state = 'untested'
    else:
        achieved, kind, limits = walk(test['steps'], slo)
        tested = test.get('instances', n)
        usable = math.floor(capacity(achieved, n, tested))
        link.update(achieved=achieved, kind=kind, limits=limits)
        approved = base.get('approved_instances', 0)
        if (as_of - test['date']).days > VALIDITY:
            state = 'stale'
        elif kind == 'at-least' and usable < target or \
                usable >= target and n > EXTRAPOLATION * tested:
            state = 'inconclusive'
        else:
            forecast = math.floor(capacity(achieved, n + approved, tested))
            expansion = 0
            if usable < target and achieved > 0:
                expansion = max(0, math.ceil(
                    ((target / achieved - 1) / EFFICIENCY + 1) * tested - n))
            state = 'met' if usable >= target else 'covered' \
                if forecast >= target and base.get('due', last_day) <= last_day \
                else 'short'
            link.update(usable=usable, forecast=forecast, expansion=expansion,
                        gap=max(0, target - usable),
                        after=max(0, target - forecast),
                        attainment=usable / target)
    priority = base.get('priority', 'P0')
    open_question = state in ('short', 'untested', 'stale', 'inconclusive')
    link['state'] = state
    link['effect'] = 'none' if state == 'met' else \
        ('blocking' if open_question else 'condition') if priority == 'P0' \
        else 'condition' if priority == 'P1' else 'watch'
    quota = base.get('max_instances', math.inf)
    link['action'] = {'met': 'none', 'untested': 'test'}.get(
        state, 'retest' if state != 'short' else 'optimise'
        if not link['achieved'] or n + link['expansion'] > quota else 'expand')
    return link


def assess(season, baselines, results):
    as_of = season['as_of'].date()
    slo = {key: ratio(value) for key, value in season['slo'].items()}
    newest = {}
    for result in results:
        newest[result['link']] = result
    growth, buffer = ratio(season['growth']), ratio(season['buffer'])
    scenarios = []
    for scenario in season['scenarios']:
        multiplier = 1 + growth + ratio(scenario.get('buffer', buffer))
        links = [assess_link(base, newest.get(base['link']), slo, multiplier,
                             as_of, season['freeze']) for base in baselines]
        links.sort(key=lambda l: (EFFECTS.index(l['effect']),
                                  STATES.index(l['state']),
                                  l['attainment'] or 0, l['base']['link']))
        effects = {l['effect'] for l in links}
        verdict = 'no-go' if 'blocking' in effects else \
            'conditional' if 'condition' in effects else 'go'
        scenarios.append((scenario['id'], multiplier, verdict, links))
    return slo, multiplier, scenarios


# --- the workbook -----------------------------------------------------------

# heading, value of a link or formula with {column} for cells of the row,
# format, key of the formula's result
LINK_COLUMNS = [
    ('link', lambda l: l['base']['link'], 'text'),
    ('name zh', lambda l: l['base']['name']['zh'], 'text'),
    ('name en', lambda l: l['base']['name']['en'], 'text'),
    ('domain', lambda l: l['base']['domain']['zh'], 'text'),
    ('priority', lambda l: l['base'].get('priority', 'P0'), 'text'),
    ('owner', lambda l: l['base']['owner'], 'text'),
    ('unit', lambda l: 'QPS', 'text'),
    ('peak', lambda l: l['base']['peak_qps'], 'count'),
    ('instances', lambda l: l['base']['instances'], 'count'),
    ('quota', lambda l: l['base'].get('max_instances'), 'count'),
    ('approved', lambda l: l['base'].get('approved_instances', 0), 'count'),
    ('due', lambda l: l['base'].get('due'), 'day'),
    ('retest on', lambda l: l['base'].get('retest_on'), 'day'),
    ('tested with', lambda l: l['test'] and l['test']['instances'], 'count'),
    ('achieved', lambda l: l['achieved'], 'rate'),
    ('outcome', lambda l: l['kind'], 'text'),
    ('limited by', lambda l: ', '.join(l['limits']), 'text'),
    ('tested on', lambda l: l['test'] and l['test']['date'], 'day'),
    ('multiplier', '=1+growth+buffer', 'ratio', 'multiplier'),
    ('target', '=ROUNDUP(ROUND({peak}*{multiplier},6),0)', 'count', 'target'),
    ('age', '=IF(ISNUMBER({tested on}),as_of-{tested on},na)', 'count', 'age'),
    ('valid', '=IF(ISNUMBER({age}),1*({age}<=validity),0)', 'count', 'valid'),
    ('per instance', '=IF(ISNUMBER({achieved}),{achieved}/{tested with},na)',
     'rate', 'each'),
    ('capacity', '=IF(ISNUMBER({achieved}),{achieved}*(1+MAX(0,{instances}/'
     '{tested with}-1)*efficiency),na)', 'rate', 'capacity'),
    ('usable', '=IF({valid}=1,ROUNDDOWN({capacity},0),na)', 'count',
     'usable'),
    ('attainment', '=IF(ISNUMBER({usable}),{usable}/{target},na)', 'share',
     'attainment'),
    ('shortfall', '=IF(ISNUMBER({usable}),MAX(0,{target}-{usable}),na)',
     'count', 'gap'),
    ('headroom', '=IF(ISNUMBER({attainment}),{attainment}-1,na)', 'share',
     'headroom'),
    ('break-even', '=IF(ISNUMBER({usable}),{usable}/{peak},na)', 'rate',
     'even'),
    ('expansion', '=IF(ISNUMBER({usable}),MAX(0,ROUNDUP((({target}/'
     '{achieved}-1)/efficiency+1)*{tested with}-{instances},0)),na)', 'count',
     'expansion'),
    ('forecast', '=IF(ISNUMBER({usable}),ROUNDDOWN({achieved}*(1+MAX(0,'
     '({instances}+{approved})/{tested with}-1)*efficiency),0),na)', 'count',
     'forecast'),
    ('gap after', '=IF(ISNUMBER({forecast}),MAX(0,{target}-{forecast}),na)',
     'count', 'after'),
    ('state code', '=IF({valid}=0,2,IF({usable}>={target},6,IF({forecast}>='
     '{target},5,1)))', 'count', 'code'),
    ('state', '=INDEX(states,{state code})', 'text', 'word'),
    ('effect', '=IF({state code}=6,4,IF({priority}="P0",IF({state code}=5,2,1)'
     ',IF({priority}="P1",2,3)))', 'count', 'effect code'),
    ('action', '=IF({state code}=6,"-",IF({state code}=1,"+","?"))', 'text',
     'action'),
    ('sort key', '={effect}*1E9+{state code}*1E6+IF(ISNUMBER({attainment}),'
     '{attainment},0)*1E3', 'rate', 'key'),
]
# what stands between the inputs and those columns, one idea a column
WORKINGS = [
    ('left', '={instances}-lost', lambda l, n: n),
    ('over tested', '=IF(ISNUMBER({tested with}),{left}/{tested with},na)',
     lambda l, n: l['tested'] and n / l['tested']),
    ('beyond', '=IF(ISNUMBER({over tested}),MAX(0,{over tested}-1),na)',
     lambda l, n: l['tested'] and max(0, n / l['tested'] - 1)),
    ('extrapolated', '=IF(ISNUMBER({over tested}),1*({over tested}>'
     'extrapolation),0)', lambda l, n: 0),
    ('within', '=IF(ISNUMBER({over tested}),MIN(1,{over tested}),na)',
     lambda l, n: l['tested'] and min(1, n / l['tested'])),
    ('added', '=IF(ISNUMBER({beyond}),{beyond}*efficiency,na)',
     lambda l, n: l['tested'] and 0),
    ('share', '=IF(ISNUMBER({added}),{within}+{added},na)',
     lambda l, n: l['tested'] and 1),
    ('safe', '=IF(ISNUMBER({share}),{share}*safe,na)',
     lambda l, n: l['tested'] and 1),
    ('planned', '={instances}+{approved}', lambda l, n: n + l['approved']),
    ('planned share', '=IF(ISNUMBER({tested with}),{planned}/{tested with},'
     'na)', lambda l, n: l['tested'] and (n + l['approved']) / l['tested']),
    ('planned gain', '=IF(ISNUMBER({planned share}),MAX(0,{planned share}-1)*'
     'efficiency,na)', lambda l, n: l['tested'] and
     max(0, (n + l['approved']) / l['tested'] - 1) * EFFICIENCY),
    ('in time', '=IF(ISNUMBER({due}),1*({due}<=freeze),1)', lambda l, n: 1),
    ('is proven', '=1*ISNUMBER({usable})',
     lambda l, n: int(l['usable'] is not None)),
    ('is met', '=IF({is proven}=1,1*({usable}>={target}),0)',
     lambda l, n: int(l['state'] == 'met')),
    ('is covered', '=IF({is proven}=1,1*({forecast}>={target})*{in time}*'
     '(1-{is met}),0)', lambda l, n: int(l['state'] == 'covered')),
    ('is short', '={is proven}*(1-{is met})*(1-{is covered})',
     lambda l, n: int(l['state'] == 'short')),
    ('is P0', '=1*({priority}="P0")', lambda l, n: int(l['rank'] == 0)),
    ('is P1', '=1*({priority}="P1")', lambda l, n: int(l['rank'] == 1)),
    ('blocks', '={is P0}*(1-{is met})*(1-{is covered})',
     lambda l, n: int(l['effect'] == 'blocking')),
    ('conditions', '={is P0}*{is covered}+{is P1}*(1-{is met})',
     lambda l, n: int(l['effect'] == 'condition')),
    ('weakest', '=IF({is P0}*{is proven}=1,{attainment},na)',
     lambda l, n: l['attainment'] if l['rank'] == 0 else None),
    ('ratio', '=IF(ISNUMBER({achieved}),{target}/{achieved},na)',
     lambda l, n: l['target'] / l['achieved'] if l['achieved'] else None),
    ('wanted', '=IF(ISNUMBER({ratio}),({ratio}-1)/efficiency+1,na)',
     lambda l, n: (l['target'] / l['achieved'] - 1) / EFFICIENCY + 1
     if l['achieved'] else None),
    ('quota left', '=IF(ISNUMBER({quota}),{quota}-{instances},na)',
     lambda l, n: l['quota'] and l['quota'] - n),
    ('over quota', '=IF(AND(ISNUMBER({expansion}),ISNUMBER({quota left})),'
     '1*({expansion}>{quota left}),0)', lambda l, n: 0),
    ('archived', '={state code}', lambda l, n: l['code']),
    ('differs', '=1*({archived}<>{state code})', lambda l, n: 0),
    ('gap key', '=IF({is short}+{is covered}>0,{sort key},na)',
     lambda l, n: l['key']),
    ('open key', '=IF({is proven}=0,{sort key},na)', lambda l, n: l['key']),
]
STEP_KEYS = ['offered_qps', 'qps', 'p50_ms', 'p99_ms', 'error_rate', 'cpu']


def derive(link, row, multiplier, as_of):
    """The results that the workings of a link show."""
    test = link['test']
    link['multiplier'] = multiplier
    link['age'] = (as_of - test['date']).days if test else None
    link['valid'] = int(test is not None and link['age'] <= VALIDITY)
    if test:
        link['each'] = link['achieved'] / test['instances']
        link['capacity'] = capacity(link['achieved'],
                                    link['base']['instances'],
                                    test['instances'])
    if link['usable'] is not None:
        link['headroom'] = link['attainment'] - 1
        link['even'] = link['usable'] / link['base']['peak_qps']
    link['code'] = STATES.index(link['state']) + 1
    link['word'] = STATE_WORDS[link['state']]
    link['effect code'] = EFFECTS.index(link['effect']) + 1
    link['key'] = row
    base = link['base']
    link['tested'] = test['instances'] if test else None
    link['approved'] = base.get('approved_instances', 0)
    link['quota'] = base.get('max_instances')
    link['rank'] = int(base.get('priority', 'P0')[1])
    for heading, _, result in WORKINGS:
        link[heading] = result(link, base['instances'])


def write_ranked(sheet, shown, last, keys, letters, formats):
    """Links of one kind, as formulas that follow the sheet of links."""
    own = xl_col_to_name(len(keys))
    sheet.write_row(4, 0, keys)
    for row in range(min(last - 5, RANKED)):
        link = shown[row] if row < len(shown) else None
        here = f'{own}{row + 6}'
        for column, key in enumerate(keys):
            letter = letters[key]
            sheet.write_formula(
                row + 5, column, f'=IF({here}="","",INDEX(链路!${letter}$6:'
                f'${letter}${last},{here}))', formats['count'],
                '' if link is None else str(link['target'])
                if key == 'target' else link['base']['link'])
        sheet.write_formula(
            row + 5, len(keys), f'=IF({row + 1}>COUNT(链路!$A$6:$A${last}),"",'
            f'SMALL(链路!$A$6:$A${last},{row + 1}))', formats['count'],
            '' if link is None else row + 1)


RANKED = 200  # rows of a sheet of such links


def write_book(path, season, slo, multiplier, verdict, links):
    book = xlsxwriter.Workbook(path, {'constant_memory': True})
    formats = {name: book.add_format({'num_format': shown, 'font_size': 10})
               for name, shown in
               [('text', '@'), ('count', '#,##0'), ('rate', '#,##0.00'),
                ('ratio', '0.00'), ('share', '0.0%'), ('day', 'yyyy-mm-dd')]}
    head = book.add_format({'bold': True, 'text_wrap': True, 'bottom': 1})
    about, summary, assumed, sheet, gaps, unproven, tests, steps, checks = (
        book.add_worksheet(name) for name in
        ('说明', '结论', '假设', '链路', '缺口', '未证实', '压测', '阶梯', '校验'))
    as_of = season['as_of'].date()
    for row in range(120):
        about.write_string(row, 0, f'{season["name"]["zh"]} 容量就绪评审 {row}')
        about.write_string(row, 1, 'Verdict by a printed rule; rounding is '
                           'against ourselves; sources with their hashes.')
    summary.write_row(0, 0, [season['name']['zh'], VERDICTS[verdict]])
    for row, state in enumerate(STATES, 3):
        summary.write_string(row, 0, STATE_WORDS[state])
        summary.write_formula(
            row, 1, f'=COUNTIF(链路!$AH$6:$AH${len(links) + 5},A{row + 1})',
            formats['count'], sum(l['state'] == state for l in links))
    for row, link in enumerate(links[:10], 11):
        summary.write_string(row, 0, link['base']['name']['zh'])
        for column, key in enumerate(('target', 'usable', 'gap', 'forecast',
                                      'after', 'attainment', 'expansion') * 3,
                                     1):
            summary.write_formula(
                row, column, f'=INDEX(链路!$T$6:$T${len(links) + 5},{row - 10})',
                formats['count'], link.get(key) or 'n/a')
    chart = book.add_chart({'type': 'bar'})
    chart.add_series({'categories': ['结论', 11, 0, 20, 0],
                      'values': ['结论', 11, 1, 20, 1]})
    summary.insert_chart('F3', chart)
    for row, (name, value) in enumerate([
            ('growth', ratio(season['growth'])),
            ('buffer', ratio(season['buffer'])), ('efficiency', EFFICIENCY),
            ('validity', VALIDITY), ('extrapolation', EXTRAPOLATION),
            ('safe', 1), ('lost', 0), ('as_of', as_of),
            ('freeze', season['freeze']), ('na', '未证实')], 5):
        assumed.write_string(row, 0, name)
        if name in ('as_of', 'freeze'):
            assumed.write_datetime(row, 1, value, formats['day'])
        else:
            assumed.write(row, 1, value)
        book.define_name(name, f'=假设!$B${row + 1}')
    assumed.write_column(20, 0, list(STATE_WORDS.values()))
    for column in range(2, 7):
        assumed.write_column(5, column, list(STATE_WORDS.values()) * 4)
    book.define_name('states', '=假设!$A$21:$A$26')

    columns = LINK_COLUMNS + [(heading, formula, 'rate', heading)
                              for heading, formula, _ in WORKINGS]
    letters = {column[0]: xl_col_to_name(i)
               for i, column in enumerate(columns)}
    sheet.write_row(4, 0, [column[0] for column in columns], head)
    templates = [column[1].format(**{name: f'{letter}%d' for name, letter in
                                     letters.items()})
                 if isinstance(column[1], str) else None
                 for column in columns]
    for row, link in enumerate(links, 5):
        derive(link, row, multiplier, as_of)
        for i, column in enumerate(columns):
            shown = formats[column[2]]
            if templates[i]:
                text = templates[i]
                result = link.get(column[3])
                sheet.write_formula(row, i, text % ((row + 1,) *
                                                    text.count('%d')),
                                    shown, '未证实' if result is None else result)
                continue
            value = column[1](link)
            if value is None:
                sheet.write_string(row, i, '未证实', shown)
            elif column[2] == 'day':
                sheet.write_datetime(row, i, value, shown)
            elif isinstance(value, str):
                sheet.write_string(row, i, value, shown)
            else:
                sheet.write_number(row, i, value, shown)
    last = len(links) + 5
    write_ranked(gaps, [link for link in links
                        if link['state'] in ('short', 'covered')], last,
                 ['link', 'priority', 'state', 'shortfall', 'limited by',
                  'action', 'approved', 'expansion', 'forecast', 'gap after',
                  'owner', 'due', 'retest on', 'attainment', 'target',
                  'usable', 'tested on', 'domain'], letters, formats)
    write_ranked(unproven, [link for link in links if link['usable'] is None],
                 last, ['link', 'priority', 'state', 'tested on', 'age',
                        'target', 'achieved', 'retest on', 'owner', 'outcome',
                        'domain', 'action', 'instances'], letters, formats)
    for row in range(28):
        checks.write_row(row + 4, 0, [row + 1, f'校验项 {row}'])
        checks.write_formula(row + 4, 2, f'=COUNT(链路!$A$6:$A${last})', None,
                             len(links))
        checks.write_number(row + 4, 3, len(links))
        checks.write_formula(row + 4, 4,
                             f'=IF($C{row + 5}=$D{row + 5},"通过","未过")',
                             None, '通过')
    sheet.freeze_panes(5, 1)
    sheet.conditional_format(5, 26, len(links) + 5, 26,
                             {'type': 'cell', 'criteria': '>', 'value': 0,
                              'format': book.add_format({'bold': True})})
    tests.write_row(4, 0, ['link', 'name', 'date', 'kind', 'instances', 'tool',
                           'achieved', 'outcome', 'limited by', 'domain',
                           'owner', 'steps', 'first', 'last', 'best', 'state',
                           'target', 'usable', 'age', 'valid', 'newest', 'each',
                           'gap', 'share'], head)
    steps.write_row(4, 0, ['link', 'date', 'step'] + STEP_KEYS + ['holds', 'carried'],
                    head)
    row = step_row = 5
    for link in links:
        test = link['test']
        if test is None:
            continue
        tests.write_string(row, 0, test['link'])
        tests.write_string(row, 1, link['base']['name']['zh'])
        tests.write_datetime(row, 2, test['date'], formats['day'])
        tests.write_string(row, 3, test['kind'])
        tests.write_number(row, 4, test['instances'], formats['count'])
        tests.write_string(row, 5, test['tool'])
        tests.write_number(row, 6, link['achieved'], formats['rate'])
        tests.write_string(row, 7, link['kind'])
        tests.write_string(row, 8, ', '.join(link['limits']))
        tests.write_string(row, 9, link['base']['domain']['zh'])
        tests.write_string(row, 10, link['base']['owner'])
        for column, value in enumerate(
                (len(test['steps']), test['steps'][0]['offered_qps'],
                 test['steps'][-1]['offered_qps'],
                 max(step['qps'] for step in test['steps'])), 11):
            tests.write_number(row, column, value, formats['rate'])
        where = f'MATCH($A{row + 1},链路!$A:$A,0)'
        for column, (name, result) in enumerate(
                (('state', link['word']), ('target', link['target']),
                 ('usable', link['usable']), ('age', link['age']),
                 ('valid', link['valid']), ('is proven', link['is proven']),
                 ('per instance', link.get('each')),
                 ('shortfall', link['gap']),
                 ('attainment', link['attainment'])), 15):
            letter = letters[name]
            tests.write_formula(
                row, column, f'=INDEX(链路!${letter}:${letter},{where})',
                formats['rate'], '未证实' if result is None else result)
        row += 1
        for number, step in enumerate(test['steps'], 1):
            steps.write_string(step_row, 0, test['link'])
            steps.write_datetime(step_row, 1, test['date'], formats['day'])
            steps.write_number(step_row, 2, number, formats['count'])
            for column, key in enumerate(STEP_KEYS, 3):
                steps.write_number(step_row, column, step[key],
                                   formats['rate'])
            steps.write_number(step_row, 10, step['qps'] /
                               step['offered_qps'], formats['share'])
            steps.write_string(step_row, 9, '是' if all(
                step[key] <= limit for key, limit in slo.items()) else '否')
            step_row += 1
    book.close()


# --- the pages --------------------------------------------------------------

MM = 72 / 25.4
WIDTH, HEIGHT = landscape(A4)


class Pages:
    """A4 landscape, millimetres from the top left."""

    def __init__(self, path, season):
        pdfmetrics.registerFont(TTFont('zh', FONT, subfontIndex=0))
        self.canvas = canvas.Canvas(path, pagesize=(WIDTH, HEIGHT))
        self.canvas.setTitle(season['name']['zh'])
        self.season, self.number = season, 0

    def text(self, x, y, size, text, right=False):
        self.canvas.setFont('zh', size)
        draw = self.canvas.drawRightString if right else self.canvas.drawString
        draw(x * MM, HEIGHT - y * MM, text)

    def box(self, x, y, w, h, fill, stroke=False):
        self.canvas.setFillGray(fill)
        self.canvas.rect(x * MM, HEIGHT - (y + h) * MM, w * MM, h * MM,
                         stroke=int(stroke), fill=1)
        self.canvas.setFillGray(0.1)

    def line(self, x, y, x2, y2, width=0.4):
        self.canvas.setLineWidth(width)
        self.canvas.line(x * MM, HEIGHT - y * MM, x2 * MM, HEIGHT - y2 * MM)

    def begin(self, title):
        if self.number:
            self.canvas.showPage()
        self.number += 1
        self.canvas.bookmarkPage(str(self.number))
        self.canvas.addOutlineEntry(title, str(self.number))
        self.text(16, 15, 8.5, f'{self.season["name"]["zh"]} | 容量就绪评审 | '
                  f'数据截至 {self.season["as_of"]}')
        self.text(283, 15, 8.5, f'内部 · 第 {self.number} 页', True)
        self.line(16, 17, 283, 17)

    def bar(self, link, x, y, w, h):
        scale = w / 1.25
        self.box(x, y, scale, h, 1, True)
        if link['attainment'] is not None:
            self.box(x, y, scale * min(link['attainment'], 1.25), h, 0.25)
            after = min(link['forecast'] / link['target'], 1.25)
            if after > link['attainment']:
                self.box(x + scale * link['attainment'], y,
                         scale * (after - link['attainment']), h, 0.7)
        at = x + scale * link['base']['peak_qps'] / link['target']
        self.box(at - 0.7, y + h + 0.3, 1.4, 1, 0.46)

    def row(self, link, y, height):
        base, size = link['base'], 8.5
        self.box(16, y - 3, 3, 3, 0.3 if link['state'] == 'short' else 0.8)
        self.text(21, y, size, base['name']['zh'])
        self.text(58, y, size, base.get('priority', 'P0'))
        self.bar(link, 72, y - 3, 88, height * 0.42)
        unknown = '未知'

        def shown(value):
            return unknown if value is None else f'{value:,}'
        share = unknown if link['attainment'] is None else \
            f'{math.floor(link["attainment"] * 1000) / 10:.1f}%'
        for x, text in ((192, f'{link["target"]:,}'),
                        (214, shown(link['usable'])), (230, share),
                        (249, shown(link['gap'])), (267, shown(link['after'])),
                        (66, str(base.get('retest_on', '未定'))[5:]),
                        (283, str(link['test']['date'])[5:]
                         if link['test'] else '—')):
            self.text(x, y, size, text, True)
        self.line(16, y + 1.4, 283, y + 1.4, 0.2)

    def heads(self, y):
        for x, text in ((192, '目标 QPS'), (214, '达成 QPS'), (230, '达成率'),
                        (249, '缺口'), (267, '补后缺口'), (283, '压测日')):
            self.text(x, y, 8.5, text, True)
        self.text(21, y, 8.5, '链路')
        self.text(58, y, 8.5, '等级')
        for share in (0, 25, 50, 75, 100, 125):
            self.text(72 + 88 / 125 * share, y, 7.5, f'{share}%')
        self.line(16, y + 1.5, 283, y + 1.5, 0.8)


def text_rows(pages, title, places, heads, rows, height):
    """A list of texts below heads, so many rows a page; each place is where
    its texts end at the right, or start, negative, at the left."""
    each = int(150 / height)
    for first in range(0, len(rows), each):
        part = rows[first:first + each]
        pages.begin(title)
        pages.text(16, 23, 11, f'{title},按对判定的影响由差到好:第 {first + 1}–'
                   f'{first + len(part)} 条,共 {len(rows)} 条')
        for i, row in enumerate([heads] + part):
            y = 30 + height * i
            for place, text in zip(places, row):
                pages.text(abs(place), y, 8.5, text, place > 0)
            pages.line(16, y + 1.6, 283, y + 1.6, 0.2)


def number(value):
    return '—' if value is None else f'{value:,}'


def gap_row(link):
    base = link['base']
    return [base['name']['zh'], number(link['gap']), '、'.join(link['limits']),
            '扩容' if link['action'] == 'expand' else '优化',
            f'+{link["approved"]}' if link['approved'] else '—',
            f'+{link["expansion"]}', number(link['forecast']),
            number(link['after']), base['owner'],
            str(base.get('due', '—'))[5:], str(base.get('retest_on', '未定'))]


def open_row(link):
    base, test = link['base'], link['test']
    return [base['name']['zh'], base.get('priority', 'P0'),
            STATE_WORDS[link['state']], str(test['date'])[5:] if test else '—',
            f'{link["age"]} / {VALIDITY}' if test else '—',
            number(link['target']), number(link['achieved']),
            '一次压到目标的压测', str(base.get('retest_on', '未定')),
            base['owner']]


def domain_rows(links):
    """A row a domain, worst first: links come so."""
    domains = {}
    for link in links:
        domains.setdefault(link['base']['domain']['zh'], []).append(link)
    return [[name, str(len(part))] +
            [str(sum(l['state'] == state for l in part)) for state in STATES] +
            [part[0]['base']['name']['zh'], f'{part[0]["target"]:,}',
             part[0]['base']['owner']] for name, part in domains.items()]


def panel(pages, steps, x, y, keys, tops, limit, words):
    """Two curves of a ramp over the load, with their scales."""
    width, height = 52, 15
    most = steps[-1]['offered_qps'] or 1
    pages.text(x, y - 2, 7.5, words)
    for tick in range(4):
        at = y + height * (1 - tick / 3)
        pages.text(x + 9, at, 7.5, f'{tops * tick / 3:,.0f}', True)
        pages.line(x + 10, at, x + 10 + width, at, 0.2)
        pages.text(x + 10 + width * tick / 3, y + height + 4, 7.5,
                   f'{most * tick / 3:,.0f}')
    pages.line(x + 10, y + height * (1 - min(1, limit / tops)),
               x + 10 + width, y + height * (1 - min(1, limit / tops)), 0.8)
    pages.text(x + 64, y + height * (1 - min(1, limit / tops)), 7.5, '限值')
    for key in keys:
        spots = [(x + 10 + width * step['offered_qps'] / most,
                  y + height * (1 - min(1, step[key] / tops)))
                 for step in steps]
        for one, other in zip(spots, spots[1:]):
            pages.line(*one, *other, 0.8)
        for spot in spots:
            pages.box(spot[0] - 0.4, spot[1] - 0.4, 0.8, 0.8, 0.2)


def ramp(pages, link, slo, x, y):
    base, steps = link['base'], link['test']['steps']
    pages.text(x, y, 9.5, base['name']['zh'])
    pages.text(x, y + 4, 7.5, f'{base.get("priority", "P0")} · '
               f'{STATE_WORDS[link["state"]]} · 目标 {link["target"]:,} QPS,'
               f'达成 {number(link["usable"])} QPS,缺 {number(link["gap"])}')
    panel(pages, steps, x, y + 10, ['offered_qps', 'qps'],
          max(step['offered_qps'] for step in steps), link['target'],
          '成功 QPS')
    panel(pages, steps, x, y + 34, ['p99_ms'],
          max(step['p99_ms'] for step in steps), slo['p99_ms'], 'P99 延迟 ms')
    pages.text(x + 75, y + 10, 7.5, f'守住限值,最高 {number(link["achieved"])}'
               ' QPS;到下一阶梯突破:')
    pages.text(x + 75, y + 14, 7.5, '、'.join(link['limits']) or '未突破')
    held, broke = steps[len(steps) // 2], steps[-1]
    for i, (key, words) in enumerate(
            (('offered_qps', '发压 QPS'), ('qps', '成功 QPS'),
             ('p99_ms', 'P99 延迟 ms'), ('error_rate', '错误率'),
             ('cpu', 'CPU 使用率'))):
        at = y + 22 + 4.5 * i
        pages.text(x + 75, at, 7.5, words)
        pages.text(x + 102, at, 7.5, f'{held[key]:,}', True)
        pages.text(x + 117, at, 7.5, f'{broke[key]:,}', True)
        pages.text(x + 128, at, 7.5, str(slo.get(key, '—')), True)
        pages.line(x + 75, at + 1.2, x + 128, at + 1.2, 0.2)


def write_evidence(pages, slo, links):
    """The ramps of what falls short or was not carried far enough."""
    shown = [link for link in links if link['test'] and link['state'] in
             ('short', 'covered', 'inconclusive')][:LISTED]
    for first in range(0, len(shown), 6):
        part = shown[first:first + 6]
        pages.begin('证据')
        pages.text(16, 23, 11, '缺口与未压到位链路的压测过程,最差在前:第 '
                   f'{first + 1}–{first + len(part)} 条,共 {len(shown)} 条')
        for i, link in enumerate(part):
            ramp(pages, link, slo, 16 + 135 * (i % 2), 30 + 54 * (i // 2))


LISTED, ALL_LISTED = 100, 500  # rows of one kind; links that are all shown


def write_pages(path, season, slo, verdict, links):
    pages = Pages(path, season)
    pages.begin('结论')
    pages.box(16, 21, 62, 27, 0.3)
    pages.text(20, 32, 22, VERDICTS[verdict])
    worst = links[0]
    pages.text(83, 28, 15, f'{worst["base"]["name"]["zh"]}:目标 '
               f'{worst["target"]:,} QPS,{STATE_WORDS[worst["state"]]}')
    for i, state in enumerate(STATES):
        pages.text(16 + 45 * i, 58, 20,
                   str(sum(l['state'] == state for l in links)))
        pages.text(30 + 45 * i, 58, 10, STATE_WORDS[state])
    for i, link in enumerate(links[:3]):
        pages.text(21, 72 + 5.6 * i, 9.5, f'{link["base"]["name"]["zh"]}:'
                   f'{link["action"]}')
        pages.text(221, 72 + 5.6 * i, 9.5, link['base']['owner'])
    for i in range(5):
        pages.text(16, 176 + 4.6 * i, 7.5, '已证实、扩容后预计(未复测)、仍缺、压测过期'
                   '、未压测、目标 100%、基线;来源与校验和见口径页;能力向下取整,需求向上取整。')
    pages.heads(96)
    for i, link in enumerate(links[:8]):
        pages.row(link, 103 + 8.4 * i, 8.4)
    text_rows(pages, '缺口与扩容', [-16, 75, -80, -108, 135, 155, 175, 200,
                              -206, 245, 283],
              ['链路', '缺口 QPS', '瓶颈', '措施', '已批', '共需台数', 'QPS',
               '补后缺口 QPS', '负责人', '到位日', '复测日'],
              [gap_row(link) for link in links
               if link['state'] in ('short', 'covered')][:LISTED], 6.6)
    text_rows(pages, '未证实', [-16, -60, -70, 110, 135, 160, 180, -186, 245,
                            -255],
              ['链路', '等级', '状态', '压测日', '已过 / 有效天数', '目标 QPS',
               '测得 QPS', '还缺什么', '计划压测日', '负责人'],
              [open_row(link) for link in links if link['usable'] is None]
              [:LISTED], 5.4)
    if len(links) > 60:
        text_rows(pages, '按业务域', [-16, 60, 80, 100, 120, 140, 160, 180, -190,
                                 250, -255],
                  ['业务域', '链路', *STATE_WORDS.values(), '最差链路', '目标 QPS',
                   '负责人'], domain_rows(links), 5.4)
    for first in range(0, len(links) if len(links) <= ALL_LISTED else 0, 28):
        part = links[first:first + 28]
        pages.begin('全部链路')
        pages.text(16, 23, 11, f'{first + 1}–{first + len(part)},'
                   f'共 {len(links)}')
        pages.heads(28)
        for i, link in enumerate(part):
            pages.row(link, 34 + 5.6 * i, 5.6)
    write_evidence(pages, slo, links)
    for title in ('口径', '签署', '压测与假设')[:2 if len(links) <= 60 else 3]:
        pages.begin(title)
        for i in range(26):
            pages.text(16, 24 + 5.6 * i, 8.5, '判定规则、公式、取整、来源与校验和;能'
                       '力向下取整,需求向上取整;扩容为线性估算,须复测。')
    pages.canvas.save()


def main():
    folder, prefix = sys.argv[1:3]
    season, baselines, results = load(folder)
    slo, multiplier, scenarios = assess(season, baselines, results)
    _, _, verdict, links = scenarios[-1]
    write_book(prefix + '.xlsx', season, slo, multiplier, verdict, links)
    write_pages(prefix + '.pdf', season, slo, verdict, links)


if __name__ == '__main__':
    main()
