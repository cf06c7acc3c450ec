/*
 * The sentences of page 1 over thousands of made seasons: whatever the states,
 * they are whole, well set in both languages, and say the assessment's numbers.
 * The words are those of templates/, read from the tree's root.
 */
#include "maker.h"

#include <ctype.h>
#include <stdio.h>

#include "assess/assess.h"
#include "document/column.h"
#include "document/plan.h"
#include "document/sentence.h"
#include "document/words.h"
#include "input/input.h"

#define SEASONS 1500

/* --- seasons ----------------------------------------------------------- */

static unsigned
pick(uint64_t *seed, unsigned below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33) % below;
}

enum kind {
    SHORT_PLAIN,
    SHORT_APPROVED,
    SHORT_QUOTA,
    SHORT_NOTHING,
    SHORT_NO_INSTANCES,
    SHORT_LATE,
    SHORT_OPTIMISED,
    UNTESTED,
    STALE,
    TOO_LOW,
    TOO_FEW,
    COVERED,
    MET,
    KINDS
};

static const struct text names[] = {
    {.zh = "提交订单",    .en = "Place order"     },
    {.zh = "加购",          .en = "Add to cart"     },
    {.zh = "促销计算",    .en = "Promotion"       },
    {.zh = "优惠券核销", .en = "Coupon"          },
    {.zh = "商品详情",    .en = "Item detail"     },
    {.zh = "支付回调",    .en = "Payment callback"},
    {.zh = "库存预占",    .en = "Stock reserve"   },
    {.zh = "搜索",          .en = "Search"          },
    {.zh = "登录",          .en = "Login"           },
    {.zh = "收货地址",    .en = "Address"         },
    {.zh = "消息推送",    .en = "Push"            },
    {.zh = "购物车查询", .en = "Cart view"       },
};
static const char *const ids[] = {"order", "cart", "promo", "coupon",
                                  "item",  "pay",  "stock", "search",
                                  "login", "addr", "push",  "view"};

static void
add_link(struct made *made, unsigned i, enum kind kind, uint64_t *seed)
{
    static const char *const day[] = {"2026-10-29", "2026-10-30", "2026-10-31"};
    const char *on_day = day[pick(seed, 3)];
    bool no_instances = kind == SHORT_NO_INSTANCES || kind == SHORT_NOTHING;
    struct baseline *link =
        add_baseline(made, ids[i], "10000", no_instances ? 0 : 40);
    char qps[16];
    link->name = names[i];
    link->priority = (enum priority)pick(seed, 3);
    if (pick(seed, 2))
        link->owner = (struct text){.one = "SRE"};
    if (pick(seed, 4) == 0)
        link->retest_on = on("2026-11-05");
    if (pick(seed, 4) == 0)
        link->rate_limit_qps = given("9000");
    if (pick(seed, 4) == 0)
        link->unit_cost = given("1250.75");
    snprintf(qps, sizeof qps, "%u", 9000 + pick(seed, 5000));
    switch (kind) {
    case SHORT_PLAIN:
    case SHORT_NO_INSTANCES:
        add_measured(made, ids[i], on_day, 0, qps);
        break;
    case SHORT_APPROVED:
        link->approved_instances = 1;
        link->has_approved_instances = true;
        add_measured(made, ids[i], on_day, 40, qps);
        break;
    case SHORT_QUOTA:
        link->max_instances = 41;
        add_measured(made, ids[i], on_day, 40, qps);
        break;
    case SHORT_NOTHING:
        add_step(add_result(made, ids[i], on_day, 0),
                 step_of("1000", "900", "900", "0", "300"));
        break;
    case SHORT_LATE:
        link->approved_instances = 60;
        link->has_approved_instances = true;
        link->due = on("2026-11-20");
        add_measured(made, ids[i], on_day, 40, qps);
        break;
    case SHORT_OPTIMISED:
        link->optimisation = given("1%");
        add_measured(made, ids[i], on_day, 40, qps);
        break;
    case UNTESTED:
    case KINDS:
        break;
    case STALE:
        add_measured(made, ids[i], "2026-09-01", 40, qps);
        break;
    case TOO_LOW:
        add_at_least(made, ids[i], on_day, 40, qps);
        break;
    case TOO_FEW:
        add_measured(made, ids[i], on_day, 1 + pick(seed, 2), "1900");
        break;
    case COVERED:
        link->approved_instances = 40;
        link->has_approved_instances = true;
        if (pick(seed, 2))
            link->due = on("2026-11-04");
        add_measured(made, ids[i], on_day, 40, qps);
        break;
    case MET:
        add_measured(made, ids[i], on_day, 40,
                     pick(seed, 2) ? "15000" : "18765");
        break;
    }
}

static const struct report *
made_report(struct arena *arena, uint64_t seed)
{
    struct made *made = make_season(arena);
    static struct scenario two[2];
    unsigned links = 1 + pick(&seed, 12);
    /* a season of few kinds reaches the rare verdicts */
    enum kind only[3];
    for (unsigned i = 0; i < 3; i++)
        only[i] = pick(&seed, 3) ? (enum kind)pick(&seed, KINDS) : MET;
    for (unsigned i = 0; i < links; i++)
        add_link(made, i, only[pick(&seed, 3)], &seed);
    if (pick(&seed, 3) == 0) /* no P0 at all, or nothing else */
        for (unsigned i = 0; i < links; i++)
            made->baseline[i].priority =
                pick(&seed, 2) ? PRIORITY_P0 : PRIORITY_P2;
    made->season.peak.day = on("2026-11-11");
    made->season.peak.text = "2026-11-11";
    if (pick(&seed, 2))
        made->season.freeze = on("2026-11-08");
    if (pick(&seed, 2))
        made->season.decide_by = on("2026-11-04");
    if (pick(&seed, 2))
        made->season.currency = (struct text){.zh = "元", .en = "CNY"};
    size_t shown = 0;
    if (pick(&seed, 4) == 0) {
        two[0] = (struct scenario){.id = "plan"};
        two[1] =
            (struct scenario){.id = "low", .growth = {.buffer = given("10%")}};
        made->season.scenarios = two;
        made->season.scenario_count = 2;
        made->season.has_scenarios = true;
        shown = 1;
    }
    const struct report *report =
        assess_season(arena, &made->season, shown, made->diag);
    assert_false(diag_has_errors(made->diag));
    return report;
}

/* --- what a sentence may not be ---------------------------------------- */

static bool
is_han_before(const char *text, const char *at)
{
    /* the lead bytes of U+4E00 to U+9FFF */
    return at - text >= 3 && (unsigned char)at[-3] >= 0xE4 &&
           (unsigned char)at[-3] <= 0xE9;
}

static void
fail_with(const char *what, const char *text)
{
    fail_msg("%s: \"%s\"", what, text);
}

static void
check_common(const char *text)
{
    static const char *const never[] = {
        "{",     "}",        "  ",     " ,",    " .",
        ",,",    "..",       "( ",     " )",    "()",
        "NULL",  " 0 links", " 0 P0 ", " 0 条", " 0 instances",
        " 0 台", "nan",      " :",     "::",    ";;"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(text, never[i]))
            fail_with(never[i], text);
    if (text[0] == '\0' || text[0] == ' ' || text[strlen(text) - 1] == ' ')
        fail_with("blank at an end", text);
}

static void
check_en(const char *text)
{
    static const char *const never[] = {"\uff0c",
                                        "\u3002",
                                        "\uff1b",
                                        "\uff1a",
                                        "\uff08",
                                        "\uff09",
                                        "\u3001",
                                        " ;",
                                        " 1 links",
                                        " 1 P0 links",
                                        " 1 instances",
                                        " 1 days",
                                        " 1 more instances",
                                        " 1 P0 tests",
                                        " 1 more P0 links",
                                        " 1 P2 links",
                                        " 1 unproven P0 links",
                                        " 1 conditions"};
    check_common(text);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(text, never[i]))
            fail_with(never[i], text);
    for (const char *at = text; *at; at++)
        if (is_han_before(text, at))
            fail_with("Han in English", text);
}

static void
check_zh(const char *text)
{
    /* full-width: comma ff0c, semicolon ff1b, colon ff1a, stop 3002, list
       comma 3001, brackets ff08 ff09 */
    static const char *const never[] = {
        "\uff0c\uff0c", "\u3002\u3002", "\uff0c\u3002", "\uff1b\u3002",
        "\uff0c\uff1b", "\uff1b\uff0c", "\uff1a\uff0c", "\uff1a\uff1a",
        "\u3001\u3001", "\u3001\u3002", "\u3001\uff0c", " \uff0c",
        " \u3002",      " \uff1b",      " \uff08",      "\uff0c ",
        "\u3002 ",      "\uff1b ",      "\uff1a ",      "\uff08\uff09",
        "\uff08\uff0c", "\uff0c\uff09", "须须",         "在在"};
    check_common(text);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (strstr(text, never[i]))
            fail_with(never[i], text);
    for (const char *at = text; *at; at++) {
        bool in_number = at > text && isdigit((unsigned char)at[-1]) &&
                         isdigit((unsigned char)at[1]);
        if (strchr(",;:()!?", *at) && !in_number)
            fail_with("half-width punctuation in Chinese", text);
        if (isalnum((unsigned char)*at) && is_han_before(text, at))
            fail_with("no blank between Han and Latin", text);
    }
}

/* --- numbers ----------------------------------------------------------- */

#define MOST_NUMBERS 512

struct numbers {
    struct arena *arena;
    const char *text[MOST_NUMBERS];
    size_t count;
};

static void
allow_text(struct numbers *numbers, const char *text)
{
    assert_true(numbers->count < MOST_NUMBERS);
    numbers->text[numbers->count++] = text;
}

static void
allow(struct numbers *numbers, whole number)
{
    allow_text(numbers, number_whole(numbers->arena, number));
}

static void
allow_known(struct numbers *numbers, struct known number)
{
    if (number.known)
        allow(numbers, number.value);
}

static void
allow_percent(struct numbers *numbers, struct known milli)
{
    if (milli.known)
        allow_text(numbers, number_percent(numbers->arena, milli.value));
}

static void
allow_day(struct numbers *numbers, struct day day)
{
    if (!day.given)
        return;
    const char *text = day_text(numbers->arena, day) + 5;
    allow_text(numbers, text); /* "11-04" */
    allow_text(numbers, text[3] == '0' ? text + 4 : text + 3); /* "4 Nov" */
}

/* Every number that may be said of a link. */
/* What the instances beyond the approved ones cost, in full. */
static const char *
cost_text(struct arena *arena, const struct link *link)
{
    const whole pico = link->open_cost_pico.value;
    return number_cost(arena, pico, number_cost_places(pico));
}

static void
allow_link(struct numbers *numbers, const struct link *link)
{
    const struct baseline *baseline = link->baseline;
    allow(numbers, link->target_qps);
    allow_known(numbers, column_capacity(link));
    allow_known(numbers, link->shortfall_qps);
    allow_known(numbers, link->gap_after_qps);
    allow_percent(numbers, link->attainment_milli);
    allow_percent(numbers, link->forecast_milli);
    allow_percent(numbers, link->optimise_gain_milli);
    if (link->expansion.known)
        allow(numbers,
              link->expansion.value - (whole)baseline->approved_instances);
    if (link->expansion.known)
        allow(numbers, link->expansion.value + (whole)link->instances);
    allow(numbers, (whole)baseline->max_instances);
    allow(numbers, (whole)link->instances);
    allow(numbers, (whole)link->tested_instances);
    allow(numbers, (whole)link->age_days);
    allow(numbers, (whole)link->validity_days);
    if (baseline->rate_limit_qps.given)
        allow_text(numbers, number_decimal(numbers->arena,
                                           baseline->rate_limit_qps.value));
    if (link->open_cost_pico.known)
        allow_text(numbers, cost_text(numbers->arena, link));
    allow_day(numbers, baseline->due);
    allow_day(numbers, baseline->retest_on);
    if (link->state == STATE_SHORT && decimal_is_zero(link->achieved_qps))
        allow(numbers, 0);
}

static void
allow_season(struct numbers *numbers, const struct season *season)
{
    allow_day(numbers, season->freeze);
    allow_day(numbers, season->peak.day);
    allow_day(numbers, season->decide_by);
}

static size_t
count_if(const struct assessment *shown, enum effect effect, int state,
         int priority, int proven)
{
    size_t count = 0;
    for (size_t i = 0; i < shown->link_count; i++) {
        const struct link *link = shown->links[i];
        count += (effect == EFFECTS || link->effect == effect) &&
                 (state < 0 || link->state == (enum state)state) &&
                 (priority < 0 ||
                  link->baseline->priority == (enum priority)priority) &&
                 (proven < 0 || link->proven == (proven > 0));
    }
    return count;
}

/* Each number of a text is allowed; P0 and the like are words. */
static void
check_numbers(const struct numbers *numbers, const char *text)
{
    for (const char *at = text; *at;) {
        if (!isdigit((unsigned char)*at)) {
            at++;
            continue;
        }
        size_t length = strspn(at, "0123456789,.%-");
        while (length > 0 && strchr(",.-", at[length - 1]))
            length--;
        bool is_word = at > text && isalpha((unsigned char)at[-1]);
        bool found = is_word;
        for (size_t i = 0; i < numbers->count && !found; i++)
            found = strlen(numbers->text[i]) == length &&
                    strncmp(numbers->text[i], at, length) == 0;
        if (!found)
            fail_msg("%.*s is no number of the assessment: \"%s\"", (int)length,
                     at, text);
        at += length;
    }
}

/* --- the walk over seasons --------------------------------------------- */

struct room {
    struct arena *arena;
    const struct template *template;
};

static int
setup(void **state)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(arena);
    struct room *room = arena_alloc(arena, sizeof *room);
    room->arena = arena;
    room->template = input_read_template(arena, "templates/review.yaml", diag);
    *state = room;
    if (room->template == NULL || !plan_check(arena, room->template, diag)) {
        diag_print(diag, stderr);
        return -1;
    }
    return 0;
}

static int
teardown(void **state)
{
    struct room *room = *state;
    arena_free(room->arena);
    return 0;
}

typedef void season_check(struct arena *arena, const struct words *zh,
                          const struct words *en, const struct report *report);

static void
over_seasons(struct room *room, season_check *check)
{
    for (unsigned i = 0; i < SEASONS; i++) {
        struct arena *arena = arena_new();
        struct words zh = {arena, room->template, LANG_ZH, "QPS"};
        struct words en = {arena, room->template, LANG_EN, "QPS"};
        check(arena, &zh, &en, made_report(arena, i * 7919u + 1));
        arena_free(arena);
    }
}

static void
check_sentence(struct wording zh, struct wording en)
{
    assert_int_equal(zh.count, en.count);
    for (size_t i = 0; i < zh.count; i++) {
        check_zh(zh.variants[i].lead);
        check_en(en.variants[i].lead);
        assert_null(zh.variants[i].second);
        const char *text = zh.variants[i].lead;
        if (strcmp(text + strlen(text) - 3, "\u3002") != 0)
            fail_with("no full stop", text);
        text = en.variants[i].lead;
        if (text[strlen(text) - 1] != '.')
            fail_with("no full stop", text);
    }
}

static void
message_season(struct arena *arena, const struct words *zh,
               const struct words *en, const struct report *report)
{
    const struct assessment *shown = report->shown;
    struct wording in_zh = sentence_message(zh, report);
    struct wording in_en = sentence_message(en, report);
    check_sentence(in_zh, in_en);

    struct numbers numbers = {.arena = arena};
    allow_season(&numbers, report->season);
    allow_link(&numbers, shown->links[0]);
    size_t watch = count_if(shown, EFFECT_WATCH, -1, -1, -1);
    if (shown->verdict == VERDICT_GO)
        allow_link(&numbers, shown->links[watch]);
    size_t blocking = count_if(shown, EFFECT_BLOCKING, -1, -1, -1);
    for (int state = 0; state < STATES; state++)
        allow(&numbers, (whole)count_if(shown, EFFECT_BLOCKING, state, -1, -1) -
                            (shown->links[0]->state == (enum state)state));
    allow(&numbers, (whole)blocking - 1);
    allow(&numbers, (whole)blocking);
    allow(&numbers, (whole)count_if(shown, EFFECT_CONDITION, -1, -1, -1));
    allow(&numbers, (whole)watch);
    allow(&numbers, (whole)count_if(shown, EFFECTS, -1, PRIORITY_P0, -1));
    allow(&numbers, (whole)shown->link_count);
    for (size_t i = 0; i < in_zh.count; i++) {
        check_numbers(&numbers, in_zh.variants[i].lead);
        check_numbers(&numbers, in_en.variants[i].lead);
    }
    /* the longest names the link that is worst, or has the least margin */
    const struct link *named =
        shown->links[shown->verdict == VERDICT_GO ? watch : 0];
    assert_non_null(strstr(in_zh.variants[0].lead, named->baseline->name.zh));
    assert_non_null(strstr(in_en.variants[0].lead, named->baseline->name.en));
    /* the shortest names none: a name may be of any length */
    assert_null(
        strstr(in_en.variants[in_en.count - 1].lead, named->baseline->name.en));
}

static void
message_is_whole_and_says_the_assessments_numbers(void **state)
{
    over_seasons(*state, message_season);
}

/* "; other P0: 1 short and uncovered and 2 untested": what blocks besides the
   first, and nothing else. */
static void
tail_season(struct arena *arena, const struct words *zh, const struct words *en,
            const struct report *report)
{
    static const char *const word[] = {"short", "untested", "stale",
                                       "inconclusive"};
    const struct assessment *shown = report->shown;
    (void)arena;
    (void)zh;
    if (shown->reason != REASON_BLOCKING)
        return;
    const char *text = sentence_message(en, report).variants[0].lead;
    const char *tail = strstr(text, "; other P0: ");
    size_t blocking = count_if(shown, EFFECT_BLOCKING, -1, -1, -1);
    assert_int_equal(tail != NULL, blocking > 1);
    for (int i = 0; tail != NULL && i < 4; i++) {
        size_t others = count_if(shown, EFFECT_BLOCKING, i, -1, -1) -
                        (shown->links[0]->state == (enum state)i);
        char expected[32];
        const char *found = strstr(tail, word[i]);
        assert_int_equal(found != NULL, others > 0);
        snprintf(expected, sizeof expected, "%zu %s", others, word[i]);
        if (others > 0 && strstr(tail, expected) == NULL)
            fail_with(expected, text);
    }
}

static void
tail_counts_what_else_blocks(void **state)
{
    over_seasons(*state, tail_season);
}

/* What is said after the approved measures: a forecast, not retested, of a link
   that has measures in time; of any other what is proven. */
static void
check_after(struct arena *arena, const char *after, const struct link *link)
{
    const char *forecast =
        arena_format(arena, "预计 %s（%s），未复测",
                     number_percent(arena, link->forecast_milli.value),
                     link->baseline->name.zh);
    const char *proven =
        arena_format(arena, "已证实的 %s（%s）",
                     number_percent(arena, link->attainment_milli.value),
                     link->baseline->name.zh);
    const bool is_named = strstr(after, link->baseline->name.zh) != NULL;
    if (!is_named)
        return;
    const bool gains =
        link->proven && link->forecast_milli.known &&
        link->forecast_milli.value > link->attainment_milli.value &&
        (link->state != STATE_SHORT || link->gap_after_qps.value > 0);
    if (strstr(after, gains ? forecast : proven) == NULL)
        fail_with(gains ? forecast : proven, after);
}

static void
second_season(struct arena *arena, const struct words *zh,
              const struct words *en, const struct report *report)
{
    const struct assessment *shown = report->shown;
    struct wording in_zh = sentence_second(zh, report);
    struct wording in_en = sentence_second(en, report);
    check_sentence(in_zh, in_en);
    size_t unproven = count_if(shown, EFFECTS, -1, PRIORITY_P0, 0);
    struct numbers numbers = {.arena = arena};
    allow(&numbers, (whole)unproven);
    size_t stays = count_if(shown, EFFECTS, STATE_SHORT, PRIORITY_P1, -1) +
                   count_if(shown, EFFECTS, STATE_SHORT, PRIORITY_P2, -1);
    allow(&numbers, (whole)stays);
    for (size_t i = 0; i < shown->link_count; i++)
        if (shown->links[i]->baseline->priority == PRIORITY_P0)
            allow_link(&numbers, shown->links[i]);
    for (size_t i = 0; i < in_zh.count; i++) {
        check_numbers(&numbers, in_zh.variants[i].lead);
        check_numbers(&numbers, in_en.variants[i].lead);
    }
    const char *text = in_zh.variants[0].lead;
    /* from 100 % up nothing is the weakest: all that is proven is met */
    const bool is_short = shown->weakest && shown->weakest->state != STATE_MET;
    assert_int_equal(is_short, strstr(text, "最短板") != NULL);
    if (shown->weakest == NULL)
        return;
    assert_int_equal(!is_short, strstr(text, "均达标") != NULL);
    assert_int_equal(unproven > 0, strstr(text, " P0 链路未证实") != NULL ||
                                       strstr(text, "未证实的 P0") != NULL);
    assert_non_null(strstr(
        text, number_percent(arena, shown->weakest->attainment_milli.value)));
    /* of P0 links only, and what stays short below them is not hidden */
    assert_null(strstr(text, "全链路"));
    const char *after = strstr(text, "已批措施");
    assert_int_equal(after != NULL && stays > 0,
                     strstr(text, "P2 链路另有") != NULL);
    for (size_t i = 0; after != NULL && i < shown->link_count; i++)
        check_after(arena, after, shown->links[i]);
}

static void
second_sentence_is_about_the_weakest_link(void **state)
{
    over_seasons(*state, second_season);
}

static bool
is_unproven_p0(const struct link *link)
{
    return link->baseline->priority == PRIORITY_P0 && !link->proven;
}

/* What has a price says it where instances are asked for, and nothing else
   does. */
static void
check_cost(const char *text, const char *word, const char *currency,
           const struct link *link)
{
    const bool asks_for_instances =
        link->state == STATE_SHORT && link->action == ACTION_EXPAND &&
        link->open_cost_pico.known && link->open_cost_pico.value > 0;
    assert_int_equal(strstr(text, word) != NULL, asks_for_instances);
    if (asks_for_instances && currency != NULL)
        assert_non_null(strstr(text, currency));
}

static void
decision_season(struct arena *arena, const struct words *zh,
                const struct words *en, const struct report *report)
{
    const struct assessment *shown = report->shown;
    size_t count, all;
    const struct plan_decision *in_zh =
        sentence_decisions(zh, report, 3, &count, &all);
    const struct plan_decision *in_en =
        sentence_decisions(en, report, 3, &count, &all);
    bool no_p0 = count_if(shown, EFFECTS, -1, PRIORITY_P0, -1) == 0;
    size_t needed = count_if(shown, EFFECT_BLOCKING, -1, -1, -1) +
                    count_if(shown, EFFECT_CONDITION, -1, -1, -1) + no_p0;
    assert_int_equal(all, needed);
    assert_int_equal(count, needed < 3 ? needed : 3);
    const struct link *named[3] = {NULL};
    bool has_unproven = no_p0;
    for (size_t i = 0; i + no_p0 < count; i++)
        named[i] = shown->links[i];
    for (size_t i = 0; i < 3 && named[i]; i++)
        has_unproven = has_unproven || is_unproven_p0(named[i]);
    for (size_t i = 3; !has_unproven && i < needed; i++)
        if (is_unproven_p0(shown->links[i])) {
            named[2] = shown->links[i];
            has_unproven = true;
        }
    for (size_t i = 0; i < count; i++) {
        struct wording texts[2] = {in_zh[i].text, in_en[i].text};
        struct numbers numbers = {.arena = arena};
        allow_season(&numbers, report->season);
        if (!no_p0 || i > 0)
            allow_link(&numbers, named[i - no_p0]);
        /* names its link, and asks for the test that proves it */
        if (!no_p0 || i > 0) {
            const char *text = texts[1].variants[0].lead;
            assert_non_null(
                strstr(text, named[i - no_p0]->baseline->name.en));
            assert_non_null(strstr(text, "test"));
            const struct text currency = report->season->currency;
            for (size_t k = 0; k < texts[0].count; k++) {
                check_cost(texts[0].variants[k].lead, "费用", currency.zh,
                           named[i - no_p0]);
                check_cost(texts[1].variants[k].lead, "at a cost of",
                           currency.en, named[i - no_p0]);
            }
        }
        for (size_t k = 0; k < texts[0].count; k++) {
            check_zh(texts[0].variants[k].lead);
            check_en(texts[1].variants[k].lead);
            check_numbers(&numbers, texts[0].variants[k].lead);
            check_numbers(&numbers, texts[1].variants[k].lead);
        }
        assert_true(strlen(in_en[i].owner.lead) > 0);
        /* the peak is known, so there always is a last day */
        assert_true(isdigit((unsigned char)in_en[i].by[0]));
        assert_non_null(strstr(in_en[i].by, " Nov"));
        assert_non_null(strstr(in_zh[i].by, "11-"));
    }
}

static void
decisions_are_the_worst_links_first(void **state)
{
    over_seasons(*state, decision_season);
}

static void
alt_season(struct arena *arena, const struct words *zh, const struct words *en,
           const struct report *report)
{
    const struct assessment *shown = report->shown;
    for (size_t i = 0; i < shown->link_count; i++) {
        const struct link *link = shown->links[i];
        struct phrase in_zh = sentence_alt(zh, report, link);
        struct phrase in_en = sentence_alt(en, report, link);
        struct numbers numbers = {.arena = arena};
        allow_link(&numbers, link);
        allow_known(&numbers, link->usable_qps);
        allow_known(&numbers, link->forecast_qps);
        check_zh(in_zh.lead);
        check_en(in_en.lead);
        check_numbers(&numbers, in_zh.lead);
        check_numbers(&numbers, in_en.lead);
    }
}

static void
bars_in_words_say_the_links_numbers(void **state)
{
    over_seasons(*state, alt_season);
}

/* The way to the target: what is said of it is so, and nothing is said of what
   brings nothing. */
static void
bridge_season(struct arena *arena, const struct words *zh,
              const struct words *en, const struct report *report)
{
    const struct assessment *shown = report->shown;
    for (size_t i = 0; i < shown->link_count; i++) {
        const struct link *link = shown->links[i];
        if (link->state != STATE_SHORT && link->state != STATE_COVERED)
            continue;
        const char *in_zh = sentence_bridge(zh, link).lead;
        const char *in_en = sentence_bridge(en, link).lead;
        struct numbers numbers = {.arena = arena};
        allow_link(&numbers, link);
        allow_known(&numbers, link->usable_qps);
        allow_known(&numbers, link->forecast_qps);
        whole gained = link->optimised_qps.value - link->usable_qps.value;
        whole added = link->forecast_qps.value - link->optimised_qps.value;
        assert_true(gained >= 0 && added >= 0);
        allow(&numbers, gained);
        allow(&numbers, added);
        check_zh(in_zh);
        check_en(in_en);
        check_numbers(&numbers, in_zh);
        check_numbers(&numbers, in_en);
        const bool is_short = link->state == STATE_SHORT;
        const whole gap = link->gap_after_qps.value;
        assert_int_equal(strstr(in_en, "gain adds") != NULL, gained > 0);
        assert_int_equal(strstr(in_en, "instances add") != NULL, added > 0);
        assert_int_equal(strstr(in_en, "not retested") != NULL,
                         gained + added > 0);
        assert_int_equal(strstr(in_en, "too late") != NULL,
                         is_short && gap == 0);
        assert_int_equal(strstr(in_en, "still short") != NULL, gap > 0);
        assert_int_equal(strstr(in_zh, "过晚") != NULL, is_short && gap == 0);
        assert_int_equal(strstr(in_zh, "仍缺") != NULL, gap > 0);
    }
}

static void
the_way_to_the_target_is_told_as_it_is(void **state)
{
    over_seasons(*state, bridge_season);
}

static void
scenario_season(struct arena *arena, const struct words *zh,
                const struct words *en, const struct report *report)
{
    struct wording in_zh = sentence_scenario(zh, report);
    struct wording in_en = sentence_scenario(en, report);
    (void)arena;
    assert_int_equal(in_en.count > 0, report->shown != report->plan);
    if (in_en.count == 0)
        return;
    check_sentence(in_zh, in_en);
    static const char *const word[VERDICTS] = {"is GO.", "is CONDITIONAL GO.",
                                               "is NO-GO."};
    assert_non_null(
        strstr(in_en.variants[0].lead, word[report->plan->verdict]));
}

static void
another_scenario_gives_the_plans_verdict(void **state)
{
    over_seasons(*state, scenario_season);
}

/* The seasons above are worth nothing if they miss a case. */
static void
seasons_reach_every_verdict_reason_and_state(void **state)
{
    unsigned verdicts[VERDICTS] = {0}, reasons[REASONS] = {0};
    unsigned states[STATES] = {0};
    (void)state;
    for (unsigned i = 0; i < SEASONS; i++) {
        struct arena *arena = arena_new();
        const struct report *report = made_report(arena, i * 7919u + 1);
        verdicts[report->shown->verdict]++;
        reasons[report->shown->reason]++;
        for (unsigned k = 0; k < STATES; k++)
            states[k] += report->shown->counts[k];
        arena_free(arena);
    }
    for (unsigned i = 0; i < VERDICTS; i++)
        assert_true(verdicts[i] > 20);
    for (unsigned i = 0; i < REASONS; i++)
        assert_true(reasons[i] > 20);
    for (unsigned i = 0; i < STATES; i++)
        assert_true(states[i] > 100);
}

/* Both languages stand together, each as when it stands alone. */
static void
two_languages_say_what_each_says_alone(void **state)
{
    struct room *room = *state;
    for (unsigned i = 0; i < 100; i++) {
        struct arena *arena = arena_new();
        struct words zh = {arena, room->template, LANG_ZH, "TPS"};
        struct words en = {arena, room->template, LANG_EN, "TPS"};
        struct words both = {arena, room->template, LANG_BOTH, "TPS"};
        const struct report *report = made_report(arena, i * 31u + 7);
        struct wording a = sentence_message(&zh, report);
        struct wording b = sentence_message(&en, report);
        struct wording c = sentence_message(&both, report);
        assert_int_equal(a.count, c.count);
        for (size_t k = 0; k < c.count; k++) {
            assert_string_equal(a.variants[k].lead, c.variants[k].lead);
            assert_string_equal(b.variants[k].lead, c.variants[k].second);
        }
        arena_free(arena);
    }
}

/* All words, those of the workbook too. */
static void
words_are_punctuated_in_their_own_language(void **state)
{
    const struct template *template = ((struct room *)*state)->template;
    for (size_t i = 0; i < template->word_count; i++)
        for (size_t k = 0; k < template->words[i].variant_count; k++) {
            const struct text *text = &template->words[i].variants[k];
            const char *zh = text->zh ? text->zh : "", *en = text->en;
            for (const char *at = zh; *at; at++)
                if (strchr(",;:()?!", *at) &&
                    (is_han_before(zh, at) || (at[1] & 0x80)))
                    fail_with("half-width punctuation in Chinese", zh);
            /* e3 80: U+3000 to U+303F, ef bc: U+FF00 to U+FF3F, e4 to e9: Han
             */
            for (const char *at = en ? en : ""; *at; at++)
                if (strncmp(at, "\xe3\x80", 2) == 0 ||
                    strncmp(at, "\xef\xbc", 2) == 0 ||
                    strncmp(at, "\u201c", 3) == 0 || is_han_before(en, at))
                    fail_with("Chinese characters in English", en);
        }
}

#ifdef SHOW /* to read through what is said */
static void
show(void **state)
{
    struct room *room = *state;
    for (unsigned i = 0; i < 60; i++) {
        struct arena *arena = arena_new();
        struct words zh = {arena, room->template, LANG_ZH, "QPS"};
        struct words en = {arena, room->template, LANG_EN, "QPS"};
        const struct report *report = made_report(arena, i * 7919u + 1);
        const struct words *both[] = {&zh, &en};
        for (int k = 0; k < 2; k++) {
            size_t count, all;
            struct wording w = sentence_message(both[k], report);
            for (size_t m = 0; m < w.count; m++)
                printf("M%zu %s\n", m, w.variants[m].lead);
            w = sentence_second(both[k], report);
            for (size_t m = 0; m < w.count; m++)
                printf("S%zu %s\n", m, w.variants[m].lead);
            const struct plan_decision *d =
                sentence_decisions(both[k], report, 3, &count, &all);
            for (size_t m = 0; m < count; m++)
                printf("D %s | %s | %s\n", d[m].text.variants[0].lead,
                       d[m].owner.lead, d[m].by);
        }
        printf("\n");
        arena_free(arena);
    }
}
#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(message_is_whole_and_says_the_assessments_numbers),
        cmocka_unit_test(tail_counts_what_else_blocks),
        cmocka_unit_test(second_sentence_is_about_the_weakest_link),
        cmocka_unit_test(decisions_are_the_worst_links_first),
        cmocka_unit_test(bars_in_words_say_the_links_numbers),
        cmocka_unit_test(the_way_to_the_target_is_told_as_it_is),
        cmocka_unit_test(another_scenario_gives_the_plans_verdict),
        cmocka_unit_test(seasons_reach_every_verdict_reason_and_state),
        cmocka_unit_test(two_languages_say_what_each_says_alone),
        cmocka_unit_test(words_are_punctuated_in_their_own_language),
#ifdef SHOW
        cmocka_unit_test(show),
#endif
    };
    return cmocka_run_group_tests_name("sentence", tests, setup, teardown);
}
