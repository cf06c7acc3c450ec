/*
 * The season as its input says it: baselines, results, scenarios and what the
 * documents print.  Plain structs, filled by input/, read by all rooms after.
 * Nothing here is computed; what was not given says so.
 */
#ifndef HEADROOM_MODEL_SEASON_H
#define HEADROOM_MODEL_SEASON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "base/decimal.h"
#include "base/source.h"
#include "base/text.h"

struct arena;
struct previous;

/* A number that may not have been given. */
struct optional {
    bool given;
    struct decimal value;
};

/* The metrics of a step, in the order of the JSON. */
enum metric {
    METRIC_OFFERED_QPS, /* [queries/s] sent */
    METRIC_QPS,         /* [queries/s] good answers; may be 0 */
    METRIC_CONCURRENCY,
    METRIC_DURATION_S,  /* [s] */
    METRIC_P50_MS,      /* [ms] */
    METRIC_P95_MS,
    METRIC_P99_MS,
    METRIC_P999_MS,
    METRIC_ERROR_RATE,  /* ratio 0 to 1 */
    METRIC_CPU,         /* ratio 0 to 1 of all cores */
    METRICS
};
/* The key of a metric: "offered_qps" ... in YAML, JSON and column keys. */
extern const char *const metric_key[METRICS];

/* What an SLO limits, in the order of limited_by; LIMIT_OFFERED is no SLO key
   but the load that was not carried. */
enum limit {
    LIMIT_P50_MS,
    LIMIT_P95_MS,
    LIMIT_P99_MS,
    LIMIT_P999_MS,
    LIMIT_ERROR_RATE,
    LIMIT_CPU,
    LIMIT_OFFERED,
    LIMITS
};
#define SLO_LIMITS LIMIT_OFFERED
extern const char *const limit_key[LIMITS];
extern const enum metric limit_metric[SLO_LIMITS];

struct slo {
    struct optional limit[SLO_LIMITS];
};

/* One load level of a pressure test, as written. */
struct step {
    uint16_t given;        /* bit 1 << metric */
    unsigned line, column; /* in its result's file */
    struct decimal metric[METRICS];
};
static inline bool
step_has(const struct step *step, enum metric metric)
{
    return step->given >> metric & 1;
}

enum test_kind { TEST_KIND_UNKNOWN, TEST_FULL_CHAIN, TEST_SINGLE_LINK };

/* What must be said beside a test: bits 1 << of results in place. */
enum caution {
    CAUTION_CLOSED,      /* users wait: the load falls with the system, and the
                            percentiles leave out what they did not send */
    CAUTION_UNCORRECTED, /* may be so: the files do not say */
    CAUTION_DROPPED,     /* requests that were never sent */
    CAUTION_GENERATOR,   /* the load generator was busy */
    CAUTION_PLATEAUS,    /* the steps were found, not given */
    CAUTIONS
};

struct result {
    const char *link;
    struct place link_place, place, date_place;
    struct day date;
    enum test_kind kind;
    const char *environment, *tool, *source; /* NULL when not given */
    /* of a result in place: what its files never hold, and what to run
       instead; NULL: nothing */
    const char *lacks, *instead;
    unsigned cautions; /* bits 1 << enum caution */
    unsigned instances;                      /* 0 when not given; as written */
    struct place instances_place;
    struct step *steps; /* in the order written, at least one */
    size_t step_count;
    size_t order;       /* among all results of the run, from 0 */
};

/* What a link, a scenario or the season says of its growth. */
struct growth {
    struct optional growth, buffer; /* ratios */
    struct optional multiplier;
    struct place place; /* of the first of them */
};

enum priority { PRIORITY_P0, PRIORITY_P1, PRIORITY_P2, PRIORITIES };

struct baseline {
    const char *link;
    struct place place;      /* of the entry */
    struct place link_place; /* of the link's id */
    struct text name, domain, owner, note;
    enum priority priority;
    struct optional peak_qps;      /* > 0; given unless target_qps is */
    struct optional peak_window_s; /* [s] */
    struct place peak_window_place;
    struct optional target_qps;
    unsigned instances;     /* 0 when not given */
    unsigned max_instances; /* 0 when not given */
    unsigned approved_instances;
    bool has_approved_instances;
    struct day due, retest_on;
    struct optional rate_limit_qps;
    struct optional optimisation; /* ratio */
    struct optional unit_cost;    /* [currency/instance] > 0 */
    struct growth growth;
    struct slo slo; /* the link's own keys only; assess merges */
    unsigned validity_days; /* 0 when not given */
    struct optional scale_efficiency, safe_level;
};

enum compose { COMPOSE_ADD, COMPOSE_MULTIPLY };

struct scenario {
    const char *id;
    struct text name;
    struct growth growth;
    struct place place;
};

struct decision {
    struct text text, owner;
    struct day by;
    struct place place;
};

/* Whom the mail concerns; addresses are of the form local@domain. */
struct mail_address {
    const char *name; /* NULL when not given */
    const char *address;
};
struct mail_addresses {
    struct mail_address *items;
    size_t count;
};
struct mail_to_whom {
    struct mail_addresses to, cc;
    struct mail_address from;
    bool has_from;
};

struct season {
    const char *id;
    struct text name, classification;
    struct text reference; /* the season of the baselines; may be missing */
    struct moment peak;    /* text NULL when not given */
    struct moment as_of;   /* after defaulting to the newest result's day;
                              text then made from it */
    bool as_of_is_default;
    enum lang lang;
    const char *unit; /* "QPS" or "TPS" */
    struct growth growth;
    enum compose compose;
    struct scenario *scenarios; /* in file order; one entry where none given */
    size_t scenario_count;
    bool has_scenarios;
    size_t plan; /* index of the scenario that decides */
    struct slo slo;
    unsigned validity_days;          /* 14 by default */
    struct decimal scale_efficiency; /* (0, 1], 0.9 by default */
    struct decimal max_extrapolation; /* 1 to 1000, 1.25 by default */
    struct decimal safe_level;       /* (0, 1], 1 by default */
    unsigned zones, survive_zones;   /* 0, 0 when not given */
    struct optional min_hold_s;
    struct optional unit_cost; /* [currency/instance] > 0, of every link
                                  without its own */
    struct text currency;      /* as documents name it */
    struct day decide_by, freeze;
    struct decision *decisions; /* NULL when none were given */
    size_t decision_count;
    bool has_decisions;
    struct mail_to_whom mail;

    struct baseline *baselines;
    size_t baseline_count;
    const uint32_t *by_link; /* indices of baselines, by link and index */
    struct result *results; /* in the order given */
    size_t result_count;

    const struct source **sources; /* every input, in reading order */
    size_t source_count;

    const struct previous *previous; /* the report to compare with, or NULL */
};

/* Makes by_link, which season_find_link() needs, from the baselines. */
void season_sort_links(struct arena *arena, struct season *season);

/* The index of a link's baseline, the first of several; or -1. */
long season_find_link(const struct season *season, const char *link);

/* The growth that counts for a link in a scenario, each key from the first
   level that has it: the link, the scenario, the season (the contract, section
   2, "Precedence").  False where neither growth and buffer nor a multiplier
   is left. */
bool season_growth(const struct season *season, const struct scenario *scenario,
                   const struct baseline *baseline, struct growth *growth);

/* The limits that count for a link: its own key by key, then the season's. */
struct slo season_slo(const struct season *season,
                      const struct baseline *baseline);

#endif
