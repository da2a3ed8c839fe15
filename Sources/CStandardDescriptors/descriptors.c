#include "CStandardDescriptors.h"

#include <fcntl.h>
#include <unistd.h>

// Before main: libdispatch opens descriptors before the first line of an asynchronous main runs. With 0 to 2 closed, it would get those,
// and the log would be written into its events. Not closed at exec, as standard descriptors are not.
__attribute__((constructor)) void mip_open_standard_descriptors(void) {
    int descriptor;
    do {
        descriptor = open("/dev/null", O_RDWR);
    } while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    if (descriptor > STDERR_FILENO) close(descriptor);
}
