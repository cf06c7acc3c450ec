/*
 * The way from usable to target: from an assessed link to shares of its target.
 * Belongs to document/; leaves drawing to render/.  Shares here are doubles:
 * they place ink and decide nothing.
 */
#include "document/chart_bridge.h"

#include "document/chart.h"

/* value / target, clipped to the axis. */
static double
share(whole value, whole target)
{
    double ratio = whole_double(value) / whole_double(target);
    return ratio < CHART_AXIS_END ? ratio : CHART_AXIS_END;
}

static void
set_part(struct bridge *bridge, enum bridge_part part, whole from, whole to,
         whole target)
{
    struct bridge_step *step = &bridge->parts[part];
    step->from = share(from, target);
    step->to = share(to, target);
    step->there = step->from < step->to;
    step->beyond =
        whole_double(to) > CHART_AXIS_END * whole_double(target);
}

struct bridge
chart_bridge(const struct link *link)
{
    struct bridge bridge = {0};
    const whole target = link->target_qps;
    if (!link->proven)
        return bridge;
    const whole usable = link->usable_qps.value;
    bool is_late =
        link->state == STATE_SHORT && link->gap_after_qps.value == 0;
    whole optimised = is_late ? usable : link->optimised_qps.value;
    whole forecast = is_late ? usable : link->forecast_qps.value;
    set_part(&bridge, BRIDGE_USABLE, 0, usable, target);
    set_part(&bridge, BRIDGE_GAIN, usable, optimised, target);
    set_part(&bridge, BRIDGE_ADDED, optimised, forecast, target);
    set_part(&bridge, BRIDGE_GAP, forecast, target, target);
    return bridge;
}
