/*
 * A pressure test and its steps.  Room: input.  What its link's SLO asks of
 * the steps is check.c's business; what they show, assess/'s.
 */
#include "input/read_result.h"

#include "base/arena.h"
#include "base/diag.h"
#include "input/draft.h"
#include "input/read_files.h"
#include "input/value.h"
#include "input/yaml.h"

enum key {
    LINK,
    DATE,
    KIND,
    ENVIRONMENT,
    INSTANCES,
    TOOL,
    SOURCE,
    STEPS,
    FROM,
    FILES,
    LINKS,
    WARMUP_S,
    COOLDOWN_S,
    COLUMNS,
    CPU,
    KEYS
};

static const char *const names[KEYS] = {
    [LINK] = "link",
    [DATE] = "date",
    [KIND] = "kind",
    [ENVIRONMENT] = "environment",
    [INSTANCES] = "instances",
    [TOOL] = "tool",
    [SOURCE] = "source",
    [STEPS] = "steps",
    [FROM] = "from",
    [FILES] = "files",
    [LINKS] = "links",
    [WARMUP_S] = "warmup_s",
    [COOLDOWN_S] = "cooldown_s",
    [COLUMNS] = "columns",
    [CPU] = "cpu",
};
static const struct keys keys = {"a result", names, KEYS};

/* A step has metrics, or of a result in place a time in the run. */
enum { STEP_FROM = METRICS, STEP_TO, STEP_KEYS };
static const char *const step_names[STEP_KEYS] = {
    [METRIC_OFFERED_QPS] = "offered_qps",
    [METRIC_QPS] = "qps",
    [METRIC_CONCURRENCY] = "concurrency",
    [METRIC_DURATION_S] = "duration_s",
    [METRIC_P50_MS] = "p50_ms",
    [METRIC_P95_MS] = "p95_ms",
    [METRIC_P99_MS] = "p99_ms",
    [METRIC_P999_MS] = "p999_ms",
    [METRIC_ERROR_RATE] = "error_rate",
    [METRIC_CPU] = "cpu",
    [STEP_FROM] = "from",
    [STEP_TO] = "to",
};
static const struct keys step_keys = {"a step", step_names, STEP_KEYS};

static const char steps_expected[] = "a list of at least one step";

/* A result being read. */
struct making {
    struct reading *reading;
    struct result *result;
    struct in_place files;
    struct place measured;    /* the first step with metrics; line 0: none */
    struct place timed;       /* the first with a time in the run */
    struct yaml_scalar split; /* a word for the steps; place.line 0: none */
};

static const enum number metric_number[METRICS] = {
    [METRIC_OFFERED_QPS] = NUMBER_RATE,
    [METRIC_QPS] = NUMBER_RATE_OR_ZERO,
    [METRIC_CONCURRENCY] = NUMBER_CONCURRENCY,
    [METRIC_DURATION_S] = NUMBER_S,
    [METRIC_P50_MS] = NUMBER_MS,
    [METRIC_P95_MS] = NUMBER_MS,
    [METRIC_P99_MS] = NUMBER_MS,
    [METRIC_P999_MS] = NUMBER_MS,
    [METRIC_ERROR_RATE] = NUMBER_PART,
    [METRIC_CPU] = NUMBER_PART,
};

/* A percentile is at least every lower one; a refused one is 0, and compared
   with none. */
static void
check_percentiles(struct reading *reading, const struct step *step,
                  const struct place *places)
{
    int lower = -1;
    for (int i = METRIC_P50_MS; i <= METRIC_P999_MS; i++) {
        if (decimal_is_zero(step->metric[i]))
            continue;
        if (lower >= 0 &&
            decimal_compare(step->metric[i], step->metric[lower]) < 0)
            diag_add(reading->diag, DIAG_PERCENTILES, places[lower],
                     metric_key[lower], metric_key[i],
                     decimal_text(reading->arena, step->metric[lower]),
                     decimal_text(reading->arena, step->metric[i]), NULL);
        lower = i;
    }
}

/* A step of a schedule: when it was, and what was asked of the system. */
static void
keep_slice(struct making *making, const struct step *step,
           const struct place *seen, int64_t from_s, int64_t to_s,
           struct place place)
{
    struct reading *reading = making->reading;
    struct ask *ask = &making->files.ask;
    const unsigned said = 1u << METRIC_OFFERED_QPS | 1u << METRIC_CONCURRENCY;
    keys_require(reading, &step_keys, seen, STEP_FROM, place);
    keys_require(reading, &step_keys, seen, STEP_TO, place);
    for (int i = 0; i < METRICS; i++)
        if (seen[i].line > 0 && !(said >> i & 1))
            diag_add(reading->diag, DIAG_BESIDE, seen[i], metric_key[i],
                     "a time in the run, from which it is read", NULL);
    if (from_s >= 0 && to_s >= 0 && from_s >= to_s)
        diag_add(reading->diag, DIAG_BAD_VALUE, seen[STEP_TO], "to",
                 "a time after from", "an earlier one", "", NULL);
    ask->slices = arena_grow(reading->arena, ask->slices, ask->slice_count,
                             &making->files.slice_room, sizeof *ask->slices);
    ask->slices[ask->slice_count++] = (struct asked_slice){
        .from_s = from_s,
        .to_s = to_s,
        .said = {.offered_qps = {step_has(step, METRIC_OFFERED_QPS),
                                 step->metric[METRIC_OFFERED_QPS]},
                 .concurrency = {step_has(step, METRIC_CONCURRENCY),
                                 step->metric[METRIC_CONCURRENCY]},
                 .place = place}
    };
}

/* Reads an item of `steps`: false where it is one of a schedule. */
static bool
read_step(struct making *making, struct step *step)
{
    struct reading *reading = making->reading;
    struct place seen[STEP_KEYS] = {{0}}, places[METRICS] = {{0}};
    struct place place = yaml_place(reading->yaml);
    int64_t from_s = -1, to_s = -1;
    *step = (struct step){.line = place.line, .column = place.column};
    if (!value_enter_mapping(reading, "a step",
                             "a mapping such as {offered_qps: 8000, qps: "
                             "7990, p99_ms: 80, error_rate: 0.01%}")) {
        step->given = (uint16_t)-1; /* reported; nothing of it is missing */
        return true;
    }
    for (int i; (i = keys_next(reading, &step_keys, seen)) >= 0;) {
        if (i == STEP_FROM)
            read_cut(reading, step_names[i], &from_s);
        else if (i == STEP_TO)
            read_cut(reading, step_names[i], &to_s);
        else
            value_number(reading, metric_key[i], metric_number[i],
                         &step->metric[i], &places[i]);
    }
    for (int i = 0; i < METRICS; i++)
        if (!keys_is_missing(seen, i))
            step->given = (uint16_t)(step->given | 1u << i);
    if (seen[STEP_FROM].line > 0 || seen[STEP_TO].line > 0) {
        keep_slice(making, step, seen, from_s, to_s, place);
        if (making->timed.line == 0)
            making->timed = place;
        return false;
    }
    keys_require(reading, &step_keys, seen, METRIC_QPS, place);
    check_percentiles(reading, step, places);
    if (making->measured.line == 0)
        making->measured = place;
    return true;
}

static void
read_steps(struct making *making)
{
    struct reading *reading = making->reading;
    struct result *result = making->result;
    struct place place = yaml_place(reading->yaml);
    size_t room = 0;
    if (yaml_kind(reading->yaml) == YAML_SCALAR) {
        if (value_scalar(reading, names[STEPS], steps_expected, &making->split))
            making->split.text = arena_copy(reading->arena, making->split.text,
                                            making->split.length);
        else
            making->split.place.line = 0;
        return;
    }
    if (!value_enter_list(reading, names[STEPS], steps_expected))
        return;
    while (yaml_item(reading->yaml)) {
        result->steps =
            arena_grow(reading->arena, result->steps, result->step_count, &room,
                       sizeof *result->steps);
        result->step_count +=
            read_step(making, &result->steps[result->step_count]);
    }
    if (making->files.ask.slice_count > 0)
        making->files.ask.split = SPLIT_SCHEDULE;
    else if (result->step_count == 0 && !yaml_is_broken(reading->yaml))
        diag_add(reading->diag, DIAG_EMPTY_VALUE, place, names[STEPS],
                 steps_expected, NULL);
}

static void
read_kind(struct reading *reading, struct result *result)
{
    static const char *const choices[] = {"full-chain", "single-link"};
    static const enum test_kind kinds[] = {TEST_FULL_CHAIN, TEST_SINGLE_LINK};
    int choice = value_choice(reading, names[KIND], choices, 2);
    if (choice >= 0)
        result->kind = kinds[choice];
}

/* The keys of a result in place. */
static bool
read_place(struct making *making, enum key key)
{
    struct reading *reading = making->reading;
    struct in_place *files = &making->files;
    switch (key) {
    case FROM:
        read_from(reading, files);
        return true;
    case FILES:
        read_file_list(reading, files);
        return true;
    case LINKS:
        read_links(reading, files);
        return true;
    case WARMUP_S:
        read_cut(reading, names[key], &files->ask.warmup_s);
        return true;
    case COOLDOWN_S:
        read_cut(reading, names[key], &files->ask.cooldown_s);
        return true;
    case COLUMNS:
        read_columns(reading, files);
        return true;
    case CPU:
        read_cpu(reading, files);
        return true;
    default:
        return false;
    }
}

static void
read_value(struct making *making, enum key key)
{
    struct reading *reading = making->reading;
    struct result *result = making->result;
    const char *name = names[key];
    switch (key) {
    case LINK:
        value_text(reading, name, &result->link, &result->link_place);
        break;
    case DATE:
        value_day(reading, name, &result->date, &result->date_place);
        break;
    case KIND:
        read_kind(reading, result);
        break;
    case ENVIRONMENT:
        value_text(reading, name, &result->environment, NULL);
        break;
    case INSTANCES:
        if (yaml_kind(reading->yaml) == YAML_MAPPING) {
            read_instances_by_link(reading, &making->files);
            break;
        }
        value_whole(reading, name, NUMBER_INSTANCES, &result->instances,
                    &result->instances_place);
        break;
    case TOOL:
        value_text(reading, name, &result->tool, NULL);
        break;
    case SOURCE:
        value_text(reading, name, &result->source, NULL);
        break;
    default:
        read_steps(making);
        break;
    }
}

/* What must hold between the keys of one entry. */
static void
check_entry(struct making *making, const struct place *seen, struct place place)
{
    struct reading *reading = making->reading;
    static const enum key asking[] = {FROM,       LINKS,   WARMUP_S,
                                      COOLDOWN_S, COLUMNS, CPU};
    bool has_files = !keys_is_missing(seen, FILES);
    if (keys_is_missing(seen, LINKS))
        keys_require(reading, &keys, seen, LINK, place);
    else if (seen[LINK].line > 0)
        diag_add(reading->diag, DIAG_BESIDE, seen[LINKS], names[LINKS],
                 names[LINK], NULL);
    keys_require(reading, &keys, seen, DATE, place);
    if (has_files) {
        if (seen[FILES].line > 0)
            keys_require(reading, &keys, seen, FROM, place);
        if (making->measured.line > 0)
            diag_add(reading->diag, DIAG_BESIDE, making->measured,
                     "a step with metrics", names[FILES], NULL);
        if (making->split.place.line > 0)
            read_split(reading, &making->files, &making->split);
        return;
    }
    if (making->timed.line > 0 && !yaml_is_broken(reading->yaml))
        diag_add(reading->diag, DIAG_NEEDS_FILES, making->timed,
                 "a step with a time in the run", NULL);
    if (making->split.place.line > 0)
        diag_add(reading->diag, DIAG_BAD_VALUE, making->split.place,
                 names[STEPS], steps_expected,
                 keys_quoted(reading, making->split.text, making->split.length),
                 "", NULL);
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        if (seen[asking[i]].line > 0 && !yaml_is_broken(reading->yaml)) {
            diag_add(reading->diag, DIAG_NEEDS_FILES, seen[asking[i]],
                     names[asking[i]], NULL);
            return;
        }
    keys_require(reading, &keys, seen, STEPS, place);
}

/* Keeps what a result in place asks for until all files of the season are
   read. */
static void
keep_files(struct draft *draft, const struct making *making, size_t result)
{
    struct arena *arena = draft->reading.arena;
    struct in_place *files = arena_alloc(arena, sizeof *files);
    *files = making->files;
    files->result = result;
    files->ask.place = making->result->place;
    draft->in_place =
        arena_grow(arena, draft->in_place, draft->in_place_count,
                   &draft->in_place_room, sizeof *draft->in_place);
    draft->in_place[draft->in_place_count++] = files;
}

void
read_result(struct draft *draft)
{
    struct reading *reading = &draft->reading;
    struct season *season = draft->season;
    struct place seen[KEYS] = {{0}};
    struct place place = yaml_place(reading->yaml);
    if (!value_enter_mapping(reading, "a result",
                             "a mapping such as {link: order.submit, date: "
                             "2026-10-30, steps: [...]}")) {
        draft->is_refused_result = true;
        return;
    }
    season->results = draft_grow(season->results, season->result_count,
                                 &draft->result_room, sizeof *season->results);
    struct result *result = &season->results[season->result_count];
    *result = (struct result){
        .link = "", .place = place, .order = season->result_count++};
    struct making making = {
        .reading = reading,
        .result = result,
        .files = {.ask = {.tool = TOOLS, .request = {.range_to = UINT64_MAX}}}};
    for (int i; (i = keys_next(reading, &keys, seen)) >= 0;)
        if (!read_place(&making, (enum key)i))
            read_value(&making, (enum key)i);
    if (result->link_place.line == 0)
        result->link_place = place;
    check_entry(&making, seen, place);
    if (seen[FILES].line > 0)
        keep_files(draft, &making, (size_t)(result - season->results));
}
