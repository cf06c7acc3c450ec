/*
 * The version of the program, and of the verdict rule that it prints.
 */
#ifndef HEADROOM_BASE_VERSION_H
#define HEADROOM_BASE_VERSION_H

#define HEADROOM_VERSION "1.0.0"
#define HEADROOM_RULE "V1" /* the contract, 3.6 to 3.9 */

#endif
