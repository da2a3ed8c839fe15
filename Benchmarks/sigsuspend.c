// For LD_PRELOAD into a program that runs in valgrind. Valgrind writes to the signal set passed to sigsuspend, and crashes if the set is
// constant, as libdispatch's is. This version passes a copy.

#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int sigsuspend(const sigset_t *set) {
    sigset_t copy = *set;
    return (int)syscall(SYS_rt_sigsuspend, &copy, _NSIG / 8);
}
