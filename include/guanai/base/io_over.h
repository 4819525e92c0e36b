/* Files as they would be if some texts lay among them: for a look before anything is written. */
#ifndef GUANAI_BASE_IO_OVER_H
#define GUANAI_BASE_IO_OVER_H

#include "guanai/base/io_ops.h"
#include "guanai/base/vec.h"

/*
 * `ops` can open, read, close, stat and list, nothing else (the others are NULL): enough for ga_io_read_file and
 * ga_folders_…. What was put is seen in its place, in lists of its folder too, whether that is there or not; all else is
 * as the operating system has it. Not copied: `ops` points into the struct.
 */
struct ga_io_over {
    struct ga_io_ops ops;
    const struct ga_io_ops *below;
    struct ga_vec files; /* private */
    struct ga_vec open;
};

void ga_io_over_init(struct ga_io_over *over, const struct ga_io_ops *below);
void ga_io_over_finish(struct ga_io_over *over);

/* That file says this now; `text` NULL: it is not there. Both are borrowed until the end; the last put counts. */
void ga_io_over_put(struct ga_io_over *over, const char *path, const char *text, size_t len);

#endif
