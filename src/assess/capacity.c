/*
 * Capacity in whole numbers of any length: every decimal enters as its units
 * of 10^-24, every division stands at the end and is rounded once.  Room
 * assess/, and the one file of it that knows the library for long numbers.
 *
 * With U = 10^24, m the tested and L = left(k) instances,
 *
 *     cap(k) (1 + g) = achieved w(L) safe (U + g) / (m U^4)
 *
 * all in units, where the weight w(L) is L U up to m instances and
 * m U + (L - m) efficiency above: what L instances bring, in tested ones.
 */
#include "assess/capacity.h"

#include <stdint.h>

#include <gmp.h>

/* The limbs of a whole, least significant first. */
#define HALF_BITS 64
#define WHOLE_BITS 127 /* of its magnitude */

/* Sets to a number that is not negative. */
static void
set_whole(mpz_t to, whole number)
{
    uint64_t halves[2] = {(uint64_t)number, (uint64_t)(number >> HALF_BITS)};
    mpz_import(to, 2, -1, sizeof halves[0], 0, 0, halves);
}

static bool
fits_whole(const mpz_t number)
{
    return mpz_sizeinbase(number, 2) <= WHOLE_BITS;
}

/* The value of a number that is not negative and fits. */
static whole
to_whole(const mpz_t number)
{
    uint64_t halves[2] = {0, 0};
    mpz_export(halves, NULL, -1, sizeof halves[0], 0, 0, number);
    return (whole)halves[1] << HALF_BITS | halves[0];
}

/* U^power */
static void
set_unit(mpz_t to, unsigned long power)
{
    mpz_ui_pow_ui(to, 10, DECIMAL_PLACES * power);
}

/* number x a decimal that is not negative, in its units */
static void
times_decimal(mpz_t number, struct decimal by)
{
    mpz_t units;
    mpz_init(units);
    set_whole(units, by.units);
    mpz_mul(number, number, units);
    mpz_clear(units);
}

static struct decimal
one_plus(struct decimal ratio)
{
    return decimal_add(decimal_of(1), ratio);
}

whole
capacity_target(struct decimal peak, struct decimal multiplier)
{
    mpz_t target, unit;
    mpz_inits(target, unit, NULL);
    set_whole(target, peak.units);
    times_decimal(target, multiplier);
    set_unit(unit, 2);
    mpz_cdiv_q(target, target, unit);
    whole result = to_whole(target);
    mpz_clears(target, unit, NULL);
    return result;
}

/* Without zones all instances stand in one that is never lost. */
static whole
zones_of(const struct capacity *capacity)
{
    return capacity->zones > 0 ? capacity->zones : 1;
}

whole
capacity_left(const struct capacity *capacity, whole k)
{
    whole zones = zones_of(capacity);
    whole lost = capacity->survive_zones;
    whole full = k / zones; /* instances in every zone */
    whole rest = k % zones; /* zones with one more, lost first */
    return full * (zones - lost) + (rest > lost ? rest - lost : 0);
}

/* The smallest k with left(k) >= left, into k; left >= 1 */
static void
smallest_with_left(mpz_t k, const struct capacity *capacity, const mpz_t left)
{
    unsigned long zones = (unsigned long)zones_of(capacity);
    unsigned long lost = capacity->survive_zones;
    mpz_sub_ui(k, left, 1);
    /* full rounds over the zones, then the lost ones again and what is still
       needed: 1 to zones - lost */
    unsigned long needed = mpz_fdiv_q_ui(k, k, zones - lost) + 1;
    mpz_mul_ui(k, k, zones);
    mpz_add_ui(k, k, lost + needed);
}

/* Numerator and denominator of cap(k): see the head of this file. */
static void
cap(mpz_t over, mpz_t under, const struct capacity *capacity, whole k)
{
    whole m = capacity->tested;
    set_whole(over, capacity->achieved.units);
    times_decimal(over, capacity->safe_level);
    set_unit(under, 3);
    if (m == 0) {
        times_decimal(over, decimal_of(1));
        return;
    }
    whole left = capacity_left(capacity, k);
    struct decimal weight = decimal_of(left < m ? left : m);
    if (left > m) {
        /* left is at most 2,000,000 and the efficiency at most 1 */
        weight.units += (left - m) * capacity->scale_efficiency.units;
    }
    times_decimal(over, weight);
    mpz_mul_ui(under, under, capacity->tested);
}

whole
capacity_floor(const struct capacity *capacity, whole k, struct decimal gain)
{
    mpz_t over, under, unit;
    mpz_inits(over, under, unit, NULL);
    cap(over, under, capacity, k);
    times_decimal(over, one_plus(gain));
    set_unit(unit, 1);
    mpz_mul(under, under, unit);
    mpz_fdiv_q(over, over, under);
    whole result = to_whole(over);
    mpz_clears(over, under, unit, NULL);
    return result;
}

/* The instances that must be left for the target, into left: the weight that
   the target asks for, and from it the instances that bring it. */
static void
needed_left(mpz_t left, const struct capacity *capacity, struct decimal gain,
            whole target)
{
    mpz_t unit, weight, under, tested;
    mpz_inits(unit, weight, under, tested, NULL);

    set_unit(unit, 4);
    set_whole(weight, target);
    mpz_mul_ui(weight, weight, capacity->tested);
    mpz_mul(weight, weight, unit);
    set_whole(under, capacity->achieved.units);
    times_decimal(under, capacity->safe_level);
    times_decimal(under, one_plus(gain));
    mpz_cdiv_q(weight, weight, under);

    set_unit(unit, 1);
    mpz_mul_ui(tested, unit, capacity->tested);
    if (mpz_cmp(weight, tested) <= 0) {
        mpz_cdiv_q(left, weight, unit);
    } else {
        mpz_sub(weight, weight, tested);
        set_whole(under, capacity->scale_efficiency.units);
        mpz_cdiv_q(left, weight, under);
        mpz_add_ui(left, left, capacity->tested);
    }
    mpz_clears(unit, weight, under, tested, NULL);
}

enum found
capacity_expansion(const struct capacity *capacity, unsigned n,
                   struct decimal gain, whole target, whole *expansion)
{
    *expansion = 0;
    if (capacity_floor(capacity, n, gain) >= target)
        return FOUND;
    if (decimal_is_zero(capacity->achieved) || capacity->tested == 0)
        return FOUND_NOTHING;
    mpz_t k;
    mpz_init(k);
    needed_left(k, capacity, gain, target);
    smallest_with_left(k, capacity, k);
    /* above n, as n did not do */
    bool fits = fits_whole(k);
    if (fits)
        *expansion = to_whole(k) - n;
    mpz_clear(k);
    return fits ? FOUND : FOUND_TOO_LARGE;
}

enum found
capacity_gain_milli(const struct capacity *capacity, whole k, whole target,
                    whole *gain_milli)
{
    mpz_t over, under, need;
    mpz_inits(over, under, need, NULL);
    enum found found = FOUND_NOTHING;
    cap(over, under, capacity, k);
    if (mpz_sgn(over) > 0) {
        /* (1 + gain) >= target x under / over */
        set_whole(need, target);
        mpz_mul(need, need, under);
        mpz_mul_ui(need, need, 1000);
        mpz_cdiv_q(need, need, over);
        found = fits_whole(need) ? FOUND : FOUND_TOO_LARGE;
    }
    if (found == FOUND)
        *gain_milli = to_whole(need) - 1000;
    mpz_clears(over, under, need, NULL);
    return found;
}

whole
capacity_per_instance_centi(struct decimal rate, unsigned m)
{
    return whole_floor_divide(rate.units,
                              m * whole_power10(DECIMAL_PLACES - 2));
}

whole
capacity_ratio_milli(whole rate, struct decimal base)
{
    mpz_t over, under;
    mpz_inits(over, under, NULL);
    set_whole(over, rate);
    set_unit(under, 1);
    mpz_mul(over, over, under);
    mpz_mul_ui(over, over, 1000);
    set_whole(under, base.units);
    mpz_fdiv_q(over, over, under);
    whole result = to_whole(over);
    mpz_clears(over, under, NULL);
    return result;
}

bool
capacity_is_carried(struct decimal qps, struct decimal offered,
                    struct decimal errors)
{
    mpz_t got, asked;
    mpz_inits(got, asked, NULL);
    set_unit(got, 1);
    times_decimal(got, qps);
    mpz_mul_ui(got, got, 100);
    set_whole(asked, offered.units);
    times_decimal(asked, decimal_subtract(decimal_of(1), errors));
    mpz_mul_ui(asked, asked, 95);
    bool carried = mpz_cmp(got, asked) >= 0;
    mpz_clears(got, asked, NULL);
    return carried;
}

bool
capacity_compound(struct decimal growth, struct decimal buffer,
                  struct decimal *multiplier)
{
    mpz_t product, unit;
    mpz_inits(product, unit, NULL);
    set_whole(product, one_plus(growth).units);
    times_decimal(product, one_plus(buffer));
    set_unit(unit, 1);
    bool exact = mpz_divisible_p(product, unit);
    mpz_fdiv_q(product, product, unit);
    multiplier->units = to_whole(product);
    mpz_clears(product, unit, NULL);
    return exact;
}
