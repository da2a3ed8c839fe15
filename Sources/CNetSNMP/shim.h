// What Swift needs of libnetsnmp and cannot import as it is. Each entry says why it is here.
#ifndef CNETSNMP_SHIM_H
#define CNETSNMP_SHIM_H

// First, before net-snmp's configuration switches X/Open names on: fd_set must look here as in Swift's own C library module.
#include <sys/select.h>

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/agent/net-snmp-agent-includes.h>
#include <net-snmp/agent/agent_sysORTable.h>

// Macros made of several tokens, which the importer skips.
enum {
    mip_mode_get = MODE_GET,
    mip_mode_getnext = MODE_GETNEXT,
    mip_no_such_object = SNMP_NOSUCHOBJECT,
    mip_no_such_instance = SNMP_NOSUCHINSTANCE,
    mip_handler_can_ronly = HANDLER_CAN_RONLY,
    mip_handler_can_rwrite = HANDLER_CAN_RWRITE,
};

// Exported by the library without a declaration: the session to the AgentX master, null while there is none.
extern netsnmp_session *main_session;
static inline int mip_agentx_connected(void) { return main_session != NULL; }

// The declaration is in no installed header.
extern void add_to_init_list(char *module_list);

#endif
