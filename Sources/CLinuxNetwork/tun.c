#include "CLinuxNetwork.h"

#include <linux/if_tun.h>
#include <sys/ioctl.h>

int mip_tun_attach(int descriptor, const char *name) {
    struct ifreq request;
    memset(&request, 0, sizeof request);
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    return ioctl(descriptor, TUNSETIFF, &request) < 0 ? errno : 0;
}
