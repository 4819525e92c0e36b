/* The kernel's tables of disks and mounts as a folder of files, for tests of what looks for sticks. */
#ifndef GUANAI_TESTS_FAKE_STICKS_H
#define GUANAI_TESTS_FAKE_STICKS_H

#include "guanai/base/io_ops.h"

struct fake_sticks {
    char root[40]; /* temporary */
    struct ga_io_ops io; /* the system's, for which what lies in /media is another disk; borrowed from this struct */
};

int fake_sticks_start(struct fake_sticks *fake); /* 0, or −1 */

/* The same in memory, for real programs: no file system that their data lies on. −1 where the computer has none. */
int fake_sticks_start_apart(struct fake_sticks *fake);
int fake_sticks_stop(struct fake_sticks *fake);

/* Files and links below the root; folders are made as needed. */
void fake_sticks_put(struct fake_sticks *fake, const char *name, const char *text);
void fake_sticks_link(struct fake_sticks *fake, const char *name, const char *to);

/* A row of /sys/class/block with what it leads to; `of`: the whole disk's name, NULL for a whole disk. */
void fake_sticks_disk(struct fake_sticks *fake, const char *bus, const char *name, const char *of, const char *number,
                      const char *sectors);
extern const char fake_sticks_usb[], fake_sticks_sata[]; /* for `bus` */

/* A computer with a disk it runs from (sda) and a stick of one part (sdb1, 8:17); `mounts`: lines of mountinfo. */
void fake_sticks_school(struct fake_sticks *fake, const char *mounts);

#endif
