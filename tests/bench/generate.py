#!/usr/bin/python3
"""Write a seeded season of N links with eight steps each into a folder.

usage: generate.py N FOLDER

The same N gives the same bytes.  About a quarter of the links fall short; a
few were never tested, a few too long ago, and some ramps stop too early.
"""
import datetime
import os
import random
import sys

DOMAINS = [('trade', '交易'), ('payment', '支付'), ('catalogue', '商品'),
           ('search', '搜索'), ('marketing', '营销'), ('member', '会员'),
           ('stock', '库存'), ('freight', '物流'), ('risk', '风控'),
           ('message', '消息'), ('live', '直播'), ('refund', '退款')]
DEEDS = [('create', '创建'), ('submit', '提交'), ('query', '查询'),
         ('list', '列表'), ('confirm', '确认'), ('cancel', '取消'),
         ('lock', '锁定'), ('price', '计价'), ('render', '渲染'),
         ('notify', '通知'), ('sync', '同步'), ('merge', '合并')]
THINGS = [('order', '订单'), ('item', '商品'), ('address', '地址'),
          ('bill', '账单'), ('session', '会话'), ('token', '令牌'),
          ('gift', '红包'), ('points', '积分'), ('parcel', '包裹'),
          ('seller', '商家'), ('feed', '信息流'), ('quota', '额度')]
PLACES = [('east', '华东'), ('south', '华南'), ('north', '华北'),
          ('west', '西部'), ('coast', '沿海'), ('centre', '华中'),
          ('hk', '香港'), ('sg', '新加坡'), ('eu', '欧洲'), ('us', '北美'),
          ('jp', '日本'), ('br', '巴西')]
AS_OF = datetime.date(2026, 10, 31)

SEASON = '''season: 2026-double11
name: {zh: 2026 年双11, en: Double 11 2026}
lang: zh
reference: 2025-double11
peak: 2026-11-11T00:00:00+08:00
as_of: 2026-10-31T18:00:00+08:00
growth: 30%
buffer: 20%
scenarios:
  - {id: low, name: {zh: 保守, en: Low}, buffer: 10%}
  - {id: plan, name: {zh: 基准, en: Plan}}
slo: {p99_ms: 200, error_rate: 0.1%, cpu: 70%}
freeze: 2026-11-08
decide_by: 2026-11-04
'''


def names(count, dice):
    places = [(d, t, e, p) for d in DOMAINS for t in THINGS for e in DEEDS
              for p in PLACES]
    for d, t, e, p in dice.sample(places, count):
        yield (f'{d[0]}.{t[0]}.{e[0]}.{p[0]}', f'{t[1]}{e[1]}({p[1]})',
               f'{t[0].capitalize()} {e[0]}, {p[0]}', d)


def steps(target, knee, latency, last, dice):
    for k in range(8):
        offered = round(target * (0.3 + 0.125 * k * last))
        load = offered / knee
        carried = min(offered, knee * dice.uniform(0.99, 1.03))
        over = max(0.0, load - 1)
        p50 = latency * (1 + 0.4 * load + 4 * over) * dice.uniform(.96, 1.04)
        p99 = p50 * dice.uniform(2.2, 2.9) * (1 + 12 * max(0.0, load - 0.92))
        errors = dice.uniform(0, 0.0003) + 0.2 * over
        cpu = min(0.99, 0.66 * load * dice.uniform(0.97, 1.03))
        good = carried * (1 - min(errors, 0.4))
        yield (f'      - {{offered_qps: {offered}, qps: {good:.1f},'
               f' p50_ms: {p50:.1f}, p99_ms: {p99:.1f},'
               f' error_rate: {min(errors, 0.4):.5f}, cpu: {cpu:.3f}}}\n')


def main():
    count, folder = int(sys.argv[1]), sys.argv[2]
    dice = random.Random(20261111 + count)
    os.makedirs(folder, exist_ok=True)
    with open(f'{folder}/season.yaml', 'w', encoding='utf-8') as file:
        file.write(SEASON)
    with open(f'{folder}/baselines.yaml', 'w', encoding='utf-8') as bases, \
            open(f'{folder}/results.yaml', 'w', encoding='utf-8') as results:
        bases.write('baselines:\n')
        results.write('results:\n')
        for link, zh, en, domain in names(count, dice):
            peak = int(10 ** dice.uniform(2.2, 4.9))
            instances = max(3, int(peak / dice.uniform(120, 600)))
            priority = dice.choice(['P0', 'P0', 'P1', 'P1', 'P2'])
            bases.write(f'  - link: {link}\n'
                        f'    name: {{zh: {zh}, en: "{en}"}}\n'
                        f'    domain: {{zh: {domain[1]}, en: {domain[0]}}}\n'
                        f'    owner: {domain[1]}组\n'
                        f'    priority: {priority}\n'
                        f'    peak_qps: {peak}\n'
                        f'    instances: {instances}\n'
                        f'    max_instances: {instances * 2}\n')
            if dice.random() < 0.2:
                bases.write(f'    approved_instances: {instances // 4 + 1}\n'
                            '    due: 2026-11-04\n'
                            '    retest_on: 2026-11-05\n')
            if dice.random() < 0.03:
                continue
            age = dice.randrange(20, 40) if dice.random() < 0.04 \
                else dice.randrange(0, 14)
            last = 0.6 if dice.random() < 0.05 else 1.0
            target = peak * 1.5
            results.write(f'  - link: {link}\n'
                          f'    date: {AS_OF - datetime.timedelta(age)}\n'
                          '    kind: full-chain\n'
                          f'    instances: {instances}\n'
                          '    tool: JMeter 5.6\n'
                          '    steps:\n')
            results.writelines(steps(target, target * dice.uniform(.8, 1.75),
                                     dice.uniform(5, 40), last, dice))


if __name__ == '__main__':
    main()
