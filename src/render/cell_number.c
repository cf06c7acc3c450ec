/*
 * Numbers as the cells of a workbook hold them.  Room render/.
 *
 * Nearly all of them are short decimals.  Those are found by trying: scaled by
 * a power of ten that a double holds exactly and rounded to a whole number,
 * the quotient of the two is the double nearest to that decimal, so that if it
 * is the number, the decimal is read as the number.  What has more digits is
 * left to printf, digit by digit.
 */
#include "render/cell_number.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_PLACES 15
#define EXACT_WHOLES 9007199254740992.0 /* 2^53: below, each is a double */

static const double power_of_ten[MOST_PLACES + 1] = {
    1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

/* digits / 10^places in plain notation. */
static char *
put_decimal(char *out, uint64_t digits, unsigned places)
{
    char reversed[CELL_NUMBER_ROOM];
    size_t count = 0;
    for (unsigned place = 0; digits > 0 || place <= places; place++) {
        if (place == places && places > 0)
            reversed[count++] = '.';
        reversed[count++] = (char)('0' + digits % 10);
        digits /= 10;
    }
    while (count > 0)
        *out++ = reversed[--count];
    return out;
}

static size_t
print(char buffer[CELL_NUMBER_ROOM], double number)
{
    for (int digits = 15;; digits++) {
        int length = snprintf(buffer, CELL_NUMBER_ROOM, "%.*G", digits, number);
        if (digits == 17 || strtod(buffer, NULL) == number)
            return (size_t)length;
    }
}

size_t
cell_number_write(char buffer[CELL_NUMBER_ROOM], double number)
{
    if (!isfinite(number))
        return 0;
    double size = fabs(number);
    for (unsigned places = 0; places <= MOST_PLACES; places++) {
        double scaled = nearbyint(size * power_of_ten[places]);
        if (scaled >= EXACT_WHOLES)
            break;
        if (scaled / power_of_ten[places] != size)
            continue;
        char *out = buffer;
        if (number < 0)
            *out++ = '-';
        out = put_decimal(out, (uint64_t)scaled, places);
        *out = '\0';
        return (size_t)(out - buffer);
    }
    return print(buffer, number);
}
