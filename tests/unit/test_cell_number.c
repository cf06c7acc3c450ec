/*
 * Numbers of cells: the shortest text that is read as the very number.
 */
#include "maker.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/cell_number.h"

static void
short_decimals_stay_short(void **state)
{
    static const struct {
        double number;
        const char *text;
    } cases[] = {
        {0,                  "0"                  },
        {-0.0,               "0"                  },
        {1,                  "1"                  },
        {-42,                "-42"                },
        {94.9,               "94.9"               },
        {72.8846,            "72.8846"            },
        {0.1 + 0.2,          "0.30000000000000004"},
        {-0.083,             "-0.083"             },
        {0.00005,            "0.00005"            },
        {1e-12,              "0.000000000001"     },
        {1e15,               "1000000000000000"   },
        {999999999999.999,   "999999999999.999"   },
        {9007199254740991,   "9007199254740991"   },
        {1.0826720345813468, "1.0826720345813468" },
        {2.5e20,             "2.5E+20"            },
        {1e300,              "1E+300"             },
        {1e-30,              "1E-30"              },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[CELL_NUMBER_ROOM];
        size_t length = cell_number_write(text, cases[i].number);
        assert_string_equal(text, cases[i].text);
        assert_int_equal(length, strlen(cases[i].text));
    }
}

/* Of all sizes and lengths: what is read is what was written, and no shorter
   number of digits would do. */
static void
every_number_is_read_as_itself(void **state)
{
    uint64_t dice = 88172645463325252u;
    (void)state;
    for (int i = 0; i < 200000; i++) {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        double number;
        if (i % 2) {
            memcpy(&number, &dice, sizeof number);
        } else {
            number = (double)(dice % 100000000) / pow(10, i % 13);
        }
        char text[CELL_NUMBER_ROOM], shorter[CELL_NUMBER_ROOM];
        if (!isfinite(number))
            continue;
        size_t length = cell_number_write(text, number);
        assert_in_range(length, 1, CELL_NUMBER_ROOM - 1);
        if (strtod(text, NULL) != number)
            fail_msg("%a became %s", number, text);
        if (i % 2 == 0) {
            int digits = 1;
            do
                snprintf(shorter, sizeof shorter, "%.*e", digits - 1, number);
            while (strtod(shorter, NULL) != number && ++digits < 18);
            size_t used = strspn(text, "0.") == length ? 1 : 0, zeros = 0;
            for (const char *at = text + strspn(text, "0."); *at; at++)
                if (*at != '.') {
                    used++;
                    zeros = *at == '0' ? zeros + 1 : 0;
                }
            assert_int_equal(used - (used > 1 ? zeros : 0), digits);
        }
    }
}

static void
what_a_cell_cannot_hold_is_told(void **state)
{
    char text[CELL_NUMBER_ROOM];
    (void)state;
    assert_int_equal(cell_number_write(text, (double)NAN), 0);
    assert_int_equal(cell_number_write(text, (double)INFINITY), 0);
    assert_int_equal(cell_number_write(text, -(double)INFINITY), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_decimals_stay_short),
        cmocka_unit_test(every_number_is_read_as_itself),
        cmocka_unit_test(what_a_cell_cannot_hold_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
