// For LD_PRELOAD into a program that runs in valgrind: that writes into the set of signals which sigsuspend is given, and ends when the
// set is constant, as libdispatch's is. Here it is given a copy.

#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

int sigsuspend(const sigset_t *set) {
    sigset_t copy = *set;
    return (int)syscall(SYS_rt_sigsuspend, &copy, _NSIG / 8);
}
