/*
 * The sheet Links: what is given of a link: who it is, what may be changed, and
 * the limits of its tests.  Room document/.
 */
#include "document/sheet_links.h"

static const struct baseline *
baseline_of(const struct row_of *row)
{
    return row->link->baseline;
}

/* --- who it is ------------------------------------------------------------ */

static void
no(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, row->book->no[row->index]);
}

static void
link_id(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, baseline_of(row)->link);
}

/* Never blank: the id where there is no name, as formulas read it. */
static void
name(const struct row_of *row, struct sheet_cell *cell)
{
    const char *text = book_text(row->book, baseline_of(row)->name);
    cell_text(cell, text ? text : baseline_of(row)->link);
}

static void
other_name(const struct row_of *row, struct sheet_cell *cell)
{
    struct text text = baseline_of(row)->name;
    cell_text(cell, row->book->lang == LANG_EN ? text.zh : text.en);
}

static void
domain(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, book_text(row->book, baseline_of(row)->domain));
}

static void
priority(const struct row_of *row, struct sheet_cell *cell)
{
    static const char *const text[PRIORITIES] = {"P0", "P1", "P2"};
    cell_text(cell, text[baseline_of(row)->priority]);
}

static void
owner(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, book_text(row->book, baseline_of(row)->owner));
}

static void
unit(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, row->book->words.unit);
}

static void
note(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, book_text(row->book, baseline_of(row)->note));
}

/* --- what may be changed -------------------------------------------------- */

static void
optional(struct sheet_cell *cell, struct optional number)
{
    if (number.given)
        cell_decimal_input(cell, number.value);
}

static void
count(struct sheet_cell *cell, unsigned number)
{
    if (number > 0)
        cell_number(cell, number);
}

static void
peak_qps(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->peak_qps);
}

static void
own_growth(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->growth.growth);
}

static void
own_buffer(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->growth.buffer);
}

static void
own_multiplier(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->growth.multiplier);
}

static void
own_target(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->target_qps);
}

static void
own_instances(const struct row_of *row, struct sheet_cell *cell)
{
    count(cell, baseline_of(row)->instances);
}

static void
max_instances(const struct row_of *row, struct sheet_cell *cell)
{
    count(cell, baseline_of(row)->max_instances);
}

static void
approved_instances(const struct row_of *row, struct sheet_cell *cell)
{
    if (baseline_of(row)->has_approved_instances)
        cell_number(cell, baseline_of(row)->approved_instances);
}

static void
optimisation(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->optimisation);
}

static void
rate_limit(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->rate_limit_qps);
}

/* The link's own, else the season's. */
static void
unit_cost(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, row->link->unit_cost);
}

static void
due(const struct row_of *row, struct sheet_cell *cell)
{
    cell_day(row->book, cell, baseline_of(row)->due);
}

static void
retest_on(const struct row_of *row, struct sheet_cell *cell)
{
    cell_day(row->book, cell, baseline_of(row)->retest_on);
}

static void
own_validity(const struct row_of *row, struct sheet_cell *cell)
{
    count(cell, baseline_of(row)->validity_days);
}

static void
own_scale(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->scale_efficiency);
}

static void
own_safe(const struct row_of *row, struct sheet_cell *cell)
{
    optional(cell, baseline_of(row)->safe_level);
}

/* The inputs that formulas read and that a cell cannot hold exactly. */
void
links_exact(const struct row_of *row, struct sheet_cell *cell)
{
    const struct baseline *baseline = baseline_of(row);
    const struct {
        const char *key;
        struct optional number;
    } inputs[] = {
        {"peak_qps",         baseline->peak_qps         },
        {"target_qps",       baseline->target_qps       },
        {"multiplier",       baseline->growth.multiplier},
        {"growth",           baseline->growth.growth    },
        {"buffer",           baseline->growth.buffer    },
        {"optimisation",     baseline->optimisation     },
        {"rate_limit_qps",   baseline->rate_limit_qps   },
        {"unit_cost",        row->link->unit_cost       },
        {"scale_efficiency", baseline->scale_efficiency },
        {"safe_level",       baseline->safe_level       }
    };
    const char *text = NULL;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        if (!inputs[i].number.given ||
            decimal_is_exact_double(inputs[i].number.value))
            continue;
        text = arena_format(
            row->book->arena, "%s%s%s = %s", text ? text : "", text ? ", " : "",
            inputs[i].key,
            decimal_text(row->book->arena, inputs[i].number.value));
    }
    cell_text(cell, text);
}

/* --- the limits of the tests, as judged ----------------------------------- */

static void
slo_limit(const struct row_of *row, struct sheet_cell *cell, enum limit limit)
{
    struct optional number = row->link->slo->limit[limit];
    if (number.given)
        cell_decimal(row->book, cell, number.value);
    else
        cell_text(cell, DASH);
}

#define SLO_LIMIT(name, limit)                                                 \
    static void name(const struct row_of *row, struct sheet_cell *cell)        \
    {                                                                          \
        slo_limit(row, cell, limit);                                           \
    }
SLO_LIMIT(slo_p50, LIMIT_P50_MS)
SLO_LIMIT(slo_p95, LIMIT_P95_MS)
SLO_LIMIT(slo_p99, LIMIT_P99_MS)
SLO_LIMIT(slo_p999, LIMIT_P999_MS)
SLO_LIMIT(slo_error_rate, LIMIT_ERROR_RATE)
SLO_LIMIT(slo_cpu, LIMIT_CPU)

/* --- the tables ----------------------------------------------------------- */

/* clang-format off */
const struct sheet_column links_identity[] = {
    {"no",               "sheet.column.no",         false, IDENTITY, ROLE_PLAIN,   SHEET_NUMBER,  0, false, 6,  NULL, no},
    {"link",             "column.link",             false, IDENTITY, ROLE_PLAIN,   SHEET_TEXT,    0, false, 24, NULL, link_id},
    {"name",             "column.name",             false, IDENTITY, ROLE_KEY,     SHEET_TEXT,    0, false, 24, NULL, name},
    {"priority",         "column.priority",         false, IDENTITY, ROLE_INPUT,   SHEET_TEXT,    0, false, 9,  NULL, priority},
    {"domain",           "column.domain",           false, IDENTITY, ROLE_PLAIN,   SHEET_TEXT,    0, false, 11, NULL, domain},
    {"owner",            "column.owner",            false, IDENTITY, ROLE_PLAIN,   SHEET_TEXT,    0, false, 12, NULL, owner},
};

const struct sheet_column links_names[] = {
    {"other_name",       "sheet.column.other_name", false, MORE, ROLE_PLAIN,   SHEET_TEXT,    0, false, 22, NULL, other_name},
    {"unit",             "sheet.column.unit",       false, MORE, ROLE_PLAIN,   SHEET_TEXT,    0, false, 6,  NULL, unit},
};

const struct sheet_column links_inputs[] = {
    {"peak_qps",         "column.peak_qps",         true,  INPUTS, ROLE_INPUT,     NUMBER,        0, true,  13, NULL, peak_qps},
    {"own_growth",       "sheet.column.own_growth", false, INPUTS, ROLE_INPUT,     PERCENT,       0, true,  11, NULL, own_growth},
    {"own_buffer",       "sheet.column.own_buffer", false, INPUTS, ROLE_INPUT,     PERCENT,       0, true,  11, NULL, own_buffer},
    {"own_multiplier",   "sheet.column.own_multiplier", false, INPUTS, ROLE_INPUT, NUMBER,        0, true,  11, NULL, own_multiplier},
    {"own_target",       "sheet.column.own_target", true,  INPUTS, ROLE_INPUT,     NUMBER,        0, true,  13, NULL, own_target},
    {"own_instances",    "column.instances",        false, INPUTS, ROLE_INPUT,     NUMBER,        0, false, 11, NULL, own_instances},
    {"max_instances",    "column.max_instances",    false, INPUTS, ROLE_INPUT,     NUMBER,        0, false, 11, NULL, max_instances},
    {"approved_instances", "column.approved_instances", false, INPUTS, ROLE_INPUT, NUMBER,        0, false, 11, NULL, approved_instances},
    {"optimisation",     "column.optimisation",     false, INPUTS, ROLE_INPUT,     PERCENT,       0, true,  11, NULL, optimisation},
    {"unit_cost",        "column.unit_cost",        false, INPUTS, ROLE_INPUT,     NUMBER,        0, true,  12, NULL, unit_cost},
    {"rate_limit_qps",   "column.rate_limit_qps",   true,  INPUTS, ROLE_INPUT,     NUMBER,        0, true,  12, NULL, rate_limit},
    {"due",              "column.due",              false, INPUTS, ROLE_INPUT,     SHEET_DATE,    0, false, 12, NULL, due},
    {"retest_on",        "column.retest_on",        false, INPUTS, ROLE_INPUT,     SHEET_DATE,    0, false, 12, NULL, retest_on},
    {"own_validity",     "sheet.column.own_validity", false, INPUTS, ROLE_INPUT,   NUMBER,        0, false, 11, NULL, own_validity},
    {"own_scale",        "sheet.column.own_scale",  false, INPUTS, ROLE_INPUT,     NUMBER,        0, true,  11, NULL, own_scale},
    {"own_safe",         "sheet.column.own_safe",   false, INPUTS, ROLE_INPUT,     PERCENT,       0, true,  11, NULL, own_safe},
    {"note",             "column.note",             false, INPUTS, ROLE_INPUT,     SHEET_TEXT,    0, false, 26, NULL, note},
    {"exact",            "sheet.column.exact",      false, INPUTS, ROLE_PLAIN,     SHEET_TEXT,    0, false, 30, NULL, links_exact},
};

const struct sheet_column links_limits[] = {
    {"slo_p50_ms",       "sheet.column.slo_p50_ms", false, LIMITS_OF_TESTS, ROLE_PLAIN, NUMBER,   0, true,  10, NULL, slo_p50},
    {"slo_p95_ms",       "sheet.column.slo_p95_ms", false, LIMITS_OF_TESTS, ROLE_PLAIN, NUMBER,   0, true,  10, NULL, slo_p95},
    {"slo_p99_ms",       "sheet.column.slo_p99_ms", false, LIMITS_OF_TESTS, ROLE_PLAIN, NUMBER,   0, true,  10, NULL, slo_p99},
    {"slo_p999_ms",      "sheet.column.slo_p999_ms", false, LIMITS_OF_TESTS, ROLE_PLAIN, NUMBER,  0, true,  10, NULL, slo_p999},
    {"slo_error_rate",   "sheet.column.slo_error_rate", false, LIMITS_OF_TESTS, ROLE_PLAIN, PERCENT, 0, true, 10, NULL, slo_error_rate},
    {"slo_cpu",          "sheet.column.slo_cpu",    false, LIMITS_OF_TESTS, ROLE_PLAIN, PERCENT,  0, true,  10, NULL, slo_cpu},
};
/* clang-format on */
const size_t links_identity_count =
    sizeof links_identity / sizeof *links_identity;
const size_t links_names_count = sizeof links_names / sizeof *links_names;
const size_t links_inputs_count = sizeof links_inputs / sizeof *links_inputs;
const size_t links_limits_count = sizeof links_limits / sizeof *links_limits;
