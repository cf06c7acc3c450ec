#!/usr/bin/python3
"""Pages of hard seasons: names of one to 200 characters in both languages,
rates of twelve digits, owners, decisions and headers of any length, one to
sixty links.  headroom checks the geometry of every page itself and ends with
an error where a text does not fit; here no such error may come, and the text
of the PDF must hold every name, number and state whole.

And a character that the fonts cannot show is an error at its place, a font that
is missing or another than listed a failure of the system.
"""
import glob
import json
import os
import random
import re
import shutil
import sys

from common import TREE, Tally, arguments, has, run, said, temporary

HAN = '提交订单支付回调库存预占优惠券核销加购促销计算商品详情镕喆堃（），、'
LETTERS = 'abcdefghijklmnopqrstuvwxyzWM_-./'
SLO = 'slo: {p99_ms: 200, error_rate: 0.1%}'


def han(rnd, length):
    return ''.join(rnd.choice(HAN) for _ in range(length))


def english(rnd, length):
    words = ''
    while len(words) < length:
        words += ''.join(rnd.choice(LETTERS) for _ in range(
            rnd.choice((3, 5, 8, 12, 20, 40)))) + ' '
    return words[:length].strip(' -./_') or 'x'


def name(rnd):
    length = rnd.choice((1, 2, 4, 6, 10, 20, 30, 60, 200))
    kind = rnd.random()
    if kind < 0.4:
        return han(rnd, length)
    if kind < 0.8:
        return english(rnd, length)
    return han(rnd, (length + 1) // 2) + english(rnd, (length + 1) // 2)


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def both(rnd):
    return '{zh: %s, en: %s}' % (quoted(name(rnd)), quoted(name(rnd)))


def season(rnd, links=None):
    """A season as YAML."""
    lines = ['season: hard', 'as_of: 2026-10-31', 'reference: 2025-double11',
             'growth: 30%', 'buffer: 20%', SLO]
    if rnd.random() < 0.7:
        lines.append('name: ' + both(rnd))
    if rnd.random() < 0.5:
        lines.append('peak: 2026-11-11T00:00:00+08:00')
    if rnd.random() < 0.5:
        lines.append('classification: ' + quoted(name(rnd)))
    if rnd.random() < 0.4:
        lines.append('decisions:')
        for _ in range(rnd.choice((1, 3, 5))):
            lines.append('  - {text: %s, owner: %s, by: 2026-11-04}'
                         % (both(rnd), quoted(name(rnd))))
    most = 900000000000 if rnd.random() < 0.3 else 300000
    links = ['l%d.%s' % (i, english(rnd, rnd.choice((3, 10, 30, 150))))
             for i in range(links or rnd.choice((1, 2, 5, 8, 9, 12, 30, 60)))]
    lines.append('baselines:')
    for link in links:
        lines.append('  - link: ' + quoted(link))
        if rnd.random() < 0.8:
            lines.append('    name: ' + both(rnd))
        if rnd.random() < 0.6:
            lines.append('    owner: ' + quoted(name(rnd)))
        lines += ['    priority: ' + rnd.choice(('P0', 'P0', 'P1', 'P2')),
                  '    peak_qps: %d' % rnd.randrange(1, most * 2 // 3),
                  '    instances: %d' % rnd.randrange(3, 50)]
        if rnd.random() < 0.5:
            lines.append('    approved_instances: %d' % rnd.randrange(30))
        if rnd.random() < 0.2:
            lines.append('    max_instances: 80')
        if rnd.random() < 0.3:
            lines.append('    rate_limit_qps: %d' % rnd.randrange(1, most))
        if rnd.random() < 0.3:
            lines.append('    optimisation: %s'
                         % rnd.choice(('3%', '12.345678%', '999%')))
        if rnd.random() < 0.3:
            lines += ['    due: 2026-11-04', '    retest_on: 2027-01-05']
        if rnd.random() < 0.5:
            lines.append('    domain: ' + both(rnd))
    lines.append('results:')
    for link in links[:1] + [x for x in links[1:] if rnd.random() < 0.8]:
        qps = rnd.randrange(1, most)
        lines += ['  - link: ' + quoted(link),
                  '    date: 2026-' + rnd.choice(('10-30', '10-29', '09-01')),
                  '    environment: ' + quoted(name(rnd)),
                  '    tool: ' + quoted(name(rnd)),
                  '    steps:',
                  '      - {offered_qps: %d, qps: %d, p99_ms: 50,'
                  ' error_rate: 0.01%%}' % (qps, qps)]
        if rnd.random() < 0.5:
            lines.append('      - {offered_qps: %d, qps: %d, p99_ms: 500,'
                         ' error_rate: 0.01%%}' % (qps + 1, qps + 1))
    return '\n'.join(lines) + '\n'


def squeezed(text):
    return re.sub(r'\s', '', text)


def check_text(tally, what, stem, lang):
    """Every link's name, target and shortfall stands in the PDF whole."""
    with open(stem + '.json', encoding='utf-8') as stream:
        report = json.load(stream)
    raw = run(['pdftotext', '-raw', stem + '.pdf', '-']).stdout.decode('utf-8')
    text = squeezed(raw)
    for link in report['links']:
        name_of = link['name'] or link['link']
        names = [name_of]
        if isinstance(name_of, dict):
            names = [name_of[key] for key in lang.split('+')]
        for name_of in names:
            tally.check(squeezed(name_of) in text,
                        '%s: the name %r is not in the PDF' % (what, name_of))
        for key in ('target_qps', 'shortfall_qps', 'gap_after_qps'):
            if link[key] is not None:
                tally.check('{:,}'.format(link[key]) in raw,
                            '%s: %s of %s' % (what, key, link['link']))


def check_hard(tally, program, base, count):
    rnd = random.Random(20261111)
    path, out = os.path.join(base, 'hard.yaml'), os.path.join(base, 'out')
    for case in range(count):
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(season(rnd))
        for lang in ('zh', 'en', 'zh+en'):
            what = 'season %d, %s' % (case, lang)
            ran = run([program, 'report', '-q', '--to', 'pdf,json', '--lang',
                       lang, path, '-o', out])
            if not tally.check(ran.returncode == 0,
                               '%s: %s' % (what, said(ran))):
                continue
            stem = os.path.join(out, 'hard-readiness')
            check_text(tally, what, stem, lang)
            if has('qpdf'):
                ran = run(['qpdf', '--check', stem + '.pdf'])
                tally.check(ran.returncode == 0, what + ': ' + said(ran))


def pages_of(pdf):
    """Its pages, the text of each."""
    text = run(['pdftotext', '-layout', pdf, '-']).stdout.decode('utf-8')
    return text.split('\f')[:-1]


EXPANSION = '扩容图：', 'Expansion: from usable'


def check_expansion(tally, what, pages, lang, links):
    """Below the list of gaps the picture of those that have a plan, cut where
    there are very many."""
    there = [squeezed(page) for page in pages if EXPANSION[lang == 'en'] in page]
    planned = [bool(x['approved_instances'] or x['optimisation'])
               for x in links if x['state'] in ('short', 'covered')]
    tally.check(bool(there) == any(planned[:100]),
                '%s: %d pages of the expansion' % (what, len(there)))
    tally.check(len(there) <= 2, '%s: the expansion has %d pages' % (
        what, len(there)))
    if there and sum(planned) > sum(planned[:100]):
        all_ = '{:,}'.format(sum(planned))
        cut = re.findall('([0-9,]+)of%slisted' % all_ if lang == 'en'
                         else '已列([0-9,]+)/%s，' % all_, there[-1])
        tally.check(cut, '%s: the expansion of %s is not cut' % (what, all_))


def check_lists(tally, what, stem, pages, lang):
    """A list that is cut says of how many; what page 1 names exists."""
    with open(stem + '.json', encoding='utf-8') as stream:
        report = json.load(stream)
    counts = report['counts']
    text, first = squeezed(''.join(pages)), squeezed(pages[0])
    for title, states in ((('缺口与扩容：', 'Gaps:'), ('short', 'covered')),
                          (('未证实：', 'Unproven:'),
                           ('untested', 'stale', 'inconclusive'))):
        title = title[lang == 'en']
        there = [page for page in pages
                 if title in squeezed(page.split('\n\n')[0])]
        rows = sum(counts[state] for state in states)
        merged = (sum(counts.values()) <= (6 if '+' in lang else 8)
                  or sum(counts.values()) - counts['met'] <= 12)
        tally.check(bool(there) == (rows > 0) or merged,
                    '%s: %d pages of %s' % (what, len(there), title))
        name = '“%s”' % title[:-1] if lang != 'en' else 'see' + title[:-1]
        tally.check(name not in first or there or merged,
                    '%s: page 1 names %s' % (what, title))
        # and by the number that it has
        named = re.search(r'第([0-9]+)页' + name if lang != 'en'
                          else title[:-1] + r',page([0-9]+)', first)
        tally.check(named is None or pages.index(there[0]) + 1
                    == int(named.group(1)),
                    '%s: page 1 names %s by %r' % (what, title, named))
        # the picture of the expansion is a list of its own
        if sum(counts.values()) > 500 and there:
            all_, said = '{:,}'.format(rows), squeezed(''.join(there))
            cut = re.findall('([0-9,]+)of%slisted' % all_ if lang == 'en'
                             else '已列([0-9,]+)/%s，按对判定' % all_, said)
            listed = re.findall('–([0-9,]+)of%s(?![0-9,])' % all_
                                if lang == 'en'
                                else '–([0-9,]+)条，共%s条' % all_, said)
            tally.check(cut and listed and cut[-1] == listed[-1],
                        '%s: %s is cut as %r of %d' % (what, title, cut, rows))
    if sum(counts.values()) > 500:
        check_expansion(tally, what, pages, lang, report['links'])
    tally.check('{' not in text, what + ': a name in braces stands there')


def check_sizes(tally, program, base):
    """From a few links to thousands: how many pages, how large."""
    out = os.path.join(base, 'sizes')
    folder = os.path.join(base, 'season')
    generate = os.path.join(os.path.dirname(os.path.dirname(
        os.path.abspath(__file__))), 'bench', 'generate.py')
    for links in (5, 50, 120, 5000):
        run([sys.executable, generate, str(links), folder])
        check_size(tally, program, folder, out, links)
        shutil.rmtree(folder)
    path = os.path.join(base, 'long.yaml')
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write(season(random.Random(4), 540))
    check_size(tally, program, path, out, 540)


def count_of(page, lang):
    """How many links a page of a list says that it holds."""
    found = re.search(r'(\d+)–(\d+)of' if lang == 'en'
                      else r'第(\d+)–(\d+)条', squeezed(page))
    return int(found.group(2)) - int(found.group(1)) + 1 if found else 1


def check_size(tally, program, path, out, links):
    for lang in ('zh', 'en', 'zh+en'):
        what = '%d links, %s' % (links, lang)
        shutil.rmtree(out, ignore_errors=True)
        ran = run([program, 'report', '-q', '--to', 'pdf,json', '--lang', lang,
                   path, '-o', out])
        if not tally.check(ran.returncode == 0, what + ': ' + said(ran)):
            continue
        stem = os.path.join(out, sorted(os.listdir(out))[0].split('.')[0])
        pages = pages_of(stem + '.pdf')
        check_lists(tally, what, stem, pages, lang)
        # the evidence of the worst hundred comes on top
        title = '|Evidence:' if lang == 'en' else '|证据：'
        evidence = [page for page in pages
                    if title in squeezed(page.split('\n\n')[0])]
        tally.check(links <= 500 or len(pages) - len(evidence) <= 20,
                    '%s: %d pages, %d of evidence'
                    % (what, len(pages), len(evidence)))
        tally.check(len(evidence) <= 100, '%s: %d pages of evidence'
                    % (what, len(evidence)))
        # names of links and limits of usual length leave room for six
        for page in evidence[:-1] if links in (50, 120, 5000) else []:
            tally.check(count_of(page, lang) == 6, '%s: %d of evidence a page'
                        % (what, count_of(page, lang)))
        # texts share their room: else rows are high, and pages many
        tally.check(links != 120 or len(pages) <= (25 if '+' in lang else 18),
                    '%s: %d pages' % (what, len(pages)))
        size = os.path.getsize(stem + '.pdf')
        tally.check(size < 2000000, '%s: %d bytes' % (what, size))


PAPERS = {'a4': (841.89, 595.276), 'letter': (792, 612)}


def check_samples(tally, program, base):
    """What is little stands on few pages: charts below the list of gaps."""
    samples = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(
        os.path.abspath(__file__)))), 'samples')
    for name, lang, most in (('minimal.yaml', 'zh', 4), ('minimal.yaml', 'en', 4),
                             ('minimal.yaml', 'zh+en', 5), ('measured', 'zh', 4),
                             ('measured', 'en', 4)):
        out = os.path.join(base, 'sample')
        run([program, 'report', os.path.join(samples, name), '-q', '-o', out,
             '--to', 'pdf', '--lang', lang])
        pages = pages_of(glob.glob(os.path.join(out, '*.pdf'))[0])
        tally.check(len(pages) <= most,
                    '%s, %s: %d pages' % (name, lang, len(pages)))
        both = [x for x in pages if ('基线' if lang != 'en' else 'Held every limit')
                in x and ('有缺口的链路' if lang != 'en'
                          else 'Links that fall short') in x]
        tally.check(lang == 'zh+en' or len(both) == 1,
                    '%s, %s: no charts below the gaps' % (name, lang))
        tally.check(all(('与证据：' if lang != 'en' else ', evidence:')
                        in x.lstrip().split('\n')[0] for x in both),
                    '%s, %s: a head without what stands below' % (name, lang))
        shutil.rmtree(out)


# The heads of the basis in the order in which a reviewer looks for them.
BASIS = {'zh': ('判定规则', '公式与取整', '来源', '压测条件', '假设',
                '术语对照', '签署', '同意放行'),
         'en': ('Verdict rule', 'Formulas and rounding', 'Sources',
                'Test conditions', 'Assumptions', 'Terms', 'Sign-off',
                'agree')}


def check_basis(tally, program, base):
    """The basis has its order; who signs stands last, in one piece.  And the
    sample is small enough to be sent about."""
    out = os.path.join(base, 'basis')
    for lang in ('zh', 'en', 'zh+en'):
        run([program, 'report', TREE + '/samples/2026-double11', '-q', '-o',
             out, '--to', 'pdf', '--lang', lang])
        pdf = glob.glob(out + '/*.pdf')[0]
        size = os.path.getsize(pdf)
        tally.check(size <= 150000, 'sample, %s: %d bytes' % (lang, size))
        told = run(['pdftotext', pdf, '-']).stdout
        pages = told.decode('utf-8').split('\f')[:-1]
        text = '\n'.join(pages)
        heads = BASIS['en' if lang == 'en' else 'zh']
        at = text.index('\n' + heads[0])
        for head in heads:
            found = text.find('\n' + head, at)
            tally.check(found >= 0, 'basis, %s: %s is not where it belongs'
                        % (lang, head))
            at = max(at, found)
        tally.check('\n' + heads[-2] in pages[-1],
                    'basis, %s: the boxes are not on the last page' % lang)
        shutil.rmtree(out)


def check_heads(tally, program, base):
    """Names that are long leave the heads of numbers two lines: no tower of
    single characters."""
    path = os.path.join(base, 'heads.yaml')
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write('season: heads\nas_of: 2026-10-31\nreference: 2025\n'
                     'growth: 30%\nbuffer: 20%\nslo: {p99_ms: 200,'
                     ' error_rate: 0.1%, cpu: 60%}\nbaselines:\n')
        for i in range(3):
            stream.write('  - {link: l%d, name: 物流-详情积分(新加坡 Singapore)'
                         ' HTTP 接口, peak_qps: 24000, instances: 90}\n' % i)
        stream.write('results:\n')
        for i in range(3):
            stream.write('  - {link: l%d, date: 2026-10-30, steps: ['
                         '{offered_qps: 24000, qps: 24000, p99_ms: 50,'
                         ' error_rate: 0.01%%, cpu: 50%%}, {offered_qps: 26000,'
                         ' qps: 25000, p99_ms: 500, error_rate: 2%%,'
                         ' cpu: 80%%}]}\n' % i)
    out = os.path.join(base, 'heads')
    ran = run([program, 'report', path, '-q', '-o', out, '--to', 'pdf',
               '--lang', 'zh'])
    if not tally.check(ran.returncode == 0, 'heads: ' + said(ran)):
        return
    text = run(['pdftotext', glob.glob(out + '/*.pdf')[0], '-']).stdout
    towers = re.findall(r'^[已批台数优化]$', text.decode('utf-8'), re.M)
    tally.check(len(towers) < 2, 'heads stand as towers: %s' % towers)


def templates(base):
    """(name, file) of every template on each paper."""
    for name in ('brief', 'review', 'archive', 'own'):
        path = '%s/templates/%s.yaml' % (TREE, name)
        if name == 'own':
            path = TREE + '/samples/template-own/template.yaml'
        for paper in PAPERS:
            own = os.path.join(base, '%s-%s.yaml' % (name, paper))
            with open(own, 'w', encoding='utf-8') as stream:
                stream.write('template: %s\ninclude: %s\npaper: %s\n'
                             % (name, path, paper))
            yield '%s on %s' % (name, paper), own, PAPERS[paper]


def check_papers(tally, program, base, count):
    """Every template on both papers in every language: the sample, and seasons
    whose names are long.  Each page has its size and says what it is of."""
    rnd = random.Random(20261112)
    seasons = [(TREE + '/samples/2026-double11', '2026-double11')]
    for case in range(count):
        path = os.path.join(base, 'paper-%d.yaml' % case)
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(season(rnd))
        seasons.append((path, 'hard'))
    out = os.path.join(base, 'paper')
    for name, template, size in templates(base):
        for path, season_id in seasons:
            for lang in ('zh', 'en', 'zh+en'):
                what = '%s, %s, %s' % (name, os.path.basename(path), lang)
                ran = run([program, 'report', '-q', '--to', 'pdf', '--lang',
                           lang, '--template', template, path, '-o', out])
                if not tally.check(ran.returncode == 0,
                                   what + ': ' + said(ran)):
                    continue
                pdf = os.path.join(out, season_id + '-readiness.pdf')
                check_paper(tally, what, pdf, size)
                if name.startswith('brief') and season_id != 'hard':
                    most = 2 if lang == 'zh+en' else 1
                    tally.check(len(pages_of(pdf)) <= most,
                                what + ': %d pages' % len(pages_of(pdf)))


def check_paper(tally, what, pdf, size):
    told = run(['pdfinfo', '-l', '-1', pdf]).stdout.decode('utf-8')
    sizes = re.findall(r'^Page +\d+ size: +([\d.]+) x ([\d.]+)', told, re.M)
    tally.check(sizes and all(
        abs(float(width) - size[0]) < 0.1 and abs(float(height) - size[1]) < 0.1
        for width, height in sizes), '%s: %s' % (what, sizes[:1]))
    pages = pages_of(pdf)
    for number, page in enumerate(pages, 1):
        head = squeezed(page)
        tally.check('2026-10-31' in head and
                    any(x % (number, len(pages)) in head
                        for x in ('第%d/%d页', 'page%dof%d')),
                    '%s: the head of page %d' % (what, number))


def check_glyph(tally, program, base):
    path, out = os.path.join(base, 'glyph.yaml'), os.path.join(base, 'none')
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write('season: glyph\nas_of: 2026-10-31\nmultiplier: 1.5\n'
                     + SLO + '\nbaselines:\n'
                     '  - {link: a, name: 提交\u0e01订单, peak_qps: 10}\n')
    ran = run([program, 'report', path, '--to', 'pdf', '-o', out])
    tally.check(ran.returncode == 2, 'a missing glyph: status %d'
                % ran.returncode)
    tally.check(b'glyph.yaml:6:23: error: ' in ran.stderr
                and b'U+0E01' in ran.stderr, 'a missing glyph: ' + said(ran))
    tally.check(not os.path.exists(out), 'a missing glyph left ' + out)
    ran = run([program, 'report', path, '--to', 'json', '-o', out])
    tally.check(ran.returncode == 0, 'a missing glyph is no matter without a '
                'PDF: ' + said(ran))


def extremes(rnd):
    """Names of 1 to 60 Han characters, English words of 40 letters, rates,
    costs and counts as long as they may be."""
    word = lambda: ''.join(rnd.choice('WMmwQgabefil') for _ in range(40))
    lines = ['season: extremes', 'as_of: 2026-10-31', 'growth: 30%',
             'buffer: 20%', SLO, 'unit_cost: 999999999999.999999999999',
             'currency: {zh: %s, en: %s}' % (han(rnd, 20), word()),
             'baselines:']
    results = ['results:']
    for length in range(1, 61):
        link = 'l%d' % length
        peak = rnd.choice((9, 1234, 666666666666, 654321.123456))
        lines.append(
            '  - {link: %s, name: {zh: %s, en: %s}, owner: {zh: %s, en: %s}, '
            'domain: {zh: %s, en: %s}, peak_qps: %s, instances: %d, '
            'approved_instances: %d, optimisation: 12.345678%%, '
            'rate_limit_qps: 999999999999}'
            % (link, quoted(han(rnd, length)), word(), han(rnd, length % 20 + 1),
               word(), han(rnd, length % 7 + 1), word(), peak,
               rnd.choice((3, 1000000 - 999)), rnd.choice((0, 1, 999))))
        if length % 7 == 0:
            continue
        share = rnd.choice(('0.4', '0.9', '1.2', '2'))
        qps = '%.6f' % min(peak * float(share), 999999999999)
        steps = '{offered_qps: %s, qps: %s, p99_ms: 199.999999, ' \
                'error_rate: 0.099999%%}' % (qps, qps)
        if length % 3:
            steps += ', {offered_qps: 999999999999, qps: %s, p99_ms: 9999999, ' \
                     'error_rate: 99.999999%%}' % qps
        results.append('  - {link: %s, date: 2026-10-%02d, steps: [%s]}'
                       % (link, rnd.choice((1, 30)), steps))
    return '\n'.join(lines + results) + '\n'


def check_extremes(tally, program, base, count):
    """On both papers and in all languages everything stands in its place:
    headroom checks the geometry itself and ends with an error where it does
    not."""
    path, out = os.path.join(base, 'extremes.yaml'), os.path.join(base, 'far')
    letter = share(base, 'far-letter', ('templates/review.yaml', r'paper: a4',
                                        'paper: letter'))
    for case in range(count):
        with open(path, 'w', encoding='utf-8') as stream:
            stream.write(extremes(random.Random(case)))
        for lang in ('zh', 'en', 'zh+en'):
            for paper, env in (('A4', None), ('Letter', letter)):
                what = 'extremes %d, %s, %s' % (case, lang, paper)
                ran = run([program, 'report', '-q', '--to', 'pdf,json',
                           '--lang', lang, path, '-o', out], env=env)
                if tally.check(ran.returncode == 0, what + ': ' + said(ran)):
                    check_text(tally, what,
                               os.path.join(out, 'extremes-readiness'), lang)


def check_exact(tally, program, base):
    """Texts come out of the PDF as they went in: no blank more or less."""
    path, out = os.path.join(base, 'exact.yaml'), os.path.join(base, 'exact')
    name_of = '2026年双11大促v2备战'
    link, owner = 'A1下单v2接口', '交易1组'
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write('season: exact\nas_of: 2026-10-31\nmultiplier: 1.5\n'
                     'name: %s\n%s\nbaselines:\n  - {link: a, name: %s,'
                     ' owner: %s, peak_qps: 1000000}\n'
                     % (name_of, SLO, link, owner))
    ran = run([program, 'report', path, '--lang', 'zh', '--to', 'pdf', '-o',
               out])
    tally.check(ran.returncode == 0, 'exact: ' + said(ran))
    pdf = os.path.join(out, 'exact-readiness.pdf')
    for mode in ([], ['-layout'], ['-raw']):
        text = run(['pdftotext', *mode, pdf, '-']).stdout.decode('utf-8')
        for words in (name_of, link, owner, '1,500,000', '暂不放行'):
            tally.check(words in text, 'exact: pdftotext %s gives no %r'
                        % (mode, words))


def share(base, name, change):
    """A folder of templates and fonts, one file of them changed."""
    folder = os.path.join(base, name)
    for part in ('templates', 'fonts'):
        shutil.copytree(os.path.join(os.environ['HEADROOM_SHARE'], part),
                        os.path.join(folder, part))
    path = os.path.join(folder, change[0])
    with open(path, encoding='utf-8') as stream:
        text = stream.read()
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write(re.sub(change[1], change[2], text))
    return dict(os.environ, HEADROOM_SHARE=folder)


def check_share(tally, program, base):
    """Fonts that are missing or others, types that are too large."""
    path, out = os.path.join(base, 'plain.yaml'), os.path.join(base, 'plain')
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write('season: plain\nas_of: 2026-10-31\nmultiplier: 1.5\n'
                     + SLO + '\nbaselines:\n  - {link: a, peak_qps: 10}\n')
    command = [program, 'report', path, '--to', 'pdf', '-o', out]
    for name, change, status, words in (
            ('missing', ('fonts/fonts.txt', r'/usr/share/\S*Bold', '/nowhere'),
             3, 'install the package fonts-noto-cjk'),
            ('other', ('fonts/fonts.txt', r'20050760', '20050761'),
             3, 'fonts.txt lists 20050761'),
            ('no list', ('fonts/fonts.txt', r'(?m)^bold', '# bold'),
             3, 'names no font for the role bold'),
            ('large', ('templates/review.yaml', r'counts: 20', 'counts: 90'),
             2, 'the PDF cannot be laid out: page 1'),
            ('letter', ('templates/review.yaml', r'paper: a4',
                        'paper: letter'), 0, '')):
        ran = run(command, env=share(base, name, change))
        tally.check(ran.returncode == status, '%s: status %d, %s'
                    % (name, ran.returncode, said(ran)))
        tally.check(words.encode() in ran.stderr, name + ': ' + said(ran))
        tally.check(os.path.exists(out) == (status == 0), name + ': ' + out)


def main():
    program, full = arguments(__doc__)
    tally = Tally()
    if not has('pdftotext'):
        tally.skip('the text of the PDF: no pdftotext')
        sys.exit(0)
    with temporary() as base:
        check_hard(tally, program, base, 150 if full else 15)
        check_papers(tally, program, base, 40 if full else 1)
        check_extremes(tally, program, base, 10 if full else 2)
        check_glyph(tally, program, base)
        check_share(tally, program, base)
        check_exact(tally, program, base)
        check_sizes(tally, program, base)
        check_samples(tally, program, base)
        check_basis(tally, program, base)
        check_heads(tally, program, base)
    tally.close()


if __name__ == '__main__':
    main()
