// For syscall, pthread_setname_np and the GNU declarations.
#define _GNU_SOURCE
#include "CLinuxNetwork.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

// The capabilities of a process are those of each of its threads; capset changes the calling one only.
int mip_set_capabilities(uint64_t kept) {
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

int mip_drop_bounding_capability(int capability) { return prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0 ? errno : 0; }

int mip_set_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ? errno : 0; }

int mip_no_new_privileges(void) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0); }

int mip_clear_ambient_capabilities(void) {
    return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0 && errno != EINVAL ? errno : 0;
}

void mip_name_this_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

int mip_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) < 0 ? errno : 0; }
