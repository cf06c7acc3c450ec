/*
 * The sheet About: how to read the workbook and try things in it, its sheets
 * and names, and the basis as the paged document prints it.  Room document/.
 */
#include <string.h>

#include "document/plan_parts.h"
#include "document/sheet_book.h"

#define COLUMNS 5
#define HEAD_OF_TABLE SIZE_MAX
#define ROW_LOGO (ROW_HEAD - 1) /* and the next */
#define LOGO_PIXELS 36          /* high */

/* A row as it was put together. */
struct line {
    struct {
        const char *text;
        enum sheet_role role;
        bool is_number; /* at the right edge; in a row a printed count */
        const char *target, *formula;
    } cells[COLUMNS];
};

struct about {
    const struct book *book;
    struct line *lines;
    size_t count, room;
};

static struct line *
add_line(struct about *about)
{
    about->lines = arena_grow(about->book->arena, about->lines, about->count,
                              &about->room, sizeof *about->lines);
    struct line *line = &about->lines[about->count++];
    memset(line, 0, sizeof *line);
    return line;
}

static void
set(struct line *line, size_t column, enum sheet_role role, const char *text)
{
    if (column >= COLUMNS)
        return;
    line->cells[column].role = role;
    line->cells[column].text = text;
}

static void
add_pair(struct about *about, const char *left, const char *right,
         enum sheet_role role)
{
    struct line *line = add_line(about);
    set(line, 0, ROLE_TERM, left);
    set(line, 1, role, right);
}

static void
add_section(struct about *about, const char *text)
{
    if (about->count > 0)
        add_line(about);
    set(add_line(about), 0, ROLE_GROUP, text);
}

static const char *
phrase_text(const struct book *book, struct phrase phrase)
{
    if (phrase.second == NULL)
        return phrase.lead;
    return arena_format(book->arena, "%s\n%s", phrase.lead, phrase.second);
}

/* --- what is the workbook's own ------------------------------------------- */

static void
add_words(struct about *about, const char *section, const char *const *keys,
          size_t count)
{
    const struct book *book = about->book;
    add_section(about, book_word(book, section));
    for (size_t i = 0; i < count; i++)
        set(add_line(about), 1, ROLE_PROSE, book_word(book, keys[i]));
}

static void
add_sheets(struct about *about, const struct sheet *sheets, size_t count)
{
    const struct book *book = about->book;
    add_section(about, book_word(book, "sheet.about.sheets"));
    for (size_t i = 0; i < count; i++) {
        enum sheet_kind kind = sheets[i].kind;
        add_pair(about, book->name[kind], sheet_purpose(book, kind),
                 ROLE_PROSE);
        about->lines[about->count - 1].cells[0].target = book->name[kind];
    }
}

/* What the checks now come to. */
static void
add_checks(struct about *about)
{
    const struct book *book = about->book;
    struct line *line = add_line(about);
    set(line, 0, ROLE_TERM, book->name[SHEET_CHECKS]);
    line->cells[0].target = book->name[SHEET_CHECKS];
    set(line, 1, ROLE_TERM, checks_text(book));
    line->cells[1].formula = checks_cell(book);
}

static void
add_looks(struct about *about)
{
    static const struct {
        enum sheet_role role;
        const char *key;
    } looks[] = {
        {ROLE_INPUT,   "sheet.look.input"   },
        {ROLE_WORKING, "sheet.look.working" },
        {ROLE_KEY,     "sheet.look.output"  },
        {ROLE_BAD,     "sheet.look.bad"     },
        {ROLE_MUTED,   "sheet.look.unproven"}
    };
    const struct book *book = about->book;
    add_section(about, book_word(book, "sheet.about.looks"));
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        struct line *line = add_line(about);
        set(line, 0, looks[i].role,
            i + 1 == sizeof looks / sizeof *looks
                ? book->unproven
                : book_word(book, "sheet.look.sample"));
        set(line, 1, ROLE_PROSE, book_word(book, looks[i].key));
    }
}

static void
add_names(struct about *about, const struct sheet_plan *plan)
{
    add_section(about, book_word(about->book, "sheet.about.names"));
    for (size_t i = 0; i < plan->name_count; i++)
        add_pair(about, plan->names[i].name, plan->names[i].refers_to + 1,
                 ROLE_PLAIN);
}

/* --- the basis
 * ----------------------------------------------------------------- */

static const char *
cell_of(const struct book *book, const struct plan_table *table, size_t row,
        size_t column)
{
    return phrase_text(book, row == HEAD_OF_TABLE
                                 ? table->columns[column].heading
                                 : table->rows[row].cells[column].text);
}

/* The column of a table that stands beside the first: the widest of the others,
   as that is where prose has its room. */
static size_t
widest_column(const struct plan_table *table)
{
    size_t widest = 1;
    for (size_t i = 1; i < table->column_count; i++) {
        double width = table->columns[i].width_mm;
        double most = table->columns[widest].width_mm;
        if (most > 0 && (width <= 0 || width > most))
            widest = i;
    }
    return widest;
}

static void
add_row(struct about *about, const struct plan_table *table, size_t row)
{
    const struct book *book = about->book;
    const size_t widest = table->column_count > 1 ? widest_column(table) : 0;
    const bool is_head = row == HEAD_OF_TABLE;
    struct line *line = add_line(about);
    size_t at = 0;
    set(line, at++, is_head ? ROLE_HEADER : ROLE_TERM,
        cell_of(book, table, row, 0));
    if (widest > 0)
        set(line, at++, is_head ? ROLE_HEADER : ROLE_PROSE,
            cell_of(book, table, row, widest));
    for (size_t i = 1; i < table->column_count && at < COLUMNS; i++) {
        if (i == widest)
            continue;
        line->cells[at].is_number = table->columns[i].kind == COLUMN_COUNT;
        set(line, at,
            is_head                     ? ROLE_HEADER
            : line->cells[at].is_number ? ROLE_PLAIN
                                        : ROLE_PROSE,
            cell_of(book, table, row, i));
        at++;
    }
}

/* Terms stand in pairs side by side on paper, one below the other here. */
static bool
is_in_pairs(const struct plan_table *table)
{
    return table->column_count > 2 && table->column_count % 2 == 0 &&
           strcmp(table->columns[0].heading.lead,
                  table->columns[2].heading.lead) == 0;
}

static void
add_pairs(struct about *about, const struct plan_table *table)
{
    const struct book *book = about->book;
    for (size_t i = 0; i < table->column_count; i += 2)
        for (size_t row = 0; row < table->row_count; row++) {
            const char *left = cell_of(book, table, row, i);
            if (left == NULL || left[0] == '\0')
                continue;
            struct line *line = add_line(about);
            set(line, 0, ROLE_TERM, left);
            set(line, 1, ROLE_PROSE, cell_of(book, table, row, i + 1));
        }
}

static void
add_table(struct about *about, const struct plan_table *table)
{
    if (is_in_pairs(table)) {
        add_pairs(about, table);
        return;
    }
    add_row(about, table, HEAD_OF_TABLE);
    for (size_t row = 0; row < table->row_count; row++)
        add_row(about, table, row);
    if (table->after.lead)
        set(add_line(about), 1, ROLE_PROSE,
            phrase_text(about->book, table->after));
}

static void
add_basis(struct about *about, const struct plan_job *job)
{
    size_t count;
    const struct plan_block *blocks = plan_basis(job, &count);
    for (size_t i = 0; i < count; i++) {
        const struct plan_block *block = &blocks[i];
        if (block->kind == BLOCK_SIGNATURES)
            continue;
        if (block->heading.lead)
            add_section(about, phrase_text(about->book, block->heading));
        for (size_t k = 0; k < block->paragraph_count; k++)
            set(add_line(about), 1, ROLE_PROSE,
                phrase_text(about->book, block->paragraphs[k]));
        if (block->kind == BLOCK_TABLE)
            add_table(about, &block->table);
    }
}

/* --- rows
 * ------------------------------------------------------------------------ */

/* It stands in rows that are left blank, at their usual height: the library
   that writes the file has no other in mind by the time it places a picture. */
static const struct sheet_picture *
logo_of(const struct book *book)
{
    if (book->template->logo == NULL)
        return NULL;
    struct sheet_picture *picture = arena_alloc(book->arena, sizeof *picture);
    *picture = (struct sheet_picture){.logo = book->template->logo,
                                      .alt = book_word(book, "logo.alt"),
                                      .row = ROW_LOGO,
                                      .height = LOGO_PIXELS};
    return picture;
}

/* "12,345" as a number; anything else stays what it is. */
static void
set_count(struct sheet_cell *cell, const char *text)
{
    double count = 0;
    if (text == NULL || text[strspn(text, "0123456789,")] != '\0') {
        cell_text(cell, text);
        return;
    }
    for (; *text; text++)
        if (*text != ',')
            count = 10 * count + (*text - '0');
    cell_number(cell, count);
}

static void
make_row(const struct sheet *sheet, uint32_t number, struct sheet_row *row)
{
    const struct about *about = sheet->context;
    if (row_above_head(about->book, SHEET_ABOUT, number, row) ||
        number < ROW_HEAD)
        return;
    const struct line *line = &about->lines[number - ROW_HEAD];
    size_t end = COLUMNS;
    while (end > 0 && line->cells[end - 1].text == NULL)
        end--;
    for (size_t i = 0; i < end; i++) {
        const bool is_number = line->cells[i].is_number;
        struct sheet_cell *cell =
            row_add(row, style_of(line->cells[i].role,
                                  is_number ? SHEET_NUMBER : SHEET_TEXT, 0));
        if (is_number && line->cells[i].role != ROLE_HEADER)
            set_count(cell, line->cells[i].text);
        else
            cell_text(cell, line->cells[i].text);
        if (line->cells[i].role != ROLE_GROUP)
            row_fit(row, line->cells[i].text, sheet->widths[i]);
        cell->target = line->cells[i].target;
        cell->formula = line->cells[i].formula;
    }
}

void
sheet_finish_about(struct book *book, const struct sheet_plan *plan,
                   const struct plan_job *job, struct sheet *sheet)
{
    static const char *const read[] = {
        "sheet.about.read.1", "sheet.about.read.2", "sheet.about.read.3"};
    static const char *const try[] = {"sheet.about.try.1", "sheet.about.try.2",
                                      "sheet.about.try.3", "sheet.about.try.4"};
    static const char *const limits[] = {
        "sheet.about.limit.exact", "sheet.about.limit.digits",
        "sheet.about.limit.sort", "sheet.about.limit.days"};
    struct about *about = arena_alloc(book->arena, sizeof *about);
    about->book = book;
    if (book->template->logo)
        add_line(about);
    add_words(about, "sheet.about.read", read, 3);
    add_checks(about);
    add_words(about, "sheet.about.try", try, 4);
    add_sheets(about, plan->sheets, plan->sheet_count);
    add_looks(about);
    add_words(about, "sheet.about.limits", limits, 4);
    if (book->step_rows < book->step_count)
        set(add_line(about), 1, ROLE_PROSE,
            book_word(book, "sheet.about.limit.steps"));
    add_basis(about, job);
    add_names(about, plan);

    double *widths = arena_array(book->arena, COLUMNS, double);
    static const double width[COLUMNS] = {38, 92, 22, 22, 26};
    memcpy(widths, width, sizeof width);
    *sheet = (struct sheet){.kind = SHEET_ABOUT,
                            .name = book->name[SHEET_ABOUT],
                            .widths = widths,
                            .column_count = COLUMNS,
                            .row_count = ROW_HEAD + (uint32_t)about->count,
                            .print_columns = COLUMNS,
                            .is_protected = true,
                            .picture = logo_of(book),
                            .make_row = make_row,
                            .context = about};
}
