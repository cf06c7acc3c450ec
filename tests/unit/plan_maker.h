/*
 * A plan made by hand: what the tests of the pages lay out.  It stands in for
 * plan_document(), so that a page can be given any text.
 */
#ifndef HEADROOM_TESTS_PLAN_MAKER_H
#define HEADROOM_TESTS_PLAN_MAKER_H

#include "base/arena.h"
#include "document/plan.h"

/* One row of the tables. */
struct made_row {
    enum state state;
    const char *name;
    const char
        *cells[7]; /* priority target achieved attainment gap after day */
    struct bar bar;
};

static const struct made_row made_rows[] = {
    {STATE_SHORT,
     "提交订单",    {"P0", "80,000", "61,000", "76.2%", "19,000", "5,500", "10-30"},
     {BAR_PROVEN, .762, false, true, .931, false, true, true, .53}    },
    {STATE_UNTESTED,
     "支付回调",    {"P0", "76,000", "未压测", "未知", "未知", "未知", "—"},
     {BAR_UNTESTED, 0, false, false, 0, false, false, true, .5}       },
    {STATE_STALE,
     "库存预占",    {"P0", "82,000", "83,500", "待复测", "待复测", "待复测", "09-28"},
     {BAR_STALE, 1.018, false, false, 0, false, false, true, .49}     },
    {STATE_INCONCLUSIVE,
     "购物车查询", {"P0", "120,000", "≥ 70,000", "待复测", "待复测", "待复测", "10-28"},
     {BAR_INCONCLUSIVE, .583, false, false, 0, false, false, true, .6}},
    {STATE_COVERED,
     "优惠券核销", {"P0", "65,000", "52,300", "80.4%", "12,700", "0", "10-30"},
     {BAR_PROVEN, .804, false, true, 1.0, false, false, true, .46}    },
    {STATE_MET,
     "促销计算",    {"P0", "260,000", "263,000", "101.1%", "0", "0", "10-30"},
     {BAR_PROVEN, 1.011, false, false, 0, false, false, true, .46}    },
    {STATE_MET,
     "商品详情",    {"P0", "700,000", "742,000", "106.0%", "0", "0", "10-29"},
     {BAR_PROVEN, 1.06, false, false, 0, false, false, true, .5}      },
    {STATE_MET,
     "消息推送",    {"P2", "150,000", "210,000", "140.0%", "0", "0", "10-27"},
     {BAR_PROVEN, 1.25, true, false, 0, false, false, true, .53}      },
};
#define MADE_ROWS (sizeof made_rows / sizeof *made_rows)

static const struct link made_link;

static struct phrase
made(const char *text)
{
    return (struct phrase){text, NULL};
}

static struct wording
made_wording(struct arena *arena, const char *text)
{
    struct phrase *variant = arena_alloc(arena, sizeof *variant);
    *variant = made(text);
    return (struct wording){variant, 1};
}

/* A table of links; rows repeat. */
static struct plan_table
made_table(struct arena *arena, size_t rows)
{
    static const struct plan_column column[] = {
        {NULL, COLUMN_MARK,  {NULL, NULL},           5, 0},
        {NULL, COLUMN_TEXT,  {"链路", NULL},       37, 0},
        {NULL, COLUMN_TEXT,  {"等级", NULL},       14, 0},
        {NULL, COLUMN_BAR,   {NULL, NULL},           88, 0},
        {NULL, COLUMN_RATE,  {"目标 TPS", NULL},   32, 0},
        {NULL, COLUMN_RATE,  {"达成 TPS", NULL},   22, 0},
        {NULL, COLUMN_RATIO, {"达成率", NULL},    16, 0},
        {NULL, COLUMN_RATE,  {"缺口", NULL},       19, 0},
        {NULL, COLUMN_RATE,  {"补后缺口", NULL}, 18, 0},
        {NULL, COLUMN_DAY,   {"压测日", NULL},    16, 0},
    };
    size_t columns = sizeof column / sizeof *column;
    struct plan_row *list = arena_array(arena, rows + 1, struct plan_row);
    for (size_t i = 0; i < rows; i++) {
        const struct made_row *made_row = &made_rows[i % MADE_ROWS];
        struct plan_cell *cells = arena_array(arena, columns, struct plan_cell);
        cells[1].text = made(made_row->name);
        cells[2].text = made(made_row->cells[0]);
        for (size_t k = 1; k < 7; k++)
            cells[k + 3].text = made(made_row->cells[k]);
        bool gap =
            made_row->state == STATE_SHORT || made_row->state == STATE_COVERED;
        if (gap)
            cells[6].emphasis = cells[7].emphasis = EMPHASIS_BAD;
        if (made_row->state == STATE_SHORT)
            cells[8].emphasis = EMPHASIS_BAD;
        if (made_row->state == STATE_STALE)
            cells[5].hung = "*";
        list[i] = (struct plan_row){
            .link = &made_link,
            .state = made_row->state,
            .bar = made_row->bar,
            .alt = made("这一行的条形图"),
            .strong = made_row->state != STATE_MET,
            .rule_before = i % MADE_ROWS == 5,
            .cells = cells,
        };
    }
    struct plan_table table = {
        .heading =
            made("未达标与余量最小的链路，由差到好（每条链路的目标 = 100%）"),
        .columns = column,
        .column_count = columns,
        .rows = list,
        .row_count = rows,
        .after =
            made("其余 4 条均达标，最低达成率 109.1%（登录），见“全部链路”"),
        .note = made("* 压测过期，仅供参考，不计入已证实能力。"),
        .axis = true,
    };
    return table;
}

static void
made_conclusion(struct arena *arena, struct plan_conclusion *page)
{
    static const struct plan_legend legend[] = {
        {LEGEND_PROVEN,       {"已证实（压测达成）", NULL}     },
        {LEGEND_FORECAST,     {"扩容后预计（未复测）", NULL}  },
        {LEGEND_GAP,          {"仍缺", NULL}                          },
        {LEGEND_STALE,        {"压测过期", NULL}                    },
        {LEGEND_UNTESTED,     {"未压测", NULL}                       },
        {LEGEND_INCONCLUSIVE, {"未压到位", NULL}                    },
        {LEGEND_TARGET,       {"目标 100%", NULL}                     },
        {LEGEND_BASELINE,     {"基线（2025-double11 峰值）", NULL}},
    };
    static const char *const state[STATES] = {"缺口，未补足",   "未压测",
                                              "压测过期",       "未压到位",
                                              "缺口，扩容可补", "达标"};
    page->verdict = VERDICT_NO_GO;
    page->verdict_word = made("暂不放行");
    page->verdict_other = "NO-GO";
    page->verdict_rule = made("系统判定，依据规则 1");
    page->message = made_wording(
        arena, "提交订单是最短板：只证实了目标的 76.2%，扩容后仍缺 5,500 TPS；"
               "另有 1 条 P0 链路从未压测、1 条压测已过期");
    page->second = made_wording(
        arena,
        "全链路按最短板可承接目标的 76.2%（不含 1 "
        "条未压测，实际可能更低）；已批扩容全部到位后为 93.1%，须复测。");
    for (size_t i = 0; i < STATES; i++)
        page->counts[i] = (struct plan_count){
            (enum state)i, (unsigned)(i * i) % 11, made(state[i])};
    page->counts[0].count = 1;
    page->decisions_heading = made("请决定");
    page->effects = made("阻断 1 条，附条件 0 条，关注 0 条");
    page->owner_heading = made("负责人");
    page->by_heading = made("最晚决定日");
    struct plan_decision *decisions =
        arena_array(arena, 3, struct plan_decision);
    decisions[0] = (struct plan_decision){
        made_wording(arena, "提交订单：再扩 14 台，或接受 74,500 TPS 限流"),
        made("交易组"), "11-04"};
    decisions[1] = (struct plan_decision){
        made_wording(arena, "支付回调：压测到目标 76,000 TPS"), made("支付组"),
        "11-03"};
    decisions[2] = (struct plan_decision){
        made_wording(arena, "库存预占：安排复测（距上次压测 33 天）"),
        made("库存组"), "11-03"};
    page->decisions = decisions;
    page->decision_count = 3;
    page->evidence.table = made_table(arena, 8);
    page->evidence.legend = legend;
    page->evidence.legend_count = sizeof legend / sizeof *legend;
    page->source =
        made("来源：links.yaml（sha256 3f9a1c…）。headroom 1.0.0，规则 1。"
             "能力向下取整，需求向上取整。");
}

static const struct plan_block *
made_blocks(struct arena *arena)
{
    static const struct plan_column column[] = {
        {NULL, COLUMN_TEXT, {"名称", NULL}, 30, 0},
        {NULL, COLUMN_TEXT, {"算法", NULL}, 0, 0},
    };
    static const struct plan_column sign[] = {
        {NULL, COLUMN_TEXT, {"角色", NULL},          0, 0},
        {NULL, COLUMN_TEXT, {"决定", NULL},          0, 0},
        {NULL, COLUMN_TEXT, {"签名与日期", NULL}, 0, 0},
    };
    static const char *const role[] = {"技术负责人", "稳定性（SRE）",
                                       "业务负责人"};
    struct plan_block *blocks = arena_array(arena, 3, struct plan_block);
    struct phrase *texts = arena_array(arena, 2, struct phrase);
    texts[0] =
        made("暂不放行：有 P0 链路存在未补足的缺口，或有 P0 链路未证实。");
    texts[1] = made("判定由程序按此规则算出，输入相同则判定相同。");
    blocks[0] = (struct plan_block){.kind = BLOCK_PARAGRAPH,
                                    .heading = made("判定规则 1"),
                                    .paragraphs = texts,
                                    .paragraph_count = 2};
    struct plan_row *rows = arena_array(arena, 40, struct plan_row);
    for (size_t i = 0; i < 40; i++) {
        struct plan_cell *cells = arena_array(arena, 2, struct plan_cell);
        cells[0].text = made("可用能力");
        cells[1].text = made("达成 × 台数折算 × 安全水位，向下取整；k 台按 m "
                             "台的压测折算：k ≤ m 时为 k ÷ m");
        rows[i].cells = cells;
    }
    blocks[1] = (struct plan_block){
        .kind = BLOCK_TABLE,
        .heading = made("公式与取整"),
        .table = {.columns = column,
                  .column_count = 2,
                  .rows = rows,
                  .row_count = 40}
    };
    struct plan_row *boxes = arena_array(arena, 3, struct plan_row);
    for (size_t i = 0; i < 3; i++) {
        struct plan_cell *cells = arena_array(arena, 3, struct plan_cell);
        cells[0].text = made(role[i]);
        cells[1].text = made("□ 同意放行  □ 附条件  □ 不同意");
        cells[2].text = made("签名与日期：");
        boxes[i].cells = cells;
    }
    blocks[2] = (struct plan_block){
        .kind = BLOCK_SIGNATURES,
        .heading = made("签署"),
        .table = {
                  .columns = sign, .column_count = 3, .rows = boxes, .row_count = 3}
    };
    return blocks;
}

/* A document of page 1, links and basis. */
static struct plan *
made_plan(struct arena *arena, size_t links)
{
    struct plan *plan = arena_alloc(arena, sizeof *plan);
    struct template *template = arena_alloc(arena, sizeof *template);
    struct report *report = arena_alloc(arena, sizeof *report);
    report->season = arena_alloc(arena, sizeof *report->season);
    template->paper.name = "a4";
    plan->template = template;
    plan->report = report;
    plan->words.lang = LANG_ZH;
    plan->title = made("双11 2026 容量就绪评审");
    plan->header = made("双11 2026 | 容量就绪评审 | 数据截至 2026-10-31 "
                        "18:00（UTC+8） | 距大促 11 天");
    plan->classification = made("内部");
    plan->page_of = made("第 {page} / {pages} 页");
    plan->created = "2026-10-31T18:00:00+08:00";
    struct plan_page *pages = arena_array(arena, 3, struct plan_page);
    pages[0].kind = PAGE_CONCLUSION;
    pages[0].title = made("能否放行?");
    made_conclusion(arena, &pages[0].conclusion);
    pages[1].kind = PAGE_LINKS;
    pages[1].title = made("全部链路");
    pages[1].table = made_table(arena, links);
    pages[1].table.heading = made("全部链路，由差到好");
    pages[1].table.after = made(NULL);
    pages[1].range = made("第 {first}–{last} 条，共 {all} 条");
    pages[2].kind = PAGE_BASIS;
    pages[2].title = made("口径与签署");
    pages[2].blocks = made_blocks(arena);
    pages[2].block_count = 3;
    plan->pages = pages;
    plan->page_count = 3;
    return plan;
}

#endif
