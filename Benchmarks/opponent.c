/*
 * What a careful C programmer would write with libnetsnmp: haMobilityBindingTable from a sorted array, one handler for the table,
 * binary search, none of the library's table helpers. mip-mibd is measured against it.
 *
 *   opponent ROWS ROOT agentx SOCKET    a subagent of the snmpd that listens on SOCKET
 *   opponent ROWS ROOT udp PORT         a standalone agent on 127.0.0.1, community "public"
 *
 * ROOT is the OID used instead of mib-2.44, so that this program and mip-mibd can be subagents of the same snmpd. The rows are those that
 * `mip-node register --count ROWS` creates; only the identification and the time of registration differ.
 */
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <net-snmp/agent/net-snmp-agent-includes.h>

extern void add_to_init_list(char *modules);

struct binding {
    uint64_t key; /* home address and care-of address */
    uint32_t source, agent, identification_low, identification_high;
    uint16_t granted;
    uint8_t flags, nai_length;
    time_t expires;
    uint32_t packets_in, octets_in, packets_out, octets_out;
    const char *nai;
};

enum { first_column = 1, last_column = 16, index_length = 8 };

static struct binding *bindings;
static size_t binding_count;
static oid table[MAX_OID_LEN];
static size_t table_length;
static volatile sig_atomic_t running = 1;

/* Finds the first key that is not smaller than a request's sub-identifiers, and whether it equals them (exact). Returns 0 when there is none. */
static int lowest_key(const oid *index, size_t length, uint64_t *key, int *exact)
{
    uint64_t value = 0;
    size_t i;
    *exact = length == index_length;
    for (i = 0; i < index_length; i++) {
        oid part = i < length ? index[i] : 0;
        if (part > 255) {
            /* Greater than all keys that begin with the bytes before it. */
            if (i == 0)
                return 0;
            value = (value + 1) << 8 * (index_length - i);
            *exact = 0;
            *key = value;
            return value != 0;
        }
        value = value << 8 | part;
    }
    *key = value;
    if (length > index_length) {
        if (value == UINT64_MAX)
            return 0;
        *key = value + 1;
    }
    return 1;
}

static size_t lower_bound(uint64_t key)
{
    size_t low = 0, high = binding_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (bindings[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void set_long(netsnmp_variable_list *variable, u_char type, long value)
{
    snmp_set_var_typed_value(variable, type, &value, sizeof value);
}

static void set_address(netsnmp_variable_list *variable, uint32_t address)
{
    uint32_t bytes = htonl(address);
    snmp_set_var_typed_value(variable, ASN_IPADDRESS, &bytes, sizeof bytes);
}

static void set_value(netsnmp_variable_list *variable, const struct binding *row, oid column)
{
    time_t now;
    uint32_t bytes;
    switch (column) {
    case 1: set_address(variable, row->key >> 32); break;
    case 2: set_address(variable, (uint32_t)row->key); break;
    case 3: set_address(variable, row->source); break;
    case 4: snmp_set_var_typed_value(variable, ASN_OCTET_STR, &row->flags, 1); break;
    case 5: set_long(variable, ASN_INTEGER, (int32_t)row->identification_low); break;
    case 6: set_long(variable, ASN_INTEGER, (int32_t)row->identification_high); break;
    case 7: set_long(variable, ASN_INTEGER, row->granted); break;
    case 8:
        now = time(NULL);
        set_long(variable, ASN_GAUGE, row->expires > now ? row->expires - now : 0);
        break;
    case 9: set_long(variable, ASN_INTEGER, row->nai ? 3 : 2); break;
    case 10:
        bytes = htonl(row->key >> 32);
        if (row->nai)
            snmp_set_var_typed_value(variable, ASN_OCTET_STR, row->nai, row->nai_length);
        else
            snmp_set_var_typed_value(variable, ASN_OCTET_STR, &bytes, sizeof bytes);
        break;
    case 11: set_address(variable, row->agent); break;
    case 12: snmp_set_var_typed_value(variable, ASN_OCTET_STR, row->nai ? row->nai : "", row->nai_length); break;
    case 13: set_long(variable, ASN_COUNTER, row->packets_in); break;
    case 14: set_long(variable, ASN_COUNTER, row->octets_in); break;
    case 15: set_long(variable, ASN_COUNTER, row->packets_out); break;
    case 16: set_long(variable, ASN_COUNTER, row->octets_out); break;
    }
}

static void set_name(netsnmp_variable_list *variable, oid column, uint64_t key)
{
    oid name[MAX_OID_LEN];
    size_t i;
    memcpy(name, table, table_length * sizeof(oid));
    name[table_length] = 1;
    name[table_length + 1] = column;
    for (i = 0; i < index_length; i++)
        name[table_length + 2 + i] = key >> 8 * (7 - i) & 255;
    snmp_set_var_objid(variable, name, table_length + 2 + index_length);
}

static void get(netsnmp_agent_request_info *information, netsnmp_request_info *request)
{
    netsnmp_variable_list *variable = request->requestvb;
    const oid *rest = variable->name + table_length;
    uint64_t key;
    int exact;
    size_t row;
    if (variable->name_length < table_length + 2 || rest[0] != 1 || rest[1] < first_column || rest[1] > last_column) {
        netsnmp_set_request_error(information, request, SNMP_NOSUCHOBJECT);
        return;
    }
    if (!lowest_key(rest + 2, variable->name_length - table_length - 2, &key, &exact) || !exact ||
        (row = lower_bound(key)) == binding_count || bindings[row].key != key) {
        netsnmp_set_request_error(information, request, SNMP_NOSUCHINSTANCE);
        return;
    }
    set_value(variable, &bindings[row], rest[1]);
}

static void get_next(netsnmp_request_info *request)
{
    netsnmp_variable_list *variable = request->requestvb;
    const oid *rest;
    size_t length, row = 0;
    oid column = first_column;
    int compared = snmp_oidtree_compare(variable->name, variable->name_length, table, table_length);
    if (compared > 0)
        return;
    if (compared == 0 && variable->name_length > table_length) {
        rest = variable->name + table_length;
        length = variable->name_length - table_length;
        if (rest[0] > 1)
            return;
        if (rest[0] == 1 && length > 1 && rest[1] >= first_column) {
            uint64_t key;
            int exact;
            column = rest[1];
            if (length > 2) {
                if (!lowest_key(rest + 2, length - 2, &key, &exact))
                    row = binding_count;
                else {
                    row = lower_bound(key);
                    if (exact && !request->inclusive && row < binding_count && bindings[row].key == key)
                        row++;
                }
            }
        }
    }
    if (row == binding_count) {
        row = 0;
        column++;
    }
    if (column > last_column || binding_count == 0)
        return;
    set_name(variable, column, bindings[row].key);
    set_value(variable, &bindings[row], column);
}

static int handle(netsnmp_mib_handler *handler, netsnmp_handler_registration *registration,
                  netsnmp_agent_request_info *information, netsnmp_request_info *requests)
{
    netsnmp_request_info *request;
    for (request = requests; request; request = request->next) {
        if (request->processed)
            continue;
        if (information->mode == MODE_GET)
            get(information, request);
        else if (information->mode == MODE_GETNEXT)
            get_next(request);
    }
    return SNMP_ERR_NOERROR;
}

static void fill(size_t count)
{
    size_t i;
    time_t now = time(NULL);
    binding_count = count;
    bindings = calloc(count ? count : 1, sizeof *bindings);
    if (!bindings)
        exit(1);
    for (i = 0; i < count; i++) {
        struct binding *row = &bindings[i];
        row->key = (uint64_t)(0x0A000001 + i) << 32 | 0xC0000201;
        row->source = 0x7F000001;
        row->agent = 0x7F0A0001;
        row->identification_low = (uint32_t)(i * 2654435761u);
        row->identification_high = (uint32_t)(now + 2208988800u);
        row->granted = 7200;
        row->expires = now + 7200;
    }
}

static void stop(int signal)
{
    running = 0;
}

int main(int argc, char **argv)
{
    static const oid suffix[] = {1, 6, 3, 1};
    netsnmp_handler_registration *registration;
    int subagent;
    if (argc != 5) {
        fprintf(stderr, "usage: opponent ROWS ROOT agentx SOCKET | udp PORT\n");
        return 64;
    }
    setenv("MIBS", "", 1);
    fill(strtoul(argv[1], NULL, 10));
    for (const char *part = argv[2]; part && *part && table_length < 32; part = strchr(part, '.') ? strchr(part, '.') + 1 : NULL)
        table[table_length++] = strtoul(part, NULL, 10);
    memcpy(table + table_length, suffix, sizeof suffix);
    table_length += sizeof suffix / sizeof *suffix;
    subagent = strcmp(argv[3], "agentx") == 0;

    signal(SIGPIPE, SIG_IGN);
    signal(SIGTERM, stop);
    snmp_enable_stderrlog();
    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_PERSIST_STATE, 1);
    netsnmp_ds_set_boolean(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_ROLE, subagent);
    if (subagent) {
        netsnmp_ds_set_string(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_X_SOCKET, argv[4]);
    } else {
        char address[64], excluded[] = "!smux";
        snprintf(address, sizeof address, "udp:127.0.0.1:%s", argv[4]);
        netsnmp_ds_set_string(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_PORTS, address);
        add_to_init_list(excluded);
    }
    init_agent("opponent");
    if (subagent) {
        netsnmp_ds_set_int(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_AGENTX_PING_INTERVAL, 1);
    } else {
        char view[] = "view all included .1", community[] = "rocommunity public 127.0.0.1 -V all";
        netsnmp_config(view);
        netsnmp_config(community);
    }
    registration = netsnmp_create_handler_registration("haMobilityBindingTable", handle, table, table_length, HANDLER_CAN_RONLY);
    if (!registration || netsnmp_register_handler(registration) != MIB_REGISTERED_OK)
        return 1;
    init_snmp("opponent");
    if (!subagent && init_master_agent() != 0)
        return 1;
    while (running)
        agent_check_and_process(1);
    snmp_shutdown("opponent");
    return 0;
}
