/*
 * Pages of sections: tables across the page, one after another, each with its
 * heading, which rows of how many, and what its signs mean.  A long one goes on
 * to further sheets, as many as it may have; where it ends before its last row,
 * it says so.
 */
#include "base/arena.h"
#include "render/page_table.h"

#define ROW_ONE_MM 5.6
#define ROW_TWO_MM 8.4
#define ROW_STRIP_MM 16.8
#define HEADING_GAP 1.2
#define FOOT_GAP 2.2
#define SECTION_GAP 6.0
#define START_ROWS 3 /* a section begins on a sheet that has room for these */
#define WHOLE_ROWS 12 /* and for all of them, up to so many */
#define SPARSE 0.4    /* a last sheet filled less than this is avoided */
#define SMALL 0.4     /* a section lower than this goes with rows of a list */

/* A section on its way down the sheets. */
struct part {
    struct layout *layout;
    const struct plan_page *page;
    const struct plan_section *section;
    struct table_grid grid;
    bool is_first; /* of its page */
    size_t sheets; /* that it stands on so far */
    size_t most_sheets;
    bool is_list;  /* whose sheets may share its rows more evenly */
    double follows; /* on its last sheet, the gap before it too [mm] */
};

static struct text_style
range_style(const struct layout *layout)
{
    return layout_prose(layout, FONT_REGULAR, SIZE_NUMBER, COLOUR_SECONDARY);
}

static bool
has_range(const struct part *part)
{
    return part->section->all > 0 && part->section->range.lead != NULL;
}

static const char *
range_text(const struct part *part, size_t first, size_t last)
{
    const struct plan_section *section = part->section;
    const struct number_fill fills[] = {
        {"first", first + 1   },
        {"last",  last        },
        {"all",   section->all}
    };
    if (!has_range(part))
        return "";
    const char *range = first + 1 == last && section->range_one.lead
                            ? section->range_one.lead
                            : section->range.lead;
    return layout_fill(part->layout, range, fills, 3);
}

/* The width that the longest range needs: the heading's lines do not depend on
   which rows stand below it. */
static double
range_width(const struct part *part)
{
    const size_t all = part->section->all;
    return text_width_mm(part->layout->fonts, range_style(part->layout),
                         range_text(part, all > 1 ? all - 2 : 0, all)) +
           0.01;
}

/* The heading, drawn where top is given; its height. */
static double
heading(const struct part *part, const double *top)
{
    struct layout *layout = part->layout;
    return layout_heading(layout, part->is_first ? "H1" : "H2",
                          part->section->table.heading, layout->left,
                          layout->right - range_width(part) - 4, top) +
           HEADING_GAP;
}

static void
draw_heading(const struct part *part, double top, size_t first, size_t last)
{
    struct layout *layout = part->layout;
    struct text_style style =
        layout_prose(layout, FONT_BOLD, SIZE_SECTION, COLOUR_INK);
    double above = (LEADING - 1) / 2 * style_em_mm(style);
    heading(part, &top);
    if (!has_range(part))
        return;
    display_open(layout->display, "P", NULL);
    layout_text(layout, range_style(layout), range_text(part, first, last),
                layout->right - range_width(part), layout->right,
                top + above + style_ascent_mm(style), ALIGN_RIGHT);
    display_close(layout->display);
}

/* --- what stands below the rows ---------------------------------------- */

static struct phrase_block
line_block(const struct part *part, struct phrase text, enum font_role font,
           enum size size, enum colour colour)
{
    struct layout *layout = part->layout;
    return layout_phrase(layout, text,
                         layout_prose(layout, font, size, colour),
                         layout_second(layout),
                         layout->right - layout->left - INDENT);
}

/* The line that a list is cut with, after so many rows. */
static struct phrase_block
cut_block(const struct part *part, size_t listed)
{
    const struct plan_section *section = part->section;
    const struct number_fill fills[] = {
        {"listed", listed      },
        {"all",    section->all}
    };
    struct phrase text = section->cut;
    if (text.lead)
        text.lead = layout_fill(part->layout, text.lead, fills, 2);
    if (text.second)
        text.second = layout_fill(part->layout, text.second, fills, 2);
    return line_block(part, text, FONT_BOLD, SIZE_NUMBER, COLOUR_INK);
}

/* The line below the last row that a sheet takes: that the list is cut, or what
   the table says itself; drawn from top where that is given.  Returns its
   height. */
static double
after(const struct part *part, size_t last, const double *top)
{
    const struct plan_table *table = &part->section->table;
    bool is_cut = last < part->section->all;
    struct phrase_block block =
        is_cut ? cut_block(part, last)
               : line_block(part, table->after,
                            table->after_strong ? FONT_BOLD : FONT_REGULAR,
                            SIZE_NUMBER, COLOUR_INK);
    if (block.height <= 0)
        return 0;
    if (top)
        layout_sentence(part->layout, "P", &block,
                        part->layout->left + INDENT, *top + FOOT_GAP);
    return FOOT_GAP + block.height;
}

/* Note and legend, likewise. */
static double
foot(const struct part *part, const double *top)
{
    const struct plan_section *section = part->section;
    struct layout *layout = part->layout;
    struct phrase_block note =
        line_block(part, section->table.note, FONT_REGULAR, SIZE_LEGEND,
                   COLOUR_SECONDARY);
    double legend =
        legend_height(layout, section->legend, section->legend_count);
    double height = note.height > 0 ? FOOT_GAP + note.height : 0;
    if (top && note.height > 0)
        layout_sentence(layout, "P", &note, layout->left + INDENT,
                        *top + FOOT_GAP);
    if (legend <= 0)
        return height;
    if (top)
        legend_draw(layout, section->legend, section->legend_count,
                    *top + height + FOOT_GAP);
    return height + FOOT_GAP + legend;
}

/* --- sheets -------------------------------------------------------------- */

/* Where rows must end, so that what stands below them has room. */
static double
rows_bottom(const struct part *part, bool is_last)
{
    const size_t rows = part->section->table.row_count;
    double bottom = part->layout->bottom - foot(part, NULL);
    if (!is_last)
        return bottom;
    double cut = part->most_sheets > 0 || rows < part->section->all
                     ? after(part, rows > 0 ? rows - 1 : 0, NULL)
                     : 0;
    double end = after(part, rows, NULL);
    return bottom - (cut > end ? cut : end);
}

/* The first row from first on that this sheet does not take, below top. */
static size_t
fit(const struct part *part, size_t first, double top)
{
    const size_t rows = part->section->table.row_count;
    bool is_last = part->sheets + 1 == part->most_sheets;
    size_t last = table_fit(part->layout, &part->grid, first, top,
                            rows_bottom(part, is_last));
    if (is_last || last < rows)
        return last;
    return table_fit(part->layout, &part->grid, first, top,
                     rows_bottom(part, true));
}

/* Whether the section may begin at y: with all of its rows where they are few,
   else with some; with as many as a sheet takes where sheets are counted. */
static bool
may_start(const struct part *part, double y)
{
    const size_t rows = part->section->table.row_count;
    const double above = heading(part, NULL);
    size_t wanted = rows <= WHOLE_ROWS ? rows : START_ROWS;
    if (part->most_sheets > 0)
        wanted = fit(part, 0, part->layout->top + above);
    return fit(part, 0, y + above) >= wanted;
}

static double
start_sheet(const struct part *part, bool is_new)
{
    struct layout *layout = part->layout;
    display_page(layout->display, is_new ? part->page->title.lead : NULL);
    return layout->top;
}

/* Where the rows first to last - 1 end below top. */
static double
rows_end(const struct part *part, size_t first, size_t last, double top)
{
    double end = top + part->grid.head_height;
    for (size_t i = first; i < last; i++)
        end += table_row_height(part->layout, &part->grid, i);
    return end;
}

/* The first row that goes on to the next sheet, of those that this one has room
   for below top: earlier, where else the last sheet would hold next to
   nothing. */
static size_t
even(const struct part *part, size_t first, size_t last, double top)
{
    const struct layout *layout = part->layout;
    const size_t rows = part->section->table.row_count;
    const double below = after(part, rows, NULL) + foot(part, NULL);
    const double around = heading(part, NULL) + below + part->follows;
    /* no row goes there alone */
    if (last < rows && rows - last < START_ROWS && part->most_sheets == 0 &&
        last > first + 2 * START_ROWS)
        last = rows - START_ROWS;
    if (!part->is_list)
        return last;
    if (last < rows)
        return table_even(part->layout, &part->grid, first, last, around);
    /* what follows does not go to the next sheet alone */
    if (rows_end(part, first, last, top) + below + part->follows <=
            layout->bottom ||
        rows < first + 2 * START_ROWS ||
        rows_end(part, rows - START_ROWS, rows, layout->top) + around >
            layout->bottom)
        return last;
    return table_even(part->layout, &part->grid, first, rows - START_ROWS,
                      around);
}

/* Draws the section from y on; returns where it ends. */
static double
part_draw(struct part *part, double y)
{
    struct layout *layout = part->layout;
    const struct plan_section *section = part->section;
    const size_t rows = section->table.row_count;
    for (size_t first = 0;;) {
        double top = y + heading(part, NULL), end = top;
        size_t last = even(part, first, fit(part, first, top), top);
        if (last == first && first < rows) {
            layout_fail(layout, section->table.rows[first].cells[1].text.lead);
            return y;
        }
        draw_heading(part, y, first, last);
        table_draw(layout, &part->grid, first, top,
                   rows_end(part, first, last, top), &end);
        part->sheets++;
        bool is_last = last == rows || part->sheets == part->most_sheets;
        if (is_last)
            end += after(part, last, &end);
        end += foot(part, &end);
        if (is_last)
            return end;
        first = last;
        y = start_sheet(part, false);
    }
}

/* The sheets that a section may have in this attempt. */
static size_t
sheets_left(const struct layout *layout, const struct plan_section *section)
{
    const size_t most = section->most_sheets, fewer = layout->fewer_sheets;
    if (most == 0)
        return 0;
    return most > fewer ? most - fewer : 1;
}

/* Names in two languages take two lines, and so does a bridge; a strip stands
   above its numbers. */
static double
row_height(const struct layout *layout, const struct plan_table *table)
{
    if (table->row_count > 0 && table->rows[0].strip)
        return ROW_STRIP_MM;
    return cell_is_link(table) && (layout->two || table->rows[0].bridge)
               ? ROW_TWO_MM
               : ROW_ONE_MM;
}

static struct part
part_of(struct layout *layout, const struct plan_page *page,
        const struct plan_section *section, bool is_first)
{
    return (struct part){
        .layout = layout,
        .page = page,
        .section = section,
        .is_first = is_first,
        .most_sheets = sheets_left(layout, section),
        .grid = table_measure(layout, &section->table, layout->left,
                              layout->right,
                              row_height(layout, &section->table), SIZE_DETAIL,
                              SIZE_DETAIL),
    };
}

/* The sections of a page; one whose numbers are too long for one table in its
   parts. */
static struct part *
parts_of(struct layout *layout, const struct plan_page *page, size_t *count)
{
    size_t most = 0;
    for (size_t i = 0; i < page->section_count; i++)
        most += 1 + page->sections[i].part_count;
    struct part *parts = arena_array(layout->arena, most + 1, struct part);
    *count = 0;
    for (size_t i = 0; i < page->section_count; i++) {
        const struct plan_section *section = &page->sections[i];
        bool is_whole = section->part_count == 0 ||
                        table_has_room(layout, &section->table, layout->left,
                                       layout->right, SIZE_DETAIL);
        for (size_t k = 0; k < (is_whole ? 1 : section->part_count); k++) {
            parts[*count] = part_of(layout, page,
                                    is_whole ? section : &section->parts[k],
                                    *count == 0);
            (*count)++;
        }
    }
    return parts;
}

/* The height of a section on one sheet. */
static double
whole_height(const struct part *part)
{
    const size_t rows = part->section->table.row_count;
    return heading(part, NULL) + rows_end(part, 0, rows, 0) +
           after(part, rows, NULL) + foot(part, NULL);
}

/* Where the last sheet would hold next to nothing, the section that begins it
   for that the one before goes there with it: the first of them.  count where
   nothing is to be moved. */
static size_t
find_moved(struct layout *layout, struct part *parts, size_t count)
{
    const double page = layout->bottom - layout->top;
    double y = layout->top, last = 0;
    size_t begins = 0; /* the section that begins the last sheet */
    for (size_t i = 0; i < count; i++) {
        double height = whole_height(&parts[i]);
        if (height > page || parts[i].most_sheets > 0)
            return count;
        if (i > 0 && may_start(&parts[i], y + SECTION_GAP)) {
            y += SECTION_GAP + height;
        } else {
            begins = i;
            y = layout->top + height;
        }
        last = y - layout->top;
    }
    if (begins < 2 || last > SPARSE * page ||
        whole_height(&parts[begins - 1]) + SECTION_GAP + last > page)
        return count;
    return begins - 1;
}

/* Long lists share their rows with a small section that ends the page, or else
   among their sheets. */
static void
set_lists(const struct layout *layout, struct part *parts, size_t count)
{
    const double page = layout->bottom - layout->top;
    for (size_t i = count > 2 ? count - 2 : 0; i < count; i++) {
        const struct plan_table *table = &parts[i].section->table;
        double next = i + 1 < count ? whole_height(&parts[i + 1]) : 0;
        parts[i].is_list = table->row_count > WHOLE_ROWS &&
                           parts[i].most_sheets == 0 && next < SMALL * page;
        parts[i].follows = next > 0 ? SECTION_GAP + next : 0;
    }
}

void
sections_layout(struct layout *layout, const struct plan_page *page)
{
    size_t count;
    struct part *parts = parts_of(layout, page, &count);
    const size_t moved = find_moved(layout, parts, count);
    set_lists(layout, parts, count);
    double y = layout->top;
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || i == moved || !may_start(&parts[i], y + SECTION_GAP))
            y = start_sheet(&parts[i], i == 0);
        else
            y += SECTION_GAP;
        y = part_draw(&parts[i], y);
    }
    layout->end = y;
}
