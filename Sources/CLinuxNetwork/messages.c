// For recvmmsg and sendmmsg.
#define _GNU_SOURCE
#include "CLinuxNetwork.h"

_Static_assert(sizeof(struct mip_message) == sizeof(struct mmsghdr), "mip_message is not laid out as mmsghdr");

int mip_receive_messages(int descriptor, struct mip_message *messages, unsigned int count) {
    return recvmmsg(descriptor, (struct mmsghdr *)messages, count, MSG_DONTWAIT, 0);
}

int mip_send_messages(int descriptor, struct mip_message *messages, unsigned int count) {
    return sendmmsg(descriptor, (struct mmsghdr *)messages, count, MSG_DONTWAIT);
}
