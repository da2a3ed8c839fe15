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

// All of this belongs to threads, and the calls change the calling one only. As glibc does for setuid, every other thread is
// interrupted and makes the change itself. The signal is the one glibc has for that purpose: it is the only one that no thread can
// have blocked, threads of Dispatch, which block all they can, among them. Installed for the time of the call only, past glibc, which
// keeps it from others.
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

// 0 or an errno. The bounding set needs CAP_SETPCAP and matters only to programs that would gain privileges, which no_new_privs rules
// out already; no ambient set is no error, on kernels that have none.
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

// A signal handler needs the trampoline that glibc gives to every handler it installs on machines that want one; there is no other
// way to its address.
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
    // A thread may end before it answers; the caller looks at what is left of them anyway.
    for (int waited = 0; atomic_load(&answers) < asked && waited < 2000; waited++) usleep(1000);
    // Without a handler the signal ends the process, so the handler stays for a thread that has not come to it yet.
    if (atomic_load(&answers) >= asked) syscall(SYS_rt_sigaction, setxid_signal, &before, 0, sizeof before.mask);
    if (result == 0 && atomic_load(&refusals) > 0) result = EPERM;
    return result;
}
