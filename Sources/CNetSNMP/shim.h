// What Swift needs of libnetsnmp and cannot import as it is. Each entry says why it is here.
#ifndef CNETSNMP_SHIM_H
#define CNETSNMP_SHIM_H

// First, before net-snmp's configuration switches X/Open names on: fd_set must look here as in Swift's own C library module.
#include <sys/select.h>
#include <sys/prctl.h>

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/agent/net-snmp-agent-includes.h>
#include <net-snmp/agent/agent_sysORTable.h>

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

// Exported by the library without a declaration: the session to the AgentX master, null while there is none.
extern netsnmp_session *main_session;
static inline int mip_agentx_connected(void) { return main_session != NULL; }

// Puts a function of ours where the transport of that session has its receiving one; a comparison of C functions, and the list of
// sessions behind a `void *`, are clumsy in Swift. True when it was not there yet: the session is new.
typedef int mip_receive(netsnmp_transport *transport, void *room, int size, void **opaque, int *opaque_length);
static inline int mip_agentx_receive_with(mip_receive *receive) {
    netsnmp_transport *transport = main_session ? snmp_sess_transport(snmp_sess_pointer(main_session)) : NULL;
    if (!transport || transport->f_recv == receive) return 0;
    transport->f_recv = receive;
    return 1;
}

// What such a function answers when it has nothing for the library.
static inline int mip_agentx_received_nothing(netsnmp_transport *transport) {
    transport->flags |= NETSNMP_TRANSPORT_FLAG_EMPTY_PKT;
    return 0;
}

// Variadic. At most 15 characters, for the calling thread.
static inline void mip_name_thread(const char *name) { prctl(PR_SET_NAME, name); }

// The declaration is in no installed header.
extern void add_to_init_list(char *module_list);

#endif
