// Datagrams in batches with what their headers say. Control messages are made of macros that Swift cannot import, and recvmmsg and
// sendmmsg are declared for GNU sources only. Addresses and ports are in host byte order everywhere in this file.
#ifndef MIP_DATAGRAMS_H
#define MIP_DATAGRAMS_H

#include <stddef.h>
#include <stdint.h>

enum { mip_datagrams_limit = 64 };

struct mip_datagram {
    // Where the payload goes, and how much fits.
    void *octets;
    uint32_t capacity;
    // The payload's length; more than `capacity` when it was cut.
    uint32_t length;
    uint32_t source_address;
    // The IP header's destination and the interface it came in by; 0 when not asked for.
    uint32_t destination_address;
    uint32_t interface;
    uint16_t source_port;
    // 0 when not asked for.
    uint8_t time_to_live;
};

// Asks for destination, interface and time to live of what arrives, and for ICMP errors about what was sent. 0 or an errno.
int mip_want_headers(int descriptor);
// The number of datagrams, at most mip_datagrams_limit, or -1 with errno set. Never blocks.
int mip_receive_datagrams(int descriptor, struct mip_datagram *datagrams, unsigned int count);

struct mip_outgoing {
    const void *octets;
    uint32_t length;
    uint32_t destination_address;
    uint16_t destination_port;
};
// The number of datagrams sent before one was refused, or -1 with errno set when it was the first. Never blocks.
int mip_send_datagrams(int descriptor, const struct mip_outgoing *datagrams, unsigned int count);
// One datagram from this address of this interface; 0 leaves either to the kernel. 0 or an errno.
int mip_send_from(
    int descriptor, const void *octets, size_t length, uint32_t destination, uint16_t port, uint32_t source, uint32_t interface);

struct mip_icmp_report {
    // Where the datagram had been sent.
    uint32_t destination_address;
    uint16_t destination_port;
    uint8_t type;
    uint8_t code;
};
// One ICMP error that came back for a datagram sent: 1, or 0 when there is none. Errors of this machine are skipped.
int mip_receive_icmp_report(int descriptor, struct mip_icmp_report *report);

// Multicast groups are structures with unions of members in Swift's C library module. 0 or an errno.
int mip_join_group(int descriptor, uint32_t group, uint32_t interface);
// Lets only these two types of ICMP messages pass to a raw socket. 0 or an errno.
int mip_pass_icmp_types(int descriptor, uint8_t first, uint8_t second);

// A filter is an array of instructions that the kernel is given by pointer. For a packet socket without link-layer header that shall
// see two kinds of frames only: UDP to this port, and router advertisements. 0 or an errno.
int mip_pass_mobile_ip_frames(int descriptor, uint16_t port);
// Whom a frame came from: its length (as much as fits is in `octets`), with the sender's address of 6 octets, and the interface; -1
// when there is none. Never blocks.
int mip_receive_frame(int descriptor, void *octets, size_t capacity, uint8_t sender[6], uint32_t *interface);

#endif
