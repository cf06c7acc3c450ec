/*
 * The assessment: target against usable capacity, link by link, and the
 * verdict.  Exact arithmetic, no I/O, no clock.  All formulas: the contract,
 * section 3; numbers in brackets name its paragraphs.
 */
#ifndef HEADROOM_ASSESS_ASSESS_H
#define HEADROOM_ASSESS_ASSESS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"
#include "model/season.h"

struct arena;
struct diag;
struct tests;

/* [3.6] In the order of [3.9]: worst first. */
enum state {
    STATE_SHORT,
    STATE_UNTESTED,
    STATE_STALE,
    STATE_INCONCLUSIVE,
    STATE_COVERED,
    STATE_MET,
    STATES
};
extern const char *const state_key[STATES]; /* "short" ... */

/* [3.8] worst first. */
enum effect {
    EFFECT_BLOCKING,
    EFFECT_CONDITION,
    EFFECT_WATCH,
    EFFECT_NONE,
    EFFECTS
};
extern const char *const effect_key[EFFECTS];

/* [3.7] */
enum action {
    ACTION_NONE,
    ACTION_TEST,
    ACTION_RETEST,
    ACTION_EXPAND,
    ACTION_OPTIMISE,
    ACTIONS
};
extern const char *const action_key[ACTIONS];

enum verdict { VERDICT_GO, VERDICT_CONDITIONAL, VERDICT_NO_GO, VERDICTS };
extern const char *const verdict_key[VERDICTS];

enum reason {
    REASON_NONE,
    REASON_CONDITION,
    REASON_BLOCKING,
    REASON_INSUFFICIENT_EVIDENCE,
    REASONS
};
extern const char *const reason_key[REASONS];

/* [3.2] what a result shows. */
enum outcome { OUTCOME_MEASURED, OUTCOME_AT_LEAST, OUTCOME_NONE, OUTCOMES };
extern const char
    *const outcome_key[OUTCOMES]; /* "measured", "at-least", "none" */

/* A step as walked. */
struct walked {
    const struct step *step;
    bool holds; /* by itself */
};

/* A whole number that may be unknown; unknown is never 0. */
struct known {
    bool known;
    whole value;
};

#define COST_PLACES 12 /* of a cost: as many decimals as an input may have */

/* One link, assessed in one scenario. */
struct link {
    const struct baseline *baseline;
    enum state state;
    enum effect effect;
    enum action action;
    bool proven; /* short, covered or met */
    const struct previous_link *before; /* in the earlier report, or NULL */

    /* demand; growth and buffer are not given where a multiplier or
       target_qps decided, multiplier not with target_qps */
    struct optional growth, buffer, multiplier;
    whole target_qps; /* [3.1] */

    const struct tests *tests; /* all up to as_of, newest first: choose.h */

    /* evidence; result NULL when untested, and all of this with it */
    const struct result *result;
    enum outcome outcome;
    struct decimal achieved_qps;
    unsigned limited_by;        /* bit 1 << enum limit; 0 for at-least */
    const struct walked *steps; /* walking order */
    size_t step_count;
    size_t held_step;  /* index of the step that gave achieved; step_count when
                          none */
    size_t broke_step; /* index of the first step that broke; step_count when
                          none */
    unsigned tested_instances;       /* m, 0 when unknown */
    bool extrapolated;               /* left(n) > m; false when unknown */
    struct known per_instance_centi; /* achieved / m in 1/100, rounded down */
    int age_days;                    /* as_of's day less the test's day */

    unsigned instances; /* n after defaulting, 0 when unknown */
    const struct slo *slo; /* season's and link's merged */
    unsigned validity_days;
    struct decimal scale_efficiency, safe_level;

    /* capacity [3.4, 3.5]; all unknown while unproven */
    struct known usable_qps;
    struct known attainment_milli; /* usable / target in 1/1000, down */
    struct known shortfall_qps;
    struct known headroom_milli; /* usable / target - 1, down */
    struct known
        break_even_milli;   /* usable / peak_qps, down; unknown without peak */
    struct known expansion; /* [instances] to add to n */
    struct known forecast_qps;
    struct known gap_after_qps;
    /* usable with the approved gain alone, before the approved instances; what
       the documents show on the way from usable to forecast */
    struct known optimised_qps;
    /* [10^-12 currency] where unit_cost is given: of the approved instances,
       and of those that are needed beyond them, whatever the quota; unknown
       where their number is */
    struct optional unit_cost; /* the link's own, else the season's */
    struct known approved_cost_pico, open_cost_pico;
    /* what the documents add to an `optimise`: the smallest gain per instance,
       in 1/1000, with which max_instances (n without a quota) reach the
       target; unknown when achieved is 0 or the action is another */
    struct known optimise_gain_milli;
    /* forecast / target in 1/1000, down; geometry and wording */
    struct known forecast_milli;
    /* a stale or inconclusive link's capacity, for the bar and the column
       that shows what was measured; never counted as usable */
    struct known shown_qps;
    struct known shown_milli; /* shown / target in 1/1000, down */
};

/* One scenario assessed over all links. */
struct assessment {
    const struct scenario *scenario;
    const struct link *const *links; /* in the order of [3.9] */
    size_t link_count;
    unsigned counts[STATES];
    enum verdict verdict;
    enum reason reason;
    const struct link *weakest; /* proven P0 of lowest attainment, or NULL */
};

/* The season assessed in every scenario. */
struct report {
    const struct season *season;
    const struct assessment *scenarios; /* in file order */
    size_t scenario_count;
    const struct assessment *plan;  /* the scenario that decides */
    const struct assessment *shown; /* the one the documents are about */
    struct known days_left;         /* [3.10], unknown without peak */
};

/* Assesses a season that input/ found free of errors, in all its scenarios;
   shown is the index of the scenario that the documents are about.  Adds the
   warnings of the contract's section 2 that need computing to diag, and an
   error where a number goes beyond what headroom can hold. */
const struct report *assess_season(struct arena *arena,
                                   const struct season *season, size_t shown,
                                   struct diag *diag);

/* The index of the scenario with that id, or -1. */
long assess_find_scenario(const struct season *season, const char *id);

#endif
