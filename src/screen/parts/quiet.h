/* The moments in which nobody types. */
#ifndef GUANAI_SRC_SCREEN_QUIET_H
#define GUANAI_SRC_SCREEN_QUIET_H

#include "guanai/store/store.h"
#include "guanai/tui/io.h"

/* Events as they come; when none comes for two seconds the store is told once, after a minute `rest` is called once. */
struct ga_quiet {
    struct ga_tui_io io; /* give this to the loop */
    const struct ga_tui_io *below;
    struct ga_store *store; /* NULL: none is open */
    void (*rest)(void *ctx); /* something long that can wait for a minute without keys; NULL: nothing */
    void *ctx;
    bool is_told, is_resting;
};

void ga_quiet_init(struct ga_quiet *quiet, const struct ga_tui_io *below, struct ga_store *store);

#endif
