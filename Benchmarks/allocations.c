// Counts the heap allocations of a process, over all threads, and writes the number to the file named by MIP_ALLOCATIONS when the process
// exits. For LD_PRELOAD; Tests/CAllocations, by contrast, counts one thread of a program that links it.

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static atomic_ulong count;

static void add(void) { atomic_fetch_add_explicit(&count, 1, memory_order_relaxed); }

void *malloc(size_t size) {
    add();
    return __libc_malloc(size);
}

void *calloc(size_t number, size_t size) {
    add();
    return __libc_calloc(number, size);
}

void *realloc(void *memory, size_t size) {
    add();
    return __libc_realloc(memory, size);
}

void *memalign(size_t alignment, size_t size) {
    add();
    return __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    add();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    add();
    void *given = __libc_memalign(alignment, size);
    if (!given && size) return ENOMEM;
    *memory = given;
    return 0;
}

__attribute__((destructor)) static void report(void) {
    const char *name = getenv("MIP_ALLOCATIONS");
    unsigned long found = atomic_load(&count);
    FILE *file = name ? fopen(name, "w") : NULL;
    if (!file) return;
    fprintf(file, "%lu\n", found);
    fclose(file);
}

/// Daemons end with this, and destructors do not run.
void _exit(int status) {
    report();
    for (;;) syscall(SYS_exit_group, status);
}
