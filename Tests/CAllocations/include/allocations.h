#ifndef MIP_ALLOCATIONS_H
#define MIP_ALLOCATIONS_H

/// The number of heap allocations of the calling thread since it started. They are counted by our own malloc, which replaces glibc's in a
/// program that links this library.
unsigned long mip_allocations(void);

/// Heap bytes in use by all threads, including the allocator's headers.
unsigned long mip_heap(void);

#endif
