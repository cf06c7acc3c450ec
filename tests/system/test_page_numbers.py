#!/usr/bin/python3
"""Every number in every table of the PDF against the JSON, cell by cell.

The tables are read from the tags of the PDF, as a screen reader does: each row
of links by the headings of its columns, the groups by domain and owner, the
counts by attainment, the tables beside the ramps, the sources.  What a cell
must say is worked out here from the JSON and, where a document shows more than
that, from the recomputation in tests/independent.  Random seasons, and seasons
of 5 to 5,000 links, in both languages and in two at once.
"""
import datetime
import json
import math
import os
import re
import shutil
import sys
from fractions import Fraction

from common import (TREE, Tally, arguments, has, need_modules, run, said,
                    temporary)

need_modules('yaml')
sys.path.insert(0, os.path.join(TREE, 'tests', 'independent'))
import yaml
import generate
import recompute

STATES = recompute.STATES
UNPROVEN = ('untested', 'stale', 'inconclusive')
EFFECTS = ['blocking', 'condition', 'watch', 'none']
METRICS = [x for x in recompute.METRICS if x != 'duration_s']
# key of a column -> key of the word in its heading, and whether the unit
# stands behind it
COLUMNS = {x: ('column.' + x, False) for x in (
    'priority', 'attainment', 'tested_on', 'retest_on', 'owner', 'due',
    'approved', 'approved_gain', 'needed', 'age_limit', 'planned_on', 'state',
    'open_instances', 'unit_cost', 'approved_cost', 'open_cost')}
COLUMNS.update({x: ('column.' + x, True) for x in (
    'target_qps', 'shortfall_qps', 'gap_after_qps', 'gained_qps',
    'added_qps')})
# these have the unit within
COLUMNS.update({x: ('column.' + x, False) for x in (
    'forecast_open', 'seen_qps')})
# what stands against the target, under either head
COLUMNS['achieved'] = ('column.achieved_qps', True)
COLUMNS['usable'] = ('column.usable_qps', True)


def squeezed(text):
    return re.sub(r'\s', '', text)


def thousands(number):
    return format(int(number), ',')


def percent(ratio):
    """0.762 -> 76.2%, of a number already rounded to 3 decimals."""
    milli = round(ratio * 1000)
    return '%s.%d%%' % (format(milli // 10, ','), milli % 10)


def plain(number):
    """A finite decimal as documents print it."""
    text = recompute.decimal(number)
    whole, point, rest = text.partition('.')
    return format(int(whole), ',') + point + rest


# --- the tags ---------------------------------------------------------------

def blocks_of(pdf):
    """[('P', text) or ('Table', [[cell, ...], ...]), ...] in reading order."""
    text = run(['pdfinfo', '-struct-text', pdf], timeout=300).stdout.decode(
        'utf-8')
    blocks, rows, cell = [], None, None
    for line in text.split('\n'):
        depth = len(line) - len(line.lstrip(' '))
        word = line.strip()
        quoted = re.fullmatch(r'"(.*)"', word)
        if quoted and rows is not None and depth > table:
            rows[-1][-1] += quoted.group(1)
        elif quoted:
            blocks[-1][1] += quoted.group(1)
        elif word.startswith('Table'):
            rows, table = [], depth
            blocks.append(['Table', rows])
        elif rows is not None and depth > table and word == 'TR':
            rows.append([])
        elif rows is not None and depth > table and re.match(r'T[HD]\b', word):
            rows[-1].append('')
        elif re.match(r'(P|H\d)\b', word) and (rows is None
                                               or depth <= table):
            rows = None
            blocks.append([word.split()[0], ''])
    return blocks


# --- what stands in the cells ------------------------------------------------

class Document:
    """A report, and what its pages must say."""

    def __init__(self, stem, inputs, lang, words):
        self.lang, self.words = lang, words
        with open(stem + '.json', encoding='utf-8') as stream:
            self.json = json.load(stream, parse_float=Fraction)
        self.links = self.json['links']
        self.as_of = datetime.date.fromisoformat(
            self.json['season']['as_of'][:10])
        self.capacity = self.recomputed(inputs)
        unit = 'QPS'
        self.keys = {}
        for key, (word, has_unit) in COLUMNS.items():
            lead, second = self.both(word)
            lead += ' ' + unit if has_unit else ''
            self.keys[squeezed((lead + second).replace('{unit}', unit))] = key
        self.by_name = {}
        for link in self.links:
            self.by_name.setdefault(squeezed(self.text(self.name(link))),
                                    []).append(link)

    def recomputed(self, inputs):
        """(link, target) -> (capacity, gain) of the tests that count."""
        seen, state_of = {}, recompute.state_of

        def record(season, baseline, stale, evidence, capacity, target, *rest):
            gain = 1 + recompute.ratio(baseline.get('optimisation', '0'))
            seen[baseline['link'], target] = capacity, gain
            return state_of(season, baseline, stale, evidence, capacity,
                            target, *rest)
        recompute.state_of = record
        try:
            recompute.recompute(inputs)
        finally:
            recompute.state_of = state_of
        return seen

    def both(self, key):
        """A word as it stands in heads and texts."""
        word = self.words[key]
        lead = word['en' if self.lang == 'en' else 'zh']
        second = word['en'] if self.lang == 'zh+en' else ''
        return lead, second if second != lead else ''

    def word(self, key):
        """A word in a column of numbers, where none is known."""
        return ''.join(self.both(key))

    def text(self, text):
        if not isinstance(text, dict):
            return text
        lead = text.get('en' if self.lang == 'en' else 'zh')
        other = text.get('en')
        if lead is None:
            lead = next(iter(text.values()))
        if self.lang == 'zh+en' and other is not None and other != lead:
            return lead + other
        return lead

    @staticmethod
    def name(link):
        return link['name'] or link['link']

    def about(self, link):
        """The weakest link of a group, with priority and state."""
        said_ = ''
        for language in ('zh', 'en') if self.lang == 'zh+en' else (self.lang,):
            name = self.name(link)
            if isinstance(name, dict):
                name = name.get(language) or next(iter(name.values()))
            said_ += self.words['domains.weakest.about'][language].format(
                name=name, priority=link['priority'],
                state=self.words['state.' + link['state']][language])
        return said_

    def day(self, text):
        if text is None:
            return '—'
        day = datetime.date.fromisoformat(text)
        if day.year != self.as_of.year:
            return text
        return (day.strftime('%-d %b') if self.lang == 'en'
                else day.strftime('%m-%d'))

    def unknown(self, link):
        if link['state'] in ('stale', 'inconclusive'):
            return self.word('unproven.' + link['state'])
        return self.word('unknown')

    def known(self, link, key, form=thousands):
        return self.unknown(link) if link[key] is None else form(link[key])

    def seen(self, link):
        """What stands against the target."""
        if link['state'] == 'untested':
            return self.word('unproven.untested')
        sign = '≥ ' if link['achieved_kind'] == 'at-least' else ''
        if link['usable_qps'] is not None:
            return sign + thousands(link['usable_qps'])
        capacity, _ = self.capacity[link['link'], link['target_qps']]
        carried = link['achieved_qps'].__floor__()
        star = ('*' if link['state'] == 'stale'
                or capacity.usable >= link['target_qps'] else '')
        return sign + thousands(min(capacity.usable, carried)) + star

    def no_number(self, link):
        """Where no number of instances is known."""
        if link['state'] in UNPROVEN:
            return self.unknown(link)
        return self.word('expansion.optimise' if link['achieved_qps'] == 0
                         else 'expansion.uncounted')

    def optimised(self, link):
        capacity, gain = self.capacity[link['link'], link['target_qps']]
        return recompute.floor(capacity.cap(capacity.n) * gain)

    def cost(self, number, places):
        text = plain(number)
        there = len(text.partition('.')[2])
        if there < places:
            text += ('' if there else '.') + '0' * (places - there)
        return text

    @staticmethod
    def above_quota(link):
        quota = link['max_instances']
        return quota and link['instances'] + link['expansion'] > quota

    def cell(self, link, key, rows):
        """What a cell says; rows are all links of its table."""
        late = (link['state'], link['gap_after_qps']) == ('short', 0)
        approved = link['approved_instances'] or 0
        gain = link['optimisation']
        if key == 'priority':
            return link['priority']
        if key == 'state':
            return ''.join(self.both('state.' + link['state']))
        if key == 'owner':
            return self.text(link['owner']) or self.word('owner.none')
        if key == 'attainment':
            return self.known(link, key, percent)
        if key in ('target_qps', 'shortfall_qps'):
            return self.known(link, key)
        if key == 'gap_after_qps':
            return self.known(link, key) + ('*' if late else '')
        if key in ('achieved', 'usable', 'seen_qps'):
            return self.seen(link)
        if key in ('tested_on', 'due'):
            return self.day(link[key])
        if key in ('retest_on', 'planned_on'):
            if link['retest_on'] is None and link['state'] != 'met':
                return self.word('retest.unset')
            return self.day(link['retest_on'])
        if key == 'age_limit':
            if link['age_days'] is None:
                return '—'
            return r'%s / \d+' % thousands(link['age_days'])
        if key == 'approved':
            return '+' + thousands(approved) if approved else '—'
        if key == 'approved_gain':
            return '+' + plain(gain * 100) + '%' if gain else '—'
        if key == 'needed':
            if link['expansion'] is None:
                return self.no_number(link)
            return ('+' + thousands(link['expansion'])
                    + ('†' if self.above_quota(link) else ''))
        if key == 'forecast_open':
            if link['forecast_qps'] is not None and not approved and not gain:
                return '—'
            return self.known(link, 'forecast_qps')
        if key in ('gained_qps', 'added_qps') and link['state'] in UNPROVEN:
            return self.unknown(link)  # of another link of that name
        if key == 'gained_qps':
            return ('+' + thousands(self.optimised(link)
                                    - link['usable_qps']) if gain else '—')
        if key == 'added_qps':
            return ('+' + thousands(link['forecast_qps']
                                    - self.optimised(link))
                    if approved else '—')
        if key == 'open_instances':
            if link['expansion'] is None:
                return self.no_number(link)
            more = max(0, link['expansion'] - approved)
            return (('+' if more else '') + thousands(more)
                    + ('†' if more and self.above_quota(link) else ''))
        assert key in ('unit_cost', 'approved_cost', 'open_cost'), key
        if 'unit_cost' not in link or (key == 'approved_cost'
                                       and link[key] is None):
            return '—'
        if link[key] is None:
            return self.no_number(link)
        places = max([len(plain(x[key]).partition('.')[2]) for x in rows
                      if x.get(key) is not None] + [0])
        return self.cost(link[key], places)


# --- the tables ---------------------------------------------------------------

def check_links(tally, document, what, head, rows):
    """A table of links; returns how many cells were looked at."""
    keys = [document.keys.get(squeezed(x)) for x in head]
    listed, cells = [], 0
    for row in rows:
        name = squeezed(row[0])
        if not tally.check(name in document.by_name,
                           '%s: a row of no link: %r' % (what, row)):
            return cells
        listed.append(document.by_name[name])
    every = [x[0] for x in listed]
    for row, links in zip(rows, listed):
        faults = []
        for link in links:  # of one name: any of them
            wrong = []
            for key, got in zip(keys, row):
                if key is None:
                    continue
                # a list over several pages: costs have the decimals of all
                pools = [every, document.links, [
                    x for x in document.links
                    if x['state'] in ('short', 'covered')]]
                want = [squeezed(document.cell(link, key, pool))
                        for pool in pools]
                same = any(re.fullmatch(x, squeezed(got)) if key == 'age_limit'
                           else x == squeezed(got) for x in want)
                cells += 1
                if not same:
                    wrong.append('%s: %r, not %r' % (key, got, want[0]))
            faults.append(wrong)
        tally.check(any(not x for x in faults), '%s: %s: %s' % (
            what, row[0], faults[:1]))
    return cells


def groups_of(document, key):
    groups = {}
    for link in document.links:
        name = document.text(link[key])
        groups.setdefault(name or ''.join(document.both('domains.none')),
                          []).append(link)
    return groups


def check_groups(tally, document, what, rows, key):
    groups = {squeezed(x): y for x, y in groups_of(document, key).items()}
    for row in rows:
        group = groups.get(squeezed(row[0]))
        if not tally.check(group, '%s: no such %s: %r' % (what, key, row)):
            continue
        counts = [len(group)] + [sum(x['state'] == state for x in group)
                                 for state in STATES]
        tally.check(row[2:9] == [thousands(x) for x in counts],
                    '%s: %s has %s, not %s' % (what, row[0], row[2:9], counts))
        effect = min((x['effect'] for x in group), key=EFFECTS.index)
        tally.check(squeezed(row[1]) == squeezed(
            ''.join(document.both('effect.' + effect))),
            '%s: %s: worst effect %r' % (what, row[0], row[1]))
        proven = [x for x in group if x['state'] not in UNPROVEN]
        if not proven:
            tally.check(row[9:] == ['—', document.both('domains.unproven')[0]],
                        '%s: %s: %s' % (what, row[0], row[9:]))
            continue
        exact = min(Fraction(x['usable_qps'], x['target_qps'])
                    for x in proven)
        weakest = [x for x in proven
                   if Fraction(x['usable_qps'], x['target_qps']) == exact]
        names = [squeezed(document.about(x)) for x in weakest]
        tally.check(squeezed(row[9]) in names
                    and row[10] == percent(weakest[0]['attainment']),
                    '%s: %s: %s' % (what, row[0], row[9:]))


def check_bands(tally, document, what, rows):
    for row in rows:
        links = [x for x in document.links if x['priority'] == row[0]]
        counts = [0] * 12
        for link in links:
            counts[0 if link['state'] in UNPROVEN else
                   1 + min(10, int(link['attainment'] * 10))] += 1
        tally.check([int(x.replace(',', '')) for x in row[1:]]
                    == [len(links)] + counts,
                    '%s: by attainment: %s, not %s' % (what, row, counts))


RATIOS = 'error_rate', 'cpu'


def places(value):
    """The decimals of an exact number."""
    return next(n for n in range(20) if (value * 10**n).denominator == 1)


def is_in_row(link, cell, decimals):
    """Whether a number beside a ramp is one of a step, or a limit: rates whole
    and down; what has limits up to the decimals of its row, at least two
    unless fewer say it all; limits as they are."""
    number = Fraction(cell.replace(',', '').rstrip('%'))
    scale = 100 if cell.endswith('%') else 1
    unit = Fraction(1, 10**decimals)
    for step in link['steps']:
        for key, value in step.items():
            if key == 'holds' or (key in RATIOS) != (scale == 100):
                continue
            value *= scale
            if not (key in RATIOS or key.endswith('_ms')):
                if decimals == 0 and number == math.floor(value):
                    return True
            elif (number == math.ceil(value / unit) * unit
                  and decimals >= min(2, places(value))):
                return True
    return any(number == value * scale for key, value in link['slo'].items()
               if (key in RATIOS) == (scale == 100))


def is_row(link, cells):
    """Whether numbers stand in a row beside the ramp: one precision, and each
    of the link's own test."""
    cells = [x for x in cells if x != '—']
    decimals = {len(x.rstrip('%').partition('.')[2]) for x in cells}
    return len(decimals) <= 1 and all(is_in_row(link, x, max(decimals))
                                      for x in cells)


def check_ramp(tally, document, what, rows, name):
    """The numbers beside a ramp are those of its link's steps and limits."""
    links = document.by_name.get(squeezed(name), [])
    if not tally.check(links, '%s: evidence of no link: %r' % (what, name)):
        return
    tally.check(any(all(is_row(link, row[1:]) for row in rows[1:])
                    for link in links),
                '%s: beside the ramp of %s: %s' % (what, name, rows))
    if links[0]['achieved_qps'] > 0:
        tally.check(any(thousands(math.floor(x['achieved_qps'])) in row
                        for x in links for row in rows),
                    '%s: the ramp of %s does not say what was achieved: %s'
                    % (what, name, rows))


def check_sources(tally, document, what, rows):
    want = [[squeezed(x['file']), thousands(x['bytes']), x['sha256']]
            for x in document.json['inputs']]
    got = [[squeezed(x[0]), x[1], squeezed(x[2])] for x in rows]
    tally.check(all(x in want for x in got), '%s: sources %s' % (what, got))


def check_document(tally, document, what, pdf):
    """Reads all tables; returns how many of each kind there were."""
    kinds = {'links': 0, 'groups': 0, 'bands': 0, 'ramps': 0, 'sources': 0,
             'expansion': 0, 'cells': 0}
    heading = lambda key: squeezed(''.join(document.both(key)))
    names = {heading('column.domain'): 'domain',
             heading('column.owner'): 'owner'}
    last, counts = '', []
    for kind, found in blocks_of(pdf):
        if kind == 'H2':
            last = found
        if kind == 'P' and len(counts) < len(STATES):
            state = STATES[len(counts)]
            match = re.fullmatch(r'([\d,]+)%s' % re.escape(
                heading('state.' + state)), squeezed(found))
            if match:
                counts.append(int(match.group(1).replace(',', '')))
        if kind != 'Table' or not found:
            continue
        head, rows = found[0], found[1:]
        first = squeezed(head[0])
        if first == heading('column.name'):
            kinds['links'] += 1
            kinds['expansion'] += heading('column.open_instances') in [
                squeezed(x) for x in head]
            kinds['cells'] += check_links(tally, document, what, head, rows)
        elif first in names and len(head) == 11:
            kinds['groups'] += 1
            check_groups(tally, document, what, rows, names[first])
        elif first == heading('column.priority') and len(head) == 14:
            kinds['bands'] += 1
            check_bands(tally, document, what, rows)
        elif any(squeezed(x) == heading('ramp.column.limit') for x in head):
            kinds['ramps'] += 1
            check_ramp(tally, document, what, found, last)
        elif squeezed(head[-1]) == 'SHA-256':
            kinds['sources'] += 1
            check_sources(tally, document, what, rows)
    tally.check(counts == list(document.json['counts'].values()),
                '%s: the six counts: %s' % (what, counts))
    return kinds


# --- the run ------------------------------------------------------------------

def check(tally, program, inputs, out, lang, words, what):
    shutil.rmtree(out, ignore_errors=True)
    ran = run([program, 'report', '-q', '--to', 'pdf,json', '--lang', lang,
               *inputs, '-o', out])
    if ran.returncode == 2:
        try:
            recompute.recompute(inputs)
        except recompute.Rejected:
            return None
    if not tally.check(ran.returncode == 0, '%s: %s' % (what, said(ran))):
        return None
    name = next(x for x in sorted(os.listdir(out)) if x.endswith('.json'))
    stem = os.path.join(out, name[:-5])
    document = Document(stem, inputs, lang, words)
    kinds = check_document(tally, document, what, stem + '.pdf')
    # the picture of the expansion is of links with a plan, or a price
    planned = any(x['state'] in ('short', 'covered')
                  and (x['approved_instances'] or x['optimisation']
                       or 'unit_cost' in x) for x in document.links)
    tally.check(kinds['links'] > 0 and kinds['sources'] > 0
                and (kinds['expansion'] > 0) == planned,
                '%s: tables %s' % (what, kinds))
    if len(document.links) > 50:
        tally.check(kinds['groups'] > 0 and kinds['bands'] == 1,
                    '%s: tables %s' % (what, kinds))
    return kinds


def main():
    program, full = arguments(__doc__)
    tally = Tally()
    if not has('pdfinfo'):
        tally.skip('the tags of the PDF: no pdfinfo')
        sys.exit(0)
    with open(os.path.join(os.environ['HEADROOM_SHARE'], 'templates',
                           'words.yaml'), encoding='utf-8') as stream:
        words = yaml.load(stream, yaml.BaseLoader)['words']
    langs = ('zh', 'en', 'zh+en')
    seen = {}

    def note(kinds):
        for key, count in (kinds or {}).items():
            seen[key] = seen.get(key, 0) + count

    with temporary() as base:
        out = os.path.join(base, 'out')
        for seed in range(1, 301 if full else 17):
            folder = os.path.join(base, 'season-%d' % seed)
            os.makedirs(folder)
            inputs, _ = generate.Season(seed, printed=True).write(folder)
            note(check(tally, program, inputs, out, langs[seed % 3], words,
                       'season %d, %s' % (seed, langs[seed % 3])))
        maker = os.path.join(TREE, 'tests', 'bench', 'generate.py')
        for links in (5, 50, 500, 5000) if full else (5, 50, 120):
            folder = os.path.join(base, 'links-%d' % links)
            run([sys.executable, maker, str(links), folder])
            with open(os.path.join(folder, 'cost.yaml'), 'w') as stream:
                stream.write('unit_cost: 1250.75\n')
            for lang in langs if full else langs[links % 2:links % 2 + 1]:
                note(check(tally, program, [folder], out, lang, words,
                           '%d links, %s' % (links, lang)))
    tally.check(seen.get('cells', 0) > 1000 and all(seen.values()),
                'not all kinds of tables were met: %s' % seen)
    print('read: %s' % ', '.join('%d %s' % (y, x) for x, y in seen.items()))
    tally.close()


if __name__ == '__main__':
    main()
