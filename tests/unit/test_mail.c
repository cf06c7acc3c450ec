/*
 * The mail: its subject in all lengths, what it says, what is attached, and
 * how it is set as text, HTML and MIME.  The words are those of templates/,
 * read from the tree's root.
 */
#include "maker.h"

#include <stdio.h>

#include "assess/assess.h"
#include "document/mail.h"
#include "input/input.h"
#include "render/look.h"
#include "render/mail_html.h"
#include "render/mail_mime.h"
#include "render/mail_text.h"

struct room {
    struct arena *arena;
    const struct template *template;
    struct made *made;
    struct baseline *order, *cart;
};

static const struct mail_files files = {
    .pdf = {"trial.pdf",        1000,    "0123456789abcdef"},
    .workbook = {"trial.xlsx",       2345678, "fedcba9876543210"},
    .light = {"trial-light.xlsx", 5,       "0123456789abcdef"},
};

/* Place order 3,000 short and add to cart met, to be decided by 4 Nov. */
static int
setup(void **state)
{
    struct arena *arena = arena_new();
    struct diag *diag = diag_new(arena);
    struct room *room = arena_alloc(arena, sizeof *room);
    *state = room;
    room->arena = arena;
    room->template = input_read_template(arena, "templates/review.yaml", diag);
    if (room->template == NULL || !plan_check(arena, room->template, diag)) {
        diag_print(diag, stderr);
        return -1;
    }
    struct made *made = room->made = make_season(arena);
    made->season.name = (struct text){.zh = "双11", .en = "Double 11"};
    made->season.decide_by = on("2026-11-04");
    made->season.peak.day = on("2026-11-11");
    made->season.peak.text = "2026-11-11";
    room->order = add_baseline(made, "order", "10000", 40);
    room->order->name = (struct text){.zh = "提交订单", .en = "Place order"};
    room->order->owner = (struct text){.one = "SRE"};
    room->cart = add_baseline(made, "cart", "10000", 40);
    room->cart->name = (struct text){.zh = "加购", .en = "Add to cart"};
    add_measured(made, "order", "2026-10-30", 40, "12000");
    add_measured(made, "cart", "2026-10-30", 40, "15000");
    return 0;
}

static int
teardown(void **state)
{
    struct room *room = *state;
    arena_free(room->arena);
    return 0;
}

static const struct mail *
mail_in(struct room *room, enum lang lang, enum mail_load load)
{
    const struct report *report =
        assess_season(room->arena, &room->made->season, 0, room->made->diag);
    return mail_plan(room->arena, report, room->template, lang, &files, load);
}

static const char *
subject_in(struct room *room, enum lang lang)
{
    const char *subject = mail_in(room, lang, MAIL_WHOLE)->subject;
    assert_true(text_width(subject) <= MAIL_SUBJECT_MOST);
    return subject;
}

static const char *
repeat(struct arena *arena, const char *piece, size_t times)
{
    const char *text = "";
    for (size_t i = 0; i < times; i++)
        text = arena_format(arena, "%s%s", text, piece);
    return text;
}

/* --- the subject ------------------------------------------------------- */

static void
subject_says_action_verdict_link_number_and_day(void **state)
{
    struct room *room = *state;
    assert_string_equal(
        subject_in(room, LANG_ZH),
        "[需决策] 双11 容量暂不放行：提交订单缺 3,000 QPS，11-04 前定");
    assert_string_equal(subject_in(room, LANG_EN),
                        "[DECISION] Double 11 NO-GO: Place order 3,000 QPS "
                        "short");
    room->order->name.en = "Order";
    assert_string_equal(subject_in(room, LANG_EN),
                        "[DECISION] Double 11 NO-GO: Order 3,000 QPS short, by "
                        "4 Nov");
}

static void
subject_of_both_languages_is_chinese(void **state)
{
    assert_string_equal(subject_in(*state, LANG_BOTH),
                        subject_in(*state, LANG_ZH));
}

static void
subject_grows_shorter_with_longer_names(void **state)
{
    struct room *room = *state;
    room->order->name.en = "Place order and more";
    assert_string_equal(
        subject_in(room, LANG_EN),
        "[DECISION] Double 11 NO-GO: 1 P0 link blocks, by 4 Nov");
    room->made->season.name.en = repeat(room->arena, "x", 25);
    assert_string_equal(
        subject_in(room, LANG_EN),
        "[DECISION] 2026-double11 NO-GO: 1 P0 link blocks, by 4 Nov");
    room->made->season.id = repeat(room->arena, "y", 64);
    assert_string_equal(
        subject_in(room, LANG_EN),
        "[DECISION] NO-GO: Place order and more 3,000 QPS short");
    room->order->name.en = repeat(room->arena, "z", 200);
    assert_string_equal(subject_in(room, LANG_EN),
                        "[DECISION] NO-GO: 1 P0 link blocks, by 4 Nov");
}

static void
subject_tells_conditions_from_go(void **state)
{
    struct room *room = *state;
    room->order->priority = PRIORITY_P1;
    assert_string_equal(subject_in(room, LANG_EN),
                        "[ACTION] Double 11 CONDITIONAL GO: 1 condition, by "
                        "4 Nov");
    room->order->priority = PRIORITY_P2;
    assert_string_equal(subject_in(room, LANG_EN),
                        "[INFO] Double 11 GO: 1 P2 link not met");
    room->order->target_qps = given("10000");
    assert_string_equal(subject_in(room, LANG_EN),
                        "[INFO] Double 11 GO: all 2 links met");
    assert_string_equal(subject_in(room, LANG_ZH),
                        "[知会] 双11 容量可放行：2 条链路均达标");
}

static void
subject_says_that_evidence_is_missing(void **state)
{
    struct room *room = *state;
    room->made->season.result_count = 0;
    assert_string_equal(
        subject_in(room, LANG_ZH),
        "[需决策] 双11 容量暂不放行：证据不足，2 条 P0 均未证实");
    room->order->priority = room->cart->priority = PRIORITY_P1;
    assert_string_equal(
        subject_in(room, LANG_EN),
        "[DECISION] Double 11 NO-GO: 0 P0 links named, by 4 Nov");
}

static void
subject_of_another_scenario_asks_for_nothing(void **state)
{
    struct room *room = *state;
    struct made *made = room->made;
    made->scenario[1] =
        (struct scenario){.id = "low", .growth = {.buffer = given("10%")}};
    made->season.scenario_count = 2;
    const struct report *report =
        assess_season(room->arena, &made->season, 1, made->diag);
    const struct mail *mail = mail_plan(room->arena, report, room->template,
                                        LANG_EN, &files, MAIL_WHOLE);
    assert_string_equal(mail->subject,
                        "[INFO] Double 11 what-if NO-GO: Place order 2,000 "
                        "QPS short");
    assert_non_null(strstr(mail->bodies[0].scenario, "does not decide"));
}

static void
subject_names_each_unproven_state(void **state)
{
    struct room *room = *state;
    struct result *test = &room->made->result[0];
    room->order->name.en = "Order";
    test->date = on("2026-09-01");
    assert_string_equal(subject_in(room, LANG_EN),
                        "[DECISION] Double 11 NO-GO: Order stale, by 4 Nov");
    test->date = on("2026-10-30");
    test->step_count = 1;
    assert_string_equal(subject_in(room, LANG_EN),
                        "[DECISION] Double 11 NO-GO: Order inconclusive, by "
                        "4 Nov");
    test->link = "cart";
    assert_string_equal(subject_in(room, LANG_EN),
                        "[DECISION] Double 11 NO-GO: Order untested, by "
                        "4 Nov");
}

/* --- what is attached -------------------------------------------------- */

static void
what_fits_is_attached(void **state)
{
    (void)state;
    struct mail_files made = {.pdf.size = 1000000, .workbook.size = 7000000};
    assert_int_equal(mail_load(&made), MAIL_WHOLE);
    made.workbook.size++;
    assert_int_equal(mail_load(&made), MAIL_WITHOUT_STEPS);
    made.light.size = 7000000;
    assert_int_equal(mail_load(&made), MAIL_WITHOUT_STEPS);
    made.light.size++;
    assert_int_equal(mail_load(&made), MAIL_PDF_ONLY);
    made.pdf.size = 8000000;
    assert_int_equal(mail_load(&made), MAIL_PDF_ONLY);
    made.pdf.size++;
    assert_int_equal(mail_load(&made), MAIL_NOTHING);
}

static void
what_is_left_out_is_said(void **state)
{
    const struct mail_body *body =
        &mail_in(*state, LANG_EN, MAIL_WHOLE)->bodies[0];
    assert_int_equal(body->attachment_count, 2);
    assert_null(body->left_out);
    assert_string_equal(body->attachments[1],
                        "trial.xlsx (2,345,678 bytes, SHA-256 fedcba987654…)");
    body = &mail_in(*state, LANG_EN, MAIL_PDF_ONLY)->bodies[0];
    assert_int_equal(body->attachment_count, 1);
    assert_non_null(strstr(body->left_out, "trial.xlsx (2,345,678 bytes"));
    assert_non_null(strstr(body->full_list, "not attached"));
    body = &mail_in(*state, LANG_EN, MAIL_WITHOUT_STEPS)->bodies[0];
    assert_int_equal(body->attachment_count, 2);
    assert_non_null(strstr(body->left_out, "no sheet Steps"));
    body = &mail_in(*state, LANG_EN, MAIL_NOTHING)->bodies[0];
    assert_int_equal(body->attachment_count, 0);
    assert_non_null(strstr(body->left_out, "none is attached"));
}

static void
light_workbook_has_no_steps(void **state)
{
    struct room *room = *state;
    const struct template *light =
        mail_light_template(room->arena, room->template);
    assert_int_equal(light->sheet_count, room->template->sheet_count - 1);
    for (size_t i = 0; i < light->sheet_count; i++)
        assert_string_not_equal(light->sheets[i].kind.name, "steps");
}

/* --- what is said ------------------------------------------------------ */

static void
first_comes_verdict_why_and_ask(void **state)
{
    const struct mail *mail = mail_in(*state, LANG_BOTH, MAIL_WHOLE);
    assert_int_equal(mail->body_count, 2);
    const struct mail_body *zh = &mail->bodies[0], *en = &mail->bodies[1];
    assert_string_equal(zh->headline, "双11：暂不放行 NO-GO");
    assert_string_equal(en->headline, "Double 11: NO-GO");
    assert_non_null(strstr(en->why, "3,000 QPS short"));
    assert_non_null(strstr(en->ask, "(owner: SRE; decide by 4 Nov)."));
    assert_non_null(strstr(zh->ask, "（负责人：SRE；最晚决定日：11-04）。"));
    assert_string_equal(en->unproven, "No link is unproven.");
    assert_int_equal(en->row_count, 2);
    assert_string_equal(en->rows[0].name, "Place order");
    assert_string_equal(en->rows[0].about, "P0, short, not covered");
    assert_string_equal(en->rows[0].cells[0].text, "80.0%");
    assert_string_equal(en->rows[0].cells[1].text, "3,000");
    assert_string_equal(en->rows[0].cells[3].text, "SRE");
    assert_string_equal(en->counts[STATE_SHORT], "short, not covered 1");
    assert_string_equal(en->counts[STATE_STALE], "stale 0");
}

static void
a_decision_without_a_day_has_none(void **state)
{
    struct room *room = *state;
    struct decision decision = {.text = {.one = "Buy"}};
    room->made->season.decisions = &decision;
    room->made->season.decision_count = 1;
    const struct mail *mail = mail_in(room, LANG_EN, MAIL_WHOLE);
    assert_string_equal(mail->bodies[0].ask,
                        "Decision needed: Buy (owner: not set).");
    assert_null(strstr(mail->subject, "by"));
}

static void
what_has_no_row_is_counted(void **state)
{
    struct room *room = *state;
    static const char *const link[] = {"a", "b", "c", "d", "e", "f"};
    for (size_t i = 0; i < 6; i++)
        add_baseline(room->made, link[i], "100", 4);
    const struct mail_body *body =
        &mail_in(room, LANG_EN, MAIL_WHOLE)->bodies[0];
    assert_int_equal(body->row_count, MAIL_ROWS);
    assert_string_equal(body->rows_after, "2 more links not met, 1 link met.");
    assert_string_equal(body->unproven,
                        "6 links are unproven, their capacity unknown: a (P0, "
                        "untested), b (P0, untested), c (P0, untested), d (P0, "
                        "untested) and e (P0, untested); 1 more.");
}

/* --- text, HTML, MIME -------------------------------------------------- */

static void
every_line_fits_and_none_can_be_mistaken(void **state)
{
    struct room *room = *state;
    const char *names[] = {".", "From here on", repeat(room->arena, "长", 200),
                           repeat(room->arena, "w", 200),
                           repeat(room->arena, "a 长", 60)};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        room->order->name = (struct text){.one = names[i]};
        const char *text =
            mail_text(room->arena, mail_in(room, LANG_BOTH, MAIL_WHOLE));
        for (const char *line = text; *line != '\0';) {
            size_t length = strcspn(line, "\n");
            const char *copy = arena_copy(room->arena, line, length);
            assert_true(text_width(copy) <= MAIL_TEXT_COLUMNS);
            assert_true(copy[0] != '.' && strncmp(copy, "From ", 5) != 0);
            assert_true(length == 0 || copy[length - 1] != ' ');
            line += length + 1;
        }
    }
}

static void
markup_in_names_is_text(void **state)
{
    struct room *room = *state;
    struct look look = look_of(room->template);
    room->order->name = (struct text){.one = "\"><b a='x'>&amp;"};
    const char *html =
        mail_html(room->arena, mail_in(room, LANG_EN, MAIL_WHOLE), &look);
    assert_non_null(strstr(html, "&quot;&gt;&lt;b a=&#39;x&#39;&gt;&amp;amp;"));
    assert_null(strstr(html, "<b a="));
}

static struct mail_message
a_message(const struct mail_to_whom *whom)
{
    static const char attached[] = "%PDF\0\r\n.\r\nFrom x\n--=_headroom";
    return (struct mail_message){
        .subject =
            "=?utf-8?Q?=0D=0ABcc=3A_x?= 双11 a中中中中中中中中中中中中中",
        .whom = whom,
        .text = "one\ntwo 中\n",
        .html = "<p>x</p>\n",
        .sum = "0123456789abcdef0123456789abcdef",
        .attachments = {{"a.pdf", "application", "pdf", attached,
                         sizeof attached}},
        .attachment_count = 1};
}

static void
mime_reads_back_as_it_was_meant(void **state)
{
    struct room *room = *state;
    struct mail_address to = {"李 雷, SRE", "li@example.com"};
    struct mail_to_whom whom = {
        .to = {&to, 1},
          .from = to, .has_from = true
    };
    struct mail_message message = a_message(&whom);
    const char *why = NULL;
    size_t size;
    assert_true(mail_mime_open(room->arena, &why));
    const char *bytes = mail_mime(room->arena, &message, &size);
    assert_null(mail_mime_fault(&message, bytes, size));
    assert_null(strstr(bytes, "Date:"));
    assert_null(strstr(bytes, "Message-I"));
    assert_non_null(strstr(bytes, "X-Unsent: 1\r\n"));
    assert_non_null(strstr(bytes, "li@example.com"));
}

static void
mime_that_differs_is_found(void **state)
{
    struct room *room = *state;
    struct mail_to_whom none = {.has_from = false};
    struct mail_message meant = a_message(&none), other;
    const char *why = NULL;
    size_t size;
    assert_true(mail_mime_open(room->arena, &why));
    const char *bytes = mail_mime(room->arena, &meant, &size);
    assert_null(mail_mime_fault(&meant, bytes, size));

    other = meant, other.subject = "other";
    assert_non_null(mail_mime_fault(&other, bytes, size));
    other = meant, other.text = "one\ntwo\n";
    assert_non_null(mail_mime_fault(&other, bytes, size));
    other = meant, other.html = "<p>x</p>\n\n";
    assert_non_null(mail_mime_fault(&other, bytes, size));
    other = meant, other.attachments[0].size--;
    assert_non_null(mail_mime_fault(&other, bytes, size));
    other = meant, other.attachments[0].name = "b.pdf";
    assert_non_null(mail_mime_fault(&other, bytes, size));
    other = meant, other.attachment_count = 0;
    assert_non_null(mail_mime_fault(&other, bytes, size));
    const char *more = arena_format(room->arena, "Bcc: x@y\r\n%s", bytes);
    assert_non_null(mail_mime_fault(&meant, more, strlen(more)));
    const char *wide = arena_format(room->arena, "%s%s\r\n", bytes,
                                    repeat(room->arena, "x", 999));
    assert_non_null(mail_mime_fault(&meant, wide, strlen(wide)));
    const char *bare = arena_format(room->arena, "%s\n", bytes);
    assert_non_null(mail_mime_fault(&meant, bare, strlen(bare)));
    assert_non_null(mail_mime_fault(&meant, bytes, size / 2));
    assert_non_null(mail_mime_fault(&meant, "", 0));
}

#define MAIL_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        MAIL_TEST(subject_says_action_verdict_link_number_and_day),
        MAIL_TEST(subject_of_both_languages_is_chinese),
        MAIL_TEST(subject_grows_shorter_with_longer_names),
        MAIL_TEST(subject_tells_conditions_from_go),
        MAIL_TEST(subject_says_that_evidence_is_missing),
        MAIL_TEST(subject_of_another_scenario_asks_for_nothing),
        MAIL_TEST(subject_names_each_unproven_state),
        MAIL_TEST(what_fits_is_attached),
        MAIL_TEST(what_is_left_out_is_said),
        MAIL_TEST(light_workbook_has_no_steps),
        MAIL_TEST(first_comes_verdict_why_and_ask),
        MAIL_TEST(a_decision_without_a_day_has_none),
        MAIL_TEST(what_has_no_row_is_counted),
        MAIL_TEST(every_line_fits_and_none_can_be_mistaken),
        MAIL_TEST(markup_in_names_is_text),
        MAIL_TEST(mime_reads_back_as_it_was_meant),
        MAIL_TEST(mime_that_differs_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
