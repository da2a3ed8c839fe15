// What Swift needs of Linux networking and cannot import as it is. Each entry says why it is here.
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
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

// recvmmsg, sendmmsg and their structure are declared by glibc for GNU sources only, which the importer of Swift's C library module
// does not ask for. The layout is that of struct mmsghdr.
struct mip_message {
    struct msghdr header;
    unsigned int length;
};
// The number of messages, or -1 with errno set. Neither blocks.
int mip_receive_messages(int descriptor, struct mip_message *messages, unsigned int count);
int mip_send_messages(int descriptor, struct mip_message *messages, unsigned int count);

// `struct ifreq` is made of macros over a union, TUNSETIFF of a macro with a type in it, and the kernel's headers of both do not go
// together with net/if.h, which Swift's C library module has. Attaches a descriptor of /dev/net/tun to a device without packet
// information; 0 or an errno.
int mip_tun_attach(int descriptor, const char *name);

// The members of sockaddr_ll and sockaddr_in are reached by a pointer cast that Swift forbids between types.
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
// `address` in network byte order, as struct in_addr has it.
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
static inline int mip_connect_netlink(int descriptor) {
    struct sockaddr_nl address;
    memset(&address, 0, sizeof address);
    address.nl_family = AF_NETLINK;
    return connect(descriptor, (struct sockaddr *)&address, sizeof address) < 0 ? errno : 0;
}

// Socket options whose names or levels are enumerations or macros of other headers than Swift's C library module has.
static inline int mip_set_option(int descriptor, int level, int name, int value) {
    return setsockopt(descriptor, level, name, &value, sizeof value) < 0 ? errno : 0;
}
static inline int mip_get_option(int descriptor, int level, int name) {
    int value = -1;
    socklen_t length = sizeof value;
    return getsockopt(descriptor, level, name, &value, &length) < 0 ? -1 : value;
}
enum {
    mip_sol_socket = SOL_SOCKET,
    mip_so_mark = SO_MARK,
    mip_so_receive_buffer_force = SO_RCVBUFFORCE,
    mip_so_send_buffer_force = SO_SNDBUFFORCE,
    mip_ipproto_ip = IPPROTO_IP,
    mip_ip_header_included = IP_HDRINCL,
    mip_ip_mtu = IP_MTU,
    mip_sol_netlink = SOL_NETLINK,
    mip_netlink_strict_check = 12,
    mip_netlink_ext_ack = 11,
    mip_socket_raw = SOCK_RAW,
    mip_socket_datagram = SOCK_DGRAM,
    mip_socket_flags = SOCK_CLOEXEC | SOCK_NONBLOCK,
    mip_socket_cloexec = SOCK_CLOEXEC,
    mip_ethertype_arp = 0x0806,
};

// Operations of rtnetlink are an anonymous enumeration mixed with macros; here they have one integer type.
enum {
    mip_rtm_newlink = RTM_NEWLINK,
    mip_rtm_dellink = RTM_DELLINK,
    mip_rtm_getlink = RTM_GETLINK,
    mip_rtm_newaddr = RTM_NEWADDR,
    mip_rtm_deladdr = RTM_DELADDR,
    mip_rtm_getaddr = RTM_GETADDR,
    mip_rtm_newroute = RTM_NEWROUTE,
    mip_rtm_delroute = RTM_DELROUTE,
    mip_rtm_getroute = RTM_GETROUTE,
    mip_rtm_newneigh = RTM_NEWNEIGH,
    mip_rtm_delneigh = RTM_DELNEIGH,
    mip_rtm_getneigh = RTM_GETNEIGH,
    mip_rtm_newrule = RTM_NEWRULE,
    mip_rtm_delrule = RTM_DELRULE,
    mip_rtm_getrule = RTM_GETRULE,
    mip_nud_permanent = NUD_PERMANENT,
    mip_ntf_proxy = NTF_PROXY,
    // Younger than the headers of some systems: linux/neighbour.h since 5.0.
    mip_nda_protocol = 12,
};

// Neither structure nor call is in a header of glibc; libcap is not needed for one call. Keeps the capabilities whose bits are set
// in `kept`, effective and permitted, and drops them from the inheritable set. Returns 0 or an errno.
int mip_set_capabilities(uint64_t kept);
// The permitted set, or 0 with errno set.
uint64_t mip_permitted_capabilities(void);
// prctl is variadic. Drops `capability` from the bounding set; 0 or an errno.
int mip_drop_bounding_capability(int capability);
// 0 or an errno.
int mip_set_no_new_privileges(void);
// 1 when set.
int mip_no_new_privileges(void);
// Clears the ambient set; 0 or an errno.
int mip_clear_ambient_capabilities(void);

#include "mip_datagrams.h"

#endif
