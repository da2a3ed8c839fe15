// The parts of Linux networking that Swift needs and cannot import directly. Each comment says why the entry is here.
#ifndef CLINUXNETWORK_H
#define CLINUXNETWORK_H

#include <errno.h>
#include <fcntl.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

// glibc declares recvmmsg, sendmmsg and their structure only with _GNU_SOURCE, which the importer of Swift's C library module does not
// define. The layout is that of struct mmsghdr.
struct mip_message {
    struct msghdr header;
    unsigned int length;
};
// Both return the number of messages, or -1 with errno set. Neither blocks.
int mip_receive_messages(int descriptor, struct mip_message *messages, unsigned int count);
int mip_send_messages(int descriptor, struct mip_message *messages, unsigned int count);

// `struct ifreq` consists of macros over a union, TUNSETIFF is a macro that contains a type, and the kernel headers of both conflict with
// net/if.h, which Swift's C library module includes. Attaches a descriptor of /dev/net/tun to a device without packet information.
// Returns 0 or an errno.
int mip_tun_attach(int descriptor, const char *name);

// sockaddr_ll and sockaddr_in are passed by a pointer cast between types, which Swift forbids.
static inline int mip_bind_packet(int descriptor, int interface, uint16_t protocol) {
    struct sockaddr_ll address;
    memset(&address, 0, sizeof address);
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(protocol);
    address.sll_ifindex = interface;
    return bind(descriptor, (struct sockaddr *)&address, sizeof address) < 0 ? errno : 0;
}
static inline ssize_t mip_send_packet(
    int descriptor, int interface, uint16_t protocol, const uint8_t destination[6], const void *octets, size_t length) {
    struct sockaddr_ll address;
    memset(&address, 0, sizeof address);
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(protocol);
    address.sll_ifindex = interface;
    address.sll_halen = 6;
    memcpy(address.sll_addr, destination, 6);
    return sendto(descriptor, octets, length, MSG_DONTWAIT, (struct sockaddr *)&address, sizeof address);
}
// `address` is in network byte order, as in struct in_addr.
static inline int mip_bind_ipv4(int descriptor, uint32_t address) {
    struct sockaddr_in socket_address;
    memset(&socket_address, 0, sizeof socket_address);
    socket_address.sin_family = AF_INET;
    socket_address.sin_addr.s_addr = address;
    return bind(descriptor, (struct sockaddr *)&socket_address, sizeof socket_address) < 0 ? errno : 0;
}
static inline int mip_connect_ipv4(int descriptor, uint32_t address, uint16_t port) {
    struct sockaddr_in socket_address;
    memset(&socket_address, 0, sizeof socket_address);
    socket_address.sin_family = AF_INET;
    socket_address.sin_port = htons(port);
    socket_address.sin_addr.s_addr = address;
    return connect(descriptor, (struct sockaddr *)&socket_address, sizeof socket_address) < 0 ? errno : 0;
}
static inline int mip_bind_udp(int descriptor, uint16_t port) {
    struct sockaddr_in socket_address;
    memset(&socket_address, 0, sizeof socket_address);
    socket_address.sin_family = AF_INET;
    socket_address.sin_port = htons(port);
    return bind(descriptor, (struct sockaddr *)&socket_address, sizeof socket_address) < 0 ? errno : 0;
}
// Sends one datagram, which includes its header. Returns 0 or an errno.
static inline int mip_send_ipv4(int descriptor, uint32_t address, const void *octets, size_t length) {
    struct sockaddr_in socket_address;
    memset(&socket_address, 0, sizeof socket_address);
    socket_address.sin_family = AF_INET;
    socket_address.sin_addr.s_addr = address;
    return sendto(descriptor, octets, length, MSG_DONTWAIT, (struct sockaddr *)&socket_address, sizeof socket_address) < 0
        ? errno : 0;
}
// Subscribes to notifications about links and IPv4 addresses, which arrive as datagrams.
static inline int mip_bind_netlink_notifications(int descriptor) {
    struct sockaddr_nl address;
    memset(&address, 0, sizeof address);
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR;
    return bind(descriptor, (struct sockaddr *)&address, sizeof address) < 0 ? errno : 0;
}
static inline int mip_connect_netlink(int descriptor) {
    struct sockaddr_nl address;
    memset(&address, 0, sizeof address);
    address.nl_family = AF_NETLINK;
    return connect(descriptor, (struct sockaddr *)&address, sizeof address) < 0 ? errno : 0;
}

// `struct epoll_event` is packed and contains a union.
static inline int mip_epoll_add(int epoll, int descriptor, uint64_t token) {
    struct epoll_event event = {.events = EPOLLIN, .data = {.u64 = token}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) < 0 ? errno : 0;
}
// Returns the number of tokens written, at most 16, or -1 with errno set.
static inline int mip_epoll_wait(int epoll, uint64_t tokens[16], int milliseconds) {
    struct epoll_event events[16];
    int count = epoll_wait(epoll, events, 16, milliseconds);
    for (int index = 0; index < count; index++) tokens[index] = events[index].data.u64;
    return count;
}

// The names or levels of these socket options are enumerations, or macros of headers that Swift's C library module does not include.
static inline int mip_set_option(int descriptor, int level, int name, int value) {
    return setsockopt(descriptor, level, name, &value, sizeof value) < 0 ? errno : 0;
}
static inline int mip_get_option(int descriptor, int level, int name) {
    int value = -1;
    socklen_t length = sizeof value;
    return getsockopt(descriptor, level, name, &value, &length) < 0 ? -1 : value;
}
static const int mip_sol_socket = SOL_SOCKET;
static const int mip_so_mark = SO_MARK;
static const int mip_so_receive_buffer_force = SO_RCVBUFFORCE;
static const int mip_so_send_buffer_force = SO_SNDBUFFORCE;
static const int mip_ipproto_ip = IPPROTO_IP;
static const int mip_ip_header_included = IP_HDRINCL;
static const int mip_ip_mtu = IP_MTU;
static const int mip_sol_netlink = SOL_NETLINK;
static const int mip_netlink_strict_check = 12;
static const int mip_netlink_ext_ack = 11;
static const int mip_socket_raw = SOCK_RAW;
static const int mip_socket_datagram = SOCK_DGRAM;
static const int mip_socket_flags = SOCK_CLOEXEC | SOCK_NONBLOCK;
static const int mip_socket_raw_cloexec = SOCK_RAW | SOCK_CLOEXEC;
static const int mip_ethertype_arp = 0x0806;

// The importer gives members of anonymous enumerations different types and skips macros of several tokens; here all have one integer type.
static const int mip_ifla_carrier = IFLA_CARRIER;
static const int mip_ifla_carrier_changes = IFLA_CARRIER_CHANGES;
static const int mip_rtm_newlink = RTM_NEWLINK;
static const int mip_rtm_dellink = RTM_DELLINK;
static const int mip_rtm_getlink = RTM_GETLINK;
static const int mip_rtm_newaddr = RTM_NEWADDR;
static const int mip_rtm_deladdr = RTM_DELADDR;
static const int mip_rtm_getaddr = RTM_GETADDR;
static const int mip_rtm_newroute = RTM_NEWROUTE;
static const int mip_rtm_delroute = RTM_DELROUTE;
static const int mip_rtm_getroute = RTM_GETROUTE;
static const int mip_rtm_newneigh = RTM_NEWNEIGH;
static const int mip_rtm_delneigh = RTM_DELNEIGH;
static const int mip_rtm_getneigh = RTM_GETNEIGH;
static const int mip_rtm_newrule = RTM_NEWRULE;
static const int mip_rtm_delrule = RTM_DELRULE;
static const int mip_rtm_getrule = RTM_GETRULE;
static const int mip_nud_permanent = NUD_PERMANENT;
static const int mip_ntf_proxy = NTF_PROXY;
static const int mip_rta_mark = RTA_MARK;
static const int mip_rtax_mtu = RTAX_MTU;
static const int mip_rtm_f_fib_match = RTM_F_FIB_MATCH;
static const int mip_epoll_cloexec = EPOLL_CLOEXEC;
static const int mip_eventfd_flags = EFD_CLOEXEC | EFD_NONBLOCK;
static const int mip_nda_destination = NDA_DST;
static const int mip_nda_link_layer_address = NDA_LLADDR;
static const int mip_iff_up = IFF_UP;
// Newer than the headers of some systems: in linux/neighbour.h since Linux 5.0.
static const int mip_nda_protocol = 12;
// In linux/if_addr.h since Linux 5.18; older kernels skip it.
static const int mip_ifa_protocol = 11;

// No glibc header declares the structures and calls, and prctl is variadic. Keeps the capabilities whose bits are set in `kept`, effective
// and permitted, drops all others from every set, and sets no_new_privs, for every thread of the process. Returns 0 or an errno. Only one
// caller at a time.
int mip_give_up_privileges(uint64_t kept);
// Returns the permitted set, or 0 with errno set.
uint64_t mip_permitted_capabilities(void);
// Returns 1 if no_new_privs is set.
int mip_no_new_privileges(void);

// pipe2 is declared only with _GNU_SOURCE. Child processes inherit neither end. Returns 0 or an errno.
int mip_pipe(int ends[2]);

// Declared only with _GNU_SOURCE. At most 15 bytes.
void mip_name_this_thread(const char *name);

#include "mip_datagrams.h"

#endif
