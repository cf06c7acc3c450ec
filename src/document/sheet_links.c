/*
 * The sheet Links: one row a link, worst first; what is given, and formulas
 * that compute the contract's section 3 from it.  Room document/.  Its columns:
 * sheet_links_*.c.
 */
#include <string.h>

#include "assess/capacity.h"
#include "document/sheet_links.h"

const struct sheet_columns links_parts[] = {
    {links_identity, &links_identity_count},
    {links_results,  &links_results_count },
    {links_more,     &links_more_count    },
    {links_names,    &links_names_count   },
    {links_inputs,   &links_inputs_count  },
    {links_demand,   &links_demand_count  },
    {links_evidence, &links_evidence_count},
    {links_workings, &links_workings_count},
    {links_written,  &links_written_count },
    {links_limits,   &links_limits_count  },
};
const size_t links_part_count = sizeof links_parts / sizeof *links_parts;

/* --- which of them -------------------------------------------------------- */

static bool
any_link(const struct book *book, bool (*has)(const struct book *, size_t row))
{
    for (size_t i = 0; i < book->link_count; i++)
        if (has(book, i))
            return true;
    return false;
}

static bool
has_other_name(const struct book *book, size_t row)
{
    struct text text = book->links[row]->baseline->name;
    return text.zh != NULL && text.en != NULL;
}

static bool
has_exact(const struct book *book, size_t row)
{
    struct row_of of = {.book = book, .link = book->links[row]};
    struct sheet_cell cell = {.kind = SHEET_CELL_BLANK};
    links_exact(&of, &cell);
    return cell.kind == SHEET_CELL_TEXT;
}

static bool
has_cost(const struct book *book, size_t row)
{
    return book->links[row]->unit_cost.given;
}

/* Columns that would stand empty in this season are left out, unless something
   may be written there. */
bool
links_column_is_used(const struct book *book, const char *key)
{
    if (strcmp(key, "other_name") == 0)
        return any_link(book, has_other_name);
    if (strcmp(key, "exact") == 0)
        return any_link(book, has_exact);
    if (strcmp(key, "unit_cost") == 0 || strcmp(key, "approved_cost") == 0 ||
        strcmp(key, "open_cost") == 0)
        return any_link(book, has_cost);
    if (strncmp(key, "slo_", 4) != 0)
        return true;
    for (unsigned i = 0; i < SLO_LIMITS; i++)
        if (strcmp(key + 4, limit_key[i]) == 0)
            for (size_t row = 0; row < book->link_count; row++)
                if (book->links[row]->slo->limit[i].given)
                    return true;
    return false;
}

/* --- rows ----------------------------------------------------------------- */

/* The evidence that counts. */
static const struct evidence *
counting_evidence(const struct link *link, size_t *position)
{
    for (size_t i = 0; link->result && i < link->tests->count; i++)
        if (link->tests->list[i].result == link->result) {
            *position = i;
            return &link->tests->list[i];
        }
    return NULL;
}

void
links_start(const struct book *book, size_t index, struct row_of *row)
{
    const struct link *link = book->links[index];
    const struct baseline *baseline = link->baseline;
    size_t position = 0;
    row->link = link;
    row->evidence = counting_evidence(link, &position);
    row->left = row->left_after = row->left_max = -1;
    struct capacity zones = {.zones = book->season->zones,
                             .survive_zones = book->season->survive_zones};
    if (baseline->max_instances > 0)
        row->left_max =
            whole_double(capacity_left(&zones, baseline->max_instances));
    if (row->evidence == NULL)
        return;
    row->chosen = book->first_test[index] + position + 1;
    if (link->instances > 0) {
        row->left = whole_double(capacity_left(&zones, link->instances));
        row->left_after = whole_double(capacity_left(
            &zones, (whole)link->instances + baseline->approved_instances));
    }
    links_start_needs(row);
}

static void
make_row(const struct sheet *sheet, uint32_t number, struct sheet_row *row)
{
    const struct book *book = sheet->context;
    if (row_above_head(book, SHEET_LINKS, number, row))
        return;
    if (number == ROW_GROUP) {
        layout_groups(&book->links_layout, row);
        return;
    }
    if (number == ROW_HEAD) {
        layout_head(&book->links_layout, row);
        return;
    }
    size_t index = number - ROW_DATA;
    struct row_of of = {.book = book, .index = index};
    links_start(book, index, &of);
    layout_row(&book->links_layout, &of, number + 1,
               ROW_DATA + 1 + book->first_test[index],
               ROW_DATA + book->first_test[index + 1], row);
}

/* --- for other sheets
 * --------------------------------------------------------- */

void
links_value(const struct row_of *row, struct sheet_cell *cell, const char *key)
{
    layout_column(links_parts, links_part_count, key)->value(row, cell);
}

const char *
links_range(const struct book *book, const char *key)
{
    return layout_range(book, SHEET_LINKS, &book->links_layout, key,
                        strlen(key));
}

/* --- rules and looks
 * ---------------------------------------------------------- */

struct column_rule {
    const char *key;
    enum sheet_rule_kind kind;
    const char *message; /* key of the word */
};

static const struct column_rule column_rules[] = {
    {"priority",           RULE_WORDS,           "sheet.rule.priority"    },
    {"peak_qps",           RULE_POSITIVE,        "sheet.rule.positive"    },
    {"own_growth",         RULE_ABOVE_MINUS_ONE, "sheet.rule.growth"      },
    {"own_buffer",         RULE_NOT_NEGATIVE,    "sheet.rule.not_negative"},
    {"own_multiplier",     RULE_POSITIVE,        "sheet.rule.positive"    },
    {"own_target",         RULE_POSITIVE,        "sheet.rule.positive"    },
    {"own_instances",      RULE_COUNT,           "sheet.rule.count"       },
    {"max_instances",      RULE_COUNT,           "sheet.rule.count"       },
    {"approved_instances", RULE_WHOLE,           "sheet.rule.whole"       },
    {"optimisation",       RULE_NOT_NEGATIVE,    "sheet.rule.not_negative"},
    {"rate_limit_qps",     RULE_POSITIVE,        "sheet.rule.positive"    },
    {"unit_cost",          RULE_POSITIVE,        "sheet.rule.positive"    },
    {"due",                RULE_DAY,             "sheet.rule.day"         },
    {"retest_on",          RULE_DAY,             "sheet.rule.day"         },
    {"own_validity",       RULE_COUNT,           "sheet.rule.count"       },
    {"own_scale",          RULE_SHARE,           "sheet.rule.share"       },
    {"own_safe",           RULE_SHARE,           "sheet.rule.share"       },
};

static void
set_rules(struct book *book, struct sheet *sheet)
{
    static const char *const priorities[] = {"P0", "P1", "P2", NULL};
    const struct layout *layout = &book->links_layout;
    size_t all = sizeof column_rules / sizeof *column_rules;
    struct sheet_rule *rules = arena_array(book->arena, all, struct sheet_rule);
    size_t count = 0;
    for (size_t i = 0; i < all; i++) {
        const struct column_rule *from = &column_rules[i];
        int found = layout_find(layout, from->key, strlen(from->key));
        if (found < 0)
            continue;
        rules[count++] = (struct sheet_rule){
            .kind = from->kind,
            .first_row = ROW_DATA,
            .last_row = sheet->row_count - 1,
            .first_column = (uint16_t)found,
            .last_column = (uint16_t)found,
            .words = from->kind == RULE_WORDS ? priorities : NULL,
            .title = book_word(book, "sheet.rule.title"),
            .message = book_word(book, from->message)};
    }
    sheet->rules = rules;
    sheet->rule_count = count;
}

/* From the first to the last column of results: a look costs its reader time
   for every cell. */
static void
result_columns(const struct layout *layout, struct sheet_look *look)
{
    bool has = false;
    for (size_t i = 0; i < layout->count; i++) {
        uint8_t group = layout->columns[i]->group;
        if (group != RESULTS && group != MORE)
            continue;
        if (!has)
            look->first_column = (uint16_t)i;
        look->last_column = (uint16_t)i;
        has = true;
    }
}

static void
set_looks(struct book *book, struct sheet *sheet)
{
    const struct layout *layout = &book->links_layout;
    static const char *const gaps[] = {"shortfall_qps", "gap_after_qps"};
    struct sheet_look *looks = arena_array(book->arena, 4, struct sheet_look);
    uint32_t last = sheet->row_count - 1;
    size_t made = 0;
    for (size_t i = 0; i < 2; i++) {
        uint16_t column =
            (uint16_t)layout_find(layout, gaps[i], strlen(gaps[i]));
        looks[made++] = (struct sheet_look){
            LOOK_BAD_ABOVE_ZERO, ROW_DATA, last, column, column, NULL};
    }
    char letters[4];
    sheet_letters((unsigned)layout_find(layout, "state_code", 10), letters);
    uint16_t state_column = (uint16_t)layout_find(layout, "state", 5);
    looks[made++] = (struct sheet_look){
        LOOK_BAD_WHEN,
        ROW_DATA,
        last,
        state_column,
        state_column,
        arena_format(book->arena, "$%s%d=1", letters, ROW_DATA + 1)};
    looks[made] =
        (struct sheet_look){LOOK_MUTED_IF, ROW_DATA, last, 0, 0, "NA_Text"};
    result_columns(layout, &looks[made]);
    made++;
    sheet->looks = looks;
    sheet->look_count = made;
}

/* The columns up to the end of the results are printed. */
static uint16_t
print_columns(const struct layout *layout)
{
    size_t end = 0;
    for (size_t i = 0; i < layout->count; i++)
        if (layout->columns[i]->group <= RESULTS)
            end = i + 1;
        else
            break;
    return (uint16_t)(end > 0 ? end : layout->count);
}

void
sheet_plan_links(struct book *book, const struct template_part *part)
{
    layout_choose(book, &book->links_layout, links_parts, links_part_count,
                  links_column_is_used, part, "sheet.group");
    book->links_layout.data_rows = (uint32_t)book->link_count;
    layout_state(book, &book->links_layout);
}

void
sheet_finish_links(struct book *book, struct sheet *sheet)
{
    struct layout *layout = &book->links_layout;
    layout_finish(book, layout, layout->data_rows, links_start);
    layout_narrow(book, layout, "link", links_start);
    layout_narrow(book, layout, "name", links_start);
    int named = layout_find(layout, "name", 4);
    *sheet =
        (struct sheet){.kind = SHEET_LINKS,
                       .name = book->name[SHEET_LINKS],
                       .widths = layout->widths,
                       .column_count = layout->count,
                       .row_count = ROW_DATA + layout->data_rows,
                       .head_row = ROW_HEAD,
                       .frozen_columns = (uint16_t)(named < 4 ? named + 1 : 1),
                       .print_columns = print_columns(layout),
                       .filter = true,
                       .make_row = make_row,
                       .context = book};
    set_rules(book, sheet);
    set_looks(book, sheet);
}
