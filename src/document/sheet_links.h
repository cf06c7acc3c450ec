/*
 * The sheet Links in its parts, a file each: columns with their formulas and
 * results.  For the files sheet_links*.c alone.
 *
 * How to read a formula: {key} is the cell of that column in the same row.  A
 * spreadsheet computes in binary, so that per cents are multiplied as whole
 * numbers, and every number that is rounded for good is first moved by 2e-15 of
 * itself, against the noise: exact for rates below 1e8.
 */
#ifndef HEADROOM_DOCUMENT_SHEET_LINKS_H
#define HEADROOM_DOCUMENT_SHEET_LINKS_H

#include "document/sheet_book.h"

/* Columns that stand together; the words sheet.group.1 and on name them. */
enum group {
    IDENTITY = 1,
    RESULTS,
    MORE,
    INPUTS,
    DEMAND,
    EVIDENCE,
    WORKINGS,
    LIMITS_OF_TESTS,
    WRITTEN /* the report as it was filed, and what now differs from it */
};

extern const struct sheet_column links_identity[], links_results[],
    links_more[], links_names[], links_inputs[], links_demand[],
    links_evidence[], links_workings[], links_written[], links_limits[];
extern const size_t links_identity_count, links_results_count, links_more_count,
    links_names_count, links_inputs_count, links_demand_count,
    links_evidence_count, links_workings_count, links_written_count,
    links_limits_count;

/* Which inputs a cell cannot hold exactly, with their numbers; blank for none
   (sheet_links_given.c). */
void links_exact(const struct row_of *row, struct sheet_cell *cell);

/* Computes the workings of the needed instances into row
   (sheet_links_results.c). */
void links_start_needs(struct row_of *row);

/* --- parts of formulas ---------------------------------------------------- */

/* Rounded for good, against ourselves; what binary noise there is (less than
   1.4e-15 of the number after a dozen operations) does not decide. */
#define DOWN(x) "ROUNDDOWN((" x ")*(1+2E-15),0)"
#define UP(x) "ROUNDUP((" x ")*(1-2E-15),0)"
/* What is left of k instances after losing zones [3.4]. */
#define LEFT(k)                                                                \
    k "-ZonesLost*ROUNDDOWN(" k "/Zones,0)-MIN(ZonesLost," k                   \
      "-Zones*ROUNDDOWN(" k "/Zones,0))"
/* What k instances bring, in tested ones [3.4]. */
#define WEIGHT(k)                                                              \
    "(MIN(" k ",{tested_instances})+MAX(0," k                                  \
    "-{tested_instances})*{scale_efficiency})"
/* Whether so many instances left reach the target. */
#define REACH(k)                                                               \
    "(" DOWN("{achieved_qps}*{safe_level}*(1+MAX(0,{optimisation}))*" WEIGHT(  \
        k) "/{tested_instances}") ">={target_qps})*1"
#define UNPROVEN_ELSE(formula) "IF({unproven}=0," formula ",NA_Text)"
#define OF_TEST(key) "IF({test}=0,NA_Text,INDEX([tests." key "],{test}))"
#define OWN_ELSE(own, season) "IF(ISNUMBER({" own "}),{" own "}," season ")"
#define NEEDED(formula) "IF(ISNUMBER({need_ratio})," formula ",NA_Text)"

#define NUMBER SHEET_NUMBER
#define PERCENT SHEET_PERCENT

#endif
