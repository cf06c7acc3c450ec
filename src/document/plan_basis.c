/*
 * The basis page, in the order in which a reviewer asks: by what rule and what
 * arithmetic, from which files and tests, on what assumptions, what the terms
 * mean; who signs for it comes last.  Belongs to document/.
 */
#include "document/plan_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/version.h"
#include "document/plan_grid.h"
#include "document/sentence.h"

#define BLOCKS 12
#define LISTED_SOURCES 100 /* files of results among them */
#define PAGE_DECISIONS 3 /* those stand on page 1 */

/* --- blocks ------------------------------------------------------------ */

static struct fill *
rule_fill(const struct plan_job *job)
{
    struct fill *fills = arena_array(job->arena, 2, struct fill);
    fills[0] = (struct fill){"rule", {.one = HEADROOM_RULE}};
    return fills;
}

static struct plan_block
rule_block(const struct plan_job *job)
{
    static const char *const keys[] = {
        "basis.rule.no_go", "basis.rule.conditional", "basis.rule.go",
        "basis.rule.order", "basis.rule.human",
    };
    const size_t count = sizeof keys / sizeof *keys;
    struct phrase *paragraphs = arena_array(job->arena, count, struct phrase);
    for (size_t i = 0; i < count; i++)
        paragraphs[i] = words_phrase(job->words, keys[i]);
    return (struct plan_block){
        .kind = BLOCK_PARAGRAPH,
        .heading = words_fill(job->words, "basis.rule", rule_fill(job)),
        .paragraphs = paragraphs,
        .paragraph_count = count};
}

static struct plan_block
state_block(const struct plan_job *job)
{
    static const char *const names[STATES][2] = {
        {"state.short",        "meaning.short"       },
        {"state.untested",     "meaning.untested"    },
        {"state.stale",        "meaning.stale"       },
        {"state.inconclusive", "meaning.inconclusive"},
        {"state.covered",      "meaning.covered"     },
        {"state.met",          "meaning.met"         },
    };
    struct grid *grid = grid_new(job, 2, STATES);
    grid_column(grid, "basis.state", COLUMN_TEXT, 45);
    grid_column(grid, "basis.meaning", COLUMN_TEXT, 0);
    for (size_t i = 0; i < STATES; i++) {
        grid_word(grid, names[i][0]);
        grid_word(grid, names[i][1]);
    }
    return grid_block(grid, "basis.states");
}

static bool
has_cost(const struct assessment *shown)
{
    for (size_t i = 0; i < shown->link_count; i++)
        if (shown->links[i]->unit_cost.given)
            return true;
    return false;
}

static struct plan_block
formula_block(const struct plan_job *job)
{
    static const char *const names[][2] = {
        {"term.target",     "formula.target"    },
        {"term.achieved",   "formula.achieved"  },
        {"term.limit",      "formula.limit"     },
        {"term.usable",     "formula.usable"    },
        {"term.attainment", "formula.attainment"},
        {"term.shortfall",  "formula.shortfall" },
        {"term.gap_after",  "formula.gap_after" },
        {"term.needed",     "formula.expansion" },
        {"term.weakest",    "formula.weakest"   },
    };
    const struct season *season = job->report->season;
    const size_t rows = sizeof names / sizeof *names;
    struct grid *grid = grid_new(job, 2, rows + 2);
    grid_column(grid, "basis.term", COLUMN_TEXT, 45);
    grid_column(grid, "basis.formula", COLUMN_TEXT, 0);
    for (size_t i = 0; i < rows; i++) {
        const char *formula = names[i][1];
        if (i == 0 && season->compose == COMPOSE_MULTIPLY)
            formula = "formula.target.compound";
        grid_word(grid, names[i][0]);
        grid_word(grid, formula);
        if (strcmp(formula, "formula.usable") == 0 &&
            season->survive_zones > 0) {
            struct fill fills[] = {
                {"survive",               grid_number(grid, season->survive_zones)},
                {"zones", grid_number(grid, season->zones)},
                {0                }
            };
            grid_string(grid, "");
            grid_text(grid, words_both(job->words, "formula.zones", fills));
        }
    }
    if (has_cost(job->report->shown)) {
        grid_word(grid, "column.open_cost");
        grid_word(grid, "formula.open_cost");
    }
    return grid_block(grid, "basis.formulas");
}

/* What the house has to say itself. */
static struct plan_block
extra_block(const struct plan_job *job)
{
    struct phrase *paragraph = arena_array(job->arena, 1, struct phrase);
    *paragraph = words_text(job->words, job->template->extra_text);
    return (struct plan_block){.kind = BLOCK_PARAGRAPH,
                               .heading =
                                   words_phrase(job->words, "basis.extra"),
                               .paragraphs = paragraph,
                               .paragraph_count = 1};
}

/* The decisions that page 1 has no room for. */
static struct plan_block
decision_block(const struct plan_job *job)
{
    size_t count, all;
    const struct plan_decision *list =
        sentence_decisions(job->words, job->report,
                           job->report->season->decision_count, &count, &all);
    struct grid *grid = grid_new(job, 3, count);
    grid_column(grid, "basis.decision", COLUMN_TEXT, 0);
    grid_column(grid, "decisions.owner", COLUMN_TEXT, 50);
    grid_column(grid, "decisions.by", COLUMN_DAY, 30);
    for (size_t i = PAGE_DECISIONS; i < count; i++) {
        grid_phrase(grid, list[i].text.variants[0]);
        grid_phrase(grid, list[i].owner);
        grid_string(grid, list[i].by);
    }
    return grid_block(grid, "basis.decisions");
}

struct phrase
plan_cut_line(struct grid *grid, const char *key, size_t listed, size_t all)
{
    struct fill fills[] = {
        {"listed", grid_number(grid, listed)},
        {"all", grid_number(grid, all)},
        {0   }
    };
    return words_fill(grid_words(grid), key, fills);
}

static bool
has_warnings(const struct plan_job *job)
{
    const struct diag_entry *warnings;
    return diag_list(job->diag, DIAG_WARNING, &warnings) > 0;
}

/* The program and its rule: a source too; and that they were read without a
   warning. */
static struct phrase
version_phrase(const struct plan_job *job)
{
    struct fill fills[] = {
        {"version",               {.one = HEADROOM_VERSION}},
        {"rule",                       {.one = HEADROOM_RULE}},
        {0}
    };
    return words_fill(job->words,
                      has_warnings(job) ? "basis.version"
                                        : "basis.no_warnings",
                      fills);
}

static struct plan_block
source_block(const struct plan_job *job)
{
    const struct season *season = job->report->season;
    size_t listed = season->source_count;
    if (listed > LISTED_SOURCES)
        listed = LISTED_SOURCES;
    struct grid *grid = grid_new(job, 3, listed);
    grid_column(grid, "basis.file", COLUMN_TEXT, 0);
    grid_column(grid, "basis.bytes", COLUMN_COUNT, 25);
    grid_column(grid, "basis.sha256", COLUMN_TEXT, 118);
    for (size_t i = 0; i < listed; i++) {
        const struct source *source = season->sources[i];
        grid_string(grid, source->name);
        grid_text(grid, grid_number(grid, source->file_size));
        grid_string(grid, source->sha256);
    }
    struct plan_block block = grid_block(grid, "basis.sources");
    if (listed < season->source_count)
        block.table.after =
            plan_cut_line(grid, "basis.cut", listed, season->source_count);
    block.table.note = version_phrase(job);
    return block;
}

static struct plan_block
term_block(const struct plan_job *job)
{
    static const char *const keys[] = {
        "term.season",        "term.link",       "term.baseline",
        "term.target",        "term.step",       "term.slo",
        "term.achieved",      "term.usable",     "term.attainment",
        "term.shortfall",     "term.gap_after",  "term.headroom",
        "term.expansion",     "term.needed",     "term.approved",
        "term.optimise",      "term.rate_limit", "term.safe_level",
        "term.weakest",       "term.unproven",   "term.retest",
        "term.freeze",        "state.short",     "state.covered",
        "state.met",          "state.untested",  "state.stale",
        "state.inconclusive", "verdict.go",      "verdict.conditional",
        "verdict.no_go",      "reason.insufficient", "kind.full_chain",
        "kind.single_link",   "term.level",      "term.runbook",
    };
    const size_t count = sizeof keys / sizeof *keys;
    const size_t across = 4, down = (count + across - 1) / across;
    struct grid *grid = grid_new(job, 2 * across, down);
    for (size_t i = 0; i < across; i++) {
        grid_column(grid, "basis.zh", COLUMN_TEXT, 26);
        grid_column(grid, "basis.en", COLUMN_TEXT, i + 1 < across ? 41 : 0);
    }
    for (size_t i = 0; i < down * across; i++) {
        /* they are read down, in the order of the keys */
        const size_t at = i % across * down + i / across;
        struct text term = {.one = ""};
        if (at < count)
            term = words_both(job->words, keys[at], NULL);
        grid_string(grid, text_in(term, LANGUAGE_ZH));
        grid_string(grid, text_in(term, LANGUAGE_EN));
    }
    return grid_block(grid, "basis.terms");
}

/* What the signatures stand below: the verdict as it was computed. */
static struct phrase
signed_phrase(const struct plan_job *job)
{
    struct fill fills[] = {
        {"verdict",
         sentence_verdict(job->words, job->report->shown->verdict)},
        {"rule", {.one = HEADROOM_RULE}},
        {"version", {.one = HEADROOM_VERSION}},
        {0}
    };
    return words_fill(job->words, "sign.verdict", fills);
}

static struct plan_block
signature_block(const struct plan_job *job)
{
    static const char *const roles[] = {"sign.technical", "sign.sre",
                                        "sign.business"};
    static const char *const options[] = {"sign.agree", "sign.conditions",
                                          "sign.disagree"};
    const size_t count = sizeof roles / sizeof *roles;
    const size_t option_count = sizeof options / sizeof *options;
    struct grid *grid = grid_new(job, 3 + option_count, count);
    grid_column(grid, "sign.role", COLUMN_TEXT, 45);
    for (size_t i = 0; i < option_count; i++)
        grid_column(grid, "sign.decision", COLUMN_TEXT, 33);
    grid_column(grid, "sign.name", COLUMN_TEXT, 0);
    grid_column(grid, "sign.date", COLUMN_TEXT, 40);
    for (size_t i = 0; i < count; i++) {
        grid_word(grid, roles[i]);
        for (size_t k = 0; k < option_count; k++)
            grid_word(grid, options[k]);
        grid_string(grid, "");
        grid_string(grid, "");
    }
    struct plan_block block = grid_block(grid, "basis.signatures");
    struct phrase *above = arena_alloc(job->arena, sizeof *above);
    *above = signed_phrase(job);
    block.kind = BLOCK_SIGNATURES;
    block.paragraphs = above;
    block.paragraph_count = 1;
    return block;
}

const struct plan_block *
plan_basis(const struct plan_job *job, size_t *count)
{
    struct plan_block *blocks =
        arena_array(job->arena, BLOCKS, struct plan_block);
    size_t n = 0;
    blocks[n++] = rule_block(job);
    if (text_is_given(job->template->extra_text))
        blocks[n++] = extra_block(job);
    if (sentence_decisions_given(job->report) &&
        job->report->season->decision_count > PAGE_DECISIONS)
        blocks[n++] = decision_block(job);
    blocks[n++] = state_block(job);
    blocks[n++] = formula_block(job);
    blocks[n++] = source_block(job);
    blocks[n++] = plan_test_block(job);
    blocks[n++] = plan_assumption_block(job);
    if (has_warnings(job))
        blocks[n++] = plan_warning_block(job);
    blocks[n++] = term_block(job);
    blocks[n++] = signature_block(job);
    *count = n;
    return blocks;
}
