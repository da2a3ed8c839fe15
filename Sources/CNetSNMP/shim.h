// Parts of libnetsnmp that Swift needs and cannot import directly. Each entry says why it is here.
#ifndef CNETSNMP_SHIM_H
#define CNETSNMP_SHIM_H

// Included first, before net-snmp's configuration enables X/Open names: fd_set must be the same type as in Swift's own C library module.
#include <sys/select.h>
#include <sys/prctl.h>

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/agent/net-snmp-agent-includes.h>
#include <net-snmp/agent/agent_callbacks.h>
#include <net-snmp/agent/agent_sysORTable.h>
#include <net-snmp/library/large_fd_set.h>

// Macros made of several tokens, which the importer skips.
enum {
    mip_mode_get = MODE_GET,
    mip_mode_getnext = MODE_GETNEXT,
    mip_mode_getbulk = MODE_GETBULK,
    mip_no_such_object = SNMP_NOSUCHOBJECT,
    mip_no_such_instance = SNMP_NOSUCHINSTANCE,
    mip_handler_can_ronly = HANDLER_CAN_RONLY,
    mip_handler_can_all = HANDLER_CAN_RWRITE | HANDLER_CAN_GETBULK,
};

// Exported by the library without a declaration: the session to the AgentX master, or null if there is none.
extern netsnmp_session *main_session;
static inline int mip_agentx_connected(void) { return main_session != NULL; }

static inline int mip_is_agentx_session(const netsnmp_session *session) { return session && session == main_session; }
static inline unsigned mip_agentx_session(void) { return main_session ? (unsigned)main_session->sessid : 0; }

// The socket of that session, or -1.
static inline int mip_agentx_socket(void) {
    netsnmp_transport *transport = main_session ? snmp_sess_transport(snmp_sess_pointer(main_session)) : NULL;
    return transport ? transport->sock : -1;
}

// Lets the library read from that socket. In C because the sets of descriptors are macros.
static inline void mip_read_agentx(void) {
    int descriptor = mip_agentx_socket();
    if (descriptor < 0) return;
    netsnmp_large_fd_set set;
    netsnmp_large_fd_set_init(&set, FD_SETSIZE);
    // Not NETSNMP_LARGE_FD_ZERO, which needs the X/Open names of fd_set's members.
    memset(set.lfs_setptr, 0, sizeof(fd_set));
    NETSNMP_LARGE_FD_SET(descriptor, &set);
    snmp_read2(&set);
    netsnmp_large_fd_set_cleanup(&set);
}

// Calls a function with the socket of each session, among them those that listen.
static inline void mip_for_each_session_socket(void (*body)(int)) {
    netsnmp_large_fd_set set;
    int count = 0, block = 1;
    struct timeval timeout = {0, 0};
    netsnmp_large_fd_set_init(&set, FD_SETSIZE);
    memset(set.lfs_setptr, 0, sizeof(fd_set));
    snmp_select_info2(&count, &set, &timeout, &block);
    for (int descriptor = 0; descriptor < count; descriptor++) {
        if (NETSNMP_LARGE_FD_ISSET(descriptor, &set)) body(descriptor);
    }
    netsnmp_large_fd_set_cleanup(&set);
}

// Replaces the receive function of that session's transport with ours. It is in C because comparing C functions and reaching the list of
// sessions through a `void *` are awkward in Swift. True if it was not set yet, which means that the session is new.
typedef int mip_receive(netsnmp_transport *transport, void *room, int size, void **opaque, int *opaque_length);
static inline int mip_agentx_receive_with(mip_receive *receive) {
    netsnmp_transport *transport = main_session ? snmp_sess_transport(snmp_sess_pointer(main_session)) : NULL;
    if (!transport || transport->f_recv == receive) return 0;
    transport->f_recv = receive;
    return 1;
}

// The result of such a function when it has nothing for the library.
static inline int mip_agentx_received_nothing(netsnmp_transport *transport) {
    transport->flags |= NETSNMP_TRANSPORT_FLAG_EMPTY_PKT;
    return 0;
}

// In C because prctl is variadic. Names the calling thread, with at most 15 characters.
static inline void mip_name_thread(const char *name) { prctl(PR_SET_NAME, name); }

// No installed header declares it.
extern void add_to_init_list(char *module_list);

#endif
