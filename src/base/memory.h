/*
 * Failing allocations: whatever library asked, the program ends with a message
 * and status 3, before anything can be written from half of what was needed.
 */
#ifndef HEADROOM_BASE_MEMORY_H
#define HEADROOM_BASE_MEMORY_H

/* Has a function called before the program ends for lack of memory; it must
   allocate nothing and use system calls only.  NULL for none. */
void memory_on_failure(void (*function)(void));

#endif
