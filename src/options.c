/*
 * The command line.  Options may stand anywhere; "--" ends them.  What an
 * option's value means for the season is main's to check.
 */
#include "options_parse.h"

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
                        "samples as a file that merges"},
};
/* clang-format on */

/* --- what the options do ------------------------------------------------- */

const char *
options_hint(struct arena *arena, const char *word, const char *const *known,
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
        options_hint(parse->arena, name, known, renderer_count));
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
    {"--from",     NULL, "KIND",      IMPORT | DIGEST, import_take_from,
     "whose results (default: auto):"},
    {"--link",     NULL, "ID",        IMPORT,         import_take_link,
     "the link that was tested"},
    {"--links",    NULL, "LABEL=ID",  IMPORT,         import_take_links,
     "a label that is a link; may be repeated"},
    {"--instances", NULL, "N",        IMPORT,         import_take_instances,
     "how many carried the test"},
    {"--steps",    NULL, "HOW",       IMPORT,         import_take_steps,
     "files (default), whole, levels, threads, plateaus, 30s or 0s-60s,60s-2m"},
    {"--offered",  NULL, "LIST",      IMPORT,         import_take_offered,
     "the rate that each step was asked to send"},
    {"--warmup",   NULL, "TIME",      IMPORT,         import_take_warmup,
     "left out at the start of each step"},
    {"--cooldown", NULL, "TIME",      IMPORT,         import_take_cooldown,
     "left out at the end of each step"},
    {"--date",     NULL, "DAY",       IMPORT,         import_take_date,
     "the day of the test"},
    {"--columns",  NULL, "KEY=NAME,...", IMPORT | DIGEST, import_take_columns,
     "which column of a CSV holds what; may be repeated"},
    {"--baselines", NULL, "FILE",     IMPORT,         import_take_baselines,
     "baselines from a spreadsheet in CSV"},
    {"--range",    NULL, "A-B",       DIGEST,         import_take_range,
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
                              options_hint(parse->arena, name, known, ROWS));
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
    parse->why =
        arena_format(parse->arena, "unknown command \"%s\"%s", name,
                     options_hint(parse->arena, name, known, COMMANDS));
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
        good = import_settle(&parse, (const char *const *)words + 1, count - 1);
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

#define HELP_AT 29 /* [columns] before the help of an option */
#define HELP_WIDTH 80

/* Prints words up to the width, and the rest on lines below. */
static void
put_wrapped(FILE *stream, const char *text)
{
    size_t column = HELP_AT;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (column > HELP_AT && column + 1 + length > HELP_WIDTH) {
            fprintf(stream, "\n%*s", HELP_AT, "");
            column = HELP_AT;
        }
        fprintf(stream, "%s%.*s", column > HELP_AT ? " " : "", (int)length,
                text);
        column += length + (column > HELP_AT);
        text += length + strspn(text + length, " ");
    }
    fputc('\n', stream);
}

/* Which commands an option is of, where it is not of all that assess. */
static const char *
whose(const struct option_row *row)
{
    return (row->commands & CHECK) != 0         ? ""
           : row->commands == IMPORT            ? "import: "
           : row->commands == DIGEST            ? "digest: "
           : row->commands == (IMPORT | DIGEST) ? "import, digest: "
           : (row->commands & MAIL) != 0        ? "report, mail: "
                                                : "report: ";
}

static void
put_option(FILE *stream, const struct option_row *row)
{
    char name[64], help[512];
    size_t used = (size_t)snprintf(help, sizeof help, "%s%s", whose(row),
                                   row->help);
    for (size_t j = 0; row->take == take_renderers && j < renderer_count; j++)
        used += (size_t)snprintf(help + used, sizeof help - used, "%s %s",
                                 j > 0 ? "," : "", renderer_table[j].name);
    for (unsigned j = 0; row->take == import_take_from && j < TOOLS; j++)
        used += (size_t)snprintf(help + used, sizeof help - used, "%s %s",
                                 j > 0 ? "," : "", tool_name[j]);
    snprintf(name, sizeof name, "%s%s%s %s", row->letter ? row->letter : "",
             row->letter ? ", " : "    ", row->name,
             row->value ? row->value : "");
    fprintf(stream, "  %-26s ", name);
    put_wrapped(stream, help);
}

void
options_usage(FILE *stream)
{
    fputs("usage:\n", stream);
    for (unsigned i = 0; i < COMMANDS; i++)
        fprintf(stream, "  headroom %-6s %-8s [OPTION...]   %s\n",
                commands[i].name, commands[i].arguments, commands[i].help);
    fputs("\noptions:\n", stream);
    for (size_t i = 0; i < ROWS; i++)
        put_option(stream, &rows[i]);
    fputs("\nexit status: 0 done; 1 --gate and the verdict is not GO; "
          "2 wrong usage or input;\n3 the system failed.  "
          "More: headroom(1)\n",
          stream);
}
