#ifndef C_STANDARD_DESCRIPTORS_H
#define C_STANDARD_DESCRIPTORS_H

/// Opens /dev/null as each of the descriptors 0 to 2 that is closed. Runs by itself before `main`.
void mip_open_standard_descriptors(void);

#endif
