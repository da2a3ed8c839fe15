#ifndef MIP_ALLOCATIONS_H
#define MIP_ALLOCATIONS_H

/// How often the calling thread has asked for memory since it started. Counted by a malloc of our own, which a program that links this
/// has in the place of glibc's.
unsigned long mip_allocations(void);

/// Bytes of the heap in use by all threads, the allocator's own headers counted in.
unsigned long mip_heap(void);

#endif
