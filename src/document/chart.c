/*
 * The link bar: from an assessed link to shares of its target.  Belongs to
 * document/; leaves drawing to render/.  Shares here are doubles: they place
 * ink and decide nothing.
 */
#include "document/chart.h"

#include "document/column.h"

/* value / target, clipped to the axis; *beyond tells that it was. */
static double
share(double value, whole target, bool *beyond)
{
    double ratio = value / whole_double(target);
    *beyond = ratio > CHART_AXIS_END;
    return *beyond ? CHART_AXIS_END : ratio;
}

static void
set_baseline(struct bar *bar, const struct link *link)
{
    bool beyond;
    if (!link->baseline->peak_qps.given)
        return;
    bar->has_baseline = true;
    bar->baseline = share(decimal_double(link->baseline->peak_qps.value),
                          link->target_qps, &beyond);
}

static void
set_proven(struct bar *bar, const struct link *link)
{
    bar->look = BAR_PROVEN;
    bar->measured = share(whole_double(link->usable_qps.value),
                          link->target_qps, &bar->measured_beyond);
    /* of a link that is met nothing more is expected */
    bool is_open = link->state != STATE_MET;
    bool in_time = link->state != STATE_SHORT || !link->gap_after_qps.known ||
                   link->gap_after_qps.value > 0;
    if (is_open && in_time && link->forecast_qps.known &&
        link->forecast_qps.value > link->usable_qps.value &&
        !bar->measured_beyond) {
        bar->has_forecast = true;
        bar->forecast = share(whole_double(link->forecast_qps.value),
                              link->target_qps, &bar->forecast_beyond);
    }
    bar->has_gap = link->state == STATE_SHORT;
}

struct bar
chart_bar(const struct link *link)
{
    struct bar bar = {.look = BAR_UNTESTED};
    set_baseline(&bar, link);
    if (link->proven) {
        set_proven(&bar, link);
    } else if (link->state != STATE_UNTESTED && link->shown_qps.known) {
        bar.look = link->state == STATE_STALE ? BAR_STALE : BAR_INCONCLUSIVE;
        bar.measured =
            share(whole_double(column_capacity(link).value), link->target_qps,
                  &bar.measured_beyond);
    }
    return bar;
}
