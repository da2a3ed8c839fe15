#ifndef MIP_FUZZER_H
#define MIP_FUZZER_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer as a library: runs `callback` on inputs until the arguments say that it is enough. Returns the exit status.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*callback)(const uint8_t *data, size_t size));

#endif
