// For syscall, pthread_setname_np and the GNU declarations.
#define _GNU_SOURCE
#include "CLinuxNetwork.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

static int set_capabilities(uint64_t kept) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    for (int half = 0; half < 2; half++) {
        data[half].effective = (uint32_t)(kept >> (32 * half));
        data[half].permitted = (uint32_t)(kept >> (32 * half));
        data[half].inheritable = 0;
    }
    return syscall(SYS_capset, &header, data) < 0 ? errno : 0;
}

uint64_t mip_permitted_capabilities(void) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data) < 0) return 0;
    return (uint64_t)data[1].permitted << 32 | data[0].permitted;
}

int mip_no_new_privileges(void) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0); }

void mip_name_this_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int mip_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) < 0 ? errno : 0; }

// Capabilities belong to threads, and the calls change only the calling thread. As glibc does for setuid, a signal interrupts every other
// thread, which then makes the change itself. The signal is the one that glibc reserves for that purpose: it is the only one that no thread
// can have blocked, including threads of Dispatch, which block all signals they can. Its handler is installed only during the call,
// bypassing glibc, which does not let others use this signal.
enum { setxid_signal = 33 };

struct kernel_action {
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
};

static uint64_t kept_capabilities;
static atomic_int answers;
static atomic_int refusals;

// Returns 0 or an errno. Changing the bounding set needs CAP_SETPCAP and matters only to programs that would gain privileges, which
// no_new_privs already rules out. A kernel without an ambient set is not an error.
static int give_up(uint64_t kept) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return errno;
    for (int capability = 0; capability < 64; capability++)
        if ((kept >> capability & 1) == 0) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0 && errno != EINVAL) return errno;
    return set_capabilities(kept);
}

static void change_this_thread(int signal) {
    (void)signal;
    int saved = errno;
    if (give_up(kept_capabilities) != 0) atomic_fetch_add(&refusals, 1);
    atomic_fetch_add(&answers, 1);
    errno = saved;
}

// On machines that need one, glibc gives every handler it installs a trampoline, and this handler needs it too; its address cannot be
// obtained in another way.
static struct kernel_action trampoline(void) {
    struct kernel_action installed = {0};
    struct sigaction mine = {.sa_handler = change_this_thread}, before;
    if (sigaction(SIGURG, &mine, &before) != 0) return installed;
    syscall(SYS_rt_sigaction, SIGURG, 0, &installed, sizeof installed.mask);
    sigaction(SIGURG, &before, 0);
    return installed;
}

int mip_give_up_privileges(uint64_t kept) {
    kept_capabilities = kept;
    atomic_store(&answers, 0);
    atomic_store(&refusals, 0);
    struct kernel_action action = trampoline(), before;
    action.handler = change_this_thread;
    action.flags |= SA_RESTART;
    if (syscall(SYS_rt_sigaction, setxid_signal, &action, &before, sizeof action.mask) < 0) return errno;
    int result = give_up(kept);
    pid_t self = (pid_t)syscall(SYS_gettid);
    int asked = 0;
    DIR *folder = result == 0 ? opendir("/proc/self/task") : 0;
    if (result == 0 && folder == 0) result = errno;
    for (struct dirent *entry; folder != 0 && (entry = readdir(folder)) != 0;) {
        pid_t thread = (pid_t)atoi(entry->d_name);
        if (thread > 0 && thread != self && syscall(SYS_tgkill, getpid(), thread, setxid_signal) == 0) asked++;
    }
    if (folder != 0) closedir(folder);
    // A thread may exit before it answers; the caller checks the remaining threads anyway.
    for (int waited = 0; atomic_load(&answers) < asked && waited < 2000; waited++) usleep(1000);
    // Without a handler the signal terminates the process, so the handler stays while a thread has not yet handled it.
    if (atomic_load(&answers) >= asked) syscall(SYS_rt_sigaction, setxid_signal, &before, 0, sizeof before.mask);
    if (result == 0 && atomic_load(&refusals) > 0) result = EPERM;
    return result;
}
