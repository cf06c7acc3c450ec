#!/usr/bin/python3
"""The samples give what was worked out for them by hand.

usage: samples.py HEADROOM
"""
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from claims import TREE, check, close, read  # noqa: E402

# link: state, action, target, usable, shortfall, expansion, forecast, gap after
UNKNOWN = (None, None, None, None, None)
EXPECTED = {
    'minimal.yaml': {
        'verdict': 'no-go', 'season': '2026-double11', 'low': None,
        'links': {
            'order.submit': ('short', 'expand', 15000, 11430, 3570, 14, 11430,
                             3570),
            'cart.add': ('met', 'none', 150000, 154690, 0, 0, 154690, 0),
        }},
    '2026-double11': {
        'verdict': 'no-go', 'season': '2026-double11',
        'low': {'order.submit': 14000, 'cart.add': 140000},
        'links': {
            'order.submit': ('short', 'expand', 15000, 11430, 3570, 14, 12973,
                             2027),
            'payment.callback': ('untested', 'test', 13500) + UNKNOWN,
            'inventory.reserve': ('stale', 'retest', 24000) + UNKNOWN,
            'user.login': ('inconclusive', 'retest', 12000) + UNKNOWN,
            # 24,310 x (1 + 8/60 x 0.9) x 1.03
            'coupon.redeem': ('covered', 'retest', 27000, 24310, 2690, 6,
                              28044, 0),
            # 137,600 x (1 + 24/200 x 0.9)
            'cart.add': ('covered', 'retest', 150000, 137600, 12400, 21,
                         152460, 0),
            # 19 more than the quota of 160 allows
            'recommend.feed': ('short', 'optimise', 90000, 81000, 9000, 19,
                               81000, 9000),
            # 1.15 + 0.20 times 120,000
            'search.query': ('met', 'none', 162000, 171000, 0, 0, 171000, 0),
            'payment.create': ('met', 'none', 14250, 15100, 0, 0, 15100, 0),
            'item.detail': ('met', 'none', 300000, 318000, 0, 0, 318000, 0),
            'promotion.calc': ('met', 'none', 63000, 66800, 0, 0, 66800, 0),
            'freight.quote': ('met', 'none', 20000, 21500, 0, 0, 21500, 0),
            'review.list': ('met', 'none', 45000, 49200, 0, 0, 49200, 0),
            'address.list': ('met', 'none', 22500, 26400, 0, 0, 26400, 0),
            'message.push': ('met', 'none', 75000, 92000, 0, 0, 92000, 0),
        }},
    'measured': {
        'verdict': 'conditional', 'season': '2026-double12', 'low': None,
        'links': {
            # vegeta held 249.383/s, a seventh worker would do
            'login': ('short', 'expand', 270, 249, 21, 1, 249, 21),
            # 1,512.98 x (1 + 3/12 x 0.9)
            'search': ('covered', 'retest', 1800, 1512, 288, 3, 1853, 0),
            'pay': ('met', 'none', 495, 509, 0, 0, 509, 0),
        }},
    'from-tools': {
        'verdict': 'no-go', 'season': '2026-double12', 'low': None,
        'links': {
            # vegeta's 249.383 good/s before the first step above 100 ms
            'login': ('short', 'expand', 270, 249, 21, 1, 249, 21),
            # wrk's 509.713, the best up to 16 connections
            'pay': ('met', 'none', 450, 509, 0, 0, 509, 0),
            # both load generators: 2914 answers in the last group's 5.986 s
            'search': ('met', 'none', 375, 486, 0, 0, 486, 0),
        }},
}
KEYS = ('state', 'action', 'target_qps', 'usable_qps', 'shortfall_qps',
        'expansion', 'forecast_qps', 'gap_after_qps')


def run(program, *arguments):
    return subprocess.run([program, *arguments], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, cwd=TREE, check=False)


def sample(program, name, expected, folder):
    source = os.path.join('samples', name)
    for lang in ('zh', 'en'):
        out = os.path.join(folder, name, lang)
        done = run(program, 'report', source, '--lang', lang, '-o', out)
        check(f'{name} {lang}: report succeeds', done.returncode == 0,
              done.stderr.decode())
        stem = expected['season'] + '-readiness'
        written = sorted(os.listdir(out)) if os.path.isdir(out) else []
        check(f'{name} {lang}: three files',
              written == [stem + s for s in ('.json', '.pdf', '.xlsx')],
              written)
    if not written:
        return
    with open(os.path.join(out, stem + '.json'), encoding='utf-8') as file:
        report = json.load(file)
    check(f'{name}: verdict', report['verdict'] == expected['verdict'],
          report['verdict'])
    links = {link['link']: link for link in report['links']}
    check(f'{name}: links in order', list(links) == list(expected['links']),
          list(links))
    for link, values in expected['links'].items():
        found = tuple(links.get(link, {}).get(key) for key in KEYS)
        check(f'{name}: {link}', found == values, found)
    low = {link['link']: link['target_qps']
           for scenario in report['scenarios'] if scenario['id'] == 'low'
           for link in scenario['links']}
    for link, target in (expected['low'] or {}).items():
        check(f'{name}: {link} in the low scenario', low.get(link) == target,
              low.get(link))
    gate = run(program, 'check', source, '--gate').returncode
    check(f'{name}: --gate', gate == (expected['verdict'] != 'go'), gate)


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for name, expected in EXPECTED.items():
            sample(program, name, expected, folder)
    states = {values[0] for expected in EXPECTED.values()
              for values in expected['links'].values()}
    check('the samples show every state', len(states) == 6, states)
    lines = read('samples/minimal.yaml').count('\n')
    check('minimal.yaml has under 20 lines', lines < 20, lines)
    close()


if __name__ == '__main__':
    main()
