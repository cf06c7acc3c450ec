/*
 * Rates, shares and times of a step.  Room: results.  Whole numbers of
 * nanoseconds and requests in, exact decimals out.
 */
#include "results/figure.h"

#define NS_A_SECOND 1000000000

struct decimal
figure_rate(uint64_t good, int64_t span_ns)
{
    /* good < 1e19 and 1e12 leave room in a whole */
    whole milli = (whole)good * NS_A_SECOND * 1000 / span_ns;
    return decimal_scaled(milli, 3);
}

struct decimal
figure_share(uint64_t failed, uint64_t all)
{
    unsigned places = 6;
    whole scaled = (whole)failed * 1000000;
    while (failed > 0 && scaled / all < 100000 && places < 12) {
        scaled *= 10;
        places++;
    }
    return decimal_scaled(whole_ceil_divide(scaled, all), places);
}

struct decimal
figure_ms(int64_t ns)
{
    return ns == 0 ? decimal_of(1) : decimal_scaled(ns, 6);
}

struct decimal
figure_seconds(int64_t ns)
{
    int64_t milli = ns / 1000000;
    return decimal_scaled(milli > 0 ? milli : 1, 3);
}

void
figure_set(struct step *step, enum metric metric, struct decimal value)
{
    step->given = (uint16_t)(step->given | 1u << metric);
    step->metric[metric] = value;
}

void
figure_samples(struct step *step, const struct tally_pick *pick,
               int64_t span_ns, bool lacks_failed)
{
    figure_set(step, METRIC_QPS,
               figure_rate(pick->samples - pick->failed, span_ns));
    figure_set(step, METRIC_DURATION_S, figure_seconds(span_ns));
    for (int i = 0; i < PERCENTILES; i++)
        figure_set(step, (enum metric)(METRIC_P50_MS + i),
                   figure_ms(pick->percentile_ns[i]));
    if (!lacks_failed)
        figure_set(step, METRIC_ERROR_RATE,
                   figure_share(pick->failed, pick->samples));
}

/* A decimal cut to so many places, down or up. */
static struct decimal
cut(struct decimal number, unsigned places, bool up)
{
    whole unit = whole_power10(DECIMAL_PLACES - places);
    whole count = up ? whole_ceil_divide(number.units, unit)
                     : whole_floor_divide(number.units, unit);
    return (struct decimal){count * unit};
}

/* Good answers over the seconds that were measured. */
static struct decimal
rate_of_counts(const struct summary *summary)
{
    const whole tiny = whole_power10(12); /* seconds have 12 decimals */
    whole good = (whole)(summary->requests - summary->failed);
    return decimal_scaled(
        good * 1000 * tiny / (summary->seconds.value.units / tiny), 3);
}

void
figure_summary(struct step *step, const struct summary *summary)
{
    static const enum metric percentile[PERCENTILES] = {
        METRIC_P50_MS, METRIC_P95_MS, METRIC_P99_MS, METRIC_P999_MS};
    if (summary->qps.given)
        figure_set(step, METRIC_QPS, cut(summary->qps.value, 3, false));
    else if (summary->has_counts && summary->seconds.given)
        figure_set(step, METRIC_QPS, rate_of_counts(summary));
    if (summary->has_counts)
        figure_set(step, METRIC_ERROR_RATE,
                   figure_share(summary->failed, summary->requests));
    else if (summary->error_rate.given)
        figure_set(step, METRIC_ERROR_RATE,
                   cut(summary->error_rate.value, 9, true));
    if (summary->seconds.given)
        figure_set(step, METRIC_DURATION_S,
                   cut(summary->seconds.value, 3, false));
    if (summary->offered_qps.given)
        figure_set(step, METRIC_OFFERED_QPS,
                   cut(summary->offered_qps.value, 3, true));
    if (summary->concurrency.given)
        figure_set(step, METRIC_CONCURRENCY, summary->concurrency.value);
    for (int i = 0; i < PERCENTILES; i++) {
        const struct optional *value = &summary->percentile_ms[i];
        if (value->given)
            figure_set(step, percentile[i],
                       decimal_is_zero(value->value)
                           ? decimal_of(1)
                           : cut(value->value, 6, true));
    }
}
