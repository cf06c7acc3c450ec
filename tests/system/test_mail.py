#!/usr/bin/python3
"""The mail is whole, says the JSON's numbers, and adds nothing to a header.

usage: test_mail.py PROGRAM [--full]

The draft is taken apart by Python's own email package: parts, headers, subject,
attachments byte by byte; the HTML by a list of what mail programs show; each
row's numbers against the JSON; hostile names and random seasons.
"""
import email
import email.policy
import glob
import hashlib
import html.parser
import io
import json
import os
import re
import sys
import unicodedata
import zipfile

from common import (TREE, Tally, arguments, has, run, said, temporary)

sys.path.insert(0, os.path.join(TREE, 'tests', 'independent'))
import generate  # noqa: E402

ATTACHED_MOST = 8000000
SUBJECT_MOST, LINE_MOST, ROWS, NAMED = 60, 76, 5, 5
HTML_MOST, OCTETS_MOST = 90000, 998
ATTRIBUTES = {
    'html': {'lang'}, 'head': set(), 'title': set(),
    'meta': {'charset', 'name', 'content'}, 'body': {'bgcolor', 'style'},
    'table': {'role', 'width', 'align', 'cellpadding', 'cellspacing',
              'border', 'style'},
    'tr': set(), 'td': {'align', 'valign', 'bgcolor', 'lang', 'style'},
    'th': {'align', 'valign', 'style'}, 'span': {'style'}, 'b': {'style'},
    'br': set(),
}
EMPTY = {'meta', 'br'}
PROPERTIES = {'font-family', 'font-size', 'line-height', 'font-weight',
              'color', 'background-color', 'padding', 'border', 'border-top',
              'border-bottom', 'text-align', 'word-break', 'width',
              'max-width'}
WORDS = {
    'zh': {'no owner': '未指定', 'unknown': {'untested': '未知', 'stale': '待复测',
                       'inconclusive': '待复测'},
           'verdict': {'go': '可放行', 'conditional': '有条件放行',
                       'no-go': '暂不放行'},
           'action': {'go': '知会', 'conditional': '需行动',
                      'no-go': '需决策'},
           'short': '缺口 QPS', 'list': '、', 'last': '、',
           'unproven': ('{n} 条未证实，能力未知：{list}{rest}。',) * 2,
           'item': '{name}（{priority}，{state}）', 'rest': '；另有 {n} 条',
           'none': '没有未证实的链路。', 'links': ('共 {n} 条链路',) * 2,
           'weakest': ('P0 链路按最短板可承接目标的 {share}（{name}）',
                       '已证实的 P0 链路均达标，最低为目标的 {share}（{name}）'),
           'attainment': '达成率', 'state': {
               'short': '缺口，未补足', 'untested': '未压测',
               'stale': '压测过期', 'inconclusive': '未压到位',
               'covered': '缺口，扩容可补', 'met': '达标'}},
    'en': {'no owner': 'not set', 'unknown': {'untested': 'unknown', 'stale': 'retest',
                       'inconclusive': 'retest'},
           'verdict': {'go': 'GO', 'conditional': 'CONDITIONAL GO',
                       'no-go': 'NO-GO'},
           'action': {'go': 'INFO', 'conditional': 'ACTION',
                      'no-go': 'DECISION'},
           'short': 'Shortfall QPS', 'list': ', ', 'last': ' and ',
           'unproven': ('{n} link is unproven, its capacity unknown: {list}.',
                        '{n} links are unproven, their capacity unknown: '
                        '{list}{rest}.'),
           'item': '{name} ({priority}, {state})', 'rest': '; {n} more',
           'none': 'No link is unproven.', 'links': ('{n} link', '{n} links'),
           'weakest': ('By their weakest link ({name}) the P0 links carry {share} '
                       'of target',
                       'All proven P0 links are met, the lowest at {share} of '
                       'target ({name})'),
           'attainment': 'Attainment', 'state': {
               'short': 'short, not covered', 'untested': 'untested',
               'stale': 'stale', 'inconclusive': 'inconclusive',
               'covered': 'short, covered by plan', 'met': 'met'}},
}

BASE = """\
season: trial
lang: {lang}
growth: 30%
buffer: 20%
as_of: 2026-10-31
slo: {{p99_ms: 200, error_rate: 0.1%}}
{more}
baselines:
  - {{link: {link}, name: {name}, owner: {name}, peak_qps: 10000, instances: 40}}
  - {{link: other, peak_qps: 10000, instances: 40, name: {name}}}
results:
  - link: {link}
    date: 2026-10-30
    steps:
      - {{offered_qps: 8000, qps: 7990, p99_ms: 80, error_rate: 0.01%}}
      - {{offered_qps: 16000, qps: 12000, p99_ms: 640, error_rate: 2%}}
"""


def width(text):
    """Columns on a terminal."""
    return sum(0 if unicodedata.combining(c) or c in '\u200c\u200d'
               else 2 if unicodedata.east_asian_width(c) in 'WF' else 1
               for c in text)


def squeeze(text):
    return re.sub(r'\s+', '', text)


class Page(html.parser.HTMLParser):
    """Elements held against the list; texts of the table's cells."""

    def __init__(self, page):
        super().__init__()
        self.faults, self.open, self.rows, self.text = [], [], [], []
        self.grounds = ['#FFFFFF']
        self.feed(page)
        self.close()
        if self.open:
            self.faults.append(f'left open: {self.open}')

    def handle_starttag(self, tag, attrs):
        if tag not in ATTRIBUTES:
            self.faults.append(f'element {tag}')
        style = {}
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, ()):
                self.faults.append(f'attribute {tag} {name}')
            if name == 'style':
                style = dict(part.split(':', 1) for part in
                             value.rstrip(';').split(';'))
        for name, value in style.items():
            is_bare_page = tag == 'body' and (name, value) == ('margin', '0')
            if is_bare_page:
                continue
            if name not in PROPERTIES or 'url' in value or '(' in value:
                self.faults.append(f'property {name}: {value}')
        if 'color' in style and contrast(
                style['color'],
                style.get('background-color', self.grounds[-1])) < 4.5:
            self.faults.append(f'contrast {style}')
        if tag == 'tr':
            self.rows.append([])
        if tag in ('td', 'th') and self.rows:
            self.rows[-1].append('')
        if tag == 'br' and self.rows and self.rows[-1]:
            self.rows[-1][-1] += '\n'
        if tag not in EMPTY:
            self.open.append(tag)
            self.grounds.append(style.get('background-color',
                                          self.grounds[-1]))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f'closes {tag}')
        self.grounds.pop()

    def handle_data(self, data):
        self.text.append(data)
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

    def handle_comment(self, data):
        self.faults.append(f'comment {data}')


def contrast(one, other):
    """As WCAG 2 defines it."""
    def light(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [x / 12.92 if x <= .03928 else ((x + .055) / 1.055) ** 2.4
                 for x in parts]
        return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2]
    low, high = sorted((light(one), light(other)))
    return (high + .05) / (low + .05)


def text_in(value, language):
    if isinstance(value, dict):
        return value.get(language) or next(iter(value.values()))
    return value


def percent(ratio):
    """0.762 -> 76.2%"""
    milli = round(ratio * 1000)
    return f'{milli // 10:,}.{milli % 10}%'


def expected_row(link, language, unit_words):
    """What a row says: name, state, attainment, shortfall, after plan."""
    state = link['state']
    row = [text_in(link['name'], language) or link['link'],
           f'{link["priority"]}, {unit_words["state"][state]}'
           if language == 'en' else
           f'{link["priority"]}，{unit_words["state"][state]}']
    if link['attainment'] is None:
        return row + [unit_words['unknown'][state]] * 3
    return row + [percent(link['attainment']),
                  f'{link["shortfall_qps"]:,}', f'{link["gap_after_qps"]:,}']


def numbers(text):
    """Every number in a text."""
    return re.findall(r'\d[\d,]*(?:\.\d+)?', text)


def known_numbers(report, given=''):
    """All that the assessment, and the days that were given, let a sentence
    say; some days and validities stand in no JSON."""
    known = {'14'}
    for day in re.findall(r'\d{4}-\d\d-\d\d', given):
        known.update([day, *day.split('-')])
    known.update(re.findall(r'validity_days["\']?: *["\']?(\d+)', given))

    def take(value):
        if isinstance(value, dict):
            for each in value.values():
                take(each)
        elif isinstance(value, list):
            for each in value:
                take(each)
        elif isinstance(value, str):
            known.update(numbers(value))
            known.update(x.lstrip('0') for x in numbers(value))
            for number in re.findall(r'\d+', value):
                known.add(number)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            known.add(f'{value:,}')
            known.add(f'{abs(value):,}')
            known.update(numbers(percent(abs(value))))
    take(report)
    for link in report['links']:
        expansion, approved = link['expansion'], link['approved_instances']
        if expansion is not None:
            known.add(f'{max(0, expansion - (approved or 0)):,}')
        if link['forecast_qps'] is not None:
            known.update(numbers(percent(
                link['forecast_qps'] * 1000 // link['target_qps'] / 1000)))
    known.update(f'{n:,}' for n in range(len(report['links']) + 1))
    return known


def is_of_plan(sentence, plan):
    """Whether a sentence is one of the PDF's, as --to dump shows it: what it
    says is held against the JSON elsewhere."""
    ask = re.match(r'(?:请决定：|Decision needed: )(.*)[（(](?:负责人|owner)',
                   sentence)
    return squeeze(ask.group(1) if ask else sentence) in plan


def check_text(tally, text, what):
    for line in text.split('\n'):
        tally.check(width(line) <= LINE_MOST, f'{what}: wide line {line!r}')
        tally.check(not re.match(r'From |\.', line),
                    f'{what}: begins {line!r}')
        tally.check(not line.endswith(' '), f'{what}: blank at end {line!r}')


def check_rows(tally, page, text, report, languages, what):
    """Each row of the table, as HTML and as text."""
    found = [row for row in page.rows if len(row) == 5]
    each = len(found) // len(languages)
    shown = report['links'][:each - 1]
    not_met = sum(x['state'] != 'met' for x in report['links'])
    tally.check(each - 1 == min(ROWS, not_met + 3, len(report['links'])),
                f'{what}: {each - 1} rows')
    for index, language in enumerate(languages):
        words = WORDS[language]
        rows = found[index * each + 1:(index + 1) * each]
        for row, link in zip(rows, shown):
            want = expected_row(link, language, words)
            name, _, about = row[0].partition('\n')
            got = [name, about[2:], *(x.rstrip('*') for x in row[1:4])]
            tally.check(got == want, f'{what}: row {got} is not {want}')
            owner = (text_in(link['owner'], language)
                     or WORDS[language]['no owner'])
            tally.check(row[4].strip() == owner.strip(),
                        f'{what}: owner {row[4]!r}')
            line = squeeze(f'{want[1]} | {words["attainment"]} {want[2]} | '
                           f'{words["short"]} {want[3]}')
            tally.check(line in squeeze(text).replace('*', '').replace(
                        'TPS', 'QPS'),
                        f'{what}: the text lacks {line}')


def check_counts(tally, text, report, language, what):
    """The counts, what is unproven and the weakest link are the JSON's."""
    words, links = WORDS[language], report['links']
    said_of = squeeze(text)
    many = len(links) != 1
    for sentence in (
            words['links'][many].format(n=f'{len(links):,}'),
            '|'.join(f'{words["state"][state]} {report["counts"][state]:,}'
                     for state in words['state'])):
        tally.check(squeeze(sentence) in said_of,
                    f'{what}: the text lacks {sentence}')
    unproven = [x for x in links if x['attainment'] is None]
    items = [words['item'].format(
        name=text_in(x['name'], language) or x['link'],
        priority=x['priority'], state=words['state'][x['state']])
        for x in unproven[:NAMED]]
    listed = words['list'].join(items[:-1])
    listed += (words['last'] if len(items) > 1 else '') + ''.join(items[-1:])
    rest = words['rest'].format(n=f'{len(unproven) - NAMED:,}') if len(
        unproven) > NAMED else ''
    sentence = words['unproven'][len(unproven) != 1].format(
        n=f'{len(unproven):,}', list=listed,
        rest=rest) if unproven else words['none']
    tally.check(squeeze(sentence) in said_of,
                f'{what}: the text lacks {sentence}')
    if report['weakest']:
        weakest = next(x for x in links
                       if x['link'] == report['weakest']['link'])
        sentence = words['weakest'][weakest['state'] == 'met'].format(
            share=percent(report['weakest']['attainment']),
            name=text_in(weakest['name'], language) or weakest['link'])
        tally.check(squeeze(sentence) in said_of,
                    f'{what}: the text lacks {sentence}')


def check_attached(tally, text, files, what):
    """Size and start of the sum of what is attached or stands beside."""
    for name, raw in files.items():
        for size, sum_of in re.findall(
                re.escape(squeeze(name)) + r'[（(]([\d,]+)(?:bytes|字节)[,，]'
                r'SHA-256([0-9a-f]{12})…', squeeze(text)):
            tally.check(size == f'{len(raw):,}' and
                        hashlib.sha256(raw).hexdigest().startswith(sum_of),
                        f'{what}: {name} has {len(raw)} bytes, not {size}')
        tally.check(squeeze(name) in squeeze(text),
                    f'{what}: the text lacks {name}')


def check_mail(tally, folder, stem, languages, report, what, whom=(),
               given=''):
    """The three files of a mail."""
    def read(suffix):
        with open(os.path.join(folder, stem + suffix), 'rb') as stream:
            return stream.read()
    raw = read('.eml')
    tally.check(raw.count(b'\n') == raw.count(b'\r\n') == raw.count(b'\r'),
                f'{what}: CRLF')
    tally.check(max(map(len, raw.split(b'\r\n'))) <= OCTETS_MOST,
                f'{what}: long line')
    message = email.message_from_bytes(raw, policy=email.policy.default)
    heads = sorted([*whom, 'Subject', 'X-Unsent', 'MIME-Version',
                    'Content-Type'])
    tally.check(sorted(message.keys()) == heads,
                f'{what}: headers {message.keys()}')
    tally.check(message['X-Unsent'] == '1', f'{what}: a draft')
    parts = [part for part in message.walk()]
    tally.check([p.get_content_type() for p in parts][:4] == [
        'multipart/mixed', 'multipart/alternative', 'text/plain',
        'text/html'], f'{what}: parts')
    tally.check(not any(p.defects for p in parts), f'{what}: defects')

    words = WORDS[languages[0]]
    subject = message['Subject']
    decides = report['plan'] == report['scenario']
    start = words['action'][report['verdict'] if decides else 'go']
    tally.check(width(subject) <= SUBJECT_MOST and subject.startswith(
        f'[{start}] ') and decides != ('试算' in subject or
                                       'what-if' in subject)
                and words['verdict'][report['verdict']] in subject,
                f'{what}: subject {subject!r}')
    tally.check(all(n in known_numbers(report, given) or
                    n.lstrip('0') in known_numbers(report, given)
                    for n in numbers(subject)),
                f'{what}: a number in {subject!r}')

    text, page = (p.get_content().replace('\r\n', '\n') for p in parts[2:4])
    tally.check(text.encode() == read('.txt'), f'{what}: .txt is the part')
    tally.check(page.encode() == read('.html'), f'{what}: .html is the part')
    names = []
    for part in parts[4:]:
        names.append(part.get_filename())
        tally.check(names[-1].endswith('-light.xlsx') or part.get_content() ==
                    read(names[-1].replace(stem, '')),
                    f'{what}: {names[-1]} is the file')
        tally.check(part.get_content_disposition() == 'attachment',
                    f'{what}: attached')
    set_size = len(read('.pdf')) + len(read('.xlsx'))
    tally.check(names == [stem + '.pdf', stem + '.xlsx']
                if set_size <= ATTACHED_MOST else
                names in ([stem + '.pdf', stem + '-light.xlsx'],
                          [stem + '.pdf']), f'{what}: attachments {names}')
    tally.check(('8 MB' in text) == (set_size > ATTACHED_MOST),
                f'{what}: what is left out is said')

    check_text(tally, text, what)
    tally.check(len(page.encode()) < HTML_MOST, f'{what}: large HTML')
    seen = Page(page)
    tally.check(not seen.faults, f'{what}: HTML {seen.faults[:3]}')
    for language in languages:
        tally.check(WORDS[language]['verdict'][report['verdict']] in text,
                    f'{what}: the verdict in the text')
    check_rows(tally, seen, text, report, languages, what)
    shown = ''.join(seen.text)
    for language in languages:
        check_counts(tally, text, report, language, what)
        check_counts(tally, shown, report, language, what + ' HTML')
    check_attached(tally, text, {stem + x: read(x) for x in
                                 ('.pdf', '.xlsx')}, what)
    sizes = [f'{len(read(s)):,}' for s in ('.pdf', '.xlsx')]
    known = known_numbers(report, given) | set(sizes) | {'256', '8'}
    plain = ' '.join(x for x in seen.text
                     if not is_of_plan(x, squeeze(read('.dump').decode())))
    plain = re.sub(r'SHA-256 [0-9a-f]{12}…', '', plain)
    plain = re.sub(r'style="[^"]*"', '', plain)
    for number in numbers(plain):
        short = number.rstrip(',').lstrip('0') or '0'
        tally.check(number.rstrip(',') in known or short in known
                    or number.rstrip('.,') in known
                    or all(x in known for x in number.split(',')),
                    f'{what}: the number {number} is not the JSON\'s')
    return subject, text, page


def read_all(inputs):
    """The text of all input files."""
    texts = []
    for path in inputs:
        for file in ([path] if os.path.isfile(path) else
                     glob.glob(path + '/**/*.y*ml', recursive=True)):
            with open(file, 'rb') as stream:
                raw = stream.read()
            texts.append(raw.decode('utf-16' if raw[:2] in (
                b'\xff\xfe', b'\xfe\xff') else 'utf-8', 'replace'))
    return '\n'.join(texts)


def make(program, folder, inputs, *more):
    return run([program, 'report', '-q', '--to', 'eml,json,dump', '-o', folder,
                *more, *inputs])


def load(folder, stem):
    with open(os.path.join(folder, stem + '.json'),
              encoding='utf-8') as stream:
        return json.load(stream)


def check_season(tally, program, folder, inputs, stem, lang, what, *more):
    out = os.path.join(folder, 'out')
    ran = make(program, out, inputs, '--lang', lang, *more)
    if not tally.check(ran.returncode == 0, f'{what}: {said(ran)}'):
        return None
    return check_mail(tally, out, stem, lang.split('+'), load(out, stem),
                      what, given=read_all(inputs))


def samples(tally, program):
    for sample, stem in (('2026-double11', '2026-double11-readiness'),
                         ('measured', None), ('minimal.yaml', None)):
        for lang in ('zh', 'en', 'zh+en'):
            with temporary() as folder:
                path = os.path.join(TREE, 'samples', sample)
                name = stem or season_of(path) + '-readiness'
                check_season(tally, program, folder, [path], name, lang,
                             f'{sample} {lang}')
    with temporary() as folder:
        check_season(tally, program, folder,
                     [os.path.join(TREE, 'samples', '2026-double11')],
                     '2026-double11-readiness-low', 'zh', 'low',
                     '--scenario', 'low')
    # the demo's mail is small enough for every box
    with temporary() as folder:
        out = os.path.join(folder, 'out')
        make(program, out, [os.path.join(TREE, 'samples', '2026-double11')])
        size = os.path.getsize(
            os.path.join(out, '2026-double11-readiness.eml'))
        tally.check(size <= 400 * 1024, f'the demo\'s mail has {size} bytes')


def season_of(path):
    files = [path] if os.path.isfile(path) else glob.glob(path + '/**/*.yaml',
                                                         recursive=True)
    found = re.search(r'^season: *(\S+)', read_all(files), re.M)
    return found.group(1) if found else None


def the_command(tally, program):
    """headroom mail writes what report --to eml does."""
    with temporary() as folder:
        one, two = os.path.join(folder, 'a'), os.path.join(folder, 'b')
        path = os.path.join(TREE, 'samples', 'minimal.yaml')
        first = run([program, 'mail', path, '-o', one])
        second = run([program, 'report', path, '--to', 'eml', '-q', '-o',
                      two])
        tally.check(first.returncode == second.returncode == 0, said(first))
        names = sorted(os.listdir(one))
        tally.check([x.rsplit('.', 1)[1] for x in names] ==
                    ['eml', 'html', 'pdf', 'txt', 'xlsx'], f'{names}')
        wrote = first.stdout.decode()
        tally.check(all(name in wrote for name in names), wrote)
        for name in names:
            with open(os.path.join(one, name), 'rb') as a, \
                    open(os.path.join(two, name), 'rb') as b:
                tally.check(a.read() == b.read(), f'{name} is the same')
        ran = run([program, 'mail', path, '--to', 'pdf', '-o', one])
        tally.check(ran.returncode == 2, 'mail takes no --to')
        # what an earlier run wrote goes with the next
        run([program, 'report', path, '--to', 'json', '-q', '-o', one])
        tally.check([x.rsplit('.', 1)[1] for x in os.listdir(one)] ==
                    ['json'], f'left behind: {os.listdir(one)}')


def write(folder, text):
    path = os.path.join(folder, 'season.yaml')
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write(text)
    return path


def recipients(tally, program):
    good = ('mail: {to: [a.b+c@example.com, 张三 <zhang@example.com>, '
            '"Lee, A <lee@example.org>"], cc: sre@example.com, '
            'from: 容量组 <cap@example.com>}')
    with temporary() as folder:
        path = write(folder, BASE.format(lang='zh', link='one', name='一',
                                         more=good))
        out = os.path.join(folder, 'out')
        ran = make(program, out, [path])
        if tally.check(ran.returncode == 0, said(ran)):
            check_mail(tally, out, 'trial-readiness', ['zh'],
                       load(out, 'trial-readiness'), 'recipients',
                       ('From', 'To', 'Cc'))
            with open(os.path.join(out, 'trial-readiness.eml'),
                      'rb') as stream:
                message = email.message_from_binary_file(
                    stream, policy=email.policy.default)
            got = {key: [(x.display_name, x.addr_spec)
                         for x in message[key].addresses]
                   for key in ('From', 'To', 'Cc')}
            tally.check(got == {
                'From': [('容量组', 'cap@example.com')],
                'To': [('', 'a.b+c@example.com'),
                       ('张三', 'zhang@example.com'),
                       ('Lee, A', 'lee@example.org')],
                'Cc': [('', 'sre@example.com')]}, f'recipients {got}')
    for bad in ('nobody', 'a@b@c.example', '@example.com', 'a@', 'a@-x.com',
                '"a@x..com"', '"a b@x.com"', '"Bcc: a <a@x.com>, b@y.com"',
                '"a@x.com, b@y.com"', '张@example.com', '"<a@x.com"',
                '"=?utf-8?Q?=0D=0A?= <a@x.com>"', '"a@x.com\\nBcc: b@y.com"',
                '[]', '{a: b}', '', '5'):
        with temporary() as folder:
            path = write(folder, BASE.format(lang='en', link='one', name='x',
                                             more=f'mail: {{to: {bad}}}'))
            ran = make(program, os.path.join(folder, 'out'), [path])
            tally.check(ran.returncode == 2 and b'season.yaml:7:' in
                        ran.stderr, f'mail to {bad}: {said(ran)}')


HOSTILE = ['=?utf-8?Q?=0D=0ABcc=3A_boss=40evil.example?=', '.', 'From here',
           '--=_headroom_0_mixed', '"><script>alert(1)</script>',
           "'; }{ {name} {n} %s %n", '&lt;b&gt; &amp;', '长' * 200, 'w' * 200,
           'wide words ' * 18, '…。，）', 'a中' * 100]


def hostile(tally, program):
    for name in HOSTILE:
        for lang in ('zh', 'en'):
            with temporary() as folder:
                path = write(folder, BASE.format(
                    lang=lang, link=json.dumps(name[:200]),
                    name=json.dumps(name, ensure_ascii=False), more=''))
                got = check_season(tally, program, folder, [path],
                                   'trial-readiness', lang, f'{name[:20]}')
                if got:
                    shown = squeeze(name)
                    tally.check(shown in squeeze(got[1]),
                                f'{name[:20]}: whole in the text')
    beside = os.path.join(TREE, '..', 'shared', 'hostile', 'yaml')
    for path in sorted(glob.glob(os.path.join(beside, 'mail-*.yaml'))):
        with temporary() as folder:
            out = os.path.join(folder, 'out')
            ran = make(program, out, [path])
            tally.check(ran.returncode in (0, 2), f'{path}: {said(ran)}')
            if ran.returncode == 0:
                stem = season_of(path) + '-readiness'
                check_mail(tally, out, stem, ['en'], load(out, stem),
                           os.path.basename(path))


def random_seasons(tally, program, count):
    langs = ('zh', 'en', 'zh+en')
    done = 0
    for seed in range(count * 2):
        if done >= count:
            break
        with temporary() as folder:
            season = generate.Season(90000 + seed, printed=True)
            inputs, shown = season.write(folder)
            out = os.path.join(folder, 'out')
            lang = langs[seed % 3]
            more = ['--scenario', shown] if shown else []
            ran = make(program, out, inputs, '--lang', lang, *more)
            if ran.returncode == 2 and (
                    b'is left without' in ran.stderr or
                    b'there is no default' in ran.stderr):
                continue  # now and then wanted of a season
            if not tally.check(ran.returncode == 0, f'{seed}: {said(ran)}'):
                continue
            done += 1
            stem = os.path.basename(glob.glob(out + '/*.eml')[0])[:-4]
            check_mail(tally, out, stem, lang.split('+'), load(out, stem),
                       f'season {seed} {lang}', given=read_all(inputs))
    tally.check(done >= count * 3 // 4, f'{done} seasons')


def same_bytes(tally, program):
    """Neither zone nor locale nor clock shows."""
    path = os.path.join(TREE, 'samples', '2026-double11')
    first = None
    for environment, before in (
            ({'TZ': 'UTC', 'LC_ALL': 'C'}, []),
            ({'TZ': 'Asia/Shanghai', 'LC_ALL': 'zh_CN.UTF-8'}, []),
            ({'TZ': 'UTC', 'LC_ALL': 'de_DE.UTF-8'},
             ['faketime', '2036-01-01'] if has('faketime') else [])):
        with temporary() as folder:
            out = os.path.join(folder, 'out')
            ran = run([*before, program, 'mail', '-q', path, '-o', out],
                      env={**os.environ, **environment})
            tally.check(ran.returncode == 0, said(ran))
            with open(glob.glob(out + '/*.eml')[0], 'rb') as stream:
                found = stream.read()
            first = first or found
            tally.check(found == first, f'same bytes with {environment}')


def write_large(path, links, steps):
    with open(path, 'w', encoding='utf-8') as stream:
        stream.write('season: large\nas_of: 2026-10-31\nmultiplier: 1.5\n'
                     'slo: {p99_ms: 900000, error_rate: 0.1%}\nbaselines:\n')
        for i in range(links):
            stream.write(f'  - {{link: link.{i}, peak_qps: {i * 7 + 90},'
                         ' instances: 9}\n')
        stream.write('results:\n')
        for i in range(links):
            stream.write(f'  - link: link.{i}\n    date: 2026-10-30\n'
                         '    steps:\n')
            for k in range(steps):
                qps = (i * 7 + 90) * (k + 1)
                stream.write(f'      - {{offered_qps: {qps}, qps: {qps}, '
                             f'p99_ms: {k * 37 + i % 31 + 1}, '
                             'error_rate: 0}\n')


LEFT_OUT = {
    '-light.xlsx': {
        'zh': '所附工作簿不含“阶梯”表；完整的是一同写出的 {file}（',
        'en': 'the attached workbook has no sheet Steps; the whole one was '
              'written beside this mail: {file} ('},
    '': {'zh': '未附工作簿：见一同写出的 {file}（',
         'en': 'the workbook is not attached; it was written beside this '
               'mail: {file} ('}}


def large(tally, program, links, steps, light, lang):
    """Above 8 MB the workbook goes without its steps, then stays behind; the
    mail says so."""
    what = f'{links} links of {steps} steps, {lang}'
    with temporary() as folder:
        write_large(os.path.join(folder, 'large.yaml'), links, steps)
        out = os.path.join(folder, 'out')
        ran = run([program, 'mail', '-q', folder, '-o', out, '--lang', lang],
                  timeout=None)
        if not tally.check(ran.returncode == 0, f'{what}: {said(ran)}'):
            return
        with open(os.path.join(out, 'large-readiness.eml'), 'rb') as stream:
            message = email.message_from_binary_file(
                stream, policy=email.policy.default)
        files = {x.get_filename(): x.get_content()
                 for x in message.iter_attachments()}
        tally.check(sum(map(len, files.values())) <= ATTACHED_MOST and
                    list(files) == ['large-readiness.pdf'] + (
                        ['large-readiness' + light] if light else []),
                    f'{what}: attached {list(files)}')
        text, page = (message.get_body((kind,)).get_content()
                      for kind in ('plain', 'html'))
        sentence = squeeze(LEFT_OUT[light][lang].format(
            file='large-readiness.xlsx'))
        for form in (text, ''.join(Page(page).text)):
            tally.check(sentence in squeeze(form) and '8 MB' in form,
                        f'{what}: what was left out is said')
        with open(os.path.join(out, 'large-readiness.xlsx'), 'rb') as stream:
            whole = stream.read()
        check_attached(tally, text, {**files, 'large-readiness.xlsx': whole},
                       what)
        if light:
            with zipfile.ZipFile(io.BytesIO(whole)) as book, zipfile.ZipFile(
                    io.BytesIO(files['large-readiness' + light])) as small:
                sheets = [len([x for x in z.namelist()
                               if x.startswith('xl/worksheets/sheet')])
                          for z in (book, small)]
            tally.check(sheets[1] == sheets[0] - 1 > 0,
                        f'{what}: sheets {sheets}')
        tally.check(sorted(os.listdir(out)) ==
                    ['large-readiness.' + x for x in
                     ('eml', 'html', 'pdf', 'txt', 'xlsx')],
                    f'{what}: {os.listdir(out)}')


def sizes(tally, program, counts):
    """From a few links to thousands."""
    generator = os.path.join(TREE, 'tests', 'bench', 'generate.py')
    for links in counts:
        for lang in ('zh', 'en') if links < 5000 else ('zh+en',):
            with temporary() as folder:
                path = os.path.join(folder, 'season')
                run([sys.executable, generator, str(links), path])
                check_season(tally, program, folder, [path],
                             season_of(path) + '-readiness', lang,
                             f'{links} links {lang}')


def main():
    program, full = arguments(__doc__.split('\n\n')[-1])
    tally = Tally()
    the_command(tally, program)
    samples(tally, program)
    recipients(tally, program)
    hostile(tally, program)
    same_bytes(tally, program)
    random_seasons(tally, program, 300 if full else 20)
    sizes(tally, program, (5, 50, 500, 5000) if full else (5, 50, 500))
    large(tally, program, 100, 1700, '-light.xlsx', 'zh')
    if full:
        large(tally, program, 100, 1700, '-light.xlsx', 'en')
        large(tally, program, 20000, 8, '', 'zh')
        large(tally, program, 20000, 8, '', 'en')
    tally.close()


if __name__ == '__main__':
    main()
