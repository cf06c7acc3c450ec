/*
 * The sheet Assumptions: what holds for the whole season, a column a scenario
 * and one to try things in, the selector, and the words that formulas pick
 * from.  Room document/.
 */
#include <assert.h>
#include <string.h>

#include "document/sheet_book.h"

/* Columns: item, live value, unit, the scenarios, custom, note. */
#define COLUMN_LIVE 1
#define COLUMN_FIRST 3

/* The second table stands to the right of the first, a blank column between
   them, and is not printed: its head beside the first one's, a row a code. */
#define LIST_HEAD ROW_HEAD
#define LIST_ROWS STATES

static const unsigned label_count[LABEL_LISTS] = {
    [LABEL_STATE] = STATES,   [LABEL_OUTCOME] = OUTCOMES,
    [LABEL_EFFECT] = EFFECTS, [LABEL_ACTION] = ACTIONS,
    [LABEL_COMPOSE] = 2,      [LABEL_VERDICT] = VERDICTS,
    [LABEL_REASON] = REASONS, [LABEL_MISSING] = 4,
};
static const char *const label_head[LABEL_LISTS] = {
    [LABEL_STATE] = "column.state",
    [LABEL_OUTCOME] = "column.outcome",
    [LABEL_EFFECT] = "column.effect",
    [LABEL_ACTION] = "column.action",
    [LABEL_COMPOSE] = "sheet.assume.compose",
    [LABEL_VERDICT] = "sheet.verdict",
    [LABEL_REASON] = "sheet.reason",
    [LABEL_MISSING] = "column.missing",
};

/* --- where things stand --------------------------------------------------- */

static const char *
cell_at(const struct book *book, unsigned column, uint32_t row)
{
    char letters[4];
    sheet_letters(column, letters);
    return arena_format(book->arena, "%s$%s$%u",
                        book->prefix[SHEET_ASSUMPTIONS], letters, row + 1);
}

static unsigned
custom_column(const struct book *book)
{
    return COLUMN_FIRST + (unsigned)book->scenario_count;
}

/* Of the codes: behind the note and a blank column. */
static unsigned
list_column(const struct book *book)
{
    return custom_column(book) + 3;
}

const char *
assumption_cell(const struct book *book, enum assumption which)
{
    return cell_at(book, COLUMN_LIVE, ROW_DATA + (uint32_t)which);
}

const char *
label_cell(const struct book *book, enum label_list list, unsigned code)
{
    return cell_at(book, list_column(book) + 1 + (unsigned)list,
                   LIST_HEAD + code);
}

const char *
label_range(const struct book *book, enum label_list list)
{
    const char *first = label_cell(book, list, 1);
    const char *last = label_cell(book, list, label_count[list]);
    return arena_format(book->arena, "%s:%s", first, strchr(last, '!') + 1);
}

/* [characters] */
static double
column_width(const struct book *book, size_t column)
{
    const size_t note = custom_column(book) + 1;
    if (column == note)
        return 34;
    if (column > note)
        return column <= list_column(book) ? 7 : 30;
    if (column < COLUMN_FIRST)
        return column == 0 ? 28 : column == COLUMN_LIVE ? 20 : 10;
    return 13;
}

const char *
scenario_text(const struct book *book, const struct scenario *scenario)
{
    const char *name = book_text(book, scenario->name);
    const char *label = scenario->id;
    for (size_t i = 0; i < book->scenario_count; i++)
        if (book->scenarios[i] == scenario)
            label = book->scenario_labels[i];
    return name ? arena_format(book->arena, "%s (%s)", name, label) : label;
}

const char *
scenario_formula(const struct book *book)
{
    const char *chosen = assumption_cell(book, ASSUMED_SCENARIO);
    const char *first = cell_at(book, COLUMN_FIRST, ROW_DATA + ASSUMED_SCENARIO);
    const char *last =
        cell_at(book, custom_column(book), ROW_DATA + ASSUMED_SCENARIO);
    const char *name =
        arena_format(book->arena, "INDEX(%s:%s,1,%s)", first,
                     strchr(last, '!') + 1,
                     assumption_cell(book, ASSUMED_POSITION));
    return arena_format(book->arena, "IF(%s=0,%s,%s&\" (\"&%s&\")\")", name,
                        chosen, name, chosen);
}

const struct sheet_name *
assumption_names(struct book *book, size_t *count)
{
    static const struct {
        const char *name;
        enum assumption which;
    } scalars[] = {
        {"SeasonGrowth",     ASSUMED_GROWTH       },
        {"SeasonBuffer",     ASSUMED_BUFFER       },
        {"SeasonMultiplier", ASSUMED_MULTIPLIER   },
        {"SeasonScaleEff",   ASSUMED_SCALE        },
        {"SeasonValidDays",  ASSUMED_VALIDITY     },
        {"SeasonSafeLevel",  ASSUMED_SAFE_LEVEL   },
        {"MaxExtrapolation", ASSUMED_EXTRAPOLATION},
        {"Zones",            ASSUMED_ZONES        },
        {"ZonesLost",        ASSUMED_LOST         },
        {"AsOf",             ASSUMED_AS_OF        },
        {"NA_Text",          ASSUMED_UNPROVEN     }
    };
    const size_t all = sizeof scalars / sizeof *scalars;
    struct sheet_name *names =
        arena_array(book->arena, all + 1, struct sheet_name);
    for (size_t i = 0; i < all; i++)
        names[i] = (struct sheet_name){
            scalars[i].name,
            arena_format(book->arena, "=%s",
                         assumption_cell(book, scalars[i].which))};
    names[all] = (struct sheet_name){
        "StateNames",
        arena_format(book->arena, "=%s", label_range(book, LABEL_STATE))};
    *count = all + 1;
    return names;
}

/* --- values
 * -------------------------------------------------------------------- */

/* The growth that a link without its own keys meets in a scenario, each key
   from the first level that has it; a multiplier of the season counts where
   the scenario gives neither growth nor buffer. */
static struct growth
scenario_growth(const struct season *season, const struct scenario *scenario)
{
    const struct growth *own = &scenario->growth, *all = &season->growth;
    struct growth growth = {
        .growth = own->growth.given ? own->growth : all->growth,
        .buffer = own->buffer.given ? own->buffer : all->buffer,
        .multiplier = own->multiplier};
    if (!own->multiplier.given && !own->growth.given && !own->buffer.given)
        growth.multiplier = all->multiplier;
    return growth;
}

static struct decimal
whole_or(unsigned number, unsigned otherwise)
{
    return decimal_of(number > 0 ? number : otherwise);
}

static void
number_or_blank(struct sheet_cell *cell, struct optional number)
{
    if (number.given)
        cell_decimal_input(cell, number.value);
}

/* What an assumption is in a scenario; blank where it is not given. */
static void
assumed(const struct book *book, const struct scenario *scenario,
        enum assumption which, struct sheet_cell *cell)
{
    const struct season *season = book->season;
    struct growth growth = scenario_growth(season, scenario);
    switch (which) {
    case ASSUMED_SCENARIO:
        cell_text(cell, book_text(book, scenario->name));
        break;
    case ASSUMED_GROWTH:
        number_or_blank(cell, growth.growth);
        break;
    case ASSUMED_BUFFER:
        number_or_blank(cell, growth.buffer);
        break;
    case ASSUMED_MULTIPLIER:
        number_or_blank(cell, growth.multiplier);
        break;
    case ASSUMED_COMPOSE:
        cell_text(cell, book->labels[LABEL_COMPOSE][season->compose + 1]);
        break;
    case ASSUMED_SCALE:
        cell_decimal_input(cell, season->scale_efficiency);
        break;
    case ASSUMED_EXTRAPOLATION:
        cell_decimal_input(cell, season->max_extrapolation);
        break;
    case ASSUMED_VALIDITY:
        cell_number(cell, season->validity_days);
        break;
    case ASSUMED_SAFE_LEVEL:
        cell_decimal_input(cell, season->safe_level);
        break;
    case ASSUMED_ZONES:
        cell_decimal_input(cell, whole_or(season->zones, 1));
        break;
    case ASSUMED_LOST:
        cell_number(cell, season->survive_zones);
        break;
    case ASSUMED_AS_OF:
        cell_day(book, cell, season->as_of.day);
        break;
    case ASSUMED_PEAK:
        cell_day(book, cell, season->peak.day);
        break;
    case ASSUMED_FREEZE:
        cell_day(book, cell, season->freeze);
        break;
    default:
        break;
    }
}

static enum sheet_format
format_of(enum assumption which)
{
    switch (which) {
    case ASSUMED_GROWTH:
    case ASSUMED_BUFFER:
    case ASSUMED_SAFE_LEVEL:
        return SHEET_PERCENT;
    case ASSUMED_AS_OF:
    case ASSUMED_PEAK:
    case ASSUMED_FREEZE:
    case ASSUMED_DUE_BY:
        return SHEET_DATE;
    case ASSUMED_SCENARIO:
    case ASSUMED_COMPOSE:
    case ASSUMED_UNPROVEN:
    case ASSUMED_NOT_BY_INSTANCES:
        return SHEET_TEXT;
    default:
        return SHEET_NUMBER;
    }
}

/* The decimals that an assumption has in any scenario. */
static unsigned
decimals_of(const struct book *book, enum assumption which)
{
    unsigned decimals = 0;
    for (size_t i = 0; i < book->scenario_count; i++) {
        struct sheet_cell cell = {
            .style = style_of(ROLE_INPUT, format_of(which), 0)};
        assumed(book, book->scenarios[i], which, &cell);
        if (cell.kind == SHEET_CELL_DOUBLE && cell.style.decimals > decimals)
            decimals = cell.style.decimals;
    }
    return decimals;
}

/* The deadline for approved measures: the earlier of freeze and peak; without
   both there is none. */
static void
due_by(const struct book *book, struct sheet_cell *cell)
{
    const struct day days[] = {book->season->peak.day, book->season->freeze};
    const char *any = book_word(book, "sheet.assume.any_day");
    cell_text(cell, any);
    for (size_t i = 0; i < 2; i++)
        if (days[i].given && day_is_serial(days[i]) &&
            (cell->kind == SHEET_CELL_TEXT ||
             day_serial(days[i]) < cell->number))
            cell_number(cell, day_serial(days[i]));
    const unsigned peak = ROW_DATA + ASSUMED_PEAK + 1,
                   freeze = ROW_DATA + ASSUMED_FREEZE + 1;
    cell->formula = arena_format(
        book->arena, "IF(COUNT($B$%u,$B$%u)=0,%s,MIN($B$%u,$B$%u))", peak,
        freeze, book_formula(book, "sheet.assume.any_day", no_fills), peak,
        freeze);
}

/* --- rows
 * ------------------------------------------------------------------------ */

/* The live value of an assumption. */
static void
add_live(const struct book *book, enum assumption which, uint32_t number,
         unsigned decimals, struct sheet_row *row)
{
    struct arena *arena = book->arena;
    struct sheet_cell *cell =
        row_add(row, style_of(ROLE_OUTPUT, format_of(which), decimals));
    char first[4] = "D", last[4];
    sheet_letters(custom_column(book), last);
    switch (which) {
    case ASSUMED_SCENARIO:
        cell->style.role = ROLE_INPUT;
        cell_text(cell, book->scenario_labels[book->shown_scenario]);
        break;
    case ASSUMED_POSITION:
        cell_number(cell, (double)book->shown_scenario + 1);
        cell->formula = arena_format(arena, "MATCH($B$%d,$%s$%d:$%s$%d,0)",
                                     ROW_DATA + ASSUMED_SCENARIO + 1, first,
                                     ROW_HEAD + 1, last, ROW_HEAD + 1);
        break;
    case ASSUMED_DUE_BY:
        due_by(book, cell);
        break;
    case ASSUMED_UNPROVEN:
        cell_text(cell, book->unproven);
        break;
    case ASSUMED_NOT_BY_INSTANCES:
        cell_text(cell, book->not_by_instances);
        break;
    default: {
        assumed(book, book->scenarios[book->shown_scenario], which, cell);
        const char *range =
            arena_format(arena, "INDEX($%s%u:$%s%u,1,$B$%d)", first, number,
                         last, number, ROW_DATA + ASSUMED_POSITION + 1);
        cell->formula =
            which == ASSUMED_COMPOSE
                ? range
                : arena_format(arena, "IF(ISNUMBER(%s),%s,\"" DASH "\")", range,
                               range);
        if (cell->kind == SHEET_CELL_BLANK ||
            (which != ASSUMED_COMPOSE && cell->kind == SHEET_CELL_TEXT))
            cell_text(cell, DASH);
        cell->style.decimals = (uint8_t)decimals;
    }
    }
}

static const char *const item_key[ASSUMPTIONS] = {
    "assume.scenario",       "sheet.assume.position",
    "column.growth",         "column.buffer",
    "assume.multiplier",     "sheet.assume.compose",
    "assume.efficiency",     "assume.extrapolation",
    "assume.validity",       "assume.safe_level",
    "sheet.assume.zones",    "sheet.assume.lost",
    "sheet.assume.as_of",    "sheet.assume.peak",
    "assume.freeze",         "sheet.assume.due_by",
    "sheet.assume.unproven", "sheet.assume.not_by_instances",
};

static const char *const note_key[ASSUMPTIONS] = {
    [ASSUMED_SCENARIO] = "sheet.note.scenario",
    [ASSUMED_POSITION] = "sheet.note.position",
    [ASSUMED_MULTIPLIER] = "sheet.note.multiplier",
    [ASSUMED_COMPOSE] = "sheet.note.compose",
    [ASSUMED_SCALE] = "sheet.note.scale",
    [ASSUMED_EXTRAPOLATION] = "sheet.note.extrapolation",
    [ASSUMED_ZONES] = "sheet.note.zones",
    [ASSUMED_AS_OF] = "sheet.note.as_of",
    [ASSUMED_DUE_BY] = "sheet.note.due_by",
    [ASSUMED_UNPROVEN] = "sheet.note.unproven",
};

static const char *const unit_key[ASSUMPTIONS] = {
    [ASSUMED_GROWTH] = "sheet.unit.ratio",
    [ASSUMED_BUFFER] = "sheet.unit.ratio",
    [ASSUMED_MULTIPLIER] = "sheet.unit.multiple",
    [ASSUMED_SCALE] = "sheet.unit.factor",
    [ASSUMED_EXTRAPOLATION] = "sheet.unit.multiple",
    [ASSUMED_VALIDITY] = "sheet.unit.days",
    [ASSUMED_SAFE_LEVEL] = "sheet.unit.ratio",
    [ASSUMED_ZONES] = "sheet.unit.zones",
    [ASSUMED_LOST] = "sheet.unit.zones",
    [ASSUMED_AS_OF] = "sheet.unit.day",
    [ASSUMED_PEAK] = "sheet.unit.day",
    [ASSUMED_FREEZE] = "sheet.unit.day",
    [ASSUMED_DUE_BY] = "sheet.unit.day",
};

static void
add_word(const struct book *book, struct sheet_row *row, enum sheet_role role,
         const char *key)
{
    row_text(row, style_of(role, SHEET_TEXT, 0),
             key ? book_word(book, key) : NULL);
}

/* The scenarios' cells of an assumption, the last one to try things in. */
static void
add_scenarios(const struct book *book, enum assumption which, unsigned decimals,
              struct sheet_row *row)
{
    bool is_input = which >= ASSUMED_GROWTH && which <= ASSUMED_FREEZE;
    for (size_t i = 0; i <= book->scenario_count; i++) {
        bool is_custom = i == book->scenario_count;
        struct sheet_cell *cell =
            row_add(row, style_of(is_input ? ROLE_INPUT : ROLE_PLAIN,
                                  format_of(which), decimals));
        if (is_custom && which == ASSUMED_SCENARIO)
            cell_text(cell, book_word(book, "sheet.custom.name"));
        else
            assumed(book, book->scenarios[is_custom ? book->shown_scenario : i],
                    which, cell);
        cell->style.decimals = (uint8_t)decimals;
    }
}

static void
make_assumption(const struct book *book, enum assumption which, uint32_t number,
                struct sheet_row *row)
{
    unsigned decimals = decimals_of(book, which);
    add_word(book, row, ROLE_WRAPPED, item_key[which]);
    add_live(book, which, number + 1, decimals, row);
    add_word(book, row, ROLE_PLAIN, unit_key[which]);
    add_scenarios(book, which, decimals, row);
    add_word(book, row, ROLE_PROSE, note_key[which]);
    row_two_lines(book, row);
    row_fit(row, book_word(book, item_key[which]), column_width(book, 0));
    if (note_key[which])
        row_fit(row, book_word(book, note_key[which]),
                column_width(book, custom_column(book) + 1));
}

static void
make_head(const struct book *book, struct sheet_row *row)
{
    add_word(book, row, ROLE_HEADER, "basis.item");
    add_word(book, row, ROLE_HEADER, "sheet.live");
    add_word(book, row, ROLE_HEADER, "sheet.column.unit");
    for (size_t i = 0; i < book->scenario_count; i++)
        row_text(row, style_of(ROLE_HEADER_INPUT, SHEET_TEXT, 0),
                 book->scenario_labels[i]);
    add_word(book, row, ROLE_HEADER_INPUT, "sheet.custom");
    add_word(book, row, ROLE_HEADER, "column.note");
}

static void
add_list_head(const struct book *book, struct sheet_row *row)
{
    const unsigned first = list_column(book);
    row_blank(row, first - row->count);
    add_word(book, row, ROLE_HEADER, "sheet.code");
    for (unsigned i = 0; i < LABEL_LISTS; i++) {
        add_word(book, row, ROLE_HEADER, label_head[i]);
        row_fit(row, row->cells[first + 1 + i].text,
                column_width(book, first + 1 + i));
    }
}

static void
add_list_row(const struct book *book, unsigned code, struct sheet_row *row)
{
    const unsigned first = list_column(book);
    row_blank(row, first - row->count);
    cell_number(row_add(row, style_of(ROLE_PLAIN, SHEET_NUMBER, 0)), code);
    for (unsigned i = 0; i < LABEL_LISTS; i++) {
        const char *text =
            code <= label_count[i] ? book->labels[i][code] : NULL;
        row_text(row, style_of(ROLE_PLAIN, SHEET_TEXT, 0), text);
        if (book->lang == LANG_BOTH)
            row_fit(row, text, column_width(book, first + 1 + i));
    }
}

static void
make_row(const struct sheet *sheet, uint32_t number, struct sheet_row *row)
{
    const struct book *book = sheet->context;
    if (row_above_head(book, SHEET_ASSUMPTIONS, number, row))
        return;
    if (number == ROW_HEAD) {
        make_head(book, row);
        add_list_head(book, row);
    } else if (number >= ROW_DATA && number < ROW_DATA + ASSUMPTIONS) {
        make_assumption(book, (enum assumption)(number - ROW_DATA), number,
                        row);
        if (number <= LIST_HEAD + LIST_ROWS)
            add_list_row(book, number - LIST_HEAD, row);
    }
}

/* --- rules
 * ------------------------------------------------------------------------- */

/* What is chosen from: the scenarios' columns, and how growth and buffer
   combine. */
static void
set_choices(const struct book *book, struct sheet_rule *rules)
{
    size_t count = book->scenario_count + 1;
    const char **labels = arena_array(book->arena, count, const char *);
    for (size_t i = 0; i < book->scenario_count; i++)
        labels[i] = book->scenario_labels[i];
    labels[count - 1] = book_word(book, "sheet.custom");
    char last[4];
    sheet_letters(custom_column(book), last);
    book_choice(book, &rules[0], labels, count,
                arena_format(book->arena, "$D$%d:$%s$%d", ROW_HEAD + 1, last,
                             ROW_HEAD + 1));
    for (size_t i = 1; rules[i].kind != RULE_NONE; i++)
        if (rules[i].kind == RULE_LIST)
            book_choice(book, &rules[i], &book->labels[LABEL_COMPOSE][1], 2,
                        label_range(book, LABEL_COMPOSE));
}

static void
set_rules(struct book *book, struct sheet *sheet)
{
    static const struct {
        enum assumption which;
        enum sheet_rule_kind kind;
        const char *message;
    } from[] = {
        {ASSUMED_GROWTH,        RULE_ABOVE_MINUS_ONE, "sheet.rule.growth"      },
        {ASSUMED_BUFFER,        RULE_NOT_NEGATIVE,    "sheet.rule.not_negative"},
        {ASSUMED_MULTIPLIER,    RULE_POSITIVE,        "sheet.rule.positive"    },
        {ASSUMED_COMPOSE,       RULE_LIST,            "sheet.rule.list"        },
        {ASSUMED_SCALE,         RULE_SHARE,           "sheet.rule.share"       },
        {ASSUMED_EXTRAPOLATION, RULE_POSITIVE,        "sheet.rule.positive"    },
        {ASSUMED_VALIDITY,      RULE_COUNT,           "sheet.rule.count"       },
        {ASSUMED_SAFE_LEVEL,    RULE_SHARE,           "sheet.rule.share"       },
        {ASSUMED_ZONES,         RULE_COUNT,           "sheet.rule.count"       },
        {ASSUMED_LOST,          RULE_WHOLE,           "sheet.rule.whole"       },
        {ASSUMED_AS_OF,         RULE_DAY,             "sheet.rule.day"         },
        {ASSUMED_PEAK,          RULE_DAY,             "sheet.rule.day"         },
        {ASSUMED_FREEZE,        RULE_DAY,             "sheet.rule.day"         }
    };
    const size_t all = sizeof from / sizeof *from;
    struct arena *arena = book->arena;
    uint16_t custom = (uint16_t)custom_column(book);
    struct sheet_rule *rules = arena_array(arena, all + 2, struct sheet_rule);
    rules[0] =
        (struct sheet_rule){.kind = RULE_LIST,
                            .first_row = ROW_DATA,
                            .last_row = ROW_DATA,
                            .first_column = COLUMN_LIVE,
                            .last_column = COLUMN_LIVE,
                            .title = book_word(book, "sheet.rule.title"),
                            .message = book_word(book, "sheet.rule.scenario")};
    for (size_t i = 0; i < all; i++)
        rules[i + 1] =
            (struct sheet_rule){.kind = from[i].kind,
                                .first_row = ROW_DATA + (uint32_t)from[i].which,
                                .last_row = ROW_DATA + (uint32_t)from[i].which,
                                .first_column = COLUMN_FIRST,
                                .last_column = custom,
                                .title = book_word(book, "sheet.rule.title"),
                                .message = book_word(book, from[i].message)};
    set_choices(book, rules);
    sheet->rules = rules;
    sheet->rule_count = all + 1;
}

void
sheet_finish_assumptions(struct book *book, struct sheet *sheet)
{
    size_t columns = list_column(book) + 1 + LABEL_LISTS;
    double *widths = arena_array(book->arena, columns, double);
    for (size_t i = 0; i < columns; i++)
        widths[i] = column_width(book, i);
    *sheet = (struct sheet){.kind = SHEET_ASSUMPTIONS,
                            .name = book->name[SHEET_ASSUMPTIONS],
                            .widths = widths,
                            .column_count = columns,
                            .row_count = ROW_DATA + ASSUMPTIONS,
                            .head_row = ROW_HEAD,
                            .frozen_columns = 1,
                            .print_columns = (uint16_t)(custom_column(book) + 2),
                            .make_row = make_row,
                            .context = book};
    set_rules(book, sheet);
}
