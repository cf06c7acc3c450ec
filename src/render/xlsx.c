/*
 * Writes the plan of the workbook; decides nothing.  Room render/, and with
 * xlsx_scratch.c the one that knows libxlsxwriter.
 *
 * The library makes the frame: formats, columns, rules, names, charts, print
 * set-up.  The rows, of which a season may have hundreds of thousands, are put
 * in by xlsx_package.c.  The library says little of what goes wrong:
 * readback.c looks at the finished file.
 */
#include "render/xlsx.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <xlsxwriter.h>

#include "base/arena.h"
#include "base/stage.h"
#include "document/sheet.h"
#include "render/readback.h"
#include "render/xlsx_package.h"

#define FONT "Microsoft YaHei"
#define PAPER_LETTER 1
#define PAPER_A4 9
#define MAX_FOOTER 200

struct writer {
    struct arena *arena;
    const struct sheet_plan *plan;
    lxw_workbook *workbook;
    lxw_format *formats[ROLES][SHEET_FORMATS][SHEET_MAX_DECIMALS + 1];
    struct xlsx_styles styles;
    lxw_format *bad, *muted; /* of cells by what they come to */
    lxw_error error;         /* the first */
};

static void
note(struct writer *writer, lxw_error error)
{
    if (writer->error == LXW_NO_ERROR)
        writer->error = error;
}

/* --- formats -------------------------------------------------------------- */

static const char *
number_format(struct arena *arena, struct sheet_style style)
{
    static const char zeros[] = "000000000000";
    int decimals = style.decimals;
    const char *point = decimals > 0 ? "." : "";
    switch (style.format) {
    case SHEET_TEXT:
        return "@";
    case SHEET_NUMBER:
        return arena_format(arena, "#,##0%s%.*s", point, decimals, zeros);
    case SHEET_PERCENT:
        return arena_format(arena, "0%s%.*s%%", point, decimals, zeros);
    case SHEET_DATE:
        return "yyyy-mm-dd";
    default:
        return NULL;
    }
}

static lxw_format *
new_format(struct writer *writer)
{
    lxw_format *format = workbook_add_format(writer->workbook);
    format_set_font_name(format, FONT);
    format_set_font_size(format, 10);
    format_set_font_color(format, writer->plan->ink);
    return format;
}

static void
set_head(const struct writer *writer, lxw_format *format)
{
    format_set_bold(format);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(format, writer->plan->head_fill);
    format_set_bottom(format, LXW_BORDER_THIN);
    format_set_bottom_color(format, writer->plan->secondary);
}

static void
set_role(const struct writer *writer, enum sheet_role role, lxw_format *format)
{
    const struct sheet_plan *plan = writer->plan;
    switch (role) {
    case ROLE_TITLE:
        format_set_font_size(format, 14);
        format_set_bold(format);
        break;
    case ROLE_PURPOSE:
    case ROLE_MUTED:
        format_set_font_color(format, plan->secondary);
        break;
    case ROLE_HEADER:
        set_head(writer, format);
        break;
    case ROLE_HEADER_INPUT:
        set_head(writer, format);
        format_set_font_color(format, plan->input_ink);
        break;
    case ROLE_INPUT:
        format_set_font_color(format, plan->input_ink);
        format_set_bg_color(format, plan->input_fill);
        format_set_border(format, LXW_BORDER_HAIR);
        format_set_border_color(format, plan->hairline);
        format_set_unlocked(format);
        break;
    case ROLE_GROUP:
    case ROLE_KEY:
        format_set_bold(format);
        break;
    case ROLE_BAD:
        format_set_bold(format);
        format_set_font_color(format, plan->bad);
        break;
    case ROLE_TERM:
        format_set_bold(format);
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        break;
    case ROLE_WRAPPED:
        format_set_text_wrap(format);
        break;
    case ROLE_PROSE:
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        break;
    default:
        break;
    }
}

/* Roles that look alike are one format: the library searches for the first of
   its kind whenever a second one is used. */
static const uint8_t alike[ROLES] = {
    [ROLE_PLAIN] = ROLE_PLAIN,     [ROLE_TITLE] = ROLE_TITLE,
    [ROLE_PURPOSE] = ROLE_PURPOSE, [ROLE_GROUP] = ROLE_GROUP,
    [ROLE_HEADER] = ROLE_HEADER,   [ROLE_HEADER_INPUT] = ROLE_HEADER_INPUT,
    [ROLE_INPUT] = ROLE_INPUT,     [ROLE_WORKING] = ROLE_PLAIN,
    [ROLE_OUTPUT] = ROLE_PLAIN,    [ROLE_KEY] = ROLE_KEY,
    [ROLE_BAD] = ROLE_BAD,         [ROLE_MUTED] = ROLE_MUTED,
    [ROLE_TERM] = ROLE_TERM,       [ROLE_PROSE] = ROLE_PROSE,
    [ROLE_WRAPPED] = ROLE_WRAPPED,
};

static bool
is_in_table(enum sheet_role role)
{
    return role == ROLE_PLAIN || role == ROLE_KEY || role == ROLE_INPUT ||
           role == ROLE_HEADER || role == ROLE_HEADER_INPUT ||
           role == ROLE_MUTED || role == ROLE_WRAPPED || role == ROLE_TERM ||
           role == ROLE_PROSE;
}

static lxw_format *
format_of(struct writer *writer, struct sheet_style style)
{
    style.role = alike[style.role];
    lxw_format **slot =
        &writer->formats[style.role][style.format][style.decimals];
    if (*slot)
        return *slot;
    lxw_format *format = new_format(writer);
    if (style.format == SHEET_NUMBER || style.format == SHEET_PERCENT ||
        style.format == SHEET_DATE) {
        format_set_align(format, LXW_ALIGN_RIGHT);
        format_set_indent(format, 1);
    }
    /* a text that follows a number does not touch it */
    if ((style.format == SHEET_GENERAL || style.format == SHEET_TEXT) &&
        is_in_table((enum sheet_role)style.role)) {
        format_set_align(format, LXW_ALIGN_LEFT);
        format_set_indent(format, 1);
    }
    if (writer->plan->wraps && style.role != ROLE_TITLE &&
        style.role != ROLE_PURPOSE && style.role != ROLE_GROUP)
        format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    set_role(writer, (enum sheet_role)style.role, format);
    bool is_head = style.role == ROLE_HEADER || style.role == ROLE_HEADER_INPUT;
    const char *code = number_format(writer->arena, style);
    if (code && !is_head)
        format_set_num_format(format, code);
    *slot = format;
    return format;
}

static void
set_conditional_formats(struct writer *writer)
{
    writer->bad = workbook_add_format(writer->workbook);
    format_set_bold(writer->bad);
    format_set_font_color(writer->bad, writer->plan->bad);
    writer->muted = workbook_add_format(writer->workbook);
    format_set_italic(writer->muted);
    format_set_font_color(writer->muted, writer->plan->secondary);
}

/* --- cells ---------------------------------------------------------------- */

/* Makes the style of a cell known to the workbook. */
static void
know_style(struct writer *writer, struct sheet_style style)
{
    uint16_t *number =
        &writer->styles.number[style.role][style.format][style.decimals];
    if (*number == 0)
        *number = (uint16_t)lxw_format_get_xf_index(format_of(writer, style));
}

/* A cell that leads to another sheet is the library's as well: it keeps the
   list of them. */
static void
write_link(struct writer *writer, lxw_worksheet *sheet, lxw_row_t row,
           lxw_col_t column, const struct sheet_cell *cell)
{
    note(writer,
         worksheet_write_url_opt(
             sheet, row, column,
             arena_format(writer->arena, "internal:'%s'!A1", cell->target),
             format_of(writer, cell->style), cell->text, NULL));
}

/* Goes through the rows for what the frame must know of them.  Records keep
   the styles of their columns, and lead nowhere. */
static void
survey_rows(struct writer *writer, const struct sheet *sheet,
            lxw_worksheet *worksheet)
{
    struct sheet_row row = sheet_row_new(writer->arena, sheet);
    uint32_t count = sheet->styles ? sheet->head_row + 1 : sheet->row_count;
    for (uint32_t i = 0; i < count && i < sheet->row_count; i++) {
        sheet_make_row(sheet, i, &row);
        for (size_t k = 0; k < row.count; k++) {
            const struct sheet_cell *cell = &row.cells[k];
            know_style(writer, cell->style);
            if (cell->target != NULL)
                write_link(writer, worksheet, i, (lxw_col_t)k, cell);
        }
    }
    for (size_t k = 0; sheet->styles && k < sheet->column_count; k++)
        know_style(writer, sheet->styles[k]);
}

/* --- rules and looks
 * ----------------------------------------------------------- */

/* The library copies texts and lists but does not take them as const. */
static char *
lent(const char *text)
{
    union {
        const char *from;
        char *to;
    } pointer = {.from = text};
    return pointer.to;
}

static void
set_bounds(lxw_data_validation *validation, const struct sheet_rule *rule)
{
    validation->validate = LXW_VALIDATION_TYPE_DECIMAL;
    validation->criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO;
    switch (rule->kind) {
    case RULE_POSITIVE:
        validation->criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN;
        break;
    case RULE_WHOLE:
        validation->validate = LXW_VALIDATION_TYPE_INTEGER;
        break;
    case RULE_COUNT:
        validation->validate = LXW_VALIDATION_TYPE_INTEGER;
        validation->value_number = 1;
        break;
    case RULE_ABOVE_MINUS_ONE:
        validation->criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN;
        validation->value_number = -1;
        break;
    case RULE_SHARE:
        validation->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        validation->minimum_number = 1e-12;
        validation->maximum_number = 1;
        break;
    case RULE_DAY:
        validation->validate = rule->source ? LXW_VALIDATION_TYPE_DATE_FORMULA
                                            : LXW_VALIDATION_TYPE_DATE_NUMBER;
        validation->criteria =
            rule->source ? LXW_VALIDATION_CRITERIA_LESS_THAN_OR_EQUAL_TO
                         : LXW_VALIDATION_CRITERIA_GREATER_THAN;
        validation->value_formula = lent(rule->source);
        break;
    default:
        break;
    }
}

static void
write_rule(struct writer *writer, lxw_worksheet *worksheet,
           const struct sheet_rule *rule)
{
    lxw_data_validation validation = {.ignore_blank = LXW_VALIDATION_ON,
                                      .show_error = LXW_VALIDATION_ON,
                                      .dropdown = LXW_VALIDATION_ON,
                                      .error_type =
                                          LXW_VALIDATION_ERROR_TYPE_STOP,
                                      .error_title = lent(rule->title),
                                      .error_message = lent(rule->message)};
    if (rule->kind == RULE_LIST) {
        validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
        validation.value_formula = lent(rule->source);
    } else if (rule->kind == RULE_WORDS) {
        size_t count = 0;
        while (rule->words[count])
            count++;
        char **words = arena_array(writer->arena, count + 1, char *);
        for (size_t i = 0; i < count; i++)
            words[i] = lent(rule->words[i]);
        validation.validate = LXW_VALIDATION_TYPE_LIST;
        validation.value_list = words;
    } else {
        set_bounds(&validation, rule);
    }
    note(writer, worksheet_data_validation_range(
                     worksheet, rule->first_row, rule->first_column,
                     rule->last_row, rule->last_column, &validation));
}

static void
write_look(struct writer *writer, lxw_worksheet *worksheet,
           const struct sheet_look *look)
{
    char letters[4];
    sheet_letters(look->first_column, letters);
    lxw_conditional_format format = {.format = writer->bad};
    switch (look->kind) {
    case LOOK_BAD_ABOVE_ZERO:
        /* not by the cell itself: a text is above every number */
        format.type = LXW_CONDITIONAL_TYPE_FORMULA;
        format.value_string = lent(arena_format(writer->arena, "=N(%s%u)>0",
                                                letters, look->first_row + 1));
        break;
    case LOOK_BAD_WHEN:
        format.type = LXW_CONDITIONAL_TYPE_FORMULA;
        format.value_string =
            lent(arena_format(writer->arena, "=%s", look->formula));
        break;
    case LOOK_MUTED_IF:
        format.type = LXW_CONDITIONAL_TYPE_CELL;
        format.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO;
        format.value_string =
            lent(arena_format(writer->arena, "=%s", look->formula));
        format.format = writer->muted;
        break;
    }
    note(writer, worksheet_conditional_format_range(
                     worksheet, look->first_row, look->first_column,
                     look->last_row, look->last_column, &format));
}

/* --- the chart
 * -------------------------------------------------------------------- */

/* The library writes zeros for cells that are formulas: viewers that do not
   compute then draw empty bars.  So the results are given to it. */
static void
fill_cache(lxw_series_range *range, size_t count, const double *numbers,
           const char *const *texts)
{
    range->num_data_points = (uint16_t)count;
    range->ignore_cache = LXW_TRUE;
    range->has_string_cache = texts != NULL;
    for (size_t i = 0; i < count; i++) {
        /* freed by the library */
        lxw_series_data_point *point = calloc(1, sizeof *point);
        if (texts) {
            point->is_string = LXW_TRUE;
            point->string = strdup(texts[i]);
        } else {
            point->number = numbers[i];
        }
        STAILQ_INSERT_TAIL(range->data_cache, point, list_pointers);
    }
}

static const char *
chart_range(struct arena *arena, const struct sheet *sheet, unsigned column)
{
    char letters[4];
    sheet_letters(column, letters);
    return arena_format(arena, "='%s'!$%s$%u:$%s$%u", sheet->name, letters,
                        sheet->chart->first_row + 1, letters,
                        sheet->chart->last_row + 1);
}

static void
set_fill(const struct sheet_plan *plan, lxw_chart_series *series,
         enum sheet_series_fill kind)
{
    lxw_chart_line outline = {.color = plan->proven, .width = 0.75};
    lxw_chart_fill fill = {.color = plan->proven};
    lxw_chart_pattern hatch = {.fg_color = plan->proven,
                               .bg_color = LXW_COLOR_WHITE,
                               .type = LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL};
    switch (kind) {
    case FILL_SOLID:
        break;
    case FILL_HATCHED:
        chart_series_set_pattern(series, &hatch);
        break;
    case FILL_GAP:
        fill.color = plan->gap_fill;
        outline.color = plan->bad;
        outline.width = 1.25;
        break;
    case FILL_STALE:
        fill.color = plan->stale;
        break;
    case FILL_AT_LEAST:
        fill.color = plan->at_least;
        outline.dash_type = LXW_CHART_LINE_DASH_DASH;
        break;
    case FILL_UNKNOWN:
        fill.color = LXW_COLOR_WHITE;
        outline.color = plan->secondary;
        outline.dash_type = LXW_CHART_LINE_DASH_DASH;
        break;
    }
    if (kind != FILL_HATCHED)
        chart_series_set_fill(series, &fill);
    chart_series_set_line(series, &outline);
}

static void
set_axes(const struct writer *writer, const struct sheet_chart *plan,
         lxw_chart *chart)
{
    lxw_chart_font small = {.name = lent(FONT), .size = 9};
    lxw_chart_line rule = {.color = writer->plan->hairline, .width = 0.5};
    /* in a bar chart of this library y is the upright axis of the names */
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_set_num_font(chart->y_axis, &small);
    chart_axis_set_min(chart->x_axis, 0);
    chart_axis_set_max(chart->x_axis, plan->axis_end);
    chart_axis_set_major_unit(chart->x_axis, 0.25);
    chart_axis_set_num_format(chart->x_axis, "0%");
    chart_axis_set_num_font(chart->x_axis, &small);
    chart_axis_set_name(chart->x_axis, plan->axis);
    lxw_chart_font plain = {
        .name = lent(FONT), .size = 9, .bold = LXW_EXPLICIT_FALSE};
    chart_axis_set_name_font(chart->x_axis, &plain);
    chart_axis_major_gridlines_set_line(chart->x_axis, &rule);
    /* the names run downwards, which takes the numbers to the top */
    chart_axis_set_label_position(chart->x_axis,
                                  LXW_CHART_AXIS_LABEL_POSITION_HIGH);
}

static void
write_chart(struct writer *writer, const struct sheet *sheet,
            lxw_worksheet *worksheet)
{
    const struct sheet_chart *plan = sheet->chart;
    size_t rows = plan->last_row - plan->first_row + 1;
    lxw_chart *chart =
        workbook_add_chart(writer->workbook, LXW_CHART_BAR_STACKED);
    const char *labels = chart_range(writer->arena, sheet, plan->label_column);
    for (size_t i = 0; i < plan->series_count; i++) {
        const struct sheet_series *from = &plan->series[i];
        lxw_chart_series *series = chart_add_series(
            chart, labels, chart_range(writer->arena, sheet, from->column));
        chart_series_set_name(series, from->name);
        fill_cache(series->categories, rows, NULL, plan->labels);
        fill_cache(series->values, rows, from->values, NULL);
        set_fill(writer->plan, series, from->fill);
    }
    chart_set_series_gap(chart, 60);
    set_axes(writer, plan, chart);
    lxw_chart_font title = {.name = lent(FONT), .size = 11, .bold = LXW_TRUE};
    chart_title_set_name(chart, plan->title);
    chart_title_set_name_font(chart, &title);
    lxw_chart_font small = {.name = lent(FONT), .size = 9};
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_legend_set_font(chart, &small);
    lxw_chart_options options = {.x_scale = plan->width /
                                            480, /* of the library's own size */
                                 .y_scale = plan->height / 288,
                                 .x_offset = 12,
                                 .description = lent(plan->alt)};
    note(writer, worksheet_insert_chart_opt(worksheet, plan->row, plan->column,
                                            chart, &options));
}

/* --- the logo ------------------------------------------------------------- */

static void
write_picture(struct writer *writer, const struct sheet_picture *picture,
              lxw_worksheet *worksheet)
{
    double scale = picture->height / picture->logo->height;
    lxw_image_options options = {.x_scale = scale,
                                 .y_scale = scale,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description = lent(picture->alt)};
    note(writer, worksheet_insert_image_buffer_opt(
                     worksheet, picture->row, picture->column,
                     picture->logo->bytes, picture->logo->size, &options));
}

/* --- sheets
 * ------------------------------------------------------------------------- */

/* File, as of and class, page: an ampersand in a footer is doubled, and all of
   it may have 255 characters. */
static void
set_footer(struct writer *writer, lxw_worksheet *worksheet)
{
    const char *text = writer->plan->footer;
    char *footer = arena_alloc(writer->arena, 2 * strlen(text) + 64);
    char *at = stpcpy(footer, "&L&8&F  &A&C&8");
    for (size_t count = 0; *text != '\0'; text++) {
        bool begins = ((unsigned char)*text & 0xC0) != 0x80;
        if (begins && (count += *text == '&' ? 2 : 1) > MAX_FOOTER) {
            at = stpcpy(at, "\xe2\x80\xa6");
            break;
        }
        if (*text == '&')
            *at++ = '&';
        *at++ = *text;
    }
    strcpy(at, "&R&8&P / &N");
    note(writer, worksheet_set_footer(worksheet, footer));
}

static void
set_print(struct writer *writer, const struct sheet *sheet,
          lxw_worksheet *worksheet)
{
    worksheet_set_landscape(worksheet);
    worksheet_set_paper(worksheet,
                        writer->plan->letter ? PAPER_LETTER : PAPER_A4);
    worksheet_set_margins(worksheet, 0.35, 0.35, 0.4, 0.6);
    worksheet_fit_to_pages(worksheet, 1, 0);
    set_footer(writer, worksheet);
    uint32_t rows = sheet->print_rows ? sheet->print_rows : sheet->row_count;
    uint32_t last = rows > 0 ? rows - 1 : 0;
    note(writer, worksheet_print_area(worksheet, 0, 0, last,
                                      (lxw_col_t)(sheet->print_columns - 1)));
    if (sheet->head_row > 0)
        note(writer, worksheet_repeat_rows(worksheet, sheet->head_row,
                                           sheet->head_row));
}

static void
write_sheet(struct writer *writer, const struct sheet *sheet)
{
    lxw_worksheet *worksheet =
        workbook_add_worksheet(writer->workbook, sheet->name);
    if (worksheet == NULL) {
        note(writer, LXW_ERROR_SHEETNAME_ALREADY_USED);
        return;
    }
    for (size_t i = 0; i < sheet->column_count; i++)
        note(writer, worksheet_set_column(worksheet, (lxw_col_t)i, (lxw_col_t)i,
                                          sheet->widths[i], NULL));
    set_print(writer, sheet, worksheet);
    if (sheet->head_row > 0)
        worksheet_freeze_panes(worksheet, sheet->head_row + 1,
                               sheet->frozen_columns);
    else
        worksheet_gridlines(worksheet, LXW_HIDE_ALL_GRIDLINES);
    if (sheet->filter && sheet->row_count > sheet->head_row + 1)
        note(writer, worksheet_autofilter(
                         worksheet, sheet->head_row, 0, sheet->row_count - 1,
                         (lxw_col_t)(sheet->column_count - 1)));
    if (sheet->is_protected) {
        lxw_protection may = {.format_columns = 1, .format_rows = 1};
        worksheet_protect(worksheet, NULL, &may);
    }
    char letters[4];
    sheet_letters((unsigned)sheet->column_count - 1, letters);
    worksheet_ignore_errors(
        worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT,
        arena_format(writer->arena, "A1:%s%u", letters, sheet->row_count));
    survey_rows(writer, sheet, worksheet);
    for (size_t i = 0; i < sheet->rule_count; i++)
        write_rule(writer, worksheet, &sheet->rules[i]);
    for (size_t i = 0; i < sheet->look_count; i++)
        write_look(writer, worksheet, &sheet->looks[i]);
    if (sheet->chart)
        write_chart(writer, sheet, worksheet);
    if (sheet->picture)
        write_picture(writer, sheet->picture, worksheet);
    if (sheet->kind == writer->plan->first)
        worksheet_activate(worksheet);
}

static void
set_properties(struct writer *writer)
{
    const struct sheet_plan *plan = writer->plan;
    lxw_doc_properties properties = {.title = lent(plan->title),
                                     .subject = lent(plan->subject),
                                     .author = lent("headroom"),
                                     .created = (time_t)plan->created};
    note(writer, workbook_set_properties(writer->workbook, &properties));
    note(writer, workbook_set_custom_property_string(
                     writer->workbook, "Language", lent(plan->language)));
}

/* Writes the workbook without rows. */
static lxw_error
write_frame(struct writer *writer, const char *path, const char *folder)
{
    const struct sheet_plan *plan = writer->plan;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE,
                                    .tmpdir = lent(folder)};
    writer->workbook = workbook_new_opt(path, &options);
    if (writer->workbook == NULL)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    set_properties(writer);
    set_conditional_formats(writer);
    for (size_t i = 0; i < plan->sheet_count; i++)
        write_sheet(writer, &plan->sheets[i]);
    for (size_t i = 0; i < plan->name_count; i++)
        note(writer, workbook_define_name(writer->workbook, plan->names[i].name,
                                          plan->names[i].refers_to));
    errno = 0;
    note(writer, workbook_close(writer->workbook));
    return writer->error;
}

bool
xlsx_write(struct arena *arena, const struct sheet_plan *plan, const char *path,
           const char *folder, const struct xlsx_sum **sums, const char **why)
{
    struct writer *writer = arena_alloc(arena, sizeof *writer);
    writer->arena = arena;
    writer->plan = plan;
    lxw_error error = write_frame(writer, path, folder);
    int reason = errno;
    if (error != LXW_NO_ERROR) {
        *why = arena_format(arena, "cannot write %s: %s", path,
                            reason ? strerror(reason) : lxw_strerror(error));
        return false;
    }
    struct xlsx_sum *made =
        arena_array(arena, plan->sheet_count, struct xlsx_sum);
    *sums = made;
    return xlsx_package_fill(arena, plan, &writer->styles, path, made, why);
}

enum render_status
xlsx_render(const struct render_job *job, const char *file_name,
            const char **why)
{
    const struct sheet_plan *plan = sheet_plan(
        job->arena, job->report, job->template, job->lang, job->diag);
    if (plan == NULL)
        return RENDER_INPUT_ERROR;
    const char *path = stage_path(job->stage, file_name);
    const struct xlsx_sum *sums;
    if (!xlsx_write(job->arena, plan, path, stage_folder(job->stage), &sums,
                    why) ||
        !readback_workbook(job->arena, plan, sums, path, why))
        return RENDER_SYSTEM_ERROR;
    return RENDER_OK;
}
