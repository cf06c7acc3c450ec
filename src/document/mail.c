/*
 * What the mail says, language by language.  Belongs to document/; the
 * sentences are page 1's, the words the template's, the numbers the
 * assessment's.
 */
#include "document/mail.h"

#include <string.h>

#include "base/arena.h"
#include "base/version.h"
#include "document/plan_parts.h"
#include "document/sentence.h"

#define LEAST_MARGIN 3 /* met links shown below those that are not met */
#define UNPROVEN 5     /* unproven links that are named */
#define HASH_DIGITS 12
#define PAGE_DECISIONS 3 /* those stand on page 1 */

static const char *const state_word[STATES] = {
    "state.short",        "state.untested", "state.stale",
    "state.inconclusive", "state.covered",  "state.met",
};

/* What one body is made from. */
struct body_job {
    struct words words; /* in one language */
    struct plan_job plan;
    const struct report *report;
    const struct mail_files *files;
    enum mail_load load;
};

/* --- small things ------------------------------------------------------ */

static const char *
say(const struct body_job *job, const char *key)
{
    return words_phrase(&job->words, key).lead;
}

static const char *
fill(const struct body_job *job, const char *key, const struct fill *fills)
{
    return words_fill(&job->words, key, fills).lead;
}

static const char *
lead(const struct body_job *job, struct text text)
{
    return words_text(&job->words, text).lead;
}

static const char *
longest(struct wording wording)
{
    return wording.count > 0 ? wording.variants[0].lead : NULL;
}

static struct text
number_text(const struct body_job *job, size_t number)
{
    return (struct text){.one = number_whole(job->words.arena, (whole)number)};
}

static const char *
priority_word(const struct link *link)
{
    static const char *const word[PRIORITIES] = {"P0", "P1", "P2"};
    return word[link->baseline->priority];
}

/* Whether the PDF tells rule and formulas, and is to be signed. */
static bool
has_basis(const struct body_job *job)
{
    return template_has_page(job->plan.template, "basis");
}

/* --- what is attached -------------------------------------------------- */

enum mail_load
mail_load(const struct mail_files *files)
{
    const size_t light = files->light.size;
    if (files->pdf.size > MAIL_ATTACHED_MOST)
        return MAIL_NOTHING;
    if (files->pdf.size + files->workbook.size <= MAIL_ATTACHED_MOST)
        return MAIL_WHOLE;
    if (light == 0 || files->pdf.size + light <= MAIL_ATTACHED_MOST)
        return MAIL_WITHOUT_STEPS;
    return MAIL_PDF_ONLY;
}

const struct template *
mail_light_template(struct arena *arena, const struct template *template)
{
    struct template *light = arena_alloc(arena, sizeof *light);
    *light = *template;
    light->sheets =
        arena_array(arena, template->sheet_count + 1, struct template_part);
    light->sheet_count = 0;
    for (size_t i = 0; i < template->sheet_count; i++)
        if (strcmp(template->sheets[i].kind.name, "steps") != 0)
            light->sheets[light->sheet_count++] = template->sheets[i];
    return light;
}

static const char *
attachment(const struct body_job *job, const struct mail_file *file,
           const char *key)
{
    struct fill fills[] = {
        {"file",           {.one = file->name}},
        {"size",                number_text(job, file->size)},
        {"hash",
         {.one = arena_copy(job->words.arena, file->sha256, HASH_DIGITS)}},
        {0               }
    };
    return fill(job, key, fills);
}

static void
set_attachments(const struct body_job *job, struct mail_body *body)
{
    const struct mail_files *files = job->files;
    const struct mail_file *workbook = &files->workbook;
    const char *full = "mail.full";
    body->attachments_heading = say(job, "mail.attachments");
    if (job->load != MAIL_NOTHING)
        body->attachments[body->attachment_count++] =
            attachment(job, &files->pdf, "mail.attachment");
    if (job->load == MAIL_WITHOUT_STEPS) {
        body->left_out = attachment(job, workbook, "mail.left_out.steps");
        workbook = &files->light;
    } else if (job->load != MAIL_WHOLE) {
        body->left_out =
            attachment(job, workbook,
                       job->load == MAIL_PDF_ONLY ? "mail.left_out.workbook"
                                                  : "mail.left_out.all");
        full = "mail.full.elsewhere";
    }
    if (job->load == MAIL_WHOLE || job->load == MAIL_WITHOUT_STEPS)
        body->attachments[body->attachment_count++] =
            attachment(job, workbook, "mail.attachment");
    struct fill fills[] = {
        {"n",                              number_text(job, job->report->shown->link_count)},
        {"rules", {.one = has_basis(job) ? files->pdf.name : workbook->name}},
        {"workbook",                          {.one = workbook->name}},
        {0                               }
    };
    body->full_list =
        fill(job,
             arena_format(job->words.arena, "%s.%s", full,
                          job->report->shown->link_count == 1 ? "one" : "many"),
             fills);
}

/* --- verdict, why, ask ------------------------------------------------- */

static void
set_verdict(const struct body_job *job, struct mail_body *body)
{
    const struct season *season = job->report->season;
    struct text word =
        sentence_verdict(&job->words, job->report->shown->verdict);
    struct text name = text_is_given(season->name)
                           ? season->name
                           : (struct text){.one = season->id};
    body->verdict = job->report->shown->verdict;
    body->season = lead(job, name);
    body->verdict_word = body->language == LANGUAGE_EN
                             ? text_in(word, LANGUAGE_EN)
                             : arena_format(job->words.arena, "%s %s",
                                            text_in(word, LANGUAGE_ZH),
                                            text_in(word, LANGUAGE_EN));
    struct fill headline[] = {
        {"season",                     name},
        {"verdict",                            {.one = body->verdict_word}},
        {0}
    };
    body->headline = fill(job, "mail.headline", headline);
    body->classification = lead(job, plan_classification(&job->plan));
    body->extra = lead(job, job->plan.template->extra_text);
    body->as_of = plan_header(&job->plan).lead;
    body->why = longest(sentence_message(&job->words, job->report));
    body->second = longest(sentence_second(&job->words, job->report));
    body->scenario = longest(sentence_scenario(&job->words, job->report));
    struct fill fills[] = {
        {"rule",                     {.one = HEADROOM_RULE}},
        {"version",                          {.one = HEADROOM_VERSION}},
        {0}
    };
    body->rule = fill(job, "mail.rule", fills);
}

static void
set_ask(const struct body_job *job, struct mail_body *body)
{
    size_t count, all;
    const struct plan_decision *decisions =
        sentence_decisions(&job->words, job->report, 1, &count, &all);
    if (count == 0) {
        body->ask = say(job, has_basis(job) ? "mail.ask.none"
                                            : "mail.ask.none.unsigned");
        return;
    }
    const char *none = sentence_no_day(&job->words);
    struct fill fills[] = {
        {"text",                            {.one = longest(decisions[0].text)}},
        {"owner",                                 {.one = decisions[0].owner.lead}},
        {"by",{.one = decisions[0].by}},
        {0                             }
    };
    body->ask = fill(job,
                     strcmp(decisions[0].by, none) == 0 ? "mail.ask.no_day"
                                                        : "mail.ask",
                     fills);
    /* page 1 has some, the pages behind it the others, if there are any */
    bool are_in_pdf = all <= PAGE_DECISIONS || has_basis(job);
    const char *rest = are_in_pdf ? "mail.ask.rest" : "mail.ask.rest.workbook";
    if (all > 1)
        body->ask =
            arena_format(job->words.arena, "%s%s%s", body->ask,
                         body->language == LANGUAGE_EN ? " " : "",
                         lead(job, words_count(&job->words, rest, all - 1)));
}

/* --- the rows ---------------------------------------------------------- */

static struct mail_row
row_of(const struct body_job *job, const struct plan_row *from)
{
    static const char *const sign[STATES] = {
        "sign.short",        "sign.untested", "sign.stale",
        "sign.inconclusive", "sign.covered",  "sign.met",
    };
    struct fill about[] = {
        {"priority",              {.one = priority_word(from->link)}},
        {"state",                       words_both(&job->words, state_word[from->state], NULL)},
        {0}
    };
    struct mail_row row = {.state = from->state,
                           .sign = say(job, sign[from->state]),
                           .name = lead(job, sentence_name(from->link)),
                           .about = fill(job, "mail.row", about)};
    for (size_t i = 0; i < MAIL_COLUMNS; i++) {
        const struct plan_cell *cell = &from->cells[i];
        row.cells[i].emphasis = cell->emphasis;
        row.cells[i].text = cell->hung
                                ? arena_format(job->words.arena, "%s%s",
                                               cell->text.lead, cell->hung)
                                : cell->text.lead;
    }
    return row;
}

static const char *
rows_after(const struct body_job *job, size_t rows)
{
    const struct assessment *shown = job->report->shown;
    const size_t met = shown->counts[STATE_MET];
    const size_t not_met = shown->link_count - met;
    const size_t unmet_left = not_met > rows ? not_met - rows : 0;
    const size_t met_shown = rows > not_met ? rows - not_met : 0;
    const size_t met_left = met - met_shown;
    struct text unmet_text =
        words_count(&job->words, "after.unmet", unmet_left);
    struct text met_text = words_count(&job->words, "after.rest", met_left);
    struct fill both[] = {
        {"unmet",   unmet_text},
        {"met",         met_text},
        {0}
    };
    struct text what = met_text;
    if (unmet_left > 0 && met_left > 0)
        what = words_both(&job->words, "after.both", both);
    else if (unmet_left > 0)
        what = unmet_text;
    else if (met_left == 0)
        return NULL;
    struct fill fills[] = {
        {"what", what},
        {0     }
    };
    return fill(job, "mail.after", fills);
}

static void
set_rows(const struct body_job *job, struct mail_body *body)
{
    static const char *const key[MAIL_COLUMNS] = {"attainment", "shortfall_qps",
                                                  "gap_after_qps", "owner"};
    const struct assessment *shown = job->report->shown;
    struct template_name names[MAIL_COLUMNS];
    struct template_part part = {.columns = names,
                                 .column_count = MAIL_COLUMNS};
    for (size_t i = 0; i < MAIL_COLUMNS; i++)
        names[i] = (struct template_name){.name = key[i]};
    size_t count = shown->link_count - shown->counts[STATE_MET] + LEAST_MARGIN;
    if (count > MAIL_ROWS)
        count = MAIL_ROWS;
    if (count > shown->link_count)
        count = shown->link_count;
    struct plan_table table =
        plan_link_table(&job->plan, &part, shown->links, count);
    struct mail_row *rows =
        arena_array(job->words.arena, count, struct mail_row);
    for (size_t i = 0; i < count; i++)
        rows[i] = row_of(job, &table.rows[i]);
    for (size_t i = 0; i < MAIL_COLUMNS; i++)
        body->headings[i] = table.columns[i].heading.lead;
    body->rows_heading = say(job, "mail.rows");
    body->link_heading = say(job, "column.name");
    body->rows = rows;
    body->row_count = count;
    body->rows_after = rows_after(job, count);
    body->rows_note = plan_note_of(&job->plan, &table).lead;
}

/* --- counts and what is unproven --------------------------------------- */

static void
set_counts(const struct body_job *job, struct mail_body *body)
{
    const struct assessment *shown = job->report->shown;
    for (unsigned i = 0; i < STATES; i++) {
        struct fill fills[] = {
            {"state",        words_both(&job->words, state_word[i], NULL)},
            {"n", number_text(job, shown->counts[i])},
            {0             }
        };
        body->counts[i] = fill(job, "mail.state", fills);
    }
    body->counts_heading =
        lead(job, words_count(&job->words, "mail.counts", shown->link_count));
}

static void
set_unproven(const struct body_job *job, struct mail_body *body)
{
    const struct assessment *shown = job->report->shown;
    struct text items[UNPROVEN];
    size_t named = 0, all = 0;
    for (size_t i = 0; i < shown->link_count; i++) {
        const struct link *link = shown->links[i];
        if (link->proven)
            continue;
        struct fill fills[] = {
            {"name",                        sentence_name(link)},
            {"priority",                             {.one = priority_word(link)}},
            {"state",words_both(&job->words, state_word[link->state], NULL)},
            {0                      }
        };
        if (named < UNPROVEN)
            items[named++] =
                words_both(&job->words, "mail.unproven.item", fills);
        all++;
    }
    body->unproven_heading = say(job, "mail.unproven");
    body->unproven = say(job, "mail.unproven.none");
    if (all == 0)
        return;
    struct fill fills[] = {
        {"n",    number_text(job, all)},
        {"list",  words_list(&job->words, items, named)},
        {"rest", all > named ? words_count(&job->words, "mail.unproven.rest",
         all - named)
                             : (struct text){.one = ""}},
        {0}
    };
    body->unproven =
        fill(job, all == 1 ? "mail.unproven.one" : "mail.unproven.many", fills);
}

/* --- the mail ---------------------------------------------------------- */

static struct mail_body
body_in(enum language language, struct body_job *job)
{
    struct mail_body body = {.language = language};
    job->words.lang = language == LANGUAGE_ZH ? LANG_ZH : LANG_EN;
    job->plan.words = &job->words;
    set_verdict(job, &body);
    set_ask(job, &body);
    set_counts(job, &body);
    set_rows(job, &body);
    set_unproven(job, &body);
    set_attachments(job, &body);
    return body;
}

const struct mail *
mail_plan(struct arena *arena, const struct report *report,
          const struct template *template, enum lang lang,
          const struct mail_files *files, enum mail_load load)
{
    struct words words = {arena, template, lang, report->season->unit};
    struct body_job job = {
        .words = words,
        .plan = {.arena = arena, .report = report, .template = template},
        .report = report,
        .files = files,
        .load = load
    };
    struct mail *mail = arena_alloc(arena, sizeof *mail);
    mail->subject = mail_subject(&words, report);
    if (lang != LANG_EN)
        mail->bodies[mail->body_count++] = body_in(LANGUAGE_ZH, &job);
    if (lang != LANG_ZH)
        mail->bodies[mail->body_count++] = body_in(LANGUAGE_EN, &job);
    return mail;
}
