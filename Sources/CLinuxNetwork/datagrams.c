// For recvmmsg, sendmmsg and in_pktinfo.
#define _GNU_SOURCE
#include "mip_datagrams.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/errqueue.h>
#include <linux/filter.h>
#include <linux/icmp.h>
#include <linux/if.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static int set(int descriptor, int level, int name, int value) {
    return setsockopt(descriptor, level, name, &value, sizeof value) < 0 ? errno : 0;
}

int mip_want_headers(int descriptor) {
    int result = set(descriptor, IPPROTO_IP, IP_PKTINFO, 1);
    if (result == 0) result = set(descriptor, IPPROTO_IP, IP_RECVTTL, 1);
    return result;
}

int mip_want_icmp_reports(int descriptor) { return set(descriptor, IPPROTO_IP, IP_RECVERR, 1); }

int mip_ignore_path_mtu(int descriptor, int allows_fragments) {
    return set(descriptor, IPPROTO_IP, IP_MTU_DISCOVER, allows_fragments ? IP_PMTUDISC_OMIT : IP_PMTUDISC_INTERFACE);
}

int mip_interface_mtu(int descriptor, int interface) {
    struct ifreq request;
    memset(&request, 0, sizeof request);
    request.ifr_ifindex = interface;
    if (ioctl(descriptor, SIOCGIFNAME, &request) < 0 || ioctl(descriptor, SIOCGIFMTU, &request) < 0) return -1;
    return request.ifr_mtu;
}

static struct sockaddr_in endpoint(uint32_t address, uint16_t port) {
    struct sockaddr_in result;
    memset(&result, 0, sizeof result);
    result.sin_family = AF_INET;
    result.sin_addr.s_addr = htonl(address);
    result.sin_port = htons(port);
    return result;
}

static void read_control(struct msghdr *header, struct mip_datagram *datagram) {
    for (struct cmsghdr *control = CMSG_FIRSTHDR(header); control != NULL; control = CMSG_NXTHDR(header, control)) {
        if (control->cmsg_level != IPPROTO_IP) continue;
        if (control->cmsg_type == IP_TTL) {
            int value;
            memcpy(&value, CMSG_DATA(control), sizeof value);
            datagram->time_to_live = (uint8_t)value;
        } else if (control->cmsg_type == IP_PKTINFO) {
            struct in_pktinfo value;
            memcpy(&value, CMSG_DATA(control), sizeof value);
            datagram->interface = (uint32_t)value.ipi_ifindex;
            datagram->destination_address = ntohl(value.ipi_addr.s_addr);
        }
    }
}

int mip_receive_datagrams(int descriptor, struct mip_datagram *datagrams, unsigned int count) {
    struct mmsghdr messages[mip_datagrams_limit];
    struct iovec vectors[mip_datagrams_limit];
    struct sockaddr_in sources[mip_datagrams_limit];
    _Alignas(struct cmsghdr) char controls[mip_datagrams_limit][CMSG_SPACE(sizeof(int)) + CMSG_SPACE(sizeof(struct in_pktinfo))];
    if (count > mip_datagrams_limit) count = mip_datagrams_limit;
    for (unsigned int index = 0; index < count; index++) {
        vectors[index].iov_base = datagrams[index].octets;
        vectors[index].iov_len = datagrams[index].capacity;
        memset(&messages[index], 0, sizeof messages[index]);
        messages[index].msg_hdr.msg_name = &sources[index];
        messages[index].msg_hdr.msg_namelen = sizeof sources[index];
        messages[index].msg_hdr.msg_iov = &vectors[index];
        messages[index].msg_hdr.msg_iovlen = 1;
        messages[index].msg_hdr.msg_control = controls[index];
        messages[index].msg_hdr.msg_controllen = sizeof controls[index];
    }
    int received = recvmmsg(descriptor, messages, count, MSG_DONTWAIT | MSG_TRUNC, NULL);
    for (int index = 0; index < received; index++) {
        struct mip_datagram *datagram = &datagrams[index];
        datagram->length = messages[index].msg_len;
        datagram->source_address = ntohl(sources[index].sin_addr.s_addr);
        datagram->source_port = ntohs(sources[index].sin_port);
        datagram->destination_address = 0;
        datagram->interface = 0;
        datagram->time_to_live = 0;
        read_control(&messages[index].msg_hdr, datagram);
    }
    return received;
}

int mip_send_datagrams(int descriptor, const struct mip_outgoing *datagrams, unsigned int count) {
    struct mmsghdr messages[mip_datagrams_limit];
    struct iovec vectors[mip_datagrams_limit];
    struct sockaddr_in destinations[mip_datagrams_limit];
    if (count > mip_datagrams_limit) count = mip_datagrams_limit;
    for (unsigned int index = 0; index < count; index++) {
        // The kernel does not write to sent data; iovec has one pointer type for both directions.
        vectors[index].iov_base = (void *)datagrams[index].octets;
        vectors[index].iov_len = datagrams[index].length;
        destinations[index] = endpoint(datagrams[index].destination_address, datagrams[index].destination_port);
        memset(&messages[index], 0, sizeof messages[index]);
        messages[index].msg_hdr.msg_name = &destinations[index];
        messages[index].msg_hdr.msg_namelen = sizeof destinations[index];
        messages[index].msg_hdr.msg_iov = &vectors[index];
        messages[index].msg_hdr.msg_iovlen = 1;
    }
    return sendmmsg(descriptor, messages, count, MSG_DONTWAIT | MSG_NOSIGNAL);
}

int mip_send_from(
    int descriptor, const void *octets, size_t length, uint32_t destination, uint16_t port, uint32_t source, uint32_t interface) {
    struct sockaddr_in name = endpoint(destination, port);
    struct iovec vector = {(void *)octets, length};
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct in_pktinfo))];
    struct msghdr message;
    memset(&message, 0, sizeof message);
    memset(control, 0, sizeof control);
    message.msg_name = &name;
    message.msg_namelen = sizeof name;
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    if (source != 0 || interface != 0) {
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = IPPROTO_IP;
        header->cmsg_type = IP_PKTINFO;
        header->cmsg_len = CMSG_LEN(sizeof(struct in_pktinfo));
        struct in_pktinfo information;
        memset(&information, 0, sizeof information);
        information.ipi_ifindex = (int)interface;
        information.ipi_spec_dst.s_addr = htonl(source);
        memcpy(CMSG_DATA(header), &information, sizeof information);
    }
    return sendmsg(descriptor, &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 ? errno : 0;
}

int mip_receive_icmp_report(int descriptor, struct mip_icmp_report *report) {
    for (;;) {
        struct sockaddr_in destination;
        struct iovec vector = {report->payload, sizeof report->payload};
        _Alignas(struct cmsghdr) char control[512];
        struct msghdr message;
        memset(&message, 0, sizeof message);
        memset(&destination, 0, sizeof destination);
        message.msg_name = &destination;
        message.msg_namelen = sizeof destination;
        message.msg_iov = &vector;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        ssize_t quoted = recvmsg(descriptor, &message, MSG_ERRQUEUE | MSG_DONTWAIT);
        if (quoted < 0) return 0;
        for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL; header = CMSG_NXTHDR(&message, header)) {
            if (header->cmsg_level != IPPROTO_IP || header->cmsg_type != IP_RECVERR) continue;
            struct sock_extended_err error;
            memcpy(&error, CMSG_DATA(header), sizeof error);
            if (error.ee_origin != SO_EE_ORIGIN_ICMP) continue;
            report->destination_address = ntohl(destination.sin_addr.s_addr);
            report->destination_port = ntohs(destination.sin_port);
            report->type = error.ee_type;
            report->code = error.ee_code;
            report->payload_length = (uint32_t)quoted;
            return 1;
        }
    }
}

int mip_join_group(int descriptor, uint32_t group, uint32_t interface) {
    struct ip_mreqn request;
    memset(&request, 0, sizeof request);
    request.imr_multiaddr.s_addr = htonl(group);
    request.imr_ifindex = (int)interface;
    if (setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request) < 0 && errno != EADDRINUSE) return errno;
    return 0;
}

int mip_pass_icmp_types(int descriptor, uint8_t first, uint8_t second) {
    // A set bit blocks a type.
    struct icmp_filter filter = {~(uint32_t)(1u << first | 1u << second)};
    return setsockopt(descriptor, SOL_RAW, ICMP_FILTER, &filter, sizeof filter) < 0 ? errno : 0;
}

int mip_pass_mobile_ip_frames(int descriptor, uint16_t port) {
    struct sock_filter program[] = {
        // Only whole datagrams or first fragments of IPv4.
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 6),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x1FFF, 9, 0),
        BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, 0),
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 9),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 2),
        BPF_STMT(BPF_LD | BPF_H | BPF_IND, 2),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, port, 3, 4),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_ICMP, 0, 3),
        BPF_STMT(BPF_LD | BPF_B | BPF_IND, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 9, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 4096),
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    struct sock_fprog filter = {sizeof program / sizeof program[0], program};
    int result = set(descriptor, SOL_PACKET, PACKET_AUXDATA, 1);
    if (result != 0) return result;
    return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) < 0 ? errno : 0;
}

int mip_receive_frame(
    int descriptor, void *octets, size_t capacity, uint8_t sender[6], uint32_t *interface, int *checksum_is_settled) {
    struct sockaddr_ll source;
    memset(&source, 0, sizeof source);
    struct iovec vector = {octets, capacity};
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_name = &source;
    message.msg_namelen = sizeof source;
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ssize_t received = recvmsg(descriptor, &message, MSG_DONTWAIT | MSG_TRUNC);
    if (received < 0) return -1;
    memcpy(sender, source.sll_addr, 6);
    *interface = (uint32_t)source.sll_ifindex;
    *checksum_is_settled = 0;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_PACKET || header->cmsg_type != PACKET_AUXDATA) continue;
        struct tpacket_auxdata data;
        memcpy(&data, CMSG_DATA(header), sizeof data);
        *checksum_is_settled = (data.tp_status & (TP_STATUS_CSUMNOTREADY | TP_STATUS_CSUM_VALID)) != 0;
    }
    return (int)received;
}
