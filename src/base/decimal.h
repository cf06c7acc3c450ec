/*
 * Exact decimal numbers: what an input says is what a document shows, and no
 * binary fraction decides a verdict.
 */
#ifndef HEADROOM_BASE_DECIMAL_H
#define HEADROOM_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* A whole number, exact to 1.7e38 either way.  Aligned as its halves are: a
   season holds hundreds of thousands, most beside a flag. */
__extension__ typedef __int128 whole __attribute__((aligned(8)));

/* A decimal: units x 10^-24.  An input has at most 12 digits before and 12
   after the point, so the product of two ratios is still exact.  Magnitude
   below 1.7e14. */
struct decimal {
    whole units;
};

#define DECIMAL_PLACES 24

/* 10^power, power 0 to 38. */
whole whole_power10(unsigned power);

struct decimal decimal_of(whole number);              /* |number| < 1.7e14 */
struct decimal decimal_scaled(whole number, unsigned places); /* number / 10^places, places <= 24 */

int decimal_compare(struct decimal a, struct decimal b); /* -1, 0, 1 */
struct decimal decimal_add(struct decimal a, struct decimal b);
struct decimal decimal_subtract(struct decimal a, struct decimal b);
/* a x b, both with at most 12 decimals and a product below 1.7e14. */
struct decimal decimal_multiply(struct decimal a, struct decimal b);
bool decimal_is_zero(struct decimal a);

/* Plain notation, no exponent, no trailing zeros: "10000", "0.001", "-0.25". */
const char *decimal_text(struct arena *arena, struct decimal number);
const char *whole_text(struct arena *arena, whole number);
/* number / 10^places in plain notation, no trailing zeros: 762, 3 -> "0.762". */
const char *whole_scaled_text(struct arena *arena, whole number, unsigned places);

/* The same into a buffer of the caller's; returns its length. */
#define WHOLE_ROOM 64 /* sign, 39 digits, zeros, point, NUL */
size_t whole_scaled_write(char buffer[WHOLE_ROOM], whole number,
                          unsigned places);

/* The nearest double: for geometry and for cells, never for a decision. */
double decimal_double(struct decimal number);
double whole_double(whole number);

/* Integer division towards minus infinity and plus infinity; by > 0. */
whole whole_floor_divide(whole number, whole by);
whole whole_ceil_divide(whole number, whole by);

enum decimal_fault {
    DECIMAL_OK,
    DECIMAL_NOT_A_NUMBER,  /* no plain decimal number */
    DECIMAL_LEADING_ZERO,  /* 010 */
    DECIMAL_SEPARATOR,     /* 12,000 or 12_000 or 12 000 */
    DECIMAL_OTHER_DIGITS,  /* full-width and other scripts */
    DECIMAL_NOT_FINITE,    /* nan, inf */
    DECIMAL_TOO_LONG       /* above 12 digits before or after the point */
};

/* Reads [-+]digits[.digits][e[+-]digits] from the start of text; *used tells
   how many bytes the number took (a suffix may follow).  The rules are those
   of the contract, section 2, "Numbers". */
enum decimal_fault decimal_read(const char *text, size_t length,
                                struct decimal *number, size_t *used);

#endif
