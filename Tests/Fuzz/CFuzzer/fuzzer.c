// The package manager wants a source file; the functions are in libFuzzer's archive.
#include "fuzzer.h"
