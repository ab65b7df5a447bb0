#ifndef ALLOCATION_COUNTER_H
#define ALLOCATION_COUNTER_H

#include <stdbool.h>

// Counts the allocations of the calling thread: malloc, calloc, realloc, aligned_alloc, posix_memalign, whoever calls them, except
// from a library that was left out.
//
// It stands in front of the allocator of the whole test program, so its functions exist on Linux with glibc only, and not under a
// sanitizer, which has an allocator of its own.

/// Whether allocations can be counted here. Where they can't, the others do nothing.
bool allocation_counter_works(void);

/// From here on the allocations of this thread are counted, from zero.
void allocation_counter_start(void);

/// Ends counting on this thread, and returns how many there were; -1 if this thread wasn't counting.
long allocation_counter_stop(void);

/// Leaves out, from now on and for the whole process, what is called directly from the shared library whose path contains this, for
/// one library at a time. Whether there is such a library.
bool allocation_counter_leave_out(const char *library);

#endif
