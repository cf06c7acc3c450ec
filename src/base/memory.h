/*
 * Failing allocations: whatever library asked, the program ends with a message
 * and status 3, before anything can be written from half of what was needed.
 */
#ifndef HEADROOM_BASE_MEMORY_H
#define HEADROOM_BASE_MEMORY_H

/* Has a function called before the program ends for lack of memory; it must
   allocate nothing and use system calls only.  NULL for none. */
void memory_on_failure(void (*function)(void));

/* Defined under a sanitizer, where the allocations are its own. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) ||     \
    __has_feature(thread_sanitizer)
#define MEMORY_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEMORY_SANITIZED 1
#endif

#endif
