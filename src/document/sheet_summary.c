/*
 * The sheet Summary: the verdict as the formulas now find it beside the one
 * that was written, the counts, the worst links and their chart.  Room
 * document/.
 */
#include <math.h>
#include <string.h>

#include "document/chart.h"
#include "document/sheet_book.h"

#define WORST_ROWS 10

/* What was filed stands first, then a blank row and the head of the facts. */
#define FACT_HEAD (ROW_HEAD + (uint32_t)book->filed_count + 1)
#define FACT_FIRST (FACT_HEAD + 1)

/* The facts: a row each below the head, live and as written.  The first ones,
   up to the links that differ, tell whether the report was changed. */
enum fact {
    FACT_VERDICT,
    FACT_REASON,
    FACT_SCENARIO,
    FACT_WEAKEST,
    FACT_ATTAINMENT,
    FACT_PROVEN,
    FACT_BLOCKING,
    FACT_CONDITION,
    FACT_WATCH,
    FACT_DEVIATION,
    FACT_PLAN,
    FACT_CHECKS,
    FACTS
};

/* Then the counts and the worst links, each with a head above. */
#define COUNT_HEAD (FACT_FIRST + FACTS + 1)
#define COUNT_ROWS (STATES + 1)
#define WORST_HEAD (COUNT_HEAD + 1 + COUNT_ROWS + 2)

static size_t
worst_count(const struct book *book)
{
    return book->link_count < WORST_ROWS ? book->link_count : WORST_ROWS;
}

/* --- the worst links: columns --------------------------------------------- */

static void
rank(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, (double)row->index + 1);
}

/* Rows stand in the order of the sort key as long as nothing was changed. */
static void
position(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, (double)row->index + 1);
}

#define FROM_LINKS(name, key)                                                  \
    static void name(const struct row_of *row, struct sheet_cell *cell)        \
    {                                                                          \
        links_value(row, cell, key);                                           \
    }
FROM_LINKS(link_id, "link")
FROM_LINKS(name, "name")
FROM_LINKS(priority, "priority")
FROM_LINKS(state, "state")
FROM_LINKS(target, "target_qps")
FROM_LINKS(usable, "usable_qps")
FROM_LINKS(attainment, "attainment")
FROM_LINKS(shortfall, "shortfall_qps")
FROM_LINKS(gap_after, "gap_after_qps")
FROM_LINKS(expansion, "expansion")
FROM_LINKS(over_quota, "over_quota")

static void
owner(const struct row_of *row, struct sheet_cell *cell)
{
    links_value(row, cell, "owner");
    if (cell->kind == SHEET_CELL_BLANK)
        cell_text(cell, DASH);
}

/* --- the bars, in shares of the target ------------------------------------ */

/* 0 for a proven link, else its state's code. */
static unsigned
code_of(const struct link *link)
{
    return link->proven ? 0 : link->state + 1;
}

/* What the test showed, proven or not, rounded down. */
static double
seen_of(const struct link *link)
{
    struct known milli =
        link->proven ? link->attainment_milli : link->shown_milli;
    return milli.known ? whole_double(milli.value) / 1000 : 0;
}

static double
seen_as(const struct link *link, unsigned code)
{
    return code_of(link) == code ? fmin(CHART_AXIS_END, seen_of(link)) : 0;
}

static double
solid_of(const struct link *link)
{
    return seen_as(link, 0);
}

static double
more_of(const struct link *link)
{
    if (!link->proven)
        return 0;
    double forecast =
        whole_double(link->forecast_qps.value) / whole_double(link->target_qps);
    return fmax(0, fmin(CHART_AXIS_END, forecast) - solid_of(link));
}

static double
gap_of(const struct link *link)
{
    return link->proven ? fmax(0, 1 - solid_of(link) - more_of(link)) : 0;
}

static double
stale_of(const struct link *link)
{
    return seen_as(link, STATE_STALE + 1);
}

static double
at_least_of(const struct link *link)
{
    return seen_as(link, STATE_INCONCLUSIVE + 1);
}

static double
unknown_of(const struct link *link)
{
    return link->proven ? 0 : fmax(0, 1 - stale_of(link) - at_least_of(link));
}

static void
code(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, code_of(row->link));
}

static void
seen(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, seen_of(row->link));
}

#define BAR(name, share)                                                       \
    static void name(const struct row_of *row, struct sheet_cell *cell)        \
    {                                                                          \
        cell_number(cell, share(row->link));                                   \
    }
BAR(bar_solid, solid_of)
BAR(bar_more, more_of)
BAR(bar_gap, gap_of)
BAR(bar_stale, stale_of)
BAR(bar_at_least, at_least_of)
BAR(bar_unknown, unknown_of)

/* A share above this is not spelled out in a label. */
#define LARGEST_LABEL 99.999

static int
tenths_of(const struct link *link)
{
    return (int)round(fmin(LARGEST_LABEL, seen_of(link)) * 1000);
}

static void
tenths(const struct row_of *row, struct sheet_cell *cell)
{
    cell_number(cell, tenths_of(row->link));
}

/* Name, state, and the attainment of what has one. */
static const char *
bar_text(const struct book *book, const struct link *link)
{
    const char *text = book_text(book, link->baseline->name);
    const char *share = "";
    if (link->proven)
        share = arena_format(book->arena, " %s%d.%d%%",
                             seen_of(link) > LARGEST_LABEL ? ">" : "",
                             tenths_of(link) / 10, tenths_of(link) % 10);
    return arena_format(book->arena, "%s \xc2\xb7 %s%s",
                        text ? text : link->baseline->link,
                        book->labels[LABEL_STATE][link->state + 1], share);
}

static void
bar_label(const struct row_of *row, struct sheet_cell *cell)
{
    cell_text(cell, bar_text(row->book, row->link));
}

enum group { WORST = 1, BARS };
#define OF_LINK(key) "INDEX([links." key "],{position})"

/* clang-format off */
static const struct sheet_column worst_columns[] = {
    {"name",          "column.name",          false, WORST, ROLE_KEY,    SHEET_GENERAL, 0, false, 30, OF_LINK("name"), name},
    {"state",         "column.state",         false, WORST, ROLE_KEY,    SHEET_GENERAL, 0, false, 24, OF_LINK("state"), state},
    {"link",          "column.link",          false, WORST, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 18, OF_LINK("link"), link_id},
    {"priority",      "column.priority",      false, WORST, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 9,  OF_LINK("priority"), priority},
    {"target_qps",    "column.target_qps",    true,  WORST, ROLE_OUTPUT, SHEET_NUMBER,  0, false, 10, OF_LINK("target_qps"), target},
    {"usable_qps",    "column.usable_qps",    true,  WORST, ROLE_OUTPUT, SHEET_NUMBER,  0, false, 10, OF_LINK("usable_qps"), usable},
    {"attainment",    "column.attainment",    false, WORST, ROLE_KEY,    SHEET_PERCENT, 1, false, 11, OF_LINK("attainment"), attainment},
    {"shortfall_qps", "column.shortfall_qps", true,  WORST, ROLE_OUTPUT, SHEET_NUMBER,  0, false, 11, OF_LINK("shortfall_qps"), shortfall},
    {"gap_after_qps", "column.gap_after_qps", true,  WORST, ROLE_OUTPUT, SHEET_NUMBER,  0, false, 11, OF_LINK("gap_after_qps"), gap_after},
    {"expansion",     "column.expansion",     false, WORST, ROLE_OUTPUT, SHEET_NUMBER,  0, false, 10, OF_LINK("expansion"), expansion},
    {"over_quota",    "sheet.column.over_quota", false, WORST, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 8, OF_LINK("over_quota"), over_quota},
    {"owner",         "column.owner",         false, WORST, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 13, "IF(" OF_LINK("owner") "=0,[dash]," OF_LINK("owner") ")", owner},
    {"rank",          "sheet.column.rank",    false, BARS,  ROLE_PLAIN,  SHEET_NUMBER,  0, false, 8,  NULL, rank},
    {"position",      "sheet.column.position", false, BARS, ROLE_WORKING, SHEET_NUMBER, 0, false, 10, "MATCH(SMALL([links.sort_key],{rank}),[links.sort_key],0)", position},
    {"code",          "sheet.column.unproven", false, BARS, ROLE_WORKING, SHEET_NUMBER, 0, false, 12, OF_LINK("unproven"), code},
    {"seen",          "sheet.column.seen",    false, BARS,  ROLE_WORKING, SHEET_PERCENT, 1, false, 12, "ROUNDDOWN(N(" OF_LINK("as_tested") ")*1000/{target_qps},0)/1000", seen},
    {"tenths",        "sheet.column.tenths",  false, BARS,  ROLE_WORKING, SHEET_NUMBER, 0, false, 12, "ROUND(MIN(99.999,{seen})*1000,0)", tenths},
    {"bar_label",     "sheet.column.bar_label", false, BARS, ROLE_WORKING, SHEET_GENERAL, 0, false, 40,
     "{name}&\" \xc2\xb7 \"&{state}&IF({code}>0,\"\",IF({seen}>99.999,\" >\",\" \")&ROUNDDOWN({tenths}/10,0)&\".\"&({tenths}-10*ROUNDDOWN({tenths}/10,0))&\"%\")", bar_label},
    {"bar_solid",     "legend.proven",        false, BARS,  ROLE_WORKING, SHEET_PERCENT, 1, false, 24, "({code}=0)*MIN(1.25,{seen})", bar_solid},
    {"bar_more",      "legend.forecast",      false, BARS,  ROLE_WORKING, SHEET_PERCENT, 1, false, 24,
     "({code}=0)*MAX(0,MIN(1.25,N(" OF_LINK("forecast_raw") ")/{target_qps})-{bar_solid})", bar_more},
    {"bar_gap",       "legend.gap",           false, BARS,  ROLE_WORKING, SHEET_PERCENT, 1, false, 24, "({code}=0)*MAX(0,1-{bar_solid}-{bar_more})", bar_gap},
    {"bar_stale",     "sheet.bar.stale",      false, BARS,  ROLE_WORKING, SHEET_PERCENT, 1, false, 24, "({code}=3)*MIN(1.25,{seen})", bar_stale},
    {"bar_at_least",  "sheet.bar.at_least",   false, BARS,  ROLE_WORKING, SHEET_PERCENT, 1, false, 24, "({code}=4)*MIN(1.25,{seen})", bar_at_least},
    {"bar_unknown",   "sheet.bar.unknown",    false, BARS,  ROLE_WORKING, SHEET_PERCENT, 1, false, 24, "({code}>0)*MAX(0,1-{bar_stale}-{bar_at_least})", bar_unknown},
};
/* clang-format on */
static const size_t worst_column_count =
    sizeof worst_columns / sizeof *worst_columns;
const struct sheet_columns worst_parts[] = {
    {worst_columns, &worst_column_count}
};
const size_t worst_part_count = 1;

static void
start_worst(const struct book *book, size_t index, struct row_of *row)
{
    row->link = book->links[index];
}

void
sheet_plan_worst(struct book *book)
{
    layout_choose(book, &book->worst_layout, worst_parts, worst_part_count,
                  NULL, NULL, "sheet.worst.group");
    if (book->lang == LANG_ZH) { /* its words are short */
        book->worst_layout.widths[0] = 26;
        book->worst_layout.widths[1] = 20;
    }
    book->worst_layout.data_rows = (uint32_t)worst_count(book);
}

/* --- the facts
 * ------------------------------------------------------------------ */

static unsigned
count_effect(const struct book *book, enum effect effect)
{
    unsigned count = 0;
    for (size_t i = 0; i < book->link_count; i++)
        count += book->links[i]->effect == effect;
    return count;
}

static unsigned
count_proven(const struct book *book)
{
    unsigned count = 0;
    for (size_t i = 0; i < book->link_count; i++)
        count += book->links[i]->proven &&
                 book->links[i]->baseline->priority == PRIORITY_P0;
    return count;
}

/* B of a fact's row. */
#define AT(fact) (FACT_FIRST + (fact) + 1)

static void
fact_count(const struct book *book, struct sheet_cell *cell, enum effect effect)
{
    cell->style = style_of(ROLE_OUTPUT, SHEET_NUMBER, 0);
    cell_number(cell, count_effect(book, effect));
    cell->formula =
        arena_format(book->arena, "COUNTIFS(%s,%d)",
                     links_range(book, "effect_code"), (int)effect + 1);
}

/* --- how the written report and the live sheet differ --------------------- */

/* The facts that differ, and the links. */
static const char *
count_differences(const struct book *book)
{
    return arena_format(book->arena, "(SUMPRODUCT($D$%d:$D$%d)+$B$%d)",
                        AT(FACT_VERDICT), AT(FACT_DEVIATION) - 1,
                        AT(FACT_DEVIATION));
}

/* As written nothing differs. */
static void
add_banner(const struct book *book, struct sheet_row *row)
{
    const char *count = count_differences(book);
    struct formula_fill fills[] = {
        {"n",                  count                   },
        {"links",              arena_format(book->arena, "$B$%d", AT(FACT_DEVIATION))},
        {NULL, NULL                        }
    };
    struct sheet_cell *cell = row_add(row, style_of(ROLE_GROUP, SHEET_TEXT, 0));
    cell_text(cell, book_word(book, "sheet.deviation.none"));
    struct formula_fill verdicts[] = {
        {"was",                     arena_format(book->arena, "$C$%d", AT(FACT_VERDICT))},
        {"now",        arena_format(book->arena,                                "$B$%d", AT(FACT_VERDICT))},
        {NULL,NULL}
    };
    cell->formula = arena_format(
        book->arena, "IF(%s=0,%s,%s)&IF($D$%d=1,%s,\"\")", count,
        book_formula(book, "sheet.deviation.none", no_fills),
        book_formula(book, "sheet.deviation.some", fills), AT(FACT_VERDICT),
        book_formula(book, "sheet.deviation.verdict", verdicts));
}

/* --- the facts, live ------------------------------------------------------ */

static void
fact_value(const struct book *book, enum fact fact, struct sheet_cell *cell)
{
    struct arena *arena = book->arena;
    const struct assessment *shown = book->report->shown;
    const struct link *weakest = shown->weakest;
    const char *weak = links_range(book, "weak_key");
    switch (fact) {
    case FACT_VERDICT:
        cell_text(cell, book->labels[LABEL_VERDICT][shown->verdict + 1]);
        cell->formula = arena_format(
            arena, "INDEX(%s,IF(($B$%d=0)+($B$%d>0)>0,3,1+($B$%d>0)))",
            label_range(book, LABEL_VERDICT), AT(FACT_PROVEN),
            AT(FACT_BLOCKING), AT(FACT_CONDITION));
        break;
    case FACT_REASON:
        cell_text(cell, book->labels[LABEL_REASON][shown->reason + 1]);
        cell->formula = arena_format(
            arena,
            "INDEX(%s,CHOOSE(1+($B$%d>0)*(1+($B$%d=0)*(1+($B$%d=0))),4,3,2,1))",
            label_range(book, LABEL_REASON), AT(FACT_PROVEN), AT(FACT_BLOCKING),
            AT(FACT_CONDITION));
        break;
    case FACT_SCENARIO:
        cell_text(cell, scenario_text(book, book->report->shown->scenario));
        cell->formula = scenario_formula(book);
        break;
    case FACT_PLAN:
        cell_text(
            cell,
            arena_format(
                arena, "%s \xc2\xb7 %s",
                book->labels[LABEL_VERDICT][book->report->plan->verdict + 1],
                scenario_text(book, book->report->plan->scenario)));
        break;
    case FACT_WEAKEST: {
        const char *text =
            weakest ? book_text(book, weakest->baseline->name) : NULL;
        cell_text(cell, weakest == NULL ? book->unproven
                        : text          ? text
                                        : weakest->baseline->link);
        cell->formula = arena_format(
            arena, "IF(COUNT(%s)=0,NA_Text,INDEX(%s,MATCH(MIN(%s),%s,0)))",
            weak, links_range(book, "name"), weak, weak);
        break;
    }
    case FACT_ATTAINMENT:
        cell->style = style_of(ROLE_KEY, SHEET_PERCENT, 1);
        if (weakest)
            cell_known(book, cell, weakest->attainment_milli, 1000);
        else
            cell_text(cell, book->unproven);
        cell->formula = arena_format(
            arena, "IF(COUNT(%s)=0,NA_Text,INDEX(%s,MATCH(MIN(%s),%s,0)))",
            weak, links_range(book, "attainment"), weak, weak);
        break;
    case FACT_PROVEN:
        cell->style = style_of(ROLE_OUTPUT, SHEET_NUMBER, 0);
        cell_number(cell, count_proven(book));
        cell->formula = arena_format(arena, "COUNT(%s)", weak);
        break;
    case FACT_BLOCKING:
        fact_count(book, cell, EFFECT_BLOCKING);
        break;
    case FACT_CONDITION:
        fact_count(book, cell, EFFECT_CONDITION);
        break;
    case FACT_WATCH:
        fact_count(book, cell, EFFECT_WATCH);
        break;
    case FACT_DEVIATION:
        cell->style = style_of(ROLE_OUTPUT, SHEET_NUMBER, 0);
        cell_number(cell, 0);
        cell->formula = arena_format(arena, "SUMPRODUCT(%s)",
                                     links_range(book, "deviation"));
        break;
    case FACT_CHECKS:
        cell_text(cell, checks_text(book));
        cell->formula = checks_cell(book);
        break;
    case FACTS:
        break;
    }
}

static const char *const fact_key[FACTS] = {
    "sheet.fact.verdict",   "sheet.fact.reason",     "assume.scenario",
    "sheet.fact.weakest",   "sheet.fact.attainment", "sheet.fact.proven",
    "sheet.fact.blocking",  "sheet.fact.condition",  "sheet.fact.watch",
    "sheet.fact.deviation", "sheet.fact.plan",       "sheet.fact.checks",
};

static void
add_word(const struct book *book, struct sheet_row *row, enum sheet_role role,
         const char *key)
{
    const char *text = key ? book_word(book, key) : NULL;
    /* the heads of what is live and filed stand above it, at the right */
    const bool is_first = row->count == 0;
    row_text(row,
             style_of(role, is_first ? SHEET_TEXT : SHEET_NUMBER, 0), text);
    if (role == ROLE_HEADER)
        row_fit(row, text, book->worst_layout.widths[row->count - 1]);
}

static void
make_fact(const struct book *book, enum fact fact, struct sheet_row *row)
{
    const bool is_both = book->lang == LANG_BOTH;
    enum sheet_role role = fact == FACT_VERDICT && !is_both ? ROLE_TITLE
                           : fact <= FACT_REASON || fact == FACT_WEAKEST
                               ? ROLE_KEY
                               : ROLE_OUTPUT;
    add_word(book, row, ROLE_WRAPPED, fact_key[fact]);
    /* words and numbers end at one edge */
    struct sheet_cell *live = row_add(row, style_of(role, SHEET_NUMBER, 0));
    fact_value(book, fact, live);
    struct sheet_cell *written = row_add(row, live->style);
    *written = *live;
    written->formula = NULL;
    if (role == ROLE_TITLE)
        row->height = 23;
    const double *widths = book->worst_layout.widths;
    for (size_t i = 0; i < row->count; i++)
        if ((is_both || i == 0) && row->cells[i].kind == SHEET_CELL_TEXT)
            row_fit(row, row->cells[i].text, widths[i]);
    if (fact == FACT_PLAN)
        cell_text(live, DASH); /* other scenarios are not computed here */
    if (fact >= FACT_DEVIATION)
        return;
    struct sheet_cell *differs =
        row_add(row, style_of(ROLE_WORKING, SHEET_NUMBER, 0));
    cell_number(differs, 0);
    /* a share may differ by binary noise */
    differs->formula = arena_format(
        book->arena,
        fact == FACT_ATTAINMENT
            ? "((ISNUMBER($B$%u)<>ISNUMBER($C$%u))"
              "+(ROUND(N($B$%u)*1000,0)<>ROUND(N($C$%u)*1000,0))>0)*1"
            : "($B$%u<>$C$%u)*1",
        AT(fact), AT(fact), AT(fact), AT(fact));
}

/* --- the counts
 * ------------------------------------------------------------------- */

static void
make_count(const struct book *book, unsigned index, struct sheet_row *row)
{
    struct arena *arena = book->arena;
    struct sheet_style style = style_of(ROLE_OUTPUT, SHEET_NUMBER, 0);
    if (index == STATES) { /* all of them */
        add_word(book, row, ROLE_KEY, "sheet.count.all");
        style.role = ROLE_KEY;
        struct sheet_cell *cell = row_add(row, style);
        cell_number(cell, (double)book->link_count);
        cell->formula =
            arena_format(arena, "COUNT(%s)", links_range(book, "state_code"));
        cell_number(row_add(row, style), (double)book->link_count);
        return;
    }
    row_two_lines(book, row);
    row_text(row, style_of(ROLE_PLAIN, SHEET_TEXT, 0),
             book->labels[LABEL_STATE][index + 1]);
    struct sheet_cell *cell = row_add(row, style);
    cell_number(cell, book->report->shown->counts[index]);
    cell->formula = arena_format(arena, "COUNTIFS(%s,%u)",
                                 links_range(book, "state_code"), index + 1);
    cell_number(row_add(row, style), book->report->shown->counts[index]);
}

static void
make_row(const struct sheet *sheet, uint32_t number, struct sheet_row *row)
{
    const struct book *book = sheet->context;
    if (row_above_head(book, SHEET_SUMMARY, number, row))
        return;
    if (number == ROW_GROUP) {
        add_banner(book, row);
    } else if (number < ROW_HEAD + book->filed_count) {
        filed_row(book, number - ROW_HEAD, row);
    } else if (number == FACT_HEAD) {
        add_word(book, row, ROLE_HEADER, "basis.item");
        add_word(book, row, ROLE_HEADER, "sheet.live");
        add_word(book, row, ROLE_HEADER, "sheet.written");
        add_word(book, row, ROLE_HEADER, "sheet.differs");
    } else if (number >= FACT_FIRST && number < FACT_FIRST + FACTS) {
        make_fact(book, (enum fact)(number - FACT_FIRST), row);
    } else if (number == COUNT_HEAD) {
        add_word(book, row, ROLE_HEADER, "column.state");
        add_word(book, row, ROLE_HEADER, "sheet.count.live");
        add_word(book, row, ROLE_HEADER, "sheet.count.written");
    } else if (number > COUNT_HEAD && number <= COUNT_HEAD + COUNT_ROWS) {
        make_count(book, number - COUNT_HEAD - 1, row);
    } else if (number == WORST_HEAD - 1) {
        layout_groups(&book->worst_layout, row);
    } else if (number == WORST_HEAD) {
        layout_head(&book->worst_layout, row);
    } else if (number > WORST_HEAD) {
        struct row_of of = {.book = book, .index = number - WORST_HEAD - 1};
        start_worst(book, of.index, &of);
        layout_row(&book->worst_layout, &of, number + 1, 0, 0, row);
    }
}

/* --- the chart
 * ---------------------------------------------------------------------- */

static const struct sheet_chart *
make_chart(struct book *book)
{
    static const struct {
        const char *key;
        enum sheet_series_fill fill;
        double (*value)(const struct link *);
    } parts[] = {
        {"bar_solid",    FILL_SOLID,    solid_of   },
        {"bar_more",     FILL_HATCHED,  more_of    },
        {"bar_gap",      FILL_GAP,      gap_of     },
        {"bar_stale",    FILL_STALE,    stale_of   },
        {"bar_at_least", FILL_AT_LEAST, at_least_of},
        {"bar_unknown",  FILL_UNKNOWN,  unknown_of }
    };
    const size_t all = sizeof parts / sizeof *parts;
    struct arena *arena = book->arena;
    const struct layout *layout = &book->worst_layout;
    size_t rows = worst_count(book);

    struct sheet_series *series = arena_array(arena, all, struct sheet_series);
    for (size_t i = 0; i < all; i++) {
        double *values = arena_array(arena, rows, double);
        for (size_t k = 0; k < rows; k++)
            values[k] = parts[i].value(book->links[k]);
        int column = layout_find(layout, parts[i].key, strlen(parts[i].key));
        series[i] = (struct sheet_series){
            layout->headings[column], parts[i].fill, (uint16_t)column, values};
    }
    const char **labels = arena_array(arena, rows, const char *);
    for (size_t k = 0; k < rows; k++)
        labels[k] = bar_text(book, book->links[k]);

    struct sheet_chart *chart = arena_alloc(arena, sizeof *chart);
    *chart = (struct sheet_chart){
        .title = book_word(book, "sheet.chart.title"),
        .alt = book_word(book, "sheet.chart.alt"),
        .axis = book_word(book, "column.bar"),
        .row = FACT_HEAD,
        .column = 4,
        .first_row = WORST_HEAD + 1,
        .last_row = WORST_HEAD + (uint32_t)rows,
        .label_column = (uint16_t)layout_find(layout, "bar_label", 9),
        .labels = labels,
        .series = series,
        .series_count = all,
        .axis_end = CHART_AXIS_END,
        .width = 600,
        .height = 400};
    return chart;
}

void
sheet_finish_summary(struct book *book, struct sheet *sheet)
{
    struct layout *layout = &book->worst_layout;
    layout_finish(book, layout, layout->data_rows, start_worst);
    if (book->lang == LANG_BOTH)
        layout->widths[0] = 40; /* what each fact is stands there as well */
    struct sheet_look *looks = arena_array(book->arena, 6, struct sheet_look);
    uint32_t first = WORST_HEAD + 1;
    uint32_t last = WORST_HEAD + (layout->data_rows ? layout->data_rows : 1);
    static const char *const gaps[] = {"shortfall_qps", "gap_after_qps"};
    for (size_t i = 0; i < 2; i++) {
        uint16_t column =
            (uint16_t)layout_find(layout, gaps[i], strlen(gaps[i]));
        looks[i] = (struct sheet_look){
            LOOK_BAD_ABOVE_ZERO, first, last, column, column, NULL};
    }
    looks[2] =
        (struct sheet_look){LOOK_MUTED_IF,
                            first,
                            last,
                            0,
                            (uint16_t)(layout_find(layout, "rank", 4) - 1),
                            "NA_Text"};
    /* as the live verdict is NO-GO, whatever was written */
    looks[3] =
        (struct sheet_look){LOOK_BAD_WHEN,
                            FACT_FIRST + FACT_VERDICT,
                            FACT_FIRST + FACT_REASON,
                            1,
                            1,
                            arena_format(book->arena, "OR($B$%d>0,$B$%d=0)",
                                         AT(FACT_BLOCKING), AT(FACT_PROVEN))};
    looks[4] = (struct sheet_look){
        LOOK_BAD_WHEN,
        ROW_GROUP,
        ROW_GROUP,
        0,
        0,
        arena_format(book->arena, "%s>0", count_differences(book))};
    looks[5] = (struct sheet_look){
        LOOK_BAD_WHEN,
        FACT_FIRST + FACT_CHECKS,
        FACT_FIRST + FACT_CHECKS,
        1,
        1,
        arena_format(book->arena, "$B$%d<>%s", AT(FACT_CHECKS),
                     book_formula(book, "sheet.checks.all", no_fills))};
    *sheet = (struct sheet){
        .kind = SHEET_SUMMARY,
        .name = book->name[SHEET_SUMMARY],
        .widths = layout->widths,
        .column_count = layout->count,
        .row_count = WORST_HEAD + 1 + layout->data_rows,
        .head_row = 0,
        .print_columns = (uint16_t)layout_find(layout, "rank", 4),
        .is_protected = true,
        .make_row = make_row,
        .context = book,
        .looks = looks,
        .look_count = 6,
        .chart = layout->data_rows > 0 ? make_chart(book) : NULL};
}
