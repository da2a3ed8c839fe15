#ifndef CNETSNMP_SHIM_H
#define CNETSNMP_SHIM_H
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/agent/net-snmp-agent-includes.h>
#endif
