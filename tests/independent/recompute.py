#!/usr/bin/python3
"""Recomputes headroom's JSON from the contract alone.

usage: recompute.py [--scenario ID] INPUT...

A second reading of the contract's sections 2 to 4, in another language and
without a line of the product: every scalar of the YAML stays the string that
was written, every number is a fraction, nothing is rounded before the end.
The names in brackets are the contract's paragraphs, so that the two can be
read side by side.  It expects a season without mistakes; the one mistake that
needs computing, a link left without growth, raises Rejected.

compare.py holds the product against it; generate.py makes the seasons.
"""
import hashlib
import json
import os
import re
import sys
from datetime import date
from fractions import Fraction

import yaml

LOADER = getattr(yaml, 'CBaseLoader', yaml.BaseLoader)
LIMITS = ['p50_ms', 'p95_ms', 'p99_ms', 'p999_ms', 'error_rate', 'cpu']
# In the order of the step in section 4's example, where duration_s is last.
METRICS = ['offered_qps', 'qps', 'concurrency', 'p50_ms', 'p95_ms', 'p99_ms',
           'p999_ms', 'error_rate', 'cpu', 'duration_s']
STATES = ['short', 'untested', 'stale', 'inconclusive', 'covered', 'met']
EFFECTS = ['blocking', 'condition', 'watch', 'none']
SUFFIX = {'': 1, 'k': 10**3, 'K': 10**3, 'M': 10**6, 'w': 10**4, '万': 10**4,
          '亿': 10**8}


class Rejected(Exception):
    """The season holds a mistake: nothing is computed from it."""


# --- what a scalar means [2] ------------------------------------------------

def number(text):
    return Fraction(text)


def rate(text):
    """10000, 1.5e4, 10k, 1.2M, 10w, 10万, 1.2亿; then /s, qps or tps."""
    match = re.fullmatch(r'(.*?) ?(?:/s|qps|tps)?', text)
    digits = match.group(1)
    suffix = digits[-1] if digits[-1] in SUFFIX else ''
    return Fraction(digits[:len(digits) - len(suffix)].strip()) * SUFFIX[suffix]


def ratio(text):
    """30% or 0.3."""
    if text.endswith('%'):
        return Fraction(text[:-1].strip()) / 100
    return Fraction(text)


def count(text):
    value = Fraction(text)
    assert value.denominator == 1
    return value.numerator


def day(text):
    """The day of a day, or of a moment in its own zone."""
    return date.fromisoformat(text[:10])


READ_METRIC = {key: number for key in METRICS}
READ_METRIC.update(offered_qps=rate, qps=rate, error_rate=ratio, cpu=ratio)


def read_keys(mapping, keys, how):
    return {key: how[key](mapping[key]) for key in keys if key in mapping}


def floor(value):
    return value.numerator // value.denominator


def ceiling(value):
    return -(-value.numerator // value.denominator)


def floor_to(value, places):
    return Fraction(floor(value * 10**places), 10**places)


# --- the season [2] ---------------------------------------------------------

def input_files(inputs):
    """(name shown, path) of every file, in reading order."""
    files, seen = [], set()

    def add(name, path):
        where = os.path.realpath(path)
        if where not in seen:
            seen.add(where)
            files.append((name, path))

    for given in inputs:
        if not os.path.isdir(given):
            add(os.path.basename(given), given)
            continue
        found = []
        for folder, folders, names in os.walk(given):
            folders[:] = [x for x in folders if not x.startswith('.')]
            found += [os.path.relpath(os.path.join(folder, x), given)
                      for x in names if not x.startswith('.')
                      and x.endswith(('.yaml', '.yml'))]
        for name in sorted(found, key=os.fsencode):
            add(name, os.path.join(given, name))
    return files


def read_season(inputs):
    season, baselines, results, listed = {}, [], [], []
    for name, path in input_files(inputs):
        with open(path, 'rb') as stream:
            content = stream.read()
        listed.append({'file': name, 'bytes': len(content),
                       'sha256': hashlib.sha256(content).hexdigest()})
        document = yaml.load(content.decode('utf-8'), LOADER) or {}
        baselines += document.pop('baselines', [])
        results += document.pop('results', [])
        assert not set(season) & set(document)
        season.update(document)
    season['baselines'], season['results'] = baselines, results
    return season, listed


def text(value):
    """A text in one string or one per language; null when not given."""
    if isinstance(value, dict):
        return {key: value[key] for key in ('zh', 'en') if key in value}
    return value


# --- demand [2 Precedence, 3.1] ---------------------------------------------

def demand(season, scenario, baseline, tag):
    """(growth, buffer, multiplier, target) of a link in a scenario."""
    if 'target_qps' in baseline:
        given = {'growth', 'buffer', 'multiplier'} & set(baseline)
        tag('target_qps beside growth' if given else 'target_qps')
        return None, None, None, ceiling(rate(baseline['target_qps']))
    taken, level_of = {}, {}
    multiplier = None
    levels = (('link', baseline), ('scenario', scenario), ('season', season))
    for level, keys in levels:
        if 'multiplier' in keys:
            if taken:
                tag('multiplier ignored behind growth or buffer')
                continue
            multiplier = number(keys['multiplier'])
            tag('multiplier from ' + level)
            break
        for key in ('growth', 'buffer'):
            if key in keys and key not in taken:
                taken[key], level_of[key] = ratio(keys[key]), level
                tag(key + ' from ' + level)
        if len(taken) == 2:
            break
    if multiplier is None:
        if len(taken) < 2:
            raise Rejected('link left without growth and buffer')
        if level_of['growth'] != level_of['buffer']:
            tag('growth and buffer from two levels')
        growth, buffer = taken['growth'], taken['buffer']
        compose = season.get('compose', 'add')
        tag('compose ' + compose)
        if compose == 'multiply':
            multiplier = (1 + growth) * (1 + buffer)
        else:
            multiplier = 1 + growth + buffer
    else:
        growth = buffer = None
    target = ceiling(rate(baseline['peak_qps']) * multiplier)
    return growth, buffer, multiplier, target


# --- evidence [3.2] ---------------------------------------------------------

class Step:
    """One load level: its metrics, and what it breaks."""

    def __init__(self, written, slo, min_hold, tag):
        self.metrics = read_keys(written, METRICS, READ_METRIC)
        self.breaks = {key for key in slo if self.metrics[key] > slo[key]}
        if any(self.metrics[key] == slo[key] for key in slo):
            tag('at the limit')
        if self.metrics['qps'] == 0:
            self.breaks.add('offered')
            tag('qps 0')
        self.short = (min_hold is not None
                      and self.metrics['duration_s'] < min_hold)
        if min_hold is not None and self.metrics['duration_s'] == min_hold:
            tag('held for exactly min_hold_s')
        self.holds = not self.breaks and not self.short
        self.carried = True
        if 'offered_qps' in self.metrics:
            bound = (Fraction(95, 100) * self.metrics['offered_qps']
                     * (1 - self.metrics['error_rate']))
            self.carried = self.metrics['qps'] >= bound
            if self.metrics['qps'] == bound:
                tag('carried exactly')


class Evidence:
    """A result walked: achieved, outcome, what limited it."""

    def __init__(self, result, slo, min_hold, tag):
        steps = [Step(x, slo, min_hold, tag) for x in result['steps']]
        self.order_key = None
        for key in ('offered_qps', 'concurrency'):
            if self.order_key is None and all(key in x.metrics for x in steps):
                self.order_key = key
                steps.sort(key=lambda x: x.metrics[key])  # stable
        tag('order ' + (self.order_key or 'as written'))
        self.steps = steps
        self.walk(tag)

    def loads(self, tag):
        """The steps by load; one without key is a load of its own."""
        loads = []
        for step in self.steps:
            load = step.metrics.get(self.order_key)
            if loads and self.order_key and loads[-1][0] == load:
                loads[-1][1].append(step)
                tag('load repeated')
            else:
                loads.append((load, [step]))
        return [steps for load, steps in loads]

    def walk(self, tag):
        held = []  # (qps, carried) of each load that holds
        broken = set()
        for load in self.loads(tag):
            if broken:
                if all(x.holds for x in load):
                    tag('a later load holds again')
                continue
            for step in load:
                broken |= step.breaks
            if broken:
                if any(x.holds for x in load):
                    tag('load repeated, one breaks')
                if any(x.short and x.breaks for x in load):
                    tag('a short step disproves')
                continue
            proving = [x for x in load if not x.short]
            if len(proving) < len(load):
                tag('a short step is passed over')
            if proving:
                held.append((min(x.metrics['qps'] for x in proving),
                             all(x.carried for x in proving)))
        self.achieved = max((qps for qps, carried in held), default=Fraction(0))
        self.limited_by = [x for x in LIMITS + ['offered'] if x in broken]
        if held and held[-1][0] < self.achieved:
            tag('qps falls')
        if broken:
            self.kind = 'measured' if held else 'none'
            for limit in self.limited_by:
                tag('limited by ' + limit)
        elif self.plateau(held, tag):
            self.kind, self.limited_by = 'measured', ['offered']
            tag('measured by plateau')
        else:
            self.kind = 'at-least'
            if not held:
                tag('at-least without a proving step')
            elif not held[-1][1]:
                tag('at-least, last load not carried')
        tag('outcome ' + self.kind)

    @staticmethod
    def plateau(held, tag):
        if len(held) < 2 or held[-1][1] or held[-2][1]:
            return False
        low, high = sorted((held[-1][0], held[-2][0]))
        if high - low == high * Fraction(2, 100):
            tag('plateau of exactly 2 %')
        elif high - low > high * Fraction(2, 100):
            tag('uncarried without plateau')
        return high - low <= high * Fraction(2, 100)


# --- capacity [3.4] ---------------------------------------------------------

class Capacity:
    """What a result shows for the production instances."""

    def __init__(self, season, baseline, evidence, result, tag):
        def share(key, default):
            for level, keys in (('link', baseline), ('season', season)):
                if key in keys:
                    tag(key + ' from ' + level)
                    return ratio(keys[key])
            tag(key + ' by default')
            return default

        self.achieved = evidence.achieved
        own, tested = baseline.get('instances'), result.get('instances')
        self.n = count(own or tested) if own or tested else None
        self.m = count(tested or own) if own or tested else None
        self.own, self.tested = own, tested
        self.efficiency = share('scale_efficiency', Fraction(9, 10))
        self.safe = share('safe_level', Fraction(1))
        self.zones = count(season.get('zones', '1'))
        self.lost = count(season.get('survive_zones', '0'))
        self.usable = floor(self.cap(self.n))

    def left(self, k):
        """k less the `lost` largest of k instances spread evenly."""
        each, more = divmod(k, self.zones)
        sizes = min(more, self.lost) * (each + 1)
        sizes += (self.lost - min(more, self.lost)) * each
        return k - sizes

    def cap(self, k):
        if k is None:
            return self.achieved * self.safe
        share = Fraction(self.left(k), self.m)
        if share > 1:
            share = 1 + (share - 1) * self.efficiency
        return self.achieved * share * self.safe

    def tag(self, tag):
        if not self.own or not self.tested:
            tag({(False, False): 'n and m unknown',
                 (True, False): 'm defaults to n',
                 (False, True): 'n defaults to m'}[bool(self.own),
                                                   bool(self.tested)])
        if self.n is None:
            return
        tag('left(n) %s m' % ('<' if self.left(self.n) < self.m else
                              '=' if self.left(self.n) == self.m else '>'))
        if self.lost:
            more = self.n % self.zones
            tag('zones even' if more == 0 else
                'zones uneven, more large ones than lost' if more > self.lost
                else 'zones uneven, as many large ones as lost'
                if more == self.lost
                else 'zones uneven, fewer large ones than lost')
            if self.left(self.n) == 0:
                tag('nothing left of the zones')


# --- one link in one scenario [3.3 to 3.7] ----------------------------------

def counting_result(candidates, as_of, validity, target, tag):
    """Which result counts, and whether the link is stale.  candidates are
    (day, order, result, evidence, capacity), none after as_of."""
    newest_first = sorted(candidates, key=lambda x: x[:2], reverse=True)
    valid = [x for x in newest_first if (as_of - x[0]).days <= validity]
    if any((as_of - x[0]).days == validity for x in valid):
        tag('exactly validity_days old')
    if any((as_of - x[0]).days == validity + 1 for x in newest_first):
        tag('a day older than validity_days')
    days = [x[0] for x in newest_first]
    if len(set(days)) < len(days):
        tag('several results on a day')
    if not valid:
        return newest_first[0], True
    for candidate in valid:
        kind, usable = candidate[3].kind, candidate[4].usable
        if kind in ('measured', 'none') or usable >= target:
            if candidate is not valid[0]:
                tag('an older result counts: ' + (
                    kind if kind != 'at-least' else 'reaches the target'))
            return candidate, False
    if len(valid) > 1:
        tag('none conclusive, the newest counts')
    return valid[0], False


def expansion_of(capacity, gain, target, tag):
    """The smallest number of instances to add [3.5]."""
    def reaches(e):
        k = None if capacity.n is None else capacity.n + e
        return floor(capacity.cap(k) * gain) >= target

    if reaches(0):
        return 0
    if capacity.achieved == 0 or capacity.n is None:
        return None
    enough = 1
    while not reaches(enough):
        enough *= 2
    low = enough // 2  # does not reach
    while enough - low > 1:
        middle = (low + enough) // 2
        if reaches(middle):
            enough = middle
        else:
            low = middle
    if capacity.lost:
        tag('expansion over zones')
    return enough


def state_of(season, baseline, stale, evidence, capacity, target, forecast,
             tag):
    if stale:
        return 'stale'
    usable = capacity.usable
    reaches = usable >= target
    if usable == target:
        tag('usable is the target')
    if not reaches and evidence.kind == 'at-least':
        tag('inconclusive by at-least')
        return 'inconclusive'
    if reaches and capacity.n is not None:
        most = number(season.get('max_extrapolation', '1.25')) * capacity.m
        left = capacity.left(capacity.n)
        if left == most and left > capacity.m:
            tag('exactly max_extrapolation')
        if left > most:
            tag('inconclusive by extrapolation')
            return 'inconclusive'
    if reaches:
        return 'met'
    if forecast >= target:
        if forecast == target:
            tag('forecast is the target')
        if 'due' not in baseline:
            tag('covered without due')
            return 'covered'
        due = day(baseline['due'])
        ends = [(key, day(season[key])) for key in ('freeze', 'peak')
                if key in season]
        for key, end in ends:
            if due == end:
                tag('due on the day of ' + key)
            if due > end:
                tag('due after ' + key)
        if all(due <= end for key, end in ends):
            return 'covered'
    return 'short'


def costs(season, baseline, approved, tag):
    """The keys of a link whose instances have a price."""
    level = ('link' if 'unit_cost' in baseline else
             'season' if 'unit_cost' in season else None)
    tag('unit_cost from %s' % level if level else 'no unit_cost')
    if level is None:
        return {}
    cost = number((baseline if level == 'link' else season)['unit_cost'])
    return {'unit_cost': cost,
            'approved_cost': None if approved is None else cost * approved,
            'open_cost': None}


def assess_link(season, scenario, baseline, candidates, as_of, slo, tag):
    growth, buffer, multiplier, target = demand(season, scenario, baseline,
                                                tag)
    peak = rate(baseline['peak_qps']) if 'peak_qps' in baseline else None
    approved = (count(baseline['approved_instances'])
                if 'approved_instances' in baseline else None)
    optimisation = ratio(baseline.get('optimisation', '0'))
    quota = (count(baseline['max_instances'])
             if 'max_instances' in baseline else None)
    own = count(baseline['instances']) if 'instances' in baseline else None
    link = {
        'link': baseline['link'], 'name': text(baseline.get('name')),
        'domain': text(baseline.get('domain')),
        'priority': baseline.get('priority', 'P0'),
        'owner': text(baseline.get('owner')),
        'state': 'untested', 'effect': None, 'action': 'test',
        'peak_qps': peak, 'growth': growth, 'buffer': buffer,
        'multiplier': multiplier, 'target_qps': target,
        'achieved_qps': None, 'achieved_kind': None, 'limited_by': [],
        'tested_instances': None, 'extrapolated': None,
        'instances': own, 'max_instances': quota,
        'approved_instances': approved, 'optimisation': optimisation,
        'rate_limit_qps': (rate(baseline['rate_limit_qps'])
                           if 'rate_limit_qps' in baseline else None),
        'usable_qps': None, 'attainment': None, 'shortfall_qps': None,
        'headroom': None, 'break_even': None, 'per_instance_qps': None,
        'expansion': None, 'forecast_qps': None, 'gap_after_qps': None,
        **costs(season, baseline, approved, tag),
        'due': baseline.get('due'), 'retest_on': baseline.get('retest_on'),
        'tested_on': None, 'age_days': None, 'slo': slo, 'steps': []}
    exact = None  # attainment before rounding; None while unproven
    if candidates:
        validity = count(baseline.get('validity_days',
                                      season.get('validity_days', '14')))
        tag('validity_days from ' + (
            'link' if 'validity_days' in baseline else
            'season' if 'validity_days' in season else 'default'))
        (tested_on, _, result, evidence, capacity), stale = counting_result(
            candidates, as_of, validity, target, tag)
        capacity.tag(tag)
        gain = 1 + optimisation
        raised = None if capacity.n is None else capacity.n + (approved or 0)
        forecast = floor(capacity.cap(raised) * gain)
        state = state_of(season, baseline, stale, evidence, capacity, target,
                         forecast, tag)
        link.update(
            state=state, action='retest',
            achieved_qps=evidence.achieved, achieved_kind=evidence.kind,
            limited_by=evidence.limited_by, tested_instances=capacity.m,
            instances=capacity.n,
            extrapolated=(capacity.n is not None
                          and capacity.left(capacity.n) > capacity.m),
            per_instance_qps=(floor_to(evidence.achieved / capacity.m, 2)
                              if capacity.m else None),
            tested_on=result['date'], age_days=(as_of - tested_on).days,
            steps=[dict(x.metrics, holds=x.holds) for x in evidence.steps])
        tag('state %s, %s' % (state, evidence.kind))
        if state in ('short', 'covered', 'met'):
            exact = Fraction(capacity.usable, target)
            expansion = expansion_of(capacity, gain, target, tag)
            link.update(
                usable_qps=capacity.usable,
                attainment=floor_to(exact, 3),
                shortfall_qps=max(0, target - capacity.usable),
                headroom=floor_to(exact - 1, 3),
                break_even=(floor_to(capacity.usable / peak, 3)
                            if peak is not None else None),
                expansion=expansion, forecast_qps=forecast,
                gap_after_qps=max(0, target - forecast))
            if 'unit_cost' in link and expansion is not None:
                open_instances = max(0, expansion - (approved or 0))
                link['open_cost'] = link['unit_cost'] * open_instances
                tag('instances beyond the approved have a cost'
                    if open_instances else 'nothing beyond the approved')
            if state == 'met':
                link['action'] = 'none'
            elif state == 'short':
                link['action'] = short_action(evidence, capacity, expansion,
                                              quota, tag)
    link['effect'] = effect_of(link['priority'], link['state'])
    for key in ('state', 'effect', 'action'):
        tag('%s %s' % (key, link[key]))
    return link, exact


def short_action(evidence, capacity, expansion, quota, tag):
    if evidence.achieved == 0:
        tag('expansion unknown, achieved 0')
        return 'optimise'
    if expansion is None:
        tag('expansion unknown, instances unknown')
        return 'expand'
    tag('expansion 0 though short' if expansion == 0 else 'expansion counted')
    if quota is not None:
        if capacity.n + expansion > quota:
            tag('expansion beyond the quota')
            return 'optimise'
        if capacity.n + expansion == quota:
            tag('expansion just within the quota')
    return 'expand'


def effect_of(priority, state):
    """[3.8]"""
    if state == 'met':
        return 'none'
    if priority == 'P0':
        return 'condition' if state == 'covered' else 'blocking'
    return 'condition' if priority == 'P1' else 'watch'


# --- all links in one scenario [3.8, 3.9] -----------------------------------

def assess_scenario(season, scenario, evidence, as_of, tag):
    links = []
    for baseline in season['baselines']:
        slo, candidates = evidence[baseline['link']]
        links.append(assess_link(season, scenario, baseline, candidates,
                                 as_of, slo, tag))
    links.sort(key=lambda x: (EFFECTS.index(x[0]['effect']),
                              STATES.index(x[0]['state']), x[1] or 0,
                              x[0]['link'].encode()))
    proven = [x for x in links
              if x[0]['priority'] == 'P0' and x[1] is not None]
    effects = {x[0]['effect'] for x in links}
    if not proven:
        verdict, reason = 'no-go', 'insufficient-evidence'
    elif 'blocking' in effects:
        verdict, reason = 'no-go', 'blocking'
    elif 'condition' in effects:
        verdict, reason = 'conditional', 'condition'
    else:
        verdict, reason = 'go', 'none'
    tag('verdict ' + verdict)
    tag('reason ' + reason)
    weakest = None
    if proven:
        link, exact = min(proven, key=lambda x: (x[1], x[0]['link'].encode()))
        weakest = {'link': link['link'], 'attainment': floor_to(exact, 3)}
        if sum(x[1] == exact for x in proven) > 1:
            tag('weakest tied')
    return {'verdict': verdict, 'reason': reason, 'weakest': weakest,
            'links': [x[0] for x in links]}


def gather_evidence(season, as_of, tag):
    """Per link its merged SLO and its results up to as_of's day."""
    gathered = {}
    for baseline in season['baselines']:
        limits = dict(season.get('slo', {}))
        if 'slo' in baseline:
            own = set(baseline['slo'])
            tag('slo key replaced' if own & set(limits) else 'slo key added')
            limits.update(baseline['slo'])
        slo = read_keys(limits, LIMITS, READ_METRIC)
        gathered[baseline['link']] = baseline, slo, []
    min_hold = (number(season['min_hold_s']) if 'min_hold_s' in season
                else None)
    for order, result in enumerate(season['results']):
        baseline, slo, candidates = gathered[result['link']]
        if day(result['date']) > as_of:
            tag('a result after as_of')
            continue
        evidence = Evidence(result, slo, min_hold, tag)
        capacity = Capacity(season, baseline, evidence, result, tag)
        candidates.append((day(result['date']), order, result, evidence,
                           capacity))
    return {link: (slo, candidates)
            for link, (baseline, slo, candidates) in gathered.items()}


def recompute(inputs, shown=None, tag=lambda name: None):
    """The JSON of a season, numbers as int or Fraction; tag is told every
    rule that was reached."""
    season, listed = read_season(inputs)
    if 'as_of' in season:
        as_of_text = season['as_of']
        tag('as_of a day' if len(as_of_text) == 10 else 'as_of a moment')
    else:
        as_of_text = max(x['date'] for x in season['results'])
        tag('as_of by default')
    as_of = day(as_of_text)
    days_left = None
    if 'peak' in season:
        days_left = (day(season['peak']) - as_of).days
        tag('days left')
    given = season.get('scenarios')
    tag('scenarios' if given else 'no scenarios')
    scenarios = given or [{'id': 'plan'}]
    plan = season.get('plan', 'plan')
    shown = shown or plan
    if shown != plan:
        tag('another scenario shown')
    evidence = gather_evidence(season, as_of, tag)
    assessed = {x['id']: assess_scenario(season, x, evidence, as_of, tag)
                for x in scenarios}
    if len({x['verdict'] for x in assessed.values()}) > 1:
        tag('scenarios of different verdict')
    main = assessed[shown]
    return {
        'format': 1, 'headroom': None,
        'season': {'id': season['season'], 'name': text(season.get('name')),
                   'reference': season.get('reference'),
                   'peak': season.get('peak'), 'as_of': as_of_text,
                   'days_left': days_left,
                   **({'currency': text(season['currency'])}
                      if 'currency' in season else {})},
        'verdict': main['verdict'], 'reason': main['reason'],
        'plan': plan, 'scenario': shown,
        'counts': {state: sum(x['state'] == state for x in main['links'])
                   for state in STATES},
        'weakest': main['weakest'], 'links': main['links'],
        'scenarios': [
            {'id': x['id'], 'verdict': assessed[x['id']]['verdict'],
             'links': [{key: link[key] for key in
                        ('link', 'multiplier', 'target_qps', 'state',
                         'shortfall_qps', 'expansion')}
                       for link in assessed[x['id']]['links']]}
            for x in scenarios],
        'warnings': [], 'inputs': listed}


# --- printing ---------------------------------------------------------------

def decimal(value):
    """A finite decimal in plain notation."""
    value, places = Fraction(value), 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(value.numerator * 10**places // value.denominator))
    digits = digits.zfill(places + 1)
    sign = '-' if value < 0 else ''
    if places:
        return sign + digits[:-places] + '.' + digits[-places:]
    return sign + digits


def to_json(value):
    if isinstance(value, dict):
        return '{%s}' % ', '.join('%s: %s' % (to_json(k), to_json(v))
                                  for k, v in value.items())
    if isinstance(value, list):
        return '[%s]' % ', '.join(map(to_json, value))
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    return decimal(value)


def main(arguments):
    shown = None
    if arguments[:1] == ['--scenario']:
        shown, arguments = arguments[1], arguments[2:]
    if not arguments:
        sys.exit(__doc__.split('\n\n')[1])
    print(to_json(recompute(arguments, shown)))


if __name__ == '__main__':
    main(sys.argv[1:])
