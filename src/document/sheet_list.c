/*
 * The sheets Gaps and Unproven: the links that are short or covered, and those
 * that no valid test proves, worst first, by formulas that follow what is tried
 * in the other sheets.  Room document/.
 *
 * Each has a fixed number of rows, and says above them how many links there
 * are: rows past the last one are blank to the eye.  As many pages are printed
 * as are filled as written; when more come in, the sheet says so.
 */
#include <string.h>

#include "document/sheet_book.h"

/* A row searches the whole column of keys: with 5,000 links more rows are slow
   to recalculate. */
#define LIST_ROWS 200

/* Rows that fit a page, with one line each and with two. */
#define PAGE_ROWS 40
#define PAGE_ROWS_OF_TWO_LINES 20

enum group { SHOWN, LOOKED_UP };

/* One of the two sheets. */
struct list {
    enum sheet_kind kind;
    const char *key;   /* column of the sheet Links with the keys of its rows */
    const char *total; /* key of the word */
    const struct sheet_columns *parts;
    const size_t *part_count;
};
static const struct list lists[] = {
    {SHEET_GAPS,     "gap_key",      "sheet.gaps.total",     gaps_parts,     &gaps_part_count},
    {SHEET_UNPROVEN, "unproven_key", "sheet.unproven.total", unproven_parts,
     &unproven_part_count                                                                    },
};
#define GAPS (&lists[0])
#define UNPROVEN (&lists[1])

static struct layout *
layout_of(struct book *book, const struct list *list)
{
    return list == GAPS ? &book->gaps_layout : &book->unproven_layout;
}

/* Which links the list has as written. */
static const uint32_t *
rows_of(const struct book *book, const struct list *list, size_t *count)
{
    *count = list == GAPS ? book->gap_count : book->open_count;
    return list == GAPS ? book->gaps : book->open;
}

/* Rows of the list that are printed. */
static unsigned
printed_rows(const struct book *book, const struct list *list)
{
    const unsigned page =
        book->lang == LANG_BOTH ? PAGE_ROWS_OF_TWO_LINES : PAGE_ROWS;
    const struct layout *layout =
        list == GAPS ? &book->gaps_layout : &book->unproven_layout;
    size_t count;
    rows_of(book, list, &count);
    size_t rows = count > page ? (count + page - 1) / page * page : page;
    return (unsigned)(rows < layout->data_rows ? rows : layout->data_rows);
}

/* Columns of the group that is printed, the first ones. */
static size_t
shown_columns(const struct layout *layout)
{
    size_t count = 0;
    while (layout->columns[count]->group == SHOWN)
        count++;
    return count;
}

/* --- columns -------------------------------------------------------------- */

/* Its rank, as long as there are as many. */
static void
rank_in(const struct row_of *row, struct sheet_cell *cell, const char *key)
{
    if (row->link)
        cell_number(cell, (double)row->rank);
    else
        cell_empty(cell);
    cell->formula =
        arena_format(row->book->arena, "IF(%zu>COUNT(%s),\"\",%zu)", row->rank,
                     links_range(row->book, key), row->rank);
}

static void
gap_rank(const struct row_of *row, struct sheet_cell *cell)
{
    rank_in(row, cell, "gap_key");
}

static void
unproven_rank(const struct row_of *row, struct sheet_cell *cell)
{
    rank_in(row, cell, "unproven_key");
}

static void
position(const struct row_of *row, struct sheet_cell *cell)
{
    if (row->link)
        cell_number(cell, (double)row->index + 1);
    else
        cell_empty(cell);
}

static void
from_links(const struct row_of *row, struct sheet_cell *cell, const char *key)
{
    if (row->link)
        links_value(row, cell, key);
    else
        cell_empty(cell);
}

/* What may be blank or nought in the sheet Links is a dash here. */
static void
from_links_or_dash(const struct row_of *row, struct sheet_cell *cell,
                   const char *key)
{
    from_links(row, cell, key);
    if (cell->kind == SHEET_CELL_BLANK ||
        (cell->kind == SHEET_CELL_DOUBLE && cell->number == 0))
        cell_text(cell, DASH);
}

#define LISTED(name, key)                                                      \
    static void name(const struct row_of *row, struct sheet_cell *cell)        \
    {                                                                          \
        from_links(row, cell, key);                                            \
    }
#define LISTED_OR_DASH(name, key)                                              \
    static void name(const struct row_of *row, struct sheet_cell *cell)        \
    {                                                                          \
        from_links_or_dash(row, cell, key);                                    \
    }
LISTED(link_id, "link")
LISTED(name, "name")
LISTED(priority, "priority")
LISTED(state, "state")
LISTED(action, "action")
LISTED(target, "target_qps")
LISTED(shortfall, "shortfall_qps")
LISTED(limited_by, "limited_by")
LISTED(expansion, "expansion")
LISTED(gap_after, "gap_after_qps")
LISTED(turned_away, "turned_away")
LISTED(validity_days, "validity_days")
LISTED(over_quota, "over_quota")
LISTED(optimise_gain, "optimise_gain")
LISTED_OR_DASH(quota, "max_instances")
LISTED_OR_DASH(approved, "approved_instances")
LISTED_OR_DASH(optimisation, "optimisation")
LISTED_OR_DASH(rate_limit, "rate_limit_qps")
LISTED_OR_DASH(owner, "owner")
LISTED_OR_DASH(due, "due")
LISTED_OR_DASH(retest_on, "retest_on")

/* Without approved measures there is nothing to expect from. */
static void
forecast(const struct row_of *row, struct sheet_cell *cell)
{
    from_links(row, cell, "forecast_qps");
    if (row->link == NULL)
        return;
    const struct baseline *baseline = row->link->baseline;
    if (baseline->approved_instances == 0 &&
        (!baseline->optimisation.given ||
         decimal_is_zero(baseline->optimisation.value)))
        cell_text(cell, DASH);
}

/* What a link without any test does not have. */
static void
of_test(const struct row_of *row, struct sheet_cell *cell, const char *key)
{
    from_links(row, cell, key);
    if (row->link && row->link->result == NULL)
        cell_text(cell, DASH);
}

static void
tested_on(const struct row_of *row, struct sheet_cell *cell)
{
    of_test(row, cell, "tested_on");
}

static void
age_days(const struct row_of *row, struct sheet_cell *cell)
{
    of_test(row, cell, "age_days");
}

static void
achieved(const struct row_of *row, struct sheet_cell *cell)
{
    of_test(row, cell, "achieved_qps");
}

/* What its number is: no longer valid, or a lower bound. */
static void
sign(const struct row_of *row, struct sheet_cell *cell)
{
    if (row->link == NULL)
        cell_empty(cell);
    else if (row->link->state == STATE_STALE)
        cell_text(cell, "*");
    else if (row->link->state == STATE_INCONCLUSIVE)
        cell_text(cell, "\xe2\x89\xa5");
    else
        cell_text(cell, DASH);
}

/* What is missing, by the list of words: 1 a test, 2 a retest, 3 load, 4 more
   instances. */
static void
missing(const struct row_of *row, struct sheet_cell *cell)
{
    if (row->link == NULL) {
        cell_empty(cell);
        return;
    }
    const struct link *link = row->link;
    bool reaches = link->state == STATE_INCONCLUSIVE && link->shown_qps.known &&
                   link->shown_qps.value >= link->target_qps;
    cell_text(
        cell,
        row->book->labels[LABEL_MISSING][link->state + (reaches ? 1 : 0)]);
}

#define OF(key) "INDEX([links." key "],{position})"
#define IF_ANY(formula) "IF({position}=\"\",\"\"," formula ")"
#define SHOW(key) IF_ANY(OF(key))
#define SHOW_OR_DASH(key) IF_ANY("IF(" OF(key) "=0,[dash]," OF(key) ")")
#define SHOW_OF_TEST(key)                                                      \
    IF_ANY("IF(" OF("state_code") "=2,[dash]," OF(key) ")")
#define POSITION(key)                                                          \
    "IF({rank}=\"\",\"\",MATCH(SMALL([links." key "],N({rank})),[links." key   \
    "],0))"

#define NUMBER SHEET_NUMBER
#define PERCENT SHEET_PERCENT

/* clang-format off */
static const struct sheet_column gaps_columns[] = {
    {"rank",            "sheet.column.rank",    false, SHOWN, ROLE_MUTED,  NUMBER,        0, false, 7,  NULL, gap_rank},
    {"name",            "column.name",          false, SHOWN, ROLE_KEY,    SHEET_GENERAL, 0, false, 20, SHOW("name"), name},
    {"priority",        "column.priority",      false, SHOWN, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 9,  SHOW("priority"), priority},
    {"state",           "column.state",         false, SHOWN, ROLE_KEY,    SHEET_GENERAL, 0, false, 24, SHOW("state"), state},
    {"shortfall_qps",   "column.shortfall_qps", true,  SHOWN, ROLE_OUTPUT, NUMBER,        0, false, 10, SHOW("shortfall_qps"), shortfall},
    {"action",          "column.action",        false, SHOWN, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 10, SHOW("action"), action},
    {"approved_instances", "column.approved_instances", false, SHOWN, ROLE_OUTPUT, NUMBER, 0, false, 9, SHOW_OR_DASH("approved_instances"), approved},
    {"expansion",       "column.needed",        false, SHOWN, ROLE_OUTPUT, NUMBER,        0, false, 9, SHOW("expansion"), expansion},
    {"over_quota",      "sheet.column.over_quota", false, SHOWN, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 8, SHOW("over_quota"), over_quota},
    {"optimise_gain",   "sheet.column.optimise_gain", false, SHOWN, ROLE_OUTPUT, PERCENT, 1, false, 11, SHOW("optimise_gain"), optimise_gain},
    {"forecast_qps",    "column.forecast_open", false, SHOWN, ROLE_OUTPUT, NUMBER,        0, false, 12,
     IF_ANY("IF((" OF("approved_instances") "=0)*(" OF("optimisation") "=0)>0,[dash]," OF("forecast_qps") ")"), forecast},
    {"gap_after_qps",   "column.gap_after_qps", true,  SHOWN, ROLE_OUTPUT, NUMBER,        0, false, 10, SHOW("gap_after_qps"), gap_after},
    {"owner",           "column.owner",         false, SHOWN, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 13, SHOW_OR_DASH("owner"), owner},
    {"due",             "column.due",           false, SHOWN, ROLE_OUTPUT, SHEET_DATE,    0, false, 12, SHOW_OR_DASH("due"), due},
    {"retest_on",       "column.retest_on",     false, SHOWN, ROLE_OUTPUT, SHEET_DATE,    0, false, 12, SHOW_OR_DASH("retest_on"), retest_on},
    {"limited_by",      "column.limited_by",    false, LOOKED_UP, ROLE_WRAPPED, SHEET_GENERAL, 0, false, 46, SHOW("limited_by"), limited_by},
    {"optimisation",    "column.optimisation",  false, LOOKED_UP, ROLE_OUTPUT, PERCENT,   0, true,  12, SHOW_OR_DASH("optimisation"), optimisation},
    {"max_instances",   "column.max_instances", false, LOOKED_UP, ROLE_OUTPUT, NUMBER,    0, false, 10, SHOW_OR_DASH("max_instances"), quota},
    {"rate_limit_qps",  "column.rate_limit_qps", true, LOOKED_UP, ROLE_OUTPUT, NUMBER,    0, true,  10, SHOW_OR_DASH("rate_limit_qps"), rate_limit},
    {"turned_away",     "sheet.column.turned_away", false, LOOKED_UP, ROLE_OUTPUT, PERCENT, 1, false, 12, SHOW("turned_away"), turned_away},
    {"link",            "column.link",          false, LOOKED_UP, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 26, SHOW("link"), link_id},
    {"position",        "sheet.column.position", false, LOOKED_UP, ROLE_WORKING, NUMBER,  0, false, 10, POSITION("gap_key"), position},
};

static const struct sheet_column unproven_columns[] = {
    {"rank",            "sheet.column.rank",    false, SHOWN, ROLE_MUTED,  NUMBER,        0, false, 7,  NULL, unproven_rank},
    {"name",            "column.name",          false, SHOWN, ROLE_KEY,    SHEET_GENERAL, 0, false, 22, SHOW("name"), name},
    {"priority",        "column.priority",      false, SHOWN, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 9,  SHOW("priority"), priority},
    {"state",           "column.state",         false, SHOWN, ROLE_KEY,    SHEET_GENERAL, 0, false, 15, SHOW("state"), state},
    {"tested_on",       "column.tested_on",     false, SHOWN, ROLE_OUTPUT, SHEET_DATE,    0, false, 12, SHOW_OF_TEST("tested_on"), tested_on},
    {"age_days",        "column.age_days",      false, SHOWN, ROLE_OUTPUT, NUMBER,        0, false, 9, SHOW_OF_TEST("age_days"), age_days},
    {"validity_days",   "column.validity_days", false, SHOWN, ROLE_OUTPUT, NUMBER,        0, false, 9, SHOW("validity_days"), validity_days},
    {"target_qps",      "column.target_qps",    true,  SHOWN, ROLE_OUTPUT, NUMBER,        0, false, 11, SHOW("target_qps"), target},
    {"achieved_qps",    "column.seen_qps",      false, SHOWN, ROLE_MUTED,  NUMBER,        0, true,  13, SHOW_OF_TEST("achieved_qps"), achieved},
    {"sign",            "sheet.column.sign",    false, SHOWN, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 10,
     IF_ANY("CHOOSE(" OF("state_code") "-1,[dash],\"*\",\"\xe2\x89\xa5\")"), sign},
    {"missing",         "column.missing",       false, SHOWN, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 34,
     IF_ANY("INDEX([missing]," OF("state_code") "-1+(" OF("state_code") "=4)*" OF("reaches") ")"), missing},
    {"retest_on",       "column.planned_on",    false, SHOWN, ROLE_OUTPUT, SHEET_DATE,    0, false, 12, SHOW_OR_DASH("retest_on"), retest_on},
    {"owner",           "column.owner",         false, SHOWN, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 13, SHOW_OR_DASH("owner"), owner},
    {"link",            "column.link",          false, LOOKED_UP, ROLE_OUTPUT, SHEET_GENERAL, 0, false, 26, SHOW("link"), link_id},
    {"position",        "sheet.column.position", false, LOOKED_UP, ROLE_WORKING, NUMBER,  0, false, 10, POSITION("unproven_key"), position},
};
/* clang-format on */
static const size_t gaps_column_count =
    sizeof gaps_columns / sizeof *gaps_columns;
static const size_t unproven_column_count =
    sizeof unproven_columns / sizeof *unproven_columns;
const struct sheet_columns gaps_parts[] = {
    {gaps_columns, &gaps_column_count}
};
const struct sheet_columns unproven_parts[] = {
    {unproven_columns, &unproven_column_count}
};
const size_t gaps_part_count = 1, unproven_part_count = 1;

/* --- rows ----------------------------------------------------------------- */

/* What stands above the head: how many links there are, and how many of them
   the sheet has room for. */
static void
add_total(const struct book *book, const struct list *list,
          struct sheet_row *row)
{
    const struct layout *layout =
        list == GAPS ? &book->gaps_layout : &book->unproven_layout;
    size_t count;
    rows_of(book, list, &count);
    size_t listed = count < layout->data_rows ? count : layout->data_rows;
    const unsigned printed = printed_rows(book, list);
    struct fill fills[] = {
        {"n",                                                {.one = arena_format(book->arena, "%zu", count)}},
        {"listed",                                                  {.one = arena_format(book->arena, "%zu", listed)}},
        {0}
    };
    const char *all =
        arena_format(book->arena, "COUNT(%s)", links_range(book, list->key));
    struct formula_fill live[] = {
        {"n",                         all                     },
        {"listed",                    arena_format(book->arena, "MIN(%u,%s)",
         (unsigned)layout->data_rows, all)},
        {NULL, NULL                    }
    };
    struct formula_fill paper[] = {
        {"n",       arena_format(book->arena, "%u", printed)},
        {NULL, NULL                        }
    };
    struct sheet_cell *cell = row_add(row, style_of(ROLE_GROUP, SHEET_TEXT, 0));
    cell_text(cell, book_fill(book, list->total, fills));
    cell->formula = book_formula(book, list->total, live);
    if (printed < layout->data_rows)
        cell->formula = arena_format(
            book->arena, "%s&IF(%s>%u,%s,\"\")", cell->formula, all, printed,
            book_formula(book, "sheet.list.printed", paper));
    size_t more = shown_columns(layout);
    row_blank(row, more - 1);
    row_text(row, style_of(ROLE_GROUP, SHEET_TEXT, 0), layout->groups[more]);
}

static void
make_row(const struct sheet *sheet, const struct list *list,
         const struct layout *layout, uint32_t number, struct sheet_row *row)
{
    const struct book *book = sheet->context;
    if (row_above_head(book, list->kind, number, row))
        return;
    if (number == ROW_GROUP) {
        add_total(book, list, row);
        return;
    }
    if (number == ROW_HEAD) {
        layout_head(layout, row);
        return;
    }
    size_t count;
    const uint32_t *rows = rows_of(book, list, &count);
    size_t index = number - ROW_DATA;
    struct row_of of = {.book = book, .rank = index + 1};
    if (index < count) {
        of.index = rows[index];
        of.link = book->links[of.index];
    }
    layout_row(layout, &of, number + 1, 0, 0, row);
    /* any link may come here by what is tried */
    int limits = layout_find(layout, "limited_by", 10);
    if (limits >= 0)
        row_fit(row, book->longest_limit, layout->widths[limits]);
}

static void
make_gap(const struct sheet *sheet, uint32_t number, struct sheet_row *row)
{
    const struct book *book = sheet->context;
    make_row(sheet, GAPS, &book->gaps_layout, number, row);
}

static void
make_unproven(const struct sheet *sheet, uint32_t number, struct sheet_row *row)
{
    const struct book *book = sheet->context;
    make_row(sheet, UNPROVEN, &book->unproven_layout, number, row);
}

/* --- planning ------------------------------------------------------------- */

/* The rows of the sheet Links stand worst first, and so do those that the
   lists take from them. */
static void
choose_links(struct book *book)
{
    book->gaps = arena_array(book->arena, book->link_count, uint32_t);
    book->open = arena_array(book->arena, book->link_count, uint32_t);
    for (size_t i = 0; i < book->link_count; i++) {
        const struct link *link = book->links[i];
        if (!link->proven)
            book->open[book->open_count++] = (uint32_t)i;
        else if (link->state != STATE_MET)
            book->gaps[book->gap_count++] = (uint32_t)i;
    }
}

static void
find_longest_limit(struct book *book)
{
    size_t longest = 0;
    book->longest_limit = DASH;
    for (size_t i = 0; i < book->test_count; i++) {
        struct row_of of = {.book = book, .index = i};
        tests_start(book, i, &of);
        const char *text = book->limits[of.evidence->walk.limited_by];
        size_t width = text_width(text);
        if (width > longest) {
            longest = width;
            book->longest_limit = text;
        }
    }
}

void
sheet_plan_lists(struct book *book)
{
    choose_links(book);
    find_longest_limit(book);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct layout *layout = layout_of(book, &lists[i]);
        layout_choose(book, layout, lists[i].parts, *lists[i].part_count, NULL,
                      NULL, "sheet.list.group");
        layout_state(book, layout);
        layout->data_rows =
            (uint32_t)(book->link_count < LIST_ROWS ? book->link_count
                                                    : LIST_ROWS);
    }
}

/* Any link may come into the list: decimals are measured over all. */
static void
start_any(const struct book *book, size_t index, struct row_of *row)
{
    row->link = book->links[index];
    row->index = index;
}

static void
set_looks(struct book *book, const struct layout *layout, struct sheet *sheet)
{
    static const char *const gaps[] = {"shortfall_qps", "gap_after_qps"};
    struct sheet_look *looks = arena_array(book->arena, 3, struct sheet_look);
    uint32_t last = sheet->row_count - 1;
    for (size_t i = 0; i < 2; i++) {
        int column = layout_find(layout, gaps[i], strlen(gaps[i]));
        if (column >= 0)
            looks[sheet->look_count++] = (struct sheet_look){
                LOOK_BAD_ABOVE_ZERO, ROW_DATA,         last,
                (uint16_t)column,    (uint16_t)column, NULL};
    }
    looks[sheet->look_count++] = (struct sheet_look){
        LOOK_MUTED_IF, ROW_DATA, last, 0, (uint16_t)(layout->count - 1),
        "NA_Text"};
    sheet->looks = looks;
}

static void
finish(struct book *book, const struct list *list, struct sheet *sheet)
{
    struct layout *layout = layout_of(book, list);
    layout_finish(book, layout, (uint32_t)book->link_count, start_any);
    *sheet = layout_sheet(book, list->kind, layout);
    sheet->frozen_columns = 2;
    sheet->print_columns = (uint16_t)shown_columns(layout);
    sheet->print_rows = ROW_DATA + printed_rows(book, list);
    sheet->filter = false;
    sheet->is_protected = true;
    set_looks(book, layout, sheet);
}

void
sheet_finish_gaps(struct book *book, struct sheet *sheet)
{
    finish(book, GAPS, sheet);
    sheet->make_row = make_gap;
}

void
sheet_finish_unproven(struct book *book, struct sheet *sheet)
{
    finish(book, UNPROVEN, sheet);
    sheet->make_row = make_unproven;
}
