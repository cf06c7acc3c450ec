/*
 * Growth, buffer, multiplier and SLO wherever they stand.  Room: input.  What
 * counts for a link is model/season.c's business.
 */
#include "input/read_goal.h"

#include "base/diag.h"
#include "input/keys.h"

void
read_optional(struct reading *reading, const char *key, enum number number,
              struct optional *value, struct place *place)
{
    value->given = true;
    value_number(reading, key, number, &value->value, place);
}

void
read_growth(struct reading *reading, const char *key, enum number number,
            struct growth *growth, struct optional *value)
{
    struct place place;
    read_optional(reading, key, number, value, &place);
    if (growth->place.line == 0)
        growth->place = place;
}

void
read_growth_check(struct reading *reading, struct place growth,
                  struct place buffer, struct place multiplier)
{
    struct place other = growth.line > 0 ? growth : buffer;
    if (multiplier.line == 0 || other.line == 0)
        return;
    diag_add(reading->diag, DIAG_MULTIPLIER_BESIDE, multiplier,
             growth.line > 0 ? "growth" : "buffer", NULL);
    diag_add(reading->diag, DIAG_GIVEN_HERE, other,
             growth.line > 0 ? "growth" : "buffer", NULL);
}

void
read_slo(struct reading *reading, struct slo *slo)
{
    static const struct keys keys = {"slo", limit_key, SLO_LIMITS};
    struct place seen[SLO_LIMITS] = {{0}};
    if (!value_enter_mapping(reading, "slo",
                             "a mapping such as {p99_ms: 200, error_rate: "
                             "0.1%, cpu: 60%}")) {
        slo->limit[LIMIT_ERROR_RATE].given = slo->limit[LIMIT_P99_MS].given =
            true;
        slo->limit[LIMIT_ERROR_RATE].value = slo->limit[LIMIT_P99_MS].value =
            SLO_REFUSED;
        return;
    }
    for (int i; (i = keys_next(reading, &keys, seen)) >= 0;) {
        enum number number = i == LIMIT_ERROR_RATE ? NUMBER_SLO_PART
                             : i == LIMIT_CPU      ? NUMBER_PART
                                                   : NUMBER_MS;
        slo->limit[i] = (struct optional){true, SLO_REFUSED};
        read_optional(reading, limit_key[i], number, &slo->limit[i], NULL);
    }
}
