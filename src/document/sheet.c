/*
 * The plan of the workbook: puts the sheets together in the template's order.
 * Room document/.  What each says: sheet_*.c.
 */
#include "document/sheet.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/version.h"
#include "document/plan_parts.h"
#include "document/sentence.h"
#include "document/sheet_book.h"

const char *const sheet_kind_key[SHEET_KINDS] = {
    "about",    "summary", "assumptions", "links", "gaps",
    "unproven", "tests",   "steps",       "checks"};

#define MAX_SCENARIOS 250
#define MAX_NAME 31  /* characters of a sheet's name */
#define MAX_LIST 255 /* characters of a list to choose from */

/* --- words ---------------------------------------------------------------- */

static const char *
joined(const struct book *book, struct phrase phrase)
{
    if (phrase.lead == NULL || phrase.second == NULL)
        return phrase.lead;
    return arena_format(book->arena, "%s / %s", phrase.lead, phrase.second);
}

/* For cells of a table: one below the other, so that columns stay narrow. */
static const char *
stacked(const struct book *book, struct phrase phrase)
{
    if (phrase.lead == NULL || phrase.second == NULL)
        return phrase.lead;
    return arena_format(book->arena, "%s\n%s", phrase.lead, phrase.second);
}

static const char *
stacked_word(const struct book *book, const char *key)
{
    return stacked(book, words_phrase(&book->words, key));
}

const char *
book_word(const struct book *book, const char *key)
{
    return joined(book, words_phrase(&book->words, key));
}

const char *
book_fill(const struct book *book, const char *key, const struct fill *fills)
{
    return joined(book, words_fill(&book->words, key, fills));
}

/* Text goes into the formula between quotes, and a quote in it is doubled;
   fills stand there as control characters, which no word has. */
#define MAX_FORMULA_FILLS 4

const struct formula_fill no_fills[] = {
    {NULL, NULL}
};

const char *
book_formula(const struct book *book, const char *key,
             const struct formula_fill *fills)
{
    static const char marks[MAX_FORMULA_FILLS][2] = {"\1", "\2", "\3", "\4"};
    struct fill marked[MAX_FORMULA_FILLS + 1] = {0};
    size_t room = 3;
    for (size_t i = 0; fills[i].name; i++) {
        assert(i < MAX_FORMULA_FILLS);
        marked[i] = (struct fill){fills[i].name, {.one = marks[i]}};
        room += 2 * (strlen(fills[i].formula) + 4); /* in two languages */
    }
    const char *text = book_fill(book, key, marked);
    char *formula = arena_alloc(book->arena, room + 2 * strlen(text));
    char *at = stpcpy(formula, "\"");
    for (; *text; text++) {
        if (*text >= 1 && *text <= MAX_FORMULA_FILLS) {
            at = stpcpy(at, "\"&");
            at = stpcpy(at, fills[*text - 1].formula);
            at = stpcpy(at, "&\"");
            continue;
        }
        if (*text == '"')
            *at++ = '"';
        *at++ = *text;
    }
    stpcpy(at, "\"");
    return formula;
}

/* A text of the input in the document's leading language. */
const char *
book_text(const struct book *book, struct text text)
{
    return text_in(text, book->lang == LANG_EN ? LANGUAGE_EN : LANGUAGE_ZH);
}

void
book_choice(const struct book *book, struct sheet_rule *rule,
            const char *const *words, size_t count, const char *range)
{
    const char **list = arena_array(book->arena, count + 1, const char *);
    size_t length = 0;
    bool fits = true;
    for (size_t i = 0; i < count; i++) {
        list[i] = words[i];
        length += text_length(words[i]) + 1;
        fits = fits && strchr(words[i], ',') == NULL;
    }
    fits = fits && length <= MAX_LIST;
    rule->kind = fits ? RULE_WORDS : RULE_LIST;
    if (fits)
        rule->words = list;
    else
        rule->source = arena_format(book->arena, "=%s", range);
}

/* Lists that a cell may be chosen from, and what stands in large letters, keep
   to one line. */
static bool
is_stacked(unsigned list)
{
    return list != LABEL_OUTCOME && list != LABEL_COMPOSE &&
           list != LABEL_VERDICT && list != LABEL_REASON;
}

static void
set_labels(struct book *book)
{
    static const char *const key[LABEL_LISTS][8] = {
        [LABEL_STATE] = {"state.short",       "state.untested",      "state.stale",
                         "state.inconclusive",                                                                                                     "state.covered", "state.met"},
        [LABEL_OUTCOME] = {"outcome.measured",        "outcome.at_least",
                         "outcome.none"                        },
        [LABEL_EFFECT] = {"effect.blocking",                   "effect.condition",                        "effect.watch",
                         "effect.none"                                                            },
        [LABEL_ACTION] = {"action.none",                   "action.test",                            "action.retest",
                         "action.expand", "action.optimise"},
        [LABEL_COMPOSE] = {"sheet.compose.add",  "sheet.compose.multiply"                      },
        [LABEL_VERDICT] = {"verdict.go",        "verdict.conditional",
                         "verdict.no_go"                 },
        [LABEL_REASON] = {"reason.none", "reason.condition",     "reason.blocking",
                         "reason.insufficient"},
        [LABEL_MISSING] = {"missing.test",   "missing.retest",        "missing.load",
                         "sheet.missing.instances"                                                     },
    };
    for (unsigned list = 0; list < LABEL_LISTS; list++)
        for (unsigned i = 0; i < 7 && key[list][i]; i++)
            book->labels[list][i + 1] = is_stacked(list)
                                            ? stacked_word(book, key[list][i])
                                            : book_word(book, key[list][i]);
    book->unproven = stacked_word(book, "sheet.unproven");
    book->not_by_instances = stacked_word(book, "sheet.not_by_instances");
    book->yes = stacked_word(book, "sheet.yes");
    book->no_word = stacked_word(book, "sheet.no");
    book->held = stacked_word(book, "sheet.step.held");
    book->broke = stacked_word(book, "sheet.step.broke");
    book->kinds[TEST_KIND_UNKNOWN] = stacked_word(book, "kind.unknown");
    book->kinds[TEST_FULL_CHAIN] = stacked_word(book, "kind.full_chain");
    book->kinds[TEST_SINGLE_LINK] = stacked_word(book, "kind.single_link");
    book->cautions[0] = DASH;
    for (unsigned bits = 1; bits < 1u << CAUTIONS; bits++)
        book->cautions[bits] =
            joined(book, words_text(&book->words,
                                    sentence_cautions(&book->words, bits)));
    book->limits[0] = DASH;
    for (unsigned bits = 1; bits < 1u << LIMITS; bits++) {
        struct value value = {.kind = VALUE_LIMITS, .number = (whole)bits};
        book->limits[bits] = stacked(book, words_value(&book->words, &value));
    }
}

/* --- the names of the sheets
 * --------------------------------------------------- */

/* Why a word cannot name a sheet, or NULL. */
static const char *
name_fault(const struct book *book, const char *name, enum sheet_kind kind)
{
    if (text_length(name) > MAX_NAME)
        return "longer than 31 characters";
    if (name[strcspn(name, "[]:*?/\\")] != '\0')
        return "with one of []:*?/\\ in it";
    if (name[0] == '\'' || name[0] == '\0' || name[strlen(name) - 1] == '\'')
        return "empty or with a quote at its edge";
    for (unsigned i = 0; i < (unsigned)kind; i++)
        if (strcasecmp(book->name[i], name) == 0)
            return "given to two sheets";
    return NULL;
}

static bool
set_names(struct book *book, struct diag *diag)
{
    bool sound = true;
    for (unsigned kind = 0; kind < SHEET_KINDS; kind++) {
        const char *key =
            arena_format(book->arena, "sheet.name.%s", sheet_kind_key[kind]);
        struct phrase phrase = words_phrase(&book->words, key);
        const char *name =
            phrase.second
                ? arena_format(book->arena, "%s %s", phrase.lead, phrase.second)
                : phrase.lead;
        const char *fault = name_fault(book, name, (enum sheet_kind)kind);
        if (fault) {
            diag_add(diag, DIAG_SHEET_NAME,
                     template_find_word(book->template, key)->place, name,
                     fault, NULL);
            sound = false;
        }
        book->name[kind] = name;
        /* a quote within is doubled */
        char *prefix = arena_alloc(book->arena, 2 * strlen(name) + 4);
        char *at = prefix;
        *at++ = '\'';
        for (const char *from = name; *from; from++) {
            if (*from == '\'')
                *at++ = '\'';
            *at++ = *from;
        }
        memcpy(at, "'!", 3);
        book->prefix[kind] = prefix;
    }
    return sound;
}

/* --- order of links, tests and steps
 * -------------------------------------------- */

struct named_row {
    const char *link;
    uint32_t row;
};

static int
by_id(const void *a, const void *b)
{
    const struct named_row *left = a, *right = b;
    return strcmp(left->link, right->link);
}

static void
number_links(struct book *book)
{
    size_t count = book->link_count;
    struct named_row *rows = arena_array(book->arena, count, struct named_row);
    for (size_t i = 0; i < count; i++)
        rows[i] =
            (struct named_row){book->links[i]->baseline->link, (uint32_t)i};
    qsort(rows, count, sizeof *rows, by_id);
    book->no = arena_array(book->arena, count, uint32_t);
    for (size_t i = 0; i < count; i++)
        book->no[rows[i].row] = (uint32_t)i + 1;
    book->id_places = 10;
    while (book->id_places <= (double)count)
        book->id_places *= 10;
}

static void
number_tests(struct book *book)
{
    size_t links = book->link_count, tests = 0, steps = 0;
    book->first_test = arena_array(book->arena, links + 1, uint32_t);
    for (size_t i = 0; i < links; i++) {
        book->first_test[i] = (uint32_t)tests;
        tests += book->links[i]->tests->count;
    }
    book->first_test[links] = (uint32_t)tests;
    book->test_count = tests;
    book->test_link = arena_array(book->arena, tests, uint32_t);
    book->first_step = arena_array(book->arena, tests + 1, uint32_t);
    for (size_t i = 0, test = 0; i < links; i++)
        for (size_t k = 0; k < book->links[i]->tests->count; k++, test++) {
            book->test_link[test] = (uint32_t)i;
            book->first_step[test] = (uint32_t)steps;
            steps += book->links[i]->tests->list[k].walk.step_count;
        }
    book->first_step[tests] = (uint32_t)steps;
    book->step_count = steps;
    const size_t most = SHEET_MAX_ROWS - ROW_DATA;
    book->step_rows = (uint32_t)(steps < most ? steps : most);
}

/* --- scenarios
 * --------------------------------------------------------------------- */

/* A spreadsheet looks ids up without regard to case: an id that another one
   equals but for case gets its number. */
static const char *
scenario_label(const struct book *book, size_t index)
{
    const char *id = book->scenarios[index]->id;
    for (size_t i = 0; i < index; i++)
        if (strcasecmp(book->scenarios[i]->id, id) == 0)
            return arena_format(book->arena, "%s (%zu)", id, index + 1);
    return id;
}

static void
set_scenarios(struct book *book)
{
    const struct season *season = book->season;
    size_t count = season->scenario_count;
    if (count > MAX_SCENARIOS)
        count = MAX_SCENARIOS;
    book->scenarios = arena_array(book->arena, count, const struct scenario *);
    book->scenario_labels = arena_array(book->arena, count, const char *);
    for (size_t i = 0; i < count; i++)
        book->scenarios[i] = &season->scenarios[i];
    const struct scenario *shown = book->report->shown->scenario;
    for (size_t i = 0; i < count; i++)
        if (book->scenarios[i] == shown)
            book->shown_scenario = i;
    if (book->scenarios[book->shown_scenario] != shown) {
        book->shown_scenario = count - 1;
        book->scenarios[count - 1] = shown;
    }
    book->scenario_count = count;
    for (size_t i = 0; i < count; i++)
        book->scenario_labels[i] = scenario_label(book, i);
}

/* --- the template's sheets
 * ------------------------------------------------------------ */

bool
sheet_has_column(const char *sheet, const char *key)
{
    if (strcmp(sheet, "links") == 0)
        return layout_column(links_parts, links_part_count, key) != NULL;
    if (strcmp(sheet, "tests") == 0)
        return layout_column(tests_parts, tests_part_count, key) != NULL;
    if (strcmp(sheet, "steps") == 0)
        return layout_column(steps_parts, steps_part_count, key) != NULL;
    return false;
}

static const struct template_part *
part_of(const struct template *template, enum sheet_kind kind)
{
    for (size_t i = 0; i < template->sheet_count; i++)
        if (strcmp(template->sheets[i].kind.name, sheet_kind_key[kind]) == 0)
            return &template->sheets[i];
    return NULL;
}

/* Formulas read these, whatever the template names. */
static bool
is_needed(enum sheet_kind kind)
{
    return kind == SHEET_ASSUMPTIONS || kind == SHEET_LINKS ||
           kind == SHEET_TESTS || kind == SHEET_CHECKS;
}

/* The sheets in the template's order, those that are needed after them. */
static size_t
order_sheets(const struct template *template, enum sheet_kind *order)
{
    size_t count = 0;
    for (size_t i = 0; i < template->sheet_count; i++)
        for (unsigned kind = 0; kind < SHEET_KINDS; kind++)
            if (strcmp(template->sheets[i].kind.name, sheet_kind_key[kind]) ==
                0)
                order[count++] = (enum sheet_kind)kind;
    for (unsigned kind = 0; kind < SHEET_KINDS; kind++)
        if (is_needed((enum sheet_kind)kind) &&
            part_of(template, (enum sheet_kind)kind) == NULL)
            order[count++] = (enum sheet_kind)kind;
    return count;
}

static void
finish(struct book *book, enum sheet_kind kind, struct sheet *sheet)
{
    static void (*const finish_sheet[SHEET_KINDS])(struct book *,
                                                   struct sheet *) = {
        [SHEET_SUMMARY] = sheet_finish_summary,
        [SHEET_ASSUMPTIONS] = sheet_finish_assumptions,
        [SHEET_LINKS] = sheet_finish_links,
        [SHEET_GAPS] = sheet_finish_gaps,
        [SHEET_UNPROVEN] = sheet_finish_unproven,
        [SHEET_TESTS] = sheet_finish_tests,
        [SHEET_STEPS] = sheet_finish_steps,
        [SHEET_CHECKS] = sheet_finish_checks};
    sheet->kind = kind;
    if (finish_sheet[kind])
        finish_sheet[kind](book, sheet);
}

/* --- what the file says of itself
 * ------------------------------------------------------ */

static unsigned
colour(const struct template *template, const char *key, unsigned otherwise)
{
    for (size_t i = 0; i < template->colour_count; i++)
        if (strcmp(template->colours[i].key, key) == 0)
            return template->colours[i].rgb;
    return otherwise;
}

/* As_of in seconds since 1970, UTC; a workbook takes 0 for "now". */
static int64_t
created(const struct moment *as_of)
{
    int64_t seconds = (int64_t)as_of->day.number * 86400;
    if (as_of->has_time)
        seconds += as_of->hour * 3600 + as_of->minute * 60 + as_of->second -
                   (int64_t)as_of->zone_minutes * 60;
    return seconds != 0 ? seconds : 1;
}

static const char *
stamp(const struct book *book, const struct plan_job *job)
{
    struct fill as_of[] = {
        {"moment",               plan_moment(job, &book->season->as_of)},
        {0}
    };
    struct fill fills[] = {
        {"as_of",                                                            words_both(&book->words,
         book->season->as_of_is_default ? "as_of.newest"
                                                            : "as_of.given",
         as_of)},
        {"rule", {.one = HEADROOM_RULE}},
        {"version",                                                                  {.one = HEADROOM_VERSION}},
        {0                                           }
    };
    const char *plain = book_fill(book, "sheet.stamp", fills);
    const struct text class = plan_classification(job);
    if (!text_is_given(class))
        return plain;
    return arena_format(book->arena, "%s \xc2\xb7 %s",
                        joined(book, words_text(&book->words, class)), plain);
}

/* What stands at the foot of every printed page: the data's date, the class. */
static const char *
footer(const struct book *book, const struct plan_job *job)
{
    struct fill fills[] = {
        {"moment",               plan_moment(job, &book->season->as_of)},
        {0}
    };
    const char *as_of = words_fill(&book->words, "as_of.given", fills).lead;
    const char *class = words_text(&book->words, plan_classification(job)).lead;
    return class ? arena_format(book->arena, "%s \xc2\xb7 %s", as_of, class)
                 : as_of;
}

static void
set_properties(const struct book *book, const struct plan_job *job,
               struct sheet_plan *plan)
{
    const struct template *template = book->template;
    plan->title = plan_title(job).lead;
    plan->subject = book->season->id;
    plan->language = book->lang == LANG_EN ? "en" : "zh-CN";
    plan->footer = footer(book, job);
    plan->created = created(&book->season->as_of);
    plan->ink = colour(template, "ink", 0x1A1A1A);
    plan->bad = colour(template, "bad", 0xA62B00);
    plan->secondary = colour(template, "secondary", 0x595959);
    plan->gap_fill = colour(template, "bad_tint", 0xFBE9E1);
    plan->hairline = colour(template, "hairline", 0xBFBFBF);
    plan->proven = colour(template, "proven", 0x404040);
    plan->stale = colour(template, "stale", 0xD9D9D9);
    plan->at_least = colour(template, "box", 0x8C8C8C);
    plan->wraps = book->lang == LANG_BOTH;
    plan->head_fill = 0xEDEDED;
    plan->input_ink = 0x0B3D91;
    plan->input_fill = 0xFFF9E0;
    plan->letter = strcmp(template->paper.name ? template->paper.name : "a4",
                          "letter") == 0;
}

/* --- the plan
 * -----------------------------------------------------------------------------
 */

static struct book *
book_new(struct arena *arena, const struct report *report,
         const struct template *template, enum lang lang)
{
    struct book *book = arena_alloc(arena, sizeof *book);
    book->arena = arena;
    book->report = report;
    book->season = report->season;
    book->template = template;
    book->lang = lang;
    book->words = (struct words){.arena = arena,
                                 .template = template,
                                 .lang = lang,
                                 .unit = report->season->unit};
    book->links = report->shown->links;
    book->link_count = report->shown->link_count;
    return book;
}

static bool
fits(const struct book *book, struct diag *diag)
{
    const size_t most = SHEET_MAX_ROWS - ROW_DATA;
    if (book->link_count <= most && book->test_count <= most)
        return true;
    diag_add(diag, DIAG_SHEET_ROWS, (struct place){.line = 0},
             arena_format(book->arena, "%zu", most), NULL);
    return false;
}

const struct sheet_plan *
sheet_plan(struct arena *arena, const struct report *report,
           const struct template *template, enum lang lang, struct diag *diag)
{
    if (!plan_check(arena, template, diag))
        return NULL;
    struct book *book = book_new(arena, report, template, lang);
    struct plan_job job = {.arena = arena,
                           .report = report,
                           .template = template,
                           .words = &book->words,
                           .diag = diag};
    number_tests(book);
    if (!set_names(book, diag) || !fits(book, diag))
        return NULL;
    number_links(book);
    book->shows_steps = part_of(template, SHEET_STEPS) != NULL;
    set_labels(book);
    set_scenarios(book);
    book->stamp = stamp(book, &job);

    sheet_plan_tests(book, part_of(template, SHEET_TESTS));
    sheet_plan_links(book, part_of(template, SHEET_LINKS));
    sheet_plan_steps(book, part_of(template, SHEET_STEPS));
    sheet_plan_worst(book);
    sheet_plan_filed(book);
    sheet_plan_lists(book);
    sheet_plan_checks(book);

    struct sheet_plan *plan = arena_alloc(arena, sizeof *plan);
    enum sheet_kind order[SHEET_KINDS];
    plan->sheet_count = order_sheets(template, order);
    struct sheet *sheets = arena_array(arena, plan->sheet_count, struct sheet);
    plan->sheets = sheets;
    plan->names = assumption_names(book, &plan->name_count);
    for (size_t i = 0; i < plan->sheet_count; i++)
        finish(book, order[i], &sheets[i]);
    for (size_t i = 0; i < plan->sheet_count; i++)
        if (sheets[i].kind == SHEET_ABOUT)
            sheet_finish_about(book, plan, &job, &sheets[i]);
    plan->first = part_of(template, SHEET_SUMMARY) ? SHEET_SUMMARY : order[0];
    set_properties(book, &job, plan);
    return plan;
}
