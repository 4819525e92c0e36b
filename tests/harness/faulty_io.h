/* File operations that count themselves, fail when told to. */
#ifndef GUANAI_TEST_FAULTY_IO_H
#define GUANAI_TEST_FAULTY_IO_H

#include "guanai/base/io_ops.h"

struct faulty_io {
    struct ga_io_ops ops; /* to be given away; borrowed from this struct */
    int64_t opens, stats, calls;
    int64_t fail_in;      /* the n-th call from now on fails (closing never does); 0: none */
    int minus_errno;
    bool has_failed;
};

void faulty_io_init(struct faulty_io *faulty);
void faulty_io_fail(struct faulty_io *faulty, int64_t nth, int minus_errno); /* also clears has_failed */

#endif
