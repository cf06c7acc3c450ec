/*
 * The ramp of a load test: axes with round ticks, points and lines.  Belongs
 * to document/; leaves drawing to render/.  Shares are doubles: they place ink
 * and decide nothing.  The labels of ticks are made of whole numbers.
 */
#include "document/chart_ramp.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "document/value.h"

#define QPS_INTERVALS 3
#define LATENCY_INTERVALS 2
#define LOAD_INTERVALS 4
#define BEYOND 2.5 /* times its limit: a latency above is marked as beyond */
#define NEARLY 1.3 /* times the axis: one above is not worth a mark */
#define ABOVE 1.05 /* times the target: the axis ends above its line */

/* --- axes -------------------------------------------------------------- */

/* mantissa x 10^power x count, as printed. */
static const char *
tick_label(struct arena *arena, unsigned mantissa, int power, unsigned count)
{
    whole number = (whole)mantissa * count;
    if (power < 0)
        return number_places(arena, decimal_scaled(number, (unsigned)-power),
                             count > 0 ? (unsigned)-power : 0);
    return number_whole(arena, number * whole_power10((unsigned)power));
}

struct ramp_axis
ramp_axis_of(struct arena *arena, double most, unsigned intervals)
{
    static const unsigned mantissas[] = {5, 2, 1};
    if (!(most > 0))
        most = 1;
    /* the largest round step of which so many fit */
    int power = (int)ceil(log10(most / intervals)) + 1;
    double step = 0;
    unsigned mantissa = 1;
    for (bool found = false; !found; power--) {
        for (size_t i = 0; i < 3 && !found; i++) {
            mantissa = mantissas[i];
            step = mantissa * pow(10, power);
            found = most / step >= intervals - 1e-9;
        }
        if (found)
            break;
    }
    unsigned count = (unsigned)ceil(most / step - 1e-9);
    struct ramp_tick *ticks =
        arena_array(arena, (size_t)count + 1, struct ramp_tick);
    for (unsigned i = 0; i <= count; i++)
        ticks[i] = (struct ramp_tick){(double)i / count,
                                      tick_label(arena, mantissa, power, i)};
    return (struct ramp_axis){count * step, ticks, (size_t)count + 1};
}

/* --- what stands over what --------------------------------------------- */

static bool
all_have(const struct link *link, enum metric metric)
{
    for (size_t i = 0; i < link->step_count; i++)
        if (!step_has(link->steps[i].step, metric))
            return false;
    return true;
}

static enum ramp_load
load_of(const struct link *link)
{
    if (all_have(link, METRIC_OFFERED_QPS))
        return RAMP_OFFERED;
    return all_have(link, METRIC_CONCURRENCY) ? RAMP_CONCURRENCY : RAMP_ORDER;
}

static double
load_at(const struct link *link, enum ramp_load load, size_t index)
{
    const struct step *step = link->steps[index].step;
    if (load == RAMP_ORDER)
        return (double)(index + 1);
    return decimal_double(step->metric[load == RAMP_OFFERED
                                           ? METRIC_OFFERED_QPS
                                           : METRIC_CONCURRENCY]);
}

enum limit
ramp_latency(const struct link *link)
{
    static const enum limit order[] = {LIMIT_P99_MS, LIMIT_P999_MS,
                                       LIMIT_P95_MS, LIMIT_P50_MS};
    const size_t count = sizeof order / sizeof *order;
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++) {
            enum limit limit = order[i];
            bool broke = link->limited_by >> limit & 1;
            if ((broke || pass == 1) && link->slo->limit[limit].given &&
                all_have(link, limit_metric[limit]))
                return limit;
        }
    return LIMIT_OFFERED;
}

/* --- points and lines -------------------------------------------------- */

static bool
is_broken(const struct link *link, enum metric metric)
{
    if (metric == METRIC_QPS) /* the step itself */
        return true;
    for (unsigned i = 0; i < SLO_LIMITS; i++)
        if (limit_metric[i] == metric)
            return link->limited_by >> i & 1;
    return false;
}

static enum ramp_look
look_of(const struct link *link, size_t index)
{
    if (index == link->held_step)
        return RAMP_ACHIEVED;
    if (index == link->broke_step)
        return RAMP_BROKE;
    return index < link->broke_step && link->steps[index].holds ? RAMP_HELD
                                                                : RAMP_LATER;
}

static double
value_at(const struct link *link, enum metric metric, size_t index)
{
    return decimal_double(link->steps[index].step->metric[metric]);
}

static double
highest(const struct link *link, enum metric metric, double most)
{
    for (size_t i = 0; i < link->step_count; i++)
        most = fmax(most, value_at(link, metric, i));
    return most;
}

static void
set_beyond(struct arena *arena, const struct link *link,
           struct ramp_panel *panel)
{
    const size_t count = link->step_count;
    size_t low = count, high = count;
    for (size_t i = 0; i < count; i++) {
        double value = value_at(link, panel->metric, i);
        if (!panel->points[i].beyond)
            continue;
        if (low == count || value < value_at(link, panel->metric, low))
            low = i;
        if (high == count || value > value_at(link, panel->metric, high))
            high = i;
    }
    if (low == count)
        return;
    panel->beyond = panel->points[low].label;
    if (strcmp(panel->beyond, panel->points[high].label) != 0)
        panel->beyond = arena_format(arena, "%s–%s", panel->beyond,
                                     panel->points[high].label);
}

static void
set_points(struct arena *arena, const struct link *link,
           const struct ramp *ramp, struct ramp_panel *panel)
{
    struct ramp_point *points =
        arena_array(arena, link->step_count, struct ramp_point);
    for (size_t i = 0; i < link->step_count; i++) {
        double y = value_at(link, panel->metric, i) / panel->y.end;
        points[i] = (struct ramp_point){
            .x = load_at(link, ramp->load, i) / ramp->x.end,
            .y = fmin(y, 1),
            .beyond = y > 1,
            .label = y > 1 ? number_ms(arena, link->steps[i]
                                                  .step->metric[panel->metric])
                           : NULL,
            .look = look_of(link, i),
            .by_other = i == link->broke_step && !is_broken(link, panel->metric)};
    }
    panel->points = points;
    set_beyond(arena, link, panel);
}

static void
add_line(struct ramp_panel *panel, enum ramp_line_kind kind, double value)
{
    panel->lines[panel->line_count++] =
        (struct ramp_line){kind, value / panel->y.end};
}

/* What one query of the test counts for: other instances than tested, a safe
   level and lost zones change it. */
static double
factor(const struct link *link, bool *scaled)
{
    struct known capacity = link->proven ? link->usable_qps : link->shown_qps;
    whole achieved = whole_floor_divide(link->achieved_qps.units,
                                        whole_power10(DECIMAL_PLACES));
    *scaled = capacity.known && capacity.value > 0 &&
              !decimal_is_zero(link->achieved_qps) &&
              capacity.value != achieved;
    return *scaled ? whole_double(capacity.value) /
                         decimal_double(link->achieved_qps)
                   : 1;
}

static void
set_qps(struct arena *arena, const struct link *link, struct ramp *ramp)
{
    struct ramp_panel *panel = &ramp->panels[ramp->panel_count++];
    double by = factor(link, &ramp->scaled);
    double target = whole_double(link->target_qps) / by, baseline = 0;
    if (link->baseline->peak_qps.given)
        baseline = decimal_double(link->baseline->peak_qps.value) / by;
    panel->metric = METRIC_QPS;
    panel->y = ramp_axis_of(
        arena, highest(link, METRIC_QPS, fmax(ABOVE * target, baseline)),
        QPS_INTERVALS);
    add_line(panel, RAMP_TARGET, target);
    if (baseline > 0)
        add_line(panel, RAMP_BASELINE, baseline);
    set_points(arena, link, ramp, panel);
}

static void
set_latency(struct arena *arena, const struct link *link, struct ramp *ramp)
{
    enum limit limit = ramp_latency(link);
    if (limit == LIMIT_OFFERED)
        return;
    struct ramp_panel *panel = &ramp->panels[ramp->panel_count++];
    double bound = decimal_double(link->slo->limit[limit].value);
    panel->metric = limit_metric[limit];
    double most = highest(link, panel->metric, bound);
    panel->y =
        ramp_axis_of(arena, fmin(most, BEYOND * bound), LATENCY_INTERVALS);
    if (most > panel->y.end && most <= NEARLY * panel->y.end)
        panel->y = ramp_axis_of(arena, most, LATENCY_INTERVALS);
    add_line(panel, RAMP_LIMIT, bound);
    set_points(arena, link, ramp, panel);
}

struct ramp
chart_ramp(struct arena *arena, const struct link *link)
{
    struct ramp ramp = {.point_count = link->step_count};
    double most = 0;
    if (link->step_count == 0)
        return ramp;
    ramp.load = load_of(link);
    ramp.broke = link->broke_step < link->step_count ? link->broke_step
                                                     : link->step_count;
    for (size_t i = 0; i < link->step_count; i++)
        most = fmax(most, load_at(link, ramp.load, i));
    /* steps are counted in whole numbers */
    ramp.x = ramp_axis_of(arena,
                          ramp.load == RAMP_ORDER ? fmax(most, LOAD_INTERVALS)
                                                  : most,
                          LOAD_INTERVALS);
    set_qps(arena, link, &ramp);
    set_latency(arena, link, &ramp);
    return ramp;
}
