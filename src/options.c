/*
 * The command line.  Options may stand anywhere; "--" ends them.  What an
 * option's value means for the season is main's to check.
 */
#include "options.h"

#include <string.h>

#include "base/arena.h"

#define REPORT (1u << COMMAND_REPORT)
#define MAIL (1u << COMMAND_MAIL)
#define CHECK (1u << COMMAND_CHECK)
#define SEASON (REPORT | MAIL | CHECK)
#define IMPORT (1u << COMMAND_IMPORT)
#define DIGEST (1u << COMMAND_DIGEST)

/* clang-format off */
static const struct command_row {
    const char *name, *arguments, *help;
} commands[COMMANDS] = {
    [COMMAND_REPORT] = {"report", "INPUT...",
                        "assess a season and write its documents"},
    [COMMAND_MAIL]   = {"mail", "INPUT...",
                        "the same, and a mail with both"},
    [COMMAND_CHECK]  = {"check", "INPUT...",
                        "read and assess, write nothing"},
    [COMMAND_IMPORT] = {"import", "FILE...",
                        "results of load-test tools as YAML"},
    [COMMAND_DIGEST] = {"digest", "FILE...",
                        "samples of load-test tools as a file that merges"},
};
/* clang-format on */

/* --- what the options do ------------------------------------------------- */

struct parse {
    struct arena *arena;
    struct options *options;
    const char *why;

    size_t link_room, slice_room; /* of lists in options->ask */
    struct column_name *columns;
    size_t column_room;
    struct decimal *offered;
    size_t offered_count, offered_room;
    unsigned instances; /* 0: not given */
};

/* "; did you mean pdf?" or nothing */
static const char *
hint(struct arena *arena, const char *word, const char *const *known,
     size_t count)
{
    const char *near = text_nearest(word, known, count);
    return near ? arena_format(arena, "; did you mean %s?", near) : "";
}

static bool
take_folder(struct parse *parse, const char *value)
{
    parse->options->folder = value;
    if (value[0] == '\0')
        parse->why = "-o expects a folder, or of import and digest a file";
    return value[0] != '\0';
}

static bool
take_one_renderer(struct parse *parse, const char *name, bool *wanted)
{
    const struct renderer *renderer = renderer_find(name);
    if (renderer != NULL) {
        wanted[renderer - renderer_table] = true;
        return true;
    }
    const char *known[MOST_RENDERERS];
    const char *list = "";
    for (size_t i = 0; i < renderer_count; i++) {
        known[i] = renderer_table[i].name;
        list = arena_format(parse->arena, "%s%s%s", list, i > 0 ? ", " : "",
                            known[i]);
    }
    parse->why = arena_format(
        parse->arena, "--to expects a list of %s, found \"%s\"%s", list, name,
        hint(parse->arena, name, known, renderer_count));
    return false;
}

/* A renderer that reads other files of the set brings them with it. */
static void
want_what_is_needed(bool *wanted)
{
    for (size_t i = 0; i < renderer_count; i++) {
        const struct renderer *renderer = &renderer_table[i];
        size_t most = sizeof renderer->needs / sizeof *renderer->needs;
        for (size_t k = 0; wanted[i] && k < most; k++)
            if (renderer->needs[k] != NULL)
                wanted[renderer_find(renderer->needs[k]) - renderer_table] =
                    true;
    }
}

static void
set_renderers(struct options *options, bool *wanted)
{
    want_what_is_needed(wanted);
    options->renderer_count = 0;
    for (size_t i = 0; i < renderer_count; i++)
        if (wanted[i])
            options->renderers[options->renderer_count++] = &renderer_table[i];
}

static bool
take_renderers(struct parse *parse, const char *value)
{
    bool wanted[MOST_RENDERERS] = {false};
    for (;;) {
        size_t length = strcspn(value, ",");
        if (!take_one_renderer(parse, arena_copy(parse->arena, value, length),
                               wanted))
            return false;
        if (value[length] == '\0')
            break;
        value += length + 1;
    }
    set_renderers(parse->options, wanted);
    return true;
}

static bool
take_lang(struct parse *parse, const char *value)
{
    static const char *const name[] = {
        [LANG_EN] = "en", [LANG_ZH] = "zh", [LANG_BOTH] = "zh+en"};
    for (unsigned i = 0; i < sizeof name / sizeof *name; i++) {
        if (strcmp(name[i], value) == 0) {
            parse->options->lang = (enum lang)i;
            parse->options->has_lang = true;
            return true;
        }
    }
    parse->why = arena_format(
        parse->arena, "--lang expects zh, en or zh+en, found \"%s\"", value);
    return false;
}

static bool
take_scenario(struct parse *parse, const char *value)
{
    parse->options->scenario = value;
    return true;
}

static bool
take_template(struct parse *parse, const char *value)
{
    parse->options->template = value;
    if (value[0] == '\0')
        parse->why = "--template expects a name or a file";
    return value[0] != '\0';
}

static bool
take_previous(struct parse *parse, const char *value)
{
    parse->options->previous = value;
    if (value[0] == '\0')
        parse->why = "--previous expects a file";
    return value[0] != '\0';
}

static bool
take_gate(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->gate = true;
    return true;
}

static bool
take_quiet(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->quiet = true;
    return true;
}

static bool
take_outside(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->allow_outside = true;
    return true;
}

/* --- of import ----------------------------------------------------------- */

static bool
take_from(struct parse *parse, const char *value)
{
    const char *known[TOOLS + 1] = {"auto"};
    const char *list = "auto";
    parse->options->ask.tool = tool_find(value);
    if (strcmp(value, "auto") == 0 || parse->options->ask.tool < TOOLS)
        return true;
    for (unsigned i = 0; i < TOOLS; i++) {
        known[i + 1] = tool_name[i];
        list = arena_format(parse->arena, "%s, %s", list, tool_name[i]);
    }
    parse->why = arena_format(
        parse->arena, "--from expects %s, found \"%s\"%s", list, value,
        hint(parse->arena, value, known, TOOLS + 1));
    return false;
}

static struct asked_link *
add_link(struct parse *parse)
{
    struct ask *ask = &parse->options->ask;
    ask->links = arena_grow(parse->arena, ask->links, ask->link_count,
                            &parse->link_room, sizeof *ask->links);
    struct asked_link *link = &ask->links[ask->link_count++];
    *link = (struct asked_link){0};
    return link;
}

/* Whether an id may be that of a link; what else it must be is for input/. */
static bool
check_link(struct parse *parse, const char *id)
{
    if (*id == '\0')
        parse->why = "a link's id is missing";
    return *id != '\0';
}

static bool
take_link(struct parse *parse, const char *value)
{
    add_link(parse)->link = value;
    return check_link(parse, value);
}

/* The last "=" parts them: labels may hold one. */
static bool
take_links(struct parse *parse, const char *value)
{
    const char *equals = strrchr(value, '=');
    if (equals == NULL || equals == value) {
        parse->why = arena_format(
            parse->arena, "--links expects LABEL=ID, found \"%s\"", value);
        return false;
    }
    struct asked_link *link = add_link(parse);
    link->label =
        arena_copy(parse->arena, value, (size_t)(equals - value));
    link->link = equals + 1;
    return check_link(parse, link->link);
}

static bool
take_instances(struct parse *parse, const char *value)
{
    unsigned count = 0;
    const char *s = value;
    for (; *s >= '0' && *s <= '9' && count <= 1000000; s++)
        count = count * 10 + (unsigned)(*s - '0');
    parse->instances = count;
    if (*value != '0' && *s == '\0' && count >= 1 && count <= 1000000)
        return true;
    parse->why = arena_format(
        parse->arena,
        "--instances expects a whole number from 1 to 1,000,000, found \"%s\"",
        value);
    return false;
}

static bool
take_time(struct parse *parse, const char *name, const char *value,
          int64_t *seconds)
{
    *seconds = ask_seconds(value);
    if (*seconds < 0)
        parse->why = arena_format(
            parse->arena, "%s expects a time such as 5s or 2m, found \"%s\"",
            name, value);
    return *seconds >= 0;
}

static bool
take_warmup(struct parse *parse, const char *value)
{
    return take_time(parse, "--warmup", value, &parse->options->ask.warmup_s);
}

static bool
take_cooldown(struct parse *parse, const char *value)
{
    return take_time(parse, "--cooldown", value,
                     &parse->options->ask.cooldown_s);
}

/* One step of a schedule: 0s-60s. */
static bool
take_slice(struct parse *parse, const char *text)
{
    struct ask *ask = &parse->options->ask;
    const char *dash = strchr(text, '-');
    if (dash == NULL)
        return false;
    ask->slices = arena_grow(parse->arena, ask->slices, ask->slice_count,
                             &parse->slice_room, sizeof *ask->slices);
    struct asked_slice *slice = &ask->slices[ask->slice_count++];
    *slice = (struct asked_slice){
        .from_s = ask_seconds(
            arena_copy(parse->arena, text, (size_t)(dash - text))),
        .to_s = ask_seconds(dash + 1)};
    return slice->from_s >= 0 && slice->from_s < slice->to_s;
}

/* The next word of a list parted by commas; NULL after the last. */
static const char *
next_word(struct parse *parse, const char **list)
{
    if (*list == NULL)
        return NULL;
    size_t length = strcspn(*list, ",");
    const char *word = arena_copy(parse->arena, *list, length);
    *list = (*list)[length] == ',' ? *list + length + 1 : NULL;
    return word;
}

static bool
take_steps(struct parse *parse, const char *value)
{
    struct ask *ask = &parse->options->ask;
    const char *list = value;
    if (ask_split(ask, value))
        return true;
    ask->split = SPLIT_SCHEDULE;
    ask->slice_count = 0;
    for (const char *word; (word = next_word(parse, &list));) {
        if (take_slice(parse, word))
            continue;
        parse->why = arena_format(
            parse->arena,
            "--steps expects files, whole, levels, threads, plateaus, a window "
            "such as 30s, or a schedule such as 0s-60s,60s-120s, found \"%s\"",
            value);
        return false;
    }
    return true;
}

static bool
take_offered(struct parse *parse, const char *value)
{
    const char *list = value;
    for (const char *word; (word = next_word(parse, &list));) {
        struct decimal rate;
        size_t used;
        if (decimal_read(word, strlen(word), &rate, &used) != DECIMAL_OK ||
            word[used] != '\0' || rate.units <= 0) {
            parse->why = arena_format(
                parse->arena,
                "--offered expects rates above 0, one a step, found \"%s\"",
                value);
            return false;
        }
        parse->offered =
            arena_grow(parse->arena, parse->offered, parse->offered_count,
                       &parse->offered_room, sizeof *parse->offered);
        parse->offered[parse->offered_count++] = rate;
    }
    return true;
}

static bool
take_date(struct parse *parse, const char *value)
{
    if (day_read(value, strlen(value), &parse->options->date))
        return true;
    parse->why = arena_format(
        parse->arena,
        "--date expects a day that exists, such as 2026-11-04, found \"%s\"",
        value);
    return false;
}

static bool
take_columns(struct parse *parse, const char *value)
{
    struct request *request = &parse->options->ask.request;
    const char *list = value;
    for (const char *word; (word = next_word(parse, &list));) {
        const char *equals = strchr(word, '=');
        if (equals == NULL || equals == word || equals[1] == '\0') {
            parse->why = arena_format(
                parse->arena, "--columns expects KEY=COLUMN,..., found \"%s\"",
                value);
            return false;
        }
        parse->columns =
            arena_grow(parse->arena, parse->columns, request->column_count,
                       &parse->column_room, sizeof *parse->columns);
        parse->columns[request->column_count++] = (struct column_name){
            .what = arena_copy(parse->arena, word, (size_t)(equals - word)),
            .column = equals + 1};
        request->columns = parse->columns;
    }
    return true;
}

static bool
take_baselines(struct parse *parse, const char *value)
{
    parse->options->baselines = value;
    if (value[0] == '\0')
        parse->why = "--baselines expects a file";
    return value[0] != '\0';
}

/* A byte of a file: digits alone. */
static bool
read_byte(const char *text, size_t length, uint64_t *byte)
{
    *byte = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned digit = (unsigned)((unsigned char)text[i] - '0');
        if (digit > 9 || *byte > (UINT64_MAX - digit) / 10)
            return false;
        *byte = *byte * 10 + digit;
    }
    return length > 0;
}

static bool
take_range(struct parse *parse, const char *value)
{
    struct request *request = &parse->options->ask.request;
    size_t length = strcspn(value, "-");
    const char *to = value + length + (value[length] == '-');
    bool to_end = value[length] == '-' && *to == '\0';
    if (read_byte(value, length, &request->range_from) &&
        (to_end || read_byte(to, strlen(to), &request->range_to)) &&
        request->range_from <= request->range_to)
        return true;
    parse->why = arena_format(
        parse->arena,
        "--range expects bytes such as 0-1000000 or 1000000-, found \"%s\"",
        value);
    return false;
}

/* Brings together what several options say of an import. */
static bool
settle_import(struct parse *parse, const char *const *files, size_t count)
{
    struct ask *ask = &parse->options->ask;
    size_t steps = ask->split == SPLIT_FILES      ? count
                   : ask->split == SPLIT_SCHEDULE ? ask->slice_count
                                                  : 0;
    if (parse->offered_count > 0 && parse->offered_count != steps) {
        parse->why = "--offered must have as many rates as there are steps, "
                     "which files or a schedule say";
        return false;
    }
    ask->files = arena_array(parse->arena, count + 1, struct asked_file);
    ask->said = arena_array(parse->arena, count + 1, struct said);
    ask->file_count = count;
    ask->step_count = ask->split == SPLIT_FILES ? count : 1;
    for (size_t i = 0; i < count; i++) {
        const char *slash = strrchr(files[i], '/');
        ask->files[i] = (struct asked_file){
            .path = files[i],
            .name = strcmp(files[i], "-") == 0 ? "standard input"
                    : slash                    ? slash + 1
                                               : files[i],
            .step = ask->split == SPLIT_FILES ? i : 0};
    }
    for (size_t i = 0; i < parse->offered_count; i++) {
        struct optional rate = {true, parse->offered[i]};
        if (ask->split == SPLIT_FILES)
            ask->said[i].offered_qps = rate;
        else
            ask->slices[i].said.offered_qps = rate;
    }
    for (size_t i = 0; i < ask->link_count; i++)
        ask->links[i].instances = parse->instances;
    return true;
}

static bool
take_help(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->help = true;
    return true;
}

static bool
take_version(struct parse *parse, const char *value)
{
    (void)value;
    parse->options->version = true;
    return true;
}

/* clang-format off */
static const struct option_row {
    const char *name, *letter; /* letter NULL where there is none */
    const char *value;         /* what its value is called; NULL for none */
    unsigned commands;
    bool (*take)(struct parse *parse, const char *value);
    const char *help;
} rows[] = {
    {"--output",   "-o", "DIR",       REPORT | MAIL | IMPORT | DIGEST, take_folder,
     "folder (default: out/SEASON); of import and digest a file"},
    {"--to",       NULL, "LIST",      REPORT,         take_renderers,
     "which, of"},
    {"--lang",     NULL, "LANG",      SEASON, take_lang,
     "zh, en or zh+en (default: as the season says)"},
    {"--scenario", NULL, "ID",        SEASON, take_scenario,
     "assess by another scenario than the plan"},
    {"--template", NULL, "NAME|FILE", SEASON, take_template,
     "pages, sheets, columns, words (default: review)"},
    {"--previous", NULL, "FILE.json", SEASON, take_previous,
     "an earlier report, to compare with"},
    {"--gate",     NULL, NULL,        SEASON, take_gate,
     "exit with 1 unless the verdict is GO"},
    {"--quiet",    "-q", NULL,        SEASON, take_quiet,
     "do not print the table"},
    {"--allow-outside", NULL, NULL,   SEASON,         take_outside,
     "read files of results from outside of their YAML's folder"},
    {"--from",     NULL, "KIND",      IMPORT | DIGEST, take_from,
     "whose results (default: auto):"},
    {"--link",     NULL, "ID",        IMPORT,         take_link,
     "the link that was tested"},
    {"--links",    NULL, "LABEL=ID",  IMPORT,         take_links,
     "a label that is a link; may be repeated"},
    {"--instances", NULL, "N",        IMPORT,         take_instances,
     "how many carried the test"},
    {"--steps",    NULL, "HOW",       IMPORT,         take_steps,
     "files (default), whole, levels, threads, plateaus, 30s or 0s-60s,60s-2m"},
    {"--offered",  NULL, "LIST",      IMPORT,         take_offered,
     "the rate that each step was asked to send"},
    {"--warmup",   NULL, "TIME",      IMPORT,         take_warmup,
     "left out at the start of each step"},
    {"--cooldown", NULL, "TIME",      IMPORT,         take_cooldown,
     "left out at the end of each step"},
    {"--date",     NULL, "DAY",       IMPORT,         take_date,
     "the day of the test"},
    {"--columns",  NULL, "KEY=NAME,...", IMPORT | DIGEST, take_columns,
     "which column of a CSV holds what; may be repeated"},
    {"--baselines", NULL, "FILE",     IMPORT,         take_baselines,
     "baselines from a spreadsheet in CSV"},
    {"--range",    NULL, "A-B",       DIGEST,         take_range,
     "only rows that begin in bytes A to below B of the file"},
    {"--help",     NULL, NULL,        SEASON | IMPORT | DIGEST, take_help,
     "print this and exit"},
    {"--version",  NULL, NULL,        SEASON | IMPORT | DIGEST, take_version,
     "print the version and exit"},
};
/* clang-format on */
#define ROWS (sizeof rows / sizeof *rows)

/* --- reading the arguments ----------------------------------------------- */

/* The row an argument names, and where its value starts when it is attached:
   --to=pdf, -oDIR. */
static const struct option_row *
find_row(const char *argument, const char **value)
{
    size_t length = strcspn(argument, "=");
    *value = argument[length] == '=' ? argument + length + 1 : NULL;
    for (size_t i = 0; i < ROWS; i++)
        if (strlen(rows[i].name) == length &&
            strncmp(rows[i].name, argument, length) == 0)
            return &rows[i];
    for (size_t i = 0; i < ROWS; i++) {
        if (rows[i].letter == NULL || strncmp(rows[i].letter, argument, 2) != 0)
            continue;
        *value = argument[2] != '\0' ? argument + 2 : NULL;
        if (*value == NULL || rows[i].value != NULL)
            return &rows[i];
    }
    return NULL;
}

static bool
unknown_option(struct parse *parse, const char *argument)
{
    const char *known[ROWS];
    const char *name =
        arena_copy(parse->arena, argument, strcspn(argument, "="));
    for (size_t i = 0; i < ROWS; i++)
        known[i] = rows[i].name;
    parse->why = arena_format(parse->arena, "unknown option %s%s", name,
                              hint(parse->arena, name, known, ROWS));
    return false;
}

/* Takes the option at argv[*at], with the argument after it where that is its
   value. */
static bool
take_option(struct parse *parse, int argc, char **argv, int *at, unsigned *used)
{
    const char *argument = argv[*at], *value;
    const struct option_row *row = find_row(argument, &value);
    if (row == NULL)
        return unknown_option(parse, argument);
    if (row->value == NULL && value != NULL) {
        parse->why = arena_format(parse->arena, "%s takes no value", row->name);
        return false;
    }
    if (row->value != NULL && value == NULL) {
        if (*at + 1 >= argc) {
            parse->why = arena_format(parse->arena, "%s expects %s", row->name,
                                      row->value);
            return false;
        }
        value = argv[++*at];
    }
    *used |= 1u << (row - rows);
    return row->take(parse, value);
}

static bool
find_command(struct parse *parse, const char *name)
{
    const char *known[COMMANDS];
    for (unsigned i = 0; i < COMMANDS; i++) {
        known[i] = commands[i].name;
        if (strcmp(commands[i].name, name) == 0) {
            parse->options->command = (enum command)i;
            return true;
        }
    }
    parse->why = arena_format(parse->arena, "unknown command \"%s\"%s", name,
                              hint(parse->arena, name, known, COMMANDS));
    return false;
}

/* Whether every option that was used belongs to the command. */
static bool
belong_to_command(struct parse *parse, unsigned used)
{
    for (unsigned i = 0; i < ROWS; i++) {
        if ((used >> i & 1) == 0 ||
            (rows[i].commands >> parse->options->command & 1) != 0)
            continue;
        parse->why =
            arena_format(parse->arena, "%s does not belong to %s", rows[i].name,
                         commands[parse->options->command].name);
        return false;
    }
    return true;
}

/* Options into options, all other arguments into words. */
static bool
sort_arguments(struct parse *parse, int argc, char **argv, unsigned *used,
               char **words, size_t *count)
{
    bool only_words = false;
    for (int at = 1; at < argc; at++) {
        if (!only_words && strcmp(argv[at], "--") == 0)
            only_words = true;
        else if (only_words || argv[at][0] != '-' || argv[at][1] == '\0')
            words[(*count)++] = argv[at];
        else if (!take_option(parse, argc, argv, &at, used))
            return false;
    }
    return true;
}

bool
options_read(struct arena *arena, int argc, char **argv,
             struct options *options, const char **why)
{
    struct parse parse = {.arena = arena, .options = options};
    bool by_default[MOST_RENDERERS] = {false};
    char **words = arena_array(arena, (size_t)argc + 1, char *);
    size_t count = 0;
    unsigned used = 0;
    bool good;

    *options = (struct options){
        .command = COMMAND_REPORT,
        .ask = {.tool = TOOLS, .request = {.range_to = UINT64_MAX}}
    };
    for (size_t i = 0; i < renderer_count; i++)
        by_default[i] = !renderer_table[i].on_request;
    set_renderers(options, by_default);
    good = sort_arguments(&parse, argc, argv, &used, words, &count);
    if (good && (options->help || options->version))
        return true;
    if (good && count == 0) {
        parse.why = "a command is missing";
        good = false;
    }
    good = good && find_command(&parse, words[0]) &&
           belong_to_command(&parse, used);
    if (good && count == 1 && options->baselines == NULL) {
        parse.why = options->command == COMMAND_IMPORT ||
                            options->command == COMMAND_DIGEST
                        ? "a FILE is missing: what a load-test tool wrote, or -"
                        : "an INPUT is missing: a YAML file or a folder";
        good = false;
    }
    if (good && count > 1 && options->baselines != NULL) {
        parse.why = "--baselines takes no FILE beside it";
        good = false;
    }
    if (good && (options->command == COMMAND_IMPORT ||
                 options->command == COMMAND_DIGEST))
        good = settle_import(&parse, (const char *const *)words + 1, count - 1);
    if (good && options->command == COMMAND_MAIL) {
        bool only[MOST_RENDERERS] = {false};
        only[renderer_find("eml") - renderer_table] = true;
        set_renderers(options, only);
    }
    options->inputs = words + 1;
    options->input_count = count > 0 ? count - 1 : 0;
    *why = parse.why;
    return good;
}

void
options_usage(FILE *stream)
{
    fputs("usage:\n", stream);
    for (unsigned i = 0; i < COMMANDS; i++)
        fprintf(stream, "  headroom %-6s %-8s [OPTION...]   %s\n",
                commands[i].name, commands[i].arguments, commands[i].help);
    fputs("\noptions:\n", stream);
    for (size_t i = 0; i < ROWS; i++) {
        const struct option_row *row = &rows[i];
        char name[64];
        snprintf(name, sizeof name, "%s%s%s %s", row->letter ? row->letter : "",
                 row->letter ? ", " : "    ", row->name,
                 row->value ? row->value : "");
        fprintf(stream, "  %-26s %s%s", name,
                (row->commands & CHECK) != 0    ? ""
                : row->commands == IMPORT     ? "import: "
                : row->commands == DIGEST     ? "digest: "
                : row->commands == (IMPORT | DIGEST) ? "import, digest: "
                : (row->commands & MAIL) != 0 ? "report, mail: "
                                              : "report: ",
                row->help);
        for (size_t j = 0; row->take == take_renderers && j < renderer_count;
             j++)
            fprintf(stream, "%s %s", j > 0 ? "," : "", renderer_table[j].name);
        for (unsigned j = 0; row->take == take_from && j < TOOLS; j++)
            fprintf(stream, "%s %s", j > 0 ? "," : "", tool_name[j]);
        fputc('\n', stream);
    }
    fputs("\nexit status: 0 done; 1 --gate and the verdict is not GO; "
          "2 wrong usage or input;\n3 the system failed.  "
          "More: headroom(1)\n",
          stream);
}
