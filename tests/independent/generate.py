#!/usr/bin/python3
"""Writes random seasons for compare.py.

usage: generate.py SEED FOLDER

A season is drawn from small sets of values, so that ties, limits met exactly
and the edges of a range come up often; the shapes of a test (it breaks, it
never does, it flattens, ...) are drawn by name.  The same seed gives the same
files.  What a season means is recompute.py's business, not this file's; the
one thing taken care of here is that the input is valid (but for a link left
without growth, which now and then is wanted).
"""
import json
import os
import re
import sys
from datetime import date, timedelta
from decimal import Decimal as D
from random import Random

PLAIN = re.compile(r'-?[A-Za-z0-9一-鿿][A-Za-z0-9一-鿿 ./%+_-]*')
PERCENTILES = ['p50_ms', 'p95_ms', 'p99_ms', 'p999_ms']
FIGURES = [D(x) for x in ('10', '50', '100', '99.5', '333.333')]
COSTS = [D(x) for x in (
    '1', '1200.5', '0.000000000001', '999999999999.25')]
RATES = [D(x) for x in (
    '600', '980', '1000', '1200', '1400', '1500', '1800', '2000', '2100',
    '3000', '4200', '4500', '6000', '7500', '9000', '10000', '12000',
    '15000', '100000', '1234.567', '0.5')]
INSTANCES = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 20, 40]


def plain(value):
    """A decimal without exponent or trailing zeros."""
    text = format(value, 'f')
    if '.' in text:
        text = text.rstrip('0').rstrip('.')
    return text or '0'


class Season:
    """Draws one season; files() and inputs say what was drawn."""

    def __init__(self, seed, printed=False):
        self.rng = Random(seed)
        self.printed = printed  # only characters that the fonts have
        self.theme = self.season_theme = self.pick(
            ['any'] * 10 + ['healthy'] * 5 + ['sound'] * 2 + ['mixed'] * 4
            + ['extreme'] * 2)
        self.names = self.pick(['none', 'string', 'pair', 'mixed'])
        self.build()

    # --- drawing ---

    def pick(self, values):
        return self.rng.choice(values)

    def chance(self, share):
        return self.rng.random() < share

    # --- how a value is written ---

    def number(self, value):
        value = D(value)
        if value == 0 or not self.chance(0.1):
            return plain(value)
        places = self.rng.randint(1, 3)
        form = '%se%d' % (plain(value / 10**places), places)
        whole, _, after = plain(value / 10**places).partition('.')
        return form if len(after) <= 12 else plain(value)

    def rate(self, value):
        value, suffix, scale = D(value), '', 1
        if self.chance(0.4):
            suffix, scale = self.pick([
                ('k', 10**3), ('K', 10**3), ('M', 10**6), ('w', 10**4),
                ('万', 10**4), ('亿', 10**8), ('', 1)])
        digits = plain(value / scale)
        if len(digits.partition('.')[2]) > 12:
            digits, suffix = plain(value), ''
        unit = ''
        if self.chance(0.2):
            unit = self.pick(['', ' ']) + self.pick(['/s', 'qps', 'tps'])
        return digits + suffix + unit

    def ratio(self, value, percent=False):
        value = D(value)
        if percent or value > 1 or self.chance(0.5):
            return plain(value * 100) + '%'
        return self.number(value)

    def text(self, zh, en):
        kind = self.names
        if kind == 'mixed':
            kind = self.pick(['none', 'string', 'pair', 'swapped'])
        if kind == 'none':
            return None
        if kind == 'string':
            return self.pick([zh, en])
        pair = [('zh', zh), ('en', en)]
        if kind == 'swapped':
            pair.reverse()
        return dict(pair)

    def digits(self, below):
        """A number of up to 12 digits before and 12 after the point."""
        whole = self.rng.randrange(below)
        return D(whole) + D(self.rng.randrange(10**12)) / 10**12

    # --- the season ---

    def build(self):
        rng = self.rng
        self.as_of = date(2026, 10, 31) + timedelta(self.pick([0, 0, 1, 60]))
        season = {'season': self.pick(['2026-double11', 'a', '1.10', 'no',
                                       'x_Y.z-9'])}
        self.season = season
        season['name'] = self.text('2026 年双11', 'Double 11 2026')
        if self.chance(0.3):
            season['reference'] = self.pick(['2025-double11', '2025 双11'])
        if self.chance(0.2):
            season['lang'] = self.pick(['zh', 'en', 'zh+en'])
        if self.chance(0.2):
            season['classification'] = '内部'
        if self.chance(0.2):
            season['unit'] = self.pick(['QPS', 'TPS'])
        self.validity = 14
        if self.chance(0.4):
            self.validity = self.pick([1, 7, 14, 30])
            season['validity_days'] = str(self.validity)
        if self.chance(0.4):
            season['scale_efficiency'] = self.ratio(self.share())
        if self.chance(0.5):
            season['max_extrapolation'] = self.number(
                self.pick(['1', '1.25', '1.5', '2', '3', '1000']))
        if self.chance(0.3):
            season['safe_level'] = self.ratio(self.share())
        self.min_hold = None
        if self.chance(0.25):
            self.min_hold = D(self.pick(['60', '300', '0.5']))
            season['min_hold_s'] = self.number(self.min_hold)
        if self.chance(0.3):
            season['unit_cost'] = self.number(self.pick(COSTS))
        if self.chance(0.3):
            season['currency'] = self.pick(
                ['CNY', {'zh': '元', 'en': 'CNY'}])
        if self.chance(0.25):
            season['compose'] = self.pick(['add', 'multiply'])
        if not self.chance(0.02):
            season.update(self.growth(everything=True))
        self.scenarios()
        self.draw_slo()
        self.zoned = self.chance(0.35)
        if self.zoned:
            zones = self.pick([2, 3, 3, 4, 5])
            season['zones'] = str(zones)
            season['survive_zones'] = str(self.pick([0, 1, 1, 1, zones - 1]))
        self.links()
        self.dates()
        if self.chance(0.15):
            season['decisions'] = [
                {'text': self.text('提交订单再扩 14 台', 'Add 14 instances')
                 or 'Add', 'owner': '交易组', 'by': '2026-11-04'}]
        for key in [x for x in season if season[x] is None]:
            del season[key]
        self.spread(rng)

    def share(self):
        if self.theme == 'extreme':
            return D(self.rng.randrange(1, 10**12)) / 10**12
        return D(self.pick(['1', '0.9', '0.8', '0.75', '0.5', '0.333']))

    def growth(self, everything=False):
        """growth and buffer, or a multiplier, or only some of it."""
        kind = self.pick(['both'] * 7 + ['multiplier'] if everything else
                         ['growth', 'buffer', 'both', 'multiplier'])
        if kind == 'multiplier':
            if self.theme == 'extreme':
                return {'multiplier': plain(self.digits(90))}
            return {'multiplier': self.number(
                self.pick(['1', '1.2', '1.4', '1.5', '2', '0.5']))}
        keys = {}
        if kind in ('growth', 'both'):
            keys['growth'] = self.ratio(self.pick(
                ['0.3', '0.3', '0.2', '0', '-0.2', '1', '10', '0.125']))
        if kind in ('buffer', 'both'):
            keys['buffer'] = self.ratio(self.pick(
                ['0.2', '0.2', '0.1', '0', '1', '10', '0.105']))
        return keys

    def scenarios(self):
        self.shown = None
        if not self.chance(0.4):
            return
        ids = self.rng.sample(['low', 'plan', 'high', 'a.b-c_9'],
                              self.rng.randint(1, 4))
        self.season['scenarios'] = []
        for name in ids:
            scenario = {'id': name, 'name': self.text('情形' + name, name)}
            if scenario['name'] is None:
                del scenario['name']
            if self.chance(0.7):
                scenario.update(self.growth())
            self.season['scenarios'].append(scenario)
        if 'plan' not in ids or self.chance(0.3):
            self.season['plan'] = self.pick(ids)
        if self.chance(0.3):
            self.shown = self.pick(ids)

    def draw_slo(self):
        keys = self.rng.sample(PERCENTILES, self.pick([1, 1, 2, 4]))
        self.limits = {'error_rate': D(self.pick(['0.001', '0.01', '0.2',
                                                  '0']))}
        for key in keys:
            self.limits[key] = self.latency_limit(key)
        if self.chance(0.5):
            self.limits['cpu'] = D(self.pick(['0.6', '0.75', '1']))
        self.season['slo'] = self.spell_slo(self.limits)

    def latency_limit(self, key):
        return D({'p50_ms': 50, 'p95_ms': 100, 'p99_ms': 200,
                  'p999_ms': 400}[key]) * self.pick([1, 1, 1, 2])

    def spell_slo(self, limits):
        slo = {}
        for key in self.rng.sample(sorted(limits), len(limits)):
            if key == 'error_rate':
                slo[key] = self.ratio(limits[key],
                                      percent=limits[key] >= D('0.1'))
            elif key == 'cpu':
                slo[key] = self.ratio(limits[key])
            else:
                slo[key] = self.number(limits[key])
        return slo

    # --- links ---

    def links(self):
        baselines, results = [], []
        amount = self.pick([1, 2, 3, 4, 5, 8])
        pool = ['order.submit', 'cart.add', 'item.detail', 'coupon', 'Coupon',
                '提交订单', 'z', 'no', '1.0', 'promotion', 'a', 'A', '加购',
                'pay.confirm']
        if not self.printed and self.chance(0.2):
            pool = ['a"b\\c', "it's", '#no remark', 'a: b', '- x', '😀', 'Ａ',
                    'é', 'e\u0301', 'x' * 200, '链' * 200, '~x', '{x}', '<&>',
                    '%s', 'a\u3000b', 'a\u200db', 'a/b', '123', 'true']
        ids = self.rng.sample(pool, amount + 1)
        for name in ids[:amount]:
            baseline, tests = self.link(name)
            baselines.append(baseline)
            results += tests
        if self.chance(0.2):  # a twin: ties in every order but the id
            twin = dict(baselines[0], link=ids[amount])
            baselines.append(twin)
            results += [dict(x, link=ids[amount]) for x in results
                        if x['link'] == baselines[0]['link']]
        self.rng.shuffle(baselines)
        if self.chance(0.5):
            self.rng.shuffle(results)
        self.season['baselines'], self.season['results'] = baselines, results

    def link(self, name):
        priority = self.pick(['P0', 'P0', 'P0', 'P0', 'P1', 'P2', None])
        if self.season_theme == 'mixed':  # what is P0 has room, the rest not
            self.theme = 'any' if priority in ('P1', 'P2') else 'sound'
        healthy = self.theme in ('healthy', 'sound')
        baseline = {'link': name, 'name': self.text(('链路' + name)[:200], name),
                    'domain': self.text('交易', 'Trade'),
                    'owner': self.text('交易组', 'trade team'),
                    'priority': priority}
        if self.chance(0.1):
            baseline['note'] = 'a note: 50 % of it, "quoted"'
        achieved = self.achieved()
        own = self.pick(INSTANCES)
        if self.theme == 'extreme' and self.chance(0.5):
            own = self.rng.randint(1, 10**6)
        if self.zoned or self.chance(0.75):
            baseline['instances'] = str(own)
            self.instances(baseline, own)
        kind = self.pick(['peak'] * 5 + ['target', 'both'])
        if kind != 'target':
            peak = self.pick(RATES)
            if healthy:
                peak = achieved * D(self.pick(
                    ['0.01', '0.02'] if self.theme == 'sound' else
                    ['0.1', '0.4', '0.5', '0.6', '0.7']))
            elif self.theme == 'extreme':
                peak = self.digits(10**self.rng.randint(1, 12))
                peak = peak or D(1)
            baseline['peak_qps'] = self.rate(max(peak, D('0.001')))
        if kind != 'peak':
            target = achieved * D(self.pick(
                ['1', '1', '0.5', '0.9', '0.9999', '1.0001', '1.1', '2']))
            if self.theme == 'sound':
                target = achieved * D('0.02')
            target = min(target, D('999999999999'))
            baseline['target_qps'] = self.rate(
                max(round(target, 6), D('0.000001')))
        if self.chance(0.15):
            baseline['peak_window_s'] = self.pick(['1', '60', '300'])
        if self.chance(0.3):
            baseline.update(self.growth())
        if self.chance(0.2):
            baseline['validity_days'] = str(self.pick([1, 7, 30]))
        if self.chance(0.2):
            baseline['scale_efficiency'] = self.ratio(self.share())
        if self.chance(0.2):
            baseline['safe_level'] = self.ratio(self.share())
        if self.chance(0.35):
            baseline['optimisation'] = self.ratio(self.pick(
                ['0', '0.1', '0.25', '0.5', '1', '10']))
        if self.chance(0.1):
            baseline['unit_cost'] = self.number(self.pick(COSTS))
        if self.chance(0.1):
            baseline['rate_limit_qps'] = self.rate(self.pick(RATES))
        if self.chance(0.45):
            baseline['due'] = self.pick(
                ['2026-11-04', '2026-11-08', '2026-11-09', '2026-11-11',
                 '2026-11-12', '2026-12-31'])
        if self.chance(0.3):
            baseline['retest_on'] = '2026-11-05'
        limits = dict(self.limits)
        if self.chance(0.25):
            own_limits = {}
            for key in self.rng.sample(PERCENTILES + ['error_rate', 'cpu'],
                                       self.rng.randint(1, 2)):
                own_limits[key] = (
                    D('0.05') if key == 'error_rate' else
                    D('0.5') if key == 'cpu' else self.latency_limit(key))
            baseline['slo'] = self.spell_slo(own_limits)
            limits.update(own_limits)
        for key in [x for x in baseline if baseline[x] is None]:
            del baseline[key]
        amount = self.pick([1] * 5 + [2, 2, 3, 4] if healthy
                           else [0, 1, 1, 1, 1, 2, 2, 3, 4])
        tests = [self.result(name, achieved, limits, baseline)
                 for _ in range(amount)]
        return baseline, tests

    def achieved(self):
        if self.theme == 'extreme':
            return max(self.digits(10**self.rng.randint(1, 11)), D('0.001'))
        return self.pick(RATES)

    def instances(self, baseline, own):
        quota = None
        if self.chance(0.4):
            quota = min(own + self.pick([0, 1, 2, 4, 10, 40]), 10**6)
            baseline['max_instances'] = str(quota)
        if self.chance(0.5):
            approved = self.pick([0, 1, 2, 5, 10])
            if quota is not None:
                approved = min(approved, quota - own)
            if own + approved <= 10**6:
                baseline['approved_instances'] = str(approved)

    def result(self, name, achieved, limits, baseline):
        good = self.theme in ('healthy', 'sound') and not self.chance(0.1)
        if not good:
            achieved *= D(self.pick(['1', '1', '1', '0.5', '0.25', '2']))
            achieved = min(achieved, D('400000000000'))
        ages = [0, 0, 1, 1, 5, 6, 7, 8, 13, 14, 15, 29, 30, 31, 60, -1]
        age = self.pick([0, 1] if good else ages)
        result = {'link': name,
                  'date': str(self.as_of - timedelta(age))}
        if self.chance(0.3):
            result['kind'] = self.pick(['full-chain', 'single-link'])
        if self.chance(0.2):
            result['environment'] = 'production'
        if self.chance(0.2):
            result['tool'] = 'JMeter 5.6'
        if self.chance(0.2):
            result['source'] = 'order-ramp.jtl'
        if self.chance(0.55):
            tested = self.pick(INSTANCES)
            if 'instances' in baseline:
                own = int(baseline['instances'])
                tested = self.pick([tested, own, own] + [
                    max(1, int(own / x)) for x in (1.25, 1.5, 2, 0.5)])
            result['instances'] = str(min(tested, 10**6))
        elif good and 'instances' in baseline:
            result['instances'] = baseline['instances']
        result['steps'] = self.steps(achieved, limits, good)
        return result

    # --- steps ---

    def steps(self, achieved, limits, good):
        shape = self.pick(
            ['breaks'] if good else
            ['breaks', 'breaks', 'holds', 'holds', 'none', 'flat', 'flat 2 %',
             'not flat', 'carried', 'holds again', 'zero', 'random',
             'uncarried', 'falls'])
        loads = {
            'breaks': [('0.5', '1', ''), ('1', '1', ''), ('1.2', '1', 'x')],
            'holds': [('0.5', '1', ''), ('1', '1', '')],
            'none': [('0.5', '0.9', 'x'), ('1', '1', '')],
            'flat': [('1', '1', ''), ('1.5', '0.66', ''),
                     ('2', '0.5', '')],
            'flat 2 %': [('0.5', '1', ''), ('1.96', '0.5', ''),
                         ('2', '0.5', '')],
            'not flat': [('1.9', '0.5', ''), ('2', '0.5', '')],
            'carried': [('0.5', '1', ''), ('1', 'exactly', ''),
                        ('1.01', 'exactly', self.pick(['', 'x']))],
            'holds again': [('0.5', '1', ''), ('0.8', '1', 'x'),
                            ('1', '1', '')],
            'zero': [('0.5', self.pick(['0', '1']), ''), ('1', '0', '')],
            'random': [(str(self.rng.randint(1, 9)),
                        self.pick(['1', '0.97', '0.5', 'exactly']),
                        self.pick(['', '', '', 'x']))
                       for _ in range(self.rng.randint(1, 5))],
            'uncarried': [('1', '1', ''), ('2', '0.7', '')],
            'falls': [('1', '1', ''), ('1.5', '0.66', ''),
                      ('2', '0.45', self.pick(['', 'x']))],
        }[shape]
        if self.chance(0.25):  # a load given again
            again = self.pick(loads)
            loads.append((again[0], self.pick([again[1], '0.96', '0.5']),
                          self.pick(['', '', 'x'])))
        key = self.pick(['offered'] * 4 + ['concurrency', 'both', 'mixed',
                                           'partly', 'written'])
        extras = [x for x in PERCENTILES + ['cpu'] if self.chance(0.15)]
        steps = []
        for index, (load, share, broken) in enumerate(loads):
            steps.append(self.step(achieved, limits, D(load), share,
                                   bool(broken), key, extras, index))
        if self.chance(0.3):
            self.rng.shuffle(steps)
        return steps

    def step(self, achieved, limits, load, share, broken, key, extras, index):
        metrics = self.metrics(limits, broken, extras)
        offered = round(achieved * load, 9) or D('0.000000001')
        error = metrics['error_rate']
        if share == 'exactly':
            offered = round(offered, 4) or D('0.0001')
            qps = D('0.95') * offered * (1 - error)
            if len(plain(qps).partition('.')[2]) > 12:
                qps = round(qps, 9)
        else:
            qps = round(offered * D(share), 9)
        offered = min(offered, D('999999999999'))
        qps = min(qps, offered)
        step = {'qps': self.rate(qps)}
        if (key in ('offered', 'both') or (key == 'mixed' and index % 2)
                or (key == 'partly' and index == 0)):
            step['offered_qps'] = self.rate(offered)
        if key in ('concurrency', 'both', 'mixed'):
            step['concurrency'] = str(max(1, int(load * 20)))
        if self.min_hold is not None:
            step['duration_s'] = self.number(self.min_hold * D(
                self.pick(['1', '1', '1', '2', '0.5'])))
        elif self.chance(0.2):
            step['duration_s'] = self.number(self.pick(['300', '0.5']))
        for metric, value in metrics.items():
            if metric in ('error_rate', 'cpu'):
                step[metric] = self.ratio(value)
            else:
                step[metric] = self.number(value)
        return step

    def metrics(self, limits, broken, extras):
        """Values below, at or above their limits; percentiles in order."""
        breaking = set()
        can_break = [x for x in limits if x != 'cpu' or limits[x] < 1]
        if broken:
            breaking = set(self.rng.sample(
                can_break, self.rng.randint(1, len(can_break))))
        metrics, before = {}, D(0)
        for key in PERCENTILES:
            if key not in limits and key not in extras:
                continue
            limit = limits.get(key)
            if limit is None:
                value = self.pick(FIGURES)
            elif key in breaking:
                value = limit * D(self.pick(['1.000000001', '1.1', '3']))
            else:
                value = limit * D(self.pick(['1', '1', '0.5', '0.99', '0.3']))
                if limit < before:
                    value = before
            metrics[key] = before = max(before, value)
        limit = limits['error_rate']
        if 'error_rate' in breaking:
            metrics['error_rate'] = min(D(1), limit * 2 + D('0.000001'))
        else:
            metrics['error_rate'] = self.pick([limit, limit / 2, D(0)])
        if 'cpu' in limits or 'cpu' in extras:
            limit = limits.get('cpu', D(1))
            metrics['cpu'] = (min(D(1), limit + D('0.000001'))
                              if 'cpu' in breaking else
                              limit * D(self.pick(['1', '0.5', '0.9'])))
        return metrics

    # --- dates ---

    def dates(self):
        season = self.season
        if self.chance(0.6):
            season['peak'] = self.pick(
                ['2026-11-11', '2026-11-11T00:00:00+08:00',
                 '2026-11-11T20:00:00-05:00', '2026-11-10T16:00:00Z',
                 '2026-11-12T00:30+05:30'])
        if self.chance(0.5):
            season['freeze'] = self.pick(['2026-11-08', '2026-11-11'])
        if self.chance(0.4):
            season['decide_by'] = '2026-11-04'
        if (not season['results'] or {'peak', 'freeze', 'decide_by'}
                & set(season) or self.chance(0.5)):
            day = str(self.as_of)
            season['as_of'] = self.pick(
                [day, day + 'T18:00:00+08:00', day + 'T00:00:00+14:00',
                 day + 'T23:59:59-12:00', day + 'T12:00:00Z',
                 day + 'T00:30+05:30'])

    # --- files ---

    def spread(self, rng):
        """self.files: name -> keys; self.inputs: what to give, '.' being the
        folder itself."""
        season = self.season
        keys = list(season)
        if self.chance(0.3):
            rng.shuffle(keys)
        lists = ('baselines', 'results')
        if self.chance(0.4):
            self.files = {'season.yaml': {x: season[x] for x in keys}}
            self.inputs = self.pick([['.'], ['season.yaml'],
                                     ['./season.yaml', '.']])
            return
        files = {'season.yaml': {x: season[x] for x in keys
                                 if x not in lists}}
        for key in lists:
            entries = season[key]
            if not entries:
                continue
            if self.chance(0.5) and len(entries) > 1:
                cut = rng.randrange(1, len(entries))
                parts = [entries[:cut], entries[cut:]]
            else:
                parts = [entries]
            names = [key + '.yaml', key + '-more.yml', key + '/a.yaml',
                     key + '/2026/b.yaml', 'Z' + key + '.yml',
                     '数据' + key + '.yaml']
            for name, part in zip(rng.sample(names, len(parts)), parts):
                files[name] = {key: part}
        self.files = files
        self.inputs = ['.']
        if self.chance(0.3):
            self.inputs = rng.sample(sorted(files), len(files))
        elif self.chance(0.2):
            self.inputs = [self.pick(sorted(files)), '.']

    def write(self, folder):
        """Writes the files; returns the inputs as paths and the scenario to
        show (None for the plan)."""
        for name, keys in self.files.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'w', encoding='utf-8') as stream:
                stream.write(self.yaml(keys))
        for name in ('.hidden.yaml', '.git/x.yaml', 'notes.txt'):
            if self.chance(0.2):  # not to be read
                path = os.path.join(folder, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, 'w', encoding='utf-8') as stream:
                    stream.write('season: [never read\n')
        inputs = [folder if x == '.' else os.path.join(folder, x)
                  for x in self.inputs]
        return inputs, self.shown

    # --- YAML ---

    def scalar(self, text):
        if re.fullmatch(r'[0-9TZ:+-]+', text) and ':' in text:
            return self.pick([text, '"%s"' % text])
        if PLAIN.fullmatch(text) and not text.endswith(' '):
            return self.pick([text] * 8 + ["'%s'" % text, '"%s"' % text])
        return json.dumps(text, ensure_ascii=False)

    def flow(self, value):
        if isinstance(value, dict):
            return '{%s}' % ', '.join('%s: %s' % (k, self.flow(v))
                                      for k, v in value.items())
        if isinstance(value, list):
            return '[%s]' % ', '.join(map(self.flow, value))
        return self.scalar(value)

    def block(self, value, indent):
        """Lines of a block mapping or sequence."""
        lines, blank = [], ' ' * indent
        pairs = (value.items() if isinstance(value, dict)
                 else [(None, x) for x in value])
        for key, item in pairs:
            head = blank + ('-' if key is None else key + ':')
            if isinstance(item, str):
                lines.append(head + ' ' + self.scalar(item))
            elif not item or self.chance(0.5) and not any(
                    isinstance(x, list) for x in
                    (item.values() if isinstance(item, dict) else item)):
                lines.append(head + ' ' + self.flow(item))
            elif key is None:
                inner = self.block(item, indent + 2)
                lines.append(head + ' ' + inner[0].lstrip())
                lines += inner[1:]
            else:
                lines.append(head)
                lines += self.block(item, indent + 2)
            if self.chance(0.02):
                lines.append(blank + '# a remark: {not, read}')
        return lines

    def yaml(self, keys):
        if not keys:
            return '# nothing\n'
        text = '\n'.join(self.block(keys, 0)) + '\n'
        if self.chance(0.1):
            text = '---\n' + text
        if self.chance(0.1):
            text = '\ufeff' + text
        if self.chance(0.1):
            text = text.replace('\n', '\r\n')
        return text


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__.split('\n\n')[1])
    inputs, shown = Season(int(arguments[0])).write(arguments[1])
    print(' '.join(inputs + (['--scenario', shown] if shown else [])))


if __name__ == '__main__':
    main(sys.argv[1:])
